//! The digest: what can wait goes together, at the hour and on the days that each person chose; at first on each working morning.

use praja_kernel::{Date, DateTime, Derajat, Id, words};
use praja_module::{Instance, Jenis};
use praja_store::{Keys, Result, StoreError, Tx};
use serde::{Deserialize, Serialize};

use super::{Isi, Kiriman, Muatan, Status, store};
use crate::{calendar, choices::store as prefs, notices};

/// A digest names so many; the rest is a number.
const NAMED: usize = 20;
/// In whose name digests are written.
const OWNER: &str = "sistem:desk.digest";
/// Where a person's choice and the day of the last digest are kept, each under its owner.
const CHOICE: &str = "ringkasan";
const LAST: &str = "ringkasan-terakhir";

words! {
    /// On which days a person wants the digest.
    pub enum Hari ("hari ringkasan") {
        /// When offices are open.
        Kerja => "kerja", "Setiap hari kerja";
        /// Also on days off.
        Semua => "semua", "Setiap hari, juga hari libur";
        /// The first day of the week.
        Senin => "senin", "Setiap Senin";
        /// Begin and end of the week.
        SeninKamis => "senin-kamis", "Setiap Senin dan Kamis";
    }
}

/// When a person wants the digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waktu {
    /// From this local hour on.
    pub jam: i8,
    /// On these days.
    pub hari: Hari,
}

impl Default for Waktu {
    fn default() -> Self {
        Self { jam: 7, hari: Hari::Kerja }
    }
}

impl Waktu {
    /// From the words of a form.
    pub(crate) fn read(jam: &str, hari: &str) -> Option<Self> {
        let jam = jam.trim().parse().ok().filter(|hour| (0..=23).contains(hour))?;
        Some(Self { jam, hari: Hari::parse(hari).ok()? })
    }
}

/// What a person (as [`praja_kernel::Actor::key`]) chose.
pub(crate) fn chosen(tx: &mut Tx<'_>, who: &str) -> Result<Waktu> {
    match prefs::setting(tx, who, CHOICE)? {
        Some(text) => serde_json::from_str(&text).map_err(|e| StoreError::Corrupt(format!("pilihan ringkasan: {e}"))),
        None => Ok(Waktu::default()),
    }
}

/// Keeps what a person chose.
pub(crate) fn choose(tx: &mut Tx<'_>, who: &str, waktu: Waktu) -> Result<()> {
    let text = serde_json::to_string(&waktu).map_err(|e| StoreError::Corrupt(e.to_string()))?;
    prefs::put_setting(tx, who, CHOICE, &text)
}

/// Is it time? From the chosen hour on a chosen day, once a day.
pub(crate) fn is_due(now: DateTime, working: bool, last: Option<Date>, waktu: Waktu) -> bool {
    let day = match waktu.hari {
        Hari::Kerja => working,
        Hari::Semua => true,
        Hari::Senin => now.weekday().to_monday_one_offset() == 1,
        Hari::SeninKamis => matches!(now.weekday().to_monday_one_offset(), 1 | 4),
    };
    day && now.hour() >= waktu.jam && last.is_none_or(|last| last < now.date())
}

/// The lines of a digest, and how many notices it stands for.
pub(crate) fn lines(titles: &[&str]) -> String {
    let mut out: Vec<String> = titles.iter().take(NAMED).map(|title| format!("- {title}")).collect();
    if titles.len() > NAMED {
        out.push(format!("- dan {} kabar lain", titles.len() - NAMED));
    }
    out.join("\n")
}

/// The job: looks every few minutes for whom it is time.
pub(crate) fn run(instance: &Instance, _: &str) -> Result<()> {
    if instance.jenis == Jenis::Contoh {
        return Ok(());
    }
    let (now, today) = (instance.zona.local(instance.now()), instance.today());
    // A year beyond the calendar has no holidays we know of, and a digest a day too many harms nobody.
    let working = instance.db.read(|tx| calendar::of(tx, today))?.is_working(today).unwrap_or(true);
    let by = instance.by_system("desk.digest");
    let mut after: Option<(String, Id)> = None;
    // A day's digest covers all ways of a reader, so the day is noted behind the last of them.
    let mut reader: Option<(String, bool)> = None;
    // One reader per write: nobody waits behind the whole regency's digests.
    loop {
        let from = after.clone();
        let found = instance.db.read(|tx| store::next_reader(tx, from.as_ref().map(|(reader, way)| (reader.as_str(), *way))))?;
        let known = reader.as_ref().is_some_and(|(name, _)| found.as_ref().is_some_and(|(next, _)| next == name));
        if let Some((name, true)) = reader.take_if(|_| !known) {
            instance.db.write(&by, Keys::unaudited(), move |tx| prefs::put_setting(tx, &name, LAST, &today.to_string()))?;
        }
        let Some((penerima, saluran)) = found else { break };
        let due = match &reader {
            Some((_, due)) => *due,
            None => instance.db.read(|tx| {
                let last = prefs::setting(tx, &penerima, LAST)?.and_then(|day| day.parse().ok());
                Ok::<_, StoreError>(is_due(now, working, last, chosen(tx, &penerima)?))
            })?,
        };
        if due {
            let name = penerima.clone();
            instance.db.write(&by, Keys::unaudited(), move |tx| compose(tx, &name, saluran))?;
        }
        reader = Some((penerima.clone(), due));
        after = Some((penerima, saluran));
    }
    Ok(())
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
        berkas: None,
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
