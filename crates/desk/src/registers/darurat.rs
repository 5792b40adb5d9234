//! Outage mode: the national application cannot be used, and by a decree this box numbers one of its registers until a day. Afterwards every
//! number that was given meanwhile is entered there, and its reference written down here.

pub(crate) mod pages;
mod store;

use praja_kernel::{Date, FieldProblem, Id, Moment, parse_tanggal, tanggal_panjang};
use praja_module::{Instance, Problem};
use praja_store::{Keys, Result, StoreError, Tx, audit::Entry};

use super::{Book, Nomor, Pemilik, Refusal, Register, set_owner, store as registers};

/// The longest time for which one decree may hold, in days: longer is no outage.
const LONGEST: i32 = 90;
/// Longest number of a decree, and of a reference in the national application.
const LINE: usize = 160;
/// The job that gives numbering back.
pub(crate) const JOB: &str = "desk.end-darurat";
const TABLE: &str = "desk_register";

/// A time of outage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Darurat {
    /// Identity.
    pub id: Id,
    /// The register's row.
    pub register: Id,
    /// Number of the decree.
    pub nomor: String,
    /// Its date.
    pub tanggal: Date,
    /// The last day.
    pub sampai: Date,
    /// The last place that was given before.
    pub urut_awal: i64,
    /// The last place that was given meanwhile; 0 while it lasts.
    pub urut_akhir: i64,
    /// When it began.
    pub mulai: Moment,
    /// Who began it.
    pub oleh: String,
    /// When numbering went back.
    pub selesai: Option<Moment>,
}

/// What was typed about a decree, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Keputusan {
    pub(crate) nomor: String,
    pub(crate) tanggal: Date,
    pub(crate) sampai: Date,
}

/// Reads what was typed about a decree.
pub(crate) fn read(nomor: &str, tanggal: &str, sampai: &str, today: Date) -> Result<Keputusan, Refusal> {
    let mut wrong = Vec::new();
    let nomor = nomor.split_whitespace().collect::<Vec<_>>().join(" ");
    if nomor.is_empty() || nomor.chars().count() > LINE {
        wrong.push(FieldProblem::new("nomor", "Tulis nomor keputusan yang menjadi dasarnya."));
    }
    let mut day = |field: &'static str, typed: &str| match parse_tanggal(typed) {
        Ok(day) => Some(day),
        Err(e) => {
            wrong.push(FieldProblem::new(field, e.to_string()));
            None
        }
    };
    let (tanggal, sampai) = (day("tanggal", tanggal), day("sampai", sampai));
    if tanggal.is_some_and(|day| day > today) {
        wrong.push(FieldProblem::new("tanggal", "Tanggal keputusan belum tiba. Periksa kembali tanggalnya."));
    }
    if let Some(last) = sampai {
        if last < today {
            wrong.push(FieldProblem::new("sampai", "Tanggal berakhirnya sudah lewat."));
        } else if praja_kernel::days_between(today, last) > LONGEST {
            wrong.push(FieldProblem::new(
                "sampai",
                format!("Paling lama {LONGEST} hari. Perpanjang dengan keputusan baru bila masih diperlukan."),
            ));
        }
    }
    match (tanggal, sampai) {
        (Some(tanggal), Some(sampai)) if wrong.is_empty() => Ok(Keputusan { nomor, tanggal, sampai }),
        _ => Err(Refusal::Fields(wrong)),
    }
}

/// The time of outage that a register is in.
pub fn current(tx: &mut Tx<'_>, register: Id) -> Result<Option<Darurat>> {
    Ok(store::of(tx, register)?.into_iter().find(|one| one.selesai.is_none()))
}

/// Begins it: from now on this box gives the numbers.
///
/// # Errors
/// [`Refusal::OwnNumbers`] for a register that is ours anyway; needs the register's key.
pub(crate) fn begin(tx: &mut Tx<'_>, book: &Book, decree: &Keputusan) -> Result<(), Problem> {
    let now = registers::book(tx, book.id)?.ok_or(Problem::NotFound)?;
    if now.pemilik != Pemilik::Srikandi {
        return Err(Problem::refused(Refusal::OwnNumbers));
    }
    let dasar = format!(
        "Masa darurat menurut keputusan {} tanggal {}, sampai {}",
        decree.nomor,
        tanggal_panjang(decree.tanggal),
        tanggal_panjang(decree.sampai)
    );
    set_owner(tx, &book.register(), Pemilik::Praja, &dasar)?;
    store::insert(tx, book.id, decree, now.terakhir)?;
    let act = Entry::new("desk.begin-darurat", TABLE, book.id).with("nomor", &decree.nomor).with("sampai", decree.sampai);
    Ok(tx.audit(&act)?)
}

/// Ends it: the national application gives the numbers again.
pub(crate) fn end(tx: &mut Tx<'_>, register: &Register<'_>, one: &Darurat, why: &str) -> Result<(), Problem> {
    let book = registers::book(tx, one.register)?.ok_or(Problem::NotFound)?;
    if !store::end(tx, one.id, book.terakhir)? {
        return Err(Problem::Conflict);
    }
    set_owner(tx, register, Pemilik::Srikandi, why)?;
    Ok(tx.audit(&Entry::new("desk.end-darurat", TABLE, one.register).with("nomor", &one.nomor))?)
}

/// The job: gives numbering back where the last day of a decree has passed.
pub(crate) fn run(instance: &Instance, _: &str) -> Result<()> {
    let today = instance.today();
    let due = instance.db.read(|tx| {
        let mut all = Vec::new();
        for one in store::past(tx, today)? {
            all.extend(registers::book(tx, one.register)?.map(|book| (book, one)));
        }
        Ok::<_, StoreError>(all)
    })?;
    for (book, one) in due {
        let key = book.register().lock();
        let ended = instance.db.write(&instance.by_system(JOB), Keys::of([key]), move |tx| {
            let why = format!("Masa darurat menurut keputusan {} berakhir", one.nomor);
            end(tx, &book.register(), &one, &why)
        });
        match ended {
            // Somebody ended it by hand meanwhile.
            Ok(()) | Err(Problem::Conflict) => {}
            Err(Problem::Store(e)) => return Err(e),
            Err(other) => return Err(StoreError::Corrupt(format!("{other:?}"))),
        }
    }
    Ok(())
}

/// The numbers given in times of outage that the national application does not know yet, lowest first, at most `limit`.
pub fn unknown_there(tx: &mut Tx<'_>, register: Id, limit: i64) -> Result<Vec<Nomor>> {
    let mut all = Vec::new();
    for one in store::of(tx, register)? {
        let last = if one.selesai.is_some() { one.urut_akhir } else { i64::MAX };
        all.extend(store::unknown(tx, register, one.urut_awal, last, limit)?);
    }
    all.sort_by_key(|nomor| nomor.urut);
    all.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(all)
}

/// Writes down how the national application knows a number.
pub(crate) fn reconcile(tx: &mut Tx<'_>, register: Id, urut: i64, typed: &str) -> Result<bool> {
    let typed = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if typed.is_empty() || !store::reconcile(tx, register, urut, &typed.chars().take(LINE).collect::<String>())? {
        return Ok(false);
    }
    let act = Entry::new("desk.reconcile-nomor", TABLE, register).with("urut", urut).with("srikandi", typed);
    tx.audit(&act)?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decree_has_a_number_a_day_that_has_come_and_a_last_day_that_has_not() {
        let today = Date::constant(2026, 11, 22);
        let right = read(" 100/ 2026 ", "2026-11-20", "2026-12-01", today).unwrap();
        assert_eq!((right.nomor.as_str(), right.sampai), ("100/ 2026", Date::constant(2026, 12, 1)));
        for (nomor, tanggal, sampai, field) in [
            (" ", "2026-11-20", "2026-12-01", "nomor"),
            ("1", "2026-11-23", "2026-12-01", "tanggal"),
            ("1", "kemarin dulu", "2026-12-01", "tanggal"),
            ("1", "2026-11-20", "2026-11-21", "sampai"),
            ("1", "2026-11-20", "2027-11-21", "sampai"),
            ("1", "2026-11-20", "", "sampai"),
        ] {
            let Err(Refusal::Fields(wrong)) = read(nomor, tanggal, sampai, today) else { panic!("{nomor} {tanggal} {sampai}") };
            assert!(wrong.len() == 1 && wrong[0].field == field, "{wrong:?}");
        }
    }
}
