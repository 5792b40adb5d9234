//! The form of a service on screen: each field of the data becomes a field of the page.

use praja_desk::wilayah;
use praja_module::{Ctx, Input};
use praja_web::{
    Field, Form, FormValues, Markup,
    form::Width,
    html,
    picker::{Choice, MOST, Picked, resolve},
};

use crate::{
    jenis::{Bagian, Isian, JenisIsian},
    permohonan::isian::{Jawaban, ROWS},
};

/// Rows of a table that stand open beyond those that are filled.
const SPARE: usize = 2;

/// What was typed into the regions of a part: each either one code, or what is wrong.
pub(super) fn regions(ctx: &Ctx, part: &Bagian, input: &Input) -> Vec<(String, Picked)> {
    let lookup = wilayah::Lookup::of(&ctx.instance().paket);
    let find = |typed: &str| {
        let found = lookup.search(typed, MOST + 1);
        Ok::<_, std::convert::Infallible>(
            found.into_iter().map(|one| Choice::new(&one.kode, &one.nama).note(lookup.path(one))).collect(),
        )
    };
    let fields = part.isian.iter().filter(|field| field.jenis == JenisIsian::Wilayah);
    fields
        .map(|field| {
            let Ok(picked) = resolve(input, &field.kode, find);
            (field.kode.clone(), picked)
        })
        .collect()
}

/// The name of a region with what it lies in.
pub(crate) fn region_name(ctx: &Ctx, kode: &str) -> String {
    let lookup = wilayah::Lookup::of(&ctx.instance().paket);
    lookup.get(kode).map_or_else(|| kode.to_owned(), |one| format!("{}, {}", one.nama, lookup.path(one)))
}

/// The fields of a part whose conditions hold, each beside what was typed.
pub(crate) fn fields(ctx: &Ctx, mut form: Form, part: &Bagian, shown: &[&Isian], jawaban: &Jawaban) -> Form {
    let mut located = false;
    for field in &part.isian {
        if !shown.iter().any(|one| one.kode == field.kode) {
            continue;
        }
        if field.jenis == JenisIsian::Tabel {
            form = table(form, field, jawaban);
        } else {
            form = form.field(one(ctx, field, &field.kode, jawaban.text(&field.kode)));
            if field.jenis == JenisIsian::Titik {
                // The script puts its button here; the hint above is true without it.
                form = form.extra(html! { div data-titik-ke=(field.kode) {} });
                located = true;
            }
        }
    }
    if located { form.extra(praja_web::location()) } else { form }
}

fn one(ctx: &Ctx, field: &Isian, name: &str, typed: &str) -> Field {
    let label = if field.satuan.is_empty() { field.label.clone() } else { format!("{} ({})", field.label, field.satuan) };
    let options = || -> Vec<(String, String)> {
        let none = if field.wajib { "Pilih" } else { "Tidak ada" };
        let words = field.pilihan.iter().map(|word| (word.clone(), word.clone()));
        std::iter::once((String::new(), none.to_owned())).chain(words).collect()
    };
    let mut made = match field.jenis {
        JenisIsian::Paragraf => Field::textarea(name, label).rows(4),
        JenisIsian::Angka => Field::text(name, label).inputmode("decimal").width(Width::Short),
        JenisIsian::Rupiah => Field::money(name, label),
        JenisIsian::Tanggal => Field::date(name, label),
        JenisIsian::Nik => Field::text(name, label).inputmode("numeric").max_length(24).width(Width::Medium),
        JenisIsian::Nib | JenisIsian::Npwp => Field::text(name, label).inputmode("numeric").max_length(24).width(Width::Medium),
        JenisIsian::Telepon => Field::phone(name, label),
        JenisIsian::Surel => Field::email(name, label),
        JenisIsian::Pilihan if field.pilihan.len() <= 4 && field.wajib => {
            let words: Vec<_> = field.pilihan.iter().map(|word| (word.clone(), word.clone())).collect();
            Field::radio(name, label, &words)
        }
        JenisIsian::Pilihan => Field::select(name, label, &options()),
        JenisIsian::Centang => Field::checkbox(name, label),
        JenisIsian::Wilayah => Field::picker(name, label, "/perizinan/pilih/wilayah"),
        JenisIsian::Titik => Field::text(name, label).width(Width::Medium),
        JenisIsian::Teks | JenisIsian::Tabel => Field::text(name, label),
    };
    let hint = match (field.jenis, field.petunjuk.as_str()) {
        (JenisIsian::Titik, "") => "Lintang dan bujur dari peta, misalnya -2,8731; 108,0512.",
        (JenisIsian::Nik, "") => "16 angka pada KTP.",
        (JenisIsian::Nib, "") => "13 angka.",
        (JenisIsian::Wilayah, "") => "Ketik nama desa, kelurahan, kecamatan, atau kabupaten, lalu pilih.",
        (_, words) => words,
    };
    if !hint.is_empty() {
        made = made.hint(hint);
    }
    if field.wajib && field.jenis != JenisIsian::Centang {
        made = made.required();
    }
    match field.jenis {
        JenisIsian::Wilayah if !typed.is_empty() => {
            let lookup = wilayah::Lookup::of(&ctx.instance().paket);
            let nama = lookup.get(typed).map_or_else(|| typed.to_owned(), |one| one.nama.clone());
            made.chosen(typed, nama)
        }
        _ if typed.is_empty() => made,
        _ => made.value(typed),
    }
}

/// A table: the rows that are filled, and some more.
fn table(form: Form, field: &Isian, jawaban: &Jawaban) -> Form {
    let rows = jawaban.rows(&field.kode);
    let most = field.maks.trim().parse().unwrap_or(ROWS).min(ROWS);
    let open = (rows.len() + SPARE).min(most);
    let mut form = form;
    for at in 0..open {
        let fields: Vec<Field> = field
            .kolom
            .iter()
            .map(|column| {
                let name = format!("{}.{at}.{}", field.kode, column.kode);
                let typed = rows.get(at).and_then(|row| row.get(&column.kode)).map_or("", String::as_str);
                let made = if column.jenis == JenisIsian::Pilihan {
                    let words = column.pilihan.iter().map(|word| (word.clone(), word.clone()));
                    let options: Vec<_> = std::iter::once((String::new(), "Pilih".to_owned())).chain(words).collect();
                    Field::select(name, &column.label, &options)
                } else {
                    Field::text(name, &column.label)
                };
                if typed.is_empty() { made } else { made.value(typed) }
            })
            .collect();
        let hint = if at == 0 && !field.petunjuk.is_empty() { field.petunjuk.clone() } else { String::new() };
        form = form.group(format!("{} {}", field.label, at + 1), hint, fields);
    }
    form
}

/// What was answered, as a list of facts.
pub(crate) fn facts(ctx: &Ctx, part: &Bagian, shown: &[&Isian], jawaban: &Jawaban) -> Markup {
    let mut facts = praja_web::Facts::new();
    let mut tables = Vec::new();
    for field in part.isian.iter().filter(|field| shown.iter().any(|one| one.kode == field.kode)) {
        if field.jenis == JenisIsian::Tabel {
            tables.push((field, jawaban.rows(&field.kode)));
            continue;
        }
        facts = facts.add(&field.label, answer(ctx, field, jawaban.text(&field.kode)));
    }
    html! {
        (facts)
        @for (field, rows) in tables {
            @if !rows.is_empty() {
                (praja_web::Table::new(&field.label)
                    .with_columns(&field.kolom)
                    .rows(rows.iter().map(|row| praja_web::Row::new(field.kolom.iter().map(|column| {
                        praja_web::Cell::new(row.get(&column.kode).filter(|typed| !typed.is_empty()).map(|typed| answer(ctx, column, typed)).unwrap_or_default())
                    }).collect()))))
            }
        }
    }
}

trait Columns {
    fn with_columns(self, columns: &[Isian]) -> Self;
}

impl Columns for praja_web::Table {
    fn with_columns(self, columns: &[Isian]) -> Self {
        columns.iter().fold(self, |table, column| table.column(praja_web::Column::text(&column.label)))
    }
}

/// One answer as people read it.
pub(crate) fn answer(ctx: &Ctx, field: &Isian, typed: &str) -> String {
    if typed.is_empty() {
        return "belum diisi".into();
    }
    match field.jenis {
        JenisIsian::Centang => "Ya".into(),
        JenisIsian::Tanggal => {
            praja_kernel::parse_tanggal(typed).map_or_else(|_| typed.to_owned(), praja_kernel::tanggal_panjang)
        }
        JenisIsian::Rupiah => crate::permohonan::isian::read_number(typed)
            .map_or_else(|| typed.to_owned(), |value| format!("Rp {}", value.format(0))),
        JenisIsian::Nik => typed.parse::<praja_kernel::Nik>().map_or_else(|_| typed.to_owned(), |nik| nik.masked()),
        JenisIsian::Wilayah => region_name(ctx, typed),
        _ if field.satuan.is_empty() => typed.to_owned(),
        _ => format!("{typed} {}", field.satuan),
    }
}

/// What stands in the fields when a form is shown again.
pub(super) fn values(input: &Input) -> FormValues {
    praja_web::frame::typed(input)
}
