use praja_kernel::{Id, tanggal_jam};
use praja_module::{Instance, Jenis, Message, MessageKind};
use praja_store::{Keys, Result, StoreError, Tx};

use super::{Failure, Isi, Kiriman, Next, SEND, Status, gateway, mail, next, store};
use crate::{
    attachments,
    channels::{self, Pengaturan, Saluran},
    notices,
    templates::{self, Escape},
};

/// A message as it leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Letter {
    /// Identity, the same in every try.
    pub(super) id: Id,
    /// To which address.
    pub(super) to: String,
    /// The reader's name; may be empty.
    pub(super) name: String,
    /// The regency's name.
    pub(super) from: String,
    /// Subject; gateways have none.
    pub(super) subject: String,
    /// Text.
    pub(super) text: String,
    /// Seconds since 1970, by the Instance's clock.
    pub(super) at: u64,
    /// A PDF that goes along, with its name.
    pub(super) berkas: Option<(String, Vec<u8>)>,
}

/// The job: sends one message, notes what became of it, and says when it is tried again.
pub(crate) fn run(instance: &Instance, payload: &str) -> Result<()> {
    let id: Id = serde_json::from_str(payload).map_err(|e| StoreError::Corrupt(e.to_string()))?;
    let now = instance.now();
    let found = instance.db.read(|tx| {
        let Some(kiriman) = store::get(tx, id)?.filter(|one| one.status == Status::Menunggu) else { return Ok(None) };
        let saluran = channels::store::get(tx, kiriman.saluran)?;
        let letter = compose(tx, instance, &kiriman, saluran.as_ref())?;
        Ok::<_, StoreError>(Some((kiriman, saluran, letter)))
    })?;
    let Some((kiriman, saluran, letter)) = found else { return Ok(()) };
    let by = instance.by_system("desk.send-notice");
    let Some(saluran) = saluran.filter(|saluran| saluran.aktif) else {
        return instance.db.write(&by, Keys::unaudited(), move |tx| {
            store::end(tx, &kiriman, Status::Batal, Some("Saluran ini dimatikan."), kiriman.percobaan)
        });
    };
    // Held here, too, and not only when it is queued: nothing of a training ever leaves the house.
    if instance.jenis == Jenis::Contoh {
        return instance.db.write(&by, Keys::unaudited(), move |tx| {
            store::end(tx, &kiriman, Status::Ditahan, Some("Ruang latihan tidak mengirim apa pun ke luar."), kiriman.percobaan)
        });
    }
    if let Some(until) = saluran.istirahat_sampai.filter(|until| *until > now) {
        // Others found out that this way is closed; nobody knocks until it has rested.
        return instance.db.write(&by, Keys::unaudited(), move |tx| again(tx, &kiriman, until, None, kiriman.percobaan));
    }
    let letter = match &kiriman.muatan.berkas {
        None => letter,
        Some(berkas) => match attachments::content(instance, &berkas.objek, &berkas.sidik)? {
            Some((_, bytes)) => Letter { berkas: Some((berkas.nama.clone(), bytes)), ..letter },
            None => {
                return instance.db.write(&by, Keys::unaudited(), move |tx| {
                    store::end(tx, &kiriman, Status::Gagal, Some("Berkasnya tidak ada lagi."), kiriman.percobaan)
                });
            }
        },
    };
    let outcome = deliver(instance, &saluran, &letter)?;
    instance.db.write(&by, Keys::unaudited(), move |tx| settle(tx, &kiriman, &saluran, &outcome))
}

fn deliver(instance: &Instance, saluran: &Saluran, letter: &Letter) -> Result<std::result::Result<(), Failure>> {
    let rahasia = saluran.rahasia(instance)?;
    Ok(match &saluran.pengaturan {
        Pengaturan::Surel(settings) => mail::send(settings, &rahasia, letter),
        Pengaturan::Gerbang(settings) => gateway::send(settings, &rahasia, letter),
    })
}

/// Writes down what became of a try.
fn settle(tx: &mut Tx<'_>, kiriman: &Kiriman, saluran: &Saluran, outcome: &std::result::Result<(), Failure>) -> Result<()> {
    // A second process may have been faster.
    if store::get(tx, kiriman.id)?.is_none_or(|now| now.status != Status::Menunggu) {
        return Ok(());
    }
    let why = match outcome {
        Ok(()) => None,
        Err(Failure::Address(why) | Failure::Way(why)) => Some(why.as_str()),
    };
    let rests = match outcome {
        Err(Failure::Way(why)) => channels::store::note_bad(tx, saluran.id, why)?,
        // A refused address shows that the way is open.
        Ok(()) | Err(Failure::Address(_)) => channels::store::note_good(tx, saluran.id).map(|()| None)?,
    };
    match next(outcome, kiriman.percobaan, kiriman.jenis) {
        Next::Sent => store::end(tx, kiriman, Status::Terkirim, None, kiriman.percobaan),
        Next::Again(ms) => {
            let until = tx.now()?.plus_ms(ms).max(rests.unwrap_or_default());
            again(tx, kiriman, until, why, kiriman.percobaan + 1)
        }
        Next::GiveUp => {
            store::end(tx, kiriman, Status::Gagal, why, kiriman.percobaan + 1)?;
            tell_failure(tx, kiriman, saluran, outcome)
        }
    }
}

fn again(tx: &mut Tx<'_>, kiriman: &Kiriman, until: praja_kernel::Moment, why: Option<&str>, failures: i64) -> Result<()> {
    store::postpone(tx, kiriman.id, until, why, failures)?;
    // The job under way still holds its own key, so each try has a key of its own.
    tx.enqueue(SEND, &kiriman.id, until, Some(&format!("{SEND}:{}:{}", kiriman.id, until.ms())))?;
    Ok(())
}

/// The sender learns that somebody was not reached, and whoever has a wrong address that it is wrong. Both in Praja alone: a way that
/// fails must not tell of its failure by itself.
fn tell_failure(tx: &mut Tx<'_>, kiriman: &Kiriman, saluran: &Saluran, outcome: &std::result::Result<(), Failure>) -> Result<()> {
    let is_person = |key: &str| key.starts_with("pegawai:");
    if is_person(&kiriman.oleh) && kiriman.oleh != kiriman.penerima {
        let subject = format!("Kabar untuk {} lewat {} tidak sampai", kiriman.penerima_nama, saluran.nama);
        notices::tell_inside(tx, &Message::new(MessageKind::Kabar, &kiriman.oleh, subject, "/kabar/terkirim"))?;
    }
    if matches!(outcome, Err(Failure::Address(_))) && is_person(&kiriman.penerima) {
        let subject = format!("Alamat Anda pada saluran {} menolak kabar. Periksa alamat itu.", saluran.nama);
        notices::tell_inside(tx, &Message::new(MessageKind::Kabar, &kiriman.penerima, subject, "/desk/pilihan-kabar"))?;
    }
    Ok(())
}

/// Fills the text of a message in.
fn compose(tx: &mut Tx<'_>, instance: &Instance, kiriman: &Kiriman, saluran: Option<&Saluran>) -> Result<Letter> {
    let is_mail = saluran.is_none_or(|saluran| saluran.jenis() == channels::Jenis::Surel);
    let kind = if kiriman.muatan.berkas.is_some() { "naskah" } else { kiriman.jenis.template() };
    let name = format!("{}-{kind}", if is_mail { "surel" } else { "pesan" });
    let text = templates::of(tx, &name)?;
    let muatan = &kiriman.muatan;
    let link = if muatan.tautan.is_empty() { String::new() } else { format!("{}{}", instance.url_publik, muatan.tautan) };
    let (jumlah, tanggal) = (muatan.jumlah.to_string(), tanggal_jam(instance.zona.local(instance.now())));
    let nama = if kiriman.penerima_nama.is_empty() { "Bapak/Ibu" } else { &kiriman.penerima_nama };
    let values = [
        ("nama", nama),
        ("perihal", kiriman.judul.as_str()),
        ("isi", muatan.isi.as_str()),
        ("tautan", link.as_str()),
        ("dari", muatan.dari.as_str()),
        ("derajat", muatan.derajat.label()),
        ("jenis", kiriman.jenis.label()),
        ("daerah", instance.wilayah.nama.as_str()),
        ("tanggal", tanggal.as_str()),
        ("jumlah", jumlah.as_str()),
        ("daftar", if kiriman.jenis == Isi::Ringkasan { muatan.isi.as_str() } else { "" }),
    ];
    let filled = templates::fill(&text, &values, Escape::Plain);
    let (subject, text) = if is_mail { templates::mail(&filled) } else { (String::new(), filled) };
    Ok(Letter {
        id: kiriman.id,
        to: kiriman.alamat.clone(),
        name: kiriman.penerima_nama.clone(),
        from: instance.wilayah.nama.clone(),
        subject,
        text,
        at: u64::try_from(instance.now().ms() / 1000).unwrap_or(0),
        berkas: None,
    })
}
