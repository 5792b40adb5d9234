use praja_kernel::{Date, JenisKelamin};

use super::{
    Jenis,
    rules::{Draft, leave, read},
};

const PNS: &str = "19850312 201001 2 004";
const PPPK: &str = "199006152023211009";

fn today() -> Date {
    "2026-11-22".parse().unwrap()
}

fn draft(jenis: Jenis, nip: &'static str) -> Draft<'static> {
    Draft { nama: "Siti Rahmawati", jenis: jenis.as_str(), nip, ..Draft::default() }
}

fn fields(draft: &Draft<'_>) -> Vec<std::borrow::Cow<'static, str>> {
    read(draft, today()).err().unwrap_or_default().into_iter().map(|one| one.field.clone()).collect()
}

#[test]
fn a_nip_fills_in_birth_and_sex() {
    let isi = read(&draft(Jenis::Pns, PNS), today()).unwrap();
    assert_eq!(isi.tanggal_lahir, Some("1985-03-12".parse().unwrap()));
    assert_eq!(isi.jenis_kelamin, Some(JenisKelamin::Perempuan));
    assert_eq!(isi.nip.unwrap().as_str(), "198503122010012004");
}

#[test]
fn birth_and_sex_must_agree_with_the_nip() {
    let cases: [(&str, &str, &[&str]); 5] = [
        ("12-03-1985", "perempuan", &[]),
        ("13-03-1985", "perempuan", &["tanggal_lahir"]),
        ("12-03-1985", "laki_laki", &["jenis_kelamin"]),
        ("13-03-1985", "laki_laki", &["tanggal_lahir", "jenis_kelamin"]),
        ("30-02-1985", "", &["tanggal_lahir"]),
    ];
    for (lahir, kelamin, expected) in cases {
        let draft = Draft { tanggal_lahir: lahir, jenis_kelamin: kelamin, ..draft(Jenis::Pns, PNS) };
        assert_eq!(fields(&draft), expected, "{lahir} {kelamin}");
    }
}

#[test]
fn only_asn_have_a_nip_and_of_their_own_kind() {
    let cases: [(Jenis, &'static str, &[&str]); 10] = [
        (Jenis::Pns, PNS, &[]),
        (Jenis::Pns, "", &["nip"]),
        (Jenis::Pns, PPPK, &["nip"]),
        (Jenis::Pppk, PPPK, &[]),
        (Jenis::Pppk, PNS, &["nip"]),
        (Jenis::PejabatNegara, "", &[]),
        (Jenis::PejabatNegara, PNS, &["nip"]),
        (Jenis::NonAsn, "", &[]),
        (Jenis::NonAsn, PNS, &["nip"]),
        (Jenis::Pns, "198503122027012004", &["nip"]),
    ];
    for (jenis, nip, expected) in cases {
        assert_eq!(fields(&draft(jenis, nip)), expected, "{jenis:?} {nip}");
    }
}

#[test]
fn what_somebody_mistyped_is_told_field_by_field() {
    assert_eq!(fields(&Draft::default()), ["nama", "jenis"]);
    let wrong = Draft {
        nama: "dr. Siti, M.Kes. 2",
        golongan: "IX",
        email: "siti@kantor",
        telepon: "12",
        tanggal_lahir: "1-1-2030",
        ..draft(Jenis::Pns, PNS)
    };
    assert_eq!(fields(&wrong), ["nama", "nama", "tanggal_lahir", "tanggal_lahir", "golongan", "email", "telepon"]);
    let right = Draft { golongan: "III/d", email: "Siti@Contoh.go.id", telepon: "0812-3456-7890", ..draft(Jenis::Pns, PNS) };
    let isi = read(&right, today()).unwrap();
    assert_eq!((isi.golongan, isi.email.as_deref()), (Some("III/d"), Some("siti@contoh.go.id")));
}

#[test]
fn leaving_needs_a_day_and_a_reason() {
    assert!(leave("30 November 2026", "Pensiun", today()).is_ok());
    for (day, why) in [("", "Pensiun"), ("30-11-2026", " "), ("30-11-2206", "Pensiun")] {
        assert!(leave(day, why, today()).is_err(), "{day} {why}");
    }
}
