//! Saved views: a list with its filters under a name of one's own; one of them may be where the list begins.

pub(crate) mod pages;
mod refusal;
mod store;
#[cfg(test)]
mod tests;

use praja_kernel::{Id, fold};
use praja_module::{Ctx, Problem, Response};
use praja_store::Tx;

pub use pages::bar;
pub use refusal::Refusal;

use crate::words::encode;

/// Longest name, in letters.
const NAMA: usize = 40;
/// Longest query, in bytes.
const KUERI: usize = 600;
/// A person keeps so many views of one list.
const MOST: usize = 20;
/// Parts of a query that say which page is open, not which list.
const PAGING: [&str; 2] = ["tampilan", "_"];

/// A saved view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tampilan {
    /// Identity.
    pub id: Id,
    /// The list: its address without a query.
    pub daftar: String,
    /// The name its owner gave it.
    pub nama: String,
    /// The filters, in canonical order.
    pub kueri: String,
    /// Is this where the list begins?
    pub bawaan: bool,
    /// Guards against two windows saving at once.
    pub versi: i64,
}

impl Tampilan {
    /// Where it leads.
    pub fn href(&self) -> String {
        address(&self.daftar, &self.kueri)
    }
}

/// What was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The list.
    pub daftar: String,
    /// Its name.
    pub nama: String,
    /// Its filters.
    pub kueri: String,
    /// Begin with it?
    pub bawaan: bool,
}

/// Decides whether a view may be saved beside `existing` ones of the same person and list.
///
/// # Errors
/// [`Refusal`]
pub fn check(draft: Draft, existing: &[Tampilan], own: Option<Id>) -> Result<Draft, Refusal> {
    let nama = draft.nama.split_whitespace().collect::<Vec<_>>().join(" ");
    if nama.is_empty() {
        return Err(Refusal::NoName);
    }
    if nama.chars().count() > NAMA {
        return Err(Refusal::LongName { most: NAMA });
    }
    if draft.kueri.len() > KUERI {
        return Err(Refusal::LongQuery);
    }
    let others = existing.iter().filter(|one| Some(one.id) != own);
    if let Some(same) = others.clone().find(|one| fold(&one.nama) == fold(&nama)) {
        return Err(Refusal::SameName { nama: same.nama.clone() });
    }
    if own.is_none() && others.count() >= MOST {
        return Err(Refusal::TooMany { most: MOST });
    }
    Ok(Draft { nama, ..draft })
}

/// A query in canonical order, without what says which page of the list is open.
pub fn canonical(pairs: &[(String, String)]) -> String {
    let is_page = |name: &str| PAGING.contains(&name) || praja_web::address::PLACES.contains(&name);
    let mut kept: Vec<_> = pairs.iter().filter(|(name, value)| !is_page(name) && !value.trim().is_empty()).collect();
    kept.sort();
    kept.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value.trim()))).collect::<Vec<_>>().join("&")
}

fn address(daftar: &str, kueri: &str) -> String {
    // A list without filters says so, or it would begin with the saved view again.
    if kueri.is_empty() { format!("{daftar}?tampilan=semua") } else { format!("{daftar}?{kueri}") }
}

/// The views of whoever asks for one list, oldest first.
pub fn of(tx: &mut Tx<'_>, ctx: &Ctx, daftar: &str) -> Result<Vec<Tampilan>, Problem> {
    Ok(store::list(tx, &ctx.scope()?.actor.key(), Some(daftar))?)
}

/// Every view of whoever asks, by list.
pub(crate) fn all(tx: &mut Tx<'_>, ctx: &Ctx) -> Result<Vec<Tampilan>, Problem> {
    Ok(store::list(tx, &ctx.scope()?.actor.key(), None)?)
}

/// Where a list begins when it is opened without a query and its reader chose a view to begin with. A list's handler asks this first.
///
/// # Errors
/// When the database cannot be read.
pub fn landing(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Option<Response>, Problem> {
    if !ctx.incoming().query.is_empty() {
        return Ok(None);
    }
    let path = ctx.incoming().path.clone();
    let chosen = of(tx, ctx, &path)?.into_iter().find(|one| one.bawaan && !one.kueri.is_empty());
    Ok(chosen.map(|one| Response::redirect(one.href())))
}
