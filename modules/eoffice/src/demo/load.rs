use std::{collections::BTreeMap, fmt::Write, sync::Arc};

use praja_desk::{
    attachments, calendar, instansi,
    registers::{self, RegisterKey},
    tasks,
};
use praja_identity::{jabatan, opd};
use praja_kernel::{Date, Id, Moment, Zona};
use praja_module::{Demo, Instance, Problem, Upload};
use praja_store::{By, Db, Keys, PutError, Result, StoreError, Tx, audit::Entry};
use sha2::{Digest, Sha256};

use super::{
    acara, arsip,
    chain::{Bawahan, Perintah},
    generator::{Generator, Lahir, Office},
    kirim, naskah,
    phrases::Phrases,
    scan, store,
};
use crate::{
    AGENDA, TABLE, arah,
    disposisi::{
        calon::{self, Calon},
        store as orders,
        write::{PAGE, objek_tujuan, subjects},
    },
    hitung::{self, Jenis},
    kerja::judul_for,
    objek,
    sekretaris::{self, Sekretaris},
    surat_masuk::{Desks, Status, SuratMasuk, nomor_agenda, pages::form, readers, store as letters, write::leader_verb},
};

/// Letters of one write: imports are staged, so that nobody waits for the writer.
const STAGE: u64 = 500;
/// The youngest letters are put into the search index and the inbox; two million would only slow the first start.
const INDEXED: u64 = 2000;
/// The youngest letters have a scan.
const SCANNED: u64 = 200;
/// Letters of one write when they get their scans.
const SCANNED_STAGE: usize = 25;
/// Letters of one write when they are indexed, too.
const INDEXED_STAGE: u64 = 30;

/// Fills the agenda books of every OPD. Run again, it goes on where it was cut off.
pub(crate) fn load(demo: &Demo<'_>) -> Result<()> {
    let instance = demo.instance;
    let anchor = demo.anchor;
    let (offices, calendar) = instance.db.read(|tx| Ok::<_, StoreError>((offices(tx, anchor)?, calendar::of(tx, anchor)?)))?;
    let settings = offices.clone();
    let senders = Phrases::shipped().pengirim.into_iter().map(|one| one.nama).collect::<Vec<_>>();
    let generator = Generator::new(demo.seed, anchor, demo.scale, offices, calendar, instance.zona);
    let by = instance.by_system("eoffice.load-demo");
    let total = generator.total();
    let papers: Vec<SuratMasuk> = (total.saturating_sub(SCANNED)..total).map(|index| generator.letter(index).surat).collect();
    load_into(&instance.db, &by, instance.zona, generator, demo.progress)?;
    scan(instance, &by, papers, demo.progress)?;
    let writers = settings.clone();
    instance.db.write(&by, Keys::none(), move |tx| {
        for nama in &senders {
            if instansi::find(tx, nama)?.is_none() {
                instansi::find_or_add(tx, nama)?;
            }
        }
        settle(tx, &settings, anchor)
    })?;
    naskah::load(demo, &writers)?;
    arsip::load(demo, &writers)?;
    kirim::load(demo, &writers)?;
    acara::load(demo, &writers)
}

/// The youngest letters get the paper they came on. Those that are only registered still wait for the scanner, and what came in a
/// closed envelope was never scanned.
fn scan(instance: &Instance, by: &By, papers: Vec<SuratMasuk>, progress: &dyn Fn(&str, u64, u64)) -> Result<()> {
    let papers: Vec<_> =
        papers.into_iter().filter(|surat| surat.status != Status::Tercatat && !surat.isi.sifat.is_secret()).collect();
    let total = papers.len() as u64;
    let mut done = 0;
    for some in papers.chunks(SCANNED_STAGE) {
        let mut uploads = Vec::with_capacity(some.len());
        for surat in some {
            let bytes = scan::pdf(surat, surat.isi.tujuan.as_deref().unwrap_or("Kepala Perangkat Daerah"));
            let blob = instance.blobs.put(&mut bytes.as_slice(), attachments::MAX_BYTES).map_err(|e| match e {
                PutError::Store(e) => e,
                other => StoreError::Corrupt(format!("a demo scan: {other:?}")),
            })?;
            let name = format!("surat-{}.pdf", surat.isi.tanggal_surat);
            uploads.push((surat.id, Upload { field: String::new(), name, head: bytes, blob }));
        }
        done += some.len() as u64;
        instance.db.write(by, Keys::none(), move |tx| {
            for (id, upload) in &uploads {
                let objek = objek(*id);
                if attachments::of(tx, &objek)?.is_empty() {
                    let readers = letters::readers_of(tx, *id)?;
                    attachments::attach(tx, &objek, &readers, upload).map_err(|problem| match problem {
                        Problem::Store(e) => e,
                        other => StoreError::Corrupt(format!("a demo scan: {other:?}")),
                    })?;
                }
            }
            Ok::<_, StoreError>(())
        })?;
        progress("Pindaian surat", done, total);
    }
    Ok(())
}

/// What the OPDs have set: aides where there is a post for one, and a rule that sends requests for data to the first post below.
fn settle(tx: &mut Tx<'_>, offices: &[Office], anchor: Date) -> Result<()> {
    for office in offices {
        let Some(kepala) = &office.kepala else { continue };
        if !arah::store::of_opd(tx, office.opd)?.is_empty() || !sekretaris::store::of_opd(tx, office.opd)?.is_empty() {
            continue;
        }
        for one in office.bawahan.iter().filter(|one| one.calon.nama_jabatan.starts_with("Sekretaris Pimpinan")) {
            let aide = Sekretaris {
                id: tx.new_id()?,
                pimpinan: kepala.jabatan,
                sekretaris: one.calon.jabatan,
                opd: office.opd,
                langsung: false,
                rahasia: false,
                mulai: anchor,
                sampai: None,
                versi: 1,
            };
            sekretaris::store::insert(tx, &aide)?;
            sekretaris::hak::hand_desk(tx, &aide)?;
        }
        // The leader of a unit below (a hospital, a puskesmas) keeps a book of its own and gets no mail of the dinas.
        let own: Vec<&Bawahan> = office.bawahan.iter().filter(|one| one.calon.opd == office.opd).collect();
        if let [first, _, ..] = own.as_slice() {
            let rule = (10, vec!["permintaan data".to_owned(), "permintaan laporan".to_owned()], Vec::new(), first.calon.jabatan);
            arah::store::insert(tx, office.opd, &rule)?;
        }
    }
    Ok(())
}

/// The OPDs that have posts: the registry is the post named for it, else the leader's own.
fn offices(tx: &mut Tx<'_>, anchor: Date) -> Result<Vec<Office>> {
    let mut offices = Vec::new();
    for opd in opd::list_active(tx)? {
        let posts = jabatan::list_of_opd(tx, opd.id)?;
        let Some(head) = posts.first() else { continue };
        let registry = ["Persuratan", "Tata Usaha", "Umum"]
            .iter()
            .find_map(|name| posts.iter().skip(1).find(|post| post.nama.contains(name)));
        let registry = registry.unwrap_or(head);
        let desks = Desks { tata_usaha: registry.id, pimpinan: Some(head.id) };
        let (kepala, bawahan) = (calon::of(tx, head, anchor)?, below(tx, head.id, anchor)?);
        offices.push(Office {
            opd: opd.id,
            desks,
            tata_usaha: registry.nama.clone(),
            bobot: bobot(opd.jenis),
            kepala: Some(kepala),
            bawahan,
        });
    }
    Ok(offices)
}

/// The posts below a leader that somebody holds, with those below them.
fn below(tx: &mut Tx<'_>, jabatan: Id, anchor: Date) -> Result<Vec<Bawahan>> {
    let held = |all: Vec<Calon>| all.into_iter().filter(|one| !one.pemegang.is_empty()).collect::<Vec<_>>();
    let mut all = Vec::new();
    for calon in held(calon::below(tx, jabatan, anchor)?) {
        let bawahan = held(calon::below(tx, calon.jabatan, anchor)?);
        all.push(Bawahan { calon, bawahan });
    }
    Ok(all)
}

/// A dinas gets far more mail than a kelurahan.
const fn bobot(jenis: opd::Jenis) -> usize {
    match jenis {
        opd::Jenis::Sekretariat | opd::Jenis::Inspektorat | opd::Jenis::Dinas | opd::Jenis::Badan => 8,
        opd::Jenis::Bagian => 5,
        opd::Jenis::KepalaDaerah | opd::Jenis::Kecamatan => 3,
        opd::Jenis::Kelurahan | opd::Jenis::Desa | opd::Jenis::Uptd => 1,
    }
}

pub(super) fn load_into(db: &Db, by: &By, zona: Zona, generator: Generator, progress: &dyn Fn(&str, u64, u64)) -> Result<()> {
    let generator = Arc::new(generator);
    let total = generator.total();
    let indexed_from = total.saturating_sub(INDEXED);
    let mut from = 0;
    while from < total {
        let indexed = from >= indexed_from;
        let to = if indexed { (from + INDEXED_STAGE).min(total) } else { (from + STAGE).min(indexed_from) };
        let letters: Vec<Lahir> = (from..to).map(|index| generator.letter(index)).collect();
        let mut books: Vec<RegisterKey> = Vec::new();
        for one in &letters {
            if !books.contains(&book(&one.surat)) {
                books.push(book(&one.surat));
            }
        }
        db.write(by, Keys::of(books.iter().map(RegisterKey::lock)), move |tx| stage(tx, &letters, indexed, zona))?;
        progress("Surat masuk", to, total);
        from = to;
    }
    Ok(())
}

fn book(surat: &SuratMasuk) -> RegisterKey {
    RegisterKey { opd: surat.opd, kelompok: AGENDA, tahun: surat.tahun }
}

/// One write: letters with their numbers and readers, and ONE audit row with count and hash for all of them. Whoever opens one of
/// the youngest reads in its trail that it was imported: nobody here registered it, so nothing claims that somebody did.
fn stage(tx: &mut Tx<'_>, letters: &[Lahir], indexed: bool, zona: Zona) -> Result<()> {
    let Some(first) = letters.first() else { return Ok(()) };
    if store::is_there(tx, first.surat.id)? {
        return Ok(());
    }
    let mut digest = Sha256::new();
    let mut numbered = Vec::with_capacity(letters.len());
    for Lahir { surat, desks, perintah } in letters {
        let drawn = registers::draw(tx, &book(surat), &objek(surat.id), |urut| nomor_agenda(urut, surat.tahun))?;
        let surat = SuratMasuk { agenda: drawn.urut, ..surat.clone() };
        digest.update(format!("{}\n{}\n{}\n{}\n", surat.id, drawn.nomor, surat.isi.asal, surat.isi.hal));
        let mut readers = readers(surat.opd, surat.isi.sifat, *desks);
        // Of two million letters only the youngest keep their orders; the others are history with their dates alone.
        if indexed {
            readers.extend(perintah.iter().flat_map(|(_, tujuan)| subjects(surat.isi.sifat, tujuan)));
            readers.extend(surat.penerima.map(|post| format!("jabatan:{post}")));
            readers.sort();
            readers.dedup();
        }
        numbered.push((surat, readers));
    }
    store::insert_many(tx, &numbered)?;
    count(tx, &numbered, zona)?;
    if indexed {
        for ((surat, readers), one) in numbered.iter().zip(letters) {
            tx.audit(&imported(surat))?;
            order(tx, surat, &one.perintah)?;
            announce(tx, surat, readers, one.desks, zona)?;
        }
    }
    let sidik = digest.finalize().iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    });
    tx.audit(&Entry::new("eoffice.import-surat-masuk", TABLE, "contoh").with("jumlah", letters.len()).with("sidik", sidik))
}

fn imported(surat: &SuratMasuk) -> Entry {
    let nomor = nomor_agenda(surat.agenda, surat.tahun);
    Entry::new("eoffice.import-surat-masuk", TABLE, surat.id).with("nomor_agenda", nomor).with("status", surat.status.as_str())
}

/// The figures of the statistics, one statement for each figure of a stage.
fn count(tx: &mut Tx<'_>, letters: &[(SuratMasuk, Vec<String>)], zona: Zona) -> Result<()> {
    let mut figures: BTreeMap<(Id, String, &'static str, i64), (Jenis, i64)> = BTreeMap::new();
    let mut add = |surat: &SuratMasuk, jenis: Jenis, nilai: i64| {
        let key = (surat.opd, hitung::bulan(zona.date(surat.created_at)), jenis.as_str(), nilai);
        figures.entry(key).or_insert((jenis, 0)).1 += 1;
    };
    for (surat, _) in letters {
        add(surat, Jenis::Masuk, 0);
        if let Some(given) = surat.disposisi_pada {
            // Of the time until the first order a letter spends a third on its way to the desk.
            let desk = Moment(surat.created_at.ms() + (given.ms() - surat.created_at.ms()) / 3);
            add(surat, Jenis::Arahan, hitung::jam(surat.created_at, desk));
            add(surat, Jenis::Meja, hitung::jam(desk, given));
            add(surat, Jenis::Disposisi, hitung::jam(surat.created_at, given));
            if let Some(end) = surat.selesai_pada {
                add(surat, Jenis::Selesai, hitung::jam(given, end));
            }
        }
    }
    for ((opd, bulan, _, nilai), (jenis, jumlah)) in figures {
        hitung::store::add(tx, opd, &bulan, jenis, nilai, jumlah)?;
    }
    Ok(())
}

/// The orders of a letter, and the tasks of those who must still act.
fn order(tx: &mut Tx<'_>, surat: &SuratMasuk, perintah: &[Perintah]) -> Result<()> {
    if surat.isi.sifat.is_secret()
        && let Some(post) = surat.penerima
    {
        letters::allow_opening(tx, surat.id, &[format!("jabatan:{post}")])?;
    }
    for (disposisi, tujuan) in perintah {
        orders::insert(tx, disposisi)?;
        orders::insert_tujuan(tx, tujuan)?;
        for one in tujuan.iter().filter(|one| one.status.is_open()) {
            let (untuk, kerja) = if one.status.presses() {
                (one.kepada, "Tindak lanjuti".to_owned())
            } else {
                (one.dari, format!("Periksa laporan {} atas", one.kepada_jabatan))
            };
            let judul = judul_for(tx, &kerja, surat, untuk)?;
            tasks::open(
                tx,
                &tasks::NewTask {
                    untuk: format!("jabatan:{untuk}"),
                    judul,
                    tautan: format!("{PAGE}/{}", one.id),
                    objek: objek_tujuan(one.id),
                    jatuh_tempo: one.batas,
                    sementara: disposisi.sementara,
                },
            )?;
        }
    }
    Ok(())
}

/// The youngest letters can be searched for, and what is open waits in an inbox.
fn announce(tx: &mut Tx<'_>, surat: &SuratMasuk, readers: &[String], desks: Desks, zona: Zona) -> Result<()> {
    if !surat.isi.sifat.is_secret() {
        tx.index(&form::found_by(surat, readers.to_vec()))?;
    }
    if surat.status == Status::Diarahkan
        && let Some(post) = surat.penerima
    {
        let due = zona.date(surat.tenggat);
        let judul = judul_for(tx, leader_verb(surat.isi.sifat), surat, post)?;
        tasks::open(
            tx,
            &tasks::NewTask {
                untuk: format!("jabatan:{post}"),
                judul,
                tautan: format!("{}/{}", crate::surat_masuk::pages::LIST, surat.id),
                objek: objek(surat.id),
                jatuh_tempo: Some(due),
                sementara: surat.tenggat_sementara,
            },
        )?;
        return Ok(());
    }
    // Where the leader keeps the books alone, nobody is sent to the scanner.
    if surat.status == Status::Tercatat
        && desks.pimpinan != Some(desks.tata_usaha)
        && let Some(task) = form::first_task(surat, desks, zona.date(surat.tenggat))
    {
        tasks::open(tx, &task)?;
    }
    Ok(())
}
