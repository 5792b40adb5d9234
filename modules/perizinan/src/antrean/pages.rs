//! The queue on screen: what anybody sees, what officers do, what is set.

mod angka;
mod atur;
mod meja;
mod umum;

use praja_kernel::Moment;
use praja_module::{Access, Ctx, Problem, Route};
use praja_web::{Markup, assets, html};

use super::Loket;
use crate::{CONFIGURE, READ, RECEIVE};

/// Where anybody takes a number.
pub(super) const PUBLIC: &str = "/perizinan/antrean";
/// The officers' side.
pub(super) const DESK: &str = "/perizinan/izin/antrean";
/// What a device at the counter remembers: its number and the letters it serves.
const COUNTER: &str = "praja_loket";
/// What a device that gives numbers remembers, sealed.
const MACHINE: &str = "praja_mesin_antrean";
/// What the phone of somebody who waits remembers.
const MINE: &str = "praja_antrean";
/// A device at the counter stays what it is for so long, in seconds.
const YEAR_S: i64 = 365 * 24 * 60 * 60;

pub(crate) const ROUTES: &[Route] = &[
    Route::get_as(PUBLIC, Access::Public, "Mengambil nomor antrean", umum::ask),
    Route::post_as(PUBLIC, Access::Public, "Memberi nomor antrean", umum::take),
    Route::get_as("/perizinan/antrean/layar", Access::Public, "Layar panggilan antrean", umum::screen),
    Route::get_as("/perizinan/antrean/tiket/{id}", Access::Public, "Satu nomor antrean", umum::ticket),
    Route::get(DESK, RECEIVE, "Antrean loket", meja::show),
    Route::post("/perizinan/izin/antrean/loket", RECEIVE, "Memilih loket perangkat ini", meja::choose),
    Route::post("/perizinan/izin/antrean/mesin", RECEIVE, "Menjadikan perangkat mesin antrean", meja::machine),
    Route::post("/perizinan/izin/antrean/beri", RECEIVE, "Memberi nomor antrean di loket", meja::give),
    Route::post("/perizinan/izin/antrean/panggil", RECEIVE, "Memanggil nomor berikutnya", meja::call_next),
    Route::post("/perizinan/izin/antrean/dahulukan", RECEIVE, "Mendahulukan nomor antrean", meja::prefer),
    Route::get("/perizinan/izin/antrean/layanan", CONFIGURE, "Layanan loket dengan huruf antreannya", atur::show),
    Route::post("/perizinan/izin/antrean/layanan", CONFIGURE, "Menambah layanan loket", atur::add),
    Route::post("/perizinan/izin/antrean/cara", CONFIGURE, "Menyimpan cara mengambil nomor", atur::save_way),
    Route::get("/perizinan/izin/antrean/layanan/{huruf}", CONFIGURE, "Formulir satu layanan loket", atur::edit),
    Route::post("/perizinan/izin/antrean/layanan/{huruf}", CONFIGURE, "Mengubah layanan loket", atur::save),
    Route::get("/perizinan/izin/antrean/statistik", READ, "Waktu tunggu di loket", angka::show),
    Route::get("/perizinan/izin/antrean/statistik/unduh", READ, "Mengunduh waktu tunggu di loket", angka::download),
    Route::post("/perizinan/izin/antrean/{id}/panggil", RECEIVE, "Memanggil satu nomor", meja::call),
    Route::post("/perizinan/izin/antrean/{id}/lagi", RECEIVE, "Memanggil nomor sekali lagi", meja::again),
    Route::post("/perizinan/izin/antrean/{id}/lewati", RECEIVE, "Melewati nomor yang tidak datang", meja::skip),
    Route::post("/perizinan/izin/antrean/{id}/selesai", RECEIVE, "Menyelesaikan pelayanan satu nomor", meja::finish),
];

/// The counter of this device and the letters it serves; none while nobody has said.
fn counter(ctx: &Ctx) -> Option<(i64, Vec<String>)> {
    let (number, letters) = ctx.sent_cookie(COUNTER)?.split_once('-')?;
    let number = number.parse().ok().filter(|number| (1..=super::rules::MOST_COUNTERS).contains(number))?;
    let letters = letters.chars().filter(char::is_ascii_uppercase).map(String::from).collect();
    Some((number, letters))
}

/// The counter with whoever sits there; number 0 on a device that has none.
fn seat(ctx: &Ctx) -> Result<Loket, Problem> {
    let actor = &ctx.scope()?.actor;
    let nomor = counter(ctx).map_or(0, |(number, _)| number);
    Ok(Loket { nomor, petugas: actor.key(), petugas_nama: actor.nama().to_owned() })
}

/// "09.15"
fn clock(ctx: &Ctx, at: Moment) -> String {
    let local = ctx.instance().zona.local(at);
    format!("{:02}.{:02}", local.hour(), local.minute())
}

/// The style of what stands on a screen far away and of what is printed on narrow paper.
fn style() -> Markup {
    html! { link rel="stylesheet" href=(assets::url("antrean.css")); }
}

fn script() -> Markup {
    html! { script src=(assets::url("antrean.js")) defer {} }
}
