use actix_web::test::TestRequest;
use praja_kernel::Refuse;

use super::*;
use crate::testing::{Office, id, text};

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn view(number: u8, nama: &str) -> Tampilan {
    Tampilan { id: id(number), daftar: "/kabar".into(), nama: nama.into(), kueri: "a=b".into(), bawaan: false, versi: 1 }
}

fn draft(nama: &str) -> Draft {
    Draft { daftar: "/kabar".into(), nama: nama.into(), kueri: "a=b".into(), bawaan: false }
}

#[test]
fn a_query_is_kept_in_one_order_and_without_its_page() {
    let cases = [
        (pairs(&[("q", " rapat "), ("status", "tercatat"), ("sebelum", "9")]), "q=rapat&status=tercatat"),
        (pairs(&[("status", "tercatat"), ("q", "rapat")]), "q=rapat&status=tercatat"),
        (pairs(&[("setelah", "9"), ("tampilan", "semua"), ("q", "  ")]), ""),
        (pairs(&[("q", "a&b=c")]), "q=a%26b%3Dc"),
    ];
    for (typed, kept) in cases {
        assert_eq!(canonical(&typed), kept);
    }
}

#[test]
fn a_name_is_required_fits_its_chip_and_is_used_once_per_list() {
    let there = [view(1, "Segera")];
    let cases = [
        ("  ", None, Err("desk.tampilan.no-name")),
        ("segera ", None, Err("desk.tampilan.same-name")),
        ("SEGERA", Some(id(1)), Ok("SEGERA")),
        ("Minggu  ini", None, Ok("Minggu ini")),
        (&*"x".repeat(41), None, Err("desk.tampilan.long-name")),
    ];
    for (nama, own, outcome) in cases {
        let checked = check(draft(nama), &there, own);
        assert_eq!(checked.as_ref().map(|draft| draft.nama.as_str()).map_err(Refuse::code), outcome, "{nama}");
    }
    let long = Draft { kueri: "x".repeat(601), ..draft("A") };
    assert_eq!(check(long, &[], None), Err(Refusal::LongQuery));
    let many: Vec<_> = (0..20).map(|number| view(number, &format!("T{number}"))).collect();
    assert_eq!(check(draft("Baru"), &many, None), Err(Refusal::TooMany { most: 20 }));
}

async fn post(office: &Office, address: &str, fields: &str) -> (u16, Option<String>, String) {
    let page = text(office.get("/desk/tampilan").await).await;
    let csrf = page.split("name=\"_csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a token").to_owned();
    let request = TestRequest::post()
        .uri(address)
        .insert_header(("content-type", "application/x-www-form-urlencoded"))
        .set_payload(format!("_csrf={csrf}&{fields}"));
    let response = office.send(request).await;
    let to = response.headers().get("location").and_then(|to| to.to_str().ok()).map(str::to_owned);
    (response.status().as_u16(), to, text(response).await)
}

#[actix_web::test]
async fn a_view_is_saved_begun_with_renamed_removed_and_brought_back() {
    let office = Office::new(&[]);
    let save = "daftar=%2Fkabar&kueri=jenis%3Dtugas%26lihat%3Dsemua&nama=Tugas+saja&bawaan=ya";
    let (status, to, _) = post(&office, "/desk/tampilan", save).await;
    assert_eq!((status, to.as_deref()), (303, Some("/kabar?jenis=tugas&lihat=semua")));
    let (status, _, again) = post(&office, "/desk/tampilan", save).await;
    assert!(status == 422 && again.contains("sudah memiliki tampilan bernama"), "{status}");
    let begun = office.get("/kabar").await;
    assert_eq!(begun.headers().get("location").unwrap(), "/kabar?jenis=tugas&lihat=semua");
    assert_eq!(office.get("/kabar?tampilan=semua").await.status(), 200);
    let list = text(office.get("/kabar?lihat=semua&jenis=tugas").await).await;
    assert!(list.contains("Tugas saja") && !list.contains("Simpan tampilan ini"));
    let page = text(office.get("/desk/tampilan").await).await;
    let own = page.split("/desk/tampilan/").nth(1).and_then(|rest| rest.split('/').next()).expect("its address").to_owned();
    let (_, to, _) = post(&office, &format!("/desk/tampilan/{own}"), "nama=Tugas+lama&versi=2").await;
    assert_eq!(to.as_deref(), Some("/desk/tampilan"));
    assert!(text(office.get("/desk/tampilan").await).await.contains("Tugas lama"));
    assert_eq!(post(&office, &format!("/desk/tampilan/{own}"), "nama=Lain&versi=1").await.0, 409, "another window was first");
    let (_, to, _) = post(&office, &format!("/desk/tampilan/{own}/hapus"), "").await;
    assert_eq!(to, Some(format!("/desk/tampilan?dihapus={own}")));
    let gone = text(office.get(&to.unwrap()).await).await;
    assert!(gone.contains("Belum ada tampilan") && gone.contains("Urungkan penghapusan"));
    assert_eq!(office.get("/kabar").await.status(), 200, "a removed view begins nothing");
    post(&office, &format!("/desk/tampilan/{own}/pulihkan"), "").await;
    assert!(text(office.get("/desk/tampilan").await).await.contains("Tugas lama"));
}

#[actix_web::test]
async fn only_a_list_of_this_box_can_be_saved_and_only_ones_own_views_touched() {
    let office = Office::new(&[]);
    for strange in ["%2Ftidak-ada", "https%3A%2F%2Fx.example%2F", "%2Fdesk%2Ftampilan%2F{id}"] {
        let (status, _, _) = post(&office, "/desk/tampilan", &format!("daftar={strange}&kueri=a%3Db&nama=X")).await;
        assert_eq!(status, 422, "{strange}");
    }
    let foreign = id(77);
    for what in ["", "/hapus", "/bawaan", "/pulihkan"] {
        assert_eq!(post(&office, &format!("/desk/tampilan/{foreign}{what}"), "nama=X").await.0, 404, "{what}");
    }
}
