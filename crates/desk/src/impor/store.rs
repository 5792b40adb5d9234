//! The SQL that every import shares. Each module has tables of its own, of one shape; the statements are written here once and made for the
//! name of its table when the module is compiled, so that none is put together while the program runs.

use praja_kernel::{Id, Moment, UnknownWord};
use praja_store::{Result, Row, StoreError};

/// A reading kept for the next file of an OPD.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profil<P> {
    /// The profile.
    pub id: Id,
    /// What it is called.
    pub nama: String,
    /// Which column holds what.
    pub pemetaan: P,
    /// Who kept it.
    pub oleh: String,
    /// When.
    pub dibuat: Moment,
}

/// A part of an import as it is stored.
///
/// # Errors
/// When it cannot be written as JSON, which a test of its shape rules out.
pub fn written<T: serde::Serialize + ?Sized>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|e| StoreError::Corrupt(format!("a part of an import: {e}")))
}

/// The same, read again.
///
/// # Errors
/// When it was kept by another release in another form.
pub fn parsed<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|e| StoreError::Corrupt(format!("a part of an import: {e}")))
}

/// A word of a column.
///
/// # Errors
/// When it is none of its kind.
pub fn word<T: std::str::FromStr<Err = UnknownWord>>(row: &Row<'_>, at: usize) -> Result<T> {
    row.get::<String>(at)?.parse().map_err(|e: UnknownWord| StoreError::Corrupt(e.to_string()))
}

/// A place or a limit as a number of the engine.
pub fn place(at: usize) -> i64 {
    i64::try_from(at).unwrap_or(i64::MAX)
}

/// Makes the functions that every import needs of its store, for the tables `<name>`, `<name>_masalah`, `<name>_baris` and `<name>_profil`, and
/// the type of its mapping. What a row holds, and what the check counts, stays with the module.
#[macro_export]
macro_rules! import_store {
    ($table:literal, $mapping:ty) => {
        /// Moves an import on; says whether it was still in `from`.
        pub(crate) fn move_on(
            tx: &mut ::praja_store::Tx<'_>,
            id: ::praja_kernel::Id,
            from: $crate::impor::Status,
            to: $crate::impor::Status,
            catatan: Option<&str>,
        ) -> ::praja_store::Result<bool> {
            let now = tx.now()?;
            let changed = tx.exec(
                concat!(
                    "UPDATE ",
                    $table,
                    " SET status = ?3, catatan = ?4, diubah = ?5, maju = 0, dari = 0, versi = versi + 1 WHERE id = ?1 AND status = ?2"
                ),
                ::praja_store::params![id, from.as_str(), to.as_str(), catatan, now],
            )?;
            Ok(changed == 1)
        }

        /// Keeps the first rows of each sheet.
        pub(crate) fn keep_samples(
            tx: &mut ::praja_store::Tx<'_>,
            id: ::praja_kernel::Id,
            contoh: &[::praja_web::lembar::contoh::Contoh],
        ) -> ::praja_store::Result<()> {
            let text = $crate::impor::store::written(contoh)?;
            tx.exec(concat!("UPDATE ", $table, " SET contoh = ?2 WHERE id = ?1"), ::praja_store::params![id, text])?;
            Ok(())
        }

        /// The first rows of each sheet.
        pub(crate) fn samples(
            tx: &mut ::praja_store::Tx<'_>,
            id: ::praja_kernel::Id,
        ) -> ::praja_store::Result<Vec<::praja_web::lembar::contoh::Contoh>> {
            let text: String =
                tx.scalar(concat!("SELECT contoh FROM ", $table, " WHERE id = ?1"), ::praja_store::params![id])?;
            $crate::impor::store::parsed(&text)
        }

        /// Says which sheet is read and where its headings stand.
        pub(crate) fn choose(
            tx: &mut ::praja_store::Tx<'_>,
            id: ::praja_kernel::Id,
            lembar: &str,
            kepala: u32,
        ) -> ::praja_store::Result<()> {
            tx.exec(
                concat!("UPDATE ", $table, " SET lembar = ?2, kepala = ?3 WHERE id = ?1"),
                ::praja_store::params![id, lembar, i64::from(kepala)],
            )?;
            Ok(())
        }

        /// Says which column holds what.
        pub(crate) fn keep_mapping(
            tx: &mut ::praja_store::Tx<'_>,
            id: ::praja_kernel::Id,
            pemetaan: &$mapping,
        ) -> ::praja_store::Result<()> {
            let text = $crate::impor::store::written(pemetaan)?;
            tx.exec(concat!("UPDATE ", $table, " SET pemetaan = ?2 WHERE id = ?1"), ::praja_store::params![id, text])?;
            Ok(())
        }

        /// Notes how far the work is.
        pub(crate) fn progress(
            tx: &mut ::praja_store::Tx<'_>,
            id: ::praja_kernel::Id,
            maju: i64,
            dari: i64,
        ) -> ::praja_store::Result<()> {
            tx.exec(
                concat!("UPDATE ", $table, " SET maju = ?2, dari = ?3 WHERE id = ?1"),
                ::praja_store::params![id, maju, dari],
            )?;
            Ok(())
        }

        /// Keeps problems from place `from` on.
        pub(crate) fn insert_problems(
            tx: &mut ::praja_store::Tx<'_>,
            id: ::praja_kernel::Id,
            from: usize,
            list: &[::praja_web::lembar::Masalah],
        ) -> ::praja_store::Result<()> {
            for (at, one) in list.iter().enumerate() {
                let urut = $crate::impor::store::place(from + at);
                tx.exec(
                    concat!(
                        "INSERT INTO ",
                        $table,
                        "_masalah (impor, urut, baris, kolom, isi, pesan, saran) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
                    ),
                    ::praja_store::params![id, urut, i64::from(one.baris), &one.kolom, &one.isi, &one.pesan, &one.saran],
                )?;
            }
            Ok(())
        }

        /// Problems after a place, at most `limit`, with their places.
        pub(crate) fn problems(
            tx: &mut ::praja_store::Tx<'_>,
            id: ::praja_kernel::Id,
            after: i64,
            limit: usize,
        ) -> ::praja_store::Result<Vec<(i64, ::praja_web::lembar::Masalah)>> {
            tx.list(
                concat!(
                    "SELECT urut, baris, kolom, isi, pesan, saran FROM ",
                    $table,
                    "_masalah WHERE impor = ?1 AND urut > ?2 ORDER BY urut LIMIT ?3"
                ),
                ::praja_store::params![id, after, $crate::impor::store::place(limit)],
                |row| {
                    let masalah = ::praja_web::lembar::Masalah {
                        baris: u32::try_from(row.get::<i64>(1)?).unwrap_or(u32::MAX),
                        kolom: row.get(2)?,
                        isi: row.get(3)?,
                        pesan: row.get(4)?,
                        saran: row.get(5)?,
                    };
                    Ok((row.get(0)?, masalah))
                },
            )
        }

        /// Removes staged rows and problems whose places lie below `below`; how many went.
        pub(crate) fn remove_some(
            tx: &mut ::praja_store::Tx<'_>,
            id: ::praja_kernel::Id,
            below: i64,
        ) -> ::praja_store::Result<u64> {
            let rows = tx.exec(
                concat!("DELETE FROM ", $table, "_baris WHERE impor = ?1 AND urut < ?2"),
                ::praja_store::params![id, below],
            )?;
            let problems = tx.exec(
                concat!("DELETE FROM ", $table, "_masalah WHERE impor = ?1 AND urut < ?2"),
                ::praja_store::params![id, below],
            )?;
            Ok(rows + problems)
        }

        /// The oldest import that rests since before a moment and whose staged rows still lie there.
        pub(crate) fn to_clean(
            tx: &mut ::praja_store::Tx<'_>,
            before: i64,
        ) -> ::praja_store::Result<Option<::praja_kernel::Id>> {
            tx.opt(
                concat!(
                    "SELECT id FROM ",
                    $table,
                    " WHERE dibersihkan = FALSE AND diubah < ?1 ORDER BY diubah, id LIMIT 1"
                ),
                ::praja_store::params![before],
                |row| row.get(0),
            )
        }

        /// Notes that nothing staged is left; the samples go, too.
        pub(crate) fn mark_clean(tx: &mut ::praja_store::Tx<'_>, id: ::praja_kernel::Id) -> ::praja_store::Result<()> {
            tx.exec(
                concat!("UPDATE ", $table, " SET dibersihkan = TRUE, contoh = '[]' WHERE id = ?1"),
                ::praja_store::params![id],
            )?;
            Ok(())
        }

        /// The profiles of an OPD by name. It has a handful.
        pub(crate) fn profiles(
            tx: &mut ::praja_store::Tx<'_>,
            opd: ::praja_kernel::Id,
        ) -> ::praja_store::Result<Vec<$crate::impor::Profil<$mapping>>> {
            tx.list(
                concat!(
                    "SELECT id, nama, pemetaan, oleh_nama, dibuat FROM ",
                    $table,
                    "_profil WHERE opd = ?1 ORDER BY nama_fold LIMIT 100"
                ),
                ::praja_store::params![opd],
                |row| {
                    Ok($crate::impor::Profil {
                        id: row.get(0)?,
                        nama: row.get(1)?,
                        pemetaan: $crate::impor::store::parsed(&row.get::<String>(2)?)?,
                        oleh: row.get(3)?,
                        dibuat: row.get(4)?,
                    })
                },
            )
        }

        /// Keeps a profile; one of the same name is replaced.
        pub(crate) fn keep_profile(
            tx: &mut ::praja_store::Tx<'_>,
            opd: ::praja_kernel::Id,
            nama: &str,
            pemetaan: &$mapping,
        ) -> ::praja_store::Result<()> {
            let (id, by) = (tx.new_id()?, tx.by()?);
            let text = $crate::impor::store::written(pemetaan)?;
            tx.exec(
                concat!(
                    "INSERT INTO ",
                    $table,
                    "_profil (id, opd, nama, nama_fold, pemetaan, oleh_nama, dibuat) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                     ON CONFLICT (opd, nama_fold) DO UPDATE SET nama = excluded.nama, pemetaan = excluded.pemetaan,
                        oleh_nama = excluded.oleh_nama, dibuat = excluded.dibuat, versi = ",
                    $table,
                    "_profil.versi + 1"
                ),
                ::praja_store::params![id, opd, nama, ::praja_kernel::fold(nama), text, by.actor.nama(), by.at],
            )?;
            Ok(())
        }

        /// Removes a profile: a habit, not a record. `None` when there is no such one.
        pub(crate) fn remove_profile(
            tx: &mut ::praja_store::Tx<'_>,
            opd: ::praja_kernel::Id,
            id: ::praja_kernel::Id,
        ) -> ::praja_store::Result<Option<String>> {
            let nama = tx.opt(
                concat!("SELECT nama FROM ", $table, "_profil WHERE id = ?1 AND opd = ?2"),
                ::praja_store::params![id, opd],
                |row| row.get(0),
            )?;
            tx.exec(
                concat!("DELETE FROM ", $table, "_profil WHERE id = ?1 AND opd = ?2"),
                ::praja_store::params![id, opd],
            )?;
            Ok(nama)
        }
    };
}
