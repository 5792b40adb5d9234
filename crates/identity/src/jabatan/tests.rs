use super::*;
use crate::penugasan::Jenis as Cara;

fn holder(n: u8, jenis: Cara) -> Holder {
    Holder { orang: Id::v7(0, [n; 10]), nama: format!("Orang {n}"), jenis }
}

#[test]
fn who_stands_in_answers_before_who_was_appointed() {
    let cases = [
        (vec![Cara::Definitif, Cara::Plh], Some(Cara::Plh)),
        (vec![Cara::Plt, Cara::Plh], Some(Cara::Plh)),
        (vec![Cara::Pj], Some(Cara::Pj)),
        (vec![Cara::Definitif], Some(Cara::Definitif)),
        (vec![], None),
    ];
    for (held, answers) in cases {
        let holders = held.iter().enumerate().map(|(at, jenis)| holder(at as u8, *jenis)).collect();
        assert_eq!(answering(holders).map(|one| one.jenis), answers, "{held:?}");
    }
    let twins = vec![holder(1, Cara::Definitif), holder(2, Cara::Definitif)];
    assert_eq!(answering(twins).map(|one| one.nama), Some("Orang 1".into()), "of two alike the first");
}

#[test]
fn only_structural_posts_have_one_holder() {
    let structural: Vec<Jenis> = Jenis::ALL.iter().copied().filter(|jenis| jenis.is_structural()).collect();
    assert_eq!(structural, [Jenis::Politik, Jenis::PimpinanTinggi, Jenis::Administrator, Jenis::Pengawas]);
}
