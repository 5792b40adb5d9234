//! The page that shows one NIK whole, once, after it was written down who looked.

use praja_kernel::{Nik, tanggal_panjang};
use praja_module::{Ctx, Input, Outcome, Problem, Route};
use praja_store::Keys;
use praja_web::{Facts, Markup, Notice, PageHeader, Tone, frame, html};

use super::{asked, reveal};
use crate::REVEAL;

pub(super) const REVEAL_AT: &str = "/perizinan/izin/nik";

pub(crate) const ROUTES: &[Route] = &[Route::post(REVEAL_AT, REVEAL, "Membuka NIK secara utuh", show)];

/// POST /perizinan/izin/nik: not an address, so that no NIK stands in a history and no page is opened again by itself.
fn show(ctx: &Ctx, input: &Input) -> Outcome {
    let asked = asked(ctx, input.raw("segel")).ok_or(Problem::StaleForm)?;
    let back = asked.kembali.clone();
    let found = ctx.write(Keys::none(), move |tx| reveal(tx, &asked))?;
    let (nik, nama) = found.filter(|(nik, _)| !nik.is_empty()).ok_or(Problem::NotFound)?;
    let content = html! {
        (Notice::new(Tone::Info, "Pembukaan NIK ini dicatat.").text("Yang dicatat: siapa yang membuka, milik siapa, dan kapan."))
        (facts(ctx, &nik, &nama))
        p { a href=(back) { "Kembali ke halaman sebelumnya" } }
    };
    let header = PageHeader::new("NIK").purpose("Hanya untuk mencocokkan dengan dokumen orangnya.");
    Ok(frame::respond(ctx, &header, content))
}

fn facts(ctx: &Ctx, nik: &str, nama: &str) -> Facts {
    let spaced = nik.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ");
    let shown: Markup = html! { strong.nomor { (spaced) } };
    let facts = Facts::new().add("Nama", nama).add("NIK", shown);
    match nik.parse::<Nik>() {
        Ok(nik) => facts
            .add("Tanggal lahir menurut NIK", tanggal_panjang(nik.tanggal_lahir(ctx.today())))
            .add("Jenis kelamin menurut NIK", nik.jenis_kelamin().label())
            .add("Kode wilayah pertama kali terdaftar", nik.wilayah()),
        Err(_) => facts,
    }
}
