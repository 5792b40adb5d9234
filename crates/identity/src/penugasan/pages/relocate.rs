use praja_kernel::{FieldProblem, Id, Refuse, tanggal_panjang};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx};
use praja_web::{
    Facts, Field, Form, Tone, decision, frame,
    picker::{self, Picked},
};

use super::{
    at,
    begin::{REPLACES, told, with_replacing},
    found, person, show, versi,
};
use crate::{
    isian::Problems,
    lookup, opd,
    penugasan::{
        Jenis, Refusal,
        acts::{self, Asker, Move},
        midnight::key,
    },
};

/// GET /identity/penugasan/{id}/pindah
pub(crate) fn ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let form = frame::form(ctx, action(ctx.param("id")?));
    Ok(Response::page(page(ctx, tx, form, None, None, None)?))
}

/// POST /identity/penugasan/{id}/pindah
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let (id, versi) = (ctx.param::<Id>("id")?, versi(input)?);
    let one = ctx.read(|tx| found(ctx, tx, id))?;
    let (plan, post, follower) = match read(ctx, input)? {
        (Ok(plan), post, follower) => (plan, post, follower),
        (Err(problems), post, follower) => {
            return again(ctx, input, &Refusal::Fields(problems), &post, &follower);
        }
    };
    let asker = Asker::of(ctx)?;
    let keys = Keys::of([key(one.held.jabatan), key(plan.tujuan)]);
    let mulai = plan.mulai;
    let saved = ctx.submit(input, keys, move |tx| {
        acts::relocate(tx, &asker, id, versi, &plan)?;
        Ok::<_, Problem>(format!("/identity/jabatan/{}", plan.tujuan))
    });
    match saved {
        Ok(response) => Ok(response.with_notice(&format!("Perpindahan dicatat dan berlaku {}.", tanggal_panjang(mulai)))),
        Err(Problem::Refused(refusal)) => again(ctx, input, &*refusal, &post, &follower),
        Err(other) => Err(other),
    }
}

type Read = (Result<Move, Vec<FieldProblem>>, Picked, Picked);

fn read(ctx: &Ctx, input: &Input) -> Result<Read, Problem> {
    let today = ctx.today();
    let (post, follower) = ctx.read(|tx| {
        let reach = opd::reach(ctx, tx)?;
        let post = picker::resolve(input, "tujuan", |typed| lookup::find_posts(tx, typed, &reach, today))?;
        let follower = picker::resolve(input, "pengganti", |typed| lookup::find_people(tx, typed, today, true))?;
        Ok::<_, Problem>((post, follower))
    })?;
    let mut problems = Problems::default();
    problems.0.extend(post.problem("tujuan", "jabatan").into_iter().chain(follower.problem("pengganti", "pegawai")));
    let tujuan: Option<Id> = post.value().and_then(|value| value.parse().ok());
    if tujuan.is_none() && post == Picked::Nothing {
        problems.add("tujuan", "Jabatan yang baru belum dipilih.");
    }
    let mulai = problems.needed_date("mulai", "Tanggal pindah", input.text("mulai"));
    let dasar = problems.text("dasar", "Dasar perpindahan", input.text("dasar"), 200);
    let pengganti: Option<Id> = follower.value().and_then(|value| value.parse().ok());
    let jenis: Option<Jenis> = input.text("jenis_pengganti").parse().ok();
    let sampai = problems.date("sampai_pengganti", input.text("sampai_pengganti"));
    if pengganti.is_some() && jenis.is_none() {
        problems.add("jenis_pengganti", "Cara pengganti memegang jabatan belum dipilih.");
    }
    if pengganti.is_some() && jenis == Some(Jenis::Plt) && sampai.is_none() {
        problems.add("sampai_pengganti", "Hari terakhir Plt. belum diisi. Penugasan sementara selalu berbatas waktu.");
    }
    let read = match (tujuan, mulai) {
        (Some(tujuan), Some(mulai)) if problems.0.is_empty() => {
            let pengganti = pengganti.zip(jenis).map(|(orang, jenis)| (orang, jenis, sampai));
            Ok(Move { tujuan, mulai, dasar, replaces: input.text(REPLACES.0) == REPLACES.1, pengganti })
        }
        _ => Err(problems.0),
    };
    Ok((read, post, follower))
}

fn again(ctx: &Ctx, input: &Input, refusal: &dyn Refuse, post: &Picked, follower: &Picked) -> Outcome {
    let form = told(frame::form_again(ctx, action(ctx.param("id")?), input), refusal);
    Ok(Response::form_again(ctx.read(|tx| page(ctx, tx, form.clone(), Some(post), Some(follower), Some(refusal)))?))
}

fn page(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    form: Form,
    post: Option<&Picked>,
    follower: Option<&Picked>,
    refusal: Option<&dyn Refuse>,
) -> Result<String, Problem> {
    let (one, today) = (found(ctx, tx, ctx.param("id")?)?, ctx.today());
    let facts = Facts::new()
        .add("Pegawai", &one.held.orang_nama)
        .add("Jabatan sekarang", &one.held.jabatan_nama)
        .add("Sejak", tanggal_panjang(one.held.mulai));
    let lines = [
        "Penugasan sekarang berakhir sehari sebelum tanggal pindah, dan yang baru dimulai pada tanggal itu.",
        "Kotak masuk dan tugas jabatan lama beralih kepada pengganti; tanpa pengganti, menunggu pada jabatan itu.",
        "Hak mengikuti jabatan yang baru. Riwayat surat tetap memuat nama pegawai ini.",
    ];
    let mut target = Field::picker("tujuan", "Jabatan yang baru", "/identity/pilih/jabatan?kelola=1")
        .required()
        .hint("Jabatan pada OPD yang Anda kelola. Perpindahan antar-OPD dicatat oleh superadmin.");
    if let Some(picked) = post {
        target = target.candidates(picked.candidates());
    }
    let ways = [(Jenis::Definitif.as_str(), "Definitif"), (Jenis::Plt.as_str(), "Plt., sampai ada pejabat definitif")];
    let form = form
        .hidden("versi", one.versi.to_string())
        .group(
            "Perpindahan",
            "",
            vec![
                target,
                Field::date("mulai", "Tanggal pindah")
                    .required()
                    .value(today.to_string())
                    .hint("Hari pertama pada jabatan yang baru."),
                Field::text("dasar", "Dasar perpindahan").max_length(200).hint("Nomor keputusan."),
            ],
        )
        .group(
            "Pengganti pada jabatan lama",
            "Kosongkan bila belum ada.",
            vec![
                person("pengganti", "Pengganti", follower),
                Field::radio("jenis_pengganti", "Cara pengganti memegang jabatan", &ways).value(Jenis::Plt.as_str()),
                Field::date("sampai_pengganti", "Hari terakhir Plt.").hint("Kosongkan untuk pengganti definitif."),
            ],
        )
        .submit("Pindahkan pegawai");
    let form = match refusal {
        Some(refusal) => with_replacing(form, refusal),
        None => form,
    };
    let form = form.cancel("Kembali ke penugasan", at(one.held.id));
    let header = show::header(tx, &one, "Pindahkan pegawai", "Satu langkah untuk jabatan lama, jabatan baru, dan penggantinya.")?;
    Ok(praja_web::page(&frame::shell(ctx), &header, decision(Tone::Info, "Yang akan terjadi", &lines, &facts, &form)))
}

fn action(id: Id) -> String {
    format!("{}/pindah", at(id))
}
