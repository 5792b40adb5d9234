//! What only people know, asked one after the other. Each question has a flag, a default and a line of help.

use std::ops::RangeInclusive;

use anyhow::Result;
use dialoguer::Input;
use praja_deploy::{Needs, number};

use crate::{
    cli::AssessOptions,
    terminal::{Plain, Terminal, yes_or_no},
};

/// The needs: what was said on the command line, then what is answered, then what is usual.
pub(super) fn needs(options: &AssessOptions, terminal: &Terminal) -> Result<Needs> {
    let usual = Needs::default();
    let asks = terminal.can_ask() && !options.yes;
    let Needs { officers, letters_a_day, permits_a_month, administrators, .. } = usual;
    if !asks {
        return Ok(super::needs(options, usual));
    }
    terminal.heading("Keadaan di daerah Anda");
    terminal.paragraph("Tekan Enter untuk memakai jawaban di dalam kurung siku.");
    let asking = Asking { terminal };
    Ok(Needs {
        officers: asking.number(
            options.pegawai,
            "Pegawai yang akan memakai Praja",
            "Hitung semua yang akan mempunyai akun, juga di kecamatan dan puskesmas.",
            officers,
            1..=200_000,
        )?,
        letters_a_day: asking.number(
            options.surat,
            "Surat masuk dan keluar tiap hari kerja",
            "Semua perangkat daerah bersama-sama; lihat buku agenda bulan lalu.",
            letters_a_day,
            0..=1_000_000,
        )?,
        permits_a_month: asking.number(
            options.izin,
            "Permohonan izin tiap bulan",
            "Tanyakan kepada DPMPTSP.",
            permits_a_month,
            0..=1_000_000,
        )?,
        administrators: asking.number(
            options.pengelola,
            "Orang yang mengelola mesin ini",
            "Yang dapat datang bila mesin berhenti; sedikitnya dua.",
            administrators,
            0..=1_000,
        )?,
        ups: asking.choice(
            options.ups.map(Into::into),
            "Mesin ini dijaga UPS",
            "UPS menahan listrik sampai mesin berhenti dengan rapi.",
        )?,
        second_copy: asking.choice(
            options.salinan_kedua.map(Into::into),
            "Salinan data akan disimpan di tempat lain",
            "Misalnya disk USB atau mesin di gedung lain.",
        )?,
        name: asking.name(options.nama.clone())?,
    })
}

struct Asking<'t> {
    terminal: &'t Terminal,
}

impl Asking<'_> {
    fn number(&self, said: Option<u32>, question: &str, help: &str, usual: u32, range: RangeInclusive<u32>) -> Result<u32> {
        if let Some(said) = said {
            return Ok(said);
        }
        self.help(help);
        let answer: String = Input::with_theme(&Plain)
            .with_prompt(format!("  {question}"))
            .default(usual.to_string())
            .validate_with(|text: &String| read_number(text, &range).map(drop))
            .interact_text()?;
        Ok(read_number(&answer, &range).unwrap_or(usual))
    }

    fn choice(&self, said: Option<bool>, question: &str, help: &str) -> Result<Option<bool>> {
        if said.is_some() {
            return Ok(said);
        }
        self.help(help);
        let answer: String = Input::with_theme(&Plain)
            .with_prompt(format!("  {question}? (ya/tidak, kosong = belum tahu)"))
            .allow_empty(true)
            .validate_with(|text: &String| read_choice(text).map(drop))
            .interact_text()?;
        Ok(read_choice(&answer).unwrap_or(None))
    }

    fn name(&self, said: Option<String>) -> Result<Option<String>> {
        if said.is_some() {
            return Ok(said);
        }
        self.help("Nama yang diketik pegawai di peramban, misalnya praja.kabupaten.go.id.");
        let answer: String = Input::with_theme(&Plain)
            .with_prompt("  Nama untuk membuka Praja (kosong = belum ada)")
            .allow_empty(true)
            .validate_with(|text: &String| read_name(text).map(drop))
            .interact_text()?;
        Ok(read_name(&answer).unwrap_or(None))
    }

    fn help(&self, help: &str) {
        self.terminal.text("");
        self.terminal.paragraph(help);
    }
}

/// A whole number with or without dots between the thousands.
fn read_number(text: &str, range: &RangeInclusive<u32>) -> Result<u32, String> {
    let text = text.trim();
    let grouped = text.split('.').skip(1).all(|part| part.len() == 3);
    let value = text.replace('.', "").parse::<u32>().ok().filter(|value| grouped && range.contains(value));
    value.ok_or_else(|| {
        format!("Tulis angka antara {} dan {}.", number(u64::from(*range.start())), number(u64::from(*range.end())))
    })
}

fn read_choice(text: &str) -> Result<Option<bool>, &'static str> {
    match text.trim() {
        "" | "?" | "belum tahu" => Ok(None),
        text => yes_or_no(text).map(Some).ok_or("Tulis ya, tidak, atau biarkan kosong."),
    }
}

/// A name of a host, with at least one dot; without `https://` and without a port.
fn read_name(text: &str) -> Result<Option<String>, &'static str> {
    let name = text.trim().to_lowercase();
    if name.is_empty() {
        return Ok(None);
    }
    let part = |part: &str| {
        (1..=63).contains(&part.len())
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !part.starts_with('-')
            && !part.ends_with('-')
    };
    let fits =
        name.len() <= 253 && name.contains('.') && name.split('.').all(part) && name.parse::<std::net::Ipv4Addr>().is_err();
    if fits {
        Ok(Some(name))
    } else {
        Err("Tulis nama saja, tanpa https:// dan tanpa garis miring, misalnya praja.kabupaten.go.id.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_taken_with_dots_and_refused_outside_its_range() {
        for (text, value) in [("400", Some(400)), (" 1.250 ", Some(1_250)), ("200.000", Some(200_000))] {
            assert_eq!(read_number(text, &(1..=200_000)).ok(), value, "{text}");
        }
        for text in ["", "0", "200.001", "-5", "empat ratus", "1.25", "1,5", "4 00"] {
            assert_eq!(read_number(text, &(1..=200_000)).unwrap_err(), "Tulis angka antara 1 dan 200.000.", "{text}");
        }
    }

    #[test]
    fn a_choice_may_stay_open() {
        for (text, value) in
            [("y", Some(true)), ("Ya", Some(true)), ("t", Some(false)), ("TIDAK", Some(false)), ("", None), ("?", None)]
        {
            assert_eq!(read_choice(text), Ok(value), "{text}");
        }
        assert!(read_choice("mungkin").is_err());
    }

    #[test]
    fn a_name_is_a_name_of_a_host_alone() {
        assert_eq!(read_name(" Praja.Kabupaten.go.id "), Ok(Some("praja.kabupaten.go.id".to_owned())));
        assert_eq!(read_name("  "), Ok(None));
        for text in ["https://praja.go.id", "praja.go.id/masuk", "praja", "10.1.2.3", "praja..id", "-praja.id", "pra ja.id"] {
            assert!(read_name(text).is_err(), "{text}");
        }
    }
}
