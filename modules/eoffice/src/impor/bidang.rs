//! What a row of an old agenda book may hold, and how its headings are told apart. Pure.

use praja_kernel::fold;

use super::pemetaan::Bagian;

praja_kernel::words! {
    /// A field of a letter that a column of the old book may hold.
    pub enum Bidang ("isian buku agenda") {
        /// Its number in the old book.
        Agenda => "agenda", "Nomor agenda";
        /// The year of that book.
        Tahun => "tahun", "Tahun agenda";
        /// The day it came.
        TanggalTerima => "tanggal_terima", "Tanggal terima";
        /// Who sent it.
        Asal => "asal", "Pengirim";
        /// The sender's number.
        NomorSurat => "nomor_surat", "Nomor surat";
        /// The date on it.
        TanggalSurat => "tanggal_surat", "Tanggal surat";
        /// Its subject.
        Hal => "hal", "Hal";
        /// More about it.
        Ringkasan => "ringkasan", "Ringkasan isi";
        /// Code of the archive classification.
        Klasifikasi => "klasifikasi", "Kode klasifikasi";
        /// Security class.
        Sifat => "sifat", "Sifat";
        /// Urgency.
        Derajat => "derajat", "Derajat";
        /// Whom it is addressed to.
        Tujuan => "tujuan", "Ditujukan kepada";
        /// To whom it was handed.
        Disposisi => "disposisi", "Disposisi";
        /// How many attachments.
        Lampiran => "lampiran", "Jumlah lampiran";
        /// Where the paper lies.
        Lokasi => "lokasi", "Tempat naskah asli";
    }
}

impl Bidang {
    /// May a cell hold more than this one thing, so that only a part of it is taken?
    pub(crate) const fn is_divisible(self) -> bool {
        matches!(self, Self::Agenda | Self::TanggalTerima | Self::Asal | Self::NomorSurat | Self::TanggalSurat | Self::Hal)
    }

    /// What helps to choose the column.
    pub(crate) const fn hint(self) -> &'static str {
        match self {
            Self::Agenda => "Nomor urut pada buku lama. Tanpa kolom, setiap surat diberi nomor sesudah nomor terakhir tahunnya.",
            Self::Tahun => "Tanpa kolom, tahunnya dibaca dari baris seperti \"TAHUN 2019\", atau dari tanggal terima.",
            Self::TanggalTerima => "Tanpa kolom, dianggap sama dengan tanggal surat.",
            Self::Asal => "Harus ada, dari kolom atau isian tetap.",
            Self::NomorSurat => "Boleh kosong bila surat tidak bernomor.",
            Self::TanggalSurat => "Tanpa kolom, dianggap sama dengan tanggal terima.",
            Self::Hal => "Harus ada. Hal yang lebih dari 120 huruf dipersingkat; lengkapnya masuk ke ringkasan.",
            Self::Ringkasan => "Keterangan lain tentang isi surat.",
            Self::Klasifikasi => "Kode yang tidak berlaku lagi disimpan dalam ringkasan.",
            Self::Sifat => "Tanpa isian dianggap biasa.",
            Self::Derajat => "Tanpa isian dianggap biasa.",
            Self::Tujuan => "Jabatan atau unit yang tertulis pada surat.",
            Self::Disposisi => "Kepada siapa surat diteruskan.",
            Self::Lampiran => "Angka di awal selnya yang diambil.",
            Self::Lokasi => "Lemari, boks, atau map.",
        }
    }
}

/// What a heading most likely stands for: one field, or two when one column holds number and date together.
pub(crate) fn meaning(heading: &str) -> Vec<(Bidang, Bagian)> {
    let plain: String = fold(heading).chars().map(|one| if one.is_alphanumeric() { one } else { ' ' }).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    // A title such as "BUKU AGENDA SURAT MASUK DINAS KESEHATAN TAHUN 2019" is no heading of a column.
    if words.is_empty() || words.len() > 6 {
        return Vec::new();
    }
    let any = |known: &[&str]| words.iter().any(|word| known.contains(word));
    let numbered = any(&["no", "nomor", "nomer", "nmr"]);
    let dated = any(&["tgl", "tanggal", "tg"]);
    let (agenda, surat) = (any(&["agenda", "urut", "register", "reg"]), any(&["surat", "srt", "naskah"]));
    let received = any(&["terima", "diterima", "penerimaan", "masuk"]);
    let one = |bidang| vec![(bidang, Bagian::Utuh)];
    if numbered && dated {
        let (number, day) =
            if agenda { (Bidang::Agenda, Bidang::TanggalTerima) } else { (Bidang::NomorSurat, Bidang::TanggalSurat) };
        return vec![(number, Bagian::Sisa), (day, Bagian::Tanggal)];
    }
    if dated {
        return one(if surat && !any(&["terima", "diterima", "penerimaan"]) && !agenda {
            Bidang::TanggalSurat
        } else {
            Bidang::TanggalTerima
        });
    }
    if any(&["tahun", "thn"]) && words.len() <= 2 {
        return one(Bidang::Tahun);
    }
    if any(&["asal", "pengirim", "dari", "instansi"]) {
        return one(Bidang::Asal);
    }
    if any(&["kode", "klasifikasi", "klas"]) {
        return one(Bidang::Klasifikasi);
    }
    if agenda || (numbered && words.len() == 1) {
        return one(Bidang::Agenda);
    }
    if numbered && (surat || received) {
        return one(Bidang::NomorSurat);
    }
    let by_word: [(&[&str], Bidang); 9] = [
        (&["hal", "perihal", "tentang", "uraian"], Bidang::Hal),
        (&["isi", "ringkasan", "keterangan", "ket", "catatan"], Bidang::Ringkasan),
        (&["sifat"], Bidang::Sifat),
        (&["derajat"], Bidang::Derajat),
        (&["disposisi", "diteruskan", "didisposisi"], Bidang::Disposisi),
        (&["tujuan", "kepada", "ditujukan"], Bidang::Tujuan),
        (&["lampiran", "lamp"], Bidang::Lampiran),
        (&["lokasi", "tempat", "rak", "boks", "lemari", "map"], Bidang::Lokasi),
        (&["terima", "diterima"], Bidang::TanggalTerima),
    ];
    by_word.iter().find(|(known, _)| any(known)).map(|(_, bidang)| one(*bidang)).unwrap_or_default()
}
