//! What became of a demo letter: the orders given on it, and when it was finished. A function of seed and place, as the letter itself.

use praja_kernel::{Date, Id, Moment, WorkingCalendar, Zona};

use super::generator::{Dice, Office};
use crate::{
    disposisi::{Disposisi, Konfirmasi, Peran, Status, Tujuan, calon::Calon, ladder},
    surat_masuk::{self, SuratMasuk},
};

const HOUR_MS: i64 = 60 * 60 * 1000;
/// What leaders write beside their orders.
const CATATAN: [&str; 5] = [
    "",
    "Koordinasikan dengan bidang terkait.",
    "Laporkan sebelum rapat staf.",
    "Siapkan bahan untuk saya.",
    "Perhatikan batas waktunya.",
];
/// What those below answer.
const LAPORAN: [&str; 4] = [
    "Sudah ditindaklanjuti; bahan diserahkan kepada pengirim.",
    "Data sudah dikumpulkan dan dikirim menurut format yang diminta.",
    "Rapat sudah dihadiri; hasilnya disampaikan dalam nota dinas.",
    "Jawaban sudah disiapkan dan dikirim.",
];
const INSTRUKSI: [&str; 5] = ["TL", "HADIR", "BAHAN", "JAWAB", "KOORD"];

/// A post below a leader, with those below it.
#[derive(Debug, Clone)]
pub(super) struct Bawahan {
    pub(super) calon: Calon,
    pub(super) bawahan: Vec<Calon>,
}

/// An order with its recipients.
pub(super) type Perintah = (Disposisi, Vec<Tujuan>);

/// The time in which a letter lives.
pub(super) struct Waktu<'a> {
    /// Working days before the anchor, oldest first.
    pub(super) days: &'a [Date],
    /// The day of receipt among them.
    pub(super) at: usize,
    pub(super) anchor: Date,
    pub(super) zona: Zona,
    pub(super) calendar: &'a WorkingCalendar,
}

impl Waktu<'_> {
    /// Some time in the office hours of a later working day, at the latest the last one before the anchor.
    fn later(&self, days: usize, after: Moment, dice: &mut Dice) -> Moment {
        let day = self.days[(self.at + days).min(self.days.len() - 1)];
        let hour = Moment(self.zona.start_of(day).0 + 8 * HOUR_MS + i64::try_from(dice.below(7 * 3600)).unwrap_or(0) * 1000);
        if hour > after { hour } else { after.plus_ms(HOUR_MS / 2) }
    }
}

/// Lets a letter live: sets what follows from its state, and gives the orders on it.
pub(super) fn live(surat: &mut SuratMasuk, office: &Office, waktu: &Waktu<'_>, index: u64, dice: &mut Dice) -> Vec<Perintah> {
    use surat_masuk::Status as Keadaan;
    let Some(kepala) = &office.kepala else { return Vec::new() };
    if surat.status == Keadaan::Tercatat {
        return Vec::new();
    }
    let routed = waktu.later(0, surat.created_at.plus_ms(HOUR_MS / 4), dice);
    surat.penerima = Some(kepala.jabatan);
    surat.pemegang.clone_from(&kepala.nama_jabatan);
    surat.pemegang_sejak = routed;
    if surat.status == Keadaan::Diarahkan || office.bawahan.is_empty() || surat.isi.sifat.is_secret() {
        if surat.status == Keadaan::Selesai {
            let end = waktu.later(2, routed, dice);
            surat.disposisi_pada = Some(routed);
            surat.selesai_pada = Some(end);
        }
        return Vec::new();
    }
    let given = waktu.later(1, routed, dice);
    surat.disposisi_pada = Some(given);
    surat.pemegang_sejak = given;
    let mut maker = Maker { surat: surat.id, sifat: surat.isi.sifat, index, next: 0 };
    let due = waktu.zona.date(surat.tenggat);
    let done = surat.status == Keadaan::Selesai;
    let chosen = dice.pick(&office.bawahan).clone();
    let helper = office.bawahan.iter().find(|one| one.calon.jabatan != chosen.calon.jabatan && dice.below(10) < 3).cloned();
    let instruksi = if surat.isi.hal.starts_with("Undangan") { "HADIR" } else { dice.pick::<&str>(&INSTRUKSI) };
    let order = maker.order(None, kepala, given, due, instruksi, dice.pick::<&str>(&CATATAN));
    let mut all = Vec::new();
    let state = if done {
        Status::Disetujui
    } else if surat.status == Keadaan::Didisposisi {
        *dice.pick(&[Status::Dikirim, Status::Dibaca])
    } else {
        *dice.pick(&[Status::Diterima, Status::Diproses, Status::Dilaporkan, Status::Diproses])
    };
    let first = maker.part(&order, 1, &chosen.calon, Peran::PenanggungJawab, state, waktu, dice);
    let mut end = first.selesai_pada.unwrap_or(given);
    // Whoever works on it has often passed it on; a report is sent only when those below are done.
    let passes = matches!(state, Status::Diproses | Status::Disetujui | Status::Dilaporkan) && dice.below(10) < 5;
    let child = if passes && !chosen.bawahan.is_empty() {
        let to = dice.pick(&chosen.bawahan).clone();
        let below = if state == Status::Diproses { *dice.pick(&[Status::Dikirim, Status::Diterima]) } else { Status::Disetujui };
        let order = maker.order(Some(first.id), &chosen.calon, given.plus_ms(HOUR_MS), due, "TL", "");
        let mut part = maker.part(&order, 1, &to, Peran::PenanggungJawab, below, waktu, dice);
        // Done before the one above reported.
        if let (Some(reported), Some(_)) = (first.dilaporkan_pada, part.selesai_pada) {
            part.dilaporkan_pada = part.dilaporkan_pada.map(|at| at.min(reported.plus_ms(-HOUR_MS / 2)));
            part.selesai_pada = Some(reported.plus_ms(-HOUR_MS / 4));
        }
        Some((order, vec![part]))
    } else {
        None
    };
    let mut parts = vec![first];
    if let Some(helper) = helper {
        let state = if done { Status::Disetujui } else { *dice.pick(&[Status::Dikirim, Status::Diterima]) };
        let part = maker.part(&order, 2, &helper.calon, Peran::Pendukung, state, waktu, dice);
        end = end.max(part.selesai_pada.unwrap_or(end));
        parts.push(part);
    }
    surat.disposisi_terakhir = match parts.len() {
        1 => parts[0].kepada_jabatan.clone(),
        many => format!("{} dan {} lainnya", parts[0].kepada_jabatan, many - 1),
    };
    surat.pemegang.clone_from(&surat.disposisi_terakhir);
    if done {
        surat.selesai_pada = Some(end);
    }
    all.push((order, parts));
    all.extend(child);
    all
}

struct Maker {
    surat: Id,
    sifat: praja_kernel::Sifat,
    index: u64,
    next: u16,
}

impl Maker {
    /// Identities that follow from the letter's place and the order of making.
    fn id(&mut self, at: Moment) -> Id {
        self.next += 1;
        let mut random = [0; 10];
        random[..8].copy_from_slice(&self.index.to_be_bytes());
        random[8..].copy_from_slice(&(0x4000 | self.next).to_be_bytes());
        random.rotate_right(2);
        Id::v7(at.0, random)
    }

    fn order(&mut self, induk: Option<Id>, from: &Calon, at: Moment, due: Date, instruksi: &str, catatan: &str) -> Disposisi {
        Disposisi {
            id: self.id(at),
            pokok: crate::disposisi::pokok::Jenis::Surat,
            surat: self.surat,
            induk,
            opd: from.opd,
            dari: from.jabatan,
            dari_jabatan: from.nama_jabatan.clone(),
            dari_nama: from.pemegang.clone(),
            dicatat: None,
            konfirmasi: Konfirmasi::Langsung,
            instruksi: vec![instruksi.to_owned()],
            catatan: catatan.to_owned(),
            batas: Some(due),
            sementara: false,
            sifat: self.sifat,
            wajib_laporan: true,
            created_at: at,
            versi: 1,
        }
    }

    #[allow(clippy::too_many_arguments, reason = "one row of a table, made in two places of this file")]
    fn part(
        &mut self,
        order: &Disposisi,
        urut: i64,
        to: &Calon,
        peran: Peran,
        status: Status,
        waktu: &Waktu<'_>,
        dice: &mut Dice,
    ) -> Tujuan {
        let read = (status != Status::Dikirim).then(|| order.created_at.plus_ms(HOUR_MS));
        let reports = matches!(status, Status::Dilaporkan | Status::Disetujui);
        let days = 2 + usize::try_from(dice.below(3)).unwrap_or(0);
        let reported = reports.then(|| waktu.later(days, order.created_at.plus_ms(2 * HOUR_MS), dice));
        let ended = (status == Status::Disetujui).then(|| reported.unwrap_or(order.created_at).plus_ms(HOUR_MS / 2));
        let ingat =
            order.batas.filter(|_| status.presses()).and_then(|batas| ladder::next_after(batas, waktu.anchor, waktu.calendar));
        Tujuan {
            id: self.id(order.created_at),
            disposisi: order.id,
            surat: self.surat,
            induk: order.induk,
            urut,
            dari: order.dari,
            opd: to.opd,
            kepada: to.jabatan,
            kepada_jabatan: to.nama_jabatan.clone(),
            kepada_nama: to.pemegang.clone(),
            peran,
            wajib_laporan: true,
            status,
            batas: order.batas,
            ingat,
            created_at: order.created_at,
            dibaca_pada: read,
            dibaca_oleh: read.map(|_| to.pemegang.clone()),
            laporan: reports.then(|| (*dice.pick(&LAPORAN)).to_owned()),
            naskah: None,
            jawaban: None,
            dilaporkan_pada: reported,
            dilaporkan_oleh: reported.map(|_| to.pemegang.clone()),
            alasan: None,
            selesai_pada: ended,
            versi: 1,
        }
    }
}
