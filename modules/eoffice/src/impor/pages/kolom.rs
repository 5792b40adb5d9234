//! Which column holds what: guessed from the headings, or as a profile says; every guess is shown before anything is read.

use std::collections::BTreeMap;

use praja_desk::impor::{Payload, ask, columns, way};
use praja_kernel::{FieldProblem, Id, Refuse, fold};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx, audit::Entry};
use praja_web::lembar::{contoh::Contoh, tanggal::Urutan};
use praja_web::{Field, Form, FormValues, PageHeader, frame, html, page, section};

use super::{LIST, address, crumbs, find};
use crate::impor::{
    Act, Impor, PROFIL, Profil, Refusal, Status, TABLE,
    bidang::Bidang,
    kerja,
    pemetaan::{Bagian, Ganda, Pemetaan, Sumber, column_field, fixed_field, part_field},
    store,
};

/// The fields that make a letter; the others are folded.
const MAIN: [Bidang; 7] =
    [Bidang::Agenda, Bidang::Tahun, Bidang::TanggalTerima, Bidang::Asal, Bidang::NomorSurat, Bidang::TanggalSurat, Bidang::Hal];

/// What the page needs.
struct Meja {
    impor: Impor,
    lembar: Contoh,
    headings: Vec<String>,
    profiles: Vec<Profil>,
}

fn open(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Meja, Problem> {
    let impor = find(ctx, tx)?;
    impor.status.after(Act::Map, 0).map_err(Problem::refused)?;
    let samples = store::samples(tx, impor.id)?;
    let lembar = samples.into_iter().find(|one| one.nama == impor.lembar).ok_or(Problem::NotFound)?;
    let headings = lembar.headings(impor.kepala);
    let profiles = store::profiles(tx, impor.opd)?;
    Ok(Meja { impor, lembar, headings, profiles })
}

/// GET /eoffice/impor/{id}/kolom?profil=…
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let meja = open(ctx, tx)?;
    let chosen = match ctx.query("profil") {
        None => None,
        Some(text) => {
            let id: Id = text.parse().map_err(|_| Problem::NotFound)?;
            Some(meja.profiles.iter().find(|one| one.id == id).ok_or(Problem::NotFound)?)
        }
    };
    let pemetaan = match (chosen, &meja.impor.pemetaan) {
        (Some(profil), _) => profil.pemetaan.clone().for_headings(&meja.headings),
        (None, Some(kept)) => kept.clone().for_headings(&meja.headings),
        (None, None) => Pemetaan::guess(&meja.headings),
    };
    let form = frame::form(ctx, action(&meja.impor)).values(values(&pemetaan, chosen));
    Ok(Response::page(whole(ctx, &meja, form, chosen)))
}

fn action(impor: &Impor) -> String {
    format!("{}/kolom", address(impor.id))
}

/// POST of the same address: keeps the mapping and asks for the check.
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let meja = ctx.read(|tx| open(ctx, tx))?;
    let (pemetaan, profil) = match read(input, &meja) {
        Ok(read) => read,
        Err(refusal) => {
            let form = frame::form_again(ctx, action(&meja.impor), input)
                .refusal(refusal.message(), refusal.next_step())
                .problems(&refusal.fields());
            return Ok(Response::form_again(whole(ctx, &meja, form, None)));
        }
    };
    let (id, opd, from) = (meja.impor.id, meja.impor.opd, meja.impor.status);
    let to = from.after(Act::Map, 0).map_err(Problem::refused)?;
    ctx.submit(input, Keys::none(), move |tx| {
        store::keep_mapping(tx, id, &pemetaan)?;
        if !store::move_on(tx, id, from, to, None)? {
            return Err(Problem::Conflict);
        }
        let mut entry = Entry::new("eoffice.map-impor", TABLE, id).with("isian", pemetaan.sumber.len());
        if let Some(nama) = &profil {
            store::keep_profile(tx, opd, nama, &pemetaan)?;
            entry = entry.with("profil", nama);
        }
        tx.audit(&entry)?;
        ask(tx, kerja::CHECK, &Payload::of(id))?;
        Ok(format!("{LIST}/{id}"))
    })
}

/// The mapping as it was chosen, and the name under which it is kept.
fn read(input: &Input, meja: &Meja) -> Result<(Pemetaan, Option<String>), Refusal> {
    let mut wrong = Vec::new();
    let mut sumber = BTreeMap::new();
    for bidang in Bidang::ALL {
        let typed = input.text(column_field(*bidang));
        let kolom = match typed {
            "" => None,
            // Anything but a place is a column that is not there.
            typed => Some(typed.parse().unwrap_or(usize::MAX)),
        };
        let bagian = if bidang.is_divisible() {
            Bagian::parse(input.text(part_field(*bidang))).unwrap_or(Bagian::Utuh)
        } else {
            Bagian::Utuh
        };
        let tetap = input.text(fixed_field(*bidang)).split_whitespace().collect::<Vec<_>>().join(" ");
        if kolom.is_some() || !tetap.is_empty() {
            let judul = kolom.and_then(|at| meja.headings.get(at)).cloned().unwrap_or_default();
            sumber.insert(*bidang, Sumber { kolom, judul, bagian, tetap });
        }
    }
    let mut choice = |name: &'static str, message: &str| wrong.push(FieldProblem::new(name, message));
    let urutan = Urutan::parse(input.text("urutan")).unwrap_or_else(|_| {
        choice("urutan", "Pilih urutan tanggal pada berkas ini.");
        Urutan::HariBulan
    });
    let ganda = Ganda::parse(input.text("ganda")).unwrap_or_else(|_| {
        choice("ganda", "Pilih yang dilakukan dengan nomor agenda yang tidak dapat dipakai.");
        Ganda::Laporkan
    });
    let pemisah = input.text("pemisah").to_owned();
    if pemisah.chars().count() > 10 {
        choice("pemisah", "Tanda pemisah paling panjang 10 huruf.");
    }
    let nama = input.text("profil_nama").split_whitespace().collect::<Vec<_>>().join(" ");
    if nama.chars().count() > PROFIL {
        choice("profil_nama", &format!("Nama profil paling panjang {PROFIL} huruf."));
    } else if !nama.is_empty() && fold(&nama).is_empty() {
        choice("profil_nama", "Nama profil memerlukan sedikitnya satu huruf atau angka.");
    }
    let pemetaan = Pemetaan { sumber, urutan, pemisah, ganda };
    wrong.extend(pemetaan.problems(meja.headings.len()));
    if wrong.is_empty() { Ok((pemetaan, Some(nama).filter(|nama| !nama.is_empty()))) } else { Err(Refusal::Fields(wrong)) }
}

fn values(pemetaan: &Pemetaan, profil: Option<&Profil>) -> FormValues {
    let mut values = FormValues::new()
        .with("urutan", pemetaan.urutan.as_str())
        .with("ganda", pemetaan.ganda.as_str())
        .with("pemisah", &pemetaan.pemisah);
    if let Some(profil) = profil {
        values = values.with("profil_nama", &profil.nama);
    }
    for (bidang, one) in &pemetaan.sumber {
        if let Some(at) = one.kolom {
            values = values.with(column_field(*bidang), at.to_string());
        }
        values = values.with(part_field(*bidang), one.bagian.as_str()).with(fixed_field(*bidang), &one.tetap);
    }
    values
}

fn whole(ctx: &Ctx, meja: &Meja, form: Form, chosen: Option<&Profil>) -> String {
    let impor = &meja.impor;
    let columns = columns(&meja.lembar, impor.kepala);
    let mut form = form.guard();
    for bidang in MAIN {
        form = form.group(bidang.label(), bidang.hint(), fields(bidang, &columns, true));
    }
    let rest = Bidang::ALL.iter().filter(|one| !MAIN.contains(one)).flat_map(|one| fields(*one, &columns, false)).collect();
    let order: Vec<(&str, &str)> = Urutan::ALL.iter().map(|one| (one.as_str(), one.label())).collect();
    let numbers: Vec<(&str, &str)> = Ganda::ALL.iter().map(|one| (one.as_str(), one.label())).collect();
    let form = form
        .fold("Isian lain: ringkasan, klasifikasi, sifat, disposisi, dan tempat naskah", rest)
        .group(
            "Cara membaca",
            "",
            vec![
                Field::radio("urutan", "Urutan tanggal yang ditulis dengan angka", &order).value(Urutan::HariBulan.as_str()),
                Field::text("pemisah", "Tanda pemisah")
                    .max_length(10)
                    .hint("Untuk sel yang isinya terbagi dua, misalnya titik koma atau kata tgl."),
                Field::radio("ganda", "Nomor agenda yang kosong, kembar, atau sudah dipakai", &numbers)
                    .value(Ganda::Laporkan.as_str())
                    .hint("Nomor resmi tidak pernah diberikan kepada dua surat."),
            ],
        )
        .group(
            "Simpan pemetaan",
            "",
            vec![Field::text("profil_nama", "Nama profil").max_length(80).hint(
                "Boleh kosong. Profil dengan nama ini dipakai lagi untuk berkas sebentuk; nama yang sama menggantikannya.",
            )],
        )
        .submit("Periksa isi berkas")
        .cancel("Kembali ke lembar dan judul", format!("{}/lembar", address(impor.id)));
    let header =
        crumbs(PageHeader::new("Kolom mana berisi apa").purpose(
            "Dugaan dari judul kolomnya sudah dipilihkan; periksa satu per satu. Isian tetap dipakai bila selnya kosong.",
        ))
        .crumb(impor.berkas.as_str(), address(impor.id));
    let content = html! {
        (way(2))
        @if !meja.profiles.is_empty() { (section("Pakai profil", profile_form(meja, chosen))) }
        (form)
    };
    page(&frame::shell(ctx), &header, content)
}

fn profile_form(meja: &Meja, chosen: Option<&Profil>) -> Form {
    let options: Vec<(String, &str)> = meja.profiles.iter().map(|one| (one.id.to_string(), one.nama.as_str())).collect();
    let values = chosen.map_or_else(FormValues::new, |one| FormValues::new().with("profil", one.id.to_string()));
    Form::get(action(&meja.impor))
        .values(values)
        .field(Field::select("profil", "Profil pemetaan", &options))
        .submit("Pakai profil")
}

fn fields(bidang: Bidang, columns: &[(String, String)], main: bool) -> Vec<Field> {
    let label = bidang.label();
    let column = Field::select(column_field(bidang), format!("Kolom {}", label.to_lowercase()), columns).value("");
    let mut all = vec![if main { column } else { column.hint(bidang.hint()) }];
    if bidang.is_divisible() {
        let parts: Vec<(&str, &str)> = Bagian::ALL.iter().map(|one| (one.as_str(), one.label())).collect();
        all.push(
            Field::select(part_field(bidang), format!("Bagian sel untuk {}", label.to_lowercase()), &parts)
                .value(Bagian::Utuh.as_str()),
        );
    }
    // A number that were the same for all letters is no number.
    if bidang != Bidang::Agenda {
        all.push(Field::text(fixed_field(bidang), format!("Isian tetap {}", label.to_lowercase())).max_length(160));
    }
    all
}

/// May its columns be mapped now?
pub(super) fn is_open(status: Status) -> bool {
    status.after(Act::Map, 0).is_ok()
}
