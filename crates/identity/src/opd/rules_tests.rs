use praja_kernel::Id;

use super::{
    Jenis, Opd,
    rules::{Draft, Known, Leading, Refusal, leading, parents, read},
};
use crate::jabatan::{Jabatan, Jenis as JenisJabatan};

fn id(n: u8) -> Id {
    Id::v7(0, [n; 10])
}

fn opd(n: u8, nama: &str, jenis: Jenis) -> Opd {
    Opd {
        id: id(n),
        kode: format!("1.0{n}"),
        nama: nama.into(),
        singkatan: nama.split(' ').map(|word| &word[..1]).collect(),
        jenis,
        induk: None,
        berlaku_dari: "2017-01-02".parse().unwrap(),
        berlaku_sampai: None,
    }
}

fn draft(jenis: Jenis) -> Draft<'static> {
    Draft { kode: "9.01", nama: "Unit Baru", singkatan: "UB", jenis: jenis.as_str(), urut: "", berlaku_dari: "2 Januari 2026" }
}

fn fields(draft: &Draft<'_>, induk: Option<&Opd>, active: &[Opd]) -> Vec<std::borrow::Cow<'static, str>> {
    let above: Vec<Id> = induk.map(|one| one.id).into_iter().collect();
    let known = Known { id: Some(id(1)), induk, above: &above, active };
    read(draft, &known).err().unwrap_or_default().into_iter().map(|one| one.field.clone()).collect()
}

#[test]
fn every_kind_stands_where_the_law_puts_it() {
    let under = [
        (Jenis::Uptd, Jenis::Dinas, true),
        (Jenis::Uptd, Jenis::Badan, true),
        (Jenis::Uptd, Jenis::Kecamatan, false),
        (Jenis::Kelurahan, Jenis::Kecamatan, true),
        (Jenis::Desa, Jenis::Kecamatan, true),
        (Jenis::Kelurahan, Jenis::Dinas, false),
        (Jenis::Bagian, Jenis::Sekretariat, true),
        (Jenis::Bagian, Jenis::Dinas, false),
        (Jenis::Dinas, Jenis::KepalaDaerah, true),
        (Jenis::Dinas, Jenis::Dinas, false),
        (Jenis::KepalaDaerah, Jenis::Dinas, false),
    ];
    for (jenis, above, right) in under {
        let parent = opd(2, "Induk Saja", above);
        let expected: &[&str] = if right { &[] } else { &["induk"] };
        assert_eq!(fields(&draft(jenis), Some(&parent), &[]), expected, "{jenis:?} below {above:?}");
    }
    for jenis in Jenis::ALL {
        let expected: &[&str] = if parents(*jenis).1 { &["induk"] } else { &[] };
        assert_eq!(fields(&draft(*jenis), None, &[]), expected, "{jenis:?} at the top");
    }
}

#[test]
fn codes_and_names_are_unique_among_those_in_force() {
    let others = [opd(2, "Unit Baru", Jenis::Dinas), opd(3, "Dinas Lain", Jenis::Dinas)];
    assert_eq!(fields(&draft(Jenis::Dinas), None, &others), ["nama", "singkatan"]);
    let own = [opd(1, "Unit Baru", Jenis::Dinas)];
    assert!(fields(&draft(Jenis::Dinas), None, &own).is_empty(), "its own name is no other's");
    let code = Draft { kode: "1.03", ..draft(Jenis::Dinas) };
    assert_eq!(fields(&code, None, &[opd(3, "Dinas Lain", Jenis::Dinas)]), ["kode"]);
}

#[test]
fn everything_at_fault_is_told_at_once_and_no_ring_is_made() {
    assert_eq!(fields(&Draft::default(), None, &[]), ["kode", "nama", "singkatan", "jenis", "berlaku_dari"]);
    let odd = Draft { kode: "1<2", urut: "x", ..draft(Jenis::Dinas) };
    assert_eq!(fields(&odd, None, &[]), ["urut", "kode"]);
    let child = Opd { induk: Some(id(1)), ..opd(2, "Anak Unit", Jenis::Kecamatan) };
    let known = Known { id: Some(id(1)), induk: Some(&child), above: &[id(2), id(1)], active: &[] };
    let problems = read(&draft(Jenis::Kelurahan), &known).unwrap_err();
    assert_eq!(problems[0].field, "induk");
}

#[test]
fn of_the_heads_of_melting_opd_one_leads_on_and_the_others_give_way() {
    let head =
        |n: u8| Jabatan { id: id(n), opd: id(n), nama: format!("Kepala {n}"), jenis: JenisJabatan::PimpinanTinggi, induk: None };
    let (one, two) = ((id(1), Some(head(1))), (id(2), Some(head(2))));
    let (bare, both) = ((id(3), None), [one.clone(), two.clone()]);
    let outcome = |leads: Option<u8>, yields: &[u8]| {
        Ok(Leading { leads: leads.map(head), yields: yields.iter().map(|n| head(*n)).collect() })
    };
    for (heads, pimpin, expected) in [
        (both.as_slice(), Some(1), outcome(Some(1), &[2])),
        (both.as_slice(), Some(2), outcome(Some(2), &[1])),
        (both.as_slice(), None, Err(Refusal::NoLeader)),
        (both.as_slice(), Some(3), Err(Refusal::NoLeader)),
        (&[one, bare.clone()], None, outcome(Some(1), &[])),
        (&[bare.clone(), two], Some(3), outcome(Some(2), &[])),
        (&[bare], None, outcome(None, &[])),
    ] {
        assert_eq!(leading(heads, pimpin.map(id)), expected, "{heads:?} {pimpin:?}");
    }
}
