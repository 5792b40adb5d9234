//! Files in a service that speaks S3: its settings, the way to it, and whose files a prefix holds.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use object_store::{ObjectStore, RetryConfig, aws::AmazonS3Builder, path::Path as Place, prefix::PrefixStore};
use zeroize::Zeroizing;

use super::{Blobs, line};
use crate::{By, Db, Keyring, Keys, ObjectTrouble, Result, StoreError, Tx, params, trust};

/// Where files are kept in a service that speaks S3.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct S3 {
    /// `https://host[:port]` of the service; `http://` only inside a network that nobody else reads.
    pub endpoint: String,
    /// The bucket, made beforehand.
    pub bucket: String,
    /// Region as the service calls it.
    pub region: String,
    /// What object names begin with, so that several installations share a bucket; may be empty.
    pub prefix: String,
    /// The bucket stands in the path (`https://host/bucket`) and not in the host name.
    pub path_style: bool,
    /// PEM file of the certificates to trust; without one, those of this machine.
    pub ca: Option<PathBuf>,
    /// File with the access key, readable by its owner only.
    pub access_key: PathBuf,
}

/// The object that says whose files stand under a prefix.
pub(super) const OWNER: &str = "pemilik";
/// What it begins with while a restore is under way.
const RESTORING: &str = "pulih:";
/// The fact that says the same in the database.
pub(crate) const OWNER_FACT: &str = "berkas.pemilik";

impl Blobs {
    /// Files in a service that speaks S3. Asks the service nothing yet.
    ///
    /// # Errors
    /// [`ObjectTrouble`] when settings, access key or trusted certificates cannot be used.
    pub fn s3(settings: &S3, keys: Keyring) -> Result<Self> {
        let runtime = super::runtime::Own::begin()?;
        let (id, secret) = access_key(&settings.access_key)?;
        let builder = AmazonS3Builder::new()
            .with_endpoint(endpoint(settings)?)
            .with_bucket_name(&settings.bucket)
            .with_region(&settings.region)
            .with_access_key_id(id)
            .with_secret_access_key(secret.as_str())
            .with_virtual_hosted_style_request(!settings.path_style)
            .with_allow_http(settings.endpoint.starts_with("http://"))
            .with_retry(RetryConfig { max_retries: 4, retry_timeout: super::runtime::RETRY, ..RetryConfig::default() })
            .with_http_connector(line::Connector::new(certificates(settings)?)?);
        let bucket = builder.build().map_err(|e| ObjectTrouble::Settings(e.to_string()))?;
        let prefix = settings.prefix.trim_matches('/');
        let store: Arc<dyn ObjectStore> =
            if prefix.is_empty() { Arc::new(bucket) } else { Arc::new(PrefixStore::new(bucket, Place::from(prefix))) };
        Ok(Self { store, keys, runtime: Some(runtime) })
    }

    /// Makes sure that these are the files of `db`, and marks an empty prefix as its own: two installations under one prefix would
    /// sweep away each other's files. A folder belongs to whoever opens it.
    ///
    /// # Errors
    /// [`ObjectTrouble::OthersFiles`] and [`ObjectTrouble::NotOurs`] when it is not so.
    pub fn claim(&self, db: &Db, by: &By) -> Result<()> {
        if self.runtime.is_none() {
            return Ok(());
        }
        let (fact, found) = (db.read(|tx| tx.fact(OWNER_FACT))?, self.owner()?);
        match (fact, found) {
            (Some(fact), Some(found)) if fact == found => Ok(()),
            (_, Some(_)) => Err(ObjectTrouble::OthersFiles.into()),
            (fact, None) => {
                if names_files(db)? {
                    return Err(ObjectTrouble::NotOurs.into());
                }
                if fact.is_none() && self.holds_anything()? {
                    return Err(ObjectTrouble::OthersFiles.into());
                }
                // First the fact: several programs that start at once agree on one token.
                let token = db.write(by, Keys::unaudited(), |tx| {
                    let token = tx.new_id()?.to_string();
                    tx.record_fact(OWNER_FACT, &token)
                })?;
                self.mark(&token)
            }
        }
    }

    /// Are these the files of `db`? Nothing is ever removed where the answer is no.
    pub(super) fn are_of(&self, db: &Db) -> Result<()> {
        if self.runtime.is_none() {
            return Ok(());
        }
        let (fact, found) = (db.read(|tx| tx.fact(OWNER_FACT))?, self.owner()?);
        if found.is_some() && fact == found { Ok(()) } else { Err(ObjectTrouble::OthersFiles.into()) }
    }

    /// Takes an empty prefix for the restore `token`; what the same restore left when it was interrupted is removed first.
    pub(crate) fn begin_restore(&self, token: &str) -> Result<()> {
        if self.runtime.is_none() {
            return Ok(());
        }
        let mark = format!("{RESTORING}{token}");
        match self.owner()? {
            Some(found) if found == mark => self.remove_all()?,
            Some(_) => return Err(crate::BackupTrouble::FilesThere.into()),
            None if self.holds_anything()? => return Err(crate::BackupTrouble::FilesThere.into()),
            None => {}
        }
        self.mark(&mark)
    }

    /// Undoes what the restore `token` stored.
    pub(crate) fn undo_restore(&self, token: &str) -> Result<()> {
        if self.runtime.is_some() && self.owner()?.is_some_and(|found| found == format!("{RESTORING}{token}")) {
            self.remove_all()?;
        }
        Ok(())
    }

    /// The restored database owns these files from now on.
    pub(crate) fn end_restore(&self, token: &str) -> Result<()> {
        if self.runtime.is_some() { self.mark(token) } else { Ok(()) }
    }

    /// Records in the restored database whose files it has: never those of the database it was copied from.
    pub(crate) fn record_owner(&self, tx: &mut Tx<'_>, token: &str) -> Result<()> {
        tx.exec("DELETE FROM store_fakta WHERE nama = ?1", params![OWNER_FACT])?;
        if self.runtime.is_some() {
            tx.record_fact(OWNER_FACT, token)?;
        }
        Ok(())
    }
}

fn names_files(db: &Db) -> Result<bool> {
    db.read(|tx| tx.opt("SELECT 1 FROM store_blob LIMIT 1", &[], |_| Ok(())).map(|row| row.is_some()))
}

/// The address as the client wants it: with the bucket in the host name, unless it stands in the path.
fn endpoint(settings: &S3) -> Result<String> {
    let address = settings.endpoint.trim_end_matches('/');
    let Some((scheme, host)) = address.split_once("://").filter(|(scheme, _)| matches!(*scheme, "http" | "https")) else {
        return Err(ObjectTrouble::Settings(format!("alamat {address}")).into());
    };
    if host.is_empty() || host.contains('/') {
        return Err(ObjectTrouble::Settings(format!("alamat {address}")).into());
    }
    Ok(if settings.path_style { address.to_owned() } else { format!("{scheme}://{}.{host}", settings.bucket) })
}

fn certificates(settings: &S3) -> Result<rustls::RootCertStore> {
    if !settings.endpoint.starts_with("https://") {
        return Ok(rustls::RootCertStore::empty());
    }
    trust::roots(settings.ca.as_deref()).map_err(|said| {
        let path = settings.ca.clone().unwrap_or_else(|| "/etc/ssl/certs".into());
        StoreError::from(ObjectTrouble::Roots { path, said })
    })
}

/// Reads the access key, written as the service's own tools write it:
///
/// ```text
/// aws_access_key_id = …
/// aws_secret_access_key = …
/// ```
fn access_key(path: &Path) -> Result<(String, Zeroizing<String>)> {
    use std::os::unix::fs::PermissionsExt;
    let trouble = |said| ObjectTrouble::AccessKey { path: path.to_owned(), said };
    let about = std::fs::metadata(path).map_err(|_| trouble("tidak ada atau tidak dapat dibaca"))?;
    if about.permissions().mode() & 0o077 != 0 {
        return Err(trouble("dapat dibaca pengguna lain; jalankan chmod 600 padanya").into());
    }
    let text = Zeroizing::new(std::fs::read_to_string(path).map_err(|_| trouble("tidak dapat dibaca"))?);
    let value = |wanted: &str| {
        let pairs = text.lines().filter_map(|line| line.split_once('='));
        pairs.map(|(name, value)| (name.trim(), value.trim())).find(|(name, value)| *name == wanted && !value.is_empty())
    };
    match (value("aws_access_key_id"), value("aws_secret_access_key")) {
        (Some((_, id)), Some((_, secret))) => Ok((id.to_owned(), Zeroizing::new(secret.to_owned()))),
        _ => Err(trouble("harus memuat aws_access_key_id dan aws_secret_access_key").into()),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn settings() -> S3 {
        S3 {
            endpoint: "https://s3.contoh.go.id:9000/".into(),
            bucket: "praja".into(),
            region: "id-1".into(),
            prefix: String::new(),
            path_style: true,
            ca: None,
            access_key: PathBuf::new(),
        }
    }

    #[test]
    fn the_bucket_stands_in_the_path_or_in_the_host_name() {
        assert_eq!(endpoint(&settings()).unwrap(), "https://s3.contoh.go.id:9000");
        let virtual_hosted = S3 { path_style: false, ..settings() };
        assert_eq!(endpoint(&virtual_hosted).unwrap(), "https://praja.s3.contoh.go.id:9000");
        for wrong in ["s3.contoh.go.id", "ftp://s3", "https://", "https://s3/praja"] {
            assert!(endpoint(&S3 { endpoint: wrong.into(), ..settings() }).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_access_key_is_private_and_complete() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("s3.kunci");
        let said = |text: &str, mode: u32| {
            std::fs::write(&path, text).unwrap();
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
            access_key(&path).map(|(id, secret)| format!("{id}/{}", secret.as_str())).map_err(|e| e.to_string())
        };
        let whole = "[default]\naws_access_key_id = AKU\n# rahasia\naws_secret_access_key=a=b/c\n";
        assert_eq!(said(whole, 0o600).unwrap(), "AKU/a=b/c");
        assert!(said(whole, 0o640).unwrap_err().contains("chmod 600"));
        assert!(said("aws_access_key_id = AKU\naws_secret_access_key =\n", 0o600).unwrap_err().contains("harus memuat"));
        assert!(access_key(Path::new("/tidak/ada")).unwrap_err().to_string().contains("tidak ada"));
    }
}
