//! The screens of the archive: the list of files, one file, filing.

pub(crate) mod act;
pub(crate) mod file;
pub(crate) mod form;
pub(crate) mod list;
pub(crate) mod show;

use praja_desk::klasifikasi::Klasifikasi;
use praja_kernel::{ActingAs, tanggal_pendek};
use praja_module::{Ctx, Problem};
use praja_store::Tx;
use praja_web::{Facts, Link, Markup, PageHeader, Tone, badge, tabs};

use super::{Berkas, Tahap, store};
use crate::surat_masuk::pages::form::acting;

/// Where the files are.
pub(crate) const LIST: &str = "/eoffice/arsip";

/// The parts of the archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Berkas,
    Belum,
    Penyusutan,
}

/// Leads from each part to the others.
pub(crate) fn parts(here: Part) -> Markup {
    let all = [
        ("Berkas", LIST, Part::Berkas),
        ("Belum diberkaskan", file::UNFILED, Part::Belum),
        ("Penyusutan", crate::susut::pages::LIST, Part::Penyusutan),
    ];
    tabs("Bagian arsip", &all.map(|(label, href, part)| (Link::new(label, href), part == here, None)))
}

/// For whom whoever asks acts now: the archive is that OPD's.
pub(crate) fn me(ctx: &Ctx) -> Result<&ActingAs, Problem> {
    acting(ctx).map_err(Problem::refused)
}

/// The file of the address, when it is the own OPD's.
fn load(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Berkas, Problem> {
    store::find(tx, &[me(ctx)?.opd], ctx.param("id")?)?.ok_or(Problem::NotFound)
}

pub(crate) fn address(berkas: &Berkas) -> String {
    format!("{LIST}/{}", berkas.id)
}

/// The page of something about a file.
fn below(berkas: &Berkas, title: &str) -> PageHeader {
    PageHeader::new(title)
        .purpose(format!("Berkas nomor {}: {}.", berkas.nomor, berkas.nama))
        .crumb("Arsip", LIST)
        .crumb(berkas.nama.clone(), address(berkas))
}

pub(crate) fn tahap_badge(tahap: Tahap) -> Markup {
    let tone = match tahap {
        Tahap::Terbuka => Tone::Info,
        Tahap::Aktif => Tone::Good,
        Tahap::Inaktif | Tahap::Permanen | Tahap::Musnah => Tone::Neutral,
    };
    badge(tone, tahap.label())
}

/// "2 tahun aktif, 3 tahun inaktif, lalu Musnah".
fn masa(berkas: &Berkas) -> String {
    let masa = &berkas.masa;
    format!("{} tahun aktif, {} tahun inaktif, lalu {}", masa.aktif, masa.inaktif, masa.nasib_teks)
}

/// Until when the stage lasts, in words.
fn sampai(berkas: &Berkas) -> String {
    match (berkas.tempo(), berkas.waits()) {
        (Some(day), _) => tanggal_pendek(day),
        (None, true) => "menunggu peristiwa".to_owned(),
        (None, false) => String::new(),
    }
}

fn facts(berkas: &Berkas, list: &Klasifikasi) -> Facts {
    let kode = list.uraian(&berkas.kode).map_or_else(|| berkas.kode.clone(), |uraian| format!("{} {uraian}", berkas.kode));
    let until = sampai(berkas);
    let mut facts = Facts::new()
        .add("Nomor berkas", berkas.nomor.to_string())
        .add("Tahap", tahap_badge(berkas.tahap))
        .add("Klasifikasi", kode)
        .add("Sifat tertinggi", berkas.sifat.label())
        .add("Isi", format!("{} surat, naskah, atau izin", berkas.jumlah))
        .add(
            "Kurun waktu",
            match berkas.ditutup {
                Some(end) => format!("{} sampai {}", tanggal_pendek(berkas.dibuka), tanggal_pendek(end)),
                None => format!("sejak {}", tanggal_pendek(berkas.dibuka)),
            },
        )
        .add("Retensi", masa(berkas));
    if let Some(event) = &berkas.masa.peristiwa {
        let counted = match berkas.peristiwa_pada {
            Some(day) => format!("{event}, {}", tanggal_pendek(day)),
            None => event.clone(),
        };
        facts = facts.add("Dihitung", counted);
    }
    if !until.is_empty() {
        facts = facts.add("Tahap ini sampai", until);
    }
    facts
        .add("Persetujuan pemusnahan", berkas.masa.persetujuan().label())
        .add_maybe("Tempat fisik", berkas.lokasi.as_ref())
        .add_maybe("Uraian", berkas.uraian.as_ref())
}
