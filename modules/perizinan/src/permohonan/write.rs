//! Acts on an application, each within the transaction of its caller: state, clock, desk, turn, step, task, notice and audit together.

use praja_kernel::{CalendarError, Date, DateTime, Id, WorkingCalendar};
use praja_module::{
    Ctx, MessageKind, Problem,
    events::{KabarAplikasi, PERMOHONAN_BERUBAH},
};
use praja_store::{Key, StoreError, Tx, audit::Entry, search};

use super::{
    AlasanLompat, Permohonan,
    giliran::{hand_over, turn},
    store,
};
use crate::{
    TABLE,
    alur::{self, Jam, Langkah, Status},
    jenis, pengaturan, pengawasan, sla,
};

/// What every act needs to know: taken once, before it begins.
#[derive(Debug, Clone)]
pub(crate) struct Kerja {
    pub(crate) today: Date,
    /// Local date and time.
    pub(crate) at: DateTime,
    pub(crate) aturan: sla::Aturan,
    pub(crate) calendar: WorkingCalendar,
}

impl Kerja {
    /// For a request.
    pub(crate) fn of(ctx: &Ctx, tx: &mut Tx<'_>) -> praja_store::Result<Self> {
        Self::on(tx, ctx.instance().zona.local(ctx.now()))
    }

    /// For any moment, in local time.
    pub(crate) fn on(tx: &mut Tx<'_>, at: DateTime) -> praja_store::Result<Self> {
        let today = at.date();
        Ok(Self { today, at, aturan: pengaturan::aturan(tx)?, calendar: praja_desk::calendar::of(tx, today)? })
    }
}

/// A code and words that go with an act.
#[derive(Debug, Clone, Default)]
pub(crate) struct Catatan {
    pub(crate) kode: String,
    /// Why it was taken out of its turn; none where it was not.
    pub(crate) lompat: Option<AlasanLompat>,
    pub(crate) teks: String,
    /// May the applicant read it?
    pub(crate) umum: bool,
}

impl Catatan {
    /// For officers.
    pub(crate) fn dalam(teks: impl Into<String>) -> Self {
        Self { teks: teks.into(), ..Self::default() }
    }

    /// For the applicant, too.
    pub(crate) fn umum(teks: impl Into<String>) -> Self {
        Self { teks: teks.into(), umum: true, ..Self::default() }
    }

    /// With a code.
    pub(crate) fn kode(mut self, kode: impl Into<String>) -> Self {
        self.kode = kode.into();
        self
    }

    /// Taken before others that had come earlier.
    pub(crate) const fn lompat(mut self, lompat: Option<AlasanLompat>) -> Self {
        self.lompat = lompat;
        self
    }
}

pub(crate) fn beyond(e: CalendarError) -> Problem {
    Problem::Fault(e.to_string())
}

/// What a write that gives a number of this series holds.
pub(crate) fn urut_key(deret: &str) -> Key {
    Key::new("perizinan_urut", deret)
}

/// What a write that takes a step holds: turns are taken one after the other. One key serves every OPD, because every step is a row of one
/// chain ([`pengawasan::rantai`]), whose rows wait for each other anyway.
pub(crate) fn turn_key(_: Id) -> Key {
    pengawasan::rantai::key()
}

/// The series of registration numbers of a day.
pub(crate) fn deret(kode: &str, day: Date) -> String {
    format!("{kode}-{}", day.strftime("%Y%m%d"))
}

/// Sends a draft: it gets its number, and the front office one working day, unless its type needs nobody to check it.
///
/// # Errors
/// [`Refusal`], [`alur::NotNow`]; needs [`urut_key`] of the series and [`turn_key`].
pub(crate) fn file(tx: &mut Tx<'_>, kerja: &Kerja, mut one: Permohonan, kode: &str) -> Result<Permohonan, Problem> {
    let urut = store::next_number(tx, &deret(kode, kerja.today))?;
    one.nomor = Some(super::nomor(kode, kerja.today, urut));
    one.diajukan = Some(tx.now()?);
    index(tx, &one)?;
    let unchecked = jenis::store::version(tx, one.jenis_versi)?.sla.tanpa_periksa;
    let one = act(tx, kerja, one, Langkah::Ajukan, &Catatan::default())?;
    if !unchecked {
        return Ok(one);
    }
    let words = Catatan::umum("Lengkap menurut pemeriksaan sistem saat dikirim.").kode("lengkap-sistem");
    act(tx, kerja, one, Langkah::NyatakanLengkap, &words)
}

/// Lets officers of both OPD find it by number, resi and name.
fn index(tx: &mut Tx<'_>, one: &Permohonan) -> Result<(), StoreError> {
    let mut akses = vec![format!("opd:{}", one.opd)];
    akses.extend(one.opd_teknis.filter(|opd| *opd != one.opd).map(|opd| format!("opd:{opd}")));
    tx.index_later(&search::Entry {
        modul: crate::ID,
        jenis: crate::PERMOHONAN,
        tautan: format!("/perizinan/izin/{}", one.id),
        judul: format!("{} {}", one.sebutan(), one.pemohon.nama),
        nomor: one.sebutan().to_owned(),
        teks: one.resi.clone(),
        akses,
        pada: one.diajukan.unwrap_or(one.dibuat),
    })
}

/// Takes one step.
///
/// # Errors
/// [`alur::NotNow`]; [`Problem::Conflict`] when somebody was first; needs [`turn_key`] of both OPD.
pub(crate) fn act(
    tx: &mut Tx<'_>,
    kerja: &Kerja,
    mut one: Permohonan,
    langkah: Langkah,
    catatan: &Catatan,
) -> Result<Permohonan, Problem> {
    let (from, desk) = (one.status, one.meja);
    if langkah == Langkah::Ajukan && !one.pernah_lengkap {
        one.hari_ajukan = Some(sla::submitted(&kerja.calendar, kerja.at, kerja.aturan).map_err(beyond)?.hari);
    }
    let to = alur::next(from, langkah, &one.keadaan()).map_err(Problem::refused)?;
    if langkah == Langkah::Lanjutkan {
        crate::kuota::may_resume(tx, &one)?;
    }
    after(&mut one, langkah);
    clock(kerja, &mut one, from, to)?;
    one.status = to;
    one.meja = to.meja(one.sisa_paraf.first().copied());
    let mending = if to == Status::Dikembalikan { jenis::store::version(tx, one.jenis_versi)?.sla.perbaikan_hari } else { 0 };
    let since = if to == Status::Diajukan { one.hari_ajukan.unwrap_or(kerja.today) } else { kerja.today };
    one.batas_langkah = deadline(&kerja.calendar, kerja.aturan, &one, since, mending)?;
    let stays = one.meja == desk && one.petugas.is_some() && langkah != Langkah::Ajukan;
    if !stays {
        one.sejak = tx.now()?;
        turn(tx, kerja, &mut one)?;
    }
    let by = tx.by()?.actor.clone();
    let step = store::Riwayat {
        langkah,
        dari: from,
        ke: to,
        meja: desk,
        pada: tx.now()?,
        tanggal: kerja.today,
        oleh: by.key(),
        oleh_nama: by.nama().to_owned(),
        kode: catatan.kode.clone(),
        lompat: catatan.lompat.map_or_else(String::new, |lompat| lompat.as_str().to_owned()),
        catatan: catatan.teks.clone(),
        umum: catatan.umum,
    };
    store::add_step(tx, one.id, &step)?;
    if !store::update(tx, &one)? {
        return Err(Problem::Conflict);
    }
    one.versi += 1;
    pengawasan::rantai::step(tx, &one, &step)?;
    hand_over(tx, &one)?;
    tell(tx, &one, langkah)?;
    tx.emit(&KabarAplikasi {
        jenis: PERMOHONAN_BERUBAH.into(),
        opd: one.opd,
        id: one.id,
        nomor: one.sebutan().to_owned(),
        status: to.as_str().into(),
        alamat: format!("/api/v1/perizinan/permohonan/{}", one.sebutan()),
    })?;
    if langkah == Langkah::Tolak {
        crate::peristiwa::refused(tx, &one, kerja.today)?;
    }
    if from == Status::MenungguBayar && to.is_final() {
        crate::skrd::write::cancel_of(tx, one.id, langkah.label())?;
    }
    let mut entry = Entry::new(sentence(langkah), TABLE, one.id).with("nomor", one.sebutan()).with("status", to.as_str());
    if !catatan.kode.is_empty() {
        entry = entry.with("kode", &catatan.kode);
    }
    if let Some(lompat) = catatan.lompat {
        entry = entry.with("lompat", lompat.as_str());
    }
    tx.audit(&if catatan.teks.is_empty() { entry } else { entry.because(&catatan.teks) })?;
    crate::kuota::after(tx, kerja, one, langkah)
}

/// Set in the level of warnings once the applicant was reminded to mend.
pub(crate) const REMINDED: i64 = 100;

/// What an act settles besides the state.
fn after(one: &mut Permohonan, langkah: Langkah) {
    match langkah {
        Langkah::NyatakanLengkap => one.pernah_lengkap = true,
        Langkah::BeriRekomendasi => one.perlu_rekomendasi = false,
        Langkah::CatatBap => one.perlu_survei = false,
        // Each return is reminded of anew.
        Langkah::Kembalikan => (one.putaran, one.peringatan) = (one.putaran + 1, one.peringatan % REMINDED),
        Langkah::Paraf if !one.sisa_paraf.is_empty() => {
            one.sisa_paraf.remove(0);
        }
        Langkah::Tangguhkan => one.sebelum_tangguh = Some(one.status),
        Langkah::Lanjutkan => one.sebelum_tangguh = None,
        Langkah::Kabulkan => (one.perlu_rekomendasi, one.perlu_survei) = (false, false),
        _ => {}
    }
}

/// Begins, stops and resumes the clock (domain of the service clock: consumed days are working days d with start < d <= stop).
fn clock(kerja: &Kerja, one: &mut Permohonan, from: Status, to: Status) -> Result<(), Problem> {
    let mut jam = one.jam();
    match (from.jam(), to.jam()) {
        (Jam::Luar, Jam::Jalan) => {
            let hari = one.hari_ajukan.unwrap_or(kerja.today);
            let batas_periksa = kerja.calendar.add_working_days(hari, kerja.aturan.periksa_hari).map_err(beyond)?;
            let zero = sla::Ajuan { hari, batas_periksa }.day_zero(&kerja.calendar, kerja.today).map_err(beyond)?;
            jam = jam.start(zero);
        }
        (Jam::Jalan, Jam::Berhenti) => jam = jam.stop(&kerja.calendar, kerja.today).map_err(beyond)?,
        (Jam::Berhenti, Jam::Jalan) => jam = jam.resume(kerja.today),
        // What was sent back before it was complete and comes again has not ended.
        (Jam::Jalan | Jam::Berhenti, Jam::Luar) if to != Status::Diajukan => {
            one.hari_pakai = Some(jam.used(&kerja.calendar, kerja.today).map_err(beyond)?);
            one.selesai = Some(kerja.today);
            if from.jam() == Jam::Jalan {
                jam = jam.stop(&kerja.calendar, kerja.today).map_err(beyond)?;
            }
        }
        (Jam::Luar, Jam::Luar) if to.is_final() && one.selesai.is_none() => one.selesai = Some(kerja.today),
        _ => {}
    }
    if jam.lanjut.is_some() {
        let due = jam.due(&kerja.calendar).map_err(beyond)?;
        (one.tenggat, one.sementara) = (due.map(|due| due.date), due.is_some_and(|due| due.provisional));
    }
    (one.mulai, one.terpakai, one.lanjut) = (jam.mulai, jam.terpakai, jam.lanjut);
    Ok(())
}

/// Until when the step itself, which waits since a day, is to be taken, where it has a time of its own.
///
/// # Errors
/// Beyond the calendar.
pub(crate) fn deadline(
    calendar: &WorkingCalendar,
    aturan: sla::Aturan,
    one: &Permohonan,
    since: Date,
    mending: u32,
) -> Result<Option<Date>, Problem> {
    Ok(match one.status {
        Status::Diajukan => Some(calendar.add_working_days(since, aturan.periksa_hari).map_err(beyond)?.date),
        Status::Dikembalikan => Some(sla::mending(calendar, since, mending).map_err(beyond)?.batas.date),
        _ => None,
    })
}

/// Tells the applicant what happened; whoever left no address, or where no way leads out, reads it on the page of the resi.
fn tell(tx: &mut Tx<'_>, one: &Permohonan, langkah: Langkah) -> Result<(), StoreError> {
    let words = match langkah {
        Langkah::Ajukan => "diterima",
        Langkah::Kembalikan => "perlu diperbaiki",
        Langkah::NyatakanLengkap => "dinyatakan lengkap",
        Langkah::KirimTagihan => "menunggu pembayaran",
        Langkah::Tandatangani => "sudah terbit",
        Langkah::Tolak => "ditolak",
        Langkah::Gugurkan => "gugur karena tidak diperbaiki",
        Langkah::Tangguhkan => "ditangguhkan",
        Langkah::JadwalkanSurvei => return super::kabar::survey(tx, one, false),
        _ => return Ok(()),
    };
    super::kabar::tell(tx, one, MessageKind::Kabar, format!("Permohonan {} {words}", one.sebutan()))
}

/// The name of an act in the audit trail.
pub(crate) const fn sentence(langkah: Langkah) -> &'static str {
    match langkah {
        Langkah::Ajukan => "perizinan.submit-permohonan",
        Langkah::NyatakanLengkap => "perizinan.complete-permohonan",
        Langkah::Kembalikan => "perizinan.return-permohonan",
        Langkah::MulaiPeriksa => "perizinan.examine-permohonan",
        Langkah::MintaRekomendasi => "perizinan.ask-rekomendasi",
        Langkah::BeriRekomendasi => "perizinan.give-rekomendasi",
        Langkah::JadwalkanSurvei => "perizinan.schedule-survei",
        Langkah::MulaiBap => "perizinan.begin-berita-acara",
        Langkah::CatatBap => "perizinan.record-berita-acara",
        Langkah::Setujui => "perizinan.approve-permohonan",
        Langkah::KirimTagihan => "perizinan.bill-permohonan",
        Langkah::Lunasi => "perizinan.settle-permohonan",
        Langkah::SusunDokumen => "perizinan.draft-dokumen",
        Langkah::KirimParaf => "perizinan.send-draf",
        Langkah::Paraf => "perizinan.initial-draf",
        Langkah::KembalikanDraf => "perizinan.return-draf",
        Langkah::Tandatangani => "perizinan.sign-dokumen",
        Langkah::Serahkan => "perizinan.hand-dokumen",
        Langkah::Tolak => "perizinan.refuse-permohonan",
        Langkah::Cabut => "perizinan.withdraw-permohonan",
        Langkah::Gugurkan => "perizinan.drop-permohonan",
        Langkah::Tangguhkan => "perizinan.suspend-permohonan",
        Langkah::Lanjutkan => "perizinan.resume-permohonan",
        Langkah::Kabulkan => "perizinan.deem-permohonan",
    }
}
