//! Gateways over HTTP.

use praja_desk::deliveries::signature;
use praja_kernel::{Derajat, Sifat};
use praja_module::{Message, MessageKind};
use praja_testkit::Kit;

use crate::{give_phone, outcomes, peer::Gateway, person, praja, set_up, tell, urgent, wait};

const SECRET: &str = "kunci-tanda-tangan-uji";

fn set_up_gateway(kit: &Kit, gateway: &Gateway, form: &str, message: &str) -> String {
    let address = format!("{}/kirim?kunci={{{{kunci}}}}", gateway.address);
    set_up(
        kit,
        "gerbang",
        &[
            ("nama", "WhatsApp"),
            ("alamat", &address),
            ("bentuk", form),
            ("tujuan", "telepon"),
            ("isi", message),
            ("kepala", "Authorization: Bearer {{kunci}}"),
            ("kunci", "token rahasia"),
            ("tanda", SECRET),
        ],
    )
}

const JSON: &str = r#"{"to": "{{tujuan}}", "text": "{{teks}}", "id": "{{id}}"}"#;

#[test]
fn a_gateway_gets_what_its_template_says_signed_and_can_check_it() {
    let gateway = Gateway::start(&[(200, "{\"ok\":true}")]);
    let kit = Kit::asli(&[]);
    set_up_gateway(&kit, &gateway, "json", JSON);
    let reader = person(&kit, "kadis");
    give_phone(&kit, reader, "0812-3456-7890");
    tell(&kit, &praja(&kit), urgent(reader, "Rapat \"besar\" besok"));
    let (_, failed) = kit.work();
    assert_eq!((failed, outcomes(&kit)), (Vec::<String>::new(), vec![("terkirim".to_owned(), None)]));
    let seen = gateway.seen();
    assert_eq!((seen.len(), seen[0].path.as_str()), (1, "/kirim?kunci=token%20rahasia"));
    let json: serde_json::Value = serde_json::from_str(&seen[0].body).expect("JSON");
    assert_eq!(json["to"], "+6281234567890");
    let text = json["text"].as_str().expect("a text");
    assert!(text.contains("Rapat \"besar\" besok") && text.contains("http://127.0.0.1/kabar/"), "{text}");
    assert_eq!(seen[0].header("authorization"), "Bearer token rahasia");
    let at = seen[0].header("x-praja-waktu").parse().expect("seconds");
    let id = seen[0].header("x-praja-id");
    assert_eq!(json["id"], id);
    assert_eq!(seen[0].header("x-praja-tanda"), signature(SECRET, at, id, &seen[0].body));
    assert_ne!(signature(SECRET, at, id, &seen[0].body), signature("lain", at, id, &seen[0].body));
    assert_ne!(signature(SECRET, at, id, "a"), signature(SECRET, at + 1, id, "a"), "an old message cannot be sent again as new");
}

#[test]
fn a_form_gateway_gets_a_form() {
    let gateway = Gateway::start(&[(200, "ok")]);
    let kit = Kit::asli(&[]);
    set_up_gateway(&kit, &gateway, "formulir", "target={{tujuan}}&message={{teks}}");
    let reader = person(&kit, "kadis");
    give_phone(&kit, reader, "081234567890");
    tell(&kit, &praja(&kit), urgent(reader, "A & B = C"));
    kit.work();
    let seen = gateway.seen();
    assert_eq!(seen[0].header("content-type"), "application/x-www-form-urlencoded");
    assert!(seen[0].body.starts_with("target=%2B6281234567890&message=") && seen[0].body.contains("A%20%26%20B%20%3D%20C"));
}

#[test]
fn no_subject_of_a_closed_letter_goes_through_a_gateway() {
    let gateway = Gateway::start(&[(200, "ok")]);
    let kit = Kit::asli(&[]);
    set_up_gateway(&kit, &gateway, "json", JSON);
    let reader = person(&kit, "kadis");
    give_phone(&kit, reader, "081234567890");
    for sifat in [Sifat::Terbatas, Sifat::Rahasia, Sifat::SangatRahasia] {
        let message = Message::new(MessageKind::Tugas, format!("pegawai:{reader}"), "Disposisi: kasus X", "/kotak-masuk");
        tell(&kit, &praja(&kit), message.body("Periksa Y").about(sifat, Derajat::SangatSegera));
    }
    kit.work();
    let seen = gateway.seen();
    assert_eq!(seen.len(), 3);
    assert!(seen.iter().all(|one| !one.body.contains("kasus") && !one.body.contains("Periksa")), "{seen:?}");
    assert!(seen[0].body.contains("naskah Terbatas") && seen[2].body.contains("Ada naskah SR"));
}

#[test]
fn a_gateway_in_trouble_is_tried_again_under_the_same_identity_and_then_rests() {
    let gateway = Gateway::start(&[(503, "sibuk"), (503, "sibuk"), (503, "sibuk"), (200, "ok")]);
    let kit = Kit::asli(&[]);
    set_up_gateway(&kit, &gateway, "json", JSON);
    let reader = person(&kit, "kadis");
    give_phone(&kit, reader, "081234567890");
    tell(&kit, &praja(&kit), urgent(reader, "Rapat"));
    kit.work();
    assert_eq!(outcomes(&kit), [("menunggu".to_owned(), Some("Gerbang sedang bermasalah (503): sibuk".to_owned()))]);
    kit.work();
    assert_eq!(gateway.seen().len(), 1, "not before its minute");
    kit.clock.move_ms(61_000);
    kit.work();
    kit.clock.move_ms(2 * 61_000);
    kit.work();
    assert_eq!(gateway.seen().len(), 3);
    let page = wait(kit.sign_in_as("superadmin").get("/desk/saluran"));
    assert!(page.says("Bermasalah, dicoba lagi"), "after three failures the way rests");
    tell(&kit, &praja(&kit), urgent(reader, "Rapat lain"));
    kit.work();
    assert_eq!(gateway.seen().len(), 3, "nobody knocks at a way that rests");
    kit.clock.move_ms(6 * 60_000);
    kit.work();
    let seen = gateway.seen();
    assert_eq!(outcomes(&kit).iter().map(|(status, _)| status.as_str()).collect::<Vec<_>>(), ["terkirim", "terkirim"]);
    assert_eq!(seen[0].header("x-praja-id"), seen[1].header("x-praja-id"), "a gateway can tell a repetition");
}

#[test]
fn a_refused_number_is_given_up_and_its_sender_told() {
    let gateway = Gateway::start(&[(200, "{\"status\": false, \"reason\": \"nomor tidak terdaftar\"}")]);
    let kit = Kit::asli(&[]);
    set_up_gateway(&kit, &gateway, "json", JSON);
    let (reader, sender) = (person(&kit, "kadis"), person(&kit, "sekda"));
    give_phone(&kit, reader, "081234567890");
    let actor = praja_kernel::Actor::Pegawai { id: sender, nama: "Sekda Uji".into() };
    let by = praja_store::By { actor, ..praja(&kit) };
    tell(&kit, &by, urgent(reader, "Rapat"));
    kit.work();
    assert_eq!(gateway.seen().len(), 1, "never a second time");
    let (status, cause) = outcomes(&kit).remove(0);
    assert!(status == "gagal" && cause.is_some_and(|cause| cause.contains("nomor tidak terdaftar")));
    let mut visitor = kit.sign_in_as("sekda");
    let news = wait(visitor.get("/kabar"));
    assert!(news.says("lewat WhatsApp tidak sampai"), "the sender learns it");
    let sent = wait(visitor.get("/kabar/terkirim"));
    assert!(sent.says("WhatsApp: gagal") && sent.says("nomor tidak terdaftar") && sent.says("Belum dibaca"));
    let mut admin = kit.sign_in_as("superadmin");
    let list = wait(admin.get("/desk/kiriman?status=gagal"));
    assert!(list.says("nomor tidak terdaftar") && list.says("Kirim ulang") && !list.says("81234567890"));
    let again =
        list.body.split("action=\"/desk/kiriman/").nth(1).and_then(|rest| rest.split('"').next()).expect("an act").to_owned();
    let done = wait(admin.fill("/desk/kiriman?status=gagal", &format!("/desk/kiriman/{again}"), &[]));
    assert_eq!(done.status, 303);
    kit.work();
    assert_eq!(gateway.seen().len(), 2);
}

#[test]
fn a_training_box_sends_nothing_and_says_so() {
    let gateway = Gateway::start(&[(200, "ok")]);
    let kit = Kit::new(&[]);
    let way = set_up_gateway(&kit, &gateway, "json", JSON);
    let reader = person(&kit, "kadis");
    give_phone(&kit, reader, "081234567890");
    tell(&kit, &praja(&kit), urgent(reader, "Rapat"));
    let mut admin = kit.sign_in_as("superadmin");
    let tried = wait(admin.fill(&way, &format!("{way}/coba"), &[("tujuan_coba", "081234567890")]));
    assert_eq!(tried.status, 303);
    kit.work();
    assert!(gateway.seen().is_empty());
    assert!(outcomes(&kit).iter().all(|(status, _)| status == "ditahan"), "{:?}", outcomes(&kit));
    assert!(wait(admin.get("/desk/saluran")).says("Ruang latihan tidak mengirim apa pun ke luar"));
}
