-- How this regency signs: one row. pengaturan is JSON without secrets; rahasia is the password at the e-sign server and otoritas the
-- regency's own authority (its key sealed by a passphrase), both sealed by the Instance's key besides.
CREATE TABLE desk_tte (
    id TEXT PRIMARY KEY,
    cara TEXT NOT NULL,
    pengaturan TEXT,
    rahasia BYTEA,
    otoritas BYTEA,
    otoritas_sejak BIGINT,
    diubah BIGINT NOT NULL,
    versi BIGINT NOT NULL DEFAULT 1
);

-- Certificates of every authority this regency ever had: what was signed under one is traced to it for ever.
CREATE TABLE desk_tte_otoritas (
    sidik TEXT PRIMARY KEY,
    sertifikat BYTEA NOT NULL,
    sejak BIGINT NOT NULL
);

-- Tries to sign that did not succeed, for each person: after three there is a pause.
CREATE TABLE desk_tte_percobaan (
    orang TEXT PRIMARY KEY,
    salah BIGINT NOT NULL,
    terakhir BIGINT NOT NULL
);
