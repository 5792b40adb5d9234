//! What holds for every page, whatever it shows.

use std::collections::BTreeSet;

use praja_web::{
    Cell, Column, Field, Form, FormValues, Notice, PageHeader, Row, Shell, Table, Tema, Tone, assets, badge, color::Accent,
    errors, gaya, html, page, plain_page,
};

const NASTY: &str = r#"</script><b onclick="x">Tom & "Jerry"</b>"#;

/// A tag as written: name, attributes, and whether it closes.
struct Tag<'a> {
    name: &'a str,
    attributes: Vec<(&'a str, &'a str)>,
    closing: bool,
}

impl<'a> Tag<'a> {
    fn get(&self, name: &str) -> Option<&'a str> {
        self.attributes.iter().find(|(key, _)| *key == name).map(|(_, value)| *value)
    }
}

/// Reads tags; good enough for markup that maud wrote (quoted attributes, escaped text).
fn tags(html: &str) -> Vec<Tag<'_>> {
    html.split('<').skip(1).filter(|part| !part.starts_with('!')).map(|part| read_tag(&part[..tag_end(part)])).collect()
}

/// Position of the `>` that ends a tag: one inside quotes does not count.
fn tag_end(part: &str) -> usize {
    let mut quoted = false;
    part.find(|letter| {
        quoted ^= letter == '"';
        letter == '>' && !quoted
    })
    .unwrap_or(part.len())
}

fn read_tag(text: &str) -> Tag<'_> {
    let closing = text.starts_with('/');
    let text = text.trim_start_matches('/').trim_end_matches('/');
    let (name, mut rest) = text.split_once([' ', '\n']).unwrap_or((text, ""));
    let mut attributes = Vec::new();
    while !rest.trim().is_empty() {
        rest = rest.trim_start();
        let end = rest.find(['=', ' ']).unwrap_or(rest.len());
        let key = &rest[..end];
        rest = &rest[end..];
        let value = match rest.strip_prefix("=\"") {
            Some(after) => {
                let end = after.find('"').expect("a quoted value ends");
                rest = &after[end + 1..];
                &after[..end]
            }
            None => "",
        };
        attributes.push((key, value));
    }
    Tag { name, attributes, closing }
}

/// Every kind of page that this crate can draw.
fn all_pages() -> Vec<(&'static str, String)> {
    let desk = gaya::sample_shell();
    let public = Shell::new("Kota Contoh");
    let red = Shell { accent: Accent::parse("#c2185b").expect("valid"), tema: Some(Tema::Gelap), ..gaya::sample_shell() };
    vec![
        ("gaya", gaya::page_of_patterns(&desk)),
        ("gaya, red", gaya::page_of_patterns(&red)),
        ("plain", plain_page(&public, &PageHeader::new("Masuk ke Praja"), log_in())),
        ("plain, signed in", plain_page(&desk, &PageHeader::new("Layanan"), html! { p { "Isi" } })),
        ("page, nobody signed in", page(&public, &PageHeader::new("Layanan").purpose("Daftar layanan."), html! { p { "Isi" } })),
        ("not found", errors::not_found(&desk)),
        ("not found, public", errors::not_found(&public)),
        ("forbidden", errors::forbidden(&desk, "mendaftarkan surat masuk", "pengelola sistem")),
        ("sign in", errors::sign_in(&public, "/eoffice/surat?q=a b&c")),
        ("refused", errors::refused(&desk, "Surat sudah diarsipkan.", "Buka arsip.", Some("/eoffice"))),
        ("fault", errors::fault(&public, "7KQ2-M9XA")),
        ("too large", errors::too_large(&desk, 10)),
        ("conflict", errors::conflict(&desk, "Ana Lusia", "10.32", "/eoffice/surat/1")),
        ("stale form", errors::stale_form(&desk, None)),
        ("too many", errors::too_many(&public, "5 menit")),
        ("unavailable", errors::unavailable(&public, None)),
    ]
}

fn log_in() -> Form {
    Form::post("/masuk", "t", "k")
        .field(Field::text("akun", "Nama akun").required().autocomplete("username"))
        .field(Field::password("sandi", "Kata sandi", "current-password").required())
        .submit("Masuk ke Praja")
}

#[test]
fn no_page_carries_styles_or_scripts_of_its_own() {
    for (name, html) in all_pages() {
        for tag in tags(&html) {
            assert_ne!(tag.name, "style", "{name}");
            for (key, value) in &tag.attributes {
                // A name, not an address: nothing is fetched from it.
                if *key == "xmlns" {
                    continue;
                }
                assert!(*key != "style" && !key.starts_with("on"), "{name}: {key} on {}", tag.name);
                assert!(
                    !value.starts_with("javascript:") && !value.starts_with("http:") && !value.starts_with("//"),
                    "{name}: {value}"
                );
            }
            if tag.name == "script" && !tag.closing {
                assert!(tag.get("src").is_some_and(|src| src.starts_with("/aset/")), "{name}");
            }
        }
        assert!(html.contains("defer></script>"), "{name}: the script element is empty");
    }
}

#[test]
fn every_control_has_a_label() {
    for (name, html) in all_pages() {
        let tags = tags(&html);
        let labelled: BTreeSet<&str> = tags.iter().filter(|tag| tag.name == "label").filter_map(|tag| tag.get("for")).collect();
        for tag in tags.iter().filter(|tag| !tag.closing && ["input", "select", "textarea"].contains(&tag.name)) {
            if tag.get("type") != Some("hidden") && tag.get("aria-label").is_none() {
                let id = tag.get("id").unwrap_or_else(|| panic!("{name}: control {:?} without id", tag.get("name")));
                assert!(labelled.contains(id), "{name}: {id} has no label");
            }
        }
    }
}

#[test]
fn identities_are_given_once_and_references_lead_somewhere() {
    for (name, html) in all_pages() {
        let tags = tags(&html);
        let mut ids = BTreeSet::new();
        for id in tags.iter().filter_map(|tag| tag.get("id")) {
            assert!(ids.insert(id), "{name}: {id} twice");
        }
        for tag in &tags {
            let described = tag.get("aria-describedby").into_iter().flat_map(str::split_whitespace);
            let pointed = tag.get("href").and_then(|href| href.strip_prefix('#')).filter(|id| !id.is_empty());
            for id in described.chain(pointed).chain(tag.get("for")).chain(tag.get("aria-controls")) {
                assert!(ids.contains(id), "{name}: {id} is nowhere");
            }
        }
    }
}

#[test]
fn every_element_that_opens_also_closes() {
    const VOID: [&str; 5] = ["meta", "link", "input", "img", "br"];
    for (name, html) in all_pages() {
        let mut open = Vec::new();
        for part in html.split('<').skip(1).filter(|part| !part.starts_with('!')) {
            let text = &part[..tag_end(part)];
            let tag = read_tag(text);
            if tag.closing {
                assert_eq!(open.pop(), Some(tag.name), "{name}");
            } else if !VOID.contains(&tag.name) && !text.ends_with('/') {
                open.push(tag.name);
            }
        }
        assert!(open.is_empty(), "{name}: {open:?}");
    }
}

#[test]
fn every_page_is_indonesian_with_one_title_one_main_part_and_a_way_past_the_menu() {
    for (name, html) in all_pages() {
        assert!(html.starts_with("<!DOCTYPE html><html lang=\"id\""), "{name}");
        for once in ["<h1>", "<main ", "<title>", "href=\"#isi\">Langsung ke isi"] {
            assert_eq!(html.matches(once).count(), 1, "{name}: {once}");
        }
        assert!(!html.contains('!') || html.matches('!').count() == 1, "{name}: only the doctype has an exclamation mark");
    }
}

#[test]
fn every_form_that_changes_something_carries_the_token() {
    for (name, html) in all_pages() {
        for form in html.split("<form").skip(1) {
            let form = form.split("</form>").next().unwrap_or_default();
            let posts = form.split('>').next().unwrap_or_default().contains("method=\"post\"");
            assert_eq!(posts, form.contains("name=\"_csrf\""), "{name}: {}", &form[..form.len().min(120)]);
        }
    }
}

#[test]
fn every_asset_that_a_page_names_exists() {
    for (name, html) in all_pages() {
        for tag in tags(&html) {
            for address in [tag.get("src"), tag.get("href")].into_iter().flatten().filter(|address| address.starts_with("/aset/"))
            {
                let file = address.split('#').next().unwrap_or_default();
                assert!(assets::find(file).is_some_and(|asset| asset.immutable), "{name}: {address}");
            }
        }
    }
}

#[test]
fn what_people_type_never_becomes_markup() {
    let table = Table::new(NASTY)
        .column(Column::text(NASTY))
        .chip(NASTY, NASTY, true)
        .row(Row::new(vec![Cell::date(NASTY, NASTY)]).href(NASTY));
    let form = Form::post(NASTY, NASTY, NASTY)
        .field(Field::text("a", NASTY).hint(NASTY))
        .field(Field::textarea("b", NASTY))
        .field(Field::select("c", NASTY, &[(NASTY, NASTY)]))
        .values(FormValues::new().with("a", NASTY).with("b", NASTY).with("c", NASTY))
        .refusal(NASTY, NASTY)
        .submit(NASTY);
    let shell = Shell { flash: Some(Notice::new(Tone::Bad, NASTY).text(NASTY)), query: NASTY.into(), ..gaya::sample_shell() };
    let header = PageHeader::new(NASTY).purpose(NASTY).crumb(NASTY, NASTY);
    let html = page(&shell, &header, html! { (table) (form) (badge(Tone::Good, NASTY)) });
    assert!(!html.contains("<b onclick") && !html.contains("</script><b"), "{html}");
    assert!(html.contains("&lt;b onclick=&quot;x&quot;&gt;Tom &amp; &quot;Jerry&quot;&lt;/b&gt;"));
}

#[test]
fn training_is_written_on_every_page_and_only_there() {
    let real = Shell { contoh: false, ..gaya::sample_shell() };
    let header = PageHeader::new("Surat masuk");
    for draw in [
        |shell: &Shell, header: &PageHeader| page(shell, header, html! {}),
        |shell: &Shell, header: &PageHeader| plain_page(shell, header, html! {}),
    ] {
        assert!(!draw(&real, &header).contains("LATIHAN"));
        let training = draw(&Shell { contoh: true, ..real.clone() }, &header);
        assert!(training.contains("<title>LATIHAN · Surat masuk · Kabupaten Tirta Contoh</title>"));
        assert!(training.contains("<strong>LATIHAN</strong>") && training.contains("cap-latihan"), "on screen and on paper");
    }
}

#[test]
fn an_empty_list_says_what_would_be_here() {
    let html = html! { (Table::new("Surat").column(Column::text("Nomor"))) }.into_string();
    assert!(html.contains("kosong-judul") && !html.contains("<table"));
}

#[test]
fn the_sign_in_page_leads_back_to_where_the_reader_wanted_to_go() {
    let html = errors::sign_in(&Shell::new("Kota Contoh"), "/eoffice/surat?q=a b&c");
    assert!(html.contains("href=\"/masuk?ke=/eoffice/surat%3Fq%3Da%20b%26c\""), "{html}");
}

#[test]
fn a_public_page_stays_under_one_hundred_kilobytes() {
    let page = plain_page(&Shell::new("Kota Contoh"), &PageHeader::new("Layanan"), log_in());
    let assets: usize = ["praja.css", "praja.js", "crest.svg", "favicon.svg"]
        .map(|name| assets::find(name).expect("embedded").bytes.len())
        .iter()
        .sum();
    assert!(page.len() + assets < 100_000, "{}", page.len() + assets);
}
