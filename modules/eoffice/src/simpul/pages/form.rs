use praja_desk::{timeline, verify::Node};
use praja_kernel::{Id, Refuse};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx, audit::Entry};
use praja_web::{Field, Form, FormValues, PageHeader, form::Width, frame, html, section};

use super::LIST;
use crate::simpul::{Baru, Draft, Refusal, Simpul, read, store};

const TABLE: &str = "eoffice_simpul";

fn known(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Option<Simpul>, Problem> {
    if ctx.incoming().path.ends_with("/baru") {
        return Ok(None);
    }
    store::find(tx, ctx.param("id")?)?.map(Some).ok_or(Problem::NotFound)
}

fn header(simpul: Option<&Simpul>) -> PageHeader {
    PageHeader::new(simpul.map_or("Daftarkan simpul", |one| one.nama.as_str()))
        .purpose("Surat hanya diterima dari simpul yang kuncinya Anda daftarkan di sini.")
        .crumb("Simpul daerah lain", LIST)
}

fn fields(form: Form, simpul: Option<&Simpul>) -> Form {
    let form =
        form.guard()
            .field(Field::text("nama", "Nama daerah").required().max_length(120).hint("Seperti Kabupaten Belitung."))
            .field(
                Field::text("alamat", "Alamat Praja di sana")
                    .max_length(200)
                    .hint("https://… Kosongkan bila suratnya dibawa sebagai berkas."),
            )
            .field(
                Field::text("kunci", "Kunci publik")
                    .required()
                    .max_length(90)
                    .width(Width::Full)
                    .hint("64 angka dan huruf, dari halaman ini di Praja daerah itu. Cocokkan nama kuncinya lewat telepon."),
            )
            .field(Field::textarea("tujuan", "Tujuan yang dikirim ke sana").rows(4).hint(
                "Satu tujuan setiap baris, misalnya Bupati Belitung. Tujuan yang diakhiri nama daerahnya dikenali sendiri.",
            ))
            .fold(
                "Sertifikat penerbit sendiri",
                vec![
                    Field::textarea("sertifikat", "Sertifikat (PEM)")
                        .rows(5)
                        .hint("Hanya bila Praja di sana memakai penerbit sendiri; diunduh dari /sertifikat di sana."),
                ],
            );
    match simpul {
        None => form.submit("Daftarkan simpul").cancel("Kembali tanpa menyimpan", LIST),
        Some(one) => form
            .hidden("versi", one.versi.to_string())
            .submit("Simpan simpul")
            .submit_as(if one.aktif { "Hentikan pemakaian" } else { "Pakai lagi" }, "ganti", "1")
            .cancel("Kembali tanpa menyimpan", LIST),
    }
}

/// GET /eoffice/simpul/baru and /eoffice/simpul/{id}
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let simpul = known(ctx, tx)?;
    let mut form = frame::form(ctx, ctx.incoming().path.clone());
    if let Some(one) = &simpul {
        form = form.values(
            FormValues::new()
                .with("nama", &one.nama)
                .with("alamat", one.alamat.as_deref().unwrap_or_default())
                .with("kunci", &one.kunci)
                .with("sertifikat", one.sertifikat.as_deref().unwrap_or_default())
                .with("tujuan", one.tujuan.join("\n")),
        );
    }
    let history = match &simpul {
        Some(one) => Some(timeline::of(ctx, tx, &format!("{TABLE}:{}", one.id))?),
        None => None,
    };
    let content = html! {
        (fields(form, simpul.as_ref()))
        @if let Some(history) = &history { (section("Riwayat", history)) }
    };
    Ok(frame::respond(ctx, &header(simpul.as_ref()), content))
}

/// POST of the same addresses.
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let simpul = ctx.read(|tx| known(ctx, tx))?;
    let draft = Draft {
        nama: input.raw("nama"),
        alamat: input.raw("alamat"),
        kunci: input.raw("kunci"),
        sertifikat: input.raw("sertifikat"),
        tujuan: input.raw("tujuan"),
    };
    let baru = match read(&draft, Node::of(ctx.instance()).id()) {
        Ok(baru) => baru,
        Err(refusal) => return Ok(again(ctx, input, simpul.as_ref(), &refusal)),
    };
    let (kept, toggle) = (simpul.clone(), !input.text("ganti").is_empty());
    let versi: i64 = input.text("versi").parse().unwrap_or(0);
    let saved = ctx.submit(input, Keys::none(), move |tx| {
        write(tx, kept.clone(), baru.clone(), versi, toggle)?;
        Ok(LIST.to_owned())
    });
    match saved {
        Ok(response) => Ok(response.with_notice("Simpul sudah disimpan.")),
        Err(Problem::Refused(refusal)) => Ok(again(ctx, input, simpul.as_ref(), &*refusal)),
        Err(problem) => Err(problem),
    }
}

fn write(tx: &mut Tx<'_>, before: Option<Simpul>, baru: Baru, versi: i64, toggle: bool) -> Result<(), Problem> {
    let other = store::by_key(tx, &baru.kunci_id)?.filter(|one| Some(one.id) != before.as_ref().map(|one| one.id));
    if let Some(other) = other {
        return Err(Problem::refused(Refusal::Exists(other.nama)));
    }
    let entry = |tindakan, id: Id| {
        let alamat = baru.alamat.as_deref().unwrap_or_default();
        Entry::new(tindakan, TABLE, id).with("nama", &baru.nama).with("alamat", alamat).with("kunci", &baru.kunci)
    };
    let Some(before) = before else {
        let id = store::insert(tx, &baru)?;
        return Ok(tx.audit(&entry("eoffice.add-simpul", id))?);
    };
    let aktif = if toggle { !before.aktif } else { before.aktif };
    let act = entry("eoffice.change-simpul", before.id).with("dipakai", aktif);
    let Baru { nama, alamat, kunci, kunci_id, sertifikat, tujuan } = baru;
    let after = Simpul { id: before.id, nama, alamat, kunci, kunci_id, sertifikat, tujuan, aktif, versi };
    if !store::update(tx, &after)? {
        return Err(Problem::Conflict);
    }
    Ok(tx.audit(&act)?)
}

fn again(ctx: &Ctx, input: &Input, simpul: Option<&Simpul>, refusal: &dyn Refuse) -> Response {
    let form = frame::form_again(ctx, ctx.incoming().path.clone(), input)
        .refusal(refusal.message(), refusal.next_step())
        .problems(&refusal.fields());
    Response::form_again(praja_web::page(&frame::shell(ctx), &header(simpul), fields(form, simpul)))
}
