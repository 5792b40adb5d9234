//! Starts the real program and talks with it.

#![allow(dead_code, clippy::unwrap_used)] // each test uses its part of this, and may stop at once

pub mod browser;
pub mod typed;

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
pub const PATIENCE: Duration = Duration::from_secs(60);

pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

pub fn praja(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_praja"));
    // The program stands where a build left it; what it says is compared as if it were installed.
    command
        .args(arguments)
        .current_dir(folder)
        .env("PRAJA_PERINTAH", "praja")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

pub fn trying(folder: &Path, port: u16, more: &[&str]) -> Child {
    let port = port.to_string();
    praja(folder, &[&["try", "--yes", "--port", &port], more].concat()).spawn().unwrap()
}

/// A server that was started, with all it said until it was ready.
pub struct Served {
    pub child: Child,
    pub said: String,
    pub rest: BufReader<std::process::ChildStdout>,
}

/// Waits until it says that it is ready and answers: from then on it also hears Ctrl-C.
pub fn ready(mut child: Child, port: u16) -> Served {
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
    pub fn stop(self) -> String {
        self.stop_by("INT")
    }

    /// A signal; it must end with 0. Gives the last words.
    pub fn stop_by(mut self, name: &str) -> String {
        signal(&self.child, name);
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

pub fn signal(child: &Child, name: &str) {
    let done = Command::new("kill").args([&format!("-{name}"), &child.id().to_string()]).status().unwrap();
    assert!(done.success());
}

pub fn get(port: u16, path: &str) -> String {
    get_with(port, path, "")
}

/// With further header lines, each ended as HTTP ends them.
pub fn get_with(port: u16, path: &str, more: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n{more}\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap_or_default();
    answer
}

/// Sends a form and gives the whole answer; what is no text in it is replaced.
pub fn post(port: u16, path: &str, cookie: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let head = format!("POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\nCookie: {cookie}\r\n");
    let kind = "Content-Type: application/x-www-form-urlencoded";
    write!(stream, "{head}{kind}\r\nContent-Length: {}\r\n\r\n{body}", body.len()).unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

/// A cookie that an answer sets, as it is sent back.
pub fn cookie(answer: &str, name: &str) -> String {
    let line = answer.lines().find(|line| line.contains(&format!("{name}="))).unwrap_or_else(|| panic!("{name} in {answer}"));
    line.split_once(": ").unwrap().1.split(';').next().unwrap().to_owned()
}

/// The value of a hidden field.
pub fn hidden(answer: &str, name: &str) -> String {
    let field = answer.split(&format!("name=\"{name}\" value=\"")).nth(1);
    field.unwrap_or_else(|| panic!("{name} in {answer}")).split('"').next().unwrap().to_owned()
}

/// Fills the form of the link for the first administrator.
pub fn become_administrator(port: u16, path: &str) -> String {
    let form = get(port, path);
    assert!(form.starts_with("HTTP/1.1 200") && form.contains("Administrator pertama"), "{form}");
    let body = format!(
        "_csrf={}&_kunci={}&nama=Yosina+Wambrauw&nip=&email=yosina%40contoh.example&sandi_baru=kopi+senja+di+tepi+rel&sandi_ulang=kopi+senja+di+tepi+rel",
        hidden(&form, "_csrf"),
        hidden(&form, "_kunci"),
    );
    post(port, path, &cookie(&form, "praja_tamu"), &body)
}

pub fn run(folder: &Path, arguments: &[&str]) -> (Output, String) {
    let output = praja(folder, arguments).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    (output, text)
}

/// Says aloud that a group was left out, for `scripts/test` to count.
pub fn skipped(group: &str, why: &str) {
    let line = format!("{group}: {why}\n");
    if let Ok(path) = std::env::var("PRAJA_SKIPPED") {
        // One write: tests of several programs append to it.
        fs::OpenOptions::new().append(true).create(true).open(path).unwrap().write_all(line.as_bytes()).unwrap();
    }
    std::io::stderr().write_all(format!("SKIPPED {line}").as_bytes()).unwrap();
}

/// Is there a program of this name? Not every one knows `--version`, so it is looked for and not run.
pub fn has(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).chain(["/usr/sbin".into(), "/sbin".into()]).any(|folder| folder.join(program).is_file())
}

/// A box at work, as an installer will make one: settings, keys, an empty database.
pub fn box_at_work(folder: &Path, port: u16) -> String {
    let root = folder.join("praja-box");
    for part in ["config", "data/blobs", "keys", "logs"] {
        fs::create_dir_all(root.join(part)).unwrap();
    }
    let yaml = format!(
        "wilayah: {{kode: \"19.06\", nama: \"Kabupaten Belitung Timur\"}}\njenis: asli\nalamat: 127.0.0.1:{port}\n\
         url_publik: http://127.0.0.1:{port}\nhost: []\nbasis_data: {{mesin: sqlite, berkas: data/praja.db}}\nblob: data/blobs\n\
         kunci: keys\nlog: logs\ntls: {{mode: none}}\nmodul: []\npekerja: 1\n"
    );
    let config = root.join("config/praja.yaml");
    fs::write(&config, yaml).unwrap();
    praja_store::Keyring::create().unwrap().0.save(&root.join("keys")).unwrap();
    praja_server::migrate(&praja_server::Settings::load(&config).unwrap()).unwrap();
    config.display().to_string()
}

/// Waits until the server says where it answers, and gives what it said until then.
pub fn serving(child: &mut Child) -> String {
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut said = String::new();
    while !said.contains("Praja melayani") {
        if out.read_line(&mut said).unwrap() == 0 {
            let mut why = String::new();
            child.stderr.take().unwrap().read_to_string(&mut why).unwrap();
            panic!("ended before it served:\n{said}\n{why}");
        }
    }
    child.stdout = Some(out.into_inner());
    said
}

/// Ends the server and gives what it said last.
pub fn stop(mut child: Child) -> String {
    signal(&child, "TERM");
    child.wait().unwrap();
    let mut rest = String::new();
    child.stdout.take().unwrap().read_to_string(&mut rest).unwrap();
    rest
}

/// Waits until it says what is awaited, or fails.
pub fn says(child: &mut Child, awaited: &str) {
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut said = String::new();
    while !said.contains(awaited) {
        if out.read_line(&mut said).unwrap() == 0 {
            let mut why = String::new();
            child.stderr.take().unwrap().read_to_string(&mut why).unwrap();
            panic!("ended before it said {awaited}:\n{said}\n{why}");
        }
    }
    // The pipe stays open until the program has ended.
    child.stdout = Some(out.into_inner());
}

pub fn ends_well(mut child: Child) {
    signal(&child, "TERM");
    let began = Instant::now();
    while child.try_wait().unwrap().is_none() {
        assert!(began.elapsed() < PATIENCE, "does not stop");
        thread::sleep(Duration::from_millis(20));
    }
    assert!(child.wait().unwrap().success());
}
