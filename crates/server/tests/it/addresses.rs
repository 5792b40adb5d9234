//! No page asks another host for anything: it would fail offline, and would tell a stranger who reads what.

use crate::{
    source,
    tree::{files, packages, read},
};

/// Names of XML vocabularies: they look like addresses, and nobody fetches them.
const NAMES: [&str; 1] = ["http://www.w3.org/"];
/// This machine itself.
const LOOPBACK: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];

/// Attributes whose address a browser fetches, or sends a form to, by itself.
const FETCHED: [&str; 7] = ["src=", "srcset=", "poster=", "data=", "action=", "formaction=", "@import "];

#[test]
fn assets_name_no_outside_host() {
    let mut wrong = Vec::new();
    for folder in ["crates", "modules", "installer", "config-templates"] {
        for path in files(folder, &["css", "js", "mjs", "svg", "html", "webmanifest"]) {
            for address in outside(&read(&path)) {
                wrong.push(format!("{}: {address}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "outside addresses: {wrong:#?}");
}

#[test]
fn no_page_fetches_from_an_outside_host() {
    let mut wrong = Vec::new();
    for package in packages() {
        for path in package.sources() {
            wrong
                .extend(fetched(&read(&path)).into_iter().map(|(line, address)| format!("{}:{line}: {address}", path.display())));
        }
    }
    assert!(wrong.is_empty(), "outside addresses: {wrong:#?}");
}

/// Outside addresses in the pages of a source file that a browser would fetch. A link that a person follows is no such address.
fn fetched(text: &str) -> Vec<(usize, String)> {
    let source = source::parse(text);
    let mut found = Vec::new();
    for literal in &source.literals {
        let before = &source.code[..literal.at];
        let element = before.rsplit(['{', '}', ';']).next().unwrap_or_default().trim_start();
        let linked = element.starts_with("link ") && before.ends_with("href=");
        if linked || FETCHED.iter().any(|one| before.ends_with(one) || literal.text.contains(one)) {
            found.extend(outside(&literal.text).into_iter().map(|address| (literal.line, address.to_owned())));
        }
    }
    found
}

#[test]
fn a_link_is_followed_by_a_person_and_a_picture_is_fetched() {
    let page = "html! { link rel=\"stylesheet\" href=\"https://a.example/x.css\"; a href=\"https://b.example/\" { \"B\" }
        img src=\"https://c.example/p.png\"; (qr(\"https://d.example/v/1\")) }";
    let found: Vec<_> = fetched(page).into_iter().map(|(_, address)| address).collect();
    assert_eq!(found, ["https://a.example/x.css", "https://c.example/p.png"]);
}

/// The addresses in a text that lead to another host.
fn outside(text: &str) -> Vec<&str> {
    let ends = |one: char| one.is_whitespace() || matches!(one, '"' | '\'' | ')' | '<' | '>' | '`' | '\\');
    let mut found: Vec<&str> = Vec::new();
    for scheme in ["http://", "https://"] {
        for (at, _) in text.match_indices(scheme) {
            let address = text[at..].split(ends).next().unwrap_or_default();
            let host = &address[scheme.len()..];
            let named = NAMES.iter().any(|name| address.starts_with(name));
            // A bare scheme, or one followed by a placeholder, is put together at run time with the Instance's own host.
            let open = host.is_empty() || host.starts_with('{');
            if !named && !open && !LOOPBACK.iter().any(|own| host.starts_with(own)) {
                found.push(address);
            }
        }
    }
    found
}

#[test]
fn vocabularies_and_this_machine_are_not_outside() {
    assert_eq!(
        outside("xmlns=\"http://www.w3.org/2000/svg\" url(https://huruf.example/a.woff)"),
        ["https://huruf.example/a.woff"]
    );
    assert!(outside("http://127.0.0.1:8080/ https://{host}/v/ http://").is_empty());
}
