//! When a post passes on: what was given to its holder for the post goes to the successor, what belongs to the post stays with it, and
//! both learn of it. What was done keeps the name of who did it.

use praja_identity::{jabatan, orang};
use praja_kernel::Id;
use praja_module::{Message, MessageKind, events::PenugasanChanged};
use praja_store::{Result, Tx, audit::Entry};

use super::store;
use crate::notices;

/// Hands over, once for each event.
pub(crate) fn hand_over(tx: &mut Tx<'_>, changed: &PenugasanChanged) -> Result<()> {
    if changed.dari == changed.kepada {
        return Ok(());
    }
    let (dari, kepada) = (named(tx, changed.dari)?, named(tx, changed.kepada)?);
    let post = changed.jabatan;
    let desk = format!("jabatan:{post}");
    let mut count = 0;
    if let Some((former, nama)) = &dari {
        let from = format!("pegawai:{former}");
        // Nobody has come yet: the post itself keeps the tasks for whoever comes.
        let to = kepada.as_ref().map_or_else(|| desk.clone(), |(successor, _)| format!("pegawai:{successor}"));
        let moved = if from == to { 0 } else { store::pass_on(tx, post, &from, nama, &to)? };
        if moved > 0 {
            store::count(tx, &from, -moved)?;
            store::count(tx, &to, moved)?;
        }
        // Of several who share a post one may leave; the others go on.
        let leads = jabatan::get(tx, post)?.is_some_and(|post| post.jenis.is_structural());
        count = moved + if leads { store::note_former(tx, &desk, nama)? } else { 0 };
    }
    store::log_handover(tx, post, dari.as_ref(), kepada.as_ref(), count)?;
    let name = jabatan::get(tx, post)?.map_or_else(String::new, |post| post.nama);
    tell(tx, &name, dari.as_ref(), kepada.as_ref(), count)?;
    let entry = Entry::new("desk.transfer-tugas", "identity_jabatan", post).with("nama", &name).with("tugas", count);
    tx.audit(&entry)
}

fn named(tx: &mut Tx<'_>, person: Option<Id>) -> Result<Option<(Id, String)>> {
    let Some(id) = person else { return Ok(None) };
    Ok(Some((id, orang::name(tx, id)?.unwrap_or_default())))
}

fn tell(tx: &mut Tx<'_>, post: &str, dari: Option<&(Id, String)>, kepada: Option<&(Id, String)>, count: i64) -> Result<()> {
    if let Some((successor, _)) = kepada {
        let line = match dari {
            Some((_, former)) if count > 0 => format!("{count} tugas {post} beralih dari {former} kepada Anda"),
            _ => format!("Anda kini menjalankan tugas {post}"),
        };
        notices::tell(tx, &Message::new(MessageKind::Kabar, format!("pegawai:{successor}"), line, "/kotak-masuk"))?;
    }
    if let (Some((former, _)), true) = (dari, count > 0) {
        let line = match kepada {
            Some((_, successor)) => format!("{count} tugas {post} beralih dari Anda kepada {successor}"),
            None => format!("{count} tugas {post} menunggu pejabat berikutnya"),
        };
        notices::tell(tx, &Message::new(MessageKind::Kabar, format!("pegawai:{former}"), line, "/kotak-masuk"))?;
    }
    Ok(())
}
