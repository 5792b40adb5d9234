use praja_kernel::Refuse;

use super::*;

#[test]
fn every_shipped_text_passes_its_own_check() {
    let names = names();
    assert_eq!(names.len(), 11, "{names:?}");
    for name in names {
        assert!(check(name, shipped(name).unwrap()).is_ok(), "{name}");
    }
}

#[test]
fn a_text_names_only_what_exists_and_leads_somewhere() {
    let cases = [
        ("pesan-tugas", "  ", "desk.templat.empty"),
        ("pesan-tugas", "Halo {{nama}} {{tautan", "desk.templat.open-token"),
        ("pesan-tugas", "Halo {{namanya}} {{tautan}}", "desk.templat.unknown-token"),
        ("pesan-tugas", "Halo {{nama}}", "desk.templat.no-link"),
        ("surel-tugas", "Halo {{tautan}}", "desk.templat.no-subject"),
        ("pesan-tugas", &*format!("{}{{{{tautan}}}}", "x".repeat(LONGEST)), "desk.templat.too-long"),
    ];
    for (name, text, code) in cases {
        assert_eq!(check(name, text).unwrap_err().code(), code, "{text}");
    }
    assert_eq!(check("pesan-tugas", " a {{ tautan }}\r\nb ").unwrap(), "a {{ tautan }}\nb");
}

#[test]
fn values_are_filled_in_and_can_never_become_anything_else() {
    let values = [("teks", "Rapat \"besar\"\nbesok & lusa {{kunci}}"), ("kunci", "RAHASIA")];
    let json = fill("{\"t\": \"{{teks}}\"}", &values, Escape::Json);
    let read: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(read["t"], "Rapat \"besar\"\nbesok & lusa {{kunci}}", "a token inside a value stays a text");
    assert_eq!(fill("t={{teks}}", &values, Escape::Percent), "t=Rapat%20%22besar%22%0Abesok%20%26%20lusa%20%7B%7Bkunci%7D%7D");
    assert_eq!(fill("a {{tidak}} b {{", &values, Escape::Plain), "a  b");
}

#[test]
fn lines_left_empty_close_up_and_a_subject_is_one_line() {
    let text = shipped("surel-tugas").unwrap();
    let filled = fill(
        text,
        &[("perihal", "Disposisi\r\nBcc: x@contoh.go.id"), ("nama", "Siti"), ("tautan", "https://p/x")],
        Escape::Plain,
    );
    let (subject, body) = mail(&filled);
    assert_eq!(subject, "Disposisi");
    assert!(!body.contains("\n\n\n") && body.contains("Yth. Siti,"), "{body}");
}
