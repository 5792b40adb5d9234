//! Signed naskah for other programs: what an OPD sent out, and the file itself.

use praja_desk::attachments;
use praja_kernel::Id;
use praja_module::{Caller, Ctx, Outcome, Problem, api::json};
use praja_store::Tx;
use serde_json::{Value, json as value};

use super::{
    Naskah, Status, store,
    write::{PAGE, objek},
};
use crate::{
    amplop::write::signed_file,
    antarmuka::{halaman, kursor_asing, tanya, tertutup, waktu},
};

/// The states of what was signed: nothing else leaves.
pub(crate) const SIGNED: [Status; 4] = [Status::Tertandatangani, Status::Dikirim, Status::Diberkaskan, Status::Dicabut];

/// The moment of signing is that at which the signer asked; many at once, or a slow server, are on record minutes later. What is older
/// than this stands in its order for good.
const SETTLED_MS: i64 = 10 * 60 * 1000;

/// A place in the list, after which it goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Kursor {
    pub(crate) pada: i64,
    pub(crate) id: Id,
}

impl Kursor {
    fn written(self) -> String {
        format!("{}.{}", self.pada, self.id)
    }

    fn read(text: &str) -> Option<Self> {
        let (pada, id) = text.split_once('.')?;
        Some(Self { pada: pada.parse().ok()?, id: id.parse().ok()? })
    }
}

/// GET /api/v1/eoffice/naskah-keluar
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (caller, tanya) = (ctx.caller()?.clone(), tanya(ctx)?);
    let kursor = tanya.kursor.map(|text| Kursor::read(text).ok_or_else(kursor_asing)).transpose()?;
    let from = Kursor { pada: tanya.sejak.ms(), id: Id::v7(0, [0; 10]) };
    let sesudah = kursor.filter(|kursor| kursor.pada >= from.pada).unwrap_or(from);
    let settled = ctx.now().plus_ms(-SETTLED_MS);
    let sampai = tanya.sampai.map_or(settled, |sampai| sampai.min(settled));
    let mut all = store::luar::list(tx, &caller.scope, sesudah, sampai, &tanya)?;
    let more = all.len() > tanya.jumlah;
    all.truncate(tanya.jumlah);
    let last = all.last().map(|one| Kursor { pada: one.ditandatangani_pada.unwrap_or_default().ms(), id: one.id }.written());
    let mut rows = Vec::new();
    for one in &all {
        rows.push(naskah(ctx, tx, &caller, one)?);
    }
    Ok(json(200, &halaman(rows, last, &tanya, more)))
}

/// GET /api/v1/eoffice/naskah-keluar/{id}
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (caller, one) = load(ctx, tx)?;
    Ok(json(200, &naskah(ctx, tx, &caller, &one)?))
}

/// GET /api/v1/eoffice/naskah-keluar/{id}/pdf
pub(crate) fn file(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (caller, one) = load(ctx, tx)?;
    if tertutup(caller.sifat, one.isi.sifat) {
        return Err(Problem::NotFound);
    }
    let file = signed_file(tx, &one)?.ok_or(Problem::NotFound)?;
    attachments::of_thing(ctx, tx, &objek(one.id), file.id, true)
}

fn load(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<(std::sync::Arc<Caller>, Naskah), Problem> {
    let (caller, id) = (ctx.caller()?.clone(), ctx.param::<Id>("id")?);
    let found = store::luar::find(tx, &caller.scope, id)?.filter(|one| SIGNED.contains(&one.status));
    Ok((caller, found.ok_or(Problem::NotFound)?))
}

/// A naskah as programs see it; of one that is closed to them its number, its state and its times.
fn naskah(ctx: &Ctx, tx: &mut Tx<'_>, caller: &Caller, one: &Naskah) -> Result<Value, Problem> {
    let (isi, zona) = (&one.isi, ctx.instance().zona);
    let nomor = one.nomor.as_ref();
    let mut all = value!({
        "id": one.id,
        "jenis": one.jenis,
        "tertutup": true,
        "nomor": nomor.filter(|nomor| nomor.urut > 0).map(|nomor| nomor.teks.as_str()),
        "tanggal": nomor.map(|nomor| nomor.tanggal.to_string()),
        "hal": null,
        "klasifikasi": null,
        "sifat": isi.sifat.as_str(),
        "derajat": isi.derajat.as_str(),
        "kepada": [],
        "tembusan": [],
        "jabatan": null,
        "penandatangan": null,
        "status": one.status.as_str(),
        "ditandatangani_pada": waktu(zona, one.ditandatangani_pada.unwrap_or_default()),
        "dikirim_pada": one.dikirim_pada.map(|at| waktu(zona, at)),
        "verifikasi": null,
        "pdf": null,
        "tautan": ctx.url(&format!("{PAGE}/{}", one.id)),
    });
    if !tertutup(caller.sifat, isi.sifat) {
        all["tertutup"] = value!(false);
        all["hal"] = value!(isi.hal);
        all["klasifikasi"] = value!(isi.klasifikasi);
        all["kepada"] = value!(isi.kepada);
        all["tembusan"] = value!(isi.tembusan);
        all["jabatan"] = value!(one.penandatangan_jabatan);
        all["penandatangan"] = value!(one.penandatangan_nama);
        all["verifikasi"] = value!(one.token.as_ref().map(|token| ctx.url(&format!("/v/{token}"))));
        let pdf = signed_file(tx, one)?.map(|_| ctx.url(&format!("/api/v1/eoffice/naskah-keluar/{}/pdf", one.id)));
        all["pdf"] = value!(pdf);
    }
    Ok(all)
}
