//! Who sees a complaint, who is told of it and who opens what is attached to it.

use praja_identity::{jabatan, peran};
use praja_kernel::{Actor, Date, Id, Scope};
use praja_store::{Result, Tx};

use super::{Jalur, Pengaduan, Teradu, store};
use crate::{ANSWER_PENGADUAN, INSPECT_PENGADUAN, MANAGE_PENGADUAN, PENGAWAS, PENGELOLA, PENJAWAB};

/// So many posts are climbed at most: nobody has more superiors.
const LEVELS: usize = 12;

/// The person behind a scope; none for citizens and programs.
pub(crate) fn person(scope: &Scope) -> Option<Id> {
    match &scope.actor {
        Actor::Pegawai { id, .. } => Some(*id),
        _ => None,
    }
}

/// May this scope see it? Whom it is about never does, whatever else they hold. A report to the inspectorate is for whoever holds its permission;
/// what is about an officer for them and the superior it was forwarded to; the rest for the office, and for who manages complaints.
pub(crate) fn may_see(scope: &Scope, one: &Pengaduan, teradu: &[Teradu]) -> bool {
    if person(scope).is_some_and(|orang| teradu.iter().any(|one| one.orang == orang)) {
        return false;
    }
    let inspects = scope.may(INSPECT_PENGADUAN);
    match one.jalur {
        Jalur::Biasa => {
            scope.may(MANAGE_PENGADUAN) || (scope.may(ANSWER_PENGADUAN) && one.opd.is_some_and(|opd| scope.covers_opd(opd)))
        }
        Jalur::Petugas => {
            let post = scope.acting.as_ref().map(|acting| acting.jabatan);
            inspects || (post.is_some() && one.kepada == post)
        }
        Jalur::Wbs => inspects,
    }
}

/// The same, reading whom it is about.
///
/// # Errors
/// When the database fails.
pub fn seen(tx: &mut Tx<'_>, scope: &Scope, one: &Pengaduan) -> Result<bool> {
    Ok(may_see(scope, one, &store::teradu(tx, one.id)?))
}

/// Who may open what is attached to an ordinary complaint with this OPD: its leader, the posts of it that answer complaints, and whoever keeps
/// the desk of the regency. Not everybody of the OPD: a complaint is about colleagues. What is protected is granted to nobody and opened from
/// the page of the complaint alone, which asks each time.
///
/// # Errors
/// When the database fails.
pub fn readers(tx: &mut Tx<'_>, opd: Option<Id>) -> Result<Vec<String>> {
    let mut all = peran::holders(tx, PENGELOLA)?;
    let Some(opd) = opd else { return Ok(all) };
    all.extend(jabatan::head_of(tx, opd)?.map(|head| format!("jabatan:{}", head.id)));
    for holder in peran::holders(tx, PENJAWAB)? {
        let post = holder.strip_prefix("jabatan:").and_then(|id| id.parse::<Id>().ok());
        if let Some(post) = post
            && jabatan::get(tx, post)?.is_some_and(|post| post.opd == opd)
            && !all.contains(&holder)
        {
            all.push(holder);
        }
    }
    Ok(all)
}

/// The persons who receive what is for the inspectorate, as subjects, without those it is about. Persons and not posts: a task or notice of
/// a post would pass on to whoever holds it next.
///
/// # Errors
/// When the database fails.
pub(crate) fn inspectors(tx: &mut Tx<'_>, teradu: &[Teradu], today: Date) -> Result<Vec<String>> {
    let mut all = Vec::new();
    for subject in peran::holders(tx, PENGAWAS)? {
        let orang = match subject.split_once(':') {
            Some(("jabatan", id)) => match id.parse::<Id>() {
                Ok(post) => jabatan::holder_on(tx, post, today)?.map(|holder| holder.orang),
                Err(_) => None,
            },
            Some(("pegawai", id)) => id.parse().ok(),
            _ => None,
        };
        let Some(orang) = orang.filter(|orang| teradu.iter().all(|one| one.orang != *orang)) else { continue };
        let subject = format!("pegawai:{orang}");
        if !all.contains(&subject) {
            all.push(subject);
        }
    }
    Ok(all)
}

/// From a post upwards the first that somebody else holds than those it is about.
///
/// # Errors
/// When the database fails.
pub(crate) fn above(tx: &mut Tx<'_>, from: Id, teradu: &[Teradu], today: Date) -> Result<Option<Id>> {
    let mut post = Some(from);
    for _ in 0..LEVELS {
        let Some(at) = post else { return Ok(None) };
        let holder = jabatan::holder_on(tx, at, today)?;
        if holder.is_some_and(|holder| teradu.iter().all(|one| one.orang != holder.orang)) {
            return Ok(Some(at));
        }
        post = jabatan::superior(tx, at)?.map(|above| above.id);
    }
    Ok(None)
}

/// The head of an OPD, or the first above who is not whom it is about.
///
/// # Errors
/// When the database fails.
pub(crate) fn head(tx: &mut Tx<'_>, opd: Id, teradu: &[Teradu], today: Date) -> Result<Option<Id>> {
    match jabatan::head_of(tx, opd)? {
        Some(head) => above(tx, head.id, teradu, today),
        None => Ok(None),
    }
}

/// The person who holds a post today, as a subject, unless the complaint is about them.
///
/// # Errors
/// When the database fails.
pub(crate) fn holder(tx: &mut Tx<'_>, post: Id, teradu: &[Teradu], today: Date) -> Result<Option<String>> {
    let holder = jabatan::holder_on(tx, post, today)?.map(|holder| holder.orang);
    Ok(holder.filter(|orang| teradu.iter().all(|one| one.orang != *orang)).map(|orang| format!("pegawai:{orang}")))
}
