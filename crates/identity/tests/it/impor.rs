//! Files of OPD, posts and people, from the upload to the rows they become.

use praja_kernel::Id;
use praja_testkit::{Kit, Page};

use crate::{Browser, chain, signed_in};

/// Does what the background does.
pub fn work(kit: &Kit) {
    let holder = "uji";
    kit.off(|instance| {
        let by = instance.by_system("uji");
        while let Some(job) = instance.db.lease_job(&by, holder, 60_000).expect("a job is leased") {
            let kind = praja_identity::MODULE.jobs.iter().find(|kind| kind.kind == job.kind);
            if let Some(kind) = kind {
                (kind.run)(instance, &job.payload).expect("the job runs");
            }
            instance.db.finish_job(&by, &job, holder).expect("the job ends");
        }
    });
}

/// Brings a file and lets the background check it; gives the import's address.
pub fn bring(kit: &Kit, browser: &mut Browser<'_>, jenis: &str, name: &str, content: &[u8]) -> String {
    let path = format!("/identity/impor/baru/{jenis}");
    let page = browser.upload(&path, &path, &[], &[("berkas", name, content)]);
    assert_eq!(page.status, 303, "{}", page.body);
    work(kit);
    page.location.expect("it leads to the import")
}

/// Takes a checked import over.
pub fn apply(kit: &Kit, browser: &mut Browser<'_>, at: &str) -> Page {
    let sent = browser.fill(at, &format!("{at}/terapkan"), &[]);
    assert_eq!(sent.status, 303, "{}", sent.body);
    work(kit);
    browser.get(at)
}

const OPD: &str = "Kode OPD,Nama OPD,Singkatan,Jenis,Kode OPD induk,Berlaku sejak\n\
    9.01.01,Dinas Uji Coba,Dinuji,Dinas,,02-01-2020\n\
    9.01.02,UPTD Uji Coba,UPTD Uji,UPTD,9.01.01,\n";
const JABATAN: &str = "Kode OPD,Jabatan,Jenis,Kode OPD atasan,Jabatan atasan,Berlaku sejak\n\
    9.01.01,Kepala Dinas Uji Coba,Pimpinan tinggi,4.01.01,Sekretaris Daerah,\n\
    9.01.01,Pengelola Uji,Pelaksana,,Kepala Dinas Uji Coba,\n";
const PEGAWAI: &str = "NIP;Nama;Gelar depan;Gelar belakang;Surel;Telepon;Kode OPD;Jabatan;Jenis penugasan;Mulai;Sampai;Dasar\n\
    197001011995031901;Budi Percobaan;Ir.;M.T.;budi@uji.example;;9.01.01;Kepala Dinas Uji Coba;;01-02-2024;;SK 1/2024\n\
    ;Ani Tanpa Nomor;;;;;9.01.01;Pengelola Uji;;01-02-2024;;\n";

#[test]
fn offices_posts_and_people_come_in_one_after_the_other() {
    let kit = Kit::new(&[]);
    let mut superadmin = signed_in(&kit, "superadmin");
    for (jenis, text, says) in [
        ("opd", OPD, "Dinas Uji Coba"),
        ("jabatan", JABATAN, "Kepala Dinas Uji Coba"),
        ("pegawai", PEGAWAI, "Ir. Budi Percobaan, M.T."),
    ] {
        let at = bring(&kit, &mut superadmin, jenis, "isi.csv", text.as_bytes());
        let page = superadmin.get(&at);
        assert!(page.says("Siap diterapkan") && page.says(says) && page.says("2 baris menambah data"), "{}", page.body);
        let page = apply(&kit, &mut superadmin, &at);
        assert!(page.says("Semua baris sudah diterapkan."), "{}", page.body);
    }
    let list = superadmin.get("/identity/orang?q=percobaan");
    assert!(list.says("Ir. Budi Percobaan, M.T.") && list.says("Kepala Dinas Uji Coba"), "{}", list.body);
    let rows = superadmin.get("/identity/impor");
    assert_eq!(rows.body.matches("isi.csv").count(), 3);
    let audit = kit
        .off(|instance| {
            instance.db.read(|tx| {
                tx.list("SELECT rantai FROM store_audit WHERE tindakan = 'identity.import-pegawai'", &[], |row| {
                    row.get::<String>(0)
                })
            })
        })
        .unwrap();
    assert_eq!(audit.len(), 1, "one row of the trail, under the name of who applied it");
    assert_ne!(audit[0], "umum");
    let trail = chain(&kit, &audit[0]);
    assert!(trail.contains("\"ditambahkan\"") && trail.contains("isi.csv"));
}

#[test]
fn what_is_exported_comes_back_without_a_change() {
    let kit = Kit::new(&[]);
    let mut superadmin = signed_in(&kit, "superadmin");
    for jenis in ["opd", "jabatan", "pegawai"] {
        for format in ["csv", "xlsx"] {
            let file = superadmin.download(&format!("/identity/ekspor/{jenis}?format={format}"));
            let at = bring(&kit, &mut superadmin, jenis, &format!("ekspor.{format}"), &file);
            let page = superadmin.get(&at);
            assert!(page.says("tidak ada yang perlu diterapkan"), "{jenis} {format}: {}", page.body);
            for page in [page, superadmin.get("/identity/impor")] {
                assert!(page.says("Tidak ada yang perlu diterapkan") && !page.says("Siap diterapkan"), "{}", page.body);
            }
        }
    }
}

#[test]
fn the_template_reads_as_it_is_filled() {
    let kit = Kit::new(&[]);
    let mut superadmin = signed_in(&kit, "superadmin");
    for jenis in ["opd", "jabatan", "pegawai"] {
        for format in ["csv", "xlsx"] {
            let file = superadmin.download(&format!("/identity/impor/templat/{jenis}?format={format}"));
            let at = bring(&kit, &mut superadmin, jenis, &format!("templat.{format}"), &file);
            assert!(!superadmin.get(&at).says("tidak dikenal"), "{jenis} {format}");
        }
    }
}

#[test]
fn one_wrong_row_keeps_everything_out_and_is_named_by_row_and_column() {
    let kit = Kit::new(&[]);
    let mut superadmin = signed_in(&kit, "superadmin");
    let text = format!("{OPD}9.01.03,Dinas Tanpa Induk,Dintan,Dinass,9.99.99,31-02-2020\n");
    let at = bring(&kit, &mut superadmin, "opd", "salah.csv", text.as_bytes());
    let page = superadmin.get(&at);
    assert!(page.says("2 isian perlu diperbaiki"), "{}", page.body);
    assert!(page.says("Baris 4, Jenis") && page.says("&quot;Dinass&quot; tidak dikenal.") && page.says("Baris 4, Berlaku sejak"));
    let refused = superadmin.fill(&at, &format!("{at}/terapkan"), &[]);
    assert_eq!(refused.status, 422);
    assert!(refused.says("masih ada isian yang perlu diperbaiki"));
    assert!(!superadmin.get("/identity/opd").says("Dinas Uji Coba"));
    let csv = superadmin.get(&format!("{at}/masalah?format=csv"));
    assert!(csv.says("Cara memperbaiki") && csv.says("Pilih salah satu"), "{}", csv.body);
    let sent = superadmin.fill(&at, &format!("{at}/batal"), &[]);
    assert_eq!(sent.location.as_deref(), Some("/identity/impor"));
    assert!(superadmin.get(&at).says("dibatalkan"));
}

#[test]
fn an_admin_imports_only_below_the_own_opd_and_sees_no_other_import() {
    let kit = Kit::new(&[]);
    let mut admin = signed_in(&kit, "admin-opd");
    assert_eq!(admin.get("/identity/impor/baru/opd").status, 403);
    assert_eq!(admin.get("/identity/ekspor/opd").status, 403);
    let text = "Kode OPD,Jabatan,Jenis\n5.01.01,Jabatan Selundupan,Pelaksana\n";
    let at = bring(&kit, &mut admin, "jabatan", "asing.csv", text.as_bytes());
    assert!(admin.get(&at).says("Tidak ada OPD dengan kode ini dalam wewenang Anda."), "{}", admin.get(&at).body);
    let mut superadmin = signed_in(&kit, "superadmin");
    assert_eq!(superadmin.get(&at).status, 200);
    let other = bring(&kit, &mut superadmin, "opd", "isi.csv", OPD.as_bytes());
    for path in [other.clone(), format!("{other}/berkas"), format!("{other}/masalah")] {
        assert_eq!(admin.get(&path).status, 404, "{path}");
    }
    assert_eq!(admin.fill(&at, &format!("{other}/batal"), &[]).status, 404);
    assert!(!admin.get("/identity/impor").says("isi.csv"));
    let export = admin.get("/identity/ekspor/pegawai?format=csv");
    assert!(export.says("Wulan Anggraini Pratiwi") && !export.says("Hasanuddin Rahim"));
}

#[test]
fn what_changed_since_the_check_is_checked_again_instead_of_overwritten() {
    let kit = Kit::new(&[]);
    let mut superadmin = signed_in(&kit, "superadmin");
    let first = bring(&kit, &mut superadmin, "opd", "satu.csv", OPD.as_bytes());
    let second = bring(&kit, &mut superadmin, "opd", "dua.csv", OPD.replace("Dinas Uji Coba", "Dinas Uji Ulang").as_bytes());
    apply(&kit, &mut superadmin, &first);
    // The plan of the second would add what is there by now.
    let page = apply(&kit, &mut superadmin, &second);
    assert!(page.says("Siap diterapkan") && page.says("nama: Dinas Uji Coba menjadi Dinas Uji Ulang"), "{}", page.body);
    let page = apply(&kit, &mut superadmin, &second);
    assert!(page.says("Semua baris sudah diterapkan."), "{}", page.body);
    assert!(superadmin.get("/identity/opd").says("Dinas Uji Ulang"));
}

#[test]
fn a_form_sent_twice_brings_one_import() {
    let kit = Kit::new(&[]);
    let mut superadmin = signed_in(&kit, "superadmin");
    let at = bring(&kit, &mut superadmin, "opd", "isi.csv", OPD.as_bytes());
    let form = superadmin.get(&at);
    let (csrf, kunci) = (form.hidden("_csrf").unwrap().to_owned(), form.hidden("_kunci").unwrap().to_owned());
    let fields = [("_csrf", csrf.as_str()), ("_kunci", kunci.as_str())];
    let to = format!("{at}/terapkan");
    assert_eq!(superadmin.post(&to, &fields).location, Some(at.clone()));
    work(&kit);
    let count = || {
        kit.off(|instance| {
            instance.db.read(|tx| tx.scalar::<i64>("SELECT COUNT(*) FROM identity_opd WHERE kode = '9.01.01'", &[]))
        })
        .unwrap()
    };
    assert_eq!(count(), 1);
    assert_eq!(superadmin.post(&to, &fields).status, 422, "it is done already");
    work(&kit);
    assert_eq!(count(), 1);
}

#[test]
fn staged_rows_go_after_a_month_and_the_record_stays() {
    let kit = Kit::new(&[]);
    let mut superadmin = signed_in(&kit, "superadmin");
    let at = bring(&kit, &mut superadmin, "opd", "isi.csv", OPD.as_bytes());
    apply(&kit, &mut superadmin, &at);
    let id: Id = at.rsplit('/').next().unwrap().parse().unwrap();
    kit.clock.move_ms(31 * 24 * 60 * 60 * 1000);
    let clean = praja_identity::MODULE.jobs.iter().find(|kind| kind.kind == "identity.clean-impor").unwrap();
    kit.off(|instance| (clean.run)(instance, "null")).unwrap();
    let left = kit
        .off(|instance| {
            instance.db.read(|tx| {
                tx.scalar::<i64>("SELECT COUNT(*) FROM identity_impor_baris WHERE impor = ?1", praja_store::params![id])
            })
        })
        .unwrap();
    assert_eq!(left, 0);
    assert_eq!(signed_in(&kit, "superadmin").get(&at).status, 200);
}

#[test]
fn no_page_of_imports_reads_a_whole_table_or_sorts_in_memory() {
    let (kit, plans) = Kit::with_plans(&[]);
    let mut superadmin = signed_in(&kit, "superadmin");
    let at = bring(&kit, &mut superadmin, "opd", "isi.csv", OPD.as_bytes());
    let wrong = bring(&kit, &mut superadmin, "opd", "salah.csv", b"Kode OPD,Nama OPD,Singkatan,Jenis\n1,,,\n");
    let pages = [
        "/identity/impor".to_owned(),
        "/identity/impor?jenis=opd".into(),
        at.clone(),
        format!("{at}?tindakan=baru&kata=uji"),
        format!("{at}?sesudah=0"),
        wrong,
    ];
    for page in &pages {
        assert_eq!(superadmin.get(page).status, 200, "{page}");
    }
    let mut admin = signed_in(&kit, "admin-opd");
    assert_eq!(admin.get("/identity/impor").status, 200);
    for kind in ["jabatan", "pegawai"] {
        admin.download(&format!("/identity/ekspor/{kind}"));
    }
    for plan in plans.plans().iter().filter(|plan| plan.sql.contains("identity_")) {
        assert!(plan.offences().is_empty(), "{}\n{:#?}", plan.sql, plan.lines);
    }
}
