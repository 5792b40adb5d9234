use praja_kernel::{FieldProblem, Id};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, StoreError, Tx, audit::Entry};
use praja_web::{
    Field, Form, PageHeader,
    form::Width,
    frame,
    picker::{self, Picked},
};

use super::{LIST, show};
use crate::{
    isian::{self, Again, together},
    lookup,
    opd::{
        Jenis, Opd, Reach, Refusal, reach,
        rules::{self, Draft, Isi, Known},
        store,
    },
    penugasan::acts::Asker,
};

const TABLE: &str = "identity_opd";

/// What stands in the fields at first.
#[derive(Default)]
pub(super) struct Start {
    pub(super) kode: String,
    pub(super) nama: String,
    pub(super) singkatan: String,
    pub(super) jenis: Option<Jenis>,
    pub(super) urut: String,
    pub(super) berlaku_dari: String,
    pub(super) induk: Option<(Id, String)>,
}

impl Start {
    pub(super) fn of(tx: &mut Tx<'_>, opd: &Opd, urut: i64) -> Result<Self, StoreError> {
        let induk = match opd.induk {
            Some(induk) => store::name(tx, induk)?.map(|nama| (induk, nama)),
            None => None,
        };
        Ok(Self {
            kode: opd.kode.clone(),
            nama: opd.nama.clone(),
            singkatan: opd.singkatan.clone(),
            jenis: Some(opd.jenis),
            urut: urut.to_string(),
            berlaku_dari: opd.berlaku_dari.to_string(),
            induk,
        })
    }
}

/// GET /identity/opd/baru
pub(crate) fn new(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let reach = reach(ctx, tx)?;
    let above = ctx.query("induk").and_then(|text| text.parse::<Id>().ok()).filter(|id| reach.has(*id));
    let induk = match above {
        Some(id) => store::name(tx, id)?.map(|nama| (id, nama)),
        None => None,
    };
    let start = Start { berlaku_dari: ctx.today().to_string(), induk, ..Start::default() };
    let form = fields(frame::form(ctx, format!("{LIST}/baru")), &start, None).submit("Catat OPD");
    Ok(frame::respond(ctx, &header_new(), form.cancel("Kembali ke daftar OPD", LIST)))
}

/// POST /identity/opd/baru
pub(crate) fn create(ctx: &Ctx, input: &Input) -> Outcome {
    let isi = match read(ctx, input, None, &[]) {
        Ok(isi) => isi,
        Err(Again::Form(problems, picked)) => {
            let form = frame::form_again(ctx, format!("{LIST}/baru"), input).problems(&problems);
            let form = fields(form, &Start::default(), picked.as_ref()).submit("Catat OPD").cancel("Kembali ke daftar OPD", LIST);
            return Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header_new(), form)));
        }
        Err(Again::Problem(problem)) => return Err(problem),
    };
    let asker = Asker::of(ctx)?;
    let saved = ctx.submit(input, Keys::none(), move |tx| {
        check_parent(tx, &asker, isi.induk)?;
        let id = tx.new_id()?;
        let opd = Opd {
            id,
            kode: isi.kode.clone(),
            nama: isi.nama.clone(),
            singkatan: isi.singkatan.clone(),
            jenis: isi.jenis,
            induk: isi.induk,
            berlaku_dari: isi.berlaku_dari,
            berlaku_sampai: None,
        };
        store::insert(tx, &opd, isi.urut)?;
        tx.audit(&entry("identity.create-opd", id, &isi))?;
        Ok::<_, Problem>(format!("{LIST}/{id}"))
    })?;
    Ok(saved.with_notice("OPD sudah dicatat. Tambahkan jabatannya."))
}

/// GET /identity/opd/{id}/ubah
pub(crate) fn edit(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let row = open(ctx, tx)?;
    let start = Start::of(tx, &row.opd, row.urut)?;
    let form = frame::form(ctx, format!("{LIST}/{}/ubah", row.opd.id)).hidden("versi", row.versi.to_string());
    let form = fields(form, &start, None).submit("Simpan perubahan").cancel("Kembali ke OPD", format!("{LIST}/{}", row.opd.id));
    Ok(frame::respond(ctx, &header_edit(&row.opd), form))
}

/// POST /identity/opd/{id}/ubah
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let row = ctx.read(|tx| open(ctx, tx))?;
    let (id, before) = (row.opd.id, row.opd.induk);
    let versi: i64 = input.text("versi").parse().map_err(|_| Problem::Unreadable("formulir ini tidak lengkap"))?;
    let isi = match read(ctx, input, Some(&row.opd), &[]) {
        Ok(isi) => isi,
        Err(Again::Form(problems, picked)) => {
            let form = frame::form_again(ctx, format!("{LIST}/{id}/ubah"), input);
            let form = form.hidden("versi", versi.to_string()).problems(&problems);
            let form = fields(form, &Start::default(), picked.as_ref()).submit("Simpan perubahan");
            let form = form.cancel("Kembali ke OPD", format!("{LIST}/{id}"));
            return Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header_edit(&row.opd), form)));
        }
        Err(Again::Problem(problem)) => return Err(problem),
    };
    let asker = Asker::of(ctx)?;
    let saved = ctx.submit(input, Keys::none(), move |tx| {
        asker.check_opd(tx, id)?;
        // An OPD's admin corrects the own OPD, too, and leaves it where it is.
        if isi.induk != before {
            check_parent(tx, &asker, isi.induk)?;
        }
        if !store::update(tx, id, versi, &isi)? {
            return Err(Problem::Conflict);
        }
        tx.audit(&entry("identity.change-opd", id, &isi))?;
        Ok(format!("{LIST}/{id}"))
    })?;
    Ok(saved.with_notice("Perubahan data OPD sudah disimpan."))
}

fn entry(act: &'static str, id: Id, isi: &Isi) -> Entry {
    Entry::new(act, TABLE, id)
        .with("nama", &isi.nama)
        .with("kode", &isi.kode)
        .with("singkatan", &isi.singkatan)
        .with("jenis", isi.jenis.as_str())
        .with("induk", isi.induk.map_or_else(|| "-".to_owned(), |id| id.to_string()))
        .with("berlaku_dari", isi.berlaku_dari)
}

/// Units at the top are for who administers all; below an OPD for who administers that.
fn check_parent(tx: &mut Tx<'_>, asker: &Asker, induk: Option<Id>) -> Result<(), Problem> {
    match induk {
        Some(induk) => asker.check_opd(tx, induk),
        None if asker.is_everywhere() => Ok(()),
        None => Err(Problem::refused(Refusal::NotYours)),
    }
}

fn open(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<store::Rinci, Problem> {
    let row = show::found(ctx, tx, ctx.param("id")?)?;
    match row.opd.berlaku_sampai {
        None => Ok(row),
        Some(_) => Err(Problem::refused(Refusal::Ended { nama: row.opd.nama })),
    }
}

/// Reads the form; `own` is the OPD that is changed or renamed, `ending` those that make room for it.
pub(super) fn read(ctx: &Ctx, input: &Input, own: Option<&Opd>, ending: &[Id]) -> Result<Isi, Again> {
    ctx.read(|tx| {
        let reach = Reach::of(tx, ctx.scope().map_err(Again::Problem)?)?;
        let picked = picker::resolve(input, "induk", |typed| lookup::find_offices(tx, typed, &reach))?;
        let mut problems: Vec<FieldProblem> = picked.problem("induk", "OPD").into_iter().collect();
        let wanted: Option<Id> = picked.value().and_then(|value| value.parse().ok());
        let induk = match wanted {
            Some(id) => store::get(tx, id)?.filter(|one| one.berlaku_sampai.is_none()),
            None => None,
        };
        if wanted.is_some() && induk.is_none() {
            problems.push(FieldProblem::new("induk", "OPD itu sudah berakhir. Pilih induk lain."));
        }
        // The own parent may lie outside of what an OPD's admin administers, and is left alone.
        let same = own.is_some_and(|own| own.induk == wanted);
        if let Some(id) = wanted
            && !same
            && !reach.has(id)
        {
            problems.push(FieldProblem::new("induk", "Anda tidak mengelola OPD itu. Pilih induk lain."));
        }
        let above = match wanted {
            Some(id) => store::above(tx, id)?,
            None => Vec::new(),
        };
        let mut active = store::list_active(tx)?;
        active.retain(|one| !ending.contains(&one.id));
        let known = Known { id: own.map(|one| one.id), induk: induk.as_ref(), above: &above, active: &active };
        let draft = Draft {
            kode: input.text("kode"),
            nama: input.text("nama"),
            singkatan: input.text("singkatan"),
            jenis: input.text("jenis"),
            urut: input.text("urut"),
            berlaku_dari: input.text("berlaku_dari"),
        };
        together(problems, rules::read(&draft, &known), picked)
    })
}

pub(super) fn fields(form: Form, start: &Start, picked: Option<&Picked>) -> Form {
    let kinds: Vec<(&str, &str)> = Jenis::ALL.iter().map(|one| (one.as_str(), one.label())).collect();
    let mut jenis = Field::select("jenis", "Jenis OPD", &kinds).required();
    if let Some(one) = start.jenis {
        jenis = jenis.value(one.as_str());
    }
    let induk = Field::picker("induk", "Di bawah OPD", "/identity/pilih/opd?kelola=1")
        .hint("Untuk UPTD, bagian, kelurahan, dan desa. Kosongkan untuk dinas, badan, kecamatan, dan sejenisnya.");
    form.guard()
        .field(
            Field::text("nama", "Nama OPD")
                .required()
                .max_length(160)
                .value(&start.nama)
                .hint("Lengkap, seperti pada peraturan daerah."),
        )
        .field(Field::text("singkatan", "Singkatan").required().max_length(40).width(Width::Medium).value(&start.singkatan))
        .field(Field::text("kode", "Kode OPD").required().max_length(30).width(Width::Short).value(&start.kode))
        .field(jenis)
        .field(isian::picker(induk, start.induk.as_ref(), picked))
        .field(isian::order_field("Urutan dalam daftar", &start.urut, "Kosongkan untuk tempat terakhir."))
        .field(Field::date("berlaku_dari", "Mulai berlaku").required().value(&start.berlaku_dari))
}

fn header_new() -> PageHeader {
    PageHeader::new("Catat OPD")
        .purpose("Perangkat daerah atau unit di bawahnya yang memegang buku surat sendiri.")
        .crumb("OPD dan jabatan", LIST)
}

fn header_edit(opd: &Opd) -> PageHeader {
    show::header(
        opd,
        "Ubah data OPD",
        "Untuk memperbaiki kesalahan tulis. Nama baru menurut peraturan dicatat dengan Ganti nama OPD, agar yang lama tetap tercatat.",
    )
}
