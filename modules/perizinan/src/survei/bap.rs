//! The report of a survey: read leniently from what was typed, checked as a whole. Pure.

use praja_kernel::FieldProblem;
use serde::{Deserialize, Serialize};

use crate::{jenis::Jenis, permohonan::isian};

/// Results, as stored and as read.
pub(crate) const HASIL: &[(&str, &str)] =
    &[("sesuai", "Sesuai"), ("sesuai-catatan", "Sesuai dengan catatan"), ("tidak-sesuai", "Tidak sesuai")];
/// What is found about one item.
pub(crate) const BUTIR: &[(&str, &str)] =
    &[("sesuai", "Sesuai"), ("tidak-sesuai", "Tidak sesuai"), ("tidak-dinilai", "Tidak dinilai")];
/// How the applicant's side signed.
pub(crate) const CARA: &[(&str, &str)] = &[
    ("layar", "Menandatangani pada layar ini"),
    ("pindai", "Menandatangani di kertas; pindaiannya dilampirkan"),
    ("menolak", "Menolak atau tidak dapat menandatangani"),
];
/// Longest text, in letters.
const TEKS: usize = 2000;
/// Longest name, in letters.
const NAMA: usize = 120;

/// What was found about one item.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Butir {
    pub(crate) nama: String,
    pub(crate) hasil: String,
    pub(crate) temuan: String,
}

/// Where the team stood.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Titik {
    /// As typed or measured: `-2.873100,108.051200`.
    pub(crate) letak: String,
    /// Metres, as the device said; empty when nobody measured.
    pub(crate) akurasi: String,
    /// When the device measured, in milliseconds.
    pub(crate) pada: Option<i64>,
    /// Measured by the device; otherwise typed by hand, and told so.
    pub(crate) perangkat: bool,
}

/// A picture of the place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Foto {
    pub(crate) lampiran: String,
    /// SHA-256 of what the camera wrote; empty where the device made it smaller before it was sent.
    pub(crate) sidik_asli: String,
}

/// How the applicant's side signed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Tanda {
    pub(crate) cara: String,
    pub(crate) alasan: String,
    pub(crate) lampiran: String,
}

/// The report.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Bap {
    pub(crate) butir: Vec<Butir>,
    pub(crate) catatan: String,
    pub(crate) titik: Titik,
    /// Who of the applicant's side was there, and as what.
    pub(crate) hadir: String,
    pub(crate) hubungan: String,
    pub(crate) tanda: Tanda,
    pub(crate) foto: Vec<Foto>,
}

impl Bap {
    /// From storage; what cannot be read is an empty report.
    pub(crate) fn read(json: &str) -> Self {
        serde_json::from_str(json).unwrap_or_default()
    }

    /// For storage.
    pub(crate) fn written(&self) -> String {
        serde_json::to_string(self).unwrap_or_else(|_| "{}".to_owned())
    }

    /// What was typed: `text` gives the value of a field by its name. Pictures and signatures come beside.
    pub(crate) fn typed(items: &[String], text: impl Fn(&str) -> String) -> Self {
        let cut = |name: &str, letters: usize| text(name).trim().chars().take(letters).collect::<String>();
        let butir = |(at, nama): (usize, &String)| Butir {
            nama: nama.clone(),
            hasil: cut(&format!("butir{at}"), 20),
            temuan: cut(&format!("temuan{at}"), TEKS),
        };
        Self {
            butir: items.iter().enumerate().map(butir).collect(),
            catatan: cut("catatan", TEKS),
            titik: Titik {
                letak: cut("titik", 60),
                akurasi: cut("akurasi", 10),
                pada: cut("_titik_pada", 20).parse().ok(),
                perangkat: cut("_titik_cara", 10) == "perangkat",
            },
            hadir: cut("hadir", NAMA),
            hubungan: cut("hubungan", NAMA),
            tanda: Tanda { cara: cut("ttd_cara", 10), alasan: cut("ttd_alasan", 500), lampiran: String::new() },
            foto: Vec::new(),
        }
    }
}

/// What is looked at: the place, and each part of the form the applicant filled in.
pub(crate) fn items(jenis: &Jenis) -> Vec<String> {
    let mut all = vec!["Letak sesuai dengan yang dimohon".to_owned()];
    all.extend(jenis.formulir.iter().map(|part| format!("Isian \"{}\" sesuai dengan keadaan di lapangan", part.judul)));
    all
}

/// Everything that is wrong with a report. `photos` and `signed` say how many pictures there are, and whether the signature of the
/// applicant's side came; `now` is the moment it is sent, in milliseconds.
pub(crate) fn check(hasil: &str, bap: &Bap, photos: usize, signed: bool, now: i64) -> Vec<FieldProblem> {
    let mut wrong = Vec::new();
    let mut say = |field: &str, words: &str| wrong.push(FieldProblem::new(field.to_owned(), words.to_owned()));
    let known = |list: &[(&str, &str)], word: &str| list.iter().any(|(known, _)| *known == word);
    for (at, butir) in bap.butir.iter().enumerate() {
        if !known(BUTIR, &butir.hasil) {
            say(&format!("butir{at}"), "Pilih hasil untuk butir ini.");
        }
        if butir.hasil == "tidak-sesuai" && butir.temuan.chars().count() < 5 {
            say(&format!("temuan{at}"), "Tulis apa yang tidak sesuai, paling sedikit 5 huruf.");
        }
    }
    if !known(HASIL, hasil) {
        say("hasil", "Pilih kesimpulan pemeriksaan.");
    }
    if hasil != "sesuai" && bap.catatan.chars().count() < 10 {
        say("catatan", "Tulis catatan yang menjelaskan kesimpulan itu, paling sedikit 10 huruf.");
    }
    if hasil == "sesuai" && bap.butir.iter().any(|butir| butir.hasil == "tidak-sesuai") {
        say("hasil", "Ada butir yang tidak sesuai. Pilih \"Sesuai dengan catatan\" atau \"Tidak sesuai\".");
    }
    if let Err(words) = isian::point(&bap.titik.letak) {
        say("titik", &words);
    }
    if !bap.titik.akurasi.is_empty() && !bap.titik.akurasi.parse::<u32>().is_ok_and(|metres| metres <= 100_000) {
        say("akurasi", "Tulis ketelitian dalam meter, angka bulat.");
    }
    // A clock that is an hour ahead is wrong; a report may wait on the device for days.
    if bap.titik.perangkat && !bap.titik.pada.is_some_and(|at| at <= now + 3_600_000 && at >= now - 14 * 86_400_000) {
        say("titik", "Waktu pengukuran titik tidak masuk akal. Periksa jam perangkat, lalu ukur lagi.");
    }
    if photos == 0 {
        say("foto", "Lampirkan paling sedikit satu foto lokasi.");
    }
    if bap.tanda.cara != "menolak" && bap.hadir.chars().count() < 3 {
        say("hadir", "Tulis nama wakil pemohon yang hadir.");
    }
    if !known(CARA, &bap.tanda.cara) {
        say("ttd_cara", "Pilih cara pihak pemohon menandatangani.");
    }
    if bap.tanda.cara == "menolak" && bap.tanda.alasan.chars().count() < 10 {
        say("ttd_alasan", "Tulis sebab tidak ada tanda tangan, paling sedikit 10 huruf.");
    }
    if matches!(bap.tanda.cara.as_str(), "layar" | "pindai") && !signed {
        say(
            if bap.tanda.cara == "layar" { "ttd_cara" } else { "ttd_pindai" },
            "Tanda tangan pihak pemohon belum ada. Minta tanda tangannya, lampirkan pindaiannya, atau pilih \"Menolak atau tidak dapat menandatangani\".",
        );
    }
    wrong
}

/// The report of a demo: everything fits, nobody of the applicant's side was there.
pub(crate) fn contoh(jenis: &Jenis) -> Bap {
    let butir = |nama| Butir { nama, hasil: "sesuai".into(), temuan: String::new() };
    Bap {
        butir: items(jenis).into_iter().map(butir).collect(),
        titik: Titik { letak: "-2.873100,108.051200".into(), ..Titik::default() },
        tanda: Tanda { cara: "menolak".into(), alasan: "Pemohon tidak di tempat".into(), ..Tanda::default() },
        ..Bap::default()
    }
}

/// How many officers must have confirmed before a report counts.
pub(crate) const PENGESAH: usize = 2;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn whole() -> Bap {
        Bap {
            butir: vec![Butir { nama: "Letak".into(), hasil: "sesuai".into(), temuan: String::new() }],
            titik: Titik { letak: "-2.8731,108.0512".into(), akurasi: "7".into(), pada: Some(1_000), perangkat: true },
            hadir: "Siti Rahma".into(),
            tanda: Tanda { cara: "layar".into(), ..Tanda::default() },
            ..Bap::default()
        }
    }

    fn fields(hasil: &str, bap: &Bap, photos: usize, signed: bool) -> Vec<String> {
        check(hasil, bap, photos, signed, 2_000).into_iter().map(|one| one.field.to_string()).collect()
    }

    #[test]
    fn a_whole_report_has_nothing_wrong_and_each_missing_part_is_told_beside_its_field() {
        assert!(fields("sesuai", &whole(), 1, true).is_empty());
        assert_eq!(fields("sesuai", &whole(), 0, true), ["foto"]);
        assert_eq!(fields("sesuai", &whole(), 1, false), ["ttd_cara"]);
        assert_eq!(fields("baik", &Bap { catatan: "cukup panjang".into(), ..whole() }, 1, true), ["hasil"]);
        assert_eq!(fields("tidak-sesuai", &whole(), 1, true), ["catatan"]);
    }

    #[test]
    fn a_refusal_to_sign_needs_its_reason_and_nothing_else() {
        let refuses = |alasan: &str| Bap {
            hadir: String::new(),
            tanda: Tanda { cara: "menolak".into(), alasan: alasan.into(), ..Tanda::default() },
            ..whole()
        };
        assert_eq!(fields("sesuai", &refuses(""), 1, false), ["ttd_alasan"]);
        assert!(fields("sesuai", &refuses("Pemohon tidak di tempat"), 1, false).is_empty());
    }

    #[test]
    fn what_does_not_fit_cannot_be_concluded_to_fit() {
        let mut bap = whole();
        bap.butir[0] = Butir { nama: "Letak".into(), hasil: "tidak-sesuai".into(), temuan: "Bergeser 40 meter".into() };
        assert_eq!(fields("sesuai", &bap, 1, true), ["hasil"]);
    }

    #[test]
    fn a_point_measured_tomorrow_is_asked_for_again_and_one_typed_by_hand_has_no_time() {
        let mut bap = whole();
        bap.titik.pada = Some(90_000_000);
        assert_eq!(fields("sesuai", &bap, 1, true), ["titik"]);
        bap.titik = Titik { letak: "-2,8731; 108,0512".into(), ..Titik::default() };
        assert!(fields("sesuai", &bap, 1, true).is_empty());
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_kept_or_told_and_never_breaks(texts in proptest::collection::vec(".{0,80}", 12)) {
            let at = std::cell::Cell::new(0);
            let bap = Bap::typed(&["a".into(), "b".into()], |_| { at.set((at.get() + 1) % texts.len()); texts[at.get()].clone() });
            prop_assert_eq!(Bap::read(&bap.written()), bap.clone());
            check(&texts[0], &bap, 1, true, 0);
        }
    }
}
