//! The words every part of Praja shares, pure: no clock, no disk, no network, no database.

mod actor;
mod id;
mod moment;
mod permission;
mod refuse;
mod scope;

pub use actor::Actor;
pub use id::{Id, IdSource, InvalidId};
pub use jiff::civil::Date;
pub use moment::{Clock, Moment, Zona};
pub use permission::Permission;
pub use refuse::{FieldProblem, Refuse};
pub use scope::{ActingAs, Scope};
