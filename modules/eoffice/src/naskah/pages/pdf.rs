//! A naskah as PDF, drawn when it is asked for.

use praja_desk::{attachments, templat_naskah, verify};
use praja_identity::{jabatan, opd, orang};
use praja_kernel::FieldProblem;
use praja_module::{
    Body, Ctx, Instance, Jenis as Kotak, Outcome, Problem, Response,
    documents::{Block, DrawError, Drawing, STAMP},
};
use praja_store::Tx;

use super::{kind, load, whole};
use crate::naskah::{
    Naskah, Refusal,
    cetakan::{DOTS, Kode, Kop, Lembar, Penanda, cap, data, wewenang},
    jenis::Tujuan,
    letak::{Cap, Letak},
    wewenang::{Pos, Wewenang, is_elected},
    write::{
        above,
        alamat::{self, Alamatan},
        objek_badan, pos,
    },
};

/// GET /eoffice/naskah/{id}/pdf
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let naskah = load(ctx, tx)?;
    // What was signed is a file, and this file alone is the naskah.
    if let Some(berkas) = naskah.berkas {
        return Ok(Response::redirect(format!("/desk/lampiran/{berkas}")));
    }
    whole(tx, &naskah)?;
    let pdf = drawing(ctx, tx, &naskah, "basah")?.pdf(ctx, tx, &naskah)?;
    let name = format!("{}.pdf", file_name(&naskah));
    Ok(Response::of(Body::Bytes { bytes: pdf, mime: "application/pdf", name }))
}

/// The head of a page of this regency.
pub(crate) fn kop(instance: &Instance, jenis: &'static str, nama: String) -> Kop {
    let contacts = [("Telepon", &instance.paket.telepon), ("pos-el", &instance.paket.surel)];
    let contacts: Vec<String> =
        contacts.iter().filter_map(|(name, value)| value.as_ref().map(|value| format!("{name} {value}"))).collect();
    Kop {
        jenis,
        induk: format!("Pemerintah {}", instance.wilayah.nama),
        nama,
        alamat: instance.paket.alamat.join(", "),
        kontak: contacts.join(", "),
    }
}

/// Where what this regency writes is dated.
pub(crate) fn tempat(instance: &Instance) -> String {
    let region = &instance.wilayah.nama;
    let place = instance.paket.ibu_kota.clone();
    place.unwrap_or_else(|| region.split_once(' ').map_or(region.as_str(), |(_, name)| name).to_owned())
}

/// What its file is called, without the end.
pub(super) fn file_name(naskah: &Naskah) -> String {
    naskah.nomor.as_ref().map_or_else(
        || format!("konsep-{}", naskah.jenis),
        |nomor| format!("{}-{}", naskah.jenis, nomor.teks.replace(|letter: char| !letter.is_ascii_alphanumeric(), "-")),
    )
}

/// Is there a PDF of this kind, and somebody to draw it?
pub(super) fn offered(ctx: &Ctx, kode: &str, unggahan: bool) -> bool {
    ctx.instance().ports.documents.is_some() && (unggahan || crate::naskah::cetakan::KINDS.contains(&kode))
}

/// A naskah that is to be drawn.
pub(super) enum Gambar {
    /// By the template of its kind.
    Templat(Box<Drawing>),
    /// As blocks upon the file that was uploaded.
    Cap(Vec<Block>),
}

impl Gambar {
    /// Draws it. Blocks: nothing is written meanwhile.
    pub(super) fn pdf(&self, ctx: &Ctx, tx: &mut Tx<'_>, naskah: &Naskah) -> Result<Vec<u8>, Problem> {
        let cannot = |e: DrawError| Problem::refused(Refusal::Pdf(e.to_string()));
        let documents = ctx.instance().ports.documents.as_ref().ok_or_else(|| cannot(DrawError::absent()))?;
        let drawn = match self {
            Self::Templat(drawing) => documents.draw(drawing),
            Self::Cap(blocks) => {
                let objek = objek_badan(naskah.id);
                let file = attachments::of(tx, &objek)?.into_iter().next().ok_or(Problem::NotFound)?;
                documents.stamp(&attachments::bytes(ctx, tx, &objek, file.id)?, blocks)
            }
        };
        Ok(drawn.map_err(cannot)?.pdf)
    }
}

/// The naskah as it is drawn; `tte` says how it is going to be signed: `basah`, `lokal` or `bsre`.
pub(super) fn drawing(ctx: &Ctx, tx: &mut Tx<'_>, naskah: &Naskah, tte: &'static str) -> Result<Gambar, Problem> {
    let instance = ctx.instance();
    let (kind, asks) = kind(tx, &naskah.jenis)?;
    let day = naskah.nomor.as_ref().map_or_else(|| ctx.today(), |nomor| nomor.tanggal);
    let signer = jabatan::get(tx, naskah.isi.penandatangan)?.ok_or(Problem::NotFound)?;
    let (own, holder) = pos(tx, &signer, day)?;
    let mut line: Vec<Pos> = Vec::new();
    for post in above(tx, signer.id)? {
        line.push(pos(tx, &post, day)?.0);
    }
    let (mandat, perantara) = match (naskah.isi.wewenang, line.as_slice()) {
        (Wewenang::An, [mandator, ..]) => (Some(mandator.nama.clone()), None),
        (Wewenang::Ub, [between, mandator, ..]) => (Some(mandator.nama.clone()), Some(between.nama.clone())),
        _ => (None, None),
    };
    let way = if mandat.is_some() { naskah.isi.wewenang } else { Wewenang::Langsung };
    let (nip, rank) = match &holder {
        Some(holder) if !is_elected(signer.jenis, own.cara) => orang::nip_and_rank(tx, holder.orang)?,
        _ => (None, None),
    };
    let office = opd::get(tx, naskah.opd)?.map(|office| office.nama).unwrap_or_default();
    let place = tempat(instance);
    let head = mandat.as_deref().unwrap_or(&signer.nama);
    let leads = signer.jenis == jabatan::Jenis::Politik;
    let kop = if leads { kop(instance, "kepala-daerah", head.to_owned()) } else { kop(instance, "perangkat-daerah", office) };
    let qr = match &naskah.token {
        Some(token) => {
            verify::get(tx, token)?.map(|found| verify::address(&verify::Issuer::of(instance), &found)).and_then(|tautan| {
                let svg = instance.ports.documents.as_ref()?.code(&tautan)?;
                let alamat = tautan.split('#').next().unwrap_or_default().to_owned();
                Some(Kode { svg, alamat, kode: token.clone(), tautan })
            })
        }
        None => None,
    };
    let nama = if naskah.penandatangan_nama.is_empty() {
        holder.map(|one| one.nama).unwrap_or_default()
    } else {
        naskah.penandatangan_nama.clone()
    };
    let alamat = alamat::of(tx, naskah)?;
    let (mut kepada, tembusan) = (Alamatan::names(&alamat.kepada), Alamatan::names(&alamat.tembusan));
    if kepada.is_empty() && asks.tujuan == Tujuan::Wajib {
        // A draft is looked at before its addressee is known.
        kepada.push(DOTS.to_owned());
    }
    let lembar = Lembar {
        kode: &naskah.jenis,
        jenis: &kind.nama,
        kop,
        penanda: Penanda {
            wewenang: wewenang(way, own.cara),
            jabatan: signer.nama.clone(),
            mandat,
            perantara,
            nama,
            pangkat: rank.map(|code| orang::golongan::display(&code)),
            nip,
        },
        tempat: &place,
        daerah: &instance.wilayah.nama,
        tanggal: day,
        nomor: naskah.nomor.as_ref().map(|nomor| nomor.teks.as_str()),
        hal: &naskah.isi.hal,
        sifat: naskah.isi.sifat,
        lampiran: &naskah.isi.lampiran,
        kepada: &kepada,
        tembusan: &tembusan,
        bidang: &naskah.isi.bidang,
        qr,
        tte,
        latihan: instance.jenis == Kotak::Contoh,
    };
    if let Some(letak) = &naskah.letak {
        // A code with a place of its own does not stand in the signature as well.
        let apart = letak.iter().any(|one| one.cap == Cap::Qr);
        let block = |one: &Letak| Block {
            page: usize::try_from(one.halaman).unwrap_or(usize::MAX),
            x: one.x.into(),
            y: one.y.into(),
            drawing: Drawing::new(STAMP, cap(&lembar, one.cap.as_str(), one.width(), one.cap == Cap::Qr || !apart), day),
        };
        return Ok(Gambar::Cap(letak.iter().map(block).collect()));
    }
    let data = data(&lembar).ok_or_else(|| {
        Problem::refused(Refusal::Fields(vec![FieldProblem::new(
            "jenis",
            "Jenis naskah ini, atau isinya yang belum lengkap, belum dapat dijadikan PDF. Cetak dari peramban.",
        )]))
    })?;
    Ok(Gambar::Templat(Box::new(templat_naskah::drawing(tx, &naskah.jenis, data, day)?)))
}
