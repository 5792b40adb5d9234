//! Drawing in processes of their own, because the typesetter cannot be told to stop: one that takes too long is ended, and one that wants
//! too much memory gets none. Each stays warm for the next document.

use std::ffi::OsString;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use crate::{Engine, Job, Problem, Rendered};

/// A worker is replaced after so many documents, so that what the typesetter remembers cannot grow for ever.
const DOCUMENTS: usize = 5_000;
/// The longest chunk that is read: above any document within [`crate::Limits`].
const LONGEST: usize = 256 * 1024 * 1024;
const SIGABRT: i32 = 6;

/// How a worker is begun and what it may use.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The program that calls [`serve`].
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<OsString>,
    /// How many documents are drawn at once: the cores that may be used.
    pub count: usize,
    /// How long one may take, in seconds.
    pub seconds: u64,
    /// How much memory one may take beyond the engine's own, in MiB. Told to [`serve`] by the caller, in `arguments`.
    pub mib: u64,
}

/// Warm workers.
pub struct Workers {
    plan: Plan,
    pool: Mutex<Pool>,
    freed: Condvar,
}

#[derive(Default)]
struct Pool {
    idle: Vec<Worker>,
    busy: usize,
}

struct Worker {
    child: Child,
    input: BufWriter<ChildStdin>,
    answers: Receiver<io::Result<Answer>>,
    drawn: usize,
}

type Answer = Result<Rendered, Problem>;

impl Workers {
    /// Begins none yet: the first document begins the first.
    pub fn new(plan: Plan) -> Self {
        Self { plan, pool: Mutex::default(), freed: Condvar::new() }
    }

    /// Draws one document; waits while all workers are busy.
    ///
    /// # Errors
    /// [`Problem`]; [`Problem::TooLong`] and [`Problem::TooMuchMemory`] after the worker was ended.
    pub fn render(&self, job: &Job) -> Result<Rendered, Problem> {
        let worker = self.take();
        let outcome = match worker.map_or_else(|| Worker::begin(&self.plan), Ok) {
            Ok(mut worker) => {
                let outcome = worker.draw(job, &self.plan);
                (outcome, Some(worker))
            }
            Err(cause) => (Err(Problem::Worker(cause.to_string())), None),
        };
        let (outcome, worker) = outcome;
        self.give_back(worker.filter(|worker| is_fit(&outcome) && worker.drawn < DOCUMENTS));
        outcome
    }

    fn take(&self) -> Option<Worker> {
        let mut pool = self.pool.lock().unwrap_or_else(PoisonError::into_inner);
        while pool.busy >= self.plan.count.max(1) {
            pool = self.freed.wait(pool).unwrap_or_else(PoisonError::into_inner);
        }
        pool.busy += 1;
        pool.idle.pop()
    }

    fn give_back(&self, worker: Option<Worker>) {
        let mut pool = self.pool.lock().unwrap_or_else(PoisonError::into_inner);
        pool.busy -= 1;
        pool.idle.extend(worker);
        self.freed.notify_one();
    }
}

/// A worker that answered can draw the next one; one that was ended or died cannot.
fn is_fit(outcome: &Answer) -> bool {
    !matches!(outcome, Err(Problem::TooLong { .. } | Problem::TooMuchMemory { .. } | Problem::Worker(_)))
}

impl Worker {
    fn begin(plan: &Plan) -> io::Result<Self> {
        let mut command = Command::new(&plan.program);
        // Nothing of the server's surroundings is handed on: neither secrets in its environment nor its folder.
        command.args(&plan.arguments).env_clear().current_dir("/");
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::Error::other("no pipes"));
        };
        let (tell, answers) = channel();
        std::thread::spawn(move || {
            let mut output = BufReader::new(output);
            loop {
                let answer = read_answer(&mut output);
                let ended = answer.is_err();
                if tell.send(answer).is_err() || ended {
                    break;
                }
            }
        });
        Ok(Self { child, input: BufWriter::new(input), answers, drawn: 0 })
    }

    fn draw(&mut self, job: &Job, plan: &Plan) -> Answer {
        self.drawn += 1;
        let sent = write_job(&mut self.input, job);
        match self.answers.recv_timeout(Duration::from_secs(plan.seconds)) {
            Ok(Ok(answer)) => answer,
            Err(RecvTimeoutError::Timeout) => Err(Problem::TooLong { seconds: plan.seconds }),
            Ok(Err(cause)) => Err(self.died(plan, &sent.err().unwrap_or(cause))),
            Err(RecvTimeoutError::Disconnected) => Err(self.died(plan, &io::Error::from(io::ErrorKind::BrokenPipe))),
        }
    }

    /// An allocation that is refused ends a process by abort.
    fn died(&mut self, plan: &Plan, cause: &io::Error) -> Problem {
        match self.child.wait() {
            Ok(status) if status.signal() == Some(SIGABRT) => Problem::TooMuchMemory { mib: plan.mib },
            Ok(status) => Problem::Worker(status.to_string()),
            Err(_) => Problem::Worker(cause.to_string()),
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // Ended already, or to be ended now: either way nothing stays behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The worker's side: draws what comes in until the input ends. Memory beyond what the process has now is capped at `mib`.
///
/// # Errors
/// When the pipes break or the cap cannot be set.
pub fn serve(engine: &Engine, mib: u64, input: impl Read, output: impl Write) -> io::Result<()> {
    cap_memory(mib)?;
    let (mut input, mut output) = (BufReader::new(input), BufWriter::new(output));
    while let Some(job) = read_job(&mut input)? {
        write_answer(&mut output, engine.render(&job))?;
    }
    Ok(())
}

fn cap_memory(mib: u64) -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let now = std::fs::read_to_string("/proc/self/statm")?;
    let pages: u64 = now.split(' ').next().and_then(|pages| pages.parse().ok()).unwrap_or_default();
    let most = Some(pages * rustix::param::page_size() as u64 + mib * 1024 * 1024);
    Ok(setrlimit(Resource::As, Rlimit { current: most, maximum: most })?)
}

/// What goes before the bytes of a job's files.
#[derive(serde::Serialize, serde::Deserialize)]
struct Head {
    main: String,
    names: Vec<String>,
    date: (i32, u8, u8),
}

/// What goes before the bytes of a document.
#[derive(serde::Serialize, serde::Deserialize)]
struct Done {
    pages: usize,
    warnings: Vec<crate::Trouble>,
}

fn write_job(out: &mut impl Write, job: &Job) -> io::Result<()> {
    let head = Head { main: job.main.clone(), names: job.files.keys().cloned().collect(), date: job.date };
    write_chunk(out, &serde_json::to_vec(&head)?)?;
    for bytes in job.files.values() {
        write_chunk(out, bytes)?;
    }
    out.flush()
}

fn read_job(input: &mut impl Read) -> io::Result<Option<Job>> {
    let head = match read_chunk(input) {
        Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    };
    let head: Head = serde_json::from_slice(&head)?;
    let files = head.names.into_iter().map(|name| Ok((name, read_chunk(input)?))).collect::<io::Result<_>>()?;
    Ok(Some(Job { main: head.main, files, date: head.date }))
}

fn write_answer(out: &mut impl Write, answer: Answer) -> io::Result<()> {
    let pdf = match answer {
        Ok(done) => {
            let head: Result<Done, Problem> = Ok(Done { pages: done.pages, warnings: done.warnings });
            write_chunk(out, &serde_json::to_vec(&head)?)?;
            done.pdf
        }
        Err(problem) => {
            write_chunk(out, &serde_json::to_vec(&Err::<Done, _>(problem))?)?;
            Vec::new()
        }
    };
    write_chunk(out, &pdf)?;
    out.flush()
}

fn read_answer(input: &mut impl Read) -> io::Result<Answer> {
    let head: Result<Done, Problem> = serde_json::from_slice(&read_chunk(input)?)?;
    let pdf = read_chunk(input)?;
    Ok(head.map(|done| Rendered { pdf, pages: done.pages, warnings: done.warnings }))
}

fn write_chunk(out: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
    out.write_all(&length.to_le_bytes())?;
    out.write_all(bytes)
}

fn read_chunk(input: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut length = [0_u8; 4];
    input.read_exact(&mut length)?;
    let length = u32::from_le_bytes(length) as usize;
    if length > LONGEST {
        return Err(io::Error::from(io::ErrorKind::InvalidData));
    }
    let mut bytes = vec![0; length];
    input.read_exact(&mut bytes)?;
    Ok(bytes)
}
