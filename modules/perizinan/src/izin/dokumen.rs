//! The paper of what is issued: the words of its type with the answers in them, drawn by the templates of naskah.

use praja_desk::verify;
use praja_identity::{jabatan, opd, orang, penugasan};
use praja_kernel::{Date, Id, NumberParts, NumberPattern, tanggal_panjang};
use praja_module::{
    Ctx, Instance, Jenis as Kotak, Problem,
    documents::{DrawError, Drawing},
};
use praja_store::Tx;
use serde_json::{Map, Value, json};

use super::{ends, fill, judul, lama, store::Izin};
use crate::{
    jenis::{Bentuk, Jenis, Permintaan},
    permohonan::{Permohonan, isian::Jawaban},
    portal,
};

/// Pattern of numbers where a type has none of its own.
pub(crate) const POLA: &str = "{klas}/{no}/{jenis}/{unit}/{tahun}";
/// Classification where a type names none: licences of a PTSP (Permendagri 83/2022).
pub(crate) const KLASIFIKASI: &str = "500.16.7.2";
/// What stands where there is no number yet.
const DOTS: &str = "……………………";

/// Who signs: the head of the PTSP on a day.
#[derive(Debug, Clone)]
pub(crate) struct Penanda {
    pub(crate) jabatan_nama: String,
    pub(crate) orang: Id,
    pub(crate) nama: String,
    pub(crate) cara: penugasan::Jenis,
    pub(crate) nip: Option<String>,
    pub(crate) pangkat: Option<String>,
}

impl Penanda {
    /// "Plt. Kepala Dinas …".
    pub(crate) fn display(&self) -> String {
        penugasan::display_name(self.cara, &self.jabatan_nama)
    }
}

/// The head of an OPD, with who answers for the post on a day.
pub(crate) fn penanda(tx: &mut Tx<'_>, opd: Id, day: Date) -> Result<Option<Penanda>, Problem> {
    let Some(post) = jabatan::head_of(tx, opd)? else { return Ok(None) };
    let Some(holder) = jabatan::holder_on(tx, post.id, day)? else { return Ok(None) };
    let (nip, rank) = orang::nip_and_rank(tx, holder.orang)?;
    Ok(Some(Penanda {
        jabatan_nama: post.nama,
        orang: holder.orang,
        nama: holder.nama,
        cara: holder.jenis,
        nip,
        pangkat: rank.map(|code| orang::golongan::display(&code)),
    }))
}

/// The number of a type for its place in the register.
///
/// # Errors
/// [`Problem::Fault`] for a pattern that a published type cannot have.
pub(crate) fn number(jenis: &Jenis, unit: &str, day: Date, urut: i64) -> Result<String, Problem> {
    let text = if jenis.dokumen.nomor.is_empty() { POLA } else { &jenis.dokumen.nomor };
    let pattern: NumberPattern = text.parse().map_err(|e| Problem::Fault(format!("the pattern of {}: {e}", jenis.kode)))?;
    let klas = if jenis.dokumen.klasifikasi.is_empty() { KLASIFIKASI } else { &jenis.dokumen.klasifikasi };
    let parts = NumberParts::new(u64::try_from(urut).unwrap_or(0), day).klas(klas).unit(unit).jenis(&jenis.kode);
    pattern.render(&parts).map_err(|e| Problem::Fault(format!("the pattern of {}: {e}", jenis.kode)))
}

/// Everything the paper says, for an application; `izin` once it has its number.
pub(crate) fn drawing(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    one: &Permohonan,
    jenis: &Jenis,
    izin: Option<&Izin>,
    tte: &'static str,
) -> Result<Drawing, Problem> {
    let instance = ctx.instance();
    let day = izin.map_or_else(|| ctx.today(), |izin| izin.tanggal);
    let signer = penanda(tx, one.opd, day)?;
    let office = opd::get(tx, one.opd)?.map(|opd| opd.nama).unwrap_or_default();
    let jawaban = Jawaban::read(&one.isian);
    let end = match izin {
        Some(izin) => izin.berlaku_sampai,
        None => ends(tx, one, jenis, day)?,
    };
    let old = lama(tx, one)?;
    let nomor = izin.map_or(DOTS, |izin| izin.nomor.as_str()).to_owned();
    let known = |name: &str| known(ctx, one, jenis, &jawaban, (&nomor, day, end), old.as_ref(), name);
    let text = |text: &String| fill(text, &known);
    let title = &judul(jenis, one.permintaan);
    let legal = jenis.dokumen.bentuk == Bentuk::Keputusan;
    let mut all = Map::new();
    let post = signer.as_ref().map_or_else(|| format!("Kepala {office}"), |signer| signer.jabatan_nama.clone());
    for (key, value) in [
        ("judul", json!(title)),
        ("penulis", json!(format!("Pemerintah {}", instance.wilayah.nama))),
        ("kertas", json!(if legal { "f4" } else { "a4" })),
        ("huruf", json!(if legal { "serif" } else { "sans" })),
        ("tte", json!(tte)),
        ("latihan", json!(instance.jenis == Kotak::Contoh)),
        ("kop", kop(instance, &office)),
        ("ttd", ttd(signer.as_ref(), &post)),
        ("tempat", json!(tempat(instance))),
        ("tanggal", json!(day.to_string())),
        ("nomor", json!(nomor)),
        ("hal", json!(title)),
        ("tembusan", json!([])),
    ] {
        all.insert(key.to_owned(), value);
    }
    let rows: Vec<Value> = jenis.dokumen.rincian.iter().map(|row| json!([row.label, text(&row.isi)])).collect();
    let mut words: Vec<String> = jenis.dokumen.isi.iter().map(text).collect();
    let says = |name: &str| jenis.dokumen.isi.iter().any(|line| line.contains(name));
    if let Some(old) = &old {
        let which = format!("{} Nomor {} tanggal {}", jenis.nama, old.nomor, tanggal_panjang(old.tanggal));
        match one.permintaan {
            Permintaan::Pencabutan => {
                words = vec![format!("{which} dicabut atas permohonan pemegangnya terhitung sejak tanggal dokumen ini.")];
            }
            Permintaan::Perpanjangan if !says("{nomor_lama}") => words.push(format!("Dokumen ini melanjutkan {which}.")),
            Permintaan::Perubahan if !says("{nomor_lama}") => {
                words.push(format!("Dokumen ini menggantikan {which} karena perubahan data; masa berlakunya tetap."));
            }
            Permintaan::Salinan if !says("{nomor_lama}") => {
                words.push(format!("Dokumen ini menggantikan {which} yang hilang atau rusak; masa berlakunya tetap."));
            }
            _ => {}
        }
    }
    if legal {
        all.insert("nama_naskah".into(), json!(format!("Keputusan {post}")));
        all.insert("penetap".into(), json!(post));
        all.insert("nomor_tertulis".into(), json!(format!("Nomor {nomor}")));
        all.insert("menimbang".into(), json!(jenis.dokumen.menimbang.iter().map(text).collect::<Vec<_>>()));
        all.insert("mengingat".into(), json!(jenis.dokumen.mengingat.iter().map(text).collect::<Vec<_>>()));
        all.insert("memperhatikan".into(), json!([]));
        all.insert("menetapkan".into(), json!(format!("Keputusan {post} tentang {title}.")));
        let mut dicta = Vec::new();
        if !rows.is_empty() {
            let list = jenis.dokumen.rincian.iter().map(|row| format!("{}: {}", row.label, text(&row.isi))).collect::<Vec<_>>();
            let (verb, whom) =
                if one.permintaan == Permintaan::Pencabutan { ("Mencabut", "dari") } else { ("Memberikan", "kepada") };
            let own = judul(jenis, Permintaan::Baru);
            dicta.push(format!("{verb} {own} {whom}: {}.", list.join("; ")));
        }
        dicta.extend(words);
        all.insert("isi".into(), json!(dicta));
    } else {
        all.insert("nama_naskah".into(), json!(title));
        all.insert("tentang".into(), json!(rows));
        all.insert("isi".into(), json!(words));
    }
    if let Some(code) =
        izin.and_then(|izin| izin.token.as_deref()).map(|token| code(instance, tx, token, tte)).transpose()?.flatten()
    {
        all.insert("qr".into(), code);
    }
    Ok(Drawing::new(jenis.dokumen.bentuk.as_str(), Value::Object(all), day))
}

/// What a name in the texts stands for.
fn known(
    ctx: &Ctx,
    one: &Permohonan,
    jenis: &Jenis,
    jawaban: &Jawaban,
    (nomor, day, end): (&str, Date, Option<Date>),
    old: Option<&Izin>,
    name: &str,
) -> Option<String> {
    Some(match name {
        "nama" => one.pemohon.nama.clone(),
        "nik" => one.pemohon.nik.full().to_owned(),
        "alamat" => one.pemohon.alamat.clone(),
        "telepon" => one.pemohon.telepon.clone(),
        "email" => one.pemohon.email.clone(),
        "nomor" => nomor.to_owned(),
        "nomor_lama" => old.map(|old| old.nomor.clone()).unwrap_or_default(),
        "tanggal_lama" => old.map(|old| tanggal_panjang(old.tanggal)).unwrap_or_default(),
        "nomor_permohonan" => one.sebutan().to_owned(),
        "tanggal" => tanggal_panjang(day),
        "tanggal_permohonan" => one.hari_ajukan.map(tanggal_panjang).unwrap_or_default(),
        "berlaku_dari" => tanggal_panjang(day),
        "berlaku_sampai" => end.map_or_else(|| "tanpa batas waktu".to_owned(), tanggal_panjang),
        "permohonan" => one.permintaan.label().to_lowercase(),
        other => {
            let field = jenis.field(other)?;
            if field.jenis == crate::jenis::JenisIsian::Nik {
                jawaban.text(other).to_owned()
            } else {
                portal::answer(ctx, field, jawaban.text(other))
            }
        }
    })
}

/// The code that readers verify.
fn code(instance: &Instance, tx: &mut Tx<'_>, token: &str, tte: &str) -> Result<Option<Value>, Problem> {
    let Some(found) = verify::get(tx, token)? else { return Ok(None) };
    let tautan = verify::address(&verify::Issuer::of(instance), &found);
    let svg = instance.ports.documents.as_ref().and_then(|documents| documents.code(&tautan));
    let alamat = tautan.split('#').next().unwrap_or_default().to_owned();
    Ok(svg.map(|svg| json!({"svg": svg, "tautan": tautan, "alamat": alamat, "kode": token, "basah": tte == "basah"})))
}

pub(crate) fn kop(instance: &Instance, office: &str) -> Value {
    let contacts = [("Telepon", &instance.paket.telepon), ("pos-el", &instance.paket.surel)];
    let contacts: Vec<String> =
        contacts.iter().filter_map(|(name, value)| value.as_ref().map(|value| format!("{name} {value}"))).collect();
    json!({"jenis": "perangkat-daerah", "induk": format!("Pemerintah {}", instance.wilayah.nama), "nama": office, "alamat": instance.paket.alamat.join(", "), "kontak": contacts.join(", ")})
}

fn ttd(signer: Option<&Penanda>, post: &str) -> Value {
    let mut all = Map::new();
    all.insert("jabatan".into(), json!(post));
    let way = match signer.map(|signer| signer.cara) {
        Some(penugasan::Jenis::Plt) => "plt",
        Some(penugasan::Jenis::Plh) => "plh",
        Some(penugasan::Jenis::Pj) => "pj",
        _ => "langsung",
    };
    all.insert("wewenang".into(), json!(way));
    all.insert("nama".into(), json!(signer.map_or("", |signer| signer.nama.as_str())));
    for (key, value) in [("nip", signer.and_then(|s| s.nip.clone())), ("pangkat", signer.and_then(|s| s.pangkat.clone()))] {
        if let Some(value) = value {
            all.insert(key.into(), json!(value));
        }
    }
    Value::Object(all)
}

/// The town in which it is given.
fn tempat(instance: &Instance) -> String {
    let region = &instance.wilayah.nama;
    let short = || region.split_once(' ').map_or(region.as_str(), |(_, name)| name).to_owned();
    instance.paket.ibu_kota.clone().unwrap_or_else(short)
}

/// Draws it. Blocks: nothing is written meanwhile.
///
/// # Errors
/// [`Refusal`] where nobody draws, or a text does not work.
pub(crate) fn pdf(ctx: &Ctx, drawing: &Drawing) -> Result<Vec<u8>, Problem> {
    let cannot = |e: DrawError| Problem::refused(Refusal(e.to_string()));
    let documents = ctx.instance().ports.documents.as_ref().ok_or_else(|| cannot(DrawError::absent()))?;
    Ok(documents.draw(drawing).map_err(cannot)?.pdf)
}

/// The document cannot be drawn now.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Dokumen belum dapat dibuat. {0}")]
pub(crate) struct Refusal(pub(crate) String);

impl praja_kernel::Refuse for Refusal {
    fn code(&self) -> &'static str {
        "perizinan.dokumen.not-drawn"
    }

    fn next_step(&self) -> String {
        "Beri tahu pengelola layanan perizinan.".into()
    }
}
