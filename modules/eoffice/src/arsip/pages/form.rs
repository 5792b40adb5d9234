use praja_desk::klasifikasi::{self, Klasifikasi, Nasib};
use praja_kernel::{FieldProblem, Refuse};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::Tx;
use praja_web::{
    Field, Form, FormValues, PageHeader,
    form::Width,
    frame, html,
    picker::{Choice, Picked, resolve},
};

use super::{LIST, address, below, load, me};
use crate::arsip::{Berkas, Draft, Refusal, draft, store, write};

/// What the code field of a form says.
pub(super) fn code(input: &Input, list: &Klasifikasi) -> Picked {
    let find = |words: &str| {
        let first = words.split_whitespace().next().unwrap_or_default();
        if first.starts_with(|letter: char| letter.is_ascii_digit()) {
            return Ok::<_, std::convert::Infallible>(vec![Choice::new(first, first)]);
        }
        Ok(list.search(words, 10).into_iter().map(|kode| Choice::new(&kode.kode, kode.label())).collect())
    };
    let Ok(picked) = resolve(input, "klasifikasi", find);
    picked
}

pub(super) fn typed(input: &Input, code: &Picked) -> Draft {
    Draft {
        nama: input.text("nama").to_owned(),
        kode: code.value().unwrap_or_default().to_owned(),
        uraian: input.text("uraian").to_owned(),
        lokasi: input.text("lokasi").to_owned(),
        dibuka: input.text("dibuka").to_owned(),
        aktif: input.text("aktif").to_owned(),
        inaktif: input.text("inaktif").to_owned(),
        nasib: input.text("nasib").to_owned(),
    }
}

/// Everything wrong with a form: what the picker could not tell comes first.
pub(super) fn problems(code: &Picked, refusal: Option<&Refusal>) -> Vec<FieldProblem> {
    let unclear = code.problem("klasifikasi", "kode klasifikasi");
    let mut all: Vec<FieldProblem> = unclear.clone().into_iter().collect();
    if let Some(refusal) = refusal {
        all.extend(refusal.fields().into_iter().filter(|one| unclear.is_none() || one.field != "klasifikasi"));
    }
    all
}

/// The fields of a new file. `by_hand` asks for the retention that the schedule does not name.
fn fields(form: Form, code: Option<&Picked>, by_hand: bool) -> Form {
    all_fields(form, code, by_hand, true)
}

/// The same where a file that is there may be chosen instead.
pub(super) fn optional(form: Form, code: Option<&Picked>, by_hand: bool) -> Form {
    all_fields(form, code, by_hand, false)
}

fn all_fields(form: Form, code: Option<&Picked>, by_hand: bool, required: bool) -> Form {
    let must = |field: Field| if required { field.required() } else { field };
    let name = if required { "Nama berkas" } else { "Atau nama berkas baru" };
    let mut picker = Field::picker("klasifikasi", "Kode klasifikasi", "/desk/pilih/klasifikasi")
        .hint("Menentukan berapa lama berkas disimpan. Ketik kode atau sebagian uraiannya.");
    if let Some(code) = code {
        picker = picker.candidates(code.candidates());
    }
    let form = form
        .field(must(
            Field::text("nama", name)
                .max_length(200)
                .width(Width::Full)
                .hint("Satu urusan satu berkas, misalnya: Rapat koordinasi stunting 2026."),
        ))
        .field(must(picker))
        .field(Field::date("dibuka", "Tanggal dibuka").hint("Kosong berarti hari ini."))
        .field(
            Field::text("lokasi", "Tempat fisik")
                .max_length(120)
                .hint("Lemari, boks, atau map untuk yang di atas kertas. Boleh kosong."),
        )
        .field(Field::textarea("uraian", "Uraian").rows(3).hint("Boleh kosong."));
    if !by_hand {
        return form;
    }
    let fates: Vec<(String, String)> = Nasib::ALL.iter().map(|one| (one.as_str().to_owned(), one.label().to_owned())).collect();
    form.field(Field::number("aktif", "Lama arsip aktif, tahun").min("0").max("100"))
        .field(Field::number("inaktif", "Lama arsip inaktif, tahun").min("0").max("100"))
        .field(Field::select("nasib", "Nasib akhir", &fates))
}

fn header() -> PageHeader {
    PageHeader::new("Buat berkas").purpose("Berkas memuat surat dan naskah satu urusan yang sudah selesai.").crumb("Arsip", LIST)
}

/// GET /eoffice/arsip/baru
pub(crate) fn show_new(ctx: &Ctx, _: &mut Tx<'_>) -> Outcome {
    me(ctx)?;
    let form =
        fields(frame::form(ctx, format!("{LIST}/baru")), None, false).submit("Buat berkas").cancel("Kembali ke arsip", LIST);
    Ok(frame::respond(ctx, &header(), form))
}

/// Is the retention of this code to be set by hand?
pub(super) fn asks_retention(list: &Klasifikasi, code: &Picked) -> bool {
    code.value().and_then(|code| list.get(code)).is_some_and(|kode| kode.retensi.is_none())
}

/// POST /eoffice/arsip/baru
pub(crate) fn save_new(ctx: &Ctx, input: &Input) -> Outcome {
    let opd = me(ctx)?.opd;
    let list = ctx.read(|tx| Klasifikasi::in_force(tx, ctx.instance()))?;
    let code = code(input, &list);
    let baru = draft(&typed(input, &code), &list, ctx.today());
    let unclear = code.problem("klasifikasi", "kode klasifikasi").is_some();
    let baru = match baru {
        Ok(baru) if !unclear => baru,
        other => {
            let refusal = other.err();
            let mut form = frame::form_again(ctx, format!("{LIST}/baru"), input).problems(&problems(&code, refusal.as_ref()));
            if let Some(refusal) = &refusal {
                form = form.refusal(refusal.message(), refusal.next_step());
            }
            let form =
                fields(form, Some(&code), asks_retention(&list, &code)).submit("Buat berkas").cancel("Kembali ke arsip", LIST);
            return Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header(), form)));
        }
    };
    let saved = ctx.submit(input, write::keys(opd), move |tx| {
        let berkas = write::open(tx, opd, &baru)?;
        klasifikasi::used(tx, &baru.kode)?;
        Ok::<_, Problem>(address(&berkas))
    })?;
    Ok(saved.with_notice("Berkas sudah dibuat."))
}

fn edit_fields(berkas: &Berkas, form: Form) -> Form {
    form.hidden("versi", berkas.versi.to_string())
        .field(Field::text("nama", "Nama berkas").max_length(200).required().width(Width::Full))
        .field(
            Field::text("lokasi", "Tempat fisik")
                .max_length(120)
                .hint("Lemari, boks, atau map untuk yang di atas kertas. Boleh kosong."),
        )
        .field(Field::textarea("uraian", "Uraian").rows(3).hint("Boleh kosong."))
        .submit("Simpan berkas")
        .cancel("Kembali ke berkas", address(berkas))
}

/// GET /eoffice/arsip/{id}/ubah
pub(crate) fn show_edit(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let berkas = load(ctx, tx)?;
    let values = FormValues::new()
        .with("nama", berkas.nama.clone())
        .with("lokasi", berkas.lokasi.clone().unwrap_or_default())
        .with("uraian", berkas.uraian.clone().unwrap_or_default());
    let form = frame::form(ctx, format!("{}/ubah", address(&berkas))).values(values);
    Ok(frame::respond(ctx, &below(&berkas, "Ubah berkas"), html! { (edit_fields(&berkas, form)) }))
}

/// POST /eoffice/arsip/{id}/ubah
pub(crate) fn save_edit(ctx: &Ctx, input: &Input) -> Outcome {
    let opd = me(ctx)?.opd;
    let (berkas, list) = ctx.read(|tx| Ok::<_, Problem>((load(ctx, tx)?, Klasifikasi::in_force(tx, ctx.instance())?)))?;
    let versi: i64 = input.text("versi").parse().map_err(|_| Problem::Unreadable("formulir ini tidak lengkap"))?;
    // Code and retention stay as they were when it was opened; a code that is not in the list any more must not hold up a change of the name.
    let mut typed = Draft { kode: berkas.kode.clone(), ..typed(input, &Picked::Nothing) };
    typed.dibuka = berkas.dibuka.to_string();
    typed.aktif = berkas.masa.aktif.to_string();
    typed.inaktif = berkas.masa.inaktif.to_string();
    typed.nasib = berkas.masa.nasib.as_str().to_owned();
    let wrong: Vec<FieldProblem> = match draft(&typed, &list, ctx.today()) {
        Ok(_) => Vec::new(),
        Err(refusal) => refusal.fields().into_iter().filter(|one| matches!(&*one.field, "nama" | "lokasi" | "uraian")).collect(),
    };
    if !wrong.is_empty() {
        let refusal = Refusal::Fields(wrong);
        let form = frame::form_again(ctx, format!("{}/ubah", address(&berkas)), input)
            .refusal(refusal.message(), refusal.next_step())
            .problems(&refusal.fields());
        return Ok(Response::form_again(praja_web::page(
            &frame::shell(ctx),
            &below(&berkas, "Ubah berkas"),
            edit_fields(&berkas, form),
        )));
    }
    let filled = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let (nama, uraian, lokasi) =
        (typed.nama.split_whitespace().collect::<Vec<_>>().join(" "), filled(&typed.uraian), filled(&typed.lokasi));
    let id = berkas.id;
    let saved = ctx.submit(input, write::keys(opd), move |tx| {
        let berkas = store::find(tx, &[opd], id)?.ok_or(Problem::NotFound)?;
        let after = Berkas { nama: nama.clone(), uraian: uraian.clone(), lokasi: lokasi.clone(), versi, ..berkas };
        write::change(tx, &after)?;
        Ok::<_, Problem>(address(&after))
    })?;
    Ok(saved.with_notice("Perubahan berkas sudah disimpan."))
}
