-- The expedition book: what an office sends to those whom no box tells us about. pengirim is empty for the others. foto: a picture of the
-- receiver's signature is attached to the row. surel, kiriman: the address, and the message that went there.
ALTER TABLE eoffice_naskah_penerima ADD COLUMN pengirim TEXT NOT NULL DEFAULT '';
ALTER TABLE eoffice_naskah_penerima ADD COLUMN masuk_pada BIGINT NOT NULL DEFAULT 0;
ALTER TABLE eoffice_naskah_penerima ADD COLUMN surel TEXT NOT NULL DEFAULT '';
ALTER TABLE eoffice_naskah_penerima ADD COLUMN kiriman TEXT NOT NULL DEFAULT '';
UPDATE eoffice_naskah_penerima SET
    pengirim = COALESCE((SELECT n.opd FROM eoffice_naskah n WHERE n.id = eoffice_naskah_penerima.naskah), ''),
    masuk_pada = COALESCE((SELECT n.dikirim_pada FROM eoffice_naskah n WHERE n.id = eoffice_naskah_penerima.naskah), 0)
WHERE cara <> 'praja' AND cara <> 'simpul';
CREATE INDEX eoffice_naskah_penerima_buku ON eoffice_naskah_penerima (pengirim, masuk_pada, id);
