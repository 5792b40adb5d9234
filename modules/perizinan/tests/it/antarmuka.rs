//! What other programs may do with licensing: they file for somebody, follow, and learn of nobody more than they may.

use std::sync::atomic::{AtomicUsize, Ordering};

use actix_web::{rt::System, test::TestRequest};
use praja_kernel::Id;
use praja_store::params;
use praja_testkit::Kit;
use serde_json::{Value, json};

use crate::{
    PDF, Person,
    alur::{NIK, act, issue, jpeg, kit, of_two, send, signs, skp},
};

static TOKENS: AtomicUsize = AtomicUsize::new(1);

#[test]
fn a_program_is_told_of_every_step_of_an_application_and_of_nobody_in_it() {
    let kit = kit();
    let mut keeper = Person::officer(&kit, "pengelola-izin");
    let form = "/identity/webhook/baru";
    let made = keeper.fill(
        form,
        form,
        &[("nama", "Aplikasi warga"), ("alamat", "http://10.0.0.9/kabar"), ("peristiwa", "permohonan-izin.berubah")],
    );
    assert!(made.status == 303 || made.status == 200, "{}", made.body);
    let list = keeper.get("/identity/webhook");
    let hook = list
        .body
        .split("href=\"")
        .filter_map(|part| part.split('"').next())
        .find(|to| to.strip_prefix("/identity/webhook/").is_some_and(|id| id.len() == 36))
        .unwrap_or_else(|| panic!("it is listed: {}", list.body))
        .to_owned();
    let mut citizen = Person::stranger(&kit);
    let resi = skp(&mut citizen);
    send(&mut citizen, &resi);
    kit.work();
    let told = keeper.get(&hook);
    assert!(told.says("Permohonan izin berubah keadaan") && told.says("SKP-20261122-0001"), "{}", told.body);
    assert!(told.says("Ditahan (latihan)") && !told.body.contains(NIK) && !told.says("Siti Rahma"), "{}", told.body);
}

/// What programs may do with licensing.
const SCOPES: [&str; 6] = [
    "perizinan.layanan.baca",
    "perizinan.permohonan.baca",
    "perizinan.permohonan.lacak",
    "perizinan.permohonan.tulis",
    "perizinan.data.baca",
    "perizinan.izin.baca",
];
const TOKEN_FORM: &str = "/identity/token/baru";
const APPLY: &str = "/api/v1/perizinan/permohonan";
const LEAVE: &str = "/api/v1/perizinan/berkas";
const TRACK: &str = "/api/v1/perizinan/lacak";

/// A program with its token.
struct Program<'a> {
    kit: &'a Kit,
    token: String,
    keys: std::cell::Cell<u32>,
}

impl<'a> Program<'a> {
    fn new(kit: &'a Kit, scopes: &[&str]) -> Self {
        let mut keeper = Person::officer(kit, "pengelola-izin");
        let form = keeper.get(TOKEN_FORM);
        let offers = form.body.split("name=\"jabatan\"").nth(1).expect("the form asks for a post");
        let jabatan = offers
            .split("<option value=\"")
            .filter_map(|part| part.split('"').next())
            .find(|value| value.len() == 36)
            .unwrap_or_else(|| panic!("no post is offered: {offers}"))
            .to_owned();
        // No two tokens of an OPD have one name.
        let nama = format!("Aplikasi warga {}", TOKENS.fetch_add(1, Ordering::Relaxed));
        let mut fields = vec![
            ("nama", nama.as_str()),
            ("keterangan", "Perjanjian 12/2026"),
            ("jabatan", jabatan.as_str()),
            ("sifat", "biasa"),
            ("sampai", "2027-11-22"),
        ];
        fields.extend(scopes.iter().map(|one| ("cakupan", *one)));
        let page = keeper.fill(TOKEN_FORM, TOKEN_FORM, &fields);
        let at = page.body.find("<code>praja_").unwrap_or_else(|| panic!("the token is shown once: {}", page.body));
        let token = page.body[at + 6..].split('<').next().expect("it ends").to_owned();
        Self { kit, token, keys: std::cell::Cell::new(1) }
    }

    fn send(&self, request: TestRequest) -> (u16, Value) {
        let request = request.insert_header(("authorization", format!("Bearer {}", self.token)));
        let page = System::new().block_on(self.kit.stranger().send(request));
        (page.status, serde_json::from_str(&page.body).unwrap_or_else(|e| panic!("{e}: {}", page.body)))
    }

    fn get(&self, path: &str) -> (u16, Value) {
        self.send(TestRequest::get().uri(path))
    }

    fn key(&self) -> String {
        self.keys.set(self.keys.get() + 1);
        format!("01935b6e-0000-4000-8000-{:012}", self.keys.get())
    }

    fn post_as(&self, key: &str, path: &str, body: &Value) -> (u16, Value) {
        let request = TestRequest::post().uri(path).insert_header(("content-type", "application/json"));
        self.send(request.insert_header(("idempotency-key", key)).set_payload(body.to_string()))
    }

    fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        self.post_as(&self.key(), path, body)
    }

    /// Leaves a file; gives its identity.
    fn leave(&self, name: &str, bytes: &[u8]) -> String {
        let (status, told) = self.post(LEAVE, &json!({ "berkas": [{ "nama": name, "isi": base64(bytes) }] }));
        assert_eq!(status, 201, "{told}");
        told["id"].as_str().expect("it has an identity").to_owned()
    }

    /// An application for a research letter with its files.
    fn letter(&self) -> Value {
        let mut files = serde_json::Map::new();
        for syarat in ["surat_kampus", "proposal", "pernyataan_taat", "pernyataan_sah"] {
            files.insert(syarat.into(), json!(self.leave("surat.pdf", PDF)));
        }
        for syarat in ["ktp", "foto"] {
            files.insert(syarat.into(), json!(self.leave("foto.jpg", &jpeg())));
        }
        json!({
            "kode": "SKP", "permintaan": "baru", "nama": "Siti Rahma", "nik": NIK, "alamat": "Dusun Melati RT 02 RW 01, Desa Lalang Jaya",
            "telepon": "081234567890", "berkas": files,
            "isian": {
                "golongan": "Perguruan tinggi atau sekolah", "lembaga": "Universitas Contoh", "pekerjaan": "Mahasiswa S-1",
                "judul_penelitian": "Pola tanam lada putih", "tujuan": "Mengetahui pola tanam petani lada", "bidang": "Pertanian",
                "lokasi": "Desa Lalang Jaya", "mulai": "2026-12-01", "selesai": "2027-03-31",
            },
        })
    }
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for part in bytes.chunks(3) {
        let three = [part[0], part.get(1).copied().unwrap_or(0), part.get(2).copied().unwrap_or(0)];
        let all = u32::from(three[0]) << 16 | u32::from(three[1]) << 8 | u32::from(three[2]);
        for at in 0..4 {
            let letter = LETTERS[(all >> (18 - 6 * at)) as usize & 63];
            out.push(if at > part.len() { '=' } else { char::from(letter) });
        }
    }
    out
}

fn count(kit: &Kit, sql: &'static str) -> i64 {
    kit.off(|instance| instance.db.read(|tx| tx.scalar(sql, params![]))).expect("it is counted")
}

/// The names of the fields that were wrong.
fn wrong(told: &Value) -> Vec<String> {
    let all = told["isian"].as_array().unwrap_or_else(|| panic!("{told}"));
    all.iter().map(|one| one["nama"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn a_program_files_an_application_once_and_the_desks_have_it_like_any_other() {
    let kit = kit();
    let program = Program::new(&kit, &SCOPES);
    let letter = program.letter();
    let key = program.key();
    let (status, told) = program.post_as(&key, APPLY, &letter);
    assert_eq!(status, 201, "{told}");
    assert_eq!((told["nomor"].as_str(), told["status"].as_str()), (Some("SKP-20261122-0001"), Some("diajukan")), "{told}");
    assert!(told["tenggat"].is_null() && told["diperiksa"].is_string() && told["biaya"] == 0, "{told}");
    // The same attempt again is answered the same; something else under its name is refused.
    let (status, again) = program.post_as(&key, APPLY, &letter);
    assert_eq!((status, &again), (201, &told));
    assert_eq!(count(&kit, "SELECT COUNT(*) FROM perizinan_permohonan"), 1);
    let mut other = letter.clone();
    other["nama"] = json!("Budi Santoso");
    let (status, refused) = program.post_as(&key, APPLY, &other);
    assert_eq!((status, refused["kode"].as_str()), (409, Some("api.kunci-dipakai")));
    let mut loket = Person::officer(&kit, "loket");
    let list = loket.get("/perizinan/izin");
    assert!(list.says("SKP-20261122-0001"), "{}", list.body);
    // The applicant follows it, on the page and through the portal.
    let resi = told["resi"].as_str().expect("it has a resi").to_owned();
    let mut citizen = Person::stranger(&kit);
    let own = citizen.done("/perizinan/lacak", "/perizinan/lacak", &[("resi", &resi), ("nik4", "0001")]);
    assert!(own.says("SKP-20261122-0001"), "{}", own.body);
    let (status, tracked) = program.post(TRACK, &json!({ "resi": resi, "nik4": "0001" }));
    assert_eq!((status, tracked["keadaan"]["nomor"].as_str()), (200, Some("SKP-20261122-0001")), "{tracked}");
    assert!(!tracked.to_string().contains(NIK) && !tracked.to_string().contains("Siti"));
    let (status, state) = program.get(&format!("{APPLY}/SKP-20261122-0001"));
    assert_eq!((status, state["pemohon"].as_str()), (200, Some("S*** R***")));
    assert_eq!(count(&kit, "SELECT COUNT(*) FROM perizinan_berkas WHERE diganti = FALSE"), 6);
    // What was left goes after a day; the application keeps its own.
    kit.clock.move_ms(25 * 60 * 60 * 1000);
    kit.run_job("perizinan.clean-draf");
    assert_eq!(count(&kit, "SELECT COUNT(*) FROM perizinan_titipan"), 0);
    let late = program.post(APPLY, &letter);
    assert!(late.0 == 422 && wrong(&late.1).contains(&"berkas.ktp".to_owned()), "{}", late.1);
}

#[test]
fn what_is_wrong_is_named_field_by_field_and_nothing_is_written() {
    let kit = kit();
    let program = Program::new(&kit, &SCOPES);
    let good = program.letter();
    let change = |name: &str, value: Value| {
        let mut other = good.clone();
        other[name] = value;
        other
    };
    let within = |object: &str, name: &str, value: Value| {
        let mut other = good.clone();
        other[object][name] = value;
        other
    };
    let table = [
        (change("nik", json!("")), "nik", "belum diisi"),
        (change("nik", json!("531501520985000")), "nik", "15 angka"),
        (change("nik", json!("0015015209850001")), "nik", "provinsi"),
        (change("nik", json!("5315019909850001")), "nik", "Tanggal lahir"),
        (change("nik", json!("5315015209850000")), "nik", "0000"),
        (change("nik", json!("531501520985000A")), "nik", "angka"),
        (change("nama", json!("<b>")), "nama", "seperti pada KTP"),
        (change("telepon", json!("")), "telepon", "surel"),
        (change("kode", json!("TIDAK-ADA")), "kode", "Tidak ada layanan"),
        (change("kode", json!("PBG")), "kode", "diajukan pada"),
        (change("versi", json!(99)), "versi", "yang berlaku versi 1"),
        (change("permintaan", json!("salinan")), "nomor_lama", "nomor izin lama"),
        (change("isian", json!("bukan objek")), "isian", "objek"),
        (within("isian", "golongan", json!("Entah")), "isian.golongan", "Pilih salah satu"),
        (within("isian", "judul_penelitian", json!("")), "isian.judul_penelitian", ""),
        (within("isian", "bukan_isian", json!("x")), "isian.bukan_isian", "tidak mempunyai"),
        (within("isian", "mulai", json!("2026-02-31")), "isian.mulai", ""),
        (within("berkas", "ktp", json!(null)), "berkas.ktp", "belum disertakan"),
        (within("berkas", "ktp", json!("01935b6e-0000-7000-8000-00000000ffff")), "berkas.ktp", "Titipkan lagi"),
        (within("berkas", "ktp", json!("../../etc/passwd")), "berkas.ktp", "Titipkan lagi"),
        (within("berkas", "surat_lain", good["berkas"]["ktp"].clone()), "berkas.surat_lain", "tidak meminta"),
        (within("berkas", "foto", good["berkas"]["proposal"].clone()), "berkas.foto", ""),
        (
            {
                let mut both = change("kuasa_nama", json!("Budi Santoso"));
                both["kuasa_nik"] = json!("5315011203900002");
                both
            },
            "berkas.surat_kuasa",
            "belum disertakan",
        ),
    ];
    for (body, field, says) in table {
        let (status, told) = program.post(APPLY, &body);
        assert_eq!(status, 422, "{field}: {told}");
        let all = told["isian"].as_array().unwrap();
        let found = all.iter().find(|one| one["nama"] == field).unwrap_or_else(|| panic!("{field}: {told}"));
        assert!(found["pesan"].as_str().unwrap().contains(says), "{field}: {told}");
    }
    let (status, told) = program.post(APPLY, &change("nik_ibu", json!("x")));
    assert_eq!((status, told["kode"].as_str()), (422, Some("api.isian-tidak-dikenal")));
    let (status, told) = program.post(APPLY, &change("nama", json!({ "depan": "Siti" })));
    assert_eq!((status, told["kode"].as_str()), (422, Some("api.isian-rusak")), "only answers and files are objects: {told}");
    assert_eq!(count(&kit, "SELECT COUNT(*) FROM perizinan_permohonan"), 0);
    let (status, told) = program.post_as("bukan-uuid", APPLY, &good);
    assert_eq!((status, told["kode"].as_str()), (422, Some("api.tanpa-kunci")));
}

#[test]
fn a_draft_of_a_service_takes_nothing_and_no_file_is_too_large_empty_or_of_another_kind() {
    let kit = kit();
    let program = Program::new(&kit, &SCOPES);
    let good = program.letter();
    kit.off(|instance| {
        instance.db.write(&instance.by_system("uji"), praja_store::Keys::unaudited(), |tx| {
            tx.exec("UPDATE perizinan_jenis_versi SET status = 'draf' WHERE jenis = (SELECT id FROM perizinan_jenis WHERE kode = 'SKP')", params![])
        })
    })
    .unwrap();
    let (status, told) = program.post(APPLY, &good);
    assert!(status == 422 && wrong(&told) == ["kode"], "{told}");
    for (name, bytes, says) in [
        ("kosong.pdf", &b""[..], ""),
        ("program.exe", &b"MZ\x90\x00\x03\x00\x00\x00 program"[..], ""),
        ("halaman.pdf", &b"<html><script>alert(1)</script>"[..], ""),
    ] {
        let (status, told) = program.post(LEAVE, &json!({ "berkas": [{ "nama": name, "isi": base64(bytes) }] }));
        assert!(status == 422 && told["pesan"].as_str().is_some_and(|words| words.contains(says)), "{name}: {status} {told}");
    }
    let (status, told) = program.post(LEAVE, &json!({}));
    assert!(status == 422 && wrong(&told) == ["berkas"], "{told}");
    let large = vec![b'x'; usize::try_from(praja_desk::attachments::MAX_BYTES).unwrap() + 10];
    let (status, told) = program.post(LEAVE, &json!({ "berkas": [{ "nama": "besar.pdf", "isi": base64(&large) }] }));
    assert!(matches!(status, 413 | 422), "{status} {told}");
    let two = json!({ "berkas": [{ "nama": "a.pdf", "isi": base64(PDF) }, { "nama": "b.pdf", "isi": base64(PDF) }] });
    assert_eq!(program.post(LEAVE, &two).0, 422);
}

#[test]
fn only_the_ptsp_files_each_scope_opens_its_own_and_files_of_another_token_are_nobodys() {
    let kit = kit();
    let whole = Program::new(&kit, &SCOPES);
    let letter = whole.letter();
    let reader = Program::new(&kit, &["perizinan.layanan.baca"]);
    for path in [APPLY, LEAVE, TRACK] {
        let (status, told) = reader.post(path, &json!({}));
        assert_eq!((status, told["kode"].as_str()), (403, Some("api.cakupan-kurang")), "{path}");
    }
    for path in [APPLY, "/api/v1/perizinan/izin?nomor=1", "/api/v1/perizinan/permohonan/SKP-1"] {
        assert_eq!(reader.get(path).0, 403, "{path}");
    }
    assert_eq!(reader.get("/api/v1/perizinan/layanan").0, 200);
    let other = Program::new(&kit, &SCOPES);
    let (status, told) = other.post(APPLY, &letter);
    assert!(status == 422 && wrong(&told).contains(&"berkas.ktp".to_owned()), "{told}");
    assert_eq!(whole.post(APPLY, &letter).0, 201);
    // The PTSP is another OPD from now on: a token of the old one files nothing and reads nothing of the new one's.
    kit.off(|instance| {
        instance.db.write(&instance.by_system("uji"), praja_store::Keys::unaudited(), |tx| {
            let other: Id = tx.new_id()?;
            tx.exec(
                "INSERT INTO perizinan_pengaturan (kunci, nilai, versi) VALUES ('opd-ptsp', ?1, 1)",
                params![other.to_string()],
            )?;
            tx.exec("UPDATE perizinan_permohonan SET opd = ?1", params![other])
        })
    })
    .unwrap();
    for path in [APPLY, LEAVE] {
        let (status, told) = whole.post(path, &letter_or_file(path, &letter));
        assert_eq!((status, told["kode"].as_str()), (422, Some("perizinan.api.bukan-ptsp")), "{path}: {told}");
    }
    assert_eq!(whole.get(&format!("{APPLY}/SKP-20261122-0001")).0, 404);
    kit.clock.move_ms(2 * 60_000);
    let (_, told) = whole.get(APPLY);
    assert_eq!(told["data"].as_array().map(Vec::len), Some(0), "{told}");
}

fn letter_or_file(path: &str, letter: &Value) -> Value {
    if path == LEAVE { json!({ "berkas": [{ "nama": "a.pdf", "isi": base64(PDF) }] }) } else { letter.clone() }
}

#[test]
fn guesses_of_a_resi_are_counted_for_it_and_for_the_token() {
    let kit = kit();
    let program = Program::new(&kit, &SCOPES);
    let (_, told) = program.post(APPLY, &program.letter());
    let resi = told["resi"].as_str().unwrap().to_owned();
    for at in 0..10 {
        let (status, told) = program.post(TRACK, &json!({ "resi": resi, "nik4": format!("99{at:02}") }));
        assert_eq!((status, told["kode"].as_str()), (422, Some("perizinan.api.tidak-cocok")), "{at}");
    }
    let (status, told) = program.post(TRACK, &json!({ "resi": resi, "nik4": "0001" }));
    assert_eq!(
        (status, told["kode"].as_str()),
        (429, Some("perizinan.api.terlalu-sering-menebak")),
        "even the right digits wait now"
    );
    let (status, _) = program.post(TRACK, &json!({ "resi": "AAAAAAAAAA", "nik4": "0001" }));
    assert_eq!(status, 422, "another resi is not held up");
    kit.clock.move_ms(16 * 60_000);
    assert_eq!(program.post(TRACK, &json!({ "resi": resi, "nik4": "0001" })).0, 200);
}

#[test]
fn a_warehouse_follows_every_step_by_its_cursor_and_learns_nobodys_name() {
    let kit = kit();
    let program = Program::new(&kit, &SCOPES);
    assert_eq!(program.post(APPLY, &program.letter()).0, 201);
    let (status, early) = program.get(APPLY);
    assert!(status == 200 && early["data"].as_array().is_some_and(Vec::is_empty), "what is just being written follows: {early}");
    kit.clock.move_ms(2 * 60_000);
    let mut citizen = Person::stranger(&kit);
    let resi = skp(&mut citizen);
    send(&mut citizen, &resi);
    kit.clock.move_ms(2 * 60_000);
    let (_, first) = program.get(&format!("{APPLY}?jumlah=1"));
    assert_eq!((first["masih_ada"].as_bool(), first["data"][0]["asal"].as_str()), (Some(true), Some("antarmuka")), "{first}");
    let cursor = first["kursor"].as_str().unwrap();
    let (_, rest) = program.get(&format!("{APPLY}?kursor={cursor}"));
    assert_eq!((rest["masih_ada"].as_bool(), rest["data"][0]["asal"].as_str()), (Some(false), Some("daring")), "{rest}");
    for text in [first.to_string(), rest.to_string()] {
        for secret in [NIK, "Siti", "Melati", "081234567890", "lada"] {
            assert!(!text.contains(secret), "{secret}: {text}");
        }
    }
    let end = rest["kursor"].as_str().unwrap();
    let (_, none) = program.get(&format!("{APPLY}?kursor={end}"));
    assert_eq!((none["kursor"].as_str(), none["data"].as_array().map(Vec::len)), (Some(end), Some(0)));
    for query in ["kursor=apa", "jumlah=0", "jumlah=501", "jumlah=x"] {
        assert_eq!(program.get(&format!("{APPLY}?{query}")).0, 422, "{query}");
    }
}

#[test]
fn while_the_clock_stands_programs_are_given_no_due_date_but_that_it_stands() {
    let kit = kit();
    let program = Program::new(&kit, &SCOPES);
    let mut citizen = Person::officer(&kit, "warga");
    let resi = skp(&mut citizen);
    send(&mut citizen, &resi);
    let (mut loket, path) = of_two(&kit, ["loket", "loket2"]);
    act(&mut loket, &path, "lengkap", &[]);
    let state = format!("{APPLY}/SKP-20261122-0001");
    let (_, runs) = program.get(&state);
    assert!(runs["tenggat"].is_string() && runs["waktu_berhenti"] == false, "{runs}");
    let (mut pemeriksa, path) = of_two(&kit, ["pemeriksa", "pemeriksa2"]);
    act(&mut pemeriksa, &path, "periksa", &[]);
    act(&mut pemeriksa, &path, "tangguhkan", &[("alasan_tangguh", "Sengketa lahan di pengadilan")]);
    kit.clock.move_ms(2 * 60_000);
    let (_, stands) = program.get(&state);
    let (_, tracked) = program.post(TRACK, &json!({ "resi": resi, "nik4": "0001" }));
    let (_, steps) = program.get(APPLY);
    for told in [&stands, &tracked["keadaan"], &steps["data"][0]] {
        assert!(told["tenggat"].is_null() && told["waktu_berhenti"] == true, "{told}");
    }
    let words = "waktu berhenti sejak 22 November 2026";
    let own = citizen.get("/perizinan/saya");
    assert!(own.says(words), "{}", own.body);
    let page = citizen.get(&format!("/perizinan/permohonan/{resi}"));
    assert!(page.says(words) && page.says("waktu berhenti selama permohonan ditangguhkan"), "{}", page.body);
    act(&mut pemeriksa, &path, "lanjutkan", &[]);
    let (_, again) = program.get(&state);
    assert!(again["tenggat"].is_string() && again["waktu_berhenti"] == false, "{again}");
}

#[test]
fn a_licence_is_found_by_its_number_alone_as_anybody_may_see_it() {
    let kit = kit();
    signs(&kit);
    let program = Program::new(&kit, &SCOPES);
    let mut citizen = Person::stranger(&kit);
    let resi = skp(&mut citizen);
    send(&mut citizen, &resi);
    issue(&kit);
    let list = Person::stranger(&kit).get("/perizinan/daftar-izin").body;
    let table = list.split("<tbody").nth(1).expect("it is listed");
    let nomor =
        table.split("500").nth(1).map(|rest| format!("500{}", rest.split('<').next().unwrap_or_default())).expect("its number");
    let (status, told) = program.get(&format!("/api/v1/perizinan/izin?nomor={}", nomor.trim().replace('/', "%2F")));
    assert_eq!((status, told["data"][0]["keadaan"].as_str()), (200, Some("berlaku")), "{nomor}: {told}");
    assert!(told["data"][0]["pemeriksaan"].as_str().is_some_and(|to| to.contains("/v/")) && !told.to_string().contains(NIK));
    let (status, none) = program.get("/api/v1/perizinan/izin?nomor=tidak-ada");
    assert_eq!((status, none["data"].as_array().map(Vec::len)), (200, Some(0)));
    assert_eq!(program.get("/api/v1/perizinan/izin").0, 422);
}

#[test]
fn a_nik_that_carries_another_name_is_told_at_the_desk_of_what_a_program_filed() {
    let kit = kit();
    let mut citizen = Person::stranger(&kit);
    let resi = skp(&mut citizen);
    send(&mut citizen, &resi);
    let program = Program::new(&kit, &SCOPES);
    let mut letter = program.letter();
    letter["nama"] = json!("Budi Santoso");
    let (status, told) = program.post(APPLY, &letter);
    assert_eq!(status, 201, "{told}");
    let id: Id = kit
        .off(|instance| {
            instance.db.read(|tx| tx.scalar("SELECT id FROM perizinan_permohonan WHERE nomor = ?1", params!["SKP-20261122-0002"]))
        })
        .expect("it is there");
    let page = Person::officer(&kit, "loket").get(&format!("/perizinan/izin/{id}"));
    assert!(page.says("NIK ini sudah dipakai dengan nama lain: Siti Rahma"), "{}", page.body);
}
