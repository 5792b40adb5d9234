//! Complaints as citizens file them and the manager of the desk sets their deadlines.

use praja_testkit::Kit;

use crate::wait;

/// A picture of one pixel.
fn png() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(8, 8).write_to(&mut bytes, image::ImageFormat::Png).expect("a picture is written");
    bytes.into_inner()
}

const FIELDS: [(&str, &str); 4] = [
    ("jenis", "pelayanan"),
    ("isi", "Jalan desa berlubang di depan pasar lama sejak Senin."),
    ("nama", "Yohana Bria"),
    ("kontak", "0812 3456 7890"),
];

#[test]
fn a_complaint_brings_up_to_three_photographs_that_only_its_readers_open() {
    let kit = Kit::new(&[]);
    let photo = png();
    let files = [("foto", "../jalan.png", photo.as_slice()), ("foto", "jalan2.png", photo.as_slice())];
    let page = wait(kit.stranger().upload("/pengaduan", "/pengaduan", &FIELDS, &files));
    assert!(page.status == 200 && page.says("Simpan nomor dan kode"), "{}", page.body);
    let mut manager = kit.sign_in_as("superadmin");
    let list = wait(manager.get("/desk/pengaduan"));
    let row = list.body.split("data-href=\"").find(|row| row.contains("Jalan desa berlubang")).expect("it is listed");
    let one = row.split('"').next().expect("an address").to_owned();
    let shown = wait(manager.get(&one));
    let at = shown.body.find("/desk/lampiran/0").unwrap_or_else(|| panic!("the photograph is attached: {}", shown.body));
    let file = shown.body[at..].split('"').next().expect("an address").to_owned();
    assert!(!shown.says("../jalan"), "a name is no path");
    assert_eq!(wait(manager.get(&file)).status, 200);
    assert_eq!(wait(kit.sign_in_as("staf").get(&file)).status, 404, "nobody else opens it");
}

#[test]
fn whoever_complained_sees_the_photographs_again_with_number_and_code_and_for_half_an_hour() {
    let kit = Kit::new(&[]);
    let photo = png();
    let files = [("foto", "a.png", photo.as_slice()), ("foto", "b.png", photo.as_slice())];
    let receipt = wait(kit.stranger().upload("/pengaduan", "/pengaduan", &FIELDS, &files));
    let code = receipt.body.split("<code>").nth(1).and_then(|rest| rest.split('<').next()).expect("a code").to_owned();
    let number = receipt.body.split("<strong>").find(|text| text.starts_with("2026-")).and_then(|rest| rest.split('<').next());
    let mut citizen = kit.stranger();
    let track = [("nomor", number.expect("a number")), ("kode", code.as_str())];
    let found = wait(citizen.fill("/pengaduan", "/pengaduan/lacak", &track));
    let addresses: Vec<String> = found
        .body
        .split("src=\"/pengaduan/foto/")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(|rest| format!("/pengaduan/foto/{rest}").replace("&amp;", "&"))
        .collect();
    assert_eq!(addresses.len(), 2, "{}", found.body);
    for address in &addresses {
        let picture = wait(citizen.get(address));
        assert!(picture.status == 200 && picture.bytes.starts_with(b"\x89PNG"), "{address}: {}", picture.status);
        let bare = address.split('?').next().expect("an address");
        assert_eq!(wait(citizen.get(bare)).status, 404, "without its leave it does not exist");
    }
    kit.clock.move_ms(31 * 60 * 1000);
    assert_eq!(wait(citizen.get(&addresses[0])).status, 404, "the page has to be asked for anew");
}

#[test]
fn what_is_no_photograph_or_one_too_many_is_refused_and_the_words_stay() {
    let kit = Kit::new(&[]);
    let page =
        wait(kit.stranger().upload("/pengaduan", "/pengaduan", &FIELDS, &[("foto", "a.png", b"<script>alert(1)</script>")]));
    assert!(page.status == 422 && page.says("bukan") && page.says("Jalan desa berlubang"), "{}", page.body);
    let photo = png();
    let four = [("foto", "1.png", photo.as_slice()); 4];
    let page = wait(kit.stranger().upload("/pengaduan", "/pengaduan", &FIELDS, &four));
    assert!(page.status == 422 && page.says("Jalan desa berlubang"), "{}: {}", page.status, page.body);
    let huge = [png(), vec![0; 5 << 20]].concat();
    let page = wait(kit.stranger().upload("/pengaduan", "/pengaduan", &FIELDS, &[("foto", "besar.png", &huge)]));
    assert!(page.status == 422 && page.says("batasnya 5 MiB") && page.says("besar.png"), "{}: {}", page.status, page.body);
    assert!(page.says("Jalan desa berlubang") && page.says("Yohana Bria"), "nothing typed is lost: {}", page.body);
    assert!(wait(kit.sign_in_as("superadmin").get("/desk/pengaduan")).says("Perlu dijawab"));
    assert!(!wait(kit.sign_in_as("superadmin").get("/desk/pengaduan")).says("Jalan desa berlubang"));
}

#[test]
fn one_address_sends_forms_with_files_only_so_often_before_log_in() {
    let kit = Kit::new(&[]);
    let mut last = 200;
    for _ in 0..13 {
        last = wait(kit.stranger().upload("/pengaduan", "/pengaduan", &FIELDS, &[])).status;
    }
    assert_eq!(last, 429);
    kit.clock.move_ms(11 * 60 * 1000);
    assert_eq!(wait(kit.stranger().upload("/pengaduan", "/pengaduan", &FIELDS, &[])).status, 200);
}

#[test]
fn the_manager_sets_the_days_and_new_complaints_follow_them() {
    let kit = Kit::new(&[]);
    let mut manager = kit.sign_in_as("superadmin");
    let at = "/desk/pengaduan/batas";
    let page = wait(manager.get(at));
    assert!(page.says("belum dicocokkan dengan naskahnya") && page.says("60 hari kerja"), "{}", page.body);
    let mut fields = vec![
        ("pelayanan_hari", "3"),
        ("pelayanan_dasar", "Perbup 4/2026"),
        ("informasi_hari", "5"),
        ("informasi_dasar", "Perbup 4/2026"),
        ("aspirasi_hari", "14"),
        ("aspirasi_dasar", "Perbup 4/2026"),
        ("pengawasan_hari", "0"),
        ("pengawasan_dasar", "Perbup 4/2026"),
    ];
    let wrong = wait(manager.fill(at, at, &fields));
    assert!(
        wrong.status == 422 && wrong.says("Diisi angka 1 sampai 120 hari kerja") && wrong.says("value=\"3\""),
        "{}",
        wrong.body
    );
    fields[6] = ("pengawasan_hari", "60");
    assert_eq!(wait(manager.fill(at, at, &fields)).status, 303);
    assert!(wait(kit.stranger().get("/pengaduan")).says("dijawab dalam 3 hari kerja"));
    assert_eq!(wait(kit.sign_in_as("staf").get(at)).status, 403);
}

#[test]
fn messages_on_their_way_out_are_taken_along() {
    let kit = Kit::new(&[]);
    let mut manager = kit.sign_in_as("superadmin");
    let file = wait(manager.get("/desk/kiriman/unduh?format=csv"));
    assert!(file.status == 200 && file.says("Kiriman") && file.says("Saluran"), "{}", file.body);
    assert_eq!(wait(kit.sign_in_as("staf").get("/desk/kiriman/unduh")).status, 403);
}
