//! A type of service as data: what is asked for, what it costs, how long it takes, who works on it and what is issued.
//!
//! A type is written in YAML (`config-templates/perizinan/*.yaml`, described by `jenis.schema.json`) or in the browser, and kept in
//! versions. An application stays with the version it was filed under. Nothing here knows a licence by its name.

pub(crate) mod baca;
pub(crate) mod bawaan;
pub(crate) mod pages;
pub(crate) mod periksa;
mod pohon;
mod refusal;
pub(crate) mod standar;
pub(crate) mod store;
pub(crate) mod susun;
pub(crate) mod uraian;

use std::collections::BTreeMap;

use praja_kernel::Date;
pub(crate) use refusal::Refusal;
use serde::{Deserialize, Serialize};

praja_kernel::words! {
    /// Where the record of a service is kept. Only [`Kanal::Praja`] runs a clock of ours and issues.
    pub(crate) enum Kanal ("kanal") {
        /// Here, from application to licence.
        Praja => "PRAJA", "Praja";
        /// OSS-RBA: business licences by KBLI and risk (PP 28/2025).
        Oss => "OSS", "OSS";
        /// SIMBG: PBG and SLF (PP 16/2021).
        Simbg => "SIMBG", "SIMBG";
        /// AMDALNet: environmental approval.
        Amdalnet => "AMDALNET", "AMDALNet";
        /// SiCANTIK Cloud.
        Sicantik => "SICANTIK", "SiCANTIK Cloud";
        /// MPP Digital Nasional.
        Mppdn => "MPPDN", "MPP Digital Nasional";
    }
}

praja_kernel::words! {
    /// What the law says when no decision came in time (UU 30/2014 as amended).
    pub(crate) enum Diam ("akibat diam") {
        /// Leaders are warned and must decide.
        Peringatan => "peringatan", "Peringatan; keputusan tetap wajib diambil";
        /// The application counts as granted, and is recorded so.
        Dikabulkan => "dianggap-dikabulkan", "Dianggap dikabulkan secara hukum";
        /// The system issues.
        TerbitOtomatis => "terbit-otomatis", "Diterbitkan oleh sistem";
    }
}

praja_kernel::words! {
    /// What is applied for.
    pub(crate) enum Permintaan ("jenis permohonan") {
        /// For the first time.
        Baru => "baru", "Baru";
        /// Before or after it ends.
        Perpanjangan => "perpanjangan", "Perpanjangan";
        /// Something in it changes.
        Perubahan => "perubahan", "Perubahan";
        /// It was lost or spoilt.
        Salinan => "salinan", "Salinan karena hilang atau rusak";
        /// The holder gives it back.
        Pencabutan => "pencabutan", "Pencabutan atas permintaan pemegang";
    }
}

praja_kernel::words! {
    /// What a field of a form holds.
    pub(crate) enum JenisIsian ("jenis isian") {
        /// One line.
        Teks => "teks", "Teks satu baris";
        /// Several lines.
        Paragraf => "paragraf", "Teks panjang";
        /// A whole number or one with decimals.
        Angka => "angka", "Angka";
        /// Whole rupiah.
        Rupiah => "rupiah", "Rupiah";
        /// A date.
        Tanggal => "tanggal", "Tanggal";
        /// NIK.
        Nik => "nik", "NIK";
        /// NIB, 13 digits.
        Nib => "nib", "NIB";
        /// NPWP, 15 or 16 digits.
        Npwp => "npwp", "NPWP";
        /// A telephone number.
        Telepon => "telepon", "Nomor telepon";
        /// An e-mail address.
        Surel => "surel", "Alamat surel";
        /// One of several words.
        Pilihan => "pilihan", "Pilihan";
        /// Yes or no.
        Centang => "centang", "Ya atau tidak";
        /// A village, district, regency or province by its code.
        Wilayah => "wilayah", "Wilayah";
        /// A point on the map: latitude, longitude.
        Titik => "titik", "Titik lokasi";
        /// Rows of columns.
        Tabel => "tabel", "Tabel";
    }
}

praja_kernel::words! {
    /// How a requirement is met.
    #[derive(Default)]
    pub(crate) enum JenisSyarat ("jenis syarat") {
        /// A file.
        #[default]
        Berkas => "berkas", "Berkas";
        /// Something typed into the form.
        Isian => "isian", "Isian formulir";
        /// Known to the system already.
        Data => "data", "Data sistem";
    }
}

praja_kernel::words! {
    /// How sensitive a document is (UU 27/2022).
    #[derive(Default)]
    pub(crate) enum Kepekaan ("kepekaan") {
        /// Nothing special.
        #[default]
        Umum => "umum", "Umum";
        /// Shows who somebody is: KTP, KK, photograph.
        Identitas => "identitas", "Identitas diri";
        /// About somebody's health: seen by the technical OPD only.
        Kesehatan => "kesehatan", "Data kesehatan";
    }
}

praja_kernel::words! {
    /// What an issued document looks like.
    #[derive(Default)]
    pub(crate) enum Bentuk ("bentuk dokumen") {
        /// Decision with considerations.
        #[default]
        Keputusan => "keputusan", "Keputusan";
        /// Letter that states something.
        SuratKeterangan => "surat-keterangan", "Surat keterangan";
    }
}

/// A type of service. Everything a citizen reads, every form, clock, fee and document of it comes from here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Jenis {
    /// Permanent: 2 to 12 capital letters and digits. Begins registration numbers.
    pub(crate) kode: String,
    /// Name.
    pub(crate) nama: String,
    /// What it is for, in one or two sentences a citizen understands.
    pub(crate) ringkasan: String,
    /// Field of government, as citizens search for it.
    pub(crate) sektor: String,
    /// Where the record is kept.
    pub(crate) kanal: Kanal,
    /// Where the citizen goes when the record is kept elsewhere.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) tautan: String,
    /// First day on which it may be applied for.
    pub(crate) berlaku_dari: Date,
    /// Last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) berlaku_sampai: Option<Date>,
    /// When somebody last compared it with the rules; after twelve months the editor warns.
    pub(crate) ditinjau: Date,
    /// The rules it stands on.
    #[serde(default)]
    pub(crate) dasar_hukum: Vec<String>,
    /// Where this description was taken from.
    #[serde(default)]
    pub(crate) sumber: Vec<String>,
    /// How long it takes.
    pub(crate) sla: Sla,
    /// What happens when nobody decides.
    #[serde(default)]
    pub(crate) diam: AkibatDiam,
    /// What it costs.
    #[serde(default)]
    pub(crate) biaya: Biaya,
    /// How long what is issued is good.
    #[serde(default)]
    pub(crate) masa: Masa,
    /// What may be applied for, in the order shown.
    #[serde(default = "only_baru")]
    pub(crate) permohonan: Vec<Permintaan>,
    /// The form.
    #[serde(default)]
    pub(crate) formulir: Vec<Bagian>,
    /// What is to be shown.
    #[serde(default)]
    pub(crate) syarat: Vec<Syarat>,
    /// Who works on it.
    #[serde(default)]
    pub(crate) alur: Alur,
    /// The document that is issued.
    #[serde(default)]
    pub(crate) dokumen: Dokumen,
    /// What only a standar pelayanan says (PermenPANRB 15/2014), by component.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) standar: BTreeMap<String, String>,
}

fn only_baru() -> Vec<Permintaan> {
    vec![Permintaan::Baru]
}

/// How long a decision may take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sla {
    /// Working days from the day the file is complete. Of other lanes: information only.
    pub(crate) hari: u32,
    /// The rule that allows so many days; without one a real Instance promises at most five (UU 30/2014 as amended).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) dasar: String,
    /// Share of the days that the technical OPD may use, in percent.
    #[serde(default = "forty")]
    pub(crate) rekomendasi_persen: u32,
    /// Working days an applicant has for mending a returned file.
    #[serde(default = "ten")]
    pub(crate) perbaikan_hari: u32,
    /// Nobody checks whether the file is complete: what the system takes counts as complete on the day it is sent.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) tanpa_periksa: bool,
}

const fn forty() -> u32 {
    40
}

const fn ten() -> u32 {
    10
}

/// Effect of silence with the rule it stands on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AkibatDiam {
    /// The effect.
    pub(crate) akibat: Diam,
    /// Its rule; needed for everything but a warning.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) dasar: String,
}

impl Default for AkibatDiam {
    fn default() -> Self {
        Self { akibat: Diam::Peringatan, dasar: String::new() }
    }
}

/// What a service costs. Without components it is free and no SKRD is ever made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Biaya {
    /// The Perda; needed as soon as there is a component.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) dasar: String,
    /// What is added up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) komponen: Vec<Komponen>,
    /// What to say besides: taxes paid elsewhere, stamps.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) keterangan: String,
}

/// One component of a fee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Komponen {
    /// Its name on the SKRD.
    pub(crate) nama: String,
    /// A formula ([`crate::rumus`]) over the fields of the form; gives rupiah, rounded to whole ones.
    pub(crate) rumus: String,
}

/// How long what is issued is good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Masa {
    /// Whole years; 0 when months, a field, or nothing decides.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(crate) tahun: u32,
    /// Whole months.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(crate) bulan: u32,
    /// A date field of the form that says until when.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) isian: String,
    /// Renewal opens so many days before the end.
    #[serde(default = "ninety")]
    pub(crate) perpanjangan_hari: u32,
    /// In words: "selama lembaga beroperasi".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) keterangan: String,
}

impl Default for Masa {
    fn default() -> Self {
        Self { tahun: 0, bulan: 0, isian: String::new(), perpanjangan_hari: ninety(), keterangan: String::new() }
    }
}

const fn ninety() -> u32 {
    90
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
const fn is_zero(value: &u32) -> bool {
    *value == 0
}

/// A part of the form: one step on a phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Bagian {
    /// Its heading.
    pub(crate) judul: String,
    /// Its fields.
    pub(crate) isian: Vec<Isian>,
}

/// A field of the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Isian {
    /// Its name in formulas and texts: lower-case letters, digits and `_`.
    pub(crate) kode: String,
    /// Its label.
    pub(crate) label: String,
    /// What it holds.
    pub(crate) jenis: JenisIsian,
    /// Must it be filled?
    #[serde(default = "yes")]
    pub(crate) wajib: bool,
    /// Shown only when this condition holds ([`crate::rumus`]).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) bila: String,
    /// Help beside it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) petunjuk: String,
    /// The words of a choice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) pilihan: Vec<String>,
    /// Smallest number, earliest date ("hari-ini", an ISO date, or the code of a date asked before), fewest letters or rows.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) min: String,
    /// Largest number, latest date, most letters or rows.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) maks: String,
    /// Unit shown after a number.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) satuan: String,
    /// Decimals of a number, at most 6.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(crate) desimal: u32,
    /// The columns of a table; none of them is a table.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) kolom: Vec<Self>,
}

const fn yes() -> bool {
    true
}

/// A requirement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Syarat {
    /// Its name: lower-case letters, digits and `_`.
    pub(crate) kode: String,
    /// Its label.
    pub(crate) label: String,
    /// How it is met.
    #[serde(default)]
    pub(crate) jenis: JenisSyarat,
    /// Must it be met?
    #[serde(default = "yes")]
    pub(crate) wajib: bool,
    /// Asked only when this condition holds.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) bila: String,
    /// Asked only for these; empty: for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) untuk: Vec<Permintaan>,
    /// Endings that are taken: pdf, jpg, png.
    #[serde(default = "formats", skip_serializing_if = "Vec::is_empty")]
    pub(crate) format: Vec<String>,
    /// What a good one looks like.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) petunjuk: String,
    /// One name for the same paper in all services: given once, offered again ("ktp", "str").
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) pakai_ulang: String,
    /// A paper older than this many days is not offered again; 0: it does not age.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(crate) masa_hari: u32,
    /// How sensitive it is.
    #[serde(default)]
    pub(crate) kepekaan: Kepekaan,
}

fn formats() -> Vec<String> {
    ["pdf", "jpg", "png"].map(Into::into).to_vec()
}

/// Who works on an application, after the front office took it and before the head signs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Alur {
    /// The technical OPD as the regency calls it, or its short name; empty: none is asked.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) opd_teknis: String,
    /// Is a recommendation of that OPD needed?
    #[serde(default)]
    pub(crate) rekomendasi: bool,
    /// Is the place looked at?
    #[serde(default)]
    pub(crate) survei: bool,
    /// Name of the field of choices of whose words there are only so many places (routes, spots); empty: nothing is limited.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) kuota: String,
    /// Who initials the draft, in order.
    #[serde(default = "paraf")]
    pub(crate) paraf: Vec<Paraf>,
}

impl Default for Alur {
    fn default() -> Self {
        Self { opd_teknis: String::new(), rekomendasi: false, survei: false, kuota: String::new(), paraf: paraf() }
    }
}

praja_kernel::words! {
    /// Who initials a draft.
    pub(crate) enum Paraf ("pemaraf") {
        /// Head of section.
        Kasi => "kasi", "Kepala seksi";
        /// Head of division.
        Kabid => "kabid", "Kepala bidang";
        /// Secretary.
        Sekretaris => "sekretaris", "Sekretaris";
    }
}

fn paraf() -> Vec<Paraf> {
    vec![Paraf::Kasi, Paraf::Kabid]
}

/// The document that is issued. Texts may name fields: `{judul}`, and `{nama}`, `{nik}`, `{alamat}`, `{nomor}`, `{tanggal}`, `{berlaku_sampai}`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Dokumen {
    /// What it looks like.
    #[serde(default)]
    pub(crate) bentuk: Bentuk,
    /// Its name; the name of the type when empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) judul: String,
    /// Pattern of its number, as [`praja_kernel::NumberPattern`]; the default of the module when empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) nomor: String,
    /// Classification of archives.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) klasifikasi: String,
    /// The public register does not name the holder.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) nama_tertutup: bool,
    /// Considerations of a decision.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) menimbang: Vec<String>,
    /// The rules it names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) mengingat: Vec<String>,
    /// Rows "label: value" about the holder and the object.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) rincian: Vec<Rincian>,
    /// Its paragraphs or dicta.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) isi: Vec<String>,
}

/// A row of an issued document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rincian {
    /// Label.
    pub(crate) label: String,
    /// Text with names of fields in braces.
    pub(crate) isi: String,
}

impl Jenis {
    /// Every field of the form, in order.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &Isian> {
        self.formulir.iter().flat_map(|part| &part.isian)
    }

    /// A field by its name.
    pub(crate) fn field(&self, kode: &str) -> Option<&Isian> {
        self.fields().find(|field| field.kode == kode)
    }

    /// A requirement by its name.
    pub(crate) fn requirement(&self, kode: &str) -> Option<&Syarat> {
        self.syarat.iter().find(|one| one.kode == kode)
    }

    /// May it be applied for on this day?
    pub(crate) fn is_open_on(&self, day: Date) -> bool {
        self.berlaku_dari <= day && self.berlaku_sampai.is_none_or(|last| day <= last)
    }

    /// Is it free? A free service never makes an SKRD (UU 1/2022: a fee needs a Perda).
    pub(crate) fn is_free(&self) -> bool {
        self.biaya.komponen.is_empty()
    }
}

/// What is wrong with a description, where, and what helps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cacat {
    /// Path within the description: `syarat[2].bila`; empty when it cannot be read at all.
    pub(crate) jalur: String,
    /// Line in the YAML, from 1; 0 where none is known.
    pub(crate) baris: usize,
    /// What is wrong.
    pub(crate) pesan: String,
    /// What to do.
    pub(crate) saran: String,
}
