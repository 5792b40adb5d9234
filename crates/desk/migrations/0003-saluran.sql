-- Ways out of the house: mail, and gateways for WhatsApp, Telegram or SMS. pengaturan is JSON without secrets; rahasia is sealed by the
-- Instance's key. A way that failed several times rests until istirahat_sampai.
CREATE TABLE desk_saluran (
    id TEXT PRIMARY KEY,
    jenis TEXT NOT NULL,
    nama TEXT NOT NULL,
    aktif BOOLEAN NOT NULL,
    pengaturan TEXT NOT NULL,
    rahasia BYTEA,
    gagal BIGINT NOT NULL DEFAULT 0,
    istirahat_sampai BIGINT,
    terakhir_baik BIGINT,
    terakhir_gagal BIGINT,
    sebab TEXT,
    dibuat BIGINT NOT NULL,
    versi BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX desk_saluran_aktif ON desk_saluran (aktif, id);

-- What a person wants of a way out, for each derajat: langsung, ringkasan or tidak; and an address of their own for it.
CREATE TABLE desk_pilihan_saluran (
    pemilik TEXT NOT NULL,
    saluran TEXT NOT NULL,
    sangat_segera TEXT NOT NULL,
    segera TEXT NOT NULL,
    biasa TEXT NOT NULL,
    alamat TEXT,
    diubah BIGINT NOT NULL,
    versi BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (pemilik, saluran)
);

-- One message over one way to one address. Tried again with growing pauses; what is over keeps its outcome. ringkasan is the digest in
-- which it went.
CREATE TABLE desk_kiriman (
    id TEXT PRIMARY KEY,
    kabar TEXT,
    saluran TEXT NOT NULL,
    penerima TEXT NOT NULL,
    penerima_nama TEXT NOT NULL,
    alamat TEXT NOT NULL,
    jenis TEXT NOT NULL,
    judul TEXT NOT NULL,
    isi TEXT NOT NULL,
    oleh TEXT NOT NULL,
    status TEXT NOT NULL,
    percobaan BIGINT NOT NULL DEFAULT 0,
    coba_pada BIGINT NOT NULL,
    sebab TEXT,
    ringkasan TEXT,
    dibuat BIGINT NOT NULL,
    selesai_pada BIGINT
);
CREATE INDEX desk_kiriman_status ON desk_kiriman (status, id DESC);
CREATE INDEX desk_kiriman_jatuh ON desk_kiriman (status, coba_pada, id);
CREATE INDEX desk_kiriman_penerima ON desk_kiriman (status, penerima, saluran, id);
CREATE INDEX desk_kiriman_milik ON desk_kiriman (penerima, id DESC);
CREATE INDEX desk_kiriman_saluran ON desk_kiriman (saluran, status, id DESC);
CREATE INDEX desk_kiriman_kabar ON desk_kiriman (kabar, id);
CREATE INDEX desk_kiriman_oleh ON desk_kiriman (oleh, id DESC);

-- Texts of messages that the regency changed; the others are those of the release.
CREATE TABLE desk_templat_kabar (
    nama TEXT PRIMARY KEY,
    isi TEXT NOT NULL,
    oleh_nama TEXT NOT NULL,
    diubah BIGINT NOT NULL,
    versi BIGINT NOT NULL DEFAULT 1
);
