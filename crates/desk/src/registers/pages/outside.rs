use praja_identity::opd;
use praja_kernel::{Date, FieldProblem, Sifat, parse_tanggal};
use praja_module::{Ctx, Input, Outcome, Problem};
use praja_store::{Keys, Tx};
use praja_web::{Field, Form, PageHeader, form::Width, frame};

use super::{
    LIST,
    act::{again, below},
    find,
};
use crate::{
    klasifikasi::Klasifikasi,
    registers::{
        Ask, Book, Refusal, Register,
        naskah::{self, JenisNaskah},
        record_outside,
    },
};

/// GET /desk/register/{id}/luar
pub(crate) fn ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (book, kinds, unit) = known(ctx, tx)?;
    let form = frame::form(ctx, format!("{LIST}/{}/luar", book.id));
    Ok(frame::respond(ctx, &header(&book), fields(ctx, &kinds, &unit, &book, form)))
}

/// POST /desk/register/{id}/luar
pub(crate) fn go(ctx: &Ctx, input: &Input) -> Outcome {
    let list = ctx.read(|tx| Klasifikasi::in_force(tx, ctx.instance()))?;
    let (book, kinds, unit) = ctx.read(|tx| known(ctx, tx))?;
    let saved = decide(&book, &kinds, &list, input).map_err(Problem::refused).and_then(|entry| {
        let (kept, today) = (book.clone(), ctx.today());
        ctx.submit(input, Keys::of([book.register().lock()]), move |tx| {
            let ask = Ask {
                opd: kept.opd,
                unit: &entry.unit,
                jenis: &entry.jenis,
                tanggal: entry.tanggal,
                klas: &entry.klas,
                aman: Sifat::Biasa.huruf(),
                objek: "",
            };
            record_outside(tx, &ask, entry.urut, &entry.keterangan, today)?;
            Ok::<_, Problem>(format!("{LIST}/{}", kept.id))
        })
    });
    match saved {
        Ok(response) => Ok(response.with_notice("Nomor di luar sistem sudah dicatat.")),
        Err(Problem::Refused(refusal)) => {
            let form = frame::form_again(ctx, format!("{LIST}/{}/luar", book.id), input);
            let form = form.refusal(refusal.message(), refusal.next_step()).problems(&refusal.fields());
            Ok(again(ctx, &header(&book), fields(ctx, &kinds, &unit, &book, form)))
        }
        Err(other) => Err(other),
    }
}

struct Typed {
    jenis: JenisNaskah,
    urut: i64,
    tanggal: Date,
    klas: String,
    unit: String,
    keterangan: String,
}

fn decide(book: &Book, kinds: &[JenisNaskah], list: &Klasifikasi, input: &Input) -> Result<Typed, Refusal> {
    let mut problems = Vec::new();
    let jenis = kinds.iter().find(|kind| kind.kode == input.text("jenis")).cloned();
    if jenis.is_none() {
        problems.push(FieldProblem::new("jenis", "Jenis naskah belum dipilih."));
    }
    let urut = input.text("urut").parse::<i64>().ok().filter(|urut| *urut > 0);
    if urut.is_none() {
        problems.push(FieldProblem::new("urut", "Nomor urut adalah angka, misalnya 121."));
    }
    let tanggal = match parse_tanggal(input.text("tanggal")) {
        Ok(date) if i64::from(date.year()) == book.tahun => Some(date),
        Ok(_) => {
            let message = format!("Register ini untuk naskah bertanggal tahun {}.", book.tahun);
            problems.push(FieldProblem::new("tanggal", message));
            None
        }
        Err(e) => {
            problems.push(FieldProblem::new("tanggal", e.to_string()));
            None
        }
    };
    let klas = input.text("klasifikasi").to_owned();
    let pattern = jenis.as_ref().and_then(|kind| kind.aturan.pattern.as_ref());
    if pattern.is_some_and(|pattern| pattern.as_str().contains("{klas}")) && !list.is_usable(&klas) {
        let message = "Isi kode klasifikasi sedikitnya tiga tingkat, misalnya 000.1.2.";
        problems.push(FieldProblem::new("klasifikasi", message));
    }
    let keterangan = input.text("keterangan").to_owned();
    if keterangan.is_empty() {
        problems.push(FieldProblem::new("keterangan", "Tulis hal dan tujuan naskahnya."));
    }
    let unit = input.text("unit").to_owned();
    match (jenis, urut, tanggal, problems.is_empty()) {
        (Some(jenis), Some(urut), Some(tanggal), true) => Ok(Typed { jenis, urut, tanggal, klas, unit, keterangan }),
        _ => Err(Refusal::Fields(problems)),
    }
}

/// The register, the numbered kinds that share it, and the short name of who keeps it.
fn known(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<(Book, Vec<JenisNaskah>, String), Problem> {
    let book = find(ctx, tx)?;
    let mut kinds = naskah::all(tx)?;
    kinds.retain(|kind| kind.kelompok_register() == book.kelompok && kind.aturan.pattern.is_some());
    let unit = if book.opd == Register::daerah() {
        "SETDA".to_owned()
    } else {
        opd::get(tx, book.opd)?.map(|opd| opd.singkatan.to_uppercase()).unwrap_or_default()
    };
    Ok((book, kinds, unit))
}

fn fields(ctx: &Ctx, kinds: &[JenisNaskah], unit: &str, book: &Book, form: Form) -> Form {
    let options: Vec<(&str, &str)> = kinds.iter().map(|kind| (kind.kode.as_str(), kind.nama.as_str())).collect();
    let last = format!(
        "Nomor terakhir register ini {}. Nomor yang terlewati menjadi cadangan, sehingga dapat dicatat kemudian.",
        book.terakhir
    );
    form.guard()
        .field(Field::select("jenis", "Jenis naskah", &options).required())
        .field(Field::number("urut", "Nomor urut pada naskah").required().min("1").hint(last))
        .field(Field::date("tanggal", "Tanggal naskah").required().max(ctx.today().to_string()))
        .field(
            Field::text("klasifikasi", "Kode klasifikasi")
                .width(Width::Short)
                .max_length(40)
                .hint("Bila pola nomornya memuat kode, misalnya 000.1.2."),
        )
        .field(Field::text("unit", "Singkatan unit dalam nomor").width(Width::Short).max_length(40).value(unit))
        .field(Field::text("keterangan", "Hal dan tujuan").required().max_length(200))
        .submit("Catat nomor")
        .cancel("Kembali tanpa mencatat", format!("{LIST}/{}", book.id))
}

fn header(book: &Book) -> PageHeader {
    below(book, "Catat nomor di luar sistem")
        .purpose("Untuk naskah yang ditandatangani di atas kertas saat aplikasi tidak dapat dipakai.")
}
