//! By which authority a naskah is signed, and how that stands above the name (UU 30/2014 tentang Administrasi Pemerintahan;
//! Permendagri 1/2023; the forms follow samples of regencies).

use praja_identity::{jabatan, penugasan};

praja_kernel::words! {
    /// The form of authority that the writer chooses. Plt., Plh. and Pj. are not chosen: they follow from how the post is held on the
    /// day of the naskah.
    pub enum Wewenang ("wewenang penandatanganan") {
        /// The post's own authority.
        Langsung => "langsung", "Atas wewenang sendiri";
        /// On behalf of the direct superior.
        An => "an", "Atas nama (a.n.) atasan langsung";
        /// For the superior of the superior, within the own duty; no further down than two steps.
        Ub => "ub", "Untuk beliau (u.b.), dua tingkat di bawah";
    }
}

impl Wewenang {
    /// Must a written delegation be named?
    pub(crate) const fn needs_delegation(self) -> bool {
        !matches!(self, Self::Langsung)
    }

    /// How many steps above the signer's post the mandate comes from.
    pub(crate) const fn steps(self) -> usize {
        match self {
            Self::Langsung => 0,
            Self::An => 1,
            Self::Ub => 2,
        }
    }
}

/// A post in the block above a signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pos {
    /// "Kepala Dinas Kesehatan".
    pub(crate) nama: String,
    /// How it is held on that day; a vacant post counts as definitive.
    pub(crate) cara: penugasan::Jenis,
}

impl Pos {
    /// "Plt. KEPALA DINAS KESEHATAN".
    fn shown(&self) -> String {
        let nama = self.nama.to_uppercase();
        match self.cara {
            penugasan::Jenis::Definitif => nama,
            cara => format!("{} {nama}", cara.label()),
        }
    }
}

/// The lines above the signature, the last one with a comma. `above` are the posts above the signer's, nearest first; as many of them
/// are used as the form of authority needs.
pub(crate) fn kepala(wewenang: Wewenang, signer: &Pos, above: &[Pos]) -> Vec<String> {
    let own = format!("{},", signer.shown());
    match (wewenang, above) {
        (Wewenang::An, [mandator, ..]) => vec![format!("a.n. {}", mandator.shown()), own],
        (Wewenang::Ub, [between, mandator, ..]) => {
            vec![format!("a.n. {}", mandator.shown()), between.shown(), "u.b.".to_owned(), own]
        }
        _ => vec![own],
    }
}

/// Who must get a copy because the power is theirs: the mandator.
pub(crate) fn mandator(wewenang: Wewenang, above: &[jabatan::Jabatan]) -> Option<&jabatan::Jabatan> {
    above.get(wewenang.steps().checked_sub(1)?)
}

/// Is this a matter that a Plt. or Plh. may not decide alone (UU 30/2014: keputusan yang bersifat strategis, which changes organisation,
/// staff or budget)? Judged by the kind and the archive classification; what is judged so is warned about, not forbidden.
pub(crate) fn is_strategic(cara: penugasan::Jenis, jenis: &str, klasifikasi: Option<&str>) -> bool {
    let acting = matches!(cara, penugasan::Jenis::Plt | penugasan::Jenis::Plh);
    let root = klasifikasi.and_then(|kode| kode.split('.').next());
    acting && (matches!(root, Some("800" | "900")) || jenis.starts_with("keputusan"))
}

/// Does the name above the signature stand without NIP and rank? Elected officials and those of the DPRD.
pub(crate) const fn is_elected(jenis: jabatan::Jenis, cara: penugasan::Jenis) -> bool {
    matches!((jenis, cara), (jabatan::Jenis::Politik, penugasan::Jenis::Definitif))
}

#[cfg(test)]
mod tests {
    use super::*;
    use penugasan::Jenis::{Definitif, Pj, Plh, Plt};

    fn pos(nama: &str, cara: penugasan::Jenis) -> Pos {
        Pos { nama: nama.into(), cara }
    }

    #[test]
    fn the_lines_above_the_signature_name_every_step_of_the_mandate() {
        let sekda = pos("Sekretaris Daerah", Definitif);
        let bupati = pos("Bupati Kudus", Definitif);
        let asisten = pos("Asisten Administrasi", Definitif);
        assert_eq!(kepala(Wewenang::Langsung, &bupati, &[]), ["BUPATI KUDUS,"]);
        assert_eq!(kepala(Wewenang::An, &sekda, std::slice::from_ref(&bupati)), ["a.n. BUPATI KUDUS", "SEKRETARIS DAERAH,"]);
        assert_eq!(
            kepala(Wewenang::Ub, &asisten, &[sekda, bupati]),
            ["a.n. BUPATI KUDUS", "SEKRETARIS DAERAH", "u.b.", "ASISTEN ADMINISTRASI,"]
        );
    }

    #[test]
    fn who_stands_in_signs_as_such() {
        assert_eq!(kepala(Wewenang::Langsung, &pos("Kepala Dinas Sosial", Plt), &[]), ["Plt. KEPALA DINAS SOSIAL,"]);
        assert_eq!(
            kepala(Wewenang::An, &pos("Sekretaris Daerah", Plh), &[pos("Bupati Kudus", Pj)]),
            ["a.n. Pj. BUPATI KUDUS", "Plh. SEKRETARIS DAERAH,"]
        );
    }

    #[test]
    fn the_mandator_is_who_the_power_comes_from() {
        let post = |n: u8| jabatan::Jabatan {
            id: crate::testing::id(n),
            opd: crate::testing::id(9),
            nama: format!("Jabatan {n}"),
            jenis: jabatan::Jenis::PimpinanTinggi,
            induk: None,
        };
        let above = [post(1), post(2)];
        let name = |wewenang, above| mandator(wewenang, above).map(|post| post.nama.as_str());
        assert_eq!(name(Wewenang::Langsung, &above), None);
        assert_eq!(name(Wewenang::An, &above), Some("Jabatan 1"));
        assert_eq!(name(Wewenang::Ub, &above), Some("Jabatan 2"));
        assert_eq!(name(Wewenang::Ub, &above[..1]), None);
    }

    #[test]
    fn strategic_matters_of_acting_officials_are_warned_about() {
        for (cara, jenis, klas, strategic) in [
            (Definitif, "keputusan", Some("800.1.2"), false),
            (Pj, "keputusan", None, false),
            (Plt, "surat-dinas", Some("800.1.2"), true),
            (Plh, "surat-dinas", Some("900.1"), true),
            (Plt, "keputusan", None, true),
            (Plt, "surat-dinas", Some("400.7.22"), false),
            (Plt, "surat-dinas", None, false),
        ] {
            assert_eq!(is_strategic(cara, jenis, klas), strategic, "{cara:?} {jenis} {klas:?}");
        }
    }
}
