//! Figures: what everybody reads, what the inspectorate reads, and what comes to its list.

use praja_testkit::Kit;
use serde_json::Value;

use crate::{
    Person,
    alur::{act, kit, send, skp},
};

const COUNT: &str = "perizinan.count-statistik";
const PAGE: &str = "/perizinan/statistik";
const FAIR: &str = "/perizinan/izin/keadilan";

/// Applications of the last weeks, counted as every night.
fn shown() -> Kit {
    let kit = kit();
    kit.load_demo("perizinan");
    kit
}

/// Counts again, as tomorrow night does.
fn next_night(kit: &Kit) {
    kit.clock.move_ms(24 * 60 * 60 * 1000);
    kit.run_job(COUNT);
}

#[test]
fn before_the_first_night_the_page_says_so_and_offers_no_file() {
    let kit = kit();
    let mut anybody = Person::stranger(&kit);
    assert!(anybody.get(PAGE).says("Belum ada angka"));
    for file in ["unduh", "data", "laporan"] {
        assert_eq!(anybody.get(&format!("{PAGE}/{file}")).status, 404, "{file}");
    }
}

#[test]
fn anybody_reads_the_figures_without_a_name_and_takes_them_along() {
    let kit = shown();
    let mut anybody = Person::stranger(&kit);
    assert!(anybody.get("/perizinan").body.contains("href=\"/perizinan/statistik\""));
    let page = anybody.get(PAGE);
    assert_eq!(page.status, 200, "{}", page.body);
    for words in
        ["Angka per tanggal", "Median hari kerja", "Tepat waktu", "Didahulukan dari urutan", "Menunggu sekarang", "Semua layanan"]
    {
        assert!(page.says(words), "{words}: {}", page.body);
    }
    assert!(page.body.contains("/kepuasan/hasil") && page.body.len() < 100_000, "{} bytes", page.body.len());
    let csv = anybody.get(&format!("{PAGE}/unduh?format=csv"));
    let text = String::from_utf8_lossy(&csv.bytes).into_owned();
    assert!(text.contains("Layanan,Masuk,Terbit") && text.contains("Semua layanan"), "{text}");
    let json = anybody.get(&format!("{PAGE}/data"));
    let told: Value = serde_json::from_slice(&json.bytes).expect("JSON");
    assert!(told["data"][0]["layanan"] == "Semua layanan" && told["tahun"].is_i64(), "{told}");
    let paper = anybody.get(&format!("{PAGE}/laporan"));
    assert!(paper.status == 200 && paper.bytes.starts_with(b"%PDF"), "{}", paper.status);
    for text in [&page.body, &text, &told.to_string()] {
        for secret in ["531501", "Yohana", "Hendrikus", "0812"] {
            assert!(!text.contains(secret), "{secret}");
        }
    }
    // What has no figures is told apart from what is wrong.
    for wrong in ["?masa=2026-13", "?masa=kemarin", "?layanan=XYZ", "/data?tahun=1999", "/laporan?tahun=x"] {
        assert_eq!(anybody.get(&format!("{PAGE}{wrong}")).status, 404, "{wrong}");
    }
    let one = anybody.get(&format!("{PAGE}?masa=2026-11&layanan=SKP"));
    assert!(one.status == 200 && one.says("november 2026"), "{}", one.body);
}

#[test]
fn no_shown_figure_of_a_service_in_a_month_is_of_one_or_two_applications() {
    let kit = shown();
    let json = Person::stranger(&kit).get(&format!("{PAGE}/data"));
    let told: Value = serde_json::from_slice(&json.bytes).expect("JSON");
    let (mut few, mut hidden) = (Vec::new(), 0);
    for one in told["data"].as_array().expect("rows") {
        for (periode, figures) in one["angka"].as_object().expect("periods") {
            for (name, value) in figures.as_object().expect("figures") {
                match value.as_i64() {
                    _ if matches!(name.as_str(), "median" | "p90") => {}
                    Some(1 | 2) => few.push(format!("{} {periode} {name}", one["layanan"])),
                    Some(_) => {}
                    None => hidden += 1,
                }
            }
        }
    }
    assert!(few.is_empty() && hidden > 0, "{hidden} hidden, shown: {few:?}");
}

#[test]
fn the_count_of_one_night_done_twice_is_the_same() {
    let kit = shown();
    let mut anybody = Person::stranger(&kit);
    let before = anybody.get(&format!("{PAGE}/unduh?format=csv")).bytes;
    next_night(&kit);
    let after = anybody.get(&format!("{PAGE}/unduh?format=csv")).bytes;
    kit.run_job(COUNT);
    let again = anybody.get(&format!("{PAGE}/unduh?format=csv")).bytes;
    assert_eq!(String::from_utf8_lossy(&before), String::from_utf8_lossy(&after));
    assert_eq!(after, again);
}

#[test]
fn the_inspectorate_sees_officers_against_their_desk_and_nobody_else_does() {
    let kit = shown();
    for part in ["", "/didahulukan", "/kuasa", "/penolakan", "/perantara"] {
        let path = format!("{FAIR}{part}");
        assert_eq!(Person::stranger(&kit).get(&path).status, 303, "{path}");
        assert_eq!(Person::officer(&kit, "loket").get(&path).status, 403, "{path}");
        let page = Person::officer(&kit, "kepala-izin").get(&path);
        assert_eq!(page.status, 200, "{path}: {}", page.body);
        assert!(page.says("Keadilan layanan"));
    }
    let mut head = Person::officer(&kit, "kepala-izin");
    let page = head.get(&format!("{FAIR}?urut=-kembali"));
    assert!(page.says("Loket (front office)") && page.says("Terhadap median meja"), "{}", page.body);
    let desk = head.get(&format!("{FAIR}?meja=loket"));
    assert!(!desk.body.contains(">Kepala seksi</td>"), "{}", desk.body);
    let csv = String::from_utf8_lossy(&head.get(&format!("{FAIR}/unduh?format=csv")).bytes).into_owned();
    assert!(csv.contains("Pemeriksa (back office)"), "{csv}");
    let refused = head.get(&format!("{FAIR}/penolakan"));
    assert!(refused.says("Syarat tidak dapat dipenuhi"), "{}", refused.body);
}

#[test]
fn a_file_taken_out_of_its_turn_stands_on_the_list_with_its_reason_and_one_in_its_turn_does_not() {
    let kit = kit();
    for _ in 0..3 {
        let mut citizen = Person::stranger(&kit);
        let resi = skp(&mut citizen);
        send(&mut citizen, &resi);
        kit.clock.move_ms(60_000);
    }
    // Two officers share them: one has the first and the third.
    let mine = |akun: &str| -> Vec<String> {
        let list = Person::officer(&kit, akun).get("/perizinan/izin?pandangan=saya").body;
        let mut found: Vec<String> = list
            .split("href=\"")
            .filter_map(|part| part.split('"').next())
            .filter(|to| to.strip_prefix("/perizinan/izin/").is_some_and(|id| id.len() == 36 && !id.contains('?')))
            .map(ToOwned::to_owned)
            .collect();
        found.dedup();
        found
    };
    let (akun, files) =
        ["loket", "loket2"].into_iter().map(|akun| (akun, mine(akun))).find(|(_, files)| files.len() == 2).expect("two");
    let mut officer = Person::officer(&kit, akun);
    let (first, last) = (&files[0], &files[1]);
    let refused = officer.fill(last, &format!("{last}/lengkap"), &[]);
    assert!(refused.status == 422 && refused.says("lebih dahulu"), "{} {files:?}", refused.status);
    let back = officer.get(&format!("{last}/kembalikan"));
    assert!(back.says("Mendahulukan permohonan ini"), "{}", back.body);
    act(&mut officer, last, "lengkap", &[("lompat", "darurat-kesehatan")]);
    // A reason where nobody waits before is no reason.
    act(&mut officer, first, "lengkap", &[("lompat", "perintah-pengadilan")]);
    let list = Person::officer(&kit, "kepala-izin").get(&format!("{FAIR}/didahulukan"));
    assert!(list.says("Darurat kesehatan") && list.says("Nyatakan lengkap"), "{}", list.body);
    // A reason is a sentence: in the corner of a card on a phone it would lie over the number.
    assert!(!list.body.contains("pojok"), "{}", list.body);
    assert!(!list.body.contains("<td role=\"cell\">Perintah pengadilan") && !list.body.contains("5315015209850001"));
    let none = Person::officer(&kit, "kepala-izin").get(&format!("{FAIR}/didahulukan?alasan=perintah-pengadilan"));
    assert!(none.says("Tidak ada yang didahulukan"), "{}", none.body);
    next_night(&kit);
    let public = Person::stranger(&kit).get(PAGE);
    assert!(public.says("Darurat kesehatan") && !public.says("Perintah pengadilan"), "{}", public.body);
}

/// Sets from how many people on a sign is looked at.
fn set(kit: &Kit, people: &str) -> praja_testkit::Page {
    let page = "/perizinan/izin/pengaturan";
    let mut keeper = Person::officer(kit, "pengelola-izin");
    let shown = keeper.get(page).body;
    let opd =
        shown.split("selected").next().and_then(|before| before.rsplit("value=\"").next()?.split('"').next()).unwrap_or_default();
    keeper.fill(page, page, &[("opd", opd), ("jam", "15"), ("keberatan", "21"), ("calo_orang", people), ("calo_hari", "30")])
}

#[test]
fn one_telephone_on_many_people_comes_to_the_list_masked_and_is_looked_at_once() {
    let kit = kit();
    let wrong = set(&kit, "1");
    assert!(wrong.status == 422 && wrong.says("Tulis angka antara 2 dan 100"), "{}", wrong.body);
    let done = set(&kit, "2");
    assert_eq!(done.status, 303, "{}", done.body);
    let file = |nik: &str| {
        let mut citizen = Person::stranger(&kit);
        let resi = lgl(&mut citizen, nik);
        send(&mut citizen, &resi);
    };
    ["5315015209850001", "5315011203790001"].iter().for_each(|nik| file(nik));
    next_night(&kit);
    let list = format!("{FAIR}/perantara");
    let mut head = Person::officer(&kit, "auditor");
    let page = head.get(&list);
    assert!(page.says("0812****890") && page.says("Belum ditinjau") && !page.body.contains("081234567890"), "{}", page.body);
    let one = page
        .body
        .split("href=\"")
        .filter_map(|part| part.split('"').next())
        .find(|to| to.strip_prefix(&format!("{list}/")).is_some_and(|id| id.len() == 36))
        .expect("a sign")
        .to_owned();
    let shown = head.get(&one);
    assert!(shown.says("531501******0001") && !shown.body.contains("5315011203790001"), "{}", shown.body);
    let read = Person::officer(&kit, "kepala-izin").get(&one);
    assert!(read.status == 200 && !read.says("Tinjauan Anda"), "who is looked at reads what was found and writes nothing");
    let nothing = head.fill(&one, &one, &[("catatan", "pendek")]);
    assert!(nothing.status == 422 && nothing.says("Pilih hasil tinjauan") && nothing.says("pendek"), "{}", nothing.body);
    let versi = shown.hidden("versi").expect("its version").to_owned();
    let found = [("versi", versi.as_str()), ("hasil", "wajar"), ("catatan", "Suami istri dengan satu telepon.")];
    assert!(head.done(&one, &one, &found).says("Tinjauan disimpan"));
    assert_eq!(Person::officer(&kit, "loket").fill("/beranda", &one, &found).status, 403);
    // The next night leaves it; as many new people bring it back.
    next_night(&kit);
    // A day later everybody signs in anew.
    let left = Person::officer(&kit, "auditor").get(&format!("{list}?tinjauan=baru"));
    assert!(left.says("Tidak ada tanda perantara"), "{}", left.body.split("<main").nth(1).unwrap_or_default());
    ["5315014706980001", "5315012305720001"].iter().for_each(|nik| file(nik));
    next_night(&kit);
    let mut head = Person::officer(&kit, "auditor");
    assert!(head.get(&format!("{list}?tinjauan=baru")).says("0812****890"));
    for format in ["csv", "xlsx", "pdf"] {
        assert_eq!(head.get(&format!("{list}/unduh?format={format}")).status, 200, "{format}");
    }
}

/// An application for a certified copy, complete but not sent; gives the resi.
pub(crate) fn lgl(citizen: &mut Person<'_>, nik: &str) -> String {
    const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
    let path = "/perizinan/ajukan/LGL";
    let fields = [
        ("permintaan", "baru"),
        ("nama", "Siti Rahma"),
        ("nik", nik),
        ("alamat", "Dusun Melati RT 02 RW 01, Desa Lalang Jaya"),
        ("telepon", "081234567890"),
        ("benar", "1"),
    ];
    let begun = citizen.fill(path, path, &fields);
    assert_eq!(begun.status, 303, "{}", begun.body);
    let resi: String =
        begun.location.expect("it leads on").trim_start_matches("/perizinan/permohonan/").chars().take(10).collect();
    let answers = [
        ("dokumen", "Akta kelahiran"),
        ("nomor_dokumen", "AL-0042"),
        ("atas_nama", "Siti Rahma"),
        ("tanggal_dokumen", "2012-05-14"),
        ("lembar", "2"),
        ("hubungan", "Diri sendiri"),
        ("keperluan", "Melamar pekerjaan"),
    ];
    let part = crate::alur::part(citizen, &resi, 1, &answers);
    assert_eq!(part.status, 303, "{}", part.body);
    for (paper, name) in [("dokumen_asli", "asli.pdf"), ("ktp", "ktp.pdf")] {
        let put = crate::alur::upload(citizen, &resi, paper, name, PDF);
        assert_eq!(put.status, 303, "{paper}: {}", put.body);
    }
    resi
}
