//! Checking a file of posts.

use std::collections::HashMap;

use praja_kernel::{Date, Id, fold};

use super::{
    Masalah, Tindakan,
    baca::{Pembaca, Tabel},
    kolom::{ATASAN, BERLAKU, JABATAN, JENIS, KODE_ATASAN, KODE_OPD, Pilihan},
    opd::{differences, is_circle},
};
use crate::jabatan::Jenis;

/// An OPD whose posts may be named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opd {
    /// Identity.
    pub id: Id,
    /// Code.
    pub kode: String,
    /// Short name.
    pub singkatan: String,
    /// May whoever imports work on its posts and people?
    pub milik: bool,
}

/// A post that is recorded and was not abolished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tercatat {
    /// Identity.
    pub id: Id,
    /// As read; a change since then refuses the import.
    pub versi: i64,
    /// Its OPD.
    pub opd: Id,
    /// Full name.
    pub nama: String,
    /// Kind.
    pub jenis: Jenis,
    /// The post above.
    pub induk: Option<Id>,
    /// First day.
    pub dari: Date,
}

/// What is to become of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rencana {
    /// Row of the spreadsheet.
    pub baris: u32,
    /// Added, changed or the same.
    pub tindakan: Tindakan,
    /// The post as it will be.
    pub jabatan: Tercatat,
    /// What changes, for reading.
    pub ringkas: String,
}

/// OPD by code.
pub type ByCode<'a> = HashMap<&'a str, &'a Opd>;
type Name = (Id, String);

struct Row {
    baris: u32,
    opd: Id,
    singkatan: String,
    nama: String,
    jenis: Jenis,
    atasan: Option<(Name, String)>,
    dari: Option<Date>,
}

/// Reads a code that must lead to an OPD of whoever imports.
pub fn own_opd<'a>(cells: &mut Pembaca<'_>, judul: &'static str, kode: &str, opds: &ByCode<'a>) -> Option<&'a Opd> {
    match opds.get(kode) {
        Some(opd) if opd.milik => Some(opd),
        // Whether it exists is nothing for the admin of another OPD to learn.
        _ => {
            cells.refuse(
                judul,
                "Tidak ada OPD dengan kode ini dalam wewenang Anda.",
                "Periksa kodenya pada daftar OPD; OPD lain diimpor oleh adminnya atau superadmin.",
            );
            None
        }
    }
}

/// Decides about every row. Problems are added to `masalah`; the outcome counts only when there are none.
pub fn check(
    tabel: &Tabel,
    opds: &[Opd],
    known: &[Tercatat],
    today: Date,
    new_id: &mut dyn FnMut() -> Id,
    masalah: &mut Vec<Masalah>,
) -> Vec<Rencana> {
    let by_code: ByCode<'_> = opds.iter().map(|opd| (opd.kode.as_str(), opd)).collect();
    let rows = read(tabel, &by_code, masalah);
    let recorded: HashMap<Name, &Tercatat> = known.iter().map(|one| ((one.opd, fold(&one.nama)), one)).collect();
    let mut ids: HashMap<Name, Id> = recorded.iter().map(|(name, one)| (name.clone(), one.id)).collect();
    for row in &rows {
        ids.entry((row.opd, fold(&row.nama))).or_insert_with(&mut *new_id);
    }
    let mut plan = Vec::with_capacity(rows.len());
    for row in rows {
        let own = (row.opd, fold(&row.nama));
        let induk = match &row.atasan {
            None => None,
            Some((name, _)) if *name == own => {
                masalah.push(Masalah::new(
                    row.baris,
                    ATASAN,
                    &row.nama,
                    "Jabatan ini menjadi atasan dirinya sendiri.",
                    "Kosongkan kolom ini, atau isi jabatan di atasnya.",
                ));
                continue;
            }
            Some((name, typed)) => match ids.get(name) {
                Some(id) => Some(*id),
                None => {
                    masalah.push(Masalah::new(
                        row.baris,
                        ATASAN,
                        typed,
                        "Jabatan atasan ini tidak ada pada OPD tersebut.",
                        format!("Periksa ejaannya, atau isi {KODE_ATASAN} bila atasannya di OPD lain."),
                    ));
                    continue;
                }
            },
        };
        let before = recorded.get(&own).copied();
        let jabatan = Tercatat {
            id: ids[&own],
            versi: before.map_or(0, |one| one.versi),
            opd: row.opd,
            nama: row.nama,
            jenis: row.jenis,
            induk: induk.or(before.and_then(|one| one.induk)),
            dari: row.dari.or(before.map(|one| one.dari)).unwrap_or(today),
        };
        let (tindakan, ringkas) = match before {
            None => (Tindakan::Baru, format!("{}, {}", row.singkatan, jabatan.jenis.label())),
            Some(before) if *before == jabatan => (Tindakan::Sama, row.singkatan),
            Some(before) => (Tindakan::Ubah, changes(before, &jabatan, known)),
        };
        plan.push(Rencana { baris: row.baris, tindakan, jabatan, ringkas });
    }
    let mut above: HashMap<Id, Option<Id>> = known.iter().map(|one| (one.id, one.induk)).collect();
    above.extend(plan.iter().map(|row| (row.jabatan.id, row.jabatan.induk)));
    for row in plan.iter().filter(|row| is_circle(row.jabatan.id, &above)) {
        masalah.push(Masalah::new(
            row.baris,
            ATASAN,
            "",
            "Jabatan ini berada di bawah dirinya sendiri.",
            "Periksa atasan jabatan ini dan atasan di atasnya.",
        ));
    }
    plan
}

fn read(tabel: &Tabel, opds: &ByCode<'_>, masalah: &mut Vec<Masalah>) -> Vec<Row> {
    let mut seen: HashMap<Name, u32> = HashMap::new();
    let mut rows = Vec::with_capacity(tabel.baris.len());
    for line in &tabel.baris {
        let mut cells = Pembaca::new(tabel, line, masalah);
        let opd = cells.text(KODE_OPD).and_then(|kode| own_opd(&mut cells, KODE_OPD, &kode, opds));
        let nama = cells.text(JABATAN);
        let jenis = cells.choice(JENIS, &Pilihan::Jabatan.words());
        let (kode_atasan, atasan, dari) = (cells.text(KODE_ATASAN), cells.text(ATASAN), cells.date(BERLAKU));
        if kode_atasan.is_some() && atasan.is_none() {
            cells.refuse(
                ATASAN,
                format!("{KODE_ATASAN} diisi, tetapi {ATASAN} kosong."),
                "Isi nama jabatan atasannya, atau kosongkan keduanya.",
            );
        }
        let above = match (&kode_atasan, opd) {
            (None, own) => own.map(|opd| opd.id),
            // The post above may belong to any OPD: a kepala dinas stands below the sekda.
            (Some(kode), _) => {
                let found = opds.get(kode.as_str()).map(|opd| opd.id);
                if found.is_none() {
                    cells.refuse(KODE_ATASAN, "Tidak ada OPD dengan kode ini.", "Periksa kodenya pada daftar OPD.");
                }
                found
            }
        };
        if let (Some(opd), Some(nama)) = (opd, &nama)
            && let Some(first) = seen.insert((opd.id, fold(nama)), line.nomor)
        {
            cells.refuse(
                JABATAN,
                format!("Jabatan ini sudah ada pada baris {first}."),
                "Hapus baris yang kembar; satu jabatan boleh dipegang beberapa orang.",
            );
        }
        let clean = cells.is_clean();
        if let (true, Some(opd), Some(nama), Some(at)) = (clean, opd, nama, jenis) {
            let atasan = above.zip(atasan).map(|(opd, nama)| ((opd, fold(&nama)), nama));
            let singkatan = opd.singkatan.clone();
            rows.push(Row { baris: line.nomor, opd: opd.id, singkatan, nama, jenis: Jenis::ALL[at], atasan, dari });
        }
    }
    rows
}

fn changes(before: &Tercatat, after: &Tercatat, known: &[Tercatat]) -> String {
    let name = |id: Option<Id>| {
        let found = id.map(|id| known.iter().find(|one| one.id == id).map_or("jabatan dari berkas ini", |one| &one.nama));
        found.unwrap_or("tidak ada").to_owned()
    };
    differences(&[
        ("nama", before.nama.clone(), after.nama.clone()),
        ("jenis", before.jenis.label().to_owned(), after.jenis.label().to_owned()),
        ("atasan", name(before.induk), name(after.induk)),
        ("berlaku sejak", before.dari.to_string(), after.dari.to_string()),
    ])
}

#[cfg(test)]
mod tests;
