-- Times in which this box numbers a register of the national application, by decree. sampai: the last day; urut_awal: the last place before;
-- selesai: when numbering went back, 0 while it lasts; urut_akhir: the last place that was given meanwhile.
CREATE TABLE desk_darurat (
    id TEXT PRIMARY KEY,
    register TEXT NOT NULL,
    nomor TEXT NOT NULL,
    tanggal TEXT NOT NULL,
    sampai TEXT NOT NULL,
    urut_awal BIGINT NOT NULL,
    urut_akhir BIGINT NOT NULL DEFAULT 0,
    mulai BIGINT NOT NULL,
    oleh_nama TEXT NOT NULL,
    selesai BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX desk_darurat_register ON desk_darurat (register, id);
CREATE INDEX desk_darurat_selesai ON desk_darurat (selesai, sampai, id);

-- How the national application knows a number that was given here meanwhile.
ALTER TABLE desk_nomor ADD COLUMN srikandi TEXT NOT NULL DEFAULT '';
