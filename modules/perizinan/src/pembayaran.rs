//! Payments: a matched credit of the bank, or an STS that one treasurer enters and another confirms. Pure rules.

pub(crate) mod pages;
pub(crate) mod store;
pub(crate) mod write;

use praja_kernel::{Date, Id, Moment, Rupiah, parse_tanggal, tanggal_panjang, words};

use crate::skrd::{Refusal, Skrd};

words! {
    /// How it was paid.
    pub(crate) enum Cara ("cara bayar") {
        /// A credit in a file of the bank.
        Bank => "bank", "Berkas bank";
        /// Entered by hand with the number of its STS.
        Sts => "sts", "STS, dua petugas";
    }
}

words! {
    /// What became of a payment.
    pub(crate) enum Status ("keadaan setoran") {
        /// Entered; another treasurer confirms.
        Menunggu => "menunggu", "Menunggu konfirmasi";
        /// It counts.
        Sah => "sah", "Sah";
        /// It does not.
        Ditolak => "ditolak", "Ditolak";
    }
}

/// A payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pembayaran {
    pub(crate) id: Id,
    pub(crate) opd: Id,
    pub(crate) skrd: Id,
    pub(crate) cara: Cara,
    pub(crate) status: Status,
    pub(crate) tanggal: Date,
    /// With late interest.
    pub(crate) jumlah: Rupiah,
    pub(crate) denda: Rupiah,
    /// The bank's reference, or the number of the STS.
    pub(crate) referensi: String,
    pub(crate) berkas: Option<Id>,
    pub(crate) catatan: String,
    /// Who entered it, and as whom people know them.
    pub(crate) oleh: String,
    pub(crate) oleh_nama: String,
    pub(crate) created_at: Moment,
    /// Who decided.
    pub(crate) putus_oleh: String,
    pub(crate) putus_nama: String,
    pub(crate) putus_pada: Option<Moment>,
    pub(crate) alasan: String,
    pub(crate) versi: i64,
}

/// What a treasurer typed about an STS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Setoran {
    pub(crate) sts: String,
    pub(crate) tanggal: Date,
    pub(crate) jumlah: Rupiah,
    pub(crate) denda: Rupiah,
    pub(crate) catatan: String,
}

/// Reads an STS for a bill: no cash without its number, no day that has not come, and exactly what is owed on that day.
///
/// # Errors
/// [`Refusal`] with the field.
pub(crate) fn read(skrd: &Skrd, typed: &dyn Fn(&str) -> String, today: Date) -> Result<Setoran, Refusal> {
    let sts = typed("sts").split_whitespace().collect::<Vec<_>>().join(" ");
    if sts.is_empty() {
        return Err(Refusal::field("sts", "Nomor STS belum diisi. Setoran tanpa STS tidak dapat dicatat."));
    }
    if sts.chars().count() > 60 {
        return Err(Refusal::field("sts", "Nomor STS paling panjang 60 huruf."));
    }
    let tanggal = parse_tanggal(&typed("tanggal")).map_err(|e| Refusal::field("tanggal", e.to_string()))?;
    if tanggal > today {
        return Err(Refusal::field("tanggal", format!("Tanggal {} belum tiba.", tanggal_panjang(tanggal))));
    }
    if tanggal < skrd.tanggal {
        let pesan = format!("Tanggal setor lebih awal daripada SKRD, {}.", tanggal_panjang(skrd.tanggal));
        return Err(Refusal::field("tanggal", pesan));
    }
    let jumlah: Rupiah =
        typed("jumlah").parse().map_err(|e: praja_kernel::RupiahError| Refusal::field("jumlah", e.to_string()))?;
    let seharusnya = skrd.owed(tanggal)?;
    if jumlah != seharusnya {
        return Err(Refusal::Amount { tanggal, seharusnya, jumlah });
    }
    let catatan = typed("catatan").trim().chars().take(500).collect();
    Ok(Setoran { sts, tanggal, jumlah, denda: skrd.late(tanggal)?.jumlah, catatan })
}

/// May this person decide about it?
///
/// # Errors
/// [`Refusal::SamePerson`], [`Refusal::Decided`].
pub(crate) fn may_decide(pembayaran: &Pembayaran, orang: &str) -> Result<(), Refusal> {
    match pembayaran.status {
        Status::Menunggu if pembayaran.oleh == orang => Err(Refusal::SamePerson),
        Status::Menunggu => Ok(()),
        Status::Sah | Status::Ditolak => Err(Refusal::Decided),
    }
}
