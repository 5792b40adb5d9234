//! A render that takes too long or too much is ended, and the next one is drawn as if nothing had happened.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use praja_documents::worker::Plan;
use praja_documents::{Job, Problem, Workers, kind, sample};

const MIB: u64 = 256;

fn workers(seconds: u64) -> Workers {
    let program = env!("CARGO_BIN_EXE_praja-naskah").into();
    Workers::new(Plan {
        program,
        arguments: vec![praja_documents::worker::CALL.into(), MIB.to_string().into()],
        count: 1,
        seconds,
        mib: MIB,
    })
}

fn job(template: &str) -> Job {
    Job {
        main: "coba.typ".into(),
        files: BTreeMap::from([("coba.typ".to_owned(), template.as_bytes().to_vec())]),
        date: (2026, 11, 23),
    }
}

#[test]
fn an_endless_template_is_ended_in_time_and_the_next_letter_is_drawn() {
    let workers = workers(3);
    let begun = Instant::now();
    let endless = "#for a in range(100000) { for b in range(100000) { let c = calc.pow(2.5, 3.1) } }";
    assert_eq!(workers.render(&job(endless)), Err(Problem::TooLong { seconds: 3 }));
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    assert_eq!(workers.render(&job("Satu")).map(|done| done.pages), Ok(1));
}

#[test]
fn a_template_that_wants_too_much_memory_gets_none_and_the_next_letter_is_drawn() {
    let workers = workers(60);
    for greedy in ["#let a = \"abcdefgh\" * 200000000\n#a.len()", "#let a = range(100000000)\n#a.len()"] {
        assert_eq!(workers.render(&job(greedy)), Err(Problem::TooMuchMemory { mib: MIB }), "{greedy}");
        assert_eq!(workers.render(&job("Satu")).map(|done| done.pages), Ok(1));
    }
}

#[test]
fn a_worker_draws_what_the_engine_draws_and_tells_the_same_troubles() {
    let workers = workers(60);
    let kind = kind("surat-dinas").unwrap();
    let job_of = praja_documents::Pack::new(BTreeMap::new()).job(kind, &sample(kind)).unwrap();
    assert_eq!(workers.render(&job_of), crate::tools::ENGINE.render(&job_of));
    assert_eq!(workers.render(&job("#kopp(1)")), crate::tools::ENGINE.render(&job("#kopp(1)")));
}

#[test]
fn a_program_that_is_not_there_is_a_problem_in_words() {
    let plan = Plan { program: "/tidak/ada".into(), arguments: Vec::new(), count: 1, seconds: 1, mib: 1 };
    assert!(matches!(Workers::new(plan).render(&job("Satu")), Err(Problem::Worker(_))));
}
