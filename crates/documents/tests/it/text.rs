//! The text layer of files that somebody brings: read where there is one, passed over where there is none, never run.

use std::time::Instant;

use lopdf::{Dictionary, Document, Object, Stream, dictionary};
use praja_documents::worker::{self, Plan};
use praja_documents::{Drawer, Workers};
use praja_kernel::Date;
use praja_module::documents::{Documents, DrawError, Drawing};

use crate::tools::poppler;

const DAY: Date = Date::constant(2026, 11, 23);

/// A file of pages with these contents, and whatever else stands in its catalogue.
fn file(contents: &[&[u8]], catalogue: Dictionary) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let font = document.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" });
    let folder = document.new_object_id();
    let look = document.add_object(Stream::new(
        dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 200.into(), 20.into()] },
        b"BT /F1 12 Tf 2 5 Td (Dalam gambar) Tj ET /Diri Do".to_vec(),
    ));
    let drawings = dictionary! { "Gbr" => look, "Diri" => look };
    let pages: Vec<Object> = contents
        .iter()
        .map(|content| {
            let content = document.add_object(Stream::new(Dictionary::new(), content.to_vec()));
            document.add_object(dictionary! { "Type" => "Page", "Parent" => folder, "Contents" => content }).into()
        })
        .collect();
    let count = i64::try_from(pages.len()).unwrap();
    document.objects.insert(
        folder,
        Object::Dictionary(dictionary! {
            "Type" => "Pages", "Kids" => pages, "Count" => count,
            "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
            "Resources" => dictionary! { "Font" => dictionary! { "F1" => font }, "XObject" => drawings },
        }),
    );
    let mut root = dictionary! { "Type" => "Catalog", "Pages" => folder };
    root.extend(&catalogue);
    let root = document.add_object(root);
    document.trailer.set("Root", root);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

fn words(bytes: &[u8]) -> String {
    let text = Drawer::in_here(false).text(bytes).unwrap().text;
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_naskah_of_our_own_reads_as_poppler_reads_it() {
    let drawer = Drawer::in_here(false);
    for kode in ["surat-dinas", "nota-dinas", "keputusan", "notula"] {
        let pdf = drawer.draw(&Drawing::new(kode, drawer.sample(kode).unwrap(), DAY)).unwrap().pdf;
        let found = drawer.text(&pdf).unwrap();
        assert!(found.pages > 0);
        let lower = |text: &str| -> std::collections::BTreeSet<String> {
            text.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 3).map(str::to_owned).collect()
        };
        let (ours, theirs) = (lower(&found.text), lower(&poppler("pdftotext", &["FILE", "-"], &pdf)));
        let missing: Vec<_> = theirs.difference(&ours).collect();
        // Words that a line cuts in two are put together by poppler alone.
        assert!(missing.len() * 20 <= theirs.len(), "{kode}: {missing:?} of {}", theirs.len());
    }
}

#[test]
fn letters_of_a_scan_with_a_text_layer_are_read_and_gaps_part_words() {
    let layer: &[u8] = b"BT 3 Tr /F1 10 Tf 72 700 Td (Perihal) Tj 60 0 Td (ultrasonografi) Tj 0 -14 Td [(pos) 20 (yan) -10 (du) -400 (lansia)] TJ ET";
    assert_eq!(words(&file(&[layer], Dictionary::new())), "Perihal ultrasonografi posyandu lansia");
    assert_eq!(
        words(&file(&[b"/Gbr Do"], Dictionary::new())),
        "Dalam gambar Dalam gambar Dalam gambar Dalam gambar Dalam gambar Dalam gambar Dalam gambar Dalam gambar",
        "a drawing that uses itself ends"
    );
}

#[test]
fn a_script_in_a_file_is_neither_run_nor_read() {
    let action = dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.alert('rahasiaskrip')") };
    let pdf = file(&[b"BT /F1 10 Tf (Isi) Tj ET"], dictionary! { "OpenAction" => action });
    assert_eq!(words(&pdf), "Isi");
}

#[test]
fn a_mere_picture_has_no_words() {
    assert_eq!(words(&file(&[b"q 1 0 0 1 0 0 cm Q"], Dictionary::new())), "");
}

#[test]
fn broken_and_locked_files_are_refused_in_words() {
    let drawer = Drawer::in_here(false);
    let refused = |bytes: &[u8]| match drawer.text(bytes) {
        Err(DrawError::Template(troubles)) => troubles[0].what.clone(),
        other => panic!("{other:?}"),
    };
    for broken in [&b"%PDF-1.7\nsampah"[..], b"", b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"] {
        assert!(!refused(broken).is_empty());
    }
    let mut half = file(&[b"BT /F1 10 Tf (Isi) Tj ET"], Dictionary::new());
    half.truncate(half.len() / 3);
    assert!(matches!(drawer.text(&half), Ok(_) | Err(DrawError::Template(_))));
    let mut locked = Document::load_mem(&file(&[b"BT /F1 10 Tf (Isi) Tj ET"], Dictionary::new())).unwrap();
    locked.trailer.set("ID", vec![Object::string_literal("a"), Object::string_literal("a")]);
    let permissions = lopdf::Permissions::all();
    let version = lopdf::EncryptionVersion::V2 {
        document: &locked,
        owner_password: "tuan",
        user_password: "kunci",
        key_length: 128,
        permissions,
    };
    let state = lopdf::EncryptionState::try_from(version).unwrap();
    locked.encrypt(&state).unwrap();
    let mut bytes = Vec::new();
    locked.save_to(&mut bytes).unwrap();
    assert!(refused(&bytes).contains("sandi"), "{}", refused(&bytes));
}

#[test]
fn a_file_made_to_burst_takes_a_bounded_time_and_the_next_is_read() {
    let program = env!("CARGO_BIN_EXE_praja-naskah").into();
    let arguments = vec![worker::CALL.into(), "256".into()];
    let workers = Workers::new(Plan { program, arguments, count: 1, seconds: 20, mib: 256 });
    let drawer = Drawer::of(workers, false);
    let begun = Instant::now();
    // A thousand pages of the same words: the first are read.
    let many: Vec<&[u8]> = vec![b"BT /F1 10 Tf (Halaman) Tj ET"; 1000];
    let found = drawer.text(&file(&many, Dictionary::new())).unwrap();
    assert_eq!((found.pages, found.text.matches("Halaman").count()), (200, 200));
    // A few kilobytes that unfold to half a gigabyte.
    let mut bomb =
        Document::load_mem(&file(&[b"BT /F1 10 Tf (Isi) Tj ET", b"BT /F1 10 Tf (Kedua) Tj ET"], Dictionary::new())).unwrap();
    let first = bomb.page_iter().next().unwrap();
    let content = bomb.get_page_contents(first)[0];
    let mut stream = Stream::new(Dictionary::new(), vec![b' '; 512 << 20]);
    stream.compress().unwrap();
    bomb.objects.insert(content, Object::Stream(stream));
    let mut bytes = Vec::new();
    bomb.save_to(&mut bytes).unwrap();
    assert!(bytes.len() < 2 << 20, "{}", bytes.len());
    assert_eq!(drawer.text(&bytes).unwrap().text.trim(), "Kedua", "the page that bursts is passed over");
    // Ten thousand brackets within each other.
    let mut deep = b"%PDF-1.4\n1 0 obj\n".to_vec();
    deep.extend(vec![b'['; 200_000]);
    deep.extend(b"\nendobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF");
    assert!(drawer.text(&deep).is_err());
    assert_eq!(drawer.text(&file(&[b"BT /F1 10 Tf (Sesudah) Tj ET"], Dictionary::new())).unwrap().text.trim(), "Sesudah");
    assert!(begun.elapsed().as_secs() < 60, "{:?}", begun.elapsed());
}
