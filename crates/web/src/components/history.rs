use maud::{Markup, html};

use crate::{Icon, Tone, icon};

/// One line of a timeline: who did what, when and why.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// Name of who acted, with the jabatan acted for.
    pub who: String,
    /// What was done, as a sentence without its subject: "mendaftarkan surat dengan nomor agenda 12".
    pub what: String,
    /// When, as people read it: "22 Nov 2026 10.32 WITA".
    pub when: String,
    /// When, as machines read it (ISO 8601), for the `datetime` attribute.
    pub machine: String,
    /// The reason given, where one was asked.
    pub reason: Option<String>,
    /// What it means.
    pub tone: Tone,
}

/// What happened, in the order given (newest first reads best).
pub fn timeline(entries: &[Entry]) -> Markup {
    html! {
        ol.riwayat {
            @for entry in entries {
                li class=(entry.tone.class()) {
                    (icon(entry.tone.icon()))
                    div {
                        p { strong { (entry.who) } " " (entry.what) }
                        @if let Some(reason) = &entry.reason { p.alasan { span { "Alasan: " } (reason) } }
                        p.redup { time datetime=(entry.machine) { (entry.when) } }
                    }
                }
            }
        }
    }
}

/// A stage that a matter passes through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Station {
    /// Name of the stage, as the regulation calls it.
    pub name: String,
    /// When it was reached, or until when it should be.
    pub note: Option<String>,
}

impl Station {
    /// A stage with a note below its name; an empty note is left out.
    pub fn new(name: impl Into<String>, note: impl Into<String>) -> Self {
        let note = note.into();
        Self { name: name.into(), note: (!note.is_empty()).then_some(note) }
    }
}

/// The line of stages with the present one named. `present` counts from 0; the number of stages means all are done.
pub fn stations(list: &[Station], present: usize) -> Markup {
    html! {
        @if let Some(now) = list.get(present) {
            p.tahap-kini { "Tahap " (present + 1) " dari " (list.len()) ": " strong { (now.name) } }
        } @else {
            p.tahap-kini { strong { "Semua tahap selesai" } }
        }
        ol.tahap {
            @for (at, station) in list.iter().enumerate() {
                @let (class, drawing, word) = stage_of(at, present);
                li class=(class) aria-current=[(at == present).then_some("step")] {
                    (icon(drawing))
                    span { span.tahap-nama { (station.name) } span.senyap { " (" (word) ")" }
                        @if let Some(note) = &station.note { span.redup { (note) } } }
                }
            }
        }
    }
}

fn stage_of(at: usize, present: usize) -> (&'static str, Icon, &'static str) {
    match at.cmp(&present) {
        std::cmp::Ordering::Less => ("lewat", Icon::Good, "selesai"),
        std::cmp::Ordering::Equal => ("kini", Icon::Present, "sedang berjalan"),
        std::cmp::Ordering::Greater => ("nanti", Icon::Neutral, "belum"),
    }
}
