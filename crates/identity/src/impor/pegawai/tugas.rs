use std::collections::HashMap;

use praja_kernel::{Date, Id, fold, tanggal_pendek};

use super::{Index, Penugasan, orang::Who};
use crate::{
    impor::{
        Tindakan,
        baca::Pembaca,
        jabatan::own_opd,
        kolom::{DASAR, JABATAN, KODE_OPD, MULAI, NIP, PENUGASAN, Pilihan, SAMPAI},
        opd::differences,
    },
    jabatan::Jenis as JenisJabatan,
    penugasan::Jenis,
};

/// What a row says about the post.
pub(super) struct Typed {
    pub(super) jenis: Jenis,
    pub(super) opd: Id,
    /// An elected post.
    pub(super) politik: bool,
    jabatan: Id,
    nama: String,
    structural: bool,
    mulai: Date,
    sampai: Option<Date>,
    dasar: Option<String>,
}

impl Typed {
    /// None when the row names no post, or names it wrongly.
    pub(super) fn read(cells: &mut Pembaca<'_>, index: &Index<'_>, has_nip: bool) -> Option<Self> {
        let (kode, nama, dasar) = (cells.text(KODE_OPD), cells.text(JABATAN), cells.text(DASAR));
        let jenis = cells.choice(PENUGASAN, &Pilihan::Penugasan.words()).map(|at| Jenis::ALL[at]);
        let (mulai, sampai) = (cells.date(MULAI), cells.date(SAMPAI));
        if kode.is_none() && nama.is_none() {
            if jenis.is_some() || mulai.is_some() || sampai.is_some() {
                cells.refuse(
                    JABATAN,
                    "Penugasan diisi, tetapi jabatannya kosong.",
                    "Isi Kode OPD dan Jabatan, atau kosongkan semuanya.",
                );
            }
            return None;
        }
        let Some(kode) = kode else {
            cells.refuse(KODE_OPD, "Jabatan diisi, tetapi kode OPD-nya kosong.", "Isi kode OPD jabatan itu.");
            return None;
        };
        let opd = own_opd(cells, KODE_OPD, &kode, &index.opds)?;
        let Some(nama) = nama else {
            cells.refuse(JABATAN, "Kode OPD diisi, tetapi jabatannya kosong.", "Isi nama jabatannya, atau kosongkan kode OPD.");
            return None;
        };
        let jabatan = match index.jabatan.get(&(opd.id, fold(&nama))).map(Vec::as_slice) {
            Some([one]) => *one,
            Some([_, ..]) => {
                let message = format!("Ada beberapa jabatan dengan nama ini pada {}.", opd.singkatan);
                cells.refuse(JABATAN, message, "Bedakan nama jabatan itu dahulu pada halaman OPD.");
                return None;
            }
            _ => {
                let message = format!("Jabatan ini tidak ada pada {}.", opd.singkatan);
                cells.refuse(JABATAN, message, "Periksa ejaannya, atau impor jabatannya lebih dahulu.");
                return None;
            }
        };
        let jenis = jenis.unwrap_or(Jenis::Definitif);
        check_kind(cells, jenis, jabatan.jenis, sampai, has_nip);
        let Some(mulai) = mulai else {
            if cells.is_clean() {
                cells.refuse(MULAI, "Tanggal mulai belum diisi.", "Isi hari pertama memegang jabatan ini, misalnya 03-01-2022.");
            }
            return None;
        };
        if sampai.is_some_and(|last| last < mulai) {
            cells.refuse(SAMPAI, "Hari terakhir lebih awal daripada hari pertama.", "Periksa kembali kedua tanggalnya.");
        }
        let structural = jabatan.jenis.is_structural();
        let politik = jabatan.jenis == JenisJabatan::Politik;
        Some(Self {
            jenis,
            opd: opd.id,
            politik,
            jabatan: jabatan.id,
            nama: jabatan.nama.clone(),
            structural,
            mulai,
            sampai,
            dasar,
        })
    }

    fn overlaps(&self, mulai: Date, sampai: Option<Date>) -> bool {
        self.sampai.is_none_or(|last| mulai <= last) && sampai.is_none_or(|last| self.mulai <= last)
    }
}

fn check_kind(cells: &mut Pembaca<'_>, jenis: Jenis, jabatan: JenisJabatan, sampai: Option<Date>, has_nip: bool) {
    if matches!(jenis, Jenis::Plt | Jenis::Plh) && sampai.is_none() {
        cells.refuse(
            SAMPAI,
            format!("{} berlaku sementara, tetapi hari terakhirnya kosong.", jenis.label()),
            "Isi hari terakhirnya menurut surat perintah.",
        );
    }
    let needs_nip = !matches!(jabatan, JenisJabatan::Politik | JenisJabatan::Pelaksana);
    if needs_nip && !has_nip {
        let message = format!("Jabatan {} dipegang ASN, tetapi NIP-nya kosong.", jabatan.label().to_lowercase());
        cells.refuse(NIP, message, "Isi NIP-nya.");
    }
}

/// The penugasan of the file so far.
pub(super) struct Tasks<'a> {
    index: &'a Index<'a>,
    all: Vec<(Tindakan, Penugasan)>,
    /// Definitive holders of structural posts in the file, by post.
    holders: HashMap<Id, Vec<Held>>,
    /// Posts of a person in the file, by person.
    of_person: HashMap<Id, Vec<Held>>,
}

/// A penugasan of the file.
struct Held {
    row: u32,
    orang: Id,
    jabatan: Id,
    /// Definitive, in a structural post.
    only: bool,
    mulai: Date,
    sampai: Option<Date>,
}

impl<'a> Tasks<'a> {
    pub(super) fn new(index: &'a Index<'a>) -> Self {
        Self { index, all: Vec::new(), holders: HashMap::new(), of_person: HashMap::new() }
    }

    /// What becomes of a row's penugasan, in words; none when it was refused.
    pub(super) fn take(
        &mut self,
        cells: &mut Pembaca<'_>,
        who: &Who,
        typed: Typed,
        new_id: &mut dyn FnMut() -> Id,
    ) -> Option<(Tindakan, String)> {
        let before = self
            .index
            .of_person
            .get(&who.id)
            .into_iter()
            .flatten()
            .find(|one| one.jabatan == typed.jabatan && one.jenis == typed.jenis && one.mulai == typed.mulai);
        self.check_person(cells, who.id, &typed, before.map(|one| one.id));
        self.check_post(cells, who.id, &typed);
        if !cells.is_clean() {
            return None;
        }
        let after = Penugasan {
            id: before.map_or_else(&mut *new_id, |one| one.id),
            versi: before.map_or(0, |one| one.versi),
            orang: who.id,
            jabatan: typed.jabatan,
            jenis: typed.jenis,
            mulai: typed.mulai,
            sampai: typed.sampai.or(before.and_then(|one| one.sampai)),
            dasar: typed.dasar.or_else(|| before.and_then(|one| one.dasar.clone())),
        };
        // What stays as it is gives nobody anything: an export that is brought back names its bringer, too.
        if before.is_none_or(|before| **before != after) {
            self.check_rights(cells, &after);
            if !cells.is_clean() {
                return None;
            }
        }
        let row = cells.nomor();
        let only = typed.structural && typed.jenis == Jenis::Definitif;
        let (mulai, sampai) = (typed.mulai, typed.sampai);
        let held = || Held { row, orang: who.id, jabatan: typed.jabatan, only, mulai, sampai };
        if only {
            self.holders.entry(typed.jabatan).or_default().push(held());
        }
        self.of_person.entry(who.id).or_default().push(held());
        let shown = crate::penugasan::display_name(typed.jenis, &typed.nama);
        let (act, words) = match before {
            None => (Tindakan::Baru, format!("{shown} sejak {}", tanggal_pendek(after.mulai))),
            Some(before) if **before == after => (Tindakan::Sama, shown),
            Some(before) => (Tindakan::Ubah, format!("{shown}: {}", changes(before, &after))),
        };
        self.all.push((act, after));
        Some((act, words))
    }

    /// The same rules as on the page of a post (`penugasan::acts`): nobody gives a post to oneself, and posts with rights beyond one OPD are
    /// filled by who holds such rights.
    fn check_rights(&self, cells: &mut Pembaca<'_>, after: &Penugasan) {
        if self.index.pembawa == Some(after.orang) {
            cells.refuse(
                JABATAN,
                "Penugasan untuk diri sendiri dicatat oleh admin lain.",
                "Hapus baris ini, lalu minta superadmin lain atau admin OPD itu mencatatnya.",
            );
        } else if self.index.jauh.contains(&after.jabatan) {
            cells.refuse(
                JABATAN,
                "Jabatan ini membawa hak mengelola semua OPD atau membaca jejak audit.",
                "Hapus baris ini, lalu minta superadmin mencatatnya.",
            );
        }
    }

    /// Nobody holds one post twice at a time, nor two structural posts definitively (PP 11/2017 jo. PP 17/2020, Pasal 98).
    fn check_person(&self, cells: &mut Pembaca<'_>, who: Id, typed: &Typed, same: Option<Id>) {
        let in_file = self.of_person.get(&who).into_iter().flatten();
        for held in in_file.filter(|held| typed.overlaps(held.mulai, held.sampai)) {
            let row = held.row;
            if held.jabatan == typed.jabatan {
                let message = format!("Orang ini sudah memegang jabatan ini pada baris {row}.");
                return cells.refuse(JABATAN, message, "Hapus baris yang kembar, atau pisahkan tanggalnya.");
            }
            if held.only && typed.structural && typed.jenis == Jenis::Definitif {
                let message = format!(
                    "Orang ini sudah memegang jabatan definitif lain pada baris {row} ({} s.d. {}).",
                    tanggal_pendek(held.mulai),
                    until(held.sampai)
                );
                return cells.refuse(JABATAN, message, "Jabatan rangkap diisi sebagai Plt. atau Plh.");
            }
        }
        let recorded = self.index.of_person.get(&who).into_iter().flatten().filter(|one| Some(one.id) != same);
        for one in recorded.filter(|one| typed.overlaps(one.mulai, one.sampai)) {
            if one.jabatan == typed.jabatan {
                let message = format!("Orang ini sudah tercatat memegang jabatan ini sejak {}.", tanggal_pendek(one.mulai));
                return cells.refuse(
                    MULAI,
                    message,
                    "Samakan tanggal mulainya dengan yang tercatat, atau akhiri penugasan itu dahulu.",
                );
            }
            let other = self.index.posts.get(&one.jabatan);
            let only = one.jenis == Jenis::Definitif && other.is_some_and(|post| post.jenis.is_structural());
            if only && typed.structural && typed.jenis == Jenis::Definitif {
                let name = other.map_or("jabatan lain", |post| &post.nama);
                let message = format!("Orang ini masih memegang {name} secara definitif sejak {}.", tanggal_pendek(one.mulai));
                return cells.refuse(JABATAN, message, "Catat perpindahannya pada halaman pegawai.");
            }
        }
    }

    /// A structural post has one definitive holder at a time.
    fn check_post(&self, cells: &mut Pembaca<'_>, who: Id, typed: &Typed) {
        if !typed.structural || typed.jenis != Jenis::Definitif {
            return;
        }
        let mut in_file = self.holders.get(&typed.jabatan).into_iter().flatten();
        if let Some(held) = in_file.find(|held| held.orang != who && typed.overlaps(held.mulai, held.sampai)) {
            let message = format!("Jabatan ini sudah diisi pemegang lain pada baris {}.", held.row);
            return cells.refuse(JABATAN, message, "Satu jabatan struktural dipegang satu orang; yang lain diisi Plt. atau Plh.");
        }
        let recorded = self.index.of_post.get(&typed.jabatan).into_iter().flatten();
        let mut others = recorded.filter(|one| one.orang != who && one.jenis == Jenis::Definitif);
        if let Some(other) = others.find(|one| typed.overlaps(one.mulai, one.sampai)) {
            let name = self.index.names.get(&other.orang).map_or("orang lain", String::as_str);
            let message = format!("Jabatan ini dipegang {name} sejak {}.", tanggal_pendek(other.mulai));
            cells.refuse(
                JABATAN,
                message,
                "Akhiri atau pindahkan pemegangnya pada halaman pegawai, atau isi tanggal mulai sesudahnya.",
            );
        }
    }

    pub(super) fn finish(self) -> Vec<(Tindakan, Penugasan)> {
        self.all
    }
}

fn until(day: Option<Date>) -> String {
    day.map_or_else(|| "tidak dibatasi".into(), tanggal_pendek)
}

fn changes(before: &Penugasan, after: &Penugasan) -> String {
    differences(&[
        ("sampai", until(before.sampai), until(after.sampai)),
        ("dasar", before.dasar.clone().unwrap_or_default(), after.dasar.clone().unwrap_or_default()),
    ])
}
