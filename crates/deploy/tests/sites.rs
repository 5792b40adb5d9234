//! Offices: how their file is read, how their lines are measured and watched, and what follows.

#![allow(clippy::unwrap_used)] // a test may stop at once

use std::{
    collections::BTreeMap,
    io::{self, ErrorKind},
    net::{IpAddr, SocketAddr, TcpListener},
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use praja_deploy::{
    Address, Dark, Diary, EXAMPLE, Line, Lines, Machine, Office, Seen, Severity, Site, Span, dark, join, measure_lines,
    office_findings, read_sites,
};
use praja_kernel::{CaraKerja, Date, Moment, Zona};

fn problems(text: &str) -> Vec<String> {
    read_sites(text.as_bytes()).unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn the_example_is_read() {
    let sites = read_sites(EXAMPLE.as_bytes()).unwrap();
    assert_eq!(sites.len(), 2);
    assert_eq!((sites[0].kode.as_str(), sites[0].nama.as_str(), sites[0].officers), ("1.02.01", "Dinas Kesehatan", Some(85)));
    assert_eq!(sites[0].address, Address { host: "10.20.1.1".into(), port: 80 });
    assert_eq!(sites[1].address, Address { host: "kantor-gantung.contoh.go.id".into(), port: 443 });
    assert_eq!(sites[1].jalur.as_deref(), Some("radio"));
}

#[test]
fn a_file_is_read_with_other_marks_other_heads_a_mark_before_it_and_empty_rows() {
    let text = "\u{feff}Kode OPD;Nama OPD;URL\r\n;Dinas \"A\";http://[fd00::1]:8080/masuk\r\n;;\r\n7.01;;kantor:22\r\n";
    let sites = read_sites(text.as_bytes()).unwrap();
    assert_eq!(sites[0].address.to_string(), "[fd00::1]:8080");
    assert_eq!((sites[1].row, sites[1].kode.as_str(), sites[1].address.to_string().as_str()), (4, "7.01", "kantor:22"));
}

#[test]
fn every_bad_cell_is_told_with_row_column_and_how_to_mend_it() {
    let cases = [
        ("", "Baris 1: tulis judul kolom: kode,nama,alamat,jalur,pegawai"),
        ("nama,alamat\n", "Baris 2: belum ada satu kantor pun"),
        ("nama\nA\n", "Baris 1: kolom alamat belum ada"),
        ("alamat\n10.1.2.3:80\n", "Baris 1: kolom kode atau nama belum ada"),
        (
            "nama,alamat,warna\n",
            "Baris 1, kolom 3 (\"warna\"): kolom ini tidak dikenal; yang dikenal: kode, nama, alamat, jalur, pegawai",
        ),
        ("nama,alamat,url\n", "Baris 1, kolom 3 (\"url\"): kolom ini ada dua kali"),
        ("nama,alamat\n,10.1.2.3:80\n", "Baris 2, kolom nama: tulis kode atau nama kantor"),
        ("nama,alamat\nA,\n", "Baris 2, kolom alamat: tulis nama atau alamat IP"),
        ("nama,alamat\nA,10.1.2.3\n", "Baris 2, kolom alamat (\"10.1.2.3\"): tambahkan porta"),
        ("nama,alamat\nA,10.1.2.3:0\n", "Baris 2, kolom alamat (\"10.1.2.3:0\"): tambahkan porta"),
        ("nama,alamat\nA,10.1.2.3:65536\n", "Baris 2, kolom alamat (\"10.1.2.3:65536\"): tambahkan porta"),
        ("nama,alamat\nA,10.1.2.300:80\n", "Baris 2, kolom alamat (\"10.1.2.300:80\"): tulis nama atau alamat IP"),
        ("nama,alamat\nA,kantor satu:80\n", "Baris 2, kolom alamat (\"kantor satu:80\"): tulis nama atau alamat IP"),
        ("nama,alamat\nA,fd00::1\n", "Baris 2, kolom alamat (\"fd00::1\"): tulis alamat IPv6 di antara kurung siku"),
        ("nama,alamat\nA,[fd00::1]\n", "Baris 2, kolom alamat (\"[fd00::1]\"): tambahkan porta"),
        ("nama,alamat\nA,ftp://kantor\n", "Baris 2, kolom alamat (\"ftp://kantor\"): alamat halaman diawali"),
        (
            "nama,alamat\nA,https://saya:rahasia@kantor\n",
            "Baris 2, kolom alamat (\"https://saya:rahasia@kantor\"): hapus nama akun",
        ),
        ("nama,alamat,pegawai\nA,k:80,banyak\n", "Baris 2, kolom pegawai (\"banyak\"): tulis banyaknya pegawai dengan angka"),
        ("kode,alamat\n1,k:80\n2,k:80\n1,k:81\n", "Baris 4, kolom kode (\"1\"): kantor ini sudah ada pada baris 2"),
        ("nama,alamat\nDinas A,k:80\ndinas a,k:80\n", "Baris 3, kolom nama (\"dinas a\"): kantor ini sudah ada pada baris 2"),
        ("nama,alamat\nDinas Satu, Dua,k:80\n", "Baris 2, kolom 3 (\"k:80\"): sel ini di luar kolom"),
        ("PK\u{3}\u{4}xlsx", "Baris 1: ini buku kerja Excel"),
    ];
    for (text, said) in cases {
        let found = problems(text);
        assert!(found.iter().any(|one| one.starts_with(said)), "{text:?}: {found:?}");
    }
    assert_eq!(problems("nama,alamat,pegawai\n,,x\nB,k,1\n").len(), 4, "all problems of all rows at once");
    assert_eq!(
        read_sites(b"nama,alamat\nA,k:80\nB\xff,k:80\n").unwrap_err()[0].row,
        3,
        "the row with letters of another encoding"
    );
}

/// Lines that answer as a test says: milliseconds, or nothing, by turns; and names that are known.
struct Played {
    answers: BTreeMap<SocketAddr, Vec<Option<u64>>>,
    turn: Mutex<BTreeMap<SocketAddr, usize>>,
    paused: AtomicUsize,
}

impl Played {
    fn new(answers: &[(&str, &[Option<u64>])]) -> Self {
        let answers = answers.iter().map(|(address, turns)| (address.parse().unwrap(), turns.to_vec())).collect();
        Self { answers, turn: Mutex::default(), paused: AtomicUsize::new(0) }
    }
}

impl Lines for Played {
    fn addresses(&self, host: &str) -> Vec<IpAddr> {
        if host == "kantor" { vec!["fd00::9".parse().unwrap(), "10.0.0.9".parse().unwrap()] } else { Vec::new() }
    }
    fn connect(&self, to: SocketAddr, limit: Duration) -> (Duration, io::Result<()>) {
        let turns = &self.answers[&to];
        let mut all = self.turn.lock().unwrap();
        let turn = all.entry(to).or_default();
        let answer = turns[*turn % turns.len()];
        *turn += 1;
        match answer {
            // Above a second stands for a refusal, which is an answer.
            Some(ms) if ms > 1_000 => (Duration::from_millis(ms - 1_000), Err(ErrorKind::ConnectionRefused.into())),
            Some(ms) => (Duration::from_millis(ms), Ok(())),
            None => (limit, Err(ErrorKind::TimedOut.into())),
        }
    }
    fn pause(&self, _: Duration) {
        self.paused.fetch_add(1, Ordering::Relaxed);
    }
}

fn site(host: &str, port: u16) -> Site {
    Site {
        row: 2,
        kode: String::new(),
        nama: format!("Kantor {host}"),
        address: Address { host: host.into(), port },
        jalur: None,
        officers: None,
    }
}

#[test]
fn a_line_is_measured_by_its_answers_and_the_lack_of_them() {
    let lines = Played::new(&[
        ("10.0.0.1:80", &[Some(10), Some(30)]),
        ("10.0.0.2:80", &[None]),
        ("10.0.0.9:80", &[Some(20), None, Some(1_020), Some(20)]),
    ]);
    let sites = [site("10.0.0.1", 80), site("10.0.0.2", 80), site("kantor", 80), site("tidak-ada", 80)];
    let found: Vec<Line> = measure_lines(&lines, &sites, true, &|| false).into_iter().map(Option::unwrap).collect();
    let times = (found[0].p50_us, found[0].p95_us, found[0].jitter_us);
    assert_eq!((found[0].tries, found[0].lost, times), (10, 0, (Some(10_000), Some(30_000), Some(20_000))));
    assert_eq!((found[1].tries, found[1].lost, found[1].p50_us), (3, 3, None), "what never answers is not asked for long");
    assert_eq!((found[2].tries, found[2].lost, found[2].refused, found[2].jitter_us), (10, 3, true, Some(0)), "IPv4 before IPv6");
    assert_eq!((found[3].known, found[3].lost_permille()), (false, 1_000));
    assert!(
        measure_lines(&lines, &sites, true, &|| true).iter().all(Option::is_none),
        "nothing is begun once somebody asked to stop"
    );
}

#[test]
fn real_lines_are_measured_and_a_closed_port_answers() {
    let open = TcpListener::bind("127.0.0.1:0").unwrap();
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let sites = [site("127.0.0.1", open.local_addr().unwrap().port()), site("localhost", closed)];
    let found: Vec<Line> = measure_lines(&Machine, &sites, true, &|| false).into_iter().map(Option::unwrap).collect();
    assert_eq!((found[0].tries, found[0].lost, found[0].refused), (10, 0, false));
    assert_eq!((found[1].lost, found[1].refused), (0, true));
    assert!(found.iter().all(|line| line.p50_us.unwrap() < 1_000_000 && line.p95_us >= line.p50_us));
}

#[test]
fn a_span_is_read_with_its_unit() {
    let seconds = |text: &str| text.parse::<Span>().map(|span| span.0.as_secs());
    for (text, value) in [("24h", 86_400), ("24j", 86_400), ("90m", 5_400), ("7d", 604_800), ("30s", 30), (" 2 jam ", 7_200)] {
        assert_eq!(seconds(text), Ok(value), "{text}");
        let again = text.parse::<Span>().unwrap().to_string();
        assert_eq!(seconds(&again), Ok(value), "{again}");
    }
    for text in ["", "24", "h", "0h", "5s", "32d", "-1h", "1.5h", "99999999999999999999h"] {
        assert!(seconds(text).is_err(), "{text}");
    }
}

/// A watch from this local hour, a round each ten minutes; the answers by turns.
fn diary(from: i8, answers: &[Option<u64>]) -> (Diary, Address) {
    let lines = Played::new(&[("10.0.0.1:80", answers)]);
    let sites = [site("10.0.0.1", 80)];
    let mut diary = Diary::new("24h".parse().unwrap());
    let begin = Zona::Wita.at(Date::constant(2026, 11, 23).at(from, 0, 0, 0));
    for round in 0..answers.len() {
        diary.look(&lines, &sites, begin.plus_ms(i64::try_from(round).unwrap() * 60_000));
    }
    (diary, sites[0].address.clone())
}

#[test]
fn dark_hours_are_those_in_which_an_office_mostly_did_not_answer() {
    // Three hours from six: there, half away, away.
    let mut answers = vec![Some(5); 60];
    answers.extend([Some(5), None].repeat(30));
    answers.extend(vec![None; 60]);
    let (diary, address) = diary(6, &answers);
    let found = dark(&diary, &address, Zona::Wita).unwrap();
    assert_eq!((found.rounds, found.lost, found.hours.as_slice(), found.work_hours), (180, 90, [7, 8].as_slice(), 2));
    assert_eq!(found.ranges(), "07.00–09.00");
    assert_eq!(
        (found.longest_s, found.longest_from),
        (61 * 60, Some(Zona::Wita.at(Date::constant(2026, 11, 23).at(7, 59, 0, 0))))
    );
    assert_eq!(dark(&diary, &Address { host: "lain".into(), port: 80 }, Zona::Wita), None, "never asked");
    assert_eq!(Dark::default().ranges(), "tidak ada");
}

#[test]
fn a_watch_goes_on_after_an_interruption_and_a_torn_line_is_left_out() {
    let span: Span = "24h".parse().unwrap();
    let lines = Played::new(&[("10.0.0.1:80", &[Some(5)])]);
    let sites = [site("10.0.0.1", 80)];
    let mut first = Diary::new(span);
    assert_eq!((first.needed(span), first.every()), (1_440, Duration::from_secs(60)));
    let kept: Vec<String> = (0..3).map(|round| first.look(&lines, &sites, Moment(round * 60_000))).collect();
    let text = format!("{}\n{}\n", first.head(), kept.join("\n"));
    assert_eq!(Diary::parse(&text).unwrap(), first);
    let torn = Diary::parse(&text[..text.len() - 9]).unwrap();
    assert_eq!(torn.len(), 2, "the power went out while the third was written");
    assert!(Diary::parse(&text.replacen("pada", "ada", 1)).unwrap_err().contains("baris 2"));
    assert!(Diary::parse("nama,alamat\n").is_err(), "another file");
    // While nobody watched nothing is known: it is not dark.
    let mut gap = Diary::new(span);
    let away = Played::new(&[("10.0.0.1:80", &[None])]);
    gap.look(&away, &sites, Moment(0));
    gap.look(&away, &sites, Moment(7_200_000));
    let found = dark(&gap, &sites[0].address, Zona::Wib).unwrap();
    assert_eq!((found.longest_s, found.hours.len()), (60, 0), "two rounds say nothing of an hour");
    assert_eq!(Diary::new("10s".parse().unwrap()).needed("10s".parse().unwrap()), 60, "a short watch looks more often");
}

fn seen(p95_us: u64, down: u64, up: u64) -> Seen {
    Seen { at: Moment(0), times: 1, p50_us: p95_us / 2, p95_us, down_kbit: Some(down), up_kbit: Some(up) }
}

fn line(p95_us: u64, lost: u32) -> Option<Line> {
    Some(Line { known: true, tries: 40, lost, p50_us: Some(1_000), p95_us: Some(p95_us), jitter_us: Some(0), refused: false })
}

fn way(office: &Office) -> CaraKerja {
    office.way.as_ref().unwrap().cara
}

#[test]
fn an_office_works_as_the_worst_of_its_measures_allows() {
    let mut sites = vec![site("a", 80), site("b", 80), site("c", 80), site("d", 80)];
    sites[1].kode = "1.02".into();
    sites[2].nama = "Kecamatan Gantung".into();
    let lines =
        vec![line(20_000, 0), line(20_000, 0), line(20_000, 0), Some(Line { known: true, tries: 5, lost: 5, ..Line::default() })];
    let darks = vec![Some(Dark { rounds: 1_440, lost: 200, hours: vec![9, 10], work_hours: 2, ..Dark::default() })];
    let told = vec![
        ("1.02".to_owned(), "Dinas Kesehatan".to_owned(), seen(400_000, 5_000, 900)),
        ("7.01".to_owned(), "kecamatan gantung".to_owned(), seen(100_000, 5_000, 900)),
        ("9.99".to_owned(), "Kelurahan Baru".to_owned(), seen(100_000, 100, 900)),
    ];
    let offices = join(&sites, lines, darks, told);
    assert_eq!(offices.len(), 5, "an office that only its officers measured is there, too");
    assert_eq!(way(&offices[0]), CaraKerja::Berkala, "two dark hours");
    assert_eq!(
        (way(&offices[1]), offices[1].way.as_ref().unwrap().sebab.len()),
        (CaraKerja::Hemat, 1),
        "slow when seen from there"
    );
    assert_eq!((way(&offices[2]), offices[2].seen.is_some()), (CaraKerja::Daring, true), "joined by name");
    assert_eq!(way(&offices[3]), CaraKerja::Titip);
    assert_eq!((way(&offices[4]), offices[4].nama.as_str()), (CaraKerja::Berkala, "Kelurahan Baru"));

    let findings = office_findings(&offices);
    assert_eq!(
        (findings[0].id, findings[0].severity, findings[0].value.as_str()),
        ("kantor-terjangkau", Severity::Peringatan, "1 dari 5 kantor: Kantor d")
    );
    assert_eq!((findings[1].id, findings[1].severity), ("kantor-tautan", Severity::Peringatan));
    assert!(findings[1].value.starts_with("3 dari 5 kantor: "), "{}", findings[1].value);
    assert!(findings.iter().all(|one| !one.meaning.is_empty() && !one.remedy.is_empty()));
    let cut: Vec<Office> = offices[3..4].to_vec();
    assert_eq!(office_findings(&cut)[0].severity, Severity::WajibDisetujui, "most of the offices are cut off");
    let good: Vec<Office> = offices[2..3].to_vec();
    assert!(office_findings(&good).iter().all(|one| one.severity == Severity::Info && one.remedy.is_empty()));
    assert!(office_findings(&[]).is_empty());
    assert_eq!(serde_json::from_str::<Vec<Office>>(&serde_json::to_string(&offices).unwrap()).unwrap(), offices);
}
