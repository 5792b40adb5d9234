//! The doors for other programs: each is in the document, asks for a token, gives no more than the token says, and answers as the document
//! says.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::test::TestRequest;
use praja_kernel::Id;
use praja_module::{
    Method,
    api::{self, Operation},
};
use praja_testkit::{Kit, Page};
use serde_json::{Value, json};

use crate::{
    regencies::filled,
    somebody::{Somebody, kit, modules},
};

/// An identity that nothing has.
const NOTHING: &str = "01935b6e-0000-7000-8000-000000000001";
/// Two dots, as somebody photographs a page.
const PNG: &[u8] = b"\x89PNG\x0d\x0a\x1a\x0a\x00\x00\x00\x0dIHDR\x00\x00\x00\x02\x00\x00\x00\x01\x08\x02\x00\x00\x00{@\xe8\xdd\x00\x00\x00\x0dIDATx\x9cc\x10P0\x00\"\x00\x02g\x00\xc1\x93D\x0ea\x00\x00\x00\x00IEND\xaeB`\x82";
const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

fn operations() -> Vec<&'static Operation> {
    praja_server::modules().into_iter().flat_map(|module| module.api).collect()
}

/// Makes a token through the form, as an officer does.
async fn token(kit: &Kit, who: &str, cakupan: &[&str], more: &[(&str, &str)]) -> String {
    let mut visitor = kit.sign_in_as(who);
    let form = visitor.get("/identity/token/baru").await;
    let jabatan = form.body.split("name=\"jabatan\"").nth(1).and_then(|rest| {
        let offers = rest.split("<option value=\"").skip(1).filter_map(|part| part.split_once('"'));
        offers
            .filter(|(value, _)| value.len() == 36)
            .find(|(_, rest)| rest.split("</option>").next().is_some_and(|label| label.contains(post_of(who))))
            .map(|(value, _)| value)
    });
    let jabatan = jabatan.expect("the form offers the posts of the office").to_owned();
    let mut fields =
        vec![("nama", "Aplikasi uji"), ("keterangan", "Uji antarmuka"), ("jabatan", jabatan.as_str()), ("sampai", "2027-11-22")];
    if more.iter().all(|(name, _)| *name != "sifat") {
        fields.push(("sifat", "biasa"));
    }
    fields.extend(cakupan.iter().map(|one| ("cakupan", *one)));
    for (name, value) in more {
        fields.retain(|(known, _)| known != name || *name == "cakupan");
        fields.push((name, value));
    }
    let page = visitor.fill("/identity/token/baru", "/identity/token/baru", &fields).await;
    assert_eq!(page.status, 200, "{}", page.body);
    let at = page.body.find("<code>praja_").expect("the token is shown");
    page.body[at + 6..].split('<').next().expect("it ends").to_owned()
}

/// The post that answers for the tokens of an account.
fn post_of(who: &str) -> &'static str {
    if who == KEEPER { "Pranata Komputer DPMPTSP" } else { "Pengadministrasi Persuratan" }
}

/// Whoever keeps the services of licensing makes tokens of the office that issues.
const KEEPER: &str = "pengelola-izin";

/// Who holds what a scope asks for.
fn holder_of(scope: &str) -> &'static str {
    if scope.starts_with("perizinan.") { KEEPER } else { "tata-usaha" }
}

fn scopes_of(who: &str) -> Vec<&'static str> {
    every_scope().into_iter().filter(|scope| holder_of(scope) == who).collect()
}

fn every_scope() -> Vec<&'static str> {
    operations().iter().map(|one| one.cakupan.nama).collect::<BTreeSet<_>>().into_iter().collect()
}

fn asked(method: Method, path: &str, token: &str) -> TestRequest {
    let request = match method {
        Method::Get => TestRequest::get(),
        Method::Post => TestRequest::post(),
    };
    request.uri(path).insert_header(("authorization", format!("Bearer {token}")))
}

async fn get(kit: &Kit, token: &str, path: &str) -> Page {
    kit.stranger().send(asked(Method::Get, path, token)).await
}

async fn send(kit: &Kit, token: &str, key: &str, body: &Value) -> Page {
    post(kit, token, "/api/v1/eoffice/surat-masuk", key, body).await
}

async fn post(kit: &Kit, token: &str, path: &str, key: &str, body: &Value) -> Page {
    let request = asked(Method::Post, path, token)
        .insert_header(("content-type", "application/json"))
        .insert_header(("idempotency-key", key));
    kit.stranger().send(request.set_payload(body.to_string())).await
}

fn parsed(page: &Page) -> Value {
    serde_json::from_str(&page.body).unwrap_or_else(|e| panic!("{e}: {} {}", page.status, page.body))
}

#[test]
fn operations_are_named_once_and_their_scopes_stand_on_rights_that_exist() {
    let (mut names, mut scopes) = (BTreeSet::new(), BTreeMap::new());
    for module in praja_server::modules() {
        for operation in module.api {
            assert!(names.insert(operation.id), "{} is named twice", operation.id);
            assert!(operation.path.starts_with(&format!("{}{}/", api::ROOT, module.id)), "{}", operation.path);
            assert!(operation.cakupan.nama.starts_with(&format!("{}.", module.id)), "{}", operation.cakupan.nama);
            assert!(!operation.title.is_empty() && !operation.cakupan.arti.is_empty(), "{}", operation.id);
            let same = scopes.entry(operation.cakupan.nama).or_insert(operation.cakupan);
            assert_eq!(*same, operation.cakupan, "{} means two things", operation.cakupan.nama);
            assert!(module.permissions.iter().any(|(right, _)| *right == operation.cakupan.hak), "{}", operation.id);
        }
    }
    assert!(names.len() >= 8, "{names:?}");
}

#[actix_web::test]
async fn the_document_holds_every_operation_with_its_answers_and_nothing_else() {
    let kit = Kit::new(&modules());
    let page = kit.stranger().get(api::DOCUMENT).await;
    assert_eq!((page.status, page.header("content-type")), (200, Some("application/json")));
    let document = parsed(&page);
    assert_eq!(document["openapi"], "3.1.0");
    let mut described = 0;
    for (_, methods) in document["paths"].as_object().expect("it has paths") {
        described += methods.as_object().expect("with methods").len();
    }
    assert_eq!(described, operations().len());
    for operation in operations() {
        let method = if operation.method() == Method::Get { "get" } else { "post" };
        let entry = &document["paths"][operation.path][method];
        assert_eq!(entry["operationId"], operation.id);
        let answers: BTreeSet<&str> = entry["responses"].as_object().expect("it answers").keys().map(String::as_str).collect();
        let mut expected: BTreeSet<String> = api::errors_of(operation).iter().map(|(status, _)| status.to_string()).collect();
        expected.insert(operation.answer.status().to_string());
        assert_eq!(answers, expected.iter().map(String::as_str).collect(), "{}", operation.id);
    }
    // Every reference leads somewhere.
    let text = document.to_string();
    for name in text.split("#/components/schemas/").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(document["components"]["schemas"].get(name).is_some(), "{name}");
    }
    let page = kit.stranger().get("/api").await;
    assert_eq!(page.status, 200);
    for operation in operations() {
        assert!(page.says(operation.path) && page.says(operation.title), "{}", operation.id);
    }
}

#[actix_web::test]
async fn every_operation_asks_for_a_token_with_its_scope_and_a_session_does_not_count() {
    let kit = kit();
    let scopes = every_scope();
    for operation in operations() {
        let path = filled(operation.path, NOTHING);
        let told = |page: &Page| {
            assert!(page.header("set-cookie").is_none(), "{}", operation.id);
            assert_eq!(page.header("content-type"), Some("application/json"), "{}", operation.id);
            parsed(page)["kode"].as_str().unwrap_or_default().to_owned()
        };
        let method = || match operation.method() {
            Method::Get => TestRequest::get(),
            Method::Post => TestRequest::post(),
        };
        let mut officer = Somebody::signed_in(&kit, "tata-usaha");
        let page = officer.visitor.send(method().uri(&path)).await;
        assert_eq!((page.status, told(&page).as_str()), (401, "api.tanpa-token"), "{}", operation.id);
        assert!(page.header("www-authenticate").is_some_and(|value| value.starts_with("Bearer")));
        let page = kit.stranger().send(asked(operation.method(), &path, "praja_0000")).await;
        assert_eq!((page.status, told(&page).as_str()), (401, "api.token-tidak-berlaku"), "{}", operation.id);
    }
    for scope in &scopes {
        let token = token(&kit, holder_of(scope), &[*scope], &[("nama", *scope)]).await;
        for operation in operations() {
            let page = kit.stranger().send(asked(operation.method(), &filled(operation.path, NOTHING), &token)).await;
            assert_eq!(page.status == 403, operation.cakupan.nama != *scope, "{scope} {}: {}", operation.id, page.body);
        }
    }
    for path in ["/api/v1/eoffice", "/api/v1/tidak/ada"] {
        let page = kit.stranger().get(path).await;
        assert_eq!((page.status, parsed(&page)["kode"].as_str()), (404, Some("api.tidak-ditemukan")), "{path}");
    }
}

fn letter() -> Value {
    json!({
        "asal": "Badan Pusat Statistik Kabupaten", "nomor_surat": "B-900/BPS/2026", "tanggal_surat": "2026-11-18",
        "hal": "Permintaan data potensi desa", "jumlah_lampiran": 1, "arahkan": true,
        "berkas": [{ "nama": "surat.pdf", "isi": base64(PDF) }],
    })
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

#[actix_web::test]
async fn real_answers_of_every_operation_are_as_the_document_says() {
    let kit = kit();
    let document = parsed(&kit.stranger().get(api::DOCUMENT).await);
    let letters = token(&kit, "tata-usaha", &scopes_of("tata-usaha"), &[]).await;
    let licences = token(&kit, KEEPER, &scopes_of(KEEPER), &[]).await;
    let token = letters;
    kit.clock.move_ms(60 * 60 * 1000);
    let mut seen: BTreeMap<(&str, u16), usize> = BTreeMap::new();
    let mut see = |id: &'static str, page: &Page| {
        let operation = operations().into_iter().find(|one| one.id == id).expect("there is such an operation");
        let method = if operation.method() == Method::Get { "get" } else { "post" };
        let answer = &document["paths"][operation.path][method]["responses"][page.status.to_string()];
        assert!(answer.is_object(), "{id} may not answer {}: {}", page.status, page.body);
        let kind = page.header("content-type").unwrap_or_default();
        let content = answer["content"].get(kind).unwrap_or_else(|| panic!("{id} answers {kind}"));
        if kind == "application/json" {
            let mut wrong = Vec::new();
            fits(&document, &content["schema"], &parsed(page), id, &mut wrong);
            assert!(wrong.is_empty(), "{id} {}: {wrong:#?}\n{}", page.status, page.body);
        }
        *seen.entry((id, page.status)).or_default() += 1;
    };
    let (key, other) = ("01935b6e-0000-7000-8000-00000000000a", "01935b6e-0000-7000-8000-00000000000b");
    let made = send(&kit, &token, key, &letter()).await;
    see("catat-surat-masuk", &made);
    assert_eq!(made.status, 201, "{}", made.body);
    let mut changed = letter();
    changed["hal"] = json!("Lain");
    for (key, body) in [(key, changed), (other, letter()), (other, json!({ "hal": "" })), ("x", letter())] {
        see("catat-surat-masuk", &send(&kit, &token, key, &body).await);
    }
    let id = parsed(&made)["id"].as_str().expect("it has an identity").to_owned();
    let base = "/api/v1/eoffice/surat-masuk";
    see("daftar-surat-masuk", &get(&kit, &token, base).await);
    see("daftar-surat-masuk", &get(&kit, &token, &format!("{base}?status=selesai&sejak=2026-01-01&jumlah=200")).await);
    see("daftar-surat-masuk", &get(&kit, &token, &format!("{base}?jumlah=1000")).await);
    let shown = get(&kit, &token, &format!("{base}/{id}")).await;
    see("surat-masuk", &shown);
    see("surat-masuk", &get(&kit, &token, &format!("{base}/{NOTHING}")).await);
    see("keadaan-surat-masuk", &get(&kit, &token, &format!("{base}/{id}/keadaan")).await);
    let file = parsed(&shown)["berkas"][0]["tautan"].as_str().expect("it has a file").to_owned();
    let file = get(&kit, &token, file.strip_prefix("http://127.0.0.1").expect("of this house")).await;
    see("berkas-surat-masuk", &file);
    assert_eq!(file.bytes, PDF);
    let base = "/api/v1/eoffice/naskah-keluar";
    let all = get(&kit, &token, &format!("{base}?jumlah=200")).await;
    see("daftar-naskah-keluar", &all);
    let all = parsed(&all);
    let open = all["data"].as_array().expect("a list").iter().find(|one| one["pdf"].is_string());
    let open = open.unwrap_or_else(|| panic!("the demo regency signed something: {all}"));
    see("naskah-keluar", &get(&kit, &token, &format!("{base}/{}", open["id"].as_str().unwrap())).await);
    see("pdf-naskah-keluar", &get(&kit, &token, &format!("{base}/{}/pdf", open["id"].as_str().unwrap())).await);
    let base = "/api/v1/perizinan";
    see("daftar-layanan", &get(&kit, &licences, &format!("{base}/layanan")).await);
    see("layanan", &get(&kit, &licences, &format!("{base}/layanan/SKP")).await);
    see("layanan", &get(&kit, &licences, &format!("{base}/layanan/TIDAKADA")).await);
    let list = Somebody::signed_in(&kit, "loket").visitor.get("/perizinan/izin").await.body;
    let nomor = list.split("SKP-2026").nth(1).map(|rest| format!("SKP-2026{}", &rest[..9])).expect("the demo has applications");
    let state = get(&kit, &licences, &format!("{base}/permohonan/{nomor}")).await;
    see("keadaan-permohonan", &state);
    assert!(parsed(&state)["pemohon"].as_str().is_some_and(|nama| nama.contains("***")), "{}", state.body);
    see("keadaan-permohonan", &get(&kit, &licences, &format!("{base}/permohonan/SKP-20260101-9999")).await);
    // An application with its papers, filed by a program, and what it is told afterwards.
    let mut papers = serde_json::Map::new();
    for (at, syarat) in ["surat_kampus", "proposal", "pernyataan_taat", "pernyataan_sah", "ktp", "foto"].into_iter().enumerate() {
        let (name, bytes) = if at < 4 { ("surat.pdf", PDF) } else { ("foto.png", PNG) };
        let key = format!("01935b6e-0000-7000-8000-0000000001{at:02}");
        let body = json!({ "berkas": [{ "nama": name, "isi": base64(bytes) }] });
        let left = post(&kit, &licences, &format!("{base}/berkas"), &key, &body).await;
        see("titip-berkas", &left);
        papers.insert(syarat.into(), parsed(&left)["id"].clone());
    }
    let application = json!({
        "kode": "SKP", "permintaan": "baru", "nama": "Siti Rahma", "nik": "5315015209850001",
        "alamat": "Dusun Melati RT 02 RW 01, Desa Lalang Jaya", "telepon": "081234567890", "berkas": papers,
        "isian": {
            "golongan": "Perguruan tinggi atau sekolah", "lembaga": "Universitas Contoh", "pekerjaan": "Mahasiswa S-1",
            "judul_penelitian": "Pola tanam lada putih", "tujuan": "Mengetahui pola tanam petani lada", "bidang": "Pertanian",
            "lokasi": "Desa Lalang Jaya", "mulai": "2026-12-01", "selesai": "2027-03-31",
        },
    });
    let filed = post(&kit, &licences, &format!("{base}/permohonan"), "01935b6e-0000-7000-8000-000000000200", &application).await;
    assert_eq!(filed.status, 201, "{}", filed.body);
    see("ajukan-permohonan", &filed);
    let wrong = json!({ "kode": "SKP", "nama": "", "nik": "1" });
    see(
        "ajukan-permohonan",
        &post(&kit, &licences, &format!("{base}/permohonan"), "01935b6e-0000-7000-8000-000000000201", &wrong).await,
    );
    let resi = parsed(&filed)["resi"].as_str().expect("it has a resi").to_owned();
    let track = json!({ "resi": resi, "nik4": "0001" });
    see(
        "lacak-permohonan",
        &post(&kit, &licences, &format!("{base}/lacak"), "01935b6e-0000-7000-8000-000000000202", &track).await,
    );
    kit.clock.move_ms(2 * 60 * 1000);
    see("perubahan-permohonan", &get(&kit, &licences, &format!("{base}/permohonan")).await);
    see("izin-bernomor", &get(&kit, &licences, &format!("{base}/izin?nomor=500.9/1/DPMPTSP/2026")).await);
    for operation in operations() {
        assert!(seen.contains_key(&(operation.id, operation.answer.status())), "{} was not called: {seen:?}", operation.id);
    }
    for status in [409, 422] {
        assert!(seen.contains_key(&("catat-surat-masuk", status)), "{seen:?}");
    }
}

/// Checks a value against a schema of the document: the part of JSON Schema that the document uses. What the document does not name must
/// not be there.
fn fits(document: &Value, schema: &Value, value: &Value, at: &str, wrong: &mut Vec<String>) {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.rsplit('/').next().unwrap_or_default();
        return fits(document, &document["components"]["schemas"][name], value, at, wrong);
    }
    if let Some(ways) = schema["oneOf"].as_array() {
        let fitting = ways.iter().filter(|way| {
            let mut inner = Vec::new();
            fits(document, way, value, at, &mut inner);
            inner.is_empty()
        });
        if fitting.count() != 1 {
            wrong.push(format!("{at}: {value} fits not exactly one way"));
        }
        return;
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one.as_str()],
        Value::Array(many) => many.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let own = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_i64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    if !types.contains(&own) {
        wrong.push(format!("{at}: {value} is no {types:?}"));
        return;
    }
    if let Some(words) = schema["enum"].as_array()
        && !words.contains(value)
    {
        wrong.push(format!("{at}: {value} is none of {words:?}"));
    }
    match value {
        Value::String(text) => {
            let good = match schema["format"].as_str() {
                Some("uuid") => text.parse::<Id>().is_ok(),
                Some("date") => text.len() == 10 && praja_kernel::parse_tanggal(text).is_ok(),
                Some("date-time") => text.len() == 25 && &text[10..11] == "T" && &text[19..20] == "+",
                Some("uri") => text.starts_with("http"),
                _ => true,
            };
            if !good {
                wrong.push(format!("{at}: {text} is no {}", schema["format"]));
            }
        }
        Value::Array(all) => {
            for (number, one) in all.iter().enumerate() {
                fits(document, &schema["items"], one, &format!("{at}[{number}]"), wrong);
            }
        }
        Value::Object(object) => {
            for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
                if !object.contains_key(name) {
                    wrong.push(format!("{at}.{name} is missing"));
                }
            }
            for (name, one) in object {
                match schema["properties"].get(name) {
                    Some(known) => fits(document, known, one, &format!("{at}.{name}"), wrong),
                    None => wrong.push(format!("{at}.{name} is not in the document")),
                }
            }
        }
        _ => {}
    }
}

#[test]
fn the_validator_finds_what_does_not_fit() {
    let document = json!({ "components": { "schemas": { "A": { "type": "object", "required": ["x"], "properties": {
        "x": { "type": ["string", "null"], "format": "date" }, "y": { "type": "string", "enum": ["a"] } } } } } });
    let schema = json!({ "$ref": "#/components/schemas/A" });
    for (value, faults) in [
        (json!({ "x": "2026-11-22", "y": "a" }), 0),
        (json!({ "x": null }), 0),
        (json!({ "y": "a" }), 1),
        (json!({ "x": "22 Nov", "y": "b", "z": 1 }), 3),
        (json!([]), 1),
    ] {
        let mut wrong = Vec::new();
        fits(&document, &schema, &value, "A", &mut wrong);
        assert_eq!(wrong.len(), faults, "{value}: {wrong:?}");
    }
}
