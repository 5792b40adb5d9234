//! The agenda of a leader: what is on, what overlaps, who goes instead, what came of it. Pure rules.
//!
//! Which posts have an agenda, and who keeps it, follows the posts: the leader, the leader's aides, and the registry of the leader's office.

mod draft;
pub(crate) mod hak;
pub(crate) mod ics;
pub(crate) mod notula;
pub(crate) mod pages;
mod refusal;
pub(crate) mod store;
#[cfg(test)]
mod tests;
pub(crate) mod write;

use praja_kernel::{Id, Moment};

pub(crate) use draft::{Baru, Draft, draft};
pub(crate) use refusal::Refusal;

/// The way from one place to the next.
pub(crate) const PERJALANAN_MENIT: i64 = 30;

praja_kernel::words! {
    /// Where an event stands.
    pub enum Status ("status acara") {
        /// To come, or not yet reported on.
        Dijadwalkan => "dijadwalkan", "Dijadwalkan";
        /// The leader was there.
        Dihadiri => "dihadiri", "Dihadiri";
        /// Somebody else goes or went.
        Diwakilkan => "diwakilkan", "Diwakilkan";
        /// It did not take place, or nobody went.
        Batal => "batal", "Batal";
    }
}

/// An event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Acara {
    pub(crate) id: Id,
    pub(crate) opd: Id,
    pub(crate) pimpinan: Id,
    pub(crate) isi: Baru,
    pub(crate) status: Status,
    /// The post that goes instead, and its name.
    pub(crate) wakil: Option<(Id, String)>,
    pub(crate) alasan: Option<String>,
    pub(crate) hasil: Option<String>,
    pub(crate) surat_masuk: Option<Id>,
    pub(crate) naskah: Option<Id>,
    pub(crate) pencatat: Id,
    pub(crate) pencatat_nama: String,
    pub(crate) created_at: Moment,
    pub(crate) versi: i64,
}

/// What whoever asks may see of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pandangan {
    /// Everything.
    Utuh,
    /// That the leader is taken, and when.
    Waktu,
}

impl Acara {
    /// Is the leader expected there?
    pub(crate) fn takes_time(&self) -> bool {
        matches!(self.status, Status::Dijadwalkan | Status::Dihadiri)
    }

    /// Do two events of one leader stand in each other's way, the way between them counted?
    pub(crate) fn collides(&self, mulai: Moment, selesai: Moment) -> bool {
        let way = PERJALANAN_MENIT * 60_000;
        self.takes_time() && self.isi.mulai.0 < selesai.0 + way && mulai.0 < self.isi.selesai.0 + way
    }

    /// Changed as typed.
    ///
    /// # Errors
    /// [`Refusal::NotNow`] once it is over and done with.
    pub(crate) fn change(mut self, isi: Baru) -> Result<Self, Refusal> {
        if !matches!(self.status, Status::Dijadwalkan | Status::Diwakilkan) {
            return Err(Refusal::NotNow(self.status));
        }
        self.isi = isi;
        Ok(self)
    }

    /// The leader was there.
    ///
    /// # Errors
    /// [`Refusal::NotNow`]; [`Refusal::NotYet`] before it begins.
    pub(crate) fn attend(mut self, hasil: Option<String>, now: Moment) -> Result<Self, Refusal> {
        if !matches!(self.status, Status::Dijadwalkan | Status::Dihadiri | Status::Diwakilkan) {
            return Err(Refusal::NotNow(self.status));
        }
        if now < self.isi.mulai {
            return Err(Refusal::NotYet);
        }
        // Who went instead stays so: only what came of it is added.
        if self.status == Status::Dijadwalkan {
            self.status = Status::Dihadiri;
        }
        self.hasil = hasil.or(self.hasil);
        Ok(self)
    }

    /// Somebody else goes.
    ///
    /// # Errors
    /// [`Refusal::NotNow`]; [`Refusal::Themselves`].
    pub(crate) fn delegate(mut self, wakil: (Id, String), alasan: Option<String>) -> Result<Self, Refusal> {
        if !matches!(self.status, Status::Dijadwalkan | Status::Diwakilkan) {
            return Err(Refusal::NotNow(self.status));
        }
        if wakil.0 == self.pimpinan {
            return Err(Refusal::Themselves);
        }
        (self.status, self.wakil, self.alasan) = (Status::Diwakilkan, Some(wakil), alasan);
        Ok(self)
    }

    /// It is called off, with a reason.
    ///
    /// # Errors
    /// [`Refusal::NotNow`].
    pub(crate) fn cancel(mut self, alasan: String) -> Result<Self, Refusal> {
        if !matches!(self.status, Status::Dijadwalkan | Status::Diwakilkan) {
            return Err(Refusal::NotNow(self.status));
        }
        (self.status, self.alasan) = (Status::Batal, Some(alasan));
        Ok(self)
    }

    /// The leader goes after all.
    ///
    /// # Errors
    /// [`Refusal::NotNow`].
    pub(crate) fn take_back(mut self) -> Result<Self, Refusal> {
        if !matches!(self.status, Status::Batal | Status::Diwakilkan) || self.hasil.is_some() {
            return Err(Refusal::NotNow(self.status));
        }
        (self.status, self.wakil, self.alasan) = (Status::Dijadwalkan, None, None);
        Ok(self)
    }
}
