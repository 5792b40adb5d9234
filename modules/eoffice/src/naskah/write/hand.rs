//! From the writer's desk to the signer's: handing on, initialling, sending back, taking back, refusing.

use praja_desk::tasks;
use praja_identity::{jabatan, penugasan};
use praja_kernel::Id;
use praja_module::Problem;
use praja_store::Tx;

use super::{Meja, Next, above, entry, objek, pass};
use crate::naskah::{
    Naskah, Refusal, Status,
    alur::Langkah,
    rantai::{self, Jenis, Keadaan, Paraf},
    store,
};

/// The chain as it is proposed for a naskah: the own line by the tree of posts.
pub(crate) fn proposed(tx: &mut Tx<'_>, meja: &Meja, naskah: &Naskah) -> Result<Vec<jabatan::Jabatan>, Problem> {
    let line = above(tx, naskah.pembuat)?;
    let ids: Vec<Id> = line.iter().map(|post| post.id).collect();
    let head = jabatan::head_of(tx, meja.acting.opd)?.map(|head| head.id);
    let usual = rantai::usual(naskah.pembuat, naskah.isi.penandatangan, &ids, head);
    Ok(line.into_iter().filter(|post| usual.contains(&post.id)).collect())
}

/// Hands a naskah on. `line` are the posts of the own line that initial, lowest first; `others` those of other units.
pub(crate) fn submit(tx: &mut Tx<'_>, meja: &Meja, mut naskah: Naskah, line: &[Id], others: &[Id]) -> Result<(), Problem> {
    own(meja, &naskah)?;
    let (before, _) = store::paraf::last(tx, naskah.id)?;
    let mut chain = Vec::new();
    let posts = line.iter().map(|id| (*id, Jenis::Hierarki)).chain(others.iter().map(|id| (*id, Jenis::Koordinasi)));
    for (urut, (post, jenis)) in posts.enumerate() {
        let found = jabatan::get(tx, post)?.ok_or(Problem::NotFound)?;
        let holder = jabatan::holder_on(tx, post, meja.kerja.today)?;
        chain.push(Paraf {
            id: tx.new_id()?,
            urut: i64::try_from(urut).unwrap_or(i64::MAX) + 1,
            jabatan: post,
            jabatan_nama: holder.map_or_else(|| found.nama.clone(), |holder| penugasan::display_name(holder.jenis, &found.nama)),
            jenis,
            keadaan: Keadaan::Menunggu,
            versi: None,
            oleh: None,
            catatan: None,
            pada: None,
        });
    }
    if before > 0 {
        store::paraf::void(tx, naskah.id, before)?;
    }
    store::paraf::insert(tx, naskah.id, before + 1, &chain)?;
    let (done, next) = next(&naskah, &chain);
    pass(tx, meja, &mut naskah, Langkah::Ajukan, done, &next)?;
    Ok(tx
        .audit(&entry("eoffice.submit-naskah", &naskah).with("versi", naskah.versi_isi).with("paraf", chain.len().to_string()))?)
}

/// Who is next: those whose turn it is, or the signer.
fn next(naskah: &Naskah, chain: &[Paraf]) -> (bool, Vec<Next>) {
    let turn = rantai::turns(chain);
    if turn.is_empty() {
        let nama = naskah.penandatangan_jabatan.clone();
        return (true, vec![Next { jabatan: naskah.isi.penandatangan, nama, kerja: "Tanda tangani naskah" }]);
    }
    let next = turn.iter().map(|one| Next { jabatan: one.jabatan, nama: one.jabatan_nama.clone(), kerja: "Paraf naskah" });
    (false, next.collect())
}

/// One post initials the words as they are in `versi`.
pub(crate) fn initial(tx: &mut Tx<'_>, meja: &Meja, mut naskah: Naskah, versi: i64, catatan: &str) -> Result<(), Problem> {
    let (_, mut chain) = store::paraf::last(tx, naskah.id)?;
    let mine = turn_of(&naskah, &chain, meja.acting.jabatan)?;
    if versi != naskah.versi_isi {
        return Err(Problem::refused(Refusal::OldVersion));
    }
    let (nama, now) = (tx.by()?.actor.nama().to_owned(), tx.now()?);
    let one = &mut chain[mine];
    one.keadaan = Keadaan::Diparaf;
    one.versi = Some(versi);
    one.oleh = Some(nama);
    one.catatan = Some(catatan.to_owned()).filter(|text| !text.is_empty());
    one.pada = Some(now);
    if !store::paraf::save(tx, one)? {
        return Err(Problem::Conflict);
    }
    let (done, next) = next(&naskah, &chain);
    pass(tx, meja, &mut naskah, Langkah::Paraf, done, &next)?;
    Ok(tx.audit(&entry("eoffice.initial-naskah", &naskah).with("versi", versi).with("jabatan", &meja.acting.nama))?)
}

/// Where in the chain a post is that may act now.
fn turn_of(naskah: &Naskah, chain: &[Paraf], post: Id) -> Result<usize, Problem> {
    if naskah.status != Status::Paraf {
        return Err(Problem::refused(Refusal::NotNow { langkah: Langkah::Paraf, status: naskah.status }));
    }
    let turn = rantai::turns(chain).into_iter().find(|one| one.jabatan == post).map(|one| one.id);
    turn.and_then(|id| chain.iter().position(|one| one.id == id)).ok_or_else(|| Problem::refused(Refusal::NotYours))
}

/// May the post act on it now: initial it, or sign it?
pub(crate) fn is_turn_of(naskah: &Naskah, chain: &[Paraf], post: Id) -> bool {
    match naskah.status {
        Status::Paraf => turn_of(naskah, chain, post).is_ok(),
        Status::SiapTte => naskah.isi.penandatangan == post,
        _ => false,
    }
}

/// Whoever's turn it is sends it back to its writer.
pub(crate) fn send_back(tx: &mut Tx<'_>, meja: &Meja, mut naskah: Naskah, alasan: &str) -> Result<(), Problem> {
    let (_, mut chain) = store::paraf::last(tx, naskah.id)?;
    if !is_turn_of(&naskah, &chain, meja.acting.jabatan) {
        return Err(Problem::refused(Refusal::NotYours));
    }
    if let Some(one) = chain.iter_mut().find(|one| one.jabatan == meja.acting.jabatan && one.keadaan == Keadaan::Menunggu) {
        one.keadaan = Keadaan::Dikembalikan;
        one.versi = Some(naskah.versi_isi);
        one.oleh = Some(tx.by()?.actor.nama().to_owned());
        one.catatan = Some(alasan.to_owned());
        one.pada = Some(tx.now()?);
        store::paraf::save(tx, one)?;
    }
    let back = [Next { jabatan: naskah.pembuat, nama: naskah.pembuat_jabatan.clone(), kerja: "Perbaiki naskah" }];
    pass(tx, meja, &mut naskah, Langkah::Kembalikan, false, &back)?;
    because(tx, "eoffice.return-naskah", &naskah, alasan)
}

/// The writer takes it back before it has its number.
pub(crate) fn withdraw(tx: &mut Tx<'_>, meja: &Meja, mut naskah: Naskah) -> Result<(), Problem> {
    own(meja, &naskah)?;
    let (putaran, _) = store::paraf::last(tx, naskah.id)?;
    store::paraf::void(tx, naskah.id, putaran)?;
    pass(tx, meja, &mut naskah, Langkah::Tarik, false, &[])?;
    naskah.pemegang.clone_from(&naskah.pembuat_jabatan);
    if !store::update(tx, &naskah)? {
        return Err(Problem::Conflict);
    }
    Ok(tx.audit(&entry("eoffice.withdraw-naskah", &naskah))?)
}

/// The signer refuses it for good.
pub(crate) fn refuse(tx: &mut Tx<'_>, meja: &Meja, mut naskah: Naskah, alasan: &str) -> Result<(), Problem> {
    if naskah.isi.penandatangan != meja.acting.jabatan {
        return Err(Problem::refused(Refusal::NotYours));
    }
    naskah.penutup = Some(alasan.to_owned());
    pass(tx, meja, &mut naskah, Langkah::Tolak, false, &[])?;
    let told = tasks::NewTask {
        untuk: format!("jabatan:{}", naskah.pembuat),
        judul: super::judul("Baca alasan penolakan naskah", &naskah),
        tautan: format!("{}/{}", super::PAGE, naskah.id),
        objek: objek(naskah.id),
        jatuh_tempo: None,
        sementara: false,
    };
    tasks::open_light(tx, &told)?;
    because(tx, "eoffice.refuse-naskah", &naskah, alasan)
}

/// An audit row with its reason, which of a secret naskah stays out of the trail.
pub(super) fn because(tx: &mut Tx<'_>, tindakan: &'static str, naskah: &Naskah, alasan: &str) -> Result<(), Problem> {
    let entry = entry(tindakan, naskah);
    Ok(tx.audit(&if naskah.isi.sifat.is_secret() { entry } else { entry.because(alasan) })?)
}

fn own(meja: &Meja, naskah: &Naskah) -> Result<(), Problem> {
    if naskah.pembuat == meja.acting.jabatan { Ok(()) } else { Err(Problem::refused(Refusal::NotYours)) }
}
