use super::*;
use crate::jenis::bawaan;

fn shipped(kode: &str) -> Jenis {
    bawaan::all().into_iter().find(|one| one.kode == kode).unwrap()
}

#[test]
fn a_condition_is_told_with_labels_and_words() {
    let rek = shipped("REK");
    let told = |text: &str| kata::condition(text, &rek);
    assert_eq!(told("status_lahan = \"Milik orang lain\""), "Lahan tempat memasang adalah Milik orang lain");
    assert_eq!(told("panjang >= 2,5 dan sisi <> 1"), "Panjang paling sedikit 2,5 dan Jumlah sisi bukan 1");
    assert_eq!(told("permohonan = \"baru\""), "jenis permohonan adalah baru");
    assert_eq!(told("bukan sebuah ("), "bukan sebuah (");
    assert_eq!(kata::formula("panjang * lebar * 1000", &rek), "Panjang * Lebar * 1000");
}

#[test]
fn a_standar_pelayanan_has_fourteen_components_and_none_is_empty() {
    for jenis in bawaan::all() {
        let all = standard(&jenis);
        assert_eq!(all.len(), 14);
        for one in &all {
            assert!(one.isi.iter().any(|line| !line.trim().is_empty()), "{} {}", jenis.kode, one.judul);
        }
        assert!(!declaration(&jenis).is_empty());
    }
}

#[test]
fn only_what_decides_is_asked_before_applying() {
    let names = |kode: &str| asked(&shipped(kode)).iter().map(|field| field.kode.clone()).collect::<Vec<_>>();
    assert_eq!(names("SKP"), ["golongan"]);
    assert_eq!(names("REK"), ["atas_nama", "jenis_reklame", "status_lahan"]);
    assert!(names("TPU").is_empty());
}

#[test]
fn a_service_tells_cost_days_and_validity_in_a_few_words() {
    let rek = shipped("REK");
    assert_eq!((cost(&rek).as_str(), term(&rek).as_str(), validity(&rek).as_str()), ("Gratis", "5 hari kerja", "1 tahun"));
    let pbg = shipped("PBG");
    assert_eq!((cost(&pbg).as_str(), term(&pbg).as_str()), ("Lihat keterangan", "28 hari kerja menurut SIMBG"));
    let mut paid = rek;
    paid.biaya.komponen = vec![crate::jenis::Komponen { nama: "Jasa".into(), rumus: "12500 * 2".into() }];
    assert!(cost(&paid).contains("25.000"), "{}", cost(&paid));
    paid.biaya.komponen[0].rumus = "panjang * 2".into();
    assert_eq!(cost(&paid), "Dihitung dari isian");
}
