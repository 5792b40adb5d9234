//! Files of the demo: at some offices a part of what is finished lies in files, one of them closed.

use std::{cmp::Reverse, collections::BTreeMap};

use praja_desk::klasifikasi::{Klasifikasi, Nasib};
use praja_kernel::{Date, Id, Scope};
use praja_module::{Demo, Problem};
use praja_store::{Result, StoreError, Tx};

use super::{
    generator::Office,
    naskah::{Pelaku, pelaku},
};
use crate::{
    arsip::{
        Draft, Masa, Persetujuan, draft,
        isi::{Dokumen, Jenis},
        store, write,
    },
    naskah::store as naskah_store,
    surat_masuk, susut,
};

/// So many offices keep files.
const OFFICES: usize = 10;
/// So many letters of an office are filed; the rest waits.
const LETTERS: usize = 24;
/// At most so many letters lie in one file.
const IN_ONE: usize = 3;

/// What becomes of a file of the demo.
#[derive(Clone, Copy, PartialEq)]
enum Nanti {
    /// Proposed for destruction, and not judged.
    Diusulkan,
    Terbuka,
    /// Past its time, and in no list.
    Menunggu,
    /// Its destruction is decided, and not done.
    Ditetapkan,
    Ditutup,
}

/// The files of an office, one of each as far as its letters reach.
const FILES: [Nanti; 5] = [Nanti::Terbuka, Nanti::Diusulkan, Nanti::Menunggu, Nanti::Ditetapkan, Nanti::Ditutup];

pub(super) fn load(demo: &Demo<'_>, offices: &[Office]) -> Result<()> {
    let filing: Vec<&Office> = offices.iter().filter(|office| office.bobot >= 8).take(OFFICES).collect();
    let total = filing.len() as u64;
    for (done, office) in filing.into_iter().enumerate() {
        let opd = office.opd;
        let begun = demo.instance.db.read(|tx| store::list(tx, opd, store::Saringan::Semua, None, 1))?;
        let keeper = office.kepala.as_ref().map(|kepala| pelaku(demo, kepala.jabatan)).transpose()?.flatten();
        if let (true, Some(keeper)) = (begun.is_empty(), keeper) {
            files(demo, opd, &keeper).map_err(|problem| match problem {
                Problem::Store(e) => e,
                other => StoreError::Corrupt(format!("a demo file: {other:?}")),
            })?;
        }
        (demo.progress)("Berkas", done as u64 + 1, total);
    }
    Ok(())
}

fn files(demo: &Demo<'_>, opd: Id, keeper: &Pelaku) -> std::result::Result<(), Problem> {
    let instance = demo.instance;
    let scope = Scope {
        actor: keeper.by.actor.clone(),
        acting: Some(keeper.meja.acting.clone()),
        opd_set: vec![opd],
        roles: Vec::new(),
        permissions: Vec::new(),
    };
    let list = instance.db.read(|tx| Klasifikasi::in_force(tx, instance))?;
    let mut by_code: BTreeMap<String, Vec<Dokumen>> = BTreeMap::new();
    let letters = instance.db.read(|tx| {
        let keys = store::unfiled(tx, &scope, opd, Jenis::Masuk, None, LETTERS)?;
        keys.into_iter().map(|(_, id)| surat_masuk::store::find_any(tx, id)).collect::<Result<Vec<_>>>()
    })?;
    for surat in letters.into_iter().flatten() {
        if let Some(kode) = surat.isi.klasifikasi.clone().filter(|kode| list.is_usable(kode)) {
            by_code.entry(kode).or_default().push(Dokumen::Masuk(Box::new(surat)));
        }
    }
    let sent = instance.db.read(|tx| {
        let keys = store::unfiled(tx, &scope, opd, Jenis::Keluar, None, LETTERS)?;
        keys.into_iter().map(|(_, id)| naskah_store::find_any(tx, instance.keys(), id)).collect::<Result<Vec<_>>>()
    })?;
    for naskah in sent.into_iter().flatten() {
        if let Some(kode) = naskah.isi.klasifikasi.clone().filter(|kode| list.is_usable(kode)) {
            by_code.entry(kode).or_default().push(Dokumen::Keluar(Box::new(naskah)));
        }
    }
    let in_one = (by_code.values().map(Vec::len).sum::<usize>() / FILES.len()).clamp(1, IN_ONE);
    let groups = by_code.into_iter().flat_map(|(kode, mut documents)| {
        let mut groups = Vec::new();
        while !documents.is_empty() {
            let rest = documents.split_off(documents.len().min(in_one));
            groups.push((kode.clone(), groups.len() + 1, std::mem::replace(&mut documents, rest)));
        }
        groups
    });
    let mut groups: Vec<_> = groups.collect();
    // What came last is still open.
    groups.sort_by_key(|(.., documents)| Reverse(documents.iter().map(|one| one.isi().tanggal).min()));
    for (nanti, (kode, part, documents)) in FILES.into_iter().zip(groups) {
        let first = documents.iter().map(|one| one.isi().tanggal).min().unwrap_or(demo.anchor).min(demo.anchor);
        let nama = format!("{} {}", list.uraian(&kode).unwrap_or_default(), first.year());
        let typed = Draft {
            nama: if part == 1 { nama } else { format!("{nama}, bagian {part}") },
            kode,
            dibuka: first.to_string(),
            lokasi: if nanti == Nanti::Diusulkan { "Lemari 1, boks 3".into() } else { String::new() },
            // Only where the schedule names none.
            aktif: "2".into(),
            inaktif: "3".into(),
            nasib: "musnah".into(),
            ..Draft::default()
        };
        let Ok(mut baru) = draft(&typed, &list, demo.anchor) else { continue };
        let today = demo.anchor;
        let past = today.yesterday().unwrap_or(today).max(first);
        let closed = match nanti {
            Nanti::Ditutup => Some(today),
            // Kept for days only, so that something waits for disposal.
            Nanti::Diusulkan | Nanti::Menunggu | Nanti::Ditetapkan if past < today => {
                baru.masa = Masa { aktif: 0, peristiwa: None, inaktif: 0, nasib: Nasib::Musnah, nasib_teks: "Musnah".into() };
                Some(past)
            }
            _ => None,
        };
        let id = instance.db.write(&keeper.by, write::keys(opd), move |tx| {
            let berkas = write::open(tx, opd, &baru)?;
            let id = berkas.id;
            write::file(tx, berkas, documents.clone())?;
            if let Some(day) = closed {
                let berkas = store::find(tx, &[opd], id)?.ok_or(Problem::NotFound)?;
                write::close(tx, berkas, day, None, today)?;
            }
            Ok::<_, Problem>(id)
        })?;
        if closed.is_some() && matches!(nanti, Nanti::Diusulkan | Nanti::Ditetapkan) {
            let decided = nanti == Nanti::Ditetapkan;
            instance.db.write(&keeper.by, write::keys(opd), move |tx| dispose(tx, opd, id, decided, today))?;
        }
    }
    Ok(())
}

/// Moves a file to the records unit and proposes it for destruction, which is then decided or not.
fn dispose(tx: &mut Tx<'_>, opd: Id, berkas: Id, decided: bool, today: Date) -> std::result::Result<(), Problem> {
    let surat = |urut: i64, pejabat: &str| susut::Surat {
        nomor: format!("000.5.6.1/{urut}/{}", today.year()),
        tanggal: today,
        pejabat: pejabat.into(),
        pihak: "Arsiparis".into(),
        saksi: Vec::new(),
        cara: String::new(),
        tempat: "Ruang arsip, rak 2, boks 7".into(),
        catatan: String::new(),
    };
    let moved = susut::write::begin(tx, opd, susut::Jenis::Pindah, None)?;
    susut::write::add(tx, moved.clone(), &[berkas], today)?;
    let moved = susut::store::find(tx, &[opd], moved.id)?.ok_or(Problem::NotFound)?;
    let urut = moved.nomor;
    susut::write::step(tx, moved, susut::Langkah::BeritaAcara, &surat(urut, "Kepala Subbagian Umum"), &[], today)?;
    let proposed = susut::write::begin(tx, opd, susut::Jenis::Musnah, Some(Persetujuan::KepalaDaerah))?;
    let id = proposed.id;
    susut::write::add(tx, proposed, &[berkas], today)?;
    if decided {
        let steps = [
            (susut::Langkah::Nilai, "Ketua panitia penilai"),
            (susut::Langkah::Setujui, "Kepala Daerah"),
            (susut::Langkah::Tetapkan, "Kepala Daerah"),
        ];
        for (langkah, pejabat) in steps {
            let list = susut::store::find(tx, &[opd], id)?.ok_or(Problem::NotFound)?;
            susut::write::step(tx, list, langkah, &surat(urut + 1, pejabat), &[], today)?;
        }
    }
    Ok(())
}
