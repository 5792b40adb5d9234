//! Signatures as poppler's pdfsig and we ourselves read them.

use std::process::Command;
use std::time::{Duration, Instant};

use praja_documents::pades::lokal::Sealed;
use praja_documents::pades::{Mark, PadesError, Root, Signature, check};
use praja_documents::{Pack, kind, sample};
use praja_kernel::{Moment, Zona};

use crate::tools::{ENGINE, poppler};

const NOW: Moment = Moment(1_795_400_000_000);
const PASSPHRASE: &str = "kuda laut makan pepaya";

fn letter() -> Vec<u8> {
    let kind = kind("surat-dinas").unwrap();
    ENGINE.render(&Pack::new(std::collections::BTreeMap::new()).job(kind, &sample(kind)).unwrap()).unwrap().pdf
}

fn mark() -> Mark {
    Mark::new("Ratna Wulandari, Kepala Dinas", "Surat Dinas 000.8.3.3/15/Diskominfo", "Kotacontoh", NOW, Zona::Wib)
}

fn root(sealed: &Sealed) -> Root {
    Root { certificate: sealed.certificate.clone(), is_certified: false }
}

fn authority() -> Sealed {
    Sealed::create("Kabupaten Contoh", PASSPHRASE, NOW).unwrap()
}

fn signed(sealed: &Sealed, document: &[u8], name: &str) -> Vec<u8> {
    sealed.open(PASSPHRASE).unwrap().signer(name, "Kepala Dinas", NOW).unwrap().sign(document, &mark()).unwrap()
}

/// What pdfsig says, with the authority in its store of trusted certificates where one is given.
pub fn pdfsig(pdf: &[u8], trusted: Option<&Sealed>) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let store = format!("sql:{}", folder.path().display());
    let run = |program: &str, arguments: &[&str]| {
        let done = Command::new(program)
            .args(arguments)
            .current_dir(folder.path())
            .output()
            .unwrap_or_else(|e| panic!("{program}: {e}"));
        String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr)
    };
    run("certutil", &["-N", "-d", &store, "--empty-password"]);
    if let Some(sealed) = trusted {
        std::fs::write(path("ca.der"), &sealed.certificate).unwrap();
        run("certutil", &["-A", "-d", &store, "-n", "ca", "-t", "CT,C,C", "-i", "ca.der"]);
    }
    std::fs::write(path("a.pdf"), pdf).unwrap();
    run("pdfsig", &["-nssdir", &store, "a.pdf"])
}

#[test]
fn poppler_calls_our_signature_valid_whole_and_trusted_once_it_knows_the_authority() {
    let sealed = authority();
    let pdf = signed(&sealed, &letter(), "Ratna Wulandari");
    let said = pdfsig(&pdf, Some(&sealed));
    for words in
        ["Signature is Valid", "Certificate is Trusted", "Total document signed", "ETSI.CAdES.detached", "Ratna Wulandari"]
    {
        assert!(said.contains(words), "{words}: {said}");
    }
    let stranger = pdfsig(&pdf, None);
    assert!(stranger.contains("Signature is Valid") && !stranger.contains("Certificate is Trusted"), "{stranger}");
    let text = poppler("pdftotext", &["FILE", "-"], &pdf);
    assert!(text.contains("Penggunaan Aplikasi"), "the letter can still be read");
}

#[test]
fn one_flipped_bit_in_the_signed_range_is_found_by_poppler_and_by_us() {
    let sealed = authority();
    let pdf = signed(&sealed, &letter(), "Ratna Wulandari");
    let roots = [root(&sealed)];
    let (name, at) = ("Ratna Wulandari".to_owned(), Some(Moment(NOW.ms() / 1000 * 1000)));
    let good = Signature { name, at, intact: true, whole: true, trusted: true, certified: false };
    assert_eq!(check(&pdf, &roots), Ok(vec![good]));
    // In a picture or text of the first half, and in the numbers at the end that were added with the signature.
    let stream = pdf.windows(6).position(|six| six == b"stream").unwrap() + 40;
    let mut changed = pdf.clone();
    changed[stream] ^= 1;
    let said = pdfsig(&changed, Some(&sealed));
    assert!(said.contains("Digest Mismatch"), "{said}");
    let found = check(&changed, &roots).unwrap();
    assert!(found.iter().all(|one| !one.intact && !one.trusted) && found.len() == 1, "{found:?}");
    let mut longer = pdf.clone();
    longer.extend_from_slice(b"\n% catatan\n");
    assert!(check(&longer, &roots).unwrap().iter().all(|one| one.intact && !one.whole));
}

#[test]
fn no_flipped_bit_outside_the_room_of_the_signature_goes_unnoticed() {
    let sealed = authority();
    let pdf = signed(&sealed, &letter(), "Ratna Wulandari");
    let roots = [root(&sealed)];
    for at in (0..pdf.len()).step_by(pdf.len() / 61) {
        let in_room =
            pdf[at.saturating_sub(64)..(at + 64).min(pdf.len())].windows(32).any(|some| some.iter().all(u8::is_ascii_hexdigit));
        if in_room {
            continue;
        }
        let mut changed = pdf.clone();
        changed[at] ^= 1;
        let fine = check(&changed, &roots).is_ok_and(|found| found.len() == 1 && found.iter().all(|one| one.intact && one.whole));
        assert!(!fine, "byte {at} was changed and nobody noticed");
    }
}

#[test]
fn a_second_signer_signs_on_top_and_the_first_signature_stays_whole_in_itself() {
    let sealed = authority();
    let first = signed(&sealed, &letter(), "Ratna Wulandari");
    let both = signed(&sealed, &first, "Hadi Santoso");
    assert!(both.starts_with(&first), "what was signed stays byte for byte");
    let found = check(&both, &[root(&sealed)]).unwrap();
    let facts: Vec<_> = found.iter().map(|one| (one.name.as_str(), one.intact, one.whole)).collect();
    assert_eq!(facts, [("Ratna Wulandari", true, false), ("Hadi Santoso", true, true)]);
    let said = pdfsig(&both, Some(&sealed));
    assert_eq!(said.matches("Signature is Valid").count(), 2, "{said}");
}

#[test]
fn another_authority_is_not_trusted_and_the_wrong_passphrase_opens_nothing() {
    let (ours, other) = (authority(), authority());
    let pdf = signed(&other, &letter(), "Ratna Wulandari");
    assert!(check(&pdf, &[root(&ours)]).unwrap().iter().all(|one| one.intact && !one.trusted));
    assert!(matches!(ours.open("kuda laut makan pisang"), Err(PadesError::WrongPassphrase)));
    let mut stored = serde_json::to_value(&ours).unwrap();
    stored["certificate"] = serde_json::to_value(&other.certificate).unwrap();
    let mixed: Sealed = serde_json::from_value(stored).unwrap();
    assert!(matches!(mixed.open(PASSPHRASE), Err(PadesError::WrongPassphrase)), "a key goes with its own certificate");
}

#[test]
fn the_address_of_the_code_is_found_in_the_signed_file_and_other_links_are_not() {
    let kind = kind("surat-dinas").unwrap();
    let mut data = sample(kind);
    let address = "https://contoh.example/v/7zzzzzzzzzzzzzzzzzzzzzzzzz#1.0011223344556677.YWJj.ZGVm";
    let svg = praja_documents::qr_svg(address).unwrap();
    data["qr"] = serde_json::json!({ "svg": svg, "alamat": "contoh.example/v", "tautan": address });
    let pdf = ENGINE.render(&Pack::new(std::collections::BTreeMap::new()).job(kind, &data).unwrap()).unwrap().pdf;
    let signed = signed(&authority(), &pdf, "Ratna Wulandari");
    assert_eq!(praja_documents::addresses(&signed), Ok(vec![address.to_owned()]));
    data["qr"]["tautan"] = serde_json::json!("https://contoh.example/halaman#bagian");
    let other = ENGINE.render(&Pack::new(std::collections::BTreeMap::new()).job(kind, &data).unwrap()).unwrap().pdf;
    assert_eq!(praja_documents::addresses(&other), Ok(Vec::new()));
    assert_eq!(praja_documents::addresses(b"bukan pdf"), Err(PadesError::Unreadable));
}

#[test]
fn what_is_no_pdf_is_refused_in_words() {
    let signer = authority().open(PASSPHRASE).unwrap().signer("Ratna", "Kepala", NOW).unwrap();
    for bytes in [&b""[..], b"bukan pdf", b"%PDF-1.7\nputus"] {
        assert_eq!(signer.sign(bytes, &mark()), Err(PadesError::Unreadable));
        assert_eq!(check(bytes, &[]), Err(PadesError::Unreadable));
    }
    assert_eq!(check(&letter(), &[]), Ok(Vec::new()), "an unsigned letter has no signature");
}

#[test]
fn fifty_letters_are_signed_with_one_passphrase_within_five_seconds() {
    let (sealed, letter) = (authority(), letter());
    let begun = Instant::now();
    let signer = sealed.open(PASSPHRASE).unwrap().signer("Ratna Wulandari", "Kepala Dinas", NOW).unwrap();
    let done: Vec<_> = (0..50).map(|_| signer.sign(&letter, &mark()).unwrap()).collect();
    // Figures are measured in the release build; this only guards the order of magnitude.
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    let last = check(done.last().unwrap(), &[root(&sealed)]).unwrap();
    assert!(last.iter().all(|one| one.intact && one.whole && one.trusted) && last.len() == 1);
}
