//! The real program on a terminal of 80 columns and 24 lines, where somebody types.

use std::{
    fs::File,
    io::{Read, Write},
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use rustix::{
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
    termios::{Winsize, tcsetwinsize},
};

use super::PATIENCE;

pub const ENTER: &str = "\r";
pub const DOWN: &str = "\x1b[B";

pub struct Typed {
    child: Child,
    keys: File,
    screen: Arc<Mutex<Vec<u8>>>,
    /// What was awaited already stands before here.
    seen: usize,
}

impl Typed {
    /// Without colour, so that what is said can be read as text.
    pub fn start(folder: &Path, arguments: &[&str]) -> Self {
        let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC).unwrap();
        grantpt(&ours).unwrap();
        unlockpt(&ours).unwrap();
        tcsetwinsize(&ours, Winsize { ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0 }).unwrap();
        let name = ptsname(&ours, Vec::new()).unwrap().into_string().unwrap();
        let theirs = || Stdio::from(File::options().read(true).write(true).open(&name).unwrap());
        let mut command = Command::new(env!("CARGO_BIN_EXE_praja"));
        command.args(arguments).current_dir(folder).env("NO_COLOR", "1").env("TERM", "xterm").env("PRAJA_PERINTAH", "praja");
        let child = command.stdin(theirs()).stdout(theirs()).stderr(theirs()).spawn().unwrap();
        drop(command);
        let keys = File::from(ours);
        let (mut reader, screen) = (keys.try_clone().unwrap(), Arc::new(Mutex::new(Vec::new())));
        let shown = screen.clone();
        thread::spawn(move || {
            let mut some = [0; 4096];
            // The last holder of the other end is gone: the program has ended.
            while let Ok(read @ 1..) = reader.read(&mut some) {
                shown.lock().unwrap().extend_from_slice(&some[..read]);
            }
        });
        Self { child, keys, screen, seen: 0 }
    }

    /// Everything that was shown so far, with what moves the cursor taken out.
    pub fn shown(&self) -> String {
        let bytes = self.screen.lock().unwrap().clone();
        let (text, mut plain) = (String::from_utf8_lossy(&bytes).into_owned(), String::new());
        let mut letters = text.chars();
        while let Some(letter) = letters.next() {
            if letter == '\x1b' {
                letters.by_ref().skip(1).find(char::is_ascii_alphabetic);
            } else if letter != '\r' {
                plain.push(letter);
            }
        }
        plain
    }

    /// Waits until this is shown, after all that was awaited before.
    pub fn awaits(&mut self, text: &str) -> &mut Self {
        let began = Instant::now();
        loop {
            let shown = self.shown();
            if let Some(at) = shown.get(self.seen..).and_then(|rest| rest.find(text)) {
                self.seen += at + text.len();
                return self;
            }
            assert!(began.elapsed() < PATIENCE, "{text:?} is not shown:\n{shown}");
            thread::sleep(Duration::from_millis(20));
        }
    }

    pub fn types(&mut self, keys: &str) -> &mut Self {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self
    }

    /// Waits for its end; gives how, and all that was shown.
    pub fn ends(mut self) -> (ExitStatus, String) {
        let began = Instant::now();
        while self.child.try_wait().unwrap().is_none() {
            assert!(began.elapsed() < PATIENCE, "does not end:\n{}", self.shown());
            thread::sleep(Duration::from_millis(20));
        }
        // What it said last may still be on its way.
        thread::sleep(Duration::from_millis(100));
        (self.child.wait().unwrap(), self.shown())
    }
}

impl Drop for Typed {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
