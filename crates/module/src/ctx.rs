use std::{str::FromStr, sync::Arc};

use praja_kernel::{Date, Id, Moment, Permission, Scope};
use praja_store::{By, Keys, StoreError, Tx, forms::Answered};

use crate::{
    Access, AppParts, Caller, Incoming, Input, Instance, Menu, Problem, Response, SignedIn, Waiting, api,
    incoming::{GUEST_COOKIE, SESSION_COOKIE},
    input::HOLDER_FIELD,
    response::{NOTICE_COOKIE, Undo},
    token,
};

/// What a handler is given: the Instance, who asks, and the request.
#[derive(Clone)]
pub struct Ctx {
    incoming: Arc<Incoming>,
    who: Option<SignedIn>,
    /// Was it asked who is signed in?
    asked: bool,
    now: Moment,
    /// What waits for whoever is signed in.
    pub waiting: Option<Waiting>,
    parts: Arc<AppParts>,
    guest_cookie: Option<String>,
    caller: Option<Arc<Caller>>,
}

/// What a form asks, giving the address to go to.
type Submitted<E> = Box<dyn Fn(&mut Tx<'_>) -> Result<String, E> + Send>;

impl Ctx {
    pub(crate) fn new(incoming: Arc<Incoming>, parts: Arc<AppParts>, now: Moment) -> Self {
        let needs_cookie = incoming.form_cookie().is_none();
        let guest_cookie = needs_cookie.then(token::cookie_value);
        Self { incoming, who: None, asked: false, now, waiting: None, parts, guest_cookie, caller: None }
    }

    pub(crate) fn sign_in(&mut self, who: Option<SignedIn>) {
        (self.who, self.asked) = (who, true);
    }

    /// Is nobody signed in here? Not known where nobody looked the session up.
    pub(crate) fn is_nobody(&self) -> bool {
        self.who.is_none() && (self.asked || self.session_key().is_none())
    }

    /// A program calls: whatever browsers bring along does not count.
    pub(crate) fn call_by(&mut self, caller: Caller) {
        let proven_at = Moment(0);
        let (session, scope, posts) = (caller.token, caller.scope.clone(), Vec::new());
        self.who = Some(SignedIn { session, scope, posts, must_change_password: false, touch: false, proven_at, tamu: None });
        self.guest_cookie = None;
        self.caller = Some(Arc::new(caller));
    }

    /// The program that calls.
    ///
    /// # Errors
    /// [`Problem::SignInFirst`] where a person asks; never in an operation for programs.
    pub fn caller(&self) -> Result<&Arc<Caller>, Problem> {
        self.caller.as_ref().ok_or(Problem::SignInFirst)
    }

    /// The Instance.
    pub fn instance(&self) -> &Arc<Instance> {
        &self.incoming.instance
    }

    /// The request's facts.
    pub fn incoming(&self) -> &Incoming {
        &self.incoming
    }

    /// Who is signed in; on public pages perhaps nobody.
    pub fn who(&self) -> Option<&SignedIn> {
        self.who.as_ref()
    }

    /// The scope of whoever is signed in.
    ///
    /// # Errors
    /// [`Problem::SignInFirst`] on a public route without a session; never behind a guarded one.
    pub fn scope(&self) -> Result<&Scope, Problem> {
        self.who.as_ref().map(|who| &who.scope).ok_or(Problem::SignInFirst)
    }

    /// May whoever is signed in do this?
    pub fn may(&self, permission: Permission) -> bool {
        self.who.as_ref().is_some_and(|who| who.scope.may(permission))
    }

    /// Does `access` let them in?
    pub fn allows(&self, access: Access) -> bool {
        match access {
            Access::Public => true,
            Access::Account => self.who.is_some(),
            Access::SignedIn => self.who.as_ref().is_some_and(|who| !who.is_citizen()),
            Access::Warga => self.who.as_ref().is_some_and(SignedIn::is_citizen),
            Access::Needs(permission) => self.may(permission),
        }
    }

    /// When the request came, by the Instance's clock.
    pub fn now(&self) -> Moment {
        self.now
    }

    /// Today, in the Instance's zone.
    pub fn today(&self) -> Date {
        self.instance().zona.date(self.now)
    }

    /// A variable part of the address, as `T`; what does not parse is not there.
    pub fn param<T: FromStr>(&self, name: &str) -> Result<T, Problem> {
        let value = self.incoming.params.iter().find(|(known, _)| known == name);
        value.and_then(|(_, value)| value.parse().ok()).ok_or(Problem::NotFound)
    }

    /// A part of the query, trimmed; empty parts count as absent.
    pub fn query(&self, name: &str) -> Option<&str> {
        let value = self.incoming.query.iter().find(|(known, _)| known == name)?.1.trim();
        (!value.is_empty()).then_some(value)
    }

    /// The address on paper and in notices for a page of this Instance.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.instance().url_publik)
    }

    /// The proof of origin that forms of this browser carry.
    pub fn csrf(&self) -> String {
        let cookie = self.incoming.form_cookie().or(self.guest_cookie.as_deref()).unwrap_or_default();
        token::csrf(self.instance().keys(), cookie)
    }

    /// The mark of whoever works here: this officer, for this jabatan, in this Instance. A device keeps pages and unsent forms under it
    /// and never shows those of another; it tells nobody who that is.
    pub fn holder(&self) -> Option<String> {
        let (who, post) = self.officer()?;
        Some(token::mark(self.instance().keys(), "perangkat/pemegang", &format!("{who} {post}")))
    }

    /// The mark of the person alone, by which a device knows who chose to keep pages there.
    pub fn person_mark(&self) -> Option<String> {
        Some(token::mark(self.instance().keys(), "perangkat/orang", &self.officer()?.0))
    }

    /// The key with which a device shuts what [`Ctx::holder`] has not yet sent: 16 bytes in hexadecimal. It is given to nobody else, so
    /// that what was left on a shared device stays shut until the same person signs in there again.
    pub fn holder_key(&self) -> Option<String> {
        let (who, post) = self.officer()?;
        Some(token::mark(self.instance().keys(), "perangkat/kunci", &format!("{who} {post}")))
    }

    fn officer(&self) -> Option<(String, String)> {
        let who = self.who.as_ref().filter(|who| !who.is_citizen() && self.caller.is_none())?;
        let post = who.scope.acting.as_ref().map_or_else(String::new, |acting| acting.penugasan.to_string());
        Some((who.scope.actor.key(), post))
    }

    /// A fresh UUID for a form.
    pub fn form_id(&self) -> Id {
        self.instance().ids.next_id()
    }

    /// The notice the page before left.
    pub fn notice(&self) -> Option<(String, Option<Undo>)> {
        self.incoming.cookie(NOTICE_COOKIE).filter(|text| !text.is_empty()).map(|text| Undo::read(self.instance().keys(), text))
    }

    /// The entries of the rail that lead somewhere for whoever is signed in, with their modules, in the order of the rail's groups.
    pub fn menu(&self) -> Vec<(&'static str, &'static Menu)> {
        let modules = self.parts.modules.iter().filter(|module| self.instance().has_module(module.id));
        let mut entries: Vec<_> = modules
            .flat_map(|module| module.menu.iter().map(|entry| (module.id, entry)))
            .filter(|(_, entry)| self.allows(entry.access))
            .collect();
        entries.sort_by_key(|(_, entry)| entry.group);
        entries
    }

    /// Everything this box holds.
    pub fn parts(&self) -> &Arc<AppParts> {
        &self.parts
    }

    /// Who writes.
    pub fn by(&self) -> By {
        let instance = self.instance();
        if let Some(caller) = &self.caller {
            return instance.by_caller(caller, self.now);
        }
        match &self.who {
            Some(who) => By::scope(&who.scope, self.now, instance.ids.clone()),
            None => By::system("publik", self.now, instance.ids.clone()),
        }
    }

    /// Reads on one snapshot. Blocks: for POST handlers.
    pub fn read<T, E: From<StoreError>>(&self, body: impl Fn(&mut Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        self.instance().db.read(body)
    }

    /// Writes as whoever is signed in. Blocks: for POST handlers.
    pub fn write<T, E>(&self, keys: Keys, body: impl Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.instance().db.write(&self.by(), keys, body)
    }

    /// Does what a form asks once, however often it is sent: `body` gives the address to go to, which is remembered in the same
    /// transaction and answered again to a second sending.
    pub fn submit<E>(
        &self,
        input: &Input,
        keys: Keys,
        body: impl Fn(&mut Tx<'_>) -> Result<String, E> + Send + 'static,
    ) -> Result<Response, E>
    where
        E: From<StoreError> + Send + 'static,
    {
        self.submit_boxed(input, keys, Box::new(body))
    }

    /// [`Ctx::submit`] compiled once for each kind of error, not once for each form.
    fn submit_boxed<E>(&self, input: &Input, keys: Keys, body: Submitted<E>) -> Result<Response, E>
    where
        E: From<StoreError> + Send + 'static,
    {
        let (form, route) = (input.form_id(), self.incoming.pattern);
        // A form that may wait on a device may be changed there after its answer was lost: what was taken first stays, and is told.
        let print = if input.text(HOLDER_FIELD).is_empty() { String::new() } else { input.print() };
        let to = self.write(keys, move |tx| {
            let Some(form) = form else { return body(tx).map(Some) };
            if let Some(before) = tx.answered_form(route, form)? {
                let (to, known) = before.tujuan.split_once(' ').unwrap_or((&before.tujuan, &print));
                return Ok((known == print).then(|| to.to_owned()));
            }
            let to = body(tx)?;
            tx.answer_form(route, form, &Answered { status: 303, tujuan: format!("{to} {print}").trim_end().to_owned() })?;
            Ok(Some(to))
        })?;
        Ok(match to {
            Some(to) => Response::redirect(to),
            None => {
                let taken = Problem::TakenOtherwise;
                Response { status: taken.status(), ..Response::page(self.parts.pages.problem(self, &taken, None)) }
            }
        })
    }

    /// Makes what a program asks for once, however often it asks with the same name of the attempt: `body` gives what is answered, which is
    /// remembered in the same transaction. Keep everything that is secret out of it.
    ///
    /// # Errors
    /// [`api::Refusal::Reused`] when something else was sent under this name before.
    pub fn once(
        &self,
        input: &Input,
        keys: Keys,
        body: impl Fn(&mut Tx<'_>) -> Result<serde_json::Value, Problem> + Send + 'static,
    ) -> Result<Response, Problem> {
        let (form, route) = (input.form_id().ok_or_else(|| Problem::refused(api::Refusal::NoKey))?, self.incoming.pattern);
        let print = input.print();
        let text = self.write(keys, move |tx| {
            if let Some(before) = tx.answered_form(route, form)? {
                let (known, text) = before.tujuan.split_once(' ').unwrap_or_default();
                return if known == print { Ok(text.to_owned()) } else { Err(Problem::refused(api::Refusal::Reused)) };
            }
            let text = body(tx)?.to_string();
            tx.answer_form(route, form, &Answered { status: 201, tujuan: format!("{print} {text}") })?;
            Ok(text)
        })?;
        Ok(Response { status: 201, ..Response::json(text) })
    }

    /// What the browser keeps under a name.
    pub fn sent_cookie(&self, name: &str) -> Option<&str> {
        self.incoming.cookie(name).filter(|value| !value.is_empty())
    }

    /// A `Set-Cookie` value with the flags every cookie of ours has.
    pub fn cookie(&self, name: &str, value: &str, max_age_s: i64) -> String {
        let secure = if self.instance().is_https() { "; Secure" } else { "" };
        format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={max_age_s}{secure}")
    }

    /// The `Set-Cookie` value that begins a session.
    pub fn session_cookie(&self, value: &str, max_age_s: i64) -> String {
        self.cookie(SESSION_COOKIE, value, max_age_s)
    }

    /// The key of the session in use.
    pub fn session_key(&self) -> Option<String> {
        self.incoming.cookie(SESSION_COOKIE).map(token::session_key)
    }

    pub(crate) fn guest_set_cookie(&self) -> Option<String> {
        self.guest_cookie.as_ref().map(|value| self.cookie(GUEST_COOKIE, value, 24 * 60 * 60))
    }
}
