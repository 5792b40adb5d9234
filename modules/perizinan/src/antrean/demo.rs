//! A few days at the counter for a trainer: how long people waited, and some who wait now.

use praja_kernel::{Date, Moment};
use praja_module::Demo;
use praja_store::{Keys, Result, Tx};

use super::{Prioritas, Status, Tiket, rules, store};

const MINUTE: i64 = 60_000;
/// Days before the first one that have numbers.
const DAYS: i64 = 6;

/// Fills a contoh Instance once.
pub(crate) fn load(demo: &Demo<'_>) -> Result<()> {
    let (instance, anchor) = (demo.instance, demo.anchor);
    let zona = instance.zona;
    let opening = move |day: Date| zona.start_of(day).plus_ms(8 * 60 * MINUTE);
    instance.db.write(&instance.by_system("perizinan.load-demo"), Keys::none(), move |tx| {
        if store::last(tx, anchor, "A")? > 0 {
            return Ok(());
        }
        let mut day = anchor;
        for before in 0..=DAYS {
            fill(tx, day, opening(day), before == 0)?;
            day = day.yesterday().unwrap_or(day);
        }
        Ok(())
    })
}

fn fill(tx: &mut Tx<'_>, day: Date, opening: Moment, is_today: bool) -> Result<()> {
    for (at, service) in (0_i64..).zip(rules::shipped()) {
        for urut in 1..=(7 - at) {
            let dibuat = opening.plus_ms((urut * 11 + at * 3) * MINUTE);
            let mut one = Tiket {
                id: tx.new_id()?,
                tanggal: day,
                huruf: service.huruf.clone(),
                urut,
                layanan: service.nama.clone(),
                status: Status::Menunggu,
                prioritas: (urut == 3 && at == 0).then_some(Prioritas::Lansia),
                dibuat,
                dipanggil: Moment(0),
                panggilan: Moment(0),
                kali: 0,
                loket: 0,
                petugas: String::new(),
                selesai: Moment(0),
                versi: 1,
            };
            store::insert(tx, &one, "loket")?;
            if is_today && urut > 4 {
                continue;
            }
            let called = dibuat.plus_ms((4 + urut * 2 + at) * MINUTE);
            (one.dipanggil, one.panggilan, one.kali, one.loket) = (called, called, 1, at % 3 + 1);
            one.status = if urut == 5 { Status::Dilewati } else { Status::Selesai };
            if one.status == Status::Selesai {
                one.selesai = called.plus_ms((6 + at) * MINUTE);
            }
            store::update(tx, &one, "")?;
        }
    }
    Ok(())
}
