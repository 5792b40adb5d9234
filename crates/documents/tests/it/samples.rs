//! Every kind is drawn from its sample, as an archive and a screen reader need it.

use praja_documents::{KINDS, Pack, kind, sample};
use serde_json::json;

use crate::tools::{ENGINE, poppler};

fn pack() -> Pack {
    Pack::new(std::collections::BTreeMap::new())
}

#[test]
fn every_kind_of_the_register_has_a_template_and_a_sample() {
    let register = include_str!("../../../../config-templates/data/register_naskah.csv");
    let mut codes: Vec<&str> = register.lines().skip(1).map(|line| line.split(',').nth(1).unwrap()).collect();
    codes.sort_unstable();
    assert_eq!(codes, KINDS.map(praja_documents::Kind::code));
}

#[test]
fn each_sample_becomes_a_tagged_archive_pdf_with_title_language_and_its_own_fonts() {
    for kind in KINDS {
        let code = kind.code();
        let done = ENGINE.render(&pack().job(kind, &sample(kind)).unwrap()).unwrap_or_else(|e| panic!("{code}: {e}"));
        assert!(done.warnings.is_empty(), "{code}: {:?}", done.warnings);
        let facts = poppler("pdfinfo", &["FILE"], &done.pdf);
        assert!(facts.contains("Tagged:          yes"), "{code}: {facts}");
        assert!(facts.contains(&format!("Title:           {}", sample(kind)["judul"].as_str().unwrap())), "{code}: {facts}");
        let meta = poppler("pdfinfo", &["-meta", "FILE"], &done.pdf);
        assert!(
            meta.contains("<pdfaid:part>2</pdfaid:part>") && meta.contains("<pdfaid:conformance>B</pdfaid:conformance>"),
            "{code}: {meta}"
        );
        assert!(meta.contains("<rdf:li>id-ID</rdf:li>") || meta.contains("<rdf:li>id</rdf:li>"), "{code}: {meta}");
        let fonts = poppler("pdffonts", &["FILE"], &done.pdf);
        assert!(fonts.lines().skip(2).count() > 0, "{code}");
        for line in fonts.lines().skip(2) {
            assert!(line.contains("Arimo") || line.contains("Tinos"), "{code} uses {line}");
            assert!(line.contains("yes yes yes"), "{code} does not carry {line}");
        }
    }
}

#[test]
fn the_same_input_gives_the_same_bytes_also_from_another_engine() {
    let job = pack().job(kind("surat-dinas").unwrap(), &sample(kind("surat-dinas").unwrap())).unwrap();
    let other = praja_documents::Engine::new(Vec::new(), praja_documents::Limits::default()).0;
    let first = ENGINE.render(&job).unwrap().pdf;
    assert_eq!(first, ENGINE.render(&job).unwrap().pdf);
    assert_eq!(first, other.render(&job).unwrap().pdf);
    let mut later = job.clone();
    later.date.2 += 1;
    assert_ne!(first, ENGINE.render(&later).unwrap().pdf, "the day of the document stands in its properties");
}

#[test]
fn a_training_document_says_latihan_on_every_page_and_a_real_one_nowhere() {
    for code in ["surat-dinas", "sop", "peraturan-daerah", "sertifikat"] {
        let kind = kind(code).unwrap();
        let mut data = sample(kind);
        let text = |data: &serde_json::Value| {
            poppler("pdftotext", &["-raw", "FILE", "-"], &ENGINE.render(&pack().job(kind, data).unwrap()).unwrap().pdf)
        };
        let is_stamped = |page: &str| page.lines().any(|line| line == "LATIHAN");
        assert!(!is_stamped(&text(&data)), "{code}");
        data["latihan"] = json!(true);
        let stamped = text(&data);
        let pages: Vec<&str> = stamped.trim_end_matches('\u{c}').split('\u{c}').collect();
        assert!(pages.len() > 1 && pages.into_iter().all(is_stamped), "{code}: {stamped}");
    }
}

#[test]
fn paper_sizes_are_those_of_a4_and_f4() {
    for (paper, size) in [("a4", "595.276 x 841.89 pts (A4)"), ("f4", "609.449 x 935.433 pts")] {
        let kind = kind("surat-dinas").unwrap();
        let mut data = sample(kind);
        data["kertas"] = json!(paper);
        let facts = poppler("pdfinfo", &["FILE"], &ENGINE.render(&pack().job(kind, &data).unwrap()).unwrap().pdf);
        assert!(facts.contains(size), "{facts}");
    }
}

#[test]
fn the_code_and_the_sentence_about_the_signature_stand_on_a_signed_letter_only() {
    let kind = kind("surat-dinas").unwrap();
    let mut data = sample(kind);
    let svg = praja_documents::qr_svg("https://contoh.example/v/7zzzzzzzzzzzzzzzzzzzzzzzzz#1.a.b.c").unwrap();
    data["qr"] = json!({ "svg": svg, "alamat": "contoh.example/v", "kode": "7ZZZZ-ZZZZZ" });
    data["tte"] = json!("bsre");
    let text = |data| poppler("pdftotext", &["FILE", "-"], &ENGINE.render(&pack().job(kind, &data).unwrap()).unwrap().pdf);
    let signed = text(data.clone());
    assert!(signed.contains("7ZZZZ-ZZZZZ") && signed.contains("Balai Besar Sertifikasi"), "{signed}");
    assert!(!signed.contains("TIDAK TERSERTIFIKASI"), "{signed}");
    data["tte"] = json!("lokal");
    assert!(text(data.clone()).contains("TIDAK TERSERTIFIKASI"));
    data["tte"] = json!("basah");
    data.as_object_mut().unwrap().remove("qr");
    let wet = text(data);
    assert!(!wet.contains("elektronik dengan sertifikat") && !wet.contains("Balai Besar"), "{wet}");
}

/// Of each kind the guide says what it is for, how it is numbered and who signs it, beside a picture of its sample.
#[test]
fn the_guide_shows_every_kind_with_its_number_and_its_signers() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../");
    let guide = std::fs::read_to_string(format!("{root}docs/panduan/eoffice/jenis-naskah.md")).unwrap();
    let kinds = include_str!("../../../../config-templates/data/jenis_naskah.csv");
    let register = include_str!("../../../../config-templates/data/register_naskah.csv");
    let mut all = 0;
    for kind in KINDS {
        let code = kind.code();
        let name =
            register.lines().find(|line| line.split(',').nth(1) == Some(code)).and_then(|line| line.split(',').next()).unwrap();
        let row: Vec<&str> = kinds.lines().map(|line| line.split(',').collect::<Vec<_>>()).find(|row| row[2] == name).unwrap();
        let (_, part) = guide.split_once(&format!("\n### {name}\n")).unwrap_or_else(|| panic!("{name} has no part"));
        let part = part.split("\n### ").next().unwrap();
        let number = row[5].split(" + ").next().unwrap();
        assert!(part.contains(if number == "-" { "tanpa nomor" } else { number }), "{name} is numbered by {number}");
        assert!(part.contains("- Penandatangan: "), "{name}");
        assert!(part.contains(&format!("(../../gambar/naskah/{code}.png)")), "{name} shows no picture");
        let picture = std::fs::read(format!("{root}docs/gambar/naskah/{code}.png"))
            .unwrap_or_else(|e| panic!("{code}: {e}; scripts/pictures --naskah draws it"));
        assert!(picture.starts_with(b"\x89PNG") && picture.len() <= 40 * 1024, "{code}: {} bytes", picture.len());
        all += picture.len();
    }
    assert!(all <= 1024 * 1024, "the pictures take {all} bytes together");
}
