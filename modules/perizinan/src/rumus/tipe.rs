use praja_kernel::parse_tanggal;

use super::{Fungsi, Isi, Operator, PERMOHONAN, Salah, Simpul};
use crate::jenis::{Jenis, JenisIsian};

/// What a part of a formula gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tipe {
    /// A number.
    Angka,
    /// A text.
    Teks,
    /// A date.
    Tanggal,
    /// Yes or no.
    Ya,
    /// Rows.
    Tabel,
}

impl Tipe {
    const fn name(self) -> &'static str {
        match self {
            Self::Angka => "angka",
            Self::Teks => "teks",
            Self::Tanggal => "tanggal",
            Self::Ya => "ya atau tidak",
            Self::Tabel => "tabel",
        }
    }
}

impl From<JenisIsian> for Tipe {
    fn from(jenis: JenisIsian) -> Self {
        match jenis {
            JenisIsian::Angka | JenisIsian::Rupiah => Self::Angka,
            JenisIsian::Tanggal => Self::Tanggal,
            JenisIsian::Centang => Self::Ya,
            JenisIsian::Tabel => Self::Tabel,
            JenisIsian::Teks
            | JenisIsian::Paragraf
            | JenisIsian::Nik
            | JenisIsian::Nib
            | JenisIsian::Npwp
            | JenisIsian::Telepon
            | JenisIsian::Surel
            | JenisIsian::Pilihan
            | JenisIsian::Wilayah
            | JenisIsian::Titik => Self::Teks,
        }
    }
}

/// What the fields of a type of service hold, for [`super::Rumus::check`] and [`super::Nilai::new`]: `luas`, `tabel.kolom`.
pub(crate) fn jenis_isian(jenis: &Jenis) -> impl Fn(&str) -> Option<JenisIsian> {
    |nama| match nama.split_once('.') {
        None => jenis.field(nama).map(|field| field.jenis),
        Some((tabel, kolom)) => jenis.field(tabel)?.kolom.iter().find(|one| one.kode == kolom).map(|one| one.jenis),
    }
}

/// The message for something else than expected.
pub(super) fn mismatch(posisi: usize, expected: Tipe, found: Tipe) -> Salah {
    let saran = match (expected, found) {
        (Tipe::Angka, Tipe::Teks) => "Hapus tanda petik bila ini angka, atau pakai isian angka.",
        (Tipe::Angka, Tipe::Tabel) => "Tulis jumlah(tabel.kolom) atau banyak(tabel).",
        (Tipe::Angka, Tipe::Ya) => "Tulis jika(kondisi; angka; angka).",
        (Tipe::Ya, _) => "Tulis perbandingan, misalnya luas > 100 atau terisi(luas).",
        (Tipe::Teks, Tipe::Angka) => "Apit teks dengan tanda petik ganda.",
        _ => "Ubah salah satu sisinya.",
    };
    Salah::new(posisi, format!("Di sini diperlukan {}, tetapi ini {}.", expected.name(), found.name()), saran)
}

/// What a part gives.
pub(super) fn of(simpul: &Simpul, jenis: &dyn Fn(&str) -> Option<JenisIsian>) -> Result<Tipe, Salah> {
    let known = |nama: &str| {
        jenis(nama).map(Tipe::from).ok_or_else(|| {
            let saran = "Periksa penulisannya; pakai kode isian pada formulir, dan apit teks dengan tanda petik ganda.";
            Salah::new(simpul.posisi, format!("Isian \"{nama}\" tidak ada."), saran)
        })
    };
    let expect = |part: &Simpul, expected: Tipe| match of(part, jenis)? {
        found if found == expected => Ok(expected),
        found => Err(mismatch(part.posisi, expected, found)),
    };
    match &simpul.isi {
        Isi::Angka(_) => Ok(Tipe::Angka),
        Isi::Teks(_) => Ok(Tipe::Teks),
        Isi::Ya(_) => Ok(Tipe::Ya),
        Isi::Nama(nama) if nama == PERMOHONAN => Ok(Tipe::Teks),
        Isi::Nama(nama) => known(nama),
        Isi::Kolom(tabel, kolom) => known(&format!("{tabel}.{kolom}")),
        Isi::Bukan(inner) => expect(inner, Tipe::Ya),
        Isi::Minus(inner) => expect(inner, Tipe::Angka),
        Isi::Dua(Operator::Atau | Operator::Dan, left, right) => expect(left, Tipe::Ya).and_then(|_| expect(right, Tipe::Ya)),
        Isi::Dua(operator, left, right) if operator.kuat() == 4 => {
            comparison(*operator, (left, of(left, jenis)?), (right, of(right, jenis)?))
        }
        Isi::Dua(operator, left, right) => match of(left, jenis)? {
            Tipe::Angka => expect(right, Tipe::Angka),
            // Days between two dates.
            Tipe::Tanggal if *operator == Operator::Kurangi => expect(right, Tipe::Tanggal).map(|_| Tipe::Angka),
            found => Err(mismatch(left.posisi, Tipe::Angka, found)),
        },
        Isi::Panggil(fungsi, arguments) => match (fungsi, arguments.as_slice()) {
            (Fungsi::Jika, [condition, yes, no]) => {
                expect(condition, Tipe::Ya)?;
                let tipe = of(yes, jenis)?;
                expect(no, tipe)
            }
            (Fungsi::Terisi, [name]) => match &name.isi {
                Isi::Nama(_) | Isi::Kolom(..) => of(name, jenis).map(|_| Tipe::Ya),
                _ => Err(Salah::new(name.posisi, "Yang terisi adalah sebuah isian.", "Tulis terisi(nama_isian).")),
            },
            (Fungsi::Banyak, [name]) => expect(name, Tipe::Tabel).map(|_| Tipe::Angka),
            (_, arguments) => {
                arguments.iter().try_for_each(|one| expect(one, Tipe::Angka).map(drop))?;
                Ok(Tipe::Angka)
            }
        },
    }
}

fn comparison(operator: Operator, left: (&Simpul, Tipe), right: (&Simpul, Tipe)) -> Result<Tipe, Salah> {
    let equality = matches!(operator, Operator::Sama | Operator::Beda);
    match (left.1, right.1) {
        (Tipe::Tabel, _) => Err(mismatch(left.0.posisi, Tipe::Angka, Tipe::Tabel)),
        (_, Tipe::Tabel) => Err(mismatch(right.0.posisi, Tipe::Angka, Tipe::Tabel)),
        (Tipe::Tanggal, Tipe::Teks) => date(right.0),
        (Tipe::Teks, Tipe::Tanggal) => date(left.0),
        (one, other) if one != other => Err(mismatch(right.0.posisi, one, other)),
        (Tipe::Teks | Tipe::Ya, _) if !equality => {
            let pesan = "Teks dan centang hanya dapat dibandingkan dengan = atau <>.";
            Err(Salah::new(left.0.posisi, pesan, "Pakai isian angka atau tanggal untuk lebih besar dan lebih kecil."))
        }
        _ => Ok(Tipe::Ya),
    }
}

/// A text that stands where a date is compared.
fn date(simpul: &Simpul) -> Result<Tipe, Salah> {
    match &simpul.isi {
        Isi::Teks(text) if parse_tanggal(text).is_ok() => Ok(Tipe::Ya),
        _ => Err(Salah::new(simpul.posisi, "Ini bukan tanggal.", "Tulis misalnya \"2026-12-31\".")),
    }
}
