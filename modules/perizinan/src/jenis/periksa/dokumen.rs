//! The document that is issued: its number, and the names between braces.

use praja_kernel::{NumberPattern, NumberToken};

use super::Buku;
use crate::jenis::{Jenis, Kanal, baca::nearest};

/// What every document knows besides the fields of the form.
pub(crate) const BAWAAN: &[(&str, &str)] = &[
    ("nama", "Nama pemegang"),
    ("nik", "NIK pemegang"),
    ("alamat", "Alamat pemegang"),
    ("telepon", "Telepon pemohon"),
    ("email", "Surel pemohon"),
    ("nomor", "Nomor dokumen"),
    ("tanggal", "Tanggal dokumen"),
    ("nomor_lama", "Nomor dokumen yang dilanjutkan atau diganti"),
    ("tanggal_lama", "Tanggal dokumen yang dilanjutkan atau diganti"),
    ("berlaku_dari", "Hari pertama berlaku"),
    ("berlaku_sampai", "Hari terakhir berlaku"),
    ("permohonan", "Yang dimohon: baru, perpanjangan, dan seterusnya"),
    ("nomor_permohonan", "Nomor pendaftaran"),
    ("tanggal_permohonan", "Tanggal permohonan"),
];

pub(super) fn check(jenis: &Jenis, buku: &mut Buku) {
    let dokumen = &jenis.dokumen;
    buku.when(
        jenis.kanal == Kanal::Praja && dokumen.isi.iter().all(|one| one.trim().is_empty()),
        "dokumen.isi",
        "Dokumen yang terbit belum berisi.",
        "Tulis sedikitnya satu alinea atau diktum.",
    );
    number(jenis, buku);
    let many = [("menimbang", &dokumen.menimbang), ("mengingat", &dokumen.mengingat), ("isi", &dokumen.isi)];
    for (part, texts) in many {
        for (at, text) in texts.iter().enumerate() {
            text_names(jenis, text, &format!("dokumen.{part}[{}]", at + 1), buku);
        }
    }
    text_names(jenis, &dokumen.judul, "dokumen.judul", buku);
    for (at, row) in dokumen.rincian.iter().enumerate() {
        let path = format!("dokumen.rincian[{}]", at + 1);
        if row.label.trim().is_empty() || row.isi.trim().is_empty() {
            buku.tell(path.clone(), "Baris rincian ini belum lengkap.", "Isi labelnya dan isinya, atau hapus barisnya.");
        }
        text_names(jenis, &row.isi, &format!("{path}.isi"), buku);
    }
}

fn number(jenis: &Jenis, buku: &mut Buku) {
    let dokumen = &jenis.dokumen;
    if dokumen.nomor.trim().is_empty() {
        return;
    }
    match dokumen.nomor.parse::<NumberPattern>() {
        Err(e) => buku.tell("dokumen.nomor", e.to_string(), "Contoh pola: {klas}/{no:03}/REK/{unit}/{tahun}."),
        Ok(pattern) => {
            let asks_klas = pattern.tokens().any(|token| token == NumberToken::Klas);
            buku.when(
                asks_klas && dokumen.klasifikasi.trim().is_empty(),
                "dokumen.klasifikasi",
                "Pola nomor memuat {klas}, tetapi klasifikasi arsipnya belum diisi.",
                "Isi klasifikasi arsip, misalnya 500.16.7.2, atau hapus {klas} dari pola.",
            );
            buku.when(
                pattern.tokens().any(|token| token == NumberToken::Aman),
                "dokumen.nomor",
                "Bagian {aman} hanya untuk naskah dinas.",
                "Hapus {aman} dari pola.",
            );
        }
    }
}

fn text_names(jenis: &Jenis, text: &str, path: &str, buku: &mut Buku) {
    let names = match names(text) {
        Ok(names) => names,
        Err(pesan) => return buku.tell(path, pesan, "Tulis nama isian di antara { dan }, misalnya {nama}."),
    };
    for name in names {
        if BAWAAN.iter().any(|(known, _)| *known == name) || jenis.field(name).is_some() {
            continue;
        }
        let known: Vec<&str> =
            BAWAAN.iter().map(|(known, _)| *known).chain(jenis.fields().map(|field| field.kode.as_str())).collect();
        let saran = match nearest(name, &known) {
            Some(word) => format!("Mungkin maksud Anda {{{word}}}."),
            None => "Pakai nama isian yang ada pada formulir.".to_owned(),
        };
        buku.tell(path, format!("Isian {{{name}}} tidak ada pada formulir."), saran);
    }
}

/// The names between the braces of a text.
///
/// # Errors
/// A brace without its partner, in words.
pub(crate) fn names(text: &str) -> Result<Vec<&str>, String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        if rest[at..].starts_with('}') {
            return Err("Ada kurung kurawal tutup tanpa pembukanya.".to_owned());
        }
        let after = &rest[at + 1..];
        let end = after.find(['{', '}']).filter(|end| after[*end..].starts_with('}'));
        let Some(end) = end else { return Err("Ada kurung kurawal buka tanpa penutupnya.".to_owned()) };
        found.push(after[..end].trim());
        rest = &after[end + 1..];
    }
    Ok(found)
}
