//! An applicant complains about a stage of the application without an account, and whoever had it there does not see what is about them.

use praja_testkit::{Kit, Page};

use crate::{
    Person,
    alur::{act, kit, of_two, send, skp},
};

const WORDS: &str = "Berkas saya sudah lima hari belum diperiksa padahal semuanya lengkap.";

/// An application at the examiner's desk; gives its resi and its examiner's account.
fn examined(kit: &Kit) -> (String, &'static str) {
    let mut citizen = Person::stranger(kit);
    let resi = skp(&mut citizen);
    send(&mut citizen, &resi);
    let (mut loket, path) = of_two(kit, ["loket", "loket2"]);
    act(&mut loket, &path, "lengkap", &[]);
    let mine =
        |akun: &str| !Person::officer(kit, akun).get("/perizinan/izin?pandangan=saya").says("Tidak ada yang menunggu Anda");
    (resi, if mine("pemeriksa") { "pemeriksa" } else { "pemeriksa2" })
}

fn status(kit: &Kit, resi: &str) -> Page {
    Person::stranger(kit).done("/perizinan/lacak", "/perizinan/lacak", &[("resi", resi), ("nik4", "0001")])
}

/// Where the status page leads whoever is not content.
fn form_of(page: &Page) -> String {
    let mut links = page.body.split("href=\"").filter_map(|rest| rest.split('"').next());
    links.find(|to| to.starts_with("/pengaduan?tentang=")).expect("it leads to a complaint").to_owned()
}

fn complain(kit: &Kit, form: &str, more: &[(&str, &str)]) -> (String, String) {
    let sealed = form.split("tentang=").nth(1).expect("it is sealed").to_owned();
    let mut fields = vec![
        ("tentang", sealed.as_str()),
        ("jenis", "pelayanan"),
        ("isi", WORDS),
        ("nama", "Siti Rahma"),
        ("kontak", "081234567890"),
    ];
    fields.extend(more);
    let page = Person::stranger(kit).upload(form, "/pengaduan", &fields, &[]);
    assert_eq!(page.status, 200, "{}", page.body);
    let strong = page.body.split("<strong>").skip(1).filter_map(|rest| rest.split('<').next());
    let number = strong.filter(|text| text.starts_with("2026-") || text.starts_with("P-")).last().expect("a number").to_owned();
    let code = page.body.split("<code>").nth(1).and_then(|rest| rest.split('<').next()).expect("a code").to_owned();
    (number, code)
}

/// The stage as the form numbers it.
fn stage(page: &Page, name: &str) -> String {
    let before = page.body.split(&format!(">{name}<")).next().unwrap_or_default();
    before.rsplit("value=\"").next().and_then(|rest| rest.split('"').next()).expect("the stage is offered").to_owned()
}

fn found(kit: &Kit, akun: &str, number: &str) -> Option<String> {
    let page = Person::officer(kit, akun).get(&format!("/desk/pengaduan?q={number}"));
    let mut links = page.body.split("href=\"").filter_map(|rest| rest.split('"').next());
    links.find(|to| to.strip_prefix("/desk/pengaduan/").is_some_and(|id| id.len() == 36)).map(ToOwned::to_owned)
}

#[test]
fn an_applicant_complains_about_a_stage_from_the_status_page_and_reads_the_answer_there() {
    let kit = kit();
    let (resi, _) = examined(&kit);
    let form = form_of(&status(&kit, &resi));
    let page = Person::stranger(&kit).get(&form);
    assert!(page.says("permohonan SKP-20261122-0001") && page.says("Tahap yang diadukan"), "{}", page.body);
    for officer in ["Nurul Aisyah", "Yosef Umbu"] {
        assert!(!page.says(officer), "desks are named, officers are not");
    }
    let at = stage(&page, "Loket (front office)");
    let (number, code) = complain(&kit, &form, &[("tahap", &at)]);
    let one = found(&kit, "kepala-izin", &number).expect("the head of the PTSP has it");
    let mut head = Person::officer(&kit, "kepala-izin");
    let shown = head.get(&one);
    assert!(shown.says("permohonan SKP-20261122-0001") && shown.says("Loket (front office)"), "{}", shown.body);
    assert!(Person::officer(&kit, "kepala-izin").get("/kotak-masuk").body.contains(&number));
    let versi = shown.hidden("versi").unwrap_or_default().to_owned();
    let answer =
        [("versi", versi.as_str()), ("tindakan", "jawab"), ("jawaban", "Berkas Anda sedang diperiksa dan selesai besok.")];
    assert_eq!(head.fill(&one, &one, &answer).status, 303);
    let own = status(&kit, &resi);
    assert!(own.says(&format!("Pengaduan {number}")) && own.says("selesai besok"), "{}", own.body);
    let by_code = Person::stranger(&kit).fill("/pengaduan", "/pengaduan/lacak", &[("nomor", &number), ("kode", &code)]);
    assert!(by_code.says("selesai besok"), "{}", by_code.body);
    // Another applicant's page does not show it.
    let mut other = Person::stranger(&kit);
    let else_resi = skp(&mut other);
    send(&mut other, &else_resi);
    assert!(!status(&kit, &else_resi).says("selesai besok"));
}

#[test]
fn a_complaint_about_whoever_has_the_application_never_reaches_them_nor_the_status_page() {
    let kit = kit();
    let (resi, examiner) = examined(&kit);
    let form = form_of(&status(&kit, &resi));
    let page = Person::stranger(&kit).get(&form);
    let at = stage(&page, "Pemeriksa (back office)");
    let (number, _) = complain(&kit, &form, &[("tahap", &at), ("petugas_ini", "ya")]);
    assert!(number.starts_with("P-"));
    assert!(
        !status(&kit, &resi).says(WORDS) && !status(&kit, &resi).says(&number),
        "an officer at a counter opens that page, too"
    );
    // The superior of the examiner has it: the head of section.
    let inbox = Person::officer(&kit, "kasi-izin").get("/kotak-masuk");
    assert!(inbox.body.contains(&number), "{}", inbox.body);
    let one = found(&kit, "auditor", &number).expect("the inspectorate sees it");
    let shown = Person::officer(&kit, "kasi-izin").get(&one);
    assert!(shown.status == 200 && shown.says(WORDS) && !shown.says("Siti Rahma"), "{}", shown.body);
    for akun in [examiner, "kepala-izin", "superadmin", "loket"] {
        let mut officer = Person::officer(&kit, akun);
        assert_eq!(officer.get(&one).status, 404, "{akun}");
        for path in ["/kotak-masuk", "/kabar", "/", "/perizinan/izin", "/desk/pengaduan", &format!("/cari?q={number}")] {
            let page = officer.get(path);
            assert!(!page.says(WORDS) && !page.body.contains(&one), "{akun} {path}");
        }
    }
}

#[test]
fn what_a_page_sealed_about_an_application_cannot_be_forged_or_read() {
    let kit = kit();
    let (resi, _) = examined(&kit);
    let form = form_of(&status(&kit, &resi));
    let sealed = form.split("tentang=").nth(1).expect("sealed").to_owned();
    let bytes: Vec<u8> =
        (0..sealed.len() / 2).filter_map(|at| u8::from_str_radix(&sealed[2 * at..2 * at + 2], 16).ok()).collect();
    assert!(!String::from_utf8_lossy(&bytes).contains("perizinan_permohonan"), "nobody reads who handled it");
    let changed = format!("{}{}", &sealed[..sealed.len() - 2], if sealed.ends_with("00") { "01" } else { "00" });
    let page = Person::stranger(&kit).get(&format!("/pengaduan?tentang={changed}"));
    assert!(!page.says("permohonan SKP") && page.says("Saya tidak tahu"), "{}", page.body);
}
