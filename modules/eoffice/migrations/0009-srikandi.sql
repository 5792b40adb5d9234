-- How a regency's offices hand naskah to another application: which column of its list holds which of our fields, in order.
CREATE TABLE eoffice_profil_ekspor (
    id TEXT PRIMARY KEY,
    opd TEXT NOT NULL,
    nama TEXT NOT NULL,
    nama_fold TEXT NOT NULL,
    -- One column per line: our field, a tab, the name of the column.
    kolom TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    versi BIGINT NOT NULL,
    UNIQUE (opd, nama_fold)
);

-- What the national application has, as its list of a day said. kunci is the number without blanks and case.
CREATE TABLE eoffice_srikandi_ada (
    opd TEXT NOT NULL,
    kunci TEXT NOT NULL,
    nomor TEXT NOT NULL,
    tanggal TEXT NOT NULL,
    hal TEXT NOT NULL,
    dilihat BIGINT NOT NULL,
    PRIMARY KEY (opd, kunci)
);
CREATE INDEX eoffice_srikandi_ada_tanggal ON eoffice_srikandi_ada (opd, tanggal, kunci);
