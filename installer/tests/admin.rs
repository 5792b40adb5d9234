//! The first administrator of a box at work: a link on the console, good once.

#![allow(clippy::unwrap_used)] // a test may stop at once

mod common;

use std::io::{BufRead, BufReader};

use common::{become_administrator, box_at_work, cookie, free_port, get, praja, run, serving, stop};

#[test]
fn a_box_without_an_administrator_shows_a_link_that_makes_one_and_is_good_once() {
    let (folder, port) = (tempfile::tempdir().unwrap(), free_port());
    let config = box_at_work(folder.path(), port);
    let mut child = praja(folder.path(), &["serve", "--config", &config]).spawn().unwrap();
    let said = serving(&mut child);
    let (output, text) = run(folder.path(), &["admin", "link", "--json", "--config", &config]);
    assert_eq!(output.status.code(), Some(0), "{text}");
    let link = text.split('"').find(|part| part.contains("/pengelola-pertama/")).unwrap_or_else(|| panic!("{said}\n{text}"));
    let path = &link[link.find("/pengelola-pertama/").unwrap()..];
    assert!(get(port, "/pengelola-pertama/abcd-efgh-jkmn-pqrs").contains("Tautan ini sudah dipakai"));
    let made = become_administrator(port, path);
    assert!(made.starts_with("HTTP/1.1 303") && made.contains("location: /identity/opd"), "{made}");
    let session = cookie(&made, "praja_sesi");
    assert!(common::get_with(port, "/identity/opd", &format!("Cookie: {session}\r\n")).starts_with("HTTP/1.1 200"));
    assert!(get(port, path).contains("Tautan ini sudah dipakai"), "good once");
    let (output, text) = run(folder.path(), &["admin", "link", "--config", &config]);
    assert_eq!(output.status.code(), Some(30), "{text}");
    assert!(text.contains("sudah mempunyai administrator"), "{text}");
    let (output, text) = run(folder.path(), &["admin", "link", "--extra", "--config", &config]);
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(text.contains("/pengelola-pertama/"), "{text}");
    let (output, text) = run(folder.path(), &["audit", "verify", "--config", &config]);
    assert_eq!(output.status.code(), Some(0), "{text}");
    stop(child);
}

#[test]
fn serving_shows_the_link_until_there_is_an_administrator() {
    let (folder, port) = (tempfile::tempdir().unwrap(), free_port());
    let config = box_at_work(folder.path(), port);
    let (output, text) = run(folder.path(), &["admin", "link", "--config", &config]);
    assert_eq!(output.status.code(), Some(0), "{text}");
    let old = text.lines().map(str::trim).find(|line| line.contains("/pengelola-pertama/")).unwrap().to_owned();
    let mut child = praja(folder.path(), &["serve", "--config", &config]).spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut said = String::new();
    while !said.contains("/pengelola-pertama/") {
        assert!(out.read_line(&mut said).unwrap() > 0, "{said}");
    }
    let link = said.lines().map(str::trim).find(|line| line.contains("/pengelola-pertama/")).unwrap().to_owned();
    assert_ne!(link, old);
    let path = |link: &str| link[link.find("/pengelola-pertama/").unwrap()..].to_owned();
    assert!(get(port, &path(&old)).contains("Tautan ini sudah dipakai"), "a newer link replaces it");
    assert!(become_administrator(port, &path(&link)).starts_with("HTTP/1.1 303"));
    child.stdout = Some(out.into_inner());
    stop(child);
    let mut child = praja(folder.path(), &["serve", "--config", &config]).spawn().unwrap();
    let said = serving(&mut child);
    let rest = stop(child);
    assert!(!(said + &rest).contains("/pengelola-pertama/"), "{rest}");
}
