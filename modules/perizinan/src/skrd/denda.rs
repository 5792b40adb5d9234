use praja_kernel::{Date, Desimal, Rounding, Rupiah};

use super::Refusal;

/// How is billed from a day on, by which rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Aturan {
    /// Its first day.
    pub(crate) berlaku_dari: Date,
    /// Calendar days until a bill is due.
    pub(crate) jatuh_tempo_hari: i64,
    /// Late interest of a month, in hundredths of a percent.
    pub(crate) bunga_persen_e2: i64,
    /// At most so many months are charged.
    pub(crate) bunga_bulan_maks: i64,
    /// The office in payment codes, two digits.
    pub(crate) kode_pd: String,
    /// The rule it stands on.
    pub(crate) dasar: String,
    /// Who wrote it down; empty for what comes with the program.
    pub(crate) oleh_nama: String,
}

/// The rule that comes with the program, until a regency writes its own.
const BAWAAN: &str = include_str!("../../../../config-templates/data/retribusi_aturan.csv");

impl Aturan {
    /// What comes with the program.
    ///
    /// # Errors
    /// When the file of the program is broken, which a test rules out.
    pub(crate) fn bawaan() -> Result<Self, String> {
        let mut reader = csv::Reader::from_reader(BAWAAN.as_bytes());
        let row = reader.records().next().ok_or("retribusi_aturan.csv is empty")?.map_err(|e| e.to_string())?;
        let cell = |at: usize| row.get(at).unwrap_or_default().to_owned();
        let number = |at: usize| cell(at).parse::<i64>().map_err(|e| format!("column {at}: {e}"));
        let persen: Desimal = cell(2).parse().map_err(|e| format!("column 2: {e}"))?;
        Ok(Self {
            berlaku_dari: cell(0).parse().map_err(|e| format!("column 0: {e}"))?,
            jatuh_tempo_hari: number(1)?,
            bunga_persen_e2: persen.to_e2().map_err(|e| e.to_string())?,
            bunga_bulan_maks: number(3)?,
            kode_pd: cell(4),
            dasar: cell(5),
            oleh_nama: String::new(),
        })
    }
}

/// Late interest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Denda {
    /// Months that are charged.
    pub(crate) bulan: i64,
    /// Whole rupiah.
    pub(crate) jumlah: Rupiah,
}

/// Late interest of a bill paid on a day: each month begun counts whole, up to the most; on the bill alone, never on interest.
pub(super) fn late(jumlah: Rupiah, jatuh_tempo: Date, dibayar: Date, persen_e2: i64, maks: i64) -> Result<Denda, Refusal> {
    let bulan = (0..maks.max(0)).find(|months| dibayar <= after(jatuh_tempo, *months)).unwrap_or(maks.max(0));
    let factor = Desimal::from_e2(persen_e2.max(0)).percent_factor().map_err(|_| Refusal::TooLarge)?;
    let factor = Desimal(factor).checked_mul(Desimal(bulan.into())).map_err(|_| Refusal::TooLarge)?;
    let jumlah = jumlah.times(factor.0, Rounding::HalfUp).map_err(|_| Refusal::TooLarge)?;
    Ok(Denda { bulan, jumlah })
}

/// So many months after a day, from that day itself: 31 January, 28 February, 31 March.
fn after(day: Date, months: i64) -> Date {
    jiff::Span::new().try_months(months).ok().and_then(|span| day.checked_add(span).ok()).unwrap_or(Date::MAX)
}
