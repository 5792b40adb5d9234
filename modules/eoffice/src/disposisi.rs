//! The rules of a disposisi: an order that a leader gives on a letter or an internal naskah, to posts below. Pure functions; what they need is passed in.
//!
//! States and duties: `README.md` of this module; Peraturan ANRI 5/2021 and the regency's own tata naskah dinas.

pub(crate) mod calon;
mod draft;
pub(crate) mod giver;
pub(crate) mod instruksi;
pub(crate) mod ladder;
pub(crate) mod lembar;
pub(crate) mod pages;
pub(crate) mod pokok;
mod refusal;
pub(crate) mod remind;
pub(crate) mod store;
#[cfg(test)]
mod tests;
pub(crate) mod write;

use praja_kernel::{Date, Id, Moment, Sifat};

pub(crate) use draft::{Baru, Draft, Known, give};
pub(crate) use refusal::Refusal;

praja_kernel::words! {
    /// How far one recipient of an order has come.
    pub enum Status ("keadaan disposisi") {
        /// Written down by the aide; waits for the leader's confirmation and is seen by nobody else.
        Konsep => "konsep", "Menunggu pembenaran";
        /// On the recipient's desk, unread.
        Dikirim => "dikirim", "Belum dibaca";
        /// Read.
        Dibaca => "dibaca", "Dibaca";
        /// Taken on.
        Diterima => "diterima", "Diterima";
        /// Refused with a reason: not the recipient's duty.
        Ditolak => "ditolak", "Ditolak";
        /// Being worked on, also by passing it on.
        Diproses => "diproses", "Diproses";
        /// Reported; waits for the giver's word.
        Dilaporkan => "dilaporkan", "Dilaporkan";
        /// The report was sent back.
        Dikembalikan => "dikembalikan", "Laporan dikembalikan";
        /// The giver approved the report.
        Disetujui => "disetujui", "Disetujui";
        /// Ended without a report: nothing but reading was asked, or the giver released the recipient.
        Selesai => "selesai", "Selesai";
        /// Taken back by the giver while it was unread.
        Ditarik => "ditarik", "Ditarik";
    }
}

impl Status {
    /// Does the recipient still have to do something, or the giver to answer?
    pub(crate) const fn is_open(self) -> bool {
        matches!(self, Self::Dikirim | Self::Dibaca | Self::Diterima | Self::Diproses | Self::Dilaporkan | Self::Dikembalikan)
    }

    /// Is it the recipient whom the due date presses?
    pub(crate) const fn presses(self) -> bool {
        self.is_open() && !matches!(self, Self::Dilaporkan)
    }

    /// The part of the lists it stands in.
    pub(crate) const fn kelompok(self) -> Kelompok {
        match self {
            Self::Konsep => Kelompok::Konsep,
            Self::Ditolak | Self::Disetujui | Self::Selesai | Self::Ditarik => Kelompok::Selesai,
            Self::Dikirim | Self::Dibaca | Self::Diterima | Self::Diproses | Self::Dilaporkan | Self::Dikembalikan => {
                Kelompok::Terbuka
            }
        }
    }
}

praja_kernel::words! {
    /// The parts of a list of orders.
    pub enum Kelompok ("kelompok disposisi") {
        /// Waits for the leader's confirmation.
        Konsep => "konsep", "Menunggu pembenaran";
        /// Somebody must still act.
        Terbuka => "terbuka", "Terbuka";
        /// Ended.
        Selesai => "selesai", "Selesai";
    }
}

praja_kernel::words! {
    /// What can be done with an order that lies with one recipient.
    pub enum Act ("tindakan disposisi") {
        /// The leader confirms what the aide wrote down: it leaves.
        Confirm => "benarkan", "dibenarkan";
        /// The leader does not confirm it.
        Cancel => "batalkan", "dibatalkan";
        /// The recipient has read it.
        Read => "baca", "ditandai sudah dibaca";
        /// The recipient takes it on.
        Accept => "terima", "diterima";
        /// The recipient refuses it: not their duty.
        Refuse => "tolak", "ditolak";
        /// The recipient begins.
        Process => "proses", "dikerjakan";
        /// The recipient passes it on to posts below.
        Forward => "teruskan", "diteruskan";
        /// The recipient reports.
        Report => "lapor", "dilaporkan";
        /// The giver approves the report.
        Approve => "setujui", "disetujui";
        /// The giver sends the report back.
        Return => "kembalikan", "dikembalikan";
        /// The giver ends the duty without a report.
        Waive => "bebaskan", "dibebaskan";
        /// The giver takes it back.
        Withdraw => "tarik", "ditarik";
    }
}

/// Whose act it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// The post that gave the order.
    Giver,
    /// The post that got it.
    Recipient,
}

impl Act {
    /// Whose act it is.
    pub(crate) const fn side(self) -> Side {
        match self {
            Self::Read | Self::Accept | Self::Refuse | Self::Process | Self::Forward | Self::Report => Side::Recipient,
            Self::Confirm | Self::Cancel | Self::Approve | Self::Return | Self::Waive | Self::Withdraw => Side::Giver,
        }
    }

    /// Must it say why?
    pub(crate) const fn asks_why(self) -> bool {
        matches!(self, Self::Refuse | Self::Return | Self::Waive | Self::Cancel)
    }
}

praja_kernel::words! {
    /// What a recipient answers for.
    pub enum Peran ("peran penerima disposisi") {
        /// Answers for the whole; exactly one of every order.
        PenanggungJawab => "penanggung_jawab", "Penanggung jawab";
        /// Helps.
        Pendukung => "pendukung", "Pendukung";
    }
}

praja_kernel::words! {
    /// Did the leader give the order with their own hand?
    pub enum Konfirmasi ("pembenaran disposisi") {
        /// With their own hand.
        Langsung => "langsung", "Oleh pimpinan sendiri";
        /// Written down by the aide, not yet confirmed.
        Menunggu => "menunggu", "Menunggu pembenaran pimpinan";
        /// Written down by the aide and confirmed.
        Dibenarkan => "dibenarkan", "Dibenarkan pimpinan";
        /// The leader did not confirm it.
        Dibatalkan => "dibatalkan", "Tidak dibenarkan pimpinan";
    }
}

/// An order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Disposisi {
    pub(crate) id: Id,
    /// What it is given on: a letter or a naskah.
    pub(crate) pokok: pokok::Jenis,
    /// Its id.
    pub(crate) surat: Id,
    /// The recipient's row that was passed on; none for the first order on a letter.
    pub(crate) induk: Option<Id>,
    /// The giver's OPD.
    pub(crate) opd: Id,
    /// The giver's post.
    pub(crate) dari: Id,
    /// Its name at the time, with "Plt." where that applied.
    pub(crate) dari_jabatan: String,
    /// Who held it then.
    pub(crate) dari_nama: String,
    /// The aide who wrote it down: name and post.
    pub(crate) dicatat: Option<(String, String)>,
    pub(crate) konfirmasi: Konfirmasi,
    /// Codes of [`instruksi`].
    pub(crate) instruksi: Vec<String>,
    pub(crate) catatan: String,
    pub(crate) batas: Option<Date>,
    /// The holidays of that year are not final.
    pub(crate) sementara: bool,
    /// That of the letter, or higher.
    pub(crate) sifat: Sifat,
    pub(crate) wajib_laporan: bool,
    pub(crate) created_at: Moment,
    pub(crate) versi: i64,
}

/// One recipient of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tujuan {
    pub(crate) id: Id,
    pub(crate) disposisi: Id,
    pub(crate) surat: Id,
    pub(crate) induk: Option<Id>,
    pub(crate) urut: i64,
    /// The giver's post.
    pub(crate) dari: Id,
    /// The recipient's OPD.
    pub(crate) opd: Id,
    /// The recipient's post.
    pub(crate) kepada: Id,
    /// Its name at the time.
    pub(crate) kepada_jabatan: String,
    /// Who held it then; empty for a vacant post.
    pub(crate) kepada_nama: String,
    pub(crate) peran: Peran,
    pub(crate) wajib_laporan: bool,
    pub(crate) status: Status,
    pub(crate) batas: Option<Date>,
    pub(crate) ingat: Option<Date>,
    pub(crate) created_at: Moment,
    pub(crate) dibaca_pada: Option<Moment>,
    pub(crate) dibaca_oleh: Option<String>,
    pub(crate) laporan: Option<String>,
    /// Number of the letter that answers, when the report names one.
    pub(crate) naskah: Option<String>,
    /// The naskah of this box that answers: begun from here, or chosen in the report.
    pub(crate) jawaban: Option<Id>,
    pub(crate) dilaporkan_pada: Option<Moment>,
    pub(crate) dilaporkan_oleh: Option<String>,
    /// Why it was refused, returned, released or taken back.
    pub(crate) alasan: Option<String>,
    pub(crate) selesai_pada: Option<Moment>,
    pub(crate) versi: i64,
}

impl Disposisi {
    /// Is it more secret than its letter, so that not every reader of the letter reads its words?
    pub(crate) fn is_raised(&self, surat: Sifat) -> bool {
        self.sifat > surat
    }
}

impl Tujuan {
    /// Is the due date over, while the recipient has not reported?
    pub(crate) fn is_late(&self, today: Date) -> bool {
        self.status.presses() && self.batas.is_some_and(|batas| batas < today)
    }
}

/// The state after an act. Who may act is judged by [`may`]; what hangs below by [`report`].
///
/// # Errors
/// [`Refusal::AlreadyRead`] for taking back what was read; [`Refusal::NotNow`] for everything else that does not fit the state.
pub(crate) fn step(status: Status, act: Act, wajib_laporan: bool) -> Result<Status, Refusal> {
    use Status::{Dibaca, Dikembalikan, Dikirim, Dilaporkan, Diproses, Disetujui, Ditarik, Diterima, Ditolak, Konsep, Selesai};
    let after = match (act, status) {
        (Act::Confirm, Konsep) => Dikirim,
        (Act::Cancel, Konsep) => Ditarik,
        // Where no report is asked, reading is all there is to do.
        (Act::Read, Dikirim) if !wajib_laporan => Selesai,
        (Act::Read, Dikirim) => Dibaca,
        (Act::Read, Dibaca | Diterima | Diproses | Dilaporkan | Dikembalikan | Disetujui | Selesai) => status,
        (Act::Accept, Dikirim | Dibaca) => Diterima,
        (Act::Refuse, Dikirim | Dibaca) => Ditolak,
        (Act::Process | Act::Forward, Dikirim | Dibaca | Diterima | Diproses | Dikembalikan) => Diproses,
        (Act::Report, Dikirim | Dibaca | Diterima | Diproses | Dikembalikan) => Dilaporkan,
        (Act::Approve, Dilaporkan) => Disetujui,
        (Act::Return, Dilaporkan) => Dikembalikan,
        (Act::Waive, Dikirim | Dibaca | Diterima | Diproses | Dikembalikan) => Selesai,
        (Act::Withdraw, Dikirim) => Ditarik,
        (Act::Withdraw, Dibaca | Diterima | Diproses | Dilaporkan | Dikembalikan) => return Err(Refusal::AlreadyRead),
        _ => return Err(Refusal::NotNow { act, status }),
    };
    Ok(after)
}

/// May the post `jabatan` do this with it?
///
/// # Errors
/// [`Refusal::NotYours`]; whoever cannot even see the order was turned away before.
pub(crate) fn may(tujuan: &Tujuan, act: Act, jabatan: Id) -> Result<(), Refusal> {
    let holder = match act.side() {
        Side::Giver => tujuan.dari,
        Side::Recipient => tujuan.kepada,
    };
    if holder == jabatan { Ok(()) } else { Err(Refusal::NotYours(act.side())) }
}

/// A recipient reports only after those to whom the work was passed on are done: approved, released, or out of it.
///
/// # Errors
/// [`Refusal::ChildrenOpen`] with how many are not.
pub(crate) fn report(status: Status, children: &[(Status, bool)], wajib_laporan: bool) -> Result<Status, Refusal> {
    let open = children.iter().filter(|(child, action)| *action && (child.is_open() || *child == Status::Konsep)).count();
    if open > 0 {
        return Err(Refusal::ChildrenOpen(open));
    }
    step(status, Act::Report, wajib_laporan)
}

/// What the end of a letter depends on, of one recipient of a first order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hasil {
    pub(crate) status: Status,
    pub(crate) peran: Peran,
    /// Must report.
    pub(crate) wajib_laporan: bool,
}

/// Is everything done on a letter? Nobody who must act is still waited for, and somebody who answers for it ended well: orders
/// that were only refused or taken back leave the letter open. Where nothing but reading was asked, everybody has read.
pub(crate) fn is_done(first: &[Hasil]) -> bool {
    let acting = first.iter().any(|one| one.wajib_laporan);
    let waits = |one: &Hasil| (one.wajib_laporan || !acting) && (one.status.is_open() || one.status == Status::Konsep);
    let ended_well = |one: &Hasil| {
        one.peran == Peran::PenanggungJawab
            && (one.wajib_laporan || !acting)
            && matches!(one.status, Status::Disetujui | Status::Selesai)
    };
    !first.iter().any(waits) && first.iter().any(ended_well)
}

/// The class of an order: that of the letter (or of the order it continues), never lower.
pub(crate) fn inherited(above: Sifat, chosen: Option<Sifat>) -> Sifat {
    chosen.map_or(above, |chosen| above.max(chosen))
}
