use praja_kernel::{Date, WorkingCalendar};
use praja_module::Problem;
use praja_store::{Db, Keys};

use super::{rules::plain_code, *};
use crate::{
    ANSWER_PENGADUAN, INSPECT_PENGADUAN, MANAGE_PENGADUAN,
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
        ..Draft::default()
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
        tahap: String::new(),
        kepada: None,
        identitas: None,
        jalur: Jalur::Biasa,
        teradu: String::new(),
        saluran: Saluran::Aplikasi,
        id_lapor: String::new(),
        penanganan: Penanganan::TanpaLapangan,
        hari: 14,
        diterima: today(),
        batas_tanggap: today(),
        ditanggap: None,
        buka_sampai: Some(today()),
        dibuka_lagi: 0,
        peringatan: 0,
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
        Act::Golongkan(Penanganan::Lapangan, "Perlu dilihat".into()),
        Act::Alihkan(vec![Teradu { orang: id(8), nama: "X".into() }], "Tentang petugas".into()),
        Act::Selesai,
        Act::Tanggapi(long),
    ];
    use Status::{DibukaLagi, Ditanggapi, Diteruskan, Ditolak, Masuk, Selesai, Verifikasi};
    let open = |stays: Status| [None, Some(Diteruskan), Some(Ditanggapi), Some(Ditolak), Some(stays), Some(Masuk), None, None];
    let expected = [
        (Masuk, [Some(Verifikasi), Some(Diteruskan), Some(Ditanggapi), Some(Ditolak), Some(Masuk), Some(Masuk), None, None]),
        (Verifikasi, open(Verifikasi)),
        (Diteruskan, open(Diteruskan)),
        (DibukaLagi, open(DibukaLagi)),
        (Ditanggapi, [None, None, None, None, None, None, Some(Selesai), Some(DibukaLagi)]),
        (Selesai, [None, None, None, None, None, None, None, Some(DibukaLagi)]),
        (Ditolak, [None; 8]),
    ];
    for (status, becomes) in expected {
        for (act, then) in acts.iter().zip(becomes) {
            let after = step(&complaint(status), act, today());
            assert_eq!(after.ok().map(|after| after.status), then, "{status:?} {act:?}");
        }
    }
    let to_own = Act::Teruskan(id(1), "Ke sini".into());
    assert_eq!(step(&complaint(Verifikasi), &to_own, today()), Err(Refusal::SameOpd));
    assert!(
        matches!(step(&complaint(Masuk), &Act::Jawab("Ya".into()), today()), Err(Refusal::Fields(_))),
        "an answer says something"
    );
}

#[test]
fn an_answer_is_objected_to_for_ten_days_and_closes_by_itself_after_them() {
    let one = complaint(Status::Ditanggapi);
    let tomorrow = today().tomorrow().unwrap();
    let object = Act::Tanggapi("Kemarin masih tutup juga, mohon diperiksa.".into());
    assert!(step(&one, &object, today()).is_ok_and(|after| after.dibuka_lagi == 1));
    assert_eq!(step(&one, &object, tomorrow), Err(Refusal::TooLate(today())));
    assert!(step(&one, &Act::Tutup, today()).is_err());
    assert_eq!(step(&one, &Act::Tutup, tomorrow).map(|after| after.status), Ok(Status::Selesai));
}

/// The officer of these tests with further rights.
fn scope(more: &[praja_kernel::Permission]) -> praja_kernel::Scope {
    let mut scope = crate::testing::officer();
    scope.permissions.extend(more);
    scope.permissions.sort();
    scope
}

#[test]
fn whom_a_complaint_is_about_never_sees_it_whatever_they_hold() {
    let everything = scope(&[ANSWER_PENGADUAN, MANAGE_PENGADUAN, INSPECT_PENGADUAN]);
    let own = [Teradu { orang: id(3), nama: "Siti Uji".into() }];
    for jalur in Jalur::ALL {
        let one = Pengaduan { jalur: *jalur, kepada: Some(id(2)), ..complaint(Status::Masuk) };
        assert!(!may_see(&everything, &one, &own), "{jalur:?}");
        assert!(may_see(&everything, &one, &[]), "{jalur:?}");
    }
}

#[test]
fn a_report_to_the_inspectorate_is_for_its_permission_alone_and_one_about_an_officer_for_the_superior_too() {
    let see = |more: &[praja_kernel::Permission], jalur, kepada| {
        may_see(&scope(more), &Pengaduan { jalur, kepada, ..complaint(Status::Masuk) }, &[])
    };
    let managers = [ANSWER_PENGADUAN, MANAGE_PENGADUAN];
    assert!(see(&managers, Jalur::Biasa, None) && see(&[ANSWER_PENGADUAN], Jalur::Biasa, None));
    assert!(!see(&[], Jalur::Biasa, None) && !see(&[INSPECT_PENGADUAN], Jalur::Biasa, None));
    for kepada in [None, Some(id(2)), Some(id(9))] {
        assert!(!see(&managers, Jalur::Wbs, kepada), "not even who manages all others");
        assert!(see(&[INSPECT_PENGADUAN], Jalur::Wbs, kepada) && see(&[INSPECT_PENGADUAN], Jalur::Petugas, kepada));
    }
    assert!(!see(&managers, Jalur::Petugas, None) && !see(&managers, Jalur::Petugas, Some(id(9))));
    assert!(see(&[], Jalur::Petugas, Some(id(2))), "the superior it was given to, who holds no other right");
}

#[test]
fn who_is_protected_stands_sealed_in_the_table_and_who_is_unnamed_stands_nowhere() {
    let (keys, _) = praja_store::Keyring::create().unwrap();
    let about = Draft { teradu: "Kepala seksi".into(), pelapor: "warga:1".into(), ..draft() }.protect(&keys).unwrap();
    assert_eq!((about.jalur(), about.nama.as_str(), about.kontak.as_str(), about.pelapor.as_str()), (Jalur::Petugas, "", "", ""));
    let sealed = about.identitas.expect("it is kept");
    assert!(!sealed.windows(6).any(|part| part == b"Yohana"));
    assert_eq!(rules::Identitas::open(&keys, &sealed).unwrap().nama, "Yohana Bria");
    let nobody = check(Draft { wbs: true, anonim: true, ..draft() }, "pengawasan").unwrap().protect(&keys).unwrap();
    assert_eq!((nobody.jalur(), nobody.identitas, nobody.nama.as_str()), (Jalur::Wbs, None, ""));
    assert!(check(Draft { wbs: true, nama: String::new(), kontak: String::new(), ..draft() }, "pengawasan").is_ok(), "optional");
    let plain = draft().protect(&keys).unwrap();
    assert_eq!((plain.jalur(), plain.nama.as_str()), (Jalur::Biasa, "Yohana Bria"));
}

#[test]
fn what_sp4n_lapor_calls_it_is_asked_where_it_came_from_there() {
    let from_there = |id: &str| check(Draft { saluran: Saluran::Lapor, id_lapor: id.into(), ..draft() }, "pelayanan");
    assert_eq!(from_there(" #7654321 ").map(|draft| draft.id_lapor), Ok("7654321".into()));
    for wrong in ["", "12", "<b>1234</b>", "1234 5678"] {
        assert!(matches!(from_there(wrong), Err(Refusal::Fields(_))), "{wrong}");
    }
    assert!(check(Draft { id_lapor: String::new(), ..draft() }, "pelayanan").is_ok());
}

proptest::proptest! {
    #[test]
    fn a_complaint_is_told_of_once_for_each_sign_and_a_closed_one_never(offset in -40i32..40, status in 0usize..7, bits in 0i64..8) {
        let hari = Hari { today: today(), calendar: WorkingCalendar::new(today()) };
        let tenggat = praja_kernel::days_after(today(), offset).unwrap();
        let one = Pengaduan { tenggat, batas_tanggap: tenggat, peringatan: bits, ..complaint(Status::ALL[status]) };
        let told = kerja::due(&one, &hari);
        proptest::prop_assert!(one.status.is_open() || told.is_empty());
        let after = told.iter().fold(bits, |bits, tanda| bits | match tanda { kerja::Tanda::Diam => 1, kerja::Tanda::Ingat => 2, kerja::Tanda::Lambat => 4 });
        let again = kerja::due(&Pengaduan { peringatan: after, ..one }, &hari);
        proptest::prop_assert!(again.is_empty());
    }
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

fn hari() -> Hari {
    Hari { today: today(), calendar: WorkingCalendar::new(today()) }
}

fn filed(db: &Db, by: &praja_store::By, draft: Draft) -> Bukti {
    let hari = hari();
    db.write(by, keys(today()), move |tx| file(tx, &draft, today(), &hari)).expect("it is filed")
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
        db.write(&by, Keys::none(), move |tx| act(tx, &before, &Act::Jawab(answer.into()), &hari())).unwrap();
        let again = db.write(&by, Keys::none(), move |tx| act(tx, &one, &Act::Terima, &hari()));
        assert!(matches!(again, Err(Problem::Conflict)), "somebody was first");
        let after = tracked(&first.nomor, &first.kode).unwrap();
        assert_eq!((after.status, after.jawaban.as_deref()), (Status::Ditanggapi, Some(answer)));
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
    assert!(body.contains("Dibuka lagi"));
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
