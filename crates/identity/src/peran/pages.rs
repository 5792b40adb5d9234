//! The screens of roles: what there is, who holds what, giving and taking, roles of the regency's own making.

mod custom;
mod give;
mod show;

use praja_kernel::{Id, Permission};
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{Cell, Column, EmptyState, Icon, Link, Markup, PageHeader, Row, Table, Tone, badge, frame, html};

use super::{Khusus, Registry, aturan::Giver, store};
use crate::opd::{Reach, reach};

pub(crate) use custom::{change, create, edit, end, end_form, new};
pub(crate) use give::{give, give_form, key as give_key};
pub(crate) use show::{export, holders, revoke, show};

/// The address of the list; everything else lies below it.
pub(crate) const LIST: &str = "/identity/peran";

/// A role as shown, shipped or of the regency's own making.
#[derive(Debug, Clone)]
struct Peran {
    id: String,
    nama: String,
    /// Where it comes from.
    asal: String,
    izin: Vec<Permission>,
    keterangan: String,
    /// Held by everybody with a post, without being given.
    umum: bool,
    /// Of the regency's own making.
    khusus: Option<Khusus>,
}

/// The roles whoever asks may see: all shipped ones of modules that are on, and those of the own OPD or the whole regency.
fn all(ctx: &Ctx, tx: &mut Tx<'_>, reach: &Reach) -> Result<Vec<Peran>, Problem> {
    let mut list: Vec<Peran> = shipped(ctx).collect();
    let registry = Registry::of(&ctx.parts().modules);
    let own = store::customs(tx)?.into_iter().filter(|one| one.opd.is_none_or(|opd| reach.has(opd)));
    list.extend(own.map(|one| made(one, &registry)));
    Ok(list)
}

fn shipped(ctx: &Ctx) -> impl Iterator<Item = Peran> {
    let on = ctx.parts().modules.iter().filter(|module| ctx.instance().has_module(module.id));
    on.flat_map(|module| {
        module.roles.iter().map(|role| Peran {
            id: role.id.to_owned(),
            nama: role.title.to_owned(),
            asal: module.title.to_owned(),
            izin: role.permissions.to_vec(),
            keterangan: String::new(),
            umum: role.id.ends_with(".pegawai"),
            khusus: None,
        })
    })
}

fn made(one: Khusus, registry: &Registry) -> Peran {
    Peran {
        id: one.id.clone(),
        nama: one.nama.clone(),
        asal: "Buatan sendiri".into(),
        izin: one.izin.iter().filter_map(|name| registry.permission(name)).collect(),
        keterangan: one.keterangan.clone(),
        umum: false,
        khusus: Some(one),
    }
}

/// The role of the address, when whoever asks may see it.
fn find(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<(Peran, Reach), Problem> {
    let id: String = ctx.param("peran")?;
    let reach = reach(ctx, tx)?;
    if let Some(role) = shipped(ctx).find(|role| role.id == id) {
        return Ok((role, reach));
    }
    let registry = Registry::of(&ctx.parts().modules);
    let own = store::custom(tx, &id)?.filter(|one| one.opd.is_none_or(|opd| reach.has(opd)));
    own.map(|one| (made(one, &registry), reach)).ok_or(Problem::NotFound)
}

/// Whoever asks, as the rules see them.
fn giver(ctx: &Ctx) -> Result<Giver, Problem> {
    let who = ctx.who().ok_or(Problem::SignInFirst)?;
    let orang = who.scope.actor.id().ok_or(Problem::SignInFirst)?;
    let jabatan: Vec<Id> = who.posts.iter().map(|post| post.jabatan).collect();
    Ok(Giver { orang, jabatan, permissions: who.scope.permissions.clone() })
}

/// GET /identity/peran: every role, and how many hold it.
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (reach, giver) = (reach(ctx, tx)?, giver(ctx)?);
    let wanted = ctx.query("asal");
    let (mut rows, mut sources) = (Vec::new(), Vec::new());
    for role in all(ctx, tx, &reach)? {
        if !sources.contains(&role.asal) {
            sources.push(role.asal.clone());
        }
        if wanted.is_some_and(|asal| asal != role.asal) {
            continue;
        }
        let (posts, people) = store::counts(tx, &reach, &role.id)?;
        let held = if role.umum { "setiap pegawai".to_owned() } else { counted(posts, people) };
        let note = may_badge(&role, &giver);
        rows.push(
            Row::new(vec![
                role.nama.as_str().into(),
                note,
                role.asal.as_str().into(),
                role.izin.len().to_string().into(),
                held.into(),
            ])
            .href(format!("{LIST}/{}", role.id)),
        );
    }
    let mut table = Table::new("Peran")
        .column(Column::text("Peran"))
        .column(Column::text("Wewenang Anda").corner())
        .column(Column::text("Asal"))
        .column(Column::number("Izin"))
        .column(Column::text("Pemegang"))
        .count(format!("{} peran", rows.len()))
        .chip("Semua", LIST, wanted.is_none())
        .rows(rows)
        .empty(EmptyState::new(Icon::Key, "Tidak ada peran dari asal ini", "Pilih asal lain."));
    for asal in &sources {
        table = table.chip(asal.as_str(), format!("{LIST}?asal={}", encoded(asal)), wanted == Some(asal.as_str()));
    }
    let header = PageHeader::new("Peran")
        .purpose("Kumpulan izin yang diberikan kepada jabatan atau orang. Hak mengikuti jabatan.")
        .action(Link::new("Buat peran", format!("{LIST}/baru")).icon(Icon::Add));
    let content = html! {
        p { a href={ (LIST) "/pemegang" } { "Lihat siapa memegang peran apa" } }
        (table)
    };
    Ok(frame::respond(ctx, &header, content))
}

fn may_badge(role: &Peran, giver: &Giver) -> Cell {
    if role.umum {
        return badge(Tone::Neutral, "Otomatis").into();
    }
    match giver.obstacle(&role.izin) {
        None if !role.izin.is_empty() => badge(Tone::Good, "Dapat diberikan").into(),
        _ => badge(Tone::Neutral, "Hanya dibaca").into(),
    }
}

fn counted(posts: i64, people: i64) -> String {
    match (posts, people) {
        (0, 0) => "belum ada".into(),
        (posts, 0) => format!("{posts} jabatan"),
        (0, people) => format!("{people} orang"),
        (posts, people) => format!("{posts} jabatan, {people} orang"),
    }
}

/// The permissions of a role, with what each allows.
fn meanings(ctx: &Ctx, izin: &[Permission]) -> Markup {
    let known: Vec<_> = ctx.parts().permissions().collect();
    let words = |one: &Permission| known.iter().find(|(permission, _)| permission == one).map_or(one.name(), |(_, words)| words);
    html! { ul { @for one in izin { li { (words(one)) } } } }
}

fn crumbs(header: PageHeader) -> PageHeader {
    header.crumb("Peran", LIST)
}

/// A text as part of a query.
pub(crate) fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => out.push(char::from(byte)),
            other => out.push_str(&format!("%{other:02X}")),
        }
        out
    })
}
