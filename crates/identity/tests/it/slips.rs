use praja_testkit::{Kit, Page};

use crate::{Browser, chain, forgot::NEW, offices, password, regency, signed_in, stranger};

/// Everything between two marks, each time they stand in the page.
fn between<'a>(page: &'a Page, start: &str, end: &str) -> Vec<&'a str> {
    page.body.split(start).skip(1).filter_map(|part| part.split(end).next()).collect()
}

fn code(page: &Page) -> String {
    (*between(page, "<p class=\"kode\"><code>", "</code>").first().unwrap_or_else(|| panic!("a code is printed: {}", page.body)))
        .to_owned()
}

/// The page of somebody's account, as the list leads to it.
fn account_page(browser: &mut Browser<'_>, nama: &str) -> String {
    let list = browser.get(&format!("/identity/akun?q={}", nama.replace(' ', "+")));
    let links = between(&list, "href=\"/identity/akun/", "\"");
    let id = links.iter().find(|id| id.len() == 36).unwrap_or_else(|| panic!("{nama} is listed: {}", list.body));
    format!("/identity/akun/{id}")
}

/// An OPD's admin with the page of an officer of the same OPD who has an account.
pub fn desk(kit: &Kit) -> (Browser<'_>, String) {
    let mut admin = signed_in(kit, "admin-opd");
    signed_in(kit, "tata-usaha");
    let page = account_page(&mut admin, "Wulan Anggraini");
    (admin, page)
}

#[test]
fn a_slip_opens_the_account_once_and_a_new_password_must_be_chosen() {
    let kit = offices();
    let (mut admin, page) = desk(&kit);
    let printed = admin.fill(&page, &format!("{page}/slip"), &[]);
    assert_eq!(printed.status, 200, "{}", printed.body);
    let code = code(&printed);
    assert!(printed.says("tata-usaha") && printed.says("Berlaku sampai"));
    let mut browser = stranger(&kit);
    let typed = code.to_uppercase().replace('-', " ");
    let sent = browser.fill("/masuk", "/masuk", &[("akun", "tata-usaha"), ("sandi", &typed)]);
    assert_eq!(sent.location.as_deref(), Some("/profil"), "{}", sent.body);
    assert_eq!(browser.get("/kotak-masuk").location.as_deref(), Some("/profil"), "first the new password");
    let fields = [("sandi_baru", NEW), ("sandi_ulang", NEW)];
    assert!(!browser.get("/profil").says("sandi_lama"), "nobody knows the old one");
    let kept = browser.fill("/profil", "/profil/sandi", &fields);
    assert_eq!(kept.location.as_deref(), Some("/profil"), "{}", kept.body);
    assert_eq!(stranger(&kit).fill("/masuk", "/masuk", &[("akun", "tata-usaha"), ("sandi", &typed)]).status, 422, "used up");
    assert_eq!(stranger(&kit).fill("/masuk", "/masuk", &[("akun", "tata-usaha"), ("sandi", NEW)]).location.as_deref(), Some("/"));
    assert!(chain(&kit, "umum").contains("identity.use-slip"));
}

#[test]
fn a_slip_lasts_a_quarter_of_an_hour_opens_its_own_account_and_a_newer_one_replaces_it() {
    let kit = offices();
    let (mut admin, page) = desk(&kit);
    let first = code(&admin.fill(&page, &format!("{page}/slip"), &[]));
    let second = code(&admin.fill(&page, &format!("{page}/slip"), &[]));
    let enter = |akun: &str, code: &str| stranger(&kit).fill("/masuk", "/masuk", &[("akun", akun), ("sandi", code)]).status;
    assert_eq!(enter("tata-usaha", &first), 422, "replaced");
    assert_eq!(enter("kabid", &second), 422, "another account");
    kit.clock.move_ms(15 * 60_000);
    assert_eq!(enter("tata-usaha", &second), 422, "too late");
}

#[test]
fn nobody_prints_a_slip_for_another_opd_for_who_administers_more_or_for_oneself() {
    let kit = offices();
    let mut superadmin = signed_in(&kit, "superadmin");
    signed_in(&kit, "sekban");
    let (foreign, own) = (account_page(&mut superadmin, "Theresia Bulu"), account_page(&mut superadmin, "Yosina Wambrauw"));
    let (mut admin, page) = desk(&kit);
    assert_eq!(admin.get(&foreign).status, 404);
    assert_eq!(admin.fill(&page, &format!("{foreign}/slip"), &[]).status, 404);
    let refused = superadmin.fill(&own, &format!("{own}/slip"), &[]);
    assert!(refused.status == 422 && refused.says("akun Anda sendiri"), "{}", refused.body);
    let chain = chain(&kit, "umum");
    assert!(!chain.contains("identity.issue-slip"));
    assert_eq!(signed_in(&kit, "staf").get(&page).status, 403);
}

#[test]
fn printing_a_slip_asks_for_the_password_again() {
    let (kit, accounts) = regency();
    let (mut admin, page) = desk(&kit);
    kit.clock.move_ms(11 * 60_000);
    let asked = admin.fill(&page, &format!("{page}/slip"), &[]);
    assert!(asked.status == 422 && asked.says("Ketik sandi Anda sekali lagi"));
    let printed = admin.fill(&page, &format!("{page}/slip"), &[("_sandi", password(&accounts, "admin-opd"))]);
    assert_eq!(printed.status, 200);
}

#[test]
fn everybody_of_an_opd_who_never_logged_in_gets_a_first_slip_and_an_account() {
    let kit = offices();
    let (mut admin, _) = desk(&kit);
    let form = admin.get("/identity/akun/slip");
    let opd = between(&form, "<option value=\"", "\"").into_iter().find(|value| value.len() == 36).expect("an OPD").to_owned();
    let printed = admin.fill("/identity/akun/slip", "/identity/akun/slip", &[("opd", &opd)]);
    assert_eq!(printed.status, 200, "{}", printed.body);
    let (names, codes) =
        (between(&printed, "<dt>Akun</dt><dd>", "</dd>"), between(&printed, "<p class=\"kode\"><code>", "</code>"));
    assert!(names.len() == codes.len() && names.len() >= 3, "{names:?}");
    assert!(!names.contains(&"tata-usaha"), "who logged in already gets none");
    for (akun, code) in names.iter().zip(&codes).take(2) {
        let sent = stranger(&kit).fill("/masuk", "/masuk", &[("akun", akun), ("sandi", code)]);
        assert_eq!(sent.location.as_deref(), Some("/profil"), "{akun}");
    }
    kit.clock.move_ms(6 * 24 * 60 * 60 * 1000);
    let late = stranger(&kit).fill("/masuk", "/masuk", &[("akun", names[2]), ("sandi", codes[2])]);
    assert_eq!(late.status, 303, "a first slip lasts a week");
    // Two of them have logged in now and are left out.
    let mut admin = signed_in(&kit, "admin-opd");
    let again = admin.fill("/identity/akun/slip", "/identity/akun/slip", &[("opd", &opd)]);
    assert_eq!(between(&again, "<dt>Akun</dt><dd>", "</dd>").len(), names.len() - 3);
}

#[test]
fn a_locked_account_is_listed_and_unlocked() {
    let (kit, accounts) = regency();
    let (mut admin, _) = desk(&kit);
    assert!(admin.get("/identity/akun?keadaan=terkunci").says("Tidak ada akun yang terkunci"));
    for _ in 0..8 {
        stranger(&kit).fill("/masuk", "/masuk", &[("akun", "tata-usaha"), ("sandi", "salah")]);
        kit.clock.move_ms(61_000);
    }
    let list = admin.get("/identity/akun?keadaan=terkunci");
    let action =
        between(&list, "action=\"/identity/akun/", "\"").into_iter().find(|path| path.ends_with("/buka-kunci")).expect("a key");
    let action = format!("/identity/akun/{action}");
    let right = [("akun", "tata-usaha"), ("sandi", password(&accounts, "tata-usaha"))];
    assert_eq!(stranger(&kit).fill("/masuk", "/masuk", &right).status, 422);
    let done = admin.fill("/identity/akun?keadaan=terkunci", &action, &[("ke", "terkunci")]);
    assert_eq!(done.location.as_deref(), Some("/identity/akun?keadaan=terkunci"));
    assert_eq!(stranger(&kit).fill("/masuk", "/masuk", &right).status, 303);
}

#[test]
fn an_address_that_was_shut_is_listed_and_opened_where_all_accounts_are_kept() {
    let (kit, accounts) = regency();
    let (locked, open) = ("/identity/akun?keadaan=terkunci", "/identity/akun/buka-alamat");
    let mut superadmin = signed_in(&kit, "superadmin");
    let there = || stranger(&kit).at([10, 1, 2, 3]);
    for name in 0..50 {
        there().fill("/masuk", "/masuk", &[("akun", &format!("tidak.ada.{name}")), ("sandi", "salah")]);
    }
    let right = [("akun", "tata-usaha"), ("sandi", password(&accounts, "tata-usaha"))];
    assert!(there().fill("/masuk", "/masuk", &right).says("Coba lagi pukul"), "nobody at this address gets in");
    let list = superadmin.get(locked);
    assert!(list.says("10.1.2.3") && list.says(&format!("action=\"{open}\"")), "{}", list.body);
    assert!(!signed_in(&kit, "admin-opd").get(locked).says("10.1.2.3"), "an address belongs to no one office");
    let address = [("alamat", "10.1.2.3")];
    assert_eq!(superadmin.fill(locked, open, &address).location.as_deref(), Some(locked));
    assert_eq!(there().fill("/masuk", "/masuk", &right).location.as_deref(), Some("/"));
    assert!(signed_in(&kit, "auditor").get("/identity/audit?tindakan=identity.unlock-address").says("10.1.2.3"));
    assert_eq!(signed_in(&kit, "staf").fill("/profil", open, &address).status, 403);
}

#[test]
fn a_closed_account_opens_nothing_until_it_is_opened_again() {
    let (kit, accounts) = regency();
    let (mut admin, page) = desk(&kit);
    let mut officer = signed_in(&kit, "tata-usaha");
    let form = format!("{page}/nonaktifkan");
    assert!(admin.fill(&form, &form, &[("alasan", "cuti")]).says("paling sedikit 10 huruf"));
    assert_eq!(admin.fill(&form, &form, &[("alasan", "Pindah tugas ke provinsi")]).location.as_deref(), Some(page.as_str()));
    assert_eq!(officer.get("/profil").status, 303);
    let right = [("akun", "tata-usaha"), ("sandi", password(&accounts, "tata-usaha"))];
    assert_eq!(stranger(&kit).fill("/masuk", "/masuk", &right).status, 422);
    assert!(admin.fill(&page, &format!("{page}/slip"), &[]).says("Akun ini nonaktif"));
    admin.fill(&page, &format!("{page}/aktifkan"), &[]);
    assert_eq!(stranger(&kit).fill("/masuk", "/masuk", &right).status, 303);
}

#[test]
fn an_admin_sees_the_accounts_of_the_own_opd_only_and_pages_walk_by_name() {
    let kit = offices();
    let (mut admin, _) = desk(&kit);
    let own = admin.get("/identity/akun");
    assert!(own.says("Wulan Anggraini") && !own.says("Theresia Bulu"), "{}", own.body);
    let mut superadmin = signed_in(&kit, "superadmin");
    let first = superadmin.get("/identity/akun");
    let next = between(&first, "href=\"/identity/akun?fold=", "\"");
    let next = format!("/identity/akun?fold={}", next.first().expect("a second page").replace("&amp;", "&"));
    let second = superadmin.get(&next);
    let names = |page: &Page| between(page, "href=\"/identity/akun/", "\"").len();
    assert!(names(&first) >= 50 && names(&second) > 0);
    for state in ["tanpa-akun", "belum-masuk", "nonaktif", "aktif"] {
        assert_eq!(superadmin.get(&format!("/identity/akun?keadaan={state}")).status, 200, "{state}");
    }
}

#[test]
fn those_ticked_in_the_list_of_people_get_a_slip_when_they_never_logged_in() {
    let kit = offices();
    let mut admin = signed_in(&kit, "admin-opd");
    let list = admin.get("/identity/orang");
    assert!(list.says("Cetak slip masuk pertama"));
    let ids = between(&list, "name=\"pilih\" value=\"", "\"");
    assert!(ids.len() > 3, "{}", list.body);
    let mut fields: Vec<(&str, &str)> = ids.iter().take(3).map(|id| ("pilih", *id)).collect();
    // Somebody of another office, added by hand, gets none.
    let social = {
        let page = signed_in(&kit, "superadmin").get("/identity/orang?q=Hasanuddin+Rahim");
        (*between(&page, "name=\"pilih\" value=\"", "\"").first().expect("he is listed")).to_owned()
    };
    fields.push(("pilih", &social));
    let printed = admin.fill("/identity/orang", "/identity/akun/slip", &fields);
    assert_eq!(printed.status, 200, "{}", printed.body);
    let slips = between(&printed, "<p class=\"kode\"><code>", "</code>").len();
    assert!((1..=3).contains(&slips) && !printed.says("Hasanuddin Rahim"), "{slips}: {}", printed.body);
    assert!(printed.says(&format!("{slips} dari 4 orang mendapat slip")));
    let nobody = admin.fill("/identity/orang", "/identity/akun/slip", &[("pilih", &social)]);
    assert_eq!(nobody.status, 303);
}

#[test]
fn a_new_person_is_recorded_step_by_step_and_an_unfinished_form_waits() {
    let kit = offices();
    let mut admin = signed_in(&kit, "admin-opd");
    let form = admin.get("/identity/orang/baru");
    for words in ["Langkah 1 dari 3", "Langkah 3 dari 3", "data-draf", "Simpan isian sementara"] {
        assert!(form.says(words), "{words}");
    }
    let kept = [("_formulir", "/identity/orang/baru"), ("nama", "Yuliana Betan"), ("gelar_belakang", "A.Md.")];
    assert_eq!(admin.fill("/identity/orang/baru", "/desk/draf", &kept).status, 303);
    let again = admin.get("/identity/orang/baru");
    assert!(again.says("value=\"Yuliana Betan\"") && again.says("ditampilkan kembali"), "{}", again.body);
    let opd = again.hidden("opd").expect("the own office").to_owned();
    let label = again.hidden("opd_label").unwrap_or_default().to_owned();
    let fields = [("nama", "Yuliana Betan"), ("jenis", "non-asn"), ("opd", &*opd), ("opd_label", &*label), ("opd_teks", &*label)];
    let saved = admin.fill("/identity/orang/baru", "/identity/orang/baru", &fields);
    assert_eq!(saved.status, 303, "{}", saved.body);
    assert!(!admin.get("/identity/orang/baru").says("Yuliana Betan"), "what was sent waits no longer");
}
