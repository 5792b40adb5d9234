//! Who sees a letter because of an order, and who no longer does.

use praja_desk::attachments;
use praja_kernel::Sifat;
use praja_store::{Result, Tx};

use super::super::{Status, Tujuan, pokok::Pokok, store};
use crate::{
    kerja::Kerja,
    objek,
    sekretaris::hak,
    surat_masuk::{SuratMasuk, pages::form::found_by, store as letters},
};

/// The subjects who may see a letter because of these recipients. Biasa: the whole unit. Otherwise the posts alone.
pub(crate) fn subjects(sifat: Sifat, tujuan: &[Tujuan]) -> Vec<String> {
    let mut all: Vec<String> = tujuan.iter().map(|one| format!("jabatan:{}", one.kepada)).collect();
    if sifat == Sifat::Biasa {
        all.extend(tujuan.iter().map(|one| format!("opd:{}", one.opd)));
    }
    all.sort();
    all.dedup();
    all
}

/// The recipients see what the order is on; a letter also those who work at their side.
pub(super) fn share(tx: &mut Tx<'_>, kerja: &Kerja, pokok: &Pokok, sifat: Sifat, tujuan: &[Tujuan]) -> Result<()> {
    let surat = match pokok {
        Pokok::Surat(surat) => surat,
        // A naskah goes from post to post, as it was sent.
        Pokok::Naskah(dinas) => {
            let posts: Vec<String> = tujuan.iter().map(|one| format!("jabatan:{}", one.kepada)).collect();
            return dinas.share(tx, kerja, &posts);
        }
    };
    let mut all = subjects(sifat, tujuan);
    for one in tujuan {
        let aides = hak::aides_of(tx, one.kepada, kerja.today, sifat)?;
        all.extend(aides.into_iter().map(|aide| format!("jabatan:{aide}")));
    }
    share_with(tx, surat, sifat, &all)
}

/// Lets subjects see a letter with its scans, and find it where letters can be found.
pub(crate) fn share_with(tx: &mut Tx<'_>, surat: &SuratMasuk, sifat: Sifat, subjects: &[String]) -> Result<()> {
    letters::allow(tx, surat, subjects)?;
    attachments::grant(tx, &objek(surat.id), subjects)?;
    if sifat.is_secret() {
        return letters::allow_opening(tx, surat.id, subjects);
    }
    let everybody = letters::readers_of(tx, surat.id)?;
    tx.index_later(&found_by(surat, everybody))
}

/// Taken back before it was read: whoever has no other reason to see the letter does not see it any more.
pub(super) fn unshare(tx: &mut Tx<'_>, kerja: &Kerja, pokok: &Pokok, tujuan: &Tujuan) -> Result<()> {
    match pokok {
        Pokok::Surat(surat) => unshare_letter(tx, kerja, surat, tujuan),
        Pokok::Naskah(dinas) => {
            let others = store::tujuan_of_surat(tx, dinas.naskah.id)?;
            let holds = |one: &Tujuan| {
                let counts = one.id != tujuan.id && one.status != Status::Ditarik && one.status != Status::Konsep;
                one.dari == tujuan.kepada || (counts && one.kepada == tujuan.kepada)
            };
            if others.iter().any(holds) || dinas.has_reason(tx, tujuan.kepada)? {
                return Ok(());
            }
            dinas.unshare(tx, kerja, &[format!("jabatan:{}", tujuan.kepada)])
        }
    }
}

fn unshare_letter(tx: &mut Tx<'_>, kerja: &Kerja, surat: &SuratMasuk, tujuan: &Tujuan) -> Result<()> {
    let others = store::tujuan_of_surat(tx, surat.id)?;
    let still = |one: &&Tujuan| one.id != tujuan.id && one.status != Status::Ditarik && one.status != Status::Konsep;
    let gave = others.iter().any(|one| one.dari == tujuan.kepada);
    let left: Vec<&Tujuan> = others.iter().filter(still).collect();
    let mut gone = Vec::new();
    let holds = surat.penerima == Some(tujuan.kepada) || surat.pencatat == Some(tujuan.kepada);
    if !gave && !holds && left.iter().all(|one| one.kepada != tujuan.kepada) {
        gone.push(format!("jabatan:{}", tujuan.kepada));
    }
    if tujuan.opd != surat.opd && left.iter().all(|one| one.opd != tujuan.opd) {
        gone.push(format!("opd:{}", tujuan.opd));
    }
    for aide in hak::aides_of(tx, tujuan.kepada, kerja.today, Sifat::Biasa)? {
        if !hak::has_reason(tx, surat, &others, aide, kerja.today)? {
            gone.push(format!("jabatan:{aide}"));
        }
    }
    letters::disallow(tx, surat.id, &gone)?;
    attachments::withdraw(tx, &objek(surat.id), &gone)?;
    if !surat.isi.sifat.is_secret() {
        let everybody = letters::readers_of(tx, surat.id)?;
        tx.index_later(&found_by(surat, everybody))?;
    }
    Ok(())
}
