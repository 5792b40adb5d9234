//! Events: saved with what happened, delivered afterwards at least once, in order per object; the mark "done" is written in the
//! transaction of the listener, so its effect happens once.

use std::sync::Arc;

use praja_kernel::{Id, IdSource, Moment};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    By, Db, Keys, Result, StoreError, Tx,
    engine::{self, Counter},
    params,
};

/// A delivery is tried this often before it waits for a person.
pub const ATTEMPTS: i64 = 8;

/// How long deliveries to a module that is not in this binary rest before they are looked at again: an hour.
const HOLD_MS: i64 = 60 * 60 * 1000;

/// Something that happened, told to others afterwards. Versioned: a listener may meet an older shape.
pub trait Event: Serialize + DeserializeOwned {
    /// `<module>.<what-happened>`.
    const KIND: &'static str;
    /// Raised when the shape changes.
    const VERSION: i64;
    /// The thing it happened to, `<table>:<id>`: deliveries are in order per object.
    fn object(&self) -> String;
}

/// An event as its listener gets it.
#[derive(Debug, Clone)]
pub struct Delivery {
    /// Identity of the event.
    pub id: Id,
    /// [`Event::KIND`].
    pub kind: String,
    /// [`Event::VERSION`] at the time.
    pub version: i64,
    /// [`Event::object`].
    pub object: String,
    /// Who caused it, as [`praja_kernel::Actor::key`].
    pub actor: String,
    /// The OPD acted for.
    pub opd: Option<Id>,
    /// When it happened.
    pub at: Moment,
    payload: String,
}

impl Delivery {
    /// The event itself, when it is of kind `E`.
    pub fn read<E: Event>(&self) -> Result<Option<E>> {
        if self.kind != E::KIND {
            return Ok(None);
        }
        let event = serde_json::from_str(&self.payload);
        event.map(Some).map_err(|e| StoreError::Corrupt(format!("event {}: {e}", self.id)))
    }
}

/// What a listener does, in the transaction that marks the delivery done.
pub type Hear = Arc<dyn Fn(&mut Tx<'_>, &Delivery) -> Result<()> + Send + Sync>;

/// A module that listens.
#[derive(Clone)]
pub struct Listener {
    /// The module.
    pub module: &'static str,
    /// The keys its writes need for this event.
    pub keys: fn(&Delivery) -> Keys,
    /// What it does.
    pub hear: Hear,
}

impl Db {
    /// Says that `module` listens to events of `kind`. Given once, when the application is put together.
    pub fn subscribe(&self, kind: &str, module: &'static str) {
        let mut all = self.shared().subscribers.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        let entry = (kind.to_owned(), module);
        if !all.contains(&entry) {
            all.push(entry);
        }
    }

    /// Delivers what is due, at most `limit` deliveries, and gives how many were tried. Undelivered events of the same object
    /// wait for the one before them; a dead letter blocks only its object.
    pub fn deliver_due(&self, listeners: &[Listener], now: Moment, ids: &Arc<dyn IdSource>, limit: usize) -> Result<usize> {
        let mut tried = 0;
        while tried < limit {
            let due = self.read(|tx| next_due(tx, now))?;
            if due.is_empty() {
                break;
            }
            for (module, delivery) in due {
                tried += 1;
                let Some(listener) = listeners.iter().find(|listener| listener.module == module) else {
                    // The module was taken out of this binary: its letters wait until it is back.
                    self.hold(&module, &delivery, now, ids)?;
                    continue;
                };
                self.deliver_one(listener, &delivery, now, ids)?;
            }
        }
        Ok(tried)
    }

    /// Dead letters: module, event, object, last cause.
    pub fn dead_letters(&self) -> Result<Vec<(String, Id, String, String)>> {
        self.read(|tx| {
            tx.list(
                "SELECT modul, peristiwa, objek, COALESCE(kesalahan, '') FROM store_kiriman
                 WHERE status = 'mati' ORDER BY coba_pada, urut LIMIT 200",
                &[],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
            )
        })
    }

    /// Puts a dead letter back in the queue, after its cause was mended.
    pub fn revive_letter(&self, by: &By, module: &str, event: Id) -> Result<()> {
        let module = module.to_owned();
        self.write(by, Keys::unaudited(), move |tx| {
            let now = tx.now()?;
            tx.exec(
                "UPDATE store_kiriman SET status = 'menunggu', percobaan = 0, coba_pada = ?3
                 WHERE modul = ?1 AND peristiwa = ?2 AND status = 'mati'",
                params![&module, event, now],
            )?;
            Ok(())
        })
    }

    fn deliver_one(&self, listener: &Listener, delivery: &Delivery, now: Moment, ids: &Arc<dyn IdSource>) -> Result<()> {
        let by = By::system(&format!("{}.hear", listener.module), now, ids.clone());
        let (hear, letter, module) = (listener.hear.clone(), delivery.clone(), listener.module);
        let outcome = self.write(&by, (listener.keys)(delivery), move |tx| {
            let marked = tx.exec(
                "UPDATE store_kiriman SET status = 'selesai' WHERE modul = ?1 AND peristiwa = ?2 AND status = 'menunggu'",
                params![module, letter.id],
            )?;
            // Another process was faster: its transaction did the work.
            if marked == 0 { Ok(()) } else { hear(tx, &letter) }
        });
        match outcome {
            Ok(()) => Ok(()),
            Err(e) if e.is_passing() => Err(e),
            Err(e) => {
                tracing::warn!(module, event = %delivery.id, kind = delivery.kind, error = %e, "an event was not heard");
                self.postpone(module, delivery, now, ids, &e.to_string())
            }
        }
    }

    /// Lets a delivery wait without counting it as a failure.
    fn hold(&self, module: &str, delivery: &Delivery, now: Moment, ids: &Arc<dyn IdSource>) -> Result<()> {
        let by = By::system("store.deliver", now, ids.clone());
        let (module, id) = (module.to_owned(), delivery.id);
        self.write(&by, Keys::unaudited(), move |tx| {
            tx.exec(
                "UPDATE store_kiriman SET coba_pada = ?3, kesalahan = 'modul tidak aktif'
                 WHERE modul = ?1 AND peristiwa = ?2 AND status = 'menunggu'",
                params![&module, id, now.plus_ms(HOLD_MS)],
            )?;
            Ok(())
        })
    }

    fn postpone(&self, module: &str, delivery: &Delivery, now: Moment, ids: &Arc<dyn IdSource>, why: &str) -> Result<()> {
        let by = By::system("store.deliver", now, ids.clone());
        let (module, id, why) = (module.to_owned(), delivery.id, why.to_owned());
        self.write(&by, Keys::unaudited(), move |tx| {
            let tried: i64 =
                tx.scalar("SELECT percobaan FROM store_kiriman WHERE modul = ?1 AND peristiwa = ?2", params![&module, id])?;
            let status = if tried + 1 >= ATTEMPTS { "mati" } else { "menunggu" };
            tx.exec(
                "UPDATE store_kiriman SET percobaan = ?3, status = ?4, coba_pada = ?5, kesalahan = ?6
                 WHERE modul = ?1 AND peristiwa = ?2 AND status = 'menunggu'",
                params![&module, id, tried + 1, status, now.plus_ms(back_off(tried)), &why],
            )?;
            Ok(())
        })
    }
}

impl Tx<'_> {
    /// Tells every subscribed module afterwards; stamped with identity, time and actor.
    pub fn emit<E: Event>(&mut self, event: &E) -> Result<()> {
        let (id, by) = (self.new_id()?, self.by()?);
        // Identities of one millisecond have no order among themselves, so events have a number of their own.
        let urut = engine::next(self, Counter::Peristiwa)?;
        let payload = serde_json::to_string(event).map_err(|e| StoreError::Corrupt(e.to_string()))?;
        let modules: Vec<&'static str> = {
            let all = self.shared().subscribers.read().unwrap_or_else(std::sync::PoisonError::into_inner);
            all.iter().filter(|(kind, _)| kind == E::KIND).map(|(_, module)| *module).collect()
        };
        let object = event.object();
        self.exec(
            "INSERT INTO store_peristiwa (id, urut, jenis, versi, objek, isi, pelaku, opd, pada)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![id, urut, E::KIND, E::VERSION, &object, payload, by.actor.key(), by.opd, by.at],
        )?;
        for module in modules {
            self.exec(
                "INSERT INTO store_kiriman (modul, peristiwa, urut, objek, status, coba_pada)
                 VALUES (?1, ?2, ?3, ?4, 'menunggu', ?5)",
                params![module, id, urut, &object, by.at],
            )?;
        }
        Ok(())
    }
}

/// So many events before the place reached are looked at again: numbers are given before they are saved, so that a smaller one may show later.
const OVERLAP: i64 = 200;

impl Tx<'_> {
    /// Queues for `module` what it was not told of `kinds`, because it was off or not there yet: the next `limit` events after the place
    /// `after`. Gives the place to go on from, and whether there may be more. Doing it twice queues nothing twice.
    pub fn catch_up(&mut self, module: &str, kinds: &[&str], after: i64, limit: usize) -> Result<(i64, bool)> {
        let many = i64::try_from(limit).unwrap_or(i64::MAX);
        let found: Vec<(Id, i64, String, String)> = self.list(
            "SELECT id, urut, jenis, objek FROM store_peristiwa WHERE urut > ?1 ORDER BY urut LIMIT ?2",
            params![after, many],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
        )?;
        let (now, more) = (self.now()?, found.len() == limit);
        let last = found.last().map(|(_, urut, _, _)| *urut);
        for (id, urut, _, object) in found.into_iter().filter(|(_, _, kind, _)| kinds.contains(&kind.as_str())) {
            self.exec(
                "INSERT INTO store_kiriman (modul, peristiwa, urut, objek, status, coba_pada)
                 VALUES (?1, ?2, ?3, ?4, 'menunggu', ?5) ON CONFLICT (modul, peristiwa) DO NOTHING",
                params![module, id, urut, &object, now],
            )?;
        }
        let reached = last.map_or(after, |last| if more { last } else { after.max(last - OVERLAP) });
        Ok((reached, more))
    }
}

/// One second, doubled with each failure, an hour at most.
pub(crate) fn back_off(tried: i64) -> i64 {
    let seconds = 1_i64 << tried.clamp(0, 12);
    seconds.min(3600) * 1000
}

fn next_due(tx: &mut Tx<'_>, now: Moment) -> Result<Vec<(String, Delivery)>> {
    tx.list(
        "SELECT k.modul, p.id, p.jenis, p.versi, p.objek, p.pelaku, p.opd, p.pada, p.isi
         FROM store_kiriman k JOIN store_peristiwa p ON p.id = k.peristiwa
         WHERE k.status = 'menunggu' AND k.coba_pada <= ?1
           AND NOT EXISTS (SELECT 1 FROM store_kiriman e WHERE e.modul = k.modul AND e.objek = k.objek
               AND e.status IN ('menunggu', 'mati') AND e.urut < k.urut)
         ORDER BY k.coba_pada, k.urut LIMIT 50",
        params![now],
        |row| {
            let delivery = Delivery {
                id: row.get(1)?,
                kind: row.get(2)?,
                version: row.get(3)?,
                object: row.get(4)?,
                actor: row.get(5)?,
                opd: row.get(6)?,
                at: row.get(7)?,
                payload: row.get(8)?,
            };
            Ok((row.get(0)?, delivery))
        },
    )
}
