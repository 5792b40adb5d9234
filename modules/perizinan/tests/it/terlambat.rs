//! Who is told of what is late can look at it, without learning whose it is.

use praja_testkit::Kit;

use crate::{
    Person,
    alur::{NIK, act, kit, of_two, send, skp},
};

const PAGE: &str = "/perizinan/izin/keadilan/terlambat";
const DAY: i64 = 24 * 60 * 60 * 1000;

/// One application found complete in time and left alone until it is late; gives its page at the desks.
fn one_late(kit: &Kit) -> String {
    let mut citizen = Person::stranger(kit);
    let resi = skp(&mut citizen);
    send(&mut citizen, &resi);
    let (mut loket, path) = of_two(kit, ["loket", "loket2"]);
    act(&mut loket, &path, "lengkap", &[]);
    kit.clock.move_ms(11 * DAY);
    path
}

fn csv(kit: &Kit, query: &str) -> String {
    let file = Person::officer(kit, "auditor").get(&format!("{PAGE}/unduh?format=csv{query}"));
    assert_eq!(file.status, 200, "{}", file.body);
    String::from_utf8_lossy(&file.bytes).into_owned()
}

#[test]
fn the_inspectorate_sees_what_is_late_without_a_name_and_no_desk_does() {
    let kit = kit();
    let none = Person::officer(&kit, "auditor").get(PAGE);
    assert!(none.status == 200 && none.says("Tidak ada yang terlambat") && !none.body.contains("unduh?"), "{}", none.body);
    let path = one_late(&kit);
    let mut auditor = Person::officer(&kit, "auditor");
    let page = auditor.get(PAGE);
    for words in ["SKP-20261122-0001", "Lengkap", "Pemeriksa (back office)", "Hari kerja lewat", "30 Nov 2026"] {
        assert!(page.says(words), "{words}: {}", page.body);
    }
    for secret in ["Siti Rahma", NIK, "531501", "0812"] {
        assert!(!page.body.contains(secret), "{secret}");
    }
    assert!(!page.says("Berisiko dikabulkan"), "a warning grants nothing: {}", page.body);
    // The page of the application itself stays closed to whoever only inspects.
    assert_eq!(auditor.get(&path).status, 403);
    for format in ["csv", "xlsx", "pdf"] {
        assert_eq!(auditor.get(&format!("{PAGE}/unduh?format={format}")).status, 200, "{format}");
    }
    assert!(auditor.get(&format!("{PAGE}?layanan=LGL")).says("Tidak ada yang terlambat"));
    assert!(auditor.get(&format!("{PAGE}?keadaan=diputus")).says("Tidak ada yang terlambat"));
    assert!(auditor.get(&format!("{PAGE}?masa=2026-10")).says("Tidak ada yang terlambat"));
    assert_eq!(auditor.get(&format!("{PAGE}?layanan=XYZ")).status, 404);
    assert_eq!(Person::officer(&kit, "kepala-izin").get(PAGE).status, 200);
    for other in ["loket", "pemeriksa", "kasi-izin"] {
        for path in [PAGE.to_owned(), format!("{PAGE}/unduh")] {
            assert_eq!(Person::officer(&kit, other).get(&path).status, 403, "{other} {path}");
        }
    }
    assert_eq!(Person::stranger(&kit).get(PAGE).status, 303);
}

#[test]
fn what_was_decided_late_stands_in_its_period_with_the_desk_that_had_it_when_time_ran_out() {
    let kit = kit();
    one_late(&kit);
    let (mut pemeriksa, path) = of_two(&kit, ["pemeriksa", "pemeriksa2"]);
    act(&mut pemeriksa, &path, "periksa", &[]);
    let why = [
        ("kode_tolak", "syarat-tidak-terpenuhi"),
        ("dasar_tolak", "Perbup 1 Tahun 2026 pasal 4"),
        ("uraian_tolak", "Surat pengantar tidak dapat ditunjukkan sampai batas waktunya."),
    ];
    act(&mut pemeriksa, &path, "tolak", &why);
    let all = csv(&kit, "&masa=2026-12");
    assert!(all.contains("SKP-20261122-0001") && all.contains("Ditolak,Pemeriksa (back office)"), "{all}");
    assert!(all.contains("2026-11-30,2026-12-03,3"), "{all}");
    assert!(!csv(&kit, "&masa=2026-11").contains("SKP-2026"), "it was decided in December");
    assert!(!csv(&kit, "&masa=2026-12&keadaan=berjalan").contains("SKP-2026"));
}

#[test]
fn where_silence_grants_by_law_what_is_late_is_marked() {
    let kit = kit();
    one_late(&kit);
    let changed = kit.off(|instance| {
        instance.db.write(&instance.by_system("test"), praja_store::Keys::unaudited(), |tx| {
            // What was described is remembered by its hash.
            tx.exec(
                "UPDATE perizinan_jenis_versi SET sidik = 'dikabulkan', isi = REPLACE(isi, '\"diam\":{\"akibat\":\"peringatan\"}',
                 '\"diam\":{\"akibat\":\"dianggap-dikabulkan\",\"dasar\":\"UU 30/2014 pasal 53\"}') WHERE nama = ?1",
                praja_store::params!["Surat Keterangan Penelitian"],
            )
        })
    });
    assert_eq!(changed.expect("it is changed"), 1);
    let page = Person::officer(&kit, "auditor").get(PAGE);
    assert!(page.says("Berisiko dikabulkan menurut hukum"), "{}", page.body);
    assert!(csv(&kit, "").contains("Berisiko dikabulkan menurut hukum"));
}
