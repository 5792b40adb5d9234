use praja_kernel::{FieldProblem, Id, JenisKelamin};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx, audit::Entry};
use praja_web::{
    Field, Form, FormValues, PageHeader, PreEscaped,
    form::Width,
    frame, html,
    picker::{self, Picked},
};

use super::{LIST, show};
use crate::{
    accounts::store as accounts,
    lookup,
    opd::{self, Reach, reach},
    orang::{
        Jenis, golongan,
        rules::{self, Draft, Isi},
        store::{self, NewOrang, Rinci},
    },
    penugasan::acts::Asker,
};

const TABLE: &str = "identity_orang";

/// GET /identity/orang/baru
pub(crate) fn new(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let own = ctx.scope()?.acting.as_ref().map(|acting| (acting.opd, acting.opd_nama.clone()));
    let own = match own {
        Some((opd, nama)) if reach(ctx, tx)?.has(opd) => Some((opd, nama)),
        _ => None,
    };
    let aids = ctx.instance().ports.aids;
    let kept = match aids {
        Some(aids) => (aids.resume)(ctx, tx, &address_new())?,
        None => None,
    };
    let mut form = steps(frame::form(ctx, address_new()), unit(own, None));
    if aids.is_some() {
        form = form.autosave(address_new());
    }
    let mut line = String::new();
    if let Some(kept) = kept {
        form = form.values(kept.fields.into_iter().collect::<FormValues>());
        line = kept.line;
    }
    let form = form.submit("Catat pegawai").cancel("Kembali ke daftar pegawai", LIST);
    Ok(frame::respond(ctx, &header_new(), html! { (PreEscaped(line)) (form) }))
}

/// POST /identity/orang/baru
pub(crate) fn create(ctx: &Ctx, input: &Input) -> Outcome {
    let picked = ctx.read(|tx| {
        let reach = reach(ctx, tx)?;
        picker::resolve(input, "opd", |typed| lookup::find_offices(tx, typed, &reach)).map_err(Problem::from)
    })?;
    let mut problems: Vec<FieldProblem> = picked.problem("opd", "OPD").into_iter().collect();
    let opd: Option<Id> = picked.value().and_then(|value| value.parse().ok());
    if opd.is_none() && problems.is_empty() {
        problems.push(FieldProblem::new("opd", "Unit kerja belum dipilih."));
    }
    let read = read(ctx, input, None)?;
    let (opd, isi) = match (opd, read) {
        (Some(opd), Ok(isi)) => (opd, isi),
        (_, read) => {
            problems.splice(0..0, read.err().unwrap_or_default());
            let form = frame::form_again(ctx, address_new(), input).problems(&problems);
            let form = steps(form, unit(None, Some(&picked))).submit("Catat pegawai");
            let form = form.cancel("Kembali ke daftar pegawai", LIST);
            return Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header_new(), form)));
        }
    };
    let (asker, aids) = (Asker::of(ctx)?, ctx.instance().ports.aids);
    let saved = ctx.submit(input, Keys::none(), move |tx| {
        asker.check_opd(tx, opd)?;
        let new = NewOrang {
            nama: &isi.nama,
            gelar_depan: isi.gelar_depan.as_deref(),
            gelar_belakang: isi.gelar_belakang.as_deref(),
            nip: isi.nip.as_ref().map(praja_kernel::Nip::as_str),
            email: isi.email.as_deref(),
            telepon: isi.telepon.as_deref(),
            jenis: Some(isi.jenis),
            tanggal_lahir: isi.tanggal_lahir,
            jenis_kelamin: isi.jenis_kelamin,
            golongan: isi.golongan,
            opd: Some(opd),
        };
        let id = store::insert(tx, &new)?;
        tx.audit(&entry("identity.create-orang", id, &isi).with("unit_kerja", opd))?;
        if let Some(aids) = aids {
            (aids.forget)(tx, &address_new())?;
        }
        Ok::<_, Problem>(format!("{LIST}/{id}"))
    })?;
    Ok(saved.with_notice("Pegawai sudah dicatat. Tugaskan pada jabatannya."))
}

/// GET /identity/orang/{id}/ubah
pub(crate) fn edit(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let person = show::owned(ctx, tx, ctx.param("id")?)?;
    let form = frame::form(ctx, format!("{LIST}/{}/ubah", person.id)).values(values(&person));
    let form = fields(form.hidden("versi", person.versi.to_string())).submit("Simpan perubahan");
    Ok(frame::respond(ctx, &header_edit(&person), form.cancel("Kembali ke pegawai", format!("{LIST}/{}", person.id))))
}

/// POST /identity/orang/{id}/ubah
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let person = ctx.read(|tx| show::owned(ctx, tx, ctx.param("id")?))?;
    let versi: i64 = input.text("versi").parse().map_err(|_| Problem::Unreadable("formulir ini tidak lengkap"))?;
    let id = person.id;
    let isi = match read(ctx, input, Some(id))? {
        Ok(isi) => isi,
        Err(problems) => {
            let form = frame::form_again(ctx, format!("{LIST}/{id}/ubah"), input).problems(&problems);
            let form = fields(form.hidden("versi", versi.to_string())).submit("Simpan perubahan");
            let form = form.cancel("Kembali ke pegawai", format!("{LIST}/{id}"));
            return Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header_edit(&person), form)));
        }
    };
    let scope = ctx.scope()?.clone();
    let saved = ctx.submit(input, Keys::none(), move |tx| {
        let person = store::get(tx, id)?.ok_or(Problem::NotFound)?;
        let reach = Reach::of(tx, &scope)?;
        show::within(&reach, &person)?;
        if !store::update(tx, id, versi, &isi)? {
            return Err(Problem::Conflict);
        }
        // A changed NIP or e-mail address is from now on what is typed at log-in.
        accounts::sync_names(tx, id)?;
        tx.audit(&entry("identity.change-orang", id, &isi))?;
        Ok(format!("{LIST}/{id}"))
    })?;
    Ok(saved.with_notice("Perubahan data pegawai sudah disimpan."))
}

/// The audit row. Birth, e-mail address and telephone number are personal and stay out of it.
fn entry(act: &'static str, id: Id, isi: &Isi) -> Entry {
    let full = crate::orang::full_name(&isi.nama, isi.gelar_depan.as_deref(), isi.gelar_belakang.as_deref());
    Entry::new(act, TABLE, id)
        .with("nama", full)
        .with("jenis", isi.jenis.as_str())
        .with("nip", isi.nip.as_ref().map_or("-", praja_kernel::Nip::as_str))
        .with("golongan", isi.golongan.unwrap_or("-"))
}

fn read(ctx: &Ctx, input: &Input, own: Option<Id>) -> Result<Result<Isi, Vec<FieldProblem>>, Problem> {
    let draft = Draft {
        nama: input.text("nama"),
        gelar_depan: input.text("gelar_depan"),
        gelar_belakang: input.text("gelar_belakang"),
        jenis: input.text("jenis"),
        nip: input.text("nip"),
        tanggal_lahir: input.text("tanggal_lahir"),
        jenis_kelamin: input.text("jenis_kelamin"),
        golongan: input.text("golongan"),
        email: input.text("email"),
        telepon: input.text("telepon"),
    };
    let isi = match rules::read(&draft, ctx.today()) {
        Ok(isi) => isi,
        Err(problems) => return Ok(Err(problems)),
    };
    let problems = ctx.read(|tx| clashes(ctx, tx, &isi, own))?;
    Ok(if problems.is_empty() { Ok(isi) } else { Err(problems) })
}

/// A NIP and an e-mail address belong to one person. Who has it is named only to whom that person may be shown.
fn clashes(ctx: &Ctx, tx: &mut Tx<'_>, isi: &Isi, own: Option<Id>) -> Result<Vec<FieldProblem>, Problem> {
    let mut problems = Vec::new();
    let reach = opd::reach(ctx, tx)?;
    let mut tell = |tx: &mut Tx<'_>, field: &'static str, what: &str, other: Option<Id>| -> Result<(), Problem> {
        let Some(other) = other.filter(|id| Some(*id) != own) else { return Ok(()) };
        let person = store::get(tx, other)?.ok_or(Problem::NotFound)?;
        let message = match show::within(&reach, &person) {
            Ok(()) => format!("{what} ini sudah dicatat untuk {}.", person.nama_lengkap),
            Err(_) => format!("{what} ini sudah dicatat untuk pegawai OPD lain. Hubungi superadmin di Diskominfo."),
        };
        problems.push(FieldProblem::new(field, message));
        Ok(())
    };
    if let Some(nip) = &isi.nip {
        let other = store::by_nip(tx, nip.as_str())?;
        tell(tx, "nip", "NIP", other)?;
    }
    if let Some(email) = &isi.email {
        let other = store::by_email(tx, email)?;
        tell(tx, "email", "Alamat surel", other)?;
    }
    Ok(problems)
}

fn values(person: &Rinci) -> FormValues {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    FormValues::default()
        .with("nama", &person.nama)
        .with("gelar_depan", text(&person.gelar_depan))
        .with("gelar_belakang", text(&person.gelar_belakang))
        .with("jenis", person.jenis.as_str())
        .with("nip", text(&person.nip))
        .with("tanggal_lahir", person.tanggal_lahir.map(|day| day.to_string()).unwrap_or_default())
        .with("jenis_kelamin", person.jenis_kelamin.map(JenisKelamin::as_str).unwrap_or_default())
        .with("golongan", text(&person.golongan))
        .with("email", text(&person.email))
        .with("telepon", text(&person.telepon))
}

fn unit(own: Option<(Id, String)>, picked: Option<&Picked>) -> Field {
    let mut field = Field::picker("opd", "Unit kerja", "/identity/pilih/opd?kelola=1")
        .required()
        .hint("OPD tempat pegawai dicatat. Berpindah dengan sendirinya mengikuti jabatan definitifnya.");
    if let Some((id, nama)) = own {
        field = field.chosen(id.to_string(), nama);
    }
    match picked {
        Some(picked) => field.candidates(picked.candidates()),
        None => field,
    }
}

/// A new person, step by step.
fn steps(form: Form, unit: Field) -> Form {
    let put = |form: Form, fields: Vec<Field>| fields.into_iter().fold(form, Form::field);
    let form = put(form.guard().step("Nama"), names());
    let mut work = work();
    work.push(unit);
    let form = put(form.step("Kepegawaian"), work);
    put(form.step("Data diri").extra(html! { p.redup { (BORN) } }), personal())
}

fn fields(form: Form) -> Form {
    form.guard().group("Nama", "", names()).group("Kepegawaian", "", work()).group("Data diri", BORN, personal())
}

const BORN: &str = "Tanggal lahir dan jenis kelamin terisi dari NIP bila dikosongkan, dan dicocokkan bila diisi.";

fn names() -> Vec<Field> {
    vec![
        Field::text("nama", "Nama tanpa gelar").required().max_length(120).autocomplete("off"),
        Field::text("gelar_depan", "Gelar di depan").max_length(40).width(Width::Medium).hint("Misalnya Dr. atau Ir."),
        Field::text("gelar_belakang", "Gelar di belakang").max_length(80).width(Width::Medium).hint("Misalnya S.E., M.Si."),
    ]
}

fn work() -> Vec<Field> {
    let kinds: Vec<(&str, &str)> = Jenis::ALL.iter().map(|one| (one.as_str(), one.label())).collect();
    let mut ranks = vec![(String::new(), "Belum diisi".to_owned())];
    ranks.extend(golongan::choices());
    vec![
        Field::radio("jenis", "Jenis pegawai", &kinds).required(),
        Field::text("nip", "NIP")
            .width(Width::Medium)
            .inputmode("numeric")
            .max_length(24)
            .hint("18 angka, untuk PNS dan PPPK. Kosongkan untuk pejabat negara dan non-ASN."),
        Field::select("golongan", "Pangkat dan golongan", &ranks).value(""),
    ]
}

fn personal() -> Vec<Field> {
    let sexes: Vec<(&str, &str)> = JenisKelamin::ALL.iter().map(|one| (one.as_str(), one.label())).collect();
    vec![
        Field::date("tanggal_lahir", "Tanggal lahir"),
        Field::radio("jenis_kelamin", "Jenis kelamin", &sexes),
        Field::email("email", "Surel").autocomplete("off").hint("Dapat dipakai untuk masuk dan menerima pemberitahuan."),
        Field::phone("telepon", "Telepon").autocomplete("off"),
    ]
}

fn address_new() -> String {
    format!("{LIST}/baru")
}

fn header_new() -> PageHeader {
    PageHeader::new("Catat pegawai")
        .purpose("Seseorang yang akan memegang jabatan. Jabatannya ditugaskan sesudah data ini disimpan.")
        .crumb("Pegawai", LIST)
}

fn header_edit(person: &Rinci) -> PageHeader {
    show::header(person, "Ubah data pegawai", "Jabatan diubah pada halaman jabatannya.")
}
