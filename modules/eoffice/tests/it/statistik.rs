//! The statistics, from what officers did to the page and its files.

use praja_eoffice::MODULE;
use praja_testkit::Kit;

use crate::{KABID, Officer, naskah, order, register};

const HERE: &str = "/eoffice/statistik";

#[test]
fn every_step_of_a_letter_and_every_return_of_a_naskah_stands_in_the_figures() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let letter = register(&mut tu, &[]);
    kit.clock.move_ms(5 * 60 * 60 * 1000);
    let mut kadis = Officer::of(&kit, "kadis");
    let done = order(&mut kadis, &format!("{letter}/disposisi"), KABID, &[]);
    assert_eq!(done.status, 303, "{}", done.body);
    naskah::ready(&kit, &[]);
    let page = kadis.get(HERE);
    assert_eq!(page.status, 200);
    for words in
        ["Lamanya setiap langkah", "Dicatat sampai diarahkan (1 surat)", "Diarahkan sampai disposisi pertama (1 surat)", "5 jam"]
    {
        assert!(page.says(words), "{words}: {}", page.body);
    }
    assert!(page.says("1 kali naskah diajukan, 0 kali dikembalikan"), "{}", page.body);
    let csv = kadis.get(&format!("{HERE}/unduh?format=csv"));
    assert!(csv.says("Jam sejak diarahkan sampai disposisi (nilai tengah)") && csv.says("Dinas Kesehatan"), "{}", csv.body);
}

#[test]
fn a_period_and_an_opd_narrow_the_figures_and_what_is_none_is_named() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    register(&mut tu, &[]);
    assert!(tu.get(&format!("{HERE}?dari=2026-11-01&sampai=2026-11-30")).says("Nov 2026"));
    let before = tu.get(&format!("{HERE}?dari=2025-01-01&sampai=2025-12-31"));
    assert!(before.says("Jan 2025 sampai Des 2025") && before.says("Belum ada langkah yang dapat diukur"), "{}", before.body);
    let swapped = tu.get(&format!("{HERE}?dari=2026-11-30&sampai=2026-01-01"));
    assert!(swapped.says("Bulan awal sesudah bulan akhir"), "{}", swapped.body);
    assert!(tu.get(&format!("{HERE}?dari=kemarin")).status == 200);
    // Whoever stands at the top of the regency sees every OPD and chooses one; others see their own alone.
    let mut bupati = Officer::of(&kit, "bupati");
    let all = bupati.get(HERE);
    assert!(all.says("Dinas Kesehatan") && all.says("name=\"opd\""), "{}", all.body);
    assert!(!tu.get(HERE).says("name=\"opd\""));
    let csv = bupati.get(&format!("{HERE}/unduh?format=csv"));
    let id =
        all.body.split("<option value=\"").find(|rest| rest.contains("Dinas Kesehatan")).and_then(|rest| rest.split('"').next());
    let one = bupati.get(&format!("{HERE}/unduh?format=csv&opd={}", id.expect("it is offered")));
    assert!(one.body.lines().count() < csv.body.lines().count() && one.says("Dinas Kesehatan"), "{}", one.body);
}
