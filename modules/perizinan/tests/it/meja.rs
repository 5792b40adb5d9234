//! What the page of one application tells whoever may see it.

use praja_testkit::Kit;

use crate::{
    PDF, Person,
    alur::{act, kit, of_two, send, skp, skp_of, upload},
    survei::scheduled,
};

#[test]
fn whoever_sees_an_application_reads_what_was_asked_of_the_applicant_and_whether_it_came() {
    let kit = kit();
    let mut citizen = Person::stranger(&kit);
    let resi = skp(&mut citizen);
    send(&mut citizen, &resi);
    let (mut loket, path) = of_two(&kit, ["loket", "loket2"]);
    assert!(!loket.get(&path).says("Kekurangan yang diminta"), "nothing was asked yet");
    let form = format!("{path}/kembalikan");
    let back = loket.fill(&form, &form, &[("alasan1", "buram"), ("pesan1", "Halaman 3 tidak terbaca, pindai ulang")]);
    assert_eq!(back.status, 303, "{}", back.body);
    let seen = |kit: &Kit, akun: &str| Person::officer(kit, akun).get(&path);
    for akun in ["loket", "kasi-izin", "kabid-izin", "pemeriksa"] {
        let page = seen(&kit, akun);
        for words in ["Kekurangan yang diminta", "Pengembalian ke-1", "Halaman 3 tidak terbaca, pindai ulang", "Belum diperbaiki"]
        {
            assert!(page.says(words), "{akun} {words}: {}", page.body);
        }
    }
    kit.clock.move_ms(60_000);
    assert_eq!(upload(&mut citizen, &resi, "proposal", "baru.pdf", PDF).status, 303);
    send(&mut citizen, &resi);
    let (mut loket, path) = of_two(&kit, ["loket", "loket2"]);
    let mut kabid = Person::officer(&kit, "kabid-izin");
    act(&mut kabid, &path, "izinkan-kembali", &[("alasan_izin", "Baru diketahui setelah surat diperiksa silang")]);
    let form = format!("{path}/kembalikan");
    let again = [("alasan0", "salah-berkas"), ("pesan0", "Surat dari dekan, bukan dari ketua jurusan")];
    assert_eq!(loket.fill(&form, &form, &again).status, 303);
    let page = kabid.get(&path).body;
    let at = |words: &str| page.find(words).unwrap_or_else(|| panic!("{words}: {page}"));
    assert!(at("Pengembalian ke-1") < at("Sudah dikirim ulang") && at("Sudah dikirim ulang") < at("Pengembalian ke-2"));
    assert!(at("Pengembalian ke-2") < at("Surat dari dekan") && at("Surat dari dekan") < at("Belum diperbaiki"));
}

/// A research letter by somebody of this name under the one NIK; gives its page at the desks.
fn by(kit: &Kit, nama: &str) -> String {
    let mut citizen = Person::stranger(kit);
    let resi = skp_of(&mut citizen, nama);
    send(&mut citizen, &resi);
    kit.clock.move_ms(60_000);
    let id = kit.off(|instance| {
        instance.db.read(|tx| {
            tx.scalar::<praja_kernel::Id>("SELECT id FROM perizinan_permohonan WHERE resi = ?1", praja_store::params![&resi])
        })
    });
    format!("/perizinan/izin/{}", id.expect("it is there"))
}

#[test]
fn a_nik_under_two_names_is_told_at_the_desk_of_what_came_online_and_under_one_name_is_not() {
    let kit = kit();
    let odd = "NIK ini sudah dipakai dengan nama lain";
    let first = by(&kit, "Siti Rahma");
    assert!(!Person::officer(&kit, "loket").get(&first).says(odd));
    // Capitals and titles make nobody another person.
    let same = by(&kit, "SITI RAHMA, S.Pd.");
    assert!(!Person::officer(&kit, "loket").get(&same).says(odd));
    let other = by(&kit, "Budi Santoso");
    let page = Person::officer(&kit, "pemeriksa").get(&other);
    assert!(page.says(odd) && page.says("Siti Rahma") && page.says("Cocokkan nama dan NIK dengan KTP"), "{}", page.body);
    assert!(Person::officer(&kit, "loket").get(&first).says("nama lain: Budi Santoso"));
}

#[test]
fn another_applicants_name_is_not_told_to_the_technical_opd() {
    let kit = kit();
    let (_, path) = scheduled(&kit);
    by(&kit, "Budi Santoso");
    assert!(Person::officer(&kit, "pemeriksa").get(&path).says("nama lain: Budi Santoso"));
    let page = Person::officer(&kit, "opd-teknis").get(&path);
    assert!(page.status == 200 && page.says("Siti Rahma") && !page.says("Budi Santoso"), "{} {}", page.status, page.body);
}
