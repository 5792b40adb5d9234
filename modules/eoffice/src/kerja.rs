//! What a change of letters needs to know besides the database: the day, the zone, and how people are told.

use std::sync::Arc;

use praja_identity::jabatan;
use praja_kernel::{Date, Derajat, Id, Sifat, Zona};
use praja_module::{Ctx, Instance, Message, MessageKind, Messenger, events::KabarAplikasi};
use praja_store::{Keyring, Result, Tx};

use crate::surat_masuk::{SuratMasuk, nomor_agenda, pages::short_name};

/// The surroundings of a change.
#[derive(Clone)]
pub(crate) struct Kerja {
    pub(crate) today: Date,
    pub(crate) zona: Zona,
    pub(crate) keys: Keyring,
    messenger: Option<Arc<dyn Messenger>>,
}

/// What somebody is told about a letter.
pub(crate) struct Kabar {
    /// The post whose holder is told.
    pub(crate) jabatan: Id,
    /// What it is about; nothing secret.
    pub(crate) judul: String,
    /// One or two sentences.
    pub(crate) isi: String,
    pub(crate) tautan: String,
    /// Class and urgency of what it is about: they decide what leaves the box, and how soon.
    pub(crate) kelas: (Sifat, Derajat),
    /// Something to do, a reminder, or only to know.
    pub(crate) jenis: MessageKind,
}

impl Kerja {
    pub(crate) fn of(ctx: &Ctx) -> Self {
        let instance = ctx.instance();
        Self {
            today: ctx.today(),
            zona: instance.zona,
            keys: instance.keys().clone(),
            messenger: instance.ports.messenger.clone(),
        }
    }

    pub(crate) fn of_instance(instance: &Instance) -> Self {
        let today = instance.zona.date(instance.now());
        Self { today, zona: instance.zona, keys: instance.keys().clone(), messenger: instance.ports.messenger.clone() }
    }

    /// Delivers a notice. Without a messenger the task in the inbox says it alone.
    pub(crate) fn message(&self, tx: &mut Tx<'_>, message: &Message) -> Result<()> {
        match &self.messenger {
            Some(messenger) => messenger.tell(tx, message),
            None => Ok(()),
        }
    }

    /// Tells whoever holds a post. Without a messenger the task in the inbox says it alone.
    pub(crate) fn tell(&self, tx: &mut Tx<'_>, kabar: Kabar) -> Result<()> {
        let Some(messenger) = &self.messenger else { return Ok(()) };
        let (sifat, derajat) = kabar.kelas;
        messenger.tell(
            tx,
            &Message {
                to: format!("jabatan:{}", kabar.jabatan),
                subject: kabar.judul,
                body: kabar.isi,
                href: kabar.tautan,
                sifat,
                derajat,
                jenis: kabar.jenis,
            },
        )
    }
}

/// Tells other programs of the regency what became of a letter: its number and its state, and nothing of what is in it.
pub(crate) fn kabari(tx: &mut Tx<'_>, jenis: &str, surat: &SuratMasuk) -> Result<()> {
    tx.emit(&KabarAplikasi {
        jenis: jenis.to_owned(),
        opd: surat.opd,
        id: surat.id,
        nomor: nomor_agenda(surat.agenda, surat.tahun),
        status: surat.status.as_str().to_owned(),
        alamat: format!("/api/v1/eoffice/surat-masuk/{}", surat.id),
    })
}

/// "Arahkan surat masuk 12/2026: Undangan rapat"; of Terbatas and above nothing after the number, of Sangat rahasia no more than
/// that there is one.
pub(crate) fn judul(kerja: &str, surat: &SuratMasuk) -> String {
    titled(kerja, surat, "")
}

/// The same for the holder of a post; in another OPD the number says whose agenda book it is of.
pub(crate) fn judul_for(tx: &mut Tx<'_>, kerja: &str, surat: &SuratMasuk, post: Id) -> Result<String> {
    let opd = jabatan::get(tx, post)?.map(|post| post.opd).filter(|opd| *opd != surat.opd);
    let book = match opd {
        Some(_) => format!(" {}", short_name(tx, surat.opd)?),
        None => String::new(),
    };
    Ok(titled(kerja, surat, &book))
}

fn titled(kerja: &str, surat: &SuratMasuk, book: &str) -> String {
    let nomor = format!("{}{book}", nomor_agenda(surat.agenda, surat.tahun));
    match surat.isi.sifat {
        praja_kernel::Sifat::SangatRahasia => "Ada naskah sangat rahasia".to_owned(),
        praja_kernel::Sifat::Rahasia => format!("{kerja} surat rahasia dengan nomor agenda {nomor}"),
        sifat if sifat.shows_hal_outside() => format!("{kerja} surat masuk {nomor}: {}", surat.isi.hal),
        _ => format!("{kerja} surat masuk {nomor}"),
    }
}
