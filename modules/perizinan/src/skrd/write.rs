//! What billing changes. Inside one transaction.

use praja_desk::registers::{Register, draw};
use praja_kernel::{Date, DateTime, Id, Moment, Rupiah, bulan_romawi, days_after};
use praja_module::Problem;
use praja_store::{Key, Keys, Tx, audit::Entry};

use super::{Aturan, KodeBayar, Refusal, Skrd, Status, Tarif, check_qris, sambung, store};

/// The table, which names a bill in the audit trail.
pub(crate) const TABLE: &str = "perizinan_skrd";
/// The register of their numbers.
const KELOMPOK: &str = "perizinan.skrd";

/// Everything about the money of one OPD happens one after the other: numbers, payments, files of the bank, and with them the desks that
/// the paid applications come to.
pub(crate) fn keys(opd: Id, today: Date) -> Keys {
    Keys::of([Key::new("perizinan_retribusi", opd), register(opd, today).lock()]).and(sambung::key(opd))
}

fn register(opd: Id, today: Date) -> Register<'static> {
    Register::on(opd, KELOMPOK, today)
}

/// The name of a bill in the audit trail.
pub(crate) fn objek(id: Id) -> String {
    format!("{TABLE}:{id}")
}

fn entry(act: &'static str, skrd: &Skrd) -> Entry {
    Entry::new(act, TABLE, skrd.id).with("nomor", &skrd.nomor).with("jumlah", skrd.jumlah)
}

fn save(tx: &mut Tx<'_>, skrd: &Skrd) -> Result<(), Problem> {
    if store::update(tx, skrd)? { Ok(()) } else { Err(Problem::Conflict) }
}

/// What is to be billed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tagihan {
    pub(crate) permohonan: Id,
    pub(crate) permohonan_nomor: String,
    pub(crate) opd: Id,
    pub(crate) nama: String,
    pub(crate) nik: String,
    pub(crate) npwp: String,
    pub(crate) alamat: String,
    pub(crate) layanan: String,
    /// The Perda.
    pub(crate) dasar: String,
    pub(crate) tarif: Tarif,
}

/// Makes the bill of an application, with its number and its payment code.
///
/// # Errors
/// [`Refusal::Free`] for what costs nothing, whoever asks; needs [`keys`].
pub(crate) fn issue(tx: &mut Tx<'_>, tagihan: &Tagihan, daerah: &str, today: Date) -> Result<Skrd, Problem> {
    if tagihan.tarif.jumlah <= Rupiah::ZERO {
        return Err(Problem::refused(Refusal::Free));
    }
    if tagihan.dasar.trim().is_empty() {
        return Err(Problem::refused(Refusal::NoBasis));
    }
    if let Some(before) = store::of_permohonan(tx, tagihan.permohonan)?.filter(|skrd| skrd.status != Status::Batal) {
        return Err(Problem::refused(Refusal::Billed(before.nomor)));
    }
    let aturan = store::aturan(tx, today)?;
    let (id, now) = (tx.new_id()?, tx.now()?);
    let number = |urut: i64| format!("{urut:04}/SKRD/{}/{}", bulan_romawi(today.month()), today.year());
    let drawn = draw(tx, &register(tagihan.opd, today), &objek(id), number)?;
    let kode = code(daerah, &aturan, today, drawn.urut).map_err(Problem::refused)?;
    let skrd = of(tagihan, &aturan, (id, now), drawn.nomor, kode, today, tx.by()?.actor.nama());
    store::insert(tx, &skrd)?;
    tx.audit(
        &entry("perizinan.issue-skrd", &skrd).with("permohonan", &skrd.permohonan_nomor).with("kode bayar", skrd.kode.as_str()),
    )?;
    Ok(skrd)
}

fn code(daerah: &str, aturan: &Aturan, today: Date, urut: i64) -> Result<KodeBayar, Refusal> {
    let digits: String = daerah.chars().filter(char::is_ascii_digit).collect();
    if digits.len() != 4 {
        return Err(Refusal::NoCode("kode daerah tidak terdiri dari empat angka"));
    }
    KodeBayar::new(&digits, &aturan.kode_pd, today.year(), urut)
        .ok_or(Refusal::NoCode("kode perangkat daerah bukan dua angka, atau nomor tahun ini habis"))
}

fn of(
    tagihan: &Tagihan,
    aturan: &Aturan,
    (id, created_at): (Id, Moment),
    nomor: String,
    kode: KodeBayar,
    today: Date,
    oleh: &str,
) -> Skrd {
    let days = i32::try_from(aturan.jatuh_tempo_hari).unwrap_or(i32::MAX);
    Skrd {
        id,
        permohonan: tagihan.permohonan,
        permohonan_nomor: tagihan.permohonan_nomor.clone(),
        opd: tagihan.opd,
        nomor,
        kode,
        tanggal: today,
        jatuh_tempo: days_after(today, days).unwrap_or(today),
        nama: tagihan.nama.clone(),
        nik: tagihan.nik.clone(),
        npwp: tagihan.npwp.clone(),
        alamat: tagihan.alamat.clone(),
        layanan: tagihan.layanan.clone(),
        dasar: tagihan.dasar.clone(),
        komponen: tagihan.tarif.komponen.clone(),
        jumlah: tagihan.tarif.jumlah,
        bunga_persen_e2: aturan.bunga_persen_e2,
        bunga_bulan_maks: aturan.bunga_bulan_maks,
        qris: String::new(),
        status: Status::Terbit,
        lunas_tanggal: None,
        alasan_batal: String::new(),
        oleh_nama: oleh.to_owned(),
        created_at,
        versi: 1,
    }
}

fn open(skrd: &Skrd) -> Result<(), Problem> {
    if skrd.status == Status::Terbit {
        return Ok(());
    }
    let keadaan = if skrd.status == Status::Lunas { "sudah lunas" } else { "sudah dibatalkan" };
    Err(Problem::refused(Refusal::Closed { nomor: skrd.nomor.clone(), keadaan: keadaan.into() }))
}

/// Keeps the QRIS that the bank gave; an empty text takes it away.
///
/// # Errors
/// [`Refusal::Qris`], [`Refusal::Closed`].
pub(crate) fn set_qris(tx: &mut Tx<'_>, mut skrd: Skrd, qris: &str) -> Result<(), Problem> {
    open(&skrd)?;
    if !qris.is_empty() {
        check_qris(qris, skrd.jumlah).map_err(|e| Problem::refused(Refusal::Qris(e)))?;
    }
    qris.clone_into(&mut skrd.qris);
    save(tx, &skrd)?;
    let act = if qris.is_empty() { "perizinan.clear-qris" } else { "perizinan.set-qris" };
    Ok(tx.audit(&entry(act, &skrd))?)
}

/// Marks a bill as paid, and the application goes on.
///
/// # Errors
/// [`Refusal::Closed`]; needs [`keys`].
pub(crate) fn settle(tx: &mut Tx<'_>, mut skrd: Skrd, tanggal: Date, at: DateTime) -> Result<(), Problem> {
    open(&skrd)?;
    (skrd.status, skrd.lunas_tanggal) = (Status::Lunas, Some(tanggal));
    save(tx, &skrd)?;
    tx.audit(&entry("perizinan.settle-skrd", &skrd).with("tanggal", tanggal))?;
    sambung::lunas(tx, skrd.permohonan, at)
}

/// Cancels the open bill of an application that ended unpaid.
///
/// # Errors
/// Needs [`keys`].
pub(crate) fn cancel_of(tx: &mut Tx<'_>, permohonan: Id, alasan: &str) -> Result<(), Problem> {
    let Some(mut skrd) = store::of_permohonan(tx, permohonan)?.filter(|skrd| skrd.status == Status::Terbit) else {
        return Ok(());
    };
    skrd.status = Status::Batal;
    alasan.clone_into(&mut skrd.alasan_batal);
    save(tx, &skrd)?;
    Ok(tx.audit(&entry("perizinan.cancel-skrd", &skrd).because(alasan))?)
}

/// Writes down a rule of billing.
pub(crate) fn add_aturan(tx: &mut Tx<'_>, mut aturan: Aturan) -> Result<(), Problem> {
    tx.by()?.actor.nama().clone_into(&mut aturan.oleh_nama);
    let id = store::insert_aturan(tx, &aturan)?;
    let entry = Entry::new("perizinan.set-aturan-retribusi", "perizinan_skrd_aturan", id);
    let entry = entry.with("berlaku dari", aturan.berlaku_dari).with("jatuh tempo hari", aturan.jatuh_tempo_hari);
    Ok(tx.audit(
        &entry.with("bunga e2", aturan.bunga_persen_e2).with("bulan", aturan.bunga_bulan_maks).with("dasar", &aturan.dasar),
    )?)
}
