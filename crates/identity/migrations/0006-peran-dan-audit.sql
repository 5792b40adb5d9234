-- Roles a regency makes for itself, from permissions its administrators may give. opd is where alone such a role may be given; without
-- one it is the whole regency's. They are ended, not deleted: history names them.
CREATE TABLE identity_peran_khusus (
    id TEXT PRIMARY KEY,
    nama TEXT NOT NULL,
    fold TEXT NOT NULL,
    keterangan TEXT NOT NULL,
    opd TEXT,
    dibuat BIGINT NOT NULL,
    diakhiri BIGINT,
    versi BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX identity_peran_khusus_aktif ON identity_peran_khusus (diakhiri, fold, id);
CREATE TABLE identity_peran_izin (
    peran TEXT NOT NULL REFERENCES identity_peran_khusus (id),
    izin TEXT NOT NULL,
    aktif BOOLEAN NOT NULL,
    PRIMARY KEY (peran, izin)
);

-- Who gave a role and who took it back, by name.
ALTER TABLE identity_peran ADD COLUMN oleh TEXT;
ALTER TABLE identity_peran ADD COLUMN dicabut_oleh TEXT;
CREATE INDEX identity_peran_aktif ON identity_peran (peran, dicabut, id);

-- Checks of the audit trail: asked for by somebody, done in the background. jangkar holds the anchors that were brought along, hasil the
-- problems found, as JSON.
CREATE TABLE identity_audit_periksa (
    id TEXT PRIMARY KEY,
    status TEXT NOT NULL,
    oleh_nama TEXT NOT NULL,
    dibuat BIGINT NOT NULL,
    selesai BIGINT,
    rantai BIGINT NOT NULL DEFAULT 0,
    dari BIGINT NOT NULL DEFAULT 0,
    baris BIGINT NOT NULL DEFAULT 0,
    terhapus BIGINT NOT NULL DEFAULT 0,
    jangkar TEXT NOT NULL,
    hasil TEXT NOT NULL
);
CREATE INDEX identity_audit_periksa_dibuat ON identity_audit_periksa (dibuat, id);

-- Anchors taken here. What protects is the copy elsewhere; this is where it is fetched from.
CREATE TABLE identity_audit_jangkar (
    id TEXT PRIMARY KEY,
    pada BIGINT NOT NULL,
    oleh_nama TEXT NOT NULL,
    rantai BIGINT NOT NULL,
    teks TEXT NOT NULL,
    ringkas TEXT NOT NULL
);
CREATE INDEX identity_audit_jangkar_pada ON identity_audit_jangkar (pada, id);
