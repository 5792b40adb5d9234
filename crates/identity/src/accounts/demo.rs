use praja_module::{Instance, Jenis};
use praja_store::{Keys, Result, StoreError};

use super::store;
use crate::{
    demo::data::{Regency, email},
    orang, sandi,
};

/// A named account of the demo regency with its freshly drawn password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoAccount {
    /// The person.
    pub nama: String,
    /// The post.
    pub jabatan: String,
    /// The OPD.
    pub opd: String,
    /// Name of the account.
    pub akun: String,
    /// The password, in clear: written once into `akun-demo.csv`.
    pub sandi: String,
}

/// Opens one named account per role after the demo data were loaded, each with a freshly drawn password. Called again (the power
/// failed before the list was written down), it draws new passwords.
///
/// # Errors
/// [`StoreError::Statement`] in an Instance that is not contoh; [`StoreError::Missing`] before the demo data are loaded.
pub fn create_demo(instance: &Instance) -> Result<Vec<DemoAccount>> {
    if instance.jenis != Jenis::Contoh {
        return Err(StoreError::Statement("only a contoh Instance has demo accounts".into()));
    }
    let regency = Regency::read(&instance.wilayah.nama)?;
    let mut list = Vec::new();
    let mut hashes = Vec::new();
    for (opd, jabatan, akun) in regency.accounts() {
        let sandi = sandi::draw();
        hashes.push((akun.to_owned(), sandi::hash(&sandi)?));
        list.push(DemoAccount {
            nama: jabatan.orang.as_ref().map(|person| person.full_name()).unwrap_or_default(),
            jabatan: jabatan.nama.clone(),
            opd: opd.nama.clone(),
            akun: akun.to_owned(),
            sandi,
        });
    }
    let by = instance.by_system("identity.create-demo-accounts");
    instance.db.write(&by, Keys::unaudited(), move |tx| {
        for (akun, hash) in &hashes {
            let orang = orang::store::by_email(tx, &email(akun))?.ok_or(StoreError::Missing)?;
            match store::of_person(tx, orang)? {
                Some(known) => store::set_password(tx, known.id, known.versi, hash, false)?,
                None => store::insert(tx, orang, akun, hash, false).map(|_| ())?,
            }
        }
        Ok::<_, StoreError>(())
    })?;
    Ok(list)
}
