use proptest::prelude::*;
use serde_json::Value;

use super::{dokumen::names, *};
use crate::jenis::{
    Bentuk, Diam, JenisIsian, JenisSyarat, Kepekaan, Paraf, Permintaan,
    baca::{self, SKEMA},
    bawaan,
};

/// The smallest type that has nothing wrong.
const KECIL: &str = "\
kode: UJI
nama: Izin uji coba
ringkasan: Untuk menguji.
sektor: perizinan umum
kanal: PRAJA
berlaku_dari: 2026-01-01
ditinjau: 2026-11-01
dasar_hukum:
  - Perbup Nomor 1 Tahun 2026
sla:
  hari: 5
masa:
  tahun: 1
formulir:
  - judul: Data
    isian:
      - kode: luas
        label: Luas
        jenis: angka
      - kode: jenis_tanah
        label: Jenis tanah
        jenis: pilihan
        pilihan: [Kering, Basah]
syarat:
  - kode: ktp
    label: KTP
dokumen:
  isi:
    - Diberikan kepada {nama} atas tanah {jenis_tanah} seluas {luas} meter persegi.
";

fn defects(yaml: &str) -> Vec<Cacat> {
    baca::read(yaml).err().unwrap_or_default()
}

fn only(yaml: &str) -> Cacat {
    let all = defects(yaml);
    assert_eq!(all.len(), 1, "{all:?}");
    all.into_iter().next().unwrap()
}

#[test]
fn the_smallest_type_has_nothing_wrong_and_survives_being_written_and_read() {
    let jenis = baca::read(KECIL).unwrap();
    assert_eq!(baca::read(&baca::write(&jenis)).unwrap(), jenis);
}

#[test]
fn every_shipped_type_has_nothing_wrong_and_survives_being_written_and_read() {
    let mut codes = std::collections::BTreeSet::new();
    for (name, yaml) in bawaan::files() {
        let jenis = baca::read(yaml).unwrap_or_else(|wrong| panic!("{name}: {wrong:#?}"));
        assert_eq!(name, format!("{}.yaml", jenis.kode.to_lowercase()));
        assert_eq!(baca::read(&baca::write(&jenis)).unwrap(), jenis, "{name}");
        assert!(!jenis.sumber.is_empty(), "{name} tells where it was taken from");
        assert!(codes.insert(jenis.kode));
    }
    assert_eq!(codes.len(), 13);
}

#[test]
fn everything_that_is_wrong_is_told_at_once_with_its_line_and_a_remedy() {
    let yaml = KECIL
        .replace("kode: UJI", "kode: uji-1")
        .replace("kanal: PRAJA", "kanal: PRAJAA")
        .replace("sla:\n  hari: 5", "sla:\n  hari: lima\n  jam: 3")
        .replace("jenis: angka", "jenis: anka");
    let all = defects(&yaml);
    let told: Vec<(usize, &str)> = all.iter().map(|one| (one.baris, one.jalur.as_str())).collect();
    assert_eq!(told, [(5, "kanal"), (11, "sla.hari"), (12, "sla"), (20, "formulir[1].isian[1].jenis")], "{all:#?}");
    assert_eq!(all[0].saran, "Mungkin maksud Anda \"PRAJA\".");
    assert_eq!(all[2].pesan, "Kunci \"jam\" tidak dikenal pada bagian \"sla\".");
    assert_eq!(all[3].saran, "Mungkin maksud Anda \"angka\".");
    assert!(all.iter().all(|one| !one.saran.is_empty()));
}

#[test]
fn a_defect_of_meaning_is_told_with_its_line() {
    let table: &[(&str, &str, &str, &str)] = &[
        ("kode: UJI", "kode: uji", "kode", "kode: uji"),
        ("berlaku_dari: 2026-01-01", "berlaku_dari: 2026-01-01\nberlaku_sampai: 2025-12-31", "berlaku_sampai", "berlaku_sampai:"),
        ("kanal: PRAJA", "kanal: OSS", "tautan", "kode: UJI"),
        ("  hari: 5", "  hari: 0", "sla.hari", "hari: 0"),
        ("masa:\n  tahun: 1", "masa:\n  tahun: 1\n  bulan: 2", "masa", "masa:"),
        ("masa:\n  tahun: 1", "masa:\n  isian: luas", "masa.isian", "isian: luas"),
        ("masa:\n  tahun: 1", "masa:\n  isian: sampai", "masa.isian", "isian: sampai"),
        ("masa:\n", "diam:\n  akibat: terbit-otomatis\nmasa:\n", "diam.dasar", "diam:"),
        ("masa:\n", "biaya:\n  komponen:\n    - nama: Jasa\n      rumus: luas * 2\nmasa:\n", "biaya.dasar", "biaya:"),
        ("label: KTP", "label: KTP\n    bila: lebar > 2", "syarat[1].bila", "bila:"),
        ("label: KTP", "label: KTP\n    bila: luas + 2", "syarat[1].bila", "bila:"),
        ("label: KTP", "label: KTP\n    untuk: [salinan]", "syarat[1].untuk", "untuk:"),
        ("label: KTP", "label: KTP\n  - kode: ktp\n    label: Lagi", "syarat[2].kode", "kode: ktp\n    label: Lagi"),
        ("pilihan: [Kering, Basah]", "pilihan: [Kering]", "formulir[1].isian[2].pilihan", "pilihan: [Kering]"),
        ("kode: jenis_tanah", "kode: luas", "formulir[1].isian[2].kode", "kode: luas\n        label: Jenis"),
        ("kode: luas", "kode: nama", "formulir[1].isian[1].kode", "kode: nama"),
        ("label: Luas", "label: Luas\n        min: 9\n        maks: 3", "formulir[1].isian[1].maks", "maks:"),
        ("label: Luas", "label: Luas\n        bila: jenis_tanah = \"Basah\"", "formulir[1].isian[1].bila", "bila:"),
        ("{jenis_tanah} seluas", "{jenis_tanh} seluas", "dokumen.isi[1]", "{jenis_tanh}"),
        ("{jenis_tanah} seluas", "{jenis_tanah seluas", "dokumen.isi[1]", "{jenis_tanah seluas"),
        ("dokumen:\n", "dokumen:\n  nomor: \"{no}{tahun}\"\n", "dokumen.nomor", "nomor:"),
        ("dokumen:\n", "dokumen:\n  nomor: \"{klas}/{no}/{unit}\"\n", "dokumen.klasifikasi", "dokumen:"),
        ("syarat:\n", "alur:\n  rekomendasi: true\nsyarat:\n", "alur.opd_teknis", "alur:"),
        ("syarat:\n", "alur:\n  paraf: [kabid, kasi]\nsyarat:\n", "alur.paraf", "paraf:"),
    ];
    for (old, new, jalur, marker) in table {
        assert!(KECIL.contains(old), "{old}");
        let yaml = KECIL.replacen(old, new, 1);
        let all = defects(&yaml);
        let found = all.iter().find(|one| one.jalur == *jalur).unwrap_or_else(|| panic!("{new}: {all:#?}"));
        let baris = yaml[..yaml.find(marker).unwrap()].lines().count().max(1);
        let begins = yaml[..yaml.find(marker).unwrap()].ends_with('\n');
        assert_eq!(found.baris, baris + usize::from(begins), "{new}: {found:?}");
    }
    let name = only(&KECIL.replacen("{jenis_tanah} seluas", "{jenis_tanh} seluas", 1));
    assert_eq!(name.saran, "Mungkin maksud Anda {jenis_tanah}.");
}

#[test]
fn a_table_has_columns_and_none_of_them_is_a_table() {
    let with = |kolom: &str| {
        KECIL.replacen(
            "      - kode: luas\n",
            &format!("      - kode: daftar\n        label: Daftar\n        jenis: tabel\n{kolom}      - kode: luas\n"),
            1,
        )
    };
    assert_eq!(only(&with("")).jalur, "formulir[1].isian[1].kolom");
    let nested = "        kolom:\n          - {kode: a, label: A, jenis: teks}\n          - {kode: b, label: B, jenis: tabel}\n";
    assert_eq!(only(&with(nested)).jalur, "formulir[1].isian[1].kolom[2].jenis");
    assert_eq!(defects(&with("        kolom:\n          - {kode: a, label: A, jenis: angka}\n")), []);
}

#[test]
fn what_is_no_yaml_or_says_a_thing_twice_is_told_with_its_line() {
    let twice = only(&KECIL.replacen("sektor: perizinan umum", "nama: Lagi", 1));
    assert_eq!((twice.baris, twice.pesan.as_str()), (4, "Kunci \"nama\" ditulis dua kali pada bagian yang sama."));
    let torn = only(&KECIL.replacen("nama: Izin uji coba", "nama: \"Izin uji coba", 1));
    assert!(torn.baris > 0, "{torn:?}");
    assert_eq!(only("bukan uraian").pesan, "Uraian harus berisi kunci dan nilai.");
    assert_eq!(only(&"a".repeat(baca::LIMIT + 1)).jalur, "");
}

#[test]
fn a_code_written_as_a_number_keeps_every_digit() {
    let yaml = KECIL.replacen("dokumen:\n", "dokumen:\n  klasifikasi: 500.10\n", 1);
    assert_eq!(baca::read(&yaml).unwrap().dokumen.klasifikasi, "500.10");
}

#[test]
fn more_than_five_days_need_a_rule_unless_it_is_an_exercise() {
    let mut jenis = baca::read(KECIL).unwrap();
    assert_eq!(promise(&jenis, false), Ok(false));
    jenis.sla.hari = 6;
    assert_eq!(promise(&jenis, true), Ok(true));
    let refused = promise(&jenis, false).unwrap_err();
    assert!(refused.pesan.contains("6 hari kerja") && refused.saran.contains("5 hari kerja"), "{refused:?}");
    jenis.sla.dasar = "Perbup Nomor 3 Tahun 2026".into();
    assert_eq!(promise(&jenis, false), Ok(false));
    jenis.sla.dasar.clear();
    jenis.kanal = Kanal::Oss;
    assert_eq!(promise(&jenis, false), Ok(false));
}

/// Every key of the model, from a value that leaves nothing out.
fn keys(value: &Value, at: &str, out: &mut Vec<(String, String)>) {
    match value {
        Value::Object(map) => {
            for (key, below) in map {
                out.push((at.to_owned(), key.clone()));
                keys(below, &format!("{at}/{key}"), out);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| keys(item, &format!("{at}/*"), out)),
        _ => {}
    }
}

#[test]
fn the_schema_and_the_model_know_the_same_keys_and_words() {
    let schema: Value = serde_json::from_str(SKEMA).unwrap();
    let yaml = KECIL
        .replacen("sla:\n", "berlaku_sampai: 2030-01-01\ntautan: https://contoh.go.id/\nsumber: [a]\npermohonan: [baru]\nstandar: {produk: a}\nsla:\n  dasar: a\n  tanpa_periksa: true\n", 1)
        .replacen("masa:\n  tahun: 1", "diam: {akibat: peringatan, dasar: a}\nbiaya:\n  dasar: Perda 1 Tahun 2024\n  keterangan: a\n  komponen: [{nama: aa, rumus: luas}]\nmasa:\n  tahun: 1\n  keterangan: a", 1)
        .replacen("jenis: angka", "jenis: angka\n        desimal: 2\n        bila: permohonan = \"baru\"\n        petunjuk: a\n        min: 1\n        maks: 2\n        satuan: m", 1)
        .replacen("label: KTP", "label: KTP\n    bila: luas > 1\n    untuk: [baru]\n    petunjuk: a\n    pakai_ulang: ktp\n    masa_hari: 3\n", 1)
        .replacen("dokumen:\n", "alur: {opd_teknis: a, rekomendasi: true}\ndokumen:\n  judul: a\n  nomor: '{no}'\n  klasifikasi: a\n  nama_tertutup: true\n  menimbang: [a]\n  mengingat: [a]\n  rincian: [{label: a, isi: a}]\n", 1);
    let mut jenis = baca::read(&yaml).unwrap_or_else(|wrong| panic!("{wrong:#?}"));
    // What cannot be filled at the same time without a defect.
    jenis.masa.bulan = 1;
    jenis.masa.isian = "a".into();
    jenis.alur.kuota = "a".into();
    jenis.formulir[0].isian[0].kolom = vec![jenis.formulir[0].isian[1].clone()];
    let mut found = Vec::new();
    keys(&serde_json::to_value(&jenis).unwrap(), "", &mut found);
    found.sort();
    found.dedup();
    for (at, key) in &found {
        let mut shape = &schema;
        for step in at.split('/').skip(1) {
            shape = if step == "*" { &shape["items"] } else { &shape["properties"][step] };
            if let Some(name) = shape["$ref"].as_str() {
                shape = schema.pointer(name.trim_start_matches('#')).unwrap();
            }
        }
        assert!(
            shape["properties"].get(key).is_some() || shape["additionalProperties"].is_object(),
            "{at}/{key} is not in the schema"
        );
    }
    // The other way: whatever the schema offers, the model takes; each definition is met once in the value above.
    for (name, shape) in schema["$defs"].as_object().unwrap().iter().chain([(&"".to_owned(), &schema)]) {
        for key in shape["properties"].as_object().into_iter().flatten().map(|(key, _)| key) {
            assert!(found.iter().any(|(_, known)| known == key), "{name}.{key} is not in the model");
        }
    }
    let words = |pointer: &str| -> Vec<String> {
        let list = schema.pointer(pointer).unwrap_or_else(|| panic!("{pointer}"));
        list.as_array().unwrap().iter().map(|word| word.as_str().unwrap().to_owned()).collect()
    };
    macro_rules! same {
        ($($pointer:literal => $words:ty),+ $(,)?) => {
            $(assert_eq!(words($pointer), <$words>::ALL.iter().map(|one| one.as_str()).collect::<Vec<_>>(), $pointer);)+
        };
    }
    same! {
        "/properties/kanal/enum" => Kanal,
        "/$defs/permintaan/enum" => Permintaan,
        "/$defs/diam/properties/akibat/enum" => Diam,
        "/$defs/isian/properties/jenis/enum" => JenisIsian,
        "/$defs/syarat/properties/jenis/enum" => JenisSyarat,
        "/$defs/syarat/properties/kepekaan/enum" => Kepekaan,
        "/$defs/alur/properties/paraf/items/enum" => Paraf,
        "/$defs/dokumen/properties/bentuk/enum" => Bentuk,
    }
    let komponen: Vec<&str> = crate::jenis::standar::KOMPONEN.iter().map(|one| one.0).collect();
    assert_eq!(words("/properties/standar/propertyNames/enum"), komponen);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn whatever_is_read_nothing_breaks_down(text in "\\PC{0,400}") {
        let _ = baca::read(&text);
    }

    #[test]
    fn a_description_that_is_torn_anywhere_is_refused_or_read_and_never_breaks_down(at in 0usize..900, more in "[ -~\n]{0,12}", cut in 0usize..40) {
        let mut text: Vec<char> = KECIL.chars().collect();
        let at = at.min(text.len());
        let end = (at + cut).min(text.len());
        text.splice(at..end, more.chars());
        let text: String = text.into_iter().collect();
        match baca::read(&text) {
            Ok(jenis) => prop_assert_eq!(check(&jenis), vec![]),
            Err(wrong) => {
                prop_assert!(!wrong.is_empty());
                for one in wrong {
                    prop_assert!(!one.pesan.is_empty() && !one.saran.is_empty());
                    prop_assert!(one.baris <= text.lines().count() + 1);
                }
            }
        }
    }

    #[test]
    fn names_between_braces_are_found_in_any_text(text in "[a-z{} ]{0,60}") {
        if let Ok(names) = names(&text) {
            prop_assert_eq!(names.len(), text.matches('{').count());
        }
    }
}
