-- Figures of a service in a year, or of what waits now ("kini"), counted anew every night. Service "" is all of them together. What is for
-- everybody is kept apart from what the inspectorate reads: a page for everybody cannot show what is not in its column.
CREATE TABLE perizinan_statistik (
    jenis TEXT NOT NULL,
    masa TEXT NOT NULL,
    umum TEXT NOT NULL,
    dalam TEXT NOT NULL,
    tanggal TEXT NOT NULL,
    pada BIGINT NOT NULL,
    PRIMARY KEY (jenis, masa)
);
CREATE INDEX perizinan_statistik_masa ON perizinan_statistik (masa, jenis);

-- What each officer did at a desk in a month: applications, acts, returns, and how often each number of days was used (JSON).
CREATE TABLE perizinan_statistik_petugas (
    bulan TEXT NOT NULL,
    meja TEXT NOT NULL,
    petugas TEXT NOT NULL,
    nama TEXT NOT NULL,
    berkas BIGINT NOT NULL,
    tindakan BIGINT NOT NULL,
    kembali BIGINT NOT NULL,
    hari TEXT NOT NULL,
    PRIMARY KEY (bulan, meja, petugas)
);

-- Proxies by how much they bring.
CREATE INDEX perizinan_permohonan_kuasa ON perizinan_permohonan (kuasa_nik, diajukan, id);

-- The same telephone, mail address or account on applications of many people: somebody may make a trade of it.
CREATE TABLE perizinan_calo (
    id TEXT PRIMARY KEY,
    tanda TEXT NOT NULL,
    -- The telephone number, address or account itself; shown masked.
    nilai TEXT NOT NULL,
    -- People and applications found, and the first and last moment.
    orang BIGINT NOT NULL,
    berkas BIGINT NOT NULL,
    dari BIGINT NOT NULL,
    sampai BIGINT NOT NULL,
    status TEXT NOT NULL,
    catatan TEXT NOT NULL,
    ditinjau_nama TEXT NOT NULL,
    ditinjau BIGINT,
    created_at BIGINT NOT NULL,
    versi BIGINT NOT NULL,
    UNIQUE (tanda, nilai)
);
CREATE INDEX perizinan_calo_sampai ON perizinan_calo (sampai, id);
CREATE INDEX perizinan_calo_status ON perizinan_calo (status, sampai, id);
CREATE TABLE perizinan_calo_permohonan (
    calo TEXT NOT NULL REFERENCES perizinan_calo (id),
    permohonan TEXT NOT NULL REFERENCES perizinan_permohonan (id),
    PRIMARY KEY (calo, permohonan)
);

-- Places of which there are so many (routes, spots for billboards); `kode` is the folded name by which an application finds its place.
CREATE TABLE perizinan_kuota (
    id TEXT PRIMARY KEY,
    jenis TEXT NOT NULL REFERENCES perizinan_jenis (id),
    kode TEXT NOT NULL,
    nama TEXT NOT NULL,
    jumlah BIGINT NOT NULL,
    -- Latitude and longitude as typed; empty where nobody said.
    titik TEXT NOT NULL,
    aktif BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    versi BIGINT NOT NULL,
    UNIQUE (jenis, kode)
);

-- Which application holds a place, waits for one, or has let it go.
CREATE TABLE perizinan_kuota_berkas (
    permohonan TEXT PRIMARY KEY REFERENCES perizinan_permohonan (id),
    kuota TEXT NOT NULL REFERENCES perizinan_kuota (id),
    status TEXT NOT NULL,
    -- Since when: the order of those who wait.
    sejak BIGINT NOT NULL
);
CREATE INDEX perizinan_kuota_berkas_urut ON perizinan_kuota_berkas (kuota, status, sejak, permohonan);
