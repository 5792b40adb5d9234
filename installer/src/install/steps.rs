//! The steps of an installation for work that need the rest of the program.

use std::{path::Path, time::Duration};

use praja_deploy::{Answers, Jenis, Step};

use crate::{box_::Operations, try_::steps};

/// How long a database server may take to prove itself.
const DEADLINE: Duration = Duration::from_secs(10);
/// Steps of a trial that have no place where people work.
const TRIAL: [&str; 3] = ["data-contoh", "akun-contoh", "cuplikan"];

/// The steps, in their order.
pub(super) fn external<'a>(root: &Path, answers: &Answers, operations: &'a dyn Operations) -> Vec<Step<'a>> {
    let mut all = steps::external(root, answers, operations);
    if answers.jenis == Jenis::Asli {
        all.retain(|step| !TRIAL.contains(&step.id.as_str()));
    }
    let Some(url) = answers.basis_data.clone() else { return all };
    let before = all.iter().position(|step| step.id == "tabel").unwrap_or(all.len());
    all.insert(
        before,
        steps::step(
            "basis-data",
            "Membuktikan basis data",
            format!("{} (menulis, menyimpan, membaca kembali)", steps::server_name(&url)),
            Box::new(|| operations.is_migrated()),
            Box::new(move || Ok(praja_store::prove_postgres(&url, DEADLINE)?)),
        ),
    );
    all
}
