use praja_desk::calendar;
use praja_identity::jabatan;
use praja_kernel::{Date, FieldProblem, Id, Refuse, Sifat, WorkingCalendar, tanggal_panjang};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx};
use praja_web::{
    Facts, Field, Form, Markup, Notice, PageHeader, Tone, detail,
    form::Width,
    frame, html,
    picker::{Choice, MOST, Many, Picked, is_adding, resolve, resolve_many},
};

use super::{PAGE, below, due_words};
use crate::{
    disposisi::{
        Baru, Draft, Known, Refusal, Tujuan,
        calon::{self, Calon},
        draft::usual_due,
        give, giver, instruksi,
        pokok::{Jenis, Pokok},
        store,
        write::{Giver, issue},
    },
    kerja::Kerja,
    surat_masuk::alur::{self, Langkah},
};

/// Where posts are looked up.
const POSTS: &str = "/identity/pilih/jabatan";
/// The field for a responsible post that is not directly below.
const OTHER: &str = "lain";
/// The field for the posts that help.
const HELPERS: &str = "pendukung";

/// With these an order does not wait on a device.
const SECRET: [(&str, &str); 2] = [("sifat", Sifat::Rahasia.as_str()), ("sifat", Sifat::SangatRahasia.as_str())];

/// What the form says about posts that are not directly below.
#[derive(Default)]
pub(crate) struct Named {
    other: Option<Picked>,
    helpers: Many,
    /// A helper was only added to the form.
    adding: bool,
}

/// What an order is given on.
#[derive(Debug, Clone, Copy)]
pub(crate) enum On {
    /// A letter that lies on the leader's desk.
    Surat(Id),
    /// A naskah that was sent to the leader's post.
    Naskah(Id),
    /// An order that is passed on.
    Tujuan(Id),
}

/// Everything the form and the rule need.
pub(crate) struct Desk {
    on: On,
    pub(crate) pokok: Pokok,
    pub(crate) induk: Option<Tujuan>,
    pub(crate) giver: Giver,
    pub(crate) calon: Vec<Calon>,
    /// So many of them, the first, are directly below.
    bawahan: usize,
    batas_surat: Date,
    sifat: Sifat,
    calendar: WorkingCalendar,
}

impl Desk {
    fn known(&self, today: Date) -> Known<'_> {
        Known {
            today,
            calendar: &self.calendar,
            calon: &self.calon,
            batas_induk: self.induk.as_ref().and_then(|induk| induk.batas),
            batas_surat: self.batas_surat,
            sifat: self.sifat,
            tertinggi: self.tertinggi(),
        }
    }

    /// The highest class that this giver may choose.
    fn tertinggi(&self) -> Sifat {
        self.giver.aide.as_ref().map_or(Sifat::SangatRahasia, |aide| aide.tertinggi)
    }

    /// Nothing about it may stay on a device.
    fn is_secret(&self) -> bool {
        self.sifat.is_secret() || self.pokok.sifat().is_secret()
    }

    /// The posts directly below, as they were before others were named.
    fn below(&self) -> impl Iterator<Item = &Calon> {
        self.calon.iter().take(self.bawahan)
    }

    fn action(&self) -> String {
        match self.on {
            On::Surat(_) | On::Naskah(_) => format!("{}/disposisi", self.pokok.tautan()),
            On::Tujuan(id) => format!("{PAGE}/{id}/teruskan"),
        }
    }

    /// Where one is afterwards, and without sending.
    fn home(&self) -> String {
        match self.on {
            On::Surat(_) | On::Naskah(_) => self.pokok.tautan(),
            On::Tujuan(id) => format!("{PAGE}/{id}"),
        }
    }
}

/// Reads what an order needs, when whoever asks may give it.
pub(crate) fn desk(ctx: &Ctx, tx: &mut Tx<'_>, on: On) -> Result<Desk, Problem> {
    let scope = ctx.scope()?;
    let (jenis, id, induk) = match on {
        On::Surat(id) => (Jenis::Surat, id, None),
        On::Naskah(id) => (Jenis::Naskah, id, None),
        On::Tujuan(id) => {
            let tujuan = store::find_tujuan(tx, id)?.ok_or(Problem::NotFound)?;
            let order = store::find(tx, tujuan.disposisi)?.ok_or(Problem::NotFound)?;
            (order.pokok, tujuan.surat, Some(tujuan))
        }
    };
    let pokok = Pokok::find(tx, scope, jenis, id)?.ok_or(Problem::NotFound)?;
    let posts = match &induk {
        Some(induk) => vec![induk.kepada],
        None => pokok.meja(),
    };
    let mut giver = None;
    for post in &posts {
        if giver.is_none() {
            giver = giver::of(tx, scope, ctx.today(), *post, pokok.sifat())?;
        }
    }
    let giver = match (giver, &pokok) {
        (Some(giver), _) => giver,
        (None, Pokok::Surat(surat)) if posts.is_empty() => return Err(Problem::refused(Refusal::Letter(surat.status.label()))),
        (None, Pokok::Surat(_)) => return Err(Problem::refused(Refusal::NotRouted)),
        (None, Pokok::Naskah(_)) => return Err(Problem::refused(Refusal::NotAddressed)),
    };
    match &pokok {
        Pokok::Surat(surat) => {
            let langkah = if induk.is_some() { Langkah::Kerjakan } else { Langkah::Disposisi };
            alur::go(surat.status, langkah, surat.isi.sifat)
                .map_err(|_| Problem::refused(Refusal::Letter(surat.status.label())))?;
        }
        Pokok::Naskah(dinas) if dinas.takes_orders() => {}
        Pokok::Naskah(_) => return Err(Problem::refused(Refusal::Naskah(pokok.keadaan()))),
    }
    let calon = calon::below(tx, giver.jabatan, ctx.today())?;
    let calendar = calendar::of(tx, ctx.today())?;
    let batas_surat = pokok.batas(ctx.instance().zona, &calendar, ctx.today());
    let above = match &induk {
        Some(induk) => store::find(tx, induk.disposisi)?.map(|order| order.sifat),
        None => None,
    };
    let sifat = above.unwrap_or_else(|| pokok.sifat());
    Ok(Desk { on, pokok, induk, giver, bawahan: calon.len(), calon, batas_surat, sifat, calendar })
}

/// The fields of an order. What is usual is filled in: choosing who and sending is all a leader must do.
pub(crate) fn fields(ctx: &Ctx, desk: &Desk, form: Form, named: &Named) -> Form {
    let known = desk.known(ctx.today());
    let due = usual_due(&known);
    let posts: Vec<(String, String)> = desk.below().map(|one| (one.jabatan.to_string(), label(one))).collect();
    let orders: Vec<(String, String)> = instruksi::all()
        .iter()
        .map(|one| (one.kode.clone(), if one.wajib_laporan { one.teks.clone() } else { format!("{} (tanpa laporan)", one.teks) }))
        .collect();
    let usual = instruksi::of(instruksi::USUAL).map_or("", |one| one.teks.as_str());
    let limit = desk.induk.as_ref().and_then(|induk| induk.batas).map(|batas| batas.max(ctx.today()));
    let mut batas = Field::date("batas", "Batas waktu").value(due.to_string()).min(ctx.today().to_string());
    if let Some(limit) = limit {
        batas = batas
            .max(limit.to_string())
            .hint(format!("Paling lambat {}, batas waktu disposisi yang Anda terima.", tanggal_panjang(limit)));
    }
    let mut form = form;
    if !posts.is_empty() {
        form = form.field(
            Field::radio("penanggung_jawab", "Penanggung jawab", &posts).hint("Satu jabatan yang menjawab atas hasilnya."),
        );
    }
    let other = Field::picker(OTHER, "Penanggung jawab lain", POSTS)
        .candidates(named.other.as_ref().map(Picked::candidates).unwrap_or_default())
        .hint("Bila tidak ada dalam daftar di atas.");
    let offers = if posts.len() > 1 { posts.iter().map(|(id, words)| Choice::new(id, words)).collect() } else { Vec::new() };
    let mut helpers = Field::picker_many(HELPERS, "Pendukung", POSTS)
        .offers(offers)
        .picked(named.helpers.clone())
        .hint("Boleh kosong. Mereka menerima disposisi yang sama.");
    if named.adding {
        helpers = helpers.autofocus();
    }
    let mut terms = vec![
        Field::checks("instruksi", "Instruksi", &orders).value(instruksi::USUAL),
        Field::textarea("catatan", "Catatan").rows(3).hint("Boleh kosong."),
        batas.width(Width::Short),
    ];
    let classes: Vec<(&str, &str)> = Sifat::ALL
        .iter()
        .filter(|one| **one >= desk.sifat && **one <= desk.tertinggi())
        .map(|one| (one.as_str(), one.label()))
        .collect();
    if classes.len() > 1 {
        terms.push(
            Field::select("sifat", "Sifat disposisi", &classes)
                .value(desk.sifat.as_str())
                .hint("Boleh lebih tinggi daripada suratnya: catatan dan laporannya hanya dibaca pemberi dan penerima."),
        );
    }
    let open_orders = format!("Instruksi: {usual}; batas waktu {}. Ubah instruksi, batas, atau catatan", tanggal_panjang(due));
    if !desk.is_secret() {
        let what = match desk.on {
            On::Tujuan(_) => "Teruskan disposisi",
            On::Surat(_) => "Disposisi surat",
            On::Naskah(_) => "Disposisi naskah",
        };
        let title = format!("{what}: {}", desk.pokok.hal());
        form = frame::waiting(ctx, form, title, &SECRET);
    }
    form.fold("Tambah pendukung atau jabatan lain", vec![helpers, other])
        .fold(open_orders, terms)
        .submit(if desk.giver.aide.is_some() { "Catat disposisi" } else { "Kirim disposisi" })
}

/// The empty form, for the page of a letter or of an order.
pub(crate) fn form(ctx: &Ctx, desk: &Desk) -> Form {
    fields(ctx, desk, frame::form(ctx, desk.action()), &Named::default())
}

/// What whoever writes by direction must know.
pub(crate) fn by_direction(desk: &Desk) -> Option<Notice> {
    let aide = desk.giver.aide.as_ref()?;
    let text = if aide.langsung {
        "Disposisi langsung dikirim dan tercatat atas nama Anda; pimpinan membenarkannya kemudian."
    } else {
        "Disposisi dikirim setelah dibenarkan pimpinan."
    };
    Some(Notice::new(Tone::Info, format!("Anda mencatat atas arahan {}", desk.giver.nama_jabatan)).text(text))
}

/// GET /eoffice/surat-masuk/{id}/disposisi
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    page(ctx, tx, On::Surat(ctx.param("id")?))
}

/// GET /eoffice/naskah/{id}/disposisi
pub(crate) fn show_naskah(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    page(ctx, tx, On::Naskah(ctx.param("id")?))
}

/// GET /eoffice/disposisi/{id}/teruskan
pub(crate) fn show_forward(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    page(ctx, tx, On::Tujuan(ctx.param("id")?))
}

fn page(ctx: &Ctx, tx: &mut Tx<'_>, on: On) -> Outcome {
    let desk = desk(ctx, tx, on)?;
    let form = form(ctx, &desk).cancel("Kembali tanpa mengirim", desk.home());
    Ok(frame::respond(ctx, &header(&desk), content(ctx, &desk, &form)).kept(!desk.is_secret()))
}

fn header(desk: &Desk) -> PageHeader {
    let title = match desk.on {
        On::Tujuan(_) => "Teruskan disposisi",
        On::Surat(_) => "Disposisi surat",
        On::Naskah(_) => "Disposisi naskah",
    };
    below(&desk.pokok, title)
}

fn content(ctx: &Ctx, desk: &Desk, form: &Form) -> Markup {
    let pokok = &desk.pokok;
    let mut facts = Facts::new().add("Hal", pokok.hal()).add("Pengirim", pokok.asal());
    facts = facts.add("Sifat", pokok.sifat().label()).add("Derajat", pokok.derajat().label());
    facts = facts.add(
        if pokok.jenis() == Jenis::Surat { "Batas surat" } else { "Batas naskah" },
        format!("{} ({})", tanggal_panjang(desk.batas_surat), due_words(desk.batas_surat, ctx.today(), &desk.calendar)),
    );
    let notice = by_direction(desk);
    let body = html! { @if let Some(notice) = &notice { (notice) } (form) };
    let side = html! { (facts) };
    detail(body, side)
}

/// POST /eoffice/surat-masuk/{id}/disposisi
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    send(ctx, input, On::Surat(ctx.param("id")?))
}

/// POST /eoffice/naskah/{id}/disposisi
pub(crate) fn save_naskah(ctx: &Ctx, input: &Input) -> Outcome {
    send(ctx, input, On::Naskah(ctx.param("id")?))
}

/// POST /eoffice/disposisi/{id}/teruskan
pub(crate) fn save_forward(ctx: &Ctx, input: &Input) -> Outcome {
    send(ctx, input, On::Tujuan(ctx.param("id")?))
}

fn send(ctx: &Ctx, input: &Input, on: On) -> Outcome {
    let (desk, named, problems) = ctx.read(|tx| {
        let mut desk = desk(ctx, tx, on)?;
        let mut problems = Vec::new();
        let named = named(ctx, tx, input, &mut desk, &mut problems)?;
        Ok::<_, Problem>((desk, named, problems))
    })?;
    if named.adding {
        let form = frame::form_again(ctx, desk.action(), input).problems(&problems);
        return Ok(Response::page(drawn(ctx, &desk, fields(ctx, &desk, form, &named))));
    }
    let draft = draft(input, &named);
    let decided = give(&draft, &desk.known(ctx.today()));
    let baru = match (decided, problems) {
        (Ok(baru), problems) if problems.is_empty() => baru,
        (Ok(_), problems) => return Ok(again(ctx, input, &desk, &named, &Refusal::Fields(problems))),
        (Err(Refusal::Fields(more)), mut problems) => {
            // A post that could not be found is told once, not again as a missing recipient.
            if problems.is_empty() {
                problems = more;
            } else {
                problems.extend(more.into_iter().filter(|one| one.field != "penanggung_jawab"));
            }
            return Ok(again(ctx, input, &desk, &named, &Refusal::Fields(problems)));
        }
        (Err(refusal), _) => return Ok(again(ctx, input, &desk, &named, &refusal)),
    };
    let notice = told(&desk, &baru);
    let (home, giver, kerja, scope) = (desk.home(), desk.giver.clone(), Kerja::of(ctx), ctx.scope()?.clone());
    let (jenis, pokok, induk) = (desk.pokok.jenis(), desk.pokok.id(), desk.induk.as_ref().map(|induk| induk.id));
    let saved = ctx.submit(input, Keys::none(), move |tx| {
        let pokok = Pokok::find_opened(tx, &scope, jenis, pokok)?.ok_or(Problem::NotFound)?;
        let induk = match induk {
            Some(id) => Some(store::find_tujuan(tx, id)?.ok_or(Problem::NotFound)?),
            None => None,
        };
        issue(tx, &kerja, pokok, &giver, induk, &baru)?;
        Ok(home.clone())
    });
    match saved {
        Ok(response) => Ok(response.with_notice(&notice)),
        Err(Problem::Refused(refusal)) => Ok(again(ctx, input, &desk, &named, &*refusal)),
        Err(problem) => Err(problem),
    }
}

fn told(desk: &Desk, baru: &Baru) -> String {
    let first = baru.tujuan.first().map_or("", |(calon, _)| calon.nama_jabatan.as_str());
    let to = match baru.tujuan.len() {
        1 => first.to_owned(),
        many => format!("{first} dan {} lainnya", many - 1),
    };
    match &desk.giver.aide {
        Some(aide) if !aide.langsung => {
            format!("Disposisi kepada {to} dicatat dan menunggu pembenaran {}.", desk.giver.nama_jabatan)
        }
        _ => format!("Disposisi sudah dikirim kepada {to}."),
    }
}

/// The posts typed or picked beside the list.
fn named(ctx: &Ctx, tx: &mut Tx<'_>, input: &Input, desk: &mut Desk, problems: &mut Vec<FieldProblem>) -> Result<Named, Problem> {
    let other = resolve(input, OTHER, |typed| search(ctx, tx, typed))?;
    problems.extend(other.problem(OTHER, "jabatan"));
    if let Some(value) = other.value() {
        reach(ctx, tx, OTHER, value, desk, problems)?;
        if !input.text("penanggung_jawab").is_empty() {
            problems.push(FieldProblem::new(
                OTHER,
                "Penanggung jawab sudah dipilih dari daftar. Kosongkan isian ini, atau tambahkan jabatan itu sebagai pendukung.",
            ));
        }
    }
    let mut helpers = resolve_many(input, HELPERS, |typed| search(ctx, tx, typed))?;
    problems.extend(helpers.problem(HELPERS, "jabatan"));
    let mut reached = Vec::new();
    for choice in helpers.chosen {
        if reach(ctx, tx, HELPERS, &choice.value, desk, problems)? {
            let words = desk.calon.iter().find(|one| one.jabatan.to_string() == choice.value).map_or(choice.label, label);
            reached.push(Choice::new(choice.value, words));
        }
    }
    helpers.chosen = reached;
    Ok(Named { other: Some(other), helpers, adding: is_adding(input) })
}

fn search(ctx: &Ctx, tx: &mut Tx<'_>, typed: &str) -> Result<Vec<Choice>, praja_store::StoreError> {
    let posts = jabatan::search(tx, typed, None, MOST)?;
    posts.iter().map(|post| Ok(Choice::new(post.id, &post.nama).note(jabatan::label(tx, post.id, ctx.today())?))).collect()
}

/// Makes a post known to the rule when the giver reaches it: below the giver, or anywhere from the top of the regency.
fn reach(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    field: &'static str,
    value: &str,
    desk: &mut Desk,
    problems: &mut Vec<FieldProblem>,
) -> Result<bool, Problem> {
    let id = value.parse::<Id>().ok();
    if id.is_some_and(|id| desk.calon.iter().any(|one| one.jabatan == id)) {
        return Ok(true);
    }
    let to = match id {
        Some(id) => jabatan::get(tx, id)?,
        None => None,
    };
    if let (Some(from), Some(to)) = (jabatan::get(tx, desk.giver.jabatan)?, &to)
        && calon::may_give(tx, &from, to)?
    {
        desk.calon.push(calon::of(tx, to, ctx.today())?);
        return Ok(true);
    }
    let nama = to.map_or_else(|| "Jabatan itu".to_owned(), |to| to.nama);
    let told = format!("{nama} tidak berada di bawah jabatan Anda. Kirim lewat pimpinannya, atau pilih jabatan lain.");
    problems.push(FieldProblem::new(field, told));
    Ok(false)
}

fn label(one: &Calon) -> String {
    let holder = if one.pemegang.is_empty() { "belum ada pemegangnya" } else { one.pemegang.as_str() };
    format!("{} — {holder}", one.nama_jabatan)
}

fn draft(input: &Input, named: &Named) -> Draft {
    let other = named.other.as_ref().and_then(|other| other.value()?.parse().ok());
    Draft {
        penanggung_jawab: input.text("penanggung_jawab").parse().ok().or(other),
        pendukung: named.helpers.values().filter_map(|value| value.parse().ok()).collect(),
        instruksi: input.all("instruksi").into_iter().map(ToOwned::to_owned).collect(),
        catatan: input.text("catatan").to_owned(),
        batas: input.text("batas").to_owned(),
        sifat: input.text("sifat").to_owned(),
    }
}

fn again(ctx: &Ctx, input: &Input, desk: &Desk, named: &Named, refusal: &dyn Refuse) -> Response {
    let form =
        frame::form_again(ctx, desk.action(), input).refusal(refusal.message(), refusal.next_step()).problems(&refusal.fields());
    Response::form_again(drawn(ctx, desk, fields(ctx, desk, form, named)))
}

/// The page of the form shown again.
fn drawn(ctx: &Ctx, desk: &Desk, form: Form) -> String {
    let form = form.cancel("Kembali tanpa mengirim", desk.home());
    praja_web::page(&frame::shell(ctx), &header(desk), content(ctx, desk, &form))
}
