use praja_kernel::Id;
use praja_module::{Ctx, Input, Outcome, Problem};
use praja_store::{Keys, Tx, audit::Entry};
use praja_web::{
    Act, Cell, Column, EmptyState, Facts, Field, Form, FormValues, Icon, Link, Markup, PageHeader, Row, Table, act_bar,
    export::{self, Col, Format, Sheet},
    frame, html, section,
};

use super::{LIST, Peran, all, counted, crumbs, encoded, find, giver, meanings};
use crate::{
    jabatan,
    opd::{Reach, reach},
    peran::{
        Pemegang,
        aturan::{Giver, Refusal},
        store::{self, Filter},
    },
};

/// Rows of one page.
const PAGE: usize = 50;
/// At most so many rows are taken along at once.
const MOST: usize = 20_000;
/// The role without which nobody administers the regency.
const SUPERADMIN: &str = "identity.superadmin";

/// GET /identity/peran/{peran}: what it allows and who holds it.
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (role, reach) = find(ctx, tx)?;
    let giver = giver(ctx)?;
    let may = giver.obstacle(&role.izin).is_none() && !role.izin.is_empty() && !role.umum;
    let (posts, people) = store::counts(tx, &reach, &role.id)?;
    let mut facts = Facts::new()
        .add("Asal", &role.asal)
        .add("Pemegang", if role.umum { "setiap pegawai yang memegang jabatan".into() } else { counted(posts, people) });
    if !role.keterangan.is_empty() {
        facts = facts.add("Keterangan", &role.keterangan);
    }
    if let Some(opd) = role.khusus.as_ref().and_then(|own| own.opd) {
        facts = facts.add_maybe("Hanya untuk OPD", crate::opd::name(tx, opd)?);
    }
    let mut acts = Vec::new();
    if let (Some(own), true) = (&role.khusus, may) {
        acts.push(Act::link("Ubah peran", format!("{LIST}/{}/ubah", own.id)).icon(Icon::Edit));
        acts.push(Act::link("Akhiri peran", format!("{LIST}/{}/akhiri", own.id)).danger().dialog());
    }
    let mut header = crumbs(PageHeader::new(&role.nama));
    if may {
        header = header.action(Link::new("Beri peran ini", format!("{LIST}/{}/beri", role.id)).icon(Icon::Add));
    }
    let path = format!("{LIST}/{}", role.id);
    let content = html! {
        (facts)
        @if !acts.is_empty() { (act_bar(&acts)) }
        (section("Yang diizinkan", meanings(ctx, &role.izin)))
        @if !role.umum { (section("Pemegang", table(ctx, tx, &reach, &giver, &path, Some(&role))?)) }
    };
    Ok(frame::respond(ctx, &header, content))
}

/// GET /identity/peran/pemegang?peran=…&kata=…: who holds which role.
pub(crate) fn holders(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (reach, giver) = (reach(ctx, tx)?, giver(ctx)?);
    let header =
        crumbs(PageHeader::new("Pemegang peran").purpose("Siapa memegang peran apa, sejak kapan, dan siapa yang memberikannya."));
    let content = table(ctx, tx, &reach, &giver, &format!("{LIST}/pemegang"), None)?;
    Ok(frame::respond(ctx, &header, content))
}

fn filter(ctx: &Ctx, role: Option<&str>) -> Result<Filter, Problem> {
    let sesudah = ctx.query("sesudah").map(|text| text.parse::<Id>().map_err(|_| Problem::NotFound)).transpose()?;
    let peran = role.or(ctx.query("peran")).map(str::to_owned);
    Ok(Filter { peran, kata: ctx.query("kata").unwrap_or_default().to_owned(), sesudah })
}

fn table(ctx: &Ctx, tx: &mut Tx<'_>, reach: &Reach, giver: &Giver, path: &str, role: Option<&Peran>) -> Result<Markup, Problem> {
    let roles = all(ctx, tx, reach)?;
    let filter = filter(ctx, role.map(|role| role.id.as_str()))?;
    let mut list = store::page(tx, reach, &filter, PAGE as i64)?;
    let more = list.len() > PAGE;
    list.truncate(PAGE);
    let mut rows = Vec::new();
    for one in &list {
        rows.push(line(ctx, tx, giver, &roles, one, role.is_none())?);
    }
    let mut table = Table::new("Pemegang peran").column(Column::text("Pemegang"));
    if role.is_none() {
        table = table.column(Column::text("Peran"));
    }
    let chosen = filter.peran.as_deref().filter(|_| role.is_none());
    let query = format!("peran={}&kata={}", encoded(filter.peran.as_deref().unwrap_or_default()), encoded(&filter.kata));
    let empty = EmptyState::new(
        Icon::Key,
        "Tidak ada pemegang yang cocok",
        "Kosongkan pencarian, atau beri peran ini kepada jabatan atau orang.",
    );
    let table = table
        .column(Column::text("Berlaku pada"))
        .column(Column::date("Sejak").corner())
        .column(Column::date("Sampai"))
        .column(Column::text("Diberikan oleh").wide_only())
        .column(Column::text("Tindakan"))
        .rows(rows)
        .export(Link::new("Unduh Excel", format!("{LIST}/pemegang/unduh?{query}&format=xlsx")))
        .export(Link::new("Unduh CSV", format!("{LIST}/pemegang/unduh?{query}&format=csv")))
        .export(Link::new("Unduh PDF", format!("{LIST}/pemegang/unduh?{query}&format=pdf")))
        .empty(empty);
    let mut search = Form::get(path).field(Field::search("kata", "Cari jabatan atau orang"));
    if role.is_none() {
        let options: Vec<(String, String)> = std::iter::once((String::new(), "Semua peran".to_owned()))
            .chain(roles.iter().filter(|role| !role.umum).map(|role| (role.id.clone(), role.nama.clone())))
            .collect();
        search = search.field(Field::select("peran", "Peran", &options).value(""));
    }
    let values = FormValues::default().with("kata", &filter.kata).with("peran", chosen.unwrap_or_default());
    let next = list.last().filter(|_| more).map(|last| format!("{path}?{query}&sesudah={}", last.id));
    Ok(html! {
        div.saringan { (search.values(values).submit("Saring pemegang")) }
        (table)
        @if let Some(next) = next { p.aksi { a.tombol href=(next) rel="next" { "Pemegang berikutnya" } } }
    })
}

fn line(ctx: &Ctx, tx: &mut Tx<'_>, giver: &Giver, roles: &[Peran], one: &Pemegang, with_role: bool) -> Result<Row, Problem> {
    let role = roles.iter().find(|role| role.id == one.peran);
    let name = holder(ctx, tx, one)?;
    let kind = if one.jabatan.is_some() { "jabatan" } else { "orang" };
    let mut cells: Vec<Cell> = vec![html! { (name) " " span.redup { (kind) } }.into()];
    if with_role {
        // A role whose module is not in the program is named by its identity.
        cells.push(role.map_or(one.peran.as_str(), |role| role.nama.as_str()).into());
    }
    let (when, full) = (
        praja_kernel::tanggal_pendek(ctx.instance().zona.date(one.diberikan)),
        frame::time(ctx.instance().zona, one.diberikan).0,
    );
    cells.push(where_it_counts(one).into());
    cells.push(Cell::date(when, full));
    cells.push(match one.sampai {
        Some(day) => html! {
            (praja_kernel::tanggal_pendek(day))
            @if let Some(dasar) = &one.dasar { br; span.redup { (dasar) } }
        }
        .into(),
        None => Cell::empty(),
    });
    cells.push(one.oleh.as_deref().map_or_else(Cell::empty, Cell::from));
    let may = role.is_some_and(|role| taking(giver, role, one).is_ok());
    let act = Act::post("Cabut peran", format!("{LIST}/cabut/{}", one.id), ctx.csrf(), ctx.form_id().to_string());
    cells.push(if may { Cell::new(act) } else { Cell::empty() });
    Ok(Row::new(cells))
}

/// The post with who holds it today, or the person.
fn holder(ctx: &Ctx, tx: &mut Tx<'_>, one: &Pemegang) -> Result<String, Problem> {
    Ok(match one.jabatan {
        Some(jabatan) => jabatan::label(tx, jabatan, ctx.today())?,
        None => one.orang_nama.clone().unwrap_or_default(),
    })
}

fn where_it_counts(one: &Pemegang) -> String {
    match (&one.opd_nama, one.jabatan, one.hanya_opd) {
        (Some(opd), Some(_), _) | (Some(opd), None, Some(_)) => opd.clone(),
        _ => "semua OPD".into(),
    }
}

/// May `giver` take this back?
fn taking(giver: &Giver, role: &Peran, one: &Pemegang) -> Result<(), Refusal> {
    let everywhere = one.orang.is_some() && one.hanya_opd.is_none();
    if giver.obstacle(&role.izin).is_some() || (everywhere && !giver.is_regency_wide()) {
        Err(Refusal::MoreThanMay)
    } else {
        Ok(())
    }
}

/// GET /identity/peran/pemegang/unduh?format=…: the same list to take along.
pub(crate) fn export(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let reach = reach(ctx, tx)?;
    let roles = all(ctx, tx, &reach)?;
    let zona = ctx.instance().zona;
    let mut sheet = Sheet::new("Pemegang peran")
        .column(Col::text("Pemegang"))
        .column(Col::text("Jabatan"))
        .column(Col::text("Orang"))
        .column(Col::text("Peran"))
        .column(Col::text("Berlaku pada"))
        .column(Col::moment("Sejak"))
        .column(Col::date("Sampai"))
        .column(Col::text("Dasar"))
        .column(Col::text("Diberikan oleh"));
    let filter = Filter { sesudah: None, ..filter(ctx, None)? };
    sheet.gather(MOST, export::narrow, |sheet| {
        for one in store::page(tx, &reach, &filter, MOST as i64 + 1)? {
            let role = roles.iter().find(|role| role.id == one.peran).map_or(one.peran.as_str(), |role| role.nama.as_str());
            let (place, shown) = (where_it_counts(&one), holder(ctx, tx, &one)?);
            sheet.push(vec![
                shown.into(),
                one.jabatan_nama.into(),
                one.orang_nama.into(),
                role.into(),
                place.into(),
                export::Cell::moment(zona, one.diberikan),
                one.sampai.into(),
                one.dasar.into(),
                one.oleh.into(),
            ]);
        }
        Ok::<_, Problem>(false)
    })?;
    export::respond(ctx, sheet, Format::asked(ctx), "pemegang-peran")
}

/// POST /identity/peran/cabut/{id}.
pub(crate) fn revoke(ctx: &Ctx, input: &Input) -> Outcome {
    let id: Id = ctx.param("id")?;
    let (giver, today) = (giver(ctx)?, ctx.today());
    let (one, role) = ctx.read(|tx| {
        let reach = reach(ctx, tx)?;
        let one = store::grant(tx, id)?.filter(|one| match &reach {
            Reach::All => true,
            only => one.opd.is_some_and(|opd| only.has(opd)),
        });
        let one = one.ok_or(Problem::NotFound)?;
        let role = all(ctx, tx, &reach)?.into_iter().find(|role| role.id == one.peran).ok_or(Problem::NotFound)?;
        Ok::<_, Problem>((one, role))
    })?;
    taking(&giver, &role, &one).map_err(Problem::refused)?;
    let back = format!("{LIST}/{}", role.id);
    let response = ctx.submit(input, Keys::of([super::give::key()]), move |tx| {
        if one.peran == SUPERADMIN && store::others(tx, SUPERADMIN, id, today)? == 0 {
            return Err(Problem::refused(Refusal::LastSuperadmin));
        }
        if !store::revoke(tx, id)? {
            return Err(Problem::refused(Refusal::AlreadyTaken));
        }
        let entry = match (one.jabatan, one.orang) {
            (Some(jabatan), _) => Entry::new("identity.revoke-peran", "identity_jabatan", jabatan),
            (None, Some(orang)) => Entry::new("identity.revoke-peran", "identity_orang", orang),
            (None, None) => Entry::new("identity.revoke-peran", "identity_peran", id),
        };
        let holder = one.jabatan_nama.clone().or_else(|| one.orang_nama.clone()).unwrap_or_default();
        tx.audit(&entry.with("peran", &one.peran).with("nama", &role.nama).with("pemegang", holder))?;
        Ok(back.clone())
    })?;
    Ok(response.with_notice("Peran dicabut dan langsung tidak berlaku."))
}
