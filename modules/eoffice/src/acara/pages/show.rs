use praja_desk::timeline;
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{Act, Facts, Icon, Markup, PageHeader, Tone, act_bar, detail, frame, html, next_step, section};

use super::{LIST, address, load, status_badge, title, when};
use crate::{
    WRITE,
    acara::{Acara, Pandangan, Status, hak, write},
    naskah, surat_masuk,
};

/// GET /eoffice/agenda/{id}
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (acara, sees, kept) = load(ctx, tx)?;
    let zona = ctx.instance().zona;
    let header = PageHeader::new(title(&acara, sees)).purpose(format!("{}.", when(&acara, zona))).crumb("Agenda pimpinan", LIST);
    if sees == Pandangan::Waktu {
        let text = "Acara ini tertutup. Yang tampil hanya waktunya, supaya tidak ada acara lain yang bertabrakan.";
        return Ok(frame::respond(ctx, &header, next_step(Tone::Neutral, text)));
    }
    let leader = praja_identity::jabatan::label(tx, acara.pimpinan, ctx.today())?;
    let may = hak::may_change(&acara, super::me(ctx)?.jabatan, &kept);
    let links = links(ctx, tx, &acara)?;
    let history = timeline::of(ctx, tx, &write::objek(acara.id))?;
    let body = html! {
        (facts(&acara, &leader, &when(&acara, zona)))
        @if let Some(text) = &acara.isi.keterangan { (section("Keterangan", html! { p.catatan { (text) } })) }
        @if let Some(hasil) = &acara.hasil { (section("Hasil", html! { p.catatan { (hasil) } })) }
        @if let Some(links) = &links { (section("Naskah terkait", links)) }
        (section("Riwayat", history))
    };
    let acts = if may { acts(ctx, &acara) } else { Vec::new() };
    Ok(frame::respond(ctx, &header, html! { (state(ctx, &acara)) (detail(body, act_bar(&acts))) }))
}

fn state(ctx: &Ctx, acara: &Acara) -> Markup {
    match acara.status {
        Status::Dijadwalkan if acara.isi.selesai < ctx.now() => {
            next_step(Tone::Warn, "Acara ini sudah lewat. Catat apakah dihadiri dan apa hasilnya.")
        }
        Status::Dijadwalkan => next_step(Tone::Info, "Acara ini dijadwalkan."),
        Status::Dihadiri => next_step(Tone::Good, "Acara ini sudah dihadiri."),
        Status::Diwakilkan => {
            let who = acara.wakil.as_ref().map(|(_, nama)| nama.as_str()).unwrap_or_default();
            next_step(Tone::Warn, format!("Acara ini diwakilkan kepada {who}."))
        }
        Status::Batal => {
            next_step(Tone::Neutral, format!("Acara ini batal: {}", acara.alasan.as_deref().unwrap_or("tanpa keterangan")))
        }
    }
}

fn facts(acara: &Acara, leader: &str, when: &str) -> Facts {
    let isi = &acara.isi;
    let mut facts =
        Facts::new().add("Pimpinan", leader.to_owned()).add("Waktu", when.to_owned()).add("Tempat", isi.tempat.clone());
    let known = [
        ("Penyelenggara", isi.penyelenggara.as_ref()),
        ("Pakaian", isi.pakaian.as_ref()),
        ("Pendamping", isi.pendamping.as_ref()),
        ("Diwakili", acara.wakil.as_ref().map(|(_, nama)| nama)),
    ];
    for (name, text) in known {
        if let Some(text) = text {
            facts = facts.add(name, text.clone());
        }
    }
    facts
        .add("Yang dapat membaca", if isi.tertutup { "Pimpinan, sekretarisnya, dan wakilnya" } else { "Pegawai OPD" })
        .add("Status", status_badge(acara.status))
        .add("Dicatat oleh", acara.pencatat_nama.clone())
}

/// The invitation it came from and the minutes it led to, as far as whoever asks may see them.
fn links(ctx: &Ctx, tx: &mut Tx<'_>, acara: &Acara) -> Result<Option<Markup>, Problem> {
    let scope = ctx.scope()?;
    let letter = match acara.surat_masuk {
        Some(id) => surat_masuk::store::find(tx, scope, id)?,
        None => None,
    };
    let minutes = match acara.naskah {
        Some(id) if ctx.may(WRITE) => naskah::store::find(tx, ctx.instance().keys(), scope, id)?,
        _ => None,
    };
    if letter.is_none() && minutes.is_none() {
        return Ok(None);
    }
    Ok(Some(html! {
        ul {
            @if let Some(surat) = &letter {
                li { "Surat masuk: " a href={ (surat_masuk::pages::LIST) "/" (surat.id) } { "agenda " (surat_masuk::nomor_agenda(surat.agenda, surat.tahun)) " dari " (surat.isi.asal) } }
            }
            @if let Some(naskah) = &minutes {
                li { "Notula atau laporan: " a href={ (naskah::write::PAGE) "/" (naskah.id) } { (naskah.isi.hal) } }
            }
        }
    }))
}

fn acts(ctx: &Ctx, acara: &Acara) -> Vec<Act> {
    let at = |word: &str| format!("{}/tindakan/{word}", address(acara));
    let begun = acara.isi.mulai <= ctx.now();
    let mut acts = Vec::new();
    let open = matches!(acara.status, Status::Dijadwalkan | Status::Diwakilkan);
    if begun && (open || acara.status == Status::Dihadiri) {
        let label = if acara.status == Status::Dihadiri { "Catat hasil" } else { "Catat kehadiran dan hasil" };
        let act = Act::link(label, at("hadir")).icon(Icon::Good);
        acts.push(if acara.hasil.is_none() { act.main() } else { act });
    }
    if open {
        let act = Act::link("Ubah acara", format!("{}/ubah", address(acara))).icon(Icon::Edit);
        acts.push(if begun { act } else { act.main() });
        let label = if acara.wakil.is_some() { "Ganti wakil" } else { "Wakilkan" };
        acts.push(Act::link(label, at("wakilkan")).icon(Icon::Forward));
        acts.push(Act::link("Batalkan acara", at("batal")).icon(Icon::Close));
    }
    if matches!(acara.status, Status::Batal | Status::Diwakilkan) && acara.hasil.is_none() {
        let label = if acara.status == Status::Batal { "Jadwalkan kembali" } else { "Hadiri sendiri" };
        acts.push(Act::link(label, at("kembalikan")).icon(Icon::Left));
    }
    if begun && acara.status != Status::Batal && acara.naskah.is_none() && ctx.may(WRITE) {
        acts.push(
            Act::link("Susun notula", format!("{}/baru/notula?acara={}", naskah::write::PAGE, acara.id)).icon(Icon::Document),
        );
    }
    acts
}

/// On the page of a letter: the events it led to, and the way to put it on an agenda.
pub(crate) fn of_surat(ctx: &Ctx, tx: &mut Tx<'_>, surat: praja_kernel::Id) -> Result<Option<Markup>, Problem> {
    let Ok(acting) = super::me(ctx) else { return Ok(None) };
    let kept = hak::of(ctx, tx)?;
    let read = hak::read(tx, acting.opd, &kept, ctx.today())?;
    let zona = ctx.instance().zona;
    let mut lines = Vec::new();
    for acara in crate::acara::store::of_surat(tx, surat)? {
        if hak::sees(&acara, acting.jabatan, &read) == Some(Pandangan::Utuh) {
            lines.push(html! { li { a href=(address(&acara)) { (acara.isi.judul) } ", " (when(&acara, zona)) ". " (status_badge(acara.status)) } });
        }
    }
    Ok((!lines.is_empty()).then(|| html! { ul { @for line in &lines { (line) } } }))
}
