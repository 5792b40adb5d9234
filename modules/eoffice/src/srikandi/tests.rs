use super::*;

fn row(nomor: &str, day: i8) -> Ada {
    Ada { nomor: nomor.into(), tanggal: Date::constant(2026, 11, day), hal: String::new() }
}

#[test]
fn a_pasted_list_is_read_with_or_without_its_head() {
    let text = "Nomor\tTanggal\tHal\n000.1/1/DINKES\t22-11-2026\tUndangan\n\n000.1/ 2 /dinkes;21 November 2026;\"Rapat\"\n000.1/2/DINKES|2026-11-21|lagi\n";
    let rows = read_list(text).unwrap();
    assert_eq!(rows.len(), 2, "a number counts once: {rows:?}");
    assert_eq!((rows[1].nomor.as_str(), rows[1].hal.as_str()), ("000.1/ 2 /dinkes", "Rapat"));
    for (text, words) in [("", "Tempelkan"), ("a\t2026-11-21\nb\tkapan\nc\t\n", "Baris 2 dan 1 baris lain")] {
        let Err(Refusal::Fields(wrong)) = read_list(text) else { panic!("{text} is read") };
        assert!(wrong[0].message.contains(words), "{wrong:?}");
    }
}

#[test]
fn only_what_one_side_has_is_named() {
    let ours = [row("000.1/1/DINKES", 20), row("000.1/2/DINKES", 21)];
    let theirs = [row("000.1 / 2 / dinkes", 21), row("000.1/3/DINKES", 22)];
    let (here, there) = one_sided(&ours, &theirs);
    assert_eq!((here, there), (vec![&ours[0]], vec![&theirs[1]]));
}

#[test]
fn any_field_goes_into_any_column() {
    let pairs = |all: &[(&str, &str)]| all.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect::<Vec<_>>();
    let (nama, kolom) =
        read_profile(" Unggahan ", &pairs(&[("Perihal", "hal"), ("", "jenis"), ("Tgl", "tanggal"), ("X", "kosong")])).unwrap();
    let data = Data { hal: "A & <B>".into(), tanggal: Some(Date::constant(2026, 11, 2)), ..Data::default() };
    let values: Vec<String> = kolom.iter().map(|one| data.value(one.isi)).collect();
    assert_eq!((nama.as_str(), values), ("Unggahan", vec!["A & <B>".to_owned(), "02-11-2026".into(), String::new()]));
    assert!(xml(&kolom, &[data]).contains("<kolom nama=\"Perihal\">A &amp; &lt;B&gt;</kolom>"));
    for (name, all) in [
        ("", &[("A", "hal")][..]),
        ("Unggahan", &[]),
        ("Unggahan", &[("A", "entah")]),
        ("Unggahan", &[("A", "hal"), ("a", "hal")]),
    ] {
        assert!(read_profile(name, &pairs(all)).is_err(), "{name} {all:?}");
    }
    assert_eq!(usual()[0].isi, Bidang::Jenis);
}
