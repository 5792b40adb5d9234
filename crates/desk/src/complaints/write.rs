//! What filing and handling change: the complaint, its deadline, tasks, notices, the trail. Inside one transaction.

use praja_identity::{jabatan, penugasan, peran, telepon};
use praja_kernel::{Date, Id, WorkingCalendar, days_after};
use praja_module::{Contact, Message, MessageKind, Problem, events::PengaduanBerubah};
use praja_store::{Keys, Result, StoreError, Tx, audit};

use super::{
    Act, Bukti, Draft, Jalur, Penanganan, Pengaduan, Refusal, Status, Suara, TABLE, Teradu, hak, hash,
    jam::{self, Jam},
    objek, pages, rules, step, store,
};
use crate::{
    PENGELOLA, attachments, calendar, deliveries, notices,
    registers::{self, Register},
    tasks::{self, NewTask},
};

const KELOMPOK: &str = "desk.pengaduan";

/// The day something is done on, and the calendar that counts from it: taken once, before it begins.
#[derive(Debug, Clone)]
pub struct Hari {
    /// Today.
    pub today: Date,
    /// The working calendar.
    pub calendar: WorkingCalendar,
}

impl Hari {
    /// Today by the regency's calendar.
    ///
    /// # Errors
    /// When the database fails.
    pub fn of(tx: &mut Tx<'_>, today: Date) -> Result<Self> {
        Ok(Self { today, calendar: calendar::of(tx, today)? })
    }

    /// So many working days after a day, and whether that may still move.
    pub(crate) fn after(&self, from: Date, days: u32) -> (Date, bool) {
        self.calendar.add_working_days(from, days).map_or((from, true), |due| (due.date, due.provisional))
    }
}

/// What the write of a new complaint must hold.
pub fn keys(today: Date) -> Keys {
    Keys::of([Register::on(Register::daerah(), KELOMPOK, today).lock()])
}

/// What is written down about an act: of a protected complaint that it was done, and nothing of what it says.
fn entry(act: &'static str, one: &Pengaduan) -> audit::Entry {
    let entry = audit::Entry::new(act, TABLE, one.id);
    if one.is_protected() { entry } else { entry.with("nomor", &one.nomor) }
}

/// Files a complaint received on a day: number, code, deadlines, and a task for whoever handles it.
///
/// # Errors
/// When the database fails; needs [`keys`]. A protected one is written in the name of the system, so that no trail names who complained.
pub fn file(tx: &mut Tx<'_>, draft: &Draft, received: Date, hari: &Hari) -> Result<Bukti> {
    let (id, jalur) = (tx.new_id()?, draft.jalur());
    let penanganan = Penanganan::of(draft.jenis);
    let days = jam::of(tx, penanganan.jam(), received)?.hari;
    let first = jam::of(tx, Jam::Pertama, received)?.hari;
    let nomor = number(tx, jalur, id, hari.today)?;
    let kode = rules::code()?;
    let (tenggat, sementara) = hari.after(received, days);
    let new = store::Baru {
        id,
        nomor: nomor.clone(),
        kode: hash(&nomor, &kode),
        jalur,
        penanganan,
        hari: i64::from(days),
        diterima: received,
        batas_tanggap: hari.after(received, first).0,
        tenggat,
        sementara,
    };
    store::insert(tx, &new, draft)?;
    for one in &draft.orang {
        store::add_teradu(tx, id, one)?;
    }
    let mut filed = store::get(tx, id)?.ok_or(StoreError::Missing)?;
    let mut entry = entry("desk.register-pengaduan", &filed);
    if jalur == Jalur::Biasa {
        entry = entry.with("jenis", draft.jenis.as_str()).with("saluran", draft.saluran.as_str());
    }
    tx.audit(&entry)?;
    if jalur == Jalur::Petugas
        && let Some(post) = superior_of(tx, &draft.orang, hari.today)?
    {
        filed.kepada = Some(post);
        store::update(tx, &filed)?;
    }
    give_tasks(tx, &filed, hari.today)?;
    tell_module(tx, &filed)?;
    Ok(Bukti { id, nomor, kode })
}

/// Lets the module whose thing it is about know: of an ordinary complaint only, for what modules know their officers read.
fn tell_module(tx: &mut Tx<'_>, one: &Pengaduan) -> Result<()> {
    if one.objek.is_empty() || one.is_protected() {
        return Ok(());
    }
    tx.emit(&PengaduanBerubah {
        id: one.id,
        nomor: one.nomor.clone(),
        objek: one.objek.clone(),
        jenis: one.jenis.as_str().into(),
        status: one.status.as_str().into(),
        tenggat: one.tenggat,
        dibuat: one.dibuat,
        dijawab: one.dijawab,
    })
}

/// Protected complaints have numbers that tell nobody how many there are; they stand in no register.
fn number(tx: &mut Tx<'_>, jalur: Jalur, id: Id, today: Date) -> Result<String> {
    if jalur != Jalur::Biasa {
        return Ok(format!("P-{}", rules::code()?));
    }
    let key = Register::on(Register::daerah(), KELOMPOK, today);
    Ok(registers::draw(tx, &key, &objek(id), |urut| format!("{}-{urut:05}", key.tahun))?.nomor)
}

/// The post above the known officers a complaint is about, held by none of them: where every post of all of them has the same superior.
/// Where they differ, the inspectorate alone decides.
fn superior_of(tx: &mut Tx<'_>, teradu: &[Teradu], today: Date) -> Result<Option<Id>> {
    let mut found: Option<Id> = None;
    for one in teradu {
        for post in penugasan::posts_of(tx, one.orang, today)? {
            let superior = match jabatan::superior(tx, post)? {
                Some(superior) => hak::above(tx, superior.id, teradu, today)?,
                None => None,
            };
            if superior.is_none() || found.is_some_and(|known| Some(known) != superior) {
                return Ok(None);
            }
            found = superior;
        }
    }
    Ok(found)
}

/// Does an act of an officer or of who complained, and tells the other side.
///
/// # Errors
/// [`Refusal`] when the state does not allow it; [`Problem::Conflict`] when somebody was first.
pub fn act(tx: &mut Tx<'_>, before: &Pengaduan, act: &Act, hari: &Hari) -> Result<(), Problem> {
    let mut after = step(before, act, hari.today).map_err(Problem::refused)?;
    let mut teradu = store::teradu(tx, before.id)?;
    timed(tx, before, &mut after, act, hari)?;
    match act {
        Act::Teruskan(opd, _) if after.is_protected() => {
            let post = hak::head(tx, *opd, &teradu, hari.today)?;
            after.kepada = Some(post.ok_or_else(|| Problem::refused(Refusal::Nobody))?);
        }
        Act::Alihkan(more, _) => {
            for one in more {
                store::add_teradu(tx, before.id, one)?;
            }
            teradu = store::teradu(tx, before.id)?;
            after.kepada = superior_of(tx, &teradu, hari.today)?;
        }
        _ => {}
    }
    if !store::update(tx, &after)? {
        return Err(Problem::Conflict);
    }
    tell_module(tx, &after)?;
    say(tx, before, act)?;
    let entry = entry(act.name(), &after);
    tx.audit(&match act.words() {
        Some(words) if !after.is_protected() && !before.is_protected() => entry.because(words),
        _ => entry,
    })?;
    let moved = after.opd != before.opd || after.kepada != before.kepada || after.jalur != before.jalur;
    if after.jalur != before.jalur {
        // Whoever could open its files before is not asked whether that was one of those it is about.
        let readers = hak::readers(tx, before.opd)?;
        attachments::withdraw(tx, &objek(before.id), &readers)?;
    } else if moved && !after.is_protected() {
        let readers = hak::readers(tx, after.opd)?;
        attachments::grant(tx, &objek(before.id), &readers)?;
    }
    // Whoever took it up has the answer's time now, not that of the first response.
    let taken_up = before.status == Status::Masuk && after.status != Status::Masuk;
    if !after.status.is_open() || moved || taken_up {
        tasks::done(tx, &objek(before.id))?;
    }
    if after.status.is_open() && (moved || taken_up || !before.status.is_open()) {
        give_tasks(tx, &after, hari.today)?;
    }
    tell_reporter(tx, before, &after)
}

/// What an act does to the times.
fn timed(tx: &mut Tx<'_>, before: &Pengaduan, after: &mut Pengaduan, act: &Act, hari: &Hari) -> Result<()> {
    let now = tx.now()?;
    if before.ditanggap.is_none() && matches!(act, Act::Terima | Act::Teruskan(..) | Act::Jawab(_) | Act::Tolak(_)) {
        after.ditanggap = Some(now);
    }
    match act {
        Act::Golongkan(penanganan, _) => {
            let days = jam::of(tx, penanganan.jam(), before.diterima)?.hari;
            after.hari = i64::from(days);
            (after.tenggat, after.sementara) = hari.after(before.diterima, days);
            after.peringatan = 0;
        }
        Act::Jawab(_) => {
            let days = jam::of(tx, Jam::BukaLagi, hari.today)?.hari;
            after.dijawab = Some(now);
            after.buka_sampai = days_after(hari.today, i32::try_from(days).unwrap_or(0));
        }
        Act::Tolak(_) => after.dijawab = Some(now),
        Act::Tanggapi(_) => {
            // What was promised runs anew from the objection.
            after.diterima = hari.today;
            let days = u32::try_from(before.hari).unwrap_or(0);
            (after.tenggat, after.sementara) = hari.after(hari.today, days);
            after.buka_sampai = None;
            after.peringatan = 0;
        }
        _ => {}
    }
    Ok(())
}

/// Keeps what was said to or by whoever complained.
fn say(tx: &mut Tx<'_>, one: &Pengaduan, act: &Act) -> Result<()> {
    match act {
        Act::Jawab(words) => store::say(tx, one.id, Suara::Jawaban, words.trim()),
        Act::Tolak(words) => store::say(tx, one.id, Suara::Penolakan, words.trim()),
        Act::Tanggapi(words) => store::say(tx, one.id, Suara::Keberatan, words.trim()),
        _ => Ok(()),
    }
}

/// Tells whoever complained: in Praja with an account, otherwise at the address they gave. Nothing of the answer leaves the house: it is read
/// with number and code.
fn tell_reporter(tx: &mut Tx<'_>, before: &Pengaduan, after: &Pengaduan) -> Result<(), Problem> {
    if after.status == before.status || after.is_protected() {
        return Ok(());
    }
    let told = format!("Pengaduan {}: {}", before.nomor, after.status.label().to_lowercase());
    let message = Message::new(MessageKind::Kabar, &after.pelapor, told, pages::PUBLIC);
    if !after.pelapor.is_empty() {
        return Ok(notices::tell(tx, &message)?);
    }
    let contact = match after.kontak.contains('@') {
        true => Some(Contact::Email(after.kontak.clone())),
        false => telepon::parse(&after.kontak).map(Contact::Phone),
    };
    if let Some(contact) = contact.filter(|_| matches!(after.status, Status::Ditanggapi | Status::Ditolak)) {
        deliveries::tell_contact(tx, &contact, &after.nama, &message)?;
    }
    Ok(())
}

/// Who handles it now, as subjects: of an ordinary one the leader of the OPD, or who keeps the desk while nobody decided whose it is; of a
/// protected one persons alone, never whom it is about.
pub(crate) fn handlers(tx: &mut Tx<'_>, one: &Pengaduan, today: Date) -> Result<Vec<String>> {
    let teradu = store::teradu(tx, one.id)?;
    match one.jalur {
        Jalur::Biasa => {
            let head = match one.opd {
                Some(opd) => jabatan::head_of(tx, opd)?,
                None => None,
            };
            match head {
                Some(head) => Ok(vec![format!("jabatan:{}", head.id)]),
                None => peran::holders(tx, PENGELOLA),
            }
        }
        Jalur::Wbs => hak::inspectors(tx, &teradu, today),
        Jalur::Petugas => {
            let superior = match one.kepada {
                Some(post) => hak::holder(tx, post, &teradu, today)?,
                None => None,
            };
            match superior {
                Some(superior) => Ok(vec![superior]),
                None => hak::inspectors(tx, &teradu, today),
            }
        }
    }
}

/// Gives the task to whoever handles it and does not hold it yet.
pub(crate) fn give_tasks(tx: &mut Tx<'_>, one: &Pengaduan, today: Date) -> Result<()> {
    for untuk in handlers(tx, one, today)? {
        give_task(tx, one, untuk)?;
    }
    Ok(())
}

/// Gives the task to one of them.
pub(crate) fn give_task(tx: &mut Tx<'_>, one: &Pengaduan, untuk: String) -> Result<()> {
    let due = if one.status == Status::Masuk { one.batas_tanggap } else { one.tenggat };
    let task = NewTask {
        untuk,
        judul: format!("Tangani pengaduan {}", one.nomor),
        tautan: format!("{}/{}", pages::LIST, one.id),
        objek: objek(one.id),
        jatuh_tempo: Some(due),
        sementara: one.sementara,
    };
    tasks::open(tx, &task)?;
    Ok(())
}
