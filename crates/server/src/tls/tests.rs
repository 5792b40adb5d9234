use rustls::{
    RootCertStore,
    client::{WebPkiServerVerifier, danger::ServerCertVerifier},
    pki_types::{ServerName, UnixTime},
};

use super::*;

const NOW: i64 = 1_795_000_000;

fn names(list: &[&str]) -> Vec<String> {
    list.iter().map(|&name| name.to_owned()).collect()
}

/// Does a device that trusts `root` accept the certificate for `name`?
fn accepted(root: &str, chain: &str, name: &str, now: i64) -> Result<(), rustls::Error> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(root.as_bytes()).unwrap()).unwrap();
    let provider = Arc::new(aws_lc_rs::default_provider());
    let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider).build().unwrap();
    let leaf = CertificateDer::from_pem_slice(chain.as_bytes()).unwrap();
    let at = UnixTime::since_unix_epoch(Duration::from_secs(u64::try_from(now).unwrap()));
    let name = ServerName::try_from(name.to_owned()).unwrap();
    verifier.verify_server_cert(&leaf, &[], &name, &[], at).map(drop)
}

#[test]
fn a_device_that_trusts_the_own_authority_accepts_its_certificate_for_every_name() {
    let folder = tempfile::tempdir().unwrap();
    let own = names(&["praja.batangkab.go.id", "10.1.2.3"]);
    let authority = Authority::new(folder.path(), "Kabupaten Batang");
    let pair = authority.certificate(&own, NOW).unwrap();
    let root = authority.pem().unwrap();
    for name in &own {
        accepted(&root, &pair.chain, name, NOW).unwrap();
        accepted(&root, &pair.chain, name, NOW + 390 * DAY_S).unwrap();
    }
    assert!(accepted(&root, &pair.chain, "esakip.batangkab.go.id", NOW).is_err());
    assert!(accepted(&root, &pair.chain, "praja.batangkab.go.id", NOW + 398 * DAY_S).is_err());
}

#[test]
fn the_own_authority_cannot_vouch_for_a_bank() {
    let folder = tempfile::tempdir().unwrap();
    let authority = Authority::new(folder.path(), "Kabupaten Batang");
    authority.certificate(&names(&["praja.batangkab.go.id"]), NOW).unwrap();
    // Somebody who stole the key makes a certificate for another name by hand.
    let key = rcgen::KeyPair::from_pem(&fs::read_to_string(folder.path().join("otoritas-kunci.pem")).unwrap()).unwrap();
    let issuer = rcgen::Issuer::from_ca_cert_pem(&authority.pem().unwrap(), key).unwrap();
    let forged_for = |name: &str| {
        let params = rcgen::CertificateParams::new(vec![name.to_owned()]).unwrap();
        params.signed_by(&rcgen::KeyPair::generate().unwrap(), &issuer).unwrap().pem()
    };
    let root = authority.pem().unwrap();
    accepted(&root, &forged_for("lain.batangkab.go.id"), "lain.batangkab.go.id", NOW).unwrap();
    for name in ["www.bri.co.id", "praja.belitungtimurkab.go.id", "go.id", "8.8.8.8"] {
        assert!(accepted(&root, &forged_for(name), name, NOW).is_err(), "{name}");
    }
}

#[test]
fn a_certificate_is_kept_while_good_and_renewed_under_the_same_authority() {
    let folder = tempfile::tempdir().unwrap();
    let own = names(&["praja.batangkab.go.id"]);
    let authority = Authority::new(folder.path(), "Kabupaten Batang");
    let first = authority.certificate(&own, NOW).unwrap();
    let root = authority.pem().unwrap();
    assert_eq!(authority.certificate(&own, NOW + 300 * DAY_S).unwrap(), first);
    let later = NOW + 340 * DAY_S;
    let second = authority.certificate(&own, later).unwrap();
    assert_ne!(second, first);
    assert_eq!(authority.pem().unwrap(), root, "phones need not be taught again");
    accepted(&root, &second.chain, &own[0], later + 300 * DAY_S).unwrap();
    let more = names(&["praja.batangkab.go.id", "eoffice.batangkab.go.id"]);
    let third = authority.certificate(&more, later).unwrap();
    assert_eq!(authority.pem().unwrap(), root);
    accepted(&root, &third.chain, &more[1], later).unwrap();
}

#[test]
fn an_authority_of_another_domain_or_near_its_end_is_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let authority = Authority::new(folder.path(), "Kabupaten Batang");
    authority.certificate(&names(&["praja.batangkab.go.id"]), NOW).unwrap();
    let first = authority.pem().unwrap();
    authority.certificate(&names(&["praja.manggaraikab.go.id"]), NOW).unwrap();
    let second = authority.pem().unwrap();
    assert_ne!(second, first);
    authority.certificate(&names(&["praja.manggaraikab.go.id"]), NOW + 9 * 366 * DAY_S).unwrap();
    assert_ne!(authority.pem().unwrap(), second);
}

#[test]
fn a_half_written_authority_is_made_anew_and_keys_are_only_for_the_owner() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let own = names(&["praja.lokal"]);
    let authority = Authority::new(folder.path(), "Kabupaten Batang");
    authority.certificate(&own, NOW).unwrap();
    fs::remove_file(folder.path().join("otoritas-nama.txt")).unwrap();
    let pair = authority.certificate(&own, NOW).unwrap();
    accepted(&authority.pem().unwrap(), &pair.chain, "praja.lokal", NOW).unwrap();
    for key in ["otoritas-kunci.pem", "lokal-kunci.pem"] {
        let mode = fs::metadata(folder.path().join(key)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{key}");
    }
}

#[test]
fn a_key_of_another_certificate_is_refused_with_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let make = |name: &str| {
        let made = rcgen::generate_simple_self_signed(vec![name.to_owned()]).unwrap();
        let (chain, key) = (folder.path().join(format!("{name}.pem")), folder.path().join(format!("{name}.key")));
        fs::write(&chain, made.cert.pem()).unwrap();
        fs::write(&key, made.signing_key.serialize_pem()).unwrap();
        (chain, key)
    };
    let ((a_chain, a_key), (_, b_key)) = (make("a.lokal"), make("b.lokal"));
    assert!(files::read(&a_chain, &a_key).is_ok());
    let told = |outcome: Result<Pair, TlsError>| outcome.unwrap_err().to_string();
    assert!(told(files::read(&a_chain, &b_key)).contains("b.lokal.key: bukan kunci dari sertifikat itu"));
    assert!(told(files::read(&a_key, &a_key)).contains("a.lokal.key: tidak memuat sertifikat"));
    assert!(told(files::read(&folder.path().join("x"), &a_key)).contains("tidak dapat dibaca"));
}

#[test]
fn a_certificate_is_due_thirty_days_or_a_third_of_its_life_before_the_end() {
    let paper = |days: i64| Paper { from: 0, until: days * DAY_S, names: Vec::new() };
    for (days, day, expected) in
        [(90, 59, false), (90, 60, true), (397, 366, false), (397, 367, true), (6, 3, false), (6, 4, true)]
    {
        assert_eq!(due(&paper(days), day * DAY_S), expected, "day {day} of {days}");
    }
}

#[test]
fn the_wait_after_failures_grows_to_six_hours_and_no_further() {
    assert_eq!([1, 2, 3, 20].map(|failures| pause(failures).as_secs()), [60, 120, 240, 21_600]);
}
