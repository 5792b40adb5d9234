//! What an installation on this machine knows of a document.

use anyhow::Result;
use praja_desk::verify::{self, Naskah, PublicKey};

use crate::box_::ServerBox;

impl ServerBox {
    /// Every public key that ever signed here, and what is recorded under each of these tokens.
    pub(crate) fn documents(&self, tokens: &[String]) -> Result<(Vec<PublicKey>, Vec<Option<Naskah>>)> {
        let (_, instance) = self.open()?;
        Ok(instance.db.read(|tx| {
            let found = tokens.iter().map(|token| verify::get(tx, token)).collect::<praja_store::Result<Vec<_>>>()?;
            Ok::<_, praja_store::StoreError>((verify::keys(tx)?, found))
        })?)
    }
}
