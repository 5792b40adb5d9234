-- Outside agencies and people that letters come from and go to. digabung names the row that this one was merged into; the row
-- stays, so that what was written with it can still be explained.
CREATE TABLE desk_instansi (
    id TEXT PRIMARY KEY,
    nama TEXT NOT NULL,
    fold TEXT NOT NULL,
    jenis TEXT NOT NULL,
    alamat TEXT,
    email TEXT,
    telepon TEXT,
    dipakai BIGINT NOT NULL DEFAULT 0,
    aktif BOOLEAN NOT NULL DEFAULT TRUE,
    digabung TEXT,
    dibuat BIGINT NOT NULL,
    versi BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX desk_instansi_daftar ON desk_instansi (aktif, fold, id);
CREATE INDEX desk_instansi_jenis ON desk_instansi (aktif, jenis, fold, id);
CREATE INDEX desk_instansi_digabung ON desk_instansi (digabung, id);

-- Every spelling under which an agency is known leads to one row: a merge moves the spellings.
CREATE TABLE desk_instansi_nama (
    fold TEXT PRIMARY KEY,
    nama TEXT NOT NULL,
    instansi TEXT NOT NULL REFERENCES desk_instansi (id),
    pada BIGINT NOT NULL
);
CREATE INDEX desk_instansi_nama_milik ON desk_instansi_nama (instansi, fold);

-- The words of all spellings, so that a few letters of any word find an agency.
CREATE TABLE desk_instansi_kata (
    instansi TEXT NOT NULL,
    kata TEXT NOT NULL,
    PRIMARY KEY (instansi, kata)
);
CREATE INDEX desk_instansi_kata_cari ON desk_instansi_kata (kata, instansi);

-- Comments on anything. One that was taken back keeps its place; its words are emptied.
CREATE TABLE desk_komentar (
    id TEXT PRIMARY KEY,
    objek TEXT NOT NULL,
    isi TEXT NOT NULL,
    oleh TEXT NOT NULL,
    oleh_nama TEXT NOT NULL,
    jabatan TEXT,
    pada BIGINT NOT NULL,
    diubah BIGINT,
    dihapus BIGINT,
    versi BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX desk_komentar_objek ON desk_komentar (objek, pada, id);

-- What the public page /v/ tells about a document. hal is NULL where the class of the document keeps it from strangers.
-- bukti is the signed text for checking without this box; kunci names the public key it is checked with.
CREATE TABLE desk_verifikasi (
    token TEXT PRIMARY KEY,
    objek TEXT NOT NULL,
    status TEXT NOT NULL,
    jenis TEXT NOT NULL,
    nomor TEXT NOT NULL,
    tanggal TEXT NOT NULL,
    hal TEXT,
    jabatan TEXT NOT NULL,
    penandatangan TEXT NOT NULL,
    opd_nama TEXT NOT NULL,
    tanda_tangan TEXT NOT NULL,
    ditandatangani BIGINT,
    sidik TEXT,
    bukti TEXT NOT NULL,
    kunci TEXT NOT NULL,
    terbit BIGINT NOT NULL,
    dicabut BIGINT,
    alasan TEXT,
    pengganti TEXT,
    versi BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX desk_verifikasi_objek ON desk_verifikasi (objek, terbit, token);

-- Every public key that ever signed; served for ever.
CREATE TABLE desk_kunci_publik (
    id TEXT PRIMARY KEY,
    kunci TEXT NOT NULL,
    pada BIGINT NOT NULL
);

-- The classification codes somebody used last.
CREATE TABLE desk_klasifikasi_pakai (
    pemakai TEXT NOT NULL,
    kode TEXT NOT NULL,
    pada BIGINT NOT NULL,
    PRIMARY KEY (pemakai, kode)
);
CREATE INDEX desk_klasifikasi_pakai_akhir ON desk_klasifikasi_pakai (pemakai, pada, kode);
