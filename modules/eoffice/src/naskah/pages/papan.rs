//! The pages of an uploaded PDF as pictures, on which number, date and signature are placed. Without the script they are looked at, and the
//! places are typed in millimetres.

use praja_web::{Markup, assets, html};

use crate::naskah::letak::{Cap, Letak};

/// A picture is at least and at most as wide, in pixels.
pub(super) const WIDTHS: (u32, u32) = (200, 1600);
const USUAL: u32 = 900;

/// What the script needs of the blocks: word, label, what each usually takes and needs at least.
fn blocks() -> String {
    let one = |cap: &Cap| {
        let ((wide, tall), (least_wide, least_tall)) = (cap.size(), cap.room());
        format!("{}|{}|{wide}|{tall}|{least_wide}|{least_tall}", cap.as_str(), cap.label())
    };
    Cap::ALL.iter().map(one).collect::<Vec<_>>().join(";")
}

/// `address` is that of the form, `pages` are their sizes in millimetres.
pub(super) fn board(address: &str, pages: &[(f64, f64)], letak: &[Letak]) -> Markup {
    let sizes: Vec<String> = pages.iter().map(|(wide, tall)| format!("{wide:.2}x{tall:.2}")).collect();
    let mut shown: Vec<u32> = letak.iter().map(|one| one.halaman).collect();
    shown.sort_unstable();
    shown.dedup();
    let size_of = |page: u32| usize::try_from(page).ok().and_then(|page| pages.get(page.checked_sub(1)?));
    html! {
        @if !pages.is_empty() {
            link rel="stylesheet" href=(assets::url("papan.css"));
            div.papan data-papan data-alamat={ (address) "/" } data-ukuran=(sizes.join(";")) data-cap=(blocks()) {
                @for page in shown {
                    @if let Some((wide, tall)) = size_of(page) {
                        figure {
                            img src={ (address) "/" (page) "/berkas?lebar=" (USUAL) } alt={ "Gambar halaman " (page) " berkas ini" }
                                width=(USUAL) height=((f64::from(USUAL) * tall / wide).round()) loading="lazy";
                            figcaption.redup { "Halaman " (page) " dari " (pages.len()) ", " (format!("{wide:.0} × {tall:.0}")) " mm. Letak diukur dari sudut kiri atas." }
                        }
                    }
                }
            }
            script src=(assets::url("papan.js")) defer {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_with_blocks_are_shown_once_and_pages_that_are_gone_are_not() {
        let at = |cap, halaman| Letak { cap, halaman, x: 1, y: 1, lebar: 210 };
        let letak = [at(Cap::Nomor, 1), at(Cap::Tanggal, 1), at(Cap::Ttd, 9)];
        let drawn = board("/x", &[(210.0, 297.0), (297.0, 210.0)], &letak).into_string();
        assert_eq!(drawn.matches("<img").count(), 1, "{drawn}");
        assert!(
            drawn.contains("data-ukuran=\"210.00x297.00;297.00x210.00\"") && drawn.contains("ttd|Ruang tanda tangan|70|45|60|45")
        );
        assert_eq!(board("/x", &[], &letak).into_string(), "");
    }
}
