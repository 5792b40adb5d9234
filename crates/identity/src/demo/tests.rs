use std::collections::BTreeSet;

use praja_kernel::Nip;

use super::*;

fn regency() -> Regency {
    Regency::read("Kabupaten Contoh Raya").unwrap()
}

fn people(regency: &Regency) -> Vec<&data::Person> {
    regency.opd.iter().flat_map(|opd| &opd.jabatan).filter_map(|jabatan| jabatan.orang.as_ref()).collect()
}

#[test]
fn the_regency_takes_the_name_of_the_region() {
    let first = |name: &str| {
        let regency = Regency::read(name).unwrap();
        (regency.opd[0].nama.clone(), regency.opd[0].jabatan[0].nama.clone())
    };
    assert_eq!(first("Kabupaten Contoh Raya"), ("Bupati dan Wakil Bupati".into(), "Bupati Contoh Raya".into()));
    assert_eq!(first("Kota Contoh"), ("Wali Kota dan Wakil Wali Kota".into(), "Wali Kota Contoh".into()));
}

#[test]
fn there_are_about_sixty_posts_and_people_of_many_kinds() {
    let regency = regency();
    let posts = regency.opd.iter().map(|opd| opd.jabatan.len()).sum::<usize>();
    let people = people(&regency);
    assert!((60..=90).contains(&posts), "{posts} posts");
    assert!((55..=90).contains(&people.len()), "{} people", people.len());
    assert!(people.iter().any(|one| one.full_name().chars().count() >= 60), "nobody has a name of 60 letters");
    assert!(people.iter().filter(|one| !one.nama.contains(' ')).count() >= 4, "too few names of one word");
    let names: BTreeSet<_> = people.iter().map(|one| &one.nama).collect();
    assert_eq!(names.len(), people.len(), "a name stands twice");
}

#[test]
fn every_nip_has_the_right_shape_and_is_held_once() {
    for seed in [0, 7, u64::MAX] {
        let mut seen = BTreeSet::new();
        for (serial, person) in people(&regency()).into_iter().enumerate() {
            let Some(nip) = person.nip(seed, serial as u64) else { continue };
            if let Err(problem) = nip.parse::<Nip>() {
                panic!("{}: {problem}", person.full_name());
            }
            assert!(seen.insert(nip), "{} has the NIP of another", person.full_name());
        }
    }
}

#[test]
fn one_named_account_shows_each_role() {
    let regency = regency();
    let accounts: Vec<&str> = regency.accounts().map(|(.., akun)| akun).collect();
    // Sixteen for the desks of every office, and one for each desk of a licence; where two people must act, two.
    assert!(accounts.len() <= 16 + 15, "{} accounts", accounts.len());
    assert_eq!(accounts.iter().collect::<BTreeSet<_>>().len(), accounts.len());
    let cases = [
        ("tata-usaha", "tata-usaha"),
        ("eoffice.tata-usaha", "tata-usaha"),
        ("eoffice.pimpinan", "kadis"),
        ("eoffice.arsiparis", "arsiparis"),
        ("eoffice.staf", "staf"),
        ("desk.pegawai", "staf"),
        ("identity.admin-opd", "admin-opd"),
        ("identity.superadmin", "superadmin"),
        ("identity.auditor", "auditor"),
        ("perizinan.loket", "loket"),
        ("perizinan.pemeriksa", "pemeriksa"),
        ("perizinan.opd-teknis", "opd-teknis"),
        ("perizinan.surveyor", "surveyor"),
        ("perizinan.bendahara", "bendahara-izin"),
        ("perizinan.kasi", "kasi-izin"),
        ("perizinan.kabid", "kabid-izin"),
        ("perizinan.sekretaris", "sekretaris-izin"),
        ("perizinan.kepala", "kepala-izin"),
        ("perizinan.pengelola", "pengelola-izin"),
        ("perizinan.pengawas", "auditor"),
    ];
    for (role, akun) in cases {
        assert_eq!(regency.account_for(role).as_deref(), Some(akun), "{role}");
    }
    assert_eq!(regency.account_for("hilang.petugas"), None);
}

#[test]
fn every_account_has_a_holder() {
    for (_, jabatan, akun) in regency().accounts() {
        assert!(jabatan.orang.is_some(), "{akun} belongs to a vacant post");
    }
}

#[test]
fn temporary_posts_are_held_on_the_first_day_whichever_it_is() {
    for anchor in ["2026-11-22", "2026-12-31", "2027-01-02", "2028-02-29"] {
        let anchor: Date = anchor.parse().unwrap();
        for extra in regency().tambahan {
            let (from, to) = (day(anchor, extra.sejak), day(anchor, extra.sampai));
            assert!(from < anchor && anchor < to, "{} on {anchor}: {from} to {to}", extra.jabatan);
        }
    }
    assert_eq!(day("2028-02-29".parse().unwrap(), 1), "2028-03-01".parse().unwrap());
    assert_eq!(day("2027-01-02".parse().unwrap(), -2), "2026-12-31".parse().unwrap());
}
