//! Where files are kept: `blob: data/blobs` is a folder, `blob: {s3: …}` a service that speaks S3.

use std::path::{Path, PathBuf};

use praja_store::{Blobs, Keyring, S3, StoreError};
use serde::{Deserialize, Deserializer, de::Error};
use serde_json::Value;

/// Where files are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Berkas {
    /// In a folder of this machine.
    Folder(PathBuf),
    /// In a service that speaks S3.
    S3(S3),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Away {
    s3: S3Settings,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct S3Settings {
    alamat: String,
    bucket: String,
    #[serde(default = "usual_region")]
    region: String,
    #[serde(default)]
    awalan: String,
    kunci_akses: PathBuf,
    #[serde(default)]
    path_style: bool,
    #[serde(default)]
    ca: Option<PathBuf>,
}

/// What services that know no regions call theirs.
fn usual_region() -> String {
    "us-east-1".to_owned()
}

impl<'de> Deserialize<'de> for Berkas {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // By hand, so that a wrong key below is named; serde's untagged enums only say that nothing fits.
        match Value::deserialize(deserializer)? {
            Value::String(folder) => Ok(Self::Folder(folder.into())),
            other => {
                let Away { s3 } = serde_json::from_value(other).map_err(D::Error::custom)?;
                Ok(Self::S3(S3 {
                    endpoint: s3.alamat,
                    bucket: s3.bucket,
                    region: s3.region,
                    prefix: s3.awalan,
                    path_style: s3.path_style,
                    ca: s3.ca,
                    access_key: s3.kunci_akses,
                }))
            }
        }
    }
}

impl Berkas {
    /// Counts relative paths from the installation's folder.
    pub(super) fn resolve(&mut self, root: &Path) {
        match self {
            Self::Folder(folder) => *folder = root.join(&*folder),
            Self::S3(s3) => {
                s3.access_key = root.join(&s3.access_key);
                s3.ca = s3.ca.take().map(|ca| root.join(ca));
            }
        }
    }

    /// Opens the place with the Instance's keys.
    pub fn open(&self, keys: Keyring) -> Result<Blobs, StoreError> {
        match self {
            Self::Folder(folder) => Blobs::local(folder, keys),
            Self::S3(s3) => Blobs::s3(s3, keys),
        }
    }
}
