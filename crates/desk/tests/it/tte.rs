//! How the regency signs, as its administrator sets it.

use std::sync::Arc;

use praja_desk::MODULE;
use praja_kernel::{Clock, Moment};
use praja_module::signing::{CertStatus, Mark, PadesError, Root, Secret, SignError, SignProvider, Signature, Signing, Way, Who};
use praja_testkit::{Kit, Page};

use crate::wait;

const AT: &str = "/desk/tanda-tangan";
const PHRASE: &str = "kuda laut makan pepaya";
const OTHER: &str = "ikan paus minum kelapa";
const PASSWORD: &str = "sandi-layanan-bsre-uji";

/// An authority is its passphrase here, so that what is sealed and what is not can be seen.
struct Plain;

impl Signing for Plain {
    fn provider(&self, way: Way, _: Arc<dyn Clock>) -> Result<Box<dyn SignProvider>, SignError> {
        let Way::Bsre(settings) = way else { return Err(SignError::NotOffered("hanya BSrE")) };
        assert_eq!(settings.password.as_str(), PASSWORD);
        Ok(Box::new(Known))
    }

    fn new_authority(&self, _: &str, passphrase: &str, _: Moment) -> Result<Vec<u8>, SignError> {
        Ok(passphrase.as_bytes().to_vec())
    }

    fn reseal(&self, authority: &[u8], old: &str, new: &str) -> Result<Vec<u8>, SignError> {
        if authority == old.as_bytes() { Ok(new.as_bytes().to_vec()) } else { Err(PadesError::WrongPassphrase.into()) }
    }

    fn certificate(&self, _: &[u8]) -> Result<Vec<u8>, SignError> {
        Ok(b"sertifikat".to_vec())
    }

    fn check(&self, _: &[u8], _: &[Root]) -> Result<Vec<Signature>, SignError> {
        Ok(Vec::new())
    }

    fn addresses(&self, _: &[u8]) -> Result<Vec<String>, SignError> {
        Ok(Vec::new())
    }
}

/// Knows one person.
struct Known;

impl SignProvider for Known {
    fn status(&self, who: &Who) -> Result<CertStatus, SignError> {
        match who.email.as_deref() {
            Some("ada@contoh.go.id") => Ok(CertStatus::Usable),
            Some("habis@contoh.go.id") => Ok(CertStatus::Unusable("EXPIRED".into())),
            _ => Err(SignError::Unreachable("10.1.2.3 tidak menjawab".into())),
        }
    }

    fn challenge(&self, _: &Who, _: usize) -> Result<(), SignError> {
        Err(SignError::NotOffered("tidak ada"))
    }

    fn sign(&self, _: &Who, _: &Secret, _: &[Vec<u8>], _: &Mark) -> Result<Vec<Vec<u8>>, SignError> {
        Err(SignError::NotOffered("tidak ada"))
    }

    fn is_certified(&self) -> bool {
        true
    }
}

fn kit() -> Kit {
    Kit::giving(&[], |ports| ports.signing = Some(Arc::new(Plain)))
}

fn send(kit: &Kit, page: &str, to: &str, fields: &[(&str, &str)]) -> Page {
    let mut admin = kit.sign_in_as("superadmin");
    let versi = wait(admin.get(page)).hidden("versi").unwrap_or_default().to_owned();
    let mut all = vec![("versi", versi.as_str())];
    all.extend(fields);
    wait(admin.fill(page, to, &all))
}

/// Everything the audit trail holds, and the row of the settings as text.
fn written(kit: &Kit) -> String {
    kit.off(|instance| {
        instance.db.read(|tx| {
            let trail = tx.list("SELECT isi FROM store_audit_nilai", &[], |row| row.get::<String>(0))?;
            let row = tx.list("SELECT pengaturan, rahasia, otoritas FROM desk_tte WHERE id = 'daerah'", &[], |row| {
                let open: Option<String> = row.get(0)?;
                let sealed = [row.get::<Option<Vec<u8>>>(1)?, row.get::<Option<Vec<u8>>>(2)?];
                let sealed = sealed.into_iter().flatten().map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
                Ok(format!("{} {}", open.unwrap_or_default(), sealed.collect::<String>()))
            })?;
            Ok::<_, praja_store::StoreError>([trail, row].concat().join("\n"))
        })
    })
    .expect("a read")
}

#[test]
fn an_authority_is_made_chosen_and_its_passphrase_changed_and_no_passphrase_is_kept() {
    let kit = kit();
    let make = format!("{AT}/otoritas");
    let early = send(&kit, AT, AT, &[("cara", "lokal")]);
    assert!(early.status == 422 && early.says("Otoritas uji daerah belum dibuat"), "{}", early.body);
    let short = send(&kit, &make, &make, &[("rahasia_baru", "pendek"), ("rahasia_ulang", "pendek")]);
    assert!(short.status == 422 && short.says("paling sedikit 12 huruf") && !short.says("value=\"pendek\""), "{}", short.body);
    let unlike = send(&kit, &make, &make, &[("rahasia_baru", PHRASE), ("rahasia_ulang", OTHER)]);
    assert!(unlike.status == 422 && unlike.says("tidak sama") && !unlike.says(PHRASE), "{}", unlike.body);
    let made = send(&kit, &make, &make, &[("rahasia_baru", PHRASE), ("rahasia_ulang", PHRASE)]);
    assert_eq!(made.status, 303, "{}", made.body);
    assert_eq!(send(&kit, AT, AT, &[("cara", "lokal")]).status, 303);
    let shown = wait(kit.sign_in_as("superadmin").get(AT));
    assert!(shown.says("Tidak tersertifikasi") && shown.says("Elektronik, tidak tersertifikasi"), "{}", shown.body);
    let wrong = [("rahasia_lama", OTHER), ("rahasia_baru", OTHER), ("rahasia_ulang", OTHER)];
    let wrong = send(&kit, &make, &make, &wrong);
    assert!(wrong.status == 422 && wrong.says("Frasa sandi yang lama tidak cocok"), "{}", wrong.body);
    let right = [("rahasia_lama", PHRASE), ("rahasia_baru", OTHER), ("rahasia_ulang", OTHER)];
    assert_eq!(send(&kit, &make, &make, &right).status, 303);
    let written = written(&kit);
    assert!(written.contains("lokal") && !written.contains(PHRASE) && !written.contains(OTHER), "{written}");
    let pem = wait(kit.stranger().get("/v/otoritas.pem"));
    assert!(pem.status == 200 && pem.says("-----BEGIN CERTIFICATE-----\nc2VydGlmaWthdA==\n"), "{}", pem.body);
}

#[test]
fn a_regency_for_training_never_uses_certificates_of_bsre() {
    let kit = kit();
    assert!(!wait(kit.sign_in_as("superadmin").get(AT)).says("value=\"bsre\""));
    let chosen = send(&kit, AT, AT, &[("cara", "bsre")]);
    assert!(chosen.status == 422 && chosen.says("Ruang latihan tidak menandatangani"), "{}", chosen.body);
    for (page, fields) in [(format!("{AT}/bsre"), vec![("url", "https://10.1.2.3")]), (format!("{AT}/bsre/uji"), vec![])] {
        let sent = send(&kit, AT, &page, &fields);
        assert!(sent.status == 422 && sent.says("Ruang latihan"), "{}", sent.body);
    }
}

#[test]
fn the_e_sign_server_is_set_up_tried_and_its_password_never_shown_again() {
    let kit = Kit::asli_giving(&[], |ports| ports.signing = Some(Arc::new(Plain)));
    let page = format!("{AT}/bsre");
    let fields = |url: &'static str, password: &'static str| {
        [
            ("url", url),
            ("pengguna", "esign"),
            ("rahasia_layanan", password),
            ("pengenal", "surel"),
            ("sertifikat", ""),
            ("sabar", "30"),
            ("ulang", "2"),
            ("jalur_tanda", "/api/v2/sign/pdf"),
            ("jalur_kode", "/api/v2/sign/get/totp"),
            ("jalur_keadaan", "/api/v2/user/check/status"),
        ]
    };
    let early = send(&kit, AT, AT, &[("cara", "bsre")]);
    assert!(early.status == 422 && early.says("Sambungan BSrE belum diatur"), "{}", early.body);
    let plain = send(&kit, &page, &page, &fields("http://10.1.2.3", PASSWORD));
    assert!(plain.status == 422 && plain.says("diawali https://") && !plain.says(PASSWORD), "{}", plain.body);
    assert_eq!(send(&kit, &page, &page, &fields("https://10.1.2.3", PASSWORD)).status, 303);
    let shown = wait(kit.sign_in_as("superadmin").get(&page));
    assert!(shown.says("https://10.1.2.3") && shown.says("Belum pernah dicoba") && !shown.says(PASSWORD), "{}", shown.body);
    // The password stays with the machine it was given for.
    assert_eq!(send(&kit, &page, &page, &fields("https://10.1.2.3", "")).status, 303);
    let moved = send(&kit, &page, &page, &fields("https://10.9.9.9", ""));
    assert!(moved.status == 422 && moved.says("Ketik sandi layanannya kembali"), "{}", moved.body);
    for (siapa, says) in [
        ("ada@contoh.go.id", "sertifikatnya dapat dipakai"),
        ("habis@contoh.go.id", "EXPIRED"),
        ("lain@contoh.go.id", "10.1.2.3 tidak menjawab"),
        ("bukan surel", "Tulis alamat surel lengkap"),
    ] {
        let tried = send(&kit, &page, &format!("{page}/uji"), &[("siapa", siapa)]);
        assert!(tried.says(says), "{siapa}: {}", tried.body);
    }
    assert_eq!(send(&kit, AT, AT, &[("cara", "bsre")]).status, 303);
    let written = written(&kit);
    assert!(written.contains("gagal") && written.contains("bsre") && !written.contains(PASSWORD), "{written}");
}

#[test]
fn only_who_keeps_the_desk_of_the_regency_sets_how_it_signs() {
    let kit = kit();
    let mut head = kit.sign_in_as("kadis");
    for page in [AT.to_owned(), format!("{AT}/otoritas"), format!("{AT}/bsre")] {
        assert_eq!(wait(head.get(&page)).status, 403, "{page}");
    }
    assert!(MODULE.permissions.iter().any(|(right, _)| right.name() == "desk.manage-tanda-tangan"));
}

#[test]
fn a_passphrase_never_stands_in_the_question_for_the_password() {
    let kit = kit();
    let make = format!("{AT}/otoritas");
    let mut admin = kit.sign_in_as("superadmin");
    let form = wait(admin.get(&make));
    kit.clock.move_ms(11 * 60 * 1000);
    let hidden = |name: &str| form.hidden(name).unwrap_or_default().to_owned();
    let (csrf, kunci, versi) = (hidden("_csrf"), hidden("_kunci"), hidden("versi"));
    let fields =
        [("_csrf", csrf.as_str()), ("_kunci", &kunci), ("versi", &versi), ("rahasia_baru", PHRASE), ("rahasia_ulang", PHRASE)];
    let asked = wait(admin.post(&make, &fields));
    assert!(asked.status == 422 && asked.says("name=\"_sandi\"") && asked.says("name=\"versi\""), "{}", asked.body);
    assert!(!asked.says(PHRASE));
}
