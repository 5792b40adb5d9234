-- What was decided in a month, kept with every decision, so that no page counts: issued, refused, became late.
CREATE TABLE perizinan_bulan (
    opd TEXT NOT NULL,
    bulan TEXT NOT NULL,
    jenis TEXT NOT NULL,
    terbit BIGINT NOT NULL,
    ditolak BIGINT NOT NULL,
    terlambat BIGINT NOT NULL,
    PRIMARY KEY (opd, bulan, jenis)
);
CREATE INDEX perizinan_bulan_urut ON perizinan_bulan (bulan, jenis, opd);
