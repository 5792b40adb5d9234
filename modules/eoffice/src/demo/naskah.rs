//! Naskah of the first offices, one in every state that a trainer shows, each written, initialled and signed by whoever holds the post.

use std::collections::BTreeMap;

use praja_desk::{
    attachments,
    registers::{Keeping, naskah as kinds},
    verify,
};
use praja_identity::{jabatan, opd};
use praja_kernel::{ActingAs, Actor, Derajat, Id, Sifat};
use praja_module::{Demo, Problem, Upload};
use praja_store::{By, Keys, Result, StoreError, Tx};

use super::{
    generator::Office,
    scan::{Kertas, paper},
    store,
};
use crate::{
    amplop::write::Pengirim,
    kerja::Kerja,
    naskah::{
        Isi, Naskah, jenis, store as naskah_store,
        wewenang::Wewenang,
        write::{
            Meja, change, create, hand, send,
            sign::{Penomoran, number, sign},
        },
    },
};

/// So many offices write.
const OFFICES: usize = 10;
/// Classification of what they write: undangan.
const KLASIFIKASI: &str = "000.1.5";

/// How far a naskah of the demo goes.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Sampai {
    Konsep,
    Paraf,
    Siap,
    Bernomor,
    Bertanda,
    Dikirim,
}

const PAPERS: [(&str, &str, Sampai); 8] = [
    ("surat-dinas", "Permintaan data potensi desa", Sampai::Dikirim),
    ("undangan-eksternal", "Undangan rapat koordinasi triwulan", Sampai::Bertanda),
    ("surat-dinas", "Penyampaian laporan kinerja", Sampai::Bernomor),
    ("nota-dinas", "Usulan perbaikan ruang pelayanan", Sampai::Siap),
    ("nota-dinas", "Usulan pemeliharaan kendaraan operasional", Sampai::Siap),
    ("surat-dinas", "Jawaban permohonan magang", Sampai::Siap),
    ("surat-tugas", "Pendampingan survei lapangan", Sampai::Paraf),
    ("surat-edaran", "Penghematan listrik kantor", Sampai::Konsep),
];

/// Somebody who acts for a post.
pub(super) struct Pelaku {
    pub(super) by: By,
    pub(super) meja: Meja,
}

pub(super) fn load(demo: &Demo<'_>, offices: &[Office]) -> Result<()> {
    let writing: Vec<&Office> =
        offices.iter().filter(|office| office.bobot >= 8 && !office.bawahan.is_empty()).take(OFFICES).collect();
    let total = writing.len() as u64;
    for (done, office) in writing.into_iter().enumerate() {
        let opd = office.opd;
        if !demo.instance.db.read(|tx| store::has_naskah(tx, opd))? {
            write(demo, office).map_err(|problem| match problem {
                Problem::Store(e) => e,
                other => StoreError::Corrupt(format!("a demo naskah: {other:?}")),
            })?;
        }
        (demo.progress)("Naskah", done as u64 + 1, total);
    }
    Ok(())
}

/// Every desk below a leader of the own OPD begins something; what goes further is written at the first of them.
fn write(demo: &Demo<'_>, office: &Office) -> std::result::Result<(), Problem> {
    let Some(kepala) = &office.kepala else { return Ok(()) };
    let Some(signer) = pelaku(demo, kepala.jabatan)? else { return Ok(()) };
    let own = office.bawahan.iter().filter(|one| one.calon.opd == office.opd);
    let posts = own.map(|one| one.bawahan.first().map_or(one.calon.jabatan, |below| below.jabatan));
    let mut first = true;
    for post in posts {
        let Some(writer) = pelaku(demo, post)? else { continue };
        for (kode, hal, sampai) in PAPERS.into_iter().filter(|(.., sampai)| first || *sampai <= Sampai::Paraf) {
            one(demo, office.opd, (&writer, &signer), (kode, hal), sampai)?;
        }
        first = false;
    }
    Ok(())
}

/// Who answers for a post on the first day, as a writer.
pub(super) fn pelaku(demo: &Demo<'_>, post: Id) -> Result<Option<Pelaku>> {
    let (instance, anchor) = (demo.instance, demo.anchor);
    instance.db.read(|tx| {
        let (Some(found), Some(holder)) = (jabatan::get(tx, post)?, jabatan::holder_on(tx, post, anchor)?) else {
            return Ok(None);
        };
        let office = opd::name(tx, found.opd)?.unwrap_or_default();
        let nama = praja_identity::penugasan::display_name(holder.jenis, &found.nama);
        let by = By {
            actor: Actor::Pegawai { id: holder.orang, nama: holder.nama },
            jabatan: Some(nama.clone()),
            // One chain for all that a demo brings, as for its letters.
            opd: None,
            at: instance.now(),
            ids: instance.ids.clone(),
        };
        let acting = ActingAs { penugasan: post, jabatan: post, nama, opd: found.opd, opd_nama: office };
        Ok(Some(Pelaku { by, meja: Meja { kerja: Kerja::of_instance(instance), keys: instance.keys().clone(), acting } }))
    })
}

fn one(
    demo: &Demo<'_>,
    opd: Id,
    (writer, signer): (&Pelaku, &Pelaku),
    (kode, hal): (&'static str, &'static str),
    sampai: Sampai,
) -> std::result::Result<(), Problem> {
    let (instance, anchor) = (demo.instance, demo.anchor);
    let isi = isi(kode, hal, signer.meja.acting.jabatan);
    let meja = writer.meja.clone();
    let id = instance.db.write(&writer.by, Keys::none(), move |tx| create(tx, &meja, kode, isi.clone(), None))?;
    if sampai == Sampai::Konsep {
        // Its second version shows what versions are for.
        let meja = writer.meja.clone();
        instance.db.write(&writer.by, Keys::none(), move |tx| {
            let naskah = found(tx, &meja, id)?;
            let mut isi = naskah.isi.clone();
            isi.bidang.values_mut().for_each(|text| text.push_str(" Pelaksanaannya dilaporkan setiap bulan."));
            change(tx, &meja, naskah, isi)
        })?;
    }
    let chain = if sampai >= Sampai::Paraf { submitted(demo, writer, id)? } else { Vec::new() };
    if sampai >= Sampai::Siap {
        for post in chain {
            let Some(who) = pelaku(demo, post)? else { return Ok(()) };
            let meja = who.meja.clone();
            instance.db.write(&who.by, Keys::none(), move |tx| {
                let naskah = found(tx, &meja, id)?;
                hand::initial(tx, &meja, naskah, 1, "")
            })?;
        }
    }
    let kind = instance.db.read(|tx| kinds::get(tx, kode))?.ok_or(Problem::NotFound)?;
    if sampai >= Sampai::Bernomor {
        let (meja, kind, issuer) = (signer.meja.clone(), kind.clone(), verify::Issuer::of(instance));
        let keys = Keeping::of(&kind, opd, anchor).keys();
        instance.db.write(&signer.by, keys, move |tx| {
            let naskah = found(tx, &meja, id)?;
            number(
                tx,
                &meja,
                naskah,
                &Penomoran { jenis: &kind, tanggal: anchor, issuer: &issuer, mandat: true, cara: verify::TandaTangan::Basah },
            )
        })?;
    }
    if sampai >= Sampai::Bertanda {
        let office = writer.meja.acting.opd_nama.clone();
        let bytes = paper(&Kertas {
            asal: &office,
            tanggal: anchor,
            nomor: "seperti pada naskah",
            sifat: Sifat::Biasa.label(),
            hal,
            kepada: "Daftar penerima pada naskah",
            isi: hal,
        });
        let blob = instance.blobs.put(&mut bytes.as_slice(), attachments::MAX_BYTES);
        let blob = blob.map_err(|e| Problem::Fault(format!("a demo naskah: {e:?}")))?;
        let file = Upload { field: String::new(), name: "naskah.pdf".into(), head: bytes, blob };
        let keys = Keeping::of(&kind, opd, anchor).keys();
        let (meja, jenis) = (writer.meja.clone(), kind.clone());
        instance.db.write(&writer.by, keys, move |tx| {
            let naskah = found(tx, &meja, id)?;
            sign(tx, &meja, naskah, &jenis, &file, verify::TandaTangan::Basah)
        })?;
        if sampai >= Sampai::Dikirim {
            let (meja, pengirim) = (writer.meja.clone(), Pengirim::of(instance));
            instance.db.write(&writer.by, Keys::none(), move |tx| {
                let naskah = found(tx, &meja, id)?;
                let with = send::Kirim { jenis: &kind.nama, office: &office, pengirim: &pengirim, cara: &BTreeMap::new() };
                send::send(tx, &meja, naskah, &with)
            })?;
        }
    }
    Ok(())
}

fn submitted(demo: &Demo<'_>, writer: &Pelaku, id: Id) -> std::result::Result<Vec<Id>, Problem> {
    let (meja, anchor) = (writer.meja.clone(), demo.anchor);
    demo.instance.db.write(&writer.by, Keys::none(), move |tx| {
        let naskah = found(tx, &meja, id)?;
        let mut line = Vec::new();
        for post in hand::proposed(tx, &meja, &naskah)? {
            // A vacant post would hold the naskah for ever.
            if jabatan::holder_on(tx, post.id, anchor)?.is_some() {
                line.push(post.id);
            }
        }
        hand::submit(tx, &meja, naskah, &line, &[])?;
        Ok(line)
    })
}

fn found(tx: &mut Tx<'_>, meja: &Meja, id: Id) -> std::result::Result<Naskah, Problem> {
    naskah_store::find_any(tx, &meja.keys, id)?.ok_or(Problem::NotFound)
}

fn isi(kode: &str, hal: &str, penandatangan: Id) -> Isi {
    let text = |bidang: &jenis::Bidang| match bidang.jenis {
        jenis::Isian::Orang => "Petugas Contoh | - | - | Staf".to_owned(),
        jenis::Isian::Butir => "Program kerja tahun berjalan\nArahan pimpinan".to_owned(),
        jenis::Isian::Naskah => format!(
            "Dengan hormat, bersama ini kami sampaikan hal {}.\n\n1. Pelaksanaannya mengikuti jadwal yang ditetapkan.\n2. Perkembangannya dilaporkan setiap bulan.",
            hal.to_lowercase()
        ),
        jenis::Isian::Uang => "1.250.000".to_owned(),
        jenis::Isian::Teks | jenis::Isian::Tabel | jenis::Isian::Tanggal => "Menyusul".to_owned(),
    };
    let fields = jenis::of(kode).map(|kind| kind.bidang.as_slice()).unwrap_or_default();
    let bidang: BTreeMap<String, String> =
        fields.iter().filter(|one| one.wajib).map(|one| (one.nama.clone(), text(one))).collect();
    Isi {
        hal: hal.to_owned(),
        ringkasan: None,
        klasifikasi: Some(KLASIFIKASI.to_owned()),
        sifat: Sifat::Biasa,
        derajat: Derajat::Biasa,
        lampiran: "-".to_owned(),
        penandatangan,
        wewenang: Wewenang::Langsung,
        delegasi: None,
        bidang,
        kepada: vec!["Inspektorat Daerah".to_owned(), "Badan Pusat Statistik Kabupaten".to_owned()],
        tembusan: vec!["Sekretaris Daerah".to_owned()],
        rujukan: None,
    }
}

#[test]
fn the_demo_classifies_by_a_code_that_exists() {
    assert!(praja_desk::klasifikasi::Klasifikasi::shipped().is_usable(KLASIFIKASI));
}
