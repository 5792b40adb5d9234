use praja_kernel::{CaraKerja, Jalur};

use super::{Dark, Line, Office, Site, Told, Way};
use crate::{
    Finding, Severity,
    checks::{explain, finding, number},
};

/// Puts together what is known of each office: the file's rows with what was measured from here, and what officers measured over there.
pub fn join(sites: &[Site], lines: Vec<Option<Line>>, darks: Vec<Option<Dark>>, seen: Vec<Told>) -> Vec<Office> {
    let mut lines = lines.into_iter();
    let mut darks = darks.into_iter();
    let mut offices: Vec<Office> = sites
        .iter()
        .map(|site| Office {
            kode: site.kode.clone(),
            nama: site.nama.clone(),
            alamat: Some(site.address.to_string()),
            jalur: site.jalur.clone(),
            officers: site.officers,
            line: lines.next().flatten(),
            dark: darks.next().flatten(),
            seen: None,
            way: None,
        })
        .collect();
    for (kode, nama, seen) in seen {
        let same = |office: &&mut Office| {
            if office.kode.is_empty() { office.nama.trim().eq_ignore_ascii_case(nama.trim()) } else { office.kode == kode }
        };
        match offices.iter_mut().find(same) {
            Some(office) => {
                if office.nama.is_empty() {
                    office.nama = nama;
                }
                office.seen = Some(seen);
            }
            None => offices.push(Office {
                kode,
                nama,
                alamat: None,
                jalur: None,
                officers: None,
                line: None,
                dark: None,
                seen: Some(seen),
                way: None,
            }),
        }
    }
    offices.iter_mut().for_each(choose);
    offices
}

/// The way of working from the worst of what was measured.
fn choose(office: &mut Office) {
    let line = office.line.as_ref();
    let seen = office.seen.as_ref();
    let lost = [line.map(Line::lost_permille), office.dark.as_ref().map(|dark| dark.lost * 1000 / dark.rounds.max(1))];
    let jalur = Jalur {
        tanggap_us: line.and_then(|line| line.p95_us).max(seen.map(|seen| seen.p95_us)),
        hilang_permille: lost.into_iter().flatten().max(),
        unduh_kbit: seen.and_then(|seen| seen.down_kbit),
        unggah_kbit: seen.and_then(|seen| seen.up_kbit),
        jam_gelap: office.dark.as_ref().map(|dark| dark.work_hours),
    };
    office.way = jalur.cara().map(|(cara, sebab)| Way { cara, artinya: cara.artinya().to_owned(), sebab });
}

/// What the offices together mean; nothing when none was measured. Pure.
pub fn office_findings(offices: &[Office]) -> Vec<Finding> {
    let measured: Vec<&Office> = offices.iter().filter(|office| office.way.is_some()).collect();
    if measured.is_empty() {
        return Vec::new();
    }
    let of = |wanted: &[CaraKerja]| -> Vec<&str> {
        let is = |office: &&&Office| office.way.as_ref().is_some_and(|way| wanted.contains(&way.cara));
        measured.iter().filter(is).map(|office| office.label()).collect()
    };
    let (cut, weak) = (of(&[CaraKerja::Titip]), of(&[CaraKerja::Hemat, CaraKerja::Berkala]));
    let value = |names: &[&str]| {
        let count = format!("{} dari {} kantor", number(names.len() as u64), number(measured.len() as u64));
        if names.is_empty() { count } else { format!("{count}: {}", names.join(", ")) }
    };
    let severity = |bad: bool, severity| if bad { severity } else { Severity::Info };
    let most = cut.len() * 2 > measured.len();
    let reach = finding(
        "kantor-terjangkau",
        "Kantor",
        "Kantor tanpa jaringan",
        severity(!cut.is_empty(), if most { Severity::WajibDisetujui } else { Severity::Peringatan }),
        value(&cut),
        "tidak ada".to_owned(),
        "pengukuran ini; cara kerja menurut panduan kajian",
    );
    let line = finding(
        "kantor-tautan",
        "Kantor",
        "Kantor dengan jaringan lemah",
        severity(!weak.is_empty(), Severity::Peringatan),
        value(&weak),
        "tidak ada".to_owned(),
        "pengukuran ini; cara kerja menurut panduan kajian",
    );
    vec![
        explain(
            reach,
            "Pegawai di sana tidak dapat membuka Praja; suratnya dimasukkan kantor lain.",
            &[
                "Periksa alamat kantor itu pada berkas kantor.",
                "Sediakan sambungan, atau tetapkan kantor yang memasukkan suratnya.",
            ],
        ),
        explain(
            line,
            "Pegawai di sana bekerja dengan cara yang disebut di bawah, sampai sambungannya membaik.",
            &[
                "Ukur dari kantor itu juga, dengan membuka halaman /ukur.",
                "Minta penyedia sambungan memperbaiki yang disebut sebagai sebab.",
            ],
        ),
    ]
}
