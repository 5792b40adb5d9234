//! Carries out a change of structure. Runs inside a write; the rules are asked again, because days may lie between deciding and doing.

use praja_kernel::{Date, Id};
use praja_module::Problem;
use praja_store::{Tx, audit::Entry};

use super::{Baru, Cara, Perubahan, store as plans};
use crate::{
    jabatan::{Jabatan, store as posts},
    opd::{
        Opd, Refusal,
        rules::{self, Leading},
        store as offices,
    },
    penugasan::{
        acts,
        rules::{day_before, last_of, next_day},
        store as held,
    },
};

/// Carries it out with effect from `berlaku`: the day before is the last one of what ends. Gives what is to be shown afterwards.
pub(crate) fn carry_out(tx: &mut Tx<'_>, change: &Perubahan, berlaku: Date, today: Date) -> Result<Id, Problem> {
    match change {
        Perubahan::GantiNama { opd, baru } => rename(tx, *opd, baru, berlaku),
        Perubahan::Gabung { opd, ke, cara } => merge(tx, *opd, *ke, *cara, berlaku, today),
        Perubahan::Lebur { opd, baru, pimpin } => melt(tx, opd, baru, *pimpin, berlaku, today),
        Perubahan::Tutup { opd } => close(tx, *opd, berlaku, today),
        Perubahan::HapusJabatan { jabatan } => abolish(tx, *jabatan, berlaku, today),
    }
}

fn rename(tx: &mut Tx<'_>, id: Id, baru: &Baru, berlaku: Date) -> Result<Id, Problem> {
    let (old, urut) = running(tx, id)?;
    let new = begin_office(tx, baru, berlaku)?;
    end_office(tx, &old, berlaku)?;
    offices::insert(tx, &new, urut)?;
    offices::insert_predecessor(tx, new.id, id)?;
    offices::move_units(tx, id, new.id)?;
    let moved = move_posts(tx, id, new.id)?;
    tx.audit(
        &Entry::new("identity.rename-opd", "identity_opd", new.id)
            .with("nama", &new.nama)
            .with("nama_lama", &old.nama)
            .with("pendahulu", id)
            .with("kode", &new.kode)
            .with("berlaku", berlaku)
            .with("jabatan_dipindahkan", moved),
    )?;
    Ok(new.id)
}

fn begin_office(tx: &mut Tx<'_>, baru: &Baru, berlaku: Date) -> Result<Opd, Problem> {
    Ok(Opd {
        id: tx.new_id()?,
        kode: baru.kode.clone(),
        nama: baru.nama.clone(),
        singkatan: baru.singkatan.clone(),
        jenis: baru.jenis,
        induk: baru.induk,
        berlaku_dari: berlaku,
        berlaku_sampai: None,
    })
}

/// Several OPD end and a new one has all of them as predecessors: it sees their files and registers, and has their units, posts, people. One
/// of their heads leads it; the others end.
fn melt(tx: &mut Tx<'_>, all: &[Id], baru: &Baru, pimpin: Option<Id>, berlaku: Date, today: Date) -> Result<Id, Problem> {
    let mut ending = Vec::new();
    for id in all {
        ending.push(running(tx, *id)?);
    }
    let induk = baru.induk.map(|induk| offices::above(tx, induk)).transpose()?.unwrap_or_default();
    if let Some((old, _)) = ending.iter().find(|(old, _)| induk.contains(&old.id)) {
        return Err(Problem::refused(Refusal::IntoItself { nama: old.nama.clone() }));
    }
    let leading = leading(tx, all, pimpin)?;
    let new = begin_office(tx, baru, berlaku)?;
    // The old ones free their code and name before the new one takes perhaps the same.
    for (old, _) in &ending {
        end_office(tx, old, berlaku)?;
    }
    offices::insert(tx, &new, ending.iter().map(|(_, urut)| *urut).min().unwrap_or_default())?;
    // The posts of each stand behind those that were moved before: the one that leads comes first.
    ending.sort_by_key(|(old, _)| leading.leads.as_ref().is_none_or(|head| head.opd != old.id));
    let mut moved = 0;
    for (old, _) in &ending {
        offices::insert_predecessor(tx, new.id, old.id)?;
        offices::move_units(tx, old.id, new.id)?;
        moved += move_posts(tx, old.id, new.id)?;
        tx.audit(
            &Entry::new("identity.merge-opd", "identity_opd", old.id)
                .with("nama", &old.nama)
                .with("penerus", &new.nama)
                .with("berlaku", berlaku),
        )?;
    }
    for post in &leading.yields {
        give_way(tx, post, leading.leads.as_ref(), &new.nama, berlaku, today)?;
    }
    let names: Vec<&str> = ending.iter().map(|(old, _)| old.nama.as_str()).collect();
    tx.audit(
        &Entry::new("identity.create-opd", "identity_opd", new.id)
            .with("nama", &new.nama)
            .with("kode", &new.kode)
            .with("pendahulu", names.join("; "))
            .with("pimpinan", leading.leads.as_ref().map_or("-", |head| &head.nama))
            .with("berlaku", berlaku)
            .with("jabatan_dipindahkan", moved),
    )?;
    Ok(new.id)
}

/// Which of the heads of these OPD leads on. A plan that was made before this was asked means the first.
pub(crate) fn leading(tx: &mut Tx<'_>, all: &[Id], pimpin: Option<Id>) -> Result<Leading, Problem> {
    let mut heads = Vec::new();
    for id in all {
        heads.push((*id, posts::head_of(tx, *id)?));
    }
    let first = || heads.iter().find(|(_, head)| head.is_some()).map(|(opd, _)| *opd);
    rules::leading(&heads, pimpin.or_else(first)).map_err(Problem::refused)
}

/// The last day on which what is open at a post that gives way is finished: as long as a Plt. may act at once.
pub(crate) fn finished_by(tx: &mut Tx<'_>, berlaku: Date) -> Result<Date, Problem> {
    Ok(last_of(berlaku, held::limits(tx)?.plt.bulan))
}

/// A head beside the one that leads: its penugasan ends, those below stand below the head, and the head finishes what is open there as Plt.
/// Then the post ends by itself.
fn give_way(
    tx: &mut Tx<'_>,
    post: &Jabatan,
    leads: Option<&Jabatan>,
    nama: &str,
    berlaku: Date,
    today: Date,
) -> Result<(), Problem> {
    let (last, finished) = (day_before(berlaku), finished_by(tx, berlaku)?);
    let head = leads.map(|head| posts::holder_on(tx, head.id, berlaku)).transpose()?.flatten();
    let alasan = format!("Dilebur ke dalam {nama}");
    acts::hand_to(tx, post, last, today, head.as_ref().map(|who| (who, finished)), &alasan)?;
    posts::move_subordinates(tx, post.id, leads.map(|head| head.id))?;
    let change = Perubahan::HapusJabatan { jabatan: post.id };
    let (end, id) = (next_day(finished), post.id);
    let plan = plans::insert(tx, &change, end)?;
    let entry =
        Entry::new("identity.plan-perubahan", "identity_jabatan", id).with("rencana", plan).with("perubahan", change.word());
    Ok(tx.audit(&entry.with("berlaku", end).because(alasan))?)
}

fn merge(tx: &mut Tx<'_>, id: Id, into: Id, cara: Cara, berlaku: Date, today: Date) -> Result<Id, Problem> {
    let (old, _) = running(tx, id)?;
    let (target, _) = running(tx, into)?;
    if id == into || offices::above(tx, into)?.contains(&id) {
        return Err(Problem::refused(Refusal::IntoItself { nama: old.nama }));
    }
    offices::insert_predecessor(tx, into, id)?;
    offices::move_units(tx, id, into)?;
    let count = match cara {
        Cara::Pindah => move_posts(tx, id, into)?,
        Cara::Akhiri => end_posts(tx, id, berlaku, today)?,
    };
    end_office(tx, &old, berlaku)?;
    crate::orang::store::move_all(tx, id, into)?;
    tx.audit(
        &Entry::new("identity.merge-opd", "identity_opd", id)
            .with("nama", &old.nama)
            .with("penerus", &target.nama)
            .with("berlaku", berlaku)
            .with("perlakuan_jabatan", cara.as_str())
            .with("jabatan", count),
    )?;
    Ok(into)
}

fn close(tx: &mut Tx<'_>, id: Id, berlaku: Date, today: Date) -> Result<Id, Problem> {
    let (old, _) = running(tx, id)?;
    let units = offices::active_units(tx, id)?;
    if units > 0 {
        return Err(Problem::refused(Refusal::HasUnits { nama: old.nama, jumlah: units }));
    }
    let count = end_posts(tx, id, berlaku, today)?;
    end_office(tx, &old, berlaku)?;
    tx.audit(
        &Entry::new("identity.close-opd", "identity_opd", id)
            .with("nama", &old.nama)
            .with("berlaku", berlaku)
            .with("jabatan_diakhiri", count),
    )?;
    Ok(id)
}

/// Ends a post and everything held of it; those below go to the post above.
pub(crate) fn abolish(tx: &mut Tx<'_>, id: Id, berlaku: Date, today: Date) -> Result<Id, Problem> {
    let row = posts::row(tx, id)?.filter(|row| row.sampai.is_none()).ok_or(Problem::NotFound)?;
    let last = day_before(berlaku);
    let ended = acts::end_all_at(tx, id, last, today, "Jabatan dihapus")?;
    posts::move_subordinates(tx, id, row.induk)?;
    posts::set_end(tx, id, last.max(day_before(row.dari)))?;
    tx.audit(
        &Entry::new("identity.close-jabatan", "identity_jabatan", id)
            .with("nama", &row.nama)
            .with("berlaku", berlaku)
            .with("penugasan_diakhiri", ended),
    )?;
    Ok(id)
}

fn running(tx: &mut Tx<'_>, id: Id) -> Result<(Opd, i64), Problem> {
    let row = offices::row(tx, id)?.ok_or(Problem::NotFound)?;
    if row.opd.berlaku_sampai.is_some() {
        return Err(Problem::refused(Refusal::Ended { nama: row.opd.nama }));
    }
    Ok((row.opd, row.urut))
}

fn end_office(tx: &mut Tx<'_>, opd: &Opd, berlaku: Date) -> Result<(), Problem> {
    Ok(offices::set_end(tx, opd.id, day_before(berlaku).max(day_before(opd.berlaku_dari)))?)
}

fn move_posts(tx: &mut Tx<'_>, from: Id, to: Id) -> Result<usize, Problem> {
    let count = posts::move_all(tx, from, to)?;
    crate::orang::store::move_all(tx, from, to)?;
    Ok(count)
}

fn end_posts(tx: &mut Tx<'_>, opd: Id, berlaku: Date, today: Date) -> Result<usize, Problem> {
    let all = posts::list_of_opd(tx, opd)?;
    for post in &all {
        abolish(tx, post.id, berlaku, today)?;
    }
    Ok(all.len())
}
