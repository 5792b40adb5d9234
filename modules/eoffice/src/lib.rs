//! What the service module eoffice declares: letters that come in, and the orders (disposisi) given on them.

mod acara;
mod amplop;
mod antarmuka;
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
mod routes;
mod sekretaris;
mod simpul;
mod srikandi;
mod surat_masuk;
mod susut;
mod teks;
#[cfg(test)]
mod testing;

use include_dir::{Dir, include_dir};
use praja_kernel::{Id, Permission};
use praja_module::events::{IzinDitindak, IzinDitolak, IzinTerbit, KalenderBerubah};
use praja_module::{Access, JobKind, Menu, MenuGroup, Module, Role, Tile};
use praja_store::{Delivery, Event, Keys, MigrationSet, Result, Tx};

use disposisi::pages as dispositions;
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
    routes: routes::ALL,
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
        JobKind { kind: teks::JOB, every_s: None, run: teks::run },
        JobKind { kind: teks::OLD, every_s: Some(60 * 60), run: teks::run_old },
        JobKind { kind: hitung::mingguan::PLAN, every_s: Some(6 * 60 * 60), run: hitung::mingguan::plan },
        JobKind { kind: hitung::mingguan::JOB, every_s: None, run: hitung::mingguan::run },
        JobKind { kind: arsip::izin::FILE, every_s: None, run: arsip::izin::run },
        JobKind { kind: arsip::izin::CATCH_UP, every_s: Some(60 * 60), run: arsip::izin::catch_up },
    ],
    search: &[SURAT_MASUK, NASKAH],
    api: antarmuka::ALL,
    demo: Some(demo::load),
    training: &[
        include_str!("../latihan/surat-masuk.yaml"),
        include_str!("../latihan/disposisi.yaml"),
        include_str!("../latihan/atas-arahan.yaml"),
        include_str!("../latihan/tindak-lanjut.yaml"),
        include_str!("../latihan/naskah.yaml"),
        include_str!("../latihan/berkas.yaml"),
        include_str!("../latihan/aturan-arahan.yaml"),
        include_str!("../latihan/daftar-kirim.yaml"),
    ],
    listens: &[KalenderBerubah::KIND, IzinTerbit::KIND, IzinDitolak::KIND, IzinDitindak::KIND],
    provide: Some(|ports| ports.offline.push(naskah::pages::list::offline)),
    event_keys: |_| Keys::none(),
    on_event: Some(hear),
};

/// Deadlines follow the calendar; papers of other services come into the archive.
fn hear(tx: &mut Tx<'_>, delivery: &Delivery) -> Result<()> {
    surat_masuk::recount::hear(tx, delivery)?;
    arsip::izin::hear(tx, delivery)
}
