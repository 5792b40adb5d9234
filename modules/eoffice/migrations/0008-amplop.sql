-- Boxes of other regencies that we exchange letters with.
CREATE TABLE eoffice_simpul (
    id TEXT PRIMARY KEY,
    nama TEXT NOT NULL,
    nama_fold TEXT NOT NULL,
    -- Where it answers; empty where letters travel as files.
    alamat TEXT NOT NULL,
    -- Its public key, and the short name of the key by which its letters are known.
    kunci TEXT NOT NULL,
    kunci_id TEXT NOT NULL UNIQUE,
    -- Who vouches for its certificate (PEM); empty where a public authority does.
    sertifikat TEXT NOT NULL,
    -- Addressees that are reached there, one per line.
    tujuan TEXT NOT NULL,
    aktif BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    versi BIGINT NOT NULL
);
CREATE INDEX eoffice_simpul_nama ON eoffice_simpul (nama_fold, id);

-- What a regency sets for this module, by name.
CREATE TABLE eoffice_setelan (
    nama TEXT PRIMARY KEY,
    nilai TEXT NOT NULL
);

ALTER TABLE eoffice_naskah_penerima ADD COLUMN simpul TEXT NOT NULL DEFAULT '';

-- Letters on their way to another box. isi is exactly what was signed.
CREATE TABLE eoffice_amplop (
    id TEXT PRIMARY KEY,
    naskah TEXT NOT NULL REFERENCES eoffice_naskah (id),
    penerima TEXT NOT NULL,
    simpul TEXT NOT NULL,
    isi TEXT NOT NULL,
    tanda TEXT NOT NULL,
    keadaan TEXT NOT NULL,
    percobaan BIGINT NOT NULL,
    coba_pada BIGINT NOT NULL,
    sebab TEXT,
    dibuat BIGINT NOT NULL,
    diterima_pada BIGINT,
    tanda_terima TEXT
);
CREATE INDEX eoffice_amplop_naskah ON eoffice_amplop (naskah, id);

-- Letters that other boxes sent. The same letter twice is one row.
CREATE TABLE eoffice_amplop_masuk (
    id TEXT PRIMARY KEY,
    amplop TEXT NOT NULL,
    simpul TEXT NOT NULL,
    opd TEXT NOT NULL,
    asal TEXT NOT NULL,
    nomor TEXT NOT NULL,
    hal TEXT NOT NULL,
    isi TEXT NOT NULL,
    tanda TEXT NOT NULL,
    keadaan TEXT NOT NULL,
    diterima_pada BIGINT NOT NULL,
    tanda_terima TEXT NOT NULL,
    surat_masuk TEXT,
    UNIQUE (simpul, amplop)
);
CREATE INDEX eoffice_amplop_masuk_opd ON eoffice_amplop_masuk (opd, diterima_pada, id);
CREATE INDEX eoffice_amplop_masuk_keadaan ON eoffice_amplop_masuk (opd, keadaan, diterima_pada, id);
