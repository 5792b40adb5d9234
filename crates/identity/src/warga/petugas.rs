//! What officers do with the accounts of citizens and bodies: find them, compare their papers, block and unblock.

pub(crate) mod acts;
pub(crate) mod buka;
pub(crate) mod check;
pub(crate) mod pages;
pub(crate) mod show;
pub(crate) mod store;

use praja_kernel::{FieldProblem, Id};
use praja_module::{Ctx, Problem};
use praja_store::Tx;

use super::store::{self as citizens, Diri};
use crate::accounts::{
    Jenis,
    store::{self as accounts, Akun},
};

praja_kernel::words! {
    /// In what state the account of a citizen or body is.
    pub(crate) enum Keadaan ("keadaan akun warga") {
        /// Nobody has compared the papers yet.
        Belum => "belum", "Belum dicocokkan";
        /// An officer has.
        Cocok => "cocok", "Sudah dicocokkan";
        /// Closed by an officer.
        Diblokir => "diblokir", "Diblokir";
        /// Closed by its owner.
        Ditutup => "ditutup", "Ditutup pemiliknya";
    }
}

impl Keadaan {
    /// From what is stored. A closed account whose number was given back was closed by its owner.
    pub(crate) fn of(nonaktif: bool, diperiksa: bool, nomor: &str) -> Self {
        match (nonaktif, diperiksa) {
            (true, _) if nomor.starts_with(citizens::RELEASED) => Self::Ditutup,
            (true, _) => Self::Diblokir,
            (false, true) => Self::Cocok,
            (false, false) => Self::Belum,
        }
    }
}

/// What stands on the papers in the officer's hand, as typed.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Kertas<'a> {
    /// NIK on the KTP; of a body, that of who answers for it.
    pub(crate) nik: &'a str,
    /// Number of the body, on its NIB or NPWP.
    pub(crate) nomor: &'a str,
    /// Name on the KTP or the deed.
    pub(crate) nama: &'a str,
    /// The face is that of the KTP.
    pub(crate) orangnya: bool,
}

/// Do the papers fit the account? The officer types the numbers blind: whoever only ticks a box compares nothing.
///
/// # Errors
/// Everything that does not fit, beside its field.
pub(crate) fn compare(jenis: Jenis, diri: &Diri, kertas: Kertas<'_>) -> Result<String, Vec<FieldProblem>> {
    let plain = |text: &str| text.chars().filter(|c| !matches!(c, ' ' | '.' | '-')).collect::<String>();
    let mut wrong = Vec::new();
    let nik = if jenis == Jenis::Badan { diri.wakil_nik.as_deref().unwrap_or_default() } else { diri.nomor.as_str() };
    match plain(kertas.nik) {
        typed if typed.is_empty() => wrong.push(FieldProblem::new("nik", "Ketik 16 angka NIK dari KTP yang ditunjukkan.")),
        typed if typed != nik => wrong.push(FieldProblem::new(
            "nik",
            "NIK ini berbeda dari NIK pada akun. Periksa ketikannya; bila KTP memang berbeda, jangan cocokkan akun ini.",
        )),
        _ => {}
    }
    if jenis == Jenis::Badan && plain(kertas.nomor) != diri.nomor {
        let text = "Nomor ini berbeda dari nomor pada akun. Ketik NIB atau NPWP dari surat yang ditunjukkan.";
        wrong.push(FieldProblem::new("nomor", text));
    }
    let nama = kertas.nama.split_whitespace().collect::<Vec<_>>().join(" ");
    if !(3..=120).contains(&nama.chars().count()) || nama.chars().any(|c| c.is_control() || "<>{}".contains(c)) {
        wrong.push(FieldProblem::new(
            "nama",
            "Ketik nama seperti tertulis pada kertasnya, 3 sampai 120 huruf tanpa tanda < > { }.",
        ));
    }
    if !kertas.orangnya {
        wrong.push(FieldProblem::new("orangnya", "Centang setelah wajah orang di depan Anda sama dengan foto pada KTP."));
    }
    if wrong.is_empty() { Ok(nama) } else { Err(wrong) }
}

/// An account of the address with what is known about its owner.
pub(crate) struct Dilihat {
    pub(crate) akun: Akun,
    pub(crate) diri: Diri,
    pub(crate) keadaan: Keadaan,
}

/// The citizen or body of the address. Officers are not shown here.
pub(crate) fn subject(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Dilihat, Problem> {
    let id: Id = ctx.param("id")?;
    let akun = accounts::get(tx, id)?.filter(|akun| akun.jenis != Jenis::Pegawai).ok_or(Problem::NotFound)?;
    let diri = citizens::get(tx, id)?.ok_or(Problem::NotFound)?;
    let keadaan = Keadaan::of(akun.nonaktif, diri.diperiksa.is_some(), &diri.nomor);
    Ok(Dilihat { akun, diri, keadaan })
}

/// Fewest letters of a reason: "ya" explains nothing to whoever reads the trail.
const REASON: usize = 10;

/// What is wrong with a reason.
pub(crate) fn reason_problem(reason: &str) -> Option<FieldProblem> {
    let short = reason.chars().count() < REASON;
    short.then(|| FieldProblem::new("alasan", format!("Tuliskan alasannya, paling sedikit {REASON} huruf.")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diri(nomor: &str, wakil_nik: Option<&str>) -> Diri {
        Diri {
            nomor: nomor.into(),
            nama: "Siti".into(),
            email: None,
            telepon: None,
            diperiksa: None,
            diperiksa_oleh: None,
            wakil: None,
            wakil_nik: wakil_nik.map(str::to_owned),
            jenis_badan: None,
        }
    }

    #[test]
    fn papers_fit_only_when_every_number_was_typed_as_on_the_account() {
        const NIK: &str = "5315015209850001";
        let right = Kertas { nik: "5315 0152 0985 0001", nomor: "9120001234567", nama: " Siti  Rahma ", orangnya: true };
        let (warga, badan) = (diri(NIK, None), diri("9120001234567", Some(NIK)));
        assert_eq!(compare(Jenis::Warga, &warga, right), Ok("Siti Rahma".into()));
        assert_eq!(compare(Jenis::Badan, &badan, right), Ok("Siti Rahma".into()));
        let fields = |outcome: Result<String, Vec<FieldProblem>>| {
            outcome.expect_err("does not fit").into_iter().map(|one| one.field.to_string()).collect::<Vec<_>>()
        };
        let cases = [
            (Jenis::Warga, Kertas { nik: "5315015209850002", ..right }, vec!["nik"]),
            (Jenis::Warga, Kertas { nik: "", ..right }, vec!["nik"]),
            (Jenis::Warga, Kertas { nama: "S", ..right }, vec!["nama"]),
            (Jenis::Warga, Kertas { nama: "Siti <b>", ..right }, vec!["nama"]),
            (Jenis::Warga, Kertas { orangnya: false, ..right }, vec!["orangnya"]),
            (Jenis::Badan, Kertas { nomor: "9120001234568", ..right }, vec!["nomor"]),
            (Jenis::Badan, Kertas::default(), vec!["nik", "nomor", "nama", "orangnya"]),
        ];
        for (jenis, kertas, expected) in cases {
            let known = if jenis == Jenis::Badan { &badan } else { &warga };
            assert_eq!(fields(compare(jenis, known, kertas)), expected, "{kertas:?}");
        }
    }

    #[test]
    fn an_account_that_gave_its_number_back_was_closed_by_its_owner() {
        for (nonaktif, checked, nomor, state) in [
            (false, false, "5315015209850001", Keadaan::Belum),
            (false, true, "5315015209850001", Keadaan::Cocok),
            (true, true, "5315015209850001", Keadaan::Diblokir),
            (true, false, "tutup:x:5315015209850001", Keadaan::Ditutup),
        ] {
            assert_eq!(Keadaan::of(nonaktif, checked, nomor), state, "{nomor}");
        }
    }
}
