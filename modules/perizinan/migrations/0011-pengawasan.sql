-- Which applications stand in the chain of the inspectorate. Those from before there was one are written into it by a job, as they are.
ALTER TABLE perizinan_permohonan ADD COLUMN dirantai BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX perizinan_permohonan_dirantai ON perizinan_permohonan (dirantai, diajukan, id);

-- What was handed out to the inspectorate: for which days, why, by whom, and where the chain ended.
CREATE TABLE perizinan_ekspor (
    id TEXT PRIMARY KEY,
    status TEXT NOT NULL,
    dari TEXT NOT NULL,
    sampai TEXT NOT NULL,
    tujuan TEXT NOT NULL,
    oleh TEXT NOT NULL,
    oleh_nama TEXT NOT NULL,
    dibuat BIGINT NOT NULL,
    -- Last row of the chain, with its hash: what the paper of an inspector names.
    urut BIGINT NOT NULL,
    sidik TEXT NOT NULL,
    -- The anchor that was taken with it, signed.
    jangkar TEXT NOT NULL,
    -- Rows written so far, of as many as the work has.
    maju BIGINT NOT NULL,
    seluruh BIGINT NOT NULL,
    selesai BIGINT,
    -- The file: where it is stored, and SHA-256 of it.
    berkas TEXT,
    ukuran BIGINT NOT NULL,
    sidik_berkas TEXT NOT NULL
);
CREATE INDEX perizinan_ekspor_dibuat ON perizinan_ekspor (dibuat, id);
