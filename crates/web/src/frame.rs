//! From a request to what surrounds its page: the only place where `web` meets the request context.

use maud::Render;
use praja_kernel::{FieldProblem, Moment, Zona};
use praja_module::{Ctx, Input, Jenis, Pages, Problem, Response, Undo};

use crate::{
    Act, Field, Form, FormValues, Icon, Jabatan, NavItem, Notice, PageHeader, Shell, Tone, UserBadge, assets, color::Accent,
    crest::Crest, errors, help, page, plain_page,
};

/// What surrounds every page of this request.
pub fn shell(ctx: &Ctx) -> Shell {
    let instance = ctx.instance();
    let path = &ctx.incoming().path;
    let mut shell = Shell::new(&instance.wilayah.nama);
    shell.contoh = instance.jenis == Jenis::Contoh;
    if let Some(accent) = instance.paket.aksen.as_deref().and_then(|color| Accent::parse(color).ok()) {
        shell.accent = accent;
    }
    if let Some(lambang) = &instance.paket.lambang {
        shell.crest_url = assets::crest_url(&Crest::new(lambang, shell.accent));
    }
    shell.csrf = ctx.csrf();
    shell.holder = ctx.holder();
    shell.query = ctx.query("q").unwrap_or_default().to_owned();
    shell.flash = ctx.notice().map(|(text, undo)| flash(ctx, text, undo));
    let waiting = ctx.waiting.unwrap_or_default();
    shell.inbox = u64::try_from(waiting.tugas).unwrap_or(0);
    shell.notices = u64::try_from(waiting.kabar).unwrap_or(0);
    let Some(who) = ctx.who() else { return shell };
    if !who.is_citizen() {
        shell.help = help::of(ctx.incoming().pattern);
    }
    if who.is_citizen() {
        shell.citizen = true;
        shell.addresses.beranda = who.home().into();
        shell.addresses.profil = who.home().into();
    }
    let (now, zona) = (ctx.now(), instance.zona);
    shell.printed = format!("Dicetak {} dari {}, {}.", who.scope.actor.nama(), instance.wilayah.nama, time(zona, now).0);
    let entries = ctx.menu();
    // The longest matching address is the present one: "/" matches everything and must not win.
    let present = entries.iter().map(|(_, entry)| entry.href).filter(|href| is_below(path, href)).max_by_key(|href| href.len());
    shell.nav = entries
        .iter()
        .map(|(_, entry)| NavItem {
            label: entry.label.to_owned(),
            href: entry.href.to_owned(),
            icon: icon_named(entry.icon),
            active: present == Some(entry.href),
            group: entry.group.label().map(str::to_owned),
        })
        .collect();
    let acting = who.scope.acting.as_ref();
    shell.user = Some(UserBadge {
        nama: who.scope.actor.nama().to_owned(),
        // Whoever comes from outside reads on every page until when.
        jabatan: match who.tamu {
            Some(day) => Some(format!("Akses sampai {}", praja_kernel::tanggal_pendek(day))),
            None => acting.map(|acting| acting.nama.clone()),
        },
        pilihan: who
            .posts
            .iter()
            .map(|post| Jabatan {
                value: post.penugasan.to_string(),
                label: format!("{}, {}", post.nama, post.opd_nama),
                active: acting.is_some_and(|acting| acting.penugasan == post.penugasan),
            })
            .collect(),
    });
    shell
}

/// What the page before left to be said, with the way back where there is one.
fn flash(ctx: &Ctx, text: String, undo: Option<Undo>) -> Notice {
    let notice = Notice::new(Tone::Good, text);
    let Some(Undo { label, action, values }) = undo else { return notice };
    let act = Act::post(label, action, ctx.csrf(), ctx.form_id().to_string()).icon(Icon::History);
    notice.undo(values.into_iter().fold(act, |act, (name, value)| act.value(name, value)))
}

/// A working page as the answer of a handler.
pub fn respond(ctx: &Ctx, header: &PageHeader, content: impl Render) -> Response {
    Response::page(page(&shell(ctx), header, content))
}

/// A one-column page (log-in, public) as the answer of a handler.
pub fn respond_plain(ctx: &Ctx, header: &PageHeader, content: impl Render) -> Response {
    Response::page(plain_page(&shell(ctx), header, content))
}

/// An empty form of this request, with its proof of origin and its own UUID.
pub fn form(ctx: &Ctx, action: impl Into<String>) -> Form {
    Form::post(action, ctx.csrf(), ctx.form_id().to_string())
}

/// A form shown again after a refusal: what was typed stands in it, and it keeps its UUID.
pub fn form_again(ctx: &Ctx, action: impl Into<String>, input: &Input) -> Form {
    let kunci = input.form_id().unwrap_or_else(|| ctx.form_id());
    Form::post(action, ctx.csrf(), kunci.to_string()).values(typed(input))
}

/// Lets a form wait on the reader's device when there is no line. `title` says what is sent, for the list of what waits. Its route says
/// [`Route::waits`](praja_module::Route::waits). A form with one of the values `never` (name and value) does not wait: nothing secret stays
/// on a device.
pub fn waiting(ctx: &Ctx, form: Form, title: impl Into<String>, never: &[(&str, &str)]) -> Form {
    let Some(holder) = ctx.holder() else { return form };
    let form = form.hidden(praja_module::HOLDER_FIELD, holder).hidden("_antre", title);
    never.iter().fold(form, |form, (name, value)| form.hidden("_antre_kecuali", format!("{name}={value}")))
}

/// What was typed, for showing it again.
pub fn typed(input: &Input) -> FormValues {
    input.fields.iter().map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// "22 Nov 2026 10.32 WITA" for people, and the same instant for machines.
pub fn time(zona: Zona, at: Moment) -> (String, String) {
    let local = zona.local(at);
    let shown =
        format!("{} {:02}.{:02} {}", praja_kernel::tanggal_pendek(local.date()), local.hour(), local.minute(), zona.name());
    let machine =
        format!("{}T{:02}:{:02}:{:02}+{:02}:00", local.date(), local.hour(), local.minute(), local.second(), zona.hours());
    (shown, machine)
}

/// Draws the pages the guard itself must show.
#[derive(Debug, Clone, Copy, Default)]
pub struct GuardPages;

impl Pages for GuardPages {
    fn problem(&self, ctx: &Ctx, problem: &Problem, incident: Option<&str>) -> String {
        let shell = shell(ctx);
        let path = ctx.incoming().path.as_str();
        match problem {
            Problem::Refused(refusal) => errors::refused(&shell, &refusal.message(), &refusal.next_step(), Some(path)),
            Problem::NotFound => errors::not_found(&shell),
            Problem::Forbidden(permission) => {
                let known = ctx.parts().permissions().find(|(known, _)| known == permission);
                let right = known.map_or_else(|| permission.name().to_owned(), |(_, words)| lower_first(words));
                errors::forbidden(&shell, &right, "admin OPD Anda")
            }
            Problem::SignInFirst | Problem::ChangePasswordFirst => errors::sign_in(&shell, path),
            Problem::OfficersOnly => errors::officers_only(&shell),
            Problem::CitizensOnly => errors::citizens_only(&shell),
            Problem::ReadsOnly => errors::reads_only(&shell),
            Problem::ProveFirst => errors::refused(&shell, "Sandi perlu diketik lagi.", "", Some("/buktikan")),
            Problem::ProveAgain { purpose, fields, wrong } => {
                errors::prove_again(&shell, purpose, &proof_form(ctx, fields, wrong.as_deref()))
            }
            Problem::StaleForm => errors::stale_form(&shell, Some(path)),
            Problem::OtherHolder => errors::other_holder(&shell),
            Problem::TakenOtherwise => errors::taken_otherwise(&shell),
            Problem::TooLarge { limit } => errors::too_large(&shell, limit.div_ceil(1 << 20)),
            Problem::TooOften => errors::too_often(&shell, path),
            Problem::Unreadable(what) => errors::refused(&shell, &upper_first(what), "Kirim ulang formulirnya.", Some(path)),
            Problem::Conflict => errors::conflict(&shell, "Orang lain", "saat yang sama", path),
            Problem::Store(e) if e.is_passing() => errors::unavailable(&shell, None),
            Problem::Store(_) | Problem::Fault(_) => errors::fault(&shell, incident.unwrap_or("-")),
        }
    }
}

/// Fields whose names begin like this hold passphrases: they stand in no page, and are typed again.
const SECRET: &str = "rahasia";

/// The form that was sent, as hidden values, with the one question that is new.
fn proof_form(ctx: &Ctx, fields: &[(String, String)], wrong: Option<&str>) -> Form {
    let key = fields
        .iter()
        .find(|(name, _)| name == crate::form::KEY_FIELD)
        .map_or_else(|| ctx.form_id().to_string(), |(_, key)| key.clone());
    let mut form = Form::post(&ctx.incoming().whole, ctx.csrf(), key);
    let travels = |name: &str| ![crate::form::KEY_FIELD, crate::form::CSRF_FIELD].contains(&name) && !name.starts_with(SECRET);
    for (name, value) in fields.iter().filter(|(name, _)| travels(name)) {
        form = form.hidden(name, value);
    }
    if let Some(wrong) = wrong {
        form = form.problems(&[FieldProblem::new("_sandi", wrong)]);
    }
    let hint = "Sandi akun yang sedang Anda pakai.";
    form.field(Field::password("_sandi", "Sandi", "current-password").hint(hint).required().autofocus())
        .submit("Lanjutkan dengan sandi ini")
        .cancel("Batalkan", shell(ctx).addresses.beranda)
}

fn is_below(path: &str, href: &str) -> bool {
    path == href || (href != "/" && path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/')))
}

fn lower_first(text: &str) -> String {
    change_first(text, |c| c.to_lowercase().collect())
}

fn upper_first(text: &str) -> String {
    let mut text = change_first(text, |c| c.to_uppercase().collect());
    text.push('.');
    text
}

fn change_first(text: &str, change: impl Fn(char) -> String) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| change(first) + letters.as_str())
}

/// The drawing a module names in its menu; an unknown name gives a folder.
fn icon_named(name: &str) -> Icon {
    match name {
        "home" => Icon::Home,
        "inbox" => Icon::Inbox,
        "bell" => Icon::Bell,
        "mail" => Icon::Mail,
        "document" => Icon::Document,
        "stamp" => Icon::Stamp,
        "plan" => Icon::Plan,
        "target" => Icon::Target,
        "grant" => Icon::Grant,
        "work" => Icon::Work,
        "cash" => Icon::Cash,
        "shop" => Icon::Shop,
        "tourism" => Icon::Tourism,
        "people" => Icon::People,
        "office" => Icon::Office,
        "government" => Icon::Government,
        "settings" => Icon::Settings,
        "shield" => Icon::Shield,
        "calendar" => Icon::Calendar,
        "chart" => Icon::Chart,
        "comment" => Icon::Comment,
        "upload" => Icon::Upload,
        "key" => Icon::Key,
        "archive" => Icon::Archive,
        _ => Icon::Folder,
    }
}
