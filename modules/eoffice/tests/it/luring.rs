//! What devices may keep without a line, and what becomes of a form that waited there.

use praja_eoffice::MODULE;
use praja_testkit::{Kit, Page};

use crate::{KABID, LIST, MINE, Officer, choice, order, part, register};

const KEPT: &str = "x-praja-simpan";
const HOLDER: &str = "x-praja-pemegang";

fn may_be_kept(page: &Page) -> bool {
    assert_eq!(page.status, 200, "{}", page.body);
    page.header(KEPT) == Some("ya")
}

/// The fields of an order as a page that waited on a device would send them.
fn waited(page: &Page, more: &[(&str, &str)]) -> Vec<(String, String)> {
    let own = |name: &str| page.hidden(name).unwrap_or_else(|| panic!("{name} in {}", page.body)).to_owned();
    let hidden = ["_csrf", "_kunci", "_pemegang", "_antre"].map(|name| (name.to_owned(), own(name)));
    let mut all: Vec<(String, String)> = hidden.into();
    all.push(("penanggung_jawab".into(), choice(page, KABID)));
    all.push(("instruksi".into(), "TL".into()));
    for (name, value) in more {
        all.retain(|(known, _)| known != name);
        all.push(((*name).to_owned(), (*value).to_owned()));
    }
    all
}

fn send(officer: &mut Officer<'_>, path: &str, fields: &[(String, String)]) -> Page {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    officer.post(path, &fields)
}

#[test]
fn devices_may_keep_the_inbox_and_letters_but_nothing_secret_and_no_list() {
    let kit = Kit::new(&[&MODULE]);
    let (mut tu, mut kadis) = (Officer::of(&kit, "tata-usaha"), Officer::of(&kit, "kadis"));
    let plain = register(&mut tu, &[]);
    let secret = register(&mut tu, &[("sifat", "rahasia"), ("nomor_surat", "R-9/BPS/2026")]);
    assert!(may_be_kept(&kadis.get("/kotak-masuk")) && may_be_kept(&kadis.get(&plain)));
    assert!(may_be_kept(&kadis.get(&format!("{plain}/disposisi"))));
    let page = kadis.get(&secret);
    assert!(!may_be_kept(&page) && page.hidden("_antre").is_none(), "an order on a secret letter does not wait");
    assert!(!may_be_kept(&kadis.get(LIST)) && !may_be_kept(&kadis.get("/profil")));
    order(&mut kadis, &format!("{plain}/disposisi"), KABID, &[]);
    let just_done = kadis.get(&plain);
    assert!(!may_be_kept(&just_done), "what just happened is said once");
    let of_kabid = part(&kadis.get(&plain), KABID);
    assert!(may_be_kept(&kadis.get(&of_kabid)));
    order(&mut kadis, &format!("{plain}/disposisi"), crate::KABID_P2P, &[("sifat", "rahasia")]);
    kadis.get(&plain);
    let raised = part(&kadis.get(&plain), crate::KABID_P2P);
    assert!(raised.starts_with(MINE) && !may_be_kept(&kadis.get(&raised)), "an order may be secret on a letter that is not");
}

#[test]
fn every_page_says_for_whom_it_was_drawn_and_nobody_else_has_that_mark() {
    let kit = Kit::new(&[&MODULE]);
    let (mut kadis, mut kabid) = (Officer::of(&kit, "kadis"), Officer::of(&kit, "kabid"));
    let page = kadis.get("/kotak-masuk");
    let mark = page.header(HOLDER).expect("a mark").to_owned();
    assert!(page.says(&format!("data-pemegang=\"{mark}\"")) && mark.len() == 32);
    assert_eq!(kadis.get("/profil").header(HOLDER), Some(mark.as_str()));
    assert_ne!(kabid.get("/kotak-masuk").header(HOLDER), Some(mark.as_str()));
    let mut stranger = kit.stranger();
    let page = actix_web::rt::System::new().block_on(stranger.get("/masuk"));
    assert_eq!(page.header(HOLDER), Some("-"), "whoever kept something there wipes it");
    let (one, two) = (kadis.get("/desk/perangkat").body, kabid.get("/desk/perangkat").body);
    let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
    let (one, two) = (read(&one), read(&two));
    assert_eq!(one["pemegang"].as_str(), Some(mark.as_str()));
    for secret in ["pemegang", "orang", "kunci"] {
        assert_ne!(one[secret], two[secret], "{secret}");
    }
    assert_ne!(one["kunci"], one["pemegang"]);
}

#[test]
fn the_device_is_told_of_the_letters_that_wait_and_of_drafts() {
    let kit = Kit::new(&[&MODULE]);
    let (mut tu, mut kadis) = (Officer::of(&kit, "tata-usaha"), Officer::of(&kit, "kadis"));
    let letter = register(&mut tu, &[]);
    let form = "/eoffice/naskah/baru/nota-dinas";
    let saved = kadis.fill(form, form, &[("hal", "Laporan vaksin"), ("penandatangan", "")]);
    let told: serde_json::Value = serde_json::from_str(&kadis.get("/desk/perangkat").body).expect("JSON");
    let pages: Vec<&str> = told["halaman"].as_array().into_iter().flatten().filter_map(|page| page.as_str()).collect();
    assert!(pages.contains(&"/kotak-masuk") && pages.contains(&letter.as_str()), "{pages:?}");
    if let Some(draft) = saved.location {
        assert!(pages.contains(&draft.as_str()) && pages.contains(&format!("{draft}/ubah").as_str()), "{pages:?}");
    }
    for page in &pages {
        let answer = kadis.get(page);
        assert!(answer.status == 200 && answer.header(KEPT) == Some("ya"), "{page} is told but may not be kept");
    }
}

#[test]
fn a_form_written_as_another_is_refused_and_nothing_is_done() {
    let kit = Kit::new(&[&MODULE]);
    let (mut tu, mut kadis) = (Officer::of(&kit, "tata-usaha"), Officer::of(&kit, "kadis"));
    let letter = register(&mut tu, &[]);
    let path = format!("{letter}/disposisi");
    let page = kadis.get(&path);
    let theirs = waited(&page, &[("_pemegang", "0123456789abcdef0123456789abcdef")]);
    let refused = send(&mut kadis, &path, &theirs);
    assert!(refused.status == 409 && refused.says("akun atau jabatan lain"), "{}", refused.body);
    assert!(kadis.get(&letter).says("Diarahkan"), "nothing was ordered");
    assert_eq!(send(&mut kadis, &path, &waited(&page, &[])).status, 303);
}

#[test]
fn an_order_sent_again_counts_once_and_one_changed_after_it_arrived_is_told_so() {
    let kit = Kit::new(&[&MODULE]);
    let (mut tu, mut kadis) = (Officer::of(&kit, "tata-usaha"), Officer::of(&kit, "kadis"));
    let letter = register(&mut tu, &[]);
    let path = format!("{letter}/disposisi");
    let first = waited(&kadis.get(&path), &[]);
    assert_eq!(send(&mut kadis, &path, &first).location.as_deref(), Some(letter.as_str()));
    // The answer was lost; meanwhile the device took it up again with a mark of its own.
    let again: Vec<_> = first.iter().cloned().chain([("_antrean".to_owned(), "7".to_owned())]).collect();
    assert_eq!(send(&mut kadis, &path, &again).location.as_deref(), Some(letter.as_str()));
    let parts = |page: &Page| page.body.matches(&format!("href=\"{MINE}/0")).count();
    let once = parts(&kadis.get(&letter));
    let changed: Vec<_> = first.iter().cloned().chain([("catatan".to_owned(), "Segera.".to_owned())]).collect();
    let told = send(&mut kadis, &path, &changed);
    assert!(told.status == 409 && told.says("sudah diterima sebelumnya dengan isi lain"), "{}", told.body);
    let page = kadis.get(&letter);
    assert!(parts(&page) == once && !page.says("Segera."), "{}", page.body);
}
