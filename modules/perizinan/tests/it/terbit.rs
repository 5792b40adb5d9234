//! The life of what was issued: the lists, warnings up to the end, reminders, the public register.

use praja_testkit::{Kit, Page};

use crate::{
    PDF, Person,
    alur::{NIK, issue, kit, send, signs, skp},
};

const LIST: &str = "/perizinan/izin/terbit";
const REASON: &str = "Penelitian dilakukan di luar desa yang disebut dalam izin";

/// A signed research letter; gives the resi and the way to the licence at the desks.
fn issued(kit: &Kit) -> (String, String) {
    signs(kit);
    let mut citizen = Person::stranger(kit);
    let resi = skp(&mut citizen);
    send(&mut citizen, &resi);
    issue(kit);
    let list = Person::officer(kit, "kepala-izin").get(LIST);
    let to = list.body.split("href=\"").filter_map(|part| part.split('"').next());
    let mut found = to.filter(|to| to.strip_prefix("/perizinan/izin/terbit/").is_some_and(|id| id.len() == 36));
    (resi, found.next().unwrap_or_else(|| panic!("nothing is listed: {}", list.body)).to_owned())
}

fn take(head: &mut Person<'_>, path: &str, word: &str, reason: &str, with: bool) -> Page {
    let versi = head.get(path).hidden("versi").unwrap_or_default().to_owned();
    let fields = [
        (format!("alasan_{word}"), reason),
        (format!("dasar_{word}"), "Peraturan Bupati 12/2026 pasal 9"),
        ("versi".to_owned(), versi.as_str()),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    let field = format!("risalah_{word}");
    let files: &[(&str, &str, &[u8])] = if with { &[(&field, "risalah.pdf", PDF)] } else { &[] };
    head.upload(path, &format!("{path}/{word}"), &fields, files)
}

fn token(page: &Page) -> String {
    page.body.split("href=\"/v/").nth(1).and_then(|rest| rest.split('"').next()).expect("it can be verified").to_owned()
}

#[test]
fn a_licence_is_warned_three_times_held_up_let_go_and_at_last_taken_back_and_everybody_can_read_it() {
    let kit = kit();
    let (resi, path) = issued(&kit);
    let mut head = Person::officer(&kit, "kepala-izin");
    let page = head.get(&path);
    assert!(page.says("Beri peringatan ke-1") && !page.body.contains(NIK), "{}", page.body);
    let v = format!("/v/{}", token(&page));
    let short = take(&mut head, &path, "peringatan", "Pendek", false);
    assert!(short.status == 422 && short.says("20 sampai 1.000 huruf") && short.says("risalah"), "{}", short.body);
    assert!(short.says("Pendek"), "what was typed is kept");
    let early = take(&mut head, &path, "bekukan", REASON, true);
    assert!(early.status == 422, "three warnings come first: {}", early.status);
    for at in 1..=3 {
        kit.clock.move_ms(60_000);
        let done = take(&mut head, &path, "peringatan", REASON, true);
        assert_eq!(done.status, 303, "{at}: {}", done.body);
    }
    assert!(head.get(&path).says("Bekukan") && !head.get(&path).says("Beri peringatan"));
    assert!(Person::stranger(&kit).get(&v).says("SAH"), "a warning is no end");
    assert_eq!(take(&mut head, &path, "bekukan", REASON, true).status, 303);
    let shown = Person::stranger(&kit).get(&v);
    assert!(shown.says("DIBEKUKAN") && shown.says(REASON), "{}", shown.body);
    let mut citizen = Person::stranger(&kit);
    let own = citizen.done("/perizinan/lacak", "/perizinan/lacak", &[("resi", &resi), ("nik4", "0001")]);
    assert!(own.says("Izin ini dibekukan") && own.says(REASON) && own.says("Izin ini mendapat peringatan"), "{}", own.body);
    assert_eq!(take(&mut head, &path, "cairkan", "Pemegang menghentikan pelanggaran itu", false).status, 303);
    assert!(Person::stranger(&kit).get(&v).says("SAH"));
    for word in ["peringatan", "peringatan", "peringatan", "bekukan", "cabut"] {
        kit.clock.move_ms(60_000);
        let done = take(&mut head, &path, word, REASON, true);
        assert_eq!(done.status, 303, "{word}: {}", done.body);
    }
    assert!(Person::stranger(&kit).get(&v).says("DICABUT"));
    let end = head.get(&path);
    assert!(end.says("Dicabut") && !end.says("Beri peringatan") && end.says("Risalah risalah.pdf"), "{}", end.body);
    let minutes = end
        .body
        .split("href=\"")
        .filter_map(|part| part.split('"').next())
        .find(|to| to.contains("/risalah/"))
        .unwrap()
        .to_owned();
    assert!(head.get(&minutes).bytes.starts_with(b"%PDF"));
    // Whoever only reads cannot act, and another OPD that was not asked sees nothing.
    let mut loket = Person::officer(&kit, "loket");
    assert!(loket.get(&path).status == 200 && !loket.get(&path).body.contains("alasan_"));
    assert_eq!(Person::officer(&kit, "opd-teknis").get(&path).status, 404);
    let refused = loket.fill(&path, &format!("{path}/peringatan"), &[("alasan_peringatan", REASON)]);
    assert_eq!(refused.status, 403, "{}", refused.body);
}

#[test]
fn what_was_issued_is_found_by_number_name_service_and_state_and_taken_along() {
    let kit = kit();
    let (_, path) = issued(&kit);
    let mut loket = Person::officer(&kit, "loket");
    let nomor = loket.get(&path).body.split("<h1").nth(1).and_then(|rest| rest.split('<').next()).unwrap_or_default().to_owned();
    let nomor = nomor.rsplit(' ').next().unwrap_or_default().to_owned();
    for query in ["", "?q=rahma", "?keadaan=berlaku", "?tahun=2026", "?urut=akhir"] {
        assert!(loket.get(&format!("{LIST}{query}")).says("Siti Rahma"), "{query}");
    }
    assert!(loket.get(&format!("{LIST}?q={}", nomor.replace('/', "%2F"))).says("Siti Rahma"), "{nomor}");
    for query in ["?q=budi", "?keadaan=habis", "?keadaan=akan-habis", "?tahun=2019", "?q=%25"] {
        let page = loket.get(&format!("{LIST}{query}"));
        assert!(page.says("Tidak ada izin yang cocok") || query == "?q=%25", "{query}: {}", page.body);
    }
    assert_eq!(loket.get(&format!("{LIST}?keadaan=apa")).status, 404);
    assert_eq!(loket.get(&format!("{LIST}?sesudah=apa")).status, 404);
    for format in ["csv", "xlsx", "pdf"] {
        let file = loket.get(&format!("{LIST}/unduh?format={format}"));
        assert_eq!(file.status, 200, "{format}: {}", file.body);
    }
    assert!(Person::officer(&kit, "opd-teknis").get(LIST).says("Tidak ada izin yang cocok"));
    // Five months later it has ended, by its date alone.
    kit.clock.move_ms(150 * 24 * 60 * 60 * 1000);
    assert!(Person::officer(&kit, "loket").get(&format!("{LIST}?keadaan=habis")).says("Habis masa berlaku"));
}

#[test]
fn anybody_finds_a_licence_in_the_public_register_and_no_number_of_a_person_in_it() {
    let kit = kit();
    let (_, path) = issued(&kit);
    let mut anybody = Person::stranger(&kit);
    let page = anybody.get("/perizinan/daftar-izin?q=siti");
    assert!(page.status == 200 && page.says("Siti Rahma") && page.says("Berlaku"), "{}", page.body);
    let file = anybody.get("/perizinan/daftar-izin/unduh?format=csv");
    assert!(file.status == 200 && file.body.contains("Siti Rahma"), "{}", file.body);
    for text in [&page.body, &file.body] {
        for secret in [NIK, "0001", "081234567890", "Dusun Melati"] {
            assert!(!text.contains(secret) || secret == "0001", "{secret}");
        }
    }
    assert!(anybody.get("/perizinan/daftar-izin?q=tiada").says("Tidak ada izin yang cocok"));
    assert!(page.body.contains("href=\"/v/") && !page.body.contains(&path), "it leads to what anybody may see");
}

#[test]
fn a_holder_without_an_account_is_reminded_once_of_each_step_at_the_number_that_was_given() {
    let kit = kit();
    let mut admin = Person::officer(&kit, "superadmin");
    let form = "/desk/saluran/baru?jenis=gerbang";
    let made = admin.fill(
        form,
        form,
        &[
            ("nama", "WhatsApp"),
            ("jenis", "gerbang"),
            ("alamat", "https://gerbang.contoh.go.id/kirim"),
            ("bentuk", "json"),
            ("tujuan", "telepon"),
            ("tanda", "kunci-tanda-tangan-uji"),
            ("isi", "{\"ke\": \"{{tujuan}}\", \"pesan\": \"{{teks}}\"}"),
        ],
    );
    assert_eq!(made.status, 303, "{}", made.body);
    issued(&kit);
    let told = |kit: &Kit| Person::officer(kit, "superadmin").get("/desk/kiriman").body;
    let first = told(&kit);
    assert!(
        first.contains("SKP-20261122-0001 diterima") && first.contains("sudah terbit") && first.contains("Ditahan"),
        "{first}"
    );
    assert!(!first.contains("berakhir"));
    // Renewal of this type opens so many days before the end that the first step is reached in January.
    for _ in 0..130 {
        kit.clock.move_ms(24 * 60 * 60 * 1000);
        kit.run_job("perizinan.remind-izin");
    }
    kit.run_job("perizinan.remind-izin");
    let all = told(&kit);
    let count = all.matches("berakhir 31 Maret 2027").count() + all.matches("berakhir hari ini").count();
    assert!((3..=5).contains(&count), "{count}: {all}");
    assert_eq!(all.matches("berakhir hari ini").count(), 1, "{all}");
}
