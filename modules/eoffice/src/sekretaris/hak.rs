//! What an aide sees follows the appointment: it is given with it and taken back when it ends.

use praja_desk::{attachments, tasks};
use praja_identity::jabatan;
use praja_kernel::{Date, Id, Sifat};
use praja_module::Instance;
use praja_store::{Keys, Result, StoreError, Tx};
use serde::{Deserialize, Serialize};

use super::{Sekretaris, store};
use crate::{
    disposisi::{
        Kelompok, Status, Tujuan,
        store::{self as orders, Sisi},
        write::{objek_tujuan, share_with},
    },
    objek,
    surat_masuk::{
        SuratMasuk,
        pages::form::found_by,
        store::{self as letters, Cursor},
    },
};

/// The job that takes back what one write does not reach.
pub(crate) const JOB: &str = "eoffice.end-sekretaris";
/// Letters of one write: nobody waits long for the writer.
const STEP: usize = 100;
/// Letters and orders on a desk that a new aide is handed.
const DESK: usize = 200;

/// Where taking back goes on: below this letter.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Payload {
    sekretaris: Id,
    kunci: i64,
    surat: Id,
}

/// The posts that work for a leader on a day and may see letters of this class.
pub(crate) fn aides_of(tx: &mut Tx<'_>, pimpinan: Id, day: Date, sifat: Sifat) -> Result<Vec<Id>> {
    let all = store::of_leader(tx, pimpinan, day)?;
    Ok(all.into_iter().filter(|one| one.may_see(sifat)).map(|one| one.sekretaris).collect())
}

/// Has a post a reason to see a letter? It registered it, the letter lies on its desk or that of its OPD's head, it gave or got an
/// order on it; or it is today the aide of a post that has.
pub(crate) fn has_reason(tx: &mut Tx<'_>, surat: &SuratMasuk, orders: &[Tujuan], post: Id, today: Date) -> Result<bool> {
    let head = jabatan::head_of(tx, surat.opd)?.map(|head| head.id);
    let own = |post: Id| {
        let party =
            |one: &Tujuan| !matches!(one.status, Status::Ditarik | Status::Konsep) && (one.kepada == post || one.dari == post);
        let posts = [surat.penerima, surat.pencatat, head];
        posts.contains(&Some(post)) || orders.iter().any(party)
    };
    if own(post) {
        return Ok(true);
    }
    let leaders = store::of_aide(tx, post, today)?;
    Ok(leaders.iter().any(|one| one.may_see(surat.isi.sifat) && own(one.pimpinan)))
}

/// What lies on the leader's desk already is seen by the new aide, too.
pub(crate) fn hand_desk(tx: &mut Tx<'_>, aide: &Sekretaris) -> Result<()> {
    let most = i64::try_from(DESK).unwrap_or(i64::MAX);
    let waiting = letters::list_on_desk(tx, aide.pimpinan, most)?.into_iter().map(|row| (row.id, row.sifat));
    let orders = orders::list(tx, Sisi::Kepada(aide.pimpinan), Kelompok::Terbuka, None, DESK)?;
    let subject = [format!("jabatan:{}", aide.sekretaris)];
    for (id, sifat) in waiting.chain(orders.into_iter().map(|row| (row.surat, row.sifat))) {
        if aide.may_see(sifat)
            && let Some(surat) = letters::find_any(tx, id)?
        {
            share_with(tx, &surat, sifat, &subject)?;
        }
    }
    Ok(())
}

/// Takes back what a post saw as an aide: the youngest letters now, the others by a job that goes on at once.
pub(crate) fn take_back(tx: &mut Tx<'_>, sekretaris: Id, today: Date) -> Result<()> {
    let rest = step(tx, sekretaris, None, today)?;
    go_on(tx, sekretaris, rest)
}

fn go_on(tx: &mut Tx<'_>, sekretaris: Id, rest: Option<Cursor>) -> Result<()> {
    let Some(Cursor { kunci, id }) = rest else { return Ok(()) };
    let now = tx.now()?;
    tx.enqueue(JOB, &Payload { sekretaris, kunci, surat: id }, now, None)?;
    Ok(())
}

/// The job: one step, then another job for the next.
pub(crate) fn run(instance: &Instance, payload: &str) -> Result<()> {
    let at: Payload = serde_json::from_str(payload).map_err(|e| StoreError::Corrupt(format!("{JOB}: {e}")))?;
    let today = instance.zona.date(instance.now());
    instance.db.write(&instance.by_system(JOB), Keys::none(), move |tx| {
        let rest = step(tx, at.sekretaris, Some(Cursor { kunci: at.kunci, id: at.surat }), today)?;
        go_on(tx, at.sekretaris, rest)
    })
}

fn step(tx: &mut Tx<'_>, sekretaris: Id, below: Option<Cursor>, today: Date) -> Result<Option<Cursor>> {
    let subject = format!("jabatan:{sekretaris}");
    let seen = letters::seen_by(tx, &subject, below, STEP)?;
    for cursor in &seen {
        let Some(surat) = letters::find_any(tx, cursor.id)? else { continue };
        let parts = orders::tujuan_of_surat(tx, surat.id)?;
        if !has_reason(tx, &surat, &parts, sekretaris, today)? {
            hide(tx, &surat, &parts, &subject)?;
        }
    }
    Ok(seen.last().copied().filter(|_| seen.len() == STEP))
}

/// Takes a letter, its scans, the files of its reports and its task from a subject.
fn hide(tx: &mut Tx<'_>, surat: &SuratMasuk, parts: &[Tujuan], subject: &str) -> Result<()> {
    let gone = [subject.to_owned()];
    letters::disallow(tx, surat.id, &gone)?;
    attachments::withdraw(tx, &objek(surat.id), &gone)?;
    for one in parts {
        attachments::withdraw(tx, &objek_tujuan(one.id), &gone)?;
    }
    tasks::done_for(tx, &objek(surat.id), subject)?;
    if surat.isi.sifat.is_secret() {
        return Ok(());
    }
    let everybody = letters::readers_of(tx, surat.id)?;
    tx.index_later(&found_by(surat, everybody))
}
