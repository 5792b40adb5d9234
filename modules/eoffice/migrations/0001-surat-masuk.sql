-- Letters that come in. A letter keeps its agenda number for ever; nothing here is deleted.
CREATE TABLE eoffice_surat_masuk (
    id TEXT PRIMARY KEY,
    opd TEXT NOT NULL,
    -- The agenda book of one OPD and one year of receipt.
    tahun BIGINT NOT NULL,
    agenda BIGINT NOT NULL,
    asal TEXT NOT NULL,
    asal_fold TEXT NOT NULL,
    -- NULL: the letter carries no number.
    nomor_surat TEXT,
    nomor_fold TEXT NOT NULL,
    tanggal_surat TEXT NOT NULL,
    tanggal_terima TEXT NOT NULL,
    -- Empty only for Rahasia and above, whose envelope stays closed.
    hal TEXT NOT NULL,
    ringkasan TEXT,
    klasifikasi TEXT,
    sifat TEXT NOT NULL,
    derajat TEXT NOT NULL,
    tujuan TEXT,
    jumlah_lampiran BIGINT NOT NULL,
    -- Cupboard, box or folder of the paper.
    lokasi TEXT,
    status TEXT NOT NULL,
    tenggat BIGINT NOT NULL,
    -- The deadline may still move: a year's holidays were not final.
    tenggat_sementara BOOLEAN NOT NULL,
    pemegang TEXT NOT NULL,
    pemegang_sejak BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    versi BIGINT NOT NULL
);
CREATE UNIQUE INDEX eoffice_surat_masuk_agenda ON eoffice_surat_masuk (opd, tahun, agenda);
-- Finds the same letter registered before.
CREATE INDEX eoffice_surat_masuk_kembar ON eoffice_surat_masuk (opd, nomor_fold, tanggal_surat, asal_fold);

-- Who may see a letter, made when it is written: a page of 50 costs the same however many letters there are.
CREATE TABLE eoffice_akses (
    id TEXT NOT NULL,
    subject TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    status TEXT NOT NULL,
    -- NULL once the letter is finished, so that nothing finished is ever late.
    tenggat BIGINT,
    PRIMARY KEY (id, subject)
);
CREATE INDEX eoffice_akses_daftar ON eoffice_akses (subject, created_at, id);
CREATE INDEX eoffice_akses_status ON eoffice_akses (subject, status, created_at, id);
CREATE INDEX eoffice_akses_tenggat ON eoffice_akses (subject, tenggat, id);
