//! Blocks that we draw are put onto pages of a file that somebody brings: its number, its date, its signature with the code.
//!
//! The pages are taken over as in [`crate::join`], so that nothing of the file acts; blocks become pictures on them, and their links go along.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};
use praja_module::documents::{DrawError, Drawn, Trouble};

use crate::{
    Limits, Problem,
    join::{append, inherited, load, no_longer_archival, pages_root, refused},
    pades::PadesError,
};

/// Millimetres to points.
const POINTS: f64 = 72.0 / 25.4;
/// What makes a file do something when it is opened.
const ACTING: [&[u8]; 5] = [b"JavaScript", b"Launch", b"RichMedia", b"XFA", b"SubmitForm"];

/// A block on its way to a page.
pub(crate) struct Block {
    /// Which page of the file, from 1.
    pub(crate) page: usize,
    /// Millimetres from the left edge and from the upper edge of the page as it is shown.
    pub(crate) at: (f64, f64),
    /// One page as large as the block.
    pub(crate) pdf: Vec<u8>,
}

/// The file with these blocks. Its properties are those of the first block.
pub(crate) fn stamp(file: &[u8], blocks: &[Block], limits: Limits) -> Result<Drawn, DrawError> {
    let broken = || refused(1, PadesError::Unreadable);
    let given = usable(file, limits)?;
    let count = given.page_iter().count();
    let Some((first, others)) = blocks.split_first() else { return Err(broken()) };
    let mut whole = load(&first.pdf, 1)?;
    let root = pages_root(&whole).ok_or_else(broken)?;
    for block in others {
        append(&mut whole, root, load(&block.pdf, 1)?).ok_or_else(broken)?;
    }
    append(&mut whole, root, given).ok_or_else(broken)?;
    let all: Vec<ObjectId> = whole.page_iter().collect();
    let (own, pages) = all.split_at_checked(blocks.len()).ok_or_else(broken)?;
    for (block, drawn) in blocks.iter().zip(own) {
        let page = block.page.checked_sub(1).and_then(|at| pages.get(at)).ok_or_else(|| beyond(block.page, count))?;
        put(&mut whole, *page, *drawn, block.at).ok_or_else(broken)?;
    }
    let kids: Vec<Object> = pages.iter().map(|id| Object::Reference(*id)).collect();
    for id in pages {
        whole.get_dictionary_mut(*id).map_err(|_| broken())?.set("Parent", root);
    }
    let tree = whole.get_dictionary_mut(root).map_err(|_| broken())?;
    tree.set("Count", i64::try_from(kids.len()).unwrap_or(i64::MAX));
    tree.set("Kids", kids);
    // What the blocks' own file said of its structure is true of no page that is left.
    if let Ok(catalog) = whole.catalog_mut() {
        for key in [&b"StructTreeRoot"[..], b"MarkInfo", b"Outlines", b"Dests", b"Names", b"PageLabels", b"OpenAction"] {
            catalog.remove(key);
        }
    }
    no_longer_archival(&mut whole);
    whole.prune_objects();
    let mut pdf = Vec::new();
    whole.save_to(&mut pdf).map_err(|e| DrawError::Away(e.to_string()))?;
    Ok(Drawn { pdf, pages: count, warnings: Vec::new() })
}

/// A file whose pages can be taken: whole, open, unsigned, and without anything that acts.
fn usable(file: &[u8], limits: Limits) -> Result<Document, DrawError> {
    let given = load(file, 1)?;
    let refuse = |what: &str, hint: &str| {
        Err(DrawError::Template(vec![Trouble { file: "berkas 1".into(), line: 0, what: what.into(), hint: hint.into() }]))
    };
    if acts(&given) {
        return refuse(
            "PDF ini memuat skrip atau perintah yang berjalan saat dibuka.",
            "Cetak menjadi PDF baru dari pembaca PDF, lalu unggah yang baru itu.",
        );
    }
    if given.objects.values().any(is_signature) {
        return refuse(
            "PDF ini sudah memuat tanda tangan elektronik, yang akan rusak bila sesuatu ditambahkan.",
            "Unggah naskahnya sebelum ditandatangani.",
        );
    }
    let pages = given.page_iter().count();
    if pages > limits.pages {
        return Err(Problem::TooManyPages { pages, most: limits.pages }.into());
    }
    Ok(given)
}

fn is_signature(object: &Object) -> bool {
    let of =
        |own: &Dictionary| own.get(b"Type").and_then(Object::as_name).is_ok_and(|name| name == b"Sig") && own.has(b"ByteRange");
    object.as_dict().is_ok_and(of)
}

/// Width and height in millimetres of every page as it is shown.
pub(crate) fn pages(file: &[u8], limits: Limits) -> Result<Vec<(f64, f64)>, DrawError> {
    let given = usable(file, limits)?;
    let one = |page: ObjectId| {
        let own = inherited(&given, page)?;
        let [left, bottom, right, top] = sides(&given, &own)?;
        let (wide, tall) = ((right - left) / POINTS, (top - bottom) / POINTS);
        let turned = own.get(b"Rotate").and_then(Object::as_i64).unwrap_or(0) % 180 != 0;
        Some(if turned { (tall, wide) } else { (wide, tall) })
    };
    given.page_iter().map(|page| one(page).ok_or_else(|| refused(1, PadesError::Unreadable))).collect()
}

fn beyond(page: usize, count: usize) -> DrawError {
    DrawError::TooMuch(format!("Halaman {page} tidak ada: berkas ini terdiri atas {count} halaman."))
}

/// Does anything in the file act when it is opened?
fn acts(document: &Document) -> bool {
    document.objects.values().any(|object| acting(object, 0))
}

fn acting(object: &Object, depth: usize) -> bool {
    if depth > 60 {
        return true;
    }
    let of = |own: &Dictionary| {
        own.iter().any(|(key, value)| {
            let named = key.as_slice() == b"JS" || ACTING.contains(&key.as_slice());
            let called = key.as_slice() == b"S" && value.as_name().is_ok_and(|name| ACTING.contains(&name));
            named || called || acting(value, depth + 1)
        })
    };
    match object {
        Object::Dictionary(own) => of(own),
        Object::Stream(stream) => of(&stream.dict),
        Object::Array(list) => list.iter().any(|one| acting(one, depth + 1)),
        _ => false,
    }
}

/// Left, bottom, right and top of what is shown of a page.
fn shown(document: &Document, page: ObjectId) -> Option<[f64; 4]> {
    sides(document, document.get_dictionary(page).ok()?)
}

fn sides(document: &Document, own: &Dictionary) -> Option<[f64; 4]> {
    let paper = bounds(document, own.get(b"MediaBox").ok()?)?;
    let Some(cut) = own.get(b"CropBox").ok().and_then(|found| bounds(document, found)) else { return Some(paper) };
    // What is cut out beyond the paper is not shown either.
    let shown = [paper[0].max(cut[0]), paper[1].max(cut[1]), paper[2].min(cut[2]), paper[3].min(cut[3])];
    Some(if shown[0] < shown[2] && shown[1] < shown[3] { shown } else { paper })
}

fn bounds(document: &Document, found: &Object) -> Option<[f64; 4]> {
    let list = document.dereference(found).ok()?.1.as_array().ok()?;
    let number = |at: usize| document.dereference(list.get(at)?).ok()?.1.as_float().ok().map(f64::from);
    let (a, b, c, d) = (number(0)?, number(1)?, number(2)?, number(3)?);
    Some([a.min(c), b.min(d), a.max(c), b.max(d)])
}

/// How a block of this size is turned and moved so that it stands upright at this place of the page as it is shown.
fn matrix(sides: [f64; 4], rotate: i64, at: (f64, f64), height: f64) -> Option<[f64; 6]> {
    let [left, bottom, right, top] = sides;
    let tall = if rotate % 180 == 0 { top - bottom } else { right - left };
    let (x, y) = (at.0 * POINTS, tall - at.1 * POINTS - height);
    Some(match rotate.rem_euclid(360) {
        0 => [1.0, 0.0, 0.0, 1.0, left + x, bottom + y],
        90 => [0.0, 1.0, -1.0, 0.0, right - y, bottom + x],
        180 => [-1.0, 0.0, 0.0, -1.0, right - x, top - y],
        270 => [0.0, -1.0, 1.0, 0.0, left + y, top - x],
        _ => return None,
    })
}

fn put(whole: &mut Document, page: ObjectId, drawn: ObjectId, at: (f64, f64)) -> Option<()> {
    let sides = shown(whole, drawn)?;
    let block = whole.get_dictionary(drawn).ok()?.clone();
    let rotate = whole.get_dictionary(page).ok()?.get(b"Rotate").and_then(Object::as_i64).unwrap_or(0);
    let matrix = matrix(shown(whole, page)?, rotate, at, sides[3] - sides[1])?;
    let number = |value: f64| Object::Real(value as f32);
    let mut form = Dictionary::new();
    form.set("Type", "XObject");
    form.set("Subtype", "Form");
    form.set("BBox", sides.map(number).to_vec());
    if let Ok(resources) = block.get(b"Resources") {
        form.set("Resources", resources.clone());
    }
    let mut stream = Stream::new(form, whole.get_page_content(drawn));
    stream.compress().ok()?;
    let form = whole.add_object(stream);
    let name = format!("PrajaCap{}", form.0);
    add_resource(whole, page, &name, form)?;
    let drawing = format!("q {} cm /{name} Do Q\n", matrix.map(|one| format!("{one:.4}")).join(" "));
    surround(whole, page, drawing.into_bytes())?;
    links(whole, page, &block, matrix)
}

fn add_resource(whole: &mut Document, page: ObjectId, name: &str, form: ObjectId) -> Option<()> {
    let own = whole.get_dictionary(page).ok()?;
    let mut resources = match own.get(b"Resources") {
        Ok(found) => whole.dereference(found).ok()?.1.as_dict().ok()?.clone(),
        Err(_) => Dictionary::new(),
    };
    let mut pictures = match resources.get(b"XObject") {
        Ok(found) => whole.dereference(found).ok()?.1.as_dict().ok()?.clone(),
        Err(_) => Dictionary::new(),
    };
    pictures.set(name, form);
    resources.set("XObject", pictures);
    whole.get_dictionary_mut(page).ok()?.set("Resources", resources);
    Some(())
}

/// The page's own drawing between a saved and a restored state, and ours behind it: a state that the file forgot to restore moves nothing.
fn surround(whole: &mut Document, page: ObjectId, drawing: Vec<u8>) -> Option<()> {
    let own = whole.get_dictionary(page).ok()?;
    let before: Vec<Object> = match own.get(b"Contents") {
        Ok(found) => match whole.dereference(found).ok()?.1 {
            Object::Array(list) => list.clone(),
            _ => vec![found.clone()],
        },
        Err(_) => Vec::new(),
    };
    let begin = whole.add_object(Stream::new(Dictionary::new(), b"q\n".to_vec()));
    let end = whole.add_object(Stream::new(Dictionary::new(), [b"\nQ\n", drawing.as_slice()].concat()));
    let all: Vec<Object> = std::iter::once(begin.into()).chain(before).chain(std::iter::once(end.into())).collect();
    whole.get_dictionary_mut(page).ok()?.set("Contents", all);
    Some(())
}

/// The links of a block, at their new place: by them the code is found again.
fn links(whole: &mut Document, page: ObjectId, block: &Dictionary, matrix: [f64; 6]) -> Option<()> {
    let Ok(list) = block.get(b"Annots") else { return Some(()) };
    let list = whole.dereference(list).ok()?.1.as_array().ok()?.clone();
    let mut kept = Vec::new();
    for one in list {
        let mut own = whole.dereference(&one).ok()?.1.as_dict().ok()?.clone();
        let sides: Vec<f64> =
            own.get(b"Rect").ok()?.as_array().ok()?.iter().filter_map(|side| side.as_float().ok().map(f64::from)).collect();
        let [a, b, c, d] = sides.as_slice() else { continue };
        let moved = |x: f64, y: f64| (matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5]);
        let ((x1, y1), (x2, y2)) = (moved(*a, *b), moved(*c, *d));
        let rect = [x1.min(x2), y1.min(y2), x1.max(x2), y1.max(y2)];
        own.set("Rect", rect.map(|side| Object::Real(side as f32)).to_vec());
        own.remove(b"QuadPoints");
        own.remove(b"StructParent");
        own.remove(b"P");
        kept.push(Object::Reference(whole.add_object(own)));
    }
    let own = whole.get_dictionary(page).ok()?;
    let mut all = match own.get(b"Annots") {
        Ok(found) => whole.dereference(found).ok()?.1.as_array().ok()?.clone(),
        Err(_) => Vec::new(),
    };
    all.extend(kept);
    whole.get_dictionary_mut(page).ok()?.set("Annots", all);
    Some(())
}
