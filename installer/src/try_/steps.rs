use std::{path::Path, time::SystemTime};

use praja_deploy::{Answers, Files, LocalFiles, Obstacle, Step};
use praja_kernel::{Clock, Moment, Zona};

use super::ACCOUNTS;
use crate::{
    account,
    box_::{DemoRequest, Operations},
    region,
};

/// The system's clock, for the journal.
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Moment {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        Moment(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

pub(crate) type Act<'a> = Box<dyn Fn() -> anyhow::Result<()> + 'a>;
pub(crate) type Question<'a> = Box<dyn Fn() -> anyhow::Result<bool> + 'a>;

/// The steps that need the rest of the program, in their order.
pub(crate) fn external<'a>(root: &Path, answers: &Answers, operations: &'a dyn Operations) -> Vec<Step<'a>> {
    let at = |name: &str| root.join(name).display().to_string();
    // Answers written by hand name no day; those of a trial always do.
    let jangkar = answers.jangkar.unwrap_or_else(|| Zona::of_region(&answers.wilayah.kode).date(SystemClock.now()));
    let request = DemoRequest { wilayah: answers.wilayah.clone(), skala: answers.skala, jangkar };
    let database = answers.basis_data.as_deref().map_or_else(|| at("data/praja.db"), server_name);
    let file = root.join(ACCOUNTS);
    let seen = file.clone();
    let folder = root.join("config/region");
    let (marked, wilayah) = (folder.join("wilayah.csv"), answers.wilayah.clone());
    vec![
        step(
            "paket-daerah",
            "Menyalin paket daerah",
            at("config/region/"),
            // The list of places is written last; a pack that was written on since is never overwritten.
            Box::new(move || Ok(LocalFiles.read(&marked)?.is_some())),
            Box::new(move || {
                let (paket, places) = region::pack(&wilayah)?;
                LocalFiles.make_folder(&folder, 0o755)?;
                LocalFiles.write(&folder.join("paket.yaml"), paket.as_bytes(), 0o644)?;
                Ok(LocalFiles.write(&folder.join("wilayah.csv"), places.as_bytes(), 0o644)?)
            }),
        ),
        step("kunci", "Membuat kunci", at("keys/"), Box::new(|| operations.keys_exist()), Box::new(|| operations.create_keys())),
        step(
            "tabel",
            "Menyiapkan basis data",
            database.clone(),
            Box::new(|| operations.is_migrated()),
            Box::new(|| operations.migrate()),
        ),
        step(
            "data-contoh",
            "Mengisi daerah contoh",
            database,
            Box::new(|| operations.demo_exists()),
            Box::new(move || operations.load_demo(&request)),
        ),
        step(
            "akun-contoh",
            "Membuat akun contoh",
            at(ACCOUNTS),
            Box::new(move || Ok(LocalFiles.read(&seen)?.is_some())),
            // Passwords are drawn anew until the file that tells them is whole on the disk.
            Box::new(move || Ok(LocalFiles.write(&file, account::write(&operations.draw_accounts()?).as_bytes(), 0o600)?)),
        ),
        step(
            "cuplikan",
            "Menyimpan keadaan awal",
            at("data/"),
            Box::new(|| operations.snapshot_exists()),
            Box::new(|| operations.snapshot()),
        ),
    ]
}

/// A step that asks and acts without looking at the files of the plan.
pub(crate) fn step<'a>(id: &str, title: &str, touches: String, is_done: Question<'a>, act: Act<'a>) -> Step<'a> {
    let (asked, named) = (title.to_owned(), title.to_owned());
    Step::new(
        id,
        title,
        vec![touches],
        move |_| is_done().map_err(|error| failed(&asked, error)),
        move |_, _| act().map_err(|error| failed(&named, error)),
    )
}

fn failed(title: &str, error: anyhow::Error) -> Obstacle {
    error
        .downcast::<Obstacle>()
        // Kept whole, so that each layer can still be told in Indonesian.
        .unwrap_or_else(|error| Obstacle::StepFailed {
            title: title.to_owned(),
            source: error.reallocate_into_boxed_dyn_error_without_backtrace(),
        })
}

/// The server and database of a connection text, never its password.
pub(crate) fn server_name(url: &str) -> String {
    let Some((_, rest)) = url.split_once("://") else {
        let shown = |word: &&str| ["host=", "port=", "dbname="].iter().any(|name| word.starts_with(name));
        return format!("PostgreSQL {}", url.split_whitespace().filter(shown).collect::<Vec<_>>().join(" "));
    };
    let place = rest.split('?').next().unwrap_or_default();
    format!("PostgreSQL {}", place.rsplit_once('@').map_or(place, |(_, place)| place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_named_without_its_password() {
        assert_eq!(server_name("postgres://praja:r@hasia@db.lokal:5433/praja?sslmode=require"), "PostgreSQL db.lokal:5433/praja");
        assert_eq!(server_name("postgresql://db/praja"), "PostgreSQL db/praja");
        assert_eq!(server_name("host=db password=rahasia dbname=praja"), "PostgreSQL host=db dbname=praja");
    }
}
