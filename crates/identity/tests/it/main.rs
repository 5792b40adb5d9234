//! Pages of identity in the fictional regency, as browsers see them.

mod audit;
mod cadangan;
mod citizens;
mod forgot;
mod impor;
mod jabatan;
mod lists;
mod log_in;
mod penugasan;
mod people;
mod peran;
mod petugas;
mod profile;
mod proof;
mod reach;
mod reforms;
mod second_step;
mod slips;
mod superadmin;

use praja_identity::accounts::{DemoAccount, create_demo};
use praja_testkit::{Kit, Page, Visitor};

/// A browser that waits for its answer: the regency itself must not be spoken to from an async thread, because PostgreSQL's client
/// blocks.
pub struct Browser<'a>(Visitor<'a>);

impl Browser<'_> {
    /// Opens a page.
    pub fn get(&mut self, path: &str) -> Page {
        wait(self.0.get(path))
    }

    /// Opens `form`, then sends its hidden fields with `fields` to `path`.
    pub fn fill(&mut self, form: &str, path: &str, fields: &[(&str, &str)]) -> Page {
        wait(self.0.fill(form, path, fields))
    }

    /// Sends exactly these fields.
    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        wait(self.0.post(path, fields))
    }

    /// Opens `form`, then sends its hidden fields, `fields` and `files` to `path`.
    pub fn upload(&mut self, form: &str, path: &str, fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Page {
        wait(self.0.upload(form, path, fields, files))
    }

    /// Takes a file along.
    pub fn download(&mut self, path: &str) -> Vec<u8> {
        let page = self.get(path);
        assert_eq!(page.status, 200, "{path}: {}", page.body);
        page.bytes
    }

    /// Comes from this network address.
    pub fn at(self, address: [u8; 4]) -> Self {
        Self(self.0.at(address.into()))
    }

    /// Sets a cookie.
    pub fn with_cookie(self, name: &str, value: &str) -> Self {
        Self(self.0.with_cookie(name, value))
    }
}

fn wait<T>(answer: impl Future<Output = T>) -> T {
    actix_web::rt::System::new().block_on(answer)
}

/// Somebody who is not signed in.
pub fn stranger(kit: &Kit) -> Browser<'_> {
    Browser(kit.stranger())
}

/// The holder of a demo account, signed in.
pub fn signed_in<'a>(kit: &'a Kit, akun: &str) -> Browser<'a> {
    Browser(kit.sign_in_as(akun))
}

/// The regency; whoever is signed in gets an account, nobody else has one, and nobody has a password.
pub fn offices() -> Kit {
    Kit::new(&[])
}

/// The regency with its demo accounts.
pub fn regency() -> (Kit, Vec<DemoAccount>) {
    regency_with(&[])
}

/// The same with these modules.
pub fn regency_with(modules: &[&'static praja_module::Module]) -> (Kit, Vec<DemoAccount>) {
    let kit = Kit::new(modules);
    // The kit draws passwords of its own when somebody is first signed in; those drawn afterwards are the ones that count.
    drop(kit.sign_in_as("lurah"));
    let accounts = create_demo(&kit.instance).expect("demo accounts are opened");
    (kit, accounts)
}

/// The password of a demo account.
pub fn password<'a>(accounts: &'a [DemoAccount], akun: &str) -> &'a str {
    &accounts.iter().find(|one| one.akun == akun).expect("the account exists").sandi
}

/// Everything a chain holds, as text.
pub fn chain(kit: &Kit, rantai: &str) -> String {
    let mut text = Vec::new();
    kit.instance.db.export_audit(rantai, |_| false, &mut text).expect("the chain can be read");
    String::from_utf8(text).expect("the export is text")
}
