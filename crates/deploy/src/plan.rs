use std::{net::SocketAddr, path::Path};

use serde_json::json;

use crate::{
    Answers, Facts, Files, Obstacle, Profil, Step, Target, Templates, TlsAnswer,
    checks::blocked,
    read_settings,
    settings::{overlay_of, quoted, with_address},
};

/// Folders of an installation below its root with their permission bits; nobody but the owner reads keys.
pub const FOLDERS: [(&str, u32); 5] =
    [("config", 0o750), ("data", 0o750), ("data/blobs", 0o750), ("logs", 0o750), ("keys", 0o700)];
/// Settings may hold the password of a database.
const PRIVATE: u32 = 0o600;
const SETTINGS: &str = "config/praja.yaml";
const ANSWERS: &str = "config/jawaban.yaml";
const MARKER: &str = "config/terpasang.json";

/// The steps of a portable installation into the target's folder: no root rights, no service. `external` are the steps that
/// need the rest of the program (keys, tables, demo data, accounts, snapshot), in their order; they run between the settings
/// and the final mark.
///
/// The address of `target` is where this run listens; where it differs from the answers it is written to the overlay.
///
/// # Errors
/// An obstacle when a fact blocks the installation, a template is broken or the profile needs a service. Nothing is changed.
pub fn plan<'a>(
    facts: &Facts,
    target: &Target,
    answers: &Answers,
    url: &str,
    templates: &Templates,
    external: Vec<Step<'a>>,
) -> Result<Vec<Step<'a>>, Obstacle> {
    if let Some(obstacle) = blocked(facts, target) {
        return Err(obstacle);
    }
    if answers.profil == Profil::Klaster {
        return Err(Obstacle::ProfileNotPortable { found: answers.profil.to_string() });
    }
    let mut steps = core(target, answers, templates)?;
    let mark = steps.pop();
    steps.push(address(&target.root, target.address, url.to_owned()));
    steps.extend(external);
    steps.extend(mark);
    Ok(steps)
}

/// What every installation begins with (folders, answers, settings), and the mark it ends with as the last.
pub(crate) fn core<'a>(target: &Target, answers: &Answers, templates: &Templates) -> Result<Vec<Step<'a>>, Obstacle> {
    let root = target.root.as_path();
    Ok(vec![
        folders(root),
        saved("jawaban", "Menyimpan jawaban pemasangan", root, ANSWERS, answers_text(answers)?, Rewrite::Never),
        saved("pengaturan", "Menulis pengaturan", root, SETTINGS, settings_text(answers, templates)?, Rewrite::Never),
        saved("tanda", "Menandai pemasangan selesai", root, MARKER, marker(answers), Rewrite::WhenDifferent),
    ])
}

/// The answers of the installation in `root`, whether finished or interrupted; `None` where there is none.
///
/// # Errors
/// [`Obstacle::BrokenSettings`] when they cannot be understood.
pub fn saved_answers(files: &dyn Files, root: &Path) -> Result<Option<Answers>, Obstacle> {
    let path = root.join(ANSWERS);
    let Some(bytes) = files.read(&path).map_err(Obstacle::file(&path, "dibaca"))? else { return Ok(None) };
    let text = String::from_utf8_lossy(&bytes);
    let answers = serde_yaml::from_str(&text);
    answers.map(Some).map_err(|error| Obstacle::BrokenSettings { path, reason: error.to_string() })
}

/// Has an installation been finished in `root`?
pub fn is_installed(files: &dyn Files, root: &Path) -> bool {
    matches!(files.read(&root.join(MARKER)), Ok(Some(_)))
}

/// Marks an installation as finished that came to be in another way than by a plan, such as by a restore. It has no answers:
/// a trial knows by that that it is none of its own.
///
/// # Errors
/// [`Obstacle::File`] when the mark cannot be written.
pub fn mark_installed(files: &dyn Files, root: &Path, answers: &Answers) -> Result<(), Obstacle> {
    let path = root.join(MARKER);
    files.write(&path, marker(answers).as_bytes(), PRIVATE).map_err(Obstacle::file(&path, "ditulis"))
}

/// What a file step does about a file that holds something else.
#[derive(Clone, Copy, PartialEq)]
enum Rewrite {
    /// The administrator may have changed it.
    Never,
    /// Nobody but the program writes it.
    WhenDifferent,
}

fn folders<'a>(root: &Path) -> Step<'a> {
    let paths: Vec<_> = FOLDERS.iter().map(|(name, mode)| (root.join(name), *mode)).collect();
    let touches = FOLDERS.iter().map(|(name, _)| format!("{}/", root.join(name).display())).collect();
    let wanted = paths.clone();
    Step::new(
        "folder",
        "Menyiapkan folder",
        touches,
        move |files| {
            for (path, mode) in &wanted {
                if files.folder_mode(path).map_err(Obstacle::file(path, "dibaca"))? != Some(*mode) {
                    return Ok(false);
                }
            }
            Ok(true)
        },
        move |files, _| {
            paths.iter().try_for_each(|(path, mode)| files.make_folder(path, *mode).map_err(Obstacle::file(path, "dibuat")))
        },
    )
}

fn saved<'a>(id: &str, title: &str, root: &Path, name: &str, text: String, rewrite: Rewrite) -> Step<'a> {
    let path = root.join(name);
    let touches = vec![path.display().to_string()];
    let (seen, wanted) = (path.clone(), text.clone());
    Step::new(
        id,
        title,
        touches,
        move |files| {
            let found = files.read(&seen).map_err(Obstacle::file(&seen, "dibaca"))?;
            Ok(found.is_some_and(|found| rewrite == Rewrite::Never || found == wanted.as_bytes()))
        },
        move |files, _| files.write(&path, text.as_bytes(), PRIVATE).map_err(Obstacle::file(&path, "ditulis")),
    )
}

/// Later changes of the address go to the overlay, so that the written settings stay as they were at birth.
fn address<'a>(root: &Path, wanted: SocketAddr, url: String) -> Step<'a> {
    let config = root.join(SETTINGS);
    let overlay = overlay_of(&config);
    let touches = vec![format!("{} (bila alamat berubah)", overlay.display())];
    let (seen, seen_url) = (config.clone(), url.clone());
    Step::new(
        "alamat",
        "Menyetel alamat",
        touches,
        move |files| {
            let now = read_settings(files, &seen)?;
            Ok(now.alamat == wanted && now.url_publik == seen_url)
        },
        move |files, _| {
            let old = files.read(&overlay).map_err(Obstacle::file(&overlay, "dibaca"))?.unwrap_or_default();
            let old = String::from_utf8_lossy(&old);
            let without = with_address(&old, None);
            files.write(&overlay, without.as_bytes(), PRIVATE).map_err(Obstacle::file(&overlay, "ditulis"))?;
            let born = read_settings(files, &config)?;
            if born.alamat == wanted && born.url_publik == url {
                return Ok(());
            }
            let with = with_address(&old, Some((wanted, &url)));
            files.write(&overlay, with.as_bytes(), PRIVATE).map_err(Obstacle::file(&overlay, "ditulis"))
        },
    )
}

/// The settings file of an installation with these answers.
///
/// # Errors
/// [`Obstacle::BrokenTemplate`] when the profile's template is missing or asks for a value that answers do not hold.
pub fn settings_text(answers: &Answers, templates: &Templates) -> Result<String, Obstacle> {
    let values = [
        ("kode", quoted(&answers.wilayah.kode)),
        ("nama", quoted(&answers.wilayah.nama)),
        ("jenis", answers.jenis.to_string()),
        ("alamat", quoted(&answers.alamat.to_string())),
        ("url_publik", quoted(&answers.url_publik)),
        ("modul", json!(answers.modul).to_string()),
        ("basis_data", database_text(answers)),
        ("tls", tls_text(&answers.tls)),
    ];
    let mut text = templates.fill(&format!("profil/{}/praja.yaml.tmpl", answers.profil), &values)?;
    if let Some(door) = plain_door(answers) {
        let door = quoted(&door.to_string());
        text.push_str(&format!(
            "\n# Alamat tanpa enkripsi; hanya menunjukkan jalan ke yang terenkripsi dan mengajari ponsel.\nalamat_http: {door}\n"
        ));
    }
    if let Some(place) = &answers.cadangan.tempat {
        let backups = json!({"tempat": place, "jam": answers.cadangan.jam, "simpan": answers.cadangan.simpan});
        text.push_str(&format!(
            "\n# Tempat kedua cadangan, jam pembuatannya, dan banyaknya yang disimpan.\ncadangan: {backups}\n"
        ));
    }
    Ok(text)
}

/// The embedded file, or the PostgreSQL server named in the answers.
fn database_text(answers: &Answers) -> String {
    match &answers.basis_data {
        None => "{mesin: sqlite, berkas: data/praja.db}".to_owned(),
        Some(url) => json!({"mesin": "postgres", "url": url}).to_string(),
    }
}

/// The plain door beside an encrypted one on its usual port, where people who type no scheme knock.
pub fn plain_door(answers: &Answers) -> Option<SocketAddr> {
    (answers.tls.is_own() && answers.alamat.port() == 443).then(|| SocketAddr::new(answers.alamat.ip(), 80))
}

/// The ports that other machines knock at; none where only this machine is listened to.
pub fn outer_ports(answers: &Answers) -> Vec<u16> {
    let doors = [Some(answers.alamat), plain_door(answers)];
    doors.into_iter().flatten().filter(|door| !door.ip().is_loopback()).map(|door| door.port()).collect()
}

/// How lines are encrypted, as the server's settings say it.
fn tls_text(tls: &TlsAnswer) -> String {
    match tls {
        TlsAnswer::Tanpa => json!({"mode": "none"}),
        TlsAnswer::Berkas { sertifikat, kunci } => json!({"mode": "files", "sertifikat": sertifikat, "kunci": kunci}),
        TlsAnswer::Acme { surel, direktori: Some(direktori) } => json!({"mode": "acme", "surel": surel, "direktori": direktori}),
        TlsAnswer::Acme { surel, direktori: None } => json!({"mode": "acme", "surel": surel}),
        TlsAnswer::Depan { .. } | TlsAnswer::Lokal => json!({"mode": tls.name()}),
    }
    .to_string()
}

/// The answers as a file that another installation can be given.
///
/// # Errors
/// [`Obstacle::BrokenSettings`] when they cannot be written down.
pub fn answers_text(answers: &Answers) -> Result<String, Obstacle> {
    let broken = |error: serde_yaml::ser::Error| Obstacle::BrokenSettings { path: ANSWERS.into(), reason: error.to_string() };
    let yaml = serde_yaml::to_string(answers).map_err(broken)?;
    Ok(format!("# Jawaban pemasangan ini. Praja membacanya saat pemasangan dilanjutkan.\n{yaml}"))
}

fn marker(answers: &Answers) -> String {
    let body = json!({
        "wilayah": answers.wilayah,
        "jenis": answers.jenis,
        "profil": answers.profil,
        "versi": env!("CARGO_PKG_VERSION"),
    });
    format!("{body}\n")
}
