//! Powers on screen: on the page of a body, of a citizen, and of the officer.

use praja_kernel::{FieldProblem, Id};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::Tx;
use praja_web::{
    Act, Cell, Column, EmptyState, Facts, Field, Form, Icon, Markup, Notice, PageHeader, Row, Table, Tone, badge, decision,
    form::Width, frame, html, plain_page, section,
};

use super::{Kuasa, store};
use crate::{
    accounts::{Jenis, store::Akun},
    warga::petugas::pages::LIST,
};

/// What the page of an account says about powers.
pub(crate) fn own_section(ctx: &Ctx, tx: &mut Tx<'_>, akun: &Akun) -> Result<Markup, Problem> {
    let sesi = ctx.who().ok_or(Problem::SignInFirst)?.session;
    if let Some(one) = store::of_session(tx, sesi)? {
        let back = Act::post("Kembali ke akun saya sendiri", "/warga/kuasa/selesai", ctx.csrf(), ctx.form_id().to_string());
        return Ok(section(
            "Bertindak sebagai kuasa",
            html! {
                (Notice::new(Tone::Info, format!("{} bertindak untuk {}.", one.nama, one.badan_nama))
                    .text("Yang memerlukan sandi badan, misalnya mengganti alamat atau menutup akun, hanya dapat dilakukan dengan akun badan."))
                div.aksi { (back) }
            },
        ));
    }
    if akun.jenis == Jenis::Badan {
        let all = store::of_body(tx, akun.id)?;
        return Ok(section(
            "Kuasa",
            html! {
                p { "Kuasa bertindak untuk badan ini dengan akun warganya sendiri. Setiap tindakannya tercatat dengan namanya." }
                (table(ctx, &all, |one| Act::post(format!("Cabut kuasa {}", one.nama), format!("/warga/kuasa/{}/cabut", one.id), ctx.csrf(), ctx.form_id().to_string())))
                p { a.tombol href="/warga/kuasa" { "Tunjuk kuasa" } }
            },
        ));
    }
    let held = store::of_citizen(tx, akun.id)?;
    let post = |label: String, one: &Kuasa, act: &str| {
        Act::post(label, format!("/warga/kuasa/{}/{act}", one.id), ctx.csrf(), ctx.form_id().to_string())
    };
    Ok(html! {
        @if !held.is_empty() {
            (section("Bertindak untuk badan", html! { ul.persetujuan { @for one in &held { li {
                p { strong { (one.badan_nama) } span.redup { " sejak " (frame::time(ctx.instance().zona, one.dibuat).0) } }
                div.aksi {
                    (post(format!("Bertindak untuk {}", one.badan_nama), one, "pakai").main())
                    (post("Letakkan kuasa ini".into(), one, "cabut"))
                }
            } } } }))
        }
    })
}

fn table(ctx: &Ctx, all: &[Kuasa], act: impl Fn(&Kuasa) -> Act) -> Table {
    let when = |at| frame::time(ctx.instance().zona, at).0;
    let rows = all.iter().map(|one| {
        let state = match &one.dicabut {
            None => html! { (badge(Tone::Good, "Berlaku")) },
            Some((at, oleh)) => html! { (badge(Tone::Neutral, "Dicabut")) span.redup.baris-dua { (when(*at)) " oleh " (oleh) } },
        };
        let act = if one.dicabut.is_none() { Cell::new(act(one)) } else { Cell::empty() };
        Row::new(vec![one.nama.as_str().into(), Cell::new(state), when(one.dibuat).into(), act])
    });
    Table::new("Kuasa")
        .column(Column::text("Nama"))
        .column(Column::text("Keadaan").corner())
        .column(Column::date("Sejak"))
        .column(Column::text("Tindakan"))
        .rows(rows)
        .empty(EmptyState::new(Icon::People, "Belum ada kuasa", "Badan ini hanya dipakai dengan akunnya sendiri."))
}

/// GET /warga/kuasa
pub(crate) fn ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let who = ctx.who().ok_or(Problem::SignInFirst)?;
    let akun = crate::accounts::store::of_actor(tx, &who.scope.actor)?.ok_or(Problem::NotFound)?;
    if akun.jenis != Jenis::Badan || store::of_session(tx, who.session)?.is_some() {
        return Err(Problem::NotFound);
    }
    Ok(Response::page(whole(ctx, &akun, frame::form(ctx, "/warga/kuasa"))))
}

/// The form again with what is wrong.
pub(super) fn again(ctx: &Ctx, input: &Input, akun: &Akun, problems: &[FieldProblem]) -> Outcome {
    Ok(Response::form_again(whole(ctx, akun, frame::form_again(ctx, "/warga/kuasa", input).problems(problems))))
}

fn whole(ctx: &Ctx, akun: &Akun, form: Form) -> String {
    let header = PageHeader::new("Tunjuk kuasa")
        .purpose(format!("Seseorang yang bertindak untuk {} dengan akun warganya sendiri.", akun.pemilik))
        .crumb("Akun saya", "/warga");
    let nik = Field::text("nik", "NIK").hint("16 angka pada KTP kuasa.").required().inputmode("numeric").max_length(24);
    let form = form
        .field(nik.autocomplete("off").width(Width::Medium).autofocus())
        .field(
            Field::text("nama", "Nama lengkap")
                .hint("Seperti pada akun warganya.")
                .required()
                .max_length(120)
                .autocomplete("off"),
        )
        .submit("Tunjuk sebagai kuasa")
        .cancel("Batalkan", "/warga");
    plain_page(
        &frame::shell(ctx),
        &header,
        html! {
            p { "Kuasa diberi tahu dan dapat langsung bertindak. Anda dapat mencabutnya kapan saja." }
            (form)
        },
    )
}

/// The powers of a body for an officer.
pub(crate) fn for_officers(ctx: &Ctx, tx: &mut Tx<'_>, badan: Id) -> Result<Markup, Problem> {
    let all = store::of_body(tx, badan)?;
    let table = table(ctx, &all, |one| Act::link("Cabut kuasa", format!("{LIST}/{badan}/kuasa/{}/cabut", one.id)));
    Ok(html! { (table) })
}

/// GET /identity/warga/{id}/kuasa/{kuasa}/cabut
pub(crate) fn officer_ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (id, kuasa): (Id, Id) = (ctx.param("id")?, ctx.param("kuasa")?);
    let one = store::get(tx, kuasa)?.filter(|one| one.badan == id).ok_or(Problem::NotFound)?;
    Ok(Response::page(officer_page(ctx, &one, frame::form(ctx, officer_address(&one)))))
}

/// The officer's form again with what is wrong.
pub(super) fn officer_again(ctx: &Ctx, input: &Input, one: &Kuasa, problems: &[FieldProblem]) -> Outcome {
    let form = frame::form_again(ctx, officer_address(one), input).problems(problems);
    Ok(Response::form_again(officer_page(ctx, one, form)))
}

fn officer_address(one: &Kuasa) -> String {
    format!("{LIST}/{}/kuasa/{}/cabut", one.badan, one.id)
}

fn officer_page(ctx: &Ctx, one: &Kuasa, form: Form) -> String {
    let back = format!("{LIST}/{}", one.badan);
    let header = PageHeader::new("Cabut kuasa")
        .purpose("Baca dahulu apa yang akan terjadi.")
        .crumb("Warga dan badan", LIST)
        .crumb(one.badan_nama.clone(), back.clone());
    let reason = Field::textarea("alasan", "Alasan").hint("Tercatat pada jejak audit. Sebut dasar atau permintaannya.");
    let form = form.field(reason.required().max_length(500)).submit_danger("Cabut kuasa ini").cancel("Tidak jadi", back);
    let facts = Facts::new().add("Badan", &one.badan_nama).add("Kuasa", &one.nama);
    let lines = [
        "Orang ini tidak dapat lagi bertindak untuk badan itu; sesi yang memakainya berakhir.",
        "Akun warganya sendiri tetap dapat dipakai.",
    ];
    praja_web::page(&frame::shell(ctx), &header, decision(Tone::Warn, "Yang akan terjadi", &lines, &facts, &form))
}
