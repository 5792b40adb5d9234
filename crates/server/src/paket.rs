//! The region pack of an installation, read from its folder.

use std::{io, path::Path};

use praja_module::{Lampiran, Paket, PaketError};

use crate::{OpenError, settings::WilayahSettings};

/// Files of the region pack, in its folder.
const PAKET: &str = "paket.yaml";
const WILAYAH: &str = "wilayah.csv";

/// The region pack in a folder; an older installation has none and is served with what its settings say.
pub(crate) fn read(folder: &Path, wilayah: &WilayahSettings) -> Result<Paket, OpenError> {
    let Some(yaml) = text(folder, PAKET)? else { return Ok(Paket::plain(&wilayah.kode, &wilayah.nama)) };
    let broken = |source| OpenError::BrokenPack { path: folder.join(PAKET), source };
    let mut paket = Paket::parse(&yaml, &text(folder, WILAYAH)?.unwrap_or_default()).map_err(broken)?;
    if let Some(name) = paket.klasifikasi.clone() {
        let wrong = |what: String| broken(PaketError::Wrong { kode: paket.kode.clone(), what });
        if name.contains("..") || name.starts_with('/') {
            return Err(wrong(format!("klasifikasi \"{name}\" harus nama berkas di bawah data/")));
        }
        let list =
            text(folder, &format!("data/{name}"))?.ok_or_else(|| wrong(format!("berkas klasifikasi data/{name} tidak ada")))?;
        if praja_desk::klasifikasi::Klasifikasi::read(&list).is_empty() {
            return Err(wrong(format!("berkas klasifikasi data/{name} tidak memuat satu kode pun")));
        }
        paket.klasifikasi_isi = Some(Lampiran::new(list));
    }
    if paket.kode != wilayah.kode {
        let what = format!("paket ini untuk {}, sedangkan pemasangan ini melayani {}", paket.kode, wilayah.kode);
        return Err(broken(PaketError::Wrong { kode: paket.kode, what }));
    }
    Ok(paket)
}

/// A file of the folder, where there is one.
fn text(folder: &Path, name: &str) -> Result<Option<String>, OpenError> {
    match std::fs::read_to_string(folder.join(name)) {
        Ok(text) => Ok(Some(text)),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(OpenError::UnreadablePack { path: folder.join(name), source }),
    }
}

#[cfg(test)]
mod tests {
    use std::{error::Error, fs};

    use super::*;

    const LIST: &str = "kode,induk,tingkat,uraian\n900,,1,KEUANGAN UJI\n900.1,900,2,Anggaran uji\n900.1.7,900.1,3,Belanja uji\n";

    /// What is read from a folder with these files by the regency with this code.
    fn pack(kode: &str, files: &[(&str, &str)]) -> Result<Paket, String> {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("data")).unwrap();
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let wilayah = WilayahSettings { kode: kode.into(), nama: "Kabupaten Uji".into() };
        read(folder.path(), &wilayah).map_err(|e| e.source().map(ToString::to_string).unwrap_or_default())
    }

    fn naming(list: &str) -> String {
        format!("kode: \"53.10\"\nnama: Kabupaten Uji\nklasifikasi: {list}\n")
    }

    #[test]
    fn a_pack_brings_the_classification_of_its_regency() {
        let own = pack("53.10", &[("paket.yaml", &naming("arsip.csv")), ("data/arsip.csv", LIST)]).unwrap();
        let list = praja_desk::klasifikasi::Klasifikasi::read(own.klasifikasi_isi.as_ref().unwrap().isi());
        assert_eq!((list.len(), list.get("900.1.7").map(|one| one.uraian.as_str())), (3, Some("Belanja uji")));
        let without =
            pack("53.10", &[("paket.yaml", "kode: \"53.10\"\nnama: Kabupaten Uji\n"), ("data/arsip.csv", LIST)]).unwrap();
        assert_eq!(without.klasifikasi_isi, None, "a list that the pack does not name is not taken");
        assert_eq!(pack("53.10", &[]).unwrap(), Paket::plain("53.10", "Kabupaten Uji"), "an older installation has no pack");
    }

    #[test]
    fn a_classification_that_cannot_be_used_is_named_and_nothing_outside_the_pack_is_read() {
        for (name, kode, content, expected) in [
            ("arsip.csv", "53.10", None, "data/arsip.csv tidak ada"),
            ("arsip.csv", "53.10", Some("kode,induk\n"), "data/arsip.csv tidak memuat satu kode pun"),
            ("../paket.yaml", "53.10", Some(LIST), "harus nama berkas di bawah data/"),
            ("/etc/passwd", "53.10", Some(LIST), "harus nama berkas di bawah data/"),
            ("arsip.csv", "53.11", Some(LIST), "paket ini untuk 53.10, sedangkan pemasangan ini melayani 53.11"),
        ] {
            let yaml = naming(name);
            let mut files = vec![("paket.yaml", yaml.as_str())];
            files.extend(content.map(|text| ("data/arsip.csv", text)));
            let said = pack(kode, &files).unwrap_err();
            assert!(said.contains(expected), "{name}: {said}");
        }
    }
}
