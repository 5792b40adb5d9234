//! Form drafts: what was typed and not yet sent, kept sealed for its writer until the form is sent or a month has passed.

pub(crate) mod pages;
mod store;
#[cfg(test)]
mod tests;

use praja_kernel::{Moment, jam};
use praja_module::{Ctx, Instance, Kept, Problem};
use praja_store::{By, Keys, Result, StoreError, Tx};
use praja_web::{FormValues, Markup, Notice, Tone, html};

/// Longest draft, in bytes of what was typed.
const LONGEST: usize = 64 * 1024;
/// Kept so long, in milliseconds: thirty days.
const KEPT_MS: i64 = 30 * 24 * 60 * 60 * 1000;
/// What the Instance's key seals drafts for.
const PURPOSE: &str = "desk.draf";
/// Fields whose names hold one of these never enter a draft.
const SECRET: [&str; 4] = ["sandi", "otp", "pin", "rahasia_"];

/// A draft as it was left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draf {
    /// Names and values as typed.
    pub isian: Vec<(String, String)>,
    /// When it was saved.
    pub pada: Moment,
}

/// A form that is shown: what was typed before, and the line that says so. Both empty when nothing was.
#[derive(Debug, Clone, Default)]
pub struct Resumed {
    /// For `Form::values`.
    pub values: Option<FormValues>,
    /// Stands above the form.
    pub notice: Option<Markup>,
}

/// The fields of a form that may be kept: no tokens, no passwords.
pub fn keepable(fields: &[(String, String)]) -> Vec<(String, String)> {
    let secret = |name: &str| SECRET.iter().any(|word| name.to_lowercase().contains(word));
    fields.iter().filter(|(name, value)| !name.starts_with('_') && !secret(name) && !value.trim().is_empty()).cloned().collect()
}

/// Is this the address of a page of ours, and nothing else?
pub fn is_form(formulir: &str) -> bool {
    formulir.starts_with('/')
        && !formulir.starts_with("//")
        && formulir.len() <= 300
        && formulir.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\' && byte != b'"' && byte != b'<')
}

/// The draft of whoever asks for a form; `formulir` is the address of the form's page.
///
/// # Errors
/// When the database cannot be read. A draft that an older key sealed counts as absent.
pub fn load(ctx: &Ctx, tx: &mut Tx<'_>, formulir: &str) -> std::result::Result<Option<Draf>, Problem> {
    let Some((sealed, pada)) = store::get(tx, &ctx.scope()?.actor.key(), formulir)? else { return Ok(None) };
    let opened = ctx.instance().keys().open(PURPOSE, &sealed).ok();
    let isian = opened.and_then(|plain| serde_json::from_slice(&plain).ok());
    Ok(isian.map(|isian| Draf { isian, pada }))
}

/// What stands in a form that is shown: the draft, when there is one, with a line that says so and a way to drop it.
///
/// # Errors
/// When the database cannot be read.
pub fn resume(ctx: &Ctx, tx: &mut Tx<'_>, formulir: &str) -> std::result::Result<Resumed, Problem> {
    let Some(draf) = load(ctx, tx, formulir)? else { return Ok(Resumed::default()) };
    Ok(Resumed { notice: Some(line(ctx, formulir, draf.pada)), values: Some(draf.isian.into_iter().collect()) })
}

/// The same for forms of pages that stand below desk.
pub(crate) fn kept(ctx: &Ctx, tx: &mut Tx<'_>, formulir: &str) -> std::result::Result<Option<Kept>, Problem> {
    let found = load(ctx, tx, formulir)?;
    Ok(found.map(|draf| Kept { line: line(ctx, formulir, draf.pada).into_string(), fields: draf.isian }))
}

fn line(ctx: &Ctx, formulir: &str, pada: Moment) -> Markup {
    let saved = saved_at(ctx, pada);
    html! {
        (Notice::new(Tone::Info, format!("Isian Anda yang tersimpan {saved} ditampilkan kembali."))
            .text("Lanjutkan mengisi, atau buang isian itu untuk mulai dari awal."))
        (pages::drop_act(ctx, formulir))
    }
}

/// "10.32", with the day in front when it was not today.
pub fn saved_at(ctx: &Ctx, pada: Moment) -> String {
    let local = ctx.instance().zona.local(pada);
    if local.date() == ctx.today() { jam(local) } else { praja_kernel::tanggal_jam(local) }
}

/// Keeps what was typed in place of what was kept before.
///
/// # Errors
/// [`Refusal::TooLong`], or when it cannot be written.
pub fn save(ctx: &Ctx, formulir: &str, fields: &[(String, String)]) -> std::result::Result<(), Problem> {
    let kept = keepable(fields);
    let plain = serde_json::to_vec(&kept).map_err(|e| Problem::Fault(e.to_string()))?;
    if plain.len() > LONGEST {
        return Err(Problem::refused(Refusal::TooLong));
    }
    let (sealed, formulir) = (ctx.instance().keys().seal(PURPOSE, &plain)?, formulir.to_owned());
    let pemilik = ctx.scope()?.actor.key();
    ctx.write(Keys::unaudited(), move |tx| {
        if kept.is_empty() { store::remove(tx, &pemilik, &formulir) } else { store::put(tx, &pemilik, &formulir, &sealed) }
    })?;
    Ok(())
}

/// Drops the writer's draft of a form: in the transaction of what the form did.
pub fn forget(tx: &mut Tx<'_>, formulir: &str) -> Result<()> {
    let pemilik = tx.by()?.actor.key();
    store::remove(tx, &pemilik, formulir)
}

/// The daily job: drops what nobody came back to.
pub(crate) fn sweep(instance: &Instance, _: &str) -> Result<()> {
    let by: By = instance.by_system("desk.sweep-drafts");
    instance.db.write(&by, Keys::unaudited(), |tx| {
        let before = tx.now()?.plus_ms(-KEPT_MS);
        store::remove_older(tx, before)?;
        Ok::<_, StoreError>(())
    })
}

/// Why a draft is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Too much was typed.
    #[error("Isian ini terlalu panjang untuk disimpan sementara. Kirim formulirnya sekarang.")]
    TooLong,
    /// No form of ours.
    #[error("Isian ini tidak dapat disimpan sementara.")]
    NoForm,
}

impl praja_kernel::Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::TooLong => "desk.draf.too-long",
            Self::NoForm => "desk.draf.no-form",
        }
    }
}
