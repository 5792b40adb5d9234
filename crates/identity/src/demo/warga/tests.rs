use std::collections::{BTreeMap, BTreeSet};

use praja_kernel::JenisKelamin;

use super::*;

const ANCHOR: Date = Date::constant(2026, 11, 22);

#[test]
fn every_number_and_address_is_held_once_and_belongs_to_nobody() {
    for seed in [0, 7, 996, u64::MAX] {
        let all = everybody(seed).unwrap();
        let (mut numbers, mut addresses) = (BTreeSet::new(), BTreeSet::new());
        for one in &all {
            let nik: Nik = one.nik.parse().unwrap_or_else(|e| panic!("{}: {e}", one.nama));
            assert_eq!(nik.wilayah(), "53.99.99", "{}", one.nama);
            assert!(nik.tanggal_lahir(ANCHOR) < day(ANCHOR, -17 * 366), "{} is too young for a KTP", one.nama);
            if let Some(badan) = &one.badan {
                assert!(matches!(badan.nomor.len(), 13 | 15 | 16) && badan.nomor.starts_with("9999"), "{}", one.nama);
            }
            assert!(numbers.insert(one.badan.as_ref().map_or(&one.nik, |badan| &badan.nomor)), "{} twice", one.nama);
            assert!(one.surel.ends_with(".example") && addresses.insert(&one.surel), "{}", one.surel);
        }
    }
}

#[test]
fn nobody_shares_a_name_with_another_citizen_or_an_officer() {
    let mut regency = Regency::read("Kabupaten Contoh Raya").unwrap();
    pola::grow(&mut regency, &praja_module::Paket::plain("99.01", "Kabupaten Contoh Raya")).unwrap();
    let mut names: BTreeSet<String> = regency
        .opd
        .iter()
        .flat_map(|opd| &opd.jabatan)
        .filter_map(|post| post.orang.as_ref())
        .map(|one| one.nama.clone())
        .collect();
    for one in everybody(7).unwrap() {
        assert!(names.insert(one.nama.clone()), "{} twice", one.nama);
    }
}

#[test]
fn what_is_told_of_an_account_happened_in_order_and_before_the_first_day() {
    for seed in [0, 7, 500] {
        let all = everybody(seed).unwrap();
        for one in &all {
            let mut days = vec![one.terdaftar];
            days.extend(one.cocok);
            days.extend(one.masuk.into_iter().filter(|_| one.badan.is_some()));
            assert!(days.iter().all(|days| (one.terdaftar..0).contains(days)), "{}: {days:?}", one.nama);
            assert!(one.masuk.is_none_or(|days| (one.terdaftar..0).contains(&days)), "{}: masuk {:?}", one.nama, one.masuk);
            for power in &one.kuasa {
                let deputy = all.iter().find(|other| other.badan.is_none() && other.nik == power.nik).unwrap();
                assert!(deputy.cocok.is_some_and(|days| days < power.sejak), "{} deputises unchecked", deputy.nama);
                assert!(power.sejak > one.terdaftar && power.sampai.unwrap_or(-1) >= power.sejak, "{}", one.nama);
            }
        }
    }
}

#[test]
fn whoever_answers_for_a_body_and_is_a_citizen_too_has_one_name_and_one_nik() {
    let all = everybody(7).unwrap();
    let citizens: BTreeMap<&str, &str> =
        all.iter().filter(|one| one.badan.is_none()).map(|one| (one.nik.as_str(), one.nama.as_str())).collect();
    let mut both = 0;
    for one in &all {
        let Some(badan) = &one.badan else { continue };
        if let Some(nama) = citizens.get(one.nik.as_str()) {
            assert_eq!(*nama, badan.wakil);
            both += 1;
        }
    }
    assert!(both >= 4, "{both}");
}

#[test]
fn another_seed_gives_other_citizens_and_the_same_seed_the_same() {
    assert_eq!(everybody(7).unwrap(), everybody(7).unwrap());
    let numbers = |seed| everybody(seed).unwrap().into_iter().map(|one| one.nik).collect::<Vec<_>>();
    let (one, other) = (numbers(7), numbers(8));
    let same = one.iter().zip(&other).filter(|(one, other)| one == other).count();
    assert!(same < one.len() / 2, "{same} of {}", one.len());
}

#[test]
fn the_sex_in_a_nik_is_that_of_the_name() {
    let all = everybody(7).unwrap();
    let sex = |nama: &str| {
        let one = all.iter().find(|one| one.nama == nama && one.badan.is_none()).unwrap();
        one.nik.parse::<Nik>().unwrap().jenis_kelamin()
    };
    assert_eq!(sex("Yohana Bria"), JenisKelamin::Perempuan);
    assert_eq!(sex("Markus Wenda"), JenisKelamin::LakiLaki);
    let names = pola::names().unwrap();
    for number in 0..52 {
        let (nama, man) = names.citizen(number);
        assert_eq!(sex(&nama), if man { JenisKelamin::LakiLaki } else { JenisKelamin::Perempuan }, "{nama}");
    }
}
