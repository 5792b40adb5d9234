use praja_kernel::Rupiah;

/// Why a text is not a QRIS that a bank made for this bill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum QrisError {
    /// Not written as QRIS.
    #[error("Teks ini bukan kode QRIS. Salin seluruhnya dari kanal bank, diawali 000201.")]
    NotQris,
    /// A letter is missing or changed.
    #[error("Angka periksa QRIS tidak cocok. Ada huruf yang hilang atau berubah; salin ulang dari kanal bank.")]
    Checksum,
    /// Anybody could pay any amount with it.
    #[error("QRIS ini statis. Mintalah QRIS dinamis, yang memuat jumlah tagihan, dari bank.")]
    Static,
    /// Made for another amount.
    #[error("Jumlah pada QRIS tidak sama dengan jumlah SKRD {0}.")]
    Amount(Rupiah),
}

/// Is this a dynamic QRIS over this amount, with nothing missing? It was made by the bank; here it is only looked at.
pub(crate) fn check(text: &str, jumlah: Rupiah) -> Result<(), QrisError> {
    if !text.is_ascii() || text.len() > 512 {
        return Err(QrisError::NotQris);
    }
    let (mut rest, mut fields) = (text, Vec::new());
    while !rest.is_empty() {
        let (tag, tail) = rest.split_at_checked(2).ok_or(QrisError::NotQris)?;
        let (length, tail) = tail.split_at_checked(2).ok_or(QrisError::NotQris)?;
        let length: usize = length.parse().map_err(|_| QrisError::NotQris)?;
        let (value, tail) = tail.split_at_checked(length).ok_or(QrisError::NotQris)?;
        fields.push((tag, value));
        rest = tail;
    }
    let value = |tag: &str| fields.iter().find(|(known, _)| *known == tag).map(|(_, value)| *value);
    let Some(("63", sum)) = fields.last().copied().filter(|_| fields.first() == Some(&("00", "01"))) else {
        return Err(QrisError::NotQris);
    };
    let body = text.len().checked_sub(4).and_then(|at| text.get(..at)).ok_or(QrisError::NotQris)?;
    if !sum.eq_ignore_ascii_case(&format!("{:04X}", crc(body.as_bytes()))) {
        return Err(QrisError::Checksum);
    }
    if value("01") != Some("12") {
        return Err(QrisError::Static);
    }
    let (whole, cents) = value("54").map_or(("", ""), |amount| amount.split_once('.').unwrap_or((amount, "")));
    let same = whole.parse() == Ok(jumlah.0) && cents.bytes().all(|digit| digit == b'0');
    if same { Ok(()) } else { Err(QrisError::Amount(jumlah)) }
}

/// CRC-16/CCITT-FALSE, as EMVCo asks of merchant codes.
pub(super) fn crc(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xFFFF, |sum, byte| {
        (0..8).fold(sum ^ (u16::from(*byte) << 8), |sum, _| if sum & 0x8000 == 0 { sum << 1 } else { (sum << 1) ^ 0x1021 })
    })
}
