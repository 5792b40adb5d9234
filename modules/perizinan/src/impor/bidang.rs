//! What a row of an old register may hold, and how its headings are told apart. Pure.

use praja_kernel::fold;

praja_kernel::words! {
    /// A field of a licence that a column of the file may hold.
    pub enum Bidang ("isian daftar izin lama") {
        /// Its number.
        Nomor => "nomor", "Nomor izin";
        /// What the old program called the service.
        Layanan => "layanan", "Jenis izin";
        /// The day it was issued.
        Tanggal => "tanggal", "Tanggal terbit";
        /// First day it is good for.
        Dari => "dari", "Berlaku dari";
        /// Last day.
        Sampai => "sampai", "Berlaku sampai";
        /// Who holds it.
        Nama => "nama", "Nama pemegang";
        /// The holder's NIK.
        Nik => "nik", "NIK pemegang";
        /// What it is about.
        Objek => "objek", "Objek izin";
        /// Where that is, as written.
        Alamat => "alamat", "Alamat atau lokasi";
        /// Its district.
        Kecamatan => "kecamatan", "Kecamatan";
        /// Its village.
        Desa => "desa", "Desa atau kelurahan";
        /// How it stands.
        Keadaan => "keadaan", "Status izin";
        /// Who signed it.
        Penandatangan => "penandatangan", "Penandatangan";
        /// The post of whoever signed.
        Jabatan => "jabatan", "Jabatan penandatangan";
        /// The holder's telephone.
        Telepon => "telepon", "Nomor ponsel pemegang";
        /// The holder's mail.
        Email => "email", "Surel pemegang";
    }
}

impl Bidang {
    /// The fields without which there is no licence; the others are folded.
    pub(crate) const MAIN: [Self; 7] =
        [Self::Nomor, Self::Layanan, Self::Tanggal, Self::Dari, Self::Sampai, Self::Nama, Self::Nik];

    /// May one word stand for every row? A number, a name or a NIK that were the same for all is none.
    pub(crate) const fn may_be_fixed(self) -> bool {
        !matches!(self, Self::Nomor | Self::Nama | Self::Nik | Self::Telepon | Self::Email)
    }

    /// What helps to choose the column.
    pub(crate) const fn hint(self) -> &'static str {
        match self {
            Self::Nomor => "Seperti tertulis pada izinnya. Dengan nomor ini pemegang mengajukan perpanjangan.",
            Self::Layanan => {
                "Nama layanan pada aplikasi lama. Untuk berkas berisi satu jenis saja, tulis namanya sebagai isian tetap."
            }
            Self::Tanggal => "Hari izin itu ditetapkan.",
            Self::Dari => "Tanpa kolom, dianggap sama dengan tanggal terbit.",
            Self::Sampai => "Kata seperti \"seumur hidup\" atau \"selama beroperasi\" berarti tanpa batas waktu.",
            Self::Nama => "Orang atau badan yang memegang izin.",
            Self::Nik => "Tanpa NIK izin tetap tercatat, tetapi tidak dapat diperpanjang dengan nomor lamanya.",
            Self::Objek => "Nama usaha, judul kegiatan, atau benda yang diizinkan.",
            Self::Alamat => "Disimpan untuk petugas; tidak tampil kepada umum.",
            Self::Kecamatan | Self::Desa => "Dicocokkan dengan daftar wilayah daerah ini; yang tidak cocok dikosongkan.",
            Self::Keadaan => "Berlaku, dibekukan, atau dicabut. Habis tidaknya dihitung dari tanggal.",
            Self::Penandatangan => "Tampil pada halaman pemeriksaan izin.",
            Self::Jabatan => "Misalnya Kepala Dinas Penanaman Modal dan PTSP.",
            Self::Telepon | Self::Email => "Untuk mengingatkan pemegang sebelum izinnya habis.",
        }
    }
}

/// What a heading most likely stands for; nothing for one that no field of ours holds.
pub(crate) fn meaning(heading: &str) -> Option<Bidang> {
    let plain: String = fold(heading).chars().map(|one| if one.is_alphanumeric() { one } else { ' ' }).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    // A title such as "DAFTAR IZIN YANG DITERBITKAN DPMPTSP TAHUN 2019 SAMPAI 2023" is no heading of a column.
    if words.is_empty() || words.len() > 6 {
        return None;
    }
    let any = |known: &[&str]| words.iter().any(|word| known.contains(word));
    if any(&["email", "surel"]) || plain.contains("e mail") {
        return Some(Bidang::Email);
    }
    if any(&["hp", "telepon", "telp", "tlp", "wa", "ponsel", "handphone", "whatsapp", "kontak"]) {
        return Some(Bidang::Telepon);
    }
    if any(&["nik", "ktp", "identitas", "kependudukan"]) {
        return Some(Bidang::Nik);
    }
    let dated = any(&["tgl", "tanggal", "tg", "tmt"]);
    if dated || any(&["berlaku", "berakhir", "kadaluarsa", "kedaluwarsa", "expired"]) {
        return day_of(&any);
    }
    if any(&["kecamatan", "kec"]) {
        return Some(Bidang::Kecamatan);
    }
    if any(&["desa", "kelurahan", "kel"]) {
        return Some(Bidang::Desa);
    }
    let numbered = any(&["no", "nomor", "nomer", "nmr"]);
    let paper = any(&["izin", "ijin", "sk", "surat", "keputusan", "sertifikat", "dokumen", "rekomendasi"]);
    if numbered {
        // "No." alone counts the rows; a registration is not what was issued.
        return (paper && !any(&["permohonan", "daftar", "pendaftaran"])).then_some(Bidang::Nomor);
    }
    if any(&["penandatangan", "pejabat", "ditandatangani", "ttd"]) {
        return Some(if any(&["jabatan"]) { Bidang::Jabatan } else { Bidang::Penandatangan });
    }
    let by_word: [(&[&str], Bidang); 7] = [
        (&["jabatan"], Bidang::Jabatan),
        (&["alamat", "lokasi", "tempat"], Bidang::Alamat),
        (&["status", "keadaan"], Bidang::Keadaan),
        (&["objek", "obyek", "usaha", "kegiatan", "uraian", "judul", "peruntukan", "merek"], Bidang::Objek),
        (&["pemohon", "pemegang", "pemilik", "perusahaan", "penanggung"], Bidang::Nama),
        (&["jenis", "layanan"], Bidang::Layanan),
        (&["izin", "ijin", "perizinan"], Bidang::Layanan),
    ];
    let found = by_word.iter().find(|(known, _)| any(known)).map(|(_, bidang)| *bidang);
    found.or_else(|| any(&["nama"]).then_some(Bidang::Nama))
}

fn day_of(any: &dyn Fn(&[&str]) -> bool) -> Option<Bidang> {
    if any(&["lahir", "permohonan", "daftar", "pendaftaran", "masuk", "bayar", "survei", "cetak"]) {
        return None;
    }
    if any(&["sampai", "akhir", "berakhir", "habis", "hingga", "expired", "kadaluarsa", "kedaluwarsa", "s", "sd", "masa"]) {
        return Some(Bidang::Sampai);
    }
    Some(if any(&["berlaku", "awal", "mulai", "tmt"]) { Bidang::Dari } else { Bidang::Tanggal })
}
