//! What a data warehouse keeps of applications, and licences by their number: nothing of a person that is not public.

use praja_kernel::{FieldProblem, Id, Moment};
use praja_module::{Ctx, Outcome, Problem, api::json};
use praja_store::Tx;
use praja_web::frame;
use serde_json::{Value, json as value};

use super::{
    Refusal,
    store::{self, Perubahan},
};
use crate::{
    izin::{self, daur::stands},
    jenis,
    permohonan::janji,
};

/// Steps of one answer, unless fewer are asked for.
const FEW: i64 = 100;
const MOST: i64 = 500;
/// What is younger may still stand beside something that is being written.
const SETTLED_MS: i64 = 60_000;

fn asked(field: &'static str, words: &str) -> Problem {
    Problem::refused(Refusal::Asked(vec![FieldProblem::new(field, words)]))
}

fn cursor(text: &str) -> Option<(Moment, Id)> {
    let (at, id) = text.split_once('_')?;
    Some((Moment(at.parse().ok()?), id.parse().ok()?))
}

/// GET /api/v1/perizinan/permohonan?kursor=…&jumlah=…
pub(super) fn changes(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let scope = ctx.caller()?.scope.clone();
    let after = match ctx.query("kursor").filter(|text| !text.is_empty()) {
        None => None,
        Some(text) => Some(
            cursor(text)
                .ok_or_else(|| asked("kursor", "Kursor tidak dikenal. Pakai kursor dari jawaban sebelumnya apa adanya."))?,
        ),
    };
    let most = match ctx.query("jumlah") {
        None => FEW,
        Some(text) => text
            .parse()
            .ok()
            .filter(|many| (1..=MOST).contains(many))
            .ok_or_else(|| asked("jumlah", "Tulis bilangan dari 1 sampai 500."))?,
    };
    let mut rows = store::changes(tx, after, ctx.now().plus_ms(-SETTLED_MS), most + 1)?;
    let more = i64::try_from(rows.len()).unwrap_or(i64::MAX) > most;
    rows.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    let last = rows.last().map(|row| format!("{}_{}", row.pada.ms(), row.id));
    let next = last.or_else(|| after.map(|(at, id)| format!("{}_{id}", at.ms())));
    let zona = ctx.instance().zona;
    let row = |one: &Perubahan| {
        value!({
            "nomor": one.nomor,
            "layanan": one.layanan,
            "permintaan": one.permintaan.as_str(),
            "asal": one.asal.as_str(),
            "langkah": one.langkah.as_str(),
            "dari": one.dari.as_str(),
            "ke": one.ke.as_str(),
            "meja": one.meja.as_str(),
            "pada": frame::time(zona, one.pada).1,
            "alasan": Some(&one.kode).filter(|kode| !kode.is_empty()),
            "diajukan": one.diajukan.map(|at| frame::time(zona, at).1),
            "tenggat": janji::promised(one.tenggat, one.kini, one.mulai).map(|day| day.to_string()),
            "waktu_berhenti": janji::stands(one.kini, one.mulai),
            "selesai": one.selesai.map(|day| day.to_string()),
            "hari_pakai": one.hari_pakai,
            "biaya": one.biaya,
        })
    };
    // A step of a draft has no number yet; of another OPD's application not even that it exists is told.
    let own = rows.iter().filter(|one| scope.covers_opd(one.opd) && !one.nomor.is_empty());
    let data: Vec<Value> = own.map(row).collect();
    Ok(json(200, &value!({ "data": data, "kursor": next, "masih_ada": more })))
}

/// GET /api/v1/perizinan/izin?nomor=…
pub(super) fn licences(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let nomor = ctx.query("nomor").map(str::trim).filter(|nomor| !nomor.is_empty() && nomor.chars().count() <= 120);
    let nomor = nomor.ok_or_else(|| asked("nomor", "Tulis nomor izin, paling panjang 120 huruf."))?;
    let (today, url) = (ctx.today(), &ctx.instance().url_publik);
    let buka = izin::store::daftar::Buka::load(tx)?;
    let closed: Vec<Id> =
        jenis::store::all(tx)?.into_iter().filter(|one| one.isi.dokumen.nama_tertutup).map(|one| one.versi.jenis).collect();
    let row = |one: izin::store::Izin| {
        let tampak = stands(one.keadaan, one.jangka(buka.of(one.jenis)), today);
        value!({
            "nomor": one.nomor,
            "layanan": one.jenis_nama,
            "pemegang": Some(one.nama).filter(|_| !closed.contains(&one.jenis)),
            "keadaan": tampak.as_str(),
            "tanggal": one.tanggal.to_string(),
            "berlaku_dari": one.berlaku_dari.to_string(),
            "berlaku_sampai": one.berlaku_sampai.map(|day| day.to_string()),
            "pemeriksaan": one.token.map(|token| format!("{url}/v/{token}")),
        })
    };
    let data: Vec<Value> = izin::store::by_number(tx, nomor)?.into_iter().map(row).collect();
    Ok(json(200, &value!({ "data": data })))
}
