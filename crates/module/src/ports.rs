use std::sync::Arc;

use praja_kernel::{ActingAs, Id, Moment, Scope};
use praja_store::{Result, Tx};

use crate::{Ctx, Instance, Problem};

/// What modules offer each other, and what the guard needs from identity and desk. What is absent has a documented fallback.
#[derive(Clone, Default)]
pub struct Ports {
    /// Who is signed in; given by identity. Without it nobody is.
    pub sign_in: Option<Arc<dyn SignIn>>,
    /// How many tasks wait; given by desk. Without it the counter is not shown.
    pub inbox_count: Option<fn(&mut Tx<'_>, &Scope) -> Result<i64>>,
    /// Tells a person something; given by desk. Without it, identity prints a slip.
    pub messenger: Option<Arc<dyn Messenger>>,
}

/// Finds who a session belongs to.
pub trait SignIn: Send + Sync {
    /// The holder of a session, by the key of its cookie, when it is still valid.
    fn find(&self, tx: &mut Tx<'_>, session_key: &str, now: Moment) -> Result<Option<SignedIn>>;

    /// Notes that the session was used. Called at most every five minutes.
    fn touch(&self, instance: &Instance, session_key: &str);
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
}

/// A notice to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// To whom, as [`praja_kernel::Actor::key`].
    pub to: String,
    /// One line.
    pub subject: String,
    /// The text, without anything secret.
    pub body: String,
    /// The page it leads to, without the host.
    pub href: String,
}

/// Delivers notices.
pub trait Messenger: Send + Sync {
    /// Queues a notice in the transaction of what it tells about.
    fn tell(&self, tx: &mut Tx<'_>, message: &Message) -> Result<()>;
}

/// Draws what the guard itself must show; given by web.
pub trait Pages: Send + Sync {
    /// A whole page that says what is wrong and what to do now.
    fn problem(&self, ctx: &Ctx, problem: &Problem, incident: Option<&str>) -> String;
}
