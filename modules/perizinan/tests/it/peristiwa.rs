//! What licensing tells others, in the transaction of what happened: issued, acted upon, refused, late. And the figures leaders read.

use std::sync::{Arc, Mutex};

use praja_module::events::{IzinDitindak, IzinDitolak, IzinTerbit, IzinTerlambat};
use praja_store::{Delivery, Event, Listener};
use praja_testkit::Kit;

use crate::{
    PDF, Person,
    alur::{NIK, act, issue, kit, of_two, send, signs, skp},
};

const KINDS: [&str; 4] = [IzinTerbit::KIND, IzinDitindak::KIND, IzinDitolak::KIND, IzinTerlambat::KIND];

/// Somebody who listens from now on.
fn listen(kit: &Kit) {
    for kind in KINDS {
        kit.instance.db.subscribe(kind, "uji");
    }
}

/// What was told since somebody listens.
fn told(kit: &Kit) -> Vec<Delivery> {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let into = heard.clone();
    let hear = move |_: &mut praja_store::Tx<'_>, delivery: &Delivery| {
        into.lock().expect("nobody panicked").push(delivery.clone());
        Ok(())
    };
    let listener = Listener { module: "uji", keys: |_| praja_store::Keys::unaudited(), hear: Arc::new(hear) };
    kit.off(|instance| instance.db.deliver_due(&[listener], instance.now(), &instance.ids, 1000)).expect("delivered");
    heard.lock().expect("nobody panicked").clone()
}

fn one<E: Event>(all: &[Delivery]) -> Vec<E> {
    all.iter().filter_map(|delivery| delivery.read::<E>().expect("it is read")).collect()
}

/// Nothing of the applicant is in what is told.
fn is_silent(text: &str) -> bool {
    [NIK, "Siti Rahma", "081234567890", "Dusun Melati"].iter().all(|secret| !text.contains(secret))
}

#[test]
fn a_signed_licence_is_told_with_its_paper_and_nothing_of_its_holder_and_so_is_each_act_upon_it() {
    let kit = kit();
    listen(&kit);
    signs(&kit);
    let mut citizen = Person::stranger(&kit);
    let resi = skp(&mut citizen);
    send(&mut citizen, &resi);
    assert!(told(&kit).is_empty(), "nothing is decided yet");
    issue(&kit);
    let all = told(&kit);
    let events: Vec<IzinTerbit> = one(&all);
    let [event] = events.as_slice() else { panic!("told once: {all:?}") };
    assert_eq!((event.jenis.as_str(), event.tanggal.to_string().as_str()), ("SKP", "2026-11-22"));
    let paper = event.berkas.as_ref().expect("the signed document goes with it");
    assert!(paper.objek.starts_with("perizinan_izin:") && paper.sidik.len() == 64 && !paper.klasifikasi.is_empty());
    assert!(all.iter().all(|delivery| is_silent(&format!("{delivery:?}"))), "{all:?}");

    let mut head = Person::officer(&kit, "kepala-izin");
    let list = head.get("/perizinan/izin/terbit");
    let mut links = list.body.split("href=\"").filter_map(|rest| rest.split('"').next());
    let page = links.find(|to| to.strip_prefix("/perizinan/izin/terbit/").is_some_and(|id| id.len() == 36)).expect("listed");
    let versi = head.get(page).hidden("versi").unwrap_or_default().to_owned();
    let fields = [
        ("alasan_peringatan", "Penelitian dilakukan di luar desa yang disebut"),
        ("dasar_peringatan", "Perbup 12/2026 pasal 9"),
        ("versi", versi.as_str()),
    ];
    let done = head.upload(page, &format!("{page}/peringatan"), &fields, &[("risalah_peringatan", "risalah.pdf", PDF)]);
    assert_eq!(done.status, 303, "{}", done.body);
    let acted: Vec<IzinDitindak> = one(&told(&kit));
    assert_eq!((acted.len(), acted[0].berkas.len(), acted[0].nomor.as_str()), (1, 1, event.nomor.as_str()));

    let figures = Person::officer(&kit, "bupati").get("/perizinan/izin/bulanan");
    assert!(
        figures.status == 200 && figures.says("November 2026") && figures.says("Surat Keterangan Penelitian"),
        "{}",
        figures.body
    );
    assert!(Person::officer(&kit, "bupati").get("/").says("1 terbit"), "on the start page, too");
    for format in ["csv", "xlsx", "pdf"] {
        assert_eq!(Person::officer(&kit, "bupati").get(&format!("/perizinan/izin/bulanan/unduh?format={format}")).status, 200);
    }
    assert!(Person::officer(&kit, "bupati").get("/perizinan/izin/bulanan?tahun=2025").says("Belum ada keputusan"));
    assert_eq!(Person::officer(&kit, "bupati").get("/perizinan/izin/bulanan?tahun=kapan").status, 404);
    assert_eq!(Person::officer(&kit, "bupati").get(page).status, 403, "leaders read figures, not applications");
    assert_eq!(Person::officer(&kit, "loket").get("/perizinan/izin/bulanan").status, 403);
}

#[test]
fn a_refusal_is_told_with_its_reason_and_counted() {
    let kit = kit();
    listen(&kit);
    let mut citizen = Person::stranger(&kit);
    let resi = skp(&mut citizen);
    send(&mut citizen, &resi);
    let (mut loket, path) = of_two(&kit, ["loket", "loket2"]);
    act(&mut loket, &path, "lengkap", &[]);
    let (mut pemeriksa, path) = of_two(&kit, ["pemeriksa", "pemeriksa2"]);
    act(&mut pemeriksa, &path, "periksa", &[]);
    let fields = [
        ("kode_tolak", "syarat-tidak-terpenuhi"),
        ("dasar_tolak", "Permendagri 3/2018 pasal 5"),
        ("uraian_tolak", "Penelitian itu tidak sesuai dengan ketentuan yang berlaku."),
    ];
    act(&mut pemeriksa, &path, "tolak", &fields);
    let all = told(&kit);
    let events: Vec<IzinDitolak> = one(&all);
    assert_eq!(events.len(), 1, "{all:?}");
    assert!(events[0].nomor == "SKP-20261122-0001" && !events[0].alasan.is_empty() && events[0].berkas.is_none());
    assert!(all.iter().all(|delivery| is_silent(&format!("{delivery:?}"))), "{all:?}");
    assert!(Person::officer(&kit, "sekda").get("/").says("1 ditolak"));
}

#[test]
fn an_application_past_its_due_date_is_told_once_however_often_the_watch_looks() {
    let kit = kit();
    listen(&kit);
    let mut citizen = Person::stranger(&kit);
    let resi = skp(&mut citizen);
    send(&mut citizen, &resi);
    let (mut loket, path) = of_two(&kit, ["loket", "loket2"]);
    act(&mut loket, &path, "lengkap", &[]);
    for _ in 0..25 {
        kit.clock.move_ms(24 * 60 * 60 * 1000);
        kit.run_job("perizinan.watch-permohonan");
    }
    let all = told(&kit);
    let events: Vec<IzinTerlambat> = one(&all);
    assert_eq!(events.len(), 1, "{all:?}");
    assert!(events[0].tenggat < events[0].tanggal && events[0].nomor == "SKP-20261122-0001");
    assert!(all.iter().all(|delivery| is_silent(&format!("{delivery:?}"))));
}
