use praja_kernel::Id;
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Act, Cell, Column, EmptyState, Field, Form, FormValues, Icon, Link, Markup, PageHeader, Row, Table, Tone, badge, frame, html,
    section,
};

use super::{
    Keadaan, acts,
    store::{self, Baris, Filter, Terkunci},
};
use crate::opd::{self, Reach, reach};

/// Rows of one page.
const PAGE: usize = 50;
const LIST: &str = "/identity/akun";

/// What the list is narrowed to, as the address says it.
struct Asked {
    opd: Option<Id>,
    keadaan: Option<Keadaan>,
    kata: String,
}

impl Asked {
    fn of(ctx: &Ctx) -> Self {
        Self {
            opd: ctx.query("opd").and_then(|text| text.parse().ok()),
            keadaan: ctx.query("keadaan").and_then(|text| Keadaan::parse(text).ok()),
            kata: ctx.query("q").unwrap_or_default().to_owned(),
        }
    }

    /// The address of this list with another state, from its beginning.
    fn with_state(&self, keadaan: Option<Keadaan>) -> String {
        self.address(keadaan, None)
    }

    fn address(&self, keadaan: Option<Keadaan>, after: Option<&Baris>) -> String {
        let mut parts: Vec<(&str, String)> = Vec::new();
        parts.extend(self.opd.map(|opd| ("opd", opd.to_string())));
        parts.extend(keadaan.map(|one| ("keadaan", one.as_str().to_owned())));
        if !self.kata.is_empty() {
            parts.push(("q", self.kata.clone()));
        }
        if let Some(last) = after {
            parts.extend([("fold", last.fold.clone()), ("id", last.orang.to_string())]);
        }
        let query: Vec<String> = parts.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        if query.is_empty() { LIST.to_owned() } else { format!("{LIST}?{}", query.join("&")) }
    }
}

fn encode(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => out.push(char::from(byte)),
            other => out.push_str(&format!("%{other:02X}")),
        }
        out
    })
}

/// GET /identity/akun: people with the state of their accounts.
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let asked = Asked::of(ctx);
    let reach = reach(ctx, tx)?;
    if asked.opd.is_some_and(|opd| !reach.has(opd)) {
        return Err(Problem::NotFound);
    }
    let (table, locked) = if asked.keadaan == Some(Keadaan::Terkunci) {
        (None, Some(locked(ctx, tx, &reach)?))
    } else {
        (Some(people(ctx, tx, &asked, &reach)?), None)
    };
    let header = PageHeader::new("Akun")
        .purpose("Siapa yang dapat masuk, siapa yang belum, dan akun mana yang terkunci.")
        .action(Link::new(
            "Buat slip masuk pertama",
            asked.opd.map_or_else(|| format!("{LIST}/slip"), |opd| format!("{LIST}/slip?opd={opd}")),
        ));
    let content = html! {
        (search(tx, &asked, &reach)?)
        @if let Some(table) = table { (table) }
        @if let Some(locked) = locked { (locked) }
    };
    Ok(frame::respond(ctx, &header, content))
}

fn search(tx: &mut Tx<'_>, asked: &Asked, reach: &Reach) -> Result<Form, Problem> {
    let mut units = opd::list_active(tx)?;
    units.retain(|one| reach.has(one.id));
    let units = units.iter().map(|one| (one.id.to_string(), one.nama.clone()));
    let choices: Vec<(String, String)> = std::iter::once((String::new(), "Semua OPD".to_owned())).chain(units).collect();
    let mut values = FormValues::default().with("q", &asked.kata);
    if let Some(opd) = asked.opd {
        values = values.with("opd", opd.to_string());
    }
    let mut form = Form::get(LIST).values(values);
    if let Some(keadaan) = asked.keadaan {
        form = form.hidden("keadaan", keadaan.as_str());
    }
    let form = form.field(Field::search("q", "Nama atau NIP").hint("Sebagian nama, atau angka awal NIP."));
    let form = if choices.len() > 2 { form.field(Field::select("opd", "OPD", &choices).value("")) } else { form };
    Ok(form.submit("Cari akun"))
}

fn chips(table: Table, asked: &Asked) -> Table {
    let table = table.chip("Semua", asked.with_state(None), asked.keadaan.is_none());
    Keadaan::ALL
        .iter()
        .fold(table, |table, one| table.chip(one.label(), asked.with_state(Some(*one)), asked.keadaan == Some(*one)))
}

fn people(ctx: &Ctx, tx: &mut Tx<'_>, asked: &Asked, reach: &Reach) -> Result<Table, Problem> {
    let opd = match (asked.opd, reach) {
        (Some(one), _) => Some(vec![one]),
        (None, Reach::Only(ids)) => Some(ids.clone()),
        (None, Reach::All) => None,
    };
    let after = (ctx.query("fold").unwrap_or_default().to_owned(), ctx.query("id").unwrap_or_default().to_owned());
    let is_first = after.1.is_empty();
    let filter = Filter { opd, keadaan: asked.keadaan, kata: asked.kata.clone(), sesudah: after };
    let mut found = store::page(tx, &filter, ctx.now(), PAGE as i64)?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let older = found.last().filter(|_| more).map(|last| asked.address(asked.keadaan, Some(last)));
    let newer = (!is_first).then(|| asked.with_state(asked.keadaan));
    let rows: Vec<Row> = found.iter().map(|one| row(ctx, one)).collect();
    let table = Table::new("Akun pegawai dan pejabat")
        .column(Column::text("Nama"))
        .column(Column::text("Keadaan").corner())
        .column(Column::text("OPD"))
        .column(Column::date("Terakhir masuk"))
        .column(Column::text("NIP").wide_only())
        .pager(newer, older)
        .rows(rows)
        .empty(EmptyState::new(Icon::People, "Tidak ada yang ditemukan", "Periksa ejaan nama, atau pilih keadaan lain."));
    let table =
        if found.iter().any(|one| never_in(one.keadaan(ctx.now()))) { table.bulk(super::bulk::slips(ctx)) } else { table };
    Ok(chips(table, asked))
}

/// Nobody has logged in with the account yet, or there is none: a first slip may be made.
fn never_in(keadaan: Keadaan) -> bool {
    matches!(keadaan, Keadaan::TanpaAkun | Keadaan::BelumMasuk)
}

fn row(ctx: &Ctx, one: &Baris) -> Row {
    let keadaan = one.keadaan(ctx.now());
    let last = one.terakhir_masuk.map_or_else(Cell::empty, |at| frame::time(ctx.instance().zona, at).0.into());
    let state = html! { (badge(tone(keadaan), keadaan.label())) @if one.dua_langkah { " " (badge(Tone::Info, "Dua langkah")) } };
    let nip = one.nip.as_deref().map_or_else(Cell::empty, Into::into);
    let opd = one.opd.as_deref().map_or_else(Cell::empty, Into::into);
    let row = Row::new(vec![one.nama.as_str().into(), Cell::new(state), opd, last, nip]);
    let row = if never_in(keadaan) { row.pick(one.orang, &one.nama) } else { row };
    match one.akun {
        Some(akun) => row.href(format!("{LIST}/{akun}")),
        None => row.href(format!("{LIST}/buka/{}", one.orang)),
    }
}

/// How a state is shown.
pub(super) fn tone(keadaan: Keadaan) -> Tone {
    match keadaan {
        Keadaan::Aktif => Tone::Good,
        Keadaan::Terkunci => Tone::Warn,
        Keadaan::Nonaktif => Tone::Bad,
        Keadaan::TanpaAkun | Keadaan::BelumMasuk => Tone::Neutral,
    }
}

/// Doors that are shut now, with the key to each.
fn locked(ctx: &Ctx, tx: &mut Tx<'_>, reach: &Reach) -> Result<Markup, Problem> {
    let all = store::locked(tx, ctx.now())?;
    let own = |one: &&Terkunci| match (one.orang, one.opd) {
        (None, _) => *reach == Reach::All,
        (Some(_), opd) => *reach == Reach::All || opd.is_some_and(|opd| reach.has(opd)),
    };
    let accounts: Vec<&Terkunci> = all.iter().filter(|one| one.akun.is_some()).filter(own).collect();
    let addresses: Vec<&Terkunci> = all.iter().filter(|one| one.kunci.starts_with("alamat:")).collect();
    let when = |at| frame::time(ctx.instance().zona, at).0;
    let act = |action: String| Act::post("Buka kunci", action, ctx.csrf(), ctx.form_id().to_string());
    let rows = accounts.iter().filter_map(|one| {
        let (id, nama) = one.akun.as_ref()?;
        let act = act(format!("{LIST}/{id}/buka-kunci")).value("ke", "terkunci");
        Some(Row::new(vec![
            Cell::new(html! { a href={ (LIST) "/" (id) } { (nama) } }),
            one.gagal.to_string().into(),
            when(one.terakhir).into(),
            when(one.sampai).into(),
            Cell::new(act),
        ]))
    });
    let shut = "Akun terkunci sendiri setelah beberapa sandi yang tidak cocok, dan terbuka sendiri setelah waktunya lewat.";
    let table = Table::new("Akun yang terkunci")
        .column(Column::text("Nama"))
        .column(Column::number("Gagal"))
        .column(Column::date("Terakhir dicoba").wide_only())
        .column(Column::date("Terkunci sampai"))
        .column(Column::text("Tindakan"))
        .rows(rows)
        .empty(EmptyState::new(Icon::Shield, "Tidak ada akun yang terkunci", shut));
    let asked = Asked::of(ctx);
    let by_address = addresses.iter().map(|one| {
        let alamat = one.kunci.trim_start_matches("alamat:");
        let act = act(format!("{LIST}/buka-alamat")).value("alamat", alamat);
        Row::new(vec![alamat.into(), one.gagal.to_string().into(), when(one.sampai).into(), Cell::new(act)])
    });
    let addresses_table = Table::new("Alamat jaringan yang ditutup")
        .column(Column::text("Alamat jaringan"))
        .column(Column::number("Gagal"))
        .column(Column::date("Ditutup sampai"))
        .column(Column::text("Tindakan"))
        .rows(by_address)
        .empty(EmptyState::new(
            Icon::Shield,
            "Tidak ada alamat yang ditutup",
            "Satu alamat ditutup setelah 50 percobaan yang gagal.",
        ));
    Ok(html! {
        (chips(table, &asked))
        @if acts::may_unlock_addresses(ctx) { (section("Alamat jaringan yang ditutup", addresses_table)) }
    })
}

/// GET /identity/akun/buka/{orang}: a person without an account, before it is opened.
pub(crate) fn show_open(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let orang: Id = ctx.param("orang")?;
    if !super::covers(ctx, tx, orang)? {
        return Err(Problem::NotFound);
    }
    let who = store::person(tx, orang)?.ok_or(Problem::NotFound)?;
    let facts = praja_web::Facts::new().add("Nama", &who.nama).add_maybe("NIP", who.nip).add_maybe("OPD", who.opd);
    let form = frame::form(ctx, format!("{LIST}/buka")).hidden("orang", orang.to_string());
    let form = form.submit("Buka akun dan cetak slip").cancel("Kembali", LIST);
    let header = PageHeader::new("Buka akun").purpose("Orang ini belum punya akun.").crumb("Akun", LIST);
    let consequences = [
        "Akun dibuat dengan NIP sebagai nama akun; tanpa NIP, nama akun dibentuk dari namanya.",
        "Slip masuk pertama ditampilkan sekali untuk dicetak; berlaku 7 hari.",
        "Pemiliknya memilih sandi sendiri saat masuk pertama kali.",
    ];
    Ok(frame::respond(ctx, &header, praja_web::confirm(Tone::Info, &consequences, &facts, &form)))
}
