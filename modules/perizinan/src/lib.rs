//! What the service module perizinan declares: every licence and service that the regency issues itself, from application to document.

mod alur;
mod antarmuka;
mod antrean;
mod bank;
mod bantuan;
mod demo;
mod hak;
mod impor;
mod izin;
mod jenis;
mod kerja;
mod kuota;
mod layanan;
mod loket;
mod meja;
mod nik;
mod pbg;
mod pembayaran;
mod pengaturan;
pub mod pengawasan;
mod peristiwa;
mod permohonan;
mod portal;
mod rekomendasi;
mod routes;
mod rumus;
mod skrd;
mod sla;
mod statistik;
mod survei;
#[cfg(test)]
mod testing;
mod tinjau;

use include_dir::{Dir, include_dir};
use praja_desk::READ_ANGKA;
use praja_kernel::Id;
use praja_module::events::{KalenderBerubah, PengaduanBerubah};
use praja_module::{Access, JobKind, Menu, MenuGroup, Module, Tile};
use praja_store::{Event, Keys, MigrationSet};

pub use hak::*;

static MIGRATIONS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/migrations");

/// This module.
pub(crate) const ID: &str = "perizinan";
/// The table of applications, which names them in audit, tasks and attachments.
pub(crate) const TABLE: &str = "perizinan_permohonan";

/// What applications are called in search results.
pub(crate) const PERMOHONAN: &str = "permohonan izin";

/// The name of an application in audit, tasks, attachments and events.
pub(crate) fn objek(id: Id) -> String {
    format!("{TABLE}:{id}")
}

/// The way to the bill of an application, for its treasurer.
pub(crate) fn skrd_link(one: &permohonan::Permohonan) -> praja_web::Markup {
    let label = if one.status == alur::Status::DitetapkanSkrd { "Terbitkan SKRD" } else { "Lihat SKRD" };
    praja_web::act_bar(&[praja_web::Act::link(label, skrd::pages::tagihan::of(one)).main()])
}

/// The module.
pub static MODULE: Module = Module {
    id: ID,
    title: "Perizinan",
    legal_basis: &[
        "UU 25/2009 tentang Pelayanan Publik dan PP 96/2012",
        "UU 30/2014 tentang Administrasi Pemerintahan",
        "Perpres 97/2014 dan Permendagri 138/2017 tentang Penyelenggaraan Pelayanan Terpadu Satu Pintu Daerah",
        "PermenPANRB 15/2014 tentang Standar Pelayanan dan PermenPANRB 14/2017 tentang Survei Kepuasan Masyarakat",
        "UU 27/2022 tentang Pelindungan Data Pribadi",
    ],
    needs: &[],
    migrations: || MigrationSet::from_dir(ID, &MIGRATIONS),
    routes: &routes::ALL,
    menu: &[
        Menu {
            label: "Permohonan izin",
            href: "/perizinan/izin",
            icon: "document",
            access: Access::Needs(READ),
            group: MenuGroup::Layanan,
        },
        Menu {
            label: "Loket perizinan",
            href: loket::PAGE,
            icon: "person",
            access: Access::Needs(RECEIVE),
            group: MenuGroup::Layanan,
        },
        Menu {
            label: "Tanda tangan izin",
            href: izin::tanda_tangan::PAGE,
            icon: "sign",
            access: Access::Needs(SIGN),
            group: MenuGroup::Layanan,
        },
        Menu {
            label: "Permohonan saya",
            href: "/perizinan/saya",
            icon: "document",
            access: Access::Warga,
            group: MenuGroup::Layanan,
        },
        Menu {
            label: "Tinjau penolakan",
            href: "/perizinan/izin/tinjau-tolak",
            icon: "shield",
            access: Access::Needs(INSPECT),
            group: MenuGroup::Layanan,
        },
        Menu {
            label: "Statistik pelayanan",
            href: statistik::PAGE,
            icon: "chart",
            access: Access::Public,
            group: MenuGroup::Layanan,
        },
        Menu {
            label: "Keadilan layanan",
            href: statistik::keadilan::PAGE,
            icon: "shield",
            access: Access::Needs(INSPECT),
            group: MenuGroup::Layanan,
        },
        Menu {
            label: "Ekspor pengawasan",
            href: pengawasan::pages::PAGE,
            icon: "shield",
            access: Access::Needs(INSPECT),
            group: MenuGroup::Layanan,
        },
        Menu {
            label: "Retribusi",
            href: skrd::pages::LIST,
            icon: "money",
            access: Access::Needs(COLLECT),
            group: MenuGroup::Layanan,
        },
        Menu {
            label: "Izin yang terbit",
            href: izin::terbit::PAGE,
            icon: "document",
            access: Access::Needs(READ),
            group: MenuGroup::Layanan,
        },
        Menu {
            label: "Izin setiap bulan",
            href: "/perizinan/izin/bulanan",
            icon: "chart",
            access: Access::Needs(READ_ANGKA),
            group: MenuGroup::Layanan,
        },
        Menu {
            label: "Antrean loket",
            href: "/perizinan/izin/antrean",
            icon: "people",
            access: Access::Needs(RECEIVE),
            group: MenuGroup::Layanan,
        },
        Menu {
            label: "Jenis layanan",
            href: jenis::pages::LIST,
            icon: "settings",
            access: Access::Needs(CONFIGURE),
            group: MenuGroup::Layanan,
        },
        Menu {
            label: "Pemeriksaan lapangan",
            href: survei::LIST,
            icon: "work",
            access: Access::Needs(SURVEY),
            group: MenuGroup::Layanan,
        },
        Menu {
            label: "Uji ulang lapangan",
            href: "/perizinan/izin/uji-ulang",
            icon: "shield",
            access: Access::Needs(INSPECT),
            group: MenuGroup::Layanan,
        },
        Menu {
            label: "Layanan berbantuan",
            href: "/perizinan/izin/bantuan",
            icon: "work",
            access: Access::Needs(READ),
            group: MenuGroup::Layanan,
        },
        Menu {
            label: "Impor izin lama",
            href: impor::pages::LIST,
            icon: "upload",
            access: Access::Needs(IMPORT),
            group: MenuGroup::Layanan,
        },
        Menu {
            label: "Kuota tempat",
            href: kuota::DESK,
            icon: "settings",
            access: Access::Needs(CONFIGURE),
            group: MenuGroup::Layanan,
        },
        Menu {
            label: "Pengaturan perizinan",
            href: "/perizinan/izin/pengaturan",
            icon: "settings",
            access: Access::Needs(CONFIGURE),
            group: MenuGroup::Administrasi,
        },
    ],
    permissions: hak::PERMISSIONS,
    roles: hak::ROLES,
    tiles: &[
        Tile { title: "Giliran Anda di perizinan", access: Access::Needs(READ), value: meja::daftar::tile },
        Tile { title: "Izin bulan ini", access: Access::Needs(READ_ANGKA), value: peristiwa::pages::tile },
    ],
    jobs: &[
        JobKind { kind: izin::ingat::REMIND, every_s: Some(6 * 60 * 60), run: izin::ingat::run },
        JobKind { kind: impor::kerja::LOOK, every_s: None, run: impor::kerja::look },
        JobKind { kind: impor::kerja::CHECK, every_s: None, run: impor::kerja::check },
        JobKind { kind: impor::kerja::APPLY, every_s: None, run: impor::kerja::apply },
        JobKind { kind: impor::kerja::UNDO, every_s: None, run: impor::kerja::undo },
        JobKind { kind: impor::kerja::CLEAN, every_s: Some(24 * 60 * 60), run: impor::kerja::clean_old },
        JobKind { kind: kerja::WATCH, every_s: Some(15 * 60), run: kerja::watch },
        JobKind { kind: pengawasan::kerja::BEGIN, every_s: Some(60 * 60), run: pengawasan::kerja::begin },
        JobKind { kind: pengawasan::kerja::WRITE, every_s: None, run: pengawasan::kerja::write },
        JobKind { kind: statistik::kerja::COUNT, every_s: Some(statistik::kerja::EVERY_S), run: statistik::kerja::run },
        JobKind { kind: kuota::FILL, every_s: Some(15 * 60), run: kuota::fill },
        JobKind { kind: kerja::CLEAN, every_s: Some(24 * 60 * 60), run: kerja::clean },
    ],
    search: &[PERMOHONAN],
    api: antarmuka::ALL,
    demo: Some(demo::load),
    training: &[
        include_str!("../latihan/loket.yaml"),
        include_str!("../latihan/pemeriksa.yaml"),
        include_str!("../latihan/rekomendasi.yaml"),
        include_str!("../latihan/paraf.yaml"),
        include_str!("../latihan/surveyor.yaml"),
        include_str!("../latihan/bendahara.yaml"),
        include_str!("../latihan/kabid.yaml"),
        include_str!("../latihan/sekretaris.yaml"),
        include_str!("../latihan/kepala.yaml"),
        include_str!("../latihan/pengelola.yaml"),
        include_str!("../latihan/pengawas.yaml"),
        include_str!("../latihan/pemeriksa-luar.yaml"),
    ],
    listens: &[KalenderBerubah::KIND, PengaduanBerubah::KIND],
    provide: Some(|ports| {
        ports.known_strangers.push(portal::known);
        ports.offline.push(survei::offline);
        ports.sign_in_notes.push(pengaturan::sign_in_note);
    }),
    event_keys: |_| Keys::of([pengawasan::rantai::key()]),
    on_event: Some(kerja::hear),
};
