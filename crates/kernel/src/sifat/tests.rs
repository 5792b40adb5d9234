use super::*;

#[test]
fn classes_go_from_open_to_closed() {
    assert!(Sifat::ALL.is_sorted());
    assert_eq!(Sifat::Terbatas.max(Sifat::Biasa), Sifat::Terbatas);
    assert_eq!(Sifat::ALL.iter().map(|sifat| sifat.huruf()).collect::<Vec<_>>(), ["B", "T", "R", "SR"]);
}

#[test]
fn what_is_shown_shrinks_from_class_to_class() {
    for (sifat, secret, hal, scan) in [
        (Sifat::Biasa, false, true, true),
        (Sifat::Terbatas, false, false, true),
        (Sifat::Rahasia, true, false, true),
        (Sifat::SangatRahasia, true, false, false),
    ] {
        assert_eq!(
            (sifat.is_secret(), sifat.shows_hal_outside(), sifat.stores_scan()),
            (secret, hal, scan),
            "{}",
            sifat.as_str()
        );
    }
}

#[test]
fn every_stored_word_reads_back() {
    for sifat in Sifat::ALL {
        assert_eq!(Sifat::parse(sifat.as_str()), Ok(*sifat));
        assert_eq!(sifat.as_str().parse(), Ok(*sifat));
    }
    assert_eq!(
        Sifat::parse("Rahasia").unwrap_err().to_string(),
        "\"Rahasia\" bukan sifat yang dikenal. Pilih salah satu: biasa, terbatas, rahasia, sangat_rahasia."
    );
}
