//! A naskah that the national application numbers and signs: approved here, published there, taken back with its number and its file. And the
//! daily look at what only one side has.

use praja_desk::{
    attachments,
    registers::{self, Ask, Keeping, Pemilik, naskah as kinds, naskah::JenisNaskah},
};
use praja_identity::{jabatan, opd, penugasan};
use praja_kernel::{Date, Id, Sifat, tanggal_panjang};
use praja_module::{Instance, Message, MessageKind, Problem, Upload};
use praja_store::{Keys, Result, StoreError, Tx, audit::Entry};

use super::{Ada, Data, Refusal, one_sided, store};
use crate::{
    kerja::Kerja,
    naskah::{
        Naskah, Nomor, Refusal as NaskahRefusal, Status,
        alur::Langkah,
        store as naskah_store,
        wewenang::is_strategic,
        write::{Meja, Next, alamat, entry, objek, pass, pos, send},
    },
};

/// The job that looks every day at what only one side has.
pub(crate) const WATCH: &str = "eoffice.watch-srikandi";
/// From when the daily look compares: the first day of the month before.
pub(crate) fn since(today: Date) -> Date {
    let (year, month) = if today.month() == 1 { (today.year() - 1, 12) } else { (today.year(), today.month() - 1) };
    Date::new(year, month, 1).unwrap_or(today)
}

/// Does the national application number this kind for an office on a day?
pub(crate) fn numbers(tx: &mut Tx<'_>, jenis: &JenisNaskah, opd: Id, day: Date) -> Result<bool> {
    if jenis.aturan.pattern.is_none() {
        return Ok(false);
    }
    Ok(registers::owner(tx, &Keeping::of(jenis, opd, day).register())? == Pemilik::Srikandi)
}

/// The signer approves: the naskah goes out to be published by the national application.
///
/// # Errors
/// Those of giving a number, and [`Refusal::OwnNumbers`].
pub(crate) fn approve(
    tx: &mut Tx<'_>,
    meja: &Meja,
    mut naskah: Naskah,
    jenis: &JenisNaskah,
    mandat: bool,
) -> Result<(), Problem> {
    let today = meja.kerja.today;
    if naskah.isi.penandatangan != meja.acting.jabatan {
        return Err(Problem::refused(NaskahRefusal::NotYours));
    }
    if naskah.status != Status::SiapTte {
        return Err(Problem::refused(NaskahRefusal::NotNow { langkah: Langkah::Nomori, status: naskah.status }));
    }
    if !numbers(tx, jenis, naskah.opd, today)? {
        return Err(Problem::refused(Refusal::OwnNumbers));
    }
    let signer = jabatan::get(tx, naskah.isi.penandatangan)?.ok_or(Problem::NotFound)?;
    let (position, holder) = pos(tx, &signer, today)?;
    let me = tx.by()?.actor.id();
    let refused = |siapa: String| {
        let (tanggal, jabatan) = (tanggal_panjang(today), signer.nama.clone());
        Problem::refused(NaskahRefusal::NotHolder { tanggal, jabatan, siapa })
    };
    let holder = holder.ok_or_else(|| refused("tidak ada pejabatnya".into()))?;
    if Some(holder.orang) != me {
        return Err(refused(format!("dijabat {}", holder.nama)));
    }
    if !mandat && is_strategic(position.cara, &naskah.jenis, naskah.isi.klasifikasi.as_deref()) {
        return Err(Problem::refused(NaskahRefusal::Strategic(format!(
            "{} pada umumnya tidak menandatangani keputusan strategis tentang organisasi, kepegawaian, atau anggaran.",
            position.cara.label()
        ))));
    }
    naskah.penandatangan_jabatan = penugasan::display_name(holder.jenis, &signer.nama);
    naskah.penandatangan_nama = holder.nama;
    alamat::freeze(tx, &naskah)?;
    let back = [Next { jabatan: naskah.pembuat, nama: naskah.pembuat_jabatan.clone(), kerja: "Terbitkan lewat SRIKANDI naskah" }];
    pass(tx, meja, &mut naskah, Langkah::Nomori, false, &back)?;
    if naskah.isi.sifat == Sifat::Biasa {
        naskah_store::allow(tx, &naskah, &[format!("opd:{}", naskah.opd)])?;
    }
    Ok(tx.audit(&entry("eoffice.approve-naskah", &naskah).with("penomoran", "srikandi"))?)
}

/// The number, the day and the signed file come back.
///
/// # Errors
/// [`Refusal::NotWaiting`], and those of [`registers::record_external`]; needs the keys of the register of its kind, office and day.
pub(crate) fn take_back(
    tx: &mut Tx<'_>,
    meja: &Meja,
    mut naskah: Naskah,
    jenis: &JenisNaskah,
    (tanggal, nomor): (Date, &str),
    file: &Upload,
) -> Result<(), Problem> {
    if naskah.status != Status::Menandatangani || naskah.nomor.is_some() {
        return Err(Problem::refused(Refusal::NotWaiting));
    }
    let office = opd::get(tx, naskah.opd)?.ok_or(Problem::NotFound)?;
    let ask = Ask {
        opd: naskah.opd,
        unit: &office.singkatan,
        jenis,
        tanggal,
        klas: naskah.isi.klasifikasi.as_deref().unwrap_or_default(),
        aman: naskah.isi.sifat.huruf(),
        objek: &objek(naskah.id),
    };
    let drawn = registers::record_external(tx, &ask, nomor)?;
    let now = tx.now()?;
    naskah.nomor = Some(Nomor { tanggal, teks: drawn.nomor.clone(), urut: drawn.urut });
    naskah.ditandatangani_pada = Some(now);
    let registry = [Next { jabatan: naskah.pembuat, nama: naskah.pembuat_jabatan.clone(), kerja: "Kirim naskah" }];
    pass(tx, meja, &mut naskah, Langkah::Tandatangani, false, &registry)?;
    let readers = naskah_store::readers_of(tx, naskah.id)?;
    naskah.berkas = Some(attachments::attach_as(tx, &objek(naskah.id), &readers, file, naskah.isi.sifat.is_secret())?);
    if !naskah_store::update(tx, &naskah)? {
        return Err(Problem::Conflict);
    }
    let act = entry("eoffice.sign-naskah", &naskah).with("cara", "srikandi").with("nomor", &drawn.nomor);
    tx.audit(&act.with("sidik", &file.blob.sidik))?;
    crate::teks::later(tx, crate::disposisi::pokok::Jenis::Naskah, naskah.id, naskah.isi.sifat)?;
    if !naskah.isi.sifat.is_secret() {
        tx.index(&send::found_by(&naskah, &jenis.nama, readers))?;
    }
    Ok(())
}

/// What a naskah says, for handing it on.
pub(crate) fn data(tx: &mut Tx<'_>, naskah: &Naskah, jenis: &str, uraian: String, url: &str) -> Result<Data, Problem> {
    let to = alamat::of(tx, naskah)?;
    let isi = &naskah.isi;
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    Ok(Data {
        jenis: jenis.to_owned(),
        sifat: isi.sifat.label().to_owned(),
        derajat: isi.derajat.label().to_owned(),
        klasifikasi: text(&isi.klasifikasi),
        uraian,
        nomor: naskah.nomor.as_ref().map(|nomor| nomor.teks.clone()).unwrap_or_default(),
        rujukan: text(&isi.rujukan),
        tanggal: naskah.nomor.as_ref().map(|nomor| nomor.tanggal),
        hal: isi.hal.clone(),
        ringkasan: text(&isi.ringkasan),
        lampiran: isi.lampiran.clone(),
        kepada: alamat::Alamatan::names(&to.kepada),
        tembusan: alamat::Alamatan::names(&to.tembusan),
        penandatangan: naskah.penandatangan_jabatan.clone(),
        nama: naskah.penandatangan_nama.clone(),
        wewenang: isi.wewenang.label().to_owned(),
        pembuat: naskah.pembuat_jabatan.clone(),
        opd: opd::name(tx, naskah.opd)?.unwrap_or_default(),
        verifikasi: naskah.token.as_ref().map(|token| format!("{url}/v/{token}")).unwrap_or_default(),
        berkas: String::new(),
        sidik: String::new(),
    })
}

/// What one office and the national application have between two days: only here, only there.
pub(crate) fn compare(tx: &mut Tx<'_>, opd: Id, dari: Date, sampai: Date) -> Result<(Vec<Ada>, Vec<Ada>)> {
    let mut beside = std::collections::HashMap::new();
    for kind in kinds::all(tx)? {
        let is_theirs = match kind.aturan.pattern {
            None => false,
            Some(_) => {
                let keeping = Keeping::of(&kind, opd, sampai);
                registers::owner(tx, &keeping.register())? == Pemilik::Srikandi || registers::in_outage(tx, &keeping.register())?
            }
        };
        beside.insert(kind.kode, is_theirs);
    }
    let ours: Vec<Ada> = store::ours(tx, opd, dari, sampai)?
        .into_iter()
        .filter(|one| beside.get(&one.jenis) == Some(&true))
        .map(|one| one.ada)
        .collect();
    let theirs = store::theirs(tx, opd, dari, sampai)?;
    let (here, there) = one_sided(&ours, &theirs);
    Ok((here.into_iter().cloned().collect(), there.into_iter().cloned().collect()))
}

/// The daily job: each office with something that only one side has is told, in Praja.
pub(crate) fn watch(instance: &Instance, _: &str) -> Result<()> {
    let today = instance.today();
    let from = since(today);
    let offices = instance.db.read(opd::list_active)?;
    for office in offices {
        let (waiting, here, there) = instance.db.read(|tx| {
            let (here, there) = compare(tx, office.id, from, today)?;
            Ok::<_, StoreError>((store::waiting(tx, office.id)?.len(), here.len(), there.len()))
        })?;
        if waiting + here + there == 0 {
            continue;
        }
        let words =
            format!("SRIKANDI dan Praja belum sama: {waiting} menunggu nomor, {here} hanya di Praja, {there} hanya di SRIKANDI");
        let message = Message::new(MessageKind::Pengingat, format!("opd:{}", office.id), words, super::pages::LIST);
        let kerja = Kerja::of_instance(instance);
        let id = office.id;
        instance.db.write(&instance.by_system(WATCH), Keys::none(), move |tx| {
            tx.audit(&Entry::new("eoffice.check-srikandi", "identity_opd", id))?;
            kerja.message(tx, &message)
        })?;
    }
    Ok(())
}
