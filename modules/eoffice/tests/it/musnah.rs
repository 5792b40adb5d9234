//! What is destroyed by its berita acara is gone wherever it hung: files of envelopes, reports, drafts, comments and the expedition.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on ends")]

use std::collections::BTreeSet;

use praja_documents::Drawer;
use praja_eoffice::MODULE;
use praja_kernel::Date;
use praja_module::{
    Method,
    documents::{Documents as _, Drawing},
};
use praja_store::{StoreError, params};
use praja_testkit::Kit;

use crate::{
    BARU, KABID, Officer, PDF,
    amplop::{self, IN, TO, envelope, introduce},
    arsip::send,
    komentar::DOT,
    naskah::{LIST, press, submit, write},
    order, part,
    susut::{DONE, begin, decided, moved, orphans, step},
    tte::{self, Moody, PHRASE, sign},
};

/// What every attachment hangs on, and where the stored file of each of its pages is; nothing for what is gone.
fn attached(kit: &Kit) -> BTreeSet<(String, String)> {
    let sql = "SELECT objek, alamat FROM desk_lampiran
        UNION SELECT l.objek, h.alamat FROM desk_lampiran_halaman h JOIN desk_lampiran l ON l.id = h.lampiran";
    let read =
        kit.off(|instance| instance.db.read(|tx| tx.list(sql, &[], |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?)))));
    // The demo regency has complaints with photographs, which nobody destroys here.
    let ours = |objek: &str| !objek.starts_with("desk_pengaduan:");
    read.expect("read").into_iter().filter(|(objek, alamat)| ours(objek) && !alamat.is_empty()).collect()
}

/// The tables that have something hanging on them.
fn kinds(attached: &BTreeSet<(String, String)>) -> Vec<&str> {
    let kinds: BTreeSet<&str> = attached.iter().map(|(objek, _)| objek.split(':').next().unwrap_or_default()).collect();
    kinds.into_iter().collect()
}

/// Of these stored files, how many the program still knows.
fn known(kit: &Kit, files: &BTreeSet<(String, String)>) -> usize {
    let one = |alamat: &str| {
        let found = kit.off(|instance| {
            instance.db.read(|tx| tx.opt("SELECT alamat FROM store_blob WHERE alamat = ?1", params![alamat], |_| Ok(())))
        });
        found.map_err(|e: StoreError| e.to_string()).expect("read").is_some()
    };
    files.iter().filter(|(_, alamat)| one(alamat)).count()
}

/// Lays a letter or naskah into a file past its time and destroys that file.
fn destroy(kit: &Kit, page: &str) {
    let id = page.rsplit('/').next().unwrap();
    let jenis = if page.starts_with(LIST) { "keluar" } else { "masuk" };
    let mut tu = Officer::of(kit, "tata-usaha");
    let key = format!("{jenis}.{id}");
    let fields = [("pilih", key.as_str()), ("nama", "Berkas lama"), ("klasifikasi_teks", "000.1.1"), ("dibuka", "2012-01-01")];
    let filed = tu.fill(&format!("/eoffice/arsip/belum?jenis={jenis}"), "/eoffice/arsip/berkaskan", &fields);
    assert_eq!(filed.status, 303, "{}", filed.body);
    let berkas = filed.location.expect("leads to the file");
    assert_eq!(send(&mut tu, &format!("{berkas}/tindakan/tutup"), &[("ditutup", "2013-12-31")]).status, 303);
    moved(kit, &[&berkas]);
    let list = begin(&mut tu, "musnah", "", &[&berkas]).location.expect("leads to the list");
    decided(&mut tu, &list);
    let done = step(&mut tu, &format!("{list}/musnahkan"), &DONE, true);
    assert_eq!(done.status, 303, "{}", done.body);
    let (_, failed) = kit.work();
    assert!(failed.is_empty(), "{failed:?}");
    assert!(tu.get(&list).says("Isi berkas sudah dihapus"));
}

/// Nothing that hung there is left: no file, no name of a file, and its page tells what became of it.
fn gone(kit: &Kit, before: &BTreeSet<(String, String)>, opened: &[String], reader: &str) {
    let after = attached(kit);
    let left: Vec<_> = before.intersection(&after).collect();
    assert!(left.is_empty(), "still there: {left:?}");
    assert_eq!(known(kit, before), 0, "the store knows none of them");
    assert_eq!(orphans(kit), 0, "and none lies there without a name");
    for href in opened {
        let told = Officer::of(kit, reader).get(href);
        assert!(told.says("sudah dimusnahkan") && told.says("BA/9/2026"), "{href}: {} {}", told.status, told.body);
    }
}

/// Opens every page of a thing; none fails, and none gives its words as a file.
fn opens(kit: &Kit, reader: &str, begins: &str, page: &str) {
    let routes = MODULE.routes.iter().filter(|route| route.method == Method::Get && route.path.starts_with(begins));
    let paths: Vec<String> = routes
        .map(|route| route.path.replacen(begins, page, 1).replace("{versi}", "2"))
        .filter(|path| !path.contains('{'))
        .collect();
    assert!(paths.len() > 3, "{paths:?}");
    let mut reader = Officer::of(kit, reader);
    for path in paths {
        let shown = reader.get(&path);
        assert!(shown.status < 500, "{path} {}", shown.status);
        assert!(!shown.bytes.starts_with(b"%PDF-"), "{path} still gives a file");
    }
}

/// Where the files of a page are opened.
fn files_of(officer: &mut Officer<'_>, page: &str) -> Vec<String> {
    let shown = officer.get(page);
    assert_eq!(shown.status, 200, "{page}");
    let links = shown.body.split("href=\"/desk/lampiran/").skip(1).filter_map(|rest| rest.split('"').next());
    links.map(|id| format!("/desk/lampiran/{id}")).collect()
}

#[test]
fn what_came_in_an_envelope_and_what_was_reported_on_it_go_with_the_letter() {
    let (here, there) = (Kit::new(&[&MODULE]), Kit::new(&[&MODULE]));
    introduce(&here, &there, "Kabupaten Contoh Raya", "https://praja.contoh.go.id");
    introduce(&there, &here, "Kabupaten Contoh Raya", "");
    let bytes = amplop::file(&here, &amplop::sent(&here));
    let (mut tu, mut kadis) = (Officer::of(&there, "tata-usaha"), Officer::of(&there, "kadis"));
    let mut kabid = Officer::of(&there, "kabid");
    let form = format!("{IN}/masukkan");
    let came = tu.upload(&form, &form, &[], &[("amplop", "surat.amplop", &bytes)]).location.expect("leads to the envelope");
    let amplop = came.rsplit('/').next().unwrap();
    let fields = [
        ("amplop", amplop),
        ("asal_teks", "Dinas Kesehatan Kabupaten Contoh Raya"),
        ("nomor_surat", "000.1.2/1/DINKES"),
        ("tanggal_surat", "2026-11-22"),
        ("tanggal_terima", "2026-11-22"),
        ("hal", "Undangan rapat koordinasi posyandu"),
        ("sifat", "biasa"),
        ("derajat", "biasa"),
        ("arahkan", "ya"),
    ];
    let saved = tu.upload(&format!("{BARU}?amplop={amplop}"), BARU, &fields, &[]);
    assert_eq!(saved.status, 303, "{}", saved.body);
    let letter = saved.location.unwrap();
    assert_eq!(order(&mut kadis, &format!("{letter}/disposisi"), KABID, &[]).status, 303);
    let of_kabid = part(&kadis.get(&letter), KABID);
    let report = format!("{of_kabid}/lapor");
    let sent = kabid.upload(&report, &report, &[("laporan", "Data terlampir.")], &[("lampiran", "data.pdf", PDF)]);
    assert_eq!(sent.status, 303, "{}", sent.body);
    assert_eq!(kadis.act(&of_kabid, "setujui").status, 303);
    assert!(kadis.get(&letter).says("berstatus Selesai"));

    let before = attached(&there);
    assert_eq!(kinds(&before), ["eoffice_amplop_masuk", "eoffice_disposisi_tujuan", "eoffice_surat_masuk"]);
    assert_eq!(known(&there, &before), 3);
    let mut opened = files_of(&mut kadis, &letter);
    opened.extend(files_of(&mut kadis, &of_kabid));
    opened.extend(files_of(&mut tu, &came));
    opened.sort();
    opened.dedup();
    assert!(opened.len() >= 3, "{opened:?}");
    destroy(&there, &letter);
    gone(&there, &before, &opened, "kadis");
    opens(&there, "kadis", "/eoffice/surat-masuk/{id}", &letter);
    opens(&there, "tata-usaha", "/eoffice/surat-masuk/{id}", &letter);
    assert!(tu.get(&came).says("Buka surat masuk"), "that it came stays known");
    assert!(tu.get(&format!("{came}/berkas")).says("praja_tanda_terima"), "and so does the receipt");
}

/// A letter as a word processor gives it.
fn drawn(hal: &str) -> Vec<u8> {
    let drawer = Drawer::in_here(false);
    let mut data = drawer.sample("memo").unwrap();
    data["hal"] = hal.into();
    drawer.draw(&Drawing::new("memo", data, Date::constant(2026, 11, 22))).unwrap().pdf
}

#[test]
fn of_a_destroyed_naskah_no_draft_lampiran_signed_file_envelope_or_photograph_is_left() {
    let kit = tte::kit(&Moody::default());
    let far = Kit::new(&[&MODULE]);
    introduce(&kit, &far, "Kabupaten Contoh Raya", "https://praja.contoh.go.id");
    let mut staf = Officer::of(&kit, "staf");
    let path = write(&mut staf, "surat-dinas", &[("bidang_isi", ""), ("kepada", &format!("{TO}\nBadan Pusat Statistik"))]);
    let page = format!("{path}/unggahan");
    let taken = staf.upload(&page, &page, &[], &[("naskah", "surat.pdf", &drawn("ISI DARI PENGOLAH KATA"))]);
    assert_eq!(taken.status, 303, "{}", taken.body);
    let page = format!("{path}/lampiran");
    let added = staf.upload(&page, &page, &[], &[("lampiran", "satu.pdf", &drawn("LAMPIRAN SATU"))]);
    assert_eq!(added.status, 303, "{}", added.body);
    let leave = staf.get(&path).hidden("izin").expect("a form for comments").to_owned();
    let photos: [(&str, &str, &[u8]); 2] = [("lampiran_komentar", "satu.png", DOT), ("lampiran_komentar", "dua.png", DOT)];
    assert_eq!(staf.upload(&path, "/desk/komentar", &[("izin", &leave), ("isi", "Foto")], &photos).status, 303);
    assert_eq!(submit(&mut staf, &path).status, 303);
    assert_eq!(press(&mut Officer::of(&kit, "kabid"), &path, "paraf", "").status, 303);
    assert_eq!(sign(&mut Officer::of(&kit, "kadis"), &path, PHRASE).status, 303);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let form = format!("{path}/kirim");
    let asked = tu.get(&form);
    let node = asked.body.split("value=\"simpul:").nth(1).and_then(|rest| rest.split('"').next()).expect("the node is offered");
    let done = tu.fill(&form, &form, &[("cara_1", &format!("simpul:{node}"))]);
    assert_eq!(done.status, 303, "{}", done.body);
    let sent = tu.get(&path);
    let rows: BTreeSet<&str> =
        sent.body.split(&format!("{path}/penerima/")).skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let row = format!("{path}/penerima/{}", rows.first().expect("one goes on paper"));
    let got = [("cara", "ekspedisi"), ("diterima", "1"), ("tanda_terima", "Rahmat, resepsionis"), ("pada", "2026-11-22")];
    let noted = tu.upload(&row, &row, &got, &[("foto", "foto.png", DOT)]);
    assert_eq!(noted.status, 303, "{}", noted.body);
    let envelope = envelope(&kit, &path);
    assert_eq!(tu.get(&format!("{envelope}/berkas")).status, 200);

    let before = attached(&kit);
    let hang = ["desk_komentar", "eoffice_naskah", "eoffice_naskah/badan", "eoffice_naskah/lampiran", "eoffice_naskah_penerima"];
    assert_eq!(kinds(&before), hang);
    let mut opened = files_of(&mut tu, &path);
    opened.extend(files_of(&mut tu, &row));
    assert!(opened.len() >= 2, "{opened:?}");
    destroy(&kit, &path);
    gone(&kit, &before, &opened, "tata-usaha");
    opens(&kit, "tata-usaha", "/eoffice/naskah/{id}", &path);
    opens(&kit, "kadis", "/eoffice/naskah/{id}", &path);
    let paper = tu.get(&format!("{path}/cetak"));
    assert!(paper.status == 422 && paper.says("sudah dimusnahkan"), "an empty page is no naskah: {}", paper.body);
    let carried = tu.get(&format!("{envelope}/berkas"));
    assert_eq!(carried.status, 422, "{}", carried.body);
    assert_eq!(tu.get(&envelope).status, 200, "that it was sent stays known");
    let shown = tu.get(&path);
    assert!(shown.says("Rahmat, resepsionis"), "and who took it: {}", shown.body);
    let package = tu.get("/eoffice/srikandi/paket/berkas?dari=2026-11-01&sampai=2026-11-30");
    assert_eq!(package.status, 422, "nothing is left to be packed");
}

#[test]
fn a_scan_of_what_was_signed_by_hand_is_gone_and_nothing_is_drawn_in_its_place() {
    let kit = Kit::new(&[&MODULE]);
    let path = crate::naskah::sent(&kit);
    let before = attached(&kit);
    assert_eq!(kinds(&before), ["eoffice_naskah"]);
    let opened = files_of(&mut Officer::of(&kit, "tata-usaha"), &path);
    destroy(&kit, &path);
    gone(&kit, &before, &opened, "tata-usaha");
    opens(&kit, "staf", "/eoffice/naskah/{id}", &path);
}
