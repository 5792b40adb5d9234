use praja_deploy::{Line, Office, number};
use praja_kernel::{Zona, tanggal_jam};

use super::Report;
use crate::{terminal::Terminal, try_::show};

/// The whole assessment on a terminal.
pub(super) fn report(report: &Report, zona: Zona, terminal: &Terminal) {
    show::findings(&report.findings, false, terminal);
    offices(&report.offices, zona, terminal);
    decision(report, terminal);
    show::recommendation(&report.recommendation, false, terminal);
    if let Some(cluster) = &report.recommendation.cluster {
        terminal.text("");
        terminal.paragraph("Untuk profil klaster masih diperlukan:");
        cluster.missing.iter().for_each(|one| terminal.item(&format!("{one}.")));
    }
    terminal.heading("Ringkasan");
}

fn decision(report: &Report, terminal: &Terminal) {
    terminal.heading("Keputusan");
    terminal.paragraph(&report.advice.decision);
    match &report.capacity {
        Some(capacity) => {
            terminal.fact("Sanggup melayani", &format!("{} pegawai (dibatasi {})", number(capacity.officers), capacity.bound));
            if let Some(years) = capacity.years {
                terminal.fact(
                    "Disk cukup untuk",
                    &if years < 1 { "kurang dari setahun".to_owned() } else { format!("{years} tahun") },
                );
            }
        }
        None => terminal.fact("Sanggup melayani", "belum diukur"),
    }
    for (title, items) in [
        ("Perbaiki sebelum memasang", &report.advice.before),
        ("Perbaiki, atau setujui secara tertulis", &report.advice.accept),
        ("Perbaiki sambil berjalan", &report.advice.later),
        ("Daftar belanja", &report.advice.shopping),
    ] {
        if !items.is_empty() {
            terminal.text("");
            terminal.paragraph(&format!("{title}:"));
            items.iter().for_each(|item| terminal.item(item));
        }
    }
}

/// Each office with what its line allows.
fn offices(offices: &[Office], zona: Zona, terminal: &Terminal) {
    if offices.is_empty() {
        return;
    }
    terminal.heading("Kantor");
    for office in offices {
        let way = office.way.as_ref().map_or("belum diukur", |way| way.cara.label());
        terminal.item(&format!("{}: {way}", office.label()));
        if let Some(way) = &office.way {
            terminal.beneath(&way.artinya);
        }
        measured(office, zona).iter().for_each(|line| terminal.beneath(line));
        if let Some(way) = office.way.as_ref().filter(|way| !way.sebab.is_empty()) {
            terminal.beneath(&format!("Sebab: {}.", way.sebab.join("; ")));
        }
    }
}

/// What was measured of an office, one line for each way of measuring.
pub(super) fn measured(office: &Office, zona: Zona) -> Vec<String> {
    let mut lines = Vec::new();
    if let (Some(line), Some(address)) = (&office.line, &office.alamat) {
        lines.push(format!("Dari mesin ini ke {address}: {}.", of_line(line)));
    }
    if let Some(dark) = &office.dark {
        let mut text = format!("Dipantau {} putaran; jam tanpa jaringan: {}", number(dark.rounds.into()), dark.ranges());
        if let Some(from) = dark.longest_from {
            text.push_str(&format!("; putus terlama {} sejak {}", span(dark.longest_s), tanggal_jam(zona.local(from))));
        }
        lines.push(format!("{text}."));
    }
    if let Some(seen) = &office.seen {
        let rate = |kbit: Option<u64>| kbit.map_or("tidak diukur".to_owned(), |kbit| format!("{} kbit/detik", number(kbit)));
        lines.push(format!(
            "Dari kantor itu ({} kali, terakhir {}): jawaban {} ms, hampir semua sampai {} ms; unduh {}, unggah {}.",
            number(seen.times.into()),
            tanggal_jam(zona.local(seen.at)),
            ms(seen.p50_us),
            ms(seen.p95_us),
            rate(seen.down_kbit),
            rate(seen.up_kbit)
        ));
    }
    lines
}

fn of_line(line: &Line) -> String {
    if !line.known {
        return "nama itu tidak dikenal; periksa alamatnya atau DNS".to_owned();
    }
    let (Some(p50), Some(p95)) = (line.p50_us, line.p95_us) else {
        return format!("tidak ada jawaban dari {} percobaan", line.tries);
    };
    let mut text = format!("jawaban {} ms, hampir semua sampai {} ms", ms(p50), ms(p95));
    if let Some(jitter) = line.jitter_us {
        text.push_str(&format!(", goyah {} ms", ms(jitter)));
    }
    text.push_str(&format!(", {} dari {} tidak terjawab", line.lost, line.tries));
    if line.refused {
        text.push_str("; mesin di sana menjawab, tetapi portanya tertutup");
    }
    text
}

/// "12,3" of 12,300 microseconds.
pub(super) fn ms(us: u64) -> String {
    let tenths = us.div_ceil(100);
    if tenths >= 1_000 { number(us.div_ceil(1_000)) } else { format!("{},{}", tenths / 10, tenths % 10) }
}

fn span(seconds: u64) -> String {
    match seconds {
        0..120 => format!("{seconds} detik"),
        120..7_200 => format!("{} menit", seconds / 60),
        _ => format!("{} jam", seconds / 3_600),
    }
}
