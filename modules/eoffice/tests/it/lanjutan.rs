//! What happens beside the straight way: reminders, notices, aides, other offices, deadlines that move, successors.

use std::sync::Arc;

use praja_eoffice::MODULE;
use praja_identity::jabatan;
use praja_kernel::Id;
use praja_store::Listener;
use praja_testkit::{Kit, Page};

use crate::{BARU, KABID, KABID_P2P, LIST, MINE, Officer, PDF, STAF, choice, order, part, register, with};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

fn run(kit: &Kit, kind: &str) {
    let job = MODULE.jobs.iter().find(|job| job.kind == kind).expect("the job is declared");
    (job.run)(&kit.instance, "null").expect("the job ends well");
}

/// What somebody was told, read or not; signed in anew, because days pass.
fn kabar(kit: &Kit, akun: &str) -> String {
    Officer::of(kit, akun).get("/kabar?lihat=semua").body
}

fn rows(page: &Page) -> usize {
    page.body.matches("data-href=").count()
}

fn post(kit: &Kit, words: &str) -> Id {
    let found = kit.instance.db.read(|tx| jabatan::search(tx, words, None, 2)).expect("posts are read");
    assert_eq!(found.len(), 1, "{words}: {found:?}");
    found[0].id
}

/// The first address on a page that begins so.
fn first(page: &Page, begin: &str) -> String {
    let at = page.body.find(begin).unwrap_or_else(|| panic!("no {begin} in {}", page.body));
    page.body[at..].split(['"', '?', '#']).next().unwrap_or_default().to_owned()
}

/// The values of the boxes of a field that are ticked.
fn ticked(page: &Page, name: &str) -> Vec<String> {
    let boxes = page.body.split("<input ").filter(|rest| rest.contains(&format!(" name=\"{name}\" ")));
    let boxes = boxes.filter(|rest| rest.split('>').next().is_some_and(|tag| tag.ends_with(" checked")));
    boxes.filter_map(|rest| Some(rest.split_once("value=\"")?.1.split_once('"')?.0.to_owned())).collect()
}

/// A letter registered by Bagian Umum that lies on the desk of the Sekda.
fn to_sekda(setda: &mut Officer<'_>) -> String {
    let letter = setda.upload(BARU, BARU, &with(&[]), &[("pindaian", "surat.pdf", PDF)]);
    let letter = letter.location.expect("registered");
    let route = format!("{letter}/arahkan");
    let to = choice(&setda.get(&route), "Sekretaris Daerah");
    assert_eq!(setda.fill(&route, &route, &[("kepada", &to)]).status, 303);
    letter
}

#[test]
fn reminders_climb_from_the_recipient_to_the_giver_and_to_whoever_stands_above() {
    let kit = Kit::new(&[&MODULE]);
    let (mut tu, mut kadis) = (Officer::of(&kit, "tata-usaha"), Officer::of(&kit, "kadis"));
    let letter = register(&mut tu, &[]);
    order(&mut kadis, &format!("{letter}/disposisi"), KABID, &[("batas", "2026-11-25")]);
    let remind = "eoffice.remind-disposisi";
    run(&kit, remind);
    assert!(!kabar(&kit, "kabid").contains("jatuh tempo"), "three days before nobody is pressed");
    kit.clock.move_ms(2 * DAY_MS);
    run(&kit, remind);
    run(&kit, remind);
    assert_eq!(kabar(&kit, "kabid").matches(">Segera jatuh tempo: surat masuk 1/2026").count(), 1, "once on the day before");
    kit.clock.move_ms(DAY_MS);
    run(&kit, remind);
    assert!(kabar(&kit, "kabid").contains("Jatuh tempo hari ini: surat masuk 1/2026"));
    assert!(!kabar(&kit, "kadis").contains("Terlambat"), "the giver is not troubled while it is in time");
    kit.clock.move_ms(DAY_MS);
    run(&kit, remind);
    assert!(kabar(&kit, "kadis").contains("Terlambat, Kepala Bidang Pelayanan Kesehatan: surat masuk 1/2026"));
    assert!(!kabar(&kit, "sekda").contains("Terlambat"));
    // Three working days: over a weekend.
    kit.clock.move_ms(3 * DAY_MS);
    run(&kit, remind);
    assert!(!kabar(&kit, "sekda").contains("Terlambat"), "a Sunday is no working day");
    kit.clock.move_ms(DAY_MS);
    run(&kit, remind);
    assert!(kabar(&kit, "sekda").contains("Terlambat tiga hari kerja"), "{}", kabar(&kit, "sekda"));
    let before = kabar(&kit, "kabid").matches("jatuh tempo").count();
    kit.clock.move_ms(7 * DAY_MS);
    run(&kit, remind);
    assert_eq!(kabar(&kit, "sekda").matches(">Terlambat tiga hari kerja").count(), 1, "the ladder ends");
    assert_eq!(kabar(&kit, "kabid").matches("jatuh tempo").count(), before);
}

#[test]
fn whoever_has_reported_is_not_reminded_and_of_terbatas_no_subject_is_told() {
    let kit = Kit::new(&[&MODULE]);
    let (mut tu, mut kadis, mut kabid) =
        (Officer::of(&kit, "tata-usaha"), Officer::of(&kit, "kadis"), Officer::of(&kit, "kabid"));
    let letter = register(&mut tu, &[("sifat", "terbatas")]);
    order(&mut kadis, &format!("{letter}/disposisi"), KABID, &[("batas", "2026-11-24")]);
    let told = kabar(&kit, "kabid");
    assert!(told.contains("Ada tugas baru atas naskah Terbatas") && !told.contains("Permintaan data"), "{told}");
    let of_kabid = part(&kadis.get(&letter), KABID);
    kabid.report(&of_kabid, "Sudah.");
    kit.clock.move_ms(10 * DAY_MS);
    run(&kit, "eoffice.remind-disposisi");
    assert!(!kabar(&kit, "kabid").contains("jatuh tempo") && !kabar(&kit, "kadis").contains("Terlambat"));
}

#[test]
fn every_side_is_told_what_the_other_did() {
    let kit = Kit::new(&[&MODULE]);
    let (mut tu, mut kadis, mut kabid) =
        (Officer::of(&kit, "tata-usaha"), Officer::of(&kit, "kadis"), Officer::of(&kit, "kabid"));
    let letter = register(&mut tu, &[]);
    assert!(kabar(&kit, "kadis").contains("Disposisikan surat masuk 1/2026: Permintaan data potensi desa"));
    order(&mut kadis, &format!("{letter}/disposisi"), KABID, &[]);
    assert!(kabar(&kit, "kabid").contains("Tindak lanjuti surat masuk 1/2026"));
    let of_kabid = part(&kadis.get(&letter), KABID);
    kabid.report(&of_kabid, "Terlampir.");
    assert!(kabar(&kit, "kadis").contains("Periksa laporan Kepala Bidang Pelayanan Kesehatan"));
    let back = format!("{of_kabid}/tindakan/kembalikan");
    kadis.fill(&back, &back, &[("alasan", "Kurang tabel.")]);
    let told = kabar(&kit, "kabid");
    assert!(told.contains("Perbaiki laporan") && told.contains("Kurang tabel."), "{told}");
    kabid.report(&of_kabid, "Terlampir dengan tabel.");
    kadis.act(&of_kabid, "setujui");
    assert!(kabar(&kit, "kabid").contains("Laporan disetujui atas surat masuk 1/2026"));
}

#[test]
fn a_recipient_who_is_released_owes_nothing_and_the_letter_ends() {
    let kit = Kit::new(&[&MODULE]);
    let (mut tu, mut kadis, mut kabid) =
        (Officer::of(&kit, "tata-usaha"), Officer::of(&kit, "kadis"), Officer::of(&kit, "kabid"));
    let letter = register(&mut tu, &[]);
    order(&mut kadis, &format!("{letter}/disposisi"), KABID, &[]);
    let of_kabid = part(&kadis.get(&letter), KABID);
    kabid.act(&of_kabid, "terima");
    let form = format!("{of_kabid}/tindakan/bebaskan");
    assert_eq!(kabid.fill(&of_kabid, &form, &[("alasan", "Saya sibuk.")]).status, 422, "nobody releases oneself");
    let silent = kadis.fill(&form, &form, &[]);
    assert!(silent.status == 422 && silent.says("Alasan belum ditulis"), "{}", silent.body);
    assert!(kabid.inbox().contains("1/2026"));
    assert_eq!(kadis.fill(&form, &form, &[("alasan", "Sudah dijawab lewat telepon.")]).status, 303);
    assert!(!kabid.inbox().contains("1/2026"));
    let told = kabar(&kit, "kabid");
    assert!(told.contains("Anda dibebaskan dari disposisi atas surat masuk 1/2026") && told.contains("lewat telepon"), "{told}");
    assert!(kadis.get(&of_kabid).says("Sudah dijawab lewat telepon."));
    assert!(kadis.get(&letter).says("berstatus Selesai"));
    assert_eq!(kabid.get(&format!("{of_kabid}/lapor")).status, 422, "what ended gets no report");
}

#[test]
fn a_letter_registered_twice_stops_and_the_earlier_one_goes_on() {
    let kit = Kit::new(&[&MODULE]);
    let (mut tu, mut kadis) = (Officer::of(&kit, "tata-usaha"), Officer::of(&kit, "kadis"));
    let save = |tu: &mut Officer<'_>, changes: &[(&str, &str)]| {
        let answer = tu.upload(BARU, BARU, &with(changes), &[("pindaian", "surat.pdf", PDF)]);
        answer.location.unwrap_or_else(|| panic!("{}", answer.body))
    };
    let (earlier, later) = (save(&mut tu, &[]), save(&mut tu, &[("tetap", "1")]));
    let form = format!("{later}/duplikat");
    for wrong in ["2/2026", "77", "bukan nomor", ""] {
        let answer = tu.fill(&form, &form, &[("kembar", wrong)]);
        assert!(answer.status == 422 && answer.says("Periksa nomor dan tahunnya"), "{wrong}: {}", answer.body);
    }
    assert_eq!(kadis.fill(&later, &form, &[("kembar", "1/2026")]).status, 403);
    assert_eq!(tu.fill(&form, &form, &[("kembar", "1")]).status, 303);
    let page = tu.get(&later);
    assert!(page.says("berstatus Duplikat") && page.says("Sudah dicatat dengan nomor agenda 1/2026."), "{}", page.body);
    let inbox = tu.inbox();
    assert!(!inbox.contains("2/2026") && inbox.contains("Arahkan surat masuk 1/2026"), "{inbox}");
    let ring = format!("{earlier}/duplikat");
    assert_eq!(tu.fill(&ring, &ring, &[("kembar", "2")]).status, 422, "one of the two must stay");
    assert_eq!(tu.get(&format!("{later}/arahkan")).status, 422);
    assert_eq!(rows(&tu.get("/eoffice/buku-agenda?dari=2026-01-01&sampai=2026-11-22")), 2, "no number disappears");
}

#[test]
fn a_provisional_deadline_moves_when_a_day_becomes_a_holiday() {
    let kit = Kit::new(&[&MODULE]);
    kit.clock.move_ms(38 * DAY_MS);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let dates = [("tanggal_surat", "2026-12-29"), ("tanggal_terima", "2026-12-30")];
    let letter = register(&mut tu, &dates);
    let before = tu.get(&letter);
    // 31 December, then 4, 6, 7 and 8 January: New Year and Isra Mikraj are off.
    assert!(before.says("8 Januari 2027") && before.says("tanggal sementara"), "{}", before.body);
    let mut keeper = Officer::of(&kit, "superadmin");
    let fields = [("jenis", "penutupan_daerah"), ("tanggal", "2027-01-06"), ("nama", "Hari jadi"), ("dasar", "Perbup 5/2026")];
    let added = keeper.fill("/desk/kalender?tahun=2027", "/desk/kalender/2027/tambah", &fields);
    assert_eq!(added.status, 303, "{}", added.body);
    assert!(tu.get(&letter).says("8 Januari 2027"), "nobody has heard yet");
    let hear = MODULE.on_event.expect("the module listens");
    let listener = Listener { module: MODULE.id, keys: |_| praja_store::Keys::none(), hear: Arc::new(hear) };
    let told = kit.instance.db.deliver_due(&[listener], kit.instance.now(), &kit.instance.ids, 100).expect("delivered");
    assert!(told > 0 && kit.instance.db.dead_letters().expect("read").is_empty());
    let after = tu.get(&letter);
    assert!(after.says("11 Januari 2027") && !after.says("8 Januari 2027"), "{}", after.body);
}

#[test]
fn files_of_a_report_are_read_by_its_giver_and_by_no_other_office() {
    let kit = Kit::new(&[&MODULE]);
    let (mut tu, mut kadis, mut kabid) =
        (Officer::of(&kit, "tata-usaha"), Officer::of(&kit, "kadis"), Officer::of(&kit, "kabid"));
    let mut staf = Officer::of(&kit, "staf");
    let letter = register(&mut tu, &[("sifat", "terbatas")]);
    order(&mut kadis, &format!("{letter}/disposisi"), KABID, &[]);
    let of_kabid = part(&kadis.get(&letter), KABID);
    let form = format!("{of_kabid}/lapor");
    let fields = [("laporan", "Data terlampir.")];
    let wrong = kabid.upload(&form, &form, &fields, &[("lampiran", "jebakan.html", b"<html>")]);
    assert!(wrong.status == 422 && wrong.says("Data terlampir."), "{}", wrong.body);
    let sent = kabid.upload(&form, &form, &fields, &[("lampiran", "data.pdf", PDF)]);
    assert_eq!(sent.status, 303, "{}", sent.body);
    let page = kadis.get(&of_kabid);
    assert!(page.says("data.pdf"), "{}", page.body);
    let file = first(&page, "/desk/lampiran/");
    assert!(kadis.get(&file).body.starts_with("%PDF") && kabid.get(&file).body.starts_with("%PDF"));
    assert_eq!(staf.get(&file).status, 404, "of Terbatas the unit does not read");
    assert_eq!(Officer::of(&kit, "camat").get(&file).status, 404);
}

#[test]
fn what_another_office_sent_on_is_registered_from_a_filled_in_form() {
    let kit = Kit::new(&[&MODULE]);
    let (mut tu, mut lurah) = (Officer::of(&kit, "tata-usaha"), Officer::of(&kit, "lurah"));
    let letter = register(&mut tu, &[("derajat", "segera"), ("ringkasan", "Kelurahan diminta mengirim data.")]);
    let form = format!("{letter}/salah-alamat");
    let fields = [
        ("cara", "teruskan"),
        ("opd_teks", "Kelurahan Pasar Baru"),
        ("nomor", "000.1/8/Dinkes"),
        ("tanggal", "2026-11-22"),
        ("alasan", "Data kelurahan."),
    ];
    let sent = tu.fill(&form, &form, &fields);
    assert_eq!(sent.status, 303, "{}", sent.body);
    let inbox = lurah.inbox();
    assert!(inbox.contains("Catat dalam buku agenda, diteruskan Dinas Kesehatan"), "{inbox}");
    let id = letter.rsplit('/').next().expect("an id");
    let filled = format!("{BARU}?terusan={id}");
    let page = lurah.get(&filled);
    for words in
        ["Badan Pusat Statistik Kabupaten", "B-123/BPS/2026", "Permintaan data potensi desa", "mengirim data", "2026-11-22"]
    {
        assert!(page.says(words), "{words} in {}", page.body);
    }
    assert_eq!(page.hidden("terusan"), Some(id));
    assert_eq!(Officer::of(&kit, "tu.setda").get(&filled).status, 404, "a third office takes nothing from it");
    let mut all = with(&[("derajat", "segera"), ("tanggal_terima", "2026-11-22")]);
    all.push(("terusan", id));
    let saved = lurah.upload(&filled, BARU, &all, &[]);
    assert_eq!(saved.status, 303, "{}", saved.body);
    let own = lurah.get(&saved.location.expect("registered"));
    assert!(own.says("1/2026, Kelurahan Pasar Baru"), "{}", own.body);
    assert!(!lurah.inbox().contains("diteruskan Dinas Kesehatan"), "the task is done");
    let book = lurah.get("/eoffice/buku-agenda");
    assert_eq!(rows(&book), 1, "the agenda book holds the own office's letters alone: {}", book.body);
    assert_eq!(rows(&lurah.get(LIST)), 2, "the list shows what may be read");
}

#[test]
fn orders_wait_for_whoever_holds_the_post_today() {
    let kit = Kit::new(&[&MODULE]);
    let (mut tu, mut kadis, mut kabid) =
        (Officer::of(&kit, "tata-usaha"), Officer::of(&kit, "kadis"), Officer::of(&kit, "kabid"));
    let letter = register(&mut tu, &[("sifat", "terbatas")]);
    order(&mut kadis, &format!("{letter}/disposisi"), KABID, &[]);
    let of_kabid = part(&kadis.get(&letter), KABID);
    assert_eq!(kabid.act(&of_kabid, "terima").status, 303);
    let mut successor = Officer::of(&kit, "arsiparis");
    assert_eq!(successor.get(&of_kabid).status, 404);
    let mut admin = Officer::of(&kit, "superadmin");
    let path = format!("/identity/jabatan/{}/penugasan/baru", post(&kit, "kepala bidang pelayanan kesehatan"));
    let versi = admin.get(&path).hidden("versi").unwrap_or_default().to_owned();
    let fields =
        [("orang_teks", "bonifasius"), ("jenis", "definitif"), ("mulai", "2026-11-22"), ("gantikan", "ya"), ("versi", &versi)];
    let moved = admin.fill(&path, &path, &fields);
    assert_eq!(moved.status, 303, "{}", moved.body);
    // One person, two posts: the new one is chosen.
    let profile = successor.get("/profil");
    let at = profile.body.find(KABID).unwrap_or_else(|| panic!("the new post in {}", profile.body));
    let mut options = profile.body.match_indices("value=\"").filter_map(|(begin, _)| {
        let id = profile.body.get(begin + 7..begin + 43)?;
        id.parse::<Id>().ok().map(|_| (begin.abs_diff(at), id.to_owned()))
    });
    let chosen = options.by_ref().collect::<Vec<_>>();
    let mut took = false;
    for (_, id) in chosen {
        successor.fill("/profil", "/bertindak-sebagai", &[("penugasan", &id), ("ke", "/profil")]);
        if successor.inbox().contains("1/2026") {
            took = true;
            break;
        }
    }
    assert!(took, "the successor finds the order in the inbox");
    let page = successor.get(&of_kabid);
    assert!(page.status == 200 && page.says("Asep Ruhiyat Suryana"), "the order keeps the name it was given to: {}", page.body);
    assert_eq!(successor.report(&of_kabid, "Dilanjutkan dari pendahulu.").status, 303);
    assert_ne!(kabid.get(&of_kabid).status, 200, "who left reads it no more");
    assert!(kadis.get(&of_kabid).says("Bonifasius Jehadun"));
}

#[test]
fn what_an_aide_sees_begins_and_ends_with_the_appointment() {
    let kit = Kit::new(&[&MODULE]);
    let (mut tu, mut bupati, mut sespri) =
        (Officer::of(&kit, "tu.setda"), Officer::of(&kit, "bupati"), Officer::of(&kit, "sespri"));
    let put = |tu: &mut Officer<'_>, nomor: &str| {
        let letter = tu.upload(BARU, BARU, &with(&[("nomor_surat", nomor)]), &[("pindaian", "surat.pdf", PDF)]);
        let letter = letter.location.expect("registered");
        let route = format!("{letter}/arahkan");
        let to = choice(&tu.get(&route), "Bupati Contoh Raya");
        assert_eq!(tu.fill(&route, &route, &[("kepada", &to)]).status, 303);
        letter
    };
    let before = put(&mut tu, "A-1");
    assert_eq!(sespri.get(&before).status, 404);
    let form = "/eoffice/pengaturan/sekretaris/baru";
    let page = bupati.get(form);
    let (leader, aide) = (choice(&page, "Bupati Contoh Raya"), choice(&page, "Sekretaris Pimpinan"));
    bupati.fill(form, form, &[("pimpinan", &leader), ("sekretaris", &aide), ("mulai", "2026-11-22")]);
    assert_eq!(sespri.get(&before).status, 200, "what lies on the desk already is seen, too");
    let (kept, after) = (put(&mut tu, "A-2"), put(&mut tu, "A-3"));
    // An order to the aide's own post is a reason of its own.
    let form = format!("{kept}/disposisi");
    let ordered = bupati.fill(&form, &form, &[("penanggung_jawab", &aide), ("instruksi", "TL")]);
    assert_eq!(ordered.status, 303, "{}", ordered.body);
    let file = first(&sespri.get(&after), "/desk/lampiran/");
    assert_eq!(sespri.get(&file).status, 200);
    assert!(sespri.inbox().contains("Catat arahan"));
    assert_eq!(rows(&sespri.get(LIST)), 3);

    let settings = bupati.get("/eoffice/pengaturan");
    let end =
        settings.body.split("/eoffice/pengaturan/sekretaris/").find_map(|rest| rest.split_once("/akhiri").map(|(id, _)| id));
    let end = format!("/eoffice/pengaturan/sekretaris/{}/akhiri", end.expect("the aide can be ended"));
    assert_eq!(bupati.fill("/eoffice/pengaturan", &end, &[]).status, 303);
    for gone in [&before, &after] {
        assert_eq!(sespri.get(gone).status, 404, "the right ended with the appointment");
    }
    assert_eq!(sespri.get(&file).status, 404, "the scan, too");
    assert_eq!(sespri.get(&kept).status, 200, "an own order keeps its letter readable");
    assert!(!sespri.inbox().contains("Catat arahan"));
    assert_eq!(rows(&sespri.get(LIST)), 1);
    assert!(!sespri.get(MINE).says("Meja pimpinan"));
    assert_eq!(bupati.get(&after).status, 200);
}

#[test]
fn a_number_of_another_agenda_book_says_whose_it_is() {
    let kit = Kit::new(&[&MODULE]);
    let (mut setda, mut sekda) = (Officer::of(&kit, "tu.setda"), Officer::of(&kit, "sekda"));
    let mut tu = Officer::of(&kit, "tata-usaha");
    register(&mut tu, &[("nomor_surat", "OWN-1")]);
    let letter = to_sekda(&mut setda);
    let form = format!("{letter}/disposisi");
    let sent = order(&mut sekda, &form, "Kepala Dinas Kesehatan", &[]);
    assert_eq!(sent.status, 303, "{}", sent.body);
    let mut kadis = Officer::of(&kit, "kadis");
    let list = kadis.get(LIST);
    assert_eq!((rows(&list), list.body.matches("1/2026").count() >= 2), (2, true), "{}", list.body);
    assert_eq!(list.body.matches("1/2026<br><span class=\"redup\">Bag. Umum</span>").count(), 1, "{}", list.body);
    let inbox = kadis.inbox();
    assert!(inbox.contains("Tindak lanjuti surat masuk 1/2026 Bag. Umum: Permintaan data"), "{inbox}");
    assert!(kabar(&kit, "kadis").contains("surat masuk 1/2026 Bag. Umum"));
    assert!(kadis.get(MINE).says("agenda 1/2026 Bag. Umum"));
    assert_eq!(rows(&tu.get("/eoffice/buku-agenda")), 1, "the book holds the own letters");
    assert!(tu.get(&format!("{LIST}/unduh")).says("1/2026 Bag. Umum"));
    assert!(!setda.get(LIST).says("<span class=\"redup\">Bag. Umum</span>"), "own numbers stay plain");
}

#[test]
fn several_posts_outside_the_list_are_named_in_one_order() {
    let kit = Kit::new(&[&MODULE]);
    let (mut setda, mut sekda) = (Officer::of(&kit, "tu.setda"), Officer::of(&kit, "sekda"));
    let letter = to_sekda(&mut setda);
    let form = format!("{letter}/disposisi");
    // Without the script: a name at a time is added, and the form comes back with what it held.
    let kabid = [("lain_teks", KABID), ("instruksi", "TL")];
    let unknown = sekda.fill(&form, &form, &[kabid[0], kabid[1], ("pendukung_teks", "Kepala Angin"), ("_tambah", "pendukung")]);
    assert!(
        unknown.status == 200 && unknown.says("Tidak ada jabatan yang cocok dengan") && unknown.says(KABID),
        "{}",
        unknown.body
    );
    let mut held: Vec<String> = Vec::new();
    for post in [STAF, KABID_P2P] {
        let mut fields = kabid.to_vec();
        fields.extend(held.iter().map(|id| ("pendukung", id.as_str())));
        fields.extend([("pendukung_teks", post), ("_tambah", "pendukung")]);
        let page = sekda.fill(&form, &form, &fields);
        assert!(page.status == 200 && page.says(post) && page.says(KABID), "{}", page.body);
        held = ticked(&page, "pendukung");
    }
    assert_eq!(held.len(), 2, "both helpers are held");
    let mut fields = kabid.to_vec();
    fields.extend(held.iter().map(|id| ("pendukung", id.as_str())));
    let both = sekda.fill(&form, &form, &[&fields[..], &[("penanggung_jawab", &held[0])]].concat());
    assert!(both.status == 422 && both.says("sudah dipilih dari daftar"), "one answers: {}", both.body);
    let sent = sekda.fill(&form, &form, &fields);
    assert_eq!(sent.status, 303, "{}", sent.body);
    let page = sekda.get(&letter);
    for post in [KABID, STAF, KABID_P2P] {
        part(&page, post);
    }
    assert_eq!(page.body.matches("Penanggung jawab").count(), 1, "the first answers, the others help: {}", page.body);
    for akun in ["kabid", "staf"] {
        assert!(Officer::of(&kit, akun).inbox().contains("1/2026 Bag. Umum"), "{akun}");
    }
}

#[test]
fn an_order_may_be_more_secret_than_its_letter_and_never_less() {
    let kit = Kit::new(&[&MODULE]);
    let (mut tu, mut kadis, mut kabid) =
        (Officer::of(&kit, "tata-usaha"), Officer::of(&kit, "kadis"), Officer::of(&kit, "kabid"));
    let letter = register(&mut tu, &[]);
    let form = format!("{letter}/disposisi");
    let more = [("sifat", "terbatas"), ("catatan", "Jangan disebarkan.")];
    assert_eq!(order(&mut kadis, &form, KABID, &more).status, 303);
    assert!(kadis.get(&letter).says("Jangan disebarkan.") && kabid.get(&letter).says("Jangan disebarkan."));
    for reader in [&mut tu, &mut Officer::of(&kit, "staf")] {
        for page in [reader.get(&letter), reader.get(&format!("{letter}/lembar"))] {
            assert!(page.status == 200 && !page.says("Jangan disebarkan."), "{}", page.body);
        }
    }
    let of_kabid = part(&kadis.get(&letter), KABID);
    assert!(!tu.get(&of_kabid).says("Jangan disebarkan."));
    let told = kabid.inbox();
    assert!(told.contains("Tindak lanjuti surat masuk 1/2026") && !told.contains("Permintaan data"), "{told}");
    let lower = order(&mut kabid, &format!("{of_kabid}/teruskan"), STAF, &[("sifat", "biasa")]);
    assert!(lower.status == 422 && lower.says("tidak lebih rendah daripada Terbatas"), "{}", lower.body);
    let lapor = format!("{of_kabid}/lapor");
    kabid.upload(&lapor, &lapor, &[("laporan", "Hasilnya rahasia dapur.")], &[("lampiran", "data.pdf", PDF)]);
    assert!(kadis.get(&of_kabid).says("Hasilnya rahasia dapur."));
    let file = first(&kadis.get(&of_kabid), "/desk/lampiran/");
    assert_eq!(tu.get(&file).status, 404, "files of the report follow the order");
    for page in [tu.get(&of_kabid), tu.get(&letter)] {
        assert!(!page.says("rahasia dapur"), "{}", page.body);
    }
    let back = format!("{of_kabid}/tindakan/kembalikan");
    kadis.fill(&back, &back, &[("alasan", "Sebut dua nama itu.")]);
    assert!(!tu.get(&letter).says("dua nama itu"), "no reason stands in the trail");
}

#[test]
fn heads_are_told_on_monday_how_their_mail_stands() {
    let kit = Kit::new(&[&MODULE]);
    register(&mut Officer::of(&kit, "tata-usaha"), &[]);
    run(&kit, "eoffice.tell-statistik");
    let told = kabar(&kit, "kadis");
    assert!(told.contains("pekan ini") && told.contains("1 surat dicatat bulan ini, 1 menunggu arahan Anda, 0 lewat"), "{told}");
    assert!(!kabar(&kit, "camat").contains("pekan ini"), "where nothing came nobody is told");
    run(&kit, "eoffice.plan-statistik");
    run(&kit, "eoffice.plan-statistik");
    let waiting = kit.instance.db.backlog().expect("counted")[0].1;
    run(&kit, "eoffice.plan-statistik");
    assert_eq!(kit.instance.db.backlog().expect("counted")[0].1, waiting, "one Monday is planned once");
}

#[test]
fn a_demo_letter_says_where_it_came_from() {
    let kit = Kit::new(&[&MODULE]);
    kit.load_demo("eoffice");
    let mut tu = Officer::of(&kit, "tata-usaha");
    let letter = first(&tu.get(LIST), "/eoffice/surat-masuk/0");
    let page = tu.get(&letter);
    assert!(page.says("mengimpor surat masuk dengan nomor") && !page.says("Belum ada tindakan"), "{}", page.body);
}

#[test]
fn an_aide_of_the_demo_opens_what_lies_on_the_leaders_desk() {
    let kit = Kit::new(&[&MODULE]);
    kit.load_demo("eoffice");
    let mut sespri = Officer::of(&kit, "sespri");
    let letter = first(&sespri.get("/eoffice/disposisi?lihat=pimpinan"), "/eoffice/surat-masuk/0");
    let page = sespri.get(&letter);
    assert!(page.status == 200 && page.says("Catat disposisi"), "{}: {}", page.status, page.body);
}
