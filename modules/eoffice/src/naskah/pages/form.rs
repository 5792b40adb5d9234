//! Writing a naskah: choosing its kind, its form, and the form again for changes.

mod isian;

use praja_desk::{
    drafts,
    klasifikasi::Klasifikasi,
    registers::naskah::{self as kinds, JenisNaskah},
};
use praja_identity::jabatan;
use praja_kernel::{Id, Refuse, Sifat};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx};
use praja_web::{
    Form, FormValues, PageHeader, frame, html,
    picker::{ADD, Choice, Picked, is_adding, resolve},
    section,
};

use isian::{ADDERS, fields, named};

use super::{LIST, below, kind, load, meja, pdf::offered, title};
use crate::{
    acara, daftar,
    disposisi::pages::jawaban,
    naskah::{
        Draft, Isi, Known, Naskah, Refusal,
        jenis::{self, Jenis},
        read,
        write::{above, change, create},
    },
    surat_masuk,
};

/// GET /eoffice/naskah/baru: the kinds, in their groups.
pub(crate) fn choose(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    meja(ctx)?;
    let all: Vec<JenisNaskah> =
        kinds::all(tx)?.into_iter().filter(|kind| kind.aktif && jenis::of(&kind.kode).is_some()).collect();
    let groups = [("korespondensi", "Korespondensi"), ("arahan", "Arahan"), ("khusus", "Khusus")];
    let from = |name: &str| ctx.query(name).and_then(|text| text.parse::<Id>().ok()).map(|id| format!("?{name}={id}"));
    let reply = from("balas").or_else(|| from("disposisi")).unwrap_or_default();
    let header = PageHeader::new("Buat naskah")
        .purpose("Pilih jenis naskahnya. Susunan halaman, isian, dan nomornya mengikuti jenis.")
        .crumb("Naskah", LIST);
    let content = html! {
        link rel="stylesheet" href=(praja_web::assets::url("naskah.css"));
        @for (word, label) in groups {
            @let of: Vec<&JenisNaskah> = all.iter().filter(|kind| kind.kelompok == word).collect();
            @if !of.is_empty() {
                (section(label, html! { ul.pilihan-jenis { @for kind in of {
                    li { a href={ (LIST) "/baru/" (kind.kode) (reply) } { (kind.nama) } span.redup { " · " (jenis::of(&kind.kode).map_or("", |one| one.bentuk.label())) } }
                } } }))
            }
        }
    };
    Ok(frame::respond(ctx, &header, content))
}

/// A chosen classification, as its picker shows it.
fn with_code(values: FormValues, klasifikasi: &Klasifikasi, kode: &str) -> FormValues {
    let label = klasifikasi.get(kode).map_or_else(|| kode.to_owned(), praja_desk::klasifikasi::Kode::label);
    values.with("klasifikasi", kode).with("klasifikasi_teks", &label).with("klasifikasi_label", &label)
}

pub(super) fn address(kode: &str) -> String {
    format!("{LIST}/baru/{kode}")
}

/// GET /eoffice/naskah/baru/{jenis}?balas={surat} or ?disposisi={penerima}
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let meja = meja(ctx)?;
    let kode: String = ctx.param("jenis")?;
    let (kind, asks) = kind(tx, &kode)?;
    if !kind.aktif {
        return Err(Problem::refused(Refusal::KindOff));
    }
    let mut form = frame::form(ctx, address(&kode));
    let reply = ctx.query("balas").and_then(|text| text.parse::<Id>().ok());
    let event = acara::notula::of(ctx, tx, ctx.query("acara").unwrap_or_default())?;
    let order = jawaban::begun(ctx, tx, ctx.query("disposisi").unwrap_or_default())?;
    let resumed = if reply.is_none() && event.is_none() && order.is_none() {
        drafts::resume(ctx, tx, &address(&kode))?
    } else {
        drafts::Resumed::default()
    };
    let mut values = FormValues::new();
    if let Some(from) = reply {
        let surat = surat_masuk::store::find(tx, ctx.scope()?, from)?.ok_or(Problem::NotFound)?;
        values = values.with("kepada", &surat.isi.asal).with(
            "rujukan",
            format!(
                "{} ({})",
                surat.isi.nomor_surat.as_deref().unwrap_or("tanpa nomor"),
                praja_kernel::tanggal_panjang(surat.isi.tanggal_surat)
            ),
        );
        if !surat.isi.sifat.is_secret() {
            values = values.with("hal", &surat.isi.hal);
        }
        values = values.with("sifat", surat.isi.sifat.as_str()).with("derajat", surat.isi.derajat.as_str());
        form = form.hidden("balas", from.to_string());
    }
    if let Some(event) = &event {
        values = acara::notula::begun(ctx, tx, event)?;
        form = form.hidden("acara", event.id.to_string());
    }
    if let Some(order) = &order {
        values = jawaban::values(order, &kode);
        form = form.hidden("disposisi", order.tujuan.id.to_string());
    }
    if values.text("klasifikasi").is_empty() && !kind.klasifikasi.is_empty() {
        let klasifikasi = Klasifikasi::in_force(tx, ctx.instance())?;
        values = with_code(values, &klasifikasi, &kind.klasifikasi);
    }
    let usual = jabatan::head_of(tx, meja.acting.opd)?;
    let signer = usual.map(|post| (post.id.to_string(), post.nama));
    form = form.values(resumed.values.unwrap_or(values));
    let form = fields(&kind, asks, form, signer.as_ref(), [&Picked::Nothing, &Picked::Nothing], None)
        .autosave(address(&kode))
        .submit("Simpan konsep")
        .submit_as(ADDING, ADD, "1")
        .cancel("Kembali tanpa menyimpan", LIST);
    let form = waiting(ctx, previewed(ctx, form, &kode, &address(&kode), false), &kind);
    let header = PageHeader::new(format!("Buat {}", kind.nama.to_lowercase()))
        .purpose("Konsep dapat disimpan kapan saja dan dilanjutkan kemudian; yang wajib diperiksa saat diajukan.")
        .crumb("Naskah", LIST)
        .crumb("Buat naskah", format!("{LIST}/baru"));
    // What a letter or an unfinished draft filled in may be secret.
    let empty = resumed.notice.is_none() && reply.is_none() && event.is_none() && order.is_none();
    Ok(frame::respond(ctx, &header, html! { @if let Some(kept) = &resumed.notice { (kept) } (form) }).kept(empty))
}

/// POST /eoffice/naskah/baru/{jenis}
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let meja = meja(ctx)?;
    let kode: String = ctx.param("jenis")?;
    let typed = ctx.read(|tx| typed(ctx, tx, &kode, input))?;
    if !typed.kind.aktif {
        return Err(Problem::refused(Refusal::KindOff));
    }
    if is_adding(input) {
        return Ok(again_new(ctx, input, &typed, None));
    }
    let isi = match typed.isi(false) {
        Ok(isi) => isi,
        Err(refusal) => return Ok(again_new(ctx, input, &typed, Some(&refusal))),
    };
    let reply: Option<Id> = input.text("balas").parse().ok();
    if let Some(reply) = reply {
        ctx.read(|tx| surat_masuk::store::find(tx, ctx.scope()?, reply)?.ok_or(Problem::NotFound).map(|_| ()))?;
    }
    let order = ctx.read(|tx| jawaban::begun(ctx, tx, input.text("disposisi")))?;
    let reply = reply.or_else(|| order.as_ref().and_then(jawaban::letter));
    let order = order.map(|order| order.tujuan.id);
    let event = ctx.read(|tx| acara::notula::of(ctx, tx, input.text("acara")))?;
    let (keys, event) = (acara::notula::keys(event.as_ref()), event.map(|event| event.id));
    let saved = ctx.submit(input, keys, move |tx| {
        let id = create(tx, &meja, &kode, isi.clone(), reply)?;
        if let Some(event) = event {
            acara::notula::attach(tx, event, id)?;
        }
        if let Some(order) = order {
            jawaban::attach(tx, order, id)?;
        }
        drafts::forget(tx, &address(&kode))?;
        Ok(format!("{LIST}/{id}"))
    });
    match saved {
        Ok(response) => Ok(response.with_notice("Konsep sudah disimpan. Periksa naskahnya, lalu ajukan.")),
        Err(Problem::Refused(refusal)) => Ok(again_new(ctx, input, &typed, Some(&*refusal))),
        Err(problem) => Err(problem),
    }
}

/// GET /eoffice/naskah/{id}/ubah
pub(crate) fn edit(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let naskah = load(ctx, tx)?;
    writer(ctx, &naskah)?;
    let (kind, asks) = kind(tx, &naskah.jenis)?;
    let klas = Klasifikasi::in_force(tx, ctx.instance())?;
    let isi = &naskah.isi;
    let mut values = FormValues::new()
        .with("hal", &isi.hal)
        .with("ringkasan", isi.ringkasan.as_deref().unwrap_or_default())
        .with("sifat", isi.sifat.as_str())
        .with("derajat", isi.derajat.as_str())
        .with("lampiran", &isi.lampiran)
        .with("wewenang", isi.wewenang.as_str())
        .with("delegasi", isi.delegasi.as_deref().unwrap_or_default())
        .with("kepada", isi.kepada.join("\n"))
        .with("tembusan", isi.tembusan.join("\n"))
        .with("rujukan", isi.rujukan.as_deref().unwrap_or_default());
    if let Some(kode) = &isi.klasifikasi {
        values = with_code(values, &klas, kode);
    }
    for (nama, text) in &isi.bidang {
        values = values.with(named(nama), text);
    }
    let signer = jabatan::get(tx, isi.penandatangan)?.map(|post| (post.id.to_string(), post.nama));
    let form = frame::form(ctx, format!("{LIST}/{}/ubah", naskah.id)).values(values).hidden("versi", naskah.versi.to_string());
    let form = fields(&kind, asks, form, signer.as_ref(), [&Picked::Nothing, &Picked::Nothing], None)
        .submit("Simpan perubahan")
        .submit_as(ADDING, ADD, "1")
        .cancel("Kembali tanpa menyimpan", format!("{LIST}/{}", naskah.id));
    let form = previewed(ctx, form, &naskah.jenis, &format!("{LIST}/{}", naskah.id), naskah.letak.is_some());
    let secret = isi.sifat.is_secret();
    let form = if secret { form } else { waiting(ctx, form, &kind) };
    let header = below(&naskah, &kind, &format!("Ubah {}", title(&naskah, &kind).to_lowercase()));
    Ok(frame::respond(ctx, &header, form).kept(!secret))
}

pub(super) fn writer(ctx: &Ctx, naskah: &Naskah) -> Result<(), Problem> {
    let acting = meja(ctx)?.acting;
    if naskah.pembuat != acting.jabatan {
        return Err(Problem::refused(Refusal::NotYours));
    }
    if naskah.status.is_draft() {
        Ok(())
    } else {
        Err(Problem::refused(Refusal::NotNow { langkah: crate::naskah::alur::Langkah::Ajukan, status: naskah.status }))
    }
}

/// POST /eoffice/naskah/{id}/ubah
pub(crate) fn save_edit(ctx: &Ctx, input: &Input) -> Outcome {
    let meja = meja(ctx)?;
    let naskah = ctx.read(|tx| load(ctx, tx))?;
    writer(ctx, &naskah)?;
    let typed = ctx.read(|tx| typed(ctx, tx, &naskah.jenis, input))?;
    if is_adding(input) {
        return Ok(again_edit(ctx, input, &naskah, &typed, None));
    }
    let isi = match typed.isi(false) {
        Ok(isi) => isi,
        Err(refusal) => return Ok(again_edit(ctx, input, &naskah, &typed, Some(&refusal))),
    };
    let versi: i64 = input.text("versi").parse().map_err(|_| Problem::Unreadable("formulir ini tidak lengkap"))?;
    let (scope, id) = (ctx.scope()?.clone(), naskah.id);
    let saved = ctx.submit(input, Keys::none(), move |tx| {
        let naskah = crate::naskah::store::find(tx, &meja.keys, &scope, id)?.ok_or(Problem::NotFound)?;
        if naskah.versi != versi {
            return Err(Problem::Conflict);
        }
        change(tx, &meja, naskah, isi.clone())?;
        Ok(format!("{LIST}/{id}"))
    });
    match saved {
        Ok(response) => Ok(response.with_notice("Perubahan sudah disimpan.")),
        Err(Problem::Refused(refusal)) => Ok(again_edit(ctx, input, &naskah, &typed, Some(&*refusal))),
        Err(problem) => Err(problem),
    }
}

/// The button that only takes a chosen addressee over.
const ADDING: &str = "Tambahkan tujuan yang dipilih";

/// The lines of an address with what its picker adds, and what is unclear about the latter.
fn added(tx: &mut Tx<'_>, own: Id, input: &Input, name: &'static str, field: &str) -> Result<(String, Picked), Problem> {
    let picked = resolve(input, name, |words| {
        let found = daftar::pages::choices(tx, own, words)?;
        // Whoever stands in no directory is addressed as typed.
        Ok::<_, Problem>(if found.is_empty() { vec![Choice::new(words, words)] } else { found })
    })?;
    let mut lines = input.raw(field).trim_end().to_owned();
    if let Some(line) = picked.value().filter(|line| !line.trim().is_empty()) {
        if !lines.is_empty() {
            lines.push('\n');
        }
        lines.push_str(line);
    }
    Ok((lines, picked))
}

/// The form's values with the lines as they are now, and nothing left to add.
fn values(input: &Input, typed: &Typed) -> FormValues {
    let emptied = |name: &str| {
        ADDERS
            .iter()
            .enumerate()
            .any(|(at, (adder, field))| name == *field || (typed.adding[at].value().is_some() && name.starts_with(adder)))
    };
    let kept = input.fields.iter().filter(|(name, _)| !emptied(name)).map(|(name, value)| (name.clone(), value.clone()));
    let values: FormValues = kept.collect();
    values.with("kepada", &typed.draft.kepada).with("tembusan", &typed.draft.tembusan)
}

/// What came with a form, and what the rule must know about it.
pub(super) struct Typed {
    pub(super) kind: JenisNaskah,
    pub(super) asks: &'static Jenis,
    draft: Draft,
    klasifikasi: std::sync::Arc<Klasifikasi>,
    posts: Vec<jabatan::Jenis>,
    penandatangan: Picked,
    kode: Picked,
    /// What the pickers of addressees and copies say.
    adding: [Picked; 2],
}

impl Typed {
    /// The naskah as it was typed.
    pub(super) fn isi(&self, whole: bool) -> Result<Isi, Refusal> {
        let mut problems = Vec::new();
        problems.extend(self.penandatangan.problem("penandatangan", "jabatan"));
        problems.extend(self.kode.problem("klasifikasi", "kode klasifikasi"));
        for (at, (name, _)) in ADDERS.into_iter().enumerate() {
            problems.extend(self.adding[at].problem(name, "tujuan"));
        }
        let known = known(&self.kind, self.asks, &self.klasifikasi, self.posts.clone());
        match read(&self.draft, &known, whole) {
            Ok(isi) if problems.is_empty() => Ok(isi),
            Ok(_) => Err(Refusal::Fields(problems)),
            Err(Refusal::Fields(more)) => {
                let told: Vec<_> = problems.iter().map(|one| one.field.clone()).collect();
                let more: Vec<_> = more.into_iter().filter(|one| !told.contains(&one.field)).collect();
                problems.extend(more);
                Err(Refusal::Fields(problems))
            }
            Err(refusal) => Err(refusal),
        }
    }
}

/// What the rule must know about a kind.
pub(super) fn known<'a>(
    kind: &'a JenisNaskah,
    asks: &'static Jenis,
    klasifikasi: &'a Klasifikasi,
    posts: Vec<jabatan::Jenis>,
) -> Known<'a> {
    let needs_klasifikasi = kind.aturan.pattern.is_some() && kind.aturan.to_text().contains("{klas}");
    Known { jenis: asks, klasifikasi, posts, penanda: &kind.penanda, needs_klasifikasi }
}

pub(super) fn typed(ctx: &Ctx, tx: &mut Tx<'_>, kode: &str, input: &Input) -> Result<Typed, Problem> {
    let (kind, asks) = kind(tx, kode)?;
    let klasifikasi = Klasifikasi::in_force(tx, ctx.instance())?;
    let today = ctx.today();
    let penandatangan = resolve(input, "penandatangan", |words| {
        let posts = jabatan::search(tx, words, None, praja_web::picker::MOST)?;
        posts.iter().map(|post| Ok(Choice::new(post.id, &post.nama).note(jabatan::label(tx, post.id, today)?))).collect()
    })
    .map_err(|e: praja_store::StoreError| Problem::from(e))?;
    let code = resolve(input, "klasifikasi", |words| {
        let first = words.split_whitespace().next().unwrap_or_default();
        if first.starts_with(|letter: char| letter.is_ascii_digit()) {
            return Ok::<_, Problem>(vec![Choice::new(first, first)]);
        }
        Ok(klasifikasi.search(words, 10).into_iter().map(|kode| Choice::new(&kode.kode, kode.label())).collect())
    })?;
    let signer: Option<Id> = penandatangan.value().and_then(|value| value.parse().ok());
    let signer = match signer {
        Some(id) => jabatan::get(tx, id)?.map(|post| post.id),
        None => None,
    };
    let posts = match signer {
        Some(id) => posts(tx, id)?,
        None => Vec::new(),
    };
    let own = meja(ctx)?.acting.opd;
    let (kepada, adds_kepada) = added(tx, own, input, ADDERS[0].0, ADDERS[0].1)?;
    let (tembusan, adds_tembusan) = added(tx, own, input, ADDERS[1].0, ADDERS[1].1)?;
    let draft = Draft {
        hal: input.raw("hal").to_owned(),
        ringkasan: input.raw("ringkasan").to_owned(),
        klasifikasi: code.value().unwrap_or_default().to_owned(),
        sifat: input.text("sifat").to_owned(),
        derajat: input.text("derajat").to_owned(),
        lampiran: input.raw("lampiran").to_owned(),
        penandatangan: signer,
        wewenang: input.text("wewenang").to_owned(),
        delegasi: input.raw("delegasi").to_owned(),
        kepada,
        tembusan,
        rujukan: input.raw("rujukan").to_owned(),
        bidang: asks.bidang.iter().map(|one| (one.nama.clone(), input.raw(&named(&one.nama)).to_owned())).collect(),
    };
    let adding = [adds_kepada, adds_tembusan];
    Ok(Typed { kind, asks, draft, klasifikasi, posts, penandatangan, kode: code, adding })
}

/// The kinds of the signer's post and of those above it.
fn posts(tx: &mut Tx<'_>, signer: Id) -> Result<Vec<jabatan::Jenis>, Problem> {
    let own = jabatan::get(tx, signer)?;
    let line = above(tx, signer)?;
    Ok(own.into_iter().chain(line).map(|post| post.jenis).collect())
}

/// What is wrong with a naskah that is to be handed on: everything that is asked must be there.
pub(super) fn complete(ctx: &Ctx, tx: &mut Tx<'_>, naskah: &Naskah) -> Result<Result<(), Refusal>, Problem> {
    let (kind, asks) = kind(tx, &naskah.jenis)?;
    let klasifikasi = Klasifikasi::in_force(tx, ctx.instance())?;
    let isi = &naskah.isi;
    let draft = Draft {
        hal: isi.hal.clone(),
        ringkasan: isi.ringkasan.clone().unwrap_or_default(),
        klasifikasi: isi.klasifikasi.clone().unwrap_or_default(),
        sifat: isi.sifat.as_str().to_owned(),
        derajat: isi.derajat.as_str().to_owned(),
        lampiran: isi.lampiran.clone(),
        penandatangan: Some(isi.penandatangan),
        wewenang: isi.wewenang.as_str().to_owned(),
        delegasi: isi.delegasi.clone().unwrap_or_default(),
        kepada: isi.kepada.join("\n"),
        tembusan: isi.tembusan.join("\n"),
        rujukan: isi.rujukan.clone().unwrap_or_default(),
        bidang: isi.bidang.clone(),
    };
    let posts = posts(tx, isi.penandatangan)?;
    let outcome = read(&draft, &known(&kind, asks, &klasifikasi, posts), true).map(|_| ());
    Ok(match outcome {
        // What stands in an uploaded file need not be typed again.
        Err(Refusal::Fields(problems)) if naskah.letak.is_some() => {
            let left: Vec<_> =
                problems.into_iter().filter(|one| asks.bidang.iter().all(|field| field.nama != one.field)).collect();
            if left.is_empty() { Ok(()) } else { Err(Refusal::Fields(left)) }
        }
        other => other,
    })
}

/// Problems name the fields of a kind by their own names; the form by [`named`].
pub(super) fn shown(refusal: &dyn Refuse, asks: &'static Jenis) -> Vec<praja_kernel::FieldProblem> {
    let mut all = refusal.fields();
    for one in &mut all {
        if let Some(field) = asks.bidang.iter().find(|field| field.nama == one.field) {
            one.field = form_name(asks, &field.nama).into();
        }
    }
    all
}

/// The form's names of the fields of all kinds, kept for the whole run because problems point to them.
fn form_name(asks: &'static Jenis, nama: &str) -> &'static str {
    use std::{collections::BTreeMap, sync::OnceLock};
    static NAMES: OnceLock<BTreeMap<&'static str, &'static str>> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        let all = jenis::all().iter().flat_map(|kind| &kind.bidang);
        all.map(|field| (field.nama.as_str(), &*Box::leak(named(&field.nama).into_boxed_str()))).collect()
    });
    names.get(nama).copied().unwrap_or(asks.kode.as_str())
}

/// The form with what was typed and what is wrong with it; one that only added an addressee says what is unclear about that alone.
fn once_more(ctx: &Ctx, action: String, input: &Input, typed: &Typed, refusal: Option<&dyn Refuse>) -> Form {
    let form = frame::form_again(ctx, action, input);
    match refusal {
        // What was refused comes back as it was typed.
        Some(refusal) => form.refusal(refusal.message(), refusal.next_step()).problems(&shown(refusal, typed.asks)),
        None => {
            let unclear = ADDERS.iter().enumerate().filter_map(|(at, (name, _))| typed.adding[at].problem(name, "tujuan"));
            form.values(values(input, typed)).problems(&unclear.collect::<Vec<_>>())
        }
    }
}

fn drawn(html: String, refusal: Option<&dyn Refuse>) -> Response {
    if refusal.is_some() { Response::form_again(html) } else { Response::page(html) }
}

fn again_new(ctx: &Ctx, input: &Input, typed: &Typed, refusal: Option<&dyn Refuse>) -> Response {
    let kode = typed.kind.kode.as_str();
    let mut form = once_more(ctx, address(kode), input, typed, refusal);
    if !input.text("balas").is_empty() {
        form = form.hidden("balas", input.text("balas"));
    }
    for name in ["acara", "disposisi"] {
        if !input.text(name).is_empty() {
            form = form.hidden(name, input.text(name));
        }
    }
    let form = fields(&typed.kind, typed.asks, form, None, [&typed.penandatangan, &typed.kode], Some(&typed.adding))
        .autosave(address(kode))
        .submit("Simpan konsep")
        .submit_as(ADDING, ADD, "1")
        .cancel("Kembali tanpa menyimpan", LIST);
    let form = waiting(ctx, previewed(ctx, form, kode, &address(kode), false), &typed.kind);
    let header = PageHeader::new(format!("Buat {}", typed.kind.nama.to_lowercase())).crumb("Naskah", LIST);
    drawn(praja_web::page(&frame::shell(ctx), &header, form), refusal)
}

fn again_edit(ctx: &Ctx, input: &Input, naskah: &Naskah, typed: &Typed, refusal: Option<&dyn Refuse>) -> Response {
    let form = once_more(ctx, format!("{LIST}/{}/ubah", naskah.id), input, typed, refusal).hidden("versi", input.text("versi"));
    let form = fields(&typed.kind, typed.asks, form, None, [&typed.penandatangan, &typed.kode], Some(&typed.adding))
        .submit("Simpan perubahan")
        .submit_as(ADDING, ADD, "1")
        .cancel("Kembali tanpa menyimpan", format!("{LIST}/{}", naskah.id));
    let form = previewed(ctx, form, &naskah.jenis, &format!("{LIST}/{}", naskah.id), naskah.letak.is_some());
    let form = if naskah.isi.sifat.is_secret() { form } else { waiting(ctx, form, &typed.kind) };
    drawn(praja_web::page(&frame::shell(ctx), &below(naskah, &typed.kind, "Ubah naskah"), form), refusal)
}

/// The form as one that may wait on a device without a line, unless what it says is secret.
fn waiting(ctx: &Ctx, form: Form, kind: &JenisNaskah) -> Form {
    let never = [("sifat", Sifat::Rahasia.as_str()), ("sifat", Sifat::SangatRahasia.as_str())];
    frame::waiting(ctx, form, format!("Konsep {}", kind.nama.to_lowercase()), &never)
}

/// The form with its preview, where somebody can draw it.
fn previewed(ctx: &Ctx, form: Form, kode: &str, below: &str, unggahan: bool) -> Form {
    if offered(ctx, kode, unggahan) { form.preview("Pratinjau PDF", format!("{below}/pratinjau")) } else { form }
}
