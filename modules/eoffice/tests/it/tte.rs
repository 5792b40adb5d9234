//! A naskah signed electronically, with the real typesetter and the regency's own authority.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on ends")]

use std::{
    collections::VecDeque,
    io::Write,
    process::Command,
    sync::{Arc, Barrier, Mutex},
    task::Poll,
};

use actix_web::rt::System;

use praja_documents::{Drawer, Signatures};
use praja_eoffice::MODULE;
use praja_kernel::{Clock, Moment};
use praja_module::signing::{CertStatus, Mark, Root, Secret, SignError, SignProvider, Signature, Signing, Way, Who};
use praja_testkit::{Kit, Page};
use sha2::{Digest, Sha256};

use crate::{
    Officer, PDF,
    naskah::{HAL, LIST, number, place, press, ready, send, submit, write},
};

pub(crate) const PHRASE: &str = "kuda laut makan pepaya";
const SIGN: &str = "/eoffice/naskah/tanda-tangan";

/// What goes otherwise when the provider is asked.
#[derive(Clone)]
enum Mood {
    Away,
    Nonsense,
    /// Ends as if the machine had lost its power before it answered.
    Dies,
    /// Two who sign at once wait for each other.
    Meets(Arc<Barrier>),
}

/// The real signatures, with moods.
#[derive(Clone, Default)]
pub(crate) struct Moody {
    moods: Arc<Mutex<VecDeque<Mood>>>,
    /// How many documents each act brought.
    asked: Arc<Mutex<Vec<usize>>>,
}

impl Moody {
    fn then(&self, mood: Mood) {
        self.moods.lock().unwrap().push_back(mood);
    }
}

const REAL: Signatures = Signatures { contoh: true };

impl Signing for Moody {
    fn provider(&self, way: Way, clock: Arc<dyn Clock>) -> Result<Box<dyn SignProvider>, SignError> {
        Ok(Box::new(Asked { with: self.clone(), real: REAL.provider(way, clock)? }))
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

struct Asked {
    with: Moody,
    real: Box<dyn SignProvider>,
}

impl SignProvider for Asked {
    fn status(&self, who: &Who) -> Result<CertStatus, SignError> {
        self.real.status(who)
    }

    fn challenge(&self, who: &Who, documents: usize) -> Result<(), SignError> {
        self.real.challenge(who, documents)
    }

    fn sign(&self, who: &Who, secret: &Secret, documents: &[Vec<u8>], mark: &Mark) -> Result<Vec<Vec<u8>>, SignError> {
        self.with.asked.lock().unwrap().push(documents.len());
        let mood = self.with.moods.lock().unwrap().pop_front();
        match mood {
            Some(Mood::Away) => return Err(SignError::Unreachable("tidak ada jawaban dalam 30 detik".into())),
            Some(Mood::Nonsense) => return Err(SignError::Nonsense("berkas yang bukan PDF".into())),
            Some(Mood::Dies) => panic!("the power is gone"),
            Some(Mood::Meets(barrier)) => {
                barrier.wait();
            }
            None => {}
        }
        self.real.sign(who, secret, documents, mark)
    }

    fn is_certified(&self) -> bool {
        self.real.is_certified()
    }
}

/// A regency that signs with its own authority.
pub(crate) fn kit(moody: &Moody) -> Kit {
    let signing = Arc::new(moody.clone());
    let kit = Kit::giving(&[&MODULE], |ports| {
        ports.documents = Some(Arc::new(Drawer::in_here(true)));
        ports.signing = Some(signing);
    });
    let mut admin = Officer::of(&kit, "superadmin");
    let made = send(&mut admin, "/desk/tanda-tangan/otoritas", &[("rahasia_baru", PHRASE), ("rahasia_ulang", PHRASE)]);
    assert_eq!(made.status, 303, "{}", made.body);
    let chosen = send(&mut admin, "/desk/tanda-tangan", &[("cara", "lokal")]);
    assert_eq!(chosen.status, 303, "{}", chosen.body);
    kit
}

pub(crate) fn sign(officer: &mut Officer<'_>, path: &str, phrase: &str) -> Page {
    send(officer, &format!("{path}/tte"), &[("tanggal", "2026-11-22"), ("rahasia", phrase)])
}

/// The file that an officer is given as the naskah.
pub(crate) fn file(officer: &mut Officer<'_>, path: &str) -> Vec<u8> {
    let led = officer.get(&format!("{path}/pdf"));
    assert_eq!(led.status, 303, "{}", led.body);
    let given = officer.get(&led.location.expect("a signed naskah leads to its file"));
    assert_eq!(given.status, 200, "{}", given.body);
    given.bytes
}

fn roots(kit: &Kit) -> Vec<Root> {
    let certificates = kit.off(|instance| {
        instance.db.read(|tx| tx.list("SELECT sertifikat FROM desk_tte_otoritas", &[], |row| row.get::<Vec<u8>>(0)))
    });
    certificates.unwrap().into_iter().map(|certificate| Root { certificate, is_certified: false }).collect()
}

/// What a program of poppler-utils prints about a PDF.
fn poppler(program: &str, arguments: &[&str], pdf: &[u8]) -> String {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(pdf).unwrap();
    let path = file.path().to_str().unwrap();
    let arguments = arguments.iter().map(|one| if *one == "FILE" { path } else { one });
    let done = Command::new(program).args(arguments).output().unwrap_or_else(|e| panic!("{program} (poppler-utils): {e}"));
    format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr))
}

/// Both at once.
async fn both(one: impl Future<Output = Page>, other: impl Future<Output = Page>) -> Vec<Page> {
    let (mut one, mut other) = (Box::pin(one), Box::pin(other));
    let (mut first, mut second) = (None, None);
    std::future::poll_fn(|at| {
        if first.is_none()
            && let Poll::Ready(page) = one.as_mut().poll(at)
        {
            first = Some(page);
        }
        if second.is_none()
            && let Poll::Ready(page) = other.as_mut().poll(at)
        {
            second = Some(page);
        }
        if first.is_some() && second.is_some() { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    [first, second].into_iter().flatten().collect()
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn a_letter_signed_with_a_passphrase_is_the_file_that_is_shown_sent_and_compared() {
    let kit = kit(&Moody::default());
    let path = ready(&kit, &[]);
    let mut kadis = Officer::of(&kit, "kadis");
    assert!(kadis.get(&path).says("/tte\""), "the way is shown");
    assert!(kadis.get(SIGN).says(HAL));
    let signed = sign(&mut kadis, &path, PHRASE);
    assert_eq!(signed.status, 303, "{}", signed.body);
    assert!(!kadis.get(SIGN).says(HAL), "nothing waits any more");
    let shown = kadis.get(&path);
    let nomor = format!("000.1.2/{}/DINKES", place(&shown));
    assert!(shown.says("Ditandatangani") && shown.says(&nomor) && shown.says("Buka naskah bertanda tangan"), "{}", shown.body);

    let pdf = file(&mut kadis, &path);
    let found = REAL.check(&pdf, &roots(&kit)).unwrap();
    assert_eq!(found.len(), 1);
    assert!(found[0].intact && found[0].whole && found[0].trusted && !found[0].certified, "{found:?}");
    let said = poppler("pdfsig", &["-nocert", "FILE"], &pdf);
    assert!(said.contains("Signature is Valid") && said.contains("Total document signed"), "{said}");
    let mut other = pdf.clone();
    other[2000] ^= 1;
    assert!(!poppler("pdfsig", &["-nocert", "FILE"], &other).contains("Signature is Valid"));
    let text = poppler("pdftotext", &["-layout", "FILE", "-"], &pdf);
    assert!(text.contains(&nomor) && text.contains("22 November 2026"), "{text}");

    let token = shown.body.split("/v/").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    let page = Officer(kit.stranger()).get(&format!("/v/{token}"));
    assert!(page.says("SAH") && page.says("tidak tersertifikasi") && page.says(&hex(&pdf)), "{}", page.body);
    let same = Officer(kit.stranger()).get(&format!("/v/{token}?sidik={}", hex(&pdf)));
    let unlike = Officer(kit.stranger()).get(&format!("/v/{token}?sidik={}", hex(&other)));
    assert!(same.says(">COCOK") && unlike.says("TIDAK COCOK"), "{}", same.body);

    let mut tu = Officer::of(&kit, "tata-usaha");
    assert_eq!(file(&mut tu, &path), pdf, "the registry has the same file");
    let sent = tu.fill(&format!("{path}/kirim"), &format!("{path}/kirim"), &[]);
    assert_eq!(sent.status, 303, "{}", sent.body);
    assert_eq!(file(&mut tu, &path), pdf, "sending changes nothing");
    let trail = kit.off(|instance| {
        instance.db.read(|tx| tx.list("SELECT isi FROM store_audit_nilai", &[], |row| row.get::<String>(0))).unwrap().join("\n")
    });
    assert!(trail.contains(&hex(&pdf)) && !trail.contains(PHRASE));
    assert_eq!(send(&mut kadis, &format!("{path}/tte"), &[("rahasia", PHRASE)]).status, 422, "signed once");
}

#[test]
fn the_office_it_was_sent_to_reads_the_same_file_and_not_before() {
    let kit = kit(&Moody::default());
    let path = ready(&kit, &[("kepada", "Camat Tanjung Harapan")]);
    let mut kadis = Officer::of(&kit, "kadis");
    assert_eq!(sign(&mut kadis, &path, PHRASE).status, 303);
    let pdf = file(&mut kadis, &path);
    let mut camat = Officer::of(&kit, "camat");
    assert_eq!(camat.get(&format!("{path}/pdf")).status, 404, "not before it is sent");
    let mut tu = Officer::of(&kit, "tata-usaha");
    assert_eq!(tu.fill(&format!("{path}/kirim"), &format!("{path}/kirim"), &[]).status, 303);
    assert_eq!(file(&mut camat, &path), pdf);
}

#[test]
fn whatever_stops_the_signature_the_number_stays_and_the_next_attempt_uses_it() {
    let moody = Moody::default();
    let kit = kit(&moody);
    let path = ready(&kit, &[]);
    let mut kadis = Officer::of(&kit, "kadis");
    moody.then(Mood::Away);
    let away = sign(&mut kadis, &path, PHRASE);
    assert!(away.status == 422 && away.says("tidak menjawab") && away.says("menunggu TTE"), "{}", away.body);
    let shown = kadis.get(&path);
    let held = place(&shown);
    assert!(shown.says("menunggu TTE") && shown.says("Percobaan terakhir"), "{}", shown.body);
    assert!(kadis.inbox().contains("Tanda tangani naskah bernomor"));
    moody.then(Mood::Nonsense);
    let nonsense = sign(&mut kadis, &path, PHRASE);
    assert!(nonsense.status == 422 && nonsense.says("tidak dapat dipakai"), "{}", nonsense.body);
    // The program ends between the reservation and the signature.
    moody.then(Mood::Dies);
    assert!(sign(&mut kadis, &path, PHRASE).status >= 500);
    let shown = kadis.get(&path);
    assert!(place(&shown) == held && shown.says("menunggu TTE"), "{}", shown.body);
    let signed = sign(&mut kadis, &path, PHRASE);
    assert_eq!(signed.status, 303, "{}", signed.body);
    let shown = kadis.get(&path);
    assert!(place(&shown) == held && shown.says("Ditandatangani"), "{}", shown.body);
    let text = poppler("pdftotext", &["-layout", "FILE", "-"], &file(&mut kadis, &path));
    assert!(text.contains(&format!("000.1.2/{held}/DINKES")), "{text}");
    let second = ready(&kit, &[]);
    assert_eq!(sign(&mut kadis, &second, PHRASE).status, 303);
    assert_eq!(place(&kadis.get(&second)), held + 1, "no number was burnt");
}

#[test]
fn three_wrong_passphrases_make_a_pause_of_five_minutes_in_which_nothing_is_numbered() {
    let kit = kit(&Moody::default());
    let path = ready(&kit, &[]);
    let mut kadis = Officer::of(&kit, "kadis");
    let none = sign(&mut kadis, &path, "");
    assert!(none.status == 422 && none.says("Ketik frasa sandi"), "{}", none.body);
    for left in ["Sisa 2 percobaan", "Sisa 1 percobaan", "dijeda sampai pukul 09.05 WIB"] {
        let wrong = sign(&mut kadis, &path, "bukan frasanya sama sekali");
        assert!(wrong.status == 422 && wrong.says(left) && !wrong.says("bukan frasanya"), "{left}: {}", wrong.body);
    }
    let other = ready(&kit, &[]);
    for path in [&path, &other] {
        let paused = sign(&mut kadis, path, PHRASE);
        assert!(paused.status == 422 && paused.says("dijeda sampai pukul 09.05 WIB"), "{}", paused.body);
    }
    assert!(kadis.get(&other).says("Siap ditandatangani"), "it has no number yet");
    kit.clock.move_ms(5 * 60 * 1000);
    let signed = sign(&mut kadis, &path, PHRASE);
    assert_eq!(signed.status, 303, "{}", signed.body);
}

#[test]
fn only_whoever_holds_the_post_signs_and_not_from_the_day_after_it_ended() {
    let kit = kit(&Moody::default());
    let path = ready(&kit, &[]);
    for akun in ["staf", "kabid"] {
        let refused = Officer::of(&kit, akun).get(&format!("{path}/tte"));
        assert!(refused.status == 422 && refused.says("tidak menunggu tindakan"), "{akun}: {}", refused.body);
    }
    assert_eq!(Officer::of(&kit, "camat").get(&format!("{path}/tte")).status, 404);
    let mut kadis = Officer::of(&kit, "kadis");
    let form = kadis.get(&format!("{path}/tte"));
    kit.off(|instance| {
        instance.db.write(&instance.by_system("uji.akhiri"), praja_store::Keys::none(), move |tx| {
            tx.exec(
                "UPDATE identity_penugasan SET sampai = '2026-11-21' WHERE orang IN
                    (SELECT id FROM identity_orang WHERE email LIKE 'kadis@%')",
                &[],
            )
            .map(|_| ())
        })
    })
    .unwrap();
    let hidden = |name: &str| form.hidden(name).unwrap_or_default().to_owned();
    let (csrf, kunci, versi) = (hidden("_csrf"), hidden("_kunci"), hidden("versi"));
    let fields =
        [("_csrf", csrf.as_str()), ("_kunci", &kunci), ("versi", &versi), ("tanggal", "2026-11-22"), ("rahasia", PHRASE)];
    let late = kadis.post(&format!("{path}/tte"), &fields);
    assert!([403, 404, 422].contains(&late.status), "{}: {}", late.status, late.body);
    let mut staf = Officer::of(&kit, "staf");
    assert!(staf.get(&path).says("Siap ditandatangani"));
}

#[test]
fn of_two_who_sign_the_same_letter_at_once_one_wins_and_the_other_is_told() {
    let moody = Moody::default();
    let kit = kit(&moody);
    let path = ready(&kit, &[]);
    let mut kadis = Officer::of(&kit, "kadis");
    moody.then(Mood::Away);
    assert_eq!(sign(&mut kadis, &path, PHRASE).status, 422, "it has its number now");
    let barrier = Arc::new(Barrier::new(2));
    moody.then(Mood::Meets(barrier.clone()));
    moody.then(Mood::Meets(barrier));
    let form = format!("{path}/tte");
    let versi = kadis.get(&form).hidden("versi").unwrap_or_default().to_owned();
    let fields = [("versi", versi.as_str()), ("rahasia", PHRASE)];
    let (mut here, mut there) = (kit.sign_in_as("kadis"), kit.sign_in_as("kadis"));
    let answers = System::new().block_on(both(here.fill(&form, &form, &fields), there.fill(&form, &form, &fields)));
    let won = answers.iter().filter(|page| page.status == 303).count();
    assert_eq!(won, 1, "{:?}", answers.iter().map(|page| page.status).collect::<Vec<_>>());
    let lost = answers.iter().find(|page| page.status != 303).unwrap();
    assert!(lost.status == 422 && lost.says("ditandatangani dari tempat lain"), "{}", lost.body);
    let files = kit.off(|instance| {
        instance.db.read(|tx| tx.scalar::<i64>("SELECT COUNT(*) FROM desk_lampiran WHERE objek LIKE 'eoffice_naskah:%'", &[]))
    });
    assert_eq!(files.unwrap(), 1, "one file is the naskah");
}

#[test]
fn many_letters_are_signed_with_one_passphrase_and_each_has_its_outcome() {
    let moody = Moody::default();
    let kit = kit(&moody);
    let paths: Vec<String> = (0..3).map(|_| ready(&kit, &[])).collect();
    let ids: Vec<&str> = paths.iter().map(|path| path.rsplit('/').next().unwrap()).collect();
    let mut kadis = Officer::of(&kit, "kadis");
    let list = kadis.get(SIGN);
    assert_eq!(list.body.matches("name=\"pilih\"").count(), 3, "{}", list.body);
    let mut chosen: Vec<(&str, &str)> = ids.iter().map(|id| ("pilih", *id)).collect();
    assert!(kadis.fill(SIGN, SIGN, &[]).location.is_some_and(|to| to == SIGN), "nothing was chosen");
    let mut first = chosen.clone();
    first.push(("aksi", "tanda-tangan"));
    let asked = kadis.fill(SIGN, SIGN, &first);
    assert!(asked.says("Tanda tangani 3 naskah") && asked.says("type=\"password\""), "{}", asked.body);
    chosen.push(("rahasia", "bukan frasanya sama sekali"));
    let wrong = kadis.fill(SIGN, SIGN, &chosen);
    assert!(wrong.status == 422 && wrong.says("Sisa 2 percobaan"), "{}", wrong.body);
    // One is taken from among them before the second attempt.
    assert_eq!(sign(&mut kadis, &paths[1], PHRASE).status, 303);
    moody.asked.lock().unwrap().clear();
    chosen.pop();
    chosen.push(("rahasia", PHRASE));
    let done = kadis.fill(SIGN, SIGN, &chosen);
    assert_eq!(done.status, 303, "{}", done.body);
    assert_eq!(*moody.asked.lock().unwrap(), [2], "one act of the provider");
    let outcome = done.location.unwrap();
    let shown = kadis.get(&outcome);
    assert!(shown.says("2 naskah sudah ditandatangani, 1 belum") && shown.says("berstatus Ditandatangani"), "{}", shown.body);
    assert_eq!(Officer::of(&kit, "staf").get(&outcome).status, 404, "for whoever did it alone");
    let places: std::collections::BTreeSet<u32> = paths.iter().map(|path| place(&kadis.get(path))).collect();
    assert_eq!(places.len(), 3);
    for path in &paths {
        let found = REAL.check(&file(&mut kadis, path), &roots(&kit)).unwrap();
        assert!(found.len() == 1 && found[0].intact && found[0].trusted, "{found:?}");
    }
    let many: Vec<(&str, String)> = (0..51).map(|at| ("pilih", format!("00000000-0000-7000-8000-{at:012}"))).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(name, id)| (*name, id.as_str())).collect();
    assert_eq!(kadis.fill(SIGN, SIGN, &many).location.as_deref(), Some(SIGN), "at most fifty");
}

#[test]
fn what_was_numbered_for_paper_is_still_signed_on_paper_and_a_regency_on_paper_signs_nothing_else() {
    let kit = kit(&Moody::default());
    let path = ready(&kit, &[]);
    number(&kit, &path);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let versi = tu.get(&path).hidden("versi").unwrap_or_default().to_owned();
    let scanned = tu.upload(&path, &format!("{path}/bertanda-tangan"), &[("versi", &versi)], &[("naskah", "surat.pdf", PDF)]);
    assert_eq!(scanned.status, 303, "{}", scanned.body);
    assert_eq!(file(&mut tu, &path), PDF);
    let mut admin = Officer::of(&kit, "superadmin");
    assert_eq!(send(&mut admin, "/desk/tanda-tangan", &[("cara", "basah")]).status, 303);
    let other = ready(&kit, &[]);
    let mut kadis = Officer::of(&kit, "kadis");
    assert!(!kadis.get(&other).says("/tte\""));
    let refused = kadis.get(&format!("{other}/tte"));
    assert!(refused.status == 422 && refused.says("menandatangani naskah di kertas"), "{}", refused.body);
    assert!(kadis.get(SIGN).says("ditandatangani di kertas"));
}

#[test]
fn lampiran_become_pages_of_the_signed_file_in_their_order() {
    let kit = kit(&Moody::default());
    let mut staf = Officer::of(&kit, "staf");
    let path = write(&mut staf, "surat-dinas", &[]);
    let page = format!("{path}/lampiran");
    let one = |text: &str| {
        let drawer = Drawer::in_here(false);
        use praja_module::documents::{Documents as _, Drawing};
        let mut data = drawer.sample("memo").unwrap();
        data["hal"] = text.into();
        drawer.draw(&Drawing::new("memo", data, praja_kernel::Date::constant(2026, 11, 22))).unwrap().pdf
    };
    let (satu, dua) = (one("LAMPIRAN SATU"), one("LAMPIRAN DUA"));
    let added = staf.upload(&page, &page, &[], &[("lampiran", "satu.pdf", &satu), ("lampiran", "dua.pdf", &dua)]);
    assert_eq!(added.status, 303, "{}", added.body);
    let shown = staf.get(&page);
    assert!(shown.says("satu.pdf") && shown.says("dua.pdf"), "{}", shown.body);
    let broken = staf.upload(&page, &page, &[], &[("lampiran", "rusak.pdf", PDF)]);
    assert!(broken.status == 422 && broken.says("rusak.pdf"), "{}", broken.body);
    assert_eq!(staf.upload(&page, &page, &[], &[("lampiran", "tiga.pdf", &satu)]).status, 303);
    let third = staf.get(&page);
    let remove =
        third.body.rsplit("/hapus\"").nth(1).and_then(|rest| rest.rsplit("action=\"").next()).expect("a button").to_owned();
    assert_eq!(staf.fill(&page, &format!("{remove}/hapus"), &[]).status, 303);
    let shown = staf.get(&page);
    assert!(shown.says("dua.pdf") && !shown.says("tiga.pdf"), "{}", shown.body);
    // The second goes before the first.
    let raise = shown.body.split("/naik\"").next().unwrap().rsplit("action=\"").next().unwrap().to_owned();
    assert_eq!(staf.fill(&page, &format!("{raise}/naik"), &[]).status, 303);
    assert!(staf.get(&path).says("2 (dua) berkas"));
    assert_eq!(submit(&mut staf, &path).status, 303);
    assert_eq!(staf.upload(&path, &page, &[], &[("lampiran", "tiga.pdf", &satu)]).status, 422, "handed on");
    let mut kabid = Officer::of(&kit, "kabid");
    assert!(kabid.get(&path).says("satu.pdf"), "who initials reads it");
    assert_eq!(press(&mut kabid, &path, "paraf", "").status, 303);
    let mut kadis = Officer::of(&kit, "kadis");
    assert_eq!(sign(&mut kadis, &path, PHRASE).status, 303);
    let pdf = file(&mut kadis, &path);
    let text = poppler("pdftotext", &["-layout", "FILE", "-"], &pdf);
    let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words} in {text}"));
    assert!(at("Undangan rapat koordinasi") < at("LAMPIRAN DUA") && at("LAMPIRAN DUA") < at("LAMPIRAN SATU"), "{text}");
    assert!(text.contains("2 (dua) berkas"), "{text}");
    let found = REAL.check(&pdf, &roots(&kit)).unwrap();
    assert!(found.len() == 1 && found[0].intact && found[0].whole, "{found:?}");
    assert!(poppler("pdfsig", &["-nocert", "FILE"], &pdf).contains("Signature is Valid"));
    assert!(Officer::of(&kit, "staf").get(LIST).says(HAL));
}

#[test]
fn a_naskah_from_a_word_processor_gets_number_date_code_and_signature_on_its_own_pages() {
    use praja_module::documents::{Documents as _, Drawing};
    let kit = kit(&Moody::default());
    let drawer = Drawer::in_here(false);
    let mut data = drawer.sample("memo").unwrap();
    data["hal"] = "ISI DARI PENGOLAH KATA".into();
    let body = drawer.draw(&Drawing::new("memo", data, praja_kernel::Date::constant(2026, 11, 22))).unwrap().pdf;
    let mut staf = Officer::of(&kit, "staf");
    let path = write(&mut staf, "surat-dinas", &[("bidang_isi", "")]);
    let page = format!("{path}/unggahan");
    let broken = staf.upload(&page, &page, &[], &[("naskah", "surat.pdf", b"%PDF-1.4 bukan apa-apa")]);
    assert!(broken.status == 422 && broken.says("bukan PDF yang utuh"), "{}", broken.body);
    let taken = staf.upload(&page, &page, &[], &[("naskah", "surat.pdf", &body)]);
    assert_eq!(taken.status, 303, "{}", taken.body);
    let shown = staf.get(&page);
    assert!(shown.says("surat.pdf") && shown.says("name=\"ttd_x\""), "{}", shown.body);
    let place = |ttd_x: &'static str| {
        [
            ("nomor_halaman", "1"),
            ("nomor_x", "60"),
            ("nomor_y", "250"),
            ("tanggal_halaman", ""),
            ("tanggal_x", ""),
            ("tanggal_y", ""),
            ("ttd_halaman", "1"),
            ("ttd_x", ttd_x),
            ("ttd_y", "150"),
            ("qr_halaman", "1"),
            ("qr_x", "20"),
            ("qr_y", "200"),
        ]
    };
    let beyond = staf.upload(&page, &page, &place("900"), &[]);
    assert!(
        beyond.status == 422 && beyond.says("Tulis angka 0 sampai 150 milimeter") && beyond.says("value=\"900\""),
        "{}",
        beyond.body
    );
    assert_eq!(staf.upload(&page, &page, &place("110"), &[]).status, 303);
    let preview = staf.get(&format!("{path}/pdf"));
    assert!(preview.status == 200 && preview.bytes.starts_with(b"%PDF-"), "{}", preview.status);
    assert_eq!(Officer::of(&kit, "camat").get(&page).status, 404);
    assert_eq!(submit(&mut staf, &path).status, 303, "nothing of it need be typed again");
    assert_eq!(press(&mut Officer::of(&kit, "kabid"), &path, "paraf", "").status, 303);
    let mut kadis = Officer::of(&kit, "kadis");
    assert_eq!(sign(&mut kadis, &path, PHRASE).status, 303);
    let pdf = file(&mut kadis, &path);
    let text = poppler("pdftotext", &["-layout", "FILE", "-"], &pdf);
    assert!(text.contains("ISI DARI PENGOLAH KATA") && text.contains("/DINKES") && text.contains("LATIHAN"), "{text}");
    let found = REAL.check(&pdf, &roots(&kit)).unwrap();
    assert!(found.len() == 1 && found[0].intact && found[0].whole && found[0].trusted, "{found:?}");
    assert_eq!(REAL.addresses(&pdf).unwrap().len(), 1, "its code is found again, and once");
    let part = |x, y, wide, tall| {
        let points = |mm: u32| (mm * 72 / 25).to_string();
        let [x, y, wide, tall] = [x, y, wide, tall].map(points);
        poppler("pdftotext", &["-r", "72", "-x", &x, "-y", &y, "-W", &wide, "-H", &tall, "FILE", "-"], &pdf)
    };
    let code = part(18, 198, 70, 30);
    assert!(code.contains("Periksa di"), "{code}");
    let signature = part(108, 148, 90, 46);
    assert!(signature.contains("KEPALA DINAS") && !signature.contains("Periksa di"), "{signature}");
    // Of another one the file is taken out, and it is written here again.
    let other = write(&mut staf, "surat-dinas", &[]);
    let page = format!("{other}/unggahan");
    assert_eq!(staf.upload(&page, &page, &[], &[("naskah", "surat.pdf", &body)]).status, 303);
    assert_eq!(staf.fill(&page, &format!("{page}/hapus"), &[]).status, 303);
    assert!(staf.get(&other).says("kami mengundang Saudara"));
}
