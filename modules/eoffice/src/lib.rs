//! What the service module eoffice declares: letters that come in, and the orders (disposisi) given on them.

mod acara;
mod amplop;
mod arah;
mod arsip;
mod daftar;
mod demo;
mod disposisi;
mod hitung;
mod impor;
mod kerja;
mod naskah;
mod periode;
mod sekretaris;
mod simpul;
mod srikandi;
mod surat_masuk;
mod susut;
#[cfg(test)]
mod testing;

use include_dir::{Dir, include_dir};
use praja_desk::attachments::{MAX_BYTES, MAX_FILES};
use praja_kernel::{Id, Permission};
use praja_module::events::KalenderBerubah;
use praja_module::{Access, JobKind, Menu, MenuGroup, Module, Role, Route, Scenario, Tile};
use praja_store::{Event, Keys, MigrationSet};

use disposisi::pages::{self as dispositions, give, sheet};
use surat_masuk::pages;

static MIGRATIONS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/migrations");

/// This module.
pub(crate) const ID: &str = "eoffice";
/// What its letters are called in search results.
pub(crate) const SURAT_MASUK: &str = "surat masuk";
/// What naskah that are written here are called in search results.
pub(crate) const NASKAH: &str = "naskah";
/// The group of the agenda books in desk's registers.
pub(crate) const AGENDA: &str = "eoffice.surat-masuk";
/// The table of letters, which names them in audit, tasks and attachments.
pub(crate) const TABLE: &str = "eoffice_surat_masuk";

/// Reads the agenda of the own OPD.
pub const READ: Permission = Permission::new("eoffice.read-surat-masuk");
/// Registers letters and adds their scans.
pub const REGISTER: Permission = Permission::new("eoffice.register-surat-masuk");
/// Puts letters on desks, sends on or gives back what came to the wrong address.
pub const ROUTE: Permission = Permission::new("eoffice.route-surat-masuk");
/// Gives orders on letters that lie on the own desk, and works on those one was given.
pub const HANDLE: Permission = Permission::new("eoffice.handle-disposisi");
/// Reads the statistics of the own OPD; from the top of the regency those of all.
pub const STATISTICS: Permission = Permission::new("eoffice.read-statistik");
/// Sets routing rules and the aides of leaders.
pub const CONFIGURE: Permission = Permission::new("eoffice.configure-eoffice");
/// Opens secret letters addressed to the own post; each opening is written down.
pub const OPEN_SECRET: Permission = Permission::new("eoffice.open-surat-rahasia");

/// Writes naskah, and reads those that came to the own post or OPD.
pub const WRITE: Permission = Permission::new("eoffice.write-naskah");
/// Prints, scans and sends the naskah of the own OPD.
pub const DISPATCH: Permission = Permission::new("eoffice.dispatch-naskah");

/// Keeps the distribution lists of the own OPD.
pub const MANAGE_LISTS: Permission = Permission::new("eoffice.manage-daftar-kirim");
/// Keeps those of the whole regency.
pub const MANAGE_ALL_LISTS: Permission = Permission::new("eoffice.manage-all-daftar-kirim");

/// Says with which boxes of other regencies letters are exchanged.
pub const MANAGE_NODES: Permission = Permission::new("eoffice.manage-simpul");

/// The name of a letter that was sent on to another OPD, in the task of that OPD.
pub(crate) fn objek_terusan(id: Id) -> String {
    format!("{TABLE}/terusan:{id}")
}

/// The name of a letter in audit, tasks, attachments and events.
pub(crate) fn objek(id: Id) -> String {
    format!("{TABLE}:{id}")
}

/// Brings old agenda books of the own OPD in, and takes them back.
pub const IMPORT: Permission = Permission::new("eoffice.import-agenda");

/// Keeps the archive of the own OPD: files, what lies in them, how long they are kept.
pub const MANAGE_ARCHIVE: Permission = Permission::new("eoffice.manage-arsip");

/// Reads the agenda of the own OPD's leader, and keeps those that fall to the own post.
pub const READ_AGENDA: Permission = Permission::new("eoffice.read-agenda");

/// The module.
pub static MODULE: Module = Module {
    id: ID,
    title: "e-Office",
    legal_basis: &[
        "UU 43/2009 tentang Kearsipan dan PP 28/2012",
        "Peraturan ANRI 5/2021 tentang Pedoman Umum Tata Naskah Dinas",
        "Permendagri 1/2023 tentang Tata Naskah Dinas di Lingkungan Pemerintah Daerah",
        "Permendagri 83/2022 tentang Kode Klasifikasi Arsip",
    ],
    needs: &[],
    migrations: || MigrationSet::from_dir(ID, &MIGRATIONS),
    routes: &[
        Route::get("/eoffice/agenda", READ_AGENDA, "Agenda pimpinan menurut hari", acara::pages::list::list),
        Route::get("/eoffice/agenda/unduh", READ_AGENDA, "Mengunduh agenda pimpinan", acara::pages::list::download),
        Route::get("/eoffice/agenda/lembar", READ_AGENDA, "Lembar agenda satu hari untuk dicetak", acara::pages::sheet::show),
        Route::get("/eoffice/agenda/kalender", READ_AGENDA, "Alamat agenda bagi kalender ponsel", acara::pages::follow::show),
        Route::post("/eoffice/agenda/kalender", READ_AGENDA, "Membuat alamat kalender", acara::pages::follow::create),
        Route::post("/eoffice/agenda/kalender/{id}/cabut", READ_AGENDA, "Mencabut alamat kalender", acara::pages::follow::revoke),
        Route::get_as(
            "/eoffice/kalender/{token}",
            Access::Public,
            "Agenda bagi kalender yang memegang alamatnya",
            acara::pages::follow::feed,
        ),
        Route::get("/eoffice/agenda/baru", READ_AGENDA, "Formulir acara baru", acara::pages::form::show_new),
        Route::post("/eoffice/agenda/baru", READ_AGENDA, "Menambah acara", acara::pages::form::save_new),
        Route::get("/eoffice/agenda/{id}", READ_AGENDA, "Satu acara", acara::pages::show::show),
        Route::get("/eoffice/agenda/{id}/ubah", READ_AGENDA, "Formulir mengubah acara", acara::pages::form::show_edit),
        Route::post("/eoffice/agenda/{id}/ubah", READ_AGENDA, "Mengubah acara", acara::pages::form::save_edit),
        Route::get(
            "/eoffice/agenda/{id}/tindakan/{tindakan}",
            READ_AGENDA,
            "Formulir tindakan atas acara",
            acara::pages::act::ask,
        ),
        Route::post(
            "/eoffice/agenda/{id}/tindakan/{tindakan}",
            READ_AGENDA,
            "Mencatat kehadiran, mewakilkan, membatalkan, atau menjadwalkan kembali acara",
            acara::pages::act::save,
        ),
        Route::get("/eoffice/arsip", MANAGE_ARCHIVE, "Daftar berkas OPD sendiri", arsip::pages::list::list),
        Route::get("/eoffice/arsip/unduh", MANAGE_ARCHIVE, "Mengunduh daftar berkas", arsip::pages::list::download),
        Route::get(
            "/eoffice/arsip/belum",
            MANAGE_ARCHIVE,
            "Surat dan naskah yang belum diberkaskan",
            arsip::pages::file::unfiled,
        ),
        Route::get(
            "/eoffice/arsip/belum/unduh",
            MANAGE_ARCHIVE,
            "Mengunduh daftar yang belum diberkaskan",
            arsip::pages::file::download,
        ),
        Route::get("/eoffice/arsip/berkaskan", MANAGE_ARCHIVE, "Formulir memberkaskan surat", arsip::pages::file::show),
        Route::post("/eoffice/arsip/berkaskan", MANAGE_ARCHIVE, "Memberkaskan surat dan naskah", arsip::pages::file::save),
        Route::get("/eoffice/arsip/baru", MANAGE_ARCHIVE, "Formulir berkas baru", arsip::pages::form::show_new),
        Route::post("/eoffice/arsip/baru", MANAGE_ARCHIVE, "Membuat berkas", arsip::pages::form::save_new),
        Route::get(
            "/eoffice/arsip/penyusutan",
            MANAGE_ARCHIVE,
            "Daftar pemindahan, pemusnahan, dan penyerahan arsip",
            susut::pages::list::list,
        ),
        Route::get(
            "/eoffice/arsip/penyusutan/unduh",
            MANAGE_ARCHIVE,
            "Mengunduh daftar penyusutan",
            susut::pages::list::download,
        ),
        Route::get(
            "/eoffice/arsip/penyusutan/susun/{jenis}",
            MANAGE_ARCHIVE,
            "Memilih berkas yang masa simpannya berakhir",
            susut::pages::choose::show,
        ),
        Route::post(
            "/eoffice/arsip/penyusutan/susun/{jenis}",
            MANAGE_ARCHIVE,
            "Menyusun daftar penyusutan, atau menambah isinya",
            susut::pages::choose::save,
        ),
        Route::get(
            "/eoffice/arsip/penyusutan/susun/{jenis}/unduh",
            MANAGE_ARCHIVE,
            "Mengunduh berkas yang masa simpannya berakhir",
            susut::pages::choose::download,
        ),
        Route::get("/eoffice/arsip/penyusutan/{id}", MANAGE_ARCHIVE, "Satu daftar penyusutan", susut::pages::show::show),
        Route::get(
            "/eoffice/arsip/penyusutan/{id}/unduh",
            MANAGE_ARCHIVE,
            "Mengunduh isi satu daftar penyusutan",
            susut::pages::show::download,
        ),
        Route::get(
            "/eoffice/arsip/penyusutan/{id}/pdf",
            MANAGE_ARCHIVE,
            "Berita acara penyusutan sebagai PDF",
            susut::pages::paper::show,
        ),
        Route::get(
            "/eoffice/arsip/penyusutan/{id}/berkas/{berkas}",
            MANAGE_ARCHIVE,
            "Formulir keputusan atas satu berkas",
            susut::pages::line::ask,
        ),
        Route::post(
            "/eoffice/arsip/penyusutan/{id}/berkas/{berkas}",
            MANAGE_ARCHIVE,
            "Mencatat keputusan atas satu berkas, atau mengeluarkannya dari daftar",
            susut::pages::line::save,
        ),
        Route::get(
            "/eoffice/arsip/penyusutan/{id}/langkah/{langkah}",
            MANAGE_ARCHIVE,
            "Formulir langkah penyusutan",
            susut::pages::step::ask,
        ),
        Route::post(
            "/eoffice/arsip/penyusutan/{id}/langkah/{langkah}",
            MANAGE_ARCHIVE,
            "Mencatat penilaian, persetujuan, penetapan, berita acara, atau pembatalan",
            susut::pages::step::save,
        )
        .with_judged_upload(MAX_BYTES, MAX_FILES),
        Route::get(
            "/eoffice/arsip/penyusutan/{id}/musnahkan",
            MANAGE_ARCHIVE,
            "Formulir berita acara pemusnahan",
            susut::pages::step::ask_destroy,
        )
        .with_reauth(),
        Route::post(
            "/eoffice/arsip/penyusutan/{id}/musnahkan",
            MANAGE_ARCHIVE,
            "Mencatat berita acara pemusnahan dan menghapus isi berkasnya",
            susut::pages::step::save_destroy,
        )
        .with_judged_upload(MAX_BYTES, MAX_FILES),
        Route::get("/eoffice/arsip/{id}", MANAGE_ARCHIVE, "Satu berkas dan daftar isinya", arsip::pages::show::show),
        Route::get("/eoffice/arsip/{id}/unduh", MANAGE_ARCHIVE, "Mengunduh daftar isi berkas", arsip::pages::show::download),
        Route::get("/eoffice/arsip/{id}/ubah", MANAGE_ARCHIVE, "Formulir mengubah berkas", arsip::pages::form::show_edit),
        Route::post(
            "/eoffice/arsip/{id}/ubah",
            MANAGE_ARCHIVE,
            "Mengubah nama, uraian, atau tempat berkas",
            arsip::pages::form::save_edit,
        ),
        Route::get(
            "/eoffice/arsip/{id}/tindakan/{tindakan}",
            MANAGE_ARCHIVE,
            "Formulir tindakan atas berkas",
            arsip::pages::act::ask,
        ),
        Route::post(
            "/eoffice/arsip/{id}/tindakan/{tindakan}",
            MANAGE_ARCHIVE,
            "Menutup berkas, membukanya kembali, atau mencatat peristiwanya",
            arsip::pages::act::save,
        ),
        Route::get(
            "/eoffice/arsip/{id}/keluarkan/{isi}",
            MANAGE_ARCHIVE,
            "Formulir mengeluarkan surat dari berkas",
            arsip::pages::act::ask_out,
        ),
        Route::post(
            "/eoffice/arsip/{id}/keluarkan/{isi}",
            MANAGE_ARCHIVE,
            "Mengeluarkan surat dari berkas",
            arsip::pages::act::save_out,
        ),
        Route::get("/eoffice/daftar-kirim", WRITE, "Daftar kirim OPD sendiri dan daerah", daftar::pages::list),
        Route::get("/eoffice/daftar-kirim/unduh", WRITE, "Mengunduh daftar kirim", daftar::pages::download),
        Route::get("/eoffice/daftar-kirim/baru", MANAGE_LISTS, "Formulir daftar kirim baru", daftar::pages::form::show),
        Route::post("/eoffice/daftar-kirim/baru", MANAGE_LISTS, "Membuat daftar kirim", daftar::pages::form::save),
        Route::get("/eoffice/daftar-kirim/{id}", MANAGE_LISTS, "Formulir mengubah daftar kirim", daftar::pages::form::show),
        Route::post("/eoffice/daftar-kirim/{id}", MANAGE_LISTS, "Mengubah daftar kirim", daftar::pages::form::save),
        Route::get("/eoffice/daftar-kirim-daerah", MANAGE_ALL_LISTS, "Daftar kirim seluruh daerah", daftar::pages::list),
        Route::get(
            "/eoffice/daftar-kirim-daerah/unduh",
            MANAGE_ALL_LISTS,
            "Mengunduh daftar kirim daerah",
            daftar::pages::download,
        ),
        Route::get(
            "/eoffice/daftar-kirim-daerah/baru",
            MANAGE_ALL_LISTS,
            "Formulir daftar kirim daerah baru",
            daftar::pages::form::show,
        ),
        Route::post(
            "/eoffice/daftar-kirim-daerah/baru",
            MANAGE_ALL_LISTS,
            "Membuat daftar kirim daerah",
            daftar::pages::form::save,
        ),
        Route::get(
            "/eoffice/daftar-kirim-daerah/{id}",
            MANAGE_ALL_LISTS,
            "Formulir mengubah daftar kirim daerah",
            daftar::pages::form::show,
        ),
        Route::post(
            "/eoffice/daftar-kirim-daerah/{id}",
            MANAGE_ALL_LISTS,
            "Mengubah daftar kirim daerah",
            daftar::pages::form::save,
        ),
        Route::get("/eoffice/simpul", MANAGE_NODES, "Simpul daerah lain dan kartu simpul sendiri", simpul::pages::list),
        Route::get("/eoffice/simpul/unduh", MANAGE_NODES, "Mengunduh daftar simpul", simpul::pages::download),
        Route::post(
            "/eoffice/simpul/opd",
            MANAGE_NODES,
            "Memilih OPD yang mencatat surat daerah lain",
            simpul::pages::set_office,
        )
        .with_reauth(),
        Route::get("/eoffice/simpul/baru", MANAGE_NODES, "Formulir simpul baru", simpul::pages::form::show),
        Route::post("/eoffice/simpul/baru", MANAGE_NODES, "Mendaftarkan simpul", simpul::pages::form::save).with_reauth(),
        Route::get("/eoffice/simpul/{id}", MANAGE_NODES, "Formulir mengubah simpul", simpul::pages::form::show),
        Route::post("/eoffice/simpul/{id}", MANAGE_NODES, "Mengubah atau menghentikan simpul", simpul::pages::form::save)
            .with_reauth(),
        Route::receive(
            amplop::write::RECEIVE,
            "Menerima amplop bertanda tangan dari Praja daerah lain",
            amplop::MAX_BYTES,
            amplop::pages::taken,
        ),
        Route::get("/eoffice/amplop", REGISTER, "Surat dari Praja daerah lain", amplop::pages::list),
        Route::get("/eoffice/amplop/unduh", REGISTER, "Mengunduh daftar surat dari daerah lain", amplop::pages::download),
        Route::get("/eoffice/amplop/masukkan", REGISTER, "Formulir memasukkan berkas amplop", amplop::pages::bring::ask),
        Route::post(
            "/eoffice/amplop/masukkan",
            REGISTER,
            "Memasukkan berkas amplop atau tanda terima",
            amplop::pages::bring::save,
        )
        .with_judged_upload(amplop::MAX_BYTES, 1),
        Route::get("/eoffice/amplop/{id}", REGISTER, "Satu surat dari daerah lain", amplop::pages::show),
        Route::get("/eoffice/amplop/{id}/berkas", REGISTER, "Mengunduh tanda terima amplop", amplop::pages::receipt),
        Route::get("/eoffice/naskah/{id}/amplop/{amplop}", WRITE, "Satu amplop elektronik", amplop::pages::out::show),
        Route::get(
            "/eoffice/naskah/{id}/amplop/{amplop}/berkas",
            WRITE,
            "Mengunduh amplop sebagai berkas",
            amplop::pages::out::download,
        ),
        Route::post("/eoffice/naskah/{id}/amplop/{amplop}/ulang", WRITE, "Mengirim ulang amplop", amplop::pages::out::again),
        Route::get("/eoffice/srikandi", DISPATCH, "Naskah yang baru ada di Praja atau di SRIKANDI", srikandi::pages::list),
        Route::post("/eoffice/srikandi", DISPATCH, "Mencocokkan daftar dari SRIKANDI", srikandi::pages::save),
        Route::get("/eoffice/srikandi/unduh", DISPATCH, "Mengunduh selisih Praja dan SRIKANDI", srikandi::pages::download),
        Route::get("/eoffice/srikandi/profil", DISPATCH, "Profil isian aplikasi lain", srikandi::pages::profil::list),
        Route::get("/eoffice/srikandi/profil/baru", DISPATCH, "Formulir profil isian baru", srikandi::pages::profil::show),
        Route::post("/eoffice/srikandi/profil/baru", DISPATCH, "Membuat profil isian", srikandi::pages::profil::save),
        Route::get("/eoffice/srikandi/profil/{id}", DISPATCH, "Formulir mengubah profil isian", srikandi::pages::profil::show),
        Route::post("/eoffice/srikandi/profil/{id}", DISPATCH, "Mengubah profil isian", srikandi::pages::profil::save),
        Route::get("/eoffice/srikandi/paket", DISPATCH, "Formulir paket ekspor naskah", srikandi::pages::paket::ask),
        Route::get("/eoffice/srikandi/paket/berkas", DISPATCH, "Mengunduh paket ekspor naskah", srikandi::pages::paket::download),
        Route::get("/eoffice/naskah/{id}/srikandi", WRITE, "Menerbitkan naskah lewat SRIKANDI", srikandi::pages::naskah::show),
        Route::post(
            "/eoffice/naskah/{id}/srikandi",
            WRITE,
            "Menyetujui naskah untuk diterbitkan lewat SRIKANDI",
            srikandi::pages::naskah::approve,
        ),
        Route::post(
            "/eoffice/naskah/{id}/srikandi/kembali",
            WRITE,
            "Menyimpan nomor dan naskah dari SRIKANDI",
            srikandi::pages::naskah::returned,
        )
        .with_judged_upload(MAX_BYTES, 1),
        Route::get("/eoffice/pilih/tujuan", WRITE, "Mencari tujuan naskah", daftar::pages::lookup),
        Route::get("/eoffice/pilih/berkas", MANAGE_ARCHIVE, "Mencari berkas terbuka", arsip::pages::list::lookup),
        Route::get("/eoffice/surat-masuk", READ, "Surat masuk OPD sendiri dan yang didisposisikan", pages::list),
        Route::get("/eoffice/surat-masuk/unduh", READ, "Mengunduh daftar surat masuk yang tampil", pages::download),
        Route::get("/eoffice/surat-masuk/baru", REGISTER, "Formulir surat masuk baru", pages::form::show),
        Route::post("/eoffice/surat-masuk/baru", REGISTER, "Mencatat surat masuk", pages::form::save)
            .with_judged_upload(MAX_BYTES, MAX_FILES),
        Route::get("/eoffice/surat-masuk/arahkan", ROUTE, "Hasil mengarahkan beberapa surat masuk", pages::batch::show),
        Route::post("/eoffice/surat-masuk/arahkan", ROUTE, "Mengarahkan beberapa surat masuk sekaligus", pages::batch::save),
        Route::get("/eoffice/surat-masuk/{id}", READ, "Satu surat masuk", pages::show::show),
        Route::post("/eoffice/surat-masuk/{id}/buka", READ, "Membuka isi surat rahasia", pages::show::open),
        Route::post("/eoffice/surat-masuk/{id}/pindaian", REGISTER, "Menambahkan pindaian surat masuk", pages::show::scan)
            .with_judged_upload(MAX_BYTES, MAX_FILES),
        Route::get("/eoffice/surat-masuk/{id}/arahkan", ROUTE, "Memilih meja tujuan surat masuk", pages::route::show),
        Route::post("/eoffice/surat-masuk/{id}/arahkan", ROUTE, "Mengarahkan surat masuk", pages::route::save),
        Route::get("/eoffice/surat-masuk/{id}/disposisi", HANDLE, "Formulir disposisi surat", give::show),
        Route::post("/eoffice/surat-masuk/{id}/disposisi", HANDLE, "Mendisposisi surat", give::save),
        Route::get("/eoffice/surat-masuk/{id}/lembar", READ, "Lembar disposisi untuk dicetak", sheet::show),
        Route::get("/eoffice/surat-masuk/{id}/selesai", READ, "Formulir menyelesaikan surat", pages::away::show_close),
        Route::post("/eoffice/surat-masuk/{id}/selesai", READ, "Menyelesaikan surat dengan alasan", pages::away::save_close),
        Route::get("/eoffice/surat-masuk/{id}/salah-alamat", ROUTE, "Formulir surat salah alamat", pages::away::show_away),
        Route::post(
            "/eoffice/surat-masuk/{id}/salah-alamat",
            ROUTE,
            "Meneruskan atau mengembalikan surat salah alamat",
            pages::away::save_away,
        ),
        Route::get(
            "/eoffice/surat-masuk/{id}/duplikat",
            ROUTE,
            "Formulir surat yang tercatat dua kali",
            pages::away::show_duplicate,
        ),
        Route::post(
            "/eoffice/surat-masuk/{id}/duplikat",
            ROUTE,
            "Menandai surat yang tercatat dua kali",
            pages::away::save_duplicate,
        ),
        Route::get("/eoffice/surat-masuk/{id}/pengantar", READ, "Surat pengantar untuk dicetak", pages::away::letter),
        Route::get("/eoffice/disposisi", HANDLE, "Disposisi untuk Anda dan dari Anda", dispositions::list::list),
        Route::get("/eoffice/disposisi/{id}", READ, "Satu disposisi dan laporannya", dispositions::show::show),
        Route::get("/eoffice/disposisi/{id}/teruskan", HANDLE, "Formulir meneruskan disposisi", give::show_forward),
        Route::post("/eoffice/disposisi/{id}/teruskan", HANDLE, "Meneruskan disposisi kepada bawahan", give::save_forward),
        Route::get("/eoffice/disposisi/{id}/lapor", HANDLE, "Formulir laporan disposisi", dispositions::report::show),
        Route::post("/eoffice/disposisi/{id}/lapor", HANDLE, "Melaporkan hasil disposisi", dispositions::report::save)
            .with_judged_upload(MAX_BYTES, MAX_FILES),
        Route::get(
            "/eoffice/disposisi/{id}/tindakan/{tindakan}",
            HANDLE,
            "Formulir tindakan atas disposisi",
            dispositions::act::ask,
        ),
        Route::post(
            "/eoffice/disposisi/{id}/tindakan/{tindakan}",
            HANDLE,
            "Membaca, menerima, menolak, menyetujui, mengembalikan, membebaskan, atau menarik disposisi",
            dispositions::act::save,
        ),
        Route::post(
            "/eoffice/pembenaran/{id}",
            HANDLE,
            "Membenarkan disposisi yang dicatat sekretaris",
            dispositions::confirm::yes,
        ),
        Route::get(
            "/eoffice/pembenaran/{id}/batal",
            HANDLE,
            "Formulir membatalkan disposisi yang dicatat",
            dispositions::confirm::ask,
        ),
        Route::post(
            "/eoffice/pembenaran/{id}/batal",
            HANDLE,
            "Membatalkan disposisi yang dicatat sekretaris",
            dispositions::confirm::no,
        ),
        Route::get("/eoffice/buku-agenda", READ, "Buku agenda surat masuk menurut periode", pages::book::show),
        Route::get("/eoffice/buku-agenda/unduh", READ, "Mengunduh buku agenda", pages::book::download),
        Route::get(
            "/eoffice/naskah",
            WRITE,
            "Naskah yang disusun, diparaf, ditandatangani, atau diterima",
            naskah::pages::list::list,
        ),
        Route::get("/eoffice/naskah/unduh", WRITE, "Mengunduh daftar naskah yang tampil", naskah::pages::list::download),
        Route::get("/eoffice/naskah/baru", WRITE, "Memilih jenis naskah baru", naskah::pages::form::choose),
        Route::get("/eoffice/naskah/baru/{jenis}", WRITE, "Formulir naskah baru", naskah::pages::form::show),
        Route::post("/eoffice/naskah/baru/{jenis}", WRITE, "Menyimpan konsep naskah", naskah::pages::form::save),
        Route::get(
            "/eoffice/naskah/tanda-tangan",
            WRITE,
            "Naskah yang menunggu tanda tangan Anda",
            naskah::pages::tte::massal::list,
        ),
        Route::post(
            "/eoffice/naskah/tanda-tangan",
            WRITE,
            "Menandatangani beberapa naskah sekaligus",
            naskah::pages::tte::massal::save,
        ),
        Route::get(
            "/eoffice/naskah/tanda-tangan/hasil",
            WRITE,
            "Hasil menandatangani beberapa naskah",
            naskah::pages::tte::massal::outcome,
        ),
        Route::get("/eoffice/naskah/{id}/unggahan", WRITE, "Naskah dari PDF yang diunggah", naskah::pages::unggahan::show),
        Route::post("/eoffice/naskah/{id}/unggahan", WRITE, "Menyimpan naskah dari PDF", naskah::pages::unggahan::save)
            .with_judged_upload(MAX_BYTES, 1),
        Route::post("/eoffice/naskah/{id}/unggahan/hapus", WRITE, "Mengeluarkan PDF naskah", naskah::pages::unggahan::remove),
        Route::get("/eoffice/naskah/{id}/lampiran", WRITE, "Lampiran konsep naskah", naskah::pages::lampiran::show),
        Route::post("/eoffice/naskah/{id}/lampiran", WRITE, "Menambahkan lampiran naskah", naskah::pages::lampiran::add)
            .with_judged_upload(MAX_BYTES, MAX_FILES),
        Route::post(
            "/eoffice/naskah/{id}/lampiran/{lampiran}/naik",
            WRITE,
            "Menaikkan lampiran naskah",
            naskah::pages::lampiran::raise,
        ),
        Route::post(
            "/eoffice/naskah/{id}/lampiran/{lampiran}/hapus",
            WRITE,
            "Mengeluarkan lampiran naskah",
            naskah::pages::lampiran::remove,
        ),
        Route::get(
            "/eoffice/naskah/{id}/tte",
            WRITE,
            "Formulir menandatangani naskah secara elektronik",
            naskah::pages::tte::ask,
        ),
        Route::post("/eoffice/naskah/{id}/tte", WRITE, "Menandatangani naskah secara elektronik", naskah::pages::tte::save),
        Route::get("/eoffice/naskah/{id}", WRITE, "Satu naskah", naskah::pages::show::show),
        Route::get("/eoffice/naskah/{id}/ubah", WRITE, "Formulir mengubah konsep naskah", naskah::pages::form::edit),
        Route::post("/eoffice/naskah/{id}/ubah", WRITE, "Mengubah konsep naskah", naskah::pages::form::save_edit),
        Route::get("/eoffice/naskah/{id}/ajukan", WRITE, "Formulir mengajukan naskah", naskah::pages::submit::ask),
        Route::post("/eoffice/naskah/{id}/ajukan", WRITE, "Mengajukan naskah untuk diparaf", naskah::pages::submit::save),
        Route::get("/eoffice/naskah/{id}/tindakan/{tindakan}", WRITE, "Formulir tindakan atas naskah", naskah::pages::act::ask),
        Route::post(
            "/eoffice/naskah/{id}/tindakan/{tindakan}",
            WRITE,
            "Memaraf, mengembalikan, menarik, menolak, melepas nomor, atau mencabut naskah",
            naskah::pages::act::save,
        ),
        Route::get("/eoffice/naskah/{id}/nomor", WRITE, "Formulir menyetujui dan memberi nomor", naskah::pages::number::ask),
        Route::post("/eoffice/naskah/{id}/nomor", WRITE, "Menyetujui naskah dan memberi nomor", naskah::pages::number::save),
        Route::get("/eoffice/naskah/{id}/pdf", WRITE, "Naskah sebagai PDF", naskah::pages::pdf::show),
        Route::get("/eoffice/naskah/{id}/cetak", WRITE, "Naskah untuk dicetak", naskah::pages::lembar::show),
        Route::post(
            "/eoffice/naskah/{id}/bertanda-tangan",
            WRITE,
            "Menyimpan pindaian naskah yang sudah ditandatangani",
            naskah::pages::number::signed,
        )
        .with_judged_upload(MAX_BYTES, 1),
        Route::get("/eoffice/naskah/{id}/kirim", WRITE, "Formulir mengirim naskah", naskah::pages::send::ask),
        Route::post("/eoffice/naskah/{id}/kirim", WRITE, "Mengirim naskah", naskah::pages::send::save),
        Route::get(
            "/eoffice/naskah/{id}/penerima/{penerima}",
            WRITE,
            "Formulir mencatat pengiriman",
            naskah::pages::send::record,
        ),
        Route::post(
            "/eoffice/naskah/{id}/penerima/{penerima}",
            WRITE,
            "Mencatat pengiriman lewat ekspedisi",
            naskah::pages::send::save_record,
        )
        .with_judged_upload(MAX_BYTES, 1),
        Route::get("/eoffice/buku-ekspedisi", DISPATCH, "Buku ekspedisi menurut periode", naskah::pages::ekspedisi::show),
        Route::get("/eoffice/buku-ekspedisi/unduh", DISPATCH, "Mengunduh buku ekspedisi", naskah::pages::ekspedisi::download),
        Route::get("/eoffice/naskah/{id}/versi/{versi}", WRITE, "Perbedaan dua versi naskah", naskah::pages::versi::show),
        Route::get("/eoffice/buku-keluar", WRITE, "Buku agenda naskah keluar menurut periode", naskah::pages::register::show),
        Route::get("/eoffice/buku-keluar/unduh", WRITE, "Mengunduh buku agenda naskah keluar", naskah::pages::register::download),
        Route::get("/eoffice/impor", IMPORT, "Buku agenda lama yang diimpor", impor::pages::list::list),
        Route::get("/eoffice/impor/unduh", IMPORT, "Mengunduh daftar impor agenda", impor::pages::list::download),
        Route::get("/eoffice/impor/baru", IMPORT, "Formulir mengunggah buku agenda lama", impor::pages::upload::show),
        Route::post("/eoffice/impor/baru", IMPORT, "Mengunggah buku agenda lama", impor::pages::upload::save)
            .with_upload(impor::MAX_BYTES, 1),
        Route::post(
            "/eoffice/impor/profil/{id}/hapus",
            IMPORT,
            "Menghapus profil pemetaan buku agenda",
            impor::pages::list::remove_profile,
        ),
        Route::get("/eoffice/impor/{id}", IMPORT, "Keadaan satu impor agenda", impor::pages::show::show),
        Route::get("/eoffice/impor/{id}/unduh", IMPORT, "Mengunduh hasil impor agenda", impor::pages::files::rows),
        Route::get("/eoffice/impor/{id}/masalah", IMPORT, "Mengunduh masalah satu impor agenda", impor::pages::files::problems),
        Route::get("/eoffice/impor/{id}/berkas", IMPORT, "Buku agenda sebagaimana diunggah", impor::pages::files::original),
        Route::get("/eoffice/impor/{id}/lembar", IMPORT, "Formulir memilih lembar dan baris judul", impor::pages::lembar::show),
        Route::post("/eoffice/impor/{id}/lembar", IMPORT, "Memilih lembar dan baris judul", impor::pages::lembar::save),
        Route::get("/eoffice/impor/{id}/kolom", IMPORT, "Formulir memetakan kolom buku agenda", impor::pages::kolom::show),
        Route::post("/eoffice/impor/{id}/kolom", IMPORT, "Memetakan kolom buku agenda", impor::pages::kolom::save),
        Route::post("/eoffice/impor/{id}/terapkan", IMPORT, "Menerapkan impor agenda", impor::pages::act::apply),
        Route::post("/eoffice/impor/{id}/batal", IMPORT, "Membatalkan impor agenda", impor::pages::act::cancel),
        Route::post("/eoffice/impor/{id}/urungkan", IMPORT, "Mengurungkan impor agenda", impor::pages::act::undo),
        Route::get("/eoffice/statistik", STATISTICS, "Statistik surat masuk, disposisi, dan naskah", hitung::pages::show),
        Route::get("/eoffice/statistik/unduh", STATISTICS, "Mengunduh statistik surat", hitung::pages::download),
        Route::get("/eoffice/pengaturan", CONFIGURE, "Aturan arahan surat dan sekretaris pimpinan", arah::pages::show),
        Route::get("/eoffice/pengaturan/aturan/baru", CONFIGURE, "Formulir aturan arahan baru", arah::pages::show_rule),
        Route::post("/eoffice/pengaturan/aturan/baru", CONFIGURE, "Menambah aturan arahan", arah::pages::save_rule),
        Route::get("/eoffice/pengaturan/aturan/{id}", CONFIGURE, "Formulir mengubah aturan arahan", arah::pages::show_rule),
        Route::post(
            "/eoffice/pengaturan/aturan/{id}",
            CONFIGURE,
            "Mengubah atau menghentikan aturan arahan",
            arah::pages::save_rule,
        ),
        Route::get(
            "/eoffice/pengaturan/sekretaris/baru",
            CONFIGURE,
            "Formulir menunjuk sekretaris pimpinan",
            arah::pages::show_aide,
        ),
        Route::post("/eoffice/pengaturan/sekretaris/baru", CONFIGURE, "Menunjuk sekretaris pimpinan", arah::pages::save_aide),
        Route::post(
            "/eoffice/pengaturan/sekretaris/{id}/akhiri",
            CONFIGURE,
            "Mengakhiri penunjukan sekretaris pimpinan",
            arah::pages::end_aide,
        ),
    ],
    menu: &[
        Menu {
            label: "Surat masuk",
            href: "/eoffice/surat-masuk",
            icon: "mail",
            access: Access::Needs(READ),
            group: MenuGroup::Layanan,
        },
        Menu {
            label: "Disposisi saya",
            href: "/eoffice/disposisi",
            icon: "work",
            access: Access::Needs(HANDLE),
            group: MenuGroup::Layanan,
        },
        Menu { label: "Naskah", href: "/eoffice/naskah", icon: "edit", access: Access::Needs(WRITE), group: MenuGroup::Layanan },
        Menu {
            label: "Buku agenda",
            href: "/eoffice/buku-agenda",
            icon: "document",
            access: Access::Needs(READ),
            group: MenuGroup::Layanan,
        },
        Menu {
            label: "Buku keluar",
            href: "/eoffice/buku-keluar",
            icon: "document",
            access: Access::Needs(WRITE),
            group: MenuGroup::Layanan,
        },
        Menu {
            label: "Buku ekspedisi",
            href: "/eoffice/buku-ekspedisi",
            icon: "document",
            access: Access::Needs(DISPATCH),
            group: MenuGroup::Layanan,
        },
        Menu {
            label: "Daftar kirim",
            href: "/eoffice/daftar-kirim",
            icon: "people",
            access: Access::Needs(WRITE),
            group: MenuGroup::Layanan,
        },
        Menu {
            label: "Agenda pimpinan",
            href: "/eoffice/agenda",
            icon: "calendar",
            access: Access::Needs(READ_AGENDA),
            group: MenuGroup::Layanan,
        },
        Menu {
            label: "Arsip",
            href: "/eoffice/arsip",
            icon: "archive",
            access: Access::Needs(MANAGE_ARCHIVE),
            group: MenuGroup::Layanan,
        },
        Menu {
            label: "Statistik surat",
            href: "/eoffice/statistik",
            icon: "chart",
            access: Access::Needs(STATISTICS),
            group: MenuGroup::Layanan,
        },
        Menu {
            label: "SRIKANDI",
            href: "/eoffice/srikandi",
            icon: "government",
            access: Access::Needs(DISPATCH),
            group: MenuGroup::Layanan,
        },
        Menu {
            label: "Surat dari daerah lain",
            href: "/eoffice/amplop",
            icon: "mail",
            access: Access::Needs(REGISTER),
            group: MenuGroup::Layanan,
        },
        Menu {
            label: "Simpul daerah lain",
            href: "/eoffice/simpul",
            icon: "government",
            access: Access::Needs(MANAGE_NODES),
            group: MenuGroup::Administrasi,
        },
        Menu {
            label: "Daftar kirim daerah",
            href: "/eoffice/daftar-kirim-daerah",
            icon: "people",
            access: Access::Needs(MANAGE_ALL_LISTS),
            group: MenuGroup::Administrasi,
        },
        Menu {
            label: "Pengaturan e-Office",
            href: "/eoffice/pengaturan",
            icon: "settings",
            access: Access::Needs(CONFIGURE),
            group: MenuGroup::Administrasi,
        },
    ],
    permissions: &[
        (READ, "Membaca surat masuk OPD sendiri dan yang didisposisikan kepadanya"),
        (REGISTER, "Mencatat surat masuk dan menambahkan pindaiannya"),
        (ROUTE, "Mengarahkan surat masuk, meneruskan atau mengembalikan yang salah alamat"),
        (HANDLE, "Memberi, meneruskan, menindaklanjuti, dan melaporkan disposisi"),
        (OPEN_SECRET, "Membuka isi surat rahasia yang ditujukan kepadanya"),
        (WRITE, "Menyusun, memaraf, dan membaca naskah yang sampai kepadanya"),
        (DISPATCH, "Mencetak, memindai, dan mengirim naskah OPD sendiri"),
        (READ_AGENDA, "Membaca agenda pimpinan OPD sendiri, dan mengisi agenda yang menjadi tugas jabatannya"),
        (MANAGE_ARCHIVE, "Memberkaskan surat dan naskah OPD sendiri, mengatur berkas dan retensinya"),
        (IMPORT, "Mengimpor buku agenda lama OPD sendiri, dan mengurungkannya"),
        (MANAGE_LISTS, "Mengatur daftar kirim OPD sendiri"),
        (MANAGE_ALL_LISTS, "Mengatur daftar kirim seluruh daerah"),
        (MANAGE_NODES, "Mendaftarkan Praja daerah lain yang bertukar surat dengan daerah ini"),
        (STATISTICS, "Membaca statistik surat masuk, disposisi, dan naskah"),
        (CONFIGURE, "Mengatur arahan surat dan sekretaris pimpinan OPD sendiri"),
    ],
    roles: &[
        Role {
            id: "eoffice.tata-usaha",
            title: "Tata usaha",
            permissions: &[
                READ,
                REGISTER,
                ROUTE,
                HANDLE,
                WRITE,
                DISPATCH,
                READ_AGENDA,
                MANAGE_ARCHIVE,
                IMPORT,
                MANAGE_LISTS,
                STATISTICS,
            ],
        },
        Role {
            id: "eoffice.pimpinan",
            title: "Pimpinan OPD",
            permissions: &[READ, OPEN_SECRET, HANDLE, WRITE, READ_AGENDA, STATISTICS, CONFIGURE],
        },
        Role { id: "eoffice.staf", title: "Staf", permissions: &[READ, HANDLE, WRITE, READ_AGENDA] },
        Role {
            id: "eoffice.sekretaris-pimpinan",
            title: "Sekretaris pimpinan",
            permissions: &[READ, HANDLE, WRITE, READ_AGENDA, STATISTICS],
        },
        Role { id: "eoffice.arsiparis", title: "Arsiparis", permissions: &[READ, HANDLE, WRITE, READ_AGENDA, MANAGE_ARCHIVE] },
        Role { id: "eoffice.admin", title: "Admin e-Office", permissions: &[READ, CONFIGURE] },
        Role { id: "eoffice.pengelola", title: "Pengelola e-Office daerah", permissions: &[MANAGE_ALL_LISTS, MANAGE_NODES] },
    ],
    tiles: &[
        Tile { title: "Surat masuk hari ini", access: Access::Needs(READ), value: pages::tile_today },
        Tile { title: "Lewat batas waktu", access: Access::Needs(READ), value: pages::tile_late },
        Tile { title: "Disposisi untuk Anda", access: Access::Needs(HANDLE), value: dispositions::list::tile },
        Tile { title: "Menunggu tanda tangan", access: Access::Needs(WRITE), value: naskah::pages::list::tile_sign },
        Tile { title: "Agenda hari ini", access: Access::Needs(READ_AGENDA), value: acara::pages::list::tile },
        Tile { title: "Belum diberkaskan", access: Access::Needs(MANAGE_ARCHIVE), value: arsip::pages::list::tile },
    ],
    jobs: &[
        JobKind { kind: "eoffice.remind-disposisi", every_s: Some(30 * 60), run: disposisi::remind::run },
        JobKind { kind: amplop::write::SEND, every_s: None, run: amplop::write::run },
        JobKind { kind: srikandi::write::WATCH, every_s: Some(24 * 60 * 60), run: srikandi::write::watch },
        JobKind { kind: impor::kerja::LOOK, every_s: None, run: impor::kerja::look },
        JobKind { kind: impor::kerja::CHECK, every_s: None, run: impor::kerja::check },
        JobKind { kind: impor::kerja::APPLY, every_s: None, run: impor::kerja::apply },
        JobKind { kind: impor::kerja::UNDO, every_s: None, run: impor::kerja::undo },
        JobKind { kind: impor::kerja::CLEAN, every_s: Some(24 * 60 * 60), run: impor::kerja::clean_old },
        JobKind { kind: sekretaris::hak::JOB, every_s: None, run: sekretaris::hak::run },
        JobKind { kind: susut::erase::JOB, every_s: None, run: susut::erase::run },
        JobKind { kind: hitung::mingguan::PLAN, every_s: Some(6 * 60 * 60), run: hitung::mingguan::plan },
        JobKind { kind: hitung::mingguan::JOB, every_s: None, run: hitung::mingguan::run },
    ],
    search: &[SURAT_MASUK, NASKAH],
    api: &[],
    demo: Some(demo::load),
    training: &[
        Scenario {
            id: "eoffice.disposisi",
            title: "Mendisposisi surat sampai laporannya disetujui",
            steps: &[
                "Masuk sebagai pimpinan OPD dan buka surat yang menunggu di Kotak masuk.",
                "Pilih satu penanggung jawab, lalu tekan Kirim disposisi.",
                "Masuk sebagai penerima, buka disposisinya, terima, teruskan kepada staf, lalu laporkan hasilnya.",
                "Kembali sebagai pimpinan: setujui laporan itu, dan lihat surat berstatus Selesai.",
            ],
        },
        Scenario {
            id: "eoffice.surat-masuk",
            title: "Mencatat surat masuk sampai dapat dibaca pimpinan",
            steps: &[
                "Masuk sebagai petugas tata usaha dan buka Surat masuk.",
                "Pilih Catat surat masuk, lalu isi pengirim, nomor, tanggal dan hal seperti pada surat.",
                "Pilih berkas pindaian dan simpan. Perhatikan nomor agenda yang diberikan.",
                "Catat surat yang sama sekali lagi dan baca peringatannya.",
                "Buka surat itu dan lihat siapa yang memegangnya serta batas waktunya.",
            ],
        },
    ],
    listens: &[KalenderBerubah::KIND],
    provide: None,
    event_keys: |_| Keys::none(),
    on_event: Some(surat_masuk::recount::hear),
};
