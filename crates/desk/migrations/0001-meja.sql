-- Registers of numbers: one per OPD, group and year of the letter's date (domain: one register = OPD or Setda, kelompok, year).
-- cakupan says how far a number must be unique: 'opd' (an agenda number may stand in every OPD) or 'daerah' (a letter's number).
-- pemilik says who gives the numbers: 'praja', or 'srikandi' where the national application does.
CREATE TABLE desk_register (
    id TEXT PRIMARY KEY,
    opd TEXT NOT NULL,
    kelompok TEXT NOT NULL,
    tahun BIGINT NOT NULL,
    terakhir BIGINT NOT NULL,
    pola TEXT NOT NULL DEFAULT '',
    cakupan TEXT NOT NULL DEFAULT 'opd',
    pemilik TEXT NOT NULL DEFAULT 'praja',
    versi BIGINT NOT NULL DEFAULT 1,
    UNIQUE (opd, kelompok, tahun)
);

-- Every number that ever left a register; a cancelled one stays. unik carries group, year and scope before the number, so that
-- one index holds the rule of uniqueness for all registers.
CREATE TABLE desk_nomor (
    register TEXT NOT NULL,
    urut BIGINT NOT NULL,
    nomor TEXT NOT NULL,
    unik TEXT NOT NULL UNIQUE,
    status TEXT NOT NULL,
    asal TEXT NOT NULL DEFAULT 'register',
    objek TEXT NOT NULL,
    alasan TEXT,
    pada BIGINT NOT NULL,
    diubah BIGINT NOT NULL,
    PRIMARY KEY (register, urut)
);
CREATE INDEX desk_nomor_objek ON desk_nomor (objek, register, urut);

-- Attachments of anything. sidik is the hash of the plain file, alamat that of the stored (encrypted) one.
CREATE TABLE desk_lampiran (
    id TEXT PRIMARY KEY,
    objek TEXT NOT NULL,
    urut BIGINT NOT NULL,
    nama TEXT NOT NULL,
    mime TEXT NOT NULL,
    ukuran BIGINT NOT NULL,
    sidik TEXT NOT NULL,
    alamat TEXT NOT NULL,
    dibatasi BOOLEAN NOT NULL,
    oleh TEXT NOT NULL,
    oleh_nama TEXT NOT NULL,
    pada BIGINT NOT NULL,
    UNIQUE (objek, urut)
);
CREATE TABLE desk_lampiran_akses (
    lampiran TEXT NOT NULL,
    subject TEXT NOT NULL,
    PRIMARY KEY (lampiran, subject)
);

-- Tasks. urutan is the due date, or a date after all others where there is none, so that one index orders the inbox.
CREATE TABLE desk_tugas (
    id TEXT PRIMARY KEY,
    untuk TEXT NOT NULL,
    judul TEXT NOT NULL,
    tautan TEXT NOT NULL,
    objek TEXT NOT NULL,
    jatuh_tempo TEXT,
    sementara BOOLEAN NOT NULL,
    urutan TEXT NOT NULL,
    status TEXT NOT NULL,
    oleh TEXT NOT NULL,
    oleh_nama TEXT NOT NULL,
    dibuat BIGINT NOT NULL,
    selesai_pada BIGINT,
    selesai_oleh TEXT,
    versi BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX desk_tugas_kotak ON desk_tugas (untuk, status, urutan, id DESC);
CREATE INDEX desk_tugas_selesai ON desk_tugas (untuk, status, selesai_pada, id);
CREATE INDEX desk_tugas_objek ON desk_tugas (objek, status);

-- How many tasks are open for a subject: kept with every opening and closing, never counted for a page.
CREATE TABLE desk_hitung (
    subject TEXT PRIMARY KEY,
    terbuka BIGINT NOT NULL
);

-- The working calendar: what is known of a year, and its days off.
CREATE TABLE desk_libur_tahun (
    tahun BIGINT PRIMARY KEY,
    status TEXT NOT NULL,
    dasar TEXT,
    pada BIGINT NOT NULL,
    versi BIGINT NOT NULL DEFAULT 1
);
CREATE TABLE desk_libur (
    tanggal TEXT PRIMARY KEY,
    tahun BIGINT NOT NULL,
    jenis TEXT NOT NULL,
    nama TEXT NOT NULL
);
CREATE INDEX desk_libur_per_tahun ON desk_libur (tahun, tanggal);
