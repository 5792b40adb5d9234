//! The fourteen components of a standar pelayanan (PermenPANRB 15/2014), made from the same data as form and clock, so that they never differ.

/// Components that only words can fill: key, title, what is said where nobody wrote anything.
pub(crate) const KOMPONEN: &[(&str, &str, &str)] = &[
    ("prosedur", "Sistem, mekanisme, dan prosedur", ""),
    ("produk", "Produk pelayanan", ""),
    (
        "pengaduan",
        "Penanganan pengaduan, saran, dan masukan",
        "Disampaikan melalui halaman pengaduan, loket, atau SP4N-LAPOR; setiap pengaduan mendapat nomor dan dapat dilacak.",
    ),
    (
        "sarana",
        "Sarana dan prasarana, dan/atau fasilitas",
        "Loket pelayanan, ruang tunggu, antrean, dan layanan daring pada portal ini.",
    ),
    ("kompetensi", "Kompetensi pelaksana", "Memahami aturan layanan ini dan mampu memakai aplikasi perizinan."),
    (
        "pengawasan",
        "Pengawasan internal",
        "Pengawasan berjenjang oleh atasan langsung dan oleh Inspektorat; setiap langkah permohonan tercatat dan tidak dapat diubah.",
    ),
    ("pelaksana", "Jumlah pelaksana", "Sesuai meja yang disebut pada alur layanan."),
    (
        "jaminan-pelayanan",
        "Jaminan pelayanan",
        "Setiap permohonan dilayani menurut urutan masuk, dengan tanggal jatuh tempo yang tercetak pada tanda terima.",
    ),
    (
        "jaminan-keamanan",
        "Jaminan keamanan dan keselamatan pelayanan",
        "Data pribadi dilindungi menurut UU 27/2022; dokumen yang terbit ditandatangani dan dapat diperiksa keasliannya dengan kode QR.",
    ),
    (
        "evaluasi",
        "Evaluasi kinerja pelaksana",
        "Survei kepuasan masyarakat sedikitnya sekali setahun (PermenPANRB 14/2017) dan angka ketepatan waktu yang terbuka bagi umum.",
    ),
    (
        "maklumat",
        "Maklumat pelayanan",
        "Dengan ini kami menyatakan sanggup menyelenggarakan pelayanan sesuai standar pelayanan yang telah ditetapkan, dan apabila tidak \
         menepatinya kami siap menerima sanksi sesuai peraturan perundang-undangan.",
    ),
];
