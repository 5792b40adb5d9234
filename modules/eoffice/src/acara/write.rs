//! What keeping an agenda changes: the event, who goes instead, the trail. Inside one transaction.

use praja_desk::tasks;
use praja_identity::{jabatan, penugasan};
use praja_kernel::{Id, hari_tanggal, jam, tanggal_pendek};
use praja_module::{Message, MessageKind, Problem};
use praja_store::{Key, Keys, Tx, audit::Entry};

use super::{Acara, Baru, PERJALANAN_MENIT, Refusal, Status, hak::Pimpinan, pages::LIST, store};
use crate::{kerja::Kerja, surat_masuk};

/// The table, which names an event in the audit trail.
pub(crate) const TABLE: &str = "eoffice_acara";

/// Everything about one leader's agenda happens one after the other, so that two aides do not fill the same hour unawares.
pub(crate) fn keys(pimpinan: Id) -> Keys {
    Keys::of([Key::new(TABLE, pimpinan)])
}

/// The name of an event in audit and tasks.
pub(crate) fn objek(id: Id) -> String {
    format!("{TABLE}:{id}")
}

/// Of closed events the trail keeps no words.
fn entry(act: &'static str, acara: &Acara) -> Entry {
    let entry = Entry::new(act, TABLE, acara.id);
    if acara.isi.tertutup { entry.with("tertutup", true) } else { entry.with("nama", &acara.isi.judul) }
}

fn save(tx: &mut Tx<'_>, acara: &Acara) -> Result<(), Problem> {
    if store::update(tx, acara)? { Ok(()) } else { Err(Problem::Conflict) }
}

/// The events that stand in the way of a time, except `own`.
pub(crate) fn collisions(tx: &mut Tx<'_>, pimpinan: Id, isi: &Baru, own: Option<Id>) -> Result<Vec<Acara>, Problem> {
    // The longest event lasts a month: one that began earlier is over.
    let (from, until) = (praja_kernel::Moment(isi.mulai.0 - 32 * 86_400_000), praja_kernel::Moment(isi.selesai.0 + 86_400_000));
    let near = store::list(tx, store::Milik::Pimpinan(pimpinan), from, until, store::MOST)?;
    Ok(near.into_iter().filter(|one| Some(one.id) != own && one.collides(isi.mulai, isi.selesai)).collect())
}

/// Refuses a time that is taken, and names what takes it.
fn free(tx: &mut Tx<'_>, kerja: &Kerja, leader: &Pimpinan, isi: &Baru, own: Option<Id>) -> Result<(), Problem> {
    let taken = collisions(tx, leader.jabatan, isi, own)?;
    if taken.is_empty() {
        return Ok(());
    }
    let named: Vec<String> = taken
        .iter()
        .take(3)
        .map(|one| {
            let (from, until) = (kerja.zona.local(one.isi.mulai), kerja.zona.local(one.isi.selesai));
            let what = if one.isi.tertutup && !leader.utuh { "acara tertutup" } else { one.isi.judul.as_str() };
            format!("{} pukul {} sampai {}: {what}", tanggal_pendek(from.date()), jam(from), jam(until))
        })
        .collect();
    let more = if taken.len() > 3 { format!(" dan {} acara lagi", taken.len() - 3) } else { String::new() };
    let text = format!("Perjalanan {PERJALANAN_MENIT} menit ikut dihitung. Sudah ada {}{more}.", named.join("; "));
    Err(Problem::refused(Refusal::Collides(vec![praja_kernel::FieldProblem::new("mulai", text)])))
}

/// Puts an event on an agenda.
///
/// # Errors
/// [`Refusal::Collides`] unless that is `meant`.
pub(crate) fn schedule(tx: &mut Tx<'_>, kerja: &Kerja, leader: &Pimpinan, acara: &Acara, meant: bool) -> Result<(), Problem> {
    if !meant {
        free(tx, kerja, leader, &acara.isi, None)?;
    }
    store::insert(tx, acara)?;
    let mut entry = entry("eoffice.schedule-acara", acara);
    if let Some(surat) = acara.surat_masuk {
        entry = entry.with("surat", surat);
    }
    Ok(tx.audit(&entry)?)
}

/// Changes an event; whoever goes instead is told.
///
/// # Errors
/// [`Refusal::Collides`] unless that is `meant`.
pub(crate) fn change(
    tx: &mut Tx<'_>,
    kerja: &Kerja,
    leader: &Pimpinan,
    acara: Acara,
    isi: Baru,
    meant: bool,
) -> Result<(), Problem> {
    if !meant && acara.takes_time() && (acara.isi.mulai, acara.isi.selesai) != (isi.mulai, isi.selesai) {
        free(tx, kerja, leader, &isi, Some(acara.id))?;
    }
    let moved = (acara.isi.mulai, acara.isi.selesai, acara.isi.tempat.clone()) != (isi.mulai, isi.selesai, isi.tempat.clone());
    let acara = acara.change(isi).map_err(Problem::refused)?;
    save(tx, &acara)?;
    if moved && let Some((wakil, _)) = &acara.wakil {
        tell(tx, kerja, &acara, *wakil, "Acara yang Anda wakili berubah waktu atau tempat")?;
    }
    Ok(tx.audit(&entry("eoffice.change-acara", &acara))?)
}

/// The leader, or who went instead, was there.
pub(crate) fn attend(tx: &mut Tx<'_>, acara: Acara, hasil: Option<String>) -> Result<(), Problem> {
    let now = tx.now()?;
    let acara = acara.attend(hasil, now).map_err(Problem::refused)?;
    save(tx, &acara)?;
    tasks::done(tx, &objek(acara.id))?;
    Ok(tx.audit(&entry("eoffice.attend-acara", &acara))?)
}

/// Somebody else goes: they have a task and are told.
pub(crate) fn delegate(
    tx: &mut Tx<'_>,
    kerja: &Kerja,
    acara: Acara,
    wakil: Id,
    alasan: Option<String>,
    leader: &Pimpinan,
) -> Result<(), Problem> {
    let post = jabatan::get(tx, wakil)?.ok_or(Problem::NotFound)?;
    let nama = match jabatan::holder_on(tx, wakil, kerja.zona.date(acara.isi.mulai))? {
        Some(holder) => format!("{} ({})", penugasan::display_name(holder.jenis, &post.nama), holder.nama),
        None => return Err(Problem::refused(Refusal::field("wakil", "Jabatan itu kosong pada hari acara. Pilih jabatan lain."))),
    };
    let before = acara.wakil.clone();
    let acara = acara.delegate((wakil, nama), alasan).map_err(Problem::refused)?;
    save(tx, &acara)?;
    if before.as_ref().is_some_and(|(post, _)| *post != wakil) {
        tasks::done(tx, &objek(acara.id))?;
    }
    tasks::open_light(
        tx,
        &tasks::NewTask {
            untuk: format!("jabatan:{wakil}"),
            judul: titled(&format!("Wakili {} pada acara", leader.label), &acara),
            tautan: format!("{LIST}/{}", acara.id),
            objek: objek(acara.id),
            jatuh_tempo: Some(kerja.zona.date(acara.isi.mulai)),
            sementara: false,
        },
    )?;
    tell(tx, kerja, &acara, wakil, &format!("Anda diminta mewakili {}", leader.label))?;
    Ok(tx.audit(&entry("eoffice.delegate-acara", &acara).with("wakil", wakil))?)
}

/// It is called off; whoever went instead is told.
pub(crate) fn cancel(tx: &mut Tx<'_>, kerja: &Kerja, acara: Acara, alasan: &str) -> Result<(), Problem> {
    let wakil = acara.wakil.as_ref().map(|(post, _)| *post);
    let acara = acara.cancel(alasan.to_owned()).map_err(Problem::refused)?;
    save(tx, &acara)?;
    tasks::done(tx, &objek(acara.id))?;
    if let Some(wakil) = wakil {
        tell(tx, kerja, &acara, wakil, "Acara yang Anda wakili batal")?;
    }
    Ok(tx.audit(&entry("eoffice.cancel-acara", &acara).because(alasan))?)
}

/// The leader goes after all, or it takes place after all.
pub(crate) fn take_back(tx: &mut Tx<'_>, kerja: &Kerja, acara: Acara) -> Result<(), Problem> {
    let (wakil, given) = (acara.wakil.as_ref().map(|(post, _)| *post), acara.status == Status::Diwakilkan);
    let acara = acara.take_back().map_err(Problem::refused)?;
    save(tx, &acara)?;
    tasks::done(tx, &objek(acara.id))?;
    if let (Some(wakil), true) = (wakil, given) {
        tell(tx, kerja, &acara, wakil, "Anda tidak lagi diminta mewakili pimpinan")?;
    }
    Ok(tx.audit(&entry("eoffice.restore-acara", &acara))?)
}

/// Minutes or a report belong to it.
pub(crate) fn attach_naskah(tx: &mut Tx<'_>, mut acara: Acara, naskah: Id) -> Result<(), Problem> {
    acara.naskah = Some(naskah);
    save(tx, &acara)?;
    Ok(tx.audit(&entry("eoffice.attach-naskah", &acara).with("naskah", naskah))?)
}

fn titled(words: &str, acara: &Acara) -> String {
    if acara.isi.tertutup { words.to_owned() } else { format!("{words}: {}", acara.isi.judul) }
}

fn tell(tx: &mut Tx<'_>, kerja: &Kerja, acara: &Acara, post: Id, words: &str) -> Result<(), Problem> {
    let local = kerja.zona.local(acara.isi.mulai);
    let when = format!("{}, pukul {} {}", hari_tanggal(local.date()), jam(local), kerja.zona);
    let text = if acara.isi.tertutup { when } else { format!("{when}, di {}.", acara.isi.tempat) };
    let message =
        Message::new(MessageKind::Tugas, format!("jabatan:{post}"), titled(words, acara), format!("{LIST}/{}", acara.id))
            .body(text);
    Ok(kerja.message(tx, &message)?)
}

/// The title and host that a letter suggests: what it is about, unless it is secret.
pub(crate) fn suggested(surat: &surat_masuk::SuratMasuk) -> (String, String) {
    let hal = if surat.isi.sifat.is_secret() { String::new() } else { surat.isi.hal.clone() };
    (hal, surat.isi.asal.clone())
}
