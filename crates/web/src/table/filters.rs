use maud::{Markup, Render, html};
use praja_kernel::FieldProblem;

use crate::{Address, Field, FormValues, Icon, icon};

/// Filters of a list beyond its chips: a form that folds away, and each filter that is set as a chip that takes it off again.
#[derive(Debug, Clone)]
pub struct Filters {
    address: Address,
    fields: Vec<Field>,
    set: Vec<(String, Address)>,
    problems: Vec<FieldProblem>,
}

impl Filters {
    /// Filters of the list at this address; its other parts (order, columns, chips) are kept.
    pub fn new(address: &Address) -> Self {
        Self { address: address.clone().top(), fields: Vec::new(), set: Vec::new(), problems: Vec::new() }
    }

    /// Adds a field. Its value is the part of the address with its name.
    #[must_use]
    pub fn field(mut self, field: Field) -> Self {
        self.fields.push(field);
        self
    }

    /// Says that a filter is set: "Pengirim: Dinas Kesehatan" and the parts of the address that set it.
    #[must_use]
    pub fn is_set(mut self, words: impl Into<String>, parts: &[&str]) -> Self {
        let without = parts.iter().fold(self.address.clone(), |address, part| address.without(part));
        self.set.push((words.into(), without));
        self
    }

    /// What is wrong with which field.
    #[must_use]
    pub fn problems(mut self, problems: &[FieldProblem]) -> Self {
        self.problems.extend_from_slice(problems);
        self
    }

    /// Parts of the address that belong to the fields, those that travel with them included.
    fn is_ours(&self, name: &str) -> bool {
        self.fields.iter().any(|field| {
            let rest = name.strip_prefix(field.name());
            matches!(rest, Some("" | crate::picker::TYPED | crate::picker::MEANT))
        })
    }

    fn problem(&self, name: &str) -> Option<&str> {
        self.problems.iter().find(|problem| problem.field == name).map(|problem| problem.message.as_str())
    }
}

impl Render for Filters {
    fn render(&self) -> Markup {
        let values: FormValues = self.address.query().iter().cloned().collect();
        let others = || self.address.query().iter().filter(|(name, _)| !self.is_ours(name));
        let bare = others().fold(Address::new(self.address.path()), |address, (name, value)| address.add(name, value));
        html! {
            details.saring-lanjut open[!self.problems.is_empty()] {
                summary { (icon(Icon::Filter)) span { "Saring" } @if !self.set.is_empty() { span.saring-hitung { (self.set.len()) " dipakai" } } }
                form.saring-isi method="get" action=(self.address.path()) {
                    @for (name, value) in others() { input type="hidden" name=(name) value=(value); }
                    div.saring-bidang { @for field in &self.fields { (field.draw(&values, self.problem(field.name()))) } }
                    div.aksi {
                        button.tombol.utama type="submit" { "Terapkan saringan" }
                        @if !self.set.is_empty() { a.tombol href=(bare.href()) { "Hapus semua saringan" } }
                    }
                }
            }
            @if !self.set.is_empty() {
                ul.saring.terpasang aria-label="Saringan yang dipakai" {
                    @for (words, without) in &self.set {
                        li { a.cip href=(without.href()) { span { (words) } (icon(Icon::Close)) span.senyap { "Hapus saringan ini" } } }
                    }
                }
            }
        }
    }
}
