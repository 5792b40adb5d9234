//! A bill on paper.

use praja_kernel::tanggal_panjang;
use praja_module::{
    Body, Ctx, Jenis as Kotak, Outcome, Problem, Response,
    documents::{BILL, Documents, DrawError, Drawing},
};
use praja_store::Tx;
use serde_json::{Value, json};

use super::{load, office};
use crate::{
    nik,
    skrd::{Refusal, Skrd, Status},
};

/// Is there somebody to draw it?
pub(super) fn offered(ctx: &Ctx) -> bool {
    ctx.instance().ports.documents.is_some()
}

/// GET /perizinan/izin/retribusi/skrd/{id}/pdf
pub(super) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let skrd = load(ctx, tx)?;
    respond(ctx, tx, &skrd)
}

/// The PDF of a bill, for whoever may see it: the caller has looked.
pub(crate) fn respond(ctx: &Ctx, tx: &mut Tx<'_>, skrd: &Skrd) -> Outcome {
    let instance = ctx.instance();
    let Some(documents) = instance.ports.documents.clone() else {
        return Err(Problem::refused(Refusal::Pdf(DrawError::absent().to_string())));
    };
    let region = &instance.wilayah.nama;
    let place = instance.paket.ibu_kota.clone();
    let kepala = Kepala {
        induk: format!("Pemerintah {region}"),
        nama: office(tx, skrd.opd)?,
        alamat: instance.paket.alamat.join(", "),
        tempat: place.unwrap_or_else(|| region.split_once(' ').map_or(region.as_str(), |(_, name)| name).to_owned()),
        latihan: instance.jenis == Kotak::Contoh,
    };
    let data = data(skrd, &kepala, &*documents);
    let drawn =
        documents.draw(&Drawing::new(BILL, data, skrd.tanggal)).map_err(|e| Problem::refused(Refusal::Pdf(e.to_string())))?;
    let name = format!("skrd-{}.pdf", skrd.kode.as_str());
    Ok(Response::of(Body::Bytes { bytes: drawn.pdf, mime: "application/pdf", name }))
}

/// The head of the page.
struct Kepala {
    induk: String,
    nama: String,
    alamat: String,
    tempat: String,
    latihan: bool,
}

fn data(skrd: &Skrd, kepala: &Kepala, documents: &dyn Documents) -> Value {
    let percent = praja_kernel::Desimal::from_e2(skrd.bunga_persen_e2).persen();
    let keadaan = match skrd.status {
        Status::Terbit => String::new(),
        Status::Lunas => format!("LUNAS {}", skrd.lunas_tanggal.map(tanggal_panjang).unwrap_or_default()),
        Status::Batal => "DIBATALKAN".into(),
    };
    let komponen: Vec<Value> =
        skrd.komponen.iter().map(|one| json!({"nama": one.nama, "jumlah": one.jumlah.to_string()})).collect();
    let qris = (!skrd.qris.is_empty() && skrd.status == Status::Terbit).then(|| documents.code(&skrd.qris)).flatten();
    json!({
        "judul": "Surat Ketetapan Retribusi Daerah",
        "penulis": kepala.induk,
        "latihan": kepala.latihan,
        "kop": {"jenis": "perangkat-daerah", "induk": kepala.induk, "nama": kepala.nama, "alamat": kepala.alamat, "kontak": ""},
        "nomor": skrd.nomor,
        "kode": skrd.kode.to_string(),
        "tempat": kepala.tempat,
        "tanggal": tanggal_panjang(skrd.tanggal),
        "tempo": tanggal_panjang(skrd.jatuh_tempo),
        "wajib": rows(skrd),
        "komponen": komponen,
        "jumlah": skrd.jumlah.to_string(),
        "terbilang": skrd.jumlah.terbilang(),
        "dasar": skrd.dasar,
        "bunga": format!(
            "Pembayaran sesudah jatuh tempo ditambah bunga {percent} dari jumlah ini untuk setiap bulan, bagian bulan dihitung satu bulan, paling lama {} bulan.",
            skrd.bunga_bulan_maks
        ),
        "qris": qris,
        "keadaan": keadaan,
        "oleh": skrd.oleh_nama,
    })
}

fn rows(skrd: &Skrd) -> Vec<[String; 2]> {
    // A bill goes through many hands.
    let (nik, npwp) = (nik::samar(&skrd.nik), npwp(&skrd.npwp));
    [
        ("Nama", &skrd.nama),
        ("NIK", &nik),
        ("NPWP", &npwp),
        ("Alamat", &skrd.alamat),
        ("Layanan", &skrd.layanan),
        ("Nomor permohonan", &skrd.permohonan_nomor),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(name, value)| [name.to_owned(), value.clone()])
    .collect()
}

/// A tax number as a bill shows it. A person's of sixteen digits is the NIK and is masked like one; that of a body is the old number with a 0
/// in front, and hides nobody (PMK 112/2022).
pub(super) fn npwp(typed: &str) -> String {
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    if digits.len() == 16 && !digits.starts_with('0') { nik::samar(&digits) } else { typed.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::npwp;

    #[test]
    fn a_tax_number_that_is_a_nik_is_masked_however_it_is_typed_and_a_body_s_is_not() {
        for (typed, shown) in [
            ("5315015209850001", "531501******0001"),
            ("53.150.152.0985-0001", "531501******0001"),
            ("0012345678901000", "0012345678901000"),
            ("01.234.567.8-901.000", "01.234.567.8-901.000"),
            ("", ""),
        ] {
            assert_eq!(npwp(typed), shown);
        }
    }
}
