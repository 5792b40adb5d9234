-- Kinds of naskah dinas and how each is numbered. register is the group whose sequence a kind shares, rumpun the family within
-- which a reader could take one number for another, pemegang who keeps the sequence: each OPD, or one for the whole regency.
CREATE TABLE desk_jenis_naskah (
    kode TEXT PRIMARY KEY,
    urut BIGINT NOT NULL,
    kelompok TEXT NOT NULL,
    subkelompok TEXT NOT NULL,
    nama TEXT NOT NULL,
    bentuk TEXT NOT NULL,
    penandatangan TEXT NOT NULL,
    singkatan TEXT NOT NULL,
    aturan TEXT NOT NULL,
    register TEXT NOT NULL,
    rumpun TEXT NOT NULL,
    pemegang TEXT NOT NULL,
    aktif BOOLEAN NOT NULL DEFAULT TRUE,
    versi BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX desk_jenis_naskah_urut ON desk_jenis_naskah (urut, kode);

-- cadangan_harian: so many numbers are set aside for a day when the first number of a later day is given. tanggal_akhir: the day
-- of the last number. dasar: the decree by which the owner of the register was changed.
ALTER TABLE desk_register ADD COLUMN cadangan_harian BIGINT NOT NULL DEFAULT 0;
ALTER TABLE desk_register ADD COLUMN tanggal_akhir TEXT NOT NULL DEFAULT '';
ALTER TABLE desk_register ADD COLUMN dasar TEXT NOT NULL DEFAULT '';
CREATE INDEX desk_register_tahun ON desk_register (tahun, kelompok, opd);

-- tanggal: the letter's date, of a number set aside the day it is kept for. keterangan: what a number outside the system was for.
ALTER TABLE desk_nomor ADD COLUMN tanggal TEXT NOT NULL DEFAULT '';
ALTER TABLE desk_nomor ADD COLUMN jenis TEXT NOT NULL DEFAULT '';
ALTER TABLE desk_nomor ADD COLUMN keterangan TEXT NOT NULL DEFAULT '';
ALTER TABLE desk_nomor ADD COLUMN oleh_nama TEXT NOT NULL DEFAULT '';
CREATE INDEX desk_nomor_status ON desk_nomor (register, status, urut);

-- Closures carry the decree of the regency; national days that of their year.
ALTER TABLE desk_libur ADD COLUMN dasar TEXT NOT NULL DEFAULT '';

-- Due dates that moved because the calendar changed: what the administrator is shown and the holders were told.
CREATE TABLE desk_geser (
    id TEXT PRIMARY KEY,
    tahun BIGINT NOT NULL,
    perubahan TEXT NOT NULL,
    sebab TEXT NOT NULL,
    tugas TEXT NOT NULL,
    judul TEXT NOT NULL,
    untuk TEXT NOT NULL,
    dari TEXT NOT NULL,
    ke TEXT NOT NULL,
    pada BIGINT NOT NULL,
    diberitahu BOOLEAN NOT NULL DEFAULT FALSE,
    UNIQUE (perubahan, tugas)
);
CREATE INDEX desk_geser_tahun ON desk_geser (tahun, id);
CREATE INDEX desk_geser_kabar ON desk_geser (perubahan, diberitahu, untuk, id);
CREATE INDEX desk_tugas_tempo ON desk_tugas (status, urutan, id);
