use praja_store::Keys;

use super::*;
use crate::testing::engines;

fn draft(kind: &JenisNaskah) -> Draft {
    Draft {
        aturan: kind.aturan.to_text(),
        singkatan: kind.singkatan.clone(),
        register: kind.register.clone(),
        pemegang: kind.pemegang.as_str().into(),
        penanda: kind.penanda.iter().map(|post| post.as_str().to_owned()).collect(),
        klasifikasi: kind.klasifikasi.clone(),
        aktif: true,
    }
}

fn kind<'a>(kinds: &'a [JenisNaskah], kode: &str) -> &'a JenisNaskah {
    kinds.iter().find(|kind| kind.kode == kode).expect("shipped")
}

#[test]
fn thirty_two_kinds_load_twenty_seven_are_numbered_and_none_collide() {
    let kinds = shipped().unwrap();
    let numbered = kinds.iter().filter(|kind| kind.aturan.pattern.is_some()).count();
    assert_eq!((kinds.len(), numbered), (32, 27));
    assert_eq!(clashes(&kinds), []);
    let codes: std::collections::BTreeSet<_> = kinds.iter().map(|kind| &kind.kode).collect();
    let short: std::collections::BTreeSet<_> = kinds.iter().map(|kind| &kind.singkatan).collect();
    assert_eq!((codes.len(), short.len()), (32, 32));
    assert_eq!(kinds.iter().filter(|kind| kind.aturan.nomor_pihak_lain).count(), 2);
}

#[test]
fn kinds_of_one_family_that_count_apart_need_patterns_that_differ() {
    let kinds = shipped().unwrap();
    let nd = kind(&kinds, "nota-dinas");
    let try_with = |aturan: &str, register: &str, pemegang: &str| {
        let draft = Draft { aturan: aturan.into(), register: register.into(), pemegang: pemegang.into(), ..draft(nd) };
        change(&kinds, "nota-dinas", &draft, Klasifikasi::shipped()).map(|_| ())
    };
    let cases: [(&str, &str, &str, bool); 10] = [
        ("{klas}/{no}/{unit}", "surat", "opd", true),
        ("{klas}/{no}/{unit}", "nota-dinas", "opd", false),
        ("{klas}/{no:03}/{unit}", "nota-dinas", "opd", false),
        ("ND-{no}/{unit}/{ROM}/{tahun}", "nota-dinas", "opd", true),
        ("{jenis}/{no}/{unit}/{klas}", "nota-dinas", "opd", true),
        ("{klas}/{no}/nd", "nota-dinas", "daerah", false),
        ("{klas}/{no}/{unit}/{tahun}", "nota-dinas", "opd", true),
        ("{klas}/{no}", "surat", "opd", false),
        ("{klas}/{no}/{unit}", "surat", "daerah", false),
        ("-", "nota-dinas", "opd", true),
    ];
    for (aturan, register, pemegang, allowed) in cases {
        let outcome = try_with(aturan, register, pemegang);
        assert_eq!(outcome.is_ok(), allowed, "{aturan} in {register} of {pemegang}: {outcome:?}");
        if let Err(refusal) = outcome {
            assert!(matches!(refusal, Refusal::Clash(_)), "{refusal:?}");
        }
    }
}

#[test]
fn kinds_of_different_families_may_look_alike() {
    let kinds = shipped().unwrap();
    let (perda, perbup) = (kind(&kinds, "peraturan-daerah"), kind(&kinds, "peraturan-bupati"));
    assert_eq!(perda.aturan, perbup.aturan, "NOMOR 1 TAHUN 2026 of either is told apart by its kind");
    assert_ne!(perda.rumpun, perbup.rumpun);
}

#[test]
fn a_kind_that_is_not_in_use_collides_with_nothing() {
    let kinds = shipped().unwrap();
    let nd = kind(&kinds, "nota-dinas");
    let off = Draft { register: "nota-dinas".into(), aktif: false, ..draft(nd) };
    assert!(change(&kinds, "nota-dinas", &off, Klasifikasi::shipped()).is_ok());
}

#[test]
fn everything_typed_wrong_is_told_at_once() {
    let kinds = shipped().unwrap();
    let draft = Draft {
        aturan: "{klas}/{nomor}".into(),
        singkatan: "S D!".into(),
        register: String::new(),
        penanda: vec!["raja".into()],
        klasifikasi: "000.1".into(),
        ..Draft::default()
    };
    let Err(Refusal::Fields(problems)) = change(&kinds, "surat-dinas", &draft, Klasifikasi::shipped()) else { panic!("refused") };
    let fields: Vec<_> = problems.iter().map(|problem| problem.field.as_ref()).collect();
    assert_eq!(fields, ["aturan", "singkatan", "register", "pemegang", "penanda", "klasifikasi"]);
    assert!(problems[0].message.contains("{no}"));
}

#[test]
fn the_regencys_own_numbering_survives_installing_again_and_saving_is_guarded() {
    for (db, by) in engines("desk_uji_jenis") {
        db.write(&by, Keys::unaudited(), install).unwrap();
        let nd = db.read(|tx| get(tx, "nota-dinas")).unwrap().unwrap();
        let mine = Draft {
            aturan: "{jenis}-{no}/{unit}/{tahun}".into(),
            penanda: vec!["administrator".into(), "politik".into(), "administrator".into()],
            klasifikasi: "000.1.2".into(),
            ..draft(&nd)
        };
        let save_at = |versi: i64| {
            let mine = mine.clone();
            db.write(&by, Keys::none(), move |tx| save(tx, "nota-dinas", versi, &mine, Klasifikasi::shipped()))
        };
        save_at(nd.versi).unwrap();
        assert!(matches!(save_at(nd.versi), Err(Problem::Conflict)));
        db.write(&by, Keys::unaudited(), install).unwrap();
        let all = db.read(all).unwrap();
        assert_eq!(all.len(), 32);
        assert_eq!(kind(&all, "nota-dinas").aturan.to_text(), "{jenis}-{no}/{unit}/{tahun}");
        assert_eq!(kind(&all, "nota-dinas").penanda, [jabatan::Jenis::Administrator, jabatan::Jenis::Politik]);
        assert_eq!(kind(&all, "nota-dinas").klasifikasi, "000.1.2");
        assert_eq!((all[0].kode.as_str(), all[0].penanda.as_slice()), ("peraturan-daerah", [jabatan::Jenis::Politik].as_slice()));
    }
}

#[test]
fn the_classification_a_kind_begins_with_is_one_that_letters_may_carry() {
    let with: Vec<JenisNaskah> = shipped().unwrap().into_iter().filter(|kind| !kind.klasifikasi.is_empty()).collect();
    assert!(with.len() >= 10);
    for kind in with {
        let found = Klasifikasi::shipped().get(&kind.klasifikasi);
        assert!(found.is_some() && kind.klasifikasi.split('.').count() >= 3, "{}: {}", kind.kode, kind.klasifikasi);
    }
}
