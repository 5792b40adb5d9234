-- How is billed: days to pay, late interest, codes. A new rule is a new row with its first day and its source; none is changed.
CREATE TABLE perizinan_skrd_aturan (
    id TEXT PRIMARY KEY,
    berlaku_dari TEXT NOT NULL,
    jatuh_tempo_hari BIGINT NOT NULL,
    bunga_persen_e2 BIGINT NOT NULL,
    bunga_bulan_maks BIGINT NOT NULL,
    kode_pd TEXT NOT NULL,
    dasar TEXT NOT NULL,
    oleh_nama TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX perizinan_skrd_aturan_berlaku ON perizinan_skrd_aturan (berlaku_dari, created_at, id);

-- Bills. What is owed and by which rule stands in each, as on its paper.
CREATE TABLE perizinan_skrd (
    id TEXT PRIMARY KEY,
    permohonan TEXT NOT NULL REFERENCES perizinan_permohonan (id),
    permohonan_nomor TEXT NOT NULL,
    opd TEXT NOT NULL,
    nomor TEXT NOT NULL,
    kode_bayar TEXT NOT NULL UNIQUE,
    tanggal TEXT NOT NULL,
    jatuh_tempo TEXT NOT NULL,
    nama TEXT NOT NULL,
    nama_fold TEXT NOT NULL,
    nik TEXT NOT NULL,
    npwp TEXT NOT NULL,
    alamat TEXT NOT NULL,
    layanan TEXT NOT NULL,
    dasar TEXT NOT NULL,
    -- JSON: [{"nama": …, "jumlah": …}].
    komponen TEXT NOT NULL,
    jumlah BIGINT NOT NULL,
    bunga_persen_e2 BIGINT NOT NULL,
    bunga_bulan_maks BIGINT NOT NULL,
    -- What the bank gave for its QRIS; never made here.
    qris TEXT NOT NULL,
    status TEXT NOT NULL,
    lunas_tanggal TEXT,
    alasan_batal TEXT NOT NULL,
    oleh_nama TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    versi BIGINT NOT NULL
);
CREATE INDEX perizinan_skrd_tanggal ON perizinan_skrd (opd, tanggal, id);
CREATE INDEX perizinan_skrd_status ON perizinan_skrd (opd, status, tanggal, id);
CREATE INDEX perizinan_skrd_tempo ON perizinan_skrd (opd, jatuh_tempo, id);
CREATE INDEX perizinan_skrd_status_tempo ON perizinan_skrd (opd, status, jatuh_tempo, id);
CREATE INDEX perizinan_skrd_permohonan ON perizinan_skrd (permohonan, created_at, id);

-- How a bank writes its files.
CREATE TABLE perizinan_bank_profil (
    id TEXT PRIMARY KEY,
    opd TEXT NOT NULL,
    nama TEXT NOT NULL,
    pemisah TEXT NOT NULL,
    lewati BIGINT NOT NULL,
    judul BOOLEAN NOT NULL,
    kolom_kode TEXT NOT NULL,
    kolom_jumlah TEXT NOT NULL,
    kolom_tanggal TEXT NOT NULL,
    kolom_referensi TEXT NOT NULL,
    bentuk_tanggal TEXT NOT NULL,
    bentuk_angka TEXT NOT NULL,
    oleh_nama TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    versi BIGINT NOT NULL,
    UNIQUE (opd, nama)
);

-- Files that a bank gave, and their rows with what was found.
CREATE TABLE perizinan_bank_berkas (
    id TEXT PRIMARY KEY,
    opd TEXT NOT NULL,
    profil_nama TEXT NOT NULL,
    nama TEXT NOT NULL,
    sidik TEXT NOT NULL,
    status TEXT NOT NULL,
    baris BIGINT NOT NULL,
    cocok BIGINT NOT NULL,
    nilai BIGINT NOT NULL,
    oleh_nama TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    selesai_nama TEXT NOT NULL,
    selesai_pada BIGINT,
    versi BIGINT NOT NULL
);
CREATE INDEX perizinan_bank_berkas_waktu ON perizinan_bank_berkas (opd, created_at, id);
CREATE INDEX perizinan_bank_berkas_sidik ON perizinan_bank_berkas (opd, sidik, id);
CREATE TABLE perizinan_bank_baris (
    berkas TEXT NOT NULL REFERENCES perizinan_bank_berkas (id),
    nomor BIGINT NOT NULL,
    kode TEXT NOT NULL,
    jumlah BIGINT,
    tanggal TEXT,
    referensi TEXT NOT NULL,
    teks TEXT NOT NULL,
    putusan TEXT NOT NULL,
    pesan TEXT NOT NULL,
    skrd TEXT,
    PRIMARY KEY (berkas, nomor)
);

-- Payments: matched credits of a bank file, and those that one treasurer enters by STS and another confirms.
CREATE TABLE perizinan_pembayaran (
    id TEXT PRIMARY KEY,
    opd TEXT NOT NULL,
    skrd TEXT NOT NULL REFERENCES perizinan_skrd (id),
    cara TEXT NOT NULL,
    status TEXT NOT NULL,
    tanggal TEXT NOT NULL,
    jumlah BIGINT NOT NULL,
    denda BIGINT NOT NULL,
    referensi TEXT NOT NULL,
    berkas TEXT REFERENCES perizinan_bank_berkas (id),
    catatan TEXT NOT NULL,
    oleh TEXT NOT NULL,
    oleh_nama TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    putus_oleh TEXT NOT NULL,
    putus_nama TEXT NOT NULL,
    putus_pada BIGINT,
    alasan TEXT NOT NULL,
    versi BIGINT NOT NULL
);
CREATE INDEX perizinan_pembayaran_skrd ON perizinan_pembayaran (skrd, created_at, id);
CREATE INDEX perizinan_pembayaran_waktu ON perizinan_pembayaran (opd, created_at, id);
CREATE INDEX perizinan_pembayaran_status ON perizinan_pembayaran (opd, status, created_at, id);
CREATE INDEX perizinan_pembayaran_referensi ON perizinan_pembayaran (opd, cara, referensi, id);
