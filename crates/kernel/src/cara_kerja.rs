#[cfg(test)]
mod tests;

use crate::ribuan;

crate::words! {
    /// How an office works with Praja over the line it has, from the best.
    pub enum CaraKerja ("cara kerja") {
        /// Everything, all day.
        Daring => "daring", "Daring penuh";
        /// Everything but large scans, which are sent small or at quiet hours.
        Hemat => "hemat", "Daring hemat";
        /// Written down on paper, entered together while the line is there.
        Berkala => "berkala", "Berkala";
        /// Another office enters it.
        Titip => "titip", "Lewat kantor lain";
    }
}

/// What was measured of an office's line; what was not stays `None`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Jalur {
    /// Time until an answer, which all but a twentieth stay under, in microseconds.
    pub tanggap_us: Option<u64>,
    /// Attempts without an answer, of a thousand.
    pub hilang_permille: Option<u32>,
    /// To the office, in kilobits a second.
    pub unduh_kbit: Option<u64>,
    /// From the office, in kilobits a second.
    pub unggah_kbit: Option<u64>,
    /// Hours of a working day in which the line is mostly away.
    pub jam_gelap: Option<u32>,
}

/// What a line must keep for a way of working.
struct Syarat {
    cara: CaraKerja,
    tanggap_ms: u64,
    hilang_permille: u32,
    unduh_kbit: u64,
    unggah_kbit: u64,
    jam_gelap: u32,
}

/// A page of the inbox weighs at most 60 kB: two seconds at 256 kbit/s. A scan weighs some 600 KiB: ten seconds at 512 kbit/s, more than a
/// minute at 64. Under a third of a second an answer feels immediate.
const SYARAT: [Syarat; 2] = [
    Syarat { cara: CaraKerja::Daring, tanggap_ms: 300, hilang_permille: 20, unduh_kbit: 2_000, unggah_kbit: 512, jam_gelap: 0 },
    Syarat { cara: CaraKerja::Hemat, tanggap_ms: 1_500, hilang_permille: 100, unduh_kbit: 256, unggah_kbit: 64, jam_gelap: 1 },
];
/// With fewer answers than these of a thousand, or fewer hours with a line, nobody can wait for it.
const HILANG_TERLALU: u32 = 800;
const GELAP_TERLALU: u32 = 7;

impl Jalur {
    /// The best way of working that this line allows, with what forbids a better one; `None` when nothing was measured.
    pub fn cara(&self) -> Option<(CaraKerja, Vec<String>)> {
        if *self == Self::default() {
            return None;
        }
        let mut sebab = Vec::new();
        for syarat in &SYARAT {
            let kurang = self.kurang(syarat);
            if kurang.is_empty() {
                return Some((syarat.cara, sebab));
            }
            sebab = kurang;
        }
        let dead = self.hilang_permille.is_some_and(|lost| lost > HILANG_TERLALU)
            || self.jam_gelap.is_some_and(|dark| dark > GELAP_TERLALU);
        Some((if dead { CaraKerja::Titip } else { CaraKerja::Berkala }, sebab))
    }

    fn kurang(&self, syarat: &Syarat) -> Vec<String> {
        let cara = syarat.cara.label().to_lowercase();
        let mut kurang = Vec::new();
        if let Some(us) = self.tanggap_us.filter(|us| *us > syarat.tanggap_ms * 1000) {
            let (ms, most) = (ribuan(us.div_ceil(1000)), ribuan(syarat.tanggap_ms));
            kurang.push(format!("jawaban sampai {ms} ms; {cara} paling banyak {most} ms"));
        }
        if let Some(lost) = self.hilang_permille.filter(|lost| *lost > syarat.hilang_permille) {
            kurang.push(format!("{} % tidak terjawab; {cara} paling banyak {} %", persen(lost), persen(syarat.hilang_permille)));
        }
        for (arah, laju, least) in
            [("ke kantor", self.unduh_kbit, syarat.unduh_kbit), ("dari kantor", self.unggah_kbit, syarat.unggah_kbit)]
        {
            if let Some(laju) = laju.filter(|laju| *laju < least) {
                let (laju, least) = (ribuan(laju), ribuan(least));
                kurang.push(format!("laju {arah} {laju} kbit/detik; {cara} sedikitnya {least} kbit/detik"));
            }
        }
        if let Some(dark) = self.jam_gelap.filter(|dark| *dark > syarat.jam_gelap) {
            kurang.push(format!("{dark} jam kerja sehari tanpa jaringan; {cara} paling banyak {} jam", syarat.jam_gelap));
        }
        kurang
    }
}

impl CaraKerja {
    /// What officers do, one sentence.
    pub const fn artinya(self) -> &'static str {
        match self {
            Self::Daring => "Semua pekerjaan langsung di Praja, termasuk mengunggah pindaian.",
            Self::Hemat => "Halaman dipakai langsung; pindaian dikecilkan, atau diunggah pada jam sepi.",
            Self::Berkala => "Surat dicatat di buku, lalu dimasukkan bersama-sama saat jaringan ada.",
            Self::Titip => "Surat dibawa ke kantor terdekat yang berjaringan, dan dimasukkan di sana.",
        }
    }
}

/// "2,5" of per mille.
fn persen(permille: u32) -> String {
    if permille.is_multiple_of(10) { (permille / 10).to_string() } else { format!("{},{}", permille / 10, permille % 10) }
}
