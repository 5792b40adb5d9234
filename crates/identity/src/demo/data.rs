//! The embedded file of the fictional regency.

use praja_kernel::Date;
use praja_store::{Result, StoreError};
use serde::Deserialize;

use crate::{jabatan, opd, orang::full_name, penugasan};

static FILE: &str = include_str!("../../demo/kabupaten.yaml");

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Regency {
    pub(crate) opd: Vec<NewOpd>,
    pub(crate) tambahan: Vec<Extra>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewOpd {
    pub(crate) kode: String,
    pub(crate) singkatan: String,
    pub(crate) nama: String,
    pub(crate) jenis: opd::Jenis,
    pub(crate) induk: Option<String>,
    pub(crate) berlaku_dari: Option<Date>,
    pub(crate) berlaku_sampai: Option<Date>,
    #[serde(default)]
    pub(crate) pendahulu: Vec<String>,
    pub(crate) jabatan: Vec<NewJabatan>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewJabatan {
    pub(crate) kunci: String,
    pub(crate) nama: String,
    pub(crate) jenis: jabatan::Jenis,
    pub(crate) induk: Option<String>,
    pub(crate) peran: Vec<String>,
    #[serde(default)]
    pub(crate) peran_orang: Vec<String>,
    /// Name of the demo account of whoever holds it.
    pub(crate) akun: Option<String>,
    pub(crate) orang: Option<Person>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Person {
    pub(crate) nama: String,
    pub(crate) depan: Option<String>,
    pub(crate) belakang: Option<String>,
    lahir: Option<String>,
    tmt: Option<String>,
    kelamin: Option<u8>,
}

/// A second penugasan of somebody.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Extra {
    /// The post by which the person is known.
    pub(crate) orang: String,
    /// The further post.
    pub(crate) jabatan: String,
    pub(crate) jenis: penugasan::Jenis,
    /// Days from the anchor.
    pub(crate) sejak: i64,
    /// Days from the anchor.
    pub(crate) sampai: i64,
}

impl Regency {
    /// Reads the embedded file for a region of this name ("Kabupaten …" or "Kota …").
    pub(crate) fn read(wilayah: &str) -> Result<Self> {
        let mut regency: Self =
            serde_yaml::from_str(FILE).map_err(|e| StoreError::Corrupt(format!("the demo regency cannot be read: {e}")))?;
        let (kepala, short) = match wilayah.strip_prefix("Kota ") {
            Some(city) => ("Wali Kota", city),
            None => ("Bupati", wilayah.strip_prefix("Kabupaten ").unwrap_or(wilayah)),
        };
        let fill = |text: &mut String| *text = text.replace("{kepala}", kepala).replace("{wilayah}", short).trim().to_owned();
        for opd in &mut regency.opd {
            fill(&mut opd.nama);
            opd.jabatan.iter_mut().for_each(|jabatan| fill(&mut jabatan.nama));
        }
        Ok(regency)
    }

    /// Every post whose holder gets an account, with its OPD, in the order of the file.
    pub(crate) fn accounts(&self) -> impl Iterator<Item = (&NewOpd, &NewJabatan, &str)> {
        self.opd.iter().flat_map(|opd| {
            opd.jabatan.iter().filter_map(move |jabatan| jabatan.akun.as_deref().map(|akun| (opd, jabatan, akun)))
        })
    }

    /// The full name of the first person whom a role follows from post to post.
    pub(crate) fn holder_of(&self, role: &str) -> Option<String> {
        let posts = self.opd.iter().flat_map(|opd| &opd.jabatan);
        posts
            .filter(|jabatan| jabatan.peran_orang.iter().any(|one| one == role))
            .find_map(|jabatan| Some(jabatan.orang.as_ref()?.full_name()))
    }

    /// The account that shows a role best: named like it, else of somebody who holds it, of Dinas Kesehatan if possible, because
    /// there the other accounts of the same workflow are.
    pub(crate) fn account_for(&self, role: &str) -> Option<String> {
        let short = role.rsplit('.').next().unwrap_or(role);
        let holds = |jabatan: &NewJabatan| {
            let mut held = jabatan.peran.iter().chain(&jabatan.peran_orang);
            held.any(|one| one == role || one.rsplit('.').next() == Some(role))
        };
        let by_name = |name: &str| self.accounts().find(|(_, jabatan, akun)| *akun == name && (name == role || holds(jabatan)));
        let named = by_name(role).or_else(|| by_name(short));
        let near = || self.accounts().find(|(opd, jabatan, _)| opd.singkatan == "Dinkes" && holds(jabatan));
        let any = || self.accounts().find(|(_, jabatan, _)| holds(jabatan));
        // Every officer holds the roles named pegawai.
        let common = || self.accounts().find(|(.., akun)| short == "pegawai" && *akun == "staf");
        named.or_else(near).or_else(any).or_else(common).map(|(.., akun)| akun.to_owned())
    }
}

impl Person {
    /// Somebody who never lived; `lahir` and `tmt` as the NIP writes them.
    pub(crate) fn invented(nama: String, belakang: Option<String>, lahir: String, tmt: String, kelamin: u8) -> Self {
        Self { nama, depan: None, belakang, lahir: Some(lahir), tmt: Some(tmt), kelamin: Some(kelamin) }
    }

    pub(crate) fn full_name(&self) -> String {
        full_name(&self.nama, self.depan.as_deref(), self.belakang.as_deref())
    }

    /// A NIP of the right shape; its serial is above what BKN gives on one day, so that it is nobody's.
    pub(crate) fn nip(&self, seed: u64, serial: u64) -> Option<String> {
        let (lahir, tmt, kelamin) = (self.lahir.as_ref()?, self.tmt.as_ref()?, self.kelamin?);
        Some(format!("{lahir}{tmt}{kelamin}{}", 901 + (seed % 99 + serial) % 99))
    }
}

/// The address by which a demo account's holder is found; `.example` never leads anywhere (RFC 2606).
pub(crate) fn email(akun: &str) -> String {
    format!("{akun}@praja.example")
}
