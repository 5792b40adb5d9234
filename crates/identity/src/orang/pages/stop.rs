use praja_kernel::{Id, Refuse, tanggal_panjang};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx, audit::Entry};
use praja_web::{Facts, Field, Form, Tone, decision, frame};

use super::{LIST, show};
use crate::{
    opd::Reach,
    orang::{Refusal, leave, rules, store},
    penugasan::{
        acts::{self, Asker},
        display_name,
        midnight::key,
        store as held,
    },
};

/// GET /identity/orang/{id}/berhenti
pub(crate) fn ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let id: Id = ctx.param("id")?;
    let form = frame::form(ctx, format!("{LIST}/{id}/berhenti"));
    Ok(Response::page(page(ctx, tx, form)?))
}

/// POST /identity/orang/{id}/berhenti: every post ends with the last day, and the account is closed after it.
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let id: Id = ctx.param("id")?;
    let today = ctx.today();
    let versi: i64 = input.text("versi").parse().map_err(|_| Problem::Unreadable("formulir ini tidak lengkap"))?;
    let (last, sebab) = match rules::leave(input.text("berhenti"), input.text("sebab"), today) {
        Ok(read) => read,
        Err(problems) => return again(ctx, input, &Refusal::Fields(problems)),
    };
    let (asker, scope, zona) = (Asker::of(ctx)?, ctx.scope()?.clone(), ctx.instance().zona);
    if scope.actor.id() == Some(id) {
        return again(ctx, input, &Refusal::Oneself);
    }
    let posts = ctx.read(|tx| held::of_person_held(tx, id))?;
    let keys = Keys::of(posts.iter().map(|one| key(one.jabatan)));
    let saved = ctx.submit(input, keys, move |tx| {
        let person = store::get(tx, id)?.ok_or(Problem::NotFound)?;
        let reach = Reach::of(tx, &scope)?;
        show::within(&reach, &person)?;
        if let Some(berhenti) = person.berhenti.filter(|day| *day < today) {
            return Err(Problem::refused(Refusal::Gone { nama: person.nama_lengkap, berhenti }));
        }
        if !store::set_leave(tx, id, versi, Some(last), Some(&sebab))? {
            return Err(Problem::Conflict);
        }
        let ended = acts::end_all_of(tx, &asker, id, last, &sebab)?;
        leave::close_after(tx, id, last, today, zona)?;
        let entry = Entry::new("identity.end-orang", "identity_orang", id)
            .with("nama", &person.nama_lengkap)
            .with("berhenti", last)
            .with("penugasan_diakhiri", ended);
        tx.audit(&entry.because(&sebab))?;
        Ok(format!("{LIST}/{id}"))
    });
    match saved {
        Ok(response) => Ok(response.with_notice(&format!("Hari kerja terakhir dicatat: {}.", tanggal_panjang(last)))),
        Err(Problem::Refused(refusal)) => again(ctx, input, &*refusal),
        Err(other) => Err(other),
    }
}

/// POST /identity/orang/{id}/kembali: somebody who had left works here again; posts are given anew.
pub(crate) fn back(ctx: &Ctx, input: &Input) -> Outcome {
    let (id, scope): (Id, _) = (ctx.param("id")?, ctx.scope()?.clone());
    let versi: i64 = input.text("versi").parse().map_err(|_| Problem::Unreadable("formulir ini tidak lengkap"))?;
    let saved = ctx.submit(input, Keys::none(), move |tx| {
        let person = store::get(tx, id)?.ok_or(Problem::NotFound)?;
        let reach = Reach::of(tx, &scope)?;
        show::within(&reach, &person)?;
        if !store::set_leave(tx, id, versi, None, None)? {
            return Err(Problem::Conflict);
        }
        leave::reopen(tx, id)?;
        tx.audit(&Entry::new("identity.return-orang", "identity_orang", id).with("nama", &person.nama_lengkap))?;
        Ok(format!("{LIST}/{id}"))
    })?;
    Ok(saved.with_notice("Pegawai dicatat bekerja kembali. Tugaskan pada jabatannya."))
}

fn again(ctx: &Ctx, input: &Input, refusal: &dyn Refuse) -> Outcome {
    let id: Id = ctx.param("id")?;
    let mut form = frame::form_again(ctx, format!("{LIST}/{id}/berhenti"), input).problems(&refusal.fields());
    if refusal.fields().is_empty() {
        form = form.refusal(refusal.message(), refusal.next_step());
    }
    Ok(Response::form_again(ctx.read(|tx| page(ctx, tx, form.clone()))?))
}

fn page(ctx: &Ctx, tx: &mut Tx<'_>, form: Form) -> Result<String, Problem> {
    let (person, today) = (show::owned(ctx, tx, ctx.param("id")?)?, ctx.today());
    if let Some(berhenti) = person.berhenti.filter(|day| *day < today) {
        return Err(Problem::refused(Refusal::Gone { nama: person.nama_lengkap, berhenti }));
    }
    let open = held::of_person_held(tx, person.id)?;
    let names: Vec<String> = open
        .iter()
        .filter(|one| !one.is_called_off() && one.sampai.is_none_or(|last| last >= today))
        .map(|one| display_name(one.jenis, &one.jabatan_nama))
        .collect();
    let posts = if names.is_empty() {
        "Tidak ada jabatan yang dilepas: pegawai ini tidak memegang jabatan.".to_owned()
    } else {
        format!("Jabatan yang dilepas: {}.", names.join(", "))
    };
    let lines = [
        posts.as_str(),
        "Kotak masuk dan tugas jabatan menunggu pada jabatan itu sampai ada penggantinya.",
        "Akunnya ditutup sesudah hari terakhir. Riwayat tetap memuat namanya.",
    ];
    let form = form
        .hidden("versi", person.versi.to_string())
        .field(Field::date("berhenti", "Hari kerja terakhir").required().value(today.to_string()))
        .field(
            Field::text("sebab", "Sebab")
                .required()
                .max_length(200)
                .hint("Misalnya: pensiun, pindah ke instansi lain, meninggal dunia."),
        )
        .submit_danger("Catat berhenti bekerja")
        .cancel("Kembali ke pegawai", format!("{LIST}/{}", person.id));
    let header = show::header(&person, "Catat berhenti bekerja", "Pegawai melepas semua jabatannya sesudah hari terakhir.");
    let facts = Facts::new().add("Pegawai", &person.nama_lengkap).add("Jenis pegawai", person.jenis.label());
    Ok(praja_web::page(&frame::shell(ctx), &header, decision(Tone::Warn, "Yang akan terjadi", &lines, &facts, &form)))
}
