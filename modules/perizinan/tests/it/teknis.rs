//! How technical OPD kept the days they were given, as the inspectorate reads it.

use crate::{Person, alur::kit};

const PAGE: &str = "/perizinan/izin/keadilan/opd-teknis";

#[test]
fn the_inspectorate_reads_how_each_technical_opd_kept_its_days_and_no_desk_does() {
    let kit = kit();
    let none = Person::officer(&kit, "auditor").get(PAGE);
    assert!(none.status == 200 && none.says("Tidak ada rekomendasi yang diminta"), "{}", none.body);
    kit.load_demo("perizinan");
    let counted = kit.off(|instance| {
        instance.db.read(|tx| {
            tx.one("SELECT COUNT(*), COUNT(hasil) FROM perizinan_rekomendasi", &[], |row| {
                Ok((row.get::<i64>(0)?, row.get::<i64>(1)?))
            })
        })
    });
    let (asked, answered) = counted.expect("they are counted");
    assert!(answered > 0 && asked > answered, "{answered} of {asked}");
    let mut auditor = Person::officer(&kit, "auditor");
    let page = auditor.get(PAGE);
    let office = "Dinas Pekerjaan Umum dan Penataan Ruang";
    for words in [office, "Median jatah", "Tepat waktu", "OPD teknis"] {
        assert!(page.says(words), "{words}: {}", page.body);
    }
    let csv = auditor.get(&format!("{PAGE}/unduh?format=csv"));
    let text = String::from_utf8_lossy(&csv.bytes).into_owned();
    assert!(text.contains(&format!("{office},{asked},{answered},")) && text.contains('%'), "{text}");
    for format in ["xlsx", "pdf"] {
        assert_eq!(auditor.get(&format!("{PAGE}/unduh?format={format}")).status, 200, "{format}");
    }
    assert!(auditor.get(&format!("{PAGE}?layanan=SKP")).says("Tidak ada rekomendasi yang diminta"));
    assert!(auditor.get(&format!("{PAGE}?masa=2025")).says("Tidak ada rekomendasi yang diminta"));
    for other in ["loket", "opd-teknis"] {
        assert_eq!(Person::officer(&kit, other).get(PAGE).status, 403, "{other}");
    }
}
