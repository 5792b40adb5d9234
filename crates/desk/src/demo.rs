//! What a trainer finds on the desk of a contoh Instance: correspondents, a register with numbers of every kind, complaints in every
//! state, answers to a survey, and documents to verify. A function of the anchor day; run again, it changes nothing.

use praja_identity::opd::{self, Opd};
use praja_kernel::{Date, Id, Sifat};
use praja_module::{Demo, Instance, Message, MessageKind, Problem, Upload};
use praja_store::{By, Keys, Result, StoreError, Tx};

use crate::{
    attachments, complaints, instansi, notices,
    registers::{self, Keeping, naskah},
    satisfaction::{self, About, Answers},
    ukur::{self, Angka, Dengan},
    verify,
};

/// What the sample documents of the public page belong to.
pub(crate) const CONTOH: &str = "desk_contoh:verifikasi";

/// Outside agencies of a fictional neighbourhood.
const INSTANSI: [(&str, &str, &str); 10] = [
    ("Kementerian Dalam Negeri", "pusat", "persuratan@kemendagri.example"),
    ("Kementerian Kesehatan", "pusat", ""),
    ("Badan Kepegawaian Negara", "pusat", ""),
    ("Dinas Kesehatan Provinsi", "provinsi", "tu@dinkesprov.example"),
    ("Sekretariat Daerah Kabupaten Tetangga Jaya", "daerah", ""),
    ("Pemerintah Desa Suka Maju", "desa", ""),
    ("Kepolisian Resor Contoh Raya", "vertikal", ""),
    ("Universitas Nusa Lestari", "pendidikan", "rektorat@unl.example"),
    ("PT Bahtera Sentosa", "usaha", ""),
    ("Yayasan Kasih Bangsa", "organisasi", ""),
];

/// Complaints: kind, words, name, kept from the OPD, how far.
const PENGADUAN: [(&str, &str, &str, bool, u8); 6] = [
    (
        "pelayanan",
        "Loket pendaftaran puskesmas tutup sebelum pukul 14.00 pada hari Senin padahal antrean masih panjang.",
        "Yohana Bria",
        false,
        0,
    ),
    (
        "informasi",
        "Apa saja syarat mengurus rekomendasi izin praktik bidan, dan berapa lama prosesnya?",
        "Robertus Seran",
        false,
        1,
    ),
    (
        "pelayanan",
        "Surat rujukan ibu saya tertulis nama yang salah dan sudah dua kali diminta diperbaiki.",
        "Siti Halimah",
        false,
        2,
    ),
    (
        "pengawasan",
        "Petugas meminta biaya tambahan yang tidak ada pada papan tarif saat mengambil hasil laboratorium.",
        "Pelapor",
        true,
        0,
    ),
    (
        "aspirasi",
        "Mohon posyandu di dusun kami dijadwalkan pada hari Sabtu agar ayah dapat ikut mengantar.",
        "Made Suardana",
        false,
        3,
    ),
    ("pelayanan", "Jadwal imunisasi pada situs tidak sama dengan jadwal yang ditempel di puskesmas.", "Ngatinem", false, 4),
];

/// Loads everything; what is there already is left alone.
pub(crate) fn load(demo: &Demo<'_>) -> Result<()> {
    let (instance, anchor) = (demo.instance, demo.anchor);
    let by = instance.by_system("desk.load-demo");
    instance.db.write(&by, Keys::none(), crate::install)?;
    let all = instance.db.read(opd::list_active)?;
    let Some(office) = all.iter().find(|opd| opd.singkatan == "Dinkes").or_else(|| all.first()).cloned() else { return Ok(()) };
    if instance.db.read(|tx| instansi::find(tx, INSTANSI[0].0))?.is_some() {
        return Ok(());
    }
    instance.db.write(&by, Keys::none(), welcome)?;
    correspondents(instance, &by)?;
    numbers(instance, &by, &office, anchor)?;
    complaints(instance, &by, office.id, anchor)?;
    answers(instance, &by, office.id, anchor)?;
    instance.db.write(&by, Keys::none(), lines)?;
    documents(instance, &by, &office, anchor)?;
    crate::data_pribadi::demo::load(demo)
}

/// A first notice for every post, so that a training shows what notices look like.
fn welcome(tx: &mut Tx<'_>) -> Result<()> {
    for opd in opd::list_active(tx)? {
        let message = Message::new(MessageKind::Kabar, format!("opd:{}", opd.id), "Ruang latihan siap dipakai", "/")
            .body("Semua data di sini contoh. Cobalah mencatat surat, memberi disposisi, dan mencari naskah.");
        notices::tell(tx, &message)?;
    }
    Ok(())
}

/// Lines of offices, from a good one to one over which nobody can work all day: answers in ms (middle, slowest), kbit a second down and up.
const JALUR: [(u64, u64, u64, u64); 4] =
    [(12, 38, 24_000, 8_600), (45, 160, 6_100, 1_350), (180, 640, 1_150, 210), (620, 1_900, 190, 48)];

/// A few measurements of the first offices.
fn lines(tx: &mut Tx<'_>) -> Result<()> {
    for (opd, line) in opd::list_active(tx)?.iter().zip(JALUR.iter().cycle()).take(2 * JALUR.len()) {
        let (p50, p95, down, up) = *line;
        for round in 0..2 {
            let (p50_us, p95_us) = (p50 * 1_000 + round * 700, p95 * 1_000 + round * 3_100);
            let angka = Angka {
                p50_us,
                p95_us,
                goyah_us: p50_us / 4,
                unduh_kbit: Some(down - round * 7),
                unggah_kbit: Some(up + round * 5),
            };
            ukur::keep(tx, opd.id, &angka, Dengan::Skrip)?;
        }
    }
    Ok(())
}

fn correspondents(instance: &Instance, by: &By) -> Result<()> {
    instance.db.write(by, Keys::none(), |tx| {
        for (nama, jenis, email) in INSTANSI {
            let draft = instansi::check(nama, jenis, "", email, "").map_err(|e| StoreError::Corrupt(e.to_string()))?;
            instansi::add(tx, &draft).map_err(fault)?;
        }
        Ok(())
    })
}

/// A register as it looks after a few days of work: used, kept, set aside, cancelled, and one from paper.
fn numbers(instance: &Instance, by: &By, office: &Opd, anchor: Date) -> Result<()> {
    let kinds = naskah::shipped()?;
    let Some(kind) = kinds.into_iter().find(|kind| kind.kode == "surat-dinas") else { return Ok(()) };
    let keeping = Keeping::of(&kind, office.id, anchor);
    let (keys, unit, opd) = (keeping.keys(), office.singkatan.to_uppercase(), office.id);
    instance.db.write(by, keys, move |tx| {
        let book = keeping.register();
        let ask = |objek| registers::Ask { opd, unit: &unit, jenis: &kind, tanggal: anchor, klas: "000.1.2", aman: "B", objek };
        for objek in ["desk_contoh:1", "desk_contoh:2", "desk_contoh:3"] {
            registers::draw_for(tx, &ask(objek), anchor).map_err(fault)?;
        }
        let kept = registers::reserve_for(tx, &ask("desk_contoh:4"), anchor).map_err(fault)?;
        registers::cancel(tx, &book, kept.urut, "Surat tidak jadi dikirim").map_err(fault)?;
        registers::reserve_for(tx, &ask("desk_contoh:5"), anchor).map_err(fault)?;
        registers::set_aside(tx, &book, anchor, 3).map_err(fault)?;
        let last = registers::last(tx, &book)?;
        registers::record_outside(tx, &ask(""), last + 1, "Undangan rapat untuk camat", anchor).map_err(fault)?;
        Ok(())
    })
}

fn complaints(instance: &Instance, by: &By, opd: Id, anchor: Date) -> Result<()> {
    let photos = [photo(instance, "loket-1.jpg", 0)?, photo(instance, "loket-2.jpg", 90)?];
    let hari = instance.db.read(|tx| complaints::Hari::of(tx, anchor))?;
    let guarded = guarded(instance, opd)?;
    instance.db.write(by, complaints::keys(anchor), move |tx| {
        for draft in &guarded {
            complaints::file(tx, draft, anchor, &hari)?;
        }
        for (at, (jenis, isi, nama, disembunyikan, how_far)) in PENGADUAN.iter().enumerate() {
            let draft = complaints::Draft {
                jenis: complaints::Jenis::Pelayanan,
                opd: Some(opd),
                isi: (*isi).to_owned(),
                lokasi: if at == 0 { "Puskesmas Kota".into() } else { String::new() },
                // Whoever asked not to be named did not sign in either.
                pelapor: if *disembunyikan {
                    String::new()
                } else {
                    praja_identity::demo::citizen(tx, nama)?.unwrap_or_default()
                },
                nama: (*nama).to_owned(),
                kontak: "0800000000".into(),
                disembunyikan: *disembunyikan,
                ..complaints::Draft::default()
            };
            let draft = complaints::check(draft, jenis).map_err(|e| StoreError::Corrupt(e.to_string()))?;
            let filed = complaints::file(tx, &draft, anchor, &hari)?;
            if at == 0 {
                let subjects = complaints::readers(tx, Some(opd))?;
                attachments::attach_all(tx, &complaints::objek(filed.id), &subjects, &photos, false).map_err(fault)?;
            }
            let answer = "Terima kasih. Jadwal sudah kami perbaiki dan petugas sudah kami ingatkan.".to_owned();
            let acts = match how_far {
                0 => vec![],
                1 => vec![complaints::Act::Terima],
                2 => vec![complaints::Act::Terima, complaints::Act::Jawab(answer)],
                3 => vec![complaints::Act::Jawab(answer), complaints::Act::Selesai],
                _ => vec![complaints::Act::Tolak("Situs itu bukan milik pemerintah daerah.".into())],
            };
            for act in acts {
                if let Some(before) = complaints::get(tx, filed.id)? {
                    complaints::act(tx, &before, &act, &hari).map_err(fault)?;
                }
            }
        }
        Ok(())
    })
}

/// One about an officer, by somebody who gave a name, and a report to the inspectorate by somebody unnamed.
fn guarded(instance: &Instance, opd: Id) -> Result<[complaints::Draft; 2]> {
    let plain = complaints::Draft { opd: Some(opd), ..complaints::Draft::default() };
    let about = complaints::Draft {
        isi: "Petugas pendaftaran membentak ibu saya karena salah mengisi formulir pada Kamis pagi.".into(),
        nama: "Maria Seran".into(),
        kontak: "0800000001".into(),
        teradu: "Petugas pendaftaran di loket 2".into(),
        ..plain.clone()
    };
    let report = complaints::Draft {
        isi: "Ada yang meminta uang tunai agar surat rekomendasi keluar lebih cepat dari antrean.".into(),
        anonim: true,
        wbs: true,
        ..plain
    };
    let ready = |draft, jenis| {
        let draft = complaints::check(draft, jenis).map_err(|e| StoreError::Corrupt(e.to_string()))?;
        draft.protect(instance.keys())
    };
    Ok([ready(about, "pelayanan")?, ready(report, "pengawasan")?])
}

/// A drawn picture in place of a photograph.
fn photo(instance: &Instance, name: &str, shade: u8) -> Result<Upload> {
    let picture = image::RgbImage::from_fn(480, 320, |x, y| {
        let band = u8::try_from((x / 24 + y / 24) % 5).unwrap_or(0) * 20;
        image::Rgb([shade.saturating_add(60), 120_u8.saturating_add(band), 150])
    });
    let mut out = std::io::Cursor::new(Vec::new());
    let written = image::DynamicImage::ImageRgb8(picture).write_to(&mut out, image::ImageFormat::Jpeg);
    written.map_err(|e| StoreError::Corrupt(e.to_string()))?;
    let bytes = out.into_inner();
    let blob = instance.blobs.put(&mut bytes.as_slice(), u64::MAX).map_err(|e| StoreError::Unavailable(e.to_string()))?;
    Ok(Upload { field: "bukti".into(), name: name.into(), head: bytes[..bytes.len().min(512)].to_vec(), blob })
}

fn answers(instance: &Instance, by: &By, opd: Id, anchor: Date) -> Result<()> {
    let month = format!("{}-{:02}", anchor.year(), anchor.month());
    instance.db.write(by, Keys::none(), move |tx| {
        for number in 0..24_u8 {
            let layanan = if number % 3 == 0 { "Rekomendasi izin praktik" } else { "Pendaftaran puskesmas" };
            let about = About { objek: format!("desk_contoh:survei-{number}"), opd, layanan: layanan.into(), gratis: false };
            // The waiting time (U3) is what people are least content with.
            let nilai = (0..9).map(|unsur| Some(if unsur == 2 { 2 + number % 2 } else { 3 + (number + unsur) % 2 })).collect();
            let saran = if number % 8 == 0 { "Mohon loket dibuka tepat waktu." } else { "" };
            let given = Answers { nilai, saran: saran.into(), ..Answers::default() };
            satisfaction::answer(tx, &about, &given, &about.objek, &month)?;
        }
        Ok(())
    })
}

fn documents(instance: &Instance, by: &By, office: &Opd, anchor: Date) -> Result<()> {
    let issuer = verify::Issuer::of(instance);
    let (opd_nama, unit, at) = (office.nama.clone(), office.singkatan.to_uppercase(), instance.now());
    instance.db.write(by, Keys::none(), move |tx| {
        let new = |urut: i64, sifat: Sifat| verify::New {
            objek: CONTOH.into(),
            jenis: "Surat Tugas".into(),
            nomor: format!("000.1.2/{urut}/{unit}"),
            tanggal: anchor,
            hal: "Pembinaan posyandu".into(),
            sifat,
            jabatan: format!("Kepala {opd_nama}"),
            penandatangan: "Pejabat Contoh".into(),
            opd_nama: opd_nama.clone(),
            tanda_tangan: verify::TandaTangan::Lokal,
            ditandatangani: Some(at),
            sidik: None,
        };
        let old = verify::issue(tx, &issuer, &new(101, Sifat::Biasa))?;
        let replacing = verify::issue(tx, &issuer, &new(102, Sifat::Biasa))?;
        verify::issue(tx, &issuer, &new(103, Sifat::Terbatas))?;
        verify::revoke(tx, &old.token, "Salah menuliskan nama pegawai", Some(&replacing.token)).map_err(fault)
    })
}

/// A rule said no to what is written here: a fault of ours, which the test of the demo shows.
fn fault(problem: Problem) -> StoreError {
    StoreError::Corrupt(format!("demo of the desk: {problem:?}"))
}

#[cfg(test)]
mod tests {
    use crate::testing::{Office, text};

    #[actix_web::test]
    async fn a_trainer_finds_something_on_every_page_of_the_desk() {
        let office = Office::with_demo();
        for (page, words) in [
            ("/desk/instansi", "Universitas Nusa Lestari"),
            ("/desk/register?tahun=2026", "Naskah surat"),
            ("/desk/pengaduan", "2026-00001"),
            ("/desk/kepuasan", "Kepuasan masyarakat"),
            ("/v", "Contoh naskah"),
        ] {
            let body = text(office.get(page).await).await;
            assert!(body.contains(words), "{page}");
        }
        // The pictures of a complaint are for whoever answers it, not for every officer who knows the address.
        let first = office.instance.db.read(|tx| {
            let one = crate::complaints::store::list(
                tx,
                crate::complaints::store::Bagian::Semua(crate::complaints::Jalur::Biasa),
                crate::complaints::Status::Masuk,
                None,
                None,
                10,
            )?;
            one.iter().map(|one| crate::attachments::of(tx, &crate::complaints::objek(one.id))).collect::<Result<Vec<_>, _>>()
        });
        let picture = first.unwrap().into_iter().flatten().next().expect("a complaint with pictures");
        assert_eq!(office.get(&picture.href()).await.status(), 404);
        // A citizen of the regency filed this one, signed in; who wished to stay unknown did not sign in.
        let filed = office.instance.db.read(|tx| {
            use crate::complaints::{
                Jalur, Status,
                store::{Bagian, list},
            };
            let all = Bagian::Semua(Jalur::Biasa);
            let taken_up = list(tx, all, Status::Verifikasi, None, None, 10)?;
            Ok::<_, praja_store::StoreError>((taken_up, list(tx, all, Status::Masuk, None, None, 10)?))
        });
        let (taken_up, new) = filed.unwrap();
        assert!(taken_up.iter().any(|one| one.nama == "Robertus Seran" && one.pelapor.starts_with("warga:")), "{taken_up:?}");
        assert!(new.iter().any(|one| one.disembunyikan && one.pelapor.is_empty()), "{new:?}");
        let sample = text(office.get("/v").await).await;
        let tokens: Vec<&str> = sample.split("href=\"/v/").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(tokens.len() >= 3, "{tokens:?}");
    }
}
