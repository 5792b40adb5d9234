//! A letter to the box of another regency: sent, received, answered with a receipt; over the net and as a file.

use std::sync::mpsc;

use actix_web::{App, HttpServer, dev::ServerHandle, rt::System, test::TestRequest};
use praja_eoffice::MODULE;
use praja_testkit::{Kit, Page};

use crate::{
    BARU, Officer, PDF,
    naskah::{number, ready, scan},
};

const NODES: &str = "/eoffice/simpul";
pub(crate) const IN: &str = "/eoffice/amplop";
pub(crate) const TO: &str = "Kepala Dinas Kesehatan Kabupaten Contoh Raya";

/// The public key on the card of a box.
fn key(kit: &Kit) -> String {
    let page = Officer::of(kit, "superadmin").get(NODES);
    let found = page.body.split("<code>").find_map(|rest| rest.split('<').next().filter(|text| text.len() == 64));
    found.unwrap_or_else(|| panic!("no key in {}", page.body)).to_owned()
}

/// Lets a box know another.
pub(crate) fn introduce(kit: &Kit, other: &Kit, nama: &str, alamat: &str) {
    let form = format!("{NODES}/baru");
    let fields = [("nama", nama), ("alamat", alamat), ("kunci", &key(other)), ("tujuan", "Bupati Jauh")];
    let saved = Officer::of(kit, "superadmin").fill(&form, &form, &fields);
    assert_eq!(saved.status, 303, "{}", saved.body);
}

/// A box that answers on the net.
struct Served {
    url: String,
    handle: ServerHandle,
}

impl Served {
    fn of(kit: &Kit) -> Self {
        let parts = kit.parts.clone();
        let (tell, told) = mpsc::channel();
        std::thread::spawn(move || {
            System::new().block_on(async move {
                let server = HttpServer::new(move || {
                    let parts = parts.clone();
                    App::new().configure(move |config| praja_module::configure(&parts, config))
                });
                let server = server.workers(1).disable_signals().bind(("127.0.0.1", 0)).expect("a port is free");
                let port = server.addrs()[0].port();
                let server = server.run();
                tell.send((port, server.handle())).expect("somebody listens");
                server.await.expect("it served");
            });
        });
        let (port, handle) = told.recv().expect("it says its port");
        Self { url: format!("http://127.0.0.1:{port}"), handle }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        System::new().block_on(self.handle.stop(false));
    }
}

/// Sends a letter to the other regency; gives its page.
pub(crate) fn sent(kit: &Kit) -> String {
    let path = ready(kit, &[("kepada", TO)]);
    number(kit, &path);
    let mut tu = Officer::of(kit, "tata-usaha");
    assert_eq!(scan(&mut tu, &path, PDF).status, 303);
    let form = format!("{path}/kirim");
    let node = tu.get(&form);
    assert!(node.says("Praja Kabupaten Contoh Raya"), "{}", node.body);
    let way = node.body.split("value=\"simpul:").nth(1).and_then(|rest| rest.split('"').next());
    let way = way.expect("the node is offered").to_owned();
    let done = tu.fill(&form, &form, &[("cara_1", &format!("simpul:{way}"))]);
    assert_eq!(done.status, 303, "{}", done.body);
    path
}

/// The page of the envelope of a naskah.
pub(crate) fn envelope(kit: &Kit, path: &str) -> String {
    let page = Officer::of(kit, "tata-usaha").get(path);
    let at = page.body.split(&format!("{path}/amplop/")).nth(1).and_then(|rest| rest.split('"').next());
    format!("{path}/amplop/{}", at.unwrap_or_else(|| panic!("no envelope in {}", page.body)))
}

pub(crate) fn file(kit: &Kit, path: &str) -> Vec<u8> {
    Officer::of(kit, "tata-usaha").get(&format!("{}/berkas", envelope(kit, path))).bytes
}

/// What another machine sends to a box.
fn post(kit: &Kit, bytes: &[u8]) -> Page {
    let request = TestRequest::post().uri("/eoffice/simpul/terima").set_payload(bytes.to_vec());
    System::new().block_on(kit.stranger().send(request.insert_header(("content-type", "application/json"))))
}

fn incoming(kit: &Kit) -> usize {
    Officer::of(kit, "tata-usaha").get(&format!("{IN}/unduh?format=csv")).body.matches("Kabupaten Contoh Raya").count()
}

#[test]
fn a_letter_reaches_the_box_of_another_regency_and_its_receipt_comes_back() {
    let (here, there) = (Kit::asli(&[&MODULE]), Kit::asli(&[&MODULE]));
    let served = Served::of(&there);
    introduce(&here, &there, "Kabupaten Contoh Raya", &served.url);
    let path = sent(&here);
    let (_, failed) = here.work();
    assert!(failed.is_empty(), "{failed:?}");
    let waits = Officer::of(&here, "tata-usaha").get(&envelope(&here, &path));
    assert!(waits.says("dicoba lagi") && waits.says("belum terdaftar"), "who is not known is refused: {}", waits.body);
    assert_eq!(incoming(&there), 0);

    introduce(&there, &here, "Kabupaten Contoh Raya", "");
    here.clock.move_ms(2 * 60_000);
    let (_, failed) = here.work();
    assert!(failed.is_empty(), "{failed:?}");
    let shown = Officer::of(&here, "tata-usaha").get(&path);
    assert!(shown.says("Diterima") && shown.says("Tanda terima elektronik Kabupaten Contoh Raya"), "{}", shown.body);
    assert_eq!(incoming(&there), 1);

    // Once more, and changed on the way.
    let bytes = file(&here, &path);
    let again = post(&there, &bytes);
    assert!(again.status == 200 && again.says("praja_tanda_terima"), "{}", again.body);
    assert_eq!(post(&there, &bytes).body, again.body, "the same receipt");
    assert_eq!(incoming(&there), 1, "twice is once");
    let mut changed: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    changed["berkas"] = serde_json::Value::String("JVBERi0xLjcgbGFpbg==".to_owned());
    let tampered = post(&there, &serde_json::to_vec(&changed).unwrap());
    assert!(tampered.status == 422 && tampered.says("bukan yang ditandatangani"), "{}", tampered.body);

    // It becomes a letter of the office, with its file.
    let mut tu = Officer::of(&there, "tata-usaha");
    assert!(tu.inbox().contains("Catat dalam buku agenda"));
    let row = tu.get(IN);
    let id = row.body.split(&format!("{IN}/0")).nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let form = format!("{BARU}?amplop=0{id}");
    let page = tu.get(&form);
    assert!(page.says("sebagai amplop elektronik") && page.says("Dinas Kesehatan Kabupaten Contoh Raya"), "{}", page.body);
    let fields = [
        ("amplop", &*format!("0{id}")),
        ("asal_teks", "Dinas Kesehatan Kabupaten Contoh Raya"),
        ("nomor_surat", "000.1.2/1/DINKES"),
        ("tanggal_surat", "2026-11-22"),
        ("tanggal_terima", "2026-11-22"),
        ("hal", "Undangan rapat koordinasi posyandu"),
        ("sifat", "biasa"),
        ("derajat", "biasa"),
    ];
    let saved = tu.upload(&form, BARU, &fields, &[]);
    assert_eq!(saved.status, 303, "{}", saved.body);
    let letter = tu.get(&saved.location.unwrap());
    assert!(letter.says("Dipindai") && letter.says(".pdf"), "{}", letter.body);
    assert!(tu.get(&format!("{IN}/0{id}")).says("Buka surat masuk"));
    assert_eq!(tu.upload(&form, BARU, &fields, &[]).status, 404, "it is entered once");
}

#[test]
fn an_envelope_that_was_given_up_is_sent_again() {
    let (here, there) = (Kit::asli(&[&MODULE]), Kit::asli(&[&MODULE]));
    let served = Served::of(&there);
    introduce(&here, &there, "Kabupaten Contoh Raya", "http://127.0.0.1:1");
    introduce(&there, &here, "Kabupaten Contoh Raya", "");
    let path = sent(&here);
    for _ in 0..12 {
        here.work();
        here.clock.move_ms(25 * 60 * 60 * 1000);
    }
    let mut tu = Officer::of(&here, "tata-usaha");
    let page = envelope(&here, &path);
    let failed = tu.get(&page);
    assert!(failed.says("Gagal") && failed.says("Kirim ulang") && failed.says("Tidak dapat dihubungi"), "{}", failed.body);
    assert!(Officer::of(&here, "staf").get("/kabar").says("tidak sampai"), "whoever wrote it is told");

    let nodes = Officer::of(&here, "superadmin").get(NODES);
    let node = nodes.body.split(&format!("{NODES}/0")).nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let form = format!("{NODES}/0{node}");
    let mut admin = Officer::of(&here, "superadmin");
    let versi = admin.get(&form).hidden("versi").unwrap().to_owned();
    let fields = [
        ("nama", "Kabupaten Contoh Raya"),
        ("alamat", served.url.as_str()),
        ("kunci", &key(&there)),
        ("tujuan", "Bupati Jauh"),
        ("versi", &versi),
    ];
    assert_eq!(admin.fill(&form, &form, &fields).status, 303);
    let again = tu.fill(&page, &format!("{page}/ulang"), &[]);
    assert_eq!(again.status, 303, "{}", again.body);
    let (_, failed) = here.work();
    assert!(failed.is_empty(), "{failed:?}");
    assert!(tu.get(&page).says("Sudah diterima"));
    assert_eq!(incoming(&there), 1);
}

#[test]
fn a_letter_travels_as_a_file_and_so_does_its_receipt() {
    let (here, there) = (Kit::new(&[&MODULE]), Kit::new(&[&MODULE]));
    introduce(&here, &there, "Kabupaten Contoh Raya", "https://praja.contoh.go.id");
    introduce(&there, &here, "Kabupaten Contoh Raya", "");
    let path = sent(&here);
    here.work();
    let page = envelope(&here, &path);
    let mut tu = Officer::of(&here, "tata-usaha");
    assert!(tu.get(&page).says("Ruang latihan tidak mengirim apa pun ke luar"));
    let bytes = file(&here, &path);
    let mut other = Officer::of(&there, "tata-usaha");
    let form = format!("{IN}/masukkan");
    let nothing = other.upload(&form, &form, &[], &[]);
    assert!(nothing.status == 422 && nothing.says("belum dipilih"), "{}", nothing.body);
    let wrong = other.upload(&form, &form, &[], &[("amplop", "surat.amplop", PDF)]);
    assert!(wrong.status == 422 && wrong.says("bukan amplop"), "{}", wrong.body);
    let taken = other.upload(&form, &form, &[], &[("amplop", "surat.amplop", &bytes)]);
    assert_eq!(taken.status, 303, "{}", taken.body);
    let row = taken.location.unwrap();
    assert!(other.get(&row).says("Menunggu dicatat"));
    let receipt = other.get(&format!("{row}/berkas")).bytes;
    let back = tu.upload(&form, &form, &[], &[("amplop", "surat.terima", &receipt)]);
    assert_eq!(back.status, 303, "{}", back.body);
    assert!(tu.get(&page).says("ditandatangani simpul penerima"));
    let foreign = other.upload(&form, &form, &[], &[("amplop", "surat.terima", &receipt)]);
    assert!(foreign.status == 422 && foreign.says("belum terdaftar"), "our own receipt is none of another box: {}", foreign.body);
}

#[test]
fn a_box_is_not_flooded() {
    let kit = Kit::new(&[&MODULE]);
    let large = post(&kit, &vec![b'x'; (22 << 20) + 1]);
    assert_eq!(large.status, 413);
    let statuses: Vec<u16> = (0..125).map(|_| post(&kit, b"{}").status).collect();
    assert_eq!(statuses[0], 422, "nonsense is told apart");
    assert_eq!(statuses.last(), Some(&429));
}

#[test]
fn a_box_at_work_takes_no_letter_of_a_training() {
    let (here, there) = (Kit::new(&[&MODULE]), Kit::asli(&[&MODULE]));
    introduce(&here, &there, "Kabupaten Contoh Raya", "");
    introduce(&there, &here, "Kabupaten Contoh Raya", "");
    let path = sent(&here);
    let refused = post(&there, &file(&here, &path));
    assert!(refused.status == 422 && refused.says("ruang latihan"), "{}", refused.body);
    assert_eq!(incoming(&there), 0);
}
