use praja_store::{Keys, StoreError};

use super::*;
use crate::testing::{Office, engines, id, now, text};

const OBJEK: &str = "uji_surat:1";

fn new(sifat: Sifat) -> New {
    New {
        objek: OBJEK.into(),
        jenis: "Surat Tugas".into(),
        nomor: "000.1.2/15/UJI".into(),
        tanggal: Date::constant(2026, 11, 22),
        hal: "Perjalanan ke <ibu kota>".into(),
        sifat,
        jabatan: "Kepala Dinas Uji".into(),
        penandatangan: "Siti Uji".into(),
        opd_nama: "Dinas Uji".into(),
        tanda_tangan: TandaTangan::Lokal,
        ditandatangani: Some(now()),
        sidik: Some("ab".repeat(32)),
    }
}

fn issued(office: &Office, sifat: Sifat) -> Issued {
    let (issuer, new) = (Issuer::of(&office.instance), new(sifat));
    office.instance.db.write(&office.by(), Keys::none(), move |tx| issue(tx, &issuer, &new)).expect("a token")
}

#[actix_web::test]
async fn a_genuine_document_is_told_with_its_facts_and_nothing_more() {
    let office = Office::new(&[]);
    let Issued { token, alamat } = issued(&office, Sifat::Biasa);
    assert!(alamat.starts_with(&format!("http://127.0.0.1/v/{token}#1.")));
    let page = office.get(&format!("/v/{token}")).await;
    assert_eq!(page.status(), 200);
    let body = text(page).await;
    for words in
        ["SAH", "000.1.2/15/UJI", "22 November 2026", "Siti Uji", "Perjalanan ke &lt;ibu kota&gt;", "tidak tersertifikasi"]
    {
        assert!(body.contains(words), "{words}");
    }
    assert!(!body.contains(OBJEK), "what it is inside stays inside");
    let typed = office.get(&format!("/v/{}", token.to_uppercase())).await;
    assert_eq!(typed.status(), 200, "typed from paper");
    assert!(text(office.get(&format!("/v/{token}?sidik={}", "AB".repeat(32))).await).await.contains("COCOK"));
    assert!(text(office.get(&format!("/v/{token}?sidik={}", "cd".repeat(32))).await).await.contains("TIDAK COCOK"));
    assert!(text(office.get(&format!("/v/{token}?sidik=abc")).await).await.contains("belum lengkap"));
}

#[actix_web::test]
async fn the_subject_of_a_document_that_is_not_for_everybody_is_nowhere() {
    let office = Office::new(&[]);
    for sifat in [Sifat::Terbatas, Sifat::Rahasia, Sifat::SangatRahasia] {
        let Issued { token, alamat } = issued(&office, sifat);
        let body = text(office.get(&format!("/v/{token}")).await).await;
        assert!(!body.contains("Perjalanan") && body.contains("Tidak ditampilkan"), "{sifat:?}");
        let keys = office.instance.db.read(keys).unwrap();
        assert_eq!(check(&alamat, &keys).unwrap().nomor, "000.1.2/15/UJI");
        let kept = office.instance.db.read(|tx| get(tx, &token)).unwrap().unwrap();
        assert_eq!(kept.hal, None, "not even in the table");
    }
}

#[actix_web::test]
async fn a_withdrawn_document_says_so_with_reason_and_successor() {
    let office = Office::new(&[]);
    let (old, new) = (issued(&office, Sifat::Biasa).token, issued(&office, Sifat::Biasa).token);
    let revoke_with = |alasan: &'static str| {
        let (old, new) = (old.clone(), new.clone());
        office.instance.db.write(&office.by(), Keys::none(), move |tx| revoke(tx, &old, alasan, Some(&new)))
    };
    assert!(matches!(revoke_with("  "), Err(Problem::Refused(_))), "strangers read the reason");
    revoke_with("Salah nama").unwrap();
    assert!(matches!(revoke_with("Lagi"), Err(Problem::Refused(_))));
    let body = text(office.get(&format!("/v/{old}")).await).await;
    assert!(body.contains("DICABUT") && body.contains("Salah nama") && body.contains(&format!("/v/{new}")));
    assert!(!body.contains("masih berlaku"));
    let acts = office.instance.db.read(|tx| tx.audit_of(OBJEK, 10)).unwrap();
    assert_eq!(
        acts.last().map(|row| (row.tindakan.as_str(), row.alasan.as_deref())),
        Some(("desk.revoke-verifikasi", Some("Salah nama")))
    );
}

#[actix_web::test]
async fn an_unknown_code_is_answered_alike_whatever_it_is() {
    let office = Office::new(&[]);
    for token in ["0".repeat(26), "x".into(), "..".into(), "kode-palsu".into()] {
        let page = office.get(&format!("/v/{token}")).await;
        assert_eq!(page.status(), 404, "{token}");
        assert!(text(page).await.contains("tidak"));
    }
    assert_eq!(office.get("/v?kode=abc").await.status(), 303);
    assert_eq!(office.get("/v").await.status(), 200);
}

#[actix_web::test]
async fn signed_facts_are_checked_without_the_document_and_keys_are_served() {
    let office = Office::new(&[]);
    let Issued { alamat, .. } = issued(&office, Sifat::Biasa);
    let proof = alamat.split_once('#').unwrap().1;
    let body = text(office.get(&format!("/v/periksa?isi={proof}")).await).await;
    assert!(body.contains("Tanda tangan cocok") && body.contains("LATIHAN Kabupaten Uji"), "a training box says so");
    let forged = proof.replacen('.', ".0", 1);
    assert!(text(office.get(&format!("/v/periksa?isi={forged}")).await).await.contains("Tidak terbukti"));
    let keys = text(office.get("/v/kunci.txt").await).await;
    assert_eq!(keys.lines().count(), 1);
    assert!(proof.starts_with(&format!("1.{}.", keys.split(' ').next().unwrap())));
    assert!(text(office.get("/v/kunci").await).await.contains("RFC 8032"));
}

#[actix_web::test]
async fn a_hasty_address_is_asked_to_wait() {
    let office = Office::new(&[]);
    let address = format!("/v/{}", "0".repeat(26));
    let mut last = 0;
    for _ in 0..125 {
        last = office.get(&address).await.status().as_u16();
    }
    assert_eq!(last, 429);
}

#[test]
fn what_was_issued_for_a_thing_is_listed_and_its_hash_told_later() {
    let office = Office::new(&[]);
    let issuer = Issuer::of(&office.instance);
    for (db, by) in engines("desk_uji_verifikasi") {
        let (issuer, new) = (issuer.clone(), New { sidik: None, ..new(Sifat::Biasa) });
        let token = db.write(&by, Keys::none(), move |tx| issue(tx, &issuer, &new)).unwrap().token;
        let told = token.clone();
        db.write(&by, Keys::none(), move |tx| set_sidik(tx, &told, &"AB".repeat(32))).unwrap();
        let list = db.read(|tx| Ok::<_, StoreError>((of(tx, OBJEK)?, keys(tx)?))).unwrap();
        assert_eq!(list.0.len(), 1);
        assert_eq!(list.0[0].sidik.as_deref(), Some("ab".repeat(32).as_str()));
        assert_eq!(list.1.len(), 1);
        let missing = db.write(&by, Keys::none(), |tx| set_sidik(tx, &"0".repeat(26), "ab"));
        assert!(matches!(missing, Err(Problem::NotFound)));
        let _ = id(1);
    }
}

#[actix_web::test]
async fn a_document_that_is_held_up_says_so_until_it_is_lifted_and_may_still_be_withdrawn() {
    let office = Office::new(&[]);
    let Issued { token, .. } = issued(&office, Sifat::Biasa);
    let write = |act: fn(&mut Tx<'_>, &str) -> Result<(), Problem>| {
        let token = token.clone();
        office.instance.db.write(&office.by(), Keys::none(), move |tx| act(tx, &token))
    };
    assert!(write(thaw).is_err(), "nothing holds it up");
    assert!(write(|tx, token| freeze(tx, token, " ")).is_err(), "a reason is needed");
    write(|tx, token| freeze(tx, token, "Peringatan ketiga tidak dipenuhi.")).expect("it is held up");
    let page = format!("/v/{token}");
    let body = text(office.get(&page).await).await;
    assert!(body.contains("DIBEKUKAN") && body.contains("Peringatan ketiga tidak dipenuhi."), "{body}");
    assert!(write(|tx, token| freeze(tx, token, "Lagi.")).is_err(), "once is enough");
    write(thaw).expect("it is lifted");
    let body = text(office.get(&page).await).await;
    assert!(body.contains("SAH") && !body.contains("Peringatan ketiga"), "{body}");
    write(|tx, token| freeze(tx, token, "Kembali melanggar.")).expect("it is held up again");
    write(|tx, token| revoke(tx, token, "Dicabut setelah dibekukan.", None)).expect("it is withdrawn");
    assert!(text(office.get(&page).await).await.contains("DICABUT"));
}
