-- What an officer measured of the line between an office and this machine. dengan: by the script, or plainly without it. cara: the way of
-- working that these figures allow. Figures that were not measured are empty.
CREATE TABLE desk_ukur (
    id TEXT PRIMARY KEY,
    opd TEXT NOT NULL,
    oleh TEXT NOT NULL,
    oleh_nama TEXT NOT NULL,
    pada BIGINT NOT NULL,
    p50_us BIGINT NOT NULL,
    p95_us BIGINT NOT NULL,
    goyah_us BIGINT NOT NULL,
    unduh_kbit BIGINT,
    unggah_kbit BIGINT,
    dengan TEXT NOT NULL,
    cara TEXT NOT NULL
);
CREATE INDEX desk_ukur_pada ON desk_ukur (pada, id);
CREATE INDEX desk_ukur_opd ON desk_ukur (opd, pada, id);
CREATE INDEX desk_ukur_cara ON desk_ukur (cara, pada, id);
CREATE INDEX desk_ukur_opd_cara ON desk_ukur (opd, cara, pada, id);
