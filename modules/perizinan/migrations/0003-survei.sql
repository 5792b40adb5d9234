-- Surveys: when the place is looked at, and what was found (JSON, as the form of the report has it).
CREATE TABLE perizinan_survei (
    id TEXT PRIMARY KEY,
    permohonan TEXT NOT NULL REFERENCES perizinan_permohonan (id),
    tanggal TEXT NOT NULL,
    jam TEXT NOT NULL,
    hasil TEXT,
    bap TEXT NOT NULL,
    pada BIGINT,
    created_at BIGINT NOT NULL,
    versi BIGINT NOT NULL
);
CREATE INDEX perizinan_survei_permohonan ON perizinan_survei (permohonan, created_at, id);
CREATE INDEX perizinan_survei_tanggal ON perizinan_survei (tanggal, id);

-- At least two officers go.
CREATE TABLE perizinan_survei_petugas (
    survei TEXT NOT NULL REFERENCES perizinan_survei (id),
    orang TEXT NOT NULL,
    nama TEXT NOT NULL,
    PRIMARY KEY (survei, orang)
);
CREATE INDEX perizinan_survei_petugas_orang ON perizinan_survei_petugas (orang, survei);
