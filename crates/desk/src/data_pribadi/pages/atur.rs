//! Whom to ask, and the inventory as the regency keeps it.

use praja_kernel::FieldProblem;
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx};
use praja_web::{Field, Form, FormValues, Markup, Notice, PageHeader, Tone, frame, html, section};

use super::{LIST, PUBLIC, drawn};
use crate::data_pribadi::inventaris::{self, COLUMNS, Kontak};

const HERE: &str = "/desk/data-pribadi/pengaturan";
/// More is no list that somebody typed.
const LONGEST: u32 = 60_000;

fn header() -> PageHeader {
    PageHeader::new("Narahubung dan inventaris data")
        .purpose("Yang dibaca setiap orang pada halaman data pribadi.")
        .crumb("Permintaan data pribadi", LIST)
}

/// GET /desk/data-pribadi/pengaturan
pub(crate) fn settings(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let content = content(ctx, tx, None, None, &[])?;
    Ok(frame::respond(ctx, &header(), content))
}

fn content(ctx: &Ctx, tx: &mut Tx<'_>, contact: Option<Form>, list: Option<Form>, wrong: &[String]) -> Result<Markup, Problem> {
    let known = inventaris::contact(tx)?.unwrap_or_default();
    let contact = contact.unwrap_or_else(|| {
        frame::form(ctx, format!("{LIST}/kontak")).values(
            FormValues::new()
                .with("nama", known.nama)
                .with("jabatan", known.jabatan)
                .with("surel", known.surel)
                .with("telepon", known.telepon)
                .with("alamat", known.alamat),
        )
    });
    let text = inventaris::text(tx)?;
    let rows = inventaris::list(tx)?;
    let list = list.unwrap_or_else(|| frame::form(ctx, format!("{LIST}/inventaris")).values(FormValues::new().with("isi", text)));
    let hint = format!(
        "Baris pertama: {}. Satu baris untuk satu kelompok data; isian yang memuat koma diapit tanda petik.",
        COLUMNS.join(",")
    );
    Ok(html! {
        (section("Pejabat pelindungan data pribadi", contact
            .field(Field::text("nama", "Nama").required().max_length(120))
            .field(Field::text("jabatan", "Jabatan").max_length(160))
            .field(Field::email("surel", "Surel").max_length(120).autocomplete("off"))
            .field(Field::phone("telepon", "Telepon").max_length(40).autocomplete("off"))
            .field(Field::textarea("alamat", "Alamat").rows(2).max_length(300))
            .submit("Simpan narahubung")))
        (section("Ubah inventaris", html! {
            @if !wrong.is_empty() {
                (Notice::new(Tone::Bad, format!("{} hal perlu diperbaiki. Belum ada yang berubah.", wrong.len())))
                ul { @for what in wrong { li { (what) } } }
            }
            (list.guard()
                .field(Field::textarea("isi", "Inventaris sebagai CSV").rows(14).required().max_length(LONGEST).hint(hint))
                .submit("Simpan inventaris")
                .submit_as("Kembalikan inventaris bawaan", "bawaan", "ya"))
        }))
        (section("Yang tampil sekarang", html! { p { a href={ (PUBLIC) "/inventaris" } { "Buka halaman umum" } } (drawn(&rows)) }))
    })
}

/// POST /desk/data-pribadi/kontak
pub(crate) fn save_contact(ctx: &Ctx, input: &Input) -> Outcome {
    let text = |name: &str| input.text(name).split_whitespace().collect::<Vec<_>>().join(" ");
    let kontak = Kontak {
        nama: text("nama"),
        jabatan: text("jabatan"),
        surel: text("surel"),
        telepon: text("telepon"),
        alamat: text("alamat"),
    };
    let problems = check(&kontak);
    if !problems.is_empty() {
        let form = frame::form_again(ctx, format!("{LIST}/kontak"), input)
            .refusal("Narahubung belum disimpan karena ada isian yang perlu diperbaiki.", "Perbaiki, lalu simpan kembali.")
            .problems(&problems);
        let content = ctx.read(|tx| content(ctx, tx, Some(form.clone()), None, &[]))?;
        return Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header(), content)));
    }
    let response = ctx.submit(input, Keys::none(), move |tx| {
        inventaris::put_contact(tx, &kontak)?;
        Ok::<_, Problem>(HERE.to_owned())
    })?;
    Ok(response.with_notice("Narahubung sudah disimpan."))
}

fn check(kontak: &Kontak) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    if !(2..=120).contains(&kontak.nama.chars().count()) {
        problems.push(FieldProblem::new("nama", "Tulis nama pejabatnya, 2 sampai 120 huruf."));
    }
    let is_mail = |text: &str| text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    if kontak.surel.is_empty() && kontak.telepon.is_empty() {
        problems.push(FieldProblem::new("surel", "Tulis surel atau telepon, agar warga dapat menghubungi."));
    } else if !kontak.surel.is_empty() && !is_mail(&kontak.surel) {
        problems.push(FieldProblem::new("surel", "Alamat surel ini tidak lengkap."));
    }
    let limits = [
        ("jabatan", &kontak.jabatan, 160),
        ("surel", &kontak.surel, 120),
        ("telepon", &kontak.telepon, 40),
        ("alamat", &kontak.alamat, 300),
    ];
    for (field, value, most) in limits {
        if value.chars().count() > most {
            problems.push(FieldProblem::new(field, format!("Paling panjang {most} huruf.")));
        }
    }
    problems
}

/// POST /desk/data-pribadi/inventaris
pub(crate) fn save_inventory(ctx: &Ctx, input: &Input) -> Outcome {
    let shipped = input.text("bawaan") == "ya";
    let text = if shipped { String::new() } else { input.raw("isi").replace("\r\n", "\n") };
    let rows = match if shipped { Ok(0) } else { inventaris::read(&text).map(|rows| rows.len()) } {
        Ok(rows) => rows,
        Err(wrong) => {
            let form = frame::form_again(ctx, format!("{LIST}/inventaris"), input)
                .problems(&[FieldProblem::new("isi", "Perbaiki baris yang disebut di atas, lalu simpan kembali.")]);
            let content = ctx.read(|tx| content(ctx, tx, None, Some(form.clone()), &wrong))?;
            return Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header(), content)));
        }
    };
    let response = ctx.submit(input, Keys::none(), move |tx| {
        inventaris::put(tx, &text, rows)?;
        Ok::<_, Problem>(HERE.to_owned())
    })?;
    Ok(response.with_notice("Inventaris data pribadi sudah disimpan dan langsung tampil untuk umum."))
}
