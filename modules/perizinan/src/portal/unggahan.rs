//! Files of applicants that come piece by piece: a line that was cut at half goes on where it stopped. Only whoever may write the application
//! sends pieces, and they are the application's own.

use praja_desk::attachments::uploads::pages;
use praja_module::{Ctx, Input, Outcome, Problem};

use super::writable;

/// One piece: on 400 kbit/s five seconds, which is what a cut line loses at most.
pub(crate) const PIECE: u64 = 256 << 10;

/// By what desk knows the uploads of an application.
pub(super) fn owner(resi: &str) -> String {
    format!("permohonan:{resi}")
}

fn checked(ctx: &Ctx) -> Result<String, Problem> {
    let (one, _) = ctx.read(|tx| writable(ctx, tx))?;
    Ok(owner(&one.resi))
}

/// POST /perizinan/permohonan/{resi}/unggahan
pub(super) fn begin(ctx: &Ctx, input: &Input) -> Outcome {
    pages::begin_for(ctx, input, checked(ctx)?, PIECE)
}

/// POST /perizinan/permohonan/{resi}/unggahan/{id}
pub(super) fn piece(ctx: &Ctx, input: &Input) -> Outcome {
    pages::piece_for(ctx, input, &checked(ctx)?, PIECE)
}

/// POST /perizinan/permohonan/{resi}/unggahan/{id}/hapus
pub(super) fn discard(ctx: &Ctx, _: &Input) -> Outcome {
    pages::discard_for(ctx, &checked(ctx)?, PIECE)
}
