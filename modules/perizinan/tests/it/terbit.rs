//! The life of what was issued: the lists, warnings up to the end, reminders, the public register.

use praja_testkit::{Kit, Page};

use crate::{
    PDF, Person,
    alur::{NIK, issue, jpeg, kit, part, send, signs, skp, skp_with, upload},
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
    let nomor = number(&loket.get(&path));
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

/// The regency sends messages to telephones.
pub(crate) fn gateway(kit: &Kit) {
    let mut admin = Person::officer(kit, "superadmin");
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
}

/// Every message that left, or would have left were this no training.
pub(crate) fn sent_outside(kit: &Kit) -> String {
    Person::officer(kit, "superadmin").get("/desk/kiriman").body
}

#[test]
fn a_holder_without_an_account_is_reminded_once_of_each_step_at_the_number_that_was_given() {
    let kit = kit();
    gateway(&kit);
    issued(&kit);
    let first = sent_outside(&kit);
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
    let all = sent_outside(&kit);
    let count = all.matches("berakhir 31 Maret 2027").count() + all.matches("berakhir hari ini").count();
    assert!((3..=5).contains(&count), "{count}: {all}");
    assert_eq!(all.matches("berakhir hari ini").count(), 1, "{all}");
}

#[test]
fn an_applicant_whose_proxy_files_with_an_account_is_told_at_the_own_number_as_well() {
    let kit = kit();
    gateway(&kit);
    // Who files for themselves with an account reads it there alone.
    let mut own = Person::officer(&kit, "warga");
    let resi = skp(&mut own);
    send(&mut own, &resi);
    assert!(!sent_outside(&kit).contains("SKP-20261122-0001"), "{}", sent_outside(&kit));
    let resi = skp_with(&mut own, &[("kuasa_nama", "Yuliana Contoh"), ("kuasa_nik", "5399994101900001")]);
    assert_eq!(upload(&mut own, &resi, "surat_kuasa", "kuasa.pdf", PDF).status, 303);
    send(&mut own, &resi);
    assert!(own.get("/kabar").says("SKP-20261122-0002 diterima"), "{}", own.get("/kabar").body);
    let all = sent_outside(&kit);
    assert!(all.contains("Permohonan SKP-20261122-0002 diterima") && all.contains("Siti Rahma"), "{all}");
}

/// The number of the licence on this page, as its heading says it.
fn number(page: &Page) -> String {
    let heading = page.body.split("<h1").nth(1).and_then(|rest| rest.split('<').next()).unwrap_or_default();
    heading.rsplit(' ').next().unwrap_or_default().to_owned()
}

#[test]
fn a_copy_is_asked_for_with_the_old_number_by_its_holder_alone_and_takes_the_place_of_the_old_one() {
    let kit = kit();
    let (resi, path) = issued(&kit);
    let mut head = Person::officer(&kit, "kepala-izin");
    let old = head.get(&path);
    let nomor = number(&old);
    let mut citizen = Person::stranger(&kit);
    let own = citizen.done("/perizinan/lacak", "/perizinan/lacak", &[("resi", &resi), ("nik4", "0001")]);
    assert!(own.says("Yang dapat diajukan untuk izin ini") && own.body.contains("untuk=salinan"), "{}", own.body);
    assert!(!own.body.contains("untuk=perpanjangan"), "renewal is not open yet");
    let form = format!("/perizinan/ajukan/SKP?untuk=salinan&izin={}", nomor.replace('/', "%2F"));
    assert!(citizen.get(&form).body.contains(&nomor), "the number is there already");
    let path_of = "/perizinan/ajukan/SKP";
    let ask = |citizen: &mut Person<'_>, permintaan: &str, nik: &str, nomor: &str| {
        let fields = [
            ("permintaan", permintaan),
            ("nama", "Siti Rahma"),
            ("nik", nik),
            ("alamat", "Dusun Melati RT 02 RW 01, Desa Lalang Jaya"),
            ("telepon", "081234567890"),
            ("nomor_lama", nomor),
            ("benar", "1"),
        ];
        citizen.fill(path_of, path_of, &fields)
    };
    for (permintaan, nik, typed, told) in [
        ("salinan", NIK, "", "Tulis nomor izin lama"),
        ("salinan", NIK, "500/0/TIDAK/ADA", "Tidak ada izin layanan ini"),
        ("salinan", "5315015209850002", nomor.as_str(), "Tidak ada izin layanan ini"),
        ("perpanjangan", NIK, nomor.as_str(), "perpanjangan dibuka 30 hari"),
    ] {
        let refused = ask(&mut citizen, permintaan, nik, typed);
        assert!(refused.status == 422 && refused.says(told) && refused.says("Dusun Melati"), "{told}: {}", refused.body);
    }
    let begun = ask(&mut citizen, "salinan", NIK, &nomor);
    assert_eq!(begun.status, 303, "{}", begun.body);
    let to = begun.location.expect("it leads to the first part");
    let resi: String = to.trim_start_matches("/perizinan/permohonan/").chars().take(10).collect();
    // A number and a NIK prove nobody: nothing of what was answered for the old one is shown.
    assert!(!citizen.get(&to).says("Universitas Contoh"));
    let first =
        [("golongan", "Perguruan tinggi atau sekolah"), ("lembaga", "Universitas Contoh"), ("pekerjaan", "Mahasiswa S-1")];
    assert_eq!(part(&mut citizen, &resi, 1, &first).status, 303);
    let second = [
        ("judul_penelitian", "Pola tanam lada putih"),
        ("tujuan", "Mengetahui pola tanam petani lada"),
        ("bidang", "Pertanian"),
        ("lokasi", "Desa Lalang Jaya"),
        ("mulai", "2026-12-01"),
        ("selesai", "2027-03-31"),
    ];
    assert_eq!(part(&mut citizen, &resi, 2, &second).status, 303);
    let list = citizen.get(&format!("/perizinan/permohonan/{resi}/berkas")).body;
    let below = format!("/perizinan/permohonan/{resi}/berkas/");
    let mut asked: Vec<String> = list
        .split("action=\"")
        .filter_map(|part| part.split('"').next()?.strip_prefix(&below).map(str::to_owned))
        .filter(|syarat| !syarat.contains('/'))
        .collect();
    asked.dedup();
    assert!(!asked.is_empty(), "{list}");
    for syarat in &asked {
        let put = upload(&mut citizen, &resi, syarat, "surat.pdf", PDF);
        if put.status != 303 {
            assert_eq!(upload(&mut citizen, &resi, syarat, "foto.jpg", &jpeg()).status, 303, "{syarat}");
        }
    }
    send(&mut citizen, &resi);
    issue(&kit);
    let ends = kit.off(|instance| {
        let sql = "SELECT COUNT(DISTINCT berlaku_sampai) FROM perizinan_izin";
        instance.db.read(|tx| tx.one(sql, praja_store::params![], |row| row.get::<i64>(0)))
    });
    assert_eq!(ends.expect("they are counted"), 1, "a copy ends with what it copies");
    let page = head.get(&path);
    assert!(page.says("Diganti") && page.says("Dilanjutkan oleh") && !page.says("Beri peringatan"), "{}", page.body);
    let shown = Person::stranger(&kit).get(&format!("/v/{}", token(&old)));
    assert!(shown.says("DICABUT") && shown.says("Penggantinya"), "{}", shown.body);
    let again = ask(&mut citizen, "salinan", NIK, &nomor);
    assert!(again.status == 422 && again.says("Pakai nomor penggantinya"), "{}", again.body);
}
