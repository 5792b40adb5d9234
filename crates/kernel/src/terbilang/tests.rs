use proptest::prelude::*;

use super::*;

/// Reads words back, independently of how they were made.
fn read(words: &str) -> i128 {
    let (mut total, mut group, mut last) = (0i128, 0i128, 0i128);
    for word in words.split(' ').filter(|word| *word != "minus") {
        match word {
            "seratus" => group += 100,
            "seribu" => total += 1000,
            "belas" => last += 10,
            "puluh" => last *= 10,
            "ratus" => last *= 100,
            _ => {
                group += last;
                last = 0;
                match TINGKAT.iter().position(|name| *name == word) {
                    Some(level) => {
                        total += group * 1000i128.pow(level as u32);
                        group = 0;
                    }
                    None => last = SATUAN.iter().position(|name| *name == word).unwrap() as i128,
                }
            }
        }
    }
    let sign = if words.starts_with("minus") { -1 } else { 1 };
    sign * (total + group + last)
}

#[test]
fn numbers_are_said_as_on_receipts() {
    for (number, words) in [
        (0, "nol"),
        (1, "satu"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (19, "sembilan belas"),
        (20, "dua puluh"),
        (21, "dua puluh satu"),
        (100, "seratus"),
        (101, "seratus satu"),
        (111, "seratus sebelas"),
        (215, "dua ratus lima belas"),
        (999, "sembilan ratus sembilan puluh sembilan"),
        (1_000, "seribu"),
        (1_100, "seribu seratus"),
        (2_000, "dua ribu"),
        (11_000, "sebelas ribu"),
        (21_000, "dua puluh satu ribu"),
        (101_000, "seratus satu ribu"),
        (1_001_000, "satu juta seribu"),
        (1_250_000, "satu juta dua ratus lima puluh ribu"),
        (75_000_000, "tujuh puluh lima juta"),
        (1_000_000_000, "satu miliar"),
        (1_000_000_000_001, "satu triliun satu"),
        (-5, "minus lima"),
    ] {
        assert_eq!(terbilang(number), words);
    }
}

#[test]
fn the_largest_and_the_smallest_number_can_be_said() {
    assert_eq!(read(&terbilang(i64::MAX)), i128::from(i64::MAX));
    assert_eq!(read(&terbilang(i64::MIN)), i128::from(i64::MIN));
}

proptest! {
    #[test]
    fn what_was_said_reads_back_as_the_same_number(number: i64) {
        prop_assert_eq!(read(&terbilang(number)), i128::from(number));
    }

    #[test]
    fn small_numbers_read_back_too(number in -2_000_000i64..2_000_000) {
        prop_assert_eq!(read(&terbilang(number)), i128::from(number));
    }

    #[test]
    fn one_hundred_one_ten_and_one_thousand_have_words_of_their_own(number in 0i64..2_000_000) {
        let words = terbilang(number);
        let pairs: Vec<&str> = words.split(' ').collect();
        for pair in pairs.windows(2) {
            prop_assert!(!(pair[0] == "satu" && ["puluh", "belas", "ratus"].contains(&pair[1])), "{}", words);
        }
        prop_assert!(!words.starts_with("satu ribu") && !words.contains("juta satu ribu"), "{}", words);
        prop_assert!(!words.contains("  ") && words.trim() == words);
    }
}
