//! What applicants and holders are told, wherever they can be reached: in Praja with an account, otherwise at the address they gave. Each
//! message is one of our own sentences within the regency's template; nothing an officer types leaves this way.

use praja_desk::{deliveries, notices};
use praja_identity::telepon;
use praja_kernel::{Derajat, Sifat};
use praja_module::{Contact, Message, MessageKind};
use praja_store::{StoreError, Tx};

use super::Permohonan;

/// Tells the applicant.
pub(crate) fn tell(tx: &mut Tx<'_>, one: &Permohonan, jenis: MessageKind, subject: String) -> Result<(), StoreError> {
    let href = format!("/perizinan/permohonan/{}", one.resi);
    if let Some(akun) = one.akun {
        let message = Message::new(jenis, format!("warga:{akun}"), subject, href).about(Sifat::Biasa, Derajat::Biasa);
        return notices::tell(tx, &message);
    }
    // Without an account the page opens by resi and digits of the NIK.
    let message = Message::new(jenis, "", subject, format!("/perizinan/lacak?resi={}", one.resi));
    for to in contacts(one) {
        if deliveries::tell_contact(tx, &to, &one.pemohon.nama, &message)? != deliveries::Hasil::TanpaSaluran {
            break;
        }
    }
    Ok(())
}

/// Where the applicant can be reached, the telephone first: most people without an account read that only.
fn contacts(one: &Permohonan) -> Vec<Contact> {
    let phone = telepon::parse(&one.pemohon.telepon).map(Contact::Phone);
    let mail = (!one.pemohon.email.is_empty()).then(|| Contact::Email(one.pemohon.email.clone()));
    phone.into_iter().chain(mail).collect()
}
