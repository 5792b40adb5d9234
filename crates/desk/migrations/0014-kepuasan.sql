-- The age group of whoever answered; optional like the rest of the profile.
ALTER TABLE desk_kepuasan ADD COLUMN usia TEXT NOT NULL DEFAULT '';

-- What an OPD does about its lowest elements: who, and until when.
CREATE TABLE desk_kepuasan_rencana (
    id TEXT PRIMARY KEY,
    opd TEXT NOT NULL,
    tahun BIGINT NOT NULL,
    masa TEXT NOT NULL,
    unsur TEXT NOT NULL,
    tindakan TEXT NOT NULL,
    pemilik TEXT NOT NULL,
    tenggat TEXT NOT NULL,
    selesai BOOLEAN NOT NULL,
    versi BIGINT NOT NULL
);
CREATE INDEX desk_kepuasan_rencana_opd ON desk_kepuasan_rencana (opd, tahun, masa, tenggat, id);

-- Which results everybody may read.
CREATE TABLE desk_kepuasan_terbit (
    tahun BIGINT NOT NULL,
    masa TEXT NOT NULL,
    opd TEXT NOT NULL,
    pada BIGINT NOT NULL,
    oleh_nama TEXT NOT NULL,
    PRIMARY KEY (tahun, masa, opd)
);
