use super::*;

const BAIK: Jalur = Jalur {
    tanggap_us: Some(300_000),
    hilang_permille: Some(20),
    unduh_kbit: Some(2_000),
    unggah_kbit: Some(512),
    jam_gelap: Some(0),
};

#[test]
fn a_line_allows_the_best_way_of_working_that_all_its_figures_allow() {
    let cases = [
        (BAIK, CaraKerja::Daring, ""),
        (
            Jalur { tanggap_us: Some(300_001), ..BAIK },
            CaraKerja::Hemat,
            "jawaban sampai 301 ms; daring penuh paling banyak 300 ms",
        ),
        (
            Jalur { tanggap_us: Some(1_500_001), ..BAIK },
            CaraKerja::Berkala,
            "jawaban sampai 1.501 ms; daring hemat paling banyak 1.500 ms",
        ),
        (Jalur { hilang_permille: Some(25), ..BAIK }, CaraKerja::Hemat, "2,5 % tidak terjawab; daring penuh paling banyak 2 %"),
        (
            Jalur { hilang_permille: Some(101), ..BAIK },
            CaraKerja::Berkala,
            "10,1 % tidak terjawab; daring hemat paling banyak 10 %",
        ),
        (
            Jalur { hilang_permille: Some(801), ..BAIK },
            CaraKerja::Titip,
            "80,1 % tidak terjawab; daring hemat paling banyak 10 %",
        ),
        (
            Jalur { unduh_kbit: Some(1_999), ..BAIK },
            CaraKerja::Hemat,
            "laju ke kantor 1.999 kbit/detik; daring penuh sedikitnya 2.000 kbit/detik",
        ),
        (
            Jalur { unduh_kbit: Some(255), ..BAIK },
            CaraKerja::Berkala,
            "laju ke kantor 255 kbit/detik; daring hemat sedikitnya 256 kbit/detik",
        ),
        (
            Jalur { unggah_kbit: Some(511), ..BAIK },
            CaraKerja::Hemat,
            "laju dari kantor 511 kbit/detik; daring penuh sedikitnya 512 kbit/detik",
        ),
        (
            Jalur { unggah_kbit: Some(63), ..BAIK },
            CaraKerja::Berkala,
            "laju dari kantor 63 kbit/detik; daring hemat sedikitnya 64 kbit/detik",
        ),
        (
            Jalur { jam_gelap: Some(1), ..BAIK },
            CaraKerja::Hemat,
            "1 jam kerja sehari tanpa jaringan; daring penuh paling banyak 0 jam",
        ),
        (
            Jalur { jam_gelap: Some(2), ..BAIK },
            CaraKerja::Berkala,
            "2 jam kerja sehari tanpa jaringan; daring hemat paling banyak 1 jam",
        ),
        (
            Jalur { jam_gelap: Some(8), ..BAIK },
            CaraKerja::Titip,
            "8 jam kerja sehari tanpa jaringan; daring hemat paling banyak 1 jam",
        ),
    ];
    for (jalur, cara, sebab) in cases {
        let (found, reasons) = jalur.cara().unwrap();
        assert_eq!((found, reasons.join(" | ").as_str()), (cara, sebab), "{jalur:?}");
    }
}

#[test]
fn what_was_not_measured_forbids_nothing_and_nothing_measured_allows_nothing() {
    assert_eq!(Jalur::default().cara(), None);
    let only = Jalur { tanggap_us: Some(1), ..Jalur::default() };
    assert_eq!(only.cara(), Some((CaraKerja::Daring, Vec::new())));
}

#[test]
fn a_worse_line_never_allows_a_better_way() {
    let mut before = CaraKerja::Daring;
    for lost in 0..=1_000 {
        let (cara, _) = Jalur { hilang_permille: Some(lost), ..BAIK }.cara().unwrap();
        assert!(cara >= before, "{lost}");
        before = cara;
    }
    assert_eq!(before, CaraKerja::Titip);
}
