//! What a server shows to whoever watches it: health, figures, headers, signals, sockets from outside and TLS.

#![allow(clippy::unwrap_used)] // a test may stop at once

mod common;

use std::{
    fs,
    io::Read,
    os::unix::net::UnixDatagram,
    path::Path,
    process::{Command, Stdio},
};

use common::{PATIENCE, Served, ends_well, free_port, get, get_with, has, praja, ready, run, says, skipped, trying};
use tempfile::TempDir;

fn served() -> (TempDir, u16, Served) {
    let (folder, port) = (tempfile::tempdir().unwrap(), free_port());
    let served = ready(trying(folder.path(), port, &[]), port);
    (folder, port, served)
}

/// An installation that rests.
fn installed() -> (TempDir, u16) {
    let (folder, port, served) = served();
    served.stop();
    (folder, port)
}

fn accounts(folder: &Path) -> String {
    fs::read_to_string(folder.join("praja-box/akun-demo.csv")).unwrap()
}

#[test]
fn health_and_figures_are_shown_and_figures_only_to_this_machine() {
    let (_folder, port, served) = served();
    assert!(get(port, "/healthz").starts_with("HTTP/1.1 200"));
    assert!(get(port, "/readyz").starts_with("HTTP/1.1 200"));
    let figures = get(port, "/metrics");
    assert!(figures.starts_with("HTTP/1.1 200") && figures.contains("praja_answers_total"), "{figures}");
    let forwarded = get_with(port, "/metrics", "X-Forwarded-For: 192.0.2.7\r\n");
    assert!(forwarded.starts_with("HTTP/1.1 404"), "{forwarded}");
    served.stop();
}

#[test]
fn every_page_carries_the_headers_that_protect_it() {
    let (_folder, port, served) = served();
    for path in ["/masuk", "/healthz", "/tidak-ada"] {
        let answer = get(port, path).to_lowercase();
        assert!(answer.contains("content-security-policy: default-src 'self'"), "{path}: {answer}");
        assert!(answer.contains("x-content-type-options: nosniff"), "{path}: {answer}");
    }
    served.stop();
}

#[test]
fn a_server_ends_with_0_on_ctrl_c_and_on_term() {
    for name in ["INT", "TERM"] {
        let (_folder, _port, served) = served();
        assert!(served.stop_by(name).contains("berhenti dengan rapi"), "{name}");
    }
}

#[test]
fn a_server_that_was_killed_starts_again_without_a_change() {
    let (folder, port, mut first) = served();
    first.child.kill().unwrap();
    first.child.wait().unwrap();
    let second = ready(trying(folder.path(), port, &[]), port);
    assert!(second.said.contains("0 perubahan"), "{}", second.said);
    second.stop();
    let (output, text) = run(folder.path(), &["audit", "verify"]);
    assert!(output.status.success(), "{text}");
}

#[test]
fn reset_takes_at_most_two_seconds_and_names_the_anchors() {
    let (folder, port) = installed();
    let before = accounts(folder.path());
    let served = ready(trying(folder.path(), port, &["--reset"]), port);
    let line = served.said.lines().find(|line| line.contains("kembali seperti semula")).unwrap();
    let took = line.split("dalam ").nth(1).unwrap().split(' ').next().unwrap().replace(',', ".");
    assert!(took.parse::<f64>().unwrap() <= 2.0, "{line}");
    assert!(served.said.contains("Jangkar yang dibuat sebelum ini"), "{}", served.said);
    let (output, text) = run(folder.path(), &["try", "--yes", "--reset"]);
    assert_eq!(output.status.code(), Some(30), "{text}");
    assert!(text.contains("Hentikan dahulu"), "{text}");
    served.stop();
    assert_eq!(accounts(folder.path()), before);
}

#[test]
fn a_server_is_quiet_about_its_libraries_and_says_where_its_address_is_set() {
    let (folder, port) = installed();
    let mut child = praja(folder.path(), &["serve"]).spawn().unwrap();
    says(&mut child, "Praja melayani");
    let (output, text) = {
        let other = folder.path().join("lain");
        copy(&folder.path().join("praja-box"), &other);
        run(folder.path(), &["serve", "--config", "lain/config/praja.yaml"])
    };
    assert_eq!(output.status.code(), Some(30), "{text}");
    assert!(text.contains(&format!("127.0.0.1:{port}")) && text.contains("praja.local.yaml"), "{text}");
    let mut errors = child.stderr.take().unwrap();
    ends_well(child);
    let mut said = String::new();
    errors.read_to_string(&mut said).unwrap();
    assert!(!said.contains("actix"), "{said}");
}

fn copy(from: &Path, to: &Path) {
    assert!(Command::new("cp").arg("-a").args([from, to]).status().unwrap().success());
}

#[test]
fn a_socket_handed_over_is_served_and_the_manager_is_told() {
    if !has("python3") {
        return skipped("socket activation", "there is no python3 to hand a socket over");
    }
    let (folder, _) = installed();
    let (port, manager) = (free_port(), folder.path().join("manager.sock"));
    let heard = UnixDatagram::bind(&manager).unwrap();
    heard.set_read_timeout(Some(PATIENCE)).unwrap();
    // The process that listens becomes the program: LISTEN_PID has to be its number.
    let script = "import os, socket, sys
s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(('127.0.0.1', int(sys.argv[1]))); s.listen(16)
os.dup2(s.fileno(), 3)
os.set_inheritable(3, True)
os.environ.update(LISTEN_FDS='1', LISTEN_PID=str(os.getpid()), NOTIFY_SOCKET=sys.argv[2])
os.execv(sys.argv[3], [sys.argv[3], 'serve'])";
    let program = env!("CARGO_BIN_EXE_praja");
    let mut command = Command::new("python3");
    command.args(["-c", script, &port.to_string()]).arg(&manager).arg(program).current_dir(folder.path());
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    says(&mut child, &format!("127.0.0.1:{port}"));
    let mut word = [0; 64];
    let length = heard.recv(&mut word).unwrap();
    assert!(String::from_utf8_lossy(&word[..length]).contains("READY=1"));
    assert!(get(port, "/healthz").starts_with("HTTP/1.1 200"));
    ends_well(child);
}

#[test]
fn tls_is_served_from_files() {
    if !has("curl") || !Command::new("openssl").arg("version").output().is_ok_and(|output| output.status.success()) {
        return skipped("TLS from files", "openssl and curl make and check the certificate");
    }
    let (folder, port) = installed();
    let root = folder.path().join("praja-box");
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"])
        .args(["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", "keys/tls.pem", "-out", "config/tls.pem"])
        .current_dir(&root)
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let overlay = format!(
        "alamat: \"127.0.0.1:{port}\"\nurl_publik: \"https://localhost:{port}\"\ntls: {{mode: files, sertifikat: config/tls.pem, kunci: keys/tls.pem}}\n"
    );
    fs::write(root.join("config/praja.local.yaml"), overlay).unwrap();
    let mut child = praja(folder.path(), &["serve"]).spawn().unwrap();
    says(&mut child, "Praja melayani");
    let url = format!("https://localhost:{port}/masuk");
    let mut page = Command::new("curl");
    page.args(["--silent", "--show-error", "--include", "--noproxy", "*", "--cacert"]).arg(root.join("config/tls.pem")).arg(url);
    let page = page.output().unwrap();
    let text = String::from_utf8_lossy(&page.stdout).to_lowercase();
    assert!(page.status.success() && text.contains(" 200"), "{text}{}", String::from_utf8_lossy(&page.stderr));
    assert!(text.contains("strict-transport-security"), "{text}");
    ends_well(child);
}
