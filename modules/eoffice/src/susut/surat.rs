//! The paper by which a list goes one step on: what is asked of it, and how it is read.

use praja_kernel::{Date, FieldProblem, parse_tanggal, tanggal_panjang};

use super::{Jenis, Langkah, Refusal};

/// Longest line and longest text, in letters.
const LINE: usize = 200;
const TEXT: usize = 2000;
/// A panel has a head, somebody of the unit whose files these are, and an archivist.
const PANEL: usize = 3;
/// So many witnesses see a destruction: of the legal and of the supervising unit.
const WITNESSES: usize = 2;

/// One field of such a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bidang {
    Nomor,
    Tanggal,
    Pejabat,
    Pihak,
    /// One person a line, at least so many.
    Saksi(usize),
    Cara,
    Tempat,
    Catatan,
}

impl Bidang {
    /// Its name in the form.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Nomor => "nomor",
            Self::Tanggal => "tanggal",
            Self::Pejabat => "pejabat",
            Self::Pihak => "pihak",
            Self::Saksi(_) => "saksi",
            Self::Cara => "cara",
            Self::Tempat => "tempat",
            Self::Catatan => "catatan",
        }
    }
}

/// What a step asks, each with its label and a hint. Everything is asked in earnest.
pub(crate) const fn asks(jenis: Jenis, langkah: Langkah) -> &'static [(Bidang, &'static str, &'static str)] {
    match (jenis, langkah) {
        (_, Langkah::Batalkan) => &[(Bidang::Catatan, "Alasan", "Berkas dalam daftar ini kembali seperti semula.")],
        (Jenis::Pindah, _) => &[
            (Bidang::Nomor, "Nomor berita acara", ""),
            (Bidang::Tanggal, "Tanggal berita acara", ""),
            (Bidang::Pejabat, "Yang memindahkan", "Nama dan jabatan dari unit pengolah."),
            (Bidang::Pihak, "Yang menerima", "Nama dan jabatan dari unit kearsipan."),
            (Bidang::Tempat, "Tempat simpan yang baru", "Ruang, rak, atau boks pada unit kearsipan."),
        ],
        (_, Langkah::Nilai) => &[
            (Bidang::Nomor, "Nomor pertimbangan panitia", ""),
            (Bidang::Tanggal, "Tanggal pertimbangan", ""),
            (
                Bidang::Saksi(PANEL),
                "Panitia penilai",
                "Satu orang setiap baris, ketua di atas: pimpinan unit kearsipan, pimpinan unit pengolah, dan arsiparis.",
            ),
        ],
        (Jenis::Serah, Langkah::Setujui) => &[
            (Bidang::Nomor, "Nomor surat persetujuan", ""),
            (Bidang::Tanggal, "Tanggal surat persetujuan", ""),
            (Bidang::Pejabat, "Yang menyetujui", "Nama dan jabatan pada lembaga kearsipan daerah yang memeriksa daftar ini."),
        ],
        (_, Langkah::Setujui) => &[
            (Bidang::Nomor, "Nomor surat persetujuan", ""),
            (Bidang::Tanggal, "Tanggal surat persetujuan", ""),
            (Bidang::Pejabat, "Yang menyetujui", "Nama dan jabatan seperti pada suratnya."),
        ],
        (_, Langkah::Tetapkan) => &[
            (Bidang::Nomor, "Nomor keputusan", ""),
            (Bidang::Tanggal, "Tanggal keputusan", ""),
            (Bidang::Pejabat, "Yang menetapkan", "Nama dan jabatan pimpinan OPD."),
        ],
        (Jenis::Musnah, Langkah::BeritaAcara) => &[
            (Bidang::Nomor, "Nomor berita acara", ""),
            (Bidang::Tanggal, "Tanggal pemusnahan", ""),
            (Bidang::Pejabat, "Yang memusnahkan", "Nama dan jabatan pimpinan unit kearsipan."),
            (Bidang::Saksi(WITNESSES), "Saksi", "Satu orang setiap baris, dari unit hukum dan unit pengawasan."),
            (Bidang::Tempat, "Tempat pemusnahan", ""),
            (Bidang::Cara, "Cara pemusnahan kertas", "Misalnya: dicacah sampai tidak terbaca."),
        ],
        (Jenis::Serah, Langkah::BeritaAcara) => &[
            (Bidang::Nomor, "Nomor berita acara", ""),
            (Bidang::Tanggal, "Tanggal penyerahan", ""),
            (Bidang::Pejabat, "Yang menyerahkan", "Nama dan jabatan."),
            (Bidang::Pihak, "Yang menerima", "Nama dan jabatan pada lembaga kearsipan daerah."),
        ],
    }
}

/// A paper as it was typed, field by field.
pub(crate) type Typed<'a> = &'a dyn Fn(Bidang) -> String;

/// A paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Surat {
    pub(crate) nomor: String,
    pub(crate) tanggal: Date,
    pub(crate) pejabat: String,
    pub(crate) pihak: String,
    pub(crate) saksi: Vec<String>,
    pub(crate) cara: String,
    pub(crate) tempat: String,
    pub(crate) catatan: String,
}

/// Reads a paper. Its day is not before that of the paper before it, and not to come.
///
/// # Errors
/// [`Refusal::Fields`] with everything at fault.
pub(crate) fn read(
    jenis: Jenis,
    langkah: Langkah,
    typed: Typed<'_>,
    before: Option<Date>,
    today: Date,
) -> Result<Surat, Refusal> {
    let mut wrong = Vec::new();
    let mut surat = Surat {
        nomor: String::new(),
        tanggal: today,
        pejabat: String::new(),
        pihak: String::new(),
        saksi: Vec::new(),
        cara: String::new(),
        tempat: String::new(),
        catatan: String::new(),
    };
    for (bidang, label, _) in asks(jenis, langkah) {
        let text = typed(*bidang);
        let read = match bidang {
            Bidang::Tanggal => day(&text, label, before, today).map(|day| surat.tanggal = day),
            Bidang::Saksi(least) => people(&text, label, *least).map(|all| surat.saksi = all),
            Bidang::Nomor => line(&text, label, LINE).map(|text| surat.nomor = text),
            Bidang::Pejabat => line(&text, label, LINE).map(|text| surat.pejabat = text),
            Bidang::Pihak => line(&text, label, LINE).map(|text| surat.pihak = text),
            Bidang::Cara => line(&text, label, LINE).map(|text| surat.cara = text),
            Bidang::Tempat => line(&text, label, LINE).map(|text| surat.tempat = text),
            Bidang::Catatan => line(&text, label, TEXT).map(|text| surat.catatan = text),
        };
        if let Err(message) = read {
            wrong.push(FieldProblem::new(bidang.name(), message));
        }
    }
    if wrong.is_empty() { Ok(surat) } else { Err(Refusal::Fields(wrong)) }
}

fn line(text: &str, label: &str, longest: usize) -> Result<String, String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.chars().count() {
        0 => Err(format!("{label} belum diisi.")),
        letters if letters > longest => Err(format!("{label} {letters} huruf; paling panjang {longest} huruf.")),
        _ => Ok(text),
    }
}

fn day(text: &str, label: &str, before: Option<Date>, today: Date) -> Result<Date, String> {
    if text.trim().is_empty() {
        return Err(format!("{label} belum diisi."));
    }
    let day = parse_tanggal(text).map_err(|e| e.to_string())?;
    if day > today {
        return Err(format!("Tanggal {} belum tiba.", tanggal_panjang(day)));
    }
    match before {
        Some(before) if day < before => {
            Err(format!("Langkah sebelumnya bertanggal {}; tanggal ini tidak boleh mendahuluinya.", tanggal_panjang(before)))
        }
        _ => Ok(day),
    }
}

fn people(text: &str, label: &str, least: usize) -> Result<Vec<String>, String> {
    let mut all: Vec<String> = Vec::new();
    for one in text.lines().map(|one| one.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|one| !one.is_empty()) {
        if one.chars().count() > LINE {
            return Err(format!("Satu baris pada {label} terlalu panjang; paling panjang {LINE} huruf."));
        }
        if all.iter().any(|known| praja_kernel::fold(known) == praja_kernel::fold(&one)) {
            return Err(format!("\"{one}\" tertulis dua kali."));
        }
        all.push(one);
    }
    if all.len() < least {
        return Err(format!("{label} sedikitnya {least} orang, satu orang setiap baris."));
    }
    if all.len() > 20 {
        return Err(format!("{label} paling banyak 20 orang."));
    }
    Ok(all)
}
