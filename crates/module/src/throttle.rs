use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use praja_kernel::Moment;

/// So many addresses are remembered; a flood from more of them forgets the oldest windows rather than filling the memory.
const MOST: usize = 20_000;

/// How often one address may ask for something within a time: for public pages that read the database for strangers.
///
/// Kept in memory, because a stranger's look must not cost a write; a restart forgets it.
#[derive(Debug)]
pub struct Throttle {
    limit: u32,
    window_ms: i64,
    seen: Mutex<HashMap<String, (Moment, u32)>>,
}

impl Throttle {
    /// At most `limit` times within `window_ms` milliseconds.
    pub fn new(limit: u32, window_ms: i64) -> Self {
        Self { limit, window_ms, seen: Mutex::new(HashMap::new()) }
    }

    /// Counts one more time and says whether it is still within the limit.
    pub fn allows(&self, who: &str, now: Moment) -> bool {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() >= MOST && !seen.contains_key(who) {
            seen.retain(|_, (since, _)| since.plus_ms(self.window_ms) > now);
            if seen.len() >= MOST {
                seen.clear();
            }
        }
        let (since, count) = seen.entry(who.to_owned()).or_insert((now, 0));
        if since.plus_ms(self.window_ms) <= now {
            (*since, *count) = (now, 0);
        }
        *count += 1;
        *count <= self.limit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_stopped_at_its_limit_and_let_in_again_after_the_window() {
        let throttle = Throttle::new(3, 60_000);
        let asks = |at: i64| throttle.allows("10.0.0.1", Moment(at));
        assert_eq!([asks(0), asks(1), asks(2), asks(3)], [true, true, true, false]);
        assert!(throttle.allows("10.0.0.2", Moment(3)), "another address is not punished");
        assert!(!asks(59_999));
        assert!(asks(60_000));
    }

    #[test]
    fn a_flood_of_addresses_does_not_grow_the_memory() {
        let throttle = Throttle::new(1, 60_000);
        for number in 0..=MOST {
            throttle.allows(&number.to_string(), Moment(0));
        }
        assert!(throttle.seen.lock().unwrap().len() <= MOST);
    }
}
