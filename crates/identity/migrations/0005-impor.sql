-- Imports: a file of OPD, posts or people, read and checked in the background, applied in one short write. What is staged is removed
-- when it is no longer needed; the row itself stays as the record of who brought what.
CREATE TABLE identity_impor (
    id TEXT PRIMARY KEY,
    jenis TEXT NOT NULL,
    status TEXT NOT NULL,
    opd TEXT NOT NULL,
    opd_semua TEXT NOT NULL,
    semua BOOLEAN NOT NULL,
    berkas TEXT NOT NULL,
    alamat TEXT NOT NULL,
    sidik TEXT NOT NULL,
    oleh TEXT NOT NULL,
    oleh_nama TEXT NOT NULL,
    dibuat BIGINT NOT NULL,
    diubah BIGINT NOT NULL,
    maju BIGINT NOT NULL DEFAULT 0,
    dari BIGINT NOT NULL DEFAULT 0,
    baris BIGINT NOT NULL DEFAULT 0,
    baru BIGINT NOT NULL DEFAULT 0,
    ubah BIGINT NOT NULL DEFAULT 0,
    sama BIGINT NOT NULL DEFAULT 0,
    masalah BIGINT NOT NULL DEFAULT 0,
    catatan TEXT,
    dibersihkan BOOLEAN NOT NULL DEFAULT FALSE,
    versi BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX identity_impor_dibuat ON identity_impor (dibuat, id);
CREATE INDEX identity_impor_menurut_opd ON identity_impor (opd, dibuat, id);
CREATE INDEX identity_impor_bersih ON identity_impor (dibersihkan, diubah, id);

-- What is wrong, by row and column.
CREATE TABLE identity_impor_masalah (
    impor TEXT NOT NULL,
    urut BIGINT NOT NULL,
    baris BIGINT NOT NULL,
    kolom TEXT NOT NULL,
    isi TEXT NOT NULL,
    pesan TEXT NOT NULL,
    saran TEXT NOT NULL,
    PRIMARY KEY (impor, urut)
);

-- What becomes of each row, for reading before it is applied.
CREATE TABLE identity_impor_baris (
    impor TEXT NOT NULL,
    urut BIGINT NOT NULL,
    baris BIGINT NOT NULL,
    tindakan TEXT NOT NULL,
    judul TEXT NOT NULL,
    ringkas TEXT NOT NULL,
    PRIMARY KEY (impor, urut)
);
CREATE INDEX identity_impor_baris_menurut ON identity_impor_baris (impor, tindakan, urut);

-- The rows as they will be, with every code looked up; versi is that of the recorded row when it was read.
CREATE TABLE identity_impor_opd (
    impor TEXT NOT NULL,
    urut BIGINT NOT NULL,
    tindakan TEXT NOT NULL,
    opd TEXT NOT NULL,
    versi BIGINT NOT NULL,
    kode TEXT NOT NULL,
    nama TEXT NOT NULL,
    singkatan TEXT NOT NULL,
    fold TEXT NOT NULL,
    jenis TEXT NOT NULL,
    induk TEXT,
    dari TEXT NOT NULL,
    PRIMARY KEY (impor, urut)
);
CREATE TABLE identity_impor_jabatan (
    impor TEXT NOT NULL,
    urut BIGINT NOT NULL,
    tindakan TEXT NOT NULL,
    jabatan TEXT NOT NULL,
    versi BIGINT NOT NULL,
    opd TEXT NOT NULL,
    nama TEXT NOT NULL,
    fold TEXT NOT NULL,
    jenis TEXT NOT NULL,
    induk TEXT,
    dari TEXT NOT NULL,
    PRIMARY KEY (impor, urut)
);
CREATE TABLE identity_impor_orang (
    impor TEXT NOT NULL,
    urut BIGINT NOT NULL,
    tindakan TEXT NOT NULL,
    orang TEXT NOT NULL,
    versi BIGINT NOT NULL,
    nama TEXT NOT NULL,
    gelar_depan TEXT,
    gelar_belakang TEXT,
    nama_lengkap TEXT NOT NULL,
    fold TEXT NOT NULL,
    nip TEXT,
    nip_urut TEXT NOT NULL,
    email TEXT,
    telepon TEXT,
    jenis TEXT NOT NULL,
    tanggal_lahir TEXT,
    jenis_kelamin TEXT,
    opd TEXT,
    PRIMARY KEY (impor, urut)
);
CREATE TABLE identity_impor_penugasan (
    impor TEXT NOT NULL,
    urut BIGINT NOT NULL,
    tindakan TEXT NOT NULL,
    penugasan TEXT NOT NULL,
    versi BIGINT NOT NULL,
    orang TEXT NOT NULL,
    jabatan TEXT NOT NULL,
    jenis TEXT NOT NULL,
    struktural BOOLEAN NOT NULL,
    mulai TEXT NOT NULL,
    sampai TEXT,
    dasar TEXT,
    PRIMARY KEY (impor, urut)
);
