//! Two OPD become a new one, in one act: preview first, then the decision.

use praja_kernel::{FieldProblem, Id};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{StoreError, Tx};
use praja_web::{
    Facts, Field, Form, PageHeader, Tone, decision, frame,
    picker::{self, Picked},
};

use super::{
    LIST,
    form::{Start, fields, read},
    reform::{check_day, read_reason},
};
use crate::{
    isian::Again,
    lookup,
    opd::{Opd, Reach, rules::Isi, store},
    rencana::{self, Baru, Perubahan},
};

const ADDRESS: &str = "/identity/opd/lebur";
/// What the button of the preview sends.
const SURE: (&str, &str) = ("setuju", "ya");

/// GET /identity/opd/lebur
pub(crate) fn ask(ctx: &Ctx, _: &mut Tx<'_>) -> Outcome {
    let start = Start { berlaku_dari: ctx.today().to_string(), ..Start::default() };
    Ok(frame::respond(ctx, &header(), form(frame::form(ctx, ADDRESS), &start, &Chosen::default())))
}

/// The two OPD as picked.
#[derive(Default)]
struct Chosen {
    satu: Option<Picked>,
    dua: Option<Picked>,
    induk: Option<Picked>,
}

fn form(form: Form, start: &Start, chosen: &Chosen) -> Form {
    let office = |name: &'static str, label: &str, picked: &Option<Picked>| {
        let field = Field::picker(name, label, "/identity/pilih/opd").required();
        match picked {
            Some(picked) => field.candidates(picked.candidates()),
            None => field,
        }
    };
    let form = form.field(office("satu", "OPD pertama yang berakhir", &chosen.satu)).field(office(
        "dua",
        "OPD kedua yang berakhir",
        &chosen.dua,
    ));
    fields(form, start, chosen.induk.as_ref())
        .field(
            Field::text("alasan", "Dasar hukum")
                .required()
                .max_length(300)
                .hint("Nomor dan tahun peraturan daerah atau peraturan bupati."),
        )
        .submit("Periksa peleburan")
        .cancel("Kembali ke daftar OPD", LIST)
}

fn header() -> PageHeader {
    PageHeader::new("Leburkan dua OPD menjadi OPD baru")
        .purpose("Keduanya berakhir; OPD baru mewarisi jabatan, pegawai, unit, berkas, dan register keduanya.")
        .crumb("OPD dan jabatan", LIST)
}

/// POST /identity/opd/lebur: shows what will happen; does it when that was confirmed.
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let (alasan, mut problems) = read_reason(input);
    let (mut chosen, ending) = ctx.read(|tx| {
        let satu = picker::resolve(input, "satu", |typed| lookup::find_offices(tx, typed, &Reach::All))?;
        let dua = picker::resolve(input, "dua", |typed| lookup::find_offices(tx, typed, &Reach::All))?;
        let mut ending = Vec::new();
        for picked in [&satu, &dua] {
            let id: Option<Id> = picked.value().and_then(|value| value.parse().ok());
            let found = match id {
                Some(id) => store::get(tx, id)?.filter(|one| one.berlaku_sampai.is_none()),
                None => None,
            };
            ending.push(found);
        }
        Ok::<_, StoreError>((Chosen { satu: Some(satu), dua: Some(dua), induk: None }, ending))
    })?;
    let named = [("satu", "OPD pertama", &chosen.satu), ("dua", "OPD kedua", &chosen.dua)];
    for ((name, label, picked), found) in named.into_iter().zip(&ending) {
        match picked.as_ref().and_then(|picked| picked.problem(name, "OPD")) {
            Some(problem) => problems.0.push(problem),
            None if found.is_none() => problems.add(name, format!("{label} belum dipilih, atau sudah berakhir.")),
            None => {}
        }
    }
    let both: Vec<Opd> = ending.into_iter().flatten().collect();
    let ids: Vec<Id> = both.iter().map(|one| one.id).collect();
    if let [first, second] = both.as_slice()
        && first.id == second.id
    {
        problems.add("dua", "Pilih OPD lain: keduanya OPD yang sama.");
    }
    let isi = match read(ctx, input, None, &ids) {
        Ok(isi) => Some(isi),
        Err(Again::Form(more, picked)) => {
            problems.0.extend(more);
            chosen.induk = picked;
            None
        }
        Err(Again::Problem(problem)) => return Err(problem),
    };
    if let Some(isi) = &isi {
        for one in &both {
            check_day(&mut problems, "berlaku_dari", isi.berlaku_dari, one);
        }
        let above = ctx.read(|tx| isi.induk.map(|induk| store::above(tx, induk)).transpose())?.unwrap_or_default();
        if above.iter().any(|id| ids.contains(id)) {
            problems.add("induk", "OPD baru tidak dapat berada di bawah OPD yang berakhir.");
        }
    }
    match isi {
        Some(isi) if problems.0.is_empty() && input.text(SURE.0) == SURE.1 => carry_out(ctx, input, ids, isi, alasan),
        Some(isi) if problems.0.is_empty() => preview(ctx, input, &both, &isi, &alasan),
        _ => Ok(again(ctx, input, &chosen, &problems.0)),
    }
}

fn again(ctx: &Ctx, input: &Input, chosen: &Chosen, problems: &[FieldProblem]) -> Response {
    let form = form(frame::form_again(ctx, ADDRESS, input).problems(problems), &Start::default(), chosen);
    Response::form_again(praja_web::page(&frame::shell(ctx), &header(), form))
}

/// What will happen, with everything that was typed ready to be sent again.
fn preview(ctx: &Ctx, input: &Input, both: &[Opd], isi: &Isi, alasan: &str) -> Outcome {
    let mut facts = Facts::new();
    for one in both {
        let counted = ctx.read(|tx| counts(tx, one, ctx))?;
        facts = facts.add(&one.nama, counted);
    }
    let facts = facts
        .add("OPD baru", format!("{} ({})", isi.nama, isi.singkatan))
        .add("Mulai berlaku", praja_kernel::tanggal_panjang(isi.berlaku_dari))
        .add("Dasar hukum", alasan);
    let mut form = frame::form(ctx, ADDRESS);
    for (name, value) in input.fields.iter().filter(|(name, _)| !name.starts_with('_') && name != SURE.0) {
        form = form.hidden(name, value);
    }
    let form = form.hidden(SURE.0, SURE.1).submit_danger("Leburkan kedua OPD").cancel("Tidak jadi, kembali ke daftar OPD", LIST);
    let lines = [
        "Kedua OPD berakhir sehari sebelum tanggal mulai berlaku; OPD baru mencatat keduanya sebagai pendahulu dan melihat berkas dan registernya.",
        "Semua jabatan dengan pemegang dan tugasnya, pegawai, dan unit di bawahnya beralih ke OPD baru. Kedua jabatan kepala ikut; hapus yang tidak diperlukan sesudahnya.",
        "Penomoran surat OPD baru dimulai dengan registernya sendiri; nomor lama tetap.",
        "Peleburan tidak dapat dibatalkan sesudah berlaku.",
    ];
    let content = decision(Tone::Warn, "Yang akan terjadi", &lines, &facts, &form);
    Ok(frame::respond(ctx, &header(), content))
}

fn counts(tx: &mut Tx<'_>, opd: &Opd, ctx: &Ctx) -> Result<String, Problem> {
    let (posts, holders) = store::counts(tx, opd.id, ctx.today())?;
    let units = store::active_units(tx, opd.id)?;
    Ok(format!("{posts} jabatan, {holders} pemegang hari ini, {units} unit di bawahnya"))
}

fn carry_out(ctx: &Ctx, input: &Input, ids: Vec<Id>, isi: Isi, alasan: String) -> Outcome {
    let first = *ids.first().ok_or(Problem::NotFound)?;
    let baru = Baru { kode: isi.kode, nama: isi.nama, singkatan: isi.singkatan, jenis: isi.jenis, induk: isi.induk };
    let (berlaku, change) = (isi.berlaku_dari, Perubahan::Lebur { opd: ids, baru });
    let saved = rencana::pages::decide(ctx, input, first, change, berlaku, alasan, format!("{LIST}/{first}"))?;
    if berlaku > ctx.today() {
        let when = praja_kernel::tanggal_panjang(berlaku);
        return Ok(saved.with_notice(&format!("Peleburan direncanakan untuk {when}.")));
    }
    Ok(saved.with_notice("Kedua OPD sudah dilebur menjadi OPD baru."))
}
