//! What officers say about a letter, with files.

use praja_eoffice::MODULE;
use praja_testkit::{Kit, Page};

use crate::{Officer, PDF, register};

/// The address of the first file of a comment on a page.
fn file_of(page: &Page) -> String {
    let link = page.body.split("href=\"/desk/komentar/").nth(1).and_then(|rest| rest.split('"').next());
    format!("/desk/komentar/{}", link.unwrap_or_else(|| panic!("no file in {}", page.body)).replace("&amp;", "&"))
}

fn comment(who: &mut Officer<'_>, letter: &str, isi: &str, name: &str, bytes: &[u8]) -> Page {
    let leave = who.get(letter).hidden("izin").expect("a form for comments").to_owned();
    who.upload(letter, "/desk/komentar", &[("izin", &leave), ("isi", isi)], &[("lampiran_komentar", name, bytes)])
}

#[test]
fn a_file_of_a_comment_opens_for_whoever_was_shown_it_and_for_nobody_else() {
    let kit = Kit::new(&[&MODULE]);
    let (mut tu, mut kadis, mut staf) = (Officer::of(&kit, "tata-usaha"), Officer::of(&kit, "kadis"), Officer::of(&kit, "staf"));
    let letter = register(&mut tu, &[]);
    let sent = comment(&mut tu, &letter, "Berkas pendukung dari BPS", "dukung.pdf", PDF);
    assert_eq!(sent.status, 303, "{}", sent.body);

    let page = kadis.get(&letter);
    assert!(page.says("Berkas pendukung dari BPS") && page.says("dukung.pdf"), "{}", page.body);
    let file = file_of(&page);
    assert_eq!(kadis.get(&file).bytes, PDF);
    // The address was made for its reader: neither a colleague nor a forger opens it.
    assert_eq!(staf.get(&file).status, 404);
    let (bare, leave) = file.split_once("?izin=").expect("a leave");
    assert_eq!(kadis.get(bare).status, 404);
    assert_eq!(kadis.get(&format!("{bare}?izin=0{leave}")).status, 404);
    // As an attachment of its own it was given to nobody.
    let id = bare.rsplit('/').next().unwrap_or_default();
    assert_eq!(kadis.get(&format!("/desk/lampiran/{id}")).status, 404);
    // Whoever may no longer see the letter keeps no key to its comments for long.
    kit.clock.move_ms(61 * 60 * 1000);
    assert_eq!(Officer::of(&kit, "kadis").get(&file).status, 404, "an hour later the page has to be opened anew");
    assert!(tu.get(&letter).says("menambahkan komentar dengan 1 lampiran"));
}

/// A picture of one dot.
pub(crate) const DOT: &[u8] = b"\x89PNG\x0D\x0A\x1A\x0A\x00\x00\x00\x0DIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xDE\x00\x00\x00\x0CIDATx\x9Cc\xF8\xCF\xC0\x00\x00\x03\x01\x01\x00\xC9\xFE\x92\xEF\x00\x00\x00\x00IEND\xAEB`\x82";

#[test]
fn several_photographs_of_a_comment_open_as_one_document_and_go_with_it() {
    let kit = Kit::new(&[&MODULE]);
    let (mut tu, mut kadis) = (Officer::of(&kit, "tata-usaha"), Officer::of(&kit, "kadis"));
    let letter = register(&mut tu, &[]);
    let leave = tu.get(&letter).hidden("izin").expect("a form for comments").to_owned();
    let photos: [(&str, &str, &[u8]); 3] =
        [("lampiran_komentar", "satu.png", DOT), ("lampiran_komentar", "dua.png", DOT), ("lampiran_komentar", "dukung.pdf", PDF)];
    let sent = tu.upload(&letter, "/desk/komentar", &[("izin", &leave), ("isi", "Foto lokasi")], &photos);
    assert_eq!(sent.status, 303, "{}", sent.body);
    let page = kadis.get(&letter);
    assert!(page.says("satu.png, 2 halaman dalam satu PDF") && page.says("dukung.pdf") && !page.says("dua.png"), "{}", page.body);
    let file = file_of(&page);
    let opened = kadis.get(&file);
    let text = String::from_utf8_lossy(&opened.bytes).into_owned();
    assert!(text.starts_with("%PDF-1.7") && text.contains("/Count 2"), "{text}");
    let komentar = file.split('/').nth(3).unwrap_or_default().to_owned();
    assert_eq!(tu.fill(&letter, &format!("/desk/komentar/{komentar}/tarik"), &[("kembali", &letter)]).status, 303);
    assert_eq!(kadis.get(&file).status, 404);
}

#[test]
fn a_comment_that_was_taken_back_takes_its_files_along() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let letter = register(&mut tu, &[]);
    comment(&mut tu, &letter, "Salah berkas", "salah.pdf", PDF);
    let file = file_of(&tu.get(&letter));
    let komentar = file.split('/').nth(3).unwrap_or_default().to_owned();
    let back = tu.fill(&letter, &format!("/desk/komentar/{komentar}/tarik"), &[("kembali", &letter)]);
    assert_eq!(back.status, 303, "{}", back.body);
    let page = tu.get(&letter);
    assert!(page.says("ditarik oleh penulisnya") && !page.says("salah.pdf"), "{}", page.body);
    assert_eq!(tu.get(&file).status, 404);
    let left = kit.instance.db.read(|tx| praja_desk::attachments::of(tx, &format!("desk_komentar:{komentar}"))).expect("read");
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_comment_with_a_file_that_is_no_document_is_refused_and_keeps_its_words() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let letter = register(&mut tu, &[]);
    let refused = comment(&mut tu, &letter, "Mohon dibaca", "alat.exe", b"MZ\x90\x00 bukan dokumen");
    assert!(
        refused.status == 422 && refused.says("Mohon dibaca") && refused.says("f-lampiran_komentar-masalah"),
        "{}",
        refused.body
    );
    assert!(tu.get(&letter).says("Belum ada komentar"));
}
