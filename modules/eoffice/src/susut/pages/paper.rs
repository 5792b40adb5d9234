//! The berita acara of a list as PDF, to be signed by hand.

use praja_desk::templat_naskah;
use praja_kernel::{Date, hari, tanggal_panjang, terbilang};
use praja_module::{
    Body, Ctx, Jenis as Kotak, Outcome, Problem, Response,
    documents::{DrawError, Drawing},
};
use praja_store::Tx;
use serde_json::{Value, json};

use super::load;
use crate::{
    arsip::pages::me,
    susut::{Jenis, Langkah, Refusal, Surat, Susut, store},
};

/// The kind of naskah it is drawn as, by the regency's own template where there is one.
const KODE: &str = "berita-acara";
/// What is filled in by hand.
const DOTS: &str = "........................";

/// Is there somebody to draw it?
pub(super) fn offered(ctx: &Ctx) -> bool {
    ctx.instance().ports.documents.is_some()
}

/// GET /eoffice/arsip/penyusutan/{id}/pdf
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (acting, susut) = (me(ctx)?, load(ctx, tx)?);
    let Some(documents) = ctx.instance().ports.documents.clone() else {
        return Err(Problem::refused(Refusal::Pdf(DrawError::absent().to_string())));
    };
    let papers = store::langkah(tx, susut.id)?;
    let instance = ctx.instance();
    let region = &instance.wilayah.nama;
    let place = instance.paket.ibu_kota.clone();
    let kepala = Kepala {
        induk: format!("Pemerintah {region}"),
        nama: acting.opd_nama.clone(),
        alamat: instance.paket.alamat.join(", "),
        tempat: place.unwrap_or_else(|| region.split_once(' ').map_or(region.as_str(), |(_, name)| name).to_owned()),
        latihan: instance.jenis == Kotak::Contoh,
    };
    let day = papers.iter().find(|(langkah, _)| *langkah == Langkah::BeritaAcara).map_or(ctx.today(), |(_, surat)| surat.tanggal);
    let drawing: Drawing = templat_naskah::drawing(tx, KODE, data(&susut, &papers, &kepala, day), day)?;
    let drawn = documents.draw(&drawing).map_err(|e| Problem::refused(Refusal::Pdf(e.to_string())))?;
    let name = format!("berita-acara-{}-{}.pdf", susut.jenis.as_str(), susut.nomor);
    Ok(Response::of(Body::Bytes { bytes: drawn.pdf, mime: "application/pdf", name }))
}

/// The head of the page.
pub(crate) struct Kepala {
    pub(crate) induk: String,
    pub(crate) nama: String,
    pub(crate) alamat: String,
    pub(crate) tempat: String,
    pub(crate) latihan: bool,
}

/// The data of the template: what is known stands there, the rest is filled in by hand.
pub(crate) fn data(susut: &Susut, papers: &[(Langkah, Surat)], kepala: &Kepala, day: Date) -> Value {
    let of = |step: Langkah| papers.iter().find(|(langkah, _)| *langkah == step).map(|(_, surat)| surat);
    let done = of(Langkah::BeritaAcara);
    let text =
        |take: fn(&Surat) -> &String| done.map(take).filter(|text| !text.is_empty()).cloned().unwrap_or_else(|| DOTS.to_owned());
    let (first, second) = match susut.jenis {
        Jenis::Pindah => ("unit pengolah", "unit kearsipan"),
        Jenis::Musnah => ("unit kearsipan", "panitia penilai arsip"),
        Jenis::Serah => ("pencipta arsip", "lembaga kearsipan daerah"),
    };
    let panel = of(Langkah::Nilai).and_then(|surat| surat.saksi.first().cloned()).unwrap_or_else(|| DOTS.to_owned());
    let other = if susut.jenis == Jenis::Musnah { panel } else { text(|surat| &surat.pihak) };
    let date = |day: Date| {
        let month = tanggal_panjang(day).split(' ').nth(1).unwrap_or_default().to_owned();
        let (day_of, year) = (terbilang(i64::from(day.day())), terbilang(i64::from(day.year())));
        format!("{}, tanggal {day_of} bulan {month} tahun {year}", hari(day))
    };
    let when = done.map_or_else(|| format!("{DOTS}, tanggal {DOTS}"), |surat| date(surat.tanggal));
    let mut isi = match susut.jenis {
        Jenis::Pindah => vec![format!(
            "Pihak Kesatu memindahkan kepada Pihak Kedua {} berkas arsip inaktif seperti pada daftar nomor {}, untuk disimpan di {}.",
            susut.jumlah,
            susut.nomor,
            text(|surat| &surat.tempat)
        )],
        Jenis::Musnah => vec![format!(
            "Telah dimusnahkan {} berkas arsip seperti pada daftar nomor {}, di {} dengan cara: {}.",
            susut.jumlah,
            susut.nomor,
            text(|surat| &surat.tempat),
            text(|surat| &surat.cara)
        )],
        Jenis::Serah => vec![format!(
            "Pihak Kesatu menyerahkan kepada Pihak Kedua {} berkas arsip statis seperti pada daftar nomor {}.",
            susut.jumlah, susut.nomor
        )],
    };
    for (step, words) in [
        (Langkah::Nilai, "Pertimbangan panitia penilai"),
        (Langkah::Setujui, "Surat persetujuan"),
        (Langkah::Tetapkan, "Keputusan penetapan"),
    ] {
        if let Some(surat) = of(step) {
            isi.push(format!("{words} nomor {} tanggal {}.", surat.nomor, tanggal_panjang(surat.tanggal)));
        }
    }
    isi.push("Demikian berita acara ini dibuat dengan sebenarnya.".to_owned());
    let saksi: Vec<Value> = match (susut.jenis, done) {
        (Jenis::Musnah, Some(surat)) => surat.saksi.iter().map(|one| json!({"jabatan": "Saksi", "nama": one})).collect(),
        (Jenis::Musnah, None) => vec![json!({"jabatan": "Saksi I", "nama": DOTS}), json!({"jabatan": "Saksi II", "nama": DOTS})],
        _ => Vec::new(),
    };
    json!({
        "judul": "Berita Acara",
        "penulis": kepala.induk,
        "kertas": "a4",
        "huruf": "sans",
        "tte": "basah",
        "latihan": kepala.latihan,
        "kop": {"jenis": "perangkat-daerah", "induk": kepala.induk, "nama": kepala.nama, "alamat": kepala.alamat, "kontak": ""},
        "tempat": kepala.tempat,
        "tanggal": day.to_string(),
        "nomor": text(|surat| &surat.nomor),
        "hal": susut.jenis.label(),
        "pembuka": format!("Pada hari ini, {when}, kami yang bertanda tangan di bawah ini:"),
        "pihak": [
            {"nama": text(|surat| &surat.pejabat), "jabatan": format!("mewakili {first}"), "sebutan": "Pihak Kesatu"},
            {"nama": other, "jabatan": format!("mewakili {second}"), "sebutan": "Pihak Kedua"},
        ],
        "isi": isi,
        "saksi": saksi,
    })
}
