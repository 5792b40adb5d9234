//! Whose turn it is when somebody is away; what a calendar that changed does to every deadline; and what is done on another day.

use praja_perizinan::MODULE;
use praja_store::params;
use praja_testkit::Kit;

use crate::{
    PDF, Person,
    alur::{NIK, act, begin, initialled, issue, jpeg, kit, of_two, part, send, signs, skp, upload},
    jenis::{of, saved},
    survei::words,
};

const DAY: i64 = 24 * 60 * 60 * 1000;
const PHRASE: &str = "kuda laut makan pepaya";
const SIGN: &str = "/perizinan/izin/tanda-tangan";
const WATCH: &str = "perizinan.watch-permohonan";

fn word(kit: &Kit, sql: &'static str) -> String {
    let found = kit.off(|instance| instance.db.read(|tx| tx.one(sql, params![], |row| row.get::<Option<String>>(0))));
    found.expect("it is there").unwrap_or_default()
}

/// A sent research letter, checked by the front office.
fn complete(kit: &Kit) -> (String, String) {
    let mut citizen = Person::stranger(kit);
    let resi = skp(&mut citizen);
    send(&mut citizen, &resi);
    let (mut loket, path) = of_two(kit, ["loket", "loket2"]);
    act(&mut loket, &path, "lengkap", &[]);
    (resi, path)
}

#[test]
fn what_waits_for_somebody_who_is_away_is_handed_to_another_by_the_head_of_division_with_a_reason() {
    let kit = kit();
    let (_, path) = complete(&kit);
    let before = word(&kit, "SELECT petugas_nama FROM perizinan_permohonan");
    let mut kabid = Person::officer(&kit, "kabid-izin");
    assert!(kabid.get(&path).says("Alihkan dari petugas yang berhalangan"));
    let to = format!("{path}/alihkan");
    let short = kabid.fill(&path, &to, &[("alasan_alih", "x")]);
    assert!(short.status == 422 && short.says("misalnya cuti atau dinas luar"), "{}", short.body);
    assert!(short.body.contains("<details open><summary>Alihkan"), "what is wrong is in sight: {}", short.body);
    let done = kabid.done(&path, &to, &[("alasan_alih", "Cuti sakit tiga hari")]);
    assert!(done.says("dialihkan"), "{}", done.body);
    let after = word(&kit, "SELECT petugas_nama FROM perizinan_permohonan");
    assert!(before != after && !after.is_empty(), "{before} → {after}");
    let why = "SELECT alasan FROM store_audit WHERE tindakan = 'perizinan.pass-on-permohonan'";
    assert_eq!(word(&kit, why), "Cuti sakit tiga hari");
    // Whoever works at a desk does not give work away.
    let mut pemeriksa = Person::officer(&kit, "pemeriksa");
    assert_eq!(pemeriksa.fill(&path, &to, &[("alasan_alih", "Tidak sempat hari ini")]).status, 403);
}

#[test]
fn what_waits_for_somebody_whose_post_changed_hands_goes_to_whoever_stands_there_now() {
    let kit = kit();
    let (_, path) = complete(&kit);
    let before = word(&kit, "SELECT petugas_nama FROM perizinan_permohonan");
    kit.run_job(WATCH);
    assert_eq!(word(&kit, "SELECT petugas_nama FROM perizinan_permohonan"), before, "nothing is moved while they are there");
    let end = "UPDATE identity_penugasan SET sampai = '2026-11-21' WHERE orang = (SELECT petugas FROM perizinan_permohonan)";
    kit.off(|instance| {
        let by = instance.by_system("uji");
        instance.db.write(&by, praja_store::Keys::unaudited(), move |tx| tx.exec(end, params![]).map(|_| ()))
    })
    .expect("the post is left");
    kit.run_job(WATCH);
    let after = word(&kit, "SELECT petugas_nama FROM perizinan_permohonan");
    assert!(before != after && !after.is_empty(), "{before} → {after}");
    let works = |akun: &str| Person::officer(&kit, akun).get(&path).says("Mulai memeriksa");
    assert!(works("pemeriksa") || works("pemeriksa2"), "whoever stands there now goes on with it");
}

#[test]
fn a_closure_gives_the_applicant_and_the_front_office_their_days_back() {
    let kit = kit();
    let mut citizen = Person::stranger(&kit);
    let resi = skp(&mut citizen);
    send(&mut citizen, &resi);
    let limit = "SELECT CAST(batas_langkah AS TEXT) FROM perizinan_permohonan";
    let checked_by = word(&kit, limit);
    let close = |day: &str| {
        let mut admin = Person::officer(&kit, "superadmin");
        let page = format!("/desk/kalender?tahun={}", &day[..4]);
        let add = format!("/desk/kalender/{}/tambah", &day[..4]);
        let fields =
            [("tanggal", day), ("nama", "Libur daerah"), ("jenis", "penutupan_daerah"), ("dasar", "Keputusan Bupati 12/2026")];
        let done = admin.fill(&page, &add, &fields);
        assert_eq!(done.status, 303, "{}", done.body);
        let (_, failed) = kit.work();
        assert!(failed.is_empty(), "{failed:?}");
    };
    close(&checked_by);
    let moved = word(&kit, limit);
    assert!(moved > checked_by, "{checked_by} → {moved}");
    // The same for whoever mends.
    let (mut loket, path) = of_two(&kit, ["loket", "loket2"]);
    let form = format!("{path}/kembalikan");
    let back = loket.fill(&form, &form, &[("alasan1", "buram"), ("pesan1", "Halaman 3 tidak terbaca")]);
    assert_eq!(back.status, 303, "{}", back.body);
    let mended_by = word(&kit, limit);
    close(&mended_by);
    assert!(word(&kit, limit) > mended_by, "{mended_by} → {}", word(&kit, limit));
}

#[test]
fn a_signature_that_failed_is_given_another_day_under_that_day_and_a_number_of_its_own() {
    let kit = kit();
    signs(&kit);
    let mut citizen = Person::stranger(&kit);
    let resi = skp(&mut citizen);
    send(&mut citizen, &resi);
    let path = initialled(&kit);
    let id = path.rsplit('/').next().expect("an id").to_owned();
    let mut head = Person::officer(&kit, "kepala-izin");
    assert_eq!(head.fill(SIGN, SIGN, &[("pilih", &id), ("rahasia", "bukan ini")]).status, 422);
    let (day, number) = ("SELECT CAST(tanggal AS TEXT) FROM perizinan_izin", "SELECT nomor FROM perizinan_izin");
    let (first_day, first) = (word(&kit, day), word(&kit, number));
    kit.clock.move_ms(2 * DAY);
    let mut head = Person::officer(&kit, "kepala-izin");
    let signed = head.fill(SIGN, SIGN, &[("pilih", &id), ("rahasia", PHRASE)]);
    assert_eq!(signed.status, 303, "{}", signed.body);
    let (second_day, second) = (word(&kit, day), word(&kit, number));
    assert!(second_day > first_day && second != first, "{first_day} {first} → {second_day} {second}");
    let given_up =
        "SELECT alasan FROM store_audit WHERE tindakan = 'desk.cancel-nomor' AND alasan LIKE 'Tidak jadi ditandatangani pada%'";
    assert!(!word(&kit, given_up).is_empty());
}

#[test]
fn two_documents_that_wait_are_both_ticked_to_be_signed() {
    let kit = kit();
    signs(&kit);
    for _ in 0..2 {
        let mut citizen = Person::stranger(&kit);
        let resi = skp(&mut citizen);
        send(&mut citizen, &resi);
        initialled(&kit);
    }
    let page = Person::officer(&kit, "kepala-izin").get(SIGN).body;
    assert_eq!(page.matches("name=\"pilih\"").count(), 2, "{page}");
    assert_eq!(page.matches(" checked").count(), 2, "{page}");
}

#[test]
fn each_paper_of_an_application_has_a_field_of_its_own_on_the_page() {
    let kit = kit();
    let mut citizen = Person::stranger(&kit);
    let resi = skp(&mut citizen);
    let page = citizen.get(&format!("/perizinan/permohonan/{resi}/berkas")).body;
    let mut ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|part| part.split('"').next()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "an identity stands twice: {page}");
    assert!(page.contains("for=\"f-proposal-berkas\""), "{page}");
}

#[test]
fn a_returned_answer_must_be_changed_and_stays_the_same_person_s() {
    let kit = kit();
    let mut citizen = Person::stranger(&kit);
    let resi = skp(&mut citizen);
    send(&mut citizen, &resi);
    let (mut loket, path) = of_two(&kit, ["loket", "loket2"]);
    let form = format!("{path}/kembalikan");
    let asked = loket.get(&form).body;
    let at = asked.split("<legend>").skip(1).position(|part| part.starts_with("Tujuan")).expect("the purpose is asked for");
    let (alasan, pesan) = (format!("alasan{at}"), format!("pesan{at}"));
    let back = loket.fill(&form, &form, &[(&alasan, "tidak-jelas"), (&pesan, "Sebut untuk apa hasilnya dipakai")]);
    assert_eq!(back.status, 303, "{}", back.body);
    kit.clock.move_ms(60_000);
    let review = format!("/perizinan/permohonan/{resi}/kirim");
    assert!(citizen.get(&review).says("belum diubah seperti diminta petugas"), "{}", citizen.get(&review).body);
    let fields = |tujuan: &'static str| {
        [
            ("judul_penelitian", "Pola tanam lada putih"),
            ("tujuan", tujuan),
            ("bidang", "Pertanian"),
            ("lokasi", "Desa Lalang Jaya"),
            ("mulai", "2026-12-01"),
            ("selesai", "2027-03-31"),
        ]
    };
    let mut wrong = fields("Bahan skripsi dan saran bagi dinas pertanian");
    wrong[5].1 = "2026-11-30";
    let early = part(&mut citizen, &resi, 2, &wrong);
    assert!(early.status == 422 && early.says("Tidak boleh sebelum"), "{}", early.body);
    assert_eq!(part(&mut citizen, &resi, 2, &fields("Bahan skripsi dan saran bagi dinas pertanian")).status, 303);
    assert!(citizen.get(&review).says("Permohonan sudah lengkap"), "{}", citizen.get(&review).body);
    // The place in line is not handed to somebody else.
    let who = format!("/perizinan/permohonan/{resi}/pemohon");
    let mut person = vec![
        ("permintaan", "baru"),
        ("nama", "Siti Rahma"),
        ("nik", "5315014706980001"),
        ("alamat", "Dusun Melati RT 03"),
        ("telepon", "081234567890"),
    ];
    let other = citizen.fill(&who, &who, &person);
    assert!(other.status == 422 && other.says("Tidak dapat diganti setelah permohonan dikirim"), "{}", other.body);
    person[2].1 = NIK;
    assert_eq!(citizen.fill(&who, &who, &person).status, 303);
}

#[test]
fn papers_are_offered_again_within_the_account_that_gave_them_and_to_nobody_else() {
    let kit = Kit::new(&[&MODULE]);
    kit.load_demo("identity");
    kit.load_demo_at("perizinan", 0);
    let mut owner = Person::officer(&kit, "warga");
    let resi = skp(&mut owner);
    send(&mut owner, &resi);
    let again = begin(&mut owner, "SKP", &[]);
    let first =
        [("golongan", "Perguruan tinggi atau sekolah"), ("lembaga", "Universitas Contoh"), ("pekerjaan", "Mahasiswa S-1")];
    part(&mut owner, &again, 1, &first);
    assert!(owner.get(&format!("/perizinan/permohonan/{again}/berkas")).says("Pakai berkas itu"));
    // Another account that knows the NIK.
    let mut other = Person::officer(&kit, "badan");
    let theirs = begin(&mut other, "SKP", &[]);
    part(&mut other, &theirs, 1, &first);
    let list = format!("/perizinan/permohonan/{theirs}/berkas");
    assert!(!other.get(&list).says("Pakai berkas itu"), "{}", other.get(&list).body);
    assert_eq!(other.fill(&list, &format!("{list}/ktp/pakai"), &[]).status, 404);
}

#[test]
fn giving_a_licence_back_ends_it_and_makes_no_new_one() {
    let kit = kit();
    signs(&kit);
    let mut keeper = Person::officer(&kit, "pengelola-izin");
    let first = of(&mut keeper, "SKP");
    let next = keeper.fill(&first, &format!("{first}/versi"), &[]).location.expect("a draft");
    let kinds = ["baru", "perpanjangan", "perubahan", "salinan", "pencabutan"].map(|kind| ("permohonan", kind));
    let term = [("masa.isian", "selesai"), ("masa.perpanjangan_hari", "30")];
    saved(&mut keeper, &format!("{next}/bagian/masa"), &[kinds.as_slice(), &term].concat());
    saved(&mut keeper, &format!("{next}/terbitkan"), &[]);
    let mut citizen = Person::stranger(&kit);
    let resi = skp(&mut citizen);
    send(&mut citizen, &resi);
    issue(&kit);
    let nomor = word(&kit, "SELECT nomor FROM perizinan_izin");
    let back = begin(&mut citizen, "SKP", &[("permintaan", "pencabutan"), ("nomor_lama", &nomor)]);
    fill(&mut citizen, &back);
    send(&mut citizen, &back);
    issue(&kit);
    let valid = kit.off(|instance| {
        instance.db.read(|tx| tx.list("SELECT status FROM perizinan_izin ORDER BY id", params![], |row| row.get::<String>(0)))
    });
    assert_eq!(valid.expect("they are read"), ["dicabut", "dicabut"], "nothing is in force any more");
    let why = word(&kit, "SELECT alasan FROM perizinan_izin_peristiwa WHERE jenis = 'dicabut'");
    assert!(why.starts_with("Dicabut atas permohonan pemegangnya"), "{why}");
    let id = word(&kit, "SELECT lampiran FROM perizinan_izin WHERE lama IS NOT NULL");
    assert!(!id.is_empty(), "what gives it back is a signed document");
    let mine = citizen.get(&format!("/perizinan/permohonan/{back}/dokumen"));
    assert!(mine.status == 200 && words(&mine.bytes).contains(&nomor), "it names what it ends: {}", mine.status);
}

/// Answers and papers of whatever of the research letter is asked.
fn fill(citizen: &mut Person<'_>, resi: &str) {
    let first =
        [("golongan", "Perguruan tinggi atau sekolah"), ("lembaga", "Universitas Contoh"), ("pekerjaan", "Mahasiswa S-1")];
    assert_eq!(part(citizen, resi, 1, &first).status, 303);
    let second = [
        ("judul_penelitian", "Pola tanam lada putih"),
        ("tujuan", "Mengetahui pola tanam petani lada"),
        ("bidang", "Pertanian"),
        ("lokasi", "Desa Lalang Jaya"),
        ("mulai", "2026-12-01"),
        ("selesai", "2027-03-31"),
    ];
    assert_eq!(part(citizen, resi, 2, &second).status, 303);
    let below = format!("/perizinan/permohonan/{resi}/berkas/");
    let list = citizen.get(below.trim_end_matches('/')).body;
    let mut asked: Vec<String> = list
        .split("action=\"")
        .filter_map(|part| part.split('"').next()?.strip_prefix(&below).map(str::to_owned))
        .filter(|syarat| !syarat.contains('/'))
        .collect();
    asked.dedup();
    for syarat in &asked {
        if upload(citizen, resi, syarat, "surat.pdf", PDF).status != 303 {
            assert_eq!(upload(citizen, resi, syarat, "foto.jpg", &jpeg()).status, 303, "{syarat}");
        }
    }
}
