use maud::{Markup, html};

use crate::{Icon, icon};

/// How wide a field is drawn: as long as what belongs in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// A date, a number, a code.
    Short,
    /// A name.
    Medium,
    /// A subject, a text.
    Full,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    /// `input` of this type.
    Input(&'static str),
    Password,
    Textarea {
        rows: u8,
    },
    Select(Vec<(String, String)>),
    Radio(Vec<(String, String)>),
    Checks(Vec<(String, String)>),
    Checkbox,
    File {
        accept: String,
        multiple: bool,
    },
    Money,
}

/// One field of a form: a builder. Made with the kind, thickened with what it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    name: String,
    label: String,
    kind: Kind,
    hint: String,
    required: bool,
    default: Vec<String>,
    autocomplete: Option<&'static str>,
    inputmode: Option<&'static str>,
    limits: [Option<String>; 4],
    width: Width,
    autofocus: bool,
    readonly: bool,
}

/// Positions in `limits`.
const MAX_LENGTH: usize = 0;
const MIN: usize = 1;
const MAX: usize = 2;
const STEP: usize = 3;

fn owned(options: &[(impl AsRef<str>, impl AsRef<str>)]) -> Vec<(String, String)> {
    options.iter().map(|(value, label)| (value.as_ref().to_owned(), label.as_ref().to_owned())).collect()
}

impl Field {
    fn new(name: impl Into<String>, label: impl Into<String>, kind: Kind, width: Width) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            kind,
            hint: String::new(),
            required: false,
            default: Vec::new(),
            autocomplete: None,
            inputmode: None,
            limits: [None, None, None, None],
            width,
            autofocus: false,
            readonly: false,
        }
    }

    /// One line of text.
    pub fn text(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(name, label, Kind::Input("text"), Width::Full)
    }

    /// A password. Its value is never shown again. `autocomplete` is `current-password`, `new-password` or `one-time-code`.
    pub fn password(name: impl Into<String>, label: impl Into<String>, autocomplete: &'static str) -> Self {
        Self { autocomplete: Some(autocomplete), ..Self::new(name, label, Kind::Password, Width::Medium) }
    }

    /// An e-mail address.
    pub fn email(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self { autocomplete: Some("email"), ..Self::new(name, label, Kind::Input("email"), Width::Medium) }
    }

    /// A whole number; what was typed is shown again even when it is not one.
    pub fn number(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self { inputmode: Some("numeric"), ..Self::new(name, label, Kind::Input("number"), Width::Short) }
    }

    /// An amount in whole rupiah, typed with or without points.
    pub fn money(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self { inputmode: Some("numeric"), ..Self::new(name, label, Kind::Money, Width::Short) }
    }

    /// A date, picked or typed; sent as `YYYY-MM-DD` by browsers that know dates, as typed by others.
    pub fn date(name: impl Into<String>, label: impl Into<String>) -> Self {
        let hint = "Pilih dari kalender atau ketik, misalnya 22/11/2026.";
        Self { hint: hint.into(), ..Self::new(name, label, Kind::Input("date"), Width::Short) }
    }

    /// A search box inside a form.
    pub fn search(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(name, label, Kind::Input("search"), Width::Full)
    }

    /// A telephone number.
    pub fn phone(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self { autocomplete: Some("tel"), ..Self::new(name, label, Kind::Input("tel"), Width::Medium) }
    }

    /// Several lines of text; grows while typing.
    pub fn textarea(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(name, label, Kind::Textarea { rows: 4 }, Width::Full)
    }

    /// One of a list. Options are (value, label); an empty first line "Pilih …" is added unless the field has a default.
    pub fn select(name: impl Into<String>, label: impl Into<String>, options: &[(impl AsRef<str>, impl AsRef<str>)]) -> Self {
        Self::new(name, label, Kind::Select(owned(options)), Width::Medium)
    }

    /// One of a few, all in view. Options are (value, label).
    pub fn radio(name: impl Into<String>, label: impl Into<String>, options: &[(impl AsRef<str>, impl AsRef<str>)]) -> Self {
        Self::new(name, label, Kind::Radio(owned(options)), Width::Full)
    }

    /// Any of a few, all in view. Options are (value, label); the name is sent once per choice.
    pub fn checks(name: impl Into<String>, label: impl Into<String>, options: &[(impl AsRef<str>, impl AsRef<str>)]) -> Self {
        Self::new(name, label, Kind::Checks(owned(options)), Width::Full)
    }

    /// Yes or no; sends `ya` when ticked and nothing when not.
    pub fn checkbox(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(name, label, Kind::Checkbox, Width::Full)
    }

    /// A file. `accept` is a list as `.pdf,image/jpeg`. The form must be `multipart`.
    pub fn file(name: impl Into<String>, label: impl Into<String>, accept: impl Into<String>) -> Self {
        Self::new(name, label, Kind::File { accept: accept.into(), multiple: false }, Width::Full)
    }

    /// What helps to fill in the field, one sentence.
    #[must_use]
    pub fn hint(mut self, text: impl Into<String>) -> Self {
        self.hint = text.into();
        self
    }

    /// The field must be filled in; its label says so in a word.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The value shown when the form has none for this name.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.default.push(value.into());
        self
    }

    /// Content that the browser may offer, as HTML names it (`name`, `username`, `off`).
    #[must_use]
    pub fn autocomplete(mut self, what: &'static str) -> Self {
        self.autocomplete = Some(what);
        self
    }

    /// Keyboard that a phone shows (`numeric`, `decimal`).
    #[must_use]
    pub fn inputmode(mut self, mode: &'static str) -> Self {
        self.inputmode = Some(mode);
        self
    }

    /// At most this many characters.
    #[must_use]
    pub fn max_length(mut self, characters: u32) -> Self {
        self.limits[MAX_LENGTH] = Some(characters.to_string());
        self
    }

    /// Smallest number or earliest date (`YYYY-MM-DD`).
    #[must_use]
    pub fn min(mut self, value: impl Into<String>) -> Self {
        self.limits[MIN] = Some(value.into());
        self
    }

    /// Largest number or latest date (`YYYY-MM-DD`).
    #[must_use]
    pub fn max(mut self, value: impl Into<String>) -> Self {
        self.limits[MAX] = Some(value.into());
        self
    }

    /// Step of a number: `0.01` allows two decimals.
    #[must_use]
    pub fn step(mut self, value: impl Into<String>) -> Self {
        self.limits[STEP] = Some(value.into());
        self
    }

    /// Lines that a text area shows at first.
    #[must_use]
    pub fn rows(mut self, lines: u8) -> Self {
        if let Kind::Textarea { rows } = &mut self.kind {
            *rows = lines;
        }
        self
    }

    /// Largest size of a file in MiB; said in the hint and checked before sending where the script runs.
    #[must_use]
    pub fn max_mib(mut self, mib: u64) -> Self {
        self.limits[MAX] = Some((mib * 1024 * 1024).to_string());
        self.hint = format!("{} Ukuran paling besar {mib} MiB.", self.hint).trim().to_owned();
        self
    }

    /// Several files at once.
    #[must_use]
    pub fn multiple(mut self) -> Self {
        if let Kind::File { multiple, .. } = &mut self.kind {
            *multiple = true;
        }
        self
    }

    /// How wide the field is drawn.
    #[must_use]
    pub fn width(mut self, width: Width) -> Self {
        self.width = width;
        self
    }

    /// The cursor starts here: for the first field of a short form only.
    #[must_use]
    pub fn autofocus(mut self) -> Self {
        self.autofocus = true;
        self
    }

    /// Shown and sent, but not to be changed.
    #[must_use]
    pub fn readonly(mut self) -> Self {
        self.readonly = true;
        self
    }

    /// Name under which the value is sent.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Identity of the control in the page, to which labels and the summary point.
    pub fn id(&self) -> String {
        match self.kind {
            Kind::Radio(_) | Kind::Checks(_) => format!("f-{}-0", self.name),
            _ => format!("f-{}", self.name),
        }
    }

    /// Draws the field with what was typed (nothing sent: the default) and what is wrong with it.
    pub(super) fn draw(&self, typed: Option<&[String]>, problem: Option<&str>) -> Markup {
        let values = typed.unwrap_or(&self.default);
        let (id, width) = (self.id(), self.width_class());
        html! {
            div class={ "isian " (width) @if problem.is_some() { " salah" } } {
                @match &self.kind {
                    Kind::Radio(options) => (self.choices("radio", options, values, problem)),
                    Kind::Checks(options) => (self.choices("checkbox", options, values, problem)),
                    Kind::Checkbox => {
                        (self.checkbox_control(values, problem))
                        (self.hint_line()) (self.problem_line(problem))
                    },
                    _ => {
                        label for=(id) { (self.label) (self.required_word()) }
                        (self.hint_line())
                        (self.control(values.first().map_or("", String::as_str), problem))
                        (self.problem_line(problem))
                    },
                }
            }
        }
    }

    fn width_class(&self) -> &'static str {
        match self.width {
            Width::Short => "pendek",
            Width::Medium => "sedang",
            Width::Full => "penuh",
        }
    }

    fn required_word(&self) -> Markup {
        html! { @if self.required { " " span.wajib { "(wajib diisi)" } } }
    }

    fn hint_line(&self) -> Markup {
        html! { @if !self.hint.is_empty() { p.petunjuk id={ "f-" (self.name) "-petunjuk" } { (self.hint) } } }
    }

    fn problem_line(&self, problem: Option<&str>) -> Markup {
        html! {
            @if let Some(problem) = problem {
                p.masalah id={ "f-" (self.name) "-masalah" } { (icon(Icon::Bad)) span { span.senyap { "Perlu diperbaiki: " } (problem) } }
            }
        }
    }

    /// What a screen reader reads after the label.
    fn described(&self, problem: Option<&str>) -> Option<String> {
        let hint = (!self.hint.is_empty()).then(|| format!("f-{}-petunjuk", self.name));
        let problem = problem.map(|_| format!("f-{}-masalah", self.name));
        let both: Vec<String> = hint.into_iter().chain(problem).collect();
        (!both.is_empty()).then(|| both.join(" "))
    }

    fn control(&self, value: &str, problem: Option<&str>) -> Markup {
        let (id, described, invalid) = (self.id(), self.described(problem), problem.map(|_| "true"));
        match &self.kind {
            Kind::Textarea { rows } => html! {
                textarea id=(id) name=(self.name) rows=(rows) required[self.required] readonly[self.readonly] autofocus[self.autofocus]
                    maxlength=[self.limits[MAX_LENGTH].as_ref()] aria-describedby=[described] aria-invalid=[invalid] data-tumbuh {
                    // The parser drops one line break after the tag; a text that begins with one must not lose it.
                    "\n" (value)
                }
            },
            Kind::Select(options) => html! {
                select id=(id) name=(self.name) required[self.required] autofocus[self.autofocus] aria-describedby=[described] aria-invalid=[invalid] {
                    @if self.default.is_empty() { option value="" { "Pilih salah satu" } }
                    @for (one, label) in options { option value=(one) selected[one == value] { (label) } }
                    @if !value.is_empty() && !options.iter().any(|(one, _)| one == value) { option value=(value) selected { (value) } }
                }
            },
            Kind::File { accept, multiple } => html! {
                input id=(id) type="file" name=(self.name) accept=(accept) multiple[*multiple] required[self.required]
                    data-paling-besar=[self.limits[MAX].as_ref()] aria-describedby=[described] aria-invalid=[invalid];
                output.berkas for=(id) {}
            },
            Kind::Money => html! {
                div.berawalan { span.awalan aria-hidden="true" { "Rp" } (self.input("text", value, described, invalid)) }
            },
            Kind::Password => self.input("password", "", described, invalid),
            Kind::Input(kind) => self.input(shown_as(kind, value), value, described, invalid),
            Kind::Radio(_) | Kind::Checks(_) | Kind::Checkbox => html! {},
        }
    }

    fn input(&self, kind: &str, value: &str, described: Option<String>, invalid: Option<&str>) -> Markup {
        let value = (!value.is_empty()).then_some(value);
        html! {
            input id=(self.id()) type=(kind) name=(self.name) value=[value] required[self.required] readonly[self.readonly] autofocus[self.autofocus]
                autocomplete=[self.autocomplete] inputmode=[self.inputmode] maxlength=[self.limits[MAX_LENGTH].as_ref()]
                min=[self.limits[MIN].as_ref()] max=[self.limits[MAX].as_ref()] step=[self.limits[STEP].as_ref()]
                aria-describedby=[described] aria-invalid=[invalid];
        }
    }

    fn checkbox_control(&self, values: &[String], problem: Option<&str>) -> Markup {
        let ticked = values.iter().any(|value| value == "ya");
        html! {
            div.pilihan {
                input id=(self.id()) type="checkbox" name=(self.name) value="ya" checked[ticked] required[self.required]
                    aria-describedby=[self.described(problem)] aria-invalid=[problem.map(|_| "true")];
                label for=(self.id()) { (self.label) (self.required_word()) }
            }
        }
    }

    fn choices(&self, kind: &str, options: &[(String, String)], values: &[String], problem: Option<&str>) -> Markup {
        html! {
            fieldset.pilihan-kelompok aria-describedby=[self.described(problem)] {
                legend { (self.label) (self.required_word()) }
                (self.hint_line())
                @for (at, (value, label)) in options.iter().enumerate() {
                    div.pilihan {
                        input id={ "f-" (self.name) "-" (at) } type=(kind) name=(self.name) value=(value) checked[values.contains(value)]
                            aria-invalid=[problem.map(|_| "true")];
                        label for={ "f-" (self.name) "-" (at) } { (label) }
                    }
                }
                (self.problem_line(problem))
            }
        }
    }
}

/// A browser empties a date or number field whose value it cannot read; as plain text what was typed stays in view.
fn shown_as<'a>(kind: &'a str, value: &str) -> &'a str {
    let readable = match kind {
        "date" => value.is_empty() || is_iso_date(value),
        "number" => value.is_empty() || value.parse::<f64>().is_ok_and(f64::is_finite),
        _ => true,
    };
    if readable { kind } else { "text" }
}

fn is_iso_date(value: &str) -> bool {
    value.len() == 10
        && value.bytes().enumerate().all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() })
}
