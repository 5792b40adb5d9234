//! One licence at the desks: how it stands, its paper, what happened to it, and what the head may do now.

use praja_desk::{attachments, timeline};
use praja_kernel::{Id, Refuse, tanggal_panjang};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::Tx;
use praja_web::{Act, Entry, Facts, Field, Form, Markup, PageHeader, Tone, act_bar, badge, detail, frame, html, section};

use super::{PAGE, aksi::RISALAH, href, seen, tone};
use crate::{
    hak::SIGN,
    impor::store::terap::source,
    izin::{
        Keadaan, TABLE,
        daur::{Tindakan, possible, stands},
        objek,
        store::{self, Izin, Peristiwa, daftar::Buka},
    },
    nik,
};

/// A form that came back: which, what was typed, what was wrong.
pub(super) type Again<'a> = Option<(Tindakan, &'a Input, &'a dyn Refuse)>;

/// What an event of a licence is called in attachments.
pub(super) fn event(id: Id) -> String {
    format!("{TABLE}_peristiwa:{id}")
}

/// GET /perizinan/izin/terbit/{id}
pub(super) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    Ok(Response::page(draw(ctx, tx, None)?))
}

/// The whole page.
pub(super) fn draw(ctx: &Ctx, tx: &mut Tx<'_>, again: Again<'_>) -> Result<String, Problem> {
    let one = seen(ctx, tx)?;
    let events = history(ctx, tx, &one)?;
    let acts = if ctx.may(SIGN) {
        acts(ctx, &one, again)
    } else {
        html! {}
    };
    let facts = facts(ctx, tx, &one)?;
    let audit = timeline::of(ctx, tx, &objek(one.id))?;
    let header =
        PageHeader::new(format!("{} {}", one.jenis_nama, one.nomor)).purpose(one.nama.clone()).crumb("Izin yang terbit", PAGE);
    let main = html! {
        (section("Peristiwa", events))
        (acts)
        (section("Riwayat", audit))
    };
    Ok(praja_web::page(&frame::shell(ctx), &header, detail(main, facts)))
}

fn facts(ctx: &Ctx, tx: &mut Tx<'_>, one: &Izin) -> Result<Markup, Problem> {
    let tampak = stands(one.keadaan, one.jangka(Buka::load(tx)?.of(one.jenis)), ctx.today());
    let mut related = Vec::new();
    for (label, id) in [("Melanjutkan", one.lama), ("Dilanjutkan oleh", one.pengganti)] {
        if let Some(other) = id.map(|id| store::get(tx, id)).transpose()?.flatten() {
            related.push((label, other));
        }
    }
    let mut facts = Facts::new()
        .add("Keadaan", badge(tone(tampak), tampak.label()))
        .add("Nomor", &one.nomor)
        .add("Tanggal", tanggal_panjang(one.tanggal))
        .add("Berlaku sampai", one.berlaku_sampai.map_or_else(|| "tanpa batas waktu".into(), tanggal_panjang))
        .add("Pemegang", &one.nama)
        .add("NIK", nik::tersamar(ctx, &objek(one.id), "pemegang", &one.nik))
        .add_maybe("Objek", (!one.objek.is_empty()).then_some(&one.objek))
        .add("Peringatan", one.peringatan)
        .add("Ditandatangani", signed(one));
    if let Some(source) = source(tx, one.id)? {
        let from = format!("Daftar aplikasi lama, berkas {} baris {}", source.berkas, source.baris);
        facts = facts.add("Dicatat dari", from).add("Layanan pada aplikasi lama", &source.layanan);
        for (label, words) in [("Alamat atau lokasi", source.alamat), ("Nomor ponsel", source.telepon), ("Surel", source.email)] {
            facts = facts.add_maybe(label, (!words.is_empty()).then_some(words));
        }
    }
    for (label, other) in related {
        facts = facts.add(label, html! { a href=(href(other.id, "")) { (other.nomor) } });
    }
    let mut links = Vec::new();
    if one.lampiran.is_some() {
        links.push(Act::link("Buka dokumen", href(one.id, "berkas")).main());
    }
    if let Some(id) = one.permohonan {
        links.push(Act::link("Permohonannya", format!("{}/{id}", crate::meja::LIST)));
    }
    if let Some(token) = &one.token {
        links.push(Act::link("Halaman pemeriksaan", format!("/v/{token}")));
    }
    Ok(html! { (section("Izin", facts)) (act_bar(&links)) })
}

/// Who signed, as far as it is known: the program before this one may not have told.
fn signed(one: &Izin) -> String {
    let parts = [one.penandatangan.as_str(), one.jabatan.as_str()];
    let known: Vec<&str> = parts.into_iter().filter(|words| !words.is_empty()).collect();
    if known.is_empty() { "tidak tercatat pada aplikasi lama".to_owned() } else { known.join(", ") }
}

fn word(jenis: &str) -> String {
    match (Tindakan::parse(jenis), Keadaan::parse(jenis)) {
        (Ok(Tindakan::Peringatan), _) => "diperingatkan".into(),
        (Ok(Tindakan::Bekukan), _) => "dibekukan".into(),
        (Ok(Tindakan::Cairkan), _) => "pembekuannya dicabut".into(),
        (Ok(Tindakan::Cabut), _) => "dicabut".into(),
        (_, Ok(keadaan)) => keadaan.label().to_lowercase(),
        _ => jenis.to_owned(),
    }
}

fn history(ctx: &Ctx, tx: &mut Tx<'_>, one: &Izin) -> Result<Markup, Problem> {
    let events = store::events(tx, one.id)?;
    let mut files = Vec::new();
    for event_row in &events {
        for file in attachments::of(tx, &event(event_row.id))? {
            files.push((href(one.id, &format!("risalah/{}/{}", event_row.id, file.id)), file.nama, word(&event_row.jenis)));
        }
    }
    let entries: Vec<Entry> = events.iter().map(|row| entry(ctx, row)).collect();
    Ok(html! {
        (praja_web::timeline(&entries))
        @if !files.is_empty() {
            ul { @for (to, nama, word) in &files { li { a href=(to) { "Risalah " (nama) } " (" (word) ")" } } }
        }
    })
}

fn entry(ctx: &Ctx, row: &Peristiwa) -> Entry {
    let (when, machine) = frame::time(ctx.instance().zona, row.pada);
    let words = [row.alasan.clone(), if row.dasar.is_empty() { String::new() } else { format!("Dasar: {}", row.dasar) }];
    let reason = words.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
    Entry {
        who: row.oleh_nama.clone(),
        what: word(&row.jenis),
        when,
        machine,
        reason: (!reason.is_empty()).then_some(reason),
        tone: if row.jenis == "terbit" { Tone::Good } else { Tone::Info },
    }
}

fn acts(ctx: &Ctx, one: &Izin, again: Again<'_>) -> Markup {
    let now = possible(one.keadaan, one.berlaku_sampai, one.peringatan, ctx.today());
    html! {
        @for tindakan in now {
            (section(&title(tindakan, one), form(ctx, one, tindakan, again)))
        }
    }
}

fn title(tindakan: Tindakan, one: &Izin) -> String {
    match tindakan {
        Tindakan::Peringatan => format!("Beri peringatan ke-{}", one.peringatan + 1),
        other => other.label().to_owned(),
    }
}

fn form(ctx: &Ctx, one: &Izin, tindakan: Tindakan, again: Again<'_>) -> Form {
    let to = href(one.id, tindakan.as_str());
    let form = match again {
        Some((which, input, refusal)) if which == tindakan => {
            frame::form_again(ctx, to, input).refusal(refusal.message(), refusal.next_step()).problems(&refusal.fields())
        }
        _ => frame::form(ctx, to),
    };
    // Two forms may stand on one page: each has fields of its own.
    let name = |field: &str| format!("{field}_{}", tindakan.as_str());
    let mut form = form
        .multipart()
        .hidden("versi", one.versi.to_string())
        .field(
            Field::textarea(name("alasan"), "Alasan")
                .rows(3)
                .required()
                .max_length(1000)
                .hint("Dibaca pemegang izin; pembekuan dan pencabutan juga tampil pada halaman pemeriksaan."),
        )
        .field(Field::text(name("dasar"), "Dasar hukum").required().max_length(300).hint("Aturan dan pasalnya."));
    let mut minutes = attachments::field_for(&name("risalah"), "Risalah pemeriksaan", &RISALAH);
    if tindakan != Tindakan::Cairkan {
        minutes = minutes.required();
    }
    form = form.field(minutes);
    let label = title(tindakan, one);
    if tindakan == Tindakan::Cairkan { form.submit(label) } else { form.submit_danger(label) }
}

/// GET …/berkas
pub(super) fn paper(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let one = seen(ctx, tx)?;
    let lampiran = one.lampiran.ok_or(Problem::NotFound)?;
    attachments::of_thing(ctx, tx, &objek(one.id), lampiran, ctx.query("unduh").is_some())
}

/// GET …/risalah/{peristiwa}/{lampiran}
pub(super) fn minutes(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let one = seen(ctx, tx)?;
    let (row, lampiran): (Id, Id) = (ctx.param("peristiwa")?, ctx.param("lampiran")?);
    if !store::events(tx, one.id)?.iter().any(|known| known.id == row) {
        return Err(Problem::NotFound);
    }
    attachments::of_thing(ctx, tx, &event(row), lampiran, false)
}
