#[cfg(test)]
mod tests;

use std::{fmt, str::FromStr};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

crate::words! {
    /// Sex, as identity numbers carry it.
    pub enum JenisKelamin ("jenis kelamin") {
        /// A man.
        LakiLaki => "laki_laki", "Laki-laki";
        /// A woman.
        Perempuan => "perempuan", "Perempuan";
    }
}

crate::words! {
    /// What kind of civil servant a NIP belongs to.
    pub enum JenisAsn ("jenis ASN") {
        /// Pegawai Negeri Sipil: the NIP carries year and month of the first appointment.
        Pns => "pns", "PNS";
        /// Pegawai Pemerintah dengan Perjanjian Kerja: the number carries the year of the contract and 21 to 29 for the month.
        Pppk => "pppk", "PPPK";
    }
}

/// Number of a civil servant: 18 digits, YYYYMMDD of birth, YYYYMM of the first appointment (TMT), sex (1 or 2) and a serial.
///
/// Stored as the 18 digits. What is checked is what the form of the number promises; whether it exists is for BKN to say.
///
/// ```
/// use praja_kernel::{JenisKelamin, Nip};
///
/// let nip: Nip = "19850312 201001 2 004".parse()?;
/// assert_eq!(nip.as_str(), "198503122010012004");
/// assert_eq!(nip.jenis_kelamin(), JenisKelamin::Perempuan);
/// assert_eq!(nip.spaced(), "19850312 201001 2 004");
/// # Ok::<(), praja_kernel::NipError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Nip(String);

/// Which part of a NIP is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NipError {
    /// Nothing was typed.
    #[error("NIP belum diisi.")]
    Empty,
    /// Something other than digits and spaces.
    #[error("NIP hanya berisi angka. Hapus huruf dan tanda baca.")]
    NotDigits,
    /// Too few or too many digits.
    #[error("NIP harus 18 angka; yang ditulis {count} angka.")]
    Length {
        /// How many digits were typed.
        count: usize,
    },
    /// The first eight digits are not a date of this era (from 1900).
    #[error("Tanggal lahir pada NIP ({part}) tidak ada. Delapan angka pertama adalah tahun, bulan dan tanggal lahir.")]
    Birth {
        /// The eight digits.
        part: String,
    },
    /// Digits 9 to 14 are neither year and month nor year and the mark of a contract.
    #[error("TMT pada NIP ({part}) tidak ada. Angka ke-9 sampai ke-14 adalah tahun dan bulan pengangkatan.")]
    Tmt {
        /// The six digits.
        part: String,
    },
    /// Appointed before the 15th birthday, or later than the year of the 65th.
    #[error("TMT pada NIP ({tahun}) tidak sesuai dengan tahun lahir {lahir}. Pengangkatan terjadi pada usia 15 sampai 65 tahun.")]
    TmtAge {
        /// Year of the appointment.
        tahun: i16,
        /// Year of birth.
        lahir: i16,
    },
    /// Digit 15 is neither 1 nor 2.
    #[error("Angka ke-15 NIP adalah jenis kelamin: 1 untuk laki-laki, 2 untuk perempuan; yang ditulis {digit}.")]
    Sex {
        /// The digit.
        digit: char,
    },
    /// The serial number is 000.
    #[error("Nomor urut pada NIP (tiga angka terakhir) tidak boleh 000.")]
    Serial,
}

impl Nip {
    /// The 18 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Grouped as on letters: "19850312 201001 2 004".
    pub fn spaced(&self) -> String {
        format!("{} {} {} {}", &self.0[..8], &self.0[8..14], &self.0[14..15], &self.0[15..])
    }

    /// Date of birth.
    pub fn tanggal_lahir(&self) -> Date {
        birth(&self.0).expect("checked when the number was read")
    }

    /// PNS or PPPK.
    pub fn jenis_asn(&self) -> JenisAsn {
        if self.digits(12, 14) <= 12 { JenisAsn::Pns } else { JenisAsn::Pppk }
    }

    /// Year of the first appointment.
    pub fn tahun_tmt(&self) -> i16 {
        self.digits(8, 12)
    }

    /// Month of the first appointment; a PPPK's number does not say.
    pub fn bulan_tmt(&self) -> Option<i8> {
        i8::try_from(self.digits(12, 14)).ok().filter(|month| (1..=12).contains(month))
    }

    /// Sex.
    pub fn jenis_kelamin(&self) -> JenisKelamin {
        if &self.0[14..15] == "1" { JenisKelamin::LakiLaki } else { JenisKelamin::Perempuan }
    }

    /// Serial number, 1 to 999.
    pub fn nomor_urut(&self) -> u16 {
        self.digits(15, 18).unsigned_abs()
    }

    fn digits(&self, from: usize, to: usize) -> i16 {
        self.0[from..to].parse().expect("at most four digits, checked when the number was read")
    }
}

impl FromStr for Nip {
    type Err = NipError;

    /// Reads 18 digits, with or without the spaces of letters.
    ///
    /// Praja's own limits, for slips of the finger: born in 1900 or later, appointed in the month of the 15th birthday or later
    /// and no later than the year of the 65th.
    fn from_str(text: &str) -> Result<Self, NipError> {
        let digits: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
        match digits.len() {
            0 => return Err(NipError::Empty),
            _ if !digits.bytes().all(|digit| digit.is_ascii_digit()) => return Err(NipError::NotDigits),
            18 => {}
            count => return Err(NipError::Length { count }),
        }
        let lahir = birth(&digits).ok_or_else(|| NipError::Birth { part: digits[..8].to_owned() })?;
        check_tmt(&digits[8..14], lahir)?;
        match &digits[14..15] {
            "1" | "2" => {}
            other => return Err(NipError::Sex { digit: other.chars().next().unwrap_or('?') }),
        }
        if &digits[15..] == "000" {
            return Err(NipError::Serial);
        }
        Ok(Self(digits))
    }
}

fn birth(digits: &str) -> Option<Date> {
    let part = |from: usize, to: usize| digits.get(from..to)?.parse::<i16>().ok();
    let (month, day) = (i8::try_from(part(4, 6)?).ok()?, i8::try_from(part(6, 8)?).ok()?);
    Date::new(part(0, 4)?, month, day).ok().filter(|date| date.year() >= 1900)
}

fn check_tmt(part: &str, lahir: Date) -> Result<(), NipError> {
    let wrong = || NipError::Tmt { part: part.to_owned() };
    let year: i16 = part[..4].parse().map_err(|_| wrong())?;
    let month: i16 = part[4..].parse().map_err(|_| wrong())?;
    // 21 to 29 stand for the first to the ninth contract of a PPPK.
    if year < 1900 || !matches!(month, 1..=12 | 21..=29) {
        return Err(wrong());
    }
    // A contract's number does not say the month: it may be any of that year.
    let before_birthday = month <= 12 && month < i16::from(lahir.month());
    let age = year - lahir.year() - i16::from(before_birthday);
    if age < 15 || year - lahir.year() > 65 {
        return Err(NipError::TmtAge { tahun: year, lahir: lahir.year() });
    }
    Ok(())
}

impl fmt::Display for Nip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl From<Nip> for String {
    fn from(nip: Nip) -> Self {
        nip.0
    }
}

impl TryFrom<String> for Nip {
    type Error = NipError;

    fn try_from(text: String) -> Result<Self, NipError> {
        text.parse()
    }
}
