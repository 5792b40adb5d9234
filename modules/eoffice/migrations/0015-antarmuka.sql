-- What programs read by the API: the book of an OPD in the order in which letters came into it, whole or of one state, and what an OPD
-- signed, in the order of signing.
CREATE INDEX eoffice_surat_masuk_urutan ON eoffice_surat_masuk (opd, id);
CREATE INDEX eoffice_surat_masuk_urutan_status ON eoffice_surat_masuk (opd, status, id);
CREATE INDEX eoffice_naskah_urutan ON eoffice_naskah (opd, ditandatangani_pada, id) WHERE ditandatangani_pada IS NOT NULL;
