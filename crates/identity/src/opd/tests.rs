use praja_kernel::{Id, Moment};

use super::*;

fn id(n: u8) -> Id {
    Id::v7(Moment(0).ms(), [n; 10])
}

fn opd(n: u8, induk: Option<u8>) -> Opd {
    Opd {
        id: id(n),
        kode: n.to_string(),
        nama: n.to_string(),
        singkatan: n.to_string(),
        jenis: Jenis::Dinas,
        induk: induk.map(id),
        berlaku_dari: "2020-01-01".parse().unwrap(),
        berlaku_sampai: None,
    }
}

fn shape(list: Vec<Opd>) -> Vec<(usize, String)> {
    tree(list).into_iter().map(|(depth, opd)| (depth, opd.kode)).collect()
}

#[test]
fn children_stand_below_their_parent_even_when_they_come_first() {
    let shape = shape(vec![opd(3, Some(1)), opd(1, None), opd(2, None), opd(4, Some(3))]);
    assert_eq!(shape, [(0, "1".into()), (1, "3".into()), (2, "4".into()), (0, "2".into())]);
}

#[test]
fn nobody_is_lost_when_a_parent_is_missing_or_the_tree_bites_its_tail() {
    let mut list = vec![opd(1, Some(9)), opd(2, Some(3)), opd(3, Some(2)), opd(4, Some(4))];
    let count = list.len();
    assert_eq!(shape(std::mem::take(&mut list)).len(), count);
}
