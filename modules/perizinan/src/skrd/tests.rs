use praja_kernel::{Date, Rupiah, days_after};
use proptest::prelude::*;
use serde_json::json;

use super::{denda::late, qris, *};
use crate::{
    jenis::{Jenis, JenisIsian, Permintaan},
    rumus::Nilai,
};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn a_payment_code_has_its_parts_and_a_digit_that_checks_them() {
    let code = KodeBayar::new("9901", "01", 2026, 15).unwrap();
    assert_eq!((code.as_str().len(), &code.as_str()[..15]), (16, "990101260000015"));
    assert_eq!(code.to_string().len(), 19);
    assert_eq!(KodeBayar::parse(&code.to_string()), Some(code.clone()));
    assert_eq!(KodeBayar::find(&format!("BYR {} a.n. Siti", code.as_str())), Some(code.clone()));
    assert_eq!(KodeBayar::find("Setoran 1234567890123456"), None);
    assert_eq!(KodeBayar::new("99.1", "01", 2026, 1), None);
    assert_eq!(KodeBayar::new("9901", "1", 2026, 1), None);
    assert_eq!(KodeBayar::new("9901", "01", 2026, 10_000_000), None);
    // A number known from bank cards.
    assert!(KodeBayar::parse("4539 1488 0343 6467").is_some() && KodeBayar::parse("4539148803436468").is_none());
}

#[test]
fn a_month_begun_is_charged_whole_and_no_more_than_twenty_four() {
    for (paid, months, amount) in [
        ("2026-01-15", 0, 0),
        ("2026-01-31", 0, 0),
        ("2026-02-01", 1, 10_000),
        ("2026-02-28", 1, 10_000),
        ("2026-03-01", 2, 20_000),
        ("2026-03-31", 2, 20_000),
        ("2026-04-01", 3, 30_000),
        ("2028-01-31", 24, 240_000),
        ("2031-06-01", 24, 240_000),
    ] {
        let denda = late(Rupiah(1_000_000), day("2026-01-31"), day(paid), 100, 24).unwrap();
        assert_eq!(denda, Denda { bulan: months, jumlah: Rupiah(amount) }, "{paid}");
    }
    assert_eq!(late(Rupiah(150), day("2026-01-31"), day("2026-02-10"), 100, 24).unwrap().jumlah, Rupiah(2), "half a rupiah up");
    assert_eq!(late(Rupiah(i64::MAX), day("2026-01-31"), day("2050-02-10"), 10_000, 24), Err(Refusal::TooLarge));
}

#[test]
fn the_rule_that_comes_with_the_program_is_one_percent_for_two_years_and_thirty_days() {
    let rule = Aturan::bawaan().unwrap();
    assert_eq!((rule.jatuh_tempo_hari, rule.bunga_persen_e2, rule.bunga_bulan_maks), (30, 100, 24));
    assert!(rule.dasar.contains("PP 35/2023") && rule.kode_pd == "01");
}

fn qris_of(body: &str) -> String {
    let text = format!("{body}6304");
    format!("{text}{:04X}", qris::crc(text.as_bytes()))
}

#[test]
fn only_a_whole_dynamic_qris_over_the_amount_of_the_bill_is_taken() {
    assert_eq!(qris::crc(b"123456789"), 0x29B1, "the check value of CRC-16/CCITT-FALSE");
    let good = qris_of("00020101021253033605406150000");
    assert_eq!(check_qris(&good, Rupiah(150_000)), Ok(()));
    assert_eq!(check_qris(&qris_of("0002010102125409150000.00"), Rupiah(150_000)), Ok(()));
    assert_eq!(check_qris(&good, Rupiah(150_001)), Err(QrisError::Amount(Rupiah(150_001))));
    assert_eq!(check_qris(&qris_of("0002010102115406150000"), Rupiah(150_000)), Err(QrisError::Static));
    assert_eq!(check_qris(&qris_of("000201010212"), Rupiah(150_000)), Err(QrisError::Amount(Rupiah(150_000))));
    let changed = good.replace("150000", "150001");
    assert_eq!(check_qris(&changed, Rupiah(150_001)), Err(QrisError::Checksum));
    for text in ["", "halo", "000201", "00020", "6304ABCD", "0099"] {
        assert_eq!(check_qris(text, Rupiah(1)), Err(QrisError::NotQris), "{text}");
    }
}

fn jenis(komponen: &[(&str, &str)]) -> Jenis {
    serde_json::from_value(json!({
        "kode": "UJI", "nama": "Uji", "ringkasan": "Uji.", "sektor": "Uji", "kanal": "PRAJA", "berlaku_dari": "2026-01-01",
        "ditinjau": "2026-01-01", "sla": {"hari": 5},
        "biaya": {"dasar": "Perda 1/2024", "komponen": komponen.iter().map(|(nama, rumus)| json!({"nama": nama, "rumus": rumus})).collect::<Vec<_>>()},
    }))
    .unwrap()
}

fn luas(text: &str) -> Nilai {
    let answers = json!({"luas": text});
    Nilai::new(answers.as_object().unwrap(), &|_| Some(JenisIsian::Angka), Permintaan::Baru)
}

#[test]
fn the_cost_of_an_application_adds_up_what_its_formulas_give() {
    let two = jenis(&[("Luas", "luas * 1500"), ("Nol", "0"), ("Pokok", "25000")]);
    let tarif = compute(&two, &luas("2,5")).unwrap();
    assert_eq!(tarif.jumlah, Rupiah(28_750));
    assert_eq!(tarif.komponen.iter().map(|one| one.nama.as_str()).collect::<Vec<_>>(), ["Luas", "Pokok"]);
    assert_eq!(compute(&jenis(&[]), &luas("2,5")), Ok(Tarif::default()));
    let message = compute(&two, &luas("")).unwrap_err().to_string();
    assert!(message.contains("Luas") && message.contains("belum diisi"), "{message}");
    assert!(matches!(compute(&jenis(&[("Rusak", "luas *")]), &luas("1")), Err(TarifError::Unreadable { .. })));
    let huge = jenis(&[("A", "9000000000000000000"), ("B", "9000000000000000000")]);
    assert_eq!(compute(&huge, &luas("1")), Err(TarifError::TooLarge));
}

proptest! {
    #[test]
    fn a_code_with_one_digit_changed_is_no_code(urut in 1i64..10_000_000, at in 0usize..16, to in 0u8..10) {
        let code = KodeBayar::new("9901", "01", 2026, urut).unwrap();
        let mut digits = code.as_str().to_owned().into_bytes();
        let changed = b'0' + to;
        prop_assume!(digits[at] != changed);
        digits[at] = changed;
        prop_assert_eq!(KodeBayar::parse(&String::from_utf8(digits).unwrap()), None);
    }

    #[test]
    fn no_text_makes_the_reading_of_codes_panic(text in "\\PC{0,60}") {
        let _ = (KodeBayar::parse(&text), KodeBayar::find(&text), check_qris(&text, Rupiah(1)));
    }

    #[test]
    fn paying_later_never_costs_less(jumlah in 0i64..1_000_000_000_000, first in 0i32..1500, more in 0i32..500) {
        let due = day("2026-01-31");
        let of = |days: i32| late(Rupiah(jumlah), due, days_after(due, days).unwrap(), 100, 24).unwrap();
        let (one, two) = (of(first), of(first + more));
        prop_assert!(one.jumlah <= two.jumlah && one.bulan <= two.bulan && two.bulan <= 24);
        prop_assert!(one.jumlah >= Rupiah::ZERO);
    }
}
