use praja_module::Instance;
use praja_store::Result;
/// A named account of the demo regency with its freshly drawn password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoAccount {
    /// The person.
    pub nama: String,
    /// The post.
    pub jabatan: String,
    /// The OPD.
    pub opd: String,
    /// Name of the account.
    pub akun: String,
    /// The password, in clear: written once into `akun-demo.csv`.
    pub sandi: String,
}
/// x
pub fn create_demo(instance: &Instance) -> Result<Vec<DemoAccount>> {
    let _ = instance;
    Ok(Vec::new())
}
