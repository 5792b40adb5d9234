//! Identity's answer to the guard's question which program calls.

use praja_kernel::{Actor, Scope};
use praja_module::{Caller, Callers, Instance, Usage};
use praja_store::{Keys, Result, Tx, audit::Entry};

use super::{Keadaan, store};
use crate::{jabatan, opd};

pub(super) struct Tokens;

impl Callers for Tokens {
    fn find(&self, tx: &mut Tx<'_>, key: &str, instance: &Instance) -> Result<Option<Caller>> {
        let now = instance.now();
        let Some(token) = store::by_key(tx, key)?.filter(|token| token.keadaan(now) == Keadaan::Berlaku) else { return Ok(None) };
        // The post that answers for it may have been abolished, the OPD closed: then nobody answers for what it does.
        let today = instance.zona.date(now);
        let (Some(post), Some(office)) = (jabatan::get(tx, token.isi.jabatan)?, opd::get(tx, token.opd)?) else {
            return Ok(None);
        };
        if post.opd != office.id || office.berlaku_sampai.is_some_and(|last| last < today) {
            return Ok(None);
        }
        let mut opd_set = vec![office.id];
        let mut at = 0;
        while at < opd_set.len() {
            let before = opd::store::predecessors(tx, opd_set[at])?;
            let new: Vec<_> = before.into_iter().map(|(id, _)| id).filter(|id| !opd_set.contains(id)).collect();
            opd_set.extend(new);
            at += 1;
        }
        let actor = Actor::Token { id: token.id, nama: token.isi.nama };
        Ok(Some(Caller {
            token: token.id,
            scope: Scope { actor, acting: None, opd_set, roles: Vec::new(), permissions: Vec::new() },
            cakupan: token.isi.cakupan,
            opd: office.id,
            opd_nama: office.nama,
            jabatan: post.id,
            jabatan_nama: post.nama,
            sifat: token.isi.sifat,
        }))
    }

    fn note(&self, instance: &Instance, caller: &Caller, usage: &Usage) -> Result<()> {
        let (now, id, usage) = (instance.now(), caller.token, usage.clone());
        let hari = instance.zona.date(now);
        let keys = if usage.opened.is_some() { Keys::none() } else { Keys::unaudited() };
        instance.db.write(&instance.by_caller(caller, now), keys, move |tx| {
            store::note(tx, id, hari, usage.operation, usage.status >= 400, &usage.address)?;
            match &usage.opened {
                Some(path) => tx.audit(&Entry::new("identity.use-token", "identity_token", id).with("alamat", path)),
                None => Ok(()),
            }
        })
    }
}
