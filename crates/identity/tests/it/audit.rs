//! The audit trail as its reader sees it.

use praja_testkit::Kit;

use crate::{impor::work, signed_in};

#[test]
fn only_who_reads_the_trail_sees_it() {
    let kit = Kit::new(&[]);
    for path in ["/identity/audit", "/identity/audit/unduh", "/identity/audit/periksa", "/identity/audit/jangkar"] {
        for akun in ["staf", "admin-opd", "superadmin"] {
            assert_eq!(signed_in(&kit, akun).get(path).status, 403, "{akun} {path}");
        }
        assert_eq!(signed_in(&kit, "auditor").get(path).status, 200, "{path}");
    }
}

#[test]
fn a_whole_chain_is_taken_along_and_verified_without_the_database() {
    let kit = Kit::new(&[]);
    act(&kit);
    let mut auditor = signed_in(&kit, "auditor");
    let page = auditor.get("/identity/audit/rantai");
    assert!(page.says("praja audit verify --export BERKAS") && page.says("Umum (masuk, warga, dan sistem)"), "{}", page.body);
    let at = page.body.rfind("/identity/audit/rantai/").expect("a chain is offered");
    let path = page.body[at..].split('"').next().expect("an address").to_owned();
    for (nilai, shown) in [("ya", true), ("tidak", false)] {
        let file = auditor.fill("/identity/audit/rantai", &path, &[("nilai", nilai)]);
        assert_eq!(file.status, 200, "{}", file.body);
        let text = String::from_utf8(file.bytes).expect("text");
        assert_eq!(text.contains("Petugas satu"), shown, "{nilai}: {text}");
        let verify = |text: &str| praja_store::audit::export::verify_export(&mut text.as_bytes(), &[]);
        let held = verify(&text).expect("the chain holds");
        assert!(held.baris >= 3, "{held:?}");
        let bent = text.replacen("identity.create-peran", "identity.create-surat", 1);
        assert!(verify(&bent).unwrap_err().contains("isi baris diubah"));
    }
    assert!(auditor.get("/identity/audit?tindakan=identity.download-rantai").says("mengunduh rantai"));
    assert_eq!(auditor.post("/identity/audit/rantai/lain/unduh", &[]).status, 403, "without the proof of origin");
    assert_eq!(signed_in(&kit, "superadmin").get("/identity/audit/rantai").status, 403);
}

/// Leaves a few acts of the demo's superadmin in the trail.
fn act(kit: &Kit) {
    let mut superadmin = signed_in(kit, "superadmin");
    let new = "/identity/peran/baru";
    for nama in ["Petugas satu", "Petugas dua", "Petugas tiga"] {
        let sent = superadmin.fill(new, new, &[("nama", nama), ("izin", "identity.read-audit")]);
        assert_eq!(sent.status, 303, "{}", sent.body);
    }
}

#[test]
fn rows_are_found_by_act_actor_day_and_object_and_open_with_their_values() {
    let kit = Kit::new(&[]);
    act(&kit);
    let mut auditor = signed_in(&kit, "auditor");
    let page = auditor.get("/identity/audit?tindakan=identity.create-peran");
    assert_eq!(
        page.body.matches("membuat peran</td>").count() + page.body.matches("membuat peran</a>").count(),
        3,
        "{}",
        page.body
    );
    let at = page.body.find("/identity/audit/baris/").expect("a row leads on");
    let row = page.body[at..].split('"').next().expect("an address").to_owned();
    let detail = auditor.get(&row);
    assert!(detail.says("Petugas tiga") && detail.says("identity.read-audit") && detail.says("cocok"), "{}", detail.body);
    let at = detail.body.find("?objek=").expect("the object leads on");
    let objek = detail.body[at..].split('"').next().expect("an address").to_owned();
    assert!(auditor.get(&format!("/identity/audit{objek}")).says("membuat peran"));
    assert!(auditor.get("/identity/audit?tindakan=identity.create-peran&dari=23-11-2026").says("Tidak ada tindakan yang cocok"));
    assert!(auditor.get("/identity/audit?tindakan=identity.create-peran&sampai=22-11-2026").says("membuat peran"));
    assert!(auditor.get("/identity/audit?sampai=31-02-2026").says("Februari 2026 hanya sampai tanggal 28"));
    assert!(auditor.get("/identity/audit?pelaku=tidak+ada+orangnya").says("Tidak ada orang bernama"));
    let csv = auditor.get("/identity/audit/unduh?tindakan=identity.create-peran&format=csv");
    assert!(csv.says("Petugas dua") && csv.says("identity.create-peran"), "{}", csv.body);
    assert_eq!(auditor.get("/identity/audit/baris/umum/999999").status, 404);
}

#[test]
fn more_rows_than_are_read_in_one_step_are_taken_along_each_once() {
    let kit = Kit::new(&[]);
    kit.off(|instance| {
        let by = instance.by_system("uji");
        instance.db.write(&by, praja_store::Keys::none(), |tx| {
            for at in 0..4_001_i64 {
                let id = tx.new_id()?;
                tx.audit(&praja_store::audit::Entry::new("identity.download-rantai", "identity_uji", id).with("ke", at))?;
            }
            Ok::<_, praja_store::StoreError>(())
        })
    })
    .expect("rows are written");
    let csv = signed_in(&kit, "auditor").get("/identity/audit/unduh?tindakan=identity.download-rantai&format=csv");
    let rows: std::collections::BTreeSet<&str> =
        csv.body.lines().filter(|line| line.contains("identity.download-rantai")).collect();
    assert_eq!(rows.len(), 4_001, "each row differs by its number");
    assert_eq!(csv.body.matches("identity.download-rantai").count(), 4_001, "no row twice");
}

#[test]
#[ignore = "a measurement, not a check: how long the largest download takes"]
#[allow(clippy::print_stdout, clippy::disallowed_methods, reason = "this is what a measurement is for")]
fn a_hundred_thousand_rows_are_taken_along() {
    let kit = Kit::new(&[]);
    for chunk in 0..200_i64 {
        kit.off(|instance| {
            let by = instance.by_system("uji");
            instance.db.write(&by, praja_store::Keys::none(), move |tx| {
                for at in 0..500_i64 {
                    let id = tx.new_id()?;
                    let entry = praja_store::audit::Entry::new("identity.download-rantai", "identity_uji", id);
                    tx.audit(&entry.with("ke", chunk * 500 + at).with("nama", "Dinas Kesehatan"))?;
                }
                Ok::<_, praja_store::StoreError>(())
            })
        })
        .expect("rows are written");
    }
    let mut auditor = signed_in(&kit, "auditor");
    for format in ["csv", "xlsx"] {
        let began = std::time::Instant::now();
        let page = auditor.get(&format!("/identity/audit/unduh?tindakan=identity.download-rantai&format={format}"));
        assert_eq!(page.status, 200);
        println!("{format}: {:.1?}, {} bytes", began.elapsed(), page.bytes.len());
        if format == "csv" {
            assert_eq!(page.body.matches("identity.download-rantai").count(), 100_000);
        }
    }
}

#[test]
fn a_name_that_several_people_have_is_asked_back() {
    let kit = Kit::new(&[]);
    act(&kit);
    let mut auditor = signed_in(&kit, "auditor");
    let page = auditor.get("/identity/audit?pelaku=a");
    assert!(page.says("Pilih salah satu:") && page.says("pelaku=pegawai:"), "{}", page.body);
}

#[test]
fn a_whole_trail_is_found_whole_and_a_changed_one_is_not() {
    let kit = Kit::new(&[]);
    act(&kit);
    let mut auditor = signed_in(&kit, "auditor");
    let taken = auditor.fill("/identity/audit/jangkar", "/identity/audit/jangkar", &[]);
    let at = taken.location.expect("it leads to the anchor");
    let page = auditor.get(&at);
    assert!(page.says("<svg class=\"qr\"") && page.says("PRAJA-JANGKAR/"), "{}", page.body);
    let anchor = auditor.download(&format!("{at}/berkas"));
    let path = "/identity/audit/periksa";
    let sent = auditor.upload(path, path, &[], &[("jangkar", "jangkar.txt", &anchor)]);
    let check = sent.location.expect("it leads to the check");
    assert!(auditor.get(&check).says("data-segarkan"), "it waits for the background");
    work(&kit);
    let page = auditor.get(&check);
    assert!(page.says("Utuh") && !page.says("data-segarkan"), "{}", page.body);
    // Somebody with the database changes what an act was called.
    kit.off(|instance| {
        let by = instance.by_system("uji");
        instance.db.write(&by, praja_store::Keys::unaudited(), |tx| {
            tx.exec("UPDATE store_audit SET tindakan = 'identity.nothing' WHERE tindakan = 'identity.create-peran' AND urut = (SELECT MIN(b.urut) FROM store_audit b WHERE b.tindakan = 'identity.create-peran')", &[])
        })
    })
    .expect("the row is changed");
    let check = auditor.upload(path, path, &[], &[]).location.expect("it leads to the check");
    work(&kit);
    let page = auditor.get(&check);
    assert!(page.says("Ada masalah") && page.says("isi baris diubah"), "{}", page.body);
    let bad = auditor.upload(path, path, &[], &[("jangkar", "catatan.txt", b"bukan jangkar")]);
    assert!(bad.status == 422 && bad.says("catatan.txt: berkas jangkar tidak terbaca"), "{}", bad.body);
}

#[test]
fn no_page_of_the_trail_reads_a_whole_table_or_sorts_in_memory() {
    let (kit, plans) = Kit::with_plans(&[]);
    act(&kit);
    let mut auditor = signed_in(&kit, "auditor");
    auditor.fill("/identity/audit/jangkar", "/identity/audit/jangkar", &[]);
    let paths = [
        "/identity/audit",
        "/identity/audit?rantai=umum",
        "/identity/audit?rantai=umum&dari=01-01-2026&tindakan=identity.log-in",
        "/identity/audit?pelaku=sistem:x",
        "/identity/audit?pelaku=agus",
        "/identity/audit/unduh",
        "/identity/audit/periksa",
        "/identity/audit/jangkar",
    ];
    for path in paths {
        assert_eq!(auditor.get(path).status, 200, "{path}");
    }
    for plan in plans.plans().iter().filter(|plan| plan.sql.contains("audit") || plan.sql.contains("identity_")) {
        assert!(plan.offences().is_empty(), "{}\n{:#?}", plan.sql, plan.lines);
    }
}
