use praja_desk::impor::{Payload, ask, way};
use praja_kernel::Refuse;
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx, audit::Entry};
use praja_web::{Field, Form, PageHeader, frame, html, lembar::Unreadable, page};

use super::{LIST, crumbs, grouped, ptsp};
use crate::impor::{MAX_BYTES, MAX_ROWS, Refusal, TABLE, kerja, store};

fn action() -> String {
    format!("{LIST}/baru")
}

/// GET /perizinan/izin/impor/baru
pub(super) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    ptsp(ctx, tx)?;
    Ok(Response::page(whole(ctx, frame::form(ctx, action()))))
}

/// POST /perizinan/izin/impor/baru: keeps the file and asks for a look into it.
pub(super) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let opd = ctx.read(|tx| ptsp(ctx, tx))?;
    let Some(file) = input.files("berkas").next() else {
        return Ok(again(ctx, input, &Refusal::NoFile));
    };
    if file.head.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Ok(again(ctx, input, &Unreadable::OldExcel.into()));
    }
    let baru = store::Baru { opd, berkas: file.name.clone(), alamat: file.blob.alamat.clone(), sidik: file.blob.sidik.clone() };
    let blob = file.blob.clone();
    ctx.submit(input, Keys::none(), move |tx| {
        tx.keep_blob(&blob)?;
        let id = store::insert(tx, &baru)?;
        ask(tx, kerja::LOOK, &Payload::of(id))?;
        let entry = Entry::new("perizinan.upload-impor", TABLE, id);
        tx.audit(&entry.with("berkas", &baru.berkas).with("sidik", &baru.sidik))?;
        Ok::<_, Problem>(format!("{LIST}/{id}"))
    })
}

fn again(ctx: &Ctx, input: &Input, refusal: &Refusal) -> Response {
    Response::form_again(whole(ctx, frame::form_again(ctx, action(), input).problems(&refusal.fields())))
}

fn whole(ctx: &Ctx, form: Form) -> String {
    let most = grouped(i64::try_from(MAX_ROWS).unwrap_or(i64::MAX));
    let form = form
        .multipart()
        .field(
            Field::file("berkas", "Daftar izin", ".xlsx,.csv,.txt")
                .hint(format!(
                    "Excel (.xlsx) atau CSV yang dipisah koma, titik koma, atau tab; paling banyak {most} baris. Ambil kolom NIK sebagai Teks."
                ))
                .max_mib(MAX_BYTES >> 20)
                .required(),
        )
        .submit("Unggah berkas")
        .cancel("Kembali", LIST);
    let header = crumbs(PageHeader::new("Impor daftar izin lama").purpose(
        "Berkasnya dibaca dan diperiksa lebih dahulu. Izin baru tercatat setelah Anda menerapkannya, dan impor dapat diurungkan.",
    ));
    let content = html! {
        (way(0))
        ol.langkah-impor {
            li { "Unggah daftar izin yang pernah terbit seperti adanya: judul di atas tabel, sel gabungan, dan urutan kolom apa pun diperbolehkan." }
            li { "Tentukan lembar dan baris judulnya, kolom mana berisi apa, dan layanan lama mana yang menjadi layanan Anda." }
            li { "Baca hasil pemeriksaan. Belum ada yang berubah sampai Anda menerapkannya." }
        }
        p.redup { "Yang diimpor adalah izin yang terbit. Riwayat permohonan pada aplikasi lama tidak diimpor." }
        (form)
    };
    page(&frame::shell(ctx), &header, content)
}
