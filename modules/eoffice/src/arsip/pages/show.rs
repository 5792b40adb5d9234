use praja_desk::{
    attachments,
    klasifikasi::{Klasifikasi, Nasib},
    timeline,
};
use praja_kernel::tanggal_pendek;
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Act, Address, Cell, Column, EmptyState, Icon, Markup, Notice, PageHeader, Row, Table, Tone, act_bar, detail,
    export::{Col, Format, Sheet, respond},
    frame, html, next_step, section,
};

use super::{LIST, address, facts, load, tahap_badge};
use crate::{
    arsip::{
        Berkas, Tahap,
        isi::{Baris, Jenis},
        store::{self, PAGE},
        write,
    },
    susut,
};

/// GET /eoffice/arsip/{id}?setelah=…
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let berkas = load(ctx, tx)?;
    let list = Klasifikasi::in_force(tx, ctx.instance())?;
    let header = PageHeader::new(berkas.nama.clone())
        .purpose(format!("Berkas nomor {} dengan kode {}.", berkas.nomor, berkas.kode))
        .crumb("Arsip", LIST);
    let table = contents(ctx, tx, &berkas)?;
    let history = timeline::of(ctx, tx, &write::objek(berkas.id))?;
    let body = html! {
        (facts(&berkas, &list))
        (section("Daftar isi berkas", table))
        (section("Riwayat", history))
    };
    let listed = match berkas.susut {
        Some(id) => susut::store::find(tx, &[berkas.opd], id)?,
        None => None,
    };
    Ok(frame::respond(
        ctx,
        &header,
        html! {
            @match &listed {
                Some(list) => (next_step(Tone::Info, html! { "Berkas ini ada dalam " a href=(susut::pages::address(list)) { (susut::pages::name(list)) } "." })),
                None => (state(ctx, &berkas)),
            }
            (detail(body, act_bar(&acts(&berkas))))
        },
    ))
}

/// Where it stands, in one sentence.
fn state(ctx: &Ctx, berkas: &Berkas) -> Markup {
    let end = berkas.tempo().map(tanggal_pendek).unwrap_or_default();
    match berkas.tahap {
        Tahap::Terbuka => {
            next_step(Tone::Info, "Berkas ini masih terbuka. Tutup setelah urusannya selesai; sejak itu retensinya dihitung.")
        }
        Tahap::Aktif if berkas.waits() => next_step(
            Tone::Warn,
            format!(
                "Retensi dihitung {}. Catat tanggal peristiwanya begitu terjadi.",
                berkas.masa.peristiwa.as_deref().unwrap_or_default().to_lowercase()
            ),
        ),
        Tahap::Aktif if berkas.is_due(ctx.today()) => next_step(
            Tone::Warn,
            html! { "Masa aktif berakhir " (end) ". " a href=(susut::pages::choose_address(susut::Jenis::Pindah)) { "Pindahkan ke unit kearsipan" } "." },
        ),
        Tahap::Inaktif if berkas.is_due(ctx.today()) => {
            let jenis = if berkas.masa.nasib == Nasib::Permanen { susut::Jenis::Serah } else { susut::Jenis::Musnah };
            next_step(
                Tone::Warn,
                html! { "Masa inaktif berakhir " (end) ". Nasib akhirnya: " (berkas.masa.nasib_teks) ". " a href=(susut::pages::choose_address(jenis)) { "Susun daftar " (jenis.label().to_lowercase()) } "." },
            )
        }
        Tahap::Aktif | Tahap::Inaktif => next_step(Tone::Good, format!("{} sampai {end}.", berkas.tahap.label())),
        Tahap::Musnah | Tahap::Permanen => next_step(Tone::Neutral, format!("{} menurut berita acara.", berkas.tahap.label())),
    }
}

fn acts(berkas: &Berkas) -> Vec<Act> {
    let address = address(berkas);
    let mut acts = Vec::new();
    if berkas.tahap == Tahap::Terbuka && berkas.jumlah > 0 {
        acts.push(Act::link("Tutup berkas", format!("{address}/tindakan/tutup")).icon(Icon::Lock).main());
    }
    if berkas.waits() {
        acts.push(Act::link("Catat peristiwa", format!("{address}/tindakan/peristiwa")).icon(Icon::Calendar).main());
    }
    if berkas.tahap == Tahap::Aktif && berkas.susut.is_none() {
        acts.push(Act::link("Buka kembali berkas", format!("{address}/tindakan/buka")).icon(Icon::Folder));
    }
    if matches!(berkas.tahap, Tahap::Terbuka | Tahap::Aktif) {
        acts.push(Act::link("Ubah berkas", format!("{address}/ubah")).icon(Icon::Edit));
    }
    acts
}

fn contents(ctx: &Ctx, tx: &mut Tx<'_>, berkas: &Berkas) -> Result<Table, Problem> {
    let here = Address::here(ctx);
    let after: i64 = ctx.query("setelah").and_then(|text| text.parse().ok()).unwrap_or(0);
    let mut lines = store::isi(tx, berkas.id, after, PAGE + 1)?;
    let more = lines.len() > PAGE;
    lines.truncate(PAGE);
    let next = lines.last().filter(|_| more).map(|line| here.clone().set("setelah", line.nomor.to_string()).href());
    let open = berkas.tahap == Tahap::Terbuka;
    let mut table = Table::new("Daftar isi berkas")
        .column(Column::text("Uraian"))
        .column(Column::text("Nomor dan tanggal surat"))
        .column(Column::text("Pengirim atau tujuan"))
        .column(Column::text("Jenis").corner());
    if !lines.is_empty() {
        table = table.downloads(&here.clone().at(format!("{}/unduh", address(berkas))));
    }
    let out = |line: &Baris| format!("{}/keluarkan/{}", address(berkas), line.id);
    Ok(table
        .rows(lines.into_iter().map(|line| {
            let by_itself = line.isi.jenis == Jenis::Izin;
            let href = if by_itself {
                format!("{}/isi/{}", address(berkas), line.id)
            } else {
                format!("{}/{}", line.isi.jenis.page(), line.isi.surat)
            };
            let nomor = line.isi.nomor_surat.as_deref().unwrap_or("tanpa nomor");
            Row::new(vec![
                html! { (line.nomor) ". " a href=(href) { (line.isi.uraian) } @if open && !by_itself { br; a.redup href=(out(&line)) { "Keluarkan dari berkas" } } }.into(),
                html! { (nomor) br; span.redup { (tanggal_pendek(line.isi.tanggal)) } }.into(),
                if line.isi.pihak.is_empty() { Cell::empty() } else { line.isi.pihak.clone().into() },
                line.isi.jenis.label().into(),
            ])
        }))
        .pager((after > 0).then(|| here.clone().without("setelah").href()), next)
        .empty(EmptyState::new(
            Icon::Folder,
            "Berkas ini masih kosong",
            "Buka surat atau naskah yang sudah selesai, lalu pilih Berkaskan; atau tandai beberapa pada daftarnya.",
        )))
}

/// GET /eoffice/arsip/{id}/isi/{isi}: a paper of another service that was filed by itself; letters and naskah have pages of their own.
pub(crate) fn paper(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let berkas = load(ctx, tx)?;
    let line = store::one_isi(tx, berkas.id, ctx.param("isi")?)?.filter(|line| line.isi.jenis == Jenis::Izin);
    let line = line.ok_or(Problem::NotFound)?;
    attachments::of_thing(ctx, tx, &line.isi.objek, line.isi.surat, ctx.query("unduh").is_some())
}

/// GET /eoffice/arsip/{id}/unduh: the list of its contents (daftar isi berkas).
pub(crate) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let berkas = load(ctx, tx)?;
    let mut sheet = Sheet::new("Daftar isi berkas")
        .about("Berkas", format!("{} {}", berkas.nomor, berkas.nama))
        .about("Kode klasifikasi", &berkas.kode)
        .column(Col::int("Nomor"))
        .column(Col::text("Jenis"))
        .column(Col::text("Nomor surat"))
        .column(Col::date("Tanggal"))
        .column(Col::text("Uraian"))
        .column(Col::text("Pengirim atau tujuan"))
        .column(Col::text("Sifat"));
    let mut after = 0;
    loop {
        let lines = store::isi(tx, berkas.id, after, 500)?;
        let ended = lines.len() < 500;
        for line in lines {
            after = line.nomor;
            sheet.push(vec![
                line.nomor.into(),
                line.isi.jenis.label().into(),
                line.isi.nomor_surat.clone().into(),
                Some(line.isi.tanggal).into(),
                (&line.isi.uraian).into(),
                (&line.isi.pihak).into(),
                line.isi.sifat.label().into(),
            ]);
        }
        if ended {
            break;
        }
    }
    respond(ctx, sheet, Format::asked(ctx), "daftar-isi-berkas")
}

/// The file a letter or naskah lies in, for its own page; a link only for who keeps that archive.
pub(crate) fn place(ctx: &Ctx, tx: &mut Tx<'_>, surat: praja_kernel::Id) -> Result<Option<Markup>, Problem> {
    let Some(berkas) = store::of_surat(tx, surat)? else { return Ok(None) };
    let own = ctx.scope()?.opd() == Some(berkas.opd) && super::list::keeps(ctx);
    let gone = if berkas.tahap == Tahap::Musnah { susut::store::destroyed_by(tx, berkas.id)? } else { None };
    Ok(Some(html! {
        p { "Diberkaskan dalam berkas nomor " (berkas.nomor) ": "
            @if own { a href=(address(&berkas)) { (berkas.nama) } " " (tahap_badge(berkas.tahap)) } @else { (berkas.nama) } }
        @if let Some(surat) = gone {
            (Notice::new(Tone::Warn, "Isi dan lampirannya sudah dimusnahkan")
                .text(format!("Menurut berita acara nomor {} tanggal {}. Yang tersisa hanya catatan pada halaman ini.", surat.nomor, tanggal_pendek(surat.tanggal))))
        }
    }))
}
