-- How many days a week the offices work, from which day on, by which decree. Before the first it is Monday to Friday.
CREATE TABLE desk_pekan (
    berlaku_dari TEXT PRIMARY KEY,
    pekan TEXT NOT NULL,
    dasar TEXT NOT NULL,
    oleh_nama TEXT NOT NULL,
    pada BIGINT NOT NULL
);
