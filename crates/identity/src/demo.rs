//! The one fictional regency that demos, tests and screenshots use.

pub(crate) mod data;
mod pola;
mod warga;

use std::{collections::HashMap, sync::Arc};

use jiff::Span;
use praja_kernel::{Date, Id};
use praja_module::Demo;
use praja_store::{Keys, Result, StoreError, Tx};

use crate::{jabatan, opd, orang, penugasan, peran};
use data::{Extra, NewJabatan, NewOpd, Regency};

/// First day of the OPDs: the year in which PP 18/2016 took effect.
const BERLAKU_DARI: Date = Date::constant(2017, 1, 2);

/// Fills an empty contoh Instance with OPD, posts, people and roles: with scale 0 only those that tests and guides name, else a whole
/// government with its citizens. What is already filled is left alone.
///
/// # Errors
/// When the database fails; the embedded file is checked by a test.
pub fn load(demo: &Demo<'_>) -> Result<()> {
    let mut regency = Regency::read(&demo.instance.wilayah.nama)?;
    if demo.scale > 0 {
        pola::grow(&mut regency, &demo.instance.paket)?;
    }
    let (seed, anchor) = (demo.seed, demo.anchor);
    let total = regency.opd.len() as u64;
    (demo.progress)("OPD dan jabatan", 0, total);
    let by = demo.instance.by_system("identity.load-demo");
    let regency = Arc::new(regency);
    let offices = regency.clone();
    demo.instance.db.write(&by, Keys::unaudited(), move |tx| {
        if opd::store::any(tx)? {
            return Ok(());
        }
        Loader { seed, anchor, opd: HashMap::new(), jabatan: HashMap::new(), orang: HashMap::new() }.run(tx, &offices)
    })?;
    (demo.progress)("OPD dan jabatan", total, total);
    // Tests register the citizens they are about; a whole regency has some.
    if demo.scale > 0 { warga::load(demo, &regency) } else { Ok(()) }
}

/// Who files something under this name in the fictional regency, as [`praja_kernel::Actor::key`]; nobody where the demo has no such
/// citizen.
///
/// # Errors
/// When the database fails.
pub fn citizen(tx: &mut Tx<'_>, nama: &str) -> Result<Option<String>> {
    Ok(warga::store::citizen(tx, nama)?.map(|id| format!("warga:{id}")))
}

/// What was made so far, by the names of the file.
struct Loader<'a> {
    seed: u64,
    anchor: Date,
    opd: HashMap<&'a str, Id>,
    jabatan: HashMap<&'a str, Id>,
    orang: HashMap<&'a str, Id>,
}

impl<'a> Loader<'a> {
    fn run(mut self, tx: &mut Tx<'_>, regency: &'a Regency) -> Result<()> {
        for (at, new) in regency.opd.iter().enumerate() {
            self.add_opd(tx, new, at)?;
        }
        for new in &regency.opd {
            for before in &new.pendahulu {
                opd::store::insert_predecessor(tx, find(&self.opd, &new.singkatan)?, find(&self.opd, before)?)?;
            }
            for (at, jabatan) in new.jabatan.iter().enumerate() {
                self.add_jabatan(tx, new, jabatan, at)?;
            }
        }
        for extra in &regency.tambahan {
            self.add_extra(tx, extra)?;
        }
        Ok(())
    }

    fn add_opd(&mut self, tx: &mut Tx<'_>, new: &'a NewOpd, at: usize) -> Result<()> {
        let id = tx.new_id()?;
        let row = opd::Opd {
            id,
            kode: new.kode.clone(),
            nama: new.nama.clone(),
            singkatan: new.singkatan.clone(),
            jenis: new.jenis,
            induk: new.induk.as_ref().map(|above| find(&self.opd, above)).transpose()?,
            berlaku_dari: new.berlaku_dari.unwrap_or(BERLAKU_DARI),
            berlaku_sampai: new.berlaku_sampai,
        };
        opd::store::insert(tx, &row, at as i64)?;
        self.opd.insert(&new.singkatan, id);
        Ok(())
    }

    fn add_jabatan(&mut self, tx: &mut Tx<'_>, opd: &'a NewOpd, new: &'a NewJabatan, at: usize) -> Result<()> {
        let id = tx.new_id()?;
        let row = jabatan::Jabatan {
            id,
            opd: find(&self.opd, &opd.singkatan)?,
            nama: new.nama.clone(),
            jenis: new.jenis,
            induk: new.induk.as_ref().map(|above| find(&self.jabatan, above)).transpose()?,
        };
        jabatan::store::insert(tx, &row, at as i64, opd.berlaku_dari.unwrap_or(BERLAKU_DARI))?;
        self.jabatan.insert(&new.kunci, id);
        for role in &new.peran {
            peran::store::insert(tx, peran::store::Holder::Jabatan(id), role)?;
        }
        let Some(person) = &new.orang else { return Ok(()) };
        let serial = self.orang.len() as u64;
        let nip = person.nip(self.seed, serial);
        let email = new.akun.as_deref().map(data::email);
        let holder = orang::store::insert(
            tx,
            &orang::store::NewOrang {
                nama: &person.nama,
                gelar_depan: person.depan.as_deref(),
                gelar_belakang: person.belakang.as_deref(),
                nip: nip.as_deref(),
                email: email.as_deref(),
                jenis: (new.jenis == jabatan::Jenis::Politik).then_some(orang::Jenis::PejabatNegara),
                ..orang::store::NewOrang::default()
            },
        )?;
        self.orang.insert(&new.kunci, holder);
        for role in &new.peran_orang {
            peran::store::insert(tx, peran::store::Holder::Orang(holder, None), role)?;
        }
        // Everybody has been at the post for half a year to some three years.
        let since = 190 + (self.seed % 1000 * 31 + serial * 97) % 900;
        penugasan::store::insert(tx, holder, id, penugasan::Jenis::Definitif, day(self.anchor, -(since as i64)), None)?;
        Ok(())
    }

    fn add_extra(&mut self, tx: &mut Tx<'_>, extra: &'a Extra) -> Result<()> {
        let (orang, jabatan) = (find(&self.orang, &extra.orang)?, find(&self.jabatan, &extra.jabatan)?);
        let (from, to) = (day(self.anchor, extra.sejak), day(self.anchor, extra.sampai));
        penugasan::store::insert(tx, orang, jabatan, extra.jenis, from, Some(to))?;
        Ok(())
    }
}

/// The day so many days after the anchor, or before it.
fn day(anchor: Date, days: i64) -> Date {
    anchor.saturating_add(Span::new().days(days))
}

fn find(known: &HashMap<&str, Id>, name: &str) -> Result<Id> {
    known.get(name).copied().ok_or_else(|| StoreError::Corrupt(format!("the demo regency names '{name}' before it is made")))
}

#[cfg(test)]
mod tests;
