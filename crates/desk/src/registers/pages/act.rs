use praja_kernel::FieldProblem;
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx};
use praja_web::{Facts, Field, Form, Markup, PageHeader, Tone, decision, frame};

use super::{LIST, Refused, content, find, header, label};
use crate::{
    MANAGE_ALL_REGISTER,
    registers::{self, Book, Nomor, Pemilik, Refusal, Register, Status, naskah, store},
};

/// POST /desk/register/buka
pub(crate) fn open(ctx: &Ctx, input: &Input) -> Outcome {
    let kelompok = input.text("kelompok").to_owned();
    let this_year = i64::from(ctx.today().year());
    let tahun: Option<i64> = input.text("tahun").parse().ok().filter(|tahun| (this_year - 1..=this_year + 1).contains(tahun));
    let kinds = ctx.read(naskah::all)?;
    let kind = kinds.iter().find(|kind| kind.kelompok_register() == kelompok && kind.aturan.pattern.is_some());
    let (Some(kind), Some(tahun)) = (kind, tahun) else {
        let mut problems = Vec::new();
        if kind.is_none() {
            problems.push(FieldProblem::new("kelompok", "Pilih salah satu register dalam daftar."));
        }
        if tahun.is_none() {
            let message = format!("Tahun register antara {} dan {}.", this_year - 1, this_year + 1);
            problems.push(FieldProblem::new("tahun", message));
        }
        return super::open_again(ctx, input, &Refusal::Fields(problems));
    };
    let opd = match kind.pemegang {
        naskah::Pemegang::Daerah if ctx.may(MANAGE_ALL_REGISTER) => Register::daerah(),
        naskah::Pemegang::Daerah => return Err(Problem::Forbidden(MANAGE_ALL_REGISTER)),
        naskah::Pemegang::Opd => ctx.scope()?.opd().ok_or(Problem::Forbidden(MANAGE_ALL_REGISTER))?,
    };
    let key = Register { opd, kelompok: &kelompok, tahun }.lock();
    let opened = ctx.submit(input, Keys::of([key]), move |tx| {
        let id = registers::open(tx, &Register { opd, kelompok: &kelompok, tahun })?;
        Ok::<_, Problem>(format!("{LIST}/{id}"))
    });
    match opened {
        Ok(opened) => Ok(opened.with_notice("Register sudah terbuka.")),
        Err(Problem::Refused(refusal)) => super::open_again(ctx, input, &*refusal),
        Err(other) => Err(other),
    }
}

/// POST /desk/register/{id}/cadangan: for letters of today that come later.
pub(crate) fn reserve(ctx: &Ctx, input: &Input) -> Outcome {
    let book = ctx.read(|tx| find(ctx, tx))?;
    let (count, today, kept) = (input.text("jumlah").parse().unwrap_or(0), ctx.today(), book.clone());
    let saved = ctx.submit(input, Keys::of([book.register().lock()]), move |tx| {
        registers::set_aside(tx, &kept.register(), today, count)?;
        Ok::<_, Problem>(format!("{LIST}/{}?status={}", kept.id, Status::Cadangan.as_str()))
    });
    answer(ctx, input, &book, "cadangan", saved, "Nomor cadangan sudah disisihkan.")
}

/// POST /desk/register/{id}/harian
pub(crate) fn daily(ctx: &Ctx, input: &Input) -> Outcome {
    let book = ctx.read(|tx| find(ctx, tx))?;
    let (count, kept) = (input.text("harian").parse().unwrap_or(-1), book.clone());
    let saved = ctx.submit(input, Keys::of([book.register().lock()]), move |tx| {
        registers::set_daily(tx, &kept.register(), count)?;
        Ok::<_, Problem>(format!("{LIST}/{}", kept.id))
    });
    answer(ctx, input, &book, "harian", saved, "Jumlah cadangan harian sudah disimpan.")
}

fn answer(ctx: &Ctx, input: &Input, book: &Book, form: &'static str, saved: Outcome, notice: &str) -> Outcome {
    match saved {
        Ok(response) => Ok(response.with_notice(notice)),
        Err(Problem::Refused(refusal)) => {
            let content = ctx.read(|tx| content(ctx, tx, book, Some(&Refused { form, input, refusal: &*refusal })))?;
            Ok(again(ctx, &header(book), content))
        }
        Err(other) => Err(other),
    }
}

/// GET /desk/register/{id}/nomor/{urut}/batal
pub(crate) fn cancel_ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let book = find(ctx, tx)?;
    let nomor = numbered(ctx, tx, &book)?;
    let form = frame::form(ctx, cancel_address(&book, &nomor));
    Ok(frame::respond(ctx, &cancel_header(&book), cancel_page(&book, &nomor, form)))
}

/// POST /desk/register/{id}/nomor/{urut}/batal
pub(crate) fn cancel_go(ctx: &Ctx, input: &Input) -> Outcome {
    let (book, nomor) = ctx.read(|tx| {
        let book = find(ctx, tx)?;
        let nomor = numbered(ctx, tx, &book)?;
        Ok::<_, Problem>((book, nomor))
    })?;
    let (kept, urut, alasan) = (book.clone(), nomor.urut, input.text("alasan").to_owned());
    let saved = ctx.submit(input, Keys::of([book.register().lock()]), move |tx| {
        registers::cancel(tx, &kept.register(), urut, &alasan)?;
        Ok::<_, Problem>(format!("{LIST}/{}", kept.id))
    });
    match saved {
        Ok(response) => Ok(response.with_notice("Nomor sudah dibatalkan dan tetap tercatat.")),
        Err(Problem::Refused(refusal)) => {
            let form = frame::form_again(ctx, cancel_address(&book, &nomor), input);
            let form = form.refusal(refusal.message(), refusal.next_step()).problems(&refusal.fields());
            Ok(again(ctx, &cancel_header(&book), cancel_page(&book, &nomor, form)))
        }
        Err(other) => Err(other),
    }
}

fn numbered(ctx: &Ctx, tx: &mut Tx<'_>, book: &Book) -> Result<Nomor, Problem> {
    let nomor = store::numbered(tx, book.id, ctx.param("urut")?)?.ok_or(Problem::NotFound)?;
    match nomor.status {
        Status::Cadangan | Status::Dipesan => Ok(nomor),
        Status::Terpakai => Err(Problem::refused(Refusal::Used { nomor: nomor.nomor })),
        Status::Batal => Err(Problem::refused(Refusal::Cancelled { nomor: nomor.nomor })),
    }
}

fn cancel_page(book: &Book, nomor: &Nomor, form: Form) -> Markup {
    let facts = Facts::new()
        .add("Register", label(&book.kelompok))
        .add("Nomor urut", nomor.urut)
        .add("Nomor", &nomor.nomor)
        .add("Keadaan", nomor.status.label());
    let what = [
        "Nomor ini tetap tercatat sebagai batal beserta alasannya.",
        "Nomor ini tidak pernah diberikan lagi, juga tidak kepada naskah yang sama.",
    ];
    let form = form
        .field(
            Field::text("alasan", "Alasan").required().max_length(300).hint("Satu kalimat, misalnya: surat tidak jadi dikirim."),
        )
        .submit_danger("Batalkan nomor")
        .cancel("Kembali tanpa membatalkan", format!("{LIST}/{}", book.id));
    decision(Tone::Warn, "Yang akan terjadi", &what, &facts, &form)
}

fn cancel_header(book: &Book) -> PageHeader {
    below(book, "Batalkan nomor").purpose("Untuk nomor yang tidak jadi dipakai.")
}

fn cancel_address(book: &Book, nomor: &Nomor) -> String {
    format!("{LIST}/{}/nomor/{}/batal", book.id, nomor.urut)
}

/// GET /desk/register/{id}/pemilik
pub(crate) fn owner_ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let book = find(ctx, tx)?;
    let form = frame::form(ctx, format!("{LIST}/{}/pemilik", book.id));
    Ok(frame::respond(ctx, &owner_header(&book), owner_page(&book, form)))
}

/// POST /desk/register/{id}/pemilik
pub(crate) fn owner_go(ctx: &Ctx, input: &Input) -> Outcome {
    let book = ctx.read(|tx| find(ctx, tx))?;
    let (kept, dasar, pemilik) = (book.clone(), input.text("dasar").to_owned(), other(book.pemilik));
    let saved = ctx.submit(input, Keys::of([book.register().lock()]), move |tx| {
        registers::set_owner(tx, &kept.register(), pemilik, &dasar)?;
        Ok::<_, Problem>(format!("{LIST}/{}", kept.id))
    });
    match saved {
        Ok(response) => Ok(response.with_notice("Pemilik penomoran sudah diganti.")),
        Err(Problem::Refused(refusal)) => {
            let form = frame::form_again(ctx, format!("{LIST}/{}/pemilik", book.id), input);
            let form = form.refusal(refusal.message(), refusal.next_step()).problems(&refusal.fields());
            Ok(again(ctx, &owner_header(&book), owner_page(&book, form)))
        }
        Err(other) => Err(other),
    }
}

const fn other(pemilik: Pemilik) -> Pemilik {
    match pemilik {
        Pemilik::Praja => Pemilik::Srikandi,
        Pemilik::Srikandi => Pemilik::Praja,
    }
}

fn owner_page(book: &Book, form: Form) -> Markup {
    let next = other(book.pemilik);
    let what = match next {
        Pemilik::Srikandi => [
            "Praja tidak lagi memberi nomor dari register ini.",
            "Nomor diambil di SRIKANDI, lalu dicatat di sini pada naskahnya.",
        ],
        Pemilik::Praja => [
            "Praja memberi nomor berikutnya sesudah nomor terakhir register ini.",
            "Nomor yang sudah diambil di SRIKANDI tetap tercatat.",
        ],
    };
    let facts = Facts::new()
        .add("Register", format!("{} {}", label(&book.kelompok), book.tahun))
        .add("Penomoran sekarang", book.pemilik.label())
        .add("Penomoran sesudahnya", next.label());
    let form = form
        .field(
            Field::text("dasar", "Nomor keputusan")
                .required()
                .max_length(160)
                .hint("Keputusan yang menjadi dasar pergantian; tercatat dalam riwayat."),
        )
        .submit(format!("Serahkan penomoran kepada {}", next.label()))
        .cancel("Kembali tanpa mengganti", format!("{LIST}/{}", book.id));
    decision(Tone::Warn, "Yang akan terjadi", &what, &facts, &form)
}

fn owner_header(book: &Book) -> PageHeader {
    below(book, "Ganti pemilik penomoran").purpose("Satu register hanya diberi nomor oleh satu aplikasi.")
}

/// A page below that of a register.
pub(in crate::registers) fn below(book: &Book, title: &str) -> PageHeader {
    PageHeader::new(title)
        .crumb("Register nomor", LIST)
        .crumb(format!("{} {}", label(&book.kelompok), book.tahun), format!("{LIST}/{}", book.id))
}

pub(super) fn again(ctx: &Ctx, header: &PageHeader, content: impl praja_web::Render) -> Response {
    Response::form_again(praja_web::page(&frame::shell(ctx), header, content))
}
