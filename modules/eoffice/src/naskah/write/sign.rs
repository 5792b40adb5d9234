//! Number, signature and withdrawal. Number and date are reserved before the naskah is signed and stay with it when signing fails.

use praja_desk::{
    attachments,
    registers::{self, Ask, Keeping, naskah::JenisNaskah},
    tasks, verify,
};
use praja_identity::{jabatan, opd, penugasan};
use praja_kernel::{Date, Sifat, tanggal_panjang};
use praja_module::{Problem, Upload};
use praja_store::Tx;

use super::{Meja, Next, above, entry, objek, pass, pos};
use crate::naskah::{
    Naskah, Nomor, Refusal, Status,
    alur::Langkah,
    store,
    wewenang::{Pos, is_strategic, mandator},
};

/// What numbering needs besides the naskah.
pub(crate) struct Penomoran<'a> {
    pub(crate) jenis: &'a JenisNaskah,
    pub(crate) tanggal: Date,
    pub(crate) issuer: &'a verify::Issuer,
    /// The signer knows that the matter is strategic and that a written mandate is there.
    pub(crate) mandat: bool,
    /// How it is going to be signed: on paper it goes back to its writer, electronically it stays with its signer.
    pub(crate) cara: verify::TandaTangan,
}

/// What stands in a number for kinds that have none.
pub(crate) const NONE: &str = "-";

/// The signer approves: the naskah gets its number and date, and the code that its readers verify.
///
/// # Errors
/// [`Refusal`]; needs the keys of the register of its kind, the signer's OPD and the day.
pub(crate) fn number(tx: &mut Tx<'_>, meja: &Meja, mut naskah: Naskah, with: &Penomoran<'_>) -> Result<(), Problem> {
    if naskah.isi.penandatangan != meja.acting.jabatan {
        return Err(Problem::refused(Refusal::NotYours));
    }
    if naskah.status != Status::SiapTte {
        return Err(Problem::refused(Refusal::NotNow { langkah: Langkah::Nomori, status: naskah.status }));
    }
    let signer = jabatan::get(tx, naskah.isi.penandatangan)?.ok_or(Problem::NotFound)?;
    let (position, holder) = may_sign(tx, meja, &naskah, &signer, with.tanggal)?;
    if !with.mandat && is_strategic(position.cara, &naskah.jenis, naskah.isi.klasifikasi.as_deref()) {
        return Err(Problem::refused(Refusal::Strategic(format!(
            "{} pada umumnya tidak menandatangani keputusan strategis tentang organisasi, kepegawaian, atau anggaran.",
            position.cara.label()
        ))));
    }
    let office = opd::get(tx, naskah.opd)?.ok_or(Problem::NotFound)?;
    naskah.nomor = Some(if with.jenis.aturan.pattern.is_some() {
        let unit = if office.singkatan.is_empty() { &office.nama } else { &office.singkatan };
        let ask = Ask {
            opd: naskah.opd,
            unit: &unit.to_uppercase(),
            jenis: with.jenis,
            tanggal: with.tanggal,
            klas: naskah.isi.klasifikasi.as_deref().unwrap_or_default(),
            aman: naskah.isi.sifat.huruf(),
            objek: &objek(naskah.id),
        };
        let drawn = registers::reserve_for(tx, &ask, meja.kerja.today)?;
        Nomor { tanggal: with.tanggal, teks: drawn.nomor, urut: drawn.urut }
    } else {
        Nomor { tanggal: with.tanggal, teks: NONE.into(), urut: 0 }
    });
    naskah.penandatangan_jabatan = penugasan::display_name(holder.jenis, &signer.nama);
    naskah.penandatangan_nama = holder.nama;
    super::alamat::freeze(tx, &naskah)?;
    let nomor = naskah.nomor.as_ref().map_or(NONE, |nomor| nomor.teks.as_str()).to_owned();
    let issued = verify::reserve(
        tx,
        with.issuer,
        &verify::New {
            objek: objek(naskah.id),
            jenis: with.jenis.nama.clone(),
            nomor: nomor.clone(),
            tanggal: with.tanggal,
            hal: naskah.isi.hal.clone(),
            sifat: naskah.isi.sifat,
            jabatan: naskah.penandatangan_jabatan.clone(),
            penandatangan: naskah.penandatangan_nama.clone(),
            opd_nama: office.nama,
            tanda_tangan: with.cara,
            ditandatangani: None,
            sidik: None,
        },
    )?;
    naskah.token = Some(issued.token);
    let next = if with.cara == verify::TandaTangan::Basah {
        let kerja = "Cetak, mintakan tanda tangan, dan pindai naskah";
        Next { jabatan: naskah.pembuat, nama: naskah.pembuat_jabatan.clone(), kerja }
    } else {
        let nama = naskah.penandatangan_jabatan.clone();
        Next { jabatan: naskah.isi.penandatangan, nama, kerja: "Tanda tangani naskah bernomor" }
    };
    pass(tx, meja, &mut naskah, Langkah::Nomori, false, &[next])?;
    if naskah.isi.sifat == Sifat::Biasa {
        // The registry of the office prints, scans and sends it.
        let registry = [format!("opd:{}", naskah.opd)];
        store::allow(tx, &naskah, &registry)?;
        super::grant(tx, naskah.id, &registry)?;
    }
    Ok(tx.audit(&entry("eoffice.number-naskah", &naskah).with("nomor", nomor).with("tanggal", with.tanggal))?)
}

/// Whoever acts holds the signer's post on the day of the naskah and today, and whoever the power comes from is there.
fn may_sign(
    tx: &mut Tx<'_>,
    meja: &Meja,
    naskah: &Naskah,
    signer: &jabatan::Jabatan,
    tanggal: Date,
) -> Result<(Pos, jabatan::Holder), Problem> {
    if naskah.isi.penandatangan != meja.acting.jabatan {
        return Err(Problem::refused(Refusal::NotYours));
    }
    let actor = tx.by()?.actor.clone();
    let mut found = None;
    for day in [meja.kerja.today, tanggal] {
        let (position, holder) = pos(tx, signer, day)?;
        let holder = holder.ok_or_else(|| not_holder(&signer.nama, day, "tidak ada pejabatnya".into()))?;
        if Some(holder.orang) != actor.id() {
            return Err(not_holder(&signer.nama, day, format!("dijabat {}", holder.nama)));
        }
        found = Some((position, holder));
    }
    let wewenang = naskah.isi.wewenang;
    if wewenang.needs_delegation() && (naskah.isi.delegasi.is_none() || mandator(wewenang, &above(tx, signer.id)?).is_none()) {
        return Err(Problem::refused(Refusal::NoMandate));
    }
    found.ok_or(Problem::NotFound)
}

/// The signer begins to sign electronically: number and date are reserved, unless they are since an attempt before.
///
/// # Errors
/// As [`number`]; [`Refusal::NotNow`] when it is signed already.
pub(crate) fn begin(tx: &mut Tx<'_>, meja: &Meja, naskah: Naskah, with: &Penomoran<'_>) -> Result<(), Problem> {
    match (naskah.status, &naskah.nomor) {
        (Status::SiapTte, _) => number(tx, meja, naskah, with),
        (Status::Menandatangani, Some(nomor)) => {
            let signer = jabatan::get(tx, naskah.isi.penandatangan)?.ok_or(Problem::NotFound)?;
            may_sign(tx, meja, &naskah, &signer, nomor.tanggal).map(|_| ())
        }
        (status, _) => Err(Problem::refused(Refusal::NotNow { langkah: Langkah::Tandatangani, status })),
    }
}

fn not_holder(jabatan: &str, tanggal: Date, siapa: String) -> Problem {
    Problem::refused(Refusal::NotHolder { tanggal: tanggal_panjang(tanggal), jabatan: jabatan.to_owned(), siapa })
}

/// The register that a numbered naskah stands in.
pub(crate) fn keeping(naskah: &Naskah, jenis: &JenisNaskah) -> Option<Keeping> {
    let nomor = naskah.nomor.as_ref()?;
    jenis.aturan.pattern.is_some().then(|| Keeping::of(jenis, naskah.opd, nomor.tanggal))
}

/// Gives the number back: it stays in the register with the reason, and the naskah waits for its signer again.
pub(crate) fn release(
    tx: &mut Tx<'_>,
    meja: &Meja,
    mut naskah: Naskah,
    jenis: &JenisNaskah,
    alasan: &str,
) -> Result<(), Problem> {
    if naskah.isi.penandatangan != meja.acting.jabatan && naskah.pembuat != meja.acting.jabatan {
        return Err(Problem::refused(Refusal::NotYours));
    }
    if naskah.status != Status::Menandatangani {
        return Err(Problem::refused(Refusal::NotNow { langkah: Langkah::Lepas, status: naskah.status }));
    }
    if let (Some(keeping), Some(nomor)) = (keeping(&naskah, jenis), &naskah.nomor) {
        registers::cancel(tx, &keeping.register(), nomor.urut, alasan)?;
    }
    if let Some(token) = naskah.token.take() {
        verify::revoke(tx, &token, alasan, None)?;
    }
    naskah.nomor = None;
    naskah.penandatangan_nama = String::new();
    store::alamat::remove(tx, naskah.id)?;
    let next =
        [Next { jabatan: naskah.isi.penandatangan, nama: naskah.penandatangan_jabatan.clone(), kerja: "Tanda tangani naskah" }];
    pass(tx, meja, &mut naskah, Langkah::Lepas, false, &next)?;
    super::hand::because(tx, "eoffice.release-nomor-naskah", &naskah, alasan)
}

/// The signed file is there, as a scan of what was signed by hand or as the provider gave it: from now on the naskah is signed, this file
/// is it, and its number is used. Nothing changes the file any more.
pub(crate) fn sign(
    tx: &mut Tx<'_>,
    meja: &Meja,
    mut naskah: Naskah,
    jenis: &JenisNaskah,
    file: &Upload,
    cara: verify::TandaTangan,
) -> Result<(), Problem> {
    if let (Some(keeping), Some(nomor)) = (keeping(&naskah, jenis), &naskah.nomor) {
        registers::use_reserved(tx, &keeping.register(), nomor.urut)?;
    }
    let now = tx.now()?;
    naskah.ditandatangani_pada = Some(now);
    let registry = [Next { jabatan: naskah.pembuat, nama: naskah.pembuat_jabatan.clone(), kerja: "Kirim naskah" }];
    pass(tx, meja, &mut naskah, Langkah::Tandatangani, false, &registry)?;
    let readers = store::readers_of(tx, naskah.id)?;
    naskah.berkas = Some(attachments::attach_as(tx, &objek(naskah.id), &readers, file, naskah.isi.sifat.is_secret())?);
    if !store::update(tx, &naskah)? {
        return Err(Problem::Conflict);
    }
    if let Some(token) = &naskah.token {
        verify::complete(tx, token, now, cara, Some(&file.blob.sidik))?;
    }
    tx.audit(&entry("eoffice.sign-naskah", &naskah).with("cara", cara.as_str()).with("sidik", &file.blob.sidik))?;
    crate::teks::later(tx, crate::disposisi::pokok::Jenis::Naskah, naskah.id, naskah.isi.sifat)?;
    if !naskah.isi.sifat.is_secret() {
        let readers = store::readers_of(tx, naskah.id)?;
        tx.index(&super::send::found_by(&naskah, &jenis.nama, readers))?;
    }
    Ok(())
}

/// Withdraws a signed naskah: it stays as it is, the verification page says that it is withdrawn, and its recipients are told.
pub(crate) fn revoke(tx: &mut Tx<'_>, meja: &Meja, mut naskah: Naskah, alasan: &str) -> Result<(), Problem> {
    let mandators = above(tx, naskah.isi.penandatangan)?;
    let may = naskah.isi.penandatangan == meja.acting.jabatan || mandators.iter().any(|post| post.id == meja.acting.jabatan);
    if !may {
        return Err(Problem::refused(Refusal::NotYours));
    }
    naskah.penutup = Some(alasan.to_owned());
    pass(tx, meja, &mut naskah, Langkah::Cabut, false, &[])?;
    if let Some(token) = &naskah.token {
        verify::revoke(tx, token, alasan, None)?;
    }
    // Nobody works any more on what does not hold.
    crate::disposisi::write::release_all(tx, naskah.id, &format!("Naskah dicabut. {alasan}"))?;
    for one in store::penerima::of(tx, naskah.id)? {
        let untuk = match (one.jabatan, one.opd) {
            (Some(jabatan), _) => format!("jabatan:{jabatan}"),
            (None, Some(opd)) if naskah.isi.sifat == Sifat::Biasa => format!("opd:{opd}"),
            (None, Some(opd)) => match jabatan::head_of(tx, opd)? {
                Some(head) => format!("jabatan:{}", head.id),
                None => continue,
            },
            (None, None) => continue,
        };
        tasks::open_light(
            tx,
            &tasks::NewTask {
                untuk,
                judul: super::judul("Baca pencabutan naskah", &naskah),
                tautan: format!("{}/{}", super::PAGE, naskah.id),
                objek: objek(naskah.id),
                jatuh_tempo: None,
                sementara: false,
            },
        )?;
    }
    super::hand::because(tx, "eoffice.revoke-naskah", &naskah, alasan)
}
