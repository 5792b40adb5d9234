//! A naskah and its lampiran are one file under one signature; what a lampiran would do is left behind.

use lopdf::{Dictionary, Document, Object, Stream, dictionary};
use praja_documents::pades::{Root, check, lokal::Sealed};
use praja_documents::{Drawer, pades::Mark};
use praja_kernel::{Date, Moment, Zona};
use praja_module::documents::{Documents, Drawing};
use serde_json::json;

use crate::signing::pdfsig;
use crate::tools::poppler;

const NOW: Moment = Moment(1_795_400_000_000);
const DAY: Date = Date::constant(2026, 11, 23);

/// A report of at least so many pages.
fn report(drawer: &Drawer, pages: usize) -> Vec<u8> {
    let mut data = drawer.sample("laporan").unwrap();
    let paragraph = "Kegiatan berjalan sesuai rencana dan hasilnya dicatat oleh panitia bersama perangkat desa. ".repeat(12);
    data["lampiran_naskah"] = json!([{ "judul": "Uraian kegiatan", "isi": vec![paragraph; 5 * pages] }]);
    let done = drawer.draw(&Drawing::new("laporan", data, DAY)).unwrap();
    assert!(done.pages >= pages, "{} pages", done.pages);
    done.pdf
}

/// A page of another program, landscape, its size and its fonts on the folder of pages, with everything in it that should not come along.
fn foreign(words: &str) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let script = document.add_object(dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.alert(1)") });
    let font = document.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" });
    let content =
        document.add_object(Stream::new(Dictionary::new(), format!("BT /F1 24 Tf 100 300 Td ({words}) Tj ET").into_bytes()));
    let look = document.add_object(Stream::new(
        dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 200.into(), 20.into()],
        "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } } },
        b"BT /F1 12 Tf 2 5 Td (Isian terisi) Tj ET".to_vec(),
    ));
    let old = document.add_object(dictionary! {
        "Type" => "Sig", "ByteRange" => vec![0.into(), 10.into(), 20.into(), 5.into()], "Contents" => Object::string_literal("lama"),
    });
    let field = document.add_object(dictionary! {
        "Type" => "Annot", "Subtype" => "Widget", "FT" => "Sig", "T" => Object::string_literal("lama"), "V" => old,
        "Rect" => vec![100.into(), 100.into(), 300.into(), 120.into()], "F" => 4,
        "AP" => dictionary! { "N" => look }, "AA" => dictionary! { "E" => script },
    });
    let folder = document.new_object_id();
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => folder, "Contents" => content, "Annots" => vec![Object::Reference(field)],
        "AA" => dictionary! { "O" => script },
    });
    document.objects.insert(
        folder,
        Object::Dictionary(dictionary! {
            "Type" => "Pages", "Kids" => vec![Object::Reference(page)], "Count" => 1,
            "MediaBox" => vec![0.into(), 0.into(), 842.into(), 595.into()],
            "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
        }),
    );
    let root = document.add_object(dictionary! {
        "Type" => "Catalog", "Pages" => folder, "OpenAction" => script,
        "AcroForm" => dictionary! { "Fields" => vec![Object::Reference(field)] },
    });
    document.trailer.set("Root", root);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn forty_pages_and_three_lampiran_lie_under_one_signature_and_a_bit_of_any_of_them_counts() {
    let drawer = Drawer::in_here(false);
    let table = drawer.draw(&Drawing::new("memo", drawer.sample("memo").unwrap(), DAY)).unwrap();
    let main = report(&drawer, 40);
    let whole = drawer.join(&[&main, &foreign("Lampiran satu"), &table.pdf, &foreign("Lampiran tiga")]).unwrap();
    assert!(whole.pages >= 43, "{}", whole.pages);
    let sealed = Sealed::create("Kabupaten Contoh", "frasa", NOW).unwrap();
    let mark = Mark::new("Ratna Wulandari", "Laporan", "Kotacontoh", NOW, Zona::Wib);
    let signer = sealed.open("frasa").unwrap().signer("Ratna Wulandari", "Kepala Dinas", NOW).unwrap();
    let signed = signer.sign(&whole.pdf, &mark).unwrap();
    let said = pdfsig(&signed, Some(&sealed));
    for words in ["Signature is Valid", "Certificate is Trusted", "Total document signed"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let roots = [Root { certificate: sealed.certificate.clone(), is_certified: false }];
    let found = check(&signed, &roots).unwrap();
    assert!(found.len() == 1 && found[0].intact && found[0].whole && found[0].trusted, "{found:?}");
    let facts = poppler("pdfinfo", &["FILE"], &signed);
    assert!(facts.contains(&format!("Pages:           {}", whole.pages)), "{facts}");
    let text = poppler("pdftotext", &["FILE", "-"], &signed);
    for words in ["Kegiatan berjalan sesuai rencana", "Lampiran satu", "Persiapan Bahan Rapat", "Lampiran tiga"] {
        assert!(text.contains(words), "{words}");
    }
    // The words of the last lampiran stand in plain in the file.
    let at = signed.windows(13).position(|some| some == b"Lampiran tiga").unwrap();
    let mut changed = signed.clone();
    changed[at] ^= 1;
    assert!(pdfsig(&changed, Some(&sealed)).contains("Digest Mismatch"));
    assert!(check(&changed, &roots).unwrap().iter().all(|one| !one.intact));
}

#[test]
fn scripts_forms_and_old_signatures_of_a_lampiran_stay_behind_and_what_is_seen_of_them_stays() {
    let drawer = Drawer::in_here(false);
    let main = drawer.draw(&Drawing::new("memo", drawer.sample("memo").unwrap(), DAY)).unwrap().pdf;
    let pdf = drawer.join(&[&main, &foreign("Lampiran satu")]).unwrap().pdf;
    let read = Document::load_mem(&pdf).unwrap();
    for object in read.objects.values() {
        let said = format!("{object:?}");
        for word in ["JavaScript", "app.alert", "/Widget", "ByteRange", "OpenAction"] {
            assert!(!said.contains(word), "{word}: {said}");
        }
    }
    assert_eq!(check(&pdf, &[]), Ok(Vec::new()), "no signature that would read as broken");
    assert!(poppler("pdfinfo", &["-js", "FILE"], &pdf).trim().is_empty());
    let size = poppler("pdfinfo", &["-f", "2", "-l", "2", "FILE"], &pdf);
    assert!(size.contains("842 x 595"), "the size of its folder is the page's own: {size}");
    let picture = poppler("pdftotext", &["-f", "2", "FILE", "-"], &pdf);
    assert!(picture.contains("Lampiran satu"), "{picture}");
    let meta = poppler("pdfinfo", &["-meta", "FILE"], &pdf);
    assert!(!meta.contains("pdfaid:part"), "it may hold what an archive does not allow, and no longer claims to be one: {meta}");
}

#[test]
fn a_lampiran_behind_a_password_is_refused_by_its_number() {
    use lopdf::{EncryptionState, EncryptionVersion, Permissions};
    let drawer = Drawer::in_here(false);
    let main = drawer.draw(&Drawing::new("memo", drawer.sample("memo").unwrap(), DAY)).unwrap().pdf;
    let mut locked = Document::load_mem(&foreign("rahasia")).unwrap();
    locked.trailer.set("ID", vec![Object::string_literal("a"), Object::string_literal("a")]);
    let version = EncryptionVersion::V2 {
        document: &locked,
        owner_password: "a",
        user_password: "b",
        key_length: 40,
        permissions: Permissions::all(),
    };
    let state = EncryptionState::try_from(version).unwrap();
    locked.encrypt(&state).unwrap();
    let mut bytes = Vec::new();
    locked.save_to(&mut bytes).unwrap();
    let refused = drawer.join(&[&main, &bytes]).unwrap_err().to_string();
    assert!(refused.contains("ke-2") && refused.contains("sandi"), "{refused}");
}
