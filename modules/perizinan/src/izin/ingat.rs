//! Reminders before a licence ends: once for each step, to its holder.

use praja_kernel::{Date, Id, tanggal_panjang};
use praja_module::{Instance, Message, MessageKind};
use praja_store::{Keys, Result, Tx, audit::Entry};

use super::{
    TABLE,
    daur::{Hari, due_step},
    store, umum,
};
use crate::{
    impor::store::terap::source,
    jenis,
    permohonan::{kabar, store as applications},
};

/// The job that looks at what is about to end.
pub(crate) const REMIND: &str = "perizinan.remind-izin";
/// Looked at in one read.
const STEP: i64 = 200;
/// No type opens renewal earlier.
const FURTHEST: Hari = Hari::new(400);

/// Runs [`REMIND`].
pub(crate) fn run(instance: &Instance, _: &str) -> Result<()> {
    let today = instance.today();
    let mut after: Option<(Date, Id)> = None;
    loop {
        let found = instance.db.read(|tx| {
            let rows = store::ending(tx, today, FURTHEST.checked_from(today), after, STEP)?;
            let mut due = Vec::new();
            for (izin, told) in &rows {
                let Some(sampai) = izin.berlaku_sampai else { continue };
                let Some(step) = due_step(sampai, opens(tx, izin)?, told, today) else { continue };
                due.push((izin.clone(), told.clone(), step, sampai));
            }
            Ok::<_, praja_store::StoreError>((rows.last().and_then(|(izin, _)| Some((izin.berlaku_sampai?, izin.id))), due))
        })?;
        let (Some(last), due) = found else { return Ok(()) };
        after = Some(last);
        for (izin, told, step, sampai) in due {
            instance.db.write(&instance.by_system(REMIND), Keys::none(), move |tx| remind(tx, &izin, &told, step, sampai))?;
        }
    }
}

/// Days before the end on which renewal opens, by the version it was issued under.
fn opens(tx: &mut Tx<'_>, izin: &store::Izin) -> Result<u32> {
    let Some(one) = izin.permohonan.map(|id| applications::get(tx, id)).transpose()?.flatten() else { return Ok(90) };
    Ok(jenis::store::version(tx, one.jenis_versi)?.masa.perpanjangan_hari)
}

fn remind(tx: &mut Tx<'_>, izin: &store::Izin, told: &str, step: i64, sampai: Date) -> Result<()> {
    if !store::reminded(tx, izin.id, told, &step.to_string())? {
        return Ok(());
    }
    let subject = if step == 0 {
        format!("{} {} berakhir hari ini", izin.jenis_nama, izin.nomor)
    } else {
        format!("{} {} berakhir {}", izin.jenis_nama, izin.nomor, tanggal_panjang(sampai))
    };
    if let Some(one) = izin.permohonan.map(|id| applications::get(tx, id)).transpose()?.flatten() {
        kabar::tell(tx, &one, MessageKind::Pengingat, subject)?;
    } else if let Some(source) = source(tx, izin.id)? {
        // What another program issued has no application: its holder is told at the address that program knew.
        let href = izin.token.as_ref().map_or_else(|| umum::PAGE.to_owned(), |token| format!("/v/{token}"));
        let message = Message::new(MessageKind::Pengingat, "", subject, href);
        kabar::tell_at(tx, &izin.nama, (&source.telepon, &source.email), &message)?;
    }
    tx.audit(&Entry::new("perizinan.remind-izin", TABLE, izin.id).with("nomor", &izin.nomor).with("hari", step))
}
