use jiff::civil::date;
use proptest::prelude::*;

use super::*;

const JENIS_NASKAH: &str = include_str!("../../../../config-templates/data/jenis_naskah.csv");

fn problem(text: &str) -> PatternError {
    text.parse::<NumberPattern>().unwrap_err()
}

#[test]
fn the_presets_give_the_numbers_they_were_taken_from() {
    let on = |year, month| date(year, month, 2);
    let parts = [
        NumberParts::new(15, on(2026, 1)).klas("000.8.3.3").unit("OR"),
        NumberParts::new(719, on(2026, 1)).klas("500.16.7.2").unit("PPO"),
        NumberParts::new(603, on(2023, 9)).klas("400.7.22"),
        NumberParts::new(2138, on(2025, 1)).klas("300.2.2"),
        NumberParts::new(25, on(2024, 1)).klas("188.45").unit("KUM"),
        NumberParts::new(99, on(2020, 4)).klas("KP.07.6").unit("IJ").aman("R"),
        NumberParts::new(1, on(2024, 1)).klas("PL.810").unit("18100").jenis("BA"),
        NumberParts::new(41, on(2026, 1)).klas("503").unit("DPMPTSP-OKI").jenis("SIPP"),
    ];
    assert_eq!(parts.len(), NUMBER_PRESETS.len());
    for (preset, parts) in NUMBER_PRESETS.iter().zip(parts) {
        let pattern: NumberPattern = preset.pola.parse().unwrap();
        assert_eq!(pattern.render(&parts).as_deref(), Ok(preset.contoh), "{}", preset.kode);
        assert_eq!(pattern.as_str(), preset.pola);
    }
}

#[test]
fn the_patterns_of_all_kinds_of_letters_parse() {
    let rules: Vec<(&str, NumberRule)> = JENIS_NASKAH
        .lines()
        .skip(1)
        .map(|line| {
            let (_, pattern) = line.rsplit_once(',').unwrap();
            (pattern, NumberRule::parse(pattern).unwrap())
        })
        .collect();
    assert_eq!(rules.len(), 32);
    assert_eq!(rules.iter().filter(|(_, rule)| rule.pattern.is_some()).count(), 27);
    assert_eq!(rules.iter().filter(|(_, rule)| rule.nomor_pihak_lain).count(), 2);
    for (text, rule) in rules {
        assert_eq!(rule.to_text(), text);
        assert!(!rule.pattern.iter().any(|pattern| pattern.as_str().contains('+')));
    }
}

#[test]
fn every_token_is_filled() {
    let pattern: NumberPattern = "{klas} {no:04} {unit} {aman} {jenis} {bln} {bln2} {ROM} {tahun}".parse().unwrap();
    let parts = NumberParts::new(7, date(2026, 4, 2)).klas("000.1").unit("SETDA").aman("SR").jenis("ND");
    assert_eq!(pattern.render(&parts).unwrap(), "000.1 0007 SETDA SR ND 4 04 IV 2026");
    assert_eq!(pattern.tokens().map(NumberToken::name).collect::<Vec<_>>(), NumberToken::NAMES);
    assert_eq!("{klas}/{no}/{unit}".parse::<NumberPattern>().unwrap().example(), "000.8.3.3/15/OR");
    assert_eq!("NOMOR {no} TAHUN {tahun}".parse::<NumberPattern>().unwrap().example(), "NOMOR 15 TAHUN 2026");
}

#[test]
fn a_wrong_pattern_is_refused_with_position_and_remedy() {
    for (text, expected) in [
        ("", PatternError::Empty),
        ("  ", PatternError::Empty),
        ("-", PatternError::MissingNo),
        ("{klas}/{unit}", PatternError::MissingNo),
        ("{no}/{klas}/{no:03}", PatternError::SecondNo { position: 13 }),
        ("{klas}/{no", PatternError::Brace { position: 8 }),
        ("{klas}/no}", PatternError::Brace { position: 10 }),
        ("{klas/{no}", PatternError::Brace { position: 1 }),
        ("{no:3}", PatternError::Width { position: 1 }),
        ("{no:00}", PatternError::Width { position: 1 }),
        ("{no:}", PatternError::Width { position: 1 }),
        ("{no}/{bln:02}", PatternError::Width { position: 6 }),
        ("{no}\n/A", PatternError::Control { position: 5 }),
        ("{klas}{no}", PatternError::Unseparated { position: 7 }),
        ("{no}{tahun}", PatternError::Unseparated { position: 1 }),
        ("A1{no}", PatternError::Unseparated { position: 3 }),
        ("{no}0/A", PatternError::Unseparated { position: 1 }),
        ("{klas}/{no}/{unit} + nomor pihak lain", PatternError::OtherParty),
    ] {
        assert_eq!(problem(text), expected, "{text}");
    }
}

#[test]
fn an_unknown_token_is_answered_with_the_nearest_known_one() {
    for (token, near) in [
        ("nomor", "no"),
        ("NO", "no"),
        ("rom", "ROM"),
        ("tahn", "tahun"),
        ("thn", "tahun"),
        ("klass", "klas"),
        ("bulan", "bln"),
        ("bln3", "bln"),
        ("jns", "jenis"),
        ("untit", "unit"),
        ("keamanan", "aman"),
    ] {
        match problem(&format!("Ä/{{{token}}}")) {
            PatternError::UnknownToken { position: 3, token: named, nearest } => {
                assert_eq!((named.as_str(), nearest), (token, near));
            }
            other => panic!("{token}: {other:?}"),
        }
    }
    assert_eq!(problem("{klas}/{nomor}").to_string(), "Bagian {nomor} pada huruf ke-8 tidak dikenal. Mungkin maksud Anda {no}.");
}

#[test]
fn a_number_is_not_made_with_a_part_missing() {
    let pattern: NumberPattern = "{klas}/{no}/{unit}".parse().unwrap();
    let parts = NumberParts::new(1, date(2026, 1, 2)).klas("000.1.2");
    assert_eq!(pattern.render(&parts), Err(PatternError::MissingPart { token: "unit" }));
    assert_eq!(pattern.render(&parts.unit(" ")), Err(PatternError::MissingPart { token: "unit" }));
    assert_eq!(
        pattern.render(&parts).unwrap_err().to_string(),
        "Nomor belum dapat dibuat karena {unit} pada pola belum ada isinya."
    );
}

prop_compose! {
    /// A pattern as an administrator might put it together: signs between tokens, `{no}` somewhere.
    fn any_pattern()(
        before in prop::collection::vec(prop::sample::select(vec!["{klas}", "{unit}", "{aman}", "{jenis}", "{bln}", "{ROM}", "NOMOR"]), 0..4),
        no in prop::sample::select(vec!["{no}", "{no:03}", "{no:09}"]),
        after in prop::collection::vec(prop::sample::select(vec!["{unit}", "{bln2}", "{tahun}", "{klas}", "TAHUN"]), 0..4),
        sign in prop::sample::select(vec!["/", "-", " ", "."]),
    ) -> String {
        before.into_iter().chain([no]).chain(after).collect::<Vec<_>>().join(sign)
    }
}

proptest! {
    #[test]
    fn different_numbers_give_different_strings(text in any_pattern(), a: u64, b: u64, small in 0u64..2000, other in 0u64..2000) {
        let pattern: NumberPattern = text.parse().unwrap();
        let number = |no| {
            pattern.render(&NumberParts::new(no, date(2026, 3, 1)).klas("000.1.2").unit("U1").aman("B").jenis("ND")).unwrap()
        };
        prop_assert_eq!(a == b, number(a) == number(b));
        prop_assert_eq!(small == other, number(small) == number(other));
    }

    #[test]
    fn any_pattern_shows_an_example_and_reads_back(text in any_pattern()) {
        let pattern: NumberPattern = text.parse().unwrap();
        prop_assert!(pattern.example().contains("15"));
        prop_assert_eq!(pattern.to_string().parse::<NumberPattern>().unwrap(), pattern);
    }

    #[test]
    fn no_text_makes_reading_fail_hard(text in "\\PC*", braces in "[{}a-z:0-9/]{0,20}") {
        let _ = (text.parse::<NumberPattern>(), NumberRule::parse(&text), braces.parse::<NumberPattern>());
    }
}
