//! The public pages of verification: one document, checking signed facts, the public keys.

use praja_kernel::tanggal_panjang;
use praja_module::{Ctx, Jenis, Outcome, Response};
use praja_store::Tx;
use praja_web::{Facts, Field, Form, Icon, Markup, Notice, PageHeader, Tone, assets, badge_with, frame, html, icon, section};

use super::{Naskah, Status, Unproven, check, get, keys, of};
use crate::visitors;

/// SHA-256 in hexadecimal.
const SIDIK: usize = 64;
/// Longer texts are no code of ours.
const LONGEST: usize = 4000;

/// GET /v: where somebody types the code below a QR.
pub(crate) fn ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    if let Some(token) = ctx.query("kode") {
        return Ok(Response::redirect(format!("/v/{}", crate::words::encode(token.trim()))));
    }
    let header = PageHeader::new("Periksa keaslian naskah").purpose("Pindai kode QR pada naskah, atau ketik kode di bawahnya.");
    let content = html! {
        (code_form())
        (samples(ctx, tx)?)
        p { a href="/v/periksa" { "Periksa isi kode QR tanpa menghubungi kantor penerbit" } }
    };
    Ok(frame::respond_plain(ctx, &header, content))
}

/// In a training box: documents to try the check with.
fn samples(ctx: &Ctx, tx: &mut Tx<'_>) -> praja_store::Result<Markup> {
    if ctx.instance().jenis != Jenis::Contoh {
        return Ok(html! {});
    }
    let list = of(tx, crate::demo::CONTOH)?;
    Ok(html! {
        @if !list.is_empty() {
            (section("Contoh naskah untuk latihan", html! {
                ul { @for one in &list { li { a href={ "/v/" (one.token) } { (one.jenis) " " (one.nomor) } } } }
            }))
        }
    })
}

/// GET /v/{token}: how the document stands. Never its content, its recipients or anybody's NIK.
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    if let Some(stopped) = visitors::stop(ctx) {
        return Ok(stopped);
    }
    let token: String = ctx.param("token")?;
    match get(tx, &token)? {
        Some(naskah) => {
            let next = match &naskah.pengganti {
                Some(token) => get(tx, token)?,
                None => None,
            };
            Ok(frame::respond_plain(ctx, &header(&naskah), content(ctx, tx, &naskah, next.as_ref())?))
        }
        None => Ok(unknown(ctx)),
    }
}

fn header(naskah: &Naskah) -> PageHeader {
    PageHeader::new(format!("{} {}", naskah.jenis, naskah.nomor)).purpose("Hasil pemeriksaan keaslian naskah.")
}

fn content(ctx: &Ctx, tx: &mut Tx<'_>, naskah: &Naskah, next: Option<&Naskah>) -> praja_store::Result<Markup> {
    let keys: Vec<String> = keys(tx)?.into_iter().map(|key| format!("{}:{}", key.id, key.kunci)).collect();
    Ok(html! {
        (state(ctx, naskah, next))
        (facts(ctx, naskah))
        (section("Cocokkan berkas Anda", compare(ctx, naskah)))
        section.bagian {
            h2 { "Periksa tanda pada kode QR" }
            p #fakta-qr data-kunci=(keys.join(" ")) data-nomor=(naskah.nomor) role="status" {
                "Kode QR memuat fakta yang ditandatangani, sehingga dapat diperiksa tanpa menghubungi kantor penerbit. "
                a href="/v/periksa" { "Periksa isi kode QR" } "."
            }
        }
        script src=(assets::url("verifikasi.js")) defer {}
    })
}

fn state(ctx: &Ctx, naskah: &Naskah, next: Option<&Naskah>) -> Markup {
    match naskah.status {
        Status::Menunggu => {
            let text = "Nomor dan kode ini sudah dipesan, tetapi naskahnya belum ditandatangani. Jangan dipakai sebagai bukti.";
            html! { (Notice::new(Tone::Warn, "BELUM DITANDATANGANI").text(text)) }
        }
        Status::Sah => {
            let text = format!("Naskah ini diterbitkan oleh {} dan masih berlaku menurut catatan penerbitnya.", naskah.opd_nama);
            html! { (Notice::new(Tone::Good, "SAH").text(text)) }
        }
        Status::Dibekukan => {
            let when = naskah.dicabut.map(|at| tanggal_panjang(ctx.instance().zona.date(at))).unwrap_or_default();
            let why = naskah.alasan.as_deref().unwrap_or("-");
            html! { (Notice::new(Tone::Warn, "DIBEKUKAN").text(format!("Naskah ini dibekukan sejak {when} dan untuk sementara tidak berlaku. Alasan: {why}"))) }
        }
        Status::Dicabut => {
            let when = naskah.dicabut.map(|at| tanggal_panjang(ctx.instance().zona.date(at))).unwrap_or_default();
            let why = naskah.alasan.as_deref().unwrap_or("-");
            html! {
                (Notice::new(Tone::Bad, "DICABUT").text(format!("Naskah ini dicabut pada {when}. Alasan: {why}")))
                @if let Some(next) = next {
                    p { "Penggantinya: " a href={ "/v/" (next.token) } { (next.jenis) " " (next.nomor) } "." }
                }
            }
        }
    }
}

fn facts(ctx: &Ctx, naskah: &Naskah) -> Facts {
    let signed = naskah.ditandatangani.map(|at| frame::time(ctx.instance().zona, at).0);
    let (tone, icon) = match naskah.tanda_tangan {
        super::TandaTangan::Bsre => (Tone::Good, Icon::Sign),
        super::TandaTangan::Lokal => (Tone::Warn, Icon::Sign),
        super::TandaTangan::Basah => (Tone::Neutral, Icon::Stamp),
    };
    let hal = match &naskah.hal {
        Some(hal) => html! { (hal) },
        None => html! { span.redup { "Tidak ditampilkan karena sifat naskah" } },
    };
    let sidik = match &naskah.sidik {
        Some(sidik) => html! { code.potong { (sidik) } },
        None => html! { span.redup { "Tidak ada berkas elektronik" } },
    };
    Facts::new()
        .add("Nomor", &naskah.nomor)
        .add("Tanggal", tanggal_panjang(naskah.tanggal))
        .add("Jenis", &naskah.jenis)
        .add("Hal", hal)
        .add("Penandatangan", format!("{}, {}", naskah.penandatangan, naskah.jabatan))
        .add("Perangkat daerah", &naskah.opd_nama)
        .add("Tanda tangan", badge_with(tone, icon, naskah.tanda_tangan.label()))
        .add_maybe("Waktu tanda tangan", signed)
        .add("SHA-256 berkas", sidik)
}

/// The file stays on the reader's device: its hash is made there, or typed.
fn compare(ctx: &Ctx, naskah: &Naskah) -> Markup {
    let Some(known) = &naskah.sidik else {
        return html! { p { "Naskah ini tidak memiliki berkas elektronik. Cocokkan nomor, tanggal, dan penandatangannya." } };
    };
    let typed: String =
        ctx.query("sidik").unwrap_or_default().chars().filter(|letter| !letter.is_whitespace()).take(200).collect();
    let answer = match typed.to_lowercase() {
        typed if typed.is_empty() => html! {},
        typed if typed == *known => {
            html! { (Notice::new(Tone::Good, "COCOK").text("Sidik yang diketik sama dengan sidik berkas yang diterbitkan.")) }
        }
        typed if typed.len() == SIDIK => {
            html! { (Notice::new(Tone::Bad, "TIDAK COCOK").text("Berkas itu bukan berkas yang diterbitkan, atau sudah diubah.")) }
        }
        _ => html! { (Notice::new(Tone::Warn, "Sidik belum lengkap").text("SHA-256 terdiri atas 64 huruf dan angka.")) },
    };
    html! {
        div.hanya-js.banding {
            p { "Pilih berkas PDF yang Anda terima. Berkas diperiksa di perangkat Anda dan tidak dikirim ke mana pun." }
            div.isian {
                label for="berkas-banding" { "Berkas yang diterima" }
                div.unggah {
                    input #berkas-banding type="file" accept="application/pdf" data-sidik=(known);
                    span.unggah-ajakan.js-saja aria-hidden="true" { (icon(Icon::Upload)) span { "Pilih berkas atau letakkan di sini" } }
                }
                output.berkas for="berkas-banding" {}
            }
            output #hasil-banding for="berkas-banding" role="status" {}
        }
        (answer)
        (Form::get(format!("/v/{}", naskah.token))
            .field(Field::text("sidik", "SHA-256 berkas Anda").value(typed).hint("Untuk yang menghitungnya sendiri, misalnya dengan perintah sha256sum."))
            .submit("Cocokkan sidik"))
    }
}

fn unknown(ctx: &Ctx) -> Response {
    let header = PageHeader::new("Naskah tidak ditemukan").purpose("Hasil pemeriksaan keaslian naskah.");
    let text = "Kode ini tidak pernah diterbitkan di sini. Periksa ketikannya, dan pastikan alamat pada kode QR adalah alamat resmi \
                pemerintah daerah. Bila tetap tidak ditemukan, jangan anggap naskah itu asli.";
    let content = html! { (Notice::new(Tone::Bad, "TIDAK DITEMUKAN").text(text)) (code_form()) };
    let mut response = frame::respond_plain(ctx, &header, content);
    response.status = 404;
    response
}

fn code_form() -> Form {
    Form::get("/v")
        .field(
            Field::text("kode", "Kode naskah")
                .required()
                .max_length(60)
                .hint("26 huruf dan angka di bawah kode QR; huruf besar dan kecil sama saja."),
        )
        .submit("Periksa naskah")
}

/// GET /v/periksa?isi=…: the signed facts of a code, checked with the public keys alone: also for documents this box has lost.
pub(crate) fn prove(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    if let Some(stopped) = visitors::stop(ctx) {
        return Ok(stopped);
    }
    let typed: String = ctx.query("isi").unwrap_or_default().chars().take(LONGEST).collect();
    let known = keys(tx)?;
    let answer = if typed.is_empty() {
        html! {}
    } else {
        proven(check(&typed, &known))
    };
    let pairs: Vec<String> = known.iter().map(|key| format!("{}:{}", key.id, key.kunci)).collect();
    let header = PageHeader::new("Periksa isi kode QR")
        .purpose("Fakta dalam kode QR ditandatangani dengan kunci daerah, sehingga dapat diperiksa tanpa catatan penerbit.")
        .crumb("Periksa keaslian naskah", "/v");
    let content = html! {
        (answer)
        p #fakta-qr data-kunci=(pairs.join(" ")) role="status" {}
        (Form::get("/v/periksa")
            .field(Field::textarea("isi", "Isi kode QR").value(typed).required().hint("Alamat lengkap hasil pindaian, termasuk yang sesudah tanda #."))
            .submit("Periksa isi kode"))
        p { "Hasil di atas hanya membuktikan siapa yang menerbitkan. Naskah yang kemudian dicabut hanya tampak pada halaman naskahnya." }
        p { a href="/v/kunci" { "Kunci publik daerah dan cara memeriksanya sendiri" } }
        script src=(assets::url("verifikasi.js")) defer {}
    };
    Ok(frame::respond_plain(ctx, &header, content))
}

fn proven(outcome: Result<super::Facts, Unproven>) -> Markup {
    match outcome {
        Ok(facts) => html! {
            (Notice::new(Tone::Good, "Tanda tangan cocok").text(format!("Fakta ini ditandatangani oleh {}.", facts.daerah)))
            (Facts::new()
                .add("Nomor", &facts.nomor)
                .add("Tanggal", tanggal_panjang(facts.tanggal))
                .add("Jenis", &facts.jenis)
                .add("Penandatangan", &facts.penandatangan)
                .add("Keadaan terbaru", html! { a href={ "/v/" (facts.token) } { "Buka halaman naskah" } }))
        },
        Err(unproven) => html! {
            (Notice::new(Tone::Bad, "Tidak terbukti").text(format!("{unproven} Jangan anggap naskah itu asli hanya karena kode ini.")))
        },
    }
}

/// GET /v/kunci: every public key that ever signed here, for ever, with the way to check without us.
pub(crate) fn public_keys(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    if let Some(stopped) = visitors::stop(ctx) {
        return Ok(stopped);
    }
    let known = keys(tx)?;
    let header = PageHeader::new("Kunci publik daerah")
        .purpose("Dengan kunci ini siapa pun dapat memeriksa kode QR naskah kami, juga tanpa jaringan.")
        .crumb("Periksa keaslian naskah", "/v");
    let content = html! {
        @if known.is_empty() { p { "Belum ada naskah berkode yang diterbitkan, sehingga belum ada kunci." } }
        @for key in &known {
            (Facts::new().add("Nama kunci", html! { code { (key.id) } }).add("Kunci Ed25519", html! { code.potong { (key.kunci) } }))
        }
        (section("Cara memeriksa sendiri", html! {
            ol {
                li { "Ambil bagian sesudah tanda # dari isi kode QR: 1, nama kunci, fakta, dan tanda tangan, dipisahkan titik." }
                li { "Uraikan fakta dan tanda tangan dari base64url (RFC 4648 bagian 5, tanpa isian)." }
                li { "Sambungkan baris \"PRAJA-FAKTA 1\", satu ganti baris, lalu fakta: itulah teks yang ditandatangani." }
                li { "Periksa tanda tangan Ed25519 (RFC 8032) atas teks itu dengan kunci yang namanya disebut." }
                li { "Fakta berisi enam baris: daerah, kode, nomor, tanggal, jenis, dan penandatangan." }
            }
        }))
    };
    Ok(frame::respond_plain(ctx, &header, content))
}

/// GET /v/kunci.txt: the same keys for programs, a line each.
pub(crate) fn public_keys_text(_: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let lines = keys(tx)?.into_iter().map(|key| format!("{} {}\n", key.id, key.kunci)).collect();
    Ok(Response::of(praja_module::Body::Text(lines)))
}
