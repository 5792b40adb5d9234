-- Old agenda books that were imported. What is staged is removed when it is no longer needed; the row itself stays as the record of
-- who brought what, when, and whether it was taken back.
CREATE TABLE eoffice_impor (
    id TEXT PRIMARY KEY,
    opd TEXT NOT NULL,
    -- The post of whoever brought it: the registry of its letters.
    jabatan TEXT NOT NULL,
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
    maju BIGINT NOT NULL DEFAULT 0,
    dari BIGINT NOT NULL DEFAULT 0,
    baris BIGINT NOT NULL DEFAULT 0,
    baru BIGINT NOT NULL DEFAULT 0,
    sama BIGINT NOT NULL DEFAULT 0,
    masalah BIGINT NOT NULL DEFAULT 0,
    sela BIGINT NOT NULL DEFAULT 0,
    tertinggal BIGINT NOT NULL DEFAULT 0,
    ringkas TEXT NOT NULL DEFAULT '',
    -- First and last day of receipt of what was added.
    terima_dari TEXT,
    terima_sampai TEXT,
    catatan TEXT,
    dibersihkan BOOLEAN NOT NULL DEFAULT FALSE,
    versi BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX eoffice_impor_opd ON eoffice_impor (opd, dibuat, id);
CREATE INDEX eoffice_impor_bersih ON eoffice_impor (dibersihkan, diubah, id);

-- What is wrong, by row and column.
CREATE TABLE eoffice_impor_masalah (
    impor TEXT NOT NULL,
    urut BIGINT NOT NULL,
    baris BIGINT NOT NULL,
    kolom TEXT NOT NULL,
    isi TEXT NOT NULL,
    pesan TEXT NOT NULL,
    saran TEXT NOT NULL,
    PRIMARY KEY (impor, urut)
);

-- What becomes of each letter. isi is the letter as JSON, empty where nothing is added.
CREATE TABLE eoffice_impor_baris (
    impor TEXT NOT NULL,
    urut BIGINT NOT NULL,
    baris BIGINT NOT NULL,
    tindakan TEXT NOT NULL,
    agenda TEXT NOT NULL,
    judul TEXT NOT NULL,
    judul_fold TEXT NOT NULL,
    asal TEXT NOT NULL,
    keterangan TEXT NOT NULL,
    isi TEXT NOT NULL,
    PRIMARY KEY (impor, urut)
);
CREATE INDEX eoffice_impor_baris_menurut ON eoffice_impor_baris (impor, tindakan, urut);

-- How an OPD reads its books.
CREATE TABLE eoffice_impor_profil (
    id TEXT PRIMARY KEY,
    opd TEXT NOT NULL,
    nama TEXT NOT NULL,
    nama_fold TEXT NOT NULL,
    pemetaan TEXT NOT NULL,
    oleh_nama TEXT NOT NULL,
    dibuat BIGINT NOT NULL,
    versi BIGINT NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX eoffice_impor_profil_nama ON eoffice_impor_profil (opd, nama_fold);

-- Where an imported letter came from: the import, the row of its file, its number where that could not be kept, and what makes it
-- this very letter of this very book. NULL for what was registered here.
ALTER TABLE eoffice_surat_masuk ADD COLUMN impor TEXT DEFAULT NULL;
ALTER TABLE eoffice_surat_masuk ADD COLUMN impor_baris BIGINT DEFAULT NULL;
ALTER TABLE eoffice_surat_masuk ADD COLUMN impor_sidik TEXT DEFAULT NULL;
ALTER TABLE eoffice_surat_masuk ADD COLUMN agenda_lama TEXT DEFAULT NULL;
CREATE INDEX eoffice_surat_masuk_impor ON eoffice_surat_masuk (impor, id) WHERE impor IS NOT NULL;

-- Thousands of old letters are no work that waits for the archivist: only what was registered here is counted as not filed.
DROP INDEX eoffice_surat_masuk_belum;
CREATE INDEX eoffice_surat_masuk_dicatat_belum ON eoffice_surat_masuk (opd, created_at, id) WHERE status = 'selesai' AND impor IS NULL;
-- Whether a letter was answered: an import is taken back only while nobody has worked with its letters.
CREATE INDEX eoffice_naskah_jawaban ON eoffice_naskah (surat_masuk, id) WHERE surat_masuk IS NOT NULL;
-- Naskah that were signed before they were counted.
INSERT INTO eoffice_hitung (opd, bulan, jenis, nilai, jumlah)
    SELECT opd, SUBSTR(tanggal, 1, 7), 'keluar', 0, COUNT(*) FROM eoffice_naskah
    WHERE tanggal IS NOT NULL AND ditandatangani_pada IS NOT NULL GROUP BY opd, SUBSTR(tanggal, 1, 7);
