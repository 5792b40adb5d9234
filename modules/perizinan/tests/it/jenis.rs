//! Types of service in the browser: made without seeing YAML, published, versioned, refused where something is wrong.

use praja_perizinan::MODULE;
use praja_testkit::{Kit, Page};

use crate::Person;

const LIST: &str = "/perizinan/izin/jenis";

fn kit() -> Kit {
    let kit = Kit::new(&[&MODULE]);
    kit.load_demo_at("perizinan", 0);
    kit
}

/// The address of a version of a type, from the list.
pub(crate) fn of(person: &mut Person<'_>, kode: &str) -> String {
    let page = person.get(&format!("{LIST}?q={kode}"));
    let found = page
        .body
        .split("href=\"")
        .filter_map(|rest| rest.split('"').next())
        .find(|href| href.strip_prefix("/perizinan/izin/jenis/").is_some_and(|id| id.len() == 36));
    found.unwrap_or_else(|| panic!("{kode} is not in {}", page.body)).to_owned()
}

/// Saves one form of the editor, which leads on.
pub(crate) fn saved(person: &mut Person<'_>, path: &str, fields: &[(&str, &str)]) -> Page {
    // The number of the draft travels with every form.
    let form = person.get(path);
    let versi = form.hidden("versi").unwrap_or_else(|| panic!("no form at {path}: {}", form.body)).to_owned();
    let mut all: Vec<(&str, &str)> = vec![("versi", &versi)];
    all.extend_from_slice(fields);
    person.done(path, path, &all)
}

fn refused(person: &mut Person<'_>, path: &str, fields: &[(&str, &str)]) -> Page {
    let answer = person.fill(path, path, fields);
    assert_eq!(answer.status, 422, "{path}: {}", answer.body);
    answer
}

/// A new type with a part, and the address of its draft.
fn begun(person: &mut Person<'_>) -> String {
    let form = format!("{LIST}/baru");
    let fields = [
        ("kode", "psr"),
        ("nama", "Izin pemakaian kios pasar"),
        ("ringkasan", "Izin memakai kios di pasar daerah."),
        ("sektor", "perdagangan"),
    ];
    let answer = person.fill(&form, &form, &fields);
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer.location.expect("it leads to the draft")
}

#[test]
fn the_list_shows_types_with_lane_version_and_last_review_and_is_searched() {
    let kit = kit();
    let mut pengelola = Person::officer(&kit, "pengelola-izin");
    let page = pengelola.get(LIST);
    assert_eq!(page.status, 200, "{}", page.body);
    for words in [" jenis layanan", "Izin penyelenggaraan reklame", "MPP Digital Nasional", "LATIHAN", "22 Nov 2026"] {
        assert!(page.says(words), "{words}: {}", page.body);
    }
    assert!(pengelola.get(&format!("{LIST}?kanal=SIMBG")).says("1 jenis layanan"));
    assert!(pengelola.get(&format!("{LIST}?keadaan=draf")).says("1 jenis layanan"));
    let csv = pengelola.get(&format!("{LIST}/unduh?format=csv"));
    assert!(csv.status == 200 && csv.says("REK"), "{}", csv.body);
}

#[test]
fn only_who_keeps_the_types_may_see_or_change_them() {
    let kit = kit();
    for akun in ["loket", "pemeriksa", "kepala-izin", "auditor"] {
        assert_eq!(Person::officer(&kit, akun).get(LIST).status, 403, "{akun}");
    }
}

#[test]
fn a_new_type_is_made_form_by_form_published_and_seen_by_citizens() {
    let kit = kit();
    let mut pengelola = Person::officer(&kit, "pengelola-izin");
    let draft = begun(&mut pengelola);
    let page = pengelola.get(&draft);
    assert!(page.says("hal perlu dilengkapi") && page.says("Dokumen yang terbit belum berisi."), "{}", page.body);

    saved(
        &mut pengelola,
        &format!("{draft}/bagian/pokok"),
        &[
            ("nama", "Izin pemakaian kios pasar"),
            ("ringkasan", "Izin memakai kios di pasar daerah."),
            ("sektor", "perdagangan"),
            ("kanal", "PRAJA"),
            ("berlaku_dari", "2026-01-01"),
            ("ditinjau", "2026-11-20"),
            ("dasar_hukum", "Perda Nomor 4 Tahun 2024\nPerbup Nomor 9 Tahun 2024"),
        ],
    );
    let parts = format!("{draft}/formulir");
    saved(&mut pengelola, &parts, &[("aksi", "tambah"), ("judul", "Data kios")]);
    let field = format!("{draft}/formulir/_baru");
    for (label, jenis, more) in [
        ("Nama pasar", "teks", vec![]),
        ("Jenis dagangan", "pilihan", vec![("pilihan", "Sayur\nDaging\nPakaian")]),
        ("Luas kios", "angka", vec![("satuan", "m²"), ("min", "1"), ("maks", "100"), ("desimal", "2")]),
        ("Mulai memakai", "tanggal", vec![("min", "hari-ini")]),
        ("Sampai tanggal", "tanggal", vec![]),
        ("Asal daging", "teks", vec![("bila.0.isian", "jenis_dagangan"), ("bila.0.banding", "="), ("bila.0.nilai", "Daging")]),
    ] {
        let mut fields = vec![("label", label), ("jenis", jenis), ("wajib", "ya"), ("bagian", "1")];
        fields.extend(more);
        saved(&mut pengelola, &field, &fields);
    }
    let page = pengelola.get(&parts);
    assert!(page.says("bila Jenis dagangan adalah Daging") && page.says("luas_kios"), "{}", page.body);

    // A part that holds fields is not removed at one stroke.
    let kept = saved(&mut pengelola, &parts, &[("aksi", "hapus-bagian"), ("apa", "1")]);
    assert!(kept.says("Bagian itu masih berisi.") && kept.says("luas_kios"), "{}", kept.body);

    let syarat = format!("{draft}/syarat/_baru");
    let one = |person: &mut Person<'_>, fields: &[(&str, &str)]| {
        let versi = person.get(&draft).hidden("versi").expect("a draft has acts").to_owned();
        let mut all = vec![
            ("versi", versi.as_str()),
            ("jenis", "berkas"),
            ("wajib", "ya"),
            ("format", "pdf"),
            ("format", "jpg"),
            ("kepekaan", "umum"),
        ];
        all.extend_from_slice(fields);
        person.done(&syarat, &syarat, &all)
    };
    one(&mut pengelola, &[("label", "KTP pemohon"), ("pakai_ulang", "ktp")]);
    let list = one(
        &mut pengelola,
        &[
            ("label", "Surat keterangan asal daging"),
            ("bila.0.isian", "jenis_dagangan"),
            ("bila.0.banding", "="),
            ("bila.0.nilai", "Daging"),
        ],
    );
    assert!(list.says("bila Jenis dagangan adalah Daging"), "{}", list.body);

    saved(
        &mut pengelola,
        &format!("{draft}/bagian/biaya"),
        &[
            ("biaya.dasar", "Perda Nomor 4 Tahun 2024"),
            ("biaya.komponen[1].nama", "Pemakaian kios"),
            ("biaya.komponen[1].rumus", "jika(jenis_dagangan = \"Daging\"; luas_kios * 3000; luas_kios * 2000)"),
        ],
    );
    saved(
        &mut pengelola,
        &format!("{draft}/bagian/masa"),
        &[("permohonan", "baru"), ("masa.isian", "sampai_tanggal"), ("masa.perpanjangan_hari", "30")],
    );
    saved(
        &mut pengelola,
        &format!("{draft}/bagian/alur"),
        &[("alur.survei", "ya"), ("alur.paraf", "kasi"), ("alur.paraf", "kabid")],
    );
    let ready = saved(
        &mut pengelola,
        &format!("{draft}/bagian/dokumen"),
        &[
            ("dokumen.bentuk", "keputusan"),
            ("dokumen.nomor", "{klas}/{no:03}/PSR/{unit}/{tahun}"),
            ("dokumen.klasifikasi", "500.16.7.2"),
            ("dokumen.menimbang", "bahwa permohonan {nama} memenuhi syarat;"),
            ("dokumen.rincian[1].label", "Pasar"),
            ("dokumen.rincian[1].isi", "{nama_pasar}, {luas_kios}"),
            ("dokumen.isi", "Memberikan izin memakai kios kepada {nama}.\nIzin berlaku sampai {berlaku_sampai}."),
        ],
    );
    assert!(ready.says("Draf ini lengkap dan dapat diterbitkan."), "{}", ready.body);

    let coba = pengelola.get(&format!("{draft}/coba?permohonan=baru&jenis_dagangan=Daging&luas_kios=2,5"));
    assert!(coba.says("7.500") && coba.says("Surat keterangan asal daging"), "{}", coba.body);
    let lihat = pengelola.get(&format!("{draft}/lihat"));
    assert!(lihat.status == 200 && lihat.says("Asal daging") && lihat.says("Pemeriksaan lapangan"), "{}", lihat.body);

    assert_eq!(Person::stranger(&kit).get("/perizinan/layanan/PSR").status, 404);
    let publish = format!("{draft}/terbitkan");
    assert!(pengelola.get(&publish).says("belum pernah terbit"));
    let done = saved(&mut pengelola, &publish, &[]);
    assert!(done.says("Versi ini terbit"), "{}", done.body);
    let warga = Person::stranger(&kit).get("/perizinan/layanan/PSR");
    assert!(warga.status == 200 && warga.says("Dihitung dari isian") && warga.says("5 hari kerja"), "{}", warga.body);
}

#[test]
fn a_part_with_something_wrong_is_shown_again_with_what_helps_and_keeps_what_was_typed() {
    let kit = kit();
    let mut pengelola = Person::officer(&kit, "pengelola-izin");
    let draft = begun(&mut pengelola);
    let page = refused(
        &mut pengelola,
        &format!("{draft}/bagian/biaya"),
        &[("biaya.komponen[1].nama", "Jasa"), ("biaya.komponen[1].rumus", "luass * 2")],
    );
    for words in ["Biaya hanya dapat dipungut berdasarkan Peraturan Daerah.", "luass * 2", "tidak ada"] {
        assert!(page.says(words), "{words}: {}", page.body);
    }
    let page = refused(
        &mut pengelola,
        &format!("{draft}/bagian/waktu"),
        &[
            ("sla.hari", "lima"),
            ("sla.rekomendasi_persen", "40"),
            ("sla.perbaikan_hari", "10"),
            ("diam.akibat", "terbit-otomatis"),
        ],
    );
    assert!(
        page.says("Tulis angka bulat")
            && page.says("value=\"lima\"")
            && page.says("Akibat bila tidak diputus belum ada dasar hukumnya."),
        "{}",
        page.body
    );
    let page =
        refused(&mut pengelola, &format!("{draft}/formulir/_baru"), &[("label", "Nama"), ("kode", "nama"), ("jenis", "pilihan")]);
    assert!(page.says("sudah berarti lain") && page.says("belum mempunyai pilihan"), "{}", page.body);
    let page = refused(
        &mut pengelola,
        &format!("{draft}/syarat/_baru"),
        &[("label", "Surat"), ("jenis", "berkas"), ("bila", "tidak_ada = 1")],
    );
    assert!(page.says("Bentuk berkas yang diterima belum dipilih.") && page.says("tidak ada"), "{}", page.body);
    let page = refused(
        &mut pengelola,
        &format!("{LIST}/baru"),
        &[("kode", "REK"), ("nama", "Lagi"), ("ringkasan", "Lagi"), ("sektor", "umum")],
    );
    assert!(page.says("sudah dipakai layanan lain"), "{}", page.body);
    // Nothing of it was saved, and it cannot be published.
    let page = pengelola.get(&format!("{draft}/terbitkan"));
    assert!(page.says("belum dapat diterbitkan") && !page.says("Yang akan terjadi"), "{}", page.body);
    assert_eq!(refused(&mut pengelola, &format!("{draft}/terbitkan"), &[]).status, 422);
}

#[test]
fn what_is_published_is_not_changed_but_gets_a_next_version_whose_difference_is_told() {
    let kit = kit();
    let mut pengelola = Person::officer(&kit, "pengelola-izin");
    let first = of(&mut pengelola, "SKP");
    let page = pengelola.get(&format!("{first}/bagian/waktu"));
    assert!(page.status == 422 && page.says("sudah terbit"), "{}", page.body);
    let next = pengelola.fill(&first, &format!("{first}/versi"), &[]).location.expect("a draft");
    assert_eq!(pengelola.fill(&first, &format!("{first}/versi"), &[]).status, 422);
    saved(
        &mut pengelola,
        &format!("{next}/bagian/waktu"),
        &[("sla.hari", "4"), ("sla.rekomendasi_persen", "40"), ("sla.perbaikan_hari", "10"), ("diam.akibat", "peringatan")],
    );
    let page = pengelola.get(&format!("{next}/beda"));
    assert!(page.says("Jangka waktu: 5 hari kerja") && page.says("Jangka waktu: 4 hari kerja"), "{}", page.body);
    saved(&mut pengelola, &format!("{next}/terbitkan"), &[]);
    assert!(Person::stranger(&kit).get("/perizinan/layanan/SKP").says("4 hari kerja"));
    assert!(pengelola.get(&first).says("sudah diganti"));
}

#[test]
fn a_draft_written_by_two_is_saved_by_the_first() {
    let kit = kit();
    let mut pengelola = Person::officer(&kit, "pengelola-izin");
    let draft = begun(&mut pengelola);
    let path = format!("{draft}/bagian/standar");
    saved(&mut pengelola, &path, &[("standar.produk", "Izin")]);
    let late = pengelola.fill(&path, &path, &[("versi", "1"), ("standar.produk", "Lain")]);
    assert_eq!(late.status, 409, "{}", late.body);
}

#[test]
fn a_type_is_retired_with_a_reason_and_shown_first_or_not() {
    let kit = kit();
    let mut pengelola = Person::officer(&kit, "pengelola-izin");
    let one = of(&mut pengelola, "TPU");
    let page = pengelola.done(&one, &format!("{one}/depan"), &[("depan", "ya")]);
    assert!(page.says("Jangan tampilkan di depan"), "{}", page.body);
    assert!(Person::stranger(&kit).get("/perizinan").says("/perizinan/layanan/TPU"));
    let henti = format!("{one}/henti");
    assert!(refused(&mut pengelola, &henti, &[]).says("Alasan belum ditulis."));
    saved(&mut pengelola, &henti, &[("alasan", "Kewenangan beralih ke provinsi")]);
    assert_eq!(Person::stranger(&kit).get("/perizinan/layanan/TPU").status, 404);
    assert!(pengelola.get(&one).says("Kewenangan beralih ke provinsi"));
}

#[test]
fn yaml_goes_out_and_comes_in_again_and_what_is_broken_is_refused_with_its_line() {
    let kit = kit();
    let mut pengelola = Person::officer(&kit, "pengelola-izin");
    let one = of(&mut pengelola, "LGL");
    let yaml = pengelola.get(&format!("{one}/berkas"));
    assert!(yaml.status == 200 && yaml.body.starts_with("alur:") || yaml.says("kode: LGL"), "{}", yaml.body);
    let form = format!("{LIST}/impor");
    let again = yaml.body.replace("kode: LGL", "kode: LGX");
    let answer = pengelola.upload(&form, &form, &[], &[("berkas", "lgx.yaml", again.as_bytes())]);
    assert_eq!(answer.status, 303, "{}", answer.body);
    assert!(pengelola.get(&answer.location.expect("the draft")).says("LGX"));
    let broken = "kode: lg\nnama: X\nkanal: PRAJAA\n";
    let answer = pengelola.upload(&form, &form, &[("yaml", broken)], &[]);
    assert!(
        answer.status == 422 && answer.says("Mungkin maksud Anda &quot;PRAJA&quot;.")
            || answer.says("Mungkin maksud Anda \"PRAJA\"."),
        "{}",
        answer.body
    );
    for file in [&b""[..], &[0xff, 0xfe, 0][..], b"%PDF-1.4"] {
        let answer = pengelola.upload(&form, &form, &[], &[("berkas", "../../x.yaml", file)]);
        assert_eq!(answer.status, 422, "{}", answer.body);
    }
}

#[test]
fn a_real_regency_installs_drafts_and_is_told_why_fourteen_days_cannot_be_promised() {
    let kit = Kit::asli(&[&MODULE]);
    let mut pengelola = Person::officer(&kit, "pengelola-izin");
    let page = pengelola.done(LIST, &format!("{LIST}/bawaan"), &[]);
    assert!(page.says("13 jenis layanan"), "{}", page.body);
    let paud = of(&mut pengelola, "PAUD");
    let page = pengelola.get(&format!("{paud}/terbitkan"));
    assert!(page.says("14 hari kerja tanpa aturan") && page.says("paling lama 5 hari kerja"), "{}", page.body);
    assert_eq!(refused(&mut pengelola, &format!("{paud}/terbitkan"), &[]).status, 422);
    saved(
        &mut pengelola,
        &format!("{paud}/bagian/waktu"),
        &[
            ("sla.hari", "14"),
            ("sla.dasar", "Perbup Nomor 3 Tahun 2026"),
            ("sla.rekomendasi_persen", "40"),
            ("sla.perbaikan_hari", "10"),
            ("diam.akibat", "peringatan"),
        ],
    );
    saved(&mut pengelola, &format!("{paud}/terbitkan"), &[]);
    assert_eq!(Person::stranger(&kit).get("/perizinan/layanan/PAUD").status, 200);
}

#[test]
fn the_example_of_a_document_is_a_pdf() {
    let kit =
        Kit::giving(&[&MODULE], |ports| ports.documents = Some(std::sync::Arc::new(praja_documents::Drawer::in_here(true))));
    kit.load_demo_at("perizinan", 0);
    let mut pengelola = Person::officer(&kit, "pengelola-izin");
    for kode in ["REK", "SKP", "LGL", "TRY"] {
        let one = of(&mut pengelola, kode);
        let pdf = pengelola.get(&format!("{one}/contoh/pdf"));
        assert!(pdf.status == 200 && pdf.bytes.starts_with(b"%PDF-"), "{kode}: {}", pdf.body);
    }
}
