//! What the regency sets for licensing: which OPD is its PTSP, until what hour of the day an application counts for that day.

pub(crate) mod pages;
pub(crate) mod store;

use praja_identity::opd;
use praja_kernel::{Id, Time};
use praja_store::{Result, Tx};
use praja_web::{Markup, html};

use crate::{sla, statistik::calo};

/// The OPD that is the PTSP.
pub(crate) const OPD: &str = "opd-ptsp";
/// The hour after which a submission counts for the next working day.
pub(crate) const JAM: &str = "jam-batas";

/// On so many people the same telephone, mail address or account is looked at.
pub(crate) const CALO_ORANG: &str = "calo-orang";
/// Within so many days.
pub(crate) const CALO_HARI: &str = "calo-hari";

/// Where gifts from applicants are reported: an address on the web, a mail address or words.
pub(crate) const UPG: &str = "upg";
/// Working days in which a refusal may be objected to. From memory of UU 30/2014: not compared with its text.
pub(crate) const KEBERATAN: &str = "keberatan-hari";
/// What it may be set to.
pub(crate) const KEBERATAN_HARI: std::ops::RangeInclusive<i64> = 1..=90;
const KEBERATAN_BAWAAN: i64 = 21;

/// In how many working days a refusal may be objected to.
pub(crate) fn keberatan(tx: &mut Tx<'_>) -> Result<i64> {
    let set = store::get(tx, KEBERATAN)?.and_then(|text| text.parse().ok()).filter(|days| KEBERATAN_HARI.contains(days));
    Ok(set.unwrap_or(KEBERATAN_BAWAAN))
}

/// Where gifts are reported, as set; empty where nobody said.
pub(crate) fn upg(tx: &mut Tx<'_>) -> Result<String> {
    Ok(store::get(tx, UPG)?.unwrap_or_default())
}

/// What every officer reads: no gifts, and where one is reported that came all the same.
pub(crate) fn no_gifts(tx: &mut Tx<'_>) -> Result<Markup> {
    let upg = upg(tx)?;
    Ok(html! {
        p.redup {
            "Tidak ada imbalan untuk layanan perizinan. Pemberian dari pemohon ditolak; yang telanjur diterima dilaporkan kepada "
            @match place(&upg) {
                Some(to) => { a href=(to) rel="noreferrer" { "Unit Pengendalian Gratifikasi" } "." },
                None if upg.is_empty() => "Unit Pengendalian Gratifikasi.",
                None => { "Unit Pengendalian Gratifikasi: " (upg) "." },
            }
        }
    })
}

/// The address behind it, where it is one.
fn place(upg: &str) -> Option<String> {
    let is_word = !upg.contains(char::is_whitespace);
    if is_word && (upg.starts_with("https://") || upg.starts_with("http://")) {
        Some(upg.to_owned())
    } else {
        (is_word && upg.contains('@')).then(|| format!("mailto:{upg}"))
    }
}

/// The same where officers log in.
pub(crate) fn sign_in_note(tx: &mut Tx<'_>) -> Result<Option<String>> {
    Ok(Some(no_gifts(tx)?.into_string()))
}

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
