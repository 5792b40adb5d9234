//! Places of which there are so many: who is complete first has one, who comes later waits in line.

use praja_testkit::Kit;

use crate::{
    Person,
    alur::{act, kit, of_two, send},
    jenis::{of, saved},
    statistik::lgl,
};

const PAGE: &str = "/perizinan/kuota";
const DESK: &str = "/perizinan/izin/kuota";
const FILL: &str = "perizinan.fill-kuota";

/// The service for certified copies, limited by the kind of paper; a place for one birth certificate.
fn limited(kit: &Kit) {
    let mut keeper = Person::officer(kit, "pengelola-izin");
    assert!(keeper.get(&format!("{DESK}/baru")).says("Belum ada layanan dengan kuota"));
    let first = of(&mut keeper, "LGL");
    let next = keeper.fill(&first, &format!("{first}/versi"), &[]).location.expect("a draft");
    saved(
        &mut keeper,
        &format!("{next}/bagian/alur"),
        &[("alur.kuota", "dokumen"), ("alur.paraf", "kasi"), ("alur.paraf", "kabid")],
    );
    assert!(keeper.get(&format!("{next}/beda")).says("Kuota menurut isian: dokumen"));
    saved(&mut keeper, &format!("{next}/terbitkan"), &[]);
    let form = format!("{DESK}/baru");
    let shown = keeper.get(&form).body;
    let place =
        shown.split("value=\"").filter_map(|part| part.split('"').next()).find(|value| value.ends_with("|Akta kelahiran"));
    let place = place.unwrap_or_else(|| panic!("{shown}")).to_owned();
    let wrong = keeper.fill(&form, &form, &[("tempat", "x"), ("jumlah", "-1"), ("titik", "di sana"), ("aktif", "ya")]);
    assert!(wrong.status == 422 && wrong.says("Tulis angka antara 0 dan 100.000") && wrong.says("di sana"), "{}", wrong.body);
    let fields = [("tempat", place.as_str()), ("jumlah", "1"), ("titik", "-2,8731; 108,0512"), ("aktif", "ya")];
    let done = keeper.done(&form, &form, &fields);
    assert!(done.says("Tempat ditambahkan") && done.says("Akta kelahiran"), "{}", done.body);
    let twice = keeper.fill(&form, &form, &fields);
    assert!(twice.status == 422 && twice.says("Tempat ini sudah ada"), "{}", twice.body);
}

/// Files one and finds it complete; gives its address at the desks.
fn complete(kit: &Kit, nik: &str) -> (String, String) {
    let mut citizen = Person::stranger(kit);
    let resi = lgl(&mut citizen, nik);
    send(&mut citizen, &resi);
    let (mut counter, path) = of_two(kit, ["loket", "loket2"]);
    act(&mut counter, &path, "lengkap", &[]);
    kit.clock.move_ms(60_000);
    (resi, path)
}

/// Name, how many, held, free and waiting of the only place.
fn told(kit: &Kit) -> String {
    let csv = Person::stranger(kit).get(&format!("{PAGE}/unduh?format=csv"));
    let text = String::from_utf8_lossy(&csv.bytes).into_owned();
    text.lines().nth(1).unwrap_or_default().to_owned()
}

#[test]
fn who_comes_over_the_quota_waits_in_line_and_goes_on_as_soon_as_there_is_a_place() {
    let kit = kit();
    assert!(Person::stranger(&kit).get(PAGE).says("Tidak ada yang dibatasi"));
    limited(&kit);
    let (_, _) = complete(&kit, "5315015209850001");
    let (resi, second) = complete(&kit, "5315011203790001");
    let (_, third) = complete(&kit, "5315014706980001");
    assert!(told(&kit).contains(",1,1,0,2,"), "{}", told(&kit));
    let public = Person::stranger(&kit).get(PAGE);
    assert!(public.says("Akta kelahiran") && public.body.contains("geo:-2.8731,108.0512"), "{}", public.body);
    let mut citizen = Person::stranger(&kit);
    let track = citizen.done("/perizinan/lacak", "/perizinan/lacak", &[("resi", &resi), ("nik4", "0001")]);
    assert!(track.says("Ditangguhkan") && track.says("ke-1 pada daftar tunggu"), "{}", track.body);
    // Nobody lets one through by hand, and the job gives nothing while there is nothing.
    let (akun, page) = ["pemeriksa", "pemeriksa2"]
        .into_iter()
        .map(|akun| (akun, Person::officer(&kit, akun).get(&second)))
        .find(|(_, page)| page.body.contains("/lanjutkan\""))
        .expect("whose turn it is");
    let refused = Person::officer(&kit, akun).fill(&second, &format!("{second}/lanjutkan"), &[]);
    assert!(refused.says("menunggu tempat pada kuota"), "{} {}", refused.status, page.status);
    kit.run_job(FILL);
    assert!(told(&kit).contains(",1,1,0,2,"), "{}", told(&kit));
    // One place more: the one that waits longest has it.
    let mut keeper = Person::officer(&kit, "pengelola-izin");
    let list = keeper.get(DESK).body;
    let one = list
        .split("href=\"")
        .filter_map(|part| part.split('"').next())
        .find(|to| to.strip_prefix("/perizinan/izin/kuota/").is_some_and(|id| id.len() == 36))
        .expect("the place")
        .to_owned();
    saved(&mut keeper, &one, &[("jumlah", "2"), ("titik", ""), ("aktif", "ya")]);
    kit.run_job(FILL);
    assert!(told(&kit).contains(",2,2,0,1,"), "{}", told(&kit));
    let mut officer = Person::officer(&kit, akun);
    assert!(officer.get(&second).says("Lengkap, menunggu pemeriksa"));
    assert!(Person::officer(&kit, "kepala-izin").get(&third).says("Ditangguhkan"));
    // One that is taken back leaves its place to the next.
    let cancel = format!("/perizinan/permohonan/{resi}/cabut");
    let gone = citizen.fill(&cancel, &cancel, &[("alasan", "Sudah tidak diperlukan lagi."), ("setuju", "1")]);
    assert_eq!(gone.status, 303, "{}", gone.body);
    kit.run_job(FILL);
    assert!(told(&kit).contains(",2,2,0,0,"), "{}", told(&kit));
    assert!(Person::officer(&kit, "kepala-izin").get(&third).says("Lengkap, menunggu pemeriksa"));
}

#[test]
fn only_who_keeps_the_services_changes_places() {
    let kit = kit();
    assert_eq!(Person::stranger(&kit).get(DESK).status, 303);
    assert_eq!(Person::officer(&kit, "loket").get(DESK).status, 403);
    assert_eq!(Person::officer(&kit, "loket").get(&format!("{DESK}/baru")).status, 403);
}
