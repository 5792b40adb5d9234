//! Files of a word processor: in bounds with any program in the place of LibreOffice, and for real where it is installed.

use std::io::{Cursor, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use praja_documents::Drawer;
use praja_documents::office::{Bounds, Office};
use praja_module::documents::{Documents, DrawError};
use tempfile::TempDir;

use crate::tools::poppler;

/// The program that bounds itself.
const WRAPPER: &str = env!("CARGO_BIN_EXE_praja-naskah");

/// A letter as Word writes it, as small as it can be.
fn docx(words: &str) -> Vec<u8> {
    let parts = [
        (
            "[Content_Types].xml",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>".to_owned(),
        ),
        (
            "_rels/.rels",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>".to_owned(),
        ),
        (
            "word/document.xml",
            format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p><w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/></w:sectPr></w:body></w:document>"),
        ),
    ];
    let mut whole = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        whole.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        whole.write_all(text.as_bytes()).unwrap();
    }
    whole.finish().unwrap().into_inner()
}

/// A program that is begun in the place of LibreOffice.
fn office(folder: &TempDir, script: &str, bounds: Bounds) -> Office {
    let program: PathBuf = folder.path().join("soffice");
    std::fs::write(&program, format!("#!/bin/bash\n{script}\n")).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    Office::at(program, Path::new(WRAPPER), bounds)
}

fn runs(mark: &str) -> bool {
    let entries = std::fs::read_dir("/proc").unwrap().flatten();
    entries
        .into_iter()
        .any(|entry| std::fs::read(entry.path().join("cmdline")).is_ok_and(|line| String::from_utf8_lossy(&line).contains(mark)))
}

#[test]
fn the_word_processor_gets_one_file_a_fresh_profile_without_macros_and_nothing_else() {
    let folder = TempDir::new().unwrap();
    let script = "out=$(pwd); { printf '%%PDF-1.4\\n'; env | sort; ls; grep -c DisableMacrosExecution profil/user/registrymodifications.xcu; printf '%s\\n' \"$@\"; stat -c %a .; } > \"$out/naskah.pdf\"";
    let said = office(&folder, script, Bounds::default()).convert(&docx("Satu")).unwrap();
    let said = String::from_utf8(said).unwrap();
    assert!(said.starts_with("%PDF-1.4\n") && said.contains("naskah.docx") && said.contains("--headless"), "{said}");
    assert!(said.lines().any(|line| line == "1") && said.lines().any(|line| line == "700"), "{said}");
    let at = said.lines().find_map(|line| line.strip_prefix("HOME=")).unwrap().to_owned();
    assert!(said.contains(&format!("UserInstallation=file://{at}/profil")), "{said}");
    let known =
        ["HOME=", "TMPDIR=", "PATH=", "LANG=", "SAL_USE_VCLPLUGIN=", "http_proxy=", "https_proxy=", "PWD=", "SHLVL=", "_="];
    for line in said.lines().filter(|line| line.contains('=') && !line.starts_with('-')) {
        assert!(known.iter().any(|name| line.starts_with(name)), "{line} of the server's surroundings is handed on");
    }
    assert!(!Path::new(&at).exists(), "the folder is gone");
}

#[test]
fn one_that_does_not_end_is_ended_with_all_that_it_began() {
    let folder = TempDir::new().unwrap();
    let office = office(&folder, "sleep 86417 & sleep 86418", Bounds { seconds: 1, ..Bounds::default() });
    let begun = Instant::now();
    let told = office.convert(&docx("Satu")).unwrap_err();
    assert!(matches!(&told, DrawError::TooMuch(words) if words.contains("1 detik")), "{told}");
    assert!(begun.elapsed() < Duration::from_secs(20));
    let until = Instant::now() + Duration::from_secs(5);
    while runs("86417") && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(!runs("86417") && !runs("86418"), "a process stays behind");
}

#[test]
fn one_that_takes_too_much_memory_is_ended() {
    let folder = TempDir::new().unwrap();
    let script = "a=$(head -c 300000000 /dev/zero | tr '\\0' x); sleep 60";
    let told = office(&folder, script, Bounds { seconds: 60, mib: 100 }).convert(&docx("Satu")).unwrap_err();
    assert!(matches!(&told, DrawError::TooMuch(words) if words.contains("100 MiB")), "{told}");
}

#[test]
fn a_file_of_which_nothing_comes_is_told_with_what_to_do() {
    let folder = TempDir::new().unwrap();
    let told = office(&folder, "exit 1", Bounds::default()).convert(&docx("Satu")).unwrap_err().to_string();
    assert!(told.contains("tidak dapat membuka") && told.contains("simpan sebagai PDF"), "{told}");
    let never = office(&folder, "touch /tmp/praja-kantor-pernah", Bounds::default());
    assert!(never.convert(b"PK\x03\x04").unwrap_err().to_string().contains("bukan DOCX"));
    assert!(!Path::new("/tmp/praja-kantor-pernah").exists(), "what is no DOCX is never handed on");
    let drawer = Drawer::in_here(false);
    assert!(!drawer.converts() && drawer.convert(&docx("Satu")).unwrap_err().to_string().contains("LibreOffice"));
}

#[test]
fn a_letter_from_word_becomes_a_pdf_that_can_be_placed_upon() {
    let Some(office) = Office::find(Path::new(WRAPPER), Bounds::default()) else {
        praja_testkit::skipped("a_letter_from_word_becomes_a_pdf_that_can_be_placed_upon", "LibreOffice is not installed");
        return;
    };
    let begun = Instant::now();
    let pdf = office.convert(&docx("Dengan hormat dari pengolah kata")).unwrap();
    let _ = writeln!(std::io::stderr(), "LibreOffice took {} ms", begun.elapsed().as_millis());
    assert!(poppler("pdftotext", &["FILE", "-"], &pdf).contains("Dengan hormat dari pengolah kata"));
    let pages = Drawer::in_here(false).pages(&pdf).unwrap();
    assert!(pages.len() == 1 && (pages[0].0 - 210.0).abs() < 0.5 && (pages[0].1 - 297.0).abs() < 0.5, "{pages:?}");
    let broken = office.convert(&docx("</w:t> rusak")).err();
    assert!(broken.is_none_or(|told| told.to_string().contains("PDF")), "a broken text is told, never a fault");
}
