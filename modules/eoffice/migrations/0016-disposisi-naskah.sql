-- An order is given on a letter that came in or on a naskah of this box; a report may point to the naskah that answers.
-- surat is the id of either, so it refers to no table any more. A table that others refer to cannot be rebuilt: its recipients go first.
REBUILD TABLE eoffice_disposisi_tujuan (
    id TEXT PRIMARY KEY,
    disposisi TEXT NOT NULL,
    surat TEXT NOT NULL,
    induk TEXT,
    urut BIGINT NOT NULL,
    dari TEXT NOT NULL,
    opd TEXT NOT NULL,
    kepada TEXT NOT NULL,
    kepada_jabatan TEXT NOT NULL,
    kepada_nama TEXT NOT NULL,
    peran TEXT NOT NULL,
    wajib_laporan BOOLEAN NOT NULL,
    status TEXT NOT NULL,
    -- 'konsep', 'terbuka' or 'selesai': what lists are made of.
    kelompok TEXT NOT NULL,
    batas TEXT,
    -- The due date, or a date after all others.
    urutan TEXT NOT NULL,
    -- The next day on which somebody is reminded.
    ingat TEXT,
    created_at BIGINT NOT NULL,
    dibaca_pada BIGINT,
    dibaca_oleh TEXT,
    laporan TEXT,
    -- Number of the letter that answers, as typed.
    naskah TEXT,
    -- The naskah of this box that answers.
    naskah_id TEXT,
    dilaporkan_pada BIGINT,
    dilaporkan_oleh TEXT,
    alasan TEXT,
    selesai_pada BIGINT,
    versi BIGINT NOT NULL
) COPY (id, disposisi, surat, induk, urut, dari, opd, kepada, kepada_jabatan, kepada_nama, peran, wajib_laporan, status, kelompok,
    batas, urutan, ingat, created_at, dibaca_pada, dibaca_oleh, laporan, naskah, dilaporkan_pada, dilaporkan_oleh, alasan,
    selesai_pada, versi)
FROM (id, disposisi, surat, induk, urut, dari, opd, kepada, kepada_jabatan, kepada_nama, peran, wajib_laporan, status, kelompok,
    batas, urutan, ingat, created_at, dibaca_pada, dibaca_oleh, laporan, naskah, dilaporkan_pada, dilaporkan_oleh, alasan,
    selesai_pada, versi);
CREATE INDEX eoffice_disposisi_tujuan_disposisi ON eoffice_disposisi_tujuan (disposisi, urut, id);
CREATE INDEX eoffice_disposisi_tujuan_surat ON eoffice_disposisi_tujuan (surat, created_at, urut, id);
CREATE INDEX eoffice_disposisi_tujuan_induk ON eoffice_disposisi_tujuan (induk, created_at, urut, id);
CREATE INDEX eoffice_disposisi_tujuan_kepada ON eoffice_disposisi_tujuan (kepada, kelompok, urutan, id);
CREATE INDEX eoffice_disposisi_tujuan_dari ON eoffice_disposisi_tujuan (dari, kelompok, urutan, id);
CREATE INDEX eoffice_disposisi_tujuan_opd ON eoffice_disposisi_tujuan (opd, kelompok, urutan, id);
CREATE INDEX eoffice_disposisi_tujuan_ingat ON eoffice_disposisi_tujuan (ingat, id);

REBUILD TABLE eoffice_disposisi (
    id TEXT PRIMARY KEY,
    -- 'surat' or 'naskah': which of them surat is the id of. A release before knows letters alone.
    pokok TEXT NOT NULL DEFAULT 'surat',
    surat TEXT NOT NULL,
    -- The row of eoffice_disposisi_tujuan that was passed on; NULL for the first order.
    induk TEXT,
    opd TEXT NOT NULL,
    dari TEXT NOT NULL,
    dari_jabatan TEXT NOT NULL,
    dari_nama TEXT NOT NULL,
    -- The aide who wrote it down by direction of the leader.
    dicatat_nama TEXT,
    dicatat_jabatan TEXT,
    konfirmasi TEXT NOT NULL,
    dikonfirmasi_pada BIGINT,
    -- Codes of the instructions, with commas between them.
    instruksi TEXT NOT NULL,
    catatan TEXT NOT NULL,
    batas TEXT,
    sementara BOOLEAN NOT NULL,
    sifat TEXT NOT NULL,
    wajib_laporan BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    versi BIGINT NOT NULL
) COPY (id, surat, induk, opd, dari, dari_jabatan, dari_nama, dicatat_nama, dicatat_jabatan, konfirmasi, dikonfirmasi_pada,
    instruksi, catatan, batas, sementara, sifat, wajib_laporan, created_at, versi)
FROM (id, surat, induk, opd, dari, dari_jabatan, dari_nama, dicatat_nama, dicatat_jabatan, konfirmasi, dikonfirmasi_pada,
    instruksi, catatan, batas, sementara, sifat, wajib_laporan, created_at, versi);
CREATE INDEX eoffice_disposisi_surat ON eoffice_disposisi (surat, created_at, id);
CREATE INDEX eoffice_disposisi_konfirmasi ON eoffice_disposisi (dari, konfirmasi, created_at, id);
