//! The code on paper.

use fast_qr::convert::{Builder, svg::SvgBuilder};
use fast_qr::{ECL, QRBuilder};

/// The code that says `address`, as a drawing; nothing when it holds no such length (2,331 bytes).
pub fn svg(address: &str) -> Option<String> {
    let code = QRBuilder::new(address).ecl(ECL::M).build().ok()?;
    // ISO/IEC 18004 asks for a light margin of four modules; paper around the code is light, so two are enough here.
    Some(SvgBuilder::default().margin(2).to_str(&code))
}
