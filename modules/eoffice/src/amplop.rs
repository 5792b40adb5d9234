//! The rules of an envelope (amplop): a letter from one box to another, with what is known about it, its file, and the signature of the box
//! that sent it; and of the receipt that comes back. Pure functions. `docs/adr/0034-amplop.md` fixes the form.

pub(crate) mod pages;
mod refusal;
pub(crate) mod store;
#[cfg(test)]
mod tests;
pub(crate) mod write;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use praja_desk::verify::{Node, is_signed_by};
use praja_kernel::{Date, Derajat, Id, Moment, Sifat};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};

pub(crate) use refusal::Refusal;

use crate::{naskah::tujuan::Peran, simpul::Simpul};

/// What the signature of an envelope begins with; a later form gets another number.
const ENVELOPE: &str = "PRAJA-AMPLOP 1";
/// What that of a receipt begins with.
const RECEIPT: &str = "PRAJA-TANDA-TERIMA 1";
/// The form's number.
const FORM: u32 = 1;
/// An envelope is at most so large: a file of fifteen MiB, written in letters, and what is said about it.
pub(crate) const MAX_BYTES: u64 = 22 << 20;

praja_kernel::words! {
    /// How far an envelope has come that we send.
    pub enum Keadaan ("keadaan amplop") {
        /// Waits for its turn or its next try.
        Menunggu => "menunggu", "Menunggu dikirim";
        /// Travels as a file, because the other box is not reached over the net.
        Berkas => "berkas", "Dibawa sebagai berkas";
        /// Held: a contoh Instance sends nothing outside.
        Ditahan => "ditahan", "Ditahan (latihan)";
        /// The other box has it and said so.
        Diterima => "diterima", "Diterima";
        /// Given up.
        Gagal => "gagal", "Gagal";
    }
}

praja_kernel::words! {
    /// How far an envelope has come that we got.
    pub enum Masuk ("keadaan amplop masuk") {
        /// Waits to be entered in the agenda.
        Menunggu => "menunggu", "Menunggu dicatat";
        /// In the agenda.
        Tercatat => "tercatat", "Tercatat";
    }
}

/// What is said about a letter in its envelope: exactly these bytes are signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Isi {
    pub(crate) id: Id,
    pub(crate) dibuat: Moment,
    /// The sender is a box for training.
    pub(crate) latihan: bool,
    pub(crate) dari: Dari,
    pub(crate) kepada: Kepada,
    pub(crate) naskah: Surat,
    pub(crate) berkas: Berkas,
}

/// Who sends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Dari {
    /// "Kabupaten Belitung".
    pub(crate) daerah: String,
    pub(crate) kode: String,
    pub(crate) opd: String,
    /// The short name of the key that signs.
    pub(crate) kunci: String,
}

/// To whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Kepada {
    /// The short name of the key of the box it is for: nobody else takes it.
    pub(crate) kunci: String,
    /// The addressee as it stands on the letter.
    pub(crate) nama: String,
    /// `tujuan` or `tembusan`.
    pub(crate) peran: String,
}

/// What stands on the letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Surat {
    pub(crate) jenis: String,
    pub(crate) nomor: String,
    pub(crate) tanggal: Date,
    pub(crate) hal: String,
    pub(crate) ringkasan: Option<String>,
    pub(crate) klasifikasi: Option<String>,
    pub(crate) sifat: String,
    pub(crate) derajat: String,
    pub(crate) lampiran: String,
    pub(crate) jabatan: String,
    pub(crate) penandatangan: String,
    /// Where anybody verifies it.
    pub(crate) verifikasi: Option<String>,
}

/// The file that comes along.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Berkas {
    pub(crate) nama: String,
    pub(crate) ukuran: u64,
    /// SHA-256, in hexadecimal.
    pub(crate) sidik: String,
}

/// What a receipt says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Terima {
    pub(crate) amplop: Id,
    /// SHA-256 of what was signed in the envelope.
    pub(crate) sidik: String,
    pub(crate) diterima: Moment,
    /// The box that has it.
    pub(crate) daerah: String,
    /// The office to whose desk it went.
    pub(crate) opd: String,
    /// The short name of the key that signs.
    pub(crate) kunci: String,
}

/// An envelope as it travels.
#[derive(Serialize, Deserialize)]
struct Envelope {
    praja_amplop: u32,
    isi: String,
    berkas: String,
    kunci: String,
    tanda: String,
}

/// A receipt as it travels.
#[derive(Serialize, Deserialize)]
struct Receipt {
    praja_tanda_terima: u32,
    isi: String,
    kunci: String,
    tanda: String,
}

/// What an envelope says, as text, with the signature under it.
pub(crate) fn sign(node: &Node, isi: &Isi) -> Result<(String, String), Refusal> {
    let text = serde_json::to_string(isi).map_err(|_| Refusal::Unreadable)?;
    let tanda = node.sign(ENVELOPE, text.as_bytes());
    Ok((text, tanda))
}

/// The envelope as a file.
pub(crate) fn seal(isi: &str, kunci: &str, tanda: &str, pdf: &[u8]) -> Result<Vec<u8>, Refusal> {
    let envelope = Envelope {
        praja_amplop: FORM,
        isi: BASE64_STANDARD.encode(isi),
        berkas: BASE64_STANDARD.encode(pdf),
        kunci: kunci.to_owned(),
        tanda: tanda.to_owned(),
    };
    serde_json::to_vec(&envelope).map_err(|_| Refusal::Unreadable)
}

/// A receipt under our signature, as text.
pub(crate) fn receipt(node: &Node, terima: &Terima) -> Result<String, Refusal> {
    let text = serde_json::to_string(terima).map_err(|_| Refusal::Unreadable)?;
    let receipt = Receipt {
        praja_tanda_terima: FORM,
        isi: BASE64_STANDARD.encode(&text),
        kunci: node.id().to_owned(),
        tanda: node.sign(RECEIPT, text.as_bytes()),
    };
    serde_json::to_string(&receipt).map_err(|_| Refusal::Unreadable)
}

/// An envelope whose sender is known and whose signature, file and address are right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Terbuka {
    pub(crate) isi: Isi,
    /// Exactly what was signed.
    pub(crate) teks: String,
    pub(crate) tanda: String,
    pub(crate) pdf: Vec<u8>,
    pub(crate) sifat: Sifat,
    pub(crate) derajat: Derajat,
}

/// Whom an envelope must be for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kita<'a> {
    /// The short name of our key.
    pub(crate) kunci: &'a str,
    /// A box for training takes letters of such boxes alone, and only they do.
    pub(crate) latihan: bool,
}

/// Whose key signed this file, as it says: an envelope or a receipt.
pub(crate) fn signer_of(bytes: &[u8]) -> Result<String, Refusal> {
    #[derive(Deserialize)]
    struct Signed {
        kunci: String,
    }
    let signed: Signed = serde_json::from_slice(bytes).map_err(|_| Refusal::Unreadable)?;
    Ok(signed.kunci)
}

/// Is this file a receipt, not an envelope?
pub(crate) fn is_receipt(bytes: &[u8]) -> bool {
    serde_json::from_slice::<Receipt>(bytes).is_ok()
}

/// Opens an envelope of a box that we know.
///
/// # Errors
/// [`Refusal`] for everything that is not exactly as it must be; then nothing of it is kept.
pub(crate) fn open(bytes: &[u8], simpul: &Simpul, kita: Kita<'_>) -> Result<Terbuka, Refusal> {
    let envelope: Envelope = serde_json::from_slice(bytes).map_err(|_| Refusal::Unreadable)?;
    if envelope.praja_amplop != FORM {
        return Err(Refusal::Form(envelope.praja_amplop));
    }
    let (teks, isi): (String, Isi) = signed(&envelope.isi, &envelope.kunci, &envelope.tanda, ENVELOPE, simpul)?;
    if isi.dari.kunci != simpul.kunci_id {
        return Err(Refusal::BadSignature);
    }
    if isi.kepada.kunci != kita.kunci {
        return Err(Refusal::NotForUs);
    }
    if isi.latihan != kita.latihan {
        return Err(Refusal::Training { latihan: isi.latihan });
    }
    let pdf = BASE64_STANDARD.decode(&envelope.berkas).map_err(|_| Refusal::Unreadable)?;
    if isi.berkas.ukuran != pdf.len() as u64 || isi.berkas.sidik != sidik(&pdf) {
        return Err(Refusal::OtherFile);
    }
    let (Ok(sifat), Ok(derajat)) = (Sifat::parse(&isi.naskah.sifat), Derajat::parse(&isi.naskah.derajat)) else {
        return Err(Refusal::Unreadable);
    };
    if sifat.is_secret() {
        return Err(Refusal::Secret);
    }
    Peran::parse(&isi.kepada.peran).map_err(|_| Refusal::Unreadable)?;
    let long = |text: &str, most: usize| text.chars().count() > most;
    let naskah = &isi.naskah;
    if long(&isi.dari.daerah, 160)
        || long(&isi.dari.opd, 240)
        || long(&isi.kepada.nama, 240)
        || long(&naskah.nomor, 160)
        || long(&naskah.hal, 240)
        || long(naskah.ringkasan.as_deref().unwrap_or_default(), 4000)
        || naskah.hal.trim().is_empty()
    {
        return Err(Refusal::Unreadable);
    }
    Ok(Terbuka { isi, teks, tanda: envelope.tanda, pdf, sifat, derajat })
}

/// Opens the receipt of a box that we know.
///
/// # Errors
/// [`Refusal`].
pub(crate) fn open_receipt(bytes: &[u8], simpul: &Simpul) -> Result<Terima, Refusal> {
    let receipt: Receipt = serde_json::from_slice(bytes).map_err(|_| Refusal::Unreadable)?;
    if receipt.praja_tanda_terima != FORM {
        return Err(Refusal::Form(receipt.praja_tanda_terima));
    }
    let (_, terima): (String, Terima) = signed(&receipt.isi, &receipt.kunci, &receipt.tanda, RECEIPT, simpul)?;
    Ok(terima)
}

fn signed<T: DeserializeOwned>(
    isi: &str,
    kunci: &str,
    tanda: &str,
    title: &str,
    simpul: &Simpul,
) -> Result<(String, T), Refusal> {
    let bytes = BASE64_STANDARD.decode(isi).map_err(|_| Refusal::Unreadable)?;
    if kunci != simpul.kunci_id || !is_signed_by(&simpul.kunci, title, &bytes, tanda) {
        return Err(Refusal::BadSignature);
    }
    let text = String::from_utf8(bytes).map_err(|_| Refusal::Unreadable)?;
    let read = serde_json::from_str(&text).map_err(|_| Refusal::Unreadable)?;
    Ok((text, read))
}

/// SHA-256, in hexadecimal.
pub(crate) fn sidik(bytes: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// Pauses before the second, third, … try, in minutes: dense at first, then over a night and three days.
const PAUSES: [i64; 11] = [1, 2, 5, 15, 30, 60, 180, 360, 720, 1440, 1440];

/// What to do after a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// Again after so many milliseconds.
    Again(i64),
    /// Never.
    GiveUp,
}

/// Decides after a try that failed. `status` is what the other box answered; none when it did not. What it refuses for what it is, it
/// refuses again; that it has no time, or does not know us yet, may pass.
pub(crate) fn next(status: Option<u16>, failed_before: i64) -> Next {
    if matches!(status, Some(400 | 404 | 409 | 413 | 422)) {
        return Next::GiveUp;
    }
    let pause = usize::try_from(failed_before).ok().and_then(|at| PAUSES.get(at));
    pause.map_or(Next::GiveUp, |minutes| Next::Again(minutes * 60 * 1000))
}
