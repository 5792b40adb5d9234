use std::fmt;

/// A right to do one thing, named `<module>.<verb>-<noun>`, for example `eoffice.register-surat-masuk`.
///
/// Declared by modules as constants, so that a misspelt permission does not compile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Permission(&'static str);

impl Permission {
    /// Names a permission. Meant for constants.
    pub const fn new(name: &'static str) -> Self {
        Self(name)
    }

    /// The whole name.
    pub const fn name(&self) -> &'static str {
        self.0
    }

    /// The module that declares it: what stands before the dot.
    pub fn module(&self) -> &'static str {
        self.0.split_once('.').map_or(self.0, |(module, _)| module)
    }
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}
