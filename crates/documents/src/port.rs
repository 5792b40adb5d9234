//! What the program gives its modules: drawing by workers, and signatures.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use praja_kernel::{Clock, Date, Moment};
use praja_module::documents::{ASSESSMENT, BILL, Block, Documents, DrawError, Drawing, Drawn, Picture, STAMP, TABLE, Text};
use praja_module::signing::{PadesError, Root, SignError, SignProvider, Signature, Signing, Way};
use serde_json::{Value, json};

use crate::office::{Bounds, Office};
use crate::pades::lokal::Sealed;
use crate::sign::{Bsre, Lokal, Paper};
use crate::worker::{Plan, Workers};
use crate::{Engine, Job, KINDS, Kind, Limits, Pack, Problem, Rendered, kind, pades, qr_svg, sample};

/// Templates that are no naskah.
const OTHERS: [&str; 4] = [TABLE, ASSESSMENT, BILL, STAMP];

/// Draws the documents of one Instance.
pub struct Drawer {
    pack: Pack,
    by: By,
    office: Option<Office>,
    /// LATIHAN stands on every page of a contoh Instance, whatever a module says.
    contoh: bool,
}

enum By {
    Workers(Workers),
    Engine(Box<Engine>),
}

impl Drawer {
    /// By processes of this same program, which must call [`crate::worker::called`] first thing. `own` is the folder of the regency's own
    /// templates (`*.typ`, `*.svg`), `fonts` that of its typefaces; either may be missing.
    pub fn by_workers(own: &Path, fonts: &Path, contoh: bool) -> Self {
        let count = std::thread::available_parallelism().map_or(1, |cores| cores.get().min(4));
        let arguments: Vec<OsString> = vec![crate::worker::CALL.into(), crate::worker::MIB.to_string().into(), fonts.into()];
        // The very file that runs now, also when an upgrade has put another in its place.
        let program = "/proc/self/exe".into();
        let plan = Plan { program, arguments, count, seconds: crate::worker::SECONDS, mib: crate::worker::MIB };
        Self { pack: Pack::new(templates(own)), by: By::Workers(Workers::new(plan)), office: None, contoh }
            .with_office(Office::find(Path::new("/proc/self/exe"), Bounds::default()))
    }

    /// By workers that were planned elsewhere, without templates of a regency's own.
    pub fn of(workers: Workers, contoh: bool) -> Self {
        Self { pack: Pack::new(BTreeMap::new()), by: By::Workers(workers), office: None, contoh }
    }

    /// In this process, for commands that draw once and for tests: nothing bounds time and memory.
    pub fn in_here(contoh: bool) -> Self {
        let engine = Box::new(Engine::new(Vec::new(), Limits::default()).0);
        Self { pack: Pack::new(BTreeMap::new()), by: By::Engine(engine), office: None, contoh }
    }

    /// With this word processor, or with none.
    #[must_use]
    pub fn with_office(self, office: Option<Office>) -> Self {
        Self { office, ..self }
    }

    fn render(&self, job: &Job) -> Result<Rendered, Problem> {
        match &self.by {
            By::Workers(workers) => workers.render(job),
            By::Engine(engine) => engine.render(job),
        }
    }
}

/// The regency's own templates; one that cannot be read is left out and said so, as the shipped one goes on.
fn templates(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let Ok(entries) = fs::read_dir(folder) else { return BTreeMap::new() };
    let named = entries.filter_map(|entry| {
        let path = entry.ok()?.path();
        let name = path.file_name()?.to_str()?.to_owned();
        let is_wanted = path.extension().is_some_and(|end| end == "typ" || end == "svg");
        is_wanted.then_some((name, path))
    });
    named
        .filter_map(|(name, path)| match fs::read(&path) {
            Ok(bytes) => Some((name, bytes)),
            Err(error) => {
                tracing::warn!(path = %path.display(), %error, "a template of the regency's own cannot be read; the shipped one is used");
                None
            }
        })
        .collect()
}

fn day(date: Date) -> (i32, u8, u8) {
    let small = |number: i8| u8::try_from(number).unwrap_or(1);
    (date.year().into(), small(date.month()), small(date.day()))
}

impl Documents for Drawer {
    fn draw(&self, drawing: &Drawing) -> Result<Drawn, DrawError> {
        let name = drawing.kode.as_str();
        if kind(name).is_none() && !OTHERS.contains(&name) {
            return Err(DrawError::Unknown(name.to_owned()));
        }
        let mut data = drawing.data.clone();
        if self.contoh && data.is_object() {
            data["latihan"] = json!(true);
        }
        let done = self.render(&self.pack.job_on(name, &data, day(drawing.date), &drawing.files))?;
        Ok(Drawn { pdf: done.pdf, pages: done.pages, warnings: done.warnings })
    }

    fn kinds(&self) -> Vec<&'static str> {
        KINDS.map(Kind::code).to_vec()
    }

    fn sample(&self, kode: &str) -> Option<Value> {
        kind(kode).map(sample)
    }

    fn template(&self, file: &str) -> Option<String> {
        self.pack.file(file).map(|bytes| String::from_utf8_lossy(bytes).into_owned())
    }

    fn code(&self, address: &str) -> Option<String> {
        qr_svg(address)
    }

    fn join(&self, files: &[&[u8]]) -> Result<Drawn, DrawError> {
        crate::join::join(files, Limits::default())
    }

    fn pages(&self, file: &[u8]) -> Result<Vec<(f64, f64)>, DrawError> {
        crate::stamp::pages(file, Limits::default())
    }

    fn text(&self, file: &[u8]) -> Result<Text, DrawError> {
        let job = crate::text::job(file);
        let done = match &self.by {
            By::Workers(workers) => workers.render(&job),
            By::Engine(_) => crate::text::answer(&job),
        };
        match done {
            Ok(done) => Ok(Text { text: String::from_utf8_lossy(&done.pdf).into_owned(), pages: done.pages }),
            // A file that ends the process that reads it does so each time.
            Err(Problem::Worker(cause)) => Err(DrawError::TooMuch(format!("Berkas itu menghentikan pembacanya ({cause})."))),
            Err(other) => Err(other.into()),
        }
    }

    fn picture(&self, file: &[u8], page: usize, wide: u32) -> Result<Picture, DrawError> {
        let done = self.render(&crate::picture::job(file, page, wide)?)?;
        Ok(Picture { png: done.pdf, pages: done.pages })
    }

    fn converts(&self) -> bool {
        self.office.is_some()
    }

    fn convert(&self, docx: &[u8]) -> Result<Vec<u8>, DrawError> {
        self.office.as_ref().ok_or_else(DrawError::no_office)?.convert(docx)
    }

    fn stamp(&self, file: &[u8], blocks: &[Block]) -> Result<Drawn, DrawError> {
        // A file that cannot be used is refused before anything is drawn for it.
        let pages = self.pages(file)?;
        let mut drawn = Vec::with_capacity(blocks.len());
        for block in blocks {
            let pdf = self.draw(&block.drawing)?.pdf;
            drawn.push(crate::stamp::Block { page: block.page, at: (block.x, block.y), pdf });
        }
        if let (true, Some(block)) = (self.contoh, blocks.first()) {
            let mut mark = block.drawing.clone();
            mark.data["cap"] = json!("latihan");
            let pdf = self.draw(&mark)?.pdf;
            let on = |at: usize| crate::stamp::Block { page: at + 1, at: (12.0, 6.0), pdf: pdf.clone() };
            drawn.extend((0..pages.len()).map(on));
        }
        crate::stamp::stamp(file, &drawn, Limits::default())
    }
}

/// Signs and checks for one Instance.
pub struct Signatures {
    /// A contoh Instance never signs with certificates of a certified body.
    pub contoh: bool,
}

impl Signing for Signatures {
    fn provider(&self, way: Way, clock: Arc<dyn Clock>) -> Result<Box<dyn SignProvider>, SignError> {
        Ok(match way {
            Way::Basah => Box::new(Paper),
            Way::Lokal(authority) => Box::new(Lokal { authority: read(&authority)?, clock }),
            Way::Bsre(_) if self.contoh => {
                return Err(SignError::NotOffered(
                    "Daerah contoh tidak menandatangani dengan sertifikat BSrE. Pakailah otoritas uji daerah.",
                ));
            }
            Way::Bsre(settings) => Box::new(Bsre::new(settings)?),
        })
    }

    fn new_authority(&self, regency: &str, passphrase: &str, now: Moment) -> Result<Vec<u8>, SignError> {
        written(&Sealed::create(regency, passphrase, now)?)
    }

    fn reseal(&self, authority: &[u8], old: &str, new: &str) -> Result<Vec<u8>, SignError> {
        written(&read(authority)?.reseal(old, new)?)
    }

    fn certificate(&self, authority: &[u8]) -> Result<Vec<u8>, SignError> {
        Ok(read(authority)?.certificate)
    }

    fn check(&self, pdf: &[u8], roots: &[Root]) -> Result<Vec<Signature>, SignError> {
        Ok(pades::check(pdf, roots)?)
    }

    fn addresses(&self, pdf: &[u8]) -> Result<Vec<String>, SignError> {
        Ok(crate::addresses(pdf)?)
    }
}

fn read(authority: &[u8]) -> Result<Sealed, SignError> {
    serde_json::from_slice(authority).map_err(|_| PadesError::BadKey.into())
}

fn written(authority: &Sealed) -> Result<Vec<u8>, SignError> {
    serde_json::to_vec(authority).map_err(|_| PadesError::BadKey.into())
}
