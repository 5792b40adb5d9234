use proptest::prelude::*;

use super::*;

fn desimal(text: &str) -> Desimal {
    text.parse().unwrap()
}

#[test]
fn typed_numbers_are_read() {
    for (text, plain) in [
        ("1.234,56", "1234.56"),
        ("1234,56", "1234.56"),
        ("-0,5", "-0.5"),
        ("12", "12"),
        ("1.234", "1234"),
        ("0,000001", "0.000001"),
        (" 7,50 ", "7.5"),
        ("-0", "0"),
    ] {
        assert_eq!(text.parse(), Ok(Desimal(Decimal::from_str_exact(plain).unwrap())), "{text}");
    }
}

#[test]
fn doubtful_numbers_are_refused() {
    for text in ["12.5", "1.23", "0.500", "1.2345,6"] {
        assert_eq!(text.parse::<Desimal>(), Err(DesimalError::Ambiguous { text: text.into() }), "{text}");
    }
    for text in ["1,2,3", "1,234.5", ",5", "5,", "+5", "1e3", "lima", "1 000", "--1", "5%"] {
        assert_eq!(text.parse::<Desimal>(), Err(DesimalError::NotNumber { text: text.into() }), "{text}");
    }
    assert_eq!(" ".parse::<Desimal>(), Err(DesimalError::Empty));
    assert_eq!("0,12345678901234567890123456789012".parse::<Desimal>(), Err(DesimalError::TooLarge));
}

#[test]
fn scaled_columns_lose_nothing() {
    assert_eq!(desimal("1.234,56").to_e2(), Ok(123_456));
    assert_eq!(desimal("1.234,56").to_e6(), Ok(1_234_560_000));
    assert_eq!(desimal("1,50").to_e2(), Ok(150));
    assert_eq!(desimal("1,005").to_e2(), Err(DesimalError::TooFine { value: desimal("1,005"), places: 2 }));
    assert_eq!(desimal("99.999.999.999.999.999").to_e6(), Err(DesimalError::TooLarge));
    assert_eq!(Desimal::from_e6(-500_000).to_string(), "-0,5");
    assert_eq!(desimal("1,005").to_e2().unwrap_err().to_string(), "Angka 1,005 memuat lebih dari 2 angka di belakang koma.");
}

#[test]
fn numbers_are_shown_the_indonesian_way() {
    assert_eq!(desimal("1.234.567,5").to_string(), "1.234.567,5");
    assert_eq!(desimal("1.234,5").format(2), "1.234,50");
    assert_eq!(desimal("0,125").format(2), "0,13");
    assert_eq!(desimal("-0,125").format(2), "-0,13");
    assert_eq!(desimal("-0,001").format(2), "0,00");
    assert_eq!(format!("{:.1}", desimal("2,25")), "2,3");
    assert_eq!(desimal("7").format(0), "7");
}

#[test]
fn percentages_are_computed_shown_and_read() {
    assert_eq!(Desimal::percent_of(1, 3, 2, Rounding::HalfUp).unwrap().persen(), "33,33%");
    assert_eq!(Desimal::percent_of(7, 8, 2, Rounding::HalfUp).unwrap().persen(), "87,5%");
    assert_eq!(Desimal::percent_of(1, 0, 2, Rounding::HalfUp), Err(DesimalError::DividedByZero));
    assert_eq!(Desimal::parse_persen("87,5 %"), Ok(desimal("87,5")));
    assert_eq!(desimal("12,5").percent_factor().unwrap().to_string(), "0.125");
}

#[test]
fn rounding_says_where_halves_go() {
    for (text, rounding, expected) in [
        ("2,5", Rounding::HalfUp, "3"),
        ("2,5", Rounding::HalfEven, "2"),
        ("2,5", Rounding::Down, "2"),
        ("2,1", Rounding::Up, "3"),
        ("-2,5", Rounding::HalfUp, "-3"),
        ("-2,1", Rounding::Up, "-3"),
    ] {
        assert_eq!(desimal(text).round(0, rounding), desimal(expected), "{text} {}", rounding.as_str());
    }
}

proptest! {
    #[test]
    fn a_shown_number_reads_back(mantissa: i64, scale in 0u32..12) {
        let number = Desimal(Decimal::new(mantissa, scale));
        prop_assert_eq!(number.to_string().parse::<Desimal>().unwrap(), number);
    }

    #[test]
    fn a_scaled_column_reads_back(stored: i64) {
        prop_assert_eq!(Desimal::from_e2(stored).to_e2(), Ok(stored));
        prop_assert_eq!(Desimal::from_e6(stored).to_e6(), Ok(stored));
    }

    #[test]
    fn no_text_makes_reading_fail_hard(text in "\\PC*") {
        let _ = text.parse::<Desimal>();
    }

    #[test]
    fn the_parts_of_a_whole_in_percent_never_exceed_one_hundred(part in 0i64..1_000_000, rest in 1i64..1_000_000) {
        let percent = Desimal::percent_of(part, part + rest, 2, Rounding::Down).unwrap();
        prop_assert!(percent < desimal("100") && percent >= Desimal::ZERO);
    }
}
