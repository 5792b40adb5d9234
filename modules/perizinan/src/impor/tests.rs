use praja_kernel::{Date, Id};
use praja_web::lembar::{Baris, Masalah, Reading, Sel};

use super::{
    Tindakan,
    baca::{Calon, Isi, Pembaca, Tempat, has_no_end, keadaan, nik},
    bidang::{Bidang, meaning},
    layanan::{Layanan, exact, likely},
    pemetaan::{Akhir, Ganda, NikSalah, Pemetaan, guess_head},
    pilah::{Ada, by_service, kunci, sort},
};
use crate::{izin::Keadaan, jenis::Masa};

const NIK: &str = "5315015209850001";

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn id(at: i64) -> Id {
    Id::v7(at, [0; 10])
}

fn services() -> Vec<Layanan> {
    let one = |at, kode: &str, nama: &str, tahun| Layanan {
        jenis: id(at),
        kode: kode.into(),
        nama: nama.into(),
        masa: Masa { tahun, ..Masa::default() },
    };
    vec![
        one(1, "REK", "Izin penyelenggaraan reklame", 1),
        one(2, "TRY", "Izin trayek angkutan perdesaan dan perkotaan", 5),
        one(3, "LKP", "Izin penyelenggaraan kursus (LKP)", 0),
    ]
}

fn tempat() -> Tempat {
    Tempat::of(
        [("99.01.01", "Manggar"), ("99.01.02", "Damar"), ("99.01.01.2001", "Lalang"), ("99.01.02.2001", "Lalang")].into_iter(),
    )
}

/// Reads a CSV as the wizard would when everything it guesses is taken.
fn read(text: &str, change: impl Fn(&mut Pemetaan)) -> (Vec<Calon>, Vec<Masalah>, usize) {
    let rows = praja_web::lembar::read(text.as_bytes(), &Reading::book("", 1_000)).unwrap();
    let cells: Vec<(u32, Vec<String>)> = rows.iter().map(|row| (row.nomor, row.sel.iter().map(Sel::shown).collect())).collect();
    let head = guess_head(&cells);
    let headings = cells.iter().find(|(number, _)| *number == head).map(|(_, cells)| cells.clone()).unwrap();
    let mut pemetaan = Pemetaan::guess(&headings);
    change(&mut pemetaan);
    let (layanan, tempat) = (services(), tempat());
    let reader = Pembaca { pemetaan: &pemetaan, today: day("2026-11-22"), layanan: &layanan, tempat: &tempat };
    let (mut all, mut wrong, mut between) = (Vec::new(), Vec::new(), 0);
    for row in rows.iter().filter(|row: &&Baris| row.nomor > head) {
        match reader.read(row, &mut wrong) {
            Isi::Izin(one) => all.push(*one),
            Isi::Sela => between += 1,
            Isi::Salah => {}
        }
    }
    (all, wrong, between)
}

#[test]
fn headings_of_exports_and_books_are_understood() {
    use Bidang as B;
    let table = [
        ("no_izin", Some(B::Nomor)),
        ("Nomor SK", Some(B::Nomor)),
        ("No.", None),
        ("no_permohonan", None),
        ("Nomor Induk Berusaha", None),
        ("tgl_izin", Some(B::Tanggal)),
        ("Tgl Terbit", Some(B::Tanggal)),
        ("tgl_permohonan", None),
        ("tgl_berlaku_awal", Some(B::Dari)),
        ("tgl_berlaku_akhir", Some(B::Sampai)),
        ("Berlaku s/d", Some(B::Sampai)),
        ("Masa Berlaku", Some(B::Sampai)),
        ("jenis_izin", Some(B::Layanan)),
        ("Nama Izin", Some(B::Layanan)),
        ("nama_pemohon", Some(B::Nama)),
        ("Nama Pemilik/Perusahaan", Some(B::Nama)),
        ("Nama", Some(B::Nama)),
        ("Nama Usaha", Some(B::Objek)),
        ("no_identitas", Some(B::Nik)),
        ("No. KTP", Some(B::Nik)),
        ("No HP", Some(B::Telepon)),
        ("E-mail", Some(B::Email)),
        ("lokasi_izin", Some(B::Alamat)),
        ("Kecamatan", Some(B::Kecamatan)),
        ("kelurahan", Some(B::Desa)),
        ("Status", Some(B::Keadaan)),
        ("Keterangan", None),
        ("DAFTAR IZIN YANG DITERBITKAN DPMPTSP TAHUN 2019", None),
    ];
    for (heading, expected) in table {
        assert_eq!(meaning(heading), expected, "{heading}");
    }
}

#[test]
fn dates_are_read_in_every_shape_that_people_and_programs_write() {
    for written in ["2024-03-01", "01/03/2024", "1 Maret 2024", "01-03-2024", "1 Mar 24", "45352"] {
        let text = format!("no_izin;tgl_izin;nama;jenis izin;berlaku sampai\n1;{written};Siti;REK;31/12/2027\n");
        let (all, wrong, _) = read(&text, |_| {});
        assert!(wrong.is_empty(), "{written}: {wrong:?}");
        assert_eq!(all[0].tanggal, day("2024-03-01"), "{written}");
        assert_eq!(all[0].sampai, Some(day("2027-12-31")));
    }
    for (written, says) in
        [("31/02/2024", "tidak terbaca"), ("1/3/1024", "di luar tahun"), ("1/3/2029", "belum tiba"), ("", "kosong")]
    {
        let text = format!("no_izin;tgl_izin;nama;jenis izin;berlaku sampai\n1;{written};Siti;REK;31/12/2030\n");
        let (all, wrong, _) = read(&text, |_| {});
        assert!(all.is_empty() && wrong[0].pesan.contains(says) && !wrong[0].saran.is_empty(), "{written}: {wrong:?}");
    }
}

#[test]
fn a_nik_that_a_spreadsheet_has_cut_is_refused_with_what_to_do() {
    let text = |words: &str| nik(&Sel::Teks(words.to_owned()), words);
    for good in [NIK, "'5315015209850001", "5315 0152 0985 0001", "5315.0152.0985.0001", "`5315015209850001"] {
        assert_eq!(text(good).unwrap().unwrap().full(), NIK, "{good}");
    }
    for none in ["", "-", "  "] {
        assert_eq!(text(none), Ok(None));
    }
    let table = [
        ("5.31502E+15", "angka terakhirnya hilang", "berformat Teks"),
        ("5,31502e+15", "angka terakhirnya hilang", "berformat Teks"),
        ("531501520985000", "15 angka", "jangan ditambah nol"),
        ("53150152098500011", "17 angka", "NIB"),
        ("8120015209850", "13 angka", "NIB"),
        ("A315015209850001", "hanya berisi angka", "NIB"),
        ("5315015209850000", "0000", "pembulatan"),
        ("0015015209850001", "provinsi", "KTP"),
        ("5315019909850001", "Tanggal lahir", "KTP"),
    ];
    for (words, says, how) in table {
        let (what, remedy) = text(words).unwrap_err();
        assert!(what.contains(says) && remedy.contains(how), "{words}: {what} {remedy}");
        assert!(!what.contains(words), "the number itself is not repeated");
    }
    let (what, _) = nik(&Sel::Angka(5_315_015_209_850_001.0), "5315015209850001").unwrap_err();
    assert!(what.contains("sebagai bilangan"), "a number that looks whole may have lost its last digit");
}

#[test]
fn a_wrong_nik_is_a_problem_that_names_no_nik_or_is_left_out_where_somebody_said_so() {
    let text = "no_izin;tgl_izin;nama;nik;jenis izin;berlaku sampai\n1;1/3/2024;Siti;531501520985000;REK;1/3/2027\n2;1/3/2024;Budi;-;REK;1/3/2027\n";
    let (all, wrong, _) = read(text, |_| {});
    assert_eq!((all.len(), wrong.len()), (1, 1));
    assert_eq!((wrong[0].baris, wrong[0].kolom.as_str(), wrong[0].isi.as_str()), (2, "nik", "5315… (15 huruf)"));
    assert_eq!(all[0].catatan, "tanpa NIK");
    let (all, wrong, _) = read(text, |pemetaan| pemetaan.nik_salah = NikSalah::Kosongkan);
    assert!(wrong.is_empty() && all.iter().all(|one| one.nik.is_empty()) && all[0].catatan.contains("dikosongkan"));
}

#[test]
fn an_empty_end_is_what_somebody_says_it_is_and_a_word_for_ever_is_none() {
    let text = "no_izin;tgl_izin;nama;jenis izin;berlaku sampai\n1;1/3/2024;A;REK;\n2;1/3/2024;B;LKP;\n3;1/3/2024;C;REK;Seumur hidup\n4;1/3/2024;D;REK;1/3/2023\n";
    let ends = |akhir| {
        let (all, wrong, _) = read(text, |pemetaan| pemetaan.akhir = akhir);
        (all.iter().map(|one| one.sampai).collect::<Vec<_>>(), wrong.iter().map(|one| one.baris).collect::<Vec<_>>())
    };
    // A type without an end, and a word that says so, need no answer; an end before the beginning is always a problem.
    assert_eq!(ends(Akhir::Laporkan), (vec![None, None], vec![2, 5]));
    assert_eq!(ends(Akhir::Tanpa), (vec![None, None, None], vec![5]));
    assert_eq!(ends(Akhir::Jenis), (vec![Some(day("2025-03-01")), None, None], vec![5]));
    assert!(has_no_end("Selama perusahaan beroperasi") && !has_no_end("31/12/2027"));
}

#[test]
fn how_a_licence_stands_and_where_it_lies_are_told_from_words_and_names() {
    let table = [
        ("Aktif", Some(Keadaan::Aktif)),
        ("HABIS MASA BERLAKU", Some(Keadaan::Aktif)),
        ("Dicabut", Some(Keadaan::Dicabut)),
        ("dibekukan", Some(Keadaan::Dibekukan)),
        ("entah", None),
    ];
    for (word, expected) in table {
        assert_eq!(keadaan(word), expected, "{word}");
    }
    let text = "no_izin;tgl_izin;nama;jenis izin;berlaku sampai;kecamatan;kelurahan;status;no hp\n\
        1;1/3/2024;A;REK;1/3/2027;Kec. Manggar;Desa Lalang;dicabut;81234567890\n2;1/3/2024;B;REK;1/3/2027;Gantung;;;x\n\
        3;1/3/2024;C;REK;1/3/2027;DAMAR;Tidak Ada;;\n4;1/3/2024;D;REK;1/3/2027;;Lalang;melayang;\n";
    let (all, wrong, _) = read(text, |_| {});
    let found: Vec<&str> = all.iter().map(|one| one.lokasi.as_str()).collect();
    assert_eq!(found, ["99.01.01.2001", "", "99.01.02"]);
    assert_eq!(
        (all[0].keadaan, all[0].telepon.as_str()),
        (Keadaan::Dicabut, "+6281234567890"),
        "a zero in front that a spreadsheet dropped"
    );
    assert_eq!(all[1].catatan, "tanpa NIK; nomor ponsel tidak dikenal; kecamatan tidak dikenal");
    assert!(wrong.len() == 1 && wrong[0].pesan.contains("\"melayang\" tidak dikenal"), "{wrong:?}");
}

#[test]
fn titles_sums_and_services_that_are_left_out_are_no_licences() {
    let text = "REKAP IZIN;;;;\nno_izin;tgl_izin;nama;jenis izin;berlaku sampai\nTAHUN 2024;;;;\n1;1/3/2024;A;SIUP;1/3/2027\n2;1/3/2024;B;izin TRAYEK;1/3/2027\n";
    let (all, wrong, between) = read(text, |_| {});
    assert!(all.is_empty() && between == 1 && wrong.iter().all(|one| one.pesan.contains("belum dipasangkan")), "{wrong:?}");
    let (all, wrong, between) = read(text, |pemetaan| {
        pemetaan.layanan.insert("siup".into(), String::new());
        pemetaan.layanan.insert("izin trayek".into(), "TRY".into());
    });
    assert_eq!((all.len(), wrong.len(), between), (1, 0, 2));
    assert_eq!((all[0].jenis, all[0].layanan.as_str()), (id(2), "izin TRAYEK"));
}

#[test]
fn a_service_is_proposed_only_where_its_name_is_mostly_the_same() {
    let all = services();
    assert_eq!(exact(&all, "izin penyelenggaraan REKLAME").unwrap().kode, "REK");
    assert_eq!(exact(&all, "rek").unwrap().kode, "REK");
    for (nama, expected) in [
        ("Izin Reklame", Some("REK")),
        ("Izin Trayek", None),
        ("Izin trayek angkutan perkotaan", Some("TRY")),
        ("SIUP", None),
        ("Izin", None),
    ] {
        assert_eq!(likely(&all, nama).map(|one| one.kode.as_str()), expected, "{nama}");
    }
}

#[test]
fn a_licence_that_is_there_is_skipped_or_renewed_as_somebody_chose_and_always_told() {
    let text = "no_izin;tgl_izin;nama;jenis izin;berlaku sampai\nA/1;1/3/2024;Siti;REK;1/3/2027\na / 1;1/3/2024;Siti;REK;1/3/2027\nA/1;1/3/2024;Siti;LKP;\nA/2;1/3/2024;Budi;REK;1/3/2027\nA/3;1/3/2024;Ani;REK;1/3/2027\nA/4;1/3/2024;Edi;REK;1/3/2027\n";
    let (all, _, _) = read(text, |_| {});
    let other = Calon { nama: "Lain".into(), ..all[3].clone() };
    let ada = |at, berubah_boleh, dari_impor, isi: Option<Calon>| Ada { izin: id(at), berubah_boleh, dari_impor, isi };
    let known = [
        (kunci(id(1), "A/2"), ada(12, true, true, Some(other.clone()))),
        (kunci(id(1), "A/3"), ada(13, false, true, Some(other))),
        (kunci(id(1), "A/4"), ada(14, false, false, None)),
    ]
    .into_iter()
    .collect();
    let mut wrong = Vec::new();
    let out = sort(all.clone(), &known, Ganda::Lewati, "no_izin", &mut wrong);
    assert_eq!(
        (out.baru.len(), out.ubah.len(), out.sama.len()),
        (2, 0, 3),
        "the same number of another service is another licence"
    );
    assert!(wrong.len() == 1 && wrong[0].baris == 3 && wrong[0].pesan.contains("baris 2"), "{wrong:?}");
    let out = sort(all, &known, Ganda::Perbarui, "no_izin", &mut Vec::new());
    assert_eq!((out.ubah.len(), out.ubah[0].1), (1, id(12)));
    let why: Vec<&str> = out.sama.iter().map(|(_, why)| *why).collect();
    assert_eq!(why, ["sudah tercatat dan sudah dipakai; tidak diubah", "sudah terbit di Praja; tidak diubah"]);
    assert_eq!(by_service(&out.baru), "Izin penyelenggaraan kursus (LKP): 1 izin; Izin penyelenggaraan reklame: 1 izin");
    assert_eq!(Tindakan::ALL.len(), 4);
}

#[test]
fn what_would_be_the_same_for_all_is_no_number_and_no_nik() {
    let mut pemetaan = Pemetaan::guess(&["no_izin".into(), "nama".into()]);
    let fields = |pemetaan: &Pemetaan| pemetaan.problems(2).iter().map(|one| one.field.to_string()).collect::<Vec<_>>();
    assert_eq!(fields(&pemetaan), ["kolom_layanan", "kolom_tanggal"]);
    for (bidang, words) in
        [(Bidang::Layanan, "REK"), (Bidang::Tanggal, "1/3/2024"), (Bidang::Nik, NIK), (Bidang::Sampai, "kapan-kapan")]
    {
        pemetaan.sumber.entry(bidang).or_default().tetap = words.into();
    }
    assert_eq!(fields(&pemetaan), ["tetap_sampai", "tetap_nik"]);
    pemetaan.sumber.entry(Bidang::Nama).or_default().kolom = Some(9);
    assert!(fields(&pemetaan).contains(&"kolom_nama".to_owned()));
    let again = pemetaan.for_headings(&["Nama".into(), "x".into(), "no_izin".into()]);
    assert_eq!(again.of(Bidang::Nomor).kolom, Some(2), "found by its heading");
}
