//! Fills the fictional regency until it is a whole government: further offices, posts by kind of office, invented people, and the
//! names of a real region's kecamatan where its pack brings them.

use std::collections::BTreeMap;

use jiff::Span;
use praja_kernel::Date;
use praja_module::Paket;
use praja_store::{Result, StoreError};
use serde::Deserialize;

use super::data::{NewJabatan, NewOpd, Person, Regency};
use crate::{jabatan, opd};

static FILE: &str = include_str!("../../demo/pola.yaml");

/// The post at the top of all offices that the pattern makes.
const ABOVE: &str = "sekda";
/// The birth of the oldest invented officer.
const OLDEST: Date = Date::constant(1969, 1, 5);
/// Births are spread over so many days, each used once.
const BIRTHS: i64 = 9000;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pola {
    opd_lain: Vec<Further>,
    pola: BTreeMap<opd::Jenis, Vec<Post>>,
    nama: Names,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Further {
    kode: String,
    singkatan: String,
    nama: String,
    jenis: opd::Jenis,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Post {
    petak: String,
    nama: String,
    jenis: jabatan::Jenis,
    induk: Option<String>,
    peran: Vec<String>,
    #[serde(default)]
    kecuali: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Names {
    laki: Vec<String>,
    perempuan: Vec<String>,
    akhir: Vec<String>,
    gelar: Vec<String>,
}

/// Makes the regency whole.
///
/// # Errors
/// [`StoreError::Corrupt`] when the embedded pattern or the pack cannot be used; a test holds the former.
pub(crate) fn grow(regency: &mut Regency, paket: &Paket) -> Result<()> {
    let pola = read()?;
    regency.opd.extend(pola.opd_lain.iter().map(|one| office(&one.kode, &one.singkatan, &one.nama, one.jenis)));
    rename(regency, paket)?;
    settle(regency, paket);
    let mut invented = 0;
    for opd in regency.opd.iter_mut().filter(|opd| opd.berlaku_sampai.is_none()) {
        if let Some(posts) = pola.pola.get(&opd.jenis) {
            fill(opd, posts, &pola.nama, &mut invented);
        }
    }
    Ok(())
}

fn read() -> Result<Pola> {
    serde_yaml::from_str(FILE).map_err(|e| StoreError::Corrupt(format!("the pattern of the demo: {e}")))
}

/// The names that invented people are made of.
pub(super) fn names() -> Result<Names> {
    Ok(read()?.nama)
}

fn office(kode: &str, singkatan: &str, nama: &str, jenis: opd::Jenis) -> NewOpd {
    NewOpd {
        kode: kode.to_owned(),
        singkatan: singkatan.to_owned(),
        nama: nama.to_owned(),
        jenis,
        induk: None,
        berlaku_dari: None,
        berlaku_sampai: None,
        pendahulu: Vec::new(),
        jabatan: Vec::new(),
    }
}

/// The offices of the pack: those that stand for a shipped one take its place and its people, the others are added.
fn rename(regency: &mut Regency, paket: &Paket) -> Result<()> {
    let wrong = |what: String| StoreError::Corrupt(format!("paket daerah {}: {what}", paket.kode));
    for new in paket.struktur.iter().flat_map(|struktur| &struktur.opd) {
        let Some(before) = &new.pengganti else {
            let word = new.jenis.as_deref().unwrap_or("dinas");
            let jenis = opd::Jenis::parse(word).map_err(|_| wrong(format!("jenis OPD \"{word}\" tidak dikenal")))?;
            let short = new.singkatan.as_deref().unwrap_or(&new.nama);
            let kode = new.kode.clone().unwrap_or_else(|| format!("9.{:02}", regency.opd.len()));
            regency.opd.push(office(&kode, short, &new.nama, jenis));
            continue;
        };
        let short = new.singkatan.as_ref().unwrap_or(before);
        let found = regency.opd.iter_mut().find(|opd| opd.singkatan == *before);
        let opd = found.ok_or_else(|| wrong(format!("pengganti \"{before}\" tidak ada dalam susunan contoh")))?;
        let old = std::mem::replace(&mut opd.nama, new.nama.clone());
        opd.jabatan.iter_mut().for_each(|post| post.nama = post.nama.replace(&old, &new.nama));
        if let Some(kode) = &new.kode {
            kode.clone_into(&mut opd.kode);
        }
        short.clone_into(&mut opd.singkatan);
        for other in &mut regency.opd {
            other.induk = other.induk.take().map(|above| if above == *before { short.clone() } else { above });
            other.pendahulu.iter_mut().filter(|one| *one == before).for_each(|one| short.clone_into(one));
        }
    }
    Ok(())
}

/// Kecamatan and kelurahan take the names of the region; further kecamatan are added.
fn settle(regency: &mut Regency, paket: &Paket) {
    let mut real = paket.kecamatan();
    let first = paket.kecamatan().next();
    let at = |regency: &Regency, jenis: opd::Jenis| -> Vec<usize> {
        (0..regency.opd.len()).filter(|at| regency.opd[*at].jenis == jenis && regency.opd[*at].berlaku_sampai.is_none()).collect()
    };
    for place in at(regency, opd::Jenis::Kecamatan) {
        if let Some((_, nama)) = real.next() {
            move_to(regency, place, nama);
        }
    }
    // Codes of kelurahan begin with 1, those of desa with 2; where the region has none, the fictional ones stay.
    let mut kelurahan =
        first.into_iter().flat_map(|(kode, _)| paket.desa(kode)).filter(|(kode, _)| kode.as_bytes().get(9) == Some(&b'1'));
    for place in at(regency, opd::Jenis::Kelurahan) {
        if let Some((_, nama)) = kelurahan.next() {
            move_to(regency, place, nama);
        }
    }
    for (at, (_, nama)) in real.enumerate() {
        regency.opd.push(office(
            &format!("7.02.{:02}", at + 1),
            &format!("Kec. {nama}"),
            &format!("Kecamatan {nama}"),
            opd::Jenis::Kecamatan,
        ));
    }
}

fn move_to(regency: &mut Regency, at: usize, nama: &str) {
    let opd = &mut regency.opd[at];
    let (old_place, old_short) = (place(&opd.nama).to_owned(), opd.singkatan.clone());
    opd.nama = opd.nama.replace(&old_place, nama);
    opd.singkatan = opd.singkatan.replace(&old_place, nama);
    opd.jabatan.iter_mut().for_each(|post| post.nama = post.nama.replace(&old_place, nama));
    let short = opd.singkatan.clone();
    for other in &mut regency.opd {
        other.induk = other.induk.take().map(|above| if above == old_short { short.clone() } else { above });
    }
}

/// "Kecamatan Batu Ampar" lies in Batu Ampar.
fn place(nama: &str) -> &str {
    nama.split_once(' ').map_or(nama, |(_, place)| place)
}

/// Adds the posts of the pattern that the office does not have yet, each with somebody.
fn fill(opd: &mut NewOpd, posts: &[Post], names: &Names, invented: &mut i64) {
    let mut slots: BTreeMap<&str, String> = BTreeMap::new();
    for post in posts {
        let name = post.nama.replace("{opd}", &opd.nama).replace("{tempat}", place(&opd.nama));
        let taken = |known: &&NewJabatan| {
            known.nama == name
                || post.kecuali.iter().any(|word| known.nama.starts_with(word.as_str()) || known.peran.contains(word))
        };
        if let Some(known) = opd.jabatan.iter().find(taken) {
            slots.insert(&post.petak, known.kunci.clone());
            continue;
        }
        let kunci = format!("{}/{}", opd.singkatan, post.petak);
        slots.insert(&post.petak, kunci.clone());
        let head = || opd.jabatan.first().map(|head| head.kunci.clone());
        let induk = match &post.induk {
            None => Some(ABOVE.to_owned()),
            Some(slot) => slots.get(slot.as_str()).cloned().or_else(head),
        };
        opd.jabatan.push(NewJabatan {
            kunci,
            nama: name,
            jenis: post.jenis,
            induk,
            peran: post.peran.clone(),
            peran_orang: Vec::new(),
            akun: None,
            orang: Some(person(names, *invented)),
        });
        *invented += 1;
    }
}

/// Names from this number on are those of citizens: no regency has so many invented officers.
const CITIZENS: i64 = 3000;

impl Names {
    /// The name with this number, of a man when it is even. No two numbers below 6,000 share one.
    fn name(&self, number: i64) -> String {
        let (given, serial) = (if number % 2 == 0 { &self.laki } else { &self.perempuan }, number / 2);
        let count = i64::try_from(given.len()).unwrap_or(1);
        format!("{} {}", pick(given, serial * 17), pick(&self.akhir, serial * 23 + serial / count))
    }

    /// The name of an invented citizen, and whether a man bears it.
    pub(super) fn citizen(&self, number: i64) -> (String, bool) {
        (self.name(CITIZENS + number), number % 2 == 0)
    }
}

fn pick(list: &[String], at: i64) -> &str {
    &list[usize::try_from(at).unwrap_or(0) % list.len()]
}

/// The invented person with this number: no two share a name or a day of birth.
fn person(names: &Names, number: i64) -> Person {
    let man = number % 2 == 0;
    let lahir = OLDEST.saturating_add(Span::new().days(number * 37 % BIRTHS));
    let tmt = format!("{}{:02}", lahir.year() + 25, number % 12 + 1);
    let gelar = Some(pick(&names.gelar, number * 7).to_owned()).filter(|gelar| !gelar.is_empty());
    Person::invented(names.name(number), gelar, lahir.strftime("%Y%m%d").to_string(), tmt, if man { 1 } else { 2 })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn grown(paket: &Paket) -> Regency {
        let mut regency = Regency::read(&paket.nama).unwrap();
        grow(&mut regency, paket).unwrap();
        regency
    }

    fn officials(regency: &Regency) -> impl Iterator<Item = &NewJabatan> {
        regency.opd.iter().flat_map(|opd| &opd.jabatan).filter(|post| post.orang.is_some())
    }

    #[test]
    fn the_fictional_regency_is_a_whole_government() {
        let regency = grown(&Paket::plain("99.01", "Kabupaten Contoh Raya"));
        let running: Vec<_> = regency.opd.iter().filter(|opd| opd.berlaku_sampai.is_none()).collect();
        assert!(running.len() >= 28, "{} OPD", running.len());
        let count = officials(&regency).count();
        assert!((380..=450).contains(&count), "{count} officials");
        for opd in running {
            assert!(!opd.jabatan.is_empty(), "{} has nobody at its head", opd.nama);
            let mail = opd.jabatan.iter().any(|post| post.peran.iter().any(|role| role == "eoffice.tata-usaha"));
            assert!(mail || opd.jenis == opd::Jenis::KepalaDaerah, "{} has nobody for its mail", opd.nama);
        }
    }

    #[test]
    fn no_two_officials_share_a_name_or_a_nip() {
        let regency = grown(&Paket::plain("99.01", "Kabupaten Contoh Raya"));
        let (mut names, mut nips) = (HashSet::new(), HashSet::new());
        for (serial, post) in officials(&regency).enumerate() {
            let person = post.orang.as_ref().unwrap();
            assert!(names.insert(person.full_name()), "{} twice", person.full_name());
            if let Some(nip) = person.nip(7, serial as u64) {
                assert!(nip.parse::<praja_kernel::Nip>().is_ok(), "{nip} of {}", person.full_name());
                assert!(nips.insert(nip));
            }
        }
    }

    #[test]
    fn every_post_is_below_one_that_was_made_before() {
        let regency = grown(&Paket::plain("99.01", "Kabupaten Contoh Raya"));
        let mut known = HashSet::new();
        for post in regency.opd.iter().flat_map(|opd| &opd.jabatan) {
            assert!(post.induk.as_ref().is_none_or(|above| known.contains(above)), "{} stands below nothing", post.nama);
            assert!(known.insert(post.kunci.clone()), "{} twice", post.kunci);
        }
    }

    #[test]
    fn kecamatan_take_the_names_of_the_region_and_people_stay_invented() {
        let csv = "kode,nama\n19.06.01,Manggar\n19.06.02,Gantung\n19.06.03,Dendang\n19.06.04,Kelapa Kampit\n19.06.05,Damar\n";
        let paket = Paket::parse("kode: \"19.06\"\nnama: Kabupaten Belitung Timur\n", csv).unwrap();
        let regency = grown(&paket);
        let kecamatan: Vec<_> =
            regency.opd.iter().filter(|opd| opd.jenis == opd::Jenis::Kecamatan).map(|opd| opd.nama.as_str()).collect();
        assert_eq!(
            kecamatan,
            ["Kecamatan Manggar", "Kecamatan Gantung", "Kecamatan Dendang", "Kecamatan Kelapa Kampit", "Kecamatan Damar"]
        );
        let camat = officials(&regency).find(|post| post.akun.as_deref() == Some("camat")).unwrap();
        assert_eq!(camat.nama, "Camat Manggar");
    }

    #[test]
    fn an_office_of_the_pack_takes_the_place_and_the_people_of_the_shipped_one() {
        let yaml = "kode: \"19.06\"\nnama: Kabupaten Belitung Timur\nstruktur: {contoh: true, opd: [
            {pengganti: Dinkes, nama: Dinas Kesehatan dan KB, singkatan: Dinkes KB}, {jenis: badan, singkatan: BRIDA, nama: Badan Riset}]}";
        let regency = grown(&Paket::parse(yaml, "").unwrap());
        let dinkes = regency.opd.iter().find(|opd| opd.singkatan == "Dinkes KB").unwrap();
        assert_eq!(dinkes.jabatan[0].nama, "Kepala Dinas Kesehatan dan KB");
        assert_eq!(regency.opd.iter().find(|opd| opd.singkatan == "RSUD").unwrap().induk.as_deref(), Some("Dinkes KB"));
        assert!(regency.opd.iter().any(|opd| opd.singkatan == "BRIDA" && !opd.jabatan.is_empty()));
        let unknown =
            Paket::parse("kode: \"19.06\"\nnama: X\nstruktur: {contoh: true, opd: [{pengganti: Dinaz, nama: Y}]}", "").unwrap();
        assert!(grow(&mut Regency::read("X").unwrap(), &unknown).unwrap_err().to_string().contains("Dinaz"));
    }
}
