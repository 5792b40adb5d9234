use maud::{Markup, html};

use super::Field;
use crate::{
    FormValues, Icon, icon,
    picker::{ADD, ASKED, Choice, MAYBE, MEANT, Many, TYPED, named},
};

impl Field {
    /// What is offered and what was chosen as boxes to tick, then the words to look for. The script makes chips of what was chosen.
    pub(super) fn many(&self, lookup: &str, offers: &[Choice], many: &Many, typed: &FormValues, problem: Option<&str>) -> Markup {
        let (id, name) = (self.id(), &self.name);
        let held = if *many == Many::default() { self.kept(typed) } else { many.clone() };
        let is_offered = |choice: &Choice| offers.iter().any(|one| one.value == choice.value);
        let chosen: Vec<&Choice> = held.chosen.iter().filter(|choice| !is_offered(choice)).collect();
        html! {
            fieldset.pilihan-kelompok.pemilih-banyak aria-describedby=[self.described(problem)] {
                legend { (self.label) (self.required_word()) }
                (self.hint_line())
                @for (at, choice) in offers.iter().enumerate() {
                    (self.tick(&format!("{id}-{at}"), name, choice, held.chosen.iter().any(|one| one.value == choice.value)))
                }
                ul.terpilih aria-label={ (self.label) ": yang ditambahkan" } data-nama=(name) {
                    @for (at, choice) in chosen.iter().enumerate() {
                        li data-nilai=(choice.value) { (self.tick(&format!("{id}-pilih-{at}"), name, choice, true)) }
                    }
                }
                label.cari-tambah for=(id) { @if offers.is_empty() { "Cari lalu tambahkan" } @else { "Cari yang lain lalu tambahkan" } }
                div.pemilih data-pilih=(lookup) data-banyak {
                    input id=(id) type="text" name={ (name) (TYPED) } value=(held.typed) autocomplete="off" spellcheck="false" maxlength="200"
                        autofocus[self.autofocus] aria-describedby=[self.described(problem)] aria-invalid=[problem.map(|_| "true")];
                    button.tombol.tanpa-js type="submit" name=(ADD) value=(name) { (icon(Icon::Add)) span { "Tambah" span.senyap { " ke " (self.label) } } }
                }
                (self.problem_line(problem))
                @if !held.open.is_empty() {
                    input type="hidden" name={ (name) (ASKED) } value=(held.typed);
                    fieldset.pilihan-kelompok.calon {
                        legend { "Pilihan untuk \"" (held.typed) "\"" }
                        @for (at, choice) in held.open.iter().enumerate() {
                            (self.tick(&format!("{id}-calon-{at}"), &format!("{name}{MAYBE}"), choice, false))
                        }
                    }
                }
            }
        }
    }

    /// What an earlier visit left in the form (a draft), with the words that went with it.
    fn kept(&self, typed: &FormValues) -> Many {
        let labels = typed.all(&format!("{}{MEANT}", self.name)).unwrap_or_default();
        let values = typed.all(&self.name).unwrap_or(&self.default);
        Many {
            chosen: values.iter().map(|value| named(labels, value)).collect(),
            typed: typed.text(&format!("{}{TYPED}", self.name)).to_owned(),
            ..Many::default()
        }
    }

    /// One value to tick, and hidden beside it the words it goes by.
    fn tick(&self, id: &str, name: &str, choice: &Choice, ticked: bool) -> Markup {
        html! {
            div.pilihan {
                input id=(id) type="checkbox" name=(name) value=(choice.value) checked[ticked];
                label for=(id) {
                    (choice.label)
                    @if !choice.note.is_empty() { span.redup.calon-keterangan { (choice.note) } }
                }
                input type="hidden" name={ (self.name) (MEANT) } value={ (choice.value) " " (choice.label) };
            }
        }
    }
}
