use praja_module::{Ctx, Outcome, Response};
use praja_store::Tx;
use praja_web::{export, frame, gaya, picker};

/// GET /gaya: every component with sample data.
pub(crate) fn show(ctx: &Ctx, _tx: &mut Tx<'_>) -> Outcome {
    Ok(Response::page(gaya::page_of_patterns(&frame::shell(ctx))))
}

/// GET /gaya/pilih?q=…: what the sample picker finds.
pub(crate) fn lookup(ctx: &Ctx, _tx: &mut Tx<'_>) -> Outcome {
    Ok(picker::answer(gaya::choices(ctx.query("q").unwrap_or_default()), false))
}

/// GET /gaya/keputusan: a decision, which the page of patterns opens as a dialog.
pub(crate) fn decision(ctx: &Ctx, _tx: &mut Tx<'_>) -> Outcome {
    Ok(Response::page(gaya::decision_page(&frame::shell(ctx))))
}

/// GET /gaya/unduh?format=…: a list to take along, with every kind of column.
pub(crate) fn download(ctx: &Ctx, _tx: &mut Tx<'_>) -> Outcome {
    export::respond(ctx, gaya::samples_sheet(), export::Format::asked(ctx), "contoh-daftar")
}
