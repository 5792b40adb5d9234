-- Whether others were told (event PenugasanChanged) that a penugasan began and ended: what begins or ends by the calendar is told by
-- the job of local midnight. Rows that are there already have begun. alasan_akhir says why it ended.
ALTER TABLE identity_penugasan ADD COLUMN mulai_dikabarkan BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE identity_penugasan ADD COLUMN akhir_dikabarkan BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE identity_penugasan ADD COLUMN alasan_akhir TEXT;
CREATE INDEX identity_penugasan_mulai ON identity_penugasan (mulai_dikabarkan, mulai, id);
CREATE INDEX identity_penugasan_akhir ON identity_penugasan (akhir_dikabarkan, sampai, id);

-- Changes of OPD and posts that were decided for a later day (merge, new name, closing): carried out by the same job. isi is JSON; what
-- it says is read and checked again on that day.
CREATE TABLE identity_rencana (
    id TEXT PRIMARY KEY,
    jenis TEXT NOT NULL,
    objek TEXT NOT NULL,
    isi TEXT NOT NULL,
    berlaku TEXT NOT NULL,
    status TEXT NOT NULL,
    catatan TEXT,
    pembuat TEXT NOT NULL,
    dibuat BIGINT NOT NULL,
    versi BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX identity_rencana_berlaku ON identity_rencana (status, berlaku, id);
CREATE INDEX identity_rencana_objek ON identity_rencana (objek, status, id);

-- How long a temporary penugasan may last here, where the regency differs from what is shipped (config-templates/data).
CREATE TABLE identity_batas (
    jenis TEXT PRIMARY KEY,
    bulan BIGINT NOT NULL,
    perpanjangan BIGINT NOT NULL,
    versi BIGINT NOT NULL DEFAULT 1
);
