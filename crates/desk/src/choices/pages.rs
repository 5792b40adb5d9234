//! The page Pilihan kabar: each person's own choice.

use praja_identity::narahubung;
use praja_kernel::{Derajat, FieldProblem, Id};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx, audit::Entry};
use praja_web::{Act, EmptyState, Field, Form, FormValues, Icon, Markup, PageHeader, frame, html, page, section};

use super::{Cara, Pilihan, store};
use crate::{
    channels::{self, Gerbang, Pengaturan, Saluran, Tujuan, pages::training_notice},
    deliveries::digest::{self, Hari, Waktu},
};

/// GET /desk/pilihan-kabar.
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let own = own(ctx, tx)?;
    let mut values = FormValues::new();
    for (saluran, pilihan) in &own {
        for derajat in Derajat::ALL {
            values.add(field(*derajat, saluran.id), pilihan.cara(*derajat).as_str());
        }
        values.add(alamat_field(saluran.id), pilihan.alamat.clone().unwrap_or_default());
        values.add(versi_field(saluran.id), pilihan.versi.to_string());
    }
    let waktu = digest::chosen(tx, &ctx.scope()?.actor.key())?;
    values.add(JAM, waktu.jam.to_string());
    values.add(HARI, waktu.hari.as_str());
    let kontak = narahubung::of(tx, &ctx.scope()?.actor.key())?;
    Ok(frame::respond(ctx, &header(), content(ctx, frame::form(ctx, ADDRESS).values(values), &own, kontak.as_ref())))
}

const ADDRESS: &str = "/desk/pilihan-kabar";
/// The fields of the digest.
const JAM: &str = "ringkasan_jam";
const HARI: &str = "ringkasan_hari";

fn header() -> PageHeader {
    PageHeader::new("Pilihan kabar")
        .purpose("Semua kabar selalu tampil di Praja. Di sini Anda memilih yang juga dikirim ke luar.")
        .crumb("Kabar", "/kabar")
}

fn own(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<(Saluran, Pilihan)>, Problem> {
    let who = ctx.scope()?.actor.key();
    let mut all = Vec::new();
    for saluran in channels::store::active(tx)? {
        let pilihan = store::get(tx, &who, saluran.id)?.unwrap_or_else(|| Pilihan::default_for(&saluran));
        all.push((saluran, pilihan));
    }
    Ok(all)
}

fn field(derajat: Derajat, saluran: Id) -> String {
    format!("{}-{saluran}", derajat.as_str())
}

fn alamat_field(saluran: Id) -> String {
    format!("alamat-{saluran}")
}

fn versi_field(saluran: Id) -> String {
    format!("versi-{saluran}")
}

fn content(ctx: &Ctx, mut form: Form, own: &[(Saluran, Pilihan)], kontak: Option<&narahubung::Kontak>) -> Markup {
    if own.is_empty() {
        return html! { (EmptyState::new(
            Icon::Send,
            "Belum ada saluran ke luar",
            "Kabar Anda tampil di dalam Praja. Bila daerah Anda menyalakan surel atau gerbang pesan, pilihannya tampil di sini.",
        )) };
    }
    for (saluran, pilihan) in own {
        let fields = Derajat::ALL.iter().map(|derajat| choice(*derajat, saluran)).chain([address_field(saluran)]).collect();
        form = form
            .group(&saluran.nama, where_to(saluran, kontak), fields)
            .hidden(versi_field(saluran.id), pilihan.versi.to_string());
    }
    let days: Vec<_> = Hari::ALL.iter().map(|hari| (hari.as_str(), hari.label())).collect();
    let hours: Vec<(String, String)> = (0..24).map(|jam| (jam.to_string(), format!("{jam:02}.00"))).collect();
    form = form.group(
        "Ringkasan",
        "Kabar yang Anda pilih sebagai ringkasan datang bersama, paling banyak sekali sehari.",
        vec![
            Field::select(JAM, "Mulai pukul", &hours).width(praja_web::form::Width::Short),
            Field::radio(HARI, "Pada hari", &days),
        ],
    );
    let trials = html! {
        div.aksi { @for (saluran, _) in own {
            (Act::post(format!("Kirim percobaan lewat {}", saluran.nama), format!("{ADDRESS}/{}/coba", saluran.id), ctx.csrf(), ctx.form_id().to_string()))
        } }
    };
    html! {
        (training_notice(ctx))
        p { "Perihal naskah Terbatas, Rahasia, dan Sangat rahasia tidak pernah ikut ke luar. Kabar tentang keamanan akun selalu dikirim." }
        (form.submit("Simpan pilihan"))
        (section("Pastikan sampai", trials))
    }
}

fn choice(derajat: Derajat, saluran: &Saluran) -> Field {
    // What is urgent cannot wait for tomorrow's digest.
    let cara: Vec<Cara> =
        Cara::ALL.iter().copied().filter(|cara| derajat == Derajat::Biasa || *cara != Cara::Ringkasan).collect();
    let options: Vec<_> = cara.iter().map(|cara| (cara.as_str(), cara.label())).collect();
    Field::radio(field(derajat, saluran.id), format!("Kabar berderajat {}", derajat.label().to_lowercase()), &options)
}

fn address_field(saluran: &Saluran) -> Field {
    let field = match &saluran.pengaturan {
        Pengaturan::Surel(_) => {
            Field::email(alamat_field(saluran.id), "Alamat surel lain").hint("Kosongkan untuk memakai alamat pada data pegawai.")
        }
        Pengaturan::Gerbang(Gerbang { tujuan: Tujuan::Telepon, .. }) => {
            Field::phone(alamat_field(saluran.id), "Nomor telepon lain").hint("Kosongkan untuk memakai nomor pada data pegawai.")
        }
        Pengaturan::Gerbang(_) => Field::text(alamat_field(saluran.id), format!("ID Anda di {}", saluran.nama))
            .hint("Tanpa ID, kabar tidak dapat dikirim lewat saluran ini."),
    };
    field.width(praja_web::form::Width::Medium)
}

/// Where it goes unless the person says otherwise.
fn where_to(saluran: &Saluran, kontak: Option<&narahubung::Kontak>) -> String {
    let known = match &saluran.pengaturan {
        Pengaturan::Surel(_) => kontak.and_then(|kontak| kontak.email.clone()),
        Pengaturan::Gerbang(Gerbang { tujuan: Tujuan::Telepon, .. }) => kontak.and_then(|kontak| kontak.telepon.clone()),
        Pengaturan::Gerbang(_) => return String::new(),
    };
    known.map_or_else(
        || {
            "Data pegawai Anda belum memuat alamat untuk saluran ini. Tulis di bawah, atau minta admin OPD melengkapinya."
                .to_owned()
        },
        |known| format!("Alamat pada data pegawai: {known}."),
    )
}

/// POST /desk/pilihan-kabar.
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let own = ctx.read(|tx| own(ctx, tx))?;
    let (mut chosen, mut problems) = (Vec::new(), Vec::new());
    for (saluran, before) in &own {
        let cara = |derajat| Cara::parse(input.text(&field(derajat, saluran.id))).unwrap_or_else(|_| before.cara(derajat));
        let typed = input.text(&alamat_field(saluran.id));
        let alamat = match typed {
            "" => None,
            typed => match saluran.check_alamat(typed) {
                Ok(alamat) => Some(alamat),
                Err(message) => {
                    problems.push(FieldProblem::new("alamat", format!("{}: {message}", saluran.nama)));
                    None
                }
            },
        };
        let versi = input.text(&versi_field(saluran.id)).parse().unwrap_or(before.versi);
        let urgent = |derajat| if cara(derajat) == Cara::Ringkasan { Cara::Langsung } else { cara(derajat) };
        chosen.push(Pilihan {
            saluran: saluran.id,
            sangat_segera: urgent(Derajat::SangatSegera),
            segera: urgent(Derajat::Segera),
            biasa: cara(Derajat::Biasa),
            alamat,
            versi,
        });
    }
    let waktu = Waktu::read(input.text(JAM), input.text(HARI));
    let asked = !(input.text(JAM).is_empty() && input.text(HARI).is_empty());
    if waktu.is_none() && asked {
        problems.push(FieldProblem::new(JAM, "Pilih jam dan hari ringkasan."));
    }
    if !problems.is_empty() {
        let kontak = ctx.read(|tx| narahubung::of(tx, &ctx.scope()?.actor.key()).map_err(Problem::from))?;
        let form = frame::form_again(ctx, ADDRESS, input).problems(&problems);
        return Ok(Response::form_again(page(&frame::shell(ctx), &header(), content(ctx, form, &own, kontak.as_ref()))));
    }
    let actor = ctx.scope()?.actor.clone();
    let response = ctx.submit(input, Keys::none(), move |tx| {
        for pilihan in &chosen {
            if !store::put(tx, &actor.key(), pilihan)? {
                return Err(Problem::Conflict);
            }
        }
        if let Some(waktu) = waktu {
            digest::choose(tx, &actor.key(), waktu)?;
        }
        let id = actor.id().map(|id| id.to_string()).unwrap_or_default();
        tx.audit(&Entry::new("desk.change-pilihan-kabar", "identity_orang", id))?;
        Ok(ADDRESS.to_owned())
    })?;
    Ok(response.with_notice("Pilihan kabar Anda tersimpan."))
}

/// POST /desk/pilihan-kabar/{id}/coba: a trial to oneself.
pub(crate) fn try_out(ctx: &Ctx, input: &Input) -> Outcome {
    let id: Id = ctx.param("id")?;
    let found = ctx.read(|tx| {
        let own = own(ctx, tx)?.into_iter().find(|(saluran, _)| saluran.id == id);
        Ok::<_, Problem>(own.zip(narahubung::of(tx, &ctx.scope()?.actor.key())?))
    })?;
    let ((saluran, pilihan), kontak) = found.ok_or(Problem::NotFound)?;
    let Some(alamat) = saluran.alamat(pilihan.alamat.as_deref(), &kontak) else {
        return Ok(Response::redirect(ADDRESS)
            .with_notice("Belum ada alamat untuk saluran itu. Tulis alamatnya, simpan, lalu coba lagi."));
    };
    let response = channels::pages::queue_trial(ctx, input, &saluran, alamat, ADDRESS.to_owned())?;
    Ok(response.with_notice("Percobaan sedang dikirim. Periksa kotak surel atau telepon Anda beberapa saat lagi."))
}
