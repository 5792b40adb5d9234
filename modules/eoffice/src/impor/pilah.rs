//! What becomes of each letter of an old book, given what is recorded: added, known already, or a number that is somebody else's. Pure.

use std::collections::{BTreeMap, HashMap, HashSet};

use praja_kernel::{Date, fold};
use praja_web::lembar::Masalah;

use super::{baca::Calon, bidang::Bidang, pemetaan::Ganda};
use crate::surat_masuk::nomor_agenda;

/// A number this much behind the one before it in its year is nearly always a slip of the finger, and would push the register far.
const LEAP: i64 = 1_000;

/// A letter that was registered here, as it is compared.
pub(crate) type Kunci = (String, Date, String);

/// What is recorded of the years of a book.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tercatat {
    /// Numbers that belong to others, by year.
    pub(crate) nomor: HashMap<i64, HashSet<i64>>,
    /// Letters registered here by number, date and sender, with their agenda number.
    pub(crate) surat: HashMap<Kunci, String>,
    /// Letters of books that were imported before, with their agenda number.
    pub(crate) sidik: HashMap<String, String>,
}

/// Number without blanks, date, and sender: what two entries of one letter share. A letter without a number has none.
pub(crate) fn kunci(calon: &Calon) -> Option<Kunci> {
    let nomor: String = fold(calon.isi.nomor_surat.as_deref()?).split_whitespace().collect();
    Some((nomor, calon.isi.tanggal_surat, fold(&calon.isi.asal)))
}

/// What a book does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Pilahan {
    /// Letters that are added: first those that keep their number, so that none is given that stands further down in the book.
    pub(crate) baru: Vec<Calon>,
    /// Letters that are there already, with the agenda number they have.
    pub(crate) sama: Vec<(Calon, String)>,
}

/// Compares the letters of a book, in its order, with what is recorded and with each other.
pub(crate) fn sort(all: Vec<Calon>, known: &Tercatat, ganda: Ganda, kolom: &str, masalah: &mut Vec<Masalah>) -> Pilahan {
    let (mut keep, mut next, mut sama) = (Vec::new(), Vec::new(), Vec::new());
    let mut seen: HashMap<String, u32> = HashMap::new();
    let mut given: HashMap<(i64, i64), u32> = HashMap::new();
    for mut one in all {
        let there = known.sidik.get(&one.sidik).or_else(|| known.surat.get(&kunci(&one)?)).cloned();
        if let Some(nomor) = there {
            sama.push((one, nomor));
            continue;
        }
        if let Some(first) = seen.insert(one.sidik.clone(), one.baris) {
            seen.insert(one.sidik.clone(), first);
            sama.push((one, format!("baris {first} berkas ini")));
            continue;
        }
        let taken = one.agenda.and_then(|number| {
            let others = known.nomor.get(&one.tahun).is_some_and(|numbers| numbers.contains(&number));
            let before = given.get(&(one.tahun, number)).copied();
            match (others, before) {
                (true, _) => Some(format!("Nomor agenda {} sudah dipakai surat lain di Praja.", nomor_agenda(number, one.tahun))),
                (_, Some(row)) => {
                    Some(format!("Nomor agenda {} sudah dipakai pada baris {row}.", nomor_agenda(number, one.tahun)))
                }
                (false, None) => None,
            }
        });
        let refused = match (one.agenda, &taken) {
            (Some(number), None) => {
                given.insert((one.tahun, number), one.baris);
                keep.push(one);
                continue;
            }
            (Some(_), Some(why)) => why.clone(),
            (None, _) => one.agenda_lama.as_ref().map_or_else(
                || "Nomor agenda kosong.".to_owned(),
                |written| format!("Nomor agenda \"{written}\" bukan bilangan."),
            ),
        };
        if ganda == Ganda::Laporkan {
            let isi = one.agenda_lama.clone().or_else(|| one.agenda.map(|number| number.to_string())).unwrap_or_default();
            let how = "Perbaiki nomornya, atau pilih memberi nomor sesudah nomor terakhir pada pemetaan.";
            masalah.push(Masalah::new(one.baris, kolom, &isi, refused, how));
            continue;
        }
        if let Some(number) = one.agenda.take() {
            one.agenda_lama = Some(number.to_string());
        }
        next.push(one);
    }
    let keep = without_leaps(keep, kolom, masalah);
    next.sort_by_key(|one| (one.tahun, one.isi.tanggal_terima, one.baris));
    let baru = keep.into_iter().chain(next).collect();
    Pilahan { baru, sama }
}

/// Leaves out numbers that leap far beyond the others of their year.
fn without_leaps(keep: Vec<Calon>, kolom: &str, masalah: &mut Vec<Masalah>) -> Vec<Calon> {
    let mut by_year: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for one in &keep {
        by_year.entry(one.tahun).or_default().extend(one.agenda);
    }
    // The book of an office may begin anywhere, but within a year it does not leap.
    let mut limits: BTreeMap<i64, (i64, i64)> = BTreeMap::new();
    for (tahun, numbers) in &mut by_year {
        numbers.sort_unstable();
        if let Some(pair) = numbers.windows(2).find(|pair| pair[1] - pair[0] > LEAP) {
            limits.insert(*tahun, (pair[0], pair[1]));
        }
    }
    let mut kept = Vec::with_capacity(keep.len());
    for one in keep {
        let leap = limits.get(&one.tahun).zip(one.agenda).filter(|((_, beyond), number)| number >= beyond);
        if let Some(((last, _), number)) = leap {
            let what = format!("Nomor agenda {number} melompat jauh sesudah {last} pada tahun {}.", one.tahun);
            masalah.push(Masalah::new(one.baris, kolom, &number.to_string(), what, "Periksa salah ketik nomor atau tahunnya."));
        } else {
            kept.push(one);
        }
    }
    kept
}

/// "2019: 812 surat; 2020: 703 surat", as the page tells what is coming.
pub(crate) fn by_year(baru: &[Calon]) -> String {
    let mut years: BTreeMap<i64, usize> = BTreeMap::new();
    for one in baru {
        *years.entry(one.tahun).or_default() += 1;
    }
    years.iter().map(|(tahun, count)| format!("{tahun}: {count} surat")).collect::<Vec<_>>().join("; ")
}

/// The name under which problems with the agenda number are listed.
pub(crate) fn heading(pemetaan: &super::pemetaan::Pemetaan) -> String {
    let judul = pemetaan.of(Bidang::Agenda).judul;
    if judul.is_empty() { Bidang::Agenda.label().to_owned() } else { judul }
}
