use praja_identity::{jabatan, opd, penugasan::Jenis};
use praja_kernel::Id;
use praja_store::{Result, Tx};
use praja_testkit::Kit;

use crate::regency;

fn ask<T>(kit: &Kit, read: impl Fn(&mut Tx<'_>) -> Result<T>) -> T {
    kit.instance.db.read(|tx| read(tx)).expect("read")
}

/// The post whose name has all these words.
pub fn post(kit: &Kit, words: &str) -> Id {
    let found = ask(kit, |tx| jabatan::search(tx, words, None, 2));
    assert_eq!(found.len(), 1, "{words}: {found:?}");
    found[0].id
}

#[test]
fn the_tree_of_posts_is_walked_up_and_down() {
    let (kit, _) = regency();
    let head = post(&kit, "kepala dinas kesehatan");
    let above = ask(&kit, |tx| jabatan::superior(tx, head)).expect("the sekda stands above");
    assert_eq!(above.nama, "Sekretaris Daerah");
    let below: Vec<String> = ask(&kit, |tx| jabatan::subordinates(tx, head)).into_iter().map(|one| one.nama).collect();
    assert!(
        below.contains(&"Sekretaris Dinas Kesehatan".to_owned()) && below.contains(&"Kepala Puskesmas Pasar Baru".to_owned())
    );
    assert_eq!(
        ask(&kit, |tx| jabatan::superior(tx, post(&kit, "bupati contoh raya wakil"))).expect("above").nama,
        "Bupati Contoh Raya"
    );
}

#[test]
fn who_answers_for_a_post_is_said_with_the_way_it_is_held() {
    let (kit, _) = regency();
    let today = kit.instance.today();
    let social = post(&kit, "kepala dinas sosial");
    let holder = ask(&kit, |tx| jabatan::holder_on(tx, social, today)).expect("somebody stands in");
    assert_eq!((holder.jenis, holder.nama.as_str()), (Jenis::Plt, "Hasanuddin Rahim, S.Sos., M.AP."));
    assert_eq!(ask(&kit, |tx| jabatan::label(tx, social, today)), "Plt. Kepala Dinas Sosial (Hasanuddin Rahim, S.Sos., M.AP.)");
    let long_ago = "2018-01-01".parse().expect("a date");
    assert_eq!(ask(&kit, |tx| jabatan::label(tx, social, long_ago)), "Kepala Dinas Sosial (kosong)");
    // While the head is at a training, the secretary answers and the head keeps the post.
    let bappeda = post(&kit, "kepala badan perencanaan");
    let holder = ask(&kit, |tx| jabatan::holder_on(tx, bappeda, today)).expect("somebody stands in");
    assert_eq!(holder.jenis, Jenis::Plh);
    assert_eq!(ask(&kit, |tx| jabatan::holders_on(tx, bappeda, today)).len(), 2);
}

#[test]
fn posts_are_found_by_words_in_any_order_and_within_one_opd() {
    let (kit, _) = regency();
    let names = |words: &str, opd: Option<Id>| -> Vec<String> {
        ask(&kit, |tx| jabatan::search(tx, words, opd, 50)).into_iter().map(|one| one.nama).collect()
    };
    assert_eq!(names("kesehatan SEKRETARIS", None), ["Sekretaris Dinas Kesehatan"]);
    let dinkes = ask(&kit, opd::list_active).into_iter().find(|one| one.singkatan == "Dinkes").expect("Dinkes").id;
    let within = names("", Some(dinkes));
    assert!(within.len() > 5 && within.is_sorted(), "{within:?}");
    assert!(names("sekretaris daerah", Some(dinkes)).is_empty());
    assert!(names("100%", None).is_empty(), "a percent sign is a letter like others");
    assert_eq!(ask(&kit, |tx| jabatan::search(tx, "kepala", None, 3)).len(), 3);
}
