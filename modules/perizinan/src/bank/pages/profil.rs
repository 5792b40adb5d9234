//! How each bank writes its files, as data.

use praja_kernel::{Id, Refuse};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::Tx;
use praja_web::{
    Address, Column, EmptyState, Field, Form, FormValues, Icon, Link, Markup, PageHeader, Row, Table,
    export::{Col, Format, Sheet, respond},
    frame, html, page,
};

use super::PROFILES;
use crate::{
    bank::{BentukAngka, BentukTanggal, Kolom, Pemisah, Profil, Refusal, store, write},
    skrd::{
        pages::{self, Part, me, parts},
        write::keys,
    },
};

fn address(id: Id) -> String {
    format!("{PROFILES}/{id}")
}

/// GET /perizinan/izin/retribusi/profil
pub(super) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let all = store::profiles(tx, me(ctx)?.opd)?;
    let table = Table::new("Profil bank")
        .column(Column::text("Nama"))
        .column(Column::text("Pemisah"))
        .column(Column::text("Kolom kode, jumlah, tanggal"))
        .column(Column::text("Bentuk tanggal").wide_only())
        .column(Column::text("Diubah oleh").wide_only());
    let table = if all.is_empty() { table } else { table.downloads(&Address::here(ctx).top().at(format!("{PROFILES}/unduh"))) };
    let table = table
        .rows(all.iter().map(|one| {
            let kolom = format!("{}, {}, {}", one.kolom.kode, one.kolom.jumlah, one.kolom.tanggal);
            Row::new(vec![
                one.nama.as_str().into(),
                one.pemisah.label().into(),
                kolom.into(),
                one.bentuk_tanggal.label().into(),
                one.oleh_nama.as_str().into(),
            ])
            .href(address(one.id))
        }))
        .empty(EmptyState::new(
            Icon::Settings,
            "Belum ada profil bank",
            "Buat satu untuk setiap bank: kolom mana berisi kode bayar, jumlah, dan tanggal.",
        ));
    let header = PageHeader::new("Profil bank")
        .purpose("Cara setiap bank menulis berkas mutasinya.")
        .crumb("Retribusi", pages::LIST)
        .action(Link::new("Buat profil bank", format!("{PROFILES}/baru")).icon(Icon::Add));
    Ok(frame::respond(ctx, &header, html! { (parts(Part::Profil)) (table) }))
}

/// GET /perizinan/izin/retribusi/profil/unduh
pub(super) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let acting = me(ctx)?;
    let mut sheet = Sheet::new("Profil bank").about("Perangkat daerah", &acting.opd_nama);
    for title in [
        "Nama",
        "Pemisah",
        "Baris dilewati",
        "Baris judul",
        "Kolom kode",
        "Kolom jumlah",
        "Kolom tanggal",
        "Kolom referensi",
        "Bentuk tanggal",
        "Bentuk angka",
    ] {
        sheet = sheet.column(Col::text(title));
    }
    for one in store::profiles(tx, acting.opd)? {
        sheet.push(vec![
            (&one.nama).into(),
            one.pemisah.label().into(),
            one.lewati.to_string().into(),
            (if one.judul { "ada" } else { "tidak ada" }).into(),
            (&one.kolom.kode).into(),
            (&one.kolom.jumlah).into(),
            (&one.kolom.tanggal).into(),
            (&one.kolom.referensi).into(),
            one.bentuk_tanggal.label().into(),
            one.bentuk_angka.label().into(),
        ]);
    }
    respond(ctx, sheet, Format::asked(ctx), "profil-bank")
}

fn header(profil: Option<&Profil>) -> PageHeader {
    PageHeader::new(profil.map_or_else(|| "Profil bank baru".to_owned(), |one| format!("Ubah profil {}", one.nama)))
        .purpose("Buka berkas CSV dari bank dengan penyunting teks, lalu isi menurut yang terlihat.")
        .crumb("Retribusi", pages::LIST)
        .crumb("Profil bank", PROFILES)
}

fn content(form: Form) -> Markup {
    let pemisah: Vec<_> = Pemisah::ALL.iter().map(|one| (one.as_str(), one.label())).collect();
    let tanggal: Vec<_> = BentukTanggal::ALL.iter().map(|one| (one.as_str(), one.label())).collect();
    let angka: Vec<_> = BentukAngka::ALL.iter().map(|one| (one.as_str(), one.label())).collect();
    let form = form
        .field(Field::text("nama", "Nama profil").max_length(80).hint("Misalnya nama bank dan jenis laporannya.").required())
        .field(Field::select("pemisah", "Pemisah kolom", &pemisah).required())
        .field(
            Field::number("lewati", "Baris sebelum tabel")
                .min("0")
                .max("50")
                .hint("Berapa baris keterangan rekening di atas tabel; 0 bila tidak ada.")
                .required(),
        )
        .field(Field::checkbox("judul", "Tabel diawali baris judul kolom"))
        .group(
            "Kolom",
            "Judul kolom persis seperti dalam berkas, atau urutannya: 1 untuk kolom pertama.",
            vec![
                Field::text("kolom_kode", "Kode bayar")
                    .max_length(80)
                    .hint("Boleh kolom keterangan: kode dicari di dalam teksnya.")
                    .required(),
                Field::text("kolom_jumlah", "Jumlah").max_length(80).required(),
                Field::text("kolom_tanggal", "Tanggal").max_length(80).required(),
                Field::text("kolom_referensi", "Referensi bank").max_length(80).hint("Kosongkan bila tidak ada."),
            ],
        )
        .field(Field::select("bentuk_tanggal", "Bentuk tanggal", &tanggal).required())
        .field(Field::select("bentuk_angka", "Bentuk angka", &angka).required())
        .submit("Simpan profil")
        .cancel("Kembali", PROFILES);
    html! { (form) }
}

fn values(one: &Profil) -> FormValues {
    let values = FormValues::new()
        .with("nama", one.nama.clone())
        .with("pemisah", one.pemisah.as_str())
        .with("lewati", one.lewati.to_string())
        .with("kolom_kode", one.kolom.kode.clone())
        .with("kolom_jumlah", one.kolom.jumlah.clone())
        .with("kolom_tanggal", one.kolom.tanggal.clone())
        .with("kolom_referensi", one.kolom.referensi.clone())
        .with("bentuk_tanggal", one.bentuk_tanggal.as_str())
        .with("bentuk_angka", one.bentuk_angka.as_str());
    if one.judul { values.with("judul", "ya") } else { values }
}

fn field(bidang: &'static str, pesan: impl Into<String>) -> Refusal {
    Refusal::Field { bidang, pesan: pesan.into() }
}

fn read(input: &Input, id: Id, versi: i64) -> Result<Profil, Refusal> {
    let text = |name: &'static str| input.text(name).chars().take(80).collect::<String>();
    let needed = |name: &'static str, what: &str| match text(name) {
        text if text.is_empty() => Err(field(name, format!("{what} belum diisi."))),
        text => Ok(text),
    };
    let judul = input.text("judul") == "ya";
    let column = |name: &'static str, what: &str| {
        let column = needed(name, what)?;
        if !judul && column.parse::<usize>().is_err() {
            return Err(field(name, "Tanpa baris judul, tulis urutan kolomnya: 1 untuk kolom pertama."));
        }
        Ok(column)
    };
    let lewati = input.text("lewati").parse::<i64>().ok().filter(|count| (0..=50).contains(count));
    Ok(Profil {
        id,
        nama: needed("nama", "Nama profil")?,
        pemisah: Pemisah::parse(input.text("pemisah")).map_err(|_| field("pemisah", "Pemisah kolom belum dipilih."))?,
        lewati: lewati.ok_or_else(|| field("lewati", "Tulis angka bulat antara 0 dan 50."))?,
        judul,
        kolom: Kolom {
            kode: column("kolom_kode", "Kolom kode bayar")?,
            jumlah: column("kolom_jumlah", "Kolom jumlah")?,
            tanggal: column("kolom_tanggal", "Kolom tanggal")?,
            referensi: match text("kolom_referensi") {
                empty if empty.is_empty() => empty,
                _ => column("kolom_referensi", "Kolom referensi")?,
            },
        },
        bentuk_tanggal: BentukTanggal::parse(input.text("bentuk_tanggal"))
            .map_err(|_| field("bentuk_tanggal", "Bentuk tanggal belum dipilih."))?,
        bentuk_angka: BentukAngka::parse(input.text("bentuk_angka"))
            .map_err(|_| field("bentuk_angka", "Bentuk angka belum dipilih."))?,
        oleh_nama: String::new(),
        versi,
    })
}

fn action_new() -> String {
    format!("{PROFILES}/baru")
}

/// GET /perizinan/izin/retribusi/profil/baru
pub(super) fn ask_new(ctx: &Ctx, _: &mut Tx<'_>) -> Outcome {
    let form = frame::form(ctx, action_new()).values(FormValues::new().with("lewati", "0").with("judul", "ya"));
    Ok(frame::respond(ctx, &header(None), content(form)))
}

/// POST /perizinan/izin/retribusi/profil/baru
pub(super) fn save_new(ctx: &Ctx, input: &Input) -> Outcome {
    keep(ctx, input, None)
}

fn load(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Profil, Problem> {
    store::profil(tx, me(ctx)?.opd, ctx.param("id")?)?.ok_or(Problem::NotFound)
}

/// GET /perizinan/izin/retribusi/profil/{id}
pub(super) fn ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let one = load(ctx, tx)?;
    let form = frame::form(ctx, address(one.id)).values(values(&one)).hidden("versi", one.versi.to_string());
    Ok(frame::respond(ctx, &header(Some(&one)), content(form)))
}

/// POST /perizinan/izin/retribusi/profil/{id}
pub(super) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let one = ctx.read(|tx| load(ctx, tx))?;
    keep(ctx, input, Some(&one))
}

fn keep(ctx: &Ctx, input: &Input, before: Option<&Profil>) -> Outcome {
    let opd = me(ctx)?.opd;
    let versi = match before {
        Some(_) => input.text("versi").parse().map_err(|_| Problem::Unreadable("formulir ini tidak lengkap"))?,
        None => 1,
    };
    let id = before.map_or_else(|| ctx.form_id(), |one| one.id);
    let profil = match read(input, id, versi) {
        Ok(profil) => profil,
        Err(refusal) => return Ok(again(ctx, input, before, &refusal)),
    };
    let new = before.is_none();
    let saved = ctx.submit(input, keys(opd, ctx.today()), move |tx| {
        let mut profil = profil.clone();
        if new {
            profil.id = tx.new_id()?;
        }
        write::save_profil(tx, opd, profil, new)?;
        Ok::<_, Problem>(PROFILES.to_owned())
    });
    match saved {
        Ok(response) => Ok(response.with_notice("Profil bank sudah disimpan.")),
        Err(Problem::Refused(refusal)) => Ok(again(ctx, input, before, &*refusal)),
        Err(problem) => Err(problem),
    }
}

fn again(ctx: &Ctx, input: &Input, before: Option<&Profil>, refusal: &dyn Refuse) -> Response {
    let action = before.map_or_else(action_new, |one| address(one.id));
    let form = frame::form_again(ctx, action, input).refusal(refusal.message(), refusal.next_step()).problems(&refusal.fields());
    let form = match before {
        Some(_) => form.hidden("versi", input.text("versi")),
        None => form,
    };
    Response::form_again(page(&frame::shell(ctx), &header(before), content(form)))
}
