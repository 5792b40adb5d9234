//! What happens to a desk when somebody else sits down at it.

use praja_desk::tasks::{self, NewTask, View};
use praja_kernel::{Id, Scope};
use praja_module::events::PenugasanChanged;
use praja_store::Keys;
use praja_testkit::Kit;

use crate::{person, wait};

fn post_of(kit: &Kit, words: &str) -> Id {
    kit.off(|instance| instance.db.read(|tx| praja_identity::jabatan::search(tx, words, None, 2)).expect("a search"))[0].id
}

fn task(untuk: String, judul: &str) -> NewTask {
    NewTask {
        untuk,
        judul: judul.into(),
        tautan: "/kotak-masuk".into(),
        objek: format!("uji_surat:{judul}"),
        jatuh_tempo: None,
        sementara: false,
    }
}

fn open(kit: &Kit, task: NewTask, post: Option<Id>) {
    let by = kit.instance.by_system("uji.beri");
    kit.off(|instance| {
        instance.db.write(&by, Keys::none(), move |tx| match post {
            Some(post) => tasks::open_for_post(tx, &task, post),
            None => tasks::open(tx, &task),
        })
    })
    .expect("a task opens");
}

fn moved(kit: &Kit, jabatan: Id, dari: Option<Id>, kepada: Option<Id>) {
    let by = kit.instance.by_system("uji.pindah");
    let changed = PenugasanChanged { jabatan, dari, kepada, mulai: kit.instance.today() };
    kit.off(|instance| instance.db.write(&by, Keys::none(), move |tx| tx.emit(&changed))).expect("it is told");
    kit.work();
}

fn titles(kit: &Kit, orang: Id) -> Vec<String> {
    let actor = praja_kernel::Actor::Pegawai { id: orang, nama: "Uji".into() };
    let scope = Scope { actor, ..Scope::system("uji") };
    let today = kit.instance.today();
    let page = kit.off(|instance| instance.db.read(|tx| tasks::list(tx, &scope, View::Terbuka, today, None, 50)));
    page.expect("an inbox").tasks.into_iter().map(|task| task.judul).collect()
}

fn count(kit: &Kit, orang: Id) -> i64 {
    let actor = praja_kernel::Actor::Pegawai { id: orang, nama: "Uji".into() };
    let scope = Scope { actor, ..Scope::system("uji") };
    kit.off(|instance| instance.db.read(|tx| tasks::open_count(tx, &scope))).expect("a counter")
}

#[test]
fn tasks_given_for_a_post_go_to_the_successor_and_ones_own_stay() {
    let kit = Kit::new(&[]);
    let post = post_of(&kit, "kepala dinas kesehatan");
    let (old, new) = (person(&kit, "kadis"), person(&kit, "sekda"));
    open(&kit, task(format!("pegawai:{old}"), "Untuk jabatan"), Some(post));
    open(&kit, task(format!("pegawai:{old}"), "Jabatan lain"), Some(post_of(&kit, "sekretaris daerah")));
    open(&kit, task(format!("pegawai:{old}"), "Pribadi"), None);
    open(&kit, task(format!("jabatan:{post}"), "Milik meja"), None);
    moved(&kit, post, Some(old), Some(new));
    assert_eq!(titles(&kit, new), ["Untuk jabatan"]);
    assert_eq!(titles(&kit, old), ["Pribadi", "Jabatan lain"]);
    assert_eq!((count(&kit, new), count(&kit, old)), (1, 2), "the counters follow");
    let news = wait(kit.sign_in_as("sekda").get("/kabar"));
    assert!(news.says(" tugas Kepala Dinas Kesehatan beralih dari"), "{}", news.body);
    assert!(wait(kit.sign_in_as("kadis").get("/kabar")).says("beralih dari Anda kepada"));
    // The desk's own task stays with the desk, and says who held it before.
    let inbox = wait(kit.sign_in_as("kadis").get("/kotak-masuk"));
    assert!(inbox.says("Milik meja") && inbox.says("Semula dipegang"));
    moved(&kit, post, Some(new), Some(old));
    assert_eq!((titles(&kit, new).len(), count(&kit, old)), (0, 3), "a Plh. gives everything back");
}

#[test]
fn while_nobody_has_come_the_desk_keeps_what_waits() {
    let kit = Kit::new(&[]);
    let post = post_of(&kit, "kepala dinas kesehatan");
    let old = person(&kit, "kadis");
    open(&kit, task(format!("pegawai:{old}"), "Untuk jabatan"), Some(post));
    moved(&kit, post, Some(old), None);
    assert_eq!(titles(&kit, old), Vec::<String>::new());
    let kept = kit.off(|instance| {
        let sql = "SELECT untuk, semula_nama FROM desk_tugas WHERE judul = 'Untuk jabatan'";
        instance.db.read(|tx| tx.one(sql, &[], |row| Ok((row.get::<String>(0)?, row.get::<Option<String>>(1)?))))
    });
    let (untuk, semula) = kept.expect("the task");
    assert_eq!(untuk, format!("jabatan:{post}"));
    assert!(semula.is_some(), "history keeps the name");
}

#[test]
fn what_only_has_to_be_read_is_ticked_off_together_and_taken_back() {
    let kit = Kit::new(&[]);
    let me = person(&kit, "kadis");
    let by = kit.instance.by_system("uji.beri");
    let light = ["Baca edaran", "Baca laporan"].map(|judul| task(format!("pegawai:{me}"), judul));
    kit.off(|instance| {
        instance.db.write(&by, Keys::none(), move |tx| light.iter().try_for_each(|task| tasks::open_light(tx, task).map(|_| ())))
    })
    .expect("light tasks");
    open(&kit, task(format!("pegawai:{me}"), "Kerjakan surat"), None);
    let mut officer = kit.sign_in_as("kadis");
    let inbox = wait(officer.get("/kotak-masuk"));
    let ids: Vec<String> = inbox
        .body
        .split("name=\"pilih\" value=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next().map(str::to_owned))
        .collect();
    assert_eq!(ids.len(), 2, "only what may be ticked off is offered");
    let hard = kit.off(|instance| {
        instance.db.read(|tx| tx.one("SELECT id FROM desk_tugas WHERE ringan = FALSE", &[], |row| row.get::<Id>(0)))
    });
    let hard = hard.expect("the hard one").to_string();
    let fields: Vec<(&str, &str)> = ids.iter().chain([&hard]).map(|id| ("pilih", id.as_str())).collect();
    let done = wait(officer.fill("/kotak-masuk", "/kotak-masuk/selesai", &fields));
    let back = done.location.expect("back to the inbox");
    let after = wait(officer.get(&back));
    assert!(after.says("Urungkan") && after.says("Kerjakan surat") && !after.says("Baca edaran"));
    assert_eq!(count(&kit, me), 1, "what an act closes cannot be ticked off");
    let fields: Vec<(&str, &str)> = ids.iter().map(|id| ("tugas", id.as_str())).collect();
    wait(officer.fill("/kotak-masuk", "/kotak-masuk/urungkan", &fields));
    assert_eq!(count(&kit, me), 3);
}

#[test]
fn the_inbox_is_narrowed_by_module_words_and_whose_task_it_is_and_taken_along() {
    let kit = Kit::new(&[]);
    let me = person(&kit, "kadis");
    let post = post_of(&kit, "kepala dinas kesehatan");
    open(&kit, task(format!("pegawai:{me}"), "Baca Édaran gubernur"), None);
    open(&kit, NewTask { objek: "desk_kalender:1".into(), ..task(format!("jabatan:{post}"), "Terbitkan kalender") }, None);
    let mut officer = kit.sign_in_as("kadis");
    let cases = [
        ("/kotak-masuk?q=edaran", true, false),
        ("/kotak-masuk?modul=desk", false, true),
        ("/kotak-masuk?untuk=pegawai", true, false),
        ("/kotak-masuk?untuk=jabatan&q=kalender", false, true),
        ("/kotak-masuk?modul=tidak-ada", true, true),
    ];
    for (address, edaran, kalender) in cases {
        let page = wait(officer.get(address));
        assert_eq!((page.says("Baca Édaran"), page.says("Terbitkan kalender")), (edaran, kalender), "{address}");
    }
    let none = wait(officer.get("/kotak-masuk?q=zzz"));
    assert!(none.says("Tidak ada tugas yang cocok"));
    let csv = wait(officer.get("/kotak-masuk/unduh?lihat=terbuka&q=edaran&format=csv"));
    assert!(csv.body.contains("Baca Édaran gubernur") && !csv.body.contains("kalender"), "{}", csv.body);
}

#[test]
fn notices_are_opened_one_by_one_and_marked_all_at_once() {
    let kit = Kit::new(&[]);
    let me = person(&kit, "kadis");
    let by = crate::praja(&kit);
    for number in 1..=3 {
        crate::tell(&kit, &by, crate::urgent(me, &format!("Surat {number}")));
    }
    let mut officer = kit.sign_in_as("kadis");
    let page = wait(officer.get("/kabar"));
    let first = page.body.split("href=\"/kabar/0").find(|part| part.contains("Surat 3")).expect("its row");
    let opened = wait(officer.get(&format!("/kabar/0{}", first.split('"').next().unwrap_or_default())));
    assert_eq!((opened.status, opened.location.as_deref()), (303, Some("/kotak-masuk")));
    let left = wait(officer.get("/kabar"));
    assert!(!left.says("Surat 3") && left.says("Surat 2"));
    let latest = left.hidden("sampai").expect("up to which").to_owned();
    assert_eq!(wait(officer.fill("/kabar", "/kabar/dibaca", &[("sampai", &latest)])).status, 303);
    let none = wait(officer.get("/kabar"));
    assert!(none.says("Tidak ada kabar baru"));
    assert!(none.says("Urungkan"), "what was marked can be taken back");
    let all = wait(officer.get("/kabar?lihat=semua"));
    assert!(all.says("Surat 1") && all.says("Surat 3"));
}
