//! The screens of a penugasan: begin, change, end, move.

pub(crate) mod begin;
pub(crate) mod close;
pub(crate) mod edit;
pub(crate) mod limits;
pub(crate) mod relocate;
pub(crate) mod show;

use praja_kernel::Id;
use praja_module::{Ctx, Input, Problem};
use praja_store::Tx;
use praja_web::{Field, Form, picker::Picked};

use super::{Jenis, store::Found};
use crate::opd::reach;

/// The address of one penugasan.
pub(crate) fn at(id: Id) -> String {
    format!("/identity/penugasan/{id}")
}

/// One penugasan at a post that the asker administers; others' look as if they were not there.
pub(crate) fn found(ctx: &Ctx, tx: &mut Tx<'_>, id: Id) -> Result<Found, Problem> {
    let row = super::store::row(tx, id)?.ok_or(Problem::NotFound)?;
    if reach(ctx, tx)?.has(row.opd) { Ok(row) } else { Err(Problem::NotFound) }
}

/// The `versi` that the form carries.
pub(crate) fn versi(input: &Input) -> Result<i64, Problem> {
    input.text("versi").parse().map_err(|_| Problem::Unreadable("formulir ini tidak lengkap"))
}

/// The fields that say how and when a post is held. `today` stands in the first day of a new one.
pub(crate) fn terms(form: Form, start: Option<&Terms>) -> Form {
    let kinds: Vec<(&str, &str)> = Jenis::ALL
        .iter()
        .map(|one| {
            let label = match one {
                Jenis::Definitif => "Definitif: diangkat dalam jabatan",
                Jenis::Pj => "Pj.: penjabat kepala daerah, sekda, atau kepala desa",
                Jenis::Plt => "Plt.: jabatan kosong",
                Jenis::Plh => "Plh.: pejabatnya berhalangan sementara",
            };
            (one.as_str(), label)
        })
        .collect();
    let (jenis, mulai, sampai, dasar) = match start {
        Some(terms) => (terms.jenis.as_str(), terms.mulai.as_str(), terms.sampai.as_str(), terms.dasar.as_str()),
        None => (Jenis::Definitif.as_str(), "", "", ""),
    };
    form.field(Field::radio("jenis", "Cara memegang jabatan", &kinds).value(jenis).required())
        .field(Field::date("mulai", "Hari pertama").required().value(mulai))
        .field(
            Field::date("sampai", "Hari terakhir")
                .value(sampai)
                .hint("Wajib untuk Pj., Plt., dan Plh.; hari itu masih berlaku. Kosongkan untuk definitif tanpa batas waktu."),
        )
        .field(Field::text("dasar", "Dasar penugasan").max_length(200).value(dasar).hint("Nomor keputusan atau surat perintah."))
}

/// What stands in the fields at first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Terms {
    pub(crate) jenis: Jenis,
    pub(crate) mulai: String,
    pub(crate) sampai: String,
    pub(crate) dasar: String,
}

/// The picker of a person.
pub(crate) fn person(name: &'static str, label: &str, picked: Option<&Picked>) -> Field {
    let field = Field::picker(name, label, "/identity/pilih/orang").hint("Ketik sebagian nama, atau angka awal NIP.");
    match picked {
        Some(picked) => field.candidates(picked.candidates()),
        None => field,
    }
}
