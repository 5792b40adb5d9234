//! What files of banks change. Inside one transaction.

use std::collections::BTreeMap;

use praja_kernel::{Date, DateTime, Id, Rupiah, tanggal_jam};
use praja_module::Problem;
use praja_store::{Tx, audit::Entry};
use sha2::{Digest, Sha256};

use super::{Baris, Berkas, FileRefusal, Profil, Putusan, Refusal, Status, Temuan, judge, store};
use crate::{
    pembayaran::{self, Cara},
    skrd::{self, KodeBayar, Skrd},
};

/// The table, which names a file in the audit trail.
pub(crate) const TABLE: &str = "perizinan_bank_berkas";

fn entry(act: &'static str, one: &Berkas) -> Entry {
    Entry::new(act, TABLE, one.id)
        .with("berkas", &one.nama)
        .with("sidik", &one.sidik)
        .with("cocok", one.cocok)
        .with("nilai", one.nilai)
}

/// What the rows mean now.
fn judged(tx: &mut Tx<'_>, opd: Id, rows: Vec<Baris>, today: Date) -> praja_store::Result<Vec<Temuan>> {
    let (mut bills, mut used) = (BTreeMap::<KodeBayar, Skrd>::new(), BTreeMap::new());
    for one in &rows {
        if let Some(kode) = &one.kode
            && let Some(skrd) = skrd::store::by_code(tx, kode)?.filter(|skrd| skrd.opd == opd)
        {
            bills.insert(kode.clone(), skrd);
        }
        if !one.referensi.is_empty()
            && let Some(nomor) = pembayaran::store::used_for(tx, opd, Cara::Bank, &one.referensi)?
        {
            used.insert(one.referensi.clone(), nomor);
        }
    }
    Ok(judge(rows, &|kode| bills.get(kode).cloned(), &|referensi| used.get(referensi).cloned(), today))
}

fn count(one: &mut Berkas, rows: &[Temuan]) {
    let fits = || rows.iter().filter(|row| row.putusan == Putusan::Cocok).filter_map(|row| row.baris.jumlah);
    one.cocok = i64::try_from(fits().count()).unwrap_or(i64::MAX);
    one.nilai = Rupiah::sum(fits()).unwrap_or(Rupiah(i64::MAX));
}

/// A file as it came.
#[derive(Debug, Clone)]
pub(crate) struct Kiriman {
    pub(crate) opd: Id,
    pub(crate) nama: String,
    pub(crate) sidik: String,
    pub(crate) rows: Vec<Baris>,
}

/// SHA-256 of a file.
pub(crate) fn sidik(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Looks through a file: what each row means is kept, and no payment yet. The same file that waits already is looked through again.
///
/// # Errors
/// [`FileRefusal::Used`] for a file that was applied; needs [`skrd::write::keys`].
pub(crate) fn stage(
    tx: &mut Tx<'_>,
    kiriman: &Kiriman,
    profil: &Profil,
    at: DateTime,
    zona: praja_kernel::Zona,
) -> Result<Id, Problem> {
    for before in store::same(tx, kiriman.opd, &kiriman.sidik)? {
        match before.status {
            Status::Diterapkan => {
                let kapan = before.selesai_pada.map(|at| tanggal_jam(zona.local(at))).unwrap_or_default();
                let used = FileRefusal::Used { nama: before.nama, kapan, oleh: before.selesai_nama };
                return Err(Problem::refused(Refusal::File(used)));
            }
            Status::Diperiksa => close(tx, before, Status::Dibuang)?,
            Status::Dibuang => {}
        }
    }
    let rows = judged(tx, kiriman.opd, kiriman.rows.clone(), at.date())?;
    let mut one = Berkas {
        id: tx.new_id()?,
        opd: kiriman.opd,
        profil_nama: profil.nama.clone(),
        nama: kiriman.nama.clone(),
        sidik: kiriman.sidik.clone(),
        status: Status::Diperiksa,
        baris: i64::try_from(rows.len()).unwrap_or(i64::MAX),
        cocok: 0,
        nilai: Rupiah::ZERO,
        oleh_nama: tx.by()?.actor.nama().to_owned(),
        created_at: tx.now()?,
        selesai_nama: String::new(),
        selesai_pada: None,
        versi: 1,
    };
    count(&mut one, &rows);
    store::insert(tx, &one)?;
    for row in &rows {
        store::put(tx, one.id, row)?;
    }
    tx.audit(&entry("perizinan.check-berkas-bank", &one))?;
    Ok(one.id)
}

fn close(tx: &mut Tx<'_>, mut one: Berkas, status: Status) -> Result<(), Problem> {
    one.status = status;
    (one.selesai_nama, one.selesai_pada) = (tx.by()?.actor.nama().to_owned(), Some(tx.now()?));
    if !store::update(tx, &one)? {
        return Err(Problem::Conflict);
    }
    let act = if status == Status::Diterapkan { "perizinan.apply-berkas-bank" } else { "perizinan.discard-berkas-bank" };
    Ok(tx.audit(&entry(act, &one))?)
}

/// Makes the matching rows count, after looking at each anew: what was paid since is not paid again.
///
/// # Errors
/// [`Refusal::Decided`], [`Refusal::Nothing`]; needs [`skrd::write::keys`].
pub(crate) fn apply(tx: &mut Tx<'_>, mut one: Berkas, at: DateTime) -> Result<(), Problem> {
    if one.status != Status::Diperiksa {
        return Err(Problem::refused(Refusal::Decided));
    }
    if store::same(tx, one.opd, &one.sidik)?.iter().any(|other| other.status == Status::Diterapkan) {
        return Err(Problem::refused(Refusal::Decided));
    }
    let rows = store::rows(tx, one.id)?.into_iter().map(|row| row.baris).collect();
    let rows = judged(tx, one.opd, rows, at.date())?;
    count(&mut one, &rows);
    if one.cocok == 0 {
        return Err(Problem::refused(Refusal::Nothing));
    }
    for row in &rows {
        store::put(tx, one.id, row)?;
        let (Putusan::Cocok, Some(skrd), Some(jumlah), Some(tanggal)) =
            (row.putusan, row.skrd, row.baris.jumlah, row.baris.tanggal)
        else {
            continue;
        };
        let skrd = skrd::store::find(tx, &[one.opd], skrd)?.ok_or(Problem::NotFound)?;
        pembayaran::write::credit(tx, skrd, one.id, (tanggal, jumlah, &row.baris.referensi), at)?;
    }
    close(tx, one, Status::Diterapkan)
}

/// Puts a file away unused.
///
/// # Errors
/// [`Refusal::Decided`].
pub(crate) fn discard(tx: &mut Tx<'_>, one: Berkas) -> Result<(), Problem> {
    if one.status != Status::Diperiksa {
        return Err(Problem::refused(Refusal::Decided));
    }
    close(tx, one, Status::Dibuang)
}

/// Keeps a profile, new or changed.
///
/// # Errors
/// [`Refusal::Field`] for a name another one has.
pub(crate) fn save_profil(tx: &mut Tx<'_>, opd: Id, mut profil: Profil, new: bool) -> Result<(), Problem> {
    let taken = store::profiles(tx, opd)?.iter().any(|other| other.id != profil.id && other.nama == profil.nama);
    if taken {
        let pesan = format!("Sudah ada profil bernama {}.", profil.nama);
        return Err(Problem::refused(Refusal::Field { bidang: "nama", pesan }));
    }
    tx.by()?.actor.nama().clone_into(&mut profil.oleh_nama);
    if new {
        store::insert_profil(tx, opd, &profil)?;
    } else if !store::update_profil(tx, &profil)? {
        return Err(Problem::Conflict);
    }
    let act = if new { "perizinan.create-profil-bank" } else { "perizinan.change-profil-bank" };
    Ok(tx.audit(&Entry::new(act, "perizinan_bank_profil", profil.id).with("nama", &profil.nama))?)
}
