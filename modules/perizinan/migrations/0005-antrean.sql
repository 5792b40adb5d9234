-- Services of the counter, each with the letter of its tickets. Empty while the regency keeps the list that comes with the program.
CREATE TABLE perizinan_antrean_layanan (
    huruf TEXT PRIMARY KEY,
    nama TEXT NOT NULL,
    aktif BOOLEAN NOT NULL,
    versi BIGINT NOT NULL
);

-- Tickets. No name and no NIK: whoever waits is a letter and a number.
CREATE TABLE perizinan_antrean (
    id TEXT PRIMARY KEY,
    tanggal TEXT NOT NULL,
    huruf TEXT NOT NULL,
    urut BIGINT NOT NULL,
    layanan TEXT NOT NULL,
    status TEXT NOT NULL,
    -- Why it is called before the others; empty for most.
    prioritas TEXT NOT NULL,
    asal TEXT NOT NULL,
    dibuat BIGINT NOT NULL,
    -- First and last call, and how often; 0 while it waits.
    dipanggil BIGINT NOT NULL,
    panggilan BIGINT NOT NULL,
    kali BIGINT NOT NULL,
    loket BIGINT NOT NULL,
    petugas TEXT NOT NULL,
    petugas_nama TEXT NOT NULL,
    selesai BIGINT NOT NULL,
    versi BIGINT NOT NULL,
    UNIQUE (tanggal, huruf, urut)
);
CREATE INDEX perizinan_antrean_status ON perizinan_antrean (tanggal, status, dibuat, id);
CREATE INDEX perizinan_antrean_panggilan ON perizinan_antrean (tanggal, panggilan, id);
