//! Several newly registered letters go to one desk at once. Each is asked about by itself: what cannot go is named with its reason
//! and holds up nothing else.

use praja_kernel::{ActingAs, FieldProblem, Id, Refuse};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx};
use praja_web::{
    Bulk, CHOSEN, Cell, Column, EmptyState, Field, Form, Icon, Link, Markup, Notice, PageHeader, Row, Table, Tone, badge,
    form::Width, frame, html,
};

use super::{LIST, form::acting, route::targets, route::usual};
use crate::{
    disposisi::calon::Calon,
    kerja::Kerja,
    surat_masuk::{
        Refusal, Status, SuratMasuk,
        alur::{self, Langkah},
        nomor_agenda,
        store::{self, PAGE},
        write::route,
    },
};

/// What the button on the list sends.
const ACT: &str = "arahkan";
/// Marks in the address of the outcome: went with this act, did not.
const WENT: char = 'y';
const STAYED: char = 't';

/// Where chosen letters are sent from the list, confirmed and reported on.
fn address() -> String {
    format!("{LIST}/arahkan")
}

/// The act on chosen letters of the list.
pub(super) fn bulk(ctx: &Ctx) -> Bulk {
    Bulk::new(address(), ctx.csrf(), ctx.form_id().to_string(), "surat baru").act("Arahkan surat", ACT, Icon::Send)
}

/// Is a letter in this state still to be put on its first desk?
pub(super) fn is_new(status: Status) -> bool {
    matches!(status, Status::Diterima | Status::Tercatat | Status::Dipindai)
}

/// May this letter go with the others? One that lies on a desk already is moved by itself, knowing whose desk that is.
fn may_go(surat: &SuratMasuk, acting: &ActingAs) -> Result<(), Refusal> {
    if surat.opd != acting.opd {
        return Err(Refusal::NotYours);
    }
    if !is_new(surat.status) {
        return Err(Refusal::NotNow { langkah: Langkah::Arahkan, status: surat.status });
    }
    alur::go(surat.status, Langkah::Arahkan, surat.isi.sifat).map(|_| ())
}

/// The letters chosen, as far as whoever asks may see them.
struct Chosen {
    letters: Vec<(SuratMasuk, Result<(), Refusal>)>,
    /// Chosen and not to be seen: they are counted and not named.
    unseen: usize,
    targets: Vec<Calon>,
    /// Where all of them go when nobody says otherwise; nothing when that differs.
    usual: Option<Id>,
}

impl Chosen {
    fn going(&self) -> impl Iterator<Item = &SuratMasuk> {
        self.letters.iter().filter(|(_, may)| may.is_ok()).map(|(surat, _)| surat)
    }
}

fn load(ctx: &Ctx, tx: &mut Tx<'_>, ids: &[Id]) -> Result<Chosen, Problem> {
    let acting = acting(ctx).map_err(Problem::refused)?;
    let mut chosen = Chosen { letters: Vec::new(), unseen: 0, targets: targets(tx, acting, ctx.today())?, usual: None };
    let mut desks = Vec::new();
    for id in ids {
        let Some(surat) = store::find(tx, ctx.scope()?, *id)? else {
            chosen.unseen += 1;
            continue;
        };
        let may = may_go(&surat, acting);
        if may.is_ok() {
            desks.push(usual(tx, acting, &surat)?.map(|(post, _)| post));
        }
        chosen.letters.push((surat, may));
    }
    desks.dedup();
    if let [one] = desks[..] {
        // A rule may name a post that is out of reach by now.
        chosen.usual = one.filter(|post| chosen.targets.iter().any(|target| target.jabatan == *post));
    }
    Ok(chosen)
}

fn ids(input: &Input) -> Vec<Id> {
    let mut ids: Vec<Id> = Vec::new();
    for id in input.all(CHOSEN).into_iter().filter_map(|text| text.parse().ok()) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

/// POST /eoffice/surat-masuk/arahkan: from the list without a desk, which asks for it; from there with one.
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let ids = ids(input);
    if ids.is_empty() {
        return Ok(Response::redirect(LIST).with_notice("Belum ada surat yang dipilih."));
    }
    if ids.len() > PAGE {
        return Ok(Response::redirect(LIST).with_notice(&format!("Pilih paling banyak {PAGE} surat sekali jalan.")));
    }
    let chosen = ctx.read(|tx| load(ctx, tx, &ids))?;
    if input.text(praja_web::ACT) == ACT {
        let form = fields(&chosen, frame::form(ctx, address()));
        return Ok(frame::respond(ctx, &header(), content(&chosen, &form)));
    }
    let desk: Option<Id> = input.text("kepada").parse().ok();
    let Some(to) = chosen.targets.iter().find(|one| Some(one.jabatan) == desk).cloned() else {
        let refusal = Refusal::Step(vec![FieldProblem::new("kepada", "Pilih jabatan yang menerima surat.")]);
        let form =
            frame::form_again(ctx, address(), input).refusal(refusal.message(), refusal.next_step()).problems(&refusal.fields());
        let page = praja_web::page(&frame::shell(ctx), &header(), content(&chosen, &fields(&chosen, form)));
        return Ok(Response::form_again(page));
    };
    let (kerja, scope) = (Kerja::of(ctx), ctx.scope()?.clone());
    let acting = acting(ctx).map_err(Problem::refused)?.clone();
    // One transaction: a refusal comes before the first change of its letter, and anything else undoes all of them.
    ctx.submit(input, Keys::none(), move |tx| {
        let mut marks = Vec::with_capacity(ids.len());
        for id in &ids {
            let found = store::find_opened(tx, &scope, *id)?.filter(|surat| may_go(surat, &acting).is_ok());
            let went = found.is_some();
            if let Some(surat) = found {
                route(tx, &kerja, surat, &to)?;
            }
            marks.push(format!("{}{id}", if went { WENT } else { STAYED }));
        }
        Ok::<_, Problem>(format!("{}?kepada={}&surat={}", address(), to.jabatan, marks.join(".")))
    })
}

fn header() -> PageHeader {
    PageHeader::new("Arahkan beberapa surat masuk")
        .purpose("Surat diletakkan di meja satu jabatan, dan jabatan itu diberi tahu.")
        .crumb("Surat masuk", LIST)
}

fn fields(chosen: &Chosen, form: Form) -> Form {
    let mut field =
        Field::select("kepada", "Arahkan kepada", &super::route::options(&chosen.targets)).width(Width::Full).required();
    if let Some(post) = chosen.usual {
        field = field.value(post.to_string());
    } else {
        field = field.hint("Aturan arahan tidak menunjuk satu jabatan untuk semua surat ini. Pilih satu.");
    }
    let form = chosen.going().fold(form, |form, surat| form.hidden(CHOSEN, surat.id.to_string()));
    form.field(field).submit(format!("Arahkan {} surat", chosen.going().count())).cancel("Kembali tanpa mengarahkan", LIST)
}

fn content(chosen: &Chosen, form: &Form) -> Markup {
    let going = chosen.going().count();
    let staying = chosen.letters.len() - going + chosen.unseen;
    html! {
        @if going == 0 {
            (Notice::new(Tone::Warn, "Tidak ada surat yang dapat diarahkan").text("Sebabnya tampil pada tiap surat.").link(Link::new("Kembali ke surat masuk", LIST)))
        } @else if staying > 0 {
            (Notice::new(Tone::Warn, format!("{going} surat akan diarahkan, {staying} tidak")).text("Sebabnya tampil pada tiap surat. Yang lain tetap dapat diarahkan sekarang."))
        }
        (unseen(chosen.unseen))
        (table(chosen.letters.iter().map(|(surat, may)| match may {
            Ok(()) => line(surat, Tone::Info, "Akan diarahkan", ""),
            Err(refusal) => line(surat, Tone::Warn, "Tidak diarahkan", &why(refusal)),
        })))
        @if going > 0 { (form) }
    }
}

fn why(refusal: &Refusal) -> String {
    format!("{} {}", refusal.message(), refusal.next_step())
}

fn unseen(count: usize) -> Markup {
    html! { @if count > 0 { (Notice::new(Tone::Warn, format!("{count} pilihan tidak ditemukan di antara surat yang dapat Anda baca")).text("Yang tidak ditemukan tidak diubah.")) } }
}

fn table(rows: impl Iterator<Item = Row>) -> Table {
    Table::new("Surat yang dipilih")
        .column(Column::text("Agenda"))
        .column(Column::text("Hal"))
        .column(Column::text("Pengirim dan surat"))
        .column(Column::text("Hasil"))
        .empty(EmptyState::new(
            Icon::Mail,
            "Tidak ada surat yang dapat ditampilkan",
            "Kembali ke daftar, lalu pilih suratnya lagi.",
        ))
        .rows(rows)
}

fn line(surat: &SuratMasuk, tone: Tone, word: &str, note: &str) -> Row {
    let nomor = surat.isi.nomor_surat.as_deref().unwrap_or("tanpa nomor");
    Row::new(vec![
        nomor_agenda(surat.agenda, surat.tahun).into(),
        surat.isi.hal.as_str().into(),
        html! { (surat.isi.asal) br; span.redup { (nomor) } }.into(),
        Cell::new(html! { (badge(tone, word)) @if !note.is_empty() { span.redup.baris-dua { (note) } } }),
    ])
    .href(format!("{LIST}/{}", surat.id))
}

/// GET /eoffice/surat-masuk/arahkan?kepada=…&surat=…: what became of each letter. How a letter stands is read anew.
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let acting = acting(ctx).map_err(Problem::refused)?;
    let to: Id = ctx.query("kepada").and_then(|text| text.parse().ok()).ok_or(Problem::NotFound)?;
    let (mut rows, mut went, mut missing) = (Vec::new(), 0_usize, 0_usize);
    for mark in ctx.query("surat").unwrap_or_default().split('.').take(PAGE) {
        let (did, id) = match (mark.strip_prefix(WENT), mark.strip_prefix(STAYED)) {
            (Some(id), _) => (true, id),
            (None, Some(id)) => (false, id),
            (None, None) => return Err(Problem::NotFound),
        };
        let id: Id = id.parse().map_err(|_| Problem::NotFound)?;
        let Some(surat) = store::find(tx, ctx.scope()?, id)? else {
            missing += 1;
            continue;
        };
        rows.push(if did && surat.penerima == Some(to) {
            went += 1;
            line(&surat, Tone::Good, "Sudah diarahkan", &format!("Sekarang dipegang {}.", surat.pemegang))
        } else {
            let note = match may_go(&surat, acting) {
                Err(refusal) => why(&refusal),
                Ok(()) => "Keadaannya berubah setelah itu. Surat ini sekarang dapat diarahkan.".into(),
            };
            line(&surat, Tone::Warn, "Tidak diarahkan", &note)
        });
    }
    let stayed = rows.len() - went + missing;
    let title = match (went, stayed) {
        (0, _) => "Tidak ada surat yang diarahkan".to_owned(),
        (went, 0) => format!("{went} surat sudah diarahkan"),
        (went, stayed) => format!("{went} surat sudah diarahkan, {stayed} tidak"),
    };
    let header = PageHeader::new("Hasil mengarahkan surat")
        .purpose("Apa yang terjadi dengan tiap surat yang Anda pilih.")
        .crumb("Surat masuk", LIST);
    let told = Notice::new(if stayed == 0 { Tone::Good } else { Tone::Warn }, title);
    let told = told.link(Link::new("Kembali ke surat masuk", LIST));
    Ok(frame::respond(ctx, &header, html! { (told) (unseen(missing)) (table(rows.into_iter())) }))
}
