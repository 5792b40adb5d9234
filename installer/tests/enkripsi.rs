//! Encrypted lines as a stranger sees them: an authority of our own, a public one asked by ACME, and a web server in front.

#![allow(clippy::unwrap_used)] // a test may stop at once

mod common;

use std::{
    fs,
    io::Read,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use common::{PATIENCE, ends_well, free_port, get, has, praja, ready, says, skipped, trying};
use praja_deploy::{FrontPapers, FrontServer, snippet};
use tempfile::TempDir;

/// Ends a helper program with the test.
struct Helper(Child);

impl Drop for Helper {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// An installation that rests, with this overlay.
fn installed(overlay: &str) -> (TempDir, PathBuf) {
    let (folder, port) = (tempfile::tempdir().unwrap(), free_port());
    ready(trying(folder.path(), port, &[]), port).stop();
    let root = folder.path().join("praja-box");
    fs::write(root.join("config/praja.local.yaml"), overlay).unwrap();
    (folder, root)
}

fn curl(arguments: &[&str]) -> (bool, String) {
    let output = Command::new("curl")
        .args(["--silent", "--show-error", "--noproxy", "*", "--max-time", "20"])
        .args(arguments)
        .output()
        .unwrap();
    let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    (output.status.success(), text)
}

fn openssl(folder: &Path, arguments: &[&str]) {
    let output = Command::new("openssl").args(arguments).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// An authority, and a certificate and key for the name that it signed.
fn papers(folder: &Path, name: &str) -> (PathBuf, PathBuf, PathBuf) {
    let fresh = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"];
    let authority = ["-subj", "/CN=Otoritas uji", "-keyout", "akar-kunci.pem", "-out", "akar.pem"];
    openssl(folder, &[&fresh[..], &authority].concat());
    let (san, subject) = (format!("subjectAltName=DNS:{name},IP:127.0.0.1"), format!("/CN={name}"));
    let signed = ["-CA", "akar.pem", "-CAkey", "akar-kunci.pem", "-addext", "basicConstraints=critical,CA:FALSE"];
    let leaf = ["-subj", &subject, "-addext", &san, "-keyout", "kunci.pem", "-out", "surat.pem"];
    openssl(folder, &[&fresh[..], &signed, &leaf].concat());
    (folder.join("akar.pem"), folder.join("surat.pem"), folder.join("kunci.pem"))
}

#[test]
fn a_device_that_was_taught_the_own_authority_opens_pages_by_name_and_a_plain_line_shows_the_way() {
    if !has("curl") {
        return skipped("own authority", "curl plays the device");
    }
    let (port, plain) = (free_port(), free_port());
    let url = format!("https://praja.contohkab.go.id:{port}");
    let (folder, root) = installed(&format!(
        "alamat: 127.0.0.1:{port}\nalamat_http: 127.0.0.1:{plain}\nurl_publik: {url}\nhost: [localhost]\ntls: {{mode: lokal}}\n"
    ));
    let mut child = praja(folder.path(), &["serve"]).spawn().unwrap();
    says(&mut child, "Praja melayani");
    let resolve = format!("praja.contohkab.go.id:{port}:127.0.0.1");

    // The phone knows nothing yet: the encrypted line is refused, the plain one leads to the lesson and to nothing else.
    let (good, text) = curl(&["--resolve", &resolve, &format!("{url}/masuk")]);
    assert!(!good && text.contains("certificate"), "{text}");
    let lesson = get(plain, "/sertifikat");
    assert!(lesson.starts_with("HTTP/1.1 200") && lesson.contains("Unduh sertifikat"), "{lesson}");
    let shown = get(plain, "/masuk?kembali=%2Fsurat").to_lowercase();
    assert!(shown.starts_with("http/1.1 308") && shown.contains(&format!("location: {url}/masuk?kembali=%2fsurat")), "{shown}");
    let (_, refused) = curl(&["--data", "sandi=rahasia", "--include", &format!("http://127.0.0.1:{plain}/masuk")]);
    assert!(refused.starts_with("HTTP/1.1 403") && refused.contains("tidak terenkripsi"), "{refused}");

    let kept = folder.path().join("otoritas.crt");
    let authority = format!("http://127.0.0.1:{plain}/sertifikat/otoritas.crt");
    let (good, _) = curl(&["--output", kept.to_str().unwrap(), &authority]);
    assert!(good);
    openssl(folder.path(), &["x509", "-inform", "DER", "-in", "otoritas.crt", "-out", "otoritas.pem"]);
    let ca = folder.path().join("otoritas.pem");
    let taught = ca.to_str().unwrap();
    let (good, text) = curl(&["--include", "--cacert", taught, "--resolve", &resolve, &format!("{url}/masuk")]);
    assert!(good && text.contains(" 200"), "{text}");
    let (good, text) = curl(&["--include", "--cacert", taught, &format!("https://localhost:{port}/sertifikat/uji")]);
    assert!(good && text.contains("Uji perangkat"), "{text}");
    let mode = fs::metadata(root.join("data/tls/otoritas-kunci.pem")).unwrap();
    assert_eq!(std::os::unix::fs::PermissionsExt::mode(&mode.permissions()) & 0o777, 0o600);
    ends_well(child);
}

#[test]
fn a_certificate_is_obtained_from_a_public_authority_by_acme_and_kept() {
    if !has("pebble") || !has("curl") || !has("openssl") {
        return skipped("certificate by ACME", "pebble plays the public authority");
    }
    let folder = tempfile::tempdir().unwrap();
    let (port, acme, management, dns, challenge) = (free_port(), free_port(), free_port(), free_port(), free_port());
    let (trusted, certificate, key) = papers(folder.path(), "localhost");
    let config = serde_json::json!({"pebble": {
        "listenAddress": format!("127.0.0.1:{acme}"), "managementListenAddress": format!("127.0.0.1:{management}"),
        "certificate": certificate, "privateKey": key, "httpPort": free_port(), "tlsPort": port,
    }});
    fs::write(folder.path().join("pebble.json"), config.to_string()).unwrap();
    // Every name leads to this machine: the authority really comes to our port to see the proof.
    let names = Command::new("pebble-challtestsrv")
        .args(["-defaultIPv4", "127.0.0.1", "-defaultIPv6", "", "-http01", "", "-https01", "", "-tlsalpn01", ""])
        .args(["-dns01", &format!("127.0.0.1:{dns}"), "-management", &format!("127.0.0.1:{challenge}")])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let _names = Helper(names.unwrap());
    let log = fs::File::create(folder.path().join("pebble.log")).unwrap();
    let _authority = Helper(
        Command::new("pebble")
            .args(["-config", "pebble.json", "-strict", "-dnsserver", &format!("127.0.0.1:{dns}")])
            .env("PEBBLE_VA_NOSLEEP", "1")
            .current_dir(folder.path())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap(),
    );
    let directory = format!("https://localhost:{acme}/dir");
    let log = || fs::read_to_string(folder.path().join("pebble.log")).unwrap_or_default();
    let answers = wait_for(|| curl(&["--fail", "--cacert", trusted.to_str().unwrap(), &directory]).0);
    assert!(answers, "pebble answers; {}", log());

    let url = format!("https://praja.contohkab.go.id:{port}");
    let (box_, root) = installed(&format!(
        "alamat: 127.0.0.1:{port}\nurl_publik: {url}\ntls: {{mode: acme, surel: diskominfo@contohkab.go.id, direktori: \"{directory}\", akar: \"{}\"}}\n",
        trusted.display()
    ));
    let mut child = praja(box_.path(), &["serve"]).spawn().unwrap();
    says(&mut child, "Praja melayani");
    let kept = root.join("data/tls/acme/sertifikat.pem");
    if !wait_for(|| kept.exists()) {
        let mut said = String::new();
        child.kill().unwrap();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        panic!("no certificate is kept: {said}{}", log());
    }
    let (good, anchor) = curl(&["--fail", "--insecure", &format!("https://127.0.0.1:{management}/roots/0")]);
    assert!(good, "{anchor}");
    fs::write(folder.path().join("pebble.pem"), anchor).unwrap();
    let (root_file, resolve) = (folder.path().join("pebble.pem"), format!("praja.contohkab.go.id:{port}:127.0.0.1"));
    let page = || curl(&["--include", "--cacert", root_file.to_str().unwrap(), "--resolve", &resolve, &format!("{url}/masuk")]);
    assert!(wait_for(|| page().0), "a device that knows the authority opens a page; {}", log());
    ends_well(child);

    // The next start uses what was kept, without asking again.
    let first = fs::read_to_string(&kept).unwrap();
    let mut again = praja(box_.path(), &["serve"]).spawn().unwrap();
    says(&mut again, "Praja melayani");
    let (good, text) = page();
    assert!(good && text.contains(" 200"), "{text}");
    ends_well(again);
    assert_eq!(fs::read_to_string(&kept).unwrap(), first);
}

#[test]
fn behind_nginx_pages_are_encrypted_and_the_asker_is_known_by_his_own_address() {
    if !has("nginx") || !has("curl") || !has("openssl") {
        return skipped("behind nginx", "there is no nginx");
    }
    behind(FrontServer::Nginx, |folder, words, ports| {
        let words = ours(words, ports, "[::]:80", "[::]:443");
        let text = format!(
            "daemon off;\npid {0}/nginx.pid;\nerror_log stderr;\nevents {{}}\nhttp {{\naccess_log off;\n\
             client_body_temp_path {0}/a;\nproxy_temp_path {0}/b;\nfastcgi_temp_path {0}/c;\nuwsgi_temp_path {0}/d;\nscgi_temp_path {0}/e;\n{words}}}\n",
            folder.display()
        );
        fs::write(folder.join("nginx.conf"), text).unwrap();
        let mut command = Command::new("nginx");
        command.arg("-p").arg(folder).arg("-c").arg(folder.join("nginx.conf"));
        command
    });
}

#[test]
fn behind_apache_pages_are_encrypted_and_the_asker_is_known_by_his_own_address() {
    if !has("apache2") || !has("curl") || !has("openssl") {
        return skipped("behind Apache", "there is no apache2");
    }
    behind(FrontServer::Apache, |folder, words, ports| {
        let words = ours(words, ports, "*:80", "*:443");
        let modules = ["mpm_event", "authz_core", "alias", "proxy", "proxy_http", "headers", "ssl", "socache_shmcb"];
        let loads: String =
            modules.map(|name| format!("LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n")).concat();
        let text = format!(
            "ServerRoot {0}\nServerName localhost\nUser nobody\nGroup nogroup\nPidFile {0}/apache.pid\nErrorLog /dev/stderr\nListen 127.0.0.1:{1}\nListen 127.0.0.1:{2}\n{loads}{words}",
            folder.display(),
            ports.0,
            ports.1
        );
        fs::write(folder.join("apache.conf"), text).unwrap();
        let mut command = Command::new("apache2");
        command.arg("-DFOREGROUND").arg("-f").arg(folder.join("apache.conf"));
        command
    });
}

/// The words for the web server, on ports that a test may take.
fn ours(words: &str, (plain, secure): (u16, u16), any_plain: &str, any_secure: &str) -> String {
    let kept: Vec<&str> = words.lines().filter(|line| !line.contains("listen [::]")).collect();
    kept.join("\n")
        .replace(any_plain, &format!("*:{plain}"))
        .replace(any_secure, &format!("*:{secure}"))
        .replace("listen 80", &format!("listen 127.0.0.1:{plain}"))
        .replace("listen 443", &format!("listen 127.0.0.1:{secure}"))
        + "\n"
}

fn behind(front: FrontServer, start: impl FnOnce(&Path, &str, (u16, u16)) -> Command) {
    let folder = tempfile::tempdir().unwrap();
    let (port, plain, secure) = (free_port(), free_port(), free_port());
    let host = "praja.contohkab.go.id";
    let (trusted, certificate, key) = papers(folder.path(), host);
    let words = snippet(front, host, ([127, 0, 0, 1], port).into(), Some(FrontPapers { certificate: &certificate, key: &key }));
    let url = format!("https://{host}");
    let (box_, root) = installed(&format!("alamat: 127.0.0.1:{port}\nurl_publik: {url}\ntls: {{mode: depan}}\n"));
    let mut child = praja(box_.path(), &["serve"]).spawn().unwrap();
    says(&mut child, "Praja melayani");
    let said = fs::File::create(folder.path().join("galat.log")).unwrap();
    let web_server = start(folder.path(), &words, (plain, secure)).stdout(Stdio::null()).stderr(said).spawn().unwrap();
    let _web_server = Helper(web_server);

    let ca = trusted.to_str().unwrap();
    let resolve = format!("{host}:{secure}:127.0.0.1");
    let address = format!("https://{host}:{secure}/masuk");
    let jar = folder.path().join("kuki").display().to_string();
    let ask = |more: &[&str]| {
        curl(&[&["--include", "--cacert", ca, "--resolve", &resolve, "--cookie", &jar, "--cookie-jar", &jar], more].concat())
    };
    let trouble = || fs::read_to_string(folder.path().join("galat.log")).unwrap_or_default();
    let answers = wait_for(|| ask(&[&address]).0);
    assert!(answers, "the web server answers; {}", trouble());
    let (_, page) = ask(&[&address]);
    assert!(page.contains(" 200") && page.to_lowercase().contains("strict-transport-security"), "{page}{}", trouble());
    let (_, shown) = curl(&["--include", "--header", &format!("Host: {host}"), &format!("http://127.0.0.1:{plain}/masuk")]);
    assert!(shown.contains(" 301") && shown.contains(&format!("{url}/masuk")), "{shown}");

    // A log-in from elsewhere is noted with the address of the asker, and what the asker claims to be is not believed.
    let csrf = page.split("name=\"_csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    let accounts = fs::read_to_string(root.join("akun-demo.csv")).unwrap();
    let (akun, sandi) = accounts
        .lines()
        .nth(1)
        .map(|line| {
            let mut from_end = line.rsplit(',');
            let sandi = from_end.next().unwrap();
            (from_end.next().unwrap(), sandi)
        })
        .unwrap();
    let (good, answer) = ask(&[
        "--header",
        "X-Forwarded-For: 203.0.113.9",
        "--interface",
        "127.0.0.2",
        "--data-urlencode",
        &format!("_csrf={csrf}"),
        "--data-urlencode",
        &format!("akun={akun}"),
        "--data-urlencode",
        &format!("sandi={sandi}"),
        &address,
    ]);
    assert!(good && answer.contains(" 303") && answer.contains("; Secure"), "{answer}");
    let (_, seen) = ask(&[&format!("https://{host}:{secure}/profil")]);
    assert!(seen.contains("127.0.0.2") && !seen.contains("203.0.113.9"), "{seen}");
    ends_well(child);
}

/// Does it come to hold in time?
fn wait_for(mut holds: impl FnMut() -> bool) -> bool {
    let began = Instant::now();
    while !holds() {
        if began.elapsed() > PATIENCE {
            return false;
        }
        thread::sleep(Duration::from_millis(100));
    }
    true
}
