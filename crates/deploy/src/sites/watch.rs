use std::{collections::BTreeMap, fmt, str::FromStr, time::Duration};

use praja_kernel::{Moment, Zona};
use serde::{Deserialize, Serialize};

use super::{
    Address, Site,
    line::{Lines, ask, each, find},
};

/// The usual pause between two rounds; a short watch looks more often.
const ROUND: Duration = Duration::from_secs(60);
/// Rounds of a short watch.
const LEAST_ROUNDS: u64 = 60;
const PATIENCE: Duration = Duration::from_secs(5);
/// In an hour with fewer answers than half of its rounds an office cannot work.
const DARK_PERCENT: u32 = 50;
/// An hour of which less was seen says nothing.
const SEEN_MS: u128 = 10 * 60 * 1000;
/// Offices work from seven to four.
const WORK: std::ops::Range<usize> = 7..16;

/// How long lines are watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span(pub Duration);

impl FromStr for Span {
    type Err = String;

    /// Reads `24h` or `24j` (hours), `90m` (minutes), `7d` or `7hari` (days) and `30s` (seconds).
    fn from_str(said: &str) -> Result<Self, String> {
        let digits = said.trim().chars().take_while(char::is_ascii_digit).count();
        let (number, unit) = said.trim().split_at(digits);
        let seconds = match unit.trim().to_lowercase().as_str() {
            "s" | "detik" => 1,
            "m" | "menit" => 60,
            "h" | "j" | "jam" => 3_600,
            "d" | "hari" => 86_400,
            _ => return Err("tulis angka dan satuannya, misalnya 24h, 90m, atau 7d".to_owned()),
        };
        let number: u64 = number.parse().map_err(|_| "tulis angka dan satuannya, misalnya 24h, 90m, atau 7d".to_owned())?;
        let span = number.checked_mul(seconds).filter(|all| (10..=31 * 86_400).contains(all));
        span.map(|all| Self(Duration::from_secs(all))).ok_or_else(|| "antara 10 detik dan 31 hari".to_owned())
    }
}

impl fmt::Display for Span {
    /// As it may be typed again.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.as_secs() {
            hours if hours.is_multiple_of(3_600) => write!(f, "{}h", hours / 3_600),
            minutes if minutes.is_multiple_of(60) => write!(f, "{}m", minutes / 60),
            seconds => write!(f, "{seconds}s"),
        }
    }
}

/// One round: when, and for each address the time of its answer in microseconds (nothing: none).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Round {
    pada: i64,
    hasil: BTreeMap<String, Option<u64>>,
}

/// The first line of a diary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Head {
    praja: String,
    tiap_ms: u64,
}

const MARK: &str = "pantauan-kantor";

/// What was seen over hours, kept as lines of text so that an interruption loses at most the round at work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diary {
    every: Duration,
    rounds: Vec<Round>,
}

impl Diary {
    /// A new one, for a watch of this length.
    pub fn new(span: Span) -> Self {
        let short = u64::try_from(span.0.as_millis()).unwrap_or(u64::MAX) / LEAST_ROUNDS;
        Self { every: ROUND.min(Duration::from_millis(short)).max(Duration::from_millis(100)), rounds: Vec::new() }
    }

    /// Reads what was kept. A last line that a power cut tore is left out.
    ///
    /// # Errors
    /// What is wrong with it, half a sentence.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut lines = text.lines();
        let head: Head = lines
            .next()
            .and_then(|line| serde_json::from_str(line).ok())
            .filter(|head: &Head| head.praja == MARK && head.tiap_ms > 0)
            .ok_or_else(|| "baris pertamanya bukan catatan pantauan".to_owned())?;
        let mut rounds = Vec::new();
        let mut lines = lines.enumerate().peekable();
        while let Some((place, line)) = lines.next() {
            match serde_json::from_str(line) {
                Ok(round) => rounds.push(round),
                Err(_) if lines.peek().is_none() => {}
                Err(_) => return Err(format!("baris {} rusak", place + 2)),
            }
        }
        Ok(Self { every: Duration::from_millis(head.tiap_ms), rounds })
    }

    /// The first line of its file.
    pub fn head(&self) -> String {
        let head = Head { praja: MARK.to_owned(), tiap_ms: u64::try_from(self.every.as_millis()).unwrap_or(u64::MAX) };
        serde_json::to_string(&head).unwrap_or_default()
    }

    /// Pause between two rounds.
    pub const fn every(&self) -> Duration {
        self.every
    }

    /// Rounds seen.
    pub fn len(&self) -> usize {
        self.rounds.len()
    }

    /// Nothing was seen yet.
    pub fn is_empty(&self) -> bool {
        self.rounds.is_empty()
    }

    /// Rounds that a watch of this length has.
    pub fn needed(&self, span: Span) -> usize {
        usize::try_from(span.0.as_millis() / self.every.as_millis().max(1)).unwrap_or(usize::MAX).max(1)
    }

    /// Asks every office once, keeps what it said, and gives the line for the file.
    pub fn look(&mut self, lines: &dyn Lines, sites: &[Site], now: Moment) -> String {
        let answers = each(sites.len(), &|place| {
            find(lines, &sites[place].address).and_then(|to| ask(lines, to, PATIENCE)).map(|(us, _)| us)
        });
        let hasil = sites.iter().map(|site| site.address.to_string()).zip(answers.into_iter().map(Option::flatten)).collect();
        let round = Round { pada: now.ms(), hasil };
        let line = serde_json::to_string(&round).unwrap_or_default();
        self.rounds.push(round);
        line
    }
}

/// When an office had no line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dark {
    /// Rounds in which it was asked.
    pub rounds: u32,
    /// Of them without an answer.
    pub lost: u32,
    /// Hours of the day (0 to 23) in which it mostly did not answer.
    pub hours: Vec<u8>,
    /// Of them in a working day, 07.00 to 16.00.
    pub work_hours: u32,
    /// The longest time without any answer, in seconds.
    pub longest_s: u64,
    /// When that began.
    pub longest_from: Option<Moment>,
}

/// What a diary says of one office; `None` when it was never asked.
pub fn dark(diary: &Diary, address: &Address, zona: Zona) -> Option<Dark> {
    let name = address.to_string();
    let mut hours = [(0_u32, 0_u32); 24];
    let mut dark = Dark::default();
    // A run of rounds without an answer: where it began, and when it was last seen.
    let mut run: Option<(i64, i64)> = None;
    let every = i64::try_from(diary.every.as_millis()).unwrap_or(i64::MAX);
    for round in &diary.rounds {
        let Some(answer) = round.hasil.get(&name) else { continue };
        let hour = usize::try_from(zona.local(Moment(round.pada)).hour()).unwrap_or(0).min(23);
        dark.rounds += 1;
        hours[hour].0 += 1;
        if answer.is_some() {
            run = None;
            continue;
        }
        dark.lost += 1;
        hours[hour].1 += 1;
        // While nobody watched, nothing is known: the run begins anew.
        let begun = run.filter(|(_, last)| round.pada - last <= every * 3 + 10_000).map_or(round.pada, |(begun, _)| begun);
        run = Some((begun, round.pada));
        let lasted = u64::try_from((round.pada - begun + every) / 1000).unwrap_or(0);
        if lasted > dark.longest_s {
            (dark.longest_s, dark.longest_from) = (lasted, Some(Moment(begun)));
        }
    }
    let is_dark = |hour: &usize| {
        let (asked, lost) = hours[*hour];
        u128::from(asked) * diary.every.as_millis() >= SEEN_MS && lost * 100 >= asked * DARK_PERCENT
    };
    dark.hours = (0..24).filter(is_dark).filter_map(|hour| u8::try_from(hour).ok()).collect();
    dark.work_hours = u32::try_from(WORK.filter(is_dark).count()).unwrap_or(0);
    (dark.rounds > 0).then_some(dark)
}

impl Dark {
    /// "02.00–05.00 dan 13.00–14.00", or that there are none.
    pub fn ranges(&self) -> String {
        let mut ranges: Vec<(u8, u8)> = Vec::new();
        for hour in &self.hours {
            match ranges.last_mut() {
                Some((_, end)) if *end == *hour => *end += 1,
                _ => ranges.push((*hour, hour + 1)),
            }
        }
        if ranges.is_empty() {
            return "tidak ada".to_owned();
        }
        ranges.iter().map(|(from, to)| format!("{from:02}.00–{to:02}.00")).collect::<Vec<_>>().join(", ")
    }
}
