-- Who compared the papers of a citizen or body, by name at the time.
ALTER TABLE identity_warga ADD COLUMN diperiksa_oleh TEXT;
ALTER TABLE identity_badan ADD COLUMN diperiksa_oleh TEXT;

-- Citizens who may act for a body beside its own account. nama is the citizen's at the time; a power that ended stays on record.
CREATE TABLE identity_kuasa (
    id TEXT PRIMARY KEY,
    badan TEXT NOT NULL REFERENCES identity_akun (id),
    warga TEXT NOT NULL REFERENCES identity_akun (id),
    nama TEXT NOT NULL,
    dibuat BIGINT NOT NULL,
    dicabut BIGINT,
    dicabut_oleh TEXT
);
CREATE INDEX identity_kuasa_badan ON identity_kuasa (badan, dibuat, id);
CREATE INDEX identity_kuasa_warga ON identity_kuasa (warga, dibuat, id);

-- The power by which a session acts for a body: it is over as soon as the power is.
ALTER TABLE identity_sesi ADD COLUMN kuasa TEXT;
