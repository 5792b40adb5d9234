-- Roles that are given for a time: the last day on which they count, and the letter they stand on.
ALTER TABLE identity_peran ADD COLUMN sampai TEXT;
ALTER TABLE identity_peran ADD COLUMN dasar TEXT;
CREATE INDEX identity_peran_sampai ON identity_peran (sampai, id);

-- How many days at most an outside auditor's role may be given for, where the regency differs from what is shipped.
ALTER TABLE identity_batas ADD COLUMN hari BIGINT NOT NULL DEFAULT 0;
