//! The words every part of Praja shares, pure: no clock, no disk, no network, no database.

mod actor;
mod angka;
mod desimal;
mod id;
mod moment;
mod permission;
mod refuse;
mod rupiah;
mod scope;
mod terbilang;
mod words;

pub use actor::Actor;
pub use desimal::{Desimal, DesimalError, Rounding};
pub use id::{Id, IdSource, InvalidId};
pub use jiff::civil::Date;
pub use moment::{Clock, Moment, Zona};
pub use permission::Permission;
pub use refuse::{FieldProblem, Refuse};
pub use rupiah::{Rupiah, RupiahError};
pub use rust_decimal::Decimal;
pub use scope::{ActingAs, Scope};
#[doc(hidden)]
pub use serde as __serde;
pub use terbilang::terbilang;
pub use words::UnknownWord;
