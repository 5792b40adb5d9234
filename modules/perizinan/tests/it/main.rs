//! The pages of licensing, as citizens and officers see them.

mod adil;
mod alur;
mod antarmuka;
mod antrean;
mod bantuan;
mod giliran;
mod impor;
mod jenis;
mod kuota;
mod layanan;
mod loket;
mod meja;
mod pemeriksa_luar;
mod pengaduan;
mod pengaturan;
mod pengawasan;
mod peristiwa;
mod retribusi;
mod statistik;
mod survei;
mod teknis;
mod terbit;
mod terlambat;

use actix_web::rt::System;
use praja_testkit::{Kit, Page, Visitor};

const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

/// Somebody in front of a screen; each page is asked for in a runtime of its own, because the client of PostgreSQL blocks.
struct Person<'a>(Visitor<'a>);

impl<'a> Person<'a> {
    fn officer(kit: &'a Kit, akun: &str) -> Self {
        Self(kit.sign_in_as(akun))
    }

    fn stranger(kit: &'a Kit) -> Self {
        Self(kit.stranger())
    }

    fn get(&mut self, path: &str) -> Page {
        System::new().block_on(self.0.get(path))
    }

    fn fill(&mut self, form: &str, path: &str, fields: &[(&str, &str)]) -> Page {
        System::new().block_on(self.0.fill(form, path, fields))
    }

    fn upload(&mut self, form: &str, path: &str, fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Page {
        System::new().block_on(self.0.upload(form, path, fields, files))
    }

    /// Sends a form and follows where it leads.
    fn done(&mut self, form: &str, path: &str, fields: &[(&str, &str)]) -> Page {
        let answer = self.fill(form, path, fields);
        assert_eq!(answer.status, 303, "{path}: {}", answer.body);
        let to = answer.location.expect("it leads on");
        self.get(&to)
    }
}
