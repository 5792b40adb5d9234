use super::*;

#[test]
fn only_addresses_of_this_host_are_gone_to() {
    let cases = [
        ("/", true),
        ("/eoffice/surat-masuk?q=a", true),
        ("", false),
        ("//jahat.example", false),
        ("/\\jahat.example", false),
        ("/\t/jahat.example", false),
        ("/a\\b", false),
        ("https://jahat.example/", false),
        ("javascript:alert(1)", false),
    ];
    for (ke, local) in cases {
        assert_eq!(is_local(ke), local, "{ke:?}");
    }
}

#[test]
fn an_address_fits_its_pattern_piece_by_piece() {
    assert!(matches("/profil/sesi/{id}/cabut", "/profil/sesi/7/cabut"));
    assert!(!matches("/profil/sesi/{id}/cabut", "/profil/sesi//cabut"));
    assert!(!matches("/profil", "/profil/sandi") && !matches("/profil/sandi", "/profil"));
}

#[test]
fn a_name_nobody_has_is_counted_without_being_kept() {
    let typed = "sandi saya yang salah kolom";
    let counters = Counters::of(None, typed, "10.0.0.7");
    assert!(counters.akun.starts_with("nama:") && !counters.akun.contains("sandi"));
    assert_eq!(counters.akun, Counters::of(None, " SANDI saya yang salah kolom ", "10.0.0.8").akun);
    assert_ne!(counters.akun, Counters::of(None, "lain", "10.0.0.7").akun);
}

#[test]
fn unknown_and_wrong_get_the_same_words() {
    assert_eq!(Refusal::NoMatch.to_string(), "Akun atau sandi tidak cocok.");
    assert!(Refusal::NoMatch.fields().is_empty());
}
