//! One search index for all modules behind one function. Words are made in Rust so that both engines cut texts alike; access
//! words stand inside the index, so that what somebody may not see is never matched. Nothing Rahasia is put in.

use praja_kernel::{Id, Moment};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    By, Db, Key, Keys, Result, Row, Sql, StoreError, Tx,
    engine::{self, Counter},
    migrate::hex,
    params,
    tx::Engine,
};

/// A count stops here and is shown as "1.000+".
pub const COUNT_CAP: i64 = 1000;

/// What a module puts into the index about one thing.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    /// The module.
    pub modul: &'static str,
    /// What kind of thing, as shown in results ("surat masuk").
    pub jenis: &'static str,
    /// The address of its page, without the host.
    pub tautan: String,
    /// One line to show.
    pub judul: String,
    /// Its number, of which any fragment of three letters can be found.
    pub nomor: String,
    /// Further words to find it by.
    pub teks: String,
    /// The subjects who may find it ([`praja_kernel::Scope::subjects`]).
    pub akses: Vec<String>,
    /// Its date.
    pub pada: Moment,
}

/// One result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Place in the index; results are newest first and pages continue below it.
    pub seq: i64,
    /// The module.
    pub modul: String,
    /// What kind of thing.
    pub jenis: String,
    /// The address of its page.
    pub tautan: String,
    /// One line to show.
    pub judul: String,
    /// Its number as put in.
    pub pada: Moment,
    /// Not every word stands in the thing itself: the others stand in what is attached to it ([`Tx::index_body`]).
    pub dalam_lampiran: bool,
}

/// What a search is narrowed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Narrow<'a> {
    /// Only things of this module.
    pub modul: Option<&'a str>,
    /// Only this kind of thing of that module.
    pub jenis: Option<&'a str>,
}

impl Narrow<'_> {
    /// The word of the index that all such things carry.
    fn word(&self) -> Option<String> {
        self.modul.map(|modul| kind_word(modul, self.jenis))
    }
}

/// Module and kind stand inside the index like access does, so that a rare kind is found as fast as a common one.
fn kind_word(modul: &str, jenis: Option<&str>) -> String {
    access_word(&format!("jenis:{modul}/{}", jenis.unwrap_or_default()))
}

/// One page of results.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Newest first.
    pub hits: Vec<Hit>,
    /// How many there are, at most [`COUNT_CAP`] + 1.
    pub count: i64,
    /// Whether older ones follow.
    pub more: bool,
}

impl Tx<'_> {
    /// Puts a thing into the index, or replaces what was there about it.
    pub fn index(&mut self, entry: &Entry) -> Result<()> {
        put(self, &Waiting::from(entry))
    }

    /// Says what else a thing is found by: the words of what is attached to it. They stay when the thing is put in anew, and follow its
    /// access, because they are the same entry. Empty text takes them away. Never called for what is secret.
    pub fn index_body(&mut self, modul: &str, jenis: &str, tautan: &str, text: &str) -> Result<()> {
        let isi = body(text);
        let known = entry_of(self, modul, jenis, tautan)?;
        let before = body_of(self, modul, jenis, tautan)?;
        self.exec(
            "INSERT INTO store_cari_isi (modul, jenis, ref, isi) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (modul, jenis, ref) DO UPDATE SET isi = ?4",
            params![modul, jenis, tautan, &isi],
        )?;
        // What waits in the queue is joined with it there.
        let Some((seq, old, akses, pecahan)) = known else { return Ok(()) };
        let teks = joined(own(&old, &before), &isi);
        fts_delete(self, seq, &old, &akses, &pecahan)?;
        self.exec("UPDATE store_cari SET teks = ?2 WHERE seq = ?1", params![seq, &teks])?;
        fts_insert(self, seq, &teks, &akses, &pecahan)
    }

    /// Leaves a thing to be put into the index within a moment ([`crate::Db::index_waiting`]): saved with what it is about, so it is
    /// never forgotten, but a morning's rush of registrations does not wait for the index.
    pub fn index_later(&mut self, entry: &Entry) -> Result<()> {
        let (id, now) = (self.new_id()?, self.now()?);
        let isi = serde_json::to_string(&Waiting::from(entry)).map_err(|e| StoreError::Corrupt(e.to_string()))?;
        self.exec("INSERT INTO store_cari_antre (id, isi, pada) VALUES (?1, ?2, ?3)", params![id, isi, now])?;
        Ok(())
    }

    /// Finds what `subjects` may see: every word (each may be unfinished), or a fragment of a number. Newest first, below
    /// `before` when given.
    pub fn find(&mut self, subjects: &[String], query: &str, before: Option<i64>, limit: i64) -> Result<Found> {
        self.find_within(subjects, query, Narrow::default(), before, limit)
    }

    /// The same among the things of one module or kind.
    pub fn find_within(
        &mut self,
        subjects: &[String],
        query: &str,
        narrow: Narrow<'_>,
        before: Option<i64>,
        limit: i64,
    ) -> Result<Found> {
        let kind = narrow.word();
        let kind = kind.as_deref();
        let asked = words(query);
        if asked.is_empty() || subjects.is_empty() {
            return Ok(Found::default());
        }
        let matching = expression(self.engine(), &asked, subjects, kind);
        let fragment = Some(squeeze(query)).filter(|text| is_fragment(text));
        let fragment = fragment.map(|text| (fragment_expression(self.engine(), &text, subjects, kind), text));
        let newest = |tx: &mut Self, below: i64, limit: i64| {
            let mut seqs = by_words(tx, &matching, below, limit)?;
            if let Some((matching, text)) = &fragment {
                seqs.extend(by_fragment(tx, matching, text, below, limit)?);
                seqs.sort_unstable_by_key(|seq| std::cmp::Reverse(*seq));
                seqs.dedup();
            }
            Ok::<_, StoreError>(seqs)
        };
        // The newest are counted, and the page is among them unless it lies further back than is counted.
        let mut seqs = newest(self, i64::MAX, COUNT_CAP + 1)?;
        let count = (seqs.len() as i64).min(COUNT_CAP + 1);
        if let Some(below) = before {
            if count > COUNT_CAP {
                seqs = newest(self, below, limit + 1)?;
            } else {
                seqs.retain(|seq| *seq < below);
            }
        }
        let more = seqs.len() as i64 > limit;
        seqs.truncate(usize::try_from(limit).unwrap_or(0));
        let mut hits = hits(self, seqs)?;
        mark_bodies(self, &mut hits, &asked, fragment.as_ref().map(|(_, text)| text.as_str()))?;
        Ok(Found { hits, count, more })
    }
}

/// An [`Entry`] as it waits in its queue.
#[derive(Debug, Serialize, Deserialize)]
struct Waiting {
    modul: String,
    jenis: String,
    tautan: String,
    judul: String,
    nomor: String,
    teks: String,
    akses: Vec<String>,
    pada: Moment,
}

impl From<&Entry> for Waiting {
    fn from(entry: &Entry) -> Self {
        Self {
            modul: entry.modul.to_owned(),
            jenis: entry.jenis.to_owned(),
            tautan: entry.tautan.clone(),
            judul: entry.judul.clone(),
            nomor: entry.nomor.clone(),
            teks: entry.teks.clone(),
            akses: entry.akses.clone(),
            pada: entry.pada,
        }
    }
}

impl Db {
    /// Puts what waits into the index, at most `limit` things in one write. Gives how many.
    pub fn index_waiting(&self, by: &By, limit: i64) -> Result<usize> {
        // Most looks find nothing, and looking must not cost a write.
        if self.read(|tx| tx.opt("SELECT id FROM store_cari_antre ORDER BY id LIMIT 1", &[], |_| Ok(())))?.is_none() {
            return Ok(0);
        }
        self.write(by, Keys::of([Key::new("store_cari_antre", "all")]), move |tx| {
            let waiting: Vec<(Id, String)> =
                tx.list("SELECT id, isi FROM store_cari_antre ORDER BY id LIMIT ?1", params![limit], |row| {
                    Ok((row.get(0)?, row.get(1)?))
                })?;
            for (id, isi) in &waiting {
                let entry = serde_json::from_str(isi).map_err(|e| StoreError::Corrupt(format!("search queue {id}: {e}")))?;
                put(tx, &entry)?;
                tx.exec("DELETE FROM store_cari_antre WHERE id = ?1", params![id])?;
            }
            Ok(waiting.len())
        })
    }
}

fn put(tx: &mut Tx<'_>, entry: &Waiting) -> Result<()> {
    let old = entry_of(tx, &entry.modul, &entry.jenis, &entry.tautan)?;
    let teks = words(&format!("{} {} {}", entry.judul, entry.nomor, entry.teks)).join(" ");
    let teks = joined(&teks, &body_of(tx, &entry.modul, &entry.jenis, &entry.tautan)?);
    let kinds = [kind_word(&entry.modul, None), kind_word(&entry.modul, Some(&entry.jenis))];
    let akses = entry.akses.iter().map(|subject| access_word(subject)).chain(kinds).collect::<Vec<_>>().join(" ");
    let nomor = squeeze(&entry.nomor);
    let pecahan = grams(&nomor).join(" ");
    let seq = match old {
        Some((seq, old_teks, old_akses, old_pecahan)) => {
            fts_delete(tx, seq, &old_teks, &old_akses, &old_pecahan)?;
            tx.exec(
                "UPDATE store_cari SET judul = ?2, nomor = ?3, teks = ?4, akses = ?5, pecahan = ?6, pada = ?7 WHERE seq = ?1",
                params![seq, &entry.judul, &nomor, &teks, &akses, &pecahan, entry.pada],
            )?;
            seq
        }
        None => {
            let seq = engine::next(tx, Counter::Cari)?;
            tx.exec(
                "INSERT INTO store_cari (seq, modul, jenis, ref, judul, nomor, teks, akses, pecahan, pada)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                params![
                    seq,
                    &entry.modul,
                    &entry.jenis,
                    &entry.tautan,
                    &entry.judul,
                    &nomor,
                    &teks,
                    &akses,
                    &pecahan,
                    entry.pada
                ],
            )?;
            seq
        }
    };
    fts_insert(tx, seq, &teks, &akses, &pecahan)
}

/// The place of a thing in the index with the words it stands there by.
fn entry_of(tx: &mut Tx<'_>, modul: &str, jenis: &str, tautan: &str) -> Result<Option<(i64, String, String, String)>> {
    tx.opt(
        "SELECT seq, teks, akses, pecahan FROM store_cari WHERE modul = ?1 AND jenis = ?2 AND ref = ?3",
        params![modul, jenis, tautan],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
    )
}

/// The words of what is attached to a thing.
fn body_of(tx: &mut Tx<'_>, modul: &str, jenis: &str, tautan: &str) -> Result<String> {
    let found = tx.opt(
        "SELECT isi FROM store_cari_isi WHERE modul = ?1 AND jenis = ?2 AND ref = ?3",
        params![modul, jenis, tautan],
        |row| row.get(0),
    )?;
    Ok(found.unwrap_or_default())
}

/// Own words first, those of what is attached behind them: so [`own`] can part them again.
fn joined(own: &str, body: &str) -> String {
    if own.is_empty() || body.is_empty() { format!("{own}{body}") } else { format!("{own} {body}") }
}

/// What stands in the index about a thing, without the words of what is attached to it.
fn own<'a>(all: &'a str, body: &str) -> &'a str {
    if body.is_empty() { all } else { all.strip_suffix(body).unwrap_or(all).trim_end() }
}

/// Each word of a long text once: nothing but words is looked for in it.
fn body(text: &str) -> String {
    let mut seen = std::collections::HashSet::new();
    let (mut kept, mut length) = (Vec::new(), 0);
    for word in praja_kernel::fold(text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let word: String = word.chars().take(WORD).collect();
        if length + word.len() >= BODY {
            break;
        }
        if seen.insert(word.clone()) {
            length += word.len() + 1;
            kept.push(word);
        }
    }
    kept.join(" ")
}

/// Marks what was found only by what is attached to it.
fn mark_bodies(tx: &mut Tx<'_>, hits: &mut [Hit], asked: &[String], fragment: Option<&str>) -> Result<()> {
    if hits.is_empty() {
        return Ok(());
    }
    let mut sql = Sql::new("SELECT c.seq, c.teks, c.nomor, i.isi FROM store_cari c JOIN store_cari_isi i");
    sql.push("ON i.modul = c.modul AND i.jenis = c.jenis AND i.ref = c.ref");
    sql.filter_in("c.seq", hits.iter().map(|hit| hit.seq)).filter("i.isi <> ''");
    let rows =
        sql.list(tx, |row| Ok((row.get::<i64>(0)?, row.get::<String>(1)?, row.get::<String>(2)?, row.get::<String>(3)?)))?;
    for (seq, all, nomor, isi) in rows {
        let own = own(&all, &isi);
        let by_number = fragment.is_some_and(|fragment| nomor.contains(fragment));
        let by_words = asked.iter().all(|word| own.split(' ').any(|known| known.starts_with(word.as_str())));
        if let Some(hit) = hits.iter_mut().find(|hit| hit.seq == seq) {
            hit.dalam_lampiran = !by_number && !by_words;
        }
    }
    Ok(())
}

/// Bytes of words of what is attached to one thing: PostgreSQL takes less than a mebibyte of words of one thing into its index.
const BODY: usize = 256 * 1024;
/// A word longer than this is cut: PostgreSQL takes no longer ones into its index, and nobody types them.
const WORD: usize = 64;
/// Words beyond these are not found: a whole book pasted into a field must not burst the index.
const WORDS: usize = 10_000;

/// The words of a text: folded, cut at everything that is no letter or digit. This is the only place that says what a letter is: the index of
/// either engine takes the words as they are, because each engine has a table of letters of its own.
pub(crate) fn words(text: &str) -> Vec<String> {
    praja_kernel::fold(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| word.chars().take(WORD).collect())
        .take(WORDS)
        .collect()
}

/// A number without blanks, folded, for finding fragments.
fn squeeze(text: &str) -> String {
    praja_kernel::fold(text).split_whitespace().collect()
}

fn is_fragment(text: &str) -> bool {
    text.chars().count() >= 3 && text.chars().any(|c| c.is_ascii_digit())
}

/// The pieces of three letters, each as one word that no text contains and nobody can type.
fn grams(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let word = |three: &[char]| format!("%{}", hex(three.iter().collect::<String>().as_bytes()));
    let mut grams: Vec<String> = letters.windows(3).map(word).collect();
    grams.sort();
    grams.dedup();
    grams
}

/// A subject as one word that no text contains and nobody can type: words are letters and digits only.
fn access_word(subject: &str) -> String {
    format!("@{}", &hex(&Sha256::digest(subject.as_bytes()))[..24])
}

/// Words are letters and digits only, so nothing in them can be an operator of either engine.
fn expression(engine: Engine, words: &[String], subjects: &[String], kind: Option<&str>) -> String {
    let words: Vec<String> = match engine {
        Engine::Sqlite => words.iter().map(|word| format!("\"{word}\"*")).collect(),
        Engine::Postgres => words.iter().map(|word| format!("'{word}':*")).collect(),
    };
    within(engine, "teks", &words, subjects, kind)
}

/// The pieces of a fragment: a number that has them all may have it.
fn fragment_expression(engine: Engine, fragment: &str, subjects: &[String], kind: Option<&str>) -> String {
    let grams = grams(fragment).into_iter().take(6);
    let grams: Vec<String> = match engine {
        Engine::Sqlite => grams.map(|gram| format!("\"{gram}\"")).collect(),
        Engine::Postgres => grams.map(|gram| format!("'{gram}'")).collect(),
    };
    within(engine, "pecahan", &grams, subjects, kind)
}

/// All of `terms` in `column`, among what `subjects` may see.
fn within(engine: Engine, column: &str, terms: &[String], subjects: &[String], kind: Option<&str>) -> String {
    let access = subjects.iter().map(|subject| access_word(subject));
    match engine {
        Engine::Sqlite => {
            let access: Vec<String> = access.map(|word| format!("\"{word}\"")).collect();
            let kind = kind.map(|word| format!(" AND akses : \"{word}\"")).unwrap_or_default();
            format!("{column} : ({}) AND akses : ({}){kind}", terms.join(" AND "), access.join(" OR "))
        }
        Engine::Postgres => {
            let access: Vec<String> = access.map(|word| format!("'{word}'")).collect();
            let kind = kind.map(|word| format!(" & '{word}'")).unwrap_or_default();
            format!("({}) & ({}){kind}", terms.join(" & "), access.join(" | "))
        }
    }
}

/// Places below `below` of what matches, newest first.
fn by_words(tx: &mut Tx<'_>, matching: &str, below: i64, limit: i64) -> Result<Vec<i64>> {
    let sql = match tx.engine() {
        Engine::Sqlite => {
            "SELECT rowid FROM store_cari_fts WHERE store_cari_fts MATCH ?1 AND rowid < ?2 ORDER BY rowid DESC LIMIT ?3"
        }
        Engine::Postgres => {
            "SELECT c.seq FROM store_cari c
             WHERE array_to_tsvector(string_to_array(btrim(c.teks || ' ' || c.akses || ' ' || c.pecahan), ' '))
                 @@ CAST(CAST(?1 AS TEXT) AS tsquery)
               AND c.seq < ?2 ORDER BY c.seq DESC LIMIT ?3"
        }
    };
    tx.list_text(sql, params![matching, below, limit], |row| row.get(0))
}

/// The same for a piece of a number. The pieces of three letters may stand apart in a number; the number itself decides.
fn by_fragment(tx: &mut Tx<'_>, matching: &str, fragment: &str, below: i64, limit: i64) -> Result<Vec<i64>> {
    let sql = match tx.engine() {
        Engine::Sqlite => {
            "SELECT c.seq FROM store_cari_fts f JOIN store_cari c ON c.seq = f.rowid
             WHERE store_cari_fts MATCH ?1 AND f.rowid < ?2 AND c.nomor LIKE ?4 ESCAPE '!' ORDER BY f.rowid DESC LIMIT ?3"
        }
        Engine::Postgres => {
            "SELECT c.seq FROM store_cari c
             WHERE array_to_tsvector(string_to_array(btrim(c.teks || ' ' || c.akses || ' ' || c.pecahan), ' '))
                 @@ CAST(CAST(?1 AS TEXT) AS tsquery)
               AND c.seq < ?2 AND c.nomor LIKE ?4 ESCAPE '!' ORDER BY c.seq DESC LIMIT ?3"
        }
    };
    let number = format!("%{}%", praja_kernel::escape_like(fragment));
    tx.list_text(sql, params![matching, below, limit, number], |row| row.get(0))
}

/// What stands at these places, newest first.
fn hits(tx: &mut Tx<'_>, seqs: Vec<i64>) -> Result<Vec<Hit>> {
    if seqs.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new("SELECT c.seq, c.modul, c.jenis, c.ref, c.judul, c.pada FROM store_cari c");
    sql.filter_in("c.seq", seqs);
    sql.push("ORDER BY c.seq DESC").list(tx, read)
}

fn read(row: &Row<'_>) -> Result<Hit> {
    Ok(Hit {
        seq: row.get(0)?,
        modul: row.get(1)?,
        jenis: row.get(2)?,
        tautan: row.get(3)?,
        judul: row.get(4)?,
        pada: row.get(5)?,
        dalam_lampiran: false,
    })
}

fn fts_delete(tx: &mut Tx<'_>, seq: i64, teks: &str, akses: &str, pecahan: &str) -> Result<()> {
    if tx.engine() == Engine::Sqlite {
        tx.exec_text(
            "INSERT INTO store_cari_fts (store_cari_fts, rowid, teks, akses, pecahan) VALUES ('delete', ?1, ?2, ?3, ?4)",
            params![seq, teks, akses, pecahan],
        )?;
    }
    Ok(())
}

fn fts_insert(tx: &mut Tx<'_>, seq: i64, teks: &str, akses: &str, pecahan: &str) -> Result<()> {
    if tx.engine() == Engine::Sqlite {
        tx.exec_text(
            "INSERT INTO store_cari_fts (rowid, teks, akses, pecahan) VALUES (?1, ?2, ?3, ?4)",
            params![seq, teks, akses, pecahan],
        )?;
    }
    Ok(())
}

impl crate::Db {
    /// Makes the full-text index and the counters anew, after rows were copied in.
    pub(crate) fn refresh_after_copy(&self, by: &crate::By) -> Result<()> {
        self.write(by, crate::Keys::unaudited(), |tx| {
            engine::be_patient(tx)?;
            engine::refresh(tx)
        })
    }
}
