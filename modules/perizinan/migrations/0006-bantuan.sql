-- Visits of people who were helped with a national system. Whatever is issued is issued there: nothing here is a licence.
CREATE TABLE perizinan_bantuan (
    id TEXT PRIMARY KEY,
    tanggal TEXT NOT NULL,
    kanal TEXT NOT NULL,
    nama TEXT NOT NULL,
    nik TEXT NOT NULL,
    telepon TEXT NOT NULL,
    badan TEXT NOT NULL,
    nib TEXT NOT NULL,
    -- Year and code, 2020:56101: codes change with the year.
    kbli TEXT NOT NULL,
    -- Number of the application or project in the national system.
    nomor_luar TEXT NOT NULL,
    keperluan TEXT NOT NULL,
    keadaan TEXT NOT NULL,
    -- The state as the national system words it, copied.
    keadaan_luar TEXT NOT NULL,
    catatan TEXT NOT NULL,
    -- Everything a search looks in.
    fold TEXT NOT NULL,
    petugas TEXT NOT NULL,
    petugas_nama TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    versi BIGINT NOT NULL
);
CREATE INDEX perizinan_bantuan_tanggal ON perizinan_bantuan (tanggal, id);
CREATE INDEX perizinan_bantuan_kanal ON perizinan_bantuan (kanal, tanggal, id);
CREATE INDEX perizinan_bantuan_angka ON perizinan_bantuan (tanggal, kanal, keadaan, kbli);
