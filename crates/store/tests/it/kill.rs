//! kill -9 under write load: a child process writes and says what was acknowledged, its parent kills it.

use std::{
    collections::HashSet,
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
    time::Duration,
};

use praja_store::{Db, Keys, Options, params};

use crate::{
    register::{REGISTER, draw, keys},
    support::{Bed, beds_with, by, durable, ids},
};

/// Names the database in the child.
const CHILD: &str = "PRAJA_STORE_TEST_CHILD";
const KILLS: u32 = 20;

#[test]
fn the_child_of_the_kill_test_writes_until_it_is_killed() {
    // Without the parent there is nothing to do: this test is the child's program.
    let Ok(address) = std::env::var(CHILD) else { return };
    let db = if address.starts_with('/') {
        Db::open_sqlite(address.as_ref(), &durable()).unwrap()
    } else {
        Db::open_postgres(&address, &Options { readers: 8, ..durable() }).unwrap()
    };
    let ids = ids();
    std::thread::scope(|scope| {
        for caller in 0..8 {
            let (db, by) = (&db, by(&ids, Some(1)));
            scope.spawn(move || {
                loop {
                    let number = db.write(&by, keys(), move |tx| draw(tx, caller)).unwrap();
                    // One system call a line: a line is there whole, or its number was not acknowledged.
                    std::io::stdout().lock().write_all(format!("\nack {number} end\n").as_bytes()).unwrap();
                    std::io::stdout().flush().unwrap();
                }
            });
        }
    });
}

#[test]
fn twenty_kills_under_load_lose_no_acknowledged_number() {
    for bed in beds_with(&durable()) {
        let mut acknowledged = HashSet::new();
        for kill in 0..KILLS {
            let new = run_and_kill(&bed, kill);
            assert!(!new.is_empty(), "{}: the child of kill {kill} acknowledged nothing", bed.name());
            for number in new {
                assert!(acknowledged.insert(number), "{number} was given twice");
            }
        }
        let kept: HashSet<i64> = numbers(&bed).into_iter().collect();
        let lost: Vec<_> = acknowledged.difference(&kept).collect();
        assert!(lost.is_empty(), "{}: lost {lost:?} of {}", bed.name(), acknowledged.len());
        // Each kill may leave what was committed and not yet acknowledged, never a gap.
        assert!(kept.len() - acknowledged.len() <= KILLS as usize * 8);
        crate::register::assert_register_whole(&bed.db, kept.len() as i64);
        bed.db.write(&bed.by(Some(1)), keys(), |tx| draw(tx, 0)).unwrap();
        let last: i64 = bed
            .db
            .write(&bed.by(None), Keys::unaudited(), |tx| {
                tx.scalar("SELECT terakhir FROM uji_register WHERE id = ?1", params![REGISTER])
            })
            .unwrap();
        assert_eq!(last, kept.len() as i64 + 1);
    }
}

/// Lets a child write for a moment, kills it, and gives the numbers it acknowledged.
fn run_and_kill(bed: &Bed, kill: u32) -> Vec<i64> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "kill::the_child_of_the_kill_test_writes_until_it_is_killed", "--nocapture"])
        .env(CHILD, bed.address())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut numbers = Vec::new();
    let read = |line: std::io::Result<String>| {
        line.ok().and_then(|line| line.strip_prefix("ack ")?.strip_suffix(" end")?.parse::<i64>().ok())
    };
    // The moment counts from the first acknowledgement, so that a slow start is not mistaken for a lost write.
    while numbers.is_empty() {
        let Some(line) = lines.next() else { break };
        numbers.extend(read(line));
    }
    let pause = Duration::from_millis(u64::from(kill * 37 % 101));
    let killer = std::thread::spawn(move || {
        std::thread::sleep(pause);
        // SIGKILL: the child has no chance to tidy up.
        child.kill().unwrap();
        child.wait().unwrap();
    });
    numbers.extend(lines.filter_map(read));
    killer.join().unwrap();
    numbers
}

fn numbers(bed: &Bed) -> Vec<i64> {
    // On PostgreSQL the server may need a moment to notice that its client is gone.
    bed.db.read(|tx| tx.list("SELECT nomor FROM uji_nomor ORDER BY register, nomor", &[], |row| row.get(0))).unwrap()
}
