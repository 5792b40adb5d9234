-- Tokens of other programs of the regency. Of the token itself only its hash is kept; petunjuk are the few letters by which people tell
-- one from another. A token is revoked, never deleted: history names it.
CREATE TABLE identity_token (
    id TEXT PRIMARY KEY,
    nama TEXT NOT NULL,
    -- What it is for, and by which paper.
    keterangan TEXT NOT NULL,
    opd TEXT NOT NULL,
    -- The post that answers for it and does what it leaves to do.
    jabatan TEXT NOT NULL,
    -- The most secret class whose content it may read and write.
    sifat TEXT NOT NULL,
    -- What it is allowed, one name per line.
    cakupan TEXT NOT NULL,
    kunci TEXT NOT NULL,
    petunjuk TEXT NOT NULL,
    berlaku_sampai BIGINT NOT NULL,
    dibuat BIGINT NOT NULL,
    oleh_nama TEXT NOT NULL,
    terakhir BIGINT,
    terakhir_alamat TEXT,
    dicabut BIGINT,
    dicabut_oleh TEXT,
    sebab TEXT
);
CREATE UNIQUE INDEX identity_token_kunci ON identity_token (kunci);
CREATE INDEX identity_token_opd ON identity_token (opd, id);

-- How often each token did what, by day: calls that answered, and calls that were turned away.
CREATE TABLE identity_token_pakai (
    token TEXT NOT NULL REFERENCES identity_token (id),
    hari TEXT NOT NULL,
    operasi TEXT NOT NULL,
    jumlah BIGINT NOT NULL,
    ditolak BIGINT NOT NULL,
    PRIMARY KEY (token, hari, operasi)
);

-- Addresses of other programs that are told when something happened to a letter of an OPD (webhook). The secret of the signatures is
-- sealed by the Instance's key.
CREATE TABLE identity_kait (
    id TEXT PRIMARY KEY,
    nama TEXT NOT NULL,
    opd TEXT NOT NULL,
    alamat TEXT NOT NULL,
    -- Of the regency's own authority (PEM), where this machine does not know it.
    sertifikat TEXT,
    -- What it is told of, one kind per line.
    peristiwa TEXT NOT NULL,
    rahasia BYTEA NOT NULL,
    aktif BOOLEAN NOT NULL,
    -- Failures since it last worked; after some in a row it rests.
    gagal BIGINT NOT NULL DEFAULT 0,
    istirahat_sampai BIGINT,
    dibuat BIGINT NOT NULL,
    oleh_nama TEXT NOT NULL,
    versi BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX identity_kait_opd ON identity_kait (opd, id);

-- What each of them was told, or is still to be told: number and state of a letter, nothing of what is in it.
CREATE TABLE identity_kait_kiriman (
    id TEXT PRIMARY KEY,
    kait TEXT NOT NULL REFERENCES identity_kait (id),
    jenis TEXT NOT NULL,
    nomor TEXT NOT NULL,
    isi TEXT NOT NULL,
    status TEXT NOT NULL,
    percobaan BIGINT NOT NULL,
    coba_pada BIGINT NOT NULL,
    jawaban BIGINT,
    sebab TEXT,
    dibuat BIGINT NOT NULL,
    selesai_pada BIGINT
);
CREATE INDEX identity_kait_kiriman_kait ON identity_kait_kiriman (kait, id);
CREATE INDEX identity_kait_kiriman_status ON identity_kait_kiriman (kait, status, id);
