use std::path::Path;

use super::{exists, number, text};
use crate::{Host, survey::System};

/// Panels that rule a machine and what shows them.
const PANELS: &[(&str, &str)] = &[
    ("cPanel", "/usr/local/cpanel"),
    ("Plesk", "/usr/local/psa"),
    ("aaPanel", "/www/server/panel"),
    ("DirectAdmin", "/usr/local/directadmin"),
    ("CyberPanel", "/usr/local/CyberCP"),
    ("Webmin", "/etc/webmin"),
];
/// Where LibreOffice stands; `crates/documents/src/office.rs` looks in the same places.
const WORD_PROCESSORS: &[&str] = &[
    "/usr/bin/soffice",
    "/usr/bin/libreoffice",
    "/usr/lib/libreoffice/program/soffice",
    "/usr/lib64/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/usr/local/bin/soffice",
];
/// Services that keep the clock, by what they leave while they run.
const KEEPERS: &[&str] = &["/run/systemd/timesync/synchronized", "/run/chrony/chronyd.pid", "/run/chronyd.pid", "/run/ntpd.pid"];

/// Is LibreOffice on this machine?
pub fn has_word_processor(host: &dyn Host) -> bool {
    WORD_PROCESSORS.iter().any(|path| exists(host, path))
}

pub(crate) fn system(host: &dyn Host) -> System {
    let release = text(host, "/etc/os-release").unwrap_or_default();
    let field = |name: &str| {
        let line = release.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
        line.unwrap_or("").trim_matches('"').to_owned()
    };
    let systemd = exists(host, "/run/systemd/system").then(|| host.systemd()).flatten();
    let board = number::<i64>(host, "/sys/class/rtc/rtc0/since_epoch");
    let updates = text(host, "/etc/apt/apt.conf.d/20auto-upgrades");
    System {
        id: field("ID"),
        version: field("VERSION_ID"),
        systemd,
        synchronised: KEEPERS.iter().any(|path| exists(host, path)),
        clock_offset_s: board.map(|board| host.now().0 / 1000 - board),
        restart_needed: exists(host, "/run/reboot-required") || exists(host, "/var/run/reboot-required"),
        uptime_s: text(host, "/proc/uptime").and_then(|text| text.split(['.', ' ']).next()?.parse().ok()),
        panels: PANELS.iter().filter(|(_, path)| exists(host, path)).map(|(name, _)| (*name).to_owned()).collect(),
        can_administer: host.is_root() || exists(host, "/usr/bin/sudo"),
        user_praja: text(host, "/etc/passwd").is_some_and(|text| text.lines().any(|line| line.starts_with("praja:"))),
        selinux: number::<u8>(host, "/sys/fs/selinux/enforce") == Some(1),
        entropy: number(host, "/proc/sys/kernel/random/entropy_avail"),
        threads_max: number(host, "/proc/sys/kernel/threads-max"),
        automatic_updates: exists(host, "/etc/apt").then(|| {
            updates.is_some_and(|text| text.lines().any(|line| line.contains("Unattended-Upgrade") && line.contains("\"1\"")))
        }),
        utf8: ["LC_ALL", "LC_CTYPE", "LANG"]
            .iter()
            .find_map(|name| host.variable(name).filter(|value| !value.is_empty()))
            .is_some_and(|value| value.to_ascii_lowercase().replace('-', "").contains("utf8")),
        word_processor: Some(has_word_processor(host)),
    }
}

/// The number in what systemd says of itself, as in `systemd 252 (252.30-1~deb12u2)`.
pub(crate) fn systemd_version(said: &str) -> Option<u32> {
    let number = said.lines().next()?.split_whitespace().nth(1)?;
    number.trim_end_matches(|letter: char| !letter.is_ascii_digit()).split('.').next()?.parse().ok()
}

/// The folder of a program that is installed.
pub(super) fn installed(host: &dyn Host, name: &str) -> bool {
    ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin"].iter().any(|folder| host.exists(&Path::new(folder).join(name)))
}
