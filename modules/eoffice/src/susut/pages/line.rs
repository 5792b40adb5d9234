//! One file of a list that is drawn up: what the panel decided about it, or out of the list.

use praja_kernel::{FieldProblem, Refuse, tanggal_pendek};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::Tx;
use praja_web::{Facts, Field, Form, Markup, Tone, decision, frame};

use super::{address, below, load};
use crate::{
    arsip::{pages::me, write::keys},
    susut::{Baris, Jenis, Keputusan, Refusal, Susut, store, write},
};

/// Longest reason, in letters.
const LONGEST: usize = 500;
/// What takes a file out of the list.
const OUT: &str = "keluar";

fn found(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<(Susut, Baris), Problem> {
    let susut = load(ctx, tx)?;
    let baris = store::one(tx, susut.id, ctx.param("berkas")?)?.ok_or(Problem::NotFound)?;
    if susut.is_open() { Ok((susut, baris)) } else { Err(Problem::refused(Refusal::Fixed)) }
}

fn title(susut: &Susut) -> &'static str {
    if susut.jenis == Jenis::Musnah { "Putuskan berkas" } else { "Keluarkan berkas dari daftar" }
}

/// GET /eoffice/arsip/penyusutan/{id}/berkas/{berkas}
pub(crate) fn ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (susut, baris) = found(ctx, tx)?;
    let form = frame::form(ctx, action(&susut, &baris));
    Ok(frame::respond(ctx, &below(&susut, title(&susut)), content(&susut, &baris, form)))
}

fn action(susut: &Susut, baris: &Baris) -> String {
    format!("{}/berkas/{}", address(susut), baris.berkas.id)
}

fn content(susut: &Susut, baris: &Baris, form: Form) -> Markup {
    let berkas = &baris.berkas;
    let facts = Facts::new()
        .add("Berkas", format!("{} {}", berkas.nomor, berkas.nama))
        .add("Kode", &berkas.kode)
        .add("Isi", format!("{} surat atau naskah", berkas.jumlah))
        .add("Nasib akhir", &berkas.masa.nasib_teks)
        .add_maybe("Masa simpan berakhir", berkas.tempo().map(tanggal_pendek));
    let form = form.hidden("versi", susut.versi.to_string());
    if susut.jenis != Jenis::Musnah {
        let form = form.hidden("putusan", OUT).submit("Keluarkan dari daftar").cancel("Kembali ke daftar", address(susut));
        return decision(
            Tone::Info,
            "Yang akan terjadi",
            &["Berkas ini kembali menunggu dan dapat masuk daftar lain."],
            &facts,
            &form,
        );
    }
    let choices = [
        (Keputusan::Musnah.as_str(), "Dimusnahkan"),
        (Keputusan::Permanen.as_str(), "Menjadi arsip statis dan diserahkan kemudian"),
        (Keputusan::Tetap.as_str(), "Tetap disimpan sebagai arsip inaktif"),
        (OUT, "Keluarkan dari daftar ini tanpa keputusan"),
    ];
    let form = form
        .field(
            Field::radio("putusan", "Keputusan panitia", &choices)
                .value(baris.decided().map_or("", Keputusan::as_str))
                .required(),
        )
        .field(
            Field::textarea("alasan", "Alasan")
                .rows(3)
                .hint("Wajib bila berkas tidak dimusnahkan.")
                .value(baris.alasan.clone().unwrap_or_default()),
        )
        .submit("Simpan keputusan")
        .cancel("Kembali ke daftar", address(susut));
    let lines =
        ["Keputusan ini berlaku setelah penilaian panitia dicatat untuk seluruh daftar.", "Sampai saat itu masih dapat diubah."];
    decision(Tone::Info, "Yang akan terjadi", &lines, &facts, &form)
}

/// POST /eoffice/arsip/penyusutan/{id}/berkas/{berkas}
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let opd = me(ctx)?.opd;
    let (susut, baris) = ctx.read(|tx| found(ctx, tx))?;
    let versi: i64 = input.text("versi").parse().map_err(|_| Problem::Unreadable("formulir ini tidak lengkap"))?;
    let (putusan, alasan) = match read(input, susut.jenis) {
        Ok(read) => read,
        Err(refusal) => {
            let form = frame::form_again(ctx, action(&susut, &baris), input)
                .refusal(refusal.message(), refusal.next_step())
                .problems(&refusal.fields());
            let content = content(&susut, &baris, form);
            return Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &below(&susut, title(&susut)), content)));
        }
    };
    let (id, berkas) = (susut.id, baris.berkas.id);
    let saved = ctx.submit(input, keys(opd), move |tx| {
        let susut = store::find(tx, &[opd], id)?.ok_or(Problem::NotFound)?;
        let baris = store::one(tx, id, berkas)?.ok_or(Problem::NotFound)?;
        if susut.versi != versi {
            return Err(Problem::Conflict);
        }
        let to = address(&susut);
        match putusan {
            Some(keputusan) => write::decide(tx, &susut, &baris, keputusan, &alasan)?,
            None => write::take_out(tx, susut, baris)?,
        }
        Ok(to)
    })?;
    Ok(saved.with_notice(if putusan.is_some() { "Keputusan sudah disimpan." } else { "Berkas sudah dikeluarkan dari daftar." }))
}

fn read(input: &Input, jenis: Jenis) -> Result<(Option<Keputusan>, String), Refusal> {
    let alasan = input.text("alasan").to_owned();
    let word = input.text("putusan");
    if word == OUT {
        return Ok((None, alasan));
    }
    let wrong = |field: &'static str, message: &str| Err(Refusal::Fields(vec![FieldProblem::new(field, message)]));
    let keputusan = match Keputusan::parse(word) {
        Ok(keputusan) if jenis == Jenis::Musnah => keputusan,
        _ => return wrong("putusan", "Pilih salah satu keputusan."),
    };
    if keputusan != Keputusan::Musnah && alasan.is_empty() {
        return wrong("alasan", "Alasannya belum ditulis. Sebutkan mengapa berkas ini tidak dimusnahkan.");
    }
    if alasan.chars().count() > LONGEST {
        return wrong("alasan", "Alasan terlalu panjang; paling panjang 500 huruf.");
    }
    Ok((Some(keputusan), alasan))
}
