//! The inventory of personal data: shipped as a file, replaced by the regency on its own page without a new program; and whom to ask.

use praja_store::{Result, StoreError, Tx, audit};
use serde::{Deserialize, Serialize};

use crate::choices::store as settings;

pub(super) const SHIPPED: &str = include_str!("../../../../config-templates/data/inventaris_data_pribadi.csv");
/// The columns of the file, in order.
pub(super) const COLUMNS: [&str; 5] = ["data", "tujuan", "dasar", "lama", "siapa"];
const OWNER: &str = "daerah";
const LIST: &str = "data-pribadi.inventaris";
const CONTACT: &str = "data-pribadi.kontak";
/// Longer lists are no inventory anybody reads.
const MOST: usize = 300;

/// A line of the inventory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Baris {
    pub(super) data: String,
    pub(super) tujuan: String,
    pub(super) dasar: String,
    pub(super) lama: String,
    pub(super) siapa: String,
}

/// Whom to ask about personal data.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kontak {
    pub(super) nama: String,
    pub(super) jabatan: String,
    pub(super) surel: String,
    pub(super) telepon: String,
    pub(super) alamat: String,
}

/// Reads a file; every line that is wrong is told with its number.
pub(super) fn read(text: &str) -> std::result::Result<Vec<Baris>, Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let heads: Vec<String> = reader.headers().map(|heads| heads.iter().map(str::to_lowercase).collect()).unwrap_or_default();
    if heads != COLUMNS {
        return Err(vec![format!("Baris 1: kolomnya harus {}.", COLUMNS.join(", "))]);
    }
    let (mut rows, mut wrong) = (Vec::new(), Vec::new());
    for (at, record) in (2_usize..).zip(reader.records()) {
        let fields: Vec<String> = match record {
            Ok(record) => record.iter().map(str::to_owned).collect(),
            Err(_) => {
                wrong.push(format!(
                    "Baris {at}: banyaknya kolom bukan {}. Apit isian yang memuat koma dengan tanda petik.",
                    COLUMNS.len()
                ));
                continue;
            }
        };
        if let Some(empty) = fields.iter().position(String::is_empty) {
            wrong.push(format!("Baris {at}: kolom {} kosong.", COLUMNS.get(empty).copied().unwrap_or_default()));
        }
        let [data, tujuan, dasar, lama, siapa] = <[String; 5]>::try_from(fields).unwrap_or_default();
        rows.push(Baris { data, tujuan, dasar, lama, siapa });
    }
    if rows.is_empty() && wrong.is_empty() {
        wrong.push("Berkas ini tidak memuat satu baris pun.".to_owned());
    }
    if rows.len() > MOST {
        wrong.push(format!("Inventaris memuat {} baris; paling banyak {MOST}.", rows.len()));
    }
    if wrong.is_empty() { Ok(rows) } else { Err(wrong) }
}

/// The text in force.
pub(super) fn text(tx: &mut Tx<'_>) -> Result<String> {
    let own = settings::setting(tx, OWNER, LIST)?.filter(|text| !text.is_empty());
    Ok(own.unwrap_or_else(|| SHIPPED.to_owned()))
}

/// The inventory in force.
pub(super) fn list(tx: &mut Tx<'_>) -> Result<Vec<Baris>> {
    let text = text(tx)?;
    read(&text).map_err(|wrong| StoreError::Corrupt(wrong.join(" ")))
}

/// Puts a list in force that was checked; empty brings back the shipped one.
pub(super) fn put(tx: &mut Tx<'_>, text: &str, rows: usize) -> Result<()> {
    settings::put_setting(tx, OWNER, LIST, text)?;
    tx.audit(&audit::Entry::new("desk.configure-inventaris-data", "desk_pilihan", LIST).with("baris", rows))
}

/// Whom to ask; none while nobody was named.
pub(super) fn contact(tx: &mut Tx<'_>) -> Result<Option<Kontak>> {
    match settings::setting(tx, OWNER, CONTACT)? {
        Some(text) => serde_json::from_str(&text).map(Some).map_err(|e| StoreError::Corrupt(format!("{CONTACT}: {e}"))),
        None => Ok(None),
    }
}

pub(super) fn put_contact(tx: &mut Tx<'_>, kontak: &Kontak) -> Result<()> {
    let text = serde_json::to_string(kontak).map_err(|e| StoreError::Corrupt(e.to_string()))?;
    settings::put_setting(tx, OWNER, CONTACT, &text)?;
    tx.audit(&audit::Entry::new("desk.configure-kontak-data", "desk_pilihan", CONTACT).with("nama", &kontak.nama))
}
