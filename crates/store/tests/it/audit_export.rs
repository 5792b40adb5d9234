//! What leaves the house, and what the law lets people erase.

use praja_store::{Keys, audit::export::verify_export};

use crate::{
    audit::{chain, verify, write_rows},
    support::{Bed, beds},
};

fn export(bed: &Bed, masked: impl Fn(&str) -> bool) -> String {
    let mut out = Vec::new();
    bed.db.export_audit(&chain(), masked, &mut out).unwrap();
    String::from_utf8(out).unwrap()
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
        assert_eq!(verify_export(&mut masked.as_bytes()), Ok(600));
    }
}

#[test]
fn an_export_that_was_changed_says_where() {
    for bed in beds() {
        write_rows(&bed, 0, 20);
        let export = export(&bed, |_| false);
        let verify = |text: &str| verify_export(&mut text.as_bytes());
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
        assert_eq!(verify_export(&mut text.as_bytes()), Ok(6));
    }
}
