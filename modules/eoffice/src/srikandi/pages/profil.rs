//! The saved profiles: which column of another application's list holds which of our fields.

use praja_kernel::{Id, Refuse};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx, audit::Entry};
use praja_web::{Column, EmptyState, Field, Form, FormValues, Icon, Link, PageHeader, Row, Table, frame};

use super::{LIST as TOP, opd};
use crate::srikandi::{Bidang, Kolom, MOST_COLUMNS, Profil, Refusal, read_profile, store, usual};

/// Where the profiles are.
pub(crate) const LIST: &str = "/eoffice/srikandi/profil";
const TABLE: &str = "eoffice_profil_ekspor";

/// GET /eoffice/srikandi/profil
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let all = store::profiles(tx, opd(ctx)?)?;
    let table = Table::new("Profil isian")
        .column(Column::text("Nama"))
        .column(Column::number("Kolom"))
        .column(Column::text("Urutan"))
        .rows(all.iter().map(|one| {
            let names: Vec<&str> = one.kolom.iter().map(|kolom| kolom.nama.as_str()).collect();
            Row::new(vec![one.nama.as_str().into(), one.kolom.len().to_string().into(), names.join(", ").into()])
                .href(format!("{LIST}/{}", one.id))
        }))
        .empty(EmptyState::new(
            Icon::List,
            "Belum ada profil",
            "Tanpa profil, isian mengikuti urutan bawaan. Profil pertama menurut nama dipakai pada halaman isian SRIKANDI.",
        ));
    let header = PageHeader::new("Profil isian")
        .purpose("Kolom aplikasi lain dan isian naskah yang masuk ke dalamnya, menurut urutannya.")
        .crumb("SRIKANDI", TOP)
        .action(Link::new("Buat profil", format!("{LIST}/baru")).icon(Icon::Add));
    Ok(frame::respond(ctx, &header, table))
}

fn known(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Option<Profil>, Problem> {
    if ctx.incoming().path.ends_with("/baru") {
        return Ok(None);
    }
    store::profile(tx, opd(ctx)?, ctx.param("id")?)?.map(Some).ok_or(Problem::NotFound)
}

fn header(profil: Option<&Profil>) -> PageHeader {
    PageHeader::new(profil.map_or("Buat profil", |one| one.nama.as_str()))
        .purpose("Tulis nama kolom seperti di aplikasi tujuan, lalu pilih isiannya. Kolom tanpa nama tidak dipakai.")
        .crumb("SRIKANDI", TOP)
        .crumb("Profil isian", LIST)
}

fn fields(form: Form, profil: Option<&Profil>) -> Form {
    let options: Vec<(&str, &str)> = Bidang::ALL.iter().map(|one| (one.as_str(), one.label())).collect();
    let mut form = form.guard().field(Field::text("nama", "Nama profil").required().max_length(80));
    for at in 1..=MOST_COLUMNS {
        form = form
            .field(Field::text(format!("kolom_{at}"), format!("Kolom {at}")).max_length(80))
            .field(Field::select(format!("isi_{at}"), format!("Isi kolom {at}"), &options).value(Bidang::Kosong.as_str()));
    }
    let form = match profil {
        Some(one) => form.hidden("versi", one.versi.to_string()),
        None => form,
    };
    form.submit("Simpan profil").cancel("Kembali tanpa menyimpan", LIST)
}

fn values(nama: &str, kolom: &[Kolom]) -> FormValues {
    let mut values = FormValues::new().with("nama", nama);
    for (at, one) in kolom.iter().enumerate() {
        values = values.with(format!("kolom_{}", at + 1), &one.nama).with(format!("isi_{}", at + 1), one.isi.as_str());
    }
    values
}

/// GET /eoffice/srikandi/profil/baru and /eoffice/srikandi/profil/{id}
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let profil = known(ctx, tx)?;
    let values = match &profil {
        Some(one) => values(&one.nama, &one.kolom),
        None => values("", &usual()),
    };
    let form = frame::form(ctx, ctx.incoming().path.clone()).values(values);
    Ok(frame::respond(ctx, &header(profil.as_ref()), fields(form, profil.as_ref())))
}

/// POST of the same addresses.
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let own = opd(ctx)?;
    let profil = ctx.read(|tx| known(ctx, tx))?;
    let pairs: Vec<(String, String)> = (1..=MOST_COLUMNS)
        .map(|at| (input.text(&format!("kolom_{at}")).to_owned(), input.text(&format!("isi_{at}")).to_owned()))
        .collect();
    let (nama, kolom) = match read_profile(input.text("nama"), &pairs) {
        Ok(read) => read,
        Err(refusal) => return Ok(again(ctx, input, profil.as_ref(), &refusal)),
    };
    let kept = profil.clone();
    let versi: i64 = input.text("versi").parse().unwrap_or(0);
    let saved = ctx.submit(input, Keys::none(), move |tx| {
        if store::is_taken(tx, own, &nama, kept.as_ref().map(|one| one.id))? {
            return Err(Problem::refused(Refusal::Exists));
        }
        let entry = |tindakan, id: Id| Entry::new(tindakan, TABLE, id).with("nama", &nama);
        match &kept {
            None => {
                let id = store::insert_profile(tx, own, &nama, &kolom)?;
                tx.audit(&entry("eoffice.create-profil-ekspor", id))?;
            }
            Some(before) => {
                let after = Profil { nama: nama.clone(), kolom: kolom.clone(), versi, ..before.clone() };
                if !store::update_profile(tx, &after)? {
                    return Err(Problem::Conflict);
                }
                tx.audit(&entry("eoffice.change-profil-ekspor", after.id))?;
            }
        }
        Ok(LIST.to_owned())
    });
    match saved {
        Ok(response) => Ok(response.with_notice("Profil isian sudah disimpan.")),
        Err(Problem::Refused(refusal)) => Ok(again(ctx, input, profil.as_ref(), &*refusal)),
        Err(problem) => Err(problem),
    }
}

fn again(ctx: &Ctx, input: &Input, profil: Option<&Profil>, refusal: &dyn Refuse) -> Response {
    let form = frame::form_again(ctx, ctx.incoming().path.clone(), input)
        .refusal(refusal.message(), refusal.next_step())
        .problems(&refusal.fields());
    Response::form_again(praja_web::page(&frame::shell(ctx), &header(profil), fields(form, profil)))
}
