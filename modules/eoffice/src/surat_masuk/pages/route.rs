use praja_identity::{jabatan, opd};
use praja_kernel::{ActingAs, FieldProblem, Id, Refuse};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx};
use praja_web::{Field, Form, Notice, PageHeader, Tone, detail, form::Width, frame, html};

use super::{LIST, form::acting, show::facts};
use crate::{
    arah,
    disposisi::calon::{self, Calon},
    kerja::Kerja,
    surat_masuk::{
        Refusal, SuratMasuk,
        alur::{self, Langkah},
        nomor_agenda, store,
        write::route,
    },
};

/// Where a letter may be put: the posts of the own OPD, and the posts above its head (mail of the Bupati is registered by the
/// secretariat).
pub(crate) fn targets(tx: &mut Tx<'_>, acting: &ActingAs, today: praja_kernel::Date) -> Result<Vec<Calon>, Problem> {
    let posts = jabatan::list_of_opd(tx, acting.opd)?;
    let mut all = Vec::with_capacity(posts.len() + 4);
    for post in &posts {
        all.push(calon::of(tx, post, today)?);
    }
    let mut at = posts.first().map(|head| head.id);
    for _ in 0..8 {
        let Some(id) = at else { break };
        let above = jabatan::superior(tx, id)?;
        if let Some(above) = &above
            && all.iter().all(|one| one.jabatan != above.id)
        {
            all.push(calon::of(tx, above, today)?);
        }
        at = above.map(|above| above.id);
    }
    Ok(all)
}

/// Where a letter goes when nobody says otherwise.
pub(crate) fn usual(tx: &mut Tx<'_>, acting: &ActingAs, surat: &SuratMasuk) -> Result<Option<(Id, bool)>, Problem> {
    let rules = arah::store::of_opd(tx, acting.opd)?;
    let head = jabatan::head_of(tx, acting.opd)?.map(|head| head.id);
    Ok(arah::direct(&rules, &surat.isi, head).map(|(post, rule)| (post, rule.is_some())))
}

struct Desk {
    surat: SuratMasuk,
    targets: Vec<Calon>,
    usual: Option<(Id, bool)>,
}

fn load(ctx: &Ctx, tx: &mut Tx<'_>, id: Id) -> Result<Desk, Problem> {
    let acting = acting(ctx).map_err(Problem::refused)?;
    let surat = store::find(tx, ctx.scope()?, id)?.ok_or(Problem::NotFound)?;
    if surat.opd != acting.opd {
        return Err(Problem::refused(Refusal::NotYours));
    }
    alur::go(surat.status, Langkah::Arahkan, surat.isi.sifat).map_err(Problem::refused)?;
    let (targets, usual) = (targets(tx, acting, ctx.today())?, usual(tx, acting, &surat)?);
    Ok(Desk { surat, targets, usual })
}

/// GET /eoffice/surat-masuk/{id}/arahkan
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let desk = load(ctx, tx, ctx.param("id")?)?;
    let office = opd::name(tx, desk.surat.opd)?.unwrap_or_default();
    let list = praja_desk::klasifikasi::Klasifikasi::in_force(tx, ctx.instance())?;
    let form = fields(&desk, frame::form(ctx, action(desk.surat.id)));
    Ok(frame::respond(ctx, &header(&desk.surat), detail(content(&desk, &form), facts(&desk.surat, &office, &list))))
}

fn action(id: Id) -> String {
    format!("{LIST}/{id}/arahkan")
}

fn header(surat: &SuratMasuk) -> PageHeader {
    let nomor = nomor_agenda(surat.agenda, surat.tahun);
    PageHeader::new("Arahkan surat masuk")
        .purpose("Surat diletakkan di meja jabatan yang Anda pilih, dan jabatan itu diberi tahu.")
        .crumb("Surat masuk", LIST)
        .crumb(format!("Agenda {nomor}"), format!("{LIST}/{}", surat.id))
}

fn content(desk: &Desk, form: &Form) -> praja_web::Markup {
    let rule = desk.usual.is_some_and(|(_, rule)| rule);
    html! {
        @if rule { (Notice::new(Tone::Info, "Tujuan dipilih menurut aturan arahan OPD Anda").text("Ganti bila surat ini perlu penanganan lain.")) }
        (form)
    }
}

/// Desks as choices: the post, and who holds it.
pub(super) fn options(targets: &[Calon]) -> Vec<(String, String)> {
    let label = |one: &Calon| {
        let holder = if one.pemegang.is_empty() { "belum ada pemegangnya" } else { one.pemegang.as_str() };
        (one.jabatan.to_string(), format!("{} — {holder}", one.nama_jabatan))
    };
    targets.iter().map(label).collect()
}

fn fields(desk: &Desk, form: Form) -> Form {
    let mut field = Field::select("kepada", "Arahkan kepada", &options(&desk.targets)).width(Width::Full).required();
    if let Some((post, _)) = desk.usual {
        field = field.value(post.to_string());
    }
    form.field(field).submit("Arahkan surat").cancel("Kembali ke surat", format!("{LIST}/{}", desk.surat.id))
}

/// POST /eoffice/surat-masuk/{id}/arahkan
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let id: Id = ctx.param("id")?;
    let desk = ctx.read(|tx| load(ctx, tx, id))?;
    let chosen: Option<Id> = input.text("kepada").parse().ok();
    let Some(to) = desk.targets.iter().find(|one| Some(one.jabatan) == chosen).cloned() else {
        let problem = FieldProblem::new("kepada", "Pilih jabatan yang menerima surat.");
        return Ok(again(ctx, input, &desk, &Refusal::Step(vec![problem])));
    };
    let notice = format!("Surat sudah diarahkan kepada {}.", to.nama_jabatan);
    let (kerja, scope) = (Kerja::of(ctx), ctx.scope()?.clone());
    let saved = ctx.submit(input, Keys::none(), move |tx| {
        let surat = store::find_opened(tx, &scope, id)?.ok_or(Problem::NotFound)?;
        route(tx, &kerja, surat, &to)?;
        Ok(format!("{LIST}/{id}"))
    });
    match saved {
        Ok(response) => Ok(response.with_notice(&notice)),
        Err(Problem::Refused(refusal)) => Ok(again(ctx, input, &desk, &*refusal)),
        Err(problem) => Err(problem),
    }
}

fn again(ctx: &Ctx, input: &Input, desk: &Desk, refusal: &dyn Refuse) -> Response {
    let form = frame::form_again(ctx, action(desk.surat.id), input)
        .refusal(refusal.message(), refusal.next_step())
        .problems(&refusal.fields());
    let form = fields(desk, form);
    Response::form_again(praja_web::page(&frame::shell(ctx), &header(&desk.surat), content(desk, &form)))
}
