-- Registers of the programs before this one. What is staged is removed when it is no longer needed; the row itself stays as the record of who
-- brought what, when, and whether it was taken back.
CREATE TABLE perizinan_impor (
    id TEXT PRIMARY KEY,
    opd TEXT NOT NULL,
    status TEXT NOT NULL,
    berkas TEXT NOT NULL,
    alamat TEXT NOT NULL,
    sidik TEXT NOT NULL,
    oleh_nama TEXT NOT NULL,
    dibuat BIGINT NOT NULL,
    diubah BIGINT NOT NULL,
    -- JSON: the first rows of each sheet, for choosing and mapping.
    contoh TEXT NOT NULL DEFAULT '[]',
    lembar TEXT NOT NULL DEFAULT '',
    kepala BIGINT NOT NULL DEFAULT 0,
    -- JSON: which column holds what; empty until it is mapped.
    pemetaan TEXT NOT NULL DEFAULT '',
    -- JSON: names of services in the file, with how many rows each has.
    layanan TEXT NOT NULL DEFAULT '[]',
    maju BIGINT NOT NULL DEFAULT 0,
    dari BIGINT NOT NULL DEFAULT 0,
    baris BIGINT NOT NULL DEFAULT 0,
    baru BIGINT NOT NULL DEFAULT 0,
    ubah BIGINT NOT NULL DEFAULT 0,
    sama BIGINT NOT NULL DEFAULT 0,
    masalah BIGINT NOT NULL DEFAULT 0,
    sela BIGINT NOT NULL DEFAULT 0,
    tertinggal BIGINT NOT NULL DEFAULT 0,
    ringkas TEXT NOT NULL DEFAULT '',
    catatan TEXT,
    dibersihkan BOOLEAN NOT NULL DEFAULT FALSE,
    versi BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX perizinan_impor_opd ON perizinan_impor (opd, dibuat, id);
CREATE INDEX perizinan_impor_bersih ON perizinan_impor (dibersihkan, diubah, id);

-- What is wrong, by row and column.
CREATE TABLE perizinan_impor_masalah (
    impor TEXT NOT NULL,
    urut BIGINT NOT NULL,
    baris BIGINT NOT NULL,
    kolom TEXT NOT NULL,
    isi TEXT NOT NULL,
    pesan TEXT NOT NULL,
    saran TEXT NOT NULL,
    PRIMARY KEY (impor, urut)
);

-- What becomes of each row. isi is the licence as JSON, empty where nothing is written, and emptied once it was.
CREATE TABLE perizinan_impor_baris (
    impor TEXT NOT NULL,
    urut BIGINT NOT NULL,
    baris BIGINT NOT NULL,
    tindakan TEXT NOT NULL,
    nomor TEXT NOT NULL,
    nama TEXT NOT NULL,
    fold TEXT NOT NULL,
    layanan TEXT NOT NULL,
    keterangan TEXT NOT NULL,
    isi TEXT NOT NULL,
    PRIMARY KEY (impor, urut)
);
CREATE INDEX perizinan_impor_baris_menurut ON perizinan_impor_baris (impor, tindakan, urut);

-- How a PTSP reads its files.
CREATE TABLE perizinan_impor_profil (
    id TEXT PRIMARY KEY,
    opd TEXT NOT NULL,
    nama TEXT NOT NULL,
    nama_fold TEXT NOT NULL,
    pemetaan TEXT NOT NULL,
    oleh_nama TEXT NOT NULL,
    dibuat BIGINT NOT NULL,
    versi BIGINT NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX perizinan_impor_profil_nama ON perizinan_impor_profil (opd, nama_fold);

-- Of a licence that another program issued: which import and row of its file it came from, what that program called its service, and how its
-- holder is reached, since no application of ours tells it. `tercatat` is the licence's versi when it was written: a higher one was worked with.
CREATE TABLE perizinan_izin_lama (
    izin TEXT PRIMARY KEY REFERENCES perizinan_izin (id),
    impor TEXT NOT NULL,
    baris BIGINT NOT NULL,
    layanan TEXT NOT NULL,
    alamat TEXT NOT NULL,
    telepon TEXT NOT NULL,
    email TEXT NOT NULL,
    tercatat BIGINT NOT NULL
);
CREATE INDEX perizinan_izin_lama_impor ON perizinan_izin_lama (impor, izin);

-- What an import changed of a licence that an earlier one brought, as it was before, so that the import can be taken back.
CREATE TABLE perizinan_impor_ubah (
    impor TEXT NOT NULL,
    izin TEXT NOT NULL,
    sebelum TEXT NOT NULL,
    PRIMARY KEY (impor, izin)
);
CREATE INDEX perizinan_impor_ubah_izin ON perizinan_impor_ubah (izin);

-- Whether somebody applied for something with a licence.
CREATE INDEX perizinan_permohonan_izin_lama ON perizinan_permohonan (izin_lama, id) WHERE izin_lama IS NOT NULL;

-- Steps as they happened, for whoever keeps a copy of the states elsewhere.
CREATE INDEX perizinan_riwayat_pada ON perizinan_riwayat (pada, id);

-- Files that other programs sent before the application that names them. Removed after a day; an application that used one keeps a copy.
CREATE TABLE perizinan_titipan (
    id TEXT PRIMARY KEY,
    -- The token that brought it: no other may use it.
    token TEXT NOT NULL,
    opd TEXT NOT NULL,
    -- SHA-256 of what was sent; a photograph is kept smaller.
    sidik TEXT NOT NULL,
    dibuat BIGINT NOT NULL
);
CREATE INDEX perizinan_titipan_token ON perizinan_titipan (token, dibuat, id);
CREATE INDEX perizinan_titipan_lama ON perizinan_titipan (dibuat, id);
