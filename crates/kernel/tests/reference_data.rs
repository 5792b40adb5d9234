//! The reference data that every regency begins with, read as the product reads it.

use std::collections::BTreeSet;

macro_rules! data {
    ($($file:literal),+ $(,)?) => { &[$(($file, include_str!(concat!("../../../config-templates/data/", $file)))),+] };
}

const SUMBER: &str = include_str!("../../../config-templates/data/SUMBER.md");
const FILES: &[(&str, &str)] = data![
    "bantuan.csv",
    "disposisi_instruksi.csv",
    "hari_libur_2025.csv",
    "hari_libur_2026.csv",
    "hari_libur_2027.csv",
    "hari_libur_tahun.csv",
    "inventaris_data_pribadi.csv",
    "jenis_naskah.csv",
    "kbli_2020.csv",
    "klasifikasi_arsip_atas.csv",
    "klasifikasi_arsip_jra.csv",
    "loket_layanan.csv",
    "pbg_indeks.csv",
    "pengaduan_tenggat.csv",
    "penugasan_batas.csv",
    "register_naskah.csv",
    "retribusi_aturan.csv",
    "satuan.csv",
    "skm_interval.csv",
    "skm_unsur.csv",
    "wilayah_desa_contoh.csv",
    "wilayah_kecamatan.csv",
    "wilayah_provinsi_kabkota.csv",
];

/// First fields of all rows but the head; none of these files breaks a row over two lines.
fn codes(text: &str) -> Vec<&str> {
    text.lines().skip(1).filter_map(|line| line.split(',').next()).collect()
}

#[test]
fn every_file_is_named_with_its_rows_source_and_licence() {
    for (file, text) in FILES {
        let row =
            SUMBER.lines().find(|line| line.starts_with(&format!("| {file} |"))).unwrap_or_else(|| panic!("{file} is not named"));
        let columns: Vec<&str> = row.split('|').map(str::trim).collect();
        assert_eq!(columns.len(), 7, "{row}");
        let stated: String = columns[2].split(' ').next().unwrap().chars().filter(char::is_ascii_digit).collect();
        assert_eq!(stated, codes(text).len().to_string(), "rows of {file}");
        assert!(columns[3..6].iter().all(|column| !column.is_empty()), "{row}");
    }
    let listed = SUMBER.lines().filter(|line| line.starts_with("| ") && line.contains(".csv |")).count();
    assert_eq!(listed, FILES.len());
}

#[test]
fn the_notices_of_the_authors_are_kept_in_full() {
    for line in
        ["Copyright (c) 2017-2025 Cahya DSN", "Copyright (c) 2026 Aditya Purnama", "Copyright (c) Vacanza Team", "(c) ryanss"]
    {
        assert!(SUMBER.contains(line), "{line}");
    }
    assert_eq!(SUMBER.matches("The above copyright notice and this permission notice").count(), 3);
    assert_eq!(SUMBER.matches("THE SOFTWARE IS PROVIDED \"AS IS\"").count(), 3);
}

#[test]
fn every_region_stands_under_a_region_that_exists() {
    let text = |wanted: &str| FILES.iter().find(|(file, _)| *file == wanted).map(|(_, text)| *text).unwrap();
    let upper: BTreeSet<&str> = codes(text("wilayah_provinsi_kabkota.csv")).into_iter().collect();
    let districts: BTreeSet<&str> = codes(text("wilayah_kecamatan.csv")).into_iter().collect();
    assert_eq!((upper.len(), districts.len()), (552, 7285), "no code twice");
    let parent = |code: &'static str| code.rsplit_once('.').map(|(parent, _)| parent);
    for code in upper.iter().chain(&districts) {
        assert!(parent(code).is_none_or(|parent| upper.contains(parent)), "{code}");
    }
    for code in codes(text("wilayah_desa_contoh.csv")) {
        assert!(parent(code).is_some_and(|parent| districts.contains(parent)), "{code}");
    }
}

#[test]
fn every_archive_code_stands_under_its_parent() {
    let text = FILES.iter().find(|(file, _)| *file == "klasifikasi_arsip_jra.csv").map(|(_, text)| *text).unwrap();
    let known: BTreeSet<&str> = codes(text).into_iter().collect();
    assert_eq!(known.len(), 2986, "no code twice");
    for line in text.lines().skip(1) {
        let mut fields = line.split(',');
        let (code, parent) = (fields.next().unwrap(), fields.next().unwrap());
        assert!(parent.is_empty() != code.contains('.') && (parent.is_empty() || known.contains(parent)), "{line}");
    }
}
