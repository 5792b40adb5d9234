//! What every desk needs: registers of numbers, attachments, tasks with one inbox, notices, the working calendar, saved views, form
//! drafts, and the pages Beranda and Cari.

pub mod attachments;
mod beranda;
pub mod calendar;
mod cari;
pub mod channels;
pub mod choices;
pub mod comments;
pub mod complaints;
mod daerah;
mod data_pribadi;
pub mod deliveries;
mod demo;
pub mod drafts;
mod gaya;
pub mod impor;
pub mod instansi;
pub mod klasifikasi;
mod latihan;
mod loket;
mod luring;
pub mod notices;
pub mod outside;
mod pilih;
pub mod registers;
pub mod satisfaction;
pub mod tasks;
pub mod templat_naskah;
pub mod templates;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
pub mod timeline;
pub mod tte;
pub mod ukur;
pub mod verify;
pub mod views;
pub mod visitors;
pub mod wilayah;
mod words;

use std::sync::Arc;

use attachments::uploads;
use include_dir::{Dir, include_dir};
use praja_kernel::Permission;
use praja_module::{Access, Aids, JobKind, Menu, MenuGroup, Module, Ports, Role, Route, events::PenugasanChanged};
use praja_store::{Delivery, Event, Keys, MigrationSet, Result, Tx};

static MIGRATIONS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/migrations");

/// The right to work with the inbox and the search: everybody with an office account holds it through [`PEGAWAI`].
pub const USE_DESK: Permission = Permission::new("desk.use-desk");
/// Adds, changes and merges outside agencies and people.
pub const MANAGE_INSTANSI: Permission = Permission::new("desk.manage-instansi");
/// Sees the registers of the own OPD, sets numbers aside, enters those from paper and cancels.
pub const MANAGE_REGISTER: Permission = Permission::new("desk.manage-register");
/// Extends [`MANAGE_REGISTER`] to every OPD, and sets how kinds of naskah are numbered.
pub const MANAGE_ALL_REGISTER: Permission = Permission::new("desk.manage-all-register");
/// Keeps the working calendar: days off, closures, the decree of a year.
pub const MANAGE_CALENDAR: Permission = Permission::new("desk.manage-calendar");
/// Reads and answers the complaints of the own OPD.
pub const ANSWER_PENGADUAN: Permission = Permission::new("desk.answer-pengaduan");
/// Reads how satisfied people are with the own OPD.
pub const READ_KEPUASAN: Permission = Permission::new("desk.read-kepuasan");
/// Reads how services do in the whole regency, in figures and without anybody's case: what each module gives its leaders.
pub const READ_ANGKA: Permission = Permission::new("desk.read-angka");
/// Answers what people ask about their own data, and keeps the record of failures to protect them.
pub const MANAGE_DATA_PRIBADI: Permission = Permission::new("desk.manage-data-pribadi");
/// Reads what every office measured of its line.
pub const READ_UKUR: Permission = Permission::new("desk.read-ukur");
/// Reads what the participants of a training did.
pub const READ_LATIHAN: Permission = Permission::new("desk.read-latihan");
/// Receives what is for the inspectorate: reports of wrongs, and complaints about officers.
pub const INSPECT_PENGADUAN: Permission = Permission::new("desk.inspect-pengaduan");
/// Writes complaints down for people at a counter, on the telephone or at SP4N-LAPOR.
pub const RECORD_PENGADUAN: Permission = Permission::new("desk.record-pengaduan");
/// Extends [`ANSWER_PENGADUAN`] and [`READ_KEPUASAN`] to every OPD, and to complaints whose OPD nobody has decided.
pub const MANAGE_PENGADUAN: Permission = Permission::new("desk.manage-pengaduan");
/// The role that every account of an officer holds.
pub const PEGAWAI: &str = "desk.pegawai";
/// The role of whoever answers complaints.
pub const PENJAWAB: &str = "desk.penjawab-pengaduan";
/// The role of whoever receives complaints for the inspectorate.
pub const PENGAWAS: &str = "desk.pengawas-pengaduan";
/// The role of whoever keeps the desk of the whole regency in order.
pub const PENGELOLA: &str = "desk.pengelola";

/// The right to set up ways out for notices and to see what became of messages.
pub const MANAGE_NOTICES: Permission = Permission::new("desk.manage-notices");

/// The right to set how long a front-office device may stay untouched.
pub const MANAGE_LOKET: Permission = Permission::new("desk.manage-loket");

/// The right to set how the regency signs: its own authority, its e-sign server.
pub const MANAGE_TTE: Permission = Permission::new("desk.manage-tanda-tangan");

/// The desk, always on.
pub static MODULE: Module = Module {
    id: "desk",
    title: "Meja kerja",
    legal_basis: &[
        "Peraturan ANRI 5/2021 tentang Pedoman Umum Tata Naskah Dinas (penomoran naskah)",
        "Keppres tentang hari libur nasional dan cuti bersama setiap tahun (kalender kerja)",
    ],
    needs: &[],
    migrations: || MigrationSet::from_dir("desk", &MIGRATIONS),
    routes: &[
        Route::get_as("/", Access::SignedIn, "Beranda: tugas Anda dan angka yang penting", beranda::show),
        Route::get("/kotak-masuk", USE_DESK, "Semua tugas Anda dari semua layanan", tasks::pages::inbox).kept(),
        Route::get("/belum-terkirim", USE_DESK, "Isian yang menunggu dikirim dari perangkat ini", luring::waiting).kept(),
        Route::get_as("/tanpa-sambungan", Access::Public, "Pengganti halaman saat sambungan terputus", luring::without),
        Route::get_as(loket::PAGE, Access::Public, "Halaman awal perangkat bersama di loket", loket::show),
        Route::get("/desk/loket", MANAGE_LOKET, "Waktu perangkat loket boleh tidak disentuh", loket::ask),
        Route::post("/desk/loket", MANAGE_LOKET, "Menyimpan waktu perangkat loket", loket::save),
        Route::get("/desk/perangkat", USE_DESK, "Apa yang boleh disimpan perangkat ini", luring::device),
        Route::get("/cari", USE_DESK, "Mencari di semua layanan", cari::show),
        Route::get("/desk/lampiran/{id}", USE_DESK, "Membuka lampiran", attachments::pages::serve),
        Route::post("/desk/lampiran/{id}", USE_DESK, "Membuka lampiran yang dibatasi dan mencatatnya", attachments::pages::open),
        Route::post("/desk/komentar", USE_DESK, "Mengirim komentar pada naskah yang terbuka", comments::pages::send)
            .with_judged_upload(attachments::MAX_BYTES, attachments::MAX_FILES),
        Route::get("/desk/komentar/{id}/lampiran/{lampiran}", USE_DESK, "Membuka lampiran komentar", comments::files::serve),
        Route::post("/desk/komentar/{id}/tarik", USE_DESK, "Menarik komentar sendiri", comments::pages::withdraw),
        Route::post(
            "/desk/komentar/{id}/pulihkan",
            USE_DESK,
            "Mengembalikan komentar yang baru ditarik",
            comments::pages::restore,
        ),
        Route::get("/desk/lampiran/{id}/halaman/{urut}", USE_DESK, "Satu halaman lampiran bergambar", attachments::pages::page),
        Route::post("/desk/lampiran/{id}/halaman/{urut}/naik", USE_DESK, "Menaikkan halaman lampiran", attachments::pages::raise),
        Route::post("/desk/unggahan", USE_DESK, "Memulai unggahan bertahap", uploads::pages::begin),
        Route::post("/desk/unggahan/{id}", USE_DESK, "Menerima satu potongan berkas", uploads::pages::piece)
            .with_upload(uploads::PIECE, 1),
        Route::post("/desk/unggahan/{id}/hapus", USE_DESK, "Membuang unggahan sendiri", uploads::pages::discard),
        Route::get(daerah::PAGE, USE_DESK, "Profil daerah menurut paket daerah yang berlaku", daerah::show),
        Route::get("/desk/pilih/wilayah", USE_DESK, "Pilihan wilayah menurut kode Kemendagri", pilih::wilayah),
        Route::get("/desk/pilih/klasifikasi", USE_DESK, "Pilihan kode klasifikasi arsip", pilih::klasifikasi),
        Route::get("/desk/pilih/instansi", USE_DESK, "Pilihan instansi dari direktori", pilih::instansi),
        Route::get("/desk/klasifikasi", USE_DESK, "Klasifikasi arsip yang berlaku", klasifikasi::pages::list),
        Route::get("/desk/klasifikasi/muat", MANAGE_ALL_REGISTER, "Formulir memuat klasifikasi arsip", klasifikasi::pages::ask),
        Route::post("/desk/klasifikasi/muat", MANAGE_ALL_REGISTER, "Memeriksa berkas klasifikasi", klasifikasi::pages::try_out)
            .with_upload(klasifikasi::pages::MAX_BYTES, 1),
        Route::post(
            "/desk/klasifikasi/muat/terapkan",
            MANAGE_ALL_REGISTER,
            "Memberlakukan klasifikasi",
            klasifikasi::pages::apply,
        )
        .with_reauth(),
        Route::post(
            "/desk/klasifikasi/muat/bawaan",
            MANAGE_ALL_REGISTER,
            "Mengembalikan klasifikasi",
            klasifikasi::pages::restore,
        )
        .with_reauth(),
        Route::get("/desk/instansi", USE_DESK, "Direktori instansi dan orang luar", instansi::pages::list),
        Route::get("/desk/instansi/unduh", USE_DESK, "Mengunduh direktori instansi", instansi::pages::download),
        Route::get("/desk/instansi/baru", MANAGE_INSTANSI, "Formulir instansi baru", instansi::pages::new),
        Route::post("/desk/instansi/baru", MANAGE_INSTANSI, "Menambahkan instansi", instansi::pages::create),
        Route::get("/desk/instansi/{id}", USE_DESK, "Satu instansi dengan riwayatnya", instansi::pages::show),
        Route::get("/desk/instansi/{id}/ubah", MANAGE_INSTANSI, "Formulir perubahan instansi", instansi::pages::edit),
        Route::post("/desk/instansi/{id}/ubah", MANAGE_INSTANSI, "Mengubah instansi", instansi::pages::save),
        Route::get("/desk/instansi/{id}/gabung", MANAGE_INSTANSI, "Memilih tujuan penggabungan", instansi::pages::merge_ask),
        Route::post("/desk/instansi/{id}/gabung", MANAGE_INSTANSI, "Menggabungkan dua instansi", instansi::pages::merge_go),
        Route::get("/desk/register", MANAGE_REGISTER, "Register nomor OPD sendiri", registers::pages::list),
        Route::post("/desk/register/buka", MANAGE_REGISTER, "Membuka register sebelum nomor pertamanya", registers::pages::open),
        Route::get("/desk/register/{id}", MANAGE_REGISTER, "Nomor dalam satu register", registers::pages::show),
        Route::get("/desk/register/{id}/unduh", MANAGE_REGISTER, "Mengunduh isi register", registers::pages::download),
        Route::post("/desk/register/{id}/cadangan", MANAGE_REGISTER, "Menyisihkan nomor cadangan", registers::pages::reserve),
        Route::post("/desk/register/{id}/harian", MANAGE_REGISTER, "Mengatur cadangan harian", registers::pages::daily),
        Route::get("/desk/register/{id}/luar", MANAGE_REGISTER, "Formulir nomor di luar sistem", registers::pages::outside_ask),
        Route::post("/desk/register/{id}/luar", MANAGE_REGISTER, "Mencatat nomor di luar sistem", registers::pages::outside_go),
        Route::get(
            "/desk/register/{id}/nomor/{urut}/batal",
            MANAGE_REGISTER,
            "Menimbang pembatalan nomor",
            registers::pages::cancel_ask,
        ),
        Route::post(
            "/desk/register/{id}/nomor/{urut}/batal",
            MANAGE_REGISTER,
            "Membatalkan nomor dengan alasan",
            registers::pages::cancel_go,
        ),
        Route::get(
            "/desk/register/{id}/darurat",
            MANAGE_REGISTER,
            "Formulir memulai masa darurat",
            registers::darurat::pages::ask,
        ),
        Route::post("/desk/register/{id}/darurat", MANAGE_REGISTER, "Memulai masa darurat", registers::darurat::pages::go)
            .with_reauth(),
        Route::post(
            "/desk/register/{id}/darurat/akhiri",
            MANAGE_REGISTER,
            "Mengakhiri masa darurat",
            registers::darurat::pages::stop,
        ),
        Route::get(
            "/desk/register/{id}/rekonsiliasi",
            MANAGE_REGISTER,
            "Nomor masa darurat yang belum ada di SRIKANDI",
            registers::darurat::pages::list,
        ),
        Route::post(
            "/desk/register/{id}/rekonsiliasi",
            MANAGE_REGISTER,
            "Mencocokkan nomor masa darurat dengan SRIKANDI",
            registers::darurat::pages::save,
        ),
        Route::get("/desk/register/{id}/pemilik", MANAGE_REGISTER, "Menimbang pergantian pemilik", registers::pages::owner_ask),
        Route::post("/desk/register/{id}/pemilik", MANAGE_REGISTER, "Mengganti pemilik penomoran", registers::pages::owner_go)
            .with_reauth(),
        Route::get("/desk/jenis-naskah", MANAGE_REGISTER, "Jenis naskah dan penomorannya", registers::pages::kind_list),
        Route::get("/desk/jenis-naskah/{kode}", MANAGE_ALL_REGISTER, "Penomoran satu jenis naskah", registers::pages::kind_edit),
        Route::post(
            "/desk/jenis-naskah/{kode}",
            MANAGE_ALL_REGISTER,
            "Mengatur penomoran jenis naskah",
            registers::pages::kind_save,
        ),
        Route::get(
            "/desk/jenis-naskah/{kode}/templat",
            MANAGE_ALL_REGISTER,
            "Templat satu jenis naskah",
            templat_naskah::pages::edit,
        ),
        Route::post(
            "/desk/jenis-naskah/{kode}/templat",
            MANAGE_ALL_REGISTER,
            "Mencoba dan menyimpan templat naskah",
            templat_naskah::pages::act,
        ),
        Route::get("/desk/kalender", USE_DESK, "Kalender kerja satu tahun", calendar::pages::show),
        Route::get("/desk/kalender/{tahun}/unduh", USE_DESK, "Mengunduh daftar hari libur", calendar::pages::download),
        Route::get("/desk/kalender/{tahun}/geser", MANAGE_CALENDAR, "Batas waktu yang bergeser", calendar::pages::moved),
        Route::post("/desk/kalender/pekan", MANAGE_CALENDAR, "Menetapkan pekan kerja", calendar::pages::set_week),
        Route::post("/desk/kalender/{tahun}/tambah", MANAGE_CALENDAR, "Menambah hari libur", calendar::pages::add),
        Route::get(
            "/desk/kalender/{tahun}/hapus",
            MANAGE_CALENDAR,
            "Menimbang penghapusan hari libur",
            calendar::pages::remove_ask,
        ),
        Route::post("/desk/kalender/{tahun}/hapus", MANAGE_CALENDAR, "Menghapus hari libur", calendar::pages::remove_go),
        Route::get("/desk/kalender/{tahun}/muat", MANAGE_CALENDAR, "Formulir daftar hari libur", calendar::pages::load_ask),
        Route::post("/desk/kalender/{tahun}/muat", MANAGE_CALENDAR, "Memuat daftar hari libur", calendar::pages::load_go),
        Route::get(
            "/desk/kalender/{tahun}/terbit",
            MANAGE_CALENDAR,
            "Menimbang penerbitan kalender",
            calendar::pages::publish_ask,
        ),
        Route::post("/desk/kalender/{tahun}/terbit", MANAGE_CALENDAR, "Menerbitkan kalender", calendar::pages::publish_go),
        Route::get_as("/pengaduan", Access::Public, "Menyampaikan pengaduan", complaints::pages::form),
        Route::post_as("/pengaduan", Access::Public, "Mencatat pengaduan", complaints::pages::file)
            .with_judged_upload(complaints::pages::PHOTO_RULE.max_bytes, complaints::pages::PHOTO_RULE.max_files),
        Route::post_as("/pengaduan/lacak", Access::Public, "Melihat jawaban pengaduan", complaints::pages::found),
        Route::get_as(
            "/pengaduan/foto/{lampiran}/{urut}",
            Access::Public,
            "Foto pengaduan bagi yang mengadu",
            complaints::pages::foto::serve,
        ),
        Route::post_as("/pengaduan/tanggapi", Access::Public, "Menanggapi jawaban pengaduan", complaints::pages::reply),
        Route::get("/desk/pengaduan", ANSWER_PENGADUAN, "Pengaduan kepada OPD sendiri", complaints::pages::list),
        Route::get("/desk/pengaduan/unduh", ANSWER_PENGADUAN, "Mengunduh daftar pengaduan", complaints::pages::download),
        Route::get("/desk/pengaduan/baru", RECORD_PENGADUAN, "Mencatat pengaduan untuk warga", complaints::pages::baru::form),
        Route::post("/desk/pengaduan/baru", RECORD_PENGADUAN, "Menyimpan pengaduan untuk warga", complaints::pages::baru::save)
            .with_judged_upload(attachments::MAX_BYTES, attachments::MAX_FILES),
        Route::get("/desk/pengaduan/angka", ANSWER_PENGADUAN, "Angka pengaduan", complaints::pages::angka::show),
        Route::get(
            "/desk/pengaduan/angka/unduh",
            ANSWER_PENGADUAN,
            "Mengunduh angka pengaduan",
            complaints::pages::angka::download,
        ),
        Route::get("/desk/pengaduan/lapor", MANAGE_PENGADUAN, "Formulir nomor SP4N-LAPOR", complaints::pages::lapor::form),
        Route::post("/desk/pengaduan/lapor", MANAGE_PENGADUAN, "Mencatat nomor SP4N-LAPOR", complaints::pages::lapor::save),
        Route::get("/desk/pengaduan/batas", MANAGE_PENGADUAN, "Batas waktu pengaduan", complaints::jam::pages::show),
        Route::post("/desk/pengaduan/batas", MANAGE_PENGADUAN, "Menyimpan batas waktu pengaduan", complaints::jam::pages::save),
        // Whose each is stands in the row: a superior who is given one may hold no right to all others.
        Route::get("/desk/pengaduan/{id}", USE_DESK, "Satu pengaduan", complaints::pages::show),
        Route::post("/desk/pengaduan/{id}", USE_DESK, "Menangani pengaduan", complaints::pages::act),
        Route::post("/desk/pengaduan/{id}/pelapor", INSPECT_PENGADUAN, "Membuka identitas pelapor", complaints::pages::reveal),
        Route::get(
            "/desk/pengaduan/{id}/lampiran/{lampiran}",
            USE_DESK,
            "Lampiran pengaduan yang dilindungi",
            complaints::pages::paper,
        ),
        Route::post("/desk/pengaduan/{id}/bukti", USE_DESK, "Melampirkan bukti penanganan", complaints::pages::evidence)
            .with_judged_upload(attachments::MAX_BYTES, attachments::MAX_FILES),
        Route::get_as("/data-pribadi", Access::Public, "Hak Anda atas data pribadi", data_pribadi::pages::home),
        Route::get_as(
            "/data-pribadi/inventaris",
            Access::Public,
            "Data pribadi yang disimpan dan gunanya",
            data_pribadi::pages::inventory,
        ),
        Route::get_as(
            "/data-pribadi/ajukan",
            Access::Warga,
            "Formulir permintaan tentang data sendiri",
            data_pribadi::pages::ask,
        ),
        Route::post_as(
            "/data-pribadi/ajukan",
            Access::Warga,
            "Menerima permintaan tentang data sendiri",
            data_pribadi::pages::send,
        ),
        Route::post_as(
            "/data-pribadi/lacak",
            Access::Public,
            "Melihat jawaban permintaan data pribadi",
            data_pribadi::pages::track,
        ),
        Route::get("/desk/data-pribadi", MANAGE_DATA_PRIBADI, "Permintaan tentang data pribadi", data_pribadi::pages::list),
        Route::get(
            "/desk/data-pribadi/unduh",
            MANAGE_DATA_PRIBADI,
            "Mengunduh permintaan data pribadi",
            data_pribadi::pages::download,
        ),
        Route::get(
            "/desk/data-pribadi/baru",
            MANAGE_DATA_PRIBADI,
            "Formulir permintaan dari orang yang datang",
            data_pribadi::pages::new,
        ),
        Route::post(
            "/desk/data-pribadi/baru",
            MANAGE_DATA_PRIBADI,
            "Mencatat permintaan dari orang yang datang",
            data_pribadi::pages::create,
        ),
        Route::get(
            "/desk/data-pribadi/pengaturan",
            MANAGE_DATA_PRIBADI,
            "Narahubung dan inventaris data pribadi",
            data_pribadi::pages::settings,
        ),
        Route::post(
            "/desk/data-pribadi/kontak",
            MANAGE_DATA_PRIBADI,
            "Menyimpan narahubung data pribadi",
            data_pribadi::pages::save_contact,
        ),
        Route::post(
            "/desk/data-pribadi/inventaris",
            MANAGE_DATA_PRIBADI,
            "Menyimpan inventaris data pribadi",
            data_pribadi::pages::save_inventory,
        ),
        Route::get(
            "/desk/data-pribadi/kegagalan",
            MANAGE_DATA_PRIBADI,
            "Kegagalan pelindungan data pribadi",
            data_pribadi::pages::failures,
        ),
        Route::post(
            "/desk/data-pribadi/kegagalan",
            MANAGE_DATA_PRIBADI,
            "Mencatat kegagalan pelindungan data",
            data_pribadi::pages::create_failure,
        ),
        Route::get(
            "/desk/data-pribadi/kegagalan/{id}",
            MANAGE_DATA_PRIBADI,
            "Satu kegagalan pelindungan data",
            data_pribadi::pages::failure,
        ),
        Route::post(
            "/desk/data-pribadi/kegagalan/{id}/surat",
            MANAGE_DATA_PRIBADI,
            "Mencatat pemberitahuan kegagalan",
            data_pribadi::pages::add_letter,
        ),
        Route::post(
            "/desk/data-pribadi/kegagalan/{id}/ubah",
            MANAGE_DATA_PRIBADI,
            "Mengubah catatan kegagalan",
            data_pribadi::pages::change_failure,
        ),
        Route::get("/desk/data-pribadi/{id}", MANAGE_DATA_PRIBADI, "Satu permintaan data pribadi", data_pribadi::pages::show),
        Route::post(
            "/desk/data-pribadi/{id}/jawab",
            MANAGE_DATA_PRIBADI,
            "Menjawab permintaan data pribadi",
            data_pribadi::pages::answer,
        )
        .with_judged_upload(attachments::MAX_BYTES, attachments::MAX_FILES),
        Route::post(
            "/desk/data-pribadi/{id}/nik",
            MANAGE_DATA_PRIBADI,
            "Membuka NIK peminta secara utuh",
            data_pribadi::pages::reveal,
        ),
        Route::get_as("/kepuasan", Access::Public, "Survei kepuasan masyarakat", satisfaction::pages::form),
        Route::post_as("/kepuasan", Access::Public, "Menerima jawaban survei", satisfaction::pages::send),
        Route::get("/desk/kepuasan", READ_KEPUASAN, "Hasil survei kepuasan", satisfaction::pages::list),
        Route::get_as(
            "/kepuasan/hasil",
            Access::Public,
            "Hasil survei kepuasan yang diterbitkan",
            satisfaction::pages::public_results,
        ),
        Route::get("/desk/kepuasan/laporan", READ_KEPUASAN, "Laporan survei dan tindak lanjutnya", satisfaction::pages::report),
        Route::post("/desk/kepuasan/rencana", READ_KEPUASAN, "Mencatat tindak lanjut unsur terendah", satisfaction::pages::plan),
        Route::post(
            "/desk/kepuasan/rencana/{id}/selesai",
            READ_KEPUASAN,
            "Menandai tindak lanjut selesai",
            satisfaction::pages::finish,
        ),
        Route::post("/desk/kepuasan/terbit", READ_KEPUASAN, "Menerbitkan hasil survei", satisfaction::pages::publish),
        Route::get("/desk/kepuasan/unduh", READ_KEPUASAN, "Mengunduh hasil survei", satisfaction::pages::download),
        Route::post("/desk/kepuasan/tautan", READ_KEPUASAN, "Membuat tautan survei", satisfaction::pages::link),
        Route::get("/desk/tanda-tangan", MANAGE_TTE, "Cara daerah menandatangani naskah", tte::pages::show),
        Route::post("/desk/tanda-tangan", MANAGE_TTE, "Mengganti cara tanda tangan", tte::pages::save).with_reauth(),
        Route::get("/desk/tanda-tangan/otoritas", MANAGE_TTE, "Formulir otoritas uji daerah", tte::pages::show_authority)
            .with_reauth(),
        Route::post(
            "/desk/tanda-tangan/otoritas",
            MANAGE_TTE,
            "Membuat otoritas uji atau mengganti frasa sandinya",
            tte::pages::save_authority,
        )
        .with_reauth(),
        Route::get("/desk/tanda-tangan/bsre", MANAGE_TTE, "Formulir sambungan BSrE", tte::pages::show_bsre).with_reauth(),
        Route::post("/desk/tanda-tangan/bsre", MANAGE_TTE, "Menyimpan sambungan BSrE", tte::pages::save_bsre).with_reauth(),
        Route::post("/desk/tanda-tangan/bsre/uji", MANAGE_TTE, "Menguji sambungan BSrE", tte::pages::try_out).with_reauth(),
        // Before the address with a variable part, which would catch it.
        Route::get_as("/v/otoritas.pem", Access::Public, "Sertifikat otoritas daerah", tte::pages::certificates),
        Route::get_as("/v", Access::Public, "Memeriksa keaslian naskah menurut kodenya", verify::pages::ask),
        Route::get_as("/v/periksa", Access::Public, "Memeriksa isi kode QR dengan kunci publik", verify::pages::prove),
        Route::get_as("/v/kunci", Access::Public, "Kunci publik daerah", verify::pages::public_keys),
        Route::get_as("/v/kunci.txt", Access::Public, "Kunci publik daerah untuk program", verify::pages::public_keys_text),
        Route::get_as("/v/{token}", Access::Public, "Keaslian satu naskah", verify::pages::show),
        Route::get("/ukur", USE_DESK, "Mengukur jaringan kantor sendiri", ukur::pages::show),
        Route::post("/ukur", USE_DESK, "Menyimpan hasil ukur jaringan", ukur::pages::save),
        Route::get("/ukur/langkah", USE_DESK, "Mengukur jaringan tanpa skrip, langkah demi langkah", ukur::pages::walk),
        Route::get("/ukur/berkas", USE_DESK, "Berkas uji untuk mengukur unduhan", ukur::pages::piece),
        Route::get("/desk/ukur", READ_UKUR, "Jaringan semua kantor menurut pengukurannya", ukur::pages::list),
        Route::get("/desk/ukur/unduh", READ_UKUR, "Mengunduh hasil ukur jaringan", ukur::pages::download),
        Route::get(latihan::LIST, USE_DESK, "Latihan menurut jabatan Anda", latihan::pages::list),
        // Before the address with a variable part, which would catch it.
        Route::get(latihan::PARTICIPANTS, READ_LATIHAN, "Hasil peserta latihan", latihan::pages::participants),
        Route::get("/desk/latihan/peserta/unduh", READ_LATIHAN, "Mengunduh hasil peserta latihan", latihan::pages::download),
        Route::get("/desk/latihan/{id}", USE_DESK, "Satu latihan, langkah demi langkah", latihan::pages::show),
        Route::post("/desk/latihan/{id}/mulai", USE_DESK, "Memulai atau mengulang latihan", latihan::pages::begin),
        Route::post("/desk/latihan/{id}/periksa", USE_DESK, "Memeriksa langkah latihan yang selesai", latihan::pages::check),
        Route::get("/kotak-masuk/unduh", USE_DESK, "Mengunduh tugas yang tampil", tasks::pages::download),
        Route::post("/kotak-masuk/selesai", USE_DESK, "Menandai tugas ringan selesai", tasks::pages::tick),
        Route::post("/kotak-masuk/urungkan", USE_DESK, "Membuka kembali tugas yang ditandai selesai", tasks::pages::untick),
        Route::get_as("/kabar", Access::Account, "Kabar untuk Anda", notices::pages::show),
        Route::get("/kabar/terkirim", USE_DESK, "Kabar dari tindakan Anda dan hasil kirimannya", deliveries::pages::sent),
        Route::get("/desk/pilihan-kabar", USE_DESK, "Pilihan kabar yang dikirim ke luar", choices::pages::show),
        Route::post("/desk/pilihan-kabar", USE_DESK, "Menyimpan pilihan kabar", choices::pages::save),
        Route::post("/desk/pilihan-kabar/{id}/coba", USE_DESK, "Mengirim percobaan kepada diri sendiri", choices::pages::try_out),
        Route::get("/desk/saluran", MANAGE_NOTICES, "Saluran kabar ke luar", channels::pages::list),
        Route::get("/desk/saluran/baru", MANAGE_NOTICES, "Formulir saluran baru", channels::pages::new),
        Route::post("/desk/saluran/baru", MANAGE_NOTICES, "Menambahkan saluran", channels::pages::create),
        Route::get("/desk/saluran/{id}", MANAGE_NOTICES, "Satu saluran dengan keadaannya", channels::pages::show),
        Route::post("/desk/saluran/{id}", MANAGE_NOTICES, "Mengubah saluran", channels::pages::save),
        Route::post("/desk/saluran/{id}/nyalakan", MANAGE_NOTICES, "Menyalakan saluran", channels::pages::switch_on),
        Route::post("/desk/saluran/{id}/matikan", MANAGE_NOTICES, "Mematikan saluran", channels::pages::switch_off),
        Route::post("/desk/saluran/{id}/coba", MANAGE_NOTICES, "Mengirim pesan percobaan", channels::pages::try_out),
        Route::get("/desk/kiriman", MANAGE_NOTICES, "Kiriman ke luar dengan hasilnya", deliveries::pages::list),
        Route::get("/desk/kiriman/unduh", MANAGE_NOTICES, "Mengunduh kiriman yang tampil", deliveries::pages::download),
        Route::post("/desk/kiriman/{id}/ulang", MANAGE_NOTICES, "Mengirim ulang yang gagal", deliveries::pages::retry),
        Route::get("/desk/templat", MANAGE_NOTICES, "Teks pesan", templates::pages::list),
        Route::get("/desk/templat/{nama}", MANAGE_NOTICES, "Formulir teks pesan", templates::pages::edit),
        Route::post("/desk/templat/{nama}", MANAGE_NOTICES, "Mengubah teks pesan", templates::pages::save),
        Route::post("/desk/templat/{nama}/bawaan", MANAGE_NOTICES, "Mengembalikan teks bawaan", templates::pages::restore),
        // Before the address with a variable part, which would catch it.
        Route::post_as("/kabar/dibaca", Access::Account, "Menandai kabar sudah dibaca", notices::pages::mark),
        Route::post_as(
            "/kabar/pilihan",
            Access::Account,
            "Menandai kabar terpilih dibaca atau belum",
            notices::pages::mark_chosen,
        ),
        Route::get_as("/kabar/{id}", Access::Account, "Membuka yang dikabarkan", notices::pages::open),
        Route::get_as("/desk/tampilan", Access::SignedIn, "Tampilan tersimpan milik sendiri", views::pages::manage),
        Route::post_as("/desk/tampilan", Access::SignedIn, "Menyimpan tampilan sebuah daftar", views::pages::save),
        Route::get_as("/desk/tampilan/{id}", Access::SignedIn, "Formulir nama tampilan", views::pages::edit),
        Route::post_as("/desk/tampilan/{id}", Access::SignedIn, "Mengganti nama tampilan", views::pages::rename),
        Route::post_as("/desk/tampilan/{id}/bawaan", Access::SignedIn, "Memilih tampilan pembuka daftar", views::pages::begin),
        Route::post_as("/desk/tampilan/{id}/hapus", Access::SignedIn, "Menghapus tampilan", views::pages::remove),
        Route::post_as("/desk/tampilan/{id}/pulihkan", Access::SignedIn, "Mengurungkan penghapusan", views::pages::bring_back),
        Route::post_as("/desk/draf", Access::SignedIn, "Menyimpan isian yang belum dikirim", drafts::pages::keep),
        Route::post_as("/desk/draf/buang", Access::SignedIn, "Membuang isian tersimpan", drafts::pages::throw_away),
        Route::get_as("/gaya", Access::SignedIn, "Pola tampilan untuk pembuat modul", gaya::show),
        Route::get_as(praja_web::gaya::LOOKUP, Access::SignedIn, "Contoh pilihan untuk pola tampilan", gaya::lookup),
        Route::get_as(praja_web::gaya::SAMPLE_DECISION, Access::SignedIn, "Contoh keputusan untuk pola tampilan", gaya::decision),
        Route::get_as(praja_web::gaya::SAMPLE_DOWNLOAD, Access::SignedIn, "Contoh daftar untuk diunduh", gaya::download),
    ],
    menu: &[
        Menu { label: "Beranda", href: "/", icon: "home", access: Access::SignedIn, group: MenuGroup::Meja },
        Menu {
            label: "Kotak masuk",
            href: "/kotak-masuk",
            icon: "inbox",
            access: Access::Needs(USE_DESK),
            group: MenuGroup::Meja,
        },
        Menu { label: "Kabar", href: "/kabar", icon: "bell", access: Access::Account, group: MenuGroup::Meja },
        Menu {
            label: "Pengaduan",
            href: "/desk/pengaduan",
            icon: "comment",
            access: Access::Needs(ANSWER_PENGADUAN),
            group: MenuGroup::Layanan,
        },
        Menu {
            label: "Catat pengaduan",
            href: "/desk/pengaduan/baru",
            icon: "edit",
            access: Access::Needs(RECORD_PENGADUAN),
            group: MenuGroup::Layanan,
        },
        Menu {
            label: "Data pribadi",
            href: "/desk/data-pribadi",
            icon: "shield",
            access: Access::Needs(MANAGE_DATA_PRIBADI),
            group: MenuGroup::Layanan,
        },
        Menu {
            label: "Kepuasan",
            href: "/desk/kepuasan",
            icon: "chart",
            access: Access::Needs(READ_KEPUASAN),
            group: MenuGroup::Layanan,
        },
        Menu {
            label: "Register nomor",
            href: "/desk/register",
            icon: "document",
            access: Access::Needs(MANAGE_REGISTER),
            group: MenuGroup::Administrasi,
        },
        Menu {
            label: "Kalender kerja",
            href: "/desk/kalender",
            icon: "calendar",
            access: Access::Needs(USE_DESK),
            group: MenuGroup::Administrasi,
        },
        Menu {
            label: "Perangkat loket",
            href: "/desk/loket",
            icon: "settings",
            access: Access::Needs(MANAGE_LOKET),
            group: MenuGroup::Administrasi,
        },
        Menu {
            label: "Saluran kabar",
            href: "/desk/saluran",
            icon: "bell",
            access: Access::Needs(MANAGE_NOTICES),
            group: MenuGroup::Administrasi,
        },
        Menu {
            label: "Tanda tangan",
            href: "/desk/tanda-tangan",
            icon: "key",
            access: Access::Needs(MANAGE_TTE),
            group: MenuGroup::Administrasi,
        },
        Menu {
            label: "Jaringan kantor",
            href: "/ukur",
            icon: "chart",
            access: Access::Needs(USE_DESK),
            group: MenuGroup::Administrasi,
        },
        Menu {
            label: "Profil daerah",
            href: daerah::PAGE,
            icon: "government",
            access: Access::Needs(USE_DESK),
            group: MenuGroup::Administrasi,
        },
        Menu {
            label: "Klasifikasi",
            href: "/desk/klasifikasi",
            icon: "document",
            access: Access::Needs(USE_DESK),
            group: MenuGroup::Administrasi,
        },
        Menu {
            label: "Instansi",
            href: "/desk/instansi",
            icon: "office",
            access: Access::Needs(USE_DESK),
            group: MenuGroup::Administrasi,
        },
    ],
    permissions: &[
        (MANAGE_TTE, "Mengatur cara tanda tangan, otoritas uji daerah, dan sambungan BSrE"),
        (MANAGE_NOTICES, "Mengatur saluran kabar, teks pesan, dan melihat kiriman"),
        (READ_UKUR, "Membaca hasil ukur jaringan semua kantor"),
        (READ_LATIHAN, "Membaca hasil peserta latihan"),
        (USE_DESK, "Memakai kotak masuk, lampiran, dan pencarian"),
        (MANAGE_REGISTER, "Mengelola register nomor OPD sendiri"),
        (MANAGE_ALL_REGISTER, "Mengelola register nomor semua OPD dan penomoran jenis naskah"),
        (ANSWER_PENGADUAN, "Membaca dan menjawab pengaduan kepada OPD sendiri"),
        (RECORD_PENGADUAN, "Mencatat pengaduan warga dari loket, telepon, WhatsApp, surat, atau SP4N-LAPOR"),
        (INSPECT_PENGADUAN, "Menerima laporan pelanggaran dan pengaduan tentang petugas untuk Inspektorat"),
        (READ_ANGKA, "Membaca angka pelayanan semua OPD, tanpa berkas siapa pun"),
        (READ_KEPUASAN, "Membaca hasil survei kepuasan OPD sendiri"),
        (MANAGE_LOKET, "Mengatur perangkat bersama di loket"),
        (MANAGE_PENGADUAN, "Mengelola pengaduan dan hasil survei semua OPD"),
        (MANAGE_DATA_PRIBADI, "Menjawab permintaan tentang data pribadi dan mencatat kegagalan pelindungannya"),
        (MANAGE_CALENDAR, "Mengelola kalender kerja dan menerbitkannya"),
        (MANAGE_INSTANSI, "Menambah, mengubah, dan menggabungkan instansi dalam direktori"),
    ],
    roles: &[
        Role { id: PEGAWAI, title: "Pegawai", permissions: &[USE_DESK] },
        Role { id: "desk.kepala-tu", title: "Kepala tata usaha", permissions: &[MANAGE_INSTANSI, MANAGE_REGISTER] },
        Role { id: PENJAWAB, title: "Penjawab pengaduan", permissions: &[ANSWER_PENGADUAN, RECORD_PENGADUAN, READ_KEPUASAN] },
        Role { id: "desk.pimpinan", title: "Pimpinan daerah (angka pelayanan)", permissions: &[READ_ANGKA] },
        Role { id: "desk.petugas-pengaduan", title: "Petugas loket pengaduan", permissions: &[RECORD_PENGADUAN] },
        Role {
            id: PENGAWAS,
            title: "Pengawas pengaduan (Inspektorat)",
            permissions: &[ANSWER_PENGADUAN, RECORD_PENGADUAN, INSPECT_PENGADUAN],
        },
        Role {
            id: PENGELOLA,
            title: "Pengelola meja kerja",
            permissions: &[
                MANAGE_INSTANSI,
                MANAGE_REGISTER,
                MANAGE_ALL_REGISTER,
                MANAGE_CALENDAR,
                ANSWER_PENGADUAN,
                RECORD_PENGADUAN,
                READ_KEPUASAN,
                MANAGE_LOKET,
                MANAGE_PENGADUAN,
                MANAGE_DATA_PRIBADI,
                MANAGE_NOTICES,
                MANAGE_TTE,
                READ_UKUR,
                READ_LATIHAN,
            ],
        },
    ],
    tiles: &[],
    jobs: &[
        JobKind { kind: "desk.sweep-drafts", every_s: Some(24 * 60 * 60), run: drafts::sweep },
        JobKind { kind: registers::darurat::JOB, every_s: Some(60 * 60), run: registers::darurat::run },
        JobKind { kind: calendar::recount::JOB, every_s: None, run: calendar::recount::run },
        JobKind { kind: complaints::kerja::WATCH, every_s: Some(60 * 60), run: complaints::kerja::watch },
        JobKind { kind: uploads::SWEEP, every_s: Some(24 * 60 * 60), run: uploads::sweep },
        JobKind { kind: calendar::watch::JOB, every_s: Some(24 * 60 * 60), run: calendar::watch::run },
        JobKind { kind: notices::SPREAD, every_s: None, run: deliveries::spread_now },
        JobKind { kind: deliveries::SEND, every_s: None, run: deliveries::send_now },
        JobKind { kind: "desk.digest", every_s: Some(10 * 60), run: deliveries::digest::run },
    ],
    search: &[],
    api: &[],
    demo: Some(demo::load),
    training: &[],
    listens: &[<PenugasanChanged as Event>::KIND],
    provide: Some(provide),
    event_keys: |_| Keys::none(),
    on_event: Some(hear),
};

/// Loads the reference data of the desk: the working calendar and the kinds of naskah. What a regency changed is left alone.
///
/// # Errors
/// When the database fails; that the embedded files can be read is held by tests.
pub fn install(tx: &mut Tx<'_>) -> Result<()> {
    calendar::install(tx)?;
    registers::naskah::install(tx)
}

/// Whoever comes to a post finds there what waits.
fn hear(tx: &mut Tx<'_>, delivery: &Delivery) -> Result<()> {
    match delivery.read::<PenugasanChanged>()? {
        Some(changed) => tasks::handover::hand_over(tx, &changed),
        None => Ok(()),
    }
}

fn provide(ports: &mut Ports) {
    visitors::provide(ports);
    ports.waiting = Some(notices::waiting);
    ports.messenger = Some(Arc::new(notices::Post));
    ports.outside = Some(Arc::new(outside::House));
    ports.act_words = Some(timeline::sentence);
    ports.aids = Some(Aids {
        landing: views::landing,
        bar: |ctx, tx| Ok(views::bar(ctx, tx)?.into_string()),
        resume: drafts::kept,
        forget: drafts::forget,
    });
}
