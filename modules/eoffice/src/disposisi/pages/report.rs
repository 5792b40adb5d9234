use praja_desk::attachments::{self, Rule};
use praja_kernel::{Id, Refuse};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx};
use praja_web::{Field, Form, detail, form::Width, frame};

use super::{
    PAGE,
    act::acting,
    jawaban,
    show::{Bagian, facts, header, load},
};
use crate::{
    disposisi::{
        Act, Refusal, Side,
        pokok::{Jenis, Pokok},
        report, store,
        write::{Kata, act, objek_tujuan, subjects},
    },
    kerja::Kerja,
    naskah, surat_masuk,
};

/// The form's name for files.
const FILES: &str = "lampiran";
/// Longest report, in letters.
const LAPORAN: usize = 4000;
/// Longest number of the letter that answers.
const NASKAH: usize = 80;

/// GET /eoffice/disposisi/{id}/lapor
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let bagian = mine(ctx, tx, ctx.param("id")?)?;
    let id = bagian.tujuan.id;
    let offers = jawaban::offers(ctx, tx, &bagian.tujuan)?;
    let form = fields(frame::form(ctx, action(id)).values(before(&bagian)), id, &offers, bagian.tujuan.jawaban);
    Ok(frame::respond(ctx, &header(&bagian), detail(form, facts(&bagian))))
}

/// The recipient's own part, when it can be reported on now.
fn mine(ctx: &Ctx, tx: &mut Tx<'_>, id: Id) -> Result<Bagian, Problem> {
    let bagian = load(ctx, tx, id)?;
    if bagian.side != Some(Side::Recipient) {
        return Err(Problem::refused(Refusal::NotYours(Side::Recipient)));
    }
    let children: Vec<_> = store::children(tx, id)?.iter().map(|one| (one.status, one.wajib_laporan)).collect();
    report(bagian.tujuan.status, &children, bagian.tujuan.wajib_laporan).map_err(Problem::refused)?;
    Ok(bagian)
}

/// A report that was sent back is mended, not written anew.
fn before(bagian: &Bagian) -> praja_web::FormValues {
    let values = praja_web::FormValues::new();
    match &bagian.tujuan.laporan {
        Some(laporan) => values.with("laporan", laporan).with("naskah", bagian.tujuan.naskah.clone().unwrap_or_default()),
        None => values,
    }
}

fn action(id: Id) -> String {
    format!("{PAGE}/{id}/lapor")
}

fn fields(form: Form, id: Id, offers: &[(String, String)], chosen: Option<Id>) -> Form {
    let chosen = chosen.map(|id| id.to_string()).unwrap_or_default();
    form.multipart()
        .guard()
        .field(
            Field::textarea("laporan", "Hasil")
                .rows(6)
                .required()
                .hint("Apa yang sudah dikerjakan, hasilnya, dan saran bila ada."),
        )
        .field(
            Field::select("jawaban", "Naskah jawaban", offers)
                .value(chosen)
                .hint("Naskah Anda yang menjawab disposisi ini; boleh kosong. Isinya hanya terbuka bagi yang berhak membacanya."),
        )
        .field(
            Field::text("naskah", "Nomor naskah jawaban")
                .max_length(80)
                .width(Width::Medium)
                .hint("Bila dijawab dengan naskah bernomor di luar Praja; boleh kosong."),
        )
        .field(attachments::field(FILES, "Lampiran laporan").multiple().stepwise())
        .submit("Kirim laporan")
        .cancel("Kembali ke disposisi", format!("{PAGE}/{id}"))
}

/// POST /eoffice/disposisi/{id}/lapor
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let id: Id = ctx.param("id")?;
    let laporan = input.text("laporan").replace("\r\n", "\n");
    let naskah = input.text("naskah").to_owned();
    if let Some(refusal) = wrong(&laporan, &naskah) {
        return again(ctx, input, id, &refusal);
    }
    let bagian = ctx.read(|tx| mine(ctx, tx, id))?;
    let jawaban = input.text("jawaban");
    let offers = ctx.read(|tx| jawaban::offers(ctx, tx, &bagian.tujuan))?;
    if !offers.iter().any(|(value, _)| value == jawaban) {
        return again(ctx, input, id, &Refusal::NotYourNaskah);
    }
    let jawaban: Option<Id> = jawaban.parse().ok();
    let files = match attachments::received(ctx, input, FILES, &Rule::ANY) {
        Ok(files) => files,
        Err(Problem::Refused(refusal)) => return again(ctx, input, id, &*refusal),
        Err(other) => return Err(other),
    };
    let (kerja, scope, jabatan) = (Kerja::of(ctx), ctx.scope()?.clone(), acting(ctx)?);
    let saved = ctx.submit(input, Keys::none(), move |tx| {
        let tujuan = store::find_tujuan(tx, id)?.ok_or(Problem::NotFound)?;
        let order = store::find(tx, tujuan.disposisi)?.ok_or(Problem::NotFound)?;
        let pokok = Pokok::find_opened(tx, &scope, order.pokok, tujuan.surat)?.ok_or(Problem::NotFound)?;
        let sifat = order.sifat;
        // Whoever gave the order reads the report; of an open letter everybody who reads the letter does.
        let mut readers = subjects(sifat, std::slice::from_ref(&tujuan));
        readers.push(format!("jabatan:{}", tujuan.dari));
        if sifat == praja_kernel::Sifat::Biasa {
            readers.extend(match order.pokok {
                Jenis::Surat => surat_masuk::store::readers_of(tx, pokok.id())?,
                Jenis::Naskah => naskah::store::readers_of(tx, pokok.id())?,
            });
        }
        readers.sort();
        readers.dedup();
        let kata = Kata { laporan: laporan.clone(), naskah: naskah.clone(), jawaban, ..Kata::default() };
        act(tx, &kerja, pokok, tujuan, Act::Report, jabatan, &kata)?;
        attachments::attach_all(tx, &objek_tujuan(id), &readers, &files, sifat.is_secret())?;
        Ok(format!("{PAGE}/{id}"))
    });
    match saved {
        Ok(response) => Ok(response.with_notice("Laporan sudah dikirim dan menunggu persetujuan pemberi disposisi.")),
        Err(Problem::Refused(refusal)) => again(ctx, input, id, &*refusal),
        Err(problem) => Err(problem),
    }
}

fn wrong(laporan: &str, naskah: &str) -> Option<Refusal> {
    let (length, nomor) = (laporan.chars().count(), naskah.chars().count());
    if length == 0 {
        Some(Refusal::NoReport)
    } else if length > LAPORAN {
        Some(Refusal::Long { field: "laporan", length, longest: LAPORAN })
    } else if nomor > NASKAH {
        Some(Refusal::Long { field: "naskah", length: nomor, longest: NASKAH })
    } else {
        None
    }
}

fn again(ctx: &Ctx, input: &Input, id: Id, refusal: &dyn Refuse) -> Outcome {
    ctx.read(|tx| {
        let bagian = load(ctx, tx, id)?;
        let form =
            frame::form_again(ctx, action(id), input).refusal(refusal.message(), refusal.next_step()).problems(&refusal.fields());
        let offers = jawaban::offers(ctx, tx, &bagian.tujuan)?;
        let content = detail(fields(form, id, &offers, bagian.tujuan.jawaban), facts(&bagian));
        Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header(&bagian), content)))
    })
}
