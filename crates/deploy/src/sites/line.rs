use std::{
    io::{self, ErrorKind},
    net::{IpAddr, SocketAddr},
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use serde::{Deserialize, Serialize};

use super::{Address, Site};

/// The way to other machines, so that a test can play any line.
pub trait Lines: Sync {
    /// What a name points to; empty when to nothing.
    fn addresses(&self, host: &str) -> Vec<IpAddr>;
    /// How long a connection took to be made.
    ///
    /// # Errors
    /// There was no answer within the limit, or a refusal, which is an answer, too.
    fn connect(&self, to: SocketAddr, limit: Duration) -> (Duration, io::Result<()>);
    /// Lets time pass.
    fn pause(&self, time: Duration);
}

/// How a line answered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The name pointed to an address.
    pub known: bool,
    /// Attempts.
    pub tries: u32,
    /// Of them without an answer.
    pub lost: u32,
    /// Half of the answers came faster, in microseconds.
    pub p50_us: Option<u64>,
    /// All but a twentieth came faster, in microseconds.
    pub p95_us: Option<u64>,
    /// How much an answer differed from the one before, on average, in microseconds.
    pub jitter_us: Option<u64>,
    /// The machine there answers, but nothing listens on the port.
    pub refused: bool,
}

/// How often and how patiently a line is asked.
struct Manner {
    tries: u32,
    pause: Duration,
    limit: Duration,
    /// After so many attempts without any answer there will be none.
    hopeless: u32,
}

const QUICK: Manner = Manner { tries: 10, pause: Duration::from_millis(100), limit: Duration::from_secs(2), hopeless: 3 };
const FULL: Manner = Manner { tries: 40, pause: Duration::from_millis(250), limit: Duration::from_secs(3), hopeless: 5 };
/// Waiting costs no work: many lines are asked at once.
const WORKERS: usize = 128;

/// Measures all lines at the same time; those not begun when `stop` says so are `None`.
pub fn measure_lines(lines: &dyn Lines, sites: &[Site], quick: bool, stop: &(dyn Fn() -> bool + Sync)) -> Vec<Option<Line>> {
    let manner = if quick { &QUICK } else { &FULL };
    let results = each(sites.len(), &|place| (!stop()).then(|| measure(lines, &sites[place].address, manner, stop)));
    results.into_iter().map(Option::flatten).collect()
}

/// Does `work` for every place, many at once, and gives the results in order.
pub(super) fn each<T: Send>(count: usize, work: &(dyn Fn(usize) -> T + Sync)) -> Vec<Option<T>> {
    let next = AtomicUsize::new(0);
    let results: Vec<Mutex<Option<T>>> = (0..count).map(|_| Mutex::new(None)).collect();
    thread::scope(|scope| {
        for _ in 0..count.min(WORKERS) {
            scope.spawn(|| {
                loop {
                    let place = next.fetch_add(1, Ordering::Relaxed);
                    let Some(slot) = results.get(place) else { break };
                    let result = work(place);
                    if let Ok(mut slot) = slot.lock() {
                        *slot = Some(result);
                    }
                }
            });
        }
    });
    results.into_iter().map(|slot| slot.into_inner().ok().flatten()).collect()
}

fn measure(lines: &dyn Lines, address: &Address, manner: &Manner, stop: &(dyn Fn() -> bool + Sync)) -> Line {
    let Some(to) = find(lines, address) else { return Line::default() };
    let (mut times, mut lost, mut refused) = (Vec::new(), 0, false);
    for attempt in 0..manner.tries {
        if stop() || (times.is_empty() && lost >= manner.hopeless) {
            break;
        }
        if attempt > 0 {
            lines.pause(manner.pause);
        }
        match ask(lines, to, manner.limit) {
            Some((took, no)) => {
                times.push(took);
                refused |= no;
            }
            None => lost += 1,
        }
    }
    line(&times, lost, refused)
}

/// Where to connect: the first address, IPv4 before IPv6, as most office lines know no other.
pub(super) fn find(lines: &dyn Lines, address: &Address) -> Option<SocketAddr> {
    let mut found = match address.host.parse::<IpAddr>() {
        Ok(own) => vec![own],
        Err(_) => lines.addresses(&address.host),
    };
    found.sort_by_key(IpAddr::is_ipv6);
    found.first().map(|one| SocketAddr::new(*one, address.port))
}

/// Time of an answer in microseconds, and whether it was a refusal; `None` without an answer.
pub(super) fn ask(lines: &dyn Lines, to: SocketAddr, limit: Duration) -> Option<(u64, bool)> {
    let (took, outcome) = lines.connect(to, limit);
    let us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
    match outcome {
        Ok(()) => Some((us, false)),
        // A machine that refuses has answered: its line is there.
        Err(error) if error.kind() == ErrorKind::ConnectionRefused => Some((us, true)),
        Err(_) => None,
    }
}

fn line(times: &[u64], lost: u32, refused: bool) -> Line {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    let at = |percent: usize| sorted.get((sorted.len() * percent).div_ceil(100).max(1) - 1).copied();
    let steps: Vec<u64> = times.windows(2).map(|pair| pair[0].abs_diff(pair[1])).collect();
    Line {
        known: true,
        tries: u32::try_from(times.len()).unwrap_or(u32::MAX).saturating_add(lost),
        lost,
        p50_us: at(50),
        p95_us: at(95),
        jitter_us: (!steps.is_empty()).then(|| steps.iter().sum::<u64>() / steps.len() as u64),
        refused,
    }
}

impl Line {
    /// Attempts without an answer, of a thousand; all when the name is not known.
    pub fn lost_permille(&self) -> u32 {
        (self.lost * 1000).checked_div(self.tries).unwrap_or(1000)
    }
}
