//! Taking the licences of a checked file over, a step at a time: what was interrupted goes on where it stopped.

use praja_desk::{
    impor::{Payload, writer},
    verify::{self, Issuer, New, TandaTangan},
};
use praja_identity::opd;
use praja_kernel::{Id, Sifat};
use praja_module::{Instance, Problem};
use praja_store::{Keys, Result, StoreError, Tx, audit::Entry};

use super::{APPLY, Act, Calon, Impor, Status, Tindakan, Tulis, after, licences, standing, store};
use crate::{
    impor::{
        STEP, TABLE,
        store::terap::{Keluar, Masuk},
    },
    izin::{Keadaan, objek, store::Izin},
};

/// What the page of verification says where the register names nobody.
const UNKNOWN: &str = "tidak tercatat pada aplikasi lama";

/// Takes the licences over.
pub(crate) fn apply(instance: &Instance, text: &str) -> Result<()> {
    let asked = Payload::read(text)?;
    let id = asked.impor;
    let by = writer(instance, APPLY, asked.oleh);
    let issuer = Issuer::of(instance);
    loop {
        let Some(impor) = standing(instance, id, Status::Menerapkan)? else { return Ok(()) };
        let at = impor.maju.0;
        let some = instance.db.read(|tx| licences::waiting(tx, id, at, i64::try_from(STEP).unwrap_or(i64::MAX)))?;
        if some.is_empty() {
            let to = after(&impor, Act::Finish)?;
            return instance.db.write(&by, Keys::none(), move |tx| {
                let Some(impor) = store::get(tx, id)? else { return Ok(()) };
                if store::move_on(tx, id, Status::Menerapkan, to, None)? {
                    tx.audit(&entry(&impor))?;
                }
                Ok(())
            });
        }
        let read = some
            .into_iter()
            .map(|(urut, act, isi)| {
                let one = serde_json::from_str(&isi).map_err(|e| StoreError::Corrupt(format!("a licence of an import: {e}")))?;
                Ok((urut, act, one))
            })
            .collect::<Result<Vec<(i64, Tindakan, Tulis)>>>()?;
        let issuer = issuer.clone();
        let went_on = instance.db.write(&by, Keys::none(), move |tx| {
            let last = read.last().map_or(at, |(urut, ..)| *urut);
            if !licences::advance(tx, id, Status::Menerapkan.as_str(), at, last)? {
                return Ok(false);
            }
            take_over(tx, &impor, &issuer, &read)?;
            licences::empty(tx, id, at, last)?;
            Ok::<_, StoreError>(true)
        })?;
        if !went_on {
            return Ok(());
        }
    }
}

fn entry(impor: &Impor) -> Entry {
    Entry::new(APPLY, TABLE, impor.id)
        .with("berkas", &impor.berkas)
        .with("sidik", &impor.sidik)
        .with("izin", impor.hitungan.baru)
        .with("diperbarui", impor.hitungan.ubah)
        .with("sudah_tercatat", impor.hitungan.sama)
        .with("bermasalah", impor.hitungan.masalah)
        .with("tertinggal", impor.hitungan.tertinggal)
}

/// A few licences: those that come in, and those that are written over.
fn take_over(tx: &mut Tx<'_>, impor: &Impor, issuer: &Issuer, some: &[(i64, Tindakan, Tulis)]) -> Result<()> {
    let opd_nama = opd::get(tx, impor.opd)?.map(|opd| opd.nama).unwrap_or_default();
    let mut all = Vec::with_capacity(some.len());
    for (urut, act, Tulis { calon, izin }) in some {
        match izin {
            Some(izin) => {
                if !write_over(tx, (impor.id, issuer, &opd_nama), *izin, calon)? {
                    licences::leave(tx, impor.id, *urut, *act, "Izin ini dipakai sesudah berkas diperiksa; tidak diubah.")?;
                }
            }
            None if licences::is_there(tx, calon.jenis, &calon.nomor)? => {
                licences::leave(tx, impor.id, *urut, *act, "Nomor ini dicatat dari tempat lain sesudah berkas diperiksa.")?;
            }
            None => all.push(Masuk { izin: licence(tx, issuer, &opd_nama, calon)?, calon: calon.clone() }),
        }
    }
    licences::insert_many(tx, impor.id, &all)
}

fn write_over(tx: &mut Tx<'_>, (impor, issuer, opd_nama): (Id, &Issuer, &str), izin: Id, calon: &Calon) -> Result<bool> {
    let Some(touched) = licences::changed(tx, impor, izin)?.filter(|one| !one.tersentuh) else { return Ok(false) };
    let Some((before, versi, _)) = licences::one(tx, izin)? else { return Ok(false) };
    let kept = serde_json::to_string(&before).map_err(|e| StoreError::Corrupt(format!("a licence of an import: {e}")))?;
    licences::keep_before(tx, impor, izin, &kept)?;
    restand(tx, (issuer, opd_nama), &touched, before.keadaan, calon)?;
    licences::overwrite(tx, izin, versi, calon)
}

/// Lets the page of verification say how a licence stands now. What was revoked there stays revoked for ever: a licence that is in force
/// again gets a page of its own.
pub(super) fn restand(
    tx: &mut Tx<'_>,
    (issuer, opd_nama): (&Issuer, &str),
    one: &Keluar,
    from: Keadaan,
    to: &Calon,
) -> Result<()> {
    if from == to.keadaan {
        return Ok(());
    }
    if from == Keadaan::Dicabut {
        let issued = verify::issue(tx, issuer, &new(one.id, opd_nama, to))?;
        told(tx, &issued.token, to.keadaan)?;
        return licences::set_token(tx, one.id, &issued.token);
    }
    match &one.token {
        Some(token) if to.keadaan == Keadaan::Aktif => verify::thaw(tx, token).map_err(plain),
        Some(token) => told(tx, token, to.keadaan),
        None => Ok(()),
    }
}

/// What the page of verification says of a licence that is held up or was taken back.
fn told(tx: &mut Tx<'_>, token: &str, keadaan: Keadaan) -> Result<()> {
    match keadaan {
        Keadaan::Dicabut => verify::revoke(tx, token, "Dicabut menurut daftar aplikasi lama.", None).map_err(plain),
        Keadaan::Dibekukan => verify::freeze(tx, token, "Dibekukan menurut daftar aplikasi lama.").map_err(plain),
        _ => Ok(()),
    }
}

/// What the page of verification refuses cannot be a refusal for somebody here: nobody waits.
pub(super) fn plain(problem: Problem) -> StoreError {
    match problem {
        Problem::Store(e) => e,
        other => StoreError::Statement(format!("{other:?}")),
    }
}

/// What the page of verification tells: where it was recorded from, since there is no paper of ours.
fn new(id: Id, opd_nama: &str, one: &Calon) -> New {
    let or = |words: &str| if words.is_empty() { UNKNOWN.to_owned() } else { words.to_owned() };
    New {
        objek: objek(id),
        jenis: one.jenis_nama.clone(),
        nomor: one.nomor.clone(),
        tanggal: one.tanggal,
        hal: "Diterbitkan sebelum Praja dipakai; dicatat dari daftar aplikasi lama. Cocokkan dengan dokumen aslinya.".to_owned(),
        sifat: Sifat::Biasa,
        jabatan: or(&one.jabatan),
        penandatangan: or(&one.penandatangan),
        opd_nama: opd_nama.to_owned(),
        tanda_tangan: TandaTangan::Basah,
        ditandatangani: None,
        sidik: None,
    }
}

/// A licence as the register has it.
fn licence(tx: &mut Tx<'_>, issuer: &Issuer, opd_nama: &str, one: &Calon) -> Result<Izin> {
    let (id, now) = (tx.new_id()?, tx.now()?);
    let issued = verify::issue(tx, issuer, &new(id, opd_nama, one))?;
    told(tx, &issued.token, one.keadaan)?;
    Ok(Izin {
        id,
        permohonan: None,
        jenis: one.jenis,
        jenis_nama: one.jenis_nama.clone(),
        nomor: one.nomor.clone(),
        urut: 0,
        tanggal: one.tanggal,
        nama: one.nama.clone(),
        nik: one.nik.clone(),
        objek: one.objek.clone(),
        lokasi: one.lokasi.clone(),
        keadaan: one.keadaan,
        berlaku_dari: one.dari,
        berlaku_sampai: one.sampai,
        lama: None,
        pengganti: None,
        token: Some(issued.token),
        lampiran: None,
        penandatangan: one.penandatangan.clone(),
        jabatan: one.jabatan.clone(),
        peringatan: 0,
        created_at: now,
        versi: 1,
    })
}
