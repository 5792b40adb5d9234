//! A whole application: from the citizen's first step over every desk to a signed document.

use std::hash::{Hash, Hasher};

use praja_documents::{Drawer, Signatures};
use praja_perizinan::MODULE;
use praja_store::{Keys, params};
use praja_testkit::{Kit, Page};

use crate::Person;

const PHRASE: &str = "kuda laut makan pepaya";
const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
pub(crate) const NIK: &str = "5315015209850001";

/// A box that draws and signs, with every type of service.
pub(crate) fn kit() -> Kit {
    let kit = Kit::giving(&[&MODULE], |ports| {
        ports.documents = Some(std::sync::Arc::new(Drawer::in_here(true)));
        ports.signing = Some(std::sync::Arc::new(Signatures { contoh: true }));
    });
    // Only the types: what a trainer shows would stand before these applications in every line.
    kit.load_demo_at("perizinan", 0);
    kit
}

pub(crate) fn signs(kit: &Kit) {
    let mut admin = Person::officer(kit, "superadmin");
    for (page, fields) in [
        ("/desk/tanda-tangan/otoritas", vec![("rahasia_baru", PHRASE), ("rahasia_ulang", PHRASE)]),
        ("/desk/tanda-tangan", vec![("cara", "lokal")]),
    ] {
        let versi = admin.get(page).hidden("versi").unwrap_or_default().to_owned();
        let mut all = vec![("versi", versi.as_str())];
        all.extend(fields);
        let done = admin.fill(page, page, &all);
        assert_eq!(done.status, 303, "{}", done.body);
    }
}

/// Changes the research letter as an editor of types would publish it.
pub(crate) fn retype(kit: &Kit, change: fn(&mut serde_json::Value)) {
    kit.off(|instance| {
        instance.db.write(&instance.by_system("test.retype"), Keys::none(), move |tx| {
            let find =
                "SELECT v.id, v.isi FROM perizinan_jenis_versi v JOIN perizinan_jenis j ON j.id = v.jenis WHERE j.kode = 'SKP'";
            let (id, isi) = tx.one(find, &[], |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?)))?;
            let mut isi: serde_json::Value = serde_json::from_str(&isi).expect("json");
            change(&mut isi);
            let save = "UPDATE perizinan_jenis_versi SET isi = ?2, sidik = ?3 WHERE id = ?1";
            // Versions are kept in memory by their digest: another text needs another one.
            let isi = isi.to_string();
            let mut sum = std::hash::DefaultHasher::new();
            isi.hash(&mut sum);
            tx.exec(save, params![id, isi, format!("{:064x}", sum.finish())])?;
            Ok::<_, praja_store::StoreError>(())
        })
    })
    .expect("changed");
}

/// Fills the first step; gives the resi.
pub(crate) fn begin(citizen: &mut Person<'_>, kode: &str, more: &[(&str, &str)]) -> String {
    let path = format!("/perizinan/ajukan/{kode}");
    let mut fields = vec![
        ("permintaan", "baru"),
        ("nama", "Siti Rahma"),
        ("nik", NIK),
        ("alamat", "Dusun Melati RT 02 RW 01, Desa Lalang Jaya"),
        ("telepon", "081234567890"),
        ("benar", "1"),
    ];
    fields.retain(|(name, _)| more.iter().all(|(other, _)| other != name));
    fields.extend(more);
    let begun = citizen.fill(&path, &path, &fields);
    assert_eq!(begun.status, 303, "{}", begun.body);
    let to = begun.location.expect("it leads to the first part");
    to.trim_start_matches("/perizinan/permohonan/").chars().take(10).collect()
}

pub(crate) fn part(citizen: &mut Person<'_>, resi: &str, at: usize, fields: &[(&str, &str)]) -> Page {
    let path = format!("/perizinan/permohonan/{resi}/isi/{at}");
    citizen.fill(&path, &path, fields)
}

pub(crate) fn upload(citizen: &mut Person<'_>, resi: &str, syarat: &str, name: &str, bytes: &[u8]) -> Page {
    let list = format!("/perizinan/permohonan/{resi}/berkas");
    citizen.upload(&list, &format!("{list}/{syarat}"), &[], &[("berkas", name, bytes)])
}

/// A small picture.
pub(crate) fn jpeg() -> Vec<u8> {
    let mut out = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_pixel(320, 240, image::Rgb([200, 120, 40]))
        .write_to(&mut out, image::ImageFormat::Jpeg)
        .expect("it is written");
    out.into_inner()
}

/// An application for a research letter, complete but not sent; gives the resi.
pub(crate) fn skp(citizen: &mut Person<'_>) -> String {
    skp_with(citizen, &[])
}

/// The same by somebody of this name.
pub(crate) fn skp_of(citizen: &mut Person<'_>, nama: &str) -> String {
    skp_with(citizen, &[("nama", nama)])
}

/// The same with other answers to its first step.
pub(crate) fn skp_with(citizen: &mut Person<'_>, more: &[(&str, &str)]) -> String {
    let resi = begin(citizen, "SKP", more);
    let first = part(
        citizen,
        &resi,
        1,
        &[("golongan", "Perguruan tinggi atau sekolah"), ("lembaga", "Universitas Contoh"), ("pekerjaan", "Mahasiswa S-1")],
    );
    assert_eq!(first.status, 303, "{}", first.body);
    let fields = [
        ("judul_penelitian", "Pola tanam lada putih"),
        ("tujuan", "Mengetahui pola tanam petani lada"),
        ("bidang", "Pertanian"),
        ("lokasi", "Desa Lalang Jaya"),
        ("mulai", "2026-12-01"),
        ("selesai", "2027-03-31"),
    ];
    assert_eq!(part(citizen, &resi, 2, &fields).status, 303);
    for syarat in ["surat_kampus", "proposal", "pernyataan_taat", "pernyataan_sah"] {
        let put = upload(citizen, &resi, syarat, "surat.pdf", PDF);
        assert_eq!(put.status, 303, "{syarat}: {}", put.body);
    }
    for syarat in ["ktp", "foto"] {
        let put = upload(citizen, &resi, syarat, "foto.jpg", &jpeg());
        assert_eq!(put.status, 303, "{syarat}: {}", put.body);
    }
    resi
}

pub(crate) fn send(citizen: &mut Person<'_>, resi: &str) -> Page {
    let path = format!("/perizinan/permohonan/{resi}/kirim");
    citizen.done(&path, &path, &[])
}

/// The page of the application that is the officer's turn.
pub(crate) fn turn(officer: &mut Person<'_>) -> String {
    let list = officer.get("/perizinan/izin?pandangan=saya");
    let found = list
        .body
        .split("href=\"")
        .filter_map(|part| part.split('"').next())
        .find(|to| to.strip_prefix("/perizinan/izin/").is_some_and(|id| id.len() == 36 && !id.contains('?')));
    found.unwrap_or_else(|| panic!("nobody's turn: {}", list.body)).to_owned()
}

/// Whose turn of two officers it is, with the page.
pub(crate) fn of_two<'a>(kit: &'a Kit, akun: [&str; 2]) -> (Person<'a>, String) {
    for one in akun {
        let mut officer = Person::officer(kit, one);
        let list = officer.get("/perizinan/izin?pandangan=saya");
        if !list.says("Tidak ada yang menunggu Anda") {
            let path = turn(&mut officer);
            return (officer, path);
        }
    }
    panic!("it is nobody's turn")
}

pub(crate) fn act(officer: &mut Person<'_>, path: &str, word: &str, fields: &[(&str, &str)]) -> Page {
    officer.done(path, &format!("{path}/{word}"), fields)
}

/// From a sent research letter to the desk of the head: what every desk before it does; gives the path at the desks.
pub(crate) fn initialled(kit: &Kit) -> String {
    let (mut loket, path) = of_two(kit, ["loket", "loket2"]);
    act(&mut loket, &path, "lengkap", &[]);
    let (mut pemeriksa, path) = of_two(kit, ["pemeriksa", "pemeriksa2"]);
    act(&mut pemeriksa, &path, "periksa", &[]);
    act(&mut pemeriksa, &path, "setujui", &[("catatan", "Lengkap dan benar")]);
    act(&mut pemeriksa, &path, "kirim-paraf", &[]);
    for akun in ["kasi-izin", "kabid-izin"] {
        let mut one = Person::officer(kit, akun);
        let path = turn(&mut one);
        act(&mut one, &path, "paraf", &[]);
    }
    path
}

/// From a sent research letter to its signature; gives the path at the desks.
pub(crate) fn issue(kit: &Kit) -> String {
    let path = initialled(kit);
    let mut kepala = Person::officer(kit, "kepala-izin");
    let id = path.rsplit('/').next().expect("an id").to_owned();
    let sign = "/perizinan/izin/tanda-tangan";
    let signed = kepala.fill(sign, sign, &[("pilih", &id), ("rahasia", PHRASE)]);
    assert_eq!(signed.status, 303, "{}", signed.body);
    path
}

#[test]
fn a_citizen_without_an_account_gets_a_signed_letter_and_sees_every_step() {
    let kit = kit();
    signs(&kit);
    let mut citizen = Person::stranger(&kit);
    let resi = skp(&mut citizen);
    let review = citizen.get(&format!("/perizinan/permohonan/{resi}/kirim"));
    assert!(review.says("Permohonan sudah lengkap"), "{}", review.body);
    let sent = send(&mut citizen, &resi);
    assert!(sent.says("SKP-20261122-0001") && sent.says("Loket (front office)") && sent.says("ke-1"), "{}", sent.body);
    let receipt = citizen.get(&format!("/perizinan/permohonan/{resi}/bukti"));
    assert!(receipt.says(&resi) && receipt.says("Tidak ada pungutan apa pun") && !receipt.body.contains(NIK), "{}", receipt.body);
    assert!(receipt.says("531501******0001"), "{}", receipt.body);

    // Another browser finds it by resi and digits only.
    let mut other = Person::stranger(&kit);
    assert_eq!(other.get(&format!("/perizinan/permohonan/{resi}")).status, 404);
    let found = other.done("/perizinan/lacak", "/perizinan/lacak", &[("resi", &resi.to_lowercase()), ("nik4", "0001")]);
    assert!(found.says("SKP-20261122-0001"));

    let (mut loket, path) = of_two(&kit, ["loket", "loket2"]);
    let seen = loket.get(&path);
    assert!(seen.says("Siti Rahma") && !seen.body.contains(NIK) && seen.says("Nyatakan lengkap"), "{}", seen.body);
    act(&mut loket, &path, "lengkap", &[]);
    let (mut pemeriksa, path) = of_two(&kit, ["pemeriksa", "pemeriksa2"]);
    act(&mut pemeriksa, &path, "periksa", &[]);
    act(&mut pemeriksa, &path, "setujui", &[("catatan", "Lengkap dan benar")]);
    let draft = pemeriksa.get(&format!("{path}/dokumen"));
    assert_eq!(draft.status, 200, "{}", draft.body);
    act(&mut pemeriksa, &path, "kirim-paraf", &[]);
    let page = citizen.get(&format!("/perizinan/permohonan/{resi}"));
    assert!(page.says("Kepala seksi"), "{}", page.body);
    for akun in ["kasi-izin", "kabid-izin"] {
        let mut one = Person::officer(&kit, akun);
        let path = turn(&mut one);
        act(&mut one, &path, "paraf", &[]);
    }
    let mut kepala = Person::officer(&kit, "kepala-izin");
    let id = path.rsplit('/').next().expect("an id").to_owned();
    let sign = "/perizinan/izin/tanda-tangan";
    let wrong = kepala.fill(sign, sign, &[("pilih", &id), ("rahasia", "bukan ini")]);
    assert_eq!(wrong.status, 422, "{}", wrong.body);
    let signed = kepala.fill(sign, sign, &[("pilih", &id), ("rahasia", PHRASE)]);
    assert_eq!(signed.status, 303, "{}", signed.body);
    let done = citizen.get(&format!("/perizinan/permohonan/{resi}"));
    assert!(done.says("Dokumen Anda sudah terbit") && done.says("31 Maret 2027"), "{}", done.body);
    let paper = citizen.get(&format!("/perizinan/permohonan/{resi}/dokumen"));
    assert!(paper.bytes.starts_with(b"%PDF"), "{}", paper.body);
    let token =
        done.body.split("href=\"/v/").nth(1).and_then(|rest| rest.split('"').next()).expect("it can be verified").to_owned();
    assert!(Person::stranger(&kit).get(&format!("/v/{token}")).says("Siti Rahma"));
    act(&mut loket, &path, "serahkan", &[("penerima", "Siti Rahma")]);
    assert!(citizen.get(&format!("/perizinan/permohonan/{resi}")).says("Diserahkan"));
}

#[test]
fn every_nik_on_the_pages_of_an_applicant_shows_six_digits_and_four_also_one_in_a_table() {
    const OTHER: &str = "5399994101900001";
    let kit = kit();
    retype(&kit, |isi| {
        let fields = isi["formulir"][0]["isian"].as_array_mut().expect("fields");
        let table = fields.iter_mut().find(|field| field["kode"] == "anggota").expect("a table");
        let column = serde_json::json!({"kode": "nik_anggota", "label": "NIK", "jenis": "nik"});
        table["kolom"].as_array_mut().expect("columns").push(column);
    });
    let mut citizen = Person::stranger(&kit);
    let resi = begin(&mut citizen, "SKP", &[("kuasa_nama", "Yuliana Contoh"), ("kuasa_nik", OTHER)]);
    let fields = [
        ("golongan", "Perguruan tinggi atau sekolah"),
        ("lembaga", "Universitas Contoh"),
        ("pekerjaan", "Mahasiswa S-1"),
        ("anggota.0.nama_anggota", "Made Suardana"),
        ("anggota.0.nik_anggota", "5399990707780002"),
    ];
    let done = part(&mut citizen, &resi, 1, &fields);
    assert_eq!(done.status, 303, "{}", done.body);
    let page = citizen.get(&format!("/perizinan/permohonan/{resi}/kirim"));
    for shown in ["531501******0001", "539999******0001", "539999******0002"] {
        assert!(page.says(shown), "{shown}: {}", page.body);
    }
    for whole in [NIK, OTHER, "5399990707780002"] {
        assert!(!page.body.contains(whole), "{whole}: {}", page.body);
    }
}

#[test]
fn a_file_goes_back_once_with_everything_that_is_wrong_and_a_second_time_only_with_leave() {
    let kit = kit();
    let mut citizen = Person::stranger(&kit);
    let resi = skp(&mut citizen);
    send(&mut citizen, &resi);
    let (mut loket, path) = of_two(&kit, ["loket", "loket2"]);
    let form = format!("{path}/kembalikan");
    let nothing = loket.fill(&form, &form, &[]);
    assert!(nothing.status == 422 && nothing.says("Tandai sedikitnya satu kekurangan"), "{}", nothing.body);
    let half = loket.fill(&form, &form, &[("alasan1", "buram")]);
    assert!(half.status == 422 && half.says("Tulis yang perlu diperbaiki"), "{}", half.body);
    let back = loket.fill(&form, &form, &[("alasan1", "buram"), ("pesan1", "Halaman 3 tidak terbaca, pindai ulang")]);
    assert_eq!(back.status, 303, "{}", back.body);
    let page = citizen.get(&format!("/perizinan/permohonan/{resi}"));
    assert!(page.says("Halaman 3 tidak terbaca") && page.says("Perbaiki permohonan"), "{}", page.body);
    // The same file again is not a mended one.
    let review = citizen.get(&format!("/perizinan/permohonan/{resi}/kirim"));
    assert!(review.says("belum diganti seperti diminta petugas"), "{}", review.body);
    kit.clock.move_ms(60_000);
    assert_eq!(upload(&mut citizen, &resi, "proposal", "baru.pdf", PDF).status, 303);
    send(&mut citizen, &resi);
    let (mut loket, path) = of_two(&kit, ["loket", "loket2"]);
    let form = format!("{path}/kembalikan");
    let again = [("alasan0", "salah-berkas"), ("pesan0", "Surat dari dekan, bukan dari ketua jurusan")];
    let refused = loket.fill(&form, &form, &again);
    assert!(refused.status == 422 && refused.says("izin kepala bidang"), "{}", refused.body);
    let mut kabid = Person::officer(&kit, "kabid-izin");
    act(&mut kabid, &path, "izinkan-kembali", &[("alasan_izin", "Baru diketahui setelah surat diperiksa silang")]);
    assert_eq!(loket.fill(&form, &form, &again).status, 303);
}

#[test]
fn the_earlier_application_is_worked_on_first_unless_a_reason_is_given() {
    let kit = kit();
    for _ in 0..3 {
        let mut citizen = Person::stranger(&kit);
        let resi = skp(&mut citizen);
        send(&mut citizen, &resi);
        kit.clock.move_ms(60_000);
    }
    // Turns go round: the first and the third are one officer's, the second the other's.
    let mut loket = ["loket", "loket2"]
        .into_iter()
        .map(|akun| Person::officer(&kit, akun))
        .find_map(|mut one| (one.get("/perizinan/izin?pandangan=saya").body.matches("SKP-2026").count() >= 2).then_some(one))
        .expect("one of them has two");
    let list = loket.get("/perizinan/izin?pandangan=saya").body;
    let mut ids: Vec<String> = list
        .split("href=\"/perizinan/izin/")
        .skip(1)
        .filter_map(|part| part.split('"').next())
        .filter(|id| id.len() == 36 && !id.contains('?'))
        .map(ToOwned::to_owned)
        .collect();
    ids.dedup();
    assert_eq!(ids.len(), 2, "{list}");
    let later = format!("/perizinan/izin/{}", ids[1]);
    let refused = loket.fill(&later, &format!("{later}/lengkap"), &[]);
    assert!(refused.status == 422 && refused.says("masuk lebih dahulu"), "{}", refused.body);
    act(&mut loket, &later, "lengkap", &[("lompat", "disabilitas-lansia")]);
    let stranger = Person::stranger(&kit).get(&later);
    assert_eq!(stranger.status, 303, "nobody else opens it");
}

#[test]
fn guessing_a_resi_is_stopped_after_ten_wrong_tries() {
    let kit = kit();
    let mut guesser = Person::stranger(&kit);
    for _ in 0..10 {
        let wrong = guesser.fill("/perizinan/lacak", "/perizinan/lacak", &[("resi", "ABCDEFGHJK"), ("nik4", "0001")]);
        assert_eq!(wrong.status, 422, "{}", wrong.body);
    }
    let stopped = guesser.fill("/perizinan/lacak", "/perizinan/lacak", &[("resi", "ABCDEFGHJK"), ("nik4", "0001")]);
    assert!(stopped.status == 429 && stopped.says("Terlalu banyak percobaan"), "{}", stopped.body);
}

#[test]
fn a_file_that_cannot_be_taken_is_told_beside_its_field_and_nothing_is_lost() {
    let kit = kit();
    let mut citizen = Person::stranger(&kit);
    let resi = begin(&mut citizen, "SKP", &[]);
    part(&mut citizen, &resi, 1, &[("golongan", "Perseorangan"), ("pekerjaan", "Peneliti")]);
    let cases: [(&str, &[u8], &str); 4] = [
        ("kosong.pdf", b"", "kosong"),
        ("../../etc/passwd", b"root:x:0:0", "bukan"),
        ("foto.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "Paling Kompatibel"),
        ("proposal.jpg", &jpeg(), "PDF"),
    ];
    for (name, bytes, told) in cases {
        let refused = upload(&mut citizen, &resi, "proposal", name, bytes);
        assert!(refused.status == 422 && refused.says(told), "{name}: {} {}", refused.status, refused.body);
    }
    let wrong = part(&mut citizen, &resi, 2, &[("judul_penelitian", ""), ("mulai", "2020-01-01"), ("selesai", "kapan saja")]);
    assert!(wrong.status == 422 && wrong.says("kapan saja") && wrong.says("Paling awal"), "{}", wrong.body);
    let kept = citizen.get(&format!("/perizinan/permohonan/{resi}/isi/2"));
    assert!(kept.says("kapan saja"), "what was typed is kept");
}

#[test]
fn a_desk_that_waits_hides_no_day_and_silence_is_brought_before_leaders() {
    const DAY: i64 = 24 * 60 * 60 * 1000;
    let kit = kit();
    let mut citizen = Person::stranger(&kit);
    let resi = skp(&mut citizen);
    send(&mut citizen, &resi);
    // Sunday 22 November: counts as Monday; the front office has until Tuesday.
    kit.clock.move_ms(2 * DAY);
    kit.run_job("perizinan.watch-permohonan");
    let mut citizen = Person::stranger(&kit);
    let found = citizen.done("/perizinan/lacak", "/perizinan/lacak", &[("resi", &resi), ("nik4", "0001")]);
    assert!(found.says("Diperiksa kelengkapannya"), "{}", found.body);
    kit.clock.move_ms(DAY);
    kit.run_job("perizinan.watch-permohonan");
    let mut citizen = Person::stranger(&kit);
    citizen.done("/perizinan/lacak", "/perizinan/lacak", &[("resi", &resi), ("nik4", "0001")]);
    let page = citizen.get(&format!("/perizinan/permohonan/{resi}"));
    assert!(page.says("Dianggap lengkap") && page.says("1 dari 5 hari kerja") && page.says("1 Desember 2026"), "{}", page.body);
    kit.clock.move_ms(7 * DAY);
    kit.run_job("perizinan.watch-permohonan");
    let told = Person::officer(&kit, "kepala-izin").get("/kabar");
    assert!(told.says("lewat tenggat"), "{}", told.body);
    let told = Person::officer(&kit, "auditor").get("/kabar");
    assert!(told.says("risiko dianggap dikabulkan"), "{}", told.body);
}

#[test]
fn what_nobody_sends_for_thirty_days_is_removed_with_its_files() {
    let kit = kit();
    let mut citizen = Person::stranger(&kit);
    let resi = skp(&mut citizen);
    kit.clock.move_ms(31 * 24 * 60 * 60 * 1000);
    kit.run_job("perizinan.clean-draf");
    let mut again = Person::stranger(&kit);
    let gone = again.fill("/perizinan/lacak", "/perizinan/lacak", &[("resi", &resi), ("nik4", "0001")]);
    assert!(gone.says("tidak cocok"), "{}", gone.body);
}

#[test]
fn the_demo_has_applications_in_many_states_that_every_desk_can_go_on_with() {
    let kit = Kit::new(&[&MODULE]);
    kit.load_demo("perizinan");
    let mut auditor = Person::officer(&kit, "pemeriksa");
    let all = auditor.get("/perizinan/izin");
    for state in ["Diserahkan", "Ditolak", "Menunggu tanda tangan"] {
        assert!(all.says(state), "{state}: {}", all.body);
    }
    let kinds = kit.off(|instance| {
        instance.db.read(|tx| {
            tx.list("SELECT status, COUNT(*) FROM perizinan_permohonan GROUP BY status ORDER BY status", &[], |row| {
                Ok((row.get::<String>(0)?, row.get::<i64>(1)?))
            })
        })
    });
    let kinds = kinds.expect("it can be counted");
    assert!(kinds.len() >= 8, "{kinds:?}");
}
