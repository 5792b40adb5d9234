//! What happens without anybody: the front office's day passes, mending is over, leaders are warned, silence has its effect, drafts nobody
//! sent are removed, and due dates follow the calendar.

mod store;

use praja_desk::{attachments, notices};
use praja_identity::{jabatan, peran};
use praja_kernel::{DateTime, Derajat, Id, Moment, Sifat, tanggal_panjang};
use praja_module::{
    Instance, Message, MessageKind, Problem,
    events::{KalenderBerubah, PengaduanBerubah},
};
use praja_store::{By, Delivery, Keys, Result, StoreError, Tx, audit::Entry};

use crate::{
    TABLE,
    alur::{Jam, Langkah, Meja, Status},
    antarmuka, hak,
    jenis::{self, Diam},
    objek, pengawasan, peristiwa,
    permohonan::{
        Permohonan, giliran, kabar, store as applications,
        write::{self, Catatan, Kerja, REMINDED},
    },
    rekomendasi,
    sla::{self, Eskalasi},
};

/// The job that looks at every open application.
pub(crate) const WATCH: &str = "perizinan.watch-permohonan";
/// The job that removes what nobody sent.
pub(crate) const CLEAN: &str = "perizinan.clean-draf";
/// Days a draft is kept.
const DRAFT_DAYS: i64 = 30;
/// Applications of one look.
const STEP: usize = 200;

fn fault(problem: Problem) -> StoreError {
    match problem {
        Problem::Store(e) => e,
        Problem::Refused(refusal) => StoreError::Statement(refusal.message()),
        other => StoreError::Statement(format!("{other:?}")),
    }
}

/// Runs [`WATCH`].
pub(crate) fn watch(instance: &Instance, _: &str) -> Result<()> {
    let at = instance.zona.local(instance.now());
    for meja in Meja::ALL.iter().filter(|meja| **meja != Meja::Selesai) {
        let mut after: Option<Id> = None;
        loop {
            let ids = instance.db.read(|tx| store::at_desk(tx, *meja, after, STEP))?;
            let Some(last) = ids.last() else { break };
            after = Some(*last);
            for id in ids {
                look(instance, at, id)?;
            }
        }
    }
    Ok(())
}

/// Lets time have its effect on one application.
fn look(instance: &Instance, at: DateTime, id: Id) -> Result<()> {
    let Some(one) = instance.db.read(|tx| applications::get(tx, id))?.filter(|one| one.diajukan.is_some()) else { return Ok(()) };
    let kerja = instance.db.read(|tx| Kerja::on(tx, at))?;
    let keys = || Keys::of([write::turn_key(one.opd), write::turn_key(one.opd_teknis.unwrap_or(one.opd))]);
    if instance.db.read(|tx| giliran::is_left(tx, &one, kerja.today))? {
        let kerja = kerja.clone();
        instance.db.write(&instance.by_system(WATCH), keys(), move |tx| pass_on(tx, &kerja, id).map_err(fault))?;
    }
    if due(&kerja, &one).map_err(fault)?.is_none() {
        return Ok(());
    }
    instance.db.write(&instance.by_system(WATCH), keys(), move |tx| step(tx, &kerja, id).map_err(fault))
}

/// Gives what waits for somebody who left the desk to whoever stands there now, in its place in line.
fn pass_on(tx: &mut Tx<'_>, kerja: &Kerja, id: Id) -> std::result::Result<(), Problem> {
    let Some(one) = applications::get(tx, id)? else { return Ok(()) };
    if !giliran::is_left(tx, &one, kerja.today)? {
        return Ok(());
    }
    let before = one.petugas_nama.clone();
    let one = giliran::pass_on(tx, kerja, one)?;
    let words = if before.is_empty() {
        "Sebelumnya belum ada petugas di meja ini.".to_owned()
    } else {
        format!("{before} tidak lagi bertugas di meja ini.")
    };
    tx.audit(
        &Entry::new("perizinan.pass-on-permohonan", TABLE, one.id)
            .with("nomor", one.sebutan())
            .with("kepada", &one.petugas_nama)
            .because(&words),
    )?;
    Ok(())
}

/// What time alone does to an application.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Waktu {
    /// The front office let its day pass: it is complete for the clock.
    Lengkap,
    /// It was not mended in time.
    Gugur,
    /// Three working days are left for mending.
    Ingatkan,
    /// So many levels of leaders must know.
    Eskalasi(&'static [Eskalasi]),
}

fn due(kerja: &Kerja, one: &Permohonan) -> std::result::Result<Option<Waktu>, Problem> {
    let over = one.batas_langkah.is_some_and(|batas| kerja.today > batas);
    Ok(match one.status {
        Status::Diajukan if over => Some(Waktu::Lengkap),
        Status::Dikembalikan if over => Some(Waktu::Gugur),
        Status::Dikembalikan => {
            let batas = one.batas_langkah.unwrap_or(kerja.today);
            let from = kerja.calendar.subtract_working_days(batas, 3).map_err(write::beyond)?.date;
            (kerja.today >= from && one.peringatan < REMINDED).then_some(Waktu::Ingatkan)
        }
        status if status.jam() == Jam::Jalan => {
            let jam = one.jam();
            let levels = jam.escalation(&kerja.calendar, kerja.today).map_err(write::beyond)?;
            (i64::try_from(levels.len()).unwrap_or(0) > one.peringatan % REMINDED).then_some(Waktu::Eskalasi(levels))
        }
        _ => None,
    })
}

fn step(tx: &mut Tx<'_>, kerja: &Kerja, id: Id) -> std::result::Result<(), Problem> {
    let Some(one) = applications::get(tx, id)? else { return Ok(()) };
    match due(kerja, &one)? {
        None => Ok(()),
        Some(Waktu::Lengkap) => {
            let words =
                "Dianggap lengkap karena batas pemeriksaan kelengkapan terlewati; waktu pelayanan dihitung sejak batas itu.";
            write::act(tx, kerja, one, Langkah::NyatakanLengkap, &Catatan::umum(words).kode("lengkap-otomatis")).map(|_| ())
        }
        Some(Waktu::Gugur) => {
            let words = "Tidak diperbaiki sampai batas waktunya. Permohonan baru dapat diajukan kapan saja.";
            write::act(tx, kerja, one, Langkah::Gugurkan, &Catatan::umum(words)).map(|_| ())
        }
        Some(Waktu::Ingatkan) => {
            remind(tx, &one)?;
            let level = one.peringatan % REMINDED + REMINDED;
            save(tx, Permohonan { peringatan: level, ..one })
        }
        Some(Waktu::Eskalasi(levels)) => escalate(tx, kerja, one, levels),
    }
}

fn save(tx: &mut Tx<'_>, one: Permohonan) -> std::result::Result<(), Problem> {
    if applications::update(tx, &one)? { Ok(()) } else { Err(Problem::Conflict) }
}

fn remind(tx: &mut Tx<'_>, one: &Permohonan) -> Result<()> {
    let batas = one.batas_langkah.map(tanggal_panjang).unwrap_or_default();
    let subject = format!("Perbaiki permohonan {} paling lambat {batas}", one.sebutan());
    kabar::tell(tx, one, MessageKind::Pengingat, subject)
}

/// Tells the leaders of each level that is new, and lets silence have the effect its type gives it.
fn escalate(tx: &mut Tx<'_>, kerja: &Kerja, mut one: Permohonan, levels: &[Eskalasi]) -> std::result::Result<(), Problem> {
    let known = usize::try_from(one.peringatan % REMINDED).unwrap_or(0);
    for level in levels.iter().skip(known) {
        let (roles, words): (&[&str], &str) = match level {
            Eskalasi::Kasi => (&[hak::KASI], "delapan puluh persen waktunya terpakai"),
            Eskalasi::Kepala => (&[hak::KEPALA], "jatuh tempo hari ini"),
            Eskalasi::Sekda => (&[hak::KEPALA, hak::PENGAWAS], "lewat tenggat; risiko dianggap dikabulkan menurut hukum"),
        };
        let subject = format!("Permohonan {}: {words}", one.sebutan());
        // Whoever stands outside the PTSP reads the list of what is late, without names.
        let (own, outside) = (format!("/perizinan/izin/{}", one.id), "/perizinan/izin/keadilan/terlambat".to_owned());
        let mut told: Vec<(String, &String)> = Vec::new();
        for role in roles {
            let href = if *role == hak::PENGAWAS { &outside } else { &own };
            told.extend(peran::holders(tx, role)?.into_iter().map(|to| (to, href)));
        }
        // Above the head of the PTSP stands the Sekda.
        if *level == Eskalasi::Sekda
            && let Some(head) = jabatan::head_of(tx, one.opd)?
        {
            told.extend(jabatan::superior(tx, head.id)?.map(|post| (format!("jabatan:{}", post.id), &outside)));
        }
        if *level == Eskalasi::Sekda {
            peristiwa::late(tx, &one, kerja.today)?;
        }
        for (to, href) in told {
            let message = Message::new(MessageKind::Pengingat, to, subject.clone(), href.clone());
            notices::tell(tx, &message.about(Sifat::Biasa, Derajat::Segera))?;
        }
        tx.audit(
            &Entry::new("perizinan.escalate-permohonan", TABLE, one.id)
                .with("nomor", one.sebutan())
                .with("kepada", level.as_str()),
        )?;
    }
    one.peringatan += i64::try_from(levels.len().saturating_sub(known)).unwrap_or(0);
    save(tx, one.clone())?;
    one.versi += 1;
    silence(tx, kerja, one)
}

/// A late application counts as granted where the rule of its type says so: recorded with that rule, and the document is drafted at once.
fn silence(tx: &mut Tx<'_>, kerja: &Kerja, one: Permohonan) -> std::result::Result<(), Problem> {
    let jenis = jenis::store::version(tx, one.jenis_versi)?;
    let jam = one.jam();
    let effect = jam.silence(&kerja.calendar, kerja.today, &jenis.diam).map_err(write::beyond)?;
    let possible = crate::alur::next(one.status, Langkah::Kabulkan, &one.keadaan()).is_ok();
    if !possible || !matches!(effect, Some(Diam::Dikabulkan | Diam::TerbitOtomatis)) {
        return Ok(());
    }
    let words = format!("Tidak diputuskan sampai tenggatnya, sehingga dianggap dikabulkan menurut {}.", jenis.diam.dasar);
    let one = write::act(tx, kerja, one, Langkah::Kabulkan, &Catatan::umum(words).kode("fiktif-positif"))?;
    if effect == Some(Diam::TerbitOtomatis) && one.status == Status::DrafSk {
        let ready = Permohonan { sisa_paraf: Vec::new(), ..one };
        write::act(tx, kerja, ready, Langkah::KirimParaf, &Catatan::dalam("Diteruskan oleh sistem untuk ditandatangani."))?;
    }
    Ok(())
}

/// Runs [`CLEAN`]: drafts nobody sent for thirty days go, with their files; guesses of resi older than a day likewise.
pub(crate) fn clean(instance: &Instance, _: &str) -> Result<()> {
    let before = instance.now().plus_ms(-DRAFT_DAYS * 24 * 60 * 60 * 1000);
    let by = instance.by_system(CLEAN);
    loop {
        let ids = instance.db.read(|tx| store::old_drafts(tx, before, 50))?;
        if ids.is_empty() {
            break;
        }
        for id in ids {
            let gone = instance.db.write(&by, Keys::none(), move |tx| {
                let gone = attachments::destroy(tx, &objek(id), "draf yang tidak dikirim selama 30 hari")?;
                store::remove_draft(tx, id)?;
                tx.audit(&Entry::new("perizinan.remove-draf", TABLE, id))?;
                Ok::<_, StoreError>(gone)
            })?;
            instance.blobs.remove(&instance.db, &gone)?;
        }
    }
    forget_left_files(instance, &by)?;
    let yesterday: Moment = instance.now().plus_ms(-24 * 60 * 60 * 1000);
    instance.db.write(&by, Keys::unaudited(), move |tx| store::forget_guesses(tx, yesterday))
}

/// Removes files that other programs left a day ago, used or not: an application that used one keeps a copy.
fn forget_left_files(instance: &Instance, by: &By) -> Result<()> {
    let before = instance.now().plus_ms(-antarmuka::KEPT_MS);
    loop {
        let ids = instance.db.read(|tx| antarmuka::store::old(tx, before, 50))?;
        if ids.is_empty() {
            return Ok(());
        }
        for id in ids {
            let gone = instance.db.write(by, Keys::none(), move |tx| {
                let gone = attachments::destroy(tx, &antarmuka::titipan(id), "titipan aplikasi lain yang sudah lewat 24 jam")?;
                antarmuka::store::remove(tx, id)?;
                Ok::<_, StoreError>(gone)
            })?;
            instance.blobs.remove(&instance.db, &gone)?;
        }
    }
}

/// Hears that the calendar changed: due dates of clocks that run follow it. Nobody edits a due date.
/// Hears, too, of complaints about applications, which the inspectorate reads.
pub(crate) fn hear(tx: &mut Tx<'_>, delivery: &Delivery) -> Result<()> {
    if let Some(told) = delivery.read::<PengaduanBerubah>()? {
        return pengawasan::rantai::complaint(tx, &told);
    }
    if delivery.read::<KalenderBerubah>()?.is_none() {
        return Ok(());
    }
    for meja in Meja::ALL.iter().filter(|meja| **meja != Meja::Selesai) {
        let mut after: Option<Id> = None;
        loop {
            let ids = store::at_desk(tx, *meja, after, STEP)?;
            let Some(last) = ids.last() else { break };
            after = Some(*last);
            for id in ids {
                recount(tx, id)?;
            }
        }
    }
    Ok(())
}

/// The due dates of one application by the calendar as it is now: its own while its clock runs, that of the step for whoever mends or checks
/// it, and that of the technical OPD.
fn recount(tx: &mut Tx<'_>, id: Id) -> Result<()> {
    let Some(mut one) = applications::get(tx, id)? else { return Ok(()) };
    let before = (one.tenggat, one.sementara, one.batas_langkah);
    if let Some(from) = one.lanjut {
        let calendar = praja_desk::calendar::of(tx, from)?;
        if let Ok(Some(due)) = one.jam().due(&calendar) {
            (one.tenggat, one.sementara) = (Some(due.date), due.provisional);
        }
    }
    // Since when the step waits: the day it was sent, or the day it was returned.
    let since = match one.status {
        Status::Diajukan => one.hari_ajukan,
        Status::Dikembalikan => applications::last_return(tx, id)?.map(|step| step.tanggal),
        _ => None,
    };
    if let Some(since) = since {
        let jenis = jenis::store::version(tx, one.jenis_versi)?;
        let (aturan, calendar) = (crate::pengaturan::aturan(tx)?, praja_desk::calendar::of(tx, since)?);
        let mending = jenis.sla.perbaikan_hari;
        one.batas_langkah = write::deadline(&calendar, aturan, &one, since, mending).map_err(fault)?;
    }
    let mut told = before != (one.tenggat, one.sementara, one.batas_langkah);
    if told {
        applications::update(tx, &one)?;
        one.versi += 1;
        pengawasan::rantai::state(tx, &one)?;
    }
    if let Some(asked) = rekomendasi::store::open(tx, id)? {
        let calendar = praja_desk::calendar::of(tx, asked.hari_diminta)?;
        let jam = one.jam();
        if let Ok(share) = sla::share_of(&calendar, &jam, asked.hari_diminta, asked.jatah)
            && share.date != asked.tenggat
        {
            rekomendasi::store::move_to(tx, &asked, share.date)?;
            told = true;
        }
    }
    // Whoever has it reads the new day in the inbox.
    if told && one.meja != Meja::Pemohon {
        giliran::hand_over(tx, &one)?;
    }
    Ok(())
}
