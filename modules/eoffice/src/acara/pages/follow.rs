//! Calendars on telephones that follow an agenda: who asked for one, and what it is given.

use praja_identity::jabatan;
use praja_kernel::{Actor, FieldProblem, Id, Refuse, tanggal_panjang};
use praja_module::{Body, Ctx, Input, Outcome, Problem, Response, seal, session_key};
use praja_store::{Keys, Tx, audit::Entry};
use praja_web::{
    Act, Column, EmptyState, Field, Form, Icon, Notice, PageHeader, Row, Table, Tone, act_bar, frame, html, section,
};

use super::{LIST, me};
use crate::acara::{
    Refusal,
    hak::{self, Pimpinan},
    ics,
    store::{self, Langganan, Milik},
};

const PAGE: &str = "/eoffice/agenda/kalender";
const TABLE: &str = "eoffice_acara_langganan";
/// How far back and ahead a calendar reaches, in days.
const BACK: i32 = 31;
const AHEAD: i32 = 366;

fn person(ctx: &Ctx) -> Result<Id, Problem> {
    match &ctx.scope()?.actor {
        Actor::Pegawai { id, .. } => Ok(*id),
        _ => Err(Problem::refused(Refusal::NoAgenda)),
    }
}

fn readable(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<Pimpinan>, Problem> {
    let kept = hak::of(ctx, tx)?;
    let all = hak::read(tx, me(ctx)?.opd, &kept, ctx.today())?;
    if all.is_empty() { Err(Problem::refused(Refusal::NoAgenda)) } else { Ok(all) }
}

fn header() -> PageHeader {
    PageHeader::new("Kalender ponsel")
        .purpose("Alamat kalender membuat agenda tampil pada kalender ponsel atau komputer, dan ikut berubah.")
        .crumb("Agenda pimpinan", LIST)
}

fn fields(form: Form, all: &[Pimpinan]) -> Form {
    let whose: Vec<(String, String)> = all.iter().map(|one| (one.jabatan.to_string(), one.label.clone())).collect();
    form.field(Field::select("pimpinan", "Agenda", &whose).required())
        .field(Field::text("nama", "Nama perangkat").max_length(60).required().hint("Misalnya: ponsel ajudan."))
        .submit("Buat alamat kalender")
        .cancel("Kembali ke agenda", LIST)
}

fn content(ctx: &Ctx, tx: &mut Tx<'_>, all: &[Pimpinan], form: Form) -> Result<praja_web::Markup, Problem> {
    let mine = store::subscriptions(tx, person(ctx)?, me(ctx)?.jabatan)?;
    let zona = ctx.instance().zona;
    let mut table = Table::new("Alamat yang pernah dibuat")
        .column(Column::text("Perangkat"))
        .column(Column::text("Agenda"))
        .column(Column::text("Dibuat"))
        .column(Column::text("Keadaan"));
    for one in &mine {
        let whose = jabatan::label(tx, one.pimpinan, ctx.today())?;
        let state = match one.dicabut_pada {
            Some(at) => html! { "Dicabut " (tanggal_panjang(zona.date(at))) },
            None => html! {
                (act_bar(&[Act::post("Cabut", format!("{PAGE}/{}/cabut", one.id), ctx.csrf(), ctx.form_id().to_string()).icon(Icon::Close)]))
            },
        };
        table = table.row(Row::new(vec![
            one.nama.clone().into(),
            whose.into(),
            tanggal_panjang(zona.date(one.created_at)).into(),
            state.into(),
        ]));
    }
    let table = table.empty(EmptyState::new(Icon::Calendar, "Belum ada alamat kalender", "Buat satu untuk tiap perangkat."));
    Ok(html! {
        (Notice::new(Tone::Warn, "Siapa pun yang memegang alamatnya membaca agenda ini")
            .text("Buat satu alamat untuk tiap perangkat, dan cabut bila perangkatnya hilang. Alamat berhenti menjawab bila Anda tidak lagi memegang jabatan ini."))
        (section("Buat alamat", fields(form, all)))
        (section("Alamat Anda", table))
    })
}

/// GET /eoffice/agenda/kalender?alamat=…
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let all = readable(ctx, tx)?;
    let made = made(ctx, tx)?;
    let content = content(ctx, tx, &all, frame::form(ctx, PAGE))?;
    Ok(frame::respond(ctx, &header(), html! { @if let Some(made) = &made { (made) } (content) }))
}

/// The address that was just made, for whoever made it.
fn made(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Option<praja_web::Markup>, Problem> {
    let Some(secret) = ctx.query("alamat") else { return Ok(None) };
    let orang = person(ctx)?;
    let found = store::subscription(tx, &session_key(secret))?.filter(|one| one.orang == orang && one.dicabut_pada.is_none());
    let Some(found) = found else { return Ok(None) };
    let address = ctx.url(&format!("/eoffice/kalender/{secret}"));
    Ok(Some(html! {
        (Notice::new(Tone::Good, format!("Alamat kalender untuk {}", found.nama)).text("Salin sekarang: alamat ini tidak ditampilkan lagi."))
        p.salinan { code { (address) } }
        (section("Cara memakainya", html! {
            ul.berbutir {
                li { "Ponsel Android: buka Google Kalender di komputer, pilih Kalender lain, Dari URL, lalu tempel alamatnya." }
                li { "iPhone: buka Pengaturan, Kalender, Akun, Tambah akun, Lainnya, Tambah kalender langganan." }
                li { "Outlook dan Thunderbird: tambahkan kalender dari internet." }
            }
        }))
    }))
}

/// POST /eoffice/agenda/kalender: the address is shown on the next page, and only its digest is kept.
pub(crate) fn create(ctx: &Ctx, input: &Input) -> Outcome {
    let (orang, acting) = (person(ctx)?, me(ctx)?.clone());
    let all = ctx.read(|tx| readable(ctx, tx))?;
    let nama = input.text("nama").split_whitespace().collect::<Vec<_>>().join(" ");
    let leader = all.iter().find(|one| one.jabatan.to_string() == input.text("pimpinan"));
    let mut wrong = Vec::new();
    if leader.is_none() {
        wrong.push(FieldProblem::new("pimpinan", "Pilih agenda yang hendak diikuti."));
    }
    if nama.is_empty() {
        wrong.push(FieldProblem::new("nama", "Nama perangkat belum diisi. Tulis misalnya: ponsel ajudan."));
    } else if nama.chars().count() > 60 {
        wrong.push(FieldProblem::new("nama", "Nama perangkat terlalu panjang; paling panjang 60 huruf."));
    }
    let (Some(leader), true) = (leader, wrong.is_empty()) else {
        let refusal = Refusal::Fields(wrong);
        let form = frame::form_again(ctx, PAGE, input)
            .refusal("Alamat belum dibuat karena ada isian yang perlu diperbaiki.", refusal.next_step())
            .problems(&refusal.fields());
        let content = ctx.read(|tx| content(ctx, tx, &all, form.clone()))?;
        return Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header(), content)));
    };
    // The same form sent twice makes one address: its secret half follows from the form.
    let form = input.form_id().unwrap_or_else(|| ctx.instance().ids.next_id());
    let sealed = seal(ctx.instance().keys(), "eoffice.kalender", &form.to_string());
    let secret = sealed.rsplit('.').next().unwrap_or_default().to_owned();
    let kept = Langganan {
        id: ctx.instance().ids.next_id(),
        pimpinan: leader.jabatan,
        nama,
        orang,
        jabatan: acting.jabatan,
        oleh_nama: ctx.scope()?.actor.nama().to_owned(),
        created_at: ctx.now(),
        dicabut_pada: None,
    };
    let sidik = session_key(&secret);
    let to = format!("{PAGE}?alamat={secret}");
    let saved = ctx.submit(input, Keys::none(), move |tx| {
        store::subscribe(tx, &kept, &sidik)?;
        let entry = Entry::new("eoffice.create-kalender", TABLE, kept.id);
        tx.audit(&entry.with("pimpinan", kept.pimpinan).with("nama", &kept.nama))?;
        Ok::<_, Problem>(to.clone())
    })?;
    Ok(saved.with_notice("Alamat kalender sudah dibuat."))
}

/// POST /eoffice/agenda/kalender/{id}/cabut
pub(crate) fn revoke(ctx: &Ctx, input: &Input) -> Outcome {
    let (id, orang): (Id, Id) = (ctx.param("id")?, person(ctx)?);
    let saved = ctx.submit(input, Keys::none(), move |tx| {
        if !store::unsubscribe(tx, id, orang)? {
            return Err(Problem::NotFound);
        }
        tx.audit(&Entry::new("eoffice.revoke-kalender", TABLE, id))?;
        Ok(PAGE.to_owned())
    })?;
    Ok(saved.with_notice("Alamat kalender sudah dicabut."))
}

/// GET /eoffice/kalender/{token}: the agenda for whoever holds the address, as long as its owner may read it.
pub(crate) fn feed(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    if let Some(stopped) = praja_desk::visitors::stop(ctx) {
        return Ok(stopped);
    }
    let token: String = ctx.param("token")?;
    let one = store::subscription(tx, &session_key(&token))?.filter(|one| one.dicabut_pada.is_none()).ok_or(Problem::NotFound)?;
    let today = ctx.today();
    let holds = jabatan::holders_on(tx, one.jabatan, today)?.iter().any(|(orang, _)| *orang == one.orang);
    let post = jabatan::get(tx, one.jabatan)?.filter(|_| holds).ok_or(Problem::NotFound)?;
    let kept = hak::kept(tx, post.id, post.opd, false, today)?;
    let all = hak::read(tx, post.opd, &kept, today)?;
    let leader = all.iter().find(|leader| leader.jabatan == one.pimpinan).ok_or(Problem::NotFound)?;
    let zona = ctx.instance().zona;
    let day = |days: i32| zona.start_of(praja_kernel::days_after(today, days).unwrap_or(today));
    let rows = store::list(tx, Milik::Pimpinan(leader.jabatan), day(-BACK), day(AHEAD), store::MOST)?;
    let rows: Vec<_> = rows.into_iter().filter_map(|acara| hak::sees(&acara, post.id, &all).map(|sees| (acara, sees))).collect();
    let text = ics::calendar(&format!("Agenda {}", leader.label), ctx.url("").rsplit("//").next().unwrap_or_default(), &rows);
    Ok(Response::of(Body::Bytes { bytes: text.into_bytes(), mime: "text/calendar; charset=utf-8", name: "agenda.ics".into() }))
}
