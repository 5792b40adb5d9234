//! The papers that ask for more than words: regulations with their promulgation, agreements of two parties, SOP, travel orders.

use praja_kernel::{Rupiah, parse_tanggal};
use serde_json::{Value, json};

use super::{DOTS, Lembar, first_person, opening, person, post};
use crate::naskah::{
    blok::text,
    isi::{items, rows},
    pasal,
};

type Bidang = Vec<(&'static str, Value)>;

fn of<'a>(lembar: &'a Lembar<'_>, nama: &str) -> &'a str {
    lembar.bidang.get(nama).map(|text| text.trim()).unwrap_or_default()
}

fn or_dots(text: &str) -> &str {
    if text.is_empty() { DOTS } else { text }
}

/// A day as templates read it; dots where none was typed.
fn day(typed: &str) -> String {
    parse_tanggal(typed).map_or_else(|_| DOTS.to_owned(), |day| day.to_string())
}

/// What the template of such a kind is given besides; nothing for every other kind.
pub(super) fn data(lembar: &Lembar<'_>) -> Option<Bidang> {
    Some(match lembar.kode {
        "peraturan-daerah" | "peraturan-bupati" | "peraturan-dprd" => regulation(lembar),
        "nota-kesepakatan" | "perjanjian-kerja-sama" => agreement(lembar),
        "sop" => sop(lembar),
        "spd" => travel(lembar),
        _ => return None,
    })
}

fn regulation(lembar: &Lembar<'_>) -> Bidang {
    let daerah = lembar.daerah;
    let dprd = format!("Dewan Perwakilan Rakyat Daerah {daerah}");
    let (sebutan, nama, gazette) = match lembar.kode {
        "peraturan-daerah" => ("Peraturan Daerah", format!("Peraturan Daerah {daerah}"), "Lembaran Daerah"),
        "peraturan-dprd" => ("Peraturan Dewan Perwakilan Rakyat Daerah", format!("Peraturan {dprd}"), "Berita Daerah"),
        _ => ("Peraturan Bupati", format!("Peraturan {}", lembar.penanda.jabatan), "Berita Daerah"),
    };
    let promulgates = rows(of(lembar, "pengundang")).first().map(|row| person(row)).map(|mut one| {
        if one.get("jabatan") == Some(&json!("-")) {
            one.insert("jabatan".into(), json!("Sekretaris Daerah"));
        }
        one.insert("wewenang".into(), json!("langsung"));
        Value::Object(one)
    });
    let nobody = || json!({"wewenang": "langsung", "jabatan": "Sekretaris Daerah", "nama": DOTS});
    let gazette = format!("{gazette} {daerah}");
    let contained = format!("{gazette} Tahun {} Nomor {}", lembar.tanggal.year(), or_dots(of(lembar, "nomor_lembaran")));
    let body: Vec<Value> = pasal::read(of(lembar, "isi"), false)
        .iter()
        .map(|bab| {
            let articles: Vec<Vec<Value>> =
                bab.pasal.iter().map(|pasal| pasal.ayat.iter().map(|ayat| text(&ayat.teks)).collect()).collect();
            json!({"bab": bab.judul, "pasal": articles})
        })
        .collect();
    vec![
        ("nama_naskah", json!(nama)),
        ("penetap", json!(post(&lembar.penanda))),
        // The pattern of their register writes "NOMOR 12 TAHUN 2026".
        ("nomor_tertulis", json!(lembar.nomor.map_or_else(|| format!("Nomor {DOTS}"), str::to_owned))),
        ("menimbang", json!(items(of(lembar, "menimbang")))),
        ("mengingat", json!(items(of(lembar, "mengingat")))),
        ("menetapkan", json!(format!("{sebutan} tentang {}.", lembar.hal))),
        ("isi", json!(body)),
        ("persetujuan", json!({"dprd": dprd})),
        ("sebutan", json!(sebutan)),
        ("lembaran", json!(gazette)),
        ("tanggal_undang", json!(day(of(lembar, "tanggal_undang")))),
        ("pengundang", promulgates.unwrap_or_else(nobody)),
        ("dimuat", json!(contained)),
    ]
}

fn agreement(lembar: &Lembar<'_>) -> Bidang {
    let typed = rows(of(lembar, "para_pihak"));
    // The first party signs here; of a draft nobody may be known yet.
    let parties: Vec<Value> = ["Pihak Kesatu", "Pihak Kedua"]
        .iter()
        .enumerate()
        .map(|(at, sebutan)| {
            let cell = |column: usize| {
                typed.get(at).and_then(|row| row.get(column)).map(String::as_str).filter(|text| !text.is_empty()).unwrap_or(DOTS)
            };
            json!({"nama": cell(0), "jabatan": cell(1), "lembaga": cell(2), "alamat": cell(3), "sebutan": sebutan})
        })
        .collect();
    let articles: Vec<Value> = pasal::read(of(lembar, "isi"), true)
        .iter()
        .flat_map(|bab| &bab.pasal)
        .map(|pasal| json!({"judul": pasal.judul, "ayat": pasal.ayat.iter().map(|ayat| text(&ayat.teks)).collect::<Vec<_>>()}))
        .collect();
    let begins = opening(lembar.tanggal);
    let begins = begins.split(", kami yang").next().unwrap_or_default();
    vec![
        ("kop", json!({"jenis": "tanpa", "nama": ""})),
        ("nomor_pihak_lain", json!(or_dots(of(lembar, "nomor_lain")))),
        ("pihak", json!(parties)),
        ("pembuka", json!(format!("{begins}, bertempat di {}, yang bertanda tangan di bawah ini:", lembar.tempat))),
        ("sepakat", json!("Kedua pihak sepakat mengadakan kerja sama dengan ketentuan sebagai berikut.")),
        ("isi", json!(articles)),
        ("penutup", json!("Demikian naskah ini dibuat rangkap dua, masing-masing mempunyai kekuatan hukum yang sama.")),
        ("saksi", super::witnesses(of(lembar, "saksi"))),
    ]
}

fn sop(lembar: &Lembar<'_>) -> Bidang {
    let steps = rows(of(lembar, "rincian"));
    let cell = |row: &[String], at: usize| row.get(at).cloned().unwrap_or_default();
    let mut doers: Vec<String> = Vec::new();
    for row in &steps {
        let doer = cell(row, 1);
        if !doers.contains(&doer) {
            doers.push(doer);
        }
    }
    let last = steps.len().saturating_sub(1);
    let matrix: Vec<Value> = steps
        .iter()
        .enumerate()
        .map(|(at, row)| {
            // A step that asks is a decision.
            let shape = match (at, cell(row, 0).ends_with('?')) {
                (0, _) => "mulai",
                (at, _) if at == last => "selesai",
                (_, true) => "pilih",
                _ => "kerja",
            };
            json!({
                "kegiatan": cell(row, 0), "pelaksana": doers.iter().position(|one| *one == cell(row, 1)), "langkah": shape,
                "kelengkapan": cell(row, 2), "waktu": cell(row, 3), "keluaran": cell(row, 4), "keterangan": cell(row, 5),
            })
        })
        .collect();
    let made = of(lembar, "tanggal_dibuat");
    let made = if made.is_empty() { lembar.tanggal.to_string() } else { day(made) };
    let list = |nama| json!(items(of(lembar, nama)));
    vec![
        ("tanggal_dibuat", json!(made)),
        ("dasar", list("dasar")),
        ("kualifikasi", list("pelaksana")),
        ("keterkaitan", list("keterkaitan")),
        ("peralatan", list("peralatan")),
        ("peringatan", list("peringatan")),
        ("pencatatan", list("pencatatan")),
        ("pelaksana", json!(if doers.is_empty() { vec!["-".to_owned()] } else { doers })),
        ("isi", json!(matrix)),
    ]
}

fn travel(lembar: &Lembar<'_>) -> Bidang {
    let people = rows(of(lembar, "orang"));
    let mut traveller = first_person(of(lembar, "orang"));
    if let Value::Object(one) = &mut traveller {
        one.entry("pangkat").or_insert_with(|| json!("-"));
    }
    // Name and post of those who come along.
    let others: Vec<String> = people
        .iter()
        .skip(1)
        .map(|row| {
            [row.first(), row.get(3)]
                .into_iter()
                .flatten()
                .filter(|text| !text.is_empty())
                .cloned()
                .collect::<Vec<_>>()
                .join(", ")
        })
        .collect();
    let mut notes = items(of(lembar, "keterangan"));
    if let Ok(amount) = of(lembar, "biaya").parse::<Rupiah>() {
        notes.push(format!("Perkiraan biaya {amount}."));
    }
    let or_dash = |nama| {
        let typed = of(lembar, nama);
        if typed.is_empty() { "-".to_owned() } else { typed.to_owned() }
    };
    vec![
        ("lembar", json!("1")),
        ("kode", json!("-")),
        ("pegawai", traveller),
        ("tingkat_biaya", json!(or_dash("tingkat_biaya"))),
        ("angkutan", json!(or_dots(of(lembar, "angkutan")))),
        ("berangkat", json!(or_dots(of(lembar, "berangkat")))),
        ("tujuan", json!([{"nama": or_dots(of(lembar, "tujuan_dinas"))}])),
        ("lama", json!(or_dots(of(lembar, "lama")))),
        ("mulai", json!(day(of(lembar, "tanggal_berangkat")))),
        ("selesai", json!(day(of(lembar, "tanggal_kembali")))),
        ("pengikut", json!(others)),
        ("anggaran", json!({"opd": lembar.kop.nama, "rekening": or_dash("anggaran")})),
        ("isi", json!(if notes.is_empty() { vec!["-".to_owned()] } else { notes })),
    ]
}
