use super::*;
use crate::testing::id;

const KEY: &str = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

fn draft() -> Draft<'static> {
    Draft { nama: "Kabupaten Belitung", alamat: "https://praja.contoh.go.id/", kunci: KEY, ..Draft::default() }
}

#[test]
fn a_node_is_known_by_its_key_and_reached_over_an_encrypted_line() {
    let right = read(&Draft { tujuan: "Bupati Belitung\n\n Sekretaris  Daerah Belitung", ..draft() }, "x").unwrap();
    assert_eq!(right.alamat.as_deref(), Some("https://praja.contoh.go.id"));
    assert_eq!(right.tujuan, ["Bupati Belitung", "Sekretaris Daerah Belitung"]);
    let own = right.kunci_id.clone();
    for (draft, own, field) in [
        (Draft { nama: "  ", ..draft() }, "x", "nama"),
        (Draft { alamat: "http://praja.contoh.go.id", ..draft() }, "x", "alamat"),
        (Draft { alamat: "https://user@praja.contoh.go.id", ..draft() }, "x", "alamat"),
        (Draft { alamat: "https://praja.contoh.go.id/masuk", ..draft() }, "x", "alamat"),
        (Draft { alamat: "ftp://praja.contoh.go.id", ..draft() }, "x", "alamat"),
        (Draft { kunci: "d75a", ..draft() }, "x", "kunci"),
        (draft(), own.as_str(), "kunci"),
        (Draft { sertifikat: "rahasia", ..draft() }, "x", "sertifikat"),
    ] {
        let Err(Refusal::Fields(wrong)) = read(&draft, own) else { panic!("{draft:?} is taken") };
        assert!(wrong.len() == 1 && wrong[0].field == field, "{wrong:?}");
    }
    assert_eq!(read(&Draft { alamat: "", ..draft() }, "x").unwrap().alamat, None, "letters may travel as files");
    assert!(read(&Draft { alamat: "http://127.0.0.1:8080", ..draft() }, "x").is_ok());
}

#[test]
fn an_addressee_is_reached_by_its_name_or_that_of_the_regency() {
    let simpul = Simpul {
        id: id(1),
        nama: "Kabupaten Belitung".into(),
        alamat: None,
        kunci: KEY.into(),
        kunci_id: "x".into(),
        sertifikat: None,
        tujuan: vec!["Bupati Belitung".into()],
        aktif: true,
        versi: 1,
    };
    for (line, reached) in [
        ("Yth. Bupati Belitung di Tanjungpandan", true),
        ("Kepala Dinas Kesehatan Kabupaten Belitung", true),
        ("Bupati Belitung Timur", false),
        ("Kepala Dinas Kesehatan Kabupaten Belitung Timur", false),
        ("Kepala Dinas Kesehatan", false),
    ] {
        assert_eq!(simpul.reaches(line), reached, "{line}");
    }
}
