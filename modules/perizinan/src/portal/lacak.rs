//! Finding an application again: by resi and the last four digits of the NIK, or in the own account. Guesses are counted.

use praja_desk::visitors;
use praja_kernel::{Refuse, tanggal_pendek};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx};
use praja_web::{Cell, Column, EmptyState, Field, Form, Icon, Link, PageHeader, Row, Table, form::Width, frame};

use super::{COOKIE, LACAK, SATU, account, opened};
use crate::permohonan::{Refusal, janji, read_resi, store};

/// So many wrong guesses from one address within [`WINDOW_MS`].
const MOST: i64 = 10;
/// Fifteen minutes.
const WINDOW_MS: i64 = 15 * 60 * 1000;

fn header() -> PageHeader {
    PageHeader::new("Lacak permohonan")
        .purpose("Lihat tahap, meja, dan tenggat permohonan Anda. Tidak perlu akun.")
        .crumb("Perizinan", crate::layanan::HOME)
}

fn fields(form: Form) -> Form {
    form.field(
        Field::text("resi", "Nomor resi")
            .required()
            .max_length(16)
            .width(Width::Medium)
            .autocomplete("off")
            .hint("Sepuluh huruf dan angka pada bukti permohonan."),
    )
    .field(
        Field::text("nik4", "Empat angka terakhir NIK pemohon")
            .required()
            .inputmode("numeric")
            .max_length(4)
            .width(Width::Short)
            .autocomplete("off"),
    )
    .submit("Lihat permohonan")
}

/// GET /perizinan/lacak
pub(crate) fn form(ctx: &Ctx, _: &mut Tx<'_>) -> Outcome {
    let form = frame::form(ctx, LACAK);
    let resi = ctx.query("resi").and_then(read_resi).unwrap_or_default();
    Ok(frame::respond_plain(ctx, &header(), fields(form.values(praja_web::FormValues::new().with("resi", resi)))))
}

/// POST /perizinan/lacak: resi and digits travel in the body, so that they stand in no history.
pub(crate) fn open(ctx: &Ctx, input: &Input) -> Outcome {
    if let Some(stopped) = visitors::stop(ctx) {
        return Ok(stopped);
    }
    let address = ctx.incoming().address.to_string();
    let since = ctx.now().plus_ms(-WINDOW_MS);
    let refuse = |refusal: Refusal, status: u16| {
        let form = frame::form_again(ctx, LACAK, input).refusal(refusal.message(), refusal.next_step());
        let page = praja_web::plain_page(&frame::shell(ctx), &header(), fields(form));
        Ok(Response { status, ..Response::form_again(page) })
    };
    if ctx.read(|tx| store::guesses(tx, &address, since, MOST))? >= MOST {
        return refuse(Refusal::TooManyTries, 429);
    }
    let digits = input.text("nik4");
    let found = match read_resi(input.text("resi")) {
        Some(resi) => ctx.read(|tx| store::by_resi(tx, &resi))?.filter(|one| one.pemohon.nik.last_four() == digits),
        None => None,
    };
    match found {
        Some(one) => Ok(opened(ctx, Response::redirect(format!("{SATU}/{}", one.resi)), &one.resi)),
        None => {
            ctx.write(Keys::unaudited(), move |tx| store::add_guess(tx, &address))?;
            refuse(Refusal::NoMatch, 422)
        }
    }
}

/// POST /perizinan/permohonan/{resi}/keluar
pub(crate) fn leave(ctx: &Ctx, _: &Input) -> Outcome {
    Ok(Response::redirect(LACAK)
        .with_cookie(ctx.cookie(COOKIE, "", 0))
        .with_notice("Permohonan sudah ditutup pada perangkat ini."))
}

/// GET /perizinan/saya
pub(crate) fn mine(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let akun = account(ctx).ok_or(Problem::SignInFirst)?;
    let all = store::of_account(tx, akun)?;
    let mut rows = Vec::new();
    for one in &all {
        let due = match one.janji() {
            Some(due) => Cell::new(tanggal_pendek(due)),
            None if one.stands() => Cell::new(janji::standing(janji::since(&store::steps(tx, one.id)?))),
            None => Cell::new(""),
        };
        let begun = Cell::new(tanggal_pendek(ctx.instance().zona.date(one.dibuat)));
        let cells = vec![Cell::new(one.sebutan()), Cell::new(one.status.label()), due, begun];
        rows.push(Row::new(cells).href(format!("{SATU}/{}", one.resi)));
    }
    let table = Table::new("Permohonan saya")
        .column(Column::text("Nomor atau resi"))
        .column(Column::text("Keadaan"))
        .column(Column::text("Selesai paling lambat"))
        .column(Column::date("Dibuat"))
        .rows(rows)
        .empty(
            EmptyState::new(Icon::Document, "Belum ada permohonan", "Permohonan yang Anda buat dengan akun ini tampil di sini.")
                .action(super::kirim::services()),
        );
    let header = PageHeader::new("Permohonan saya")
        .crumb("Perizinan", crate::layanan::HOME)
        .action(Link::new("Ajukan permohonan", "/perizinan/layanan"));
    Ok(frame::respond_plain(ctx, &header, table))
}
