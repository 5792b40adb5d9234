//! Notices: what somebody should know. In Praja itself always; outside by each reader's choice, later and never with a subject that is
//! Terbatas or above.

pub(crate) mod pages;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use praja_kernel::{Date, Derajat, Id, Moment, Scope, Sifat, words};
use praja_module::{Contact, Message, MessageKind, Messenger, Waiting};
use praja_store::{Result, StoreError, Tx};

use crate::deliveries;

/// The job that looks for the ways out of one notice.
pub(crate) const SPREAD: &str = "desk.spread-notice";

words! {
    /// Whether somebody has read a notice.
    pub enum Status ("keadaan kabar") {
        /// Not yet.
        Baru => "baru", "Belum dibaca";
        /// By its reader, or by whoever holds the post it was told to.
        Dibaca => "dibaca", "Sudah dibaca";
    }
}

/// A notice as its reader sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kabar {
    /// Identity; newer ones are larger.
    pub id: Id,
    /// The subject it was told to.
    pub untuk: String,
    /// What it is about.
    pub jenis: MessageKind,
    /// Security class of what it is about.
    pub sifat: Sifat,
    /// Urgency.
    pub derajat: Derajat,
    /// One line.
    pub judul: String,
    /// The text; may be empty.
    pub isi: String,
    /// Where it leads.
    pub tautan: String,
    /// Read or not.
    pub status: Status,
    /// Name of who caused it, at the time.
    pub oleh: String,
    /// Who that was, as an actor key.
    pub oleh_kunci: String,
    /// When.
    pub dibuat: Moment,
    /// Who read it and when, by name: history keeps it when the post passes to somebody else.
    pub dibaca: Option<(String, Moment)>,
}

/// What a list of notices is narrowed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Filter {
    /// Only those not yet read.
    pub baru: bool,
    /// Only of this kind.
    pub jenis: Option<MessageKind>,
    /// Older than this one.
    pub sebelum: Option<Id>,
}

/// The messenger that desk gives to the others.
#[derive(Debug, Clone, Copy, Default)]
pub struct Post;

impl Messenger for Post {
    fn tell(&self, tx: &mut Tx<'_>, message: &Message) -> Result<()> {
        tell(tx, message)
    }

    fn can_send_code(&self, tx: &mut Tx<'_>, to: &Contact) -> Result<bool> {
        deliveries::can_send_code(tx, to)
    }

    fn send_code(&self, tx: &mut Tx<'_>, to: &Contact, message: &Message) -> Result<()> {
        deliveries::send_code(tx, to, message)
    }
}

/// Tells somebody something, in the transaction of what it tells about.
///
/// # Errors
/// [`StoreError::Statement`] when the address leads out of this box.
pub fn tell(tx: &mut Tx<'_>, message: &Message) -> Result<()> {
    let leaves = store::has_way_out(tx)?;
    put(tx, message, leaves)
}

/// Tells somebody something in Praja alone: about a way out that fails, for example.
///
/// # Errors
/// As [`tell`].
pub fn tell_inside(tx: &mut Tx<'_>, message: &Message) -> Result<()> {
    put(tx, message, false)
}

fn put(tx: &mut Tx<'_>, message: &Message, leaves: bool) -> Result<()> {
    if !message.href.starts_with('/') || message.href.starts_with("//") {
        return Err(StoreError::Statement(format!("a notice leads to a page of ours, not to {}", message.href)));
    }
    let told = Told::of(message, leaves);
    for untuk in addressees(tx, &message.to)? {
        let id = store::insert(tx, &untuk, message, &told)?;
        store::count(tx, &untuk, 1)?;
        if leaves {
            let now = tx.now()?;
            tx.enqueue(SPREAD, &id, now, Some(&format!("{SPREAD}:{id}")))?;
        }
    }
    Ok(())
}

/// What of a message is kept: of a letter that is Terbatas or above no word of its own ever enters the tables of notices.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Told {
    judul: String,
    isi: String,
    tautan: String,
}

impl Told {
    fn of(message: &Message, leaves: bool) -> Self {
        let (judul, isi) = match (message.jenis, message.sifat) {
            // Codes and links are kept only while they wait to leave.
            (MessageKind::Keamanan, _) if !leaves => (message.subject.clone(), String::new()),
            (MessageKind::Keamanan, _) | (_, Sifat::Biasa) => (message.subject.clone(), message.body.clone()),
            (jenis, sifat) => (without_subject(jenis, sifat), String::new()),
        };
        let keeps_link = message.jenis != MessageKind::Keamanan || leaves || is_own_page(&message.href);
        Self { judul, isi, tautan: if keeps_link { message.href.clone() } else { OWN_PAGE.to_owned() } }
    }
}

/// Where a notice about the reader's own account leads inside Praja: its own link may be a secret that works without log-in.
const OWN_PAGE: &str = "/profil";

fn is_own_page(href: &str) -> bool {
    href == OWN_PAGE || href == "/warga" || href.starts_with("/profil/")
}

/// One line about something whose subject stays inside.
fn without_subject(jenis: MessageKind, sifat: Sifat) -> String {
    let what = match sifat {
        Sifat::SangatRahasia => "naskah SR".to_owned(),
        other => format!("naskah {}", other.label()),
    };
    match (jenis, sifat) {
        (_, Sifat::SangatRahasia) => format!("Ada {what}"),
        (MessageKind::Tugas, _) => format!("Ada tugas baru atas {what}"),
        (MessageKind::Pengingat, _) => format!("Pengingat batas waktu {what}"),
        (MessageKind::Kabar | MessageKind::Keamanan, _) => format!("Ada kabar tentang {what}"),
    }
}

/// An OPD is told through all its posts; everybody else directly.
fn addressees(tx: &mut Tx<'_>, to: &str) -> Result<Vec<String>> {
    let Some(opd) = to.strip_prefix("opd:").and_then(|id| id.parse().ok()) else { return Ok(vec![to.to_owned()]) };
    let posts = praja_identity::jabatan::list_of_opd(tx, opd)?;
    Ok(posts.into_iter().map(|post| format!("jabatan:{}", post.id)).collect())
}

/// The subjects of a scope that notices are told to: posts and persons, never whole OPDs.
fn readers(scope: &Scope) -> Vec<String> {
    scope.subjects().into_iter().filter(|subject| !subject.starts_with("opd:")).collect()
}

/// The counters of the top bar: open tasks and unread notices, in one look.
pub fn waiting(tx: &mut Tx<'_>, scope: &Scope) -> Result<Waiting> {
    store::waiting(tx, &scope.subjects())
}

/// One page of the notices of whoever asks, newest first, and where the next begins.
pub fn list(tx: &mut Tx<'_>, scope: &Scope, filter: &Filter, limit: usize) -> Result<(Vec<Kabar>, Option<Id>)> {
    let one_more = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    let mut all = Vec::new();
    for subject in readers(scope) {
        all.extend(store::list(tx, &subject, filter, one_more)?);
    }
    all.sort_by_key(|kabar| std::cmp::Reverse(kabar.id));
    let more = all.len() > limit;
    all.truncate(limit);
    let next = all.last().filter(|_| more).map(|last| last.id);
    Ok((all, next))
}

/// One notice, when it was told to whoever asks.
pub fn get(tx: &mut Tx<'_>, scope: &Scope, id: Id) -> Result<Option<Kabar>> {
    Ok(store::get(tx, id)?.filter(|kabar| readers(scope).contains(&kabar.untuk)))
}

/// Marks notices as not yet read, and gives how many were. Others' notices are left alone.
pub fn unread(tx: &mut Tx<'_>, scope: &Scope, ids: &[Id]) -> Result<i64> {
    let mut marked = 0;
    for id in ids {
        for subject in readers(scope) {
            let done = store::unmark(tx, *id, &subject)?;
            if done > 0 {
                store::count(tx, &subject, done)?;
                marked += done;
            }
        }
    }
    Ok(marked)
}

/// Marks notices as read by whoever writes, and gives how many were new. Others' notices are left alone.
pub fn read(tx: &mut Tx<'_>, scope: &Scope, ids: &[Id]) -> Result<i64> {
    let mut marked = 0;
    for id in ids {
        for subject in readers(scope) {
            let done = store::mark(tx, *id, &subject)?;
            if done > 0 {
                store::count(tx, &subject, -done)?;
                marked += done;
            }
        }
    }
    Ok(marked)
}

/// Marks everything up to `latest` as read: what came while the reader was looking stays new.
pub fn read_all(tx: &mut Tx<'_>, scope: &Scope, latest: Id) -> Result<i64> {
    let mut marked = 0;
    for subject in readers(scope) {
        let done = store::mark_up_to(tx, &subject, latest)?;
        if done > 0 {
            store::count(tx, &subject, -done)?;
            marked += done;
        }
    }
    Ok(marked)
}

/// The notices that somebody caused, newest first, and where the next page begins.
pub(crate) fn sent_by(tx: &mut Tx<'_>, oleh: &str, before: Option<Id>, limit: usize) -> Result<(Vec<Kabar>, Option<Id>)> {
    let one_more = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    let mut all = store::sent_by(tx, oleh, before, one_more)?;
    let more = all.len() > limit;
    all.truncate(limit);
    let next = all.last().filter(|_| more).map(|last| last.id);
    Ok((all, next))
}

/// The subject of a notice in words: the post with its holder, or the person.
pub(crate) fn untuk_label(tx: &mut Tx<'_>, untuk: &str, day: Date) -> Result<String> {
    if let Some(post) = untuk.strip_prefix("jabatan:").and_then(|id| id.parse().ok()) {
        return praja_identity::jabatan::label(tx, post, day);
    }
    Ok(praja_identity::narahubung::of(tx, untuk)?.map_or_else(|| untuk.to_owned(), |kontak| kontak.nama))
}
