-- Files that were lawfully destroyed: name, size and hash stay, with the day and the berita acara.
ALTER TABLE desk_lampiran ADD COLUMN dimusnahkan BIGINT DEFAULT NULL;
ALTER TABLE desk_lampiran ADD COLUMN musnah_dasar TEXT DEFAULT NULL;
