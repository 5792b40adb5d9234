//! Exercises for a training as data: what is told, what is typed, what helps, and which act in the audit trail proves that it was done. People
//! follow them on their own screen; the browser tests play the same files.

use std::collections::BTreeMap;

use serde::Deserialize;

/// One exercise for one role, read from YAML ([`Scenario::read`]).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// `<module>.<word>`, permanent: what people did is kept under it.
    pub id: String,
    /// What is practised.
    pub judul: String,
    /// The role it is for, by its id; whoever holds `izin` may do it in any role.
    pub peran: String,
    /// The permission that whoever practises must hold.
    pub izin: String,
    /// The account of the demo regency that can play it.
    pub akun: String,
    /// How many minutes it takes somebody who does it for the first time.
    pub menit: u32,
    /// What one can do afterwards.
    pub tujuan: String,
    /// The steps, in order.
    pub langkah: Vec<Step>,
}

/// One step: one form that is sent.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What is to be done, as told to the trainee.
    pub tugas: String,
    /// The page where it begins.
    pub halaman: String,
    /// The links that lead from there to the form.
    #[serde(default)]
    pub ikuti: Vec<Follow>,
    /// What is typed or chosen.
    #[serde(default)]
    pub isian: Vec<Fill>,
    /// The words on the button that sends it.
    pub tekan: String,
    /// Help, from the gentlest to the plainest.
    #[serde(default)]
    pub petunjuk: Vec<String>,
    /// What proves it.
    pub bukti: Evidence,
}

/// A link to follow.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Follow {
    /// What the trainee looks for. Without `tautan` these are the link's own words.
    pub pilih: String,
    /// A regular expression over addresses: the first link that fits. For the tests alone.
    #[serde(default)]
    pub tautan: Option<String>,
}

/// A field to fill.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fill {
    /// The field's label on the page.
    pub label: String,
    /// What is typed, with [`PLACEHOLDERS`].
    pub nilai: String,
    /// The field's name in the form. For the tests alone.
    pub kontrol: String,
    /// What the tests choose where `nilai` only describes it: `pertama`, `ya`, `tidak`, `pdf`, or a value.
    #[serde(default)]
    pub mesin: Option<String>,
}

/// Words in `nilai` that stand for something of this day or of this trainee: today, yesterday, a short code of the attempt.
pub const PLACEHOLDERS: [&str; 3] = ["{hari_ini}", "{kemarin}", "{kode}"];

/// An act in the audit trail by the trainee.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// The act.
    pub tindakan: String,
    /// Values it must have noted, among others; with [`PLACEHOLDERS`].
    #[serde(default)]
    pub nilai: BTreeMap<String, String>,
}

impl Scenario {
    /// Reads one exercise.
    ///
    /// # Errors
    /// What is wrong with the text, with its line.
    pub fn read(yaml: &str) -> Result<Self, String> {
        let scenario: Self = serde_yaml::from_str(yaml).map_err(|error| error.to_string())?;
        if scenario.langkah.is_empty() {
            return Err(format!("{}: an exercise has at least one step", scenario.id));
        }
        Ok(scenario)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "
id: uji.catat
judul: Mencatat
peran: uji.tata-usaha
izin: uji.register-surat
akun: tata-usaha
menit: 5
tujuan: Dapat mencatat.
langkah:
  - tugas: Catat surat.
    halaman: /uji/surat/baru
    isian:
      - { label: Hal, nilai: Undangan, kontrol: hal }
    tekan: Simpan
    bukti: { tindakan: uji.register-surat, nilai: { hal: Undangan } }
";

    #[test]
    fn an_exercise_is_read_with_its_steps() {
        let scenario = Scenario::read(TEXT).unwrap();
        assert_eq!((scenario.id.as_str(), scenario.langkah.len(), scenario.menit), ("uji.catat", 1, 5));
        assert_eq!(scenario.langkah[0].bukti.nilai["hal"], "Undangan");
    }

    #[test]
    fn an_unknown_word_and_an_exercise_without_steps_are_refused() {
        assert!(Scenario::read(&TEXT.replace("menit", "manit")).unwrap_err().contains("manit"));
        assert!(Scenario::read(&format!("{}langkah: []\n", TEXT.split("langkah:").next().unwrap())).is_err());
    }
}
