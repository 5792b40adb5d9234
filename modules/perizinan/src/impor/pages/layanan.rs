//! Which service of ours each name of the old program means: proposed where the names are alike, confirmed by whoever imports.

use praja_desk::impor::{Payload, ask, way};
use praja_kernel::{FieldProblem, Refuse, fold};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx, audit::Entry};
use praja_web::{Field, Form, FormValues, PageHeader, frame, html, page};

use super::{LIST, address, crumbs, find, grouped};
use crate::impor::{
    Act, Impor, Refusal, TABLE, kerja,
    layanan::{self, Layanan},
    pemetaan::Pemetaan,
    store,
};

/// Stands for a name whose rows are left out.
const LEFT_OUT: &str = "-";

/// What the page needs.
struct Meja {
    impor: Impor,
    pemetaan: Pemetaan,
    services: Vec<Layanan>,
}

fn open(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Meja, Problem> {
    let impor = find(ctx, tx)?;
    impor.status.after(Act::Map, 0).map_err(Problem::refused)?;
    // The names are known once the file was checked with a mapping.
    let pemetaan = impor.pemetaan.clone().filter(|_| !impor.layanan.is_empty()).ok_or(Problem::NotFound)?;
    let services = kerja::services(tx)?;
    Ok(Meja { impor, pemetaan, services })
}

fn action(impor: &Impor) -> String {
    format!("{}/layanan", address(impor.id))
}

fn field(at: usize) -> String {
    format!("layanan_{at}")
}

/// GET /perizinan/izin/impor/{id}/layanan
pub(super) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let meja = open(ctx, tx)?;
    let mut values = FormValues::new();
    for (at, (nama, _)) in meja.impor.layanan.iter().enumerate() {
        let chosen = match meja.pemetaan.layanan.get(&fold(nama)).map(String::as_str) {
            Some("") => LEFT_OUT.to_owned(),
            Some(kode) => kode.to_owned(),
            None => layanan::likely(&meja.services, nama).map(|one| one.kode.clone()).unwrap_or_default(),
        };
        values = values.with(field(at), chosen);
    }
    Ok(Response::page(whole(ctx, &meja, frame::form(ctx, action(&meja.impor)).values(values))))
}

/// POST of the same address: keeps the pairs and asks for the check.
pub(super) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let mut meja = ctx.read(|tx| open(ctx, tx))?;
    let mut wrong = Vec::new();
    for (at, (nama, _)) in meja.impor.layanan.clone().iter().enumerate() {
        let typed = input.text(&field(at));
        if typed == LEFT_OUT {
            meja.pemetaan.layanan.insert(fold(nama), String::new());
        } else if meja.services.iter().any(|one| one.kode == typed) {
            meja.pemetaan.layanan.insert(fold(nama), typed.to_owned());
        } else {
            wrong.push(FieldProblem::new(field(at), format!("Pilih layanan untuk \"{nama}\", atau pilih tidak diimpor.")));
        }
    }
    if !wrong.is_empty() {
        let refusal = Refusal::Fields(wrong);
        let form = frame::form_again(ctx, action(&meja.impor), input)
            .refusal(refusal.message(), refusal.next_step())
            .problems(&refusal.fields());
        return Ok(Response::form_again(whole(ctx, &meja, form)));
    }
    let (impor, pemetaan) = (meja.impor, meja.pemetaan);
    let to = impor.status.after(Act::Map, 0).map_err(Problem::refused)?;
    ctx.submit(input, Keys::none(), move |tx| {
        store::keep_mapping(tx, impor.id, &pemetaan)?;
        // A profile of this shape learns the pairs, too.
        for profil in store::profiles(tx, impor.opd)? {
            if profil.pemetaan.sumber == pemetaan.sumber {
                let taught = Pemetaan { layanan: pemetaan.layanan.clone(), ..profil.pemetaan };
                store::keep_profile(tx, impor.opd, &profil.nama, &taught)?;
            }
        }
        if !store::move_on(tx, impor.id, impor.status, to, None)? {
            return Err(Problem::Conflict);
        }
        tx.audit(&Entry::new("perizinan.pair-impor", TABLE, impor.id).with("layanan", impor.layanan.len()))?;
        ask(tx, kerja::CHECK, &Payload::of(impor.id))?;
        Ok(format!("{LIST}/{}", impor.id))
    })
}

fn whole(ctx: &Ctx, meja: &Meja, form: Form) -> String {
    let mut options = vec![(String::new(), "Belum dipilih".to_owned()), (LEFT_OUT.to_owned(), "Tidak diimpor".to_owned())];
    options.extend(meja.services.iter().map(|one| (one.kode.clone(), one.nama.clone())));
    let mut form = form.guard();
    for (at, (nama, rows)) in meja.impor.layanan.iter().enumerate() {
        form = form.field(Field::select(field(at), nama.clone(), &options).hint(format!("{} baris", grouped(*rows))).required());
    }
    let form = form.submit("Simpan dan periksa lagi").cancel("Kembali ke hasil", address(meja.impor.id));
    let header = crumbs(PageHeader::new("Nama layanan lama").purpose(
        "Pilih layanan Anda untuk setiap nama pada berkas. Yang namanya mirip sudah dipilihkan; periksa satu per satu.",
    ))
    .crumb(meja.impor.berkas.as_str(), address(meja.impor.id));
    page(&frame::shell(ctx), &header, html! { (way(2)) (form) })
}
