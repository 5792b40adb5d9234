//! What leaves the house, and what the law lets people erase.

use praja_kernel::Moment;
use praja_store::{Anchor, Keys, audit::export};

use crate::{
    audit::{chain, verify, write_rows},
    support::{Bed, beds},
};

fn export(bed: &Bed, masked: impl Fn(&str) -> bool) -> String {
    let mut out = Vec::new();
    bed.db.export_audit(&chain(), masked, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// The rows of a chain that holds.
fn verify_export(text: &str) -> Result<i64, String> {
    export::verify_export(&mut text.as_bytes(), &[]).map(|one| one.baris)
}

#[test]
fn a_masked_export_verifies_and_holds_no_masked_value() {
    for bed in beds() {
        write_rows(&bed, 0, 600);
        let open = export(&bed, |_| false);
        assert!(open.contains("\"nilai\":\"5301007"), "the control: an open export holds the value");
        let masked = export(&bed, |field| field == "nik");
        assert!(!masked.contains("\"nilai\":\"5301") && !masked.contains("\"bidang\":\"nik\""), "no NIK left the house");
        assert!(masked.contains("Undangan 7"));
        assert_eq!(verify_export(&masked), Ok(600));
    }
}

#[test]
fn an_export_that_was_changed_says_where() {
    for bed in beds() {
        write_rows(&bed, 0, 20);
        let export = export(&bed, |_| false);
        let verify = verify_export;
        assert_eq!(verify(&export), Ok(20));
        assert_eq!(verify(&export.replace("Undangan 7", "Undangan 77")), Err("baris 8: nilai bidang hal diubah".into()));
        assert_eq!(verify(&export.replace("uji_surat:7\"", "uji_surat:8\"")), Err("baris 8: isi baris diubah".into()));
        let without: String = export.lines().enumerate().filter(|(n, _)| *n != 7).map(|(_, line)| format!("{line}\n")).collect();
        assert_eq!(verify(&without), Err("baris 9: baris hilang di tengah rantai".into()));
    }
}

#[test]
fn a_lawfully_erased_value_is_gone_and_the_chain_still_verifies() {
    for bed in beds() {
        write_rows(&bed, 0, 5);
        let rantai = chain();
        bed.db
            .write(&bed.by(Some(1)), Keys::none(), move |tx| {
                tx.erase_audit_values(&rantai, 3, &["nik"], "Permintaan penghapusan, UU 27/2022 Pasal 8")
            })
            .unwrap();
        let report = verify(&bed, &[]);
        assert_eq!(report.problems, []);
        assert_eq!((report.rows, report.erased), (6, 1), "the erasure itself is a row");
        let text = export(&bed, |_| false);
        assert!(!text.contains("\"5301002\"") && text.contains("\"5301001\""));
        assert!(text.contains("UU 27/2022"));
        assert_eq!(verify_export(&text), Ok(6));
    }
}

#[test]
fn any_single_byte_that_was_changed_is_found_in_its_row() {
    for bed in beds() {
        write_rows(&bed, 0, 3);
        let whole = export(&bed, |_| false);
        assert_eq!(verify_export(&whole), Ok(3), "the control");
        let mut row = 1;
        for at in 0..whole.len() {
            let mut bent = whole.clone().into_bytes();
            bent[at] ^= 1;
            let told = export::verify_export(&mut bent.as_slice(), &[]).expect_err("a changed byte is found");
            let around = &whole[at.saturating_sub(20)..(at + 20).min(whole.len())];
            assert!(told.starts_with(&format!("baris {row}: ")), "byte {at} of row {row}, {around:?}: {told}");
            row += i32::from(whole.as_bytes()[at] == b'\n');
        }
        assert_eq!(verify_export(""), Err("berkas ini kosong".into()));
    }
}

#[test]
fn an_export_is_held_against_anchors_that_were_kept_elsewhere() {
    for bed in beds() {
        write_rows(&bed, 0, 10);
        let whole = export(&bed, |_| false);
        let key = ed25519_dalek::SigningKey::from_bytes(&[7; 32]);
        let anchor = bed.db.read(|tx| Anchor::take(tx, "uji", Moment(1), &key, |_| "Dinas".into())).unwrap();
        let verify = |text: &str| export::verify_export(&mut text.as_bytes(), std::slice::from_ref(&anchor));
        let held = verify(&whole).unwrap();
        assert_eq!((held.rantai, held.baris, held.jangkar), (chain(), 10, 1));
        assert_eq!(held.sidik, anchor.heads.iter().find(|head| head.rantai == chain()).unwrap().sidik);
        let cut: String = whole.lines().take(8).map(|line| format!("{line}\n")).collect();
        assert_eq!(verify_export(&cut), Ok(8), "the control: without an anchor a cut chain holds");
        assert_eq!(verify(&cut), Err("baris 8: rantai dipotong; saat dijangkar ada 10 baris".into()));
        write_rows(&bed, 10, 2);
        assert_eq!(verify(&export(&bed, |_| false)).map(|one| one.baris), Ok(12), "what was added since is no problem");
    }
}
