use praja_kernel::{Moment, Refuse};
use praja_module::signing::{PadesError, SignError};

use super::{
    Draft, Refusal, check, draft,
    percobaan::{MOST, PAUSE_MS, Tries},
    refusal,
};

const NOW: Moment = Moment(1_795_400_000_000);

#[test]
fn after_three_wrong_ones_there_is_a_pause_and_then_three_more() {
    let tries = |salah, ago: i64| Tries { salah, terakhir: NOW.plus_ms(-ago) };
    for (salah, ago, until, counting) in [
        (1, 1000, None, 1),
        (2, 1000, None, 2),
        (MOST, 1000, Some(NOW.plus_ms(PAUSE_MS - 1000)), MOST),
        (MOST, PAUSE_MS - 1, Some(NOW.plus_ms(1)), MOST),
        (MOST, PAUSE_MS, None, 0),
        (2, PAUSE_MS, None, 0),
    ] {
        let tries = tries(salah, ago);
        assert_eq!((tries.paused_until(NOW), tries.counting(NOW)), (until, counting), "{tries:?}");
    }
}

fn typed() -> Draft<'static> {
    Draft {
        url: "https://10.1.2.3/",
        pengguna: "esign",
        sertifikat: "",
        jalur_tanda: "/api/v2/sign/pdf",
        jalur_kode: "/api/v2/sign/get/totp",
        jalur_keadaan: "/api/v2/user/check/status",
        sabar: "30",
        ulang: "2",
        pengenal: "surel",
    }
}

#[test]
fn settings_of_the_e_sign_server_are_read_and_each_wrong_one_is_named() {
    assert_eq!(check(&typed(), true).map(|bsre| (bsre.url, bsre.sabar, bsre.ulang)), Ok(("https://10.1.2.3".into(), 30, 2)));
    let wrong = |draft: Draft<'_>, password| match check(&draft, password) {
        Err(Refusal::Fields(problems)) => problems.into_iter().map(|one| one.field).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(wrong(typed(), false), ["rahasia_layanan"]);
    for url in ["", "10.1.2.3", "http://10.1.2.3", "ftp://a", "https://", "https://a?b=c", "https://u:p@a", "https://a b"] {
        assert_eq!(wrong(Draft { url, ..typed() }, true), ["url"], "{url}");
    }
    assert!(check(&Draft { url: "http://127.0.0.1:8080", ..typed() }, true).is_ok());
    for (sabar, ulang) in [("4", "2"), ("121", "2"), ("dua", "2")] {
        assert_eq!(wrong(Draft { sabar, ulang, ..typed() }, true), ["sabar"], "{sabar}");
    }
    assert_eq!(wrong(Draft { ulang: "6", ..typed() }, true), ["ulang"]);
    assert_eq!(wrong(Draft { ulang: "-1", ..typed() }, true), ["ulang"]);
    for path in ["", "api", "/api?x", "/a b", "/a#b"] {
        assert_eq!(wrong(Draft { jalur_tanda: path, ..typed() }, true), ["jalur_tanda"], "{path}");
    }
    assert_eq!(
        wrong(Draft { pengguna: "a:b", pengenal: "ktp", sertifikat: "x", ..typed() }, true),
        ["pengguna", "pengenal", "sertifikat"]
    );
}

#[test]
fn a_passphrase_is_long_and_typed_the_same_twice() {
    for (new, again, fields) in [
        ("kuda laut makan", "kuda laut makan", vec![]),
        ("kuda", "kuda", vec!["rahasia_baru"]),
        ("kuda laut makan", "kuda laut maka", vec!["rahasia_ulang"]),
        ("", "x", vec!["rahasia_baru", "rahasia_ulang"]),
    ] {
        let found = draft::passphrase(new, again).map_or_else(|refusal| refusal.fields(), |()| Vec::new());
        assert_eq!(found.iter().map(|one| one.field.as_ref()).collect::<Vec<_>>(), fields, "{new}");
    }
}

#[test]
fn nothing_that_is_said_repeats_the_passphrase() {
    let secret = "kuda laut makan pepaya";
    let echo = format!("passphrase {secret} salah");
    for error in [
        SignError::Refused(echo.clone()),
        SignError::Unreachable(echo.clone()),
        SignError::Nonsense(echo),
        SignError::Credentials,
    ] {
        let refusal = Refusal::of(&error, secret);
        assert!(!format!("{} {}", refusal.message(), refusal.next_step()).contains(secret), "{refusal:?}");
        assert!(!refusal::wrong(&error, secret).contains(secret));
    }
    assert_eq!(refusal::wrong(&SignError::Pades(PadesError::WrongPassphrase), secret), "Frasa sandi tidak cocok.");
}
