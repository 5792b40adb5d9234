//! The ladder of reminders, climbed by a job: who is told what when an order comes due.

use praja_desk::calendar;
use praja_identity::jabatan;
use praja_kernel::{Date, Id, tanggal_pendek};
use praja_module::{Instance, MessageKind};
use praja_store::{Keys, Result, Tx};

use super::{
    Tujuan,
    ladder::{self, Rung},
    pokok::Pokok,
    store::{self, Ingatan},
    write::PAGE,
};
use crate::kerja::{Kabar, Kerja};

/// Reminders of one write: nobody waits long for the writer.
const STEP: i64 = 50;
/// Writes of one run; the next run goes on.
const RUNS: usize = 200;

/// The job `eoffice.remind-disposisi`.
pub(crate) fn run(instance: &Instance, _: &str) -> Result<()> {
    let kerja = Kerja::of_instance(instance);
    let by = instance.by_system("eoffice.remind-disposisi");
    for _ in 0..RUNS {
        let kerja = kerja.clone();
        let told = instance.db.write(&by, Keys::none(), move |tx| some(tx, &kerja))?;
        if told == 0 {
            break;
        }
    }
    Ok(())
}

/// Tells some of those whose reminder is due, and gives how many there were.
pub(crate) fn some(tx: &mut Tx<'_>, kerja: &Kerja) -> Result<usize> {
    let due = store::to_remind(tx, kerja.today, STEP)?;
    if due.is_empty() {
        return Ok(0);
    }
    let calendar = calendar::of(tx, kerja.today)?;
    for Ingatan { tujuan, ingat } in &due {
        let Some(batas) = tujuan.batas.filter(|_| tujuan.status.presses()) else {
            store::set_ingat(tx, tujuan.id, None)?;
            continue;
        };
        if let Some(rung) = ladder::rung(batas, *ingat, kerja.today, &calendar) {
            tell(tx, kerja, tujuan, batas, rung)?;
        }
        store::set_ingat(tx, tujuan.id, ladder::next_after(batas, kerja.today, &calendar))?;
    }
    Ok(due.len())
}

fn tell(tx: &mut Tx<'_>, kerja: &Kerja, tujuan: &Tujuan, batas: Date, rung: Rung) -> Result<()> {
    let Some(order) = store::find(tx, tujuan.disposisi)? else { return Ok(()) };
    let Some(pokok) = Pokok::find_any(tx, order.pokok, tujuan.surat)? else { return Ok(()) };
    let pokok = pokok.raised(order.sifat);
    let Some((jabatan, words, isi)) = words(tx, tujuan, batas, rung)? else { return Ok(()) };
    let judul = pokok.judul_for(tx, &words, jabatan)?;
    // Whoever stands above the giver need not be among the readers of the letter.
    let tautan = if rung == Rung::VeryLate {
        format!("{}#terlambat", crate::hitung::pages::PAGE)
    } else {
        format!("{PAGE}/{}", tujuan.id)
    };
    let kelas = (pokok.sifat(), pokok.derajat());
    kerja.tell(tx, Kabar { jabatan, judul, isi, tautan, kelas, jenis: MessageKind::Pengingat })
}

/// Whom a rung reaches and what it says.
fn words(tx: &mut Tx<'_>, tujuan: &Tujuan, batas: Date, rung: Rung) -> Result<Option<(Id, String, String)>> {
    let (nama, day) = (&tujuan.kepada_jabatan, tanggal_pendek(batas));
    Ok(match rung {
        Rung::Before => Some((tujuan.kepada, "Segera jatuh tempo:".into(), format!("Batas waktu disposisi ini {day}."))),
        Rung::Due => Some((tujuan.kepada, "Jatuh tempo hari ini:".into(), format!("Batas waktu disposisi ini {day}."))),
        Rung::Late => {
            Some((tujuan.dari, format!("Terlambat, {nama}:"), format!("Laporan atas disposisi Anda ditunggu sejak {day}.")))
        }
        Rung::VeryLate => jabatan::superior(tx, tujuan.dari)?.map(|above| {
            let isi = format!("Disposisi kepada {nama} melewati batas waktu {day} lebih dari tiga hari kerja.");
            (above.id, format!("Terlambat tiga hari kerja, {nama}:"), isi)
        }),
    })
}
