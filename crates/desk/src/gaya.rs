use praja_module::{Ctx, Outcome, Response};
use praja_store::Tx;
use praja_web::{frame, gaya};

/// GET /gaya: every component with sample data.
pub(crate) fn show(ctx: &Ctx, _tx: &mut Tx<'_>) -> Outcome {
    Ok(Response::page(gaya::page_of_patterns(&frame::shell(ctx))))
}
