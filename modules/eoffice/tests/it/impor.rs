//! Old agenda books, from the upload to the letters they become, and back.

use praja_eoffice::MODULE;
use praja_kernel::Id;
use praja_store::params;
use praja_testkit::{Kit, Page};
use rust_xlsxwriter::{Format, Formula, Workbook};

use crate::{LIST, Officer};

const HERE: &str = "/eoffice/impor";
const SIMPLE: &str = "No Agenda;Tgl Terima;Asal Surat;Nomor Surat;Tgl Surat;Perihal;Sifat\n\
    1;03/01/2019;Dinas Sosial Kabupaten;005/1/Dinsos;2/1/2019;Undangan rapat koordinasi;Biasa\n\
    2;04/01/2019;Camat Utara;-;;Laporan bulanan kecamatan;Segera\n\
    3;05/01/2019;Kodim 0404;R/7/I/2019;4/1/2019;Rencana pengamanan;Rahasia\n";

/// Does what the background does; none of it may fail.
fn work(kit: &Kit) {
    let (_, failed) = kit.work();
    assert_eq!(failed, Vec::<String>::new());
}

/// Brings a file; gives the import's address once it was looked into.
fn bring(kit: &Kit, officer: &mut Officer<'_>, name: &str, content: &[u8]) -> String {
    let form = format!("{HERE}/baru");
    let sent = officer.upload(&form, &form, &[], &[("berkas", name, content)]);
    assert_eq!(sent.status, 303, "{}", sent.body);
    work(kit);
    sent.location.expect("it leads to the import")
}

/// Maps its columns as they are guessed, with changes.
fn map(kit: &Kit, officer: &mut Officer<'_>, at: &str, changes: &[(&str, &str)]) -> Page {
    let form = format!("{at}/kolom");
    let page = officer.get(&form);
    assert_eq!(page.status, 200, "{}", page.body);
    let mut fields = page.held(&["urutan", "kepala"]);
    for (name, value) in changes {
        fields.retain(|(known, _)| known != name);
        fields.push(((*name).to_owned(), (*value).to_owned()));
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let sent = officer.fill(&form, &form, &fields);
    work(kit);
    sent
}

/// Takes a checked import over.
fn apply(kit: &Kit, officer: &mut Officer<'_>, at: &str) -> Page {
    let sent = officer.fill(at, &format!("{at}/terapkan"), &[]);
    assert_eq!(sent.status, 303, "{}", sent.body);
    work(kit);
    officer.get(at)
}

/// Puts what waits into the search index.
fn index(kit: &Kit) {
    kit.off(|instance| while instance.db.index_waiting(&instance.by_system("uji"), 500).expect("it is indexed") > 0 {});
}

fn count(kit: &Kit, sql: &'static str) -> i64 {
    kit.off(|instance| instance.db.read(|tx| tx.scalar(sql, params![]))).expect("it is counted")
}

/// From the file to the letters, all as guessed.
fn whole(kit: &Kit, officer: &mut Officer<'_>, name: &str, content: &[u8]) -> String {
    let at = bring(kit, officer, name, content);
    let sent = map(kit, officer, &at, &[]);
    assert_eq!(sent.status, 303, "{}", sent.body);
    apply(kit, officer, &at);
    at
}

#[test]
fn a_simple_book_becomes_letters_that_are_found_filtered_and_taken_along() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let at = bring(&kit, &mut tu, "agenda-2019.csv", SIMPLE.as_bytes());
    assert!(tu.get(&at).says("Menunggu pemetaan kolom"), "{}", tu.get(&at).body);
    let chosen = tu.get(&format!("{at}/lembar"));
    assert!(chosen.says("Baris judul kolom") && chosen.says("Undangan rapat koordinasi"), "{}", chosen.body);
    let sent = map(&kit, &mut tu, &at, &[]);
    assert_eq!(sent.status, 303, "{}", sent.body);
    let page = tu.get(&at);
    assert!(page.says("Selesai diperiksa") && page.says("2019: 3 surat") && page.says("1/2019"), "{}", page.body);
    assert!(page.says("[RAHASIA]") && !page.says("Rencana pengamanan"), "a closed envelope stays closed");
    assert_eq!(count(&kit, "SELECT COUNT(*) FROM eoffice_surat_masuk"), 0, "nothing has changed yet");
    let page = apply(&kit, &mut tu, &at);
    assert!(page.says("3 surat sudah masuk ke buku agenda"), "{}", page.body);

    let book = tu.get("/eoffice/buku-agenda?dari=2019-01-01&sampai=2019-12-31");
    for words in ["1/2019", "Undangan rapat koordinasi", "Selesai", "Impor", "[RAHASIA]"] {
        assert!(book.says(words), "{words}: {}", book.body);
    }
    assert!(tu.get("/eoffice/buku-agenda?dari=2019-01-01&sampai=2019-12-31&sumber=impor").says("1/2019"));
    assert!(!tu.get("/eoffice/buku-agenda?dari=2019-01-01&sampai=2019-12-31&sumber=praja").says("1/2019"));
    assert!(tu.get(&format!("{LIST}?sumber=impor")).says("Camat Utara"));
    assert!(tu.get(&format!("{LIST}?q=2/2019")).says("Laporan bulanan kecamatan"), "by its number");
    index(&kit);
    assert!(tu.get(&format!("{LIST}?q=koordinasi")).says("Dinas Sosial Kabupaten"), "by its words");
    assert!(!tu.get(&format!("{LIST}?q=pengamanan")).says("Kodim"), "a secret letter is found by no word");
    let csv = tu.get("/eoffice/buku-agenda/unduh?format=csv&dari=2019-01-01&sampai=2019-12-31");
    assert!(csv.says("Diimpor dari buku lama") && csv.says("005/1/Dinsos"), "{}", csv.body);
    assert!(!tu.get("/eoffice/arsip/belum").says("Undangan rapat koordinasi"), "old letters are no work that waits");

    let letter = tu.get(&format!("{LIST}?q=1/2019")).body;
    let href =
        letter.split("href=\"").find(|rest| rest.starts_with(&format!("{LIST}/0"))).and_then(|rest| rest.split('"').next());
    let shown = tu.get(href.expect("the list leads to the letter"));
    assert!(
        shown.says("diimpor dari buku agenda lama") && shown.says("agenda-2019.csv") && shown.says("baris 2"),
        "{}",
        shown.body
    );
}

/// Titles above the headings, a merged column of years, formulas, dates of both kinds.
fn merged_book() -> Vec<u8> {
    written().expect("a small book is written")
}

fn written() -> Result<Vec<u8>, rust_xlsxwriter::XlsxError> {
    let mut book = Workbook::new();
    let plain = Format::new();
    let date = Format::new().set_num_format("dd/mm/yyyy");
    let sheet = book.add_worksheet();
    sheet.merge_range(0, 0, 0, 5, "BUKU AGENDA SURAT MASUK", &plain)?;
    sheet.merge_range(1, 0, 1, 5, "DINAS KESEHATAN KABUPATEN CONTOH", &plain)?;
    for (at, title) in (0_u16..).zip(["Tahun", "No", "Tgl Terima", "Asal", "Nomor Surat", "Perihal"]) {
        sheet.write_string(3, at, title)?;
    }
    sheet.merge_range(4, 0, 5, 0, "2017", &plain)?;
    sheet.merge_range(6, 0, 7, 0, "2018", &plain)?;
    for (at, day) in (0_u32..).zip(["2 Januari 2017", "03/02/2017", "4 Maret", ""]) {
        let row = 4 + at;
        sheet.write_formula(row, 1, Formula::new("=ROW()-4").set_result((at % 2 + 1).to_string()))?;
        sheet.write_string(row, 2, day)?;
        sheet.write_string(row, 3, format!("Camat {at}"))?;
        sheet.write_string(row, 4, format!("005/{at}/X"))?;
        sheet.write_string(row, 5, format!("Perihal ke-{at}"))?;
    }
    sheet.write_datetime_with_format(7, 2, rust_xlsxwriter::ExcelDateTime::from_ymd(2018, 12, 31)?, &date)?;
    book.add_worksheet().set_name("Sampul")?.write_string(0, 0, "Arsip")?;
    book.save_to_buffer()
}

#[test]
fn a_book_with_titles_merged_years_and_formulas_is_understood() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let at = bring(&kit, &mut tu, "agenda lama.xlsx", &merged_book());
    let choice = tu.get(&format!("{at}/lembar"));
    assert!(choice.says("Sampul") && choice.says("value=\"4\""), "the row of headings is guessed: {}", choice.body);
    let sent = map(&kit, &mut tu, &at, &[]);
    assert_eq!(sent.status, 303, "{}", sent.body);
    let page = tu.get(&at);
    assert!(page.says("2017: 2 surat; 2018: 2 surat"), "{}", page.body);
    apply(&kit, &mut tu, &at);
    let book = tu.get("/eoffice/buku-agenda?dari=2017-01-01&sampai=2018-12-31");
    for words in ["1/2017", "2/2017", "1/2018", "2/2018", "4 Mar 2018", "31 Des 2018"] {
        assert!(book.says(words), "{words}: {}", book.body);
    }
}

#[test]
fn number_and_date_in_one_column_come_apart() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let text = "No Urut,Pengirim,No & Tgl Surat,Hal\n7,Dinas Sosial,\"005/12/Dinsos tgl. 12 Januari 2024\",Undangan\n\
        8,Camat Timur,\"-, 13/01/2024\",Laporan\n";
    whole(&kit, &mut tu, "satu kolom.csv", text.as_bytes());
    let book = tu.get("/eoffice/buku-agenda?dari=2024-01-01&sampai=2024-12-31");
    assert!(
        book.says("7/2024") && book.says("005/12/Dinsos") && book.says("12 Jan 2024") && book.says("tanpa nomor"),
        "{}",
        book.body
    );
}

#[test]
fn a_second_import_makes_no_doubles_and_the_register_goes_on_behind_the_book() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let book = "No Agenda;Tgl Terima;Asal Surat;Nomor Surat;Perihal\n14;02/01/2026;Camat Utara;A/1;Undangan\n20;03/02/2026;Camat Barat;A/2;Laporan\n";
    whole(&kit, &mut tu, "2026.csv", book.as_bytes());
    let own = crate::register(&mut tu, &[]);
    assert!(tu.get(&own).says("21/2026"), "the next letter follows the highest number of the book");
    let again = bring(&kit, &mut tu, "2026 lagi.csv", book.as_bytes());
    map(&kit, &mut tu, &again, &[]);
    let page = tu.get(&again);
    assert!(page.says("Semua surat pada berkas ini sudah tercatat"), "{}", page.body);
    let refused = tu.fill(&again, &format!("{again}/terapkan"), &[]);
    assert_eq!(refused.status, 422, "{}", refused.body);
    assert!(refused.says("Tidak ada data baru"));
    // What was mended comes alone, and a number that is somebody's stays with whoever has it.
    let more = format!("{book}21;04/02/2026;Camat Timur;A/3;Surat lain\n22;05/02/2026;Camat Timur;A/4;Surat baru\n");
    let third = bring(&kit, &mut tu, "2026 lengkap.csv", more.as_bytes());
    map(&kit, &mut tu, &third, &[]);
    let page = tu.get(&third);
    assert!(page.says("Nomor agenda 21/2026 sudah dipakai surat lain di Praja.") && page.says("2026: 1 surat"), "{}", page.body);
    let csv = tu.get(&format!("{third}/masalah?format=csv"));
    assert!(csv.says("Perbaiki nomornya") && csv.says("No Agenda"), "{}", csv.body);
    map(&kit, &mut tu, &third, &[("ganda", "berikutnya")]);
    apply(&kit, &mut tu, &third);
    let rows = tu.get(&format!("{third}/unduh?format=csv"));
    assert!(rows.says("22/2026") && rows.says("23/2026") && rows.says("nomor lama 21"), "{}", rows.body);
    assert_eq!(
        count(
            &kit,
            "SELECT COUNT(*) FROM (SELECT agenda FROM eoffice_surat_masuk GROUP BY opd, tahun, agenda HAVING COUNT(*) > 1) x"
        ),
        0
    );
    assert_eq!(count(&kit, "SELECT COUNT(*) FROM eoffice_surat_masuk"), 5);
}

#[test]
fn an_import_is_taken_back_whole_with_its_numbers_on_record_and_can_come_again() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let at = whole(&kit, &mut tu, "agenda.csv", SIMPLE.as_bytes());
    index(&kit);
    let form = format!("{at}/urungkan");
    let silent = tu.fill(&at, &form, &[("alasan", "  ")]);
    assert!(silent.status == 422 && silent.says("Alasan mengurungkan impor belum diisi"), "{}", silent.body);
    let sent = tu.fill(&at, &form, &[("alasan", "Kolom pengirim dan tujuan tertukar")]);
    assert_eq!(sent.status, 303, "{}", sent.body);
    work(&kit);
    index(&kit);
    let page = tu.get(&at);
    assert!(page.says("Impor ini sudah diurungkan") && page.says("Kolom pengirim dan tujuan tertukar"), "{}", page.body);
    assert_eq!(count(&kit, "SELECT COUNT(*) FROM eoffice_surat_masuk"), 0);
    assert_eq!(count(&kit, "SELECT COUNT(*) FROM eoffice_akses"), 0);
    assert!(!tu.get(&format!("{LIST}?q=koordinasi")).says("Dinas Sosial Kabupaten"), "the search has forgotten it");
    assert_eq!(count(&kit, "SELECT CAST(SUM(jumlah) AS BIGINT) FROM eoffice_hitung WHERE jenis = 'impor'"), 0);
    let kept = "SELECT COUNT(*) FROM desk_nomor WHERE status = 'batal' AND asal = 'diluar_sistem' AND alasan LIKE '%tertukar%'";
    assert_eq!(count(&kit, kept), 3, "official numbers stay traceable");
    assert_eq!(
        count(&kit, "SELECT COUNT(*) FROM store_audit WHERE tindakan IN ('eoffice.apply-impor', 'eoffice.undo-impor')"),
        2
    );
    whole(&kit, &mut tu, "agenda.csv", SIMPLE.as_bytes());
    assert_eq!(count(&kit, "SELECT COUNT(*) FROM eoffice_surat_masuk"), 3, "the same book with the same numbers");
    assert_eq!(
        count(
            &kit,
            "SELECT COUNT(*) FROM desk_nomor WHERE status = 'terpakai' AND alasan IS NULL AND objek LIKE 'eoffice_surat_masuk:%'"
        ),
        3
    );
}

/// The page of the first imported letter.
fn letter(kit: &Kit) -> (Id, String) {
    let id = kit
        .off(|instance| instance.db.read(|tx| tx.scalar::<Id>("SELECT id FROM eoffice_surat_masuk WHERE agenda = 1", params![])))
        .expect("the letter is there");
    (id, format!("{LIST}/{id}"))
}

#[test]
fn once_somebody_worked_with_a_letter_the_import_stays() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let at = whole(&kit, &mut tu, "agenda.csv", SIMPLE.as_bytes());
    let (id, page) = letter(&kit);
    // A comment is seen only when each letter is looked at.
    let izin = tu.get(&page).hidden("izin").expect("a form for comments").to_owned();
    let said = tu.upload(&page, "/desk/komentar", &[("izin", &izin), ("isi", "Surat ini masih dicari orang.")], &[]);
    assert_eq!(said.status, 303, "{}", said.body);
    let sent = tu.fill(&at, &format!("{at}/urungkan"), &[("alasan", "Salah berkas")]);
    assert_eq!(sent.status, 303, "{}", sent.body);
    work(&kit);
    let refused = tu.get(&at);
    assert!(refused.says("sudah ditindaklanjuti: 1/2019"), "{}", refused.body);
    assert_eq!(count(&kit, "SELECT COUNT(*) FROM eoffice_surat_masuk"), 3, "all of it or nothing");
    // What the agenda itself tells is refused at once.
    kit.off(|instance| {
        instance.db.write(&instance.by_system("uji"), praja_store::Keys::unaudited(), move |tx| {
            tx.exec("UPDATE eoffice_surat_masuk SET versi = 2 WHERE id = ?1", params![id])
        })
    })
    .unwrap();
    let refused = tu.fill(&at, &format!("{at}/urungkan"), &[("alasan", "Salah berkas")]);
    assert!(refused.status == 422 && refused.says("1 suratnya sudah ditindaklanjuti"), "{}", refused.body);
}

#[test]
fn faults_are_listed_and_the_rest_is_taken_over() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let text =
        "No;Tgl Terima;Asal;Hal\n1;31/02/2020;Camat;Salah tanggal\n2;02/01/2020;;Tanpa pengirim\n3;02/01/2020;Camat;Benar\n";
    let at = bring(&kit, &mut tu, "bermasalah.csv", text.as_bytes());
    map(&kit, &mut tu, &at, &[]);
    let page = tu.get(&at);
    for words in ["Baris 2, Tgl Terima", "Baris 3, Asal", "2 isian bermasalah tidak ikut", "2020: 1 surat"] {
        assert!(page.says(words), "{words}: {}", page.body);
    }
    apply(&kit, &mut tu, &at);
    assert_eq!(count(&kit, "SELECT COUNT(*) FROM eoffice_surat_masuk"), 1);
}

#[test]
fn a_mapping_that_cannot_work_comes_back_as_it_was_chosen_and_a_profile_is_used_again() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let odd = "Urutan;Siapa;Apa;Kapan\n5;Camat;Undangan;02/01/2020\n";
    let at = bring(&kit, &mut tu, "aneh.csv", odd.as_bytes());
    let wrong = map(&kit, &mut tu, &at, &[("tetap_lokasi", "Gudang arsip")]);
    assert_eq!(wrong.status, 422);
    for words in ["Pilih kolom yang berisi pengirim", "Pilih kolom yang berisi hal", "value=\"Gudang arsip\""] {
        assert!(wrong.says(words), "{words}: {}", wrong.body);
    }
    let chosen = [
        ("kolom_agenda", "0"),
        ("kolom_asal", "1"),
        ("kolom_hal", "2"),
        ("kolom_tanggal_terima", "3"),
        ("ganda", "laporkan"),
        ("profil_nama", "Buku aneh"),
    ];
    let sent = map(&kit, &mut tu, &at, &chosen);
    assert_eq!(sent.status, 303, "{}", sent.body);
    assert!(tu.get(&at).says("2020: 1 surat"), "{}", tu.get(&at).body);
    let list = tu.get(HERE);
    assert!(list.says("Buku aneh") && list.says("aneh.csv"), "{}", list.body);
    let moved = bring(&kit, &mut tu, "aneh lagi.csv", b"Kapan;Apa;Siapa;Urutan\n03/01/2020;Laporan;Camat;6\n");
    let offered = tu.get(&format!("{moved}/kolom"));
    let id =
        offered.body.split("<option value=\"").find(|rest| rest.contains("Buku aneh")).and_then(|rest| rest.split('"').next());
    let page = tu.get(&format!("{moved}/kolom?profil={}", id.expect("the profile is offered")));
    let fields = page.held(&["urutan", "kepala"]);
    let at_of = |name: &str| fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone()).unwrap_or_default();
    assert_eq!((at_of("kolom_asal"), at_of("kolom_tanggal_terima"), at_of("kolom_agenda")), ("2".into(), "0".into(), "3".into()));
    let gone = tu.fill(HERE, &format!("{HERE}/profil/{}/hapus", id.unwrap()), &[]);
    assert_eq!(gone.status, 303, "{}", gone.body);
    assert!(!tu.get(HERE).says("Buku aneh"));
}

#[test]
fn wrong_files_are_refused_in_words_and_given_up() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let form = format!("{HERE}/baru");
    let none = tu.upload(&form, &form, &[], &[]);
    assert!(none.status == 422 && none.says("Pilih berkas buku agenda"), "{}", none.body);
    let old = tu.upload(&form, &form, &[], &[("berkas", "lama.xls", b"\xD0\xCF\x11\xE0\xA1\xB1")]);
    assert!(old.status == 422 && old.says("Excel lama"), "{}", old.body);
    for (name, content, says) in
        [("kosong.csv", &b"\n;;\n"[..], "kosong"), ("gambar.csv", &b"%PDF-1.7\n\x00\x01"[..], "bukan lembar kerja")]
    {
        let at = bring(&kit, &mut tu, name, content);
        let page = tu.get(&at);
        assert!(page.says("Tidak dapat dibaca") && page.says(says), "{name}: {}", page.body);
        assert_eq!(tu.get(&format!("{at}/kolom")).status, 422);
        let sent = tu.fill(&at, &format!("{at}/batal"), &[]);
        assert_eq!(sent.location.as_deref(), Some(HERE));
        assert!(tu.get(&at).says("dibatalkan"));
    }
}

#[test]
fn a_row_of_headings_that_is_not_there_is_asked_for_again() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let at = bring(&kit, &mut tu, "agenda lama.xlsx", &merged_book());
    let form = format!("{at}/lembar");
    let wrong = tu.fill(&form, &form, &[("lembar", "Sheet1"), ("kepala", "99")]);
    assert!(wrong.status == 422 && wrong.says("Isi nomor baris judul kolom") && wrong.says("value=\"99\""), "{}", wrong.body);
    let wrong = tu.fill(&form, &form, &[("lembar", "Tidak ada"), ("kepala", "4")]);
    assert!(wrong.status == 422 && wrong.says("Pilih lembar yang berisi"), "{}", wrong.body);
    let right = tu.fill(&form, &form, &[("lembar", "Sheet1"), ("kepala", "4")]);
    assert_eq!(right.location, Some(format!("{at}/kolom")));
}

#[test]
fn another_opd_sees_nothing_of_an_import_and_only_the_registry_brings_one() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let at = whole(&kit, &mut tu, "agenda.csv", SIMPLE.as_bytes());
    for akun in ["kadis", "superadmin"] {
        let mut other = Officer::of(&kit, akun);
        assert_eq!(other.get(HERE).status, 403, "{akun}");
        assert_eq!(other.get(&at).status, 403, "{akun}");
        assert_eq!(other.post(&format!("{at}/urungkan"), &[]).status, 403, "{akun}");
    }
    kit.off(|instance| {
        instance.db.write(&instance.by_system("uji"), praja_store::Keys::unaudited(), |tx| {
            let other = tx.new_id()?;
            tx.exec("UPDATE eoffice_impor SET opd = ?1", params![other])
        })
    })
    .unwrap();
    for path in [at.clone(), format!("{at}/berkas"), format!("{at}/masalah"), format!("{at}/unduh"), format!("{at}/kolom")] {
        assert_eq!(tu.get(&path).status, 404, "{path}");
    }
}

#[test]
fn what_was_interrupted_goes_on_and_nothing_comes_twice() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let mut text = String::from("No;Tgl Terima;Asal;Hal\n");
    for number in 1..=250 {
        text.push_str(&format!("{number};02/01/2020;Camat;Surat ke-{number}\n"));
    }
    let at = bring(&kit, &mut tu, "panjang.csv", text.as_bytes());
    map(&kit, &mut tu, &at, &[]);
    let sent = tu.fill(&at, &format!("{at}/terapkan"), &[]);
    assert_eq!(sent.status, 303);
    work(&kit);
    // As after a power cut: the state says that the work is not done, the place of the work that two thirds are.
    kit.off(|instance| {
        instance.db.write(&instance.by_system("uji"), praja_store::Keys::unaudited(), |tx| {
            tx.exec("UPDATE eoffice_impor SET status = 'menerapkan', maju = 200", params![])
        })
    })
    .unwrap();
    let id: Id = at.rsplit('/').next().unwrap().parse().unwrap();
    let payload = format!("{{\"impor\":\"{id}\",\"oleh\":null}}");
    let job = MODULE.jobs.iter().find(|job| job.kind == "eoffice.apply-impor").unwrap();
    kit.off(|instance| (job.run)(instance, &payload)).unwrap();
    assert_eq!(count(&kit, "SELECT COUNT(*) FROM eoffice_surat_masuk"), 250, "what came before is left behind, not doubled");
    assert!(tu.get(&at).says("Selesai"));
}

#[test]
fn staged_rows_go_after_a_month_and_the_record_stays() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let at = whole(&kit, &mut tu, "agenda.csv", SIMPLE.as_bytes());
    kit.clock.move_ms(31 * 24 * 60 * 60 * 1000);
    kit.run_job("eoffice.clean-impor");
    assert_eq!(count(&kit, "SELECT COUNT(*) FROM eoffice_impor_baris"), 0);
    assert_eq!(Officer::of(&kit, "tata-usaha").get(&at).status, 200);
}

#[test]
fn no_page_of_imports_reads_a_whole_table_or_sorts_in_memory() {
    let (kit, plans) = Kit::with_plans(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let at = whole(&kit, &mut tu, "agenda.csv", SIMPLE.as_bytes());
    for page in [
        HERE.to_owned(),
        at.clone(),
        format!("{at}?tindakan=baru&kata=camat"),
        format!("{at}/unduh?format=csv"),
        format!("{at}/masalah?format=csv"),
        "/eoffice/arsip/belum".to_owned(),
        "/eoffice/statistik".to_owned(),
    ] {
        assert_eq!(tu.get(&page).status, 200, "{page}");
    }
    tu.fill(&at, &format!("{at}/urungkan"), &[("alasan", "Uji")]);
    work(&kit);
    for plan in plans.plans().iter().filter(|plan| plan.sql.contains("eoffice_") || plan.sql.contains("desk_nomor")) {
        assert!(plan.offences().is_empty(), "{}\n{:#?}", plan.sql, plan.lines);
    }
}
