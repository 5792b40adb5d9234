//! What might be sent and answered, for the document: a test reads each beside its shape.

pub(super) const LAYANAN: &str = r#"{"data":[{"kode":"SKP","nama":"Surat Keterangan Penelitian","ringkasan":"Untuk penelitian di wilayah daerah ini.","sektor":"Kesatuan bangsa","kanal":"PRAJA","hari":3,"gratis":true,"permohonan":["baru","perpanjangan"]}]}"#;

pub(super) const SATU_LAYANAN: &str = r#"{"kode":"SKP","nama":"Surat Keterangan Penelitian","ringkasan":"Untuk penelitian di wilayah daerah ini.","sektor":"Kesatuan bangsa","kanal":"PRAJA","hari":3,"gratis":true,"permohonan":["baru","perpanjangan"],"versi":1,"dasar_hukum":["Permendagri 3/2018"],"isian":[{"kode":"judul_penelitian","label":"Judul penelitian","jenis":"teks","wajib":true,"bersyarat":false,"pilihan":[]}],"syarat":[{"kode":"ktp","label":"KTP peneliti","wajib":true,"bersyarat":false,"untuk":[]}]}"#;

pub(super) const TITIP: &str = r#"{"berkas":[{"nama":"ktp.jpg","isi":"/9j/4AAQSkZJRg=="}]}"#;

pub(super) const TITIPAN: &str = r#"{"id":"01935b6e-0000-7000-8000-000000000001","nama":"ktp.jpg","ukuran":184320,"sidik":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","sampai":"2026-11-23T09:00:00+07:00"}"#;

pub(super) const AJUKAN: &str = r#"{"kode":"SKP","permintaan":"baru","nama":"Siti Rahma","nik":"5315015209850001","alamat":"Dusun Melati RT 02 RW 01, Desa Lalang Jaya","telepon":"081234567890","isian":{"golongan":"Perguruan tinggi atau sekolah","lembaga":"Universitas Contoh","pekerjaan":"Mahasiswa S-1","judul_penelitian":"Pola tanam lada putih","tujuan":"Mengetahui pola tanam petani lada","bidang":"Pertanian","lokasi":"Desa Lalang Jaya","mulai":"2026-12-01","selesai":"2027-03-31"},"berkas":{"ktp":"01935b6e-0000-7000-8000-000000000001"}}"#;

pub(super) const DIAJUKAN: &str = r#"{"nomor":"SKP-20261122-0001","resi":"K7M2P9X4QT","status":"diajukan","meja":"loket","diperiksa":"2026-11-23","tenggat":null,"hari":3,"biaya":0,"lacak":"https://praja.contoh.go.id/perizinan/lacak?resi=K7M2P9X4QT"}"#;

pub(super) const PERUBAHAN: &str = r#"{"data":[{"nomor":"SKP-20261122-0001","layanan":"SKP","permintaan":"baru","asal":"antarmuka","langkah":"ajukan","dari":"draf","ke":"diajukan","meja":"loket","pada":"2026-11-22T09:00:00+07:00","alasan":null,"diajukan":"2026-11-22T09:00:00+07:00","tenggat":null,"waktu_berhenti":false,"selesai":null,"hari_pakai":null,"biaya":0}],"kursor":"1795312800000_01935b6e-0000-7000-8000-000000000001","masih_ada":false}"#;

pub(super) const KEADAAN: &str = r#"{"nomor":"SKP-20261122-0001","layanan":"Surat Keterangan Penelitian","pemohon":"S*** R***","status":"verifikasi-teknis","keterangan":"Diperiksa","meja":"Pemeriksa","diajukan":"2026-11-22T09:00:00+07:00","tenggat":"2026-11-26","waktu_berhenti":false,"selesai":null,"nomor_dokumen":null,"pemeriksaan":null}"#;

pub(super) const LACAK: &str = r#"{"resi":"K7M2P9X4QT","nik4":"0001"}"#;

pub(super) const TERLACAK: &str = r#"{"keadaan":{"nomor":"SKP-20261122-0001","layanan":"Surat Keterangan Penelitian","pemohon":"S*** R***","status":"dikembalikan","keterangan":"Dikembalikan","meja":"Pemohon","diajukan":"2026-11-22T09:00:00+07:00","tenggat":null,"waktu_berhenti":true,"selesai":null,"nomor_dokumen":null,"pemeriksaan":null},"kekurangan":["Foto KTP terpotong. Foto ulang seluruh kartu."],"tautan":"https://praja.contoh.go.id/perizinan/lacak?resi=K7M2P9X4QT"}"#;

pub(super) const IZIN: &str = r#"{"data":[{"nomor":"500.9/1/DPMPTSP/2026","layanan":"Surat Keterangan Penelitian","pemegang":"Siti Rahma","keadaan":"berlaku","tanggal":"2026-11-25","berlaku_dari":"2026-11-25","berlaku_sampai":"2027-03-31","pemeriksaan":"https://praja.contoh.go.id/v/ABCDE-FGHIJ"}]}"#;

#[cfg(test)]
mod tests {
    use praja_module::api::{Answer, Kind, Shape};
    use serde_json::Value;

    use crate::antarmuka::ALL;

    /// Has an example the names of its shape and no other, and is each word one that is known?
    fn fits(shape: &Shape, value: &Value, whole: bool, also: Option<&str>) {
        let object = value.as_object().unwrap_or_else(|| panic!("{}: {value}", shape.name));
        for name in object.keys() {
            assert!(Some(name.as_str()) == also || shape.fields.iter().any(|field| field.name == name), "{}.{name}", shape.name);
        }
        for field in shape.fields {
            let there = object.get(field.name);
            assert!(there.is_some() || !(field.must || whole), "{}.{} is missing", shape.name, field.name);
            match (field.kind, there) {
                (_, None | Some(Value::Null)) => {}
                (Kind::One(inner), Some(inside)) => fits(inner, inside, whole, None),
                (Kind::Many(inner), Some(inside)) => {
                    inside.as_array().unwrap().iter().for_each(|one| fits(inner, one, whole, None))
                }
                (Kind::Words(words), Some(word)) => assert!(words().contains(&word.as_str().unwrap()), "{}: {word}", field.name),
                _ => {}
            }
        }
    }

    #[test]
    fn every_operation_has_examples_that_are_what_it_takes_and_gives() {
        for operation in ALL {
            let [sent, answered] = operation.examples.map(|text| serde_json::from_str::<Value>(text).ok());
            if let Some(body) = &operation.body {
                fits(body.shape, &sent.expect("what is sent is shown"), false, body.files.map(|files| files.field));
            }
            if let Answer::Found(shape) | Answer::Made(shape) = operation.answer {
                fits(shape, &answered.unwrap_or_else(|| panic!("{}", operation.id)), true, None);
            }
        }
    }
}
