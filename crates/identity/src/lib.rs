//! Who people are, which post they act for, and what that allows them.

pub mod accounts;
pub mod audit;
pub mod demo;
pub mod impor;
pub mod jabatan;
pub mod narahubung;
pub mod opd;
pub mod orang;
pub mod penugasan;
pub mod peran;
pub mod percobaan;
pub mod rights;
pub mod sandi;
pub mod sessions;
pub mod telepon;

mod bukti;
mod cadangan;
mod daftar;
mod isian;
mod kait;
mod kirim;
mod langkah;
mod lookup;
mod lupa;
mod masuk;
mod persetujuan;
mod pertama;
mod pohon;
mod profil;
mod rencana;
mod riwayat;
mod slip;
mod token;
mod totp;
mod warga;

use std::sync::Arc;

use include_dir::{Dir, include_dir};
use praja_kernel::Zona;
use praja_module::events::KabarAplikasi;
use praja_module::{Access, JobKind, Menu, MenuGroup, Module, Role, Route, SignIn};
use praja_store::{Event, Keys, MigrationSet};

use accounts::admin;
use warga::{daftar as pendaftaran, kontak, kuasa, petugas};

pub use pertama::{administrator_link, has_administrator};

/// The names of everybody who is kept here, so that they can be taken out of what leaves the house.
///
/// # Errors
/// When the database cannot be read.
pub fn everybody(tx: &mut praja_store::Tx<'_>) -> praja_store::Result<Vec<String>> {
    orang::store::everybody(tx)
}

use jabatan::pages as posts;
use kait::{kerja as telling, pages as hooks};
use opd::pages as offices;
use orang::pages as people;
use penugasan::pages as held;
use rights::{MANAGE_ALL_OPD, MANAGE_PEOPLE, MANAGE_ROLES, MANAGE_TOKEN, MANAGE_WARGA, READ_AUDIT, READ_CADANGAN};
use token::{dokumen, pages as tokens};

static MIGRATIONS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/migrations");

/// What identity declares.
pub static MODULE: Module = Module {
    id: "identity",
    title: "Pengguna dan jabatan",
    legal_basis: &[
        "UU 20/2023 tentang Aparatur Sipil Negara",
        "PP 18/2016 jo. PP 72/2019 tentang Perangkat Daerah",
        "UU 30/2014 tentang Administrasi Pemerintahan, Pasal 14 (Plt. dan Plh.)",
    ],
    needs: &[],
    migrations,
    routes: ROUTES,
    menu: MENU,
    permissions: rights::ALL,
    roles: ROLES,
    tiles: &[],
    jobs: JOBS,
    search: &[],
    api: &[],
    demo: Some(demo::load),
    training: &[],
    listens: &[<KabarAplikasi as Event>::KIND],
    provide: Some(token::provide),
    event_keys: |_| Keys::unaudited(),
    on_event: Some(telling::hear),
};

/// The embedded migrations.
pub fn migrations() -> MigrationSet {
    MigrationSet::from_dir("identity", &MIGRATIONS)
}

/// The guard's way to find who a session belongs to.
///
/// `modules` are all modules of the binary: their roles say what each role allows. `zona` is the Instance's zone, because a
/// penugasan begins and ends at local midnight.
pub fn sign_in(modules: &[&'static Module], zona: Zona) -> Arc<dyn SignIn> {
    Arc::new(sessions::Sessions::new(peran::Registry::of(modules), zona))
}

const ROUTES: &[Route] = &[
    Route::get_as("/masuk", Access::Public, "Halaman masuk", masuk::show),
    Route::post_as("/masuk", Access::Public, "Masuk dengan nama akun, NIP atau surel dan sandi", masuk::enter),
    Route::get_as("/masuk/kode", Access::Public, "Halaman kode langkah kedua", masuk::show_code),
    Route::post_as("/masuk/kode", Access::Public, "Masuk dengan kode langkah kedua", masuk::send_code),
    Route::get_as("/masuk/otp", Access::Public, "Halaman masuk dengan kode untuk warga dan badan", masuk::otp::show),
    Route::post_as("/masuk/otp", Access::Public, "Meminta kode untuk masuk", masuk::otp::ask),
    Route::get_as("/masuk/otp/kode", Access::Public, "Halaman mengetik kode masuk", masuk::otp::show_code),
    Route::post_as("/masuk/otp/kode", Access::Public, "Masuk dengan kode", masuk::otp::enter),
    Route::post_as("/masuk/otp/kirim-ulang", Access::Public, "Meminta kode masuk sekali lagi", masuk::otp::send_again),
    Route::get_as("/lupa-sandi", Access::Public, "Halaman lupa sandi", lupa::show),
    Route::post_as("/lupa-sandi", Access::Public, "Meminta kode untuk mengganti sandi", lupa::ask),
    Route::get_as("/lupa-sandi/kode", Access::Public, "Halaman kode dan sandi baru", lupa::show_code),
    Route::post_as("/lupa-sandi/kode", Access::Public, "Mengganti sandi dengan kode", lupa::finish),
    Route::post_as("/lupa-sandi/kirim-ulang", Access::Public, "Meminta kode sekali lagi", lupa::send_again),
    Route::get_as("/daftar", Access::Public, "Halaman pendaftaran warga dan badan", pendaftaran::show),
    Route::get_as("/daftar/warga", Access::Public, "Formulir pendaftaran warga", pendaftaran::show_warga),
    Route::post_as("/daftar/warga", Access::Public, "Mendaftarkan akun warga", pendaftaran::send_warga),
    Route::get_as("/daftar/badan", Access::Public, "Formulir pendaftaran badan", pendaftaran::show_badan),
    Route::post_as("/daftar/badan", Access::Public, "Mendaftarkan akun badan", pendaftaran::send_badan),
    Route::get_as("/daftar/kode", Access::Public, "Halaman kode pendaftaran", pendaftaran::show_code),
    Route::post_as("/daftar/kode", Access::Public, "Membuat akun dengan kode", pendaftaran::finish),
    Route::post_as("/daftar/kirim-ulang", Access::Public, "Meminta kode pendaftaran sekali lagi", pendaftaran::send_again),
    Route::get_as("/pengelola-pertama/{kode}", Access::Public, "Formulir administrator pertama", pertama::show),
    Route::post_as(
        "/pengelola-pertama/{kode}",
        Access::Public,
        "Menjadi administrator dengan tautan sekali pakai",
        pertama::create,
    ),
    Route::post_as("/keluar", Access::Public, "Keluar dari sesi ini", masuk::leave),
    Route::post_as("/bertindak-sebagai", Access::SignedIn, "Bertindak untuk jabatan lain yang dipegang", masuk::act_for),
    Route::get_as("/profil", Access::SignedIn, "Data diri, jabatan dan sesi sendiri", profil::show),
    Route::get_as("/buktikan", Access::Account, "Mengetik sandi sekali lagi sebelum halaman penting", bukti::show),
    Route::post_as("/buktikan", Access::Account, "Memeriksa sandi sekali lagi sebelum halaman penting", bukti::send),
    Route::post_as("/profil/sandi", Access::Account, "Mengganti sandi sendiri", profil::change_password),
    Route::post_as("/profil/sesi/cabut-lain", Access::Account, "Mengakhiri semua sesi sendiri yang lain", profil::revoke_others),
    Route::get_as("/profil/dua-langkah", Access::Account, "Langkah kedua saat masuk", totp::pages::show),
    Route::post_as("/profil/dua-langkah/mulai", Access::Account, "Menyiapkan langkah kedua saat masuk", totp::pages::begin)
        .with_reauth(),
    Route::post_as("/profil/dua-langkah/aktifkan", Access::Account, "Mengaktifkan langkah kedua", totp::pages::activate),
    Route::post_as("/profil/dua-langkah/kode", Access::Account, "Membuat kode pemulihan baru", totp::pages::new_codes)
        .with_reauth(),
    Route::post_as("/profil/dua-langkah/matikan", Access::Account, "Mematikan langkah kedua", totp::pages::deactivate)
        .with_reauth(),
    Route::get_as("/warga", Access::Warga, "Halaman akun warga dan badan", warga::pages::show),
    Route::get_as("/warga/kontak", Access::Warga, "Formulir ganti alamat surel atau nomor ponsel", kontak::show).with_reauth(),
    Route::post_as("/warga/kontak", Access::Warga, "Mengganti alamat surel atau nomor ponsel", kontak::send).with_reauth(),
    Route::get_as("/warga/kontak/kode", Access::Warga, "Halaman kode alamat baru", kontak::show_code),
    Route::post_as("/warga/kontak/kode", Access::Warga, "Membuktikan alamat baru dengan kode", kontak::finish),
    Route::post_as("/warga/persetujuan", Access::Warga, "Memberi atau mencabut persetujuan", warga::consent),
    Route::get_as("/warga/kuasa", Access::Warga, "Formulir menunjuk kuasa badan", kuasa::pages::ask).with_reauth(),
    Route::post_as("/warga/kuasa", Access::Warga, "Menunjuk kuasa badan", kuasa::give).with_reauth(),
    Route::post_as("/warga/kuasa/selesai", Access::Warga, "Kembali dari badan ke akun sendiri", kuasa::leave),
    Route::post_as("/warga/kuasa/{id}/pakai", Access::Warga, "Bertindak untuk badan sebagai kuasa", kuasa::act),
    Route::post_as("/warga/kuasa/{id}/cabut", Access::Warga, "Mencabut atau meletakkan kuasa", kuasa::revoke),
    Route::get_as("/warga/tutup", Access::Warga, "Halaman tutup akun", warga::pages::show_close),
    Route::post_as("/warga/tutup", Access::Warga, "Menutup akun sendiri", warga::close).with_reauth(),
    Route::post_as("/profil/sesi/{id}/cabut", Access::Account, "Mengakhiri sesi sendiri di perangkat lain", profil::revoke),
    Route::get("/identity/opd", MANAGE_PEOPLE, "Susunan OPD dan jabatannya", offices::list),
    Route::get("/identity/opd/unduh", MANAGE_PEOPLE, "Mengunduh daftar OPD yang tampil", offices::download),
    Route::get("/identity/opd/baru", MANAGE_PEOPLE, "Formulir OPD baru", offices::form::new),
    Route::post("/identity/opd/baru", MANAGE_PEOPLE, "Mencatat OPD", offices::form::create),
    Route::get("/identity/opd/lebur", MANAGE_ALL_OPD, "Formulir peleburan dua OPD menjadi OPD baru", offices::melt::ask),
    Route::post("/identity/opd/lebur", MANAGE_ALL_OPD, "Meleburkan dua OPD menjadi OPD baru", offices::melt::save).with_reauth(),
    Route::get("/identity/opd/{id}", MANAGE_PEOPLE, "Satu OPD dengan unit, jabatan, dan pemegangnya", offices::show::show),
    Route::get("/identity/opd/{id}/ubah", MANAGE_PEOPLE, "Formulir perubahan data OPD", offices::form::edit),
    Route::post("/identity/opd/{id}/ubah", MANAGE_PEOPLE, "Menyimpan perubahan data OPD", offices::form::save),
    Route::get("/identity/opd/{id}/ganti-nama", MANAGE_ALL_OPD, "Formulir nama baru OPD", offices::reform::rename_ask),
    Route::post(
        "/identity/opd/{id}/ganti-nama",
        MANAGE_ALL_OPD,
        "Mengganti nama OPD atau merencanakannya",
        offices::reform::rename,
    ),
    Route::get("/identity/opd/{id}/gabung", MANAGE_ALL_OPD, "Menanyakan penggabungan OPD", offices::reform::merge_ask),
    Route::post("/identity/opd/{id}/gabung", MANAGE_ALL_OPD, "Menggabungkan OPD atau merencanakannya", offices::reform::merge)
        .with_reauth(),
    Route::get("/identity/opd/{id}/tutup", MANAGE_ALL_OPD, "Menanyakan penutupan OPD", offices::reform::close_ask),
    Route::post("/identity/opd/{id}/tutup", MANAGE_ALL_OPD, "Menutup OPD atau merencanakannya", offices::reform::close)
        .with_reauth(),
    Route::get("/identity/opd/{id}/jabatan/baru", MANAGE_PEOPLE, "Formulir jabatan baru", posts::form::new),
    Route::post("/identity/opd/{id}/jabatan/baru", MANAGE_PEOPLE, "Mencatat jabatan", posts::form::create),
    Route::get("/identity/jabatan", MANAGE_PEOPLE, "Daftar jabatan", posts::list),
    Route::get("/identity/jabatan/unduh", MANAGE_PEOPLE, "Mengunduh daftar jabatan yang tampil", posts::download),
    Route::get("/identity/jabatan/{id}", MANAGE_PEOPLE, "Satu jabatan dengan pemegangnya", posts::show::show),
    Route::get("/identity/jabatan/{id}/ubah", MANAGE_PEOPLE, "Formulir perubahan jabatan", posts::form::edit),
    Route::post("/identity/jabatan/{id}/ubah", MANAGE_PEOPLE, "Menyimpan perubahan jabatan", posts::form::save),
    Route::get("/identity/jabatan/{id}/hapus", MANAGE_PEOPLE, "Menanyakan penghapusan jabatan", posts::abolish::ask),
    Route::post("/identity/jabatan/{id}/hapus", MANAGE_PEOPLE, "Menghapus jabatan atau merencanakannya", posts::abolish::act),
    Route::get("/identity/jabatan/{id}/penugasan/baru", MANAGE_PEOPLE, "Formulir penugasan baru", held::begin::ask),
    Route::post("/identity/jabatan/{id}/penugasan/baru", MANAGE_PEOPLE, "Menugaskan pegawai", held::begin::save),
    Route::get("/identity/penugasan/{id}", MANAGE_PEOPLE, "Satu penugasan", held::show::show),
    Route::get("/identity/penugasan/{id}/ubah", MANAGE_PEOPLE, "Formulir perubahan penugasan", held::edit::ask),
    Route::post("/identity/penugasan/{id}/ubah", MANAGE_PEOPLE, "Mengubah atau memperpanjang penugasan", held::edit::save),
    Route::get("/identity/penugasan/{id}/akhiri", MANAGE_PEOPLE, "Menanyakan akhir penugasan", held::close::ask),
    Route::post("/identity/penugasan/{id}/akhiri", MANAGE_PEOPLE, "Mengakhiri atau membatalkan penugasan", held::close::save),
    Route::get("/identity/penugasan/{id}/pindah", MANAGE_PEOPLE, "Formulir perpindahan pegawai", held::relocate::ask),
    Route::post(
        "/identity/penugasan/{id}/pindah",
        MANAGE_PEOPLE,
        "Memindahkan pegawai dengan penggantinya",
        held::relocate::save,
    ),
    Route::post("/identity/rencana/{id}/batal", MANAGE_PEOPLE, "Membatalkan rencana perubahan susunan", rencana::pages::cancel),
    Route::get_as("/identity/pilih/orang", Access::SignedIn, "Pilihan pegawai menurut nama", lookup::people),
    Route::get_as("/identity/pilih/opd", Access::SignedIn, "Pilihan OPD menurut nama", lookup::offices),
    Route::get_as("/identity/pilih/jabatan", Access::SignedIn, "Pilihan jabatan menurut nama", lookup::posts),
    Route::get("/identity/batas", MANAGE_PEOPLE, "Batas penugasan sementara", held::limits::show),
    Route::post("/identity/batas", MANAGE_ALL_OPD, "Mengubah batas penugasan sementara", held::limits::save),
    Route::get("/identity/orang", MANAGE_PEOPLE, "Daftar pegawai dan pejabat", people::list),
    Route::get("/identity/orang/unduh", MANAGE_PEOPLE, "Mengunduh daftar pegawai yang tampil", people::download),
    Route::get("/identity/orang/baru", MANAGE_PEOPLE, "Formulir pegawai baru", people::form::new),
    Route::post("/identity/orang/baru", MANAGE_PEOPLE, "Mencatat pegawai", people::form::create),
    Route::get("/identity/orang/{id}", MANAGE_PEOPLE, "Satu pegawai dengan jabatannya", people::show::show),
    Route::get("/identity/orang/{id}/ubah", MANAGE_PEOPLE, "Formulir perubahan data pegawai", people::form::edit),
    Route::post("/identity/orang/{id}/ubah", MANAGE_PEOPLE, "Menyimpan perubahan data pegawai", people::form::save),
    Route::get("/identity/orang/{id}/berhenti", MANAGE_PEOPLE, "Menanyakan akhir masa kerja", people::stop::ask),
    Route::post("/identity/orang/{id}/berhenti", MANAGE_PEOPLE, "Mencatat pegawai berhenti bekerja", people::stop::save),
    Route::post("/identity/orang/{id}/kembali", MANAGE_PEOPLE, "Mencatat pegawai bekerja kembali", people::stop::back),
    Route::get("/identity/akun", MANAGE_PEOPLE, "Daftar akun dan keadaannya", admin::pages::list),
    Route::get("/identity/akun/slip", MANAGE_PEOPLE, "Formulir slip masuk pertama untuk satu OPD", admin::bulk::show),
    Route::post("/identity/akun/slip", MANAGE_PEOPLE, "Mencetak slip masuk pertama untuk satu OPD", admin::bulk::print)
        .with_reauth(),
    Route::get("/identity/akun/buka/{orang}", MANAGE_PEOPLE, "Orang yang belum punya akun", admin::pages::show_open),
    Route::post("/identity/akun/buka", MANAGE_PEOPLE, "Membuka akun dan mencetak slip masuk pertama", admin::slips::open)
        .with_reauth(),
    Route::post(
        "/identity/akun/buka-alamat",
        MANAGE_ALL_OPD,
        "Membuka alamat jaringan yang ditutup",
        admin::acts::unlock_address,
    ),
    Route::get("/identity/akun/{id}", MANAGE_PEOPLE, "Satu akun: keadaan, sesi, slip", admin::show::show),
    Route::post("/identity/akun/{id}/slip", MANAGE_PEOPLE, "Mencetak slip masuk untuk satu akun", admin::slips::one)
        .with_reauth(),
    Route::post("/identity/akun/{id}/buka-kunci", MANAGE_PEOPLE, "Membuka akun yang terkunci", admin::acts::unlock),
    Route::post("/identity/akun/{id}/aktifkan", MANAGE_PEOPLE, "Mengaktifkan kembali satu akun", admin::acts::reopen)
        .with_reauth(),
    Route::post("/identity/akun/{id}/akhiri-sesi", MANAGE_PEOPLE, "Mengakhiri semua sesi satu akun", admin::acts::end_sessions),
    Route::get("/identity/akun/{id}/nonaktifkan", MANAGE_PEOPLE, "Halaman menonaktifkan akun", admin::acts::ask_close),
    Route::post("/identity/akun/{id}/nonaktifkan", MANAGE_PEOPLE, "Menonaktifkan satu akun", admin::acts::close).with_reauth(),
    Route::get(
        "/identity/akun/{id}/matikan-langkah-kedua",
        MANAGE_PEOPLE,
        "Halaman mematikan langkah kedua satu akun",
        admin::acts::ask_second_step,
    ),
    Route::post(
        "/identity/akun/{id}/matikan-langkah-kedua",
        MANAGE_PEOPLE,
        "Mematikan langkah kedua satu akun",
        admin::acts::end_second_step,
    )
    .with_reauth(),
    Route::get("/identity/warga", MANAGE_WARGA, "Akun warga dan badan dengan keadaannya", petugas::pages::list),
    Route::get("/identity/warga/unduh", MANAGE_WARGA, "Mengunduh daftar warga atau badan yang tampil", petugas::pages::download),
    Route::get("/identity/warga/baru", MANAGE_WARGA, "Formulir membuka akun warga yang hadir di loket", petugas::buka::ask),
    Route::post("/identity/warga/baru", MANAGE_WARGA, "Membuka akun warga dan mencetak slipnya", petugas::buka::open),
    Route::get("/identity/warga/{id}", MANAGE_WARGA, "Satu akun warga atau badan dengan riwayatnya", petugas::show::show),
    Route::get("/identity/warga/{id}/cocokkan", MANAGE_WARGA, "Formulir pencocokan akun dengan KTP", petugas::check::ask),
    Route::post("/identity/warga/{id}/cocokkan", MANAGE_WARGA, "Mencatat akun cocok dengan KTP", petugas::check::save),
    Route::get("/identity/warga/{id}/batal-cocok", MANAGE_WARGA, "Menimbang pembatalan pencocokan", petugas::acts::ask_uncheck),
    Route::post("/identity/warga/{id}/batal-cocok", MANAGE_WARGA, "Membatalkan pencocokan akun", petugas::acts::uncheck),
    Route::get("/identity/warga/{id}/blokir", MANAGE_WARGA, "Menimbang pemblokiran akun", petugas::acts::ask_block),
    Route::post("/identity/warga/{id}/blokir", MANAGE_WARGA, "Memblokir akun warga atau badan", petugas::acts::block)
        .with_reauth(),
    Route::get("/identity/warga/{id}/buka-blokir", MANAGE_WARGA, "Menimbang pembukaan blokir", petugas::acts::ask_unblock),
    Route::post("/identity/warga/{id}/buka-blokir", MANAGE_WARGA, "Membuka blokir akun", petugas::acts::unblock).with_reauth(),
    Route::get("/identity/warga/{id}/kuasa/{kuasa}/cabut", MANAGE_WARGA, "Menimbang pencabutan kuasa", kuasa::pages::officer_ask),
    Route::post("/identity/warga/{id}/kuasa/{kuasa}/cabut", MANAGE_WARGA, "Mencabut kuasa badan", kuasa::revoke_by_officer),
    Route::get("/identity/peran", MANAGE_ROLES, "Daftar peran dan jumlah pemegangnya", peran::pages::list),
    Route::get("/identity/peran/pemegang", MANAGE_ROLES, "Siapa memegang peran apa", peran::pages::holders),
    Route::get("/identity/peran/pemegang/unduh", MANAGE_ROLES, "Daftar pemegang peran untuk diunduh", peran::pages::export),
    Route::get("/identity/peran/baru", MANAGE_ROLES, "Formulir peran buatan sendiri", peran::pages::new),
    Route::post("/identity/peran/baru", MANAGE_ROLES, "Membuat peran", peran::pages::create).with_reauth(),
    Route::post("/identity/peran/cabut/{id}", MANAGE_ROLES, "Mencabut peran dari jabatan atau orang", peran::pages::revoke)
        .with_reauth(),
    Route::get("/identity/peran/{peran}", MANAGE_ROLES, "Izin dan pemegang satu peran", peran::pages::show),
    Route::get("/identity/peran/{peran}/beri", MANAGE_ROLES, "Formulir memberi peran", peran::pages::give_form),
    Route::post("/identity/peran/{peran}/beri", MANAGE_ROLES, "Memberi peran kepada jabatan atau orang", peran::pages::give)
        .with_reauth(),
    Route::get("/identity/peran/{peran}/ubah", MANAGE_ROLES, "Formulir mengubah peran buatan sendiri", peran::pages::edit),
    Route::post("/identity/peran/{peran}/ubah", MANAGE_ROLES, "Mengubah peran buatan sendiri", peran::pages::change)
        .with_reauth(),
    Route::get("/identity/peran/{peran}/akhiri", MANAGE_ROLES, "Konfirmasi mengakhiri peran", peran::pages::end_form),
    Route::post("/identity/peran/{peran}/akhiri", MANAGE_ROLES, "Mengakhiri peran buatan sendiri", peran::pages::end)
        .with_reauth(),
    Route::get("/identity/audit", READ_AUDIT, "Jejak audit dengan saringan", audit::pages::list),
    Route::get("/identity/audit/unduh", READ_AUDIT, "Jejak audit tersaring untuk diunduh", audit::pages::export),
    Route::get("/identity/audit/baris/{rantai}/{urut}", READ_AUDIT, "Satu baris jejak audit dengan nilainya", audit::pages::show),
    Route::get("/identity/audit/periksa", READ_AUDIT, "Pemeriksaan jejak audit", audit::pages::checks),
    Route::post("/identity/audit/periksa", READ_AUDIT, "Meminta pemeriksaan jejak audit", audit::pages::begin)
        .with_upload(audit::pages::MAX_ANCHOR, 50),
    Route::get("/identity/audit/periksa/{id}", READ_AUDIT, "Hasil satu pemeriksaan jejak audit", audit::pages::check),
    Route::get("/identity/audit/rantai", READ_AUDIT, "Rantai jejak audit untuk dibawa", audit::pages::chains),
    Route::post("/identity/audit/rantai/{rantai}/unduh", READ_AUDIT, "Mengunduh satu rantai seutuhnya", audit::pages::download)
        .with_reauth(),
    Route::get("/identity/audit/jangkar", READ_AUDIT, "Jangkar yang sudah dibuat", audit::pages::anchors),
    Route::post("/identity/audit/jangkar", READ_AUDIT, "Membuat jangkar", audit::pages::take),
    Route::get("/identity/audit/jangkar/{id}", READ_AUDIT, "Satu jangkar dengan kode QR", audit::pages::anchor),
    Route::get("/identity/audit/jangkar/{id}/berkas", READ_AUDIT, "Berkas jangkar untuk disimpan di luar", audit::pages::file),
    Route::get(cadangan::PAGE, READ_CADANGAN, "Cadangan, tempatnya, dan latihan pulih", cadangan::show),
    Route::get("/identity/impor", MANAGE_PEOPLE, "Impor dan ekspor: yang dapat dan yang sudah diimpor", impor::pages::list),
    Route::get("/identity/impor/baru/{jenis}", MANAGE_PEOPLE, "Formulir unggah berkas impor", impor::pages::form),
    Route::post("/identity/impor/baru/{jenis}", MANAGE_PEOPLE, "Mengunggah berkas impor untuk diperiksa", impor::pages::upload)
        .with_upload(impor::MAX_BYTES, 1),
    Route::get("/identity/impor/templat/{jenis}", MANAGE_PEOPLE, "Templat berkas impor", impor::pages::template),
    Route::get("/identity/impor/{id}", MANAGE_PEOPLE, "Hasil pemeriksaan satu impor", impor::pages::show),
    Route::get("/identity/impor/{id}/masalah", MANAGE_PEOPLE, "Daftar masalah satu impor untuk diunduh", impor::pages::problems),
    Route::get("/identity/impor/{id}/berkas", MANAGE_PEOPLE, "Berkas impor sebagaimana diunggah", impor::pages::original),
    Route::post("/identity/impor/{id}/terapkan", MANAGE_PEOPLE, "Menerapkan impor yang tidak bermasalah", impor::pages::apply)
        .with_reauth(),
    Route::post("/identity/impor/{id}/batal", MANAGE_PEOPLE, "Membatalkan impor", impor::pages::cancel),
    Route::get(tokens::LIST, MANAGE_TOKEN, "Aplikasi lain yang terhubung dengan token", tokens::list),
    Route::get("/identity/token/baru", MANAGE_TOKEN, "Formulir token aplikasi", tokens::new).with_reauth(),
    Route::post("/identity/token/baru", MANAGE_TOKEN, "Membuat token aplikasi", tokens::create).with_reauth(),
    Route::get("/identity/token/{id}", MANAGE_TOKEN, "Satu token dengan pemakaiannya", tokens::show),
    Route::get("/identity/token/{id}/cabut", MANAGE_TOKEN, "Menanyakan pencabutan token", tokens::ask_revoke),
    Route::post("/identity/token/{id}/cabut", MANAGE_TOKEN, "Mencabut token", tokens::revoke),
    Route::get(hooks::LIST, MANAGE_TOKEN, "Aplikasi lain yang diberi tahu bila terjadi sesuatu pada surat", hooks::list),
    Route::get("/identity/webhook/baru", MANAGE_TOKEN, "Formulir webhook", hooks::new).with_reauth(),
    Route::post("/identity/webhook/baru", MANAGE_TOKEN, "Mendaftarkan webhook", hooks::create).with_reauth(),
    Route::get("/identity/webhook/{id}", MANAGE_TOKEN, "Satu webhook dengan kirimannya", hooks::show),
    Route::post("/identity/webhook/{id}/ganti", MANAGE_TOKEN, "Menghentikan atau memakai lagi webhook", hooks::switch),
    Route::post("/identity/webhook/{id}/uji", MANAGE_TOKEN, "Mengirim percobaan kepada webhook", hooks::trial),
    Route::post(
        "/identity/webhook/{id}/kiriman/{kiriman}/ulang",
        MANAGE_TOKEN,
        "Mengirim ulang satu kiriman webhook",
        hooks::again,
    ),
    Route::get_as(dokumen::PAGE, Access::Public, "API untuk aplikasi lain, untuk dibaca orang", dokumen::page),
    Route::get_as(praja_module::api::DOCUMENT, Access::Public, "Dokumen OpenAPI untuk aplikasi lain", dokumen::document),
    Route::get("/identity/ekspor/{jenis}", MANAGE_PEOPLE, "Ekspor OPD, jabatan, atau pegawai", impor::pages::export),
];

const MENU: &[Menu] = &[
    Menu { label: "Akun saya", href: "/warga", icon: "people", access: Access::Warga, group: MenuGroup::Meja },
    Menu {
        label: "OPD",
        href: "/identity/opd",
        icon: "office",
        access: Access::Needs(MANAGE_PEOPLE),
        group: MenuGroup::Administrasi,
    },
    Menu {
        label: "Jabatan",
        href: "/identity/jabatan",
        icon: "stamp",
        access: Access::Needs(MANAGE_PEOPLE),
        group: MenuGroup::Administrasi,
    },
    Menu {
        label: "Pegawai",
        href: "/identity/orang",
        icon: "people",
        access: Access::Needs(MANAGE_PEOPLE),
        group: MenuGroup::Administrasi,
    },
    Menu {
        label: "Akun",
        href: "/identity/akun",
        icon: "shield",
        access: Access::Needs(MANAGE_PEOPLE),
        group: MenuGroup::Administrasi,
    },
    Menu {
        label: "Warga dan badan",
        href: "/identity/warga",
        icon: "people",
        access: Access::Needs(MANAGE_WARGA),
        group: MenuGroup::Administrasi,
    },
    Menu {
        label: "Jejak audit",
        href: "/identity/audit",
        icon: "shield",
        access: Access::Needs(READ_AUDIT),
        group: MenuGroup::Administrasi,
    },
    Menu {
        label: "Peran",
        href: "/identity/peran",
        icon: "key",
        access: Access::Needs(MANAGE_ROLES),
        group: MenuGroup::Administrasi,
    },
    Menu {
        label: "Impor dan ekspor",
        href: "/identity/impor",
        icon: "upload",
        access: Access::Needs(MANAGE_PEOPLE),
        group: MenuGroup::Administrasi,
    },
    Menu {
        label: "Aplikasi terhubung",
        href: tokens::LIST,
        icon: "key",
        access: Access::Needs(MANAGE_TOKEN),
        group: MenuGroup::Administrasi,
    },
    Menu {
        label: "Cadangan",
        href: cadangan::PAGE,
        icon: "archive",
        access: Access::Needs(READ_CADANGAN),
        group: MenuGroup::Administrasi,
    },
];

const ROLES: &[Role] = &[
    Role { id: "identity.admin-opd", title: "Admin OPD", permissions: &[MANAGE_PEOPLE, MANAGE_ROLES, MANAGE_TOKEN] },
    // Sees who holds which post everywhere, and no letter, licence or plan: those need roles of their modules.
    Role {
        id: "identity.superadmin",
        title: "Superadmin",
        permissions: &[MANAGE_PEOPLE, MANAGE_ALL_OPD, MANAGE_ROLES, MANAGE_WARGA, READ_CADANGAN, MANAGE_TOKEN],
    },
    // At the counter, where citizens show their KTP: sees no officer.
    Role { id: "identity.petugas-warga", title: "Petugas akun warga", permissions: &[MANAGE_WARGA] },
    // Lets programs read the letters of the own OPD as far as the holder reads them. Administrators read none: they see tokens and revoke
    // them.
    Role { id: "identity.pengelola-aplikasi", title: "Pengelola aplikasi terhubung", permissions: &[MANAGE_TOKEN] },
    Role { id: "identity.auditor", title: "Auditor", permissions: &[READ_AUDIT] },
];

const DAY_S: i64 = 24 * 60 * 60;

const JOBS: &[JobKind] = &[
    JobKind { kind: "identity.sweep-attempts", every_s: Some(DAY_S), run: percobaan::sweep },
    JobKind { kind: orang::leave::CLOSE_ACCOUNT, every_s: None, run: orang::leave::close_account },
    // At every start and then at each local midnight, for which it queues itself.
    JobKind { kind: penugasan::TURN_DAY, every_s: Some(DAY_S), run: penugasan::turn_day },
    JobKind { kind: telling::SEND, every_s: None, run: telling::run },
    JobKind { kind: telling::SWEEP, every_s: Some(DAY_S), run: telling::sweep },
    JobKind { kind: audit::kerja::CHECK, every_s: None, run: audit::kerja::check },
    JobKind { kind: audit::kerja::ANCHOR, every_s: Some(DAY_S), run: audit::kerja::daily },
    JobKind { kind: impor::kerja::CHECK, every_s: None, run: impor::kerja::check },
    JobKind { kind: impor::kerja::APPLY, every_s: None, run: impor::kerja::apply },
    JobKind { kind: impor::kerja::CLEAN, every_s: Some(DAY_S), run: impor::kerja::clean_old },
];
