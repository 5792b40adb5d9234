//! What is read of services and of one application.

use praja_kernel::Date;
use praja_module::{Ctx, Outcome, Problem, api::json};
use praja_store::Tx;
use praja_web::frame;
use serde_json::{Value, json as value};

use super::bentuk::words;
use crate::{
    izin,
    jenis::{self, Permintaan, store::Terbit},
    permohonan::{Permohonan, store as applications},
};

fn short(one: &Terbit) -> Value {
    let isi = &one.isi;
    value!({
        "kode": isi.kode, "nama": isi.nama, "ringkasan": isi.ringkasan, "sektor": isi.sektor, "kanal": isi.kanal.as_str(),
        "hari": isi.sla.hari, "gratis": isi.is_free(), "permohonan": words(&isi.permohonan, Permintaan::as_str),
    })
}

/// GET /api/v1/perizinan/layanan
pub(super) fn services(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let all: Vec<Value> = jenis::store::open(tx, ctx.today())?.iter().map(short).collect();
    Ok(json(200, &value!({ "data": all })))
}

/// GET /api/v1/perizinan/layanan/{kode}
pub(super) fn service(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let kode: String = ctx.param("kode")?;
    let one = jenis::store::published(tx, &kode, ctx.today())?.ok_or(Problem::NotFound)?;
    let isian: Vec<Value> = one
        .isi
        .fields()
        .map(|field| {
            value!({
                "kode": field.kode, "label": field.label, "jenis": field.jenis.as_str(), "wajib": field.wajib,
                "bersyarat": !field.bila.is_empty(), "pilihan": field.pilihan,
            })
        })
        .collect();
    let syarat: Vec<Value> = one
        .isi
        .syarat
        .iter()
        .map(|syarat| {
            value!({
                "kode": syarat.kode, "label": syarat.label, "wajib": syarat.wajib, "bersyarat": !syarat.bila.is_empty(),
                "untuk": words(&syarat.untuk, Permintaan::as_str),
            })
        })
        .collect();
    let mut told = short(&one);
    (told["versi"], told["dasar_hukum"], told["isian"], told["syarat"]) =
        (value!(one.versi.nomor), value!(one.isi.dasar_hukum), value!(isian), value!(syarat));
    Ok(json(200, &told))
}

/// The first letter of each word: enough to tell whoever knows the name that it is the right application.
fn masked(nama: &str) -> String {
    let word = |word: &str| word.chars().next().map(|first| format!("{first}***"));
    nama.split_whitespace().filter_map(word).collect::<Vec<_>>().join(" ")
}

/// GET /api/v1/perizinan/permohonan/{nomor}
pub(super) fn state(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (caller, nomor): (_, String) = (ctx.caller()?.clone(), ctx.param("nomor")?);
    let one = applications::by_nomor(tx, &nomor)?.filter(|one| caller.scope.covers_opd(one.opd)).ok_or(Problem::NotFound)?;
    Ok(json(200, &told(ctx, tx, &one)?))
}

/// How far an application is, without anything about a person.
pub(super) fn told(ctx: &Ctx, tx: &mut Tx<'_>, one: &Permohonan) -> Result<Value, Problem> {
    let layanan = jenis::store::version(tx, one.jenis_versi)?.nama.clone();
    let issued = izin::store::of_application(tx, one.id)?.filter(|izin| izin.lampiran.is_some());
    let (zona, url) = (ctx.instance().zona, &ctx.instance().url_publik);
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    let check = issued.as_ref().and_then(|izin| izin.token.as_ref()).map(|token| format!("{url}/v/{token}"));
    Ok(value!({
            "nomor": one.sebutan(),
            "layanan": layanan,
            "pemohon": masked(&one.pemohon.nama),
            "status": one.status.as_str(),
            "keterangan": one.status.label(),
            "meja": one.meja.label(),
            "diajukan": frame::time(zona, one.diajukan.unwrap_or(one.dibuat)).1,
            "tenggat": day(one.janji()),
            "waktu_berhenti": one.stands(),
            "selesai": day(one.selesai),
            "nomor_dokumen": issued.map(|izin| izin.nomor),
            "pemeriksaan": check,
    }))
}

#[cfg(test)]
mod tests {
    #[test]
    fn of_a_name_other_programs_see_first_letters_only() {
        assert_eq!(super::masked("Siti  Rahma binti Éfendi"), "S*** R*** b*** É***");
        assert_eq!(super::masked(""), "");
    }
}
