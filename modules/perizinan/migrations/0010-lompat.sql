-- Why a file was taken before others that had come earlier; empty where it was in its turn. The code of a step is another matter.
ALTER TABLE perizinan_riwayat ADD COLUMN lompat TEXT NOT NULL DEFAULT '';
UPDATE perizinan_riwayat SET lompat = kode, kode = ''
    WHERE kode IN ('disabilitas-lansia', 'darurat-kesehatan', 'perintah-pengadilan', 'korektif-sistem');
CREATE INDEX perizinan_riwayat_lompat ON perizinan_riwayat (lompat, pada, id);
