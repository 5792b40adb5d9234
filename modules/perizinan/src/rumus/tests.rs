use praja_kernel::Rupiah;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::jenis::Permintaan;

fn types(nama: &str) -> Option<JenisIsian> {
    Some(match nama {
        "luas" | "tarif" | "lebar" | "papan.luas" | "papan.banyak" => JenisIsian::Angka,
        "modal" => JenisIsian::Rupiah,
        "jenis_papan" => JenisIsian::Pilihan,
        "setuju" => JenisIsian::Centang,
        "mulai" | "selesai" => JenisIsian::Tanggal,
        "papan" => JenisIsian::Tabel,
        "nik" => JenisIsian::Nik,
        _ => return None,
    })
}

fn nilai(answers: &Value) -> Nilai {
    Nilai::new(answers.as_object().unwrap(), &types, Permintaan::Baru)
}

fn fee(text: &str, answers: &Value) -> Result<Rupiah, Gagal> {
    Rumus::parse(text).unwrap_or_else(|e| panic!("{text}: {e}")).rupiah(&nilai(answers))
}

fn holds(text: &str, answers: &Value) -> bool {
    Rumus::parse(text).unwrap_or_else(|e| panic!("{text}: {e}")).condition(&nilai(answers)).unwrap()
}

#[test]
fn a_fee_is_computed_exactly_and_rounded_once_half_up() {
    for (text, expected) in [
        ("2500 * 3", 7500),
        ("0,5", 1),
        ("0,4999999", 0),
        ("1 / 3 * 1,5", 1),
        ("0,1 + 0,2 + 0,2", 1),
        ("2 + 3 * 4", 14),
        ("(2 + 3) * 4", 20),
        ("10 - 4 - 3", 3),
        ("-5 + 8", 3),
        ("100 / 8 / 2", 6),
        ("min(7; 3; 5) + maks(2)", 5),
        ("bulat(2,5) * 10", 30),
        ("naik(31 / 30) * 1000", 2000),
        ("turun(59 / 30) * 1000", 1000),
        ("jika(ya; 4; 1 / 0)", 4),
        ("0.5 + 0,25 + 0.25", 1),
    ] {
        assert_eq!(fee(text, &json!({})), Ok(Rupiah(expected)), "{text}");
    }
}

#[test]
fn fields_are_read_as_people_typed_them() {
    let answers = json!({
        "luas": "1.234,5", "tarif": 200, "modal": "Rp 1.000.000", "jenis_papan": "Permanen", "setuju": "ya",
        "mulai": "2026-11-22", "selesai": "22 Desember 2026",
        "papan": [{"luas": "2,5", "banyak": 4}, {"luas": "10", "banyak": "1"}, {"luas": "", "banyak": 3}],
    });
    for (text, expected) in [
        ("luas * tarif", 246_900),
        ("modal * 2 / 100", 20_000),
        ("jika(jenis_papan = \"permanen\"; 1000; 0)", 1000),
        ("(selesai - mulai) * 100", 3000),
        ("jumlah(papan.luas)", 13),
        ("jumlah(papan.luas * papan.banyak) * 1000", 20_000),
        ("jumlah(jika(papan.luas > 5; 50000; 10000))", 70_000),
        ("banyak(papan)", 3),
        ("jika(permohonan = \"baru\"; 15000; 7500)", 15_000),
        ("jika(setuju dan mulai < selesai; 1; 2)", 1),
    ] {
        assert_eq!(fee(text, &answers), Ok(Rupiah(expected)), "{text}");
    }
}

#[test]
fn what_is_not_filled_makes_comparisons_false_and_a_fee_impossible() {
    let empty = json!({"luas": "", "jenis_papan": null});
    for text in
        ["luas > 1", "luas <= 1", "luas * 2 = 2", "setuju", "terisi(luas)", "jenis_papan = \"permanen\"", "bukan (luas <> 1)"]
    {
        assert!(!holds(text, &empty), "{text}");
    }
    for text in ["bukan terisi(luas)", "jenis_papan <> \"permanen\"", "setuju = tidak", "jenis_papan = \"\"", "bukan setuju"] {
        assert!(holds(text, &empty), "{text}");
    }
    assert_eq!(fee("luas * 2500", &empty), Err(Gagal::Empty { isian: "luas".into() }));
    assert_eq!(fee("jika(terisi(luas); luas * 2500; 0)", &empty), Ok(Rupiah::ZERO));
    let rows = json!({"papan": [{"luas": 2}]});
    assert_eq!(fee("jumlah(papan.luas * tarif)", &rows), Err(Gagal::Empty { isian: "tarif".into() }));
}

#[test]
fn what_cannot_be_computed_has_a_message() {
    assert_eq!(fee("1 / (2 - 2)", &json!({})), Err(Gagal::DividedByZero));
    assert_eq!(fee("2 - 3", &json!({})), Err(Gagal::Negative));
    assert_eq!(fee("9223372036854775807 + 1", &json!({})), Err(Gagal::TooLarge));
    let huge = "9999999999999999999999999999 * 9999999999999999999999999999";
    assert_eq!(fee(huge, &json!({})), Err(Gagal::TooLarge));
    assert_eq!(fee("luas * 2", &json!({"luas": "lima"})), Err(Gagal::NotNumber { teks: "lima".into() }));
    assert!(matches!(fee("luas", &json!({"luas": true})), Err(Gagal::NotComparable { .. })));
}

#[test]
fn what_cannot_be_read_says_where_and_what_helps() {
    for (text, posisi, word) in [
        ("", 1, "kosong"),
        ("luas *", 7, "belum selesai"),
        ("1.500.000", 1, "ribuan"),
        ("1.500", 1, "koma"),
        ("luas ** 2", 7, "tidak diharapkan"),
        ("min(1, 2)", 6, "titik koma"),
        ("jika(luas > 1; 2)", 1, "jika(kondisi"),
        ("akar(2)", 1, "Fungsi yang ada"),
        ("(1 + 2", 7, "Kurung belum ditutup"),
        ("1 + 2)", 6, "tanpa kurung buka"),
        ("1 < luas < 3", 10, "dirangkai"),
        ("jenis = \"a", 9, "tidak ditutup"),
        ("jenis != 2", 7, "<>"),
        ("luas luas", 6, "tidak diharapkan"),
        ("papan.luas", 1, "jumlah(papan.luas)"),
        ("jumlah(luas)", 1, "kolom"),
        ("jumlah(a.b * c.d)", 14, "satu tabel"),
        ("jumlah(a.b * jumlah(a.b))", 14, "di dalam jumlah"),
        ("luas @ 2", 6, "tidak dikenal"),
        ("jika", 1, "kurung"),
    ] {
        let salah = Rumus::parse(text).expect_err(text);
        assert_eq!(salah.posisi, posisi, "{text}: {salah}");
        assert!(salah.to_string().contains(word), "{text}: {salah}");
    }
    assert!(Rumus::parse(&"(".repeat(500)).is_err());
    assert!(Rumus::parse(&"bukan ".repeat(300)).is_err());
    assert!(Rumus::parse(&format!("1{}", " + 1".repeat(200))).is_err());
    assert!(Rumus::parse(&"1".repeat(PANJANG_MAKS + 1)).is_err());
}

#[test]
fn sides_that_do_not_fit_together_are_found_before_anybody_applies() {
    let check = |text: &str| Rumus::parse(text).unwrap().check(&types);
    for (text, tipe) in [
        ("luas * 2", Tipe::Angka),
        ("luas > 2 dan setuju", Tipe::Ya),
        ("selesai - mulai", Tipe::Angka),
        ("mulai > \"2026-12-31\"", Tipe::Ya),
        ("jika(setuju; \"a\"; jenis_papan)", Tipe::Teks),
        ("terisi(nik) atau banyak(papan) > 2", Tipe::Ya),
        ("jumlah(papan.luas * papan.banyak)", Tipe::Angka),
        ("permohonan <> \"baru\"", Tipe::Ya),
    ] {
        assert_eq!(check(text), Ok(tipe), "{text}");
    }
    for (text, posisi, word) in [
        ("panjang * 2", 1, "tidak ada"),
        ("luas + jenis_papan", 8, "diperlukan angka"),
        ("luas = \"5\"", 8, "petik"),
        ("jenis_papan > \"a\"", 1, "hanya dapat dibandingkan"),
        ("luas dan setuju", 1, "ya atau tidak"),
        ("mulai > \"besok\"", 9, "bukan tanggal"),
        ("jika(setuju; 1; \"a\")", 17, "diperlukan angka"),
        ("papan > 2", 1, "banyak(tabel)"),
        ("jumlah(papan.tinggi)", 8, "papan.tinggi"),
        ("terisi(1)", 8, "isian"),
    ] {
        let salah = check(text).expect_err(text);
        assert_eq!(salah.posisi, posisi, "{text}: {salah}");
        assert!(salah.to_string().contains(word), "{text}: {salah}");
    }
    assert!(Rumus::parse("luas").unwrap().check_condition(&types).is_err());
    assert!(Rumus::parse("setuju").unwrap().check_fee(&types).is_err());
    assert_eq!(Rumus::parse("luas * 2").unwrap().check_fee(&types), Ok(()));
}

#[test]
fn the_names_of_its_fields_are_known() {
    let rumus = Rumus::parse("jika(permohonan = \"baru\"; Luas; jumlah(papan.luas)) * tarif").unwrap();
    assert_eq!(rumus.names().into_iter().collect::<Vec<_>>(), ["luas", "papan", "tarif"]);
    assert!(is_reserved("dan") && is_reserved("jumlah") && is_reserved("permohonan") && !is_reserved("luas"));
}

#[test]
fn quotes_from_a_word_processor_and_signs_of_a_calculator_are_understood() {
    assert!(holds("jenis_papan = \u{201c}permanen\u{201d}", &json!({"jenis_papan": "permanen"})));
    assert_eq!(fee("6 \u{d7} 4 \u{f7} 3 \u{2212} 1", &json!({})), Ok(Rupiah(7)));
    assert!(holds("2 \u{2265} 2 dan 1 \u{2260} 2 dan 1 \u{2264} 1", &json!({})));
    assert!(holds("jenis_papan = \"kata \"\"kutip\"\"\"", &json!({"jenis_papan": "kata \"kutip\""})));
}

fn formula() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        (0u64..5000, 0u64..100).prop_map(|(whole, part)| format!("{whole},{part}")),
        (0u64..5_000_000).prop_map(|whole| whole.to_string()),
        Just("luas".to_owned()),
        Just("tarif".to_owned()),
        Just("setuju".to_owned()),
        Just("ya".to_owned()),
        Just("\"permanen\"".to_owned()),
        Just("jumlah(papan.luas)".to_owned()),
    ];
    leaf.prop_recursive(5, 40, 3, |inner| {
        prop_oneof![
            (inner.clone(), "[-+*/=<>]|<=|>=|<>|dan|atau", inner.clone()).prop_map(|(a, op, b)| format!("({a} {op} {b})")),
            (inner.clone(), "[-+*/]", inner.clone()).prop_map(|(a, op, b)| format!("{a} {op} {b}")),
            inner.clone().prop_map(|a| format!("-{a}")),
            inner.clone().prop_map(|a| format!("bukan {a}")),
            (inner.clone(), inner.clone(), inner.clone()).prop_map(|(a, b, c)| format!("jika({a}; {b}; {c})")),
            (inner.clone(), inner).prop_map(|(a, b)| format!("maks({a}; {b})")),
        ]
    })
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,200}") {
        if let Ok(rumus) = Rumus::parse(&text) {
            let _ = (rumus.condition(&nilai(&json!({}))), rumus.rupiah(&nilai(&json!({}))), rumus.check(&types));
        }
    }

    #[test]
    fn no_row_of_its_own_words_makes_it_panic(words in prop::collection::vec(prop::sample::select(vec![
        "luas", "papan", ".", "jumlah", "(", ")", ";", "+", "-", "*", "/", "=", "<", "dan", "bukan", "1", "0,5", "\"a\"", "jika",
    ]), 0..40)) {
        if let Ok(rumus) = Rumus::parse(&words.join(" ")) {
            let answers = json!({"luas": 3, "papan": [{"luas": 2}]});
            let _ = (rumus.condition(&nilai(&answers)), rumus.rupiah(&nilai(&answers)), rumus.check(&types));
        }
    }

    #[test]
    fn what_is_printed_reads_as_the_same_formula(text in formula(), luas in 0i64..100_000) {
        if let Ok(rumus) = Rumus::parse(&text) {
            let printed = rumus.to_string();
            let again = Rumus::parse(&printed).map_err(|e| TestCaseError::fail(format!("{text} -> {printed}: {e}")))?;
            prop_assert_eq!(again.to_string(), printed);
            let answers = nilai(&json!({"luas": luas, "tarif": "12,5", "papan": [{"luas": 7}]}));
            // The places of letters differ, what is computed does not.
            prop_assert_eq!(again.number(&answers).ok(), rumus.number(&answers).ok());
        }
    }

    #[test]
    fn a_fee_is_never_below_zero_and_what_fits_its_types_only_fails_for_numbers(text in formula(), luas in -100_000i64..100_000) {
        if let Ok(rumus) = Rumus::parse(&text) {
            let answers = nilai(&json!({"luas": luas, "tarif": "0,333", "setuju": true, "papan": [{"luas": luas}]}));
            if let Ok(rupiah) = rumus.rupiah(&answers) {
                prop_assert!(rupiah >= Rupiah::ZERO);
            }
            if rumus.check_fee(&types).is_ok() {
                let failed = rumus.number(&answers).err();
                prop_assert!(matches!(failed, None | Some(Gagal::DividedByZero | Gagal::TooLarge)), "{text}: {failed:?}");
            }
        }
    }

    #[test]
    fn fractions_compare_as_their_cross_products(a in -10_000i128..10_000, b in 1i128..5000, c in -10_000i128..10_000, d in 1i128..5000) {
        let (left, right) = (Pecahan::new(a, b).unwrap(), Pecahan::new(c, d).unwrap());
        prop_assert_eq!(left.compare(right), (a * d).cmp(&(c * b)));
        prop_assert_eq!(left.plus(right).unwrap().minus(right).unwrap(), left);
        prop_assert!(left.down() <= left.nearest() && left.nearest() <= left.up());
    }

    #[test]
    fn a_larger_area_never_pays_less(small in 0i64..1_000_000, more in 0i64..1_000_000) {
        let rumus = Rumus::parse("maks(50000; luas * 1250,75)").unwrap();
        let of = |luas: i64| rumus.rupiah(&nilai(&json!({"luas": luas}))).unwrap();
        prop_assert!(of(small) <= of(small + more));
    }
}

#[test]
fn what_is_not_filled_is_called_by_its_label() {
    let rek = crate::jenis::bawaan::all().into_iter().find(|one| one.kode == "REK").unwrap();
    let said = |isian: &str| Gagal::Empty { isian: isian.into() }.named(&rek);
    for field in rek.fields() {
        assert_eq!(said(&field.kode), Gagal::Empty { isian: field.label.clone() });
        for column in &field.kolom {
            assert_eq!(said(&column.kode), Gagal::Empty { isian: column.label.clone() });
        }
    }
    assert_eq!(said("entah"), Gagal::Empty { isian: "entah".into() });
    assert_eq!(Gagal::DividedByZero.named(&rek), Gagal::DividedByZero);
}
