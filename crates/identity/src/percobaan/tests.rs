use super::*;

const NOW: Moment = Moment(1_795_312_800_000);

fn fail(times: usize, throttle: Throttle) -> Attempts {
    (0..times).fold(Attempts::default(), |attempts, _| attempts.after_failure(throttle, NOW))
}

#[test]
fn a_slip_of_the_finger_shuts_nothing_and_the_fifth_shuts_for_a_minute() {
    let cases = [(1, None), (4, None), (5, Some(1)), (7, Some(1)), (8, Some(5)), (10, Some(15)), (40, Some(15))];
    for (times, minutes) in cases {
        let locked = fail(times, PER_ACCOUNT).locked_until(NOW);
        assert_eq!(locked, minutes.map(|minutes| NOW.plus_ms(minutes * MINUTE)), "{times} failures");
    }
}

#[test]
fn the_door_opens_by_itself_and_old_failures_are_forgotten() {
    let attempts = fail(5, PER_ACCOUNT);
    let minute_later = NOW.plus_ms(MINUTE);
    assert_eq!(attempts.locked_until(minute_later), None);
    assert_eq!(attempts.after_failure(PER_ACCOUNT, minute_later).gagal, 6);
    assert_eq!(attempts.after_failure(PER_ACCOUNT, NOW.plus_ms(61 * MINUTE)).gagal, 1);
}

#[test]
fn an_office_behind_one_address_is_borne_longer_than_one_account() {
    assert_eq!(fail(49, PER_ADDRESS).locked_until(NOW), None);
    assert!(fail(50, PER_ADDRESS).locked_until(NOW).is_some());
}

#[test]
fn the_time_to_try_again_is_never_too_early() {
    let zona = Zona::Wib;
    let at = |text: &str| zona.at(text.parse().unwrap());
    let now = at("2026-11-22T10:30:20");
    assert_eq!(try_again_at(at("2026-11-22T10:31:20"), now, zona), "pukul 10.32 WIB");
    assert_eq!(try_again_at(at("2026-11-22T10:31:00"), now, zona), "pukul 10.31 WIB");
    assert_eq!(try_again_at(at("2026-11-23T00:05:00"), now, zona), "tanggal 23 Nov 2026 pukul 00.05 WIB");
}
