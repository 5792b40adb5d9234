//! The regency's own authority: made once, its passphrase changed as often as needed.

use praja_module::{
    Ctx, Input, Outcome, Problem, Response,
    signing::{PadesError, SignError, Signing},
};
use praja_store::{Keys, Tx, audit::Entry};
use praja_web::{Facts, Field, Form, Markup, Tone, decision, frame};
use sha2::{Digest, Sha256};

use super::{AT, below, versi};
use crate::tte::{Pengaturan, Refusal, TABLE, draft, get, sealed, store};

fn address() -> String {
    format!("{AT}/otoritas")
}

/// GET /desk/tanda-tangan/otoritas
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let with = get(tx)?;
    let form = fields(frame::form(ctx, address()), &with);
    Ok(frame::respond(ctx, &below(title(&with)), content(ctx, &with, &form)))
}

fn title(with: &Pengaturan) -> &'static str {
    if with.otoritas_sejak.is_some() { "Ganti frasa sandi otoritas" } else { "Buat otoritas uji daerah" }
}

fn fields(form: Form, with: &Pengaturan) -> Form {
    let form = form.hidden("versi", with.versi.to_string());
    let exists = with.otoritas_sejak.is_some();
    let form = if exists { form.field(Field::password("rahasia_lama", "Frasa sandi lama", "off").required()) } else { form };
    form.field(Field::password("rahasia_baru", "Frasa sandi baru", "new-password").required().hint(format!(
        "Paling sedikit {} huruf. Praja tidak menyimpannya: bila hilang, otoritas harus dibuat baru.",
        draft::SHORTEST
    )))
    .field(Field::password("rahasia_ulang", "Ketik sekali lagi", "new-password").required())
    .submit(if exists { "Ganti frasa sandi" } else { "Buat otoritas uji" })
    .cancel("Kembali", AT)
}

fn content(ctx: &Ctx, with: &Pengaturan, form: &Form) -> Markup {
    let facts = Facts::new().add("Daerah", &ctx.instance().wilayah.nama);
    if with.otoritas_sejak.is_some() {
        let lines =
            ["Frasa sandi lama tidak berlaku lagi.", "Sertifikat otoritas dan naskah yang sudah ditandatangani tetap sah."];
        decision(Tone::Warn, "Yang akan terjadi", &lines, &facts, form)
    } else {
        let lines = [
            "Praja membuat kunci dan sertifikat otoritas uji, tidak tersertifikasi, berlaku sepuluh tahun.",
            "Kuncinya dikunci dengan frasa sandi ini, yang diketik setiap kali menandatangani.",
            "Sesudah itu cara elektronik dengan otoritas uji dapat dipilih.",
        ];
        decision(Tone::Warn, "Yang akan terjadi", &lines, &facts, form)
    }
}

/// POST /desk/tanda-tangan/otoritas
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let with = ctx.read(get)?;
    match made(ctx, input, &with) {
        Ok(authority) => keep(ctx, input, &with, authority),
        Err(Problem::Refused(refusal)) => {
            let form = frame::form_again(ctx, address(), input)
                .refusal(refusal.message(), refusal.next_step())
                .problems(&refusal.fields());
            let content = content(ctx, &with, &fields(form, &with));
            Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &below(title(&with)), content)))
        }
        Err(problem) => Err(problem),
    }
}

/// An authority ready to be kept.
struct Made {
    sealed: Vec<u8>,
    certificate: Vec<u8>,
}

/// Takes tens of milliseconds: the passphrase is stretched.
fn made(ctx: &Ctx, input: &Input, with: &Pengaturan) -> Result<Made, Problem> {
    let instance = ctx.instance();
    let signing = instance.ports.signing.as_ref().ok_or_else(|| Problem::refused(Refusal::Absent))?;
    let (old, new) = (input.raw("rahasia_lama"), input.raw("rahasia_baru"));
    draft::passphrase(new, input.raw("rahasia_ulang")).map_err(Problem::refused)?;
    let made = match with.authority(instance)? {
        Some(authority) => resealed(signing.as_ref(), &authority, old, new)?,
        None => {
            signing.new_authority(&instance.wilayah.nama, new, ctx.now()).map_err(|e| Problem::refused(Refusal::of(&e, new)))?
        }
    };
    let certificate = signing.certificate(&made).map_err(|e| Problem::refused(Refusal::of(&e, new)))?;
    Ok(Made { sealed: sealed(instance, &made)?, certificate })
}

fn resealed(signing: &dyn Signing, authority: &[u8], old: &str, new: &str) -> Result<Vec<u8>, Problem> {
    signing.reseal(authority, old, new).map_err(|e| match e {
        SignError::Pades(PadesError::WrongPassphrase) => Problem::refused(Refusal::OldWrong),
        other => Problem::refused(Refusal::of(&other, new)),
    })
}

fn keep(ctx: &Ctx, input: &Input, with: &Pengaturan, made: Made) -> Outcome {
    let (versi, existed, since) =
        (versi(input)?, with.otoritas_sejak.is_some(), with.otoritas_sejak.unwrap_or_else(|| ctx.now()));
    let sidik = Sha256::digest(&made.certificate).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let response = ctx.submit(input, Keys::none(), move |tx| {
        let change = store::Change { otoritas: Some((made.sealed.clone(), since)), ..Default::default() };
        if !store::save(tx, versi, change)? {
            return Err(Problem::Conflict);
        }
        store::remember(tx, &sidik, &made.certificate)?;
        let act = if existed { "desk.change-frasa-otoritas" } else { "desk.create-otoritas" };
        tx.audit(&Entry::new(act, TABLE, "daerah").with("sidik", &sidik))?;
        Ok(AT.to_owned())
    })?;
    let told = if existed {
        "Frasa sandi otoritas sudah diganti."
    } else {
        "Otoritas uji sudah dibuat. Pilih caranya di bawah bila naskah akan ditandatangani dengannya."
    };
    Ok(response.with_notice(told))
}
