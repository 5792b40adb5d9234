//! What citizens see without an account: applying, following, mending, fetching. Everything works without the script.

pub(crate) mod ajukan;
mod bentuk;
pub(crate) mod berkas;
pub(crate) mod kirim;
pub(crate) mod lacak;
pub(crate) mod lama;
pub(crate) mod langkah;
pub(crate) mod permohonan;
mod unggahan;

use std::sync::Arc;

pub(crate) use bentuk::{answer, facts, fields};
use praja_desk::attachments;
use praja_kernel::{Actor, Id};
use praja_module::{Access, Ctx, Incoming, Problem, Response, Route, seal, unseal};
use praja_store::Tx;

use crate::{
    alur::Status,
    jenis::{self, Jenis},
    permohonan::{Permohonan, isian::Jawaban, store},
};

/// Where an application is followed.
pub(crate) const LACAK: &str = "/perizinan/lacak";
/// Below it lies everything about one application.
pub(crate) const SATU: &str = "/perizinan/permohonan";

/// The cookie that opens one application in the browser that wrote or tracked it.
const COOKIE: &str = "praja_izin";
/// What its seal is for.
const PURPOSE: &str = "perizinan/buka";
/// How long it opens, in seconds: as long as a draft is kept without being sent would be too long on a shared device.
const COOKIE_S: i64 = 24 * 60 * 60;

/// The addresses.
pub(crate) const ROUTES: &[Route] = &[
    Route::get_as("/perizinan/ajukan/{kode}", Access::Public, "Memulai permohonan", ajukan::form),
    Route::post_as("/perizinan/ajukan/{kode}", Access::Public, "Menyimpan data pemohon", ajukan::begin),
    Route::get_as("/perizinan/pilih/wilayah", Access::Public, "Pilihan wilayah bagi pemohon", ajukan::wilayah),
    Route::get_as("/perizinan/permohonan/{resi}", Access::Public, "Keadaan satu permohonan bagi pemohonnya", permohonan::show),
    Route::get_as("/perizinan/permohonan/{resi}/pemohon", Access::Public, "Data pemohon", ajukan::edit),
    Route::post_as("/perizinan/permohonan/{resi}/pemohon", Access::Public, "Mengubah data pemohon", ajukan::save),
    Route::get_as("/perizinan/permohonan/{resi}/isi/{bagian}", Access::Public, "Satu langkah formulir", langkah::form),
    Route::post_as("/perizinan/permohonan/{resi}/isi/{bagian}", Access::Public, "Menyimpan satu langkah formulir", langkah::save),
    Route::get_as("/perizinan/permohonan/{resi}/berkas", Access::Public, "Berkas persyaratan", berkas::list),
    Route::post_as("/perizinan/permohonan/{resi}/berkas/{syarat}", Access::Public, "Mengunggah satu berkas", berkas::put)
        .with_judged_upload(attachments::MAX_BYTES, 1),
    Route::post_as(
        "/perizinan/permohonan/{resi}/berkas/{syarat}/pakai",
        Access::Public,
        "Memakai berkas yang sudah pernah diberikan",
        berkas::reuse,
    ),
    Route::post_as("/perizinan/permohonan/{resi}/berkas/{syarat}/lepas", Access::Public, "Melepas satu berkas", berkas::remove),
    Route::post_as("/perizinan/permohonan/{resi}/unggahan", Access::Public, "Memulai unggahan bertahap", unggahan::begin),
    Route::post_as(
        "/perizinan/permohonan/{resi}/unggahan/{id}",
        Access::Public,
        "Menerima satu potongan berkas",
        unggahan::piece,
    )
    .with_upload(unggahan::PIECE, 1),
    Route::post_as(
        "/perizinan/permohonan/{resi}/unggahan/{id}/hapus",
        Access::Public,
        "Membuang unggahan sendiri",
        unggahan::discard,
    ),
    Route::get_as("/perizinan/permohonan/{resi}/lihat/{berkas}", Access::Public, "Melihat berkas sendiri", berkas::serve),
    Route::get_as("/perizinan/permohonan/{resi}/kirim", Access::Public, "Memeriksa permohonan sebelum dikirim", kirim::review),
    Route::post_as("/perizinan/permohonan/{resi}/kirim", Access::Public, "Mengirim permohonan", kirim::send),
    Route::get_as("/perizinan/permohonan/{resi}/bukti", Access::Public, "Bukti permohonan untuk dicetak", permohonan::receipt),
    Route::get_as(
        "/perizinan/permohonan/{resi}/cabut",
        Access::Public,
        "Menimbang pencabutan permohonan",
        permohonan::withdraw_ask,
    ),
    Route::post_as("/perizinan/permohonan/{resi}/cabut", Access::Public, "Mencabut permohonan sendiri", permohonan::withdraw),
    Route::post_as("/perizinan/permohonan/{resi}/keluar", Access::Public, "Menutup permohonan pada perangkat ini", lacak::leave),
    Route::get_as(LACAK, Access::Public, "Melacak permohonan dengan resi", lacak::form),
    Route::post_as(LACAK, Access::Public, "Membuka permohonan dengan resi", lacak::open),
    Route::get_as("/perizinan/saya", Access::Warga, "Permohonan saya", lacak::mine),
];

/// Lets this browser open an application for a day.
fn opened(ctx: &Ctx, response: Response, resi: &str) -> Response {
    let until = ctx.now().plus_ms(COOKIE_S * 1000).ms();
    let value = seal(ctx.instance().keys(), PURPOSE, &format!("{resi}\n{until}"));
    response.with_cookie(ctx.cookie(COOKIE, &value, COOKIE_S))
}

/// The resi this browser may open.
fn open_resi(ctx: &Ctx) -> Option<String> {
    let opened = unseal(ctx.instance().keys(), PURPOSE, ctx.sent_cookie(COOKIE)?)?;
    let (resi, until) = opened.split_once('\n')?;
    until.parse().is_ok_and(|until: i64| ctx.now().ms() <= until).then(|| resi.to_owned())
}

/// Whoever holds the cookie of the application whose address is asked, by its resi.
pub(crate) fn known(incoming: &Incoming) -> Option<String> {
    let opened = unseal(incoming.instance.keys(), PURPOSE, incoming.cookie(COOKIE)?)?;
    let (resi, until) = opened.split_once('\n')?;
    let fresh = until.parse().is_ok_and(|until: i64| incoming.instance.now().ms() <= until);
    (fresh && incoming.path.starts_with(&format!("{SATU}/{resi}/"))).then(|| format!("permohonan:{resi}"))
}

/// The citizen or body that is signed in.
pub(crate) fn account(ctx: &Ctx) -> Option<Id> {
    match ctx.who()?.scope.actor {
        Actor::Warga { id, .. } | Actor::Badan { id, .. } => Some(id),
        _ => None,
    }
}

/// The application of this address with its type, when this browser or account may open it.
///
/// # Errors
/// [`Problem::NotFound`]: nobody learns whether it is there.
fn own(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<(Permohonan, Arc<Jenis>), Problem> {
    let resi: String = ctx.param("resi")?;
    let one = store::by_resi(tx, &resi)?.ok_or(Problem::NotFound)?;
    let by_account = one.akun.is_some() && one.akun == account(ctx);
    if !by_account && open_resi(ctx).as_deref() != Some(resi.as_str()) {
        return Err(Problem::NotFound);
    }
    let jenis = jenis::store::version(tx, one.jenis_versi)?;
    Ok((one, jenis))
}

/// The application that this browser or account may open.
///
/// # Errors
/// [`Problem::NotFound`].
pub(crate) fn opened_application(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Permohonan, Problem> {
    own(ctx, tx).map(|(one, _)| one)
}

/// The same, when it may be written now: a draft, or one that came back.
fn writable(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<(Permohonan, Arc<Jenis>), Problem> {
    let (one, jenis) = own(ctx, tx)?;
    if matches!(one.status, Status::Draf | Status::Dikembalikan) { Ok((one, jenis)) } else { Err(Problem::NotFound) }
}

/// A page of an application.
fn href(one: &Permohonan, rest: &str) -> String {
    if rest.is_empty() { format!("{SATU}/{}", one.resi) } else { format!("{SATU}/{}/{rest}", one.resi) }
}

/// The answers typed so far.
fn answers(one: &Permohonan) -> Jawaban {
    Jawaban::read(&one.isian)
}

/// The steps of an application before it is sent, with the one that is open: applicant, the parts of the form, files, sending.
fn steps(one: &Permohonan, jenis: &Jenis, present: &str) -> praja_web::Markup {
    let mut list = vec![("Pemohon".to_owned(), "pemohon".to_owned())];
    list.extend(jenis.formulir.iter().enumerate().map(|(at, part)| (part.judul.clone(), format!("isi/{}", at + 1))));
    list.push(("Berkas".into(), "berkas".into()));
    list.push(("Periksa dan kirim".into(), "kirim".into()));
    let links: Vec<_> = list
        .into_iter()
        .enumerate()
        .map(|(at, (label, rest))| {
            (praja_web::Link::new(format!("{}. {label}", at + 1), href(one, &rest)), rest == present, None)
        })
        .collect();
    praja_web::html! {
        p.redup {
            "Nomor resi " code { (one.resi) } ". Dengan resi ini dan empat angka terakhir NIK, Anda dapat melanjutkan "
            @match one.batas_langkah.filter(|_| one.status == Status::Dikembalikan) {
                Some(batas) => { "sampai " (praja_kernel::tanggal_panjang(batas)) "; sesudah itu permohonan gugur." }
                None => "kapan saja selama 30 hari.",
            }
        }
        (praja_web::tabs("Langkah permohonan", &links))
    }
}
