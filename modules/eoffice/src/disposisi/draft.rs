use praja_kernel::{Date, FieldProblem, Id, Sifat, WorkingCalendar, YearStatus, parse_tanggal, tanggal_pendek};

use super::{Peran, Refusal, calon::Calon, instruksi};

/// Longest note, in letters.
pub(crate) const CATATAN: usize = 1000;
/// Most recipients of one order; more is a circular.
const RECIPIENTS: usize = 40;

/// What was chosen and typed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Draft {
    /// The post that answers for it.
    pub(crate) penanggung_jawab: Option<Id>,
    /// Posts that help.
    pub(crate) pendukung: Vec<Id>,
    /// Codes.
    pub(crate) instruksi: Vec<String>,
    pub(crate) catatan: String,
    /// As typed; empty: the usual one.
    pub(crate) batas: String,
    /// As chosen; empty: that of the letter or of the order above.
    pub(crate) sifat: String,
}

/// What the rule must know besides.
pub(crate) struct Known<'a> {
    pub(crate) today: Date,
    pub(crate) calendar: &'a WorkingCalendar,
    /// The posts that may be named.
    pub(crate) calon: &'a [Calon],
    /// The due date of the order that is passed on: no child is due later.
    pub(crate) batas_induk: Option<Date>,
    /// Until when the letter must be handled: the usual due date.
    pub(crate) batas_surat: Date,
    /// The class of the letter, or of the order above: never lowered.
    pub(crate) sifat: Sifat,
    /// The highest class that may be chosen: an aide writes down nothing that the aide may not read again.
    pub(crate) tertinggi: Sifat,
}

/// An order ready to be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Baru {
    /// The responsible one first.
    pub(crate) tujuan: Vec<(Calon, Peran)>,
    pub(crate) instruksi: Vec<String>,
    pub(crate) catatan: String,
    pub(crate) batas: Option<Date>,
    pub(crate) sementara: bool,
    pub(crate) wajib_laporan: bool,
    pub(crate) sifat: Sifat,
}

/// The due date when nobody says another: that of the order above or of the letter, but never a day that is over.
pub(crate) fn usual_due(known: &Known<'_>) -> Date {
    known.batas_induk.unwrap_or(known.batas_surat).max(known.today)
}

/// Reads what was chosen into an order.
///
/// # Errors
/// [`Refusal::Fields`] with everything at fault at once.
pub(crate) fn give(draft: &Draft, known: &Known<'_>) -> Result<Baru, Refusal> {
    let mut problems = Vec::new();
    let tujuan = recipients(&mut problems, draft, known);
    let instruksi = instructions(&mut problems, &draft.instruksi);
    let catatan = draft.catatan.trim().replace("\r\n", "\n");
    let length = catatan.chars().count();
    if length > CATATAN {
        problems.push(FieldProblem::new(
            "catatan",
            format!("Catatan {length} huruf; paling panjang {CATATAN} huruf. Persingkat isinya."),
        ));
    }
    let wajib_laporan = instruksi.iter().any(|kode| instruksi::of(kode).is_some_and(|one| one.wajib_laporan));
    let batas = due(&mut problems, &draft.batas, wajib_laporan, known);
    let sifat = class(&mut problems, &draft.sifat, known);
    if !problems.is_empty() {
        return Err(Refusal::Fields(problems));
    }
    let sementara = batas.is_some_and(|batas| !matches!(known.calendar.status(batas.year()), Ok(YearStatus::Final { .. })));
    Ok(Baru { tujuan, instruksi, catatan, batas, sementara, wajib_laporan, sifat })
}

/// Exactly one answers for it; a single recipient does so without being named.
fn recipients(problems: &mut Vec<FieldProblem>, draft: &Draft, known: &Known<'_>) -> Vec<(Calon, Peran)> {
    let mut helpers = draft.pendukung.clone();
    let responsible = draft.penanggung_jawab.or_else(|| if helpers.len() == 1 { helpers.pop() } else { None });
    helpers.retain(|id| Some(*id) != responsible);
    let mut seen: Vec<Id> = Vec::new();
    helpers.retain(|id| {
        !seen.contains(id) && {
            seen.push(*id);
            true
        }
    });
    if responsible.is_none() {
        let message = if helpers.is_empty() {
            "Penerima belum dipilih. Pilih satu jabatan sebagai penanggung jawab."
        } else {
            "Pilih satu jabatan sebagai penanggung jawab; yang lain menjadi pendukung."
        };
        problems.push(FieldProblem::new("penanggung_jawab", message));
    }
    if helpers.len() >= RECIPIENTS {
        let message = format!("Paling banyak {RECIPIENTS} penerima. Pakai surat edaran untuk yang lebih luas.");
        problems.push(FieldProblem::new("pendukung", message));
    }
    let mut found = Vec::new();
    for (id, peran, field) in responsible
        .into_iter()
        .map(|id| (id, Peran::PenanggungJawab, "penanggung_jawab"))
        .chain(helpers.into_iter().map(|id| (id, Peran::Pendukung, "pendukung")))
    {
        match known.calon.iter().find(|calon| calon.jabatan == id) {
            Some(calon) => found.push((calon.clone(), peran)),
            None => problems.push(FieldProblem::new(
                field,
                "Jabatan itu tidak berada di bawah jabatan Anda. Pilih dari daftar, atau kirim lewat atasan.",
            )),
        }
    }
    found
}

fn instructions(problems: &mut Vec<FieldProblem>, codes: &[String]) -> Vec<String> {
    // The order of the file, whatever the order of sending: sheets of one letter read alike.
    let chosen: Vec<String> =
        instruksi::all().iter().filter(|one| codes.contains(&one.kode)).map(|one| one.kode.clone()).collect();
    if chosen.is_empty() {
        problems.push(FieldProblem::new("instruksi", "Pilih sedikitnya satu instruksi."));
    }
    chosen
}

/// Raised or left, never lowered; by an aide not above what the aide may see.
fn class(problems: &mut Vec<FieldProblem>, chosen: &str, known: &Known<'_>) -> Sifat {
    let above = known.sifat;
    if chosen.is_empty() {
        return above;
    }
    let message = match Sifat::parse(chosen) {
        Ok(sifat) if sifat > known.tertinggi => format!(
            "Anda mencatat arahan paling tinggi bersifat {}. Pilih sifat itu, atau minta pimpinan memberi disposisinya sendiri.",
            known.tertinggi.label()
        ),
        Ok(sifat) if sifat >= above => return sifat,
        _ => format!("Sifat disposisi tidak lebih rendah daripada {}. Pilih yang sama atau lebih tinggi.", above.label()),
    };
    problems.push(FieldProblem::new("sifat", message));
    above
}

/// Where a report is asked there is a day for it.
fn due(problems: &mut Vec<FieldProblem>, typed: &str, wajib_laporan: bool, known: &Known<'_>) -> Option<Date> {
    if typed.trim().is_empty() {
        return wajib_laporan.then(|| usual_due(known));
    }
    let batas = match parse_tanggal(typed) {
        Ok(batas) => batas,
        Err(e) => {
            problems.push(FieldProblem::new("batas", e.to_string()));
            return None;
        }
    };
    let wrong = if batas < known.today {
        Some(format!("Tanggal {} sudah lewat. Pilih hari ini atau sesudahnya.", tanggal_pendek(batas)))
    } else if known.batas_induk.is_some_and(|induk| batas > induk.max(known.today)) {
        let induk = known.batas_induk.unwrap_or(batas);
        Some(format!("Batas waktu disposisi yang Anda terima {}. Pilih tanggal itu atau sebelumnya.", tanggal_pendek(induk)))
    } else if batas.year() > known.calendar.last_provisional_year() {
        Some(format!("Tahun {} belum ada dalam kalender kerja. Pilih tanggal yang lebih dekat.", batas.year()))
    } else {
        None
    };
    if let Some(message) = wrong {
        problems.push(FieldProblem::new("batas", message));
        return None;
    }
    Some(batas)
}
