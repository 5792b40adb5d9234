//! Addresses of lists: the present one with a part changed, so that filters, order and columns do not forget each other.

use praja_module::Ctx;

/// Parts that name a place in a list: they mean nothing once the list is another.
pub const PLACES: [&str; 5] = ["lama", "baru", "setelah", "sesudah", "sebelum"];

/// A path with its query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    path: String,
    query: Vec<(String, String)>,
}

impl Address {
    /// A path without a query.
    pub fn new(path: impl Into<String>) -> Self {
        Self { path: path.into(), query: Vec::new() }
    }

    /// The address that was asked.
    pub fn here(ctx: &Ctx) -> Self {
        let incoming = ctx.incoming();
        let query = incoming.query.iter().filter(|(_, value)| !value.trim().is_empty()).cloned().collect();
        Self { path: incoming.path.clone(), query }
    }

    /// The same query at another path.
    #[must_use]
    pub fn at(mut self, path: impl Into<String>) -> Self {
        self.path = path.into();
        self
    }

    /// The same list from its top.
    #[must_use]
    pub fn top(mut self) -> Self {
        self.query.retain(|(name, _)| !PLACES.contains(&name.as_str()));
        self
    }

    /// With this part set; an empty value takes it away.
    #[must_use]
    pub fn set(self, name: &str, value: impl Into<String>) -> Self {
        let value = value.into();
        let mut address = self.without(name);
        if !value.is_empty() {
            address.query.push((name.to_owned(), value));
        }
        address
    }

    /// With a further value for this part.
    #[must_use]
    pub fn add(mut self, name: &str, value: impl Into<String>) -> Self {
        self.query.push((name.to_owned(), value.into()));
        self
    }

    /// Without this part.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.query.retain(|(known, _)| known != name);
        self
    }

    /// The value of a part.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The path without its query.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The query, for hidden fields of a form that keeps it.
    pub fn query(&self) -> &[(String, String)] {
        &self.query
    }

    /// As it stands in a link.
    pub fn href(&self) -> String {
        let mut href = self.path.clone();
        for (at, (name, value)) in self.query.iter().enumerate() {
            href.push(if at == 0 { '?' } else { '&' });
            href.push_str(&encode(name));
            href.push('=');
            href.push_str(&encode(value));
        }
        href
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.href()
    }
}

/// Percent-encodes everything but letters, digits and what is harmless in a query.
pub fn encode(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b',' | b':' | b'/' => {
                out.push(char::from(byte))
            }
            other => _ = write!(out, "%{other:02X}"),
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_part_keeps_the_others_and_forgets_the_place() {
        let here = Address::new("/surat").set("status", "dicatat").set("q", "Dinas & Badan").set("lama", "17.x");
        assert_eq!(
            here.clone().top().set("urut", "-tanggal").href(),
            "/surat?status=dicatat&q=Dinas%20%26%20Badan&urut=-tanggal"
        );
        assert_eq!(here.clone().top().set("status", "").without("q").href(), "/surat");
        assert_eq!(
            here.top().at("/surat/unduh").set("format", "csv").href(),
            "/surat/unduh?status=dicatat&q=Dinas%20%26%20Badan&format=csv"
        );
    }

    #[test]
    fn a_part_may_have_several_values() {
        assert_eq!(Address::new("/x").add("opd", "1").add("opd", "é").href(), "/x?opd=1&opd=%C3%A9");
    }
}
