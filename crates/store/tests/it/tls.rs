//! The line to PostgreSQL, encrypted and checked.

use std::path::Path;

use praja_store::{Db, Keys, ServerTrouble, StoreError};

use crate::{
    cluster::{Authority, Cluster},
    support::{Outcome, by, ids, note, notes, quick, sets},
};

/// A server whose certificate is for `127.0.0.1`, its authority's certificate, and that of another authority.
struct Secured {
    server: Cluster,
    folder: tempfile::TempDir,
}

impl Secured {
    fn start(name: &str, names: &[&str]) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let authority = Authority::new("CA Uji");
        authority.write(&folder.path().join("ca.pem"));
        Authority::new("CA Lain").write(&folder.path().join("lain.pem"));
        let settings =
            "ssl = on\nssl_cert_file = '../server.crt'\nssl_key_file = '../server.key'\npassword_encryption = 'scram-sha-256'";
        let server = Cluster::start(name, settings, |place| {
            let key = place.join("server.key");
            authority.server(&place.join("server.crt"), &key, names);
            std::fs::set_permissions(&key, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
            // Nobody comes in without TLS, and one account only with its password.
            let rules = "local all all trust\nhostssl all sandi 127.0.0.1/32 scram-sha-256\nhostssl all all 127.0.0.1/32 trust\n";
            std::fs::write(place.join("data/pg_hba.conf"), rules).unwrap();
        })?;
        Some(Self { server, folder })
    }

    fn open(&self, options: &str) -> Result<Db, StoreError> {
        Db::open_postgres(&self.server.url(options), &quick())
    }

    fn roots(&self, file: &str) -> String {
        self.folder.path().join(file).display().to_string()
    }
}

/// How PostgreSQL itself sees our line.
fn encrypted(db: &Db) -> bool {
    db.read(|tx| tx.scalar::<bool>("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()", &[])).unwrap()
}

fn server_trouble(opened: Result<Db, StoreError>) -> ServerTrouble {
    match opened {
        Err(StoreError::Server(trouble)) => trouble,
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("it was let in"),
    }
}

#[test]
fn the_right_authority_is_accepted_and_work_goes_over_the_encrypted_line() {
    let name = "tls::the_right_authority_is_accepted_and_work_goes_over_the_encrypted_line";
    let Some(secured) = Secured::start(name, &["127.0.0.1"]) else { return };
    let ca = secured.roots("ca.pem");
    for options in [
        format!("?sslmode=verify-full&sslrootcert={ca}"),
        format!("?sslmode=verify-ca&sslrootcert={ca}"),
        format!("?sslmode=require&sslrootcert={ca}"),
        "?sslmode=require".into(),
        String::new(),
    ] {
        let db = secured.open(&options).unwrap();
        assert!(encrypted(&db), "{options}");
    }
    let words =
        format!("host=127.0.0.1 port={} user=praja dbname=postgres sslmode=verify-full sslrootcert='{ca}'", secured.server.port);
    let db = Db::open_postgres(&words, &quick()).unwrap();
    let by = by(&ids(), Some(1));
    db.migrate(&sets(), &by).unwrap();
    let wrote: Outcome = db.write(&by, Keys::none(), |tx| note(tx, "terenkripsi").map(|_| ()));
    wrote.unwrap();
    assert_eq!(notes(&db), ["terenkripsi"]);
}

#[test]
fn a_password_is_bound_to_the_encrypted_line() {
    let Some(secured) = Secured::start("tls::a_password_is_bound_to_the_encrypted_line", &["127.0.0.1"]) else { return };
    secured
        .open("")
        .unwrap()
        .write(&by(&ids(), None), Keys::unaudited(), |tx| tx.exec("CREATE ROLE sandi LOGIN PASSWORD 'benar'", &[]).map(|_| ()))
        .unwrap();
    let url = |password: &str, more: &str| {
        let ca = secured.roots("ca.pem");
        let port = secured.server.port;
        format!("postgres://sandi{password}@127.0.0.1:{port}/postgres?sslmode=verify-full&sslrootcert={ca}{more}")
    };
    // With channel_binding=require the client itself refuses a proof that is not bound.
    assert!(encrypted(&Db::open_postgres(&url(":benar", "&channel_binding=require"), &quick()).unwrap()));
    for password in [":salah", ""] {
        let trouble = server_trouble(Db::open_postgres(&url(password, ""), &quick()));
        assert!(matches!(trouble, ServerTrouble::Password(_)), "{trouble:?}");
    }
    let nowhere = url(":benar", "").replace("/postgres?", "/tidak_ada?");
    assert!(matches!(server_trouble(Db::open_postgres(&nowhere, &quick())), ServerTrouble::NoDatabase(_)));
}

#[test]
fn another_authority_is_refused_at_once() {
    let Some(secured) = Secured::start("tls::another_authority_is_refused_at_once", &["127.0.0.1"]) else { return };
    let other = secured.roots("lain.pem");
    for mode in ["verify-full", "verify-ca", "require"] {
        let began = std::time::Instant::now();
        let trouble = server_trouble(secured.open(&format!("?sslmode={mode}&sslrootcert={other}")));
        assert!(matches!(trouble, ServerTrouble::Certificate(_)), "{mode}: {trouble:?}");
        assert!(began.elapsed() < std::time::Duration::from_secs(5), "waiting mends no certificate");
    }
    // The machine's own authorities did not sign it either.
    let trouble = server_trouble(secured.open("?sslrootcert=system"));
    assert!(matches!(trouble, ServerTrouble::Certificate(_) | ServerTrouble::Roots { .. }), "{trouble:?}");
}

#[test]
fn only_verify_full_looks_at_the_name() {
    let Some(secured) = Secured::start("tls::only_verify_full_looks_at_the_name", &["db.contoh.go.id"]) else { return };
    let ca = secured.roots("ca.pem");
    let trouble = server_trouble(secured.open(&format!("?sslmode=verify-full&sslrootcert={ca}")));
    assert!(matches!(&trouble, ServerTrouble::Certificate(_)), "{trouble:?}");
    assert!(encrypted(&secured.open(&format!("?sslmode=verify-ca&sslrootcert={ca}")).unwrap()));
    // Called by the right name, at the address where it is.
    let words = format!(
        "host=db.contoh.go.id hostaddr=127.0.0.1 port={} user=praja dbname=postgres sslmode=verify-full sslrootcert={ca}",
        secured.server.port
    );
    assert!(encrypted(&Db::open_postgres(&words, &quick()).unwrap()));
}

#[test]
fn a_server_without_tls_is_used_only_where_the_settings_allow_it() {
    let name = "tls::a_server_without_tls_is_used_only_where_the_settings_allow_it";
    let Some(server) = Cluster::start(name, "", |_| {}) else { return };
    let open = |options: &str| Db::open_postgres(&server.url(options), &quick());
    assert!(!encrypted(&open("").unwrap()));
    assert!(!encrypted(&open("?sslmode=disable").unwrap()));
    assert_eq!(server_trouble(open("?sslmode=require")), ServerTrouble::NoTls);
}

#[test]
fn a_root_that_is_no_certificate_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("kosong.pem");
    std::fs::write(&empty, "bukan sertifikat").unwrap();
    for path in [empty.as_path(), Path::new("/tidak/ada.pem")] {
        let url = format!("postgres://praja@127.0.0.1:1/praja?sslmode=verify-full&sslrootcert={}", path.display());
        let trouble = server_trouble(Db::open_postgres(&url, &quick()));
        assert!(matches!(&trouble, ServerTrouble::Roots { path: named, .. } if named == path), "{trouble:?}");
    }
}
