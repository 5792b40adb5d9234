//! The audit chain: what was done, by whom, when and why, in rows that cannot be changed unnoticed.
//!
//! Row hash = H(previous hash, version, canonical(meta, H(salt, value) per field)). Values and salts stand in a side table, so a
//! masked export and a lawfully erased value still verify. `docs/adr/0004-bentuk-kanonik-audit.md` fixes the canonical form.

use praja_kernel::Moment;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{Key, Result, Row, StoreError, Tx, migrate::hex, params};

pub mod anchor;
pub mod export;
pub mod search;
pub mod verify;

pub use anchor::{Anchor, AnchorError, Head, sign, signature_holds};
pub use verify::{Problem, ProblemKind, Report};

/// Length of a chain hash.
pub type Hash = [u8; 32];
pub(crate) const START: Hash = [0; 32];

/// What a closure wants written down.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    /// The act, `<module>.<verb>-<noun>`.
    pub tindakan: &'static str,
    /// The thing acted on, `<table>:<id>`.
    pub objek: String,
    /// Why, where law or the form asks for it.
    pub alasan: Option<String>,
    /// Field names and values as they are after the act.
    pub bidang: Vec<(&'static str, String)>,
}

impl Entry {
    /// An act on an object of `table`.
    pub fn new(tindakan: &'static str, table: &str, id: impl std::fmt::Display) -> Self {
        Self { tindakan, objek: format!("{table}:{id}"), ..Self::default() }
    }

    /// Adds a field and its value.
    pub fn with(mut self, field: &'static str, value: impl std::fmt::Display) -> Self {
        self.bidang.push((field, value.to_string()));
        self
    }

    /// Adds the reason.
    pub fn because(mut self, reason: impl Into<String>) -> Self {
        self.alasan = Some(reason.into());
        self
    }
}

/// Who stands in a row of [`Tx::audit_in`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pelaku {
    /// As [`praja_kernel::Actor::key`], or a word where nobody is to be named.
    pub kunci: String,
    /// The name to show.
    pub nama: String,
}

/// A row of the chain as stored, with the values that have not been erased.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuditRow {
    /// The chain: an OPD's identity, or `umum`.
    pub rantai: String,
    /// Place in the chain, from 1.
    pub urut: i64,
    /// When.
    pub pada: Moment,
    /// Who, as [`praja_kernel::Actor::key`].
    pub pelaku: String,
    /// The name at the time.
    pub pelaku_nama: String,
    /// The post acted for.
    pub jabatan: Option<String>,
    /// The act.
    pub tindakan: String,
    /// The thing acted on.
    pub objek: String,
    /// Why.
    pub alasan: Option<String>,
    /// Field names with H(salt, value), in hexadecimal.
    pub bidang: Vec<(String, String)>,
    /// The previous row's hash, in hexadecimal.
    pub sebelum: String,
    /// This row's hash, in hexadecimal.
    pub sidik: String,
    /// Field, salt and value; missing where erased or masked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub nilai: Vec<Nilai>,
}

/// One value with the salt that hides it in the chain.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nilai {
    /// Field name.
    pub bidang: String,
    /// Sixteen random bytes in hexadecimal.
    pub garam: String,
    /// The value.
    pub nilai: String,
}

impl Nilai {
    pub(crate) fn hash(&self) -> String {
        let mut digest = Sha256::new();
        part(&mut digest, self.garam.as_bytes());
        part(&mut digest, self.nilai.as_bytes());
        hex(&digest.finalize())
    }
}

impl AuditRow {
    /// The hash this row ought to have.
    pub fn expected_hash(&self) -> String {
        let mut digest = Sha256::new();
        digest.update(b"praja-audit-1");
        part(&mut digest, self.sebelum.as_bytes());
        part(&mut digest, self.rantai.as_bytes());
        digest.update(self.urut.to_be_bytes());
        digest.update(self.pada.0.to_be_bytes());
        for text in [&self.pelaku, &self.pelaku_nama, &self.tindakan, &self.objek] {
            part(&mut digest, text.as_bytes());
        }
        for text in [&self.jabatan, &self.alasan] {
            match text {
                // A missing text differs from an empty one.
                None => digest.update([0]),
                Some(text) => {
                    digest.update([1]);
                    part(&mut digest, text.as_bytes());
                }
            }
        }
        digest.update((self.bidang.len() as u64).to_be_bytes());
        for (field, hash) in &self.bidang {
            part(&mut digest, field.as_bytes());
            part(&mut digest, hash.as_bytes());
        }
        hex(&digest.finalize())
    }
}

/// Length first, so that no two different lists of parts give the same bytes.
fn part(digest: &mut Sha256, bytes: &[u8]) {
    digest.update((bytes.len() as u64).to_be_bytes());
    digest.update(bytes);
}

impl Tx<'_> {
    /// Adds a row to the audit chain of whoever writes. A cross-OPD act is one row in the actor's OPD.
    ///
    /// # Errors
    /// In a read, or when the write did not take its chain's key ([`crate::Keys::unaudited`]).
    pub fn audit(&mut self, entry: &Entry) -> Result<()> {
        let by = self.by()?;
        let (rantai, pelaku) = (by.chain(), Pelaku { kunci: by.actor.key(), nama: by.actor.nama().to_owned() });
        let jabatan = by.jabatan.clone();
        self.append(rantai, pelaku, jabatan, entry).map(drop)
    }

    /// Adds a row to a chain of its own, beside those of the OPD: what is handed out as a whole to somebody who may not read the rest.
    /// `pelaku` stands in the row as given, so that a chain which leaves the house names no citizen. Gives the row as it was written.
    ///
    /// # Errors
    /// In a read, or when the write did not take [`Key::chain`] of it.
    pub fn audit_in(&mut self, rantai: &str, pelaku: Pelaku, entry: &Entry) -> Result<AuditRow> {
        let jabatan = self.by()?.jabatan.clone();
        self.append(rantai.to_owned(), pelaku, jabatan, entry)
    }

    fn append(&mut self, rantai: String, pelaku: Pelaku, jabatan: Option<String>, entry: &Entry) -> Result<AuditRow> {
        self.require_key(&Key::chain(&rantai))?;
        let pada = self.by()?.at;
        let head = self.opt(
            "SELECT urut, sidik FROM store_audit WHERE rantai = ?1 ORDER BY urut DESC LIMIT 1",
            params![&rantai],
            |row| Ok((row.get::<i64>(0)?, row.get::<Vec<u8>>(1)?)),
        )?;
        let (last, before) = head.unwrap_or((0, START.to_vec()));
        let nilai = entry.bidang.iter().map(|(field, value)| salted(field, value)).collect::<Result<Vec<_>>>()?;
        let mut row = AuditRow {
            rantai,
            urut: last + 1,
            pada,
            pelaku: pelaku.kunci,
            pelaku_nama: pelaku.nama,
            jabatan,
            tindakan: entry.tindakan.to_owned(),
            objek: entry.objek.clone(),
            alasan: entry.alasan.clone(),
            bidang: nilai.iter().map(|value| (value.bidang.clone(), value.hash())).collect(),
            sebelum: hex(&before),
            sidik: String::new(),
            nilai,
        };
        row.sidik = row.expected_hash();
        insert(self, &row)?;
        Ok(row)
    }

    /// The next rows of a chain after one of them, in their order, with the values that were not erased; none at its end.
    pub fn audit_rows(&mut self, rantai: &str, after: i64) -> Result<Vec<AuditRow>> {
        verify::page(self, rantai, after)
    }

    /// The rows about one object, oldest first: its timeline. At most `limit` rows.
    pub fn audit_of(&mut self, objek: &str, limit: i64) -> Result<Vec<AuditRow>> {
        let rows = self.list(
            "SELECT a.rantai, a.urut, a.pada, a.pelaku, a.pelaku_nama, a.jabatan, a.tindakan, a.objek, a.alasan, a.bidang,
                    a.sebelum, a.sidik, n.isi
             FROM store_audit a LEFT JOIN store_audit_nilai n ON n.rantai = a.rantai AND n.urut = a.urut
             WHERE a.objek = ?1 ORDER BY a.pada, a.urut LIMIT ?2",
            params![objek, limit],
            read_row,
        )?;
        Ok(rows)
    }

    /// Erases the values of `fields` in one row, as the data-protection law may demand. The chain still verifies; the erasure
    /// itself is written down in the chain of whoever erases.
    pub fn erase_audit_values(&mut self, rantai: &str, urut: i64, fields: &[&str], reason: &str) -> Result<()> {
        let isi: String =
            self.scalar("SELECT isi FROM store_audit_nilai WHERE rantai = ?1 AND urut = ?2", params![rantai, urut])?;
        let mut nilai = parse_nilai(&isi)?;
        nilai.retain(|value| !fields.contains(&value.bidang.as_str()));
        self.exec(
            "UPDATE store_audit_nilai SET isi = ?3 WHERE rantai = ?1 AND urut = ?2",
            params![rantai, urut, to_json(&nilai)?],
        )?;
        let entry = Entry::new("store.erase-audit-value", "store_audit", format_args!("{rantai}/{urut}"));
        self.audit(&entry.with("bidang", fields.join(", ")).because(reason))
    }
}

fn salted(field: &str, value: &str) -> Result<Nilai> {
    let mut salt = [0_u8; 16];
    getrandom::fill(&mut salt).map_err(|e| StoreError::Unavailable(format!("no randomness: {e}")))?;
    Ok(Nilai { bidang: field.to_owned(), garam: hex(&salt), nilai: value.to_owned() })
}

fn insert(tx: &mut Tx<'_>, row: &AuditRow) -> Result<()> {
    tx.exec(
        "INSERT INTO store_audit (rantai, urut, pada, pelaku, pelaku_nama, jabatan, tindakan, objek, alasan, bidang, sebelum, sidik)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        params![
            &row.rantai,
            row.urut,
            row.pada,
            &row.pelaku,
            &row.pelaku_nama,
            row.jabatan.clone(),
            &row.tindakan,
            &row.objek,
            row.alasan.clone(),
            to_json(&row.bidang)?,
            unhex(&row.sebelum)?,
            unhex(&row.sidik)?
        ],
    )?;
    if !row.nilai.is_empty() {
        tx.exec(
            "INSERT INTO store_audit_nilai (rantai, urut, isi) VALUES (?1, ?2, ?3)",
            params![&row.rantai, row.urut, to_json(&row.nilai)?],
        )?;
    }
    Ok(())
}

/// Columns: rantai, urut, pada, pelaku, pelaku_nama, jabatan, tindakan, objek, alasan, bidang, sebelum, sidik, isi.
pub(crate) fn read_row(row: &Row<'_>) -> Result<AuditRow> {
    let bidang: String = row.get(9)?;
    let nilai: Option<String> = row.get(12)?;
    Ok(AuditRow {
        rantai: row.get(0)?,
        urut: row.get(1)?,
        pada: row.get(2)?,
        pelaku: row.get(3)?,
        pelaku_nama: row.get(4)?,
        jabatan: row.get(5)?,
        tindakan: row.get(6)?,
        objek: row.get(7)?,
        alasan: row.get(8)?,
        bidang: serde_json::from_str(&bidang).map_err(|e| StoreError::Corrupt(e.to_string()))?,
        sebelum: hex(&row.get::<Vec<u8>>(10)?),
        sidik: hex(&row.get::<Vec<u8>>(11)?),
        nilai: nilai.map_or(Ok(Vec::new()), |isi| parse_nilai(&isi))?,
    })
}

fn parse_nilai(isi: &str) -> Result<Vec<Nilai>> {
    serde_json::from_str(isi).map_err(|e| StoreError::Corrupt(format!("audit values: {e}")))
}

fn to_json<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|e| StoreError::Corrupt(e.to_string()))
}

pub(crate) fn unhex(text: &str) -> Result<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|d| u8::try_from(d).ok());
    let wrong = || StoreError::Corrupt(format!("'{text}' is not hexadecimal"));
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if !rest.is_empty() {
        return Err(wrong());
    }
    pairs.iter().map(|[high, low]| Ok((digit(*high).ok_or_else(wrong)? << 4) | digit(*low).ok_or_else(wrong)?)).collect()
}
