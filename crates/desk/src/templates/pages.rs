//! The page where the regency changes its texts.

use praja_kernel::Refuse;
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx, audit::Entry};
use praja_web::{Act, Cell, Column, Field, Form, Markup, PageHeader, Row, Table, Tone, badge, frame, html, page, section};

use super::{Escape, TOKENS, check, fill, mail, names, shipped, store};

/// GET /desk/templat.
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let mut rows = Vec::new();
    for name in names() {
        let own = store::get(tx, name)?.filter(|own| !own.isi.is_empty());
        let zona = ctx.instance().zona;
        let (state, who, when) = match &own {
            Some(own) => {
                (badge(Tone::Info, "Diubah daerah"), own.oleh.as_str().into(), Cell::new(frame::time(zona, own.diubah).0))
            }
            None => (badge(Tone::Neutral, "Bawaan"), Cell::empty(), Cell::empty()),
        };
        rows.push(Row::new(vec![title(name).into(), state.into(), who, when]).href(format!("/desk/templat/{name}")));
    }
    let table = Table::new("Teks pesan")
        .column(Column::text("Pesan"))
        .column(Column::text("Keadaan").corner())
        .column(Column::text("Diubah oleh"))
        .column(Column::date("Pada").wide_only())
        .rows(rows);
    let header = PageHeader::new("Teks pesan")
        .purpose("Kalimat surel dan pesan yang keluar dari Praja. Perihal naskah Terbatas ke atas tidak pernah ikut.")
        .crumb("Saluran kabar", "/desk/saluran");
    Ok(frame::respond(ctx, &header, table))
}

/// "Surel: tugas baru".
fn title(name: &str) -> String {
    let (medium, kind) = name.split_once('-').unwrap_or((name, ""));
    let medium = if medium == "surel" { "Surel" } else { "Pesan gerbang" };
    let kind = match kind {
        "tugas" => "tugas baru",
        "keamanan" => "keamanan akun",
        other => other,
    };
    format!("{medium}: {kind}")
}

/// GET /desk/templat/{nama}.
pub(crate) fn edit(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let name = name(ctx)?;
    let own = store::get(tx, &name)?;
    let versi = own.as_ref().map_or(0, |own| own.versi);
    let text = own.map(|own| own.isi).filter(|isi| !isi.is_empty());
    let now = text.clone().unwrap_or_else(|| shipped(&name).unwrap_or_default().to_owned());
    let form = fields(frame::form(ctx, address(&name)).hidden("versi", versi.to_string()), &now);
    let back = text.is_some().then(|| {
        let act = Act::post("Kembalikan ke bawaan", format!("{}/bawaan", address(&name)), ctx.csrf(), ctx.form_id().to_string());
        act.value("versi", versi.to_string())
    });
    let content = html! { (form) @if let Some(back) = back { div.aksi { (back) } } (tokens_help()) (section("Pratinjau", preview(&name, &now))) };
    Ok(frame::respond(ctx, &header(&name), content))
}

fn name(ctx: &Ctx) -> Result<String, Problem> {
    let name: String = ctx.param("nama")?;
    if names().contains(&name.as_str()) { Ok(name) } else { Err(Problem::NotFound) }
}

fn address(name: &str) -> String {
    format!("/desk/templat/{name}")
}

fn header(name: &str) -> PageHeader {
    PageHeader::new(title(name)).crumb("Saluran kabar", "/desk/saluran").crumb("Teks pesan", "/desk/templat")
}

fn fields(form: Form, text: &str) -> Form {
    form.field(Field::textarea("isi", "Teks").rows(14).value(text).required())
        .submit("Simpan teks")
        .cancel("Batal", "/desk/templat")
}

fn tokens_help() -> Markup {
    section(
        "Tanda yang diganti saat dikirim",
        html! {
            dl.tanda { @for (token, meaning) in TOKENS { dt { code { "{{" (token) "}}" } } dd { (meaning) } } }
        },
    )
}

/// The text as a made-up reader would get it.
fn preview(name: &str, text: &str) -> Markup {
    let sample = [
        ("nama", "Siti Rahmawati, S.Sos."),
        ("perihal", "Disposisi: Undangan rapat koordinasi"),
        ("isi", "Hadiri dan laporkan hasilnya."),
        ("tautan", "https://praja.contoh.go.id/kabar/…"),
        ("dari", "Drs. Adipramana"),
        ("derajat", "Segera"),
        ("jenis", "Tugas baru"),
        ("daerah", "Kabupaten Contoh Raya"),
        ("tanggal", "22 Nov 2026 07.30"),
        ("jumlah", "2"),
        ("daftar", "- Disposisi: Undangan rapat koordinasi\n- Batas waktu surat 005/12 besok"),
    ];
    let filled = fill(text, &sample, Escape::Plain);
    html! {
        @if name.starts_with("surel-") {
            @let (subject, body) = mail(&filled);
            p { strong { (subject) } }
            pre.surat { (body) }
        } @else { pre.surat { (filled) } }
    }
}

/// POST /desk/templat/{nama}.
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let name = name(ctx)?;
    let checked = match check(&name, input.raw("isi")) {
        Ok(checked) => checked,
        Err(refusal) => {
            let form =
                frame::form_again(ctx, address(&name), input).hidden("versi", input.text("versi")).problems(&refusal.fields());
            let form = html! { (fields(form, input.raw("isi"))) (tokens_help()) };
            return Ok(Response::form_again(page(&frame::shell(ctx), &header(&name), form)));
        }
    };
    put(ctx, input, name, checked, "Teks pesan disimpan dan dipakai mulai kiriman berikutnya.")
}

/// POST /desk/templat/{nama}/bawaan: the release's text again.
pub(crate) fn restore(ctx: &Ctx, input: &Input) -> Outcome {
    put(ctx, input, name(ctx)?, String::new(), "Teks bawaan dipakai kembali.")
}

fn put(ctx: &Ctx, input: &Input, name: String, text: String, notice: &str) -> Outcome {
    let versi = input.text("versi").parse().unwrap_or(0);
    let response = ctx.submit(input, Keys::none(), move |tx| {
        if !store::put(tx, &name, &text, versi)? {
            return Err(Problem::Conflict);
        }
        tx.audit(&Entry::new("desk.edit-teks-pesan", "desk_templat_kabar", &name).with("teks", &text))?;
        Ok("/desk/templat".to_owned())
    })?;
    Ok(response.with_notice(notice))
}
