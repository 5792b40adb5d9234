use praja_kernel::Refuse;

use super::*;

fn mail() -> Draft<'static> {
    Draft {
        nama: "Surel",
        mesin: "surel.contoh.go.id",
        porta: "587",
        pengaman: "starttls",
        dari: "praja@contoh.go.id",
        ..Draft::default()
    }
}

fn fields(draft: &Draft<'_>) -> Vec<String> {
    match check(Jenis::Surel, draft, None, &[]) {
        Ok(_) => Vec::new(),
        Err(refusal) => refusal.fields().into_iter().map(|problem| problem.field.into_owned()).collect(),
    }
}

#[test]
fn a_mail_server_needs_a_machine_a_port_a_sender_and_no_password_over_a_bare_line() {
    assert!(fields(&mail()).is_empty());
    let cases = [
        (Draft { nama: "", ..mail() }, "nama"),
        (Draft { mesin: "surel contoh", ..mail() }, "mesin"),
        (Draft { porta: "0", ..mail() }, "porta"),
        (Draft { porta: "99999", ..mail() }, "porta"),
        (Draft { pengaman: "rahasia", ..mail() }, "pengaman"),
        (Draft { dari: "bukan alamat", ..mail() }, "dari"),
        (Draft { pengaman: "tanpa", pengguna: "praja", ..mail() }, "pengguna"),
        (Draft { sertifikat: "bukan pem", ..mail() }, "sertifikat"),
    ];
    for (draft, field) in cases {
        assert_eq!(fields(&draft), [field], "{draft:?}");
    }
}

#[test]
fn every_shipped_example_of_a_gateway_is_right_as_it_is() {
    let examples = pages::examples().expect("they are read");
    assert!(examples.len() >= 3);
    for one in examples {
        let draft = Draft {
            nama: &one.nama,
            alamat: &one.alamat,
            bentuk: one.bentuk.as_str(),
            tujuan: one.tujuan.as_str(),
            kepala: &one.kepala,
            isi: &one.isi,
            tanda: "kunci-tanda-tangan",
            ..Draft::default()
        };
        assert!(check(Jenis::Gerbang, &draft, None, &[]).is_ok(), "{}", one.kunci);
    }
}

#[test]
fn a_gateway_may_be_called_without_protection_only_inside_the_house() {
    let with = |alamat| Draft {
        nama: "SMS",
        alamat,
        bentuk: "json",
        tujuan: "telepon",
        isi: r#"{"a": "{{tujuan}} {{teks}}"}"#,
        tanda: "kunci-tanda-tangan",
        ..Draft::default()
    };
    let cases = [
        ("https://gerbang.contoh.go.id/kirim", true),
        ("http://10.1.2.3:8080/kirim", true),
        ("http://192.168.1.2/", true),
        ("http://gerbang/", true),
        ("http://8.8.8.8/", false),
        ("http://gerbang.contoh.go.id/", false),
        ("javascript:alert(1)", false),
        ("/kirim", false),
    ];
    for (alamat, fine) in cases {
        assert_eq!(check(Jenis::Gerbang, &with(alamat), None, &[]).is_ok(), fine, "{alamat}");
    }
    for (kepala, fine) in [("X-Kunci: {{kunci}}", true), ("Host: x", false), ("tanpa titik dua", false), ("X: {{teks}}", false)] {
        let draft = Draft { kepala, ..with("https://a.contoh/") };
        assert_eq!(check(Jenis::Gerbang, &draft, None, &[]).is_ok(), fine, "{kepala}");
    }
}

#[test]
fn a_failing_way_rests_longer_and_longer() {
    let minutes = |failures| rest_ms(failures).map(|ms| ms / 60_000);
    assert_eq!([1, 2, 3, 4, 6, 50].map(minutes), [None, None, Some(5), Some(10), Some(40), Some(60)]);
}
