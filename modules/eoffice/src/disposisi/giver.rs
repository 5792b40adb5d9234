//! Who may give an order in whose name: the post itself, or its aide by direction.

use praja_identity::jabatan;
use praja_kernel::{Date, Id, Scope, Sifat};
use praja_store::{Result, Tx};

use super::{
    calon,
    write::{Aide, Giver},
};
use crate::sekretaris;

/// The giver of an order on what lies with `post`, when whoever asks may give it.
pub(crate) fn of(tx: &mut Tx<'_>, scope: &Scope, today: Date, post: Id, sifat: Sifat) -> Result<Option<Giver>> {
    let Some(acting) = &scope.acting else { return Ok(None) };
    if acting.jabatan == post {
        return Ok(Some(Giver {
            jabatan: post,
            opd: acting.opd,
            nama_jabatan: acting.nama.clone(),
            nama: scope.actor.nama().to_owned(),
            aide: None,
        }));
    }
    let relations = sekretaris::store::of_aide(tx, acting.jabatan, today)?;
    let Some(relation) = relations.into_iter().find(|one| one.pimpinan == post && one.may_see(sifat)) else { return Ok(None) };
    let Some(leader) = jabatan::get(tx, post)? else { return Ok(None) };
    let calon = calon::of(tx, &leader, today)?;
    let aide = Aide {
        nama: scope.actor.nama().to_owned(),
        nama_jabatan: acting.nama.clone(),
        langsung: relation.langsung,
        tertinggi: relation.highest(),
    };
    Ok(Some(Giver { jabatan: post, opd: leader.opd, nama_jabatan: calon.nama_jabatan, nama: calon.pemegang, aide: Some(aide) }))
}
