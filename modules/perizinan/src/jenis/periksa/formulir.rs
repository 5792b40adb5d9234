//! The form: fields, their bounds, and the formulas and conditions over them.

use std::collections::BTreeSet;

use praja_kernel::{Date, Desimal};

use super::{BAWAAN, Buku, is_name};
use crate::{
    jenis::{Isian, Jenis, JenisIsian, baca::nearest},
    rumus::{self, Rumus, Salah},
};

/// Most fields of a form.
const FIELDS: usize = 200;

/// What is wrong, and what helps.
type Pesan = (String, String);

pub(super) fn check(jenis: &Jenis, buku: &mut Buku) {
    if jenis.fields().count() > FIELDS {
        buku.tell(
            "formulir",
            format!("Formulir memuat lebih dari {FIELDS} isian."),
            "Bagi menjadi beberapa layanan, atau gabungkan dalam tabel.",
        );
    }
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for (at, part) in jenis.formulir.iter().enumerate() {
        let path = format!("formulir[{}]", at + 1);
        if part.judul.trim().is_empty() {
            buku.tell(format!("{path}.judul"), "Bagian formulir ini belum berjudul.", "Beri judul, misalnya \"Data reklame\".");
        }
        if part.isian.is_empty() {
            buku.tell(
                path.clone(),
                format!("Bagian \"{}\" belum berisi.", part.judul),
                "Tambahkan isian, atau hapus bagian ini.",
            );
        }
        for (at, field) in part.isian.iter().enumerate() {
            let path = format!("{path}.isian[{}]", at + 1);
            name(&field.kode, &path, &seen, buku);
            one(field, &path, buku);
            for (side, text) in [("min", &field.min), ("maks", &field.maks)] {
                let known = || jenis.fields().any(|other| other.kode == *text && other.jenis == JenisIsian::Tanggal);
                if field.jenis == JenisIsian::Tanggal && is_field(text) && !(seen.contains(text.as_str()) && known()) {
                    buku.tell(
                        format!("{path}.{side}"),
                        format!("Batas \"{text}\" bukan isian tanggal yang ditanyakan sebelumnya."),
                        "Tulis kode isian tanggal di atasnya, hari-ini, atau tanggal seperti 2026-01-31.",
                    );
                }
            }
            if let Err((pesan, saran)) = condition(&field.bila, jenis, Some(&seen)) {
                buku.tell(format!("{path}.bila"), pesan, saran);
            }
            seen.insert(&field.kode);
        }
    }
}

fn name(kode: &str, path: &str, seen: &BTreeSet<&str>, buku: &mut Buku) {
    let path = format!("{path}.kode");
    if !is_name(kode) {
        let saran = "Pakai huruf kecil, angka dan garis bawah, diawali huruf, paling panjang 40.";
        buku.tell(path, format!("Kode isian \"{kode}\" tidak dapat dipakai."), saran);
    } else if rumus::is_reserved(kode) || BAWAAN.iter().any(|(known, _)| *known == kode) {
        buku.tell(
            path,
            format!("Kata \"{kode}\" sudah berarti lain dalam rumus atau dokumen."),
            "Beri kode lain, misalnya dengan tambahan di belakangnya.",
        );
    } else if seen.contains(kode) {
        buku.tell(path, format!("Isian \"{kode}\" sudah ada di atasnya."), "Beri kode lain.");
    }
}

/// One field or column.
fn one(field: &Isian, path: &str, buku: &mut Buku) {
    if field.label.trim().is_empty() {
        buku.tell(format!("{path}.label"), "Isian ini belum berlabel.", "Tulis label sebagaimana dibaca pemohon.");
    }
    choices(field, path, buku);
    columns(field, path, buku);
    bounds(field, path, buku);
    if field.desimal > 0 && field.jenis != JenisIsian::Angka {
        buku.tell(format!("{path}.desimal"), "Hanya angka yang mempunyai desimal.", "Kosongkan desimalnya.");
    }
    if field.desimal > 6 {
        buku.tell(format!("{path}.desimal"), "Paling banyak 6 angka di belakang koma.", "Tulis angka dari 0 sampai 6.");
    }
}

fn choices(field: &Isian, path: &str, buku: &mut Buku) {
    let path = format!("{path}.pilihan");
    if field.jenis != JenisIsian::Pilihan {
        if !field.pilihan.is_empty() {
            buku.tell(
                path,
                "Kata pilihan hanya untuk isian berjenis pilihan.",
                "Ubah jenisnya menjadi pilihan, atau hapus kata-katanya.",
            );
        }
        return;
    }
    let words: BTreeSet<&str> = field.pilihan.iter().map(|word| word.trim()).filter(|word| !word.is_empty()).collect();
    if words.len() < 2 {
        buku.tell(
            path,
            format!("Isian \"{}\" belum mempunyai pilihan.", field.label),
            "Tulis sedikitnya dua kata, satu kata satu baris.",
        );
    } else if words.len() < field.pilihan.len() {
        buku.tell(path, "Ada pilihan yang kosong atau tertulis dua kali.", "Hapus yang kosong dan yang berulang.");
    }
}

fn columns(field: &Isian, path: &str, buku: &mut Buku) {
    if field.jenis != JenisIsian::Tabel {
        if !field.kolom.is_empty() {
            buku.tell(
                format!("{path}.kolom"),
                "Kolom hanya untuk isian berjenis tabel.",
                "Ubah jenisnya menjadi tabel, atau hapus kolomnya.",
            );
        }
        return;
    }
    if field.kolom.is_empty() {
        buku.tell(
            format!("{path}.kolom"),
            format!("Tabel \"{}\" belum mempunyai kolom.", field.label),
            "Tambahkan sedikitnya satu kolom.",
        );
    }
    let mut seen = BTreeSet::new();
    for (at, column) in field.kolom.iter().enumerate() {
        let path = format!("{path}.kolom[{}]", at + 1);
        name(&column.kode, &path, &seen, buku);
        seen.insert(&column.kode);
        if column.jenis == JenisIsian::Tabel {
            buku.tell(format!("{path}.jenis"), "Kolom tabel tidak dapat berupa tabel.", "Pilih jenis lain untuk kolom ini.");
            continue;
        }
        if !column.bila.trim().is_empty() {
            buku.tell(
                format!("{path}.bila"),
                "Kolom tabel tidak dapat bersyarat.",
                "Hapus syaratnya, atau beri syarat pada tabelnya.",
            );
        }
        one(column, &path, buku);
    }
}

fn bounds(field: &Isian, path: &str, buku: &mut Buku) {
    let (low, high) = (field.min.trim(), field.maks.trim());
    let mut sides = Vec::new();
    for (name, text) in [("min", low), ("maks", high)] {
        if text.is_empty() {
            continue;
        }
        match bound(field, text) {
            Some(value) => sides.push(value),
            None => {
                let saran = match field.jenis {
                    JenisIsian::Tanggal => "Tulis hari-ini atau tanggal seperti 2026-01-31.",
                    JenisIsian::Angka | JenisIsian::Rupiah => "Tulis angka tanpa titik ribuan, misalnya 10 atau 2,5.",
                    JenisIsian::Teks | JenisIsian::Paragraf => "Tulis jumlah huruf, misalnya 200.",
                    JenisIsian::Tabel => "Tulis jumlah baris, misalnya 5.",
                    _ => "Kosongkan; isian jenis ini tidak mempunyai batas.",
                };
                buku.tell(
                    format!("{path}.{name}"),
                    format!("Batas \"{text}\" tidak dapat dipakai untuk {}.", field.jenis.label().to_lowercase()),
                    saran,
                );
            }
        }
    }
    if let [Some(low), Some(high)] = sides[..]
        && low > high
    {
        buku.tell(format!("{path}.maks"), "Batas terbesar lebih kecil daripada batas terkecil.", "Tukar kedua batasnya.");
    }
}

/// Does a bound name another field: nothing a date is written with begins so?
fn is_field(text: &str) -> bool {
    is_name(text.trim())
}

/// What a bound says; `Some(None)` where it is good and cannot be compared today.
fn bound(field: &Isian, text: &str) -> Option<Option<i128>> {
    match field.jenis {
        JenisIsian::Tanggal if text == "hari-ini" || is_field(text) => Some(None),
        JenisIsian::Tanggal => {
            let date = text.parse::<Date>().ok()?;
            Some(Some(i128::from(date.year()) * 10_000 + i128::from(date.month()) * 100 + i128::from(date.day())))
        }
        JenisIsian::Angka => text.parse::<Desimal>().ok()?.to_e6().ok().map(|value| Some(i128::from(value))),
        JenisIsian::Rupiah => text.parse::<i64>().ok().map(|value| Some(i128::from(value))),
        JenisIsian::Teks | JenisIsian::Paragraf | JenisIsian::Tabel => {
            text.parse::<u32>().ok().map(|value| Some(i128::from(value)))
        }
        _ => None,
    }
}

/// Does it count, over the fields of this form?
pub(super) fn formula(text: &str, jenis: &Jenis) -> Result<(), Pesan> {
    let rule = Rumus::parse(text).map_err(told)?;
    rule.check_fee(&|name| kind(jenis, name)).map_err(|e| unknown(e, &rule, jenis))
}

/// Is it a condition over the fields of this form, or over those in `before` only?
pub(super) fn condition(text: &str, jenis: &Jenis, before: Option<&BTreeSet<&str>>) -> Result<(), Pesan> {
    if text.trim().is_empty() {
        return Ok(());
    }
    let rule = Rumus::parse(text).map_err(told)?;
    rule.check_condition(&|name| kind(jenis, name)).map_err(|e| unknown(e, &rule, jenis))?;
    let later = before.and_then(|before| rule.names().into_iter().find(|name| !before.contains(name)).map(str::to_owned));
    match later {
        Some(name) => Err((
            format!("Syarat tampil ini memakai isian \"{name}\", yang belum ditanyakan sebelum isian ini."),
            "Pakai isian di atasnya, atau pindahkan isian itu ke atas.".to_owned(),
        )),
        None => Ok(()),
    }
}

/// What a name in a formula holds; `tabel.kolom` is a column.
pub(crate) fn kind(jenis: &Jenis, name: &str) -> Option<JenisIsian> {
    match name.split_once('.') {
        Some((table, column)) => jenis.field(table)?.kolom.iter().find(|one| one.kode == column).map(|one| one.jenis),
        None => jenis.field(name).map(|field| field.jenis),
    }
}

fn told(e: Salah) -> Pesan {
    (format!("Rumus, huruf ke-{}: {}", e.posisi, e.pesan), e.saran)
}

/// The same, with the name that was probably meant where a field is not there.
fn unknown(e: Salah, rule: &Rumus, jenis: &Jenis) -> Pesan {
    let Some(name) = rule.names().into_iter().find(|name| jenis.field(name).is_none()) else { return told(e) };
    let known: Vec<&str> = jenis.fields().map(|field| field.kode.as_str()).collect();
    match nearest(name, &known) {
        Some(word) => (told(e).0, format!("Mungkin maksud Anda {word}.")),
        None => told(e),
    }
}
