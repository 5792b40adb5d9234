-- What people practised in a regency for trying. sudah: steps proven when last looked; semua: steps of the exercise then.
CREATE TABLE desk_latihan (
    id TEXT PRIMARY KEY,
    orang TEXT NOT NULL,
    orang_nama TEXT NOT NULL,
    opd TEXT,
    opd_nama TEXT NOT NULL,
    skenario TEXT NOT NULL,
    mulai BIGINT NOT NULL,
    selesai BIGINT,
    sudah BIGINT NOT NULL,
    semua BIGINT NOT NULL
);
CREATE INDEX desk_latihan_orang ON desk_latihan (orang, skenario, mulai, id);
CREATE INDEX desk_latihan_mulai ON desk_latihan (mulai, id);
CREATE INDEX desk_latihan_skenario ON desk_latihan (skenario, mulai, id);
