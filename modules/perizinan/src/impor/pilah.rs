//! What becomes of each licence of a register, given what is recorded. Pure.

use std::collections::{BTreeMap, HashMap};

use praja_kernel::{Id, fold};
use praja_web::lembar::Masalah;

use super::{baca::Calon, pemetaan::Ganda};

/// A licence that is recorded, as an import compares itself with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ada {
    pub(crate) izin: Id,
    /// An import brought it, and nobody has worked with it since.
    pub(crate) berubah_boleh: bool,
    /// An import brought it.
    pub(crate) dari_impor: bool,
    /// What it says, where an import brought it: the row and the file do not count.
    pub(crate) isi: Option<Calon>,
}

/// What makes a licence this one: its type and its number, whatever blanks somebody typed.
pub(crate) type Kunci = (Id, String);

/// The key of a number.
pub(crate) fn kunci(jenis: Id, nomor: &str) -> Kunci {
    (jenis, fold(nomor).split_whitespace().collect())
}

/// What a file does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Pilahan {
    /// Written.
    pub(crate) baru: Vec<Calon>,
    /// Written over what an earlier import brought.
    pub(crate) ubah: Vec<(Calon, Id)>,
    /// Not written, and why.
    pub(crate) sama: Vec<(Calon, &'static str)>,
}

/// Does the file say anything else of it?
fn differs(one: &Calon, known: &Calon) -> bool {
    let plain = |one: &Calon| Calon { baris: 0, catatan: String::new(), ..one.clone() };
    plain(one) != plain(known)
}

/// Compares the licences of a file, in its order, with what is recorded and with each other.
pub(crate) fn sort(
    all: Vec<Calon>,
    known: &HashMap<Kunci, Ada>,
    ganda: Ganda,
    kolom: &str,
    masalah: &mut Vec<Masalah>,
) -> Pilahan {
    let mut out = Pilahan::default();
    let mut seen: HashMap<Kunci, u32> = HashMap::new();
    for one in all {
        let kunci = kunci(one.jenis, &one.nomor);
        if let Some(first) = seen.get(&kunci) {
            let what = format!("Nomor ini sudah ada pada baris {first} berkas ini untuk layanan yang sama.");
            masalah.push(Masalah::new(one.baris, kolom, &one.nomor, what, "Hapus salah satu, atau perbaiki nomornya."));
            continue;
        }
        seen.insert(kunci.clone(), one.baris);
        match known.get(&kunci) {
            None => out.baru.push(one),
            Some(Ada { isi: Some(isi), .. }) if !differs(&one, isi) => {
                out.sama.push((one, "sudah tercatat dengan isi yang sama"))
            }
            Some(Ada { dari_impor: false, .. }) => out.sama.push((one, "sudah terbit di Praja; tidak diubah")),
            Some(_) if ganda == Ganda::Lewati => out.sama.push((one, "sudah tercatat; dilewati")),
            Some(Ada { berubah_boleh: false, .. }) => out.sama.push((one, "sudah tercatat dan sudah dipakai; tidak diubah")),
            Some(ada) => out.ubah.push((one, ada.izin)),
        }
    }
    out
}

/// "Izin reklame: 12 izin; Izin praktik: 3 izin".
pub(crate) fn by_service(all: &[Calon]) -> String {
    let mut found: BTreeMap<&str, i64> = BTreeMap::new();
    for one in all {
        *found.entry(&one.jenis_nama).or_default() += 1;
    }
    let mut found: Vec<(&str, i64)> = found.into_iter().collect();
    found.sort_by_key(|(nama, count)| (-count, (*nama).to_owned()));
    let more = found.len().saturating_sub(6);
    let words: Vec<String> = found.iter().take(6).map(|(nama, count)| format!("{nama}: {count} izin")).collect();
    if more > 0 { format!("{}; dan {more} layanan lain", words.join("; ")) } else { words.join("; ") }
}
