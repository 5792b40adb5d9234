//! Checking a file of offices.

use std::collections::HashMap;

use praja_kernel::{Date, Id, fold};

use super::{
    Masalah, Tindakan,
    baca::{Pembaca, Tabel},
    kolom::{BERLAKU, JENIS, KODE_INDUK, KODE_OPD, NAMA_OPD, Pilihan, SINGKATAN},
};
use crate::opd::Jenis;

/// An OPD that is recorded and has not ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tercatat {
    /// Identity.
    pub id: Id,
    /// As read; a change since then refuses the import.
    pub versi: i64,
    /// Code.
    pub kode: String,
    /// Name.
    pub nama: String,
    /// Short name.
    pub singkatan: String,
    /// Kind.
    pub jenis: Jenis,
    /// The OPD above.
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
    /// The OPD as it will be; `versi` is that of the recorded one, 0 for a new one.
    pub opd: Tercatat,
    /// What changes, for reading.
    pub ringkas: String,
}

/// What a row says, before codes are looked up.
struct Row {
    baris: u32,
    kode: String,
    nama: String,
    singkatan: String,
    jenis: Jenis,
    induk: Option<String>,
    dari: Option<Date>,
}

/// Decides about every row. Problems are added to `masalah`; the outcome counts only when there are none.
pub fn check(
    tabel: &Tabel,
    known: &[Tercatat],
    today: Date,
    new_id: &mut dyn FnMut() -> Id,
    masalah: &mut Vec<Masalah>,
) -> Vec<Rencana> {
    let rows = read(tabel, known, masalah);
    let mut ids: HashMap<String, Id> = known.iter().map(|opd| (opd.kode.clone(), opd.id)).collect();
    for row in &rows {
        ids.entry(row.kode.clone()).or_insert_with(&mut *new_id);
    }
    let mut plan = Vec::with_capacity(rows.len());
    for row in rows {
        let induk = match &row.induk {
            None => None,
            Some(kode) if *kode == row.kode => {
                masalah.push(Masalah::new(
                    row.baris,
                    KODE_INDUK,
                    kode,
                    "OPD ini menjadi induk dirinya sendiri.",
                    "Kosongkan kolom ini, atau isi kode OPD di atasnya.",
                ));
                continue;
            }
            Some(kode) => match ids.get(kode) {
                Some(id) => Some(*id),
                None => {
                    masalah.push(Masalah::new(
                        row.baris,
                        KODE_INDUK,
                        kode,
                        "Tidak ada OPD dengan kode ini.",
                        "Periksa kodenya, atau tambahkan OPD induknya pada berkas ini.",
                    ));
                    continue;
                }
            },
        };
        plan.push(decide(row, induk, known, &ids, today));
    }
    refuse_circles(&plan, known, masalah);
    plan
}

fn read(tabel: &Tabel, known: &[Tercatat], masalah: &mut Vec<Masalah>) -> Vec<Row> {
    let (mut kodes, mut shorts): (HashMap<String, u32>, HashMap<String, u32>) = (HashMap::new(), HashMap::new());
    let mut rows = Vec::with_capacity(tabel.baris.len());
    for line in &tabel.baris {
        let mut cells = Pembaca::new(tabel, line, masalah);
        let kode = cells.text(KODE_OPD);
        let nama = cells.text(NAMA_OPD);
        let singkatan = cells.text(SINGKATAN);
        let jenis = cells.choice(JENIS, &Pilihan::Opd.words());
        let (induk, dari) = (cells.text(KODE_INDUK), cells.date(BERLAKU));
        if let Some(first) = kode.as_ref().and_then(|kode| kodes.insert(kode.clone(), line.nomor)) {
            cells.refuse(
                KODE_OPD,
                format!("Kode ini sudah dipakai pada baris {first}."),
                "Setiap OPD berkode lain; hapus baris yang kembar.",
            );
        }
        if let Some(short) = &singkatan {
            let taken = known.iter().find(|opd| fold(&opd.singkatan) == fold(short) && Some(&opd.kode) != kode.as_ref());
            if let Some(first) = shorts.insert(fold(short), line.nomor) {
                cells.refuse(SINGKATAN, format!("Singkatan ini sudah dipakai pada baris {first}."), "Pilih singkatan lain.");
            } else if let Some(taken) = taken {
                cells.refuse(SINGKATAN, format!("Singkatan ini sudah dipakai {}.", taken.nama), "Pilih singkatan lain.");
            }
        }
        let clean = cells.is_clean();
        if let (true, Some(kode), Some(nama), Some(singkatan), Some(at)) = (clean, kode, nama, singkatan, jenis) {
            rows.push(Row { baris: line.nomor, kode, nama, singkatan, jenis: Jenis::ALL[at], induk, dari });
        }
    }
    rows
}

fn decide(row: Row, induk: Option<Id>, known: &[Tercatat], ids: &HashMap<String, Id>, today: Date) -> Rencana {
    let before = known.iter().find(|opd| opd.kode == row.kode);
    let opd = Tercatat {
        id: ids[&row.kode],
        versi: before.map_or(0, |opd| opd.versi),
        kode: row.kode,
        nama: row.nama,
        singkatan: row.singkatan,
        jenis: row.jenis,
        // An empty cell leaves what is recorded.
        induk: induk.or(before.and_then(|opd| opd.induk)),
        dari: row.dari.or(before.map(|opd| opd.dari)).unwrap_or(today),
    };
    let (tindakan, ringkas) = match before {
        None => (Tindakan::Baru, opd.jenis.label().to_owned()),
        Some(before) if *before == opd => (Tindakan::Sama, String::new()),
        Some(before) => (Tindakan::Ubah, changes(before, &opd, known)),
    };
    Rencana { baris: row.baris, tindakan, opd, ringkas }
}

fn changes(before: &Tercatat, after: &Tercatat, known: &[Tercatat]) -> String {
    let name = |id: Option<Id>| {
        let found = id.map(|id| known.iter().find(|opd| opd.id == id).map_or("OPD dari berkas ini", |opd| &opd.singkatan));
        found.unwrap_or("tidak ada").to_owned()
    };
    let pairs = [
        ("nama", before.nama.clone(), after.nama.clone()),
        ("singkatan", before.singkatan.clone(), after.singkatan.clone()),
        ("jenis", before.jenis.label().to_owned(), after.jenis.label().to_owned()),
        ("induk", name(before.induk), name(after.induk)),
        ("berlaku sejak", before.dari.to_string(), after.dari.to_string()),
    ];
    differences(&pairs)
}

/// "nama: A menjadi B; jenis: C menjadi D" of the pairs that differ.
pub fn differences(pairs: &[(&str, String, String)]) -> String {
    let changed = pairs.iter().filter(|(_, before, after)| before != after);
    let empty = |text: &String| if text.is_empty() { "kosong".to_owned() } else { text.clone() };
    changed
        .map(|(name, before, after)| format!("{name}: {} menjadi {}", empty(before), empty(after)))
        .collect::<Vec<_>>()
        .join("; ")
}

/// No OPD may stand above itself, however many steps it takes.
fn refuse_circles(plan: &[Rencana], known: &[Tercatat], masalah: &mut Vec<Masalah>) {
    let mut above: HashMap<Id, Option<Id>> = known.iter().map(|opd| (opd.id, opd.induk)).collect();
    above.extend(plan.iter().map(|row| (row.opd.id, row.opd.induk)));
    for row in plan.iter().filter(|row| is_circle(row.opd.id, &above)) {
        let message = "OPD ini berada di bawah dirinya sendiri.";
        masalah.push(Masalah::new(row.baris, KODE_INDUK, "", message, "Periksa kode induk OPD ini dan OPD di atasnya."));
    }
}

/// Does the way up from `start` come back to it?
pub fn is_circle(start: Id, above: &HashMap<Id, Option<Id>>) -> bool {
    let (mut at, mut steps) = (above.get(&start).copied().flatten(), 0);
    while let Some(id) = at {
        steps += 1;
        if id == start {
            return true;
        }
        // A circle further up, without `start` in it, is reported at its own rows.
        if steps > above.len() {
            return false;
        }
        at = above.get(&id).copied().flatten();
    }
    false
}

#[cfg(test)]
mod tests;
