//! Nodes on screen: our own card, the boxes we exchange letters with, and the office that enters what is for nobody else.

pub(crate) mod form;

use praja_desk::verify::Node;
use praja_identity::opd;
use praja_kernel::Refuse;
use praja_module::{Ctx, Input, Jenis, Outcome, Problem, Response};
use praja_store::{Keys, Tx, audit::Entry};
use praja_web::{
    Address, Cell, Column, EmptyState, Facts, Field, Form, Icon, Link, Markup, PageHeader, Row, Table, Tone, badge,
    export::{Col, Format, Sheet, respond},
    frame, html,
    picker::{Choice, Picked, resolve},
    section,
};

use super::{Refusal, store};

/// Where the nodes are.
pub(crate) const LIST: &str = "/eoffice/simpul";

fn header() -> PageHeader {
    PageHeader::new("Simpul daerah lain")
        .purpose("Praja daerah lain yang bertukar surat dengan kita, dikenal dari kunci publiknya.")
        .action(Link::new("Daftarkan simpul", format!("{LIST}/baru")).icon(Icon::Add))
}

/// GET /eoffice/simpul
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let form = office_form(ctx, tx, frame::form(ctx, format!("{LIST}/opd")), &Picked::Nothing)?;
    let content = content(ctx, tx, &form)?;
    Ok(frame::respond(ctx, &header(), content))
}

fn content(ctx: &Ctx, tx: &mut Tx<'_>, form: &Form) -> Result<Markup, Problem> {
    let all = store::all(tx)?;
    let mut table = Table::new("Simpul daerah lain")
        .column(Column::text("Nama"))
        .column(Column::text("Alamat"))
        .column(Column::text("Kunci"))
        .column(Column::text("Keadaan").corner())
        .rows(all.iter().map(|one| {
            let state = if one.aktif { badge(Tone::Good, "Dipakai") } else { badge(Tone::Neutral, "Tidak dipakai") };
            Row::new(vec![
                one.nama.as_str().into(),
                one.alamat.as_deref().map_or_else(Cell::empty, Cell::from),
                one.kunci_id.as_str().into(),
                Cell::new(state),
            ])
            .href(format!("{LIST}/{}", one.id))
        }))
        .empty(EmptyState::new(
            Icon::Send,
            "Belum ada simpul",
            "Tukarkan kunci publik dengan daerah lain, lalu daftarkan di sini. Keduanya perlu saling mendaftarkan.",
        ));
    if !all.is_empty() {
        table = table.downloads(&Address::here(ctx).top().at(format!("{LIST}/unduh")));
    }
    let instance = ctx.instance();
    let node = Node::of(instance);
    let card = Facts::new()
        .add("Nama", &instance.wilayah.nama)
        .add("Alamat", &instance.url_publik)
        .add("Kunci publik", html! { code { (node.public()) } })
        .add("Nama kunci", html! { code { (node.id()) } });
    Ok(html! {
        (table)
        (section("Kartu simpul kita", html! {
            p.redup { "Berikan keempatnya kepada daerah lain. Bacakan nama kunci lewat telepon, agar mereka yakin kuncinya benar milik kita." }
            @if instance.jenis == Jenis::Contoh { p.redup { "Ini ruang latihan: suratnya hanya diterima ruang latihan lain." } }
            (card)
        }))
        (section("OPD yang mencatat surat untuk kepala daerah", html! {
            p.redup { "Surat yang tujuannya kepala daerah, sekretaris daerah, atau tidak dikenal sebagai OPD menunggu di OPD ini." }
            (form)
        }))
    })
}

fn office_form(ctx: &Ctx, tx: &mut Tx<'_>, form: Form, picked: &Picked) -> Result<Form, Problem> {
    let _ = ctx;
    let mut field = Field::picker("opd", "OPD penerima", "/identity/pilih/opd").required().candidates(picked.candidates());
    if let Some(id) = store::office(tx)? {
        field = field.chosen(id.to_string(), opd::name(tx, id)?.unwrap_or_default());
    }
    Ok(form.field(field).submit("Simpan OPD penerima"))
}

/// POST /eoffice/simpul/opd
pub(crate) fn set_office(ctx: &Ctx, input: &Input) -> Outcome {
    let (picked, chosen) = ctx.read(|tx| {
        let offices = opd::list_active(tx)?;
        let picked = resolve(input, "opd", |typed| {
            let sought = praja_kernel::fold(typed);
            let fits = offices.iter().filter(|one| praja_kernel::fold(&one.nama).contains(&sought));
            Ok::<_, Problem>(fits.map(|one| Choice::new(one.id, &one.nama)).collect())
        })?;
        let chosen = offices.iter().find(|one| Some(one.id.to_string().as_str()) == picked.value()).map(|one| one.id);
        Ok::<_, Problem>((picked, chosen))
    })?;
    let Some(chosen) = chosen else {
        let problems: Vec<_> = picked.problem("opd", "OPD").into_iter().collect();
        let problems = if problems.is_empty() { Refusal::NoOffice.fields() } else { problems };
        let html = ctx.read(|tx| {
            let form = frame::form_again(ctx, format!("{LIST}/opd"), input).problems(&problems);
            let form = office_form(ctx, tx, form, &picked)?;
            content(ctx, tx, &form)
        })?;
        return Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header(), html)));
    };
    let saved = ctx.submit(input, Keys::none(), move |tx| {
        store::set_office(tx, chosen)?;
        tx.audit(&Entry::new("eoffice.configure-simpul", "eoffice_setelan", chosen).with("opd", chosen))?;
        Ok::<_, Problem>(LIST.to_owned())
    })?;
    Ok(saved.with_notice("OPD penerima sudah disimpan."))
}

/// GET /eoffice/simpul/unduh
pub(crate) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let mut sheet = Sheet::new("Simpul daerah lain")
        .column(Col::text("Nama"))
        .column(Col::text("Alamat"))
        .column(Col::text("Kunci"))
        .column(Col::text("Keadaan"))
        .column(Col::text("Kunci publik"))
        .column(Col::text("Tujuan"));
    for one in store::all(tx)? {
        sheet.push(vec![
            one.nama.into(),
            one.alamat.into(),
            one.kunci_id.into(),
            if one.aktif { "Dipakai" } else { "Tidak dipakai" }.into(),
            one.kunci.into(),
            one.tujuan.join("; ").into(),
        ]);
    }
    respond(ctx, sheet, Format::asked(ctx), "simpul")
}
