use super::*;
use crate::testing::id;

fn list(number: u8, nama: &str, anggota: &[&str]) -> Daftar {
    let anggota = anggota.iter().map(|one| (*one).to_owned()).collect();
    Daftar { id: id(number), opd: None, nama: nama.into(), anggota, aktif: true, versi: 1 }
}

fn lines(all: &[&str]) -> Vec<String> {
    all.iter().map(|one| (*one).to_owned()).collect()
}

#[test]
fn a_list_stands_for_its_members_and_everybody_is_named_once() {
    let lists = [list(1, "Seluruh Camat", &["Camat Alak", "Camat Manggar"]), list(2, "Seluruh Lurah", &["Lurah Bau"])];
    let found = expand(&lines(&["Camat Manggar", "Yth. seluruh  camat", "Badan Pusat Statistik"]), &lists);
    let names: Vec<(&str, Option<&str>)> = found.iter().map(|one| (one.nama.as_str(), one.daftar.as_deref())).collect();
    assert_eq!(names, [("Camat Manggar", None), ("Camat Alak", Some("Seluruh Camat")), ("Badan Pusat Statistik", None)]);
    let mut off = lists.to_vec();
    off[0].aktif = false;
    assert_eq!(expand(&lines(&["Seluruh Camat"]), &off)[0].nama, "Seluruh Camat", "one that is not in use is a name like others");
}

#[test]
fn the_own_list_comes_before_that_of_the_regency() {
    let lists = [list(1, "Mitra", &["Puskesmas Alak"]), list(2, "Mitra", &["Camat Alak"])];
    assert_eq!(expand(&lines(&["Mitra"]), &lists)[0].nama, "Puskesmas Alak");
}

#[test]
fn what_is_wrong_with_a_list_is_said_beside_its_field() {
    let known = [list(1, "Seluruh Camat", &["Camat Alak"])];
    let many = (0..301).map(|at| format!("Sekolah {at}")).collect::<Vec<_>>().join("\n");
    for (nama, anggota, field, words) in [
        ("🎉", "Camat Alak", "nama", "kata-kata"),
        ("Mitra", " \n ", "anggota", "belum ditulis"),
        ("Mitra", many.as_str(), "anggota", "301 baris"),
        ("Mitra", "Camat Alak\nSeluruh camat", "anggota", "nama daftar"),
        ("Mitra", "mitra", "anggota", "nama daftar"),
    ] {
        let Err(Refusal::Fields(wrong)) = read(nama, anggota, &known) else { panic!("{nama} {anggota} is taken") };
        assert!(wrong.len() == 1 && wrong[0].field == field && wrong[0].message.contains(words), "{wrong:?}");
    }
    let right = read("  Mitra   kami ", "Camat Alak\ncamat  alak\n\nDinkes", &known).unwrap();
    assert_eq!(right, Baru { nama: "Mitra kami".into(), anggota: lines(&["Camat Alak", "Dinkes"]) });
}
