use praja_kernel::{Date, Id, Permission, Sifat};
use praja_module::api::Cakupan;

use super::{Draft, Known, Rahasia, check, may_give};

const READ: Permission = Permission::new("surat.read-surat");
const WRITE: Permission = Permission::new("surat.write-surat");
const BACA: Cakupan = Cakupan { nama: "surat.masuk.baca", arti: "Membaca surat masuk", hak: READ };
const TULIS: Cakupan = Cakupan { nama: "surat.masuk.tulis", arti: "Mencatat surat masuk", hak: WRITE };
const POST: &str = "01935b6e-0000-7000-8000-000000000001";

fn today() -> Date {
    Date::constant(2026, 11, 22)
}

fn draft() -> Draft<'static> {
    Draft {
        nama: "SIMPEG",
        keterangan: "Perjanjian 12/2026",
        jabatan: POST,
        sifat: "biasa",
        cakupan: vec!["surat.masuk.baca"],
        sampai: "2027-11-22",
    }
}

fn wrong(draft: &Draft<'_>, leads: bool, taken: &[String]) -> Vec<std::borrow::Cow<'static, str>> {
    let posts: [Id; 1] = [POST.parse().unwrap()];
    let known = Known { today: today(), boleh: &[BACA], jabatan: &posts, pimpinan: leads, dipakai: taken };
    check(draft, &known).map_or_else(|problems| problems.iter().map(|one| one.field.clone()).collect(), |_| Vec::new())
}

#[test]
fn a_token_is_made_for_what_its_maker_may_do_and_no_more() {
    assert_eq!(may_give(vec![BACA, TULIS], |hak| hak == READ), [BACA]);
    assert!(wrong(&draft(), false, &[]).is_empty());
    let more = Draft { cakupan: vec!["surat.masuk.baca", "surat.masuk.tulis"], ..draft() };
    assert_eq!(wrong(&more, true, &[]), ["cakupan"]);
    assert_eq!(wrong(&Draft { cakupan: vec![], ..draft() }, true, &[]), ["cakupan"]);
}

#[test]
fn only_the_leader_opens_terbatas_and_nobody_opens_rahasia() {
    for (sifat, leads, refused) in [
        ("biasa", false, false),
        ("terbatas", false, true),
        ("terbatas", true, false),
        ("rahasia", true, true),
        ("sangat_rahasia", true, true),
        ("", true, true),
    ] {
        let told = wrong(&Draft { sifat, ..draft() }, leads, &[]);
        assert_eq!(told == ["sifat"], refused, "{sifat} {leads}: {told:?}");
    }
    let posts: [Id; 1] = [POST.parse().unwrap()];
    let known = Known { today: today(), boleh: &[BACA], jabatan: &posts, pimpinan: true, dipakai: &[] };
    assert_eq!(check(&Draft { sifat: "terbatas", ..draft() }, &known).unwrap().0.sifat, Sifat::Terbatas);
}

#[test]
fn every_problem_stands_at_its_field() {
    let nothing = Draft { jabatan: "x", ..Draft::default() };
    assert_eq!(wrong(&nothing, false, &[]), ["nama", "keterangan", "jabatan", "sifat", "cakupan", "sampai"]);
    assert_eq!(wrong(&draft(), false, &["simpeg".into()]), ["nama"]);
    for (day, refused) in [("2026-11-21", true), ("2026-11-22", false), ("2028-11-22", false), ("2028-11-23", true)] {
        assert_eq!(wrong(&Draft { sampai: day, ..draft() }, false, &[]) == ["sampai"], refused, "{day}");
    }
}

#[test]
fn a_token_is_256_bits_and_only_its_hash_and_first_letters_are_kept() {
    let (one, two) = (Rahasia::draw(), Rahasia::draw());
    assert_ne!(one.teks, two.teks);
    assert_eq!(one.teks.len(), "praja_".len() + 64);
    assert_eq!(one.kunci, praja_module::session_key(&one.teks));
    assert!(one.teks.starts_with(&one.petunjuk) && one.petunjuk.len() == 12 && !one.kunci.contains(&one.teks[6..]));
}
