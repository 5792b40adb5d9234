//! Faults that are really there: mounts, names, networks and limits of their own for one process, made by the system itself.
//!
//! Needs root and `unshare` (util-linux); without them the test says so and counts nothing. Each fault first proves that it reached the
//! process: its own command must succeed in the same place.

#![allow(clippy::unwrap_used)] // a test may stop at once
#![allow(clippy::print_stderr)] // what was skipped is said aloud

use std::{fs, path::Path, process::Command};

struct Fault {
    /// The check it flips.
    id: &'static str,
    severity: &'static str,
    /// Makes the fault, in a shell of its own namespaces; `$M` is an empty folder, `$S` one for libraries.
    make: &'static str,
    /// Succeeds only where the fault is.
    prove: &'static str,
    /// Options of the assessment, and words before the program.
    options: &'static str,
    before: &'static str,
}

const fn fault(id: &'static str, severity: &'static str, make: &'static str, prove: &'static str) -> Fault {
    Fault { id, severity, make, prove, options: "", before: "" }
}

const fn on_folder(id: &'static str, severity: &'static str, make: &'static str, prove: &'static str) -> Fault {
    Fault { options: "--root $M", ..fault(id, severity, make, prove) }
}

const LISTEN: &str =
    "perl -MSocket -e 'socket(S,PF_INET,SOCK_STREAM,0); bind(S,sockaddr_in($ARGV[0],INADDR_ANY)) or die; listen(S,1); sleep 60'";

const FAULTS: &[Fault] = &[
    on_folder("inode", "blokir", "mount -t tmpfs -o nr_inodes=500 uji $M", "test $(df --output=iavail $M | tail -1) -lt 1000"),
    on_folder(
        "inode",
        "peringatan",
        "mount -t tmpfs -o nr_inodes=5000 uji $M",
        "test $(df --output=iavail $M | tail -1) -lt 10000",
    ),
    on_folder("ruang-disk", "blokir", "mount -t tmpfs -o size=900m uji $M", "test $(df --output=avail -m $M | tail -1) -lt 1024"),
    on_folder(
        "ruang-disk",
        "peringatan",
        "mount -t tmpfs -o size=1800m uji $M",
        "test $(df --output=avail -m $M | tail -1) -lt 2048",
    ),
    on_folder(
        "sisa-disk",
        "wajib-disetujui",
        "mount -t tmpfs -o size=100m uji $M; head -c 103000000 /dev/zero >$M/isi",
        "test -s $M/isi",
    ),
    on_folder("folder", "blokir", "mount -t tmpfs -o ro uji $M", "! touch $M/x 2>/dev/null"),
    on_folder(
        "noexec",
        "peringatan",
        "mount -t tmpfs -o noexec uji $M; printf '#!/bin/sh\\n' >$M/x; chmod +x $M/x",
        "! $M/x 2>/dev/null",
    ),
    on_folder("sistem-berkas", "wajib-disetujui", "mount -t tmpfs uji $M", "test $(stat -fc %T $M) = tmpfs"),
    fault(
        "ruang-sementara",
        "peringatan",
        "mount -t tmpfs -o size=100m uji /tmp",
        "test $(df --output=size -m /tmp | tail -1) -le 100",
    ),
    fault("tautan", "peringatan", "true", "! ip link show up | grep -v 'lo:' | grep -q 'state UP'"),
    fault("gerbang", "peringatan", "true", "test -z \"$(ip route)\""),
    fault("alamat", "peringatan", "true", "! ip -4 addr show | grep inet | grep -qv 127.0.0"),
    fault(
        "mtu",
        "peringatan",
        "ip link add uji0 mtu 1000 type veth peer name uji1; ip link set uji0 up; ip link set uji1 up",
        "ip link show uji0 | grep -q 'mtu 1000'",
    ),
    fault(
        "antrean-sambungan",
        "wajib-disetujui",
        "echo 100 >/proc/sys/net/core/somaxconn",
        "test $(cat /proc/sys/net/core/somaxconn) = 100",
    ),
    fault("peladen-web", "peringatan", "$LISTEN 443 & sleep 0.5", "grep -q ':01BB 00000000:0000 0A' /proc/net/tcp"),
    fault("basis-data", "peringatan", "$LISTEN 5432 & sleep 0.5", "grep -q ':1538 00000000:0000 0A' /proc/net/tcp"),
    fault("porta", "blokir", "$LISTEN 7321 & sleep 0.5", "grep -q ':1C99 00000000:0000 0A' /proc/net/tcp"),
    fault("dns", "peringatan", "mount --bind /dev/null /etc/resolv.conf", "! grep -q nameserver /etc/resolv.conf"),
    fault("nama-mesin", "peringatan", "hostname localhost", "test $(hostname) = localhost"),
    fault(
        "distribusi",
        "peringatan",
        "echo 'ID=slackware' >$S/os; mount --bind $S/os $(readlink -f /etc/os-release)",
        "grep -q slackware /etc/os-release",
    ),
    fault("mulai-ulang", "peringatan", "mount -t tmpfs uji /run; touch /run/reboot-required", "test -e /run/reboot-required"),
    fault("panel", "wajib-disetujui", "mount -t tmpfs uji /usr/local; mkdir /usr/local/cpanel", "test -d /usr/local/cpanel"),
    fault(
        "ssh",
        "peringatan",
        "mkdir -p $S/ssh; echo 'PasswordAuthentication yes' >$S/ssh/sshd_config; mount --bind $S/ssh /etc/ssh",
        "grep -q yes /etc/ssh/sshd_config",
    ),
    fault(
        "memori-tersedia",
        "blokir",
        "sed 's/^MemAvailable:.*/MemAvailable: 90000 kB/' /proc/meminfo >$S/mem; mount --bind $S/mem /proc/meminfo",
        "free -m | awk '/^Mem/ {exit $7 >= 100}'",
    ),
    Fault { before: "env LC_ALL=C", ..fault("aksara", "peringatan", "true", "test $(LC_ALL=C locale charmap) = ANSI_X3.4-1968") },
    fault("berkas-terbuka", "blokir", "ulimit -n 200", "test $(ulimit -n) = 200"),
    fault("berkas-terbuka", "peringatan", "ulimit -n 600", "test $(ulimit -n) = 600"),
    Fault {
        before: "env LD_PRELOAD=$S/lambat.so",
        ..fault(
            "fsync",
            "wajib-disetujui",
            "true",
            "LD_PRELOAD=$S/lambat.so sh -c 't=$(date +%s%3N); dd if=/dev/zero of=$M/x bs=1 count=1 conv=fdatasync 2>/dev/null; test $(($(date +%s%3N) - t)) -ge 120'",
        )
    },
    Fault {
        before: "env LD_PRELOAD=$S/lambat.so PERLAMBAT=40000",
        ..fault(
            "fsync",
            "peringatan",
            "true",
            "LD_PRELOAD=$S/lambat.so PERLAMBAT=40000 sh -c 't=$(date +%s%3N); dd if=/dev/zero of=$M/x bs=1 count=1 conv=fdatasync 2>/dev/null; test $(($(date +%s%3N) - t)) -ge 40'",
        )
    },
    Fault {
        before: "env LD_PRELOAD=$FAKETIME FAKETIME='@2019-01-01 00:00:00'",
        ..fault("jam", "blokir", "true", "test $(LD_PRELOAD=$FAKETIME FAKETIME='@2019-01-01 00:00:00' date +%Y) = 2019")
    },
    fault("pengguna", "peringatan", "true", "test $(id -u) = 0"),
];

/// A disk that makes every durable write wait.
const SLOW: &str = r#"
#include <stdlib.h>
#include <unistd.h>
#include <sys/syscall.h>
static void wait_a_little(void) { const char *t = getenv("PERLAMBAT"); usleep(t ? atoi(t) : 130000); }
int fdatasync(int fd) { wait_a_little(); return syscall(SYS_fdatasync, fd); }
int fsync(int fd) { wait_a_little(); return syscall(SYS_fsync, fd); }
"#;

#[test]
fn faults_that_are_really_there_are_found() {
    let root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n");
    let apart = Command::new("unshare").args(["--mount", "--uts", "--net", "true"]).status().is_ok_and(|status| status.success());
    if !root || !apart {
        eprintln!("SKIPPED: {} real faults need root and unshare", FAULTS.len());
        return;
    }
    let shared = tempfile::tempdir_in("/var/tmp").unwrap(); // /tmp is covered by a fault
    let (source, library) = (shared.path().join("lambat.c"), shared.path().join("lambat.so"));
    fs::write(&source, SLOW).unwrap();
    let built = Command::new("cc").args(["-shared", "-fPIC", "-O1", "-o"]).args([&library, &source]).status();
    let slow = built.is_ok_and(|status| status.success());
    let clock = find_faketime();
    let (mut found, mut skipped, mut wrong) = (0, Vec::new(), Vec::new());
    for fault in FAULTS {
        if (fault.before.contains("lambat.so") && !slow) || (fault.before.contains("FAKETIME") && clock.is_none()) {
            skipped.push(fault.id);
            continue;
        }
        match inject(fault, shared.path(), clock.as_deref().unwrap_or("")) {
            Some(severity) if severity == fault.severity => found += 1,
            Some(severity) => wrong.push(format!("{} is {severity}, not {}", fault.id, fault.severity)),
            None => skipped.push(fault.id),
        }
    }
    eprintln!("{found} real faults found; SKIPPED because they did not reach the process: {skipped:?}");
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(found >= 20, "only {found} real faults could be made here; not made: {skipped:?}");
}

/// The severity that the assessment gives where the fault is; `None` when the fault is not there.
fn inject(fault: &Fault, shared: &Path, clock: &str) -> Option<String> {
    let empty = tempfile::tempdir_in("/var/tmp").unwrap();
    let report = shared.join("hasil.json");
    let _ = fs::remove_file(&report);
    let script = format!(
        "set -e\nexport LANG=C.UTF-8\nip link set lo up 2>/dev/null || true\nmount -t sysfs uji /sys 2>/dev/null || true\ncd \"$D\"\n{}\n({}) || exit 99\n{} \"$PRAJA\" assess --quick --json \"$REPORT\" {} >/dev/null 2>&1 || true\n",
        fault.make.replace("$LISTEN", LISTEN),
        fault.prove,
        fault.before,
        fault.options
    );
    // The shell ends, and with it whatever it left in the background: nothing outlives its namespace.
    let program = format!("trap 'kill 0' EXIT\n{script}");
    let output = Command::new("setsid")
        .args(["--wait", "unshare", "--mount", "--uts", "--net", "--pid", "--fork", "--kill-child", "--mount-proc", "bash", "-c"])
        .arg(program)
        .env("M", empty.path())
        .env("S", shared)
        .env("D", shared)
        .env("FAKETIME", clock)
        .env("PRAJA", env!("CARGO_BIN_EXE_praja"))
        .env("REPORT", &report)
        .output()
        .unwrap();
    let text = fs::read_to_string(&report).ok();
    let Some(text) = text else {
        eprintln!("{}: {:?} {}", fault.id, output.status.code(), String::from_utf8_lossy(&output.stderr).trim());
        return None;
    };
    let report: serde_json::Value = serde_json::from_str(&text).unwrap();
    let findings = report["findings"].as_array().unwrap();
    let one = findings.iter().find(|one| one["id"] == fault.id).unwrap_or_else(|| panic!("no finding {}", fault.id));
    Some(one["severity"].as_str().unwrap().to_owned())
}

/// The library of faketime, where Debian and others put it.
fn find_faketime() -> Option<String> {
    let folders =
        ["/usr/lib/x86_64-linux-gnu/faketime", "/usr/lib/aarch64-linux-gnu/faketime", "/usr/lib64/faketime", "/usr/lib/faketime"];
    folders.iter().map(|folder| format!("{folder}/libfaketime.so.1")).find(|path| Path::new(path).exists())
}
