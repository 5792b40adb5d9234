-- Several pictures as the ordered pages of one attachment; the first stands in desk_lampiran as well.
ALTER TABLE desk_lampiran ADD COLUMN halaman BIGINT NOT NULL DEFAULT 1;
CREATE TABLE desk_lampiran_halaman (
    lampiran TEXT NOT NULL REFERENCES desk_lampiran (id),
    urut BIGINT NOT NULL,
    nama TEXT NOT NULL,
    mime TEXT NOT NULL,
    ukuran BIGINT NOT NULL,
    sidik TEXT NOT NULL,
    alamat TEXT NOT NULL,
    PRIMARY KEY (lampiran, urut)
);

-- Files that come piece by piece over a weak line; each piece is an encrypted file of its own until the form is sent.
CREATE TABLE desk_unggahan (
    id TEXT PRIMARY KEY,
    pemilik TEXT NOT NULL,
    nama TEXT NOT NULL,
    ukuran BIGINT NOT NULL,
    diterima BIGINT NOT NULL,
    dibuat BIGINT NOT NULL,
    diubah BIGINT NOT NULL
);
CREATE INDEX desk_unggahan_usia ON desk_unggahan (diubah, id);
CREATE INDEX desk_unggahan_pemilik ON desk_unggahan (pemilik, diubah);
CREATE TABLE desk_unggahan_potongan (
    unggahan TEXT NOT NULL,
    urut BIGINT NOT NULL,
    ukuran BIGINT NOT NULL,
    alamat TEXT NOT NULL,
    PRIMARY KEY (unggahan, urut)
);

-- Complaints about anything. kode is told to who complained, so that the answer can be read without an account; only its hash is
-- kept. pelapor is empty for who complained without signing in; identitas_disembunyikan keeps the name from the OPD complained about.
CREATE TABLE desk_pengaduan (
    id TEXT PRIMARY KEY,
    nomor TEXT NOT NULL UNIQUE,
    kode TEXT NOT NULL,
    jenis TEXT NOT NULL,
    objek TEXT NOT NULL DEFAULT '',
    tentang TEXT NOT NULL DEFAULT '',
    opd TEXT NOT NULL DEFAULT '',
    isi TEXT NOT NULL,
    lokasi TEXT NOT NULL DEFAULT '',
    pelapor TEXT NOT NULL DEFAULT '',
    nama TEXT NOT NULL,
    kontak TEXT NOT NULL,
    disembunyikan BOOLEAN NOT NULL,
    status TEXT NOT NULL,
    tenggat TEXT NOT NULL,
    sementara BOOLEAN NOT NULL,
    jawaban TEXT,
    dijawab BIGINT,
    dibuat BIGINT NOT NULL,
    diubah BIGINT NOT NULL,
    versi BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX desk_pengaduan_opd ON desk_pengaduan (opd, status, tenggat, id);
CREATE INDEX desk_pengaduan_semua ON desk_pengaduan (status, tenggat, id);
CREATE INDEX desk_pengaduan_objek ON desk_pengaduan (objek, id);

-- Answers about satisfaction (PermenPANRB 14/2017). kunci makes one invitation count once.
CREATE TABLE desk_kepuasan (
    id TEXT PRIMARY KEY,
    kunci TEXT NOT NULL UNIQUE,
    objek TEXT NOT NULL DEFAULT '',
    layanan TEXT NOT NULL,
    opd TEXT NOT NULL,
    bulan TEXT NOT NULL,
    jawaban TEXT NOT NULL,
    kelamin TEXT NOT NULL,
    pendidikan TEXT NOT NULL,
    pekerjaan TEXT NOT NULL,
    saran TEXT NOT NULL,
    pada BIGINT NOT NULL
);
CREATE INDEX desk_kepuasan_opd ON desk_kepuasan (opd, bulan, layanan, id);
-- Kept with every answer, so that no page counts them.
CREATE TABLE desk_kepuasan_hitung (
    opd TEXT NOT NULL,
    layanan TEXT NOT NULL,
    bulan TEXT NOT NULL,
    unsur TEXT NOT NULL,
    banyak BIGINT NOT NULL,
    jumlah BIGINT NOT NULL,
    PRIMARY KEY (opd, layanan, bulan, unsur)
);
