//! Applications of the last weeks, each moved over the desks as officers would: some issued, some refused, some waiting, a few late. A
//! function of seed, first day and scale.

use std::collections::BTreeMap;

use praja_desk::{
    attachments,
    registers::{self, Register},
    verify,
};
use praja_identity::opd;
use praja_kernel::{Actor, Date, Id, Moment, Nik, Scope, Sifat, WorkingCalendar};
use praja_module::{Demo, Instance, Problem, Upload};
use praja_store::{By, Keys, PutError, Result, StoreError, Tx};
use serde_json::json;

use super::kertas;
use crate::{
    alur::{Langkah, Meja, Status},
    izin::{self, Keadaan, dokumen},
    jenis::{self, Jenis, Permintaan},
    objek, pengaturan,
    permohonan::{
        AlasanLompat, AlasanTolak, Asal, Pemohon, Permohonan,
        isian::Jawaban,
        resi, store,
        write::{self, Catatan, Kerja},
    },
    portal::berkas,
    rekomendasi, sla, survei,
};

/// Applications at scale 1.
const COUNT: u64 = 38;
/// The oldest was sent so many days before the first start.
const DAYS: i64 = 62;
/// Two thirds were sent within so many days: what a desk has before it.
const RECENT: i64 = 11;

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

/// Somebody old, who is served before others.
const BEFORE_OTHERS: &str = "Suharto Mulyono";

/// Something that is done, and when.
#[derive(Debug, Clone, Copy)]
enum Aksi {
    Ajukan,
    Kembalikan,
    Perbaiki,
    Langkah(Langkah),
    Terbitkan,
}

/// Fills an exercise. Run again, it leaves what is there.
pub(super) fn load(demo: &Demo<'_>) -> Result<()> {
    let instance = demo.instance;
    let total = COUNT * demo.scale;
    if total == 0 || instance.db.read(store::is_any)? {
        return Ok(());
    }
    let Some(ptsp) = instance.db.read(pengaturan::ptsp)? else { return Ok(()) };
    let calendar = instance.db.read(|tx| praja_desk::calendar::of(tx, demo.anchor))?;
    let mut all: Vec<(Moment, u64, Aksi)> = Vec::new();
    for index in 0..total {
        all.extend(script(demo, &calendar, index).into_iter().map(|(at, aksi)| (at, index, aksi)));
    }
    all.sort_by_key(|(at, index, _)| (*at, *index));
    let now = instance.now();
    all.retain(|(at, ..)| *at < now);
    let mut known: BTreeMap<u64, Id> = BTreeMap::new();
    let count = all.len() as u64;
    for (done, (at, index, aksi)) in all.into_iter().enumerate() {
        if done % 25 == 0 {
            (demo.progress)("Permohonan izin", done as u64, count);
        }
        match aksi {
            Aksi::Ajukan => {
                let id = begin(instance, ptsp, index, at)?;
                known.insert(index, id);
            }
            other => {
                if let Some(id) = known.get(&index) {
                    step(instance, *id, at, other)?;
                }
            }
        }
    }
    (demo.progress)("Permohonan izin", count, count);
    first_of_each_desk(instance, ptsp, demo.anchor, &known)
}

/// What waits for whoever practises lies before the first officer of its desk, whoever's turn it was.
fn first_of_each_desk(instance: &Instance, ptsp: Id, anchor: Date, known: &BTreeMap<u64, Id>) -> Result<()> {
    let by = instance.by_system("perizinan.load-demo");
    for (_, id) in known.iter().filter(|(index, _)| waiting(**index).is_some()) {
        let id = *id;
        instance.db.write(&by, Keys::of([write::turn_key(ptsp)]), move |tx| {
            let Some(mut one) = store::get(tx, id)? else { return Ok(()) };
            let Some(role) = write::role(one.meja) else { return Ok(()) };
            let opd = if one.meja == Meja::OpdTeknis { one.opd_teknis.unwrap_or(one.opd) } else { one.opd };
            if let Some((orang, nama)) = write::officers(tx, role, opd, anchor)?.into_iter().next() {
                (one.petugas, one.petugas_nama) = (Some(orang), nama);
                store::update(tx, &one)?;
                one.versi += 1;
                write::hand_over(tx, &one)?;
            }
            Ok::<_, StoreError>(())
        })?;
    }
    Ok(())
}

/// The desks before which something lies on every first day, for whoever practises: the service, and after which act for the how manieth time
/// it rests.
const WAITING: [(&str, Langkah, usize); 9] = [
    ("REK", Langkah::JadwalkanSurvei, 1),
    ("LGL", Langkah::NyatakanLengkap, 1),
    ("SKP", Langkah::NyatakanLengkap, 1),
    ("REK", Langkah::MintaRekomendasi, 1),
    ("LGL", Langkah::KirimParaf, 1),
    ("REK", Langkah::MulaiBap, 1),
    ("SKP", Langkah::Paraf, 1),
    ("REK", Langkah::Paraf, 2),
    ("MKM", Langkah::NyatakanLengkap, 1),
];

/// Which of the desks an application waits before; none for one that goes its way.
fn waiting(index: u64) -> Option<(&'static str, Langkah, usize)> {
    (index % COUNT).checked_sub(COUNT - WAITING.len() as u64).map(|at| WAITING[usize::try_from(at).unwrap_or(0)])
}

/// Which service an application is about: research and signs lead.
fn kode(index: u64) -> &'static str {
    if let Some((kode, ..)) = waiting(index) {
        return kode;
    }
    match index % 8 {
        0 | 3 | 5 => "SKP",
        1 | 4 => "REK",
        2 | 6 => "LGL",
        _ => "MKM",
    }
}

/// A number that follows from the seed, below `limit`.
fn drawn(demo: &Demo<'_>, index: u64, about: u64, limit: u64) -> u64 {
    let mixed = (demo.seed ^ index.wrapping_mul(0x9E37_79B9_7F4A_7C15)).wrapping_add(about.wrapping_mul(0xBF58_476D_1CE4_E5B9));
    ((mixed ^ (mixed >> 31)).wrapping_mul(0x94D0_49BB_1331_11EB) >> 17) % limit.max(1)
}

/// The way of one application, with its moments; what lies ahead of today is left out by the caller.
fn script(demo: &Demo<'_>, calendar: &WorkingCalendar, index: u64) -> Vec<(Moment, Aksi)> {
    let zona = demo.instance.zona;
    let total = COUNT * demo.scale;
    let old = total / 3;
    let back = if index < old {
        DAYS - i64::try_from(index * u64::try_from(DAYS - RECENT).unwrap_or(0) / old.max(1)).unwrap_or(0)
    } else {
        RECENT - i64::try_from((index - old) * u64::try_from(RECENT).unwrap_or(0) / (total - old).max(1)).unwrap_or(0)
    };
    // Long enough ago that every act before its rest lies in the past.
    let back = if waiting(index).is_some() { 12 } else { back };
    let Ok(first) = demo.anchor.checked_sub(jiff::Span::new().days(back)) else { return Vec::new() };
    let mut day = calendar.add_working_days(first, 0).map_or(first, |due| due.date);
    let minute = |offset: u64| i64::try_from(drawn(demo, index, offset, 300)).unwrap_or(0);
    let mut out = Vec::new();
    let mut put = |day: Date, hour: i8, offset: u64, aksi: Aksi| {
        let at = zona.at(day.at(hour, 0, 0, 0)).plus_ms(minute(offset) * 12_000 + i64::try_from(index).unwrap_or(0) * 1_000);
        out.push((at, aksi));
    };
    let mut next = |count: u32| {
        day = calendar.add_working_days(day, count).map_or(day, |due| due.date);
        day
    };
    let first = next(0);
    put(first, 9, 1, Aksi::Ajukan);
    let returned = index % 7 == 3 && waiting(index).is_none();
    if returned {
        put(next(1), 10, 2, Aksi::Kembalikan);
        put(next(2), 11, 3, Aksi::Perbaiki);
    }
    put(next(u32::from(index.is_multiple_of(3))), 13, 4, Aksi::Langkah(Langkah::NyatakanLengkap));
    put(next(1), 9, 5, Aksi::Langkah(Langkah::MulaiPeriksa));
    if index % 11 == 5 && waiting(index).is_none() {
        put(next(1), 14, 6, Aksi::Langkah(Langkah::Tolak));
        return out;
    }
    let slow = u32::from(index % 9 == 4) * 5;
    let rec = matches!(kode(index), "REK" | "MKM");
    if rec {
        put(next(0), 11, 7, Aksi::Langkah(Langkah::MintaRekomendasi));
        put(next(1 + slow), 10, 8, Aksi::Langkah(Langkah::BeriRekomendasi));
    }
    if kode(index) == "REK" {
        put(next(0), 13, 9, Aksi::Langkah(Langkah::JadwalkanSurvei));
        put(next(1), 9, 10, Aksi::Langkah(Langkah::MulaiBap));
        put(next(0), 14, 11, Aksi::Langkah(Langkah::CatatBap));
    }
    put(next(u32::from(!rec)), 15, 12, Aksi::Langkah(Langkah::Setujui));
    put(next(0), 16, 13, Aksi::Langkah(Langkah::KirimParaf));
    for at in 0..3_u64 {
        put(next(u32::from(at == 0)), 8 + i8::try_from(at).unwrap_or(0), 14 + at, Aksi::Langkah(Langkah::Paraf));
    }
    put(next(0), 13, 18, Aksi::Terbitkan);
    if index % 4 != 2 {
        put(next(1), 10, 19, Aksi::Langkah(Langkah::Serahkan));
    }
    if let Some((_, last, times)) = waiting(index) {
        let is_last =
            |(at, (_, aksi)): (usize, &(Moment, Aksi))| matches!(aksi, Aksi::Langkah(langkah) if *langkah == last).then_some(at);
        let rest = out.iter().enumerate().filter_map(is_last).nth(times - 1);
        out.truncate(rest.map_or(out.len(), |at| at + 1));
    }
    out
}

fn fault(problem: Problem) -> StoreError {
    match problem {
        Problem::Store(e) => e,
        Problem::Refused(refusal) => StoreError::Statement(refusal.message()),
        other => StoreError::Statement(format!("{other:?}")),
    }
}

fn put(instance: &Instance, name: &str, bytes: &[u8]) -> Result<Upload> {
    let blob = instance.blobs.put(&mut &*bytes, attachments::MAX_BYTES).map_err(|e| match e {
        PutError::Store(e) => e,
        other => StoreError::Corrupt(format!("a demo paper: {other:?}")),
    })?;
    Ok(Upload { field: String::new(), name: name.to_owned(), head: bytes.get(..512).unwrap_or(bytes).to_vec(), blob })
}

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
fn begin(instance: &Instance, ptsp: Id, index: u64, at: Moment) -> Result<Id> {
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
    let draft = Permohonan {
        id: Id::v7(0, [0; 10]),
        nomor: None,
        resi: resi(letters(index)),
        jenis: found.versi.jenis,
        jenis_versi: found.versi.id,
        permintaan: Permintaan::Baru,
        akun: None,
        pemohon,
        isian,
        izin_lama: None,
        asal: if index % 5 == 1 { Asal::Loket } else { Asal::Daring },
        status: Status::Draf,
        meja: Meja::Pemohon,
        opd: ptsp,
        opd_teknis: None,
        petugas: None,
        petugas_nama: String::new(),
        sejak: at,
        diajukan: None,
        hari_ajukan: None,
        batas_langkah: None,
        sla: i64::from(found.isi.sla.hari),
        mulai: None,
        terpakai: 0,
        lanjut: None,
        tenggat: None,
        sementara: false,
        selesai: None,
        hari_pakai: None,
        sebelum_tangguh: None,
        pernah_lengkap: false,
        perlu_rekomendasi: found.isi.alur.rekomendasi,
        perlu_survei: found.isi.alur.survei,
        biaya: 0,
        sisa_paraf: found.isi.alur.paraf.clone(),
        kode_tolak: None,
        dasar_tolak: None,
        putaran: 0,
        peringatan: 0,
        dibuat: at,
        versi: 1,
    };
    let mut files = Vec::new();
    for syarat in berkas::asked(&draft, &found.isi) {
        let paper = kertas::pdf(&["CONTOH UNTUK LATIHAN", &syarat.label]);
        files.push((syarat.clone(), put(instance, "contoh.pdf", &paper)?));
    }
    let by = By::system("publik", at, instance.ids.clone());
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

/// Does what is next, as whoever has it; what does not fit (it was refused, or is not there yet) is left.
fn step(instance: &Instance, id: Id, at: Moment, aksi: Aksi) -> Result<()> {
    let Some(one) = instance.db.read(|tx| store::get(tx, id))? else { return Ok(()) };
    let jenis = instance.db.read(|tx| jenis::store::version(tx, one.jenis_versi))?;
    let local = instance.zona.local(at);
    let actor = match (one.petugas, one.status) {
        (Some(orang), _) => Actor::Pegawai { id: orang, nama: one.petugas_nama.clone() },
        (None, Status::Terbit) => Scope::system("perizinan.load-demo").actor,
        (None, _) => Actor::Sistem { tugas: "publik".into() },
    };
    let by = By { actor, jabatan: None, opd: Some(one.opd), at, ids: instance.ids.clone() };
    let keys = Keys::of([
        write::turn_key(one.opd),
        write::turn_key(one.opd_teknis.unwrap_or(one.opd)),
        Register::on(one.opd, izin::KELOMPOK, local.date()).lock(),
    ]);
    let paper = match aksi {
        Aksi::Terbitkan if one.status == Status::Tte => {
            let words = [jenis.nama.as_str(), "CONTOH UNTUK LATIHAN, tidak berlaku", one.pemohon.nama.as_str(), one.sebutan()];
            Some(put(instance, "dokumen-contoh.pdf", &kertas::pdf(&words))?)
        }
        _ => None,
    };
    let issuer = verify::Issuer::of(instance);
    instance.db.write(&by, keys, move |tx| {
        let kerja = Kerja::on(tx, local)?;
        act(tx, &kerja, one.clone(), &jenis, aksi, paper.as_ref(), &issuer).map_err(fault)
    })
}

fn act(
    tx: &mut Tx<'_>,
    kerja: &Kerja,
    mut one: Permohonan,
    jenis: &Jenis,
    aksi: Aksi,
    paper: Option<&Upload>,
    issuer: &verify::Issuer,
) -> std::result::Result<(), Problem> {
    let langkah = match aksi {
        Aksi::Ajukan => return Ok(()),
        Aksi::Kembalikan => Langkah::Kembalikan,
        Aksi::Perbaiki => Langkah::Ajukan,
        Aksi::Langkah(langkah) => langkah,
        Aksi::Terbitkan => Langkah::Tandatangani,
    };
    if crate::alur::next(one.status, langkah, &one.keadaan()).is_err() {
        return Ok(());
    }
    let mut note = Catatan::default();
    match langkah {
        Langkah::Kembalikan => {
            let pesan = "Surat permohonan: buram atau terpotong. Pindai ulang sampai tanda tangan terlihat.".to_owned();
            let first = jenis.syarat.first().map_or_else(String::new, |syarat| format!("syarat:{}", syarat.kode));
            let defect = store::Kekurangan { putaran: 1, tentang: first, kode: "buram".into(), pesan, selesai: false };
            let by = tx.by()?.actor.key();
            store::add_defect(tx, one.id, &defect, &by)?;
            note = Catatan::umum("1 kekurangan perlu diperbaiki.");
        }
        Langkah::Ajukan => store::mend_all(tx, one.id)?,
        Langkah::NyatakanLengkap if one.pemohon.nama == BEFORE_OTHERS => note = note.lompat(Some(AlasanLompat::Rentan)),
        Langkah::MintaRekomendasi => {
            if let Some(opd) = one.opd_teknis {
                let jam = sla::Jam { sla: one.sla, mulai: one.mulai, terpakai: one.terpakai, lanjut: one.lanjut };
                let share =
                    sla::share(&kerja.calendar, &jam, kerja.today, jenis.sla.rekomendasi_persen).map_err(write::beyond)?;
                rekomendasi::store::insert(tx, one.id, opd, kerja.today, share.hari, share.tenggat.date)?;
            }
        }
        Langkah::BeriRekomendasi => {
            if let Some(open) = rekomendasi::store::open(tx, one.id)? {
                let used = kerja.calendar.working_days_between(open.hari_diminta, kerja.today).map_err(write::beyond)?;
                rekomendasi::store::answer(tx, &open, rekomendasi::Hasil::Setuju, "Sesuai rencana tata ruang.", used)?;
            }
            note = Catatan::umum("Sesuai rencana tata ruang.").kode("setuju");
        }
        Langkah::JadwalkanSurvei => {
            let mut team = write::officers(tx, crate::hak::SURVEYOR, one.opd, kerja.today)?;
            if let Some(opd) = one.opd_teknis {
                team.extend(write::officers(tx, crate::hak::SURVEYOR, opd, kerja.today)?);
            }
            let day = kerja.calendar.add_working_days(kerja.today, 1).map_err(write::beyond)?.date;
            survei::store::insert(tx, one.id, day, "09.00", &team)?;
            note = Catatan::umum(format!("Pemeriksaan lapangan {} pukul 09.00.", praja_kernel::tanggal_panjang(day)));
        }
        // Where somebody practises, the first officer has written the report and the second is to stand by it.
        Langkah::MulaiBap => {
            if let Some(open) = survei::store::of(tx, one.id)?.into_iter().find(|one| one.hasil.is_none()) {
                let bap = survei::bap::contoh(jenis);
                let team = survei::store::officers(tx, open.id)?;
                if let Some(writer) = team.first() {
                    survei::store::report(tx, &open, "sesuai", &bap.written(), &writer.nama)?;
                    survei::store::confirm(tx, open.id, writer.orang, None)?;
                }
            }
        }
        Langkah::CatatBap => {
            if let Some(open) = survei::store::of(tx, one.id)?.into_iter().next() {
                for petugas in survei::store::officers(tx, open.id)? {
                    survei::store::confirm(tx, open.id, petugas.orang, None)?;
                }
                if let Some(written) = survei::store::get(tx, open.id)? {
                    survei::store::finish(tx, &written, None)?;
                }
            }
        }
        Langkah::Tolak => {
            let dasar = "Peraturan Daerah contoh tentang penyelenggaraan pelayanan";
            (one.kode_tolak, one.dasar_tolak) = (Some(AlasanTolak::Syarat.as_str().into()), Some(dasar.into()));
            note = Catatan::umum(format!("Surat permohonan tidak dapat dibenarkan pemberinya. Dasar: {dasar}"))
                .kode(AlasanTolak::Syarat.as_str());
        }
        Langkah::KirimParaf => one.sisa_paraf.clone_from(&jenis.alur.paraf),
        Langkah::Tandatangani => {
            let nomor = issue(tx, kerja, &one, jenis, paper, issuer)?;
            note = Catatan::umum(format!("Nomor {nomor}."));
        }
        Langkah::Serahkan => note = Catatan::umum(format!("Diterima {}.", one.pemohon.nama)),
        _ => {}
    }
    write::act(tx, kerja, one, langkah, &note).map(|_| ())
}

/// Number, code and file of what is issued, as signed on paper.
fn issue(
    tx: &mut Tx<'_>,
    kerja: &Kerja,
    one: &Permohonan,
    jenis: &Jenis,
    paper: Option<&Upload>,
    issuer: &verify::Issuer,
) -> std::result::Result<String, Problem> {
    let who = dokumen::penanda(tx, one.opd, kerja.today)?.ok_or(Problem::NotFound)?;
    let office = opd::get(tx, one.opd)?.ok_or(Problem::NotFound)?;
    let unit = office.singkatan.to_uppercase();
    let id = tx.new_id()?;
    let register = Register::on(one.opd, izin::KELOMPOK, kerja.today);
    let drawn = registers::draw(tx, &register, &izin::objek(id), |urut| {
        dokumen::number(jenis, &unit, kerja.today, urut).unwrap_or_default()
    })?;
    let issued = verify::issue(
        tx,
        issuer,
        &verify::New {
            objek: izin::objek(id),
            jenis: jenis.nama.clone(),
            nomor: drawn.nomor.clone(),
            tanggal: kerja.today,
            hal: format!("{} untuk {}", jenis.nama, one.pemohon.nama),
            sifat: Sifat::Biasa,
            jabatan: who.display(),
            penandatangan: who.nama.clone(),
            opd_nama: office.nama,
            tanda_tangan: verify::TandaTangan::Basah,
            ditandatangani: Some(tx.now()?),
            sidik: paper.map(|paper| paper.blob.sidik.clone()),
        },
    )?;
    let lampiran = match paper {
        Some(paper) => Some(attachments::attach(tx, &izin::objek(id), &[], paper)?),
        None => None,
    };
    let (subject, lokasi) = izin::subject(jenis, one);
    let izin = izin::store::Izin {
        id,
        permohonan: Some(one.id),
        jenis: one.jenis,
        jenis_nama: jenis.nama.clone(),
        nomor: drawn.nomor.clone(),
        urut: drawn.urut,
        tanggal: kerja.today,
        nama: one.pemohon.nama.clone(),
        nik: one.pemohon.nik.full().to_owned(),
        objek: subject,
        lokasi,
        keadaan: Keadaan::Aktif,
        berlaku_dari: kerja.today,
        berlaku_sampai: izin::until(&jenis.masa, kerja.today, &Jawaban::read(&one.isian)),
        lama: None,
        pengganti: None,
        token: Some(issued.token),
        lampiran,
        penandatangan: who.nama.clone(),
        jabatan: who.display(),
        peringatan: 0,
        created_at: tx.now()?,
        versi: 1,
    };
    izin::store::insert(tx, &izin)?;
    izin::store::add_event(tx, id, "terbit", "", "")?;
    Ok(drawn.nomor)
}
