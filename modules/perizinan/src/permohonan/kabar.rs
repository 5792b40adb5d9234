//! What applicants and holders are told, wherever they can be reached: in Praja with an account, otherwise at the address they gave. Each
//! message is one of our own sentences within the regency's template; nothing an officer types leaves this way.

use praja_desk::{deliveries, notices};
use praja_kernel::{Date, Derajat, Sifat, hari, tanggal_panjang};
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

/// Tells the applicant when the place is looked at, as soon as the day is set and when it is moved.
pub(crate) fn survey(tx: &mut Tx<'_>, one: &Permohonan, moved: bool) -> Result<(), StoreError> {
    let Some((survei, _)) = crate::survei::present(tx, one.id)? else { return Ok(()) };
    tell(tx, one, MessageKind::Kabar, survey_words(one.sebutan(), (survei.tanggal, &survei.jam), moved))
}

/// Day, hour and what to have ready in one sentence, because nothing but the subject leaves the house.
fn survey_words(sebutan: &str, (day, jam): (Date, &str), moved: bool) -> String {
    let set = if moved { "dipindah ke" } else { "pada" };
    format!(
        "Pemeriksaan lapangan permohonan {sebutan} {set} {}, {} pukul {jam}. Siapkan KTP, berkas asli, dan jalan masuk; hadir sendiri atau \
         wakilkan.",
        hari(day),
        tanggal_panjang(day),
    )
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

#[cfg(test)]
mod tests {
    use super::survey_words;

    #[test]
    fn an_applicant_is_told_day_and_hour_of_a_survey_and_what_to_have_ready() {
        let day = "2026-11-23".parse().unwrap();
        assert_eq!(
            survey_words("REK-20261122-0001", (day, "09.30"), false),
            "Pemeriksaan lapangan permohonan REK-20261122-0001 pada Senin, 23 November 2026 pukul 09.30. Siapkan KTP, berkas asli, dan jalan \
             masuk; hadir sendiri atau wakilkan."
        );
        assert!(
            survey_words("REK-20261122-0001", (day, "13.00"), true).contains("dipindah ke Senin, 23 November 2026 pukul 13.00.")
        );
    }
}
