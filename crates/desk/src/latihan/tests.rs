use std::collections::BTreeMap;

use praja_kernel::Moment;
use praja_module::training::Scenario;

use super::{
    Percobaan,
    rules::{Act, Words, done},
};
use crate::testing::{id, today};

const TWO_STEPS: &str = "
id: uji.dua
judul: Dua langkah
peran: Uji
izin: desk.use-desk
akun: uji
menit: 1
tujuan: Dapat.
langkah:
  - { tugas: Catat., halaman: /, tekan: Simpan, bukti: { tindakan: uji.register-surat, nilai: { hal: 'Undangan {kode} {kemarin}' } } }
  - { tugas: Kirim., halaman: /, tekan: Kirim, bukti: { tindakan: uji.send-surat } }
";

fn words() -> Words {
    Words { hari_ini: today(), kemarin: today().yesterday().unwrap(), kode: "7F3A".into() }
}

fn act(at: i64, tindakan: &str, hal: &str) -> Act {
    Act { pada: Moment(at), tindakan: tindakan.into(), nilai: BTreeMap::from([("hal".to_owned(), hal.to_owned())]) }
}

#[test]
fn steps_are_done_in_order_by_the_acts_that_prove_them() {
    let scenario = Scenario::read(TWO_STEPS).unwrap();
    let (register, send) = ("uji.register-surat", "uji.send-surat");
    let right = "Undangan 7F3A 2026-11-21";
    let cases: [(&str, Vec<Act>, &[i64]); 7] = [
        ("nothing was done", vec![], &[]),
        ("another letter proves nothing", vec![act(1, register, "Undangan 7F3A")], &[]),
        ("another act on it proves nothing", vec![act(1, "uji.read-surat", right)], &[]),
        ("the first step", vec![act(1, register, right)], &[1]),
        ("the second alone is not enough", vec![act(1, send, "")], &[]),
        ("the second before the first does not count", vec![act(1, send, ""), act(2, register, right)], &[2]),
        (
            "both, with others between",
            vec![act(1, register, "x"), act(2, register, right), act(3, register, "y"), act(4, send, "")],
            &[2, 4],
        ),
    ];
    for (why, acts, times) in cases {
        let found: Vec<i64> = done(&scenario, &words(), &acts).iter().map(|moment| moment.ms()).collect();
        assert_eq!(found, times, "{why}");
    }
}

#[test]
fn an_exercise_that_asks_for_the_same_act_twice_wants_it_twice() {
    let twice = TWO_STEPS.replace("uji.send-surat", "uji.register-surat");
    let scenario = Scenario::read(&twice).unwrap();
    let one = act(1, "uji.register-surat", "Undangan 7F3A 2026-11-21");
    assert_eq!(done(&scenario, &words(), std::slice::from_ref(&one)).len(), 1);
    assert_eq!(done(&scenario, &words(), &[one.clone(), one]).len(), 2);
}

#[test]
fn two_attempts_have_different_codes() {
    let attempt = |number: u8| Percobaan {
        id: id(number),
        orang: String::new(),
        orang_nama: String::new(),
        opd_nama: String::new(),
        skenario: String::new(),
        mulai: Moment(0),
        selesai: None,
        sudah: 0,
        semua: 1,
    };
    assert_eq!(attempt(1).kode().len(), 4);
    assert_ne!(attempt(1).kode(), attempt(2).kode());
}
