//! The desks: who has which application, what is to be done, in what order. Guarded; every page checks whether this OPD or person may see
//! this application.

pub(crate) mod aksi;
mod alih;
pub(crate) mod berkas;
pub(crate) mod daftar;
pub(crate) mod kembali;
pub(crate) mod satu;

use std::sync::Arc;

use praja_kernel::{Actor, Id};
use praja_module::{Ctx, Problem, Route};
use praja_store::{Keys, Tx};
use praja_web::Field;

use crate::{
    alur::{Meja, Status},
    hak::{COLLECT, INITIAL_KABID, INITIAL_KASI, INITIAL_SEKRETARIS, READ, RECEIVE, RECOMMEND, SIGN, SURVEY, VERIFY},
    jenis::{self, Jenis},
    permohonan::{AlasanLompat, Permohonan, store, write},
    survei,
};

/// The list; everything of one application lies below it.
pub(crate) const LIST: &str = "/perizinan/izin";

/// The addresses.
pub(crate) const ROUTES: &[Route] = &[
    Route::get("/perizinan/izin", READ, "Permohonan izin menurut giliran dan keadaan", daftar::list),
    Route::get("/perizinan/izin/unduh", READ, "Mengunduh daftar permohonan", daftar::download),
    Route::get("/perizinan/izin/{id}", READ, "Satu permohonan di meja petugas", satu::show),
    Route::get("/perizinan/izin/{id}/berkas/{berkas}", READ, "Melihat satu berkas permohonan", berkas::serve),
    Route::post("/perizinan/izin/{id}/berkas/{berkas}", READ, "Membuka berkas pribadi dan mencatatnya", berkas::open),
    Route::post("/perizinan/izin/{id}/lengkap", RECEIVE, "Menyatakan permohonan lengkap", aksi::complete),
    Route::get("/perizinan/izin/{id}/kembalikan", READ, "Daftar seluruh kekurangan permohonan", kembali::form),
    Route::post("/perizinan/izin/{id}/kembalikan", READ, "Mengembalikan permohonan dengan seluruh kekurangannya", kembali::send),
    Route::post("/perizinan/izin/{id}/izinkan-kembali", INITIAL_KABID, "Mengizinkan pengembalian kedua", kembali::allow),
    Route::post("/perizinan/izin/{id}/periksa", VERIFY, "Mulai memeriksa permohonan", aksi::examine),
    Route::post("/perizinan/izin/{id}/minta-rekomendasi", VERIFY, "Meminta rekomendasi OPD teknis", aksi::ask),
    Route::post("/perizinan/izin/{id}/rekomendasi", RECOMMEND, "Memberi rekomendasi teknis", aksi::recommend),
    Route::post("/perizinan/izin/{id}/survei", VERIFY, "Menjadwalkan pemeriksaan lapangan", aksi::schedule),
    Route::post("/perizinan/izin/{id}/setujui", VERIFY, "Menyimpulkan bahwa permohonan dapat disetujui", aksi::approve),
    Route::post("/perizinan/izin/{id}/tolak", VERIFY, "Menolak permohonan dengan kode dan dasar", aksi::refuse),
    Route::post("/perizinan/izin/{id}/tangguhkan", VERIFY, "Menangguhkan permohonan", aksi::suspend),
    Route::post("/perizinan/izin/{id}/lanjutkan", VERIFY, "Melanjutkan permohonan yang ditangguhkan", aksi::resume),
    Route::post("/perizinan/izin/{id}/kirim-paraf", VERIFY, "Mengirim dokumen untuk diparaf", aksi::send_to_initial),
    Route::post("/perizinan/izin/{id}/paraf", READ, "Memaraf dokumen", aksi::initial),
    Route::post("/perizinan/izin/{id}/kembalikan-draf", READ, "Mengembalikan dokumen kepada pemeriksa", aksi::return_draft),
    Route::post("/perizinan/izin/{id}/serahkan", RECEIVE, "Menyerahkan dokumen kepada pemohon", aksi::hand_over),
    Route::post(
        "/perizinan/izin/{id}/alihkan",
        INITIAL_KABID,
        "Mengalihkan permohonan dari petugas yang berhalangan",
        alih::save,
    ),
    Route::post("/perizinan/izin/{id}/benturan", READ, "Menyatakan benturan kepentingan", aksi::declare),
];

/// The officer who asks.
pub(crate) fn me(ctx: &Ctx) -> Result<Id, Problem> {
    match ctx.scope()?.actor {
        Actor::Pegawai { id, .. } => Ok(id),
        _ => Err(Problem::NotFound),
    }
}

/// The application of this address with its type, when whoever asks may see it.
///
/// # Errors
/// [`Problem::NotFound`].
pub(crate) fn seen(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<(Permohonan, Arc<Jenis>), Problem> {
    let id: Id = ctx.param("id")?;
    let scope = ctx.scope()?;
    let one = store::get(tx, id)?.filter(|one| one.nomor.is_some()).ok_or(Problem::NotFound)?;
    let asked = one.opd_teknis.is_some_and(|opd| scope.covers_opd(opd)) && one.pernah_lengkap;
    let sees = scope.covers_opd(one.opd) || asked || survei::store::team(tx, id)?.contains(&me(ctx)?);
    if !sees {
        return Err(Problem::NotFound);
    }
    let jenis = jenis::store::version(tx, one.jenis_versi)?;
    Ok((one, jenis))
}

/// What a write on an application holds: the turns of both OPD.
pub(crate) fn keys(one: &Permohonan) -> Keys {
    Keys::of([write::turn_key(one.opd), write::turn_key(one.opd_teknis.unwrap_or(one.opd))])
}

/// Does whoever asks hold the right of the desk on which it lies?
pub(crate) fn works_at(ctx: &Ctx, meja: Meja) -> bool {
    ctx.may(match meja {
        Meja::Loket => RECEIVE,
        Meja::Pemeriksa => VERIFY,
        Meja::OpdTeknis => RECOMMEND,
        Meja::Surveyor => SURVEY,
        Meja::Bendahara => COLLECT,
        Meja::Kasi => INITIAL_KASI,
        Meja::Kabid => INITIAL_KABID,
        Meja::Sekretaris => INITIAL_SEKRETARIS,
        Meja::Kepala => SIGN,
        Meja::Pemohon | Meja::Selesai => return false,
    })
}

/// Is the application in the hands of whoever asks: theirs by turn, theirs to look at on the spot, or at the counter to be handed out? Nobody
/// else reads a NIK whole or opens what shows who somebody is (UU 27/2022: no more than the work needs).
///
/// # Errors
/// When the database fails.
pub(crate) fn handles(ctx: &Ctx, tx: &mut Tx<'_>, one: &Permohonan) -> Result<bool, Problem> {
    let orang = me(ctx)?;
    Ok(one.petugas == Some(orang)
        || (one.meja == Meja::Surveyor && survei::store::team(tx, one.id)?.contains(&orang))
        || (one.status == Status::Terbit && ctx.may(RECEIVE) && ctx.scope()?.covers_opd(one.opd)))
}

/// The question why this one is taken first, while an earlier one waits.
pub(crate) fn skip(earlier: &str) -> Field {
    let mut words = vec![(String::new(), "Tidak: kerjakan menurut urutan".to_owned())];
    words.extend(AlasanLompat::ALL.iter().map(|one| (one.as_str().to_owned(), one.label().to_owned())));
    Field::select("lompat", "Mendahulukan permohonan ini", &words).hint(format!(
        "Permohonan {earlier} masuk lebih dahulu. Mendahulukan yang lain perlu alasan, yang tampil pada laporan publik dan laporan inspektorat."
    ))
}

/// The page of one application.
pub(crate) fn href(one: &Permohonan, rest: &str) -> String {
    if rest.is_empty() { format!("{LIST}/{}", one.id) } else { format!("{LIST}/{}/{rest}", one.id) }
}
