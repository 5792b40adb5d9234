//! Identity, days, silence, fee, validity, requirements and workflow.

use std::collections::BTreeSet;

use super::{Buku, is_code, is_name};
use crate::jenis::{Diam, Jenis, JenisIsian, JenisSyarat, Kanal};

const NAMA: &str = "Pakai huruf kecil, angka dan garis bawah, diawali huruf, paling panjang 40.";

pub(super) fn check(jenis: &Jenis, buku: &mut Buku) {
    identity(jenis, buku);
    days(jenis, buku);
    fee(jenis, buku);
    validity(jenis, buku);
    requirements(jenis, buku);
    workflow(jenis, buku);
}

fn identity(jenis: &Jenis, buku: &mut Buku) {
    if !is_code(&jenis.kode) {
        buku.tell(
            "kode",
            format!("Kode \"{}\" tidak dapat dipakai.", jenis.kode),
            "Pakai 2 sampai 12 huruf kapital dan angka, misalnya REK.",
        );
    }
    for (jalur, text, what) in
        [("nama", &jenis.nama, "Nama"), ("ringkasan", &jenis.ringkasan, "Ringkasan"), ("sektor", &jenis.sektor, "Sektor")]
    {
        if text.trim().is_empty() {
            buku.tell(jalur, format!("{what} belum diisi."), "Isi dengan kata-kata yang dipahami warga.");
        }
    }
    if jenis.berlaku_sampai.is_some_and(|last| last < jenis.berlaku_dari) {
        buku.tell(
            "berlaku_sampai",
            "Hari terakhir mendahului hari pertama.",
            "Tukar kedua tanggalnya, atau kosongkan hari terakhir.",
        );
    }
    let link = jenis.tautan.trim();
    if jenis.kanal != Kanal::Praja && link.is_empty() {
        let pesan = format!("Layanan ini tercatat di {}, tetapi alamatnya belum ditulis.", jenis.kanal.label());
        buku.tell("tautan", pesan, "Tulis alamat yang dituju warga, diawali https://.");
    }
    buku.when(
        !link.is_empty() && (!link.starts_with("https://") || link.len() < 12 || link.contains(char::is_whitespace)),
        "tautan",
        "Alamat ini tidak dapat dibuka warga.",
        "Tulis alamat lengkap yang diawali https://.",
    );
    buku.when(
        jenis.kanal == Kanal::Praja && jenis.dasar_hukum.iter().all(|one| one.trim().is_empty()),
        "dasar_hukum",
        "Belum ada aturan yang menjadi dasar layanan ini.",
        "Tulis sedikitnya satu aturan, satu aturan satu baris.",
    );
    for name in jenis.standar.keys().filter(|name| !super::super::standar::KOMPONEN.iter().any(|(known, ..)| known == name)) {
        buku.tell("standar", format!("Komponen standar pelayanan \"{name}\" tidak dikenal."), "Hapus komponen itu.");
    }
}

fn days(jenis: &Jenis, buku: &mut Buku) {
    let sla = &jenis.sla;
    buku.when(
        jenis.kanal == Kanal::Praja && sla.hari == 0,
        "sla.hari",
        "Jangka waktu belum ditetapkan.",
        "Tulis jumlah hari kerja, sedikitnya 1.",
    );
    buku.when(sla.hari > 365, "sla.hari", "Jangka waktu lebih dari setahun.", "Tulis paling banyak 365 hari kerja.");
    buku.when(
        !(1..=100).contains(&sla.rekomendasi_persen),
        "sla.rekomendasi_persen",
        "Bagian waktu OPD teknis harus antara 1 dan 100 persen.",
        "Tulis misalnya 40.",
    );
    buku.when(
        !(1..=365).contains(&sla.perbaikan_hari),
        "sla.perbaikan_hari",
        "Waktu perbaikan harus antara 1 dan 365 hari kerja.",
        "Tulis misalnya 10.",
    );
    buku.when(
        jenis.diam.akibat != Diam::Peringatan && jenis.diam.dasar.trim().is_empty(),
        "diam.dasar",
        "Akibat bila tidak diputus belum ada dasar hukumnya.",
        "Tulis aturan yang menyatakannya, atau pilih peringatan.",
    );
}

fn fee(jenis: &Jenis, buku: &mut Buku) {
    let dasar = jenis.biaya.dasar.to_lowercase();
    buku.when(
        !(jenis.is_free() || dasar.contains("perda") || dasar.contains("peraturan daerah")),
        "biaya.dasar",
        "Biaya hanya dapat dipungut berdasarkan Peraturan Daerah.",
        "Tulis nomor dan tahun Perda-nya, atau hapus komponen biaya.",
    );
    buku.when(
        !jenis.is_free() && !dasar.contains(|letter: char| letter.is_ascii_digit()) && !dasar.is_empty(),
        "biaya.dasar",
        "Perda yang menjadi dasar biaya belum bernomor.",
        "Tulis nomor dan tahunnya, misalnya Perda Nomor 1 Tahun 2024.",
    );
    for (at, one) in jenis.biaya.komponen.iter().enumerate() {
        let path = format!("biaya.komponen[{}]", at + 1);
        if one.nama.trim().is_empty() {
            buku.tell(format!("{path}.nama"), "Komponen biaya belum bernama.", "Tulis nama sebagaimana akan tercetak pada SKRD.");
        }
        if let Err((pesan, saran)) = super::formulir::formula(&one.rumus, jenis) {
            buku.tell(format!("{path}.rumus"), pesan, saran);
        }
    }
    buku.when(
        jenis.kanal != Kanal::Praja && !jenis.is_free(),
        "biaya.komponen",
        "Biaya layanan yang tercatat di sistem lain tidak ditagih di sini.",
        "Hapus komponen biaya dan jelaskan biayanya pada keterangan.",
    );
}

fn validity(jenis: &Jenis, buku: &mut Buku) {
    let masa = &jenis.masa;
    let ways = [masa.tahun > 0, masa.bulan > 0, !masa.isian.is_empty()].iter().filter(|one| **one).count();
    buku.when(
        ways > 1,
        "masa",
        "Masa berlaku ditentukan dengan lebih dari satu cara.",
        "Pilih satu: tahun, bulan, atau isian tanggal.",
    );
    buku.when(
        ways == 0 && masa.keterangan.trim().is_empty(),
        "masa",
        "Masa berlaku belum ditentukan.",
        "Isi tahun, bulan, isian tanggal, atau tulis dengan kata-kata, misalnya \"selama lembaga beroperasi\".",
    );
    if masa.isian.is_empty() {
        return;
    }
    match jenis.field(&masa.isian) {
        None => buku.tell(
            "masa.isian",
            format!("Isian \"{}\" tidak ada pada formulir.", masa.isian),
            "Pilih isian tanggal yang ada pada formulir.",
        ),
        Some(field) => {
            buku.when(
                field.jenis != JenisIsian::Tanggal,
                "masa.isian",
                "Isian yang menentukan masa berlaku bukan tanggal.",
                "Pilih isian berjenis tanggal.",
            );
            buku.when(
                !field.wajib || !field.bila.trim().is_empty(),
                "masa.isian",
                "Isian yang menentukan masa berlaku dapat kosong.",
                "Jadikan isian itu wajib dan selalu tampil.",
            );
        }
    }
}

fn requirements(jenis: &Jenis, buku: &mut Buku) {
    buku.when(jenis.permohonan.is_empty(), "permohonan", "Belum ada yang dapat dimohon.", "Pilih sedikitnya \"baru\".");
    let kinds: BTreeSet<_> = jenis.permohonan.iter().collect();
    buku.when(kinds.len() != jenis.permohonan.len(), "permohonan", "Jenis permohonan tertulis dua kali.", "Hapus salah satunya.");
    let mut seen = BTreeSet::new();
    for (at, one) in jenis.syarat.iter().enumerate() {
        let path = format!("syarat[{}]", at + 1);
        if !is_name(&one.kode) {
            buku.tell(format!("{path}.kode"), format!("Kode syarat \"{}\" tidak dapat dipakai.", one.kode), NAMA);
        } else if !seen.insert(one.kode.as_str()) {
            buku.tell(format!("{path}.kode"), format!("Syarat \"{}\" sudah ada di atasnya.", one.kode), "Beri kode lain.");
        }
        if one.label.trim().is_empty() {
            buku.tell(format!("{path}.label"), "Syarat ini belum ada tulisannya.", "Tulis apa yang harus diberikan pemohon.");
        }
        if let Some(kind) = one.untuk.iter().find(|kind| !jenis.permohonan.contains(kind)) {
            let pesan = format!("Syarat ini untuk {}, yang tidak dapat dimohon pada layanan ini.", kind.label().to_lowercase());
            buku.tell(format!("{path}.untuk"), pesan, "Tambahkan jenis permohonan itu, atau hapus dari syarat ini.");
        }
        if one.jenis == JenisSyarat::Berkas && one.format.is_empty() {
            buku.tell(
                format!("{path}.format"),
                "Bentuk berkas yang diterima belum dipilih.",
                "Pilih sedikitnya satu: pdf, jpg, png.",
            );
        }
        if let Some(other) = one.format.iter().find(|one| !["pdf", "jpg", "png"].contains(&one.as_str())) {
            buku.tell(format!("{path}.format"), format!("Bentuk berkas \"{other}\" tidak diterima."), "Pilih pdf, jpg atau png.");
        }
        if !one.pakai_ulang.is_empty() && !is_name(&one.pakai_ulang) {
            buku.tell(
                format!("{path}.pakai_ulang"),
                format!("Nama pakai ulang \"{}\" tidak dapat dipakai.", one.pakai_ulang),
                NAMA,
            );
        }
        if let Err((pesan, saran)) = super::formulir::condition(&one.bila, jenis, None) {
            buku.tell(format!("{path}.bila"), pesan, saran);
        }
    }
}

fn workflow(jenis: &Jenis, buku: &mut Buku) {
    let alur = &jenis.alur;
    buku.when(
        alur.rekomendasi && alur.opd_teknis.trim().is_empty(),
        "alur.opd_teknis",
        "Rekomendasi diminta, tetapi OPD teknisnya belum ditulis.",
        "Tulis singkatan OPD teknis, misalnya DPUPR, atau matikan rekomendasi.",
    );
    buku.when(
        !alur.kuota.is_empty() && jenis.field(&alur.kuota).is_none_or(|field| field.jenis != JenisIsian::Pilihan),
        "alur.kuota",
        "Isian kuota bukan isian pilihan pada formulir.",
        "Sebut isian berjenis pilihan yang kata-katanya adalah tempat, atau kosongkan.",
    );
    buku.when(
        !alur.paraf.is_sorted_by(|one, next| one < next),
        "alur.paraf",
        "Urutan paraf terbalik atau tertulis dua kali.",
        "Urutkan dari kepala seksi, kepala bidang, sampai sekretaris; masing-masing satu kali.",
    );
}
