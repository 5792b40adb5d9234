//! Files of a word processor become PDF by LibreOffice, where the machine has it: in a process of its own, with bounded time and memory, a
//! profile that is made for this one file and thrown away, macros off, and no way to the network.

mod package;

use std::ffi::OsString;
use std::fs::{self, DirBuilder};
use std::io::Read;
use std::os::unix::fs::DirBuilderExt;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use praja_module::documents::{DrawError, Trouble};
use rustix::process::{Pid, Resource, Rlimit, Signal, kill_process_group, setrlimit};

/// The first argument by which this program bounds itself and becomes LibreOffice: limits can be set by a process for itself alone.
pub const CALL: &str = "__kantor";
/// Where LibreOffice stands.
const PLACES: [&str; 6] = [
    "/usr/bin/soffice",
    "/usr/bin/libreoffice",
    "/usr/lib/libreoffice/program/soffice",
    "/usr/lib64/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/usr/local/bin/soffice",
];
/// A program of util-linux that runs another one without network.
const APART: &str = "/usr/bin/unshare";
const APART_WORDS: [&str; 4] = ["--user", "--map-current-user", "--net", "--"];
/// How often time and memory of a conversion are looked at.
const LOOK: Duration = Duration::from_millis(50);
/// A result above this is no letter.
const LARGEST: u64 = 64 << 20;

/// What one conversion may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Seconds until it is ended.
    pub seconds: u64,
    /// Memory really used, in MiB, by all its processes.
    pub mib: u64,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { seconds: 60, mib: 700 }
    }
}

/// LibreOffice of this machine.
pub struct Office {
    program: PathBuf,
    /// The program of ours that bounds itself first.
    wrapper: PathBuf,
    bounds: Bounds,
    /// Can it be begun without network?
    apart: bool,
    /// It takes as much memory as everything else of ours together: one at a time.
    turn: Mutex<()>,
}

impl Office {
    /// The one that is installed here.
    pub fn find(wrapper: &Path, bounds: Bounds) -> Option<Self> {
        let program = PLACES.iter().map(PathBuf::from).find(|path| path.is_file())?;
        Some(Self::at(program, wrapper, bounds))
    }

    /// A program that takes the words of LibreOffice.
    pub fn at(program: PathBuf, wrapper: &Path, bounds: Bounds) -> Self {
        let mut tried = Command::new(APART);
        tried.args(APART_WORDS).arg("/bin/true").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let apart = tried.status().is_ok_and(|status| status.success());
        if !apart {
            // The service's own unit forbids namespaces; then the package check and the profile keep files from asking for anything.
            tracing::info!("word processing runs without a network namespace of its own");
        }
        Self { program, wrapper: wrapper.to_owned(), bounds, apart, turn: Mutex::new(()) }
    }

    /// A DOCX as PDF. Blocks for seconds.
    ///
    /// # Errors
    /// [`DrawError`] for a file that is none, does or fetches something, takes too long or too much, or cannot be read.
    pub fn convert(&self, docx: &[u8]) -> Result<Vec<u8>, DrawError> {
        package::check(docx)?;
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = Folder::new().map_err(|e| away(&e))?;
        fs::write(folder.0.join("naskah.docx"), docx).map_err(|e| away(&e))?;
        let profile = folder.0.join("profil/user");
        fs::create_dir_all(&profile).map_err(|e| away(&e))?;
        fs::write(profile.join("registrymodifications.xcu"), PROFILE).map_err(|e| away(&e))?;
        let ended = self.run(&folder.0)?;
        let mut pdf = Vec::new();
        let read = fs::File::open(folder.0.join("naskah.pdf")).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut pdf));
        if read.is_err() || pdf.is_empty() {
            tracing::warn!(%ended, "the word processor made nothing of a file");
            return Err(refused("LibreOffice tidak dapat membuka berkas Word ini.", SAVE_AS_PDF));
        }
        if pdf.len() as u64 > LARGEST {
            return Err(DrawError::TooMuch(format!("Hasilnya lebih dari {} MiB. Perkecil gambar di dalamnya.", LARGEST >> 20)));
        }
        Ok(pdf)
    }

    fn words(&self, folder: &Path) -> Vec<OsString> {
        let mut words: Vec<OsString> = vec![CALL.into(), self.bounds.seconds.to_string().into()];
        if self.apart {
            words.push(APART.into());
            words.extend(APART_WORDS.map(OsString::from));
        }
        words.push(self.program.clone().into());
        let mut profile = OsString::from("-env:UserInstallation=file://");
        profile.push(folder.join("profil"));
        words.push(profile);
        for word in [
            "--headless",
            "--invisible",
            "--norestore",
            "--nologo",
            "--nodefault",
            "--nolockcheck",
            "--nofirststartwizard",
            "--infilter=MS Word 2007 XML",
            "--convert-to",
            "pdf:writer_pdf_Export",
            "--outdir",
        ] {
            words.push(word.into());
        }
        words.push(folder.into());
        words.push(folder.join("naskah.docx").into());
        words
    }

    fn run(&self, folder: &Path) -> Result<std::process::ExitStatus, DrawError> {
        let mut command = Command::new(&self.wrapper);
        command.args(self.words(folder)).env_clear().current_dir(folder).process_group(0);
        for (name, value) in [("HOME", folder), ("TMPDIR", folder)] {
            command.env(name, value);
        }
        for (name, value) in [
            ("PATH", "/usr/bin:/bin"),
            ("LANG", "C.UTF-8"),
            ("SAL_USE_VCLPLUGIN", "svp"),
            // Nothing listens there.
            ("http_proxy", "http://127.0.0.1:9"),
            ("https_proxy", "http://127.0.0.1:9"),
        ] {
            command.env(name, value);
        }
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().map_err(|e| away(&e))?;
        let mut child = Ended(child);
        let begun = Instant::now();
        loop {
            if let Some(status) = child.0.try_wait().map_err(|e| away(&e))? {
                return match status.signal() {
                    // The limit of processor time.
                    Some(24) => Err(self.too_long()),
                    _ => Ok(status),
                };
            }
            if begun.elapsed() > Duration::from_secs(self.bounds.seconds) {
                return Err(self.too_long());
            }
            if used(child.0.id()) > self.bounds.mib << 20 {
                let mib = self.bounds.mib;
                return Err(DrawError::TooMuch(format!(
                    "Berkas Word ini memerlukan memori lebih dari {mib} MiB dan dihentikan. Perkecil gambarnya, atau simpan sebagai PDF dan unggah PDF itu."
                )));
            }
            std::thread::sleep(LOOK);
        }
    }

    fn too_long(&self) -> DrawError {
        DrawError::TooMuch(format!(
            "Berkas Word ini tidak selesai diubah dalam {} detik dan dihentikan. Simpan sebagai PDF, lalu unggah PDF itu.",
            self.bounds.seconds
        ))
    }
}

const SAVE_AS_PDF: &str = "Buka berkas itu dengan pengolah kata, simpan sebagai PDF, lalu unggah PDF itu.";

fn refused(what: &str, hint: &str) -> DrawError {
    DrawError::Template(vec![Trouble { file: "berkas Word".into(), line: 0, what: what.into(), hint: hint.into() }])
}

fn away(cause: &std::io::Error) -> DrawError {
    DrawError::Away(format!("LibreOffice tidak dapat dijalankan: {cause}. Simpan berkas itu sebagai PDF, lalu unggah PDF itu."))
}

/// The process and all that it began; none of them outlives this.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        if let Some(group) = i32::try_from(self.0.id()).ok().and_then(Pid::from_raw) {
            let _ = kill_process_group(group, Signal::KILL);
        }
        let _ = self.0.wait();
    }
}

/// A folder that nobody else can look into, and that is gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new() -> std::io::Result<Self> {
        let mut random = [0_u8; 12];
        getrandom::fill(&mut random).map_err(std::io::Error::other)?;
        let name: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        let path = std::env::temp_dir().join(format!("praja-kantor-{name}"));
        DirBuilder::new().mode(0o700).create(&path)?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            tracing::warn!(%error, "the folder of a conversion stays behind");
        }
    }
}

/// Memory really used by all processes of a group, in bytes.
fn used(group: u32) -> u64 {
    let page = rustix::param::page_size() as u64;
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    entries
        .filter_map(|entry| {
            let stat = fs::read_to_string(entry.path().join("stat")).ok()?;
            // The name before the bracket may hold anything.
            let (_, rest) = stat.rsplit_once(')')?;
            let mut words = rest.split_whitespace();
            let own: u32 = words.nth(2)?.parse().ok()?;
            (own == group).then(|| words.nth(18)?.parse::<u64>().ok()).flatten()
        })
        .sum::<u64>()
        * page
}

/// `__kantor SECONDS PROGRAM WORDS…`: bounds itself and becomes the program. Comes back only when that cannot be begun.
pub(crate) fn become_office(mut words: impl Iterator<Item = OsString>) -> ExitCode {
    let seconds = words.next().and_then(|text| text.to_str()?.parse::<u64>().ok()).unwrap_or(60);
    let Some(program) = words.next() else { return ExitCode::FAILURE };
    let limit = |most: u64| Rlimit { current: Some(most), maximum: Some(most) };
    // A service may be forbidden to set them; whoever began this looks at time and memory as well.
    for (what, most) in [(Resource::Cpu, seconds), (Resource::Fsize, 256 << 20), (Resource::Core, 0), (Resource::As, 8 << 30)] {
        let _ = setrlimit(what, limit(most));
    }
    let _ = Command::new(program).args(words).exec();
    ExitCode::FAILURE
}

/// Macros are never run, links never followed, and what would go out goes nowhere.
const PROFILE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
</oor:items>
"#;
