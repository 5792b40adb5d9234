//! Operations for other programs of the regency: data first, so that the document about them is made from the very list that answers.

mod document;
mod refusal;

use praja_kernel::Permission;

use crate::{Ctx, Get, Input, Method, Outcome, Response};

pub use document::{document, errors_of, usual_errors};
pub use refusal::{Refusal, told};

/// Where operations begin.
pub const ROOT: &str = "/api/v1/";
/// The document that describes them.
pub const DOCUMENT: &str = "/api/v1/openapi.json";
/// One token may call so often within a minute.
pub const PER_MINUTE: u32 = 120;

/// What a token may be allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cakupan {
    /// `<module>.<noun>.<baca|tulis>`, permanent.
    pub nama: &'static str,
    /// What it allows, in Indonesian.
    pub arti: &'static str,
    /// The right that whoever makes the token must hold: nobody's rights grow by a token.
    pub hak: Permission,
}

/// What a value is.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// A text of at most so many letters; 0 says nothing about its length.
    Text(u32),
    /// The identity of a thing.
    Id,
    /// A day, `2026-11-22`.
    Date,
    /// A moment with its zone, `2026-11-22T09:00:00+07:00`.
    Moment,
    /// An address.
    Uri,
    /// A whole number.
    Number,
    /// Yes or no.
    Flag,
    /// One of these words.
    Words(fn() -> Vec<&'static str>),
    /// A list of texts.
    Texts,
    /// An object whose names the operation knows only when it sees them, such as answers to the form of a service. In a form it is sent as JSON.
    Object,
    /// One thing.
    One(&'static Shape),
    /// A list of things.
    Many(&'static Shape),
}

/// A thing with its fields.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// Its name in the document, in PascalCase.
    pub name: &'static str,
    /// What it has.
    pub fields: &'static [Field],
}

/// One field of a thing.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub kind: Kind,
    /// What it means, in Indonesian.
    pub about: &'static str,
    /// Of an answer: never null. Of what is sent: must be there.
    pub must: bool,
}

impl Field {
    /// A field that is always there.
    pub const fn new(name: &'static str, kind: Kind, about: &'static str) -> Self {
        Self { name, kind, about, must: true }
    }

    /// The same, where it may be null or left out.
    pub const fn maybe(name: &'static str, kind: Kind, about: &'static str) -> Self {
        Self { name, kind, about, must: false }
    }
}

/// Files that may be sent along.
#[derive(Debug, Clone, Copy)]
pub struct Files {
    /// The field.
    pub field: &'static str,
    /// Size of one, in bytes.
    pub max_file: u64,
    /// How many.
    pub max_files: usize,
}

impl Files {
    /// The largest body with all of them: in JSON each is a third larger than it is.
    pub(crate) const fn limit(&self) -> u64 {
        self.max_file / 3 * 4 + (1 << 20)
    }
}

/// What is sent.
#[derive(Debug, Clone, Copy)]
pub struct Body {
    /// Its fields, without the files.
    pub shape: &'static Shape,
    /// The files.
    pub files: Option<Files>,
}

/// What comes back when all is well.
#[derive(Debug, Clone, Copy)]
pub enum Answer {
    /// A thing (200).
    Found(&'static Shape),
    /// What was made (201).
    Made(&'static Shape),
    /// A file of one of these kinds (200).
    File(&'static [&'static str]),
}

impl Answer {
    /// Its HTTP status.
    pub const fn status(&self) -> u16 {
        if matches!(self, Self::Made(_)) { 201 } else { 200 }
    }
}

/// Answers what was sent.
pub type Send = fn(&Ctx, &Input) -> Outcome;

/// An operation's function.
#[derive(Clone, Copy)]
pub enum Act {
    /// For GET.
    Get(Get),
    /// For POST.
    Post(Send),
}

/// One operation for other programs.
#[derive(Clone, Copy)]
pub struct Operation {
    /// Its name in the document and in the register of uses, permanent: `daftar-surat-masuk`.
    pub id: &'static str,
    /// Pattern below `/api/v1/<module>/`.
    pub path: &'static str,
    /// What the token must be allowed.
    pub cakupan: Cakupan,
    /// What it does, in Indonesian.
    pub title: &'static str,
    /// What whoever calls it should know.
    pub about: &'static str,
    /// What may be asked in the address.
    pub query: &'static [Field],
    /// What is sent.
    pub body: Option<Body>,
    /// What comes back.
    pub answer: Answer,
    /// What might be sent and answered, as JSON; empty where the shape says enough.
    pub examples: [&'static str; 2],
    /// Each use leaves a row in the audit trail, because something of one letter leaves the house; the others are counted.
    pub traced: bool,
    /// Its function.
    pub act: Act,
}

impl Operation {
    /// One that reads.
    pub const fn get(
        id: &'static str,
        path: &'static str,
        cakupan: Cakupan,
        title: &'static str,
        answer: Answer,
        act: Get,
    ) -> Self {
        Self {
            id,
            path,
            cakupan,
            title,
            about: "",
            query: &[],
            body: None,
            answer,
            examples: ["", ""],
            traced: false,
            act: Act::Get(act),
        }
    }

    /// One that makes something. Whoever calls names the attempt (`Idempotency-Key`), so that it is made once.
    pub const fn post(
        id: &'static str,
        path: &'static str,
        cakupan: Cakupan,
        title: &'static str,
        body: Body,
        answer: &'static Shape,
        act: Send,
    ) -> Self {
        let answer = Answer::Made(answer);
        Self {
            id,
            path,
            cakupan,
            title,
            about: "",
            query: &[],
            body: Some(body),
            answer,
            examples: ["", ""],
            traced: false,
            act: Act::Post(act),
        }
    }

    /// Tells more.
    pub const fn about(mut self, words: &'static str) -> Self {
        self.about = words;
        self
    }

    /// What may be asked in the address.
    pub const fn asking(mut self, query: &'static [Field]) -> Self {
        self.query = query;
        self
    }

    /// The same where nothing is made: what is asked must not stand in an address.
    pub const fn finding(mut self, shape: &'static Shape) -> Self {
        self.answer = Answer::Found(shape);
        self
    }

    /// What might be sent and answered.
    pub const fn like(mut self, sent: &'static str, answered: &'static str) -> Self {
        self.examples = [sent, answered];
        self
    }

    /// Each use leaves a row in the audit trail.
    pub const fn traced(mut self) -> Self {
        self.traced = true;
        self
    }

    /// Its HTTP method.
    pub const fn method(&self) -> Method {
        match self.act {
            Act::Get(_) => Method::Get,
            Act::Post(_) => Method::Post,
        }
    }
}

/// The variable parts of a pattern.
pub fn parts_of(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
}

/// An answer in JSON with its status.
pub fn json(status: u16, value: &serde_json::Value) -> Response {
    Response { status, ..Response::json(value.to_string()) }
}

/// What is sent when something is wrong.
pub static GALAT: Shape = Shape {
    name: "Galat",
    fields: &[
        Field::new("kode", Kind::Text(0), "Kata tetap untuk program, misalnya api.token-tidak-berlaku."),
        Field::new("pesan", Kind::Text(0), "Apa yang tidak dapat dilakukan dan mengapa, untuk dibaca orang."),
        Field::maybe("saran", Kind::Text(0), "Apa yang dapat dilakukan sekarang."),
        Field::new("isian", Kind::Many(&ISIAN), "Isian yang perlu diperbaiki; kosong bila bukan soal isian."),
        Field::maybe("insiden", Kind::Text(0), "Kode untuk dilaporkan kepada pengelola, bila gangguannya di pihak Praja."),
    ],
};

static ISIAN: Shape = Shape {
    name: "IsianGalat",
    fields: &[
        Field::new("nama", Kind::Text(0), "Nama isian."),
        Field::new("pesan", Kind::Text(0), "Apa yang salah pada isian itu dan cara memperbaikinya."),
    ],
};
