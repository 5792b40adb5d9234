use praja_kernel::Id;

use super::{
    Jabatan, Jenis,
    rules::{Draft, Known, Refusal, order, read},
};

fn id(n: u8) -> Id {
    Id::v7(0, [n; 10])
}

fn draft(nama: &'static str, jenis: Jenis) -> Draft<'static> {
    Draft { nama, jenis: jenis.as_str(), urut: "3", berlaku_dari: "2026-01-02" }
}

fn known<'a>(sisters: &'a [Jabatan], above: &'a [Id]) -> Known<'a> {
    let opd_dari = "2020-01-01".parse().unwrap();
    Known { id: Some(id(1)), induk: above.first().copied(), above, sisters, opd_dari, holders: 1 }
}

fn fields(draft: &Draft<'_>, known: &Known<'_>) -> Vec<std::borrow::Cow<'static, str>> {
    read(draft, known).err().unwrap_or_default().into_iter().map(|one| one.field.clone()).collect()
}

#[test]
fn what_was_typed_becomes_a_post() {
    let isi = read(&draft("  Kepala  Bidang ", Jenis::Administrator), &known(&[], &[id(2)])).unwrap();
    assert_eq!((isi.nama.as_str(), isi.urut, isi.induk), ("Kepala Bidang", 3, Some(id(2))));
    let last = Draft { urut: "", ..draft("Arsiparis", Jenis::Fungsional) };
    assert_eq!(read(&last, &known(&[], &[])).unwrap().urut, 999, "without a number it comes last");
}

#[test]
fn everything_at_fault_is_told_at_once() {
    let empty = Draft::default();
    assert_eq!(fields(&empty, &known(&[], &[])), ["nama", "jenis", "berlaku_dari"]);
    let wrong = Draft { urut: "-1", berlaku_dari: "2019-12-31", jenis: "raja", ..draft("A", Jenis::Pelaksana) };
    assert_eq!(fields(&wrong, &known(&[], &[])), ["jenis", "urut", "berlaku_dari"]);
}

#[test]
fn a_structural_name_is_unique_in_its_opd_and_a_post_is_never_above_itself() {
    let other = Jabatan { id: id(9), opd: id(5), nama: "SEKRETARIS".into(), jenis: Jenis::Administrator, induk: None };
    let sisters = [other];
    assert_eq!(fields(&draft("Sekretaris", Jenis::Administrator), &known(&sisters, &[])), ["nama"]);
    assert!(fields(&draft("Sekretaris", Jenis::Pelaksana), &known(&sisters, &[])).is_empty());
    let own = Known { id: Some(id(9)), ..known(&sisters, &[]) };
    assert!(fields(&draft("Sekretaris", Jenis::Administrator), &own).is_empty(), "its own name is no other's");
    assert_eq!(fields(&draft("Kabid", Jenis::Administrator), &known(&[], &[id(2), id(1)])), ["induk"]);
    let crowded = Known { holders: 2, ..known(&[], &[]) };
    assert_eq!(fields(&draft("Arsiparis", Jenis::Pengawas), &crowded), ["jenis"]);
}

#[test]
fn nobody_makes_the_own_post_lead_the_opd() {
    let post = |n: u8| Jabatan { id: id(n), opd: id(9), nama: format!("Jabatan {n}"), jenis: Jenis::Administrator, induk: None };
    let own = [post(2).id];
    let (one, two, three) = (post(1), post(2), post(3));
    let led = vec![one.clone(), two.clone(), three.clone()];
    for (after, may) in [
        (vec![two.clone(), one.clone(), three.clone()], false),
        (vec![two.clone(), three.clone()], false),
        (vec![one.clone(), three.clone(), two.clone()], true),
        (vec![three.clone(), one.clone(), two.clone()], true),
        (vec![], true),
    ] {
        assert_eq!(order(&led, &after, &own).is_ok(), may, "{after:?}");
    }
    assert!(order(&[two.clone(), one.clone()], &[two.clone(), three], &own).is_ok(), "who leads already goes on");
    assert_eq!(order(&led, &[two], &own), Err(Refusal::ToLead { nama: "Jabatan 2".into() }));
}
