use praja_kernel::{Id, Moment, Zona};
use praja_module::events::{KABAR, KabarAplikasi, SURAT_SELESAI};

use super::{Draft, Next, body, check, next, rest_ms};

fn draft() -> Draft<'static> {
    Draft { nama: "SIMPEG", alamat: "https://simpeg.contoh.go.id/kabar", sertifikat: "", peristiwa: vec![SURAT_SELESAI] }
}

fn wrong(draft: &Draft<'_>) -> Vec<std::borrow::Cow<'static, str>> {
    check(draft, &["lama".into()]).map_or_else(|problems| problems.iter().map(|one| one.field.clone()).collect(), |_| Vec::new())
}

#[test]
fn every_problem_stands_at_its_field() {
    assert!(wrong(&draft()).is_empty());
    assert_eq!(wrong(&Draft::default()), ["nama", "alamat", "peristiwa"]);
    assert_eq!(wrong(&Draft { nama: "Lama", ..draft() }), ["nama"]);
    assert_eq!(wrong(&Draft { peristiwa: vec!["lain"], ..draft() }), ["peristiwa"]);
    assert_eq!(wrong(&Draft { sertifikat: "bukan", ..draft() }), ["sertifikat"]);
    let all = KABAR.iter().map(|(kind, _)| *kind).collect();
    assert!(wrong(&Draft { peristiwa: all, ..draft() }).is_empty());
}

#[test]
fn plain_http_is_for_machines_inside_the_house() {
    for (alamat, good) in [
        ("https://simpeg.contoh.go.id/kabar?x=1", true),
        ("https://10.1.2.3:8443/", true),
        ("http://10.1.2.3/kabar", true),
        ("http://simpeg/kabar", true),
        ("http://simpeg.local", true),
        ("http://simpeg.contoh.go.id/kabar", false),
        ("http://8.8.8.8/", false),
        ("ftp://simpeg", false),
        ("https://", false),
        ("https://nama:sandi@simpeg.contoh.go.id/", false),
        ("https://simpeg.contoh.go.id:0/", false),
        ("https://simpeg contoh/", false),
        ("https://simpeg.contoh.go.id/\r\nX: y", false),
        ("file:///etc/passwd", false),
    ] {
        assert_eq!(wrong(&Draft { alamat, ..draft() }).is_empty(), good, "{alamat}");
    }
}

#[test]
fn what_is_refused_for_what_it_is_is_not_tried_again_and_everything_else_is_for_two_days() {
    assert_eq!((next(Some(200), 0), next(Some(204), 7)), (Next::Sent, Next::Sent));
    for status in [400, 404, 410, 422] {
        assert_eq!(next(Some(status), 0), Next::GiveUp, "{status}");
    }
    for answer in [None, Some(301), Some(401), Some(429), Some(500), Some(503)] {
        assert_eq!(next(answer, 0), Next::Again(60_000), "{answer:?}");
    }
    let (mut tries, mut waited) = (0, 0);
    while let Next::Again(ms) = next(None, tries) {
        (tries, waited) = (tries + 1, waited + ms);
    }
    assert!(tries == 8 && waited > 40 * 60 * 60 * 1000 && waited < 72 * 60 * 60 * 1000, "{tries} {waited}");
    assert_eq!((rest_ms(2), rest_ms(3), rest_ms(99)), (None, Some(300_000), Some(3_600_000)));
}

#[test]
fn what_is_said_names_the_letter_and_nothing_of_what_is_in_it() {
    let id = Id::v7(1, [7; 10]);
    let kabar = KabarAplikasi {
        jenis: SURAT_SELESAI.into(),
        opd: id,
        id,
        nomor: "12/2026".into(),
        status: "selesai".into(),
        alamat: "/api/v1/eoffice/surat-masuk/1".into(),
    };
    let said: serde_json::Value = serde_json::from_str(&body(id, &kabar, Moment(0), Zona::Wib, "https://praja.example")).unwrap();
    let names: Vec<&str> = said.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(names, ["id", "objek", "opd", "pada", "peristiwa"]);
    let names: Vec<&str> = said["objek"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(names, ["id", "nomor", "status", "tautan"]);
    assert_eq!(said["objek"]["tautan"], "https://praja.example/api/v1/eoffice/surat-masuk/1");
    assert_eq!(said["pada"], "1970-01-01T07:00:00+07:00");
}
