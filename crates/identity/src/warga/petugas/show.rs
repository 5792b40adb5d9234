//! One citizen or body for officers.

use praja_kernel::Id;
use praja_module::{Ctx, Outcome};
use praja_store::Tx;
use praja_web::{Act, Facts, Markup, Notice, PageHeader, Tone, act_bar, badge, detail, frame, html, section};

use super::{
    Dilihat, Keadaan,
    pages::{LIST, number, tone},
    subject,
};
use crate::{
    accounts::{Jenis, admin},
    kirim::Alamat,
    persetujuan::{self, SEMUA},
    rights::{MANAGE_ALL_OPD, MANAGE_PEOPLE},
    riwayat, telepon,
    warga::{JenisBadan, kuasa},
};

/// GET /identity/warga/{id}
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let seen = subject(ctx, tx)?;
    let Dilihat { akun, keadaan, .. } = &seen;
    let consents = persetujuan::store::of_account(tx, akun.id)?;
    let given = |kunci: &str| consents.iter().find(|row| row.tujuan == kunci).is_some_and(|row| row.dicabut.is_none());
    let (made, last) = admin::store::times(tx, akun.id)?;
    let when = |at| frame::time(ctx.instance().zona, at).0;
    let times = facts(ctx, &seen).add("Terdaftar", when(made)).add_maybe("Terakhir masuk", last.map(when));
    let content = html! {
        @if *keadaan == Keadaan::Ditutup {
            (Notice::new(Tone::Info, "Akun ini ditutup pemiliknya.").text("Nomornya dapat didaftarkan lagi sebagai akun baru."))
        }
        (times)
        (section("Persetujuan", html! { ul { @for one in SEMUA.iter() {
            li { (one.judul) ": " @if given(&one.kunci) { "diberikan" } @else { "tidak diberikan" } }
        } } }))
        @if akun.jenis == Jenis::Badan { (section("Kuasa", kuasa::pages::for_officers(ctx, tx, akun.id)?)) }
        (riwayat::of(ctx, tx, &[format!("identity_akun:{}", akun.id)])?)
    };
    let purpose = format!("Akun {} yang didaftarkan sendiri.", akun.jenis.label().to_lowercase());
    let header = PageHeader::new(akun.pemilik.clone()).purpose(purpose).crumb("Warga dan badan", LIST);
    Ok(frame::respond(ctx, &header, detail(content, act_bar(&acts(ctx, akun.id, *keadaan)))))
}

/// What an officer may know about the owner of an account.
pub(super) fn facts(ctx: &Ctx, seen: &Dilihat) -> Facts {
    let Dilihat { akun, diri, keadaan } = seen;
    let kind = diri.jenis_badan.as_deref().and_then(|word| JenisBadan::parse(word).ok()).map(JenisBadan::label);
    let label = if akun.jenis == Jenis::Badan { "NIB atau NPWP" } else { "NIK" };
    let checked = diri.diperiksa.map(|at| {
        let by = diri.diperiksa_oleh.as_deref().map_or_else(String::new, |nama| format!(" oleh {nama}"));
        format!("{}{by}", frame::time(ctx.instance().zona, at).0)
    });
    let state: Markup = badge(tone(*keadaan), keadaan.label());
    Facts::new()
        .add("Keadaan", state)
        .add("Nama", &akun.pemilik)
        .add_maybe("Jenis badan", kind)
        .add(label, number(akun.jenis, &diri.nomor))
        .add_maybe("Penanggung jawab", diri.wakil.as_deref())
        .add_maybe("Dicocokkan", checked)
        .add_maybe("Surel", diri.email.clone().map(|address| Alamat::Surel(address).masked()))
        .add_maybe("Nomor ponsel", diri.telepon.as_deref().map(telepon::masked))
}

fn acts(ctx: &Ctx, id: Id, keadaan: Keadaan) -> Vec<Act> {
    let link = |label: &str, act: &str| Act::link(label, format!("{LIST}/{id}/{act}"));
    let mut acts = match keadaan {
        Keadaan::Belum => vec![link("Cocokkan dengan KTP", "cocokkan").main(), link("Blokir akun", "blokir").danger()],
        Keadaan::Cocok => vec![link("Batalkan pencocokan", "batal-cocok"), link("Blokir akun", "blokir").danger()],
        Keadaan::Diblokir => vec![link("Buka blokir", "buka-blokir").main()],
        Keadaan::Ditutup => Vec::new(),
    };
    if ctx.may(MANAGE_ALL_OPD) && ctx.may(MANAGE_PEOPLE) && keadaan != Keadaan::Ditutup {
        acts.push(Act::link("Kunci, sesi, dan slip masuk", format!("/identity/akun/{id}")));
    }
    acts
}
