use praja_kernel::{Date, Id, Refuse, jam};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::Tx;
use praja_web::{Field, Form, FormValues, PageHeader, form::Width, frame, html};

use super::{LIST, address, below, load_to_change, me};
use crate::{
    acara::{
        Acara, Draft, Refusal, Status, draft,
        hak::{self, Pimpinan},
        store, write,
    },
    kerja::Kerja,
    surat_masuk,
};

const NEW: &str = "/eoffice/agenda/baru";

fn typed(input: &Input) -> Draft {
    let text = |name: &str| input.text(name).to_owned();
    Draft {
        judul: text("judul"),
        tanggal: text("tanggal"),
        mulai: text("mulai"),
        sampai_tanggal: text("sampai_tanggal"),
        selesai: text("selesai"),
        tempat: text("tempat"),
        penyelenggara: text("penyelenggara"),
        pakaian: text("pakaian"),
        pendamping: text("pendamping"),
        keterangan: text("keterangan"),
        tertutup: !input.text("tertutup").is_empty(),
    }
}

fn fields(form: Form, kept: &[Pimpinan], collides: bool) -> Form {
    let leaders: Vec<(String, String)> = kept.iter().map(|one| (one.jabatan.to_string(), one.label.clone())).collect();
    let form = match kept {
        [] => form,
        [only] => form.hidden("pimpinan", only.jabatan.to_string()),
        _ => form.field(Field::select("pimpinan", "Agenda", &leaders).required().width(Width::Full)),
    };
    let form = form
        .field(Field::text("judul", "Nama acara").max_length(200).required().width(Width::Full))
        .field(Field::date("tanggal", "Tanggal").required())
        .field(Field::text("tempat", "Tempat").max_length(200).required())
        .field(Field::text("mulai", "Mulai pukul").max_length(20).inputmode("decimal").required().hint("Misalnya 08.30."))
        .field(Field::text("selesai", "Selesai pukul").max_length(20).inputmode("decimal").required().hint("Misalnya 10.00."))
        .field(Field::date("sampai_tanggal", "Sampai tanggal").hint("Hanya untuk acara beberapa hari."))
        .field(Field::text("penyelenggara", "Penyelenggara").max_length(200))
        .field(Field::text("pakaian", "Pakaian").max_length(200).hint("Misalnya PDH, batik, atau PSL."))
        .field(Field::text("pendamping", "Pendamping").max_length(200))
        .field(Field::textarea("keterangan", "Keterangan").rows(3))
        .field(
            Field::checkbox("tertutup", "Acara tertutup")
                .hint("Isinya hanya tampil bagi pimpinan, sekretarisnya, dan wakilnya. Pegawai lain melihat waktunya saja."),
        );
    if collides { form.field(Field::checkbox("tetap", "Tetap simpan walaupun bertabrakan")) } else { form }
}

fn header() -> PageHeader {
    PageHeader::new("Tambah acara")
        .purpose("Acara masuk agenda pimpinan. Yang bertabrakan diberitahukan sebelum disimpan.")
        .crumb("Agenda pimpinan", LIST)
}

fn keepers(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<Pimpinan>, Problem> {
    me(ctx)?;
    let kept = hak::of(ctx, tx)?;
    if kept.is_empty() { Err(Problem::refused(Refusal::NoAgenda)) } else { Ok(kept) }
}

/// The letter that is to be put on an agenda, as far as whoever asks may see it.
fn letter(ctx: &Ctx, tx: &mut Tx<'_>, id: Option<&str>) -> Result<Option<surat_masuk::SuratMasuk>, Problem> {
    match id.filter(|id| !id.is_empty()) {
        None => Ok(None),
        Some(id) => {
            let id: Id = id.parse().map_err(|_| Problem::NotFound)?;
            Ok(Some(surat_masuk::store::find(tx, ctx.scope()?, id)?.ok_or(Problem::NotFound)?))
        }
    }
}

/// GET /eoffice/agenda/baru?surat=…
pub(crate) fn show_new(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let kept = keepers(ctx, tx)?;
    let mut form = frame::form(ctx, NEW);
    if let Some(surat) = letter(ctx, tx, ctx.query("surat"))? {
        let (judul, asal) = write::suggested(&surat);
        let mut values = FormValues::new().with("judul", judul).with("penyelenggara", asal);
        if surat.isi.sifat != praja_kernel::Sifat::Biasa {
            values = values.with("tertutup", "ya");
        }
        form = form.values(values).hidden("surat", surat.id.to_string());
    }
    let form = fields(form, &kept, false).submit("Simpan acara").cancel("Kembali ke agenda", LIST);
    Ok(frame::respond(ctx, &header(), form))
}

/// POST /eoffice/agenda/baru
pub(crate) fn save_new(ctx: &Ctx, input: &Input) -> Outcome {
    let acting = me(ctx)?.clone();
    let (kept, surat) = ctx.read(|tx| Ok::<_, Problem>((keepers(ctx, tx)?, letter(ctx, tx, Some(input.text("surat")))?)))?;
    let again = |refusal: &dyn Refuse| {
        let mut form =
            frame::form_again(ctx, NEW, input).refusal(refusal.message(), refusal.next_step()).problems(&refusal.fields());
        if let Some(surat) = &surat {
            form = form.hidden("surat", surat.id.to_string());
        }
        let form = fields(form, &kept, refusal.code() == "eoffice.acara.collides");
        let form = form.submit("Simpan acara").cancel("Kembali ke agenda", LIST);
        Response::form_again(praja_web::page(&frame::shell(ctx), &header(), form))
    };
    let Some(leader) = kept.iter().find(|one| one.jabatan.to_string() == input.text("pimpinan")).cloned() else {
        return Ok(again(&Refusal::field("pimpinan", "Pilih agenda pimpinan yang Anda isi.")));
    };
    let isi = match draft(&typed(input), ctx.instance().zona, ctx.today()) {
        Ok(isi) => isi,
        Err(refusal) => return Ok(again(&refusal)),
    };
    let acara = Acara {
        id: ctx.instance().ids.next_id(),
        opd: leader.opd,
        pimpinan: leader.jabatan,
        isi,
        status: Status::Dijadwalkan,
        wakil: None,
        alasan: None,
        hasil: None,
        surat_masuk: surat.as_ref().map(|surat| surat.id),
        naskah: None,
        pencatat: acting.jabatan,
        pencatat_nama: ctx.scope()?.actor.nama().to_owned(),
        created_at: ctx.now(),
        versi: 1,
    };
    let (kerja, meant) = (Kerja::of(ctx), !input.text("tetap").is_empty());
    let saved = ctx.submit(input, write::keys(leader.jabatan), move |tx| {
        write::schedule(tx, &kerja, &leader, &acara, meant)?;
        Ok(address(&acara))
    });
    match saved {
        Ok(response) => Ok(response.with_notice("Acara sudah masuk agenda.")),
        Err(Problem::Refused(refusal)) => Ok(again(&*refusal)),
        Err(problem) => Err(problem),
    }
}

fn known(acara: &Acara, zona: praja_kernel::Zona) -> FormValues {
    let (from, until) = (zona.local(acara.isi.mulai), zona.local(acara.isi.selesai));
    let last: Option<Date> = Some(until.date()).filter(|day| *day != from.date());
    let isi = &acara.isi;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let values = FormValues::new()
        .with("judul", isi.judul.clone())
        .with("tanggal", from.date().to_string())
        .with("mulai", jam(from))
        .with("sampai_tanggal", last.map(|day| day.to_string()).unwrap_or_default())
        .with("selesai", jam(until))
        .with("tempat", isi.tempat.clone())
        .with("penyelenggara", text(&isi.penyelenggara))
        .with("pakaian", text(&isi.pakaian))
        .with("pendamping", text(&isi.pendamping))
        .with("keterangan", text(&isi.keterangan));
    if isi.tertutup { values.with("tertutup", "ya") } else { values }
}

fn edit(form: Form, acara: &Acara, collides: bool) -> Form {
    fields(form.hidden("versi", acara.versi.to_string()), &[], collides)
        .submit("Simpan perubahan")
        .cancel("Kembali ke acara", address(acara))
}

/// GET /eoffice/agenda/{id}/ubah
pub(crate) fn show_edit(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (acara, _) = load_to_change(ctx, tx)?;
    let zona = ctx.instance().zona;
    acara.clone().change(acara.isi.clone()).map_err(Problem::refused)?;
    let form = frame::form(ctx, format!("{}/ubah", address(&acara))).values(known(&acara, zona));
    Ok(frame::respond(ctx, &below(&acara, "Ubah acara", zona), html! { (edit(form, &acara, false)) }))
}

/// POST /eoffice/agenda/{id}/ubah
pub(crate) fn save_edit(ctx: &Ctx, input: &Input) -> Outcome {
    let (acara, leader) = ctx.read(|tx| load_to_change(ctx, tx))?;
    let zona = ctx.instance().zona;
    let versi: i64 = input.text("versi").parse().map_err(|_| Problem::Unreadable("formulir ini tidak lengkap"))?;
    let again = |refusal: &dyn Refuse| {
        let form = frame::form_again(ctx, format!("{}/ubah", address(&acara)), input)
            .refusal(refusal.message(), refusal.next_step())
            .problems(&refusal.fields());
        let form = edit(form, &acara, refusal.code() == "eoffice.acara.collides");
        Response::form_again(praja_web::page(&frame::shell(ctx), &below(&acara, "Ubah acara", zona), form))
    };
    let isi = match draft(&typed(input), zona, ctx.today()) {
        Ok(isi) => isi,
        Err(refusal) => return Ok(again(&refusal)),
    };
    let (kerja, meant, id) = (Kerja::of(ctx), !input.text("tetap").is_empty(), acara.id);
    let saved = ctx.submit(input, write::keys(leader.jabatan), move |tx| {
        let acara = store::find(tx, id)?.filter(|one| one.versi == versi).ok_or(Problem::Conflict)?;
        let to = address(&acara);
        write::change(tx, &kerja, &leader, acara, isi.clone(), meant)?;
        Ok(to)
    });
    match saved {
        Ok(response) => Ok(response.with_notice("Perubahan acara sudah disimpan.")),
        Err(Problem::Refused(refusal)) => Ok(again(&*refusal)),
        Err(problem) => Err(problem),
    }
}
