//! Filing: what lies in no file yet, and putting chosen letters and naskah into one.

use praja_desk::klasifikasi::{self, Klasifikasi};
use praja_kernel::{FieldProblem, Id, Refuse, tanggal_pendek};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::Tx;
use praja_web::{
    Address, Bulk, CHOSEN, Cell, Column, EmptyState, Field, Form, Icon, Link, Markup, Notice, PageHeader, Row, Table, Tone,
    badge,
    export::{self, Col, Format, Sheet, respond},
    form::Width,
    frame, html,
    picker::{Picked, resolve},
    section,
};

use super::{
    LIST, address, form,
    list::{STEP, choice},
    me,
};
use crate::arsip::{
    Baru, Berkas, Refusal, draft,
    isi::{Dokumen, Jenis},
    store::{self, Belum, PAGE},
    write,
};

/// Where the list of what is not filed is.
pub(crate) const UNFILED: &str = "/eoffice/arsip/belum";
/// Where chosen things are filed.
pub(crate) const FILE: &str = "/eoffice/arsip/berkaskan";
/// What the button on the list sends.
const ACT: &str = "berkaskan";

fn jenis(word: Option<&str>) -> Result<Jenis, Problem> {
    word.map_or(Ok(Jenis::Masuk), |word| Jenis::parse(word).map_err(|_| Problem::NotFound))
}

/// What the checkbox of a thing sends: its kind and id.
fn key(jenis: Jenis, id: Id) -> String {
    format!("{}.{id}", jenis.as_str())
}

fn read_key(text: &str) -> Option<(Jenis, Id)> {
    let (jenis, id) = text.split_once('.')?;
    Some((Jenis::parse(jenis).ok()?, id.parse().ok()?))
}

/// GET /eoffice/arsip/belum?jenis=masuk|keluar&setelah=…
pub(crate) fn unfiled(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (opd, jenis) = (me(ctx)?.opd, jenis(ctx.query("jenis"))?);
    let here = Address::here(ctx).top().without("tampilan");
    let after = match ctx.query("setelah") {
        None => None,
        Some(text) => Some(place(text).ok_or(Problem::NotFound)?),
    };
    let mut keys = store::unfiled(tx, ctx.scope()?, opd, jenis, after, PAGE + 1)?;
    let more = keys.len() > PAGE;
    keys.truncate(PAGE);
    let next = keys.last().filter(|_| more).map(|(at, id)| here.clone().set("setelah", format!("{}.{id}", at.ms())).href());
    let mut documents = Vec::with_capacity(keys.len());
    for (_, id) in keys {
        documents.extend(write::document(tx, ctx.instance().keys(), ctx.scope()?, jenis, id)?);
    }
    let mut table = columns(if jenis == Jenis::Masuk { "Pengirim" } else { "Tujuan" });
    for one in [Jenis::Masuk, Jenis::Keluar] {
        table = table.chip(one.label(), here.clone().without("setelah").set("jenis", one.as_str()).href(), one == jenis);
    }
    if !documents.is_empty() {
        table = table
            .downloads(&here.clone().at(format!("{UNFILED}/unduh")))
            .bulk(Bulk::new(FILE, ctx.csrf(), ctx.form_id().to_string(), "yang dipilih").act("Berkaskan", ACT, Icon::Folder));
    }
    let rows = documents.iter().map(|one| {
        let isi = one.isi();
        let label = isi.nomor_surat.clone().unwrap_or_else(|| "tanpa nomor".into());
        line(one, Cell::empty()).pick(key(isi.jenis, isi.surat), label)
    });
    let rows: Vec<Row> = rows.collect();
    let table =
        table.rows(rows).pager(after.is_some().then(|| here.clone().without("setelah").href()), next).empty(EmptyState::new(
            Icon::Good,
            "Semua sudah diberkaskan",
            "Surat masuk yang selesai dan naskah yang terkirim tampil di sini sampai masuk ke suatu berkas.",
        ));
    let header = PageHeader::new("Belum diberkaskan")
        .purpose("Surat dan naskah OPD Anda yang sudah selesai dan belum masuk ke suatu berkas, terlama di atas.")
        .crumb("Arsip", LIST);
    Ok(frame::respond(ctx, &header, html! { (super::parts(super::Part::Belum)) (table) }))
}

/// Rows taken along at most.
const MOST: usize = 10_000;

/// GET /eoffice/arsip/belum/unduh?jenis=…
pub(crate) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (opd, jenis) = (me(ctx)?.opd, jenis(ctx.query("jenis"))?);
    let mut sheet = Sheet::new("Belum diberkaskan")
        .about("Jenis", jenis.label())
        .column(Col::text("Nomor surat"))
        .column(Col::date("Tanggal"))
        .column(Col::text("Hal"))
        .column(Col::text("Pengirim atau tujuan"))
        .column(Col::text("Klasifikasi"))
        .column(Col::text("Sifat"));
    let mut after = None;
    sheet.gather(MOST, export::narrow, |sheet| {
        let keys = store::unfiled(tx, ctx.scope()?, opd, jenis, after, STEP)?;
        after = keys.last().copied();
        for (_, id) in &keys {
            if let Some(one) = write::document(tx, ctx.instance().keys(), ctx.scope()?, jenis, *id)? {
                let isi = one.isi();
                sheet.push(vec![
                    isi.nomor_surat.into(),
                    Some(isi.tanggal).into(),
                    isi.uraian.into(),
                    isi.pihak.into(),
                    one.klasifikasi().map(ToOwned::to_owned).into(),
                    isi.sifat.label().into(),
                ]);
            }
        }
        Ok::<_, Problem>(keys.len() == STEP)
    })?;
    respond(ctx, sheet, Format::asked(ctx), "belum-diberkaskan")
}

fn place(text: &str) -> Option<Belum> {
    let (at, id) = text.split_once('.')?;
    Some((praja_kernel::Moment(at.parse().ok()?), id.parse().ok()?))
}

fn columns(pihak: &str) -> Table {
    Table::new("Surat dan naskah")
        .column(Column::text("Nomor dan tanggal"))
        .column(Column::text("Hal"))
        .column(Column::text(pihak))
        .column(Column::text("Klasifikasi"))
        .column(Column::text("Keterangan"))
}

fn line(document: &Dokumen, told: Cell) -> Row {
    let isi = document.isi();
    let nomor = isi.nomor_surat.as_deref().unwrap_or("tanpa nomor").to_owned();
    let href = format!("{}/{}", isi.jenis.page(), isi.surat);
    Row::new(vec![
        html! { (nomor) br; span.redup { (tanggal_pendek(isi.tanggal)) } }.into(),
        isi.uraian.into(),
        if isi.pihak.is_empty() { Cell::empty() } else { isi.pihak.into() },
        document.klasifikasi().map_or_else(Cell::empty, |kode| kode.to_owned().into()),
        told,
    ])
    .href(href)
}

/// What was chosen, as far as whoever asks may see it.
struct Chosen {
    documents: Vec<(Dokumen, Result<(), Refusal>)>,
    unseen: usize,
    /// The open file whose code fits, where one does.
    usual: Option<Berkas>,
}

impl Chosen {
    fn going(&self) -> impl Iterator<Item = &Dokumen> {
        self.documents.iter().filter(|(_, may)| may.is_ok()).map(|(one, _)| one)
    }

    /// The code all of them carry.
    fn code(&self) -> Option<&str> {
        let mut codes = self.going().map(Dokumen::klasifikasi);
        let first = codes.next().flatten()?;
        codes.all(|code| code == Some(first)).then_some(first)
    }
}

fn chosen(ctx: &Ctx, tx: &mut Tx<'_>, keys: &[(Jenis, Id)]) -> Result<Chosen, Problem> {
    let opd = me(ctx)?.opd;
    let mut all = Chosen { documents: Vec::new(), unseen: 0, usual: None };
    for (jenis, id) in keys {
        match write::document(tx, ctx.instance().keys(), ctx.scope()?, *jenis, *id)? {
            Some(one) if one.opd() == opd => {
                let may = one.check();
                all.documents.push((one, may));
            }
            _ => all.unseen += 1,
        }
    }
    if let Some(code) = all.code() {
        all.usual = store::suggest(tx, opd, code, 20)?.into_iter().find(|berkas| berkas.kode == code);
    }
    Ok(all)
}

fn header() -> PageHeader {
    PageHeader::new("Berkaskan")
        .purpose("Masukkan surat dan naskah yang sudah selesai ke dalam satu berkas.")
        .crumb("Arsip", LIST)
}

/// GET /eoffice/arsip/berkaskan?jenis=…&surat=…: from the page of one letter or naskah.
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let jenis = jenis(ctx.query("jenis"))?;
    let id: Id = ctx.query("surat").and_then(|text| text.parse().ok()).ok_or(Problem::NotFound)?;
    let chosen = chosen(ctx, tx, &[(jenis, id)])?;
    if chosen.documents.is_empty() {
        return Err(Problem::NotFound);
    }
    let list = Klasifikasi::in_force(tx, ctx.instance())?;
    let form = first_form(ctx, &chosen, &list);
    Ok(frame::respond(ctx, &header(), content(&chosen, &form)))
}

fn first_form(ctx: &Ctx, chosen: &Chosen, list: &Klasifikasi) -> Form {
    let mut values = praja_web::FormValues::new();
    if let Some(berkas) = &chosen.usual {
        let words = choice(berkas).label;
        values = values.with("berkas", berkas.id.to_string()).with("berkas_teks", words.clone()).with("berkas_label", words);
    } else if let Some(kode) = chosen.code().and_then(|code| list.get(code)) {
        values = values
            .with("klasifikasi", kode.kode.clone())
            .with("klasifikasi_teks", kode.label())
            .with("klasifikasi_label", kode.label());
    }
    fields(chosen, frame::form(ctx, FILE).values(values), &Picked::Nothing, None, false)
}

fn fields(chosen: &Chosen, form: Form, berkas: &Picked, code: Option<&Picked>, by_hand: bool) -> Form {
    let form = chosen.going().fold(form, |form, one| form.hidden(CHOSEN, key(one.isi().jenis, one.isi().surat)));
    let form = form.field(
        Field::picker("berkas", "Berkas yang sudah ada", "/eoffice/pilih/berkas")
            .candidates(berkas.candidates())
            .width(Width::Full)
            .hint("Ketik kode atau sebagian namanya. Kosongkan bila membuat berkas baru di bawah."),
    );
    form::optional(form, code, by_hand)
        .submit(format!("Berkaskan {}", chosen.going().count()))
        .cancel("Kembali tanpa memberkaskan", UNFILED)
}

fn content(chosen: &Chosen, form: &Form) -> Markup {
    let going = chosen.going().count();
    let staying = chosen.documents.len() - going + chosen.unseen;
    let rows = chosen.documents.iter().map(|(one, may)| match may {
        Ok(()) => line(one, Cell::new(badge(Tone::Info, "Akan diberkaskan"))),
        Err(refusal) => line(one, Cell::new(html! { (badge(Tone::Warn, "Tidak diberkaskan")) span.redup.baris-dua { (refusal.message()) " " (refusal.next_step()) } })),
    });
    html! {
        @if going == 0 {
            (Notice::new(Tone::Warn, "Tidak ada yang dapat diberkaskan").text("Sebabnya tampil pada tiap baris.").link(Link::new("Kembali ke yang belum diberkaskan", UNFILED)))
        } @else if staying > 0 {
            (Notice::new(Tone::Warn, format!("{going} akan diberkaskan, {staying} tidak")).text("Sebabnya tampil pada tiap baris. Yang lain tetap dapat diberkaskan sekarang."))
        }
        (section("Yang dipilih", columns("Pengirim atau tujuan").rows(rows).empty(EmptyState::new(Icon::Mail, "Tidak ada yang dapat ditampilkan", "Kembali ke daftar, lalu pilih lagi."))))
        @if going > 0 { (section("Berkasnya", form)) }
    }
}

/// Where chosen things go: into a file that is there, or a new one.
enum Into {
    Known(Id),
    New(Box<Baru>),
}

/// POST /eoffice/arsip/berkaskan: from the list without a file, which asks for it; from there with one.
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let keys: Vec<(Jenis, Id)> = input.all(CHOSEN).into_iter().filter_map(read_key).take(PAGE).collect();
    let acting = me(ctx)?.clone();
    if keys.is_empty() {
        return Ok(Response::redirect(UNFILED).with_notice(&Refusal::Nothing.message()));
    }
    let (chosen, list) =
        ctx.read(|tx| Ok::<_, Problem>((chosen(ctx, tx, &keys)?, Klasifikasi::in_force(tx, ctx.instance())?)))?;
    if input.text(praja_web::ACT) == ACT {
        let form = first_form(ctx, &chosen, &list);
        return Ok(frame::respond(ctx, &header(), content(&chosen, &form)));
    }
    let berkas = ctx.read(|tx| {
        resolve(input, "berkas", |words| {
            Ok::<_, Problem>(store::suggest(tx, acting.opd, words, 20)?.iter().map(choice).collect())
        })
    })?;
    let code = form::code(input, &list);
    let into = match into(ctx, input, &acting.opd, &berkas, &code, &list) {
        Ok(into) => into,
        Err(refusal) => {
            let form =
                frame::form_again(ctx, FILE, input).refusal(refusal.message(), refusal.next_step()).problems(&refusal.fields());
            let by_hand = form::asks_retention(&list, &code);
            let form = fields(&chosen, form, &berkas, Some(&code), by_hand);
            return Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header(), content(&chosen, &form))));
        }
    };
    let (scope, keyring, opd) = (ctx.scope()?.clone(), ctx.instance().keys().clone(), acting.opd);
    let saved = ctx.submit(input, write::keys(opd), move |tx| {
        let berkas = match &into {
            Into::Known(id) => store::find(tx, &[opd], *id)?.ok_or(Problem::NotFound)?,
            Into::New(baru) => {
                klasifikasi::used(tx, &baru.kode)?;
                write::open(tx, opd, baru)?
            }
        };
        let to = address(&berkas);
        let mut documents = Vec::with_capacity(keys.len());
        for (jenis, id) in &keys {
            // What cannot go was named on the page before; what became so meanwhile stops everything.
            documents.push(write::document(tx, &keyring, &scope, *jenis, *id)?.ok_or(Problem::NotFound)?);
        }
        write::file(tx, berkas, documents)?;
        Ok::<_, Problem>(to)
    });
    match saved {
        Ok(response) => Ok(response.with_notice("Sudah diberkaskan.")),
        Err(Problem::Refused(refusal)) => {
            let form = frame::form_again(ctx, FILE, input).refusal(refusal.message(), refusal.next_step());
            let form = fields(&chosen, form, &berkas, Some(&code), false);
            Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header(), content(&chosen, &form))))
        }
        Err(problem) => Err(problem),
    }
}

fn into(ctx: &Ctx, input: &Input, opd: &Id, berkas: &Picked, code: &Picked, list: &Klasifikasi) -> Result<Into, Refusal> {
    if let Some(problem) = berkas.problem("berkas", "berkas") {
        return Err(Refusal::Fields(vec![problem]));
    }
    let named = !input.text("nama").is_empty();
    match (berkas.value(), named) {
        (Some(_), true) => Err(Refusal::Fields(vec![FieldProblem::new(
            "nama",
            "Pilih satu: berkas yang sudah ada, atau berkas baru. Kosongkan nama ini, atau kosongkan pilihan berkas.",
        )])),
        (Some(value), false) => {
            let id: Option<Id> = value.parse().ok();
            let known = ctx.read(|tx| match id {
                Some(id) => store::find(tx, &[*opd], id),
                None => Ok(None),
            });
            match known {
                Ok(Some(berkas)) => Ok(Into::Known(berkas.id)),
                _ => Err(Refusal::Fields(vec![FieldProblem::new(
                    "berkas",
                    "Berkas itu tidak ada pada OPD Anda. Pilih dari daftar.",
                )])),
            }
        }
        (None, true) => {
            let baru = draft(&form::typed(input, code), list, ctx.today());
            match (baru, code.problem("klasifikasi", "kode klasifikasi")) {
                (Ok(baru), None) => Ok(Into::New(Box::new(baru))),
                (refused, _) => Err(Refusal::Fields(form::problems(code, refused.err().as_ref()))),
            }
        }
        (None, false) => Err(Refusal::Fields(vec![FieldProblem::new(
            "berkas",
            "Pilih berkas yang sudah ada, atau tulis nama berkas baru di bawah.",
        )])),
    }
}
