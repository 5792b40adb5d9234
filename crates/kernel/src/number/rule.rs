use super::{NumberPattern, PatternError};

/// How one kind of letter is numbered, as the column `pola_nomor_bawaan` of `jenis_naskah.csv` says it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NumberRule {
    /// The pattern; none when this kind is not numbered (`-`).
    pub pattern: Option<NumberPattern>,
    /// An agreement also carries the number of the other party, in a field of its own (`+ nomor pihak lain`).
    pub nomor_pihak_lain: bool,
}

impl NumberRule {
    /// Reads `-`, a pattern, or a pattern followed by `+ nomor pihak lain`.
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        let text = text.trim();
        if text == "-" {
            return Ok(Self { pattern: None, nomor_pihak_lain: false });
        }
        let (pattern, nomor_pihak_lain) = match text.split_once('+') {
            Some((pattern, "nomor pihak lain" | " nomor pihak lain")) => (pattern, true),
            _ => (text, false),
        };
        Ok(Self { pattern: Some(pattern.parse()?), nomor_pihak_lain })
    }

    /// As it stands in `jenis_naskah.csv`.
    pub fn to_text(&self) -> String {
        match &self.pattern {
            None => "-".into(),
            Some(pattern) if self.nomor_pihak_lain => format!("{pattern} + nomor pihak lain"),
            Some(pattern) => pattern.as_str().into(),
        }
    }
}

/// A pattern in use somewhere, to choose from on the settings page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberPreset {
    /// A stable word.
    pub kode: &'static str,
    /// What it is for, in Indonesian.
    pub nama: &'static str,
    /// The pattern's text.
    pub pola: &'static str,
    /// A real number of this form.
    pub contoh: &'static str,
}

/// Forms seen in real letters (the number patterns themselves are custom, not law).
pub const NUMBER_PRESETS: &[NumberPreset] = &[
    preset("surat_dinas", "Surat dinas (kode klasifikasi Permendagri 83/2022)", "{klas}/{no}/{unit}", "000.8.3.3/15/OR"),
    preset("surat_dinas_unit", "Surat dinas, unit setelah tanda hubung", "{klas}/{no}-{unit}", "500.16.7.2/719-PPO"),
    preset("surat_edaran", "Surat edaran", "{klas}/{no}", "400.7.22/603"),
    preset("keputusan", "Keputusan, tahun di belakang", "{klas}-{no} Tahun {tahun}", "300.2.2-2138 Tahun 2025"),
    preset("keputusan_bupati", "Keputusan bupati, bentuk lama", "{klas}/{no}/{unit}/{tahun}", "188.45/25/KUM/2024"),
    preset("surat_rahasia", "Surat dengan huruf keamanan", "{aman}-{no}/{unit}/{klas}/{bln2}/{tahun}", "R-99/IJ/KP.07.6/04/2020"),
    preset("berita_acara", "Berita acara", "{jenis}-{no:03}/{unit}/{klas}/{tahun}", "BA-001/18100/PL.810/2024"),
    preset("izin", "Izin", "{klas}/{no:03}/{jenis}/{unit}/{tahun}", "503/041/SIPP/DPMPTSP-OKI/2026"),
];

const fn preset(kode: &'static str, nama: &'static str, pola: &'static str, contoh: &'static str) -> NumberPreset {
    NumberPreset { kode, nama, pola, contoh }
}
