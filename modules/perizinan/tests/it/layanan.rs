//! The catalogue, one service, its standar pelayanan and its simulation, as a citizen without an account sees them.

use praja_perizinan::MODULE;
use praja_testkit::Kit;

use crate::Person;

fn kit() -> Kit {
    let kit = Kit::new(&[&MODULE]);
    kit.load_demo_at("perizinan", 0);
    kit
}

#[test]
fn the_start_page_leads_to_services_tracking_and_complaints_and_is_small() {
    let kit = kit();
    let mut warga = Person::stranger(&kit);
    let page = warga.get("/perizinan");
    assert_eq!(page.status, 200, "{}", page.body);
    for words in [
        "Izin penyelenggaraan reklame",
        "Surat Keterangan Penelitian",
        "Gratis",
        "5 hari kerja",
        "/perizinan/lacak",
        "/pengaduan",
    ] {
        assert!(page.says(words), "{words}");
    }
    assert!(page.bytes.len() < 60_000, "{}", page.bytes.len());
}

#[test]
fn the_catalogue_is_searched_by_words_and_filtered_by_field_and_lane() {
    let kit = kit();
    let mut warga = Person::stranger(&kit);
    let page = warga.get("/perizinan/layanan");
    assert!(page.says("/perizinan/layanan/REK") && page.says("/perizinan/layanan/PBG"), "{}", page.body);
    let page = warga.get("/perizinan/layanan?q=REKLAME+memasang");
    assert!(page.says("1 layanan"), "{}", page.body);
    let page = warga.get("/perizinan/layanan?q=penelitian");
    assert!(page.says("1 layanan") && page.says("/perizinan/layanan/SKP"), "{}", page.body);
    let page = warga.get("/perizinan/layanan?sektor=kesehatan");
    assert!(page.says("3 layanan") && !page.says("/perizinan/layanan/REK\""), "{}", page.body);
    let page = warga.get("/perizinan/layanan?kanal=SIMBG");
    assert!(page.says("1 layanan") && page.says("PBG"), "{}", page.body);
    assert!(warga.get("/perizinan/layanan?q=zzz").says("Tidak ada layanan yang cocok"));
    assert_eq!(warga.get("/perizinan/layanan/XYZ").status, 404);
}

#[test]
fn a_service_tells_requirements_for_each_thing_applied_for() {
    let kit = kit();
    let mut warga = Person::stranger(&kit);
    let page = warga.get("/perizinan/layanan/REK");
    for words in [
        "Persetujuan pemilik lahan",
        "bila Lahan tempat memasang adalah Milik orang lain",
        "Rekomendasi DPUPR",
        "Paling lama 2 hari kerja",
        "Pemeriksaan lapangan",
        "/perizinan/ajukan/REK",
        "Ditinjau terakhir",
    ] {
        assert!(page.says(words), "{words}: {}", page.body);
    }
    let renewal = warga.get("/perizinan/layanan/REK?permohonan=perpanjangan");
    assert!(
        renewal.says("Keputusan izin reklame yang terakhir") && !renewal.says("Persetujuan pemilik lahan"),
        "{}",
        renewal.body
    );
}

#[test]
fn another_lane_tells_its_term_and_leads_there_without_a_clock_of_ours() {
    let kit = kit();
    let page = Person::stranger(&kit).get("/perizinan/layanan/PBG");
    for words in ["Layanan ini diajukan melalui SIMBG", "https://simbg.pu.go.id/", "28 hari kerja menurut SIMBG"] {
        assert!(page.says(words), "{words}: {}", page.body);
    }
    assert!(!page.says("/perizinan/ajukan/") && !page.says("/simulasi"), "{}", page.body);
}

#[test]
fn a_service_without_a_rule_for_its_days_is_marked_as_an_exercise() {
    let kit = kit();
    let mut warga = Person::stranger(&kit);
    assert!(warga.get("/perizinan/layanan/PAUD").says("LATIHAN: jangka waktu layanan ini belum mempunyai aturan"));
    assert!(!warga.get("/perizinan/layanan/REK").says("LATIHAN: jangka waktu"));
}

#[test]
fn the_standar_pelayanan_has_fourteen_numbered_components_and_the_declaration() {
    let kit = kit();
    let page = Person::stranger(&kit).get("/perizinan/layanan/SKP/standar");
    for words in ["Persyaratan", "Biaya/tarif", "Dasar hukum", "Evaluasi kinerja pelaksana", "Maklumat pelayanan", "start=\"7\""]
    {
        assert!(page.says(words), "{words}: {}", page.body);
    }
}

#[test]
fn the_simulation_gives_requirements_cost_and_the_last_day() {
    let kit = kit();
    let mut warga = Person::stranger(&kit);
    let asked = warga.get("/perizinan/layanan/SKP/simulasi");
    assert!(asked.says("Anda meneliti sebagai") && !asked.says("diputus paling lambat"), "{}", asked.body);
    let page = warga.get("/perizinan/layanan/SKP/simulasi?permohonan=baru&golongan=Badan+usaha");
    for words in [
        "Surat permohonan dari pimpinan badan usaha",
        "Gratis.",
        "diputus paling lambat",
        "/perizinan/ajukan/SKP?permohonan=baru",
    ] {
        assert!(page.says(words), "{words}: {}", page.body);
    }
    assert!(!page.says("lurah atau kepala desa"), "{}", page.body);
    // Whatever stands in the address, the page answers.
    let page = warga.get("/perizinan/layanan/SKP/simulasi?permohonan=lain&golongan=%00%F0%9F%98%80&q=1");
    assert_eq!(page.status, 200);
}

#[test]
fn a_real_regency_shows_nothing_before_something_is_published() {
    let kit = Kit::asli(&[&MODULE]);
    let page = Person::stranger(&kit).get("/perizinan");
    assert!(page.status == 200 && page.says("Belum ada layanan"), "{}", page.body);
}

#[test]
fn from_every_public_page_somebody_without_an_account_comes_to_the_portal() {
    let kit = kit();
    let mut anybody = Person::stranger(&kit);
    for path in ["lacak", "statistik", "daftar-izin", "kuota", "simulasi-pbg", "antrean", "layanan", "layanan/REK/simulasi"] {
        let page = anybody.get(&format!("/perizinan/{path}"));
        assert!(page.status == 200 && page.body.contains("<a href=\"/perizinan\">Perizinan</a>"), "{path}: {}", page.body);
    }
}
