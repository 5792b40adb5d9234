use std::collections::BTreeMap;

use praja_kernel::{Date, Id, Rupiah, tanggal_panjang, words};

use super::Baris;
use crate::skrd::{KodeBayar, Skrd, Status};

words! {
    /// What a row of a file means.
    pub(crate) enum Putusan ("putusan baris") {
        /// A bill is paid by it.
        Cocok => "cocok", "Cocok";
        /// The bill asks for another amount.
        JumlahBeda => "jumlah-beda", "Jumlah berbeda";
        /// No bill has this code.
        TidakDikenal => "tidak-dikenal", "Kode tidak dikenal";
        /// The bill was paid before, or is paid twice in this file, or its reference was used.
        DuaKali => "dua-kali", "Dibayar dua kali";
        /// The bill was cancelled.
        Batal => "batal", "SKRD dibatalkan";
        /// Something in the row cannot be read.
        TidakTerbaca => "tidak-terbaca", "Tidak terbaca";
        /// Money that went out.
        BukanSetoran => "bukan-setoran", "Bukan setoran";
    }
}

/// A row with what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Temuan {
    pub(crate) baris: Baris,
    pub(crate) putusan: Putusan,
    pub(crate) pesan: String,
    /// The bill it speaks of.
    pub(crate) skrd: Option<Id>,
}

/// What each row means. `bill` finds a bill by its code, `used` the bill for which a reference of the bank was used before.
pub(crate) fn judge(
    rows: Vec<Baris>,
    bill: &dyn Fn(&KodeBayar) -> Option<Skrd>,
    used: &dyn Fn(&str) -> Option<String>,
    today: Date,
) -> Vec<Temuan> {
    let (mut paid, mut references) = (BTreeMap::new(), BTreeMap::new());
    let mut all = Vec::with_capacity(rows.len());
    for baris in rows {
        let skrd = baris.kode.as_ref().and_then(bill);
        let (putusan, pesan) = one(&baris, skrd.as_ref(), &paid, &references, used, today);
        if let (Putusan::Cocok, Some(skrd)) = (putusan, &skrd) {
            paid.insert(skrd.id, baris.nomor);
            if !baris.referensi.is_empty() {
                references.insert(baris.referensi.clone(), baris.nomor);
            }
        }
        all.push(Temuan { baris, putusan, pesan, skrd: skrd.map(|skrd| skrd.id) });
    }
    all
}

fn one(
    baris: &Baris,
    skrd: Option<&Skrd>,
    paid: &BTreeMap<Id, i64>,
    references: &BTreeMap<String, i64>,
    used: &dyn Fn(&str) -> Option<String>,
    today: Date,
) -> (Putusan, String) {
    let (Some(jumlah), Some(tanggal)) = (baris.jumlah, baris.tanggal) else {
        return (Putusan::TidakTerbaca, baris.masalah.clone());
    };
    if baris.keluar || jumlah <= Rupiah::ZERO {
        return (Putusan::BukanSetoran, "Bukan uang masuk; dilewati.".into());
    }
    if tanggal > today {
        return (
            Putusan::TidakTerbaca,
            format!("Tanggal {} belum tiba. Periksa bentuk tanggal pada profil.", tanggal_panjang(tanggal)),
        );
    }
    let Some(skrd) = skrd else {
        return (
            Putusan::TidakDikenal,
            match &baris.kode {
                Some(kode) => {
                    format!("Tidak ada SKRD dengan kode bayar {kode}. Cari penyetornya, lalu kembalikan atau catat dengan STS.")
                }
                None => {
                    "Tidak ada kode bayar 16 angka yang benar pada kolom ini. Bukan setoran retribusi, atau kodenya salah ketik."
                        .into()
                }
            },
        );
    };
    match skrd.status {
        Status::Batal => {
            let pesan = format!("SKRD {} sudah dibatalkan. Uangnya dikembalikan kepada penyetor.", skrd.nomor);
            return (Putusan::Batal, pesan);
        }
        Status::Lunas => {
            let when = skrd.lunas_tanggal.map(tanggal_panjang).unwrap_or_default();
            let pesan = format!("SKRD {} sudah lunas pada {when}. Kelebihan ini dikembalikan kepada penyetor.", skrd.nomor);
            return (Putusan::DuaKali, pesan);
        }
        Status::Terbit => {}
    }
    if let Some(line) = paid.get(&skrd.id) {
        return (
            Putusan::DuaKali,
            format!("SKRD {} sudah dibayar pada baris {line} berkas ini. Kelebihannya dikembalikan.", skrd.nomor),
        );
    }
    if !baris.referensi.is_empty() {
        if let Some(line) = references.get(&baris.referensi) {
            return (Putusan::DuaKali, format!("Referensi {} sudah ada pada baris {line}.", baris.referensi));
        }
        if let Some(other) = used(&baris.referensi) {
            return (Putusan::DuaKali, format!("Referensi {} sudah dipakai untuk SKRD {other}.", baris.referensi));
        }
    }
    if tanggal < skrd.tanggal {
        let pesan = format!("Tanggal bayar lebih awal daripada SKRD {}, {}.", skrd.nomor, tanggal_panjang(skrd.tanggal));
        return (Putusan::TidakTerbaca, pesan);
    }
    match (skrd.owed(tanggal), skrd.late(tanggal)) {
        (Ok(owed), _) if owed == jumlah => (Putusan::Cocok, format!("SKRD {} atas nama {}.", skrd.nomor, skrd.nama)),
        (Ok(owed), Ok(denda)) if denda.bulan > 0 => {
            let pesan = format!(
                "SKRD {} terlambat {} bulan: seharusnya {owed}, yaitu {} ditambah bunga {}.",
                skrd.nomor, denda.bulan, skrd.jumlah, denda.jumlah
            );
            (Putusan::JumlahBeda, pesan)
        }
        (Ok(owed), _) => (Putusan::JumlahBeda, format!("SKRD {} berjumlah {owed}.", skrd.nomor)),
        (Err(e), _) => (Putusan::JumlahBeda, e.to_string()),
    }
}
