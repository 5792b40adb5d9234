//! Surveys: the team writes the report at the place, two officers stand by it, and it goes on.

use praja_testkit::Kit;

use crate::{
    Person,
    alur::{act, begin, jpeg, kit, of_two, part, send, upload},
    terbit::{gateway, sent_outside},
};

const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

/// A billboard, applied for, found complete, its survey set for tomorrow; gives the resi and the page of the desks.
pub(crate) fn scheduled(kit: &Kit) -> (String, String) {
    let mut citizen = Person::stranger(kit);
    let resi = begin(&mut citizen, "REK", &[]);
    assert_eq!(part(&mut citizen, &resi, 1, &[("atas_nama", "Perseorangan")]).status, 303);
    let reklame = [
        ("jenis_reklame", "Papan atau billboard"),
        ("isi_reklame", "Warung Melati, buka pagi sampai malam"),
        ("panjang", "4"),
        ("lebar", "2"),
        ("sisi", "1"),
        ("tinggi", "5"),
        ("jumlah_reklame", "1"),
    ];
    assert_eq!(part(&mut citizen, &resi, 2, &reklame).status, 303);
    let list = citizen.get("/perizinan/pilih/wilayah?q=lalang").body;
    let code = list.split('"').find(|word| word.matches('.').count() == 3).expect("a village").to_owned();
    let place = [
        ("letak", "Jalan Merdeka depan pasar"),
        ("kelurahan", code.as_str()),
        ("kelurahan_label", "Lalang"),
        ("kelurahan_teks", "Lalang"),
        ("titik", "-2.8731,108.0512"),
        ("status_lahan", "Milik sendiri"),
    ];
    let done = part(&mut citizen, &resi, 3, &place);
    assert_eq!(done.status, 303, "{}", done.body);
    for syarat in ["surat_permohonan", "gambar_konstruksi", "gambar_isi"] {
        let put = upload(&mut citizen, &resi, syarat, "surat.pdf", PDF);
        assert_eq!(put.status, 303, "{syarat}: {}", put.body);
    }
    for syarat in ["ktp", "foto_lokasi"] {
        let put = upload(&mut citizen, &resi, syarat, "foto.jpg", &jpeg());
        assert_eq!(put.status, 303, "{syarat}: {}", put.body);
    }
    send(&mut citizen, &resi);
    let (mut loket, path) = of_two(kit, ["loket", "loket2"]);
    act(&mut loket, &path, "lengkap", &[]);
    let (mut pemeriksa, path) = of_two(kit, ["pemeriksa", "pemeriksa2"]);
    act(&mut pemeriksa, &path, "periksa", &[]);
    let page = pemeriksa.get(&path).body;
    let team: Vec<String> = page
        .split("name=\"petugas\" value=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(ToOwned::to_owned)
        .collect();
    assert!(team.len() >= 2, "{page}");
    let day = [("tanggal", "2026-11-23"), ("jam", "09.30"), ("petugas", team[0].as_str()), ("petugas", team[1].as_str())];
    act(&mut pemeriksa, &path, "survei", &day);
    (resi, path)
}

/// The report with everything that is asked, signed or refused.
pub(crate) fn report<'a>(versi: &'a str, foto: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut all = vec![
        ("versi", versi),
        ("hasil", "sesuai"),
        ("catatan", ""),
        ("titik", "-2.873100,108.051200"),
        ("akurasi", "6"),
        ("_titik_cara", "ketik"),
        ("hadir", "Siti Rahma"),
        ("hubungan", "pemohon sendiri"),
        ("ttd_cara", "menolak"),
        ("ttd_alasan", "Pemohon tidak membawa kacamata"),
        ("gambar_lokasi", foto),
    ];
    all.extend((0..4).map(|at| (["butir0", "butir1", "butir2", "butir3"][at], "sesuai")));
    all
}

/// A picture as the page's script writes it into the form.
fn as_text(bytes: &[u8], mime: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = format!("data:{mime};base64,");
    for three in bytes.chunks(3) {
        let bits = three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for at in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * at) & 63) as usize];
            out.push(if at > three.len() { '=' } else { char::from(letter) });
        }
    }
    out
}

#[test]
fn two_officers_stand_by_the_report_before_it_counts_and_everybody_reads_it() {
    let kit = kit();
    let (resi, path) = scheduled(&kit);
    let mut first = Person::officer(&kit, "surveyor");
    let mut second = Person::officer(&kit, "surveyor2");
    let list = first.get("/perizinan/izin/survei");
    assert!(
        list.says("Jalan Merdeka depan pasar") && list.says("081234567890") && list.body.contains("geo:-2.8731,108.0512"),
        "{}",
        list.body
    );
    assert_eq!(first.get("/perizinan/izin/survei/unduh").status, 200);
    let bap = format!("{path}/bap");
    assert_eq!(Person::officer(&kit, "loket").get(&bap).status, 403);
    let foto = as_text(&jpeg(), "image/jpeg");
    // Everything that is missing is told at once, and what was typed stays.
    let nothing = first.fill(&bap, &bap, &[("versi", "1"), ("catatan", "hujan sejak pagi"), ("gambar_lokasi", &foto)]);
    assert!(
        nothing.status == 422 && nothing.says("Pilih kesimpulan pemeriksaan") && nothing.says("hujan sejak pagi"),
        "{}",
        nothing.body
    );
    assert!(nothing.body.contains("data:image/jpeg"), "the picture is still in the form");
    let saved = first.fill(&bap, &bap, &report("1", &foto));
    assert_eq!(saved.status, 303, "{}", saved.body);
    assert!(first.get(&path).says("Berita acara pemeriksaan ditulis"), "one officer is not enough");
    let own = first.get(&bap);
    assert!(own.says("Anda sudah mengonfirmasi"), "{}", own.body);
    // A text that another officer changed meanwhile is not written over.
    let stale = second.fill(&bap, &bap, &report("1", &foto));
    assert_eq!(stale.status, 409, "{}", stale.body);
    let read = second.get(&bap);
    assert!(read.says("Siti Rahma") && read.says("diketik") && read.says("kacamata"), "{}", read.body);
    let confirm = format!("{bap}/konfirmasi");
    let unsure = second.fill(&bap, &confirm, &[("versi", "2")]);
    assert!(unsure.status == 422 && unsure.says("Centang pernyataan ini"), "{}", unsure.body);
    let done =
        second.fill(&bap, &confirm, &[("versi", "2"), ("setuju", "1"), ("tanda_tangan_petugas", &as_text(&png(), "image/png"))]);
    assert_eq!(done.status, 303, "{}", done.body);
    let paper = second.get(&format!("{bap}/cetak"));
    assert!(paper.bytes.starts_with(b"%PDF"), "{}", paper.body);
    let words = words(&paper.bytes);
    for part in ["BERITA ACARA", "PEMERIKSAAN LAPANGAN", "Siti Rahma", "diketik petugas", "kacamata", "dikonfirmasi"] {
        assert!(words.contains(part), "{part}: {words}");
    }
    let desk = Person::officer(&kit, "kabid-izin").get(&path);
    assert!(desk.says("Buka berita acara") && desk.says("Sesuai"), "{}", desk.body);
    let mut citizen = Person::stranger(&kit);
    let seen = citizen.done("/perizinan/lacak", "/perizinan/lacak", &[("resi", &resi), ("nik4", "0001")]);
    assert!(seen.says("Pemeriksaan lapangan 23 November 2026 pukul 09.30") && seen.says("Hasil: Sesuai"), "{}", seen.body);
}

#[test]
fn the_back_office_moves_a_survey_with_a_reason_that_the_applicant_reads() {
    let kit = kit();
    gateway(&kit);
    let (resi, path) = scheduled(&kit);
    assert!(sent_outside(&kit).contains("pada Senin, 23 November 2026 pukul 09.30. Siapkan KTP"), "{}", sent_outside(&kit));
    let mut pemeriksa = Person::officer(&kit, "pemeriksa");
    let moved = [("tanggal_baru", "2026-11-24"), ("jam_baru", "13.00")];
    let refused = pemeriksa.fill(&path, &format!("{path}/jadwal-ulang"), &moved);
    assert!(refused.status == 422 && refused.says("Tulis alasannya"), "{}", refused.body);
    let mut whole = moved.to_vec();
    whole.push(("alasan_jadwal", "Jalan ke lokasi tergenang banjir"));
    act(&mut pemeriksa, &path, "jadwal-ulang", &whole);
    assert!(sent_outside(&kit).contains("dipindah ke Selasa, 24 November 2026 pukul 13.00"), "{}", sent_outside(&kit));
    let seen = Person::stranger(&kit).done("/perizinan/lacak", "/perizinan/lacak", &[("resi", &resi), ("nik4", "0001")]);
    assert!(seen.says("dipindah ke 24 November 2026 pukul 13.00") && seen.says("tergenang banjir"), "{}", seen.body);
}

#[test]
fn a_report_without_the_script_brings_its_photo_as_a_file() {
    let kit = kit();
    let (_, path) = scheduled(&kit);
    let mut first = Person::officer(&kit, "surveyor");
    let bap = format!("{path}/bap");
    let mut fields = report("1", "");
    fields.retain(|(name, _)| *name != "gambar_lokasi");
    let saved = first.upload(&bap, &bap, &fields, &[("foto", "lokasi.jpg", &jpeg())]);
    assert_eq!(saved.status, 303, "{}", saved.body);
    let page = first.get(&bap);
    let src = page.body.split("<img class=\"bap-foto\" src=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a photo");
    assert!(first.get(src).bytes.starts_with(&[0xff, 0xd8]));
    assert_eq!(Person::officer(&kit, "auditor").get(src).status, 403);
}

#[test]
fn papers_that_show_who_somebody_is_are_opened_as_marked_copies_only() {
    let kit = kit();
    let (resi, path) = scheduled(&kit);
    let mut surveyor = Person::officer(&kit, "surveyor");
    let page = surveyor.get(&path);
    let way = page
        .body
        .split("action=\"")
        .filter_map(|part| part.split('"').next())
        .find(|to| to.contains("/berkas/"))
        .expect("the card opens by an act")
        .to_owned();
    let opened = surveyor.fill(&path, &way, &[]);
    assert!(opened.status == 200 && opened.bytes.starts_with(b"%PDF"), "{} {}", opened.status, opened.body);
    let told = words(&opened.bytes);
    assert!(told.contains(&format!("hanya untuk permohonan {resi}")), "{told}");
    assert_eq!(surveyor.get(&way).status, 404, "the bare file is never given");
    // Whose turn it is not reads neither the card nor the whole number.
    let mut pemeriksa = Person::officer(&kit, "pemeriksa");
    let page = pemeriksa.get(&path);
    assert!(page.status == 200 && !page.body.contains(&way) && !page.says("Buka NIK"), "{}", page.body);
    assert_eq!(pemeriksa.fill(&path, &way, &[]).status, 404);
}

#[test]
fn an_applicant_s_file_comes_in_pieces_and_goes_on_where_it_stopped() {
    let kit = kit();
    let mut citizen = Person::stranger(&kit);
    let resi = begin(&mut citizen, "SKP", &[]);
    let first =
        [("golongan", "Perguruan tinggi atau sekolah"), ("lembaga", "Universitas Contoh"), ("pekerjaan", "Mahasiswa S-1")];
    part(&mut citizen, &resi, 1, &first);
    let list = format!("/perizinan/permohonan/{resi}/berkas");
    let whole: Vec<u8> = [PDF, &vec![b'%'; 300_000]].concat();
    let ways = format!("/perizinan/permohonan/{resi}/unggahan");
    let begun = citizen.fill(&list, &ways, &[("nama", "proposal.pdf"), ("ukuran", &whole.len().to_string())]);
    assert!(begun.status == 200 && begun.body.contains("\"potongan\":262144"), "{} {}", begun.status, begun.body);
    let id = begun.body.split("\"id\":\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an id").to_owned();
    let piece = format!("{ways}/{id}");
    let half = citizen.upload(&list, &piece, &[("dari", "0")], &[("potongan", "p", &whole[..262_144])]);
    assert!(half.body.contains("\"diterima\":262144"), "{} {}", half.status, half.body);
    let stranger = Person::stranger(&kit).fill("/perizinan/lacak", &piece, &[]);
    assert_eq!(stranger.status, 404, "nobody else learns of it");
    let asked = citizen.fill(&list, &piece, &[]);
    assert!(asked.body.contains("\"diterima\":262144"), "after a break it says where to go on");
    let rest = citizen.upload(&list, &piece, &[("dari", "262144")], &[("potongan", "p", &whole[262_144..])]);
    assert_eq!(rest.status, 200, "{}", rest.body);
    let put = citizen.fill(&list, &format!("{list}/proposal"), &[("berkas_unggahan", &id)]);
    assert_eq!(put.status, 303, "{}", put.body);
    assert!(citizen.get(&list).says("proposal.pdf"));
    // One that is given up is gone; where it stopped is no longer told.
    let begun = citizen.fill(&list, &ways, &[("nama", "lain.pdf"), ("ukuran", "300000")]);
    let id = begun.body.split("\"id\":\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an id").to_owned();
    assert_eq!(Person::stranger(&kit).fill("/perizinan/lacak", &format!("{ways}/{id}/hapus"), &[]).status, 404);
    assert_eq!(citizen.fill(&list, &format!("{ways}/{id}/hapus"), &[]).status, 200);
    assert_eq!(citizen.fill(&list, &format!("{ways}/{id}"), &[]).status, 404);
}

fn png() -> Vec<u8> {
    let mut out = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_pixel(300, 110, image::Rgb([16, 32, 74]))
        .write_to(&mut out, image::ImageFormat::Png)
        .expect("it is written");
    out.into_inner()
}

/// What a PDF says, one blank between words.
pub(crate) fn words(pdf: &[u8]) -> String {
    let mut reader = std::process::Command::new("pdftotext")
        .args(["-layout", "-", "-"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("pdftotext is there");
    // The paper is longer than a pipe holds; nothing is answered before all of it was read.
    std::io::Write::write_all(&mut reader.stdin.take().expect("a pipe"), pdf).expect("it is read");
    let out = reader.wait_with_output().expect("it ends");
    String::from_utf8_lossy(&out.stdout).split_whitespace().collect::<Vec<_>>().join(" ")
}
