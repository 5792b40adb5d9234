-- Audit: append-only, one chain per OPD plus 'umum'. Values stand apart so that they can lawfully be erased.
CREATE TABLE store_audit (
    rantai TEXT NOT NULL,
    urut BIGINT NOT NULL,
    pada BIGINT NOT NULL,
    pelaku TEXT NOT NULL,
    pelaku_nama TEXT NOT NULL,
    jabatan TEXT,
    tindakan TEXT NOT NULL,
    objek TEXT NOT NULL,
    alasan TEXT,
    bidang TEXT NOT NULL,
    sebelum BYTEA NOT NULL,
    sidik BYTEA NOT NULL,
    PRIMARY KEY (rantai, urut)
);
CREATE INDEX store_audit_objek ON store_audit (objek, pada, urut);
CREATE TABLE store_audit_nilai (
    rantai TEXT NOT NULL,
    urut BIGINT NOT NULL,
    isi TEXT NOT NULL,
    PRIMARY KEY (rantai, urut)
);

-- Events and their deliveries, one row per module that listens. Deliveries of one object go out in the order of urut.
CREATE TABLE store_peristiwa (
    id TEXT PRIMARY KEY,
    urut BIGINT NOT NULL UNIQUE,
    jenis TEXT NOT NULL,
    versi BIGINT NOT NULL,
    objek TEXT NOT NULL,
    isi TEXT NOT NULL,
    pelaku TEXT NOT NULL,
    opd TEXT,
    pada BIGINT NOT NULL
);
CREATE TABLE store_kiriman (
    modul TEXT NOT NULL,
    peristiwa TEXT NOT NULL,
    urut BIGINT NOT NULL,
    objek TEXT NOT NULL,
    status TEXT NOT NULL,
    percobaan BIGINT NOT NULL DEFAULT 0,
    coba_pada BIGINT NOT NULL,
    kesalahan TEXT,
    PRIMARY KEY (modul, peristiwa)
);
CREATE INDEX store_kiriman_jatuh ON store_kiriman (status, coba_pada, urut);
CREATE INDEX store_kiriman_objek ON store_kiriman (modul, objek, status, urut);

-- Background work.
CREATE TABLE store_kerja (
    id TEXT PRIMARY KEY,
    jenis TEXT NOT NULL,
    kunci TEXT UNIQUE,
    isi TEXT NOT NULL,
    status TEXT NOT NULL,
    percobaan BIGINT NOT NULL DEFAULT 0,
    jalan_pada BIGINT NOT NULL,
    pemegang TEXT,
    sewa_sampai BIGINT NOT NULL DEFAULT 0,
    kesalahan TEXT,
    dibuat BIGINT NOT NULL
);
CREATE INDEX store_kerja_jatuh ON store_kerja (status, jalan_pada, id);
CREATE INDEX store_kerja_sewa ON store_kerja (status, sewa_sampai, id);

-- Forms that were already answered: the second click gets the first answer.
CREATE TABLE store_formulir (
    kunci TEXT PRIMARY KEY,
    status BIGINT NOT NULL,
    tujuan TEXT NOT NULL,
    pada BIGINT NOT NULL
);
CREATE INDEX store_formulir_pada ON store_formulir (pada);

-- Encrypted files known to the database; an object without a row is an orphan.
CREATE TABLE store_blob (
    alamat TEXT PRIMARY KEY,
    ukuran BIGINT NOT NULL,
    sidik TEXT NOT NULL,
    kunci_id TEXT NOT NULL,
    kunci BYTEA NOT NULL,
    dibuat BIGINT NOT NULL
);

-- Search over all modules; words and access words are made in Rust.
CREATE TABLE store_cari (
    seq BIGINT PRIMARY KEY,
    modul TEXT NOT NULL,
    jenis TEXT NOT NULL,
    ref TEXT NOT NULL,
    judul TEXT NOT NULL,
    nomor TEXT NOT NULL,
    teks TEXT NOT NULL,
    akses TEXT NOT NULL,
    pada BIGINT NOT NULL,
    UNIQUE (modul, jenis, ref)
);
CREATE TABLE store_cari_gram (
    gram TEXT NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (gram, seq)
);
CREATE INDEX store_cari_gram_seq ON store_cari_gram (seq);
-- What waits to be put into the index.
CREATE TABLE store_cari_antre (
    id TEXT PRIMARY KEY,
    isi TEXT NOT NULL,
    pada BIGINT NOT NULL
);

-- Facts about this database: the Instance's identity, its kind, the demo's anchor day.
CREATE TABLE store_fakta (
    nama TEXT PRIMARY KEY,
    isi TEXT NOT NULL
);
