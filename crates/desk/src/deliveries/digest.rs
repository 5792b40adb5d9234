//! The daily digest: what can wait goes together, once on each working morning.

use praja_kernel::{Date, DateTime, Derajat, Id};
use praja_module::{Instance, Jenis};
use praja_store::{Keys, Result, StoreError, Tx};

use super::{Isi, Kiriman, Muatan, Status, store};
use crate::{calendar, choices::store as prefs, notices};

/// Digests leave from this local hour on.
const HOUR: i8 = 7;
/// A digest names so many; the rest is a number.
const NAMED: usize = 20;
/// Where the day of the last digest is kept.
const OWNER: &str = "sistem:desk.digest";
const LAST: &str = "hari";

/// Is it time? From seven on a working day, once a day.
pub(crate) fn is_due(now: DateTime, working: bool, last: Option<Date>) -> bool {
    working && now.hour() >= HOUR && last.is_none_or(|last| last < now.date())
}

/// The lines of a digest, and how many notices it stands for.
pub(crate) fn lines(titles: &[&str]) -> String {
    let mut out: Vec<String> = titles.iter().take(NAMED).map(|title| format!("- {title}")).collect();
    if titles.len() > NAMED {
        out.push(format!("- dan {} kabar lain", titles.len() - NAMED));
    }
    out.join("\n")
}

/// The job: looks every few minutes whether it is time.
pub(crate) fn run(instance: &Instance, _: &str) -> Result<()> {
    let (now, today) = (instance.zona.local(instance.now()), instance.today());
    let due = instance.db.read(|tx| {
        let last = prefs::setting(tx, OWNER, LAST)?.and_then(|day| day.parse().ok());
        // A year beyond the calendar has no holidays we know of, and a digest a day too many harms nobody.
        let working = calendar::of(tx, today)?.is_working(today).unwrap_or(true);
        Ok::<_, StoreError>(is_due(now, working, last))
    })?;
    if !due || instance.jenis == Jenis::Contoh {
        return Ok(());
    }
    let by = instance.by_system("desk.digest");
    let mut after: Option<(String, Id)> = None;
    // One reader per write: nobody waits behind the whole regency's digests.
    loop {
        let from = after.clone();
        let found = instance.db.read(|tx| store::next_reader(tx, from.as_ref().map(|(reader, way)| (reader.as_str(), *way))))?;
        let Some((penerima, saluran)) = found else { break };
        let reader = penerima.clone();
        instance.db.write(&by, Keys::unaudited(), move |tx| compose(tx, &reader, saluran))?;
        after = Some((penerima, saluran));
    }
    instance.db.write(&by, Keys::unaudited(), move |tx| prefs::put_setting(tx, OWNER, LAST, &today.to_string()))
}

fn compose(tx: &mut Tx<'_>, penerima: &str, saluran: Id) -> Result<()> {
    let (mut fresh, mut read): (Vec<Kiriman>, Vec<Kiriman>) = (Vec::new(), Vec::new());
    for one in store::for_digest(tx, penerima, saluran)? {
        let unread = match one.kabar {
            Some(kabar) => notices::store::get(tx, kabar)?.is_some_and(|kabar| kabar.status == notices::Status::Baru),
            None => true,
        };
        if unread { fresh.push(one) } else { read.push(one) }
    }
    for one in &read {
        store::end(tx, one, Status::Batal, Some("Sudah dibaca di Praja."), 0)?;
    }
    let Some(first) = fresh.first() else { return Ok(()) };
    let titles: Vec<&str> = fresh.iter().map(|one| one.judul.as_str()).collect();
    let muatan = Muatan {
        isi: lines(&titles),
        tautan: "/kabar".into(),
        derajat: Derajat::Biasa,
        dari: "Praja (otomatis)".into(),
        jumlah: fresh.len(),
    };
    let judul = format!("{} kabar menunggu Anda", fresh.len());
    let new = store::New {
        kabar: None,
        saluran,
        penerima,
        penerima_nama: &first.penerima_nama,
        alamat: &first.alamat,
        jenis: Isi::Ringkasan,
        judul: &judul,
        muatan: &muatan,
        oleh: OWNER,
        status: Status::Menunggu,
        sebab: None,
    };
    let id = super::queue(tx, &new)?;
    for one in &fresh {
        store::digested(tx, one.id, id)?;
    }
    Ok(())
}
