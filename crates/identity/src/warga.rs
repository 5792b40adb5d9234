//! Citizens (warga) and bodies (badan): their accounts, registered by themselves and proved by a code.

pub(crate) mod store;
