//! Agendas of the demo: what the leaders of the first offices were at, are at today, and are expected at.

use praja_identity::jabatan;
use praja_kernel::{Date, Id, Zona, days_after};
use praja_module::{Demo, Problem};
use praja_store::{Result, StoreError};

use super::{
    generator::Office,
    naskah::{Pelaku, pelaku},
};
use crate::acara::{
    Acara, Draft, Status, draft,
    hak::Pimpinan,
    store::{self, Milik},
    write,
};

/// So many offices keep an agenda.
const OFFICES: usize = 12;

/// What is done with an event after it is scheduled.
#[derive(Clone, Copy, PartialEq)]
enum Lalu {
    Tetap,
    Dihadiri,
    Diwakilkan,
    Batal,
}

/// An event of every leader.
struct Contoh {
    /// Days from the anchor.
    hari: i32,
    jam: (&'static str, &'static str),
    judul: &'static str,
    tempat: &'static str,
    /// Empty: the office itself.
    penyelenggara: &'static str,
    tertutup: bool,
    lalu: Lalu,
}

const fn contoh(
    hari: i32,
    jam: (&'static str, &'static str),
    judul: &'static str,
    tempat: &'static str,
    penyelenggara: &'static str,
    lalu: Lalu,
) -> Contoh {
    Contoh { hari, jam, judul, tempat, penyelenggara, tertutup: penyelenggara.is_empty() && hari == 1, lalu }
}

const EVENTS: [Contoh; 8] = [
    contoh(-3, ("09.00", "11.30"), "Rapat evaluasi kinerja triwulan", "Aula kantor", "Sekretariat Daerah", Lalu::Dihadiri),
    contoh(-1, ("13.00", "15.00"), "Kunjungan kerja ke desa", "Kantor desa", "Kecamatan", Lalu::Diwakilkan),
    contoh(0, ("07.30", "08.00"), "Apel pagi", "Halaman kantor", "", Lalu::Tetap),
    contoh(0, ("10.00", "12.00"), "Rapat koordinasi penurunan stunting", "Ruang rapat Bappeda", "Bappeda", Lalu::Tetap),
    contoh(1, ("08.30", "10.00"), "Pembinaan pegawai", "Ruang kerja", "", Lalu::Tetap),
    contoh(1, ("13.30", "15.30"), "Pembahasan rancangan anggaran", "DPRD", "Sekretariat DPRD", Lalu::Tetap),
    contoh(4, ("09.00", "12.00"), "Bimbingan teknis pelayanan publik", "Aula kecamatan", "Bagian Organisasi", Lalu::Diwakilkan),
    contoh(6, ("14.00", "16.00"), "Audiensi pelaku usaha", "Ruang rapat", "Kadin", Lalu::Batal),
];

pub(super) fn load(demo: &Demo<'_>, offices: &[Office]) -> Result<()> {
    let keeping: Vec<&Office> = offices.iter().filter(|office| office.kepala.is_some()).take(OFFICES).collect();
    let total = keeping.len() as u64;
    for (done, office) in keeping.into_iter().enumerate() {
        if let Some(kepala) = &office.kepala
            && let Some(leader) = pelaku(demo, kepala.jabatan)?
        {
            fill(demo, office, kepala.jabatan, &leader).map_err(|problem| match problem {
                Problem::Store(e) => e,
                other => StoreError::Corrupt(format!("a demo event: {other:?}")),
            })?;
        }
        (demo.progress)("Agenda", done as u64 + 1, total);
    }
    Ok(())
}

fn typed(day: Date, event: &Contoh) -> Draft {
    Draft {
        judul: event.judul.into(),
        tanggal: days_after(day, event.hari).unwrap_or(day).to_string(),
        mulai: event.jam.0.into(),
        selesai: event.jam.1.into(),
        tempat: event.tempat.into(),
        penyelenggara: event.penyelenggara.into(),
        pakaian: if event.hari == 0 { "PDH".into() } else { String::new() },
        tertutup: event.tertutup,
        ..Draft::default()
    }
}

fn fill(demo: &Demo<'_>, office: &Office, pimpinan: Id, leader: &Pelaku) -> std::result::Result<(), Problem> {
    let (instance, zona): (_, Zona) = (demo.instance, demo.instance.zona);
    let span = |days: i32| zona.start_of(days_after(demo.anchor, days).unwrap_or(demo.anchor));
    if !instance.db.read(|tx| store::list(tx, Milik::Pimpinan(pimpinan), span(-7), span(14), 1))?.is_empty() {
        return Ok(());
    }
    let label = instance.db.read(|tx| jabatan::label(tx, pimpinan, demo.anchor))?;
    let who = Pimpinan { jabatan: pimpinan, opd: office.opd, label, utuh: true };
    let substitute = office.bawahan.first().map(|one| one.calon.jabatan);
    for event in &EVENTS {
        let Ok(isi) = draft(&typed(demo.anchor, event), zona, demo.anchor) else { continue };
        let acara = Acara {
            id: instance.ids.next_id(),
            opd: office.opd,
            pimpinan,
            isi,
            status: Status::Dijadwalkan,
            wakil: None,
            alasan: None,
            hasil: None,
            surat_masuk: None,
            naskah: None,
            pencatat: pimpinan,
            pencatat_nama: leader.by.actor.nama().to_owned(),
            created_at: leader.by.at,
            versi: 1,
        };
        let (kerja, who, lalu) = (leader.meja.kerja.clone(), who.clone(), event.lalu);
        instance.db.write(&leader.by, write::keys(pimpinan), move |tx| {
            write::schedule(tx, &kerja, &who, &acara, true)?;
            match (lalu, substitute) {
                (Lalu::Dihadiri, _) => write::attend(tx, acara.clone(), Some("Tindak lanjut dibagi kepada bidang.".into()))?,
                (Lalu::Diwakilkan, Some(post)) => write::delegate(tx, &kerja, acara.clone(), post, None, &who)?,
                (Lalu::Batal, _) => write::cancel(tx, &kerja, acara.clone(), "Diundur panitia.")?,
                (Lalu::Tetap | Lalu::Diwakilkan, _) => {}
            }
            Ok::<_, Problem>(())
        })?;
    }
    Ok(())
}
