//! Nobody is passed over unseen, and nobody works on what is their own.

use praja_testkit::Kit;

use crate::{
    Person,
    alur::{act, begin, kit, of_two, part, send, skp, turn},
};

/// Codes of every step of the application of this path: why it was taken out of its turn, and the step's own.
fn codes(kit: &Kit, path: &str) -> Vec<(String, String)> {
    let id: praja_kernel::Id = path.rsplit('/').next().expect("an id").parse().expect("an id");
    let found = kit.off(|instance| {
        instance.db.read(|tx| {
            tx.list(
                "SELECT lompat, kode FROM perizinan_riwayat WHERE permohonan = ?1 ORDER BY pada, id",
                praja_store::params![id],
                |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?)),
            )
        })
    });
    found.expect("its steps")
}

/// Three letters sent; the officer who has two of them, with the paths of both, the earlier first.
fn two_of_one(kit: &Kit) -> (Person<'_>, [String; 2]) {
    for _ in 0..3 {
        let mut citizen = Person::stranger(kit);
        let resi = skp(&mut citizen);
        send(&mut citizen, &resi);
        kit.clock.move_ms(60_000);
    }
    for akun in ["loket", "loket2"] {
        let mut officer = Person::officer(kit, akun);
        let list = officer.get("/perizinan/izin?pandangan=saya").body;
        let mut ids: Vec<String> = list
            .split("href=\"/perizinan/izin/")
            .skip(1)
            .filter_map(|part| part.split('"').next())
            .filter(|id| id.len() == 36 && !id.contains('?'))
            .map(|id| format!("/perizinan/izin/{id}"))
            .collect();
        ids.dedup();
        if let [first, second] = ids.as_slice() {
            return (officer, [first.clone(), second.clone()]);
        }
    }
    panic!("nobody has two")
}

#[test]
fn why_a_file_was_taken_first_is_written_down_also_with_a_return_and_only_where_somebody_was_passed_over() {
    let kit = kit();
    let (mut loket, [earlier, later]) = two_of_one(&kit);
    let form = format!("{later}/kembalikan");
    let defect = [("alasan1", "buram"), ("pesan1", "Halaman 3 tidak terbaca, pindai ulang")];
    let refused = loket.fill(&form, &form, &defect);
    assert!(refused.status == 422 && refused.says("masuk lebih dahulu"), "{}", refused.body);
    let back = loket.fill(&form, &form, &[defect[0], defect[1], ("lompat", "perintah-pengadilan")]);
    assert_eq!(back.status, 303, "{}", back.body);
    assert_eq!(codes(&kit, &later).last().map(|(lompat, _)| lompat.clone()), Some("perintah-pengadilan".into()));
    // The earlier one passes nobody over, whatever the browser sends.
    act(&mut loket, &earlier, "lengkap", &[("lompat", "darurat-kesehatan")]);
    assert!(codes(&kit, &earlier).iter().all(|(lompat, _)| lompat.is_empty()), "{:?}", codes(&kit, &earlier));
}

#[test]
fn a_refusal_out_of_turn_keeps_its_own_code_beside_the_reason_for_taking_it_first() {
    let kit = kit();
    for _ in 0..3 {
        let mut citizen = Person::stranger(&kit);
        let resi = skp(&mut citizen);
        send(&mut citizen, &resi);
        let (mut loket, path) = of_two(&kit, ["loket", "loket2"]);
        act(&mut loket, &path, "lengkap", &[]);
        kit.clock.move_ms(60_000);
    }
    for akun in ["pemeriksa", "pemeriksa2"] {
        let mut officer = Person::officer(&kit, akun);
        let list = officer.get("/perizinan/izin?pandangan=saya").body;
        let mut ids: Vec<&str> = list
            .split("href=\"/perizinan/izin/")
            .skip(1)
            .filter_map(|part| part.split('"').next())
            .filter(|id| id.len() == 36 && !id.contains('?'))
            .collect();
        ids.dedup();
        if ids.len() < 2 {
            continue;
        }
        let [earlier, later] = [format!("/perizinan/izin/{}", ids[0]), format!("/perizinan/izin/{}", ids[1])];
        act(&mut officer, &later, "periksa", &[("lompat", "korektif-sistem")]);
        act(&mut officer, &earlier, "periksa", &[]);
        let fields = [
            ("kode_tolak", "data-tidak-benar"),
            ("dasar_tolak", "Perbup contoh Pasal 5"),
            ("uraian_tolak", "Surat pengantar bukan dari lembaga yang disebut."),
        ];
        let refused = officer.fill(&later, &format!("{later}/tolak"), &fields);
        assert_eq!(refused.status, 422, "the other one came earlier: {}", refused.body);
        assert!(refused.body.contains("<details open><summary>Tolak permohonan"), "what is wrong is in sight: {}", refused.body);
        assert!(refused.body.contains("f-tolak-lompat"), "and asks for the reason: {}", refused.body);
        // Every act that brings it forward asks for it; what suspends it or lets it go on does not.
        let page = officer.get(&later);
        let form = |act: &str| {
            let rest =
                page.body.split(&format!("action=\"{later}/{act}\"")).nth(1).unwrap_or_else(|| panic!("no {act}: {}", page.body));
            rest.split("</form>").next().unwrap_or_default().to_owned()
        };
        assert!(form("setujui").contains("name=\"lompat\"") && form("tolak").contains("name=\"lompat\""), "{}", page.body);
        assert!(!form("tangguhkan").contains("name=\"lompat\""), "{}", page.body);
        act(&mut officer, &later, "tangguhkan", &[("alasan_tangguh", "Menunggu putusan sengketa lahan.")]);
        act(&mut officer, &later, "lanjutkan", &[]);
        assert!(codes(&kit, &later).iter().rev().take(2).all(|(lompat, _)| lompat.is_empty()), "nobody was passed over");
        let done =
            officer.fill(&later, &format!("{later}/tolak"), &[fields[0], fields[1], fields[2], ("lompat", "korektif-sistem")]);
        assert_eq!(done.status, 303, "{}", done.body);
        assert_eq!(codes(&kit, &later).last(), Some(&("korektif-sistem".into(), "data-tidak-benar".into())));
        // Who belongs to the office that refused judges no refusal; who stands outside does.
        let review = later.replace("/perizinan/izin/", "/perizinan/izin/tinjau-tolak/");
        let mut kepala = Person::officer(&kit, "kepala-izin");
        let read = kepala.get(&review);
        assert!(read.status == 200 && read.says("pengawas di luar kantor") && !read.says("Simpan penilaian"), "{}", read.body);
        let mut pengawas = Person::officer(&kit, "auditor");
        assert_eq!(pengawas.fill(&review, &review, &[("hasil", "wajar")]).status, 303);
        return;
    }
    panic!("nobody has two");
}

#[test]
fn a_second_return_of_a_file_that_nobody_replaced_needs_leave_and_of_one_that_was_replaced_does_not() {
    let kit = kit();
    let mut citizen = Person::stranger(&kit);
    let resi = skp(&mut citizen);
    send(&mut citizen, &resi);
    let (mut loket, path) = of_two(&kit, ["loket", "loket2"]);
    let form = format!("{path}/kembalikan");
    assert_eq!(loket.fill(&form, &form, &[("alasan1", "buram"), ("pesan1", "Halaman 3 tidak terbaca")]).status, 303);
    kit.clock.move_ms(60_000);
    let list = format!("/perizinan/permohonan/{resi}/berkas");
    assert!(citizen.get(&list).says("Petugas meminta berkas ini diperbaiki"), "{}", citizen.get(&list).body);
    let put = citizen.upload(&list, &format!("{list}/proposal"), &[], &[("berkas", "baru.pdf", crate::PDF)]);
    assert_eq!(put.status, 303, "{}", put.body);
    let mended = citizen.get(&list);
    assert!(mended.says("sudah diganti") && !mended.says("Petugas meminta berkas ini diperbaiki"), "{}", mended.body);
    send(&mut citizen, &resi);
    let ended = kit.off(|instance| {
        instance.db.read(|tx| {
            tx.one("SELECT COUNT(*) FROM perizinan_permohonan WHERE selesai IS NOT NULL", &[], |row| row.get::<i64>(0))
        })
    });
    assert_eq!(ended.expect("counted"), 0, "what comes again has not ended");
    let (mut loket, path) = of_two(&kit, ["loket", "loket2"]);
    let form = format!("{path}/kembalikan");
    let same = loket.fill(&form, &form, &[("alasan0", "salah-berkas"), ("pesan0", "Surat dari dekan")]);
    assert!(same.status == 422 && same.says("izin kepala bidang"), "{}", same.body);
    let new = loket.fill(&form, &form, &[("alasan1", "buram"), ("pesan1", "Kini halaman 4 yang terpotong")]);
    assert_eq!(new.status, 303, "{}", new.body);
}

#[test]
fn nobody_handles_the_own_application() {
    let kit = kit();
    // Whoever has no turn yet comes first; both officers of the counter are known by NIP.
    let officers = kit.off(|instance| {
        instance.db.read(|tx| {
            tx.list(
                "SELECT email, nama, nip FROM identity_orang WHERE email LIKE 'loket@%' OR email LIKE 'loket2@%' ORDER BY email",
                &[],
                |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?, row.get::<String>(2)?)),
            )
        })
    });
    let officers = officers.expect("the officers of the counter");
    assert_eq!(officers.len(), 2);
    for (email, nama, nip) in &officers {
        let akun = email.split('@').next().expect("a name");
        let woman = nip.as_bytes()[14] == b'2';
        let day: u32 = nip[6..8].parse().expect("a day");
        let nik = format!("190601{:02}{}{}0007", if woman { day + 40 } else { day }, &nip[4..6], &nip[2..4]);
        let mut citizen = Person::stranger(&kit);
        let resi = begin(&mut citizen, "SKP", &[("nama", &nama.to_uppercase()), ("nik", &nik)]);
        let path = format!("/perizinan/permohonan/{resi}");
        let review = citizen.get(&format!("{path}/kirim"));
        assert!(review.says("Belum dapat dikirim"), "{}", review.body);
        part(&mut citizen, &resi, 1, &[("golongan", "Perseorangan"), ("pekerjaan", "Peneliti")]);
        let fields = [
            ("judul_penelitian", "Pola tanam lada putih"),
            ("tujuan", "Mengetahui pola tanam petani lada"),
            ("bidang", "Pertanian"),
            ("lokasi", "Desa Lalang Jaya"),
            ("mulai", "2026-12-01"),
            ("selesai", "2027-03-31"),
        ];
        part(&mut citizen, &resi, 2, &fields);
        let list = format!("{path}/berkas");
        for syarat in ["surat_perseorangan", "proposal", "pernyataan_taat", "pernyataan_sah"] {
            citizen.upload(&list, &format!("{list}/{syarat}"), &[], &[("berkas", "surat.pdf", crate::PDF)]);
        }
        for syarat in ["ktp", "foto"] {
            citizen.upload(&list, &format!("{list}/{syarat}"), &[], &[("berkas", "foto.jpg", &crate::alur::jpeg())]);
        }
        let sent = send(&mut citizen, &resi);
        assert!(sent.says("SKP-2026"), "{}", sent.body);
        let mut own = Person::officer(&kit, akun);
        assert!(own.get("/perizinan/izin?pandangan=saya").says("Tidak ada yang menunggu Anda"), "{akun} has the own application");
        let other = if akun == "loket" { "loket2" } else { "loket" };
        let mut other = Person::officer(&kit, other);
        let path = turn(&mut other);
        let tried = own.fill(&path, &format!("{path}/lengkap"), &[]);
        assert!(tried.status == 422 && tried.says("atas nama Anda sendiri"), "{} {}", tried.status, tried.body);
        act(&mut other, &path, "lengkap", &[]);
    }
}

#[test]
fn an_applicant_is_told_when_the_region_of_the_nik_is_not_in_the_list() {
    let kit = kit();
    let mut citizen = Person::stranger(&kit);
    let odd = begin(&mut citizen, "SKP", &[("nik", "5399995209850001")]);
    let review = citizen.get(&format!("/perizinan/permohonan/{odd}/kirim"));
    assert!(review.says("bukan wilayah yang kami kenal"), "{}", review.body);
}
