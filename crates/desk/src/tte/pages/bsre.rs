//! The regency's e-sign server of BSrE: where it is, how it is asked, and whether it answers.

use praja_kernel::{FieldProblem, Nik, Refuse as _};
use praja_module::{
    Ctx, Input, Jenis, Outcome, Problem, Response,
    signing::{BsrePaths, CertStatus, SignError, Way, Who},
};
use praja_store::{Keys, Tx, audit::Entry};
use praja_web::{Act, Facts, Field, Form, FormValues, Icon, Markup, Notice, Tone, form::Width, frame, html, section};

use super::{AT, below, versi};
use crate::tte::{Bsre, Draft, Pengaturan, Pengenal, Refusal, TABLE, check, get, sealed, settings, store};

fn address() -> String {
    format!("{AT}/bsre")
}

fn trial() -> String {
    format!("{AT}/bsre/uji")
}

/// What the page of the ways says about it.
pub(super) fn summary(_: &Ctx, with: &Pengaturan) -> Markup {
    html! {
        @match &with.bsre {
            None => p { "Belum diatur. Siapkan alamat Esign Client Service daerah, nama pengguna, dan sandi layanan dari BSrE." },
            Some(bsre) => (Facts::new().add("Alamat", &bsre.url).add("Nama pengguna", &bsre.pengguna).add("Sandi layanan", "Tersimpan tertutup, tidak ditampilkan").add("Pengenal penandatangan", bsre.pengenal.label())),
        }
        div.aksi { (Act::link(if with.bsre.is_some() { "Ubah atau uji sambungan" } else { "Atur sambungan" }, address()).icon(Icon::Settings)) }
    }
}

fn only_asli(ctx: &Ctx) -> Result<(), Problem> {
    if ctx.instance().jenis == Jenis::Contoh { Err(Problem::refused(Refusal::Training)) } else { Ok(()) }
}

/// GET /desk/tanda-tangan/bsre. A room for training shows what the connection needs, and takes nothing.
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    if ctx.instance().jenis == Jenis::Contoh {
        return Ok(frame::respond(ctx, &below("Sambungan BSrE"), rehearsal()));
    }
    let with = get(tx)?;
    let form = fields(frame::form(ctx, address()), &with).values(values(with.bsre.as_ref()));
    let trial = trial_fields(frame::form(ctx, trial()), &with);
    Ok(frame::respond(ctx, &below("Sambungan BSrE"), content(&with, &form, &trial, None)))
}

fn content(with: &Pengaturan, form: &Form, trial: &Form, told: Option<Notice>) -> Markup {
    html! {
        @if let Some(told) = told { (told) }
        (Notice::new(Tone::Info, "Belum pernah dicoba pada server BSrE yang sebenarnya")
            .text("Permintaan dan jawaban di sini mengikuti aplikasi terbuka beberapa daerah (antarmuka versi 2), bukan dokumen resmi BSSN. \
                   Yang belum pernah dilihat: jawaban server yang asli, kode sekali pakai (TOTP), segel elektronik, dan batas ukuran berkas. \
                   Karena itu setiap jalur dapat diubah, dan kata-kata server diteruskan apa adanya. Uji sambungan sebelum dipakai."))
        @if with.bsre.is_some() { (section("Uji sambungan", trial)) }
        (section("Pengaturan", form))
    }
}

/// What a trainer shows of it.
fn rehearsal() -> Markup {
    html! {
        (Notice::new(Tone::Info, "Ruang latihan tidak pernah memakai sertifikat BSrE")
            .text("Sambungan diatur di Praja daerah yang sebenarnya. Yang perlu disiapkan sebelumnya tampil di bawah ini."))
        (section("Yang disiapkan", Facts::new()
            .add("Alamat", "Esign Client Service milik daerah, misalnya https://10.1.2.3, yang dapat dicapai dari server Praja")
            .add("Nama pengguna dan sandi layanan", "Dari BSrE, sesudah perjanjian kerja sama dan pemasangan di daerah")
            .add("Sertifikat server", "Sertifikat server itu atau CA-nya dalam bentuk PEM; pemeriksaannya tidak dapat dimatikan")
            .add("Pengenal penandatangan", "Alamat surel atau NIK, seperti yang terdaftar pada BSrE")))
        (section("Sesudah tersambung", html! {
            ul.berbutir {
                li { "Uji sambungan menanyakan keadaan sertifikat seorang penandatangan, tanpa menandatangani apa pun." }
                li { "Frasa sandi diketik setiap kali menandatangani, diteruskan ke server BSrE, dan tidak disimpan." }
                li { "Halaman verifikasi menyebut naskahnya tersertifikasi." }
            }
        }))
    }
}

fn trial_fields(form: Form, with: &Pengaturan) -> Form {
    let by_nik = with.bsre.as_ref().is_some_and(|bsre| bsre.pengenal == Pengenal::Nik);
    let field = if by_nik {
        Field::text("siapa", "NIK seorang penandatangan")
            .inputmode("numeric")
            .autocomplete("off")
            .hint("Ditanyakan keadaan sertifikatnya, tidak disimpan.")
    } else {
        Field::email("siapa", "Alamat surel seorang penandatangan").hint("Ditanyakan keadaan sertifikatnya, tidak disimpan.")
    };
    form.field(field.required()).submit("Uji sambungan")
}

fn fields(form: Form, with: &Pengaturan) -> Form {
    let keep = if with.bsre.is_some() { "Kosongkan untuk memakai yang tersimpan." } else { "" };
    let options: Vec<(&str, &str)> = Pengenal::ALL.iter().map(|one| (one.as_str(), one.label())).collect();
    form.hidden("versi", with.versi.to_string())
        .field(Field::text("url", "Alamat Esign Client Service").required().hint("Misalnya https://10.1.2.3."))
        .field(Field::text("pengguna", "Nama pengguna layanan").required().autocomplete("off"))
        .field(Field::password("rahasia_layanan", "Sandi layanan", "off").hint(keep))
        .field(Field::radio("pengenal", "Pengenal penandatangan", &options).required())
        .field(
            Field::textarea("sertifikat", "Sertifikat server")
                .rows(4)
                .hint("Server ini biasanya memakai sertifikat buatan sendiri: tempel sertifikatnya atau CA-nya dalam bentuk PEM. Pemeriksaan sertifikat tidak dapat dimatikan."),
        )
        .field(Field::number("sabar", "Lama menunggu jawaban (detik)").required().min("5").max("120"))
        .field(Field::number("ulang", "Berapa kali diulang bila gagal").required().min("0").max("5"))
        .fold(
            "Jalur pada server",
            vec![
                Field::text("jalur_tanda", "Menandatangani").required().width(Width::Medium),
                Field::text("jalur_kode", "Meminta kode").required().width(Width::Medium),
                Field::text("jalur_keadaan", "Keadaan sertifikat").required().width(Width::Medium),
            ],
        )
        .submit("Simpan sambungan")
        .cancel("Kembali", AT)
}

fn values(bsre: Option<&Bsre>) -> FormValues {
    let usual = BsrePaths::default();
    let jalur = bsre.map_or(&usual, |bsre| &bsre.jalur);
    let number = |value: Option<u64>, usual: u64| value.unwrap_or(usual).to_string();
    FormValues::new()
        .with("url", bsre.map_or("", |bsre| bsre.url.as_str()))
        .with("pengguna", bsre.map_or("", |bsre| bsre.pengguna.as_str()))
        .with("pengenal", bsre.map_or(Pengenal::Surel, |bsre| bsre.pengenal).as_str())
        .with("sertifikat", bsre.and_then(|bsre| bsre.sertifikat.as_deref()).unwrap_or_default())
        .with("sabar", number(bsre.map(|bsre| bsre.sabar), 30))
        .with("ulang", number(bsre.map(|bsre| bsre.ulang.into()), 2))
        .with("jalur_tanda", &jalur.sign)
        .with("jalur_kode", &jalur.totp)
        .with("jalur_keadaan", &jalur.status)
}

fn draft(input: &Input) -> Draft<'_> {
    Draft {
        url: input.text("url"),
        pengguna: input.text("pengguna"),
        sertifikat: input.text("sertifikat"),
        jalur_tanda: input.text("jalur_tanda"),
        jalur_kode: input.text("jalur_kode"),
        jalur_keadaan: input.text("jalur_keadaan"),
        sabar: input.text("sabar"),
        ulang: input.text("ulang"),
        pengenal: input.text("pengenal"),
    }
}

/// POST /desk/tanda-tangan/bsre
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    only_asli(ctx)?;
    let with = ctx.read(get)?;
    let typed = input.raw("rahasia_layanan");
    let bsre = match check(&draft(input), with.rahasia.is_some() || !typed.is_empty()) {
        Ok(bsre) => bsre,
        Err(refusal) => {
            let form = frame::form_again(ctx, address(), input)
                .refusal(refusal.message(), refusal.next_step())
                .problems(&refusal.fields());
            let trial = trial_fields(frame::form(ctx, trial()), &with);
            let content = content(&with, &fields(form, &with), &trial, None);
            return Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &below("Sambungan BSrE"), content)));
        }
    };
    // A password must not travel to another machine than the one it was given for.
    let moved = with.bsre.as_ref().is_some_and(|before| before.url != bsre.url || before.pengguna != bsre.pengguna);
    if moved && typed.is_empty() {
        let refusal = Refusal::Fields(vec![FieldProblem::new(
            "rahasia_layanan",
            "Alamat atau nama penggunanya berubah. Ketik sandi layanannya kembali.",
        )]);
        let form =
            frame::form_again(ctx, address(), input).refusal(refusal.message(), refusal.next_step()).problems(&refusal.fields());
        let trial = trial_fields(frame::form(ctx, trial()), &with);
        let content = content(&with, &fields(form, &with), &trial, None);
        return Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &below("Sambungan BSrE"), content)));
    }
    let password = if typed.is_empty() { None } else { Some(sealed(ctx.instance(), typed.as_bytes())?) };
    let versi = versi(input)?;
    let response = ctx.submit(input, Keys::none(), move |tx| {
        let change = store::Change { bsre: Some((bsre.clone(), password.clone())), ..Default::default() };
        if !store::save(tx, versi, change)? {
            return Err(Problem::Conflict);
        }
        let entry = Entry::new("desk.configure-bsre", TABLE, "daerah").with("alamat", &bsre.url).with("pengguna", &bsre.pengguna);
        let renewed = if password.is_some() { "ya" } else { "tidak" };
        tx.audit(&entry.with("pengenal", bsre.pengenal.as_str()).with("sandi_diganti", renewed))?;
        Ok(address())
    })?;
    Ok(response.with_notice("Sambungan tersimpan. Uji dahulu sebelum cara ini dipakai."))
}

/// POST /desk/tanda-tangan/bsre/uji: asks for the state of somebody's certificate. Signs nothing.
pub(crate) fn try_out(ctx: &Ctx, input: &Input) -> Outcome {
    only_asli(ctx)?;
    let with = ctx.read(get)?;
    let bsre = with.bsre.clone().ok_or_else(|| Problem::refused(Refusal::NoBsre))?;
    let form = fields(frame::form(ctx, address()), &with).values(values(Some(&bsre)));
    let who = match who(&bsre, input.text("siapa")) {
        Ok(who) => who,
        Err(words) => {
            let trial = frame::form_again(ctx, trial(), input).problems(&[FieldProblem::new("siapa", words)]);
            let content = content(&with, &form, &trial_fields(trial, &with), None);
            return Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &below("Sambungan BSrE"), content)));
        }
    };
    let signing = ctx.instance().ports.signing.clone().ok_or_else(|| Problem::refused(Refusal::Absent))?;
    let way = Way::Bsre(settings(&bsre, with.password(ctx.instance())?));
    let outcome = signing.provider(way, ctx.instance().clock.clone()).and_then(|provider| provider.status(&who));
    let word = match &outcome {
        Ok(CertStatus::Usable) => "dapat-dipakai",
        Ok(CertStatus::Unusable(_)) => "tidak-dapat-dipakai",
        Err(_) => "gagal",
    };
    ctx.write(Keys::none(), move |tx| tx.audit(&Entry::new("desk.try-bsre", TABLE, "daerah").with("hasil", word)))?;
    let told = told(outcome);
    let trial = trial_fields(frame::form(ctx, trial()), &with);
    Ok(frame::respond(ctx, &below("Sambungan BSrE"), content(&with, &form, &trial, Some(told))))
}

fn who(bsre: &Bsre, typed: &str) -> Result<Who, String> {
    let nobody = Who { name: String::new(), post: String::new(), nik: None, email: None };
    match bsre.pengenal {
        Pengenal::Nik => {
            let nik: Nik = typed.parse().map_err(|e: praja_kernel::NikError| e.to_string())?;
            Ok(Who { nik: Some(nik.full().to_owned()), ..nobody })
        }
        Pengenal::Surel if typed.parse::<lettre::Address>().is_ok() => Ok(Who { email: Some(typed.to_owned()), ..nobody }),
        Pengenal::Surel => Err("Tulis alamat surel lengkap, misalnya nama@contoh.go.id.".into()),
    }
}

fn told(outcome: Result<CertStatus, SignError>) -> Notice {
    match outcome {
        Ok(CertStatus::Usable) => Notice::new(Tone::Good, "Sambungan berjalan, dan sertifikatnya dapat dipakai."),
        Ok(CertStatus::Unusable(words)) => {
            Notice::new(Tone::Warn, "Sambungan berjalan, tetapi sertifikat orang itu tidak dapat dipakai.")
                .text(format!("Kata server: {words}"))
        }
        Err(error) => Notice::new(Tone::Bad, "Sambungan belum berjalan.").text(error.to_string()),
    }
}
