-- Citizens. The account is the citizen's identity. diperiksa: when an officer compared the KTP with the NIK.
CREATE TABLE identity_warga (
    akun TEXT PRIMARY KEY REFERENCES identity_akun (id),
    nik TEXT NOT NULL,
    nama TEXT NOT NULL,
    fold TEXT NOT NULL,
    email TEXT,
    telepon TEXT,
    diperiksa BIGINT,
    versi BIGINT NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX identity_warga_nik ON identity_warga (nik);
CREATE INDEX identity_warga_fold ON identity_warga (fold, akun);

-- Companies, foundations, groups. nomor is the NIB, or the NPWP of those that have none.
CREATE TABLE identity_badan (
    akun TEXT PRIMARY KEY REFERENCES identity_akun (id),
    jenis TEXT NOT NULL,
    nomor TEXT NOT NULL,
    nama TEXT NOT NULL,
    fold TEXT NOT NULL,
    email TEXT,
    telepon TEXT,
    wakil TEXT NOT NULL,
    wakil_nik TEXT NOT NULL,
    diperiksa BIGINT,
    versi BIGINT NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX identity_badan_nomor ON identity_badan (nomor);
CREATE INDEX identity_badan_fold ON identity_badan (fold, akun);

-- Consents: for what, to which text, from when until when. Given again after being withdrawn is a new row.
CREATE TABLE identity_persetujuan (
    id TEXT PRIMARY KEY,
    akun TEXT NOT NULL REFERENCES identity_akun (id),
    tujuan TEXT NOT NULL,
    teks TEXT NOT NULL,
    diberikan BIGINT NOT NULL,
    dicabut BIGINT
);
CREATE INDEX identity_persetujuan_akun ON identity_persetujuan (akun, diberikan, id);
