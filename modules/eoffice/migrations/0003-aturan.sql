-- What a regency sets for its letters: where they go by themselves, who works at the leader's side, and what was sent away.
CREATE TABLE eoffice_aturan_arah (
    id TEXT PRIMARY KEY,
    opd TEXT NOT NULL,
    urut BIGINT NOT NULL,
    -- Words of the subject or the sender, folded, with commas between them; empty: any.
    kata TEXT NOT NULL,
    -- The beginning of the classification; empty: any.
    klasifikasi TEXT NOT NULL,
    tujuan TEXT NOT NULL,
    aktif BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    versi BIGINT NOT NULL
);
CREATE INDEX eoffice_aturan_arah_opd ON eoffice_aturan_arah (opd, urut, id);

-- The aide of a leader. langsung: what is written down by direction leaves at once; else it waits for the leader's confirmation.
CREATE TABLE eoffice_sekretaris (
    id TEXT PRIMARY KEY,
    pimpinan TEXT NOT NULL,
    sekretaris TEXT NOT NULL,
    opd TEXT NOT NULL,
    langsung BOOLEAN NOT NULL,
    -- May open letters of Rahasia for the leader; Sangat rahasia never.
    rahasia BOOLEAN NOT NULL,
    mulai TEXT NOT NULL,
    sampai TEXT,
    created_at BIGINT NOT NULL,
    versi BIGINT NOT NULL
);
CREATE INDEX eoffice_sekretaris_pimpinan ON eoffice_sekretaris (pimpinan, mulai, id);
CREATE INDEX eoffice_sekretaris_sekretaris ON eoffice_sekretaris (sekretaris, mulai, id);
CREATE INDEX eoffice_sekretaris_opd ON eoffice_sekretaris (opd, mulai, id);

-- The covering letter of what came to the wrong address.
CREATE TABLE eoffice_pengantar (
    surat TEXT PRIMARY KEY REFERENCES eoffice_surat_masuk (id),
    jenis TEXT NOT NULL,
    kepada TEXT NOT NULL,
    -- The OPD of this regency that gets it, when it is one.
    kepada_opd TEXT,
    nomor TEXT NOT NULL,
    tanggal TEXT NOT NULL,
    alasan TEXT NOT NULL,
    oleh_nama TEXT NOT NULL,
    oleh_jabatan TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
