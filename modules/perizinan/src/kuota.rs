//! Places of which there are so many: an application that is complete takes one, or waits in the order in which files became complete. Nobody
//! chooses who is next, and the list is public.

mod atur;
pub(crate) mod store;
mod umum;

use praja_kernel::{Date, Id, fold, words};
use praja_module::{Access, Instance, Problem, Route};
use praja_store::{Keys, Result, StoreError, Tx, audit::Entry};

use crate::{
    TABLE,
    alur::Langkah,
    hak::CONFIGURE,
    izin,
    jenis::{self, Permintaan},
    permohonan::{
        Permohonan, Refusal,
        isian::Jawaban,
        store as applications,
        write::{self, Catatan, Kerja},
    },
};

/// Where anybody sees the places.
pub(crate) const PAGE: &str = "/perizinan/kuota";
/// Where they are kept.
pub(crate) const DESK: &str = "/perizinan/izin/kuota";
/// The job that gives free places to whoever waits.
pub(crate) const FILL: &str = "perizinan.fill-kuota";
/// Stands in the step that waits for a place, and in the one that got it.
const KODE: &str = "kuota";

/// The addresses.
pub(crate) const ROUTES: &[Route] = &[
    Route::get_as(PAGE, Access::Public, "Kuota tempat dengan yang terpakai dan yang menunggu", umum::list),
    Route::get_as("/perizinan/kuota/unduh", Access::Public, "Mengunduh kuota tempat", umum::download),
    Route::get(DESK, CONFIGURE, "Kuota tempat setiap layanan", atur::list),
    Route::get("/perizinan/izin/kuota/baru", CONFIGURE, "Formulir tempat baru", atur::new),
    Route::post("/perizinan/izin/kuota/baru", CONFIGURE, "Menambah tempat", atur::add),
    Route::get("/perizinan/izin/kuota/{id}", CONFIGURE, "Formulir satu tempat", atur::edit),
    Route::post("/perizinan/izin/kuota/{id}", CONFIGURE, "Mengubah satu tempat", atur::save),
];

words! {
    /// What an application has to do with a place.
    pub(crate) enum Pakai ("pemakaian kuota") {
        /// It has one.
        Pegang => "pegang", "Memegang tempat";
        /// It waits.
        Tunggu => "tunggu", "Menunggu tempat";
        /// It let it go, or never had one.
        Lepas => "lepas", "Sudah dilepas";
    }
}

/// What becomes of one more, of a place of which there are so many, so many are held and so many wait: in its turn or not at all, so who
/// comes later never takes what somebody waits for. Of one that waits, its place in line.
pub(crate) fn decide(jumlah: i64, pegang: i64, tunggu: i64) -> std::result::Result<(), i64> {
    if tunggu == 0 && pegang < jumlah { Ok(()) } else { Err(tunggu + 1) }
}

/// What a step means for places: called with every step, within its transaction.
///
/// # Errors
/// As [`write::act`].
pub(crate) fn after(
    tx: &mut Tx<'_>,
    kerja: &Kerja,
    one: Permohonan,
    langkah: Langkah,
) -> std::result::Result<Permohonan, Problem> {
    match langkah {
        Langkah::NyatakanLengkap => enter(tx, kerja, one),
        Langkah::Tolak | Langkah::Cabut | Langkah::Gugurkan => {
            store::release(tx, one.id)?;
            Ok(one)
        }
        Langkah::Tandatangani => {
            // What continues a licence holds its place from now on.
            if let Some(before) = before(tx, &one)? {
                match one.permintaan {
                    Permintaan::Pencabutan => store::release(tx, before)?,
                    _ => store::pass_on(tx, before, one.id)?,
                }
            }
            Ok(one)
        }
        _ => Ok(one),
    }
}

/// Whoever waits for a place goes on only when there is one: nobody lets it through by hand.
///
/// # Errors
/// [`Refusal::WaitsForQuota`].
pub(crate) fn may_resume(tx: &mut Tx<'_>, one: &Permohonan) -> std::result::Result<(), Problem> {
    match store::of(tx, one.id)? {
        Some((_, Pakai::Tunggu)) => Err(Problem::refused(Refusal::WaitsForQuota)),
        _ => Ok(()),
    }
}

/// The application of the licence that this one continues.
fn before(tx: &mut Tx<'_>, one: &Permohonan) -> Result<Option<Id>> {
    let Some(lama) = one.izin_lama else { return Ok(None) };
    Ok(izin::store::get(tx, lama)?.and_then(|izin| izin.permohonan))
}

fn enter(tx: &mut Tx<'_>, kerja: &Kerja, one: Permohonan) -> std::result::Result<Permohonan, Problem> {
    let jenis = jenis::store::version(tx, one.jenis_versi)?;
    // What continues a licence that still holds its place needs none; one that ended let it go.
    if jenis.alur.kuota.is_empty() || matches!(one.permintaan, Permintaan::Salinan | Permintaan::Pencabutan) {
        return Ok(one);
    }
    let answers = Jawaban::read(&one.isian);
    let Some(kuota) = store::named(tx, one.jenis, &fold(answers.text(&jenis.alur.kuota)))?.filter(|kuota| kuota.aktif) else {
        return Ok(one);
    };
    if let Some(before) = before(tx, &one)?
        && store::of(tx, before)? == Some((kuota.id, Pakai::Pegang))
    {
        return Ok(one);
    }
    let (pegang, tunggu) = store::counts(tx, kuota.id)?;
    match decide(kuota.jumlah, pegang, tunggu) {
        Ok(()) => {
            store::put(tx, one.id, kuota.id, Pakai::Pegang)?;
            Ok(one)
        }
        Err(urut) => {
            store::put(tx, one.id, kuota.id, Pakai::Tunggu)?;
            let words = format!(
                "Kuota {} sudah terpakai ({} tempat). Permohonan Anda ke-{urut} pada daftar tunggu dan dilanjutkan otomatis begitu ada tempat; waktu pelayanan berhenti dihitung.",
                kuota.nama, kuota.jumlah
            );
            write::act(tx, kerja, one, Langkah::Tangguhkan, &Catatan::umum(words).kode(KODE))
        }
    }
}

fn fault(problem: Problem) -> StoreError {
    match problem {
        Problem::Store(e) => e,
        Problem::Refused(refusal) => StoreError::Statement(refusal.message()),
        other => StoreError::Statement(format!("{other:?}")),
    }
}

/// Runs [`FILL`]: places of licences that ended are free again, and whoever waits longest gets them.
pub(crate) fn fill(instance: &Instance, _: &str) -> Result<()> {
    let (by, today) = (instance.by_system(FILL), instance.today());
    for kuota in instance.db.read(store::all)? {
        let id = kuota.id;
        for permohonan in instance.db.read(|tx| store::ended(tx, id, today))? {
            instance.db.write(&by, Keys::none(), move |tx| {
                store::release(tx, permohonan)?;
                tx.audit(&Entry::new("perizinan.release-kuota", TABLE, permohonan).because("izinnya berakhir atau dicabut"))
            })?;
        }
        while kuota.aktif && give_one(instance, id)? {}
    }
    Ok(())
}

/// Gives one free place to whoever waits longest; says whether there was both.
fn give_one(instance: &Instance, kuota: Id) -> Result<bool> {
    let at = instance.zona.local(instance.now());
    let found = instance.db.read(|tx| next(tx, kuota))?;
    let Some(one) = found else { return Ok(false) };
    let kerja = instance.db.read(|tx| Kerja::on(tx, at))?;
    let keys = Keys::of([write::turn_key(one.opd), write::turn_key(one.opd_teknis.unwrap_or(one.opd))]);
    instance.db.write(&instance.by_system(FILL), keys, move |tx| {
        let Some(one) = next(tx, kuota)?.filter(|again| again.id == one.id) else { return Ok(false) };
        store::put(tx, one.id, kuota, Pakai::Pegang)?;
        if crate::alur::next(one.status, Langkah::Lanjutkan, &one.keadaan()).is_ok() {
            let words = Catatan::umum("Tempat pada kuota tersedia; permohonan dilanjutkan.").kode(KODE);
            write::act(tx, &kerja, one, Langkah::Lanjutkan, &words).map_err(fault)?;
        }
        Ok::<_, StoreError>(true)
    })
}

/// Whoever waits longest for a place that has one free.
fn next(tx: &mut Tx<'_>, kuota: Id) -> Result<Option<Permohonan>> {
    let Some(one) = store::get(tx, kuota)? else { return Ok(None) };
    let (pegang, _) = store::counts(tx, kuota)?;
    if pegang >= one.jumlah {
        return Ok(None);
    }
    match store::first(tx, kuota)? {
        Some(permohonan) => applications::get(tx, permohonan),
        None => Ok(None),
    }
}

/// Does a licence that ends on this day, in this state, leave its place?
pub(crate) fn leaves(keadaan: izin::Keadaan, sampai: Option<Date>, today: Date) -> bool {
    keadaan == izin::Keadaan::Dicabut || sampai.is_some_and(|sampai| sampai < today)
}

#[cfg(test)]
mod tests {
    use super::*;
    use izin::Keadaan;

    #[test]
    fn a_place_is_taken_while_there_is_one_and_nobody_waits() {
        for (jumlah, pegang, tunggu, found) in
            [(2, 0, 0, Ok(())), (2, 1, 0, Ok(())), (2, 2, 0, Err(1)), (2, 2, 3, Err(4)), (0, 0, 0, Err(1))]
        {
            assert_eq!(decide(jumlah, pegang, tunggu), found, "{jumlah} {pegang} {tunggu}");
        }
    }

    #[test]
    fn who_comes_later_takes_no_place_that_somebody_waits_for() {
        assert_eq!(decide(5, 1, 1), Err(2));
    }

    #[test]
    fn a_place_is_free_again_when_its_licence_ended_or_was_revoked() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let today = day("2026-11-22");
        assert!(leaves(Keadaan::Dicabut, None, today) && leaves(Keadaan::Aktif, Some(day("2026-11-21")), today));
        assert!(!leaves(Keadaan::Aktif, Some(today), today) && !leaves(Keadaan::Dibekukan, None, today));
    }
}
