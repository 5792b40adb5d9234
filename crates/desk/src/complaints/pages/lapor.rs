//! Numbers of SP4N-LAPOR for complaints that were filed here and carried over there: read from a file of pairs.

use praja_kernel::FieldProblem;
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx};
use praja_web::{Field, Form, PageHeader, frame};

use super::{LIST, public::at};
use crate::complaints::{self, Act, Hari, Refusal, rules, store};

const AT: &str = "/desk/pengaduan/lapor";
/// Lines of one file.
const MOST: usize = 2_000;
/// Letters of one file.
const LETTERS: u32 = 120_000;

fn header() -> PageHeader {
    PageHeader::new("Nomor SP4N-LAPOR")
        .purpose("Mencatat nomor SP4N-LAPOR untuk pengaduan yang sudah ada di sini.")
        .crumb("Pengaduan", LIST)
}

fn fields(form: Form) -> Form {
    form.field(
        Field::textarea("pasangan", "Pasangan nomor")
            .rows(10)
            .required()
            .max_length(LETTERS)
            .hint("Satu baris satu pengaduan: nomor di sini, titik koma, nomor SP4N-LAPOR. Misalnya 2026-00012;7654321. Tempel dari lembar kerja juga dapat."),
    )
    .submit("Catat nomor SP4N-LAPOR")
    .cancel("Kembali ke pengaduan", LIST)
}

/// GET /desk/pengaduan/lapor
pub(crate) fn form(ctx: &Ctx, _: &mut Tx<'_>) -> Outcome {
    Ok(frame::respond(ctx, &header(), fields(frame::form(ctx, AT))))
}

/// The pairs as typed, and the lines that are none.
fn pairs(text: &str) -> (Vec<(String, String)>, Vec<String>) {
    let (mut found, mut wrong) = (Vec::new(), Vec::new());
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let parts: Vec<&str> = line.split(['\t', ';', ',']).map(|part| part.trim().trim_matches('"')).collect();
        match parts.as_slice() {
            [nomor, _, ..] if at == 0 && nomor.to_lowercase().contains("nomor") => {}
            [nomor, id] if !nomor.is_empty() && !id.is_empty() => match rules::id_lapor(id) {
                Ok(id) => found.push((nomor.to_uppercase(), id)),
                Err(words) => wrong.push(format!("Baris {}: {words}", at + 1)),
            },
            _ => wrong.push(format!("Baris {}: tulis dua nomor yang dipisah titik koma.", at + 1)),
        }
    }
    (found, wrong)
}

fn again(ctx: &Ctx, input: &Input, told: &[String]) -> Outcome {
    let shown: Vec<String> = told.iter().take(20).cloned().collect();
    let problem = FieldProblem::new("pasangan", format!("{} Tidak ada yang disimpan.", shown.join(" ")));
    let refusal = Refusal::Fields(vec![problem.clone()]);
    let form = frame::form_again(ctx, AT, input).refusal(refusal.to_string(), "Perbaiki baris yang disebut, lalu kirim kembali.");
    Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header(), fields(form.problems(&[problem])))))
}

/// POST /desk/pengaduan/lapor: all of them, or none.
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let (found, mut wrong) = pairs(input.raw("pasangan"));
    if found.is_empty() && wrong.is_empty() {
        wrong.push("Belum ada pasangan nomor.".into());
    }
    if found.len() > MOST {
        wrong.push(format!("Paling banyak {MOST} baris sekali kirim."));
    }
    for (nomor, _) in &found {
        let known = ctx.read(|tx| store::by_number(tx, nomor))?;
        if known.is_none_or(|one| one.is_protected()) {
            wrong.push(format!("Tidak ada pengaduan bernomor {nomor}."));
        }
    }
    if !wrong.is_empty() {
        return again(ctx, input, &wrong);
    }
    let (today, many) = (ctx.today(), found.len());
    let done = ctx.submit(input, Keys::none(), move |tx| {
        let hari = Hari::of(tx, today)?;
        for (nomor, id) in &found {
            let one =
                store::by_number(tx, nomor)?.ok_or_else(|| Problem::refused(at("pasangan", "Nomor itu tidak ada lagi.")))?;
            if one.id_lapor != *id {
                complaints::act(tx, &one, &Act::Lapor(id.clone()), &hari)?;
            }
        }
        Ok::<_, Problem>(LIST.to_owned())
    })?;
    Ok(done.with_notice(&format!("Nomor SP4N-LAPOR dari {many} pengaduan sudah dicatat.")))
}

#[cfg(test)]
mod tests {
    use super::pairs;

    #[test]
    fn pairs_are_read_from_files_and_sheets_and_every_wrong_line_is_named() {
        let (found, wrong) = pairs("nomor;id_lapor\n2026-00001;7654321\n2026-00002\t#7654322\n\n2026-00003\nx;y z\n");
        assert_eq!(found, [("2026-00001".into(), "7654321".into()), ("2026-00002".to_owned(), "7654322".to_owned())]);
        assert_eq!(wrong.len(), 2, "{wrong:?}");
        assert!(wrong[0].starts_with("Baris 5") && wrong[1].starts_with("Baris 6"));
    }
}
