use std::io::{self, Cursor, Read, Write};

use ed25519_dalek::SigningKey;
use praja_kernel::{Moment, words};
use praja_store::{
    Anchor, AuditRow, Db, Keys,
    audit::{Entry, Pelaku, sign},
};
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::{
    EKSPOR, LANGKAH, PENGADUAN, RANTAI,
    fakta::{Aduan, Ekspor, FAKTA, Keadaan},
    paket::{self, Bahan, ISI, JANGKAR, MANIFES, Manifes, hex},
    periksa::{Laporan, Masalah, ReadSeek, check},
    rantai,
};
use crate::testing;

words! {
    /// Whose key signs.
    enum Kunci ("kunci") {
        /// The installation's.
        Server => "server", "Server";
        /// A stranger's.
        Asing => "asing", "Asing";
    }
}

const INSTANSI: &str = "0197f0aa-0000-7000-8000-000000000001";
/// 27 November 2026, 08.00 WITA.
const NOW: i64 = 1_795_737_600_000;
const DAY: i64 = 86_400_000;

impl Kunci {
    fn key(self) -> SigningKey {
        SigningKey::from_bytes(&match self {
            Self::Server => [7; 32],
            Self::Asing => [8; 32],
        })
    }
}

/// A regency with its chain; the anchor that was carried away before the last third of it.
struct Dunia {
    db: Db,
    jangkar: Anchor,
}

fn ekspor() -> Ekspor {
    Ekspor {
        dari: "2026-01-01".into(),
        sampai: "2026-12-31".into(),
        tujuan: "Surat tugas 700/12/2026".into(),
        zona: "WITA".into(),
        latihan: false,
    }
}

fn keadaan(urut: usize, langkah: &str, dari: &str, ke: &str) -> Keadaan {
    Keadaan {
        nomor: format!("SKP-20261102-{urut:04}"),
        kode: "SKP".into(),
        layanan: "Surat keterangan penelitian, \"penelitian\"".into(),
        permintaan: "baru".into(),
        asal: "daring".into(),
        nik: "531501******0001".into(),
        diajukan: NOW - 20 * DAY,
        hari_ajukan: "2026-11-09".into(),
        langkah: langkah.into(),
        dari: dari.into(),
        ke: ke.into(),
        oleh_meja: "loket".into(),
        meja: "pemeriksa".into(),
        sla: 5,
        mulai: "2026-11-10".into(),
        tenggat: "2026-11-17".into(),
        ..Keadaan::default()
    }
}

fn append(db: &Db, at: i64, tindakan: &'static str, isi: String) -> AuditRow {
    db.write(&testing::by(Moment(at)), Keys::of([rantai::key()]), move |tx| {
        let by = Pelaku { kunci: "pegawai:1".into(), nama: "Budi Santoso".into() };
        let entry = Entry::new(tindakan, "perizinan_rantai", "1").with(FAKTA, &isi).with("catatan", "Ibu Siti datang sendiri");
        tx.audit_in(RANTAI, by, &entry)
    })
    .unwrap()
}

fn step(db: &Db, at: i64, isi: &Keadaan) {
    append(db, at, LANGKAH, serde_json::to_string(isi).unwrap());
}

fn anchor(db: &Db, at: i64, kunci: Kunci) -> Anchor {
    db.read(|tx| Anchor::take(tx, INSTANSI, Moment(at), &kunci.key(), |rantai| format!("Rantai {rantai}"))).unwrap()
}

/// Four applications: one out of turn, one refused, one complained about. `apart` is what makes two worlds differ.
fn dunia(apart: i64) -> Dunia {
    let db = testing::db(None);
    for urut in 1..=4 {
        step(&db, NOW - 20 * DAY, &keadaan(urut, "ajukan", "draf", "diajukan"));
    }
    step(
        &db,
        NOW - 19 * DAY,
        &Keadaan { lompat: "perintah-pengadilan".into(), ..keadaan(2, "nyatakan-lengkap", "diajukan", "lengkap") },
    );
    let jangkar = anchor(&db, NOW - 10 * DAY, Kunci::Server);
    let refused = Keadaan {
        kode_tolak: "tidak-sesuai-tata-ruang".into(),
        dasar_tolak: "Perda 3/2020 Pasal 9".into(),
        hari_pakai: Some(3),
        selesai: "2026-11-13".into(),
        biaya: apart,
        ..keadaan(3, "tolak", "verifikasi-teknis", "ditolak")
    };
    step(&db, NOW - 9 * DAY, &refused);
    let aduan = Aduan {
        nomor: "2026-00012".into(),
        permohonan: "SKP-20261102-0003".into(),
        jenis: "pelayanan".into(),
        status: "masuk".into(),
        masuk: NOW - 8 * DAY,
        tenggat: "2026-11-26".into(),
        dijawab: None,
    };
    append(&db, NOW - 8 * DAY, PENGADUAN, serde_json::to_string(&aduan).unwrap());
    let answered = Aduan { status: "dijawab".into(), dijawab: Some(NOW - 2 * DAY), ..aduan };
    append(&db, NOW - 2 * DAY, PENGADUAN, serde_json::to_string(&answered).unwrap());
    Dunia { db, jangkar }
}

/// The world most tests forge: made once, for a database with every table takes its time.
struct Jadi {
    db: Db,
    jangkar: Anchor,
    bytes: Vec<u8>,
}

fn jadi() -> &'static Jadi {
    static MADE: std::sync::OnceLock<Jadi> = std::sync::OnceLock::new();
    MADE.get_or_init(|| {
        let Dunia { db, jangkar } = dunia(0);
        let bytes = pack(&db, Kunci::Server);
        Jadi { db, jangkar, bytes }
    })
}

fn rows(db: &Db) -> Vec<AuditRow> {
    db.read(|tx| tx.audit_rows(RANTAI, 0)).unwrap()
}

/// Hands out: the act is the last row, the package ends with it.
fn pack(db: &Db, kunci: Kunci) -> Vec<u8> {
    append(db, NOW, EKSPOR, serde_json::to_string(&ekspor()).unwrap());
    pack_rows(&rows(db), &anchor(db, NOW, kunci), kunci)
}

fn pack_rows(rows: &[AuditRow], jangkar: &Anchor, kunci: Kunci) -> Vec<u8> {
    let last = rows.last().unwrap();
    let (key, ekspor, text) = (kunci.key(), ekspor(), jangkar.text());
    let bahan = Bahan {
        instansi: INSTANSI,
        dibuat: Moment(NOW),
        ekspor: &ekspor,
        oleh: "Budi Santoso",
        urut: last.urut,
        sidik: &last.sidik,
        jangkar: &text,
        kunci: &key,
    };
    let each = |f: &mut dyn FnMut(&AuditRow) -> io::Result<()>| rows.iter().try_for_each(f);
    paket::write(Vec::new(), &bahan, &each).unwrap()
}

fn checked(bytes: &[u8], anchors: &[Anchor]) -> Result<Laporan, Vec<Masalah>> {
    check(&|| Ok(Box::new(Cursor::new(bytes.to_vec())) as Box<dyn ReadSeek>), anchors)
}

fn refused(bytes: &[u8], anchors: &[Anchor]) -> String {
    let found = checked(bytes, anchors).expect_err("it is forged");
    found.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn unpack(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let one = |at| {
        let mut file = zip.by_index(at).unwrap();
        let mut out = Vec::new();
        file.read_to_end(&mut out).unwrap();
        (file.name().unwrap().into_owned(), out)
    };
    (0..ISI.len()).map(one).collect()
}

fn zipped(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name.as_str(), SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn of<'a>(files: &'a mut [(String, Vec<u8>)], name: &str) -> &'a mut Vec<u8> {
    files.iter_mut().find(|(known, _)| known == name).map(|(_, bytes)| bytes).unwrap()
}

/// What a forger does who knows how it is made: every sum of the list anew, and the list signed with the key he has.
fn listed(mut files: Vec<(String, Vec<u8>)>, kunci: Kunci) -> Vec<u8> {
    let text = String::from_utf8(of(&mut files, MANIFES).clone()).unwrap();
    let mut manifes = Manifes::read(&text).unwrap();
    for one in &mut manifes.berkas {
        let bytes = of(&mut files, &one.nama);
        (one.ukuran, one.sidik) = (bytes.len() as u64, hex(&Sha256::digest(bytes)));
    }
    manifes.tanda = sign(&kunci.key(), &manifes.body());
    *of(&mut files, MANIFES) = manifes.text().into_bytes();
    zipped(&files)
}

fn lines(bytes: &[u8]) -> Vec<Vec<u8>> {
    bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect()
}

const CSV: [&str; 5] = ["permohonan.csv", "riwayat.csv", "luar-urutan.csv", "penolakan.csv", "pengaduan.csv"];

#[test]
fn an_export_verifies_against_an_anchor_that_was_kept_before_it() {
    let dunia = jadi();
    let bytes = dunia.bytes.clone();
    let told = checked(&bytes, std::slice::from_ref(&dunia.jangkar)).unwrap();
    assert_eq!((told.baris, told.terjangkar), (9, 5));
    let counts: Vec<u64> = told.tabel.iter().map(|(_, lines)| *lines).collect();
    assert_eq!(counts, [4, 6, 1, 1, 1]);
    assert_eq!(told.tujuan, "Surat tugas 700/12/2026");
}

#[test]
fn tables_tell_the_last_state_and_what_is_counted_about_it() {
    let dunia = jadi();
    let mut files = unpack(&dunia.bytes);
    let text = String::from_utf8(of(&mut files, "permohonan.csv").clone()).unwrap();
    let refused = text.lines().find(|line| line.starts_with("SKP-20261102-0003")).unwrap();
    assert!(refused.contains("\"Surat keterangan penelitian, \"\"penelitian\"\"\""), "{refused}");
    assert!(refused.contains(",Ditolak,") && refused.contains(",2026-11-13,3,ya,0,0,1,tidak-sesuai-tata-ruang,"), "{refused}");
    assert!(text.lines().any(|line| line.starts_with("SKP-20261102-0002") && line.contains(",0,1,0,")), "{text}");
    let aduan = String::from_utf8(of(&mut files, "pengaduan.csv").clone()).unwrap();
    assert!(aduan.contains("2026-00012,SKP-20261102-0003,pelayanan,dijawab,") && aduan.contains(",ya,8\r\n"), "{aduan}");
}

#[test]
fn what_ended_without_a_decision_while_the_clock_stood_was_neither_in_time_nor_late() {
    let db = testing::db(None);
    // Due on 17 November, ended on the 27th.
    let ended = |urut, langkah, dari, ke, used| Keadaan {
        selesai: "2026-11-27".into(),
        hari_pakai: Some(used),
        meja: "selesai".into(),
        ..keadaan(urut, langkah, dari, ke)
    };
    let cases = [
        (ended(1, "gugurkan", "dikembalikan", "gugur", 2), ""),
        (ended(2, "cabut", "dikembalikan", "dicabut-pemohon", 2), ""),
        (ended(3, "cabut", "menunggu-bayar", "dicabut-pemohon", 2), ""),
        (ended(4, "cabut", "verifikasi-teknis", "dicabut-pemohon", 13), "tidak"),
        (ended(5, "tolak", "verifikasi-teknis", "ditolak", 13), "tidak"),
        // The chain began after these.
        (ended(6, "", "", "dicabut-pemohon", 2), ""),
        (ended(7, "", "", "dicabut-pemohon", 13), "tidak"),
    ];
    for (isi, _) in &cases {
        step(&db, NOW - DAY, isi);
    }
    let jangkar = anchor(&db, NOW - DAY, Kunci::Server);
    let bytes = pack(&db, Kunci::Server);
    let told = checked(&bytes, &[jangkar]);
    assert!(told.is_ok(), "whoever checks makes the same cells: {told:?}");
    let text = String::from_utf8(of(&mut unpack(&bytes), "permohonan.csv").clone()).unwrap();
    for (isi, in_time) in &cases {
        let line = text.lines().find(|line| line.starts_with(&isi.nomor)).unwrap();
        let used = isi.hari_pakai.unwrap();
        assert!(line.contains(&format!(",2026-11-27,{used},{in_time},0,")), "{line}");
    }
}

#[test]
fn nothing_that_was_written_about_a_person_leaves_with_the_chain() {
    let dunia = jadi();
    let whole: Vec<u8> = unpack(&dunia.bytes).into_iter().flat_map(|(_, bytes)| bytes).collect();
    let text = String::from_utf8_lossy(&whole);
    assert!(!text.contains("Siti") && text.contains("catatan") && text.contains("531501******0001"));
}

#[test]
fn a_cell_that_was_changed_is_found_with_file_line_and_column_even_under_a_new_list_signed_by_the_server() {
    let dunia = jadi();
    let files = unpack(&dunia.bytes);
    for name in CSV {
        let mut forged = files.clone();
        let bytes = of(&mut forged, name);
        let mut all = lines(bytes);
        let text = String::from_utf8(all[1].clone()).unwrap();
        all[1] = text.replacen("SKP-20261102-000", "SKP-20261102-900", 1).into_bytes();
        *bytes = all.concat();
        let told = refused(&listed(forged, Kunci::Server), std::slice::from_ref(&dunia.jangkar));
        assert!(told.starts_with(&format!("{name} baris 2: kolom ")), "{told}");
        assert!(told.contains("SKP-20261102-900") && told.contains("menurut rantai"), "{told}");
    }
}

#[test]
fn a_row_that_was_removed_added_or_moved_is_found_in_every_table() {
    let dunia = jadi();
    let files = unpack(&dunia.bytes);
    for name in CSV {
        let whole = lines(&files.iter().find(|(known, _)| known == name).unwrap().1);
        let mut cases = vec![
            ("last removed", whole[..whole.len() - 1].to_vec()),
            ("added at the end", [whole.clone(), vec![whole[1].clone()]].concat()),
            ("added in the middle", [whole[..2].to_vec(), whole[1..].to_vec()].concat()),
            ("no head", whole[1..].to_vec()),
            ("empty", Vec::new()),
        ];
        if whole.len() > 3 {
            cases.push(("middle removed", [whole[..2].to_vec(), whole[3..].to_vec()].concat()));
            cases.push(("moved", [whole[..1].to_vec(), vec![whole[2].clone(), whole[1].clone()], whole[3..].to_vec()].concat()));
        }
        for (what, lines) in cases {
            let mut forged = files.clone();
            *of(&mut forged, name) = lines.concat();
            let told = refused(&listed(forged, Kunci::Server), std::slice::from_ref(&dunia.jangkar));
            assert!(told.starts_with(name), "{what}: {told}");
        }
    }
}

#[test]
fn a_chain_written_anew_does_not_meet_the_anchor_whoever_signs_it() {
    let real = jadi();
    // The same events with other salts, and a table that suits; the forger holds the server's own key.
    let other = dunia(0);
    let told = refused(&pack(&other.db, Kunci::Server), std::slice::from_ref(&real.jangkar));
    assert!(told.starts_with("rantai.jsonl baris 5: rantai ditulis ulang"), "{told}");
    // A stranger has no key that the anchor knows.
    let told = refused(&pack(&dunia(0).db, Kunci::Asing), std::slice::from_ref(&real.jangkar));
    assert!(told.contains("kunci lain"), "{told}");
}

#[test]
fn a_chain_that_was_cut_before_the_anchor_is_found_whoever_signs_it() {
    let dunia = jadi();
    let short = testing::db(None);
    // The forger gives out three rows and the act of handing out, all of it consistent.
    for urut in 1..=3 {
        step(&short, NOW - 20 * DAY, &keadaan(urut, "ajukan", "draf", "diajukan"));
    }
    let told = refused(&pack(&short, Kunci::Server), std::slice::from_ref(&dunia.jangkar));
    assert!(told.contains("rantai dipotong; saat dijangkar ada 5 baris"), "{told}");
    // Cut in the file alone.
    let files = unpack(&dunia.bytes);
    for keep in [0, 3, 6, 8] {
        let mut forged = files.clone();
        let whole = lines(of(&mut forged, "rantai.jsonl"));
        *of(&mut forged, "rantai.jsonl") = whole[..keep].concat();
        let told = refused(&listed(forged, Kunci::Server), std::slice::from_ref(&dunia.jangkar));
        assert!(told.starts_with("rantai.jsonl"), "{keep}: {told}");
    }
}

#[test]
fn what_came_after_the_anchor_cannot_be_written_without_the_key_of_the_server() {
    let dunia = jadi();
    let real = unpack(&dunia.bytes);
    // The forger keeps the anchored rows as they are, drops the refusal that came after them, and ends the chain himself.
    let kept: Vec<AuditRow> = rows(&dunia.db)[..5].to_vec();
    let mut last = rows(&dunia.db)[8].clone();
    (last.urut, last.sebelum) = (6, kept[4].sidik.clone());
    last.sidik = last.expected_hash();
    let forged_rows = [kept, vec![last]].concat();
    let forged_anchor = anchor(&dunia.db, NOW, Kunci::Asing);
    let told = refused(&pack_rows(&forged_rows, &forged_anchor, Kunci::Asing), std::slice::from_ref(&dunia.jangkar));
    assert!(told.contains("kunci lain"), "{told}");
    // With the anchor that the server signed for the real package, which names another end.
    let text = String::from_utf8(real[1].1.clone()).unwrap();
    let mut mixed = unpack(&pack_rows(&forged_rows, &text.parse().unwrap(), Kunci::Asing));
    *of(&mut mixed, "jangkar.txt") = real[1].1.clone();
    let told = refused(&zipped(&mixed), std::slice::from_ref(&dunia.jangkar));
    assert!(told.contains("tanda tangan tidak cocok"), "{told}");
}

#[test]
fn facts_cannot_be_held_back() {
    let dunia = jadi();
    let files = unpack(&dunia.bytes);
    let mut forged = files;
    let mut all = lines(of(&mut forged, "rantai.jsonl"));
    // The refusal stays in the chain as its commitment alone, and disappears from the tables.
    let mut row: AuditRow = serde_json::from_slice(&all[5]).unwrap();
    row.nilai.clear();
    all[5] = [serde_json::to_vec(&row).unwrap(), b"\n".to_vec()].concat();
    *of(&mut forged, "rantai.jsonl") = all.concat();
    let told = refused(&listed(forged, Kunci::Server), std::slice::from_ref(&dunia.jangkar));
    assert!(told.starts_with("rantai.jsonl baris 6: fakta baris ini dihilangkan"), "{told}");
}

#[test]
fn a_list_that_was_edited_is_found() {
    let dunia = jadi();
    let files = unpack(&dunia.bytes);
    let edits: [(&str, &str); 5] = [
        ("dari 2026-01-01", "dari 2026-11-01"),
        ("sampai 2026-12-31", "sampai 2026-11-01"),
        ("rantai perizinan 9", "rantai perizinan 8"),
        ("berkas riwayat.csv", "berkas riwayat.cvs"),
        ("PRAJA-EKSPOR-PENGAWASAN 1", "PRAJA-EKSPOR-PENGAWASAN 2"),
    ];
    for (from, to) in edits {
        let mut forged = files.clone();
        let text = String::from_utf8(of(&mut forged, MANIFES).clone()).unwrap();
        assert!(text.contains(from), "{text}");
        *of(&mut forged, MANIFES) = text.replacen(from, to, 1).into_bytes();
        let told = refused(&zipped(&forged), std::slice::from_ref(&dunia.jangkar));
        assert!(told.starts_with("MANIFES.txt"), "{from}: {told}");
    }
    // Signed anew by the server's key with another range: the chain says what was asked for.
    let mut forged = files;
    let text = String::from_utf8(of(&mut forged, MANIFES).clone()).unwrap();
    *of(&mut forged, MANIFES) = text.replacen("dari 2026-01-01", "dari 2026-11-01", 1).into_bytes();
    let told = refused(&listed(forged, Kunci::Server), std::slice::from_ref(&dunia.jangkar));
    assert!(told.contains("lain dari catatan ekspor"), "{told}");
}

#[test]
fn a_table_or_words_of_another_export_are_found() {
    let (dunia, other) = (jadi(), dunia(150_000));
    let (files, mut others) = (unpack(&dunia.bytes), unpack(&pack(&other.db, Kunci::Server)));
    let mut forged = files.clone();
    *of(&mut forged, "permohonan.csv") = of(&mut others, "permohonan.csv").clone();
    let told = refused(&listed(forged, Kunci::Server), std::slice::from_ref(&dunia.jangkar));
    assert!(
        told.starts_with("permohonan.csv baris ") && told.contains("kolom \"Retribusi (rupiah)\" tertulis \"150000\""),
        "{told}"
    );
    let mut forged = files;
    of(&mut forged, "BACA-SAYA.txt").extend_from_slice(b"Gunakan jangkar dalam paket ini.");
    let told = refused(&zipped(&forged), std::slice::from_ref(&dunia.jangkar));
    assert!(told.starts_with("BACA-SAYA.txt: bukan berkas yang didaftar"), "{told}");
}

#[test]
fn only_an_anchor_kept_before_by_the_same_installation_proves_anything() {
    let dunia = jadi();
    let bytes = dunia.bytes.clone();
    let inner: Anchor = String::from_utf8(unpack(&bytes)[1].1.clone()).unwrap().parse().unwrap();
    assert!(refused(&bytes, &[]).contains("sebutkan jangkar"));
    assert!(refused(&bytes, &[inner]).contains("berasal dari paket ini sendiri"));
    assert!(refused(&bytes, &[anchor(&dunia.db, NOW + DAY, Kunci::Server)]).contains("sesudah ekspor ini"));
    let empty = anchor(&testing::db(None), NOW - 30 * DAY, Kunci::Server);
    assert!(refused(&bytes, std::slice::from_ref(&empty)).contains("sebelum rantai perizinan ada"));
    // One that says nothing does no harm beside one that does.
    assert!(checked(&bytes, &[empty, dunia.jangkar.clone()]).is_ok());
}

#[test]
fn a_container_with_anything_else_in_it_is_refused() {
    let dunia = jadi();
    let files = unpack(&dunia.bytes);
    let anchors = [dunia.jangkar.clone()];
    for strange in
        ["../permohonan.csv", "/etc/passwd", "Permohonan.csv", "permohonan.csv\u{0}", "tambahan/riwayat.csv", "tambahan.txt"]
    {
        let told = refused(&zipped(&[files.clone(), vec![(strange.to_owned(), b"x".to_vec())]].concat()), &anchors);
        assert!(told.contains("bukan bagian ekspor"), "{strange}: {told}");
    }
    let told = refused(&zipped(&files[1..]), &anchors);
    assert!(told.starts_with("BACA-SAYA.txt: tidak ada dalam paket"), "{told}");
    // Something before or behind it.
    assert!(checked(&[b"#!/bin/sh\n".to_vec(), zipped(&files)].concat(), &anchors).is_err());
    assert!(refused(b"PK", &anchors).contains("bukan berkas ekspor"));
    assert!(refused(&zipped(&files)[..200], &anchors).contains("bukan berkas ekspor"));
    // The same name twice: put under another name of the same length first, for no program writes two.
    let mut twice = zipped(&[files.clone(), vec![("permohonaN.csv".to_owned(), b"Nomor\r\n".to_vec())]].concat());
    let (from, to) = (b"permohonaN.csv", b"permohonan.csv");
    while let Some(at) = twice.windows(from.len()).position(|part| part == from) {
        twice[at..at + from.len()].copy_from_slice(to);
    }
    let told = refused(&twice, &anchors);
    assert!(told.contains("dua berkas bernama sama"), "{told}");
}

#[test]
fn an_anchor_that_means_the_same_but_is_written_otherwise_is_noticed() {
    let dunia = jadi();
    let files = unpack(&dunia.bytes);
    let anchors = [dunia.jangkar.clone()];
    for (what, other) in [
        ("line ends of another system", (|text| text.replace('\n', "\r\n")) as fn(&str) -> String),
        ("no end of the last line", |text| text.trim_end().to_owned()),
    ] {
        let mut forged = files.clone();
        let bytes = of(&mut forged, JANGKAR);
        *bytes = other(std::str::from_utf8(bytes).expect("it is text")).into_bytes();
        let told = refused(&listed(forged, Kunci::Server), &anchors);
        assert!(told.starts_with("jangkar.txt") && told.contains("sudah diubah"), "{what}: {told}");
    }
    // A signature in large letters is the same number.
    for name in [JANGKAR, MANIFES] {
        let mut forged = files.clone();
        let bytes = of(&mut forged, name);
        let text = String::from_utf8(bytes.clone()).expect("it is text");
        let (before, signature) = text.rsplit_once("tanda ").expect("it is signed");
        *bytes = format!("{before}tanda {}", signature.to_uppercase()).into_bytes();
        assert!(signature.to_uppercase() != signature, "{signature}");
        let told = refused(&zipped(&forged), &anchors);
        assert!(told.starts_with(name), "{told}");
    }
}

#[test]
fn a_bomb_is_given_up_before_it_is_read() {
    let dunia = jadi();
    let files = unpack(&dunia.bytes);
    let huge = vec![b'a'; 64 << 20];
    for name in ISI {
        let mut bomb = files.clone();
        *of(&mut bomb, name) = huge.clone();
        let bytes = zipped(&bomb);
        assert!(bytes.len() < 1 << 20);
        let told = refused(&bytes, std::slice::from_ref(&dunia.jangkar));
        // What may be long is compared as it streams by; of anything else no more is kept than it may have.
        let streamed = name == "BACA-SAYA.txt" && told.contains("bukan berkas yang didaftar");
        assert!(streamed || told.contains("terlalu besar") || told.contains("terlalu panjang"), "{told}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_byte_that_was_changed_in_any_file_is_noticed(file in 0..ISI.len(), at in any::<prop::sample::Index>(), to in any::<u8>()) {
        let files = unpack(&jadi().bytes);
        let jangkar = &jadi().jangkar;
        let mut forged = files.clone();
        let bytes = &mut forged[file].1;
        let at = at.index(bytes.len());
        prop_assume!(bytes[at] != to);
        bytes[at] = to;
        prop_assert!(checked(&zipped(&forged), std::slice::from_ref(jangkar)).is_err());
        // Also under a list that names the forged file, where the list itself can still be read.
        if forged[file].0 != MANIFES && forged[file].0 != "BACA-SAYA.txt" {
            prop_assert!(checked(&listed(forged, Kunci::Server), std::slice::from_ref(jangkar)).is_err());
        }
    }

}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn a_line_holds_any_text_in_its_cells_and_ends_once(texts in prop::collection::vec(".{0,40}", 20)) {
        let db = testing::db(None);
        for (urut, text) in texts.iter().enumerate() {
            let isi = Keadaan { layanan: format!("{text}\n{text}"), teknis: text.clone(), ..keadaan(urut, "ajukan", "draf", "diajukan") };
            step(&db, NOW - DAY, &isi);
        }
        let jangkar = anchor(&db, NOW - DAY, Kunci::Server);
        let bytes = pack(&db, Kunci::Server);
        let told = checked(&bytes, &[jangkar]);
        prop_assert!(told.is_ok(), "{told:?}");
        let mut files = unpack(&bytes);
        prop_assert_eq!(lines(of(&mut files, "permohonan.csv")).len(), 21);
    }
}

#[test]
fn a_write_without_the_key_of_the_chain_is_refused() {
    let db = testing::db(None);
    let done = db.write(&testing::by(Moment(NOW)), Keys::none(), |tx| {
        let by = Pelaku { kunci: "pegawai:1".into(), nama: "Budi".into() };
        tx.audit_in(RANTAI, by, &Entry::new(LANGKAH, "perizinan_rantai", "1")).map(drop)
    });
    assert!(done.is_err(), "{done:?}");
}
