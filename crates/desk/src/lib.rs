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
mod hak;
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
mod routes;
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
pub use hak::{
    ANSWER_PENGADUAN, INSPECT_PENGADUAN, MANAGE_ALL_REGISTER, MANAGE_CALENDAR, MANAGE_DATA_PRIBADI, MANAGE_INSTANSI,
    MANAGE_LOKET, MANAGE_NOTICES, MANAGE_PENGADUAN, MANAGE_REGISTER, MANAGE_TTE, PEGAWAI, PENGAWAS, PENGELOLA, PENJAWAB,
    READ_ANGKA, READ_KEPUASAN, READ_LATIHAN, READ_UKUR, RECORD_PENGADUAN, USE_DESK,
};
use include_dir::{Dir, include_dir};
use praja_module::{Access, Aids, JobKind, Menu, MenuGroup, Module, Ports, Role, events::PenugasanChanged};
use praja_store::{Delivery, Event, Keys, MigrationSet, Result, Tx};

static MIGRATIONS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/migrations");

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
    routes: routes::ALL,
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
