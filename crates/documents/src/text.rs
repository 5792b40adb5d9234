//! The text layer of a PDF that somebody brought, for the search: of untrusted bytes, so by a worker. Nothing in the file is run; what it
//! draws as letters is read.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Encoding, LoadOptions, Object, content::Content};

use crate::{Job, Problem, Rendered, Trouble, pades::PadesError};

/// By this name a job asks for the text of its only file; no template is called so.
pub(crate) const TEXT: &str = "teks pdf";
/// The name of that file.
const FILE: &str = "berkas.pdf";
/// Pages that are read.
const PAGES: usize = 200;
/// Bytes of text that are kept: more than the search takes.
const LONGEST: usize = 1024 * 1024;
/// What one stream of the file may unfold to.
const STREAM: usize = 16 * 1024 * 1024;
/// Drawings within drawings, and drawings at all: a file that goes further was made to be a trap.
const DEEPEST: usize = 8;
const DRAWINGS: usize = 2_000;
/// A gap in a line of letters, in thousandths of their size, from which on it parts two words.
const GAP: f32 = -180.0;

/// The job of a worker that reads `file`.
pub(crate) fn job(file: &[u8]) -> Job {
    Job { main: TEXT.to_owned(), files: BTreeMap::from([(FILE.to_owned(), file.to_vec())]), date: (1970, 1, 1) }
}

/// Does a job ask for text?
pub(crate) fn is_asked(job: &Job) -> bool {
    job.main == TEXT
}

/// What a worker answers: the text in place of a document.
pub(crate) fn answer(job: &Job) -> Result<Rendered, Problem> {
    let bytes = job.files.get(FILE).map(Vec::as_slice).unwrap_or_default();
    let (text, pages) = read(bytes)?;
    Ok(Rendered { pdf: text.into_bytes(), pages, warnings: Vec::new() })
}

fn refused(why: PadesError) -> Problem {
    let hint = "Berkas tetap dapat dibuka; hanya isinya yang tidak dapat dicari.".to_owned();
    Problem::Template(vec![Trouble { file: FILE.to_owned(), line: 0, what: why.to_string(), hint }])
}

/// The text of the first pages, and how many were read. A page that cannot be read is passed over.
///
/// # Errors
/// [`Problem::Template`] for a file that is none, or is behind a password.
pub(crate) fn read(bytes: &[u8]) -> Result<(String, usize), Problem> {
    let options = LoadOptions { max_decompressed_size: Some(STREAM), ..LoadOptions::default() };
    let document = Document::load_mem_with_options(bytes, options).map_err(|e| match e {
        lopdf::Error::Decryption(_) | lopdf::Error::InvalidPassword => refused(PadesError::Encrypted),
        _ => refused(PadesError::Unreadable),
    })?;
    if document.is_encrypted() || document.encryption_state.is_some() {
        return Err(refused(PadesError::Encrypted));
    }
    let mut reader = Reader { document: &document, text: String::new(), drawings: 0 };
    let mut pages = 0;
    for page in document.page_iter().take(PAGES) {
        pages += 1;
        if let Ok(content) = document.get_page_content_with_limit(page, STREAM) {
            let resources = resources(&document, page);
            reader.walk(&content, &resources, 0);
        }
        reader.text.push('\n');
        if reader.is_full() {
            break;
        }
    }
    if pages == 0 { Err(refused(PadesError::Unreadable)) } else { Ok((reader.text, pages)) }
}

/// What a page draws with: its own resources, and those of the folders it stands in.
fn resources(document: &Document, page: lopdf::ObjectId) -> Vec<&Dictionary> {
    let Ok((own, others)) = document.get_page_resources(page) else { return Vec::new() };
    own.into_iter().chain(others.into_iter().filter_map(|id| document.get_dictionary(id).ok())).collect()
}

struct Reader<'a> {
    document: &'a Document,
    text: String,
    drawings: usize,
}

impl<'a> Reader<'a> {
    fn is_full(&self) -> bool {
        self.text.len() >= LONGEST
    }

    fn find(&self, resources: &[&'a Dictionary], kind: &[u8], name: &[u8]) -> Option<&'a Object> {
        let found = |one: &&'a Dictionary| self.document.get_dict_in_dict(one, kind).ok()?.get(name).ok();
        let object = resources.iter().find_map(found)?;
        self.document.dereference(object).ok().map(|(_, object)| object)
    }

    fn walk(&mut self, content: &[u8], resources: &[&'a Dictionary], depth: usize) {
        let Ok(content) = Content::decode(content) else { return };
        let mut fonts: BTreeMap<Vec<u8>, Option<Encoding<'a>>> = BTreeMap::new();
        let mut font: Option<Vec<u8>> = None;
        for one in &content.operations {
            if self.is_full() {
                return;
            }
            match one.operator.as_str() {
                "Tf" => {
                    let Some(Ok(name)) = one.operands.first().map(Object::as_name) else { continue };
                    if !fonts.contains_key(name) {
                        let dictionary = self.find(resources, b"Font", name).and_then(|object| object.as_dict().ok());
                        let encoding = dictionary.and_then(|it| it.get_font_encoding_with_limit(self.document, STREAM).ok());
                        fonts.insert(name.to_vec(), encoding);
                    }
                    font = Some(name.to_vec());
                }
                "Tj" | "TJ" | "'" | "\"" => {
                    if matches!(one.operator.as_str(), "'" | "\"") {
                        self.part();
                    }
                    let encoding = font.as_ref().and_then(|name| fonts.get(name)?.as_ref());
                    if let (Some(encoding), Some(shown)) = (encoding, one.operands.last()) {
                        self.show(encoding, shown);
                    }
                }
                // A new place on the page: another word, as far as one can tell without measuring letters.
                "Td" | "TD" | "Tm" | "T*" | "BT" | "ET" => self.part(),
                "Do" => {
                    if let Some(Ok(name)) = one.operands.first().map(Object::as_name) {
                        self.drawing(resources, name, depth);
                    }
                }
                _ => {}
            }
        }
    }

    fn show(&mut self, encoding: &Encoding<'_>, shown: &Object) {
        match shown {
            Object::String(bytes, _) => {
                if let Ok(text) = Document::decode_text(encoding, bytes) {
                    self.text.push_str(&text);
                }
            }
            Object::Array(parts) => {
                for part in parts {
                    match part {
                        Object::String(..) => self.show(encoding, part),
                        Object::Integer(_) | Object::Real(_) if part.as_float().is_ok_and(|gap| gap < GAP) => self.part(),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    /// A drawing that is used by its name, with the letters in it.
    fn drawing(&mut self, resources: &[&'a Dictionary], name: &[u8], depth: usize) {
        self.drawings += 1;
        if depth >= DEEPEST || self.drawings > DRAWINGS {
            return;
        }
        let Some(Ok(stream)) = self.find(resources, b"XObject", name).map(Object::as_stream) else { return };
        if stream.dict.get(b"Subtype").and_then(Object::as_name).ok() != Some(b"Form") {
            return;
        }
        let Ok(content) = stream.get_plain_content_with_limit(STREAM) else { return };
        let own = self.document.get_dict_in_dict(&stream.dict, b"Resources").ok();
        let within: Vec<&'a Dictionary> = own.into_iter().chain(resources.iter().copied()).collect();
        self.part();
        self.walk(&content, &within, depth + 1);
        self.part();
    }

    fn part(&mut self) {
        if !self.text.ends_with(char::is_whitespace) {
            self.text.push(' ');
        }
    }
}
