-- The attachment that is the signed naskah itself: what is shown, sent and compared from then on.
ALTER TABLE eoffice_naskah ADD COLUMN berkas TEXT;

-- What became of each attempt to sign electronically; several of one act share kelompok. Never a passphrase, and no word of the content.
CREATE TABLE eoffice_tte (
    id TEXT PRIMARY KEY,
    kelompok TEXT NOT NULL,
    urut BIGINT NOT NULL,
    naskah TEXT NOT NULL REFERENCES eoffice_naskah (id),
    oleh TEXT NOT NULL,
    hasil TEXT NOT NULL,
    pesan TEXT,
    pada BIGINT NOT NULL
);
CREATE INDEX eoffice_tte_kelompok ON eoffice_tte (kelompok, urut);
CREATE INDEX eoffice_tte_naskah ON eoffice_tte (naskah, id);
