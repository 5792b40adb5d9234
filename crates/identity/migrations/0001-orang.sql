-- Perangkat daerah and units below it. A merged or renamed OPD is ended and a new row begins, with the old one as predecessor.
-- induk has no foreign key to its own table: an import may bring children before parents.
CREATE TABLE identity_opd (
    id TEXT PRIMARY KEY,
    kode TEXT NOT NULL,
    nama TEXT NOT NULL,
    singkatan TEXT NOT NULL,
    fold TEXT NOT NULL,
    jenis TEXT NOT NULL,
    induk TEXT,
    urut BIGINT NOT NULL,
    berlaku_dari TEXT NOT NULL,
    berlaku_sampai TEXT,
    versi BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX identity_opd_kode ON identity_opd (kode);
CREATE INDEX identity_opd_aktif ON identity_opd (berlaku_sampai, urut, id);

-- Every OPD that was absorbed, however many steps ago: the closure is written when a predecessor is named, so that one look is enough.
CREATE TABLE identity_opd_pendahulu (
    opd TEXT NOT NULL REFERENCES identity_opd (id),
    pendahulu TEXT NOT NULL,
    PRIMARY KEY (opd, pendahulu)
);

-- Posts. The holder changes, the post and its rights stay.
CREATE TABLE identity_jabatan (
    id TEXT PRIMARY KEY,
    opd TEXT NOT NULL REFERENCES identity_opd (id),
    nama TEXT NOT NULL,
    fold TEXT NOT NULL,
    jenis TEXT NOT NULL,
    induk TEXT,
    urut BIGINT NOT NULL,
    berlaku_dari TEXT NOT NULL,
    berlaku_sampai TEXT,
    versi BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX identity_jabatan_opd ON identity_jabatan (opd, urut, id);
CREATE INDEX identity_jabatan_induk ON identity_jabatan (induk, urut, id);

-- People. Elected officials and some contract staff have no NIP. fold is the name without titles, for searching and sorting.
CREATE TABLE identity_orang (
    id TEXT PRIMARY KEY,
    nama TEXT NOT NULL,
    gelar_depan TEXT,
    gelar_belakang TEXT,
    nama_lengkap TEXT NOT NULL,
    fold TEXT NOT NULL,
    nip TEXT,
    email TEXT,
    telepon TEXT,
    versi BIGINT NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX identity_orang_nip ON identity_orang (nip);
CREATE UNIQUE INDEX identity_orang_email ON identity_orang (email);
CREATE INDEX identity_orang_fold ON identity_orang (fold, id);

-- Who holds which post, how and from when until when. sampai is the last day.
CREATE TABLE identity_penugasan (
    id TEXT PRIMARY KEY,
    orang TEXT NOT NULL REFERENCES identity_orang (id),
    jabatan TEXT NOT NULL REFERENCES identity_jabatan (id),
    jenis TEXT NOT NULL,
    mulai TEXT NOT NULL,
    sampai TEXT,
    dasar TEXT,
    versi BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX identity_penugasan_orang ON identity_penugasan (orang, mulai, id);
CREATE INDEX identity_penugasan_jabatan ON identity_penugasan (jabatan, mulai, id);

-- Roles given to a post (jabatan) or to a person (orang), never both. opd narrows a person's role to acting for that OPD.
CREATE TABLE identity_peran (
    id TEXT PRIMARY KEY,
    jabatan TEXT REFERENCES identity_jabatan (id),
    orang TEXT REFERENCES identity_orang (id),
    peran TEXT NOT NULL,
    opd TEXT,
    diberikan BIGINT NOT NULL,
    dicabut BIGINT
);
CREATE INDEX identity_peran_jabatan ON identity_peran (jabatan, peran);
CREATE INDEX identity_peran_orang ON identity_peran (orang, peran);
CREATE INDEX identity_peran_peran ON identity_peran (peran, id);
