use praja_deploy::{Obstacle, Wilayah};

/// The regency of the demo when none is asked for.
pub(crate) const DEFAULT: &str = "19.06";
const SHOWN: usize = 3;

/// Finds a regency or city by its code, or by its name or a part of it that fits only one.
///
/// # Errors
/// [`Obstacle::UnknownRegion`] with the nearest by code and by name.
pub(crate) fn find(csv: &str, asked: &str) -> Result<Wilayah, Obstacle> {
    let all = read(csv);
    let asked = asked.trim();
    if let Some(found) = all.iter().find(|wilayah| wilayah.kode == asked) {
        return Ok(found.clone());
    }
    let name = asked.to_lowercase();
    let whole = |wilayah: &&Wilayah| plain(&wilayah.nama) == name || wilayah.nama.to_lowercase() == name;
    let part = |wilayah: &&Wilayah| name.len() > 2 && wilayah.nama.to_lowercase().contains(&name);
    for fitting in [all.iter().filter(whole).collect::<Vec<_>>(), all.iter().filter(part).collect()] {
        if let [only] = fitting[..] {
            return Ok(only.clone());
        }
    }
    Err(Obstacle::UnknownRegion { asked: asked.to_owned(), near: near(&all, asked) })
}

/// Regencies and cities only: their codes are five long, those of provinces two.
fn read(csv: &str) -> Vec<Wilayah> {
    let rows = csv.lines().skip(1).filter_map(|line| line.split_once(','));
    let rows = rows.filter(|(kode, _)| kode.len() == 5);
    rows.map(|(kode, nama)| Wilayah { kode: kode.to_owned(), nama: nama.trim().trim_matches('"').to_owned() }).collect()
}

fn near(all: &[Wilayah], asked: &str) -> Vec<(String, String)> {
    let by_code = |wilayah: &Wilayah| {
        let (province, rest) = split(asked);
        let (own_province, own_rest) = split(&wilayah.kode);
        own_province.abs_diff(province) * 1_000 + own_rest.abs_diff(rest)
    };
    let name = plain(asked);
    let by_name = |wilayah: &Wilayah| {
        let own = plain(&wilayah.nama);
        let holds = own.contains(&name) || own.split(' ').any(|word| word == name);
        if holds { 0 } else { u32::try_from(distance(&own, &name)).unwrap_or(u32::MAX) }
    };
    let mut sorted: Vec<&Wilayah> = all.iter().collect();
    if asked.starts_with(|letter: char| letter.is_ascii_digit()) {
        sorted.sort_by_key(|wilayah| by_code(wilayah));
    } else {
        sorted.sort_by_cached_key(|wilayah| by_name(wilayah));
    }
    sorted.into_iter().take(SHOWN).map(|wilayah| (wilayah.kode.clone(), wilayah.nama.clone())).collect()
}

/// The two numbers of a code, written with or without its dot.
fn split(code: &str) -> (u32, u32) {
    let digits: String = code.chars().filter(char::is_ascii_digit).take(4).collect();
    let (province, rest) = digits.split_at(digits.len().min(2));
    (province.parse().unwrap_or(0), rest.parse().unwrap_or(0))
}

/// The name without the word that says what kind of region it is.
fn plain(name: &str) -> String {
    let lower = name.to_lowercase();
    let lower = lower.trim();
    let kinds = ["kabupaten administrasi ", "kota administrasi ", "kabupaten ", "kota ", "kab. "];
    kinds.iter().find_map(|kind| lower.strip_prefix(kind)).unwrap_or(lower).to_owned()
}

/// Letters to add, take away or change to make one word of the other.
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (line, from) in left.chars().enumerate() {
        let mut corner = row[0];
        row[0] = line + 1;
        for (column, to) in right.iter().enumerate() {
            let changed = corner + usize::from(from != *to);
            corner = row[column + 1];
            row[column + 1] = changed.min(corner + 1).min(row[column] + 1);
        }
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn csv() -> &'static str {
        crate::embedded::data("wilayah_provinsi_kabkota.csv").unwrap()
    }

    fn near_of(asked: &str) -> Vec<String> {
        match find(csv(), asked) {
            Err(Obstacle::UnknownRegion { near, .. }) => near.into_iter().map(|(_, name)| name).collect(),
            other => panic!("{asked}: {other:?}"),
        }
    }

    #[test]
    fn a_regency_is_found_by_code_or_name() {
        for asked in ["19.06", "Kabupaten Belitung Timur", "belitung timur", "litung tim"] {
            assert_eq!(find(csv(), asked).unwrap().kode, "19.06", "{asked}");
        }
        assert_eq!(find(csv(), "Bandung Barat").unwrap().nama, "Kabupaten Bandung Barat");
    }

    #[test]
    fn a_province_is_no_regency() {
        assert!(find(csv(), "19").is_err());
    }

    #[test]
    fn a_name_that_fits_two_is_not_guessed() {
        assert!(near_of("Bandung").iter().all(|name| name.contains("Bandung")));
    }

    #[test]
    fn the_nearest_are_named_by_code_and_by_name() {
        assert!(near_of("19.99").iter().all(|name| find(csv(), name).unwrap().kode.starts_with("19.")));
        assert_eq!(near_of("1996"), near_of("19.96"));
        assert_eq!(near_of("Belitng Timur")[0], "Kabupaten Belitung Timur");
        assert_eq!(near_of("mangarai").len(), 3);
        assert!(near_of("mangarai")[0].contains("Manggarai"));
    }
}
