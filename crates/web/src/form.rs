//! Forms: one column, label above, hint under it, the problem under the field, a summary on top. Nothing typed is ever lost.

mod field;
mod values;

use maud::{Markup, Render, html};
use praja_kernel::FieldProblem;

pub use field::{Field, Width};
pub use values::FormValues;

use crate::{Icon, assets, icon};

/// Name of the hidden field with the session's token against forged forms.
pub const CSRF_FIELD: &str = "_csrf";
/// Name of the hidden field with the UUID that makes a form count once, however often it is sent.
pub const KEY_FIELD: &str = "_kunci";

/// Where unfinished forms are kept; desk answers there.
const DRAFT: &str = "/desk/draf";

/// Class of a button that takes something away.
const DANGER: &str = "tombol bahaya";

/// A form. Values and problems are given once and find their fields by name.
#[derive(Debug, Clone)]
pub struct Form {
    post: bool,
    action: String,
    hidden: Vec<(String, String)>,
    multipart: bool,
    guard: bool,
    values: FormValues,
    problems: Vec<FieldProblem>,
    refusal: Option<(String, String)>,
    parts: Vec<Part>,
    buttons: Vec<Button>,
    cancel: Option<(String, String)>,
    draft: Option<String>,
    /// Where the script keeps what is typed, when that is not the drafts of whoever is signed in.
    kept_at: Option<String>,
    preview: Option<(String, String)>,
}

#[derive(Debug, Clone)]
enum Part {
    Field(Box<Field>),
    Group { legend: String, hint: String, fields: Vec<Field> },
    Fold { summary: String, fields: Vec<Field> },
    Extra(Markup),
    Step(String),
}

#[derive(Debug, Clone)]
struct Button {
    label: String,
    name: Option<(String, String)>,
    class: &'static str,
}

impl Form {
    /// A form that changes something. `csrf` is the session's token, `kunci` a fresh UUID; both travel as hidden fields.
    ///
    /// When the form is shown again after a refusal, give the same `kunci` as before.
    pub fn post(action: impl Into<String>, csrf: impl Into<String>, kunci: impl Into<String>) -> Self {
        let mut form = Self::new(true, action.into());
        form.hidden.push((CSRF_FIELD.into(), csrf.into()));
        form.hidden.push((KEY_FIELD.into(), kunci.into()));
        form
    }

    /// A form that only asks (search, filters): its values stand in the address.
    pub fn get(action: impl Into<String>) -> Self {
        Self::new(false, action.into())
    }

    fn new(post: bool, action: String) -> Self {
        Self {
            post,
            action,
            hidden: Vec::new(),
            multipart: false,
            guard: false,
            values: FormValues::default(),
            problems: Vec::new(),
            refusal: None,
            parts: Vec::new(),
            buttons: Vec::new(),
            cancel: None,
            draft: None,
            kept_at: None,
            preview: None,
        }
    }

    /// The form carries files.
    #[must_use]
    pub fn multipart(mut self) -> Self {
        self.multipart = true;
        self
    }

    /// Asks before the page is left with something typed and not sent.
    #[must_use]
    pub fn guard(mut self) -> Self {
        self.guard = true;
        self
    }

    /// What was typed before (or what is stored now); fields find their value by name.
    #[must_use]
    pub fn values(mut self, values: impl Into<FormValues>) -> Self {
        self.values = values.into();
        self
    }

    /// What is wrong with which field. Problems of fields that are not in the form stand in the summary alone.
    #[must_use]
    pub fn problems(mut self, problems: &[FieldProblem]) -> Self {
        self.problems.extend_from_slice(problems);
        self
    }

    /// Why the whole was refused, and what the reader can do now (may be empty).
    #[must_use]
    pub fn refusal(mut self, message: impl Into<String>, next_step: impl Into<String>) -> Self {
        self.refusal = Some((message.into(), next_step.into()));
        self
    }

    /// Did it come back, so that whoever sent it must see why?
    pub fn is_refused(&self) -> bool {
        self.refusal.is_some() || !self.problems.is_empty()
    }

    /// Adds a hidden value.
    #[must_use]
    pub fn hidden(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.hidden.push((name.into(), value.into()));
        self
    }

    /// Adds a field.
    #[must_use]
    pub fn field(mut self, field: Field) -> Self {
        self.parts.push(Part::Field(Box::new(field)));
        self
    }

    /// Adds fields that belong together under a heading of their own; the hint may be empty.
    #[must_use]
    pub fn group(mut self, legend: impl Into<String>, hint: impl Into<String>, fields: Vec<Field>) -> Self {
        self.parts.push(Part::Group { legend: legend.into(), hint: hint.into(), fields });
        self
    }

    /// Adds fields that already hold what is usual, folded under a line that says so. They open by themselves when one of them has a
    /// problem or holds what was added to it.
    #[must_use]
    pub fn fold(mut self, summary: impl Into<String>, fields: Vec<Field>) -> Self {
        self.parts.push(Part::Fold { summary: summary.into(), fields });
        self
    }

    /// Adds something to read between the fields.
    #[must_use]
    pub fn extra(mut self, content: Markup) -> Self {
        self.parts.push(Part::Extra(content));
        self
    }

    /// Begins a step of a long form: what is added from here on belongs to it. With the script one step is shown at a time; without
    /// it they stand below each other under their headings.
    #[must_use]
    pub fn step(mut self, title: impl Into<String>) -> Self {
        self.parts.push(Part::Step(title.into()));
        self
    }

    /// Keeps what is typed while it is typed, for whoever comes back to `page`, the address of the form's page. Needs somebody who
    /// is signed in; the page fills in what was kept.
    #[must_use]
    pub fn autosave(mut self, page: impl Into<String>) -> Self {
        self.draft = Some(page.into());
        self
    }

    /// Keeps what is typed while it is typed at an address of the form's own, which answers the script `{"tersimpan":"10.32"}`: for forms
    /// that are kept with what they belong to, also of people without an account. Without the script the form's buttons keep it.
    #[must_use]
    pub fn autosave_at(mut self, address: impl Into<String>) -> Self {
        self.kept_at = Some(address.into());
        self
    }

    /// A button that shows what becomes of what is typed, in a page of its own and without keeping anything. With the script a picture of
    /// it stands beside the form: the address answers a sent form with a file, and one that says `_gambar=ya` with JSON.
    #[must_use]
    pub fn preview(mut self, label: impl Into<String>, address: impl Into<String>) -> Self {
        self.preview = Some((label.into(), address.into()));
        self
    }

    /// The main button: a verb with its object ("Daftarkan surat").
    #[must_use]
    pub fn submit(self, label: impl Into<String>) -> Self {
        self.button(label, None, "tombol utama")
    }

    /// A main button for what takes something away ("Tolak permohonan").
    #[must_use]
    pub fn submit_danger(self, label: impl Into<String>) -> Self {
        self.button(label, None, DANGER)
    }

    /// A second way to send, told apart by a value ("Simpan draf").
    #[must_use]
    pub fn submit_as(self, label: impl Into<String>, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.button(label, Some((name.into(), value.into())), "tombol")
    }

    /// The way back without sending anything.
    #[must_use]
    pub fn cancel(mut self, label: impl Into<String>, href: impl Into<String>) -> Self {
        self.cancel = Some((label.into(), href.into()));
        self
    }

    fn button(mut self, label: impl Into<String>, name: Option<(String, String)>, class: &'static str) -> Self {
        self.buttons.push(Button { label: label.into(), name, class });
        self
    }

    fn fields(&self) -> impl Iterator<Item = &Field> {
        self.parts.iter().flat_map(|part| match part {
            Part::Field(field) => std::slice::from_ref(&**field).iter(),
            Part::Group { fields, .. } | Part::Fold { fields, .. } => fields.iter(),
            Part::Extra(_) | Part::Step(_) => [].iter(),
        })
    }

    /// The problem of a field: the first one, because one thing at a time can be corrected.
    fn problem(&self, name: &str) -> Option<&str> {
        self.problems.iter().find(|problem| problem.field == name).map(|problem| problem.message.as_str())
    }

    fn draw(&self, field: &Field) -> Markup {
        field.draw(&self.values, self.problem(field.name()))
    }

    fn summary(&self) -> Markup {
        html! {
            @if self.refusal.is_some() || !self.problems.is_empty() {
                div.ringkasan #ringkasan-masalah role="alert" tabindex="-1" data-fokus {
                    h2 { (icon(Icon::Bad)) span { @match &self.refusal {
                        Some((message, _)) => (message),
                        None => "Periksa kembali isian berikut",
                    } } }
                    @if let Some((_, next)) = &self.refusal { @if !next.is_empty() { p { (next) } } }
                    @if !self.problems.is_empty() {
                        ul { @for problem in &self.problems { li { (self.pointer(problem)) } } }
                    }
                }
            }
        }
    }

    fn pointer(&self, problem: &FieldProblem) -> Markup {
        html! {
            @match self.fields().find(|field| field.name() == problem.field) {
                Some(field) => a href={ "#" (field.id()) } { (problem.message) },
                None => (problem.message),
            }
        }
    }

    fn steps(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| if let Part::Step(title) = part { Some(title.as_str()) } else { None })
    }

    fn body(&self) -> Markup {
        let first = self.parts.iter().position(|part| matches!(part, Part::Step(_))).unwrap_or(self.parts.len());
        let (before, stepped) = self.parts.split_at(first);
        let steps: Vec<&[Part]> = stepped.chunk_by(|_, next| !matches!(next, Part::Step(_))).collect();
        html! {
            @for part in before { (self.part(part)) }
            @if !steps.is_empty() {
                nav.langkah-daftar aria-label="Langkah formulir" {
                    ol { @for (at, title) in self.steps().enumerate() { li { a href={ "#langkah-" (at + 1) } { (title) } } } }
                }
                @for (at, parts) in steps.iter().enumerate() {
                    section.langkah-isi id={ "langkah-" (at + 1) } {
                        @for part in *parts {
                            @if let Part::Step(title) = part {
                                h2 tabindex="-1" { span.redup { "Langkah " (at + 1) " dari " (steps.len()) ": " } (title) }
                            } @else { (self.part(part)) }
                        }
                    }
                }
            }
        }
    }

    fn part(&self, part: &Part) -> Markup {
        match part {
            Part::Field(field) => self.draw(field),
            Part::Group { legend, hint, fields } => html! {
                fieldset.kelompok {
                    legend { (legend) }
                    @if !hint.is_empty() { p.petunjuk { (hint) } }
                    @for field in fields { (self.draw(field)) }
                }
            },
            Part::Fold { summary, fields } => {
                let open = fields.iter().any(|field| field.is_filled() || self.problem(field.name()).is_some());
                html! {
                    details.lipatan open[open] {
                        summary { (summary) }
                        div.lipatan-isi { @for field in fields { (self.draw(field)) } }
                    }
                }
            }
            Part::Extra(content) => content.clone(),
            Part::Step(_) => html! {},
        }
    }

    /// With the script a line says when what was typed was last kept; without it a button keeps it.
    fn draft_line(&self, page: &str) -> Markup {
        html! {
            button.tombol.tanpa-js type="submit" name="_formulir" value=(page) formaction=(DRAFT) formenctype="application/x-www-form-urlencoded" {
                "Simpan isian sementara"
            }
            output.draf-keadaan.redup {}
        }
    }

    /// The Enter key presses a form's first button. Where a field has one of its own, the main one must come before it.
    fn first_button(&self) -> Markup {
        let main = self.buttons.first().filter(|_| self.fields().any(Field::has_button));
        html! {
            @if let Some(Button { label, name, .. }) = main {
                button.senyap type="submit" tabindex="-1" aria-hidden="true" name=[name.as_ref().map(|(name, _)| name)]
                    value=[name.as_ref().map(|(_, value)| value)] { (label) }
            }
        }
    }

    /// The editor's own sheet and script, on the pages that have one alone.
    fn editor(&self) -> Markup {
        html! {
            @if self.preview.is_some() || self.fields().any(Field::is_prose) {
                link rel="stylesheet" href=(assets::url("penyunting.css"));
                script src=(assets::url("penyunting.js")) defer {}
            }
        }
    }

    fn hidden_inputs(&self) -> Markup {
        html! { @for (name, value) in &self.hidden { input type="hidden" name=(name) value=(value); } }
    }

    fn foot(&self) -> Markup {
        // What takes something away stands behind the safe way back.
        let grave = self.buttons.iter().any(|button| button.class == DANGER);
        html! {
            @if !self.buttons.is_empty() || self.cancel.is_some() {
                div.kirim {
                    @if grave { (self.way_back("tombol")) }
                    @for button in &self.buttons {
                        @match &button.name {
                            Some((name, value)) => button class=(button.class) type="submit" name=(name) value=(value) { (button.label) },
                            None => button class=(button.class) type="submit" { (button.label) },
                        }
                    }
                    @if let Some((label, address)) = &self.preview {
                        button.tombol type="submit" formaction=(address) formtarget="_blank" data-pratinjau { (label) }
                    }
                    @if !grave { (self.way_back("batal")) }
                    @if let Some(page) = &self.draft { (self.draft_line(page)) }
                    @if self.kept_at.is_some() { output.draf-keadaan.redup {} }
                }
            }
        }
    }

    fn way_back(&self, class: &str) -> Markup {
        html! { @if let Some((label, href)) = &self.cancel { a class=(class) href=(href) { (label) } } }
    }
}

impl Render for Form {
    fn render(&self) -> Markup {
        let method = if self.post { "post" } else { "get" };
        let coding = self.multipart.then_some("multipart/form-data");
        // Browsers speak about problems in their own language and hide after a moment; ours stay and can be read again.
        html! {
            form.borang method=(method) action=(self.action) enctype=[coding] novalidate data-sekali[self.post] data-jaga[self.guard]
                data-draf=[self.draft.as_ref()] data-draf-ke=[self.kept_at.as_ref()] data-langkah[self.steps().next().is_some()] {
                (self.summary())
                (self.first_button())
                (self.hidden_inputs())
                (self.body())
                (self.foot())
            }
            (self.editor())
        }
    }
}

#[cfg(test)]
mod tests;
