-- Complaints follow the stages of the handling of complaints: masuk, verifikasi, diteruskan, ditanggapi, selesai or dibuka-lagi.
UPDATE desk_pengaduan SET status = 'diteruskan' WHERE status = 'diproses' AND opd <> '';
UPDATE desk_pengaduan SET status = 'verifikasi' WHERE status = 'diproses';
UPDATE desk_pengaduan SET status = 'ditanggapi' WHERE status = 'dijawab';
-- Who may see it: biasa, petugas (about an officer) or wbs (to the inspectorate alone).
ALTER TABLE desk_pengaduan ADD COLUMN jalur TEXT NOT NULL DEFAULT 'biasa';
-- By which way it came, and the number SP4N-LAPOR gave it.
ALTER TABLE desk_pengaduan ADD COLUMN saluran TEXT NOT NULL DEFAULT 'aplikasi';
ALTER TABLE desk_pengaduan ADD COLUMN id_lapor TEXT NOT NULL DEFAULT '';
-- At which stage of the thing it was filed, in words.
ALTER TABLE desk_pengaduan ADD COLUMN tahap TEXT NOT NULL DEFAULT '';
-- The post it was forwarded to: the superior of whom it is about.
ALTER TABLE desk_pengaduan ADD COLUMN kepada TEXT NOT NULL DEFAULT '';
-- How it is handled, which gives its time; the days counted, from which day.
ALTER TABLE desk_pengaduan ADD COLUMN penanganan TEXT NOT NULL DEFAULT 'tanpa-lapangan';
ALTER TABLE desk_pengaduan ADD COLUMN hari BIGINT NOT NULL DEFAULT 0;
ALTER TABLE desk_pengaduan ADD COLUMN diterima TEXT NOT NULL DEFAULT '';
-- Until when somebody takes it up, and when somebody did.
ALTER TABLE desk_pengaduan ADD COLUMN batas_tanggap TEXT NOT NULL DEFAULT '';
ALTER TABLE desk_pengaduan ADD COLUMN ditanggap BIGINT;
-- Until when whoever complained may object to the answer.
ALTER TABLE desk_pengaduan ADD COLUMN buka_sampai TEXT NOT NULL DEFAULT '';
ALTER TABLE desk_pengaduan ADD COLUMN dibuka_lagi BIGINT NOT NULL DEFAULT 0;
-- How many reminders and escalations were told.
ALTER TABLE desk_pengaduan ADD COLUMN peringatan BIGINT NOT NULL DEFAULT 0;
-- The identity of a protected reporter, sealed by the Instance's key; nama and kontak are empty then.
ALTER TABLE desk_pengaduan ADD COLUMN identitas BYTEA;
-- The officer or post it is about, as typed.
ALTER TABLE desk_pengaduan ADD COLUMN teradu TEXT NOT NULL DEFAULT '';
-- Who wrote it down for somebody at the counter or on the telephone; empty where the reporter did.
ALTER TABLE desk_pengaduan ADD COLUMN dicatat TEXT NOT NULL DEFAULT '';
DROP INDEX desk_pengaduan_opd;
DROP INDEX desk_pengaduan_semua;
CREATE INDEX desk_pengaduan_opd ON desk_pengaduan (opd, jalur, status, tenggat, id);
CREATE INDEX desk_pengaduan_jalur ON desk_pengaduan (jalur, status, tenggat, id);
CREATE INDEX desk_pengaduan_kepada ON desk_pengaduan (kepada, jalur, status, tenggat, id);
CREATE INDEX desk_pengaduan_dibuat ON desk_pengaduan (dibuat, id);
CREATE INDEX desk_pengaduan_lapor ON desk_pengaduan (id_lapor, id);

-- Whom a complaint is about. They never see it, whatever they may otherwise see.
CREATE TABLE desk_pengaduan_teradu (
    pengaduan TEXT NOT NULL REFERENCES desk_pengaduan (id),
    orang TEXT NOT NULL,
    nama TEXT NOT NULL,
    PRIMARY KEY (pengaduan, orang)
);

-- Every answer and objection in order: what was said before a complaint was opened again stays.
CREATE TABLE desk_pengaduan_tanggapan (
    id TEXT PRIMARY KEY,
    pengaduan TEXT NOT NULL REFERENCES desk_pengaduan (id),
    jenis TEXT NOT NULL,
    isi TEXT NOT NULL,
    pada BIGINT NOT NULL
);
CREATE INDEX desk_pengaduan_tanggapan_urut ON desk_pengaduan_tanggapan (pengaduan, pada, id);

-- The times of complaints, each with its rule and from which day it holds; what is not here is shipped.
CREATE TABLE desk_pengaduan_jam (
    jam TEXT NOT NULL,
    berlaku_dari TEXT NOT NULL,
    hari BIGINT NOT NULL,
    dasar TEXT NOT NULL,
    ditinjau TEXT NOT NULL,
    oleh_nama TEXT NOT NULL,
    PRIMARY KEY (jam, berlaku_dari)
);
