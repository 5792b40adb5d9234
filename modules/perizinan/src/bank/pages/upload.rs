use std::io::Read;

use praja_kernel::{Id, Refuse};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{StoreError, Tx};
use praja_web::{Field, Form, Link, Notice, PageHeader, Tone, frame, html, page};

use super::{LIST, PROFILES, address};
use crate::{
    bank::{
        FileRefusal, MAX_BYTES, MOST_ROWS, Profil, Refusal, read, store,
        write::{self, Kiriman},
    },
    skrd::{
        pages::{self, me},
        write::keys,
    },
};

fn action() -> String {
    format!("{LIST}/baru")
}

fn header() -> PageHeader {
    PageHeader::new("Unggah berkas bank")
        .purpose("Berkasnya diperiksa lebih dahulu. Belum ada SKRD yang lunas sampai Anda menerapkannya.")
        .crumb("Retribusi", pages::LIST)
        .crumb("Berkas bank", LIST)
}

fn content(form: Form, profiles: &[Profil]) -> praja_web::Markup {
    let options: Vec<(String, &str)> = profiles.iter().map(|one| (one.id.to_string(), one.nama.as_str())).collect();
    let form = form
        .multipart()
        .field(Field::select("profil", "Profil bank", &options).hint("Cara bank menulis berkasnya.").required())
        .field(
            Field::file("berkas", "Berkas CSV dari bank", ".csv,.txt")
                .hint(format!("Paling banyak {MOST_ROWS} baris. Berkas yang sama tidak pernah dipakai dua kali."))
                .max_mib(MAX_BYTES >> 20)
                .required(),
        )
        .submit("Periksa berkas")
        .cancel("Kembali", LIST);
    html! { (form) }
}

/// GET /perizinan/izin/retribusi/bank/baru
pub(super) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let profiles = store::profiles(tx, me(ctx)?.opd)?;
    if profiles.is_empty() {
        let notice = Notice::new(Tone::Info, "Belum ada profil bank")
            .text("Profil menyebut kolom mana berisi kode bayar, jumlah, dan tanggal. Buat sekali untuk setiap bank.")
            .link(Link::new("Buat profil bank", format!("{PROFILES}/baru")));
        return Ok(frame::respond(ctx, &header(), html! { (notice) }));
    }
    Ok(frame::respond(ctx, &header(), content(frame::form(ctx, action()), &profiles)))
}

/// The bytes of an uploaded file, never more than the route takes.
fn bytes(ctx: &Ctx, input: &Input) -> Result<Option<(String, String, Vec<u8>)>, Problem> {
    let Some(file) = input.files("berkas").next() else { return Ok(None) };
    let mut bytes = Vec::new();
    let reader = ctx.instance().blobs.open(&file.blob)?;
    reader.take(MAX_BYTES).read_to_end(&mut bytes).map_err(|e| StoreError::Corrupt(e.to_string()))?;
    Ok(Some((file.name.chars().take(120).collect(), file.blob.sidik.clone(), bytes)))
}

/// POST /perizinan/izin/retribusi/bank/baru
pub(super) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let opd = me(ctx)?.opd;
    let profil = match input.text("profil").parse::<Id>() {
        Ok(id) => ctx.read(|tx| store::profil(tx, opd, id))?,
        Err(_) => None,
    };
    let Some(profil) = profil else {
        let refusal = Refusal::Field { bidang: "profil", pesan: "Profil bank belum dipilih.".into() };
        return again(ctx, input, opd, &refusal);
    };
    let Some((nama, sidik, bytes)) = bytes(ctx, input)? else { return again(ctx, input, opd, &FileRefusal::Missing) };
    let rows = match read(&bytes, &profil) {
        Ok(rows) => rows,
        Err(refusal) => return again(ctx, input, opd, &refusal),
    };
    let kiriman = Kiriman { opd, nama, sidik, rows };
    let (zona, now) = (ctx.instance().zona, ctx.now());
    let saved = ctx
        .submit(input, keys(opd, ctx.today()), move |tx| write::stage(tx, &kiriman, &profil, zona.local(now), zona).map(address));
    match saved {
        Ok(response) => Ok(response.with_notice("Berkas sudah diperiksa. Baca hasilnya, lalu terapkan.")),
        Err(Problem::Refused(refusal)) => again(ctx, input, opd, &*refusal),
        Err(problem) => Err(problem),
    }
}

fn again(ctx: &Ctx, input: &Input, opd: Id, refusal: &dyn Refuse) -> Outcome {
    let profiles = ctx.read(|tx| store::profiles(tx, opd))?;
    let form =
        frame::form_again(ctx, action(), input).refusal(refusal.message(), refusal.next_step()).problems(&refusal.fields());
    Ok(Response::form_again(page(&frame::shell(ctx), &header(), content(form, &profiles))))
}
