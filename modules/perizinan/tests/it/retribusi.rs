//! Money: from the bill to the matched credit, and what is refused on the way.

use praja_testkit::{Kit, Page};

use crate::{
    Person,
    alur::{act, kit, of_two, retype, send, skp},
};

const LIST: &str = "/perizinan/izin/retribusi";
const DAY_MS: i64 = 86_400_000;

/// Lets the research letter cost something, as an editor of types would publish it.
fn paid(kit: &Kit) {
    retype(kit, |isi| {
        isi["biaya"] = serde_json::json!({
            "dasar": "Perda Nomor 1 Tahun 2024",
            "komponen": [{"nama": "Pokok", "rumus": "50000"}, {"nama": "Waktu", "rumus": "naik((selesai - mulai) / 30) * 10000"}],
        });
    });
}

/// A box where a paid application waits for its bill; gives the resi and the application's page.
fn approved(kit: &Kit, citizen: &mut Person<'_>) -> (String, String) {
    let resi = skp(citizen);
    send(citizen, &resi);
    let (mut loket, path) = of_two(kit, ["loket", "loket2"]);
    act(&mut loket, &path, "lengkap", &[]);
    let (mut pemeriksa, path) = of_two(kit, ["pemeriksa", "pemeriksa2"]);
    act(&mut pemeriksa, &path, "periksa", &[]);
    act(&mut pemeriksa, &path, "setujui", &[("catatan", "Lengkap dan benar")]);
    (resi, path)
}

/// The treasurer's bill of whatever waits for one; gives its address.
fn bill(kit: &Kit) -> String {
    let (mut bendahara, path) = of_two(kit, ["bendahara-izin", "bendahara-izin2"]);
    let form = format!("{LIST}/tagihan/{}", path.rsplit('/').next().expect("an id"));
    assert!(bendahara.get(&path).says(&form), "the desk leads to the bill");
    let page = bendahara.get(&form);
    assert!(page.says("Rp90.000") && page.says("Perda Nomor 1 Tahun 2024"), "{}", page.body);
    let done = bendahara.fill(&form, &form, &[]);
    assert_eq!(done.status, 303, "{}", done.body);
    done.location.expect("it leads to the bill")
}

/// The sixteen digits of the payment code on a page.
fn code(page: &Page) -> String {
    let grouped = page.body.split("<strong>").filter_map(|part| part.split('<').next());
    let code =
        grouped.map(|text| text.replace(' ', "")).find(|text| text.len() == 16 && text.bytes().all(|b| b.is_ascii_digit()));
    code.unwrap_or_else(|| panic!("no code: {}", page.body))
}

fn profile(officer: &mut Person<'_>) -> String {
    let form = format!("{LIST}/profil/baru");
    let fields = [
        ("nama", "Bank Daerah harian"),
        ("pemisah", "titik-koma"),
        ("lewati", "0"),
        ("judul", "ya"),
        ("kolom_kode", "Keterangan"),
        ("kolom_jumlah", "Nominal"),
        ("kolom_tanggal", "Tgl"),
        ("kolom_referensi", "Ref"),
        ("bentuk_tanggal", "hbt"),
        ("bentuk_angka", "indonesia"),
    ];
    let done = officer.fill(&form, &form, &fields);
    assert_eq!(done.status, 303, "{}", done.body);
    let upload = officer.get(&format!("{LIST}/bank/baru"));
    let chosen = upload.body.split("<option value=\"").filter_map(|part| part.split('"').next()).find(|value| value.len() == 36);
    chosen.unwrap_or_else(|| panic!("no profile: {}", upload.body)).to_owned()
}

fn bring(officer: &mut Person<'_>, profil: &str, text: &str) -> Page {
    let form = format!("{LIST}/bank/baru");
    officer.upload(&form, &form, &[("profil", profil)], &[("berkas", "mutasi.csv", text.as_bytes())])
}

#[test]
fn a_bill_is_made_by_formula_paid_through_the_bank_and_the_application_goes_on() {
    let kit = kit();
    paid(&kit);
    let mut citizen = Person::stranger(&kit);
    let (resi, _) = approved(&kit, &mut citizen);
    let early = citizen.get(&format!("/perizinan/permohonan/{resi}"));
    assert!(early.says("waktu berhenti selama bendahara menyiapkan tagihan"), "{}", early.body);
    let skrd = bill(&kit);
    let mine = citizen.get(&format!("/perizinan/permohonan/{resi}"));
    assert!(mine.says("waktu berhenti selama menunggu pembayaran Anda"), "{}", mine.body);
    let receipt = citizen.get(&format!("/perizinan/permohonan/{resi}/bukti"));
    for page in [&mine, &receipt] {
        let stands = "waktu berhenti sejak 22 November 2026; tanggal selesai dihitung lagi setelah dilanjutkan";
        assert!(page.says(stands) && !page.says("paling lambat 26 November"), "{}", page.body);
    }
    assert!(mine.says("Menunggu pembayaran") && mine.says("Rp90.000") && mine.says("Cara membayar"), "{}", mine.body);
    let paper = citizen.get(&format!("/perizinan/permohonan/{resi}/skrd"));
    assert!(paper.bytes.starts_with(b"%PDF"), "{}", paper.body);
    assert_eq!(Person::stranger(&kit).get(&format!("/perizinan/permohonan/{resi}/skrd")).status, 404);

    let mut bendahara = Person::officer(&kit, "bendahara-izin");
    let page = bendahara.get(&skrd);
    assert!(page.says("Pokok") && page.says("Rp40.000") && page.says("22 Desember 2026"), "{}", page.body);
    assert!(bendahara.get(&format!("{skrd}/pdf")).bytes.starts_with(b"%PDF"));
    let kode = code(&page);
    assert_eq!(code(&mine), kode, "the applicant reads the same code");

    let profil = profile(&mut bendahara);
    let text = format!(
        "Tgl;Ref;Keterangan;Nominal\n22/11/2026;R1;BYR {kode} SITI;90.000,00\n22/11/2026;R2;{kode};90.000,00\n22/11/2026;R3;9901012699999994;90.000\n"
    );
    let looked = bring(&mut bendahara, &profil, &text);
    assert_eq!(looked.status, 303, "{}", looked.body);
    let file = looked.location.expect("it leads to what was found");
    let found = bendahara.get(&file);
    assert!(
        found.says("Cocok (1)") && found.says("Dibayar dua kali (1)") && found.says("Kode tidak dikenal (1)"),
        "{}",
        found.body
    );
    assert!(bendahara.get(&skrd).says("Menunggu pembayaran"), "looking changes nothing");
    assert!(bendahara.get(&format!("{file}?putusan=dua-kali")).says("baris 2"));
    assert!(bendahara.get(&format!("{file}/unduh?format=csv")).says("Dibayar dua kali"));

    let applied = bendahara.fill(&file, &file, &[("aksi", "terapkan")]);
    assert_eq!(applied.status, 303, "{}", applied.body);
    assert!(bendahara.get(&skrd).says("Lunas pada 22 November 2026"));
    let mine = citizen.get(&format!("/perizinan/permohonan/{resi}"));
    assert!(mine.says("Sudah dibayar") && !mine.says("Cara membayar"), "{}", mine.body);
    let (mut pemeriksa, path) = of_two(&kit, ["pemeriksa", "pemeriksa2"]);
    assert!(pemeriksa.get(&path).says("Susun dokumen"));

    // Never twice: not the file, not the bill, not the reference.
    let again = bendahara.fill(&file, &file, &[("aksi", "terapkan")]);
    assert_eq!(again.status, 422, "{}", again.body);
    let same = bring(&mut bendahara, &profil, &text);
    assert!(same.status == 422 && same.says("sudah diterapkan"), "{}", same.body);
    let other = format!("Tgl;Ref;Keterangan;Nominal\n22/11/2026;R9;{kode};90.000\n");
    let twice = bring(&mut bendahara, &profil, &other).location.expect("looked at");
    let page = bendahara.get(&twice);
    assert!(page.says("sudah lunas pada 22 November 2026") && !page.says("Terapkan yang cocok"), "{}", page.body);
    assert_eq!(bendahara.fill(&twice, &twice, &[("aksi", "terapkan")]).status, 422);
    assert_eq!(bendahara.fill(&twice, &twice, &[("aksi", "buang")]).status, 303);
    for page in [LIST.to_owned(), format!("{LIST}/setoran"), format!("{LIST}/bank"), format!("{LIST}/profil")] {
        assert_eq!(bendahara.get(&page).status, 200, "{page}");
        let csv = bendahara.get(&format!("{page}/unduh?format=csv"));
        assert_eq!(csv.status, 200, "{page}");
    }
    assert!(bendahara.get(&format!("{LIST}/unduh?format=csv")).says(&kode));
    assert!(bendahara.get(&format!("{LIST}?q={kode}")).says("Siti Rahma"));
    assert!(bendahara.get(&format!("{LIST}?q=rahma&keadaan=lunas&urut=-tempo")).says("Siti Rahma"));
    assert!(bendahara.get(&format!("{LIST}?keadaan=terlambat")).says("Tidak ada SKRD yang cocok"));
}

#[test]
fn an_sts_counts_only_after_another_treasurer_confirms_it() {
    let kit = kit();
    paid(&kit);
    let mut citizen = Person::stranger(&kit);
    let (resi, _) = approved(&kit, &mut citizen);
    let skrd = bill(&kit);
    let mut first = Person::officer(&kit, "bendahara-izin");
    let form = format!("{skrd}/setor");
    for (fields, told) in [
        ([("sts", ""), ("tanggal", "2026-11-22"), ("jumlah", "90.000")], "Nomor STS belum diisi"),
        ([("sts", "STS-1"), ("tanggal", "2026-11-30"), ("jumlah", "90.000")], "belum tiba"),
        ([("sts", "STS-1"), ("tanggal", "2026-11-01"), ("jumlah", "90.000")], "lebih awal daripada SKRD"),
        ([("sts", "STS-1"), ("tanggal", "2026-11-22"), ("jumlah", "80.000")], "adalah Rp90.000, bukan Rp80.000"),
        ([("sts", "STS-1"), ("tanggal", "2026-11-22"), ("jumlah", "sembilan")], "bukan jumlah uang"),
    ] {
        let refused = first.fill(&form, &form, &fields);
        assert!(refused.status == 422 && refused.says(told), "{told}: {}", refused.body);
    }
    let good = [("sts", "STS-1"), ("tanggal", "2026-11-22"), ("jumlah", "90.000")];
    let entered = first.fill(&form, &form, &good);
    assert_eq!(entered.status, 303, "{}", entered.body);
    let setoran = entered.location.expect("it leads to the payment");
    let own = first.get(&setoran);
    assert!(own.says("Konfirmasi harus oleh petugas lain") && !own.says("Konfirmasi setoran"), "{}", own.body);
    let cheat = first.fill(LIST, &setoran, &[("putusan", "sah"), ("versi", "1")]);
    assert_eq!(cheat.status, 422, "{}", cheat.body);
    assert!(first.get(&skrd).says("menunggu konfirmasi petugas lain"));
    let twice = first.fill(&form, &form, &good);
    assert!(twice.status == 422 && twice.says("menunggu konfirmasi"), "{}", twice.body);

    let mut second = Person::officer(&kit, "bendahara-izin2");
    let silent = second.fill(&setoran, &setoran, &[("putusan", "tolak"), ("versi", "1"), ("alasan", "")]);
    assert!(silent.status == 422 && silent.says("Alasan menolak belum ditulis"), "{}", silent.body);
    assert!(second.get(&setoran).says("Konfirmasi setoran"));
    let confirmed = second.fill(&setoran, &setoran, &[("putusan", "sah"), ("versi", "1")]);
    assert_eq!(confirmed.status, 303, "{}", confirmed.body);
    assert!(second.get(&skrd).says("Lunas pada 22 November 2026"));
    assert!(citizen.get(&format!("/perizinan/permohonan/{resi}")).says("Sudah dibayar"));
    let again = second.fill(LIST, &setoran, &[("putusan", "sah"), ("versi", "2")]);
    assert_eq!(again.status, 422, "{}", again.body);
    // Its number pays for no other bill.
    let mut other = Person::stranger(&kit);
    approved(&kit, &mut other);
    let next = bill(&kit);
    let used = first.fill(&format!("{next}/setor"), &format!("{next}/setor"), &good);
    assert!(used.status == 422 && used.says("sudah dipakai untuk SKRD"), "{}", used.body);
}

#[test]
fn a_free_service_never_makes_a_bill() {
    let kit = kit();
    let mut citizen = Person::stranger(&kit);
    let (_, path) = approved(&kit, &mut citizen);
    let form = format!("{LIST}/tagihan/{}", path.rsplit('/').next().expect("an id"));
    let mut bendahara = Person::officer(&kit, "bendahara-izin");
    assert_eq!(bendahara.get(&form).status, 422);
    assert_eq!(bendahara.fill(LIST, &form, &[]).status, 422);
    assert!(bendahara.get(LIST).says("Belum ada SKRD"));
}

#[test]
fn a_late_payment_pays_interest_and_no_other_amount_matches() {
    let kit = kit();
    paid(&kit);
    let mut citizen = Person::stranger(&kit);
    let (resi, _) = approved(&kit, &mut citizen);
    let skrd = bill(&kit);
    kit.clock.move_ms(40 * DAY_MS);
    let mut bendahara = Person::officer(&kit, "bendahara-izin");
    let page = bendahara.get(&skrd);
    assert!(page.says("Terlambat") && page.says("Rp90.900") && page.says("1 bulan"), "{}", page.body);
    let mine = Person::stranger(&kit).done("/perizinan/lacak", "/perizinan/lacak", &[("resi", &resi), ("nik4", "0001")]);
    assert!(mine.says("Rp90.900") && mine.says("bunga Rp900"), "{}", mine.body);
    assert!(bendahara.get(&format!("{LIST}?keadaan=terlambat")).says("Siti Rahma"));
    let (kode, profil) = (code(&page), profile(&mut bendahara));
    let text = format!("Tgl;Ref;Keterangan;Nominal\n30/12/2026;R1;{kode};90.000\n30/12/2026;R2;{kode};90.900\n");
    let file = bring(&mut bendahara, &profil, &text).location.expect("looked at");
    let found = bendahara.get(&file);
    assert!(found.says("Jumlah berbeda (1)") && found.says("seharusnya Rp90.900") && found.says("Cocok (1)"), "{}", found.body);
    assert_eq!(bendahara.fill(&file, &file, &[("aksi", "terapkan")]).status, 303);
    assert!(bendahara.get(&skrd).says("Lunas pada 30 Desember 2026"));
}

#[test]
fn the_bill_of_an_application_that_is_withdrawn_is_cancelled_and_its_credit_goes_back() {
    let kit = kit();
    paid(&kit);
    let mut citizen = Person::stranger(&kit);
    let (resi, _) = approved(&kit, &mut citizen);
    let skrd = bill(&kit);
    let mut bendahara = Person::officer(&kit, "bendahara-izin");
    let kode = code(&bendahara.get(&skrd));
    let form = format!("/perizinan/permohonan/{resi}/cabut");
    let gone = citizen.fill(&form, &form, &[("alasan", "Tidak jadi meneliti di sini"), ("yakin", "1")]);
    assert_eq!(gone.status, 303, "{}", gone.body);
    assert!(bendahara.get(&skrd).says("Dibatalkan"));
    let profil = profile(&mut bendahara);
    let text = format!("Tgl;Ref;Keterangan;Nominal\n22/11/2026;R1;{kode};90.000\n");
    let file = bring(&mut bendahara, &profil, &text).location.expect("looked at");
    assert!(bendahara.get(&file).says("sudah dibatalkan. Uangnya dikembalikan"));
    assert_eq!(bendahara.get(&format!("{skrd}/setor")).status, 422);
}

#[test]
fn a_bad_file_of_a_bank_is_told_what_is_wrong_and_nothing_is_kept() {
    let kit = kit();
    let mut bendahara = Person::officer(&kit, "bendahara-izin");
    assert!(bendahara.get(&format!("{LIST}/bank/baru")).says("Belum ada profil bank"));
    let profil = profile(&mut bendahara);
    let form = format!("{LIST}/bank/baru");
    for (bytes, told) in [
        (&b""[..], "tidak memuat satu baris pun"),
        (b"%PDF-1.4\x00\x01\x02", "bukan CSV"),
        (b"\xff\xfe\x00a", "bukan CSV"),
        (b"Tanggal;Uraian\n1;2\n", "tidak ada dalam berkas ini"),
    ] {
        let refused = bendahara.upload(&form, &form, &[("profil", &profil)], &[("berkas", "../x.csv", bytes)]);
        assert!(refused.status == 422 && refused.says(told), "{told}: {} {}", refused.status, refused.body);
    }
    let none = bendahara.upload(&form, &form, &[("profil", &profil)], &[]);
    assert!(none.status == 422 && none.says("belum dipilih"), "{}", none.body);
    let nothing = bendahara.upload(&form, &form, &[("profil", "x")], &[("berkas", "a.csv", b"a;b")]);
    assert!(nothing.status == 422 && nothing.says("Profil bank belum dipilih"), "{}", nothing.body);
    assert!(bendahara.get(&format!("{LIST}/bank")).says("Belum ada berkas bank"));
    let wrong = format!("{LIST}/profil/baru");
    let refused =
        bendahara.fill(&wrong, &wrong, &[("nama", "Lain"), ("pemisah", "koma"), ("lewati", "0"), ("kolom_kode", "Keterangan")]);
    assert!(refused.status == 422 && refused.says("urutan kolomnya") && refused.says("Lain"), "{}", refused.body);
}

#[test]
fn a_rule_of_billing_has_a_source_and_never_reaches_back() {
    let kit = kit();
    let mut bendahara = Person::officer(&kit, "bendahara-izin");
    let page = bendahara.get(&format!("{LIST}/aturan"));
    assert!(page.says("PP 35/2023") && page.says("berlaku sekarang") && page.says("Bawaan program"), "{}", page.body);
    let form = format!("{LIST}/aturan/baru");
    let rule = |from: &'static str, dasar: &'static str| {
        [
            ("berlaku_dari", from),
            ("jatuh_tempo_hari", "14"),
            ("bunga", "0,5"),
            ("bulan", "12"),
            ("kode_pd", "07"),
            ("dasar", dasar),
        ]
    };
    for (fields, told) in [
        (rule("2026-11-01", "Perda 2/2026"), "tidak dapat berlaku surut"),
        (rule("2026-11-22", ""), "Dasar hukum belum diisi"),
        (rule("besok", "Perda 2/2026"), "bukan tanggal"),
    ] {
        let refused = bendahara.fill(&form, &form, &fields);
        assert!(refused.status == 422 && refused.says(told), "{told}: {}", refused.body);
    }
    let done = bendahara.fill(&form, &form, &rule("2026-11-22", "Perda 2/2026"));
    assert_eq!(done.status, 303, "{}", done.body);
    assert!(bendahara.get(&format!("{LIST}/aturan")).says("0,5% per bulan, paling lama 12 bulan"));
    paid(&kit);
    let mut citizen = Person::stranger(&kit);
    approved(&kit, &mut citizen);
    let page = bill(&kit);
    let shown = bendahara.get(&page);
    assert!(shown.says("6 Desember 2026") && code(&shown).starts_with("99010726"), "{}", shown.body);
}

#[test]
fn money_is_the_treasurers_and_of_the_own_office_only() {
    let kit = kit();
    paid(&kit);
    let mut citizen = Person::stranger(&kit);
    approved(&kit, &mut citizen);
    let skrd = bill(&kit);
    for akun in ["loket", "pemeriksa", "kepala-izin", "opd-teknis", "tata-usaha"] {
        let mut officer = Person::officer(&kit, akun);
        for page in [LIST.to_owned(), skrd.clone(), format!("{LIST}/bank"), format!("{LIST}/setoran"), format!("{LIST}/aturan")] {
            assert_eq!(officer.get(&page).status, 403, "{akun} {page}");
        }
    }
    let qris = format!("{skrd}/qris");
    let mut bendahara = Person::officer(&kit, "bendahara-izin");
    let versi = bendahara.get(&qris).hidden("versi").expect("a form").to_owned();
    let refused = bendahara.fill(&qris, &qris, &[("versi", &versi), ("qris", "00020101021153033605802ID6304ABCD")]);
    assert!(refused.status == 422 && refused.says("Angka periksa QRIS"), "{}", refused.body);
}

#[test]
fn anybody_estimates_the_fee_of_a_building_and_is_told_that_it_is_an_estimate() {
    let kit = kit();
    let mut anybody = Person::stranger(&kit);
    let page = anybody.get("/perizinan/simulasi-pbg");
    assert!(page.status == 200 && page.says("bukan ketetapan") && page.says("SIMBG"), "{}", page.body);
    let query =
        "luas=120&fungsi=hunian&kompleksitas=sederhana&permanensi=permanen&lantai=1&kepemilikan=perorangan&shst=5.000.000";
    let page = anybody.get(&format!("/perizinan/simulasi-pbg?{query}"));
    assert!(page.says("Rp612.000") && page.says("PP 16/2021"), "{}", page.body);
    let page = anybody.get("/perizinan/simulasi-pbg?luas=seratus&shst=x");
    assert!(page.says("bukan angka") && page.says("seratus") && page.says("belum dipilih"), "{}", page.body);
}

#[test]
fn a_trainer_shows_bills_in_every_state_and_a_file_of_the_bank_that_waits() {
    let kit = crate::alur::kit();
    kit.load_demo("perizinan");
    kit.load_demo("perizinan");
    let mut bendahara = Person::officer(&kit, "bendahara-izin");
    let list = bendahara.get(LIST);
    for word in ["Terlambat", "Lunas", "Menunggu pembayaran", "format=xlsx"] {
        assert!(list.says(word), "{word}: {}", list.body);
    }
    let payments = bendahara.get(&format!("{LIST}/setoran"));
    assert!(
        payments.says("STS-0057/2026") && payments.says("Menunggu konfirmasi") && payments.says("DB1001"),
        "{}",
        payments.body
    );
    let files = bendahara.get(&format!("{LIST}/bank"));
    assert!(files.says("Diterapkan") && files.says("Diperiksa, belum diterapkan"), "{}", files.body);
    let open = files.body.split("href=\"").filter_map(|part| part.split('"').next()).find(|href| {
        href.strip_prefix("/perizinan/izin/retribusi/bank/").is_some_and(|id| id.len() == 36) && {
            let page = bendahara.get(href);
            page.says("Terapkan yang cocok")
        }
    });
    let page = bendahara.get(open.expect("one waits"));
    for word in ["Cocok (1)", "Dibayar dua kali (1)", "Jumlah berbeda (1)", "Kode tidak dikenal"] {
        assert!(page.says(word), "{word}: {}", page.body);
    }
    assert!(of_two(&kit, ["bendahara-izin", "bendahara-izin2"]).1.starts_with("/perizinan/izin/"));
}
