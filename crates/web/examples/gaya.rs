//! Writes the page of patterns, a log-in page, a public page and the messages, with their assets, into a folder: the folder can be
//! served by any small web server to look at them.
//!
//! `cargo run -p praja-web --example gaya -- FOLDER`

use std::{env, error::Error, fs, path::Path};

use praja_web::{Field, Form, Icon, Link, PageHeader, Shell, assets, color::Accent, errors, gaya, html, plain_page};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = env::args().nth(1).ok_or("sebutkan folder tujuan")?;
    let folder = Path::new(&folder);
    let shell = gaya::sample_shell();
    let public = Shell { contoh: true, ..Shell::new("Kabupaten Tirta Contoh") };
    let red = Shell { accent: Accent::parse("#c2185b")?, contoh: false, ..gaya::sample_shell() };
    let pages = [
        ("index", gaya::page_of_patterns(&shell)),
        ("merah", gaya::page_of_patterns(&red)),
        ("masuk", log_in(&public)),
        ("tidak-ditemukan", errors::not_found(&shell)),
        ("tidak-berhak", errors::forbidden(&shell, "mendaftarkan surat masuk", "pengelola sistem di Dinas Kesehatan")),
        ("ditolak", errors::refused(&shell, "Surat sudah diarsipkan.", "Buka arsip untuk melihatnya.", Some("#"))),
        ("gangguan", errors::fault(&public, "7KQ2-M9XA")),
        ("bentrok", errors::conflict(&shell, "Ana Lusia", "10.32", "#")),
        ("terlalu-besar", errors::too_large(&shell, 10)),
        ("pemeliharaan", errors::unavailable(&public, Some("pukul 06.00 WITA"))),
    ];
    for (name, html) in &pages {
        write(&folder.join(format!("{name}.html")), html.as_bytes())?;
        write(
            &folder.join(format!("{name}-gelap.html")),
            html.replace("lang=\"id\"", "lang=\"id\" data-tema=\"gelap\"").as_bytes(),
        )?;
    }
    for url in assets::names().map(assets::url).chain([assets::theme_url(&red.accent)]) {
        let asset = assets::find(&url).ok_or("aset tidak ada")?;
        write(&folder.join(url.trim_start_matches('/')), &asset.bytes)?;
    }
    Ok(())
}

fn log_in(shell: &Shell) -> String {
    let form = Form::post("/masuk", "contoh", "0198")
        .field(Field::text("akun", "Nama akun").required().autocomplete("username").autofocus())
        .field(Field::password("sandi", "Kata sandi", "current-password").required())
        .submit("Masuk ke Praja");
    let help = Link::new("Minta bantuan petugas", "#").icon(Icon::Help);
    let header = PageHeader::new("Masuk ke Praja").purpose("Untuk pegawai dan pejabat Kabupaten Tirta Contoh.");
    plain_page(shell, &header, html! { (form) p { a href=(help.href) { (help.label) } } })
}

#[allow(clippy::disallowed_methods, reason = "an example writes where its reader tells it to; it is no part of the program")]
fn write(path: &Path, bytes: &[u8]) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(path.parent().ok_or("jalur tanpa folder")?)?;
    fs::write(path, bytes)?;
    Ok(())
}
