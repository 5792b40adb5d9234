//! kill -9 between the reservation of the number and the signature: a process of its own signs with a provider that takes its time, its
//! parent kills it, and the next process finds the same number and the same date.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on ends")]
#![allow(clippy::disallowed_methods, reason = "the two processes tell each other by files")]

use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, Command, Stdio},
    sync::Arc,
};

use praja_documents::{Drawer, Signatures};
use praja_eoffice::MODULE;
use praja_kernel::{Clock, Moment};
use praja_module::signing::{CertStatus, Mark, Root, Secret, SignError, SignProvider, Signature, Signing, Way, Who};
use praja_testkit::Kit;

use crate::{
    Officer,
    naskah::{place, ready, send},
    tte::{PHRASE, file, sign},
};

/// Names the regency's folder in the child.
const CHILD: &str = "PRAJA_EOFFICE_TEST_CHILD";
/// What the child says when its provider has the documents.
const ASKED: &str = "penyedia diminta menandatangani ";
const DAY_MS: i64 = 24 * 60 * 60 * 1000;
const REAL: Signatures = Signatures { contoh: true };

/// The real signatures; `slow` ones say that they were asked and never answer.
struct Slow(bool);

impl Signing for Slow {
    fn provider(&self, way: Way, clock: Arc<dyn Clock>) -> Result<Box<dyn SignProvider>, SignError> {
        let real = REAL.provider(way, clock)?;
        Ok(if self.0 { Box::new(Silent(real)) } else { real })
    }

    fn new_authority(&self, regency: &str, passphrase: &str, now: Moment) -> Result<Vec<u8>, SignError> {
        REAL.new_authority(regency, passphrase, now)
    }

    fn reseal(&self, authority: &[u8], old: &str, new: &str) -> Result<Vec<u8>, SignError> {
        REAL.reseal(authority, old, new)
    }

    fn certificate(&self, authority: &[u8]) -> Result<Vec<u8>, SignError> {
        REAL.certificate(authority)
    }

    fn check(&self, pdf: &[u8], roots: &[Root]) -> Result<Vec<Signature>, SignError> {
        REAL.check(pdf, roots)
    }

    fn addresses(&self, pdf: &[u8]) -> Result<Vec<String>, SignError> {
        REAL.addresses(pdf)
    }
}

struct Silent(Box<dyn SignProvider>);

impl SignProvider for Silent {
    fn status(&self, who: &Who) -> Result<CertStatus, SignError> {
        self.0.status(who)
    }

    fn challenge(&self, who: &Who, documents: usize) -> Result<(), SignError> {
        self.0.challenge(who, documents)
    }

    fn sign(&self, _: &Who, _: &Secret, documents: &[Vec<u8>], _: &Mark) -> Result<Vec<Vec<u8>>, SignError> {
        // One system call a line: a line is there whole or not at all.
        std::io::stdout().lock().write_all(format!("\n{ASKED}{}\n", documents.len()).as_bytes()).unwrap();
        std::io::stdout().flush().unwrap();
        loop {
            std::thread::park();
        }
    }

    fn is_certified(&self) -> bool {
        self.0.is_certified()
    }
}

fn open(folder: &Path, slow: bool) -> Kit {
    Kit::kept(folder, &[&MODULE], |ports| {
        ports.documents = Some(Arc::new(Drawer::in_here(true)));
        ports.signing = Some(Arc::new(Slow(slow)));
    })
}

#[test]
fn the_child_signs_until_it_is_killed() {
    // Without the parent there is nothing to do: this test is the child's program.
    let Ok(folder) = std::env::var(CHILD) else { return };
    let kit = open(Path::new(&folder), true);
    let kept = Path::new(&folder).join("naskah");
    // The first child writes the letter, the next one signs the same again.
    let path = std::fs::read_to_string(&kept).unwrap_or_else(|_| {
        let mut admin = Officer::of(&kit, "superadmin");
        let made = send(&mut admin, "/desk/tanda-tangan/otoritas", &[("rahasia_baru", PHRASE), ("rahasia_ulang", PHRASE)]);
        assert_eq!(made.status, 303, "{}", made.body);
        assert_eq!(send(&mut admin, "/desk/tanda-tangan", &[("cara", "lokal")]).status, 303);
        let path = ready(&kit, &[]);
        std::fs::write(&kept, &path).unwrap();
        path
    });
    sign(&mut Officer::of(&kit, "kadis"), &path, PHRASE);
}

/// A child that has reserved the number and waits for its signature; killed there.
fn killed_while_signing(folder: &Path) {
    let mut child: Child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "mati::the_child_signs_until_it_is_killed", "--nocapture"])
        .env(CHILD, folder)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let asked = lines.map_while(Result::ok).any(|line| line.starts_with(ASKED));
    // SIGKILL: the child has no chance to tidy up.
    child.kill().unwrap();
    let end = child.wait().unwrap();
    assert!(asked, "the child never came to the signature: {end}");
    assert_eq!(end.code(), None, "it was killed, it did not end");
}

#[test]
fn a_program_killed_between_number_and_signature_signs_with_the_same_number_and_date_afterwards() {
    let folder = tempfile::tempdir().unwrap();
    // Twice: the second process finds the reservation of the first, and dies at the same place.
    killed_while_signing(folder.path());
    killed_while_signing(folder.path());
    let path = std::fs::read_to_string(folder.path().join("naskah")).unwrap();
    let kit = open(folder.path(), false);
    kit.clock.move_ms(DAY_MS);
    let mut kadis = Officer::of(&kit, "kadis");
    let shown = kadis.get(&path);
    let held = place(&shown);
    assert!(shown.says("menunggu TTE") && shown.says("22 November 2026"), "{}", shown.body);
    let signed = sign(&mut kadis, &path, PHRASE);
    assert_eq!(signed.status, 303, "{}", signed.body);
    let shown = kadis.get(&path);
    assert!(place(&shown) == held && shown.says("Ditandatangani") && shown.says("22 November 2026"), "{}", shown.body);
    let pdf = file(&mut kadis, &path);
    let mut paper = tempfile::NamedTempFile::new().unwrap();
    paper.write_all(&pdf).unwrap();
    let text = Command::new("pdftotext").args(["-layout"]).arg(paper.path()).arg("-").output().expect("poppler-utils");
    let text = String::from_utf8_lossy(&text.stdout);
    assert!(text.contains(&format!("000.1.2/{held}/DINKES")) && text.contains("22 November 2026"), "{text}");
    // Neither a gap nor the same again: the register knows this number once, and the next letter takes the next.
    let rows = kit.off(|instance| {
        instance.db.read(|tx| {
            tx.list("SELECT nomor, urut, tanggal FROM eoffice_naskah WHERE nomor IS NOT NULL", &[], |row| {
                Ok((row.get::<String>(0)?, row.get::<i64>(1)?, row.get::<String>(2)?))
            })
        })
    });
    assert_eq!(rows.unwrap(), [(format!("000.1.2/{held}/DINKES"), i64::from(held), "2026-11-22".to_owned())]);
    let taken = kit.off(|instance| {
        instance.db.read(|tx| {
            tx.list("SELECT urut, status FROM desk_nomor WHERE objek LIKE 'eoffice_naskah:%' ORDER BY urut", &[], |row| {
                Ok((row.get::<i64>(0)?, row.get::<String>(1)?))
            })
        })
    });
    assert_eq!(taken.unwrap(), [(i64::from(held), "terpakai".to_owned())], "one number was taken, and it is used");
    let next = ready(&kit, &[]);
    assert_eq!(send(&mut kadis, &format!("{next}/tte"), &[("tanggal", "2026-11-23"), ("rahasia", PHRASE)]).status, 303);
    assert_eq!(place(&kadis.get(&next)), held + 1);
}
