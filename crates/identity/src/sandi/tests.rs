use super::*;

#[test]
fn a_password_is_long_uncommon_and_not_about_its_holder() {
    let personal = ["kadis", "Siti Rahmawati", "198503122010012004"];
    let cases = [
        ("kopi senja di tepi rel", Ok(())),
        ("Xq7-kpl2-vvna", Ok(())),
        ("sebelas11ab", Err(Refusal::Short { count: 11 })),
        ("aaaaaaaaaaaaaa", Err(Refusal::Common)),
        ("ababababababab", Err(Refusal::Common)),
        ("123456789012", Err(Refusal::Common)),
        ("Password12345!", Err(Refusal::Common)),
        ("!!Indonesia-2026", Err(Refusal::Common)),
        ("1q2w3e4r5t6y", Err(Refusal::Common)),
        ("rahmawati senja", Err(Refusal::Personal)),
        ("x198503122010012004x", Err(Refusal::Personal)),
        ("kadis naik sepeda", Err(Refusal::Personal)),
    ];
    for (sandi, expected) in cases {
        assert_eq!(check_new(sandi, &personal), expected, "{sandi}");
    }
    assert_eq!(check_new(&"panjang sekali ".repeat(20), &personal), Err(Refusal::Long));
}

#[test]
fn a_hash_knows_its_password_only() {
    let hash = hash("kopi senja di tepi rel").unwrap();
    assert!(hash.starts_with("$argon2id$"), "{hash}");
    assert!(verify("kopi senja di tepi rel", Some(&hash)));
    assert!(!verify("kopi senja di tepi Rel", Some(&hash)));
    assert!(!verify("kopi", Some("bukan hash")));
}

#[test]
fn nobody_signs_in_with_the_hash_of_nobody() {
    assert!(!verify("tidak ada akun dengan sandi ini", None));
}

#[test]
fn a_drawn_password_is_accepted_and_never_drawn_twice() {
    let (one, two) = (draw(), draw());
    assert_ne!(one, two);
    assert_eq!(one.len(), 19);
    assert_eq!(check_new(&one, &[]), Ok(()));
}
