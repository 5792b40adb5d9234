-- What an administrator keeps about people. opd is where somebody is on the books: the OPD of the definitive post; an OPD's admin finds
-- people by it. berhenti is the last day in service, berhenti_sebab why.
ALTER TABLE identity_orang ADD COLUMN opd TEXT;
ALTER TABLE identity_orang ADD COLUMN jenis TEXT NOT NULL DEFAULT 'non-asn';
ALTER TABLE identity_orang ADD COLUMN tanggal_lahir TEXT;
ALTER TABLE identity_orang ADD COLUMN jenis_kelamin TEXT;
ALTER TABLE identity_orang ADD COLUMN golongan TEXT;
ALTER TABLE identity_orang ADD COLUMN berhenti TEXT;
ALTER TABLE identity_orang ADD COLUMN berhenti_sebab TEXT;
-- NIP for sorting: people without one stand at the end of an ordered list, which NULL does not do alike on both engines.
ALTER TABLE identity_orang ADD COLUMN nip_urut TEXT NOT NULL DEFAULT '~';
UPDATE identity_orang SET nip_urut = nip WHERE nip IS NOT NULL;
UPDATE identity_orang SET jenis = 'pns' WHERE nip IS NOT NULL AND SUBSTR(nip, 13, 2) <= '12';
UPDATE identity_orang SET jenis = 'pppk' WHERE nip IS NOT NULL AND SUBSTR(nip, 13, 2) > '12';
UPDATE identity_orang SET jenis = 'pejabat-negara' WHERE nip IS NULL AND EXISTS (SELECT 1 FROM identity_penugasan p
    JOIN identity_jabatan j ON j.id = p.jabatan WHERE p.orang = identity_orang.id AND j.jenis = 'politik');
UPDATE identity_orang SET opd = (SELECT MIN(j.opd) FROM identity_penugasan p JOIN identity_jabatan j ON j.id = p.jabatan
    WHERE p.orang = identity_orang.id AND p.jenis = 'definitif' AND p.sampai IS NULL);
CREATE INDEX identity_orang_opd ON identity_orang (opd, fold, id);
CREATE INDEX identity_orang_opd_nip ON identity_orang (opd, nip_urut, id);
CREATE INDEX identity_orang_nip_urut ON identity_orang (nip_urut, id);

-- Ways to find OPD and posts: below a parent, and by name.
CREATE INDEX identity_opd_induk ON identity_opd (induk, urut, id);
CREATE INDEX identity_opd_fold ON identity_opd (fold, id);
CREATE INDEX identity_jabatan_fold ON identity_jabatan (fold, id);
CREATE INDEX identity_jabatan_opd_fold ON identity_jabatan (opd, fold, id);
