//! The package: the signed files of a period with what is said about them, as CSV, XLSX and XML, in the columns of a profile.

use std::io::{Cursor, Write};

use praja_desk::{attachments, klasifikasi::Klasifikasi, registers::naskah as kinds};
use praja_kernel::{Date, FieldProblem, Id, Refuse, Sifat, parse_tanggal, tanggal_panjang};
use praja_module::{Body, Ctx, Jenis, Outcome, Problem, Response};
use praja_store::Tx;
use praja_web::{
    Field, Form, PageHeader,
    export::{Col, Sheet},
    frame,
};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::{LIST as TOP, opd};
use crate::{
    amplop::write::signed_file,
    naskah::{Status, store as naskah_store, write::objek},
    srikandi::{Data, Kolom, Refusal, store, usual, write, xml},
};

/// Where packages are made.
pub(crate) const PAGE: &str = "/eoffice/srikandi/paket";
/// Naskah of one package at most, and bytes of their files: a package is made in memory.
const MOST: usize = 100;
const MOST_BYTES: i64 = 150 << 20;

fn header() -> PageHeader {
    PageHeader::new("Paket ekspor")
        .purpose("PDF bertanda tangan beserta keterangannya dalam CSV, Excel, dan XML, untuk dimasukkan ke SRIKANDI atau aplikasi lain.")
        .crumb("SRIKANDI", TOP)
}

fn form(ctx: &Ctx, tx: &mut Tx<'_>, form: Form) -> Result<Form, Problem> {
    let mut profiles = vec![(String::new(), "Urutan bawaan".to_owned())];
    profiles.extend(store::profiles(tx, opd(ctx)?)?.into_iter().map(|one| (one.id.to_string(), one.nama)));
    let today = ctx.today();
    let start = Date::new(today.year(), today.month(), 1).unwrap_or(today);
    Ok(form
        .field(Field::date("dari", "Bertanggal dari").required().value(start.to_string()))
        .field(Field::date("sampai", "Sampai").required().value(today.to_string()))
        .field(Field::select("profil", "Profil isian", &profiles).value(""))
        .submit("Unduh paket")
        .cancel("Kembali", TOP))
}

/// GET /eoffice/srikandi/paket
pub(crate) fn ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let form = form(ctx, tx, Form::get(format!("{PAGE}/berkas")))?;
    Ok(frame::respond(ctx, &header(), form))
}

struct Asked {
    dari: Date,
    sampai: Date,
    kolom: Vec<Kolom>,
}

fn asked(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Result<Asked, Refusal>, Problem> {
    let mut wrong = Vec::new();
    let mut day = |name: &'static str| match parse_tanggal(ctx.query(name).unwrap_or_default()) {
        Ok(day) => Some(day),
        Err(e) => {
            wrong.push(FieldProblem::new(name, e.to_string()));
            None
        }
    };
    let (dari, sampai) = (day("dari"), day("sampai"));
    let kolom = match ctx.query("profil") {
        None => usual(),
        Some(text) => {
            let id: Id = text.parse().map_err(|_| Problem::NotFound)?;
            store::profile(tx, opd(ctx)?, id)?.ok_or(Problem::NotFound)?.kolom
        }
    };
    Ok(match (dari, sampai) {
        (Some(dari), Some(sampai)) if dari <= sampai => Ok(Asked { dari, sampai, kolom }),
        (Some(_), Some(_)) => {
            Err(Refusal::Fields(vec![FieldProblem::new("dari", "Tanggal awal sesudah tanggal akhir. Tukar keduanya.")]))
        }
        _ => Err(Refusal::Fields(wrong)),
    })
}

/// GET /eoffice/srikandi/paket/berkas?dari=…&sampai=…&profil=…
pub(crate) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let asked = match asked(ctx, tx)? {
        Ok(asked) => asked,
        Err(refusal) => return again(ctx, tx, &refusal),
    };
    let own = opd(ctx)?;
    let names: std::collections::HashMap<String, String> =
        kinds::all(tx)?.into_iter().map(|kind| (kind.kode, kind.nama)).collect();
    let list = Klasifikasi::in_force(tx, ctx.instance())?;
    let (mut rows, mut files, mut bytes, mut left) = (Vec::new(), Vec::new(), 0_i64, 0_usize);
    let signed = [Status::Tertandatangani, Status::Dikirim, Status::Diberkaskan];
    for one in store::ours(tx, own, asked.dari, asked.sampai)? {
        // What is not for everybody of the office is handed on one by one, on its own page.
        if one.sifat != Sifat::Biasa || !signed.contains(&one.status) {
            continue;
        }
        let Some(naskah) = naskah_store::find(tx, ctx.instance().keys(), ctx.scope()?, one.id)? else { continue };
        let Some(file) = signed_file(tx, &naskah)? else { continue };
        if rows.len() == MOST || bytes + file.ukuran > MOST_BYTES {
            left += 1;
            continue;
        }
        bytes += file.ukuran;
        let uraian = naskah.isi.klasifikasi.as_ref().and_then(|kode| list.uraian(kode)).unwrap_or_default().to_owned();
        let jenis = names.get(&one.jenis).map_or("", String::as_str);
        let mut data = write::data(tx, &naskah, jenis, uraian, &ctx.instance().url_publik)?;
        let number: String = data.nomor.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' }).collect();
        data.berkas = format!("{:03}-{number}.pdf", rows.len() + 1);
        data.sidik.clone_from(&file.sidik);
        files.push((data.berkas.clone(), objek(naskah.id), file.sidik));
        rows.push(data);
    }
    if rows.is_empty() {
        return again(ctx, tx, &Refusal::Nothing);
    }
    let name = format!("paket-{}-{}.zip", asked.dari, asked.sampai);
    let bytes = pack(ctx, &asked, &rows, &files, left)?;
    Ok(Response::of(Body::Bytes { bytes, mime: "application/zip", name }))
}

fn pack(ctx: &Ctx, asked: &Asked, rows: &[Data], files: &[(String, String, String)], left: usize) -> Result<Vec<u8>, Problem> {
    let failed = |what: String| Problem::Fault(format!("a package cannot be made: {what}"));
    let mut sheet = Sheet::new("Naskah");
    sheet.latihan = ctx.instance().jenis == Jenis::Contoh;
    for one in &asked.kolom {
        sheet = sheet.column(Col::text(&one.nama));
    }
    for row in rows {
        sheet.push(asked.kolom.iter().map(|one| row.value(one.isi).into()).collect());
    }
    let xlsx = sheet.to_xlsx().map_err(|e| failed(e.to_string()))?;
    let mut words = format!(
        "Paket {} naskah, {} sampai {}.\nKeterangannya dalam naskah.csv, naskah.xlsx, dan naskah.xml; nama berkas PDF ada di dalamnya.\n",
        rows.len(),
        tanggal_panjang(asked.dari),
        tanggal_panjang(asked.sampai)
    );
    if left > 0 {
        words.push_str(&format!("{left} naskah berikutnya tidak termuat. Buat paket dengan periode yang lebih pendek.\n"));
    }
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let parts = [
        ("BACA.txt", words.into_bytes()),
        ("naskah.csv", sheet.to_csv()),
        ("naskah.xlsx", xlsx),
        ("naskah.xml", xml(&asked.kolom, rows).into_bytes()),
    ];
    for (name, bytes) in parts {
        out.start_file(name, options).map_err(|e| failed(e.to_string()))?;
        out.write_all(&bytes).map_err(|e| failed(e.to_string()))?;
    }
    // A PDF is packed already.
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, objek, sidik) in files {
        let (_, bytes) = attachments::content(ctx.instance(), objek, sidik)?.ok_or_else(|| failed(format!("{name} is gone")))?;
        out.start_file(name, stored).map_err(|e| failed(e.to_string()))?;
        out.write_all(&bytes).map_err(|e| failed(e.to_string()))?;
    }
    let whole = out.finish().map_err(|e| failed(e.to_string()))?;
    Ok(whole.into_inner())
}

fn again(ctx: &Ctx, tx: &mut Tx<'_>, refusal: &dyn Refuse) -> Outcome {
    let typed: praja_web::FormValues = ctx.incoming().query.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
    let form = form(ctx, tx, Form::get(format!("{PAGE}/berkas")).values(typed))?
        .refusal(refusal.message(), refusal.next_step())
        .problems(&refusal.fields());
    Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header(), form)))
}
