use praja_desk::{attachments, calendar};
use praja_kernel::{Id, Scope, tanggal_panjang, tanggal_pendek};
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{Act, Facts, Icon, Markup, PageHeader, Tone, act_bar, badge, detail, frame, html, next_step, section};

use super::{PAGE, chain, due_words, jawaban, peran_badge, status_badge};
use crate::{
    WRITE,
    disposisi::{
        Act as Tindakan, Disposisi, Side, Status, Tujuan, giver, instruksi,
        pokok::{Jenis, Pokok},
        step, store,
        write::objek_tujuan,
    },
    surat_masuk::write::may_open,
};

/// One recipient's part with everything around it.
pub(crate) struct Bagian {
    pub(crate) tujuan: Tujuan,
    pub(crate) disposisi: Disposisi,
    /// Masked when it is secret.
    pub(crate) pokok: Pokok,
    /// On which side whoever asks stands.
    pub(crate) side: Option<Side>,
    /// May whoever asks read notes and reports?
    pub(crate) words: bool,
}

/// Reads one recipient's part, when whoever asks may see its letter. A draft is seen by the leader alone.
pub(crate) fn load(ctx: &Ctx, tx: &mut Tx<'_>, id: Id) -> Result<Bagian, Problem> {
    let scope = ctx.scope()?;
    let tujuan = store::find_tujuan(tx, id)?.ok_or(Problem::NotFound)?;
    let disposisi = store::find(tx, tujuan.disposisi)?.ok_or(Problem::NotFound)?;
    let pokok = Pokok::find(tx, scope, disposisi.pokok, tujuan.surat)?.ok_or(Problem::NotFound)?;
    let mine = scope.acting.as_ref().map(|acting| acting.jabatan);
    let side = match mine {
        Some(post) if post == tujuan.kepada => Some(Side::Recipient),
        Some(post) if post == tujuan.dari => Some(Side::Giver),
        _ => None,
    };
    if tujuan.status == Status::Konsep && side != Some(Side::Giver) {
        return Err(Problem::NotFound);
    }
    let words = side.is_some() || (!disposisi.is_raised(pokok.sifat()) && opens(tx, scope, &pokok)?);
    Ok(Bagian { tujuan, disposisi, pokok, side, words })
}

/// May the scope read what was said about it? Everybody who sees a naskah reads it.
pub(crate) fn opens(tx: &mut Tx<'_>, scope: &Scope, pokok: &Pokok) -> Result<bool, Problem> {
    match pokok {
        Pokok::Surat(surat) => Ok(may_open(tx, scope, surat)?),
        Pokok::Naskah(_) => Ok(true),
    }
}

/// GET /eoffice/disposisi/{id}
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let bagian = load(ctx, tx, ctx.param("id")?)?;
    let below = chain::draw_below(ctx, tx, bagian.pokok.sifat(), &bagian.tujuan, bagian.words)?;
    let files = attachments::of(tx, &objek_tujuan(bagian.tujuan.id))?;
    let today = ctx.today();
    let calendar = calendar::of(tx, today)?;
    let forwards = may_forward(ctx, tx, &bagian)?;
    let answer = jawaban::of(ctx, tx, &bagian.tujuan)?;
    let body = html! {
        (facts(&bagian))
        @if let Some(laporan) = &bagian.tujuan.laporan {
            (section("Laporan", html! {
                (report(ctx, &bagian.tujuan, laporan, bagian.words, answer.as_ref()))
                @if !files.is_empty() { (attachments::table(ctx, &files)) }
            }))
        }
        @else if let Some(answer) = &answer { @if bagian.side == Some(Side::Recipient) { (section("Naskah jawaban", answer)) } }
        @if let Some(alasan) = &bagian.tujuan.alasan { @if bagian.words { (section("Alasan", html! { p.kutipan { (alasan) } })) } }
        @if let Some(below) = below { (section("Diteruskan kepada", below)) }
    };
    let content = html! {
        (standing(&bagian, today, &calendar))
        (detail(body, side(ctx, &bagian, forwards)))
    };
    let secret = bagian.pokok.sifat().is_secret() || bagian.disposisi.sifat.is_secret();
    Ok(frame::respond(ctx, &header(&bagian), content).kept(!secret))
}

pub(crate) fn header(bagian: &Bagian) -> PageHeader {
    let pokok = &bagian.pokok;
    PageHeader::new(format!("Disposisi: {}", pokok.hal()))
        .purpose(pokok.kalimat())
        .crumb("Disposisi saya", PAGE)
        .crumb(pokok.sebutan(), pokok.tautan())
}

/// Who holds it, since when and until when, in one sentence.
fn standing(bagian: &Bagian, today: praja_kernel::Date, calendar: &praja_kernel::WorkingCalendar) -> Markup {
    let one = &bagian.tujuan;
    let due = one.batas.map(|batas| format!(", batas waktu {} ({})", tanggal_panjang(batas), due_words(batas, today, calendar)));
    let due = due.unwrap_or_default();
    let (tone, words) = match one.status {
        Status::Konsep => (
            Tone::Warn,
            format!("Menunggu pembenaran {}; penerimanya belum melihat disposisi ini.", bagian.disposisi.dari_jabatan),
        ),
        Status::Dilaporkan => {
            (Tone::Info, format!("Laporan {} menunggu persetujuan {}.", one.kepada_jabatan, bagian.disposisi.dari_jabatan))
        }
        status if status.is_open() => {
            let tone = if one.is_late(today) {
                Tone::Bad
            } else if one.batas == Some(today) {
                Tone::Warn
            } else {
                Tone::Info
            };
            (tone, format!("Disposisi ini ada pada {}{due}.", one.kepada_jabatan))
        }
        Status::Ditolak => (
            Tone::Bad,
            format!("{} menolak disposisi ini; {} menentukan penerima lain.", one.kepada_jabatan, bagian.disposisi.dari_jabatan),
        ),
        Status::Ditarik => (Tone::Neutral, "Disposisi ini ditarik dan tidak menunggu siapa pun.".to_owned()),
        _ => (Tone::Good, "Disposisi ini sudah selesai dan tidak menunggu siapa pun.".to_owned()),
    };
    next_step(tone, html! { (words) @if one.is_late(today) { " " (badge(Tone::Bad, "Terlambat")) } })
}

pub(crate) fn facts(bagian: &Bagian) -> Facts {
    let (one, order) = (&bagian.tujuan, &bagian.disposisi);
    let from = if order.dari_nama.is_empty() {
        order.dari_jabatan.clone()
    } else {
        format!("{} ({})", order.dari_jabatan, order.dari_nama)
    };
    let to = if one.kepada_nama.is_empty() {
        one.kepada_jabatan.clone()
    } else {
        format!("{} ({})", one.kepada_jabatan, one.kepada_nama)
    };
    let mut facts = Facts::new().add("Dari", from).add("Kepada", to).add("Peran", peran_badge(one.peran));
    if let Some((nama, jabatan)) = &order.dicatat {
        facts = facts.add(
            "Dicatat oleh",
            html! { (nama) " (" (jabatan) ") atas arahan " (order.dari_jabatan) " " (chain::konfirmasi_badge(order.konfirmasi)) },
        );
    }
    let batas = order
        .batas
        .map(|batas| if order.sementara { format!("{} (sementara)", tanggal_pendek(batas)) } else { tanggal_pendek(batas) });
    facts = facts
        .add("Keadaan", status_badge(one.status))
        .add("Instruksi", html! { ul.polos { @for text in instruksi::texts(&order.instruksi) { li { (text) } } } })
        .add("Batas waktu", batas.unwrap_or_else(|| "Tanpa batas waktu".to_owned()))
        .add("Sifat", order.sifat.label());
    if order.catatan.is_empty() {
        facts
    } else if bagian.words {
        facts.add("Catatan", html! { span.catatan { (order.catatan) } })
    } else {
        facts.add("Catatan", "Hanya tampil bagi yang berhak membuka surat ini.")
    }
}

fn report(ctx: &Ctx, one: &Tujuan, laporan: &str, words: bool, answer: Option<&Markup>) -> Markup {
    let when = one.dilaporkan_pada.map(|at| frame::time(ctx.instance().zona, at));
    html! {
        @if words { p.kutipan { (laporan) } } @else { p.redup { "Isi laporan hanya tampil bagi yang berhak membuka surat ini." } }
        @if let Some(naskah) = &one.naskah { p { "Nomor naskah jawaban: " strong { (naskah) } } }
        @if let Some(answer) = answer { (answer) }
        p.redup {
            "Dilaporkan oleh " (one.dilaporkan_oleh.as_deref().unwrap_or("penerima"))
            @if let Some((shown, machine)) = &when { " · " time datetime=(machine) { (shown) } }
        }
    }
}

/// The recipient passes on, or the recipient's aide by direction.
fn may_forward(ctx: &Ctx, tx: &mut Tx<'_>, bagian: &Bagian) -> Result<bool, Problem> {
    if step(bagian.tujuan.status, Tindakan::Forward, bagian.tujuan.wajib_laporan).is_err() {
        return Ok(false);
    }
    let giver = giver::of(tx, ctx.scope()?, ctx.today(), bagian.tujuan.kepada, bagian.pokok.sifat())?;
    Ok(giver.is_some())
}

fn side(ctx: &Ctx, bagian: &Bagian, forwards: bool) -> Markup {
    let one = &bagian.tujuan;
    let may = |act: Tindakan| bagian.side == Some(act.side()) && step(one.status, act, one.wajib_laporan).is_ok();
    let post = |act: Tindakan, label: &str, icon: Icon| {
        Act::post(label, format!("{PAGE}/{}/tindakan/{}", one.id, act.as_str()), ctx.csrf(), ctx.form_id().to_string()).icon(icon)
    };
    let link = |act: Tindakan, label: &str, icon: Icon| {
        Act::link(label, format!("{PAGE}/{}/tindakan/{}", one.id, act.as_str())).icon(icon)
    };
    let mut acts = Vec::new();
    let mut main = true;
    let mut push = |act: Act, wants_main: bool| {
        acts.push(if wants_main && std::mem::take(&mut main) { act.main() } else { act });
    };
    if one.wajib_laporan {
        if may(Tindakan::Accept) {
            push(post(Tindakan::Accept, "Terima disposisi", Icon::Check), true);
        }
        if may(Tindakan::Report) {
            push(Act::link("Laporkan hasil", format!("{PAGE}/{}/lapor", one.id)).icon(Icon::Send), true);
        }
    }
    if forwards {
        push(Act::link("Teruskan kepada bawahan", format!("{PAGE}/{}/teruskan", one.id)).icon(Icon::Forward), false);
    }
    if may(Tindakan::Process) && one.status != Status::Diproses {
        push(post(Tindakan::Process, "Tandai sedang dikerjakan", Icon::Clock), false);
    }
    if may(Tindakan::Refuse) {
        push(link(Tindakan::Refuse, "Tolak: bukan tupoksi", Icon::Close), false);
    }
    if may(Tindakan::Approve) {
        push(post(Tindakan::Approve, "Setujui laporan", Icon::Check), true);
    }
    if may(Tindakan::Return) {
        push(link(Tindakan::Return, "Kembalikan laporan", Icon::Left), false);
    }
    if may(Tindakan::Withdraw) {
        push(post(Tindakan::Withdraw, "Tarik disposisi", Icon::Close), false);
    }
    if may(Tindakan::Waive) {
        push(link(Tindakan::Waive, "Bebaskan dari laporan", Icon::Good), false);
    }
    if may(Tindakan::Report) && ctx.may(WRITE) {
        let href = format!("{}/baru?disposisi={}", crate::naskah::write::PAGE, one.id);
        push(Act::link("Susun naskah jawaban", href).icon(Icon::Edit), false);
    }
    let open = if bagian.pokok.jenis() == Jenis::Surat { "Buka surat" } else { "Buka naskah" };
    push(Act::link(open, bagian.pokok.tautan()).icon(Icon::MailOpen), false);
    push(Act::link("Cetak lembar disposisi", bagian.pokok.lembar()).icon(Icon::Print), false);
    let unread = bagian.side == Some(Side::Recipient) && one.status == Status::Dikirim;
    html! {
        @if unread {
            form.satu method="post" action={ (PAGE) "/" (one.id) "/tindakan/" (Tindakan::Read.as_str()) } data-otomatis {
                input type="hidden" name=(praja_web::form::CSRF_FIELD) value=(ctx.csrf());
                input type="hidden" name=(praja_web::form::KEY_FIELD) value=(ctx.form_id());
                button.tombol.utama[!one.wajib_laporan] type="submit" { "Tandai sudah dibaca" }
            }
        }
        (act_bar(&acts))
    }
}
