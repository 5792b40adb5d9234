use praja_desk::{attachments, comments, deliveries, klasifikasi::Klasifikasi, registers::naskah::JenisNaskah, timeline, tte};
use praja_identity::opd;
use praja_kernel::{Refuse, tanggal_panjang};
use praja_module::{Ctx, Outcome, Problem, Response};
use praja_store::Tx;
use praja_web::{
    Act, Column, Facts, Icon, Markup, Notice, Row, Table, Tone, act_bar, badge, detail, frame, html, next_step, section,
};

use super::{LIST, disposisi, header, kind, lembar, load, number, pdf, send::electronic as by_box, short_facts, tte as signing};
use crate::{
    DISPATCH,
    amplop::{self, store::Amplop},
    arsip,
    naskah::{
        Naskah, Status,
        alur::{Langkah, may},
        rantai::{Keadaan, Paraf},
        store,
        tujuan::{Keadaan as Kirim, Penerima},
        write::{hand::is_turn_of, objek, objek_badan, objek_lampiran, send::recipients},
    },
    srikandi,
    surat_masuk::pages::LIST as LETTERS,
};

/// GET /eoffice/naskah/{id}
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let naskah = load(ctx, tx)?;
    let (kind, _) = kind(tx, &naskah.jenis)?;
    let page = frame::respond(ctx, &header(&naskah, &kind), content(ctx, tx, &naskah, &kind, None)?);
    Ok(page.kept(!naskah.isi.sifat.is_secret()))
}

/// The same page with what was refused.
pub(super) fn again(ctx: &Ctx, refusal: &dyn Refuse) -> Outcome {
    ctx.read(|tx| {
        let naskah = load(ctx, tx)?;
        let (kind, _) = kind(tx, &naskah.jenis)?;
        let content = content(ctx, tx, &naskah, &kind, Some(refusal))?;
        Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header(&naskah, &kind), content)))
    })
}

fn content(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    naskah: &Naskah,
    kind: &JenisNaskah,
    refusal: Option<&dyn Refuse>,
) -> Result<Markup, Problem> {
    let secret = naskah.isi.sifat.is_secret();
    let kertas = lembar::kertas(ctx, tx, naskah)?;
    let chain = store::paraf::all(tx, naskah.id)?;
    let (_, last) = store::paraf::last(tx, naskah.id)?;
    let files = attachments::of(tx, &objek(naskah.id))?;
    // Once it is signed they are pages of the naskah itself.
    let lampiran = if naskah.berkas.is_none() { attachments::of(tx, &objek_lampiran(naskah.id))? } else { Vec::new() };
    let badan = attachments::of(tx, &objek_badan(naskah.id))?;
    let versi = store::all_versi(tx, naskah.id)?;
    let sent = store::penerima::of(tx, naskah.id)?;
    let amplop = amplop::store::of_naskah(tx, naskah.id)?;
    let planned = if sent.is_empty() { recipients(tx, naskah)? } else { Vec::new() };
    let shown = delivery(ctx, tx, naskah, if sent.is_empty() { &planned } else { &sent }, &amplop)?;
    let history = timeline::of(ctx, tx, &objek(naskah.id))?;
    let orders = disposisi::part(ctx, tx, naskah)?;
    let filed = arsip::pages::show::place(ctx, tx, naskah.id)?;
    let comments = if secret { None } else { Some(comments::section(ctx, tx, &objek(naskah.id))?) };
    let with = tte::get(tx)?;
    // What the national application numbers is signed there.
    let theirs = match naskah.status {
        Status::SiapTte => srikandi::write::numbers(tx, kind, naskah.opd, ctx.today())?,
        Status::Menandatangani => naskah.nomor.is_none(),
        _ => false,
    };
    let electronic = !theirs && signing::offered(ctx, &with, naskah);
    let trouble = if naskah.status == Status::Menandatangani { signing::waiting(ctx, tx, naskah)? } else { None };
    let body = html! {
        (state(ctx, naskah, electronic))
        @if let Some(waiting) = &orders.waiting { (waiting) }
        @if let Some(trouble) = &trouble { (Notice::new(Tone::Warn, "Belum ditandatangani").text(trouble)) }
        @if let Some(filed) = &filed { (filed) }
        (facts(ctx, tx, naskah, kind)?)
        @if naskah.status == Status::Menandatangani && naskah.nomor.is_some() && may_scan(ctx, naskah) { (section(if electronic { "Bila ditandatangani di kertas" } else { "Naskah bertanda tangan" }, number::scan_form(ctx, naskah, refusal))) }
        @else if let Some(refusal) = refusal { (Notice::new(Tone::Bad, refusal.message()).text(refusal.next_step())) }
        @if !files.is_empty() { (section("Berkas", attachments::table(ctx, &files))) }
        @if naskah.letak.is_none() { (section("Naskah", lembar::page(naskah, &kertas))) }
        @else if naskah.berkas.is_none() { (section("Naskah dari PDF", attachments::table(ctx, &badan))) }
        @if !lampiran.is_empty() { (section("Lampiran", attachments::table(ctx, &lampiran))) }
        @if !chain.is_empty() { (section("Paraf", paraf(ctx, &chain))) }
        @if let Some(chain) = &orders.chain { (section("Disposisi", chain)) }
        @if !sent.is_empty() { (section("Penerima", &shown)) }
        @if !planned.is_empty() { (section("Akan dikirim kepada", &shown)) }
        @if versi.len() > 1 { (section("Versi", html! {
            ul { @for pair in versi.windows(2) { @if let [before, after] = pair {
                li { a href={ (LIST) "/" (naskah.id) "/versi/" (after.versi) } { "Versi " (after.versi) " dibandingkan versi " (before.versi) }
                    span.redup { " · " (after.oleh_nama) ", " (frame::time(ctx.instance().zona, after.pada).0) } }
            } } }
        })) }
        @if let Some(comments) = &comments { (comments) }
        (section("Riwayat", history))
    };
    Ok(detail(body, side(ctx, naskah, &last, electronic, orders.acts)?))
}

fn may_scan(ctx: &Ctx, naskah: &Naskah) -> bool {
    let acting = ctx.scope().ok().and_then(|scope| scope.acting.as_ref());
    let own = acting.is_some_and(|acting| [naskah.pembuat, naskah.isi.penandatangan].contains(&acting.jabatan));
    own || (ctx.may(DISPATCH) && acting.is_some_and(|acting| acting.opd == naskah.opd))
}

/// Who may print, scan and send: the writer, the signer, and the registry of the office.
pub(crate) fn dispatches(ctx: &Ctx, naskah: &Naskah) -> bool {
    may_scan(ctx, naskah)
}

fn state(ctx: &Ctx, naskah: &Naskah, electronic: bool) -> Markup {
    let since = tanggal_panjang(ctx.instance().zona.date(naskah.pemegang_sejak));
    let (tone, words) = match naskah.status {
        Status::Konsep => (Tone::Info, format!("Konsep pada {}; belum diajukan.", naskah.pembuat_jabatan)),
        Status::Dikoreksi => {
            (Tone::Warn, format!("Dikembalikan kepada {} sejak {since} untuk diperbaiki.", naskah.pembuat_jabatan))
        }
        Status::Paraf => (Tone::Info, format!("Menunggu paraf {} sejak {since}.", naskah.pemegang)),
        Status::SiapTte => (Tone::Warn, format!("Menunggu tanda tangan {} sejak {since}.", naskah.pemegang)),
        Status::Menandatangani if naskah.nomor.is_none() => {
            (Tone::Warn, format!("Disetujui sejak {since}. Terbitkan lewat SRIKANDI, lalu simpan nomor dan PDF-nya di sini."))
        }
        Status::Menandatangani if electronic => {
            (Tone::Warn, format!("Bernomor dan menunggu TTE {} sejak {since}.", naskah.pemegang))
        }
        Status::Menandatangani => {
            (Tone::Warn, "Sudah bernomor. Cetak, mintakan tanda tangan, lalu unggah pindaiannya.".to_owned())
        }
        Status::Tertandatangani => (Tone::Good, "Sudah ditandatangani dan belum dikirim.".to_owned()),
        Status::Dikirim | Status::Diberkaskan => (Tone::Good, "Sudah ditandatangani dan dikirim.".to_owned()),
        Status::Ditolak => (Tone::Bad, format!("Ditolak. {}", naskah.penutup.as_deref().unwrap_or_default())),
        Status::Dicabut => (Tone::Bad, format!("Dicabut. {}", naskah.penutup.as_deref().unwrap_or_default())),
    };
    next_step(tone, words)
}

fn facts(ctx: &Ctx, tx: &mut Tx<'_>, naskah: &Naskah, kind: &JenisNaskah) -> Result<Facts, Problem> {
    let isi = &naskah.isi;
    let klas = match &isi.klasifikasi {
        Some(kode) => {
            let list = Klasifikasi::in_force(tx, ctx.instance())?;
            Some(list.get(kode).map_or_else(|| kode.clone(), praja_desk::klasifikasi::Kode::label))
        }
        None => None,
    };
    let mut facts = short_facts(naskah, kind)
        .add("Derajat", isi.derajat.label())
        .add("Perangkat daerah", opd::name(tx, naskah.opd)?.unwrap_or_default())
        .add("Penyusun", format!("{}, {}", naskah.pembuat_nama, naskah.pembuat_jabatan));
    if let Some(nomor) = &naskah.nomor {
        facts = facts.add("Nomor", &nomor.teks).add("Tanggal", tanggal_panjang(nomor.tanggal));
    }
    facts = facts.add("Wewenang", isi.wewenang.label()).add_maybe("Dasar pelimpahan", isi.delegasi.as_ref());
    facts = facts.add_maybe("Klasifikasi", klas).add_maybe("Menjawab atau merujuk", isi.rujukan.as_ref());
    if let Some(surat) = naskah.surat_masuk {
        facts = facts.add("Surat masuk", html! { a href={ (LETTERS) "/" (surat) } { "Buka surat yang dijawab" } });
    }
    if let Some(token) = &naskah.token {
        facts = facts.add("Verifikasi", html! { a href={ "/v/" (token) } { "Halaman verifikasi" } });
    }
    Ok(facts)
}

fn paraf(ctx: &Ctx, all: &[(i64, Paraf)]) -> Markup {
    let zona = ctx.instance().zona;
    let table = Table::new("Paraf")
        .column(Column::text("Jabatan"))
        .column(Column::text("Jenis"))
        .column(Column::text("Keadaan"))
        .column(Column::text("Catatan"))
        .rows(all.iter().map(|(_, one)| {
            let tone = match one.keadaan {
                Keadaan::Menunggu => Tone::Info,
                Keadaan::Diparaf => Tone::Good,
                Keadaan::Dikembalikan => Tone::Warn,
                Keadaan::Gugur => Tone::Neutral,
            };
            let when = one.pada.map(|at| frame::time(zona, at).0).unwrap_or_default();
            let by = one.oleh.as_deref().unwrap_or_default();
            Row::new(vec![
                html! { (one.jabatan_nama) @if !by.is_empty() { br; span.redup { (by) " · " (when) } } }.into(),
                one.jenis.label().into(),
                html! { (badge(tone, one.keadaan.label())) @if let Some(versi) = one.versi { span.redup { " versi " (versi) } } }
                    .into(),
                one.catatan.clone().unwrap_or_default().into(),
            ])
        }));
    html! { (table) }
}

fn delivery(ctx: &Ctx, tx: &mut Tx<'_>, naskah: &Naskah, all: &[Penerima], amplop: &[Amplop]) -> Result<Markup, Problem> {
    let zona = ctx.instance().zona;
    let mut mails = std::collections::HashMap::new();
    for one in all {
        if let Some(kiriman) = one.kiriman {
            mails.extend(deliveries::state_of(tx, kiriman)?.map(|state| (one.id, state)));
        }
    }
    let dispatches = dispatches(ctx, naskah) && naskah.status == Status::Dikirim;
    let table = Table::new("Penerima naskah")
        .column(Column::text("Penerima"))
        .column(Column::text("Sebagai"))
        .column(Column::text("Cara kirim"))
        .column(Column::text("Keadaan"))
        .rows(all.iter().map(|one| {
            let at = one.diterima_pada.or(one.dikirim_pada).map(|at| frame::time(zona, at).0).unwrap_or_default();
            let tone = match one.keadaan {
                Kirim::Belum => Tone::Warn,
                Kirim::Dikirim => Tone::Info,
                Kirim::Diterima => Tone::Good,
            };
            let record = dispatches && !by_box(one.cara);
            let envelope = amplop.iter().find(|envelope| envelope.penerima == one.id);
            Row::new(vec![
                html! { (one.nama) @if let Some(list) = &one.daftar { br; span.redup { "dari daftar " (list) } } }.into(),
                one.peran.label().into(),
                one.cara.label().into(),
                html! {
                    (badge(tone, one.keadaan.label()))
                    @if !at.is_empty() { br; span.redup { (at) } }
                    @if let Some(receipt) = &one.tanda_terima { br; span.redup { (receipt) } }
                    @if let Some(address) = &one.surel { br; span.redup { (address) } }
                    @if let Some((status, why)) = mails.get(&one.id) { br; span.redup { "Surel: " (status.label()) @if let Some(why) = why { ". " (why) } } }
                    @if let Some(envelope) = envelope { br; (amplop::pages::out::state(envelope.keadaan)) " " a href={ (LIST) "/" (naskah.id) "/amplop/" (envelope.id) } { "Lihat amplop" } }
                    @if record { br; a href={ (LIST) "/" (naskah.id) "/penerima/" (one.id) } { @if one.keadaan == Kirim::Diterima { "Perbaiki catatan" } @else { "Catat pengiriman" } } }
                }
                .into(),
            ])
        }));
    Ok(html! { (table) })
}

fn side(ctx: &Ctx, naskah: &Naskah, chain: &[Paraf], electronic: bool, orders: Vec<Act>) -> Result<Markup, Problem> {
    let mut acts = orders;
    let address = format!("{LIST}/{}", naskah.id);
    let post = ctx.scope()?.acting.as_ref().map(|acting| acting.jabatan);
    let step = |langkah: Langkah| format!("{address}/tindakan/{}", langkah.as_str());
    let writes = post == Some(naskah.pembuat);
    let signs = post == Some(naskah.isi.penandatangan);
    let turn = post.is_some_and(|post| is_turn_of(naskah, chain, post));
    if writes && may(naskah.status, Langkah::Ajukan) {
        acts.push(Act::link("Ajukan naskah", format!("{address}/ajukan")).icon(Icon::Send).main());
        acts.push(Act::link("Ubah naskah", format!("{address}/ubah")).icon(Icon::Edit));
        acts.push(Act::link("Pakai naskah dari PDF", format!("{address}/unggahan")).icon(Icon::Upload));
        acts.push(Act::link("Atur lampiran", format!("{address}/lampiran")).icon(Icon::Attachment));
    }
    if turn && naskah.status == Status::Paraf {
        acts.push(Act::link("Paraf naskah", step(Langkah::Paraf)).icon(Icon::Sign).main().dialog());
    }
    if signs && electronic {
        acts.push(Act::link("Tanda tangani naskah", format!("{address}/tte")).icon(Icon::Sign).main());
    }
    if signs && naskah.status == Status::SiapTte {
        let paper = Act::link("Setujui dan beri nomor", format!("{address}/nomor"));
        acts.push(if electronic { paper.icon(Icon::Stamp) } else { paper.icon(Icon::Sign).main() });
    }
    if turn {
        acts.push(Act::link("Kembalikan kepada penyusun", step(Langkah::Kembalikan)).icon(Icon::Left).dialog());
    }
    if signs && naskah.status == Status::SiapTte {
        acts.push(Act::link("Tolak naskah", step(Langkah::Tolak)).icon(Icon::Bad).dialog());
    }
    if writes && may(naskah.status, Langkah::Tarik) {
        acts.push(Act::link("Tarik kembali", step(Langkah::Tarik)).icon(Icon::Left).dialog());
    }
    if dispatches(ctx, naskah) && naskah.status == Status::Menandatangani && naskah.nomor.is_none() {
        acts.push(Act::link("Terbitkan lewat SRIKANDI", format!("{address}/srikandi")).icon(Icon::Send).main());
    }
    if dispatches(ctx, naskah) && may(naskah.status, Langkah::Kirim) {
        acts.push(Act::link("Kirim naskah", format!("{address}/kirim")).icon(Icon::Send).main());
    }
    if (writes || signs) && may(naskah.status, Langkah::Lepas) {
        acts.push(Act::link("Lepas nomor", step(Langkah::Lepas)).icon(Icon::Bad).dialog());
    }
    if arsip::pages::list::keeps(ctx) && ctx.scope()?.opd() == Some(naskah.opd) && may(naskah.status, Langkah::Berkaskan) {
        let href = format!("{}?jenis=keluar&surat={}", arsip::pages::file::FILE, naskah.id);
        acts.push(Act::link("Berkaskan", href).icon(Icon::Folder));
    }
    if signs && may(naskah.status, Langkah::Cabut) {
        acts.push(Act::link("Cabut naskah", step(Langkah::Cabut)).icon(Icon::Bad).dialog());
    }
    if naskah.berkas.is_some() {
        acts.push(Act::link("Buka naskah bertanda tangan", format!("{address}/pdf")).icon(Icon::Document));
    } else if pdf::offered(ctx, &naskah.jenis, naskah.letak.is_some()) {
        acts.push(Act::link("Unduh PDF", format!("{address}/pdf")).icon(Icon::Document));
    }
    // What was uploaded is printed as it is.
    if naskah.letak.is_none() {
        acts.push(Act::link("Cetak naskah", format!("{address}/cetak")).icon(Icon::Print));
    }
    Ok(act_bar(&acts))
}
