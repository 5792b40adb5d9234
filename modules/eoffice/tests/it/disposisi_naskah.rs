//! Orders on an internal naskah, and reports that a naskah answers.

use std::sync::Arc;

use praja_documents::Drawer;
use praja_eoffice::MODULE;
use praja_testkit::Kit;

use crate::{
    KABID, MINE, Officer, PDF, STAF, choice,
    naskah::{LIST, press, scan, send, submit, write},
    part, register,
};

const SEKDIS: &str = "Sekretaris Dinas Kesehatan";
const HAL: &str = "Kebutuhan vaksin triwulan empat";
const ISI: &str = "Bersama ini kami sampaikan kebutuhan vaksin.";

/// Gives an order to one post with the usual instruction; the page names the sender above the choices.
fn order(officer: &mut Officer<'_>, form: &str, to: &str, more: &[(&str, &str)]) -> praja_testkit::Page {
    let page = officer.get(form);
    let choices = page.body.split("name=\"penanggung_jawab\"").skip(1);
    let found = choices.filter(|rest| rest.split("</label>").next().is_some_and(|label| label.contains(to)));
    let post = found.filter_map(|rest| rest.split_once("value=\"")?.1.split('"').next()).next();
    let post = post.unwrap_or_else(|| panic!("{to} is not offered in {}", page.body)).to_owned();
    let mut fields = vec![("penanggung_jawab", post.as_str()), ("instruksi", "TL")];
    fields.extend(more);
    officer.fill(form, form, &fields)
}

/// A nota dinas of the staff, signed by the head of their division and sent to the head of the office; gives its page.
fn arrived(kit: &Kit, more: &[(&str, &str)]) -> String {
    let mut fields = vec![("hal", HAL), ("kepada", "Kepala Dinas Kesehatan"), ("bidang_isi", ISI), ("penandatangan_teks", KABID)];
    for (name, value) in more {
        fields.retain(|(known, _)| known != name);
        fields.push((name, value));
    }
    let path = write(&mut Officer::of(kit, "staf"), "nota-dinas", &fields);
    let sent = submit(&mut Officer::of(kit, "staf"), &path);
    assert_eq!(sent.status, 303, "{}", sent.body);
    let mut kabid = Officer::of(kit, "kabid");
    let numbered = send(&mut kabid, &format!("{path}/nomor"), &[("tanggal", "2026-11-22")]);
    assert_eq!(numbered.status, 303, "{}", numbered.body);
    let scanned = scan(&mut kabid, &path, PDF);
    assert_eq!(scanned.status, 303, "{}", scanned.body);
    let form = format!("{path}/kirim");
    let sent = kabid.fill(&form, &form, &[]);
    assert_eq!(sent.status, 303, "{}", sent.body);
    path
}

#[test]
fn a_nota_dinas_is_disposed_of_passed_on_reported_and_approved_like_a_letter() {
    let kit = Kit::new(&[&MODULE]);
    let path = arrived(&kit, &[]);
    let mut kadis = Officer::of(&kit, "kadis");
    assert!(kadis.inbox().contains("Baca nota dinas"), "{}", kadis.inbox());
    let page = kadis.get(&path);
    assert!(page.says("Disposisikan naskah"), "{}", page.body);
    let form = format!("{path}/disposisi");
    let given = order(&mut kadis, &form, SEKDIS, &[("catatan", "Periksa stoknya."), ("batas", "2026-11-27")]);
    assert_eq!((given.status, given.location.as_deref()), (303, Some(path.as_str())), "{}", given.body);
    assert!(!kadis.inbox().contains("Baca nota dinas"), "what was ordered is no longer to be read");
    let shown = kadis.get(&path);
    assert!(shown.says("Periksa stoknya.") && shown.says("Tambah disposisi") && shown.says("27 Nov 2026"), "{}", shown.body);
    let of_sekdis = part(&shown, SEKDIS);

    let mut sekdis = Officer::of(&kit, "sekdis");
    assert!(sekdis.inbox().contains(&format!("Tindak lanjuti nota dinas: {HAL}")), "{}", sekdis.inbox());
    assert!(sekdis.get(&path).says(ISI), "who is ordered to act on it reads it");
    let mine = sekdis.get(&of_sekdis);
    assert!(mine.says("Nota Dinas") && mine.says("Periksa stoknya.") && mine.says("Buka naskah"), "{}", mine.body);
    assert!(sekdis.get(MINE).says(HAL) && kadis.get(&format!("{MINE}?lihat=keluar")).says(HAL));
    assert_eq!(sekdis.act(&of_sekdis, "baca").status, 303);
    assert_eq!(sekdis.act(&of_sekdis, "terima").status, 303);
    assert_eq!(kadis.act(&of_sekdis, "tarik").status, 422, "what was read is not taken back");
    let reported = sekdis.report(&of_sekdis, "Stok cukup untuk dua bulan.");
    assert_eq!(reported.status, 303, "{}", reported.body);
    assert!(kadis.inbox().contains("Periksa laporan"), "{}", kadis.inbox());
    let back = format!("{of_sekdis}/tindakan/kembalikan");
    assert_eq!(kadis.fill(&back, &back, &[("alasan", "Sebut jumlahnya.")]).status, 303);
    sekdis.report(&of_sekdis, "Stok 1.200 vial, cukup untuk dua bulan.");
    assert_eq!(kadis.act(&of_sekdis, "setujui").status, 303);
    let done = kadis.get(&path);
    assert!(done.says("Disetujui") && done.says("1.200 vial"), "{}", done.body);
    assert!(Officer::of(&kit, "staf").get(&path).says("1.200 vial"), "who wrote it sees what became of it");
    assert!(done.says("memberikan disposisi"), "the trail of the naskah tells it");
}

#[test]
fn whoever_passes_it_on_reports_after_those_below_and_nobody_else_gives_orders_on_it() {
    let kit = Kit::new(&[&MODULE]);
    let path = arrived(&kit, &[("sifat", "terbatas")]);
    let mut kadis = Officer::of(&kit, "kadis");
    let form = format!("{path}/disposisi");
    assert_eq!(Officer::of(&kit, "kabid").get(&form).status, 422, "who signed it gives no order on it");
    assert_eq!(Officer::of(&kit, "sekdis").get(&form).status, 404, "who does not see it even less");
    order(&mut kadis, &form, KABID, &[]);
    let of_kabid = part(&kadis.get(&path), KABID);
    let mut kabid = Officer::of(&kit, "kabid");
    let on = format!("{of_kabid}/teruskan");
    assert_eq!(order(&mut kabid, &on, STAF, &[]).status, 303);
    let below = part(&kabid.get(&of_kabid), STAF);
    let early = kabid.get(&format!("{of_kabid}/lapor"));
    assert!(early.status == 422 && early.says("disposisi lanjutan belum selesai"), "{}", early.body);
    let mut staf = Officer::of(&kit, "staf");
    assert!(!staf.inbox().contains(HAL), "of Terbatas no task tells the subject");
    staf.report(&below, "Sudah.");
    kabid.act(&below, "setujui");
    assert_eq!(kabid.report(&of_kabid, "Sudah selesai.").status, 303);
}

#[test]
fn an_order_taken_back_unread_takes_the_naskah_along_unless_there_is_another_reason() {
    let kit = Kit::new(&[&MODULE]);
    let path = arrived(&kit, &[("sifat", "terbatas")]);
    let mut kadis = Officer::of(&kit, "kadis");
    let form = format!("{path}/disposisi");
    order(&mut kadis, &form, SEKDIS, &[]);
    order(&mut kadis, &form, KABID, &[]);
    let shown = kadis.get(&path);
    let (of_sekdis, of_kabid) = (part(&shown, SEKDIS), part(&shown, KABID));
    let mut sekdis = Officer::of(&kit, "sekdis");
    assert_eq!(sekdis.get(&path).status, 200);
    assert_eq!(kadis.act(&of_sekdis, "tarik").status, 303);
    assert_eq!((sekdis.get(&path).status, sekdis.get(&of_sekdis).status), (404, 404));
    assert_eq!(kadis.act(&of_kabid, "tarik").status, 303);
    assert_eq!(Officer::of(&kit, "kabid").get(&path).status, 200, "who signed it goes on seeing it");
}

#[test]
fn a_withdrawn_naskah_asks_nothing_of_anybody_any_more() {
    let kit = Kit::new(&[&MODULE]);
    let path = arrived(&kit, &[]);
    let mut kadis = Officer::of(&kit, "kadis");
    let form = format!("{path}/disposisi");
    order(&mut kadis, &form, SEKDIS, &[]);
    let of_sekdis = part(&kadis.get(&path), SEKDIS);
    assert_eq!(press(&mut Officer::of(&kit, "kabid"), &path, "cabut", "Salah alamat.").status, 303);
    assert!(!Officer::of(&kit, "sekdis").inbox().contains("Tindak lanjuti"));
    assert!(kadis.get(&of_sekdis).says("Naskah dicabut. Salah alamat."));
    let late = kadis.get(&form);
    assert!(late.status == 422 && late.says("berstatus Dicabut"), "{}", late.body);
}

#[test]
fn a_copy_is_read_and_no_more() {
    let kit = Kit::new(&[&MODULE]);
    let path = arrived(&kit, &[("kepada", SEKDIS), ("tembusan", "Kepala Dinas Kesehatan")]);
    let mut kadis = Officer::of(&kit, "kadis");
    let page = kadis.get(&path);
    assert!(page.status == 200 && !page.says("Disposisikan naskah"), "{}", page.body);
    let form = kadis.get(&format!("{path}/disposisi"));
    assert!(form.status == 422 && form.says("Penerima tembusan cukup membacanya"), "{}", form.body);
}

#[test]
fn a_naskah_begun_from_an_order_stands_in_its_report_and_opens_for_its_readers_alone() {
    let kit = Kit::new(&[&MODULE]);
    let (mut tu, mut kadis, mut kabid) =
        (Officer::of(&kit, "tata-usaha"), Officer::of(&kit, "kadis"), Officer::of(&kit, "kabid"));
    let letter = register(&mut tu, &[]);
    order(&mut kadis, &format!("{letter}/disposisi"), KABID, &[]);
    let of_kabid = part(&kadis.get(&letter), KABID);
    let id = of_kabid.rsplit('/').next().expect("an identity");
    assert!(kabid.get(&of_kabid).says(&format!("{LIST}/baru?disposisi={id}")));
    assert!(kabid.get(&format!("{LIST}/baru?disposisi={id}")).says(&format!("{LIST}/baru/surat-dinas?disposisi={id}")));
    let form = format!("{LIST}/baru/surat-dinas?disposisi={id}");
    let empty = kabid.get(&form);
    assert_eq!(empty.hidden("disposisi"), Some(id));
    assert!(empty.says("Badan Pusat Statistik Kabupaten") && empty.says("B-123/BPS/2026"), "{}", empty.body);
    let fields = [
        ("disposisi", id),
        ("hal", "Data potensi desa 2026"),
        ("kepada", "Badan Pusat Statistik Kabupaten"),
        ("bidang_isi", "Terlampir data yang diminta."),
        ("penandatangan_teks", "Kepala Dinas Kesehatan"),
        ("klasifikasi_teks", "000.1.2"),
        ("wewenang", "langsung"),
        ("sifat", "terbatas"),
        ("derajat", "biasa"),
    ];
    let saved = kabid.fill(&form, &format!("{LIST}/baru/surat-dinas"), &fields);
    let naskah = saved.location.unwrap_or_else(|| panic!("{}", saved.body));
    assert!(kabid.get(&of_kabid).says(&naskah), "the drafter finds it again");
    assert!(!kadis.get(&of_kabid).says(&naskah), "before the report nobody else is told");
    let report = format!("{of_kabid}/lapor");
    let page = kabid.get(&report);
    let value = naskah.rsplit('/').next().expect("an identity");
    assert!(page.body.contains(&format!("value=\"{value}\" selected")), "{}", page.body);
    let strange = kabid.upload(&report, &report, &[("laporan", "Sudah."), ("jawaban", id)], &[]);
    assert!(
        strange.status == 422 && strange.says("tidak ada dalam daftar naskah Anda") && strange.says("Sudah."),
        "{}",
        strange.body
    );
    let done = kabid.upload(&report, &report, &[("laporan", "Jawaban sudah disusun."), ("jawaban", value)], &[]);
    assert_eq!(done.status, 303, "{}", done.body);
    let seen = kadis.get(&of_kabid);
    assert!(seen.says("Jawaban sudah disusun.") && seen.says("hanya terbuka bagi yang berhak") && !seen.says(&naskah));
    assert!(!seen.says("Data potensi desa 2026"), "not its subject either");
    // In turn to initial or sign, one reads it, and the link leads there.
    assert_eq!(submit(&mut kabid, &naskah).status, 303);
    let seen = kadis.get(&of_kabid);
    assert!(seen.says(&naskah) && seen.says("Data potensi desa 2026"), "{}", seen.body);
    assert!(!tu.get(&of_kabid).says(&naskah), "the registry reads the report, not the naskah");
}

#[test]
fn the_sheet_says_the_same_on_the_screen_and_in_the_pdf() {
    let kit = Kit::giving(&[&MODULE], |ports| ports.documents = Some(Arc::new(Drawer::in_here(true))));
    let (mut tu, mut kadis) = (Officer::of(&kit, "tata-usaha"), Officer::of(&kit, "kadis"));
    let letter = register(&mut tu, &[]);
    let blank = text(&kadis.get(&format!("{letter}/lembar/pdf")).bytes);
    assert!(blank.contains("LEMBAR DISPOSISI") && blank.contains("Untuk ditindaklanjuti"), "{blank}");
    order(&mut kadis, &format!("{letter}/disposisi"), KABID, &[("catatan", "Siapkan datanya."), ("batas", "2026-11-27")]);
    let of_kabid = part(&kadis.get(&letter), KABID);
    order(&mut Officer::of(&kit, "kabid"), &format!("{of_kabid}/teruskan"), STAF, &[("catatan", "Tolong dikumpulkan.")]);
    let naskah = arrived(&kit, &[]);
    order(&mut kadis, &format!("{naskah}/disposisi"), SEKDIS, &[("catatan", "Periksa stoknya.")]);
    let sheets = [
        (
            format!("{letter}/lembar"),
            vec!["Siapkan datanya.", "Tolong dikumpulkan.", "Penyusun Rencana Kegiatan", "27 Nov 2026", "B-123/BPS/2026"],
        ),
        (format!("{naskah}/lembar-disposisi"), vec!["Periksa stoknya.", SEKDIS, "Nota Dinas", HAL]),
    ];
    for (path, words) in sheets {
        let page = kadis.get(&path);
        assert!(page.says(&format!("{path}/pdf")), "{}", page.body);
        let pdf = kadis.get(&format!("{path}/pdf"));
        assert!(pdf.bytes.starts_with(b"%PDF"), "{}", pdf.body);
        let paper = text(&pdf.bytes);
        let flat = paper.split_whitespace().collect::<Vec<_>>().join(" ");
        for word in words {
            assert!(page.says(word), "{word} in {}", page.body);
            assert!(flat.contains(word), "{word} in {paper}");
        }
    }
    assert_eq!(Officer::of(&kit, "camat").get(&format!("{naskah}/lembar-disposisi/pdf")).status, 404);
}

#[test]
fn the_sheet_of_a_secret_letter_hides_its_subject_and_notes_in_the_pdf_as_well() {
    let kit = Kit::giving(&[&MODULE], |ports| ports.documents = Some(Arc::new(Drawer::in_here(true))));
    let (mut tu, mut kadis) = (Officer::of(&kit, "tata-usaha"), Officer::of(&kit, "kadis"));
    let letter = register(&mut tu, &[("sifat", "rahasia"), ("hal", "Hukuman disiplin")]);
    let form = format!("{letter}/disposisi");
    let post = choice(&kadis.get(&form), KABID);
    let given = kadis.fill(&form, &form, &[("penanggung_jawab", &post), ("instruksi", "TL"), ("catatan", "Panggil orangnya.")]);
    assert_eq!(given.status, 303, "{}", given.body);
    let seen = text(&tu.get(&format!("{letter}/lembar/pdf")).bytes);
    assert!(seen.contains("[RAHASIA]") && !seen.contains("Hukuman") && !seen.contains("Panggil"), "{seen}");
    let own = text(&kadis.get(&format!("{letter}/lembar/pdf")).bytes);
    assert!(own.contains("Panggil orangnya."), "{own}");
}

/// The words of a PDF, by poppler-utils.
fn text(pdf: &[u8]) -> String {
    use std::io::Write as _;
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(pdf).expect("it is written");
    let done = std::process::Command::new("pdftotext").arg("-layout").arg(file.path()).arg("-").output();
    String::from_utf8_lossy(&done.expect("pdftotext (poppler-utils)").stdout).into_owned()
}
