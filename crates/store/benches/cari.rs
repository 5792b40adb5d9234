//! How long a search takes among a million letters, on SQLite: `cargo bench -p praja-store --bench cari [-- LETTERS]`.
//!
//! Letters of thirty offices whose words are as common as in a regency's books. Three people ask: the registry of one office, a leader with
//! the letters of a quarter of all, and an inspector who may find everything. The index is made anew each time; that takes minutes.
#![allow(clippy::disallowed_methods)] // It measures time.

use std::{
    env,
    io::{Error, Write, stdout},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use praja_kernel::{Actor, Id, IdSource, Moment};
use praja_store::{By, Db, Keys, Options, search::Entry};

const LETTERS: u64 = 1_000_000;
const AT_ONCE: u64 = 5_000;
const OFFICES: u64 = 30;
const PAGE: i64 = 30;
/// Each question is asked so often; its p99 is the worst but two.
const TIMES: usize = 200;
const NOW: Moment = Moment(1_795_312_800_000);

/// From the most common to the rarest, as letters come.
const SUBJECTS: [&str; 12] = [
    "Undangan Rapat Koordinasi",
    "Permohonan Data dan Informasi",
    "Undangan Sosialisasi",
    "Laporan Pelaksanaan Kegiatan",
    "Permintaan Narasumber",
    "Penyampaian Laporan Keuangan",
    "Undangan Rapat Kerja",
    "Permohonan Bantuan Hibah",
    "Pemberitahuan Jadwal Pemeriksaan",
    "Usulan Kenaikan Pangkat",
    "Permohonan Cuti Besar",
    "Tindak Lanjut Temuan Pemeriksaan",
];
const THEMES: [&str; 8] = ["stunting", "musrenbang", "pemilu", "banjir", "pajak daerah", "dana desa", "vaksinasi", "pasar murah"];
const SENDERS: [&str; 6] =
    ["Dinas Kesehatan", "Dinas Pendidikan", "Badan Keuangan", "Camat", "Kementerian Dalam Negeri", "Inspektorat"];

/// What officers ask: words of many letters and of few, the beginning of a word, several words, a piece of a number, what is nowhere.
const QUESTIONS: [&str; 12] = [
    "undangan",
    "und",
    "u",
    "rapat koordinasi",
    "dinas kesehatan",
    "permohonan data dinas",
    "temuan",
    "desa017",
    "undangan desa017 banjir",
    "005/1",
    "2026",
    "zzqxjkvw",
];

struct Ids(AtomicU64);

impl IdSource for Ids {
    fn next_id(&self) -> Id {
        let mut random = [0; 10];
        random[2..].copy_from_slice(&self.0.fetch_add(1, Ordering::Relaxed).to_be_bytes());
        Id::v7(NOW.0, random)
    }
}

fn main() -> Result<(), Error> {
    // `cargo bench` adds a word of its own.
    let letters = env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(LETTERS);
    let folder = tempfile::tempdir()?;
    let ids = Arc::new(Ids(AtomicU64::new(1)));
    let by = By { actor: Actor::Pegawai { id: ids.next_id(), nama: "Uji".to_owned() }, jabatan: None, opd: None, at: NOW, ids };
    let filling = Options { durable: false, patient: true, cache_kib: 262_144, ..Options::default() };
    let path = folder.path().join("cari.db");
    let begun = Instant::now();
    {
        let db = Db::open_sqlite(&path, &filling).map_err(Error::other)?;
        db.migrate(&[], &by).map_err(Error::other)?;
        for first in (0..letters).step_by(usize::try_from(AT_ONCE).unwrap_or(1)) {
            let some = first..letters.min(first + AT_ONCE);
            db.write(&by, Keys::unaudited(), move |tx| some.clone().try_for_each(|n| tx.index(&letter(n))))
                .map_err(Error::other)?;
        }
    }
    writeln!(stdout(), "{letters} surat dimasukkan dalam {:.0?}", begun.elapsed())?;
    let db = Db::open_sqlite(&path, &Options::default()).map_err(Error::other)?;
    let people = [
        ("agendaris", vec!["orang:7".to_owned(), "jabatan:7".to_owned(), "opd:7".to_owned()]),
        (
            "pimpinan",
            (0..OFFICES / 4).map(|n| format!("opd:{n}")).chain(["orang:1".to_owned(), "jabatan:1".to_owned()]).collect(),
        ),
        ("pengawas", vec!["orang:2".to_owned(), "daerah".to_owned()]),
    ];
    let mut worst = Duration::ZERO;
    for (name, subjects) in &people {
        for question in QUESTIONS {
            let mut times = Vec::with_capacity(TIMES);
            let mut count = 0;
            for _ in 0..TIMES {
                let begun = Instant::now();
                count = db.read(|tx| tx.find(subjects, question, None, PAGE)).map_err(Error::other)?.count;
                times.push(begun.elapsed());
            }
            times.sort_unstable();
            let (median, p99) = (times[TIMES / 2], times[TIMES * 99 / 100]);
            worst = worst.max(p99);
            writeln!(stdout(), "{name:<10} {question:<26} tengah {median:>9.1?}  p99 {p99:>9.1?}  {count} hasil")?;
        }
    }
    writeln!(stdout(), "terlama p99 {:.1} ms", worst.as_secs_f64() * 1000.0)
}

/// The letter of this number, always the same. The square of a drawn number makes what comes first the most common.
fn letter(n: u64) -> Entry {
    let mut state = n.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut below = |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % limit as u64).unwrap_or(0)
    };
    let subject = SUBJECTS[below(SUBJECTS.len() + 1) * below(SUBJECTS.len()) / SUBJECTS.len()];
    let theme = THEMES[below(THEMES.len())];
    let sender = SENDERS[below(SENDERS.len())];
    let (office, post, place, year) = (below(30), below(400), below(300), 2017 + below(10));
    let mut akses = vec![format!("opd:{office}"), format!("jabatan:{post}"), format!("orang:{}", below(400))];
    if below(20) > 0 {
        akses.push("daerah".to_owned());
    }
    Entry {
        modul: "uji",
        jenis: "surat masuk",
        tautan: format!("/uji/surat/{n}"),
        judul: format!("{subject} {theme} Desa{place:03}"),
        nomor: format!("{:03}/{}/{}/{year}", 5 * below(40), 1 + n % 9000, ["DINKES", "SETDA", "BKD"][below(3)]),
        teks: format!("{sender} Desa{place:03} {} Kepala Bidang {} 000.1.{}", n % 5000, post % 40, below(9)),
        akses,
        pada: NOW.plus_ms(i64::try_from(n).unwrap_or(0)),
    }
}
