use super::{About, Check, percent};
use crate::{
    Finding,
    Severity::{Peringatan, WajibDisetujui},
    Survey,
    checks::{PRAJA, mib},
};

pub(super) const CHECKS: &[Check] = &[swap, swap_used, oom, limit, stalled, strict];

const SMALL_MIB: u64 = 2_000;

fn swap(survey: &Survey) -> Finding {
    let about = About {
        id: "swap",
        group: "Memori",
        title: "Memori cadangan (swap)",
        threshold: "ada, bila memori di bawah 2 GB",
        source: "kelaziman pengelolaan peladen",
    };
    let total = survey.facts.memory.as_ref().map_or(u64::MAX, |memory| memory.total_mib);
    let swap = survey.memory.swap_mib;
    about.when(
        swap == 0 && total < SMALL_MIB,
        Peringatan,
        if swap == 0 { "tidak ada".to_owned() } else { mib(swap) },
        "Bila memori habis, sistem menghentikan program, mungkin Praja.",
        &["Buat swap 1 GB: sudo fallocate -l 1G /swap && sudo chmod 600 /swap && sudo mkswap /swap && sudo swapon /swap"],
    )
}

fn swap_used(survey: &Survey) -> Finding {
    let about = About {
        id: "swap-terpakai",
        group: "Memori",
        title: "Swap yang terpakai",
        threshold: "paling banyak separuh",
        source: "kelaziman pengelolaan peladen",
    };
    let (all, free) = (survey.memory.swap_mib, survey.memory.swap_free_mib);
    let used = all.saturating_sub(free);
    about.when(
        all > 0 && used * 2 > all,
        Peringatan,
        mib(used),
        "Memori mesin ini sudah kurang bagi yang berjalan sekarang.",
        &["Tambahkan memori, atau hentikan program yang tidak diperlukan."],
    )
}

fn oom(survey: &Survey) -> Finding {
    let about = About {
        id: "kehabisan-memori",
        group: "Memori",
        title: "Program dihentikan karena memori habis",
        threshold: "tidak pernah sejak mesin menyala",
        source: "hitungan kernel (oom_kill)",
    };
    let Some(kills) = survey.memory.oom_kills else { return about.unknown() };
    about.when(
        kills > 0,
        Peringatan,
        format!("{kills} kali"),
        "Mesin ini pernah kehabisan memori; itu dapat terulang sewaktu Praja bekerja.",
        &["Cari penyebabnya: sudo journalctl -k | grep -i oom", "Tambahkan memori."],
    )
}

fn limit(survey: &Survey) -> Finding {
    let about = About {
        id: "batas-memori",
        group: "Memori",
        title: "Batas memori wadah",
        threshold: "tidak ada, atau sedikitnya 900 MiB",
        source: PRAJA,
    };
    let Some(limit) = survey.memory.limit_mib else { return about.found(crate::Severity::Info, "tidak ada") };
    about.when(
        limit < 900,
        WajibDisetujui,
        mib(limit),
        "Praja dihentikan oleh sistem begitu melewati batas itu.",
        &["Naikkan batas memori kontainer ini menjadi 1 GB atau lebih."],
    )
}

fn stalled(survey: &Survey) -> Finding {
    let about = About {
        id: "tekanan-memori",
        group: "Memori",
        title: "Waktu menunggu memori",
        threshold: "paling banyak 5 % dalam lima menit",
        source: "tekanan menurut kernel (PSI)",
    };
    let Some(stalled) = survey.memory.stalled_permille else { return about.unknown() };
    about.above(
        u64::from(stalled),
        &[(50, Peringatan), (250, WajibDisetujui)],
        percent(stalled),
        "Program pada mesin ini sering berhenti menunggu memori.",
        &["Tambahkan memori, atau pindahkan program lain."],
    )
}

fn strict(survey: &Survey) -> Finding {
    let about = About {
        id: "janji-memori",
        group: "Memori",
        title: "Pembagian memori",
        threshold: "bawaan kernel",
        source: "vm.overcommit_memory",
    };
    about.when(
        survey.memory.strict,
        Peringatan,
        if survey.memory.strict { "ketat (2)" } else { "bawaan" },
        "Sistem dapat menolak permintaan memori walaupun memorinya masih ada.",
        &["Kembalikan ke bawaan: sudo sysctl -w vm.overcommit_memory=0"],
    )
}
