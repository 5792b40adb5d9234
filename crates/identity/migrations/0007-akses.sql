-- When the password was last typed in a session (dangerous acts ask again), and what the browser calls itself.
ALTER TABLE identity_sesi ADD COLUMN dibuktikan BIGINT NOT NULL DEFAULT 0;
ALTER TABLE identity_sesi ADD COLUMN peramban TEXT NOT NULL DEFAULT '';

-- Nothing until the first log-in: such accounts get first-login slips.
ALTER TABLE identity_akun ADD COLUMN terakhir_masuk BIGINT;

-- The list of doors that are shut now.
CREATE INDEX identity_percobaan_dikunci ON identity_percobaan (dikunci_sampai, kunci);

-- Two-step log-in. rahasia is sealed with the Instance's key; langkah is the last time step that was used, so that a code counts once.
CREATE TABLE identity_totp (
    akun TEXT PRIMARY KEY REFERENCES identity_akun (id),
    rahasia BYTEA NOT NULL,
    dibuat BIGINT NOT NULL,
    aktif BIGINT,
    langkah BIGINT NOT NULL DEFAULT 0
);

-- Recovery codes, as digests: each opens the second step once.
CREATE TABLE identity_kode_pemulihan (
    akun TEXT NOT NULL REFERENCES identity_akun (id),
    sidik TEXT NOT NULL,
    dibuat BIGINT NOT NULL,
    dipakai BIGINT,
    PRIMARY KEY (akun, sidik)
);

-- Something begun in a browser and ended by a code: the second step of a log-in, a forgotten password, a registration, a new address.
-- kunci is the hash of the browser's cookie, kode the keyed digest of the code; akun is empty where nobody may learn that there is none.
CREATE TABLE identity_langkah (
    kunci TEXT PRIMARY KEY,
    jenis TEXT NOT NULL,
    akun TEXT REFERENCES identity_akun (id),
    muatan BYTEA,
    kode TEXT,
    tujuan TEXT NOT NULL,
    gagal BIGINT NOT NULL DEFAULT 0,
    kiriman BIGINT NOT NULL DEFAULT 0,
    dikirim BIGINT NOT NULL,
    kedaluwarsa BIGINT NOT NULL
);
CREATE INDEX identity_langkah_kedaluwarsa ON identity_langkah (kedaluwarsa);

-- One-time slips: printed by an admin for somebody who cannot log in (masuk), for a first log-in (pertama), or shown on the console for
-- the first administrator (pengelola, without an account). sidik is the digest of what is printed.
CREATE TABLE identity_slip (
    id TEXT PRIMARY KEY,
    jenis TEXT NOT NULL,
    akun TEXT REFERENCES identity_akun (id),
    sidik TEXT NOT NULL,
    oleh TEXT,
    dibuat BIGINT NOT NULL,
    berlaku_sampai BIGINT NOT NULL,
    dipakai BIGINT,
    dibatalkan BIGINT
);
CREATE UNIQUE INDEX identity_slip_sidik ON identity_slip (sidik);
CREATE INDEX identity_slip_akun ON identity_slip (akun, dibuat, id);
CREATE INDEX identity_slip_jenis ON identity_slip (jenis, berlaku_sampai, id);
