-- Files (berkas) of letters and naskah that are finished. A file keeps its number for ever; nothing here is deleted.
CREATE TABLE eoffice_berkas (
    id TEXT PRIMARY KEY,
    opd TEXT NOT NULL,
    -- One row of numbers per OPD.
    nomor BIGINT NOT NULL,
    kode TEXT NOT NULL,
    -- The code with its parts at equal width, so that 000.1.2 stands before 000.1.10.
    kode_urut TEXT NOT NULL,
    nama TEXT NOT NULL,
    nama_fold TEXT NOT NULL,
    uraian TEXT,
    -- Cupboard, box or folder of what is on paper.
    lokasi TEXT,
    tahap TEXT NOT NULL,
    -- The highest class of what is in it.
    sifat TEXT NOT NULL,
    jumlah BIGINT NOT NULL,
    dibuka TEXT NOT NULL,
    ditutup TEXT,
    -- Where the schedule counts from an event: its words, and its day once known.
    peristiwa TEXT,
    peristiwa_pada TEXT,
    aktif_tahun BIGINT NOT NULL,
    inaktif_tahun BIGINT NOT NULL,
    nasib TEXT NOT NULL,
    nasib_teks TEXT NOT NULL,
    -- Last day of the stage it is in; NULL while it is open, waits for its event, or has reached its end.
    tempo TEXT,
    created_at BIGINT NOT NULL,
    versi BIGINT NOT NULL
);
CREATE UNIQUE INDEX eoffice_berkas_nomor ON eoffice_berkas (opd, nomor);
CREATE INDEX eoffice_berkas_daftar ON eoffice_berkas (opd, kode_urut, nomor, id);
CREATE INDEX eoffice_berkas_tahap ON eoffice_berkas (opd, tahap, kode_urut, nomor, id);
CREATE INDEX eoffice_berkas_tempo ON eoffice_berkas (opd, tahap, tempo, id);

-- What is in a file, by its number there. A letter or naskah is in one file.
CREATE TABLE eoffice_berkas_isi (
    id TEXT PRIMARY KEY,
    berkas TEXT NOT NULL REFERENCES eoffice_berkas (id),
    nomor BIGINT NOT NULL,
    -- masuk or keluar.
    jenis TEXT NOT NULL,
    surat TEXT NOT NULL,
    nomor_surat TEXT,
    tanggal TEXT NOT NULL,
    -- [RAHASIA] where only the addressed official may read it.
    uraian TEXT NOT NULL,
    pihak TEXT NOT NULL,
    sifat TEXT NOT NULL,
    oleh_nama TEXT NOT NULL,
    pada BIGINT NOT NULL
);
CREATE UNIQUE INDEX eoffice_berkas_isi_surat ON eoffice_berkas_isi (surat);
CREATE UNIQUE INDEX eoffice_berkas_isi_nomor ON eoffice_berkas_isi (berkas, nomor);

-- What is finished and lies in no file yet.
CREATE INDEX eoffice_surat_masuk_belum ON eoffice_surat_masuk (opd, created_at, id) WHERE status = 'selesai';
CREATE INDEX eoffice_naskah_belum ON eoffice_naskah (opd, created_at, id) WHERE status = 'dikirim';
