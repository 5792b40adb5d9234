//! The lookup routes behind the pickers of person, OPD and post: an address book for officers. Whoever is signed in as an officer finds
//! everybody in service, because a letter may be meant for anybody; numbers such as the NIP are shown to administrators alone.

mod store;

use praja_kernel::{Date, escape_like, fold};
use praja_module::{Ctx, Outcome, Problem};
use praja_store::{Result, Sql, Tx};
use praja_web::picker::{self, Choice, MOST};

use crate::{opd, penugasan::display_name, rights::MANAGE_PEOPLE};

/// More words than this are not looked at.
const WORDS: usize = 6;

/// Adds `predicate` (one `?` for a LIKE pattern) once per typed word, so that words may come in any order.
pub(crate) fn match_words(sql: &mut Sql, predicate: &'static str, words: &str) {
    for word in fold(words).split(' ').filter(|word| !word.is_empty()).take(WORDS) {
        sql.filter(predicate).bind(format!("%{}%", escape_like(word)));
    }
}

/// GET /identity/pilih/orang?q=
pub(crate) fn people(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    officer(ctx)?;
    let found = find_people(tx, ctx.query("q").unwrap_or_default(), ctx.today(), ctx.may(MANAGE_PEOPLE))?;
    Ok(picker::answer(found, false))
}

/// GET /identity/pilih/opd?q=; with `kelola` only what the asker administers.
pub(crate) fn offices(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    officer(ctx)?;
    let within = if ctx.query("kelola").is_some() { opd::reach(ctx, tx)? } else { opd::Reach::All };
    Ok(picker::answer(find_offices(tx, ctx.query("q").unwrap_or_default(), &within)?, false))
}

/// GET /identity/pilih/jabatan?q=&opd=; with `kelola` only what the asker administers. Who answers for the post today stands beside it.
pub(crate) fn posts(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    officer(ctx)?;
    let within = if ctx.query("kelola").is_some() { opd::reach(ctx, tx)? } else { opd::Reach::All };
    let within = match ctx.query("opd").map(str::parse) {
        Some(Ok(only)) if within.has(only) => opd::Reach::Only(vec![only]),
        Some(_) => return Err(Problem::NotFound),
        None => within,
    };
    Ok(picker::answer(find_posts(tx, ctx.query("q").unwrap_or_default(), &within, ctx.today())?, false))
}

/// People in service whose name has these words. `numbers` shows the NIP, and finds people by it.
pub(crate) fn find_people(tx: &mut Tx<'_>, words: &str, today: Date, numbers: bool) -> Result<Vec<Choice>> {
    let mut choices = Vec::new();
    for one in store::people(tx, words, today, numbers, MOST + 1)? {
        let posts = crate::orang::store::posts_on(tx, one.id, today)?;
        let post = posts.first().map(|(jabatan, opd)| format!("{jabatan}, {opd}"));
        let nip = one.nip.filter(|_| numbers).map(|nip| format!("NIP {nip}"));
        let note: Vec<String> = post.into_iter().chain(nip).collect();
        choices.push(Choice::new(one.id, one.nama).note(note.join(" · ")));
    }
    Ok(choices)
}

/// OPD in force whose name, short name or code has these words.
pub(crate) fn find_offices(tx: &mut Tx<'_>, words: &str, within: &opd::Reach) -> Result<Vec<Choice>> {
    let found = store::offices(tx, words, within, MOST + 1)?;
    Ok(found.into_iter().map(|one| Choice::new(one.id, one.nama).note(format!("{} · {}", one.kode, one.jenis.label()))).collect())
}

/// Posts in force whose name has these words, with who answers for each today.
pub(crate) fn find_posts(tx: &mut Tx<'_>, words: &str, within: &opd::Reach, today: Date) -> Result<Vec<Choice>> {
    let mut choices = Vec::new();
    for (id, nama, opd) in store::posts(tx, words, within, MOST + 1)? {
        let holder = match crate::jabatan::holder_on(tx, id, today)? {
            Some(holder) if holder.jenis == crate::penugasan::Jenis::Definitif => holder.nama,
            Some(holder) => format!("{} {}", display_name(holder.jenis, "").trim(), holder.nama),
            None => "kosong".into(),
        };
        choices.push(Choice::new(id, nama).note(format!("{opd} · {holder}")));
    }
    Ok(choices)
}

/// The address book is for officers.
fn officer(ctx: &Ctx) -> Result<(), Problem> {
    match ctx.scope()?.actor {
        praja_kernel::Actor::Pegawai { .. } => Ok(()),
        _ => Err(Problem::NotFound),
    }
}
