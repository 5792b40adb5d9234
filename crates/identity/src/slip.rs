//! One-time slips: a code on paper that opens an account once, in place of its password. The holder then chooses a new one.

pub(crate) mod store;

use praja_kernel::{Id, Permission, Refuse};
use sha2::{Digest, Sha256};

use crate::langkah::{hex, plain};

praja_kernel::words! {
    /// What a slip is for.
    pub(crate) enum Jenis ("jenis slip") {
        /// Somebody who cannot log in stands at the admin's desk.
        Masuk => "masuk", "Slip masuk";
        /// Somebody logs in for the first time; handed out on paper to a whole office.
        Pertama => "pertama", "Slip masuk pertama";
        /// The first administrator of a box, from the console.
        Pengelola => "pengelola", "Tautan pengelola";
    }
}

const MINUTE: i64 = 60_000;

impl Jenis {
    /// How long a slip of this kind opens something, in milliseconds.
    pub(crate) const fn life_ms(self) -> i64 {
        match self {
            Self::Masuk => 15 * MINUTE,
            // A bundle of paper is handed out at a morning's assembly, and some are on leave that week.
            Self::Pertama => 7 * 24 * 60 * MINUTE,
            Self::Pengelola => 24 * 60 * MINUTE,
        }
    }
}

/// Why no slip is given.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// For oneself.
    #[error("Slip untuk akun Anda sendiri tidak dapat dibuat.")]
    Own,
    /// For somebody whose rights in identity go further.
    #[error("Akun ini memegang hak pengelolaan yang tidak Anda pegang, sehingga tidak dapat Anda buka.")]
    Stronger,
    /// The account is closed.
    #[error("Akun ini nonaktif.")]
    Closed,
    /// Nobody needs one.
    #[error("Semua pegawai pada pilihan ini sudah pernah masuk.")]
    Nobody,
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Own => "identity.slip.own",
            Self::Stronger => "identity.slip.stronger",
            Self::Closed => "identity.slip.closed",
            Self::Nobody => "identity.slip.nobody",
        }
    }

    fn next_step(&self) -> String {
        match self {
            Self::Own => "Ganti sandi Anda pada halaman Profil.".into(),
            Self::Stronger => "Mintalah superadmin (Diskominfo) melakukannya.".into(),
            Self::Closed => "Aktifkan kembali akunnya lebih dahulu.".into(),
            Self::Nobody => "Buat slip untuk satu orang dari halaman akunnya bila ia lupa sandi.".into(),
        }
    }
}

/// May somebody with `own` permissions take the account of somebody with `theirs` into their hands? Whoever prints a slip could use it:
/// an OPD's admin must not become superadmin or auditor that way.
pub(crate) fn may_handle(own: &[Permission], theirs: &[Permission], is_self: bool) -> Result<(), Refusal> {
    if is_self {
        return Err(Refusal::Own);
    }
    let further = theirs.iter().filter(|one| one.module() == "identity").any(|one| !own.contains(one));
    if further { Err(Refusal::Stronger) } else { Ok(()) }
}

/// Draws what is printed on a slip.
pub(crate) fn draw() -> String {
    crate::sandi::draw()
}

/// What is kept of it; drawn by us with 79 bits, so a plain digest is enough.
pub(crate) fn digest(typed: &str) -> String {
    hex(&Sha256::new().chain_update(b"praja-slip\0").chain_update(plain(typed)).finalize())
}

/// A slip that may still be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Slip {
    pub(crate) id: Id,
    pub(crate) jenis: Jenis,
    /// The account it opens; the console's link opens none.
    pub(crate) akun: Option<Id>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rights::{MANAGE_ALL_OPD, MANAGE_PEOPLE, READ_AUDIT};

    const SIGN: Permission = Permission::new("eoffice.sign-surat");

    #[test]
    fn an_admin_opens_accounts_of_those_who_administer_no_more_than_they_do() {
        let opd: &[Permission] = &[MANAGE_PEOPLE];
        let all: &[Permission] = &[MANAGE_PEOPLE, MANAGE_ALL_OPD];
        let (none, sign, audit): (&[Permission], &[Permission], &[Permission]) = (&[], &[SIGN], &[READ_AUDIT]);
        for (own, theirs, may) in
            [(opd, none, true), (opd, sign, true), (opd, opd, true), (opd, all, false), (opd, audit, false), (all, all, true)]
        {
            let outcome = if may { Ok(()) } else { Err(Refusal::Stronger) };
            assert_eq!(may_handle(own, theirs, false), outcome, "{own:?} {theirs:?}");
        }
        assert_eq!(may_handle(all, &[], true), Err(Refusal::Own));
    }

    #[test]
    fn a_slip_is_read_however_it_is_typed() {
        let code = draw();
        assert_eq!(code.len(), 19);
        assert_eq!(digest(&code), digest(&format!(" {} ", code.to_uppercase().replace('-', " "))));
        assert_ne!(digest(&code), digest(&draw()));
    }

    #[test]
    fn a_slip_at_the_desk_lasts_a_quarter_of_an_hour() {
        assert_eq!(Jenis::Masuk.life_ms(), 900_000);
    }
}
