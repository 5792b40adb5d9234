//! What is issued: its words from the description of the service, its number, signature, validity, and what becomes of it.

pub(crate) mod daur;
pub(crate) mod dokumen;
pub(crate) mod ingat;
pub(crate) mod meja;
pub(crate) mod portal;
pub(crate) mod store;
pub(crate) mod tanda_tangan;
pub(crate) mod terbit;
pub(crate) mod umum;

use praja_desk::verify;
use praja_kernel::{Date, Id, words};
use praja_module::Problem;
use praja_store::Tx;

use crate::{
    jenis::{Jenis, JenisIsian, Masa, Permintaan},
    permohonan::{Permohonan, isian::Jawaban},
};

/// The table, which names what was issued in audit and attachments.
pub(crate) const TABLE: &str = "perizinan_izin";

/// The register of everything that is issued.
pub(crate) const KELOMPOK: &str = "perizinan.izin";

/// The name of what was issued in audit, attachments and registers.
pub(crate) fn objek(id: Id) -> String {
    format!("{TABLE}:{id}")
}

words! {
    /// How what was issued stands. That it is about to end, or has ended, is told from its dates.
    pub(crate) enum Keadaan ("keadaan izin") {
        /// It has its number and waits for the signature.
        Menunggu => "menunggu", "Menunggu tanda tangan";
        /// Valid.
        Aktif => "aktif", "Berlaku";
        /// A new one continues it.
        Diperpanjang => "diperpanjang", "Diperpanjang";
        /// A changed one stands in its place.
        Diubah => "diubah", "Diubah";
        /// Held up after warnings.
        Dibekukan => "dibekukan", "Dibekukan";
        /// Taken back.
        Dicabut => "dicabut", "Dicabut";
    }
}

/// Until when it is good: whole years and months from the first day, or the day a field says; none without an end. The same day of the
/// calendar; 29 February becomes 28.
pub(crate) fn until(masa: &Masa, from: Date, jawaban: &Jawaban) -> Option<Date> {
    if !masa.isian.is_empty() {
        return praja_kernel::parse_tanggal(jawaban.text(&masa.isian)).ok();
    }
    let months = masa.tahun * 12 + masa.bulan;
    if months == 0 {
        return None;
    }
    from.checked_add(jiff::Span::new().months(i64::from(months))).ok()
}

/// Until when the document of an application is good: as long as its type says, from its day on; what changes or copies a licence ends with
/// that licence, and what gives one back ends on its day.
///
/// # Errors
/// When the database fails.
pub(crate) fn ends(tx: &mut Tx<'_>, one: &Permohonan, jenis: &Jenis, day: Date) -> praja_store::Result<Option<Date>> {
    let own = until(&jenis.masa, day, &Jawaban::read(&one.isian));
    Ok(match one.permintaan {
        Permintaan::Baru | Permintaan::Perpanjangan => own,
        Permintaan::Perubahan | Permintaan::Salinan => lama(tx, one)?.map_or(own, |old| old.berlaku_sampai),
        Permintaan::Pencabutan => Some(day),
    })
}

/// The licence that an application continues, changes, copies or gives back.
///
/// # Errors
/// When the database fails.
pub(crate) fn lama(tx: &mut Tx<'_>, one: &Permohonan) -> praja_store::Result<Option<store::Izin>> {
    Ok(one.izin_lama.map(|id| store::get(tx, id)).transpose()?.flatten())
}

/// What a document calls itself.
pub(crate) fn judul(jenis: &Jenis, permintaan: Permintaan) -> String {
    let own = if jenis.dokumen.judul.is_empty() { &jenis.nama } else { &jenis.dokumen.judul };
    if permintaan == Permintaan::Pencabutan { format!("Pencabutan {own}") } else { own.clone() }
}

/// A text with the names of fields replaced by what was answered. A name nobody knows stays, so that it is seen in the preview.
pub(crate) fn fill(text: &str, known: &dyn Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        match after.find('}') {
            Some(end) => {
                match known(&after[1..end]) {
                    Some(value) => out.push_str(&value),
                    None => out.push_str(&after[..=end]),
                }
                rest = &after[end + 1..];
            }
            None => {
                out.push_str(after);
                return out;
            }
        }
    }
    out.push_str(rest);
    out
}

/// What a document says of the object: the first field that is a text, for lists and the public register.
pub(crate) fn subject(jenis: &Jenis, one: &Permohonan) -> (String, String) {
    let jawaban = Jawaban::read(&one.isian);
    let first = |wanted: &[JenisIsian]| {
        jenis
            .fields()
            .find(|field| wanted.contains(&field.jenis) && !jawaban.text(&field.kode).is_empty())
            .map(|field| jawaban.text(&field.kode).to_owned())
    };
    (first(&[JenisIsian::Teks, JenisIsian::Paragraf]).unwrap_or_default(), first(&[JenisIsian::Wilayah]).unwrap_or_default())
}

/// What a new document does to the one it continues.
pub(crate) fn continues(tx: &mut Tx<'_>, one: &Permohonan, new: &store::Izin) -> Result<(), Problem> {
    let Some(mut old) = lama(tx, one)? else { return Ok(()) };
    let to = match one.permintaan {
        Permintaan::Perpanjangan => Keadaan::Diperpanjang,
        Permintaan::Perubahan | Permintaan::Salinan => Keadaan::Diubah,
        Permintaan::Pencabutan => Keadaan::Dicabut,
        Permintaan::Baru => return Ok(()),
    };
    (old.keadaan, old.pengganti) = (to, Some(new.id));
    if !store::update(tx, &old)? {
        return Err(Problem::Conflict);
    }
    let words = match to {
        Keadaan::Dicabut => format!("Dicabut atas permohonan pemegangnya dengan dokumen {}.", new.nomor),
        _ => format!("Digantikan dokumen {}.", new.nomor),
    };
    store::add_event(tx, old.id, to.as_str(), &words, "")?;
    if let Some(token) = &old.token {
        verify::revoke(tx, token, &words, new.token.as_deref())?;
    }
    Ok(())
}

/// Tells others of the box that something was issued.
pub(crate) fn told(tx: &mut Tx<'_>, one: &Permohonan, jenis: &Jenis, izin: &store::Izin) -> Result<(), Problem> {
    Ok(crate::peristiwa::issued(tx, one, jenis, izin)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masa(tahun: u32, bulan: u32) -> Masa {
        Masa { tahun, bulan, ..Masa::default() }
    }

    #[test]
    fn a_licence_ends_on_the_same_day_of_the_calendar_and_a_leap_day_on_the_last_of_february() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let table = [
            ("2026-11-27", masa(5, 0), Some("2031-11-27")),
            ("2028-02-29", masa(5, 0), Some("2033-02-28")),
            ("2028-02-29", masa(4, 0), Some("2032-02-29")),
            ("2026-08-31", masa(0, 6), Some("2027-02-28")),
            ("2026-01-01", masa(0, 0), None),
        ];
        for (from, masa, end) in table {
            assert_eq!(until(&masa, day(from), &Jawaban::default()), end.map(day), "{from}");
        }
    }

    #[test]
    fn names_in_braces_become_what_was_answered_and_unknown_ones_stay() {
        let known = |name: &str| (name == "nama").then(|| "Siti {x}".to_owned());
        assert_eq!(fill("Kepada {nama}, {apa} dan {tutup", &known), "Kepada Siti {x}, {apa} dan {tutup");
    }
}
