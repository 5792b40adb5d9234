use std::cmp::Ordering;

use praja_kernel::{Date, Refuse, days_between, parse_tanggal};

use crate::jenis::Jenis;

use super::{
    Fungsi, Isi, Nilai, Operator, Pecahan, Simpul,
    nilai::{Baris, Satu},
};

/// Why a formula gives nothing for these answers.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Gagal {
    /// A field it needs is not filled.
    #[error("Isian \"{isian}\" belum diisi, sehingga biaya belum dapat dihitung.")]
    Empty {
        /// Its name.
        isian: String,
    },
    /// Something that is no number where one is needed.
    #[error("\"{teks}\" bukan angka, sehingga biaya tidak dapat dihitung.")]
    NotNumber {
        /// What stands there.
        teks: String,
    },
    /// Something that is neither yes nor no where one is needed.
    #[error("Rumus pada huruf ke-{posisi} membandingkan hal yang tidak dapat dibandingkan.")]
    NotComparable {
        /// The letter, from 1.
        posisi: usize,
    },
    /// A division by zero.
    #[error("Rumus membagi dengan nol. Periksa isian yang menjadi pembagi.")]
    DividedByZero,
    /// Beyond what fits.
    #[error("Hasil hitungan terlalu besar atau terlalu rinci. Periksa angka pada isian.")]
    TooLarge,
    /// A fee below zero.
    #[error("Hasil rumus kurang dari nol. Biaya tidak dapat negatif.")]
    Negative,
}

impl Gagal {
    /// The same in the words of a form: the label of the field instead of its name, where the type knows it.
    pub(crate) fn named(self, jenis: &Jenis) -> Self {
        let Self::Empty { isian } = self else { return self };
        let column = || jenis.fields().flat_map(|field| &field.kolom).find(|one| one.kode == isian);
        let label = jenis.field(&isian).or_else(column).map(|one| one.label.clone());
        Self::Empty { isian: label.unwrap_or(isian) }
    }
}

impl Refuse for Gagal {
    fn code(&self) -> &'static str {
        match self {
            Self::Empty { .. } => "perizinan.rumus.empty",
            Self::NotNumber { .. } => "perizinan.rumus.not-number",
            Self::NotComparable { .. } => "perizinan.rumus.not-comparable",
            Self::DividedByZero => "perizinan.rumus.divided-by-zero",
            Self::TooLarge => "perizinan.rumus.too-large",
            Self::Negative => "perizinan.rumus.negative",
        }
    }
}

/// What a part gives.
enum Hasil<'a> {
    /// A field, or what is computed from it, that is not filled.
    Kosong(&'a str),
    Angka(Pecahan),
    Teks(&'a str),
    Tanggal(Date),
    Ya(bool),
    Tabel(usize),
}

/// What the names mean here.
#[derive(Clone, Copy)]
struct Tempat<'a> {
    nilai: &'a Nilai,
    /// The row of the table that is being added up.
    baris: Option<&'a Baris>,
}

pub(super) fn condition(akar: &Simpul, nilai: &Nilai) -> Result<bool, Gagal> {
    truth(akar, Tempat { nilai, baris: None })
}

pub(super) fn number(akar: &Simpul, nilai: &Nilai) -> Result<Pecahan, Gagal> {
    match numeric(akar, Tempat { nilai, baris: None })? {
        Ok(angka) => Ok(angka),
        Err(isian) => Err(Gagal::Empty { isian: isian.to_owned() }),
    }
}

fn truth(simpul: &Simpul, tempat: Tempat<'_>) -> Result<bool, Gagal> {
    match compute(simpul, tempat)? {
        Hasil::Ya(ya) => Ok(ya),
        Hasil::Kosong(_) => Ok(false),
        _ => Err(Gagal::NotComparable { posisi: simpul.posisi }),
    }
}

/// A number, or the name of the field that is not filled.
fn numeric<'a>(simpul: &'a Simpul, tempat: Tempat<'a>) -> Result<Result<Pecahan, &'a str>, Gagal> {
    as_number(compute(simpul, tempat)?, simpul.posisi)
}

fn as_number(hasil: Hasil<'_>, posisi: usize) -> Result<Result<Pecahan, &str>, Gagal> {
    match hasil {
        Hasil::Angka(angka) => Ok(Ok(angka)),
        Hasil::Kosong(isian) => Ok(Err(isian)),
        Hasil::Teks(teks) => Err(Gagal::NotNumber { teks: teks.chars().take(60).collect() }),
        Hasil::Tanggal(date) => Err(Gagal::NotNumber { teks: date.to_string() }),
        Hasil::Ya(_) | Hasil::Tabel(_) => Err(Gagal::NotComparable { posisi }),
    }
}

fn compute<'a>(simpul: &'a Simpul, tempat: Tempat<'a>) -> Result<Hasil<'a>, Gagal> {
    match &simpul.isi {
        Isi::Angka(angka) => Ok(Hasil::Angka(*angka)),
        Isi::Teks(teks) => Ok(Hasil::Teks(teks)),
        Isi::Ya(ya) => Ok(Hasil::Ya(*ya)),
        Isi::Nama(nama) => Ok(held(nama, tempat.nilai.0.get(nama))),
        Isi::Kolom(_, kolom) => Ok(held(kolom, tempat.baris.and_then(|row| row.get(kolom)))),
        Isi::Bukan(inner) => Ok(Hasil::Ya(!truth(inner, tempat)?)),
        Isi::Minus(inner) => Ok(match numeric(inner, tempat)? {
            Ok(angka) => Hasil::Angka(angka.negated()),
            Err(isian) => Hasil::Kosong(isian),
        }),
        Isi::Dua(Operator::Dan, left, right) => Ok(Hasil::Ya(truth(left, tempat)? && truth(right, tempat)?)),
        Isi::Dua(Operator::Atau, left, right) => Ok(Hasil::Ya(truth(left, tempat)? || truth(right, tempat)?)),
        Isi::Dua(operator, left, right) if operator.kuat() == 4 => {
            let (left, right) = (compute(left, tempat)?, compute(right, tempat)?);
            compare(*operator, &left, &right).map(Hasil::Ya).ok_or(Gagal::NotComparable { posisi: simpul.posisi })
        }
        Isi::Dua(operator, left, right) => arithmetic(*operator, left, right, tempat),
        Isi::Panggil(fungsi, arguments) => call(simpul, *fungsi, arguments, tempat),
    }
}

fn held<'a>(nama: &'a str, satu: Option<&'a Satu>) -> Hasil<'a> {
    match satu {
        None => Hasil::Kosong(nama),
        Some(Satu::Angka(angka)) => Hasil::Angka(*angka),
        Some(Satu::Teks(teks)) if teks.trim().is_empty() => Hasil::Kosong(nama),
        Some(Satu::Teks(teks)) => Hasil::Teks(teks),
        Some(Satu::Tanggal(date)) => Hasil::Tanggal(*date),
        Some(Satu::Ya(ya)) => Hasil::Ya(*ya),
        Some(Satu::Tabel(rows)) => Hasil::Tabel(rows.len()),
    }
}

fn arithmetic<'a>(operator: Operator, left: &'a Simpul, right: &'a Simpul, tempat: Tempat<'a>) -> Result<Hasil<'a>, Gagal> {
    // Each side once: twice would be a thousand million times in a long chain.
    let (first, second) = (compute(left, tempat)?, compute(right, tempat)?);
    if let (Operator::Kurangi, Hasil::Tanggal(later), Hasil::Tanggal(earlier)) = (operator, &first, &second) {
        return Ok(Hasil::Angka(Pecahan::whole(days_between(*earlier, *later).into())));
    }
    let (left, right) = match (first, second) {
        (Hasil::Kosong(isian), _) | (_, Hasil::Kosong(isian)) => return Ok(Hasil::Kosong(isian)),
        (first, second) => match (as_number(first, left.posisi)?, as_number(second, right.posisi)?) {
            (Ok(left), Ok(right)) => (left, right),
            (Err(isian), _) | (_, Err(isian)) => return Ok(Hasil::Kosong(isian)),
        },
    };
    match operator {
        Operator::Tambah => left.plus(right),
        Operator::Kurangi => left.minus(right),
        Operator::Kali => left.times(right),
        _ => left.over(right),
    }
    .map(Hasil::Angka)
}

fn compare(operator: Operator, left: &Hasil<'_>, right: &Hasil<'_>) -> Option<bool> {
    let order = match (left, right) {
        (Hasil::Angka(left), Hasil::Angka(right)) => Some(left.compare(*right)),
        (Hasil::Tanggal(left), Hasil::Tanggal(right)) => Some(left.cmp(right)),
        (Hasil::Tanggal(left), Hasil::Teks(right)) => Some(left.cmp(&parse_tanggal(right).ok()?)),
        (Hasil::Teks(left), Hasil::Tanggal(right)) => Some(parse_tanggal(left).ok()?.cmp(right)),
        (Hasil::Teks(left), Hasil::Teks(right)) => return equal(operator, same_text(left, right)),
        (Hasil::Ya(left), Hasil::Ya(right)) => return equal(operator, left == right),
        // A box nobody ticked says no; a text nobody wrote is an empty one.
        (Hasil::Kosong(_), Hasil::Ya(ya)) | (Hasil::Ya(ya), Hasil::Kosong(_)) => return equal(operator, !ya),
        (Hasil::Kosong(_), Hasil::Teks(teks)) | (Hasil::Teks(teks), Hasil::Kosong(_)) => {
            return Some(equal(operator, teks.trim().is_empty()).unwrap_or(false));
        }
        (Hasil::Kosong(_), Hasil::Kosong(_)) => Some(Ordering::Equal),
        (Hasil::Kosong(_), _) | (_, Hasil::Kosong(_)) => None,
        _ => return None,
    };
    Some(match (operator, order) {
        (Operator::Sama, order) => order == Some(Ordering::Equal),
        (Operator::Beda, order) => order != Some(Ordering::Equal),
        (_, None) => false,
        (Operator::Kurang, Some(order)) => order.is_lt(),
        (Operator::KurangSama, Some(order)) => order.is_le(),
        (Operator::Lebih, Some(order)) => order.is_gt(),
        (_, Some(order)) => order.is_ge(),
    })
}

fn equal(operator: Operator, same: bool) -> Option<bool> {
    match operator {
        Operator::Sama => Some(same),
        Operator::Beda => Some(!same),
        _ => None,
    }
}

/// Capitals and the spaces around a word make no difference to a clerk.
fn same_text(left: &str, right: &str) -> bool {
    left.trim().to_lowercase() == right.trim().to_lowercase()
}

fn call<'a>(simpul: &'a Simpul, fungsi: Fungsi, arguments: &'a [Simpul], tempat: Tempat<'a>) -> Result<Hasil<'a>, Gagal> {
    let rounded = |argument: &'a Simpul, how: fn(Pecahan) -> i128| {
        Ok(match numeric(argument, tempat)? {
            Ok(angka) => Hasil::Angka(Pecahan::from_whole(how(angka))),
            Err(isian) => Hasil::Kosong(isian),
        })
    };
    match (fungsi, arguments) {
        (Fungsi::Jika, [condition, yes, no]) => compute(if truth(condition, tempat)? { yes } else { no }, tempat),
        (Fungsi::Min, _) => extreme(arguments, tempat, Ordering::Less),
        (Fungsi::Maks, _) => extreme(arguments, tempat, Ordering::Greater),
        (Fungsi::Bulat, [one]) => rounded(one, Pecahan::nearest),
        (Fungsi::Naik, [one]) => rounded(one, Pecahan::up),
        (Fungsi::Turun, [one]) => rounded(one, Pecahan::down),
        (Fungsi::Jumlah, [one]) => sum(one, tempat),
        (Fungsi::Banyak, [one]) => match compute(one, tempat)? {
            Hasil::Tabel(rows) => Ok(Hasil::Angka(Pecahan::whole(i64::try_from(rows).unwrap_or(i64::MAX)))),
            Hasil::Kosong(_) => Ok(Hasil::Angka(Pecahan::NOL)),
            _ => Err(Gagal::NotComparable { posisi: one.posisi }),
        },
        (Fungsi::Terisi, [one]) => {
            Ok(Hasil::Ya(!matches!(compute(one, tempat)?, Hasil::Kosong(_) | Hasil::Ya(false) | Hasil::Tabel(0))))
        }
        _ => Err(Gagal::NotComparable { posisi: simpul.posisi }),
    }
}

fn extreme<'a>(arguments: &'a [Simpul], tempat: Tempat<'a>, wanted: Ordering) -> Result<Hasil<'a>, Gagal> {
    let mut best: Option<Pecahan> = None;
    for one in arguments {
        match numeric(one, tempat)? {
            Ok(angka) if best.is_none_or(|best| angka.compare(best) == wanted) => best = Some(angka),
            Ok(_) => {}
            Err(isian) => return Ok(Hasil::Kosong(isian)),
        }
    }
    Ok(Hasil::Angka(best.unwrap_or(Pecahan::NOL)))
}

/// Over the rows; a cell that is not filled adds nothing, as in a spreadsheet, but a field beside the table must be filled.
fn sum<'a>(argument: &'a Simpul, tempat: Tempat<'a>) -> Result<Hasil<'a>, Gagal> {
    let mut tabel = None;
    argument.visit(&mut |simpul| {
        if let Isi::Kolom(nama, _) = &simpul.isi {
            tabel.get_or_insert(nama.as_str());
        }
    });
    let rows = match tabel.and_then(|nama| tempat.nilai.0.get(nama)) {
        Some(Satu::Tabel(rows)) => rows.as_slice(),
        _ => &[][..],
    };
    let mut total = Pecahan::NOL;
    for baris in rows {
        match numeric(argument, Tempat { nilai: tempat.nilai, baris: Some(baris) })? {
            Ok(angka) => total = total.plus(angka)?,
            Err(isian) if argument.uses(isian) => return Ok(Hasil::Kosong(isian)),
            Err(_) => {}
        }
    }
    Ok(Hasil::Angka(total))
}
