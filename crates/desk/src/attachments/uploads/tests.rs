use actix_web::test::TestRequest;

use super::*;
use crate::testing::{Office, now, text};

fn upload(diterima: i64) -> Unggahan {
    Unggahan { id: crate::testing::id(1), pemilik: "pegawai:1".into(), nama: "a.pdf".into(), ukuran: 100, diterima }
}

#[test]
fn a_piece_begins_where_the_last_one_ended_and_stays_within_the_size() {
    let cases =
        [(0, 0, 60, true), (60, 60, 40, true), (60, 0, 60, false), (60, 60, 41, false), (60, 60, 0, false), (60, -1, 5, false)];
    for (diterima, dari, ukuran, expected) in cases {
        assert_eq!(fits(&upload(diterima), dari, ukuran), expected, "{diterima} {dari} {ukuran}");
    }
}

#[test]
fn an_upload_has_a_size_and_nobody_has_too_many() {
    assert_eq!(may_begin(1, 0), Ok(()));
    assert_eq!(may_begin(0, 0), Err(Refusal::Size));
    assert_eq!(may_begin(-5, 0), Err(Refusal::Size));
    assert_eq!(may_begin(i64::MAX, 0), Err(Refusal::Size));
    assert_eq!(may_begin(1, MOST_OPEN), Err(Refusal::TooMany));
}

/// A form that carries one piece, as the script sends it.
fn piece(address: &str, csrf: &str, dari: usize, content: &[u8]) -> TestRequest {
    let mut body = Vec::new();
    for (name, value) in [("_csrf", csrf.to_owned()), ("dari", dari.to_string())] {
        body.extend(format!("--batas\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
    }
    body.extend(b"--batas\r\ncontent-disposition: form-data; name=\"potongan\"; filename=\"p\"\r\n\r\n");
    body.extend(content);
    body.extend(b"\r\n--batas--\r\n");
    TestRequest::post().uri(address).insert_header(("content-type", "multipart/form-data; boundary=batas")).set_payload(body)
}

fn field<'a>(json: &'a str, name: &str) -> &'a str {
    let rest = json.split(&format!("\"{name}\":")).nth(1).expect("the field is there");
    rest.split([',', '}']).next().expect("a value").trim_matches('"')
}

#[actix_web::test]
async fn an_upload_that_was_cut_goes_on_where_it_stopped_and_is_forgotten_later() {
    let office = Office::new(&[&crate::tests::NEIGHBOUR]);
    let page = text(office.get("/desk/instansi").await).await;
    let csrf = page.split("name=\"_csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a proof of origin");
    let whole: Vec<u8> = [b"%PDF-1.7\n".as_slice(), &[7; 991]].concat();
    let begin =
        TestRequest::post().uri("/desk/unggahan").set_form([("_csrf", csrf), ("nama", "C:\\x\\surat.pdf"), ("ukuran", "1000")]);
    let begun = text(office.send(begin).await).await;
    let id = field(&begun, "id").to_owned();
    let address = format!("/desk/unggahan/{id}");
    assert_eq!(office.send(piece(&address, csrf, 0, &whole[..600])).await.status(), 200);
    let twice = office.send(piece(&address, csrf, 0, &whole[..600])).await;
    assert_eq!(twice.status(), 409, "the line was cut after the piece had arrived");
    assert_eq!(field(&text(twice).await, "diterima"), "600");
    let asked = TestRequest::post().uri(&address).set_form([("_csrf", csrf)]);
    assert_eq!(field(&text(office.send(asked).await).await, "diterima"), "600", "after a break the script asks where to go on");
    assert_eq!(office.send(piece(&address, csrf, 600, &whole)).await.status(), 409, "more than announced");
    assert_eq!(office.send(piece(&address, csrf, 600, &whole[600..])).await.status(), 200);
    assert_eq!(office.send(piece(&address, "palsu", 600, b"x")).await.status(), 403);
    let pieces = office.instance.db.read(|tx| store::pieces(tx, id.parse().unwrap())).unwrap();
    let joined = {
        let mut out = Vec::new();
        let mut all = Joined { blobs: &office.instance.blobs, pieces: pieces.iter(), open: None };
        all.read_to_end(&mut out).unwrap();
        out
    };
    assert_eq!(joined, whole);
    let sent = TestRequest::post().uri("/uji/kirim").set_form([("_csrf", csrf), ("berkas_unggahan", id.as_str())]);
    assert_eq!(office.send(sent).await.status(), 303, "the form takes the upload along");
    let kept = office.instance.db.read(|tx| crate::attachments::of(tx, "uji_surat:terima")).unwrap();
    assert_eq!((kept.len(), kept[0].nama.as_str(), kept[0].ukuran), (1, "surat.pdf", 1000));
    let by = office.by();
    let swept = office.instance.db.write(&by, Keys::unaudited(), |tx| store::forget_older(tx, now(), 10)).unwrap();
    assert_eq!(swept, 0, "still young");
    let later = now().plus_ms(1);
    let swept = office.instance.db.write(&by, Keys::unaudited(), move |tx| store::forget_older(tx, later, 10)).unwrap();
    assert_eq!(swept, 1);
    let gone = TestRequest::post().uri(&address).set_form([("_csrf", csrf)]);
    assert_eq!(office.send(gone).await.status(), 404);
    assert!(office.instance.db.read(|tx| tx.blob(&pieces[0].alamat)).unwrap().is_none(), "its pieces are orphans now");
}

#[actix_web::test]
async fn a_file_taken_out_of_the_form_is_forgotten_and_another_s_is_not_found() {
    let office = Office::new(&[&crate::tests::NEIGHBOUR]);
    let page = text(office.get("/desk/instansi").await).await;
    let csrf = page.split("name=\"_csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a proof of origin");
    let begin = || TestRequest::post().uri("/desk/unggahan").set_form([("_csrf", csrf), ("nama", "a.pdf"), ("ukuran", "10")]);
    let nothing = TestRequest::post().uri("/desk/unggahan").set_form([("_csrf", csrf), ("nama", "a.pdf"), ("ukuran", "0")]);
    let refused = office.send(nothing).await;
    assert_eq!(refused.status(), 422);
    // The script shows at the field what stands in this part of the page.
    let page = text(refused).await;
    assert!(page.contains("class=\"halangan awas\"") && page.contains("Ukuran berkas harus 1 byte"), "{page}");
    let id = field(&text(office.send(begin()).await).await, "id").to_owned();
    let discard = || TestRequest::post().uri(&format!("/desk/unggahan/{id}/hapus")).set_form([("_csrf", csrf)]);
    let owner = office.instance.db.read(|tx| store::get(tx, id.parse().unwrap())).unwrap().expect("it is under way").pemilik;
    let rename = |to: String| {
        let by = office.by();
        office
            .instance
            .db
            .write(&by, Keys::unaudited(), move |tx| tx.exec("UPDATE desk_unggahan SET pemilik = ?1", &[to.as_str().into()]))
            .unwrap();
    };
    rename("pegawai:lain".into());
    assert_eq!(office.send(discard()).await.status(), 404, "another's");
    rename(owner);
    let gone = office.send(discard()).await;
    assert_eq!((gone.status().as_u16(), field(&text(gone).await, "diterima")), (200, "0"));
    assert!(office.instance.db.read(|tx| store::get(tx, id.parse().unwrap())).unwrap().is_none());
    assert_eq!(office.send(discard()).await.status(), 404, "twice");
}
