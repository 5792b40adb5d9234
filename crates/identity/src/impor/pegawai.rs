//! Checking a file of people: who they are, and which posts they hold from when.

mod orang;
mod tugas;

use std::collections::{HashMap, HashSet};

use praja_kernel::{Date, Id, fold};

use super::{
    Masalah, Tindakan,
    baca::{Pembaca, Tabel},
    jabatan::{ByCode, Opd, Tercatat as Jabatan},
};
use crate::{orang::Jenis, penugasan::Jenis as Cara};

/// A person who is recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Orang {
    /// Identity.
    pub id: Id,
    /// As read; a change since then refuses the import.
    pub versi: i64,
    /// Name without titles.
    pub nama: String,
    /// Titles before it.
    pub gelar_depan: Option<String>,
    /// Titles behind it.
    pub gelar_belakang: Option<String>,
    /// The 18 digits.
    pub nip: Option<String>,
    /// E-mail address, folded.
    pub email: Option<String>,
    /// Telephone number.
    pub telepon: Option<String>,
    /// What somebody is in the service of the regency.
    pub jenis: Jenis,
    /// On whose books.
    pub opd: Option<Id>,
    /// Is there an account? Then the names to log in with are changed on the page of the account, not here.
    pub akun: bool,
    /// May whoever imports change this person?
    pub milik: bool,
}

/// A penugasan that is recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Penugasan {
    /// Identity.
    pub id: Id,
    /// As read.
    pub versi: i64,
    /// The person.
    pub orang: Id,
    /// The post.
    pub jabatan: Id,
    /// How.
    pub jenis: Cara,
    /// First day.
    pub mulai: Date,
    /// Last day.
    pub sampai: Option<Date>,
    /// The decree.
    pub dasar: Option<String>,
}

/// Everything that is recorded and matters for a file of people.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// OPD that have not ended.
    pub opd: Vec<Opd>,
    /// Posts that were not abolished.
    pub jabatan: Vec<Jabatan>,
    /// People.
    pub orang: Vec<Orang>,
    /// Their penugasan, also ended ones.
    pub penugasan: Vec<Penugasan>,
    /// Who brought the file: nobody gives a post to oneself.
    pub pembawa: Option<Id>,
    /// Posts with rights beyond one OPD, which whoever brought the file may not fill.
    pub jauh: HashSet<Id>,
}

/// What is to become of the rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rencana {
    /// People, each once.
    pub orang: Vec<(Tindakan, Orang)>,
    /// Penugasan.
    pub penugasan: Vec<(Tindakan, Penugasan)>,
    /// What a reader is shown of each row: its number, what becomes of it, name, words.
    pub baris: Vec<(u32, Tindakan, String, String)>,
}

/// What is looked up often, by what it is looked up.
struct Index<'a> {
    opds: ByCode<'a>,
    jabatan: HashMap<(Id, String), Vec<&'a Jabatan>>,
    nip: HashMap<&'a str, &'a Orang>,
    email: HashMap<&'a str, &'a Orang>,
    /// People without a NIP, by folded name.
    nama: HashMap<String, Vec<&'a Orang>>,
    of_post: HashMap<Id, Vec<&'a Penugasan>>,
    of_person: HashMap<Id, Vec<&'a Penugasan>>,
    names: HashMap<Id, String>,
    posts: HashMap<Id, &'a Jabatan>,
    pembawa: Option<Id>,
    jauh: &'a HashSet<Id>,
}

impl<'a> Index<'a> {
    fn of(known: &'a Known) -> Self {
        let mut index = Self {
            opds: known.opd.iter().map(|opd| (opd.kode.as_str(), opd)).collect(),
            jabatan: HashMap::new(),
            nip: known.orang.iter().filter_map(|one| Some((one.nip.as_deref()?, one))).collect(),
            email: known.orang.iter().filter_map(|one| Some((one.email.as_deref()?, one))).collect(),
            nama: HashMap::new(),
            of_post: HashMap::new(),
            of_person: HashMap::new(),
            names: known.orang.iter().map(|one| (one.id, one.full_name())).collect(),
            posts: known.jabatan.iter().map(|one| (one.id, one)).collect(),
            pembawa: known.pembawa,
            jauh: &known.jauh,
        };
        for one in &known.jabatan {
            index.jabatan.entry((one.opd, fold(&one.nama))).or_default().push(one);
        }
        for one in known.orang.iter().filter(|one| one.nip.is_none()) {
            index.nama.entry(fold(&one.nama)).or_default().push(one);
        }
        for one in &known.penugasan {
            index.of_post.entry(one.jabatan).or_default().push(one);
            index.of_person.entry(one.orang).or_default().push(one);
        }
        index
    }
}

impl Orang {
    /// With titles.
    pub fn full_name(&self) -> String {
        crate::orang::full_name(&self.nama, self.gelar_depan.as_deref(), self.gelar_belakang.as_deref())
    }
}

/// Decides about every row. Problems are added to `masalah`; the outcome counts only when there are none.
pub fn check(tabel: &Tabel, known: &Known, new_id: &mut dyn FnMut() -> Id, masalah: &mut Vec<Masalah>) -> Rencana {
    let index = Index::of(known);
    let mut people = orang::People::new(&index);
    let mut tasks = tugas::Tasks::new(&index);
    let mut shown = Vec::with_capacity(tabel.baris.len());
    for line in &tabel.baris {
        let mut cells = Pembaca::new(tabel, line, masalah);
        let typed = orang::Typed::read(&mut cells);
        let task = tugas::Typed::read(&mut cells, &index, typed.nip.is_some());
        let Some(who) = people.take(&mut cells, typed, new_id) else { continue };
        // Who is on nobody's books yet is from now on those of a definitive post.
        if let Some(task) = task.as_ref().filter(|task| task.jenis == Cara::Definitif) {
            people.enter(who.id, task.opd, task.politik);
        }
        let held = task.and_then(|task| tasks.take(&mut cells, &who, task, new_id));
        if cells.is_clean() {
            shown.push((line.nomor, who, held));
        }
    }
    let (orang, tindakan) = people.finish();
    let baris = shown.into_iter().map(|(nomor, who, held)| {
        let person = tindakan.get(&who.id).map_or((Tindakan::Sama, ""), |(act, words)| (*act, words.as_str()));
        let (act, words) = match &held {
            Some((task, words)) => (least(person.0, *task), joined(person.1, words)),
            None => (person.0, person.1.to_owned()),
        };
        (nomor, act, who.nama, words)
    });
    let baris = baris.collect();
    Rencana { orang, penugasan: tasks.finish(), baris }
}

/// Something new shows before something changed, and that before what stays.
fn least(one: Tindakan, other: Tindakan) -> Tindakan {
    one.min(other)
}

fn joined(one: &str, other: &str) -> String {
    [one, other].iter().filter(|words| !words.is_empty()).copied().collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests;
