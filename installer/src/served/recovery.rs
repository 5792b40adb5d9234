//! The recovery sheet of an installation: while it lies beside the keys, and drawn anew.

use std::{fs, path::PathBuf};

use anyhow::Result;
use praja_deploy::{Files, LocalFiles, typed};
use praja_kernel::Zona;
use praja_server::Settings;
use praja_store::{Keyring, RecoveryKey};
use serde::Serialize;

use super::{SHEET, SHEET_PAGE, ServerBox, backup::read_recovery, machine};
use crate::{
    exit::{self, Refused},
    sheet::Sheet,
};

/// Where the sheet lies.
#[derive(Debug, Serialize)]
pub(crate) struct SheetFiles {
    /// To print, A4.
    pub(crate) html: PathBuf,
    /// The same as text.
    pub(crate) teks: PathBuf,
    /// Name of the keys it brings back.
    pub(crate) kunci_id: String,
    /// It was drawn just now, and the one before opens no backup that is made from now on.
    pub(crate) baru: bool,
}

impl ServerBox {
    /// The recovery sheet, to print and take away: the one that still lies beside the keys, or with `renew` another one.
    pub(crate) fn recovery_sheet(&self, renew: bool) -> Result<SheetFiles> {
        let settings = self.settings()?;
        let keys = Keyring::load(&settings.kunci)?;
        let teks = settings.kunci.join(SHEET);
        if renew {
            let (keys, recovery) = keys.renewed_sheet()?;
            // The sheet first: a key without its sheet could never be recovered.
            write_sheet(&settings, &keys, &recovery)?;
            keys.save_renewed(&settings.kunci)?;
            return Ok(files(&settings, keys.id(), true));
        }
        let again = |message: String| Refused {
            message,
            next: format!("praja recovery-sheet --new --config {}", typed(self.config())),
            code: exit::BLOCKED,
        };
        if !teks.exists() {
            let message =
                "Lembar pemulihan sudah diambil dari mesin ini, dan kuncinya tidak disimpan di mana pun. Bila lembarnya hilang, \
                           buat yang baru; cadangan lama tetap hanya terbuka dengan lembar lama."
                    .to_owned();
            return Err(again(message).into());
        }
        let recovery = read_recovery(&teks)?;
        if Keyring::recover(keys.wrapped(), &recovery).is_err() {
            return Err(again(format!("Kunci pada {} bukan kunci pemasangan ini lagi.", teks.display())).into());
        }
        write_sheet(&settings, &keys, &recovery)?;
        Ok(files(&settings, keys.id(), false))
    }
}

/// Writes the sheet beside the keys, readable by their owner alone.
pub(super) fn write_sheet(settings: &Settings, keys: &Keyring, recovery: &RecoveryKey) -> Result<()> {
    let today = Zona::of_region(&settings.wilayah.kode).date(machine().0.now());
    let sheet = Sheet::new(settings, keys, recovery, today);
    let (page, text) = (sheet.page().into_string(), sheet.text());
    LocalFiles.write(&settings.kunci.join(SHEET_PAGE), page.as_bytes(), 0o600)?;
    Ok(LocalFiles.write(&settings.kunci.join(SHEET), text.as_bytes(), 0o600)?)
}

/// Does a sheet still lie on this machine?
pub(crate) fn sheet_lies(settings: &Settings) -> bool {
    [SHEET, SHEET_PAGE].iter().any(|name| fs::metadata(settings.kunci.join(name)).is_ok())
}

fn files(settings: &Settings, kunci_id: &str, baru: bool) -> SheetFiles {
    let at = |name: &str| settings.kunci.join(name);
    SheetFiles { html: at(SHEET_PAGE), teks: at(SHEET), kunci_id: kunci_id.to_owned(), baru }
}
