-- What the inspectorate found when it read a refusal.
CREATE TABLE perizinan_tinjau_tolak (
    permohonan TEXT PRIMARY KEY REFERENCES perizinan_permohonan (id),
    hasil TEXT NOT NULL,
    catatan TEXT NOT NULL,
    oleh TEXT NOT NULL,
    oleh_nama TEXT NOT NULL,
    pada BIGINT NOT NULL
);
