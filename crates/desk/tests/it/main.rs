//! The desk in the fictional regency: what leaves the house, and who holds what after somebody moved.

mod complaints;
mod data_pribadi;
mod gateway;
mod handover;
mod kepuasan;
mod klasifikasi;
mod mail;
mod peer;
mod tte;
mod ways;

use std::future::Future;

use praja_desk::notices;
use praja_kernel::{Derajat, Id, Sifat};
use praja_module::{Message, MessageKind};
use praja_store::{By, Keys};
use praja_testkit::Kit;

/// Waits for a page: the regency must not be spoken to from an async thread, because PostgreSQL's client blocks.
pub fn wait<T>(page: impl Future<Output = T>) -> T {
    actix_web::rt::System::new().block_on(page)
}

/// The person behind a demo account.
pub fn person(kit: &Kit, akun: &str) -> Id {
    let found = kit.off(|instance| {
        let (sql, beginning) = ("SELECT id FROM identity_orang WHERE email LIKE ?1", format!("{akun}@%"));
        instance.db.read(|tx| tx.opt(sql, &[beginning.as_str().into()], |row| row.get::<Id>(0)))
    });
    found.expect("a read").expect("the fictional regency has this account")
}

/// Gives a person a telephone number.
pub fn give_phone(kit: &Kit, orang: Id, telepon: &str) {
    let telepon = telepon.to_owned();
    kit.off(|instance| {
        instance.db.write(&instance.by_system("uji.alamat"), Keys::none(), move |tx| {
            tx.exec("UPDATE identity_orang SET telepon = ?2 WHERE id = ?1", &[orang.into(), telepon.as_str().into()]).map(|_| ())
        })
    })
    .expect("the number is written");
}

/// Lets the holder of a demo account write down an address of their own for a way out.
pub fn own_address(kit: &Kit, akun: &str, way: &str, alamat: &str) {
    let field = format!("alamat-{}", way.rsplit('/').next().expect("its identity"));
    let page = wait(kit.sign_in_as(akun).fill("/desk/pilihan-kabar", "/desk/pilihan-kabar", &[(field.as_str(), alamat)]));
    assert_eq!(page.status, 303, "{}", page.body);
}

/// Tells somebody something as an officer would.
pub fn tell(kit: &Kit, by: &By, message: Message) {
    let by = by.clone();
    kit.off(|instance| instance.db.write(&by, Keys::none(), move |tx| notices::tell(tx, &message))).expect("it is told");
}

/// Praja itself as the writer.
pub fn praja(kit: &Kit) -> By {
    kit.instance.by_system("uji.kabari")
}

/// An urgent notice to a person.
pub fn urgent(to: Id, subject: &str) -> Message {
    Message::new(MessageKind::Tugas, format!("pegawai:{to}"), subject, "/kotak-masuk").about(Sifat::Biasa, Derajat::SangatSegera)
}

/// What stands in the table of messages: (status, cause).
pub fn outcomes(kit: &Kit) -> Vec<(String, Option<String>)> {
    let sql = "SELECT status, sebab FROM desk_kiriman ORDER BY id";
    kit.off(|instance| instance.db.read(|tx| tx.list(sql, &[], |row| Ok((row.get(0)?, row.get(1)?))))).expect("a read")
}

/// Opens a form as the administrator, fills it in and sends it; gives where it led.
pub fn set_up(kit: &Kit, kind: &str, fields: &[(&str, &str)]) -> String {
    let mut admin = kit.sign_in_as("superadmin");
    let address = format!("/desk/saluran/baru?jenis={kind}");
    let page = wait(admin.fill(&address, &address, fields));
    assert_eq!(page.status, 303, "{}", page.body);
    page.location.expect("it leads to the new way")
}
