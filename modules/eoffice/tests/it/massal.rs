//! Several letters go to one desk in one act.

use praja_eoffice::MODULE;
use praja_testkit::{Kit, Page};

use crate::{BARU, KABID, LIST, Officer, PDF, STAF, choice, with};

const MANY: &str = "/eoffice/surat-masuk/arahkan";

/// A letter that lies with the registry, with or without its scan; gives its identity.
fn waiting(tu: &mut Officer<'_>, nomor: &str, scanned: bool) -> String {
    let files: &[(&str, &str, &[u8])] = if scanned { &[("pindaian", "surat.pdf", PDF)] } else { &[] };
    let saved = tu.upload(BARU, BARU, &with(&[("nomor_surat", nomor)]), files);
    let path = saved.location.unwrap_or_else(|| panic!("{}", saved.body));
    path.rsplit('/').next().unwrap_or_default().to_owned()
}

/// Presses the button of the list with these letters chosen.
fn press(officer: &mut Officer<'_>, ids: &[&str]) -> Page {
    let mut fields = vec![("aksi", "arahkan")];
    fields.extend(ids.iter().map(|id| ("pilih", *id)));
    officer.fill(LIST, MANY, &fields)
}

/// Sends the confirmation to a desk.
fn confirm(officer: &mut Officer<'_>, asked: &Page, to: &str, ids: &[&str]) -> Page {
    let hidden = |name: &str| asked.hidden(name).expect("the confirmation is a form");
    let mut fields = vec![("_csrf", hidden("_csrf")), ("_kunci", hidden("_kunci")), ("kepada", to)];
    fields.extend(ids.iter().map(|id| ("pilih", *id)));
    officer.post(MANY, &fields)
}

/// How often a word stands on a page as the outcome of a letter.
fn times(page: &Page, word: &str) -> usize {
    page.body.matches(&format!("{word}</span>")).count()
}

#[test]
fn chosen_letters_go_to_one_desk_and_each_is_reported() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let (a, b) = (waiting(&mut tu, "A/1", true), waiting(&mut tu, "A/2", true));
    let unread = waiting(&mut tu, "A/3", false);
    let list = tu.get(LIST);
    assert_eq!(list.body.matches("name=\"pilih\"").count(), 3, "{}", list.body);

    let ids = [a.as_str(), b.as_str(), unread.as_str()];
    let asked = press(&mut tu, &ids);
    assert_eq!(asked.status, 200, "{}", asked.body);
    assert!(asked.says("2 surat akan diarahkan, 1 tidak") && asked.says("Surat belum dipindai"), "{}", asked.body);
    assert!(asked.says("A/1") && asked.says("A/2") && asked.says("A/3") && asked.says("Arahkan 2 surat"));
    for id in ids {
        assert!(!tu.get(&format!("{LIST}/{id}")).says("Diarahkan"), "nothing happens before it is confirmed");
    }

    let to = choice(&asked, KABID);
    let done = confirm(&mut tu, &asked, &to, &ids);
    assert_eq!(done.status, 303, "{}", done.body);
    let outcome = done.location.clone().expect("leads to the outcome");
    let told = tu.get(&outcome);
    assert!(told.says("2 surat sudah diarahkan, 1 tidak"), "{}", told.body);
    assert_eq!((times(&told, "Sudah diarahkan"), times(&told, "Tidak diarahkan")), (2, 1), "{}", told.body);
    assert!(told.says("Surat belum dipindai") && told.says(KABID));
    let inbox = Officer::of(&kit, "kabid").inbox();
    assert!(inbox.contains("1/2026") && inbox.contains("2/2026") && !inbox.contains("3/2026"), "{inbox}");

    let again = confirm(&mut tu, &asked, &to, &ids);
    assert_eq!(again.location, done.location, "a second sending finds its own answer");
    let later = tu.get(LIST);
    assert_eq!(later.body.matches("name=\"pilih\"").count(), 1, "what lies on a desk is no longer offered");
}

#[test]
fn a_letter_routed_meanwhile_stays_on_its_desk_and_is_named() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let (a, b) = (waiting(&mut tu, "A/1", true), waiting(&mut tu, "A/2", true));
    let asked = press(&mut tu, &[&a, &b]);
    let route = format!("{LIST}/{a}/arahkan");
    let first = choice(&tu.get(&route), "Kepala Dinas");
    assert_eq!(tu.fill(&route, &route, &[("kepada", &first)]).status, 303);

    let to = choice(&asked, KABID);
    let done = confirm(&mut tu, &asked, &to, &[&a, &b]);
    let told = tu.get(&done.location.expect("leads to the outcome"));
    assert!(told.says("1 surat sudah diarahkan, 1 tidak") && told.says("karena sudah berstatus Diarahkan"), "{}", told.body);
    let inbox = Officer::of(&kit, "kabid").inbox();
    assert!(!inbox.contains("1/2026") && inbox.contains("2/2026"), "{inbox}");
    assert!(Officer::of(&kit, "kadis").inbox().contains("1/2026"));
}

#[test]
fn no_desk_or_a_desk_of_another_office_changes_nothing() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let a = waiting(&mut tu, "A/1", true);
    let asked = press(&mut tu, &[&a]);
    for desk in ["", a.as_str()] {
        let refused = confirm(&mut tu, &asked, desk, &[&a]);
        assert!(refused.status == 422 && refused.says("Pilih jabatan yang menerima surat") && refused.says("A/1"));
    }
    assert!(!tu.get(&format!("{LIST}/{a}")).says("Diarahkan"));
    let none = press(&mut tu, &[]);
    assert_eq!((none.status, none.location.as_deref()), (303, Some(LIST)));
}

#[test]
fn rights_are_asked_for_each_letter() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let theirs = waiting(&mut tu, "A/1", true);
    let mut staf = Officer::of(&kit, "staf");
    assert!(!staf.get(LIST).body.contains("name=\"pilih\""), "who routes nothing chooses nothing");
    assert_eq!(press(&mut staf, &[&theirs]).status, 403);

    let mut setda = Officer::of(&kit, "tu.setda");
    let own = waiting(&mut setda, "B/1", true);
    let asked = press(&mut setda, &[&own, &theirs]);
    assert!(asked.says("B/1") && !asked.says("A/1") && asked.says("1 pilihan tidak ditemukan"), "{}", asked.body);
    let to = choice(&asked, "Sekretaris Daerah");
    let done = confirm(&mut setda, &asked, &to, &[&own, &theirs]);
    let told = setda.get(&done.location.expect("leads to the outcome"));
    assert!(told.says("1 surat sudah diarahkan, 1 tidak") && !told.says("A/1"), "{}", told.body);
    assert!(tu.get(&format!("{LIST}/{theirs}")).says("Dipindai"), "the other office's letter is untouched");
    assert_eq!(setda.get(&format!("{MANY}?kepada=x")).status, 404);
}

#[test]
fn fifty_letters_go_at_once_and_more_are_asked_for_in_parts() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let a = waiting(&mut tu, "A/1", true);
    let strangers: Vec<String> = (0..50_u8).map(|at| praja_kernel::Id::v7(1, [at; 10]).to_string()).collect();
    let mut ids: Vec<&str> = strangers.iter().map(String::as_str).collect();
    ids[49] = &a;
    let asked = press(&mut tu, &ids);
    assert!(asked.status == 200 && asked.says("A/1") && asked.says("49 pilihan tidak ditemukan"), "{}", asked.body);
    ids.push(&strangers[49]);
    let many = press(&mut tu, &ids);
    assert_eq!((many.status, many.location.as_deref()), (303, Some(LIST)));
    assert!(tu.get(LIST).says("Pilih paling banyak 50 surat sekali jalan."));
    assert!(!tu.get(&format!("{LIST}/{a}")).says("Diarahkan"));
}

#[test]
fn a_secret_letter_that_the_asker_may_not_see_is_counted_and_never_named() {
    let kit = Kit::new(&[&MODULE]);
    let (mut tu, mut setda) = (Officer::of(&kit, "tata-usaha"), Officer::of(&kit, "tu.setda"));
    let own = waiting(&mut setda, "B/1", true);
    let secret = with(&[("nomor_surat", "R/7"), ("hal", "Pemeriksaan khusus"), ("sifat", "rahasia")]);
    let saved = tu.upload(BARU, BARU, &secret, &[("pindaian", "surat.pdf", PDF)]);
    let path = saved.location.unwrap_or_else(|| panic!("{}", saved.body));
    let id = path.rsplit('/').next().unwrap_or_default().to_owned();
    let asked = press(&mut setda, &[&own, &id]);
    assert!(asked.says("B/1") && asked.says("1 pilihan tidak ditemukan"), "{}", asked.body);
    assert!(!asked.says("R/7") && !asked.says("Pemeriksaan khusus"), "{}", asked.body);
    let to = choice(&asked, "Sekretaris Daerah");
    let done = confirm(&mut setda, &asked, &to, &[&own, &id]);
    let told = setda.get(&done.location.expect("leads to the outcome"));
    assert!(told.says("1 surat sudah diarahkan, 1 tidak"), "{}", told.body);
    assert!(!told.says("R/7") && !told.says("Pemeriksaan khusus"), "{}", told.body);
}

#[test]
fn a_secret_letter_stays_unknown_to_a_second_registrar_of_the_same_office() {
    let kit = Kit::new(&[&MODULE]);
    let mut superadmin = Officer::of(&kit, "superadmin");
    let give = "/identity/peran/eoffice.tata-usaha/beri";
    let given = superadmin.fill(give, give, &[("jabatan_teks", STAF)]);
    assert_eq!(given.status, 303, "{}", given.body);
    let (mut tu, mut second) = (Officer::of(&kit, "tata-usaha"), Officer::of(&kit, "staf"));
    let open = waiting(&mut tu, "A/1", true);
    let secret = with(&[("nomor_surat", "R/7"), ("hal", "Pemeriksaan khusus"), ("sifat", "rahasia")]);
    let saved = tu.upload(BARU, BARU, &secret, &[("pindaian", "surat.pdf", PDF)]);
    let path = saved.location.unwrap_or_else(|| panic!("{}", saved.body));
    let id = path.rsplit('/').next().unwrap_or_default().to_owned();
    let list = second.get(LIST);
    assert!(list.says("A/1") && !list.says("R/7") && !list.says(&id), "the control: {}", list.body);
    let asked = press(&mut second, &[&open, &id]);
    assert!(asked.says("A/1") && asked.says("1 pilihan tidak ditemukan"), "{}", asked.body);
    assert!(!asked.says("R/7") && !asked.says("Pemeriksaan khusus"), "{}", asked.body);
    let to = choice(&asked, KABID);
    let done = confirm(&mut second, &asked, &to, &[&open, &id]);
    let told = second.get(&done.location.expect("leads to the outcome"));
    assert!(
        told.says("1 surat sudah diarahkan, 1 tidak") && !told.says("R/7") && !told.says("Pemeriksaan khusus"),
        "{}",
        told.body
    );
    let inbox = Officer::of(&kit, "kabid").inbox();
    assert!(inbox.contains("1/2026") && !inbox.contains("2/2026"), "the open one went, the secret one did not: {inbox}");
}
