//! Files of the demo: at some offices a part of what is finished lies in files, one of them closed.

use std::collections::BTreeMap;

use praja_desk::klasifikasi::Klasifikasi;
use praja_kernel::{Id, Scope};
use praja_module::{Demo, Problem};
use praja_store::{Result, StoreError};

use super::{
    generator::Office,
    naskah::{Pelaku, pelaku},
};
use crate::{
    arsip::{
        Draft, draft,
        isi::{Dokumen, Jenis},
        store, write,
    },
    surat_masuk,
};

/// So many offices keep files.
const OFFICES: usize = 10;
/// So many letters of an office are filed; the rest waits.
const LETTERS: usize = 12;
/// So many files an office has.
const FILES: usize = 4;

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
    for (at, (kode, documents)) in by_code.into_iter().take(FILES).enumerate() {
        let first = documents.iter().map(|one| one.isi().tanggal).min().unwrap_or(demo.anchor).min(demo.anchor);
        let typed = Draft {
            nama: format!("{} {}", list.uraian(&kode).unwrap_or_default(), first.year()),
            kode,
            dibuka: first.to_string(),
            lokasi: if at == 0 { "Lemari 1, boks 3".into() } else { String::new() },
            // Only where the schedule names none.
            aktif: "2".into(),
            inaktif: "3".into(),
            nasib: "musnah".into(),
            ..Draft::default()
        };
        let Ok(baru) = draft(&typed, &list, demo.anchor) else { continue };
        let (today, close) = (demo.anchor, at == 0);
        instance.db.write(&keeper.by, write::keys(opd), move |tx| {
            let berkas = write::open(tx, opd, &baru)?;
            let id = berkas.id;
            write::file(tx, berkas, documents.clone())?;
            if close {
                let berkas = store::find(tx, &[opd], id)?.ok_or(Problem::NotFound)?;
                write::close(tx, berkas, today, None, today)?;
            }
            Ok::<_, Problem>(())
        })?;
    }
    Ok(())
}
