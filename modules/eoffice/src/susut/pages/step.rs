//! One step of a list, by its paper.

use praja_desk::attachments::{self, Rule};
use praja_kernel::Refuse;
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::Tx;
use praja_web::{Field, Form, Markup, Tone, decision, form::Width, frame};

use super::{address, below, facts, load};
use crate::{
    arsip::{pages::me, write::keys},
    susut::{Bidang, Jenis, Langkah, Refusal, Surat, Susut, asks, go, read, store, write},
};

/// The field for scans of the paper.
const FILES: &str = "pindaian";

/// Does this step erase?
pub(super) fn destroys(susut: &Susut, langkah: Langkah) -> bool {
    (susut.jenis, langkah) == (Jenis::Musnah, Langkah::BeritaAcara)
}

/// The page of a step; the one that erases has an address of its own, which asks for the password again.
pub(super) fn action(susut: &Susut, langkah: Langkah) -> String {
    if destroys(susut, langkah) {
        format!("{}/musnahkan", address(susut))
    } else {
        format!("{}/langkah/{}", address(susut), langkah.as_str())
    }
}

fn asked(ctx: &Ctx) -> Result<Langkah, Problem> {
    Langkah::parse(&ctx.param::<String>("langkah")?).map_err(|_| Problem::NotFound)
}

/// GET /eoffice/arsip/penyusutan/{id}/langkah/{langkah}
pub(crate) fn ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (susut, langkah) = (load(ctx, tx)?, asked(ctx)?);
    if destroys(&susut, langkah) {
        return Err(Problem::NotFound);
    }
    page(ctx, &susut, langkah)
}

/// GET /eoffice/arsip/penyusutan/{id}/musnahkan
pub(crate) fn ask_destroy(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let susut = load(ctx, tx)?;
    if susut.jenis != Jenis::Musnah {
        return Err(Problem::NotFound);
    }
    page(ctx, &susut, Langkah::BeritaAcara)
}

fn page(ctx: &Ctx, susut: &Susut, langkah: Langkah) -> Outcome {
    go(susut.jenis, susut.status, langkah).map_err(Problem::refused)?;
    if susut.jumlah == 0 && langkah != Langkah::Batalkan {
        return Err(Problem::refused(Refusal::Empty));
    }
    let content = content(susut, langkah, frame::form(ctx, action(susut, langkah)));
    Ok(frame::respond(ctx, &below(susut, langkah.label()), content))
}

fn content(susut: &Susut, langkah: Langkah, form: Form) -> Markup {
    let form = asks(susut.jenis, langkah).iter().fold(form.multipart().hidden("versi", susut.versi.to_string()), |form, one| {
        let (bidang, label, hint) = one;
        let name = bidang.name();
        let field = match bidang {
            Bidang::Tanggal => Field::date(name, *label),
            Bidang::Saksi(_) => Field::textarea(name, *label).rows(4).width(Width::Full),
            Bidang::Catatan => Field::textarea(name, *label).rows(3).width(Width::Full),
            _ => Field::text(name, *label).max_length(200),
        };
        form.field(if hint.is_empty() { field.required() } else { field.hint(*hint).required() })
    });
    let form = if langkah == Langkah::Batalkan {
        form
    } else {
        let field = attachments::field(FILES, "Pindaian suratnya").multiple().stepwise();
        form.field(if destroys(susut, langkah) { field.required() } else { field })
    };
    let form = if destroys(susut, langkah) { form.submit_danger("Musnahkan isi berkas") } else { form.submit(langkah.label()) };
    let (tone, lines) = told(susut, langkah);
    decision(tone, "Yang akan terjadi", lines, &facts(susut), &form.cancel("Kembali ke daftar", address(susut)))
}

const fn told(susut: &Susut, langkah: Langkah) -> (Tone, &'static [&'static str]) {
    match (susut.jenis, langkah) {
        (_, Langkah::Batalkan) => (Tone::Warn, &["Berkas dalam daftar ini kembali menunggu dan dapat masuk daftar lain."]),
        (_, Langkah::Nilai) => (
            Tone::Info,
            &[
                "Keputusan atas tiap berkas berlaku, dan isi daftar ini tidak dapat diubah lagi.",
                "Berkas yang tidak dimusnahkan keluar dari daftar dengan alasannya.",
            ],
        ),
        (Jenis::Pindah, _) => (Tone::Info, &["Berkas dalam daftar ini menjadi arsip inaktif pada unit kearsipan."]),
        (Jenis::Serah, Langkah::BeritaAcara) => {
            (Tone::Info, &["Berkas dalam daftar ini tercatat sudah diserahkan. Isinya tetap dapat dibaca di sini."])
        }
        (Jenis::Musnah, Langkah::BeritaAcara) => (
            Tone::Bad,
            &[
                "Pindaian, lampiran, dan isi naskah dalam semua berkas daftar ini dihapus untuk selamanya.",
                "Nomor, tanggal, hal, dan sidik setiap surat tetap tercatat.",
                "Cadangan yang sudah ada masih memuatnya sampai dihapus menurut masa simpannya.",
            ],
        ),
        _ => (Tone::Info, &["Daftar ini maju satu langkah. Surat yang dicatat tidak dapat diubah lagi."]),
    }
}

/// POST /eoffice/arsip/penyusutan/{id}/langkah/{langkah}
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let (susut, langkah) = (ctx.read(|tx| load(ctx, tx))?, asked(ctx)?);
    if destroys(&susut, langkah) {
        return Err(Problem::NotFound);
    }
    keep(ctx, input, &susut, langkah)
}

/// POST /eoffice/arsip/penyusutan/{id}/musnahkan
pub(crate) fn save_destroy(ctx: &Ctx, input: &Input) -> Outcome {
    let susut = ctx.read(|tx| load(ctx, tx))?;
    if susut.jenis != Jenis::Musnah {
        return Err(Problem::NotFound);
    }
    keep(ctx, input, &susut, Langkah::BeritaAcara)
}

fn keep(ctx: &Ctx, input: &Input, susut: &Susut, langkah: Langkah) -> Outcome {
    let (opd, today) = (me(ctx)?.opd, ctx.today());
    let versi: i64 = input.text("versi").parse().map_err(|_| Problem::Unreadable("formulir ini tidak lengkap"))?;
    let before = ctx.read(|tx| store::langkah(tx, susut.id))?.iter().map(|(_, surat)| surat.tanggal).max();
    let typed = |bidang: Bidang| input.raw(bidang.name()).to_owned();
    let surat: Surat = match read(susut.jenis, langkah, &typed, before, today) {
        Ok(surat) => surat,
        Err(refusal) => return Ok(again(ctx, input, susut, langkah, &refusal)),
    };
    let papers = match attachments::received(ctx, input, FILES, &Rule::ANY) {
        Ok(papers) => papers,
        Err(Problem::Refused(refusal)) => return Ok(again(ctx, input, susut, langkah, &*refusal)),
        Err(problem) => return Err(problem),
    };
    let id = susut.id;
    let saved = ctx.submit(input, keys(opd), move |tx| {
        let susut = store::find(tx, &[opd], id)?.ok_or(Problem::NotFound)?;
        if susut.versi != versi {
            return Err(Problem::Conflict);
        }
        let to = address(&susut);
        write::step(tx, susut, langkah, &surat, &papers, today)?;
        Ok(to)
    });
    match saved {
        Ok(response) => Ok(response.with_notice(match langkah {
            Langkah::Nilai => "Penilaian panitia sudah dicatat.",
            Langkah::Setujui => "Persetujuan sudah dicatat.",
            Langkah::Tetapkan => "Penetapan sudah dicatat.",
            Langkah::BeritaAcara => "Berita acara sudah dicatat.",
            Langkah::Batalkan => "Daftar sudah dibatalkan.",
        })),
        Err(Problem::Refused(refusal)) => Ok(again(ctx, input, susut, langkah, &*refusal)),
        Err(problem) => Err(problem),
    }
}

fn again(ctx: &Ctx, input: &Input, susut: &Susut, langkah: Langkah, refusal: &dyn Refuse) -> Response {
    let form = frame::form_again(ctx, action(susut, langkah), input)
        .refusal(refusal.message(), refusal.next_step())
        .problems(&refusal.fields());
    let content = content(susut, langkah, form);
    Response::form_again(praja_web::page(&frame::shell(ctx), &below(susut, langkah.label()), content))
}
