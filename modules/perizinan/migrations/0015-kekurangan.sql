-- Of a field that is to be mended: the SHA-256 of what stood there, so that it is seen whether it was changed.
ALTER TABLE perizinan_kekurangan ADD COLUMN sidik TEXT NOT NULL DEFAULT '';
