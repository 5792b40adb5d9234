//! Mail through a real mail server.

use praja_desk::{
    attachments,
    deliveries::{Berkas, Surat, queue_letter},
};
use praja_kernel::{Derajat, Sifat};
use praja_module::{Contact, Message, MessageKind};
use praja_testkit::Kit;

use crate::{outcomes, own_address, peer::Smtp, person, praja, set_up, tell, urgent, wait};

fn set_up_mail(kit: &Kit, smtp: &Smtp, mode: &str) -> String {
    let (port, authority) = (smtp.port.to_string(), smtp.authority());
    let mut fields = vec![
        ("nama", "Surel dinas"),
        ("mesin", "localhost"),
        ("porta", &port),
        ("pengaman", mode),
        ("dari", "praja@contoh.go.id"),
    ];
    if mode != "tanpa" {
        fields.extend([("pengguna", "praja"), ("kunci", "sandi-uji"), ("sertifikat", authority.as_str())]);
    }
    set_up(kit, "surel", &fields)
}

fn decoded(raw: &str) -> String {
    // Long Indonesian lines travel as quoted-printable.
    raw.replace("=\r\n", "").replace("=3D", "=").replace("=E2=80=A6", "…")
}

#[test]
fn a_notice_arrives_over_every_kind_of_line_with_its_link_and_its_sender() {
    for (mode, peer) in [("starttls", "starttls"), ("tls", "tls"), ("tanpa", "plain")] {
        let Some(smtp) = Smtp::start("mail::a_notice_arrives", peer) else { return };
        let kit = Kit::asli(&[]);
        set_up_mail(&kit, &smtp, mode);
        let reader = person(&kit, "kadis");
        tell(&kit, &praja(&kit), urgent(reader, "Disposisi: Undangan rapat"));
        let (_, failed) = kit.work();
        assert_eq!((failed, outcomes(&kit)), (Vec::<String>::new(), vec![("terkirim".to_owned(), None)]), "{mode}");
        let arrived = smtp.arrived();
        let mail = decoded(&arrived[0].raw);
        assert_eq!(arrived.len(), 1);
        let to = arrived[0].envelope["to"][0].as_str().unwrap_or_default();
        assert!(to.starts_with("kadis@"), "{to}");
        assert_eq!(arrived[0].envelope["tls"], mode != "tanpa", "{mode}");
        for words in [
            "Subject: Disposisi: Undangan rapat",
            "From: \"Kabupaten Contoh Raya\" <praja@contoh.go.id>",
            "Auto-Submitted: auto-generated",
            "http://127.0.0.1/kabar/",
            "Sangat segera",
        ] {
            assert!(mail.contains(words), "{words} is not in {mail}");
        }
    }
}

#[test]
fn an_unknown_authority_and_a_wrong_password_stop_the_way_and_not_the_notice() {
    let Some(smtp) = Smtp::start("mail::an_unknown_authority", "starttls") else { return };
    for (field, value, cause) in [("sertifikat", "", "Sambungan aman"), ("kunci", "salah", "menolak nama pengguna atau sandi")] {
        let kit = Kit::asli(&[]);
        let (port, authority) = (smtp.port.to_string(), smtp.authority());
        let mut fields = vec![
            ("nama", "Surel"),
            ("mesin", "localhost"),
            ("porta", port.as_str()),
            ("pengaman", "starttls"),
            ("dari", "praja@contoh.go.id"),
            ("pengguna", "praja"),
            ("kunci", "sandi-uji"),
            ("sertifikat", authority.as_str()),
        ];
        fields.iter_mut().filter(|(name, _)| *name == field).for_each(|one| one.1 = value);
        set_up(&kit, "surel", &fields);
        let reader = person(&kit, "kadis");
        tell(&kit, &praja(&kit), urgent(reader, "Rapat"));
        kit.work();
        let all = outcomes(&kit);
        assert_eq!(all[0].0, "menunggu");
        assert!(all[0].1.as_deref().unwrap_or_default().contains(cause), "{field}: {all:?}");
        let page = wait(kit.sign_in_as("superadmin").get("/desk/saluran"));
        assert!(page.says("Gagal, sedang dicoba lagi") && page.says(cause), "the administrator sees why");
        assert!(smtp.arrived().is_empty());
    }
}

#[test]
fn a_refused_address_ends_it_and_a_full_mailbox_is_tried_again() {
    let Some(smtp) = Smtp::start("mail::a_refused_address", "plain") else { return };
    let kit = Kit::asli(&[]);
    let way = set_up_mail(&kit, &smtp, "tanpa");
    let (gone, full) = (person(&kit, "kadis"), person(&kit, "sekda"));
    own_address(&kit, "kadis", &way, "tolak@contoh.go.id");
    own_address(&kit, "sekda", &way, "penuh@contoh.go.id");
    tell(&kit, &praja(&kit), urgent(gone, "Satu"));
    tell(&kit, &praja(&kit), urgent(full, "Dua"));
    kit.work();
    let all = outcomes(&kit);
    assert_eq!((all[0].0.as_str(), all[1].0.as_str()), ("gagal", "menunggu"), "{all:?}");
    let page = wait(kit.sign_in_as("kadis").get("/kabar"));
    assert!(page.says("menolak kabar. Periksa alamat itu."), "whoever has a wrong address learns it in Praja");
    own_address(&kit, "sekda", &way, "sekda@contoh.go.id");
    kit.clock.move_ms(61_000);
    kit.work();
    assert_eq!(outcomes(&kit)[1].0, "menunggu", "the address of the first try stands");
    assert!(smtp.arrived().is_empty());
}

#[test]
fn a_code_goes_to_an_address_without_an_account_and_leaves_no_trace() {
    let Some(smtp) = Smtp::start("mail::a_code", "plain") else { return };
    let kit = Kit::asli(&[]);
    set_up_mail(&kit, &smtp, "tanpa");
    let to = Contact::Email("warga@contoh.example".into());
    let message = Message::new(MessageKind::Keamanan, "", "Kode pendaftaran Anda", "/").body("Kode: 482913");
    kit.off(|instance| {
        let post = instance.ports.messenger.clone().expect("the desk gives it");
        let (asked, sent) = (to.clone(), to.clone());
        assert!(instance.db.read(|tx| post.can_send_code(tx, &asked)).expect("a read"));
        assert!(!instance.db.read(|tx| post.can_send_code(tx, &Contact::Phone("+6281234567890".into()))).expect("a read"));
        let by = instance.by_system("uji.kode");
        instance.db.write(&by, praja_store::Keys::none(), move |tx| post.send_code(tx, &sent, &message)).expect("queued");
    });
    kit.work();
    assert!(decoded(&smtp.arrived()[0].raw).contains("482913"));
    let kept =
        kit.off(|instance| instance.db.read(|tx| tx.list("SELECT isi FROM desk_kiriman", &[], |row| row.get::<String>(0))));
    assert_eq!(kept.expect("a read"), [""], "the code is erased");
}

#[test]
fn what_can_wait_goes_in_one_digest_on_a_working_morning_without_what_was_read() {
    let Some(smtp) = Smtp::start("mail::a_digest", "plain") else { return };
    let kit = Kit::asli(&[]);
    set_up_mail(&kit, &smtp, "tanpa");
    let reader = person(&kit, "kadis");
    let note = |subject: &str, sifat| {
        Message::new(MessageKind::Kabar, format!("pegawai:{reader}"), subject, "/").about(sifat, Derajat::Biasa)
    };
    tell(&kit, &praja(&kit), note("Surat satu selesai", Sifat::Biasa));
    tell(&kit, &praja(&kit), note("Surat dua selesai", Sifat::Biasa));
    tell(&kit, &praja(&kit), note("Surat tiga yang sangat pribadi", Sifat::Rahasia));
    kit.work();
    assert!(smtp.arrived().is_empty(), "nothing that can wait leaves at once");
    let list = wait(kit.sign_in_as("kadis").get("/kabar"));
    let id = list.body.split("href=\"/kabar/0").skip(1).find(|part| part.contains("Surat dua")).expect("its row");
    wait(kit.sign_in_as("kadis").get(&format!("/kabar/0{}", id.split('"').next().unwrap_or_default())));
    kit.run_job("desk.digest");
    kit.work();
    assert!(smtp.arrived().is_empty(), "it is Sunday");
    kit.clock.move_ms(22 * 60 * 60 * 1000 + 30 * 60 * 1000);
    kit.run_job("desk.digest");
    kit.run_job("desk.digest");
    kit.work();
    let arrived = smtp.arrived();
    assert_eq!(arrived.len(), 1, "one digest a day");
    let mail = decoded(&arrived[0].raw);
    assert!(mail.contains("Subject: 2 kabar menunggu Anda di Praja"), "{mail}");
    assert!(mail.contains("- Surat satu selesai") && mail.contains("- Ada kabar tentang naskah Rahasia"), "{mail}");
    assert!(!mail.contains("Surat dua") && !mail.contains("pribadi"), "{mail}");
}

#[test]
fn a_letter_arrives_with_its_file_and_the_address_where_it_is_verified() {
    const PDF: &[u8] = b"%PDF-1.4\n%\xE2\xE3\xCF\xD3\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
    let Some(smtp) = Smtp::start("mail::a_letter_arrives_with_its_file", "starttls") else { return };
    let kit = Kit::asli(&[]);
    set_up_mail(&kit, &smtp, "starttls");
    kit.off(|instance| {
        let file = attachments::made(instance, "naskah", "surat.pdf", PDF, &attachments::Rule::DOCUMENTS).expect("a PDF");
        let by = instance.by_system("uji.surat");
        instance.db.write(&by, praja_store::Keys::none(), move |tx| {
            attachments::attach(tx, "uji:1", &[], &file)?;
            let surat = Surat {
                alamat: "bps@contoh.example",
                nama: "Badan Pusat Statistik",
                judul: "Undangan rapat",
                isi: "surat dinas nomor 1, hal Undangan rapat.",
                tautan: "/v/abc",
                derajat: Derajat::Biasa,
                berkas: Berkas { objek: "uji:1".into(), sidik: file.blob.sidik.clone(), nama: "surat.pdf".into() },
                latihan: false,
            };
            queue_letter(tx, &surat).map(drop).map_err(praja_module::Problem::from)
        })
    })
    .expect("it is queued");
    kit.work();
    assert_eq!(outcomes(&kit), vec![("terkirim".to_owned(), None)]);
    let arrived = smtp.arrived();
    let mail = decoded(&arrived[0].raw);
    for words in ["Subject: Undangan rapat", "http://127.0.0.1/v/abc", "multipart/mixed", "application/pdf", "surat.pdf"] {
        assert!(mail.contains(words), "{words} is not in {mail}");
    }
    let start = arrived[0].raw.find("JVBERi0xLjQK").expect("the file, in base64");
    let packed: String = arrived[0].raw[start..].split("--").next().unwrap_or_default().split_whitespace().collect();
    assert_eq!(packed.trim_end_matches('=').len(), PDF.len().div_ceil(3) * 4 - (3 - PDF.len() % 3) % 3, "byte for byte as long");
}
