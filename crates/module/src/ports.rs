use std::sync::Arc;

use praja_kernel::{ActingAs, Actor, Date, Derajat, Id, Moment, Scope, Sifat};
use praja_store::{Result, Tx};

use crate::{Backups, Ctx, Incoming, Instance, Problem, Response, Throttle, documents::Documents, signing::Signing};

/// What modules offer each other, and what the guard needs from identity and desk. What is absent has a documented fallback.
#[derive(Clone, Default)]
pub struct Ports {
    /// Who is signed in; given by identity. Without it nobody is.
    pub sign_in: Option<Arc<dyn SignIn>>,
    /// What waits for whoever asks; given by desk. Without it the counters are not shown.
    pub waiting: Option<fn(&mut Tx<'_>, &Scope) -> Result<Waiting>>,
    /// What an act of the audit trail is called, as a sentence without its subject ("mendaftarkan surat masuk"); given by desk. Without
    /// it the act's own name is shown.
    pub act_words: Option<fn(&str) -> String>,
    /// Tells a person something; given by desk. Without it, identity prints a slip.
    pub messenger: Option<Arc<dyn Messenger>>,
    /// Tells other programs of the regency over HTTP; given by desk. Without it what is to be told waits.
    pub outside: Option<Arc<dyn Outside>>,
    /// Saved views and form drafts; given by desk. Without it lists have no views, and long forms keep nothing while they are typed.
    pub aids: Option<Aids>,
    /// How often one address may ask the public pages that look things up; given by desk. Without it they are not limited.
    pub visitors: Option<Arc<Throttle>>,
    /// How often one address may send files without being signed in, looked at before a byte of them is stored; given by desk. Without it
    /// they are not limited.
    pub strangers_files: Option<Arc<Throttle>>,
    /// How often somebody may send files whom a module knows without an account ([`Ports::known_strangers`]), counted by that name and not by
    /// the address; given by desk.
    pub known_files: Option<Arc<Throttle>>,
    /// Who is known by a sealed cookie of a module, as an applicant by the own application: behind one address of a campus or a mobile
    /// network are many. Each module adds its own.
    pub known_strangers: Vec<KnownStranger>,
    /// What officers read where they log in; each module adds its own.
    pub sign_in_notes: Vec<SignInNote>,
    /// How often one address may send what is meant for machines ([`Route::receive`](crate::Route::receive)), looked at before a byte of it is
    /// read; given by desk. Without it they are not limited.
    pub machines: Option<Arc<Throttle>>,
    /// Who calls with a token; given by identity. Without it no program is known.
    pub callers: Option<Arc<dyn Callers>>,
    /// How often one token may call, and one address with a token that nobody knows; given by identity. Without it they are not limited.
    pub calls: Option<Arc<Throttle>>,
    /// Pages that devices may keep for hours without a line, beside those that the inbox leads to; each module adds its own. Every address must
    /// be of a route that says so ([`Route::kept`](crate::Route::kept)).
    pub offline: Vec<OfflinePages>,
    /// The backups of the installation; given by the program that serves it. Without it the page about them says where to look.
    pub backups: Option<Arc<dyn Backups>>,
    /// Draws documents; given by the program when it was built with the typesetter. Without it pages say what is missing, and lists can be
    /// taken along as XLSX and CSV only.
    pub documents: Option<Arc<dyn Documents>>,
    /// Electronic signatures; given likewise. Without it naskah are signed on paper.
    pub signing: Option<Arc<dyn Signing>>,
}

/// The name under which a module knows who asks, for the address that is asked; none for everybody else.
pub type KnownStranger = fn(&Incoming) -> Option<String>;

/// A sentence for whoever is about to log in, as HTML; none where there is nothing to say.
pub type SignInNote = fn(&mut Tx<'_>) -> Result<Option<String>>;

/// Addresses of pages that whoever asks may want to read or fill in without a line, the most needed first.
pub type OfflinePages = fn(&Ctx, &mut Tx<'_>) -> std::result::Result<Vec<String>, Problem>;

/// What desk keeps for whoever works with lists and long forms, for pages that stand below desk.
#[derive(Clone, Copy)]
pub struct Aids {
    /// Where a list begins that was opened without a query, when its reader chose a view to begin with.
    pub landing: fn(&Ctx, &mut Tx<'_>) -> std::result::Result<Option<Response>, Problem>,
    /// The bar of saved views above a list, as HTML.
    pub bar: fn(&Ctx, &mut Tx<'_>) -> std::result::Result<String, Problem>,
    /// What was kept of a form, and the line that says so, as HTML. The form is named by its page's address.
    pub resume: fn(&Ctx, &mut Tx<'_>, &str) -> std::result::Result<Option<Kept>, Problem>,
    /// Drops what was kept of a form that was sent.
    pub forget: fn(&mut Tx<'_>, &str) -> Result<()>,
}

/// A form as it was left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Says when it was left, and offers to drop it; HTML.
    pub line: String,
    /// What was typed.
    pub fields: Vec<(String, String)>,
}

/// Finds who a session belongs to.
pub trait SignIn: Send + Sync {
    /// The holder of a session, by the key of its cookie, when it is still valid.
    fn find(&self, tx: &mut Tx<'_>, session_key: &str, now: Moment) -> Result<Option<SignedIn>>;

    /// Notes that the session was used. Called at most every five minutes.
    fn touch(&self, instance: &Instance, session_key: &str);

    /// Checks the password of a session's holder again and notes the moment in the session when it is right. Wrong ones are counted
    /// like failed log-ins. Blocks for tens of milliseconds.
    fn prove(&self, instance: &Instance, session_key: &str, password: &str) -> Result<Proof>;
}

/// The outcome of asking for the password again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// It is the holder's; the session knows.
    Right,
    /// It is not.
    Wrong,
    /// Too many wrong ones: nothing is checked until then, as "pukul 10.32 WIB".
    Locked(String),
}

/// The holder of a session.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The session.
    pub session: Id,
    /// Who, on whose behalf, with which rights.
    pub scope: Scope,
    /// Every post the person may act for.
    pub posts: Vec<ActingAs>,
    /// Must a new password be chosen before anything else?
    pub must_change_password: bool,
    /// Whether the session's use should be noted now.
    pub touch: bool,
    /// When the password was last typed in this session.
    pub proven_at: Moment,
    /// Comes from outside, for a time: the last day. Reads what the role shows and writes nothing but what is about the own account.
    pub tamu: Option<Date>,
}

impl SignedIn {
    /// How long a typed password vouches for whoever sits there, in milliseconds.
    pub const PROOF_MS: i64 = 10 * 60 * 1000;

    /// A citizen or a body, not an officer?
    pub fn is_citizen(&self) -> bool {
        matches!(self.scope.actor, Actor::Warga { .. } | Actor::Badan { .. })
    }

    /// The page about oneself.
    pub fn home(&self) -> &'static str {
        if self.is_citizen() { "/warga" } else { "/profil" }
    }

    /// Was the password typed recently enough for a dangerous act?
    pub fn is_proven_at(&self, now: Moment) -> bool {
        now.ms() - self.proven_at.ms() < Self::PROOF_MS
    }
}

/// What waits for whoever is signed in: the counters in the top bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Waiting {
    /// Open tasks in the inbox.
    pub tugas: i64,
    /// Notices not yet read.
    pub kabar: i64,
}

praja_kernel::words! {
    /// What a notice is about: decides its text and how it is delivered.
    pub enum MessageKind ("jenis kabar") {
        /// Something was given to the reader to do.
        Tugas => "tugas", "Tugas baru";
        /// A deadline is near or has passed.
        Pengingat => "pengingat", "Pengingat";
        /// About the reader's own account (codes, links, a changed password): always delivered at once, its text shown nowhere else
        /// and erased when it has left.
        Keamanan => "keamanan", "Keamanan akun";
        /// Something happened that the reader should know.
        Kabar => "kabar", "Kabar";
    }
}

/// A notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// To whom: [`praja_kernel::Actor::key`] for one person, `jabatan:<id>` for whoever holds a post, `opd:<id>` for all posts of an OPD.
    pub to: String,
    /// One line. Of a letter that is Terbatas or above it is replaced by a sentence without its subject.
    pub subject: String,
    /// The text; may be empty. Left out wherever the subject is.
    pub body: String,
    /// The page it leads to, without the host; opens after log-in.
    pub href: String,
    /// Security class of what it is about.
    pub sifat: Sifat,
    /// Urgency: each person chooses per derajat what leaves the house, and how.
    pub derajat: Derajat,
    /// What it is about.
    pub jenis: MessageKind,
}

impl Message {
    /// A notice about something Biasa that is not urgent.
    pub fn new(jenis: MessageKind, to: impl Into<String>, subject: impl Into<String>, href: impl Into<String>) -> Self {
        Self {
            to: to.into(),
            subject: subject.into(),
            body: String::new(),
            href: href.into(),
            sifat: Sifat::Biasa,
            derajat: Derajat::Biasa,
            jenis,
        }
    }

    /// Adds the text.
    #[must_use]
    pub fn body(mut self, text: impl Into<String>) -> Self {
        self.body = text.into();
        self
    }

    /// Says how secret and how urgent it is.
    #[must_use]
    pub fn about(mut self, sifat: Sifat, derajat: Derajat) -> Self {
        (self.sifat, self.derajat) = (sifat, derajat);
        self
    }
}

/// Delivers notices.
pub trait Messenger: Send + Sync {
    /// Tells somebody in the transaction of what it tells about: in Praja itself always, outside by the reader's choice and later.
    fn tell(&self, tx: &mut Tx<'_>, message: &Message) -> Result<()>;

    /// Is there a way to an address of this kind now (a mail server, a gateway)? Identity asks before it promises to send a code, and
    /// prints a slip where there is none. Never in a contoh Instance.
    fn can_send_code(&self, _tx: &mut Tx<'_>, _to: &Contact) -> Result<bool> {
        Ok(false)
    }

    /// Queues a code for an address that proves by it to belong to somebody; it may not be any account's yet. The text is secret: it
    /// is sent at once, by this way only, shown in no list and forgotten after sending. [`Message::to`] is not looked at.
    fn send_code(&self, _tx: &mut Tx<'_>, _to: &Contact, _message: &Message) -> Result<()> {
        Ok(())
    }
}

/// An address outside the house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Contact {
    /// An e-mail address.
    Email(String),
    /// A telephone number in international form (`+62812…`), reached by a gateway.
    Phone(String),
}

/// Draws what the guard itself must show; given by web.
pub trait Pages: Send + Sync {
    /// A whole page that says what is wrong and what to do now.
    fn problem(&self, ctx: &Ctx, problem: &Problem, incident: Option<&str>) -> String;
}

/// A program that calls with a token, on behalf of one OPD.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The token.
    pub token: Id,
    /// The token as the actor, with its OPD and what that continues. It holds no permission and acts for no post: what it may is
    /// in [`Caller::cakupan`] alone.
    pub scope: Scope,
    /// What it is allowed, by name.
    pub cakupan: Vec<String>,
    /// The OPD whose letters it works with.
    pub opd: Id,
    /// Name of that OPD.
    pub opd_nama: String,
    /// The post that answers for it, and does what it leaves to do.
    pub jabatan: Id,
    /// Name of that post.
    pub jabatan_nama: String,
    /// The most secret class whose content it may read and write.
    pub sifat: Sifat,
}

/// One use of a token, as it is written down.
#[derive(Debug, Clone)]
pub struct Usage {
    /// The operation.
    pub operation: &'static str,
    /// HTTP status of the answer.
    pub status: u16,
    /// What was opened, where each opening is written down.
    pub opened: Option<String>,
    /// The sender's address.
    pub address: String,
}

/// Knows the programs that call with a token.
pub trait Callers: Send + Sync {
    /// Whose token this is, by the hash of the token, when it is good now.
    fn find(&self, tx: &mut Tx<'_>, key: &str, instance: &Instance) -> Result<Option<Caller>>;

    /// Writes down that a token was used. Asked before the answer leaves: what cannot be written down is not given.
    fn note(&self, instance: &Instance, caller: &Caller, usage: &Usage) -> Result<()>;
}

/// What another program of the regency is told.
#[derive(Debug, Clone, Copy)]
pub struct Outgoing<'a> {
    /// Where.
    pub url: &'a str,
    /// Who vouches for the other side (PEM), where that is no public authority.
    pub certificate: Option<&'a str>,
    /// The other side may be this machine itself.
    pub own_machine: bool,
    /// Names what is told, the same in every try.
    pub id: Id,
    /// Seconds since 1970, by the Instance's clock.
    pub at: u64,
    /// What it is signed with.
    pub secret: &'a str,
    /// JSON.
    pub body: &'a str,
}

/// Tells other programs of the regency over HTTP: signed, without redirects, and never where only this machine can be.
pub trait Outside: Send + Sync {
    /// Sends it once and gives the HTTP status. Blocks.
    ///
    /// # Errors
    /// In words, when nobody answered.
    fn post(&self, letter: &Outgoing<'_>) -> std::result::Result<u16, String>;
}
