//! Acts on an application, each within the transaction of its caller: state, clock, desk, turn, step, task, notice and audit together.

use praja_desk::tasks;
use praja_identity::{jabatan, peran};
use praja_kernel::{CalendarError, Date, DateTime, Id, Moment, Nip, WorkingCalendar};
use praja_module::{
    Ctx, MessageKind, Problem,
    events::{KabarAplikasi, PERMOHONAN_BERUBAH},
};
use praja_store::{Key, StoreError, Tx, audit::Entry, search};

use super::{AlasanLompat, Permohonan, Refusal, store};
use crate::{
    TABLE,
    alur::{self, Jam, Langkah, Meja, Status},
    hak, jenis, nik, objek, pengaturan, pengawasan, sla,
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

/// Which role works at a desk, and whether at the technical OPD.
pub(crate) const fn role(meja: Meja) -> Option<&'static str> {
    Some(match meja {
        Meja::Loket => hak::LOKET,
        Meja::Pemeriksa => hak::PEMERIKSA,
        Meja::OpdTeknis => hak::OPD_TEKNIS,
        Meja::Surveyor => hak::SURVEYOR,
        Meja::Bendahara => hak::BENDAHARA,
        Meja::Kasi => hak::KASI,
        Meja::Kabid => hak::KABID,
        Meja::Sekretaris => hak::SEKRETARIS,
        Meja::Kepala => hak::KEPALA,
        Meja::Pemohon | Meja::Selesai => return None,
    })
}

/// Who holds a role at an OPD today, each person once.
pub(crate) fn officers(tx: &mut Tx<'_>, peran: &str, opd: Id, today: Date) -> praja_store::Result<Vec<(Id, String)>> {
    let mut found: Vec<(Id, String)> = Vec::new();
    for subject in peran::holders(tx, peran)? {
        let Some(id) = subject.strip_prefix("jabatan:").and_then(|id| id.parse::<Id>().ok()) else { continue };
        let Some(post) = jabatan::get(tx, id)?.filter(|post| post.opd == opd) else { continue };
        if let Some(holder) = jabatan::holder_on(tx, post.id, today)?
            && !found.iter().any(|(known, _)| *known == holder.orang)
        {
            found.push((holder.orang, holder.nama));
        }
    }
    Ok(found)
}

/// The role that has an application now, and at which OPD.
fn desk(one: &Permohonan) -> Option<(&'static str, Id)> {
    let opd = if one.meja == Meja::OpdTeknis { one.opd_teknis.unwrap_or(one.opd) } else { one.opd };
    role(one.meja).map(|role| (role, opd))
}

/// Who stands at a desk today and may have this application.
fn able(
    tx: &mut Tx<'_>,
    one: &Permohonan,
    (role, opd): (&'static str, Id),
    today: Date,
) -> praja_store::Result<Vec<(Id, String)>> {
    let mut able = Vec::new();
    for (orang, nama) in officers(tx, role, opd, today)? {
        if barred(tx, one, orang)?.is_none() {
            able.push((orang, nama));
        }
    }
    Ok(able)
}

/// Does the application wait for somebody who no longer stands at its desk (moved, the role taken away, somebody else acting for the post),
/// or for nobody although somebody could have it? Survey teams are named by day and changed with it.
///
/// # Errors
/// When the database fails.
pub(crate) fn is_left(tx: &mut Tx<'_>, one: &Permohonan, today: Date) -> praja_store::Result<bool> {
    let Some(desk) = desk(one).filter(|_| one.meja != Meja::Surveyor && !one.status.is_final()) else { return Ok(false) };
    Ok(match one.petugas {
        Some(petugas) => !officers(tx, desk.0, desk.1, today)?.iter().any(|(orang, _)| *orang == petugas),
        None => !able(tx, one, desk, today)?.is_empty(),
    })
}

/// Gives the application to whoever had work longest ago and may have it: nobody chooses, neither applicant nor officer.
fn turn(tx: &mut Tx<'_>, kerja: &Kerja, one: &mut Permohonan) -> Result<(), Problem> {
    (one.petugas, one.petugas_nama) = (None, String::new());
    if one.meja == Meja::Surveyor {
        // The team was named when the day was set: all of it has the application.
        if let Some((_, team)) = crate::survei::present(tx, one.id)? {
            one.petugas_nama = crate::survei::names(&team);
        }
        return Ok(());
    }
    let Some((role, opd)) = desk(one) else { return Ok(()) };
    let mut able = able(tx, one, (role, opd), kerja.today)?;
    let turns = store::turns(tx, one.meja, opd)?;
    let last = |orang: &Id| turns.iter().find(|(known, _)| known == orang).map_or(Moment(0), |(_, at)| *at);
    able.sort_by_key(|(orang, _)| (last(orang), *orang));
    if let Some((orang, nama)) = able.into_iter().next() {
        store::take_turn(tx, one.meja, opd, orang)?;
        (one.petugas, one.petugas_nama) = (Some(orang), nama);
    }
    Ok(())
}

/// Why this officer may not have it: the own application, a declared conflict; at a desk that decides, having looked at the place.
pub(crate) fn barred(tx: &mut Tx<'_>, one: &Permohonan, orang: Id) -> praja_store::Result<Option<Refusal>> {
    if store::conflicts(tx, one.id)?.iter().any(|(known, _)| *known == orang) {
        return Ok(Some(Refusal::Conflict));
    }
    if is_own(tx, one, orang)? {
        return Ok(Some(Refusal::Own));
    }
    let decides = matches!(one.meja, Meja::Kasi | Meja::Kabid | Meja::Sekretaris | Meja::Kepala | Meja::Pemeriksa);
    Ok((decides && crate::survei::store::team(tx, one.id)?.contains(&orang)).then_some(Refusal::Surveyed))
}

/// Does the officer apply, or act for who does? Officers are known by NIP, applicants by NIK: both tell the birth date and the sex, and
/// the name must be the same. Whoever has no NIP declares a conflict instead.
fn is_own(tx: &mut Tx<'_>, one: &Permohonan, orang: Id) -> praja_store::Result<bool> {
    let (nip, _) = praja_identity::orang::nip_and_rank(tx, orang)?;
    let Some(nip) = nip.and_then(|nip| nip.parse::<Nip>().ok()) else { return Ok(false) };
    let nama = praja_identity::orang::name(tx, orang)?.unwrap_or_default();
    let who = &one.pemohon;
    let people = std::iter::once((who.nama.as_str(), &who.nik)).chain(who.kuasa.iter().map(|(nama, nik)| (nama.as_str(), nik)));
    Ok(people
        .into_iter()
        .any(|(typed, nik)| nik.matches(nip.tanggal_lahir(), nip.jenis_kelamin()) && nik::same_name(&nama, typed)))
}

/// Passes it to another officer of the same desk, as a conflict of interest or an absence asks.
///
/// # Errors
/// [`Problem::Conflict`] when somebody was first; needs [`turn_key`].
pub(crate) fn pass_on(tx: &mut Tx<'_>, kerja: &Kerja, mut one: Permohonan) -> Result<Permohonan, Problem> {
    turn(tx, kerja, &mut one)?;
    if !store::update(tx, &one)? {
        return Err(Problem::Conflict);
    }
    one.versi += 1;
    hand_over(tx, &one)?;
    Ok(one)
}

/// The task of whoever has it now, in place of the one before.
pub(crate) fn hand_over(tx: &mut Tx<'_>, one: &Permohonan) -> Result<(), StoreError> {
    let objek = objek(one.id);
    tasks::done(tx, &objek)?;
    let mut due = one.batas_langkah.or(one.tenggat);
    if one.meja == Meja::OpdTeknis
        && let Some(asked) = crate::rekomendasi::store::open(tx, one.id)?
    {
        // The technical OPD has a share of the time, not all of it.
        due = Some(asked.tenggat);
    }
    let mut tautan = format!("/perizinan/izin/{}", one.id);
    let mut whose: Vec<Id> = one.petugas.into_iter().collect();
    if one.meja == Meja::Surveyor
        && let Some((survei, team)) = crate::survei::present(tx, one.id)?
    {
        // Whoever confirmed the report has nothing more to do with it.
        whose = team.iter().filter(|petugas| petugas.dikonfirmasi.is_none()).map(|petugas| petugas.orang).collect();
        due = Some(survei.tanggal);
        tautan.push_str("/bap");
    }
    for orang in whose {
        tasks::open(
            tx,
            &tasks::NewTask {
                untuk: format!("pegawai:{orang}"),
                judul: format!("{} permohonan {}", verb(one.status), one.sebutan()),
                tautan: tautan.clone(),
                objek: objek.clone(),
                jatuh_tempo: due,
                sementara: one.sementara,
            },
        )?;
    }
    Ok(())
}

/// What is to be done in a state, as a task begins.
const fn verb(status: Status) -> &'static str {
    match status {
        Status::Diajukan => "Periksa kelengkapan",
        Status::Lengkap | Status::VerifikasiTeknis => "Periksa",
        Status::MintaRekomendasi => "Beri rekomendasi atas",
        Status::SurveiDijadwalkan => "Periksa lapangan untuk",
        Status::Bap => "Tulis berita acara",
        Status::Rekomendasi => "Simpulkan",
        Status::DitetapkanSkrd => "Tagih retribusi",
        Status::Lunas | Status::DrafSk => "Susun dokumen",
        Status::Paraf => "Paraf dokumen",
        Status::Tte => "Tanda tangani dokumen",
        Status::Ditangguhkan => "Tinjau penangguhan",
        _ => "Lihat",
    }
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

/// Is it this officer's turn?
///
/// # Errors
/// [`Refusal`].
pub(crate) fn may_work_on(tx: &mut Tx<'_>, one: &Permohonan, orang: Id) -> Result<(), Problem> {
    if let Some(refusal) = barred(tx, one, orang)? {
        return Err(Problem::refused(refusal));
    }
    let is_turn = if one.meja == Meja::Surveyor {
        let team = crate::survei::present(tx, one.id)?.map(|(_, team)| team).unwrap_or_default();
        team.iter().any(|petugas| petugas.orang == orang)
    } else {
        one.petugas.is_none_or(|petugas| petugas == orang)
    };
    if is_turn { Ok(()) } else { Err(Problem::refused(Refusal::OthersTurn(one.petugas_nama.clone()))) }
}

/// Is it this officer's turn, in this order? Taking a later one first needs a reason with a code, which the public report shows; it comes
/// back only where somebody really waits longer, so that the report counts nothing else.
///
/// # Errors
/// [`Refusal`].
pub(crate) fn may_take(
    tx: &mut Tx<'_>,
    one: &Permohonan,
    orang: Id,
    lompat: Option<AlasanLompat>,
) -> Result<Option<AlasanLompat>, Problem> {
    may_work_on(tx, one, orang)?;
    if one.meja == Meja::Surveyor {
        // Days are agreed with applicants: the order is that of the calendar.
        return Ok(None);
    }
    match (store::first_in_line(tx, one)?, lompat) {
        (None, _) => Ok(None),
        (Some(_), Some(lompat)) => Ok(Some(lompat)),
        (Some((_, nomor)), None) => Err(Problem::refused(Refusal::OutOfOrder(nomor))),
    }
}
