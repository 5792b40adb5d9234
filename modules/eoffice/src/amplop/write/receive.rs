//! A letter of another box: checked whole before anything of it is kept, kept once, answered with a receipt.

use praja_desk::{
    attachments::{self, Rule},
    tasks, verify,
};
use praja_identity::{
    jabatan,
    opd::{self, Jenis as JenisOpd},
};
use praja_kernel::{Id, Sifat};
use praja_module::{Instance, Jenis, Message, MessageKind, Problem, Upload};
use praja_store::{Key, Keys, StoreError, Tx, audit::Entry};

use crate::{
    amplop::{
        Kita, Masuk, Refusal, Terbuka, Terima, open,
        pages::{IN, objek},
        receipt, sidik, signer_of,
        store::{self, Diterima},
    },
    kerja::Kerja,
    naskah::{
        tujuan::{Peran, meant},
        write::send::addresses,
    },
    simpul::{self, Simpul},
    surat_masuk::pages::LIST as LETTERS,
};

/// What audit and tasks call it.
const TABLE: &str = "eoffice_amplop_masuk";

/// Takes an envelope: verified before anything of it is kept, and kept once however often it comes. Gives the row with its receipt. Blocks.
///
/// # Errors
/// [`Refusal`].
pub(crate) fn receive(instance: &Instance, bytes: &[u8]) -> Result<Diterima, Problem> {
    let kunci = signer_of(bytes).map_err(Problem::refused)?;
    let found = instance.db.read(|tx| simpul::store::by_key(tx, &kunci))?.filter(|simpul| simpul.aktif);
    let simpul = found.ok_or_else(|| Problem::refused(Refusal::Unknown(kunci.chars().take(16).collect())))?;
    let node = verify::Node::of(instance);
    let kita = Kita { kunci: node.id(), latihan: instance.jenis == Jenis::Contoh };
    let terbuka = open(bytes, &simpul, kita).map_err(Problem::refused)?;
    if let Some(before) = instance.db.read(|tx| store::of_node(tx, simpul.id, terbuka.isi.id))? {
        return same(before, &terbuka);
    }
    let name: String = terbuka.isi.berkas.nama.rsplit(['/', '\\']).next().unwrap_or_default().chars().take(120).collect();
    let file = match attachments::made(instance, super::super::refusal::FILE, &name, &terbuka.pdf, &Rule::DOCUMENTS) {
        Ok(file) => file,
        Err(Problem::Refused(refusal)) => return Err(Problem::refused(Refusal::File(refusal.message()))),
        Err(other) => return Err(other),
    };
    let daerah = instance.wilayah.nama.clone();
    let kerja = Kerja::of_instance(instance);
    let keys = Keys::none().and(Key::new(TABLE, simpul.id));
    instance.db.write(&instance.by_system("eoffice.receive-amplop"), keys, move |tx| {
        if let Some(before) = store::of_node(tx, simpul.id, terbuka.isi.id)? {
            return same(before, &terbuka);
        }
        keep(tx, &kerja, &node, &daerah, &simpul, &terbuka, &file)
    })
}

/// What came before, when it is the same letter.
fn same(before: Diterima, terbuka: &Terbuka) -> Result<Diterima, Problem> {
    if before.isi == terbuka.teks { Ok(before) } else { Err(Problem::refused(Refusal::Different)) }
}

fn keep(
    tx: &mut Tx<'_>,
    kerja: &Kerja,
    node: &verify::Node,
    daerah: &str,
    simpul: &Simpul,
    terbuka: &Terbuka,
    file: &Upload,
) -> Result<Diterima, Problem> {
    let isi = &terbuka.isi;
    let office = addressed(tx, &isi.kepada.nama, daerah)?;
    let nama = opd::name(tx, office)?.unwrap_or_default();
    let (id, now) = (tx.new_id()?, tx.now()?);
    let terima = Terima {
        amplop: isi.id,
        sidik: sidik(terbuka.teks.as_bytes()),
        diterima: now,
        daerah: daerah.to_owned(),
        opd: nama.clone(),
        kunci: node.id().to_owned(),
    };
    let row = Diterima {
        id,
        amplop: isi.id,
        simpul: simpul.id,
        opd: office,
        asal: sender(&isi.dari.opd, &isi.dari.daerah),
        nomor: isi.naskah.nomor.clone(),
        hal: isi.naskah.hal.clone(),
        isi: terbuka.teks.clone(),
        tanda: terbuka.tanda.clone(),
        keadaan: Masuk::Menunggu,
        diterima_pada: now,
        tanda_terima: receipt(node, &terima).map_err(Problem::refused)?,
        surat_masuk: None,
    };
    store::insert_in(tx, &row)?;
    // A restricted letter is read by the head; the registry copies it when it enters it.
    let head = jabatan::head_of(tx, office)?.map(|head| format!("jabatan:{}", head.id));
    let reader = if terbuka.sifat == Sifat::Biasa { Some(format!("opd:{office}")) } else { head };
    attachments::attach(tx, &objek(id), &reader.into_iter().collect::<Vec<_>>(), file)?;
    let shown = terbuka.sifat.shows_hal_outside();
    let words = |begin: &str| {
        let whole = format!("{begin}{} dari {}", isi.naskah.jenis.to_lowercase(), row.asal);
        if shown { format!("{whole}: {}", row.hal) } else { format!("{whole} ({})", terbuka.sifat.label().to_lowercase()) }
    };
    let (judul, tautan) = if Peran::parse(&isi.kepada.peran) == Ok(Peran::Tembusan) {
        (words("Tembusan "), format!("{IN}/{id}"))
    } else {
        let (judul, tautan) = (words("Catat dalam buku agenda, "), format!("{LETTERS}/baru?amplop={id}"));
        let task = tasks::NewTask {
            untuk: format!("opd:{office}"),
            judul: judul.clone(),
            tautan: tautan.clone(),
            objek: objek(id),
            jatuh_tempo: None,
            sementara: false,
        };
        tasks::open(tx, &task)?;
        (judul, tautan)
    };
    let message = Message::new(MessageKind::Kabar, format!("opd:{office}"), judul, tautan).about(terbuka.sifat, terbuka.derajat);
    kerja.message(tx, &message)?;
    let act = Entry::new("eoffice.receive-amplop", TABLE, id).with("asal", &row.asal).with("nomor", &row.nomor);
    tx.audit(&act.with("opd", nama).with("simpul", &simpul.nama).with("amplop", isi.id))?;
    Ok(row)
}

/// "Dinas Kesehatan Kabupaten Belitung".
fn sender(office: &str, region: &str) -> String {
    let whole = if office.contains(region) { office.to_owned() } else { format!("{office} {region}") };
    whole.chars().take(160).collect()
}

/// The office that enters a letter: the one that is addressed, also with the name of the regency behind it; for the head of the regency, and
/// where nobody is meant, the one that the regency chose.
fn addressed(tx: &mut Tx<'_>, line: &str, daerah: &str) -> Result<Id, Problem> {
    let nobody = praja_desk::registers::Register::daerah();
    let all = addresses(tx, nobody)?;
    let region = daerah.split_once(' ').map_or(daerah, |(_, name)| name);
    let tries = [Some(line), cut(line, daerah), cut(line, region)];
    let found = tries.into_iter().flatten().find_map(|line| meant(line, &all)).map(|one| one.opd);
    let offices = opd::list_active(tx)?;
    let kind = |id: Id| offices.iter().find(|office| office.id == id).map(|office| office.jenis);
    if let Some(office) = found.filter(|id| !matches!(kind(*id), Some(JenisOpd::KepalaDaerah | JenisOpd::Sekretariat))) {
        return Ok(office);
    }
    let chosen = simpul::store::office(tx)?.filter(|id| kind(*id).is_some());
    let usual = || {
        let umum = offices.iter().find(|office| office.jenis == JenisOpd::Bagian && office.nama.contains("Umum"));
        umum.or_else(|| offices.iter().find(|office| office.jenis == JenisOpd::Sekretariat)).or_else(|| offices.first())
    };
    chosen
        .or_else(|| usual().map(|office| office.id))
        .ok_or_else(|| Problem::Store(StoreError::Corrupt("no office is active".into())))
}

/// A line without the name of the regency at its end.
fn cut<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let line = line.trim().trim_end_matches([',', '.', ';']);
    let at = line.len().checked_sub(name.len())?;
    let (begin, end) = (line.get(..at)?, line.get(at..)?);
    (end.eq_ignore_ascii_case(name) && begin.ends_with(' ')).then(|| begin.trim_end())
}

/// The registry has entered it in its agenda.
pub(crate) fn entered(tx: &mut Tx<'_>, id: Id, surat_masuk: Id, agenda: &str) -> Result<(), Problem> {
    if !store::set_entered(tx, id, surat_masuk)? {
        return Err(Problem::Conflict);
    }
    tasks::done(tx, &objek(id))?;
    Ok(tx.audit(&Entry::new("eoffice.record-amplop", TABLE, id).with("agenda", agenda))?)
}
