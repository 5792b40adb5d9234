-- Who wrote the report of a survey; each officer of the team confirms it by an act of their own, with a signature on the glass where there is one.
ALTER TABLE perizinan_survei ADD COLUMN penulis TEXT NOT NULL DEFAULT '';
ALTER TABLE perizinan_survei ADD COLUMN cetakan TEXT;
ALTER TABLE perizinan_survei_petugas ADD COLUMN dikonfirmasi BIGINT;
ALTER TABLE perizinan_survei_petugas ADD COLUMN paraf TEXT;
CREATE INDEX perizinan_survei_pada ON perizinan_survei (pada, id);

-- What the inspectorate found when it looked again at one in twenty.
CREATE TABLE perizinan_uji_ulang (
    survei TEXT PRIMARY KEY REFERENCES perizinan_survei (id),
    hasil TEXT NOT NULL,
    catatan TEXT NOT NULL,
    oleh TEXT NOT NULL,
    oleh_nama TEXT NOT NULL,
    pada BIGINT NOT NULL
);
