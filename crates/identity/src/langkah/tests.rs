use super::*;

const NOW: Moment = Moment(1_795_312_800_000);

fn keys() -> Keyring {
    Keyring::create().expect("keys are drawn").0
}

fn sent(keys: &Keyring, code: &str) -> Langkah {
    Langkah {
        kunci: "k".into(),
        jenis: Jenis::Daftar,
        akun: None,
        muatan: None,
        kode: Some(digest(keys, "k", code)),
        tujuan: String::new(),
        gagal: 0,
        kiriman: 1,
        dikirim: NOW,
        kedaluwarsa: NOW.plus_ms(LIFE_MS),
    }
}

#[test]
fn the_code_that_was_sent_is_taken_however_it_is_grouped() {
    let keys = keys();
    let step = sent(&keys, "012345");
    for typed in ["012345", " 012 345 ", "012-345"] {
        assert_eq!(step.judge(&keys, typed, NOW), Ok(()), "{typed}");
    }
}

#[test]
fn a_wrong_code_says_how_often_it_may_be_tried_and_the_sixth_is_not_looked_at() {
    let keys = keys();
    let step = |gagal| Langkah { gagal, ..sent(&keys, "012345") };
    assert_eq!(step(0).judge(&keys, "999999", NOW), Err(Refusal::Wrong { left: 4 }));
    assert_eq!(step(3).judge(&keys, "999999", NOW), Err(Refusal::Wrong { left: 1 }));
    assert_eq!(step(4).judge(&keys, "999999", NOW), Err(Refusal::UsedUp));
    assert_eq!(step(5).judge(&keys, "012345", NOW), Err(Refusal::UsedUp));
}

#[test]
fn a_code_holds_for_five_minutes() {
    let keys = keys();
    let step = sent(&keys, "012345");
    assert_eq!(step.judge(&keys, "012345", NOW.plus_ms(CODE_MS - 1)), Ok(()));
    assert_eq!(step.judge(&keys, "012345", NOW.plus_ms(CODE_MS)), Err(Refusal::Expired));
}

#[test]
fn a_step_without_a_code_never_ends_well() {
    let keys = keys();
    let step = Langkah { kode: None, ..sent(&keys, "012345") };
    assert_eq!(step.judge(&keys, "", NOW), Err(Refusal::Wrong { left: 4 }));
    assert_eq!(step.judge(&keys, "012345", NOW), Err(Refusal::Wrong { left: 4 }));
}

#[test]
fn codes_are_sent_once_a_minute_and_four_times_at_most() {
    let keys = keys();
    let step = |kiriman| Langkah { kiriman, ..sent(&keys, "012345") };
    assert_eq!(step(1).may_send_again(NOW.plus_ms(18_500)), Err(Refusal::TooSoon { seconds: 42 }));
    assert_eq!(step(1).may_send_again(NOW.plus_ms(PAUSE_MS)), Ok(()));
    assert_eq!(step(4).may_send_again(NOW.plus_ms(PAUSE_MS)), Err(Refusal::TooMany));
}

#[test]
fn what_is_kept_of_a_code_is_bound_to_its_step_and_its_instance() {
    let (one, other) = (keys(), keys());
    assert_ne!(digest(&one, "k", "012345"), digest(&one, "l", "012345"));
    assert_ne!(digest(&one, "k", "012345"), digest(&other, "k", "012345"));
    assert!(!digest(&one, "k", "012345").contains("012345"));
}

#[test]
fn drawn_codes_have_six_digits() {
    let codes: Vec<String> = (0..200).map(|_| draw_code()).collect();
    assert!(codes.iter().all(|code| code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit())));
    assert!(codes.iter().collect::<std::collections::BTreeSet<_>>().len() > 150);
}

#[test]
fn what_was_typed_comes_back_in_its_own_step_only() {
    let keys = keys();
    let sealed = seal(&keys, "k", &vec!["5315015209850001"]).expect("sealed");
    let step = Langkah { muatan: Some(sealed.clone()), ..sent(&keys, "1") };
    assert_eq!(step.load::<Vec<String>>(&keys).expect("opens"), Some(vec!["5315015209850001".to_owned()]));
    assert!(Langkah { kunci: "l".into(), ..step }.load::<Vec<String>>(&keys).is_err());
    assert!(!sealed.windows(8).any(|part| part == b"53150152"));
}
