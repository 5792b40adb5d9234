-- Papers of another service that are filed by themselves. sumber names the file that the system opens for them (empty: opened by an
-- archivist); objek is what such a paper is attached to, at its owner: nothing is copied.
ALTER TABLE eoffice_berkas ADD COLUMN sumber TEXT NOT NULL DEFAULT '';
CREATE INDEX eoffice_berkas_sumber ON eoffice_berkas (opd, sumber, tahap, id);
ALTER TABLE eoffice_berkas_isi ADD COLUMN objek TEXT NOT NULL DEFAULT '';

-- Up to which event it was made sure that e-Office heard it: what was told while it was off is heard when it comes back.
CREATE TABLE eoffice_susulan (
    nama TEXT PRIMARY KEY,
    sampai BIGINT NOT NULL
);
