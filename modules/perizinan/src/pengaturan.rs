//! What the regency sets for licensing: which OPD is its PTSP, until what hour of the day an application counts for that day.

pub(crate) mod pages;
pub(crate) mod store;

use praja_identity::opd;
use praja_kernel::{Id, Time};
use praja_store::{Result, Tx};

use crate::{sla, statistik::calo};

/// The OPD that is the PTSP.
pub(crate) const OPD: &str = "opd-ptsp";
/// The hour after which a submission counts for the next working day.
pub(crate) const JAM: &str = "jam-batas";

/// On so many people the same telephone, mail address or account is looked at.
pub(crate) const CALO_ORANG: &str = "calo-orang";
/// Within so many days.
pub(crate) const CALO_HARI: &str = "calo-hari";

/// The PTSP: as set, else the only OPD in force that goes by the usual short name.
pub(crate) fn ptsp(tx: &mut Tx<'_>) -> Result<Option<Id>> {
    if let Some(id) = store::get(tx, OPD)?.and_then(|text| text.parse().ok()) {
        return Ok(Some(id));
    }
    let all = opd::list_active(tx)?;
    let mut named = all.iter().filter(|opd| opd.singkatan.to_uppercase().contains("PMPTSP"));
    Ok(match (named.next(), named.next()) {
        (Some(one), None) => Some(one.id),
        _ => None,
    })
}

/// An OPD in force by its short name or name, as a type of service writes it.
pub(crate) fn opd_bernama(tx: &mut Tx<'_>, nama: &str) -> Result<Option<Id>> {
    let asked = praja_kernel::fold(nama);
    if asked.is_empty() {
        return Ok(None);
    }
    let all = opd::list_active(tx)?;
    let is = |opd: &&opd::Opd| praja_kernel::fold(&opd.singkatan) == asked || praja_kernel::fold(&opd.nama) == asked;
    Ok(all.iter().find(is).map(|opd| opd.id))
}

/// How submissions count.
pub(crate) fn aturan(tx: &mut Tx<'_>) -> Result<sla::Aturan> {
    let bawaan = sla::Aturan::default();
    let set = store::get(tx, JAM)?.and_then(|text| text.parse::<i8>().ok()).filter(|hour| (1..=23).contains(hour));
    Ok(match set {
        Some(hour) => sla::Aturan { batas_jam: Time::constant(hour, 0, 0, 0), ..bawaan },
        None => bawaan,
    })
}

/// When something that applications have in common is looked at.
pub(crate) fn batas_calo(tx: &mut Tx<'_>) -> Result<calo::Batas> {
    let bawaan = calo::Batas::default();
    let mut set = |kunci: &str, range: std::ops::RangeInclusive<i64>| -> Result<Option<i64>> {
        Ok(store::get(tx, kunci)?.and_then(|text| text.parse().ok()).filter(|number| range.contains(number)))
    };
    Ok(calo::Batas {
        orang: set(CALO_ORANG, calo::ORANG)?.unwrap_or(bawaan.orang),
        hari: set(CALO_HARI, calo::HARI)?.unwrap_or(bawaan.hari),
    })
}
