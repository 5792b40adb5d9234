use praja_kernel::{FieldProblem, tanggal_panjang};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::Tx;
use praja_web::{Facts, Field, Form, Tone, decision, frame};

use super::{LIST, show};
use crate::{
    isian::Problems,
    jabatan::{Refusal, store},
    penugasan::store as held,
    rencana::{self, Perubahan},
};

/// GET /identity/jabatan/{id}/hapus
pub(crate) fn ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let id: praja_kernel::Id = ctx.param("id")?;
    let form = frame::form(ctx, format!("{LIST}/{id}/hapus"));
    Ok(Response::page(page(ctx, tx, form)?))
}

/// POST /identity/jabatan/{id}/hapus: at once, or planned for a later day.
pub(crate) fn act(ctx: &Ctx, input: &Input) -> Outcome {
    let id: praja_kernel::Id = ctx.param("id")?;
    let mut problems = Problems::default();
    let berlaku = problems.needed_date("berlaku", "Tanggal", input.text("berlaku"));
    let alasan = problems.needed("alasan", "Dasar penghapusan", input.text("alasan"), 300);
    let post = ctx.read(|tx| show::found(ctx, tx, id))?;
    if berlaku.is_some_and(|day| day <= post.dari) {
        problems.add("berlaku", format!("Jabatan ini baru berlaku {}. Pilih tanggal sesudahnya.", tanggal_panjang(post.dari)));
    }
    let Some(berlaku) = berlaku.filter(|_| problems.0.is_empty()) else { return again(ctx, input, id, &problems.0) };
    let (change, opd) = (Perubahan::HapusJabatan { jabatan: id }, post.opd);
    let planned = berlaku > ctx.today();
    let saved = rencana::pages::decide(ctx, input, opd, change, berlaku, alasan, format!("{LIST}/{id}"))?;
    Ok(saved.with_notice(if planned { "Penghapusan jabatan sudah direncanakan." } else { "Jabatan sudah dihapus." }))
}

fn again(ctx: &Ctx, input: &Input, id: praja_kernel::Id, problems: &[FieldProblem]) -> Outcome {
    let form = frame::form_again(ctx, format!("{LIST}/{id}/hapus"), input).problems(problems);
    Ok(Response::form_again(ctx.read(|tx| page(ctx, tx, form.clone()))?))
}

fn page(ctx: &Ctx, tx: &mut Tx<'_>, form: Form) -> Result<String, Problem> {
    let (post, today) = (show::found(ctx, tx, ctx.param("id")?)?, ctx.today());
    if post.sampai.is_some() {
        return Err(Problem::refused(Refusal::Abolished { nama: post.nama }));
    }
    let open = held::at_post(tx, post.id)?;
    let open: Vec<_> =
        open.into_iter().filter(|one| !one.is_called_off() && one.sampai.is_none_or(|last| last >= today)).collect();
    let below = store::subordinates(tx, post.id)?.len();
    let above = match post.induk {
        Some(above) => store::get(tx, above)?.map(|one| one.nama),
        None => None,
    };
    let names: Vec<String> = open.iter().map(|one| one.orang_nama.clone()).collect();
    let holders = if names.is_empty() {
        "Tidak ada penugasan yang berakhir: jabatan ini kosong.".to_owned()
    } else {
        format!("Penugasan {} berakhir sehari sebelum tanggal itu.", names.join(", "))
    };
    let units = match (below, &above) {
        (0, _) => "Tidak ada jabatan di bawahnya.".to_owned(),
        (count, Some(above)) => format!("{count} jabatan di bawahnya berpindah ke bawah {above}."),
        (count, None) => format!("{count} jabatan di bawahnya menjadi jabatan teratas."),
    };
    let lines = [
        holders.as_str(),
        units.as_str(),
        "Riwayat jabatan tetap dapat dibaca. Jabatan yang dihapus tidak dapat dihidupkan lagi.",
    ];
    let facts = Facts::new().add("Jabatan", &post.nama).add("Jenis", post.jenis.label());
    let form = form
        .field(
            Field::date("berlaku", "Tidak ada lagi mulai tanggal")
                .required()
                .value(today.to_string())
                .hint("Tanggal yang akan datang disimpan sebagai rencana dan dijalankan pada hari itu pukul 00.00."),
        )
        .field(Field::text("alasan", "Dasar penghapusan").required().max_length(300).hint("Nomor peraturan atau keputusan."))
        .submit_danger("Hapus jabatan")
        .cancel("Kembali ke jabatan", format!("{LIST}/{}", post.id));
    let header = show::header(tx, &post, "Hapus jabatan", "Jabatan berakhir beserta semua penugasannya.")?;
    Ok(praja_web::page(&frame::shell(ctx), &header, decision(Tone::Warn, "Yang akan terjadi", &lines, &facts, &form)))
}
