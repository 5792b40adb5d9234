-- Types of service in versions. A draft is changed; what was published never is.
CREATE TABLE perizinan_jenis (
    id TEXT PRIMARY KEY,
    kode TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL
);
CREATE TABLE perizinan_jenis_versi (
    id TEXT PRIMARY KEY,
    jenis TEXT NOT NULL REFERENCES perizinan_jenis (id),
    nomor BIGINT NOT NULL,
    status TEXT NOT NULL,
    nama TEXT NOT NULL,
    fold TEXT NOT NULL,
    sektor TEXT NOT NULL,
    kanal TEXT NOT NULL,
    berlaku_dari TEXT NOT NULL,
    berlaku_sampai TEXT,
    isi TEXT NOT NULL,
    sidik TEXT NOT NULL,
    latihan BOOLEAN NOT NULL,
    terbit_pada BIGINT,
    oleh TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    versi BIGINT NOT NULL,
    UNIQUE (jenis, nomor)
);
CREATE INDEX perizinan_jenis_versi_status ON perizinan_jenis_versi (status, jenis, nomor);

-- What the regency set: which OPD is its PTSP, the cut-off hour, and the like.
CREATE TABLE perizinan_pengaturan (
    kunci TEXT PRIMARY KEY,
    nilai TEXT NOT NULL,
    versi BIGINT NOT NULL
);

-- Applications. NIK and answers stand here; files are attachments of desk, encrypted each with its own key.
CREATE TABLE perizinan_permohonan (
    id TEXT PRIMARY KEY,
    -- Registration number, KODE-YYYYMMDD-0001; none while it is a draft.
    nomor TEXT UNIQUE,
    -- By what it is tracked without an account: ten random letters.
    resi TEXT NOT NULL UNIQUE,
    jenis TEXT NOT NULL REFERENCES perizinan_jenis (id),
    jenis_versi TEXT NOT NULL REFERENCES perizinan_jenis_versi (id),
    permintaan TEXT NOT NULL,
    -- The account that filed it; none for one at the counter or without an account.
    akun TEXT,
    -- What the browser of a draft without an account keeps, hashed.
    kunci_draf TEXT,
    nama TEXT NOT NULL,
    nama_fold TEXT NOT NULL,
    nik TEXT NOT NULL,
    telepon TEXT NOT NULL,
    email TEXT NOT NULL,
    alamat TEXT NOT NULL,
    -- Who applies for somebody else.
    kuasa_nama TEXT NOT NULL,
    kuasa_nik TEXT NOT NULL,
    -- Fields of the form, JSON.
    isian TEXT NOT NULL,
    -- What was applied for before: a licence that is renewed, changed, copied.
    izin_lama TEXT,
    asal TEXT NOT NULL,
    status TEXT NOT NULL,
    meja TEXT NOT NULL,
    -- The PTSP, and the technical OPD that is asked.
    opd TEXT NOT NULL,
    opd_teknis TEXT,
    -- Who has it, by turn; none where whoever holds the post has it.
    petugas TEXT,
    petugas_nama TEXT NOT NULL,
    -- Since when it lies on this desk: the queue.
    sejak BIGINT NOT NULL,
    diajukan BIGINT,
    -- The day that counts as the day of submission, after the cut-off hour.
    hari_ajukan TEXT,
    -- Until when the front office checks, or the applicant mends.
    batas_langkah TEXT,
    sla BIGINT NOT NULL,
    -- Day 0; days used before the clock last stood; the day on which it went on, none while it stands.
    mulai TEXT,
    terpakai BIGINT NOT NULL,
    lanjut TEXT,
    tenggat TEXT,
    sementara BOOLEAN NOT NULL,
    selesai TEXT,
    hari_pakai BIGINT,
    sebelum_tangguh TEXT,
    pernah_lengkap BOOLEAN NOT NULL,
    perlu_rekomendasi BOOLEAN NOT NULL,
    perlu_survei BOOLEAN NOT NULL,
    biaya BIGINT NOT NULL,
    sisa_paraf TEXT NOT NULL,
    -- Why it was refused, and by which rule.
    kode_tolak TEXT,
    dasar_tolak TEXT,
    putaran BIGINT NOT NULL,
    peringatan BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    versi BIGINT NOT NULL
);
CREATE INDEX perizinan_permohonan_meja ON perizinan_permohonan (meja, sejak, id);
CREATE INDEX perizinan_permohonan_petugas ON perizinan_permohonan (petugas, sejak, id);
CREATE INDEX perizinan_permohonan_petugas_status ON perizinan_permohonan (petugas, status, sejak, id);
CREATE INDEX perizinan_permohonan_meja_id ON perizinan_permohonan (meja, id);
CREATE INDEX perizinan_permohonan_diajukan ON perizinan_permohonan (diajukan, id);
CREATE INDEX perizinan_permohonan_status ON perizinan_permohonan (status, diajukan, id);
CREATE INDEX perizinan_permohonan_jenis ON perizinan_permohonan (jenis, diajukan, id);
CREATE INDEX perizinan_permohonan_teknis ON perizinan_permohonan (opd_teknis, diajukan, id);
CREATE INDEX perizinan_permohonan_akun ON perizinan_permohonan (akun, created_at, id);
CREATE INDEX perizinan_permohonan_nik ON perizinan_permohonan (nik, created_at, id);
CREATE INDEX perizinan_permohonan_draf ON perizinan_permohonan (status, created_at, id);
CREATE INDEX perizinan_permohonan_tenggat ON perizinan_permohonan (meja, tenggat, id);

-- The files of an application: which requirement, which attachment, what the original was.
CREATE TABLE perizinan_berkas (
    id TEXT PRIMARY KEY,
    permohonan TEXT NOT NULL REFERENCES perizinan_permohonan (id),
    syarat TEXT NOT NULL,
    pakai_ulang TEXT NOT NULL,
    kepekaan TEXT NOT NULL,
    lampiran TEXT NOT NULL,
    nama TEXT NOT NULL,
    -- SHA-256 of what was sent, before it was made smaller.
    sidik_asli TEXT NOT NULL,
    diganti BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX perizinan_berkas_permohonan ON perizinan_berkas (permohonan, syarat, created_at, id);

-- Every step, never changed: what the public page, the inspectorate and the statistics read.
CREATE TABLE perizinan_riwayat (
    id TEXT PRIMARY KEY,
    permohonan TEXT NOT NULL REFERENCES perizinan_permohonan (id),
    langkah TEXT NOT NULL,
    dari TEXT NOT NULL,
    ke TEXT NOT NULL,
    meja TEXT NOT NULL,
    pada BIGINT NOT NULL,
    tanggal TEXT NOT NULL,
    oleh TEXT NOT NULL,
    oleh_nama TEXT NOT NULL,
    -- A code where one is asked for: return, refusal, out of order.
    kode TEXT NOT NULL,
    catatan TEXT NOT NULL,
    -- May the applicant read the note?
    umum BOOLEAN NOT NULL
);
CREATE INDEX perizinan_riwayat_permohonan ON perizinan_riwayat (permohonan, pada, id);
CREATE INDEX perizinan_riwayat_kode ON perizinan_riwayat (kode, pada, id);
CREATE INDEX perizinan_riwayat_oleh ON perizinan_riwayat (oleh, langkah, pada, id);

-- Everything that is to be mended, all at once, one row for each.
CREATE TABLE perizinan_kekurangan (
    id TEXT PRIMARY KEY,
    permohonan TEXT NOT NULL REFERENCES perizinan_permohonan (id),
    putaran BIGINT NOT NULL,
    -- `syarat:ktp` or `isian:luas`.
    tentang TEXT NOT NULL,
    kode TEXT NOT NULL,
    pesan TEXT NOT NULL,
    selesai BOOLEAN NOT NULL,
    oleh TEXT NOT NULL,
    pada BIGINT NOT NULL
);
CREATE INDEX perizinan_kekurangan_permohonan ON perizinan_kekurangan (permohonan, putaran, id);

-- Whose turn it is at a desk: the one who was given work longest ago.
CREATE TABLE perizinan_giliran (
    meja TEXT NOT NULL,
    opd TEXT NOT NULL,
    petugas TEXT NOT NULL,
    terakhir BIGINT NOT NULL,
    PRIMARY KEY (meja, opd, petugas)
);

-- Who may not work on an application, and why.
CREATE TABLE perizinan_konflik (
    id TEXT PRIMARY KEY,
    permohonan TEXT NOT NULL REFERENCES perizinan_permohonan (id),
    petugas TEXT NOT NULL,
    alasan TEXT NOT NULL,
    pada BIGINT NOT NULL,
    UNIQUE (permohonan, petugas)
);

-- Recommendations of technical OPD, each with its own clock inside that of the application.
CREATE TABLE perizinan_rekomendasi (
    id TEXT PRIMARY KEY,
    permohonan TEXT NOT NULL REFERENCES perizinan_permohonan (id),
    opd TEXT NOT NULL,
    diminta BIGINT NOT NULL,
    hari_diminta TEXT NOT NULL,
    jatah BIGINT NOT NULL,
    tenggat TEXT NOT NULL,
    hasil TEXT,
    catatan TEXT NOT NULL,
    oleh TEXT,
    oleh_nama TEXT NOT NULL,
    dijawab BIGINT,
    hari_pakai BIGINT,
    versi BIGINT NOT NULL
);
CREATE INDEX perizinan_rekomendasi_permohonan ON perizinan_rekomendasi (permohonan, diminta, id);
CREATE INDEX perizinan_rekomendasi_opd ON perizinan_rekomendasi (opd, diminta, id);

-- What was issued.
CREATE TABLE perizinan_izin (
    id TEXT PRIMARY KEY,
    permohonan TEXT UNIQUE REFERENCES perizinan_permohonan (id),
    jenis TEXT NOT NULL,
    jenis_nama TEXT NOT NULL,
    nomor TEXT NOT NULL,
    urut BIGINT NOT NULL,
    tanggal TEXT NOT NULL,
    nama TEXT NOT NULL,
    nama_fold TEXT NOT NULL,
    nik TEXT NOT NULL,
    objek TEXT NOT NULL,
    lokasi TEXT NOT NULL,
    status TEXT NOT NULL,
    berlaku_dari TEXT NOT NULL,
    berlaku_sampai TEXT,
    -- What it continues, and what continues it.
    lama TEXT,
    pengganti TEXT,
    token TEXT,
    lampiran TEXT,
    penandatangan TEXT NOT NULL,
    jabatan TEXT NOT NULL,
    peringatan BIGINT NOT NULL,
    diingatkan TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    versi BIGINT NOT NULL
);
CREATE INDEX perizinan_izin_nomor ON perizinan_izin (nomor);
CREATE INDEX perizinan_izin_jenis ON perizinan_izin (jenis, tanggal, id);
CREATE INDEX perizinan_izin_tanggal ON perizinan_izin (tanggal, id);
CREATE INDEX perizinan_izin_habis ON perizinan_izin (status, berlaku_sampai, id);
CREATE INDEX perizinan_izin_nik ON perizinan_izin (nik, tanggal, id);

-- What happened to it since: warned, frozen, revoked, renewed, copied.
CREATE TABLE perizinan_izin_peristiwa (
    id TEXT PRIMARY KEY,
    izin TEXT NOT NULL REFERENCES perizinan_izin (id),
    jenis TEXT NOT NULL,
    alasan TEXT NOT NULL,
    dasar TEXT NOT NULL,
    oleh TEXT NOT NULL,
    oleh_nama TEXT NOT NULL,
    pada BIGINT NOT NULL
);
CREATE INDEX perizinan_izin_peristiwa_izin ON perizinan_izin_peristiwa (izin, pada, id);
