//! The classification on screen: looked through, loaded after a dry run, and given back.

use praja_module::{Lampiran, Paket};
use praja_testkit::Kit;

use crate::wait;

const OWN: &str = "kode,induk,tingkat,uraian\n900,,1,KEUANGAN UJI\n900.1,900,2,Anggaran uji\n900.1.7,900.1,3,Belanja uji coba\n";

#[test]
fn an_officer_looks_through_the_classification_and_finds_a_code() {
    let kit = Kit::new(&[]);
    let mut staf = kit.sign_in_as("staf");
    let page = wait(staf.get("/desk/klasifikasi"));
    assert!(page.says("UMUM") && page.says("Bawaan Praja") && !page.says("Muat daftar sendiri"), "{}", page.body);
    assert!(wait(staf.get("/desk/klasifikasi?induk=000.1.2")).says("Perjalanan Dinas Kepala Daerah"));
    assert!(wait(staf.get("/desk/klasifikasi?q=perjal+din")).says("000.1.2"));
    assert!(wait(staf.get("/desk/klasifikasi?q=zzqx")).says("Tidak ada kode yang cocok"));
    assert_eq!(wait(staf.get("/desk/klasifikasi/muat")).status, 403);
}

#[test]
fn a_regencys_own_list_is_checked_first_and_counts_only_after_the_decision() {
    let kit = Kit::new(&[]);
    let mut manager = kit.sign_in_as("superadmin");
    let at = "/desk/klasifikasi/muat";
    let broken = OWN.replace("900.1,900,2,Anggaran uji\n", "");
    let page = wait(manager.upload(at, at, &[], &[("berkas", "k.csv", broken.as_bytes())]));
    assert!(page.status == 422 && page.says("Baris 3: Induk 900.1 dari kode 900.1.7 tidak ada"), "{}", page.body);
    let page = wait(manager.upload(at, at, &[], &[("berkas", "k.csv", OWN.as_bytes())]));
    assert!(page.status == 200 && page.says("Kode dalam berkas") && page.says("Berlakukan daftar ini"), "{}", page.body);
    let found = |q: &str| wait(kit.sign_in_as("staf").get(&format!("/desk/pilih/klasifikasi?q={q}"))).body;
    assert!(!found("belanja+uji").contains("900.1.7"), "a dry run changes nothing");
    let sidik = page.hidden("sidik").expect("the list travels on").to_owned();
    let done = wait(manager.fill(at, "/desk/klasifikasi/muat/terapkan", &[("sidik", sidik.as_str())]));
    assert_eq!(done.location.as_deref(), Some("/desk/klasifikasi"), "{}", done.body);
    assert!(found("belanja+uji").contains("900.1.7") && !found("000.1.2").contains("000.1.2.1"));
    assert!(wait(manager.get("/desk/klasifikasi")).says("Dimuat pada halaman ini"));
    assert_eq!(wait(manager.fill(at, "/desk/klasifikasi/muat/bawaan", &[])).status, 303);
    assert!(found("000.1.2").contains("000.1.2"));
}

#[test]
fn the_list_of_a_region_pack_is_in_force_until_the_regency_loads_another() {
    let kit =
        Kit::of_pack(&[], Paket { klasifikasi_isi: Some(Lampiran::new(OWN.into())), ..Paket::plain("99.01", "Kabupaten Uji") });
    let mut manager = kit.sign_in_as("superadmin");
    let page = wait(manager.get("/desk/klasifikasi"));
    assert!(page.says("Dari paket daerah") && page.says("KEUANGAN UJI") && !page.says("UMUM"), "{}", page.body);
    let found = |q: &str| wait(kit.sign_in_as("staf").get(&format!("/desk/pilih/klasifikasi?q={q}"))).body;
    assert!(found("belanja+uji").contains("900.1.7") && !found("000.1.2").contains("000.1.2"));
    let at = "/desk/klasifikasi/muat";
    let other = OWN.replace("900", "800");
    let page = wait(manager.upload(at, at, &[], &[("berkas", "k.csv", other.as_bytes())]));
    let sidik = page.hidden("sidik").expect("the list travels on").to_owned();
    wait(manager.fill(at, "/desk/klasifikasi/muat/terapkan", &[("sidik", sidik.as_str())]));
    assert!(found("belanja+uji").contains("800.1.7") && !found("belanja+uji").contains("900.1.7"));
    assert_eq!(wait(manager.fill(at, "/desk/klasifikasi/muat/bawaan", &[])).status, 303);
    assert!(found("belanja+uji").contains("900.1.7"), "given back, it is the pack's again");
}
