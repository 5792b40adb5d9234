use maud::{Markup, html};

use super::{Field, Kind, MAX, MAX_LENGTH, MIN, STEP, Width};
use crate::{
    FormValues, Icon, icon,
    picker::{Choice, MEANT, TYPED},
};

impl Field {
    /// Draws the field with what was typed (nothing sent: the default) and what is wrong with it.
    pub(crate) fn draw(&self, typed: &FormValues, problem: Option<&str>) -> Markup {
        let values = typed.all(&self.name).unwrap_or(&self.default);
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
                    Kind::Picker { lookup, candidates } => {
                        label for=(id) { (self.label) (self.required_word()) }
                        (self.hint_line())
                        (self.picker_control(lookup, candidates, typed, problem))
                    },
                    Kind::PickerMany { lookup, offers, many } => (self.many(lookup, offers, many, typed, problem)),
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

    pub(super) fn required_word(&self) -> Markup {
        html! { @if self.required { " " span.wajib { "(wajib diisi)" } } }
    }

    pub(super) fn hint_line(&self) -> Markup {
        html! { @if !self.hint.is_empty() { p.petunjuk id={ (self.anchor()) "-petunjuk" } { (self.hint) } } }
    }

    pub(super) fn problem_line(&self, problem: Option<&str>) -> Markup {
        html! {
            @if let Some(problem) = problem {
                p.masalah id={ (self.anchor()) "-masalah" } { (icon(Icon::Bad)) span { span.senyap { "Perlu diperbaiki: " } (problem) } }
            }
        }
    }

    /// What a screen reader reads after the label.
    pub(super) fn described(&self, problem: Option<&str>) -> Option<String> {
        let hint = (!self.hint.is_empty()).then(|| format!("{}-petunjuk", self.anchor()));
        let problem = problem.map(|_| format!("{}-masalah", self.anchor()));
        let both: Vec<String> = hint.into_iter().chain(problem).collect();
        (!both.is_empty()).then(|| both.join(" "))
    }

    fn control(&self, value: &str, problem: Option<&str>) -> Markup {
        let (id, described, invalid) = (self.id(), self.described(problem), problem.map(|_| "true"));
        match &self.kind {
            Kind::Textarea { rows, prose } => html! {
                textarea id=(id) name=(self.name) rows=(rows) required[self.required] readonly[self.readonly] autofocus[self.autofocus]
                    maxlength=[self.limits[MAX_LENGTH].as_ref()] aria-describedby=[described] aria-invalid=[invalid] data-tumbuh data-naskah[*prose] {
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
            Kind::File { accept, multiple, stepwise, photo, as_text } => html! {
                // With the script the whole area takes the click and what is dropped on it; browsers name their own button in English.
                div.unggah {
                    input id=(id) type="file" name=(self.name) accept=(accept) multiple[*multiple] required[self.required]
                        data-paling-besar=[self.limits[MAX].as_ref()] data-bertahap=[stepwise.as_ref()] data-foto-teks=[as_text.as_ref()] capture=[as_text.as_ref().map(|_| "environment")] data-foto=[photo.as_ref().map(|(side, bytes)| format!("{side} {bytes}"))] aria-describedby=[described] aria-invalid=[invalid];
                    span.unggah-ajakan.js-saja aria-hidden="true" { (icon(Icon::Upload)) span { "Pilih berkas atau letakkan di sini" } }
                }
                output.berkas for=(id) {}
            },
            Kind::Money => html! {
                div.berawalan { span.awalan aria-hidden="true" { "Rp" } (self.input("text", value, described, invalid)) }
            },
            Kind::Input("date") => html! {
                div.tanggalan data-tanggal {
                    (self.input(shown_as("date", value), value, described, invalid))
                    button type="button" hidden aria-label={ "Buka kalender untuk " (self.label) } aria-expanded="false" { (icon(Icon::Calendar)) }
                }
            },
            Kind::Password => self.input("password", "", described, invalid),
            Kind::Input(kind) => self.input(shown_as(kind, value), value, described, invalid),
            Kind::Radio(_) | Kind::Checks(_) | Kind::Checkbox | Kind::Picker { .. } | Kind::PickerMany { .. } => html! {},
        }
    }

    fn input(&self, kind: &str, value: &str, described: Option<String>, invalid: Option<&str>) -> Markup {
        let value = (!value.is_empty()).then_some(value);
        let money = matches!(self.kind, Kind::Money);
        html! {
            input id=(self.id()) type=(kind) name=(self.name) value=[value] required[self.required] readonly[self.readonly] autofocus[self.autofocus]
                autocomplete=[self.autocomplete] inputmode=[self.inputmode] maxlength=[self.limits[MAX_LENGTH].as_ref()]
                min=[self.limits[MIN].as_ref()] max=[self.limits[MAX].as_ref()] step=[self.limits[STEP].as_ref()]
                aria-describedby=[described] aria-invalid=[invalid] data-uang[money];
        }
    }

    /// The words that are typed, and hidden beside them the chosen value and the words it stands for.
    fn picker_control(&self, lookup: &str, candidates: &[Choice], typed: &FormValues, problem: Option<&str>) -> Markup {
        let name = &self.name;
        let stored = |at: usize| self.default.get(at).map_or("", String::as_str);
        let value = typed.get(name).unwrap_or_else(|| stored(0));
        let words = typed.get(&format!("{name}{TYPED}")).unwrap_or_else(|| stored(1));
        // A form filled from stored values knows no second copy of the words.
        let meant = typed.get(&format!("{name}{MEANT}")).unwrap_or(words);
        // The choices below take the place of the hidden value and stand for the words as they are now.
        let (open, meant) = (!candidates.is_empty(), if candidates.is_empty() { meant } else { words });
        html! {
            div.pemilih data-pilih=(lookup) {
                @if !open { input type="hidden" name=(name) value=(value); }
                input type="hidden" name={ (name) (MEANT) } value=(meant);
                input id=(self.id()) type="text" name={ (name) (TYPED) } value=(words) required[self.required] readonly[self.readonly]
                    autofocus[self.autofocus] autocomplete="off" spellcheck="false" maxlength=[self.limits[MAX_LENGTH].as_ref()]
                    aria-describedby=[self.described(problem)] aria-invalid=[problem.map(|_| "true")];
            }
            (self.problem_line(problem))
            @if open {
                fieldset.pilihan-kelompok.calon {
                    legend { "Pilihan untuk \"" (words) "\"" }
                    @for (at, choice) in candidates.iter().enumerate() {
                        div.pilihan {
                            input id={ (self.id()) "-" (at) } type="radio" name=(name) value=(choice.value) checked[choice.value == value];
                            label for={ (self.id()) "-" (at) } {
                                (choice.label)
                                @if !choice.note.is_empty() { span.redup.calon-keterangan { (choice.note) } }
                            }
                        }
                    }
                }
            }
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
                        input id={ (self.anchor()) "-" (at) } type=(kind) name=(self.name) value=(value) checked[values.contains(value)]
                            aria-invalid=[problem.map(|_| "true")];
                        label for={ (self.anchor()) "-" (at) } { (label) }
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
