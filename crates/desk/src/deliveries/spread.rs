use praja_identity::{jabatan, narahubung};
use praja_kernel::{Date, Id};
use praja_module::{Contact, Instance, Jenis, Message};
use praja_store::{Keys, Result, StoreError, Tx};

use super::{
    Isi, Muatan, SEND, Status,
    store::{self, New},
};
use crate::{
    channels::{self, Gerbang, Pengaturan, Saluran, Tujuan},
    choices::{self, Cara, Pilihan, Reach},
    notices,
};

/// Says on a message of a contoh Instance why it stays.
pub(super) const HELD: &str = "Ruang latihan tidak mengirim apa pun ke luar.";
/// The fact that says which kind of Instance a database is, and the word for training.
const KIND: (&str, &str) = ("jenis", "contoh");

/// The job: who holds what the notice was told to, what each of them chose, and one message for each way.
pub(crate) fn run(instance: &Instance, payload: &str) -> Result<()> {
    let id: Id = serde_json::from_str(payload).map_err(|e| StoreError::Corrupt(e.to_string()))?;
    let (today, held) = (instance.today(), instance.jenis == Jenis::Contoh);
    instance.db.write(&instance.by_system("desk.spread-notice"), Keys::unaudited(), move |tx| spread(tx, id, today, held))
}

fn spread(tx: &mut Tx<'_>, id: Id, today: Date, held: bool) -> Result<()> {
    // A job may run twice: what was spread stays spread.
    let Some(kabar) = notices::store::get(tx, id)? else { return Ok(()) };
    if store::is_spread(tx, id)? {
        return Ok(());
    }
    let muatan = Muatan {
        isi: kabar.isi.clone(),
        tautan: if kabar.jenis == praja_module::MessageKind::Keamanan { kabar.tautan.clone() } else { format!("/kabar/{id}") },
        derajat: kabar.derajat,
        dari: kabar.oleh.clone(),
        jumlah: 0,
        berkas: None,
    };
    for penerima in readers(tx, &kabar.untuk, today)? {
        let Some(kontak) = narahubung::of(tx, &penerima)? else { continue };
        let reach = reach(tx, &penerima, &kontak)?;
        for (one, cara) in choices::ways(kabar.jenis, kabar.derajat, reach) {
            let (status, sebab) = match (held, cara) {
                (true, _) => (Status::Ditahan, Some(HELD)),
                (false, Cara::Ringkasan) => (Status::Ringkasan, None),
                (false, _) => (Status::Menunggu, None),
            };
            let new = New {
                kabar: Some(id),
                saluran: one.saluran.id,
                penerima: &penerima,
                penerima_nama: &kontak.nama,
                alamat: &one.alamat,
                jenis: Isi::from(kabar.jenis),
                judul: &kabar.judul,
                muatan: &muatan,
                oleh: &kabar.oleh_kunci,
                status,
                sebab,
            };
            queue(tx, &new)?;
        }
    }
    if kabar.jenis == praja_module::MessageKind::Keamanan {
        notices::store::erase_text(tx, id)?;
    }
    Ok(())
}

/// Saves a message and, when it may leave now, the job that sends it.
pub(crate) fn queue(tx: &mut Tx<'_>, new: &New<'_>) -> Result<Id> {
    let id = store::insert(tx, new)?;
    if new.status == Status::Menunggu {
        let now = tx.now()?;
        tx.enqueue(SEND, &id, now, Some(&format!("{SEND}:{id}:0")))?;
    }
    Ok(id)
}

/// The persons behind a subject: of a leading post the one who answers for it today, of other posts all who hold them.
fn readers(tx: &mut Tx<'_>, untuk: &str, today: Date) -> Result<Vec<String>> {
    let Some(post) = untuk.strip_prefix("jabatan:").and_then(|id| id.parse::<Id>().ok()) else {
        return Ok(vec![untuk.to_owned()]);
    };
    let structural = jabatan::get(tx, post)?.is_some_and(|post| post.jenis.is_structural());
    let persons: Vec<Id> = if structural {
        jabatan::holder_on(tx, post, today)?.into_iter().map(|holder| holder.orang).collect()
    } else {
        jabatan::holders_on(tx, post, today)?.into_iter().map(|(orang, _)| orang).collect()
    };
    Ok(persons.into_iter().map(|orang| format!("pegawai:{orang}")).collect())
}

/// The ways on which a person has an address, with what the person chose.
fn reach(tx: &mut Tx<'_>, penerima: &str, kontak: &narahubung::Kontak) -> Result<Vec<Reach>> {
    let mut all = Vec::new();
    for saluran in channels::store::active(tx)? {
        let pilihan = choices::store::get(tx, penerima, saluran.id)?.unwrap_or_else(|| Pilihan::default_for(&saluran));
        if let Some(alamat) = saluran.alamat(pilihan.alamat.as_deref(), kontak) {
            all.push(Reach { saluran, pilihan, alamat });
        }
    }
    Ok(all)
}

/// Is this database that of a training?
pub(super) fn is_training(tx: &mut Tx<'_>) -> Result<bool> {
    Ok(tx.fact(KIND.0)?.as_deref() == Some(KIND.1))
}

/// The way to an address outside, in whatever Instance.
pub(super) fn way_to(tx: &mut Tx<'_>, to: &Contact) -> Result<Option<Saluran>> {
    let fits = |saluran: &Saluran| match (to, &saluran.pengaturan) {
        (Contact::Email(_), Pengaturan::Surel(_)) => true,
        (Contact::Phone(_), Pengaturan::Gerbang(Gerbang { tujuan, .. })) => *tujuan == Tujuan::Telepon,
        _ => false,
    };
    Ok(channels::store::active(tx)?.into_iter().find(fits))
}

/// The way for a code to an address outside.
fn way_for(tx: &mut Tx<'_>, to: &Contact) -> Result<Option<Saluran>> {
    if is_training(tx)? { Ok(None) } else { way_to(tx, to) }
}

/// Is there a way for codes to an address of this kind?
pub(crate) fn can_send_code(tx: &mut Tx<'_>, to: &Contact) -> Result<bool> {
    Ok(way_for(tx, to)?.is_some())
}

/// Queues a code; its text is erased as soon as it has left. Without a way nothing happens: whoever asks has asked before.
pub(crate) fn send_code(tx: &mut Tx<'_>, to: &Contact, message: &Message) -> Result<()> {
    let Some(saluran) = way_for(tx, to)? else { return Ok(()) };
    let alamat = match to {
        Contact::Email(alamat) | Contact::Phone(alamat) => alamat,
    };
    let (nama, oleh) = (tx.by()?.actor.nama().to_owned(), tx.by()?.actor.key());
    let muatan = Muatan {
        isi: message.body.clone(),
        tautan: message.href.clone(),
        derajat: message.derajat,
        dari: nama,
        jumlah: 0,
        berkas: None,
    };
    let new = New {
        kabar: None,
        saluran: saluran.id,
        penerima: "",
        penerima_nama: "",
        alamat,
        jenis: Isi::Keamanan,
        judul: &message.subject,
        muatan: &muatan,
        oleh: &oleh,
        status: Status::Menunggu,
        sebab: None,
    };
    queue(tx, &new).map(|_| ())
}
