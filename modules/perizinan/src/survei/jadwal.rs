//! Another day for a survey that was set: the back office moves it with a reason that the applicant reads.

use praja_kernel::{FieldProblem, Id, parse_tanggal, tanggal_panjang};
use praja_module::{Ctx, Input, Outcome, Problem};
use praja_store::{Tx, audit::Entry};

use super::{present, store};
use crate::{
    TABLE,
    alur::{Langkah, Meja, Status},
    meja::{
        aksi::{again as back, is_hour, is_past, note, surveyors},
        href, keys, seen,
    },
    pengawasan,
    permohonan::{
        Permohonan, Refusal, kabar, store as berkas,
        write::{self, Kerja},
    },
};

/// POST /perizinan/izin/{id}/jadwal-ulang
pub(super) fn again(ctx: &Ctx, input: &Input) -> Outcome {
    let (one, _) = ctx.read(|tx| seen(ctx, tx))?;
    if one.status != Status::SurveiDijadwalkan || !ctx.scope()?.covers_opd(one.opd) {
        return Err(Problem::refused(crate::alur::NotNow { langkah: Langkah::JadwalkanSurvei, status: one.status }));
    }
    let mut problems = Vec::new();
    let day = parse_tanggal(input.text("tanggal_baru"))
        .map_err(|e| problems.push(FieldProblem::new("tanggal_baru", e.to_string())))
        .ok();
    if day.is_some_and(|day| day < ctx.today()) {
        problems.push(FieldProblem::new("tanggal_baru", "Tanggal itu sudah lewat. Pilih hari ini atau sesudahnya."));
    }
    let jam = input.text("jam_baru").to_owned();
    if !is_hour(&jam) {
        problems.push(FieldProblem::new("jam_baru", "Tulis jam seperti 09.30."));
    } else if is_past(ctx, day, &jam) {
        problems.push(FieldProblem::new("jam_baru", "Jam itu sudah lewat hari ini."));
    }
    let alasan = note(input, "alasan_jadwal");
    if alasan.chars().count() < 10 {
        problems.push(FieldProblem::new("alasan_jadwal", "Tulis alasannya kepada pemohon, paling sedikit 10 huruf."));
    }
    let mut team: Vec<Id> = input.all("petugas_baru").iter().filter_map(|id| id.parse().ok()).collect();
    team.sort_unstable();
    team.dedup();
    if team.len() == 1 {
        problems
            .push(FieldProblem::new("petugas_baru", "Pilih paling sedikit dua petugas: satu orang tidak memeriksa sendirian."));
    }
    let Some(day) = day.filter(|_| problems.is_empty()) else { return back(ctx, input, &Refusal::Fields(problems)) };
    let mine = ctx.clone();
    let response = ctx.submit(input, keys(&one), move |tx| {
        let (mut one, _) = seen(&mine, tx)?;
        let (survei, _) = present(tx, one.id)?.ok_or(Problem::NotFound)?;
        if one.status != Status::SurveiDijadwalkan || !store::move_to(tx, &survei, day, &jam)? {
            return Err(Problem::Conflict);
        }
        let kerja = Kerja::of(&mine, tx)?;
        if let Some(chosen) = chosen(tx, &kerja, &one, &team)? {
            store::set_team(tx, survei.id, &chosen)?;
            one.petugas_nama = super::names(&store::officers(tx, survei.id)?);
            if !berkas::update(tx, &one)? {
                return Err(Problem::Conflict);
            }
            one.versi += 1;
        }
        let by = tx.by()?.actor.clone();
        let words = format!("Pemeriksaan lapangan dipindah ke {} pukul {jam}. {alasan}", tanggal_panjang(day));
        let step = berkas::Riwayat {
            langkah: Langkah::JadwalkanSurvei,
            dari: one.status,
            ke: one.status,
            meja: Meja::Pemeriksa,
            pada: tx.now()?,
            tanggal: mine.today(),
            oleh: by.key(),
            oleh_nama: by.nama().to_owned(),
            kode: "jadwal-ulang".into(),
            lompat: String::new(),
            catatan: words,
            umum: true,
        };
        berkas::add_step(tx, one.id, &step)?;
        pengawasan::rantai::step(tx, &one, &step)?;
        kabar::survey(tx, &one, true)?;
        // Everybody of the team reads the new day in the inbox.
        write::hand_over(tx, &one)?;
        tx.audit(&Entry::new("perizinan.reschedule-survei", TABLE, one.id).with("nomor", one.sebutan()).because(&alasan))?;
        Ok::<_, Problem>(href(&one, ""))
    });
    match response {
        Ok(response) => Ok(response.with_notice("Jadwal baru disimpan; pemohon diberi tahu.")),
        Err(Problem::Refused(refusal)) => back(ctx, input, &*refusal),
        Err(other) => Err(other),
    }
}

/// Who goes instead: of those who may, at least two. None where the team stays as it is.
fn chosen(tx: &mut Tx<'_>, kerja: &Kerja, one: &Permohonan, team: &[Id]) -> Result<Option<Vec<(Id, String)>>, Problem> {
    if team.is_empty() {
        return Ok(None);
    }
    let mut chosen = Vec::new();
    for (orang, nama) in surveyors(tx, kerja, one)?.into_iter().filter(|(orang, _)| team.contains(orang)) {
        if write::barred(tx, one, orang)?.is_none() {
            chosen.push((orang, nama));
        }
    }
    if chosen.len() < 2 {
        let problem = FieldProblem::new("petugas_baru", "Pilih paling sedikit dua petugas dari daftar.");
        return Err(Problem::refused(Refusal::Fields(vec![problem])));
    }
    Ok(Some(chosen))
}
