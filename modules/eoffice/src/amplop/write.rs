//! What sending and receiving envelopes changes. Receiving stands in `write/receive.rs`.

mod receive;

use praja_desk::{attachments, outside, verify};
use praja_kernel::{Id, tanggal_panjang};
use praja_module::{Instance, Jenis, Message, MessageKind, Problem};
use praja_store::{Keys, Result, StoreError, Tx, audit::Entry};

pub(crate) use receive::{entered, receive};

use super::{
    Berkas, Dari, Isi, Keadaan, Kepada, Next, Refusal, Surat, Terima, next, open_receipt, seal, sidik, sign,
    store::{self, Amplop},
};
use crate::{
    kerja::Kerja,
    naskah::{
        Naskah,
        store::penerima,
        tujuan::{self, Penerima},
        write::{PAGE, TABLE, objek},
    },
    simpul::{self, Simpul},
};

/// The job that sends one envelope.
pub(crate) const SEND: &str = "eoffice.send-amplop";
/// Where every box takes envelopes.
pub(crate) const RECEIVE: &str = "/eoffice/simpul/terima";

/// The box that sends, taken before the write begins.
#[derive(Clone)]
pub(crate) struct Pengirim {
    node: verify::Node,
    daerah: String,
    kode: String,
    latihan: bool,
    url: String,
}

impl Pengirim {
    pub(crate) fn of(instance: &Instance) -> Self {
        Self {
            node: verify::Node::of(instance),
            daerah: instance.wilayah.nama.clone(),
            kode: instance.wilayah.kode.clone(),
            latihan: instance.jenis == Jenis::Contoh,
            url: instance.url_publik.clone(),
        }
    }

    /// Is it a box for training?
    pub(crate) const fn is_training(&self) -> bool {
        self.latihan
    }
}

/// The signed file of a naskah: the one that is it, or that its verification page knows; of older ones the last PDF that was attached.
pub(crate) fn signed_file(tx: &mut Tx<'_>, naskah: &Naskah) -> Result<Option<attachments::Attachment>> {
    let mut files = attachments::of(tx, &objek(naskah.id))?;
    files.retain(|file| file.mime == attachments::Kind::Pdf.as_str() && file.dimusnahkan.is_none());
    let known = match &naskah.token {
        Some(token) => verify::get(tx, token)?.and_then(|found| found.sidik),
        None => None,
    };
    let own = files.iter().position(|file| Some(file.id) == naskah.berkas);
    let exact = own.or_else(|| files.iter().position(|file| Some(&file.sidik) == known.as_ref()));
    Ok(match exact {
        Some(at) => Some(files.swap_remove(at)),
        None => files.pop(),
    })
}

/// Puts a naskah into an envelope for one recipient and lets it go.
///
/// # Errors
/// [`Refusal::Secret`], [`Refusal::NoPdf`].
pub(crate) fn post(
    tx: &mut Tx<'_>,
    from: &Pengirim,
    naskah: &Naskah,
    (jenis, office): (&str, &str),
    to: &Penerima,
    simpul: &Simpul,
) -> Result<(), Problem> {
    if naskah.isi.sifat.is_secret() {
        return Err(Problem::refused(Refusal::Secret));
    }
    let file = signed_file(tx, naskah)?.ok_or_else(|| Problem::refused(Refusal::NoPdf))?;
    let nomor = naskah.nomor.as_ref().ok_or_else(|| Problem::refused(Refusal::NoPdf))?;
    let (id, now) = (tx.new_id()?, tx.now()?);
    let isi = Isi {
        id,
        dibuat: now,
        latihan: from.latihan,
        dari: Dari {
            daerah: from.daerah.clone(),
            kode: from.kode.clone(),
            opd: office.to_owned(),
            kunci: from.node.id().to_owned(),
        },
        kepada: Kepada { kunci: simpul.kunci_id.clone(), nama: to.nama.clone(), peran: to.peran.as_str().to_owned() },
        naskah: Surat {
            jenis: jenis.to_owned(),
            nomor: nomor.teks.clone(),
            tanggal: nomor.tanggal,
            hal: naskah.isi.hal.clone(),
            ringkasan: naskah.isi.ringkasan.clone(),
            klasifikasi: naskah.isi.klasifikasi.clone(),
            sifat: naskah.isi.sifat.as_str().to_owned(),
            derajat: naskah.isi.derajat.as_str().to_owned(),
            lampiran: naskah.isi.lampiran.clone(),
            jabatan: naskah.penandatangan_jabatan.clone(),
            penandatangan: naskah.penandatangan_nama.clone(),
            verifikasi: naskah.token.as_ref().map(|token| format!("{}/v/{token}", from.url)),
        },
        berkas: Berkas { nama: file.nama, ukuran: u64::try_from(file.ukuran).unwrap_or(0), sidik: file.sidik },
    };
    let (text, tanda) = sign(&from.node, &isi).map_err(Problem::refused)?;
    let keadaan = match &simpul.alamat {
        _ if from.latihan => Keadaan::Ditahan,
        None => Keadaan::Berkas,
        Some(_) => Keadaan::Menunggu,
    };
    let amplop = Amplop {
        id,
        naskah: naskah.id,
        penerima: to.id,
        simpul: simpul.id,
        isi: text,
        tanda,
        keadaan,
        percobaan: 0,
        coba_pada: now,
        sebab: None,
        dibuat: now,
        diterima_pada: None,
        tanda_terima: None,
    };
    store::insert(tx, &amplop)?;
    if keadaan == Keadaan::Menunggu {
        queue(tx, &amplop)?;
    }
    Ok(())
}

/// Each try has a key of its own, because the job under way still holds its own.
fn queue(tx: &mut Tx<'_>, amplop: &Amplop) -> Result<()> {
    let key = format!("{SEND}:{}:{}:{}", amplop.id, amplop.percobaan, amplop.coba_pada.ms());
    tx.enqueue(SEND, &amplop.id, amplop.coba_pada, Some(&key))?;
    Ok(())
}

/// The envelope as a file. Blocks.
///
/// # Errors
/// [`Refusal::NoPdf`] when its file is gone.
pub(crate) fn file(instance: &Instance, amplop: &Amplop) -> Result<Vec<u8>, Problem> {
    let isi: Isi = serde_json::from_str(&amplop.isi).map_err(|e| Problem::Store(StoreError::Corrupt(e.to_string())))?;
    let found = attachments::content(instance, &objek(amplop.naskah), &isi.berkas.sidik)?;
    let (_, pdf) = found.ok_or_else(|| Problem::refused(Refusal::NoPdf))?;
    seal(&amplop.isi, &isi.dari.kunci, &amplop.tanda, &pdf).map_err(Problem::refused)
}

/// What came of a try.
enum Outcome {
    Received(Terima, String),
    Failed(Option<u16>, String),
}

/// The job: sends one envelope to its node, keeps the receipt, and says when it is tried again.
pub(crate) fn run(instance: &Instance, payload: &str) -> Result<()> {
    let id: Id = serde_json::from_str(payload).map_err(|e| StoreError::Corrupt(e.to_string()))?;
    let found = instance.db.read(|tx| {
        let Some(amplop) = store::find(tx, id)?.filter(|one| one.keadaan == Keadaan::Menunggu) else { return Ok(None) };
        let simpul = simpul::store::find(tx, amplop.simpul)?;
        Ok::<_, StoreError>(simpul.map(|simpul| (amplop, simpul)))
    })?;
    let Some((amplop, simpul)) = found else { return Ok(()) };
    let outcome = match &simpul.alamat {
        // Held here, too, and not only when it is queued: nothing of a training ever leaves the house.
        _ if instance.jenis == Jenis::Contoh => return Ok(()),
        Some(alamat) if simpul.aktif => attempt(instance, &amplop, &simpul, alamat),
        _ => Outcome::Failed(Some(404), format!("Simpul {} tidak dipakai lagi atau tidak beralamat.", simpul.nama)),
    };
    let by = instance.by_system(SEND);
    let kerja = Kerja::of_instance(instance);
    instance.db.write(&by, Keys::none(), move |tx| {
        settle(tx, &kerja, amplop.id, &simpul, &outcome).map_err(|problem| match problem {
            Problem::Store(e) => e,
            other => StoreError::Corrupt(format!("{other:?}")),
        })
    })
}

fn attempt(instance: &Instance, amplop: &Amplop, simpul: &Simpul, alamat: &str) -> Outcome {
    let bytes = match file(instance, amplop) {
        Ok(bytes) => bytes,
        Err(Problem::Refused(refusal)) => return Outcome::Failed(Some(422), refusal.message()),
        Err(problem) => return Outcome::Failed(None, format!("Amplop tidak dapat disusun: {problem:?}")),
    };
    match outside::post(&format!("{alamat}{RECEIVE}"), simpul.sertifikat.as_deref(), "application/json", &bytes) {
        Ok((200, text)) => match open_receipt(text.as_bytes(), simpul) {
            Ok(terima) if is_for(&terima, amplop) => Outcome::Received(terima, text),
            _ => Outcome::Failed(None, "Jawabannya bukan tanda terima yang sah.".to_owned()),
        },
        Ok((status, text)) => {
            let said = serde_json::from_str::<serde_json::Value>(&text).ok();
            let said = said.as_ref().and_then(|json| json.get("pesan")?.as_str()).unwrap_or_default();
            let said: String = said.chars().take(300).collect();
            Outcome::Failed(Some(status), format!("Simpul {} menjawab {status}. {said}", simpul.nama).trim_end().to_owned())
        }
        Err(why) => Outcome::Failed(None, why),
    }
}

fn is_for(terima: &Terima, amplop: &Amplop) -> bool {
    terima.amplop == amplop.id && terima.sidik == sidik(amplop.isi.as_bytes())
}

fn settle(tx: &mut Tx<'_>, kerja: &Kerja, id: Id, simpul: &Simpul, outcome: &Outcome) -> Result<(), Problem> {
    // A second process, or a receipt that came as a file, may have been faster.
    let Some(mut amplop) = store::find(tx, id)?.filter(|one| one.keadaan == Keadaan::Menunggu) else { return Ok(()) };
    match outcome {
        Outcome::Received(terima, text) => accept(tx, kerja, amplop, simpul, terima, text),
        Outcome::Failed(status, why) => {
            let now = tx.now()?;
            amplop.sebab = Some(why.clone());
            match next(*status, amplop.percobaan) {
                Next::Again(ms) => {
                    amplop.percobaan += 1;
                    amplop.coba_pada = now.plus_ms(ms);
                    store::save(tx, &amplop)?;
                    Ok(queue(tx, &amplop)?)
                }
                Next::GiveUp => {
                    amplop.percobaan += 1;
                    amplop.keadaan = Keadaan::Gagal;
                    store::save(tx, &amplop)?;
                    tell(tx, kerja, &amplop, &format!("Naskah untuk {} tidak sampai", simpul.nama))?;
                    let act = Entry::new("eoffice.fail-amplop", TABLE, amplop.naskah);
                    Ok(tx.audit(&act.with("simpul", &simpul.nama).with("sebab", why.as_str()))?)
                }
            }
        }
    }
}

/// Whoever wrote the naskah is told. The words name no subject, so they may stand anywhere.
fn tell(tx: &mut Tx<'_>, kerja: &Kerja, amplop: &Amplop, words: &str) -> Result<()> {
    let Some(pembuat) = crate::naskah::store::writer_of(tx, amplop.naskah)? else { return Ok(()) };
    let href = format!("{PAGE}/{}/amplop/{}", amplop.naskah, amplop.id);
    kerja.message(tx, &Message::new(MessageKind::Kabar, format!("jabatan:{pembuat}"), words, href))
}

/// Keeps a receipt: the recipient has the naskah.
fn accept(
    tx: &mut Tx<'_>,
    kerja: &Kerja,
    mut amplop: Amplop,
    simpul: &Simpul,
    terima: &Terima,
    text: &str,
) -> Result<(), Problem> {
    amplop.keadaan = Keadaan::Diterima;
    amplop.sebab = None;
    amplop.diterima_pada = Some(terima.diterima);
    amplop.tanda_terima = Some(text.to_owned());
    store::save(tx, &amplop)?;
    for mut one in penerima::of(tx, amplop.naskah)?.into_iter().filter(|one| one.id == amplop.penerima) {
        one.keadaan = tujuan::Keadaan::Diterima;
        one.diterima_pada = Some(terima.diterima);
        let day = tanggal_panjang(kerja.zona.date(terima.diterima));
        one.tanda_terima = Some(format!("Tanda terima elektronik {}, {} ({day})", terima.daerah, terima.opd));
        penerima::save(tx, &one)?;
    }
    let act = Entry::new("eoffice.receive-tanda-terima", TABLE, amplop.naskah);
    Ok(tx.audit(&act.with("simpul", &simpul.nama).with("opd", &terima.opd))?)
}

/// Takes a receipt that came as a file.
///
/// # Errors
/// [`Refusal`].
pub(crate) fn take_receipt(tx: &mut Tx<'_>, kerja: &Kerja, simpul: &Simpul, bytes: &[u8]) -> Result<Amplop, Problem> {
    let terima = open_receipt(bytes, simpul).map_err(Problem::refused)?;
    let amplop = store::find(tx, terima.amplop)?.filter(|one| one.simpul == simpul.id && is_for(&terima, one));
    let amplop = amplop.ok_or_else(|| Problem::refused(Refusal::NotOurs))?;
    // The same receipt twice changes nothing.
    if amplop.keadaan != Keadaan::Diterima {
        accept(tx, kerja, amplop.clone(), simpul, &terima, &String::from_utf8_lossy(bytes))?;
    }
    Ok(amplop)
}

/// Sends one again that was given up or held back as a file.
///
/// # Errors
/// [`Refusal::Done`].
pub(crate) fn again(tx: &mut Tx<'_>, id: Id) -> Result<(), Problem> {
    let mut amplop = store::find(tx, id)?.ok_or(Problem::NotFound)?;
    if amplop.keadaan == Keadaan::Diterima {
        return Err(Problem::refused(Refusal::Done));
    }
    amplop.keadaan = Keadaan::Menunggu;
    amplop.percobaan = 0;
    amplop.coba_pada = tx.now()?;
    store::save(tx, &amplop)?;
    queue(tx, &amplop)?;
    Ok(tx.audit(&Entry::new("eoffice.send-amplop", TABLE, amplop.naskah).with("amplop", amplop.id))?)
}
