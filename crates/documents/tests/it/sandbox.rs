//! A template sees what it is given and nothing else; one that does not work says where and what to do.

use std::collections::BTreeMap;

use praja_documents::{Engine, Job, Limits, Pack, Problem, Trouble, kind, sample};

use crate::tools::ENGINE;

fn job(template: &str) -> Job {
    Job {
        main: "coba.typ".into(),
        files: BTreeMap::from([("coba.typ".to_owned(), template.as_bytes().to_vec())]),
        date: (2026, 11, 23),
    }
}

fn troubles(template: &str) -> Vec<Trouble> {
    match ENGINE.render(&job(template)) {
        Err(Problem::Template(troubles)) => troubles,
        other => panic!("{template}: {other:?}"),
    }
}

#[test]
fn neither_disk_nor_packages_nor_other_folders_can_be_read() {
    for template in [
        "Satu\n#read(\"/etc/passwd\")",
        "Satu\n#read(\"../../etc/passwd\")",
        "Satu\n#image(\"/proc/self/environ\")",
        "Satu\n#include \"lain.typ\"",
        "Satu\n#import \"@preview/tablex:0.0.8\": tablex",
        "Satu\n#plugin(\"a.wasm\")",
        "Satu\n#json(\"https://contoh.example/data.json\")",
    ] {
        let found = troubles(template);
        assert_eq!((found[0].file.as_str(), found[0].line), ("coba.typ", 2), "{template}: {found:?}");
        assert!(!found[0].what.is_empty() && !found[0].hint.is_empty(), "{template}: {found:?}");
    }
}

#[test]
fn a_broken_template_names_its_line_and_what_to_do() {
    for (template, line, what, hint) in [
        ("#let a = (1, 2\n", 1, "Ada kurung yang tidak ditutup.", "Tutup kurung"),
        ("Satu\n\n#kopp(1)", 3, "Nama kopp tidak dikenal.", "umum.typ"),
        ("#let d = (hal: 1)\n#d.nomor", 2, "Data tidak memuat isian \"nomor\".", "default: none"),
        ("Satu\n#panic(\"tanpa tujuan\")", 2, "Templat menolak datanya", "Perbaiki"),
        ("#while true { }", 1, "Perulangan tidak berakhir.", "syarat berhenti"),
        ("#let f(x) = f(x)\n#f(1)", 1, "memanggil dirinya tanpa akhir", "syarat berhenti"),
    ] {
        let found = troubles(template);
        assert_eq!(found[0].line, line, "{template}: {found:?}");
        assert!(found[0].what.contains(what) && found[0].hint.contains(hint), "{template}: {found:?}");
    }
}

#[test]
fn plugins_and_bibliographies_are_no_part_of_the_program_and_program_text_has_no_colours() {
    for (template, what) in [
        ("Satu\n#plugin(bytes((0, 97, 115, 109, 1, 0, 0, 0)))", "plugin"),
        ("Satu\n#bibliography(bytes(\"@book{a, title={B}}\"))", "daftar pustaka"),
        ("Satu\n#bibliography(bytes(\"a: {type: book, title: B}\"))", "daftar pustaka"),
    ] {
        let found = troubles(template);
        assert_eq!(found[0].line, 2, "{template}: {found:?}");
        assert!(found[0].what.contains(what) && !found[0].hint.is_empty(), "{template}: {found:?}");
    }
    let text = "#set text(hyphenate: true, lang: \"en\")\n```rust\nfn main() {}\n```";
    assert_eq!(ENGINE.render(&job(text)).unwrap().pages, 1);
}

#[test]
fn a_typeface_that_is_not_there_is_a_warning_that_names_it() {
    let done = ENGINE.render(&job("#set text(font: \"Bookman Old Style\")\nSatu")).unwrap();
    assert!(
        done.warnings.iter().any(|one| one.what.to_lowercase().contains("bookman old style") && one.line == 1),
        "{:?}",
        done.warnings
    );
}

#[test]
fn a_regency_brings_its_own_typefaces_and_files_that_are_none_are_counted() {
    let file = include_bytes!("../../fonts/Tinos-Regular.ttf").to_vec();
    let (engine, unreadable) = Engine::new(vec![file, b"bukan huruf".to_vec()], Limits::default());
    assert_eq!(unreadable, 1);
    assert!(engine.families().contains(&"Arimo".to_owned()));
}

#[test]
fn a_regency_replaces_a_template_by_its_own() {
    let own = BTreeMap::from([(
        "memo.typ".to_owned(),
        b"#let d = json(\"data.json\")\n#set document(title: d.judul)\nMemo kami: #d.hal".to_vec(),
    )]);
    let kind = kind("memo").unwrap();
    let done = ENGINE.render(&Pack::new(own).job(kind, &sample(kind)).unwrap()).unwrap();
    let text = crate::tools::poppler("pdftotext", &["FILE", "-"], &done.pdf);
    assert!(text.contains("Memo kami: Persiapan Bahan Rapat"), "{text}");
}

#[test]
fn what_is_too_big_wrongly_named_or_missing_is_refused_before_it_is_drawn() {
    let mut big = job("Satu");
    big.files.insert("data.json".into(), vec![b' '; Limits::default().input + 1]);
    assert!(matches!(ENGINE.render(&big), Err(Problem::TooMuchInput { .. })));
    for name in ["../a.typ", "A.typ", "a b.typ", "", "folder/a.typ"] {
        let mut odd = job("Satu");
        odd.files.insert(name.to_owned(), Vec::new());
        assert!(matches!(ENGINE.render(&odd), Err(Problem::BadName { .. })), "{name}");
    }
    let mut lost = job("Satu");
    lost.main = "lain.typ".into();
    assert!(matches!(ENGINE.render(&lost), Err(Problem::NoTemplate { .. })));
    let (small, _) = Engine::new(Vec::new(), Limits { pages: 2, ..Limits::default() });
    assert_eq!(small.render(&job("#pagebreak()\n#pagebreak()\nAkhir")), Err(Problem::TooManyPages { pages: 3, most: 2 }));
}

#[test]
fn data_without_a_date_is_refused_with_the_way_to_write_it() {
    let kind = kind("memo").unwrap();
    let mut data = sample(kind);
    data["tanggal"] = "kemarin".into();
    let Err(Problem::Template(found)) = Pack::new(BTreeMap::new()).job(kind, &data) else { panic!("a date was made up") };
    assert!(found[0].hint.contains("2026-11-22"));
}

#[test]
fn letters_that_no_typeface_has_become_boxes_and_are_told() {
    let kind = kind("memo").unwrap();
    let mut data = sample(kind);
    data["hal"] = "🎉🎉 会議".into();
    let done = ENGINE.render(&Pack::new(BTreeMap::new()).job(kind, &data).unwrap()).unwrap();
    let told = &done.warnings.last().unwrap().what;
    assert!(told.contains("U+1F389") && told.contains("U+4F1A"), "{told}");
    let text = crate::tools::poppler("pdftotext", &["FILE", "-"], &done.pdf);
    assert!(!text.contains('🎉') && text.contains("MEMO"), "{text}");
}
