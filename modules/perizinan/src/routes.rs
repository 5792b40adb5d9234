//! The addresses of the module, each part declared by the file that answers it.

use praja_module::{Access, Outcome, Problem, Route};

use crate::{
    antrean, bank, bantuan, impor, izin, jenis, kuota, layanan, loket, meja, nik, pbg, pembayaran, pengaturan, pengawasan,
    peristiwa, portal, skrd, statistik, survei, tinjau,
};

/// Every part.
const PARTS: &[&[Route]] = &[
    antrean::ROUTES,
    bank::pages::ROUTES,
    bantuan::ROUTES,
    impor::ROUTES,
    izin::meja::ROUTES,
    izin::portal::ROUTES,
    izin::terbit::ROUTES,
    izin::umum::ROUTES,
    jenis::pages::ROUTES,
    kuota::ROUTES,
    layanan::ROUTES,
    loket::ROUTES,
    meja::ROUTES,
    nik::ROUTES,
    pbg::pages::ROUTES,
    pembayaran::pages::ROUTES,
    pengaturan::pages::ROUTES,
    pengawasan::pages::ROUTES,
    peristiwa::pages::ROUTES,
    portal::ROUTES,
    skrd::pages::ROUTES,
    statistik::ROUTES,
    statistik::keadilan::ROUTES,
    survei::ROUTES,
    tinjau::ROUTES,
];

/// Every address.
pub(crate) static ALL: [Route; count(PARTS)] = join(PARTS);

const fn count(parts: &[&[Route]]) -> usize {
    let (mut sum, mut part) = (0, 0);
    while part < parts.len() {
        sum += parts[part].len();
        part += 1;
    }
    sum
}

/// Const functions have no iterators: the parts are copied one by one over a placeholder.
const fn join<const N: usize>(parts: &[&[Route]]) -> [Route; N] {
    let mut all = [Route::get_as("/perizinan", Access::Public, "", |_, _| -> Outcome { Err(Problem::NotFound) }); N];
    let (mut part, mut to) = (0, 0);
    while part < parts.len() {
        let mut at = 0;
        while at < parts[part].len() {
            all[to] = parts[part][at];
            (at, to) = (at + 1, to + 1);
        }
        part += 1;
    }
    all
}
