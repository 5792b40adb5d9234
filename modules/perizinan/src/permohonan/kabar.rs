//! What applicants and holders are told, wherever they can be reached: in Praja with an account, otherwise at the address they gave. Each
//! message is one of our own sentences within the regency's template; nothing an officer types leaves this way.

use praja_desk::{deliveries, notices};
use praja_kernel::{Derajat, Sifat};
use praja_module::{Contact, Message, MessageKind};
use praja_store::{StoreError, Tx};

use super::Permohonan;

/// Tells the applicant. An account that files for somebody else is the proxy's: the applicant is told, too, at the address typed for them.
pub(crate) fn tell(tx: &mut Tx<'_>, one: &Permohonan, jenis: MessageKind, subject: String) -> Result<(), StoreError> {
    if let Some(akun) = one.akun {
        let href = format!("/perizinan/permohonan/{}", one.resi);
        let message = Message::new(jenis, format!("warga:{akun}"), subject.clone(), href).about(Sifat::Biasa, Derajat::Biasa);
        notices::tell(tx, &message)?;
        if one.pemohon.kuasa.is_none() {
            return Ok(());
        }
    }
    // Without an account the page opens by resi and digits of the NIK.
    let message = Message::new(jenis, "", subject, format!("/perizinan/lacak?resi={}", one.resi));
    tell_at(tx, &one.pemohon.nama, (&one.pemohon.telepon, &one.pemohon.email), &message)
}

/// Tells somebody at the address that is known of them: the telephone first, the mail where there is none.
pub(crate) fn tell_at(tx: &mut Tx<'_>, nama: &str, (telepon, email): (&str, &str), message: &Message) -> Result<(), StoreError> {
    for to in contacts(telepon, email) {
        if deliveries::tell_contact(tx, &to, nama, message)? != deliveries::Hasil::TanpaSaluran {
            break;
        }
    }
    Ok(())
}

/// Where somebody can be reached, the telephone first: most people without an account read that only.
fn contacts(telepon: &str, email: &str) -> Vec<Contact> {
    let phone = praja_identity::telepon::parse(telepon).map(Contact::Phone);
    let mail = (!email.is_empty()).then(|| Contact::Email(email.to_owned()));
    phone.into_iter().chain(mail).collect()
}
