//! What poppler says about a PDF.

use std::process::Command;
use std::sync::LazyLock;

use praja_documents::{Engine, Limits};
use tempfile::NamedTempFile;

/// One for all tests, as in a server.
pub static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new(Vec::new(), Limits::default()).0);

/// What a program of poppler-utils prints about this PDF. `-` among the arguments stands for the output, `FILE` for the document.
pub fn poppler(program: &str, arguments: &[&str], pdf: &[u8]) -> String {
    String::from_utf8_lossy(&poppler_bytes(program, arguments, pdf)).into_owned()
}

/// The same for a program that does not print text.
pub fn poppler_bytes(program: &str, arguments: &[&str], pdf: &[u8]) -> Vec<u8> {
    let file = NamedTempFile::new().unwrap();
    std::fs::write(file.path(), pdf).unwrap();
    let path = file.path().to_str().unwrap();
    let arguments = arguments.iter().map(|one| if *one == "FILE" { path } else { one });
    let done = Command::new(program).args(arguments).output().unwrap_or_else(|e| panic!("{program} (poppler-utils): {e}"));
    assert!(done.status.success(), "{program}: {}", String::from_utf8_lossy(&done.stderr));
    done.stdout
}

/// A word on a page, in millimetres from its upper left corner.
#[derive(Debug, Clone)]
pub struct Word {
    pub page: usize,
    pub text: String,
    pub x: f64,
    pub y: f64,
}

/// All words in reading order.
pub fn words(pdf: &[u8]) -> Vec<Word> {
    words_of(&poppler("pdftotext", &["-bbox", "FILE", "-"], pdf))
}

/// The words in what `pdftotext -bbox` says.
fn words_of(text: &str) -> Vec<Word> {
    let mut page = 0;
    text.lines()
        .filter_map(|line| {
            let line = line.trim();
            page += usize::from(line.starts_with("<page "));
            let rest = line.strip_prefix("<word ")?;
            let (attributes, text) = rest.split_once('>')?;
            let text = text.trim_end_matches("</word>");
            Some(Word { page, text: plain(text), x: millimetres(attributes, "xMin"), y: millimetres(attributes, "yMin") })
        })
        .collect()
}

fn plain(text: &str) -> String {
    text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"")
}

fn millimetres(attributes: &str, name: &str) -> f64 {
    let (_, rest) = attributes.split_once(&format!("{name}=\"")).unwrap();
    rest.split('"').next().unwrap().parse::<f64>().unwrap() * 25.4 / 72.0
}

/// Where these words stand next to each other, capitals or not.
pub fn find<'w>(words: &'w [Word], text: &str) -> Vec<&'w Word> {
    let wanted: Vec<String> = text.split_whitespace().take(2).map(bare).collect();
    words
        .windows(wanted.len())
        .filter(|group| group.iter().map(|word| bare(&word.text)).eq(wanted.iter().cloned()))
        .map(|group| &group[0])
        .collect()
}

fn bare(word: &str) -> String {
    word.trim_end_matches(',').to_uppercase()
}
