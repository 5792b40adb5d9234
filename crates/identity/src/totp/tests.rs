use super::*;

/// The seed of RFC 6238, appendix B.
const SEED: &[u8] = b"12345678901234567890";

fn at(seconds: i64) -> Moment {
    Moment(seconds * 1000)
}

#[test]
fn the_codes_are_those_of_the_standard() {
    // RFC 6238 shows eight digits; applications show the last six.
    for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")] {
        assert_eq!(code_at(SEED, at(seconds)), code);
        assert_eq!(check(SEED, code, 0, at(seconds)), Ok(seconds / 30));
    }
}

#[test]
fn a_phone_may_be_half_a_minute_off_and_no_more() {
    let now = at(1_234_567_890);
    for (shift, right) in [(-30, true), (0, true), (30, true), (-90, false), (90, false)] {
        let typed = code_at(SEED, at(1_234_567_890 + shift));
        assert_eq!(check(SEED, &typed, 0, now).is_ok(), right, "{shift} s");
    }
}

#[test]
fn a_code_counts_once() {
    let now = at(1_234_567_890);
    let step = check(SEED, " 005 924 ", 0, now).expect("right");
    assert_eq!(check(SEED, "005924", step, now), Err(Refusal::Used));
    assert_eq!(check(SEED, "005925", step, now), Err(Refusal::Wrong));
    assert_eq!(check(SEED, "", step, now), Err(Refusal::Wrong));
}

#[test]
fn applications_read_seed_issuer_and_account_from_the_address() {
    let address = address(SEED, "Praja Kabupaten Contoh", "siti@x.id");
    let wanted = "otpauth://totp/Praja%20Kabupaten%20Contoh:siti%40x.id?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Praja%20Kabupaten%20Contoh";
    assert_eq!(address, wanted);
    assert_eq!(typed_form(SEED), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
}

#[test]
fn recovery_codes_differ_and_are_kept_as_digests_of_one_account() {
    let codes = draw_recovery_codes();
    assert_eq!(codes.iter().collect::<std::collections::BTreeSet<_>>().len(), RECOVERY_CODES);
    assert!(codes.iter().all(|code| code.len() == 11 && code.chars().nth(5) == Some('-')));
    let (one, other) = (Id::v7(1, [1; 10]), Id::v7(2, [2; 10]));
    assert_eq!(recovery_digest(one, " ABCDE fghjk "), recovery_digest(one, "abcde-fghjk"));
    assert_ne!(recovery_digest(one, "abcde-fghjk"), recovery_digest(other, "abcde-fghjk"));
}

#[test]
fn a_recovery_code_is_never_taken_for_a_code_of_the_application() {
    assert!(draw_recovery_codes().iter().all(|code| plain(code).len() != 6));
}
