//! The second officer reads the report on an own screen and stands by it; with that the report counts.

use praja_desk::attachments::{self, Rule};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::audit::Entry;
use praja_web::{Field, Markup, Tone, frame, html, next_step, section};

use super::{
    bap::{Bap, PENGESAH},
    berkas, cetak,
    laporan::{self, Again, Tempat},
    objek, store,
};
use crate::{
    alur::{Langkah, Status},
    meja::{href, keys, me},
    permohonan::write::{self, Catatan, Kerja},
};

/// The form of the confirmation, or why there is none.
pub(super) fn section_of(ctx: &Ctx, tempat: &Tempat, again: Again<'_>) -> Result<Markup, Problem> {
    let orang = me(ctx)?;
    let confirmed = tempat.team.iter().any(|petugas| petugas.orang == orang && petugas.dikonfirmasi.is_some());
    if confirmed {
        return Ok(next_step(
            Tone::Info,
            "Anda sudah mengonfirmasi. Berita acara sah setelah petugas kedua mengonfirmasinya dari akunnya sendiri.",
        ));
    }
    let to = href(&tempat.one, "bap/konfirmasi");
    let form = match again {
        Some((input, refusal)) => {
            frame::form_again(ctx, to, input).refusal(refusal.message(), refusal.next_step()).problems(&refusal.fields())
        }
        None => frame::form(ctx, to),
    };
    Ok(section(
        "Konfirmasi petugas",
        form.hidden("versi", tempat.survei.versi.to_string())
            .hidden("tanda_tangan_petugas", "")
            .field(Field::checkbox("setuju", "Saya ikut memeriksa lapangan dan isi berita acara ini benar").required())
            .extra(html! { div data-tanda-tangan="tanda_tangan_petugas" data-label="Tanda tangan Anda" hidden {} })
            .field(
                attachments::field_for("paraf_pindai", "Foto atau pindaian tanda tangan Anda", &berkas::TANDA)
                    .photo(1600, 900_000)
                    .as_text("pindaian_tanda_tangan_petugas")
                    .hint("Bila tidak menandatangani pada layar. Tanpa keduanya dicatat: dikonfirmasi melalui akun."),
            )
            .multipart()
            .submit("Konfirmasi berita acara"),
    ))
}

/// POST /perizinan/izin/{id}/bap/konfirmasi
pub(super) fn confirm(ctx: &Ctx, input: &Input) -> Outcome {
    let tempat = ctx.read(|tx| laporan::mine(ctx, tx))?;
    let orang = me(ctx)?;
    if tempat.one.status != Status::Bap || tempat.survei.hasil.is_none() {
        return Err(Problem::refused(crate::alur::NotNow { langkah: Langkah::CatatBap, status: tempat.one.status }));
    }
    let again = |refusal: &dyn praja_kernel::Refuse| -> Outcome {
        Ok(Response::form_again(laporan::draw(ctx, &tempat, None, Some((input, refusal)))?))
    };
    if input.text("setuju").is_empty() {
        return again(&laporan::wrong("setuju", "Centang pernyataan ini bila isi berita acara benar; bila tidak, ubah isinya."));
    }
    let data =
        if input.text("tanda_tangan_petugas").is_empty() { "pindaian_tanda_tangan_petugas" } else { "tanda_tangan_petugas" };
    let paraf = match berkas::signature(ctx, input, data, "paraf_pindai") {
        Ok(paraf) => paraf,
        Err(Problem::Refused(refusal)) => return again(&*refusal),
        Err(other) => return Err(other),
    };
    let others = tempat.team.iter().filter(|petugas| petugas.dikonfirmasi.is_some() && petugas.orang != orang).count();
    let whole = others + 1 >= PENGESAH;
    let paper = if whole {
        let drawing = cetak::drawing(ctx, &tempat, Some((orang, paraf.as_ref())))?;
        let pdf = crate::izin::dokumen::pdf(ctx, &drawing)?;
        Some(attachments::made(ctx.instance(), "berita_acara", "berita-acara.pdf", &pdf, &Rule::DOCUMENTS)?)
    } else {
        None
    };
    let (mine, versi) = (ctx.clone(), input.text("versi").parse::<i64>().unwrap_or(0));
    let response = ctx.submit(input, keys(&tempat.one), move |tx| {
        let Tempat { one, survei, .. } = laporan::mine(&mine, tx)?;
        if survei.versi != versi || one.status != Status::Bap {
            return Err(Problem::Conflict);
        }
        let own = match &paraf {
            Some(paraf) => Some(attachments::attach(tx, &objek(survei.id), &[], paraf)?),
            None => None,
        };
        store::confirm(tx, survei.id, orang, own)?;
        let entry = Entry::new("perizinan.confirm-berita-acara", crate::TABLE, one.id);
        tx.audit(&entry.with("nomor", one.sebutan()).with("hasil", survei.hasil.as_deref().unwrap_or_default()))?;
        let Some(paper) = &paper else { return Ok(href(&one, "bap")) };
        let cetakan = attachments::attach(tx, &objek(survei.id), &[], paper)?;
        if !store::finish(tx, &survei, Some(cetakan))? {
            return Err(Problem::Conflict);
        }
        let kerja = Kerja::of(&mine, tx)?;
        let hasil = survei.hasil.as_deref().map_or("", super::hasil_label);
        let catatan = Bap::read(&survei.bap).catatan;
        let words = if catatan.is_empty() { format!("Hasil: {hasil}.") } else { format!("Hasil: {hasil}. {catatan}") };
        let catatan = Catatan::umum(words).kode(survei.hasil.clone().unwrap_or_default());
        let one = write::act(tx, &kerja, one, Langkah::CatatBap, &catatan)?;
        Ok::<_, Problem>(href(&one, ""))
    })?;
    Ok(response.with_notice(if whole { "Berita acara sah dan diteruskan kepada pemeriksa." } else { "Konfirmasi Anda dicatat." }))
}
