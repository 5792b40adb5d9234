//! The pages of letters and orders, as officers see them.

mod agenda;
mod amplop;
mod antarmuka;
mod arsip;
mod bsre;
mod daftar;
mod disposisi;
mod disposisi_naskah;
mod impor;
mod izin;
mod kirim;
mod komentar;
mod lanjutan;
mod latihan;
mod luring;
mod massal;
mod mati;
mod musnah;
mod naskah;
mod pindah;
mod pratinjau;
mod srikandi;
mod statistik;
mod surat_masuk;
mod surel;
mod susut;
mod teks;
mod tte;
mod webhook;

use actix_web::rt::System;
use praja_testkit::{Kit, Page, Visitor};

const LIST: &str = "/eoffice/surat-masuk";
const BARU: &str = "/eoffice/surat-masuk/baru";
const MINE: &str = "/eoffice/disposisi";
const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
const KABID: &str = "Kepala Bidang Pelayanan Kesehatan";
const KABID_P2P: &str = "Kepala Bidang Pencegahan dan Pengendalian Penyakit";
const STAF: &str = "Penyusun Rencana Kegiatan Pelayanan Kesehatan";

const SURAT: [(&str, &str); 5] = [
    ("asal_teks", "Badan Pusat Statistik Kabupaten"),
    ("nomor_surat", "B-123/BPS/2026"),
    ("tanggal_surat", "18 November 2026"),
    ("tanggal_terima", "2026-11-20"),
    ("hal", "Permintaan data potensi desa"),
];

/// Somebody at a desk; each page is asked for in a runtime of its own, because the client of PostgreSQL blocks.
struct Officer<'a>(Visitor<'a>);

impl<'a> Officer<'a> {
    fn of(kit: &'a Kit, akun: &str) -> Self {
        Self(kit.sign_in_as(akun))
    }

    fn get(&mut self, path: &str) -> Page {
        System::new().block_on(self.0.get(path))
    }

    /// Sends exactly these fields.
    fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        System::new().block_on(self.0.post(path, fields))
    }

    /// Opens `form` and sends its hidden fields with `fields` to `path`.
    fn fill(&mut self, form: &str, path: &str, fields: &[(&str, &str)]) -> Page {
        System::new().block_on(self.0.fill(form, path, fields))
    }

    fn upload(&mut self, form: &str, path: &str, fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Page {
        System::new().block_on(self.0.upload(form, path, fields, files))
    }

    fn inbox(&mut self) -> String {
        self.get("/kotak-masuk").body
    }

    /// Presses the button of an act on one recipient's part.
    fn act(&mut self, part: &str, act: &str) -> Page {
        self.fill(part, &format!("{part}/tindakan/{act}"), &[])
    }

    fn report(&mut self, part: &str, words: &str) -> Page {
        let form = format!("{part}/lapor");
        self.upload(&form, &form, &[("laporan", words)], &[])
    }
}

fn with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields: Vec<(&str, &str)> = SURAT.to_vec();
    for (name, value) in changes {
        fields.retain(|(known, _)| known != name);
        fields.push((name, value));
    }
    fields
}

/// Registers a letter with its scan and lets it be directed at once; gives its page.
fn register(tu: &mut Officer<'_>, changes: &[(&str, &str)]) -> String {
    let mut fields = with(changes);
    fields.push(("arahkan", "ya"));
    let answer = tu.upload(BARU, BARU, &fields, &[("pindaian", "surat.pdf", PDF)]);
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer.location.expect("a saved letter leads to its page")
}

/// The value of the choice that a form offers under a label.
fn choice(page: &Page, label: &str) -> String {
    // The frame around the page names the reader's own post.
    let main = page.body.find("<main").unwrap_or(0);
    let at = page.body[main..].find(label).unwrap_or_else(|| panic!("{label} is not offered in {}", page.body));
    let before = &page.body[..main + at];
    let value = before.rsplit("value=\"").next().and_then(|rest| rest.split('"').next());
    value.expect("a choice has a value").to_owned()
}

/// Gives an order to one post with the usual instruction.
fn order(officer: &mut Officer<'_>, form: &str, to: &str, more: &[(&str, &str)]) -> Page {
    let page = officer.get(form);
    let post = choice(&page, to);
    let mut fields = vec![("penanggung_jawab", post.as_str())];
    if more.iter().all(|(name, _)| *name != "instruksi") {
        fields.push(("instruksi", "TL"));
    }
    fields.extend(more);
    officer.fill(form, form, &fields)
}

/// The page of a recipient's part, as the letter's page links to it.
fn part(page: &Page, to: &str) -> String {
    let links = page.body.split("href=\"").skip(1);
    let found = links
        .filter(|rest| rest.starts_with(&format!("{MINE}/0")))
        .find(|rest| rest.split_once('>').is_some_and(|(_, text)| text.starts_with(to)));
    let href = found.and_then(|rest| rest.split('"').next()).unwrap_or_else(|| panic!("no part of {to} in {}", page.body));
    href.to_owned()
}
