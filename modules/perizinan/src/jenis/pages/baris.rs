//! Reading typed values into a draft, each with its problem beside its field.

use praja_kernel::{Date, FieldProblem, parse_tanggal};
use praja_module::Input;
use praja_web::{Field, Form, FormValues};

use super::super::{
    Cacat, Isian, Jenis,
    susun::{self, Banding, Baris, Susunan},
};

/// What was typed, and what is wrong with it.
pub(super) struct Baca<'a> {
    pub(super) input: &'a Input,
    pub(super) problems: Vec<FieldProblem>,
}

impl<'a> Baca<'a> {
    pub(super) fn new(input: &'a Input) -> Self {
        Self { input, problems: Vec::new() }
    }

    pub(super) fn text(&self, name: &str) -> String {
        self.input.text(name).to_owned()
    }

    /// One entry for each line that is not empty.
    pub(super) fn lines(&self, name: &str) -> Vec<String> {
        self.input.text(name).lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }

    pub(super) fn flag(&self, name: &str) -> bool {
        self.input.text(name) == "ya"
    }

    /// A whole number; nothing typed is 0.
    pub(super) fn number(&mut self, name: &'static str) -> u32 {
        let typed = self.input.text(name);
        if typed.is_empty() {
            return 0;
        }
        typed.parse().unwrap_or_else(|_| {
            self.problems.push(FieldProblem::new(name, "Tulis angka bulat tanpa titik, misalnya 14."));
            0
        })
    }

    pub(super) fn date(&mut self, name: &'static str) -> Option<Date> {
        let typed = self.input.text(name);
        if typed.is_empty() {
            return None;
        }
        parse_tanggal(typed).map_err(|e| self.problems.push(FieldProblem::new(name, e.to_string()))).ok()
    }
}

/// Defects as problems of fields: a field carries the path of what it holds, a text with one entry per line that of the list.
pub(super) fn problems(defects: Vec<Cacat>, own: &dyn Fn(&Cacat) -> bool, strip: &str) -> Vec<FieldProblem> {
    defects
        .into_iter()
        .filter(own)
        .map(|cacat| {
            let path = cacat.jalur.strip_prefix(strip).unwrap_or(&cacat.jalur).trim_start_matches('.').to_owned();
            let (name, line) = match path.strip_suffix(']').and_then(|path| path.rsplit_once('[')) {
                Some((list, at)) if !list.contains("komponen") && !list.contains("rincian") => {
                    (list.to_owned(), format!("Baris {at}: "))
                }
                _ => (path, String::new()),
            };
            FieldProblem::new(name, format!("{line}{} {}", cacat.pesan, cacat.saran))
        })
        .collect()
}

/// The fields with which a condition is put together, after the values they show.
pub(super) fn condition(form: Form, legend: &str, bila: &str, jenis: &Jenis, before: &[&Isian]) -> Form {
    let put = Susunan::read(bila, jenis);
    let shape = put.clone().unwrap_or_default();
    let names: Vec<(String, String)> = std::iter::once((String::new(), "Tidak ada syarat".to_owned()))
        .chain(before.iter().filter(|field| susun::is_comparable(field)).map(|field| (field.kode.clone(), field.label.clone())))
        .collect();
    let ways: Vec<(&str, &str)> = Banding::ALL.iter().map(|one| (one.as_str(), one.label())).collect();
    let mut fields = Vec::new();
    for at in 0..susun::ROWS {
        let row = shape.baris.get(at);
        let label = if at == 0 { "Isian".to_owned() } else { format!("Isian {}", at + 1) };
        fields.push(Field::select(format!("bila.{at}.isian"), label, &names).value(row.map_or("", |row| row.isian.as_str())));
        fields.push(
            Field::select(format!("bila.{at}.banding"), "Perbandingan", &ways).value(row.map_or("=", |row| row.banding.as_str())),
        );
        fields.push(
            Field::text(format!("bila.{at}.nilai"), "Nilai").max_length(200).value(row.map_or("", |row| row.nilai.as_str())),
        );
    }
    let joins = [("semua", "Semua harus terpenuhi"), ("satu", "Cukup satu yang terpenuhi")];
    fields.push(Field::radio("bila.gabung", "Bila lebih dari satu", &joins).value(if shape.salah_satu {
        "satu"
    } else {
        "semua"
    }));
    let hint = "Untuk pilihan tulis katanya persis, untuk centang tulis ya atau tidak. Kosongkan bila tanpa syarat.";
    let form = form.group(legend, hint, fields);
    let own = if put.is_none() { bila } else { "" };
    form.fold(
        "Syarat dengan rumus",
        vec![
            Field::text("bila", "Rumus")
                .max_length(1000)
                .value(own)
                .hint("Bila diisi, rumus ini yang dipakai. Contoh: luas > 100 dan (sifat = \"Tetap\" atau terisi(nib))."),
        ],
    )
}

/// The condition that was put together or written.
pub(super) fn condition_of(input: &Input, jenis: &Jenis) -> String {
    let written = input.text("bila");
    if !written.is_empty() {
        return written.to_owned();
    }
    let row = |at: usize| -> Option<Baris> {
        let isian = input.text(&format!("bila.{at}.isian"));
        let banding = Banding::parse(input.text(&format!("bila.{at}.banding"))).unwrap_or(Banding::Adalah);
        (!isian.is_empty()).then(|| Baris {
            isian: isian.to_owned(),
            banding,
            nilai: input.text(&format!("bila.{at}.nilai")).to_owned(),
        })
    };
    Susunan { baris: (0..susun::ROWS).filter_map(row).collect(), salah_satu: input.text("bila.gabung") == "satu" }.written(jenis)
}

/// Values of a form by their names.
pub(super) fn with_all(mut values: FormValues, name: &str, all: impl IntoIterator<Item = impl Into<String>>) -> FormValues {
    for one in all {
        values.add(name, one);
    }
    values
}
