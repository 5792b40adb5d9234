-- The last number given within a series: `SKP-20261127`.
CREATE TABLE perizinan_urut (
    deret TEXT PRIMARY KEY,
    terakhir BIGINT NOT NULL
);

-- Guesses of a resi that did not fit, by network address: who guesses too often waits.
CREATE TABLE perizinan_gagal_lacak (
    id TEXT PRIMARY KEY,
    alamat TEXT NOT NULL,
    pada BIGINT NOT NULL
);
CREATE INDEX perizinan_gagal_lacak_alamat ON perizinan_gagal_lacak (alamat, pada, id);
CREATE INDEX perizinan_gagal_lacak_pada ON perizinan_gagal_lacak (pada, id);

-- Leave of the head of division to return a file once more for what could be seen the first time.
CREATE TABLE perizinan_izin_kembali (
    id TEXT PRIMARY KEY,
    permohonan TEXT NOT NULL REFERENCES perizinan_permohonan (id),
    putaran BIGINT NOT NULL,
    alasan TEXT NOT NULL,
    oleh TEXT NOT NULL,
    pada BIGINT NOT NULL,
    UNIQUE (permohonan, putaran)
);
