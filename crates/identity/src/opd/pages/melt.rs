//! Two OPD become a new one, in one act: preview first, then the decision.

use praja_kernel::{Date, FieldProblem, Id, Refuse, tanggal_panjang};
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
    jabatan::{self, Jabatan},
    lookup,
    opd::{
        Opd, Reach,
        rules::{self, Isi},
        store,
    },
    penugasan::rules::day_before,
    rencana::{self, Baru, Perubahan, apply},
};

const ADDRESS: &str = "/identity/opd/lebur";
/// The OPD whose head leads on.
const LEADS: &str = "pimpin";
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
        Some(isi) if problems.0.is_empty() => {
            let heads = ctx.read(|tx| heads(tx, &both, isi.berlaku_dari))?;
            let known: Vec<_> = heads.iter().map(|one| (one.opd.id, one.jabatan.clone())).collect();
            let pimpin: Option<Id> = input.text(LEADS).parse().ok();
            let sure = input.text(SURE.0) == SURE.1;
            match rules::leading(&known, pimpin) {
                Ok(_) if sure => carry_out(ctx, input, ids, isi, pimpin, alasan),
                // Asked for on the preview: before it nobody knows the two heads.
                Err(refusal) if sure => preview(ctx, input, &heads, &isi, &alasan, &refusal.fields()),
                _ => preview(ctx, input, &heads, &isi, &alasan, &[]),
            }
        }
        _ => Ok(again(ctx, input, &chosen, &problems.0)),
    }
}

fn again(ctx: &Ctx, input: &Input, chosen: &Chosen, problems: &[FieldProblem]) -> Response {
    let form = form(frame::form_again(ctx, ADDRESS, input).problems(problems), &Start::default(), chosen);
    Response::form_again(praja_web::page(&frame::shell(ctx), &header(), form))
}

/// An OPD that ends, with the post that leads it and whoever holds that on its last day.
struct Ending {
    opd: Opd,
    jabatan: Option<Jabatan>,
    pemegang: Option<String>,
    terhitung: String,
}

fn heads(tx: &mut Tx<'_>, both: &[Opd], berlaku: Date) -> Result<Vec<Ending>, Problem> {
    let mut all = Vec::new();
    for opd in both {
        let (posts, holders) = store::counts(tx, opd.id, day_before(berlaku))?;
        let units = store::active_units(tx, opd.id)?;
        let jabatan = jabatan::head_of(tx, opd.id)?;
        let pemegang = match &jabatan {
            Some(head) => jabatan::holder_on(tx, head.id, day_before(berlaku))?,
            None => None,
        };
        all.push(Ending {
            terhitung: format!("{posts} jabatan, {holders} pemegang, {units} unit di bawahnya"),
            pemegang: pemegang.map(|one| one.nama),
            opd: opd.clone(),
            jabatan,
        });
    }
    Ok(all)
}

/// What becomes of the two heads when this one leads: said beside the choice, because there it is decided.
fn said(one: &Ending, others: &[&Ending], berlaku: Date) -> String {
    let nama = |one: &Ending| one.jabatan.as_ref().map_or_else(String::new, |post| post.nama.clone());
    let held = |one: &Ending| one.pemegang.clone().unwrap_or_else(|| "kosong".into());
    let ends: Vec<String> = others
        .iter()
        .filter(|other| other.jabatan.is_some())
        .map(|other| match &other.pemegang {
            Some(pemegang) => {
                format!("penugasan {pemegang} sebagai {} berakhir {}", nama(other), tanggal_panjang(day_before(berlaku)))
            }
            None => format!("{} tidak diisi lagi", nama(other)),
        })
        .collect();
    format!("{} ({}); {}", nama(one), held(one), ends.join("; "))
}

/// What will happen, with everything that was typed ready to be sent again.
fn preview(ctx: &Ctx, input: &Input, both: &[Ending], isi: &Isi, alasan: &str, problems: &[FieldProblem]) -> Outcome {
    let mut facts = Facts::new();
    for one in both {
        facts = facts.add(&one.opd.nama, &one.terhitung);
    }
    let facts = facts
        .add("OPD baru", format!("{} ({})", isi.nama, isi.singkatan))
        .add("Mulai berlaku", tanggal_panjang(isi.berlaku_dari))
        .add("Dasar hukum", alasan);
    let mut form = frame::form(ctx, ADDRESS).problems(problems);
    for (name, value) in input.fields.iter().filter(|(name, _)| !name.starts_with('_') && name != SURE.0 && name != LEADS) {
        form = form.hidden(name, value);
    }
    let with_head: Vec<&Ending> = both.iter().filter(|one| one.jabatan.is_some()).collect();
    let finished = ctx.read(|tx| apply::finished_by(tx, isi.berlaku_dari))?;
    let one_head = match with_head.as_slice() {
        [] => "Tidak satu pun dari keduanya mempunyai jabatan; catat jabatan kepala OPD baru sesudahnya.".to_owned(),
        [only] => format!("{} memimpin OPD baru.", only.jabatan.as_ref().map_or("", |post| &post.nama)),
        _ => format!(
            "OPD baru dipimpin satu jabatan, yang Anda pilih di bawah. Penugasan pada jabatan kepala yang lain berakhir; perkara yang masih terbuka di sana diselesaikan pemimpin OPD baru sebagai Plt. sampai {}, lalu jabatan itu dihapus.",
            tanggal_panjang(finished)
        ),
    };
    if with_head.len() > 1 {
        let choices: Vec<(String, String)> = with_head
            .iter()
            .map(|one| {
                let others: Vec<&Ending> = with_head.iter().filter(|other| other.opd.id != one.opd.id).copied().collect();
                (one.opd.id.to_string(), said(one, &others, isi.berlaku_dari))
            })
            .collect();
        let choices: Vec<(&str, &str)> = choices.iter().map(|(id, said)| (id.as_str(), said.as_str())).collect();
        form = form.field(Field::radio(LEADS, "Jabatan yang memimpin OPD baru", &choices).required());
    }
    let form = form.hidden(SURE.0, SURE.1).submit_danger("Leburkan kedua OPD").cancel("Tidak jadi, kembali ke daftar OPD", LIST);
    let lines = [
        "Kedua OPD berakhir sehari sebelum tanggal mulai berlaku; OPD baru mencatat keduanya sebagai pendahulu dan melihat berkas dan registernya.",
        "Semua jabatan dengan pemegang dan tugasnya, pegawai, dan unit di bawahnya beralih ke OPD baru.",
        &one_head,
        "Penomoran surat OPD baru dimulai dengan registernya sendiri; nomor lama tetap.",
        "Peleburan tidak dapat dibatalkan sesudah berlaku.",
    ];
    let content = decision(Tone::Warn, "Yang akan terjadi", &lines, &facts, &form);
    if problems.is_empty() {
        return Ok(frame::respond(ctx, &header(), content));
    }
    Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header(), content)))
}

fn carry_out(ctx: &Ctx, input: &Input, ids: Vec<Id>, isi: Isi, pimpin: Option<Id>, alasan: String) -> Outcome {
    let first = *ids.first().ok_or(Problem::NotFound)?;
    let baru = Baru { kode: isi.kode, nama: isi.nama, singkatan: isi.singkatan, jenis: isi.jenis, induk: isi.induk };
    let (berlaku, change) = (isi.berlaku_dari, Perubahan::Lebur { opd: ids, baru, pimpin });
    let saved = rencana::pages::decide(ctx, input, first, change, berlaku, alasan, format!("{LIST}/{first}"))?;
    if berlaku > ctx.today() {
        return Ok(saved.with_notice(&format!("Peleburan direncanakan untuk {}.", tanggal_panjang(berlaku))));
    }
    Ok(saved.with_notice("Kedua OPD sudah dilebur menjadi OPD baru."))
}
