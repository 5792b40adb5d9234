//! Who applies, for what, and with which papers.

use praja_desk::attachments;
use praja_kernel::{Date, Id, Moment, Nik};
use praja_module::Instance;
use praja_store::{By, Keys, Result, StoreError};
use serde_json::json;

use super::{
    kertas,
    langkah::{fault, put},
    permohonan::kode,
};
use crate::{
    jenis, objek, pengaturan,
    permohonan::{
        Asal, Pemohon, Permohonan, resi, store,
        write::{self, Kerja},
    },
    portal::berkas,
};

/// Names of people who never lived, with the day of birth as the NIK writes it.
const PEOPLE: [(&str, &str); 20] = [
    ("Yohana Ina Tukan", "550187"),
    ("Hendrikus Lalang", "120379"),
    ("Siti Nurhaliza Lubis", "611291"),
    ("Agung Prasetyo", "041185"),
    ("Maria Fatima Soares", "470698"),
    ("Baharuddin Lamakera", "230572"),
    ("Ni Luh Putu Ariani", "590890"),
    ("Ferdinand Sitompul", "150983"),
    ("Rukmini Wulandari", "440477"),
    ("Dominggus Ndolu", "300869"),
    ("Aisyah Rahmawati", "680295"),
    ("Petrus Kanisius Bria", "090381"),
    ("Lina Marlina Hutapea", "510192"),
    ("Mochamad Ridwan", "270794"),
    ("Theresia Bete Seran", "630588"),
    ("I Made Sudarsana", "180276"),
    ("Fransiska Nona Rea", "450999"),
    ("Suharto Mulyono", "050667"),
    ("Elvira Damayanti", "571096"),
    ("Gregorius Nahak", "210490"),
];

/// Who files for others.
const PROXY: (&str, &str) = ("Markus Lobo", "5315011804800001");

fn person(index: u64) -> (Pemohon, String) {
    let (nama, lahir) = PEOPLE[usize::try_from(index).unwrap_or(0) % PEOPLE.len()];
    let nik: Nik = format!("531501{lahir}{:04}", 1 + index / PEOPLE.len() as u64).parse().expect("the NIK of the demo are right");
    let slug = nama.to_lowercase().split(' ').next().unwrap_or_default().to_owned();
    let pemohon = Pemohon {
        nama: nama.to_owned(),
        nik,
        // One number on many people: somebody makes a trade of it.
        telepon: if index % 5 == 2 { "081230000099".to_owned() } else { format!("0812{:08}", 30_000_000 + index * 7919) },
        email: format!("{slug}@praja.example"),
        alamat: format!("Dusun Melati RT {:02} RW 01", 1 + index % 9),
        kuasa: (index % 10 == 7).then(|| (PROXY.0.to_owned(), PROXY.1.parse().expect("the NIK of the demo are right"))),
    };
    (pemohon, nama.to_owned())
}

fn answers(kode: &str, index: u64, day: Date) -> serde_json::Value {
    let later = |days: i64| day.checked_add(jiff::Span::new().days(days)).unwrap_or(day).to_string();
    let of = |list: &[&str]| list[usize::try_from(index / 8).unwrap_or(0) % list.len()].to_owned();
    match kode {
        "SKP" => json!({
            "golongan": "Perguruan tinggi atau sekolah", "lembaga": "Universitas Contoh Nusantara", "pekerjaan": "Mahasiswa S-1",
            "judul_penelitian": of(&["Pola tanam lada putih di lahan kering", "Kepatuhan minum obat penderita hipertensi", "Literasi digital perangkat desa", "Sejarah lisan nelayan pesisir", "Kualitas air sumur gali", "Pendampingan UMKM tenun"]),
            "tujuan": "Mengetahui keadaan dan menyusun saran bagi pemerintah daerah.", "bidang": of(&["Pertanian", "Kesehatan", "Pemerintahan", "Sejarah", "Lingkungan", "Ekonomi"]),
            "lokasi": "Kecamatan Tanjung Harapan", "mulai": later(10), "selesai": later(100)
        }),
        "REK" => json!({
            "atas_nama": "Perseorangan", "jenis_reklame": of(&["Papan atau billboard", "Neon box", "Baliho"]), "isi_reklame": of(&["Toko bangunan Sumber Rejeki", "Klinik gigi Senyum Sehat", "Pameran kerajinan daerah"]),
            "panjang": "4", "lebar": "2,5", "sisi": "1", "tinggi": "6", "jumlah_reklame": "1",
            "letak": of(&["Jalan Melati dekat pasar", "Simpang Tiga Pelabuhan", "Jalan Poros Utara km 3"]), "kelurahan": "", "titik": "-8,5012; 119,8873", "status_lahan": "Milik sendiri"
        }),
        "LGL" => json!({
            "dokumen": of(&["Akta kelahiran", "Kartu keluarga", "Akta perkawinan"]), "nomor_dokumen": format!("AL-{:06}", 4200 + index), "atas_nama": person(index).1,
            "tanggal_dokumen": "2012-05-14", "lembar": "2", "hubungan": "Diri sendiri", "keperluan": "Melamar pekerjaan"
        }),
        _ => json!({
            "nama_almarhum": of(&["Paulus Wae", "Hj. Rohana", "Yosefina Lero"]), "tanggal_meninggal": day.checked_sub(jiff::Span::new().days(2)).unwrap_or(day).to_string(), "hubungan": "Anak",
            "tpu": "TPU Oesapa", "agama": of(&["Katolik", "Islam", "Kristen"]), "petak": "B-12"
        }),
    }
}

/// Ten places that differ for every application: the first four say which it is.
fn letters(index: u64) -> [u8; 10] {
    std::array::from_fn(|place| {
        let digit = if place < 4 { index >> (5 * place) } else { index.wrapping_mul(7 + place as u64 * 13) >> 2 };
        u8::try_from((digit + place as u64 * 11) % 32).unwrap_or(0)
    })
}

/// Files an application at a moment of the past.
pub(super) fn begin(instance: &Instance, ptsp: Id, index: u64, at: Moment) -> Result<Id> {
    let kode = kode(index);
    let local = instance.zona.local(at);
    let day = local.date();
    let found = instance.db.read(|tx| jenis::store::published(tx, kode, day))?;
    let found = match found {
        Some(found) => found,
        None => return Err(StoreError::Missing),
    };
    let (pemohon, _) = person(index);
    let isian = answers(kode, index, day).to_string();
    let version = (found.versi.jenis, found.versi.id, &*found.isi);
    let draft = Permohonan {
        isian,
        asal: if index % 5 == 1 { Asal::Loket } else { Asal::Daring },
        ..Permohonan::draf((Id::v7(0, [0; 10]), resi(letters(index))), version, pemohon, (ptsp, at))
    };
    let mut files = Vec::new();
    for syarat in berkas::asked(&draft, &found.isi) {
        let paper = kertas::pdf(&["CONTOH UNTUK LATIHAN", &syarat.label]);
        files.push((syarat.clone(), put(instance, "contoh.pdf", &paper)?));
    }
    let by = By::system(praja_kernel::Actor::PUBLIK, at, instance.ids.clone());
    let isi = found.isi.clone();
    let keys = Keys::of([write::urut_key(&write::deret(kode, day)), write::turn_key(ptsp)]);
    instance.db.write(&by, keys, move |tx| {
        let id = tx.new_id()?;
        let mut one = Permohonan { id, ..draft.clone() };
        one.opd_teknis = pengaturan::opd_bernama(tx, &isi.alur.opd_teknis)?;
        store::insert(tx, &one)?;
        for (syarat, file) in &files {
            let lampiran = attachments::attach(tx, &objek(id), &[], file).map_err(fault)?;
            store::put_file(tx, id, syarat, lampiran, &file.name, &file.blob.sidik)?;
        }
        let kerja = Kerja::on(tx, local)?;
        write::file(tx, &kerja, one, &isi.kode).map_err(fault)?;
        Ok(id)
    })
}
