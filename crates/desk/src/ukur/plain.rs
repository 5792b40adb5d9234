//! Measuring without a script: the browser is led from address to address, then given a page of known weight, and the moments at which it
//! comes back are noted. What was noted travels in the address under a seal, so that nothing has to be kept between two steps.

use praja_kernel::Moment;

use super::Angka;

/// So many times the browser is led on; each time takes as long as one answer.
const ANSWERS: usize = 8;
/// Letters of the page that is weighed. Each carries six bits that cannot be compressed.
pub(super) const LETTERS: usize = 256 * 1024;
const BITS_A_LETTER: u64 = 6;
/// Whoever comes back later did something else in between.
const TOO_LATE_MS: i64 = 120_000;

/// How far a measurement without a script has come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Walk {
    /// When the last answer left.
    left: i64,
    /// Times of the answers, in milliseconds.
    times: Vec<u64>,
    /// The page that is weighed has left.
    weighed: bool,
}

/// What comes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Next {
    /// Lead the browser on with this.
    On(String),
    /// Give it the page that is weighed, which leads on with this.
    Weigh(String),
    /// These are the figures.
    Done(Angka),
    /// It took too long, or makes no sense: begin anew.
    Again,
}

impl Walk {
    /// Begins now.
    pub(super) fn begin(now: Moment) -> Self {
        Self { left: now.ms(), ..Self::default() }
    }

    /// Reads what [`text`](Self::text) wrote.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('|');
        let left = parts.next()?.parse().ok()?;
        let weighed = parts.next()? == "1";
        let times = parts.map(|part| part.parse().ok()).collect::<Option<Vec<u64>>>()?;
        (times.len() <= ANSWERS).then_some(Self { left, times, weighed })
    }

    pub(super) fn text(&self) -> String {
        let times: String = self.times.iter().map(|time| format!("|{time}")).collect();
        format!("{}|{}{times}", self.left, u8::from(self.weighed))
    }

    /// The browser came back.
    pub(super) fn step(mut self, now: Moment) -> Next {
        let passed = now.ms() - self.left;
        let Some(passed) = u64::try_from(passed).ok().filter(|_| passed <= TOO_LATE_MS) else { return Next::Again };
        if self.weighed {
            return self.done(passed).map_or(Next::Again, Next::Done);
        }
        self.times.push(passed);
        self.left = now.ms();
        self.weighed = self.times.len() >= ANSWERS;
        if self.weighed { Next::Weigh(self.text()) } else { Next::On(self.text()) }
    }

    /// The page that is weighed was there after so many milliseconds, one answer's time included.
    fn done(&self, passed: u64) -> Option<Angka> {
        let mut sorted = self.times.clone();
        sorted.sort_unstable();
        let answer = sorted.get(sorted.len() / 2)?;
        let took = passed.saturating_sub(*answer).max(1);
        let kbit = LETTERS as u64 * BITS_A_LETTER / took;
        let micros: Vec<u64> = self.times.iter().map(|time| time * 1_000).collect();
        Angka::of(&micros, Some(kbit.max(1)), None)
    }
}

/// Letters in no order, from this seed.
pub(super) fn letters(count: usize, seed: u64) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.";
    let mut state = seed | 1;
    let mut text = String::with_capacity(count + 10);
    while text.len() < count {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (0..10).for_each(|at| text.push(char::from(ALPHABET[usize::try_from((state >> (at * 6)) & 63).unwrap_or(0)])));
    }
    text.truncate(count);
    text
}
