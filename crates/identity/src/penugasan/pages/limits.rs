use praja_kernel::FieldProblem;
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx, audit::Entry};
use praja_web::{Column, Field, Form, Markup, PageHeader, Row, Table, frame, html, section};

use crate::{
    penugasan::{
        Jenis,
        batas::{Limit, Limits, source},
        store,
    },
    peran::store as roles,
    rights::MANAGE_ALL_OPD,
};

const AT: &str = "/identity/batas";
/// The kinds with a limit and the names of their fields.
const KINDS: [(Jenis, &str, &str); 3] = [
    (Jenis::Pj, "pj_bulan", "pj_perpanjangan"),
    (Jenis::Plt, "plt_bulan", "plt_perpanjangan"),
    (Jenis::Plh, "plh_bulan", "plh_perpanjangan"),
];

/// GET /identity/batas: how long temporary penugasan may last here, and on what that stands.
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (limits, most) = (store::limits(tx)?, roles::most_days(tx)?);
    let form = ctx.may(MANAGE_ALL_OPD).then(|| fields(frame::form(ctx, AT), Some(limits), Some(most)));
    Ok(frame::respond(ctx, &header(), content(limits, form)))
}

/// POST /identity/batas
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let mut problems: Vec<FieldProblem> = Vec::new();
    let mut wanted: Vec<(Jenis, Limit)> = Vec::new();
    for (jenis, months, times) in KINDS {
        let bulan = number(input, months, 1..=36, "Lama diisi angka 1 sampai 36 bulan.", &mut problems);
        let perpanjangan = number(input, times, 0..=5, "Perpanjangan diisi angka 0 sampai 5 kali.", &mut problems);
        wanted.extend(bulan.zip(perpanjangan).map(|(bulan, perpanjangan)| (jenis, Limit { bulan, perpanjangan })));
    }
    let days = number(input, "pemeriksa_hari", 1..=180, "Lama diisi angka 1 sampai 180 hari.", &mut problems);
    if !problems.is_empty() {
        let form = fields(frame::form_again(ctx, AT, input).problems(&problems), None, None);
        let limits = ctx.read(store::limits)?;
        return Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header(), content(limits, Some(form)))));
    }
    let saved = ctx.submit(input, Keys::none(), move |tx| {
        let before = store::limits(tx)?;
        let most = roles::most_days(tx)?;
        if let Some(days) = days.filter(|days| most != *days) {
            roles::set_most_days(tx, days)?;
            tx.audit(&Entry::new("identity.configure-batas", "identity_batas", "peran-berjangka").with("hari", days))?;
        }
        for (jenis, limit) in &wanted {
            if before.of(*jenis) == Some(*limit) {
                continue;
            }
            store::set_limit(tx, *jenis, *limit)?;
            tx.audit(
                &Entry::new("identity.configure-batas", "identity_batas", jenis.as_str())
                    .with("bulan", limit.bulan)
                    .with("perpanjangan", limit.perpanjangan),
            )?;
        }
        Ok::<_, Problem>(AT.to_owned())
    })?;
    Ok(saved.with_notice("Batas penugasan sementara sudah disimpan."))
}

fn number(
    input: &Input,
    field: &'static str,
    allowed: std::ops::RangeInclusive<i64>,
    message: &str,
    problems: &mut Vec<FieldProblem>,
) -> Option<i64> {
    let read = input.text(field).parse().ok().filter(|number| allowed.contains(number));
    if read.is_none() {
        problems.push(FieldProblem::new(field, message));
    }
    read
}

fn header() -> PageHeader {
    PageHeader::new("Batas penugasan sementara")
        .purpose("Berapa lama seseorang boleh menjadi Pj., Plt., atau Plh. pada satu jabatan.")
        .crumb("OPD dan jabatan", "/identity/opd")
}

fn content(limits: Limits, form: Option<Form>) -> Markup {
    let rows = KINDS.iter().filter_map(|(jenis, ..)| {
        let limit = limits.of(*jenis)?;
        let times = if limit.perpanjangan == 0 { "Tidak dapat".to_owned() } else { format!("{} kali", limit.perpanjangan) };
        Some(Row::new(vec![jenis.label().into(), format!("{} bulan", limit.bulan).into(), times.into(), source(*jenis).into()]))
    });
    let table = Table::new("Batas penugasan sementara")
        .column(Column::text("Cara memegang jabatan"))
        .column(Column::number("Paling lama"))
        .column(Column::text("Diperpanjang"))
        .column(Column::text("Dasar bawaan").wide_only())
        .rows(rows);
    html! {
        (table)
        @if let Some(form) = form { (section("Ubah batas", form)) }
        @else { p.redup { "Batas ini diubah oleh superadmin, menurut peraturan daerah." } }
    }
}

fn fields(form: Form, limits: Option<Limits>, most: Option<i64>) -> Form {
    KINDS
        .iter()
        .fold(form, |form, (jenis, months, times)| {
            let limit = limits.and_then(|limits| limits.of(*jenis));
            let start = |value: Option<i64>| value.map(|number| number.to_string()).unwrap_or_default();
            form.group(
                jenis.label(),
                "",
                vec![
                    Field::number(*months, "Paling lama (bulan)")
                        .required()
                        .min("1")
                        .max("36")
                        .value(start(limit.map(|one| one.bulan))),
                    Field::number(*times, "Perpanjangan (kali)")
                        .required()
                        .min("0")
                        .max("5")
                        .value(start(limit.map(|one| one.perpanjangan))),
                ],
            )
        })
        .group(
            "Pemeriksa luar",
            "Auditor BPK, KPK, atau inspektorat lain yang membaca untuk sementara.",
            vec![
                Field::number("pemeriksa_hari", "Paling lama (hari)")
                    .required()
                    .min("1")
                    .max("180")
                    .value(most.map(|days| days.to_string()).unwrap_or_default()),
            ],
        )
        .submit("Simpan batas")
}
