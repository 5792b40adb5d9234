//! The survey: made at a desk, answered by the public, reported and published.

use praja_testkit::Kit;

use crate::wait;

const LIST: &str = "/desk/kepuasan";
const REPORT: &str = "/desk/kepuasan/laporan";

fn link(kit: &Kit, gratis: &str) -> (String, String) {
    let mut officer = kit.sign_in_as("superadmin");
    let page = wait(officer.get(LIST));
    let opd = page.hidden("opd").expect("an OPD is chosen").to_owned();
    let empty = wait(officer.fill(LIST, "/desk/kepuasan/tautan", &[("opd", &opd), ("layanan", " ")]));
    assert_eq!(empty.status, 422);
    let fields = [("opd", opd.as_str()), ("layanan", "Surat pengantar"), ("gratis", gratis)];
    let made = wait(officer.fill(LIST, "/desk/kepuasan/tautan", &fields));
    assert!(made.says("<svg") && made.says("Surat pengantar"), "{}", made.body);
    let link =
        made.body.split("href=\"http://127.0.0.1/kepuasan").nth(1).and_then(|rest| rest.split('"').next()).expect("a link");
    (format!("/kepuasan{link}"), opd)
}

/// Opens the questions, reads them for so many seconds, and answers each with the same value.
fn answer(kit: &Kit, link: &str, value: &str, seconds: i64, more: &[(&str, &str)]) -> praja_testkit::Page {
    let mut visitor = kit.stranger();
    let form = wait(visitor.get(link));
    let (sealed, begun) =
        (form.hidden("tentang").expect("a hidden field").to_owned(), form.hidden("mulai").expect("a hidden field").to_owned());
    kit.clock.move_ms(seconds * 1000);
    let mut fields = vec![("tentang", sealed.as_str()), ("mulai", begun.as_str())];
    let names = ["u1", "u2", "u3", "u4", "u5", "u6", "u7", "u8", "u9"];
    fields.extend(names.iter().filter(|name| form.says(&format!("name=\"{name}\""))).map(|name| (*name, value)));
    fields.extend(more);
    wait(visitor.fill(link, "/kepuasan", &fields))
}

#[test]
fn a_survey_is_made_answered_reported_acted_upon_and_published() {
    let kit = Kit::new(&[]);
    let (link, opd) = link(&kit, "");
    let open = answer(&kit, &link, "9", 60, &[]);
    assert_eq!(open.status, 422);
    for (value, saran) in [("4", "Loket <ramah>"), ("3", ""), ("4", "")] {
        let done = answer(&kit, &link, value, 60, &[("saran", saran), ("kelamin", "p"), ("usia", "20 sampai 29 tahun")]);
        assert!(done.says("Terima kasih"), "{}", done.body);
        kit.clock.move_ms(10 * 60_000);
    }
    let mut officer = kit.sign_in_as("superadmin");
    assert!(wait(officer.get(&format!("{LIST}?opd={opd}"))).says("Loket &lt;ramah&gt;"));
    let at = format!("{REPORT}?opd={opd}&tahun=2026&masa=tw4&populasi=50");
    let page = wait(officer.get(&at));
    for words in ["Triwulan IV 2026", "Surat pengantar", "Sampel yang perlu", ">44<", "20 sampai 29 tahun"] {
        assert!(page.says(words), "{words}: {}", page.body);
    }
    assert!(wait(kit.stranger().get("/kepuasan/hasil")).says("Belum ada hasil"));
    let place = [("opd", opd.as_str()), ("tahun", "2026"), ("masa", "tw4")];
    let mut plan = place.to_vec();
    plan.extend([("unsur", "U1"), ("tindakan", "x"), ("pemilik", "Kasubbag"), ("tenggat", "31 Desember 2026")]);
    let wrong = wait(officer.fill(&at, "/desk/kepuasan/rencana", &plan));
    assert!(wrong.status == 422 && wrong.says("10 sampai 500 huruf"), "{}", wrong.body);
    let lowest =
        page.body.split("<option value=\"U").nth(1).map(|rest| format!("U{}", &rest[..1])).expect("the lowest is offered");
    let plan: Vec<(&str, &str)> = place
        .into_iter()
        .chain([
            ("unsur", lowest.as_str()),
            ("tindakan", "Menambah satu loket pada hari Senin."),
            ("pemilik", "Kasubbag Umum"),
            ("tenggat", "31 Desember 2026"),
        ])
        .collect();
    let kept = wait(officer.fill(&at, "/desk/kepuasan/rencana", &plan));
    assert_eq!(kept.status, 303, "{}", kept.body);
    let page = wait(officer.get(&at));
    let finish = page
        .body
        .split("action=\"")
        .filter_map(|part| part.split('"').next())
        .find(|path| path.ends_with("/selesai"))
        .unwrap()
        .to_owned();
    assert_eq!(wait(officer.fill(&at, &finish, &place)).status, 303);
    assert_eq!(wait(officer.fill(&at, "/desk/kepuasan/terbit", &place)).status, 303);
    let public = wait(kit.stranger().get("/kepuasan/hasil"));
    assert!(public.says("Triwulan IV 2026") && public.says("Menambah satu loket pada hari Senin. (selesai)"), "{}", public.body);
    assert!(!public.says("Loket &lt;ramah&gt;") && !public.says("20 sampai 29"), "no remark and no profile");
    assert_eq!(wait(officer.get(&format!("{LIST}/unduh?opd={opd}&tahun=2026&masa=tw4&format=csv"))).status, 200);
}

#[test]
fn nobody_answers_faster_than_one_reads_nor_from_an_officers_device() {
    let kit = Kit::new(&[]);
    let (link, _) = link(&kit, "ya");
    let form = wait(kit.stranger().get(&link));
    assert!(!form.says("name=\"u4\"") && form.says("gratis"), "the price of what is free is not asked: {}", form.body);
    let hasty = answer(&kit, &link, "4", 3, &[]);
    assert!(hasty.status == 422 && hasty.says("terlalu cepat"), "{}", hasty.body);
    assert!(answer(&kit, &link, "2", 30, &[]).says("Terima kasih"));
    let mut officer = kit.sign_in_as("superadmin");
    assert!(wait(officer.get(&link)).says("tidak diisi dari perangkat petugas"));
    let mut counter = kit.stranger().with_cookie("praja_loket", "3-A");
    assert!(wait(counter.get(&link)).says("tidak diisi dari perangkat petugas"));
    let forged = wait(kit.stranger().get("/kepuasan?tentang=palsu"));
    assert!(forged.says("tidak dikenal"));
    let kept: String = kit
        .off(|instance| {
            let text = "SELECT jawaban FROM desk_kepuasan WHERE layanan = 'Surat pengantar'";
            instance.db.read(|tx| tx.one(text, praja_store::params![], |row| row.get(0)))
        })
        .unwrap();
    assert_eq!(kept, "222422222", "the element of cost is four");
}
