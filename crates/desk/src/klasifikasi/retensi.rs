//! How long the records under a code are kept (jadwal retensi arsip): the columns of the classification that say so.

/// What becomes of records at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nasib {
    /// Destroyed.
    Musnah,
    /// Kept for ever by the archives institution.
    Permanen,
    /// The schedule makes an exception ("Musnah, kecuali …"): somebody judges each file.
    DinilaiKembali,
}

impl Nasib {
    /// The word that is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Musnah => "musnah",
            Self::Permanen => "permanen",
            Self::DinilaiKembali => "dinilai_kembali",
        }
    }

    /// What it is called.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Musnah => "Musnah",
            Self::Permanen => "Permanen",
            Self::DinilaiKembali => "Dinilai kembali",
        }
    }

    /// All of them, for choices.
    pub const ALL: [Self; 3] = [Self::Musnah, Self::Permanen, Self::DinilaiKembali];

    /// By its word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }

    /// Reads the schedule's own words: a condition makes it a matter of judgement.
    fn read(text: &str) -> Option<Self> {
        match praja_kernel::fold(text).as_str() {
            "musnah" => Some(Self::Musnah),
            "permanen" => Some(Self::Permanen),
            "" => None,
            _ => Some(Self::DinilaiKembali),
        }
    }
}

/// The retention of one code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retensi {
    /// Years in the active archive.
    pub aktif: u16,
    /// From which event they count ("Setelah Pemeriksaan"); from the closing of the file where the schedule names none.
    pub sejak: Option<String>,
    /// Years in the inactive archive after that.
    pub inaktif: u16,
    /// What becomes of it at the end.
    pub nasib: Nasib,
    /// The end in the schedule's own words.
    pub nasib_teks: String,
}

impl Retensi {
    /// Reads the columns `retensi_aktif,aktif_tahun,retensi_inaktif,inaktif_tahun,nasib_akhir`; nothing for a heading.
    pub(super) fn read(row: &csv::StringRecord) -> Option<Self> {
        let aktif: u16 = row.get(5)?.trim().parse().ok()?;
        let inaktif: u16 = row.get(7)?.trim().parse().ok()?;
        let nasib_teks = row.get(8)?.trim().to_owned();
        Some(Self { aktif, sejak: event(row.get(4)?), inaktif, nasib: Nasib::read(&nasib_teks)?, nasib_teks })
    }

    /// Years altogether: they decide whose approval a destruction needs.
    pub fn total(&self) -> u16 {
        self.aktif.saturating_add(self.inaktif)
    }
}

/// "2 Tahun Setelah Pemeriksaan" → "Setelah Pemeriksaan"; nothing of "2 Tahun".
fn event(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let year = words.iter().position(|word| word.eq_ignore_ascii_case("tahun"))?;
    let rest = words[year + 1..].join(" ");
    (!rest.is_empty()).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::klasifikasi::Klasifikasi;

    #[test]
    fn the_schedule_is_read_with_its_events_and_its_conditions() {
        let row = |columns: [&str; 9]| Retensi::read(&csv::StringRecord::from(columns.to_vec()));
        let plain = row(["000.1.1", "000.1", "3", "x", "1 Tahun", "1", "1 Tahun", "1", "Musnah"]).unwrap();
        assert_eq!((plain.aktif, plain.sejak, plain.inaktif, plain.nasib), (1, None, 1, Nasib::Musnah));
        let event = row(["a", "", "3", "x", "2 Tahun Setelah Pemeriksaan", "2", "3 Tahun", "3", "Permanen"]).unwrap();
        assert_eq!((event.sejak.as_deref(), event.total(), event.nasib), (Some("Setelah Pemeriksaan"), 5, Nasib::Permanen));
        let judged = row(["a", "", "3", "x", "2 Tahun", "2", "8 Tahun", "8", "Musnah, Kecuali barang Tidak Bergerak"]).unwrap();
        assert_eq!((judged.nasib, judged.total()), (Nasib::DinilaiKembali, 10));
        assert_eq!(row(["000", "", "1", "UMUM", "", "", "", "", ""]), None);
    }

    #[test]
    fn of_the_shipped_schedule_every_code_is_a_heading_or_has_years_and_an_end() {
        let list = Klasifikasi::shipped();
        let kept = list.codes().filter(|kode| kode.retensi.is_some()).count();
        // Counted in the file: 2,986 codes, 547 of them headings.
        assert_eq!((list.len(), list.len() - kept), (2_986, 547));
        let judged = list.codes().filter_map(|kode| kode.retensi.as_ref()).filter(|one| one.nasib == Nasib::DinilaiKembali);
        assert_eq!(judged.count(), 12);
    }
}
