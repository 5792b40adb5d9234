//! What disposal changes: the list, its files, their stage, the trail. Inside one transaction.

use praja_desk::{attachments, klasifikasi::Nasib};
use praja_kernel::{Date, Id};
use praja_module::{Problem, Upload};
use praja_store::{Tx, audit::Entry};
use serde::{Deserialize, Serialize};

use super::{Baris, Jenis, Keputusan, Langkah, MOST, Refusal, Surat, Susut, erase, go, store};
use crate::arsip::{Berkas, Persetujuan, Tahap, store as files};

/// The table, which names a list in the audit trail.
pub(crate) const TABLE: &str = "eoffice_susut";

/// The name of a list in the audit trail and of what is attached to it.
pub(crate) fn objek(id: Id) -> String {
    format!("{TABLE}:{id}")
}

fn entry(act: &'static str, susut: &Susut) -> Entry {
    Entry::new(act, TABLE, susut.id).with("daftar", susut.nomor).with("jenis", susut.jenis.as_str())
}

fn on_file(act: &'static str, berkas: &Berkas, susut: &Susut) -> Entry {
    Entry::new(act, crate::arsip::write::TABLE, berkas.id).with("berkas", berkas.nomor).with("daftar", susut.nomor)
}

fn save_file(tx: &mut Tx<'_>, berkas: &Berkas) -> Result<(), Problem> {
    if files::update(tx, berkas)? { Ok(()) } else { Err(Problem::Conflict) }
}

fn save(tx: &mut Tx<'_>, susut: &Susut) -> Result<(), Problem> {
    if store::update(tx, susut)? { Ok(()) } else { Err(Problem::Conflict) }
}

/// Begins a list.
pub(crate) fn begin(tx: &mut Tx<'_>, opd: Id, jenis: Jenis, whose: Option<Persetujuan>) -> Result<Susut, Problem> {
    let susut = store::insert(tx, opd, jenis, whose)?;
    tx.audit(&entry("eoffice.create-penyusutan", &susut))?;
    Ok(susut)
}

/// Puts files into a list that is still drawn up.
///
/// # Errors
/// [`Refusal::Fixed`], [`Refusal::Full`], or [`Refusal::NotFit`] for the first file that has no place in it.
pub(crate) fn add(tx: &mut Tx<'_>, mut susut: Susut, chosen: &[Id], today: Date) -> Result<(), Problem> {
    if !susut.is_open() {
        return Err(Problem::refused(Refusal::Fixed));
    }
    for id in chosen {
        let mut berkas = files::find(tx, &[susut.opd], *id)?.ok_or(Problem::NotFound)?;
        susut.fits(&berkas, today).map_err(Problem::refused)?;
        if berkas.susut == Some(susut.id) {
            continue;
        }
        if susut.jumlah >= i64::try_from(MOST).unwrap_or(i64::MAX) {
            return Err(Problem::refused(Refusal::Full));
        }
        store::add(tx, susut.id, berkas.id)?;
        berkas.susut = Some(susut.id);
        save_file(tx, &berkas)?;
        susut.jumlah += 1;
        tx.audit(&on_file("eoffice.list-berkas", &berkas, &susut))?;
    }
    save(tx, &susut)
}

/// Takes a file out of a list that is still drawn up.
///
/// # Errors
/// [`Refusal::Fixed`].
pub(crate) fn take_out(tx: &mut Tx<'_>, mut susut: Susut, baris: Baris) -> Result<(), Problem> {
    if !susut.is_open() {
        return Err(Problem::refused(Refusal::Fixed));
    }
    store::take_out(tx, susut.id, baris.berkas.id)?;
    let berkas = Berkas { susut: None, ..baris.berkas };
    save_file(tx, &berkas)?;
    susut.jumlah -= 1;
    save(tx, &susut)?;
    Ok(tx.audit(&on_file("eoffice.unlist-berkas", &berkas, &susut))?)
}

/// Notes what the panel decided about a file, before its judgement is noted as a whole.
///
/// # Errors
/// [`Refusal::Fixed`].
pub(crate) fn decide(tx: &mut Tx<'_>, susut: &Susut, baris: &Baris, keputusan: Keputusan, alasan: &str) -> Result<(), Problem> {
    if !susut.is_open() || susut.jenis != Jenis::Musnah {
        return Err(Problem::refused(Refusal::Fixed));
    }
    store::decide(tx, susut.id, baris.berkas.id, keputusan, Some(alasan).filter(|text| !text.is_empty()))?;
    // Two officers at one list: whoever goes on from an older page is told.
    save(tx, susut)?;
    let act = on_file("eoffice.decide-berkas", &baris.berkas, susut).with("keputusan", keputusan.as_str());
    Ok(tx.audit(&if alasan.is_empty() { act } else { act.because(alasan) })?)
}

/// Goes one step on, by its paper.
///
/// # Errors
/// [`Refusal`].
pub(crate) fn step(
    tx: &mut Tx<'_>,
    mut susut: Susut,
    langkah: Langkah,
    surat: &Surat,
    papers: &[Upload],
    today: Date,
) -> Result<(), Problem> {
    susut.status = go(susut.jenis, susut.status, langkah).map_err(Problem::refused)?;
    let lines = store::baris(tx, susut.id, 0, MOST)?;
    if lines.is_empty() && langkah != Langkah::Batalkan {
        return Err(Problem::refused(Refusal::Empty));
    }
    if (susut.jenis, langkah) == (Jenis::Musnah, Langkah::BeritaAcara) && papers.is_empty() {
        return Err(Problem::refused(Refusal::NoPaper));
    }
    match langkah {
        Langkah::Nilai => judge(tx, &mut susut, lines, today)?,
        Langkah::BeritaAcara => finish(tx, &susut, lines, surat, today)?,
        Langkah::Batalkan => {
            for one in lines.into_iter().filter(|one| one.berkas.susut == Some(susut.id)) {
                save_file(tx, &Berkas { susut: None, ..one.berkas })?;
            }
        }
        Langkah::Setujui | Langkah::Tetapkan => {}
    }
    store::insert_langkah(tx, susut.id, langkah, surat)?;
    attachments::attach_all(tx, &objek(susut.id), &[format!("opd:{}", susut.opd)], papers, false)?;
    save(tx, &susut)?;
    let act = match langkah {
        Langkah::Nilai => "eoffice.judge-penyusutan",
        Langkah::Setujui => "eoffice.approve-penyusutan",
        Langkah::Tetapkan => "eoffice.decide-penyusutan",
        Langkah::BeritaAcara => "eoffice.finish-penyusutan",
        Langkah::Batalkan => "eoffice.cancel-penyusutan",
    };
    let act = entry(act, &susut).with("isi", susut.jumlah);
    Ok(tx.audit(&match langkah {
        Langkah::Batalkan => act.because(&surat.catatan),
        _ => act.with("surat", &surat.nomor).with("tanggal", surat.tanggal),
    })?)
}

/// What the panel spares leaves the list; what it wants kept for ever is handed over later.
fn judge(tx: &mut Tx<'_>, susut: &mut Susut, lines: Vec<Baris>, today: Date) -> Result<(), Problem> {
    let mut going = 0;
    for line in lines {
        susut.fits(&line.berkas, today).map_err(Problem::refused)?;
        let Some(decided) = line.decided() else {
            return Err(Problem::refused(Refusal::Undecided(line.berkas.nama)));
        };
        let mut berkas = line.berkas;
        match decided {
            Keputusan::Musnah => {
                store::decide(tx, susut.id, berkas.id, decided, line.alasan.as_deref())?;
                going += 1;
                continue;
            }
            Keputusan::Permanen => {
                berkas.masa.nasib = Nasib::Permanen;
                berkas.masa.nasib_teks = format!("Permanen menurut panitia penilai, daftar nomor {}", susut.nomor);
            }
            Keputusan::Tetap => {}
        }
        berkas.susut = None;
        save_file(tx, &berkas)?;
        susut.jumlah -= 1;
    }
    if going == 0 { Err(Problem::refused(Refusal::NoneGoes)) } else { Ok(()) }
}

/// What the background erases by.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Payload {
    /// The list.
    pub(crate) susut: Id,
}

/// Every file of the list reaches the stage the berita acara says.
fn finish(tx: &mut Tx<'_>, susut: &Susut, lines: Vec<Baris>, surat: &Surat, today: Date) -> Result<(), Problem> {
    for line in lines.into_iter().filter(|line| line.berkas.susut == Some(susut.id)) {
        susut.fits(&line.berkas, today).map_err(Problem::refused)?;
        let mut berkas = Berkas { susut: None, ..line.berkas };
        let act = match susut.jenis {
            Jenis::Pindah => {
                berkas.tahap = Tahap::Inaktif;
                berkas.lokasi = Some(surat.tempat.clone());
                "eoffice.move-berkas"
            }
            Jenis::Musnah => {
                berkas.tahap = Tahap::Musnah;
                "eoffice.destroy-berkas"
            }
            Jenis::Serah => {
                berkas.tahap = Tahap::Permanen;
                "eoffice.hand-berkas"
            }
        };
        save_file(tx, &berkas)?;
        tx.audit(&on_file(act, &berkas, susut).with("berita_acara", &surat.nomor))?;
    }
    if susut.jenis == Jenis::Musnah {
        let now = tx.now()?;
        tx.enqueue(erase::JOB, &Payload { susut: susut.id }, now, Some(&format!("{}:{}", erase::JOB, susut.id)))?;
    }
    Ok(())
}
