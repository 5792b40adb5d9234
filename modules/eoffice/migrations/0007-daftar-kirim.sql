-- Named lists of addressees ("Seluruh Camat"). Of the whole regency where opd is empty.
CREATE TABLE eoffice_daftar_kirim (
    id TEXT PRIMARY KEY,
    opd TEXT NOT NULL,
    nama TEXT NOT NULL,
    nama_fold TEXT NOT NULL,
    -- One addressee per line.
    anggota TEXT NOT NULL,
    aktif BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    versi BIGINT NOT NULL,
    UNIQUE (opd, nama_fold)
);

-- Whom a numbered naskah names: its lists are resolved when it gets its number, because they stand on what is signed.
CREATE TABLE eoffice_naskah_alamat (
    naskah TEXT NOT NULL REFERENCES eoffice_naskah (id),
    peran TEXT NOT NULL,
    urut BIGINT NOT NULL,
    nama TEXT NOT NULL,
    daftar TEXT NOT NULL,
    PRIMARY KEY (naskah, peran, urut)
);

-- The list by which somebody got a naskah.
ALTER TABLE eoffice_naskah_penerima ADD COLUMN daftar TEXT NOT NULL DEFAULT '';
