-- The words of what is attached to a thing in the search index, kept beside it: when the thing is put in anew they are joined again.
CREATE TABLE store_cari_isi (
    modul TEXT NOT NULL,
    jenis TEXT NOT NULL,
    ref TEXT NOT NULL,
    isi TEXT NOT NULL,
    PRIMARY KEY (modul, jenis, ref)
);
