//! Working without a line: the manifest with which Praja is installed on a phone, and the worker that keeps pages and unsent forms there.
//!
//! What may be kept and what may wait is declared by the routes; the worker is given the patterns of the latter and is told of the former
//! by the answers themselves.

use maud::{Markup, html};
use serde_json::json;

use crate::{
    Tone, assets,
    color::{Accent, LIGHT},
    icon,
};

/// Where the manifest is answered.
pub const MANIFEST: &str = "/praja.webmanifest";
/// Where the worker is answered: it looks after every page, so it stands at the root.
pub const WORKER: &str = "/pekerja.js";
/// The page that stands in for every page that was not kept.
pub const WITHOUT_LINE: &str = "/tanpa-sambungan";

/// What a browser must know to install Praja: names, icons, colours, where it begins.
pub fn manifest(region: &str, contoh: bool, accent: Accent) -> String {
    let icon = |size: u32, purpose: &str| {
        let name = if purpose == "maskable" { format!("ikon-{size}-penuh.png") } else { format!("ikon-{size}.png") };
        json!({ "src": assets::url(&name), "sizes": format!("{size}x{size}"), "type": "image/png", "purpose": purpose })
    };
    let mark = if contoh { "LATIHAN · " } else { "" };
    json!({
        "id": "/",
        "name": format!("{mark}Praja {region}"),
        "short_name": short_name(region),
        "description": format!("Kotak masuk, surat, dan disposisi Pemerintah {region}."),
        "lang": "id",
        "dir": "ltr",
        "start_url": "/kotak-masuk",
        "scope": "/",
        "display": "standalone",
        "theme_color": accent.hex(),
        "background_color": LIGHT.surface.to_string(),
        "icons": [icon(192, "any"), icon(512, "any"), icon(192, "maskable"), icon(512, "maskable")],
    })
    .to_string()
}

/// The drawings that belong to tones, for what the script says on a page.
pub fn drawings() -> Markup {
    html! {
        @for tone in [Tone::Good, Tone::Info, Tone::Warn, Tone::Bad] {
            template data-nada=(tone.class()) { (icon(tone.icon())) }
        }
    }
}

/// What stands under the icon, where there is room for about twelve letters: the region without its kind, or the program's name.
fn short_name(region: &str) -> &str {
    let name = ["Kabupaten ", "Kota ", "Provinsi "].iter().find_map(|kind| region.strip_prefix(kind)).unwrap_or(region);
    if name.chars().count() <= 14 { name } else { "Praja" }
}

/// The worker's script. `waits` are the patterns of the routes whose forms may wait. Its bytes change with every build that changes an asset or
/// a pattern, by which a browser knows that there is a new one.
pub fn worker(waits: &[&str]) -> String {
    let look = ["praja.css", "luring.css", "praja.js", "luring.js", "ikon.svg", "favicon.svg", "crest.svg"].map(assets::url);
    let code = assets::script_of(&["luring.js", "luring/gudang.js", "pekerja.js"]);
    let told = json!({ "aset": look, "antre": waits, "pengganti": WITHOUT_LINE });
    let version = assets::hash(format!("{told}{code}").as_bytes());
    format!("\"use strict\";\nself.PRAJA = {{ \"versi\": \"{version}\", \"isi\": {told} }};\n{code}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manifest_names_the_regency_and_its_icons_exist() {
        let text = manifest("Kabupaten Contoh Raya", false, Accent::default());
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(
            (read["name"].as_str(), read["short_name"].as_str()),
            (Some("Praja Kabupaten Contoh Raya"), Some("Contoh Raya"))
        );
        assert_eq!((read["start_url"].as_str(), read["display"].as_str()), (Some("/kotak-masuk"), Some("standalone")));
        let icons = read["icons"].as_array().unwrap();
        assert_eq!(icons.len(), 4);
        for icon in icons {
            let asset = assets::find(icon["src"].as_str().unwrap()).expect("embedded");
            // The size stands in the first block of every PNG.
            let side = u32::from_be_bytes(asset.bytes[16..20].try_into().unwrap());
            assert_eq!((asset.mime, asset.immutable), ("image/png", true));
            assert_eq!(icon["sizes"].as_str(), Some(format!("{side}x{side}").as_str()));
        }
    }

    #[test]
    fn a_short_name_fits_under_an_icon() {
        for (region, short) in [
            ("Kabupaten Belitung Timur", "Belitung Timur"),
            ("Kota Pematangsiantar", "Praja"),
            ("Kabupaten Ogan Komering Ulu Selatan", "Praja"),
        ] {
            assert_eq!(short_name(region), short, "{region}");
        }
    }

    #[test]
    fn another_pattern_gives_another_worker() {
        let (one, two) = (worker(&["/a/{id}"]), worker(&["/b/{id}"]));
        assert_ne!(one.lines().nth(1), two.lines().nth(1));
        assert_eq!(one, worker(&["/a/{id}"]));
        assert!(one.contains("addEventListener(\"fetch\"") && !one.contains("document."));
    }
}
