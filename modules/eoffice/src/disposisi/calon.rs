//! Who may be given an order: the posts below the giver's own; from the top of the regency also every post of another OPD.

use praja_identity::{
    jabatan::{self, Jabatan, Jenis},
    opd,
};
use praja_kernel::{Date, Id};
use praja_store::{Result, Tx};

/// A post that may be given an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Calon {
    pub(crate) jabatan: Id,
    /// The OPD it belongs to.
    pub(crate) opd: Id,
    /// "Plt. Kepala Bidang …" as its holder is called today, without the name.
    pub(crate) nama_jabatan: String,
    /// Who holds it; empty when it is vacant.
    pub(crate) pemegang: String,
}

/// May this post give orders to posts of other OPDs? Bupati and deputy; Sekda and Asisten. The secretariat of the DPRD serves
/// the DPRD and has no such right.
pub(crate) fn reaches_all(jenis: Jenis, opd_jenis: opd::Jenis, opd_nama: &str) -> bool {
    match jenis {
        Jenis::Politik => opd_jenis == opd::Jenis::KepalaDaerah,
        Jenis::PimpinanTinggi => {
            let nama = praja_kernel::fold(opd_nama);
            opd_jenis == opd::Jenis::Sekretariat && !nama.contains("dprd") && !nama.contains("perwakilan rakyat")
        }
        Jenis::Administrator | Jenis::Pengawas | Jenis::Fungsional | Jenis::Pelaksana => false,
    }
}

/// [`reaches_all`] for a stored post.
pub(crate) fn post_reaches_all(tx: &mut Tx<'_>, post: &Jabatan) -> Result<bool> {
    let found = opd::get(tx, post.opd)?;
    Ok(found.is_some_and(|opd| reaches_all(post.jenis, opd.jenis, &opd.nama)))
}

/// A post as it may be named, with whoever holds it on `day`.
pub(crate) fn of(tx: &mut Tx<'_>, post: &Jabatan, day: Date) -> Result<Calon> {
    let holder = jabatan::holder_on(tx, post.id, day)?;
    let (nama_jabatan, pemegang) = match holder {
        Some(holder) => (praja_identity::penugasan::display_name(holder.jenis, &post.nama), holder.nama),
        None => (post.nama.clone(), String::new()),
    };
    Ok(Calon { jabatan: post.id, opd: post.opd, nama_jabatan, pemegang })
}

/// The posts directly below, in their order: what the form offers.
pub(crate) fn below(tx: &mut Tx<'_>, jabatan: Id, day: Date) -> Result<Vec<Calon>> {
    let posts = jabatan::subordinates(tx, jabatan)?;
    posts.iter().map(|post| of(tx, post, day)).collect()
}

/// May `from` give an order to `to`? Below it, however many steps; or anywhere from the top of the regency.
pub(crate) fn may_give(tx: &mut Tx<'_>, from: &Jabatan, to: &Jabatan) -> Result<bool> {
    if from.id == to.id {
        return Ok(false);
    }
    // Eight steps lead from any desk to the Bupati; a slip in the tree must not hold the page for ever.
    let mut at = to.clone();
    for _ in 0..12 {
        match jabatan::superior(tx, at.id)? {
            Some(above) if above.id == from.id => return Ok(true),
            Some(above) => at = above,
            None => break,
        }
    }
    post_reaches_all(tx, from)
}

#[test]
fn only_the_top_of_the_regency_gives_orders_to_every_opd() {
    let cases = [
        (Jenis::Politik, opd::Jenis::KepalaDaerah, "Bupati dan Wakil Bupati", true),
        (Jenis::PimpinanTinggi, opd::Jenis::Sekretariat, "Sekretariat Daerah", true),
        (Jenis::PimpinanTinggi, opd::Jenis::Sekretariat, "Sekretariat Dewan Perwakilan Rakyat Daerah", false),
        (Jenis::PimpinanTinggi, opd::Jenis::Sekretariat, "Sekretariat DPRD", false),
        (Jenis::PimpinanTinggi, opd::Jenis::Dinas, "Dinas Kesehatan", false),
        (Jenis::Administrator, opd::Jenis::Sekretariat, "Sekretariat Daerah", false),
        (Jenis::Pelaksana, opd::Jenis::KepalaDaerah, "Bupati dan Wakil Bupati", false),
    ];
    for (jenis, opd_jenis, nama, all) in cases {
        assert_eq!(reaches_all(jenis, opd_jenis, nama), all, "{jenis:?} {nama}");
    }
}
