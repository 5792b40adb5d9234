//! Other programs are told what happened to letters: signed, tried again, and never with anything of what is in them.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpListener,
    sync::{Arc, Mutex},
    thread,
};

use praja_desk::deliveries::signature;
use praja_eoffice::MODULE;
use praja_testkit::{Kit, Page};
use serde_json::Value;

use crate::{
    BARU, Officer, PDF,
    naskah::{number, ready, scan},
    register, with,
};

const HOOKS: &str = "/identity/webhook";
const ALL: [&str; 5] = [
    "surat-masuk.tercatat",
    "surat-masuk.didisposisi",
    "surat-masuk.selesai",
    "naskah-keluar.ditandatangani",
    "naskah-keluar.dikirim",
];
const MINUTE: i64 = 60_000;

/// What a program was told: head, in small letters, and body.
type Told = (String, String);

/// A program that answers with these statuses in turn, the last for ever.
struct Program {
    address: String,
    told: Arc<Mutex<Vec<Told>>>,
}

impl Program {
    fn answering(statuses: &'static [u16]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = format!("http://{}/kabar", listener.local_addr().expect("it has an address"));
        let told = Arc::new(Mutex::new(Vec::new()));
        let kept = told.clone();
        thread::spawn(move || {
            for (at, stream) in listener.incoming().enumerate() {
                let Ok(mut stream) = stream else { return };
                let mut reader = BufReader::new(stream.try_clone().expect("a second handle"));
                let (mut head, mut length) = (String::new(), 0);
                loop {
                    let mut line = String::new();
                    reader.read_line(&mut line).expect("a line");
                    let line = line.trim_end().to_lowercase();
                    if let Some(value) = line.strip_prefix("content-length: ") {
                        length = value.parse().expect("a length");
                    }
                    if line.is_empty() {
                        break;
                    }
                    head.push_str(&line);
                    head.push('\n');
                }
                let mut body = vec![0; length];
                reader.read_exact(&mut body).expect("the body");
                kept.lock().expect("no panic").push((head, String::from_utf8(body).expect("text")));
                let status = statuses.get(at).or(statuses.last()).expect("an answer");
                write!(stream, "HTTP/1.1 {status} X\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").expect("it is answered");
            }
        });
        Self { address, told }
    }

    fn told(&self) -> Vec<Told> {
        self.told.lock().expect("no panic").clone()
    }
}

fn header<'a>(told: &'a Told, name: &str) -> &'a str {
    told.0.lines().find_map(|line| line.strip_prefix(&format!("{name}: "))).unwrap_or_else(|| panic!("{name} in {}", told.0))
}

/// Registers an address; gives its page and the secret of its signatures.
fn hook(tu: &mut Officer<'_>, address: &str, kinds: &[&str]) -> (String, String) {
    let form = format!("{HOOKS}/baru");
    let mut fields = vec![("nama", "SIMPEG"), ("alamat", address)];
    fields.extend(kinds.iter().map(|one| ("peristiwa", *one)));
    let page = tu.fill(&form, &form, &fields);
    assert_eq!(page.status, 200, "{}", page.body);
    let secret = page.body.split("<dd><code>").nth(1).and_then(|rest| rest.split('<').next()).expect("the secret is shown once");
    let path =
        page.body.split(&format!("href=\"{HOOKS}/0")).nth(1).and_then(|rest| rest.split('"').next()).expect("it has a page");
    (format!("{HOOKS}/0{path}"), secret.to_owned())
}

fn kinds(program: &Program) -> Vec<(String, String, String)> {
    let read = |told: &Told| {
        let body: Value = serde_json::from_str(&told.1).expect("JSON");
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        (text(&body["peristiwa"]), text(&body["objek"]["nomor"]), text(&body["objek"]["status"]))
    };
    program.told().iter().map(read).collect()
}

/// Presses the button of an act on a page.
fn press(tu: &mut Officer<'_>, page: &str, path: &str) -> Page {
    let shown = tu.get(page);
    let versi = shown.hidden("versi").unwrap_or("0").to_owned();
    tu.fill(page, path, &[("versi", &versi)])
}

#[test]
fn a_program_is_told_of_every_step_signed_and_without_a_word_of_the_letter() {
    let kit = Kit::asli(&[&MODULE]);
    let program = Program::answering(&[200]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let (page, secret) = hook(&mut tu, &program.address, &ALL);
    let surat = register(&mut tu, &[("hal", "Perihal yang tidak keluar")]);
    assert_eq!(kit.work().1, Vec::<String>::new());
    let mut kadis = Officer::of(&kit, "kadis");
    let answer = kadis.fill(&surat, &format!("{surat}/selesai"), &[("alasan", "Cukup diketahui saja")]);
    assert_eq!(answer.status, 303, "{}", answer.body);
    let naskah = ready(&kit, &[]);
    number(&kit, &naskah);
    assert_eq!(scan(&mut tu, &naskah, PDF).status, 303);
    assert_eq!(tu.fill(&format!("{naskah}/kirim"), &format!("{naskah}/kirim"), &[]).status, 303);
    kit.work();
    let told = program.told();
    let seen: Vec<String> = kinds(&program).into_iter().map(|(kind, ..)| kind).collect();
    assert_eq!(seen, ["surat-masuk.tercatat", "surat-masuk.selesai", "naskah-keluar.ditandatangani", "naskah-keluar.dikirim"]);
    assert_eq!(kinds(&program)[0], ("surat-masuk.tercatat".into(), "1/2026".into(), "dipindai".into()));
    for one in &told {
        let (at, id) = (header(one, "x-praja-waktu").parse().expect("seconds"), header(one, "x-praja-id"));
        assert_eq!(header(one, "x-praja-tanda"), signature(&secret, at, id, &one.1));
        let body: Value = serde_json::from_str(&one.1).expect("JSON");
        assert_eq!(body["id"], id);
        assert!(!one.1.contains("Perihal") && !one.1.contains("Badan Pusat Statistik"), "{}", one.1);
        assert!(body["objek"]["tautan"].as_str().unwrap().starts_with("http://127.0.0.1/api/v1/eoffice/"), "{}", one.1);
    }
    let page = tu.get(&page);
    assert!(page.says("Terkirim") && page.says("Surat masuk dicatat") && !page.says(&secret), "{}", page.body);
}

#[test]
fn a_program_is_told_of_what_it_asked_for_in_its_own_office_alone() {
    let kit = Kit::asli(&[&MODULE]);
    let program = Program::answering(&[200]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    hook(&mut tu, &program.address, &["surat-masuk.didisposisi"]);
    let surat = register(&mut tu, &[]);
    register(&mut Officer::of(&kit, "tu.setda"), &[("nomor_surat", "S-1")]);
    let mut kadis = Officer::of(&kit, "kadis");
    let sent = crate::order(&mut kadis, &format!("{surat}/disposisi"), crate::KABID, &[]);
    assert_eq!(sent.status, 303, "{}", sent.body);
    kit.work();
    assert_eq!(kinds(&program), [("surat-masuk.didisposisi".into(), "1/2026".into(), "didisposisi".into())]);
}

#[test]
fn what_fails_is_tried_again_set_aside_and_sent_again_under_the_same_name() {
    let kit = Kit::asli(&[&MODULE]);
    let program = Program::answering(&[500, 404, 200]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let (page, _) = hook(&mut tu, &program.address, &["surat-masuk.tercatat"]);
    register(&mut tu, &[]);
    kit.work();
    let shown = tu.get(&page);
    assert!(shown.says("Dijawab 500.") && shown.says("Dicoba lagi"), "{}", shown.body);
    kit.work();
    assert_eq!(program.told().len(), 1, "not before its time");
    kit.clock.move_ms(2 * MINUTE);
    kit.work();
    let shown = tu.get(&page);
    assert!(shown.says("Gagal") && shown.says("Dijawab 404.") && shown.says("Kirim ulang"), "{}", shown.body);
    let again = shown.body.split("action=\"").filter_map(|part| part.split('"').next()).find(|path| path.ends_with("/ulang"));
    let again = again.expect("it can be sent again").to_owned();
    assert_eq!(tu.fill(&page, &again, &[]).status, 303);
    kit.work();
    let told = program.told();
    assert_eq!(told.len(), 3);
    assert!(told.iter().all(|one| header(one, "x-praja-id") == header(&told[0], "x-praja-id") && one.1 == told[0].1));
    assert!(tu.get(&page).says("mengirim ulang kepada webhook"));
}

#[test]
fn who_does_not_answer_rests_and_who_is_stopped_is_told_nothing() {
    let kit = Kit::asli(&[&MODULE]);
    let gone = TcpListener::bind("127.0.0.1:0").map(|one| one.local_addr().expect("it has an address")).expect("a free port");
    let mut tu = Officer::of(&kit, "tata-usaha");
    let (page, _) = hook(&mut tu, &format!("http://{gone}/"), &["surat-masuk.tercatat"]);
    for at in 1..=4 {
        let nomor = format!("B-{at}");
        let fields = with(&[("nomor_surat", &nomor)]);
        assert_eq!(tu.upload(BARU, BARU, &fields, &[]).status, 303);
        kit.work();
    }
    let shown = tu.get(&page);
    assert!(shown.says("Tidak menjawab") && shown.says("Tidak dapat dihubungi"), "{}", shown.body);
    let stopped = press(&mut tu, &page, &format!("{page}/ganti"));
    assert_eq!(stopped.status, 303, "{}", stopped.body);
    kit.clock.move_ms(90 * MINUTE);
    kit.work();
    assert!(tu.get(&page).says("Webhook ini dihentikan."));
    assert_eq!(press(&mut tu, &page, &format!("{page}/ganti")).status, 303);
    assert_eq!(press(&mut tu, &page, &format!("{page}/uji")).status, 303);
    assert!(tu.get(&page).says("Percobaan"));
}

#[test]
fn a_training_tells_nobody_and_addresses_that_nobody_may_call_are_refused() {
    let kit = Kit::new(&[&MODULE]);
    let program = Program::answering(&[200]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let (page, _) = hook(&mut tu, &program.address, &["surat-masuk.tercatat"]);
    register(&mut tu, &[]);
    kit.work();
    assert_eq!(program.told().len(), 0);
    assert!(tu.get(&page).says("Ditahan (latihan)"));
    let form = format!("{HOOKS}/baru");
    for address in ["http://contoh.go.id/", "ftp://10.0.0.1/", "https://a:b@contoh.go.id/", "kabar"] {
        let told = tu.fill(&form, &form, &[("nama", "Lain"), ("alamat", address), ("peristiwa", ALL[0])]);
        assert!(told.status == 422 && told.says("Tulis alamat yang diawali https://"), "{address}");
    }
    assert_eq!(Officer::of(&kit, "tu.setda").get(&page).status, 403);
}
