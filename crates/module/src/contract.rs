use praja_kernel::{Date, Permission};
use praja_store::{Delivery, Keys, MigrationSet, Result, Tx};

use crate::{Ctx, Input, Instance, Outcome, Ports, api::Operation};

/// Everything a module declares. Mostly data, so that one test can walk every module.
pub struct Module {
    /// Permanent: prefixes tables `<id>_surat`, permissions `<id>.read-surat` and addresses `/<id>/surat`.
    pub id: &'static str,
    /// The name officers see.
    pub title: &'static str,
    /// The regulations it stands on.
    pub legal_basis: &'static [&'static str],
    /// Modules it cannot work without.
    pub needs: &'static [&'static str],
    /// Its tables.
    pub migrations: fn() -> MigrationSet,
    /// Its pages and acts.
    pub routes: &'static [Route],
    /// Its entries in the rail.
    pub menu: &'static [Menu],
    /// Every permission it knows, with what it allows in Indonesian.
    pub permissions: &'static [(Permission, &'static str)],
    /// The roles a regency starts with.
    pub roles: &'static [Role],
    /// Figures on the start page.
    pub tiles: &'static [Tile],
    /// Background work it can do.
    pub jobs: &'static [JobKind],
    /// The kinds of things it puts into the search index, as shown in results.
    pub search: &'static [&'static str],
    /// Operations for other programs under `/api/v1/<id>/`.
    pub api: &'static [Operation],
    /// What a trainer shows.
    pub demo: Option<fn(&Demo<'_>) -> Result<()>>,
    /// Exercises for a training, each a text that [`crate::training::Scenario::read`] reads.
    pub training: &'static [&'static str],
    /// Kinds of events it listens to.
    pub listens: &'static [&'static str],
    /// What it offers to others.
    pub provide: Option<fn(&mut Ports)>,
    /// The keys its writes need when it hears an event.
    pub event_keys: fn(&Delivery) -> Keys,
    /// What it does when it hears an event, in the transaction that marks the delivery done.
    pub on_event: Option<fn(&mut Tx<'_>, &Delivery) -> Result<()>>,
}

/// Who may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody, without an account.
    Public,
    /// Officers who are signed in; citizens are led to their own pages.
    SignedIn,
    /// Citizens (warga) and bodies (badan) who are signed in; officers are told that this is not for them.
    Warga,
    /// Anybody who is signed in, officer or citizen: the own password, the own sessions.
    Account,
    /// Who holds the permission.
    Needs(Permission),
}

/// HTTP method of a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// Reads.
    Get,
    /// Changes.
    Post,
}

/// Answers a GET inside the snapshot in which the guard checked the session and the rights.
pub type Get = fn(&Ctx, &mut Tx<'_>) -> Outcome;
/// Answers a POST on a thread that may block; reads and writes through the context.
pub type Post = fn(&Ctx, &Input) -> Outcome;

/// Answers what another machine sent, its bytes as they came, on a thread that may block.
pub type Receive = fn(&Ctx, &[u8]) -> Outcome;

/// A route's function.
#[derive(Clone, Copy)]
pub enum Handler {
    /// For GET.
    Get(Get),
    /// For POST.
    Post(Post),
    /// For a POST of another machine.
    Receive(Receive),
}

/// What may be uploaded with a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UploadRule {
    /// Size of one file, in bytes.
    pub max_file: u64,
    /// Number of files.
    pub max_files: usize,
    /// The handler tells beside the field which file was too large or one too many ([`Input::unkept`](crate::Input::unkept)); without
    /// it the whole form is refused.
    pub told: bool,
}

/// What a device may do with a route while it has no line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offline {
    /// Nothing: it needs the line.
    Never,
    /// The page may be kept for reading, where its answer says that this row may ([`Response::kept`](crate::Response::kept)).
    Read,
    /// The form may wait on the device and be sent later, once.
    Wait,
}

/// One address: what it answers, who may ask, and why.
#[derive(Clone, Copy)]
pub struct Route {
    /// HTTP method.
    pub method: Method,
    /// Pattern with `{id}` for variable parts; begins with `/<module>/` (or is one of the few fixed public addresses).
    pub path: &'static str,
    /// Who may ask.
    pub access: Access,
    /// What it is for, in Indonesian.
    pub purpose: &'static str,
    /// What may be uploaded; nothing unless said.
    pub upload: Option<UploadRule>,
    /// Dangerous: the guard asks for the password again when it was last typed too long ago.
    pub reauth: bool,
    /// Without a line: may the page be kept on the device of whoever reads it, may the form wait there?
    pub offline: Offline,
    /// Its function.
    pub handler: Handler,
}

impl Route {
    /// A page for holders of a permission.
    pub const fn get(path: &'static str, permission: Permission, purpose: &'static str, handler: Get) -> Self {
        Self::new(Method::Get, path, Access::Needs(permission), purpose, Handler::Get(handler))
    }

    /// An act of holders of a permission.
    pub const fn post(path: &'static str, permission: Permission, purpose: &'static str, handler: Post) -> Self {
        Self::new(Method::Post, path, Access::Needs(permission), purpose, Handler::Post(handler))
    }

    /// A page with another kind of access.
    pub const fn get_as(path: &'static str, access: Access, purpose: &'static str, handler: Get) -> Self {
        Self::new(Method::Get, path, access, purpose, Handler::Get(handler))
    }

    /// An act with another kind of access.
    pub const fn post_as(path: &'static str, access: Access, purpose: &'static str, handler: Post) -> Self {
        Self::new(Method::Post, path, access, purpose, Handler::Post(handler))
    }

    /// Takes what another machine sends, at most `limit` bytes: without a session and without the proof that forms carry, and stopped before a
    /// byte is read when one address sends too often ([`Ports::machines`]). Whoever can reach the box can send here, so the handler keeps
    /// nothing before it has checked a signature.
    pub const fn receive(path: &'static str, purpose: &'static str, limit: u64, handler: Receive) -> Self {
        let mut route = Self::new(Method::Post, path, Access::Public, purpose, Handler::Receive(handler));
        route.upload = Some(UploadRule { max_file: limit, max_files: 1, told: false });
        route
    }

    /// Lets the form of this act carry files.
    pub const fn with_upload(mut self, max_file: u64, max_files: usize) -> Self {
        self.upload = Some(UploadRule { max_file, max_files, told: false });
        self
    }

    /// The same, and the handler tells beside the field of files that were not kept: the form comes back with what was typed.
    pub const fn with_judged_upload(mut self, max_file: u64, max_files: usize) -> Self {
        self.upload = Some(UploadRule { max_file, max_files, told: true });
        self
    }

    /// Marks what is dangerous: the guard asks for the password again when the last proof is older than ten minutes. What was typed
    /// is kept and sent on. Files cannot be kept, so an act with an upload marks the page of its form instead.
    pub const fn with_reauth(mut self) -> Self {
        self.reauth = true;
        self
    }

    /// Lets devices keep the page for hours without a line. The handler says for each row whether it may be kept.
    pub const fn kept(mut self) -> Self {
        self.offline = Offline::Read;
        self
    }

    /// Lets the form of this act wait on a device that has no line. It must be told twice without being done twice
    /// ([`Ctx::submit`]), and its page draws it with the holder it is written as.
    pub const fn waits(mut self) -> Self {
        self.offline = Offline::Wait;
        self
    }

    const fn new(method: Method, path: &'static str, access: Access, purpose: &'static str, handler: Handler) -> Self {
        Self { method, path, access, purpose, upload: None, reauth: false, offline: Offline::Never, handler }
    }
}

/// An entry in the rail.
#[derive(Debug, Clone, Copy)]
pub struct Menu {
    /// The word.
    pub label: &'static str,
    /// Where it leads.
    pub href: &'static str,
    /// Name of the icon in `web`.
    pub icon: &'static str,
    /// Who sees it.
    pub access: Access,
    /// Where in the rail it stands.
    pub group: MenuGroup,
}

/// The parts of the rail, in order. The desk comes first for everybody; what only an administrator does comes last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MenuGroup {
    /// The officer's own desk: Beranda, inbox.
    Meja,
    /// What the regency does for officers and citizens.
    Layanan,
    /// Running the box: people, offices, calendar, audit.
    Administrasi,
}

impl MenuGroup {
    /// The heading over the group; the desk needs none.
    pub const fn label(self) -> Option<&'static str> {
        match self {
            Self::Meja => None,
            Self::Layanan => Some("Layanan"),
            Self::Administrasi => Some("Administrasi"),
        }
    }
}

/// A named set of permissions.
#[derive(Debug, Clone, Copy)]
pub struct Role {
    /// `<module>.<noun>`, permanent.
    pub id: &'static str,
    /// The name officers see.
    pub title: &'static str,
    /// What its holders may do.
    pub permissions: &'static [Permission],
}

/// A figure on the start page.
#[derive(Clone, Copy)]
pub struct Tile {
    /// What is counted.
    pub title: &'static str,
    /// Who sees it.
    pub access: Access,
    /// Reads the figure.
    pub value: fn(&Ctx, &mut Tx<'_>) -> Result<TileValue>,
}

/// What a tile shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TileValue {
    /// The figure.
    pub value: String,
    /// One line beneath it.
    pub note: String,
    /// The list behind it.
    pub href: String,
}

/// A kind of background work.
#[derive(Clone, Copy)]
pub struct JobKind {
    /// `<module>.<verb>`.
    pub kind: &'static str,
    /// Runs by itself at most this often, in seconds; never by itself when absent.
    pub every_s: Option<i64>,
    /// Does it. The error's words go to the log and the job is tried again.
    pub run: fn(&Instance, &str) -> Result<()>,
}

/// What a module's demo data is made from: a function of the seed and the anchor day, so that something is always due today.
pub struct Demo<'a> {
    /// The contoh Instance to fill.
    pub instance: &'a Instance,
    /// Two Instances with the same seed and anchor get the same data.
    pub seed: u64,
    /// The day of the first start.
    pub anchor: Date,
    /// How many times the usual amount; 0 asks for the least that makes sense.
    pub scale: u64,
    /// Told (what, done, of) now and then.
    pub progress: &'a dyn Fn(&str, u64, u64),
}
