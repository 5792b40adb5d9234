//! The account of somebody who stands at the counter: opened by an officer who saw the KTP, entered by a slip with a code. Needs neither
//! e-mail nor telephone.

use praja_kernel::{FieldProblem, Nik};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx, audit::Entry};
use praja_web::{Field, Form, PageHeader, form::Width, frame};

use super::{pages::LIST, store};
use crate::{
    accounts::admin::{slips, store::Orang},
    kirim::{Alamat, is_email},
    slip::{self, Jenis},
    telepon,
    warga::{Baru, store as citizens},
};

fn header() -> PageHeader {
    PageHeader::new("Buka akun warga di loket")
        .purpose("Untuk orang yang hadir dengan KTP-nya. Ia menerima slip dengan kode sekali pakai.")
        .crumb("Warga dan badan", LIST)
}

fn fields(form: Form) -> Form {
    form.field(
        Field::text("nik", "NIK").required().inputmode("numeric").max_length(24).width(Width::Medium).hint("16 angka pada KTP."),
    )
    .field(Field::text("nama", "Nama pada KTP").required().max_length(120))
    .field(
        Field::text("kontak", "Surel atau nomor ponsel")
            .max_length(120)
            .hint("Boleh dikosongkan. Diisi pemiliknya sendiri kemudian juga bisa."),
    )
    .field(Field::checkbox("ktp", "KTP asli sudah saya lihat, dan orangnya sesuai.").required())
    .submit("Buka akun dan cetak slip")
    .cancel("Kembali", LIST)
}

/// GET /identity/warga/baru
pub(crate) fn ask(ctx: &Ctx, _: &mut Tx<'_>) -> Outcome {
    let values = praja_web::FormValues::new()
        .with("nik", ctx.query("nik").unwrap_or_default())
        .with("nama", ctx.query("nama").unwrap_or_default());
    Ok(frame::respond(ctx, &header(), fields(frame::form(ctx, format!("{LIST}/baru")).values(values))))
}

fn again(ctx: &Ctx, input: &Input, problems: &[FieldProblem]) -> Response {
    let form = frame::form_again(ctx, format!("{LIST}/baru"), input)
        .refusal("Akun belum dibuka karena ada isian yang perlu diperbaiki.", "Perbaiki isian yang ditandai.")
        .problems(problems);
    Response::form_again(praja_web::page(&frame::shell(ctx), &header(), fields(form)))
}

fn read(input: &Input) -> Result<(Nik, String, Option<Alamat>), Vec<FieldProblem>> {
    let mut wrong = Vec::new();
    let nik = input.text("nik").parse::<Nik>().map_err(|e| wrong.push(FieldProblem::new("nik", e.to_string()))).ok();
    let nama = input.text("nama").split_whitespace().collect::<Vec<_>>().join(" ");
    if !(3..=120).contains(&nama.chars().count()) || nama.chars().any(|c| "<>{}".contains(c)) {
        wrong.push(FieldProblem::new("nama", "Isi nama seperti pada KTP, 3 sampai 120 huruf."));
    }
    let kontak = match input.text("kontak") {
        "" => None,
        typed if is_email(typed) => Some(Alamat::Surel(typed.to_lowercase())),
        typed => match telepon::parse(typed).filter(|number| telepon::is_mobile(number)) {
            Some(number) => Some(Alamat::Telepon(number)),
            None => {
                wrong.push(FieldProblem::new(
                    "kontak",
                    "Isi surel yang lengkap atau nomor ponsel yang diawali 08 atau +628, atau kosongkan.",
                ));
                None
            }
        },
    };
    if input.text("ktp").is_empty() {
        wrong.push(FieldProblem::new("ktp", "Akun hanya dibuka setelah KTP asli dilihat."));
    }
    match nik {
        Some(nik) if wrong.is_empty() => Ok((nik, nama, kontak)),
        _ => Err(wrong),
    }
}

/// POST /identity/warga/baru: answers with the slip, which nobody can see again.
pub(crate) fn open(ctx: &Ctx, input: &Input) -> Outcome {
    let (nik, nama, kontak) = match read(input) {
        Ok(read) => read,
        Err(problems) => return Ok(again(ctx, input, &problems)),
    };
    let baru = Baru::Warga { nik: nik.clone(), nama: nama.clone() };
    if ctx.read(|tx| citizens::is_known(tx, &baru))? {
        let problem =
            FieldProblem::new("nik", "NIK ini sudah mempunyai akun. Cari pada daftar Warga dan badan, lalu cetak slip masuknya.");
        return Ok(again(ctx, input, &[problem]));
    }
    let (oleh, kode) = (ctx.scope()?.actor.clone(), slip::draw());
    let sidik = slip::digest(&kode);
    let shown = nama.clone();
    let sampai = ctx.write(Keys::none(), move |tx| {
        if citizens::is_known(tx, &baru)? {
            return Ok(None);
        }
        // A hash that no password has: only the slip opens it.
        let akun = citizens::insert(tx, &baru, kontak.as_ref(), "-")?;
        store::set_checked(tx, akun, &shown, oleh.nama())?;
        tx.audit(&Entry::new("identity.open-account", "identity_akun", akun).with("nama", &shown))?;
        let sampai = slip::store::insert(tx, Jenis::Pertama, Some(akun), &sidik, oleh.id())?;
        tx.audit(&Entry::new("identity.issue-slip", "identity_akun", akun).with("nama", &shown))?;
        Ok::<_, Problem>(Some(sampai))
    })?;
    let Some(sampai) = sampai else { return Ok(Response::redirect(LIST).with_notice("Akun orang itu sudah dibuka.")) };
    let orang = Orang { nama, nip: None, opd: None };
    let slip = slips::Cetak { orang, akun: nik.full().to_owned(), kode, sampai };
    Ok(Response::page(slips::print_page(ctx, "Slip masuk pertama", &[slip], LIST)))
}
