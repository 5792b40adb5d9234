//! Where the signature stands in the file: an update behind the old bytes, which stay as they were.

use lopdf::{Dictionary, Document, IncrementalDocument, Object, ObjectId, StringFormat, dictionary};
use sha2::{Digest, Sha256};

use super::{Mark, PadesError};

/// Room for the signature: one of ours with two certificates needs about 2 KiB.
const ROOM: usize = 8 * 1024;
/// As wide as a number in /ByteRange can become.
const WIDE: i64 = 9_999_999_999;

/// A document that waits for its signature.
pub(super) struct Prepared {
    bytes: Vec<u8>,
    /// Where the `<` of /Contents stands, and where what follows its `>` begins.
    gap: (usize, usize),
}

impl Prepared {
    /// The digest of everything but the signature.
    pub(super) fn digest(&self) -> Vec<u8> {
        let mut hash = Sha256::new();
        hash.update(&self.bytes[..self.gap.0]);
        hash.update(&self.bytes[self.gap.1..]);
        hash.finalize().to_vec()
    }

    /// Puts the signature into its room.
    pub(super) fn finish(mut self, cms: &[u8]) -> Result<Vec<u8>, PadesError> {
        if cms.len() > ROOM {
            return Err(PadesError::TooLong);
        }
        for (at, byte) in cms.iter().enumerate() {
            let place = self.gap.0 + 1 + 2 * at;
            self.bytes[place..place + 2].copy_from_slice(format!("{byte:02x}").as_bytes());
        }
        Ok(self.bytes)
    }
}

/// Adds an empty signature in an invisible field of the first page. What is seen of it (code, sentence) was drawn before.
pub(super) fn prepare(pdf: &[u8], mark: &Mark) -> Result<Prepared, PadesError> {
    let unreadable = |_| PadesError::Unreadable;
    let document = Document::load_mem(pdf).map_err(unreadable)?;
    if document.is_encrypted() {
        return Err(PadesError::Encrypted);
    }
    let root = document.trailer.get(b"Root").and_then(Object::as_reference).map_err(unreadable)?;
    let page = document.page_iter().next().ok_or(PadesError::Unreadable)?;
    let count = super::check::signatures(&document).len();
    let mut update = IncrementalDocument::create_from(pdf.to_vec(), document);
    update.opt_clone_object_to_new_document(root).map_err(unreadable)?;
    update.opt_clone_object_to_new_document(page).map_err(unreadable)?;
    let signature = update.new_document.add_object(signature(mark));
    let field = update.new_document.add_object(field(signature, page, count + 1));
    append(&mut update, page, b"Annots", field)?;
    join_form(&mut update, root, field)?;
    let mut bytes = Vec::with_capacity(pdf.len() + 4 * ROOM);
    update.save_to(&mut bytes).map_err(|_| PadesError::Unreadable)?;
    place(bytes, pdf.len())
}

fn signature(mark: &Mark) -> Dictionary {
    let range = std::iter::once(0).chain([WIDE; 3]).map(Object::Integer).collect();
    dictionary! {
        "Type" => "Sig",
        "Filter" => "Adobe.PPKLite",
        "SubFilter" => "ETSI.CAdES.detached",
        "ByteRange" => Object::Array(range),
        "Contents" => Object::String(vec![0; ROOM], StringFormat::Hexadecimal),
        "Name" => text(&mark.name),
        "Reason" => text(&mark.reason),
        "Location" => text(&mark.place),
        "M" => Object::string_literal(mark.time.as_str()),
    }
}

/// Texts with letters beyond ASCII are UTF-16 with its mark (ISO 32000-1, 7.9.2.2).
fn text(text: &str) -> Object {
    if text.is_ascii() {
        return Object::string_literal(text);
    }
    let units = std::iter::once(0xFEFF_u16).chain(text.encode_utf16());
    Object::String(units.flat_map(u16::to_be_bytes).collect(), StringFormat::Hexadecimal)
}

/// PDF/A wants a field without a picture to have no size, and to be printed (flags print and locked).
fn field(signature: ObjectId, page: ObjectId, number: usize) -> Dictionary {
    dictionary! {
        "Type" => "Annot",
        "Subtype" => "Widget",
        "FT" => "Sig",
        "T" => Object::string_literal(format!("Tanda tangan {number}")),
        "V" => Object::Reference(signature),
        "Rect" => Object::Array(vec![0.into(); 4]),
        "F" => 132,
        "P" => Object::Reference(page),
    }
}

/// Adds to a list that may be missing, stand in its owner, or stand apart.
fn append(update: &mut IncrementalDocument, owner: ObjectId, key: &[u8], item: ObjectId) -> Result<(), PadesError> {
    let unreadable = |_| PadesError::Unreadable;
    let dictionary = update.new_document.get_dictionary(owner).map_err(unreadable)?;
    match dictionary.get(key).cloned() {
        Ok(Object::Reference(list)) => {
            update.opt_clone_object_to_new_document(list).map_err(unreadable)?;
            update.new_document.get_object_mut(list).and_then(Object::as_array_mut).map_err(unreadable)?.push(item.into());
        }
        Ok(Object::Array(mut list)) => {
            list.push(item.into());
            update.new_document.get_dictionary_mut(owner).map_err(unreadable)?.set(key, list);
        }
        _ => update.new_document.get_dictionary_mut(owner).map_err(unreadable)?.set(key, vec![Object::Reference(item)]),
    }
    Ok(())
}

fn join_form(update: &mut IncrementalDocument, root: ObjectId, field: ObjectId) -> Result<(), PadesError> {
    let unreadable = |_| PadesError::Unreadable;
    let form = match update.new_document.get_dictionary(root).map_err(unreadable)?.get(b"AcroForm").cloned() {
        Ok(Object::Reference(form)) => {
            update.opt_clone_object_to_new_document(form).map_err(unreadable)?;
            form
        }
        Ok(Object::Dictionary(form)) => update.new_document.add_object(form),
        _ => update.new_document.add_object(Dictionary::new()),
    };
    append(update, form, b"Fields", field)?;
    // Signatures exist, and the file may only grow.
    update.new_document.get_dictionary_mut(form).map_err(unreadable)?.set("SigFlags", 3);
    update.new_document.get_dictionary_mut(root).map_err(unreadable)?.set("AcroForm", form);
    Ok(())
}

/// Finds the room in what was added and writes into /ByteRange what lies around it.
fn place(mut bytes: Vec<u8>, old: usize) -> Result<Prepared, PadesError> {
    let zeros = "0".repeat(2 * ROOM);
    let start = find(&bytes[old..], format!("<{zeros}>").as_bytes()).ok_or(PadesError::Unreadable)? + old;
    let gap = (start, start + 2 * ROOM + 2);
    let wide = format!("{WIDE}");
    let number = find(&bytes[old..], b"/ByteRange").ok_or(PadesError::Unreadable)? + old;
    let open = find(&bytes[number..], b"[").ok_or(PadesError::Unreadable)? + number;
    let close = find(&bytes[open..], b"]").ok_or(PadesError::Unreadable)? + open;
    let range = format!("[0 {} {} {}", gap.0, gap.1, bytes.len() - gap.1);
    if close - open < range.len() || find(&bytes[open..close], wide.as_bytes()).is_none() {
        return Err(PadesError::Unreadable);
    }
    let padded = format!("{range:<width$}", width = close - open);
    bytes[open..close].copy_from_slice(padded.as_bytes());
    Ok(Prepared { bytes, gap })
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    // A window over two long texts would take quadratic time: the first byte decides quickly where nothing is.
    let first = *wanted.first()?;
    (0..bytes.len().checked_sub(wanted.len())? + 1).find(|at| bytes[*at] == first && bytes[*at..].starts_with(wanted))
}
