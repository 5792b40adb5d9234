//! What the demo exchanges: distribution lists, a regency that does not exist with two letters of its own, and a day's list of SRIKANDI.

use praja_desk::verify::Node;
use praja_identity::opd;
use praja_kernel::{Id, Moment};
use praja_module::{Demo, Problem};
use praja_store::{Keys, Result, StoreError};

use super::{
    generator::Office,
    scan::{Kertas, paper},
};
use crate::{
    amplop::{self, Berkas, Dari, Isi, Kepada, Surat, write::receive},
    daftar::{self, Baru},
    simpul,
    srikandi::{self, Ada},
};

/// The regency that does not exist: its name, and the seed of its key.
const NAMA: &str = "Kabupaten Contoh Seberang";
const SEED: [u8; 32] = *b"kunci rekaan untuk latihan saja.";
/// So many offices have lists of their own, and letters from there.
const OFFICES: usize = 10;

pub(super) fn load(demo: &Demo<'_>, offices: &[Office]) -> Result<()> {
    let instance = demo.instance;
    if !instance.db.read(simpul::store::all)?.is_empty() {
        return Ok(());
    }
    let by = instance.by_system("eoffice.load-demo");
    let some: Vec<Id> = offices.iter().filter(|office| office.bobot >= 8).take(OFFICES).map(|office| office.opd).collect();
    let node = Node::of_seed(&SEED);
    let (public, id, anchor, own) = (node.public(), node.id().to_owned(), demo.anchor, some.clone());
    instance.db.write(&by, Keys::none(), move |tx| {
        for (word, _, nama, kinds) in daftar::pages::KINDS {
            let anggota = daftar::pages::heads(tx, kinds).map_err(broken)?;
            if word != "desa" && !anggota.is_empty() {
                daftar::store::insert(tx, None, &Baru { nama: nama.to_owned(), anggota })?;
            }
        }
        for office in &own {
            let anggota = ["Camat wilayah kerja", "Tim Penggerak PKK", "Forum Komunikasi Masyarakat"].map(ToOwned::to_owned);
            daftar::store::insert(tx, Some(*office), &Baru { nama: "Mitra kerja".to_owned(), anggota: anggota.to_vec() })?;
            let rows: Vec<Ada> = (1..=3)
                .map(|at| Ada {
                    nomor: format!("000.1.2/{}/SRI", 70 + at),
                    tanggal: anchor,
                    hal: "Undangan rapat koordinasi".to_owned(),
                })
                .collect();
            srikandi::store::remember(tx, *office, &rows)?;
        }
        let baru = simpul::Baru {
            nama: NAMA.to_owned(),
            alamat: None,
            kunci: public.clone(),
            kunci_id: id.clone(),
            sertifikat: None,
            tujuan: vec!["Bupati Contoh Seberang".to_owned()],
        };
        simpul::store::insert(tx, &baru)?;
        Ok::<_, StoreError>(())
    })?;
    for (at, office) in some.into_iter().enumerate() {
        let nama = instance.db.read(|tx| opd::name(tx, office))?.unwrap_or_default();
        let bytes =
            envelope(demo, &node, &nama, u8::try_from(at).unwrap_or(0)).map_err(|e| StoreError::Corrupt(e.to_string()))?;
        receive(instance, &bytes).map_err(broken)?;
    }
    Ok(())
}

fn broken(problem: Problem) -> StoreError {
    match problem {
        Problem::Store(e) => e,
        other => StoreError::Corrupt(format!("a demo letter: {other:?}")),
    }
}

/// A letter from there to an office here.
fn envelope(demo: &Demo<'_>, node: &Node, to: &str, at: u8) -> std::result::Result<Vec<u8>, amplop::Refusal> {
    let instance = demo.instance;
    let (hal, nomor) = ("Permohonan studi tiru pelayanan publik", format!("000.9.3/{}/SETDA", 140 + u32::from(at)));
    let pdf = paper(&Kertas {
        asal: &format!("Sekretariat Daerah {NAMA}"),
        tanggal: demo.anchor,
        nomor: &nomor,
        sifat: "Biasa",
        hal,
        kepada: to,
        isi: hal,
    });
    let isi = Isi {
        id: Id::v7(instance.zona.at(demo.anchor.at(8, 0, 0, 0)).ms(), [at; 10]),
        dibuat: Moment(instance.zona.at(demo.anchor.at(8, 0, 0, 0)).ms()),
        latihan: true,
        dari: Dari {
            daerah: NAMA.to_owned(),
            kode: "99.99".to_owned(),
            opd: "Sekretariat Daerah".to_owned(),
            kunci: node.id().to_owned(),
        },
        kepada: Kepada { kunci: Node::of(instance).id().to_owned(), nama: to.to_owned(), peran: "tujuan".to_owned() },
        naskah: Surat {
            jenis: "Surat Dinas".to_owned(),
            nomor,
            tanggal: demo.anchor,
            hal: hal.to_owned(),
            ringkasan: None,
            klasifikasi: None,
            sifat: "biasa".to_owned(),
            derajat: "biasa".to_owned(),
            lampiran: "-".to_owned(),
            jabatan: "Sekretaris Daerah".to_owned(),
            penandatangan: "Pejabat rekaan".to_owned(),
            verifikasi: None,
        },
        berkas: Berkas { nama: "surat.pdf".to_owned(), ukuran: pdf.len() as u64, sidik: amplop::sidik(&pdf) },
    };
    let (text, tanda) = amplop::sign(node, &isi)?;
    amplop::seal(&text, node.id(), &tanda, &pdf)
}
