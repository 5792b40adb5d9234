//! The requirements of a service, one at a time.

use praja_module::{Ctx, Input, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Column, EmptyState, Field, Form, FormValues, Icon, Link, Markup, PageHeader, Row, Table, form::Width, frame, html,
};

use super::{
    again, arranging,
    baris::{Baca, condition, condition_of, problems, with_all},
    below, draft, href, save as store_draft,
};
use crate::{
    jenis::{Isian, Jenis, JenisSyarat, Kepekaan, Permintaan, Syarat, periksa, store::Terbit, susun},
    layanan::kata,
};

/// Stands in the address for a requirement that is not there yet; none can have this name.
const NEW: &str = "_baru";
const FORMATS: [(&str, &str); 3] = [("pdf", "PDF"), ("jpg", "JPG"), ("png", "PNG")];

/// GET /perizinan/izin/jenis/{id}/syarat
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let one = draft(ctx, tx)?;
    let row = |syarat: &Syarat| {
        let asked = match (syarat.bila.trim().is_empty(), syarat.wajib) {
            (false, _) => format!("bila {}", kata::condition(&syarat.bila, &one.isi)),
            (true, true) => "selalu".to_owned(),
            (true, false) => "bila ada".to_owned(),
        };
        let kinds: Vec<String> = syarat.untuk.iter().map(|kind| kind.label().to_lowercase()).collect();
        Row::new(vec![
            syarat.label.as_str().into(),
            syarat.jenis.label().into(),
            if kinds.is_empty() { "semua permohonan".into() } else { kinds.join(", ").into() },
            asked.into(),
        ])
        .href(href(&one, &format!("syarat/{}", syarat.kode)))
    };
    let table = Table::new("Persyaratan")
        .column(Column::text("Syarat"))
        .column(Column::text("Cara"))
        .column(Column::text("Untuk"))
        .column(Column::text("Diminta"))
        .rows(one.isi.syarat.iter().map(row))
        .count(format!("{} syarat", one.isi.syarat.len()))
        .empty(EmptyState::new(Icon::Document, "Belum ada syarat", "Tambahkan berkas yang harus diberikan pemohon."));
    let header = below(&one, "Persyaratan")
        .purpose("Petugas hanya dapat meminta yang tertulis di sini.")
        .action(Link::new("Tambah syarat", href(&one, &format!("syarat/{NEW}"))).icon(Icon::Add));
    Ok(frame::respond(ctx, &header, html! { (table) p { a href=(href(&one, "")) { "Kembali ke layanan" } } }))
}

/// POST /perizinan/izin/jenis/{id}/syarat
pub(crate) fn arrange(ctx: &Ctx, input: &Input) -> Outcome {
    let one = ctx.read(|tx| draft(ctx, tx))?;
    let mut isi = (*one.isi).clone();
    let at = isi.syarat.iter().position(|syarat| syarat.kode == input.text("apa"));
    let notice = match (input.text("aksi"), at) {
        ("naik", Some(at)) if at > 0 => {
            isi.syarat.swap(at, at - 1);
            "Urutan syarat diubah."
        }
        ("turun", Some(at)) if at + 1 < isi.syarat.len() => {
            isi.syarat.swap(at, at + 1);
            "Urutan syarat diubah."
        }
        ("hapus", Some(at)) => {
            isi.syarat.remove(at);
            "Syarat dihapus dari draf."
        }
        _ => "Tidak ada yang berubah.",
    };
    store_draft(ctx, input, &one, isi, href(&one, "syarat"), notice)
}

fn empty() -> Syarat {
    Syarat {
        kode: String::new(),
        label: String::new(),
        jenis: JenisSyarat::Berkas,
        wajib: true,
        bila: String::new(),
        untuk: Vec::new(),
        format: FORMATS.iter().map(|(ending, _)| (*ending).to_owned()).collect(),
        petunjuk: String::new(),
        pakai_ulang: String::new(),
        masa_hari: 0,
        kepekaan: Kepekaan::Umum,
    }
}

fn head(one: &Terbit, kode: &str, syarat: &Syarat) -> PageHeader {
    let title = if kode == NEW { "Syarat baru".to_owned() } else { syarat.label.clone() };
    below(one, title).crumb("Persyaratan", href(one, "syarat"))
}

/// GET /perizinan/izin/jenis/{id}/syarat/{syarat}
pub(crate) fn form(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let one = draft(ctx, tx)?;
    let kode: String = ctx.param("syarat")?;
    let syarat = if kode == NEW { empty() } else { one.isi.requirement(&kode).cloned().ok_or(Problem::NotFound)? };
    let form = frame::form(ctx, href(&one, &format!("syarat/{kode}"))).values(values(&syarat));
    let content = html! {
        (fields(&one, &syarat, form, one.versi.versi))
        @if kode != NEW { (arranging(ctx, &one, "syarat", &kode)) }
    };
    Ok(frame::respond(ctx, &head(&one, &kode, &syarat), content))
}

fn values(syarat: &Syarat) -> FormValues {
    let values = FormValues::new()
        .with("kode", &syarat.kode)
        .with("label", &syarat.label)
        .with("jenis", syarat.jenis.as_str())
        .with("petunjuk", &syarat.petunjuk)
        .with("pakai_ulang", &syarat.pakai_ulang)
        .with("masa_hari", if syarat.masa_hari == 0 { String::new() } else { syarat.masa_hari.to_string() })
        .with("kepekaan", syarat.kepekaan.as_str());
    let mut values = with_all(values, "format", syarat.format.iter().map(String::as_str));
    values = with_all(values, "untuk", syarat.untuk.iter().map(|kind| kind.as_str()));
    if syarat.wajib {
        values.add("wajib", "ya");
    }
    values
}

fn fields(one: &Terbit, syarat: &Syarat, form: Form, versi: i64) -> Markup {
    let isi: &Jenis = &one.isi;
    let kinds: Vec<(&str, &str)> = JenisSyarat::ALL.iter().map(|one| (one.as_str(), one.label())).collect();
    let secrecy: Vec<(&str, &str)> = Kepekaan::ALL.iter().map(|one| (one.as_str(), one.label())).collect();
    let asked: Vec<(&str, &str)> = isi.permohonan.iter().map(|one| (one.as_str(), one.label())).collect();
    let all: Vec<&Isian> = isi.fields().collect();
    let mut form = form
        .hidden("versi", versi.to_string())
        .hidden("kode", &syarat.kode)
        .guard()
        .field(Field::textarea("label", "Syarat").required().rows(2).max_length(300).hint("Sebagaimana dibaca pemohon."))
        .field(Field::radio("jenis", "Cara memenuhi", &kinds))
        .field(Field::checkbox("wajib", "Wajib dipenuhi"))
        .field(Field::text("petunjuk", "Petunjuk").max_length(400).hint("Seperti apa yang baik; boleh kosong."))
        .field(Field::checks("format", "Bentuk berkas", &FORMATS));
    if asked.len() > 1 {
        form = form.field(Field::checks("untuk", "Diminta untuk", &asked).hint("Kosongkan semuanya bila untuk semua."));
    }
    form = condition(form, "Diminta hanya bila", &syarat.bila, isi, &all)
        .field(
            Field::text("pakai_ulang", "Nama pakai ulang")
                .max_length(40)
                .width(Width::Medium)
                .hint("Satu nama untuk berkas yang sama di semua layanan, misalnya ktp; cukup diberikan sekali. Boleh kosong."),
        )
        .field(
            Field::number("masa_hari", "Paling lama (hari)")
                .min("0")
                .max("36500")
                .width(Width::Short)
                .hint("Berkas yang lebih tua tidak ditawarkan lagi; kosongkan bila tidak menua."),
        )
        .field(Field::radio("kepekaan", "Kepekaan", &secrecy))
        .submit("Simpan syarat")
        .cancel("Kembali tanpa menyimpan", href(one, "syarat"));
    html! { (form) }
}

/// POST /perizinan/izin/jenis/{id}/syarat/{syarat}
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let one = ctx.read(|tx| draft(ctx, tx))?;
    let kode: String = ctx.param("syarat")?;
    let mut isi = (*one.isi).clone();
    let mut read = Baca::new(input);
    let mut syarat = Syarat {
        kode: kode.clone(),
        label: read.text("label"),
        jenis: JenisSyarat::parse(&read.text("jenis")).unwrap_or_default(),
        wajib: read.flag("wajib"),
        bila: condition_of(input, &isi),
        untuk: input.all("untuk").into_iter().filter_map(|word| Permintaan::parse(word).ok()).collect(),
        format: input.all("format").into_iter().map(str::to_owned).collect(),
        petunjuk: read.text("petunjuk"),
        pakai_ulang: read.text("pakai_ulang"),
        masa_hari: read.number("masa_hari"),
        kepekaan: Kepekaan::parse(&read.text("kepekaan")).unwrap_or_default(),
    };
    let at = if kode == NEW {
        syarat.kode = free_name(&isi, &syarat.label);
        isi.syarat.push(syarat.clone());
        isi.syarat.len()
    } else {
        let at = isi.syarat.iter().position(|one| one.kode == kode).ok_or(Problem::NotFound)?;
        isi.syarat[at] = syarat.clone();
        at + 1
    };
    let path = format!("syarat[{at}]");
    let own = format!("{path}.");
    let mut wrong = read.problems;
    wrong.extend(problems(periksa::check(&isi), &|cacat| cacat.jalur.starts_with(&own), &path));
    if wrong.is_empty() {
        return store_draft(ctx, input, &one, isi, href(&one, "syarat"), "Syarat sudah disimpan dalam draf.");
    }
    let form = frame::form_again(ctx, href(&one, &format!("syarat/{kode}")), input).problems(&wrong);
    let versi = input.text("versi").parse().unwrap_or(one.versi.versi);
    Ok(again(ctx, &head(&one, &kode, &syarat), fields(&one, &syarat, form, versi)))
}

/// A name from a label that no other requirement has.
fn free_name(isi: &Jenis, label: &str) -> String {
    let name = susun::name_of(label);
    let name = if name.is_empty() { "syarat".to_owned() } else { name };
    if isi.requirement(&name).is_none() {
        return name;
    }
    (2..).map(|n| format!("{name}_{n}")).find(|name| isi.requirement(name).is_none()).unwrap_or(name)
}
