use praja_identity::jabatan;
use praja_kernel::NUMBER_PRESETS;
use praja_module::{Ctx, Input, Outcome, Problem};
use praja_store::{Keys, Tx};
use praja_web::{
    Cell, Column, Field, Form, FormValues, Markup, PageHeader, Row, Table, Tone, badge, form::Width, frame, html, section,
};

use super::act::again;
use crate::{
    MANAGE_ALL_REGISTER,
    klasifikasi::Klasifikasi,
    registers::naskah::{self, Draft, JenisNaskah, Pemegang},
    timeline,
    words::first_upper,
};

/// The address of the list.
pub(super) const LIST: &str = "/desk/jenis-naskah";

/// GET /desk/jenis-naskah
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let kinds = naskah::all(tx)?;
    let may = ctx.may(MANAGE_ALL_REGISTER);
    let row = |kind: &JenisNaskah| {
        let pattern = kind.aturan.pattern.as_ref();
        let shown = match pattern {
            Some(pattern) => html! { code { (pattern.as_str()) } },
            None => html! { span.redup { "Tidak bernomor" } },
        };
        let row = Row::new(vec![
            kind.nama.as_str().into(),
            Cell::new(shown),
            kind.register.replace('-', " ").into(),
            pattern.map_or_else(Cell::empty, |pattern| pattern.example().into()),
            group(kind).into(),
            if kind.aktif { badge(Tone::Good, "Dipakai").into() } else { badge(Tone::Neutral, "Tidak dipakai").into() },
        ]);
        if may { row.href(format!("{LIST}/{}", kind.kode)) } else { row }
    };
    let table = Table::new("Jenis naskah dinas")
        .column(Column::text("Jenis naskah"))
        .column(Column::text("Pola nomor"))
        .column(Column::text("Register"))
        .column(Column::text("Contoh").wide_only())
        .column(Column::text("Kelompok").wide_only())
        .column(Column::text("Keadaan").corner())
        .rows(kinds.iter().map(row))
        .count(format!("{} jenis", kinds.len()));
    let header = PageHeader::new("Jenis naskah dinas")
        .purpose("Bagaimana setiap jenis bernomor. Jenis yang mirip berbagi satu register agar nomornya tidak pernah kembar.")
        .crumb("Register nomor", super::LIST);
    Ok(frame::respond(ctx, &header, table))
}

/// GET /desk/jenis-naskah/{kode}
pub(crate) fn edit(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let kind = naskah::get(tx, &ctx.param::<String>("kode")?)?.ok_or(Problem::NotFound)?;
    let mut values = FormValues::new()
        .with("aturan", kind.aturan.to_text())
        .with("singkatan", &kind.singkatan)
        .with("register", &kind.register)
        .with("pemegang", kind.pemegang.as_str())
        .with("klasifikasi", &kind.klasifikasi);
    for post in &kind.penanda {
        values.add("penanda", post.as_str());
    }
    if kind.aktif {
        values = values.with("aktif", "ya");
    }
    let form = frame::form(ctx, format!("{LIST}/{}", kind.kode)).hidden("versi", kind.versi.to_string()).values(values);
    let history = timeline::of(ctx, tx, &format!("desk_jenis_naskah:{}", kind.kode))?;
    Ok(frame::respond(
        ctx,
        &header(&kind),
        html! {
            (fields(form))
            (presets())
            (section("Templat", html! { p { a.tombol href={ (LIST) "/" (kind.kode) "/templat" } { "Buka templat" } } }))
            (section("Riwayat", history))
        },
    ))
}

/// POST /desk/jenis-naskah/{kode}
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let kode: String = ctx.param("kode")?;
    let versi = input.text("versi").parse().map_err(|_| Problem::StaleForm)?;
    let text = |name: &str| input.text(name).to_owned();
    let draft = Draft {
        aturan: text("aturan"),
        singkatan: text("singkatan"),
        register: text("register"),
        pemegang: text("pemegang"),
        penanda: input.all("penanda").into_iter().map(str::to_owned).collect(),
        klasifikasi: text("klasifikasi"),
        aktif: input.text("aktif") == "ya",
    };
    let saving = kode.clone();
    let codes = ctx.read(|tx| Klasifikasi::in_force(tx, ctx.instance()))?;
    let saved = ctx.submit(input, Keys::none(), move |tx| {
        naskah::save(tx, &saving, versi, &draft, &codes)?;
        Ok::<_, Problem>(LIST.to_owned())
    });
    match saved {
        Ok(response) => Ok(response.with_notice("Penomoran sudah disimpan dan berlaku untuk naskah berikutnya.")),
        Err(Problem::Refused(refusal)) => {
            let kind = ctx.read(|tx| naskah::get(tx, &kode))?.ok_or(Problem::NotFound)?;
            let form = frame::form_again(ctx, format!("{LIST}/{kode}"), input).hidden("versi", versi.to_string());
            let form = form.refusal(refusal.message(), refusal.next_step()).problems(&refusal.fields());
            Ok(again(ctx, &header(&kind), html! { (fields(form)) (presets()) }))
        }
        Err(other) => Err(other),
    }
}

fn fields(form: Form) -> Form {
    let keepers: Vec<(&str, &str)> = Pemegang::ALL.iter().map(|one| (one.as_str(), one.label())).collect();
    let posts: Vec<(&str, &str)> = jabatan::Jenis::ALL.iter().map(|one| (one.as_str(), one.label())).collect();
    let tokens =
        "Bagian yang diisi: {klas} {no} {no:03} {unit} {aman} {jenis} {bln} {bln2} {ROM} {tahun}. Tanda - bila tidak bernomor.";
    form.guard()
        .field(Field::text("aturan", "Pola nomor").required().max_length(160).hint(tokens))
        .field(
            Field::text("singkatan", "Singkatan jenis")
                .required()
                .max_length(12)
                .width(Width::Short)
                .hint("Mengisi {jenis} pada pola."),
        )
        .field(
            Field::text("register", "Register")
                .required()
                .max_length(40)
                .width(Width::Short)
                .hint("Jenis dengan nama register yang sama berbagi satu urutan."),
        )
        .field(Field::radio("pemegang", "Pemegang register", &keepers).required())
        .field(Field::checks("penanda", "Ditandatangani oleh, atau atas nama", &posts).hint("Tanpa pilihan: pejabat mana pun."))
        .field(
            Field::text("klasifikasi", "Kode klasifikasi bawaan")
                .max_length(20)
                .width(Width::Short)
                .hint("Terisi pada konsep baru. Kosongkan bila tergantung halnya."),
        )
        .field(Field::checkbox("aktif", "Dipakai untuk naskah baru"))
        .submit("Simpan jenis naskah")
        .cancel("Kembali tanpa menyimpan", LIST)
}

/// Forms seen in real letters, to copy from.
fn presets() -> Markup {
    let rows = NUMBER_PRESETS
        .iter()
        .map(|preset| Row::new(vec![preset.nama.into(), Cell::new(html! { code { (preset.pola) } }), preset.contoh.into()]));
    let table = Table::new("Pola yang lazim")
        .column(Column::text("Untuk"))
        .column(Column::text("Pola"))
        .column(Column::text("Contoh nyata"))
        .rows(rows);
    section("Pola yang lazim", table)
}

fn group(kind: &JenisNaskah) -> String {
    let group = first_upper(&kind.kelompok);
    if kind.subkelompok.is_empty() { group } else { format!("{group}, {}", kind.subkelompok) }
}

fn header(kind: &JenisNaskah) -> PageHeader {
    PageHeader::new(&kind.nama)
        .purpose(format!("Bentuk: {}. Biasanya ditandatangani: {}.", kind.bentuk, kind.penandatangan))
        .crumb("Register nomor", super::LIST)
        .crumb("Jenis naskah dinas", LIST)
}
