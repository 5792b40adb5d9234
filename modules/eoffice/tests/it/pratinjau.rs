//! What a form shows of itself before it is kept.

use praja_eoffice::MODULE;
use praja_testkit::{Kit, Page};

use crate::{
    Officer,
    naskah::{LIST, submit, write},
    tte::{Moody, kit},
};

const NEW: &str = "/eoffice/naskah/baru/surat-dinas";
const TYPED: [(&str, &str); 4] = [
    ("hal", "Rapat koordinasi posyandu"),
    ("kepada", "Camat Uji Barat"),
    ("bidang_isi", "Dengan hormat.\n\n1. Satu\n\n| No | Nama |\n|---|---|\n| 1 | Ana |"),
    ("penandatangan_teks", "Kepala Dinas Kesehatan"),
];

fn with<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut all = TYPED.to_vec();
    for (name, value) in more {
        all.retain(|(known, _)| known != name);
        all.push((name, value));
    }
    all
}

fn json(page: &Page) -> serde_json::Value {
    assert_eq!(page.status, 200, "{}", page.body);
    serde_json::from_str(&page.body).unwrap_or_else(|e| panic!("{e}: {}", page.body))
}

#[test]
fn a_new_naskah_is_seen_as_pdf_and_as_a_picture_and_nothing_is_kept() {
    let kit = kit(&Moody::default());
    let mut staf = Officer::of(&kit, "staf");
    let at = format!("{NEW}/pratinjau");
    assert!(staf.get(NEW).says("formaction=\"/eoffice/naskah/baru/surat-dinas/pratinjau\""));
    let rows = |kit: &Kit| {
        kit.off(|instance| {
            instance.db.read(|tx| {
                let one = |tx: &mut praja_store::Tx<'_>, sql: &'static str| tx.list(sql, &[], |row| row.get::<i64>(0));
                Ok::<_, praja_store::StoreError>((
                    one(tx, "SELECT count(*) FROM eoffice_naskah")?,
                    one(tx, "SELECT count(*) FROM store_audit")?,
                    one(tx, "SELECT count(*) FROM desk_lampiran")?,
                ))
            })
        })
        .unwrap()
    };
    let before = rows(&kit);
    let pdf = staf.fill(NEW, &at, &TYPED);
    assert!(pdf.status == 200 && pdf.bytes.starts_with(b"%PDF-"), "{}", pdf.body);
    assert_eq!(pdf.header("content-disposition").map(|how| how.starts_with("inline")), Some(true));
    let found = json(&staf.fill(NEW, &at, &with(&[("_gambar", "ya"), ("_halaman", "9"), ("_lebar", "420")])));
    assert_eq!((found["halaman"].as_i64(), found["dari"].as_i64()), (Some(1), Some(1)), "the last page there is");
    assert!(found["gambar"].as_str().unwrap().starts_with("data:image/png;base64,iVBOR"), "{found}");
    let early = json(&staf.fill(NEW, &at, &with(&[("_gambar", "ya"), ("kepada", "")])));
    assert!(early["gambar"].is_string(), "before its addressee is known: {early}");
    assert_eq!(rows(&kit), before);
    assert!(!staf.get(LIST).says("Rapat koordinasi posyandu"));
}

#[test]
fn what_is_lacking_for_a_picture_is_told() {
    let kit = kit(&Moody::default());
    let mut staf = Officer::of(&kit, "staf");
    let at = format!("{NEW}/pratinjau");
    let told = json(&staf.fill(NEW, &at, &with(&[("_gambar", "ya"), ("hal", ""), ("penandatangan_teks", "")])));
    let words = told["pesan"].as_str().unwrap();
    assert!(words.contains("Hal belum diisi") && words.contains("Penandatangan"), "{words}");
    let wide = format!("|{}", " x |".repeat(13));
    let told = json(&staf.fill(NEW, &at, &with(&[("_gambar", "ya"), ("bidang_isi", &wide)])));
    assert!(told["pesan"].as_str().unwrap().contains("13 kolom"), "{told}");
    let refused = staf.fill(NEW, &at, &with(&[("hal", "")]));
    assert!(refused.status >= 400 && refused.says("Hal belum diisi"), "{}", refused.body);
}

#[test]
fn changes_of_a_draft_are_seen_by_its_writer_alone_and_only_while_it_is_one() {
    let kit = kit(&Moody::default());
    let mut staf = Officer::of(&kit, "staf");
    let path = write(&mut staf, "surat-dinas", &[]);
    let (form, at) = (format!("{path}/ubah"), format!("{path}/pratinjau"));
    let seen = staf.fill(&form, &at, &TYPED);
    assert!(seen.bytes.starts_with(b"%PDF-"), "{}", seen.body);
    let mut kadis = Officer::of(&kit, "kadis");
    let other = kadis.fill(NEW, &at, &TYPED);
    assert!(other.status == 404 || other.status == 422, "{} {}", other.status, other.body);
    assert_eq!(Officer::of(&kit, "camat").fill(NEW, &at, &TYPED).status, 404);
    assert_eq!(submit(&mut staf, &path).status, 303);
    assert!(staf.fill(NEW, &at, &TYPED).status == 422, "it is with those who initial now");
}

#[test]
fn without_a_typesetter_the_form_offers_no_preview() {
    let kit = Kit::new(&[&MODULE]);
    let mut staf = Officer::of(&kit, "staf");
    assert!(!staf.get(NEW).says("/pratinjau"));
    let told = staf.fill(NEW, &format!("{NEW}/pratinjau"), &TYPED);
    assert!(told.status == 422 && told.says("tanpa pembuat PDF"), "{} {}", told.status, told.body);
}
