-- What people ask about their own data (UU 27/2022), each with a clock of 3 x 24 hours from its receipt.
CREATE TABLE desk_data_permintaan (
    id TEXT PRIMARY KEY,
    nomor TEXT NOT NULL UNIQUE,
    -- What the paper from the counter carries, hashed; empty for an account.
    kode TEXT NOT NULL,
    jenis TEXT NOT NULL,
    nama TEXT NOT NULL,
    nik TEXT NOT NULL,
    kontak TEXT NOT NULL,
    -- How it is known who asks.
    bukti TEXT NOT NULL,
    pemohon TEXT NOT NULL,
    isi TEXT NOT NULL,
    status TEXT NOT NULL,
    diterima BIGINT NOT NULL,
    tenggat BIGINT NOT NULL,
    jawaban TEXT NOT NULL,
    dasar TEXT NOT NULL,
    dijawab BIGINT,
    oleh_nama TEXT NOT NULL,
    versi BIGINT NOT NULL
);
CREATE INDEX desk_data_permintaan_status ON desk_data_permintaan (status, tenggat, id);
CREATE INDEX desk_data_permintaan_pemohon ON desk_data_permintaan (pemohon, diterima, id);

-- Failures to protect personal data: what is known, and who was told within 3 x 24 hours.
CREATE TABLE desk_data_kegagalan (
    id TEXT PRIMARY KEY,
    nomor TEXT NOT NULL UNIQUE,
    diketahui BIGINT NOT NULL,
    tenggat BIGINT NOT NULL,
    data TEXT NOT NULL,
    kejadian TEXT NOT NULL,
    penanganan TEXT NOT NULL,
    orang BIGINT NOT NULL,
    status TEXT NOT NULL,
    oleh_nama TEXT NOT NULL,
    versi BIGINT NOT NULL
);
CREATE INDEX desk_data_kegagalan_diketahui ON desk_data_kegagalan (diketahui, id);
CREATE TABLE desk_data_surat (
    id TEXT PRIMARY KEY,
    kegagalan TEXT NOT NULL REFERENCES desk_data_kegagalan (id),
    kepada TEXT NOT NULL,
    tujuan TEXT NOT NULL,
    nomor_surat TEXT NOT NULL,
    pada BIGINT NOT NULL,
    oleh_nama TEXT NOT NULL
);
CREATE INDEX desk_data_surat_kegagalan ON desk_data_surat (kegagalan, pada, id);
