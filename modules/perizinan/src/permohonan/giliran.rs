//! Whose turn it is: the desks and who stands there, whom an application goes to, who may not have it, in which order, and whose task it is.

use praja_desk::tasks;
use praja_identity::{jabatan, peran};
use praja_kernel::{Date, Id, Moment, Nip};
use praja_module::Problem;
use praja_store::{StoreError, Tx};

use super::{AlasanLompat, Permohonan, Refusal, store, write::Kerja};
use crate::{
    alur::{Meja, Status},
    hak, nik, objek,
};

/// Which role works at a desk, and whether at the technical OPD.
const fn role(meja: Meja) -> Option<&'static str> {
    Some(match meja {
        Meja::Loket => hak::LOKET,
        Meja::Pemeriksa => hak::PEMERIKSA,
        Meja::OpdTeknis => hak::OPD_TEKNIS,
        Meja::Surveyor => hak::SURVEYOR,
        Meja::Bendahara => hak::BENDAHARA,
        Meja::Kasi => hak::KASI,
        Meja::Kabid => hak::KABID,
        Meja::Sekretaris => hak::SEKRETARIS,
        Meja::Kepala => hak::KEPALA,
        Meja::Pemohon | Meja::Selesai => return None,
    })
}

/// Who holds a role at an OPD today, each person once.
pub(crate) fn officers(tx: &mut Tx<'_>, peran: &str, opd: Id, today: Date) -> praja_store::Result<Vec<(Id, String)>> {
    let mut found: Vec<(Id, String)> = Vec::new();
    for subject in peran::holders(tx, peran)? {
        let Some(id) = subject.strip_prefix("jabatan:").and_then(|id| id.parse::<Id>().ok()) else { continue };
        let Some(post) = jabatan::get(tx, id)?.filter(|post| post.opd == opd) else { continue };
        if let Some(holder) = jabatan::holder_on(tx, post.id, today)?
            && !found.iter().any(|(known, _)| *known == holder.orang)
        {
            found.push((holder.orang, holder.nama));
        }
    }
    Ok(found)
}

/// The role that has an application now, and at which OPD.
pub(crate) fn desk(one: &Permohonan) -> Option<(&'static str, Id)> {
    let opd = if one.meja == Meja::OpdTeknis { one.opd_teknis.unwrap_or(one.opd) } else { one.opd };
    role(one.meja).map(|role| (role, opd))
}

/// Who stands at a desk today and may have this application.
fn able(
    tx: &mut Tx<'_>,
    one: &Permohonan,
    (role, opd): (&'static str, Id),
    today: Date,
) -> praja_store::Result<Vec<(Id, String)>> {
    let mut able = Vec::new();
    for (orang, nama) in officers(tx, role, opd, today)? {
        if barred(tx, one, orang)?.is_none() {
            able.push((orang, nama));
        }
    }
    Ok(able)
}

/// Does the application wait for somebody who no longer stands at its desk (moved, the role taken away, somebody else acting for the post),
/// or for nobody although somebody could have it? Survey teams are named by day and changed with it.
///
/// # Errors
/// When the database fails.
pub(crate) fn is_left(tx: &mut Tx<'_>, one: &Permohonan, today: Date) -> praja_store::Result<bool> {
    let Some(desk) = desk(one).filter(|_| one.meja != Meja::Surveyor && !one.status.is_final()) else { return Ok(false) };
    Ok(match one.petugas {
        Some(petugas) => !officers(tx, desk.0, desk.1, today)?.iter().any(|(orang, _)| *orang == petugas),
        None => !able(tx, one, desk, today)?.is_empty(),
    })
}

/// Gives the application to whoever had work longest ago and may have it: nobody chooses, neither applicant nor officer.
pub(super) fn turn(tx: &mut Tx<'_>, kerja: &Kerja, one: &mut Permohonan) -> Result<(), Problem> {
    (one.petugas, one.petugas_nama) = (None, String::new());
    if one.meja == Meja::Surveyor {
        // The team was named when the day was set: all of it has the application.
        if let Some((_, team)) = crate::survei::present(tx, one.id)? {
            one.petugas_nama = crate::survei::names(&team);
        }
        return Ok(());
    }
    let Some((role, opd)) = desk(one) else { return Ok(()) };
    let mut able = able(tx, one, (role, opd), kerja.today)?;
    let turns = store::turns(tx, one.meja, opd)?;
    let last = |orang: &Id| turns.iter().find(|(known, _)| known == orang).map_or(Moment(0), |(_, at)| *at);
    able.sort_by_key(|(orang, _)| (last(orang), *orang));
    if let Some((orang, nama)) = able.into_iter().next() {
        store::take_turn(tx, one.meja, opd, orang)?;
        (one.petugas, one.petugas_nama) = (Some(orang), nama);
    }
    Ok(())
}

/// Why this officer may not have it: the own application, a declared conflict; at a desk that decides, having looked at the place.
pub(crate) fn barred(tx: &mut Tx<'_>, one: &Permohonan, orang: Id) -> praja_store::Result<Option<Refusal>> {
    if store::conflicts(tx, one.id)?.iter().any(|(known, _)| *known == orang) {
        return Ok(Some(Refusal::Conflict));
    }
    if is_own(tx, one, orang)? {
        return Ok(Some(Refusal::Own));
    }
    let decides = matches!(one.meja, Meja::Kasi | Meja::Kabid | Meja::Sekretaris | Meja::Kepala | Meja::Pemeriksa);
    Ok((decides && crate::survei::store::team(tx, one.id)?.contains(&orang)).then_some(Refusal::Surveyed))
}

/// Does the officer apply, or act for who does? Officers are known by NIP, applicants by NIK: both tell the birth date and the sex, and
/// the name must be the same. Whoever has no NIP declares a conflict instead.
fn is_own(tx: &mut Tx<'_>, one: &Permohonan, orang: Id) -> praja_store::Result<bool> {
    let (nip, _) = praja_identity::orang::nip_and_rank(tx, orang)?;
    let Some(nip) = nip.and_then(|nip| nip.parse::<Nip>().ok()) else { return Ok(false) };
    let nama = praja_identity::orang::name(tx, orang)?.unwrap_or_default();
    let who = &one.pemohon;
    let people = std::iter::once((who.nama.as_str(), &who.nik)).chain(who.kuasa.iter().map(|(nama, nik)| (nama.as_str(), nik)));
    Ok(people
        .into_iter()
        .any(|(typed, nik)| nik.matches(nip.tanggal_lahir(), nip.jenis_kelamin()) && nik::same_name(&nama, typed)))
}

/// Passes it to another officer of the same desk, as a conflict of interest or an absence asks.
///
/// # Errors
/// [`Problem::Conflict`] when somebody was first; needs [`turn_key`].
pub(crate) fn pass_on(tx: &mut Tx<'_>, kerja: &Kerja, mut one: Permohonan) -> Result<Permohonan, Problem> {
    turn(tx, kerja, &mut one)?;
    if !store::update(tx, &one)? {
        return Err(Problem::Conflict);
    }
    one.versi += 1;
    hand_over(tx, &one)?;
    Ok(one)
}

/// The task of whoever has it now, in place of the one before.
pub(crate) fn hand_over(tx: &mut Tx<'_>, one: &Permohonan) -> Result<(), StoreError> {
    let objek = objek(one.id);
    tasks::done(tx, &objek)?;
    let mut due = one.batas_langkah.or(one.tenggat);
    if one.meja == Meja::OpdTeknis
        && let Some(asked) = crate::rekomendasi::store::open(tx, one.id)?
    {
        // The technical OPD has a share of the time, not all of it.
        due = Some(asked.tenggat);
    }
    let mut tautan = format!("/perizinan/izin/{}", one.id);
    let mut whose: Vec<Id> = one.petugas.into_iter().collect();
    if one.meja == Meja::Surveyor
        && let Some((survei, team)) = crate::survei::present(tx, one.id)?
    {
        // Whoever confirmed the report has nothing more to do with it.
        whose = team.iter().filter(|petugas| petugas.dikonfirmasi.is_none()).map(|petugas| petugas.orang).collect();
        due = Some(survei.tanggal);
        tautan.push_str("/bap");
    }
    for orang in whose {
        tasks::open(
            tx,
            &tasks::NewTask {
                untuk: format!("pegawai:{orang}"),
                judul: format!("{} permohonan {}", verb(one.status), one.sebutan()),
                tautan: tautan.clone(),
                objek: objek.clone(),
                jatuh_tempo: due,
                sementara: one.sementara,
            },
        )?;
    }
    Ok(())
}

/// What is to be done in a state, as a task begins.
const fn verb(status: Status) -> &'static str {
    match status {
        Status::Diajukan => "Periksa kelengkapan",
        Status::Lengkap | Status::VerifikasiTeknis => "Periksa",
        Status::MintaRekomendasi => "Beri rekomendasi atas",
        Status::SurveiDijadwalkan => "Periksa lapangan untuk",
        Status::Bap => "Tulis berita acara",
        Status::Rekomendasi => "Simpulkan",
        Status::DitetapkanSkrd => "Tagih retribusi",
        Status::Lunas | Status::DrafSk => "Susun dokumen",
        Status::Paraf => "Paraf dokumen",
        Status::Tte => "Tanda tangani dokumen",
        Status::Ditangguhkan => "Tinjau penangguhan",
        _ => "Lihat",
    }
}

/// Is it this officer's turn?
///
/// # Errors
/// [`Refusal`].
pub(crate) fn may_work_on(tx: &mut Tx<'_>, one: &Permohonan, orang: Id) -> Result<(), Problem> {
    if let Some(refusal) = barred(tx, one, orang)? {
        return Err(Problem::refused(refusal));
    }
    let is_turn = if one.meja == Meja::Surveyor {
        let team = crate::survei::present(tx, one.id)?.map(|(_, team)| team).unwrap_or_default();
        team.iter().any(|petugas| petugas.orang == orang)
    } else {
        one.petugas.is_none_or(|petugas| petugas == orang)
    };
    if is_turn { Ok(()) } else { Err(Problem::refused(Refusal::OthersTurn(one.petugas_nama.clone()))) }
}

/// Is it this officer's turn, in this order? Taking a later one first needs a reason with a code, which the public report shows; it comes
/// back only where somebody really waits longer, so that the report counts nothing else.
///
/// # Errors
/// [`Refusal`].
pub(crate) fn may_take(
    tx: &mut Tx<'_>,
    one: &Permohonan,
    orang: Id,
    lompat: Option<AlasanLompat>,
) -> Result<Option<AlasanLompat>, Problem> {
    may_work_on(tx, one, orang)?;
    if one.meja == Meja::Surveyor {
        // Days are agreed with applicants: the order is that of the calendar.
        return Ok(None);
    }
    match (store::first_in_line(tx, one)?, lompat) {
        (None, _) => Ok(None),
        (Some(_), Some(lompat)) => Ok(Some(lompat)),
        (Some((_, nomor)), None) => Err(Problem::refused(Refusal::OutOfOrder(nomor))),
    }
}
