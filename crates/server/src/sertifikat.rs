//! The pages about the certificate of the encrypted line: they teach a phone to trust an authority of our own, and let anybody try
//! whether his device trusts the line enough to keep pages for the hours without one.
//!
//! They answer on the plain line too, because nobody can reach the encrypted one before having trusted it.

use std::{net::SocketAddr, path::PathBuf};

use actix_web::{
    HttpRequest, HttpResponse,
    web::{self, Data, ServiceConfig},
};
use maud::{Markup, html};
use praja_web::{Notice, PageHeader, Shell, Tone, assets, plain_page, qr, section};
use sha2::{Digest, Sha256};

use crate::{Authority, Settings, Tls, tls};

/// Where the pages lead.
pub const SERTIFIKAT: &str = "/sertifikat";
const AUTHORITY: &str = "/sertifikat/otoritas.crt";
const TRIAL: &str = "/sertifikat/uji";
/// The pages of the server itself, which belong to no module: address and purpose.
pub const PAGES: [(&str, &str); 2] = [
    (SERTIFIKAT, "Mengajari ponsel mempercayai sertifikat"),
    (TRIAL, "Menguji apakah perangkat dapat membuka halaman tanpa jaringan"),
];
const WORKER: &str = "/sertifikat/pekerja.js";

/// What the pages tell.
#[derive(Debug, Clone)]
pub(crate) struct Sertifikat {
    region: String,
    url: String,
    contoh: bool,
    tls: Tls,
    folder: PathBuf,
    /// Port of the plain line, where a phone can fetch the authority before trusting anything.
    plain: Option<u16>,
}

impl Sertifikat {
    pub(crate) fn new(settings: &Settings) -> Self {
        Self {
            region: settings.wilayah.nama.clone(),
            url: settings.url_publik.clone(),
            contoh: settings.jenis == crate::JenisInstansi::Contoh,
            tls: settings.tls.clone(),
            folder: settings.tls_folder(),
            plain: settings.alamat_http.as_deref().and_then(|plain| plain.parse::<SocketAddr>().ok()).map(|plain| plain.port()),
        }
    }

    /// The authority phones are to trust; only where lines hang on it.
    fn authority(&self) -> Option<Vec<u8>> {
        (self.tls == Tls::Local).then(|| Authority::new(&self.folder, &self.region).der()).flatten()
    }

    fn page(&self, header: &PageHeader, content: Markup) -> HttpResponse {
        let mut shell = Shell::new(&self.region);
        shell.contoh = self.contoh;
        HttpResponse::Ok().content_type("text/html; charset=utf-8").body(plain_page(&shell, header, content))
    }
}

pub(crate) fn configure(config: &mut ServiceConfig) {
    config
        .service(web::resource(SERTIFIKAT).get(page))
        .service(web::resource(AUTHORITY).get(authority))
        .service(web::resource(TRIAL).get(trial))
        .service(web::resource(WORKER).get(worker));
}

async fn page(papers: Data<Sertifikat>, request: HttpRequest) -> HttpResponse {
    let Some(der) = papers.authority() else { return nothing_to_trust(&papers) };
    let header = PageHeader::new("Percayai sertifikat").purpose(format!(
        "Satu kali di setiap ponsel dan komputer, agar alamat Pemerintah {} dikenal dan halaman dapat dibuka saat jaringan terputus.",
        papers.region
    ));
    let here = match papers.plain {
        Some(80) => format!("http://{}{SERTIFIKAT}", tls::host_of(&papers.url)),
        Some(port) => format!("http://{}:{port}{SERTIFIKAT}", tls::host_of(&papers.url)),
        None => format!("{}{SERTIFIKAT}", papers.url),
    };
    let secure = request.app_config().secure();
    papers.page(
        &header,
        html! {
            (section("1. Unduh sertifikat otoritas", html! {
                p { a.tombol.utama href=(AUTHORITY) download="praja-otoritas.crt" { "Unduh sertifikat" } }
                p { "Sidik jari SHA-256. Cocokkan dengan lembar dari Diskominfo sebelum mempercayainya:" }
                p.sidik { code { (fingerprint(&der)) } }
            }))
            (section("2. Pasang pada perangkat Anda", guides()))
            (section("3. Uji", html! {
                p { "Tutup lalu buka kembali peramban, kemudian buka halaman uji. Halaman itu memberi tahu apakah perangkat ini sudah siap." }
                p { a.tombol href={ (papers.url) (TRIAL) } { "Buka halaman uji" } }
                @if !secure { p.sidik { "Halaman uji terbuka lewat alamat terenkripsi: " (papers.url) } }
            }))
            (section("Bagikan halaman ini", html! {
                @if let Ok(code) = qr::svg(&here, &format!("Kode QR menuju {here}")) { (code) }
                p.sidik { (here) }
                p { "Otoritas ini hanya berlaku untuk alamat milik daerah ini dan jaringan setempat. Situs lain tidak dapat ditiru dengannya." }
            }))
        },
    )
}

/// SHA-256 in pairs, as operating systems show it.
fn fingerprint(der: &[u8]) -> String {
    Sha256::digest(der).iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(" ")
}

fn guides() -> Markup {
    let steps = |list: &[&str]| html! { ol.bernomor { @for step in list { li { (step) } } } };
    html! {
        details.lipatan open {
            summary { "Ponsel Android" }
            (steps(&[
                "Buka Setelan, ketik \"sertifikat\" pada kotak cari, lalu pilih Sertifikat CA (pada sebagian ponsel: Keamanan, Enkripsi dan kredensial, Pasang sertifikat).",
                "Ketuk Tetap pasang, masukkan kunci layar bila diminta, lalu pilih berkas praja-otoritas.crt dari folder Unduhan.",
                "Ponsel dapat menampilkan pesan bahwa jaringan mungkin dipantau. Pesan itu muncul untuk setiap sertifikat yang dipasang sendiri.",
                "Peramban Firefox di Android memakai daftar sendiri; pakailah Chrome.",
            ]))
        }
        details.lipatan {
            summary { "iPhone dan iPad" }
            (steps(&[
                "Buka halaman ini dengan Safari, ketuk Unduh sertifikat, lalu Izinkan.",
                "Buka Pengaturan, ketuk Profil Diunduh di bagian atas, lalu Instal.",
                "Buka Pengaturan, Umum, Mengenai, Pengaturan Kepercayaan Sertifikat, lalu nyalakan Otoritas sertifikat Praja.",
            ]))
        }
        details.lipatan {
            summary { "Windows (Chrome dan Edge)" }
            (steps(&[
                "Klik dua kali berkas praja-otoritas.crt, lalu Install Certificate.",
                "Pilih Local Machine, Place all certificates in the following store, Browse, Trusted Root Certification Authorities.",
                "Selesaikan, lalu tutup dan buka kembali peramban.",
            ]))
        }
        details.lipatan {
            summary { "Firefox di komputer" }
            (steps(&[
                "Buka Pengaturan, Privasi dan Keamanan, Lihat Sertifikat, tab Otoritas, Impor.",
                "Pilih berkas praja-otoritas.crt dan centang kepercayaan untuk situs web.",
            ]))
        }
        details.lipatan {
            summary { "Linux (Chrome)" }
            (steps(&["Buka chrome://settings/certificates, bagian otoritas, Impor, pilih berkas praja-otoritas.crt, dan percayai untuk situs web."]))
        }
    }
}

/// Public authorities, files and a web server in front: what phones know already, or what is somebody else's care.
fn nothing_to_trust(papers: &Sertifikat) -> HttpResponse {
    let header = PageHeader::new("Sertifikat").purpose("Apakah perangkat ini mengenali alamat Praja.");
    let told = match papers.tls {
        Tls::None => {
            "Praja di sini dibuka tanpa enkripsi, misalnya untuk mencoba atau berlatih. Tidak ada sertifikat yang perlu dipasang."
        }
        _ => {
            "Sertifikat alamat ini tidak diterbitkan oleh Praja sendiri. Pada umumnya ponsel sudah mengenal penerbitnya dan tidak ada yang perlu dipasang."
        }
    };
    papers.page(
        &header,
        html! {
            p { (told) }
            p { a.tombol href=(TRIAL) { "Buka halaman uji" } }
        },
    )
}

async fn authority(papers: Data<Sertifikat>) -> HttpResponse {
    match papers.authority() {
        Some(der) => HttpResponse::Ok()
            .content_type("application/x-x509-ca-cert")
            .insert_header(("content-disposition", "attachment; filename=\"praja-otoritas.crt\""))
            .insert_header(("cache-control", "no-cache"))
            .body(der),
        None => HttpResponse::NotFound().content_type("text/plain; charset=utf-8").body("Tidak ada otoritas sendiri di sini.\n"),
    }
}

/// A page that keeps itself on the device and says whether that worked.
async fn trial(papers: Data<Sertifikat>) -> HttpResponse {
    let header =
        PageHeader::new("Uji perangkat").purpose("Apakah perangkat ini dapat membuka halaman Praja saat jaringan terputus.");
    papers.page(
        &header,
        html! {
            div #uji data-pekerja=(WORKER) data-lingkup=(TRIAL) data-hidup="/healthz" role="status" aria-live="polite" {
                (Notice::new(Tone::Info, "Memeriksa.").text("Halaman uji memerlukan JavaScript; tanpa JavaScript, semua pekerjaan lain tetap berjalan selama ada jaringan."))
            }
            (section("Cara menguji", html! {
                ol.bernomor {
                    li { "Tunggu sampai halaman ini menyatakan tersimpan." }
                    li { "Matikan data seluler dan Wi-Fi, lalu muat ulang halaman ini." }
                    li { "Halaman yang tetap terbuka berarti perangkat ini siap." }
                }
                p { "Bila halaman menyatakan belum dipercaya, buka " a href=(SERTIFIKAT) { "petunjuk sertifikat" } "." }
            }))
            script src=(assets::url("uji.js")) defer {}
        },
    )
}

/// A worker may only look after addresses below its own, so it is answered here and not with the other scripts.
async fn worker() -> HttpResponse {
    match assets::find("uji-pekerja.js") {
        Some(asset) => HttpResponse::Ok()
            .content_type("text/javascript; charset=utf-8")
            .insert_header(("cache-control", "no-cache"))
            .body(asset.bytes.into_owned()),
        None => HttpResponse::NotFound().finish(),
    }
}
