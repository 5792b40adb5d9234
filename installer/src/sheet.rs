//! The recovery sheet: the one paper by which a backup opens when the machine is gone.

use maud::{Markup, PreEscaped, html};
use praja_kernel::{Date, tanggal_panjang};
use praja_server::Settings;
use praja_store::{Keyring, RecoveryKey};
use praja_web::qr;

use crate::paper;

const STYLE: &str = include_str!("sheet.css");

/// What is on the sheet.
pub(crate) struct Sheet {
    daerah: String,
    kunci: String,
    age: String,
    id: String,
    dibuat: Date,
}

const WHAT_FOR: &str = "Cadangan Praja terkunci. Bila mesin ini rusak, hilang, atau terbakar, cadangan dan lembar ini bersama-sama \
                        memulihkan semuanya di mesin lain. Tanpa lembar ini, tidak seorang pun dapat membuka cadangan, juga pembuat Praja.";

const KEEPERS: [&str; 3] = [
    "Cetak dua lembar. Simpan satu di brankas sekretariat daerah dan satu di tempat lain, misalnya brankas Inspektorat.",
    "Jangan simpan lembar ini di ruang mesin, bersama cadangan, dalam surel, atau sebagai foto.",
    "Bila lembar ini hilang atau terlihat orang lain, buat yang baru: praja recovery-sheet --new. Cadangan lama tetap dibuka dengan lembar lama.",
];

const STEPS: [&str; 5] = [
    "Siapkan mesin Linux dan salin program praja serta berkas cadangan terbaru ke sana.",
    "Ketik kunci di atas ke satu berkas, misalnya kunci.txt, atau pindai kode QR-nya. Huruf besar, huruf kecil, spasi, dan tanda hubung sama saja.",
    "Periksa dahulu: praja backup verify BERKAS.cadangan --recovery kunci.txt",
    "Pulihkan: praja backup restore BERKAS.cadangan --root ./praja-pulih --recovery kunci.txt",
    "Jalankan: praja serve --config ./praja-pulih/config/praja.yaml, lalu hapus kunci.txt.",
];

const AGE: &str = "Tanpa program praja, buang dua baris pertama berkas cadangan (tail -n +3), lalu buka sisanya dengan age -d memakai kunci \
                   ini; isinya arsip tar yang dimampatkan, dengan data.db di dalamnya.";

impl Sheet {
    pub(crate) fn new(settings: &Settings, keys: &Keyring, recovery: &RecoveryKey, dibuat: Date) -> Self {
        Self {
            daerah: format!("{} ({})", settings.wilayah.nama, settings.wilayah.kode),
            kunci: recovery.to_string(),
            age: recovery.age_text().to_string(),
            id: keys.id().to_owned(),
            dibuat,
        }
    }

    /// For whoever has no printer at hand, and for `--recovery`.
    pub(crate) fn text(&self) -> String {
        let qr = qr::terminal(&self.kunci).unwrap_or_default();
        let (list, steps) = (lines("-", &KEEPERS), lines("1.", &STEPS));
        format!(
            "LEMBAR PEMULIHAN PRAJA\n{daerah}\n\nKunci pemulihan:\n\n{kunci}\n\nNama kunci pemasangan: {id}\nDibuat {dibuat}\n\n{what}\n\n\
             Siapa yang menyimpan:\n{list}\nCara memulihkan:\n{steps}\n{age}\n\n{age_key}\n\n{qr}\n\
             Cetak lembar ini, simpan di brankas yang terpisah dari mesin, lalu hapus berkas ini.\n",
            daerah = self.daerah,
            kunci = self.kunci,
            id = self.id,
            dibuat = tanggal_panjang(self.dibuat),
            what = wrapped("", WHAT_FOR),
            age = wrapped("", AGE),
            age_key = self.age,
        )
    }

    /// One page of A4.
    pub(crate) fn page(&self) -> Markup {
        let body = html! {
            header {
                div {
                    p.kecil { "Rahasia: hanya untuk yang menyimpannya" }
                    h1 { "Lembar pemulihan Praja" }
                    p { (self.daerah) }
                }
                (qr::svg(&self.kunci, "Kunci pemulihan").unwrap_or_default())
            }
            section.kunci {
                h2 { "Kunci pemulihan" }
                // On a line of its own, so that the file itself can be given as the key.
                p.huruf { (PreEscaped("\n")) (self.kunci) (PreEscaped("\n")) }
                p.kecil { "Nama kunci pemasangan: " strong { (self.id) } ". Dibuat " (tanggal_panjang(self.dibuat)) "." }
            }
            section { h2 { "Untuk apa" } p { (WHAT_FOR) } }
            section { h2 { "Siapa yang menyimpan" } ul { @for line in KEEPERS { li { (line) } } } }
            section { h2 { "Cara memulihkan" } ol { @for line in STEPS { li { (line) } } } }
            section.age { h2 { "Untuk ahli" } p { (AGE) } p.huruf { (self.age) } }
            section.tanda {
                @for who in ["Penyimpan pertama", "Penyimpan kedua"] {
                    div { p { (who) } p.garis {} p.kecil { "Nama, jabatan, tempat simpan, tanggal" } }
                }
            }
        };
        paper::page("Lembar pemulihan Praja", STYLE, body)
    }
}

fn lines(lead: &str, all: &[&str]) -> String {
    let numbered = lead.ends_with('.');
    all.iter()
        .enumerate()
        .map(|(place, line)| wrapped(&if numbered { format!("{}. ", place + 1) } else { format!("{lead} ") }, line) + "\n")
        .collect()
}

fn wrapped(lead: &str, text: &str) -> String {
    const WIDTH: usize = 76;
    let mut out = lead.to_owned();
    let mut column = lead.chars().count();
    for word in text.split(' ') {
        let length = word.chars().count();
        if column > lead.chars().count() && column + 1 + length > WIDTH {
            out.push('\n');
            out.push_str(&" ".repeat(lead.chars().count()));
            column = lead.chars().count();
        } else if column > lead.chars().count() {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
    }
    out
}
