//! Reorganisations of an OPD: a new name, a merger, a closing; now or on a later day.

use praja_kernel::{Date, FieldProblem, Id, tanggal_panjang};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::Tx;
use praja_web::{
    Facts, Field, Form, Tone, decision, frame,
    picker::{self, Picked},
};

use super::{
    LIST,
    form::{Start, fields, read},
    show,
};
use crate::{
    isian::{Again, Problems},
    lookup,
    opd::{Opd, Reach, Refusal, store},
    rencana::{self, Baru, Cara, Perubahan},
};

const WHEN: &str = "Tanggal yang akan datang disimpan sebagai rencana dan dijalankan pada hari itu pukul 00.00.";

/// GET /identity/opd/{id}/ganti-nama
pub(crate) fn rename_ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let row = running(ctx, tx)?;
    let start = Start { berlaku_dari: ctx.today().to_string(), ..Start::of(tx, &row.opd, row.urut)? };
    let form = fields(frame::form(ctx, address(row.opd.id, "ganti-nama")), &start, None);
    Ok(frame::respond(ctx, &header(&row.opd, RENAME), rename_page(&row.opd, reason(form, &row.opd))))
}

/// POST /identity/opd/{id}/ganti-nama
pub(crate) fn rename(ctx: &Ctx, input: &Input) -> Outcome {
    let opd = ctx.read(|tx| running(ctx, tx))?.opd;
    let (alasan, mut problems) = read_reason(input);
    let again = |problems: &[FieldProblem], picked: Option<&Picked>| {
        let form = frame::form_again(ctx, address(opd.id, "ganti-nama"), input).problems(problems);
        let form = reason(fields(form, &Start::default(), picked), &opd);
        let page = praja_web::page(&frame::shell(ctx), &header(&opd, RENAME), rename_page(&opd, form));
        Ok(Response::form_again(page))
    };
    let isi = match read(ctx, input, Some(&opd), &[]) {
        Ok(isi) => isi,
        Err(Again::Form(more, picked)) => {
            problems.0.splice(0..0, more);
            return again(&problems.0, picked.as_ref());
        }
        Err(Again::Problem(problem)) => return Err(problem),
    };
    check_day(&mut problems, "berlaku_dari", isi.berlaku_dari, &opd);
    if isi.nama == opd.nama {
        problems.add("nama", "Nama ini sama dengan yang sekarang. Untuk data lain pakai Ubah data OPD.");
    }
    if !problems.0.is_empty() {
        return again(&problems.0, None);
    }
    let baru = Baru { kode: isi.kode, nama: isi.nama, singkatan: isi.singkatan, jenis: isi.jenis, induk: isi.induk };
    let change = Perubahan::GantiNama { opd: opd.id, baru };
    finish(ctx, input, &opd, change, isi.berlaku_dari, alasan, "Nama baru OPD sudah berlaku.")
}

/// GET /identity/opd/{id}/gabung
pub(crate) fn merge_ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let opd = running(ctx, tx)?.opd;
    let form = frame::form(ctx, address(opd.id, "gabung"));
    Ok(frame::respond(ctx, &header(&opd, MERGE), merge_page(tx, &opd, form, None, ctx.today())?))
}

/// POST /identity/opd/{id}/gabung
pub(crate) fn merge(ctx: &Ctx, input: &Input) -> Outcome {
    let opd = ctx.read(|tx| running(ctx, tx))?.opd;
    let (alasan, mut problems) = read_reason(input);
    let picked = ctx.read(|tx| picker::resolve(input, "ke", |typed| lookup::find_offices(tx, typed, &Reach::All)))?;
    problems.0.extend(picked.problem("ke", "OPD"));
    let ke: Option<Id> = picked.value().and_then(|value| value.parse().ok());
    if picked == Picked::Nothing {
        problems.add("ke", "OPD tujuan belum dipilih.");
    }
    if let Some(ke) = ke {
        let above = ctx.read(|tx| store::above(tx, ke))?;
        if above.contains(&opd.id) {
            problems.add("ke", "OPD tujuan adalah OPD ini sendiri atau unit di bawahnya. Pilih yang lain.");
        }
    }
    let cara: Option<Cara> = problems.word("cara", "Perlakuan jabatan", input.text("cara"));
    let berlaku = problems.needed_date("berlaku", "Tanggal penggabungan", input.text("berlaku"));
    if let Some(day) = berlaku {
        check_day(&mut problems, "berlaku", day, &opd);
    }
    match (ke, cara, berlaku) {
        (Some(ke), Some(cara), Some(berlaku)) if problems.0.is_empty() => {
            let change = Perubahan::Gabung { opd: opd.id, ke, cara };
            finish(ctx, input, &opd, change, berlaku, alasan, "OPD sudah digabungkan.")
        }
        _ => {
            let form = frame::form_again(ctx, address(opd.id, "gabung"), input).problems(&problems.0);
            let page = ctx.read(|tx| merge_page(tx, &opd, form.clone(), Some(&picked), ctx.today()))?;
            Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header(&opd, MERGE), page)))
        }
    }
}

/// GET /identity/opd/{id}/tutup
pub(crate) fn close_ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let opd = running(ctx, tx)?.opd;
    let form = frame::form(ctx, address(opd.id, "tutup"));
    Ok(frame::respond(ctx, &header(&opd, CLOSE), close_page(tx, &opd, form, ctx.today())?))
}

/// POST /identity/opd/{id}/tutup
pub(crate) fn close(ctx: &Ctx, input: &Input) -> Outcome {
    let opd = ctx.read(|tx| running(ctx, tx))?.opd;
    let (alasan, mut problems) = read_reason(input);
    let berlaku = problems.needed_date("berlaku", "Tanggal penutupan", input.text("berlaku"));
    if let Some(day) = berlaku {
        check_day(&mut problems, "berlaku", day, &opd);
    }
    let again = |form: Form| {
        let page = ctx.read(|tx| close_page(tx, &opd, form.clone(), ctx.today()))?;
        Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header(&opd, CLOSE), page)))
    };
    let form = || frame::form_again(ctx, address(opd.id, "tutup"), input);
    let Some(berlaku) = berlaku.filter(|_| problems.0.is_empty()) else { return again(form().problems(&problems.0)) };
    let units = ctx.read(|tx| store::active_units(tx, opd.id))?;
    let closed = if units > 0 {
        Err(Problem::refused(Refusal::HasUnits { nama: opd.nama.clone(), jumlah: units }))
    } else {
        finish(ctx, input, &opd, Perubahan::Tutup { opd: opd.id }, berlaku, alasan, "OPD sudah ditutup.")
    };
    match closed {
        Err(Problem::Refused(refusal)) => again(form().refusal(refusal.message(), refusal.next_step())),
        other => other,
    }
}

const RENAME: (&str, &str) = ("Ganti nama OPD", "Nama baru menurut peraturan daerah. Yang lama berakhir dan tetap tercatat.");
const MERGE: (&str, &str) = ("Gabungkan ke OPD lain", "OPD ini berakhir dan dilanjutkan oleh OPD lain yang sudah ada.");
const CLOSE: (&str, &str) = ("Tutup OPD", "OPD ini berakhir tanpa penerus.");

fn finish(ctx: &Ctx, input: &Input, opd: &Opd, change: Perubahan, berlaku: Date, alasan: String, done: &str) -> Outcome {
    let back = format!("{LIST}/{}", opd.id);
    let saved = rencana::pages::decide(ctx, input, opd.id, change, berlaku, alasan, back)?;
    if berlaku > ctx.today() {
        return Ok(saved.with_notice(&format!("Perubahan direncanakan untuk {}.", tanggal_panjang(berlaku))));
    }
    Ok(saved.with_notice(done))
}

fn running(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<store::Rinci, Problem> {
    let row = show::found(ctx, tx, ctx.param("id")?)?;
    match row.opd.berlaku_sampai {
        None => Ok(row),
        Some(_) => Err(Problem::refused(Refusal::Ended { nama: row.opd.nama })),
    }
}

pub(super) fn check_day(problems: &mut Problems, field: &'static str, day: Date, opd: &Opd) {
    if day <= opd.berlaku_dari {
        let since = tanggal_panjang(opd.berlaku_dari);
        problems.add(field, format!("OPD ini baru berlaku {since}. Pilih tanggal sesudahnya."));
    }
}

pub(super) fn read_reason(input: &Input) -> (String, Problems) {
    let mut problems = Problems::default();
    let alasan = problems.needed("alasan", "Dasar hukum", input.text("alasan"), 300);
    (alasan, problems)
}

fn reason(form: Form, opd: &Opd) -> Form {
    form.field(
        Field::text("alasan", "Dasar hukum")
            .required()
            .max_length(300)
            .hint("Nomor dan tahun peraturan daerah atau peraturan bupati."),
    )
    .submit("Simpan nama baru")
    .cancel("Kembali ke OPD", format!("{LIST}/{}", opd.id))
}

fn rename_page(opd: &Opd, form: Form) -> praja_web::Markup {
    let lines = [
        "OPD lama berakhir sehari sebelum tanggal mulai berlaku; yang baru mencatatnya sebagai pendahulu dan tetap melihat berkasnya.",
        "Semua jabatan, pemegang, dan unit di bawahnya ikut berpindah. Tidak ada tugas yang tertinggal.",
        "Surat lama tetap memuat nama lama.",
        WHEN,
    ];
    decision(Tone::Info, "Yang akan terjadi", &lines, &Facts::new().add("Nama sekarang", &opd.nama), &form)
}

fn merge_page(
    tx: &mut Tx<'_>,
    opd: &Opd,
    form: Form,
    picked: Option<&Picked>,
    today: Date,
) -> Result<praja_web::Markup, Problem> {
    let facts = counted(tx, opd, today)?;
    let ways: Vec<(&str, &str)> = Cara::ALL.iter().map(|one| (one.as_str(), one.label())).collect();
    let mut target = Field::picker("ke", "OPD tujuan", "/identity/pilih/opd").required().hint("OPD yang melanjutkan.");
    if let Some(picked) = picked {
        target = target.candidates(picked.candidates());
    }
    let form = form
        .field(target)
        .field(Field::radio("cara", "Jabatan pada OPD ini", &ways).value(Cara::Pindah.as_str()).required())
        .field(Field::date("berlaku", "Tanggal penggabungan").required().value(today.to_string()).hint(WHEN))
        .field(Field::text("alasan", "Dasar hukum").required().max_length(300).hint("Nomor dan tahun peraturan daerah."))
        .submit_danger("Gabungkan OPD")
        .cancel("Kembali ke OPD", format!("{LIST}/{}", opd.id));
    let lines = [
        "OPD ini berakhir sehari sebelum tanggal penggabungan; OPD tujuan mencatatnya sebagai pendahulu dan melihat berkasnya.",
        "Unit di bawahnya dan pegawainya beralih ke OPD tujuan.",
        "Penggabungan tidak dapat dibatalkan sesudah berlaku.",
    ];
    Ok(decision(Tone::Warn, "Yang akan terjadi", &lines, &facts, &form))
}

fn close_page(tx: &mut Tx<'_>, opd: &Opd, form: Form, today: Date) -> Result<praja_web::Markup, Problem> {
    let facts = counted(tx, opd, today)?;
    let form = form
        .field(Field::date("berlaku", "Tidak ada lagi mulai tanggal").required().value(today.to_string()).hint(WHEN))
        .field(Field::text("alasan", "Dasar hukum").required().max_length(300).hint("Nomor dan tahun peraturan daerah."))
        .submit_danger("Tutup OPD")
        .cancel("Kembali ke OPD", format!("{LIST}/{}", opd.id));
    let lines = [
        "Semua jabatan OPD ini dihapus dan penugasannya berakhir sehari sebelum tanggal itu.",
        "Tidak ada OPD lain yang melihat berkasnya. Bila tugasnya dilanjutkan, pakai Gabungkan ke OPD lain.",
        "Penutupan tidak dapat dibatalkan sesudah berlaku.",
    ];
    Ok(decision(Tone::Bad, "Yang akan terjadi", &lines, &facts, &form))
}

fn counted(tx: &mut Tx<'_>, opd: &Opd, today: Date) -> Result<Facts, Problem> {
    let (posts, holders) = store::counts(tx, opd.id, today)?;
    let units = store::active_units(tx, opd.id)?;
    Ok(Facts::new()
        .add("OPD", &opd.nama)
        .add("Jabatan", posts.to_string())
        .add("Pemegang hari ini", holders.to_string())
        .add("Unit di bawahnya", units.to_string()))
}

fn header(opd: &Opd, (title, purpose): (&str, &str)) -> praja_web::PageHeader {
    show::header(opd, title, purpose)
}

fn address(id: Id, act: &str) -> String {
    format!("{LIST}/{id}/{act}")
}
