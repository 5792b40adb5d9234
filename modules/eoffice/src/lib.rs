//! What the service module eoffice declares: letters that come in, with agenda number, scan and deadline.

mod demo;
mod surat_masuk;
#[cfg(test)]
mod testing;

use include_dir::{Dir, include_dir};
use praja_desk::attachments::{MAX_BYTES, MAX_FILES};
use praja_kernel::{Id, Permission};
use praja_module::{Access, Menu, MenuGroup, Module, Role, Route, Scenario, Tile};
use praja_store::{Keys, MigrationSet};

use surat_masuk::pages;

static MIGRATIONS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/migrations");

/// This module.
pub(crate) const ID: &str = "eoffice";
/// What its letters are called in search results.
pub(crate) const SURAT_MASUK: &str = "surat masuk";
/// The group of the agenda books in desk's registers.
pub(crate) const AGENDA: &str = "eoffice.surat-masuk";
/// The table of letters, which names them in audit, tasks and attachments.
pub(crate) const TABLE: &str = "eoffice_surat_masuk";

/// Reads the agenda of the own OPD.
pub const READ: Permission = Permission::new("eoffice.read-surat-masuk");
/// Registers letters and adds their scans.
pub const REGISTER: Permission = Permission::new("eoffice.register-surat-masuk");
/// Opens secret letters addressed to the own post; each opening is written down.
pub const OPEN_SECRET: Permission = Permission::new("eoffice.open-surat-rahasia");

/// The name of a letter in audit, tasks, attachments and events.
pub(crate) fn objek(id: Id) -> String {
    format!("{TABLE}:{id}")
}

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
        Route::get("/eoffice/surat-masuk", READ, "Buku agenda surat masuk", pages::list),
        Route::get("/eoffice/surat-masuk/unduh", READ, "Mengunduh daftar surat masuk yang tampil", pages::download),
        Route::get("/eoffice/surat-masuk/baru", REGISTER, "Formulir surat masuk baru", pages::form::show),
        Route::post("/eoffice/surat-masuk/baru", REGISTER, "Mencatat surat masuk", pages::form::save)
            .with_upload(MAX_BYTES, MAX_FILES),
        Route::get("/eoffice/surat-masuk/{id}", READ, "Satu surat masuk", pages::show::show),
        Route::post("/eoffice/surat-masuk/{id}/buka", OPEN_SECRET, "Membuka isi surat rahasia", pages::show::open),
        Route::post("/eoffice/surat-masuk/{id}/pindaian", REGISTER, "Menambahkan pindaian surat masuk", pages::show::scan)
            .with_upload(MAX_BYTES, MAX_FILES),
    ],
    menu: &[Menu {
        label: "Surat masuk",
        href: "/eoffice/surat-masuk",
        icon: "mail",
        access: Access::Needs(READ),
        group: MenuGroup::Layanan,
    }],
    permissions: &[
        (READ, "Membaca buku agenda surat masuk OPD sendiri"),
        (REGISTER, "Mencatat surat masuk dan menambahkan pindaiannya"),
        (OPEN_SECRET, "Membuka isi surat rahasia yang ditujukan kepadanya"),
    ],
    roles: &[
        Role { id: "eoffice.tata-usaha", title: "Tata usaha", permissions: &[READ, REGISTER] },
        Role { id: "eoffice.pimpinan", title: "Pimpinan OPD", permissions: &[READ, OPEN_SECRET] },
        Role { id: "eoffice.staf", title: "Staf", permissions: &[READ] },
        Role { id: "eoffice.arsiparis", title: "Arsiparis", permissions: &[READ] },
    ],
    tiles: &[
        Tile { title: "Surat masuk hari ini", access: Access::Needs(READ), value: pages::tile_today },
        Tile { title: "Lewat batas waktu", access: Access::Needs(READ), value: pages::tile_late },
    ],
    jobs: &[],
    search: &[SURAT_MASUK],
    api: &[],
    demo: Some(demo::load),
    training: &[Scenario {
        id: "eoffice.surat-masuk",
        title: "Mencatat surat masuk sampai dapat dibaca pimpinan",
        steps: &[
            "Masuk sebagai petugas tata usaha dan buka Surat masuk.",
            "Pilih Catat surat masuk, lalu isi pengirim, nomor, tanggal dan hal seperti pada surat.",
            "Pilih berkas pindaian dan simpan. Perhatikan nomor agenda yang diberikan.",
            "Catat surat yang sama sekali lagi dan baca peringatannya.",
            "Buka surat itu dan lihat siapa yang memegangnya serta batas waktunya.",
        ],
    }],
    listens: &[],
    provide: None,
    event_keys: |_| Keys::none(),
    on_event: None,
};
