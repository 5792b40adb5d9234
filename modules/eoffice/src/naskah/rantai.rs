//! Who initials a naskah before it is signed, and whose turn it is.
//!
//! Hierarchical initials go up step by step, at most three officials, and none where the signer wrote it; coordinating ones of units
//! whose matters it touches are asked for all at once (Permendagri 54/2009 annex C as its successor's practice keeps it).

use praja_kernel::{Id, Moment};

/// Most officials of the own line that initial.
pub(crate) const MOST: usize = 3;
/// Most posts of other units that are asked.
pub(crate) const MOST_OTHERS: usize = 8;

praja_kernel::words! {
    /// Why somebody initials.
    pub enum Jenis ("jenis paraf") {
        /// Stands between the writer and the signer.
        Hierarki => "hierarki", "Paraf hierarki";
        /// Answers for another unit whose matters it touches.
        Koordinasi => "koordinasi", "Paraf koordinasi";
    }
}

praja_kernel::words! {
    /// What became of one initial.
    pub enum Keadaan ("keadaan paraf") {
        /// Not yet this post's turn, or its turn.
        Menunggu => "menunggu", "Belum diparaf";
        /// Given for this version of the words.
        Diparaf => "diparaf", "Sudah diparaf";
        /// Sent back with notes.
        Dikembalikan => "dikembalikan", "Dikembalikan";
        /// Given, but for words that have changed since.
        Gugur => "gugur", "Gugur karena isi berubah";
    }
}

/// One post of the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Paraf {
    pub(crate) id: Id,
    pub(crate) urut: i64,
    pub(crate) jabatan: Id,
    /// Its name when the chain was made.
    pub(crate) jabatan_nama: String,
    pub(crate) jenis: Jenis,
    pub(crate) keadaan: Keadaan,
    /// The version of the words it was given for.
    pub(crate) versi: Option<i64>,
    /// Who gave it, at the time.
    pub(crate) oleh: Option<String>,
    pub(crate) catatan: Option<String>,
    pub(crate) pada: Option<Moment>,
}

/// The posts between the writer and the signer, lowest first. `above` are the posts above the writer's, nearest first. When the signer
/// does not stand above the writer, the writer's own superiors up to the head of the OPD are asked (`head`). Of more than
/// [`MOST`] those nearest to the signer stay.
pub(crate) fn usual(writer: Id, signer: Id, above: &[Id], head: Option<Id>) -> Vec<Id> {
    if writer == signer {
        return Vec::new();
    }
    let end = match above.iter().position(|post| *post == signer) {
        Some(end) => end,
        None => head.and_then(|head| above.iter().position(|post| *post == head)).map_or(above.len().min(MOST), |at| at + 1),
    };
    let line: Vec<Id> = above[..end].iter().copied().filter(|post| *post != writer).collect();
    let first = line.len().saturating_sub(MOST);
    line[first..].to_vec()
}

/// Whose turn it is: of the own line the first that has not initialled, of the other units everybody who has not.
pub(crate) fn turns(chain: &[Paraf]) -> Vec<&Paraf> {
    let waiting = |one: &&Paraf| one.keadaan == Keadaan::Menunggu;
    let mut turn: Vec<&Paraf> = chain.iter().filter(|one| one.jenis == Jenis::Hierarki).find(waiting).into_iter().collect();
    turn.extend(chain.iter().filter(|one| one.jenis == Jenis::Koordinasi).filter(waiting));
    turn
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::id;

    fn paraf(n: u8, jenis: Jenis, keadaan: Keadaan) -> Paraf {
        Paraf {
            id: id(n),
            urut: i64::from(n),
            jabatan: id(n),
            jabatan_nama: format!("Jabatan {n}"),
            jenis,
            keadaan,
            versi: None,
            oleh: None,
            catatan: None,
            pada: None,
        }
    }

    #[test]
    fn the_chain_goes_from_the_writer_up_to_the_signer() {
        let above = [id(2), id(3), id(4), id(5)];
        assert_eq!(usual(id(1), id(4), &above, Some(id(4))), [id(2), id(3)]);
        assert_eq!(usual(id(1), id(2), &above, Some(id(4))), []);
        assert_eq!(usual(id(1), id(1), &above, Some(id(4))), [], "none where the signer wrote it");
    }

    #[test]
    fn at_most_three_officials_initial_those_nearest_to_the_signer() {
        let above = [id(2), id(3), id(4), id(5), id(6)];
        assert_eq!(usual(id(1), id(6), &above, None), [id(3), id(4), id(5)]);
    }

    #[test]
    fn a_signer_of_another_line_is_preceded_by_the_own_head() {
        let above = [id(2), id(3), id(4)];
        assert_eq!(usual(id(1), id(9), &above, Some(id(3))), [id(2), id(3)]);
        assert_eq!(usual(id(1), id(9), &[], None), []);
    }

    #[test]
    fn the_own_line_is_asked_in_turn_and_other_units_all_at_once() {
        use Jenis::{Hierarki, Koordinasi};
        use Keadaan::{Diparaf, Menunggu};
        let mut chain = vec![
            paraf(1, Hierarki, Menunggu),
            paraf(2, Hierarki, Menunggu),
            paraf(3, Koordinasi, Menunggu),
            paraf(4, Koordinasi, Menunggu),
        ];
        let ids = |chain: &[Paraf]| turns(chain).iter().map(|one| one.urut).collect::<Vec<_>>();
        assert_eq!(ids(&chain), [1, 3, 4]);
        chain[0].keadaan = Diparaf;
        chain[3].keadaan = Diparaf;
        assert_eq!(ids(&chain), [2, 3]);
        chain[1].keadaan = Diparaf;
        chain[2].keadaan = Diparaf;
        assert!(ids(&chain).is_empty() && ids(&[]).is_empty());
    }
}
