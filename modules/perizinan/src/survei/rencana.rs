//! Day, hour and team of a survey as the back office types them, the first time and when it is moved.

use praja_kernel::{Date, FieldProblem, Id, parse_tanggal};
use praja_module::{Ctx, Input, Problem};
use praja_store::Tx;

use crate::permohonan::{Permohonan, Refusal, giliran, write::Kerja};

/// The names of the fields in a form.
pub(crate) struct Isian {
    pub(crate) tanggal: &'static str,
    pub(crate) jam: &'static str,
    pub(crate) petugas: &'static str,
}

/// Those of the first plan.
pub(crate) const PERTAMA: Isian = Isian { tanggal: "tanggal", jam: "jam", petugas: "petugas" };
/// Those of a plan that is moved.
pub(crate) const ULANG: Isian = Isian { tanggal: "tanggal_baru", jam: "jam_baru", petugas: "petugas_baru" };

/// What was typed; none of a day that cannot be read.
pub(crate) struct Rencana {
    pub(crate) tanggal: Option<Date>,
    pub(crate) jam: String,
    pub(crate) petugas: Vec<Id>,
}

/// Reads a plan, and adds what is wrong with it beside its fields. How many go is asked by the caller of a team that may stay as it is.
pub(crate) fn read(ctx: &Ctx, input: &Input, isian: &Isian, problems: &mut Vec<FieldProblem>) -> Rencana {
    let tanggal =
        parse_tanggal(input.text(isian.tanggal)).map_err(|e| problems.push(FieldProblem::new(isian.tanggal, e.to_string()))).ok();
    if tanggal.is_some_and(|day| day < ctx.today()) {
        problems.push(FieldProblem::new(isian.tanggal, "Tanggal itu sudah lewat. Pilih hari ini atau sesudahnya."));
    }
    let jam = input.text(isian.jam).to_owned();
    match minute(&jam) {
        None => problems.push(FieldProblem::new(isian.jam, "Tulis jam seperti 09.30.")),
        Some(minute) => {
            let now = ctx.instance().zona.local(ctx.now()).time();
            if tanggal == Some(ctx.today()) && minute < i32::from(now.hour()) * 60 + i32::from(now.minute()) {
                problems.push(FieldProblem::new(isian.jam, "Jam itu sudah lewat hari ini."));
            }
        }
    }
    let mut petugas: Vec<Id> = input.all(isian.petugas).iter().filter_map(|id| id.parse().ok()).collect();
    petugas.sort_unstable();
    petugas.dedup();
    Rencana { tanggal, jam, petugas }
}

/// Nobody looks at a place alone.
pub(crate) fn alone(isian: &Isian) -> FieldProblem {
    FieldProblem::new(isian.petugas, "Pilih paling sedikit dua petugas: satu orang tidak memeriksa sendirian.")
}

/// The minute of the day in "09.30" or "9:30".
fn minute(text: &str) -> Option<i32> {
    let (hour, minute) = text.split_once([':', '.'])?;
    let (hour, whole) = (hour.parse::<u8>().ok().filter(|hour| *hour < 24)?, minute.len() == 2);
    let minute = minute.parse::<u8>().ok().filter(|minute| whole && *minute < 60)?;
    Some(i32::from(hour) * 60 + i32::from(minute))
}

/// Who may look at places: the survey officers of the PTSP and of the technical OPD.
///
/// # Errors
/// When the database fails.
pub(crate) fn surveyors(tx: &mut Tx<'_>, kerja: &Kerja, one: &Permohonan) -> Result<Vec<(Id, String)>, Problem> {
    let mut all = giliran::officers(tx, crate::hak::SURVEYOR, one.opd, kerja.today)?;
    if let Some(opd) = one.opd_teknis.filter(|opd| *opd != one.opd) {
        all.extend(giliran::officers(tx, crate::hak::SURVEYOR, opd, kerja.today)?);
    }
    Ok(all)
}

/// Of those who were picked, who may go: at least two.
///
/// # Errors
/// [`Refusal::Fields`] with fewer.
pub(crate) fn team(
    tx: &mut Tx<'_>,
    kerja: &Kerja,
    one: &Permohonan,
    petugas: &[Id],
    isian: &Isian,
) -> Result<Vec<(Id, String)>, Problem> {
    let mut chosen = Vec::new();
    for (orang, nama) in surveyors(tx, kerja, one)?.into_iter().filter(|(orang, _)| petugas.contains(orang)) {
        if giliran::barred(tx, one, orang)?.is_none() {
            chosen.push((orang, nama));
        }
    }
    if chosen.len() < 2 {
        let problem = FieldProblem::new(isian.petugas, "Pilih paling sedikit dua petugas dari daftar.");
        return Err(Problem::refused(Refusal::Fields(vec![problem])));
    }
    Ok(chosen)
}

#[cfg(test)]
mod tests {
    use super::minute;

    #[test]
    fn an_hour_is_written_with_a_point_or_a_colon_and_has_two_digits_behind_it() {
        for (text, found) in [
            ("09.30", Some(570)),
            ("9:30", Some(570)),
            ("23.59", Some(1439)),
            ("24.00", None),
            ("9.5", None),
            ("09.60", None),
            ("pagi", None),
            ("", None),
        ] {
            assert_eq!(minute(text), found, "{text}");
        }
    }
}
