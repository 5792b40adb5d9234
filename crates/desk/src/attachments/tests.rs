use actix_web::test::TestRequest;
use praja_store::{Blob, Keys, StoreError};

use super::*;
use crate::testing::{Office, id, text};

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n";
const OBJEK: &str = "uji_surat:1";

fn blob(office: &Office, content: &[u8]) -> Blob {
    office.instance.blobs.put(&mut &content[..], MAX_BYTES + 10).expect("the file is stored")
}

fn upload(office: &Office, name: &str, content: &[u8]) -> Upload {
    Upload {
        field: "lampiran".into(),
        name: name.into(),
        head: content[..content.len().min(512)].to_vec(),
        blob: blob(office, content),
    }
}

fn attached(office: &Office, content: &[u8], name: &str, subjects: &[String], dibatasi: bool) -> Result<Id, Problem> {
    let (upload, subjects) = (upload(office, name, content), subjects.to_vec());
    office.instance.db.write(&office.by(), Keys::none(), move |tx| attach_as(tx, OBJEK, &subjects, &upload, dibatasi))
}

fn mine() -> Vec<String> {
    vec![format!("jabatan:{}", id(2))]
}

#[test]
fn a_file_is_judged_by_its_first_bytes() {
    let cases: [(&[u8], Option<Kind>); 13] = [
        (PDF, Some(Kind::Pdf)),
        (b"\r\n%PDF-1.4", Some(Kind::Pdf)),
        (b"\xEF\xBB\xBF%PDF-1.4", Some(Kind::Pdf)),
        (b"\xFF\xD8\xFF\xE0\x00\x10JFIF", Some(Kind::Jpeg)),
        (b"\x89PNG\r\n\x1a\n....", Some(Kind::Png)),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", Some(Kind::Webp)),
        (b"II*\x00\x08", Some(Kind::Tiff)),
        (b"MM\x00*\x00", Some(Kind::Tiff)),
        (b"<svg xmlns=", None),
        (b"<html>%PDF-1.4", None),
        (b"PK\x03\x04", None),
        (b"RIFF\x10\x00\x00\x00WAVE", None),
        (b"", None),
    ];
    for (head, kind) in cases {
        assert_eq!(sniff(head), kind, "{head:?}");
    }
}

#[test]
fn a_name_gets_the_ending_of_its_content() {
    let cases = [
        (Kind::Pdf, "surat.pdf", "surat.pdf"),
        (Kind::Pdf, "surat.PDF", "surat.PDF"),
        (Kind::Jpeg, "foto.jpeg", "foto.jpeg"),
        (Kind::Png, "gambar.exe", "gambar.exe.png"),
        (Kind::Tiff, "", "lampiran.tif"),
    ];
    for (kind, sent, kept) in cases {
        assert_eq!(kind.name_of(sent), kept);
    }
}

#[test]
fn a_refusal_names_what_is_accepted_and_points_to_its_field() {
    let office = Office::new(&[]);
    let refusal = check("pindaian", &upload(&office, "a.docx", b"PK\x03\x04")).unwrap_err();
    let fields = refusal.fields();
    assert_eq!((fields[0].field, refusal.code()), ("pindaian", "desk.lampiran.kind"));
    assert!(fields[0].message.contains("PDF, JPEG, PNG, WebP, atau TIFF"), "{}", fields[0].message);
    assert!(matches!(check("x", &upload(&office, "a.pdf", b"")), Err(Refusal::Empty { .. })));
    let mut large = upload(&office, "a.pdf", PDF);
    large.blob.ukuran = 15 * 1_048_576 + 1;
    let words = check("x", &large).unwrap_err().to_string();
    assert_eq!(words, "Berkas \"a.pdf\" berukuran 15,0 MiB; batasnya 15 MiB.");
}

#[test]
fn what_is_attached_is_listed_in_order_with_its_history() {
    let office = Office::new(&[]);
    attached(&office, PDF, "satu.pdf", &mine(), false).unwrap();
    attached(&office, b"\xFF\xD8\xFF\xE0 dua", "dua.jpg", &mine(), false).unwrap();
    assert!(matches!(attached(&office, b"<svg>", "tiga.svg", &mine(), false), Err(Problem::Refused(_))));
    let (list, history) = office.instance.db.read(|tx| Ok::<_, StoreError>((of(tx, OBJEK)?, tx.audit_of(OBJEK, 10)?))).unwrap();
    assert_eq!(list.iter().map(|one| one.nama.as_str()).collect::<Vec<_>>(), ["satu.pdf", "dua.jpg"]);
    assert_eq!((list[0].mime.as_str(), list[0].oleh.as_str(), list[0].size().as_str()), ("application/pdf", "Siti Uji", "17 B"));
    assert_eq!(history.len(), 2);
}

#[actix_web::test]
async fn a_file_is_shown_inline_saved_on_demand_and_whole() {
    let office = Office::new(&[]);
    let id = attached(&office, PDF, "surat masuk.pdf", &mine(), false).unwrap();
    let shown = office.get(&format!("/desk/lampiran/{id}")).await;
    assert_eq!(shown.status(), 200);
    let header = |name: &str| shown.headers().get(name).unwrap().to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "application/pdf");
    assert!(header("content-disposition").starts_with("inline"));
    assert_eq!(text(shown).await.as_bytes(), PDF);
    let saved = office.get(&format!("/desk/lampiran/{id}?unduh=1")).await;
    assert!(saved.headers().get("content-disposition").unwrap().to_str().unwrap().starts_with("attachment"));
    let scan = attached(&office, b"II*\x00 scan", "scan.tif", &mine(), false).unwrap();
    let saved = office.get(&format!("/desk/lampiran/{scan}")).await;
    assert!(
        saved.headers().get("content-disposition").unwrap().to_str().unwrap().starts_with("attachment"),
        "no browser shows TIFF"
    );
}

#[actix_web::test]
async fn whoever_was_not_given_a_file_cannot_tell_that_it_is_there() {
    let office = Office::new(&[]);
    let id = attached(&office, PDF, "rahasia.pdf", &["jabatan:lain".to_owned()], false).unwrap();
    assert_eq!(office.get(&format!("/desk/lampiran/{id}")).await.status(), 404);
    assert_eq!(office.get(&format!("/desk/lampiran/{}", self::id(77))).await.status(), 404);
    assert_eq!(office.get("/desk/lampiran/bukan-id").await.status(), 404);
    office.instance.db.write(&office.by(), Keys::none(), |tx| grant(tx, OBJEK, &mine())).unwrap();
    assert_eq!(office.get(&format!("/desk/lampiran/{id}")).await.status(), 200, "once it is sent on");
}

#[actix_web::test]
async fn opening_a_restricted_file_is_told_first_and_written_down() {
    let office = Office::new(&[]);
    let id = attached(&office, PDF, "rahasia.pdf", &mine(), true).unwrap();
    let address = format!("/desk/lampiran/{id}");
    let page = text(office.get(&address).await).await;
    assert!(page.contains("Buka lampiran") && page.contains("dicatat") && !page.contains("%PDF"));
    let csrf =
        page.split("name=\"_csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("the form has its proof");
    let opened = office.send(TestRequest::post().uri(&address).set_form([("_csrf", csrf)])).await;
    assert_eq!(opened.status(), 200);
    assert_eq!(text(opened).await.as_bytes(), PDF);
    assert_eq!(office.send(TestRequest::post().uri(&address)).await.status(), 403, "without the proof");
    let history = office.instance.db.read(|tx| tx.audit_of(OBJEK, 10)).unwrap();
    let acts: Vec<_> = history.iter().map(|row| (row.tindakan.as_str(), row.pelaku_nama.as_str())).collect();
    assert_eq!(acts, [("desk.attach-lampiran", "Siti Uji"), ("desk.open-lampiran", "Siti Uji")]);
}
