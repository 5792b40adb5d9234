//! A browser that keeps its cookies and fills forms, for what only the whole program shows.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    io::{Read, Write},
    net::TcpStream,
    path::Path,
};

use super::PATIENCE;

/// An answer: its status, its head, and its body as it came.
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Somebody before a screen.
pub struct Browser {
    port: u16,
    jar: BTreeMap<String, String>,
}

impl Browser {
    /// The holder of an account in `akun-demo.csv` of the box in this folder, logged in with the password that stands there.
    pub fn log_in(port: u16, folder: &Path, akun: &str) -> Self {
        let csv = fs::read_to_string(folder.join("praja-box/akun-demo.csv")).unwrap();
        let row = csv.lines().find(|line| line.contains(&format!(",{akun},"))).unwrap_or_else(|| panic!("no {akun} in {csv}"));
        let sandi = row.rsplit(',').next().unwrap().trim().to_owned();
        let mut browser = Self { port, jar: BTreeMap::new() };
        let entered = browser.fill("/masuk", "/masuk", &[("akun", akun), ("sandi", &sandi)]);
        assert_eq!(entered.status, 303, "{akun} cannot log in: {}", entered.text());
        browser
    }

    pub fn get(&mut self, path: &str) -> Answer {
        self.ask(&format!("GET {path} HTTP/1.1\r\n"), "")
    }

    /// Opens `form`, then sends its hidden proof with `fields` to `path`.
    pub fn fill(&mut self, form: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let page = self.get(form).text();
        let from = page.find(&format!("action=\"{path}\"")).unwrap_or_else(|| panic!("{form} has no form for {path}: {page}"));
        let hidden = |name: &str| {
            let rest = page[from..].split(&format!("name=\"{name}\" value=\"")).nth(1).expect("the form has its proof");
            rest.split('"').next().expect("a value").to_owned()
        };
        let mut body = format!("_csrf={}&_kunci={}", encoded(&hidden("_csrf")), encoded(&hidden("_kunci")));
        for (name, value) in fields {
            let _ = write!(body, "&{name}={}", encoded(value));
        }
        let kind = format!("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n", body.len());
        self.ask(&format!("POST {path} HTTP/1.1\r\n{kind}"), &body)
    }

    fn ask(&mut self, head: &str, body: &str) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let cookies = self.jar.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
        // HTTP/1.0 in all but name: the body ends with the connection, unless it comes in chunks.
        write!(stream, "{head}Host: 127.0.0.1:{}\r\nConnection: close\r\nCookie: {cookies}\r\n\r\n{body}", self.port).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let at = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("an answer has a head");
        let head = String::from_utf8_lossy(&bytes[..at]).into_owned();
        for line in head.lines() {
            let Some((name, value)) = line.split_once(": ") else { continue };
            if name.eq_ignore_ascii_case("set-cookie")
                && let Some((name, value)) = value.split(';').next().and_then(|pair| pair.split_once('='))
            {
                self.jar.insert(name.to_owned(), value.to_owned());
            }
        }
        let body = bytes.split_off(at + 4);
        let body = if head.to_ascii_lowercase().contains("transfer-encoding: chunked") { joined(&body) } else { body };
        let status = head.split(' ').nth(1).and_then(|word| word.parse().ok()).expect("an answer has a status");
        Answer { status, head, body }
    }
}

/// The parts of a body that came in chunks.
fn joined(mut body: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    while let Some(at) = body.windows(2).position(|two| two == b"\r\n") {
        let size = std::str::from_utf8(&body[..at]).ok().and_then(|word| usize::from_str_radix(word.trim(), 16).ok());
        let Some(size) = size.filter(|size| *size > 0) else { break };
        whole.extend_from_slice(&body[at + 2..at + 2 + size]);
        body = &body[at + 2 + size + 2..];
    }
    whole
}

fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}
