//! The pages of the training: the exercises, one of them step by step, what the participants did.

mod peserta;

use praja_kernel::{Date, tanggal_jam, tanggal_panjang};
use praja_module::{
    Ctx, Input, Outcome, Problem,
    training::{Follow, Scenario, Step},
};
use praja_store::{Keys, Tx, audit::Entry};
use praja_web::{Act, EmptyState, Facts, Icon, Markup, PageHeader, Tone, act_bar, badge, frame, html, progress, section};

pub(crate) use self::peserta::{download, participants};
use super::{LIST, PARTICIPANTS, Percobaan, is_offered, mine, rules, rules::Words, store};
use crate::READ_LATIHAN;

/// GET /desk/latihan: the exercises of whoever asks.
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let header =
        PageHeader::new("Latihan").purpose("Berlatih dengan naskah contoh, langkah demi langkah, sampai tangan Anda hafal.");
    if !is_offered(ctx) {
        return Ok(frame::respond(ctx, &header, nowhere()));
    }
    let who = ctx.scope()?.actor.key();
    let mut cards = Vec::new();
    for scenario in mine(ctx)? {
        let last = store::last(tx, &who, &scenario.id)?;
        cards.push(card(ctx, &scenario, last.as_ref()));
    }
    let empty = EmptyState::new(
        Icon::Document,
        "Belum ada latihan untuk jabatan Anda",
        "Latihan mengikuti hak jabatan Anda. Masuklah dengan akun peserta lain, atau tanyakan kepada pelatih.",
    );
    let trainer = ctx.may(READ_LATIHAN).then(|| Act::link("Lihat hasil peserta", PARTICIPANTS).icon(Icon::Chart));
    Ok(frame::respond(
        ctx,
        &header,
        html! {
            @if let Some(act) = trainer { (act_bar(&[act])) }
            @if cards.is_empty() { (empty) }
            @for card in cards { (card) }
        },
    ))
}

fn nowhere() -> Markup {
    html! { (EmptyState::new(
        Icon::Document,
        "Latihan tidak dijalankan di sini",
        "Ini daerah yang sebenarnya: setiap naskahnya resmi. Latihan berjalan di ruang latihan, yang disiapkan dengan perintah praja try.",
    )) }
}

fn card(ctx: &Ctx, scenario: &Scenario, last: Option<&Percobaan>) -> Markup {
    let zona = ctx.instance().zona;
    let (tone, state, words) = match last {
        None => (Tone::Neutral, "Belum dimulai".to_owned(), "Buka latihan"),
        Some(one) => match one.selesai {
            Some(selesai) => (Tone::Good, format!("Selesai {}", tanggal_panjang(zona.date(selesai))), "Buka hasilnya"),
            None => (Tone::Warn, format!("Berjalan: {} dari {} langkah", one.sudah, one.semua), "Lanjutkan"),
        },
    };
    section(
        &scenario.judul,
        html! {
            p { (badge(tone, &state)) " " (role(ctx, scenario)) ", " (scenario.langkah.len()) " langkah, kira-kira " (scenario.menit) " menit." }
            p { (scenario.tujuan) }
            (act_bar(&[Act::link(format!("{words}: {}", scenario.judul), address(scenario))]))
        },
    )
}

/// The role it is for, as people call it.
fn role<'a>(ctx: &'a Ctx, scenario: &'a Scenario) -> &'a str {
    let mut roles = ctx.parts().modules.iter().flat_map(|module| module.roles);
    roles.find(|role| role.id == scenario.peran).map_or(&scenario.peran, |role| role.title)
}

fn address(scenario: &Scenario) -> String {
    format!("{LIST}/{}", scenario.id)
}

/// The exercise that the address names, when whoever asks may do it here.
fn asked(ctx: &Ctx) -> Result<Scenario, Problem> {
    let id: String = ctx.param("id")?;
    if !is_offered(ctx) {
        return Err(Problem::NotFound);
    }
    mine(ctx)?.into_iter().find(|scenario| scenario.id == id).ok_or(Problem::NotFound)
}

/// An attempt, the words that stand for others in it, and the times of the steps that are done.
struct Standing {
    attempt: Percobaan,
    words: Words,
    done: Vec<praja_kernel::Moment>,
}

fn standing(ctx: &Ctx, tx: &mut Tx<'_>, scenario: &Scenario) -> Result<Option<Standing>, Problem> {
    let Some(attempt) = store::last(tx, &ctx.scope()?.actor.key(), &scenario.id)? else { return Ok(None) };
    // The day on which it began: what was typed yesterday is still what was asked for.
    let hari_ini = ctx.instance().zona.date(attempt.mulai);
    let words = Words { hari_ini, kemarin: hari_ini.yesterday().unwrap_or(hari_ini), kode: attempt.kode() };
    let acts = store::acts(tx, &attempt.orang, attempt.mulai)?;
    let done = rules::done(scenario, &words, &acts);
    Ok(Some(Standing { attempt, words, done }))
}

/// GET /desk/latihan/{id}: the steps, those that are done and the one that comes next.
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let scenario = asked(ctx)?;
    let standing = standing(ctx, tx, &scenario)?;
    let header =
        PageHeader::new(&scenario.judul).purpose(format!("{}. {}", role(ctx, &scenario), scenario.tujuan)).crumb("Latihan", LIST);
    let post = |label: &str, what: &str| {
        Act::post(label, format!("{}/{what}", address(&scenario)), ctx.csrf(), ctx.form_id().to_string())
    };
    let content = match &standing {
        None => html! {
            p { "Latihan ini " (scenario.langkah.len()) " langkah. Setiap langkah dikerjakan pada halaman yang sebenarnya; Praja melihat sendiri langkah yang sudah selesai." }
            ol.bernomor { @for step in &scenario.langkah { li { (step.tugas) } } }
            (act_bar(&[post("Mulai latihan", "mulai").main()]))
        },
        Some(standing) => html! { (steps(ctx, &scenario, standing)) (act_bar(&acts(&scenario, standing, &post))) },
    };
    Ok(frame::respond(ctx, &header, content))
}

fn acts(scenario: &Scenario, standing: &Standing, post: &dyn Fn(&str, &str) -> Act) -> Vec<Act> {
    let again = post("Ulangi dari awal", "mulai");
    if standing.done.len() == scenario.langkah.len() && standing.attempt.selesai.is_some() {
        return vec![Act::link("Kembali ke daftar latihan", LIST).main(), again];
    }
    vec![post("Periksa langkah saya", "periksa").main(), again]
}

fn steps(ctx: &Ctx, scenario: &Scenario, standing: &Standing) -> Markup {
    let (all, done) = (scenario.langkah.len(), standing.done.len());
    let note = format!("{done} dari {all} langkah selesai");
    html! {
        (progress("Kemajuan latihan", done as u64, all as u64, &note))
        @for (at, step) in scenario.langkah.iter().enumerate() {
            @let title = format!("Langkah {} dari {all}", at + 1);
            @if let Some(when) = standing.done.get(at) {
                (section(&title, html! {
                    p { (badge(Tone::Good, "Selesai")) " " (step.tugas) }
                    p.redup { "Terlihat pada " (tanggal_jam(ctx.instance().zona.local(*when))) "." }
                }))
            } @else if at == done {
                (section(&title, present(step, &standing.words)))
            } @else {
                (section(&title, html! { p.redup { (step.tugas) } }))
            }
        }
    }
}

/// The step to be done now: where, what is typed, which button, and help.
fn present(step: &Step, words: &Words) -> Markup {
    let mut facts = Facts::new();
    for one in &step.isian {
        let value = words.fill(&one.nilai);
        facts = facts.add(&one.label, shown(&one.nilai, &value));
    }
    html! {
        p { strong { (step.tugas) } }
        ol.bernomor {
            li { a href=(step.halaman) { "Buka halamannya" } }
            @for follow in &step.ikuti { li { (way(follow)) } }
            @if !step.isian.is_empty() { li { "Isi seperti ini, lainnya biarkan: " (facts) } }
            li { "Tekan " strong { (step.tekan) } "." }
            li { "Kembali ke halaman ini lewat Beranda, lalu tekan Periksa langkah saya." }
        }
        @for (at, hint) in step.petunjuk.iter().enumerate() {
            details { summary { "Petunjuk " (at + 1) } p { (hint) } }
        }
    }
}

/// A date as people write it, with the machine's beside it; other words as they are typed.
fn shown(asked: &str, value: &str) -> Markup {
    match value.parse::<Date>() {
        Ok(day) if asked.starts_with('{') => html! { time datetime=(value) { (tanggal_panjang(day)) } },
        _ => html! { (value) },
    }
}

fn way(follow: &Follow) -> Markup {
    html! { "Pilih " strong { (follow.pilih) } "." }
}

/// POST /desk/latihan/{id}/mulai: begins, also anew. What was done before proves nothing any more.
pub(crate) fn begin(ctx: &Ctx, input: &Input) -> Outcome {
    let scenario = asked(ctx)?;
    let to = address(&scenario);
    let opd_nama = ctx.scope()?.acting.as_ref().map(|acting| acting.opd_nama.clone()).unwrap_or_default();
    let response = ctx.submit(input, Keys::none(), move |tx| {
        let semua = i64::try_from(scenario.langkah.len()).unwrap_or(i64::MAX);
        let id = store::insert(tx, &scenario.id, semua, &opd_nama)?;
        tx.audit(&Entry::new("desk.begin-latihan", "desk_latihan", id).with("latihan", &scenario.id))?;
        Ok::<_, Problem>(to.clone())
    })?;
    Ok(response.with_notice("Latihan dimulai. Kerjakan langkah pertama."))
}

/// POST /desk/latihan/{id}/periksa: looks what was done and keeps it for the trainer.
pub(crate) fn check(ctx: &Ctx, input: &Input) -> Outcome {
    let scenario = asked(ctx)?;
    let standing = ctx.read(|tx| standing(ctx, tx, &scenario))?.ok_or(Problem::NotFound)?;
    let (all, done) = (scenario.langkah.len(), standing.done.len());
    let finished = (done == all).then(|| standing.done.last().copied()).flatten();
    let notice = if finished.is_some() {
        "Semua langkah selesai. Latihan ini tuntas.".to_owned()
    } else if done as i64 > standing.attempt.sudah {
        format!("Langkah {done} selesai. Lanjutkan ke langkah {}.", done + 1)
    } else {
        format!("Langkah {} belum terlihat selesai. Periksa isian dan tombolnya, atau buka petunjuk.", done + 1)
    };
    let (id, to) = (standing.attempt.id, address(&scenario));
    let response = ctx.submit(input, Keys::none(), move |tx| {
        let changed = store::note(tx, id, i64::try_from(done).unwrap_or(i64::MAX), finished)?;
        if changed > 0 && finished.is_some() {
            tx.audit(&Entry::new("desk.finish-latihan", "desk_latihan", id).with("latihan", &scenario.id))?;
        }
        Ok::<_, Problem>(to.clone())
    })?;
    Ok(response.with_notice(&notice))
}
