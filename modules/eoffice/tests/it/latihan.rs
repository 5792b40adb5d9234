//! The training: an exercise is done on the real pages, and what was done there proves its steps.

use praja_eoffice::MODULE;
use praja_testkit::Kit;

use crate::{Officer, PDF};

const LIST: &str = "/desk/latihan";
const THIS: &str = "/desk/latihan/eoffice.surat-masuk";

/// What stands behind a label of the step that is to be done.
fn told(page: &str, label: &str) -> String {
    let after = page.split(&format!(">{label}</dt>")).nth(1).unwrap_or_else(|| panic!("no {label} in {page}"));
    let value = after.split("</dd>").next().unwrap_or_default();
    value.split('>').filter_map(|piece| piece.split('<').next()).collect::<String>().trim().to_owned()
}

#[test]
fn a_step_counts_once_it_was_done_on_the_real_page_and_the_trainer_sees_how_far_people_are() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    assert!(tu.get("/").says("latihan untuk jabatan Anda belum tuntas"));
    let list = tu.get(LIST);
    assert!(list.says("Mencatat dan mengarahkan surat masuk") && list.says("Belum dimulai"), "{}", list.body);
    assert!(!list.says("Mendisposisi surat dari kotak masuk"), "what the post may not do is not practised: {}", list.body);
    // Before it began.
    let early = tu.upload("/eoffice/surat-masuk/baru", "/eoffice/surat-masuk/baru", &crate::SURAT, &[("pindaian", "a.pdf", PDF)]);
    assert_eq!(early.status, 303, "{}", early.body);
    kit.clock.move_ms(60_000);
    assert_eq!(tu.fill(THIS, &format!("{THIS}/mulai"), &[]).status, 303);
    let page = tu.get(THIS);
    let (nomor, hal) = (told(&page.body, "Nomor surat"), told(&page.body, "Hal"));
    assert!(page.says("0 dari 2 langkah selesai") && hal.starts_with("Permohonan tambahan vaksin campak "), "{}", page.body);
    tu.fill(THIS, &format!("{THIS}/periksa"), &[]);
    assert!(tu.get(THIS).says("0 dari 2 langkah selesai"));
    let fields = [
        ("asal_teks", "Puskesmas Damar"),
        ("nomor_surat", nomor.as_str()),
        ("tanggal_surat", "2026-11-20"),
        ("tanggal_terima", "2026-11-22"),
        ("hal", hal.as_str()),
    ];
    let made = tu.upload("/eoffice/surat-masuk/baru", "/eoffice/surat-masuk/baru", &fields, &[("pindaian", "a.pdf", PDF)]);
    assert_eq!(made.status, 303, "{}", made.body);
    assert!(tu.get(THIS).says("1 dari 2 langkah selesai"), "seen at once");
    tu.fill(THIS, &format!("{THIS}/periksa"), &[]);
    assert!(tu.get(LIST).says("Berjalan: 1 dari 2 langkah"));
    // A colleague's work is no proof of mine, and the list of the participants is not for everybody.
    let mut admin = Officer::of(&kit, "superadmin");
    let seen = admin.get("/desk/latihan/peserta");
    assert!(seen.says("Mencatat dan mengarahkan surat masuk") && seen.says("1 dari 2 langkah"), "{}", seen.body);
    let csv = admin.get("/desk/latihan/peserta/unduh?format=csv");
    assert!(csv.says("1 dari 2 langkah") && csv.says("Dinas Kesehatan"), "{}", csv.body);
    assert_eq!(tu.get("/desk/latihan/peserta").status, 403);
    // The rest of it, and it is finished.
    let letter = made.location.clone().unwrap_or_default();
    let letter = letter.split('?').next().unwrap_or_default().to_owned();
    kit.clock.move_ms(60_000);
    let post = crate::choice(&tu.get(&format!("{letter}/arahkan")), "Kepala Dinas Kesehatan");
    let routed = tu.fill(&format!("{letter}/arahkan"), &format!("{letter}/arahkan"), &[("kepada", post.as_str())]);
    assert_eq!(routed.status, 303, "{}", routed.body);
    tu.fill(THIS, &format!("{THIS}/periksa"), &[]);
    assert!(tu.get(LIST).says("Selesai 22 November 2026"), "{}", tu.get(LIST).body);
    assert!(admin.get("/desk/latihan/peserta?latihan=eoffice.surat-masuk").says("1 menit"));
    // Again from the beginning: what was done proves nothing any more.
    kit.clock.move_ms(60_000);
    tu.fill(THIS, &format!("{THIS}/mulai"), &[]);
    assert!(tu.get(THIS).says("0 dari 2 langkah selesai"));
}

#[test]
fn nobody_practises_in_a_real_regency_or_beyond_the_own_post() {
    let kit = Kit::asli(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    assert!(tu.get(LIST).says("Latihan tidak dijalankan di sini"));
    assert!(!tu.get("/").says("Buka latihan"));
    assert_eq!(tu.get(THIS).status, 404);
    let kit = Kit::new(&[&MODULE]);
    let mut staf = Officer::of(&kit, "staf");
    assert_eq!(staf.get(THIS).status, 404, "registering is not theirs");
    assert_eq!(staf.get("/desk/latihan/tidak.ada").status, 404);
}
