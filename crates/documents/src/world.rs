//! What a template sees of the world: the files of its job, the fonts, and the day of its document.

use std::collections::HashMap;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, World};

use crate::fonts::Fonts;
use crate::{Job, Problem};

/// The sandbox of one render.
pub(crate) struct Sandbox<'e> {
    library: &'e LazyHash<Library>,
    fonts: &'e Fonts,
    main: FileId,
    sources: HashMap<FileId, Source>,
    files: HashMap<FileId, Bytes>,
    date: (i32, u8, u8),
}

impl<'e> Sandbox<'e> {
    pub(crate) fn new(library: &'e LazyHash<Library>, fonts: &'e Fonts, job: &Job) -> Result<Self, Problem> {
        let (mut sources, mut files) = (HashMap::new(), HashMap::new());
        for (name, bytes) in &job.files {
            let id = id(name)?;
            files.insert(id, Bytes::new(bytes.clone()));
            if name.ends_with(".typ") {
                let text = std::str::from_utf8(bytes).map_err(|_| Problem::NotText { name: name.clone() })?;
                sources.insert(id, Source::new(id, text.to_owned()));
            }
        }
        let main = id(&job.main)?;
        if !sources.contains_key(&main) {
            return Err(Problem::NoTemplate { name: job.main.clone() });
        }
        Ok(Self { library, fonts, main, sources, files, date: job.date })
    }

    /// The name of a file as the job gave it.
    pub(crate) fn name(id: FileId) -> String {
        id.vpath().get_without_slash().to_owned()
    }
}

/// The typesetter never forgets a name and knows 65,535 at most; therefore only names of this form, which a pack has few of.
fn id(name: &str) -> Result<FileId, Problem> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_.".contains(&byte);
    let wrong = || Problem::BadName { name: name.to_owned() };
    if name.is_empty() || name.len() > 60 || !name.bytes().all(plain) {
        return Err(wrong());
    }
    let path = VirtualPath::new(name).map_err(|_| wrong())?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl World for Sandbox<'_> {
    fn library(&self) -> &LazyHash<Library> {
        self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.faces.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        Datetime::from_ymd(self.date.0, self.date.1, self.date.2)
    }
}
