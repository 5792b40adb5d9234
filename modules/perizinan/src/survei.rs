//! Looking at the place: when, by whom, and what was found. The report counts when two officers of the team have confirmed it.

pub(crate) mod bap;
mod berkas;
pub(crate) mod cetak;
mod daftar;
mod jadwal;
mod konfirmasi;
mod laporan;
pub(crate) mod rencana;
pub(crate) mod store;
mod uji;

use praja_desk::attachments;
use praja_kernel::Id;
use praja_module::{Ctx, Problem, Route};
use praja_store::Tx;
use praja_web::{Act, Facts, Markup, act_bar, html};

pub(crate) use daftar::offline;
pub(crate) use laporan::plain_point;

use crate::{
    alur::Status,
    hak::{INSPECT, READ, REVIEW, SURVEY, VERIFY},
    meja::{href, me},
    permohonan::Permohonan,
};

/// The surveys of whoever asks.
pub(crate) const LIST: &str = "/perizinan/izin/survei";

/// The addresses.
pub(crate) const ROUTES: &[Route] = &[
    Route::get(LIST, SURVEY, "Pemeriksaan lapangan saya: hari ini dan berikutnya", daftar::list).kept(),
    Route::get("/perizinan/izin/survei/unduh", SURVEY, "Mengunduh daftar pemeriksaan lapangan saya", daftar::download),
    Route::get("/perizinan/izin/uji-ulang", INSPECT, "Pemeriksaan lapangan yang terpilih untuk diuji ulang", uji::list),
    Route::get("/perizinan/izin/uji-ulang/unduh", INSPECT, "Mengunduh daftar uji ulang", uji::download),
    Route::get("/perizinan/izin/uji-ulang/{survei}", INSPECT, "Mencatat hasil satu uji ulang", uji::form),
    Route::post("/perizinan/izin/uji-ulang/{survei}", REVIEW, "Menyimpan hasil uji ulang", uji::save),
    Route::post("/perizinan/izin/{id}/jadwal-ulang", VERIFY, "Menjadwalkan ulang pemeriksaan lapangan", jadwal::again),
    Route::get("/perizinan/izin/{id}/bap", SURVEY, "Berita acara pemeriksaan lapangan", laporan::show).kept(),
    Route::post("/perizinan/izin/{id}/bap", SURVEY, "Menyimpan berita acara pemeriksaan lapangan", laporan::save)
        .waits()
        .with_judged_upload(attachments::MAX_BYTES, berkas::MOST + 2),
    Route::post(
        "/perizinan/izin/{id}/bap/konfirmasi",
        SURVEY,
        "Mengonfirmasi berita acara sebagai anggota tim",
        konfirmasi::confirm,
    )
    .with_judged_upload(attachments::MAX_BYTES, 1),
    Route::get("/perizinan/izin/{id}/bap/cetak", READ, "Berita acara sebagai PDF", cetak::serve),
    Route::get("/perizinan/izin/{id}/bap/lampiran/{lampiran}", READ, "Foto dan tanda tangan berita acara", berkas::serve),
];

/// A result as people read it.
pub(crate) fn hasil_label(word: &str) -> &'static str {
    bap::HASIL.iter().find(|(known, _)| *known == word).map_or("Tidak dikenal", |(_, label)| label)
}

/// The name of a survey in attachments and audit.
pub(crate) fn objek(id: Id) -> String {
    format!("perizinan_survei:{id}")
}

/// The survey an application waits for, with who goes; none where none was set.
pub(crate) fn present(tx: &mut Tx<'_>, permohonan: Id) -> praja_store::Result<Option<(store::Survei, Vec<store::Petugas>)>> {
    let Some(one) = store::of(tx, permohonan)?.into_iter().next() else { return Ok(None) };
    let team = store::officers(tx, one.id)?;
    Ok(Some((one, team)))
}

/// What the survey team is to do, on the page of the application.
pub(crate) fn work(ctx: &Ctx, tx: &mut Tx<'_>, one: &Permohonan) -> Result<Markup, Problem> {
    let Some((survei, team)) = present(tx, one.id)? else { return Ok(html! {}) };
    let orang = me(ctx)?;
    let Some(own) = team.iter().find(|petugas| petugas.orang == orang) else {
        return Ok(html! { p { "Tim pemeriksa lapangan: " (names(&team)) "." } });
    };
    let label = match (one.status, own.dikonfirmasi) {
        (Status::SurveiDijadwalkan, _) => "Isi berita acara",
        (_, None) => "Baca dan konfirmasi berita acara",
        (_, Some(_)) => "Buka berita acara",
    };
    Ok(html! {
        (Facts::new()
            .add("Jadwal", format!("{} pukul {}", praja_kernel::tanggal_panjang(survei.tanggal), survei.jam))
            .add("Tim", names(&team)))
        (act_bar(&[Act::link(label, href(one, "bap")).main()]))
    })
}

/// Names of a team.
pub(crate) fn names(team: &[store::Petugas]) -> String {
    team.iter().map(|petugas| petugas.nama.as_str()).collect::<Vec<_>>().join(", ")
}
