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
    assert_eq!((fields[0].field.as_ref(), refusal.code()), ("pindaian", "desk.lampiran.kind"));
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

mod pictures {
    use image::{DynamicImage, ImageFormat, RgbImage, codecs::jpeg::JpegEncoder};
    use std::io::Cursor;

    use super::{super::photo::keep, *};

    /// A picture with a red left half.
    fn picture(width: u32, height: u32) -> DynamicImage {
        DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |x, y| {
            image::Rgb(if x < width / 2 { [200, 0, 0] } else { [0, 0, u8::try_from(y % 200).unwrap_or(0)] })
        }))
    }

    pub(super) fn jpeg(width: u32, height: u32) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        picture(width, height).write_with_encoder(JpegEncoder::new_with_quality(&mut out, 90)).unwrap();
        out.into_inner()
    }

    /// An EXIF segment with orientation and a place, as phones write it.
    fn exif_with_place(orientation: u8) -> Vec<u8> {
        let mut body = b"Exif\0\0MM\0\x2A\0\0\0\x08\0\x02".to_vec();
        body.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
        body.extend([0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 0x26]);
        body.extend([0, 0, 0, 0]);
        body.extend(b"GPS-LINTANG-RAHASIA");
        let size = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
        [&[0xFF, 0xE1, size[0], size[1]], body.as_slice()].concat()
    }

    fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
        [&jpeg[..2], &exif_with_place(orientation), &jpeg[2..]].concat()
    }

    fn contains(bytes: &[u8], part: &[u8]) -> bool {
        bytes.windows(part.len()).any(|window| window == part)
    }

    fn size(bytes: &[u8]) -> (u32, u32) {
        let picture = image::load_from_memory(bytes).expect("a picture");
        (picture.width(), picture.height())
    }

    fn orientation(bytes: &[u8]) -> u8 {
        use image::ImageDecoder;
        let reader = image::ImageReader::new(Cursor::new(bytes)).with_guessed_format().unwrap();
        reader.into_decoder().unwrap().orientation().unwrap().to_exif()
    }

    #[test]
    fn a_small_picture_keeps_its_pixels_and_how_it_is_turned_and_loses_its_place() {
        let plain = jpeg(120, 80);
        for turned in [1, 3, 6, 8] {
            let sent = with_exif(&plain, turned);
            let kept = keep(Kind::Jpeg, &sent).unwrap();
            assert!(contains(&sent, b"GPS-LINTANG") && !contains(&kept, b"GPS-LINTANG"), "{turned}");
            assert_eq!((orientation(&kept), size(&kept)), (turned, (120, 80)), "{turned}");
            assert_eq!(image::load_from_memory(&kept).unwrap(), image::load_from_memory(&plain).unwrap(), "no pixel is lost");
        }
    }

    #[test]
    fn a_large_photograph_is_made_smaller_and_stands_upright() {
        let sent = with_exif(&jpeg(4200, 420), 6);
        let kept = keep(Kind::Jpeg, &sent).unwrap();
        assert_eq!(size(&kept), (351, 3508));
        assert!(kept.len() < sent.len() && !contains(&kept, b"GPS-LINTANG"));
        assert_eq!(orientation(&kept), 1, "the pixels are turned, nothing is left to turn");
        let top = image::load_from_memory(&kept).unwrap().to_rgb8().get_pixel(150, 100).0;
        assert!(top[0] > 150 && top[2] < 80, "the red half is on top: {top:?}");
    }

    #[test]
    fn texts_go_out_of_png_and_exif_out_of_webp() {
        let mut out = Cursor::new(Vec::new());
        picture(30, 20).write_to(&mut out, ImageFormat::Png).unwrap();
        let png = out.into_inner();
        let text = b"Comment\0DI-RUMAH-SAYA";
        let mut chunk = u32::try_from(text.len()).unwrap().to_be_bytes().to_vec();
        chunk.extend(b"tEXt");
        chunk.extend(text);
        chunk.extend([0, 0, 0, 0]);
        // After the head chunk of 25 bytes.
        let sent = [&png[..33], &chunk, &png[33..]].concat();
        let kept = keep(Kind::Png, &sent).unwrap();
        assert_eq!(kept, png);
        let mut out = Cursor::new(Vec::new());
        picture(30, 20).write_to(&mut out, ImageFormat::WebP).unwrap();
        let webp = out.into_inner();
        let sent = [webp.as_slice(), b"EXIF\x0C\0\0\0RUMAH-SAYA!!"].concat();
        let kept = keep(Kind::Webp, &sent).unwrap();
        assert!(!contains(&kept, b"RUMAH-SAYA"));
        assert_eq!(size(&kept), (30, 20));
    }

    #[test]
    fn what_is_no_picture_is_refused_and_what_is_cut_too() {
        assert!(keep(Kind::Jpeg, b"\xFF\xD8\xFF\xE0 dua").is_err());
        let whole = jpeg(120, 80);
        assert!(keep(Kind::Jpeg, &whole[..20]).is_err());
        assert_eq!(keep(Kind::Pdf, b"%PDF-1.7").unwrap(), b"%PDF-1.7");
    }
}

#[test]
fn each_use_says_what_it_takes() {
    let office = Office::new(&[]);
    let pdf = upload(&office, "surat.pdf", PDF);
    assert_eq!(check_by("foto", &pdf, &Rule::ANY), Ok(Kind::Pdf));
    let refusal = check_by("foto", &pdf, &Rule::PHOTOS).unwrap_err();
    assert_eq!(refusal.to_string(), "Berkas \"surat.pdf\" bukan JPEG, PNG, atau WebP.");
    assert_eq!(refusal.next_step(), "Pindai atau simpan dokumen itu sebagai JPEG, PNG, atau WebP, lalu unggah lagi.");
    let small = Rule { max_bytes: 4, ..Rule::DOCUMENTS };
    assert!(matches!(check_by("foto", &pdf, &small), Err(Refusal::Large { .. })));
    assert_eq!((Rule::DOCUMENTS.words().as_str(), Rule::DOCUMENTS.accept().as_str()), ("PDF", "application/pdf"));
}

#[actix_web::test]
async fn several_pictures_are_the_ordered_pages_of_one_attachment() {
    let office = Office::new(&[]);
    let photos: Vec<Upload> = (0..3).map(|at| upload(&office, &format!("hal-{at}.jpg"), &pictures::jpeg(20 + at, 10))).collect();
    let files = [photos.as_slice(), &[upload(&office, "surat.pdf", PDF)]].concat();
    let subjects = mine();
    let ids =
        office.instance.db.write(&office.by(), Keys::none(), move |tx| attach_all(tx, OBJEK, &subjects, &files, false)).unwrap();
    assert_eq!(ids.len(), 2, "one of three pages and the document");
    let list = office.instance.db.read(|tx| of(tx, OBJEK)).unwrap();
    assert_eq!((list[0].halaman, list[1].halaman), (3, 1));
    let address = format!("/desk/lampiran/{}", ids[0]);
    let page = text(office.get(&address).await).await;
    assert!(page.contains("Halaman 3 dari 3") && page.contains("Naikkan halaman"));
    let picture = office.get(&format!("{address}/halaman/2")).await;
    assert_eq!(picture.headers().get("content-type").unwrap(), "image/jpeg");
    assert_eq!(office.fill(&address, &format!("{address}/halaman/3/naik"), &[]).await.status(), 303);
    let page = text(office.get(&address).await).await;
    let place = |name: &str| page.find(name).expect("it is there");
    assert!(place("hal-0") < place("hal-2") && place("hal-2") < place("hal-1"));
    assert_eq!(office.fill(&address, &format!("{address}/halaman/1/naik"), &[]).await.status(), 404);
    assert_eq!(office.get(&format!("{address}/halaman/9")).await.status(), 404);
}

#[actix_web::test]
async fn what_was_destroyed_keeps_its_name_and_hash_and_its_files_are_gone_from_the_disk() {
    let office = Office::new(&[]);
    let mut files: Vec<Upload> =
        (0..2).map(|at| upload(&office, &format!("hal-{at}.jpg"), &pictures::jpeg(20 + at, 10))).collect();
    files.push(upload(&office, "surat.pdf", PDF));
    let subjects = mine();
    let ids =
        office.instance.db.write(&office.by(), Keys::none(), move |tx| attach_all(tx, OBJEK, &subjects, &files, true)).unwrap();
    let before = office.instance.db.read(|tx| of(tx, OBJEK)).unwrap();
    let gone = office.instance.db.write(&office.by(), Keys::none(), |tx| destroy(tx, OBJEK, "BA/9/2026")).unwrap();
    assert_eq!(gone.len(), 3, "two pictures and a document");
    let blobs = &office.instance.blobs;
    assert_eq!(blobs.remove(&office.instance.db, &gone).unwrap(), 3);
    assert_eq!(blobs.remove(&office.instance.db, &gone).unwrap(), 0, "once");
    let after = office.instance.db.read(|tx| of(tx, OBJEK)).unwrap();
    for (before, after) in before.iter().zip(&after) {
        assert_eq!((&before.nama, &before.sidik, before.halaman), (&after.nama, &after.sidik, after.halaman));
        assert_eq!(after.dimusnahkan.as_ref().map(|(_, dasar)| dasar.as_str()), Some("BA/9/2026"));
    }
    for id in &ids {
        let page = office.get(&format!("/desk/lampiran/{id}")).await;
        assert_eq!(page.status(), 200);
        let page = text(page).await;
        assert!(page.contains("sudah dimusnahkan") && page.contains("BA/9/2026"), "{page}");
    }
    assert_eq!(office.get(&format!("/desk/lampiran/{}/halaman/1", ids[0])).await.status(), 404);
    let again = office.instance.db.write(&office.by(), Keys::none(), |tx| destroy(tx, OBJEK, "BA/10/2026")).unwrap();
    assert!(again.is_empty());
    let acts = office.instance.db.read(|tx| tx.audit_of(OBJEK, 20)).unwrap();
    assert_eq!(acts.iter().filter(|row| row.tindakan == "desk.destroy-lampiran").count(), 2);
}

#[actix_web::test]
async fn a_file_that_is_still_named_is_never_removed() {
    let office = Office::new(&[]);
    attached(&office, PDF, "surat.pdf", &mine(), false).unwrap();
    let named: Vec<String> = office
        .instance
        .db
        .read(|tx| tx.list("SELECT alamat FROM desk_lampiran WHERE objek = ?1", praja_store::params![OBJEK], |row| row.get(0)))
        .unwrap();
    assert_eq!((named.len(), office.instance.blobs.remove(&office.instance.db, &named).unwrap()), (1, 0));
}

#[actix_web::test]
async fn the_pages_of_a_restricted_attachment_are_seen_only_after_it_was_opened() {
    let office = Office::new(&[]);
    let files: Vec<Upload> = (0..2).map(|at| upload(&office, &format!("hal-{at}.jpg"), &pictures::jpeg(20, 10 + at))).collect();
    let subjects = mine();
    let ids =
        office.instance.db.write(&office.by(), Keys::none(), move |tx| attach_all(tx, OBJEK, &subjects, &files, true)).unwrap();
    let address = format!("/desk/lampiran/{}", ids[0]);
    assert_eq!(office.get(&format!("{address}/halaman/1")).await.status(), 404);
    assert!(text(office.get(&address).await).await.contains("Buka lampiran"));
    let opened = text(office.fill(&address, &address, &[]).await).await;
    let src = opened.split("src=\"").find(|part| part.starts_with(&address)).and_then(|part| part.split('"').next()).unwrap();
    assert_eq!(office.get(src).await.status(), 200);
    assert!(text(office.get(&format!("{address}?pdf=1")).await).await.contains("Buka lampiran"), "not as a document either");
    let whole = opened.split("href=\"").find(|part| part.contains("pdf=1")).and_then(|part| part.split('"').next()).unwrap();
    let pdf = office.get(&whole.replace("&amp;", "&")).await;
    assert_eq!((pdf.status().as_u16(), pdf.headers().get("content-type").unwrap().to_str().unwrap()), (200, "application/pdf"));
    let acts = office.instance.db.read(|tx| tx.audit_of(OBJEK, 10)).unwrap();
    assert_eq!(acts.iter().filter(|row| row.tindakan == "desk.open-lampiran").count(), 1);
}

#[actix_web::test]
async fn several_pictures_leave_as_one_document_with_its_pages_in_order() {
    let office = Office::new(&[]);
    let (mut turned, mut clear) = (pictures::jpeg(60, 30), std::io::Cursor::new(Vec::new()));
    turned.splice(
        2..2,
        [0xFF, 0xE1, 0, 0x22].into_iter().chain(*b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"),
    );
    image::DynamicImage::new_rgba8(40, 20).write_to(&mut clear, image::ImageFormat::Png).unwrap();
    let sent = [("a.jpg", pictures::jpeg(50, 20)), ("b.jpg", turned), ("c.png", clear.into_inner())];
    let files: Vec<Upload> = sent.iter().map(|(name, bytes)| upload(&office, name, bytes)).collect();
    let subjects = mine();
    let ids =
        office.instance.db.write(&office.by(), Keys::none(), move |tx| attach_all(tx, OBJEK, &subjects, &files, false)).unwrap();
    let address = format!("/desk/lampiran/{}", ids[0]);
    assert!(text(office.get(&address).await).await.contains("Unduh satu PDF"));
    let answer = office.get(&format!("{address}?pdf=1")).await;
    assert_eq!(answer.headers().get("content-type").unwrap(), "application/pdf");
    assert!(answer.headers().get("content-disposition").unwrap().to_str().unwrap().contains("a.pdf"));
    let bytes = actix_web::test::read_body(answer).await.to_vec();
    let whole = String::from_utf8_lossy(&bytes).into_owned();
    let sizes: Vec<&str> =
        whole.split("/Subtype /Image ").skip(1).map(|part| part.split(" /ColorSpace").next().unwrap()).collect();
    assert_eq!(sizes, ["/Width 50 /Height 20", "/Width 30 /Height 60", "/Width 40 /Height 20"], "the second was taken upright");
    assert_eq!(whole.matches("/Type /Page ").count(), 3);
    assert_eq!(whole.matches("[0 0 841.89 595.28]").count(), 2, "two lie on their side");
    assert_eq!(whole.matches("(LATIHAN) Tj").count(), 3);
    // Every object begins where the table at the end says.
    let at = |after: &str| bytes.windows(after.len()).rposition(|part| part == after.as_bytes()).unwrap();
    let table = String::from_utf8(bytes[at("xref\n0 ")..].to_vec()).unwrap();
    let places: Vec<usize> = table.lines().filter(|line| line.ends_with(" n ")).map(|line| line[..10].parse().unwrap()).collect();
    assert_eq!(places.len(), 4 + 3 * 3);
    for (number, place) in places.iter().enumerate() {
        assert!(bytes[*place..].starts_with(format!("{} 0 obj", number + 1).as_bytes()), "object {}", number + 1);
    }
    let start: usize = table.split("startxref\n").nth(1).unwrap().lines().next().unwrap().parse().unwrap();
    assert!(bytes[start..].starts_with(b"xref\n"));
}
