use praja_kernel::{Date, WorkingCalendar};
use praja_store::Db;

use super::{rules::plain_code, *};
use crate::{
    ANSWER_PENGADUAN, MANAGE_PENGADUAN,
    testing::{Office, engines, id, text, today},
};

fn draft() -> Draft {
    Draft {
        jenis: Jenis::Pelayanan,
        objek: "uji_surat:1".into(),
        tentang: "Surat pengantar".into(),
        opd: Some(id(1)),
        isi: "Loket tutup sebelum waktunya pada hari Senin.".into(),
        lokasi: "Loket 3".into(),
        pelapor: String::new(),
        nama: "Yohana Bria".into(),
        kontak: "0812 3456 7890".into(),
        disembunyikan: false,
    }
}

fn complaint(status: Status) -> Pengaduan {
    Pengaduan {
        id: id(9),
        nomor: "2026-00001".into(),
        jenis: Jenis::Pelayanan,
        objek: String::new(),
        tentang: String::new(),
        opd: Some(id(1)),
        isi: "Isi".into(),
        lokasi: String::new(),
        pelapor: String::new(),
        nama: "Yohana".into(),
        kontak: "a@b.id".into(),
        disembunyikan: false,
        status,
        tenggat: today(),
        sementara: false,
        jawaban: None,
        dijawab: None,
        dibuat: crate::testing::now(),
        versi: 1,
    }
}

#[test]
fn every_state_takes_the_acts_that_fit_it_and_no_other() {
    let long = "Sudah kami tindak lanjuti hari ini.".to_owned();
    let acts = [
        Act::Terima,
        Act::Teruskan(id(5), "Bukan urusan kami".into()),
        Act::Jawab(long.clone()),
        Act::Tolak("Di luar kewenangan".into()),
        Act::Selesai,
        Act::Tanggapi(long),
    ];
    use Status::{Dijawab, Diproses, Ditolak, Masuk, Selesai};
    let expected = [
        (Masuk, [Some(Diproses), Some(Masuk), Some(Dijawab), Some(Ditolak), None, None]),
        (Diproses, [None, Some(Masuk), Some(Dijawab), Some(Ditolak), None, None]),
        (Dijawab, [None, None, None, None, Some(Selesai), Some(Diproses)]),
        (Selesai, [None; 6]),
        (Ditolak, [None; 6]),
    ];
    for (status, becomes) in expected {
        for (act, then) in acts.iter().zip(becomes) {
            assert_eq!(step(&complaint(status), act).ok().map(|after| after.status), then, "{status:?} {act:?}");
        }
    }
    assert_eq!(step(&complaint(Masuk), &Act::Teruskan(id(1), "Ke sini".into())), Err(Refusal::SameOpd));
    assert!(matches!(step(&complaint(Masuk), &Act::Jawab("Ya".into())), Err(Refusal::Fields(_))), "an answer says something");
}

#[test]
fn everything_wrong_with_a_complaint_is_told_at_once() {
    let bad = Draft { isi: "Jelek".into(), nama: "-".into(), kontak: "12".into(), lokasi: "x".repeat(201), ..draft() };
    let Err(Refusal::Fields(problems)) = check(bad, "") else { panic!("refused") };
    let fields: Vec<_> = problems.iter().map(|problem| problem.field.as_ref()).collect();
    assert_eq!(fields, ["jenis", "isi", "nama", "kontak", "lokasi"]);
    assert_eq!(check(draft(), "informasi").map(|draft| draft.jenis), Ok(Jenis::Informasi));
    assert!(check(Draft { kontak: "yohana@surel.id".into(), ..draft() }, "pelayanan").is_ok());
}

#[test]
fn a_code_is_read_back_as_people_type_it() {
    let code = rules::code().unwrap();
    assert_eq!((code.len(), plain_code(&code)), (10, code.clone()));
    assert_eq!(plain_code(" ab1o-il "), "AB1011");
}

fn filed(db: &Db, by: &praja_store::By, draft: Draft) -> Bukti {
    let calendar = WorkingCalendar::new(today());
    db.write(by, keys(today()), move |tx| file(tx, &draft, &calendar, today())).expect("it is filed")
}

#[test]
fn a_complaint_is_numbered_tracked_by_its_code_and_answered() {
    for (db, by) in engines("desk_uji_pengaduan") {
        let first = filed(&db, &by, draft());
        let second = filed(&db, &by, Draft { objek: String::new(), ..draft() });
        assert_eq!((first.nomor.as_str(), second.nomor.as_str()), ("2026-00001", "2026-00002"));
        let tracked = |nomor: &str, kode: &str| db.read(|tx| track(tx, nomor, kode)).unwrap();
        assert_eq!(tracked(&first.nomor, &first.kode.to_lowercase()).map(|one| one.id), Some(first.id));
        assert_eq!(tracked(&second.nomor, &first.kode), None, "a code opens its own complaint only");
        let one = tracked(&first.nomor, &first.kode).unwrap();
        assert_eq!(one.tenggat, "2026-12-10".parse::<Date>().unwrap(), "fourteen working days");
        assert_eq!(db.read(|tx| of(tx, "uji_surat:1")).unwrap().len(), 1);
        let answer = "Jadwal loket sudah diperbaiki sejak hari ini.";
        let before = one.clone();
        db.write(&by, Keys::none(), move |tx| act(tx, &before, &Act::Jawab(answer.into()))).unwrap();
        let again = db.write(&by, Keys::none(), move |tx| act(tx, &one, &Act::Terima));
        assert!(matches!(again, Err(Problem::Conflict)), "somebody was first");
        let after = tracked(&first.nomor, &first.kode).unwrap();
        assert_eq!((after.status, after.jawaban.as_deref()), (Status::Dijawab, Some(answer)));
        assert!(after.dijawab.is_some());
    }
}

/// The text between two marks.
fn between<'a>(page: &'a str, before: &str, after: &str) -> &'a str {
    page.split(before).nth(1).and_then(|rest| rest.split(after).next()).expect("it is there")
}

async fn complain(office: &Office, fields: &[(&str, &str)]) -> actix_web::dev::ServiceResponse {
    let mut all = vec![
        ("jenis", "pelayanan"),
        ("isi", "Loket <tutup> sebelum waktunya pada hari Senin."),
        ("nama", "Yohana Bria"),
        ("kontak", "081234567890"),
    ];
    all.extend(fields);
    office.fill("/pengaduan", "/pengaduan", &all).await
}

#[actix_web::test]
async fn a_complaint_is_filed_answered_and_accepted_on_screen() {
    let office = Office::with(&[], &[ANSWER_PENGADUAN, MANAGE_PENGADUAN]);
    let wrong = office.fill("/pengaduan", "/pengaduan", &[("isi", "Jelek")]).await;
    assert_eq!(wrong.status(), 422);
    assert!(text(wrong).await.contains("Jelek</textarea>"), "what was typed stays");
    let receipt = text(complain(&office, &[("sembunyikan", "ya")]).await).await;
    let kode = between(&receipt, "<code>", "</code>").to_owned();
    assert!(receipt.contains("2026-00001"));
    let list = text(office.get("/desk/pengaduan").await).await;
    assert!(list.contains("2026-00001") && list.contains("Loket &lt;tutup&gt;"));
    let address = format!("/desk/pengaduan/{}", between(&list, "/desk/pengaduan/01", "\"").to_owned());
    let address = address.replace("/desk/pengaduan/", "/desk/pengaduan/01");
    let short = office.fill(&address, &address, &[("tindakan", "jawab"), ("jawaban", "Ya")]).await;
    assert_eq!(short.status(), 422);
    let answer = [("tindakan", "jawab"), ("jawaban", "Jadwal loket sudah diperbaiki sejak hari ini.")];
    assert_eq!(office.fill(&address, &address, &answer).await.status(), 303);
    let track = [("nomor", "2026-00001"), ("kode", kode.as_str())];
    let body = text(office.fill("/pengaduan", "/pengaduan/lacak", &track).await).await;
    assert!(body.contains("Jadwal loket sudah diperbaiki") && body.contains("Terima jawaban"));
    let no = office.fill("/pengaduan", "/pengaduan/lacak", &[("nomor", "2026-00001"), ("kode", "SALAH")]).await;
    assert_eq!(no.status(), 422);
    let unhappy = [
        ("nomor", "2026-00001"),
        ("kode", kode.as_str()),
        ("terima", "tidak"),
        ("tanggapan", "Kemarin masih tutup juga, mohon diperiksa."),
    ];
    let body = text(office.fill("/pengaduan", "/pengaduan/tanggapi", &unhappy).await).await;
    assert!(body.contains("Sedang ditangani"));
    assert_eq!(office.fill(&address, &address, &answer).await.status(), 303);
    let happy = [("nomor", "2026-00001"), ("kode", kode.as_str()), ("terima", "ya")];
    assert!(text(office.fill("/pengaduan", "/pengaduan/tanggapi", &happy).await).await.contains("Semua tahap selesai"));
    let csv = text(office.get("/desk/pengaduan/unduh?format=csv&status=selesai").await).await;
    assert!(csv.contains("2026-00001") && csv.contains("Jadwal loket"), "{csv}");
}

#[actix_web::test]
async fn an_opd_sees_its_own_complaints_and_not_who_asked_to_stay_unnamed() {
    let office = Office::with(&[], &[ANSWER_PENGADUAN]);
    let by = office.by();
    let own = filed(&office.instance.db, &by, Draft { disembunyikan: true, ..draft() });
    let foreign = filed(&office.instance.db, &by, Draft { opd: Some(id(77)), ..draft() });
    let nobodys = filed(&office.instance.db, &by, Draft { opd: None, ..draft() });
    let page = text(office.get(&format!("/desk/pengaduan/{}", own.id)).await).await;
    assert!(page.contains("Disembunyikan atas permintaan") && !page.contains("Yohana") && !page.contains("0812"));
    for other in [foreign.id, nobodys.id] {
        assert_eq!(office.get(&format!("/desk/pengaduan/{other}")).await.status(), 404);
    }
    let list = text(office.get("/desk/pengaduan").await).await;
    assert!(list.contains(&own.nomor) && !list.contains(&foreign.nomor));
    assert_eq!(Office::new(&[]).get("/desk/pengaduan").await.status(), 403);
}

#[actix_web::test]
async fn a_complaint_from_a_things_page_names_the_thing_and_a_forged_subject_names_nothing() {
    let office = Office::with(&[&crate::tests::NEIGHBOUR], &[ANSWER_PENGADUAN]);
    let page = text(office.get(&format!("/uji/surat/{}", id(40))).await).await;
    let about = between(&page, "/pengaduan?tentang=", "\"").to_owned();
    let form = text(office.get(&format!("/pengaduan?tentang={about}")).await).await;
    assert!(form.contains("Surat uji") && !form.contains("Saya tidak tahu"), "the OPD is known");
    let sealed = about.replace("%2E", ".");
    assert_eq!(complain(&office, &[("tentang", &sealed)]).await.status(), 200);
    let of = office.instance.db.read(|tx| of(tx, &format!("uji_surat:{}", id(40)))).unwrap();
    assert_eq!(of.len(), 1);
    assert_eq!(complain(&office, &[("tentang", "00.11")]).await.status(), 200, "it is filed, about nothing");
    assert!(office.instance.db.read(|tx| super::of(tx, "uji_surat:palsu")).unwrap().is_empty());
}
