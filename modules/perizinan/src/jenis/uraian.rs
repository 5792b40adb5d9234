//! A type in lines that a clerk reads, and what differs between two versions of it.

use similar::{ChangeTag, TextDiff};

use super::{Isian, Jenis, JenisSyarat};
use crate::layanan::{self, kata};

/// A part of the description with its lines.
pub(crate) type Bagian = (&'static str, Vec<String>);

/// Everything a type says, part by part.
pub(crate) fn describe(jenis: &Jenis) -> Vec<Bagian> {
    vec![
        ("Identitas", identity(jenis)),
        ("Waktu", days(jenis)),
        ("Biaya", fee(jenis)),
        ("Formulir", form(jenis)),
        ("Persyaratan", requirements(jenis)),
        ("Alur", workflow(jenis)),
        ("Dokumen", document(jenis)),
        ("Standar pelayanan", standard(jenis)),
    ]
}

fn filled(lines: impl IntoIterator<Item = (&'static str, String)>) -> Vec<String> {
    lines.into_iter().filter(|(_, text)| !text.trim().is_empty()).map(|(label, text)| format!("{label}: {text}")).collect()
}

fn identity(jenis: &Jenis) -> Vec<String> {
    let mut lines = filled([
        ("Kode", jenis.kode.clone()),
        ("Nama", jenis.nama.clone()),
        ("Ringkasan", jenis.ringkasan.clone()),
        ("Bidang", jenis.sektor.clone()),
        ("Kanal", jenis.kanal.label().to_owned()),
        ("Alamat sistem lain", jenis.tautan.clone()),
        ("Berlaku dari", praja_kernel::tanggal_panjang(jenis.berlaku_dari)),
        ("Berlaku sampai", jenis.berlaku_sampai.map(praja_kernel::tanggal_panjang).unwrap_or_default()),
        ("Ditinjau terakhir", praja_kernel::tanggal_panjang(jenis.ditinjau)),
    ]);
    lines.extend(jenis.dasar_hukum.iter().map(|one| format!("Dasar hukum: {one}")));
    lines.extend(jenis.sumber.iter().map(|one| format!("Sumber: {one}")));
    lines
}

fn days(jenis: &Jenis) -> Vec<String> {
    filled([
        ("Jangka waktu", layanan::term(jenis)),
        ("Aturan jangka waktu", jenis.sla.dasar.clone()),
        ("Waktu OPD teknis", format!("{} persen", jenis.sla.rekomendasi_persen)),
        ("Waktu perbaikan pemohon", format!("{} hari kerja", jenis.sla.perbaikan_hari)),
        ("Kelengkapan", if jenis.sla.tanpa_periksa { "diperiksa sistem saat dikirim".to_owned() } else { String::new() }),
        ("Bila tidak diputus", jenis.diam.akibat.label().to_owned()),
        ("Aturan bila tidak diputus", jenis.diam.dasar.clone()),
    ])
}

fn fee(jenis: &Jenis) -> Vec<String> {
    let mut lines = vec![format!("Biaya: {}", layanan::cost(jenis))];
    lines.extend(jenis.biaya.komponen.iter().map(|one| format!("{}: {}", one.nama, kata::formula(&one.rumus, jenis))));
    lines.extend(filled([("Perda", jenis.biaya.dasar.clone()), ("Keterangan", jenis.biaya.keterangan.clone())]));
    lines
}

fn form(jenis: &Jenis) -> Vec<String> {
    let mut lines = Vec::new();
    for part in &jenis.formulir {
        lines.push(format!("Bagian {}", part.judul));
        lines.extend(part.isian.iter().map(|one| field(one, jenis)));
    }
    lines
}

fn field(one: &Isian, jenis: &Jenis) -> String {
    let mut said = vec![one.jenis.label().to_lowercase(), if one.wajib { "wajib" } else { "boleh kosong" }.to_owned()];
    if !one.pilihan.is_empty() {
        said.push(format!("pilihan {}", one.pilihan.join(" / ")));
    }
    if !one.kolom.is_empty() {
        said.push(format!(
            "kolom {}",
            one.kolom
                .iter()
                .map(|one| format!("{} ({})", one.label, one.jenis.label().to_lowercase()))
                .collect::<Vec<_>>()
                .join(", ")
        ));
    }
    for (label, text) in
        [("paling kecil", &one.min), ("paling besar", &one.maks), ("satuan", &one.satuan), ("petunjuk", &one.petunjuk)]
    {
        if !text.is_empty() {
            said.push(format!("{label} {text}"));
        }
    }
    if one.desimal > 0 {
        said.push(format!("{} desimal", one.desimal));
    }
    if !one.bila.trim().is_empty() {
        said.push(format!("tampil bila {}", kata::condition(&one.bila, jenis)));
    }
    format!("{} [{}]: {}", one.label, one.kode, said.join(", "))
}

fn requirements(jenis: &Jenis) -> Vec<String> {
    let kinds: Vec<&str> = jenis.permohonan.iter().map(|one| one.label()).collect();
    let mut lines = vec![format!("Yang dapat dimohon: {}", kinds.join(", "))];
    for one in &jenis.syarat {
        let mut said = Vec::new();
        if one.jenis == JenisSyarat::Berkas {
            said.push(format!("berkas {}", one.format.join(", ")));
        } else {
            said.push(one.jenis.label().to_lowercase());
        }
        if !one.wajib {
            said.push("boleh tidak ada".to_owned());
        }
        if !one.untuk.is_empty() {
            said.push(format!("untuk {}", one.untuk.iter().map(|one| one.label().to_lowercase()).collect::<Vec<_>>().join(", ")));
        }
        if !one.bila.trim().is_empty() {
            said.push(format!("bila {}", kata::condition(&one.bila, jenis)));
        }
        if !one.pakai_ulang.is_empty() {
            said.push(format!("dipakai ulang sebagai {}", one.pakai_ulang));
        }
        if one.masa_hari > 0 {
            said.push(format!("paling lama {} hari", one.masa_hari));
        }
        if one.kepekaan != super::Kepekaan::Umum {
            said.push(one.kepekaan.label().to_lowercase());
        }
        if !one.petunjuk.is_empty() {
            said.push(format!("petunjuk: {}", one.petunjuk));
        }
        lines.push(format!("{}: {}", one.label, said.join("; ")));
    }
    lines
}

fn workflow(jenis: &Jenis) -> Vec<String> {
    let alur = &jenis.alur;
    let yes = |yes: bool| if yes { "ya" } else { "tidak" }.to_owned();
    filled([
        ("OPD teknis", alur.opd_teknis.clone()),
        ("Rekomendasi", yes(alur.rekomendasi)),
        ("Pemeriksaan lapangan", yes(alur.survei)),
        ("Kuota menurut isian", alur.kuota.clone()),
        ("Paraf", alur.paraf.iter().map(|one| one.label().to_lowercase()).collect::<Vec<_>>().join(", ")),
        ("Masa berlaku", layanan::validity(jenis)),
        ("Perpanjangan dibuka", format!("{} hari sebelum habis", jenis.masa.perpanjangan_hari)),
    ])
}

fn document(jenis: &Jenis) -> Vec<String> {
    let dokumen = &jenis.dokumen;
    let mut lines = filled([
        ("Bentuk", dokumen.bentuk.label().to_owned()),
        ("Judul", dokumen.judul.clone()),
        ("Pola nomor", dokumen.nomor.clone()),
        ("Klasifikasi arsip", dokumen.klasifikasi.clone()),
    ]);
    lines.extend(dokumen.menimbang.iter().map(|one| format!("Menimbang: {one}")));
    lines.extend(dokumen.mengingat.iter().map(|one| format!("Mengingat: {one}")));
    lines.extend(dokumen.rincian.iter().map(|one| format!("Rincian {}: {}", one.label, one.isi)));
    lines.extend(dokumen.isi.iter().map(|one| format!("Isi: {one}")));
    lines
}

fn standard(jenis: &Jenis) -> Vec<String> {
    let title = |key: &str| super::standar::KOMPONEN.iter().find(|(known, ..)| *known == key).map_or("", |(_, title, _)| title);
    jenis.standar.iter().map(|(key, text)| format!("{}: {text}", title(key))).collect()
}

/// A line that one of two versions has and the other has not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Beda {
    /// Is it new?
    pub(crate) baru: bool,
    /// What it says.
    pub(crate) baris: String,
}

/// What differs, part by part; parts that are the same are left out.
pub(crate) fn compare(before: &Jenis, after: &Jenis) -> Vec<(&'static str, Vec<Beda>)> {
    let parts = describe(before).into_iter().zip(describe(after));
    parts
        .map(|((title, old), (_, new))| {
            let (old, new): (Vec<&str>, Vec<&str>) =
                (old.iter().map(String::as_str).collect(), new.iter().map(String::as_str).collect());
            let diff = TextDiff::from_slices(&old, &new);
            let changes = diff.iter_all_changes().filter(|change| change.tag() != ChangeTag::Equal);
            (
                title,
                changes
                    .map(|change| Beda { baru: change.tag() == ChangeTag::Insert, baris: change.value().to_owned() })
                    .collect(),
            )
        })
        .filter(|(_, changes): &(_, Vec<Beda>)| !changes.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jenis::bawaan;

    #[test]
    fn a_difference_is_told_in_words_and_nothing_else_is() {
        let before = bawaan::all().into_iter().find(|one| one.kode == "REK").unwrap();
        assert_eq!(compare(&before, &before), []);
        let mut after = before.clone();
        after.sla.hari = 4;
        after.syarat[2].bila = "status_lahan <> \"Milik sendiri\"".into();
        let told = compare(&before, &after);
        assert_eq!(told.len(), 2);
        assert_eq!(told[0].1[0], Beda { baru: false, baris: "Jangka waktu: 5 hari kerja".into() });
        assert_eq!(told[0].1[1], Beda { baru: true, baris: "Jangka waktu: 4 hari kerja".into() });
        assert!(told[1].1[1].baris.contains("bila Lahan tempat memasang bukan Milik sendiri"), "{told:?}");
    }

    #[test]
    fn whatever_is_changed_is_seen() {
        // Every key of the model that a regency can change shows in the words, so that no change is published unseen.
        let before = bawaan::all().into_iter().find(|one| one.kode == "REK").unwrap();
        let changes: &[fn(&mut Jenis)] = &[
            |one| one.tautan = "https://contoh.go.id".into(),
            |one| one.sla.perbaikan_hari = 3,
            |one| one.sla.tanpa_periksa = true,
            |one| one.diam.dasar = "Perbup 1".into(),
            |one| one.masa.perpanjangan_hari = 1,
            |one| one.permohonan.truncate(1),
            |one| one.formulir[0].isian[0].petunjuk = "lain".into(),
            |one| one.formulir[1].isian[2].desimal = 1,
            |one| one.syarat[0].masa_hari = 9,
            |one| one.syarat[0].kepekaan = crate::jenis::Kepekaan::Kesehatan,
            |one| one.alur.paraf.truncate(1),
            |one| one.alur.kuota = "jenis_reklame".into(),
            |one| one.dokumen.rincian.truncate(1),
            |one| drop(one.standar.insert("sarana".into(), "lain".into())),
        ];
        for change in changes {
            let mut after = before.clone();
            change(&mut after);
            assert!(!compare(&before, &after).is_empty());
        }
    }
}
