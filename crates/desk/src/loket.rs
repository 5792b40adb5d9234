//! The front-office device that everybody uses: a public page to begin at, and how long nobody may touch it before the session of whoever
//! left it there is ended.

use praja_kernel::FieldProblem;
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Result, Tx, audit};
use praja_web::{
    Facts, Field, Form, Icon, Link, Markup, Notice, PageHeader, Tone, assets, form::Width, frame, html, icon, section,
};

use crate::choices::store as settings;

pub(crate) const PAGE: &str = "/loket";
const SETTING: &str = "/desk/loket";
/// Who owns the setting: the regency itself, and what it is called.
const NAME: (&str, &str) = ("daerah", "loket.menit");
const USUAL: u32 = 3;
/// Below it nobody could read a page to its end; above it the next in the queue sits down to the papers of the one before.
const MINUTES: std::ops::RangeInclusive<u32> = 1..=30;

fn minutes(tx: &mut Tx<'_>) -> Result<u32> {
    let set = settings::setting(tx, NAME.0, NAME.1)?;
    Ok(set.and_then(|text| text.parse().ok()).filter(|minutes| MINUTES.contains(minutes)).unwrap_or(USUAL))
}

fn check(typed: &str) -> std::result::Result<u32, FieldProblem> {
    let minutes = typed.trim().parse().ok().filter(|minutes| MINUTES.contains(minutes));
    let told = format!("Diisi angka {} sampai {} menit.", MINUTES.start(), MINUTES.end());
    minutes.ok_or_else(|| FieldProblem::new("menit", told))
}

/// GET /loket
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let minutes = minutes(tx)?;
    let header = PageHeader::new("Layanan mandiri").purpose("Pilih keperluan Anda. Petugas loket siap membantu.");
    let cards = [
        (Icon::Comment, "Pengaduan", "Menyampaikan keluhan atau melihat jawabannya.", Link::new("Buka pengaduan", "/pengaduan")),
        (
            Icon::DocumentChecked,
            "Keaslian naskah",
            "Memeriksa surat bertanda tangan elektronik menurut kodenya.",
            Link::new("Periksa naskah", "/v"),
        ),
        (Icon::Chart, "Survei kepuasan", "Menilai layanan yang baru Anda terima.", Link::new("Isi survei", "/kepuasan")),
        (
            Icon::Person,
            "Akun warga dan badan",
            "Mendaftar, atau masuk dengan kode yang dikirim ke ponsel Anda.",
            Link::new("Daftar akun", "/daftar"),
        ),
    ];
    let content = html! {
        @if ctx.who().is_some() {
            (Notice::new(Tone::Warn, "Masih ada yang masuk di perangkat ini.").text("Keluar dahulu agar orang berikutnya tidak memakai akun itu."))
        }
        ul.kartu-impor { @for (drawing, title, words, link) in cards { li {
            h2 { (icon(drawing)) " " (title) }
            p.redup { (words) }
            p { a.tombol.utama href=(link.href) { (link.label) } }
        } } }
        (section("Perangkat loket", html! {
            p { "Dalam mode loket, perangkat kembali ke halaman ini dan keluar dari akun setelah " (minutes) " menit tidak disentuh." }
            p data-loket=(minutes * 60) {
                button.tombol.js-saja type="button" data-loket-mulai { "Mulai mode loket di perangkat ini" }
                span data-loket-keadaan role="status" {}
            }
        }))
        script src=(assets::url("loket.js")) defer {}
    };
    Ok(frame::respond_plain(ctx, &header, content))
}

/// GET /desk/loket
pub(crate) fn ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let minutes = minutes(tx)?;
    let form = form(frame::form(ctx, SETTING).values(praja_web::FormValues::new().with("menit", minutes.to_string())));
    Ok(frame::respond(ctx, &header(), content(minutes, &form)))
}

fn header() -> PageHeader {
    PageHeader::new("Perangkat loket")
        .purpose("Berapa lama perangkat bersama di loket boleh tidak disentuh sebelum sesinya diakhiri.")
}

fn form(form: Form) -> Form {
    let (least, most) = (MINUTES.start().to_string(), MINUTES.end().to_string());
    form.field(
        Field::number("menit", "Menit tidak disentuh")
            .required()
            .min(least)
            .max(most)
            .width(Width::Short)
            .hint("Dua puluh detik sebelumnya perangkat bertanya dahulu."),
    )
    .submit("Simpan waktu")
}

fn content(minutes: u32, form: &Form) -> Markup {
    html! {
        (Facts::new().add("Berlaku sekarang", format!("{minutes} menit")).add("Halaman loket", html! { a href=(PAGE) { (PAGE) } }))
        (section("Ubah waktu", form))
        (section("Perangkat ini", html! {
            p data-loket=(minutes * 60) {
                button.tombol.js-saja type="button" data-loket-akhiri { "Akhiri mode loket di perangkat ini" }
                " " span data-loket-keadaan role="status" {}
            }
        }))
        script src=(assets::url("loket.js")) defer {}
    }
}

/// POST /desk/loket
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let minutes = match check(input.text("menit")) {
        Ok(minutes) => minutes,
        Err(problem) => {
            let known = ctx.read(|tx| self::minutes(tx).map_err(Problem::from))?;
            let again = form(frame::form_again(ctx, SETTING, input).problems(&[problem]));
            return Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header(), content(known, &again))));
        }
    };
    let response = ctx.submit(input, Keys::none(), move |tx| {
        settings::put_setting(tx, NAME.0, NAME.1, &minutes.to_string())?;
        tx.audit(&audit::Entry::new("desk.configure-loket", "desk_pilihan", NAME.1).with("menit", minutes))?;
        Ok::<_, Problem>(SETTING.to_owned())
    })?;
    Ok(response.with_notice("Waktu perangkat loket sudah disimpan. Perangkat memakainya saat halaman loket dibuka lagi."))
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn between_one_and_thirty_minutes_is_taken_and_nothing_else() {
        for (typed, taken) in
            [("1", Some(1)), (" 30 ", Some(30)), ("0", None), ("31", None), ("", None), ("dua", None), ("-3", None)]
        {
            assert_eq!(check(typed).ok(), taken, "{typed}");
        }
    }
}
