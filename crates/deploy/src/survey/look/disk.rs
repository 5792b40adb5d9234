use std::path::Path;

use super::{exists, number, pressure, text};
use crate::{Host, survey::Disk};

/// Written at once to measure the rate of the disk, in MiB.
const LONG_WRITE: u64 = 64;
const SHORT_WRITE: u64 = 16;
/// A place for a backup has at least this much room, in MiB.
const SECOND_MIB: u64 = 1024;
/// File systems that live elsewhere, or nowhere.
const NOT_DISKS: &[&str] = &["overlay", "squashfs", "iso9660", "tmpfs", "devtmpfs", "ramfs", "autofs"];

pub(crate) fn disk(host: &dyn Host, data: Option<&Path>, quick: bool) -> Disk {
    let mounts = mounts(host);
    let of = |path: &Path| {
        let inside = |mount: &&Mount| path.starts_with(&mount.point);
        // The last of the longest: a later mount covers an earlier one.
        mounts.iter().filter(inside).max_by_key(|mount| mount.point.len())
    };
    let here = data.and_then(of);
    let temp = host.file_system(Path::new("/tmp")).ok();
    let rotating = here.and_then(|mount| rotating(host, &mount.device));
    let second = mounts.iter().find(|mount| {
        mount.device.starts_with("/dev/")
            && here.is_some_and(|here| disk_of(&mount.device) != disk_of(&here.device))
            && !NOT_DISKS.contains(&mount.kind.as_str())
            && !mount.options.iter().any(|option| option == "ro")
            && !mount.point.starts_with("/boot")
            && host.file_system(Path::new(&mount.point)).is_ok_and(|fs| fs.free_mib >= SECOND_MIB)
    });
    let faults = here.and_then(|mount| {
        let name = mount.device.strip_prefix("/dev/")?;
        number(host, &format!("/sys/fs/ext4/{name}/errors_count"))
    });
    Disk {
        kind: here.map(|mount| mount.kind.clone()),
        options: here.map(|mount| mount.options.clone()).unwrap_or_default(),
        write_mib_s: data.and_then(|data| host.write_rate(data, if quick { SHORT_WRITE } else { LONG_WRITE }).ok()),
        temp_free_mib: temp.map(|fs| fs.free_mib),
        temp_noexec: temp.is_some_and(|fs| fs.noexec),
        stalled_permille: pressure(host, "/proc/pressure/io"),
        rotating,
        second: second.map(|mount| mount.point.clone()),
        degraded: degraded(&text(host, "/proc/mdstat").unwrap_or_default()),
        faults,
    }
}

struct Mount {
    device: String,
    point: String,
    kind: String,
    options: Vec<String>,
}

fn mounts(host: &dyn Host) -> Vec<Mount> {
    let text = text(host, "/proc/mounts").unwrap_or_default();
    let mut mounts = Vec::new();
    for line in text.lines() {
        let mut words = line.split(' ').map(|word| word.replace("\\040", " "));
        if let (Some(device), Some(point), Some(kind), Some(options)) = (words.next(), words.next(), words.next(), words.next()) {
            mounts.push(Mount { device, point, kind, options: options.split(',').map(ToOwned::to_owned).collect() });
        }
    }
    mounts
}

/// `/dev/sda1` lies on `sda`, `/dev/nvme0n1p2` on `nvme0n1`; a mapped device is its own.
fn disk_of(device: &str) -> &str {
    let name = device.rsplit('/').next().unwrap_or(device);
    if name.starts_with("nvme") || name.starts_with("mmcblk") {
        return name.rsplit_once('p').map_or(name, |(disk, _)| disk);
    }
    if ["sd", "vd", "xvd", "hd"].iter().any(|kind| name.starts_with(kind)) {
        return name.trim_end_matches(|letter: char| letter.is_ascii_digit());
    }
    name
}

fn rotating(host: &dyn Host, device: &str) -> Option<bool> {
    let disk = disk_of(device);
    let path = format!("/sys/block/{disk}/queue/rotational");
    if !exists(host, &path) {
        return None;
    }
    Some(number::<u8>(host, &path)? == 1)
}

/// Arrays whose state shows a hole, as `[U_]`.
fn degraded(mdstat: &str) -> Vec<String> {
    let mut name = "";
    let mut found = Vec::new();
    for line in mdstat.lines() {
        if let Some((array, _)) = line.split_once(" : ") {
            name = array;
        }
        let state = line.rsplit_once('[').map_or("", |(_, state)| state.trim_end_matches(']'));
        if !name.is_empty() && state.contains('_') && state.chars().all(|letter| matches!(letter, 'U' | '_')) {
            found.push(name.to_owned());
        }
    }
    found
}
