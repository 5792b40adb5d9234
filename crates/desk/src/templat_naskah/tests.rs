use praja_kernel::Date;
use praja_store::Keys;
use serde_json::json;

use super::*;
use crate::testing::{by, engines};

#[test]
fn the_own_template_of_a_kind_goes_with_every_drawing_of_it_and_of_no_other() {
    for (db, _) in engines("templat_naskah") {
        let put = |text: &'static str, versi| {
            db.write(&by(), Keys::unaudited(), move |tx| store::put(tx, &key("memo"), text, versi)).unwrap()
        };
        let of = |kode: &'static str| db.read(|tx| drawing(tx, kode, json!({}), Date::constant(2026, 11, 22))).unwrap();
        assert!(of("memo").files.is_empty());
        assert!(put("Memo kami", 0));
        assert_eq!(of("memo").files.get("memo.typ").map(Vec::as_slice), Some(b"Memo kami".as_slice()));
        assert!(of("nota-dinas").files.is_empty());
        assert!(!put("Memo orang lain", 0), "somebody was first");
        assert!(put("", 1));
        assert!(of("memo").files.is_empty(), "an empty one means the release's");
    }
}
