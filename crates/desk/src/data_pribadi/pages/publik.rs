//! What anybody reads about their rights, and how whoever is signed in asks.

use praja_identity::narahubung;
use praja_kernel::{Actor, Refuse};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::Tx;
use praja_web::{Facts, Field, Form, FormValues, Link, Markup, Notice, PageHeader, Tone, form::Width, frame, html, section};

use super::{PUBLIC, contact, drawn, progress};
use crate::{
    data_pribadi::{
        Bukti, Jenis, KELOMPOK, Permintaan, hash, inventaris, keys,
        rules::{Refusal, check},
        store, terima,
    },
    visitors,
};

const ASK: &str = "/data-pribadi/ajukan";
const TRACK: &str = "/data-pribadi/lacak";

fn header() -> PageHeader {
    PageHeader::new("Data pribadi Anda")
        .purpose("Hak Anda menurut UU 27/2022 tentang Pelindungan Data Pribadi, dan cara memintanya.")
}

/// GET /data-pribadi
pub(crate) fn home(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let kontak = inventaris::contact(tx)?;
    let own = match ctx.who().filter(|who| who.is_citizen()) {
        Some(who) => Some(store::of_account(tx, &who.scope.actor.key())?),
        None => None,
    };
    let content = html! {
        p { "Setiap permintaan dijawab paling lambat 3 x 24 jam sejak kami terima, dihitung menurut jam, juga pada hari libur." }
        ul { @for jenis in Jenis::ALL { li { (jenis.label()) } } }
        @match &own {
            Some(own) => {
                p { a.tombol.utama href=(ASK) { "Ajukan permintaan" } }
                @if !own.is_empty() { (section("Permintaan Anda", html! { @for one in own { (progress(ctx, one)) } })) }
            }
            None => {
                (Notice::new(Tone::Info, "Kami perlu mengetahui siapa yang meminta.")
                    .text("Masuk dengan akun warga, atau datang ke loket dengan membawa KTP.")
                    .link(Link::new("Masuk untuk mengajukan", ASK)))
            }
        }
        (section("Permintaan yang diajukan di loket", track_form(frame::form(ctx, TRACK))))
        (section("Data apa yang kami simpan", html! { p { a href={ (PUBLIC) "/inventaris" } { "Baca daftar data, gunanya, dasarnya, dan lamanya" } } }))
        (section("Pejabat pelindungan data pribadi", contact(kontak.as_ref())))
    };
    Ok(frame::respond_plain(ctx, &header(), content))
}

fn track_form(form: Form) -> Form {
    form.field(
        Field::text("nomor", "Nomor permintaan").required().max_length(40).width(Width::Short).hint("Misalnya DP-2026-00012."),
    )
    .field(
        Field::text("kode", "Kode")
            .required()
            .max_length(40)
            .width(Width::Short)
            .autocomplete("off")
            .hint("Sepuluh huruf dan angka pada tanda terima."),
    )
    .submit("Lihat jawaban permintaan")
}

/// GET /data-pribadi/inventaris
pub(crate) fn inventory(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let rows = inventaris::list(tx)?;
    let header = PageHeader::new("Data pribadi yang disimpan")
        .purpose("Untuk apa, atas dasar apa, berapa lama, dan siapa yang melihatnya.")
        .crumb("Data pribadi Anda", PUBLIC);
    Ok(frame::respond_plain(ctx, &header, drawn(&rows)))
}

/// Who asks: the person behind the account, with the NIK that stands there.
struct Peminta {
    nama: String,
    nik: String,
    kontak: String,
    bukti: Bukti,
    kunci: String,
}

/// None for a body: personal data are those of persons.
fn peminta(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Option<Peminta>, Problem> {
    let actor = &ctx.scope()?.actor;
    let (Actor::Warga { nama, .. }, kunci) = (actor, actor.key()) else { return Ok(None) };
    let Some((nik, compared)) = narahubung::nik(tx, &kunci)? else { return Ok(None) };
    let kontak = narahubung::of(tx, &kunci)?.and_then(|known| known.email.or(known.telepon)).unwrap_or_default();
    let bukti = if compared { Bukti::AkunCocok } else { Bukti::Akun };
    Ok(Some(Peminta { nama: nama.clone(), nik, kontak, bukti, kunci }))
}

fn ask_header() -> PageHeader {
    PageHeader::new("Ajukan permintaan").purpose("Tentang data pribadi Anda sendiri.").crumb("Data pribadi Anda", PUBLIC)
}

fn content(who: Option<&Peminta>, form: Form) -> Markup {
    let Some(who) = who else {
        let text = "Masuk dengan akun warga Anda sendiri, bukan akun badan.";
        return html! { (Notice::new(Tone::Info, "Permintaan ini hanya untuk perorangan.").text(text)) };
    };
    let kinds: Vec<(&str, &str)> = Jenis::ALL.iter().map(|jenis| (jenis.as_str(), jenis.label())).collect();
    let nik = who.nik.parse::<praja_kernel::Nik>().map_or_else(|_| String::new(), |nik| nik.masked());
    html! {
        (Facts::new().add("Nama", &who.nama).add("NIK", nik).add("Bukti", who.bukti.label()))
        (form.guard()
            .field(Field::radio("jenis", "Yang Anda minta", &kinds).required())
            .field(Field::textarea("isi", "Penjelasan").rows(5).required().max_length(4000)
                .hint("Data yang mana, pada layanan apa, dan apa yang Anda kehendaki."))
            .field(Field::text("kontak", "Surel atau nomor telepon").required().max_length(120))
            .submit("Kirim permintaan")
            .cancel("Kembali", PUBLIC))
    }
}

/// GET /data-pribadi/ajukan
pub(crate) fn ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let who = peminta(ctx, tx)?;
    let kontak = who.as_ref().map(|who| who.kontak.clone()).unwrap_or_default();
    let form = frame::form(ctx, ASK).values(FormValues::new().with("kontak", kontak));
    Ok(frame::respond_plain(ctx, &ask_header(), content(who.as_ref(), form)))
}

/// POST /data-pribadi/ajukan
pub(crate) fn send(ctx: &Ctx, input: &Input) -> Outcome {
    let who = ctx.read(|tx| peminta(ctx, tx))?.ok_or(Problem::NotFound)?;
    let known = |name: &str| match name {
        "nama" => who.nama.clone(),
        "nik" => who.nik.clone(),
        name => input.raw(name).to_owned(),
    };
    let isi = match check(known) {
        Ok(isi) => isi,
        Err(refusal) => {
            let form = frame::form_again(ctx, ASK, input);
            let form = form.refusal(refusal.message(), refusal.next_step()).problems(&refusal.fields());
            return Ok(Response::form_again(praja_web::plain_page(&frame::shell(ctx), &ask_header(), content(Some(&who), form))));
        }
    };
    let today = ctx.today();
    let response = ctx.submit(input, keys(KELOMPOK, today), move |tx| {
        terima(tx, &isi, who.bukti, &who.kunci, today)?;
        Ok::<_, Problem>(PUBLIC.to_owned())
    })?;
    Ok(response.with_notice("Permintaan Anda sudah kami terima. Jawabannya tampil di halaman ini paling lambat 3 x 24 jam lagi."))
}

/// POST /data-pribadi/lacak: number and code travel in the body, so that they stand in no history.
pub(crate) fn track(ctx: &Ctx, input: &Input) -> Outcome {
    if let Some(stopped) = visitors::stop(ctx) {
        return Ok(stopped);
    }
    let nomor = input.text("nomor").to_uppercase();
    let kode = hash(&nomor, &crate::complaints::plain_code(input.text("kode")));
    let found: Option<Permintaan> = ctx.read(|tx| store::by_code(tx, &nomor, &kode).map_err(Problem::from))?;
    let header = PageHeader::new("Permintaan data pribadi").crumb("Data pribadi Anda", PUBLIC);
    match found {
        Some(one) => Ok(frame::respond_plain(ctx, &header, progress(ctx, &one))),
        None => {
            let refusal = Refusal::NoMatch;
            let form = frame::form_again(ctx, TRACK, input).refusal(refusal.message(), refusal.next_step());
            Ok(Response::form_again(praja_web::plain_page(&frame::shell(ctx), &header, track_form(form))))
        }
    }
}
