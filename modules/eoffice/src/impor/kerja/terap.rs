//! Taking the letters of a checked book over, a step at a time: what was interrupted goes on where it stopped.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use praja_desk::{
    impor::{Payload, writer},
    instansi,
    registers::{self, RegisterKey, lama},
};
use praja_identity::jabatan;
use praja_kernel::{Id, Moment, Zona};
use praja_module::Instance;
use praja_store::{Keys, Result, StoreError, Tx, audit::Entry};

use super::{super::Impor, APPLY, Act, Calon, Status, after, letters, standing, store};
use crate::{
    AGENDA,
    hitung::{self, Jenis},
    impor::{STEP, TABLE, store::terap::Masuk},
    objek,
    surat_masuk::{Desks, Isi, Status as Keadaan, SuratMasuk, nomor_agenda, openers, pages::form, readers, store as agenda},
};

/// Hour at which a letter of an earlier day counts as received.
const OPENING_HOUR: i8 = 8;

/// Takes the letters over.
pub(crate) fn apply(instance: &Instance, text: &str) -> Result<()> {
    let asked = Payload::read(text)?;
    let id = asked.impor;
    let by = writer(instance, APPLY, asked.oleh);
    let zona = instance.zona;
    loop {
        let Some(impor) = standing(instance, id, Status::Menerapkan)? else { return Ok(()) };
        let at = impor.maju.0;
        let some = instance.db.read(|tx| letters::waiting(tx, id, at, i64::try_from(STEP).unwrap_or(i64::MAX)))?;
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
            .map(|(urut, isi)| {
                let one = serde_json::from_str(&isi).map_err(|e| StoreError::Corrupt(format!("a letter of an import: {e}")))?;
                Ok((urut, one))
            })
            .collect::<Result<Vec<(i64, Calon)>>>()?;
        let years: BTreeSet<i64> = read.iter().map(|(_, one)| one.tahun).collect();
        let keys = years.iter().fold(Keys::unaudited(), |keys, tahun| keys.and(key(impor.opd, *tahun).lock()));
        let went_on = instance.db.write(&by, keys, move |tx| {
            let last = read.last().map_or(at, |(urut, _)| *urut);
            if !letters::advance(tx, id, Status::Menerapkan.as_str(), at, last)? {
                return Ok(false);
            }
            take_over(tx, &impor, zona, &read)?;
            Ok::<_, StoreError>(true)
        })?;
        if !went_on {
            return Ok(());
        }
    }
}

fn key(opd: Id, tahun: i64) -> RegisterKey {
    RegisterKey { opd, kelompok: AGENDA, tahun }
}

fn entry(impor: &Impor) -> Entry {
    Entry::new("eoffice.apply-impor", TABLE, impor.id)
        .with("berkas", &impor.berkas)
        .with("sidik", &impor.sidik)
        .with("surat", impor.hitungan.baru)
        .with("sudah_tercatat", impor.hitungan.sama)
        .with("bermasalah", impor.hitungan.masalah)
        .with("tertinggal", impor.hitungan.tertinggal)
}

/// A few letters: numbers, letters with their readers, search, counts.
fn take_over(tx: &mut Tx<'_>, impor: &Impor, zona: Zona, some: &[(i64, Calon)]) -> Result<()> {
    let head = jabatan::head_of(tx, impor.opd)?.map(|head| head.id);
    let desks = Desks { tata_usaha: impor.jabatan, pimpinan: head };
    let mut senders: HashMap<&str, Option<Id>> = HashMap::new();
    let mut months: BTreeMap<String, i64> = BTreeMap::new();
    let mut all = Vec::with_capacity(some.len());
    for (urut, one) in some {
        let id = tx.new_id()?;
        let Some(nomor) = numbered(tx, impor, one, id)? else {
            letters::leave(tx, impor.id, *urut, "Nomor agendanya diberikan kepada surat lain sesudah berkas diperiksa.")?;
            continue;
        };
        letters::note_number(tx, impor.id, *urut, &nomor_agenda(nomor, one.tahun))?;
        let sender = match senders.get(one.isi.asal.as_str()) {
            Some(known) => *known,
            None => {
                // Years of spellings must not fill the directory: only who is in it already is linked.
                let found = instansi::find(tx, &one.isi.asal)?;
                *senders.entry(&one.isi.asal).or_insert(found)
            }
        };
        *months.entry(hitung::bulan(one.isi.tanggal_terima)).or_default() += 1;
        let surat = letter(impor, one, id, nomor, sender, zona);
        let readers = readers(surat.opd, surat.isi.sifat, desks);
        if surat.isi.sifat.is_secret() {
            agenda::allow_opening(tx, id, &openers(surat.opd, surat.isi.sifat, desks))?;
        } else {
            tx.index_later(&form::found_by(&surat, readers.clone()))?;
        }
        let (baris, sidik) = (i64::from(one.baris), one.sidik.clone());
        all.push(Masuk { surat, baris, sidik, agenda_lama: one.agenda_lama.clone(), readers });
    }
    for (bulan, count) in months {
        hitung::store::add(tx, impor.opd, &bulan, Jenis::Impor, 0, count)?;
    }
    letters::insert_many(tx, impor.id, &all)
}

/// The number of a letter in the register of its year: its own from the old book, or the next one. Nothing when its own was given to
/// another letter meanwhile.
fn numbered(tx: &mut Tx<'_>, impor: &Impor, one: &Calon, id: Id) -> Result<Option<i64>> {
    let (key, objek) = (key(impor.opd, one.tahun), objek(id));
    let Some(own) = one.agenda else {
        loop {
            let drawn = registers::draw(tx, &key, &objek, |urut| nomor_agenda(urut, one.tahun))?;
            // A letter of a first release may hold a number that its register does not know.
            if !letters::is_numbered(tx, impor.opd, one.tahun, drawn.urut)? {
                return Ok(Some(drawn.urut));
            }
        }
    };
    if letters::is_numbered(tx, impor.opd, one.tahun, own)? {
        return Ok(None);
    }
    let keterangan = if one.isi.sifat.is_secret() { one.isi.asal.clone() } else { format!("{}: {}", one.isi.asal, one.isi.hal) };
    let nomor = nomor_agenda(own, one.tahun);
    let lama = lama::Lama { urut: own, nomor: &nomor, objek: &objek, tanggal: one.isi.tanggal_terima, keterangan: &keterangan };
    Ok(lama::Buku::open(tx, key)?.record(tx, &lama)?.then_some(own))
}

/// A letter that was finished long ago: nothing of it waits for anybody.
fn letter(impor: &Impor, one: &Calon, id: Id, agenda: i64, instansi: Option<Id>, zona: Zona) -> SuratMasuk {
    let opened = zona.at(one.isi.tanggal_terima.at(OPENING_HOUR, 0, 0, 0));
    // Letters of one day stand in the order of their numbers.
    let at = Moment(opened.ms() + agenda.clamp(0, 36_000_000));
    SuratMasuk {
        id,
        opd: impor.opd,
        tahun: one.tahun,
        agenda,
        isi: Isi { instansi, ..one.isi.clone() },
        status: Keadaan::Selesai,
        tenggat: at,
        tenggat_sementara: false,
        pemegang: "Buku agenda lama".to_owned(),
        pemegang_sejak: at,
        created_at: at,
        pencatat: Some(impor.jabatan),
        penerima: None,
        disposisi_terakhir: one.disposisi.clone(),
        disposisi_pada: None,
        selesai_pada: Some(at),
        penutup: None,
        versi: 1,
    }
}
