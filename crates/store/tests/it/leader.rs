//! Two servers, one of which leads: after a fail-over the same address text finds the new leader.

use std::time::{Duration, Instant};

use praja_store::{Db, Keys};

use crate::{
    cluster::Cluster,
    support::{Outcome, by, ids, note, notes, quick, sets},
};

const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn an_address_with_two_hosts_finds_the_new_leader_and_keeps_every_acknowledged_write() {
    let name = "leader::an_address_with_two_hosts_finds_the_new_leader_and_keeps_every_acknowledged_write";
    let Some(first) = Cluster::start(name, "wal_level = replica", |place| {
        let rules = "local all all trust\nhost all all 127.0.0.1/32 trust\nhost replication all 127.0.0.1/32 trust\n";
        std::fs::write(place.join("data/pg_hba.conf"), rules).unwrap();
    }) else {
        return;
    };
    let Some(second) = Cluster::follow(name, &first) else { return };
    // The follower stands first in the text: it answers, but may not be written to.
    let url = format!("postgres://praja@127.0.0.1:{},127.0.0.1:{}/postgres", second.port, first.port);
    let db = Db::open_postgres(&url, &quick()).unwrap();
    let by = by(&ids(), Some(1));
    db.migrate(&sets(), &by).unwrap();
    wait_for("the follower", || followers(&db) == 1);
    let write = |text: String| -> Outcome { db.write(&by, Keys::none(), move |tx| note(tx, &text).map(|_| ())) };
    let mut acknowledged: Vec<String> = Vec::new();
    for n in 0..20 {
        write(format!("sebelum {n:02}")).unwrap();
        acknowledged.push(format!("sebelum {n:02}"));
    }
    wait_for("the follower to have it all", || behind(&db) == 0);

    first.power_cut();
    let cut = Instant::now();
    second.promote();
    let mut found = None;
    for n in 0.. {
        let text = format!("sesudah {n:03}");
        // Until the new leader is found a write fails; the caller hears it and nothing hangs.
        if write(text.clone()).is_ok() {
            acknowledged.push(text);
            found = found.or(Some(cut.elapsed()));
            if acknowledged.len() >= 40 {
                break;
            }
        }
        assert!(cut.elapsed() < PATIENCE, "no new leader was found");
    }
    assert!(found.unwrap() < Duration::from_secs(15), "{found:?}");
    let kept = notes(&db);
    let lost: Vec<_> = acknowledged.iter().filter(|text| !kept.contains(text)).collect();
    assert!(lost.is_empty(), "{lost:?}");
}

fn followers(db: &Db) -> i64 {
    db.read(|tx| tx.scalar("SELECT COUNT(*) FROM pg_stat_replication WHERE state = 'streaming'", &[])).unwrap()
}

/// Bytes that the follower has not played yet.
fn behind(db: &Db) -> i64 {
    let sql =
        "SELECT CAST(COALESCE(MAX(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)), 1) AS BIGINT) FROM pg_stat_replication";
    db.read(|tx| tx.scalar(sql, &[])).unwrap()
}

fn wait_for(what: &str, ready: impl Fn() -> bool) {
    let began = Instant::now();
    while !ready() {
        assert!(began.elapsed() < PATIENCE, "waited in vain for {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}
