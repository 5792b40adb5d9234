//! Drawing in processes of their own, because the typesetter cannot be told to stop: one that takes too long is ended, and one that wants
//! too much memory gets none. Each stays warm for the next document.

use std::ffi::OsString;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitCode, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::Thread;
use std::time::Duration;

use crate::{Engine, Job, Limits, Problem, Rendered, text};

/// A worker is replaced after so many documents, so that what the typesetter remembers cannot grow for ever.
const DOCUMENTS: usize = 5_000;
/// The longest chunk that is read: above any document within [`crate::Limits`].
const LONGEST: usize = 256 * 1024 * 1024;
const SIGABRT: i32 = 6;
/// How long a document waits for a free worker before it is told to come again.
const QUEUE: Duration = Duration::from_secs(60);
/// How often the memory of a document under way is looked at.
const LOOK: Duration = Duration::from_millis(10);

/// The first argument by which a program becomes a worker; see [`called`].
pub const CALL: &str = "__naskah";
/// Memory for one document in the program, in MiB.
pub const MIB: u64 = 512;
/// Time for one document in the program.
pub const SECONDS: u64 = 30;

/// Serves as a worker when this program was begun as one: `__naskah MIB [FOLDER OF TYPEFACES]`; or becomes a bounded word processor
/// (`__kantor`). Otherwise gives nothing, and the program goes on.
pub fn called() -> Option<ExitCode> {
    let mut arguments = std::env::args_os().skip(1);
    let word = arguments.next()?;
    if word == crate::office::CALL {
        return Some(crate::office::become_office(arguments));
    }
    if word != CALL {
        return None;
    }
    let mib = arguments.next().and_then(|text| text.to_str()?.parse().ok()).unwrap_or(MIB);
    let (engine, _) =
        Engine::new(arguments.next().map(|folder| fonts(Path::new(&folder))).unwrap_or_default(), Limits::default());
    let done = serve(&engine, mib, io::stdin(), io::stdout().lock());
    Some(if done.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The typefaces of a regency; what cannot be read is left out.
fn fonts(folder: &Path) -> Vec<Vec<u8>> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    // The order of a folder is no order, and decides which of two faces of one name is taken.
    paths.sort_unstable();
    let is_font = |path: &Path| {
        let end = path.extension().and_then(|end| end.to_str()).unwrap_or_default().to_ascii_lowercase();
        ["ttf", "otf", "ttc"].contains(&end.as_str())
    };
    paths.iter().filter(|path| is_font(path)).filter_map(|path| std::fs::read(path).ok()).collect()
}

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
        let worker = self.take().ok_or(Problem::Busy)?;
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

    /// A place, with the worker that waits there; none when all stay busy.
    fn take(&self) -> Option<Option<Worker>> {
        let pool = self.pool.lock().unwrap_or_else(PoisonError::into_inner);
        let is_full = |pool: &mut Pool| pool.busy >= self.plan.count.max(1);
        let (mut pool, _) = self.freed.wait_timeout_while(pool, QUEUE, is_full).unwrap_or_else(PoisonError::into_inner);
        if is_full(&mut pool) {
            return None;
        }
        pool.busy += 1;
        Some(pool.idle.pop())
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
    !matches!(outcome, Err(Problem::TooLong { .. } | Problem::TooMuchMemory { .. } | Problem::Worker(_) | Problem::Busy))
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

/// The worker's side: draws what comes in. When the input ends, the program that gave it is gone or wants no more, and the process ends at
/// once, also in the middle of a document. Memory beyond what the process has now is capped at `mib`.
///
/// # Errors
/// When the output breaks.
pub fn serve(engine: &Engine, mib: u64, input: impl Read + Send + 'static, output: impl Write) -> io::Result<()> {
    let (hand, jobs) = channel();
    std::thread::spawn(move || {
        let mut input = BufReader::new(input);
        while let Ok(Some(job)) = read_job(&mut input) {
            if hand.send(job).is_err() {
                break;
            }
        }
        std::process::exit(0);
    });
    let at_work = Arc::new(AtomicBool::new(false));
    let watch = watch_memory(mib, at_work.clone())?;
    let mut output = BufWriter::new(output);
    while let Ok(job) = jobs.recv() {
        at_work.store(true, Ordering::Release);
        watch.unpark();
        let answer = if text::is_asked(&job) { text::answer(&job) } else { engine.render(&job) };
        at_work.store(false, Ordering::Release);
        write_answer(&mut output, answer)?;
    }
    Ok(())
}

/// Two bounds, because each has a hole: the system's own is exact, but services are often forbidden to set it and an allocator may have
/// reserved room before; looking at what is really used always works, a few milliseconds late.
fn watch_memory(mib: u64, at_work: Arc<AtomicBool>) -> io::Result<Thread> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let more = mib * 1024 * 1024;
    let (reserved, used) = memory()?;
    let most = Some(reserved + more);
    let watch = std::thread::spawn(move || {
        loop {
            if at_work.load(Ordering::Acquire) {
                if memory().is_ok_and(|(_, now)| now > used + more) {
                    std::process::abort();
                }
                std::thread::sleep(LOOK);
            } else {
                std::thread::park();
            }
        }
    });
    let _ = setrlimit(Resource::As, Rlimit { current: most, maximum: most });
    Ok(watch.thread().clone())
}

/// Reserved and used memory of this process in bytes.
fn memory() -> io::Result<(u64, u64)> {
    let now = std::fs::read_to_string("/proc/self/statm")?;
    let mut pages = now.split(' ').map(|pages| pages.parse().unwrap_or(0) * rustix::param::page_size() as u64);
    Ok((pages.next().unwrap_or(0), pages.next().unwrap_or(0)))
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
