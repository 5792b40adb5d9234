//! What the form of a naskah asks, field by field.

use praja_desk::registers::naskah::JenisNaskah;
use praja_kernel::{Derajat, Sifat};
use praja_web::{Field, Form, form::Width, picker::Picked};

use crate::naskah::{
    jenis::{Isian, Jenis, Tujuan},
    wewenang::Wewenang,
};

/// What a field of the kind is called in the form: the form's own names must not meet it.
pub(super) fn named(nama: &str) -> String {
    format!("bidang_{nama}")
}

/// The pickers that add a line to an address: name of the picker, of the field it adds to.
pub(super) const ADDERS: [(&str, &str); 2] = [("tambah_kepada", "kepada"), ("tambah_tembusan", "tembusan")];

/// A picker that adds a line to an address.
fn adder(at: usize, label: &str, adding: Option<&[Picked; 2]>) -> Field {
    let candidates = adding.map(|adding| adding[at].candidates()).unwrap_or_default();
    Field::picker(ADDERS[at].0, label, "/eoffice/pilih/tujuan").candidates(candidates)
}

const MARKS: &str = "Baris kosong memisahkan paragraf. Awali baris dengan 1. atau a. atau tanda hubung untuk butir; pakai | antar kolom untuk tabel; **tebal**, *miring*.";

/// All of them; `signer` is who signs until somebody else is chosen.
pub(super) fn fields(
    kind: &JenisNaskah,
    asks: &'static Jenis,
    form: Form,
    signer: Option<&(String, String)>,
    [penandatangan, kode]: [&Picked; 2],
    adding: Option<&[Picked; 2]>,
) -> Form {
    let sifat: Vec<(&str, &str)> = Sifat::ALL.iter().map(|one| (one.as_str(), one.label())).collect();
    let derajat: Vec<(&str, &str)> = Derajat::ALL.iter().map(|one| (one.as_str(), one.label())).collect();
    let wewenang: Vec<(&str, &str)> = Wewenang::ALL.iter().map(|one| (one.as_str(), one.label())).collect();
    let mut form = form.guard();
    let mut head = vec![Field::text("hal", &asks.hal).required().max_length(120)];
    if asks.tujuan != Tujuan::Tidak {
        let field = Field::textarea("kepada", "Kepada (Yth.)")
            .rows(2)
            .hint("Satu tujuan setiap baris. Kepala OPD dan jabatan di OPD Anda menerimanya langsung di Praja; yang lain lewat ekspedisi.");
        head.push(if asks.tujuan == Tujuan::Wajib { field.required() } else { field });
        head.push(
            adder(0, "Tambah tujuan", adding).hint(
                "Nama OPD, jabatan, instansi, atau daftar kirim; yang dipilih menjadi satu baris di atas saat ditambahkan.",
            ),
        );
    }
    form = form.group(kind.nama.clone(), "", head);
    let body: Vec<Field> = asks
        .bidang
        .iter()
        .map(|one| {
            let name = named(&one.nama);
            let field = match one.jenis {
                Isian::Teks => Field::text(name, &one.label).max_length(240),
                Isian::Tanggal => Field::date(name, &one.label),
                Isian::Uang => Field::money(name, &one.label).hint("Rupiah bulat, misalnya 1.250.000."),
                Isian::Naskah => Field::textarea(name, &one.label).rows(12).prose().hint(MARKS),
                Isian::Butir => Field::textarea(name, &one.label).rows(4).hint("Satu butir setiap baris."),
                Isian::Orang => {
                    Field::textarea(name, &one.label).rows(3).hint("Satu orang setiap baris: Nama | NIP | Pangkat | Jabatan.")
                }
                Isian::Tabel => {
                    Field::textarea(name, &one.label).rows(5).hint("Satu baris setiap baris tabel, kolom dipisahkan tanda |.")
                }
            };
            if one.wajib { field.required() } else { field }
        })
        .collect();
    form = form.group("Isi", "", body);
    let mut signing = Field::picker("penandatangan", "Penandatangan", "/identity/pilih/jabatan")
        .required()
        .candidates(penandatangan.candidates())
        .hint("Jabatan yang menandatangani.");
    if let Some((id, nama)) = signer {
        signing = signing.chosen(id, nama);
    }
    form = form.group(
        "Penandatanganan dan sifat",
        "",
        vec![
            signing,
            Field::select("wewenang", "Wewenang", &wewenang)
                .value(Wewenang::Langsung.as_str())
                .hint("Plt., Plh., dan Pj. mengikuti penugasan pejabatnya."),
            Field::text("delegasi", "Dasar pelimpahan wewenang")
                .max_length(240)
                .hint("Nomor dan tanggalnya; wajib untuk a.n. dan u.b."),
            Field::picker("klasifikasi", "Kode klasifikasi", "/desk/pilih/klasifikasi")
                .candidates(kode.candidates())
                .hint("Kode seperti 000.1.2 atau katanya, misalnya undangan."),
            Field::radio("sifat", "Sifat", &sifat).value(Sifat::Biasa.as_str()),
            Field::radio("derajat", "Derajat", &derajat).value(Derajat::Biasa.as_str()),
        ],
    );
    form.fold(
        "Lampiran, tembusan, rujukan, ringkasan",
        vec![
            Field::text("lampiran", "Lampiran")
                .max_length(60)
                .width(Width::Medium)
                .hint("Seperti tertulis pada naskah: 1 berkas. Kosong berarti \"-\"."),
            Field::textarea("tembusan", "Tembusan").rows(3).hint("Satu penerima setiap baris; boleh nama daftar kirim."),
            adder(1, "Tambah tembusan", adding),
            Field::text("rujukan", "Surat yang dijawab atau dirujuk").max_length(240),
            Field::textarea("ringkasan", "Ringkasan untuk daftar").rows(2),
        ],
    )
}
