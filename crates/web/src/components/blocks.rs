use maud::{Markup, Render, html};

use crate::{
    Act, Icon, Tone, icon,
    shell::{Crumb, Link},
};

/// Something the reader should know now.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// What it means.
    pub tone: Tone,
    /// What happened, one sentence.
    pub title: String,
    /// What comes next, one sentence or two; may be empty.
    pub text: String,
    /// Where to go next.
    pub link: Option<Link>,
    /// The way back from what just happened.
    pub undo: Option<Act>,
}

impl Notice {
    /// A notice with a title only.
    pub fn new(tone: Tone, title: impl Into<String>) -> Self {
        Self { tone, title: title.into(), text: String::new(), link: None, undo: None }
    }

    /// Says what comes next.
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.text = text.into();
        self
    }

    /// Shows where to go next.
    #[must_use]
    pub fn link(mut self, link: Link) -> Self {
        self.link = Some(link);
        self
    }

    /// Offers the way back: an [`Act::post`].
    #[must_use]
    pub fn undo(mut self, act: Act) -> Self {
        self.undo = Some(act);
        self
    }
}

impl Render for Notice {
    fn render(&self) -> Markup {
        // Problems interrupt a screen reader; the rest waits its turn.
        let role = if self.tone == Tone::Bad { "alert" } else { "status" };
        html! {
            div class={ "pesan " (self.tone.class()) } role=(role) {
                (icon(self.tone.icon()))
                div {
                    p.pesan-judul { (self.title) }
                    @if !self.text.is_empty() { p { (self.text) } }
                    @if let Some(link) = &self.link { p { a href=(link.href) { (link.label) } } }
                    @if let Some(undo) = &self.undo { (undo) }
                }
            }
        }
    }
}

/// What just happened, shown once: at the top of the page, with the script as a slip at its lower edge that can be put away.
pub(crate) fn slip(notice: &Notice) -> Markup {
    html! {
        div.kabar data-kabar data-tetap[notice.undo.is_some() || notice.tone == Tone::Bad] {
            (notice)
            button.kabar-tutup type="button" hidden aria-label="Tutup pesan" { (icon(Icon::Close)) }
        }
    }
}

/// What stands where a list would be, and how to start it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmptyState {
    /// Drawing of what would be here.
    pub icon: Icon,
    /// What is missing: "Belum ada surat masuk".
    pub title: String,
    /// What would be here and where it comes from.
    pub text: String,
    /// The act that starts it.
    pub action: Option<Link>,
}

impl EmptyState {
    /// An empty state without an act.
    pub fn new(icon: Icon, title: impl Into<String>, text: impl Into<String>) -> Self {
        Self { icon, title: title.into(), text: text.into(), action: None }
    }

    /// Adds the act that starts the list.
    #[must_use]
    pub fn action(mut self, link: Link) -> Self {
        self.action = Some(link);
        self
    }
}

impl Render for EmptyState {
    fn render(&self) -> Markup {
        html! {
            div.kosong {
                (icon(self.icon))
                p.kosong-judul { (self.title) }
                p.redup { (self.text) }
                @if let Some(link) = &self.action {
                    a.tombol href=(link.href) { @if let Some(drawing) = link.icon { (icon(drawing)) } span { (link.label) } }
                }
            }
        }
    }
}

/// A number that matters, with its trend and its list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stat {
    /// What is counted.
    pub label: String,
    /// The number as people read it, with its unit.
    pub value: String,
    /// How it moves or against what it stands: "4 lebih banyak dari pekan lalu".
    pub note: String,
    /// Whether that is good.
    pub tone: Tone,
    /// The list behind the number.
    pub href: Option<String>,
}

/// The few numbers that matter on a dashboard.
pub fn stats(list: &[Stat]) -> Markup {
    html! {
        ul.angka {
            @for stat in list {
                li class=(stat.tone.class()) {
                    p.angka-label { @if let Some(href) = &stat.href { a href=(href) { (stat.label) } } @else { (stat.label) } }
                    p.angka-nilai { (stat.value) }
                    @if !stat.note.is_empty() { p.angka-catatan { @if stat.tone != Tone::Neutral { (icon(stat.tone.icon())) } span { (stat.note) } } }
                }
            }
        }
    }
}

/// The way to the present page. `current` is its own title and no link.
pub fn breadcrumbs(crumbs: &[Crumb], current: &str) -> Markup {
    html! {
        nav.jejak aria-label="Jejak halaman" {
            ol {
                @for crumb in crumbs { li { a href=(crumb.href) { (crumb.label) } } }
                li aria-current="page" { (current) }
            }
        }
    }
}

/// Sister views of one thing, as links. Each is (link, is it this one, how many things are there).
pub fn tabs(label: &str, list: &[(Link, bool, Option<u64>)]) -> Markup {
    html! {
        nav.tab aria-label=(label) {
            ul {
                @for (link, active, count) in list {
                    li {
                        a href=(link.href) aria-current=[active.then_some("page")] {
                            @if let Some(drawing) = link.icon { (icon(drawing)) }
                            span { (link.label) }
                            @if let Some(count) = count { span.tab-hitung { (count) } }
                        }
                    }
                }
            }
        }
    }
}

/// A part of a page under its own heading (h2).
pub fn section(title: &str, content: impl Render) -> Markup {
    html! { section.bagian { h2 { (title) } (content) } }
}

/// A thing and what can be done with it: content at the left, acts and facts of the moment at the right (below it on a phone).
pub fn detail(content: impl Render, side: impl Render) -> Markup {
    html! { div.rincian { div.rincian-isi { (content) } aside.rincian-samping aria-label="Tindakan" { (side) } } }
}

/// The next step and who holds it, since when and until when: stands at the top of a detail page in one sentence.
pub fn next_step(tone: Tone, sentence: impl Render) -> Markup {
    html! { p class={ "langkah " (tone.class()) } { (icon(Icon::Clock)) span { (sentence) } } }
}

/// How far something is: a bar and its words. `label` says what, `note` says how far ("3 dari 8 berkas").
pub fn progress(label: &str, value: u64, max: u64, note: &str) -> Markup {
    let max = max.max(1);
    html! {
        div.maju {
            p { span { (label) } span.redup { (note) } }
            progress value=(value.min(max)) max=(max) aria-label=(label) { (note) }
        }
    }
}
