//! What the steps of a naskah change: rows, rights, tasks, numbers, the trail. Inside one transaction.

pub(crate) mod alamat;
pub(crate) mod hand;
pub(crate) mod lampiran;
pub(crate) mod send;
pub(crate) mod sign;
pub(crate) mod unggahan;

use praja_desk::{attachments, tasks};
use praja_identity::{jabatan, penugasan};
use praja_kernel::{ActingAs, Date, Id, Sifat};
use praja_module::{
    Message, MessageKind, Problem,
    events::{KabarAplikasi, NASKAH_DIKIRIM, NASKAH_DITANDATANGANI},
};
use praja_store::{Keyring, Result, Tx, audit::Entry};

use super::{
    Isi, Naskah, Refusal, Status,
    alur::{self, Langkah},
    store,
    wewenang::Pos,
};
use crate::{
    hitung::{self, Jenis},
    kerja::Kerja,
};

/// The table, which names a naskah in audit, tasks and attachments.
pub(crate) const TABLE: &str = "eoffice_naskah";
/// Where naskah are.
pub(crate) const PAGE: &str = "/eoffice/naskah";

/// The name of a naskah in audit, tasks, attachments and events.
pub(crate) fn objek(id: Id) -> String {
    format!("{TABLE}:{id}")
}

/// The name under which its lampiran are attached until they are pages of the signed naskah.
pub(crate) fn objek_lampiran(id: Id) -> String {
    format!("{TABLE}/lampiran:{id}")
}

/// The name under which the file of a naskah is attached that is uploaded as PDF instead of being written here.
pub(crate) fn objek_badan(id: Id) -> String {
    format!("{TABLE}/badan:{id}")
}

/// Lets subjects open what is going to be signed.
fn grant(tx: &mut Tx<'_>, id: Id, subjects: &[String]) -> Result<()> {
    attachments::grant(tx, &objek_lampiran(id), subjects)?;
    attachments::grant(tx, &objek_badan(id), subjects)
}

/// What a change needs besides the database.
#[derive(Clone)]
pub(crate) struct Meja {
    pub(crate) kerja: Kerja,
    pub(crate) keys: Keyring,
    pub(crate) acting: ActingAs,
}

/// "Paraf naskah Undangan rapat"; of Terbatas and above no subject, of Sangat rahasia no more than that there is one.
pub(crate) fn judul(kerja: &str, naskah: &Naskah) -> String {
    match naskah.isi.sifat {
        Sifat::SangatRahasia => "Ada naskah sangat rahasia".to_owned(),
        sifat if sifat.shows_hal_outside() => format!("{kerja}: {}", naskah.isi.hal),
        sifat => format!("{kerja} ({})", sifat.label().to_lowercase()),
    }
}

/// A post as it is held on a day.
pub(crate) fn pos(tx: &mut Tx<'_>, post: &jabatan::Jabatan, day: Date) -> Result<(Pos, Option<jabatan::Holder>)> {
    let holder = jabatan::holder_on(tx, post.id, day)?;
    let cara = holder.as_ref().map_or(penugasan::Jenis::Definitif, |holder| holder.jenis);
    Ok((Pos { nama: post.nama.clone(), cara }, holder))
}

/// The posts above one, nearest first.
pub(crate) fn above(tx: &mut Tx<'_>, post: Id) -> Result<Vec<jabatan::Jabatan>> {
    let (mut all, mut at) = (Vec::new(), post);
    // A slip in the tree must not hold the page for ever.
    while all.len() < 12 {
        match jabatan::superior(tx, at)? {
            Some(up) => {
                at = up.id;
                all.push(up);
            }
            None => break,
        }
    }
    Ok(all)
}

/// Saves a new draft.
pub(crate) fn create(tx: &mut Tx<'_>, meja: &Meja, jenis: &str, isi: Isi, surat_masuk: Option<Id>) -> Result<Id, Problem> {
    let (id, now) = (tx.new_id()?, tx.now()?);
    let signer = jabatan::get(tx, isi.penandatangan)?.ok_or(Problem::NotFound)?;
    let (pos, _) = pos(tx, &signer, meja.kerja.today)?;
    let nama = tx.by()?.actor.nama().to_owned();
    let naskah = Naskah {
        id,
        opd: signer.opd,
        jenis: jenis.to_owned(),
        status: Status::Konsep,
        isi,
        pembuat: meja.acting.jabatan,
        pembuat_jabatan: meja.acting.nama.clone(),
        pembuat_nama: nama,
        versi_isi: 1,
        surat_masuk,
        nomor: None,
        pemegang: meja.acting.nama.clone(),
        pemegang_sejak: now,
        penandatangan_jabatan: penugasan::display_name(pos.cara, &signer.nama),
        penandatangan_nama: String::new(),
        ditandatangani_pada: None,
        dikirim_pada: None,
        letak: None,
        berkas: None,
        token: None,
        penutup: None,
        created_at: now,
        versi: 1,
    };
    store::insert(tx, &meja.keys, &naskah)?;
    store::allow(tx, &naskah, &[format!("jabatan:{}", meja.acting.jabatan)])?;
    tx.audit(&entry("eoffice.create-naskah", &naskah).with("jenis", jenis))?;
    Ok(id)
}

/// Saves changed words; a version is added only when something in them changed. What was initialled for older words counts no more.
pub(crate) fn change(tx: &mut Tx<'_>, meja: &Meja, mut naskah: Naskah, isi: Isi) -> Result<(), Problem> {
    if naskah.pembuat != meja.acting.jabatan {
        return Err(Problem::refused(Refusal::NotYours));
    }
    if !naskah.status.is_draft() {
        return Err(Problem::refused(Refusal::NotNow { langkah: Langkah::Ajukan, status: naskah.status }));
    }
    if naskah.isi == isi {
        return Ok(());
    }
    let signer = jabatan::get(tx, isi.penandatangan)?.ok_or(Problem::NotFound)?;
    let (pos, _) = pos(tx, &signer, meja.kerja.today)?;
    // The class decides how the words are kept: a change of it keeps them anew.
    let words =
        naskah.isi.bidang != isi.bidang || naskah.isi.hal != isi.hal || naskah.isi.sifat.is_secret() != isi.sifat.is_secret();
    naskah.isi = isi;
    naskah.opd = signer.opd;
    naskah.penandatangan_jabatan = penugasan::display_name(pos.cara, &signer.nama);
    if words {
        naskah.versi_isi += 1;
    }
    if !store::update(tx, &naskah)? {
        return Err(Problem::Conflict);
    }
    if words {
        store::insert_versi(tx, &meja.keys, &naskah)?;
    }
    Ok(tx.audit(&entry("eoffice.change-naskah", &naskah).with("versi", naskah.versi_isi))?)
}

/// An audit row; of a secret naskah it carries no word of the content.
pub(crate) fn entry(tindakan: &'static str, naskah: &Naskah) -> Entry {
    let entry = Entry::new(tindakan, TABLE, naskah.id);
    if naskah.isi.sifat.is_secret() { entry } else { entry.with("hal", &naskah.isi.hal) }
}

/// Moves a naskah on and gives whoever is next a task.
pub(crate) struct Next {
    pub(crate) jabatan: Id,
    pub(crate) nama: String,
    pub(crate) kerja: &'static str,
}

pub(crate) fn pass(
    tx: &mut Tx<'_>,
    meja: &Meja,
    naskah: &mut Naskah,
    langkah: Langkah,
    done: bool,
    next: &[Next],
) -> Result<(), Problem> {
    naskah.status = alur::go(naskah.status, langkah, done).map_err(Problem::refused)?;
    naskah.pemegang_sejak = tx.now()?;
    naskah.pemegang = next.iter().map(|one| one.nama.as_str()).collect::<Vec<_>>().join(", ");
    if !store::update(tx, naskah)? {
        return Err(Problem::Conflict);
    }
    naskah.versi += 1;
    count(tx, meja, naskah, langkah)?;
    let jenis = match langkah {
        Langkah::Tandatangani => Some(NASKAH_DITANDATANGANI),
        Langkah::Kirim => Some(NASKAH_DIKIRIM),
        _ => None,
    };
    if let Some(jenis) = jenis {
        tx.emit(&kabar(jenis, naskah))?;
    }
    tasks::done(tx, &objek(naskah.id))?;
    let subjects: Vec<String> = next.iter().map(|one| format!("jabatan:{}", one.jabatan)).collect();
    store::allow(tx, naskah, &subjects)?;
    grant(tx, naskah.id, &subjects)?;
    for one in next {
        open_task(tx, meja, naskah, one)?;
    }
    Ok(())
}

/// What other programs of the regency are told of a naskah: its number and its state.
fn kabar(jenis: &str, naskah: &Naskah) -> KabarAplikasi {
    let nomor = naskah.nomor.as_ref().filter(|nomor| nomor.urut > 0);
    KabarAplikasi {
        jenis: jenis.to_owned(),
        opd: naskah.opd,
        id: naskah.id,
        nomor: nomor.map(|nomor| nomor.teks.clone()).unwrap_or_default(),
        status: naskah.status.as_str().to_owned(),
        alamat: format!("/api/v1/eoffice/naskah-keluar/{}", naskah.id),
    }
}

/// What the statistics keep of a step. A naskah counts in the month of its own date.
fn count(tx: &mut Tx<'_>, meja: &Meja, naskah: &Naskah, langkah: Langkah) -> Result<(), Problem> {
    let (jenis, day) = match langkah {
        Langkah::Ajukan => (Jenis::Diajukan, meja.kerja.today),
        Langkah::Kembalikan => (Jenis::Dikembalikan, meja.kerja.today),
        Langkah::Tandatangani => (Jenis::Keluar, naskah.nomor.as_ref().map_or(meja.kerja.today, |nomor| nomor.tanggal)),
        _ => return Ok(()),
    };
    Ok(hitung::store::add(tx, naskah.opd, &hitung::bulan(day), jenis, 0, 1)?)
}

fn open_task(tx: &mut Tx<'_>, meja: &Meja, naskah: &Naskah, next: &Next) -> Result<(), Problem> {
    let (judul, tautan, untuk) =
        (judul(next.kerja, naskah), format!("{PAGE}/{}", naskah.id), format!("jabatan:{}", next.jabatan));
    tasks::open(
        tx,
        &tasks::NewTask {
            untuk: untuk.clone(),
            judul: judul.clone(),
            tautan: tautan.clone(),
            objek: objek(naskah.id),
            jatuh_tempo: None,
            sementara: false,
        },
    )?;
    let message = Message::new(MessageKind::Tugas, untuk, judul, tautan).about(naskah.isi.sifat, naskah.isi.derajat);
    Ok(meja.kerja.message(tx, &message)?)
}
