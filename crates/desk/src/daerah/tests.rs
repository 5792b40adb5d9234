use praja_module::Paket;

use super::*;
use crate::testing::{Office, text};

const YAML: &str = "kode: \"53.10\"\nnama: Kabupaten Manggarai\nprovinsi: Nusa Tenggara Timur\nibu_kota: Ruteng\naksen: \"#7a3b12\"\n\
    lambang: { huruf: MG, hias: gunung }\nlibur_daerah:\n  - { tanggal: 2026-06-17, nama: \"Upacara <adat>\" }\n\
    struktur: { contoh: true }\n";
const WILAYAH: &str =
    "kode,nama\n53.10.04,Ruteng\n53.10.04.1001,Bangka Nekang\n53.10.04.2002,Golo Rutuk\n53.10.05,Langke Rembong\n";

fn office() -> Office {
    Office::of(Paket::parse(YAML, WILAYAH).expect("a pack"))
}

#[actix_web::test]
async fn the_profile_shows_the_pack_in_force_and_how_its_days_stand() {
    let page = text(office().get(PAGE).await).await;
    for words in [
        "Nusa Tenggara Timur",
        "Ruteng",
        "#7a3b12",
        "lambang-MG-gunung-7a3b12.svg",
        "Belum diisi",
        "Upacara &lt;adat&gt;",
        "contoh, tanpa keputusan",
        "2 kecamatan",
        "kecamatan=53.10.04",
        "config/region/paket.yaml",
        "Susunan OPD dalam paket ini contoh",
    ] {
        assert!(page.contains(words), "{words}");
    }
    assert!(!page.contains("Golo Rutuk"), "desa stand on the page of their kecamatan");
}

#[actix_web::test]
async fn a_kecamatan_lists_its_desa_and_kelurahan_and_another_regencys_is_not_found() {
    let office = office();
    let page = text(office.get("/desk/daerah?kecamatan=53.10.04").await).await;
    assert!(page.contains("Golo Rutuk") && page.contains("Kelurahan") && page.contains("2 desa dan kelurahan"));
    let empty = text(office.get("/desk/daerah?kecamatan=53.10.05").await).await;
    assert!(empty.contains("belum memuat daftar wilayah"));
    for kode in ["19.06.01", "53.10.04.1001", "x"] {
        assert_eq!(office.get(&format!("/desk/daerah?kecamatan={kode}")).await.status(), 404, "{kode}");
    }
}

#[actix_web::test]
async fn a_place_is_found_by_its_name_or_code_and_by_what_lies_above_it() {
    let office = office();
    let by_name = text(office.get("/desk/daerah?q=golo").await).await;
    assert!(by_name.contains("Golo Rutuk") && by_name.contains("Kecamatan Ruteng") && by_name.contains("1 wilayah"));
    assert!(text(office.get("/desk/daerah?q=53.10.04").await).await.contains("3 wilayah"));
    let none = text(office.get("/desk/daerah?q=%3Cb%3E").await).await;
    assert!(
        none.contains("Tidak ada wilayah untuk \"&lt;b&gt;\"") || none.contains("Tidak ada wilayah untuk &quot;&lt;b&gt;&quot;")
    );
}

#[actix_web::test]
async fn a_regency_without_a_pack_is_told_where_its_places_belong() {
    let page = text(Office::new(&[]).get(PAGE).await).await;
    assert!(page.contains("Warna bawaan Praja") && page.contains("tidak memuat hari libur daerah"));
    assert!(page.contains("config/region/wilayah.csv"));
}

#[actix_web::test]
async fn the_picker_offers_the_desa_of_the_own_pack() {
    let answer = text(office().get("/desk/pilih/wilayah?q=golo+rutuk").await).await;
    assert!(answer.contains("53.10.04.2002") && answer.contains("Kecamatan Ruteng"), "{answer}");
}
