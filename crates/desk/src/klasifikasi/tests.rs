use praja_kernel::Moment;
use praja_store::{By, Keys, StoreError};

use super::*;
use crate::testing::{engines, officer};

#[test]
fn the_shipped_list_knows_its_codes() {
    let list = Klasifikasi::shipped();
    assert_eq!(list.uraian("000.1.2"), Some("Perjalanan Dinas Dalam Negeri"));
    assert_eq!(list.uraian("000.1.999"), None);
    assert!(list.0.len() > 2900);
    assert!(list.0.iter().filter_map(Kode::induk).all(|above| list.get(above).is_some()), "every code has its parent");
}

#[test]
fn a_letter_carries_a_code_of_the_third_level_or_deeper() {
    let list = Klasifikasi::shipped();
    assert!(list.is_usable("000.1.2"));
    assert!(!list.is_usable("000.1") && !list.is_usable("000") && !list.is_usable("123.456.789"));
}

#[test]
fn a_code_is_found_by_its_beginning_and_by_words_in_any_order() {
    let list = Klasifikasi::shipped();
    let codes = |typed: &str| list.search(typed, 20).into_iter().map(|kode| kode.kode.clone()).collect::<Vec<_>>();
    assert!(codes("dinas perjalanan").contains(&"000.1.2".to_owned()));
    assert_eq!(codes("perjal din dalam").first().map(String::as_str), Some("000.1.2"));
    let below = codes("000.1.");
    assert!(below.iter().all(|code| code.starts_with("000.1.")) && below.len() > 3);
    let place = |code: &str| below.iter().position(|one| one == code);
    assert!(place("000.1.2") < place("000.1.10") || place("000.1.10").is_none());
    assert!(codes("").is_empty() && codes("zzqx").is_empty());
    assert!(codes("a").len() <= 20);
}

#[test]
fn codes_stand_in_the_order_of_their_numbers() {
    let mut codes = ["000.1.10", "000.1.2", "000.1", "100.1", "000.1.2.1"];
    codes.sort_by(|a, b| order(a, b));
    assert_eq!(codes, ["000.1", "000.1.2", "000.1.2.1", "000.1.10", "100.1"]);
}

#[test]
fn the_codes_used_last_come_first_and_once() {
    for (db, by) in engines("desk_uji_klas") {
        for (at, kode) in [(1, "000.1.2"), (2, "000.1.1"), (3, "000.1.2")] {
            let by = By::scope(&officer(), Moment(at), by.ids.clone());
            db.write(&by, Keys::unaudited(), move |tx| used(tx, kode)).unwrap();
        }
        let key = officer().actor.key();
        let recent = db.read(|tx| Ok::<_, StoreError>((recent(tx, &key)?, recent(tx, "pegawai:lain")?))).unwrap();
        assert_eq!(recent.0, ["000.1.2", "000.1.1"]);
        assert!(recent.1.is_empty());
    }
}
