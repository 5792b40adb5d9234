//! What giving an order and every act on it change: rows, rights, tasks, the letter, the trail. Inside one transaction.

use praja_desk::{
    attachments, calendar,
    tasks::{self, NewTask},
};
use praja_kernel::{Date, Id, Sifat};
use praja_module::{MessageKind, Problem};
use praja_store::{Result, Tx, audit::Entry};

use super::{
    Act, Baru, Disposisi, Hasil, Konfirmasi, Refusal, Side, Status, Tujuan, inherited, instruksi, is_done, ladder, may, report,
    step, store,
};
use crate::{
    TABLE,
    hitung::{self, Jenis},
    kerja::{Kabar, Kerja, judul_for},
    objek,
    sekretaris::hak,
    surat_masuk::{
        SuratMasuk,
        alur::{self, Langkah},
        pages::form::found_by,
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
}

/// What goes with an act.
#[derive(Debug, Clone, Default)]
pub(crate) struct Kata {
    pub(crate) alasan: String,
    pub(crate) laporan: String,
    /// Number of the letter that answers.
    pub(crate) naskah: String,
}

/// The name of one recipient's part in tasks and attachments.
pub(crate) fn objek_tujuan(id: Id) -> String {
    format!("eoffice_disposisi_tujuan:{id}")
}

fn objek_disposisi(id: Id) -> String {
    format!("eoffice_disposisi:{id}")
}

/// Gives an order on a letter, or passes one on (`induk`). `surat` comes unmasked.
pub(crate) fn issue(
    tx: &mut Tx<'_>,
    kerja: &Kerja,
    surat: SuratMasuk,
    giver: &Giver,
    induk: Option<Tujuan>,
    baru: &Baru,
) -> Result<Id, Problem> {
    let (id, now) = (tx.new_id()?, tx.now()?);
    let waits = giver.aide.as_ref().is_some_and(|aide| !aide.langsung);
    let above = match &induk {
        Some(tujuan) => store::find(tx, tujuan.disposisi)?.map_or(surat.isi.sifat, |one| one.sifat),
        None => surat.isi.sifat,
    };
    let disposisi = Disposisi {
        id,
        surat: surat.id,
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
            surat: surat.id,
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
            dilaporkan_pada: None,
            dilaporkan_oleh: None,
            alasan: None,
            selesai_pada: None,
            versi: 1,
        });
    }
    store::insert(tx, &disposisi)?;
    store::insert_tujuan(tx, &tujuan)?;
    tx.audit(&given(&disposisi, &tujuan))?;
    if let Some(parent) = induk {
        passed_on(tx, parent)?;
    }
    if giver.aide.is_some() {
        ask_leader(tx, kerja, &surat.raised(disposisi.sifat), &disposisi)?;
    }
    if waits {
        tasks::done_for(tx, &objek(surat.id), &format!("jabatan:{}", giver.jabatan))?;
    } else {
        deliver(tx, kerja, surat, &disposisi, &tujuan)?;
    }
    Ok(id)
}

fn first_reminder(tx: &mut Tx<'_>, today: Date, batas: Option<Date>) -> Result<Option<Date>> {
    let Some(batas) = batas else { return Ok(None) };
    let calendar = calendar::of(tx, today)?;
    Ok(ladder::first(batas, today, &calendar))
}

/// The trail of the letter; of a secret one it carries no word of the order.
fn given(disposisi: &Disposisi, tujuan: &[Tujuan]) -> Entry {
    let names: Vec<&str> = tujuan.iter().map(|one| one.kepada_jabatan.as_str()).collect();
    let mut entry = Entry::new("eoffice.give-disposisi", TABLE, disposisi.surat)
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

fn ask_leader(tx: &mut Tx<'_>, kerja: &Kerja, surat: &SuratMasuk, disposisi: &Disposisi) -> Result<()> {
    let nama = disposisi.dicatat.as_ref().map_or("", |(nama, _)| nama.as_str());
    let judul = judul_for(tx, &format!("Benarkan disposisi yang dicatat {nama} atas"), surat, disposisi.dari)?;
    let tautan = format!("{}/{}", crate::surat_masuk::pages::LIST, surat.id);
    tasks::open(
        tx,
        &NewTask {
            untuk: format!("jabatan:{}", disposisi.dari),
            judul: judul.clone(),
            tautan: tautan.clone(),
            objek: objek_disposisi(disposisi.id),
            jatuh_tempo: disposisi.batas,
            sementara: disposisi.sementara,
        },
    )?;
    let isi = "Disposisi itu dicatat atas arahan Anda dan menunggu pembenaran Anda.".to_owned();
    kerja.tell(tx, Kabar { jabatan: disposisi.dari, judul, isi, tautan, surat, jenis: MessageKind::Tugas })
}

/// Puts an order on the desks of its recipients: rights, tasks, notices, and how far the letter is.
fn deliver(
    tx: &mut Tx<'_>,
    kerja: &Kerja,
    mut surat: SuratMasuk,
    disposisi: &Disposisi,
    tujuan: &[Tujuan],
) -> Result<(), Problem> {
    let now = tx.now()?;
    let langkah = if disposisi.induk.is_none() { Langkah::Disposisi } else { Langkah::Kerjakan };
    surat.status =
        alur::go(surat.status, langkah, surat.isi.sifat).map_err(|_| Problem::refused(Refusal::Letter(surat.status.label())))?;
    surat.pemegang = holders(tujuan);
    surat.pemegang_sejak = now;
    surat.disposisi_terakhir = surat.pemegang.clone();
    if surat.disposisi_pada.is_none() {
        surat.disposisi_pada = Some(now);
        let jam = hitung::jam(surat.created_at, now);
        hitung::store::add(tx, surat.opd, &month(kerja, &surat), Jenis::Disposisi, jam, 1)?;
    }
    if !letters::update(tx, &surat)? {
        return Err(Problem::Conflict);
    }
    if disposisi.induk.is_none() {
        tasks::done(tx, &objek(surat.id))?;
    }
    share(tx, kerja, &surat, disposisi.sifat, tujuan)?;
    let surat = surat.raised(disposisi.sifat);
    for one in tujuan {
        let judul = judul_for(tx, verb(disposisi, one), &surat, one.kepada)?;
        let tautan = format!("{PAGE}/{}", one.id);
        hand(tx, one, judul.clone(), &format!("jabatan:{}", one.kepada), disposisi.sementara)?;
        let isi = match one.batas {
            Some(batas) => {
                format!("Disposisi dari {} dengan batas waktu {}.", disposisi.dari_jabatan, praja_kernel::tanggal_panjang(batas))
            }
            None => format!("Disposisi dari {}.", disposisi.dari_jabatan),
        };
        kerja.tell(tx, Kabar { jabatan: one.kepada, judul, isi, tautan, surat: &surat, jenis: MessageKind::Tugas })?;
    }
    Ok(())
}

/// What a task says is to be done.
fn verb(disposisi: &Disposisi, tujuan: &Tujuan) -> &'static str {
    let first = disposisi.instruksi.first().and_then(|kode| instruksi::of(kode)).map(|one| one.kode.as_str());
    match (tujuan.wajib_laporan, first) {
        (false, _) => "Baca disposisi atas",
        (true, Some("HADIR")) => "Hadiri dan laporkan",
        (true, Some("JAWAB")) => "Siapkan jawaban atas",
        (true, _) => "Tindak lanjuti",
    }
}

fn hand(tx: &mut Tx<'_>, tujuan: &Tujuan, judul: String, untuk: &str, sementara: bool) -> Result<()> {
    tasks::open(
        tx,
        &NewTask {
            untuk: untuk.to_owned(),
            judul,
            tautan: format!("{PAGE}/{}", tujuan.id),
            objek: objek_tujuan(tujuan.id),
            jatuh_tempo: tujuan.batas,
            sementara,
        },
    )?;
    Ok(())
}

/// "Kepala Bidang Pelayanan Kesehatan dan 2 lainnya".
fn holders(tujuan: &[Tujuan]) -> String {
    match tujuan {
        [] => String::new(),
        [one] => one.kepada_jabatan.clone(),
        [first, rest @ ..] => format!("{} dan {} lainnya", first.kepada_jabatan, rest.len()),
    }
}

/// The subjects who may see a letter because of these recipients. Biasa: the whole unit. Otherwise the posts alone.
pub(crate) fn subjects(sifat: Sifat, tujuan: &[Tujuan]) -> Vec<String> {
    let mut all: Vec<String> = tujuan.iter().map(|one| format!("jabatan:{}", one.kepada)).collect();
    if sifat == Sifat::Biasa {
        all.extend(tujuan.iter().map(|one| format!("opd:{}", one.opd)));
    }
    all.sort();
    all.dedup();
    all
}

/// The recipients see the letter, and so do those who work at their side.
fn share(tx: &mut Tx<'_>, kerja: &Kerja, surat: &SuratMasuk, sifat: Sifat, tujuan: &[Tujuan]) -> Result<()> {
    let mut all = subjects(sifat, tujuan);
    for one in tujuan {
        let aides = hak::aides_of(tx, one.kepada, kerja.today, sifat)?;
        all.extend(aides.into_iter().map(|aide| format!("jabatan:{aide}")));
    }
    share_with(tx, surat, sifat, &all)
}

/// Lets subjects see a letter with its scans, and find it where letters can be found.
pub(crate) fn share_with(tx: &mut Tx<'_>, surat: &SuratMasuk, sifat: Sifat, subjects: &[String]) -> Result<()> {
    letters::allow(tx, surat, subjects)?;
    attachments::grant(tx, &objek(surat.id), subjects)?;
    if sifat.is_secret() {
        return letters::allow_opening(tx, surat.id, subjects);
    }
    let everybody = letters::readers_of(tx, surat.id)?;
    tx.index_later(&found_by(surat, everybody))
}

fn month(kerja: &Kerja, surat: &SuratMasuk) -> String {
    hitung::bulan(kerja.zona.date(surat.created_at))
}

/// The leader's word on what the aide wrote down: it is confirmed as a whole, or not.
pub(crate) fn confirm(
    tx: &mut Tx<'_>,
    kerja: &Kerja,
    surat: SuratMasuk,
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
    let entry = Entry::new(verb, TABLE, surat.id).with("disposisi", disposisi.id);
    tx.audit(&if yes || disposisi.sifat.is_secret() { entry } else { entry.because(alasan) })?;
    if was_draft && yes {
        return deliver(tx, kerja, surat, &disposisi, &tujuan);
    }
    if !yes && disposisi.induk.is_none() {
        // The letter lies on the leader's desk again.
        let judul = judul_for(tx, "Disposisikan", &surat, disposisi.dari)?;
        open_letter(tx, kerja, &surat, disposisi.dari, judul)?;
    }
    Ok(())
}

/// The task of whoever must give an order on a letter.
pub(crate) fn open_letter(tx: &mut Tx<'_>, kerja: &Kerja, surat: &SuratMasuk, jabatan: Id, judul: String) -> Result<()> {
    let tautan = format!("{}/{}", crate::surat_masuk::pages::LIST, surat.id);
    tasks::open(
        tx,
        &NewTask {
            untuk: format!("jabatan:{jabatan}"),
            judul,
            tautan,
            objek: objek(surat.id),
            jatuh_tempo: Some(kerja.zona.date(surat.tenggat)),
            sementara: surat.tenggat_sementara,
        },
    )?;
    Ok(())
}

/// One act of one side on one recipient's part. `surat` comes unmasked.
pub(crate) fn act(
    tx: &mut Tx<'_>,
    kerja: &Kerja,
    surat: SuratMasuk,
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
    let sifat = store::find(tx, tujuan.disposisi)?.map_or(surat.isi.sifat, |order| order.sifat);
    // Of an order that is more secret than its letter the letter's other readers learn no reason.
    let quiet = surat.isi.sifat.is_secret() || sifat > surat.isi.sifat;
    write_down(tx, &surat, &tujuan, act, if quiet { "" } else { &kata.alasan })?;
    move_tasks(tx, kerja, &surat.raised(sifat), &tujuan, act, kata)?;
    if act == Act::Withdraw {
        unshare(tx, kerja, &surat, &tujuan)?;
    }
    carry_on(tx, kerja, surat, &tujuan)
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

fn write_down(tx: &mut Tx<'_>, surat: &SuratMasuk, tujuan: &Tujuan, act: Act, alasan: &str) -> Result<()> {
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
    let entry =
        Entry::new(tindakan, TABLE, surat.id).with("disposisi", tujuan.disposisi).with("penerima", &tujuan.kepada_jabatan);
    // Of what is secret the trail carries no word of what was said about it.
    tx.audit(&if alasan.is_empty() { entry } else { entry.because(alasan) })
}

fn move_tasks(tx: &mut Tx<'_>, kerja: &Kerja, surat: &SuratMasuk, tujuan: &Tujuan, act: Act, kata: &Kata) -> Result<(), Problem> {
    let objek = objek_tujuan(tujuan.id);
    let (recipient, giver) = (format!("jabatan:{}", tujuan.kepada), format!("jabatan:{}", tujuan.dari));
    let tautan = format!("{PAGE}/{}", tujuan.id);
    let quiet = surat.isi.sifat.is_secret();
    let why =
        |words: &str| if quiet || kata.alasan.is_empty() { words.to_owned() } else { format!("{words} Alasan: {}", kata.alasan) };
    match act {
        Act::Report => {
            tasks::done_for(tx, &objek, &recipient)?;
            let judul = judul_for(tx, &format!("Periksa laporan {} atas", tujuan.kepada_jabatan), surat, tujuan.dari)?;
            hand(tx, tujuan, judul.clone(), &giver, false)?;
            let isi = "Setujui laporannya, atau kembalikan dengan alasan.".to_owned();
            kerja.tell(tx, Kabar { jabatan: tujuan.dari, judul, isi, tautan, surat, jenis: MessageKind::Tugas })?;
        }
        Act::Return => {
            tasks::done_for(tx, &objek, &giver)?;
            let judul = judul_for(tx, "Perbaiki laporan atas", surat, tujuan.kepada)?;
            hand(tx, tujuan, judul.clone(), &recipient, false)?;
            kerja.tell(
                tx,
                Kabar {
                    jabatan: tujuan.kepada,
                    judul,
                    isi: why("Laporan Anda dikembalikan."),
                    tautan,
                    surat,
                    jenis: MessageKind::Tugas,
                },
            )?;
        }
        Act::Refuse => {
            tasks::done(tx, &objek)?;
            let words = format!("Tentukan penerima lain: {} menolak disposisi atas", tujuan.kepada_jabatan);
            let judul = judul_for(tx, &words, surat, tujuan.dari)?;
            hand(tx, tujuan, judul.clone(), &giver, false)?;
            kerja.tell(
                tx,
                Kabar { jabatan: tujuan.dari, judul, isi: why("Disposisi ditolak."), tautan, surat, jenis: MessageKind::Tugas },
            )?;
        }
        Act::Approve => {
            tasks::done(tx, &objek)?;
            let judul = judul_for(tx, "Laporan disetujui atas", surat, tujuan.kepada)?;
            kerja.tell(
                tx,
                Kabar {
                    jabatan: tujuan.kepada,
                    judul,
                    isi: "Tidak ada lagi yang menunggu Anda.".into(),
                    tautan,
                    surat,
                    jenis: MessageKind::Kabar,
                },
            )?;
        }
        Act::Waive => {
            tasks::done(tx, &objek)?;
            let judul = judul_for(tx, "Anda dibebaskan dari disposisi atas", surat, tujuan.kepada)?;
            kerja.tell(
                tx,
                Kabar {
                    jabatan: tujuan.kepada,
                    judul,
                    isi: why("Laporan tidak lagi diminta."),
                    tautan,
                    surat,
                    jenis: MessageKind::Kabar,
                },
            )?;
        }
        Act::Withdraw => tasks::done(tx, &objek)?,
        Act::Read if !tujuan.status.is_open() => tasks::done(tx, &objek)?,
        Act::Read | Act::Accept | Act::Process | Act::Forward | Act::Confirm | Act::Cancel => {}
    }
    Ok(())
}

/// Taken back before it was read: whoever has no other reason to see the letter does not see it any more.
fn unshare(tx: &mut Tx<'_>, kerja: &Kerja, surat: &SuratMasuk, tujuan: &Tujuan) -> Result<()> {
    let others = store::tujuan_of_surat(tx, surat.id)?;
    let still = |one: &&Tujuan| one.id != tujuan.id && one.status != Status::Ditarik && one.status != Status::Konsep;
    let gave = others.iter().any(|one| one.dari == tujuan.kepada);
    let left: Vec<&Tujuan> = others.iter().filter(still).collect();
    let mut gone = Vec::new();
    let holds = surat.penerima == Some(tujuan.kepada) || surat.pencatat == Some(tujuan.kepada);
    if !gave && !holds && left.iter().all(|one| one.kepada != tujuan.kepada) {
        gone.push(format!("jabatan:{}", tujuan.kepada));
    }
    if tujuan.opd != surat.opd && left.iter().all(|one| one.opd != tujuan.opd) {
        gone.push(format!("opd:{}", tujuan.opd));
    }
    for aide in hak::aides_of(tx, tujuan.kepada, kerja.today, Sifat::Biasa)? {
        if !hak::has_reason(tx, surat, &others, aide, kerja.today)? {
            gone.push(format!("jabatan:{aide}"));
        }
    }
    letters::disallow(tx, surat.id, &gone)?;
    attachments::withdraw(tx, &objek(surat.id), &gone)?;
    if !surat.isi.sifat.is_secret() {
        let everybody = letters::readers_of(tx, surat.id)?;
        tx.index_later(&found_by(surat, everybody))?;
    }
    Ok(())
}

/// How far the letter is after an act on one of its orders.
fn carry_on(tx: &mut Tx<'_>, kerja: &Kerja, mut surat: SuratMasuk, tujuan: &Tujuan) -> Result<(), Problem> {
    let sifat = surat.isi.sifat;
    let working = matches!(tujuan.status, Status::Diterima | Status::Diproses | Status::Dilaporkan | Status::Dikembalikan);
    let mut next = surat.status;
    if working && let Ok(status) = alur::go(next, Langkah::Kerjakan, sifat) {
        next = status;
    }
    if !tujuan.status.is_open() && tujuan.induk.is_none() {
        let all = store::tujuan_of_surat(tx, surat.id)?;
        let first: Vec<Hasil> = all
            .iter()
            .filter(|one| one.induk.is_none())
            .map(|one| Hasil { status: one.status, peran: one.peran, wajib_laporan: one.wajib_laporan })
            .collect();
        if is_done(&first)
            && let Ok(status) = alur::go(next, Langkah::Tuntas, sifat)
        {
            next = status;
        }
    }
    if next == surat.status {
        return Ok(());
    }
    surat.status = next;
    if next == crate::surat_masuk::Status::Selesai {
        return finish(tx, kerja, surat, None);
    }
    if letters::update(tx, &surat)? { Ok(()) } else { Err(Problem::Conflict) }
}

/// Ends a letter: counted, and nobody waits for it any more.
pub(crate) fn finish(tx: &mut Tx<'_>, kerja: &Kerja, mut surat: SuratMasuk, penutup: Option<&str>) -> Result<(), Problem> {
    let now = tx.now()?;
    surat.selesai_pada = Some(now);
    surat.penutup = penutup.map(ToOwned::to_owned);
    let from = surat.disposisi_pada.unwrap_or(surat.created_at);
    hitung::store::add(tx, surat.opd, &month(kerja, &surat), Jenis::Selesai, hitung::jam(from, now), 1)?;
    if !letters::update(tx, &surat)? {
        return Err(Problem::Conflict);
    }
    tasks::done(tx, &objek(surat.id))?;
    let entry = Entry::new("eoffice.close-surat-masuk", TABLE, surat.id).with("status", surat.status.as_str());
    let secret = surat.isi.sifat.is_secret();
    tx.audit(&match penutup {
        Some(alasan) if !secret => entry.because(alasan),
        _ => entry,
    })?;
    Ok(())
}

/// Ends every order on a letter that was closed by hand: nobody is reminded of it any more.
pub(crate) fn release_all(tx: &mut Tx<'_>, surat: Id, alasan: &str) -> Result<(), Problem> {
    let now = tx.now()?;
    for mut one in store::tujuan_of_surat(tx, surat)? {
        if !one.status.is_open() && one.status != Status::Konsep {
            continue;
        }
        one.status = if one.status == Status::Konsep { Status::Ditarik } else { Status::Selesai };
        one.alasan = Some(alasan.to_owned());
        one.selesai_pada = Some(now);
        one.ingat = None;
        tasks::done(tx, &objek_tujuan(one.id))?;
        if !store::save(tx, &one)? {
            return Err(Problem::Conflict);
        }
    }
    for one in store::of_surat(tx, surat)? {
        tasks::done(tx, &objek_disposisi(one.id))?;
        if one.konfirmasi == Konfirmasi::Menunggu {
            store::confirm(tx, &one, Konfirmasi::Dibatalkan, now)?;
        }
    }
    Ok(())
}
