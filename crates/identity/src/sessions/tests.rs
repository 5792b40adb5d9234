use super::*;

const START: Moment = Moment(1_795_312_800_000);

fn life() -> Life {
    Life { terakhir: START, kedaluwarsa: START.plus_ms(ABSOLUTE_MS) }
}

#[test]
fn a_session_ends_after_twelve_idle_hours() {
    assert!(life().is_valid_at(START.plus_ms(IDLE_MS - 1)));
    assert!(!life().is_valid_at(START.plus_ms(IDLE_MS)));
}

#[test]
fn a_session_in_use_ends_after_seven_days_all_the_same() {
    let used = Life { terakhir: START.plus_ms(ABSOLUTE_MS - 1), ..life() };
    assert!(used.is_valid_at(START.plus_ms(ABSOLUTE_MS - 1)));
    assert!(!used.is_valid_at(START.plus_ms(ABSOLUTE_MS)));
}

#[test]
fn use_is_noted_every_five_minutes_at_most() {
    assert!(!life().is_due_for_touch(START.plus_ms(TOUCH_MS - 1)));
    assert!(life().is_due_for_touch(START.plus_ms(TOUCH_MS)));
}
