use praja_kernel::Moment;

use super::*;
use crate::testing::id;

const PDF: &[u8] = b"%PDF-1.7 surat";

fn node() -> (Node, Simpul) {
    let (keys, _) = praja_store::Keyring::create().unwrap();
    let node = Node::of_keys(&keys);
    let simpul = Simpul {
        id: id(1),
        nama: "Kabupaten Uji".into(),
        alamat: None,
        kunci: node.public(),
        kunci_id: node.id().to_owned(),
        sertifikat: None,
        tujuan: Vec::new(),
        aktif: true,
        versi: 1,
    };
    (node, simpul)
}

fn isi(from: &Node) -> Isi {
    Isi {
        id: id(9),
        dibuat: Moment(1),
        latihan: false,
        dari: Dari {
            daerah: "Kabupaten Uji".into(),
            kode: "99.02".into(),
            opd: "Dinas Kesehatan".into(),
            kunci: from.id().into(),
        },
        kepada: Kepada { kunci: "kita".into(), nama: "Bupati Contoh".into(), peran: "tujuan".into() },
        naskah: Surat {
            jenis: "Surat Dinas".into(),
            nomor: "000.1/1/UJI".into(),
            tanggal: praja_kernel::Date::constant(2026, 11, 22),
            hal: "Undangan".into(),
            ringkasan: None,
            klasifikasi: None,
            sifat: "biasa".into(),
            derajat: "biasa".into(),
            lampiran: "-".into(),
            jabatan: "Kepala Dinas".into(),
            penandatangan: "Ana".into(),
            verifikasi: None,
        },
        berkas: Berkas { nama: "surat.pdf".into(), ukuran: PDF.len() as u64, sidik: sidik(PDF) },
    }
}

fn envelope(from: &Node, change: impl FnOnce(&mut Isi)) -> Vec<u8> {
    let mut isi = isi(from);
    change(&mut isi);
    let (text, tanda) = sign(from, &isi).unwrap();
    seal(&text, from.id(), &tanda, PDF).unwrap()
}

const KITA: Kita<'static> = Kita { kunci: "kita", latihan: false };

#[test]
fn an_envelope_is_opened_as_it_was_sealed() {
    let (from, simpul) = node();
    let bytes = envelope(&from, |_| {});
    assert_eq!(signer_of(&bytes).as_deref(), Ok(from.id()));
    let open = open(&bytes, &simpul, KITA).unwrap();
    assert_eq!((open.isi, open.pdf.as_slice(), open.sifat), (isi(&from), PDF, Sifat::Biasa));
    assert!(!is_receipt(&bytes));
}

#[test]
fn whatever_is_not_exactly_as_it_must_be_is_refused() {
    let (from, simpul) = node();
    let (other, _) = node();
    let mut foreign = simpul.clone();
    foreign.kunci = other.public();
    let right = envelope(&from, |_| {});
    let replaced = |name: &str, value: &str| {
        let mut json: serde_json::Value = serde_json::from_slice(&right).unwrap();
        json[name] = serde_json::Value::String(value.to_owned());
        serde_json::to_vec(&json).unwrap()
    };
    let words = |change: &dyn Fn(&mut Isi)| {
        let mut changed = isi(&from);
        change(&mut changed);
        BASE64_STANDARD.encode(serde_json::to_string(&changed).unwrap())
    };
    for (bytes, simpul, refusal) in [
        (b"%PDF".to_vec(), &simpul, Refusal::Unreadable),
        (right[..right.len() / 2].to_vec(), &simpul, Refusal::Unreadable),
        (right.clone(), &foreign, Refusal::BadSignature),
        (replaced("isi", &words(&|isi| isi.naskah.hal = "Uang".into())), &simpul, Refusal::BadSignature),
        (replaced("tanda", "AAAA"), &simpul, Refusal::BadSignature),
        (replaced("berkas", &BASE64_STANDARD.encode(b"%PDF-1.7 lain.")), &simpul, Refusal::OtherFile),
        (envelope(&from, |isi| isi.berkas.ukuran += 1), &simpul, Refusal::OtherFile),
        (envelope(&from, |isi| isi.kepada.kunci = "lain".into()), &simpul, Refusal::NotForUs),
        (envelope(&from, |isi| isi.latihan = true), &simpul, Refusal::Training { latihan: true }),
        (envelope(&from, |isi| isi.naskah.sifat = "rahasia".into()), &simpul, Refusal::Secret),
        (envelope(&from, |isi| isi.naskah.hal = " ".into()), &simpul, Refusal::Unreadable),
        (envelope(&from, |isi| isi.dari.kunci = "lain".into()), &simpul, Refusal::BadSignature),
    ] {
        assert_eq!(open(&bytes, simpul, KITA).unwrap_err(), refusal);
    }
}

#[test]
fn a_receipt_holds_for_its_own_envelope_and_signer() {
    let (from, simpul) = node();
    let terima = Terima {
        amplop: id(9),
        sidik: "ab".into(),
        diterima: Moment(5),
        daerah: "Kabupaten Uji".into(),
        opd: "Dinas Kesehatan".into(),
        kunci: from.id().into(),
    };
    let text = receipt(&from, &terima).unwrap();
    assert!(is_receipt(text.as_bytes()));
    assert_eq!(open_receipt(text.as_bytes(), &simpul).unwrap(), terima);
    let (other, _) = node();
    assert_eq!(open_receipt(receipt(&other, &terima).unwrap().as_bytes(), &simpul), Err(Refusal::BadSignature));
    assert_eq!(open(text.as_bytes(), &simpul, KITA).unwrap_err(), Refusal::Unreadable);
}

#[test]
fn what_is_refused_for_what_it_is_is_not_tried_again() {
    assert_eq!(next(Some(422), 0), Next::GiveUp);
    assert_eq!(next(Some(403), 0), Next::Again(60_000), "who is not known yet may be tomorrow");
    assert_eq!(next(None, 2), Next::Again(5 * 60_000));
    assert_eq!(next(Some(503), 10), Next::Again(1440 * 60_000));
    assert_eq!(next(None, 11), Next::GiveUp);
}
