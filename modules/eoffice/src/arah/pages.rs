//! What an OPD sets for its letters: routing rules, and the aides of its leaders.

use praja_desk::klasifikasi::Klasifikasi;
use praja_identity::jabatan;
use praja_kernel::{ActingAs, Date, FieldProblem, Id, Refuse, parse_tanggal, tanggal_pendek};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx, audit::Entry};
use praja_web::{
    Act, Cell, Column, EmptyState, Field, Form, FormValues, Icon, Markup, PageHeader, Row, Table, Tone, act_bar, badge, frame,
    html,
    picker::{Choice, MOST, Many, is_adding, resolve_many},
    section,
};

use super::{Aturan, Draft, Refusal, draft, store};
use crate::{
    disposisi::calon::Calon,
    sekretaris::{self, Sekretaris, hak},
    surat_masuk::{pages::form::acting, pages::route::targets},
};

/// Where the settings are.
pub(crate) const PAGE: &str = "/eoffice/pengaturan";
/// The field for the classification codes of a rule.
const CODES: &str = "klasifikasi";
const RULES: &str = "eoffice_aturan_arah";
const AIDES: &str = "eoffice_sekretaris";

/// The classification codes of a rule's form.
struct Codes {
    picked: Many,
    /// A code was only added to the form.
    adding: bool,
}

fn me(ctx: &Ctx) -> Result<&ActingAs, Problem> {
    acting(ctx).map_err(Problem::refused)
}

/// GET /eoffice/pengaturan
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let acting = me(ctx)?;
    let rules = store::of_opd(tx, acting.opd)?;
    let aides = sekretaris::store::of_opd(tx, acting.opd)?;
    let rules = rule_table(ctx, tx, &rules)?;
    let aides = aide_table(ctx, tx, &aides)?;
    let header = PageHeader::new("Pengaturan e-Office")
        .purpose(format!("Aturan arahan surat dan sekretaris pimpinan pada {}.", acting.opd_nama));
    let content = html! {
        (section("Aturan arahan surat", html! {
            p.redup { "Aturan diperiksa menurut urutannya; yang pertama cocok menentukan meja tujuan. Tanpa aturan yang cocok, surat diarahkan kepada pimpinan OPD. Surat rahasia selalu kepada pimpinan." }
            (rules)
            (act_bar(&[Act::link("Tambah aturan arahan", format!("{PAGE}/aturan/baru")).icon(Icon::Add)]))
        }))
        (section("Sekretaris pimpinan", html! {
            p.redup { "Sekretaris pimpinan melihat surat pimpinannya dan mencatat disposisi atas arahan pimpinan. Naskah sangat rahasia tidak pernah tampil baginya." }
            (aides)
            (act_bar(&[Act::link("Tunjuk sekretaris pimpinan", format!("{PAGE}/sekretaris/baru")).icon(Icon::Add)]))
        }))
    };
    Ok(frame::respond(ctx, &header, content))
}

fn rule_table(ctx: &Ctx, tx: &mut Tx<'_>, rules: &[Aturan]) -> Result<Table, Problem> {
    let mut table = Table::new("Aturan arahan surat")
        .column(Column::text("Bila surat memuat"))
        .column(Column::number("Urutan"))
        .column(Column::text("Klasifikasi"))
        .column(Column::text("Diarahkan kepada"))
        .column(Column::text("Keadaan").corner())
        .empty(EmptyState::new(Icon::Send, "Belum ada aturan arahan", "Semua surat diarahkan kepada pimpinan OPD."));
    for rule in rules {
        let to = jabatan::label(tx, rule.tujuan, ctx.today())?;
        let words = if rule.kata.is_empty() { "Kata apa pun".to_owned() } else { rule.kata.join(", ") };
        table = table.row(
            Row::new(vec![
                words.into(),
                rule.urut.to_string().into(),
                if rule.klasifikasi.is_empty() { Cell::empty() } else { rule.klasifikasi.join(", ").into() },
                to.into(),
                if rule.aktif { badge(Tone::Good, "Berlaku").into() } else { badge(Tone::Neutral, "Tidak berlaku").into() },
            ])
            .href(format!("{PAGE}/aturan/{}", rule.id)),
        );
    }
    Ok(table)
}

fn aide_table(ctx: &Ctx, tx: &mut Tx<'_>, aides: &[Sekretaris]) -> Result<Table, Problem> {
    let today = ctx.today();
    let mut table = Table::new("Sekretaris pimpinan")
        .column(Column::text("Sekretaris"))
        .column(Column::text("Pimpinan"))
        .column(Column::text("Caranya"))
        .column(Column::date("Sejak"))
        .column(Column::text("Keadaan").corner())
        .empty(EmptyState::new(Icon::Person, "Belum ada sekretaris pimpinan", "Pimpinan mendisposisi suratnya sendiri."));
    for one in aides {
        let mut how = vec![if one.langsung { "langsung dikirim, dibenarkan kemudian" } else { "dikirim setelah dibenarkan" }];
        if one.rahasia {
            how.push("boleh membuka surat rahasia");
        }
        let state: Markup = if one.is_valid_on(today) {
            let end = Act::post("Akhiri", format!("{PAGE}/sekretaris/{}/akhiri", one.id), ctx.csrf(), ctx.form_id().to_string());
            html! { (badge(Tone::Good, "Berlaku")) " " (end) }
        } else {
            badge(Tone::Neutral, "Berakhir")
        };
        table = table.row(Row::new(vec![
            jabatan::label(tx, one.sekretaris, today)?.into(),
            jabatan::label(tx, one.pimpinan, today)?.into(),
            how.join("; ").into(),
            tanggal_pendek(one.mulai).into(),
            state.into(),
        ]));
    }
    Ok(table)
}

fn options(all: &[Calon]) -> Vec<(String, String)> {
    let label = |one: &Calon| {
        if one.pemegang.is_empty() { one.nama_jabatan.clone() } else { format!("{} — {}", one.nama_jabatan, one.pemegang) }
    };
    all.iter().map(|one| (one.jabatan.to_string(), label(one))).collect()
}

fn rule_header(rule: Option<&Aturan>) -> PageHeader {
    PageHeader::new(if rule.is_some() { "Ubah aturan arahan" } else { "Tambah aturan arahan" })
        .purpose("Surat yang cocok langsung ditawarkan ke meja yang Anda pilih.")
        .crumb("Pengaturan e-Office", PAGE)
}

fn rule_fields(posts: &[Calon], rule: Option<&Aturan>, codes: &Codes, form: Form) -> Form {
    let mut klasifikasi = Field::picker_many(CODES, "Klasifikasi", "/desk/pilih/klasifikasi")
        .picked(codes.picked.clone())
        .hint("Salah satu cukup, beserta kode di bawahnya; boleh kosong. Ketik kode atau sebagian uraiannya.");
    if codes.adding {
        klasifikasi = klasifikasi.autofocus();
    }
    let form = form
        .field(
            Field::text("kata", "Kata pada hal atau pengirim")
                .max_length(300)
                .hint("Beberapa kata dipisahkan koma; salah satu cukup. Misalnya: stunting, gizi, posyandu."),
        )
        .field(klasifikasi)
        .field(Field::select("tujuan", "Arahkan kepada", &options(posts)).required())
        .field(Field::number("urut", "Urutan").min("1").max("9999").hint("Angka lebih kecil diperiksa lebih dahulu."));
    match rule {
        None => form.submit("Tambah aturan").cancel("Kembali ke pengaturan", PAGE),
        Some(rule) => form
            .hidden("versi", rule.versi.to_string())
            .submit("Simpan aturan")
            .submit_as(if rule.aktif { "Hentikan aturan" } else { "Berlakukan aturan" }, "ganti", "1")
            .cancel("Kembali ke pengaturan", PAGE),
    }
}

fn rule_values(rule: &Aturan) -> FormValues {
    FormValues::new()
        .with("kata", rule.kata.join(", "))
        .with("tujuan", rule.tujuan.to_string())
        .with("urut", rule.urut.to_string())
}

/// The rule of the address; none for a new one.
fn rule_of(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Option<Aturan>, Problem> {
    if ctx.incoming().path.ends_with("/baru") {
        return Ok(None);
    }
    let found = store::find(tx, me(ctx)?.opd, ctx.param("id")?)?;
    found.map(Some).ok_or(Problem::NotFound)
}

/// GET /eoffice/pengaturan/aturan/baru and /eoffice/pengaturan/aturan/{id}
pub(crate) fn show_rule(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let rule = rule_of(ctx, tx)?;
    let posts = targets(tx, me(ctx)?, ctx.today())?;
    let list = Klasifikasi::in_force(tx, ctx.instance())?;
    let codes = rule.iter().flat_map(|rule| &rule.klasifikasi).map(|code| code_choice(&list, code)).collect();
    let codes = Codes { picked: Many::of(codes), adding: false };
    let form = frame::form(ctx, ctx.incoming().path.clone());
    let form = match &rule {
        Some(rule) => form.values(rule_values(rule)),
        None => form.values(FormValues::new().with("urut", "10")),
    };
    Ok(frame::respond(ctx, &rule_header(rule.as_ref()), rule_fields(&posts, rule.as_ref(), &codes, form)))
}

/// POST of the same addresses.
pub(crate) fn save_rule(ctx: &Ctx, input: &Input) -> Outcome {
    let opd = me(ctx)?.opd;
    let (rule, posts) = ctx.read(|tx| Ok::<_, Problem>((rule_of(ctx, tx)?, targets(tx, me(ctx)?, ctx.today())?)))?;
    let known: Vec<Id> = posts.iter().map(|one| one.jabatan).collect();
    let list = ctx.read(|tx| Klasifikasi::in_force(tx, ctx.instance()))?;
    let (codes, unclear) = codes(input, &list);
    let drawn = |refusal: Option<&dyn Refuse>| rule_again(ctx, input, &posts, rule.as_ref(), &codes, &unclear, refusal);
    let again = |refusal: Option<&dyn Refuse>| Response::form_again(drawn(refusal));
    if codes.adding {
        return Ok(Response::page(drawn(None)));
    }
    let typed = Draft {
        urut: input.text("urut").to_owned(),
        kata: input.text("kata").to_owned(),
        klasifikasi: codes.picked.values().map(ToOwned::to_owned).collect(),
        tujuan: input.text("tujuan").to_owned(),
    };
    let toggle = input.text("ganti") == "1";
    let baru = match draft(&typed, &known, &list) {
        Ok(baru) if unclear.is_empty() => baru,
        Ok(_) => return Ok(again(None)),
        Err(refusal) => return Ok(again(Some(&refusal))),
    };
    let versi: i64 = input.text("versi").parse().unwrap_or(0);
    let saved = ctx.submit(input, Keys::none(), move |tx| {
        let (urut, kata, klasifikasi, tujuan) = baru.clone();
        let entry = |tindakan, id: Id| {
            Entry::new(tindakan, RULES, id)
                .with("kata", kata.join(", "))
                .with("klasifikasi", klasifikasi.join(", "))
                .with("tujuan", tujuan)
        };
        match &rule {
            None => {
                let id = store::insert(tx, opd, &baru)?;
                tx.audit(&entry("eoffice.add-aturan-arah", id))?;
            }
            Some(before) => {
                let aktif = if toggle { !before.aktif } else { before.aktif };
                let after =
                    Aturan { urut, kata: kata.clone(), klasifikasi: klasifikasi.clone(), tujuan, aktif, versi, ..before.clone() };
                if !store::update(tx, &after)? {
                    return Err(Problem::Conflict);
                }
                tx.audit(&entry("eoffice.change-aturan-arah", after.id).with("berlaku", aktif))?;
            }
        }
        Ok(PAGE.to_owned())
    })?;
    Ok(saved.with_notice("Aturan arahan sudah disimpan."))
}

fn code_choice(list: &Klasifikasi, code: &str) -> Choice {
    Choice::new(code, list.get(code).map_or_else(|| code.to_owned(), praja_desk::klasifikasi::Kode::label))
}

/// The codes of the form, and what is unclear about the typed words.
fn codes(input: &Input, list: &Klasifikasi) -> (Codes, Vec<FieldProblem>) {
    let find = |typed: &str| {
        // A code typed whole is meant itself, also one above those that letters carry.
        let found = list.get(typed).map_or_else(|| list.search(typed, MOST), |one| vec![one]);
        Ok::<_, std::convert::Infallible>(found.into_iter().map(|one| code_choice(list, &one.kode)).collect())
    };
    let Ok(mut picked) = resolve_many(input, CODES, find);
    picked.chosen = picked.chosen.iter().map(|one| code_choice(list, &one.value)).collect();
    let unclear = picked.problem(CODES, "klasifikasi").into_iter().collect();
    (Codes { picked, adding: is_adding(input) }, unclear)
}

fn rule_again(
    ctx: &Ctx,
    input: &Input,
    posts: &[Calon],
    rule: Option<&Aturan>,
    codes: &Codes,
    unclear: &[FieldProblem],
    refusal: Option<&dyn Refuse>,
) -> String {
    let mut form = frame::form_again(ctx, ctx.incoming().path.clone(), input).problems(unclear);
    if let Some(refusal) = refusal {
        form = form.refusal(refusal.message(), refusal.next_step()).problems(&refusal.fields());
    }
    praja_web::page(&frame::shell(ctx), &rule_header(rule), rule_fields(posts, rule, codes, form))
}

/// The posts of the own OPD that lead, and those that may serve them: the own posts and those directly below.
fn posts(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<(Vec<Calon>, Vec<Calon>), Problem> {
    let (acting, today) = (me(ctx)?, ctx.today());
    let (mut leaders, mut aides) = (Vec::new(), Vec::new());
    for post in jabatan::list_of_opd(tx, acting.opd)? {
        let one = crate::disposisi::calon::of(tx, &post, today)?;
        if post.jenis.is_structural() {
            leaders.push(one.clone());
        }
        aides.push(one);
    }
    for leader in &leaders {
        for below in crate::disposisi::calon::below(tx, leader.jabatan, today)? {
            if aides.iter().all(|one| one.jabatan != below.jabatan) {
                aides.push(below);
            }
        }
    }
    Ok((leaders, aides))
}

fn aide_header() -> PageHeader {
    PageHeader::new("Tunjuk sekretaris pimpinan")
        .purpose("Jabatan ini mencatat disposisi atas arahan pimpinan; setiap catatannya menyebut namanya.")
        .crumb("Pengaturan e-Office", PAGE)
}

fn aide_fields(ctx: &Ctx, leaders: &[Calon], aides: &[Calon], form: Form) -> Form {
    form.field(Field::select("pimpinan", "Pimpinan", &options(leaders)).required())
        .field(Field::select("sekretaris", "Sekretaris", &options(aides)).required())
        .field(Field::date("mulai", "Mulai").required().value(ctx.today().to_string()))
        .field(
            Field::checkbox("langsung", "Disposisi yang dicatat langsung dikirim")
                .hint("Pimpinan membenarkannya kemudian. Tanpa ini, disposisi menunggu pembenaran pimpinan."),
        )
        .field(
            Field::checkbox("rahasia", "Boleh membuka surat rahasia untuk pimpinan")
                .hint("Naskah sangat rahasia tetap tidak tampil."),
        )
        .submit("Tunjuk sekretaris")
        .cancel("Kembali ke pengaturan", PAGE)
}

/// GET /eoffice/pengaturan/sekretaris/baru
pub(crate) fn show_aide(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (leaders, aides) = posts(ctx, tx)?;
    let form = frame::form(ctx, format!("{PAGE}/sekretaris/baru"));
    Ok(frame::respond(ctx, &aide_header(), aide_fields(ctx, &leaders, &aides, form)))
}

fn aide_of(
    id: Id,
    input: &Input,
    opd: Id,
    leaders: &[Calon],
    aides: &[Calon],
    today: Date,
) -> Result<Sekretaris, Vec<FieldProblem>> {
    let mut problems = Vec::new();
    let pick = |field: &str, all: &[Calon]| {
        let id: Option<Id> = input.text(field).parse().ok();
        id.filter(|id| all.iter().any(|one| one.jabatan == *id))
    };
    let (pimpinan, sekretaris) = (pick("pimpinan", leaders), pick("sekretaris", aides));
    if pimpinan.is_none() {
        problems.push(FieldProblem::new("pimpinan", "Pilih jabatan pimpinan."));
    }
    if sekretaris.is_none() {
        problems.push(FieldProblem::new("sekretaris", "Pilih jabatan sekretaris."));
    } else if sekretaris == pimpinan {
        problems.push(FieldProblem::new("sekretaris", "Pimpinan tidak menjadi sekretarisnya sendiri. Pilih jabatan lain."));
    }
    let mulai = match parse_tanggal(input.text("mulai")) {
        Ok(mulai) if mulai < today => {
            problems.push(FieldProblem::new("mulai", "Tanggal mulai sudah lewat. Pilih hari ini atau sesudahnya."));
            today
        }
        Ok(mulai) => mulai,
        Err(e) => {
            problems.push(FieldProblem::new("mulai", e.to_string()));
            today
        }
    };
    match (pimpinan, sekretaris) {
        (Some(pimpinan), Some(sekretaris)) if problems.is_empty() => Ok(Sekretaris {
            id,
            pimpinan,
            sekretaris,
            opd,
            langsung: !input.text("langsung").is_empty(),
            rahasia: !input.text("rahasia").is_empty(),
            mulai,
            sampai: None,
            versi: 1,
        }),
        _ => Err(problems),
    }
}

/// POST /eoffice/pengaturan/sekretaris/baru
pub(crate) fn save_aide(ctx: &Ctx, input: &Input) -> Outcome {
    let (opd, today) = (me(ctx)?.opd, ctx.today());
    let (leaders, aides) = ctx.read(|tx| posts(ctx, tx))?;
    let again = |refusal: &dyn Refuse| {
        let form = frame::form_again(ctx, format!("{PAGE}/sekretaris/baru"), input)
            .refusal(refusal.message(), refusal.next_step())
            .problems(&refusal.fields());
        Response::form_again(praja_web::page(&frame::shell(ctx), &aide_header(), aide_fields(ctx, &leaders, &aides, form)))
    };
    let aide = match aide_of(ctx.instance().ids.next_id(), input, opd, &leaders, &aides, today) {
        Ok(aide) => aide,
        Err(problems) => return Ok(again(&Refusal::Fields(problems))),
    };
    let saved = ctx.submit(input, Keys::none(), move |tx| {
        let others = sekretaris::store::of_leader(tx, aide.pimpinan, aide.mulai)?;
        if others.iter().any(|one| one.sekretaris == aide.sekretaris) {
            return Err(Problem::refused(Refusal::Already));
        }
        sekretaris::store::insert(tx, &aide)?;
        if aide.is_valid_on(today) {
            hak::hand_desk(tx, &aide)?;
        }
        let entry = Entry::new("eoffice.assign-sekretaris-pimpinan", AIDES, aide.id)
            .with("pimpinan", aide.pimpinan)
            .with("sekretaris", aide.sekretaris)
            .with("langsung", aide.langsung)
            .with("rahasia", aide.rahasia);
        tx.audit(&entry)?;
        Ok(PAGE.to_owned())
    });
    match saved {
        Ok(response) => Ok(response.with_notice("Sekretaris pimpinan sudah ditunjuk.")),
        Err(Problem::Refused(refusal)) => Ok(again(&*refusal)),
        Err(problem) => Err(problem),
    }
}

/// POST /eoffice/pengaturan/sekretaris/{id}/akhiri
pub(crate) fn end_aide(ctx: &Ctx, input: &Input) -> Outcome {
    let (opd, today, id) = (me(ctx)?.opd, ctx.today(), ctx.param::<Id>("id")?);
    let saved = ctx.submit(input, Keys::none(), move |tx| {
        let one = sekretaris::store::find(tx, opd, id)?.ok_or(Problem::NotFound)?;
        // From this moment on: the last day was yesterday.
        let last = today.yesterday().unwrap_or(today);
        if !sekretaris::store::end(tx, &one, last)? {
            return Err(Problem::Conflict);
        }
        hak::take_back(tx, one.sekretaris, today)?;
        tx.audit(&Entry::new("eoffice.end-sekretaris-pimpinan", AIDES, id))?;
        Ok(PAGE.to_owned())
    })?;
    Ok(saved.with_notice("Penunjukan sekretaris pimpinan sudah diakhiri."))
}
