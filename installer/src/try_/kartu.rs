//! Cards for the participants of a training: a file of accounts, and a page to print and cut.

use std::path::{Path, PathBuf};

use anyhow::Result;
use praja_deploy::{Files, LocalFiles};
use praja_web::{html, qr};

use crate::{
    account::{self, DemoAccount},
    box_::Operations,
};

/// The accounts of the cards, in the installation's folder.
pub(super) const LIST: &str = "kartu-akun.csv";
/// The page to print, beside it.
pub(super) const SHEET: &str = "kartu-akun.html";
/// Cards when nobody says how many.
const USUAL: usize = 20;

/// Two columns of five on A4, cut along the dashes.
const STYLE: &str = "@page{size:A4;margin:12mm}body{font:13px/1.4 system-ui,sans-serif;color:#111;margin:0}h1{font-size:16px;margin:0 0 8px}\
    .kartu{display:grid;grid-template-columns:1fr 1fr;gap:0}.satu{display:grid;grid-template-columns:minmax(0,1fr) 92px;gap:4px 10px;height:50mm;\
    box-sizing:border-box;padding:5mm;border:1px dashed #888;break-inside:avoid;overflow:hidden}.satu svg{width:92px;height:92px;display:block}.satu .alamat{font-size:10px;overflow-wrap:anywhere;text-align:center}\
    .nama{font-weight:700;font-size:14px}.redup{color:#444}dl{margin:6px 0 0;display:grid;grid-template-columns:auto 1fr;gap:0 8px}\
    dd{margin:0;font:600 15px ui-monospace,monospace}.cap{font-size:11px;letter-spacing:.08em;color:#7a4a00}\
    @media print{h1,.petunjuk{display:none}}@media(max-width:600px){.kartu{grid-template-columns:1fr}}";

/// Sees to it that there are so many cards (as many as before when nobody says, else twenty). Cards that were drawn stay as they
/// are; after the demo data were put back, their accounts are opened again.
pub(super) fn prepare(
    root: &Path,
    wanted: Option<usize>,
    put_back: bool,
    wilayah: &str,
    url: &str,
    operations: &dyn Operations,
) -> Result<()> {
    let read = LocalFiles.read(&root.join(LIST))?;
    let mut cards = read.and_then(|bytes| account::read(&String::from_utf8_lossy(&bytes))).unwrap_or_default();
    if put_back && !cards.is_empty() {
        let passwords: Vec<String> = cards.iter().map(|card| card.sandi.clone()).collect();
        operations.open_cards(0, &passwords)?;
    }
    let wanted = wanted.unwrap_or(if cards.is_empty() { USUAL } else { cards.len() });
    if wanted > cards.len() {
        let fresh: Vec<String> = (cards.len()..wanted).map(|_| praja_identity::sandi::draw()).collect();
        cards.extend(operations.open_cards(cards.len(), &fresh)?);
        LocalFiles.write(&root.join(LIST), account::write(&cards).as_bytes(), 0o600)?;
    }
    // Drawn anew each time: the address may have changed.
    Ok(LocalFiles.write(&root.join(SHEET), sheet(&cards, wilayah, url).as_bytes(), 0o600)?)
}

/// The page of cards and how many stand on it; nothing where there are none.
pub(super) fn sheet_of(root: &Path) -> Option<(PathBuf, usize)> {
    let cards = account::read(&String::from_utf8_lossy(&LocalFiles.read(&root.join(LIST)).ok()??))?;
    (!cards.is_empty()).then(|| (root.join(SHEET), cards.len()))
}

fn sheet(cards: &[DemoAccount], wilayah: &str, url: &str) -> String {
    let code = qr::svg(url, "Alamat Praja").ok();
    html! {
        (praja_web::PreEscaped("<!DOCTYPE html>"))
        html lang="id" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Kartu akun peserta pelatihan, " (wilayah) }
                style { (praja_web::PreEscaped(STYLE)) }
            }
            body {
                h1 { "Kartu akun peserta pelatihan, " (wilayah) }
                p.petunjuk { "Cetak pada kertas A4, lalu gunting menurut garis putus-putus. Simpan halaman ini seperti menyimpan kunci." }
                main.kartu {
                    @for card in cards {
                        section.satu {
                            div {
                                div.cap { "LATIHAN" }
                                div.nama { (card.nama) }
                                div.redup { (card.jabatan) }
                                @if !card.jabatan.contains(&card.opd) { div.redup { (card.opd) } }
                                dl { dt { "Akun" } dd { (card.akun) } dt { "Sandi" } dd { (card.sandi) } }
                            }
                            div { @if let Some(code) = &code { (code) } div.alamat { (url) } }
                        }
                    }
                }
            }
        }
    }
    .into_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_holds_what_a_participant_types_and_nothing_of_it_becomes_markup() {
        let card = DemoAccount {
            nama: "Siti <b>Aminah</b>".into(),
            jabatan: "Camat Manggar".into(),
            opd: "Kecamatan Manggar".into(),
            akun: "peserta-01".into(),
            sandi: "abcd-efgh".into(),
        };
        let page = sheet(&[card], "Kabupaten Belitung Timur", "http://192.168.1.5:7321");
        for words in ["peserta-01", "abcd-efgh", "Camat Manggar", "http://192.168.1.5:7321", "LATIHAN", "&lt;b&gt;", "<svg"] {
            assert!(page.contains(words), "{words}");
        }
        assert!(!page.contains("<b>"));
    }
}
