//! What giving an order and every act on it change: rows, rights, tasks, the letter, the trail. Inside one transaction.

mod hand;
mod letter;
mod share;

use praja_desk::{calendar, tasks};
use praja_kernel::{Date, Id, Sifat};
use praja_module::{MessageKind, Problem, events::SURAT_DIDISPOSISI};
use praja_store::{Result, Tx, audit::Entry};

use self::{
    hand::{ask_leader, hand, move_tasks, verb},
    letter::{carry_on, month, open_naskah},
    share::{share, unshare},
};
pub(crate) use self::{
    letter::{finish, open_letter, release_all},
    share::{share_with, subjects},
};
use super::{
    Act, Baru, Disposisi, Konfirmasi, Refusal, Side, Status, Tujuan, inherited, ladder, may, pokok::Pokok, report, step, store,
};
use crate::{
    hitung::{self, Jenis},
    kerja::{Kabar, Kerja, kabari},
    naskah::write::objek as objek_naskah,
    objek,
    surat_masuk::{
        SuratMasuk,
        alur::{self, Langkah},
        store as letters,
    },
};

/// Where one recipient's part of an order is worked on.
pub(crate) const PAGE: &str = "/eoffice/disposisi";

/// Who gives an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Giver {
    pub(crate) jabatan: Id,
    pub(crate) opd: Id,
    /// With "Plt." where that applies.
    pub(crate) nama_jabatan: String,
    /// Who holds the post.
    pub(crate) nama: String,
    /// The aide who writes it down by direction.
    pub(crate) aide: Option<Aide>,
}

/// The aide who writes down what the leader directs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Aide {
    pub(crate) nama: String,
    pub(crate) nama_jabatan: String,
    /// The order leaves at once and is confirmed afterwards.
    pub(crate) langsung: bool,
    /// The highest class of what the aide may write down.
    pub(crate) tertinggi: Sifat,
}

/// What goes with an act.
#[derive(Debug, Clone, Default)]
pub(crate) struct Kata {
    pub(crate) alasan: String,
    pub(crate) laporan: String,
    /// Number of the letter that answers.
    pub(crate) naskah: String,
    /// The naskah of this box that answers.
    pub(crate) jawaban: Option<Id>,
}

/// The name of one recipient's part in tasks and attachments.
pub(crate) fn objek_tujuan(id: Id) -> String {
    format!("eoffice_disposisi_tujuan:{id}")
}

fn objek_disposisi(id: Id) -> String {
    format!("eoffice_disposisi:{id}")
}

/// Gives an order on a letter or a naskah, or passes one on (`induk`). `pokok` comes unmasked.
pub(crate) fn issue(
    tx: &mut Tx<'_>,
    kerja: &Kerja,
    pokok: Pokok,
    giver: &Giver,
    induk: Option<Tujuan>,
    baru: &Baru,
) -> Result<Id, Problem> {
    let (id, now) = (tx.new_id()?, tx.now()?);
    let waits = giver.aide.as_ref().is_some_and(|aide| !aide.langsung);
    let above = match &induk {
        Some(tujuan) => store::find(tx, tujuan.disposisi)?.map_or(pokok.sifat(), |one| one.sifat),
        None => pokok.sifat(),
    };
    let disposisi = Disposisi {
        id,
        pokok: pokok.jenis(),
        surat: pokok.id(),
        induk: induk.as_ref().map(|tujuan| tujuan.id),
        opd: giver.opd,
        dari: giver.jabatan,
        dari_jabatan: giver.nama_jabatan.clone(),
        dari_nama: giver.nama.clone(),
        dicatat: giver.aide.as_ref().map(|aide| (aide.nama.clone(), aide.nama_jabatan.clone())),
        konfirmasi: if giver.aide.is_some() { Konfirmasi::Menunggu } else { Konfirmasi::Langsung },
        instruksi: baru.instruksi.clone(),
        catatan: baru.catatan.clone(),
        batas: baru.batas,
        sementara: baru.sementara,
        sifat: inherited(above, Some(baru.sifat)),
        wajib_laporan: baru.wajib_laporan,
        created_at: now,
        versi: 1,
    };
    let status = if waits { Status::Konsep } else { Status::Dikirim };
    let ingat = first_reminder(tx, kerja.today, baru.batas.filter(|_| baru.wajib_laporan && !waits))?;
    let mut tujuan = Vec::with_capacity(baru.tujuan.len());
    for (urut, (calon, peran)) in baru.tujuan.iter().enumerate() {
        tujuan.push(Tujuan {
            id: tx.new_id()?,
            disposisi: id,
            surat: pokok.id(),
            induk: disposisi.induk,
            urut: i64::try_from(urut).unwrap_or(0) + 1,
            dari: giver.jabatan,
            opd: calon.opd,
            kepada: calon.jabatan,
            kepada_jabatan: calon.nama_jabatan.clone(),
            kepada_nama: calon.pemegang.clone(),
            peran: *peran,
            wajib_laporan: baru.wajib_laporan,
            status,
            batas: baru.batas,
            ingat,
            created_at: now,
            dibaca_pada: None,
            dibaca_oleh: None,
            laporan: None,
            naskah: None,
            jawaban: None,
            dilaporkan_pada: None,
            dilaporkan_oleh: None,
            alasan: None,
            selesai_pada: None,
            versi: 1,
        });
    }
    store::insert(tx, &disposisi)?;
    store::insert_tujuan(tx, &tujuan)?;
    tx.audit(&given(pokok.tabel(), &disposisi, &tujuan))?;
    if let Some(parent) = induk {
        passed_on(tx, parent)?;
    }
    if giver.aide.is_some() {
        ask_leader(tx, kerja, &pokok.raised(disposisi.sifat), &disposisi)?;
    }
    if waits {
        tasks::done_for(tx, &pokok.objek(), &format!("jabatan:{}", giver.jabatan))?;
    } else {
        deliver(tx, kerja, pokok, &disposisi, &tujuan)?;
    }
    Ok(id)
}

fn first_reminder(tx: &mut Tx<'_>, today: Date, batas: Option<Date>) -> Result<Option<Date>> {
    let Some(batas) = batas else { return Ok(None) };
    let calendar = calendar::of(tx, today)?;
    Ok(ladder::first(batas, today, &calendar))
}

/// The trail of what the order is given on; of a secret one it carries no word of the order.
fn given(tabel: &'static str, disposisi: &Disposisi, tujuan: &[Tujuan]) -> Entry {
    let names: Vec<&str> = tujuan.iter().map(|one| one.kepada_jabatan.as_str()).collect();
    let mut entry = Entry::new("eoffice.give-disposisi", tabel, disposisi.surat)
        .with("disposisi", disposisi.id)
        .with("dari", &disposisi.dari_jabatan)
        .with("kepada", names.join("; "))
        .with("instruksi", disposisi.instruksi.join(","));
    if let Some(batas) = disposisi.batas {
        entry = entry.with("batas", batas);
    }
    if let Some((nama, jabatan)) = &disposisi.dicatat {
        entry = entry.with("dicatat", format!("{nama} ({jabatan}) atas arahan {}", disposisi.dari_nama));
    }
    if disposisi.sifat.is_secret() || disposisi.catatan.is_empty() { entry } else { entry.with("catatan", &disposisi.catatan) }
}

/// The recipient who passes an order on has begun with it.
fn passed_on(tx: &mut Tx<'_>, mut parent: Tujuan) -> Result<(), Problem> {
    parent.status = step(parent.status, Act::Forward, parent.wajib_laporan).map_err(Problem::refused)?;
    seen(tx, &mut parent)?;
    if store::save(tx, &parent)? { Ok(()) } else { Err(Problem::Conflict) }
}

/// Whoever acts has read.
fn seen(tx: &mut Tx<'_>, tujuan: &mut Tujuan) -> Result<()> {
    if tujuan.dibaca_pada.is_none() {
        tujuan.dibaca_pada = Some(tx.now()?);
        tujuan.dibaca_oleh = Some(tx.by()?.actor.nama().to_owned());
    }
    Ok(())
}

/// Puts an order on the desks of its recipients: rights, tasks, notices, and how far the letter is.
fn deliver(tx: &mut Tx<'_>, kerja: &Kerja, pokok: Pokok, disposisi: &Disposisi, tujuan: &[Tujuan]) -> Result<(), Problem> {
    let pokok = match pokok {
        Pokok::Surat(surat) => Pokok::from(hand_on(tx, kerja, *surat, disposisi, tujuan)?),
        Pokok::Naskah(dinas) if dinas.takes_orders() => {
            if disposisi.induk.is_none() {
                tasks::done_for(tx, &objek_naskah(dinas.naskah.id), &format!("jabatan:{}", disposisi.dari))?;
            }
            Pokok::Naskah(dinas)
        }
        naskah @ Pokok::Naskah(_) => return Err(Problem::refused(Refusal::Naskah(naskah.keadaan()))),
    };
    share(tx, kerja, &pokok, disposisi.sifat, tujuan)?;
    let pokok = pokok.raised(disposisi.sifat);
    for one in tujuan {
        let judul = pokok.judul_for(tx, verb(disposisi, one), one.kepada)?;
        let tautan = format!("{PAGE}/{}", one.id);
        hand(tx, one, judul.clone(), &format!("jabatan:{}", one.kepada), disposisi.sementara)?;
        let isi = match one.batas {
            Some(batas) => {
                format!("Disposisi dari {} dengan batas waktu {}.", disposisi.dari_jabatan, praja_kernel::tanggal_panjang(batas))
            }
            None => format!("Disposisi dari {}.", disposisi.dari_jabatan),
        };
        let kelas = (pokok.sifat(), pokok.derajat());
        kerja.tell(tx, Kabar { jabatan: one.kepada, judul, isi, tautan, kelas, jenis: MessageKind::Tugas })?;
    }
    Ok(())
}

/// How far a letter is when an order on it leaves.
fn hand_on(
    tx: &mut Tx<'_>,
    kerja: &Kerja,
    mut surat: SuratMasuk,
    disposisi: &Disposisi,
    tujuan: &[Tujuan],
) -> Result<SuratMasuk, Problem> {
    let now = tx.now()?;
    let langkah = if disposisi.induk.is_none() { Langkah::Disposisi } else { Langkah::Kerjakan };
    surat.status =
        alur::go(surat.status, langkah, surat.isi.sifat).map_err(|_| Problem::refused(Refusal::Letter(surat.status.label())))?;
    let desk_since = surat.pemegang_sejak;
    surat.pemegang = holders(tujuan);
    surat.pemegang_sejak = now;
    surat.disposisi_terakhir = surat.pemegang.clone();
    if surat.disposisi_pada.is_none() {
        surat.disposisi_pada = Some(now);
        let bulan = month(kerja, &surat);
        hitung::store::add(tx, surat.opd, &bulan, Jenis::Disposisi, hitung::jam(surat.created_at, now), 1)?;
        hitung::store::add(tx, surat.opd, &bulan, Jenis::Meja, hitung::jam(desk_since, now), 1)?;
    }
    if !letters::update(tx, &surat)? {
        return Err(Problem::Conflict);
    }
    if disposisi.induk.is_none() {
        tasks::done(tx, &objek(surat.id))?;
        kabari(tx, SURAT_DIDISPOSISI, &surat)?;
    }
    Ok(surat)
}

/// "Kepala Bidang Pelayanan Kesehatan dan 2 lainnya".
fn holders(tujuan: &[Tujuan]) -> String {
    match tujuan {
        [] => String::new(),
        [one] => one.kepada_jabatan.clone(),
        [first, rest @ ..] => format!("{} dan {} lainnya", first.kepada_jabatan, rest.len()),
    }
}

/// The leader's word on what the aide wrote down: it is confirmed as a whole, or not.
pub(crate) fn confirm(
    tx: &mut Tx<'_>,
    kerja: &Kerja,
    pokok: Pokok,
    disposisi: Disposisi,
    jabatan: Id,
    yes: bool,
    alasan: &str,
) -> Result<(), Problem> {
    if disposisi.dari != jabatan {
        return Err(Problem::refused(Refusal::NotYours(Side::Giver)));
    }
    let act = if yes { Act::Confirm } else { Act::Cancel };
    if disposisi.konfirmasi != Konfirmasi::Menunggu {
        return Err(Problem::Conflict);
    }
    if !yes && alasan.is_empty() {
        return Err(Problem::refused(Refusal::NoReason("Alasan belum ditulis.")));
    }
    let now = tx.now()?;
    let mut tujuan = store::tujuan_of(tx, disposisi.id)?;
    let was_draft = tujuan.iter().all(|one| one.status == Status::Konsep);
    let ingat = first_reminder(tx, kerja.today, disposisi.batas.filter(|_| disposisi.wajib_laporan && yes))?;
    for one in &mut tujuan {
        // Sent already: only what nobody has read is taken back.
        one.status = match (was_draft, yes) {
            (true, _) => step(one.status, act, one.wajib_laporan).map_err(Problem::refused)?,
            (false, true) => continue,
            (false, false) if one.status.is_open() => match step(one.status, Act::Withdraw, one.wajib_laporan) {
                Ok(status) => status,
                Err(_) => step(one.status, Act::Waive, one.wajib_laporan).map_err(Problem::refused)?,
            },
            (false, false) => continue,
        };
        if yes {
            one.ingat = ingat;
        } else {
            one.ingat = None;
            one.alasan = Some(alasan.to_owned());
            one.selesai_pada = Some(now);
            tasks::done(tx, &objek_tujuan(one.id))?;
        }
        if !store::save(tx, one)? {
            return Err(Problem::Conflict);
        }
        one.versi += 1;
    }
    let word = if yes { Konfirmasi::Dibenarkan } else { Konfirmasi::Dibatalkan };
    if !store::confirm(tx, &disposisi, word, now)? {
        return Err(Problem::Conflict);
    }
    tasks::done(tx, &objek_disposisi(disposisi.id))?;
    let verb = if yes { "eoffice.confirm-disposisi" } else { "eoffice.cancel-disposisi" };
    let entry = Entry::new(verb, pokok.tabel(), pokok.id()).with("disposisi", disposisi.id);
    tx.audit(&if yes || disposisi.sifat.is_secret() { entry } else { entry.because(alasan) })?;
    if was_draft && yes {
        return deliver(tx, kerja, pokok, &disposisi, &tujuan);
    }
    if !yes && disposisi.induk.is_none() {
        // It lies on the leader's desk again.
        let judul = pokok.judul_for(tx, "Disposisikan", disposisi.dari)?;
        match &pokok {
            Pokok::Surat(surat) => open_letter(tx, kerja, surat, disposisi.dari, judul)?,
            Pokok::Naskah(_) => open_naskah(tx, &pokok, disposisi.dari, judul)?,
        }
    }
    Ok(())
}

/// One act of one side on one recipient's part. `pokok` comes unmasked.
pub(crate) fn act(
    tx: &mut Tx<'_>,
    kerja: &Kerja,
    pokok: Pokok,
    mut tujuan: Tujuan,
    act: Act,
    jabatan: Id,
    kata: &Kata,
) -> Result<(), Problem> {
    may(&tujuan, act, jabatan).map_err(Problem::refused)?;
    let before = tujuan.status;
    let after = match act {
        Act::Report => {
            let children = store::children(tx, tujuan.id)?;
            let children: Vec<(Status, bool)> = children.iter().map(|one| (one.status, one.wajib_laporan)).collect();
            report(before, &children, tujuan.wajib_laporan)
        }
        _ => step(before, act, tujuan.wajib_laporan),
    };
    let after = after.map_err(Problem::refused)?;
    if after == before && act == Act::Read {
        return Ok(());
    }
    let now = tx.now()?;
    let nama = tx.by()?.actor.nama().to_owned();
    if act.side() == Side::Recipient {
        seen(tx, &mut tujuan)?;
    }
    match act {
        Act::Report => {
            tujuan.laporan = Some(kata.laporan.clone());
            tujuan.naskah = Some(kata.naskah.clone()).filter(|naskah| !naskah.is_empty());
            tujuan.jawaban = kata.jawaban;
            tujuan.dilaporkan_pada = Some(now);
            tujuan.dilaporkan_oleh = Some(nama);
            tujuan.alasan = None;
        }
        Act::Refuse | Act::Return | Act::Waive => tujuan.alasan = Some(kata.alasan.clone()),
        _ => {}
    }
    tujuan.status = after;
    tujuan.selesai_pada = (!after.is_open()).then_some(now);
    tujuan.ingat = next_reminder(tx, kerja.today, &tujuan)?;
    if !store::save(tx, &tujuan)? {
        return Err(Problem::Conflict);
    }
    let sifat = store::find(tx, tujuan.disposisi)?.map_or(pokok.sifat(), |order| order.sifat);
    // Of an order that is more secret than its letter the letter's other readers learn no reason.
    let quiet = pokok.sifat().is_secret() || sifat > pokok.sifat();
    write_down(tx, &pokok, &tujuan, act, if quiet { "" } else { &kata.alasan })?;
    move_tasks(tx, kerja, &pokok.raised(sifat), &tujuan, act, kata)?;
    if act == Act::Withdraw {
        unshare(tx, kerja, &pokok, &tujuan)?;
    }
    match pokok {
        Pokok::Surat(surat) => carry_on(tx, kerja, *surat, &tujuan),
        // How far a naskah is, its sender decides; orders on it have their own states.
        Pokok::Naskah(_) => Ok(()),
    }
}

fn next_reminder(tx: &mut Tx<'_>, today: Date, tujuan: &Tujuan) -> Result<Option<Date>> {
    match tujuan.batas.filter(|_| tujuan.wajib_laporan && tujuan.status.presses()) {
        None => Ok(None),
        // The ladder goes on where it stood.
        Some(_) if tujuan.ingat.is_some() => Ok(tujuan.ingat),
        Some(batas) => {
            let calendar = calendar::of(tx, today)?;
            Ok(ladder::next_after(batas, today, &calendar))
        }
    }
}

fn write_down(tx: &mut Tx<'_>, pokok: &Pokok, tujuan: &Tujuan, act: Act, alasan: &str) -> Result<()> {
    let tindakan = match act {
        Act::Confirm => "eoffice.confirm-disposisi",
        Act::Cancel => "eoffice.cancel-disposisi",
        Act::Read => "eoffice.read-disposisi",
        Act::Accept => "eoffice.accept-disposisi",
        Act::Refuse => "eoffice.refuse-disposisi",
        Act::Process => "eoffice.process-disposisi",
        Act::Forward => "eoffice.forward-disposisi",
        Act::Report => "eoffice.report-disposisi",
        Act::Approve => "eoffice.approve-laporan-disposisi",
        Act::Return => "eoffice.return-laporan-disposisi",
        Act::Waive => "eoffice.release-disposisi",
        Act::Withdraw => "eoffice.withdraw-disposisi",
    };
    let entry = Entry::new(tindakan, pokok.tabel(), pokok.id())
        .with("disposisi", tujuan.disposisi)
        .with("penerima", &tujuan.kepada_jabatan);
    // Of what is secret the trail carries no word of what was said about it.
    tx.audit(&if alasan.is_empty() { entry } else { entry.because(alasan) })
}
