//! What an order is given on: a letter that came in, or a naskah of this box that reached a post of its own office.

use praja_desk::registers::naskah as kinds;
use praja_identity::jabatan;
use praja_kernel::{AturanTenggat, Date, Derajat, Id, Scope, Sifat, Tenggat, WorkingCalendar, Zona, tanggal_panjang};
use praja_store::{Result, Tx};

use crate::{
    TABLE,
    kerja::{self, Kerja},
    naskah::{self, Naskah, tujuan::Peran},
    surat_masuk::{self, RAHASIA, SuratMasuk, nomor_agenda},
};

praja_kernel::words! {
    /// Which of both an order is given on.
    pub enum Jenis ("pokok disposisi") {
        /// A letter that came in.
        Surat => "surat", "Surat masuk";
        /// A naskah of this box.
        Naskah => "naskah", "Naskah";
    }
}

impl Jenis {
    /// The name of one of them in tasks and attachments.
    pub(crate) fn objek(self, id: Id) -> String {
        match self {
            Self::Surat => crate::objek(id),
            Self::Naskah => naskah::write::objek(id),
        }
    }
}

/// What an order is given on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Pokok {
    Surat(Box<SuratMasuk>),
    Naskah(Box<Dinas>),
}

/// A naskah as orders see it: without its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dinas {
    pub(crate) naskah: Naskah,
    /// "Nota Dinas".
    pub(crate) jenis: String,
    /// The posts of its own office to which it was sent to be acted on; who gets a copy owes nothing and orders nothing.
    pub(crate) penerima: Vec<Id>,
}

impl Pokok {
    /// What the scope may see of it, as it is shown: the words of a secret letter stay away.
    pub(crate) fn find(tx: &mut Tx<'_>, scope: &Scope, jenis: Jenis, id: Id) -> Result<Option<Self>> {
        Ok(Self::find_opened(tx, scope, jenis, id)?.map(|found| match found {
            Self::Surat(surat) => Self::Surat(Box::new(surat.masked())),
            naskah @ Self::Naskah(_) => naskah,
        }))
    }

    /// The same with everything in it, for what is written.
    pub(crate) fn find_opened(tx: &mut Tx<'_>, scope: &Scope, jenis: Jenis, id: Id) -> Result<Option<Self>> {
        match jenis {
            Jenis::Surat => Ok(surat_masuk::store::find_opened(tx, scope, id)?.map(Self::from)),
            Jenis::Naskah => {
                let found = naskah::store::find_head(tx, scope, id)?;
                found.map(|naskah| Self::of_naskah(tx, naskah)).transpose()
            }
        }
    }

    /// The same, whoever asks: for background work, which shows it to nobody.
    pub(crate) fn find_any(tx: &mut Tx<'_>, jenis: Jenis, id: Id) -> Result<Option<Self>> {
        match jenis {
            Jenis::Surat => Ok(surat_masuk::store::find_any(tx, id)?.map(Self::from)),
            Jenis::Naskah => {
                let found = naskah::store::find_any_head(tx, id)?;
                found.map(|naskah| Self::of_naskah(tx, naskah)).transpose()
            }
        }
    }

    /// A naskah that was read already.
    pub(crate) fn of_naskah(tx: &mut Tx<'_>, naskah: Naskah) -> Result<Self> {
        let jenis = kinds::get(tx, &naskah.jenis)?.map_or_else(|| "Naskah".to_owned(), |kind| kind.nama);
        let all = naskah::store::penerima::of(tx, naskah.id)?;
        let penerima = all.into_iter().filter(|one| one.peran == Peran::Tujuan).filter_map(|one| one.jabatan).collect();
        Ok(Self::Naskah(Box::new(Dinas { naskah, jenis, penerima })))
    }

    pub(crate) const fn jenis(&self) -> Jenis {
        match self {
            Self::Surat(_) => Jenis::Surat,
            Self::Naskah(_) => Jenis::Naskah,
        }
    }

    pub(crate) fn id(&self) -> Id {
        match self {
            Self::Surat(surat) => surat.id,
            Self::Naskah(dinas) => dinas.naskah.id,
        }
    }

    pub(crate) fn opd(&self) -> Id {
        match self {
            Self::Surat(surat) => surat.opd,
            Self::Naskah(dinas) => dinas.naskah.opd,
        }
    }

    pub(crate) fn sifat(&self) -> Sifat {
        match self {
            Self::Surat(surat) => surat.isi.sifat,
            Self::Naskah(dinas) => dinas.naskah.isi.sifat,
        }
    }

    pub(crate) fn derajat(&self) -> Derajat {
        match self {
            Self::Surat(surat) => surat.isi.derajat,
            Self::Naskah(dinas) => dinas.naskah.isi.derajat,
        }
    }

    /// Its subject, as it is shown on pages.
    pub(crate) fn hal(&self) -> &str {
        let (hal, none) = match self {
            Self::Surat(surat) => (surat.isi.hal.as_str(), "Surat tanpa hal"),
            // Secret ones say on their own page what they are about.
            Self::Naskah(dinas) if dinas.naskah.isi.sifat.is_secret() => (RAHASIA, RAHASIA),
            Self::Naskah(dinas) => (dinas.naskah.isi.hal.as_str(), "Naskah tanpa hal"),
        };
        if hal.is_empty() { none } else { hal }
    }

    /// Who sent it.
    pub(crate) fn asal(&self) -> &str {
        match self {
            Self::Surat(surat) => &surat.isi.asal,
            Self::Naskah(dinas) => &dinas.naskah.penandatangan_jabatan,
        }
    }

    /// How it stands, in a word.
    pub(crate) fn keadaan(&self) -> &'static str {
        match self {
            Self::Surat(surat) => surat.status.label(),
            Self::Naskah(dinas) => dinas.naskah.status.label(),
        }
    }

    /// Its number where it is kept, and its day.
    pub(crate) fn nomor(&self) -> (String, Option<Date>) {
        match self {
            Self::Surat(surat) => {
                let nomor = surat.isi.nomor_surat.clone().unwrap_or_else(|| "tanpa nomor".to_owned());
                (nomor, Some(surat.isi.tanggal_surat))
            }
            Self::Naskah(dinas) => match &dinas.naskah.nomor {
                Some(nomor) => (nomor.teks.clone(), Some(nomor.tanggal)),
                None => ("tanpa nomor".to_owned(), None),
            },
        }
    }

    /// "Agenda 12/2026", "Nota Dinas 800/12": the word by which a path of pages names it.
    pub(crate) fn sebutan(&self) -> String {
        match self {
            Self::Surat(surat) => format!("Agenda {}", nomor_agenda(surat.agenda, surat.tahun)),
            Self::Naskah(dinas) => format!("{} {}", dinas.jenis, self.nomor().0),
        }
    }

    /// "Surat masuk agenda 12/2026 dari Kecamatan Melati."
    pub(crate) fn kalimat(&self) -> String {
        match self {
            Self::Surat(surat) => {
                format!("Surat masuk agenda {} dari {}.", nomor_agenda(surat.agenda, surat.tahun), surat.isi.asal)
            }
            Self::Naskah(_) => format!("{} dari {}.", self.sebutan(), self.asal()),
        }
    }

    /// As a naskah that answers refers to it.
    pub(crate) fn rujukan(&self) -> String {
        let (nomor, tanggal) = self.nomor();
        tanggal.map_or_else(|| nomor.clone(), |tanggal| format!("{nomor} ({})", tanggal_panjang(tanggal)))
    }

    /// The list it stands in: what it is called and where it is.
    pub(crate) const fn daftar(&self) -> (&'static str, &'static str) {
        match self {
            Self::Surat(_) => ("Surat masuk", surat_masuk::pages::LIST),
            Self::Naskah(_) => ("Naskah", naskah::write::PAGE),
        }
    }

    /// Its page.
    pub(crate) fn tautan(&self) -> String {
        format!("{}/{}", self.daftar().1, self.id())
    }

    /// Its sheet of orders.
    pub(crate) fn lembar(&self) -> String {
        match self {
            Self::Surat(_) => format!("{}/lembar", self.tautan()),
            Self::Naskah(_) => format!("{}/lembar-disposisi", self.tautan()),
        }
    }

    /// Its table, which names it in the trail.
    pub(crate) const fn tabel(&self) -> &'static str {
        match self {
            Self::Surat(_) => TABLE,
            Self::Naskah(_) => naskah::write::TABLE,
        }
    }

    /// Its name in tasks and attachments.
    pub(crate) fn objek(&self) -> String {
        self.jenis().objek(self.id())
    }

    /// The day until which it must be handled: what an order is due by when nobody says another day.
    pub(crate) fn batas(&self, zona: Zona, calendar: &WorkingCalendar, today: Date) -> Date {
        match self {
            Self::Surat(surat) => zona.date(surat.tenggat),
            Self::Naskah(dinas) => {
                let from = dinas.naskah.dikirim_pada.unwrap_or(dinas.naskah.created_at);
                let due = dinas.naskah.isi.derajat.tenggat(&AturanTenggat::default(), from, zona, calendar);
                due.map_or(today, |Tenggat { tanggal, .. }| tanggal)
            }
        }
    }

    /// As an order of a higher class speaks of it outside: in tasks and notices. Never saved.
    pub(crate) fn raised(&self, sifat: Sifat) -> Self {
        match self {
            Self::Surat(surat) => Self::from(surat.raised(sifat)),
            Self::Naskah(dinas) => {
                let mut raised = dinas.clone();
                raised.naskah.isi.sifat = raised.naskah.isi.sifat.max(sifat);
                Self::Naskah(raised)
            }
        }
    }

    /// What a task or a notice for the holder of a post says of it: no more than its class lets outside.
    pub(crate) fn judul_for(&self, tx: &mut Tx<'_>, words: &str, post: Id) -> Result<String> {
        match self {
            Self::Surat(surat) => kerja::judul_for(tx, words, surat, post),
            Self::Naskah(dinas) => Ok(naskah::write::judul(&format!("{words} {}", dinas.jenis.to_lowercase()), &dinas.naskah)),
        }
    }

    /// The posts on whose desk it lies, and who may therefore give the first order.
    pub(crate) fn meja(&self) -> Vec<Id> {
        match self {
            Self::Surat(surat) => surat.penerima.into_iter().collect(),
            Self::Naskah(dinas) => dinas.penerima.clone(),
        }
    }
}

impl From<SuratMasuk> for Pokok {
    fn from(surat: SuratMasuk) -> Self {
        Self::Surat(Box::new(surat))
    }
}

impl Dinas {
    /// May orders be given on it? It has been sent, and nobody has withdrawn it.
    pub(crate) const fn takes_orders(&self) -> bool {
        matches!(self.naskah.status, naskah::Status::Dikirim | naskah::Status::Diberkaskan)
    }

    /// Lets posts see it and its file, and find it where it can be found.
    pub(crate) fn share(&self, tx: &mut Tx<'_>, kerja: &Kerja, subjects: &[String]) -> Result<()> {
        naskah::store::allow(tx, &self.naskah, subjects)?;
        praja_desk::attachments::grant(tx, &naskah::write::objek(self.naskah.id), subjects)?;
        self.found_anew(tx, kerja)
    }

    /// Takes back what an order gave, from posts that have no other reason to see it.
    pub(crate) fn unshare(&self, tx: &mut Tx<'_>, kerja: &Kerja, subjects: &[String]) -> Result<()> {
        naskah::store::disallow(tx, self.naskah.id, subjects)?;
        praja_desk::attachments::withdraw(tx, &naskah::write::objek(self.naskah.id), subjects)?;
        self.found_anew(tx, kerja)
    }

    fn found_anew(&self, tx: &mut Tx<'_>, kerja: &Kerja) -> Result<()> {
        if self.naskah.isi.sifat.is_secret() {
            return Ok(());
        }
        let Some(whole) = naskah::store::find_any(tx, &kerja.keys, self.naskah.id)? else { return Ok(()) };
        let readers = naskah::store::readers_of(tx, whole.id)?;
        tx.index_later(&naskah::write::send::found_by(&whole, &self.jenis, readers))
    }

    /// Has a post a reason of its own to see it, besides orders: it wrote, initialled, signed or got it?
    pub(crate) fn has_reason(&self, tx: &mut Tx<'_>, post: Id) -> Result<bool> {
        let naskah = &self.naskah;
        if [naskah.pembuat, naskah.isi.penandatangan].contains(&post) {
            return Ok(true);
        }
        let all = naskah::store::penerima::of(tx, naskah.id)?;
        let got = all.iter().any(|one| one.jabatan == Some(post));
        let initialled = naskah::store::paraf::all(tx, naskah.id)?.iter().any(|(_, one)| one.jabatan == post);
        // What is not Biasa reaches an office through its head.
        for one in all.iter().filter(|one| one.jabatan.is_none()) {
            if let Some(opd) = one.opd
                && jabatan::head_of(tx, opd)?.is_some_and(|head| head.id == post)
            {
                return Ok(true);
            }
        }
        Ok(got || initialled)
    }
}
