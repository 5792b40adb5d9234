use super::*;

#[test]
fn the_page_of_patterns_shows_every_component() {
    let html = page_of_patterns(&sample_shell());
    for class in [
        "lencana",
        "fakta",
        "riwayat",
        "tahap",
        "tab",
        "angka",
        "pesan",
        "kosong",
        "jejak",
        "aksi",
        "keputusan",
        "akibat",
        "maju",
        "halaman",
        "borang",
        "ringkasan",
        "kelompok",
        "batang",
        "garis",
        "qr",
        "saring",
        "tabel",
        "langkah",
        "rincian",
        "unduh",
        "latihan",
        "bawah",
        "rel",
    ] {
        let found = html.contains(&format!("class=\"{class}\"")) || html.contains(&format!("class=\"{class} "));
        assert!(found, "{class}");
    }
    for kind in ["text", "email", "tel", "number", "date", "search", "password", "checkbox", "radio", "file", "hidden"] {
        assert!(html.contains(&format!("type=\"{kind}\"")), "{kind}");
    }
    assert!(html.contains("<select") && html.contains("<textarea"));
}
