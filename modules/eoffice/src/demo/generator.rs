use praja_kernel::{AturanTenggat, Date, Derajat, Id, Moment, Sifat, Tenggat, WorkingCalendar, Zona};

use super::{
    chain::{self, Bawahan, Perintah, Waktu},
    phrases::{Hal, Phrases},
};
use crate::{
    disposisi::calon::Calon,
    surat_masuk::{Desks, Isi, Status, SuratMasuk},
};

/// Letters at scale 1, over all OPDs.
const AT_SCALE_ONE: u64 = 400;
/// The last letters of every OPD, one a day, so that on any first day something waits on every kind of desk.
const RECENT: u64 = 5;
/// The working days of those letters, and one of rest.
const RECENT_DAYS: usize = 6;
/// Days of history before the anchor.
const HISTORY_DAYS: i32 = 730;
/// Letters older than so many working days are finished; of the younger ones most are.
const OPEN_DAYS: usize = 12;
/// The counter opens at 07.45 and takes letters for eight hours.
const OPENING_MS: i64 = (7 * 60 + 45) * 60 * 1000;
const COUNTER_MS: i64 = 8 * 60 * 60 * 1000;

/// An OPD that receives letters.
#[derive(Debug, Clone)]
pub(super) struct Office {
    pub(super) opd: Id,
    pub(super) desks: Desks,
    /// Name of the post that registers.
    pub(super) tata_usaha: String,
    /// How much of the mail it gets, against the others.
    pub(super) bobot: usize,
    /// The leader, and the posts to whom orders go.
    pub(super) kepala: Option<Calon>,
    pub(super) bawahan: Vec<Bawahan>,
}

/// A letter with everything that happened to it.
pub(super) struct Lahir {
    pub(super) surat: SuratMasuk,
    pub(super) desks: Desks,
    pub(super) perintah: Vec<Perintah>,
}

/// Everything a letter follows from, besides its place in the row.
pub(super) struct Generator {
    pub(super) seed: u64,
    pub(super) anchor: Date,
    pub(super) offices: Vec<Office>,
    phrases: Phrases,
    calendar: WorkingCalendar,
    zona: Zona,
    /// Working days before the anchor, oldest first.
    days: Vec<Date>,
    total: u64,
    /// Places in `offices`, each as often as its weight says.
    slots: Vec<usize>,
}

/// Pseudo-random numbers that belong to one letter.
pub(super) struct Dice(u64);

impl Dice {
    fn new(seed: u64, index: u64) -> Self {
        Self(seed ^ index.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    /// SplitMix64: well spread, and the same on every machine for ever.
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(super) fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit.max(1)
    }

    pub(super) fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        let at = usize::try_from(self.below(list.len() as u64)).unwrap_or(0);
        &list[at]
    }
}

impl Generator {
    pub(super) fn new(seed: u64, anchor: Date, scale: u64, offices: Vec<Office>, calendar: WorkingCalendar, zona: Zona) -> Self {
        let working = |date: &Date| calendar.is_working(*date).unwrap_or(false);
        let mut days: Vec<Date> = (1..=HISTORY_DAYS).map(|ago| days_before(anchor, ago)).filter(working).collect();
        days.reverse();
        let total = if offices.is_empty() { 0 } else { (AT_SCALE_ONE * scale).max((RECENT + 2) * offices.len() as u64) };
        let slots = offices.iter().enumerate().flat_map(|(at, office)| std::iter::repeat_n(at, office.bobot)).collect();
        Self { seed, anchor, slots, offices, phrases: Phrases::shipped(), calendar, zona, days, total }
    }

    /// How many letters there are.
    pub(super) fn total(&self) -> u64 {
        self.total
    }

    /// The `index`-th letter, in the order of receipt, still without an agenda number. The last one of every OPD is due on the
    /// anchor day, the one before it is late, and three more are on their way.
    pub(super) fn letter(&self, index: u64) -> Lahir {
        let offices = self.offices.len() as u64;
        let from_end = self.total - 1 - index;
        let mut dice = Dice::new(self.seed, index);
        if from_end < RECENT * offices {
            let office = usize::try_from(from_end % offices).unwrap_or(0);
            let (received, isi, status, tenggat) = self.recent(&mut dice, office, from_end);
            return self.surat(index, office, isi, status, tenggat, received, self.day_of(from_end), &mut dice);
        }
        let office = *dice.pick(&self.slots);
        let (at, received) = self.moment(index);
        let sifat = match dice.below(200) {
            0 => Sifat::SangatRahasia,
            1..=6 => Sifat::Rahasia,
            7..=16 => Sifat::Terbatas,
            _ => Sifat::Biasa,
        };
        let derajat = match dice.below(10) {
            0 => Derajat::SangatSegera,
            1 | 2 => Derajat::Segera,
            _ => Derajat::Biasa,
        };
        let young = at + OPEN_DAYS >= self.days.len() - RECENT_DAYS;
        let status = if young && dice.below(10) < 6 { self.open_status(office, sifat, &mut dice) } else { Status::Selesai };
        let list = if sifat.is_secret() { &self.phrases.rahasia } else { &self.phrases.hal };
        let isi = self.isi(&mut dice, self.days[at], sifat, derajat, list);
        let tenggat = self.tenggat(derajat, received);
        self.surat(index, office, isi, status, tenggat, received, at, &mut dice)
    }

    /// The working day of a recent letter, by its place among those before the anchor.
    fn day_of(&self, from_end: u64) -> usize {
        let ago = match from_end / self.offices.len().max(1) as u64 {
            0 => 1,
            kind => usize::try_from(kind).unwrap_or(1) + 2,
        };
        self.days.len() - ago.min(self.days.len())
    }

    /// One of the last letters of an OPD: due today, late, and three that are on their way.
    fn recent(&self, dice: &mut Dice, office: usize, from_end: u64) -> (Moment, Isi, Status, Tenggat) {
        let offices = self.offices.len() as u64;
        let kind = from_end / offices;
        let day = self.days[self.day_of(from_end)];
        let received = Moment(self.zona.start_of(day).0 + OPENING_MS + (offices - from_end % offices) as i64 * 1000);
        let desk = &self.offices[office];
        let works = desk.kepala.is_some() && !desk.bawahan.is_empty();
        let status = match kind {
            1 | 4 if works => Status::Ditindaklanjuti,
            2 if works => Status::Didisposisi,
            2..=4 if desk.kepala.is_some() => Status::Diarahkan,
            _ => Status::Tercatat,
        };
        let (derajat, list) =
            if kind < 2 { (Derajat::SangatSegera, &self.phrases.mendesak) } else { (Derajat::Biasa, &self.phrases.hal) };
        let mut tenggat = self.tenggat(derajat, received);
        if kind == 0 && tenggat.tanggal != self.anchor {
            // A first start on a day off: the sender asked for an answer on that very day.
            tenggat = Tenggat { sampai: self.end_of(self.anchor), tanggal: self.anchor, provisional: false };
        }
        (received, self.isi(dice, day, Sifat::Biasa, derajat, list), status, tenggat)
    }

    /// How far a young letter is: some wait for the scanner, some for the leader, most are being worked on.
    fn open_status(&self, office: usize, sifat: Sifat, dice: &mut Dice) -> Status {
        let office = &self.offices[office];
        let chance = dice.below(10);
        match chance {
            _ if office.kepala.is_none() => Status::Tercatat,
            _ if sifat.is_secret() => Status::Diarahkan,
            0 | 1 => Status::Tercatat,
            2..=4 => Status::Diarahkan,
            _ if office.bawahan.is_empty() => Status::Diarahkan,
            5 | 6 => Status::Didisposisi,
            _ => Status::Ditindaklanjuti,
        }
    }

    /// Spreads the letters evenly over the opening hours of all working days but the last six, in order.
    fn moment(&self, index: u64) -> (usize, Moment) {
        let (days, spread) =
            (self.days.len() as u128 - RECENT_DAYS as u128, u128::from(self.total - RECENT * self.offices.len() as u64));
        let place = u128::from(index) * days;
        let at = usize::try_from(place / spread).unwrap_or(0);
        let within = i64::try_from(place % spread * COUNTER_MS as u128 / spread).unwrap_or(0);
        (at, Moment(self.zona.start_of(self.days[at]).0 + OPENING_MS + within))
    }

    fn tenggat(&self, derajat: Derajat, received: Moment) -> Tenggat {
        let counted = derajat.tenggat(&AturanTenggat::default(), received, self.zona, &self.calendar);
        let tanggal = self.zona.date(received);
        counted.unwrap_or(Tenggat { sampai: self.end_of(tanggal), tanggal, provisional: true })
    }

    fn end_of(&self, date: Date) -> Moment {
        self.zona.at(date.at(23, 59, 59, 999_000_000))
    }

    fn isi(&self, dice: &mut Dice, day: Date, sifat: Sifat, derajat: Derajat, list: &[Hal]) -> Isi {
        let pengirim = dice.pick(&self.phrases.pengirim);
        let tanggal_surat = days_before(day, i32::try_from(dice.below(6)).unwrap_or(0));
        let hal = dice.pick(list);
        let (kegiatan, tempat) = (dice.pick(&self.phrases.kegiatan), dice.pick(&self.phrases.tempat));
        let fill = |text: &str| {
            let tahun = tanggal_surat.year().to_string();
            text.replace("{kegiatan}", kegiatan).replace("{tempat}", tempat).replace("{tahun}", &tahun)
        };
        Isi {
            asal: pengirim.nama.clone(),
            instansi: None,
            nomor_surat: Some(pengirim.nomor(1 + dice.below(900), &hal.klas, tanggal_surat)),
            tanggal_surat,
            tanggal_terima: day,
            hal: fill(&hal.teks),
            ringkasan: Some(fill(&hal.ringkasan)).filter(|text| !text.is_empty()),
            klasifikasi: Some(hal.klas.clone()),
            sifat,
            derajat,
            tujuan: Some(dice.pick(&self.phrases.tujuan).clone()),
            jumlah_lampiran: i64::try_from(dice.below(4)).unwrap_or(0),
            lokasi: None,
        }
    }

    #[allow(clippy::too_many_arguments, reason = "the parts of one letter, made in one place")]
    fn surat(
        &self,
        index: u64,
        office: usize,
        isi: Isi,
        status: Status,
        tenggat: Tenggat,
        received: Moment,
        at: usize,
        dice: &mut Dice,
    ) -> Lahir {
        let office = &self.offices[office];
        let mut surat = SuratMasuk {
            id: self.id(index, received),
            opd: office.opd,
            tahun: i64::from(isi.tanggal_terima.year()),
            agenda: 0,
            isi,
            status,
            tenggat: tenggat.sampai,
            tenggat_sementara: tenggat.provisional,
            pemegang: office.tata_usaha.clone(),
            pemegang_sejak: received,
            created_at: received,
            pencatat: Some(office.desks.tata_usaha),
            penerima: None,
            disposisi_terakhir: String::new(),
            disposisi_pada: None,
            selesai_pada: None,
            penutup: None,
            versi: 1,
        };
        let waktu = Waktu { days: &self.days, at, anchor: self.anchor, zona: self.zona, calendar: &self.calendar };
        let perintah = chain::live(&mut surat, office, &waktu, index, dice);
        Lahir { surat, desks: office.desks, perintah }
    }

    /// The identity says when the letter came and which one it is, so that a load that was cut off knows where to go on.
    fn id(&self, index: u64, received: Moment) -> Id {
        let mut random = [0; 10];
        random[..8].copy_from_slice(&index.to_be_bytes());
        random[8..].copy_from_slice(&self.seed.to_be_bytes()[6..]);
        // The upper bits carry version and variant; the index stays whole in the bytes below them.
        random.rotate_right(2);
        Id::v7(received.0, random)
    }
}

fn days_before(date: Date, days: i32) -> Date {
    let mut date = date;
    for _ in 0..days {
        date = date.yesterday().unwrap_or(date);
    }
    date
}
