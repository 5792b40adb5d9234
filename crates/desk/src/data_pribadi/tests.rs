use praja_kernel::{Moment, Refuse};
use praja_store::Keys;

use super::{
    inventaris::{SHIPPED, read},
    rules::{Refusal, check, check_answer, check_failure, due, is_near, is_told, left},
    *,
};
use crate::{
    MANAGE_DATA_PRIBADI,
    testing::{Office, engines, now, text, today},
};

const HOUR: i64 = 3_600_000;

#[test]
fn the_clock_is_seventy_two_hours_whatever_day_it_is_and_is_told_in_hours_and_minutes() {
    let from = Moment(0);
    assert_eq!(due(from), Moment(72 * HOUR));
    let table = [
        (0, "sisa 72 jam"),
        (HOUR / 2, "sisa 71 jam 30 menit"),
        (71 * HOUR + HOUR / 3, "sisa 40 menit"),
        (72 * HOUR, "sisa 0 menit"),
        (74 * HOUR + 300_000, "lewat 2 jam 5 menit"),
    ];
    for (at, words) in table {
        assert_eq!(left(due(from), Moment(at)), words);
    }
    assert!(
        !is_near(due(from), Moment(48 * HOUR))
            && is_near(due(from), Moment(48 * HOUR + 1))
            && !is_near(due(from), Moment(73 * HOUR))
    );
}

fn typed<'a>(changes: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> String + 'a {
    move |name| {
        let usual = [
            ("jenis", "akses"),
            ("nama", "Siti Rahma"),
            ("nik", "5315015209850001"),
            ("kontak", "siti@contoh.example"),
            ("isi", "Salinan data saya pada perizinan."),
        ];
        changes.iter().chain(&usual).find(|(known, _)| *known == name).map_or_else(String::new, |(_, value)| (*value).to_owned())
    }
}

#[test]
fn a_request_names_who_asks_and_what_and_everything_wrong_is_told_at_once() {
    assert!(check(typed(&[])).is_ok());
    let Err(Refusal::Fields(problems)) =
        check(typed(&[("jenis", "x"), ("nama", "1"), ("nik", "12"), ("kontak", "?"), ("isi", "a")]))
    else {
        panic!("it is refused")
    };
    assert_eq!(problems.iter().map(|one| one.field.as_ref()).collect::<Vec<_>>(), ["jenis", "nama", "nik", "kontak", "isi"]);
}

#[test]
fn a_refusal_names_its_reason_and_its_rule() {
    let answer = |hasil: &'static str, dasar: &'static str| {
        check_answer(move |name| match name {
            "hasil" => hasil.to_owned(),
            "jawaban" => "Data itu wajib disimpan.".to_owned(),
            _ => dasar.to_owned(),
        })
    };
    assert!(answer("dipenuhi", "").is_ok() && answer("ditolak", "UU 43/2009").is_ok());
    assert_eq!(answer("ditolak", "").unwrap_err().fields()[0].field, "dasar");
    assert_eq!(answer("terbuka", "").unwrap_err().fields()[0].field, "hasil");
}

#[test]
fn a_failure_is_told_to_the_subjects_and_to_the_agency_before_the_duty_is_met() {
    let letter =
        |tujuan| Surat { tujuan, kepada: "x".into(), nomor_surat: "1".into(), pada: Moment(0), oleh_nama: String::new() };
    assert!(!is_told(&[]) && !is_told(&[letter(Tujuan::Subjek), letter(Tujuan::Masyarakat)]));
    assert!(is_told(&[letter(Tujuan::Lembaga), letter(Tujuan::Subjek)]));
    let words = |name: &str| if name == "orang" { "12".to_owned() } else { "Cadangan hilang dari lemari.".to_owned() };
    assert!(check_failure(words, Some(Moment(5)), Moment(5)).is_ok());
    assert_eq!(check_failure(words, Some(Moment(6)), Moment(5)).unwrap_err().fields()[0].field, "tanggal");
    assert_eq!(check_failure(words, None, Moment(5)).unwrap_err().fields()[0].field, "tanggal");
}

#[test]
fn the_shipped_inventory_can_be_read_and_wrong_lines_are_named() {
    let rows = read(SHIPPED).unwrap();
    assert!(rows.len() >= 6 && rows.iter().any(|one| one.data.contains("KTP")));
    assert!(read("a,b\n1,2\n").unwrap_err()[0].starts_with("Baris 1:"));
    let wrong = read("data,tujuan,dasar,lama,siapa\nNIK,Mengenali,,Selamanya,Petugas\na,b\n").unwrap_err();
    assert!(wrong[0].starts_with("Baris 2: kolom dasar") && wrong[1].starts_with("Baris 3:"), "{wrong:?}");
    assert!(read("data,tujuan,dasar,lama,siapa\n").is_err());
}

#[test]
fn a_request_is_taken_with_its_clock_followed_by_its_code_and_answered_once() {
    for (db, by) in engines("desk_uji_data_pribadi") {
        let isi = check(typed(&[])).unwrap();
        let (id, nomor, kode) =
            db.write(&by, keys(KELOMPOK, today()), move |tx| terima(tx, &isi, Bukti::Ktp, "", today())).unwrap();
        let found = {
            let (nomor, kode) = (nomor.clone(), kode.clone());
            move |typed: &str| {
                let hashed = hash(&nomor, &crate::complaints::plain_code(typed));
                db_read(&db, &nomor, &hashed).map(|one| (one.id, kode.len()))
            }
        };
        assert_eq!(found(&kode), Some((id, 10)));
        assert_eq!(found("SALAHSALAH"), None);
    }
}

fn db_read(db: &praja_store::Db, nomor: &str, kode: &str) -> Option<Permintaan> {
    db.read(|tx| store::by_code(tx, nomor, kode)).unwrap()
}

#[test]
fn an_answer_comes_once_and_a_late_one_says_so() {
    for (db, by) in engines("desk_uji_data_jawab") {
        let isi = check(typed(&[])).unwrap();
        let (id, ..) =
            db.write(&by, keys(KELOMPOK, today()), move |tx| terima(tx, &isi, Bukti::Akun, "warga:x", today())).unwrap();
        let one = db.read(|tx| store::get(tx, id)).unwrap().unwrap();
        assert_eq!((one.diterima, one.tenggat), (now(), due(now())));
        let jawaban = rules::Jawaban { status: Status::Dipenuhi, kata: "Salinan dikirim.".into(), dasar: String::new() };
        let (before, kata) = (one.clone(), jawaban.clone());
        db.write(&by, Keys::none(), move |tx| jawab(tx, &before, 1, &kata, &[])).unwrap();
        let after = db.read(|tx| store::get(tx, id)).unwrap().unwrap();
        assert_eq!((after.status, after.jawaban.as_str()), (Status::Dipenuhi, "Salinan dikirim."));
        let again = db.write(&by, Keys::none(), move |tx| jawab(tx, &after, 2, &jawaban, &[]));
        assert!(matches!(again, Err(Problem::Refused(_))));
        assert_eq!(db.read(|tx| store::list(tx, Status::Terbuka, None, 10)).unwrap(), []);
        assert_eq!(db.read(|tx| store::of_account(tx, "warga:x")).unwrap().len(), 1);
    }
}

#[actix_web::test]
async fn the_pages_take_a_request_at_the_counter_record_a_failure_and_keep_the_inventory() {
    let office = Office::with(&[], &[MANAGE_DATA_PRIBADI]);
    let list = "/desk/data-pribadi";
    assert!(text(office.get("/data-pribadi").await).await.contains("3 x 24 jam"));
    assert!(text(office.get("/data-pribadi/inventaris").await).await.contains("Salinan KTP"));
    let new = format!("{list}/baru");
    let fields = [
        ("jenis", "cabut"),
        ("nama", "Siti Rahma"),
        ("nik", "5315015209850001"),
        ("kontak", "0812345678"),
        ("isi", "Jangan kirimi saya kabar lagi."),
    ];
    let unseen = office.fill(&new, &new, &fields).await;
    assert_eq!(unseen.status(), 422, "nobody looked at the KTP");
    let mut whole = fields.to_vec();
    whole.push(("ktp", "ya"));
    let taken = text(office.fill(&new, &new, &whole).await).await;
    assert!(taken.contains("DP-2026-00001") && taken.contains("25 Nov 2026 09.00 WIB"), "{taken}");
    let shown = text(office.get(list).await).await;
    assert!(shown.contains("Siti Rahma") && shown.contains("sisa 72 jam") && !shown.contains("5315015209850001"), "{shown}");
    let at = shown
        .split("href=\"")
        .filter_map(|part| part.split('"').next())
        .find(|href| href.len() == list.len() + 37)
        .unwrap()
        .to_owned();
    let opened = text(office.fill(&at, &format!("{at}/nik"), &[]).await).await;
    assert!(opened.contains("5315015209850001") && text(office.get(&at).await).await.contains("membuka NIK"));
    let failures = format!("{list}/kegagalan");
    let failure = [
        ("tanggal", "22 November 2026"),
        ("jam", "08.30"),
        ("data", "Nama dan nomor telepon"),
        ("kejadian", "Lembar daftar hadir hilang."),
        ("penanganan", "Dicari dan dilaporkan."),
    ];
    let made = office.fill(&failures, &failures, &failure).await;
    assert_eq!(made.status(), 303);
    let at = made.headers().get("location").unwrap().to_str().unwrap().to_owned();
    assert!(text(office.get(&at).await).await.contains("sisa 71 jam 30 menit"));
    let early = office
        .fill(
            &at,
            &format!("{at}/ubah"),
            &[
                ("data", "Nama dan nomor"),
                ("kejadian", "Lembar daftar hilang."),
                ("penanganan", "Ditemukan kembali."),
                ("selesai", "ya"),
            ],
        )
        .await;
    assert!(early.status() == 422 && text(early).await.contains("Catat dahulu pemberitahuan"));
    for tujuan in ["subjek", "lembaga"] {
        let told = office
            .fill(
                &at,
                &format!("{at}/surat"),
                &[("tujuan", tujuan), ("kepada", "Yang berkepentingan"), ("nomor_surat", "005/1/2026")],
            )
            .await;
        assert_eq!(told.status(), 303);
    }
    assert!(text(office.get(&at).await).await.contains("sudah diberi tahu"));
    let settings = format!("{list}/pengaturan");
    let wrong = office.fill(&settings, &format!("{list}/inventaris"), &[("isi", "data,tujuan\nNIK,x\n")]).await;
    assert!(wrong.status() == 422 && text(wrong).await.contains("Baris 1: kolomnya harus"));
    let own = "data,tujuan,dasar,lama,siapa\nNomor meja,Mengantar,Kebiasaan,Sehari,Petugas\n";
    assert_eq!(office.fill(&settings, &format!("{list}/inventaris"), &[("isi", own)]).await.status(), 303);
    assert!(text(office.get("/data-pribadi/inventaris").await).await.contains("Nomor meja"));
    assert_eq!(
        office.fill(&settings, &format!("{list}/kontak"), &[("nama", "Budi"), ("surel", "pdp@contoh.go.id")]).await.status(),
        303
    );
    assert!(text(office.get("/data-pribadi").await).await.contains("pdp@contoh.go.id"));
}
