//! The screens of imports: the list, bringing a file, choosing its sheet, mapping its columns, what was found, taking it over and back.

pub(crate) mod act;
pub(crate) mod files;
pub(crate) mod kolom;
pub(crate) mod lembar;
pub(crate) mod list;
pub(crate) mod show;
pub(crate) mod upload;

use praja_kernel::Id;
use praja_module::{Ctx, Problem};
use praja_store::Tx;
use praja_web::PageHeader;

use super::{Impor, store};

/// The address of the list; everything else lies below it.
pub(crate) const LIST: &str = "/eoffice/impor";
/// Rows of one page.
const PAGE: usize = 50;

/// An import of the own OPD, or of one it absorbed; of others not even that they exist.
fn find(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Impor, Problem> {
    let id: Id = ctx.param("id")?;
    let own = &ctx.scope()?.opd_set;
    store::get(tx, id)?.filter(|impor| own.contains(&impor.opd)).ok_or(Problem::NotFound)
}

fn crumbs(header: PageHeader) -> PageHeader {
    header.crumb("Impor agenda", LIST)
}

fn address(id: Id) -> String {
    format!("{LIST}/{id}")
}

/// "1.203".
fn grouped(count: i64) -> String {
    praja_kernel::ribuan(u64::try_from(count).unwrap_or(0))
}
