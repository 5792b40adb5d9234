use include_dir::{Dir, include_dir};
use praja_deploy::{Obstacle, Templates, Version};
use praja_kernel::Moment;

/// Everything a regency may change, as it left the building.
static TEMPLATES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../config-templates");

/// Ends of files that a plan may need.
const WANTED: [&str; 5] = ["tmpl", "yaml", "service", "socket", "timer"];

/// The guides, so that an installation can be read without a line.
static GUIDES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../docs/panduan");

/// Oldest C library the program runs with: the newest symbols it uses are of that version, and packed addresses are read since a later one
/// (ADR 0039). A program that carries its own asks for none.
pub(crate) const GLIBC: Version = if cfg!(target_feature = "crt-static") {
    Version::NONE
} else if cfg!(packed) {
    Version(2, 36)
} else {
    Version(2, 34)
};

/// The files the plan fills in, and the catalogue.
pub(crate) fn templates() -> Templates {
    let mut found = Vec::new();
    let mut open = vec![&TEMPLATES];
    while let Some(folder) = open.pop() {
        open.extend(folder.dirs());
        for file in folder.files() {
            let wanted = file.path().extension().is_some_and(|end| WANTED.iter().any(|wanted| end == *wanted));
            if let (true, Some(text)) = (wanted, file.contents_utf8()) {
                found.push((file.path().display().to_string(), text.to_owned()));
            }
        }
    }
    Templates::new(found)
}

/// The guides by their name, without the pictures, which are no part of the program.
pub(crate) fn guides() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = vec![&GUIDES];
    while let Some(folder) = open.pop() {
        open.extend(folder.dirs());
        let text =
            |file: &include_dir::File<'_>| Some((file.path().display().to_string(), without_pictures(file.contents_utf8()?)));
        found.extend(folder.files().filter_map(text));
    }
    found
}

/// A picture of Markdown as its words.
fn without_pictures(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("![") {
        out.push_str(before);
        match after.split_once("](").and_then(|(words, link)| Some((words, link.split_once(')')?.1))) {
            Some((words, behind)) if !words.contains('\n') => {
                out.push_str(&format!("(Gambar: {words})"));
                rest = behind;
            }
            _ => {
                out.push_str("![");
                rest = after;
            }
        }
    }
    out + rest
}

/// A file of reference data below `data/`.
///
/// # Errors
/// [`Obstacle::BrokenTemplate`] when the program was built without it.
pub(crate) fn data(name: &str) -> Result<&'static str, Obstacle> {
    let path = format!("data/{name}");
    let text = TEMPLATES.get_file(&path).and_then(include_dir::File::contents_utf8);
    text.ok_or_else(|| Obstacle::BrokenTemplate { path, reason: "berkas tidak ada dalam program ini".to_owned() })
}

/// The units of systemd, by their names.
pub(crate) fn units() -> impl Iterator<Item = (&'static str, &'static str)> {
    let files = TEMPLATES.get_dir("systemd").into_iter().flat_map(Dir::files);
    files.filter_map(|file| {
        let name = file.path().file_name()?.to_str()?;
        let is_unit = name.ends_with(".service") || name.ends_with(".socket") || name.ends_with(".timer");
        is_unit.then_some((name, file.contents_utf8()?))
    })
}

/// A text of the templates, when the program was built with it.
pub(crate) fn text(path: &str) -> Option<&'static str> {
    TEMPLATES.get_file(path).and_then(include_dir::File::contents_utf8)
}

/// A compressed file of reference data below `data/`, unpacked.
///
/// # Errors
/// [`Obstacle::BrokenTemplate`] when it is missing or broken.
pub(crate) fn unpacked(name: &str) -> Result<String, Obstacle> {
    let path = format!("data/{name}");
    let broken = |reason: String| Obstacle::BrokenTemplate { path: path.clone(), reason };
    let file = TEMPLATES.get_file(&path).ok_or_else(|| broken("berkas tidak ada dalam program ini".to_owned()))?;
    let mut text = String::new();
    let read = std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(file.contents()), &mut text);
    read.map_err(|error| broken(error.to_string()))?;
    Ok(text)
}

/// When the program was built.
pub(crate) fn build() -> Moment {
    Moment(env!("PRAJA_BUILD_SECONDS").parse::<i64>().unwrap_or(0).saturating_mul(1000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_guide_is_there_and_none_points_to_a_picture_that_is_not() {
        let all = guides();
        assert!(all.iter().any(|(name, _)| name == "mulai.md") && all.iter().any(|(name, _)| name == "eoffice/README.md"));
        assert!(all.iter().all(|(_, text)| !text.contains("![")), "a picture is left");
        assert_eq!(without_pictures("a ![Buku](../x.png) b [c](d) ![!["), "a (Gambar: Buku) b [c](d) ![![");
    }
}
