-- Accounts. sandi is an argon2id hash as PHC text. jenis is pegawai now; warga and badan come later and have no row in identity_orang.
CREATE TABLE identity_akun (
    id TEXT PRIMARY KEY,
    jenis TEXT NOT NULL,
    orang TEXT REFERENCES identity_orang (id),
    nama TEXT NOT NULL,
    sandi TEXT NOT NULL,
    sandi_pada BIGINT NOT NULL,
    wajib_ganti BOOLEAN NOT NULL DEFAULT FALSE,
    nonaktif BOOLEAN NOT NULL DEFAULT FALSE,
    dibuat BIGINT NOT NULL,
    versi BIGINT NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX identity_akun_orang ON identity_akun (orang);

-- What may be typed at log-in for an account: its name, the NIP, the e-mail address; folded and unique over all kinds.
CREATE TABLE identity_nama_masuk (
    fold TEXT PRIMARY KEY,
    akun TEXT NOT NULL REFERENCES identity_akun (id),
    jenis TEXT NOT NULL
);
CREATE INDEX identity_nama_masuk_akun ON identity_nama_masuk (akun, jenis);

-- Sessions. kunci is the hash of the cookie: who reads the database cannot sign in with it.
CREATE TABLE identity_sesi (
    kunci TEXT PRIMARY KEY,
    id TEXT NOT NULL,
    akun TEXT NOT NULL REFERENCES identity_akun (id),
    penugasan TEXT,
    dibuat BIGINT NOT NULL,
    terakhir BIGINT NOT NULL,
    kedaluwarsa BIGINT NOT NULL,
    dicabut BIGINT,
    alamat TEXT NOT NULL
);
CREATE UNIQUE INDEX identity_sesi_id ON identity_sesi (id);
CREATE INDEX identity_sesi_akun ON identity_sesi (akun, dibuat, id);

-- Failed log-ins, counted per account, per unknown name and per address; swept when they no longer matter.
CREATE TABLE identity_percobaan (
    kunci TEXT PRIMARY KEY,
    gagal BIGINT NOT NULL,
    mulai BIGINT NOT NULL,
    terakhir BIGINT NOT NULL,
    dikunci_sampai BIGINT
);
CREATE INDEX identity_percobaan_terakhir ON identity_percobaan (terakhir);
