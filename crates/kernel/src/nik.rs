#[cfg(test)]
mod tests;

use std::{fmt, str::FromStr};

use jiff::civil::Date;

use crate::JenisKelamin;

/// The two digits of the 38 provinces (Kepmendagri 300.2.2-2138 Tahun 2025).
const PROVINSI: [u8; 38] = [
    11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 31, 32, 33, 34, 35, 36, 51, 52, 53, 61, 62, 63, 64, 65, 71, 72, 73, 74, 75, 76, 81,
    82, 91, 92, 93, 94, 95, 96,
];

/// Number of a citizen: 16 digits, region of first registration (6), DDMMYY of birth (women: day + 40) and a serial (4).
///
/// Stored as the 16 digits, shown masked: `Debug` is masked too, and there is no `Display` and no serde, so that a NIK reaches a
/// page or a log only where somebody wrote [`Nik::full`]. The region is not the present address.
///
/// ```
/// use praja_kernel::Nik;
///
/// let nik: Nik = "5315015209850001".parse()?;
/// assert_eq!(nik.masked(), "531501******0001");
/// assert_eq!(format!("{nik:?}"), "Nik(531501******0001)");
/// # Ok::<(), praja_kernel::NikError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Nik(String);

/// Which part of a NIK is wrong. Never repeats the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NikError {
    /// Nothing was typed.
    #[error("NIK belum diisi.")]
    Empty,
    /// Something other than digits and spaces.
    #[error("NIK hanya berisi angka. Hapus huruf dan tanda baca.")]
    NotDigits,
    /// Too few or too many digits.
    #[error("NIK harus 16 angka; yang ditulis {count} angka.")]
    Length {
        /// How many digits were typed.
        count: usize,
    },
    /// The first two digits are no province.
    #[error("Dua angka pertama NIK bukan kode provinsi yang dikenal. Periksa kembali KTP.")]
    Province,
    /// Regency or district is 00.
    #[error("Kode wilayah pada NIK (enam angka pertama) tidak lengkap. Periksa kembali KTP.")]
    Region,
    /// Digits 7 to 12 are no date in this century or the last.
    #[error("Tanggal lahir pada NIK (angka ke-7 sampai ke-12) tidak ada. Untuk perempuan, tanggal ditambah 40.")]
    Birth,
    /// The serial number is 0000.
    #[error("Nomor urut pada NIK (empat angka terakhir) tidak boleh 0000.")]
    Serial,
}

impl Nik {
    /// All sixteen digits, for storage and for the officer who handles the case; each reveal on a page is audited.
    pub fn full(&self) -> &str {
        &self.0
    }

    /// For lists and logs: the first six and the last four digits, "531501******0001".
    pub fn masked(&self) -> String {
        format!("{}******{}", &self.0[..6], &self.0[12..])
    }

    /// Region of first registration as in the region list: "53.15.01".
    pub fn wilayah(&self) -> String {
        format!("{}.{}.{}", &self.0[..2], &self.0[2..4], &self.0[4..6])
    }

    /// The last four digits, with which an applicant confirms a receipt.
    pub fn last_four(&self) -> &str {
        &self.0[12..]
    }

    /// Sex.
    pub fn jenis_kelamin(&self) -> JenisKelamin {
        if self.pair(6) > 40 { JenisKelamin::Perempuan } else { JenisKelamin::LakiLaki }
    }

    /// Date of birth. The century is the one that makes the person born on or before `today` and at most 100 years old; a
    /// 29 February that exists in one century only decides by itself.
    pub fn tanggal_lahir(&self, today: Date) -> Date {
        let centuries = [today.year() / 100 * 100, today.year() / 100 * 100 - 100];
        let born = centuries.into_iter().filter_map(|century| self.birth_in(century)).find(|date| *date <= today);
        // A clock before the year 2000 leaves only the centuries that were checked when the number was read.
        born.or_else(|| self.birth_in(1900)).or_else(|| self.birth_in(2000)).expect("checked when the number was read")
    }

    /// Does the number fit a typed date of birth (which also settles the century) and sex?
    pub fn matches(&self, tanggal_lahir: Date, jenis_kelamin: JenisKelamin) -> bool {
        let century = tanggal_lahir.year() / 100 * 100;
        self.birth_in(century) == Some(tanggal_lahir) && self.jenis_kelamin() == jenis_kelamin
    }

    fn birth_in(&self, century: i16) -> Option<Date> {
        let day = self.pair(6);
        let day = if day > 40 { day - 40 } else { day };
        Date::new(century + i16::from(self.pair(10)), self.pair(8), day).ok()
    }

    /// The two digits at `from`; a day of birth is at most 99 and fits.
    fn pair(&self, from: usize) -> i8 {
        self.0[from..from + 2].parse().expect("two digits, checked when the number was read")
    }
}

impl FromStr for Nik {
    type Err = NikError;

    /// Reads 16 digits, with or without spaces. Whether the regency or district still exists is not asked: splits change the
    /// list, never the number.
    fn from_str(text: &str) -> Result<Self, NikError> {
        let digits: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
        match digits.len() {
            0 => return Err(NikError::Empty),
            _ if !digits.bytes().all(|digit| digit.is_ascii_digit()) => return Err(NikError::NotDigits),
            16 => {}
            count => return Err(NikError::Length { count }),
        }
        let nik = Self(digits);
        if !PROVINSI.contains(&nik.pair(0).unsigned_abs()) {
            return Err(NikError::Province);
        }
        if nik.pair(2) == 0 || nik.pair(4) == 0 {
            return Err(NikError::Region);
        }
        if nik.birth_in(1900).or_else(|| nik.birth_in(2000)).is_none() {
            return Err(NikError::Birth);
        }
        if nik.last_four() == "0000" {
            return Err(NikError::Serial);
        }
        Ok(nik)
    }
}

impl fmt::Debug for Nik {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Nik({})", self.masked())
    }
}
