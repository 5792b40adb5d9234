-- What a leader is expected at: one row per event of one post.
CREATE TABLE eoffice_acara (
    id TEXT PRIMARY KEY,
    -- The OPD of the post whose agenda it is.
    opd TEXT NOT NULL,
    pimpinan TEXT NOT NULL,
    judul TEXT NOT NULL,
    mulai BIGINT NOT NULL,
    selesai BIGINT NOT NULL,
    tempat TEXT NOT NULL,
    penyelenggara TEXT,
    pakaian TEXT,
    pendamping TEXT,
    keterangan TEXT,
    -- Only the leader, the aides, and whoever goes instead read what it is about.
    tertutup BOOLEAN NOT NULL,
    status TEXT NOT NULL,
    -- The post that goes instead, and how it was called then.
    wakil TEXT,
    wakil_nama TEXT,
    -- Why it was given away or called off.
    alasan TEXT,
    hasil TEXT,
    surat_masuk TEXT,
    -- The minutes or the report.
    naskah TEXT,
    pencatat TEXT NOT NULL,
    pencatat_nama TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    versi BIGINT NOT NULL
);
CREATE INDEX eoffice_acara_pimpinan ON eoffice_acara (pimpinan, mulai, id);
CREATE INDEX eoffice_acara_wakil ON eoffice_acara (wakil, mulai, id);
CREATE INDEX eoffice_acara_surat ON eoffice_acara (surat_masuk, mulai, id);

-- Addresses by which a calendar on somebody's phone follows an agenda. Only the digest of the secret part is kept.
CREATE TABLE eoffice_acara_langganan (
    id TEXT PRIMARY KEY,
    sidik TEXT NOT NULL UNIQUE,
    pimpinan TEXT NOT NULL,
    nama TEXT NOT NULL,
    -- Who asked for it, in which post: when that person no longer holds it, or it no longer keeps the agenda, the address is silent.
    orang TEXT NOT NULL,
    jabatan TEXT NOT NULL,
    oleh_nama TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    dicabut_pada BIGINT
);
CREATE INDEX eoffice_acara_langganan_jabatan ON eoffice_acara_langganan (jabatan, orang, created_at, id);
