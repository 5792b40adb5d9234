//! The other end of the line: a real mail server, and a gateway that remembers what it was told.

#![allow(clippy::disallowed_methods, reason = "the mail server keeps what arrived as files")]

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex, mpsc},
    time::Duration,
};

/// Names a Python that has aiosmtpd and trustme (`scripts/smtp/requirements.txt`).
const PYTHON: &str = "PRAJA_TEST_SMTP";

/// A mail server of its own for one test.
pub struct Smtp {
    child: Child,
    folder: tempfile::TempDir,
    pub port: u16,
}

/// A message as it arrived.
pub struct Arrived {
    pub raw: String,
    pub envelope: serde_json::Value,
}

impl Smtp {
    /// Starts one, or says aloud why not. `mode` is `plain`, `starttls` or `tls`.
    pub fn start(test: &str, mode: &str) -> Option<Self> {
        let Some(python) = std::env::var_os(PYTHON).filter(|python| !python.is_empty()) else {
            praja_testkit::skipped(test, "no mail server: PRAJA_TEST_SMTP names no Python with aiosmtpd");
            return None;
        };
        let folder = tempfile::tempdir().expect("a folder");
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts/smtp/peer.py");
        let mut command = Command::new(python);
        command.arg(script).arg(folder.path()).arg(mode).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("the mail server starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("it says its port");
        let port = line.trim().parse().expect("a port");
        Some(Self { child, folder, port })
    }

    /// The certificate of the authority that signed its own.
    pub fn authority(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("ca.pem")).expect("the authority")
    }

    /// Everything it accepted, in order.
    pub fn arrived(&self) -> Vec<Arrived> {
        let mut names: Vec<PathBuf> = std::fs::read_dir(self.folder.path())
            .expect("its folder")
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| path.extension().is_some_and(|end| end == "eml"))
            .collect();
        names.sort();
        let read = |path: &Path| std::fs::read_to_string(path).expect("a kept message");
        names
            .iter()
            .map(|path| Arrived {
                raw: read(path),
                envelope: serde_json::from_str(&read(&path.with_extension("json"))).expect("its envelope"),
            })
            .collect()
    }
}

impl Drop for Smtp {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// A gateway that answers each request with the next of its answers, and the last one for ever.
pub struct Gateway {
    pub address: String,
    seen: Arc<Mutex<Vec<Request>>>,
    stop: mpsc::Sender<()>,
}

/// What a gateway was sent.
#[derive(Debug, Clone)]
pub struct Request {
    pub path: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Request {
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
}

impl Gateway {
    pub fn start(answers: &'static [(u16, &'static str)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        listener.set_nonblocking(true).expect("it does not block");
        let address = format!("http://{}", listener.local_addr().expect("its address"));
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (stop, stopped) = mpsc::channel();
        let kept = seen.clone();
        std::thread::spawn(move || {
            while matches!(stopped.try_recv(), Err(mpsc::TryRecvError::Empty)) {
                let Ok((mut line, _)) = listener.accept() else {
                    std::thread::sleep(Duration::from_millis(5));
                    continue;
                };
                let request = read(&mut line);
                let mut kept = kept.lock().expect("nobody panics with it");
                let (status, body) = answers[kept.len().min(answers.len() - 1)];
                kept.push(request);
                let answer = format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len());
                line.write_all(answer.as_bytes()).expect("the answer is sent");
            }
        });
        Self { address, seen, stop }
    }

    pub fn seen(&self) -> Vec<Request> {
        self.seen.lock().expect("nobody panics with it").clone()
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        // The thread may have ended by itself.
        let _ = self.stop.send(());
    }
}

fn read(line: &mut TcpStream) -> Request {
    line.set_nonblocking(false).expect("it blocks");
    line.set_read_timeout(Some(Duration::from_secs(5))).expect("it waits");
    let mut lines = BufReader::new(line);
    let mut first = String::new();
    lines.read_line(&mut first).expect("a request line");
    let mut headers = Vec::new();
    loop {
        let mut text = String::new();
        lines.read_line(&mut text).expect("a header");
        let Some((name, value)) = text.trim_end().split_once(": ") else { break };
        headers.push((name.to_lowercase(), value.to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length").and_then(|(_, value)| value.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    lines.read_exact(&mut body).expect("the body");
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    Request { path, headers, body: String::from_utf8(body).expect("text") }
}
