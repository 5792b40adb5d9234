use super::*;
use crate::channels::{Bentuk, Gerbang, Pengaman, Pengaturan, Surel, Tujuan};
use crate::testing::id;

fn reach(number: u8, mail: bool) -> Reach {
    let pengaturan = if mail {
        Pengaturan::Surel(Surel {
            mesin: "surel".into(),
            porta: 25,
            pengaman: Pengaman::Tanpa,
            pengguna: None,
            dari: "praja@contoh.go.id".into(),
            sertifikat: None,
        })
    } else {
        Pengaturan::Gerbang(Gerbang {
            alamat: "https://x.contoh/".into(),
            bentuk: Bentuk::Json,
            tujuan: Tujuan::Telepon,
            kepala: String::new(),
            isi: String::new(),
            sertifikat: None,
        })
    };
    let saluran = Saluran::for_test(id(number), pengaturan);
    Reach { pilihan: Pilihan::default_for(&saluran), saluran, alamat: "x".into() }
}

fn chosen(jenis: MessageKind, derajat: Derajat, all: &[Reach]) -> Vec<(Id, Cara)> {
    ways(jenis, derajat, all.to_vec()).into_iter().map(|(one, cara)| (one.saluran.id, cara)).collect()
}

#[test]
fn what_nobody_chose_goes_by_mail_and_only_the_most_urgent_through_a_gateway() {
    let all = [reach(1, true), reach(2, false)];
    let cases = [
        (Derajat::SangatSegera, vec![(id(1), Cara::Langsung), (id(2), Cara::Langsung)]),
        (Derajat::Segera, vec![(id(1), Cara::Langsung)]),
        (Derajat::Biasa, vec![(id(1), Cara::Ringkasan)]),
    ];
    for (derajat, expected) in cases {
        assert_eq!(chosen(MessageKind::Tugas, derajat, &all), expected, "{derajat:?}");
    }
}

#[test]
fn what_concerns_the_account_is_never_left_to_choice() {
    let mut all = [reach(1, false), reach(2, true)];
    for one in &mut all {
        one.pilihan = Pilihan { sangat_segera: Cara::Tidak, segera: Cara::Tidak, biasa: Cara::Tidak, ..one.pilihan.clone() };
    }
    assert_eq!(
        chosen(MessageKind::Keamanan, Derajat::Biasa, &all),
        [(id(2), Cara::Langsung)],
        "by mail where there is an address"
    );
    assert_eq!(chosen(MessageKind::Keamanan, Derajat::Biasa, &all[..1]), [(id(1), Cara::Langsung)]);
    assert_eq!(chosen(MessageKind::Tugas, Derajat::SangatSegera, &all), []);
    assert_eq!(chosen(MessageKind::Keamanan, Derajat::Biasa, &[]), []);
}
