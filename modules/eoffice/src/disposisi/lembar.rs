//! The sheet of orders: everything it says, gathered once for the screen and for the PDF.

use praja_identity::{jabatan, opd, orang, penugasan::Jenis as Cara};
use praja_kernel::{Date, Id, tanggal_panjang, tanggal_pendek};
use praja_module::{Ctx, Problem};
use praja_store::Tx;
use serde_json::{Map, Value, json};

use super::{Disposisi, Peran, Status, Tujuan, instruksi, pages::show::opens, pokok::Pokok, store};
use crate::naskah::{
    cetakan::{Kop, wewenang},
    wewenang::{Wewenang, is_elected},
};

/// What stands where the reader may not read the note.
const HIDDEN: &str = "Hanya bagi yang berhak membacanya.";

/// Everything the sheet says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lembar {
    /// The office whose letter or naskah it is.
    pub(crate) kantor: String,
    pub(crate) dari: String,
    pub(crate) nomor: String,
    pub(crate) tanggal: String,
    pub(crate) diterima: String,
    /// The number in the agenda book; of a naskah what kind it is.
    pub(crate) agenda: (&'static str, String),
    pub(crate) sifat: &'static str,
    pub(crate) derajat: &'static str,
    pub(crate) batas: String,
    pub(crate) hal: String,
    /// In the order in which they were given; none on a sheet that is filled in by hand.
    pub(crate) perintah: Vec<Perintah>,
}

/// One order on the sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Perintah {
    pub(crate) dari_jabatan: String,
    pub(crate) dari_nama: String,
    /// Rank and NIP of whoever holds the post, for the place of the signature.
    pub(crate) pangkat: Option<String>,
    pub(crate) nip: Option<String>,
    /// Who wrote it down by direction, and whether it was confirmed.
    pub(crate) dicatat: Option<String>,
    pub(crate) penerima: Vec<Penerima>,
    pub(crate) instruksi: Vec<String>,
    /// Codes of the instructions, for the boxes that are ticked.
    kode: Vec<String>,
    pub(crate) catatan: Option<String>,
    pub(crate) batas: String,
    pub(crate) tanggal: Date,
}

/// A recipient on the sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Penerima {
    pub(crate) nama: String,
    pub(crate) peran: Peran,
    pub(crate) status: Status,
}

/// Gathers it for whoever asks. What an aide wrote down and nobody confirmed stands on the leader's sheet and the aide's alone.
pub(crate) fn gather(ctx: &Ctx, tx: &mut Tx<'_>, pokok: &Pokok) -> Result<Lembar, Problem> {
    let scope = ctx.scope()?;
    let (zona, today) = (ctx.instance().zona, ctx.today());
    let words = opens(tx, scope, pokok)?;
    let recipients = store::tujuan_of_surat(tx, pokok.id())?;
    let mine = scope.acting.as_ref().map(|acting| acting.jabatan);
    let mut perintah = Vec::new();
    for one in store::of_surat(tx, pokok.id())? {
        let to: Vec<&Tujuan> = recipients.iter().filter(|tujuan| tujuan.disposisi == one.id).collect();
        let draft = to.iter().all(|tujuan| tujuan.status == Status::Konsep);
        let wrote = one.dicatat.as_ref().is_some_and(|(nama, _)| nama == scope.actor.nama());
        if draft && Some(one.dari) != mine && !wrote {
            continue;
        }
        let party = Some(one.dari) == mine || to.iter().any(|tujuan| Some(tujuan.kepada) == mine);
        let reads = if one.is_raised(pokok.sifat()) { party } else { words };
        let (nip, pangkat) = rank(tx, &one, zona.date(one.created_at))?;
        perintah.push(Perintah {
            dari_jabatan: one.dari_jabatan.clone(),
            dari_nama: one.dari_nama.clone(),
            pangkat,
            nip,
            dicatat: one.dicatat.as_ref().map(|(nama, jabatan)| {
                format!("{nama} ({jabatan}) atas arahan {}. {}.", one.dari_jabatan, one.konfirmasi.label())
            }),
            penerima: to
                .iter()
                .map(|tujuan| Penerima { nama: tujuan.kepada_jabatan.clone(), peran: tujuan.peran, status: tujuan.status })
                .collect(),
            instruksi: instruksi::texts(&one.instruksi).into_iter().map(ToOwned::to_owned).collect(),
            kode: one.instruksi.clone(),
            catatan: (!one.catatan.is_empty()).then(|| if reads { one.catatan.clone() } else { HIDDEN.to_owned() }),
            batas: one.batas.map_or_else(|| "Tanpa batas waktu".to_owned(), tanggal_pendek),
            tanggal: zona.date(one.created_at),
        });
    }
    let calendar = praja_desk::calendar::of(tx, today)?;
    let (nomor, tanggal) = pokok.nomor();
    let (diterima, agenda) = match pokok {
        Pokok::Surat(surat) => {
            let nomor = crate::surat_masuk::nomor_agenda(surat.agenda, surat.tahun);
            (Some(surat.isi.tanggal_terima), ("Nomor agenda", nomor))
        }
        Pokok::Naskah(dinas) => (dinas.naskah.dikirim_pada.map(|at| zona.date(at)), ("Jenis", dinas.jenis.clone())),
    };
    let day = |date: Option<Date>| date.map_or_else(|| "-".to_owned(), tanggal_panjang);
    Ok(Lembar {
        kantor: opd::name(tx, pokok.opd())?.unwrap_or_default(),
        dari: pokok.asal().to_owned(),
        nomor: if nomor == "tanpa nomor" { "Tanpa nomor".to_owned() } else { nomor },
        tanggal: day(tanggal),
        diterima: day(diterima),
        agenda,
        sifat: pokok.sifat().label(),
        derajat: pokok.derajat().label(),
        batas: tanggal_panjang(pokok.batas(zona, &calendar, today)),
        hal: pokok.hal().to_owned(),
        perintah,
    })
}

/// NIP and rank of whoever gave an order, when the post is still held by the same person on that day; elected leaders have neither.
fn rank(tx: &mut Tx<'_>, one: &Disposisi, day: Date) -> Result<(Option<String>, Option<String>), Problem> {
    let Some(post) = jabatan::get(tx, one.dari)? else { return Ok((None, None)) };
    match jabatan::holder_on(tx, post.id, day)? {
        Some(holder) if holder.nama == one.dari_nama && !is_elected(post.jenis, holder.jenis) => {
            let (nip, rank) = orang::nip_and_rank(tx, holder.orang)?;
            Ok((nip, rank.map(|code| orang::golongan::display(&code))))
        }
        _ => Ok((None, None)),
    }
}

/// What the template `disposisi` is given.
pub(crate) fn data(lembar: &Lembar, kop: &Kop, tempat: &str, latihan: bool, today: Date) -> Value {
    let blank = Perintah {
        dari_jabatan: "Pimpinan".to_owned(),
        dari_nama: String::new(),
        pangkat: None,
        nip: None,
        dicatat: None,
        penerima: Vec::new(),
        instruksi: Vec::new(),
        kode: Vec::new(),
        catatan: None,
        batas: String::new(),
        tanggal: today,
    };
    let (first, rest) = match lembar.perintah.split_first() {
        Some((first, rest)) => (first, rest),
        None => (&blank, &[][..]),
    };
    let mut all = order(first, lembar.perintah.is_empty());
    let (agenda, nomor) = &lembar.agenda;
    for (key, value) in [
        ("judul", json!("Lembar Disposisi")),
        ("penulis", json!(kop.induk)),
        ("kertas", json!("a4")),
        ("huruf", json!("sans")),
        ("tte", json!("basah")),
        ("latihan", json!(latihan)),
        ("kop", json!({"jenis": kop.jenis, "induk": kop.induk, "nama": kop.nama, "alamat": kop.alamat, "kontak": kop.kontak})),
        ("tempat", json!(tempat)),
        ("nomor", json!("-")),
        ("hal", json!(lembar.hal)),
        ("sifat", json!(lembar.sifat)),
        ("derajat", json!(lembar.derajat)),
        (
            "surat",
            json!({
                "dari": lembar.dari,
                "nomor": lembar.nomor,
                "tanggal": lembar.tanggal,
                "diterima": lembar.diterima,
                "sebutan": agenda,
                "agenda": nomor,
            }),
        ),
        ("lanjutan", Value::Array(rest.iter().map(|one| Value::Object(order(one, false))).collect())),
    ] {
        all.insert(key.to_owned(), value);
    }
    Value::Object(all)
}

fn order(one: &Perintah, blank: bool) -> Map<String, Value> {
    let mut ttd =
        json!({"wewenang": wewenang(Wewenang::Langsung, Cara::Definitif), "jabatan": one.dari_jabatan, "nama": one.dari_nama});
    for (key, value) in [("pangkat", &one.pangkat), ("nip", &one.nip)] {
        if let Some(value) = value {
            ttd[key] = json!(value);
        }
    }
    let to = one.penerima.iter().map(|to| json!({"nama": to.nama, "utama": to.peran == Peran::PenanggungJawab}));
    // On a sheet that is filled in all that was not chosen is left out, unless it is the usual list to be ticked by hand.
    let boxes = instruksi::all().iter().filter(|each| blank || one.kode.contains(&each.kode));
    let known = boxes.map(|each| json!({"kata": each.teks, "pilih": !blank}));
    let gone = one.kode.iter().filter(|kode| instruksi::of(kode).is_none()).map(|kode| json!({"kata": kode, "pilih": true}));
    let mut isi: Vec<&str> = one.catatan.iter().flat_map(|text| text.lines()).filter(|line| !line.trim().is_empty()).collect();
    isi.extend(one.dicatat.as_deref());
    let Value::Object(all) = json!({
        "ttd": ttd,
        "tanggal": one.tanggal.to_string(),
        "tujuan": to.collect::<Vec<_>>(),
        "instruksi": known.chain(gone).collect::<Vec<_>>(),
        "batas": one.batas,
        "isi": isi,
    }) else {
        return Map::new();
    };
    all
}

/// The letter or naskah that an address of the sheet names.
pub(crate) fn pokok(ctx: &Ctx, tx: &mut Tx<'_>, jenis: super::pokok::Jenis) -> Result<Pokok, Problem> {
    let id: Id = ctx.param("id")?;
    Pokok::find(tx, ctx.scope()?, jenis, id)?.ok_or(Problem::NotFound)
}
