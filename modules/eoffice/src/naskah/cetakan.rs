//! What a template of the typesetter is given: the words of a naskah by the names its template knows. Pure.
//!
//! The templates and a sample of their data stand in `config-templates/naskah`.

mod khusus;

use praja_kernel::{Date, Sifat, hari_tanggal, terbilang};
use serde_json::{Map, Value, json};

use super::{
    blok::{lines_of, text},
    isi::{items, rows},
    tujuan::split_up,
    wewenang::Wewenang,
};

/// The kinds that are drawn.
pub(crate) const KINDS: [&str; 31] = [
    "surat-dinas",
    "pengumuman",
    "nota-dinas",
    "memo",
    "undangan-eksternal",
    "undangan-internal",
    "surat-edaran",
    "instruksi",
    "surat-perintah",
    "surat-tugas",
    "surat-kuasa",
    "surat-keterangan",
    "rekomendasi",
    "berita-acara",
    "keputusan",
    "keputusan-dprd",
    "keputusan-pimpinan-dprd",
    "keputusan-bk-dprd",
    "surat-pengantar",
    "laporan",
    "telaahan-staf",
    "notula",
    "sertifikat",
    "daftar-hadir",
    "peraturan-daerah",
    "peraturan-bupati",
    "peraturan-dprd",
    "nota-kesepakatan",
    "perjanjian-kerja-sama",
    "sop",
    "spd",
];

/// What the parts of a person are called.
const LABELS: [&str; 4] = ["Nama", "NIP", "Pangkat, golongan", "Jabatan"];

/// Who signs, as the block under the words says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Penanda {
    /// `langsung`, `an`, `ub`, `plt`, `plh`, `pj`.
    pub(crate) wewenang: &'static str,
    /// The post without "Plt.".
    pub(crate) jabatan: String,
    /// The post in whose name.
    pub(crate) mandat: Option<String>,
    /// The post between, of u.b.
    pub(crate) perantara: Option<String>,
    pub(crate) nama: String,
    pub(crate) pangkat: Option<String>,
    pub(crate) nip: Option<String>,
}

/// The head of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kop {
    /// `kepala-daerah`, `dprd`, `sekretariat-daerah`, `perangkat-daerah`.
    pub(crate) jenis: &'static str,
    pub(crate) induk: String,
    pub(crate) nama: String,
    pub(crate) alamat: String,
    pub(crate) kontak: String,
}

/// The code for readers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kode {
    /// A drawing.
    pub(crate) svg: String,
    /// What it says.
    pub(crate) tautan: String,
    /// The same as it is typed.
    pub(crate) alamat: String,
    pub(crate) kode: String,
}

/// Everything the paper of a naskah says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lembar<'a> {
    pub(crate) kode: &'a str,
    /// "Surat Dinas".
    pub(crate) jenis: &'a str,
    pub(crate) kop: Kop,
    pub(crate) penanda: Penanda,
    pub(crate) tempat: &'a str,
    /// "Kabupaten Belitung Timur".
    pub(crate) daerah: &'a str,
    /// The day of the naskah; of a draft, today.
    pub(crate) tanggal: Date,
    /// None for a draft.
    pub(crate) nomor: Option<&'a str>,
    pub(crate) hal: &'a str,
    pub(crate) sifat: Sifat,
    pub(crate) lampiran: &'a str,
    pub(crate) kepada: &'a [String],
    pub(crate) tembusan: &'a [String],
    pub(crate) bidang: &'a std::collections::BTreeMap<String, String>,
    pub(crate) qr: Option<Kode>,
    /// `basah`, `lokal` or `bsre`.
    pub(crate) tte: &'static str,
    /// A box for training prints its mark.
    pub(crate) latihan: bool,
}

/// How a post signs, as the templates call it.
pub(crate) const fn wewenang(way: Wewenang, cara: praja_identity::penugasan::Jenis) -> &'static str {
    use praja_identity::penugasan::Jenis;
    match (way, cara) {
        (Wewenang::An, _) => "an",
        (Wewenang::Ub, _) => "ub",
        (Wewenang::Langsung, Jenis::Definitif) => "langsung",
        (Wewenang::Langsung, Jenis::Plt) => "plt",
        (Wewenang::Langsung, Jenis::Plh) => "plh",
        (Wewenang::Langsung, Jenis::Pj) => "pj",
    }
}

/// The data of one block upon an uploaded file, so many millimetres wide.
pub(crate) fn cap(lembar: &Lembar<'_>, cap: &str, lebar: f64, with_code: bool) -> Value {
    let mut all = common(lembar);
    if !with_code {
        all.remove("qr");
    }
    all.insert("cap".to_owned(), json!(cap));
    all.insert("lebar".to_owned(), json!(lebar));
    let title = lembar.nomor.map_or_else(|| lembar.jenis.to_owned(), |nomor| format!("{} {nomor}", lembar.jenis));
    all.insert("judul".to_owned(), json!(title));
    Value::Object(all)
}

/// The data of the template, or nothing for what cannot be drawn as it stands.
pub(crate) fn data(lembar: &Lembar<'_>) -> Option<Value> {
    let mut all = common(lembar);
    let of = |nama: &str| lembar.bidang.get(nama).map(String::as_str).unwrap_or_default();
    let mut put = |key: &str, value: Value| {
        all.insert(key.to_owned(), value);
    };
    let own = match lembar.kode {
        "surat-dinas" | "pengumuman" => vec![("isi", text(of("isi")))],
        "nota-dinas" | "memo" => vec![("isi", text(of("isi"))), ("dari", json!(post(&lembar.penanda)))],
        "undangan-eksternal" | "undangan-internal" => vec![
            ("isi", text(of("pembuka"))),
            ("acara", json!({"hari": of("hari"), "waktu": of("waktu"), "tempat": of("tempat"), "acara": of("acara")})),
            ("penutup", text(of("penutup"))),
            ("pengantar_kartu", json!("mengharap kehadiran")),
        ],
        "surat-edaran" => vec![("bagian", json!([{"judul": "Isi Edaran", "isi": text(of("isi"))}]))],
        "instruksi" => vec![
            ("nama_naskah", json!(named(lembar))),
            ("penetap", json!(lembar.penanda.jabatan)),
            ("isi", text(of("pertimbangan"))),
            ("diktum", lines_of(of("isi"))),
        ],
        "surat-perintah" | "surat-tugas" => vec![
            ("dasar", json!(items(of("dasar")))),
            ("menimbang", json!([])),
            ("pegawai", people(of("orang"))),
            ("untuk", json!(items(of("untuk")))),
            ("isi", json!([])),
        ],
        "surat-kuasa" => vec![
            ("pemberi", first_person(of("pemberi"))),
            ("penerima", first_person(of("penerima"))),
            ("isi", text(of("isi"))),
            ("meterai", json!(false)),
        ],
        "surat-keterangan" => vec![("tentang", details(of("orang"))), ("isi", text(of("isi")))],
        "rekomendasi" => vec![
            ("dasar", json!(items(of("dasar")))),
            ("menimbang", json!([])),
            ("pemberi", json!(post(&lembar.penanda))),
            ("kepada", json!(lembar.kepada.iter().map(|one| json!(["Kepada", one])).collect::<Vec<_>>())),
            ("isi", text(of("isi"))),
        ],
        "berita-acara" => vec![
            ("pembuka", json!(opening(lembar.tanggal))),
            ("pihak", parties(of("pihak"))?),
            ("isi", text(of("isi"))),
            ("saksi", witnesses(of("saksi"))),
        ],
        "keputusan" | "keputusan-dprd" | "keputusan-pimpinan-dprd" | "keputusan-bk-dprd" => vec![
            ("nama_naskah", json!(named(lembar))),
            ("penetap", json!(lembar.penanda.mandat.as_deref().unwrap_or(&lembar.penanda.jabatan))),
            ("nomor_tertulis", json!(format!("Nomor {}", lembar.nomor.unwrap_or(DOTS)))),
            ("menimbang", json!(items(of("menimbang")))),
            ("mengingat", json!(items(of("mengingat")))),
            ("memperhatikan", json!(items(of("memperhatikan")))),
            ("menetapkan", json!(format!("{} tentang {}.", named(lembar), lembar.hal))),
            ("isi", json!(items(of("diktum")))),
        ],
        "surat-pengantar" => {
            let sent = rows(of("rincian"));
            let cell = |row: &[String], at: usize| row.get(at).cloned().unwrap_or_default();
            let sent: Vec<Value> = sent
                .iter()
                .map(|row| json!({"nama": cell(row, 0), "banyak": cell(row, 1), "keterangan": cell(row, 2)}))
                .collect();
            vec![("isi", json!(sent)), ("telepon", json!(""))]
        }
        "laporan" => vec![(
            "bagian",
            json!([
                {"judul": "Pendahuluan", "isi": text(of("pendahuluan"))},
                {"judul": "Kegiatan dan hasil", "isi": text(of("isi"))},
                {"judul": "Simpulan dan saran", "isi": text(of("penutup"))},
            ]),
        )],
        "telaahan-staf" => vec![
            ("dari", json!(post(&lembar.penanda))),
            (
                "bagian",
                json!(["persoalan", "praanggapan", "fakta", "analisis", "simpulan", "saran"].map(|nama| {
                    let part = of(nama);
                    if part.trim().is_empty() { json!(["-"]) } else { text(part) }
                })),
            ),
        ],
        "notula" => vec![
            ("hari", json!(of("hari"))),
            ("waktu", json!(of("waktu"))),
            ("ruang", json!(of("tempat"))),
            ("undangan", json!("-")),
            ("acara", json!([lembar.hal])),
            ("pemimpin", json!(of("pimpinan"))),
            ("notulis", json!({"nama": lembar.penanda.nama, "nip": lembar.penanda.nip.as_deref().unwrap_or("-")})),
            ("peserta", json!(items(of("peserta")))),
            ("isi", text(of("isi"))),
            ("keputusan", json!([])),
        ],
        "sertifikat" => vec![
            ("nama_naskah", json!("Sertifikat")),
            ("penerima", json!({"nama": of("penerima")})),
            ("isi", text(if of("isi").trim().is_empty() { lembar.hal } else { of("isi") })),
        ],
        "daftar-hadir" => {
            let listed = rows(of("rincian"));
            let listed: Vec<Value> =
                listed.iter().map(|row| json!({"nama": row.first(), "jabatan": row.get(1).map_or("", String::as_str)})).collect();
            vec![("hari", json!(of("hari"))), ("waktu", json!("-")), ("ruang", json!(of("tempat"))), ("isi", json!(listed))]
        }
        _ => khusus::data(lembar)?,
    };
    for (key, value) in own {
        put(key, value);
    }
    Some(Value::Object(all))
}

/// What stands where a draft has no number yet.
pub(crate) const DOTS: &str = "……………………";

fn common(lembar: &Lembar<'_>) -> Map<String, Value> {
    let penanda = &lembar.penanda;
    let mut ttd = Map::new();
    let mut put = |key: &str, value: Option<&str>| {
        if let Some(value) = value {
            ttd.insert(key.to_owned(), json!(value));
        }
    };
    put("wewenang", Some(penanda.wewenang));
    put("jabatan", Some(&penanda.jabatan));
    put("mandat", penanda.mandat.as_deref());
    put("perantara", penanda.perantara.as_deref());
    put("nama", Some(&penanda.nama));
    put("pangkat", penanda.pangkat.as_deref());
    put("nip", penanda.nip.as_deref());
    let kop = &lembar.kop;
    let mut all = Map::new();
    let head = json!({"jenis": kop.jenis, "induk": kop.induk, "nama": kop.nama, "alamat": kop.alamat, "kontak": kop.kontak});
    let legal = ["keputusan", "peraturan"].iter().any(|begin| lembar.kode.starts_with(begin));
    for (key, value) in [
        ("judul", json!(lembar.jenis)),
        ("penulis", json!(kop.induk)),
        ("kertas", json!(if legal { "f4" } else { "a4" })),
        ("huruf", json!(if legal { "serif" } else { "sans" })),
        ("tte", json!(lembar.tte)),
        ("latihan", json!(lembar.latihan)),
        ("kop", head),
        ("ttd", Value::Object(ttd)),
        ("tempat", json!(lembar.tempat)),
        ("tanggal", json!(lembar.tanggal.to_string())),
        ("nomor", json!(lembar.nomor.unwrap_or(DOTS))),
        ("hal", json!(lembar.hal)),
        ("sifat", json!(lembar.sifat.label())),
        ("lampiran", json!(lembar.lampiran)),
        ("di", json!("Tempat")),
        ("tujuan", json!(lembar.kepada.iter().map(|one| addressee(one, lembar.kepada.len())).collect::<Vec<_>>())),
        ("tembusan", json!(lembar.tembusan)),
    ] {
        all.insert(key.to_owned(), value);
    }
    if let Some(code) = &lembar.qr {
        let code = json!({"svg": code.svg, "tautan": code.tautan, "alamat": code.alamat, "kode": code.kode, "basah": lembar.tte == "basah"});
        all.insert("qr".to_owned(), code);
    }
    all
}

/// One addressee. Alone on the page, who is to see it stands on a line of its own.
fn addressee(line: &str, of: usize) -> Value {
    match split_up(line) {
        (nama, Some(up)) if of == 1 => json!({"nama": nama, "up": up}),
        _ => json!({"nama": line}),
    }
}

/// "Keputusan Kepala Dinas Kesehatan".
fn named(lembar: &Lembar<'_>) -> String {
    if lembar.jenis.contains(' ') {
        lembar.jenis.to_owned()
    } else {
        format!("{} {}", lembar.jenis, lembar.penanda.mandat.as_deref().unwrap_or(&lembar.penanda.jabatan))
    }
}

/// "Plt. Kepala Dinas Kesehatan".
fn post(penanda: &Penanda) -> String {
    let before = match penanda.wewenang {
        "plt" => "Plt. ",
        "plh" => "Plh. ",
        "pj" => "Pj. ",
        _ => "",
    };
    format!("{before}{}", penanda.jabatan)
}

/// "Pada hari ini, Senin, tanggal dua puluh tiga bulan November tahun dua ribu dua puluh enam, …".
fn opening(day: Date) -> String {
    let words = hari_tanggal(day);
    let weekday = words.split(',').next().unwrap_or_default();
    format!(
        "Pada hari ini, {weekday}, tanggal {} bulan {} tahun {}, kami yang bertanda tangan di bawah ini:",
        terbilang(i64::from(day.day())),
        praja_kernel::nama_bulan(day.month()),
        terbilang(i64::from(day.year()))
    )
}

fn person(row: &[String]) -> Map<String, Value> {
    let mut all = Map::new();
    for (at, key) in ["nama", "nip", "pangkat", "jabatan"].into_iter().enumerate() {
        if let Some(text) = row.get(at).filter(|text| !text.is_empty()) {
            all.insert(key.to_owned(), json!(text));
        }
    }
    for key in ["nama", "jabatan"] {
        all.entry(key).or_insert_with(|| json!("-"));
    }
    all
}

fn people(typed: &str) -> Value {
    json!(rows(typed).iter().map(|row| person(row)).collect::<Vec<_>>())
}

fn first_person(typed: &str) -> Value {
    let mut one = rows(typed).first().map(|row| person(row)).unwrap_or_else(|| person(&[]));
    for key in ["nip", "alamat"] {
        one.entry(key).or_insert_with(|| json!("-"));
    }
    Value::Object(one)
}

fn details(typed: &str) -> Value {
    let all = rows(typed);
    let one = |row: &Vec<String>| {
        LABELS.iter().zip(row).filter(|(_, text)| !text.is_empty()).map(|(label, text)| json!([label, text])).collect::<Vec<_>>()
    };
    json!(all.iter().flat_map(one).collect::<Vec<_>>())
}

/// The two parties of a berita acara; nothing with fewer.
fn parties(typed: &str) -> Option<Value> {
    let all = rows(typed);
    if all.len() < 2 {
        return None;
    }
    let named = all.iter().zip(["Pihak Kesatu", "Pihak Kedua"]).map(|(row, sebutan)| {
        let mut one = person(row);
        one.entry("nip").or_insert_with(|| json!("-"));
        one.insert("sebutan".into(), json!(sebutan));
        one
    });
    Some(json!(named.collect::<Vec<_>>()))
}

fn witnesses(typed: &str) -> Value {
    let all = rows(typed);
    let one = |(at, row): (usize, &Vec<String>)| json!({"jabatan": format!("Saksi {}", at + 1), "nama": row.first()});
    json!(all.iter().enumerate().map(one).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use praja_documents::Drawer;
    use praja_module::documents::{Documents, Drawing};

    use super::*;
    use crate::naskah::jenis::{self, Isian};

    fn filled(kode: &str) -> BTreeMap<String, String> {
        let asks = jenis::of(kode).unwrap();
        let one = |isian: Isian| {
            match isian {
            Isian::Teks => "Senin #1 <b> \"x\"".to_owned(),
            Isian::Tanggal => "2026-11-23".to_owned(),
            Isian::Uang => "1.250.000".to_owned(),
            Isian::Naskah => "Dengan **hormat**, kami.\n\n1. Satu\n  a. Anak\n  b. Lain\n2. Dua\n- Lepas\n\n| No | Nama |\n|---|---|\n| 1 | Ana |\n\nDemikian $x$ @y.".to_owned(),
            Isian::Butir => "bahwa satu;\nbahwa dua;".to_owned(),
            Isian::Orang => "Budi Hartono | 198511172010011009 | Penata | Pranata Komputer\nSiti | | | Sekretaris".to_owned(),
            Isian::Tabel => "Peta | 1 lembar | Asli\nBuku | 2".to_owned(),
        }
        };
        let body = "BAB I\nUMUM\n\nPasal 1\nMaksud\n(1) Satu #1:\na. anak;\n(2) Dua.\n\nPasal 2\nTujuan\nKata.\n\n1. Satu\n\nPasal 3 Lain\nAkhir.";
        let text = |field: &jenis::Bidang| {
            if field.nama == "isi" && asks.articles().is_some() { body.to_owned() } else { one(field.jenis) }
        };
        asks.bidang.iter().map(|field| (field.nama.clone(), text(field))).collect()
    }

    fn lembar<'a>(kode: &'a str, bidang: &'a BTreeMap<String, String>, kepada: &'a [String]) -> Lembar<'a> {
        Lembar {
            kode,
            jenis: if kode == "keputusan" { "Keputusan" } else { "Naskah Uji" },
            kop: Kop {
                jenis: "perangkat-daerah",
                induk: "Pemerintah Kabupaten Contoh".into(),
                nama: "Dinas Kesehatan".into(),
                alamat: "Jalan Melati 1".into(),
                kontak: String::new(),
            },
            penanda: Penanda {
                wewenang: "langsung",
                jabatan: "Kepala Dinas Kesehatan".into(),
                mandat: None,
                perantara: None,
                nama: "Ratna Wulandari".into(),
                pangkat: None,
                nip: Some("197403121999032004".into()),
            },
            tempat: "Kotacontoh",
            daerah: "Kabupaten Contoh",
            tanggal: Date::constant(2026, 11, 23),
            nomor: Some("000.1.2/12/DINKES"),
            hal: "Rapat *koordinasi* #posyandu",
            sifat: Sifat::Biasa,
            lampiran: "-",
            kepada,
            tembusan: &[],
            bidang,
            qr: None,
            tte: "basah",
            latihan: false,
        }
    }

    #[test]
    fn every_kind_that_is_offered_is_drawn_whatever_was_typed_and_no_other() {
        let drawer = Drawer::in_here(false);
        let kepada = vec!["Camat Uji".to_owned(), "BPS".to_owned()];
        for asks in jenis::all() {
            let bidang = filled(&asks.kode);
            let lembar = lembar(&asks.kode, &bidang, &kepada);
            let data = data(&lembar);
            assert_eq!(data.is_some(), KINDS.contains(&asks.kode.as_str()), "{}", asks.kode);
            let Some(data) = data else { continue };
            let drawn = drawer.draw(&Drawing::new(asks.kode.clone(), data, lembar.tanggal));
            let drawn = drawn.unwrap_or_else(|e| panic!("{}: {e}", asks.kode));
            assert!(drawn.pdf.starts_with(b"%PDF-") && drawn.pages >= 1, "{}", asks.kode);
        }
    }

    #[test]
    fn a_draft_with_nothing_in_it_is_drawn_as_well() {
        let drawer = Drawer::in_here(false);
        let nothing = BTreeMap::new();
        let kepada = vec!["Camat Uji".to_owned()];
        for kode in KINDS.into_iter().filter(|kode| *kode != "berita-acara") {
            let lembar = Lembar { nomor: None, ..lembar(kode, &nothing, &kepada) };
            let data = data(&lembar).unwrap_or_else(|| panic!("{kode}"));
            let drawn = drawer.draw(&Drawing::new(kode, data, lembar.tanggal));
            assert!(drawn.is_ok(), "{kode}: {drawn:?}");
        }
    }

    #[test]
    fn what_is_signed_by_hand_never_says_that_it_was_signed_electronically() {
        let drawer = Drawer::in_here(false);
        let (bidang, kepada) = (filled("surat-dinas"), vec!["Camat Uji".to_owned()]);
        let address = "https://praja.contoh.example/v/ABCD";
        let code = drawer.code(address).unwrap();
        let qr = Kode { svg: code, tautan: address.into(), alamat: address.into(), kode: "ABCD".into() };
        let basah = Lembar { qr: Some(qr.clone()), ..lembar("surat-dinas", &bidang, &kepada) };
        let lokal = Lembar { qr: Some(qr), tte: "lokal", ..lembar("surat-dinas", &bidang, &kepada) };
        assert_eq!(data(&basah).unwrap()["qr"]["basah"], json!(true));
        assert_eq!(data(&lokal).unwrap()["qr"]["basah"], json!(false));
        let draw =
            |lembar: &Lembar<'_>| drawer.draw(&Drawing::new("surat-dinas", data(lembar).unwrap(), lembar.tanggal)).unwrap().pdf;
        assert_ne!(draw(&basah), draw(&lokal));
    }
}
