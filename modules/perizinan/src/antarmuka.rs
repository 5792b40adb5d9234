//! What other programs of the regency may ask of licensing: which services there are, what each asks for, and how far one application is.

use praja_kernel::Date;
use praja_module::{
    Ctx, Outcome, Problem,
    api::{Answer, Cakupan, Field, Kind, Operation, Shape, json},
};
use praja_store::Tx;
use praja_web::frame;
use serde_json::{Value, json as value};

use crate::{
    alur::Status,
    hak::READ,
    izin,
    jenis::{self, JenisIsian, Kanal, Permintaan, store::Terbit},
    permohonan::store as applications,
};

const BACA_LAYANAN: Cakupan =
    Cakupan { nama: "perizinan.layanan.baca", arti: "Membaca daftar layanan perizinan beserta syaratnya", hak: READ };
const BACA_PERMOHONAN: Cakupan =
    Cakupan { nama: "perizinan.permohonan.baca", arti: "Membaca keadaan permohonan izin tanpa data pribadi pemohon", hak: READ };

/// The operations.
pub(crate) const ALL: &[Operation] = &[
    Operation::get(
        "daftar-layanan",
        "/api/v1/perizinan/layanan",
        BACA_LAYANAN,
        "Daftar layanan perizinan",
        Answer::Found(&DAFTAR),
        services,
    )
    .about("Layanan yang dapat diajukan hari ini, juga yang diajukan pada aplikasi nasional; kanal menyebut tempatnya."),
    Operation::get(
        "layanan",
        "/api/v1/perizinan/layanan/{kode}",
        BACA_LAYANAN,
        "Satu layanan perizinan",
        Answer::Found(&SATU),
        service,
    )
    .about("Isian formulir dan syarat dari versi yang berlaku hari ini. Yang bersyarat disebut semuanya."),
    Operation::get(
        "keadaan-permohonan",
        "/api/v1/perizinan/permohonan/{nomor}",
        BACA_PERMOHONAN,
        "Keadaan satu permohonan",
        Answer::Found(&KEADAAN),
        state,
    )
    .about("Dengan nomor pendaftaran, bukan resi. Hanya permohonan OPD pemilik token; nama pemohon tersamar, NIK dan alamat tidak pernah tampak.")
    .traced(),
];

fn words<T: Copy>(all: &[T], word: impl Fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|one| word(*one)).collect()
}

fn kanal() -> Vec<&'static str> {
    words(Kanal::ALL, Kanal::as_str)
}

fn status() -> Vec<&'static str> {
    words(Status::ALL, Status::as_str)
}

fn isian() -> Vec<&'static str> {
    words(JenisIsian::ALL, JenisIsian::as_str)
}

static DAFTAR: Shape =
    Shape { name: "DaftarLayananIzin", fields: &[Field::new("data", Kind::Many(&RINGKAS), "Layanan menurut namanya.")] };

const KODE: Field = Field::new("kode", Kind::Text(0), "Kode tetap layanan.");
const NAMA: Field = Field::new("nama", Kind::Text(0), "Nama layanan.");
const RINGKASAN: Field = Field::new("ringkasan", Kind::Text(0), "Gunanya.");
const SEKTOR: Field = Field::new("sektor", Kind::Text(0), "Bidang urusan.");
const KANAL: Field = Field::new("kanal", Kind::Words(kanal), "Tempat layanan itu diajukan dan dicatat.");
const HARI: Field = Field::new("hari", Kind::Number, "Janji hari kerja sejak berkas lengkap.");
const GRATIS: Field = Field::new("gratis", Kind::Flag, "Tanpa retribusi.");
const PERMOHONAN: Field =
    Field::new("permohonan", Kind::Texts, "Yang dapat dimohon: baru, perpanjangan, perubahan, salinan, pencabutan.");

static RINGKAS: Shape =
    Shape { name: "LayananIzinRingkas", fields: &[KODE, NAMA, RINGKASAN, SEKTOR, KANAL, HARI, GRATIS, PERMOHONAN] };

static SATU: Shape = Shape {
    name: "LayananIzin",
    fields: &[
        KODE,
        NAMA,
        RINGKASAN,
        SEKTOR,
        KANAL,
        HARI,
        GRATIS,
        PERMOHONAN,
        Field::new("versi", Kind::Number, "Nomor versi yang berlaku hari ini."),
        Field::new("dasar_hukum", Kind::Texts, "Aturan yang mendasarinya."),
        Field::new("isian", Kind::Many(&ISIAN), "Isian formulir."),
        Field::new("syarat", Kind::Many(&SYARAT), "Yang harus ditunjukkan."),
    ],
};

static ISIAN: Shape = Shape {
    name: "IsianLayananIzin",
    fields: &[
        Field::new("kode", Kind::Text(0), "Nama isian."),
        Field::new("label", Kind::Text(0), "Yang dibaca pemohon."),
        Field::new("jenis", Kind::Words(isian), "Jenis isinya."),
        Field::new("wajib", Kind::Flag, "Harus diisi bila tampil."),
        Field::new("bersyarat", Kind::Flag, "Hanya tampil menurut jawaban lain."),
        Field::new("pilihan", Kind::Texts, "Kata yang dapat dipilih; kosong bila bukan pilihan."),
    ],
};

static SYARAT: Shape = Shape {
    name: "SyaratLayananIzin",
    fields: &[
        Field::new("kode", Kind::Text(0), "Nama syarat."),
        Field::new("label", Kind::Text(0), "Yang dibaca pemohon."),
        Field::new("wajib", Kind::Flag, "Harus dipenuhi bila diminta."),
        Field::new("bersyarat", Kind::Flag, "Hanya diminta menurut jawaban pemohon."),
        Field::new("untuk", Kind::Texts, "Permohonan yang memintanya; kosong: semua."),
    ],
};

static KEADAAN: Shape = Shape {
    name: "KeadaanPermohonanIzin",
    fields: &[
        Field::new("nomor", Kind::Text(0), "Nomor pendaftaran."),
        Field::new("layanan", Kind::Text(0), "Nama layanan."),
        Field::new("pemohon", Kind::Text(0), "Nama pemohon, tersamar."),
        Field::new("status", Kind::Words(status), "Keadaannya."),
        Field::new("keterangan", Kind::Text(0), "Keadaannya dalam kata-kata."),
        Field::new("meja", Kind::Text(0), "Meja yang memegangnya."),
        Field::new("diajukan", Kind::Moment, "Saat diajukan."),
        Field::maybe("tenggat", Kind::Date, "Paling lambat selesai; kosong selama waktunya belum berjalan."),
        Field::maybe("selesai", Kind::Date, "Hari selesainya."),
        Field::maybe("nomor_dokumen", Kind::Text(0), "Nomor dokumen yang terbit."),
        Field::maybe("pemeriksaan", Kind::Uri, "Halaman pemeriksaan keaslian dokumen itu."),
    ],
};

fn short(one: &Terbit) -> Value {
    let isi = &one.isi;
    value!({
        "kode": isi.kode, "nama": isi.nama, "ringkasan": isi.ringkasan, "sektor": isi.sektor, "kanal": isi.kanal.as_str(),
        "hari": isi.sla.hari, "gratis": isi.is_free(), "permohonan": words(&isi.permohonan, Permintaan::as_str),
    })
}

/// GET /api/v1/perizinan/layanan
fn services(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let all: Vec<Value> = jenis::store::open(tx, ctx.today())?.iter().map(short).collect();
    Ok(json(200, &value!({ "data": all })))
}

/// GET /api/v1/perizinan/layanan/{kode}
fn service(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let kode: String = ctx.param("kode")?;
    let one = jenis::store::published(tx, &kode, ctx.today())?.ok_or(Problem::NotFound)?;
    let isian: Vec<Value> = one
        .isi
        .fields()
        .map(|field| {
            value!({
                "kode": field.kode, "label": field.label, "jenis": field.jenis.as_str(), "wajib": field.wajib,
                "bersyarat": !field.bila.is_empty(), "pilihan": field.pilihan,
            })
        })
        .collect();
    let syarat: Vec<Value> = one
        .isi
        .syarat
        .iter()
        .map(|syarat| {
            value!({
                "kode": syarat.kode, "label": syarat.label, "wajib": syarat.wajib, "bersyarat": !syarat.bila.is_empty(),
                "untuk": words(&syarat.untuk, Permintaan::as_str),
            })
        })
        .collect();
    let mut told = short(&one);
    (told["versi"], told["dasar_hukum"], told["isian"], told["syarat"]) =
        (value!(one.versi.nomor), value!(one.isi.dasar_hukum), value!(isian), value!(syarat));
    Ok(json(200, &told))
}

/// The first letter of each word: enough to tell whoever knows the name that it is the right application.
fn masked(nama: &str) -> String {
    let word = |word: &str| word.chars().next().map(|first| format!("{first}***"));
    nama.split_whitespace().filter_map(word).collect::<Vec<_>>().join(" ")
}

/// GET /api/v1/perizinan/permohonan/{nomor}
fn state(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (caller, nomor): (_, String) = (ctx.caller()?.clone(), ctx.param("nomor")?);
    let one = applications::by_nomor(tx, &nomor)?.filter(|one| caller.scope.covers_opd(one.opd)).ok_or(Problem::NotFound)?;
    let layanan = jenis::store::version(tx, one.jenis_versi)?.nama.clone();
    let issued = izin::store::of_application(tx, one.id)?.filter(|izin| izin.lampiran.is_some());
    let (zona, url) = (ctx.instance().zona, &ctx.instance().url_publik);
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    let check = issued.as_ref().and_then(|izin| izin.token.as_ref()).map(|token| format!("{url}/v/{token}"));
    Ok(json(
        200,
        &value!({
            "nomor": one.sebutan(),
            "layanan": layanan,
            "pemohon": masked(&one.pemohon.nama),
            "status": one.status.as_str(),
            "keterangan": one.status.label(),
            "meja": one.meja.label(),
            "diajukan": frame::time(zona, one.diajukan.unwrap_or(one.dibuat)).1,
            "tenggat": day(one.tenggat),
            "selesai": day(one.selesai),
            "nomor_dokumen": issued.map(|izin| izin.nomor),
            "pemeriksaan": check,
        }),
    ))
}

#[cfg(test)]
mod tests {
    #[test]
    fn of_a_name_other_programs_see_first_letters_only() {
        assert_eq!(super::masked("Siti  Rahma binti Éfendi"), "S*** R*** b*** É***");
        assert_eq!(super::masked(""), "");
    }
}
