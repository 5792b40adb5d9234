//! The folder of somebody who follows a guide: what is typed, what runs, what was said.

use std::{
    collections::BTreeMap,
    fs,
    io::{Read, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use crate::common::{PATIENCE, free_port, signal};

/// A program that serves, and what it says.
struct Serving {
    root: String,
    child: Child,
    said: Arc<Mutex<String>>,
    readers: Vec<thread::JoinHandle<()>>,
}

pub struct Scene {
    folder: tempfile::TempDir,
    serving: Vec<Serving>,
    ports: BTreeMap<String, u16>,
    /// All that was printed on this page.
    pub said: String,
    /// Kept until the page ends.
    pub helpers: Vec<Child>,
}

impl Scene {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for name in ["bin", "home"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        for name in ["bin/praja", "praja"] {
            std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_praja"), folder.path().join(name)).unwrap();
        }
        Self { folder, serving: Vec::new(), ports: BTreeMap::new(), said: String::new(), helpers: Vec::new() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn shell(&self, command: &str) -> Command {
        let mut shell = Command::new("sh");
        let path = format!("{}:{}", self.path("bin").display(), std::env::var("PATH").unwrap_or_default());
        shell.args(["-c", command]).current_dir(self.folder.path()).env("PATH", path).env("HOME", self.path("home"));
        shell.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        shell
    }

    /// Runs a command that ends by itself.
    pub fn run(&mut self, command: &str, codes: &[i32]) -> Result<(), String> {
        let output = self.shell(command).output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        self.said.push_str(&text);
        let code = output.status.code().unwrap_or(-1);
        if codes.contains(&code) { Ok(()) } else { Err(format!("`{command}` ends with {code}:\n{text}")) }
    }

    /// Starts a command that serves and waits until it does. What serves from that folder is stopped before.
    pub fn serve(&mut self, command: &str) -> Result<(), String> {
        let root = root_of(command);
        self.stop(&root);
        let command = self.with_port(command, &root)?;
        let mut child = self.shell(&format!("exec {command}")).spawn().unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        let streams: [Box<dyn Read + Send>; 2] = [Box::new(child.stdout.take().unwrap()), Box::new(child.stderr.take().unwrap())];
        let readers = streams.map(|stream| follow(stream, said.clone())).into();
        self.serving.push(Serving { root, child, said, readers });
        let Some(one) = self.serving.last_mut() else { unreachable!("it was just put there") };
        let began = Instant::now();
        loop {
            let text = one.said.lock().unwrap().clone();
            if text.contains("Tekan Ctrl-C") || text.contains("Praja melayani") {
                return Ok(());
            }
            if one.child.try_wait().unwrap().is_some() || began.elapsed() > PATIENCE {
                return Err(format!("`{command}` does not serve:\n{text}"));
            }
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// `try` is told not to ask and where to listen; what is served after a restore listens elsewhere than at the usual port.
    fn with_port(&mut self, command: &str, root: &str) -> Result<String, String> {
        if let Some(port) = after(command, "--port") {
            self.ports.insert(root.to_owned(), port.parse().unwrap());
            return Ok(format!("{command} --yes"));
        }
        let known = self.ports.contains_key(root);
        let port = *self.ports.entry(root.to_owned()).or_insert_with(free_port);
        if command.starts_with("praja try") {
            return Ok(format!("{command} --yes --port {port}"));
        }
        let over = self.path(root).join("config/praja.local.yaml");
        let text = fs::read_to_string(&over).unwrap_or_default();
        if !known && !text.lines().any(|line| line.starts_with("alamat:")) {
            let address = format!("127.0.0.1:{port}");
            let text = format!("{text}alamat: \"{address}\"\nurl_publik: \"http://{address}\"\n");
            fs::write(&over, text).map_err(|_| format!("`{command}`: there is no installation in {root}"))?;
        }
        Ok(command.to_owned())
    }

    /// Ctrl-C, as the guides say; what was said goes to the rest.
    pub fn stop(&mut self, root: &str) {
        while let Some(at) = self.serving.iter().position(|one| one.root == root) {
            let mut one = self.serving.remove(at);
            signal(&one.child, "INT");
            let began = Instant::now();
            while one.child.try_wait().unwrap().is_none() {
                assert!(began.elapsed() < PATIENCE, "{root} does not stop");
                thread::sleep(Duration::from_millis(20));
            }
            for reader in one.readers {
                reader.join().unwrap();
            }
            let said = one.said.lock().unwrap();
            assert!(one.child.wait().unwrap().success(), "{root}: {said}");
            self.said.push_str(&said);
        }
    }

    /// Ends the page.
    pub fn end(&mut self) {
        while let Some(root) = self.serving.first().map(|one| one.root.clone()) {
            self.stop(&root);
        }
    }

    pub fn port(&self, root: &str) -> u16 {
        self.ports[root]
    }

    /// Writes a file, or adds to the one that is there.
    pub fn add(&self, name: &str, text: &str) {
        let mut file = fs::OpenOptions::new().append(true).create(true).open(self.path(name)).unwrap();
        file.write_all(text.as_bytes()).unwrap();
    }

    /// The name of the newest backup in the folder.
    pub fn backup(&self) -> String {
        let names = fs::read_dir(self.folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| Path::new(name).extension().is_some_and(|end| end == "cadangan")).max().unwrap_or_default()
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        for one in &mut self.serving {
            let _ = one.child.kill();
            let _ = one.child.wait();
        }
        for helper in &mut self.helpers {
            let _ = helper.kill();
            let _ = helper.wait();
        }
    }
}

fn follow(mut stream: Box<dyn Read + Send>, said: Arc<Mutex<String>>) -> thread::JoinHandle<()> {
    thread::spawn(move || {
        let mut piece = [0; 4096];
        // A letter may be cut in two between reads; it is put together before it is kept.
        let mut open = Vec::new();
        while let Ok(read @ 1..) = stream.read(&mut piece) {
            open.extend_from_slice(&piece[..read]);
            let whole = match std::str::from_utf8(&open) {
                Ok(text) => text.len(),
                Err(error) => error.valid_up_to(),
            };
            let text: Vec<u8> = open.drain(..whole).collect();
            said.lock().unwrap().push_str(&String::from_utf8_lossy(&text));
        }
    })
}

/// The folder a command works in.
fn root_of(command: &str) -> String {
    let named = after(command, "--root").map(ToOwned::to_owned);
    let config = || after(command, "--config").and_then(|path| path.strip_suffix("/config/praja.yaml")).map(ToOwned::to_owned);
    let root = named.or_else(config).unwrap_or_else(|| "praja-box".to_owned());
    root.trim_start_matches("./").replace('~', "home")
}

fn after<'c>(command: &'c str, option: &str) -> Option<&'c str> {
    command.split_whitespace().skip_while(|word| *word != option).nth(1)
}
