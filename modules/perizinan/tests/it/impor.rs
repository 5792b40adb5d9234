//! What other programs issued: from the upload to the licences it becomes, and back. Three shapes of files.

use praja_kernel::Id;
use praja_perizinan::MODULE;
use praja_store::{FromValue, params};
use praja_testkit::{Kit, Page};
use rust_xlsxwriter::{Format, Workbook};

use crate::{
    Person,
    alur::{NIK, kit, signs},
};

const HERE: &str = "/perizinan/izin/impor";

/// As SiCANTIK Cloud might export: the shape is assumed.
const SICANTIK: &str = "\u{feff}no_permohonan,no_izin,tgl_izin,jenis_izin,nama_pemohon,no_identitas,no_telp,email,lokasi_izin,kecamatan,tgl_berlaku_awal,tgl_berlaku_akhir,status\n\
    P-1,503/001/REK/2024,2024-03-01,Izin Penyelenggaraan Reklame,Siti Rahma,'5315015209850001,081234567890,siti@contoh.id,\"Jalan Merdeka 1, depan pasar\",Manggar,2024-03-01,2026-12-10,Aktif\n\
    P-2,503/002/REK/2023,2023-01-05,Izin Penyelenggaraan Reklame,Budi Santoso,5.31502E+15,,,Jalan Laut,Manggar,2023-01-05,2024-01-04,Habis\n\
    P-3,503/003/REK/2024,2024-05-02,Izin Penyelenggaraan Reklame,Ani Lestari,,,,Jalan Pantai,Damar,2024-05-02,2027-05-01,Dicabut\n";

/// As a city's own program might: semicolons, letters of old Windows programs, dates in words.
const SENDIRI: &[u8] = b"Nomor SK;Tanggal SK;Jenis Izin;Nama Pemegang;NIK;Lokasi;Masa Berlaku;Keterangan\r\n\
    551/10/TRAYEK;1 Maret 2022;Izin Trayek;Jos\xE9 Angkutan;;Terminal;1 Maret 2027;-\r\n\
    551/11/TRAYEK;5 April 2022;Izin Trayek;Maju Jaya;;Terminal;5 April 2027;-\r\n\
    420/7/KURSUS;7 Juni 2020;Kursus;LKP Pelita;;Jalan Sekolah;selama beroperasi;-\r\n\
    510/9/SIUP;7 Juni 2020;SIUP;Toko Abadi;;Pasar;7 Juni 2025;-\r\n";

/// As somebody kept by hand: titles over the table, days of the spreadsheet, a NIK kept as a number.
fn buku() -> Vec<u8> {
    let written = || -> Result<Vec<u8>, rust_xlsxwriter::XlsxError> {
        let mut book = Workbook::new();
        let (plain, date) = (Format::new(), Format::new().set_num_format("dd/mm/yyyy"));
        let sheet = book.add_worksheet().set_name("Reklame")?;
        sheet.merge_range(0, 0, 0, 6, "BUKU REGISTER IZIN", &plain)?;
        sheet.merge_range(1, 0, 1, 6, "DINAS PENANAMAN MODAL DAN PTSP", &plain)?;
        for (at, title) in
            (0_u16..).zip(["No", "Nama Pemilik/Perusahaan", "No. KTP", "Jenis Izin", "Nomor Izin", "Tgl Terbit", "Berlaku s/d"])
        {
            sheet.write_string(3, at, title)?;
        }
        sheet.merge_range(4, 0, 4, 6, "TAHUN 2025", &plain)?;
        for (row, (nama, nomor)) in (5_u32..).zip([("Siti Rahma", "503/71"), ("Budi Santoso", "503/72")]) {
            sheet.write_number(row, 0, row)?;
            sheet.write_string(row, 1, nama)?;
            sheet.write_string(row, 3, "REK")?;
            sheet.write_string(row, 4, nomor)?;
            sheet.write_datetime_with_format(row, 5, rust_xlsxwriter::ExcelDateTime::from_ymd(2025, 2, 3)?, &date)?;
            sheet.write_number(row, 6, 46_420)?;
        }
        sheet.write_string(5, 2, NIK)?;
        sheet.write_number(6, 2, 5_315_015_209_850_002_f64)?;
        book.add_worksheet().set_name("Sampul")?.write_string(0, 0, "Arsip")?;
        book.save_to_buffer()
    };
    written().expect("a small book is written")
}

/// Does what the background does; none of it may fail.
fn work(kit: &Kit) {
    let (_, failed) = kit.work();
    assert_eq!(failed, Vec::<String>::new());
}

fn keeper(kit: &Kit) -> Person<'_> {
    Person::officer(kit, "pengelola-izin")
}

fn scalar<T: FromValue + Send + 'static>(kit: &Kit, sql: &'static str) -> T {
    kit.off(|instance| instance.db.read(|tx| tx.scalar(sql, params![]))).expect("it is read")
}

fn count(kit: &Kit, sql: &'static str) -> i64 {
    scalar(kit, sql)
}

/// Brings a file; gives the import's address once it was looked into.
fn bring(kit: &Kit, keeper: &mut Person<'_>, name: &str, content: &[u8]) -> String {
    let form = format!("{HERE}/baru");
    let sent = keeper.upload(&form, &form, &[], &[("berkas", name, content)]);
    assert_eq!(sent.status, 303, "{}", sent.body);
    work(kit);
    sent.location.expect("it leads to the import")
}

/// Sends a form as it stands, with changes.
fn send(kit: &Kit, keeper: &mut Person<'_>, form: &str, marks: &[&str], changes: &[(&str, &str)]) -> Page {
    let page = keeper.get(form);
    assert_eq!(page.status, 200, "{}", page.body);
    let mut fields = page.held(marks);
    for (name, value) in changes {
        fields.retain(|(known, _)| known != name);
        fields.push(((*name).to_owned(), (*value).to_owned()));
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let path = form.split('?').next().unwrap_or(form);
    let sent = keeper.fill(form, path, &fields);
    work(kit);
    sent
}

fn map(kit: &Kit, keeper: &mut Person<'_>, at: &str, changes: &[(&str, &str)]) -> Page {
    send(kit, keeper, &format!("{at}/kolom"), &["urutan"], changes)
}

fn pair(kit: &Kit, keeper: &mut Person<'_>, at: &str, changes: &[(&str, &str)]) -> Page {
    send(kit, keeper, &format!("{at}/layanan"), &["layanan_0"], changes)
}

fn apply(kit: &Kit, keeper: &mut Person<'_>, at: &str) -> Page {
    let sent = keeper.fill(at, &format!("{at}/terapkan"), &[]);
    assert_eq!(sent.status, 303, "{}", sent.body);
    work(kit);
    keeper.get(at)
}

/// From the file to the licences, all as guessed.
fn whole(kit: &Kit, keeper: &mut Person<'_>, name: &str, content: &[u8]) -> String {
    let at = bring(kit, keeper, name, content);
    assert_eq!(map(kit, keeper, &at, &[]).status, 303);
    apply(kit, keeper, &at);
    at
}

/// The way to the only licence with this number at the desks.
fn licence(keeper: &mut Person<'_>, nomor: &str) -> String {
    let list = keeper.get(&format!("/perizinan/izin/terbit?q={}", nomor.replace('/', "%2F")));
    let mut found = list.body.split("href=\"").filter_map(|part| part.split('"').next());
    let found = found.find(|to| to.strip_prefix("/perizinan/izin/terbit/").is_some_and(|id| id.len() == 36));
    found.unwrap_or_else(|| panic!("{nomor}: {}", list.body)).to_owned()
}

#[test]
fn an_export_becomes_licences_that_anybody_finds_and_the_rest_is_told_with_what_to_do() {
    let kit = kit();
    let mut keeper = keeper(&kit);
    let at = bring(&kit, &mut keeper, "sicantik.csv", SICANTIK.as_bytes());
    assert!(keeper.get(&at).says("Menunggu pemetaan kolom"));
    let sheet = keeper.get(&format!("{at}/lembar"));
    assert!(sheet.says("Baris judul kolom") && sheet.says("503/001/REK/2024"), "{}", sheet.body);
    assert_eq!(map(&kit, &mut keeper, &at, &[]).status, 303);
    let page = keeper.get(&at);
    for words in [
        "Selesai diperiksa",
        "Izin penyelenggaraan reklame: 2 izin",
        "Baris 3, no_identitas",
        "angka terakhirnya hilang",
        "berformat Teks",
    ] {
        assert!(page.says(words), "{words}: {}", page.body);
    }
    assert!(!page.body.contains("5.31502E+15"), "a list of problems names no NIK");
    assert_eq!(count(&kit, "SELECT COUNT(*) FROM perizinan_izin"), 0, "nothing is written yet");
    let csv = keeper.get(&format!("{at}/masalah?format=csv"));
    assert!(csv.says("no_identitas") && csv.says("dipulihkan"), "{}", csv.body);
    let page = apply(&kit, &mut keeper, &at);
    assert!(page.says("2 izin sudah tercatat"), "{}", page.body);
    assert_eq!(count(&kit, "SELECT COUNT(*) FROM perizinan_impor_baris WHERE isi <> ''"), 0, "what was staged of people is gone");

    let mut anybody = Person::stranger(&kit);
    let list = anybody.get("/perizinan/daftar-izin");
    for words in ["503/001/REK/2024", "Siti Rahma", "Akan habis", "Dicabut", "10 Des 2026"] {
        assert!(list.says(words), "{words}: {}", list.body);
    }
    assert!(!list.body.contains(NIK) && !list.says("Jalan Merdeka") && !list.says("081234567890"));
    let tokens: Vec<String> =
        list.body.split("href=\"/v/").skip(1).filter_map(|part| part.split('"').next().map(str::to_owned)).collect();
    let told: Vec<String> = tokens.iter().map(|token| anybody.get(&format!("/v/{token}")).body).collect();
    assert!(told.iter().any(|body| body.contains("SAH") && body.contains("dicatat dari daftar aplikasi lama")), "{told:?}");
    assert!(told.iter().any(|body| body.contains("DICABUT") && body.contains("Dicabut menurut daftar aplikasi lama")));
    let desk = licence(&mut keeper, "503/001/REK/2024");
    let one = keeper.get(&desk);
    for words in [
        "sicantik.csv baris 2",
        "Jalan Merdeka 1, depan pasar",
        "Izin Penyelenggaraan Reklame",
        "tidak tercatat pada aplikasi lama",
    ] {
        assert!(one.says(words), "{words}: {}", one.body);
    }
    assert!(!one.body.contains(NIK), "masked as any other");
    let original = keeper.get(&format!("{at}/berkas"));
    assert!(original.bytes.starts_with("\u{feff}no_permohonan".as_bytes()));
    assert!(keeper.get(HERE).says("sicantik.csv"));
    for path in [format!("{HERE}/unduh?format=csv"), format!("{at}/unduh?format=xlsx"), format!("{at}?tindakan=baru&kata=siti")] {
        assert_eq!(keeper.get(&path).status, 200, "{path}");
    }
}

#[test]
fn names_of_services_are_paired_by_whoever_imports_and_a_profile_remembers_them() {
    let kit = kit();
    let mut keeper = keeper(&kit);
    let at = bring(&kit, &mut keeper, "izin kota.csv", SENDIRI);
    assert_eq!(map(&kit, &mut keeper, &at, &[("profil_nama", "Aplikasi kota")]).status, 303);
    let page = keeper.get(&at);
    assert!(
        page.says("Jenis izin &quot;Izin Trayek&quot; belum dipasangkan") && page.says("Pasangkan nama layanan"),
        "{}",
        page.body
    );
    let form = keeper.get(&format!("{at}/layanan"));
    assert!(form.says("Izin Trayek") && form.says("2 baris") && form.says("Tidak diimpor"), "{}", form.body);
    let open = pair(&kit, &mut keeper, &at, &[("layanan_0", "TRY"), ("layanan_1", "LKP"), ("layanan_2", "")]);
    assert!(open.status == 422 && open.says("Pilih layanan untuk &quot;SIUP&quot;"), "{}", open.body);
    assert_eq!(pair(&kit, &mut keeper, &at, &[("layanan_0", "TRY"), ("layanan_1", "LKP"), ("layanan_2", "-")]).status, 303);
    let page = keeper.get(&at);
    assert!(page.says("Izin trayek angkutan perdesaan dan perkotaan: 2 izin") && page.says("José Angkutan"), "{}", page.body);
    assert!(apply(&kit, &mut keeper, &at).says("3 izin sudah tercatat"));
    let list = Person::stranger(&kit).get("/perizinan/daftar-izin?q=pelita");
    assert!(list.says("LKP Pelita") && list.says("tanpa batas"), "{}", list.body);
    // The next file of this shape needs no second thought.
    let next = "Lokasi;Jenis Izin;NIK;Nomor SK;Tanggal SK;Nama Pemegang;Masa Berlaku\nX;Izin Trayek;;551/12/TRAYEK;2 Mei 2023;Laju Terus;2 Mei 2028\n";
    let other = bring(&kit, &mut keeper, "izin kota 2023.csv", next.as_bytes());
    let offered = keeper.get(&format!("{other}/kolom"));
    let profil = offered
        .body
        .split("<option value=\"")
        .find(|rest| rest.contains("Aplikasi kota"))
        .and_then(|rest| rest.split('"').next());
    let chosen = format!("{other}/kolom?profil={}", profil.expect("the profile is offered"));
    assert_eq!(send(&kit, &mut keeper, &chosen, &["urutan"], &[]).status, 303);
    assert!(keeper.get(&other).says("Izin trayek angkutan perdesaan dan perkotaan: 1 izin"), "{}", keeper.get(&other).body);
    let gone = keeper.fill(HERE, &format!("{HERE}/profil/{}/hapus", profil.unwrap()), &[]);
    assert_eq!(gone.status, 303, "{}", gone.body);
    assert!(!keeper.get(HERE).says("Aplikasi kota"));
}

#[test]
fn a_book_kept_by_hand_with_titles_and_days_of_the_spreadsheet_is_understood() {
    let kit = kit();
    let mut keeper = keeper(&kit);
    let at = bring(&kit, &mut keeper, "buku register.xlsx", &buku());
    let sheet = keeper.get(&format!("{at}/lembar"));
    assert!(sheet.says("Sampul") && sheet.says("value=\"4\""), "the row of headings is guessed: {}", sheet.body);
    let wrong = keeper.fill(&format!("{at}/lembar"), &format!("{at}/lembar"), &[("lembar", "Reklame"), ("kepala", "99")]);
    assert!(wrong.status == 422 && wrong.says("Isi nomor baris judul kolom"), "{}", wrong.body);
    assert_eq!(map(&kit, &mut keeper, &at, &[]).status, 303);
    let page = keeper.get(&at);
    assert!(page.says("NIK tersimpan sebagai bilangan") && page.says("Baris 7, No. KTP"), "{}", page.body);
    assert_eq!(map(&kit, &mut keeper, &at, &[("nik_salah", "kosongkan")]).status, 303);
    let page = keeper.get(&at);
    assert!(page.says("NIK pada berkas salah, dikosongkan") && page.says("2 izin"), "{}", page.body);
    assert!(apply(&kit, &mut keeper, &at).says("2 izin sudah tercatat"));
    let list = Person::stranger(&kit).get("/perizinan/daftar-izin?tahun=2025");
    assert!(list.says("3 Feb 2025") && list.says("2 Feb 2027") && list.says("503/72"), "{}", list.body);
}

#[test]
fn the_same_file_again_makes_no_doubles_and_a_better_one_renews_what_nobody_used() {
    let kit = kit();
    let mut keeper = keeper(&kit);
    let text =
        "no izin;tgl izin;nama;jenis izin;berlaku sampai\n503/1;1/3/2024;Siti;REK;1/3/2027\n503/2;1/3/2024;Budi;REK;1/3/2027\n";
    let first = whole(&kit, &mut keeper, "satu.csv", text.as_bytes());
    let again = bring(&kit, &mut keeper, "satu lagi.csv", text.as_bytes());
    map(&kit, &mut keeper, &again, &[]);
    let page = keeper.get(&again);
    assert!(page.says("Semua izin pada berkas ini sudah tercatat") && page.says("isi yang sama"), "{}", page.body);
    let refused = keeper.fill(&again, &format!("{again}/terapkan"), &[]);
    assert!(refused.status == 422 && refused.says("Tidak ada data baru"), "{}", refused.body);
    // Another name, and one more.
    let better = format!(
        "{}503/3;1/3/2024;Ani;REK;1/3/2027\n",
        text.replace("Budi", "Budi Santoso").replace(";1/3/2027\n503/2", ";1/3/2027;\n503/2")
    );
    let third = bring(&kit, &mut keeper, "lebih baik.csv", better.as_bytes());
    map(&kit, &mut keeper, &third, &[]);
    assert!(keeper.get(&third).says("sudah tercatat; dilewati"), "{}", keeper.get(&third).body);
    map(&kit, &mut keeper, &third, &[("ganda", "perbarui")]);
    let page = keeper.get(&third);
    assert!(page.says("1 izin dari impor sebelumnya diperbarui"), "{}", page.body);
    apply(&kit, &mut keeper, &third);
    assert_eq!(scalar::<String>(&kit, "SELECT nama FROM perizinan_izin WHERE nomor = '503/2'"), "Budi Santoso");
    assert_eq!(count(&kit, "SELECT COUNT(*) FROM perizinan_izin"), 3);
    // The first cannot go while the third rests on it; the third gives back what it wrote over.
    let refused = keeper.fill(&first, &format!("{first}/urungkan"), &[("alasan", "Salah berkas")]);
    assert!(refused.status == 422 && refused.says("1 izinnya sudah dipakai") && refused.says("Salah berkas"), "{}", refused.body);
    for (at, left, budi) in [(&third, 2, Some("Budi")), (&first, 0, None)] {
        let sent = keeper.fill(at, &format!("{at}/urungkan"), &[("alasan", "Salah berkas")]);
        assert_eq!(sent.status, 303, "{}", sent.body);
        work(&kit);
        assert!(keeper.get(at).says("sudah diurungkan") && keeper.get(at).says("Salah berkas"), "{}", keeper.get(at).body);
        assert_eq!(count(&kit, "SELECT COUNT(*) FROM perizinan_izin"), left);
        if let Some(nama) = budi {
            assert_eq!(scalar::<String>(&kit, "SELECT nama FROM perizinan_izin WHERE nomor = '503/2'"), nama);
        }
    }
    let acts = "SELECT COUNT(*) FROM store_audit WHERE tindakan IN ('perizinan.apply-impor', 'perizinan.undo-impor')";
    assert_eq!(count(&kit, acts), 4);
}

#[test]
fn an_old_licence_is_renewed_by_its_holder_and_then_its_import_stays() {
    let kit = kit();
    signs(&kit);
    let mut keeper = keeper(&kit);
    let at = whole(&kit, &mut keeper, "sicantik.csv", SICANTIK.as_bytes());
    let mut citizen = Person::stranger(&kit);
    let form = "/perizinan/ajukan/REK";
    let ask = |citizen: &mut Person<'_>, nomor: &str, nik: &str| {
        let fields = [
            ("permintaan", "perpanjangan"),
            ("nama", "Siti Rahma"),
            ("nik", nik),
            ("alamat", "Dusun Melati RT 02 RW 01, Desa Lalang Jaya"),
            ("telepon", "081234567890"),
            ("nomor_lama", nomor),
            ("benar", "1"),
        ];
        citizen.fill(form, form, &fields)
    };
    let refused = ask(&mut citizen, "503/001/REK/2024", "5315015209850002");
    assert!(refused.status == 422 && refused.says("Tidak ada izin layanan ini"), "{}", refused.body);
    // A revoked one, and one without a NIK.
    assert_eq!(ask(&mut citizen, "503/003/REK/2024", NIK).status, 422);
    let begun = ask(&mut citizen, "503/001/REK/2024", NIK);
    assert_eq!(begun.status, 303, "{}", begun.body);
    let refused = keeper.fill(&at, &format!("{at}/urungkan"), &[("alasan", "Salah berkas")]);
    assert!(refused.status == 422 && refused.says("1 izinnya sudah dipakai"), "{}", refused.body);
    let silent = keeper.fill(&at, &format!("{at}/urungkan"), &[("alasan", " ")]);
    assert!(silent.status == 422 && silent.says("Alasan mengurungkan impor belum diisi"), "{}", silent.body);
    assert_eq!(count(&kit, "SELECT COUNT(*) FROM perizinan_izin"), 2);
}

#[test]
fn wrong_files_are_refused_in_words_and_nobody_but_the_ptsp_brings_or_sees_any() {
    let kit = kit();
    let mut keeper = keeper(&kit);
    let form = format!("{HERE}/baru");
    let none = keeper.upload(&form, &form, &[], &[]);
    assert!(none.status == 422 && none.says("Pilih berkas daftar izin"), "{}", none.body);
    let old = keeper.upload(&form, &form, &[], &[("berkas", "lama.xls", b"\xD0\xCF\x11\xE0\xA1\xB1")]);
    assert!(old.status == 422 && old.says("Excel lama"), "{}", old.body);
    for (name, content, says) in
        [("kosong.csv", &b"\n;;\n"[..], "kosong"), ("gambar.csv", &b"%PDF-1.7\n\x00\x01"[..], "bukan lembar kerja")]
    {
        let at = bring(&kit, &mut keeper, name, content);
        let page = keeper.get(&at);
        assert!(page.says("Tidak dapat dibaca") && page.says(says), "{name}: {}", page.body);
        assert_eq!(keeper.get(&format!("{at}/kolom")).status, 422);
        assert_eq!(keeper.get(&format!("{at}/layanan")).status, 422);
        assert_eq!(keeper.fill(&at, &format!("{at}/batal"), &[]).location.as_deref(), Some(HERE));
        assert!(keeper.get(&at).says("dibatalkan"));
    }
    let at = bring(&kit, &mut keeper, "aneh.csv", b"Siapa;Apa;Kapan\nSiti;Reklame;1/3/2024\n");
    assert_eq!(keeper.get(&format!("{at}/layanan")).status, 404, "names are known after a check");
    let wrong = map(&kit, &mut keeper, &at, &[("tetap_alamat", "Pasar lama"), ("tetap_sampai", "kapan-kapan")]);
    assert_eq!(wrong.status, 422);
    for words in
        ["Pilih kolom yang berisi nomor izin", "Pilih kolom yang berisi jenis izin", "seumur hidup", "value=\"Pasar lama\""]
    {
        assert!(wrong.says(words), "{words}: {}", wrong.body);
    }
    for akun in ["loket", "kepala-izin", "opd-teknis"] {
        let mut other = Person::officer(&kit, akun);
        assert_eq!(other.get(HERE).status, 403, "{akun}");
        assert_eq!(other.get(&at).status, 403, "{akun}");
        assert_eq!(other.get(&format!("{at}/berkas")).status, 403, "{akun}");
    }
    kit.off(|instance| {
        instance.db.write(&instance.by_system("uji"), praja_store::Keys::unaudited(), |tx| {
            let other: Id = tx.new_id()?;
            tx.exec("UPDATE perizinan_impor SET opd = ?1", params![other])
        })
    })
    .unwrap();
    assert_eq!(keeper.get(&at).status, 404, "of another OPD not even that it exists");
}

#[test]
fn what_was_interrupted_goes_on_nothing_comes_twice_and_staged_rows_go_after_a_month() {
    let kit = kit();
    let mut keeper = keeper(&kit);
    let mut text = "no izin;tgl izin;nama;jenis izin;berlaku sampai\n".to_owned();
    for at in 1..=120 {
        text.push_str(&format!("503/{at};1/3/2024;Orang {at};REK;1/3/2027\n"));
    }
    let at = bring(&kit, &mut keeper, "banyak.csv", text.as_bytes());
    map(&kit, &mut keeper, &at, &[]);
    // Meanwhile somebody else wrote one of them down.
    let sent = keeper.fill(&at, &format!("{at}/terapkan"), &[]);
    assert_eq!(sent.status, 303, "{}", sent.body);
    assert_eq!(keeper.fill(&at, &format!("{at}/terapkan"), &[]).status, 422, "begun once");
    work(&kit);
    assert_eq!(count(&kit, "SELECT COUNT(*) FROM perizinan_izin"), 120);
    // As if the power had failed in the middle: the state says that it goes on, the place is the last that was written.
    kit.off(|instance| {
        instance.db.write(&instance.by_system("uji"), praja_store::Keys::unaudited(), |tx| {
            tx.exec("UPDATE perizinan_impor SET status = 'menerapkan', maju = 50", params![])?;
            let now = tx.now()?;
            let impor: String = tx.scalar("SELECT id FROM perizinan_impor", params![])?;
            tx.enqueue("perizinan.apply-impor", &serde_json::json!({ "impor": impor, "oleh": null }), now, None)
        })
    })
    .unwrap();
    work(&kit);
    assert_eq!(count(&kit, "SELECT COUNT(*) FROM perizinan_izin"), 120);
    assert!(keeper.get(&at).says("120 izin sudah tercatat"), "{}", keeper.get(&at).body);
    kit.clock.move_ms(31 * 24 * 60 * 60 * 1000);
    kit.run_job("perizinan.clean-impor");
    assert_eq!(count(&kit, "SELECT COUNT(*) FROM perizinan_impor_baris"), 0);
    assert_eq!(count(&kit, "SELECT COUNT(*) FROM perizinan_impor"), 1, "the record stays");
}

#[test]
fn no_page_of_imports_reads_a_whole_table_or_sorts_in_memory() {
    let (kit, plans) = Kit::with_plans(&[&MODULE]);
    kit.load_demo_at("perizinan", 0);
    let mut keeper = keeper(&kit);
    let at = whole(&kit, &mut keeper, "sicantik.csv", SICANTIK.as_bytes());
    for page in [
        HERE.to_owned(),
        at.clone(),
        format!("{at}?tindakan=baru&kata=siti"),
        format!("{at}/unduh?format=csv"),
        format!("{at}/masalah?format=csv"),
    ] {
        assert_eq!(keeper.get(&page).status, 200, "{page}");
    }
    keeper.fill(&at, &format!("{at}/urungkan"), &[("alasan", "Uji")]);
    work(&kit);
    let mine = |sql: &str| sql.contains("perizinan_impor") || sql.contains("perizinan_izin_lama");
    for plan in plans.plans().iter().filter(|plan| mine(&plan.sql)) {
        assert!(plan.offences().is_empty(), "{}\n{:#?}", plan.sql, plan.lines);
    }
}
