//! Providers, and a server that answers as public clients of BSrE say it does: well, badly, late, or not at all.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use base64::{Engine as _, prelude::BASE64_STANDARD as BASE64};
use praja_documents::pades::{Mark, PadesError, Root, check, lokal::Sealed};
use praja_documents::sign::{Bsre, CertStatus, Lokal, Paper, Paths, Secret, Settings, SignError, SignProvider, Who};
use praja_documents::{Pack, kind, sample};
use praja_kernel::{Moment, Zona};
use serde_json::{Value, json};
use zeroize::Zeroizing;

use crate::tools::ENGINE;

const NOW: Moment = Moment(1_795_400_000_000);
const PASSPHRASE: &str = "kuda laut makan pepaya";

/// A request as the server saw it.
struct Seen {
    line: String,
    authorization: String,
    body: Value,
}

/// Answers each connection by `answer` (status and text, or silence), and tells what was asked.
fn server(mut answer: impl FnMut(&Value) -> Option<(u16, String)> + Send + 'static) -> (String, Receiver<Seen>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (tell, seen) = channel();
    std::thread::spawn(move || {
        let mut silent = Vec::new();
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { break };
            let Some(request) = read(&stream) else { continue };
            let reply = answer(&request.body);
            if tell.send(request).is_err() {
                break;
            }
            match reply {
                Some((status, text)) => {
                    let head = format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", text.len());
                    let _ = stream.write_all((head + &text).as_bytes());
                }
                None => silent.push(stream),
            }
        }
    });
    (url, seen)
}

fn read(stream: &TcpStream) -> Option<Seen> {
    let mut reader = BufReader::new(stream);
    let (mut line, mut authorization, mut length) = (String::new(), String::new(), 0);
    reader.read_line(&mut line).ok()?;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        let Some((name, value)) = header.trim_end().split_once(": ") else { break };
        match name.to_ascii_lowercase().as_str() {
            "authorization" => value.clone_into(&mut authorization),
            "content-length" => length = value.parse().ok()?,
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Seen { line: line.trim_end().to_owned(), authorization, body: serde_json::from_slice(&body).ok()? })
}

fn client(url: &str) -> Bsre {
    client_with(url, Paths::default(), Duration::from_secs(5), 1)
}

fn client_with(url: &str, paths: Paths, patience: Duration, retries: u32) -> Bsre {
    let password = Zeroizing::new("rahasia".to_owned());
    Bsre::new(Settings { url: url.to_owned(), user: "esign".into(), password, certificate: None, paths, patience, retries })
        .unwrap()
}

fn who() -> Who {
    Who { nik: Some("3211010101800001".into()), email: None, name: "Ratna Wulandari".into(), post: "Kepala Dinas".into() }
}

fn passphrase() -> Secret {
    Secret::Passphrase(Zeroizing::new(PASSPHRASE.to_owned()))
}

fn mark() -> Mark {
    Mark::new("Ratna Wulandari", "Surat Dinas", "Kotacontoh", NOW, Zona::Wib)
}

fn letter() -> Vec<u8> {
    let kind = kind("memo").unwrap();
    ENGINE.render(&Pack::new(std::collections::BTreeMap::new()).job(kind, &sample(kind)).unwrap()).unwrap().pdf
}

struct Still;

impl praja_kernel::Clock for Still {
    fn now(&self) -> Moment {
        NOW
    }
}

fn lokal() -> Lokal {
    Lokal { authority: Sealed::create("Kabupaten Contoh", PASSPHRASE, NOW).unwrap(), clock: std::sync::Arc::new(Still) }
}

/// Signs what it is sent, as the real server does.
fn signing(body: &Value) -> (u16, String) {
    let files =
        body["file"].as_array().unwrap().iter().map(|file| BASE64.decode(file.as_str().unwrap()).unwrap()).collect::<Vec<_>>();
    let done = lokal().sign(&who(), &passphrase(), &files, &mark()).unwrap();
    (200, json!({ "time": 812, "file": done.iter().map(|one| BASE64.encode(one)).collect::<Vec<_>>() }).to_string())
}

#[test]
fn several_documents_are_signed_in_one_call_invisibly_with_basic_credentials() {
    let (url, seen) = server(|body| Some(signing(body)));
    let documents = vec![letter(), letter()];
    let done = client(&url).sign(&who(), &passphrase(), &documents, &mark()).unwrap();
    assert!(done.iter().zip(&documents).all(|(after, before)| after.starts_with(before)));
    assert!(check(&done[1], &[]).unwrap().iter().all(|one| one.intact && one.whole));
    let request = seen.recv().unwrap();
    assert_eq!(request.line, "POST /api/v2/sign/pdf HTTP/1.1");
    assert_eq!(request.authorization, format!("Basic {}", BASE64.encode("esign:rahasia")));
    assert_eq!((&request.body["nik"], &request.body["passphrase"]), (&json!("3211010101800001"), &json!(PASSPHRASE)));
    assert_eq!(request.body["signatureProperties"][1]["tampilan"], "INVISIBLE");
    assert!(seen.try_recv().is_err(), "one call for all");
}

#[test]
fn paths_are_those_of_the_settings_and_an_address_stands_in_for_a_missing_nik() {
    let (url, seen) = server(|_| Some((200, json!({ "message": "terkirim" }).to_string())));
    let paths = Paths { totp: "/lain/otp".into(), ..Paths::default() };
    let person = Who { nik: None, email: Some("ratna@contoh.example".into()), ..who() };
    client_with(&url, paths, Duration::from_secs(5), 0).challenge(&person, 3).unwrap();
    let request = seen.recv().unwrap();
    assert_eq!(request.line, "POST /lain/otp HTTP/1.1");
    assert_eq!(request.body, json!({ "email": "ratna@contoh.example", "data": 3 }));
}

#[test]
fn only_issue_means_that_somebody_may_sign() {
    for (status, expected) in [
        ("ISSUE", CertStatus::Usable),
        ("REVOKE", CertStatus::Unusable("REVOKE Sertifikat dicabut".into())),
        ("EXPIRED", CertStatus::Unusable("EXPIRED Sertifikat dicabut".into())),
    ] {
        let answer = json!({ "status_code": "1111", "message": "Sertifikat dicabut", "status": status }).to_string();
        let (url, _seen) = server(move |_| Some((200, answer.clone())));
        assert_eq!(client(&url).status(&who()), Ok(expected));
    }
}

#[test]
fn a_server_that_fails_is_asked_again_with_the_passphrase_but_never_with_a_code() {
    let mut calls = 0;
    let (url, seen) = server(move |body| {
        calls += 1;
        if calls == 1 {
            Some((500, json!({ "status": 500, "error": "Internal Server Error" }).to_string()))
        } else {
            Some(signing(body))
        }
    });
    assert!(client(&url).sign(&who(), &passphrase(), &[letter()], &mark()).is_ok());
    assert_eq!(seen.try_iter().count(), 2);

    let (url, seen) = server(|_| Some((500, "{}".into())));
    let code = Secret::Totp(Zeroizing::new("123456".into()));
    assert!(matches!(client(&url).sign(&who(), &code, &[letter()], &mark()), Err(SignError::Unreachable(_))));
    assert_eq!(seen.try_iter().count(), 1);
}

#[test]
fn each_way_of_failing_has_its_words_and_none_holds_the_passphrase() {
    let page = "<html>Bad Gateway</html>".to_owned();
    let unsigned = BASE64.encode(letter());
    for (status, text, words) in [
        (400, json!({ "error": "Passphrase anda salah", "status_code": 2031 }).to_string(), "Passphrase anda salah"),
        (401, "{}".into(), "nama atau sandi layanan"),
        (502, page.clone(), "502"),
        (200, page, "tidak dapat dipakai"),
        (200, json!({ "time": 1 }).to_string(), "tanpa berkas"),
        (200, json!({ "file": [] }).to_string(), "0 berkas untuk 1 naskah"),
        (200, json!({ "file": ["%%%"] }).to_string(), "bukan base64"),
        (200, json!({ "file": [BASE64.encode("bukan")] }).to_string(), "bukan PDF"),
        (200, json!({ "file": [unsigned] }).to_string(), "tanpa tanda tangan"),
    ] {
        let reply = text.clone();
        let (url, _seen) = server(move |_| Some((status, reply.clone())));
        let error = client(&url).sign(&who(), &passphrase(), &[letter()], &mark()).unwrap_err();
        let said = format!("{error} {error:?} {:?}", passphrase());
        assert!(said.contains(words), "{status} {text}: {said}");
        assert!(!said.contains(PASSPHRASE), "{said}");
    }
}

#[test]
fn a_server_that_is_silent_or_away_is_given_up_in_time() {
    let (url, _seen) = server(|_| None);
    let begun = Instant::now();
    let slow = client_with(&url, Paths::default(), Duration::from_millis(600), 0);
    assert!(matches!(slow.sign(&who(), &passphrase(), &[letter()], &mark()), Err(SignError::Unreachable(_))));
    assert!(begun.elapsed() < Duration::from_secs(5));
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert!(matches!(client(&format!("http://{free}")).status(&who()), Err(SignError::Unreachable(_))));
}

#[test]
fn the_authority_signs_by_passphrase_and_is_never_called_certified() {
    let lokal = lokal();
    let done = lokal.sign(&who(), &passphrase(), &[letter()], &mark()).unwrap();
    assert!(
        check(&done[0], &[Root { certificate: lokal.authority.certificate.clone(), is_certified: false }]).unwrap()[0].trusted
    );
    assert!(!lokal.is_certified() && !Paper.is_certified());
    let wrong = Secret::Passphrase(Zeroizing::new("salah".into()));
    assert_eq!(lokal.sign(&who(), &wrong, &[letter()], &mark()), Err(SignError::Pades(PadesError::WrongPassphrase)));
    assert!(matches!(Paper.sign(&who(), &passphrase(), &[letter()], &mark()), Err(SignError::NotOffered(_))));
}
