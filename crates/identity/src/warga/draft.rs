use praja_kernel::{FieldProblem, Nik};
use praja_module::Input;

use super::{Baru, JenisBadan};
use crate::{
    kirim::{Alamat, is_email},
    telepon,
};

/// Longest name, in letters.
const NAMA: usize = 120;

/// What a citizen typed, checked; everything that is wrong at once. `reached` says which kinds of addresses a code finds.
pub(super) fn warga(input: &Input, reached: (bool, bool)) -> Result<(Baru, Alamat), Vec<FieldProblem>> {
    let mut wrong = Vec::new();
    let nik = nik(input.text("nik"), "nik", &mut wrong);
    let nama = name(input.text("nama"), "nama", "nama lengkap Anda", &mut wrong);
    let to = address(input, reached, &mut wrong);
    agreed(input, &mut wrong);
    match (nik, nama, to) {
        (Some(nik), Some(nama), Some(to)) if wrong.is_empty() => Ok((Baru::Warga { nik, nama }, to)),
        _ => Err(wrong),
    }
}

/// What somebody typed for a body.
pub(super) fn badan(input: &Input, reached: (bool, bool)) -> Result<(Baru, Alamat), Vec<FieldProblem>> {
    let mut wrong = Vec::new();
    let jenis = JenisBadan::parse(input.text("jenis")).ok();
    if jenis.is_none() {
        wrong.push(FieldProblem::new("jenis", "Pilih jenis badan."));
    }
    let nomor = nomor(input.text("nomor"), &mut wrong);
    let nama = name(input.text("nama"), "nama", "nama badan", &mut wrong);
    let wakil = name(input.text("wakil"), "wakil", "nama penanggung jawab", &mut wrong);
    let wakil_nik = nik(input.text("wakil_nik"), "wakil_nik", &mut wrong);
    let to = address(input, reached, &mut wrong);
    agreed(input, &mut wrong);
    match (jenis, nomor, nama, wakil, wakil_nik, to) {
        (Some(jenis), Some(nomor), Some(nama), Some(wakil), Some(wakil_nik), Some(to)) if wrong.is_empty() => {
            Ok((Baru::Badan { jenis, nomor, nama, wakil, wakil_nik }, to))
        }
        _ => Err(wrong),
    }
}

/// An e-mail address or a mobile number, whichever was typed.
pub(super) fn address(input: &Input, (surel, telepon): (bool, bool), wrong: &mut Vec<FieldProblem>) -> Option<Alamat> {
    let typed = input.text("kontak");
    let asked = match (surel, telepon) {
        (true, true) => "Isi alamat surel atau nomor ponsel Anda.",
        (true, false) => "Isi alamat surel Anda.",
        _ => "Isi nomor ponsel Anda.",
    };
    let problem = if typed.is_empty() {
        asked
    } else if typed.contains('@') {
        match (is_email(typed), surel) {
            (true, true) => return Some(Alamat::Surel(typed.to_lowercase())),
            (true, false) => "Kode belum dapat dikirim ke surel di daerah ini. Isi nomor ponsel Anda.",
            (false, _) => "Alamat surel ini tidak lengkap. Contoh: siti@contoh.id",
        }
    } else {
        match (telepon::parse(typed).filter(|number| telepon::is_mobile(number)), telepon) {
            (Some(number), true) => return Some(Alamat::Telepon(number)),
            (Some(_), false) => "Kode belum dapat dikirim ke nomor ponsel di daerah ini. Isi alamat surel Anda.",
            (None, _) => "Nomor ponsel diawali 08 atau +628 dan berisi 10 sampai 13 angka.",
        }
    };
    wrong.push(FieldProblem::new("kontak", problem));
    None
}

fn nik(typed: &str, field: &'static str, wrong: &mut Vec<FieldProblem>) -> Option<Nik> {
    typed.parse().map_err(|e: praja_kernel::NikError| wrong.push(FieldProblem::new(field, e.to_string()))).ok()
}

fn name(typed: &str, field: &'static str, what: &str, wrong: &mut Vec<FieldProblem>) -> Option<String> {
    let letters = typed.chars().count();
    let problem = if letters < 3 {
        format!("Isi {what}, paling sedikit 3 huruf.")
    } else if letters > NAMA {
        format!("Paling panjang {NAMA} huruf.")
    } else if typed.chars().any(|c| c.is_control() || "<>{}".contains(c)) {
        "Nama tidak memuat tanda < > { }.".to_owned()
    } else {
        return Some(typed.split_whitespace().collect::<Vec<_>>().join(" "));
    };
    wrong.push(FieldProblem::new(field, problem));
    None
}

/// NIB has 13 digits (PP 28/2025), NPWP 15 or 16 (PMK 136/2023).
fn nomor(typed: &str, wrong: &mut Vec<FieldProblem>) -> Option<String> {
    let digits: String = typed.chars().filter(|c| !matches!(c, ' ' | '.' | '-')).collect();
    if matches!(digits.len(), 13 | 15 | 16) && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(digits);
    }
    let problem = if digits.is_empty() {
        "Isi NIB badan; jika belum ada, isi NPWP badan.".to_owned()
    } else {
        format!("NIB berisi 13 angka, NPWP 15 atau 16 angka; yang ditulis {}.", digits.chars().count())
    };
    wrong.push(FieldProblem::new("nomor", problem));
    None
}

fn agreed(input: &Input, wrong: &mut Vec<FieldProblem>) {
    if input.text("setuju") != "ya" {
        wrong.push(FieldProblem::new("setuju", "Akun hanya dapat dibuat bila Anda menyetujuinya."));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: (bool, bool) = (true, true);

    fn input(fields: &[(&str, &str)]) -> Input {
        Input {
            fields: fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            ..Input::default()
        }
    }

    fn problems(outcome: Result<(Baru, Alamat), Vec<FieldProblem>>) -> Vec<String> {
        outcome.map(|_| Vec::new()).unwrap_or_else(|wrong| wrong).into_iter().map(|one| one.field.to_string()).collect()
    }

    #[test]
    fn a_citizen_with_everything_right_is_taken() {
        let typed = [("nik", "5315 0152 0985 0001"), ("nama", "  Siti   Rahma "), ("kontak", "Siti@Contoh.ID"), ("setuju", "ya")];
        let (baru, to) = warga(&input(&typed), BOTH).expect("all is right");
        assert_eq!(to, Alamat::Surel("siti@contoh.id".into()));
        assert_eq!(baru, Baru::Warga { nik: "5315015209850001".parse().expect("a NIK"), nama: "Siti Rahma".into() });
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        assert_eq!(problems(warga(&input(&[]), BOTH)), ["nik", "nama", "kontak", "setuju"]);
        assert_eq!(problems(badan(&input(&[]), BOTH)), ["jenis", "nomor", "nama", "wakil", "wakil_nik", "kontak", "setuju"]);
    }

    #[test]
    fn an_address_must_be_one_to_which_a_code_finds_its_way() {
        let cases = [
            ("siti@contoh.id", BOTH, true),
            ("siti@contoh.id", (false, true), false),
            ("0812 3456 7890", BOTH, true),
            ("0812 3456 7890", (true, false), false),
            ("(0719) 21234567", BOTH, false),
            ("siti", BOTH, false),
        ];
        for (typed, reached, taken) in cases {
            let mut wrong = Vec::new();
            let found = address(&input(&[("kontak", typed)]), reached, &mut wrong);
            assert_eq!((found.is_some(), wrong.is_empty()), (taken, taken), "{typed} {reached:?}");
        }
    }

    #[test]
    fn a_body_has_a_nib_or_an_npwp() {
        for (typed, taken) in [
            ("9120001234567", true),
            ("01.234.567.8-901.000", true),
            ("0012345678901000", true),
            ("123", false),
            ("91200012345ab", false),
        ] {
            assert_eq!(nomor(typed, &mut Vec::new()).is_some(), taken, "{typed}");
        }
    }
}
