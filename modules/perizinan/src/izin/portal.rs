//! What was issued, for its applicant: how it stands, and the file.

use praja_desk::attachments;
use praja_kernel::{Date, tanggal_panjang};
use praja_module::{Access, Ctx, Outcome, Problem, Route};
use praja_store::Tx;
use praja_web::{Act, Address, Facts, Markup, Notice, Tone, act_bar, badge, html, section};

use super::{
    daur::{Tampak, Tindakan, renews, stands},
    objek, store,
    terbit::tone,
};
use crate::{
    jenis::{self, Permintaan},
    permohonan::Permohonan,
    portal,
};

/// The addresses.
pub(crate) const ROUTES: &[Route] = &[Route::get_as(
    "/perizinan/permohonan/{resi}/dokumen",
    Access::Public,
    "Mengunduh dokumen yang terbit bagi pemohonnya",
    download,
)];

/// What is shown on the page of the application.
pub(crate) fn of(ctx: &Ctx, tx: &mut Tx<'_>, one: &Permohonan) -> Result<Option<Markup>, Problem> {
    // What may follow is told by the version that may be applied for today.
    let jenis = jenis::store::version(tx, one.jenis_versi)?;
    let offered =
        jenis::store::published(tx, &jenis.kode, ctx.today())?.map(|now| now.isi.permohonan.clone()).unwrap_or_default();
    let Some(izin) = store::of_application(tx, one.id)?.filter(|izin| izin.lampiran.is_some()) else { return Ok(None) };
    let tampak = stands(izin.keadaan, izin.jangka(jenis.masa.perpanjangan_hari), ctx.today());
    let facts = Facts::new()
        .add("Nomor", &izin.nomor)
        .add("Tanggal", tanggal_panjang(izin.tanggal))
        .add("Keadaan", badge(tone(tampak), tampak.label()))
        .add("Berlaku sampai", izin.berlaku_sampai.map_or_else(|| "tanpa batas waktu".into(), tanggal_panjang))
        .add("Ditandatangani", format!("{}, {}", izin.penandatangan, izin.jabatan));
    let told: Vec<_> = store::events(tx, izin.id)?.into_iter().filter(|row| Tindakan::parse(&row.jenis).is_ok()).collect();
    let good = matches!(tampak, Tampak::Berlaku | Tampak::AkanHabis) && told.is_empty();
    Ok(Some(section(
        "Dokumen yang terbit",
        html! {
            @if good { (Notice::new(Tone::Good, "Dokumen Anda sudah terbit.")) }
            @for row in &told {
                (Notice::new(Tone::Warn, format!("{}, {}", what(&row.jenis), tanggal_panjang(ctx.instance().zona.date(row.pada))))
                    .text(format!("{} Dasar: {}", row.alasan, row.dasar)))
            }
            (facts)
            (act_bar(&[Act::link("Unduh dokumen", format!("{}/{}/dokumen", portal::SATU, one.resi)).main()]))
            @let next: Vec<Act> = offered.iter().filter(|one| follows(**one, &izin, tampak, jenis.masa.perpanjangan_hari, ctx.today()))
                .map(|one| Act::link(one.label(), onward(&jenis.kode, *one, &izin.nomor)))
                .collect();
            @if !next.is_empty() { p { "Yang dapat diajukan untuk izin ini:" } (act_bar(&next)) }
            @if let Some(token) = &izin.token { p { "Siapa pun dapat memeriksa keasliannya: " a href={ "/v/" (token) } { "halaman pemeriksaan" } "." } }
        },
    )))
}

fn onward(kode: &str, permintaan: Permintaan, nomor: &str) -> String {
    Address::new(format!("/perizinan/ajukan/{kode}")).set("untuk", permintaan.as_str()).set("izin", nomor).href()
}

/// May this be applied for now with this licence?
fn follows(permintaan: Permintaan, izin: &store::Izin, tampak: Tampak, hari: u32, today: Date) -> bool {
    match permintaan {
        Permintaan::Baru => false,
        Permintaan::Perpanjangan => {
            matches!(tampak, Tampak::Berlaku | Tampak::AkanHabis | Tampak::Habis) && renews(izin.berlaku_sampai, hari, today)
        }
        Permintaan::Perubahan | Permintaan::Salinan | Permintaan::Pencabutan => {
            matches!(tampak, Tampak::Berlaku | Tampak::AkanHabis)
        }
    }
}

fn what(jenis: &str) -> &'static str {
    match Tindakan::parse(jenis) {
        Ok(Tindakan::Peringatan) => "Izin ini mendapat peringatan",
        Ok(Tindakan::Bekukan) => "Izin ini dibekukan",
        Ok(Tindakan::Cairkan) => "Pembekuan izin ini dicabut",
        Ok(Tindakan::Cabut) => "Izin ini dicabut",
        Err(_) => "Catatan",
    }
}

/// GET /perizinan/permohonan/{resi}/dokumen
pub(crate) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let one = portal::opened_application(ctx, tx)?;
    let izin = store::of_application(tx, one.id)?.ok_or(Problem::NotFound)?;
    let lampiran = izin.lampiran.ok_or(Problem::NotFound)?;
    attachments::of_thing(ctx, tx, &objek(izin.id), lampiran, true)
}
