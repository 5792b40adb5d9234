-- Notices. untuk is a subject: what is told to a post (jabatan:…) is read by whoever holds it, and follows it to the successor.
CREATE TABLE desk_kabar (
    id TEXT PRIMARY KEY,
    untuk TEXT NOT NULL,
    jenis TEXT NOT NULL,
    sifat TEXT NOT NULL,
    derajat TEXT NOT NULL,
    judul TEXT NOT NULL,
    isi TEXT NOT NULL,
    tautan TEXT NOT NULL,
    status TEXT NOT NULL,
    oleh TEXT NOT NULL,
    oleh_nama TEXT NOT NULL,
    dibuat BIGINT NOT NULL,
    dibaca_pada BIGINT,
    dibaca_oleh TEXT,
    dibaca_nama TEXT
);
CREATE INDEX desk_kabar_semua ON desk_kabar (untuk, id DESC);
CREATE INDEX desk_kabar_status ON desk_kabar (untuk, status, id DESC);
CREATE INDEX desk_kabar_oleh ON desk_kabar (oleh, id DESC);

-- Unread notices, kept beside the open tasks.
ALTER TABLE desk_hitung ADD COLUMN kabar BIGINT NOT NULL DEFAULT 0;

-- fold finds a task by its words. sebagai is the post for which a task was given to a person: it moves with the post. ringan says that
-- its holder may tick it off. semula is who held it before it moved to a successor.
ALTER TABLE desk_tugas ADD COLUMN fold TEXT NOT NULL DEFAULT '';
ALTER TABLE desk_tugas ADD COLUMN sebagai TEXT;
ALTER TABLE desk_tugas ADD COLUMN ringan BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE desk_tugas ADD COLUMN selesai_nama TEXT;
ALTER TABLE desk_tugas ADD COLUMN semula_nama TEXT;
ALTER TABLE desk_tugas ADD COLUMN alih_pada BIGINT;
CREATE INDEX desk_tugas_sebagai ON desk_tugas (sebagai, status, id);
CREATE INDEX desk_tugas_baru ON desk_tugas (untuk, status, id DESC);

-- Who handed over which post to whom: history keeps the old name.
CREATE TABLE desk_alih (
    id TEXT PRIMARY KEY,
    jabatan TEXT NOT NULL,
    dari TEXT,
    dari_nama TEXT,
    kepada TEXT,
    kepada_nama TEXT,
    tugas BIGINT NOT NULL,
    pada BIGINT NOT NULL
);
CREATE INDEX desk_alih_jabatan ON desk_alih (jabatan, id DESC);

-- Saved views: the address of a list with its filters, under a name of one's own. dihapus keeps a removed view for undo.
CREATE TABLE desk_tampilan (
    id TEXT PRIMARY KEY,
    pemilik TEXT NOT NULL,
    daftar TEXT NOT NULL,
    nama TEXT NOT NULL,
    fold TEXT NOT NULL,
    kueri TEXT NOT NULL,
    bawaan BOOLEAN NOT NULL DEFAULT FALSE,
    dibuat BIGINT NOT NULL,
    dihapus BIGINT,
    versi BIGINT NOT NULL DEFAULT 1,
    UNIQUE (pemilik, daftar, fold)
);
CREATE INDEX desk_tampilan_pemilik ON desk_tampilan (pemilik, daftar, id);

-- Forms not yet sent, sealed by the Instance's key: a draft may hold what only its writer may read.
CREATE TABLE desk_draf (
    pemilik TEXT NOT NULL,
    formulir TEXT NOT NULL,
    isi BYTEA NOT NULL,
    pada BIGINT NOT NULL,
    PRIMARY KEY (pemilik, formulir)
);
CREATE INDEX desk_draf_pada ON desk_draf (pada);

-- Small choices of a person that no other table has a place for (columns of a list, news already read).
CREATE TABLE desk_pilihan (
    pemilik TEXT NOT NULL,
    nama TEXT NOT NULL,
    isi TEXT NOT NULL,
    pada BIGINT NOT NULL,
    PRIMARY KEY (pemilik, nama)
);
