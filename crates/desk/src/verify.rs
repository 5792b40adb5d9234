//! Verification of documents by strangers: a token on paper, the public page /v/ that answers it, and facts that can be checked
//! without this box because they are signed.
//!
//! The page tells that a document is genuine, withdrawn or unknown; it never shows its content, its recipients or anybody's NIK.
//! `docs/adr/0021-verifikasi.md` fixes the signed form.

mod code;
mod facts;
mod node;
pub(crate) mod pages;
mod store;
#[cfg(test)]
mod tests;

use praja_kernel::{Date, FieldProblem, Moment, Refuse, Sifat, words};
use praja_module::{Instance, Jenis, Problem};
use praja_store::{Result, StoreError, Tx, audit::Entry};

pub use facts::{Facts, PublicKey, Unproven, check};
pub use node::{Node, is_signed_by, key_name};

words! {
    /// How a document stands.
    pub enum Status ("keadaan verifikasi") {
        /// Has its number and code, but is not signed: not in force.
        Menunggu => "menunggu", "Belum ditandatangani";
        /// Issued and in force.
        Sah => "sah", "Sah";
        /// Held up for a time: not to be relied on until it is lifted.
        Dibekukan => "dibekukan", "Dibekukan";
        /// Withdrawn, or replaced by another document.
        Dicabut => "dicabut", "Dicabut";
    }
}

words! {
    /// How a document was signed: readers must be able to tell a certified signature from ours.
    pub enum TandaTangan ("tanda tangan") {
        /// With a certificate of BSrE.
        Bsre => "bsre", "Elektronik, tersertifikasi BSrE";
        /// With the box's own key, for training.
        Lokal => "lokal", "Elektronik, tidak tersertifikasi";
        /// By hand, on paper.
        Basah => "basah", "Tanda tangan basah";
    }
}

/// What is told about a document that is issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct New {
    /// What it is, `<table>:<id>`.
    pub objek: String,
    /// Kind of document ("Surat Tugas").
    pub jenis: String,
    /// Its number.
    pub nomor: String,
    /// Its date.
    pub tanggal: Date,
    /// Its subject; told to strangers only when the class allows it.
    pub hal: String,
    /// Its security class.
    pub sifat: Sifat,
    /// The post that signed, with "Plt." and the like.
    pub jabatan: String,
    /// Name of who signed.
    pub penandatangan: String,
    /// Name of the OPD.
    pub opd_nama: String,
    /// How it was signed.
    pub tanda_tangan: TandaTangan,
    /// When it was signed.
    pub ditandatangani: Option<Moment>,
    /// SHA-256 of the final file, in hexadecimal; can be told later with [`set_sidik`], because the code stands in the file itself.
    pub sidik: Option<String>,
}

/// What goes into the code on paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// The token.
    pub token: String,
    /// The whole address with the signed facts: what the QR code says.
    pub alamat: String,
}

/// A document as the public page tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Naskah {
    /// The token.
    pub token: String,
    /// What it is.
    pub objek: String,
    /// How it stands.
    pub status: Status,
    /// Kind of document.
    pub jenis: String,
    /// Its number.
    pub nomor: String,
    /// Its date.
    pub tanggal: Date,
    /// Its subject, where strangers may read it.
    pub hal: Option<String>,
    /// The post that signed.
    pub jabatan: String,
    /// Who signed.
    pub penandatangan: String,
    /// The OPD.
    pub opd_nama: String,
    /// How it was signed.
    pub tanda_tangan: TandaTangan,
    /// When it was signed.
    pub ditandatangani: Option<Moment>,
    /// SHA-256 of the final file.
    pub sidik: Option<String>,
    /// The signed facts as they stand behind `#` in the address.
    pub bukti: String,
    /// When it was withdrawn or held up.
    pub dicabut: Option<Moment>,
    /// Why it was withdrawn or held up.
    pub alasan: Option<String>,
    /// The token of the document that replaces it.
    pub pengganti: Option<String>,
}

/// Why something about a verification is not done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Withdrawing needs a reason: strangers read it.
    #[error("Alasan pencabutan belum diisi.")]
    NoReason,
    /// Withdrawn before.
    #[error("Naskah {nomor} sudah dicabut.")]
    Revoked {
        /// Its number.
        nomor: String,
    },
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NoReason => "desk.verifikasi.no-reason",
            Self::Revoked { .. } => "desk.verifikasi.revoked",
        }
    }

    fn next_step(&self) -> String {
        match self {
            Self::NoReason => "Tulis satu kalimat yang boleh dibaca siapa pun yang memeriksa naskah ini.",
            Self::Revoked { .. } => "Buka halaman verifikasinya untuk melihat kapan dan mengapa.",
        }
        .to_owned()
    }

    fn fields(&self) -> Vec<FieldProblem> {
        match self {
            Self::NoReason => vec![FieldProblem::new("alasan", format!("{self} {}", self.next_step()))],
            Self::Revoked { .. } => Vec::new(),
        }
    }
}

/// What issuing needs of an Instance, taken before the write begins.
#[derive(Clone)]
pub struct Issuer {
    key: facts::Signer,
    daerah: String,
    url: String,
}

impl Issuer {
    /// Issues in the name of this Instance.
    pub fn of(instance: &Instance) -> Self {
        // What a contoh box signs must not be taken for a document of a real regency, wherever it is checked.
        let latihan = if instance.jenis == Jenis::Contoh { "LATIHAN " } else { "" };
        Self {
            key: facts::Signer::new(instance.keys().signing()),
            daerah: format!("{latihan}{}", instance.wilayah.nama),
            url: instance.url_publik.clone(),
        }
    }
}

/// Issues a token for a document, with signed facts, in the transaction that signs or registers it.
///
/// # Errors
/// When the database fails or no randomness is to be had.
pub fn issue(tx: &mut Tx<'_>, issuer: &Issuer, new: &New) -> Result<Issued> {
    issue_as(tx, issuer, new, Status::Sah)
}

/// Issues a token for a document that gets its number before it is signed: until [`complete`] the page says that it is not signed.
///
/// # Errors
/// As [`issue`].
pub fn reserve(tx: &mut Tx<'_>, issuer: &Issuer, new: &New) -> Result<Issued> {
    issue_as(tx, issuer, new, Status::Menunggu)
}

/// Tells that a document of [`reserve`] is signed: when, how, and the SHA-256 of its final file.
///
/// # Errors
/// [`Problem::NotFound`] when no document waits under this token.
pub fn complete(tx: &mut Tx<'_>, token: &str, at: Moment, how: TandaTangan, sidik: Option<&str>) -> Result<(), Problem> {
    let sidik = sidik.map(str::to_lowercase);
    if store::complete(tx, token, at, how, sidik.as_deref())? { Ok(()) } else { Err(Problem::NotFound) }
}

/// What stands in the code on the paper of a token that was issued: the whole address with the signed facts.
pub fn address(issuer: &Issuer, naskah: &Naskah) -> String {
    format!("{}/v/{}#{}", issuer.url, naskah.token, naskah.bukti)
}

fn issue_as(tx: &mut Tx<'_>, issuer: &Issuer, new: &New, status: Status) -> Result<Issued> {
    let token = code::token().map_err(|e| StoreError::Unavailable(format!("no randomness: {e}")))?;
    let facts = Facts {
        daerah: issuer.daerah.clone(),
        token: token.clone(),
        nomor: new.nomor.clone(),
        tanggal: new.tanggal,
        jenis: new.jenis.clone(),
        penandatangan: format!("{}, {}", new.penandatangan, new.jabatan),
    };
    let bukti = issuer.key.prove(&facts);
    store::remember_key(tx, issuer.key.id(), &issuer.key.public())?;
    let hal = new.sifat.shows_hal_outside().then(|| new.hal.clone());
    store::insert(tx, status, &token, new, hal.as_deref(), &bukti, issuer.key.id())?;
    let act = Entry { tindakan: "desk.issue-verifikasi", objek: new.objek.clone(), ..Entry::default() };
    tx.audit(&act.with("nomor", &new.nomor).with("token", &token))?;
    Ok(Issued { alamat: format!("{}/v/{token}#{bukti}", issuer.url), token })
}

/// Tells the hash of the final file, which is known only after the code was put into it.
pub fn set_sidik(tx: &mut Tx<'_>, token: &str, sidik: &str) -> Result<(), Problem> {
    if store::set_sidik(tx, token, &sidik.to_lowercase())? { Ok(()) } else { Err(Problem::NotFound) }
}

/// Withdraws a document: the page says so from now on, with the reason and what replaces it.
///
/// # Errors
/// [`Refusal`] without a reason or when it was withdrawn before.
pub fn revoke(tx: &mut Tx<'_>, token: &str, alasan: &str, pengganti: Option<&str>) -> Result<(), Problem> {
    let alasan = alasan.trim();
    if alasan.is_empty() {
        return Err(Problem::refused(Refusal::NoReason));
    }
    let naskah = store::get(tx, token)?.ok_or(Problem::NotFound)?;
    if naskah.status == Status::Dicabut || !store::revoke(tx, token, alasan, pengganti)? {
        return Err(Problem::refused(Refusal::Revoked { nomor: naskah.nomor }));
    }
    let act = Entry { tindakan: "desk.revoke-verifikasi", objek: naskah.objek, ..Entry::default() };
    Ok(tx.audit(&act.with("nomor", &naskah.nomor).with("token", token).because(alasan))?)
}

/// Holds a document up: the page says so, with the reason, until [`thaw`] or [`revoke`].
///
/// # Errors
/// [`Refusal::NoReason`]; [`Problem::Conflict`] when it is not in force.
pub fn freeze(tx: &mut Tx<'_>, token: &str, alasan: &str) -> Result<(), Problem> {
    let alasan = alasan.trim();
    if alasan.is_empty() {
        return Err(Problem::refused(Refusal::NoReason));
    }
    let naskah = store::get(tx, token)?.ok_or(Problem::NotFound)?;
    if !store::freeze(tx, token, alasan)? {
        return Err(Problem::Conflict);
    }
    let act = Entry { tindakan: "desk.freeze-verifikasi", objek: naskah.objek, ..Entry::default() };
    Ok(tx.audit(&act.with("nomor", &naskah.nomor).with("token", token).because(alasan))?)
}

/// Lets a document that was held up be in force again.
///
/// # Errors
/// [`Problem::Conflict`] when it is not held up.
pub fn thaw(tx: &mut Tx<'_>, token: &str) -> Result<(), Problem> {
    let naskah = store::get(tx, token)?.ok_or(Problem::NotFound)?;
    if !store::thaw(tx, token)? {
        return Err(Problem::Conflict);
    }
    let act = Entry { tindakan: "desk.thaw-verifikasi", objek: naskah.objek, ..Entry::default() };
    Ok(tx.audit(&act.with("nomor", &naskah.nomor).with("token", token))?)
}

/// A document by its token as typed from paper.
pub fn get(tx: &mut Tx<'_>, token: &str) -> Result<Option<Naskah>> {
    match code::normal(token) {
        Some(token) => store::get(tx, &token),
        None => Ok(None),
    }
}

/// What was issued for `objek`, oldest first. The caller has checked that `objek` may be seen.
pub fn of(tx: &mut Tx<'_>, objek: &str) -> Result<Vec<Naskah>> {
    store::of(tx, objek)
}

/// Every public key that ever signed for this Instance.
pub fn keys(tx: &mut Tx<'_>) -> Result<Vec<PublicKey>> {
    store::keys(tx)
}
