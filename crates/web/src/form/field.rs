mod draw;
mod draw_many;

use crate::picker::{Choice, Many};

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
        prose: bool,
    },
    Select(Vec<(String, String)>),
    Radio(Vec<(String, String)>),
    Checks(Vec<(String, String)>),
    Checkbox,
    File {
        accept: String,
        multiple: bool,
        stepwise: Option<String>,
        photo: Option<(u32, u64)>,
        as_text: Option<String>,
    },
    Money,
    Picker {
        lookup: String,
        candidates: Vec<Choice>,
    },
    PickerMany {
        lookup: String,
        offers: Vec<Choice>,
        many: Many,
    },
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
    /// Which of several forms of a page it stands in.
    apart: String,
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
            apart: String::new(),
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

    /// A person, OPD, post, region, classification or agency, typed and completed from a lookup route. Read it with
    /// [`picker::resolve`](crate::picker::resolve).
    pub fn picker(name: impl Into<String>, label: impl Into<String>, lookup_url: impl Into<String>) -> Self {
        let kind = Kind::Picker { lookup: lookup_url.into(), candidates: Vec::new() };
        Self { autocomplete: Some("off"), ..Self::new(name, label, kind, Width::Medium) }
    }

    /// Several persons, posts or codes, each typed and completed from a lookup route. Read it with
    /// [`picker::resolve_many`](crate::picker::resolve_many), and show the form again when
    /// [`picker::is_adding`](crate::picker::is_adding) says that a value was only added.
    pub fn picker_many(name: impl Into<String>, label: impl Into<String>, lookup_url: impl Into<String>) -> Self {
        let kind = Kind::PickerMany { lookup: lookup_url.into(), offers: Vec::new(), many: Many::default() };
        Self::new(name, label, kind, Width::Full)
    }

    /// A telephone number.
    pub fn phone(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self { autocomplete: Some("tel"), ..Self::new(name, label, Kind::Input("tel"), Width::Medium) }
    }

    /// Several lines of text; grows while typing.
    pub fn textarea(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(name, label, Kind::Textarea { rows: 4, prose: false }, Width::Full)
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
        Self::new(
            name,
            label,
            Kind::File { accept: accept.into(), multiple: false, stepwise: None, photo: None, as_text: None },
            Width::Full,
        )
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

    /// What a picker holds at first: the stored value and the words for it.
    #[must_use]
    pub fn chosen(mut self, value: impl Into<String>, label: impl Into<String>) -> Self {
        self.default = vec![value.into(), label.into()];
        self
    }

    /// What may have been meant by the words in a picker, shown under it as choices.
    #[must_use]
    pub fn candidates(mut self, choices: Vec<Choice>) -> Self {
        if let Kind::Picker { candidates, .. } = &mut self.kind {
            *candidates = choices;
        }
        self
    }

    /// What is most often chosen, in view to be ticked without typing.
    #[must_use]
    pub fn offers(mut self, choices: Vec<Choice>) -> Self {
        if let Kind::PickerMany { offers, .. } = &mut self.kind {
            *offers = choices;
        }
        self
    }

    /// What a picker of several values holds, and what is still to decide about the typed words. It goes before the form's values.
    #[must_use]
    pub fn picked(mut self, picked: Many) -> Self {
        if let Kind::PickerMany { many, .. } = &mut self.kind {
            *many = picked;
        }
        self
    }

    /// Does it hold something that a folded group would hide?
    pub(crate) fn is_filled(&self) -> bool {
        matches!(&self.kind, Kind::PickerMany { many, .. } if *many != Many::default())
    }

    pub(crate) fn is_prose(&self) -> bool {
        matches!(self.kind, Kind::Textarea { prose: true, .. })
    }

    /// Has it a button of its own beside those of the form?
    pub(crate) fn has_button(&self) -> bool {
        matches!(self.kind, Kind::PickerMany { .. })
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
        if let Kind::Textarea { rows, .. } = &mut self.kind {
            *rows = lines;
        }
        self
    }

    /// A text area whose text has paragraphs, lists and tables in the marks that its hint names. With the script it is
    /// written as it will look; what is sent is the same text.
    #[must_use]
    pub fn prose(mut self) -> Self {
        if let Kind::Textarea { prose, .. } = &mut self.kind {
            *prose = true;
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

    /// With the script the files go ahead of the form in pieces, and a broken line goes on where it stopped. The form's handler must
    /// take them from desk (`<name>_unggahan`), and its reader must be an officer who is signed in.
    #[must_use]
    pub fn stepwise(self) -> Self {
        self.stepwise_at("/desk/unggahan")
    }

    /// The same by a module's own routes, for whoever that module knows: `address` begins an upload, `address/{id}` takes a piece.
    #[must_use]
    pub fn stepwise_at(mut self, address: impl Into<String>) -> Self {
        if let Kind::File { stepwise, .. } = &mut self.kind {
            *stepwise = Some(address.into());
        }
        self
    }

    /// Where there is a script, pictures are made smaller in the browser, to `side` pixels and `bytes` bytes at most, and its reader is told
    /// when they look blurred or dark. Its page loads [`crate::photos`].
    #[must_use]
    pub fn photo(mut self, side: u32, bytes: u64) -> Self {
        if let Kind::File { photo, .. } = &mut self.kind {
            *photo = Some((side, bytes));
        }
        self
    }

    /// Pictures are taken with the camera. Where there is a script, those of [`Field::photo`] travel as text under this name (`data:image/jpeg;base64,…`), so that the form can
    /// wait where there is no line. Its page loads [`crate::field_work`].
    #[must_use]
    pub fn as_text(mut self, name: impl Into<String>) -> Self {
        if let Kind::File { as_text, .. } = &mut self.kind {
            *as_text = Some(name.into());
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

    /// Of a name that another form of the same page asks as well: `form` is a word of this one, so that no identity stands twice.
    #[must_use]
    pub fn apart(mut self, form: impl Into<String>) -> Self {
        self.apart = form.into();
        self
    }

    /// Name under which the value is sent.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Identity of the control in the page, to which labels and the summary point.
    pub fn id(&self) -> String {
        match self.kind {
            Kind::Radio(_) | Kind::Checks(_) => format!("{}-0", self.anchor()),
            _ => self.anchor(),
        }
    }

    /// What the identities of its parts begin with.
    fn anchor(&self) -> String {
        if self.apart.is_empty() { format!("f-{}", self.name) } else { format!("f-{}-{}", self.apart, self.name) }
    }
}
