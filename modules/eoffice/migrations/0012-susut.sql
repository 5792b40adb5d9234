-- Disposal of files: moved to the records unit, destroyed, or handed to the archives institution. A list keeps its number for ever.
CREATE TABLE eoffice_susut (
    id TEXT PRIMARY KEY,
    opd TEXT NOT NULL,
    -- pindah, musnah or serah.
    jenis TEXT NOT NULL,
    -- One row of numbers per OPD.
    nomor BIGINT NOT NULL,
    -- Whose approval a destruction needs.
    persetujuan TEXT,
    status TEXT NOT NULL,
    jumlah BIGINT NOT NULL,
    oleh_nama TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    versi BIGINT NOT NULL
);
CREATE UNIQUE INDEX eoffice_susut_nomor ON eoffice_susut (opd, nomor);
CREATE INDEX eoffice_susut_jenis ON eoffice_susut (opd, jenis, nomor);

-- The files of a list, and what was decided about each.
CREATE TABLE eoffice_susut_berkas (
    susut TEXT NOT NULL REFERENCES eoffice_susut (id),
    urut BIGINT NOT NULL,
    berkas TEXT NOT NULL REFERENCES eoffice_berkas (id),
    keputusan TEXT,
    alasan TEXT,
    -- When the last of what lay in it was erased.
    terhapus_pada BIGINT,
    PRIMARY KEY (susut, urut)
);
CREATE UNIQUE INDEX eoffice_susut_berkas_berkas ON eoffice_susut_berkas (susut, berkas);
CREATE INDEX eoffice_susut_berkas_dalam ON eoffice_susut_berkas (berkas);

-- The papers by which a list went on: judgement, approval, decision, berita acara.
CREATE TABLE eoffice_susut_langkah (
    susut TEXT NOT NULL REFERENCES eoffice_susut (id),
    langkah TEXT NOT NULL,
    nomor TEXT NOT NULL,
    tanggal TEXT NOT NULL,
    pejabat TEXT NOT NULL,
    pihak TEXT NOT NULL,
    saksi TEXT NOT NULL,
    cara TEXT NOT NULL,
    tempat TEXT NOT NULL,
    catatan TEXT NOT NULL,
    oleh_nama TEXT NOT NULL,
    pada BIGINT NOT NULL,
    PRIMARY KEY (susut, langkah)
);

-- The list a file stands in while it is not finished.
ALTER TABLE eoffice_berkas ADD COLUMN susut TEXT DEFAULT NULL;
-- Hash of words that were lawfully destroyed.
ALTER TABLE eoffice_naskah_versi ADD COLUMN sidik TEXT DEFAULT NULL;
-- The envelope that brought a letter, so that its copy goes with it.
CREATE INDEX eoffice_amplop_masuk_surat ON eoffice_amplop_masuk (surat_masuk);
