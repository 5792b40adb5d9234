use praja_kernel::{Date, Id, Moment, Rupiah};
use proptest::prelude::*;

use super::{
    baca::{amount, date},
    *,
};
use crate::skrd::{self, KodeBayar, Komponen, Skrd};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn profil() -> Profil {
    Profil {
        id: Id::v7(0, [1; 10]),
        nama: "Bank Uji".into(),
        pemisah: Pemisah::TitikKoma,
        lewati: 0,
        judul: true,
        kolom: Kolom { kode: "Keterangan".into(), jumlah: "Nominal".into(), tanggal: "Tgl".into(), referensi: "Ref".into() },
        bentuk_tanggal: BentukTanggal::Hbt,
        bentuk_angka: BentukAngka::Indonesia,
        oleh_nama: String::new(),
        versi: 1,
    }
}

fn bill(urut: i64, status: skrd::Status) -> Skrd {
    Skrd {
        id: Id::v7(urut, [2; 10]),
        permohonan: Id::v7(0, [3; 10]),
        permohonan_nomor: "UJI-20261101-0001".into(),
        opd: Id::v7(0, [4; 10]),
        nomor: format!("{urut:04}/SKRD/XI/2026"),
        kode: KodeBayar::new("9901", "01", 2026, urut).unwrap(),
        tanggal: day("2026-10-01"),
        jatuh_tempo: day("2026-10-31"),
        nama: "Siti Aminah".into(),
        nik: String::new(),
        npwp: String::new(),
        alamat: String::new(),
        layanan: "Uji".into(),
        dasar: "Perda 1/2024".into(),
        komponen: vec![Komponen { nama: "Uji".into(), jumlah: Rupiah(100_000) }],
        jumlah: Rupiah(100_000),
        bunga_persen_e2: 100,
        bunga_bulan_maks: 24,
        qris: String::new(),
        status,
        lunas_tanggal: (status == skrd::Status::Lunas).then(|| day("2026-10-05")),
        alasan_batal: String::new(),
        oleh_nama: String::new(),
        created_at: Moment(0),
        versi: 1,
    }
}

#[test]
fn amounts_are_read_as_the_bank_writes_them_and_nothing_is_guessed() {
    use BentukAngka::{Indonesia, Inggris};
    for (text, bentuk, expected) in [
        ("1.500.000", Indonesia, Some((1_500_000, false))),
        ("Rp 1.500.000,00", Indonesia, Some((1_500_000, false))),
        ("1500000", Indonesia, Some((1_500_000, false))),
        ("1,500,000.00 CR", Inggris, Some((1_500_000, false))),
        ("IDR 1,500.00", Inggris, Some((1_500, false))),
        ("150.000 DB", Indonesia, Some((150_000, true))),
        ("-150.000", Indonesia, Some((150_000, true))),
        ("(150,000.00)", Inggris, Some((150_000, true))),
        ("1.500.000,50", Indonesia, None),
        ("1,500,000.00", Indonesia, None),
        ("1.50", Indonesia, None),
        ("15.0000", Indonesia, None),
        ("", Indonesia, None),
        ("abc", Inggris, None),
        ("99999999999999999999", Inggris, None),
    ] {
        assert_eq!(amount(text, bentuk), expected.map(|(number, out)| (Rupiah(number), out)), "{text}");
    }
}

#[test]
fn days_are_read_in_the_form_of_the_profile_only() {
    use BentukTanggal::{Bht, Hbt, HbtRapat, Tbh, TbhRapat};
    for (text, bentuk) in [
        ("30/11/2026", Hbt),
        ("30-11-2026 08:15:00", Hbt),
        ("2026-11-30T08:15", Tbh),
        ("2026/11/30", Tbh),
        ("11/30/2026", Bht),
        ("20261130", TbhRapat),
        ("30112026", HbtRapat),
    ] {
        assert_eq!(date(text, bentuk), Some(day("2026-11-30")), "{text}");
    }
    for (text, bentuk) in
        [("11/30/2026", Hbt), ("30/11/26", Hbt), ("2026-02-30", Tbh), ("", Tbh), ("2026113", TbhRapat), ("é2261130", TbhRapat)]
    {
        assert_eq!(date(text, bentuk), None, "{text}");
    }
}

#[test]
fn each_row_of_a_file_is_told_what_it_means() {
    let (open, late, paid, gone) = (
        bill(1, skrd::Status::Terbit),
        bill(2, skrd::Status::Terbit),
        bill(3, skrd::Status::Lunas),
        bill(4, skrd::Status::Batal),
    );
    let all = [open.clone(), late.clone(), paid.clone(), gone.clone(), bill(5, skrd::Status::Terbit)];
    let unknown = KodeBayar::new("9901", "01", 2026, 99).unwrap();
    let code = |skrd: &Skrd| skrd.kode.as_str().to_owned();
    let text = format!(
        "Tgl;Ref;Keterangan;Nominal\n\
         15/10/2026;R1;BYR {open} Siti;100.000,00\n\
         15/10/2026;R2;{open};100.000,00\n\
         15/11/2026;R3;{late};100.000,00\n\
         15/11/2026;R4;{late};101.000,00\n\
         15/10/2026;R5;{paid};100.000\n\
         15/10/2026;R6;{gone};100.000\n\
         15/10/2026;R7;{unknown};100.000\n\
         15/10/2026;R8;Bunga tabungan;1.250\n\
         15/10/2026;R9;{five};seratus ribu\n\
         15/10/2026;R10;Biaya administrasi;5.000 DB\n\
         15/12/2026;R11;{five};100.000\n\
         15/10/2026;R1;{five};100.000\n\
         15/10/2026;LAMA;{five};100.000\n\
         30/09/2026;R12;{five};100.000\n\
         \n",
        open = code(&open),
        late = code(&late),
        paid = code(&paid),
        gone = code(&gone),
        unknown = unknown.as_str(),
        five = code(&all[4]),
    );
    let rows = read(text.as_bytes(), &profil()).unwrap();
    let found = judge(
        rows,
        &|kode| all.iter().find(|skrd| skrd.kode == *kode).cloned(),
        &|referensi| (referensi == "LAMA").then(|| "0009/SKRD/X/2026".into()),
        day("2026-11-22"),
    );
    let expected = [
        (2, Putusan::Cocok, "Siti Aminah"),
        (3, Putusan::DuaKali, "baris 2"),
        (4, Putusan::JumlahBeda, "terlambat 1 bulan: seharusnya Rp101.000"),
        (5, Putusan::Cocok, "0002/SKRD"),
        (6, Putusan::DuaKali, "sudah lunas pada 5 Oktober 2026"),
        (7, Putusan::Batal, "dibatalkan"),
        (8, Putusan::TidakDikenal, "Tidak ada SKRD dengan kode bayar"),
        (9, Putusan::TidakDikenal, "Tidak ada kode bayar 16 angka"),
        (10, Putusan::TidakTerbaca, "seratus ribu"),
        (11, Putusan::BukanSetoran, "dilewati"),
        (12, Putusan::TidakTerbaca, "belum tiba"),
        (13, Putusan::DuaKali, "Referensi R1 sudah ada pada baris 2"),
        (14, Putusan::DuaKali, "Referensi LAMA sudah dipakai untuk SKRD 0009"),
        (15, Putusan::TidakTerbaca, "lebih awal daripada SKRD"),
    ];
    assert_eq!(found.len(), expected.len());
    for (one, (nomor, putusan, words)) in found.iter().zip(expected) {
        assert_eq!((one.baris.nomor, one.putusan), (nomor, putusan), "{}", one.pesan);
        assert!(one.pesan.contains(words), "{nomor}: {}", one.pesan);
    }
}

#[test]
fn a_file_that_does_not_fit_its_profile_says_what_is_there() {
    let read = |text: &[u8], profil: &Profil| read(text, profil).map(|rows| rows.len());
    assert_eq!(read(b"%PDF-1.4\x00\x01", &profil()), Err(FileRefusal::NotText));
    assert_eq!(read(b"\xff\xfe", &profil()), Err(FileRefusal::NotText));
    assert_eq!(read(b"", &profil()), Err(FileRefusal::Empty));
    assert_eq!(read(b"Tgl;Ref;Keterangan;Nominal\n", &profil()), Err(FileRefusal::Empty));
    let wrong = read(b"Tanggal,Uraian,Jumlah\n1,2,3\n", &profil()).unwrap_err().to_string();
    assert!(wrong.contains("\"Keterangan\"") && wrong.contains("Tanggal,Uraian,Jumlah"), "{wrong}");
    let many = format!("Tgl;Ref;Keterangan;Nominal\n{}", "1;2;3;4\n".repeat(MOST_ROWS + 1));
    assert_eq!(read(many.as_bytes(), &profil()), Err(FileRefusal::TooMany));
    // Lines before the table, no titles, columns by their place.
    let plain = Profil {
        lewati: 2,
        judul: false,
        kolom: Kolom { kode: "2".into(), jumlah: "3".into(), tanggal: "1".into(), referensi: String::new() },
        pemisah: Pemisah::Garis,
        bentuk_tanggal: BentukTanggal::TbhRapat,
        bentuk_angka: BentukAngka::Inggris,
        ..profil()
    };
    let rows = super::read("\u{feff}Rekening \"123\nPeriode\n20261015|4539148803436467|100,000.00\n".as_bytes(), &plain).unwrap();
    assert_eq!((rows.len(), rows[0].nomor, rows[0].jumlah), (1, 3, Some(Rupiah(100_000))));
    assert!(rows[0].kode.is_some() && rows[0].masalah.is_empty());
    assert_eq!(read(b"a\nb\n1|2\n", &plain), Err(FileRefusal::NoColumn { kolom: "3".into(), ada: "1 sampai 2".into() }));
}

proptest! {
    #[test]
    fn no_file_makes_the_reading_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), text in "[ -~\n;]{0,200}") {
        let _ = read(&bytes, &profil());
        let _ = read(format!("Tgl;Ref;Keterangan;Nominal\n{text}").as_bytes(), &profil());
    }

    #[test]
    fn no_cell_makes_the_reading_panic(text in "\\PC{0,30}") {
        for bentuk in BentukTanggal::ALL {
            let _ = date(&text, *bentuk);
        }
        for bentuk in BentukAngka::ALL {
            if let Some((rupiah, _)) = amount(&text, *bentuk) {
                prop_assert!(rupiah >= Rupiah::ZERO);
            }
        }
    }
}
