use praja_kernel::Id;
use praja_module::{Instance, Jenis};
use praja_store::{Keys, Result, StoreError, Tx};

use super::{DemoAccount, store};
use crate::{jabatan, opd, peran, sandi};

/// The role of whoever receives an office's mail: a training begins there.
const MAIL: &str = "tata-usaha";

/// An officer who can be given a card.
struct Candidate {
    orang: Id,
    nama: String,
    jabatan: String,
    opd: String,
}

/// Opens accounts for participants of a training, one for each password, beginning with `peserta-<first + 1>`. The same number is
/// always the same officer, so that cards survive when the demo data are put back. Fewer come back where there are fewer officers.
///
/// # Errors
/// [`StoreError::Statement`] in an Instance that is not contoh.
pub fn open_cards(instance: &Instance, first: usize, passwords: &[String]) -> Result<Vec<DemoAccount>> {
    if instance.jenis != Jenis::Contoh {
        return Err(StoreError::Statement("only a contoh Instance has cards".into()));
    }
    let today = instance.today();
    let candidates = instance.db.read(|tx| candidates(tx, today, first + passwords.len()))?;
    let mut cards = Vec::new();
    for (at, (one, password)) in candidates.into_iter().skip(first).zip(passwords).enumerate() {
        let akun = format!("peserta-{:02}", first + at + 1);
        let hash = sandi::hash(password)?;
        let account = DemoAccount { nama: one.nama, jabatan: one.jabatan, opd: one.opd, akun, sandi: password.clone() };
        cards.push((one.orang, hash, account));
    }
    let saved: Vec<(Id, String, String)> =
        cards.iter().map(|(orang, hash, account)| (*orang, hash.clone(), account.akun.clone())).collect();
    instance.db.write(&instance.by_system("identity.open-cards"), Keys::unaudited(), move |tx| {
        for (orang, hash, akun) in &saved {
            match store::of_person(tx, *orang)? {
                Some(known) => store::set_password(tx, known.id, known.versi, hash, false)?,
                None => store::insert(tx, *orang, akun, hash, false).map(|_| ())?,
            }
        }
        Ok::<_, StoreError>(())
    })?;
    Ok(cards.into_iter().map(|(.., account)| account).collect())
}

/// Officers without a named demo account: of each office its head and whoever receives its mail, office after office, so that
/// neighbours at a table work together; then everybody else.
fn candidates(tx: &mut Tx<'_>, today: praja_kernel::Date, wanted: usize) -> Result<Vec<Candidate>> {
    let (mut pairs, mut others) = (Vec::new(), Vec::new());
    for opd in opd::list_active(tx)? {
        let mut mail = false;
        for (at, post) in jabatan::list_of_opd(tx, opd.id)?.into_iter().enumerate() {
            let Some((orang, nama)) = jabatan::holders_on(tx, post.id, today)?.into_iter().next() else { continue };
            // Named accounts keep their people: they are found by their address.
            if crate::orang::store::has_email(tx, orang)? {
                continue;
            }
            let held = peran::store::held(tx, orang, Some(post.id), None, today)?;
            let receives = !mail && held.grants.iter().any(|grant| grant.peran.ends_with(MAIL));
            mail |= receives;
            let list = if at == 0 || receives { &mut pairs } else { &mut others };
            list.push(Candidate { orang, nama, jabatan: post.nama, opd: opd.nama.clone() });
        }
    }
    let mut seen = std::collections::HashSet::new();
    pairs.extend(others);
    pairs.retain(|one| seen.insert(one.orang));
    pairs.truncate(wanted);
    Ok(pairs)
}
