//! Background work: leased by one process at a time, tried again with growing pauses, set aside as dead after too many failures.

use praja_kernel::{Id, Moment};
use serde::Serialize;

use crate::{By, Db, Key, Keys, Result, StoreError, Tx, outbox::back_off, params};

/// A job fails this often before it waits for a person.
pub const ATTEMPTS: i64 = 8;

/// A job that this process holds the lease of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Identity.
    pub id: Id,
    /// What is to be done, `<module>.<verb>`.
    pub kind: String,
    /// JSON.
    pub payload: String,
    /// Failures so far.
    pub attempts: i64,
}

impl Tx<'_> {
    /// Queues work for `run_at`. With a `key`, a second job of the same key is not queued while the first is there; says whether
    /// it was queued.
    pub fn enqueue(&mut self, kind: &'static str, payload: &impl Serialize, run_at: Moment, key: Option<&str>) -> Result<bool> {
        let (id, now) = (self.new_id()?, self.now()?);
        let payload = serde_json::to_string(payload).map_err(|e| StoreError::Corrupt(e.to_string()))?;
        let queued = self.exec(
            "INSERT INTO store_kerja (id, jenis, kunci, isi, status, jalan_pada, dibuat) VALUES (?1, ?2, ?3, ?4, 'menunggu', ?5, ?6)
             ON CONFLICT (kunci) DO NOTHING",
            params![id, kind, key, payload, run_at, now],
        )?;
        Ok(queued == 1)
    }
}

impl Db {
    /// Takes the lease of the next due job, also of one whose holder let its lease run out (it was killed). Running out counts
    /// as a failure, so that a job that kills its process is set aside in the end.
    pub fn lease_job(&self, by: &By, holder: &str, lease_ms: i64) -> Result<Option<Job>> {
        let holder = holder.to_owned();
        // One worker chooses at a time: all would choose the same job and collide.
        let keys = Keys::unaudited().and(Key::new("store_kerja", "sewa"));
        self.write(by, keys, move |tx| {
            let now = tx.now()?;
            let Some(job) = next_job(tx, now)? else { return Ok(None) };
            tx.exec(
                "UPDATE store_kerja SET status = 'berjalan', pemegang = ?2, sewa_sampai = ?3, percobaan = ?4 WHERE id = ?1",
                params![job.id, &holder, now.plus_ms(lease_ms), job.attempts],
            )?;
            Ok(Some(job))
        })
    }

    /// Ends a job well. Gives false when the lease had passed to another holder meanwhile.
    pub fn finish_job(&self, by: &By, job: &Job, holder: &str) -> Result<bool> {
        let (id, holder) = (job.id, holder.to_owned());
        self.write(by, Keys::unaudited(), move |tx| {
            let ended = tx.exec(
                "UPDATE store_kerja SET status = 'selesai', kunci = NULL, kesalahan = NULL
                 WHERE id = ?1 AND pemegang = ?2 AND status = 'berjalan'",
                params![id, &holder],
            )?;
            Ok(ended == 1)
        })
    }

    /// Puts a failed job back with a pause, or sets it aside.
    pub fn fail_job(&self, by: &By, job: &Job, holder: &str, why: &str) -> Result<()> {
        let (job, holder, why) = (job.clone(), holder.to_owned(), why.to_owned());
        self.write(by, Keys::unaudited(), move |tx| {
            let tried = job.attempts + 1;
            let status = if tried >= ATTEMPTS { "mati" } else { "menunggu" };
            let again = tx.now()?.plus_ms(back_off(job.attempts));
            tx.exec(
                "UPDATE store_kerja SET status = ?3, percobaan = ?4, jalan_pada = ?5, kesalahan = ?6
                 WHERE id = ?1 AND pemegang = ?2 AND status = 'berjalan'",
                params![job.id, &holder, status, tried, again, &why],
            )?;
            Ok(())
        })
    }

    /// How many jobs wait, run and are dead, and how many deliveries wait and are dead: for `/metrics` and `praja status`.
    pub fn backlog(&self) -> Result<[(&'static str, i64); 5]> {
        self.read(|tx| {
            let mut count = |sql: &'static str| tx.scalar::<i64>(sql, &[]);
            Ok([
                ("kerja_menunggu", count("SELECT COUNT(*) FROM store_kerja WHERE status = 'menunggu'")?),
                ("kerja_berjalan", count("SELECT COUNT(*) FROM store_kerja WHERE status = 'berjalan'")?),
                ("kerja_mati", count("SELECT COUNT(*) FROM store_kerja WHERE status = 'mati'")?),
                ("kiriman_menunggu", count("SELECT COUNT(*) FROM store_kiriman WHERE status = 'menunggu'")?),
                ("kiriman_mati", count("SELECT COUNT(*) FROM store_kiriman WHERE status = 'mati'")?),
            ])
        })
    }
}

fn next_job(tx: &mut Tx<'_>, now: Moment) -> Result<Option<Job>> {
    let due = tx.opt(
        "SELECT id, jenis, isi, percobaan FROM store_kerja WHERE status = 'menunggu' AND jalan_pada <= ?1
         ORDER BY jalan_pada, id LIMIT 1",
        params![now],
        read,
    )?;
    if due.is_some() {
        return Ok(due);
    }
    while let Some(mut job) = tx.opt(
        "SELECT id, jenis, isi, percobaan FROM store_kerja WHERE status = 'berjalan' AND sewa_sampai < ?1
         ORDER BY sewa_sampai, id LIMIT 1",
        params![now],
        read,
    )? {
        job.attempts += 1;
        if job.attempts < ATTEMPTS {
            return Ok(Some(job));
        }
        tx.exec(
            "UPDATE store_kerja SET status = 'mati', percobaan = ?2, kesalahan = 'prosesnya berhenti di tengah kerja' WHERE id = ?1",
            params![job.id, job.attempts],
        )?;
    }
    Ok(None)
}

fn read(row: &crate::Row<'_>) -> Result<Job> {
    Ok(Job { id: row.get(0)?, kind: row.get(1)?, payload: row.get(2)?, attempts: row.get(3)? })
}
