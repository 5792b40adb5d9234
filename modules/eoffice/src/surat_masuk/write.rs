//! What the steps of a letter change besides the letter itself: rights, tasks, the trail. Inside one transaction.

use praja_desk::tasks;
use praja_identity::jabatan;
use praja_kernel::{ActingAs, Id, Scope, Sifat};
use praja_module::{MessageKind, Problem};
use praja_store::{Result, Tx, audit::Entry};

use super::{
    Refusal, SuratMasuk,
    alur::{self, Langkah},
    store,
};
use crate::{
    OPEN_SECRET, TABLE,
    disposisi::{
        calon::Calon,
        write::{finish, open_letter, release_all, share_with},
    },
    hitung::{self, Jenis},
    kerja::{Kabar, Kerja, judul, judul_for},
    objek, sekretaris,
};

/// May the scope open what is in this letter? Everything but Rahasia and above is open to whoever sees it.
pub(crate) fn may_open(tx: &mut Tx<'_>, scope: &Scope, surat: &SuratMasuk) -> Result<bool> {
    if !surat.isi.sifat.is_secret() || store::opens(tx, scope, surat.id)? {
        return Ok(true);
    }
    // Letters of the first release carry no list of who may open them: the leader they were addressed to.
    let head = jabatan::head_of(tx, surat.opd)?.map(|head| head.id);
    Ok(scope.may(OPEN_SECRET) && head.is_some() && scope.acting.as_ref().map(|acting| acting.jabatan) == head)
}

/// What a task says the leader is to do with a letter that lies on the desk.
pub(crate) const fn leader_verb(sifat: Sifat) -> &'static str {
    match sifat {
        Sifat::Biasa | Sifat::Terbatas => "Disposisikan",
        Sifat::Rahasia | Sifat::SangatRahasia => "Buka",
    }
}

/// Puts a letter on a desk. `surat` comes unmasked.
pub(crate) fn route(tx: &mut Tx<'_>, kerja: &Kerja, mut surat: SuratMasuk, to: &Calon) -> Result<(), Problem> {
    let sifat = surat.isi.sifat;
    surat.status = alur::go(surat.status, Langkah::Arahkan, sifat).map_err(Problem::refused)?;
    // Only the way to the first desk is counted; a letter that is moved on has arrived before.
    if surat.penerima.is_none() {
        let bulan = hitung::bulan(kerja.zona.date(surat.created_at));
        hitung::store::add(tx, surat.opd, &bulan, Jenis::Arahan, hitung::jam(surat.created_at, tx.now()?), 1)?;
    }
    surat.penerima = Some(to.jabatan);
    surat.pemegang.clone_from(&to.nama_jabatan);
    surat.pemegang_sejak = tx.now()?;
    if !store::update(tx, &surat)? {
        return Err(Problem::Conflict);
    }
    let mut subjects = vec![format!("jabatan:{}", to.jabatan)];
    if sifat == Sifat::Biasa {
        subjects.push(format!("opd:{}", to.opd));
    }
    let aides: Vec<Id> = sekretaris::store::of_leader(tx, to.jabatan, kerja.today)?
        .into_iter()
        .filter(|aide| aide.may_see(sifat))
        .map(|aide| aide.sekretaris)
        .collect();
    subjects.extend(aides.iter().map(|aide| format!("jabatan:{aide}")));
    share_with(tx, &surat, sifat, &subjects)?;
    tasks::done(tx, &objek(surat.id))?;
    let judul_pimpinan = judul_for(tx, leader_verb(sifat), &surat, to.jabatan)?;
    open_letter(tx, kerja, &surat, to.jabatan, judul_pimpinan.clone())?;
    for aide in aides {
        let judul = judul_for(tx, &format!("Catat arahan {} atas", to.nama_jabatan), &surat, aide)?;
        open_letter(tx, kerja, &surat, aide, judul)?;
    }
    tx.audit(&Entry::new("eoffice.route-surat-masuk", TABLE, surat.id).with("kepada", &to.nama_jabatan))?;
    let isi = format!("Surat dari {} menunggu arahan Anda.", surat.isi.asal);
    let isi = if sifat == Sifat::Biasa { isi } else { String::new() };
    let tautan = format!("{}/{}", super::pages::LIST, surat.id);
    let kelas = (sifat, surat.isi.derajat);
    kerja.tell(tx, Kabar { jabatan: to.jabatan, judul: judul_pimpinan, isi, tautan, kelas, jenis: MessageKind::Tugas })?;
    Ok(())
}

/// Closes a letter by hand. What was still asked of anybody is not asked any more.
pub(crate) fn close(
    tx: &mut Tx<'_>,
    kerja: &Kerja,
    mut surat: SuratMasuk,
    acting: &ActingAs,
    alasan: &str,
) -> Result<(), Problem> {
    if surat.penerima.is_some_and(|post| post != acting.jabatan) && surat.pencatat != Some(acting.jabatan) {
        return Err(Problem::refused(Refusal::NotYours));
    }
    surat.status = alur::go(surat.status, Langkah::Tutup, surat.isi.sifat).map_err(Problem::refused)?;
    release_all(tx, surat.id, alasan)?;
    finish(tx, kerja, surat, Some(alasan))
}

/// What stands on the covering letter of what came to the wrong address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pengantar {
    pub(crate) langkah: Langkah,
    pub(crate) kepada: String,
    pub(crate) kepada_opd: Option<Id>,
    pub(crate) nomor: String,
    pub(crate) tanggal: praja_kernel::Date,
    pub(crate) alasan: String,
}

/// A covering letter that was saved, with who wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tersimpan {
    pub(crate) isi: Pengantar,
    pub(crate) oleh_nama: String,
    pub(crate) oleh_jabatan: String,
}

/// Sends a letter away that came to the wrong address; within this regency the right office gets it at once.
pub(crate) fn send_away(
    tx: &mut Tx<'_>,
    kerja: &Kerja,
    mut surat: SuratMasuk,
    acting: &ActingAs,
    pengantar: Pengantar,
) -> Result<(), Problem> {
    let (langkah, sifat) = (pengantar.langkah, surat.isi.sifat);
    surat.status = alur::go(surat.status, langkah, sifat).map_err(Problem::refused)?;
    surat.pemegang.clone_from(&pengantar.kepada);
    surat.pemegang_sejak = tx.now()?;
    surat.penutup = Some(pengantar.alasan.clone());
    if !store::update(tx, &surat)? {
        return Err(Problem::Conflict);
    }
    let nama = tx.by()?.actor.nama().to_owned();
    let saved = Tersimpan { isi: pengantar, oleh_nama: nama, oleh_jabatan: acting.nama.clone() };
    store::insert_pengantar(tx, surat.id, &saved)?;
    tasks::done(tx, &objek(surat.id))?;
    hitung::store::add(tx, surat.opd, &hitung::bulan(kerja.zona.date(surat.created_at)), Jenis::SalahAlamat, 0, 1)?;
    let verb = if langkah == Langkah::Teruskan { "eoffice.forward-surat-masuk" } else { "eoffice.return-surat-masuk" };
    let entry = Entry::new(verb, TABLE, surat.id).with("kepada", &saved.isi.kepada).with("pengantar", &saved.isi.nomor);
    tx.audit(&if sifat.is_secret() { entry } else { entry.because(saved.isi.alasan.as_str()) })?;
    let Some(opd) = saved.isi.kepada_opd else { return Ok(()) };
    // Of Biasa the whole office may see it; otherwise its leader alone.
    let head = jabatan::head_of(tx, opd)?.map(|head| format!("jabatan:{}", head.id));
    let reader = if sifat == Sifat::Biasa { Some(format!("opd:{opd}")) } else { head };
    let Some(reader) = reader else { return Ok(()) };
    share_with(tx, &surat, sifat, std::slice::from_ref(&reader))?;
    tasks::open(
        tx,
        &tasks::NewTask {
            untuk: reader,
            judul: judul(&format!("Catat dalam buku agenda, diteruskan {}:", acting.opd_nama), &surat),
            tautan: format!("{}/baru?terusan={}", super::pages::LIST, surat.id),
            objek: crate::objek_terusan(surat.id),
            jatuh_tempo: Some(kerja.zona.date(surat.tenggat)),
            sementara: surat.tenggat_sementara,
        },
    )?;
    Ok(())
}

/// Marks a letter as registered before, as which one.
pub(crate) fn mark_duplicate(tx: &mut Tx<'_>, mut surat: SuratMasuk, of: &str) -> Result<(), Problem> {
    surat.status = alur::go(surat.status, Langkah::Duplikat, surat.isi.sifat).map_err(Problem::refused)?;
    surat.penutup = Some(format!("Sudah dicatat dengan nomor agenda {of}."));
    if !store::update(tx, &surat)? {
        return Err(Problem::Conflict);
    }
    tasks::done(tx, &objek(surat.id))?;
    tx.audit(&Entry::new("eoffice.mark-surat-masuk-duplikat", TABLE, surat.id).with("kembar", of)).map_err(Problem::from)
}
