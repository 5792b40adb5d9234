#[cfg(test)]
mod tests;

const SATUAN: [&str; 12] =
    ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"];
const TINGKAT: [&str; 7] = ["", "ribu", "juta", "miliar", "triliun", "kuadriliun", "kuintiliun"];

/// A number in Indonesian words: `terbilang(1_250)` is "seribu dua ratus lima puluh". Below zero it begins with "minus".
pub fn terbilang(number: i64) -> String {
    let mut words = Vec::new();
    if number < 0 {
        words.push("minus");
    }
    if number == 0 {
        words.push(SATUAN[0]);
    }
    let mut below = number.unsigned_abs();
    for (level, name) in TINGKAT.iter().enumerate().rev() {
        let unit = 1000u64.pow(level as u32);
        let count = below / unit;
        below %= unit;
        match (count, level) {
            (0, _) => {}
            (1, 1) => words.push("seribu"),
            _ => {
                say_hundreds(count, &mut words);
                words.push(name);
            }
        }
    }
    words.retain(|word| !word.is_empty());
    words.join(" ")
}

/// Words of 1 to 999.
fn say_hundreds(number: u64, words: &mut Vec<&'static str>) {
    match number / 100 {
        0 => {}
        1 => words.push("seratus"),
        hundreds => words.extend([word(hundreds), "ratus"]),
    }
    match number % 100 {
        0 => {}
        few @ 1..=11 => words.push(word(few)),
        teen @ 12..=19 => words.extend([word(teen - 10), "belas"]),
        tens => {
            words.extend([word(tens / 10), "puluh"]);
            if tens % 10 > 0 {
                words.push(word(tens % 10));
            }
        }
    }
}

/// The single word of 0 to 11.
fn word(number: u64) -> &'static str {
    SATUAN.get(number as usize).copied().unwrap_or_default()
}
