//! What the reader of a guide does between two commands, in the browser, on paper or in an editor.

use std::fs;

use praja_server::Settings;

use crate::{
    common::{browser::Browser, cookie, get_with, hidden, post},
    peers::{NO_SERVICE_YET, Peers},
    scene::Scene,
};

const SHEET: &str = "praja-box/keys/lembar-pemulihan.txt";

/// Before a command is typed.
pub fn before(scene: &mut Scene, peers: &mut Peers, page: &str, typed: &str) -> Result<(), String> {
    match (page, typed) {
        // The key is typed from the sheet before the sheet leaves the machine.
        ("mulai.md", "rm praja-box/keys/lembar-pemulihan.*") => {
            let sheet = fs::read_to_string(scene.path(SHEET)).unwrap();
            let key = sheet.lines().find(|line| line.matches('-').count() > 8).ok_or("the sheet has no key")?;
            scene.add("kunci-pemulihan.txt", key);
            scene.said.push_str(&sheet);
        }
        // The disk is mounted, and the key is typed from the sheet before another is drawn.
        ("cadangan-pulih.md", "praja config set cadangan.tempat /mnt/cadangan") => {
            fs::create_dir(scene.path("kedua")).unwrap();
            let sheet = fs::read_to_string(scene.path(SHEET)).unwrap();
            let key = sheet.lines().find(|line| line.matches('-').count() > 8).ok_or("the sheet has no key")?;
            scene.add("kunci.txt", key);
        }
        // A token is made in the browser, and there is a scan to send.
        ("aplikasi-lain.md", write) if write.starts_with("printf 'header") => a_program_is_let_in(scene)?,
        // A letter is registered, as section 4 of the page says.
        ("mulai.md", "praja audit anchor --output jangkar-20261123-0045.txt") => registers_a_letter(scene)?,
        // The way back to a folder of its own: what was restored before makes room.
        ("penyimpanan.md", restore) if restore.contains("--settings s3.yaml") => {
            scene.stop("praja-baru");
            fs::remove_dir_all(scene.path("praja-baru")).unwrap();
            peers.database(scene)?;
            // The settings were written before the service had its certificate, and so its port.
            let settings = fs::read_to_string(scene.path("s3.yaml")).unwrap();
            fs::write(scene.path("s3.yaml"), settings.replace(NO_SERVICE_YET, peers.s3())).unwrap();
        }
        _ => {}
    }
    Ok(())
}

/// After a command has ended, or serves.
pub fn after(scene: &mut Scene, peers: &mut Peers, page: &str, typed: &str) -> Result<(), String> {
    match (page, typed) {
        ("penyimpanan.md", request) if request.starts_with("openssl req") => {
            peers.serve_s3(scene);
            Ok(())
        }
        ("daerah.md", "praja try --kartu 30") => cards_stay(scene),
        _ => Ok(()),
    }
}

/// Thirty cards; a second run and `--reset` leave them as they are, and the page to print is named.
fn cards_stay(scene: &mut Scene) -> Result<(), String> {
    let cards = |scene: &Scene| fs::read_to_string(scene.path("praja-box/kartu-akun.csv")).unwrap();
    let drawn = cards(scene);
    let page = fs::read_to_string(scene.path("praja-box/kartu-akun.html")).unwrap();
    if drawn.lines().count() != 31 || page.matches("class=\"satu\"").count() != 30 {
        return Err(format!("not 30 cards:\n{drawn}"));
    }
    for again in ["praja try --kartu 30", "praja try", "praja try --reset"] {
        scene.serve(again)?;
        if cards(scene) != drawn {
            return Err(format!("`{again}` changes the cards"));
        }
        log_in(scene, "kartu-akun.csv", "peserta-01")?;
    }
    scene.stop("praja-box");
    let said = "Kartu peserta ./praja-box/kartu-akun.html (30 kartu)";
    crate::compare::stands_in(said, &scene.said).map_err(|_| "`praja try` does not name the cards".to_owned())
}

/// Are these settings taken when they are laid over those of the box?
pub fn takes(scene: &Scene, text: &str) -> Result<(), String> {
    let over = scene.path("praja-box/config/praja.local.yaml");
    let kept = fs::read(&over).unwrap_or_default();
    fs::write(&over, text).unwrap();
    let read = Settings::load(&scene.path("praja-box/config/praja.yaml"));
    fs::write(&over, kept).unwrap();
    read.map(drop)
        .map_err(|error| format!("these settings are refused: {error}: {:?}\n{text}", std::error::Error::source(&error)))
}

/// Logs in with a password of a list beside the box; gives the session.
fn log_in(scene: &Scene, list: &str, akun: &str) -> Result<String, String> {
    let port = scene.port("praja-box");
    let csv = fs::read_to_string(scene.path("praja-box").join(list)).unwrap();
    let row = csv.lines().find(|line| line.contains(&format!(",{akun},"))).ok_or_else(|| format!("{list} has no {akun}"))?;
    let sandi = row.rsplit(',').next().unwrap_or_default().trim();
    let form = get_with(port, "/masuk", "");
    let body = format!("_csrf={}&_kunci={}&akun={akun}&sandi={sandi}", hidden(&form, "_csrf"), hidden(&form, "_kunci"));
    let answer = post(port, "/masuk", &cookie(&form, "praja_tamu"), &body);
    if !answer.starts_with("HTTP/1.1 303") {
        return Err(format!("{akun} of {list} cannot log in: {}", answer.lines().next().unwrap_or_default()));
    }
    Ok(cookie(&answer, "praja_sesi"))
}

fn registers_a_letter(scene: &Scene) -> Result<(), String> {
    let port = scene.port("praja-box");
    let session = log_in(scene, "akun-demo.csv", "tata-usaha")?;
    let form = get_with(port, "/eoffice/surat-masuk/baru", &format!("Cookie: {session}\r\n"));
    let form = form.split("<main").nth(1).unwrap_or_default();
    let day = form.split("name=\"tanggal_terima\"").nth(1).and_then(|rest| rest.split("value=\"").nth(1)).unwrap_or_default();
    let day = day.split('"').next().unwrap_or_default();
    let body = format!(
        "_csrf={}&_kunci={}&asal_teks=Puskesmas+Manggar&nomor_surat=440/17/2026&tanggal_surat={day}&tanggal_terima={day}&hal=Permohonan+vaksin&sifat=biasa&derajat=biasa",
        hidden(form, "_csrf"),
        hidden(form, "_kunci"),
    );
    let answer = post(port, "/eoffice/surat-masuk/baru", &session, &body);
    if answer.starts_with("HTTP/1.1 303") { Ok(()) } else { Err(format!("the letter is not registered:\n{answer}")) }
}

/// The registry makes a token and hands it over.
fn a_program_is_let_in(scene: &mut Scene) -> Result<(), String> {
    scene.serve("praja try")?;
    let port = scene.port("praja-box");
    let mut browser = Browser::log_in(port, &scene.path(""), "tata-usaha");
    let form = browser.get("/identity/token/baru").text();
    let offers = form.split("name=\"jabatan\"").nth(1).ok_or("the form asks for no post")?;
    let posts = offers.split("<option value=\"").skip(1);
    let post = posts.filter_map(|part| part.split('"').next()).find(|value| value.len() == 36).ok_or("there is no post")?;
    let day = std::process::Command::new("date").args(["-d", "+1 year", "+%F"]).output().map_err(|e| e.to_string())?;
    let day = String::from_utf8_lossy(&day.stdout).into_owned();
    let fields = [
        ("nama", "SIMPEG"),
        ("keterangan", "Panduan"),
        ("cakupan", "eoffice.surat-masuk.baca"),
        ("cakupan", "eoffice.surat-masuk.tulis"),
        ("cakupan", "eoffice.naskah-keluar.baca"),
        ("sifat", "biasa"),
        ("jabatan", post),
        ("sampai", day.trim()),
    ];
    let page = browser.fill("/identity/token/baru", "/identity/token/baru", &fields).text();
    let token = page.split("<code>praja_").nth(1).and_then(|rest| rest.split('<').next());
    let token = token.ok_or_else(|| format!("no token is shown:\n{page}"))?;
    scene.add("token.txt", &format!("praja_{token}"));
    scene.add("alamat.txt", &format!("http://127.0.0.1:{port}"));
    scene.add("surat.pdf", "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");
    Ok(())
}
