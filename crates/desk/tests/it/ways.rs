//! Setting up ways out, texts, and each person's choice, as their pages show them.

use praja_kernel::{Derajat, Sifat};
use praja_module::{Message, MessageKind};
use praja_testkit::Kit;

use crate::{give_phone, outcomes, peer::Gateway, person, praja, set_up, tell, wait};

fn set_up_gateway(kit: &Kit, gateway: &Gateway) -> String {
    set_up(
        kit,
        "gerbang",
        &[
            ("nama", "Telegram"),
            ("alamat", &gateway.address),
            ("bentuk", "json"),
            ("tujuan", "khusus"),
            ("isi", r#"{"chat_id": "{{tujuan}}", "text": "{{teks}}"}"#),
            ("tanda", "kunci-tanda-tangan-uji"),
        ],
    )
}

#[test]
fn each_person_chooses_per_derajat_and_gives_an_address() {
    let gateway = Gateway::start(&[(200, "ok")]);
    let kit = Kit::asli(&[]);
    let way = set_up_gateway(&kit, &gateway);
    let id = way.rsplit('/').next().expect("its identity").to_owned();
    let reader = person(&kit, "kadis");
    let note = |derajat| {
        Message::new(MessageKind::Kabar, format!("pegawai:{reader}"), derajat_word(derajat), "/").about(Sifat::Biasa, derajat)
    };
    tell(&kit, &praja(&kit), note(Derajat::SangatSegera));
    kit.work();
    assert!(gateway.seen().is_empty(), "nobody is reached without an address");
    let mut officer = kit.sign_in_as("kadis");
    let name = |derajat: Derajat| format!("{}-{id}", derajat.as_str());
    let (sangat, segera, biasa) = (name(Derajat::SangatSegera), name(Derajat::Segera), name(Derajat::Biasa));
    let alamat = format!("alamat-{id}");
    let wrong = [(alamat.as_str(), "dua kata")];
    let page = wait(officer.fill("/desk/pilihan-kabar", "/desk/pilihan-kabar", &wrong));
    assert!(page.status == 422 && page.says("Telegram: Tulis ID") && page.says("dua kata"), "what was typed stays");
    let chosen =
        [(sangat.as_str(), "tidak"), (segera.as_str(), "langsung"), (biasa.as_str(), "ringkasan"), (alamat.as_str(), "99112233")];
    assert_eq!(wait(officer.fill("/desk/pilihan-kabar", "/desk/pilihan-kabar", &chosen)).status, 303);
    for derajat in Derajat::ALL {
        tell(&kit, &praja(&kit), note(*derajat));
    }
    kit.work();
    let seen = gateway.seen();
    assert_eq!(seen.len(), 1, "{seen:?}");
    assert!(seen[0].body.contains("\"chat_id\": \"99112233\"") && seen[0].body.contains("kabar segera"));
    let states: Vec<String> = outcomes(&kit).into_iter().map(|(status, _)| status).collect();
    assert_eq!(states, ["terkirim", "ringkasan"]);
    let tried = wait(officer.fill("/desk/pilihan-kabar", &format!("/desk/pilihan-kabar/{id}/coba"), &[]));
    assert_eq!(tried.status, 303);
    kit.work();
    assert!(gateway.seen()[1].body.contains("Percobaan saluran kabar"));
}

fn derajat_word(derajat: Derajat) -> String {
    format!("kabar {}", derajat.label().to_lowercase())
}

#[test]
fn a_post_is_reached_through_whoever_answers_for_it() {
    let gateway = Gateway::start(&[(200, "ok")]);
    let kit = Kit::asli(&[]);
    set_up(
        &kit,
        "gerbang",
        &[
            ("nama", "SMS"),
            ("alamat", &gateway.address),
            ("bentuk", "formulir"),
            ("tujuan", "telepon"),
            ("isi", "to={{tujuan}}&text={{teks}}"),
            ("tanda", "kunci-tanda-tangan-uji"),
        ],
    );
    // While the head of Bappeda is at a training, the secretary answers (Plh.).
    let post = kit.off(|instance| {
        instance.db.read(|tx| praja_identity::jabatan::search(tx, "kepala badan perencanaan", None, 2)).expect("a search")[0].id
    });
    let holders = kit.off(|instance| {
        let today = instance.today();
        instance.db.read(|tx| {
            let answering = praja_identity::jabatan::holder_on(tx, post, today)?.map(|holder| holder.orang);
            Ok::<_, praja_store::StoreError>((answering, praja_identity::jabatan::holders_on(tx, post, today)?))
        })
    });
    let (answering, all) = holders.expect("holders");
    for (at, (orang, _)) in all.iter().enumerate() {
        give_phone(&kit, *orang, &format!("0812345678{at:02}"));
    }
    let message =
        Message::new(MessageKind::Tugas, format!("jabatan:{post}"), "Rapat", "/").about(Sifat::Biasa, Derajat::SangatSegera);
    tell(&kit, &praja(&kit), message);
    kit.work();
    let place = all.iter().position(|(orang, _)| Some(*orang) == answering).expect("the one who answers");
    let seen = gateway.seen();
    assert_eq!((all.len(), seen.len()), (2, 1));
    assert!(seen[0].body.contains(&format!("to=%2B62812345678{place:02}")), "{}", seen[0].body);
}

#[test]
fn wrong_settings_are_refused_beside_their_fields_and_secrets_are_never_shown() {
    let kit = Kit::asli(&[]);
    let mut admin = kit.sign_in_as("superadmin");
    let form = "/desk/saluran/baru?jenis=gerbang";
    let right = [
        ("nama", "SMS"),
        ("alamat", "https://gerbang.contoh.go.id/x"),
        ("bentuk", "json"),
        ("tujuan", "telepon"),
        ("isi", r#"{"a": "{{tujuan}}", "b": "{{teks}}"}"#),
        ("tanda", "kunci-tanda-tangan-uji"),
        ("kunci", "sangat-rahasia-sekali"),
    ];
    let cases = [
        ("nama", "", "Tulis nama saluran"),
        ("alamat", "http://gerbang.contoh.go.id", "diawali https://"),
        ("alamat", "ftp://10.0.0.1", "diawali https://"),
        ("alamat", "https://{{tujuan}}/", "diawali https://"),
        ("isi", "{\"a\": \"{{tujuan}}\"}", "harus memuat {{tujuan}} dan {{teks}}"),
        ("isi", "{a: {{tujuan}} {{teks}}", "bukan JSON yang benar"),
        ("isi", "{\"a\": \"{{tujuan}} {{teks}} {{nama}}\"}", "tidak dikenal"),
        ("tanda", "pendek", "paling sedikit 16 huruf"),
    ];
    for (name, value, words) in cases {
        let fields: Vec<_> = right.iter().map(|(known, typed)| (*known, if *known == name { value } else { *typed })).collect();
        let page = wait(admin.fill(form, form, &fields));
        assert!(page.status == 422 && page.says(words), "{name} = {value}: {}", page.status);
        assert!(!page.says("sangat-rahasia-sekali"), "a secret is never written back");
    }
    let made = wait(admin.fill(form, form, &right));
    let way = made.location.expect("it is made");
    let page = wait(admin.get(&way));
    assert!(!page.says("sangat-rahasia-sekali") && !page.says("kunci-tanda-tangan-uji"));
    let stored = kit.off(|instance| {
        instance.db.read(|tx| {
            tx.one("SELECT pengaturan, rahasia FROM desk_saluran", &[], |row| Ok((row.get::<String>(0)?, row.get::<Vec<u8>>(1)?)))
        })
    });
    let (plain, sealed) = stored.expect("a row");
    assert!(!plain.contains("rahasia-sekali") && !String::from_utf8_lossy(&sealed).contains("rahasia-sekali"));
    let again = wait(admin.fill(form, form, &right));
    assert!(again.status == 422 && again.says("Sudah ada saluran bernama"));
    for stranger in ["tata-usaha", "kadis"] {
        assert_eq!(wait(kit.sign_in_as(stranger).get("/desk/saluran")).status, 403, "{stranger}");
    }
}

#[test]
fn the_regency_changes_a_text_and_takes_the_releases_back() {
    let gateway = Gateway::start(&[(200, "ok")]);
    let kit = Kit::asli(&[]);
    set_up(
        &kit,
        "gerbang",
        &[
            ("nama", "SMS"),
            ("alamat", &gateway.address),
            ("bentuk", "formulir"),
            ("tujuan", "telepon"),
            ("isi", "to={{tujuan}}&text={{teks}}"),
            ("tanda", "kunci-tanda-tangan-uji"),
        ],
    );
    let reader = person(&kit, "kadis");
    give_phone(&kit, reader, "081234567890");
    let mut admin = kit.sign_in_as("superadmin");
    let text = "/desk/templat/pesan-tugas";
    let refused = wait(admin.fill(text, text, &[("isi", "Tanpa alamat"), ("versi", "0")]));
    assert!(refused.status == 422 && refused.says("harus memuat") && refused.says("Tanpa alamat"));
    assert_eq!(wait(admin.fill(text, text, &[("isi", "HALO {{perihal}} {{tautan}}"), ("versi", "0")])).status, 303);
    assert_eq!(wait(admin.fill(text, text, &[("isi", "LAIN {{tautan}}"), ("versi", "0")])).status, 409, "somebody was first");
    tell(&kit, &praja(&kit), crate::urgent(reader, "Rapat"));
    kit.work();
    assert_eq!(wait(admin.fill(text, &format!("{text}/bawaan"), &[("versi", "1")])).status, 303);
    tell(&kit, &praja(&kit), crate::urgent(reader, "Rapat"));
    kit.work();
    let seen = gateway.seen();
    assert!(seen[0].body.contains("HALO%20Rapat") && seen[1].body.contains("Tugas%20baru"), "{seen:?}");
    assert_eq!(wait(admin.get("/desk/templat/tidak-ada")).status, 404);
}
