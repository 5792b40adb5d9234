//! Words of scans and signed naskah: found by those who may read them, and marked as standing in the file.

use std::sync::Arc;

use praja_documents::Drawer;
use praja_eoffice::MODULE;
use praja_module::documents::{Documents as _, Drawing};
use praja_testkit::Kit;
use serde_json::json;

use crate::{
    BARU, LIST, Officer, PDF, naskah,
    naskah::{number, ready, scan},
    with,
};

const WITHIN: &str = "Kata itu ada dalam lampirannya";

fn kit() -> Kit {
    Kit::giving(&[&MODULE], |ports| ports.documents = Some(Arc::new(Drawer::in_here(true))))
}

/// A scan with a text layer.
fn paper(words: &str) -> Vec<u8> {
    let mut data = Drawer::in_here(true).sample("memo").expect("a kind has a sample");
    data["isi"] = json!([words]);
    let day = praja_kernel::Date::new(2026, 11, 20).expect("a day");
    Drawer::in_here(true).draw(&Drawing::new("memo", data, day)).expect("it is drawn").pdf
}

fn register(tu: &mut Officer<'_>, changes: &[(&str, &str)], file: &[u8]) -> String {
    let answer = tu.upload(BARU, BARU, &with(changes), &[("pindaian", "surat.pdf", file)]);
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer.location.expect("a saved letter leads to its page")
}

/// What the background does: reads the files, and brings the index up to date.
fn settle(kit: &Kit) {
    let (_, failed) = kit.work();
    assert!(failed.is_empty(), "{failed:?}");
    kit.off(|instance| while instance.db.index_waiting(&instance.by_system("uji"), 100).expect("the index takes it") > 0 {});
}

fn found(officer: &mut Officer<'_>, words: &str) -> String {
    officer.get(&format!("/cari?{}", praja_testkit::urlencode(&[("q", words)]))).body
}

#[test]
fn a_word_of_the_scan_finds_its_letter_for_those_who_see_the_letter() {
    let kit = kit();
    let mut tu = Officer::of(&kit, "tata-usaha");
    let letter = register(&mut tu, &[], &paper("Permohonan bantuan alat ultrasonografi."));
    assert!(!found(&mut tu, "ultrasonografi").contains(&letter), "the background has not read it yet");
    settle(&kit);
    let hit = found(&mut tu, "ultrasonografi");
    assert!(hit.contains(&letter) && hit.contains(WITHIN), "{hit}");
    let both = found(&mut tu, "potensi ultrasono");
    assert!(
        both.contains(&letter) && both.contains(WITHIN),
        "words of the subject and of the scan together, unfinished ones too"
    );
    let own = found(&mut tu, "potensi desa");
    assert!(own.contains(&letter) && !own.contains(WITHIN), "{own}");
    let list = tu.get(&format!("{LIST}?q=ultrasonografi"));
    assert!(list.says("Permintaan data potensi desa") && list.says("Kata itu ada dalam pindaiannya"), "{}", list.body);
    for akun in ["camat", "bupati"] {
        let other = found(&mut Officer::of(&kit, akun), "ultrasonografi");
        assert!(!other.contains(&letter) && other.contains("Tidak ada hasil"), "{akun}: {other}");
    }
}

#[test]
fn an_order_opens_the_words_of_the_scan_with_the_letter_and_taking_it_back_closes_both() {
    let kit = kit();
    let (mut tu, mut sekda) = (Officer::of(&kit, "tu.setda"), Officer::of(&kit, "sekda"));
    let letter = register(&mut tu, &[("sifat", "terbatas")], &paper("Permohonan bantuan alat ultrasonografi."));
    settle(&kit);
    let route = format!("{letter}/arahkan");
    let to = crate::choice(&tu.get(&route), "Sekretaris Daerah");
    assert_eq!(tu.fill(&route, &route, &[("kepada", &to)]).status, 303);
    let mut kadis = Officer::of(&kit, "kadis");
    assert!(!found(&mut kadis, "ultrasonografi").contains(&letter));
    let form = format!("{letter}/disposisi");
    assert_eq!(crate::order(&mut sekda, &form, "Kepala Dinas Kesehatan", &[]).status, 303);
    settle(&kit);
    assert!(found(&mut kadis, "ultrasonografi").contains(&letter));
    let part = crate::part(&sekda.get(&letter), "Kepala Dinas Kesehatan");
    assert_eq!(sekda.act(&part, "tarik").status, 303);
    settle(&kit);
    assert!(!found(&mut kadis, "ultrasonografi").contains(&letter));
}

#[test]
fn of_a_secret_letter_no_word_of_its_scan_is_kept_for_anybody() {
    let kit = kit();
    let mut tu = Officer::of(&kit, "tata-usaha");
    register(&mut tu, &[("sifat", "rahasia"), ("hal", "")], &paper("Permohonan bantuan alat ultrasonografi."));
    settle(&kit);
    kit.run_job("eoffice.read-old-pdf");
    settle(&kit);
    for akun in ["tata-usaha", "kadis"] {
        assert!(found(&mut Officer::of(&kit, akun), "ultrasonografi").contains("Tidak ada hasil"), "{akun}");
    }
    let kept = kit.off(|instance| {
        instance.db.read(|tx| {
            let bodies = tx.list("SELECT isi FROM store_cari_isi", &[], |row| row.get::<String>(0))?;
            let entries = tx.list("SELECT teks FROM store_cari", &[], |row| row.get::<String>(0))?;
            let jobs =
                tx.list("SELECT isi FROM store_kerja WHERE jenis = 'eoffice.read-pdf'", &[], |row| row.get::<String>(0))?;
            Ok::<_, praja_store::StoreError>([bodies, entries, jobs].concat())
        })
    });
    assert!(
        kept.expect("rows are read").iter().all(|text| !text.contains("ultrasonografi") && !text.contains("\"naskah\":false"))
    );
}

#[test]
fn a_file_that_gives_no_words_is_kept_and_stops_nobody() {
    let kit = kit();
    let mut tu = Officer::of(&kit, "tata-usaha");
    let broken = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 9 0 R>>endobj\nxref\nsampah".to_vec();
    for (nomor, file) in [("A-1", PDF.to_vec()), ("A-2", broken)] {
        let letter = register(&mut tu, &[("nomor_surat", nomor)], &file);
        settle(&kit);
        assert_eq!(tu.get(&letter).status, 200);
        let own = found(&mut tu, "potensi");
        assert!(own.contains(&letter) && !own.contains(WITHIN), "{own}");
    }
}

#[test]
fn a_signed_naskah_is_found_by_the_words_of_its_file_and_a_second_scan_adds_its_own() {
    let kit = kit();
    let path = ready(&kit, &[]);
    number(&kit, &path);
    let mut tu = Officer::of(&kit, "tata-usaha");
    assert_eq!(scan(&mut tu, &path, &paper("Catatan tangan tentang posyandu lansia.")).status, 303);
    settle(&kit);
    let hit = found(&mut tu, "lansia");
    assert!(hit.contains(&path) && hit.contains(WITHIN), "{hit}");
    let list = tu.get(&format!("{}?q=lansia", naskah::LIST));
    assert!(list.says(naskah::HAL) && list.says("Kata itu ada dalam berkasnya"), "{}", list.body);
    let sent = tu.fill(&format!("{path}/kirim"), &format!("{path}/kirim"), &[]);
    assert_eq!(sent.status, 303, "{}", sent.body);
    settle(&kit);
    assert!(found(&mut tu, "lansia").contains(&path), "sent, it is put into the index anew and keeps the words of its file");

    let letter = register(&mut tu, &[], &paper("Halaman pertama."));
    let more = [("pindaian", "kedua.pdf", paper("Lembar susulan tentang imunisasi."))];
    let versi = tu.get(&letter).hidden("versi").unwrap_or_default().to_owned();
    let files: Vec<(&str, &str, &[u8])> = more.iter().map(|(field, name, file)| (*field, *name, file.as_slice())).collect();
    let added = tu.upload(&letter, &format!("{letter}/pindaian"), &[("versi", &versi)], &files);
    assert_eq!(added.status, 303, "{}", added.body);
    settle(&kit);
    for words in ["imunisasi", "halaman pertama"] {
        assert!(found(&mut tu, words).contains(&letter), "{words}");
    }
}

#[test]
fn what_came_before_anybody_read_files_is_read_once_by_and_by() {
    let kit = kit();
    let mut tu = Officer::of(&kit, "tata-usaha");
    let mut letters = Vec::new();
    for number in 1..=7 {
        let word = format!("Perihal kata{number}unik.");
        letters.push(register(&mut tu, &[("nomor_surat", &format!("B-{number}"))], &paper(&word)));
    }
    // As it was before: the files are there, and nobody reads them.
    kit.off(|instance| {
        instance.db.write(&instance.by_system("uji.lama"), praja_store::Keys::unaudited(), |tx| {
            tx.exec("DELETE FROM store_kerja WHERE jenis = 'eoffice.read-pdf'", &[]).map(|_| ())
        })
    })
    .expect("the queue is emptied");
    settle(&kit);
    assert!(!found(&mut tu, "kata1unik").contains(&letters[0]));
    kit.run_job("eoffice.read-old-pdf");
    for _ in 0..5 {
        kit.clock.move_ms(2_000);
        settle(&kit);
    }
    for (at, letter) in letters.iter().enumerate() {
        assert!(found(&mut tu, &format!("kata{}unik", at + 1)).contains(letter), "{letter}");
    }
    let before = kit.instance.db.writes();
    kit.run_job("eoffice.read-old-pdf");
    assert_eq!(kit.instance.db.writes(), before, "it has come to its end");
}
