//! The archive of an OPD: files (berkas) of finished letters and naskah, and how long they are kept. Pure rules.
//!
//! UU 43/2009, PP 28/2012; the classification and the schedule are data (`klasifikasi_arsip_jra.csv`, or the regency's own list).

mod draft;
pub(crate) mod isi;
pub(crate) mod izin;
pub(crate) mod pages;
mod refusal;
pub(crate) mod store;
#[cfg(test)]
mod tests;
pub(crate) mod write;

use praja_desk::klasifikasi::{Nasib, Retensi};
use praja_kernel::{Date, Id, Moment, Sifat, years_after};

pub(crate) use draft::{Baru, Draft, draft};
pub(crate) use refusal::Refusal;

praja_kernel::words! {
    /// Where a file stands.
    pub enum Tahap ("tahap berkas") {
        /// Things are still put into it.
        Terbuka => "terbuka", "Terbuka";
        /// Closed, at hand in its unit.
        Aktif => "aktif", "Arsip aktif";
        /// With the records unit.
        Inaktif => "inaktif", "Arsip inaktif";
        /// Lawfully destroyed; its entry stays.
        Musnah => "musnah", "Dimusnahkan";
        /// Handed to the archives institution.
        Permanen => "permanen", "Diserahkan";
    }
}

/// How long a file is kept, as the schedule said when it was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Masa {
    /// Years in the unit.
    pub(crate) aktif: u16,
    /// From which event they count, where it is not the closing.
    pub(crate) peristiwa: Option<String>,
    /// Years with the records unit after that.
    pub(crate) inaktif: u16,
    /// What becomes of it.
    pub(crate) nasib: Nasib,
    /// The same in the schedule's words.
    pub(crate) nasib_teks: String,
}

impl From<&Retensi> for Masa {
    fn from(retensi: &Retensi) -> Self {
        Self {
            aktif: retensi.aktif,
            peristiwa: retensi.sejak.clone(),
            inaktif: retensi.inaktif,
            nasib: retensi.nasib,
            nasib_teks: retensi.nasib_teks.clone(),
        }
    }
}

praja_kernel::words! {
    /// Whose approval a destruction needs.
    pub enum Persetujuan ("persetujuan pemusnahan") {
        /// The head of the regency.
        KepalaDaerah => "kepala-daerah", "Kepala daerah";
        /// The head of the national archives.
        KepalaAnri => "kepala-anri", "Kepala ANRI";
    }
}

/// From so many years on a destruction needs the head of the national archives (text of code 000.5.6.2 of the classification).
pub(crate) const ANRI_YEARS: u16 = 10;

impl Masa {
    /// Years altogether.
    pub(crate) fn total(&self) -> u16 {
        self.aktif.saturating_add(self.inaktif)
    }

    /// Ten years and more: the head of the national archives; less: the head of the regency.
    pub(crate) fn persetujuan(&self) -> Persetujuan {
        if self.total() >= ANRI_YEARS { Persetujuan::KepalaAnri } else { Persetujuan::KepalaDaerah }
    }

    /// The last day of the active stage of a file closed on a day; nothing while its event has not come.
    pub(crate) fn aktif_sampai(&self, ditutup: Date, peristiwa_pada: Option<Date>) -> Option<Date> {
        let from = match (&self.peristiwa, peristiwa_pada) {
            (None, _) => ditutup,
            // What happened before the file was closed cannot shorten its time.
            (Some(_), Some(day)) => day.max(ditutup),
            (Some(_), None) => return None,
        };
        years_after(from, self.aktif)
    }

    /// The last day of the inactive stage, counted from the end of the active one however late the file was moved.
    pub(crate) fn inaktif_sampai(&self, ditutup: Date, peristiwa_pada: Option<Date>) -> Option<Date> {
        years_after(self.aktif_sampai(ditutup, peristiwa_pada)?, self.inaktif)
    }
}

/// A file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Berkas {
    pub(crate) id: Id,
    pub(crate) opd: Id,
    /// Its number in the list of its OPD.
    pub(crate) nomor: i64,
    pub(crate) kode: String,
    pub(crate) nama: String,
    pub(crate) uraian: Option<String>,
    pub(crate) lokasi: Option<String>,
    pub(crate) tahap: Tahap,
    pub(crate) sifat: Sifat,
    pub(crate) jumlah: i64,
    pub(crate) dibuka: Date,
    pub(crate) ditutup: Option<Date>,
    pub(crate) peristiwa_pada: Option<Date>,
    pub(crate) masa: Masa,
    /// The list of disposal it stands in while that is not finished.
    pub(crate) susut: Option<Id>,
    pub(crate) created_at: Moment,
    pub(crate) versi: i64,
}

impl Berkas {
    /// The last day of the stage it is in.
    pub(crate) fn tempo(&self) -> Option<Date> {
        let ditutup = self.ditutup?;
        match self.tahap {
            Tahap::Aktif => self.masa.aktif_sampai(ditutup, self.peristiwa_pada),
            Tahap::Inaktif => self.masa.inaktif_sampai(ditutup, self.peristiwa_pada),
            Tahap::Terbuka | Tahap::Musnah | Tahap::Permanen => None,
        }
    }

    /// Closed, but the event its years count from has not come.
    pub(crate) fn waits(&self) -> bool {
        self.tahap == Tahap::Aktif && self.masa.peristiwa.is_some() && self.peristiwa_pada.is_none()
    }

    /// Has its stage ended?
    pub(crate) fn is_due(&self, today: Date) -> bool {
        self.tempo().is_some_and(|tempo| tempo < today)
    }

    /// Takes something in.
    ///
    /// # Errors
    /// [`Refusal::NotOpen`].
    pub(crate) fn take(mut self, sifat: Sifat) -> Result<Self, Refusal> {
        if self.tahap != Tahap::Terbuka {
            return Err(Refusal::NotOpen(self.tahap));
        }
        self.jumlah += 1;
        self.sifat = self.sifat.max(sifat);
        Ok(self)
    }

    /// Closes it on a day: from then on its years count.
    ///
    /// # Errors
    /// [`Refusal::NotOpen`], [`Refusal::Empty`], or [`Refusal::Fields`] for a day before it was opened or to come.
    pub(crate) fn close(mut self, day: Date, today: Date) -> Result<Self, Refusal> {
        if self.tahap != Tahap::Terbuka {
            return Err(Refusal::NotOpen(self.tahap));
        }
        if self.jumlah == 0 {
            return Err(Refusal::Empty);
        }
        if day < self.dibuka || day > today {
            return Err(Refusal::day(
                "ditutup",
                "Berkas ditutup antara tanggal dibuka dan hari ini. Tulis tanggal di antara keduanya.",
            ));
        }
        (self.tahap, self.ditutup) = (Tahap::Aktif, Some(day));
        Ok(self)
    }

    /// Opens it again because something is missing; only while it is at hand in its unit and no list of disposal holds it.
    ///
    /// # Errors
    /// [`Refusal::NotActive`], [`Refusal::Listed`].
    pub(crate) fn reopen(mut self) -> Result<Self, Refusal> {
        self.at_hand()?;
        (self.tahap, self.ditutup, self.peristiwa_pada) = (Tahap::Terbuka, None, None);
        Ok(self)
    }

    fn at_hand(&self) -> Result<(), Refusal> {
        if self.tahap != Tahap::Aktif {
            return Err(Refusal::NotActive(self.tahap));
        }
        if self.susut.is_some() { Err(Refusal::Listed) } else { Ok(()) }
    }

    /// Notes the day of the event its years count from.
    ///
    /// # Errors
    /// [`Refusal::NoEvent`] where the schedule names none, [`Refusal::NotActive`], [`Refusal::Listed`], or [`Refusal::Fields`] for a day to come.
    pub(crate) fn happened(mut self, day: Date, today: Date) -> Result<Self, Refusal> {
        if self.masa.peristiwa.is_none() {
            return Err(Refusal::NoEvent);
        }
        self.at_hand()?;
        if day > today {
            return Err(Refusal::day("peristiwa_pada", "Tanggal peristiwa belum tiba. Catat setelah peristiwanya terjadi."));
        }
        self.peristiwa_pada = Some(day);
        Ok(self)
    }
}

/// `000.1.12` → `0000.0001.0012`: texts of it stand in the order of the numbers.
pub(crate) fn kode_urut(kode: &str) -> String {
    kode.split('.').map(|part| format!("{part:0>4}")).collect::<Vec<_>>().join(".")
}
