//! The real program from the first start to the last: install, serve, stop, resume, reset, and the power failing in between.

#![allow(clippy::unwrap_used)] // a test may stop at once

mod common;

use std::{fs, thread, time::Duration};

use common::{free_port, get, ready, run, trying};

#[test]
fn a_trial_installs_serves_stops_resumes_and_goes_back() {
    let folder = tempfile::tempdir().unwrap();
    let port = free_port();
    let first = ready(trying(folder.path(), port, &[]), port);
    assert!(first.said.contains(&format!("http://127.0.0.1:{port}")), "{}", first.said);
    assert!(get(port, "/masuk").starts_with("HTTP/1.1 200"));
    let (output, text) = run(folder.path(), &["status", "--json"]);
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(text.contains("\"siap\": true"), "{text}");
    let (output, text) = run(folder.path(), &["try", "--yes"]);
    assert_eq!(output.status.code(), Some(30), "{text}");
    assert!(text.contains("sudah berjalan"), "{text}");
    assert!(first.stop().contains("berhenti dengan rapi"));

    let accounts = fs::read_to_string(folder.path().join("praja-box/akun-demo.csv")).unwrap();
    // One line above the accounts, one for each desk of the regency.
    assert!((2..=40).contains(&accounts.lines().count()), "{accounts}");
    let second = ready(trying(folder.path(), port, &[]), port);
    assert!(second.said.contains("0 perubahan"), "{}", second.said);
    second.stop();

    let third = ready(trying(folder.path(), port, &["--reset"]), port);
    assert!(third.said.contains("kembali seperti semula"), "{}", third.said);
    assert!(get(port, "/masuk").starts_with("HTTP/1.1 200"));
    third.stop();
    assert_eq!(fs::read_to_string(folder.path().join("praja-box/akun-demo.csv")).unwrap(), accounts);
    let (output, text) = run(folder.path(), &["audit", "verify", "--json"]);
    assert_eq!(output.status.code(), Some(0), "{text}");
}

#[test]
fn a_trial_killed_at_any_time_is_completed_by_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let port = free_port();
    for wait in [5, 40, 80, 120, 200, 300, 450] {
        let mut child = trying(folder.path(), port, &[]);
        thread::sleep(Duration::from_millis(wait));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let served = ready(trying(folder.path(), port, &[]), port);
    served.stop();
    let (_, text) = run(folder.path(), &["status", "--json"]);
    assert!(text.contains("\"terpasang\": true"), "{text}");
    for wait in [20, 60, 100, 150] {
        let mut child = trying(folder.path(), port, &["--reset"]);
        thread::sleep(Duration::from_millis(wait));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let served = ready(trying(folder.path(), port, &[]), port);
    assert!(served.said.contains("0 perubahan"), "{}", served.said);
    served.stop();
}
