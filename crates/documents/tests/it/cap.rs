//! Number, date and signature upon the pages of a file that somebody brought.

use lopdf::{Document, Object, dictionary};
use praja_documents::{Drawer, addresses};
use praja_kernel::Date;
use praja_module::documents::{Block, Documents, DrawError, Drawing, STAMP};
use serde_json::{Value, json};

use crate::tools::{Word, find, poppler, words};

const DAY: Date = Date::constant(2026, 11, 22);
const ADDRESS: &str = "https://contoh.example/v/7zzzzzzzzzzzzzzzzzzzzzzzzz#1.0011223344556677.aaaa.bbbb";

fn data(drawer: &Drawer, cap: &str) -> Value {
    json!({
        "judul": "Surat Dinas 000.1.2/7/DINKES",
        "cap": cap,
        "nomor": "000.1.2/7/DINKES",
        "tanggal": "2026-11-22",
        "tte": "lokal",
        "ttd": {"wewenang": "langsung", "jabatan": "Kepala Dinas Kesehatan", "nama": "Ratna Wulandari", "nip": "197403121999032004"},
        "qr": {"svg": drawer.code(ADDRESS).unwrap(), "tautan": ADDRESS, "alamat": "contoh.example/v", "kode": "7ZZZZ", "basah": false},
    })
}

fn block(drawer: &Drawer, cap: &str, page: usize, x: f64, y: f64) -> Block {
    Block { page, x, y, drawing: Drawing::new(STAMP, data(drawer, cap), DAY) }
}

/// Two pages as a word processor makes them.
fn letter(drawer: &Drawer) -> Vec<u8> {
    let memo = |hal: &str| {
        let mut data = drawer.sample("memo").unwrap();
        data["hal"] = json!(hal);
        drawer.draw(&Drawing::new("memo", data, DAY)).unwrap().pdf
    };
    drawer.join(&[&memo("Satu"), &memo("Dua")]).unwrap().pdf
}

fn at<'w>(all: &'w [Word], text: &str, page: usize) -> &'w Word {
    let found = find(all, text);
    found.into_iter().find(|word| word.page == page).unwrap_or_else(|| panic!("{text} is not on page {page} of {all:?}"))
}

#[test]
fn blocks_stand_where_they_were_put_and_their_code_is_found_again() {
    let drawer = Drawer::in_here(false);
    let file = letter(&drawer);
    let pages = drawer.pages(&file).unwrap();
    assert_eq!(pages.len(), 2);
    assert!((pages[0].0 - 210.0).abs() < 0.2 && (pages[0].1 - 297.0).abs() < 0.2, "{pages:?}");
    let blocks = [
        block(&drawer, "nomor", 1, 40.0, 60.0),
        block(&drawer, "tanggal", 1, 130.0, 40.0),
        block(&drawer, "ttd", 2, 110.0, 200.0),
    ];
    let stamped = drawer.stamp(&file, &blocks).unwrap();
    assert_eq!(stamped.pages, 2);
    let all = words(&stamped.pdf);
    let number = at(&all, "000.1.2/7/DINKES", 1);
    assert!((number.x - 40.0).abs() < 0.5 && (number.y - 60.0).abs() < 2.0, "{number:?}");
    let date = at(&all, "22 November", 1);
    assert!((date.x - 130.0).abs() < 0.5 && (date.y - 40.0).abs() < 2.0, "{date:?}");
    // The letter has a signature of its own further up.
    let post = all.iter().rfind(|word| word.page == 2 && word.text == "KEPALA").unwrap();
    assert!((post.x - 110.0).abs() < 0.5 && (post.y - 200.0).abs() < 2.0, "{post:?}");
    let text = poppler("pdftotext", &["-layout", "FILE", "-"], &stamped.pdf);
    assert!(text.contains("Ratna Wulandari") && text.contains("TIDAK TERSERTIFIKASI"), "{text}");
    assert_eq!(addresses(&stamped.pdf).unwrap(), [ADDRESS]);
    let said = poppler("pdfinfo", &["FILE"], &stamped.pdf);
    assert!(said.contains("Surat Dinas 000.1.2/7/DINKES") && said.contains("Pages:           2"), "{said}");
}

#[test]
fn on_a_turned_page_a_block_stands_upright_where_it_is_seen() {
    let drawer = Drawer::in_here(false);
    for turn in [90, 180, 270] {
        let mut turned = Document::load_mem(&letter(&drawer)).unwrap();
        let pages: Vec<_> = turned.page_iter().collect();
        for page in pages {
            turned.get_dictionary_mut(page).unwrap().set("Rotate", turn);
        }
        let mut file = Vec::new();
        turned.save_to(&mut file).unwrap();
        let (wide, tall) = drawer.pages(&file).unwrap()[0];
        assert_eq!(wide > tall, turn != 180, "{turn}");
        let stamped = drawer.stamp(&file, &[block(&drawer, "nomor", 1, 30.0, 50.0)]).unwrap();
        let all = words(&stamped.pdf);
        let number = at(&all, "000.1.2/7/DINKES", 1);
        assert!((number.x - 30.0).abs() < 0.5 && (number.y - 50.0).abs() < 2.0, "{turn}: {number:?}");
    }
}

#[test]
fn a_file_that_acts_is_signed_locked_broken_or_has_no_such_page_is_refused() {
    let drawer = Drawer::in_here(false);
    let file = letter(&drawer);
    let changed = |change: fn(&mut Document)| {
        let mut document = Document::load_mem(&file).unwrap();
        change(&mut document);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).unwrap();
        bytes
    };
    let script = changed(|document| {
        let act = document.add_object(dictionary! {"S" => "JavaScript", "JS" => Object::string_literal("app.alert(1)")});
        document.catalog_mut().unwrap().set("OpenAction", act);
    });
    let launch = changed(|document| {
        let page = document.page_iter().next().unwrap();
        document.get_dictionary_mut(page).unwrap().set("AA", dictionary! {"O" => dictionary! {"S" => "Launch"}});
    });
    let signed = changed(|document| {
        let range: Vec<Object> = vec![0.into(), 1.into(), 2.into(), 3.into()];
        document.add_object(dictionary! {"Type" => "Sig", "ByteRange" => range});
    });
    for (bytes, says) in [
        (script, "skrip"),
        (launch, "skrip"),
        (signed, "tanda tangan elektronik"),
        (b"%PDF-1.7\nbukan apa-apa".to_vec(), "bukan PDF yang utuh"),
        (file[..file.len() / 2].to_vec(), "bukan PDF yang utuh"),
    ] {
        let refused = drawer.pages(&bytes).unwrap_err();
        assert!(refused.to_string().contains(says), "{says}: {refused}");
        assert_eq!(drawer.stamp(&bytes, &[block(&drawer, "nomor", 1, 1.0, 1.0)]).unwrap_err(), refused);
    }
    let beyond = drawer.stamp(&file, &[block(&drawer, "nomor", 3, 1.0, 1.0)]);
    assert!(matches!(&beyond, Err(DrawError::TooMuch(words)) if words.contains("2 halaman")), "{beyond:?}");
}
