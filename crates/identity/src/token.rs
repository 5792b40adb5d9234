//! Tokens of other programs of the regency: who may make one, what it may, how long. Pure rules.

pub(crate) mod dokumen;
pub(crate) mod pages;
mod panggilan;
mod refusal;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use praja_kernel::{Date, FieldProblem, Id, Moment, Permission, Sifat, days_after, tanggal_pendek};
use praja_module::{Module, Ports, Throttle, api};

use crate::isian::Problems;

pub(crate) use refusal::Refusal;

/// What every token begins with, so that one that lies about is recognised.
const PREFIX: &str = "praja_";
/// How many letters of a token are shown afterwards, behind the prefix.
const HINT: usize = 6;
/// Longest life of a token, in days: two years, as long as most agreements run.
const LONGEST_DAYS: i32 = 731;

/// A token as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) id: Id,
    pub(crate) isi: Isi,
    pub(crate) opd: Id,
    pub(crate) petunjuk: String,
    /// The first moment at which it is no longer good.
    pub(crate) berlaku_sampai: Moment,
    pub(crate) dibuat: Moment,
    pub(crate) oleh_nama: String,
    pub(crate) terakhir: Option<Moment>,
    pub(crate) terakhir_alamat: Option<String>,
    pub(crate) dicabut: Option<Moment>,
    pub(crate) dicabut_oleh: Option<String>,
    pub(crate) sebab: Option<String>,
}

/// What its maker decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Isi {
    pub(crate) nama: String,
    pub(crate) keterangan: String,
    pub(crate) jabatan: Id,
    pub(crate) sifat: Sifat,
    pub(crate) cakupan: Vec<String>,
}

praja_kernel::words! {
    /// How a token stands.
    pub(crate) enum Keadaan ("keadaan token") {
        /// May be used.
        Berlaku => "berlaku", "Berlaku";
        /// Its time is over.
        Lewat => "lewat", "Lewat masa";
        /// Taken back.
        Dicabut => "dicabut", "Dicabut";
    }
}

impl Token {
    pub(crate) fn keadaan(&self, now: Moment) -> Keadaan {
        match self.dicabut {
            Some(_) => Keadaan::Dicabut,
            None if now >= self.berlaku_sampai => Keadaan::Lewat,
            None => Keadaan::Berlaku,
        }
    }
}

/// A fresh token, and what is kept of it: its hash, and the letters by which people tell it from another.
pub(crate) struct Rahasia {
    pub(crate) teks: String,
    pub(crate) kunci: String,
    pub(crate) petunjuk: String,
}

impl Rahasia {
    /// Draws 256 bits.
    pub(crate) fn draw() -> Self {
        let teks = format!("{PREFIX}{}", praja_module::cookie_value());
        let petunjuk = teks.chars().take(PREFIX.len() + HINT).collect();
        Self { kunci: praja_module::session_key(&teks), petunjuk, teks }
    }
}

/// What was typed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Draft<'a> {
    pub(crate) nama: &'a str,
    pub(crate) keterangan: &'a str,
    pub(crate) jabatan: &'a str,
    pub(crate) sifat: &'a str,
    pub(crate) cakupan: Vec<&'a str>,
    pub(crate) sampai: &'a str,
}

/// What the rule must know besides.
pub(crate) struct Known<'a> {
    pub(crate) today: Date,
    /// What whoever makes it may give: the scopes whose rights they hold.
    pub(crate) boleh: &'a [api::Cakupan],
    /// The posts of the OPD.
    pub(crate) jabatan: &'a [Id],
    /// Does whoever makes it lead the OPD?
    pub(crate) pimpinan: bool,
    /// Names of the tokens of this OPD that are in force, folded.
    pub(crate) dipakai: &'a [String],
}

/// Reads what was typed into a token that may be made, with its last day.
///
/// # Errors
/// Everything at fault.
pub(crate) fn check(draft: &Draft<'_>, known: &Known<'_>) -> Result<(Isi, Date), Vec<FieldProblem>> {
    let mut problems = Problems::default();
    let nama = problems.needed("nama", "Nama aplikasi", draft.nama, 80);
    if known.dipakai.contains(&praja_kernel::fold(&nama)) {
        problems.add("nama", "Sudah ada token bernama ini yang masih berlaku. Tambahkan pembeda, misalnya bulannya.");
    }
    let keterangan = problems.needed("keterangan", "Keperluan dan dasarnya", draft.keterangan, 300);
    let jabatan = draft.jabatan.parse().ok().filter(|id| known.jabatan.contains(id));
    if jabatan.is_none() {
        problems.add("jabatan", "Pilih jabatan di OPD ini yang menjadi penanggung jawabnya.");
    }
    let sifat = class(&mut problems, draft.sifat, known.pimpinan);
    let mut cakupan: Vec<String> = draft.cakupan.iter().filter(|one| !one.is_empty()).map(|one| (*one).to_owned()).collect();
    cakupan.sort();
    cakupan.dedup();
    if cakupan.is_empty() {
        problems.add("cakupan", "Pilih sedikitnya satu cakupan.");
    } else if cakupan.iter().any(|nama| known.boleh.iter().all(|one| one.nama != nama)) {
        problems.add("cakupan", "Pilih hanya cakupan yang haknya Anda pegang sendiri.");
    }
    let sampai = last_day(&mut problems, draft.sampai, known.today);
    match (jabatan, sifat, sampai) {
        (Some(jabatan), Some(sifat), Some(sampai)) if problems.0.is_empty() => {
            Ok((Isi { nama, keterangan, jabatan, sifat, cakupan }, sampai))
        }
        _ => Err(problems.0),
    }
}

/// Biasa always; Terbatas where the leader of the OPD says so; what is secret never leaves for a program.
fn class(problems: &mut Problems, typed: &str, leads: bool) -> Option<Sifat> {
    match typed.parse() {
        Ok(Sifat::Biasa) => Some(Sifat::Biasa),
        Ok(Sifat::Terbatas) if leads => Some(Sifat::Terbatas),
        Ok(Sifat::Terbatas) => {
            problems.add("sifat", "Surat terbatas hanya dibuka untuk aplikasi oleh pimpinan OPD ini sendiri.");
            None
        }
        Ok(Sifat::Rahasia | Sifat::SangatRahasia) | Err(_) => {
            problems.add("sifat", "Pilih sifat surat yang isinya boleh dibaca aplikasi.");
            None
        }
    }
}

fn last_day(problems: &mut Problems, typed: &str, today: Date) -> Option<Date> {
    let day = problems.needed_date("sampai", "Hari terakhir berlakunya", typed)?;
    let most = days_after(today, LONGEST_DAYS).unwrap_or(today);
    if day < today || day > most {
        problems.add("sampai", format!("Pilih hari antara {} dan {}.", tanggal_pendek(today), tanggal_pendek(most)));
        return None;
    }
    Some(day)
}

/// Every scope of these modules, each once.
pub(crate) fn scopes(modules: &[&'static Module]) -> Vec<api::Cakupan> {
    let mut all: Vec<api::Cakupan> = Vec::new();
    for operation in modules.iter().flat_map(|module| module.api) {
        if all.iter().all(|one| one.nama != operation.cakupan.nama) {
            all.push(operation.cakupan);
        }
    }
    all
}

/// Those among them that somebody with these rights may give to a program.
pub(crate) fn may_give(all: Vec<api::Cakupan>, may: impl Fn(Permission) -> bool) -> Vec<api::Cakupan> {
    all.into_iter().filter(|one| may(one.hak)).collect()
}

/// What identity knows about programs that call.
pub(crate) fn provide(ports: &mut Ports) {
    ports.callers = Some(Arc::new(panggilan::Tokens));
    ports.calls = Some(Arc::new(Throttle::new(api::PER_MINUTE, 60_000)));
}
