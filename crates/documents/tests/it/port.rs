//! What modules ask for through ports: real documents and real signatures, no stand-ins.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use praja_documents::{Drawer, Signatures};
use praja_kernel::{Clock, Date, Moment, Zona};
use praja_module::documents::{Documents, DrawError, Drawing};
use praja_module::signing::{Mark, PadesError, Root, Secret, SignError, Signing, Way, Who};
use serde_json::json;

use crate::tools::poppler;

const NOW: Moment = Moment(1_795_400_000_000);
const DAY: Date = Date::constant(2026, 11, 23);
const PASSPHRASE: &str = "kuda laut makan pepaya";

struct Still;

impl Clock for Still {
    fn now(&self) -> Moment {
        NOW
    }
}

fn letter(drawer: &Drawer) -> Vec<u8> {
    drawer.draw(&Drawing::new("surat-dinas", drawer.sample("surat-dinas").unwrap(), DAY)).unwrap().pdf
}

fn who() -> Who {
    Who { name: "Ratna Wulandari".into(), post: "Kepala Dinas".into(), ..Who::default() }
}

fn mark() -> Mark {
    Mark::new("Ratna Wulandari", "Surat Dinas", "Kotacontoh", NOW, Zona::Wib)
}

#[test]
fn a_module_draws_a_naskah_by_its_code_and_its_data() {
    let drawer = Drawer::in_here(false);
    assert_eq!(drawer.kinds().len(), 32);
    let done = drawer.draw(&Drawing::new("surat-dinas", drawer.sample("surat-dinas").unwrap(), DAY)).unwrap();
    let text = poppler("pdftotext", &["FILE", "-"], &done.pdf);
    assert!(done.pages == 2 && text.contains("Penggunaan Aplikasi") && !text.lines().any(|line| line == "LATIHAN"), "{text}");
    assert_eq!(drawer.draw(&Drawing::new("surat-cinta", json!({}), DAY)), Err(DrawError::Unknown("surat-cinta".into())));
    let Err(DrawError::Template(found)) = drawer.draw(&Drawing::new("surat-dinas", json!({ "judul": "x" }), DAY)) else {
        panic!("a letter without anything was drawn")
    };
    assert!(found[0].line > 0 && !found[0].hint.is_empty(), "{found:?}");
}

#[test]
fn whatever_a_module_says_latihan_stands_on_what_a_contoh_instance_draws() {
    let drawer = Drawer::in_here(true);
    let mut data = drawer.sample("memo").unwrap();
    data["latihan"] = json!(false);
    let text = poppler("pdftotext", &["-raw", "FILE", "-"], &drawer.draw(&Drawing::new("memo", data, DAY)).unwrap().pdf);
    assert!(text.lines().any(|line| line == "LATIHAN"), "{text}");
    let settings = praja_documents::sign::Settings {
        url: "http://127.0.0.1:1".into(),
        user: String::new(),
        password: String::new().into(),
        certificate: None,
        paths: praja_documents::sign::Paths::default(),
        patience: Duration::from_secs(1),
        retries: 0,
    };
    let refused = Signatures { contoh: true }.provider(Way::Bsre(settings.clone()), Arc::new(Still));
    assert!(matches!(refused, Err(SignError::NotOffered(_))));
    assert!(Signatures { contoh: false }.provider(Way::Bsre(settings), Arc::new(Still)).is_ok_and(|one| one.is_certified()));
}

#[test]
fn files_of_one_drawing_stand_in_for_templates_of_that_drawing_alone() {
    let drawer = Drawer::in_here(false);
    let data = drawer.sample("memo").unwrap();
    let own = b"#let d = json(\"data.json\")\n#set document(title: d.judul)\nMemo kami".to_vec();
    let changed = drawer.draw(&Drawing::new("memo", data.clone(), DAY).file("memo.typ", own)).unwrap();
    assert!(poppler("pdftotext", &["FILE", "-"], &changed.pdf).contains("Memo kami"));
    let plain = drawer.draw(&Drawing::new("memo", data, DAY)).unwrap();
    assert!(!poppler("pdftotext", &["FILE", "-"], &plain.pdf).contains("Memo kami"));
    assert!(drawer.template("memo.typ").unwrap().contains("umum.typ"));
}

#[test]
fn an_authority_is_made_resealed_and_signs_what_check_then_tells() {
    let (drawer, signing) = (Drawer::in_here(false), Signatures { contoh: true });
    let authority = signing.new_authority("Kabupaten Contoh", PASSPHRASE, NOW).unwrap();
    let again = signing.reseal(&authority, PASSPHRASE, "frasa yang baru").unwrap();
    assert_eq!(signing.certificate(&authority).unwrap(), signing.certificate(&again).unwrap());
    let sign = |authority: &[u8], passphrase: &str| {
        let provider = signing.provider(Way::Lokal(authority.to_vec()), Arc::new(Still)).unwrap();
        provider.sign(&who(), &Secret::passphrase(passphrase), &[letter(&drawer)], &mark())
    };
    assert_eq!(sign(&again, PASSPHRASE), Err(SignError::Pades(PadesError::WrongPassphrase)));
    assert_eq!(signing.reseal(&again, PASSPHRASE, "x"), Err(SignError::Pades(PadesError::WrongPassphrase)));
    let pdf = sign(&again, "frasa yang baru").unwrap().remove(0);
    let roots = |is_certified| [Root { certificate: signing.certificate(&again).unwrap(), is_certified }];
    let found = signing.check(&pdf, &roots(false)).unwrap();
    assert_eq!(found.len(), 1);
    let one = &found[0];
    assert_eq!((one.name.as_str(), one.at), ("Ratna Wulandari", Some(NOW)));
    assert!(one.intact && one.whole && one.trusted && !one.certified, "{one:?}");
    assert!(signing.check(&pdf, &roots(true)).unwrap()[0].certified);
    assert!(signing.check(&pdf, &[]).unwrap().iter().all(|one| one.intact && !one.trusted && !one.certified));
    assert_eq!(signing.check(&letter(&drawer), &roots(false)), Ok(Vec::new()));
    assert_eq!(signing.certificate(b"bukan otoritas"), Err(SignError::Pades(PadesError::BadKey)));
    let paper = signing.provider(Way::Basah, Arc::new(Still)).unwrap();
    assert!(matches!(paper.sign(&who(), &Secret::passphrase(""), &[], &mark()), Err(SignError::NotOffered(_))));
}

#[test]
fn a_worker_ends_when_the_program_that_began_it_is_gone_also_in_the_middle_of_a_document() {
    for busy in [false, true] {
        let mut worker = Command::new(env!("CARGO_BIN_EXE_praja-naskah"))
            .args([praja_documents::worker::CALL, "256"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = worker.stdin.take().unwrap();
        // Beginning takes seconds where other programs want the processor, and is not what is timed here: it has begun when it has answered.
        ask(&mut input, b"Selesai.");
        let mut output = worker.stdout.take().unwrap();
        output.read_exact(&mut [0; 4]).unwrap();
        if busy {
            ask(&mut input, b"#for a in range(100000) { for b in range(100000) { let c = calc.pow(2.5, 3.1) } }");
            std::thread::spawn(move || drop(std::io::copy(&mut output, &mut std::io::sink())));
            let (before, begun) = (ticks(worker.id()), Instant::now());
            while ticks(worker.id()) < before + 30 && begun.elapsed() < Duration::from_secs(60) {
                std::thread::sleep(Duration::from_millis(50));
            }
            assert!(worker.try_wait().unwrap().is_none(), "it draws for ever");
        }
        drop(input);
        let begun = Instant::now();
        while worker.try_wait().unwrap().is_none() {
            if begun.elapsed() > Duration::from_secs(30) {
                worker.kill().unwrap();
                panic!("the worker stayed behind (busy: {busy})");
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

/// Gives a worker a template of these words.
fn ask(input: &mut impl Write, template: &[u8]) {
    let head = json!({ "main": "a.typ", "names": ["a.typ"], "date": [2026, 11, 23] }).to_string();
    for chunk in [head.as_bytes(), template] {
        input.write_all(&u32::try_from(chunk.len()).unwrap().to_le_bytes()).unwrap();
        input.write_all(chunk).unwrap();
    }
    input.flush().unwrap();
}

/// Time that a process has used, in hundredths of a second.
fn ticks(process: u32) -> u64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap_or_default().split(' ').collect();
    fields.get(11).and_then(|text| text.parse().ok()).unwrap_or(0)
}

#[test]
fn a_naskah_and_its_lampiran_become_one_file_with_all_their_words() {
    let drawer = Drawer::in_here(false);
    let memo = drawer.draw(&Drawing::new("memo", drawer.sample("memo").unwrap(), DAY)).unwrap();
    let main = letter(&drawer);
    let done = drawer.join(&[&main, &memo.pdf, &memo.pdf]).unwrap();
    assert_eq!(done.pages, 2 + 2 * memo.pages);
    let text = poppler("pdftotext", &["FILE", "-"], &done.pdf);
    assert!(text.contains("Penggunaan Aplikasi") && text.matches("Persiapan Bahan Rapat").count() >= 2, "{text}");
    assert_eq!(drawer.join(&[&main]).unwrap().pdf, main, "one alone stays as it is");
    let Err(DrawError::Template(found)) = drawer.join(&[&main, b"%PDF-1.7 putus"]) else { panic!("a broken file was taken") };
    assert!(found[0].what.contains("ke-2"), "{found:?}");
    assert!(drawer.join(&[]).is_err());
}

#[test]
fn a_folder_that_is_not_there_holds_no_templates() {
    let drawer = Drawer::by_workers(Path::new("/tidak/ada"), Path::new("/tidak/ada"), false);
    assert!(drawer.template("memo.typ").is_some() && drawer.sample("memo").is_some());
}
