use praja_kernel::{Refuse, tanggal_panjang};
use praja_module::{Ctx, Input, Outcome, Problem, Response, SignedIn};
use praja_store::Tx;
use praja_web::{
    Act, Cell, Column, Facts, Field, Form, Markup, Notice, PageHeader, Row, Table, Tone, act_bar, badge, frame, html, page,
    plain_page, section,
};

use crate::{
    accounts::store as accounts,
    penugasan::{self, Penugasan},
    sandi::{MIN_LENGTH, Refusal},
    sessions::store as sessions,
    totp, warga,
};

/// GET /profil.
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    Ok(Response::page(whole(ctx, tx, frame::form(ctx, "/profil/sandi"))?))
}

/// The page again after a refused change of password.
pub(super) fn again(ctx: &Ctx, input: &Input, refusal: &Refusal) -> Outcome {
    let citizen = ctx.who().is_some_and(SignedIn::is_citizen);
    let mut form = frame::form_again(ctx, "/profil/sandi", input).problems(&refusal.fields());
    if refusal.fields().is_empty() {
        form = form.refusal(refusal.message(), refusal.next_step());
    }
    let draw = if citizen { warga::pages::whole } else { whole };
    Ok(Response::form_again(ctx.read(|tx| draw(ctx, tx, form.clone()))?))
}

/// A page about oneself: officers keep their rail, citizens get one column.
pub(crate) fn own_page(ctx: &Ctx, header: &PageHeader, content: Markup) -> String {
    let shell = frame::shell(ctx);
    if shell.citizen { plain_page(&shell, header, content) } else { page(&shell, header, content) }
}

fn whole(ctx: &Ctx, tx: &mut Tx<'_>, form: Form) -> Result<String, Problem> {
    let who = ctx.who().ok_or(Problem::SignInFirst)?;
    let orang = who.scope.actor.id().ok_or(Problem::SignInFirst)?;
    let akun = accounts::of_person(tx, orang)?.ok_or(Problem::NotFound)?;
    let current = penugasan::current(penugasan::store::of_person(tx, orang)?, ctx.today());
    let sessions = sessions::of_account(tx, akun.id)?;
    let second = totp::store::active_since(tx, akun.id)?.is_some();
    let facts = Facts::new()
        .add("Nama", &akun.pemilik)
        .add_maybe("NIP", akun.nip.as_deref())
        .add("Nama akun", &akun.nama)
        .add_maybe("Bertindak sebagai", who.scope.acting.as_ref().map(|acting| format!("{}, {}", acting.nama, acting.opd_nama)));
    let header = PageHeader::new("Profil saya").purpose("Data diri, jabatan yang Anda pegang, sesi, dan sandi.");
    let content = html! {
        @if who.must_change_password {
            (Notice::new(Tone::Warn, "Ganti sandi Anda sebelum melanjutkan.")
                .text("Sandi yang sekarang bersifat sementara. Isi formulir Ganti sandi pada halaman ini."))
        }
        (facts)
        (section("Jabatan yang Anda pegang", posts(ctx, who, &current)))
        (section("Ganti sandi", password(form, who.must_change_password)))
        (section("Langkah kedua", second_step(second)))
        (section("Sesi yang sedang terbuka", open_sessions(ctx, who, &sessions)))
    };
    Ok(page(&frame::shell(ctx), &header, content))
}

fn posts(ctx: &Ctx, who: &SignedIn, current: &[Penugasan]) -> Markup {
    let acting = who.scope.acting.as_ref().map(|acting| acting.penugasan);
    let rows = current.iter().map(|one| {
        let last = match one.sampai {
            Some(day) => tanggal_panjang(day),
            None => "Tidak dibatasi".into(),
        };
        let act: Cell = if acting == Some(one.id) {
            badge(Tone::Good, "Sedang dipakai").into()
        } else {
            let act = Act::post("Bertindak sebagai ini", "/bertindak-sebagai", ctx.csrf(), ctx.form_id().to_string());
            Cell::new(act.value("penugasan", one.id.to_string()).value("ke", "/profil"))
        };
        Row::new(vec![
            one.display_name().into(),
            one.opd_nama.as_str().into(),
            tanggal_panjang(one.mulai).into(),
            last.into(),
            act,
        ])
    });
    let table = Table::new("Jabatan yang Anda pegang")
        .column(Column::text("Jabatan"))
        .column(Column::text("OPD"))
        .column(Column::date("Sejak").wide_only())
        .column(Column::date("Sampai"))
        .column(Column::text("Keadaan"))
        .rows(rows);
    html! {
        @if current.is_empty() {
            p { "Anda belum memegang jabatan. Hubungi admin OPD Anda agar penugasan Anda dicatat." }
        } @else { (table) }
    }
}

/// Whether the second step is on, and the way to its page.
pub(crate) fn second_step(active: bool) -> Markup {
    html! {
        @if active {
            p { (badge(Tone::Good, "Aktif")) " Saat masuk, diminta juga kode dari ponsel Anda." }
            p { a href="/profil/dua-langkah" { "Kelola langkah kedua dan kode pemulihan" } }
        } @else {
            p { (badge(Tone::Neutral, "Belum aktif")) " Akun Anda dibuka dengan sandi saja." }
            p { a href="/profil/dua-langkah" { "Jaga akun dengan langkah kedua" } }
        }
    }
}

/// The form for a new password. Who came in by a slip knows no old one.
pub(crate) fn password(form: Form, must_change: bool) -> Form {
    let hint =
        format!("Paling sedikit {MIN_LENGTH} karakter. Beberapa kata yang tidak berhubungan mudah diingat dan sulit ditebak.");
    let old = Field::password("sandi_lama", "Sandi lama", "current-password").required();
    let form = if must_change { form } else { form.field(old) };
    form.field(Field::password("sandi_baru", "Sandi baru", "new-password").hint(hint).required())
        .field(Field::password("sandi_ulang", "Ketik ulang sandi baru", "new-password").required())
        .submit("Ganti sandi")
}

/// The open sessions of whoever is signed in, each with its end.
pub(crate) fn open_sessions(ctx: &Ctx, who: &SignedIn, sessions: &[sessions::Own]) -> Markup {
    let zona = ctx.instance().zona;
    let rows = sessions.iter().filter(|one| one.life.is_valid_at(ctx.now())).map(|one| {
        let act: Cell = if one.id == who.session {
            badge(Tone::Good, "Sesi ini").into()
        } else {
            let action = format!("/profil/sesi/{}/cabut", one.id);
            Cell::new(Act::post("Akhiri sesi", action, ctx.csrf(), ctx.form_id().to_string()))
        };
        Row::new(vec![
            frame::time(zona, one.dibuat).0.into(),
            frame::time(zona, one.life.terakhir).0.into(),
            one.peramban.as_str().into(),
            one.alamat.as_str().into(),
            act,
        ])
    });
    let table = Table::new("Sesi yang sedang terbuka")
        .column(Column::date("Masuk pada"))
        .column(Column::date("Terakhir dipakai"))
        .column(Column::text("Peramban"))
        .column(Column::text("Alamat jaringan").wide_only())
        .column(Column::text("Keadaan"))
        .rows(rows);
    let others = sessions.iter().filter(|one| one.life.is_valid_at(ctx.now())).count() > 1;
    let act = Act::post("Akhiri semua sesi lain", "/profil/sesi/cabut-lain", ctx.csrf(), ctx.form_id().to_string());
    html! {
        p.redup { "Akhiri sesi yang tidak Anda kenali, lalu ganti sandi Anda." }
        (table)
        @if others { (act_bar(&[act])) }
    }
}
