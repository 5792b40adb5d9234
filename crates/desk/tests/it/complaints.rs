//! Complaints as citizens file them and the manager of the desk sets their deadlines.

use praja_testkit::{Kit, Page};

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
    assert!(wait(kit.sign_in_as("superadmin").get("/desk/pengaduan")).says("Perlu ditangani"));
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
    assert!(page.says("belum dicocokkan dengan naskah") && page.says("60 hari kerja") && page.says("10 hari"), "{}", page.body);
    let mut fields = vec![
        ("berlaku_dari", "2026-11-22"),
        ("pertama_hari", "2"),
        ("pertama_dasar", "Perbup 4/2026"),
        ("normatif_hari", "5"),
        ("normatif_dasar", "Perbup 4/2026"),
        ("tanpa_lapangan_hari", "3"),
        ("tanpa_lapangan_dasar", "Perbup 4/2026"),
        ("buka_lagi_hari", "10"),
        ("buka_lagi_dasar", "Perbup 4/2026"),
        ("lapangan_dasar", "Perbup 4/2026"),
        ("lapangan_hari", "0"),
    ];
    let wrong = wait(manager.fill(at, at, &fields));
    assert!(wrong.status == 422 && wrong.says("Diisi angka 1 sampai 120 hari") && wrong.says("value=\"3\""), "{}", wrong.body);
    fields[10] = ("lapangan_hari", "60");
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

/// The code and number on a receipt.
fn receipt(page: &Page) -> (String, String) {
    let strong = page.body.split("<strong>").skip(1).filter_map(|rest| rest.split('<').next());
    let number = strong.filter(|text| text.starts_with("2026-") || text.starts_with("P-")).last();
    let code = page.body.split("<code>").nth(1).and_then(|rest| rest.split('<').next()).expect("a code").to_owned();
    (number.unwrap_or_else(|| panic!("a number: {}", page.body)).to_owned(), code)
}

/// The complaint that this officer finds by its number.
fn found(officer: &mut praja_testkit::Visitor<'_>, number: &str) -> Option<String> {
    let page = wait(officer.get(&format!("/desk/pengaduan?q={number}")));
    let mut links = page.body.split("href=\"").filter_map(|rest| rest.split('"').next());
    links.find(|to| to.strip_prefix("/desk/pengaduan/").is_some_and(|id| id.len() == 36)).map(ToOwned::to_owned)
}

/// Does something with a complaint, as the form on its page would.
fn act(officer: &mut praja_testkit::Visitor<'_>, one: &str, fields: &[(&str, &str)]) -> Page {
    let versi = wait(officer.get(one)).hidden("versi").unwrap_or_default().to_owned();
    let mut all = vec![("versi", versi.as_str())];
    all.extend(fields);
    wait(officer.fill(one, one, &all))
}

fn with<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut all: Vec<(&str, &str)> =
        FIELDS.iter().filter(|(name, _)| more.iter().all(|(other, _)| other != name)).copied().collect();
    all.extend(more);
    all
}

fn dinkes(kit: &Kit) -> String {
    let all = kit.off(|instance| instance.db.read(praja_identity::opd::list_active)).expect("offices are read");
    all.into_iter().find(|opd| opd.singkatan == "Dinkes").expect("the office is there").id.to_string()
}

const SECRET: &str = "Kepala bidang meminta uang agar surat saya didahulukan pada Selasa lalu.";

#[test]
fn a_report_to_the_inspectorate_is_seen_by_nobody_else_and_its_reporter_only_when_a_look_is_written_down() {
    let kit = Kit::new(&[]);
    let opd = dinkes(&kit);
    let photo = png();
    let fields = with(&[("isi", SECRET), ("jenis", "pengawasan"), ("wbs", "ya"), ("opd", &opd)]);
    let mut citizen = kit.stranger();
    let page = wait(citizen.upload("/pengaduan", "/pengaduan", &fields, &[("foto", "Yohana Bria.png", &photo)]));
    let (number, code) = receipt(&page);
    assert!(number.starts_with("P-"), "its number tells nobody how many there are: {number}");
    let mut inspector = kit.sign_in_as("auditor");
    let list = wait(inspector.get("/desk/pengaduan"));
    assert!(list.says("Kepala bidang meminta uang") && list.says("Laporan pelanggaran"), "{}", list.body);
    let one = found(&mut inspector, &number).expect("it is listed");
    for akun in ["superadmin", "kadis", "kabid", "staf", "bupati", "kepala-izin"] {
        let mut other = kit.sign_in_as(akun);
        for path in [one.clone(), format!("{one}/pelapor")] {
            assert!(matches!(wait(other.get(&path)).status, 403..=405), "{akun} {path}");
        }
        for path in [
            "/desk/pengaduan".to_owned(),
            format!("/desk/pengaduan?q={number}"),
            "/desk/pengaduan/unduh?format=csv".into(),
            "/desk/pengaduan/angka".into(),
            "/kotak-masuk".into(),
            "/kabar".into(),
            "/".into(),
            format!("/cari?q={number}"),
            "/cari?q=meminta+uang".into(),
            "/audit".into(),
        ] {
            let page = wait(other.get(&path));
            assert!(!page.says("meminta uang agar") && !page.body.contains(&one), "{akun} {path}: {}", page.status);
            assert!(path.contains(&number) || !page.body.contains(&number), "{akun} {path}");
            assert!(!page.says("Laporan pelanggaran"), "{akun} {path}");
        }
    }
    assert!(wait(inspector.get("/kotak-masuk")).body.contains(&number), "whoever receives it has the task");
    let shown = wait(inspector.get(&one));
    assert!(
        shown.status == 200 && shown.says("Buka identitas") && !shown.says("Yohana") && !shown.says("0812"),
        "{}",
        shown.body
    );
    assert!(shown.says("berkas-1") && !shown.says("Yohana Bria.png"));
    let file =
        shown.body.split("href=\"").filter_map(|rest| rest.split('"').next()).find(|to| to.contains("/lampiran/")).unwrap();
    assert_eq!(wait(inspector.get(file)).status, 200);
    assert_eq!(wait(kit.sign_in_as("superadmin").get(file)).status, 404);
    let bare = format!("/desk/lampiran/{}", file.rsplit('/').next().unwrap());
    assert_eq!(wait(inspector.get(&bare)).status, 404, "there is no other way to it");
    let known = wait(inspector.fill(&one, &format!("{one}/pelapor"), &[]));
    assert!(known.says("Yohana Bria") && known.says("0812") && known.says("dicatat"), "{}", known.body);
    assert!(
        wait(inspector.get(&one)).says("membuka pelapor") || wait(inspector.get(&one)).says("identitas pelapor"),
        "the look is in its history"
    );
    // The reporter comes back with the code, and is answered.
    let answer = [("tindakan", "jawab"), ("jawaban", "Laporan ini kami tindak lanjuti dengan pemeriksaan khusus.")];
    assert_eq!(act(&mut inspector, &one, &answer).status, 303);
    let answered = wait(citizen.fill("/pengaduan", "/pengaduan/lacak", &[("nomor", &number.to_lowercase()), ("kode", &code)]));
    assert!(answered.says("pemeriksaan khusus") && answered.says("hanya dibaca Inspektorat"), "{}", answered.body);
    // No trail names who complained.
    let rows = kit.off(|instance| instance.db.read(|tx| tx.audit_of(&one.replace("/desk/pengaduan/", "desk_pengaduan:"), 50)));
    let rows = format!("{:?}", rows.expect("the trail is read"));
    assert!(!rows.contains("Yohana") && !rows.contains("meminta uang") && !rows.contains("pemeriksaan khusus"), "{rows}");
}

#[test]
fn somebody_unnamed_comes_back_with_the_code_and_opens_the_complaint_again_within_ten_days() {
    let kit = Kit::new(&[]);
    let opd = dinkes(&kit);
    let mut citizen = kit.stranger();
    let nothing = wait(citizen.upload("/pengaduan", "/pengaduan", &with(&[("nama", ""), ("kontak", "")]), &[]));
    assert!(nothing.status == 422 && nothing.says("tanpa nama"), "{}", nothing.body);
    let page = wait(citizen.upload("/pengaduan", "/pengaduan", &with(&[("anonim", "ya"), ("opd", &opd)]), &[]));
    let (number, code) = receipt(&page);
    let mut head = kit.sign_in_as("kadis");
    let one = found(&mut head, &number).expect("it is listed");
    let shown = wait(head.get(&one));
    assert!(shown.says("Tanpa nama") && !shown.says("Yohana"), "{}", shown.body);
    let taken = act(&mut head, &one, &[("tindakan", "terima")]);
    assert_eq!(taken.status, 303, "{}", taken.body.split("<main").nth(1).unwrap_or_default());
    let wrong = act(&mut head, &one, &[("tindakan", "golongkan"), ("penanganan", "apa"), ("alasan", "Perlu dilihat")]);
    assert!(wrong.status == 422 && wrong.says("Pilih penanganannya"), "{}", wrong.body);
    let done = act(&mut head, &one, &[("tindakan", "golongkan"), ("penanganan", "lapangan"), ("alasan", "Perlu dilihat")]);
    assert_eq!(done.status, 303);
    assert!(wait(head.get(&one)).says("60 hari kerja"));
    let answer = [("tindakan", "jawab"), ("jawaban", "Jalan itu sudah ditambal kemarin sore.")];
    assert_eq!(act(&mut head, &one, &answer).status, 303);
    let track = [("nomor", number.as_str()), ("kode", code.as_str())];
    let found = wait(citizen.fill("/pengaduan", "/pengaduan/lacak", &track));
    assert!(found.says("sudah ditambal") && found.says("2 Desember 2026"), "{}", found.body);
    kit.clock.move_ms(9 * 24 * 60 * 60 * 1000);
    let again = [
        ("nomor", number.as_str()),
        ("kode", code.as_str()),
        ("terima", "tidak"),
        ("tanggapan", "Tambalannya sudah lepas lagi tadi pagi."),
    ];
    let mut citizen = kit.stranger();
    let opened = wait(citizen.fill("/pengaduan", "/pengaduan/tanggapi", &again));
    assert!(opened.status == 200 && opened.says("Dibuka lagi"), "{}", opened.body);
    let mut head = kit.sign_in_as("kadis");
    assert!(wait(head.get(&one)).says("Tambalannya sudah lepas"));
    assert_eq!(act(&mut head, &one, &answer).status, 303);
    kit.clock.move_ms(11 * 24 * 60 * 60 * 1000);
    let mut citizen = kit.stranger();
    let late = wait(citizen.fill("/pengaduan", "/pengaduan/tanggapi", &again));
    assert!(late.status == 422 && late.says("berakhir"), "{}: {}", late.status, late.body);
    kit.run_job("desk.watch-pengaduan");
    let closed = wait(kit.stranger().fill("/pengaduan", "/pengaduan/lacak", &track));
    assert!(closed.says("Semua tahap selesai"), "nobody objected in time: {}", closed.body);
}

#[test]
fn what_turns_out_to_be_about_an_officer_leaves_their_sight_and_goes_to_somebody_above() {
    let kit = Kit::new(&[]);
    let opd = dinkes(&kit);
    let mut citizen = kit.stranger();
    let page = wait(citizen.upload("/pengaduan", "/pengaduan", &with(&[("opd", &opd)]), &[("foto", "a.png", &png())]));
    let (number, _) = receipt(&page);
    let mut head = kit.sign_in_as("kadis");
    let one = found(&mut head, &number).expect("it is listed");
    let shown = wait(head.get(&one));
    let at = shown.body.find("/desk/lampiran/0").expect("its photograph is attached");
    let file = shown.body[at..].split('"').next().expect("an address").to_owned();
    assert_eq!(wait(head.get(&file)).status, 200);
    let divert = |petugas| [("tindakan", "alihkan"), ("petugas", petugas), ("alasan", "Yang diadukan pimpinan OPD ini")];
    let mut manager = kit.sign_in_as("superadmin");
    for (typed, told) in
        [("Kepala", "Beberapa jabatan cocok"), ("Jabatan yang tidak ada", "Tidak ada jabatan"), ("x", "sedikitnya tiga")]
    {
        let wrong = act(&mut manager, &one, &divert(typed));
        assert!(wrong.status == 422 && wrong.says(told), "{typed}: {}", wrong.body);
    }
    assert_eq!(act(&mut manager, &one, &divert("Kepala Dinas Kesehatan")).status, 303);
    for (akun, path) in
        [("kadis", one.as_str()), ("kadis", file.as_str()), ("superadmin", one.as_str()), ("superadmin", file.as_str())]
    {
        assert_eq!(wait(kit.sign_in_as(akun).get(path)).status, 404, "{akun} {path}");
    }
    assert!(!wait(kit.sign_in_as("kadis").get("/kotak-masuk")).body.contains(&one), "nor is it among the tasks");
    assert_eq!(found(&mut kit.sign_in_as("kadis"), &number), None);
    assert!(!wait(kit.sign_in_as("kadis").get("/desk/pengaduan")).body.contains(&one));
    // The superior has it, without any other right to complaints.
    let mut superior = kit.sign_in_as("sekda");
    assert!(wait(superior.get("/kotak-masuk")).body.contains(&one));
    let seen = wait(superior.get(&one));
    assert!(seen.status == 200 && seen.says("Kepala Dinas Kesehatan") && !seen.says("Buka identitas"), "{}", seen.body);
    assert_eq!(wait(superior.fill(&one, &format!("{one}/pelapor"), &[])).status, 403);
    let answer = [("tindakan", "jawab"), ("jawaban", "Kepala dinas sudah kami panggil dan tegur.")];
    assert_eq!(act(&mut superior, &one, &answer).status, 303);
    assert!(wait(kit.sign_in_as("auditor").get(&one)).status == 200, "the inspectorate sees it, too");
    // Late reminders never reach whom it is about.
    kit.clock.move_ms(90 * 24 * 60 * 60 * 1000);
    kit.run_job("desk.watch-pengaduan");
    assert!(!wait(kit.sign_in_as("kadis").get("/kabar")).body.contains(&number));
}

#[test]
fn an_officer_named_by_the_citizen_is_kept_out_and_the_inspectorate_forwards_it_past_them() {
    let kit = Kit::new(&[]);
    let opd = dinkes(&kit);
    let fields = with(&[("opd", &opd), ("teradu", "Kepala Dinas Kesehatan")]);
    let (number, _) = receipt(&wait(kit.stranger().upload("/pengaduan", "/pengaduan", &fields, &[])));
    for akun in ["kadis", "superadmin"] {
        assert_eq!(found(&mut kit.sign_in_as(akun), &number), None, "{akun}");
    }
    let mut inspector = kit.sign_in_as("auditor");
    let one = found(&mut inspector, &number).expect("the inspectorate has it");
    let name = [("tindakan", "alihkan"), ("petugas", "Kepala Dinas Kesehatan"), ("alasan", "Nama jelas dalam aduan")];
    assert_eq!(act(&mut inspector, &one, &name).status, 303);
    let forward = [("tindakan", "teruskan"), ("opd", opd.as_str()), ("alasan", "Ditangani atasannya")];
    assert_eq!(act(&mut inspector, &one, &forward).status, 303);
    assert_eq!(wait(kit.sign_in_as("kadis").get(&one)).status, 404, "the head it would go to is whom it is about");
    assert_eq!(wait(kit.sign_in_as("sekda").get(&one)).status, 200, "so it went past");
}

#[test]
fn a_counter_writes_down_what_came_by_telephone_or_sp4n_lapor_and_hands_out_the_receipt() {
    let kit = Kit::new(&[]);
    let mut counter = kit.sign_in_as("loket");
    let at = "/desk/pengaduan/baru";
    let wrong =
        wait(counter.fill(at, at, &[("isi", "Pendek"), ("diterima", "2026-12-24"), ("saluran", "merpati"), ("jenis", "x")]));
    for words in ["Pilih salurannya", "belum tiba", "sedikitnya 20 huruf", "Pilih jenis", "Pendek"] {
        assert!(wrong.status == 422 && wrong.says(words), "{words}: {}", wrong.body);
    }
    let old = wait(counter.fill(at, at, &[("diterima", "2026-01-02")]));
    assert!(old.says("Lebih dari 30 hari"), "{}", old.body);
    let fields = [
        ("saluran", "sp4n-lapor"),
        ("diterima", "2026-11-20"),
        ("jenis", "informasi"),
        ("isi", "Bagaimana mengurus rekomendasi praktik bidan di kabupaten ini?"),
        ("nama", "Maria Lalu"),
    ];
    let without = wait(counter.fill(at, at, &fields));
    assert!(without.status == 422 && without.says("Tulis nomor yang diberikan SP4N-LAPOR"), "{}", without.body);
    let mut all = fields.to_vec();
    all.push(("id_lapor", "7654321"));
    let done = wait(counter.fill(at, at, &all));
    assert!(done.status == 200 && done.says("Simpan nomor dan kode"), "{}", done.body);
    let (number, _) = receipt(&done);
    assert_eq!(wait(counter.get("/desk/pengaduan")).status, 403, "writing down is no right to read");
    let mut manager = kit.sign_in_as("superadmin");
    assert!(wait(manager.get("/desk/pengaduan?q=7654321")).body.contains(&number));
    let one = found(&mut manager, "7654321").expect("found");
    let shown = wait(manager.get(&one));
    assert!(shown.says("SP4N-LAPOR") && shown.says("5 hari kerja sejak 20 November 2026"), "{}", shown.body);
    // What was filed here and carried over there gets its number from a file of pairs.
    let (other, _) = receipt(&wait(kit.stranger().upload("/pengaduan", "/pengaduan", &FIELDS, &[])));
    let page = "/desk/pengaduan/lapor";
    let wrong = wait(manager.fill(page, page, &[("pasangan", "2026-00999;7777777\nsalah")]));
    assert!(wrong.status == 422 && wrong.says("Baris 2") && wrong.says("bernomor 2026-00999"), "{}", wrong.body);
    let pairs = format!("nomor;id_lapor\n{other};7654399");
    assert_eq!(wait(manager.fill(page, page, &[("pasangan", &pairs)])).status, 303);
    assert!(wait(manager.get("/desk/pengaduan?q=7654399")).body.contains(&other));
}

#[test]
fn whoever_lets_a_complaint_lie_is_reminded_and_those_above_are_told() {
    let kit = Kit::new(&[]);
    let opd = dinkes(&kit);
    let (number, _) = receipt(&wait(kit.stranger().upload("/pengaduan", "/pengaduan", &with(&[("opd", &opd)]), &[])));
    let told = |akun: &str, words: &str| {
        let page = wait(kit.sign_in_as(akun).get("/kabar"));
        page.body.matches(&format!("Pengaduan {number}: {words}")).count()
    };
    let watch = |days: i64| {
        kit.clock.move_ms(days * 24 * 60 * 60 * 1000);
        kit.run_job("desk.watch-pengaduan");
        kit.run_job("desk.watch-pengaduan");
    };
    watch(1);
    assert_eq!(told("kadis", "belum ditangani"), 0);
    watch(4);
    assert!(told("kadis", "belum ditangani") > 0 && told("sekda", "belum ditangani") > 0, "three working days are over");
    let before = told("sekda", "belum ditangani");
    watch(1);
    assert_eq!(told("sekda", "belum ditangani"), before, "once");
    watch(11);
    assert!(told("kadis", "batas waktunya dekat") > 0 && told("sekda", "lewat batas waktu") == 0);
    watch(10);
    assert!(told("sekda", "lewat batas waktu") > 0 && told("superadmin", "lewat batas waktu") > 0);
    let figures = wait(kit.sign_in_as("superadmin").get("/desk/pengaduan/angka"));
    assert!(figures.says("Dinas Kesehatan") && figures.says("Terlambat: masih terbuka"), "{}", figures.body);
    for format in ["csv", "xlsx"] {
        let file = wait(kit.sign_in_as("superadmin").get(&format!("/desk/pengaduan/angka/unduh?format={format}&tahun=2026")));
        assert_eq!(file.status, 200, "{format}");
    }
    assert_eq!(wait(kit.sign_in_as("superadmin").get("/desk/pengaduan/angka?tahun=kapan")).status, 404);
}
