-- A letter on its way: to whom it was directed, what became of it, and the orders given on it.
ALTER TABLE eoffice_surat_masuk ADD COLUMN instansi TEXT DEFAULT NULL;
-- The post that registered it and the post it was directed to.
ALTER TABLE eoffice_surat_masuk ADD COLUMN pencatat TEXT DEFAULT NULL;
ALTER TABLE eoffice_surat_masuk ADD COLUMN penerima TEXT DEFAULT NULL;
-- As the agenda book shows it: "Kepala Bidang Pelayanan Kesehatan dan 2 lainnya".
ALTER TABLE eoffice_surat_masuk ADD COLUMN disposisi_terakhir TEXT NOT NULL DEFAULT '';
ALTER TABLE eoffice_surat_masuk ADD COLUMN disposisi_pada BIGINT DEFAULT NULL;
ALTER TABLE eoffice_surat_masuk ADD COLUMN selesai_pada BIGINT DEFAULT NULL;
-- Why it was closed, sent away or marked as registered twice.
ALTER TABLE eoffice_surat_masuk ADD COLUMN penutup TEXT DEFAULT NULL;
-- The agenda book of a period.
CREATE INDEX eoffice_surat_masuk_terima ON eoffice_surat_masuk (opd, tanggal_terima, agenda, id);
-- Deadlines that move when a year's holidays become final.
CREATE INDEX eoffice_surat_masuk_sementara ON eoffice_surat_masuk (tenggat_sementara, tenggat, id);

-- Who may open what is in a letter of Rahasia and above; eoffice_akses says only who sees that it is there.
CREATE TABLE eoffice_pembuka (
    surat TEXT NOT NULL,
    subject TEXT NOT NULL,
    PRIMARY KEY (surat, subject)
);

-- One order: who gives it, what is to be done. Names are snapshots, the posts decide.
CREATE TABLE eoffice_disposisi (
    id TEXT PRIMARY KEY,
    surat TEXT NOT NULL REFERENCES eoffice_surat_masuk (id),
    -- The row of eoffice_disposisi_tujuan that was passed on; NULL for the first order.
    induk TEXT,
    opd TEXT NOT NULL,
    dari TEXT NOT NULL,
    dari_jabatan TEXT NOT NULL,
    dari_nama TEXT NOT NULL,
    -- The aide who wrote it down by direction of the leader.
    dicatat_nama TEXT,
    dicatat_jabatan TEXT,
    konfirmasi TEXT NOT NULL,
    dikonfirmasi_pada BIGINT,
    -- Codes of the instructions, with commas between them.
    instruksi TEXT NOT NULL,
    catatan TEXT NOT NULL,
    batas TEXT,
    sementara BOOLEAN NOT NULL,
    sifat TEXT NOT NULL,
    wajib_laporan BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    versi BIGINT NOT NULL
);
CREATE INDEX eoffice_disposisi_surat ON eoffice_disposisi (surat, created_at, id);
CREATE INDEX eoffice_disposisi_konfirmasi ON eoffice_disposisi (dari, konfirmasi, created_at, id);

-- One recipient of an order.
CREATE TABLE eoffice_disposisi_tujuan (
    id TEXT PRIMARY KEY,
    disposisi TEXT NOT NULL REFERENCES eoffice_disposisi (id),
    surat TEXT NOT NULL,
    induk TEXT,
    urut BIGINT NOT NULL,
    dari TEXT NOT NULL,
    opd TEXT NOT NULL,
    kepada TEXT NOT NULL,
    kepada_jabatan TEXT NOT NULL,
    kepada_nama TEXT NOT NULL,
    peran TEXT NOT NULL,
    wajib_laporan BOOLEAN NOT NULL,
    status TEXT NOT NULL,
    -- 'konsep', 'terbuka' or 'selesai': what lists are made of.
    kelompok TEXT NOT NULL,
    batas TEXT,
    -- The due date, or a date after all others.
    urutan TEXT NOT NULL,
    -- The next day on which somebody is reminded.
    ingat TEXT,
    created_at BIGINT NOT NULL,
    dibaca_pada BIGINT,
    dibaca_oleh TEXT,
    laporan TEXT,
    naskah TEXT,
    dilaporkan_pada BIGINT,
    dilaporkan_oleh TEXT,
    alasan TEXT,
    selesai_pada BIGINT,
    versi BIGINT NOT NULL
);
CREATE INDEX eoffice_disposisi_tujuan_disposisi ON eoffice_disposisi_tujuan (disposisi, urut, id);
CREATE INDEX eoffice_disposisi_tujuan_surat ON eoffice_disposisi_tujuan (surat, created_at, urut, id);
CREATE INDEX eoffice_disposisi_tujuan_induk ON eoffice_disposisi_tujuan (induk, created_at, urut, id);
CREATE INDEX eoffice_disposisi_tujuan_kepada ON eoffice_disposisi_tujuan (kepada, kelompok, urutan, id);
CREATE INDEX eoffice_disposisi_tujuan_dari ON eoffice_disposisi_tujuan (dari, kelompok, urutan, id);
CREATE INDEX eoffice_disposisi_tujuan_opd ON eoffice_disposisi_tujuan (opd, kelompok, urutan, id);
CREATE INDEX eoffice_disposisi_tujuan_ingat ON eoffice_disposisi_tujuan (ingat, id);

-- How many, per OPD, month and kind; nilai is a whole number of hours for durations, else 0. Kept, not counted.
CREATE TABLE eoffice_hitung (
    opd TEXT NOT NULL,
    bulan TEXT NOT NULL,
    jenis TEXT NOT NULL,
    nilai BIGINT NOT NULL,
    jumlah BIGINT NOT NULL,
    PRIMARY KEY (opd, bulan, jenis, nilai)
);
