//! The page on which the manager of the desk sets the deadlines of complaints.

use praja_kernel::{FieldProblem, tanggal_pendek};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx};
use praja_web::{Column, Field, Form, Markup, PageHeader, Row, Table, form::Width, frame, html, section};

use super::{Jenis, Tenggat, check, of, set};

const AT: &str = "/desk/pengaduan/batas";

/// The fields of a kind.
const fn fields(jenis: Jenis) -> (&'static str, &'static str) {
    match jenis {
        Jenis::Pelayanan => ("pelayanan_hari", "pelayanan_dasar"),
        Jenis::Informasi => ("informasi_hari", "informasi_dasar"),
        Jenis::Aspirasi => ("aspirasi_hari", "aspirasi_dasar"),
        Jenis::Pengawasan => ("pengawasan_hari", "pengawasan_dasar"),
    }
}

fn all(tx: &mut Tx<'_>) -> praja_store::Result<Vec<(Jenis, Tenggat)>> {
    Jenis::ALL.iter().map(|jenis| Ok((*jenis, of(tx, *jenis)?))).collect()
}

/// GET /desk/pengaduan/batas
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let all = all(tx)?;
    let form = form(frame::form(ctx, AT), &all);
    Ok(frame::respond(ctx, &header(), content(&all, form)))
}

fn header() -> PageHeader {
    PageHeader::new("Batas waktu pengaduan")
        .purpose("Dalam berapa hari kerja setiap jenis pengaduan dijawab. Pengaduan yang sudah masuk tidak berubah.")
        .crumb("Pengaduan", "/desk/pengaduan")
}

fn content(all: &[(Jenis, Tenggat)], form: Form) -> Markup {
    let rows = all.iter().map(|(jenis, one)| {
        Row::new(vec![
            jenis.label().into(),
            format!("{} hari kerja", one.hari_kerja).into(),
            one.dasar.as_str().into(),
            tanggal_pendek(one.ditinjau).into(),
        ])
    });
    let table = Table::new("Batas waktu yang berlaku")
        .column(Column::text("Jenis pengaduan"))
        .column(Column::number("Dijawab dalam"))
        .column(Column::text("Dasar"))
        .column(Column::date("Ditinjau"))
        .rows(rows);
    html! { (table) (section("Ubah batas waktu", form)) }
}

fn form(form: Form, all: &[(Jenis, Tenggat)]) -> Form {
    all.iter()
        .fold(form, |form, (jenis, one)| {
            let (hari, dasar) = fields(*jenis);
            form.group(
                jenis.label(),
                "",
                vec![
                    Field::number(hari, "Hari kerja")
                        .required()
                        .min("1")
                        .max("120")
                        .width(Width::Short)
                        .value(one.hari_kerja.to_string()),
                    Field::text(dasar, "Dasar")
                        .required()
                        .max_length(300)
                        .value(&one.dasar)
                        .hint("Nomor dan tahun peraturannya."),
                ],
            )
        })
        .submit("Simpan batas waktu")
        .cancel("Kembali ke pengaduan", "/desk/pengaduan")
}

/// POST /desk/pengaduan/batas
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let today = ctx.today();
    let (mut wanted, mut problems): (Vec<(Jenis, Tenggat)>, Vec<FieldProblem>) = (Vec::new(), Vec::new());
    for jenis in Jenis::ALL {
        let names = fields(*jenis);
        match check(input.text(names.0), input.text(names.1), names, today) {
            Ok(one) => wanted.push((*jenis, one)),
            Err(wrong) => problems.extend(wrong),
        }
    }
    if !problems.is_empty() {
        let known = ctx.read(all)?;
        let again = form(frame::form_again(ctx, AT, input).problems(&problems), &known);
        return Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header(), content(&known, again))));
    }
    let response = ctx.submit(input, Keys::none(), move |tx| {
        for (jenis, one) in &wanted {
            let before = of(tx, *jenis)?;
            if (before.hari_kerja, &before.dasar) != (one.hari_kerja, &one.dasar) {
                set(tx, *jenis, one)?;
            }
        }
        Ok::<_, Problem>(AT.to_owned())
    })?;
    Ok(response.with_notice("Batas waktu pengaduan sudah disimpan. Pengaduan baru mengikutinya."))
}
