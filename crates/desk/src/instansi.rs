//! The directory of outside agencies and people: letters come from them and go to them. Each is found under every spelling that
//! was ever used for it; two rows for one agency are merged without losing what was written with either.

pub(crate) mod pages;
mod rules;
mod store;
#[cfg(test)]
mod tests;

use praja_kernel::{Id, Moment, words};
use praja_module::Problem;
use praja_store::{Result, StoreError, Tx, audit::Entry};

pub use rules::{Draft, Refusal, check};
pub use store::{Filter, Place};

words! {
    /// What kind of correspondent.
    pub enum Jenis ("jenis instansi") {
        /// Ministries and national agencies.
        Pusat => "pusat", "Kementerian atau lembaga pusat";
        /// A provincial government and its offices.
        Provinsi => "provinsi", "Pemerintah provinsi";
        /// Another regency or city.
        Daerah => "daerah", "Pemerintah kabupaten atau kota lain";
        /// A village government.
        Desa => "desa", "Pemerintah desa";
        /// Police, army, courts, prosecutors.
        Vertikal => "vertikal", "Instansi vertikal, TNI, atau Polri";
        /// Schools and universities.
        Pendidikan => "pendidikan", "Sekolah atau perguruan tinggi";
        /// Companies and cooperatives.
        Usaha => "usaha", "Badan usaha atau koperasi";
        /// Foundations, associations, parties.
        Organisasi => "organisasi", "Organisasi atau yayasan";
        /// A person.
        Perorangan => "perorangan", "Perorangan";
        /// Typed while registering, not yet looked at.
        Lainnya => "lainnya", "Belum dikelompokkan";
    }
}

/// A correspondent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instansi {
    /// Identity.
    pub id: Id,
    /// The name as it is written now.
    pub nama: String,
    /// What kind.
    pub jenis: Jenis,
    /// Postal address.
    pub alamat: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Telephone number.
    pub telepon: Option<String>,
    /// How often it was named in a letter.
    pub dipakai: i64,
    /// The row this one was merged into.
    pub digabung: Option<Id>,
    /// When it was first named.
    pub dibuat: Moment,
    /// Guards against two people saving at once.
    pub versi: i64,
}

/// One page of the directory, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// In the order of their names.
    pub rows: Vec<Instansi>,
    /// Where the page before begins, when there is one.
    pub before: Option<Place>,
    /// Where the next page begins, when there is one.
    pub after: Option<Place>,
}

const TABLE: &str = "desk_instansi";

/// Correspondents whose names have every typed word (each may be unfinished); those named most often first.
pub fn suggest(tx: &mut Tx<'_>, words: &str, limit: usize) -> Result<Vec<Instansi>> {
    store::suggest(tx, words, limit)
}

/// A row, also one that was merged into another.
pub fn get(tx: &mut Tx<'_>, id: Id) -> Result<Option<Instansi>> {
    store::get(tx, id)
}

/// The row that now stands for `id`: itself, or what it was merged into.
pub fn current(tx: &mut Tx<'_>, id: Id) -> Result<Option<Instansi>> {
    let mut found = store::get(tx, id)?;
    // A merge moves the ones that were merged before, so that one step is enough; a second is for rows merged meanwhile.
    for _ in 0..4 {
        match found.as_ref().and_then(|row| row.digabung) {
            Some(into) => found = store::get(tx, into)?,
            None => break,
        }
    }
    Ok(found)
}

/// The correspondent of exactly this name (letters, accents and blanks apart) under any spelling; `None` for a name nobody used.
pub fn find(tx: &mut Tx<'_>, nama: &str) -> Result<Option<Id>> {
    store::by_name(tx, nama)
}

/// The correspondent of this name, added when nobody used the name before, and counts that it was named once more.
///
/// # Errors
/// [`StoreError::Statement`] for a name without a letter: the form that took it must have refused it.
pub fn find_or_add(tx: &mut Tx<'_>, nama: &str) -> Result<Id> {
    let nama = nama.split_whitespace().collect::<Vec<_>>().join(" ");
    if praja_kernel::fold(&nama).is_empty() {
        return Err(StoreError::Statement("a correspondent needs a name".into()));
    }
    let id = match store::by_name(tx, &nama)? {
        Some(id) => id,
        None => {
            let draft = Draft { nama: nama.clone(), ..Draft::default() };
            insert(tx, &draft)?
        }
    };
    store::count(tx, id)?;
    Ok(id)
}

/// Adds a correspondent with everything known about it.
///
/// # Errors
/// [`Refusal::Exists`] when the name is in use.
pub fn add(tx: &mut Tx<'_>, draft: &Draft) -> Result<Id, Problem> {
    if let Some(id) = store::by_name(tx, &draft.nama)? {
        return Err(Problem::refused(Refusal::Exists { id, nama: draft.nama.clone() }));
    }
    Ok(insert(tx, draft)?)
}

/// Changes what is known. A new name is kept beside the old ones, which go on leading here.
///
/// # Errors
/// [`Refusal`] when the name belongs to another row or this one was merged; [`Problem::Conflict`] when somebody was first.
pub fn change(tx: &mut Tx<'_>, id: Id, versi: i64, draft: &Draft) -> Result<(), Problem> {
    let before = store::get(tx, id)?.ok_or(Problem::NotFound)?;
    if before.digabung.is_some() {
        return Err(Problem::refused(Refusal::Merged { nama: before.nama }));
    }
    match store::by_name(tx, &draft.nama)? {
        Some(other) if other != id => {
            return Err(Problem::refused(Refusal::Exists { id: other, nama: draft.nama.clone() }));
        }
        Some(_) => {}
        None => store::add_name(tx, id, &draft.nama)?,
    }
    if !store::update(tx, id, versi, draft)? {
        return Err(Problem::Conflict);
    }
    Ok(tx.audit(&entry("desk.change-instansi", id, draft).with("nama_lama", &before.nama))?)
}

/// Merges `from` into `into`: all spellings of both lead to `into` from now on, and `from` stays as a row that names `into`.
///
/// # Errors
/// [`Refusal`] when the two are one, or either was merged before.
pub fn merge(tx: &mut Tx<'_>, from: Id, into: Id) -> Result<(), Problem> {
    let (source, target) = (store::get(tx, from)?.ok_or(Problem::NotFound)?, store::get(tx, into)?.ok_or(Problem::NotFound)?);
    rules::may_merge(&source, &target).map_err(Problem::refused)?;
    store::merge(tx, &source, &target)?;
    let on_source = Entry::new("desk.merge-instansi", TABLE, from).with("nama", &source.nama).with("ke", &target.nama);
    tx.audit(&on_source)?;
    let on_target = Entry::new("desk.receive-instansi", TABLE, into).with("nama", &source.nama);
    Ok(tx.audit(&on_target)?)
}

/// The other spellings under which a row is found.
pub fn spellings(tx: &mut Tx<'_>, id: Id) -> Result<Vec<String>> {
    store::spellings(tx, id)
}

/// One page of the directory.
pub fn list(tx: &mut Tx<'_>, filter: &Filter, place: &Place, limit: usize) -> Result<Page> {
    store::list(tx, filter, place, limit)
}

fn insert(tx: &mut Tx<'_>, draft: &Draft) -> Result<Id> {
    let id = tx.new_id()?;
    store::insert(tx, id, draft)?;
    store::add_name(tx, id, &draft.nama)?;
    tx.audit(&entry("desk.add-instansi", id, draft))?;
    Ok(id)
}

fn entry(act: &'static str, id: Id, draft: &Draft) -> Entry {
    let optional = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".into());
    Entry::new(act, TABLE, id)
        .with("nama", &draft.nama)
        .with("jenis", draft.jenis.as_str())
        .with("alamat", optional(&draft.alamat))
        .with("email", optional(&draft.email))
        .with("telepon", optional(&draft.telepon))
}
