use praja_kernel::Moment;
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Act, Cell, Column, EmptyState, Facts, Icon, Markup, Notice, PageHeader, Row, Table, Tone, act_bar, badge, detail, frame,
    html, section,
};

use super::{Keadaan, Subjek, pages::tone, store, subject};
use crate::{
    accounts::{Jenis, store::Akun},
    penugasan,
    percobaan::{Attempts, account_key, store as attempts},
    sessions::store::{self as sessions, Own},
    slip::store::{self as slips, Past},
    totp,
};

/// GET /identity/akun/{id}: one account, and what can be done with it.
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let Subjek { akun, handling } = subject(ctx, tx)?;
    let seen = Seen::of(ctx, tx, &akun)?;
    let header = PageHeader::new(akun.pemilik.clone()).purpose(format!("Akun {}.", akun.nama)).crumb("Akun", "/identity/akun");
    let hint = handling
        .as_ref()
        .err()
        .map(|refusal| Notice::new(Tone::Info, refusal.to_string()).text(praja_kernel::Refuse::next_step(refusal)));
    let acts = acts(ctx, &akun, &seen, handling.is_ok());
    let content = html! {
        (facts(ctx, &akun, &seen))
        @if let Some(orang) = akun.orang { (section("Jabatan hari ini", posts(ctx, tx, orang)?)) }
        (section("Sesi yang terbuka", open_sessions(ctx, &seen.sessions)))
        (section("Slip masuk", slip_list(ctx, &seen.slips)))
    };
    let side = html! { @if let Some(hint) = hint { (hint) } (act_bar(&acts)) };
    Ok(frame::respond(ctx, &header, detail(content, side)))
}

/// Everything about an account that the page shows.
struct Seen {
    made: Moment,
    last: Option<Moment>,
    second: Option<Moment>,
    attempts: Attempts,
    sessions: Vec<Own>,
    slips: Vec<Past>,
    state: Keadaan,
}

impl Seen {
    fn of(ctx: &Ctx, tx: &mut Tx<'_>, akun: &Akun) -> Result<Self, Problem> {
        let now = ctx.now();
        let (made, last) = store::times(tx, akun.id)?;
        let attempts = attempts::get(tx, &account_key(akun.id))?;
        let mut sessions = sessions::of_account(tx, akun.id)?;
        sessions.retain(|one| one.life.is_valid_at(now));
        let state = match () {
            () if akun.nonaktif => Keadaan::Nonaktif,
            () if attempts.locked_until(now).is_some() => Keadaan::Terkunci,
            () if last.is_none() => Keadaan::BelumMasuk,
            () => Keadaan::Aktif,
        };
        let second = totp::store::active_since(tx, akun.id)?;
        Ok(Self { made, last, second, attempts, sessions, slips: slips::of_account(tx, akun.id)?, state })
    }
}

fn facts(ctx: &Ctx, akun: &Akun, seen: &Seen) -> Facts {
    let when = |at: Moment| frame::time(ctx.instance().zona, at).0;
    let mut facts = Facts::new().add("Keadaan", badge(tone(seen.state), seen.state.label()));
    if let Some(until) = seen.attempts.locked_until(ctx.now()) {
        facts = facts.add("Terkunci sampai", when(until)).add("Percobaan gagal", seen.attempts.gagal);
    }
    facts = facts.add("Nama akun", &akun.nama).add("Jenis akun", akun.jenis.label());
    if akun.jenis == Jenis::Pegawai {
        facts = facts.add_maybe("NIP", akun.nip.as_deref());
    }
    facts
        .add("Alamat surel", if akun.email.is_some() { "Ada" } else { "Tidak ada; kode lupa sandi tidak dapat dikirim ke surel" })
        .add("Langkah kedua", seen.second.map_or_else(|| "Belum aktif".to_owned(), |at| format!("Aktif sejak {}", when(at))))
        .add("Sandi", if akun.wajib_ganti { "Wajib diganti saat masuk berikutnya" } else { "Dipilih pemiliknya" })
        .add("Dibuat", when(seen.made))
        .add("Terakhir masuk", seen.last.map_or_else(|| "Belum pernah".to_owned(), when))
}

fn posts(ctx: &Ctx, tx: &mut Tx<'_>, orang: praja_kernel::Id) -> Result<Markup, Problem> {
    let held = penugasan::current(penugasan::store::of_person(tx, orang)?, ctx.today());
    Ok(html! {
        @if held.is_empty() { p { "Tidak memegang jabatan hari ini." } }
        @else { ul { @for one in &held { li { (one.display_name()) ", " (one.opd_nama) } } } }
    })
}

fn open_sessions(ctx: &Ctx, sessions: &[Own]) -> Table {
    let when = |at: Moment| frame::time(ctx.instance().zona, at).0;
    let rows = sessions.iter().map(|one| {
        Row::new(vec![
            when(one.dibuat).into(),
            when(one.life.terakhir).into(),
            one.peramban.as_str().into(),
            one.alamat.as_str().into(),
        ])
    });
    Table::new("Sesi yang terbuka")
        .column(Column::date("Masuk pada"))
        .column(Column::date("Terakhir dipakai"))
        .column(Column::text("Peramban"))
        .column(Column::text("Alamat jaringan").wide_only())
        .rows(rows)
        .empty(EmptyState::new(Icon::Shield, "Tidak ada sesi yang terbuka", "Sesi muncul di sini setelah pemiliknya masuk."))
}

fn slip_list(ctx: &Ctx, slips: &[Past]) -> Table {
    let when = |at: Moment| frame::time(ctx.instance().zona, at).0;
    let state = |one: &Past| match (one.dipakai, one.dibatalkan) {
        (Some(at), _) => badge(Tone::Good, format!("Dipakai {}", when(at)).as_str()),
        (None, Some(_)) => badge(Tone::Neutral, "Diganti atau dibatalkan"),
        (None, None) if one.berlaku_sampai <= ctx.now() => badge(Tone::Neutral, "Lewat waktu"),
        (None, None) => badge(Tone::Info, format!("Berlaku sampai {}", when(one.berlaku_sampai)).as_str()),
    };
    let rows = slips.iter().map(|one| Row::new(vec![one.jenis.label().into(), Cell::new(state(one)), when(one.dibuat).into()]));
    Table::new("Slip masuk")
        .column(Column::text("Slip"))
        .column(Column::text("Keadaan"))
        .column(Column::date("Dibuat"))
        .rows(rows)
        .empty(EmptyState::new(
            Icon::Document,
            "Belum ada slip",
            "Slip dibuat bila pemiliknya lupa sandi atau masuk pertama kali.",
        ))
}

fn acts(ctx: &Ctx, akun: &Akun, seen: &Seen, may_handle: bool) -> Vec<Act> {
    let base = format!("/identity/akun/{}", akun.id);
    let post = |label: &str, path: &str| Act::post(label, format!("{base}/{path}"), ctx.csrf(), ctx.form_id().to_string());
    let mut acts = Vec::new();
    if seen.attempts.locked_until(ctx.now()).is_some() {
        acts.push(post("Buka kunci", "buka-kunci").main());
    }
    if !may_handle {
        return acts;
    }
    if akun.nonaktif {
        if akun.orang.is_some() {
            acts.push(post("Aktifkan akun", "aktifkan"));
        }
        return acts;
    }
    if seen.last.is_none() && akun.orang.is_some() {
        let act = Act::post("Cetak slip masuk pertama", "/identity/akun/buka", ctx.csrf(), ctx.form_id().to_string());
        acts.extend(akun.orang.map(|orang| act.value("orang", orang.to_string())));
    } else {
        acts.push(post("Cetak slip masuk", "slip"));
    }
    if !seen.sessions.is_empty() {
        acts.push(post("Akhiri semua sesi", "akhiri-sesi"));
    }
    if seen.second.is_some() {
        acts.push(Act::link("Matikan langkah kedua", format!("{base}/matikan-langkah-kedua")));
    }
    acts.push(Act::link("Nonaktifkan akun", format!("{base}/nonaktifkan")).danger());
    acts
}
