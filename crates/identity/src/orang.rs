//! People: officers and elected officials.

pub mod golongan;
pub(crate) mod leave;
pub(crate) mod pages;
pub(crate) mod rules;
pub(crate) mod store;

use praja_kernel::{Date, Id};

pub use rules::Refusal;
pub use store::{name, nip_and_rank};

praja_kernel::words! {
    /// What somebody is in the service of the regency (UU 20/2023, Pasal 5; elected officials and contract staff are no ASN).
    pub enum Jenis ("jenis pegawai") {
        /// Civil servant; has a NIP.
        Pns => "pns", "PNS";
        /// Government worker under contract; has a NIP (NI PPPK).
        Pppk => "pppk", "PPPK";
        /// Elected, or named by law: bupati, wakil bupati, members of DPRD. Without NIP.
        PejabatNegara => "pejabat-negara", "Pejabat negara";
        /// Everybody else who works here. Without NIP.
        NonAsn => "non-asn", "Non-ASN";
    }
}

/// A person in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Orang {
    /// Identity.
    pub id: Id,
    /// Full name with titles.
    pub nama: String,
    /// The 18 digits; elected officials have none.
    pub nip: Option<String>,
    /// The folded name by which lists are sorted.
    pub fold: String,
    /// What they are in the service of the regency.
    pub jenis: Jenis,
    /// Rank, as `III/d`.
    pub golongan: Option<String>,
    /// Last day in service.
    pub berhenti: Option<Date>,
}

/// "dr. Siti Rahmawati, M.Kes." from a name and its titles.
pub fn full_name(nama: &str, gelar_depan: Option<&str>, gelar_belakang: Option<&str>) -> String {
    let front = gelar_depan.filter(|text| !text.is_empty()).map(|text| format!("{text} ")).unwrap_or_default();
    let back = gelar_belakang.filter(|text| !text.is_empty()).map(|text| format!(", {text}")).unwrap_or_default();
    format!("{front}{nama}{back}")
}

#[cfg(test)]
mod rules_tests;
#[cfg(test)]
mod tests {
    use super::full_name;

    #[test]
    fn titles_stand_where_letters_put_them() {
        assert_eq!(full_name("Siti Rahmawati", Some("dr."), Some("M.Kes.")), "dr. Siti Rahmawati, M.Kes.");
        assert_eq!(full_name("Sukarta", None, None), "Sukarta");
        assert_eq!(full_name("Sukarta", Some(""), Some("S.E.")), "Sukarta, S.E.");
    }
}
