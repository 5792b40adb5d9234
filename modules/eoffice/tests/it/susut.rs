//! Disposal of the archive: moved, judged, approved, decided, destroyed with a berita acara; or handed over.

use praja_eoffice::MODULE;
use praja_testkit::{Kit, Page};

use crate::{
    Officer, PDF,
    arsip::{ARSIP, file, finished, send},
    komentar::DOT,
    naskah::sent,
};

pub(crate) const LISTS: &str = "/eoffice/arsip/penyusutan";
const PANEL: (&str, &str) = ("saksi", "Ana Lusia, Sekretaris Dinas\nBudi Hartono, Kepala Bidang\nCici Paramida, Arsiparis");

/// A closed file long past its time with one letter in it; gives the page of the letter and of the file.
fn old_file(kit: &Kit, nomor: &str, more: &[(&str, &str)]) -> (String, String) {
    let (letter, id) = finished(kit, nomor);
    let mut tu = Officer::of(kit, "tata-usaha");
    let nama = format!("Berkas {nomor}");
    let mut fields = vec![("nama", nama.as_str()), ("klasifikasi_teks", "000.1.1"), ("dibuka", "2012-01-01")];
    for (name, value) in more {
        fields.retain(|(known, _)| known != name);
        fields.push((name, value));
    }
    let filed = file(&mut tu, &[&id], &fields);
    assert_eq!(filed.status, 303, "{}", filed.body);
    let berkas = filed.location.expect("leads to the file");
    assert_eq!(send(&mut tu, &format!("{berkas}/tindakan/tutup"), &[("ditutup", "2013-12-31")]).status, 303);
    (letter, berkas)
}

/// Chooses files for a new list.
pub(crate) fn begin(tu: &mut Officer<'_>, jenis: &str, query: &str, files: &[&str]) -> Page {
    let ids: Vec<&str> = files.iter().map(|file| file.rsplit('/').next().unwrap_or_default()).collect();
    let mut fields: Vec<(&str, &str)> = ids.iter().map(|id| ("pilih", *id)).collect();
    fields.push(("aksi", "susun"));
    let page = format!("{LISTS}/susun/{jenis}{query}");
    tu.fill(&page, &page, &fields)
}

/// Notes a step with its paper.
pub(crate) fn step(tu: &mut Officer<'_>, page: &str, fields: &[(&str, &str)], scan: bool) -> Page {
    let versi = tu.get(page).hidden("versi").unwrap_or_default().to_owned();
    let mut all = vec![("versi", versi.as_str())];
    all.extend(fields);
    let files: &[(&str, &str, &[u8])] = if scan { &[("pindaian", "surat.pdf", PDF)] } else { &[] };
    tu.upload(page, page, &all, files)
}

/// The page is refused, and so is what is sent without it, whichever version of the list it names.
fn never(tu: &mut Officer<'_>, page: &str, fields: &[(&str, &str)]) {
    assert_eq!(tu.get(page).status, 422, "{page}");
    for versi in ["1", "2", "3", "4", "5", "6"] {
        let mut all = vec![("versi", versi)];
        all.extend(fields);
        let sent = tu.upload(LISTS, page, &all, &[("pindaian", "surat.pdf", PDF)]);
        assert!(matches!(sent.status, 409 | 422), "{page} {versi}: {}", sent.status);
    }
}

const MOVED: [(&str, &str); 5] = [
    ("nomor", "BA/1/2026"),
    ("tanggal", "2026-11-20"),
    ("pejabat", "Budi Hartono, Kepala Bidang"),
    ("pihak", "Cici Paramida, Sekretaris"),
    ("tempat", "Ruang arsip, rak 3"),
];

/// Moves files to the records unit.
pub(crate) fn moved(kit: &Kit, files: &[&str]) {
    let mut tu = Officer::of(kit, "tata-usaha");
    let list = begin(&mut tu, "pindah", "", files);
    assert_eq!(list.status, 303, "{}", list.body);
    let page = format!("{}/langkah/berita-acara", list.location.expect("leads to the list"));
    let done = step(&mut tu, &page, &MOVED, true);
    assert_eq!(done.status, 303, "{}", done.body);
}

const DATED: [(&str, &str); 3] = [("nomor", "S/2/2026"), ("tanggal", "2026-11-21"), ("pejabat", "Bupati Uji")];

/// Brings a list of destruction to the day before it is done.
pub(crate) fn decided(tu: &mut Officer<'_>, list: &str) {
    for (word, fields) in [("nilai", [DATED[0], DATED[1], PANEL]), ("setujui", DATED), ("tetapkan", DATED)] {
        let done = step(tu, &format!("{list}/langkah/{word}"), &fields, false);
        assert_eq!(done.status, 303, "{word}: {}", done.body);
    }
}

pub(crate) const DONE: [(&str, &str); 6] = [
    ("nomor", "BA/9/2026"),
    ("tanggal", "2026-11-22"),
    ("pejabat", "Cici Paramida, Sekretaris"),
    ("saksi", "Dewi Lestari, Bagian Hukum\nEko Prasetyo, Inspektorat"),
    ("tempat", "Halaman kantor"),
    ("cara", "Dicacah sampai tidak terbaca"),
];

/// How many stored files lie there that no row names.
pub(crate) fn orphans(kit: &Kit) -> usize {
    let later = kit.instance.now().plus_ms(3 * 24 * 60 * 60 * 1000);
    kit.off(|instance| instance.blobs.orphans(&instance.db, later)).expect("the place can be listed")
}

fn attached(kit: &Kit, letter: &str) -> Vec<praja_desk::attachments::Attachment> {
    let objek = format!("eoffice_surat_masuk:{}", letter.rsplit('/').next().unwrap_or_default());
    kit.off(|instance| instance.db.read(|tx| praja_desk::attachments::of(tx, &objek))).expect("read")
}

#[test]
fn a_file_past_its_time_is_moved_with_a_berita_acara_and_only_once() {
    let kit = Kit::new(&[&MODULE]);
    let (_, berkas) = old_file(&kit, "A/1", &[]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    assert!(tu.get(LISTS).says("Pemindahan arsip inaktif: 1 berkas"));
    assert!(tu.get(&format!("{ARSIP}?tahap=lewat-aktif")).says("Berkas A/1"));
    let list = begin(&mut tu, "pindah", "", &[&berkas]).location.expect("leads to the list");
    assert!(tu.get(&list).says("Berkas A/1") && tu.get(LISTS).says("Sedang disusun"));
    assert!(tu.get(&berkas).says("Berkas ini ada dalam"));
    assert_eq!(tu.get(&format!("{berkas}/tindakan/buka")).status, 422, "a file in a list is not opened again");
    let twice = begin(&mut tu, "pindah", "", &[&berkas]);
    assert!(twice.status == 422 && twice.says("sudah ada dalam daftar lain"), "{}", twice.body);
    let page = format!("{list}/langkah/berita-acara");
    let empty = step(&mut tu, &page, &[("nomor", "BA/1"), ("tanggal", "2026-11-23")], false);
    assert!(empty.status == 422 && empty.says("belum tiba") && empty.says("Yang menerima belum diisi"), "{}", empty.body);
    assert!(empty.says("BA/1"), "what was typed stays");
    assert_eq!(step(&mut tu, &page, &MOVED, true).status, 303);
    let shown = tu.get(&berkas);
    assert!(
        shown.says("Arsip inaktif") && shown.says("Ruang arsip, rak 3") && shown.says("memindahkan berkas"),
        "{}",
        shown.body
    );
    let shown = tu.get(&list);
    assert!(shown.says("Berita acara pemindahan") && shown.says("Cici Paramida") && shown.says("surat.pdf"), "{}", shown.body);
    never(&mut tu, &page, &MOVED);
    assert!(tu.get(&format!("{LISTS}/unduh?format=csv")).says("Pemindahan arsip inaktif"));
    assert!(tu.get(&format!("{list}/unduh?format=csv")).says("Berkas A/1"));
}

#[test]
fn nothing_is_erased_before_the_berita_acara_and_everything_of_the_content_after() {
    let kit = Kit::new(&[&MODULE]);
    let (letter, berkas) = old_file(&kit, "A/1", &[]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let leave = tu.get(&letter).hidden("izin").expect("a form for comments").to_owned();
    let photo: [(&str, &str, &[u8]); 2] = [("lampiran_komentar", "satu.png", DOT), ("lampiran_komentar", "dua.png", DOT)];
    assert_eq!(tu.upload(&letter, "/desk/komentar", &[("izin", &leave), ("isi", "Foto")], &photo).status, 303);
    moved(&kit, &[&berkas]);
    let early = begin(&mut tu, "musnah", "?persetujuan=kepala-anri", &[&berkas]);
    assert!(early.status == 422 && early.says("persetujuan pejabat lain"), "{}", early.body);
    let list = begin(&mut tu, "musnah", "", &[&berkas]).location.expect("leads to the list");
    let id = list.rsplit('/').next().unwrap_or_default().to_owned();
    let erase = |kit: &Kit| {
        let job = MODULE.jobs.iter().find(|job| job.kind == "eoffice.erase-arsip").expect("declared");
        kit.off(|instance| (job.run)(instance, &format!("{{\"susut\":\"{id}\"}}"))).expect("runs");
    };
    let whole = |kit: &Kit| attached(kit, &letter).iter().all(|one| one.dimusnahkan.is_none());
    let before = attached(&kit, &letter);
    let scan = before[0].href();
    let destroy = format!("{list}/musnahkan");
    for word in ["setujui", "tetapkan"] {
        assert_eq!(tu.get(&format!("{list}/langkah/{word}")).status, 422, "{word} comes later");
    }
    never(&mut tu, &destroy, &DONE);
    assert_eq!(tu.get(&format!("{list}/langkah/berita-acara")).status, 404, "the step that erases has its own address");
    decided(&mut tu, &list);
    erase(&kit);
    assert!(whole(&kit), "a decision alone erases nothing");
    let paperless = step(&mut tu, &destroy, &DONE, false);
    assert!(paperless.status == 422 && paperless.says("Pindaian berita acara"), "{}", paperless.body);
    erase(&kit);
    assert!(whole(&kit) && tu.get(&berkas).says("Arsip inaktif"));
    assert_eq!(tu.get(&scan).bytes, PDF);

    let done = step(&mut tu, &destroy, &DONE, true);
    assert_eq!(done.status, 303, "{}", done.body);
    let (_, failed) = kit.work();
    assert!(failed.is_empty(), "{failed:?}");
    assert_eq!(orphans(&kit), 0, "the stored files are gone, not only their names");
    let after = attached(&kit, &letter);
    assert_eq!(after.len(), before.len());
    for (before, after) in before.iter().zip(&after) {
        assert_eq!((&before.nama, &before.sidik, before.ukuran), (&after.nama, &after.sidik, after.ukuran));
        assert!(after.dimusnahkan.as_ref().is_some_and(|(_, dasar)| dasar.contains("BA/9/2026")), "{after:?}");
    }
    let told = tu.get(&scan);
    assert!(told.says("sudah dimusnahkan") && told.says(&before[0].sidik) && told.says("BA/9/2026"), "{}", told.body);
    let page = tu.get(&letter);
    assert!(page.says("Isi dan lampirannya sudah dimusnahkan") && page.says("A/1"), "{}", page.body);
    assert!(tu.get(&berkas).says("Dimusnahkan menurut berita acara"));
    let shown = tu.get(&list);
    assert!(shown.says("Isi berkas sudah dihapus") && shown.says("Cadangan yang dibuat sebelum"), "{}", shown.body);
    let named = "SELECT COUNT(*) FROM desk_lampiran_halaman h JOIN desk_lampiran l ON l.id = h.lampiran
        WHERE h.alamat <> '' AND l.objek LIKE 'desk_komentar:%'";
    let leftovers = kit.off(|instance| instance.db.read(|tx| tx.scalar::<i64>(named, &[])));
    assert_eq!(leftovers.expect("read"), 0, "the photographs of the comment went, too");
    // Doing it again finds nothing to do.
    erase(&kit);
    assert!(tu.get(&list).says("Isi berkas sudah dihapus"));
}

#[test]
fn the_words_of_a_destroyed_naskah_go_and_their_hash_stays() {
    let kit = Kit::new(&[&MODULE]);
    let naskah = sent(&kit);
    let id = naskah.rsplit('/').next().unwrap_or_default().to_owned();
    let mut tu = Officer::of(&kit, "tata-usaha");
    let key = format!("keluar.{id}");
    let fields = [("pilih", key.as_str()), ("nama", "Naskah lama"), ("klasifikasi_teks", "000.1.1"), ("dibuka", "2012-01-01")];
    let filed = tu.fill("/eoffice/arsip/belum?jenis=keluar", "/eoffice/arsip/berkaskan", &fields);
    let berkas = filed.location.expect("leads to the file");
    assert_eq!(send(&mut tu, &format!("{berkas}/tindakan/tutup"), &[("ditutup", "2013-12-31")]).status, 303);
    moved(&kit, &[&berkas]);
    let list = begin(&mut tu, "musnah", "", &[&berkas]).location.expect("leads to the list");
    decided(&mut tu, &list);
    let words = |kit: &Kit| {
        let query = "SELECT bidang, tertutup, sidik FROM eoffice_naskah_versi WHERE naskah = ?1 ORDER BY versi";
        let id: praja_kernel::Id = id.parse().expect("an id");
        kit.off(|instance| {
            instance.db.read(|tx| {
                tx.list(query, praja_store::params![id], |row| {
                    Ok((row.get::<Option<String>>(0)?, row.get::<Option<Vec<u8>>>(1)?, row.get::<Option<String>>(2)?))
                })
            })
        })
        .expect("read")
    };
    assert!(words(&kit).iter().all(|(open, _, sidik)| open.is_some() && sidik.is_none()), "{:?}", words(&kit));
    let (body, subject) = ("/cari?q=mengundang", "/cari?q=posyandu");
    assert!(tu.get(body).says("posyandu"), "a word of its body finds it before");
    assert_eq!(step(&mut tu, &format!("{list}/musnahkan"), &DONE, true).status, 303);
    assert!(kit.work().1.is_empty());
    assert!(!tu.get(body).says("posyandu"), "the search keeps none of its words");
    assert!(tu.get(subject).says("posyandu"), "its subject stays and finds it");
    let after = words(&kit);
    assert!(!after.is_empty());
    for (open, sealed, sidik) in after {
        assert!(open.is_none() && sealed.is_none() && sidik.is_some_and(|sidik| sidik.len() == 64));
    }
    let page = tu.get(&naskah);
    assert!(page.says("Isi dan lampirannya sudah dimusnahkan") && page.says("posyandu"), "{}", page.body);
}

#[test]
fn what_the_panel_spares_stays_and_what_it_wants_kept_is_handed_over() {
    let kit = Kit::new(&[&MODULE]);
    let (_, first) = old_file(&kit, "A/1", &[]);
    let (letter, second) = old_file(&kit, "A/2", &[]);
    let (_, third) = old_file(&kit, "A/3", &[]);
    moved(&kit, &[&first, &second, &third]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let list = begin(&mut tu, "musnah", "", &[&first, &second, &third]).location.expect("leads to the list");
    let line = |berkas: &str| format!("{list}/berkas/{}", berkas.rsplit('/').next().unwrap_or_default());
    let silent = send(&mut tu, &line(&second), &[("putusan", "permanen")]);
    assert!(silent.status == 422 && silent.says("Alasannya belum ditulis"), "{}", silent.body);
    assert_eq!(send(&mut tu, &line(&second), &[("putusan", "permanen"), ("alasan", "Bernilai sejarah.")]).status, 303);
    assert_eq!(send(&mut tu, &line(&third), &[("putusan", "keluar")]).status, 303);
    assert!(!tu.get(&list).says("Berkas A/3"));
    decided(&mut tu, &list);
    assert_eq!(tu.get(&line(&first)).status, 422, "a judged list is fixed");
    assert!(tu.get(&list).says("Menjadi arsip statis") && tu.get(&second).says("Permanen menurut panitia penilai"));
    assert_eq!(step(&mut tu, &format!("{list}/musnahkan"), &DONE, true).status, 303);
    assert!(kit.work().1.is_empty());
    assert!(tu.get(&first).says("Dimusnahkan") && tu.get(&second).says("Arsip inaktif"));
    assert!(attached(&kit, &letter).iter().all(|one| one.dimusnahkan.is_none()));

    let list = begin(&mut tu, "serah", "", &[&second]).location.expect("leads to the list");
    assert_eq!(step(&mut tu, &format!("{list}/langkah/setujui"), &DATED, false).status, 303);
    let handed = [DONE[0], DONE[1], DONE[2], ("pihak", "Kepala Dinas Kearsipan")];
    assert_eq!(step(&mut tu, &format!("{list}/langkah/berita-acara"), &handed, true).status, 303);
    assert!(tu.get(&second).says("Diserahkan") && tu.get(&second).says("menyerahkan berkas"));
    assert!(attached(&kit, &letter).iter().all(|one| one.dimusnahkan.is_none()), "what is handed over can still be read here");
}

#[test]
fn a_list_that_is_given_up_gives_its_files_back() {
    let kit = Kit::new(&[&MODULE]);
    let (_, berkas) = old_file(&kit, "A/1", &[]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let list = begin(&mut tu, "pindah", "", &[&berkas]).location.expect("leads to the list");
    let page = format!("{list}/langkah/batalkan");
    assert_eq!(step(&mut tu, &page, &[("catatan", "")], false).status, 422);
    assert_eq!(step(&mut tu, &page, &[("catatan", "Salah pilih berkas.")], false).status, 303);
    assert!(tu.get(&list).says("Dibatalkan") && tu.get(&list).says("Salah pilih berkas."));
    assert!(tu.get(LISTS).says("Pemindahan arsip inaktif: 1 berkas"));
    assert_eq!(begin(&mut tu, "pindah", "", &[&berkas]).status, 303);
}

#[test]
fn disposal_is_the_own_offices_and_of_who_keeps_its_archive() {
    let kit = Kit::new(&[&MODULE]);
    let (_, berkas) = old_file(&kit, "A/1", &[]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let list = begin(&mut tu, "pindah", "", &[&berkas]).location.expect("leads to the list");
    assert_eq!(Officer::of(&kit, "staf").get(LISTS).status, 403);
    let mut other = Officer::of(&kit, "tu.setda");
    let line = format!("{list}/berkas/{}", berkas.rsplit('/').next().unwrap_or_default());
    for page in [list.clone(), format!("{list}/unduh"), format!("{list}/langkah/berita-acara"), format!("{list}/musnahkan"), line]
    {
        assert_eq!(other.get(&page).status, 404, "{page}");
    }
    assert!(!other.get(LISTS).says("nomor 1") && !other.get(&format!("{LISTS}/susun/pindah")).says("Berkas A/1"));
    let foreign = begin(&mut other, "pindah", "", &[&berkas]);
    assert_eq!(foreign.status, 404, "{}", foreign.body);
}
