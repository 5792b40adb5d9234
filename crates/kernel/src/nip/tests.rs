use jiff::civil::date;
use proptest::prelude::*;

use super::*;

#[test]
fn a_nip_tells_birth_appointment_and_sex() {
    let nip: Nip = "198503122010012004".parse().unwrap();
    assert_eq!(nip.tanggal_lahir(), date(1985, 3, 12));
    assert_eq!((nip.tahun_tmt(), nip.bulan_tmt()), (2010, Some(1)));
    assert_eq!(nip.jenis_kelamin(), JenisKelamin::Perempuan);
    assert_eq!(nip.jenis_asn(), JenisAsn::Pns);
    assert_eq!(nip.nomor_urut(), 4);
    assert_eq!(nip.to_string(), "198503122010012004");
}

#[test]
fn a_contract_number_has_no_month() {
    let nip: Nip = "199001012022211001".parse().unwrap();
    assert_eq!((nip.jenis_asn(), nip.tahun_tmt(), nip.bulan_tmt()), (JenisAsn::Pppk, 2022, None));
}

#[test]
fn the_message_says_which_part_is_wrong() {
    for (text, problem) in [
        ("", NipError::Empty),
        ("   ", NipError::Empty),
        ("19850312-201001-2-004", NipError::NotDigits),
        ("19850312201001200٤", NipError::NotDigits),
        ("1985031220100120", NipError::Length { count: 16 }),
        ("198513122010012004", NipError::Birth { part: "19851312".into() }),
        ("198502302010012004", NipError::Birth { part: "19850230".into() }),
        ("189903122010012004", NipError::Birth { part: "18990312".into() }),
        ("198503122010132004", NipError::Tmt { part: "201013".into() }),
        ("198503122010002004", NipError::Tmt { part: "201000".into() }),
        ("198503120010012004", NipError::Tmt { part: "001001".into() }),
        ("198503122000022004", NipError::TmtAge { tahun: 2000, lahir: 1985 }),
        ("198503122051012004", NipError::TmtAge { tahun: 2051, lahir: 1985 }),
        ("190001105000010000", NipError::TmtAge { tahun: 5000, lahir: 1900 }),
        ("198503122010013004", NipError::Sex { digit: '3' }),
        ("198503122010012000", NipError::Serial),
    ] {
        assert_eq!(text.parse::<Nip>(), Err(problem), "{text}");
    }
    assert!("198503122000032004".parse::<Nip>().is_ok(), "the month of the 15th birthday");
    assert_eq!(
        "198502302010012004".parse::<Nip>().unwrap_err().to_string(),
        "Tanggal lahir pada NIP (19850230) tidak ada. Delapan angka pertama adalah tahun, bulan dan tanggal lahir."
    );
}

proptest! {
    #[test]
    fn a_well_formed_number_reads_back(
        year in 1900i16..2010, month in 1i8..=12, day in 1i8..=28, age in 16i16..=65, tmt in 1i16..=12, sex in 1u8..=2, serial in 1u16..=999,
    ) {
        let nip: Nip = format!("{year:04}{month:02}{day:02}{:04}{tmt:02}{sex}{serial:03}", year + age).parse().unwrap();
        prop_assert_eq!(nip.tanggal_lahir(), date(year, month, day));
        prop_assert_eq!(nip.nomor_urut(), serial);
        prop_assert_eq!(nip.spaced().parse::<Nip>().unwrap(), nip);
    }

    #[test]
    fn no_appointment_makes_reading_fail_hard(text in "(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])[0-9]{6}[12][0-9]{3}") {
        if let Ok(nip) = text.parse::<Nip>() {
            prop_assert!((15..=65).contains(&(nip.tahun_tmt() - nip.tanggal_lahir().year())));
            prop_assert_eq!(nip.bulan_tmt().is_some(), nip.jenis_asn() == JenisAsn::Pns);
        }
    }

    #[test]
    fn no_eighteen_digits_make_reading_fail_hard(text in "[0-9]{18}") {
        if let Ok(nip) = text.parse::<Nip>() {
            let _ = (nip.tanggal_lahir(), nip.jenis_asn(), nip.tahun_tmt(), nip.bulan_tmt(), nip.nomor_urut(), nip.spaced());
        }
    }
}
