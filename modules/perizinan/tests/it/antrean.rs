//! The queue of the counter: from the number to the screen.

use praja_perizinan::MODULE;
use praja_testkit::Kit;

use crate::Person;

const DESK: &str = "/perizinan/izin/antrean";
const PUBLIC: &str = "/perizinan/antrean";
const SCREEN: &str = "/perizinan/antrean/layar";
const SERVICES: &str = "/perizinan/izin/antrean/layanan";
const FIGURES: &str = "/perizinan/izin/antrean/statistik";

fn seat<'a>(kit: &'a Kit, akun: &str, loket: &str, letters: &[&str]) -> Person<'a> {
    let mut officer = Person::officer(kit, akun);
    let mut fields = vec![("nomor", loket)];
    fields.extend(letters.iter().map(|letter| ("huruf", *letter)));
    officer.done(DESK, &format!("{DESK}/loket"), &fields);
    officer
}

/// Takes a number as somebody with a phone; gives its address.
fn take(kit: &Kit, huruf: &str) -> String {
    let taken = Person::stranger(kit).fill(PUBLIC, PUBLIC, &[("huruf", huruf)]);
    assert_eq!(taken.status, 303, "{}", taken.body);
    taken.location.expect("it leads to the ticket")
}

/// The address of an act offered on the desk ("/lagi", "/selesai").
fn act(page: &str, ending: &str) -> String {
    let parts = page.split("action=\"").filter_map(|part| part.split('"').next());
    let found = parts.into_iter().find(|path| path.starts_with(DESK) && path.ends_with(ending) && path.matches('/').count() == 5);
    found.unwrap_or_else(|| panic!("no {ending} on {page}")).to_owned()
}

#[test]
fn whoever_takes_a_number_is_called_to_a_counter_and_served() {
    let kit = Kit::new(&[&MODULE]);
    let first = take(&kit, "A");
    let second = take(&kit, "A");
    let mut waiting = Person::stranger(&kit);
    assert!(waiting.get(&first).says("A 001") && waiting.get(&first).says("Anda berikutnya"));
    let page = waiting.get(&second);
    assert!(page.says("A 002") && page.says("1 orang di depan Anda") && page.says("sekitar 10 menit"), "{}", page.body);
    let mut loket = seat(&kit, "loket", "3", &[]);
    kit.clock.move_ms(4 * 60_000);
    let page = loket.done(DESK, &format!("{DESK}/panggil"), &[]);
    assert!(page.says("Loket 3 melayani") && page.says("A 001"), "{}", page.body);
    assert!(waiting.get(&first).says("Silakan ke loket 3"));
    let screen = waiting.get(SCREEN);
    assert!(
        screen.says("A 001") && screen.says("Loket 3") && screen.says("1 orang") && screen.says("http-equiv=\"refresh\""),
        "{}",
        screen.body
    );
    // Called once more: the screen tells it as a new call.
    let page = loket.done(DESK, &act(&page.body, "/lagi"), &[]);
    assert!(page.says("dipanggil 2 kali") && waiting.get(SCREEN).says(".2\""), "{}", page.body);
    kit.clock.move_ms(6 * 60_000);
    let page = loket.done(DESK, &format!("{DESK}/panggil"), &[]);
    assert!(page.says("A 002") && waiting.get(&first).says("Sudah dilayani"), "{}", page.body);
    let figures = loket.get(FIGURES);
    assert!(figures.says("A Informasi dan pendaftaran izin") && figures.says("November 2026"), "{}", figures.body);
    let csv = loket.get(&format!("{FIGURES}/unduh?format=csv"));
    assert!(csv.says("A Informasi dan pendaftaran izin") && csv.says("Menit menunggu"), "{}", csv.body);
}

#[test]
fn whoever_does_not_come_is_passed_over_and_may_be_called_again_that_day() {
    let kit = Kit::new(&[&MODULE]);
    let mine = take(&kit, "B");
    let mut loket = seat(&kit, "loket", "1", &["B"]);
    let page = loket.done(DESK, &format!("{DESK}/panggil"), &[]);
    let page = loket.done(DESK, &act(&page.body, "/lewati"), &[]);
    assert!(page.says("Dilewati hari ini"), "{}", page.body);
    assert!(Person::stranger(&kit).get(&mine).says("Temui petugas loket"));
    let page = loket.done(DESK, &act(&page.body, "/panggil"), &[]);
    assert!(page.says("melayani") && page.says("B 001"), "{}", page.body);
    // The next day the number is over.
    kit.clock.move_ms(24 * 60 * 60_000);
    assert!(Person::stranger(&kit).get(&mine).says("tidak berlaku lagi"));
    let late = seat(&kit, "loket", "1", &["B"]).fill(DESK, &act(&page.body, "/selesai"), &[]);
    assert_eq!(late.status, 404);
    assert!(take(&kit, "B") != mine);
}

#[test]
fn an_officer_prefers_old_and_disabled_people_with_a_code_and_it_is_written_down() {
    let kit = Kit::new(&[&MODULE]);
    take(&kit, "A");
    let mut loket = seat(&kit, "loket", "2", &[]);
    let page = loket.done(DESK, &format!("{DESK}/beri"), &[("huruf", "A"), ("prioritas", "lansia")]);
    assert!(page.says("A 002") && page.says("Lanjut usia"), "{}", page.body);
    let wrong = loket.fill(DESK, &format!("{DESK}/beri"), &[("huruf", "A"), ("prioritas", "saudara")]);
    assert!(wrong.status == 422 && wrong.says("Pilih salah satu alasan"), "{}", wrong.body);
    let page = loket.done(DESK, &format!("{DESK}/panggil"), &[]);
    assert!(page.says("melayani <strong class=\"antrean-kini\">A 002"), "{}", page.body);
    let told = kit.off(|instance| {
        instance.db.read(|tx| {
            let text = "SELECT id FROM perizinan_antrean WHERE prioritas = 'lansia'";
            let id: String = tx.one(text, praja_store::params![], |row| row.get(0))?;
            tx.audit_of(&format!("perizinan_antrean:{id}"), 10)
        })
    });
    let words: Vec<String> = told.unwrap().into_iter().flat_map(|row| row.nilai).map(|one| one.nilai).collect();
    assert!(words.iter().any(|word| word == "lansia"), "{words:?}");
}

#[test]
fn two_counters_never_call_the_same_number_and_one_does_not_finish_for_the_other() {
    let kit = Kit::new(&[&MODULE]);
    (0..3).for_each(|_| drop(take(&kit, "A")));
    let (mut one, mut two) = (seat(&kit, "loket", "1", &[]), seat(&kit, "loket2", "2", &[]));
    let first = one.done(DESK, &format!("{DESK}/panggil"), &[]);
    let second = two.done(DESK, &format!("{DESK}/panggil"), &[]);
    assert!(first.says("antrean-kini\">A 001") && second.says("antrean-kini\">A 002"), "{}", second.body);
    let refused = two.fill(DESK, &act(&first.body, "/selesai"), &[]);
    assert!(refused.says("sedang dilayani di loket 1"), "{} {}", refused.status, refused.body);
    // Without a counter nobody is called.
    let refused = Person::officer(&kit, "loket").fill(DESK, &format!("{DESK}/panggil"), &[]);
    assert!(refused.says("belum dipilih"), "{}", refused.body);
}

#[test]
fn a_phone_holds_one_number_and_a_machine_at_the_counter_gives_as_many_as_come() {
    let kit = Kit::new(&[&MODULE]);
    let mut phone = Person::stranger(&kit);
    let mine = phone.fill(PUBLIC, PUBLIC, &[("huruf", "A")]).location;
    assert_eq!(phone.fill(PUBLIC, PUBLIC, &[("huruf", "B")]).location, mine);
    assert!(phone.get(PUBLIC).says("Nomor Anda A 001"));
    assert!(phone.fill(PUBLIC, PUBLIC, &[("huruf", "Z")]).location == mine);
    let mut machine = Person::officer(&kit, "loket");
    machine.done(DESK, &format!("{DESK}/mesin"), &[]);
    let given: Vec<_> = (0..20).map(|_| machine.fill(PUBLIC, PUBLIC, &[("huruf", "B")]).location.expect("given")).collect();
    assert!(machine.get(&given[19]).says("B 020") && machine.get(&given[19]).says("data-kembali"));
    // A crowd of phones behind one address is asked to slow down long before it empties the counter.
    let hasty =
        (0..40).map(|_| Person::stranger(&kit).fill(PUBLIC, PUBLIC, &[("huruf", "C")]).status).find(|status| *status == 429);
    assert_eq!(hasty, Some(429));
}

#[test]
fn services_and_the_way_of_taking_numbers_are_data_of_the_regency() {
    let kit = Kit::new(&[&MODULE]);
    let mut keeper = Person::officer(&kit, "pengelola-izin");
    let page = keeper.done(SERVICES, SERVICES, &[("huruf", "e"), ("nama", "Konsultasi   PBG")]);
    assert!(page.says("Konsultasi PBG") && page.says("Informasi dan pendaftaran izin"), "{}", page.body);
    let taken = keeper.fill(SERVICES, SERVICES, &[("huruf", "A"), ("nama", "Lain")]);
    assert!(taken.status == 422 && taken.says("sudah dipakai") && taken.says("value=\"Lain\""), "{}", taken.body);
    let page = keeper.get(&format!("{SERVICES}/D"));
    let versi = page.hidden("versi").expect("it carries its version").to_owned();
    keeper.done(&format!("{SERVICES}/D"), &format!("{SERVICES}/D"), &[("nama", "Pengaduan"), ("versi", &versi)]);
    assert!(!Person::stranger(&kit).get(PUBLIC).says("Pengaduan"), "it is closed");
    let closed = Person::stranger(&kit).fill(PUBLIC, PUBLIC, &[("huruf", "D")]);
    assert!(closed.says("sedang tidak dibuka"), "{}", closed.body);
    keeper.done(SERVICES, "/perizinan/izin/antrean/cara", &[]);
    let mut phone = Person::stranger(&kit);
    assert!(phone.get(PUBLIC).says("diambil di loket"));
    let csrf = keeper.fill(PUBLIC, PUBLIC, &[("huruf", "A")]);
    assert!(csrf.says("hanya diberikan di loket"), "{}", csrf.body);
}

#[test]
fn strangers_and_officers_without_the_right_stay_outside() {
    let kit = Kit::new(&[&MODULE]);
    assert_eq!(Person::officer(&kit, "surveyor").get(DESK).status, 403);
    assert_eq!(Person::officer(&kit, "loket").get(SERVICES).status, 403);
    assert_ne!(Person::stranger(&kit).get(DESK).status, 200);
}
