use praja_kernel::{Date, Id, tanggal_panjang};
use praja_module::{Ctx, Input, Problem, Response};
use praja_store::{Keys, Tx, audit::Entry};
use praja_web::{Act, Link, Markup, Notice, Tone, act_bar, html};

use super::{Perubahan, Rencana, Status, apply, store};
use crate::{
    jabatan::{self, pages::form::own_posts},
    opd::{self, Reach, reach},
    penugasan::acts::Asker,
};

/// Carries a change out now, or plans it when its day has not come. `opd` must be within the asker's reach, and a change of an OPD is for
/// who administers all.
pub(crate) fn decide(
    ctx: &Ctx,
    input: &Input,
    opd: Id,
    change: Perubahan,
    berlaku: Date,
    alasan: String,
    back: String,
) -> Result<Response, Problem> {
    let (scope, today, asker) = (ctx.scope()?.clone(), ctx.today(), Asker::of(ctx)?);
    let own = own_posts(ctx);
    ctx.submit(input, Keys::none(), move |tx| {
        if !Reach::of(tx, &scope)?.has(opd) {
            return Err(Problem::NotFound);
        }
        if let Perubahan::HapusJabatan { jabatan: id } = &change {
            let before = jabatan::list_of_opd(tx, opd)?;
            let after: Vec<_> = before.iter().filter(|post| post.id != *id).cloned().collect();
            jabatan::rules::order(&before, &after, &own).map_err(Problem::refused)?;
        }
        if !matches!(change, Perubahan::HapusJabatan { .. }) && !asker.is_everywhere() {
            return Err(Problem::refused(opd::Refusal::NotYours));
        }
        if let Perubahan::Lebur { opd: all, pimpin, .. } = &change
            && let Some(head) = apply::leading(tx, all, *pimpin)?.leads
            && own.contains(&head.id)
        {
            return Err(Problem::refused(jabatan::Refusal::ToLead { nama: head.nama }));
        }
        for objek in change.semua_objek() {
            if !store::of(tx, &objek)?.is_empty() {
                return Err(planned(tx, &change)?);
            }
        }
        if berlaku > today {
            let id = store::insert(tx, &change, berlaku)?;
            let (table, object) = split(&change.objek());
            let entry = Entry::new("identity.plan-perubahan", &table, object)
                .with("rencana", id)
                .with("perubahan", change.word())
                .with("berlaku", berlaku);
            tx.audit(&entry.because(&alasan))?;
            return Ok(back.clone());
        }
        let (table, object) = split(&change.objek());
        let shown = apply::carry_out(tx, &change, berlaku, today)?;
        // The acts themselves are written down one by one; this row says on what they stand.
        tx.audit(&Entry::new("identity.change-susunan", &table, object).with("perubahan", change.word()).because(&alasan))?;
        Ok(match &change {
            Perubahan::HapusJabatan { .. } => back.clone(),
            _ => format!("/identity/opd/{shown}"),
        })
    })
}

/// POST /identity/rencana/{id}/batal: calls a plan off.
pub(crate) fn cancel(ctx: &Ctx, input: &Input) -> Result<Response, Problem> {
    let (id, asker): (Id, Asker) = (ctx.param("id")?, Asker::of(ctx)?);
    let saved = ctx.submit(input, Keys::none(), move |tx| {
        let plan = store::get(tx, id)?.ok_or(Problem::NotFound)?;
        let (opd, back) = place(tx, &plan.perubahan)?;
        asker.check_opd(tx, opd)?;
        if !matches!(plan.perubahan, Perubahan::HapusJabatan { .. }) && !asker.is_everywhere() {
            return Err(Problem::refused(opd::Refusal::NotYours));
        }
        if !matches!(plan.status, Status::Menunggu | Status::Tertahan)
            || !store::set_status(tx, id, plan.versi, Status::Dibatalkan, None)?
        {
            return Err(Problem::Conflict);
        }
        let (table, object) = split(&plan.perubahan.objek());
        tx.audit(&Entry::new("identity.cancel-perubahan", &table, object).with("perubahan", plan.perubahan.word()))?;
        Ok(back)
    })?;
    Ok(saved.with_notice("Rencana perubahan sudah dibatalkan."))
}

/// What is planned for a thing, above everything else on its page.
pub(crate) fn notice(ctx: &Ctx, plan: &Rencana) -> Markup {
    let (tone, title) = match plan.status {
        Status::Tertahan => (Tone::Bad, format!("Rencana untuk {} tidak dapat dijalankan.", tanggal_panjang(plan.berlaku))),
        _ => (Tone::Warn, format!("{} pada {}.", what(&plan.perubahan), tanggal_panjang(plan.berlaku))),
    };
    let text = match &plan.catatan {
        Some(why) => format!("{} {why}", what(&plan.perubahan)),
        None => format!("Direncanakan oleh {}. Dijalankan pada hari itu pukul 00.00.", plan.pembuat),
    };
    let cancel =
        Act::post("Batalkan rencana", format!("/identity/rencana/{}/batal", plan.id), ctx.csrf(), ctx.form_id().to_string());
    html! { (Notice::new(tone, title).text(text)) (act_bar(&[cancel])) }
}

/// Every plan that waits, for the page of all OPD: what, and where it leads.
pub(crate) fn waiting(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<Markup>, Problem> {
    let reach = reach(ctx, tx)?;
    let mut all = Vec::new();
    for plan in store::open(tx)? {
        let (opd, href) = place(tx, &plan.perubahan)?;
        if !reach.has(opd) {
            continue;
        }
        let name = opd::name(tx, opd)?.unwrap_or_default();
        let tone = if plan.status == Status::Tertahan { Tone::Bad } else { Tone::Info };
        let title = format!("{} ({name}) pada {}.", what(&plan.perubahan), tanggal_panjang(plan.berlaku));
        all.push(html! { (Notice::new(tone, title).link(Link::new("Buka rencananya", href))) });
    }
    Ok(all)
}

fn what(change: &Perubahan) -> String {
    match change {
        Perubahan::GantiNama { baru, .. } => format!("OPD ini berganti nama menjadi {}", baru.nama),
        Perubahan::Gabung { .. } => "OPD ini digabungkan ke OPD lain".into(),
        Perubahan::Lebur { baru, .. } => format!("OPD ini dilebur dengan OPD lain menjadi {}", baru.nama),
        Perubahan::Tutup { .. } => "OPD ini ditutup".into(),
        Perubahan::HapusJabatan { .. } => "Jabatan ini dihapus".into(),
    }
}

/// The OPD a change is about, and the page of what changes.
fn place(tx: &mut Tx<'_>, change: &Perubahan) -> Result<(Id, String), Problem> {
    match change {
        Perubahan::GantiNama { opd, .. } | Perubahan::Gabung { opd, .. } | Perubahan::Tutup { opd } => {
            Ok((*opd, format!("/identity/opd/{opd}")))
        }
        Perubahan::Lebur { opd, .. } => {
            let first = opd.first().copied().ok_or(Problem::NotFound)?;
            Ok((first, format!("/identity/opd/{first}")))
        }
        Perubahan::HapusJabatan { jabatan } => {
            let post = jabatan::get(tx, *jabatan)?.ok_or(Problem::NotFound)?;
            Ok((post.opd, format!("/identity/jabatan/{jabatan}")))
        }
    }
}

fn planned(tx: &mut Tx<'_>, change: &Perubahan) -> Result<Problem, Problem> {
    Ok(match change {
        Perubahan::GantiNama { opd, .. } | Perubahan::Gabung { opd, .. } | Perubahan::Tutup { opd } => {
            Problem::refused(opd::Refusal::Planned { nama: opd::name(tx, *opd)?.unwrap_or_default() })
        }
        Perubahan::Lebur { .. } => Problem::refused(opd::Refusal::Planned { nama: "salah satu OPD itu".into() }),
        Perubahan::HapusJabatan { jabatan } => {
            let nama = jabatan::get(tx, *jabatan)?.map(|post| post.nama).unwrap_or_default();
            Problem::refused(jabatan::Refusal::Planned { nama })
        }
    })
}

fn split(objek: &str) -> (String, String) {
    objek.split_once(':').map_or_else(|| (objek.to_owned(), String::new()), |(table, id)| (table.to_owned(), id.to_owned()))
}
