//! One envelope that we send: how far it is, the file to carry, sending it again.

use praja_module::{Body, Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx};
use praja_web::{Act, Facts, Icon, Tone, act_bar, badge, detail, frame, html, next_step};

use crate::{
    amplop::{
        Keadaan, Refusal,
        store::{self, Amplop},
        write,
    },
    naskah::{
        Naskah, Refusal as NaskahRefusal,
        pages::{LIST, below, kind, load, show::dispatches},
        store::penerima,
    },
    simpul,
};

/// The envelope of the address, when whoever asks sends naskah of that office.
fn own(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<(Naskah, Amplop), Problem> {
    let naskah = load(ctx, tx)?;
    if !dispatches(ctx, &naskah) {
        return Err(Problem::refused(NaskahRefusal::NotYours));
    }
    let found = store::find(tx, ctx.param("amplop")?)?.filter(|one| one.naskah == naskah.id);
    Ok((naskah, found.ok_or(Problem::NotFound)?))
}

fn address(amplop: &Amplop) -> String {
    format!("{LIST}/{}/amplop/{}", amplop.naskah, amplop.id)
}

/// How an envelope stands, as a badge.
pub(crate) fn state(keadaan: Keadaan) -> praja_web::Markup {
    let tone = match keadaan {
        Keadaan::Menunggu | Keadaan::Berkas | Keadaan::Ditahan => Tone::Warn,
        Keadaan::Diterima => Tone::Good,
        Keadaan::Gagal => Tone::Bad,
    };
    badge(tone, keadaan.label())
}

/// GET /eoffice/naskah/{id}/amplop/{amplop}
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (naskah, amplop) = own(ctx, tx)?;
    let (kind, _) = kind(tx, &naskah.jenis)?;
    let zona = ctx.instance().zona;
    let simpul = simpul::store::find(tx, amplop.simpul)?.ok_or(Problem::NotFound)?;
    let to = penerima::of(tx, naskah.id)?.into_iter().find(|one| one.id == amplop.penerima);
    let (tone, words) = match amplop.keadaan {
        Keadaan::Menunggu if amplop.percobaan == 0 => (Tone::Info, "Sedang dikirim.".to_owned()),
        Keadaan::Menunggu => (Tone::Warn, format!("Belum sampai; dicoba lagi {}.", frame::time(zona, amplop.coba_pada).0)),
        Keadaan::Berkas => (
            Tone::Warn,
            "Unduh amplopnya, sampaikan kepada penerima, lalu masukkan tanda terimanya lewat Surat dari daerah lain.".to_owned(),
        ),
        Keadaan::Ditahan => (Tone::Info, "Ruang latihan tidak mengirim apa pun ke luar. Amplopnya dapat diunduh.".to_owned()),
        Keadaan::Diterima => (Tone::Good, "Sudah diterima; tanda terimanya ditandatangani simpul penerima.".to_owned()),
        Keadaan::Gagal => (Tone::Bad, "Tidak sampai, dan tidak dicoba lagi dengan sendirinya.".to_owned()),
    };
    let facts = Facts::new()
        .add("Penerima", to.map(|one| one.nama).unwrap_or_default())
        .add("Simpul", &simpul.nama)
        .add("Alamat", simpul.alamat.as_deref().unwrap_or("tidak ada; dibawa sebagai berkas"))
        .add("Keadaan", state(amplop.keadaan))
        .add("Percobaan", amplop.percobaan)
        .add_maybe("Sebab terakhir", amplop.sebab.as_ref())
        .add("Dibuat", frame::time(zona, amplop.dibuat).0)
        .add_maybe("Diterima di sana", amplop.diterima_pada.map(|at| frame::time(zona, at).0));
    let body = html! { (next_step(tone, words)) (facts) };
    let mut acts = vec![Act::link("Unduh amplop", format!("{}/berkas", address(&amplop))).icon(Icon::Download)];
    let retries = matches!(amplop.keadaan, Keadaan::Gagal | Keadaan::Berkas) && simpul.alamat.is_some();
    if retries {
        let again = format!("{}/ulang", address(&amplop));
        acts.push(Act::post("Kirim ulang", again, ctx.csrf(), ctx.form_id().to_string()).icon(Icon::Send));
    }
    Ok(frame::respond(ctx, &below(&naskah, &kind, "Amplop elektronik"), detail(body, act_bar(&acts))))
}

/// GET /eoffice/naskah/{id}/amplop/{amplop}/berkas
pub(crate) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (_, amplop) = own(ctx, tx)?;
    let bytes = write::file(ctx.instance(), &amplop)?;
    Ok(Response::of(Body::Bytes { bytes, mime: "application/json", name: format!("{}.amplop", amplop.id) }))
}

/// POST /eoffice/naskah/{id}/amplop/{amplop}/ulang
pub(crate) fn again(ctx: &Ctx, input: &Input) -> Outcome {
    let (_, amplop) = ctx.read(|tx| own(ctx, tx))?;
    if amplop.keadaan == Keadaan::Diterima {
        return Err(Problem::refused(Refusal::Done));
    }
    let (id, back) = (amplop.id, address(&amplop));
    let saved = ctx.submit(input, Keys::none(), move |tx| {
        write::again(tx, id)?;
        Ok::<_, Problem>(back.clone())
    })?;
    Ok(saved.with_notice("Amplop dikirim ulang."))
}
