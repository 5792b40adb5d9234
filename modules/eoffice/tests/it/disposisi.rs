//! A letter on its way over desks.

use praja_eoffice::MODULE;
use praja_testkit::{Kit, Page};

use crate::{BARU, KABID, KABID_P2P, LIST, MINE, Officer, PDF, STAF, choice, order, part, register, with};

#[test]
fn a_letter_goes_down_the_desks_and_its_reports_come_up_again() {
    let kit = Kit::new(&[&MODULE]);
    let (mut tu, mut kadis) = (Officer::of(&kit, "tata-usaha"), Officer::of(&kit, "kadis"));
    let (mut kabid, mut staf) = (Officer::of(&kit, "kabid"), Officer::of(&kit, "staf"));
    let letter = register(&mut tu, &[]);
    assert!(tu.get(&letter).says("Diarahkan"));
    assert!(!tu.inbox().contains("Arahkan surat masuk"));
    assert!(kadis.inbox().contains("Disposisikan surat masuk 1/2026: Permintaan data potensi desa"));
    let page = kadis.get(&letter);
    assert!(page.says("Kirim disposisi") && page.says(KABID), "the form stands on the page of the letter: {}", page.body);

    let sent = order(&mut kadis, &format!("{letter}/disposisi"), KABID, &[("catatan", "Mohon dibantu segera.")]);
    assert_eq!((sent.status, sent.location.as_deref()), (303, Some(letter.as_str())), "{}", sent.body);
    let page = kadis.get(&letter);
    for words in [
        "Didisposisi",
        "Untuk ditindaklanjuti",
        "Mohon dibantu segera.",
        "Belum dibaca",
        "Penanggung jawab",
        "memberikan disposisi",
    ] {
        assert!(page.says(words), "{words} in {}", page.body);
    }
    assert!(!kadis.inbox().contains("Disposisikan surat masuk"));
    let of_kabid = part(&page, KABID);
    assert!(kabid.inbox().contains("Tindak lanjuti surat masuk 1/2026"));
    assert!(kabid.get(MINE).says("Permintaan data potensi desa"));
    assert!(kabid.get(&of_kabid).says("Tandai sudah dibaca"));
    assert_eq!(kabid.act(&of_kabid, "terima").status, 303);
    assert!(kadis.get(&letter).says("Ditindaklanjuti"));

    let passed = order(&mut kabid, &format!("{of_kabid}/teruskan"), STAF, &[]);
    assert_eq!(passed.status, 303, "{}", passed.body);
    let of_staf = part(&kabid.get(&letter), STAF);
    let early = kabid.get(&format!("{of_kabid}/lapor"));
    assert!(early.status == 422 && early.says("1 disposisi lanjutan belum selesai"), "{}", early.body);
    assert_eq!(staf.report(&of_staf, "").status, 422);
    assert_eq!(staf.report(&of_staf, "Data sudah disusun.").status, 303);
    assert!(kabid.inbox().contains("Periksa laporan"));
    assert_eq!(kabid.act(&of_staf, "setujui").status, 303);

    assert_eq!(kabid.report(&of_kabid, "Data terlampir.").status, 303);
    let no_reason = kadis.act(&of_kabid, "kembalikan");
    assert!(no_reason.status == 422 && no_reason.says("Alasan belum ditulis"));
    let form = format!("{of_kabid}/tindakan/kembalikan");
    assert_eq!(kadis.fill(&form, &form, &[("alasan", "Lengkapi tahunnya.")]).status, 303);
    assert!(kabid.inbox().contains("Perbaiki laporan") && kabid.get(&of_kabid).says("Lengkapi tahunnya."));
    assert!(kabid.get(&format!("{of_kabid}/lapor")).says("Data terlampir."), "a report is mended, not written anew");
    assert_eq!(kabid.report(&of_kabid, "Data tahun 2026 terlampir.").status, 303);
    assert_eq!(kadis.act(&of_kabid, "setujui").status, 303);

    let page = kadis.get(&letter);
    assert!(page.says("berstatus Selesai") && page.says("Data tahun 2026 terlampir."), "{}", page.body);
    for one in [&mut kadis, &mut kabid, &mut staf] {
        assert!(!one.inbox().contains("1/2026"), "nobody is waited for");
    }
    assert!(kabid.get(&format!("{MINE}?lihat=masuk-selesai")).says("Disetujui"));
    let sheet = kadis.get(&format!("{letter}/lembar"));
    assert!(sheet.says("Lembar disposisi") && sheet.says(KABID) && sheet.says("Untuk ditindaklanjuti"));
    let figures = kadis.get("/eoffice/statistik");
    assert!(figures.says("Surat menurut bulan") && figures.says("Dinas Kesehatan"), "{}", figures.body);
}

#[test]
fn several_recipients_have_one_who_answers_and_those_who_only_read_are_done_by_reading() {
    let kit = Kit::new(&[&MODULE]);
    let (mut tu, mut kadis, mut kabid) =
        (Officer::of(&kit, "tata-usaha"), Officer::of(&kit, "kadis"), Officer::of(&kit, "kabid"));
    let letter = register(&mut tu, &[]);
    let form = format!("{letter}/disposisi");
    let page = kadis.get(&form);
    let (one, two) = (choice(&page, KABID), choice(&page, KABID_P2P));
    let nobody = kadis.fill(&form, &form, &[("pendukung", &one), ("pendukung", &two), ("instruksi", "TL")]);
    assert!(nobody.status == 422 && nobody.says("Pilih satu jabatan sebagai penanggung jawab"), "{}", nobody.body);
    let none = kadis.fill(&form, &form, &[("penanggung_jawab", &one), ("catatan", "Tetap ada")]);
    assert!(none.status == 422 && none.says("Pilih sedikitnya satu instruksi") && none.says("Tetap ada"));
    let sent = kadis.fill(&form, &form, &[("penanggung_jawab", &one), ("pendukung", &two), ("instruksi", "TAHU")]);
    assert_eq!(sent.status, 303, "{}", sent.body);
    let page = kadis.get(&letter);
    let of_kabid = part(&page, KABID);
    assert!(page.says("Pendukung") && kabid.inbox().contains("Baca disposisi atas surat masuk 1/2026"));
    assert_eq!(kabid.act(&of_kabid, "baca").status, 303);
    assert!(!kabid.inbox().contains("1/2026"));
    assert!(kadis.get(&letter).says("Didisposisi"), "the other has not read yet");
    assert_eq!(kabid.act(&of_kabid, "baca").status, 303, "reading twice is no mistake");
}

#[test]
fn an_order_is_taken_back_only_while_nobody_has_read_it() {
    let kit = Kit::new(&[&MODULE]);
    let (mut tu, mut kadis, mut kabid) =
        (Officer::of(&kit, "tata-usaha"), Officer::of(&kit, "kadis"), Officer::of(&kit, "kabid"));
    let letter = register(&mut tu, &[("sifat", "terbatas")]);
    assert_eq!(kabid.get(&letter).status, 404);
    order(&mut kadis, &format!("{letter}/disposisi"), KABID, &[]);
    let of_kabid = part(&kadis.get(&letter), KABID);
    assert_eq!(kabid.get(&letter).status, 200, "an order makes a letter readable");
    assert!(!kabid.inbox().contains("Permintaan data"), "of Terbatas no subject leaves the letter");
    assert_eq!(kadis.act(&of_kabid, "tarik").status, 303);
    assert_eq!(kabid.get(&letter).status, 404, "taken back, it is unreadable again");
    assert!(!kabid.inbox().contains("1/2026"));
    order(&mut kadis, &format!("{letter}/disposisi"), KABID, &[]);
    let second = part(&kadis.get(&letter), KABID);
    let of_kabid = if second == of_kabid {
        kadis
            .get(&letter)
            .body
            .rsplit(&format!("href=\"{MINE}/0"))
            .next()
            .map(|rest| format!("{MINE}/0{}", rest.split('"').next().unwrap_or_default()))
            .unwrap()
    } else {
        second
    };
    assert_eq!(kabid.act(&of_kabid, "terima").status, 303);
    let late = kadis.act(&of_kabid, "tarik");
    assert!(late.status == 422 && late.says("sudah dibaca"), "{}", late.body);
}

#[test]
fn a_refused_order_comes_back_to_its_giver_and_both_sides_keep_to_their_own_acts() {
    let kit = Kit::new(&[&MODULE]);
    let (mut tu, mut kadis, mut kabid) =
        (Officer::of(&kit, "tata-usaha"), Officer::of(&kit, "kadis"), Officer::of(&kit, "kabid"));
    let letter = register(&mut tu, &[]);
    order(&mut kadis, &format!("{letter}/disposisi"), KABID, &[]);
    let of_kabid = part(&kadis.get(&letter), KABID);
    assert_eq!(kabid.act(&of_kabid, "setujui").status, 422, "nobody approves their own work");
    assert_eq!(kadis.act(&of_kabid, "terima").status, 422);
    assert_eq!(kabid.act(&of_kabid, "tarik").status, 422);
    assert_eq!(kadis.act(&of_kabid, "mengarang").status, 404);
    let form = format!("{of_kabid}/tindakan/tolak");
    assert_eq!(kabid.fill(&form, &form, &[("alasan", "Bukan tupoksi bidang ini.")]).status, 303);
    assert!(kadis.inbox().contains("Tentukan penerima lain"));
    assert!(kadis.get(&of_kabid).says("Bukan tupoksi bidang ini."));
    let further = order(&mut kadis, &format!("{letter}/disposisi"), KABID_P2P, &[]);
    assert_eq!(further.status, 303, "{}", further.body);
    let closed = format!("{letter}/selesai");
    assert_eq!(kadis.fill(&closed, &closed, &[("alasan", "Cukup diketahui.")]).status, 303);
    let page = kadis.get(&letter);
    assert!(page.says("berstatus Selesai") && page.says("Cukup diketahui."));
    assert_eq!(kadis.get(&format!("{letter}/disposisi")).status, 422, "a finished letter gets no order");
}

#[test]
fn an_order_reaches_only_posts_below_and_is_never_due_after_the_one_above() {
    let kit = Kit::new(&[&MODULE]);
    let (mut tu, mut kadis, mut kabid) =
        (Officer::of(&kit, "tata-usaha"), Officer::of(&kit, "kadis"), Officer::of(&kit, "kabid"));
    let letter = register(&mut tu, &[]);
    let form = format!("{letter}/disposisi");
    let foreign = kadis.fill(&form, &form, &[("lain_teks", "Camat Tanjung Harapan"), ("instruksi", "TL")]);
    assert!(foreign.status == 422 && foreign.says("tidak berada di bawah jabatan Anda"), "{}", foreign.body);
    let unknown = kadis.fill(&form, &form, &[("lain_teks", "Kepala Angin"), ("instruksi", "TL")]);
    assert!(unknown.status == 422 && unknown.says("Kepala Angin"));
    let deep = kadis.fill(&form, &form, &[("lain_teks", STAF), ("instruksi", "TL"), ("batas", "2026-11-25")]);
    assert_eq!(deep.status, 303, "two steps below is below: {}", deep.body);
    assert_eq!(kabid.get(&form).status, 422, "the letter lies on another desk");

    let mut sekda = Officer::of(&kit, "sekda");
    assert_eq!(sekda.get(&letter).status, 404);
    let other = register(&mut tu, &[("nomor_surat", "B-124")]);
    order(&mut kadis, &format!("{other}/disposisi"), KABID, &[("batas", "2026-11-24")]);
    let of_kabid = part(&kadis.get(&other), KABID);
    let late = order(&mut kabid, &format!("{of_kabid}/teruskan"), STAF, &[("batas", "2026-11-26")]);
    assert!(late.status == 422 && late.says("24 Nov 2026"), "{}", late.body);
}

#[test]
fn an_aide_writes_down_what_the_leader_directs_and_the_leader_confirms_with_one_tap() {
    let kit = Kit::new(&[&MODULE]);
    let (mut tu, mut bupati, mut sespri) =
        (Officer::of(&kit, "tu.setda"), Officer::of(&kit, "bupati"), Officer::of(&kit, "sespri"));
    let form = "/eoffice/pengaturan/sekretaris/baru";
    let page = bupati.get(form);
    let (leader, aide) = (choice(&page, "Bupati Contoh Raya"), choice(&page, "Sekretaris Pimpinan"));
    let named = bupati.fill(form, form, &[("pimpinan", &leader), ("sekretaris", &aide), ("mulai", "2026-11-22")]);
    assert_eq!(named.status, 303, "{}", named.body);
    let again = bupati.fill(form, form, &[("pimpinan", &leader), ("sekretaris", &aide), ("mulai", "2026-11-22")]);
    assert!(again.status == 422 && again.says("sudah menjadi sekretaris"));

    let answer = tu.upload(BARU, BARU, &with(&[]), &[("pindaian", "surat.pdf", PDF)]);
    let letter = answer.location.expect("registered");
    let route = format!("{letter}/arahkan");
    let to = choice(&tu.get(&route), "Bupati Contoh Raya");
    assert_eq!(tu.fill(&route, &route, &[("kepada", &to)]).status, 303);
    assert!(bupati.inbox().contains("Disposisikan surat masuk 1/2026") && sespri.inbox().contains("Catat arahan"));
    assert!(sespri.get(&format!("{MINE}?lihat=pimpinan")).says("Permintaan data potensi desa"));

    let noted = order(&mut sespri, &format!("{letter}/disposisi"), "Sekretaris Daerah", &[("catatan", "Siapkan bahan.")]);
    assert_eq!(noted.status, 303, "{}", noted.body);
    let mut sekda = Officer::of(&kit, "sekda");
    assert!(!sekda.inbox().contains("1/2026"), "nothing leaves before the leader has confirmed it");
    let page = bupati.get(&letter);
    assert!(page.says("mencatat disposisi atas arahan Anda") && page.says("Siapkan bahan."), "{}", page.body);
    let confirm = page.body.split("action=\"/eoffice/pembenaran/").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let confirm = format!("/eoffice/pembenaran/{confirm}");
    assert_eq!(sespri.fill(&letter, &confirm, &[]).status, 422, "the aide does not confirm in the leader's place");
    assert_eq!(bupati.fill(&letter, &confirm, &[]).status, 303);
    assert!(sekda.inbox().contains("Tindak lanjuti surat masuk 1/2026"));
    let page = sekda.get(&letter);
    assert!(page.says("Dicatatkan oleh") && page.says("atas arahan") && page.says("Dibenarkan pimpinan"), "{}", page.body);
}

#[test]
fn what_the_leader_did_not_direct_is_cancelled_and_the_letter_waits_again() {
    let kit = Kit::new(&[&MODULE]);
    let (mut tu, mut bupati, mut sespri) =
        (Officer::of(&kit, "tu.setda"), Officer::of(&kit, "bupati"), Officer::of(&kit, "sespri"));
    let form = "/eoffice/pengaturan/sekretaris/baru";
    let page = bupati.get(form);
    let (leader, aide) = (choice(&page, "Bupati Contoh Raya"), choice(&page, "Sekretaris Pimpinan"));
    let fields = [("pimpinan", leader.as_str()), ("sekretaris", &aide), ("mulai", "2026-11-22"), ("langsung", "ya")];
    assert_eq!(bupati.fill(form, form, &fields).status, 303);
    let answer = tu.upload(BARU, BARU, &with(&[]), &[("pindaian", "surat.pdf", PDF)]);
    let letter = answer.location.expect("registered");
    let route = format!("{letter}/arahkan");
    let to = choice(&tu.get(&route), "Bupati Contoh Raya");
    tu.fill(&route, &route, &[("kepada", &to)]);
    order(&mut sespri, &format!("{letter}/disposisi"), "Sekretaris Daerah", &[]);
    let mut sekda = Officer::of(&kit, "sekda");
    assert!(sekda.inbox().contains("1/2026"), "this aide's notes leave at once");
    let page = bupati.get(&letter);
    let confirm = page.body.split("action=\"/eoffice/pembenaran/").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let cancel = format!("/eoffice/pembenaran/{confirm}/batal");
    assert!(bupati.fill(&cancel, &cancel, &[]).says("Alasan belum ditulis"));
    assert_eq!(bupati.fill(&cancel, &cancel, &[("alasan", "Seharusnya kepada Asisten.")]).status, 303);
    assert!(!sekda.inbox().contains("1/2026"));
    assert!(bupati.inbox().contains("Disposisikan surat masuk 1/2026"));
}

#[test]
fn a_secret_letter_is_ordered_without_a_word_of_it_leaving_the_addressed_desks() {
    let kit = Kit::new(&[&MODULE]);
    let (mut tu, mut kadis) = (Officer::of(&kit, "tata-usaha"), Officer::of(&kit, "kadis"));
    let (mut kabid, mut staf) = (Officer::of(&kit, "kabid"), Officer::of(&kit, "staf"));
    let hal = "Usulan hukuman disiplin";
    let letter = register(&mut tu, &[("sifat", "rahasia"), ("hal", hal)]);
    assert!(kadis.inbox().contains("Buka surat rahasia dengan nomor agenda 1/2026"));
    assert!(kadis.fill(&letter, &format!("{letter}/buka"), &[]).says(hal));
    assert!(kadis.inbox().contains("Disposisikan surat rahasia"));
    let sent = order(&mut kadis, &format!("{letter}/disposisi"), KABID, &[("catatan", "Periksa diam-diam.")]);
    assert_eq!(sent.status, 303, "{}", sent.body);
    for other in [&mut tu, &mut kadis] {
        let page = other.get(&letter);
        assert!(!page.says(hal) && !page.says("Periksa diam-diam."), "{}", page.body);
    }
    assert!(kabid.inbox().contains("surat rahasia dengan nomor agenda 1/2026"));
    let page = kabid.get(&letter);
    assert!(page.says("[RAHASIA]") && page.says("Buka isi surat"));
    let opened = kabid.fill(&letter, &format!("{letter}/buka"), &[]);
    assert!(opened.says(hal) && opened.says("Periksa diam-diam."), "{}", opened.body);
    assert_eq!(staf.get(&letter).status, 404);
    assert!(!tu.get("/cari?q=disiplin").says(hal));
    assert_eq!(tu.fill(&letter, &format!("{letter}/buka"), &[]).status, 403);
}

#[test]
fn a_letter_to_the_wrong_address_reaches_the_right_office_with_a_covering_letter() {
    let kit = Kit::new(&[&MODULE]);
    let (mut tu, mut camat) = (Officer::of(&kit, "tata-usaha"), Officer::of(&kit, "camat"));
    let letter = register(&mut tu, &[]);
    let form = format!("{letter}/salah-alamat");
    let empty = tu.fill(&form, &form, &[("cara", "teruskan")]);
    assert!(
        empty.status == 422 && empty.says("Alamat yang benar belum diisi") && empty.says("Alasan belum ditulis"),
        "{}",
        empty.body
    );
    let fields = [
        ("cara", "teruskan"),
        ("opd_teks", "Kecamatan Tanjung Harapan"),
        ("nomor", "000.1/7/Dinkes"),
        ("tanggal", "2026-11-22"),
        ("alasan", "Data desa ada pada kecamatan."),
    ];
    let sent = tu.fill(&form, &form, &fields);
    assert_eq!(sent.status, 303, "{}", sent.body);
    let paper = tu.get(&format!("{letter}/pengantar"));
    assert!(paper.says("SURAT PENGANTAR") && paper.says("000.1/7/Dinkes") && paper.says("Kecamatan Tanjung Harapan"));
    assert!(tu.get(&letter).says("Diteruskan"));
    assert!(camat.inbox().contains("Catat dalam buku agenda"));
    assert_eq!(camat.get(&letter).status, 200);
    assert_eq!(tu.get(&form).status, 422, "it is away already");

    let twice = register(&mut tu, &[("nomor_surat", "B-123 / BPS / 2026"), ("tetap", "1")]);
    let form = format!("{twice}/duplikat");
    assert_eq!(tu.fill(&form, &form, &[("kembar", "77/2026")]).status, 422);
}

#[test]
fn a_rule_of_the_office_chooses_the_desk_and_another_office_does_not_see_it() {
    let kit = Kit::new(&[&MODULE]);
    let (mut tu, mut kadis, mut kabid) =
        (Officer::of(&kit, "tata-usaha"), Officer::of(&kit, "kadis"), Officer::of(&kit, "kabid"));
    let form = "/eoffice/pengaturan/aturan/baru";
    let to = choice(&kadis.get(form), KABID);
    let bad = kadis.fill(form, form, &[("tujuan", &to), ("urut", "10")]);
    assert!(bad.status == 422 && bad.says("Isi kata, kode klasifikasi, atau keduanya"));
    let unclear = kadis.fill(form, form, &[("klasifikasi_teks", "Kode Angin"), ("tujuan", &to), ("urut", "10")]);
    assert!(unclear.status == 422 && unclear.says("Tidak ada klasifikasi yang cocok dengan"), "{}", unclear.body);
    let typed = [("kata", "potensi desa"), ("tujuan", to.as_str()), ("urut", "10"), ("klasifikasi", "000.7")];
    let added = kadis.fill(form, form, &[&typed[..], &[("klasifikasi_teks", "800"), ("_tambah", "klasifikasi")]].concat());
    assert!(added.status == 200 && added.says("potensi desa") && added.says("value=\"800\" checked"), "{}", added.body);
    assert!(!kadis.get("/eoffice/pengaturan").says("potensi desa"), "adding a code saves nothing");
    assert_eq!(kadis.fill(form, form, &[&typed[..], &[("klasifikasi", "800")]].concat()).status, 303);
    assert!(kadis.get("/eoffice/pengaturan").says("000.7, 800"));
    let settings = kadis.get("/eoffice/pengaturan");
    assert!(settings.says("potensi desa") && settings.says(KABID));
    assert!(!Officer::of(&kit, "camat").get("/eoffice/pengaturan").says("potensi desa"));
    assert_eq!(tu.get("/eoffice/pengaturan").status, 403);
    let letter = register(&mut tu, &[("klasifikasi", "000.7.2")]);
    assert!(kabid.inbox().contains("Disposisikan surat masuk 1/2026"), "{}", kadis.inbox());
    assert_eq!(order(&mut kabid, &format!("{letter}/disposisi"), STAF, &[]).status, 303);
}

#[test]
fn the_agenda_book_is_narrowed_printed_and_taken_along() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    register(&mut tu, &[("klasifikasi", "000.7.2")]);
    register(
        &mut tu,
        &[
            ("nomor_surat", "B-2"),
            ("asal_teks", "Kejaksaan Negeri"),
            ("tanggal_terima", "2026-10-30"),
            ("tanggal_surat", "2026-10-28"),
        ],
    );
    register(&mut tu, &[("nomor_surat", "B-3"), ("sifat", "rahasia"), ("hal", "Usulan hukuman")]);
    let rows = |page: &Page| page.body.matches("data-href=").count();
    let book = "/eoffice/buku-agenda";
    let month = tu.get(book);
    assert_eq!(rows(&month), 2, "{}", month.body);
    assert!(month.says("[RAHASIA]") && !month.says("Usulan hukuman") && !month.says("Kejaksaan Negeri"));
    let year = format!("{book}?dari=2026-01-01&sampai=2026-11-22");
    assert_eq!(rows(&tu.get(&year)), 3);
    assert_eq!(rows(&tu.get(&format!("{year}&pengirim=kejaksaan"))), 1);
    assert_eq!(rows(&tu.get(&format!("{year}&klasifikasi=000.7"))), 1);
    assert_eq!(rows(&tu.get(&format!("{year}&sifat=rahasia"))), 1);
    assert_eq!(rows(&tu.get(&format!("{year}&status=selesai"))), 0);
    assert!(tu.get(&format!("{book}?dari=31-31-2026")).says("Bulan ini"));
    let paper = tu.get(&format!("{year}&cetak=1"));
    assert_eq!(paper.body.matches("Dicetak ").count(), 1, "the foot of the paper says by whom, once: {}", paper.body);
    assert_eq!(rows(&paper), 3);
    let csv = tu.get(&format!("{book}/unduh?dari=2026-01-01&sampai=2026-11-22&format=csv&pengirim=kejaksaan"));
    assert!(csv.says("Kejaksaan Negeri") && !csv.says("Badan Pusat") && csv.body.lines().count() == 2, "{}", csv.body);
    let xlsx = tu.get(&format!("{book}/unduh?format=xlsx"));
    assert!(xlsx.body.starts_with("PK"));
    assert_eq!(rows(&Officer::of(&kit, "camat").get(&year)), 0);
    let next = tu.upload(BARU, BARU, &with(&[("nomor_surat", "B-9"), ("lanjut", "1")]), &[]);
    let to = next.location.expect("saved");
    assert!(to.starts_with(&format!("{BARU}?sesudah=")), "{to}");
    let form = tu.get(&to);
    assert!(form.says("Surat agenda 4/2026 sudah dicatat") && form.says("2026-11-20"), "{}", form.body);
    assert!(tu.get(LIST).says("B-9"));
}
