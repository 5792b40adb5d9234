use proptest::prelude::*;

use super::*;

fn decimal(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}

#[test]
fn typed_amounts_are_read() {
    for (text, amount) in [
        ("1.250.000", 1_250_000),
        ("Rp 1.250.000", 1_250_000),
        ("Rp1250000", 1_250_000),
        ("Rp. 1.250.000,-", 1_250_000),
        ("  rp 5.000 ", 5_000),
        ("0", 0),
        ("007", 7),
        ("1.250", 1_250),
        ("-Rp1.250.000", -1_250_000),
        ("Rp -5.000", -5_000),
        ("\u{2212}5.000", -5_000),
        ("Rp\u{a0}75.000.000", 75_000_000),
        ("9223372036854775807", i64::MAX),
        ("-9.223.372.036.854.775.808", i64::MIN),
    ] {
        assert_eq!(text.parse(), Ok(Rupiah(amount)), "{text}");
    }
}

#[test]
fn doubtful_amounts_are_refused_with_the_reason() {
    let text = |text: &str| text.trim().to_owned();
    for typed in ["1.25", "1.2500", "12.34.567", "0.250", "1,250", "1,250,000", ".500", "1.250.", "1..250"] {
        assert_eq!(typed.parse::<Rupiah>(), Err(RupiahError::Ambiguous { text: text(typed) }), "{typed}");
    }
    for typed in ["1.250,50", "1250,5", "1.250.000,00", "5,"] {
        assert_eq!(typed.parse::<Rupiah>(), Err(RupiahError::HasCents { text: text(typed) }), "{typed}");
    }
    for typed in ["seribu", "1 250", "--5", "-Rp-5", "USD 5", "1e6", "+5", "1.250,5x", "٣"] {
        assert_eq!(typed.parse::<Rupiah>(), Err(RupiahError::NotNumber { text: text(typed) }), "{typed}");
    }
    for typed in ["", "   ", "Rp", "-", "Rp ,-"] {
        assert_eq!(typed.parse::<Rupiah>(), Err(RupiahError::Empty), "{typed}");
    }
    for typed in ["9.223.372.036.854.775.808", "99999999999999999999999999999999999999999999"] {
        assert_eq!(typed.parse::<Rupiah>(), Err(RupiahError::TooLarge), "{typed}");
    }
    assert_eq!(
        "1.25".parse::<Rupiah>().unwrap_err().to_string(),
        "\"1.25\" dapat dibaca lebih dari satu cara. Tulis jumlah penuh, misalnya 1.250 atau 1.250.000."
    );
}

#[test]
fn amounts_are_shown_with_grouping() {
    for (amount, text) in
        [(0, "Rp0"), (999, "Rp999"), (1_000, "Rp1.000"), (1_250_000, "Rp1.250.000"), (-1_250_000, "-Rp1.250.000")]
    {
        assert_eq!(Rupiah(amount).to_string(), text);
    }
    assert_eq!(format!("{:>8}", Rupiah(5_000)), " Rp5.000");
    assert_eq!(Rupiah(i64::MIN).to_string(), "-Rp9.223.372.036.854.775.808");
}

#[test]
fn a_factor_is_applied_exactly_and_rounded_once() {
    for (amount, factor, rounding, expected) in [
        (1_000_005, "0.1", Rounding::HalfUp, 100_001),
        (1_000_005, "0.1", Rounding::Down, 100_000),
        (1_000_001, "0.1", Rounding::Up, 100_001),
        (1_000_005, "0.1", Rounding::HalfEven, 100_000),
        (-1_000_005, "0.1", Rounding::HalfUp, -100_001),
        (-1_000_005, "0.1", Rounding::Up, -100_001),
        (3, "0.3333333333333333333333333333", Rounding::Up, 1),
        (i64::MAX, "1.0000000000000000000000000000", Rounding::HalfUp, i64::MAX),
        (i64::MAX, "0.9999999999999999999999999999", Rounding::Down, i64::MAX - 1),
        (i64::MIN, "1", Rounding::Down, i64::MIN),
        (250_000, "0", Rounding::Up, 0),
    ] {
        assert_eq!(Rupiah(amount).times(decimal(factor), rounding), Ok(Rupiah(expected)), "{amount} x {factor}");
    }
    assert_eq!(Rupiah(i64::MAX).times(decimal("1.1"), Rounding::Down), Err(RupiahError::TooLarge));
    assert_eq!(Rupiah(i64::MAX).times(Decimal::MAX, Rounding::Down), Err(RupiahError::TooLarge));
}

#[test]
fn sums_beyond_the_largest_amount_are_refused() {
    assert_eq!(Rupiah(i64::MAX).checked_add(Rupiah(1)), Err(RupiahError::TooLarge));
    assert_eq!(Rupiah(i64::MIN).checked_sub(Rupiah(1)), Err(RupiahError::TooLarge));
    assert_eq!(Rupiah(i64::MAX).checked_mul(2), Err(RupiahError::TooLarge));
    assert_eq!(Rupiah::sum([Rupiah(1), Rupiah(2), Rupiah(3)]), Ok(Rupiah(6)));
    assert_eq!(Rupiah::sum([]), Ok(Rupiah::ZERO));
}

#[test]
fn what_rounding_leaves_over_goes_to_those_who_lost_most() {
    assert_eq!(Rupiah(100).split(3).unwrap(), [Rupiah(34), Rupiah(33), Rupiah(33)]);
    assert_eq!(Rupiah(-100).split(3).unwrap(), [Rupiah(-34), Rupiah(-33), Rupiah(-33)]);
    assert_eq!(Rupiah(10).share(&[1, 0, 5]).unwrap(), [Rupiah(2), Rupiah(0), Rupiah(8)]);
    assert_eq!(Rupiah(100).split(0), Err(RupiahError::NoShares));
    assert_eq!(Rupiah(100).share(&[0, 0]), Err(RupiahError::NoShares));
}

proptest! {
    #[test]
    fn a_shown_amount_reads_back(amount: i64) {
        prop_assert_eq!(Rupiah(amount).to_string().parse(), Ok(Rupiah(amount)));
        prop_assert_eq!(amount.to_string().parse(), Ok(Rupiah(amount)));
    }

    #[test]
    fn no_text_makes_reading_fail_hard(text in "\\PC*") {
        let _ = text.parse::<Rupiah>();
    }

    #[test]
    fn sharing_loses_no_rupiah(amount: i64, weights in prop::collection::vec(any::<u64>(), 1..40)) {
        prop_assume!(weights.iter().any(|weight| *weight > 0));
        let parts = Rupiah(amount).share(&weights).unwrap();
        prop_assert_eq!(parts.len(), weights.len());
        prop_assert_eq!(parts.iter().map(|part| i128::from(part.0)).sum::<i128>(), i128::from(amount));
        for (part, weight) in parts.iter().zip(&weights) {
            prop_assert!(*weight > 0 || *part == Rupiah::ZERO);
        }
    }

    #[test]
    fn equal_parts_differ_by_at_most_one_rupiah(amount: i64, count in 1usize..200) {
        let parts = Rupiah(amount).split(count).unwrap();
        prop_assert!(parts.iter().max().unwrap().0 - parts.iter().min().unwrap().0 <= 1);
    }

    #[test]
    fn a_larger_amount_never_yields_a_smaller_charge(a in 0i64..1 << 40, b in 0i64..1 << 40, factor in 0i64..10_000_000) {
        let factor = Decimal::new(factor, 6);
        for rounding in Rounding::ALL {
            let charge = |amount: i64| Rupiah(amount).times(factor, *rounding).unwrap();
            prop_assert!(charge(a.min(b)) <= charge(a.max(b)));
        }
    }

    #[test]
    fn rounding_moves_by_less_than_one_rupiah(amount in -(1i64 << 40)..1 << 40, factor in -10_000_000i64..10_000_000) {
        let exact = i128::from(amount) * i128::from(factor);
        for rounding in Rounding::ALL {
            let rounded = Rupiah(amount).times(Decimal::new(factor, 6), *rounding).unwrap();
            prop_assert!((i128::from(rounded.0) * 1_000_000 - exact).abs() < 1_000_000);
        }
    }
}
