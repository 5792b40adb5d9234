//! The page on which the manager of the desk sets the times of complaints.

use praja_identity::peran;
use praja_kernel::{Date, FieldProblem, parse_tanggal, tanggal_pendek};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx};
use praja_web::{Column, Field, Form, Markup, Notice, PageHeader, Row, Table, Tone, form::Width, frame, html, section};

use super::{Jam, Waktu, check, of, set};
use crate::PENGAWAS;

const AT: &str = "/desk/pengaduan/batas";

/// The fields of a time.
const fn fields(jam: Jam) -> (&'static str, &'static str) {
    match jam {
        Jam::Pertama => ("pertama_hari", "pertama_dasar"),
        Jam::Normatif => ("normatif_hari", "normatif_dasar"),
        Jam::TanpaLapangan => ("tanpa_lapangan_hari", "tanpa_lapangan_dasar"),
        Jam::Lapangan => ("lapangan_hari", "lapangan_dasar"),
        Jam::BukaLagi => ("buka_lagi_hari", "buka_lagi_dasar"),
    }
}

/// What the page is drawn from.
struct Bahan {
    waktu: Vec<(Jam, Waktu)>,
    /// Somebody receives what is for the inspectorate.
    diawasi: bool,
}

fn load(tx: &mut Tx<'_>, today: Date) -> praja_store::Result<Bahan> {
    let waktu = Jam::ALL.iter().map(|jam| Ok((*jam, of(tx, *jam, today)?))).collect::<praja_store::Result<_>>()?;
    Ok(Bahan { waktu, diawasi: !peran::holders(tx, PENGAWAS)?.is_empty() })
}

/// GET /desk/pengaduan/batas
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let bahan = load(tx, ctx.today())?;
    let form = form(frame::form(ctx, AT), &bahan.waktu, ctx.today());
    Ok(frame::respond(ctx, &header(), content(&bahan, form)))
}

fn header() -> PageHeader {
    PageHeader::new("Batas waktu pengaduan")
        .purpose("Berapa lama setiap tahap pengaduan. Pengaduan yang sudah masuk tidak berubah.")
        .crumb("Pengaduan", "/desk/pengaduan")
}

fn content(bahan: &Bahan, form: Form) -> Markup {
    let rows = bahan.waktu.iter().map(|(jam, one)| {
        Row::new(vec![
            jam.label().into(),
            format!("{} {}", one.hari, jam.unit()).into(),
            one.dasar.as_str().into(),
            tanggal_pendek(one.berlaku_dari).into(),
            tanggal_pendek(one.ditinjau).into(),
        ])
    });
    let table = Table::new("Batas waktu yang berlaku hari ini")
        .column(Column::text("Tahap"))
        .column(Column::number("Lama"))
        .column(Column::text("Dasar"))
        .column(Column::date("Berlaku dari"))
        .column(Column::date("Ditinjau"))
        .rows(rows);
    html! {
        @if !bahan.diawasi {
            (Notice::new(Tone::Warn, "Belum ada yang menerima pengaduan untuk Inspektorat.")
                .text("Berikan peran Pengawas pengaduan kepada jabatan di Inspektorat; sebelum itu tidak seorang pun membaca laporan pelanggaran."))
        }
        (table)
        (section("Ubah batas waktu", form))
    }
}

fn form(form: Form, all: &[(Jam, Waktu)], today: Date) -> Form {
    all.iter()
        .fold(form, |form, (jam, one)| {
            let (hari, dasar) = fields(*jam);
            form.group(
                jam.label(),
                "",
                vec![
                    Field::number(hari, if *jam == Jam::BukaLagi { "Hari" } else { "Hari kerja" })
                        .required()
                        .min("1")
                        .max("120")
                        .width(Width::Short)
                        .value(one.hari.to_string()),
                    Field::text(dasar, "Dasar")
                        .required()
                        .max_length(300)
                        .value(&one.dasar)
                        .hint("Nomor dan tahun peraturannya."),
                ],
            )
        })
        .field(
            Field::date("berlaku_dari", "Berlaku dari")
                .required()
                .value(today.to_string())
                .hint("Pengaduan yang diterima sejak tanggal ini memakai batas baru."),
        )
        .submit("Simpan batas waktu")
        .cancel("Kembali ke pengaduan", "/desk/pengaduan")
}

/// POST /desk/pengaduan/batas
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let today = ctx.today();
    let (mut wanted, mut problems): (Vec<(Jam, Waktu)>, Vec<FieldProblem>) = (Vec::new(), Vec::new());
    let from = parse_tanggal(input.text("berlaku_dari")).unwrap_or_else(|e| {
        problems.push(FieldProblem::new("berlaku_dari", e.to_string()));
        today
    });
    if from < today && problems.is_empty() {
        problems
            .push(FieldProblem::new("berlaku_dari", "Batas baru berlaku hari ini atau kemudian; yang sudah dijanjikan tetap."));
    }
    for jam in Jam::ALL {
        let names = fields(*jam);
        match check(input.text(names.0), input.text(names.1), names, (from, today)) {
            Ok(one) => wanted.push((*jam, one)),
            Err(wrong) => problems.extend(wrong),
        }
    }
    if !problems.is_empty() {
        let bahan = ctx.read(|tx| load(tx, today))?;
        let again = form(frame::form_again(ctx, AT, input).problems(&problems), &bahan.waktu, today);
        return Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header(), content(&bahan, again))));
    }
    let response = ctx.submit(input, Keys::none(), move |tx| {
        for (jam, one) in &wanted {
            let before = of(tx, *jam, from)?;
            if (before.hari, &before.dasar) != (one.hari, &one.dasar) {
                set(tx, *jam, one)?;
            }
        }
        Ok::<_, Problem>(AT.to_owned())
    })?;
    Ok(response.with_notice("Batas waktu pengaduan sudah disimpan. Pengaduan baru mengikutinya."))
}
