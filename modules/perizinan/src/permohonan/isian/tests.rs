use proptest::prelude::*;

use super::*;
use crate::jenis::bawaan;

const TODAY: Date = Date::constant(2026, 11, 27);

fn field(kode: &str, jenis: JenisIsian, pilihan: &[&str]) -> Bagian {
    let yaml = format!(
        "judul: Pemohon\nisian:\n  - {{kode: {kode}, label: Isian, jenis: {}, pilihan: [{}]}}\n",
        jenis.as_str(),
        pilihan.join(", ")
    );
    serde_yaml::from_str(&yaml).unwrap()
}

fn told(part: &Bagian, typed: &str, nik: &str) -> Vec<String> {
    let mut jawaban = Jawaban::default();
    jawaban.take(part, |_| typed.to_owned());
    let nik: Nik = nik.parse().unwrap();
    let any = bawaan::all().into_iter().next().unwrap();
    let nilai = jawaban.nilai(&any, Permintaan::Baru);
    check(part, &jawaban, &nilai, (TODAY, Some(&nik)), &|_| true).into_iter().map(|one| one.message).collect()
}

#[test]
fn the_birth_date_and_the_sex_of_the_applicant_are_those_of_the_nik() {
    // 52 − 40: a woman, born on 12 September 1985.
    let woman = "5315015209850001";
    let born = field("tanggal_lahir", JenisIsian::Tanggal, &[]);
    assert_eq!(told(&born, "12-09-1985", woman), Vec::<String>::new());
    assert!(told(&born, "13-09-1985", woman)[0].contains("tidak sesuai dengan NIK"));
    let sex = field("jenis_kelamin", JenisIsian::Pilihan, &["Laki-laki", "Perempuan"]);
    assert_eq!(told(&sex, "Perempuan", woman), Vec::<String>::new());
    assert!(told(&sex, "Laki-laki", woman)[0].contains("tidak sesuai dengan NIK"));
    // Somebody else's birth date has another name, and is nobody's business here.
    let child = field("tanggal_lahir_anak", JenisIsian::Tanggal, &[]);
    assert_eq!(told(&child, "13-09-2020", woman), Vec::<String>::new());
}

#[test]
fn every_class_of_wrong_number_has_its_own_words() {
    let nik = field("nik_penanggung_jawab", JenisIsian::Nik, &[]);
    let mut seen = Vec::new();
    for wrong in [
        "531501520985000",  // too short
        "0015015209850001", // no such province
        "5315010009850001", // no day
        "5315015213850001", // no month
        "5315017109850001", // 31 September
        "5315015209850000", // no serial number
        "53150152098500O1", // a letter
    ] {
        let words = told(&nik, wrong, "5315015209850001");
        assert_eq!(words.len(), 1, "{wrong}: {words:?}");
        seen.push(words[0].clone());
    }
    seen.sort();
    seen.dedup();
    // The three wrong dates are told alike.
    assert_eq!(seen.len(), 5, "{seen:#?}");
    assert_eq!(told(&nik, "5315 0152 0985 0001", "5315015209850001"), Vec::<String>::new());
}

/// What people and programs put into fields.
fn anything() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[0-9]{0,20}",
        "[-+]?[0-9]{1,30}([.,][0-9]{1,20})?",
        "[0-9]{1,4}-[0-9]{1,2}-[0-9]{1,4}",
        "-?[0-9]{1,3}[.,][0-9]{1,20}[;,] ?-?[0-9]{1,3}",
        Just("Rp 999.999.999.999.999.999.999".to_owned()),
        Just("' OR 1=1 --".to_owned()),
        Just("<script>alert(1)</script>".to_owned()),
        Just("../../etc/passwd\0".to_owned()),
        "\\PC{4000,6000}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_typed_into_any_field_of_any_type_is_kept_and_judged_beside_its_field(typed in anything()) {
        let nik: Nik = "5315015209850001".parse().unwrap();
        for jenis in bawaan::all() {
            for part in &jenis.formulir {
                let mut jawaban = Jawaban::default();
                jawaban.take(part, |_| typed.clone());
                // Kept as it is written down, and read back the same.
                prop_assert_eq!(&Jawaban::read(&jawaban.written()), &jawaban);
                let nilai = jawaban.nilai(&jenis, Permintaan::Baru);
                for one in check(part, &jawaban, &nilai, (TODAY, Some(&nik)), &|_| false) {
                    prop_assert!(!one.message.is_empty());
                    let name = one.field.split('.').next().unwrap_or_default().to_owned();
                    prop_assert!(part.isian.iter().any(|field| field.kode == name), "{} is no field", one.field);
                }
                // What it asks and costs can be told, or is said not to be.
                let _ = requirements(&jenis, Permintaan::Baru, &nilai);
                let _ = crate::skrd::compute(&jenis, &nilai);
            }
        }
    }

    #[test]
    fn what_is_taken_as_a_number_lies_within_its_limits(typed in anything()) {
        for jenis in bawaan::all() {
            for field in jenis.fields().filter(|field| matches!(field.jenis, JenisIsian::Angka | JenisIsian::Rupiah)) {
                if typed.trim().is_empty() || one(field, typed.trim(), TODAY, &|_| true).is_err() {
                    continue;
                }
                let value = read_number(typed.trim()).unwrap();
                prop_assert!(value >= read_number(&field.min).unwrap_or_else(|| Desimal::from_e2(0)));
                if let Some(most) = read_number(&field.maks) {
                    prop_assert!(value <= most);
                }
            }
        }
    }
}
