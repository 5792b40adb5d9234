//! What payments change. Inside one transaction.

use praja_kernel::{Date, DateTime, Id, Rupiah};
use praja_module::Problem;
use praja_store::{Tx, audit::Entry};

use super::{Cara, Pembayaran, Setoran, Status, may_decide, store};
use crate::skrd::{self, Refusal, Skrd};

/// The table, which names a payment in the audit trail.
pub(crate) const TABLE: &str = "perizinan_pembayaran";

fn entry(act: &'static str, one: &Pembayaran, nomor: &str) -> Entry {
    Entry::new(act, TABLE, one.id).with("skrd", nomor).with("jumlah", one.jumlah).with("referensi", &one.referensi)
}

/// A treasurer enters an STS; another confirms it.
///
/// # Errors
/// [`Refusal`]; needs [`skrd::write::keys`].
pub(crate) fn propose(tx: &mut Tx<'_>, skrd: &Skrd, setoran: &Setoran) -> Result<Id, Problem> {
    if skrd.status != skrd::Status::Terbit {
        let keadaan = skrd.status.label().to_lowercase();
        return Err(Problem::refused(Refusal::Closed { nomor: skrd.nomor.clone(), keadaan }));
    }
    if store::of_skrd(tx, skrd.id)?.iter().any(|one| one.status == Status::Menunggu) {
        return Err(Problem::refused(Refusal::Waiting));
    }
    if let Some(other) = store::used_for(tx, skrd.opd, Cara::Sts, &setoran.sts)? {
        return Err(Problem::refused(Refusal::StsUsed { sts: setoran.sts.clone(), skrd: other }));
    }
    let actor = tx.by()?.actor.clone();
    let one = Pembayaran {
        id: tx.new_id()?,
        opd: skrd.opd,
        skrd: skrd.id,
        cara: Cara::Sts,
        status: Status::Menunggu,
        tanggal: setoran.tanggal,
        jumlah: setoran.jumlah,
        denda: setoran.denda,
        referensi: setoran.sts.clone(),
        berkas: None,
        catatan: setoran.catatan.clone(),
        oleh: actor.key(),
        oleh_nama: actor.nama().to_owned(),
        created_at: tx.now()?,
        putus_oleh: String::new(),
        putus_nama: String::new(),
        putus_pada: None,
        alasan: String::new(),
        versi: 1,
    };
    store::insert(tx, &one)?;
    tx.audit(&entry("perizinan.enter-setoran", &one, &skrd.nomor))?;
    Ok(one.id)
}

/// Another treasurer confirms it, or rejects it with a reason.
///
/// # Errors
/// [`Refusal::SamePerson`] for whoever entered it; needs [`skrd::write::keys`].
pub(crate) fn decide(
    tx: &mut Tx<'_>,
    mut one: Pembayaran,
    skrd: Skrd,
    sah: bool,
    alasan: &str,
    at: DateTime,
) -> Result<(), Problem> {
    let actor = tx.by()?.actor.clone();
    may_decide(&one, &actor.key()).map_err(Problem::refused)?;
    if !sah && alasan.is_empty() {
        return Err(Problem::refused(Refusal::field("alasan", "Alasan menolak belum ditulis.")));
    }
    one.status = if sah { Status::Sah } else { Status::Ditolak };
    (one.putus_oleh, one.putus_nama, one.putus_pada) = (actor.key(), actor.nama().to_owned(), Some(tx.now()?));
    alasan.clone_into(&mut one.alasan);
    if !store::update(tx, &one)? {
        return Err(Problem::Conflict);
    }
    let act = if sah { "perizinan.confirm-setoran" } else { "perizinan.reject-setoran" };
    let entry = entry(act, &one, &skrd.nomor);
    tx.audit(&if alasan.is_empty() { entry } else { entry.because(alasan) })?;
    if sah {
        let tanggal = one.tanggal;
        skrd::write::settle(tx, skrd, tanggal, at)?;
    }
    Ok(())
}

/// A credit of a file of the bank: it counts at once.
///
/// # Errors
/// Needs [`skrd::write::keys`].
pub(crate) fn credit(
    tx: &mut Tx<'_>,
    skrd: Skrd,
    berkas: Id,
    (tanggal, jumlah, referensi): (Date, Rupiah, &str),
    at: DateTime,
) -> Result<(), Problem> {
    let actor = tx.by()?.actor.clone();
    // An STS that waits for the same bill is overtaken by the bank's word.
    for waiting in store::of_skrd(tx, skrd.id)?.into_iter().filter(|one| one.status == Status::Menunggu) {
        let alasan = "Kredit yang sama sudah cocok dari berkas bank.".to_owned();
        let gone = Pembayaran {
            status: Status::Ditolak,
            putus_oleh: actor.key(),
            putus_nama: actor.nama().to_owned(),
            putus_pada: Some(tx.now()?),
            alasan: alasan.clone(),
            ..waiting
        };
        if !store::update(tx, &gone)? {
            return Err(Problem::Conflict);
        }
        tx.audit(&entry("perizinan.reject-setoran", &gone, &skrd.nomor).because(alasan))?;
    }
    let denda = skrd.late(tanggal).map_err(Problem::refused)?.jumlah;
    let one = Pembayaran {
        id: tx.new_id()?,
        opd: skrd.opd,
        skrd: skrd.id,
        cara: Cara::Bank,
        status: Status::Sah,
        tanggal,
        jumlah,
        denda,
        referensi: referensi.to_owned(),
        berkas: Some(berkas),
        catatan: String::new(),
        oleh: actor.key(),
        oleh_nama: actor.nama().to_owned(),
        created_at: tx.now()?,
        putus_oleh: String::new(),
        putus_nama: String::new(),
        putus_pada: None,
        alasan: String::new(),
        versi: 1,
    };
    store::insert(tx, &one)?;
    tx.audit(&entry("perizinan.match-pembayaran", &one, &skrd.nomor))?;
    skrd::write::settle(tx, skrd, tanggal, at)
}
