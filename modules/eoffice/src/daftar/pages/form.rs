use praja_kernel::{Id, Refuse};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx, audit::Entry};
use praja_web::{Field, Form, FormValues, Markup, PageHeader, frame, html, section};

use super::{KINDS, heads, owner, place, title};
use crate::daftar::{Baru, Daftar, MOST_LISTS, NAMA, Refusal, read, store};

const TABLE: &str = "eoffice_daftar_kirim";

/// The list of the address, when it is of the owner the address speaks of; none for a new one.
fn known(ctx: &Ctx, tx: &mut Tx<'_>, opd: Option<Id>) -> Result<Option<Daftar>, Problem> {
    if ctx.incoming().path.ends_with("/baru") {
        return Ok(None);
    }
    let found = store::find(tx, ctx.param("id")?)?.filter(|list| list.opd == opd);
    found.map(Some).ok_or(Problem::NotFound)
}

fn header(opd: Option<Id>, list: Option<&Daftar>) -> PageHeader {
    let words = if opd.is_some() { "Dipakai naskah OPD Anda." } else { "Dipakai naskah semua OPD." };
    PageHeader::new(list.map_or("Buat daftar kirim", |list| list.nama.as_str())).purpose(words).crumb(title(opd), place(opd))
}

fn fields(form: Form, opd: Option<Id>, list: Option<&Daftar>) -> Form {
    let form =
        form.guard()
            .field(
                Field::text("nama", "Nama daftar")
                    .required()
                    .max_length(u32::try_from(NAMA).unwrap_or(u32::MAX))
                    .hint("Ditulis begitu saja sebagai tujuan atau tembusan naskah, misalnya Seluruh Camat."),
            )
            .field(Field::textarea("anggota", "Isi daftar").required().rows(12).hint(
                "Satu tujuan setiap baris, seperti pada naskah; boleh dengan u.p. Kepala OPD menerimanya langsung di Praja.",
            ));
    match list {
        None => form.submit("Buat daftar kirim").cancel("Kembali tanpa menyimpan", place(opd)),
        Some(list) => form
            .hidden("versi", list.versi.to_string())
            .submit("Simpan daftar kirim")
            .submit_as(if list.aktif { "Hentikan pemakaian" } else { "Pakai lagi" }, "ganti", "1")
            .cancel("Kembali tanpa menyimpan", place(opd)),
    }
}

/// GET …/baru?dari=camat and …/{id}
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let opd = owner(ctx)?;
    let list = known(ctx, tx, opd)?;
    let mut form = frame::form(ctx, ctx.incoming().path.clone());
    if let Some(list) = &list {
        form = form.values(FormValues::new().with("nama", &list.nama).with("anggota", list.anggota.join("\n")));
    } else if let Some((.., nama, kinds)) = KINDS.iter().find(|(word, ..)| Some(*word) == ctx.query("dari")) {
        form = form.values(FormValues::new().with("nama", *nama).with("anggota", heads(tx, kinds)?.join("\n")));
    }
    let content = html! {
        (fields(form, opd, list.as_ref()))
        @if list.is_none() { (beginnings(opd)) }
    };
    Ok(frame::respond(ctx, &header(opd, list.as_ref()), content))
}

/// Links that fill the form with all heads of one kind of office.
fn beginnings(opd: Option<Id>) -> Markup {
    section(
        "Isi dari susunan perangkat daerah",
        html! { ul { @for (word, label, ..) in KINDS {
            li { a href={ (place(opd)) "/baru?dari=" (word) } { "Isi dengan " (label) } }
        } } },
    )
}

/// POST …/baru and …/{id}
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let opd = owner(ctx)?;
    let (list, others) = ctx.read(|tx| {
        let list = known(ctx, tx, opd)?;
        let mut others = match opd {
            Some(opd) => store::for_opd(tx, opd)?,
            None => store::of(tx, None)?,
        };
        others.retain(|one| Some(one.id) != list.as_ref().map(|list| list.id));
        Ok::<_, Problem>((list, others))
    })?;
    let baru = match read(input.raw("nama"), input.raw("anggota"), &others) {
        Ok(baru) => baru,
        Err(refusal) => return Ok(again(ctx, input, opd, list.as_ref(), &refusal)),
    };
    let (kept, toggle) = (list.clone(), !input.text("ganti").is_empty());
    let versi: i64 = input.text("versi").parse().unwrap_or(0);
    let saved = ctx.submit(input, Keys::none(), move |tx| {
        write(tx, opd, kept.clone(), &baru, versi, toggle)?;
        Ok(place(opd).to_owned())
    });
    match saved {
        Ok(response) => Ok(response.with_notice("Daftar kirim sudah disimpan.")),
        Err(Problem::Refused(refusal)) => Ok(again(ctx, input, opd, list.as_ref(), &*refusal)),
        Err(problem) => Err(problem),
    }
}

fn write(tx: &mut Tx<'_>, opd: Option<Id>, list: Option<Daftar>, baru: &Baru, versi: i64, toggle: bool) -> Result<(), Problem> {
    if store::is_taken(tx, opd, &baru.nama, list.as_ref().map(|list| list.id))? {
        return Err(Problem::refused(Refusal::Exists(baru.nama.clone())));
    }
    let entry = |tindakan, id: Id| Entry::new(tindakan, TABLE, id).with("nama", &baru.nama).with("isi", baru.anggota.join("; "));
    let Some(before) = list else {
        if store::of(tx, opd)?.len() >= MOST_LISTS {
            return Err(Problem::refused(Refusal::Many(MOST_LISTS)));
        }
        let id = store::insert(tx, opd, baru)?;
        return Ok(tx.audit(&entry("eoffice.create-daftar-kirim", id))?);
    };
    let aktif = if toggle { !before.aktif } else { before.aktif };
    let after = Daftar { nama: baru.nama.clone(), anggota: baru.anggota.clone(), aktif, versi, ..before };
    if !store::update(tx, &after)? {
        return Err(Problem::Conflict);
    }
    Ok(tx.audit(&entry("eoffice.change-daftar-kirim", after.id).with("dipakai", aktif))?)
}

fn again(ctx: &Ctx, input: &Input, opd: Option<Id>, list: Option<&Daftar>, refusal: &dyn Refuse) -> Response {
    let form = frame::form_again(ctx, ctx.incoming().path.clone(), input)
        .refusal(refusal.message(), refusal.next_step())
        .problems(&refusal.fields());
    Response::form_again(praja_web::page(&frame::shell(ctx), &header(opd, list), fields(form, opd, list)))
}
