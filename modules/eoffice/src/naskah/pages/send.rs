//! Sending, and the expedition book: how a naskah reached those outside this box.

use std::{collections::BTreeMap, sync::OnceLock};

use praja_desk::{
    attachments::{self, Rule},
    deliveries, instansi,
    registers::naskah::JenisNaskah,
};
use praja_identity::opd;
use praja_kernel::{FieldProblem, Id, Refuse, Sifat, parse_tanggal, tanggal_panjang};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx};
use praja_web::{Facts, Field, Form, Markup, Tone, decision, frame, html, section};

use super::{LIST, below, kind, load, meja, short_facts, show};
use crate::naskah::{
    Naskah, Refusal, Status,
    alur::Langkah,
    store,
    tujuan::{Cara, Keadaan, MOST, Penerima, Peran},
    write::{TABLE, send},
};
use crate::{
    amplop::write::Pengirim,
    simpul::{self, Simpul},
};

/// The form's name for a picture of the receiver's signature.
const PHOTO: &str = "foto";
/// Longest name of who took it.
const LONGEST: usize = 160;

fn action(naskah: &Naskah) -> String {
    format!("{LIST}/{}/kirim", naskah.id)
}

/// GET /eoffice/naskah/{id}/kirim: to whom it goes, and how.
pub(crate) fn ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let naskah = load(ctx, tx)?;
    check(ctx, &naskah)?;
    let (kind, _) = kind(tx, &naskah.jenis)?;
    let all = send::recipients(tx, &naskah)?;
    let form = ways(tx, &naskah, &all, frame::form(ctx, action(&naskah)))?;
    Ok(frame::respond(ctx, &below(&naskah, &kind, "Kirim naskah"), page(&naskah, &kind, &all, &form)))
}

fn page(naskah: &Naskah, kind: &JenisNaskah, all: &[Penerima], form: &Form) -> Markup {
    let here = all.iter().filter(|one| one.cara == Cara::Praja).count();
    let facts = short_facts(naskah, kind).add(
        "Penerima di Praja",
        html! { ul { @for one in all.iter().filter(|one| one.cara == Cara::Praja) {
            li { (one.nama) span.redup { " · " (one.peran.label()) @if let Some(list) = &one.daftar { ", dari daftar " (list) } } }
        } } },
    );
    let lines = [
        format!("{here} penerima di Praja menerimanya seketika dan diberi tahu."),
        format!("{} penerima di luar Praja menerimanya dengan cara yang Anda pilih di bawah.", all.len() - here),
        "Daftar penerima tersimpan seperti saat ini.".to_owned(),
    ];
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    decision(Tone::Info, "Yang akan terjadi", &lines, &facts, form)
}

/// What the choice of a node begins with.
const NODE: &str = "simpul:";

/// One question for each recipient outside this box.
fn ways(tx: &mut Tx<'_>, naskah: &Naskah, all: &[Penerima], mut form: Form) -> Result<Form, Problem> {
    let nodes = if naskah.isi.sifat.is_secret() { Vec::new() } else { simpul::store::active(tx)? };
    let mut options: Vec<(String, String)> = [Cara::Ekspedisi, Cara::Pos, Cara::Diambil]
        .iter()
        .map(|cara| (cara.as_str().to_owned(), cara.label().to_owned()))
        .collect();
    let mails = naskah.isi.sifat == Sifat::Biasa && deliveries::has_mail(tx)?;
    if mails {
        options.push((Cara::Surel.as_str().to_owned(), Cara::Surel.label().to_owned()));
    }
    options.extend(nodes.iter().map(|node| (format!("{NODE}{}", node.id), format!("Praja {}", node.nama))));
    for one in all.iter().filter(|one| one.cara != Cara::Praja) {
        let usual = one.simpul.map_or_else(|| one.cara.as_str().to_owned(), |node| format!("{NODE}{node}"));
        let label = if one.peran == Peran::Tembusan { format!("{} (tembusan)", one.nama) } else { one.nama.clone() };
        form = form.field(Field::select(way_of(one.urut), label, &options).value(usual));
        if mails {
            let known = match instansi::find(tx, &one.nama)? {
                Some(id) => instansi::current(tx, id)?.and_then(|row| row.email),
                None => None,
            };
            let field = Field::email(address_of(one.urut), format!("Alamat surel {}", one.nama)).max_length(120);
            form = form.field(field.value(known.unwrap_or_default()).hint("Hanya bila dikirim lewat surel."));
        }
    }
    Ok(form.submit("Kirim naskah").cancel("Kembali ke naskah", format!("{LIST}/{}", naskah.id)))
}

fn way_of(urut: i64) -> String {
    format!("cara_{urut}")
}

/// The names of the fields for addresses, kept for the whole run because problems point to them.
fn address_of(urut: i64) -> &'static str {
    static NAMES: OnceLock<Vec<String>> = OnceLock::new();
    let names = NAMES.get_or_init(|| (0..=2 * MOST + 1).map(|at| format!("surel_{at}")).collect());
    usize::try_from(urut).ok().and_then(|at| names.get(at)).map_or("surel", String::as_str)
}

/// What is wrong with the addresses of those who get it by e-mail.
fn addresses(ways: &BTreeMap<i64, send::Jalan>) -> Vec<FieldProblem> {
    let wrong = ways.iter().filter(|(_, way)| way.cara == Cara::Surel && !way.surel.as_deref().is_some_and(is_address));
    let told = wrong.map(|(urut, _)| FieldProblem::new(address_of(*urut), "Tulis alamat surelnya, seperti nama@contoh.go.id."));
    told.collect()
}

fn is_address(text: &str) -> bool {
    let plain = text.is_ascii() && !text.contains(|letter: char| letter.is_whitespace() || "<>,;\"()".contains(letter));
    plain && text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'))
}

/// The ways that were chosen; what no form of ours offers counts as not chosen.
fn chosen(all: &[Penerima], nodes: &[Simpul], input: &Input) -> BTreeMap<i64, send::Jalan> {
    let mut found = BTreeMap::new();
    for one in all.iter().filter(|one| one.cara != Cara::Praja) {
        let word = input.text(&way_of(one.urut));
        let node = word.strip_prefix(NODE).and_then(|id| id.parse::<Id>().ok());
        if let Some(node) = node.filter(|id| nodes.iter().any(|known| known.id == *id)) {
            found.insert(one.urut, send::Jalan { cara: Cara::Simpul, simpul: Some(node), surel: None });
        } else if let Ok(cara @ (Cara::Ekspedisi | Cara::Pos | Cara::Diambil | Cara::Surel)) = Cara::parse(word) {
            let surel = (cara == Cara::Surel).then(|| input.text(address_of(one.urut)).to_owned());
            found.insert(one.urut, send::Jalan { cara, simpul: None, surel });
        }
    }
    found
}

fn check(ctx: &Ctx, naskah: &Naskah) -> Result<(), Problem> {
    if !show::dispatches(ctx, naskah) {
        return Err(Problem::refused(Refusal::NotYours));
    }
    if naskah.status == Status::Tertandatangani {
        Ok(())
    } else {
        Err(Problem::refused(Refusal::NotNow { langkah: Langkah::Kirim, status: naskah.status }))
    }
}

/// POST /eoffice/naskah/{id}/kirim
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let meja = meja(ctx)?;
    let (naskah, kind, office, all, nodes) = ctx.read(|tx| {
        let naskah = load(ctx, tx)?;
        let kind = kind(tx, &naskah.jenis)?.0;
        let office = opd::name(tx, naskah.opd)?.unwrap_or_default();
        let all = send::recipients(tx, &naskah)?;
        let nodes = if naskah.isi.sifat.is_secret() { Vec::new() } else { simpul::store::active(tx)? };
        Ok::<_, Problem>((naskah, kind, office, all, nodes))
    })?;
    if !show::dispatches(ctx, &naskah) {
        return Err(Problem::refused(Refusal::NotYours));
    }
    let (scope, id) = (ctx.scope()?.clone(), naskah.id);
    let (cara, pengirim, jenis) = (chosen(&all, &nodes, input), Pengirim::of(ctx.instance()), kind.clone());
    let wrong = addresses(&cara);
    if !wrong.is_empty() && naskah.status == Status::Tertandatangani {
        return again(ctx, input, &naskah, &kind, &all, &Refusal::Fields(wrong));
    }
    let sent = ctx.submit(input, Keys::none(), move |tx| {
        let naskah = store::find(tx, &meja.keys, &scope, id)?.ok_or(Problem::NotFound)?;
        let with = send::Kirim { jenis: &jenis.nama, office: &office, pengirim: &pengirim, cara: &cara };
        send::send(tx, &meja, naskah, &with)?;
        Ok::<_, Problem>(format!("{LIST}/{id}"))
    });
    match sent {
        Ok(response) => Ok(response.with_notice("Naskah sudah dikirim.")),
        Err(Problem::Refused(refusal)) if naskah.status == Status::Tertandatangani => {
            again(ctx, input, &naskah, &kind, &all, &*refusal)
        }
        Err(problem) => Err(problem),
    }
}

fn again(ctx: &Ctx, input: &Input, naskah: &Naskah, kind: &JenisNaskah, all: &[Penerima], refusal: &dyn Refuse) -> Outcome {
    ctx.read(|tx| {
        let form = frame::form_again(ctx, action(naskah), input)
            .refusal(refusal.message(), refusal.next_step())
            .problems(&refusal.fields());
        let content = page(naskah, kind, all, &ways(tx, naskah, all, form)?);
        Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &below(naskah, kind, "Kirim naskah"), content)))
    })
}

/// Does the box see by itself that it arrived? Then nothing is written down by hand.
pub(super) const fn electronic(cara: Cara) -> bool {
    matches!(cara, Cara::Praja | Cara::Simpul)
}

fn recipient(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<(Naskah, Penerima), Problem> {
    let naskah = load(ctx, tx)?;
    if !show::dispatches(ctx, &naskah) {
        return Err(Problem::refused(Refusal::NotYours));
    }
    let id: Id = ctx.param("penerima")?;
    let found = store::penerima::of(tx, naskah.id)?.into_iter().find(|one| one.id == id && !electronic(one.cara));
    Ok((naskah, found.ok_or(Problem::NotFound)?))
}

/// GET /eoffice/naskah/{id}/penerima/{penerima}
pub(crate) fn record(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (naskah, one) = recipient(ctx, tx)?;
    let (kind, _) = kind(tx, &naskah.jenis)?;
    let form = record_fields(frame::form(ctx, record_action(&naskah, &one)), &naskah, &one);
    let files = attachments::of(tx, &store::penerima::objek(one.id))?;
    let content = html! {
        (record_page(&one, &form))
        @if !files.is_empty() { (section("Foto tanda terima", attachments::table(ctx, &files))) }
    };
    Ok(frame::respond(ctx, &below(&naskah, &kind, "Catat pengiriman"), content))
}

fn record_action(naskah: &Naskah, one: &Penerima) -> String {
    format!("{LIST}/{}/penerima/{}", naskah.id, one.id)
}

fn record_page(one: &Penerima, form: &Form) -> Markup {
    html! { (Facts::new().add("Penerima", &one.nama).add("Keadaan", one.keadaan.label())) (form) }
}

fn record_fields(form: Form, naskah: &Naskah, one: &Penerima) -> Form {
    let ways: Vec<(&str, &str)> =
        Cara::ALL.iter().filter(|cara| !electronic(**cara)).map(|cara| (cara.as_str(), cara.label())).collect();
    form.multipart()
        .field(Field::radio("cara", "Dikirim lewat", &ways).value(one.cara.as_str()))
        .field(Field::checkbox("diterima", "Sudah diterima"))
        .field(Field::text("tanda_terima", "Nama penerima atau nomor resi").max_length(160).hint("Wajib bila sudah diterima."))
        .field(Field::date("pada", "Tanggal diterima").hint("Kosong berarti hari ini."))
        .field(
            Field::file(PHOTO, "Foto tanda tangan penerima", "image/jpeg,image/png,image/webp")
                .stepwise()
                .max_mib(attachments::MAX_MIB)
                .hint("Foto lembar ekspedisi yang sudah ditandatangani; boleh menyusul."),
        )
        .submit("Simpan pengiriman")
        .cancel("Kembali ke naskah", format!("{LIST}/{}", naskah.id))
}

/// POST /eoffice/naskah/{id}/penerima/{penerima}
pub(crate) fn save_record(ctx: &Ctx, input: &Input) -> Outcome {
    let (naskah, one) = ctx.read(|tx| recipient(ctx, tx))?;
    let receipt = input.text("tanda_terima").split_whitespace().collect::<Vec<_>>().join(" ");
    let got = !input.text("diterima").is_empty();
    let mut problems = Vec::new();
    let cara = Cara::parse(input.text("cara")).ok().filter(|cara| !electronic(*cara));
    if cara.is_none() {
        problems.push(FieldProblem::new("cara", "Cara kirim belum dipilih."));
    }
    if got && receipt.is_empty() {
        problems.push(FieldProblem::new("tanda_terima", "Tulis siapa yang menerima, atau nomor resinya."));
    }
    let length = receipt.chars().count();
    if length > LONGEST {
        problems.push(FieldProblem::new("tanda_terima", format!("Tulisan {length} huruf; paling panjang {LONGEST} huruf.")));
    }
    let today = ctx.today();
    let pada = match input.text("pada") {
        "" => today,
        typed => match parse_tanggal(typed) {
            Ok(day) if day > today => {
                problems.push(FieldProblem::new("pada", format!("Tanggal {} belum tiba.", tanggal_panjang(day))));
                today
            }
            Ok(day) => day,
            Err(e) => {
                problems.push(FieldProblem::new("pada", e.to_string()));
                today
            }
        },
    };
    let photos = match attachments::received(ctx, input, PHOTO, &Rule { max_files: 1, ..Rule::PHOTOS }) {
        Ok(photos) => photos,
        Err(Problem::Refused(refusal)) => {
            problems.extend(refusal.fields());
            Vec::new()
        }
        Err(other) => return Err(other),
    };
    let Some(cara) = cara.filter(|_| problems.is_empty()) else {
        let refusal = Refusal::Fields(problems);
        return ctx.read(|tx| {
            let (kind, _) = kind(tx, &naskah.jenis)?;
            let form = frame::form_again(ctx, record_action(&naskah, &one), input)
                .refusal(refusal.message(), refusal.next_step())
                .problems(&refusal.fields());
            let content = record_page(&one, &record_fields(form, &naskah, &one));
            Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &below(&naskah, &kind, "Catat pengiriman"), content)))
        });
    };
    let (id, penerima, zona, secret) = (naskah.id, one.id, ctx.instance().zona, naskah.isi.sifat.is_secret());
    ctx.submit(input, Keys::none(), move |tx| {
        let now = tx.now()?;
        let found = store::penerima::of(tx, id)?.into_iter().find(|one| one.id == penerima);
        let mut one = found.ok_or(Problem::NotFound)?;
        one.cara = cara;
        one.dikirim_pada = one.dikirim_pada.or(Some(now));
        one.keadaan = if got { Keadaan::Diterima } else { Keadaan::Dikirim };
        one.diterima_pada = got.then_some(if pada == today { now } else { zona.at(pada.at(12, 0, 0, 0)) });
        one.tanda_terima = Some(receipt.clone()).filter(|text| !text.is_empty());
        store::penerima::save(tx, &one)?;
        let readers = store::readers_of(tx, id)?;
        for photo in &photos {
            attachments::attach_as(tx, &store::penerima::objek(one.id), &readers, photo, secret)?;
        }
        let act = praja_store::audit::Entry::new("eoffice.dispatch-naskah", TABLE, id);
        tx.audit(&act.with("penerima", &one.nama).with("cara", cara.as_str()).with("keadaan", one.keadaan.as_str()))?;
        Ok::<_, Problem>(format!("{LIST}/{id}"))
    })
    .map(|response| response.with_notice("Pengiriman sudah dicatat."))
}
