//! What a service says about itself, for citizens: cost, days, requirements, way; and the same as a standar pelayanan. Everything is read from
//! the type, so that page, form and clock never differ.

pub(crate) mod kata;
pub(crate) mod pages;
pub(crate) mod simulasi;
#[cfg(test)]
mod tests;

use praja_kernel::Rupiah;
use praja_module::{Access, Route};
use praja_web::Station;

use crate::{
    jenis::{Jenis, JenisSyarat, Kanal, Permintaan, Syarat},
    rumus::{Nilai, Rumus},
    sla,
};

/// The start page of licensing.
pub(crate) const HOME: &str = "/perizinan";
/// The list of services, and below it each of them.
pub(crate) const LAYANAN: &str = "/perizinan/layanan";

/// The addresses.
pub(crate) const ROUTES: &[Route] = &[
    Route::get_as(HOME, Access::Public, "Halaman depan perizinan bagi warga", pages::home),
    Route::get_as(LAYANAN, Access::Public, "Daftar layanan perizinan", pages::catalogue),
    Route::get_as("/perizinan/layanan/{kode}", Access::Public, "Persyaratan, biaya, waktu, dan alur satu layanan", pages::show),
    Route::get_as("/perizinan/layanan/{kode}/standar", Access::Public, "Standar pelayanan satu layanan", pages::standard),
    Route::get_as(
        "/perizinan/layanan/{kode}/simulasi",
        Access::Public,
        "Menghitung persyaratan, biaya, dan tanggal selesai sebelum memohon",
        simulasi::page,
    ),
];

/// The cost in a few words.
pub(crate) fn cost(jenis: &Jenis) -> String {
    if jenis.is_free() {
        return if jenis.kanal == Kanal::Praja { "Gratis" } else { "Lihat keterangan" }.to_owned();
    }
    match fixed(jenis) {
        Some(sum) => sum.to_string(),
        None => "Dihitung dari isian".to_owned(),
    }
}

/// The fee where it is the same for everybody.
fn fixed(jenis: &Jenis) -> Option<Rupiah> {
    let mut sum = 0_i64;
    for one in &jenis.biaya.komponen {
        let rule = Rumus::parse(&one.rumus).ok().filter(|rule| rule.names().is_empty())?;
        sum = sum.checked_add(rule.rupiah(&Nilai::default()).ok()?.0)?;
    }
    Some(Rupiah(sum))
}

/// The days in a few words.
pub(crate) fn term(jenis: &Jenis) -> String {
    match (jenis.kanal, jenis.sla.hari) {
        (Kanal::Praja, days) => format!("{days} hari kerja"),
        (kanal, 0) => format!("Menurut {}", kanal.label()),
        (kanal, days) => format!("{days} hari kerja menurut {}", kanal.label()),
    }
}

/// How long what is issued is good, in words.
pub(crate) fn validity(jenis: &Jenis) -> String {
    let masa = &jenis.masa;
    let words = match (masa.tahun, masa.bulan) {
        (0, 0) if !masa.isian.is_empty() => {
            let label = jenis.field(&masa.isian).map_or(masa.isian.as_str(), |field| field.label.as_str());
            format!("Sesuai isian \"{label}\"")
        }
        (0, 0) => String::new(),
        (0, months) => format!("{months} bulan"),
        (years, _) => format!("{years} tahun"),
    };
    match (words.is_empty(), masa.keterangan.trim()) {
        (true, said) => said.to_owned(),
        (false, "") => words,
        (false, said) => format!("{words}; {said}"),
    }
}

/// The requirements of one thing that is applied for, whatever their conditions.
pub(crate) fn requirements(jenis: &Jenis, permintaan: Permintaan) -> impl Iterator<Item = &Syarat> {
    jenis.syarat.iter().filter(move |one| one.untuk.is_empty() || one.untuk.contains(&permintaan))
}

/// How many files somebody who applies for the first time must have at most.
pub(crate) fn count(jenis: &Jenis) -> usize {
    let first = jenis.permohonan.first().copied().unwrap_or(Permintaan::Baru);
    requirements(jenis, first).filter(|one| one.jenis == JenisSyarat::Berkas).count()
}

/// The way of an application, step by step.
pub(crate) fn way(jenis: &Jenis) -> Vec<Station> {
    let alur = &jenis.alur;
    let mut way = vec![
        Station::new("Permohonan dikirim", "Daring atau di loket; Anda menerima nomor resi."),
        Station::new("Loket memeriksa kelengkapan", "Paling lama satu hari kerja. Semua kekurangan disebut sekaligus."),
        Station::new("Pemeriksa meneliti berkas", "Hitungan hari dimulai ketika berkas lengkap."),
    ];
    if alur.rekomendasi {
        let days = sla::share_days(i64::from(jenis.sla.hari), jenis.sla.rekomendasi_persen);
        way.push(Station::new(
            format!("Rekomendasi {}", alur.opd_teknis),
            format!("Paling lama {days} hari kerja, di dalam jangka waktu layanan."),
        ));
    }
    if alur.survei {
        way.push(Station::new("Pemeriksaan lapangan", "Oleh sedikitnya dua petugas, dengan berita acara."));
    }
    if !jenis.is_free() {
        way.push(Station::new("Retribusi ditetapkan dan dibayar", "Hanya melalui kode bayar; petugas tidak menerima uang."));
    }
    way.push(Station::new("Dokumen disusun", ""));
    if !alur.paraf.is_empty() {
        let names: Vec<String> = alur.paraf.iter().map(|one| one.label().to_lowercase()).collect();
        way.push(Station::new("Paraf", names.join(", ")));
    }
    way.push(Station::new("Tanda tangan kepala DPMPTSP", ""));
    way.push(Station::new("Terbit", "Diunduh dari halaman pelacakan atau diambil di loket."));
    way
}

/// What is needed for trying: the fields that conditions and formulas ask, and those on which these depend, in the order of the form.
pub(crate) fn asked(jenis: &Jenis) -> Vec<&crate::jenis::Isian> {
    let names = |text: &str| -> Vec<String> {
        Rumus::parse(text).map(|rule| rule.names().into_iter().map(str::to_owned).collect()).unwrap_or_default()
    };
    let mut needed: Vec<String> = jenis.syarat.iter().flat_map(|one| names(&one.bila)).collect();
    needed.extend(jenis.biaya.komponen.iter().flat_map(|one| names(&one.rumus)));
    let mut at = 0;
    while at < needed.len() {
        let more = jenis.field(&needed[at]).map(|field| names(&field.bila)).unwrap_or_default();
        for name in more {
            if !needed.contains(&name) {
                needed.push(name);
            }
        }
        at += 1;
    }
    jenis.fields().filter(|field| needed.contains(&field.kode)).collect()
}

/// A component of a standar pelayanan: its title and its paragraphs.
pub(crate) struct Komponen {
    /// Title as in the regulation.
    pub(crate) judul: &'static str,
    /// One paragraph or item each.
    pub(crate) isi: Vec<String>,
}

/// The fourteen components (PermenPANRB 15/2014): the first six belong to the delivery, the others to the making of the service.
pub(crate) fn standard(jenis: &Jenis) -> Vec<Komponen> {
    let said = |key: &str| -> Option<String> {
        jenis.standar.get(key).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    };
    let other = |key: &str| -> Komponen {
        let (_, judul, usual) =
            crate::jenis::standar::KOMPONEN.iter().find(|(known, ..)| *known == key).expect("a known component");
        Komponen { judul, isi: said(key).unwrap_or_else(|| (*usual).to_owned()).lines().map(str::to_owned).collect() }
    };
    let mut requirements_of = Vec::new();
    for kind in &jenis.permohonan {
        let list: Vec<String> = requirements(jenis, *kind).map(|one| requirement(one, jenis)).collect();
        if !list.is_empty() {
            requirements_of.push(format!("{}: {}.", kind.label(), list.join("; ")));
        }
    }
    let way = match said("prosedur") {
        Some(text) => text.lines().map(str::to_owned).collect(),
        None if jenis.kanal == Kanal::Praja => {
            way(jenis).into_iter().map(|one| one.note.map_or(one.name.clone(), |note| format!("{}. {note}", one.name))).collect()
        }
        None => vec![format!("Dimohon melalui {}: {}", jenis.kanal.label(), jenis.tautan)],
    };
    let product = said("produk")
        .unwrap_or_else(|| if jenis.dokumen.judul.trim().is_empty() { jenis.nama.clone() } else { jenis.dokumen.judul.clone() });
    let mut cost_of = vec![cost(jenis)];
    cost_of.extend([&jenis.biaya.dasar, &jenis.biaya.keterangan].into_iter().filter(|text| !text.trim().is_empty()).cloned());
    let time = if jenis.sla.dasar.trim().is_empty() {
        format!("{} sejak berkas dinyatakan lengkap.", term(jenis))
    } else {
        format!("{} sejak berkas dinyatakan lengkap ({}).", term(jenis), jenis.sla.dasar)
    };
    vec![
        Komponen { judul: "Persyaratan", isi: requirements_of },
        Komponen { judul: "Sistem, mekanisme, dan prosedur", isi: way },
        Komponen { judul: "Jangka waktu penyelesaian", isi: vec![time] },
        Komponen { judul: "Biaya/tarif", isi: cost_of },
        Komponen { judul: "Produk pelayanan", isi: vec![product] },
        other("pengaduan"),
        Komponen { judul: "Dasar hukum", isi: jenis.dasar_hukum.clone() },
        other("sarana"),
        other("kompetensi"),
        other("pengawasan"),
        other("pelaksana"),
        other("jaminan-pelayanan"),
        other("jaminan-keamanan"),
        other("evaluasi"),
    ]
}

/// The declaration below a standar pelayanan.
pub(crate) fn declaration(jenis: &Jenis) -> String {
    let usual = crate::jenis::standar::KOMPONEN.iter().find(|(key, ..)| *key == "maklumat").map_or("", |(.., usual)| usual);
    jenis.standar.get("maklumat").map(|text| text.trim()).filter(|text| !text.is_empty()).unwrap_or(usual).to_owned()
}

/// A requirement in one line, with its condition in words.
pub(crate) fn requirement(one: &Syarat, jenis: &Jenis) -> String {
    let mut line = one.label.clone();
    if !one.bila.trim().is_empty() {
        line.push_str(&format!(" (bila {})", kata::condition(&one.bila, jenis)));
    } else if !one.wajib {
        line.push_str(" (bila ada)");
    }
    line
}
