//! Trying a service before applying: a few answers give the requirements, the cost and the last day. Nothing is kept.

use std::collections::BTreeSet;

use praja_desk::calendar;
use praja_kernel::{Rupiah, tanggal_panjang};
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{Facts, Field, Form, Link, Markup, Notice, PageHeader, Tone, form::Width, frame, html, section};
use serde_json::{Map, Value};

use super::{HOME, LAYANAN, asked, pages, requirements};
use crate::{
    jenis::{Isian, Jenis, JenisIsian, Kanal, Permintaan, periksa},
    pengaturan,
    rumus::{Nilai, Rumus},
    sla,
};

/// Longest answer that is looked at.
const LETTERS: usize = 300;

/// GET /perizinan/layanan/{kode}/simulasi
pub(crate) fn page(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let one = pages::found(ctx, tx)?;
    let base = format!("{LAYANAN}/{}", one.versi.kode);
    let apply = (one.versi.kanal == Kanal::Praja).then(|| format!("/perizinan/ajukan/{}", one.versi.kode));
    let content = content(ctx, tx, &one.isi, &format!("{base}/simulasi"), apply.as_deref())?;
    let header = PageHeader::new(format!("Simulasi {}", one.isi.nama))
        .purpose("Jawab seperlunya. Jawaban Anda tidak disimpan.")
        .crumb("Perizinan", HOME)
        .crumb(&one.isi.nama, base);
    Ok(frame::respond_plain(ctx, &header, content))
}

/// The questions, and what the answers give. `apply` leads to the application.
pub(crate) fn content(ctx: &Ctx, tx: &mut Tx<'_>, jenis: &Jenis, here: &str, apply: Option<&str>) -> Result<Markup, Problem> {
    let kind =
        ctx.query("permohonan").and_then(|word| Permintaan::parse(word).ok()).filter(|kind| jenis.permohonan.contains(kind));
    let answers = answers(ctx, jenis);
    let form = form(jenis, here, kind, &answers);
    let Some(kind) = kind else { return Ok(html! { (form) }) };
    let calendar = calendar::of(tx, ctx.today())?;
    let now = ctx.instance().zona.local(ctx.now());
    let aturan = pengaturan::aturan(tx)?;
    let nilai = Nilai::new(&answers, &|name| periksa::kind(jenis, name), kind);
    Ok(html! {
        (form)
        (section("Syarat", pages::list(requirements(jenis, kind).filter(|one| holds(&one.bila, &nilai)), jenis, false)))
        (section("Biaya", cost(jenis, &nilai)))
        @if jenis.kanal == Kanal::Praja {
            (section("Waktu", time(jenis, sla::promise(&calendar, now, aturan.unchecked(jenis.sla.tanpa_periksa), i64::from(jenis.sla.hari)))))
        } @else {
            (Notice::new(Tone::Info, format!("Diajukan melalui {}.", jenis.kanal.label())).link(Link::new("Buka sistem itu", jenis.tautan.clone())))
        }
        @if let Some(apply) = apply { p { a.tombol.utama href={ (apply) "?permohonan=" (kind.as_str()) } { "Ajukan permohonan" } } }
    })
}

fn answers(ctx: &Ctx, jenis: &Jenis) -> Map<String, Value> {
    let typed = |kode: &str| ctx.query(kode).map(|text| text.chars().take(LETTERS).collect::<String>());
    asked(jenis)
        .into_iter()
        .filter_map(|field| {
            if field.jenis != JenisIsian::Tabel {
                return Some((field.kode.clone(), Value::String(typed(&field.kode)?)));
            }
            // One row stands for all: what is tried is one case.
            let row: Map<String, Value> = field
                .kolom
                .iter()
                .filter_map(|column| {
                    Some((column.kode.clone(), Value::String(typed(&format!("{}.{}", field.kode, column.kode))?)))
                })
                .collect();
            (!row.is_empty()).then(|| (field.kode.clone(), Value::Array(vec![Value::Object(row)])))
        })
        .collect()
}

fn form(jenis: &Jenis, here: &str, kind: Option<Permintaan>, answers: &Map<String, Value>) -> Form {
    let kinds: Vec<(&str, &str)> = jenis.permohonan.iter().map(|one| (one.as_str(), one.label())).collect();
    let first = kind.or(jenis.permohonan.first().copied()).map_or("", Permintaan::as_str);
    let mut form = Form::get(here).field(Field::radio("permohonan", "Yang dimohon", &kinds).value(first));
    let nilai = kind.map(|kind| Nilai::new(answers, &|name| periksa::kind(jenis, name), kind));
    for field in asked(jenis) {
        // Before anything is answered every question stands there; afterwards those that still count.
        if nilai.as_ref().is_some_and(|nilai| !holds(&field.bila, nilai)) {
            continue;
        }
        if field.jenis == JenisIsian::Tabel {
            let columns = field.kolom.iter().map(|column| one(column, &format!("{}.{}", field.kode, column.kode), "")).collect();
            form = form.group(&field.label, "Satu baris sebagai contoh.", columns);
            continue;
        }
        let typed = answers.get(&field.kode).and_then(Value::as_str).unwrap_or_default();
        form = form.field(one(field, &field.kode, typed));
    }
    form.submit("Hitung")
}

fn one(field: &Isian, name: &str, typed: &str) -> Field {
    let label = if field.satuan.is_empty() { field.label.clone() } else { format!("{} ({})", field.label, field.satuan) };
    let made = match field.jenis {
        JenisIsian::Pilihan => {
            let words = field.pilihan.iter().map(|word| (word.as_str(), word.as_str()));
            let options: Vec<(&str, &str)> = std::iter::once(("", "Belum ditentukan")).chain(words).collect();
            Field::select(name, label, &options)
        }
        JenisIsian::Centang => Field::checkbox(name, label),
        JenisIsian::Tanggal => Field::date(name, label),
        JenisIsian::Angka => Field::text(name, label).inputmode("decimal").width(Width::Short),
        JenisIsian::Rupiah => Field::money(name, label),
        _ => Field::text(name, label).max_length(300),
    };
    let made = if field.petunjuk.is_empty() { made } else { made.hint(&field.petunjuk) };
    if typed.is_empty() { made } else { made.value(typed) }
}

/// Does a condition hold? One that cannot be told yet does not.
fn holds(bila: &str, nilai: &Nilai) -> bool {
    bila.trim().is_empty() || Rumus::parse(bila).is_ok_and(|rule| rule.condition(nilai).unwrap_or(false))
}

/// The fee, component by component.
pub(crate) fn cost(jenis: &Jenis, nilai: &Nilai) -> Markup {
    if jenis.is_free() {
        let said = jenis.biaya.keterangan.trim();
        return html! { p { strong { @if jenis.kanal == Kanal::Praja { "Gratis." } @else { "Tidak ditagih di sini." } } @if !said.is_empty() { " " (said) } } };
    }
    let mut sum = Some(0_i64);
    let mut facts = Facts::new();
    let mut missing = BTreeSet::new();
    for one in &jenis.biaya.komponen {
        match Rumus::parse(&one.rumus)
            .map_err(|e| e.to_string())
            .and_then(|rule| rule.rupiah(nilai).map_err(|e| e.named(jenis).to_string()))
        {
            Ok(part) => {
                sum = sum.and_then(|sum| sum.checked_add(part.0));
                facts = facts.add(&one.nama, part.to_string());
            }
            Err(why) => {
                sum = None;
                facts = facts.add(&one.nama, "belum dapat dihitung");
                missing.insert(why);
            }
        }
    }
    let facts = match sum {
        Some(sum) => facts.add("Jumlah", html! { strong { (Rupiah(sum).to_string()) } }),
        None => facts,
    };
    html! {
        (facts)
        @for why in &missing { p.redup { (why) } }
        p.redup { "Dasar: " (jenis.biaya.dasar) ". " (jenis.biaya.keterangan) }
    }
}

fn time(jenis: &Jenis, promised: Result<praja_kernel::Due, praja_kernel::CalendarError>) -> Markup {
    html! {
        @match promised {
            Ok(due) => {
                p { "Bila dikirim sekarang dan berkas Anda lengkap, diputus paling lambat " strong { (tanggal_panjang(due.date)) } "." }
                p.redup {
                    "Loket memeriksa kelengkapan paling lama satu hari kerja, lalu " (jenis.sla.hari) " hari kerja. Hari libur tidak dihitung."
                    @if due.provisional { " Libur tahun itu belum ditetapkan, sehingga tanggal dapat bergeser." }
                }
            }
            Err(_) => p { (jenis.sla.hari) " hari kerja sejak berkas lengkap. Tanggalnya belum dapat dihitung karena kalendernya belum ada." }
        }
    }
}
