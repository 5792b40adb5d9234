use praja_kernel::FieldProblem;
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::Tx;
use praja_web::{Act, Facts, Field, Form, Markup, Notice, PageHeader, Tone, badge, confirm, frame, html, plain_page, section};

use super::{JenisBadan, kuasa, store};
use crate::{
    accounts::{Jenis, store as accounts},
    persetujuan::{self, SEMUA, store::Persetujuan},
    profil::pages::{open_sessions, password, second_step},
    sessions::store as sessions,
    telepon, totp,
};

/// GET /warga.
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    Ok(Response::page(whole(ctx, tx, frame::form(ctx, "/profil/sandi"))?))
}

/// The whole page, with the form for a new password as it stands.
pub(crate) fn whole(ctx: &Ctx, tx: &mut Tx<'_>, form: Form) -> Result<String, Problem> {
    let who = ctx.who().ok_or(Problem::SignInFirst)?;
    let akun = accounts::of_actor(tx, &who.scope.actor)?.ok_or(Problem::NotFound)?;
    let diri = store::get(tx, akun.id)?.ok_or(Problem::NotFound)?;
    let second = totp::store::active_since(tx, akun.id)?.is_some();
    let open = sessions::of_account(tx, akun.id)?;
    let consents = persetujuan::store::of_account(tx, akun.id)?;
    let header = PageHeader::new(diri.nama.clone()).purpose("Data Anda, keamanan akun, dan persetujuan yang Anda berikan.");
    let change = html! { p { a.tombol href="/warga/kontak" { "Ganti surel atau nomor ponsel" } } };
    let content = html! {
        @if who.must_change_password {
            (Notice::new(Tone::Warn, "Ganti sandi Anda sebelum melanjutkan.").text("Sandi yang sekarang bersifat sementara."))
        }
        (section("Data Anda", html! { (facts(akun.jenis, &diri)) (change) }))
        (kuasa::pages::own_section(ctx, tx, &akun)?)
        (section("Persetujuan", consent_list(ctx, &consents)))
        (section("Ganti sandi", password(form, who.must_change_password)))
        (section("Langkah kedua", second_step(second)))
        (section("Sesi yang sedang terbuka", open_sessions(ctx, who, &open)))
        (section("Tutup akun", html! {
            p { "Akun yang ditutup tidak dapat dipakai masuk. Permohonan yang sudah diajukan tetap tersimpan sebagai arsip." }
            p { a href="/warga/tutup" { "Tutup akun saya" } }
        }))
    };
    Ok(plain_page(&frame::shell(ctx), &header, content))
}

fn facts(jenis: Jenis, diri: &store::Diri) -> Facts {
    let state = match diri.diperiksa {
        Some(_) => badge(Tone::Good, "Sudah dicocokkan petugas"),
        None => badge(Tone::Neutral, "Belum dicocokkan petugas"),
    };
    let kind = diri.jenis_badan.as_deref().and_then(|word| JenisBadan::parse(word).ok()).map(JenisBadan::label);
    let facts = if jenis == Jenis::Badan {
        Facts::new()
            .add_maybe("Jenis badan", kind)
            .add("NIB atau NPWP", &diri.nomor)
            .add_maybe("Penanggung jawab", diri.wakil.as_deref())
    } else {
        Facts::new().add("NIK", masked(&diri.nomor))
    };
    facts
        .add("Keadaan data", state)
        .add_maybe("Alamat surel", diri.email.as_deref())
        .add_maybe("Nomor ponsel", diri.telepon.as_deref().map(telepon::masked))
}

/// The number of an account as others than its owner see it, too.
pub(crate) fn shown_number(jenis: Jenis, nomor: &str) -> String {
    if jenis == Jenis::Badan { nomor.to_owned() } else { masked(nomor) }
}

fn masked(nik: &str) -> String {
    nik.parse::<praja_kernel::Nik>().map_or_else(|_| "Tersembunyi".into(), |nik| nik.masked())
}

fn consent_list(ctx: &Ctx, given: &[Persetujuan]) -> Markup {
    let zona = ctx.instance().zona;
    html! {
        p.redup { "Anda dapat mencabut persetujuan kapan saja. Pencabutan tidak mengubah urusan yang sudah selesai." }
        ul.persetujuan {
            @for one in SEMUA.iter() {
                @let newest = given.iter().find(|row| row.tujuan == one.kunci);
                @let active = newest.is_some_and(|row| row.dicabut.is_none());
                li {
                    p { strong { (one.judul) } " " @if active { (badge(Tone::Good, "Diberikan")) } @else { (badge(Tone::Neutral, "Tidak diberikan")) } }
                    p { (one.isi) }
                    @if let Some(row) = newest {
                        p.redup {
                            "Diberikan " (frame::time(zona, row.diberikan).0)
                            @if let Some(at) = row.dicabut { ", dicabut " (frame::time(zona, at).0) }
                        }
                    }
                    @if one.wajib && active { p.redup { "Diperlukan agar akun dapat dipakai." } } @else { (toggle(ctx, &one.kunci, &one.judul, active)) }
                }
            }
        }
    }
}

fn toggle(ctx: &Ctx, kunci: &str, judul: &str, active: bool) -> Act {
    let label = if active {
        format!("Cabut persetujuan {}", judul.to_lowercase())
    } else {
        format!("Beri persetujuan {}", judul.to_lowercase())
    };
    let act = Act::post(label, "/warga/persetujuan", ctx.csrf(), ctx.form_id().to_string()).value("tujuan", kunci);
    act.value("beri", if active { "tidak" } else { "ya" })
}

/// GET /warga/tutup.
pub(crate) fn show_close(ctx: &Ctx, _tx: &mut Tx<'_>) -> Outcome {
    Ok(Response::page(close_page(ctx, frame::form(ctx, "/warga/tutup"))))
}

pub(super) fn close_again(ctx: &Ctx, input: &Input) -> Response {
    let problem = FieldProblem::new("yakin", "Centang untuk menutup akun, atau kembali bila tidak jadi.");
    Response::form_again(close_page(ctx, frame::form_again(ctx, "/warga/tutup", input).problems(&[problem])))
}

fn close_page(ctx: &Ctx, form: Form) -> String {
    let header = PageHeader::new("Tutup akun").purpose("Baca dahulu apa yang akan terjadi.").crumb("Akun saya", "/warga");
    let form = form
        .field(Field::checkbox("yakin", "Saya ingin menutup akun ini.").required())
        .submit_danger("Tutup akun saya")
        .cancel("Tidak jadi, kembali ke akun saya", "/warga");
    let consequences = [
        "Anda keluar dari semua perangkat dan tidak dapat masuk lagi dengan akun ini.",
        "Semua persetujuan Anda dicabut.",
        "Permohonan, surat, dan pengaduan yang sudah diajukan tetap tersimpan menurut jadwal retensi arsip.",
        "NIK atau nomor badan Anda dapat didaftarkan lagi kelak sebagai akun baru.",
    ];
    let name = ctx.who().map(|who| who.scope.actor.nama().to_owned());
    plain_page(&frame::shell(ctx), &header, confirm(Tone::Warn, &consequences, &Facts::new().add_maybe("Akun", name), &form))
}
