//! What administrators do with a penugasan: read what is held, let the rules decide, save, write down, tell others. Runs inside a write.

use std::sync::Arc;

use praja_kernel::{Date, FieldProblem, Id, Scope};
use praja_module::{Ctx, Messenger, Problem};
use praja_store::{Tx, audit::Entry};

use super::{
    Jenis, Refusal, midnight,
    rules::{self, Ending, Held, Known, Post, Wanted},
    store,
    wewenang::{Given, Wewenang},
};
use crate::{
    isian::Problems,
    jabatan::{Holder, Jabatan, store as posts},
    opd::Reach,
    orang::store as people,
    rights::MANAGE_ALL_OPD,
};

/// The table in audit rows.
pub(crate) const TABLE: &str = "identity_penugasan";

/// Who asks, and on which day.
#[derive(Clone)]
pub(crate) struct Asker {
    scope: Scope,
    today: Date,
    /// Rights that reach beyond one OPD: who does not hold them may not hand them on by filling a post.
    far: Wewenang,
    messenger: Option<Arc<dyn Messenger>>,
}

impl Asker {
    /// Of a request.
    pub(crate) fn of(ctx: &Ctx) -> Result<Self, Problem> {
        let messenger = ctx.instance().ports.messenger.clone();
        Ok(Self { scope: ctx.scope()?.clone(), today: ctx.today(), far: Wewenang::of(ctx), messenger })
    }

    /// Which OPD the asker administers, now.
    pub(crate) fn reach(&self, tx: &mut Tx<'_>) -> Result<Reach, Problem> {
        Ok(Reach::of(tx, &self.scope)?)
    }

    /// Fills posts of this OPD: others' rows look as if they were not there.
    pub(crate) fn check_opd(&self, tx: &mut Tx<'_>, opd: Id) -> Result<(), Problem> {
        if self.reach(tx)?.has(opd) { Ok(()) } else { Err(Problem::NotFound) }
    }

    /// Administers every OPD.
    pub(crate) fn is_everywhere(&self) -> bool {
        self.scope.may(MANAGE_ALL_OPD)
    }

    /// May the asker put this person on this post? Reach over the post is asked before.
    fn check_rights(&self, tx: &mut Tx<'_>, wanted: &Wanted, jabatan: Id, nama: &str) -> Result<(), Problem> {
        // A superadmin, too: who fills posts would else read what the posts read.
        if self.scope.actor.id() == Some(wanted.orang) {
            return Err(Problem::refused(Refusal::Oneself));
        }
        if self.is_everywhere() {
            return Ok(());
        }
        if self.far.of_post(tx, jabatan)? {
            return Err(Problem::refused(Refusal::AboveYou { jabatan: nama.to_owned() }));
        }
        let home = people::get(tx, wanted.orang)?.and_then(|person| person.opd);
        let reach = self.reach(tx)?;
        if wanted.jenis == Jenis::Definitif && !home.is_some_and(|opd| reach.has(opd)) {
            return Err(Problem::refused(Refusal::FromElsewhere { orang: wanted.orang_nama.clone() }));
        }
        Ok(())
    }
}

/// What the form says about how a post is held.
#[derive(Debug, Clone)]
pub(crate) struct Terms {
    pub(crate) jenis: Jenis,
    pub(crate) mulai: Date,
    pub(crate) sampai: Option<Date>,
    pub(crate) dasar: Option<String>,
    pub(crate) replaces: bool,
}

/// Further ahead than this is a slip of the finger.
const FAR_YEARS: i16 = 2;

/// Reads the terms; everything at fault is told at once.
pub(crate) fn terms(
    jenis: &str,
    mulai: &str,
    sampai: &str,
    dasar: &str,
    replaces: bool,
    today: Date,
) -> Result<Terms, Vec<FieldProblem>> {
    let mut problems = Problems::default();
    let jenis: Option<Jenis> = problems.word("jenis", "Cara memegang jabatan", jenis);
    let mulai = problems.needed_date("mulai", "Hari pertama", mulai);
    let sampai = problems.date("sampai", sampai);
    let dasar = problems.text("dasar", "Dasar penugasan", dasar, 200);
    let temporary = jenis.is_some_and(|jenis| jenis != Jenis::Definitif);
    if temporary && sampai.is_none() && !problems.0.iter().any(|one| one.field == "sampai") {
        problems.add("sampai", "Hari terakhir belum diisi. Penugasan sementara selalu berbatas waktu.");
    }
    if let (Some(mulai), Some(sampai)) = (mulai, sampai)
        && sampai < mulai
    {
        problems.add("sampai", "Hari terakhir mendahului hari pertama. Periksa kedua tanggalnya.");
    }
    if mulai.is_some_and(|day| day.year() > today.year() + FAR_YEARS) {
        problems.add("mulai", "Hari pertama masih lebih dari dua tahun lagi. Periksa kembali tahunnya.");
    }
    match (jenis, mulai) {
        (Some(jenis), Some(mulai)) if problems.0.is_empty() => Ok(Terms { jenis, mulai, sampai, dasar, replaces }),
        _ => Err(problems.0),
    }
}

/// Begins a penugasan. Gives its identity.
pub(crate) fn start(tx: &mut Tx<'_>, asker: &Asker, jabatan: Id, orang: Id, terms: &Terms) -> Result<Id, Problem> {
    let (post, opd) = post(tx, jabatan)?;
    asker.check_opd(tx, opd)?;
    let wanted = wanted(tx, None, orang, terms)?;
    asker.check_rights(tx, &wanted, jabatan, &post.nama)?;
    for ending in decide(tx, &wanted, &post, jabatan)? {
        save_end(tx, ending, "Digantikan")?;
    }
    let id = store::begin(tx, orang, jabatan, terms)?;
    tx.audit(&assigned(id, orang, &wanted.orang_nama, &post.nama, terms))?;
    if let Some(messenger) = &asker.messenger
        && asker.far.of_person(tx, orang, asker.today)?
    {
        asker.far.tell(tx, &**messenger, &Given { penugasan: id, orang: &wanted.orang_nama, jabatan: &post.nama })?;
    }
    midnight::tell(tx, jabatan, asker.today)?;
    Ok(id)
}

/// Changes how and when a penugasan is held; also prolongs it.
pub(crate) fn change(tx: &mut Tx<'_>, asker: &Asker, id: Id, versi: i64, terms: &Terms) -> Result<(), Problem> {
    let row = found(tx, asker, id)?;
    if row.versi != versi {
        return Err(Problem::Conflict);
    }
    let held = row.held;
    if let Some(last) = held.sampai
        && last < asker.today
    {
        return Err(Problem::refused(Refusal::Over { sampai: last }));
    }
    let (post, _) = post(tx, held.jabatan)?;
    let wanted = wanted(tx, Some(id), held.orang, terms)?;
    asker.check_rights(tx, &wanted, held.jabatan, &post.nama)?;
    for ending in decide(tx, &wanted, &post, held.jabatan)? {
        save_end(tx, ending, "Digantikan")?;
    }
    if !store::update(tx, id, versi, terms, asker.today)? {
        return Err(Problem::Conflict);
    }
    let entry = Entry::new("identity.change-penugasan", TABLE, id)
        .with("nama", &held.orang_nama)
        .with("jabatan", &post.nama)
        .with("jenis", terms.jenis.as_str())
        .with("mulai", terms.mulai)
        .with("sampai", shown(terms.sampai))
        .with("dasar", terms.dasar.as_deref().unwrap_or("-"));
    tx.audit(&entry)?;
    Ok(midnight::tell(tx, held.jabatan, asker.today)?)
}

/// Ends a penugasan after `sampai`, or calls it off before it began.
pub(crate) fn end(tx: &mut Tx<'_>, asker: &Asker, id: Id, versi: i64, sampai: Date, alasan: &str) -> Result<(), Problem> {
    let held = end_untold(tx, asker, id, versi, sampai, alasan)?;
    Ok(midnight::tell(tx, held.jabatan, asker.today)?)
}

/// The same without telling others: whoever follows comes first, so that they are told of both together.
fn end_untold(tx: &mut Tx<'_>, asker: &Asker, id: Id, versi: i64, sampai: Date, alasan: &str) -> Result<Held, Problem> {
    let row = found(tx, asker, id)?;
    if row.versi != versi {
        return Err(Problem::Conflict);
    }
    let held = row.held;
    let at_post = store::at_post(tx, held.jabatan)?;
    for ending in rules::end(&held, sampai, &at_post, asker.today).map_err(Problem::refused)? {
        save_end(tx, ending, alasan)?;
    }
    Ok(held)
}

/// A move as it was decided: where to, from when, and who follows.
#[derive(Debug, Clone)]
pub(crate) struct Move {
    pub(crate) tujuan: Id,
    pub(crate) mulai: Date,
    pub(crate) dasar: Option<String>,
    pub(crate) replaces: bool,
    /// Who holds the post that is left, how and until when.
    pub(crate) pengganti: Option<(Id, Jenis, Option<Date>)>,
}

/// Moves somebody to another post on a day: the old penugasan ends on the day before, the new one begins, and whoever follows begins at the
/// old post. All of it or nothing.
pub(crate) fn relocate(tx: &mut Tx<'_>, asker: &Asker, id: Id, versi: i64, plan: &Move) -> Result<(), Problem> {
    let before = rules::day_before(plan.mulai);
    let held = end_untold(tx, asker, id, versi, before, "Pindah jabatan")?;
    let terms =
        Terms { jenis: Jenis::Definitif, mulai: plan.mulai, sampai: None, dasar: plan.dasar.clone(), replaces: plan.replaces };
    start(tx, asker, plan.tujuan, held.orang, &terms)?;
    if let Some((orang, jenis, sampai)) = plan.pengganti {
        let terms = Terms { jenis, mulai: plan.mulai, sampai, dasar: plan.dasar.clone(), replaces: false };
        start(tx, asker, held.jabatan, orang, &terms)?;
    }
    Ok(midnight::tell(tx, held.jabatan, asker.today)?)
}

/// Ends everything that somebody holds or will hold after a day (the person leaves the service). Gives how many.
pub(crate) fn end_all_of(tx: &mut Tx<'_>, asker: &Asker, orang: Id, last: Date, alasan: &str) -> Result<usize, Problem> {
    let open = store::of_person_held(tx, orang)?;
    let open: Vec<Held> =
        open.into_iter().filter(|held| !held.is_called_off() && held.sampai.is_none_or(|day| day > last)).collect();
    for held in &open {
        close(tx, held, last, alasan)?;
        midnight::tell(tx, held.jabatan, asker.today)?;
    }
    Ok(open.len())
}

/// Ends everything that is held of a post after a day (the post is abolished). Gives how many.
pub(crate) fn end_all_at(tx: &mut Tx<'_>, jabatan: Id, last: Date, today: Date, alasan: &str) -> Result<usize, Problem> {
    let open = store::at_post(tx, jabatan)?;
    let open: Vec<Held> =
        open.into_iter().filter(|held| !held.is_called_off() && held.sampai.is_none_or(|day| day > last)).collect();
    for held in &open {
        close(tx, held, last, alasan)?;
    }
    midnight::tell(tx, jabatan, today)?;
    Ok(open.len())
}

/// Ends everything that is held of a post after a day, and lets somebody finish what is open there as Plt. until another day: both are told
/// together, so that the open tasks go from the one to the other.
pub(crate) fn hand_to(
    tx: &mut Tx<'_>,
    post: &Jabatan,
    last: Date,
    today: Date,
    penerus: Option<(&Holder, Date)>,
    alasan: &str,
) -> Result<(), Problem> {
    for held in store::at_post(tx, post.id)? {
        if !held.is_called_off() && held.sampai.is_none_or(|day| day > last) {
            close(tx, &held, last, alasan)?;
        }
    }
    if let Some((who, sampai)) = penerus {
        let mulai = rules::next_day(last);
        let terms = Terms { jenis: Jenis::Plt, mulai, sampai: Some(sampai), dasar: Some(alasan.to_owned()), replaces: false };
        let id = store::begin(tx, who.orang, post.id, &terms)?;
        tx.audit(&assigned(id, who.orang, &who.nama, &post.nama, &terms))?;
    }
    Ok(midnight::tell(tx, post.id, today)?)
}

fn assigned(id: Id, orang: Id, orang_nama: &str, jabatan: &str, terms: &Terms) -> Entry {
    Entry::new("identity.assign-penugasan", TABLE, id)
        .with("nama", orang_nama)
        .with("orang", orang)
        .with("jabatan", jabatan)
        .with("jenis", terms.jenis.as_str())
        .with("mulai", terms.mulai)
        .with("sampai", shown(terms.sampai))
        .with("dasar", terms.dasar.as_deref().unwrap_or("-"))
}

fn close(tx: &mut Tx<'_>, held: &Held, last: Date, alasan: &str) -> Result<(), Problem> {
    save_end(tx, Ending { id: held.id, sampai: last.max(rules::day_before(held.mulai)) }, alasan)
}

fn save_end(tx: &mut Tx<'_>, ending: Ending, alasan: &str) -> Result<(), Problem> {
    let row = store::row(tx, ending.id)?.ok_or(Problem::NotFound)?;
    store::set_end(tx, ending.id, ending.sampai, alasan)?;
    let entry = Entry::new("identity.end-penugasan", TABLE, ending.id)
        .with("nama", &row.held.orang_nama)
        .with("jabatan", &row.held.jabatan_nama)
        .with("sampai", ending.sampai);
    Ok(tx.audit(&if alasan.is_empty() { entry } else { entry.because(alasan) })?)
}

fn found(tx: &mut Tx<'_>, asker: &Asker, id: Id) -> Result<store::Found, Problem> {
    let row = store::row(tx, id)?.ok_or(Problem::NotFound)?;
    asker.check_opd(tx, row.opd)?;
    Ok(row)
}

fn wanted(tx: &mut Tx<'_>, id: Option<Id>, orang: Id, terms: &Terms) -> Result<Wanted, Problem> {
    let person = people::get(tx, orang)?.ok_or(Problem::NotFound)?;
    Ok(Wanted {
        id,
        orang,
        orang_nama: person.nama_lengkap,
        berhenti: person.berhenti,
        jenis: terms.jenis,
        mulai: terms.mulai,
        sampai: terms.sampai,
        replaces: terms.replaces,
    })
}

fn decide(tx: &mut Tx<'_>, wanted: &Wanted, post: &Post, jabatan: Id) -> Result<Vec<Ending>, Problem> {
    let at_post = store::at_post(tx, jabatan)?;
    let of_person = store::of_person_held(tx, wanted.orang)?;
    let limits = store::limits(tx)?;
    let known = Known { post, at_post: &at_post, of_person: &of_person, limits };
    rules::begin(wanted, &known).map_err(Problem::refused)
}

fn post(tx: &mut Tx<'_>, jabatan: Id) -> Result<(Post, Id), Problem> {
    let row = posts::row(tx, jabatan)?.ok_or(Problem::NotFound)?;
    let opd = crate::opd::get(tx, row.opd)?.ok_or(Problem::NotFound)?;
    Ok((Post { nama: row.nama, jenis: row.jenis, opd_jenis: opd.jenis, dari: row.dari, sampai: row.sampai }, row.opd))
}

fn shown(sampai: Option<Date>) -> String {
    sampai.map_or_else(|| "-".into(), |day| day.to_string())
}
