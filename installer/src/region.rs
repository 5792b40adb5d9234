use praja_deploy::{Obstacle, Wilayah, distance};

use crate::embedded;

/// The regency of the demo when none is asked for.
pub(crate) const DEFAULT: &str = "19.06";
const SHOWN: usize = 3;
/// Reference data: provinces with their regencies, kecamatan, and desa (compressed).
pub(crate) const REGIONS: &str = "wilayah_provinsi_kabkota.csv";
const DISTRICTS: &str = "wilayah_kecamatan.csv";
const VILLAGES: &str = "wilayah_desa_lengkap.csv.gz";

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

/// Every regency or city whose name holds what was asked, the one that is called just so first; only that one where its whole name with
/// its kind was written. For a prompt, where "Belitung" may have been meant for Belitung Timur.
pub(crate) fn holding(csv: &str, asked: &str) -> Vec<Wilayah> {
    let asked = asked.trim().to_lowercase();
    let all = read(csv);
    if let Some(whole) = all.iter().find(|wilayah| wilayah.nama.to_lowercase() == asked) {
        return vec![whole.clone()];
    }
    let mut found: Vec<Wilayah> = all.into_iter().filter(|wilayah| wilayah.nama.to_lowercase().contains(&asked)).collect();
    found.sort_by_key(|wilayah| plain(&wilayah.nama) != asked);
    found
}

/// What a regency brings along when its box is made: the text of its pack, and its kecamatan and desa as `kode,nama`.
///
/// A regency without a shipped pack gets one that says no more than its name; it may be written on.
///
/// # Errors
/// [`Obstacle::BrokenTemplate`] when the program was built without its reference data.
pub(crate) fn pack(wilayah: &Wilayah) -> Result<(String, String), Obstacle> {
    let yaml = match embedded::text(&format!("region/{}/paket.yaml", wilayah.kode)) {
        Some(shipped) => shipped.to_owned(),
        None => plain_pack(wilayah, embedded::data(REGIONS)?),
    };
    let own = format!("{}.", wilayah.kode);
    let mut rows: Vec<String> = Vec::new();
    for text in [embedded::data(DISTRICTS)?, &embedded::unpacked(VILLAGES)?] {
        rows.extend(text.lines().filter(|line| line.starts_with(&own)).map(ToOwned::to_owned));
    }
    rows.sort();
    Ok((yaml, format!("kode,nama\n{}\n", rows.join("\n"))))
}

fn plain_pack(wilayah: &Wilayah, csv: &str) -> String {
    let (province, name) = (wilayah.kode.get(..2).unwrap_or_default(), plain(&wilayah.nama).to_uppercase());
    let provinsi = csv.lines().filter_map(|line| line.split_once(',')).find(|(kode, _)| *kode == province).map(|(_, nama)| nama);
    let words: Vec<&str> = name.split_whitespace().collect();
    let huruf: String = match words[..] {
        [only] => only.chars().filter(char::is_ascii_alphanumeric).take(2).collect(),
        _ => words.iter().filter_map(|word| word.chars().find(char::is_ascii_alphanumeric)).take(3).collect(),
    };
    let quoted = |text: &str| serde_json::Value::from(text.trim().trim_matches('"')).to_string();
    format!(
        "# Paket daerah. Lengkapi dan ubah di sini; lihat panduan \"Paket daerah\". Lambang digambar netral, bukan lambang daerah.\n\
         kode: {}\nnama: {}\nprovinsi: {}\nlambang: {{ huruf: {huruf:?} }}\n",
        quoted(&wilayah.kode),
        quoted(&wilayah.nama),
        quoted(provinsi.unwrap_or_default()),
    )
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
    fn a_name_that_is_part_of_another_brings_both_to_the_prompt_and_the_one_called_so_comes_first() {
        let names = |asked: &str| holding(csv(), asked).into_iter().map(|wilayah| wilayah.nama).collect::<Vec<_>>();
        assert_eq!(names("Belitung"), ["Kabupaten Belitung", "Kabupaten Belitung Timur"]);
        assert_eq!(names(" manggarai "), ["Kabupaten Manggarai", "Kabupaten Manggarai Barat", "Kabupaten Manggarai Timur"]);
        assert_eq!(names("kabupaten belitung"), ["Kabupaten Belitung"]);
        assert_eq!(names("Belitung Timur"), ["Kabupaten Belitung Timur"]);
        assert!(names("Belitng").is_empty() && names("kota").len() > 90);
    }

    #[test]
    fn every_regency_has_a_pack_that_can_be_read() {
        let all = read(csv());
        assert_eq!(all.len(), 514);
        // Each pack reads all villages of the country once; a handful of regencies stands for those without a pack of their own.
        for wilayah in &all {
            let yaml = embedded::text(&format!("region/{}/paket.yaml", wilayah.kode));
            let yaml = yaml.map_or_else(|| plain_pack(wilayah, csv()), ToOwned::to_owned);
            let paket = praja_module::Paket::parse(&yaml, "").unwrap_or_else(|e| panic!("{wilayah}: {e}\n{yaml}"));
            assert_eq!((&paket.kode, &paket.nama), (&wilayah.kode, &wilayah.nama));
            assert!(paket.provinsi.is_some_and(|provinsi| !provinsi.is_empty()) && paket.lambang.is_some(), "{wilayah}");
        }
    }

    #[test]
    fn a_pack_brings_the_kecamatan_and_desa_of_its_regency() {
        for (kode, kecamatan, desa) in [("19.06", 7, 39), ("53.10", 12, 171), ("33.25", 15, 248), ("32.11", 26, 277)] {
            let (yaml, wilayah) = pack(&find(csv(), kode).unwrap()).unwrap();
            let paket = praja_module::Paket::parse(&yaml, &wilayah).unwrap();
            let villages: usize = paket.kecamatan().map(|(kode, _)| paket.desa(kode).count()).sum();
            assert_eq!((paket.kecamatan().count(), villages), (kecamatan, desa), "{kode}");
        }
    }

    #[test]
    fn five_regencies_have_packs_of_their_own_whose_offices_are_marked_as_examples() {
        for (kode, nama) in [
            ("19.06", "Kabupaten Belitung Timur"),
            ("53.10", "Kabupaten Manggarai"),
            ("33.25", "Kabupaten Batang"),
            ("32.11", "Kabupaten Sumedang"),
            ("51.08", "Kabupaten Buleleng"),
        ] {
            let (yaml, wilayah) = pack(&find(csv(), kode).unwrap()).unwrap();
            let paket = praja_module::Paket::parse(&yaml, &wilayah).unwrap();
            assert_eq!(paket.nama, nama);
            assert!(paket.struktur.is_some_and(|struktur| struktur.contoh && !struktur.opd.is_empty()), "{nama}");
            assert!(paket.ibu_kota.is_some() && paket.aksen.is_some(), "{nama}");
        }
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
