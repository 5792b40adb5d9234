-- Which kinds of posts sign a kind of naskah, words parted by blanks (none: anybody), and the classification it begins with (none: by subject).
ALTER TABLE desk_jenis_naskah ADD COLUMN penanda TEXT NOT NULL DEFAULT '';
ALTER TABLE desk_jenis_naskah ADD COLUMN klasifikasi TEXT NOT NULL DEFAULT '';
