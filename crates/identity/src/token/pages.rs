//! Tokens on screen: the programs that an OPD let in, a form for a new one, and taking one back.

mod form;
mod revoke;

use praja_kernel::{days_after, tanggal_panjang, tanggal_pendek};
use praja_module::{Ctx, Outcome, Problem, api};
use praja_store::Tx;
use praja_web::{
    Act, Cell, Column, EmptyState, Facts, Icon, Link, Markup, PageHeader, Row, Table, Tone, act_bar, badge, frame, html, section,
};

use super::{Keadaan, Token, may_give, scopes, store};
use crate::{jabatan, opd, riwayat};

pub(crate) use form::{create, new};
pub(crate) use revoke::{ask as ask_revoke, revoke};

/// The address of the list; everything else lies below it.
pub(crate) const LIST: &str = "/identity/token";
/// What audit calls a token.
pub(crate) const TABLE: &str = "identity_token";
/// Uses of so many days are shown.
const DAYS: i32 = -30;

fn tone(keadaan: Keadaan) -> Tone {
    match keadaan {
        Keadaan::Berlaku => Tone::Good,
        Keadaan::Lewat => Tone::Warn,
        Keadaan::Dicabut => Tone::Neutral,
    }
}

/// The last day on which it is good.
fn last_day(ctx: &Ctx, token: &Token) -> praja_kernel::Date {
    ctx.instance().zona.date(token.berlaku_sampai.plus_ms(-1))
}

fn used(ctx: &Ctx, token: &Token) -> String {
    token.terakhir.map_or_else(|| "Belum pernah".to_owned(), |at| frame::time(ctx.instance().zona, at).0)
}

/// What each scope allows; of one whose module is not here its name.
fn meanings(ctx: &Ctx, cakupan: &[String]) -> Vec<String> {
    let known = scopes(&ctx.parts().modules);
    let words = |nama: &String| known.iter().find(|one| one.nama == nama).map_or_else(|| nama.clone(), |one| one.arti.to_owned());
    cakupan.iter().map(words).collect()
}

/// GET /identity/token
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let asked = ctx.query("keadaan").map(Keadaan::parse).transpose().map_err(|_| Problem::NotFound)?;
    let mut all = Vec::new();
    for opd in &ctx.scope()?.opd_set {
        all.extend(store::of_opd(tx, *opd)?);
    }
    let now = ctx.now();
    let mut table = Table::new("Aplikasi terhubung")
        .column(Column::text("Aplikasi"))
        .column(Column::text("Keadaan").corner())
        .column(Column::text("Cakupan"))
        .column(Column::date("Sampai"))
        .column(Column::text("Terakhir dipakai"))
        .chip("Semua", LIST, asked.is_none());
    for one in Keadaan::ALL {
        table = table.chip(one.label(), format!("{LIST}?keadaan={}", one.as_str()), asked == Some(*one));
    }
    let shown: Vec<Row> = all
        .iter()
        .filter(|token| asked.is_none_or(|asked| token.keadaan(now) == asked))
        .map(|token| {
            let keadaan = token.keadaan(now);
            Row::new(vec![
                Cell::new(html! { (token.isi.nama) span.redup.baris-dua { code { (token.petunjuk) "…" } } }),
                badge(tone(keadaan), keadaan.label()).into(),
                meanings(ctx, &token.isi.cakupan).join("; ").into(),
                tanggal_pendek(last_day(ctx, token)).into(),
                used(ctx, token).into(),
            ])
            .href(format!("{LIST}/{}", token.id))
        })
        .collect();
    let table = table.count(format!("{} token", shown.len())).rows(shown).empty(EmptyState::new(
        Icon::Key,
        "Belum ada aplikasi yang terhubung",
        "Aplikasi lain milik daerah membaca dan mencatat surat OPD ini dengan token yang dibuat di sini.",
    ));
    let header = PageHeader::new("Aplikasi terhubung")
        .purpose("Token aplikasi lain milik daerah yang boleh membaca atau mencatat surat OPD Anda.");
    // An administrator without rights to letters sees and revokes, and can give nothing.
    let makes = !may_give(scopes(&ctx.parts().modules), |hak| ctx.may(hak)).is_empty();
    let header = if makes { header.action(Link::new("Buat token", format!("{LIST}/baru")).icon(Icon::Add)) } else { header };
    let content = html! {
        (table)
        p { a href=(crate::kait::pages::LIST) { "Webhook: aplikasi yang diberi tahu bila terjadi sesuatu" } }
        p { a href=(super::dokumen::PAGE) { "Lihat apa yang dapat diminta aplikasi" } }
    };
    Ok(frame::respond(ctx, &header, content))
}

/// The token of the address, when it is of the own OPD.
fn load(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Token, Problem> {
    let token = store::get(tx, ctx.param("id")?)?.ok_or(Problem::NotFound)?;
    if ctx.scope()?.covers_opd(token.opd) { Ok(token) } else { Err(Problem::NotFound) }
}

/// GET /identity/token/{id}
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let token = load(ctx, tx)?;
    let header = PageHeader::new(token.isi.nama.as_str())
        .purpose("Apa yang boleh dilakukan aplikasi ini, sampai kapan, dan seberapa sering dipakai.")
        .crumb("Aplikasi terhubung", LIST);
    let history = riwayat::of(ctx, tx, &[format!("{TABLE}:{}", token.id)])?;
    let content = html! {
        (facts(ctx, tx, &token)?)
        @if token.keadaan(ctx.now()) != Keadaan::Dicabut {
            (act_bar(&[Act::link("Cabut token", format!("{LIST}/{}/cabut", token.id)).danger()]))
        }
        (section("Pemakaian tiga puluh hari terakhir", uses(ctx, tx, &token)?))
        (history)
    };
    Ok(frame::respond(ctx, &header, content))
}

fn facts(ctx: &Ctx, tx: &mut Tx<'_>, token: &Token) -> Result<Facts, Problem> {
    let (keadaan, zona) = (token.keadaan(ctx.now()), ctx.instance().zona);
    let mut facts = Facts::new()
        .add("Keadaan", badge(tone(keadaan), keadaan.label()))
        .add("Token", html! { code { (token.petunjuk) "…" } })
        .add("OPD", opd::name(tx, token.opd)?.unwrap_or_default())
        .add("Cakupan", html! { ul { @for one in meanings(ctx, &token.isi.cakupan) { li { (one) } } } })
        .add("Isi yang terbaca", readable(token))
        .add("Penanggung jawab", jabatan::label(tx, token.isi.jabatan, ctx.today())?)
        .add("Keperluan dan dasarnya", &token.isi.keterangan)
        .add("Berlaku sampai", tanggal_panjang(last_day(ctx, token)))
        .add("Dibuat", format!("{} oleh {}", frame::time(zona, token.dibuat).0, token.oleh_nama))
        .add("Terakhir dipakai", used(ctx, token));
    if let Some(alamat) = &token.terakhir_alamat {
        facts = facts.add("Dari alamat", alamat);
    }
    if let (Some(at), Some(oleh)) = (token.dicabut, &token.dicabut_oleh) {
        let words = format!("{} oleh {oleh}: {}", frame::time(zona, at).0, token.sebab.as_deref().unwrap_or("-"));
        facts = facts.add("Dicabut", words);
    }
    Ok(facts)
}

fn readable(token: &Token) -> &'static str {
    if token.isi.sifat == praja_kernel::Sifat::Biasa {
        "Surat biasa. Yang terbatas ke atas hanya tampak nomor dan keadaannya."
    } else {
        "Surat biasa dan terbatas. Yang rahasia ke atas hanya tampak nomor dan keadaannya."
    }
}

fn uses(ctx: &Ctx, tx: &mut Tx<'_>, token: &Token) -> Result<Markup, Problem> {
    let since = days_after(ctx.today(), DAYS).unwrap_or_else(|| ctx.today());
    let all = store::uses(tx, token.id, since)?;
    let title = |id: &str| {
        let mut operations = ctx.parts().modules.iter().flat_map(|module| module.api);
        operations.find(|one: &&api::Operation| one.id == id).map_or_else(|| id.to_owned(), |one| one.title.to_owned())
    };
    let rows = all.into_iter().map(|one| {
        Row::new(vec![
            tanggal_pendek(one.hari).into(),
            title(&one.operasi).into(),
            one.jumlah.to_string().into(),
            one.ditolak.to_string().into(),
        ])
    });
    let table = Table::new("Pemakaian")
        .column(Column::date("Hari"))
        .column(Column::text("Operasi"))
        .column(Column::number("Dijawab"))
        .column(Column::number("Ditolak"))
        .rows(rows)
        .empty(EmptyState::new(Icon::Chart, "Belum dipakai", "Setiap panggilan aplikasi dihitung di sini menurut harinya."));
    Ok(html! { (table) })
}
