//! The real program from the first start to the last: install, serve, stop, resume, reset, and the power failing in between.

#![allow(clippy::unwrap_used)] // a test may stop at once

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

/// Generous: a test machine may be busy.
const PATIENCE: Duration = Duration::from_secs(60);

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn praja(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_praja"));
    command.args(arguments).current_dir(folder).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn trying(folder: &Path, port: u16, more: &[&str]) -> Child {
    let port = port.to_string();
    praja(folder, &[&["try", "--yes", "--port", &port], more].concat()).spawn().unwrap()
}

/// A server that was started, with all it said until it was ready.
struct Served {
    child: Child,
    said: String,
    rest: BufReader<std::process::ChildStdout>,
}

/// Waits until it says that it is ready and answers: from then on it also hears Ctrl-C.
fn ready(mut child: Child, port: u16) -> Served {
    let mut rest = BufReader::new(child.stdout.take().unwrap());
    let mut said = String::new();
    while !said.contains("Tekan Ctrl-C") {
        if rest.read_line(&mut said).unwrap() == 0 {
            let mut why = String::new();
            child.stderr.take().unwrap().read_to_string(&mut why).unwrap();
            panic!("ended before it was ready:\n{said}\n{why}");
        }
    }
    assert!(get(port, "/readyz").starts_with("HTTP/1.1 200"));
    Served { child, said, rest }
}

impl Served {
    /// Ctrl-C; gives the last words.
    fn stop(mut self) -> String {
        signal(&self.child, "INT");
        let began = Instant::now();
        while self.child.try_wait().unwrap().is_none() {
            assert!(began.elapsed() < PATIENCE, "does not stop");
            thread::sleep(Duration::from_millis(20));
        }
        assert!(self.child.wait().unwrap().success());
        let mut last = String::new();
        self.rest.read_to_string(&mut last).unwrap();
        last
    }
}

fn signal(child: &Child, name: &str) {
    let done = Command::new("kill").args([&format!("-{name}"), &child.id().to_string()]).status().unwrap();
    assert!(done.success());
}

fn get(port: u16, path: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap_or_default();
    answer
}

fn run(folder: &Path, arguments: &[&str]) -> (Output, String) {
    let output = praja(folder, arguments).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    (output, text)
}

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
    assert!((2..=17).contains(&accounts.lines().count()));
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
