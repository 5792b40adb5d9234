use praja_kernel::{FieldProblem, Id, Scope};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx, audit::Entry};
use praja_web::{
    Field, Form, PageHeader, frame,
    picker::{self, Picked},
};

use super::{LIST, show};
use crate::{
    isian::{self, Again, together},
    jabatan::{
        Jenis, Refusal,
        rules::{self, Draft, Isi, Known},
        store::{self, Rinci},
    },
    lookup,
    opd::{self, Opd, Reach},
};

const TABLE: &str = "identity_jabatan";

/// GET /identity/opd/{id}/jabatan/baru
pub(crate) fn new(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let opd = office(ctx, tx)?;
    let mut form = frame::form(ctx, action_new(opd.id));
    let above = ctx.query("atasan").and_then(|text| text.parse::<Id>().ok());
    let above = match above {
        Some(above) => store::get(tx, above)?,
        None => store::head_of(tx, opd.id)?,
    };
    form = fields(
        form,
        &Start { above: above.map(|one| (one.id, one.nama)), today: ctx.today().to_string(), ..Start::default() },
        None,
    );
    Ok(frame::respond(ctx, &header_new(&opd), form.submit("Catat jabatan").cancel("Kembali tanpa menyimpan", at_opd(opd.id))))
}

/// POST /identity/opd/{id}/jabatan/baru
pub(crate) fn create(ctx: &Ctx, input: &Input) -> Outcome {
    let opd = ctx.read(|tx| office(ctx, tx))?;
    let (scope, id) = (ctx.scope()?.clone(), opd.id);
    let typed = match read(ctx, input, &opd, None) {
        Ok(isi) => isi,
        Err(Again::Form(problems, picked)) => {
            let form = frame::form_again(ctx, action_new(id), input).problems(&problems);
            let form = fields(form, &Start::default(), picked.as_ref());
            let form = form.submit("Catat jabatan").cancel("Kembali tanpa menyimpan", at_opd(id));
            return Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header_new(&opd), form)));
        }
        Err(Again::Problem(problem)) => return Err(problem),
    };
    let saved = ctx.submit(input, Keys::none(), move |tx| {
        within(tx, &scope, id)?;
        let new = store::create(tx, id, &typed)?;
        tx.audit(&entry("identity.create-jabatan", new, &typed))?;
        Ok::<_, Problem>(format!("{LIST}/{new}"))
    })?;
    Ok(saved.with_notice("Jabatan sudah dicatat."))
}

/// GET /identity/jabatan/{id}/ubah
pub(crate) fn edit(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let post = open(ctx, tx)?;
    let above = match post.induk {
        Some(above) => store::get(tx, above)?.map(|one| (one.id, one.nama)),
        None => None,
    };
    let start = Start {
        nama: post.nama.clone(),
        jenis: Some(post.jenis),
        urut: post.urut.to_string(),
        today: post.dari.to_string(),
        above,
    };
    let form = frame::form(ctx, action_edit(post.id)).hidden("versi", post.versi.to_string());
    let form =
        fields(form, &start, None).submit("Simpan perubahan").cancel("Kembali tanpa menyimpan", format!("{LIST}/{}", post.id));
    let header =
        show::header(tx, &post, "Ubah jabatan", "Perbaiki nama, jenis, atasan, atau urutan. Pemegangnya tidak berubah.")?;
    Ok(frame::respond(ctx, &header, form))
}

/// POST /identity/jabatan/{id}/ubah
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let (post, header, opd) = ctx.read(|tx| {
        let post = open(ctx, tx)?;
        let header = show::header(tx, &post, "Ubah jabatan", "Perbaiki nama, jenis, atasan, atau urutan.")?;
        let opd = opd::get(tx, post.opd)?.ok_or(Problem::NotFound)?;
        Ok::<_, Problem>((post, header, opd))
    })?;
    let versi: i64 = input.text("versi").parse().map_err(|_| Problem::Unreadable("formulir ini tidak lengkap"))?;
    let again = |picked: Option<&Picked>, told: &dyn Fn(Form) -> Form| {
        let form = told(frame::form_again(ctx, action_edit(post.id), input).hidden("versi", versi.to_string()));
        let form = fields(form, &Start::default(), picked);
        let form = form.submit("Simpan perubahan").cancel("Kembali tanpa menyimpan", format!("{LIST}/{}", post.id));
        Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header, form)))
    };
    let typed = match read(ctx, input, &opd, Some(&post)) {
        Ok(isi) => isi,
        Err(Again::Form(problems, picked)) => return again(picked.as_ref(), &|form| form.problems(&problems)),
        Err(Again::Problem(problem)) => return Err(problem),
    };
    let (scope, id, opd) = (ctx.scope()?.clone(), post.id, post.opd);
    let own = own_posts(ctx);
    let saved = ctx.submit(input, Keys::none(), move |tx| {
        within(tx, &scope, opd)?;
        let before = store::list_of_opd(tx, opd)?;
        if !store::update(tx, id, versi, &typed)? {
            return Err(Problem::Conflict);
        }
        rules::order(&before, &store::list_of_opd(tx, opd)?, &own).map_err(Problem::refused)?;
        tx.audit(&entry("identity.change-jabatan", id, &typed))?;
        Ok(format!("{LIST}/{id}"))
    });
    match saved {
        Ok(response) => Ok(response.with_notice("Perubahan jabatan sudah disimpan.")),
        Err(Problem::Refused(refusal)) => again(None, &|form| form.refusal(refusal.message(), refusal.next_step())),
        Err(other) => Err(other),
    }
}

/// Every post of whoever asks.
pub(crate) fn own_posts(ctx: &Ctx) -> Vec<Id> {
    ctx.who().iter().flat_map(|who| &who.posts).map(|post| post.jabatan).collect()
}

fn entry(act: &'static str, id: Id, isi: &Isi) -> Entry {
    Entry::new(act, TABLE, id)
        .with("nama", &isi.nama)
        .with("jenis", isi.jenis.as_str())
        .with("induk", isi.induk.map_or_else(|| "-".to_owned(), |id| id.to_string()))
        .with("urut", isi.urut)
        .with("berlaku_dari", isi.berlaku_dari)
}

/// The OPD of the address, when the asker administers it and it is in force.
fn office(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Opd, Problem> {
    let opd = opd::get(tx, ctx.param("id")?)?.ok_or(Problem::NotFound)?;
    if !opd::reach(ctx, tx)?.has(opd.id) {
        return Err(Problem::NotFound);
    }
    match opd.berlaku_sampai {
        None => Ok(opd),
        Some(_) => Err(Problem::refused(opd::Refusal::Ended { nama: opd.nama })),
    }
}

/// The post of the address, when the asker administers it and it is in force.
fn open(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Rinci, Problem> {
    let post = show::found(ctx, tx, ctx.param("id")?)?;
    match post.sampai {
        None => Ok(post),
        Some(_) => Err(Problem::refused(Refusal::Abolished { nama: post.nama })),
    }
}

/// Asked again in the write: rights may have changed since the form was opened.
fn within(tx: &mut Tx<'_>, scope: &Scope, opd: Id) -> Result<(), Problem> {
    if Reach::of(tx, scope)?.has(opd) { Ok(()) } else { Err(Problem::NotFound) }
}

fn read(ctx: &Ctx, input: &Input, opd: &Opd, post: Option<&Rinci>) -> Result<Isi, Again> {
    let today = ctx.today();
    ctx.read(|tx| {
        // A post may stand below one of another OPD: heads of dinas answer to the sekda.
        let picked = picker::resolve(input, "induk", |typed| lookup::find_posts(tx, typed, &Reach::All, today))?;
        let mut problems: Vec<FieldProblem> = picked.problem("induk", "jabatan").into_iter().collect();
        let induk: Option<Id> = picked.value().and_then(|value| value.parse().ok());
        let above = match induk {
            Some(induk) => {
                let there = store::row(tx, induk)?.is_some_and(|row| row.sampai.is_none());
                if !there {
                    problems.push(FieldProblem::new("induk", "Jabatan itu sudah tidak ada. Pilih atasan lain."));
                }
                store::above(tx, induk)?
            }
            None => Vec::new(),
        };
        let sisters = store::list_of_opd(tx, opd.id)?;
        let holders = match post {
            Some(post) => store::holders_on(tx, post.id, today)?.len(),
            None => 0,
        };
        let known =
            Known { id: post.map(|post| post.id), induk, above: &above, sisters: &sisters, opd_dari: opd.berlaku_dari, holders };
        let draft = Draft {
            nama: input.text("nama"),
            jenis: input.text("jenis"),
            urut: input.text("urut"),
            berlaku_dari: input.text("berlaku_dari"),
        };
        together(problems, rules::read(&draft, &known), picked)
    })
}

#[derive(Default)]
struct Start {
    nama: String,
    jenis: Option<Jenis>,
    urut: String,
    today: String,
    above: Option<(Id, String)>,
}

fn fields(form: Form, start: &Start, picked: Option<&Picked>) -> Form {
    let kinds: Vec<(&str, &str)> = Jenis::ALL.iter().map(|one| (one.as_str(), one.label())).collect();
    let mut jenis = Field::select("jenis", "Jenis jabatan", &kinds)
        .required()
        .hint("Pejabat negara sampai pengawas dipegang satu orang; fungsional dan pelaksana boleh beberapa.");
    if let Some(one) = start.jenis {
        jenis = jenis.value(one.as_str());
    }
    let above = Field::picker("induk", "Atasan langsung", "/identity/pilih/jabatan")
        .hint("Ketik sebagian nama jabatannya; boleh jabatan pada OPD lain. Kosongkan untuk jabatan teratas.");
    form.guard()
        .field(
            Field::text("nama", "Nama jabatan")
                .required()
                .max_length(200)
                .value(&start.nama)
                .hint("Lengkap, seperti pada peraturan."),
        )
        .field(jenis)
        .field(isian::picker(above, start.above.as_ref(), picked))
        .field(isian::order_field(
            "Urutan dalam OPD",
            &start.urut,
            "Jabatan dengan angka terkecil memimpin OPD. Kosongkan untuk tempat terakhir.",
        ))
        .field(Field::date("berlaku_dari", "Mulai berlaku").required().value(&start.today))
}

fn header_new(opd: &Opd) -> PageHeader {
    PageHeader::new("Catat jabatan")
        .purpose("Jabatan baru pada OPD ini. Pemegangnya ditugaskan sesudah jabatan disimpan.")
        .crumb("OPD dan jabatan", "/identity/opd")
        .crumb(&opd.nama, at_opd(opd.id))
}

fn at_opd(id: Id) -> String {
    format!("/identity/opd/{id}")
}

fn action_new(opd: Id) -> String {
    format!("/identity/opd/{opd}/jabatan/baru")
}

fn action_edit(id: Id) -> String {
    format!("{LIST}/{id}/ubah")
}
