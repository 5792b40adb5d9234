//! The queue as the officer at a counter works through it.

use praja_kernel::{FieldProblem, Id, Refuse};
use praja_module::{Ctx, Input, Outcome, Problem, Response, seal};
use praja_store::Tx;
use praja_web::{
    Act as Press, Cell, Column, EmptyState, Facts, Field, Form, Icon, Markup, Notice, PageHeader, Row, Table, Tone, act_bar,
    badge, detail, form::Width, frame, html, next_step, section,
};

use super::{COUNTER, DESK, MACHINE, PUBLIC, YEAR_S, clock, counter, seat, style, umum};
use crate::{
    CONFIGURE,
    antrean::{
        Layanan, Loket, Prioritas, Status, Tiket, ambil, berikutnya, keys, lakukan, layanan, ringkasan,
        rules::{self, Act, MOST_COUNTERS, Refusal, Ringkasan},
        store,
    },
};

/// GET /perizinan/izin/antrean
pub(super) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let content = content(ctx, tx, None)?;
    Ok(frame::respond(ctx, &header(), content))
}

fn header() -> PageHeader {
    PageHeader::new("Antrean loket").purpose("Memanggil dan melayani menurut nomor. Yang diprioritaskan dipanggil dahulu.")
}

/// The page again with what is wrong in one of its forms.
struct Wrong<'a> {
    form: &'static str,
    input: &'a Input,
    refusal: &'a dyn Refuse,
}

fn content(ctx: &Ctx, tx: &mut Tx<'_>, wrong: Option<&Wrong<'_>>) -> Result<Markup, Problem> {
    let (today, seat) = (ctx.today(), seat(ctx)?);
    let state = ringkasan(tx, today, ctx.now())?;
    let open: Vec<Layanan> = layanan(tx)?.into_iter().filter(|one| one.aktif).collect();
    let serving = store::of_status(tx, today, Status::Dipanggil)?.into_iter().find(|one| one.petugas == seat.petugas);
    let passed = store::of_status(tx, today, Status::Dilewati)?;
    let given = match ctx.query("nomor").and_then(|text| text.parse::<Id>().ok()) {
        Some(id) => store::get(tx, id)?,
        None => None,
    };
    let known = counter(ctx);
    let letters = known.as_ref().map(|(_, letters)| letters.clone()).unwrap_or_default();
    let body = html! {
        (style())
        @match &known {
            Some(_) => (stands(ctx, &seat, serving.as_ref(), &state, &letters)),
            None => (Notice::new(Tone::Info, "Pilih nomor loket perangkat ini").text("Nomor loket disebut pada setiap panggilan dan tampil di layar.")),
        }
        @if let Some(one) = &given { (umum::given(one)) }
        (section("Menunggu", html! { div.isi #antrean-tunggu data-segarkan="15000" { (waiting(ctx, &state)) } }))
        @if !passed.is_empty() { (section("Dilewati hari ini", passed_over(ctx, &passed, known.is_some()))) }
    };
    let side = html! {
        (section("Beri nomor", give_form(ctx, &open, wrong)))
        @if !state.waiting.is_empty() { (section("Dahulukan nomor", prefer_form(ctx, &state, wrong))) }
        (section("Loket perangkat ini", counter_form(ctx, known.as_ref(), &open, wrong)))
        (section("Perangkat lain", others(ctx)))
    };
    Ok(detail(body, side))
}

fn stands(ctx: &Ctx, seat: &Loket, serving: Option<&Tiket>, state: &Ringkasan, letters: &[String]) -> Markup {
    let count = state.waiting.iter().filter(|one| letters.is_empty() || letters.contains(&one.huruf)).count();
    let serves = if letters.is_empty() { "semua layanan".to_owned() } else { format!("layanan {}", letters.join(", ")) };
    let press = |label: &str, to: String| Press::post(label, to, ctx.csrf(), ctx.form_id().to_string());
    let call = format!("{DESK}/panggil");
    html! {
        @match serving {
            Some(one) => {
                (next_step(Tone::Info, html! { "Loket " (seat.nomor) " melayani " strong.antrean-kini { (one.nomor()) } " (" (one.layanan) ") sejak pukul " (clock(ctx, one.panggilan)) ", dipanggil " (one.kali) " kali." }))
                (act_bar(&[
                    press("Selesai, panggil berikutnya", call).icon(Icon::Bell).main(),
                    press("Panggil lagi", format!("{DESK}/{}/lagi", one.id)),
                    press("Selesai", format!("{DESK}/{}/selesai", one.id)),
                    press("Lewati, tidak datang", format!("{DESK}/{}/lewati", one.id)),
                ]))
            }
            None => {
                (next_step(Tone::Info, html! { "Loket " (seat.nomor) ", " (serves) ": " (count) " orang menunggu." }))
                (act_bar(&[press("Panggil berikutnya", call).icon(Icon::Bell).main()]))
            }
        }
    }
}

fn waiting(ctx: &Ctx, state: &Ringkasan) -> Table {
    let mut rows: Vec<&Tiket> = state.waiting.iter().collect();
    rows.sort_by_key(|one| (one.prioritas.is_none(), one.dibuat, one.id));
    Table::new("Menunggu dipanggil")
        .column(Column::text("Nomor"))
        .column(Column::text("Layanan"))
        .column(Column::text("Prioritas"))
        .column(Column::text("Sejak pukul").corner())
        .count(format!("{} orang", rows.len()))
        .rows(rows.into_iter().map(|one| {
            Row::new(vec![
                one.nomor().into(),
                one.layanan.as_str().into(),
                one.prioritas.map_or_else(Cell::empty, |kode| Cell::new(badge(Tone::Info, kode.label()))),
                clock(ctx, one.dibuat).into(),
            ])
            .href(format!("{PUBLIC}/tiket/{}", one.id))
        }))
        .empty(EmptyState::new(Icon::Clock, "Tidak ada yang menunggu", "Nomor yang diambil tampil di sini."))
}

fn passed_over(ctx: &Ctx, passed: &[Tiket], may: bool) -> Markup {
    html! {
        ul.tanpa-titik { @for one in passed { li {
            strong { (one.nomor()) } " " (one.layanan) ", dipanggil " (one.kali) " kali "
            @if may { (Press::post(format!("Panggil {}", one.nomor()), format!("{DESK}/{}/panggil", one.id), ctx.csrf(), ctx.form_id().to_string())) }
        } } }
    }
}

fn begun(ctx: &Ctx, form: &'static str, wrong: Option<&Wrong<'_>>) -> Form {
    let action = format!("{DESK}/{form}");
    match wrong.filter(|wrong| wrong.form == form) {
        Some(wrong) => frame::form_again(ctx, action, wrong.input)
            .refusal(wrong.refusal.message(), wrong.refusal.next_step())
            .problems(&wrong.refusal.fields()),
        None => frame::form(ctx, action),
    }
}

fn give_form(ctx: &Ctx, open: &[Layanan], wrong: Option<&Wrong<'_>>) -> Form {
    let services: Vec<(String, String)> =
        open.iter().map(|one| (one.huruf.clone(), format!("{}  {}", one.huruf, one.nama))).collect();
    let mut codes = vec![(String::new(), "Tidak ada".to_owned())];
    codes.extend(Prioritas::ALL.iter().map(|kode| (kode.as_str().to_owned(), kode.label().to_owned())));
    begun(ctx, "beri", wrong)
        .field(Field::radio("huruf", "Layanan", &services).required())
        .field(Field::select("prioritas", "Prioritas", &codes).value("").hint("Dicatat bersama nama Anda."))
        .submit("Beri nomor")
}

fn prefer_form(ctx: &Ctx, state: &Ringkasan, wrong: Option<&Wrong<'_>>) -> Form {
    let waiting: Vec<(String, String)> =
        state.waiting.iter().filter(|one| one.prioritas.is_none()).map(|one| (one.id.to_string(), one.nomor())).collect();
    let codes: Vec<(&str, &str)> = Prioritas::ALL.iter().map(|kode| (kode.as_str(), kode.label())).collect();
    begun(ctx, "dahulukan", wrong)
        .field(Field::select("tiket", "Nomor", &waiting).required())
        .field(Field::radio("kode", "Alasan", &codes).required())
        .submit("Dahulukan nomor")
}

fn counter_form(ctx: &Ctx, known: Option<&(i64, Vec<String>)>, open: &[Layanan], wrong: Option<&Wrong<'_>>) -> Form {
    let services: Vec<(String, String)> =
        open.iter().map(|one| (one.huruf.clone(), format!("{}  {}", one.huruf, one.nama))).collect();
    let mut form = begun(ctx, "loket", wrong);
    if let Some((number, letters)) = known.filter(|_| wrong.is_none_or(|wrong| wrong.form != "loket")) {
        let mut values = praja_web::FormValues::new().with("nomor", number.to_string());
        letters.iter().for_each(|letter| values.add("huruf", letter.as_str()));
        form = form.values(values);
    }
    form.field(Field::number("nomor", "Nomor loket").required().min("1").max(MOST_COUNTERS.to_string()).width(Width::Short))
        .field(Field::checks("huruf", "Layanan yang dilayani", &services).hint("Kosongkan untuk melayani semuanya."))
        .submit("Simpan loket")
}

fn others(ctx: &Ctx) -> Markup {
    let machine = umum::is_machine(ctx);
    let label = if machine { "Berhenti sebagai mesin antrean" } else { "Jadikan perangkat ini mesin antrean" };
    let press = Press::post(label, format!("{DESK}/mesin"), ctx.csrf(), ctx.form_id().to_string());
    html! {
        (Facts::new()
            .add("Layar panggilan", html! { a href={ (PUBLIC) "/layar" } { "Buka pada televisi" } })
            .add("Mengambil nomor", html! { a href=(PUBLIC) { "Buka halaman antrean" } })
            .add("Angka", html! { a href={ (DESK) "/statistik" } { "Waktu tunggu di loket" } }))
        @if ctx.may(CONFIGURE) { p { a href={ (DESK) "/layanan" } { "Atur layanan loket" } } }
        p.redup { "Mesin antrean memberi nomor tanpa batas pada perangkat ini. Keluarlah dari akun sesudahnya." }
        (act_bar(&[press.value("berhenti", if machine { "ya" } else { "tidak" })]))
    }
}

fn again_page(ctx: &Ctx, form: &'static str, input: &Input, refusal: &dyn Refuse) -> Outcome {
    let content = ctx.read(|tx| content(ctx, tx, Some(&Wrong { form, input, refusal })))?;
    Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header(), content)))
}

/// POST /perizinan/izin/antrean/loket: kept by the device alone.
pub(super) fn choose(ctx: &Ctx, input: &Input) -> Outcome {
    let number = input.text("nomor").parse::<i64>().ok().filter(|number| (1..=MOST_COUNTERS).contains(number));
    let Some(number) = number else {
        let problem = FieldProblem::new("nomor", format!("Tulis nomor loket, 1 sampai {MOST_COUNTERS}."));
        return again_page(ctx, "loket", input, &Refusal::Fields(vec![problem]));
    };
    let open = ctx.read(|tx| layanan(tx).map_err(Problem::from))?;
    let letters: String =
        open.iter().filter(|one| input.all("huruf").contains(&one.huruf.as_str())).map(|one| one.huruf.as_str()).collect();
    let cookie = ctx.cookie(COUNTER, &format!("{number}-{letters}"), YEAR_S);
    Ok(Response::redirect(DESK).with_cookie(cookie).with_notice(&format!("Perangkat ini sekarang loket {number}.")))
}

/// POST /perizinan/izin/antrean/mesin
pub(super) fn machine(ctx: &Ctx, input: &Input) -> Outcome {
    if input.text("berhenti") == "ya" {
        return Ok(Response::redirect(DESK)
            .with_cookie(ctx.cookie(MACHINE, "", 0))
            .with_notice("Perangkat ini bukan lagi mesin antrean."));
    }
    let sealed = seal(ctx.instance().keys(), umum::PURPOSE, &ctx.form_id().to_string());
    Ok(Response::redirect(PUBLIC)
        .with_cookie(ctx.cookie(MACHINE, &sealed, YEAR_S))
        .with_notice("Perangkat ini memberi nomor antrean. Keluarlah dari akun Anda sebelum meninggalkannya."))
}

/// POST /perizinan/izin/antrean/beri
pub(super) fn give(ctx: &Ctx, input: &Input) -> Outcome {
    let kode = match input.text("prioritas") {
        "" => Ok(None),
        word => Prioritas::parse(word).map(Some),
    };
    let mut problems = Vec::new();
    if input.text("huruf").is_empty() {
        problems.push(FieldProblem::new("huruf", "Pilih layanan."));
    }
    if kode.is_err() {
        problems.push(FieldProblem::new("prioritas", "Pilih salah satu alasan."));
    }
    let (Ok(kode), true) = (kode, problems.is_empty()) else {
        return again_page(ctx, "beri", input, &Refusal::Fields(problems));
    };
    let (today, huruf) = (ctx.today(), input.text("huruf").to_owned());
    let done = ctx.submit(input, keys(today), move |tx| {
        let tiket = ambil(tx, today, &huruf, kode, "loket")?;
        Ok::<_, Problem>(format!("{DESK}?nomor={}", tiket.id))
    });
    match done {
        Err(Problem::Refused(refusal)) => again_page(ctx, "beri", input, &*refusal),
        other => other,
    }
}

/// POST /perizinan/izin/antrean/panggil
pub(super) fn call_next(ctx: &Ctx, input: &Input) -> Outcome {
    let Some((_, letters)) = counter(ctx) else { return Err(Problem::refused(Refusal::NoCounter)) };
    let (today, seat) = (ctx.today(), seat(ctx)?);
    let done = ctx.submit(input, keys(today), move |tx| {
        match berikutnya(tx, today, &letters, &seat) {
            // Whoever was served is done, also when nobody else waits.
            Err(Problem::Refused(refusal)) if refusal.code() == rules::Refusal::Nobody.code() => Ok(format!("{DESK}?kosong=ya")),
            other => other.map(|_| DESK.to_owned()),
        }
    })?;
    Ok(if matches!(&done.body, praja_module::Body::Redirect(to) if to.ends_with("kosong=ya")) {
        done.with_notice("Tidak ada lagi yang menunggu untuk loket ini.")
    } else {
        done
    })
}

/// POST /perizinan/izin/antrean/dahulukan
pub(super) fn prefer(ctx: &Ctx, input: &Input) -> Outcome {
    let (id, kode) = (input.text("tiket").parse::<Id>(), Prioritas::parse(input.text("kode")));
    let mut problems = Vec::new();
    if id.is_err() {
        problems.push(FieldProblem::new("tiket", "Pilih nomor yang didahulukan."));
    }
    if kode.is_err() {
        problems.push(FieldProblem::new("kode", "Pilih alasannya."));
    }
    let (Ok(id), Ok(kode)) = (id, kode) else { return again_page(ctx, "dahulukan", input, &Refusal::Fields(problems)) };
    act(ctx, input, id, Act::Dahulukan(kode))
}

/// POST /perizinan/izin/antrean/{id}/panggil
pub(super) fn call(ctx: &Ctx, input: &Input) -> Outcome {
    act(ctx, input, ctx.param("id")?, Act::Panggil)
}

/// POST /perizinan/izin/antrean/{id}/lagi
pub(super) fn again(ctx: &Ctx, input: &Input) -> Outcome {
    act(ctx, input, ctx.param("id")?, Act::PanggilLagi)
}

/// POST /perizinan/izin/antrean/{id}/lewati
pub(super) fn skip(ctx: &Ctx, input: &Input) -> Outcome {
    act(ctx, input, ctx.param("id")?, Act::Lewati)
}

/// POST /perizinan/izin/antrean/{id}/selesai
pub(super) fn finish(ctx: &Ctx, input: &Input) -> Outcome {
    act(ctx, input, ctx.param("id")?, Act::Selesai)
}

/// Tickets of other days are over.
fn act(ctx: &Ctx, input: &Input, id: Id, act: Act) -> Outcome {
    let (today, seat) = (ctx.today(), seat(ctx)?);
    ctx.submit(input, keys(today), move |tx| {
        let before = store::get(tx, id)?.filter(|one| one.tanggal == today).ok_or(Problem::NotFound)?;
        lakukan(tx, &before, act, &seat)?;
        Ok::<_, Problem>(DESK.to_owned())
    })
}
