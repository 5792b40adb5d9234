//! Surat masuk for other programs: what an OPD's book holds, how far one letter is, and a new one.

use praja_desk::{
    attachments::{self, Rule},
    registers::RegisterKey,
};
use praja_kernel::{ActingAs, FieldProblem, Id, Sifat, Zona};
use praja_module::{Caller, Ctx, Input, Outcome, Problem, api::json};
use praja_store::{Keys, Tx};
use serde_json::{Value, json as value};

use super::{
    Desks, Refusal, Status, SuratMasuk, nomor_agenda,
    pages::{LIST, form},
    store,
};
use crate::{
    antarmuka::{Asked, FILES, halaman, kursor_asing, tanya, tertutup, waktu},
    kerja::Kerja,
    objek,
};

/// GET /api/v1/eoffice/surat-masuk
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (caller, tanya) = (ctx.caller()?.clone(), tanya(ctx)?);
    let status = ctx.query("status").map(Status::parse).transpose();
    let status = status.map_err(|_| Asked::field("status", "Keadaan ini tidak dikenal. Lihat dokumen API."))?;
    // Identities rise in the order in which letters come into a book, also where the clock of the request was earlier: nothing that came
    // later can stand before the cursor.
    let kursor = tanya.kursor.map(str::parse::<Id>).transpose().map_err(|_| kursor_asing())?;
    let sesudah = kursor.unwrap_or(Id::v7(0, [0; 10])).max(Id::v7(tanya.sejak.ms(), [0; 10]));
    let mut all = store::luar::list(tx, &caller.scope, status, sesudah, &tanya)?;
    let more = all.len() > tanya.jumlah;
    all.truncate(tanya.jumlah);
    let last = all.last().map(|one| one.id.to_string());
    let rows = all.iter().map(|one| surat(ctx, &caller, one, Vec::new())).collect();
    Ok(json(200, &halaman(rows, last, &tanya, more)))
}

/// GET /api/v1/eoffice/surat-masuk/{id}
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (caller, one) = load(ctx, tx)?;
    let files = if tertutup(caller.sifat, one.isi.sifat) { Vec::new() } else { files(ctx, tx, &one)? };
    Ok(json(200, &surat(ctx, &caller, &one, files)))
}

/// GET /api/v1/eoffice/surat-masuk/{id}/keadaan
pub(crate) fn state(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (caller, one) = load(ctx, tx)?;
    let zona = ctx.instance().zona;
    let pemegang = (!tertutup(caller.sifat, one.isi.sifat)).then_some(&one.pemegang);
    Ok(json(
        200,
        &value!({
            "id": one.id,
            "nomor_agenda": nomor_agenda(one.agenda, one.tahun),
            "status": one.status.as_str(),
            "keterangan": one.status.label(),
            "pemegang": pemegang,
            "sejak": waktu(zona, one.pemegang_sejak),
            "tenggat": waktu(zona, one.tenggat),
            "lewat_tenggat": one.is_late(ctx.now()),
            "selesai_pada": one.selesai_pada.map(|at| waktu(zona, at)),
        }),
    ))
}

/// GET /api/v1/eoffice/surat-masuk/{id}/berkas/{berkas}
pub(crate) fn file(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (caller, one) = load(ctx, tx)?;
    let (id, thing): (Id, _) = (ctx.param("berkas")?, objek(one.id));
    let known = attachments::of(tx, &thing)?.into_iter().any(|file| file.id == id && file.dimusnahkan.is_none());
    if !known || tertutup(caller.sifat, one.isi.sifat) {
        return Err(Problem::NotFound);
    }
    attachments::of_thing(ctx, tx, &thing, id, true)
}

/// POST /api/v1/eoffice/surat-masuk: as the registry would, at the desk of the post that answers for the token.
pub(crate) fn register(ctx: &Ctx, input: &Input) -> Outcome {
    let caller = ctx.caller()?.clone();
    if let Ok(sifat) = input.text("sifat").parse::<Sifat>()
        && tertutup(caller.sifat, sifat)
    {
        let words = format!("Token ini hanya untuk surat yang sifatnya paling tinggi {}.", caller.sifat.label().to_lowercase());
        return Err(Problem::refused(Refusal::Fields(vec![FieldProblem::new("sifat", words)])));
    }
    let acting = desk(&caller);
    let scans = attachments::received(ctx, input, FILES, &Rule::ANY)?;
    let code = ctx.read(|tx| form::class(ctx, tx, input))?;
    let decided = form::decide(ctx, input, &acting, &scans, &code)?;
    let desks = Desks { tata_usaha: acting.jabatan, pimpinan: decided.pimpinan };
    let key = RegisterKey { opd: acting.opd, kelompok: crate::AGENDA, tahun: decided.baru.tahun() };
    let (anyway, directly) = (input.text("tetap") == "true", input.text("arahkan") == "true");
    let (kerja, url) = (Kerja::of(ctx), ctx.url(LIST));
    ctx.once(input, Keys::of([key.lock()]), move |tx| {
        if !anyway && let Some(store::Kembar { id, agenda, tahun, diterima }) = store::kembar(tx, acting.opd, &decided.baru.isi)?
        {
            return Err(Problem::refused(Refusal::Kembar { id, agenda, tahun, diterima }));
        }
        let surat = form::write(tx, &decided, &key, &acting, desks, &scans, &kerja)?;
        let id = surat.id;
        form::send_off(tx, surat, &acting, desks, directly, &kerja)?;
        let after = store::find_any(tx, id)?.ok_or(Problem::NotFound)?;
        Ok(made(&after, kerja.zona, &url))
    })
}

/// What is answered to whoever registered it; kept for a while, so it holds nothing of the letter itself.
fn made(surat: &SuratMasuk, zona: Zona, url: &str) -> Value {
    value!({
        "id": surat.id,
        "nomor_agenda": nomor_agenda(surat.agenda, surat.tahun),
        "status": surat.status.as_str(),
        "tenggat": waktu(zona, surat.tenggat),
        "tautan": format!("{url}/{}", surat.id),
    })
}

/// The desk of the post that answers for the token. The penugasan is nobody's: the token acts, not the post's holder.
fn desk(caller: &Caller) -> ActingAs {
    ActingAs {
        penugasan: caller.token,
        jabatan: caller.jabatan,
        nama: caller.jabatan_nama.clone(),
        opd: caller.opd,
        opd_nama: caller.opd_nama.clone(),
    }
}

fn load(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<(std::sync::Arc<Caller>, SuratMasuk), Problem> {
    let caller = ctx.caller()?.clone();
    let one = store::luar::find(tx, &caller.scope, ctx.param("id")?)?.ok_or(Problem::NotFound)?;
    Ok((caller, one))
}

fn files(ctx: &Ctx, tx: &mut Tx<'_>, surat: &SuratMasuk) -> Result<Vec<Value>, Problem> {
    let all = attachments::of(tx, &objek(surat.id))?;
    let kept = all.into_iter().filter(|one| one.dimusnahkan.is_none());
    let written = kept.map(|one| {
        value!({
            "id": one.id,
            "nama": one.nama,
            "jenis": if one.halaman > 1 { "application/pdf" } else { one.mime.as_str() },
            "ukuran": one.ukuran,
            "sidik": one.sidik,
            "tautan": ctx.url(&format!("/api/v1/eoffice/surat-masuk/{}/berkas/{}", surat.id, one.id)),
        })
    });
    Ok(written.collect())
}

/// A letter as programs see it; of one that is closed to them its number, its state and its times.
fn surat(ctx: &Ctx, caller: &Caller, surat: &SuratMasuk, files: Vec<Value>) -> Value {
    let (isi, zona) = (&surat.isi, ctx.instance().zona);
    let mut all = value!({
        "id": surat.id,
        "nomor_agenda": nomor_agenda(surat.agenda, surat.tahun),
        "agenda": surat.agenda,
        "tahun": surat.tahun,
        "tertutup": true,
        "asal": null,
        "nomor_surat": null,
        "tanggal_surat": null,
        "tanggal_terima": isi.tanggal_terima.to_string(),
        "hal": null,
        "ringkasan": null,
        "klasifikasi": null,
        "sifat": isi.sifat.as_str(),
        "derajat": isi.derajat.as_str(),
        "tujuan": null,
        "jumlah_lampiran": null,
        "status": surat.status.as_str(),
        "tenggat": waktu(zona, surat.tenggat),
        "dicatat_pada": waktu(zona, surat.created_at),
        "selesai_pada": surat.selesai_pada.map(|at| waktu(zona, at)),
        "tautan": ctx.url(&format!("{LIST}/{}", surat.id)),
        "berkas": [],
    });
    if !tertutup(caller.sifat, isi.sifat) {
        all["tertutup"] = value!(false);
        all["asal"] = value!(isi.asal);
        all["nomor_surat"] = value!(isi.nomor_surat);
        all["tanggal_surat"] = value!(isi.tanggal_surat.to_string());
        all["hal"] = value!(isi.hal);
        all["ringkasan"] = value!(isi.ringkasan);
        all["klasifikasi"] = value!(isi.klasifikasi);
        all["tujuan"] = value!(isi.tujuan);
        all["jumlah_lampiran"] = value!(isi.jumlah_lampiran);
        all["berkas"] = value!(files);
    }
    all
}
