-- Naskah that this regency writes: letters that go out, and papers that stay inside. Nothing here is deleted.
CREATE TABLE eoffice_naskah (
    id TEXT PRIMARY KEY,
    opd TEXT NOT NULL,
    jenis TEXT NOT NULL,
    status TEXT NOT NULL,
    hal TEXT NOT NULL,
    ringkasan TEXT,
    klasifikasi TEXT,
    sifat TEXT NOT NULL,
    derajat TEXT NOT NULL,
    lampiran TEXT NOT NULL,
    penandatangan TEXT NOT NULL,
    wewenang TEXT NOT NULL,
    delegasi TEXT,
    -- One addressee per line, as typed.
    kepada TEXT NOT NULL,
    tembusan TEXT NOT NULL,
    rujukan TEXT,
    pembuat TEXT NOT NULL,
    pembuat_jabatan TEXT NOT NULL,
    pembuat_nama TEXT NOT NULL,
    versi_isi BIGINT NOT NULL,
    -- The incoming letter it answers.
    surat_masuk TEXT,
    -- Number and date, reserved before it is signed and kept when signing fails.
    tanggal TEXT,
    nomor TEXT,
    urut BIGINT,
    pemegang TEXT NOT NULL,
    pemegang_sejak BIGINT NOT NULL,
    penandatangan_jabatan TEXT NOT NULL,
    penandatangan_nama TEXT NOT NULL,
    ditandatangani_pada BIGINT,
    dikirim_pada BIGINT,
    token TEXT,
    penutup TEXT,
    created_at BIGINT NOT NULL,
    versi BIGINT NOT NULL
);
-- The register of what was numbered, by date and number.
CREATE INDEX eoffice_naskah_register ON eoffice_naskah (opd, tanggal, urut, id);

-- Every version of the words. Of Rahasia and above they are sealed with the Instance's key.
CREATE TABLE eoffice_naskah_versi (
    naskah TEXT NOT NULL REFERENCES eoffice_naskah (id),
    versi BIGINT NOT NULL,
    hal TEXT NOT NULL,
    -- JSON: the fields of the kind, by name.
    bidang TEXT,
    tertutup BYTEA,
    oleh_nama TEXT NOT NULL,
    oleh_jabatan TEXT NOT NULL,
    pada BIGINT NOT NULL,
    PRIMARY KEY (naskah, versi)
);

-- Who initials, and what became of it. An initial that words outlived stays as history.
CREATE TABLE eoffice_naskah_paraf (
    id TEXT PRIMARY KEY,
    naskah TEXT NOT NULL REFERENCES eoffice_naskah (id),
    putaran BIGINT NOT NULL,
    urut BIGINT NOT NULL,
    jabatan TEXT NOT NULL,
    jabatan_nama TEXT NOT NULL,
    jenis TEXT NOT NULL,
    keadaan TEXT NOT NULL,
    versi BIGINT,
    oleh TEXT,
    catatan TEXT,
    pada BIGINT
);
CREATE INDEX eoffice_naskah_paraf_naskah ON eoffice_naskah_paraf (naskah, putaran, urut, id);

-- Who gets it, frozen when it is sent.
CREATE TABLE eoffice_naskah_penerima (
    id TEXT PRIMARY KEY,
    naskah TEXT NOT NULL REFERENCES eoffice_naskah (id),
    urut BIGINT NOT NULL,
    peran TEXT NOT NULL,
    nama TEXT NOT NULL,
    opd TEXT,
    -- A post of the own office, for papers that stay inside.
    jabatan TEXT,
    cara TEXT NOT NULL,
    keadaan TEXT NOT NULL,
    dikirim_pada BIGINT,
    diterima_pada BIGINT,
    tanda_terima TEXT,
    surat_masuk TEXT
);
CREATE INDEX eoffice_naskah_penerima_naskah ON eoffice_naskah_penerima (naskah, peran, urut, id);

-- Who may see a naskah, made when it is written.
CREATE TABLE eoffice_naskah_akses (
    id TEXT NOT NULL,
    subject TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    status TEXT NOT NULL,
    PRIMARY KEY (id, subject)
);
CREATE INDEX eoffice_naskah_akses_daftar ON eoffice_naskah_akses (subject, created_at, id);
CREATE INDEX eoffice_naskah_akses_status ON eoffice_naskah_akses (subject, status, created_at, id);
