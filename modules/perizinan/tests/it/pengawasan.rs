//! What the inspectorate takes along, through its pages, and what becomes of it without the server.

use std::io::{Cursor, Read};

use praja_perizinan::pengawasan::periksa::{ReadSeek, check};
use praja_store::Anchor;
use praja_testkit::Kit;

use crate::{
    Person,
    alur::{act, kit, of_two, send, skp},
};

const PAGE: &str = "/perizinan/izin/ekspor-pengawasan";

/// One application sent and found complete.
fn one_complete(kit: &Kit) {
    let mut citizen = Person::stranger(kit);
    let resi = skp(&mut citizen);
    send(&mut citizen, &resi);
    let (mut loket, path) = of_two(kit, ["loket", "loket2"]);
    act(&mut loket, &path, "lengkap", &[]);
    kit.clock.move_ms(60_000);
}

/// Asks for an export and lets the background write it; gives the page of it.
fn exported(kit: &Kit, auditor: &mut Person<'_>) -> String {
    let form = format!("{PAGE}/baru");
    let today = kit.off(|instance| instance.today()).to_string();
    let asked = auditor.fill(
        &form,
        &form,
        &[("dari", "2023-11-01"), ("sampai", today.as_str()), ("tujuan", "Surat tugas 700/12/IRDA/2026")],
    );
    assert_eq!(asked.status, 303, "{}", asked.body);
    let page = asked.location.expect("it leads to the export");
    let (_, failed) = kit.work();
    assert!(failed.is_empty(), "{failed:?}");
    page
}

fn anchor(kit: &Kit) -> Anchor {
    Person::officer(kit, "auditor").get(&format!("{PAGE}/jangkar")).body.parse().expect("it is one")
}

fn zip(auditor: &mut Person<'_>, page: &str) -> Vec<u8> {
    let file = auditor.get(&format!("{page}/berkas"));
    assert_eq!((file.status, file.header("content-type")), (200, Some("application/zip")), "{}", file.body);
    file.bytes
}

#[test]
fn an_export_made_on_the_page_is_proved_by_an_anchor_that_was_taken_before() {
    let kit = kit();
    one_complete(&kit);
    let kept = anchor(&kit);
    kit.clock.move_ms(86_400_000);
    one_complete(&kit);
    let mut auditor = Person::officer(&kit, "auditor");
    let page = exported(&kit, &mut auditor);
    let shown = auditor.get(&page);
    assert!(
        shown.says("Siap diunduh") && shown.says("Surat tugas 700/12/IRDA/2026") && shown.says("Unduh ekspor"),
        "{}",
        shown.body
    );
    let bytes = zip(&mut auditor, &page);
    let open = || Ok(Box::new(Cursor::new(bytes.clone())) as Box<dyn ReadSeek>);
    let told = check(&open, std::slice::from_ref(&kept)).expect("it holds");
    assert!(told.latihan && told.terjangkar > 0 && told.baris > told.terjangkar);
    assert_eq!(told.tabel[0], ("permohonan.csv".to_owned(), 2));
    let whole = text(&bytes);
    assert!(!whole.contains("Siti Rahma") && !whole.contains("5315015209850001") && !whole.contains("081234567890"));
    assert!(whole.contains("531501******0001") && whole.contains("LATIHAN"));
    // Past exports stand in the list, with purpose and end of the chain; the act is in the audit trail.
    let list = auditor.get(PAGE);
    assert!(list.says("Surat tugas 700/12/IRDA/2026") && list.says("Unduh jangkar"), "{}", list.body);
    assert_eq!(auditor.get(&format!("{PAGE}/daftar?format=csv")).status, 200);
    assert!(auditor.get(&format!("{PAGE}/periksa")).says("praja audit verify --export"));
    let mine: Anchor = auditor.get(&format!("{page}/jangkar")).body.parse().expect("an anchor");
    assert!(check(&open, &[mine]).is_err());
}

fn text(bytes: &[u8]) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut all = String::new();
    for at in 0..zip.len() {
        zip.by_index(at).expect("a file").read_to_string(&mut all).expect("text");
    }
    all
}

#[test]
fn who_changes_the_tables_of_the_database_changes_no_export() {
    let kit = kit();
    one_complete(&kit);
    let kept = anchor(&kit);
    kit.clock.move_ms(3_600_000);
    let forged = kit.off(|instance| {
        instance.db.write(&instance.by_system("test"), praja_store::Keys::unaudited(), |tx| {
            tx.exec("UPDATE perizinan_permohonan SET tenggat = '2030-01-01', sla = 900", &[])
        })
    });
    assert_eq!(forged.expect("it is forged"), 1);
    let mut auditor = Person::officer(&kit, "auditor");
    let page = exported(&kit, &mut auditor);
    let bytes = zip(&mut auditor, &page);
    assert!(check(&|| Ok(Box::new(Cursor::new(bytes.clone())) as Box<dyn ReadSeek>), &[kept]).is_ok());
    assert!(!text(&bytes).contains("2030-01-01"));
}

#[test]
fn a_row_of_the_chain_changed_in_the_database_is_found_in_the_export_without_the_server() {
    let kit = kit();
    one_complete(&kit);
    let kept = anchor(&kit);
    kit.clock.move_ms(3_600_000);
    kit.off(|instance| {
        instance.db.write(&instance.by_system("test"), praja_store::Keys::unaudited(), |tx| {
            tx.exec(
                "UPDATE store_audit_nilai SET isi = REPLACE(isi, 'nyatakan-lengkap', 'kembalikan') WHERE rantai = 'perizinan'",
                &[],
            )
        })
    })
    .expect("it is forged");
    let mut auditor = Person::officer(&kit, "auditor");
    let page = exported(&kit, &mut auditor);
    let bytes = zip(&mut auditor, &page);
    let found = check(&|| Ok(Box::new(Cursor::new(bytes.clone())) as Box<dyn ReadSeek>), &[kept]).expect_err("it is forged");
    assert!(found[0].to_string().contains("nilai bidang fakta diubah"), "{found:?}");
}

#[test]
fn applications_from_before_the_chain_and_complaints_are_in_it() {
    let kit = kit();
    one_complete(&kit);
    let kept = anchor(&kit);
    kit.clock.move_ms(3_600_000);
    let id = kit.off(|instance| {
        instance.db.write(&instance.by_system("test"), praja_store::Keys::unaudited(), |tx| {
            // As if it had come with an older release, or from another program.
            tx.exec("UPDATE perizinan_permohonan SET dirantai = FALSE", &[])?;
            tx.one("SELECT id FROM perizinan_permohonan", &[], |row| row.get::<praja_kernel::Id>(0))
        })
    });
    let id = id.expect("it is there");
    kit.off(|instance| {
        let today = instance.today();
        instance.db.write(&instance.by_system("test"), praja_desk::complaints::keys(today), move |tx| {
            let draft = praja_desk::complaints::Draft {
                jenis: praja_desk::complaints::Jenis::Pelayanan,
                objek: format!("perizinan_permohonan:{id}"),
                tentang: "permohonan".into(),
                isi: "Sudah seminggu tidak ada kabar.".into(),
                nama: "Siti Rahma".into(),
                ..Default::default()
            };
            let hari = praja_desk::complaints::Hari::of(tx, today)?;
            praja_desk::complaints::file(tx, &draft, today, &hari)
        })
    })
    .expect("it is filed");
    let mut auditor = Person::officer(&kit, "auditor");
    kit.work();
    let page = exported(&kit, &mut auditor);
    let bytes = zip(&mut auditor, &page);
    let told = check(&|| Ok(Box::new(Cursor::new(bytes.clone())) as Box<dyn ReadSeek>), &[kept]).expect("it holds");
    assert_eq!(told.tabel[4], ("pengaduan.csv".to_owned(), 1));
    assert!(text(&bytes).contains("perizinan.chain-keadaan"));
}

#[test]
fn an_export_needs_a_purpose_and_days_that_have_been() {
    let kit = kit();
    let mut auditor = Person::officer(&kit, "auditor");
    let form = format!("{PAGE}/baru");
    let odd = auditor.fill(&form, &form, &[("dari", "2026-12-01"), ("sampai", "2030-01-01"), ("tujuan", "cek")]);
    assert_eq!(odd.status, 422, "{}", odd.body);
    assert!(odd.says("belum tiba") && odd.says("Tulis untuk apa") && odd.says("cek"), "{}", odd.body);
    let turned = auditor.fill(&form, &form, &[("dari", "2026-10-01"), ("sampai", "2026-01-01"), ("tujuan", "Pemeriksaan rutin")]);
    assert!(turned.status == 422 && turned.says("mendahului tanggal awalnya"), "{}", turned.body);
    // Before anything happened there is nothing to show, and that is said.
    assert!(auditor.get(PAGE).says("Belum pernah dibuat"));
    for other in ["loket", "pemeriksa"] {
        assert_eq!(Person::officer(&kit, other).get(PAGE).status, 403);
    }
}
