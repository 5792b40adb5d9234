use super::{About, Check, percent};
use crate::{
    Finding,
    Severity::{Info, Peringatan, WajibDisetujui},
    Survey,
    checks::{PRAJA, number},
};

pub(super) const CHECKS: &[Check] = &[arch, speed, load, steal, aes, container];

/// Rounds in a millisecond of the machine on which the figures of docs/performance.md were measured, and a fifth of it.
const SLOW: u64 = 80_000;

fn arch(survey: &Survey) -> Finding {
    let about = About { id: "arsitektur", group: "Mesin", title: "Arsitektur", threshold: "x86_64 atau aarch64", source: PRAJA };
    let arch = &survey.processor.arch;
    about.when(
        !matches!(arch.as_str(), "x86_64" | "aarch64"),
        WajibDisetujui,
        format!("{arch} ({})", survey.processor.model),
        "Praja diuji pada prosesor 64 bit Intel, AMD, dan ARM.",
        &["Pakai mesin dengan prosesor dan sistem operasi 64 bit."],
    )
}

fn speed(survey: &Survey) -> Finding {
    let about = About {
        id: "kecepatan",
        group: "Mesin",
        title: "Kecepatan satu inti",
        threshold: "80.000 putaran tiap milidetik",
        source: "pengukuran rilis ini: seperlima mesin acuan",
    };
    let rounds = survey.processor.rounds_per_ms;
    about.when(
        rounds < SLOW,
        Peringatan,
        format!("{} putaran tiap milidetik", number(rounds)),
        "Setiap halaman disusun lebih lambat; makin banyak pegawai, makin terasa.",
        &["Pakai prosesor yang lebih baru, atau kurangi pegawai yang bekerja pada saat yang sama."],
    )
}

fn load(survey: &Survey) -> Finding {
    let about = About {
        id: "beban",
        group: "Mesin",
        title: "Beban lima menit terakhir",
        threshold: "paling banyak 70 % tiap inti",
        source: "kelaziman pengelolaan peladen",
    };
    let Some(load) = survey.processor.load_permille else { return about.unknown() };
    about.above(
        u64::from(load),
        &[(700, Peringatan), (2000, WajibDisetujui)],
        format!("{} tiap inti", percent(load)),
        "Pekerjaan lain sudah memakai sebagian besar prosesor mesin ini.",
        &["Lihat yang memakainya: top", "Pindahkan pekerjaan itu ke mesin lain."],
    )
}

fn steal(survey: &Survey) -> Finding {
    let about = About {
        id: "waktu-tercuri",
        group: "Mesin",
        title: "Waktu yang diambil mesin tetangga",
        threshold: "paling banyak 5 %",
        source: "kelaziman mesin virtual",
    };
    let Some(steal) = survey.processor.steal_permille else { return about.unknown() };
    about.above(
        u64::from(steal),
        &[(50, Peringatan), (200, WajibDisetujui)],
        percent(steal),
        "Mesin virtual ini berbagi prosesor dengan tetangga yang sibuk.",
        &["Minta inti yang tidak dibagi kepada pengelola pusat data."],
    )
}

fn aes(survey: &Survey) -> Finding {
    let about =
        About { id: "sandi-perangkat", group: "Mesin", title: "Enkripsi perangkat keras", threshold: "ada", source: PRAJA };
    let Some(aes) = survey.processor.aes else { return about.unknown() };
    about.when(
        !aes,
        Peringatan,
        if aes { "ada" } else { "tidak ada" },
        "Sambungan HTTPS dan lampiran terenkripsi memakan lebih banyak prosesor.",
        &["Pada mesin virtual, minta jenis prosesor \"host\" kepada pengelolanya."],
    )
}

fn container(survey: &Survey) -> Finding {
    let about =
        About { id: "kontainer", group: "Mesin", title: "Jenis mesin", threshold: "mesin fisik atau virtual", source: PRAJA };
    let processor = &survey.processor;
    let value = match (processor.container, processor.virtual_machine) {
        (true, _) => "kontainer",
        (false, true) => "mesin virtual",
        (false, false) => "mesin fisik",
    };
    let severity = if processor.container { Peringatan } else { Info };
    about.when(
        processor.container,
        severity,
        value,
        "Data dalam kontainer dapat hilang bila kontainernya dibuat ulang.",
        &["Letakkan folder data pada volume yang tetap, atau pasang langsung pada mesin."],
    )
}
