use std::io::{Read, Write};

use super::*;

/// Made by age 1.1.1 for two recipients: `printf 'Surat rahasia' | age -r … -r …`.
const MADE_BY_AGE: &str = "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSBoMGZsNGVDMFRZbGdpL2Q3U3BBUTI3Z0dUTzJhQjgvR2FhRHFKS2ZHRnpB\
ClBLVFNkY2VqSkNMOTN3L1ZRMzR4bzNUaFRIWFVuajJqQXVkTTNnK3hZRWcKLT4gWDI1NTE5IG9DbmtWNkxNbUg2ZzZTZ0d2SDJXMkxueldMSkxES2NsODFlN0tWSUJz\
RlUKOUoxYlhWQ21oT21hMXMva202TUlzSEtEOXJUNC9lK29VNW56ZXJURS9QOAotLS0gQXcyb1Ewc0tQOHZuenUzMEt2akN1WUdiS0QvbFF6SUdSR3FXeU9lTFlDVQrT\
HLunAdgHRwCspHcntunohomhx05nUBlFIulFor5TRZQBSyoPig41DEkcIYk=";
/// Its first recipient's key, as bytes and as age writes it.
const KEY: &str = "c4ccfa2d6e6ababa00b8a26359b73469b39a94b23d6b1eea6cf2d737e84a1bbc";
const KEY_TEXT: &str = "AGE-SECRET-KEY-1CNX05TTWD2AT5Q9C5F34NDE5DXEE499J8443A6NV7TTN06Z2RW7QNTXJL4";

fn identity(hex: &str) -> Identity {
    Identity::of(Zeroizing::new(crate::audit::unhex(hex).unwrap().try_into().unwrap()))
}

fn sealed(plain: &[u8], recipients: &[Recipient]) -> Vec<u8> {
    let mut out = seal(Vec::new(), recipients).unwrap();
    out.write_all(plain).unwrap();
    out.finish().unwrap()
}

fn read(file: &[u8], identity: &Identity) -> io::Result<Option<Vec<u8>>> {
    let Some(mut reader) = open(file, identity)? else { return Ok(None) };
    let mut plain = Vec::new();
    reader.read_to_end(&mut plain).map(|_| Some(plain))
}

#[test]
fn a_file_made_by_age_is_opened_by_its_key_and_by_no_other() {
    let file = base64::prelude::BASE64_STANDARD.decode(MADE_BY_AGE).unwrap();
    assert_eq!(read(&file, &identity(KEY)).unwrap().unwrap(), b"Surat rahasia");
    assert_eq!(read(&file, &identity(&KEY.replace('c', "d"))).unwrap(), None);
}

#[test]
fn a_key_is_written_as_age_writes_it() {
    assert_eq!(identity(KEY).text().as_str(), KEY_TEXT);
}

#[test]
fn every_recipient_reads_files_of_any_length() {
    let (one, two) = (identity(KEY), identity(&KEY.replace('a', "b")));
    for length in [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000] {
        let plain: Vec<u8> = (0..length).map(|at| (at * 7 % 251) as u8).collect();
        let file = sealed(&plain, &[one.recipient(), two.recipient()]);
        for identity in [&one, &two] {
            assert_eq!(read(&file, identity).unwrap().unwrap(), plain, "{length}");
        }
    }
}

#[test]
fn no_byte_can_be_changed_and_no_end_cut_off() {
    let one = identity(KEY);
    let file = sealed(&[7; 70_000], &[one.recipient()]);
    for at in (0..file.len()).step_by(97).chain([file.len() - 1]) {
        let mut changed = file.clone();
        changed[at] ^= 1;
        assert!(!matches!(read(&changed, &one), Ok(Some(_))), "byte {at}");
    }
    for length in [0, 20, 100, 200, 300, 65_536, file.len() - 1] {
        assert!(!matches!(read(&file[..length], &one), Ok(Some(_))), "{length} bytes");
    }
}

#[test]
fn the_program_age_opens_what_is_sealed_here() {
    let here = tempfile::tempdir().unwrap();
    let (file, key) = (here.path().join("a.age"), here.path().join("k"));
    std::fs::write(&file, sealed(&[b'x'; 150_000], &[identity(KEY).recipient()])).unwrap();
    std::fs::write(&key, KEY_TEXT).unwrap();
    let run = std::process::Command::new("age").arg("-d").arg("-i").arg(&key).arg(&file).output();
    match run {
        Err(_) => writeln!(io::stderr(), "SKIPPED age: the program age is not installed").unwrap(),
        Ok(output) => assert_eq!(output.stdout, [b'x'; 150_000], "{}", String::from_utf8_lossy(&output.stderr)),
    }
}
