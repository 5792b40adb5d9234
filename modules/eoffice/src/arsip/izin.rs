//! Signed licences and their letters come into the archive by themselves, told by the service that issued them. The paper stays with its owner:
//! the archive holds a line that opens it. What is told twice is filed once.

use praja_desk::klasifikasi::{Klasifikasi, Retensi};
use praja_kernel::{Date, Id, Sifat};
use praja_module::{
    Instance,
    events::{BerkasIzin, IzinDitindak, IzinDitolak, IzinTerbit},
};
use praja_store::{Delivery, Event, Keys, Result, StoreError, Tx, audit::Entry};
use serde::{Deserialize, Serialize};

use super::{
    Baru, Masa, Tahap,
    isi::{Isi, Jenis},
    store, write,
};

/// The job that files what was told.
pub(crate) const FILE: &str = "eoffice.file-izin";
/// The job that asks for what was told while the module was off.
pub(crate) const CATCH_UP: &str = "eoffice.catch-up-izin";
/// What it listens to.
const KINDS: [&str; 3] = [IzinTerbit::KIND, IzinDitolak::KIND, IzinDitindak::KIND];
/// Licences of a PTSP (Permendagri 83/2022): where a service names a code that the list in force does not know.
const KODE: &str = "500.16.7.2";
/// Events of one look.
const STEP: usize = 500;

/// Papers to be filed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Terima {
    pub(crate) opd: Id,
    pub(crate) nomor: String,
    pub(crate) tanggal: Date,
    pub(crate) uraian: String,
    pub(crate) berkas: Vec<BerkasIzin>,
}

/// What an event brings to the archive; nothing where no paper goes with it.
fn brought(delivery: &Delivery) -> Result<Option<Terima>> {
    let found = if let Some(event) = delivery.read::<IzinTerbit>()? {
        let uraian = event.layanan;
        Some(Terima {
            opd: event.opd,
            nomor: event.nomor,
            tanggal: event.tanggal,
            uraian,
            berkas: event.berkas.into_iter().collect(),
        })
    } else if let Some(event) = delivery.read::<IzinDitolak>()? {
        let uraian = format!("Penolakan {}", event.layanan);
        Some(Terima {
            opd: event.opd,
            nomor: event.nomor,
            tanggal: event.tanggal,
            uraian,
            berkas: event.berkas.into_iter().collect(),
        })
    } else if let Some(event) = delivery.read::<IzinDitindak>()? {
        let uraian = format!("Risalah: {} ({})", event.tindakan.to_lowercase(), event.layanan);
        Some(Terima { opd: event.opd, nomor: event.nomor, tanggal: event.tanggal, uraian, berkas: event.berkas })
    } else {
        None
    };
    Ok(found.filter(|one| !one.berkas.is_empty()))
}

/// Hears of a paper: the work is queued, because filing needs the classification in force and the archive of its OPD for itself.
pub(crate) fn hear(tx: &mut Tx<'_>, delivery: &Delivery) -> Result<()> {
    let Some(found) = brought(delivery)? else { return Ok(()) };
    let now = tx.now()?;
    tx.enqueue(FILE, &found, now, Some(&format!("{FILE}:{}", delivery.id)))?;
    Ok(())
}

/// Runs [`FILE`]. Killed in the middle it runs again and finds what lies there already.
pub(crate) fn run(instance: &Instance, payload: &str) -> Result<()> {
    let found: Terima = serde_json::from_str(payload).map_err(|e| StoreError::Corrupt(format!("payload of {FILE}: {e}")))?;
    let list = instance.db.read(|tx| Klasifikasi::in_force(tx, instance))?;
    instance.db.write(&instance.by_system(FILE), write::keys(found.opd), move |tx| file(tx, &list, &found))
}

/// Puts what is not filed yet into the open file of its service's code and year.
fn file(tx: &mut Tx<'_>, list: &Klasifikasi, found: &Terima) -> Result<()> {
    for paper in &found.berkas {
        if store::of_surat(tx, paper.lampiran)?.is_some() {
            continue;
        }
        let (kode, masa) = schedule(list, &paper.klasifikasi)?;
        let sumber = format!("izin:{}:{kode}", found.tanggal.year());
        let berkas = match store::open_of(tx, found.opd, &sumber)? {
            Some(berkas) => berkas,
            None => open(tx, found, &sumber, kode, masa)?,
        };
        let refused = |e: super::Refusal| StoreError::Statement(e.to_string());
        let berkas = berkas.take(Sifat::Biasa).map_err(refused)?;
        let isi = Isi {
            jenis: Jenis::Izin,
            surat: paper.lampiran,
            nomor_surat: Some(found.nomor.clone()),
            tanggal: found.tanggal,
            uraian: found.uraian.clone(),
            pihak: String::new(),
            sifat: Sifat::Biasa,
            objek: paper.objek.clone(),
        };
        store::insert_isi(tx, berkas.id, &isi)?;
        if !store::update(tx, &berkas)? {
            return Err(StoreError::Statement("the file changed while it was written".into()));
        }
        let entry = Entry::new("eoffice.file-izin", write::TABLE, berkas.id).with("berkas", berkas.nomor);
        tx.audit(&entry.with("nomor", &found.nomor).with("sidik", &paper.sidik))?;
    }
    Ok(())
}

fn open(tx: &mut Tx<'_>, found: &Terima, sumber: &str, kode: String, masa: Masa) -> Result<super::Berkas> {
    let baru = Baru {
        nama: format!("Izin dan suratnya tahun {}", found.tanggal.year()),
        kode,
        uraian: Some("Dibuka oleh sistem. Isinya masuk sendiri dari layanan yang menerbitkannya.".into()),
        lokasi: None,
        dibuka: found.tanggal,
        masa,
    };
    let berkas = store::insert(tx, found.opd, &baru)?;
    store::set_source(tx, berkas.id, sumber)?;
    let entry = Entry::new("eoffice.create-berkas", write::TABLE, berkas.id).with("berkas", berkas.nomor);
    tx.audit(&entry.with("kode", &berkas.kode).with("nama", &berkas.nama))?;
    debug_assert_eq!(berkas.tahap, Tahap::Terbuka);
    Ok(berkas)
}

/// Code and retention: by the list in force, else by the shipped one; a code neither knows is filed as licences are.
fn schedule(list: &Klasifikasi, kode: &str) -> Result<(String, Masa)> {
    let shipped = Klasifikasi::shipped();
    let of = |code: &str| -> Option<&Retensi> {
        let own = list.get(code).and_then(|found| found.retensi.as_ref());
        own.or_else(|| shipped.get(code).and_then(|found| found.retensi.as_ref()))
    };
    [kode, KODE]
        .iter()
        .find_map(|code| of(code).map(|retensi| ((*code).to_owned(), Masa::from(retensi))))
        .ok_or_else(|| StoreError::Corrupt(format!("no retention for {kode}")))
}

/// Runs [`CATCH_UP`]: what was told before e-Office was switched on, or while it was off, is heard now.
pub(crate) fn catch_up(instance: &Instance, _: &str) -> Result<()> {
    loop {
        let more = instance.db.write(&instance.by_system(CATCH_UP), Keys::unaudited(), move |tx| {
            let reached = store::caught_up(tx, CATCH_UP)?;
            let (next, more) = tx.catch_up(crate::ID, &KINDS, reached, STEP)?;
            store::set_caught_up(tx, CATCH_UP, next)?;
            Ok::<_, StoreError>(more)
        })?;
        if !more {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use praja_desk::klasifikasi::Nasib;

    use super::*;

    #[test]
    fn licences_are_kept_three_years_and_seven_and_then_for_ever_as_the_schedule_says() {
        let (kode, masa) = schedule(Klasifikasi::shipped(), KODE).unwrap();
        assert_eq!((kode.as_str(), masa.aktif, masa.inaktif, masa.nasib), (KODE, 3, 7, Nasib::Permanen));
    }

    #[test]
    fn a_code_of_its_own_is_followed_and_one_nobody_knows_is_filed_as_licences_are() {
        assert_eq!(schedule(Klasifikasi::shipped(), "500.16.7.4").unwrap().0, "500.16.7.4");
        assert_eq!(schedule(Klasifikasi::shipped(), "123.45.6").unwrap().0, KODE);
        assert_eq!(schedule(&Klasifikasi::read("kode,induk\n"), KODE).unwrap().1.aktif, 3, "a regency's own list may be silent");
    }
}
