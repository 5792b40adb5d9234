//! Officers and the accounts of citizens and bodies: list, papers, blocking, powers, log-in by a code.

use praja_testkit::Kit;

use crate::{
    Browser, chain,
    citizens::{NIK, register},
    forgot::{NEW, shown_code},
    offices, signed_in, stranger,
};

const LIST: &str = "/identity/warga";
const REASON: &str = "Dilaporkan dipakai orang lain, berita acara 12/2026";

/// The address of the first account of the list.
fn first(browser: &mut Browser<'_>, list: &str) -> String {
    let page = browser.get(list);
    let at = page.body.find("href=\"/identity/warga/0").unwrap_or_else(|| panic!("somebody is listed: {}", page.body));
    page.body[at + 6..].split('"').next().expect("an address").to_owned()
}

fn body<'a>(kit: &'a Kit, nomor: &str, nama: &str) -> Browser<'a> {
    let mut browser = stranger(kit);
    let kontak = format!("{nomor}@contoh.example");
    let fields = [
        ("jenis", "koperasi"),
        ("nomor", nomor),
        ("nama", nama),
        ("wakil", "Maria Goreti Uma"),
        ("wakil_nik", NIK),
        ("kontak", kontak.as_str()),
        ("setuju", "ya"),
    ];
    browser.fill("/daftar/badan", "/daftar/badan", &fields);
    let code = shown_code(&browser.get("/daftar/kode"));
    let fields = [("kode", code.as_str()), ("sandi_baru", NEW), ("sandi_ulang", NEW)];
    assert_eq!(browser.fill("/daftar/kode", "/daftar/kode", &fields).location.as_deref(), Some("/warga"));
    browser
}

#[test]
fn an_officer_finds_a_citizen_by_name_and_whole_nik_and_sees_the_nik_masked() {
    let kit = offices();
    register(&kit, NIK, "maria@contoh.example");
    let mut officer = signed_in(&kit, "superadmin");
    for query in ["", "?q=goreti", &format!("?q={NIK}"), "?keadaan=belum"] {
        let page = officer.get(&format!("{LIST}{query}"));
        assert!(
            page.says("Maria Goreti Uma") && page.says("531501******0001") && !page.says(&format!(">{NIK}<")),
            "{query}: {}",
            page.body
        );
    }
    for query in ["?q=531501", "?q=tidak", "?keadaan=cocok", "?keadaan=diblokir", "?jenis=badan"] {
        assert!(!officer.get(&format!("{LIST}{query}")).says("Maria Goreti Uma"), "{query}");
    }
    assert_eq!(officer.get(&format!("{LIST}?keadaan=lain")).status, 404);
    let csv = String::from_utf8(officer.download("/identity/warga/unduh?format=csv")).expect("text");
    assert!(csv.contains("Maria Goreti Uma") && csv.contains("531501******0001") && !csv.contains(NIK), "{csv}");
    assert_eq!(signed_in(&kit, "staf").get(LIST).status, 403);
}

#[test]
fn papers_count_only_when_the_typed_nik_is_that_of_the_account() {
    let kit = offices();
    let mut citizen = register(&kit, NIK, "maria@contoh.example");
    let mut officer = signed_in(&kit, "superadmin");
    let one = first(&mut officer, LIST);
    let form = format!("{one}/cocokkan");
    let wrong = officer.fill(&form, &form, &[("nik", "5315015209850002"), ("nama", "Maria G. Uma"), ("orangnya", "ya")]);
    assert!(wrong.status == 422 && wrong.says("NIK ini berbeda") && wrong.says("value=\"Maria G. Uma\""), "{}", wrong.body);
    let right = [("nik", "5315 0152 0985 0001"), ("nama", "Maria Goreti Uma Seran"), ("orangnya", "ya")];
    assert_eq!(officer.fill(&form, &form, &right).location.as_deref(), Some(one.as_str()));
    let page = officer.get(&one);
    assert!(
        page.says("Sudah dicocokkan") && page.says("Maria Goreti Uma Seran") && page.says("mencocokkan akun dengan KTP"),
        "{}",
        page.body
    );
    assert!(citizen.get("/warga").says("Sudah dicocokkan petugas"));
    let told = citizen.get("/kabar");
    assert!(
        told.says("Data akun Anda sudah dicocokkan") && !told.says("Pilihan kabar") && !told.says("/kabar/terkirim"),
        "{}",
        told.body
    );
    let at = told.body.find("/kabar/0").expect("a notice leads on");
    let kabar = told.body[at..].split('"').next().expect("an address").to_owned();
    assert_eq!(citizen.get(&kabar).location.as_deref(), Some("/warga"));
    assert!(citizen.get("/kabar").says("Tidak ada kabar baru"), "it is read now");
    assert_eq!(officer.get(&form).location.as_deref(), Some(one.as_str()), "nothing is compared twice");
    let undo = format!("{one}/batal-cocok");
    assert!(officer.fill(&undo, &undo, &[("alasan", "ya")]).says("paling sedikit 10 huruf"));
    assert_eq!(officer.fill(&undo, &undo, &[("alasan", REASON)]).location.as_deref(), Some(one.as_str()));
    assert!(officer.get(&one).says("Belum dicocokkan"));
}

#[test]
fn a_blocked_account_opens_nothing_until_it_is_unblocked() {
    let kit = offices();
    let mut citizen = register(&kit, NIK, "maria@contoh.example");
    let mut officer = signed_in(&kit, "superadmin");
    let one = first(&mut officer, LIST);
    let block = format!("{one}/blokir");
    assert_eq!(officer.fill(&block, &block, &[("alasan", REASON)]).location.as_deref(), Some(one.as_str()));
    assert_eq!(citizen.get("/warga").status, 303);
    let log_in = || stranger(&kit).fill("/masuk", "/masuk", &[("akun", NIK), ("sandi", NEW)]).status;
    assert_eq!(log_in(), 422);
    assert!(officer.get(&format!("{LIST}?keadaan=diblokir")).says("Maria Goreti Uma") && officer.get(&one).says(REASON));
    let unblock = format!("{one}/buka-blokir");
    assert_eq!(officer.fill(&unblock, &unblock, &[("alasan", REASON)]).location.as_deref(), Some(one.as_str()));
    assert_eq!(log_in(), 303);
}

#[test]
fn an_account_its_owner_closed_is_shown_so_and_cannot_be_blocked_or_opened() {
    let kit = offices();
    let mut citizen = register(&kit, NIK, "maria@contoh.example");
    citizen.fill("/warga/tutup", "/warga/tutup", &[("yakin", "ya")]);
    let mut officer = signed_in(&kit, "superadmin");
    let one = first(&mut officer, &format!("{LIST}?keadaan=ditutup"));
    let page = officer.get(&one);
    assert!(page.says("Ditutup pemiliknya") && page.says("Sudah dilepas") && !page.says("Buka blokir"), "{}", page.body);
    assert_eq!(officer.get(&format!("{one}/buka-blokir")).location.as_deref(), Some(one.as_str()));
}

#[test]
fn a_citizen_logs_in_with_a_code_alone_and_an_officer_does_not() {
    let kit = offices();
    register(&kit, NIK, "maria@contoh.example");
    signed_in(&kit, "staf");
    let ask = |akun: &str| {
        let mut browser = stranger(&kit);
        let sent = browser.fill("/masuk/otp", "/masuk/otp", &[("akun", akun)]);
        assert_eq!(sent.location.as_deref(), Some("/masuk/otp/kode"), "{akun}: {}", sent.body);
        let code = shown_code(&browser.get("/masuk/otp/kode"));
        (browser, code)
    };
    let (mut browser, code) = ask(NIK);
    let wrong = if code == "000000" { "111111" } else { "000000" };
    for left in (1..=4).rev() {
        let page = browser.fill("/masuk/otp/kode", "/masuk/otp/kode", &[("kode", wrong)]);
        assert!(page.says(&format!("sisa percobaan {left}")), "{}", page.body);
    }
    assert!(browser.fill("/masuk/otp/kode", "/masuk/otp/kode", &[("kode", wrong)]).says("tidak berlaku lagi"));
    assert!(
        browser.fill("/masuk/otp/kode", "/masuk/otp/kode", &[("kode", &code)]).says("tidak berlaku lagi"),
        "five tries end it"
    );
    let (mut browser, code) = ask("maria@contoh.example");
    assert_eq!(browser.fill("/masuk/otp/kode", "/masuk/otp/kode", &[("kode", &code)]).status, 303);
    assert!(browser.get("/warga").says("Maria Goreti Uma"));
    let asks = browser.fill("/warga/tutup", "/warga/tutup", &[("yakin", "ya")]);
    assert!(asks.says("Sandi akun yang sedang Anda pakai"), "a code does not stand for the password: {}", asks.body);
    for akun in ["staf", "9999999999999999"] {
        let (mut browser, code) = ask(akun);
        assert!(browser.fill("/masuk/otp/kode", "/masuk/otp/kode", &[("kode", &code)]).says("Kode tidak cocok"), "{akun}");
    }
}

#[test]
fn codes_for_one_account_are_sent_five_times_and_then_throttled() {
    let kit = offices();
    register(&kit, NIK, "maria@contoh.example");
    for _ in 0..5 {
        assert_eq!(stranger(&kit).fill("/masuk/otp", "/masuk/otp", &[("akun", NIK)]).status, 303);
    }
    let page = stranger(&kit).fill("/masuk/otp", "/masuk/otp", &[("akun", NIK)]);
    assert!(page.status == 422 && page.says("terlalu sering diminta"), "{}", page.body);
}

#[test]
fn a_deputy_acts_for_a_body_under_both_names_until_the_power_is_revoked() {
    let kit = offices();
    let mut citizen = register(&kit, NIK, "maria@contoh.example");
    let mut body = body(&kit, "9120001234567", "Koperasi Nelayan Sejahtera");
    let stranger_to_it = body.fill("/warga/kuasa", "/warga/kuasa", &[("nik", NIK), ("nama", "Orang Lain")]);
    assert!(stranger_to_it.status == 422 && stranger_to_it.says("tidak cocok dengan akun warga mana pun"));
    let named = [("nik", NIK), ("nama", "maria goreti uma")];
    assert_eq!(body.fill("/warga/kuasa", "/warga/kuasa", &named).location.as_deref(), Some("/warga"));
    assert!(body.fill("/warga/kuasa", "/warga/kuasa", &named).says("sudah menjadi kuasa"));
    let page = citizen.get("/warga");
    let at = page.body.find("/warga/kuasa/0").expect("the power is offered");
    let act = page.body[at..].split('"').next().expect("an address").to_owned();
    let id = act.trim_start_matches("/warga/kuasa/").split('/').next().expect("an id").to_owned();
    assert_eq!(citizen.fill("/warga", &format!("/warga/kuasa/{id}/pakai"), &[]).location.as_deref(), Some("/warga"));
    let acting = citizen.get("/warga");
    assert!(acting.says("Koperasi Nelayan Sejahtera") && acting.says("bertindak untuk"), "{}", acting.body);
    citizen.fill("/warga", "/warga/persetujuan", &[("tujuan", "kabar"), ("beri", "ya")]);
    assert!(chain(&kit, "umum").contains("Koperasi Nelayan Sejahtera (kuasa: Maria Goreti Uma)"));
    assert_eq!(citizen.get("/warga/kuasa").status, 303, "the body's password is asked for, which a deputy does not have");
    assert_eq!(body.fill("/warga", &format!("/warga/kuasa/{id}/cabut"), &[]).location.as_deref(), Some("/warga"));
    assert_eq!(citizen.get("/warga").status, 303, "the session ended with the power");
    assert!(body.get("/warga").says("Dicabut"));
}

#[test]
fn an_officer_revokes_a_power_with_a_reason_and_a_deputy_goes_back_to_the_own_account() {
    let kit = offices();
    let mut citizen = register(&kit, NIK, "maria@contoh.example");
    let mut body = body(&kit, "9120001234567", "Koperasi Nelayan Sejahtera");
    body.fill("/warga/kuasa", "/warga/kuasa", &[("nik", NIK), ("nama", "Maria Goreti Uma")]);
    let page = citizen.get("/warga");
    let at = page.body.find("/warga/kuasa/0").expect("the power is offered");
    let id = page.body[at..].split('/').nth(3).expect("an id").to_owned();
    citizen.fill("/warga", &format!("/warga/kuasa/{id}/pakai"), &[]);
    assert_eq!(citizen.fill("/warga", "/warga/kuasa/selesai", &[]).location.as_deref(), Some("/warga"));
    assert!(citizen.get("/warga").says("531501******0001"));
    let mut officer = signed_in(&kit, "superadmin");
    let one = first(&mut officer, &format!("{LIST}?jenis=badan"));
    let form = format!("{one}/kuasa/{id}/cabut");
    assert!(officer.fill(&form, &form, &[("alasan", "")]).says("paling sedikit 10 huruf"));
    assert_eq!(officer.fill(&form, &form, &[("alasan", REASON)]).location.as_deref(), Some(one.as_str()));
    assert!(officer.get(&one).says("Dicabut") && !citizen.get("/warga").says("Bertindak untuk badan"));
}

#[test]
fn a_trainer_finds_citizens_and_bodies_in_every_state_with_their_story() {
    let kit = offices();
    kit.load_demo("identity");
    kit.load_demo("identity");
    let mut officer = signed_in(&kit, "superadmin");
    for (kind, states) in [("", ["belum", "cocok", "diblokir", "ditutup"]), ("badan", ["belum", "cocok", "diblokir", "ditutup"])]
    {
        for state in states {
            let one = first(&mut officer, &format!("{LIST}?jenis={kind}&keadaan={state}"));
            assert!(officer.get(&one).says("memasukkan akun"), "{kind} {state}");
        }
    }
    let checked = first(&mut officer, &format!("{LIST}?q=robertus+seran"));
    let page = officer.get(&checked);
    assert!(
        page.says("Sudah dicocokkan") && page.says("oleh Agus Salim Tanjung") && page.says("ro••••@warga.example"),
        "{}",
        page.body
    );
    let blocked = first(&mut officer, &format!("{LIST}?jenis=badan&q=sinar+harapan"));
    assert!(officer.get(&blocked).says("Diblokir: NIB dicabut menurut surat DPMPTSP"));
    let body = first(&mut officer, &format!("{LIST}?jenis=badan&q=koperasi+contoh"));
    let page = officer.get(&body);
    assert!(
        page.says("Made Suardana") && page.says("Robertus Seran") && page.says("Berlaku") && page.says("Dicabut"),
        "{}",
        page.body
    );
    // The citizen of the rehearsal is one of them, and deputises for another body.
    let mut citizen = signed_in(&kit, "warga");
    assert!(citizen.get("/warga").says("Bertindak untuk BUM Desa Suka Maju"));
    assert!(signed_in(&kit, "badan").get("/warga").says("Koperasi Contoh Sejahtera"));
    assert!(
        officer.get(LIST).says("Berikutnya") && chain(&kit, "umum").matches("identity.import-akun").count() == 72,
        "once only"
    );
    // Whoever has no password enters with a code.
    let mut browser = stranger(&kit);
    browser.fill("/masuk/otp", "/masuk/otp", &[("akun", "made.suardana@warga.example")]);
    let code = shown_code(&browser.get("/masuk/otp/kode"));
    assert_eq!(browser.fill("/masuk/otp/kode", "/masuk/otp/kode", &[("kode", &code)]).status, 303);
    assert!(browser.get("/warga").says("Made Suardana"));
}
