//! An export for the inspectorate, from a box at work to a computer that has nothing but the program, the file and an anchor.

#![allow(clippy::unwrap_used)] // a test may stop at once

mod common;

use std::{fs, time::Duration};

use common::browser::Browser;

const PAGE: &str = "/perizinan/izin/ekspor-pengawasan";

#[test]
fn an_export_is_proved_on_another_machine_by_an_anchor_of_before_and_a_changed_one_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let port = common::free_port();
    let served = common::ready(common::trying(folder.path(), port, &[]), port);
    // Applications of the demo stand in the chain; what the inspectorate keeps is taken before the export.
    let (done, said) = common::run(folder.path(), &["audit", "anchor", "--output", "jangkar.txt"]);
    assert!(done.status.success(), "{said}");
    let mut auditor = Browser::log_in(port, folder.path(), "auditor");
    let form = format!("{PAGE}/baru");
    let page = auditor.get(&form).text();
    let day = |name: &str| {
        let rest = page.split(&format!("name=\"{name}\"")).nth(1).and_then(|rest| rest.split("value=\"").nth(1));
        rest.and_then(|rest| rest.split('"').next()).unwrap_or_else(|| panic!("{name} is proposed: {page}")).to_owned()
    };
    let (dari, sampai) = (day("dari"), day("sampai"));
    let fields = [("dari", dari.as_str()), ("sampai", sampai.as_str()), ("tujuan", "Surat tugas 700/12/IRDA/2026")];
    let asked = auditor.fill(&form, &form, &fields);
    let at = asked.head.lines().find_map(|line| line.to_lowercase().strip_prefix("location: ").map(str::to_owned));
    let at = at.unwrap_or_else(|| panic!("it leads on: {}{}", asked.head, asked.text())).trim().to_owned();
    let begun = std::time::Instant::now();
    while !auditor.get(&at).text().contains("Unduh ekspor") {
        assert!(begun.elapsed() < common::PATIENCE, "it is written in time");
        std::thread::sleep(Duration::from_millis(200));
    }
    let zip = auditor.get(&format!("{at}/berkas")).body;
    served.stop();

    // Another machine: nothing is installed there.
    let away = tempfile::tempdir().unwrap();
    fs::write(away.path().join("ekspor.zip"), &zip).unwrap();
    fs::copy(folder.path().join("jangkar.txt"), away.path().join("jangkar.txt")).unwrap();
    let verify = ["audit", "verify", "--export", "ekspor.zip", "--anchor", "jangkar.txt"];
    let (done, said) = common::run(away.path(), &verify);
    assert_eq!(done.status.code(), Some(0), "{said}");
    for told in ["UTUH", "Terbukti jangkar", "permohonan.csv", "Surat tugas 700/12/IRDA/2026", "LATIHAN"] {
        assert!(said.contains(told), "{told}: {said}");
    }
    let (done, said) = common::run(away.path(), &["audit", "verify", "--export", "ekspor.zip"]);
    assert!(done.status.code() == Some(30) && said.contains("sebutkan jangkar"), "{said}");
    let mut forged = zip;
    let half = forged.len() / 2;
    forged[half] ^= 1;
    fs::write(away.path().join("ekspor.zip"), forged).unwrap();
    let (done, said) = common::run(away.path(), &verify);
    assert!(done.status.code() == Some(30) && said.contains("TIDAK TERBUKTI"), "{said}");
    println!("{said}");
}
