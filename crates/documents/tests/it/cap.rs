//! Number, date and signature upon the pages of a file that somebody brought.

use lopdf::{Document, Object, dictionary};
use praja_documents::{Drawer, addresses};
use praja_kernel::Date;
use praja_module::documents::{Block, Documents, DrawError, Drawing, STAMP};
use serde_json::{Value, json};

use crate::tools::{Word, find, poppler, poppler_bytes, words};

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
fn number_date_and_signature_with_its_code_are_found_on_their_pages_of_a_paper_of_three() {
    let drawer = Drawer::in_here(false);
    let own = letter(&drawer);
    let third = drawer.draw(&Drawing::new("memo", drawer.sample("memo").unwrap(), DAY)).unwrap().pdf;
    let file = drawer.join(&[&own, &third]).unwrap().pdf;
    assert_eq!(drawer.pages(&file).unwrap().len(), 3);
    let blocks = [
        block(&drawer, "nomor", 1, 40.0, 60.0),
        block(&drawer, "tanggal", 2, 130.0, 20.0),
        block(&drawer, "ttd", 3, 110.0, 215.0),
    ];
    let stamped = drawer.stamp(&file, &blocks).unwrap();
    assert_eq!(stamped.pages, 3);
    let all = words(&stamped.pdf);
    for (text, page, x, y) in [("000.1.2/7/DINKES", 1, 40.0, 60.0), ("22", 2, 130.0, 20.0)] {
        let found = at(&all, text, page);
        assert!((found.x - x).abs() < 0.5 && (found.y - y).abs() < 2.0, "{text}: {found:?}");
        assert!(find(&all, text).iter().all(|word| word.page == page), "{text} stands elsewhere, too");
    }
    let post = all.iter().rfind(|word| word.page == 3 && word.text == "KEPALA").unwrap();
    assert!((post.x - 110.0).abs() < 0.5 && (post.y - 215.0).abs() < 2.0, "{post:?}");
    // The code stands below the post; what leads to it covers it and no more.
    let document = Document::load_mem(&stamped.pdf).unwrap();
    let last = *document.get_pages().get(&3).unwrap();
    let links = document.get_page_annotations(last).unwrap();
    let rect = links.last().unwrap().get(b"Rect").unwrap().as_array().unwrap().iter();
    let sides: Vec<f64> = rect.map(|side| f64::from(side.as_float().unwrap()) * 25.4 / 72.0).collect();
    let (left, top) = (sides[0], 297.0 - sides[3]);
    assert!((left - 110.0).abs() < 1.0 && (216.0..230.0).contains(&top), "{sides:?}");
    assert!((19.0..24.0).contains(&(sides[2] - sides[0])), "{sides:?}");
    assert_eq!(addresses(&stamped.pdf).unwrap(), [ADDRESS]);
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

/// A name; size and crop in points; turned by so many degrees.
type Paper = (&'static str, [f64; 4], Option<[f64; 4]>, i64);

/// Papers as people bring them.
const PAPERS: [Paper; 14] = [
    ("A4", [0.0, 0.0, 595.28, 841.89], None, 0),
    ("F4", [0.0, 0.0, 609.45, 935.43], None, 0),
    ("A4 across", [0.0, 0.0, 841.89, 595.28], None, 0),
    ("F4 turned", [0.0, 0.0, 609.45, 935.43], None, 90),
    ("A4 across, turned back", [0.0, 0.0, 841.89, 595.28], None, 270),
    ("A4 upside down", [0.0, 0.0, 595.28, 841.89], None, 180),
    ("a paper that begins elsewhere", [-40.0, 100.0, 555.28, 941.89], None, 0),
    ("cut", [0.0, 0.0, 700.0, 900.0], Some([50.0, 30.0, 645.28, 871.89]), 0),
    ("cut and turned", [0.0, 0.0, 700.0, 900.0], Some([50.0, 30.0, 645.28, 871.89]), 90),
    ("cut beyond the paper on all sides and turned", [0.0, 0.0, 595.28, 841.89], Some([-40.0, -40.0, 635.28, 881.89]), 90),
    ("cut beyond the paper on two sides and turned", [0.0, 0.0, 595.28, 841.89], Some([40.0, -40.0, 620.0, 790.0]), 90),
    ("cut beyond the paper and turned back", [0.0, 0.0, 595.28, 841.89], Some([-40.0, 30.0, 540.0, 860.0]), 270),
    ("cut beyond the paper, upside down", [0.0, 0.0, 595.28, 841.89], Some([-40.0, 30.0, 540.0, 860.0]), 180),
    ("cut beyond one side, wider than the paper, and turned", [0.0, 0.0, 595.28, 841.89], Some([40.0, -40.0, 700.0, 800.0]), 90),
];

fn on_paper(drawer: &Drawer, paper: [f64; 4], crop: Option<[f64; 4]>, turn: i64) -> Vec<u8> {
    let mut document = Document::load_mem(&letter(drawer)).unwrap();
    let pages: Vec<_> = document.page_iter().collect();
    let list = |sides: [f64; 4]| sides.map(|side| Object::Real(side as f32)).to_vec();
    for page in pages {
        // Nothing but the paper: what stands on it would hide what is put there.
        let empty = document.add_object(lopdf::Stream::new(lopdf::Dictionary::new(), Vec::new()));
        let own = document.get_dictionary_mut(page).unwrap();
        own.set("Contents", empty);
        own.remove(b"Annots");
        own.set("MediaBox", list(paper));
        if let Some(crop) = crop {
            own.set("CropBox", list(crop));
        }
        own.set("Rotate", turn);
    }
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

/// The first pixel from above and from the left that is not white, as parts of the picture.
fn first_ink(png: &[u8]) -> Option<(f64, f64)> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let head = reader.next_frame(&mut pixels).unwrap();
    let (wide, tall, of) = (head.width as usize, head.height as usize, head.color_type.samples());
    let dark = |x: usize, y: usize| pixels[(y * wide + x) * of] < 128;
    let left = (0..wide).find(|x| (0..tall).any(|y| dark(*x, y)))?;
    let top = (0..tall).find(|y| (0..wide).any(|x| dark(x, *y)))?;
    Some((left as f64 / wide as f64, top as f64 / tall as f64))
}

#[test]
fn what_is_clicked_on_the_picture_of_any_paper_is_where_it_lands() {
    let drawer = Drawer::in_here(false);
    for (name, paper, crop, turn) in PAPERS {
        let file = on_paper(&drawer, paper, crop, turn);
        let (wide, tall) = drawer.pages(&file).unwrap()[0];
        let bare = drawer.picture(&file, 1, 600).unwrap();
        assert_eq!((bare.pages, first_ink(&bare.png)), (2, None), "{name}");
        for (x, y) in [(30.0, 50.0), (wide - 80.0, tall - 30.0)] {
            let stamped = drawer.stamp(&file, &[block(&drawer, "nomor", 1, x, y)]).unwrap().pdf;
            at(&words(&stamped), "000.1.2/7/DINKES", 1);
            let drawn = drawer.picture(&stamped, 1, 1200).unwrap();
            let (left, top) = first_ink(&drawn.png).unwrap_or_else(|| panic!("{name}: nothing on the picture"));
            let seen = (left * wide, top * tall);
            assert!((seen.0 - x).abs() < 1.0 && (seen.1 - y).abs() < 2.5, "{name}: {seen:?} for {x} {y}");
            // Where another program shows it. poppler takes the whole paper where a cut is wider than it; the standard, what both have.
            let wider = crop.is_some_and(|cut| cut[2] - cut[0] > paper[2] - paper[0] && cut[0] > paper[0]);
            if wider {
                continue;
            }
            let other = poppler_bytes("pdftoppm", &["-cropbox", "-r", "144", "-png", "-f", "1", "-l", "1", "FILE"], &stamped);
            let (left, top) = first_ink(&other).unwrap_or_else(|| panic!("{name}: nothing on the other picture"));
            let shown = (left * wide, top * tall);
            assert!((shown.0 - x).abs() < 1.0 && (shown.1 - y).abs() < 2.5, "{name}: {shown:?} for {x} {y}; {seen:?}");
        }
    }
}

#[test]
fn a_page_that_cannot_be_drawn_is_told_and_harms_nobody() {
    let drawer = Drawer::in_here(false);
    let file = letter(&drawer);
    // Nothing of this paper is left by its cut; whoever places something on it writes numbers.
    let missed = on_paper(&drawer, [0.0, 0.0, 595.28, 841.89], Some([700.0, 900.0, 1200.0, 1700.0]), 90);
    for (bytes, page) in
        [(file.clone(), 0), (file.clone(), 3), (missed, 1), (b"%PDF-1.7\nbukan apa-apa".to_vec(), 1), (Vec::new(), 1)]
    {
        let told = drawer.picture(&bytes, page, 600).unwrap_err().to_string();
        assert!(told.contains("tidak dapat digambar"), "{told}");
    }
    assert!(drawer.picture(&file, 2, 600).unwrap().png.starts_with(b"\x89PNG"));
}
