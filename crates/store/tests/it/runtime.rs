//! Beside an async runtime.

use praja_store::{Db, Keys};

use crate::support::{Bed, Outcome, beds, note, notes, postgres, quick};

async fn used(db: Db, bed: &Bed) {
    for _ in 0..20 {
        let (db, by) = (db.clone(), bed.by(None));
        actix_web::web::block(move || db.write(&by, Keys::unaudited(), |tx| note(tx, "x"))).await.unwrap().unwrap();
    }
}

#[test]
fn a_database_is_opened_used_and_dropped_inside_an_actix_runtime() {
    for bed in beds() {
        let address = bed.address();
        actix_web::rt::System::new().block_on(async {
            let db = actix_web::web::block(move || open(&address)).await.unwrap();
            used(db.clone(), &bed).await;
            // The last handle goes on an async thread.
            drop(db);
        });
        assert_eq!(notes(&bed.db).len(), 20);
    }
}

#[test]
fn the_last_handle_may_go_on_a_worker_of_a_tokio_runtime() {
    for bed in beds() {
        let address = bed.address();
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        runtime.block_on(async {
            let db = tokio::task::spawn_blocking(move || open(&address)).await.unwrap();
            let by = bed.by(None);
            tokio::spawn(async move {
                let other = db.clone();
                tokio::task::spawn_blocking(move || other.write(&by, Keys::unaudited(), |tx| note(tx, "x")))
                    .await
                    .unwrap()
                    .unwrap();
                drop(db);
            })
            .await
            .unwrap();
        });
        drop(runtime);
        assert_eq!(notes(&bed.db).len(), 1);
    }
}

#[test]
fn a_server_that_cannot_be_reached_is_an_error_and_no_panic() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let opened = runtime.block_on(async {
        tokio::task::spawn_blocking(|| {
            Db::open_postgres("postgres://praja@127.0.0.1:1/praja?connect_timeout=1", &quick()).map(|_| ())
        })
        .await
    });
    assert!(matches!(opened.unwrap(), Err(praja_store::StoreError::Server(praja_store::ServerTrouble::Unreachable(_)))));
}

#[test]
fn connections_that_died_in_the_pool_are_replaced_without_a_failed_caller() {
    let Some(bed) = postgres("runtime::connections_that_died_in_the_pool_are_replaced_without_a_failed_caller") else { return };
    let busy = |n: usize| -> Outcome {
        std::thread::scope(|scope| {
            let all: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| bed.db.write(&bed.by(None), Keys::unaudited(), |tx| note(tx, "x")).map(|_| ())))
                .collect();
            all.into_iter().try_for_each(|one| one.join().unwrap())
        })
        .map(|()| assert_eq!(notes(&bed.db).len(), n))
    };
    busy(8).unwrap();
    // As after a restart of the server or a fail-over: every connection in the pool is dead.
    bed.tamper(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'praja'",
    );
    busy(16).unwrap();
}

fn open(address: &str) -> Db {
    if address.starts_with('/') {
        Db::open_sqlite(address.as_ref(), &quick()).unwrap()
    } else {
        Db::open_postgres(address, &quick()).unwrap()
    }
}
