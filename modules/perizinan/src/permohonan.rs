//! An application: who asks for what, where it stands, and how its days are counted. Pure; what it needs to know is passed in.

pub(crate) mod giliran;
pub(crate) mod isian;
pub(crate) mod janji;
pub(crate) mod kabar;
mod refusal;
pub(crate) mod store;
#[cfg(test)]
mod tests;
pub(crate) mod write;

use praja_kernel::{Date, Id, Moment, Nik, words};

pub(crate) use refusal::Refusal;

use crate::{
    alur::{Keadaan, Meja, Status},
    jenis::{Jenis, Paraf, Permintaan},
    sla,
};

words! {
    /// How an application came.
    pub(crate) enum Asal ("asal permohonan") {
        /// From the applicant, without or with an account.
        Daring => "daring", "Daring";
        /// Entered at the counter for somebody who is there.
        Loket => "loket", "Loket";
        /// From the program before this one.
        Impor => "impor", "Impor";
        /// By another program, through the API.
        Antarmuka => "antarmuka", "Aplikasi lain";
    }
}

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pemohon {
    pub(crate) nama: String,
    pub(crate) nik: Nik,
    /// As typed; empty where there is none.
    pub(crate) telepon: String,
    pub(crate) email: String,
    pub(crate) alamat: String,
    /// Who applies for the applicant, with a power of attorney among the files.
    pub(crate) kuasa: Option<(String, Nik)>,
}

/// One application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Permohonan {
    pub(crate) id: Id,
    /// None while it is a draft.
    pub(crate) nomor: Option<String>,
    /// By what it is tracked without an account.
    pub(crate) resi: String,
    pub(crate) jenis: Id,
    /// The version of the type it was filed under: it stays with it.
    pub(crate) jenis_versi: Id,
    pub(crate) permintaan: Permintaan,
    pub(crate) akun: Option<Id>,
    pub(crate) pemohon: Pemohon,
    /// Fields of the form, a JSON object.
    pub(crate) isian: String,
    pub(crate) izin_lama: Option<Id>,
    pub(crate) asal: Asal,
    pub(crate) status: Status,
    pub(crate) meja: Meja,
    pub(crate) opd: Id,
    pub(crate) opd_teknis: Option<Id>,
    /// Whose turn it is.
    pub(crate) petugas: Option<Id>,
    pub(crate) petugas_nama: String,
    pub(crate) sejak: Moment,
    pub(crate) diajukan: Option<Moment>,
    pub(crate) hari_ajukan: Option<Date>,
    pub(crate) batas_langkah: Option<Date>,
    /// Working days promised.
    pub(crate) sla: i64,
    pub(crate) mulai: Option<Date>,
    pub(crate) terpakai: i64,
    pub(crate) lanjut: Option<Date>,
    pub(crate) tenggat: Option<Date>,
    pub(crate) sementara: bool,
    pub(crate) selesai: Option<Date>,
    pub(crate) hari_pakai: Option<i64>,
    pub(crate) sebelum_tangguh: Option<Status>,
    pub(crate) pernah_lengkap: bool,
    pub(crate) perlu_rekomendasi: bool,
    pub(crate) perlu_survei: bool,
    /// Whole rupiah.
    pub(crate) biaya: i64,
    pub(crate) sisa_paraf: Vec<Paraf>,
    pub(crate) kode_tolak: Option<String>,
    pub(crate) dasar_tolak: Option<String>,
    /// How often it was returned.
    pub(crate) putaran: i64,
    pub(crate) peringatan: i64,
    pub(crate) dibuat: Moment,
    pub(crate) versi: i64,
}

impl Permohonan {
    /// A draft with nothing but its applicant: a first application, online, of this version of a type (`jenis` and its version), begun at a
    /// moment before an OPD.
    pub(crate) fn draf(
        (id, resi): (Id, String),
        (jenis, jenis_versi, isi): (Id, Id, &Jenis),
        pemohon: Pemohon,
        (opd, at): (Id, Moment),
    ) -> Self {
        Self {
            id,
            nomor: None,
            resi,
            jenis,
            jenis_versi,
            permintaan: Permintaan::Baru,
            akun: None,
            pemohon,
            isian: "{}".into(),
            izin_lama: None,
            asal: Asal::Daring,
            status: Status::Draf,
            meja: Meja::Pemohon,
            opd,
            opd_teknis: None,
            petugas: None,
            petugas_nama: String::new(),
            sejak: at,
            diajukan: None,
            hari_ajukan: None,
            batas_langkah: None,
            sla: i64::from(isi.sla.hari),
            mulai: None,
            terpakai: 0,
            lanjut: None,
            tenggat: None,
            sementara: false,
            selesai: None,
            hari_pakai: None,
            sebelum_tangguh: None,
            pernah_lengkap: false,
            perlu_rekomendasi: isi.alur.rekomendasi,
            perlu_survei: isi.alur.survei,
            biaya: 0,
            sisa_paraf: isi.alur.paraf.clone(),
            kode_tolak: None,
            dasar_tolak: None,
            putaran: 0,
            peringatan: 0,
            dibuat: at,
            versi: 1,
        }
    }

    /// Its clock.
    pub(crate) const fn jam(&self) -> sla::Jam {
        sla::Jam { sla: self.sla, mulai: self.mulai, terpakai: self.terpakai, lanjut: self.lanjut }
    }

    /// What its way depends on.
    pub(crate) fn keadaan(&self) -> Keadaan {
        Keadaan {
            perlu_rekomendasi: self.perlu_rekomendasi,
            perlu_survei: self.perlu_survei,
            berbayar: self.biaya > 0,
            pernah_lengkap: self.pernah_lengkap,
            sisa_paraf: self.sisa_paraf.clone(),
            sebelum_tangguh: self.sebelum_tangguh,
        }
    }

    /// How people name it: by its number, before that by its resi.
    pub(crate) fn sebutan(&self) -> &str {
        self.nomor.as_deref().unwrap_or(&self.resi)
    }
}

/// Letters and digits of a resi: none that look alike.
const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
/// How long a resi is: fifty random bits.
const LENGTH: usize = 10;

/// The resi these random bytes make.
pub(crate) fn resi(random: [u8; LENGTH]) -> String {
    random.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect()
}

/// A resi as it was typed: blanks, dashes and small letters do not matter.
pub(crate) fn read_resi(typed: &str) -> Option<String> {
    let resi: String = typed.chars().filter(|c| !matches!(c, ' ' | '-' | '.')).map(|c| c.to_ascii_uppercase()).collect();
    (resi.len() == LENGTH && resi.bytes().all(|byte| LETTERS.contains(&byte))).then_some(resi)
}

/// `SKP-20261127-0001`.
pub(crate) fn nomor(kode: &str, day: Date, urut: i64) -> String {
    format!("{kode}-{}-{urut:04}", day.strftime("%Y%m%d"))
}

words! {
    /// Why a file was taken out of its turn. Without one of these nobody takes it (domain of the fairness report).
    pub(crate) enum AlasanLompat ("alasan mendahulukan") {
        /// Disabled or old.
        Rentan => "disabilitas-lansia", "Penyandang disabilitas atau lanjut usia";
        /// Somebody's health depends on it.
        Darurat => "darurat-kesehatan", "Darurat kesehatan";
        /// A court said so.
        Pengadilan => "perintah-pengadilan", "Perintah pengadilan";
        /// A mistake of the system is put right.
        Korektif => "korektif-sistem", "Perbaikan kesalahan sistem";
    }
}

words! {
    /// Why an application is refused. Each names its rule beside it.
    pub(crate) enum AlasanTolak ("alasan penolakan") {
        /// A requirement cannot be met.
        Syarat => "syarat-tidak-terpenuhi", "Syarat tidak dapat dipenuhi";
        /// The plan of the area forbids it.
        TataRuang => "tidak-sesuai-tata-ruang", "Tidak sesuai rencana tata ruang";
        /// The technical OPD advises against it.
        Rekomendasi => "rekomendasi-menolak", "Rekomendasi teknis menolak";
        /// What was found at the place does not fit.
        Lapangan => "lapangan-tidak-sesuai", "Keadaan lapangan tidak sesuai";
        /// What was shown is not true.
        TidakBenar => "data-tidak-benar", "Data atau berkas tidak benar";
        /// No place is left.
        Kuota => "kuota-habis", "Kuota habis";
        /// Somebody else decides it.
        BukanWewenang => "bukan-wewenang", "Bukan wewenang daerah";
    }
}

words! {
    /// What is wrong with a file or an answer that goes back.
    pub(crate) enum AlasanKurang ("alasan pengembalian") {
        /// It is not there.
        TidakAda => "tidak-ada", "Belum ada";
        /// It cannot be read.
        Buram => "buram", "Buram atau terpotong";
        /// It is another paper than asked.
        Salah => "salah-berkas", "Bukan berkas yang diminta";
        /// It is too old.
        Kedaluwarsa => "kedaluwarsa", "Masa berlakunya habis";
        /// It says something else than the form.
        TidakCocok => "tidak-cocok", "Tidak cocok dengan isian";
        /// A signature, stamp or duty stamp is missing.
        TandaTangan => "tanpa-tanda-tangan", "Tanda tangan, cap, atau meterai tidak ada";
        /// The answer is not clear.
        TidakJelas => "tidak-jelas", "Isian tidak jelas";
    }
}
