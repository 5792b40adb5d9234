//! The report on paper.

use praja_desk::attachments::{self, Kind};
use praja_kernel::{Id, tanggal_panjang};
use praja_module::{Body, Ctx, Outcome, Problem, Response, Upload, documents::Drawing};
use praja_store::Tx;
use serde_json::{Value, json};

use super::{
    bap::{BUTIR, Bap},
    laporan::{self, Tempat, cara, label},
    objek, present,
};
use crate::{izin::dokumen, meja::seen};

/// The kind is that of every berita acara, the text is that of this one.
const TEMPLATE: &[u8] = include_bytes!("../../cetak/berita-acara-lapangan.typ");

/// Pictures of a paper, each under the name by which its data speaks of it.
#[derive(Default)]
struct Gambar(Vec<(String, Vec<u8>)>);

impl Gambar {
    /// Takes a picture in; what is none, or is of a kind the typesetter does not draw, is left out.
    fn add(&mut self, stem: &str, bytes: Vec<u8>) -> Option<String> {
        let end = match attachments::sniff(&bytes[..bytes.len().min(512)])? {
            Kind::Jpeg => "jpg",
            Kind::Png => "png",
            Kind::Webp => "webp",
            Kind::Pdf | Kind::Tiff => return None,
        };
        let name = format!("{stem}.{end}");
        self.0.push((name.clone(), bytes));
        Some(name)
    }

    /// An attachment of the survey.
    fn kept(&mut self, ctx: &Ctx, survei: Id, stem: &str, id: Option<Id>) -> Result<Option<String>, Problem> {
        let Some(id) = id else { return Ok(None) };
        let bytes = ctx.read(|tx| attachments::bytes(ctx, tx, &objek(survei), id))?;
        Ok(self.add(stem, bytes))
    }
}

/// The paper of a report; `last` is who confirms it just now, with the signature. Blocks.
///
/// # Errors
/// When a picture cannot be read.
pub(super) fn drawing(ctx: &Ctx, tempat: &Tempat, last: Option<(Id, Option<&Upload>)>) -> Result<Drawing, Problem> {
    let Tempat { one, jenis, survei, team } = tempat;
    let (instance, bap) = (ctx.instance(), Bap::read(&survei.bap));
    let time = |at| praja_web::frame::time(instance.zona, at).0;
    let office = ctx.read(|tx| praja_identity::opd::name(tx, one.opd))?.unwrap_or_default();
    let mut gambar = Gambar::default();
    let mut photos = Vec::new();
    for (at, foto) in bap.foto.iter().enumerate() {
        photos.extend(gambar.kept(ctx, survei.id, &format!("foto-{}", at + 1), laporan::id(&foto.lampiran))?);
    }
    let theirs = gambar.kept(ctx, survei.id, "pemohon", laporan::id(&bap.tanda.lampiran))?;
    let mut officers = Vec::new();
    for (at, petugas) in team.iter().enumerate() {
        let stem = format!("petugas-{}", at + 1);
        let (when, drawn) = match last.filter(|(orang, _)| *orang == petugas.orang) {
            Some((_, Some(upload))) => {
                let mut bytes = Vec::new();
                instance.blobs.get(&upload.blob, &mut bytes)?;
                (Some(ctx.now()), gambar.add(&stem, bytes))
            }
            Some((_, None)) => (Some(ctx.now()), None),
            None => (petugas.dikonfirmasi, gambar.kept(ctx, survei.id, &stem, petugas.paraf)?),
        };
        let waktu = when.map_or_else(|| "tidak mengonfirmasi".to_owned(), |at| format!("dikonfirmasi {}", time(at)));
        officers.push(json!({"nama": petugas.nama, "gambar": drawn, "waktu": waktu}));
    }
    let titik = match (bap.titik.perangkat, bap.titik.pada) {
        (true, Some(at)) => {
            format!(
                "{}, diukur perangkat {} dengan ketelitian {} meter",
                bap.titik.letak,
                time(praja_kernel::Moment(at)),
                bap.titik.akurasi
            )
        }
        _ => format!("{}, diketik petugas", bap.titik.letak),
    };
    let items: Vec<Value> = bap.butir.iter().map(|butir| json!([butir.nama, label(BUTIR, &butir.hasil), butir.temuan])).collect();
    let data = json!({
        "judul": format!("Berita acara pemeriksaan lapangan {}", one.sebutan()),
        "penulis": format!("Pemerintah {}", instance.wilayah.nama),
        "kertas": "a4",
        "huruf": "sans",
        "tte": "basah",
        "kop": dokumen::kop(instance, &office),
        "nomor": one.sebutan(),
        "tanggal": survei.tanggal.to_string(),
        "rincian": [
            ["Layanan", jenis.nama.as_str()],
            ["Pemohon", one.pemohon.nama.as_str()],
            ["Alamat pemohon", one.pemohon.alamat.as_str()],
            ["Waktu pemeriksaan", &format!("{} pukul {}", tanggal_panjang(survei.tanggal), survei.jam)],
            ["Titik", &titik],
            ["Wakil pemohon", &format!("{} {}", bap.hadir, if bap.hubungan.is_empty() { String::new() } else { format!("({})", bap.hubungan) })],
            ["Hasil", survei.hasil.as_deref().map_or("", super::hasil_label)],
            ["Catatan", if bap.catatan.is_empty() { "-" } else { &bap.catatan }],
        ],
        "butir": items,
        "petugas": officers,
        "pemohon": {"nama": bap.hadir, "gambar": theirs, "waktu": cara(&bap.tanda)},
        "foto": photos,
    });
    let drawing = Drawing::new("berita-acara", data, survei.tanggal).file("berita-acara.typ", TEMPLATE.to_vec());
    Ok(gambar.0.into_iter().fold(drawing, |drawing, (name, bytes)| drawing.file(name, bytes)))
}

/// GET …/bap/cetak: the report that counts.
pub(super) fn serve(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (one, _) = seen(ctx, tx)?;
    let (survei, _) = present(tx, one.id)?.ok_or(Problem::NotFound)?;
    let cetakan = survei.cetakan.ok_or(Problem::NotFound)?;
    let bytes = attachments::bytes(ctx, tx, &objek(survei.id), cetakan)?;
    Ok(Response::of(Body::Pdf { bytes, name: format!("berita-acara-{}.pdf", one.sebutan()) }))
}
