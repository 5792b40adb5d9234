//! The public page of the estimate.

use praja_kernel::tanggal_panjang;
use praja_module::{Access, Ctx, Jenis, Outcome, Problem, Route};
use praja_store::Tx;
use praja_web::{Column, Field, Form, FormValues, Markup, Notice, PageHeader, Row, Table, Tone, frame, html, section};

use super::{Indeks, PILIHAN, Perkiraan};
use crate::layanan::HOME;

/// Where it is.
pub(crate) const PAGE: &str = "/perizinan/simulasi-pbg";

/// The address of the estimate.
pub(crate) const ROUTES: &[Route] =
    &[Route::get_as(PAGE, Access::Public, "Perkiraan retribusi persetujuan bangunan gedung", show)];

/// GET /perizinan/simulasi-pbg?luas=…&fungsi=…
fn show(ctx: &Ctx, _: &mut Tx<'_>) -> Outcome {
    let indices = Indeks::load().map_err(Problem::Fault)?;
    let typed = |name: &str| ctx.query(name).unwrap_or_default().trim().chars().take(40).collect::<String>();
    let asked = ctx.query("luas").is_some();
    let found = asked.then(|| indices.estimate(&typed));
    let mut form = form(ctx, &indices, &typed);
    let result = match found {
        Some(Ok(found)) => result(&found),
        Some(Err(problems)) => {
            form = form.problems(&problems);
            html! {}
        }
        None => html! {},
    };
    let header = PageHeader::new("Perkiraan retribusi PBG")
        .purpose("Berapa kira-kira retribusi persetujuan bangunan gedung, sebelum Anda mengajukannya.")
        .crumb("Perizinan", HOME);
    let content = html! {
        (Notice::new(Tone::Info, "Ini perkiraan, bukan ketetapan.")
            .text("Retribusi PBG ditetapkan melalui SIMBG sesudah pemeriksaan teknis. Permohonan PBG diajukan di simbg.pu.go.id."))
        (result)
        (section("Bangunan Anda", form))
        (sources(&indices))
    };
    Ok(frame::respond_plain(ctx, &header, content))
}

fn form(ctx: &Ctx, indices: &Indeks, typed: &dyn Fn(&str) -> String) -> Form {
    let example = indices.of("shst").next().filter(|_| ctx.instance().jenis == Jenis::Contoh);
    let mut values = FormValues::new();
    let mut form = Form::get(PAGE).field(
        Field::text("luas", "Luas total lantai (m2)")
            .inputmode("decimal")
            .max_length(12)
            .hint("Semua lantai dijumlahkan, misalnya 120,5.")
            .required(),
    );
    values = values.with("luas", typed("luas"));
    for (field, label) in PILIHAN {
        let options: Vec<(&str, &str)> =
            std::iter::once(("", "Pilih")).chain(indices.of(field).map(|one| (one.kode.as_str(), one.label.as_str()))).collect();
        form = form.field(Field::select(field, label, &options).required());
        values = values.with(field, typed(field));
    }
    let hint = match example {
        Some(one) => format!("Standar harga satuan tertinggi menurut keputusan bupati atau wali kota. {}.", one.sumber),
        None => "Standar harga satuan tertinggi menurut keputusan bupati atau wali kota; tanyakan kepada dinas pekerjaan umum."
            .to_owned(),
    };
    let shst = match (typed("shst"), example) {
        (empty, Some(one)) if empty.is_empty() => one.nilai.clone(),
        (text, _) => text,
    };
    form.field(Field::money("shst", "SHST setiap m2").hint(hint).required())
        .values(values.with("shst", shst))
        .submit("Hitung perkiraan")
}

fn result(found: &Perkiraan) -> Markup {
    let table =
        Table::new("Angka yang dipakai")
            .column(Column::text("Angka"))
            .column(Column::number("Nilai"))
            .column(Column::text("Sumber"))
            .rows(found.dari.iter().map(|(name, value, source)| {
                Row::new(vec![name.as_str().into(), value.as_str().into(), source.as_str().into()])
            }));
    section(
        "Perkiraan",
        html! {
            p { strong.besar { (found.jumlah) } }
            p.redup { "Dibulatkan sekali ke rupiah terdekat. Bangunan keagamaan dan milik negara bernilai Rp0 menurut indeksnya." }
            details { summary { "Dari mana angka ini" } (table) }
        },
    )
}

fn sources(indices: &Indeks) -> Markup {
    let formula = indices.of("rumus").next();
    html! {
        @if let Some(one) = formula {
            (section("Rumus", html! {
                p { code { (one.nilai) } }
                p.redup { (one.sumber) ". Berlaku sejak " (tanggal_panjang(one.berlaku_dari)) "." }
            }))
        }
    }
}
