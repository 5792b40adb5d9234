//! Comparing the papers of a citizen or body with the account.

use praja_kernel::FieldProblem;
use praja_module::{Ctx, Input, Outcome, Response};
use praja_store::{Keys, StoreError, Tx, audit::Entry};
use praja_web::{Field, Form, PageHeader, Tone, decision, form::Width, frame};

use super::{Dilihat, Keadaan, Kertas, acts::moved_on, compare, pages::LIST, show, store, subject};
use crate::{accounts::Jenis, kirim::Ways};

/// GET /identity/warga/{id}/cocokkan
pub(crate) fn ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let seen = subject(ctx, tx)?;
    if seen.keadaan != Keadaan::Belum {
        return Ok(moved_on(&seen));
    }
    let form = frame::form(ctx, address(&seen));
    Ok(Response::page(whole(ctx, &seen, form)))
}

fn address(seen: &Dilihat) -> String {
    format!("{LIST}/{}/cocokkan", seen.akun.id)
}

fn whole(ctx: &Ctx, seen: &Dilihat, form: Form) -> String {
    let back = format!("{LIST}/{}", seen.akun.id);
    let header = PageHeader::new("Cocokkan dengan KTP")
        .purpose("Pemilik akun berada di depan Anda dan menunjukkan KTP aslinya.")
        .crumb("Warga dan badan", LIST)
        .crumb(seen.akun.pemilik.clone(), back.clone());
    let number = |name: &str, label: &str, hint: &str| {
        Field::text(name, label)
            .hint(hint)
            .required()
            .inputmode("numeric")
            .autocomplete("off")
            .max_length(30)
            .width(Width::Medium)
    };
    let is_body = seen.akun.jenis == Jenis::Badan;
    let form =
        if is_body {
            form.field(number("nomor", "NIB atau NPWP", "Dari surat yang ditunjukkan, bukan dari layar.").autofocus())
                .field(number("nik", "NIK penanggung jawab", "16 angka pada KTP penanggung jawab."))
        } else {
            form.field(number("nik", "NIK", "16 angka pada KTP yang ditunjukkan.").autofocus())
        };
    let label = if is_body { "Nama badan" } else { "Nama lengkap" };
    let hint = if is_body { "Seperti pada akta atau NIB." } else { "Seperti pada KTP; nama pada akun mengikuti." };
    let form = form
        .field(Field::text("nama", label).hint(hint).required().max_length(120).autocomplete("off"))
        .field(Field::checkbox("orangnya", "Wajah orang di depan saya sama dengan foto pada KTP.").required())
        .submit("Catat sudah cocok")
        .cancel("Kembali tanpa mencatat", back);
    let lines = [
        "Akun bertanda sudah dicocokkan, dengan nama Anda dan waktunya.",
        "Layanan yang memerlukan identitas pasti dapat mengandalkannya.",
        "KTP tidak difoto dan tidak disimpan.",
    ];
    praja_web::page(
        &frame::shell(ctx),
        &header,
        decision(Tone::Info, "Yang akan terjadi", &lines, &show::facts(ctx, seen), &form),
    )
}

/// POST /identity/warga/{id}/cocokkan
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let seen = ctx.read(|tx| subject(ctx, tx))?;
    if seen.keadaan != Keadaan::Belum {
        return Ok(moved_on(&seen));
    }
    let kertas = Kertas {
        nik: input.text("nik"),
        nomor: input.text("nomor"),
        nama: input.text("nama"),
        orangnya: input.text("orangnya") == "ya",
    };
    let nama = match compare(seen.akun.jenis, &seen.diri, kertas) {
        Ok(nama) => nama,
        Err(problems) => return Ok(again(ctx, &seen, input, &problems)),
    };
    let (akun, oleh, ways) = (seen.akun, ctx.scope()?.actor.nama().to_owned(), Ways::of(ctx));
    let back = format!("{LIST}/{}", akun.id);
    let response = ctx.submit(input, Keys::none(), move |tx| {
        store::set_checked(tx, akun.id, &nama, &oleh)?;
        let mut entry = Entry::new("identity.verify-akun", "identity_akun", akun.id).with("nama", &nama);
        if nama != akun.pemilik {
            entry = entry.with("nama_lama", &akun.pemilik);
        }
        tx.audit(&entry)?;
        ways.warn(tx, &akun, "Data akun Anda sudah dicocokkan", "Petugas sudah mencocokkan data akun Anda dengan KTP.")?;
        Ok::<_, StoreError>(back.clone())
    })?;
    Ok(response.with_notice("Akun itu sekarang bertanda sudah dicocokkan."))
}

fn again(ctx: &Ctx, seen: &Dilihat, input: &Input, problems: &[FieldProblem]) -> Response {
    Response::form_again(whole(ctx, seen, frame::form_again(ctx, address(seen), input).problems(problems)))
}
