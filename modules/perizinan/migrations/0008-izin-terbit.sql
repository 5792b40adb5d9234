-- Lists of what was issued by its state, the newest first.
CREATE INDEX perizinan_izin_status ON perizinan_izin (status, tanggal, id);
