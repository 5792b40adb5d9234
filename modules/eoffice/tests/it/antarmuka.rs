//! Letters for other programs: what a token reads and writes, and what stays in the house.

use actix_web::{rt::System, test::TestRequest};
use praja_eoffice::MODULE;
use praja_testkit::{Kit, Page};
use serde_json::{Value, json};

use crate::{
    LIST, Officer, PDF,
    naskah::{number, ready, scan},
    register,
};

pub const FORM: &str = "/identity/token/baru";
const MASUK: &str = "/api/v1/eoffice/surat-masuk";
const KELUAR: &str = "/api/v1/eoffice/naskah-keluar";
const ALL: [&str; 3] = ["eoffice.surat-masuk.baca", "eoffice.surat-masuk.tulis", "eoffice.naskah-keluar.baca"];
const KEY: &str = "01935b6e-0000-4000-8000-00000000000a";

/// A program with its token.
struct Program<'a> {
    kit: &'a Kit,
    token: String,
}

/// The post that the form of a token offers under a name.
fn post(form: &Page, name: &str) -> String {
    let offers = form.body.split("name=\"jabatan\"").nth(1).expect("the form asks for a post");
    let found =
        offers.split("<option value=\"").skip(1).find(|part| part.split('<').next().is_some_and(|part| part.contains(name)));
    found.and_then(|part| part.split('"').next()).unwrap_or_else(|| panic!("{name} is not offered: {offers}")).to_owned()
}

/// Sends the form of a token.
fn ask(kit: &Kit, who: &str, nama: &str, sifat: &str, cakupan: &[&str]) -> Page {
    let mut officer = Officer::of(kit, who);
    let jabatan = post(&officer.get(FORM), "Pengadministrasi Persuratan");
    let mut fields = vec![
        ("nama", nama),
        ("keterangan", "Perjanjian 12/2026"),
        ("jabatan", &jabatan),
        ("sifat", sifat),
        ("sampai", "2027-11-22"),
    ];
    fields.extend(cakupan.iter().map(|one| ("cakupan", *one)));
    officer.fill(FORM, FORM, &fields)
}

impl<'a> Program<'a> {
    fn new(kit: &'a Kit, who: &str, nama: &str, sifat: &str, cakupan: &[&str]) -> Self {
        let page = ask(kit, who, nama, sifat, cakupan);
        assert_eq!(page.status, 200, "{}", page.body);
        let at = page.body.find("<code>praja_").expect("the token is shown once");
        Self { kit, token: page.body[at + 6..].split('<').next().expect("it ends").to_owned() }
    }

    fn send(&self, request: TestRequest) -> Page {
        let request = request.insert_header(("authorization", format!("Bearer {}", self.token)));
        System::new().block_on(self.kit.stranger().send(request))
    }

    fn get(&self, path: &str) -> Page {
        self.send(TestRequest::get().uri(path))
    }

    fn read(&self, path: &str) -> Value {
        let page = self.get(path);
        assert_eq!(page.status, 200, "{path}: {}", page.body);
        serde_json::from_str(&page.body).expect("an answer is JSON")
    }

    fn post(&self, key: &str, body: &Value) -> (u16, Value) {
        let request = TestRequest::post().uri(MASUK).insert_header(("content-type", "application/json"));
        let page = self.send(request.insert_header(("idempotency-key", key)).set_payload(body.to_string()));
        (page.status, serde_json::from_str(&page.body).expect("an answer is JSON"))
    }
}

fn letter() -> Value {
    json!({
        "asal": "Badan Pusat Statistik Kabupaten", "nomor_surat": "B-900/BPS/2026", "tanggal_surat": "2026-11-18",
        "hal": "Permintaan data potensi desa",
    })
}

fn with(changes: &Value) -> Value {
    let mut body = letter();
    for (name, value) in changes.as_object().expect("changes are an object") {
        body[name] = value.clone();
    }
    body
}

#[test]
fn a_program_registers_a_letter_once_however_often_it_asks() {
    let kit = Kit::new(&[&MODULE]);
    let program = Program::new(&kit, "tata-usaha", "SIMPEG", "biasa", &ALL);
    // A scan in base64 is judged by its content like any other.
    let body = with(
        &json!({ "berkas": [{ "nama": "../surat.pdf", "isi": "JVBERi0xLjQKMSAwIG9iajw8L1R5cGUvQ2F0YWxvZz4+ZW5kb2JqCiUlRU9GCg==" }] }),
    );
    let (status, first) = program.post(KEY, &body);
    assert_eq!(
        (status, first["nomor_agenda"].as_str(), first["status"].as_str()),
        (201, Some("1/2026"), Some("dipindai")),
        "{first}"
    );
    assert_eq!(program.post(KEY, &body), (201, first.clone()), "the same name of the attempt gives the same answer");
    let (status, other) = program.post(KEY, &with(&json!({ "hal": "Lain" })));
    assert_eq!((status, other["kode"].as_str()), (409, Some("api.kunci-dipakai")));
    let (status, twin) = program.post("01935b6e-0000-4000-8000-00000000000b", &letter());
    assert_eq!((status, twin["kode"].as_str()), (422, Some("eoffice.surat-masuk.already-registered")), "{twin}");
    let (status, second) = program.post("01935b6e-0000-4000-8000-00000000000c", &with(&json!({ "tetap": true })));
    assert_eq!((status, second["nomor_agenda"].as_str()), (201, Some("2/2026")));

    let mut tu = Officer::of(&kit, "tata-usaha");
    assert!(tu.inbox().contains("Arahkan surat masuk 1/2026"), "the post that answers for the token goes on with it");
    let page = tu.get(&format!("{LIST}/{}", first["id"].as_str().unwrap()));
    assert!(page.says("SIMPEG") && page.says("mendaftarkan surat masuk") && page.says("surat.pdf"), "{}", page.body);
    assert!(!page.says("../surat.pdf"));
}

#[test]
fn everything_wrong_with_what_was_sent_is_told_by_field() {
    let kit = Kit::new(&[&MODULE]);
    let program = Program::new(&kit, "tata-usaha", "SIMPEG", "biasa", &ALL);
    let fields = |body: &Value| {
        let (status, told) = program.post(KEY, body);
        assert_eq!(status, 422, "{told}");
        let names = told["isian"].as_array().unwrap().iter().map(|one| one["nama"].as_str().unwrap().to_owned());
        (told["kode"].as_str().unwrap().to_owned(), names.collect::<Vec<_>>())
    };
    let own = "eoffice.surat-masuk.fields";
    assert_eq!(fields(&json!({})), (own.into(), vec!["tanggal_surat".into(), "asal".into(), "nomor_surat".into(), "hal".into()]));
    assert_eq!(fields(&with(&json!({ "tanggal_surat": "2026-13-01" }))), (own.into(), vec!["tanggal_surat".into()]));
    assert_eq!(fields(&with(&json!({ "sifat": "terbatas" }))), (own.into(), vec!["sifat".into()]));
    assert_eq!(fields(&with(&json!({ "sifat": "penting" }))), (own.into(), vec!["sifat".into()]));
    assert_eq!(fields(&with(&json!({ "perihal": "x" }))).0, "api.isian-tidak-dikenal");
    assert_eq!(fields(&with(&json!({ "hal": ["x"] }))).0, "api.isian-rusak");
    assert_eq!(fields(&with(&json!({ "berkas": [{ "nama": "a.pdf", "isi": "#" }] }))).0, "api.isian-rusak");
    // A web page that calls itself PDF.
    let html = fields(&with(&json!({ "berkas": [{ "nama": "a.pdf", "isi": "PGh0bWw+" }] })));
    assert_eq!(html, ("desk.lampiran.kind".into(), vec!["berkas".into()]));
    let large = "A".repeat((20 << 20) + 65_536);
    let large = fields(&with(&json!({ "berkas": [{ "nama": "a.pdf", "isi": large }] })));
    assert_eq!(large, ("desk.lampiran.large".into(), vec!["berkas".into()]));
    let huge = "A".repeat(23 << 20);
    assert_eq!(program.post(KEY, &with(&json!({ "berkas": [{ "nama": "a.pdf", "isi": huge }] }))).0, 413);
    assert_eq!(program.post("bukan-uuid", &letter()).1["kode"], "api.tanpa-kunci");
    let plain = |kind: &'static str, text: &'static str| {
        let request =
            TestRequest::post().uri(MASUK).insert_header(("content-type", kind)).insert_header(("idempotency-key", KEY));
        program.send(request.set_payload(text)).status
    };
    assert_eq!((plain("text/plain", "x"), plain("application/json", "{"), plain("application/json", "[]")), (415, 400, 400));
    assert_eq!(program.read(MASUK)["data"], json!([]), "nothing of it was registered");
}

#[test]
fn a_scan_may_come_as_a_form_with_files() {
    let kit = Kit::new(&[&MODULE]);
    let program = Program::new(&kit, "tata-usaha", "SIMPEG", "biasa", &ALL);
    let mut body = Vec::new();
    for (name, value) in letter().as_object().unwrap() {
        let value = value.as_str().unwrap();
        body.extend(format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
    }
    body.extend(
        b"--x\r\ncontent-disposition: form-data; name=\"berkas\"; filename=\"a.pdf\"\r\n\r\n"
            .iter()
            .chain(PDF)
            .chain(b"\r\n--x--\r\n"),
    );
    let request = TestRequest::post().uri(MASUK).insert_header(("content-type", "multipart/form-data; boundary=x"));
    let page = program.send(request.insert_header(("idempotency-key", KEY)).set_payload(body));
    assert_eq!(page.status, 201, "{}", page.body);
    let all = program.read(MASUK);
    let id = all["data"][0]["id"].as_str().unwrap();
    let shown = program.read(&format!("{MASUK}/{id}"));
    let href = shown["berkas"][0]["tautan"].as_str().unwrap().strip_prefix("http://127.0.0.1").unwrap();
    let file = program.get(href);
    assert_eq!((file.status, file.bytes.as_slice(), file.header("content-type")), (200, PDF, Some("application/pdf")));
    assert_eq!(program.read(&format!("{MASUK}/{id}/keadaan"))["keterangan"], "Dipindai");
}

#[test]
fn what_is_more_secret_than_the_token_says_shows_its_number_and_state_alone() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    for (nomor, sifat) in [("B-1", "biasa"), ("T-1", "terbatas"), ("R-1", "rahasia")] {
        register(&mut tu, &[("nomor_surat", nomor), ("sifat", sifat), ("hal", &format!("Perihal {sifat}"))]);
    }
    let open = Program::new(&kit, "tata-usaha", "Umum", "biasa", &ALL);
    let page = ask(&kit, "tata-usaha", "Terbatas", "terbatas", &ALL);
    assert!(page.status == 422 && page.says("hanya dibuka untuk aplikasi oleh pimpinan OPD ini"), "{}", page.body);
    let reads = ["eoffice.surat-masuk.baca"];
    let wide = Program::new(&kit, "kadis", "Terbatas", "terbatas", &reads);
    let seen = |program: &Program<'_>| {
        let all = program.read(MASUK);
        let rows = all["data"].as_array().unwrap().clone();
        rows.iter().map(|one| (one["tertutup"].as_bool().unwrap(), one["hal"].as_str().map(str::to_owned))).collect::<Vec<_>>()
    };
    let hal = |sifat: &str| (false, Some(format!("Perihal {sifat}")));
    assert_eq!(seen(&open), [hal("biasa"), (true, None), (true, None)]);
    assert_eq!(seen(&wide), [hal("biasa"), hal("terbatas"), (true, None)]);
    for program in [&open, &wide] {
        let text = program.get(MASUK).body;
        assert!(!text.contains("R-1") && !text.contains("Perihal rahasia"), "{text}");
        for one in program.read(MASUK)["data"].as_array().unwrap().iter().filter(|one| one["tertutup"] == true) {
            let id = one["id"].as_str().unwrap();
            let shown = program.read(&format!("{MASUK}/{id}"));
            assert_eq!((&shown["hal"], &shown["asal"], &shown["berkas"]), (&Value::Null, &Value::Null, &json!([])), "{shown}");
            assert_eq!(program.read(&format!("{MASUK}/{id}/keadaan"))["pemegang"], Value::Null);
            // Its scan does not open, even for whoever knows its name.
            let page = Officer::of(&kit, "kadis").get(&format!("{LIST}/{id}"));
            if let Some(file) = page.body.split("/desk/lampiran/").nth(1).map(|rest| &rest[..36]) {
                assert_eq!(program.get(&format!("{MASUK}/{id}/berkas/{file}")).status, 404);
            }
        }
    }
}

#[test]
fn a_token_reaches_the_letters_of_its_own_office_alone() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let own = register(&mut tu, &[]);
    let other = Program::new(&kit, "kadis", "Dinkes", "biasa", &["eoffice.surat-masuk.baca"]);
    let id = own.rsplit('/').next().unwrap();
    assert_eq!(other.get(&format!("{MASUK}/{id}")).status, 200);
    let mut setda = Officer::of(&kit, "tu.setda");
    let theirs = register(&mut setda, &[("nomor_surat", "S-1")]);
    let theirs = theirs.rsplit('/').next().unwrap();
    assert_eq!(other.get(&format!("{MASUK}/{theirs}")).status, 404);
    assert_eq!(other.read(MASUK)["data"].as_array().unwrap().len(), 1);
    // Whoever has no token right makes none, and nobody sees those of another office.
    assert_eq!(setda.get("/identity/token").status, 403);
}

#[test]
fn a_list_goes_on_where_it_stopped_and_nothing_is_left_out() {
    let kit = Kit::new(&[&MODULE]);
    let program = Program::new(&kit, "tata-usaha", "SIMPEG", "biasa", &ALL);
    assert_eq!(program.read(MASUK), json!({ "data": [], "kursor": null, "masih_ada": false }));
    let mut tu = Officer::of(&kit, "tata-usaha");
    for at in 1..=5 {
        register(&mut tu, &[("nomor_surat", &format!("B-{at}"))]);
        kit.clock.move_ms(1000);
    }
    let (mut seen, mut kursor) = (Vec::new(), String::new());
    loop {
        let page = program.read(&format!("{MASUK}?jumlah=2{kursor}"));
        seen.extend(page["data"].as_array().unwrap().iter().map(|one| one["agenda"].as_i64().unwrap()));
        kursor = format!("&kursor={}", page["kursor"].as_str().unwrap());
        if page["masih_ada"] == false {
            break;
        }
    }
    assert_eq!(seen, [1, 2, 3, 4, 5]);
    assert_eq!(program.read(&format!("{MASUK}?jumlah=2{kursor}"))["data"], json!([]));
    register(&mut tu, &[("nomor_surat", "B-6")]);
    assert_eq!(
        program.read(&format!("{MASUK}?jumlah=2{kursor}"))["data"][0]["agenda"],
        6,
        "what comes later is found from the same place"
    );
    let count = |query: &str| program.read(&format!("{MASUK}?{query}"))["data"].as_array().unwrap().len();
    assert_eq!((count("sejak=2026-11-22"), count("sejak=2026-11-23"), count("sampai=2026-11-21")), (6, 0, 0));
    assert_eq!((count("status=diarahkan"), count("status=selesai")), (6, 0));
    for wrong in ["status=lain", "jumlah=0", "jumlah=999", "kursor=x", "sejak=besok"] {
        let page = program.get(&format!("{MASUK}?{wrong}"));
        assert!(page.status == 422 && page.says("eoffice.api.pertanyaan"), "{wrong}: {}", page.body);
    }
}

#[test]
fn signed_naskah_are_read_with_their_file_and_drafts_never() {
    let kit = Kit::new(&[&MODULE]);
    let draft = ready(&kit, &[]);
    let path = ready(&kit, &[("hal", "Pemberitahuan jadwal")]);
    number(&kit, &path);
    let mut tu = Officer::of(&kit, "tata-usaha");
    assert_eq!(scan(&mut tu, &path, PDF).status, 303);
    let program = Program::new(&kit, "tata-usaha", "SIMPEG", "biasa", &["eoffice.naskah-keluar.baca"]);
    assert_eq!(program.read(KELUAR)["data"], json!([]), "what was signed a moment ago comes in its order later");
    kit.clock.move_ms(11 * 60 * 1000);
    let all = program.read(KELUAR);
    assert_eq!(all["data"].as_array().unwrap().len(), 1, "{all}");
    let one = &all["data"][0];
    assert_eq!((one["hal"].as_str(), one["status"].as_str()), (Some("Pemberitahuan jadwal"), Some("tertandatangani")));
    let id = one["id"].as_str().unwrap();
    assert_eq!(program.read(&format!("{KELUAR}/{id}"))["nomor"], one["nomor"]);
    let file = program.get(&format!("{KELUAR}/{id}/pdf"));
    assert_eq!((file.status, file.bytes.as_slice()), (200, PDF));
    assert_eq!(program.get(&format!("{KELUAR}/{}", draft.rsplit('/').next().unwrap())).status, 404);
    let after = program.read(&format!("{KELUAR}?kursor={}", all["kursor"].as_str().unwrap()));
    assert_eq!(after["data"], json!([]));
}

#[test]
fn a_token_is_counted_written_down_and_stopped_when_it_is_revoked_over_or_hasty() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let path = register(&mut tu, &[]);
    let id = path.rsplit('/').next().unwrap();
    let program = Program::new(&kit, "tata-usaha", "SIMPEG", "biasa", &["eoffice.surat-masuk.baca"]);
    program.read(MASUK);
    program.read(&format!("{MASUK}/{id}"));
    assert_eq!(program.get(KELUAR).status, 403);
    let list = tu.get("/identity/token");
    assert!(list.says("SIMPEG") && list.says("Berlaku") && !list.says(&program.token), "{}", list.body);
    let token = list.body.split("/identity/token/0").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let token = format!("/identity/token/0{token}");
    let page = tu.get(&token);
    for words in [
        "Daftar surat masuk",
        "Satu surat masuk",
        "Daftar naskah keluar",
        "membaca surat dengan token",
        "membuat token",
        "Perjanjian 12/2026",
    ] {
        assert!(page.says(words), "{words} in {}", page.body);
    }
    // Another office does not find it.
    let ask = format!("{token}/cabut");
    let short = tu.fill(&ask, &ask, &[("alasan", "ya")]);
    assert!(short.status == 422 && short.says("sedikitnya 10 huruf"));
    let done = tu.fill(&ask, &ask, &[("alasan", "Perjanjian sudah berakhir")]);
    assert_eq!(done.location.as_deref(), Some(token.as_str()));
    let told = program.get(MASUK);
    assert!(told.status == 401 && told.says("api.token-tidak-berlaku") && told.header("www-authenticate").is_some());
    assert!(tu.get(&token).says("Perjanjian sudah berakhir"));

    let hasty = Program::new(&kit, "tata-usaha", "Cepat", "biasa", &["eoffice.surat-masuk.baca"]);
    let answers: Vec<u16> = (0..121).map(|_| hasty.get(MASUK).status).collect();
    assert!(answers[..120].iter().all(|status| *status == 200), "{answers:?}");
    let last = hasty.get(MASUK);
    assert_eq!((answers[120], last.status, last.header("retry-after")), (429, 429, Some("60")));
    kit.clock.move_ms(61_000);
    assert_eq!(hasty.get(MASUK).status, 200);
    kit.clock.move_ms(366 * 24 * 60 * 60 * 1000);
    assert_eq!(hasty.get(MASUK).status, 401, "its time is over");
}
