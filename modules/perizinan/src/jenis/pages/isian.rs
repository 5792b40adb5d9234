//! The form of a service: its parts and fields, one at a time.

use praja_kernel::FieldProblem;
use praja_module::{Ctx, Input, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Act, Cell, Column, EmptyState, Field, Form, FormValues, Icon, Markup, PageHeader, Row, Table, act_bar, form::Width, frame,
    html, section,
};

use super::{
    again, arranging,
    baris::{Baca, condition, condition_of, problems},
    below, draft, href, save as store_draft,
};
use crate::{
    jenis::{Bagian, Isian, Jenis, JenisIsian, periksa, store::Terbit, susun},
    layanan::kata,
};

/// Stands in the address for a field that is not there yet; no field can have this name.
const NEW: &str = "_baru";
/// Columns that stand open beyond those that are filled.
const SPARE: usize = 3;
/// Most columns that are read.
const COLUMNS: usize = 12;

/// GET /perizinan/izin/jenis/{id}/formulir
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let one = draft(ctx, tx)?;
    let add = frame::form(ctx, href(&one, "formulir")).hidden("aksi", "tambah");
    Ok(frame::respond(ctx, &header(&one), content(ctx, &one, &one.isi, add)))
}

fn header(one: &Terbit) -> PageHeader {
    below(one, "Formulir").purpose("Yang diisi pemohon. Setiap bagian menjadi satu langkah di ponsel.")
}

fn content(ctx: &Ctx, one: &Terbit, isi: &Jenis, add: Form) -> Markup {
    let act = |label: &str, aksi: &str, what: &str| {
        Act::post(label, href(one, "formulir"), ctx.csrf(), ctx.form_id().to_string())
            .value("versi", one.versi.versi.to_string())
            .value("aksi", aksi)
            .value("apa", what)
    };
    html! {
        @if isi.formulir.is_empty() {
            (EmptyState::new(Icon::Document, "Formulir belum berisi", "Mulai dengan menambahkan bagian, misalnya \"Data pemohon\"."))
        }
        @for (at, part) in isi.formulir.iter().enumerate() {
            @let number = (at + 1).to_string();
            (section(&format!("{number}. {}", part.judul), html! {
                @if part.isian.is_empty() { p { "Bagian ini belum berisi." } } @else {
                    (Table::new(format!("Isian {}", part.judul))
                        .column(Column::text("Label")).column(Column::text("Nama")).column(Column::text("Jenis"))
                        .column(Column::text("Tampil").wide_only())
                        .rows(part.isian.iter().map(|field| {
                            let shown = if field.bila.trim().is_empty() { "selalu".to_owned() } else { format!("bila {}", kata::condition(&field.bila, isi)) };
                            let label = if field.wajib { field.label.clone() } else { format!("{} (boleh kosong)", field.label) };
                            Row::new(vec![
                                label.into(),
                                Cell::new(html! { code { (field.kode) } }),
                                field.jenis.label().into(),
                                shown.into(),
                            ])
                            .href(href(one, &format!("formulir/{}", field.kode)))
                        })))
                }
                (act_bar(&[
                    Act::link("Tambah isian", href(one, &format!("formulir/{NEW}?bagian={number}"))).icon(Icon::Add),
                    act("Naikkan bagian", "naik-bagian", &number),
                    act("Turunkan bagian", "turun-bagian", &number),
                    act("Hapus bagian", "hapus-bagian", &number).danger(),
                ]))
            }))
        }
        (section("Tambah bagian", html! {
            (add.hidden("versi", one.versi.versi.to_string()).field(Field::text("judul", "Judul bagian").required().max_length(120).width(Width::Medium))
                .submit("Tambah bagian").cancel("Kembali ke layanan", href(one, "")))
        }))
    }
}

/// POST /perizinan/izin/jenis/{id}/formulir
pub(crate) fn arrange(ctx: &Ctx, input: &Input) -> Outcome {
    let one = ctx.read(|tx| draft(ctx, tx))?;
    let mut isi = (*one.isi).clone();
    let what = input.text("apa");
    let number: usize = what.parse().unwrap_or(0);
    let notice = match input.text("aksi") {
        "tambah" => {
            let judul = input.text("judul");
            if judul.is_empty() {
                let wrong = [FieldProblem::new("judul", "Tulis judul bagian, misalnya \"Data pemohon\".")];
                let form = frame::form_again(ctx, href(&one, "formulir"), input).hidden("aksi", "tambah").problems(&wrong);
                return Ok(again(ctx, &header(&one), content(ctx, &one, &one.isi, form)));
            }
            isi.formulir.push(Bagian { judul: judul.chars().take(120).collect(), isian: Vec::new() });
            "Bagian ditambahkan. Isi dengan isian."
        }
        "naik" => moved(&mut isi, what, false),
        "turun" => moved(&mut isi, what, true),
        "hapus" => {
            isi.formulir.iter_mut().for_each(|part| part.isian.retain(|field| field.kode != what));
            "Isian dihapus dari draf."
        }
        "naik-bagian" if (2..=isi.formulir.len()).contains(&number) => {
            isi.formulir.swap(number - 1, number - 2);
            "Urutan bagian diubah."
        }
        "turun-bagian" if (1..isi.formulir.len()).contains(&number) => {
            isi.formulir.swap(number - 1, number);
            "Urutan bagian diubah."
        }
        "hapus-bagian" if isi.formulir.get(number.wrapping_sub(1)).is_some_and(|part| !part.isian.is_empty()) => {
            "Bagian itu masih berisi. Pindahkan atau hapus isiannya dahulu."
        }
        "hapus-bagian" if (1..=isi.formulir.len()).contains(&number) => {
            isi.formulir.remove(number - 1);
            "Bagian dihapus dari draf."
        }
        _ => "Tidak ada yang berubah.",
    };
    store_draft(ctx, input, &one, isi, href(&one, "formulir"), notice)
}

/// Moves a field by one place; past the end of its part it goes into the next.
fn moved(isi: &mut Jenis, kode: &str, down: bool) -> &'static str {
    let place = isi
        .formulir
        .iter()
        .enumerate()
        .find_map(|(part, one)| Some((part, one.isian.iter().position(|field| field.kode == kode)?)));
    let Some((part, at)) = place else { return "Isian itu tidak ada lagi." };
    let parts = isi.formulir.len();
    let here = &mut isi.formulir[part].isian;
    match (down, at) {
        (false, 0) if part > 0 => {
            let field = here.remove(at);
            isi.formulir[part - 1].isian.push(field);
        }
        (true, at) if at + 1 == here.len() && part + 1 < parts => {
            let field = here.remove(at);
            isi.formulir[part + 1].isian.insert(0, field);
        }
        (false, at) if at > 0 => here.swap(at, at - 1),
        (true, at) if at + 1 < here.len() => here.swap(at, at + 1),
        _ => return "Isian itu sudah di ujung.",
    }
    "Urutan isian diubah."
}

/// Where a field stands, from 1.
fn place(isi: &Jenis, kode: &str) -> Option<(usize, usize)> {
    isi.formulir
        .iter()
        .enumerate()
        .find_map(|(part, one)| Some((part + 1, one.isian.iter().position(|field| field.kode == kode)? + 1)))
}

/// GET /perizinan/izin/jenis/{id}/formulir/{isian}
pub(crate) fn form(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let one = draft(ctx, tx)?;
    let kode: String = ctx.param("isian")?;
    let (field, part) = if kode == NEW {
        (empty(), ctx.query("bagian").unwrap_or("1").to_owned())
    } else {
        let field = one.isi.field(&kode).ok_or(Problem::NotFound)?;
        (field.clone(), place(&one.isi, &kode).map_or(1, |(part, _)| part).to_string())
    };
    let form = frame::form(ctx, href(&one, &format!("formulir/{kode}"))).values(values(&field).with("bagian", part));
    let content = html! {
        (fields(&one, &kode, &field, form, one.versi.versi))
        @if kode != NEW { (arranging(ctx, &one, "formulir", &kode)) }
    };
    Ok(frame::respond(ctx, &head(&one, &kode, &field), content))
}

fn empty() -> Isian {
    Isian {
        kode: String::new(),
        label: String::new(),
        jenis: JenisIsian::Teks,
        wajib: true,
        bila: String::new(),
        petunjuk: String::new(),
        pilihan: Vec::new(),
        min: String::new(),
        maks: String::new(),
        satuan: String::new(),
        desimal: 0,
        kolom: Vec::new(),
    }
}

fn head(one: &Terbit, kode: &str, field: &Isian) -> PageHeader {
    let title = if kode == NEW { "Isian baru".to_owned() } else { format!("Isian {}", field.label) };
    below(one, title).crumb("Formulir", href(one, "formulir"))
}

fn values(field: &Isian) -> FormValues {
    let mut values = FormValues::new()
        .with("kode", &field.kode)
        .with("label", &field.label)
        .with("jenis", field.jenis.as_str())
        .with("petunjuk", &field.petunjuk)
        .with("pilihan", field.pilihan.join("\n"))
        .with("min", &field.min)
        .with("maks", &field.maks)
        .with("satuan", &field.satuan)
        .with("desimal", if field.desimal == 0 { String::new() } else { field.desimal.to_string() });
    if field.wajib {
        values.add("wajib", "ya");
    }
    for (at, column) in field.kolom.iter().enumerate() {
        values.add(format!("kolom[{}].label", at + 1), &column.label);
        values.add(format!("kolom[{}].kode", at + 1), &column.kode);
        values.add(format!("kolom[{}].jenis", at + 1), column.jenis.as_str());
        values.add(format!("kolom[{}].pilihan", at + 1), column.pilihan.join(", "));
        if column.wajib {
            values.add(format!("kolom[{}].wajib", at + 1), "ya");
        }
    }
    values
}

fn fields(one: &Terbit, kode: &str, field: &Isian, form: Form, versi: i64) -> Markup {
    let isi = &one.isi;
    let kinds: Vec<(&str, &str)> = JenisIsian::ALL.iter().map(|one| (one.as_str(), one.label())).collect();
    let parts: Vec<(String, String)> =
        isi.formulir.iter().enumerate().map(|(at, part)| ((at + 1).to_string(), part.judul.clone())).collect();
    let name = Field::text("kode", "Nama dalam rumus dan dokumen").max_length(40).width(Width::Medium);
    let name = if kode == NEW {
        name.hint("Boleh kosong: dibuat dari label. Huruf kecil, angka, garis bawah; tidak dapat diubah lagi.")
    } else {
        name.readonly()
    };
    let before: Vec<&Isian> = isi.fields().take_while(|other| other.kode != kode).collect();
    let mut form = form
        .hidden("versi", versi.to_string())
        .guard()
        .field(Field::text("label", "Label").required().max_length(200).hint("Sebagaimana dibaca pemohon."))
        .field(Field::select("jenis", "Jenis", &kinds).required())
        .field(Field::checkbox("wajib", "Wajib diisi"))
        .field(Field::text("petunjuk", "Petunjuk").max_length(400).hint("Satu kalimat yang membantu mengisi; boleh kosong."))
        .field(Field::select("bagian", "Bagian formulir", &parts))
        .field(name)
        .field(Field::textarea("pilihan", "Kata-kata pilihan").rows(4).hint("Untuk jenis pilihan; satu kata satu baris."))
        .group(
            "Batas",
            "Angka: nilai terkecil dan terbesar. Tanggal: hari-ini atau 2026-01-31. Teks: jumlah huruf. Tabel: jumlah baris.",
            vec![
                Field::text("min", "Paling kecil").max_length(20).width(Width::Short),
                Field::text("maks", "Paling besar").max_length(20).width(Width::Short),
                Field::text("satuan", "Satuan").max_length(20).width(Width::Short),
                Field::number("desimal", "Angka di belakang koma").min("0").max("6").width(Width::Short),
            ],
        );
    form = condition(form, "Tampil hanya bila", &field.bila, isi, &before);
    let columns: Vec<(&str, &str)> =
        JenisIsian::ALL.iter().filter(|one| **one != JenisIsian::Tabel).map(|one| (one.as_str(), one.label())).collect();
    let open = if field.jenis == JenisIsian::Tabel { (field.kolom.len() + SPARE).min(COLUMNS) } else { SPARE };
    let mut rows = Vec::new();
    for at in 1..=open {
        rows.push(Field::text(format!("kolom[{at}].label"), format!("Kolom {at}")).max_length(120));
        rows.push(Field::select(format!("kolom[{at}].jenis"), format!("Jenis kolom {at}"), &columns).value("teks"));
        rows.push(
            Field::text(format!("kolom[{at}].pilihan"), format!("Pilihan kolom {at}"))
                .max_length(600)
                .hint("Dipisah koma; untuk jenis pilihan."),
        );
        rows.push(Field::checkbox(format!("kolom[{at}].wajib"), format!("Kolom {at} wajib diisi")));
    }
    let form = if field.jenis == JenisIsian::Tabel {
        form.group("Kolom tabel", "Kosongkan label untuk menghapus kolom.", rows)
    } else {
        form.fold("Kolom, untuk jenis tabel", rows)
    };
    html! { (form.submit("Simpan isian").cancel("Kembali tanpa menyimpan", href(one, "formulir"))) }
}

/// POST /perizinan/izin/jenis/{id}/formulir/{isian}
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let one = ctx.read(|tx| draft(ctx, tx))?;
    let kode: String = ctx.param("isian")?;
    let mut isi = (*one.isi).clone();
    let mut read = Baca::new(input);
    let mut field = taken(&mut read, &isi);
    if kode != NEW {
        let known = one.isi.field(&kode).ok_or(Problem::NotFound)?;
        field.kode.clone_from(&known.kode);
    } else if field.kode.is_empty() {
        field.kode = free_name(&isi, &field.label);
    }
    if isi.formulir.is_empty() {
        isi.formulir.push(Bagian { judul: "Data permohonan".into(), isian: Vec::new() });
    }
    let part = input.text("bagian").parse::<usize>().unwrap_or(1).clamp(1, isi.formulir.len());
    put(&mut isi, &kode, part, field.clone());
    // Of two with the same name the new one stands last, and is the one that is wrong.
    let at = isi.formulir[part - 1].isian.iter().rposition(|other| other.kode == field.kode).map_or(1, |at| at + 1);
    let path = format!("formulir[{part}].isian[{at}]");
    let own = format!("{path}.");
    let mut wrong = read.problems;
    wrong.extend(problems(periksa::check(&isi), &|cacat| cacat.jalur.starts_with(&own), &path));
    if wrong.is_empty() {
        return store_draft(ctx, input, &one, isi, href(&one, "formulir"), "Isian sudah disimpan dalam draf.");
    }
    let form = frame::form_again(ctx, href(&one, &format!("formulir/{kode}")), input).problems(&wrong);
    let versi = input.text("versi").parse().unwrap_or(one.versi.versi);
    Ok(again(ctx, &head(&one, &kode, &field), fields(&one, &kode, &field, form, versi)))
}

/// Puts a field into a part: in its old place when it stays there, else at the end.
fn put(isi: &mut Jenis, kode: &str, part: usize, field: Isian) {
    match place(isi, kode) {
        Some((old, at)) if old == part => isi.formulir[part - 1].isian[at - 1] = field,
        Some((old, at)) => {
            isi.formulir[old - 1].isian.remove(at - 1);
            isi.formulir[part - 1].isian.push(field);
        }
        None => isi.formulir[part - 1].isian.push(field),
    }
}

fn taken(read: &mut Baca<'_>, isi: &Jenis) -> Isian {
    let jenis = JenisIsian::parse(&read.text("jenis")).unwrap_or(JenisIsian::Teks);
    let column = |at: usize| -> Option<Isian> {
        let label = read.text(&format!("kolom[{at}].label"));
        let typed = read.text(&format!("kolom[{at}].pilihan"));
        let kode = read.text(&format!("kolom[{at}].kode"));
        (!label.is_empty()).then(|| Isian {
            kode: if kode.is_empty() { susun::name_of(&label) } else { kode },
            jenis: JenisIsian::parse(&read.text(&format!("kolom[{at}].jenis"))).unwrap_or(JenisIsian::Teks),
            wajib: read.flag(&format!("kolom[{at}].wajib")),
            pilihan: typed.split(',').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect(),
            label,
            ..empty()
        })
    };
    let kolom = if jenis == JenisIsian::Tabel { (1..=COLUMNS).filter_map(column).collect() } else { Vec::new() };
    Isian {
        kode: read.text("kode"),
        label: read.text("label"),
        jenis,
        wajib: read.flag("wajib"),
        bila: condition_of(read.input, isi),
        petunjuk: read.text("petunjuk"),
        pilihan: if jenis == JenisIsian::Pilihan { read.lines("pilihan") } else { Vec::new() },
        min: read.text("min"),
        maks: read.text("maks"),
        satuan: read.text("satuan"),
        desimal: read.number("desimal"),
        kolom,
    }
}

/// A name from a label that no other field has.
fn free_name(isi: &Jenis, label: &str) -> String {
    let name = susun::name_of(label);
    let name = if name.is_empty() { "isian".to_owned() } else { name };
    let taken = |name: &str| {
        isi.field(name).is_some() || crate::rumus::is_reserved(name) || periksa::BAWAAN.iter().any(|(known, _)| *known == name)
    };
    if !taken(&name) {
        return name;
    }
    (2..).map(|n| format!("{name}_{n}")).find(|name| !taken(name)).unwrap_or(name)
}
