//! The licence that is renewed, changed, copied or given back: named by its number, and only by its own holder.

use praja_kernel::{Date, FieldProblem, Id};
use praja_store::Tx;
use praja_web::{Field, Form};

use crate::{
    izin::{
        daur::{Tampak, renews, stands},
        store::{self, Izin},
    },
    jenis::{Jenis, Permintaan},
    permohonan::{Permohonan, store as applications},
};

/// The field.
pub(crate) const NOMOR: &str = "nomor_lama";

/// The field of the first step, where the service takes more than first applications.
pub(crate) fn field(form: Form, jenis: &Jenis, nomor: &str) -> Form {
    if jenis.permohonan.iter().all(|one| *one == Permintaan::Baru) {
        return form;
    }
    form.field(
        Field::text(NOMOR, "Nomor izin lama")
            .max_length(120)
            .value(nomor)
            .hint("Hanya untuk perpanjangan, perubahan, salinan, atau pencabutan: nomor seperti tertulis pada izin itu."),
    )
}

/// What may be applied for with one of these licences. Of a number that is somebody else's nothing is told.
///
/// # Errors
/// In words, beside the field.
fn judge<'a>(
    permintaan: Permintaan,
    found: &'a [Izin],
    (jenis, nik): (Id, &str),
    hari: u32,
    today: Date,
) -> Result<&'a Izin, String> {
    let own = found.iter().find(|izin| izin.jenis == jenis && izin.nik == nik);
    let Some(izin) = own else {
        return Err("Tidak ada izin layanan ini dengan nomor itu atas NIK pemohon. Periksa nomor dan NIK-nya.".into());
    };
    let tampak = stands(izin.keadaan, izin.jangka(hari), today);
    match (tampak, permintaan) {
        (Tampak::Dibekukan, _) => Err("Izin itu sedang dibekukan. Hubungi penerbitnya lebih dahulu.".into()),
        (Tampak::Dicabut, _) => Err("Izin itu sudah dicabut. Ajukan permohonan baru.".into()),
        (Tampak::Diperpanjang | Tampak::Diubah, _) => Err("Izin itu sudah diganti. Pakai nomor penggantinya.".into()),
        (Tampak::Habis, Permintaan::Perubahan | Permintaan::Salinan | Permintaan::Pencabutan) => {
            Err("Masa berlaku izin itu sudah habis.".into())
        }
        (_, Permintaan::Perpanjangan) if izin.berlaku_sampai.is_none() => {
            Err("Izin itu berlaku tanpa batas waktu, sehingga tidak perlu diperpanjang.".into())
        }
        (_, Permintaan::Perpanjangan) if !renews(izin.berlaku_sampai, hari, today) => {
            let sampai = izin.berlaku_sampai.map(praja_kernel::tanggal_panjang).unwrap_or_default();
            Err(format!("Izin itu berlaku sampai {sampai}; perpanjangan dibuka {hari} hari sebelumnya."))
        }
        _ => Ok(izin),
    }
}

/// The licence that was named, for what is applied for; none for a first application.
pub(crate) fn find(
    tx: &mut Tx<'_>,
    permintaan: Permintaan,
    jenis: (Id, &Jenis),
    nik: &str,
    typed: &str,
    today: Date,
) -> praja_store::Result<Result<Option<Id>, FieldProblem>> {
    if permintaan == Permintaan::Baru {
        return Ok(Ok(None));
    }
    if typed.trim().is_empty() {
        return Ok(Err(FieldProblem::new(NOMOR, "Tulis nomor izin lama, seperti tertulis pada dokumennya.")));
    }
    let found = store::by_number(tx, typed.trim())?;
    let judged = judge(permintaan, &found, (jenis.0, nik), jenis.1.masa.perpanjangan_hari, today);
    Ok(judged.map(|izin| Some(izin.id)).map_err(|words| FieldProblem::new(NOMOR, words)))
}

/// The number of the licence an application continues.
pub(crate) fn number(tx: &mut Tx<'_>, one: &Permohonan) -> praja_store::Result<String> {
    Ok(one.izin_lama.map(|id| store::get(tx, id)).transpose()?.flatten().map(|izin| izin.nomor).unwrap_or_default())
}

/// Takes over what was answered for the old licence, so that nobody writes it twice: only within the account that filed it. A number and a
/// NIK prove nobody, and must not open what somebody once answered.
pub(crate) fn prefill(tx: &mut Tx<'_>, one: &mut Permohonan) -> praja_store::Result<()> {
    let Some(izin) = one.izin_lama.map(|id| store::get(tx, id)).transpose()?.flatten() else { return Ok(()) };
    let old = izin.permohonan.map(|id| applications::get(tx, id)).transpose()?.flatten();
    if let Some(old) = old.filter(|old| old.akun.is_some() && old.akun == one.akun && one.isian == "{}") {
        one.isian = old.isian;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use praja_kernel::Moment;

    use super::*;
    use crate::izin::Keadaan;

    fn izin(keadaan: Keadaan, sampai: Option<&str>) -> Izin {
        Izin {
            id: Id::v7(1, [0; 10]),
            permohonan: None,
            jenis: Id::v7(2, [0; 10]),
            jenis_nama: "Izin uji".into(),
            nomor: "500/1".into(),
            urut: 1,
            tanggal: Date::constant(2025, 1, 1),
            nama: "Siti".into(),
            nik: "5315015209850001".into(),
            objek: String::new(),
            lokasi: String::new(),
            keadaan,
            berlaku_dari: Date::constant(2025, 1, 1),
            berlaku_sampai: sampai.map(|day| day.parse().unwrap()),
            lama: None,
            pengganti: None,
            token: None,
            lampiran: None,
            penandatangan: String::new(),
            jabatan: String::new(),
            peringatan: 0,
            created_at: Moment(0),
            versi: 1,
        }
    }

    #[test]
    fn a_licence_is_continued_only_by_its_holder_and_only_when_it_is_open_for_that() {
        use Permintaan as P;
        let today = Date::constant(2026, 11, 27);
        let mine = (Id::v7(2, [0; 10]), "5315015209850001");
        let table = [
            (Keadaan::Aktif, Some("2027-02-01"), P::Perpanjangan, mine, ""),
            (Keadaan::Aktif, Some("2026-01-01"), P::Perpanjangan, mine, ""),
            (Keadaan::Aktif, Some("2028-02-01"), P::Perpanjangan, mine, "dibuka 90 hari"),
            (Keadaan::Aktif, None, P::Perpanjangan, mine, "tanpa batas"),
            (Keadaan::Aktif, None, P::Salinan, mine, ""),
            (Keadaan::Aktif, Some("2026-01-01"), P::Salinan, mine, "sudah habis"),
            (Keadaan::Dibekukan, None, P::Perubahan, mine, "dibekukan"),
            (Keadaan::Dicabut, None, P::Perubahan, mine, "dicabut"),
            (Keadaan::Diperpanjang, None, P::Pencabutan, mine, "penggantinya"),
            (Keadaan::Aktif, None, P::Salinan, (Id::v7(3, [0; 10]), mine.1), "Tidak ada izin"),
            (Keadaan::Aktif, None, P::Salinan, (mine.0, "5315015209850002"), "Tidak ada izin"),
        ];
        for (keadaan, sampai, permintaan, who, words) in table {
            let found = [izin(keadaan, sampai)];
            match judge(permintaan, &found, who, 90, today) {
                Ok(_) => assert_eq!(words, "", "{keadaan:?} {sampai:?} {permintaan:?}"),
                Err(told) => assert!(!words.is_empty() && told.contains(words), "{keadaan:?} {sampai:?} {permintaan:?}: {told}"),
            }
        }
    }
}
