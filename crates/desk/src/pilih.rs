//! The lookup routes that pickers ask: regions, classification codes, correspondents.

use praja_module::{Ctx, Outcome, Response};
use praja_store::Tx;

use crate::{instansi, klasifikasi, wilayah};

/// At most so many answers.
pub(crate) const LIMIT: usize = 20;

/// One answer.
#[derive(serde::Serialize)]
struct Pilihan {
    nilai: String,
    label: String,
    keterangan: String,
}

#[derive(serde::Serialize)]
struct Jawaban {
    pilihan: Vec<Pilihan>,
    lagi: bool,
}

/// GET /desk/pilih/wilayah?q=
pub(crate) fn wilayah(ctx: &Ctx, _: &mut Tx<'_>) -> Outcome {
    let found = wilayah::Daftar::shipped().search(&asked(ctx), &ctx.instance().wilayah.kode, LIMIT + 1);
    answer(found.into_iter().map(|one| (one.kode.clone(), one.nama.clone(), one.path())).collect())
}

/// GET /desk/pilih/klasifikasi?q=: without a word, what the asker used last.
pub(crate) fn klasifikasi(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let list = klasifikasi::Klasifikasi::shipped();
    let asked = asked(ctx);
    let found: Vec<_> = if asked.is_empty() {
        let recent = klasifikasi::recent(tx, &ctx.scope()?.actor.key())?;
        recent.iter().filter_map(|kode| list.get(kode)).collect()
    } else {
        list.search(&asked, LIMIT + 1)
    };
    let above = |kode: &klasifikasi::Kode| kode.induk().and_then(|above| list.uraian(above)).unwrap_or_default().to_owned();
    answer(found.into_iter().map(|one| (one.kode.clone(), one.label(), above(one))).collect())
}

/// GET /desk/pilih/instansi?q=
pub(crate) fn instansi(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let found = instansi::suggest(tx, &asked(ctx), LIMIT + 1)?;
    answer(found.into_iter().map(|one| (one.id.to_string(), one.nama, one.jenis.label().to_owned())).collect())
}

fn asked(ctx: &Ctx) -> String {
    ctx.query("q").unwrap_or_default().chars().take(100).collect()
}

fn answer(mut found: Vec<(String, String, String)>) -> Outcome {
    let lagi = found.len() > LIMIT;
    found.truncate(LIMIT);
    let pilihan = found.into_iter().map(|(nilai, label, keterangan)| Pilihan { nilai, label, keterangan }).collect();
    let text = serde_json::to_string(&Jawaban { pilihan, lagi });
    Ok(Response::json(text.map_err(|e| praja_module::Problem::Fault(e.to_string()))?))
}
