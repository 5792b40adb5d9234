use praja_store::{By, Db, Keys};

use super::*;
use crate::testing::{engines, sqlite};

fn named(db: &Db, by: &By, nama: &'static str) -> Id {
    db.write(by, Keys::none(), move |tx| find_or_add(tx, nama)).expect("a name")
}

fn names(db: &Db, typed: &str) -> Vec<String> {
    db.read(|tx| suggest(tx, typed, 10)).expect("a search").into_iter().map(|row| row.nama).collect()
}

#[test]
fn what_was_typed_becomes_a_row_or_everything_wrong_is_told_at_once() {
    let draft = check("  Badan   Kepegawaian Negara ", "pusat", "", "surat@bkn.go.id", "021-8093008").unwrap();
    assert_eq!((draft.nama.as_str(), draft.jenis, draft.alamat), ("Badan Kepegawaian Negara", Jenis::Pusat, None));
    let Err(Refusal::Fields(problems)) = check("-", "kerajaan", &"x".repeat(301), "surat@", "12") else { panic!("refused") };
    let fields: Vec<_> = problems.iter().map(|problem| problem.field.as_ref()).collect();
    assert_eq!(fields, ["nama", "jenis", "alamat", "email", "telepon"]);
}

#[test]
fn one_name_is_one_row_however_it_is_written() {
    for (db, by) in engines("desk_uji_instansi") {
        let first = named(&db, &by, "Kementerian Kesehatan");
        assert_eq!(named(&db, &by, "  KEMENTERIAN  kesehatan "), first);
        assert_ne!(named(&db, &by, "Kementerian Dalam Negeri"), first);
        let row = db.read(|tx| get(tx, first)).unwrap().unwrap();
        assert_eq!((row.nama.as_str(), row.dipakai), ("Kementerian Kesehatan", 2));
    }
}

#[test]
fn a_few_letters_of_any_words_find_it_and_the_most_used_comes_first() {
    for (db, by) in engines("desk_uji_instansi_cari") {
        for nama in ["Dinas Kesehatan Provinsi", "Dinas Kesejahteraan Sosial", "PT Kesatria Jaya", "RSUD Dr. Soetomo"] {
            named(&db, &by, nama);
        }
        named(&db, &by, "Dinas Kesejahteraan Sosial");
        assert_eq!(names(&db, "kes din"), ["Dinas Kesejahteraan Sosial", "Dinas Kesehatan Provinsi"]);
        assert_eq!(names(&db, "soet"), ["RSUD Dr. Soetomo"]);
        assert!(names(&db, "tidak ada").is_empty() && names(&db, " . ").is_empty());
    }
}

#[test]
fn merged_rows_stay_and_every_spelling_leads_to_the_one_that_is_left() {
    for (db, by) in engines("desk_uji_instansi_gabung") {
        let (old, first) = (named(&db, &by, "Depkes RI"), named(&db, &by, "Dep. Kesehatan"));
        let target = named(&db, &by, "Kementerian Kesehatan");
        db.write(&by, Keys::none(), move |tx| merge(tx, old, first)).unwrap();
        db.write(&by, Keys::none(), move |tx| merge(tx, first, target)).unwrap();
        assert_eq!(named(&db, &by, "depkes ri"), target);
        assert_eq!(names(&db, "depkes"), ["Kementerian Kesehatan"]);
        let (kept, now) = db.read(|tx| Ok::<_, StoreError>((get(tx, old)?, current(tx, old)?))).unwrap();
        assert_eq!(kept.map(|row| (row.nama, row.digabung)), Some(("Depkes RI".into(), Some(target))));
        assert_eq!(now.map(|row| (row.id, row.dipakai)), Some((target, 4)));
        let again = db.write(&by, Keys::none(), move |tx| merge(tx, old, target));
        assert!(matches!(again, Err(Problem::Refused(_))), "merged already");
        let itself = db.write(&by, Keys::none(), move |tx| merge(tx, target, target));
        assert!(matches!(itself, Err(Problem::Refused(_))));
        let acts = db.read(|tx| tx.audit_of(&format!("desk_instansi:{first}"), 10)).unwrap();
        let acts: Vec<_> = acts.iter().map(|row| row.tindakan.as_str()).collect();
        assert_eq!(acts, ["desk.add-instansi", "desk.receive-instansi", "desk.merge-instansi"]);
    }
}

#[test]
fn a_new_name_leads_to_the_same_row_and_a_name_of_another_row_is_refused() {
    let (db, by, _) = sqlite();
    let (one, _) = (named(&db, &by, "Bank Jatim"), named(&db, &by, "Bank Mandiri"));
    let draft = check("Bank Pembangunan Daerah Jawa Timur", "usaha", "", "", "").unwrap();
    db.write(&by, Keys::none(), move |tx| change(tx, one, 2, &draft)).unwrap_err();
    let draft = check("Bank Pembangunan Daerah Jawa Timur", "usaha", "", "", "").unwrap();
    let versi = db.read(|tx| get(tx, one)).unwrap().unwrap().versi;
    db.write(&by, Keys::none(), move |tx| change(tx, one, versi, &draft)).unwrap();
    assert_eq!(named(&db, &by, "bank jatim"), one);
    assert_eq!(db.read(|tx| spellings(tx, one)).unwrap(), ["Bank Jatim", "Bank Pembangunan Daerah Jawa Timur"]);
    let taken = check("BANK MANDIRI", "usaha", "", "", "").unwrap();
    let refused = db.write(&by, Keys::none(), move |tx| change(tx, one, versi + 1, &taken));
    assert!(matches!(refused, Err(Problem::Refused(_))));
}

#[test]
fn the_directory_is_paged_by_name_in_both_directions() {
    for (db, by) in engines("desk_uji_instansi_hal") {
        for nama in ["Alfa", "Beta", "Gama", "Delta", "Epsilon"] {
            named(&db, &by, nama);
        }
        let page = |place: &Place| db.read(|tx| list(tx, &Filter::default(), place, 2)).unwrap();
        let names = |page: &Page| page.rows.iter().map(|row| row.nama.clone()).collect::<Vec<_>>();
        let first = page(&Place::Top);
        assert_eq!((names(&first), first.before.is_none()), (vec!["Alfa".into(), "Beta".into()], true));
        let second = page(first.after.as_ref().unwrap());
        assert_eq!(names(&second), ["Delta", "Epsilon"]);
        let third = page(second.after.as_ref().unwrap());
        assert_eq!((names(&third), third.after.is_none()), (vec!["Gama".into()], true));
        assert_eq!(names(&page(third.before.as_ref().unwrap())), ["Delta", "Epsilon"]);
        let kinds = db.read(|tx| list(tx, &Filter { jenis: Some(Jenis::Pusat), ..Filter::default() }, &Place::Top, 5)).unwrap();
        assert!(kinds.rows.is_empty());
    }
}

#[test]
fn the_directory_is_paged_from_its_last_name_as_well() {
    for (db, by) in engines("desk_uji_instansi_turun") {
        for nama in ["Alfa", "Beta", "Gama", "Delta", "Epsilon"] {
            named(&db, &by, nama);
        }
        let filter = Filter { turun: true, ..Filter::default() };
        let page = |place: &Place| db.read(|tx| list(tx, &filter, place, 2)).unwrap();
        let names = |page: &Page| page.rows.iter().map(|row| row.nama.clone()).collect::<Vec<_>>();
        let first = page(&Place::Top);
        assert_eq!((names(&first), first.before.is_none()), (vec!["Gama".into(), "Epsilon".into()], true));
        let second = page(first.after.as_ref().unwrap());
        assert_eq!(names(&second), ["Delta", "Beta"]);
        let third = page(second.after.as_ref().unwrap());
        assert_eq!((names(&third), third.after.is_none()), (vec!["Alfa".into()], true));
        let back = page(third.before.as_ref().unwrap());
        assert_eq!((names(&back), back.before.is_some()), (vec!["Delta".into(), "Beta".into()], true));
        assert!(page(back.before.as_ref().unwrap()).before.is_none());
    }
}

mod screens {
    use crate::{
        MANAGE_INSTANSI,
        testing::{Office, text},
    };

    async fn add(office: &Office, nama: &str) -> String {
        let fields = [("nama", nama), ("jenis", "usaha")];
        let saved = office.fill("/desk/instansi/baru", "/desk/instansi/baru", &fields).await;
        assert_eq!(saved.status(), 303, "{nama}");
        saved.headers().get("location").unwrap().to_str().unwrap().to_owned()
    }

    #[actix_web::test]
    async fn the_head_of_the_names_turns_the_directory_round() {
        let office = Office::with(&[], &[MANAGE_INSTANSI]);
        add(&office, "CV Awal").await;
        add(&office, "CV Zaman").await;
        let first = |body: &str| body.find("CV Awal").unwrap() < body.find("CV Zaman").unwrap();
        let body = text(office.get("/desk/instansi").await).await;
        assert!(first(&body) && body.contains("urut=-nama"), "{body}");
        let body = text(office.get("/desk/instansi?urut=-nama").await).await;
        assert!(!first(&body), "{body}");
    }

    #[actix_web::test]
    async fn an_agency_is_added_changed_and_merged_on_screen() {
        let office = Office::with(&[], &[MANAGE_INSTANSI]);
        let (one, two) = (add(&office, "CV Maju").await, add(&office, "CV Maju Jaya").await);
        let twice = office.fill("/desk/instansi/baru", "/desk/instansi/baru", &[("nama", "cv maju"), ("jenis", "usaha")]).await;
        assert_eq!(twice.status(), 422);
        let body = text(twice).await;
        assert!(body.contains("sudah ada dalam direktori") && body.contains("value=\"cv maju\""), "what was typed stays");
        let edit = format!("{one}/ubah");
        let saved = office.fill(&edit, &edit, &[("nama", "CV Maju"), ("jenis", "usaha"), ("telepon", "0380-12345")]).await;
        assert_eq!(saved.status(), 303);
        let merge = format!("{one}/gabung");
        let unknown = office.fill(&merge, &merge, &[("ke_teks", "tidak ada")]).await;
        assert!(text(unknown).await.contains("Tidak ada instansi yang cocok"));
        let merged = office.fill(&merge, &merge, &[("ke_teks", "maju jaya")]).await;
        assert_eq!(merged.headers().get("location").map(|to| to.to_str().unwrap()), Some(two.as_str()));
        assert!(text(office.get(&one).await).await.contains("Sudah digabung ke CV Maju Jaya"));
        let list = text(office.get("/desk/instansi").await).await;
        assert!(list.contains("CV Maju Jaya") && !list.contains(">CV Maju<"));
        assert!(text(office.get("/desk/instansi?q=maju").await).await.contains("1 instansi"));
        let csv = text(office.get("/desk/instansi/unduh?format=csv").await).await;
        assert!(csv.contains("CV Maju Jaya,Badan usaha atau koperasi"), "{csv}");
        assert_eq!(office.get("/desk/instansi/unduh").await.status(), 200);
    }

    #[actix_web::test]
    async fn who_may_not_manage_reads_and_picks_but_does_not_change() {
        let office = Office::new(&[]);
        assert_eq!(office.get("/desk/instansi").await.status(), 200);
        assert_eq!(office.get("/desk/instansi/baru").await.status(), 403);
        for lookup in ["instansi", "wilayah", "klasifikasi"] {
            let answer = office.get(&format!("/desk/pilih/{lookup}?q=perjalanan")).await;
            assert_eq!(answer.status(), 200, "{lookup}");
            assert!(text(answer).await.starts_with("{\"pilihan\":["), "{lookup}");
        }
        let codes = text(office.get("/desk/pilih/klasifikasi?q=000.1.2").await).await;
        assert!(codes.contains("\"nilai\":\"000.1.2\"") && codes.contains("Perjalanan Dinas Dalam Negeri"));
    }
}
