use praja_kernel::{Permission, Refuse};
use praja_store::{Blob, StoreError};

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
}

/// What is sent.
#[derive(Debug)]
pub enum Body {
    /// A whole HTML document.
    Page(String),
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

impl Response {
    /// A page.
    pub fn page(html: String) -> Self {
        Self { status: 200, body: Body::Page(html), cookies: Vec::new() }
    }

    /// A form shown again with what is wrong (422).
    pub fn form_again(html: String) -> Self {
        Self { status: 422, body: Body::Page(html), cookies: Vec::new() }
    }

    /// Go there.
    pub fn redirect(to: impl Into<String>) -> Self {
        Self { status: 303, body: Body::Redirect(to.into()), cookies: Vec::new() }
    }

    /// JSON.
    pub fn json(text: String) -> Self {
        Self { status: 200, body: Body::Json(text), cookies: Vec::new() }
    }

    /// Any other body with status 200.
    pub fn of(body: Body) -> Self {
        Self { status: 200, body, cookies: Vec::new() }
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
}

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
    /// What was sent is larger than allowed.
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
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
            Self::Forbidden(_) | Self::StaleForm | Self::OfficersOnly | Self::CitizensOnly => 403,
            Self::SignInFirst | Self::ChangePasswordFirst | Self::ProveFirst => 401,
            Self::TooLarge { .. } => 413,
            Self::Unreadable(_) => 400,
            Self::Conflict => 409,
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
