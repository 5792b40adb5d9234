use super::*;
use crate::deliveries::{digest, gateway::judge};

fn way(words: &str) -> Result<(), Failure> {
    Err(Failure::Way(words.into()))
}

#[test]
fn what_left_is_over_what_a_wrong_address_refused_never_leaves_and_the_rest_waits_longer_each_time() {
    let minute = 60 * 1000;
    let cases = [
        (Ok(()), 3, Isi::Tugas, Next::Sent),
        (Err(Failure::Address("x".into())), 0, Isi::Tugas, Next::GiveUp),
        (way("x"), 0, Isi::Tugas, Next::Again(minute)),
        (way("x"), 4, Isi::Tugas, Next::Again(30 * minute)),
        (way("x"), 8, Isi::Kabar, Next::Again(720 * minute)),
        (way("x"), 9, Isi::Tugas, Next::GiveUp),
        (way("x"), 1, Isi::Keamanan, Next::Again(2 * minute)),
        (way("x"), 2, Isi::Keamanan, Next::GiveUp),
    ];
    for (outcome, failed, jenis, then) in cases {
        assert_eq!(next(&outcome, failed, jenis), then, "{outcome:?} after {failed} of {jenis:?}");
    }
}

#[test]
fn a_gateways_answer_says_whose_fault_it_is() {
    let cases = [
        (200, "", true, None),
        (202, "{\"status\": true}", true, None),
        (200, "{\"status\": false, \"reason\": \"x\"}", false, Some("address")),
        (200, "{\"ok\": false}", false, Some("address")),
        (400, "chat not found", false, Some("address")),
        (401, "", false, Some("way")),
        (404, "", false, Some("address")),
        (408, "", false, Some("way")),
        (429, "slow down", false, Some("way")),
        (302, "", false, Some("way")),
        (500, "", false, Some("way")),
    ];
    for (status, answer, fine, whose) in cases {
        let judged = judge(status, answer);
        let found = match &judged {
            Ok(()) => None,
            Err(Failure::Address(_)) => Some("address"),
            Err(Failure::Way(_)) => Some("way"),
        };
        assert_eq!((judged.is_ok(), found), (fine, whose), "{status} {answer}");
    }
}

#[test]
fn a_digest_leaves_once_on_a_working_morning() {
    let at = |text: &str| text.parse::<praja_kernel::DateTime>().expect("a local time");
    let day = |text: &str| text.parse::<praja_kernel::Date>().expect("a date");
    let cases = [
        ("2026-11-23T06:59:00", true, None, false),
        ("2026-11-23T07:00:00", true, None, true),
        ("2026-11-23T15:00:00", true, Some("2026-11-20"), true),
        ("2026-11-23T15:00:00", true, Some("2026-11-23"), false),
        ("2026-11-22T09:00:00", false, Some("2026-11-20"), false),
    ];
    for (now, working, last, due) in cases {
        assert_eq!(digest::is_due(at(now), working, last.map(day), digest::Waktu::default()), due, "{now} {last:?}");
    }
}

#[test]
fn a_digest_comes_at_the_hour_and_on_the_days_that_its_reader_chose() {
    use digest::{Hari, Waktu};
    let at = |text: &str| text.parse::<praja_kernel::DateTime>().expect("a local time");
    // The 22nd of November 2026 is a Sunday.
    let cases = [
        (16, Hari::Kerja, "2026-11-23T15:59:00", true, false),
        (16, Hari::Kerja, "2026-11-23T16:00:00", true, true),
        (7, Hari::Semua, "2026-11-22T07:00:00", false, true),
        (7, Hari::Senin, "2026-11-23T07:00:00", true, true),
        (7, Hari::Senin, "2026-11-24T07:00:00", true, false),
        (7, Hari::SeninKamis, "2026-11-26T07:00:00", true, true),
        (7, Hari::SeninKamis, "2026-11-27T07:00:00", true, false),
    ];
    for (jam, hari, now, working, due) in cases {
        assert_eq!(digest::is_due(at(now), working, None, Waktu { jam, hari }), due, "{jam} {hari:?} {now}");
    }
    assert_eq!(Waktu::read("17", "senin"), Some(Waktu { jam: 17, hari: Hari::Senin }));
    for (jam, hari) in [("24", "senin"), ("-1", "senin"), ("7", "lusa"), ("", "senin")] {
        assert_eq!(Waktu::read(jam, hari), None, "{jam} {hari}");
    }
}

#[test]
fn a_long_digest_names_twenty_and_counts_the_rest() {
    let titles: Vec<String> = (1..=23).map(|number| format!("Surat {number}")).collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let lines = digest::lines(&titles);
    assert_eq!(lines.lines().count(), 21);
    assert!(lines.ends_with("- dan 3 kabar lain"));
    assert_eq!(digest::lines(&titles[..1]), "- Surat 1");
}
