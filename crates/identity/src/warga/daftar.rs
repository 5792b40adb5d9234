//! Registration of citizens and bodies: the form, a code to the address, a password. Whether a number has an account already is told to
//! nobody: the code simply does not come.

use praja_kernel::FieldProblem;
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{By, Key, Keys, StoreError, Tx, audit::Entry};
use praja_web::{Field, Form, Markup, Notice, PageHeader, Tone, form::Width, frame, html, plain_page, section};

use super::{Baru, JenisBadan, draft, store};
use crate::{
    kirim::{Alamat, Ways},
    langkah::{self, Jenis, Langkah, draw_code},
    lupa::{
        check_code, gone, new_password_problem,
        pages::{code_field, new_password, send_again as again_button},
        sent,
    },
    masuk::digest_key,
    percobaan::{self, PER_SENDER, PER_TARGET, store as attempts, try_again_at},
    persetujuan, sandi,
    sessions::{self, Origin},
};

const UNTUK: &str = "mendaftarkan akun";

/// What travels from the form to the code, sealed: which form, and its fields as typed.
type Isian = (String, Vec<(String, String)>);

fn checked(isian: &Isian, reached: (bool, bool)) -> Result<(Baru, Alamat), Vec<FieldProblem>> {
    let input = Input { fields: isian.1.clone(), ..Input::default() };
    if isian.0 == "badan" { draft::badan(&input, reached) } else { draft::warga(&input, reached) }
}

/// GET /daftar.
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    if ctx.who().is_some() {
        return Ok(Response::redirect("/"));
    }
    let header = PageHeader::new("Daftarkan akun").purpose("Satu akun untuk semua layanan pemerintah daerah ini.");
    let open = Ways::of(ctx).kinds(tx)? != (false, false);
    let content = html! {
        @if open {
            (section("Warga", html! {
                p { "Untuk urusan Anda sendiri atau keluarga. Siapkan KTP dan ponsel Anda." }
                p { a.tombol.utama href="/daftar/warga" { "Daftarkan akun warga" } }
            }))
            (section("Badan", html! {
                p { "Untuk perusahaan, koperasi, yayasan, atau perkumpulan. Siapkan NIB atau NPWP badan, dan KTP penanggung jawab." }
                p { a.tombol href="/daftar/badan" { "Daftarkan akun badan" } }
            }))
        } @else { (closed()) }
        p { "Sudah punya akun? " a href="/masuk" { "Masuk ke Praja" } "." }
    };
    Ok(Response::page(plain_page(&frame::shell(ctx), &header, content)))
}

fn closed() -> Notice {
    Notice::new(Tone::Info, "Pendaftaran daring belum dibuka di daerah ini.")
        .text("Kode pendaftaran belum dapat dikirim. Datanglah ke loket pelayanan dengan membawa KTP.")
}

/// GET /daftar/warga.
pub(crate) fn show_warga(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    show_form(ctx, tx, "warga")
}

/// GET /daftar/badan.
pub(crate) fn show_badan(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    show_form(ctx, tx, "badan")
}

fn show_form(ctx: &Ctx, tx: &mut Tx<'_>, kind: &str) -> Outcome {
    let reached = Ways::of(ctx).kinds(tx)?;
    if reached == (false, false) {
        return Ok(Response::redirect("/daftar"));
    }
    Ok(Response::page(form_page(ctx, kind, reached, frame::form(ctx, format!("/daftar/{kind}")))))
}

fn form_page(ctx: &Ctx, kind: &str, reached: (bool, bool), form: Form) -> String {
    let (title, form) = match kind {
        "badan" => ("Daftarkan akun badan", badan_fields(form)),
        _ => ("Daftarkan akun warga", warga_fields(form)),
    };
    let header = PageHeader::new(title).purpose("Langkah 1 dari 2: data diri dan alamat.").crumb("Daftarkan akun", "/daftar");
    let consent = persetujuan::tujuan("layanan").map_or("", |one| one.isi.as_str());
    let form = form
        .field(contact_field(reached))
        .field(Field::checkbox("setuju", consent).required())
        .submit("Kirim kode")
        .cancel("Batalkan", "/daftar");
    plain_page(&frame::shell(ctx), &header, html! { (form) })
}

fn warga_fields(form: Form) -> Form {
    let nik = Field::text("nik", "NIK").hint("16 angka pada KTP.").required().inputmode("numeric").max_length(24);
    form.field(nik.width(Width::Medium).autocomplete("off").autofocus()).field(
        Field::text("nama", "Nama lengkap").hint("Seperti tertulis pada KTP.").required().autocomplete("name").max_length(120),
    )
}

fn badan_fields(form: Form) -> Form {
    let kinds: Vec<(&str, &str)> = JenisBadan::ALL.iter().map(|one| (one.as_str(), one.label())).collect();
    let nomor = Field::text("nomor", "NIB atau NPWP badan").hint("NIB 13 angka. Jika belum ada, NPWP 15 atau 16 angka.");
    let nik = Field::text("wakil_nik", "NIK penanggung jawab").hint("16 angka pada KTP.").required().inputmode("numeric");
    form.field(Field::select("jenis", "Jenis badan", &kinds).required())
        .field(nomor.required().inputmode("numeric").max_length(30).width(Width::Medium))
        .field(
            Field::text("nama", "Nama badan")
                .hint("Seperti tertulis pada akta.")
                .required()
                .autocomplete("organization")
                .max_length(120),
        )
        .field(Field::text("wakil", "Nama penanggung jawab").required().autocomplete("name").max_length(120))
        .field(nik.max_length(24).width(Width::Medium))
}

/// One field for both kinds of addresses: people know which of the two they read.
pub(super) fn contact_field(reached: (bool, bool)) -> Field {
    let (label, hint) = match reached {
        (true, true) => {
            ("Alamat surel atau nomor ponsel", "Kode enam angka dikirim ke sini. Contoh: siti@contoh.id atau 0812 3456 7890.")
        }
        (true, false) => ("Alamat surel", "Kode enam angka dikirim ke sini. Contoh: siti@contoh.id."),
        _ => ("Nomor ponsel", "Kode enam angka dikirim ke sini. Contoh: 0812 3456 7890."),
    };
    Field::text("kontak", label).hint(hint).required().max_length(200).width(Width::Medium)
}

/// POST /daftar/warga.
pub(crate) fn send_warga(ctx: &Ctx, input: &Input) -> Outcome {
    send_form(ctx, input, "warga")
}

/// POST /daftar/badan.
pub(crate) fn send_badan(ctx: &Ctx, input: &Input) -> Outcome {
    send_form(ctx, input, "badan")
}

fn send_form(ctx: &Ctx, input: &Input, kind: &str) -> Outcome {
    let ways = Ways::of(ctx);
    let reached = ctx.read(|tx| ways.kinds(tx))?;
    let again = |problems: &[FieldProblem]| {
        let form = frame::form_again(ctx, format!("/daftar/{kind}"), input).problems(problems);
        Ok(Response::form_again(form_page(ctx, kind, reached, form)))
    };
    let typed = input.fields.iter().filter(|(name, _)| !name.starts_with('_')).cloned().collect();
    let isian: Isian = (kind.to_owned(), typed);
    let (baru, to) = match checked(&isian, reached) {
        Ok(whole) => whole,
        Err(problems) => return again(&problems),
    };
    let (sender, target) = (percobaan::sender_key(&ctx.incoming().address), format!("daftar:{}", digest_key(&to.masked())));
    let now = ctx.now();
    let (locked, known) = ctx.read(|tx| {
        let locked = attempts::get(tx, &sender)?.locked_until(now).max(attempts::get(tx, &target)?.locked_until(now));
        Ok::<_, StoreError>((locked, store::is_known(tx, &baru)?))
    })?;
    if let Some(until) = locked {
        let when = try_again_at(until, now, ctx.instance().zona);
        return again(&[FieldProblem::new("kontak", format!("Kode sudah terlalu sering diminta. Coba lagi {when}."))]);
    }
    let code = draw_code();
    let (mut step, cookie) = langkah::begin(ctx, Jenis::Daftar, None, to.masked());
    step.muatan = Some(langkah::seal(ctx.instance().keys(), &step.kunci, &isian)?);
    let step = sent(ctx, step, (!known).then_some(code.as_str()));
    let (ways_out, shown) = (ways.clone(), code.clone());
    ctx.write(Keys::unaudited(), move |tx| {
        attempts::add_failure(tx, &sender, PER_SENDER)?;
        attempts::add_failure(tx, &target, PER_TARGET)?;
        langkah::store::save(tx, &step)?;
        deliver(tx, &ways_out, &to, known, &code)
    })?;
    Ok(ways.show(ctx, Response::redirect("/daftar/kode").with_cookie(cookie), &shown))
}

/// To a new number the code; to the same address of a number that has an account, a word that it has: its reader learns nothing that
/// was not theirs, and is not left waiting.
fn deliver(tx: &mut Tx<'_>, ways: &Ways, to: &Alamat, known: bool, code: &str) -> Result<(), StoreError> {
    if known {
        let text = "Seseorang, mungkin Anda, mencoba mendaftar dengan alamat ini. Jika Anda sudah punya akun, masuklah atau pakai Lupa sandi.";
        return ways.tell(tx, to, "Pendaftaran akun Praja", text.to_owned());
    }
    ways.send_code(tx, to, code, UNTUK)
}

/// GET /daftar/kode.
pub(crate) fn show_code(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let Some(step) = langkah::current(ctx, tx, Jenis::Daftar)? else { return Ok(gone(ctx, "/daftar")) };
    Ok(Response::page(code_page(ctx, &step, frame::form(ctx, "/daftar/kode"))))
}

fn code_page(ctx: &Ctx, step: &Langkah, form: Form) -> String {
    let header =
        PageHeader::new("Buktikan alamat Anda").purpose("Langkah 2 dari 2: kode dan sandi.").crumb("Daftarkan akun", "/daftar");
    let told: Markup = html! {
        p { "Kode dikirim ke " strong { (step.tujuan) } ". Kode berlaku 5 menit." }
        p.redup { "Jika nomor Anda sudah mempunyai akun, kode tidak dikirim. Masuklah, atau pakai Lupa sandi." }
    };
    let form = new_password(form.field(code_field())).submit("Buat akun").cancel("Batalkan", "/daftar");
    plain_page(
        &frame::shell(ctx),
        &header,
        html! { (Ways::of(ctx).rehearsed(ctx)) (told) (form) (again_button(ctx, "/daftar/kirim-ulang")) },
    )
}

/// POST /daftar/kirim-ulang.
pub(crate) fn send_again(ctx: &Ctx, input: &Input) -> Outcome {
    let ways = Ways::of(ctx);
    let Some((step, baru, to)) = under_way(ctx, &ways)? else { return Ok(gone(ctx, "/daftar")) };
    if let Err(refusal) = step.may_send_again(ctx.now()) {
        return Ok(again_code(ctx, &step, input, &[FieldProblem::new("kode", refusal.to_string())]));
    }
    let known = ctx.read(|tx| store::is_known(tx, &baru))?;
    let code = draw_code();
    let step = sent(ctx, step, (!known).then_some(code.as_str()));
    let (ways_out, shown) = (ways.clone(), code.clone());
    ctx.write(Keys::unaudited(), move |tx| {
        langkah::store::save(tx, &step)?;
        deliver(tx, &ways_out, &to, known, &code)
    })?;
    Ok(ways.show(ctx, Response::redirect("/daftar/kode"), &shown))
}

fn again_code(ctx: &Ctx, step: &Langkah, input: &Input, problems: &[FieldProblem]) -> Response {
    Response::form_again(code_page(ctx, step, frame::form_again(ctx, "/daftar/kode", input).problems(problems)))
}

/// The registration under way in this browser, checked again: what is sealed was typed by a stranger.
fn under_way(ctx: &Ctx, ways: &Ways) -> Result<Option<(Langkah, Baru, Alamat)>, Problem> {
    let (step, reached) = ctx.read(|tx| Ok::<_, StoreError>((langkah::current(ctx, tx, Jenis::Daftar)?, ways.kinds(tx)?)))?;
    let Some(step) = step else { return Ok(None) };
    let Some(isian) = step.load::<Isian>(ctx.instance().keys())? else { return Ok(None) };
    Ok(checked(&isian, reached).ok().map(|(baru, to)| (step, baru, to)))
}

/// POST /daftar/kode.
pub(crate) fn finish(ctx: &Ctx, input: &Input) -> Outcome {
    let ways = Ways::of(ctx);
    let Some((step, baru, to)) = under_way(ctx, &ways)? else { return Ok(gone(ctx, "/daftar")) };
    if let Some(problem) = check_code(ctx, &step, input.text("kode"))? {
        return Ok(again_code(ctx, &step, input, &[problem]));
    }
    let (nama, nomor, nik) = match &baru {
        Baru::Warga { nik, nama } => (nama.clone(), nik.full().to_owned(), nik.full().to_owned()),
        Baru::Badan { nama, nomor, wakil_nik, .. } => (nama.clone(), nomor.clone(), wakil_nik.full().to_owned()),
    };
    if let Some(problem) = new_password_problem(input, &[&nama, &nomor, &nik]) {
        return Ok(again_code(ctx, &step, input, &[problem]));
    }
    let (hash, origin) = (sandi::hash(input.raw("sandi_baru"))?, Origin::of(ctx));
    let by = By::system("publik", ctx.now(), ctx.instance().ids.clone());
    let keys = Keys::none().and(Key::new("identity_warga", &nomor));
    let cookie = ctx.instance().db.write(&by, keys, move |tx| {
        // Of two browsers that register one number, the first has it.
        if store::is_known(tx, &baru)? || !langkah::store::forget(tx, &step.kunci)? {
            return Ok(None);
        }
        let akun = store::insert(tx, &baru, Some(&to), &hash)?;
        let consents = persetujuan::SEMUA.iter().filter(|one| one.wajib);
        for one in consents {
            persetujuan::store::give(tx, akun, one)?;
        }
        tx.audit(
            &Entry::new("identity.register-account", "identity_akun", akun).with("nama", &nama).with("alamat", &origin.alamat),
        )?;
        Ok::<_, StoreError>(Some(sessions::begin(tx, akun, &origin)?))
    })?;
    let Some(cookie) = cookie else { return Ok(gone(ctx, "/daftar")) };
    Ok(Response::redirect("/warga")
        .with_cookie(ctx.session_cookie(&cookie, sessions::ABSOLUTE_MS / 1000))
        .with_cookie(langkah::forget_cookie(ctx))
        .with_notice("Akun Anda sudah dibuat. Selamat datang."))
}
