//! Pages of identity in the fictional regency, as browsers see them.

mod lists;
mod log_in;
mod profile;

use praja_identity::accounts::{DemoAccount, create_demo};
use praja_testkit::Kit;

/// The regency with its demo accounts.
pub fn regency() -> (Kit, Vec<DemoAccount>) {
    let kit = Kit::new(&[]);
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
