//! A naskah signed with certificates of BSrE, through the pages, by a server of the regency that is slow, refuses, talks nonsense and signs.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on ends")]
#![allow(clippy::disallowed_methods, reason = "how long the other side keeps us waiting is machine time")]

use std::{
    collections::VecDeque,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use base64::{Engine as _, prelude::BASE64_STANDARD as BASE64};
use praja_documents::{
    Drawer, Signatures,
    pades::{Mark, lokal::Sealed},
    sign::{Lokal, Secret, SignProvider as _, Who},
};
use praja_eoffice::MODULE;
use praja_kernel::{Clock, Moment, Zona};
use praja_testkit::Kit;
use serde_json::{Value, json};
use zeroize::Zeroizing;

use crate::{
    Officer,
    naskah::{place, ready, send},
    tte::{file, sign},
};

const PHRASE: &str = "ombak tenang di teluk";
const PASSWORD: &str = "sandi-layanan-esign";
const NOW: Moment = Moment(1_795_400_000_000);

struct Still;

impl Clock for Still {
    fn now(&self) -> Moment {
        NOW
    }
}

/// What the server does with the next request.
enum Mood {
    /// Takes the request and never answers.
    Silent,
    /// Answers so, as the public clients named in `crates/documents/src/sign/bsre.rs` show it.
    Says(u16, Value),
    Signs,
}

/// The e-sign server of a regency, and what it was asked.
struct Esign {
    url: String,
    moods: Arc<Mutex<VecDeque<Mood>>>,
    asked: Arc<Mutex<Vec<Value>>>,
}

impl Esign {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (moods, asked) = (Arc::new(Mutex::new(VecDeque::new())), Arc::new(Mutex::new(Vec::new())));
        let esign = Self { url, moods: moods.clone(), asked: asked.clone() };
        std::thread::spawn(move || {
            let authority = Sealed::create("Penerbit uji", PHRASE, NOW).unwrap();
            let signer = Lokal { authority, clock: Arc::new(Still) };
            let mut silent = Vec::new();
            for mut stream in listener.incoming().flatten() {
                let Some(body) = read(&stream) else { continue };
                asked.lock().unwrap().push(body.clone());
                let (status, answer) = match moods.lock().unwrap().pop_front().expect("nothing was expected") {
                    Mood::Silent => {
                        silent.push(stream);
                        continue;
                    }
                    Mood::Says(status, answer) => (status, answer),
                    Mood::Signs => (200, signed(&signer, &body)),
                };
                let text = answer.to_string();
                let head = format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", text.len());
                let _ = stream.write_all((head + &text).as_bytes());
            }
        });
        esign
    }

    fn then(&self, mood: Mood) {
        self.moods.lock().unwrap().push_back(mood);
    }
}

fn read(stream: &TcpStream) -> Option<Value> {
    let mut reader = BufReader::new(stream);
    let mut length = 0;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        if header.trim_end().is_empty() {
            break;
        }
        if let Some((name, value)) = header.trim_end().split_once(": ")
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

fn signed(signer: &Lokal, body: &Value) -> Value {
    let files: Vec<Vec<u8>> =
        body["file"].as_array().unwrap().iter().map(|file| BASE64.decode(file.as_str().unwrap()).unwrap()).collect();
    let who = Who { nik: None, email: None, name: "Pejabat".into(), post: "Kepala Dinas".into() };
    let secret = Secret::Passphrase(Zeroizing::new(PHRASE.to_owned()));
    let done = signer.sign(&who, &secret, &files, &Mark::new("Pejabat", "Surat Dinas", "Kotacontoh", NOW, Zona::Wib)).unwrap();
    json!({ "time": 812, "file": done.iter().map(|one| BASE64.encode(one)).collect::<Vec<_>>() })
}

/// A regency that signs with BSrE and waits five seconds for an answer.
fn kit(esign: &Esign) -> Kit {
    let kit = Kit::asli_giving(&[&MODULE], |ports| {
        ports.documents = Some(Arc::new(Drawer::in_here(false)));
        ports.signing = Some(Arc::new(Signatures { contoh: false }));
    });
    let mut admin = Officer::of(&kit, "superadmin");
    let fields = [
        ("url", esign.url.as_str()),
        ("pengguna", "esign"),
        ("rahasia_layanan", PASSWORD),
        ("pengenal", "surel"),
        ("sertifikat", ""),
        ("sabar", "5"),
        ("ulang", "0"),
        ("jalur_tanda", "/api/v2/sign/pdf"),
        ("jalur_kode", "/api/v2/sign/get/totp"),
        ("jalur_keadaan", "/api/v2/user/check/status"),
    ];
    let kept = send(&mut admin, "/desk/tanda-tangan/bsre", &fields);
    assert_eq!(kept.status, 303, "{}", kept.body);
    let chosen = send(&mut admin, "/desk/tanda-tangan", &[("cara", "bsre")]);
    assert_eq!(chosen.status, 303, "{}", chosen.body);
    kit
}

#[test]
fn a_server_of_bsre_that_is_slow_refuses_and_talks_nonsense_at_last_signs_under_the_first_number() {
    let esign = Esign::start();
    let kit = kit(&esign);
    let path = ready(&kit, &[]);
    let mut kadis = Officer::of(&kit, "kadis");
    esign.then(Mood::Silent);
    let begun = Instant::now();
    let slow = sign(&mut kadis, &path, PHRASE);
    assert!(slow.status == 422 && slow.says("menunggu TTE"), "{}", slow.body);
    assert!(begun.elapsed() < Duration::from_secs(30), "given up after the patience of the settings");
    let held = place(&kadis.get(&path));
    let troubles = [
        (Mood::Says(400, json!({ "error": "Passphrase anda salah", "status_code": 2031 })), "Passphrase anda salah"),
        (Mood::Says(503, json!({ "message": "sedang dipelihara" })), "sedang dipelihara"),
        (Mood::Says(200, json!({ "file": ["JVBERi0="] })), "tidak dapat dipakai"),
    ];
    for (mood, words) in troubles {
        esign.then(mood);
        let refused = sign(&mut kadis, &path, PHRASE);
        assert!(refused.status == 422 && refused.says(words) && !refused.says(PHRASE), "{words}: {}", refused.body);
        assert_eq!(place(&kadis.get(&path)), held, "{words}");
    }
    esign.then(Mood::Signs);
    let done = sign(&mut kadis, &path, PHRASE);
    assert_eq!(done.status, 303, "{}", done.body);
    let shown = kadis.get(&path);
    assert!(place(&shown) == held && shown.says("Ditandatangani"), "{}", shown.body);
    let pdf = file(&mut kadis, &path);
    assert!(pdf.starts_with(b"%PDF-"));
    let token = shown.body.split("/v/").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    let page = Officer(kit.stranger()).get(&format!("/v/{token}"));
    assert!(page.says("SAH") && !page.says("tidak tersertifikasi"), "{}", page.body);

    let asked = esign.asked.lock().unwrap();
    assert_eq!(asked.len(), 5);
    assert!(
        asked.iter().all(|one| one["email"].as_str().is_some_and(|email| email.starts_with("kadis@"))),
        "{:?}",
        asked[0]["email"]
    );
    let trail = kit.off(|instance| {
        instance.db.read(|tx| tx.list("SELECT isi FROM store_audit_nilai", &[], |row| row.get::<String>(0))).unwrap().join("\n")
    });
    assert!(!trail.contains(PHRASE) && !trail.contains(PASSWORD));
}

#[test]
fn a_code_from_the_mail_signs_instead_of_a_passphrase_and_a_wrong_one_asks_for_a_new_one() {
    let esign = Esign::start();
    let kit = kit(&esign);
    let path = ready(&kit, &[]);
    let mut kadis = Officer::of(&kit, "kadis");
    let page = format!("{path}/tte");
    assert!(kadis.get(&page).says("Pakai kode dari surel"));

    esign.then(Mood::Says(503, json!({ "message": "surel sedang antre" })));
    let away = send(&mut kadis, &page, &[("aksi", "minta-kode"), ("bukti", "frasa")]);
    assert!(away.status == 422 && away.says("surel sedang antre"), "{}", away.body);
    assert!(kadis.get(&path).says("Siap ditandatangani"), "a code is asked for before anything is numbered");
    esign.then(Mood::Says(200, json!({ "message": "OTP terkirim" })));
    let asked = send(&mut kadis, &page, &[("aksi", "minta-kode"), ("bukti", "frasa"), ("tanggal", "2026-11-22")]);
    assert!(asked.status == 200 && asked.says("Kode dikirim ke surel Anda") && asked.says("Kirim kode baru"), "{}", asked.body);
    assert!(asked.body.contains(r#"value="2026-11-22""#), "what was typed is kept");

    let with = |code| [("tanggal", "2026-11-22"), ("bukti", "kode"), ("rahasia", code)];
    let empty = send(&mut kadis, &page, &with(" "));
    assert!(empty.status == 422 && empty.says("Ketik kode dari surel Anda."), "{}", empty.body);
    esign.then(Mood::Says(400, json!({ "error": "OTP 111222 tidak sesuai" })));
    let wrong = send(&mut kadis, &page, &with("111222"));
    assert!(wrong.status == 422 && wrong.says("minta kode baru") && wrong.says("Sisa 2 percobaan"), "{}", wrong.body);
    assert!(!wrong.says("111222"), "a code is struck out of what the other side says");
    let held = place(&kadis.get(&path));
    esign.then(Mood::Signs);
    let done = send(&mut kadis, &page, &with("654321"));
    assert_eq!(done.status, 303, "{}", done.body);
    assert_eq!(place(&kadis.get(&path)), held);

    let asked = esign.asked.lock().unwrap();
    assert!(asked[1]["data"] == 1 && asked[1]["email"].as_str().is_some_and(|email| email.starts_with("kadis@")), "{}", asked[1]);
    assert!(asked[3]["totp"] == "654321" && asked[3].get("passphrase").is_none());
    let trail = kit.off(|instance| {
        instance.db.read(|tx| tx.list("SELECT isi FROM store_audit_nilai", &[], |row| row.get::<String>(0))).unwrap().join("\n")
    });
    assert!(!trail.contains("654321") && !trail.contains("111222"));
}

#[test]
fn several_naskah_are_signed_with_one_code() {
    const SIGN: &str = "/eoffice/naskah/tanda-tangan";
    let esign = Esign::start();
    let kit = kit(&esign);
    let paths = [ready(&kit, &[]), ready(&kit, &[])];
    let ids: Vec<&str> = paths.iter().filter_map(|path| path.rsplit('/').next()).collect();
    let mut kadis = Officer::of(&kit, "kadis");
    let chosen = [("pilih", ids[0]), ("pilih", ids[1])];
    esign.then(Mood::Says(200, json!({ "message": "OTP terkirim" })));
    let mut fields = chosen.to_vec();
    fields.extend([("aksi", "minta-kode"), ("bukti", "frasa")]);
    let asked = kadis.fill(SIGN, SIGN, &fields);
    assert!(asked.status == 200 && asked.says("Tanda tangani 2 naskah") && asked.says("Kode sekali pakai"), "{}", asked.body);
    esign.then(Mood::Signs);
    let mut fields = chosen.to_vec();
    fields.extend([("bukti", "kode"), ("rahasia", "654321")]);
    let done = kadis.fill(SIGN, SIGN, &fields);
    assert!(done.status == 303, "{}", done.body);
    for path in &paths {
        assert!(kadis.get(path).says("Ditandatangani"));
    }
    let asked = esign.asked.lock().unwrap();
    assert!(
        asked[0]["data"] == 2 && asked[1]["totp"] == "654321" && asked[1]["file"].as_array().is_some_and(|all| all.len() == 2)
    );
}
