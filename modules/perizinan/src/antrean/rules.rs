//! Who is next, what may happen to a ticket, and how long it will take: pure.

use std::collections::BTreeSet;

use praja_kernel::{FieldProblem, Moment, Refuse};

use super::{Layanan, Loket, Prioritas, Status, Tiket};

const SHIPPED: &str = include_str!("../../../../config-templates/data/loket_layanan.csv");

/// From so many of the last served tickets the time of one is estimated.
pub(super) const LAST_SERVED: i64 = 20;
/// The screen shows so many calls.
pub(super) const LAST_CALLS: i64 = 6;
/// What one person takes before anybody was served today, in milliseconds.
const USUAL_MS: i64 = 10 * 60_000;
/// A counter that called within this time is at work.
const AT_WORK_MS: i64 = 30 * 60_000;
/// The highest number of a counter.
pub(super) const MOST_COUNTERS: i64 = 99;

/// What may be done to a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    /// To the counter: who waits, or who was passed over and has come.
    Panggil,
    /// Once more.
    PanggilLagi,
    /// Did not come.
    Lewati,
    /// Served.
    Selesai,
    /// Before the others, with the code of the reason.
    Dahulukan(Prioritas),
}

impl Act {
    /// As the audit names it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Panggil => "perizinan.call-antrean",
            Self::PanggilLagi => "perizinan.repeat-antrean",
            Self::Lewati => "perizinan.skip-antrean",
            Self::Selesai => "perizinan.finish-antrean",
            Self::Dahulukan(_) => "perizinan.prefer-antrean",
        }
    }
}

/// Why the queue does not move as asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// Nobody waits.
    #[error("Tidak ada yang menunggu untuk layanan loket ini.")]
    Nobody,
    /// No such letter, or no longer.
    #[error("Layanan ini sedang tidak dibuka.")]
    Service,
    /// The ticket was called, served or passed over in the meantime.
    #[error("Nomor {nomor} sudah berkeadaan {status}.")]
    State {
        /// The ticket.
        nomor: String,
        /// Its state in words.
        status: &'static str,
    },
    /// Another counter serves it.
    #[error("Nomor {nomor} sedang dilayani di loket {loket}.")]
    Elsewhere {
        /// The ticket.
        nomor: String,
        /// The counter.
        loket: i64,
    },
    /// The device has not said which counter it stands at.
    #[error("Nomor loket perangkat ini belum dipilih.")]
    NoCounter,
    /// Numbers are given at the counter alone.
    #[error("Nomor antrean hanya diberikan di loket.")]
    OnlyHere,
    /// Something typed is wrong.
    #[error("Layanan loket belum disimpan karena ada isian yang perlu diperbaiki.")]
    Fields(Vec<FieldProblem>),
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Nobody => "perizinan.antrean.nobody",
            Self::Service => "perizinan.antrean.service",
            Self::State { .. } => "perizinan.antrean.state",
            Self::Elsewhere { .. } => "perizinan.antrean.elsewhere",
            Self::NoCounter => "perizinan.antrean.no-counter",
            Self::OnlyHere => "perizinan.antrean.only-here",
            Self::Fields(_) => "perizinan.antrean.fields",
        }
    }

    fn next_step(&self) -> String {
        match self {
            Self::Nobody => "Tunggu sampai ada yang mengambil nomor, atau pilih layanan lain untuk loket ini.",
            Self::Service => "Pilih layanan lain pada halaman antrean.",
            Self::State { .. } => "Muat ulang halaman antrean untuk melihat keadaan terbarunya.",
            Self::Elsewhere { .. } => "Tunggu sampai loket itu selesai.",
            Self::NoCounter => "Pilih nomor loket pada halaman antrean loket.",
            Self::OnlyHere => "Datang ke loket dan ambil nomor di sana.",
            Self::Fields(_) => "Perbaiki isian yang ditandai, lalu simpan kembali.",
        }
        .to_owned()
    }

    fn fields(&self) -> Vec<FieldProblem> {
        if let Self::Fields(problems) = self { problems.clone() } else { Vec::new() }
    }
}

/// The services that come with the program.
pub(super) fn shipped() -> Vec<Layanan> {
    let rows = csv::Reader::from_reader(SHIPPED.as_bytes()).into_records().filter_map(Result::ok);
    rows.filter_map(|row| Some(Layanan { huruf: row.get(0)?.to_owned(), nama: row.get(1)?.to_owned(), aktif: true, versi: 0 }))
        .collect()
}

/// A service as typed. `taken` are the letters of the others.
pub(super) fn check(huruf: &str, nama: &str, taken: &[String]) -> Result<(String, String), Refusal> {
    let mut problems = Vec::new();
    let huruf = huruf.trim().to_uppercase();
    if huruf.len() != 1 || !huruf.bytes().all(|letter| letter.is_ascii_uppercase()) {
        problems.push(FieldProblem::new("huruf", "Tulis satu huruf, A sampai Z."));
    } else if taken.contains(&huruf) {
        problems.push(FieldProblem::new("huruf", format!("Huruf {huruf} sudah dipakai layanan lain.")));
    }
    let nama = nama.split_whitespace().collect::<Vec<_>>().join(" ");
    if !(3..=60).contains(&nama.chars().count()) {
        problems.push(FieldProblem::new("nama", "Tulis nama layanan, 3 sampai 60 huruf."));
    }
    if problems.is_empty() { Ok((huruf, nama)) } else { Err(Refusal::Fields(problems)) }
}

/// Whoever is next: those with a priority first, and within both groups whoever came first. No letters means every service.
pub(super) fn next<'a>(waiting: &'a [Tiket], letters: &[String]) -> Option<&'a Tiket> {
    let served = |one: &&Tiket| one.status == Status::Menunggu && (letters.is_empty() || letters.contains(&one.huruf));
    waiting.iter().filter(served).min_by_key(|one| place(one))
}

fn place(one: &Tiket) -> (bool, Moment, praja_kernel::Id) {
    (one.prioritas.is_none(), one.dibuat, one.id)
}

/// How many may be called before this ticket: those of every letter, because a counter may serve them all. Nobody is promised too much.
pub(super) fn ahead(waiting: &[Tiket], one: &Tiket) -> usize {
    waiting.iter().filter(|other| other.id != one.id && place(other) < place(one)).count()
}

/// The ticket after an act at a counter.
pub(super) fn step(before: &Tiket, act: Act, loket: &Loket, now: Moment) -> Result<Tiket, Refusal> {
    let wrong = || Refusal::State { nomor: before.nomor(), status: before.status.label() };
    let mut after = before.clone();
    let called = |after: &mut Tiket| {
        if after.dipanggil == Moment(0) {
            after.dipanggil = now;
        }
        (after.panggilan, after.kali) = (now, after.kali + 1);
    };
    match (before.status, act) {
        (Status::Menunggu | Status::Dilewati, Act::Panggil) => {
            if loket.nomor < 1 {
                return Err(Refusal::NoCounter);
            }
            called(&mut after);
            (after.status, after.loket, after.petugas) = (Status::Dipanggil, loket.nomor, loket.petugas.clone());
        }
        (Status::Menunggu, Act::Dahulukan(kode)) if before.prioritas.is_none() => after.prioritas = Some(kode),
        (Status::Dipanggil, Act::PanggilLagi | Act::Lewati | Act::Selesai) => {
            if before.petugas != loket.petugas {
                return Err(Refusal::Elsewhere { nomor: before.nomor(), loket: before.loket });
            }
            match act {
                Act::PanggilLagi => called(&mut after),
                Act::Lewati => after.status = Status::Dilewati,
                _ => (after.status, after.selesai) = (Status::Selesai, now),
            }
        }
        _ => return Err(wrong()),
    }
    Ok(after)
}

/// How the queue stands, for the screen and for whoever waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ringkasan {
    pub(super) waiting: Vec<Tiket>,
    pub(super) calls: Vec<Tiket>,
    /// How long one person is served, in milliseconds.
    each_ms: i64,
    /// Counters at work.
    counters: usize,
}

impl Ringkasan {
    pub(super) fn new(waiting: Vec<Tiket>, served: &[Tiket], calls: Vec<Tiket>, now: Moment) -> Self {
        let times: Vec<i64> = served.iter().map(serving_ms).filter(|ms| *ms > 0).collect();
        let each_ms = if times.is_empty() { USUAL_MS } else { mean(&times) };
        let counters: BTreeSet<i64> =
            calls.iter().filter(|one| one.panggilan.plus_ms(AT_WORK_MS) >= now).map(|one| one.loket).collect();
        Self { waiting, calls, each_ms, counters: counters.len().max(1) }
    }

    /// How many of a letter wait.
    pub(super) fn count(&self, huruf: &str) -> usize {
        self.waiting.iter().filter(|one| one.huruf == huruf).count()
    }

    /// About how many minutes until whoever has so many before them is called, in steps of five.
    pub(super) fn minutes(&self, ahead: usize) -> i64 {
        minutes(ahead, self.counters, self.each_ms)
    }
}

/// More people before you never mean less waiting; more counters never mean more.
pub(super) fn minutes(ahead: usize, counters: usize, each_ms: i64) -> i64 {
    let (ahead, counters) = (i64::try_from(ahead).unwrap_or(i64::MAX), i64::try_from(counters.max(1)).unwrap_or(1));
    let ms = ahead.saturating_mul(each_ms.max(0)) / counters;
    (ms + 5 * 60_000 - 1) / (5 * 60_000) * 5
}

/// "sekitar 15 menit".
pub(super) fn about(minutes: i64) -> String {
    match minutes {
        ..=0 => "sebentar lagi".to_owned(),
        1..60 => format!("sekitar {minutes} menit"),
        _ => format!("sekitar {} jam {} menit", minutes / 60, minutes % 60),
    }
}

/// From the ticket to the first call.
pub(super) fn waiting_ms(one: &Tiket) -> Option<i64> {
    (one.dipanggil > Moment(0)).then(|| (one.dipanggil.0 - one.dibuat.0).max(0))
}

fn serving_ms(one: &Tiket) -> i64 {
    if one.selesai > Moment(0) { (one.selesai.0 - one.panggilan.0).max(0) } else { 0 }
}

fn mean(times: &[i64]) -> i64 {
    i64::try_from(times.len()).map_or(0, |count| times.iter().sum::<i64>() / count.max(1))
}

/// The figures of one service in a span of days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Angka {
    pub(super) nomor: usize,
    pub(super) dilayani: usize,
    pub(super) dilewati: usize,
    pub(super) prioritas: usize,
    /// Waiting in milliseconds: mean, and what nine of ten did not exceed.
    pub(super) tunggu: Option<(i64, i64)>,
    /// Mean of serving.
    pub(super) layan: Option<i64>,
}

impl Angka {
    pub(super) fn of(tickets: &[&Tiket]) -> Self {
        let mut waits: Vec<i64> = tickets.iter().filter_map(|one| waiting_ms(one)).collect();
        waits.sort_unstable();
        let serves: Vec<i64> = tickets.iter().map(|one| serving_ms(one)).filter(|ms| *ms > 0).collect();
        let count = |status| tickets.iter().filter(|one| one.status == status).count();
        // The nearest rank: the smallest value that at least nine of ten do not exceed.
        let p90 = waits.get((waits.len() * 9).div_ceil(10).saturating_sub(1)).copied();
        Self {
            nomor: tickets.len(),
            dilayani: count(Status::Selesai) + count(Status::Dipanggil),
            dilewati: count(Status::Dilewati),
            prioritas: tickets.iter().filter(|one| one.prioritas.is_some()).count(),
            tunggu: p90.map(|p90| (mean(&waits), p90)),
            layan: (!serves.is_empty()).then(|| mean(&serves)),
        }
    }
}
