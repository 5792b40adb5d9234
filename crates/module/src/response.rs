use praja_kernel::{Permission, Refuse};
use praja_store::{Blob, Keyring, StoreError};

use crate::{Ctx, Offline, Route, token};

/// What a handler answers.
pub type Outcome = std::result::Result<Response, Problem>;

/// An answer.
#[derive(Debug)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// What is sent.
    pub body: Body,
    /// Whole `Set-Cookie` values.
    pub cookies: Vec<String>,
    /// May the reader's device keep this page for hours without a line?
    pub keep: bool,
}

/// What is sent.
#[derive(Debug)]
pub enum Body {
    /// A whole HTML document.
    Page(String),
    /// The same, compressed: made by the guard.
    #[doc(hidden)]
    Packed(Vec<u8>),
    /// Go there (303).
    Redirect(String),
    /// JSON.
    Json(String),
    /// Plain text.
    Text(String),
    /// A file from the store, decrypted as it is sent.
    File {
        /// The stored file.
        blob: Blob,
        /// Its type, from its content.
        mime: String,
        /// Its name for saving.
        name: String,
        /// Shown in the browser rather than saved.
        inline: bool,
    },
    /// A file written while it is sent, however long it is.
    Stream {
        /// Writes it, on a thread that may block. An error ends the answer early, so that it is never taken for whole.
        write: Writer,
        /// Its type.
        mime: &'static str,
        /// Its name for saving.
        name: String,
    },
    /// A PDF made on the spot, shown in the browser rather than saved.
    Pdf {
        /// Its content.
        bytes: Vec<u8>,
        /// Its name for saving.
        name: String,
    },
    /// A file made on the spot.
    Bytes {
        /// Its content.
        bytes: Vec<u8>,
        /// Its type.
        mime: &'static str,
        /// Its name for saving.
        name: String,
    },
}

type Write = dyn FnOnce(&mut dyn std::io::Write) -> std::io::Result<()> + Send;

/// Writes the content of [`Body::Stream`].
pub struct Writer(Box<Write>);

impl Writer {
    /// From what writes.
    pub fn new(write: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()> + Send + 'static) -> Self {
        Self(Box::new(write))
    }

    pub(crate) fn run(self, out: &mut dyn std::io::Write) -> std::io::Result<()> {
        (self.0)(out)
    }
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Writer")
    }
}

impl Response {
    /// A page.
    pub fn page(html: String) -> Self {
        Self::of(Body::Page(html))
    }

    /// A form shown again with what is wrong (422).
    pub fn form_again(html: String) -> Self {
        Self { status: 422, ..Self::page(html) }
    }

    /// Go there.
    pub fn redirect(to: impl Into<String>) -> Self {
        Self { status: 303, ..Self::of(Body::Redirect(to.into())) }
    }

    /// JSON.
    pub fn json(text: String) -> Self {
        Self::of(Body::Json(text))
    }

    /// Any other body with status 200.
    pub fn of(body: Body) -> Self {
        Self { status: 200, body, cookies: Vec::new(), keep: false }
    }

    /// Says whether the reader's device may keep this very page, where its route lets devices keep pages at all. Nothing secret may be.
    #[must_use]
    pub const fn kept(mut self, may: bool) -> Self {
        self.keep = may;
        self
    }

    pub(crate) fn kept_by(mut self, route: Route) -> Self {
        self.keep &= route.offline == Offline::Read;
        self
    }

    pub(crate) fn is_page(&self) -> bool {
        matches!(self.body, Body::Page(_) | Body::Packed(_))
    }

    /// Compresses a page; anything else stays as it is.
    pub(crate) fn packed(mut self) -> Self {
        if let Body::Page(html) = &self.body
            && let Some(bytes) = crate::pack::pack(html)
        {
            self.body = Body::Packed(bytes);
        }
        self
    }

    /// Adds a `Set-Cookie` value.
    pub fn with_cookie(mut self, cookie: String) -> Self {
        self.cookies.push(cookie);
        self
    }

    /// Leaves a notice for the next page: what happened, in one sentence.
    pub fn with_notice(self, notice: &str) -> Self {
        let cookie = format!("{}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age=60", NOTICE_COOKIE, encode(notice));
        self.with_cookie(cookie)
    }

    /// The same with a button that takes back what was done.
    pub fn with_undo(self, ctx: &Ctx, notice: &str, undo: &Undo) -> Self {
        let cookie = format!(
            "{}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age=60",
            NOTICE_COOKIE,
            undo.written(ctx.instance().keys(), notice)
        );
        self.with_cookie(cookie)
    }
}

/// The way back from what was just done: one POST.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undo {
    /// Verb with its object: "Buka lagi tugas".
    pub label: String,
    /// Where it is sent.
    pub action: String,
    /// What is sent along, as the `versi` of a row.
    pub values: Vec<(String, String)>,
}

impl Undo {
    /// A way back that sends nothing along.
    pub fn new(label: impl Into<String>, action: impl Into<String>) -> Self {
        Self { label: label.into(), action: action.into(), values: Vec::new() }
    }

    /// Sends a value along.
    #[must_use]
    pub fn value(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.values.push((name.into(), value.into()));
        self
    }

    /// Sealed, because whoever could put a cookie into the browser would otherwise choose what the button does.
    fn written(&self, keys: &Keyring, notice: &str) -> String {
        let whole = serde_json::json!([notice, self.label, self.action, self.values]).to_string();
        token::seal(keys, UNDO, &whole)
    }

    /// The notice in the cookie and its way back; the latter only where the seal is ours.
    pub(crate) fn read(keys: &Keyring, cookie: &str) -> (String, Option<Self>) {
        let whole = token::unseal(keys, UNDO, cookie).and_then(|text| serde_json::from_str(&text).ok());
        match whole {
            Some((notice, label, action, values)) => (notice, Some(Self { label, action, values })),
            None => (decode(cookie, false), None),
        }
    }
}

/// What the seal of a way back is for.
const UNDO: &str = "urungkan";

/// The cookie that carries a notice to the next page.
pub(crate) const NOTICE_COOKIE: &str = "praja_kabar";

/// Why a handler did not answer what was asked.
#[derive(Debug)]
pub enum Problem {
    /// A rule said no.
    Refused(Box<dyn Refuse>),
    /// Not there, or not for these eyes: the two look the same from outside.
    NotFound,
    /// The permission is missing.
    Forbidden(Permission),
    /// Nobody is signed in.
    SignInFirst,
    /// A new password must be chosen before anything else.
    ChangePasswordFirst,
    /// The page is for officers and a citizen asks.
    OfficersOnly,
    /// The page is for citizens and an officer asks.
    CitizensOnly,
    /// Whoever asks comes from outside for a time, and reads only.
    ReadsOnly,
    /// The password must be typed again before this page opens.
    ProveFirst,
    /// The password must be typed again before this is done.
    ProveAgain {
        /// What is to be done, as the route says it.
        purpose: &'static str,
        /// Everything that was typed, to be sent again.
        fields: Vec<(String, String)>,
        /// What was wrong with the password just given.
        wrong: Option<String>,
    },
    /// The form's proof of origin is missing or old.
    StaleForm,
    /// The form was written by somebody else, or for another jabatan, than whoever is signed in now.
    OtherHolder,
    /// The form was taken before, with other words in it.
    TakenOtherwise,
    /// What was sent is larger than allowed.
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// One address sends files too often without being signed in.
    TooOften,
    /// What was sent cannot be read.
    Unreadable(&'static str),
    /// Somebody changed the same thing first.
    Conflict,
    /// The data layer failed.
    Store(StoreError),
    /// Anything else on our side.
    Fault(String),
}

impl Problem {
    /// A rule said no.
    pub fn refused(refusal: impl Refuse) -> Self {
        Self::Refused(Box::new(refusal))
    }

    /// HTTP status.
    pub fn status(&self) -> u16 {
        match self {
            Self::Refused(_) | Self::ProveAgain { .. } => 422,
            Self::NotFound => 404,
            Self::Forbidden(_) | Self::StaleForm | Self::OfficersOnly | Self::CitizensOnly | Self::ReadsOnly => 403,
            Self::SignInFirst | Self::ChangePasswordFirst | Self::ProveFirst => 401,
            Self::TooLarge { .. } => 413,
            Self::TooOften => 429,
            Self::Unreadable(_) => 400,
            Self::Conflict | Self::OtherHolder | Self::TakenOtherwise => 409,
            Self::Store(e) if e.is_passing() => 503,
            Self::Store(_) | Self::Fault(_) => 500,
        }
    }

    /// Does this need an incident code, because only we can mend it?
    pub fn is_fault(&self) -> bool {
        self.status() == 500
    }
}

impl From<StoreError> for Problem {
    fn from(e: StoreError) -> Self {
        Self::Store(e)
    }
}

/// Percent-encodes everything but letters, digits and a few safe signs.
pub(crate) fn encode(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::new(), |mut out, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            other => {
                let _ = write!(out, "%{other:02X}");
            }
        }
        out
    })
}

/// Undoes [`encode`]; `+` is a blank where forms are read.
pub(crate) fn decode(text: &str, plus_is_blank: bool) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let pair = bytes.get(at + 1..at + 3).and_then(|pair| std::str::from_utf8(pair).ok());
        match (bytes[at], pair.and_then(|pair| u8::from_str_radix(pair, 16).ok())) {
            (b'%', Some(byte)) => {
                out.push(byte);
                at += 3;
                continue;
            }
            (b'+', _) if plus_is_blank => out.push(b' '),
            (other, _) => out.push(other),
        }
        at += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{Undo, encode};
    use praja_store::Keyring;

    #[test]
    fn a_way_back_is_read_only_where_this_instance_wrote_it() {
        let (keys, _) = Keyring::create().unwrap();
        let (other, _) = Keyring::create().unwrap();
        let undo = Undo::new("Buka lagi tugas", "/desk/tugas/1/buka").value("versi", "3");
        let cookie = undo.written(&keys, "Tugas selesai: 1.");
        assert_eq!(Undo::read(&keys, &cookie), ("Tugas selesai: 1.".to_owned(), Some(undo)));
        assert_eq!(Undo::read(&other, &cookie).1, None);
        assert_eq!(Undo::read(&keys, &encode("Surat dicatat.")), ("Surat dicatat.".to_owned(), None));
    }
}
