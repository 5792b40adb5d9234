//! Several files become one, before it is signed: a naskah and its lampiran.
//!
//! What a page shows is taken over; what a file does is not: scripts, forms, actions, attachments and signatures of a lampiran stay behind.
//! The marks of a signature that is gone would otherwise read as one that is broken.

use lopdf::{Dictionary, Document, Object, ObjectId};
use praja_module::documents::{DrawError, Drawn, Trouble};

use crate::{Limits, Problem, pades::PadesError};

/// What a page has from the folder it stands in, unless it has its own.
const INHERITED: [&[u8]; 4] = [b"Resources", b"MediaBox", b"CropBox", b"Rotate"];
/// A tree deeper than this was made to be a trap.
const DEEPEST: usize = 40;

/// The pages of all files in this order.
pub(crate) fn join(files: &[&[u8]], limits: Limits) -> Result<Drawn, DrawError> {
    let Some((first, others)) = files.split_first() else { return Err(refused(1, PadesError::Unreadable)) };
    let mut whole = load(first, 1)?;
    let root = pages_root(&whole).ok_or_else(|| refused(1, PadesError::Unreadable))?;
    let mut pages = whole.page_iter().count();
    for (at, bytes) in others.iter().enumerate() {
        let number = at + 2;
        let taken = append(&mut whole, root, load(bytes, number)?).ok_or_else(|| refused(number, PadesError::Unreadable))?;
        pages += taken;
        if pages > limits.pages {
            return Err(Problem::TooManyPages { pages, most: limits.pages }.into());
        }
    }
    if others.is_empty() {
        return Ok(Drawn { pdf: first.to_vec(), pages, warnings: Vec::new() });
    }
    no_longer_archival(&mut whole);
    whole.prune_objects();
    let mut pdf = Vec::new();
    whole.save_to(&mut pdf).map_err(|e| DrawError::Away(e.to_string()))?;
    Ok(Drawn { pdf, pages, warnings: Vec::new() })
}

pub(crate) fn load(bytes: &[u8], number: usize) -> Result<Document, DrawError> {
    let document = Document::load_mem(bytes).map_err(|_| refused(number, PadesError::Unreadable))?;
    if document.is_encrypted() || document.encryption_state.is_some() {
        return Err(refused(number, PadesError::Encrypted));
    }
    // A catalogue that leads nowhere still loads.
    if document.page_iter().next().is_none() { Err(refused(number, PadesError::Unreadable)) } else { Ok(document) }
}

pub(crate) fn refused(number: usize, why: PadesError) -> DrawError {
    let hint = "Buka berkas itu dengan pembaca PDF, simpan kembali sebagai PDF, lalu unggah lagi.".to_owned();
    DrawError::Template(vec![Trouble {
        file: format!("berkas {number}"),
        line: 0,
        what: format!("Berkas ke-{number}: {why}"),
        hint,
    }])
}

pub(crate) fn pages_root(document: &Document) -> Option<ObjectId> {
    document.catalog().ok()?.get(b"Pages").and_then(Object::as_reference).ok()
}

/// Puts the pages of `other` behind those of `whole`, and gives their number.
pub(crate) fn append(whole: &mut Document, root: ObjectId, mut other: Document) -> Option<usize> {
    let list: Vec<ObjectId> = other.page_iter().collect();
    for page in &list {
        let mut own = inherited(&other, *page)?;
        for key in [&b"AA"[..], b"StructParents", b"Tabs", b"B", b"Metadata", b"PieceInfo"] {
            own.remove(key);
        }
        if let Some(kept) = annotations(&mut other, &own) {
            own.set("Annots", kept);
        } else {
            own.remove(b"Annots");
        }
        other.objects.insert(*page, Object::Dictionary(own));
    }
    let shift = whole.max_id;
    whole.max_id += other.max_id;
    for (id, mut object) in other.objects {
        move_references(&mut object, shift, 0)?;
        whole.objects.insert((id.0 + shift, id.1), object);
    }
    let mut added = Vec::with_capacity(list.len());
    for page in &list {
        let id = (page.0 + shift, page.1);
        whole.get_dictionary_mut(id).ok()?.set("Parent", root);
        added.push(Object::Reference(id));
    }
    let tree = whole.get_dictionary_mut(root).ok()?;
    let count = tree.get(b"Count").and_then(Object::as_i64).ok()?;
    tree.set("Count", count + i64::try_from(added.len()).ok()?);
    tree.get_mut(b"Kids").and_then(Object::as_array_mut).ok()?.extend(added);
    Some(list.len())
}

/// A page with what the folders above it say of it, the nearest last.
pub(crate) fn inherited(document: &Document, page: ObjectId) -> Option<Dictionary> {
    let mut above = Vec::new();
    let mut at = document.get_dictionary(page).ok()?;
    while let Ok(parent) = at.get(b"Parent").and_then(Object::as_reference) {
        at = document.get_dictionary(parent).ok()?;
        above.push(at);
        if above.len() > DEEPEST {
            return None;
        }
    }
    let mut found = Dictionary::new();
    for folder in above.into_iter().rev() {
        for key in INHERITED {
            if let Ok(value) = folder.get(key) {
                found.set(key, value.clone());
            }
        }
    }
    found.extend(document.get_dictionary(page).ok()?);
    Some(found)
}

/// What lies upon a page, as pictures: the look of a filled field or of a stamp stays, what it would do does not.
fn annotations(document: &mut Document, page: &Dictionary) -> Option<Vec<Object>> {
    let list = document.dereference(page.get(b"Annots").ok()?).ok()?.1.as_array().ok()?.clone();
    let mut kept = Vec::new();
    for one in list {
        let Ok(mut own) = document.dereference(&one).and_then(|(_, object)| object.as_dict().cloned()) else { continue };
        let is_link = own.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Link");
        if !leads_out(document, &own) {
            own.remove(b"A");
        }
        for key in
            [&b"AA"[..], b"V", b"FT", b"T", b"Parent", b"Kids", b"Popup", b"P", b"StructParent", b"MK", b"DV", b"Dest", b"FS"]
        {
            own.remove(key);
        }
        if is_link && own.has(b"A") {
            kept.push(Object::Reference(document.add_object(own)));
        } else if !is_link && own.has(b"AP") {
            own.set("Subtype", Object::Name(b"Stamp".to_vec()));
            kept.push(Object::Reference(document.add_object(own)));
        }
    }
    Some(kept)
}

/// Does it open a web address, and nothing else?
fn leads_out(document: &Document, annotation: &Dictionary) -> bool {
    let action = annotation.get(b"A").and_then(|action| document.dereference(action)).and_then(|(_, action)| action.as_dict());
    action.is_ok_and(|action| action.get(b"S").and_then(Object::as_name).is_ok_and(|name| name == b"URI") && !action.has(b"Next"))
}

fn move_references(object: &mut Object, shift: u32, depth: usize) -> Option<()> {
    if depth > 200 {
        return None;
    }
    match object {
        Object::Reference(id) => id.0 = id.0.checked_add(shift)?,
        Object::Array(list) => list.iter_mut().try_for_each(|one| move_references(one, shift, depth + 1))?,
        Object::Dictionary(own) => own.iter_mut().try_for_each(|(_, one)| move_references(one, shift, depth + 1))?,
        Object::Stream(stream) => stream.dict.iter_mut().try_for_each(|(_, one)| move_references(one, shift, depth + 1))?,
        _ => {}
    }
    Some(())
}

/// What comes from elsewhere may lack what an archive asks for (fonts, colour profiles): the file no longer claims to be PDF/A.
pub(crate) fn no_longer_archival(document: &mut Document) {
    let metadata = document.catalog().ok().and_then(|root| root.get(b"Metadata").and_then(Object::as_reference).ok());
    let Some(stream) = metadata.and_then(|id| document.get_object_mut(id).ok()?.as_stream_mut().ok()) else { return };
    let plain = stream.get_plain_content().unwrap_or_default();
    let Ok(mut text) = String::from_utf8(plain) else { return };
    for tag in ["pdfaid:part", "pdfaid:conformance"] {
        let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
        if let (Some(from), Some(to)) = (text.find(&open), text.find(&close)) {
            text.replace_range(from..to + close.len(), "");
        }
    }
    stream.dict.remove(b"Filter");
    stream.set_content(text.into_bytes());
}
