use std::collections::{HashMap, hash_map::Entry};

use praja_desk::calendar;
use praja_identity::jabatan;
use praja_kernel::{Id, Sifat, tanggal_pendek};
use praja_module::{Ctx, Outcome, Problem, TileValue};
use praja_store::Tx;
use praja_web::{Cell, Column, EmptyState, Icon, Link, PageHeader, Row, Table, Tone, badge, frame, html, section, tabs};

use super::{PAGE, due_words, status_badge};
use crate::{
    disposisi::{
        Kelompok, Peran,
        pokok::Jenis,
        store::{self, After, Baris, Sisi},
    },
    sekretaris,
    surat_masuk::{
        nomor_agenda,
        pages::{LIST, short_name},
        store as letters,
    },
};

/// Rows of one page.
const SIZE: usize = 50;
/// Counts stop here.
const CAP: i64 = 100;

praja_kernel::words! {
    /// The views of the page.
    pub enum View ("tampilan disposisi") {
        /// Orders one got and must still do something about.
        Masuk => "masuk", "Untuk Anda";
        /// Orders one gave that are not done.
        Keluar => "keluar", "Dari Anda";
        /// Orders one got that are done.
        MasukSelesai => "masuk-selesai", "Selesai, untuk Anda";
        /// Orders one gave that are done.
        KeluarSelesai => "keluar-selesai", "Selesai, dari Anda";
        /// Orders an aide wrote down.
        Konsep => "konsep", "Menunggu pembenaran";
        /// What lies on the desk of the leader one works for.
        Pimpinan => "pimpinan", "Meja pimpinan";
    }
}

/// GET /eoffice/disposisi?lihat=…&setelah=…
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let view = match ctx.query("lihat") {
        None => View::Masuk,
        Some(word) => View::parse(word).map_err(|_| Problem::NotFound)?,
    };
    let header =
        PageHeader::new("Disposisi saya").purpose("Arahan atas surat dan naskah yang Anda terima dan yang Anda berikan.");
    let Some(acting) = ctx.scope()?.acting.clone() else {
        let empty = EmptyState::new(Icon::Forward, "Belum ada jabatan", "Disposisi mengikuti jabatan. Hubungi admin OPD Anda.");
        return Ok(frame::respond(ctx, &header, empty));
    };
    let leaders = sekretaris::store::of_aide(tx, acting.jabatan, ctx.today())?;
    let views = tabs("Disposisi", &choices(tx, acting.jabatan, view, !leaders.is_empty())?);
    let content = match view {
        View::Pimpinan => {
            let mut all = Vec::new();
            for leader in &leaders {
                all.push(desk_of(ctx, tx, leader)?);
            }
            html! { @for one in &all { (one) } @if all.is_empty() { (EmptyState::new(Icon::Person, "Anda bukan sekretaris pimpinan", "Penunjukan sekretaris pimpinan diatur pada Pengaturan e-Office.")) } }
        }
        _ => html! { (table(ctx, tx, view, acting.jabatan)?) },
    };
    Ok(frame::respond(ctx, &header, html! { (views) (content) }))
}

type Tab = (Link, bool, Option<u64>);

fn choices(tx: &mut Tx<'_>, jabatan: Id, view: View, aide: bool) -> Result<Vec<Tab>, Problem> {
    let open_in = store::count(tx, Sisi::Kepada(jabatan), Kelompok::Terbuka, None, CAP)?;
    let open_out = store::count(tx, Sisi::Dari(jabatan), Kelompok::Terbuka, None, CAP)?;
    let drafts = store::count(tx, Sisi::Dari(jabatan), Kelompok::Konsep, None, CAP)?;
    let tab = |one: View, count: Option<usize>| {
        (Link::new(one.label(), address(one)), one == view, count.and_then(|count| u64::try_from(count).ok()))
    };
    let mut all = vec![tab(View::Masuk, Some(open_in)), tab(View::Keluar, Some(open_out))];
    if drafts > 0 || view == View::Konsep {
        all.push(tab(View::Konsep, Some(drafts)));
    }
    if aide {
        all.push(tab(View::Pimpinan, None));
    }
    all.push(tab(View::MasukSelesai, None));
    all.push(tab(View::KeluarSelesai, None));
    Ok(all)
}

fn address(view: View) -> String {
    format!("{PAGE}?lihat={}", view.as_str())
}

fn table(ctx: &Ctx, tx: &mut Tx<'_>, view: View, jabatan: Id) -> Result<Table, Problem> {
    let (sisi, kelompok) = match view {
        View::Masuk | View::Pimpinan => (Sisi::Kepada(jabatan), Kelompok::Terbuka),
        View::Keluar => (Sisi::Dari(jabatan), Kelompok::Terbuka),
        View::MasukSelesai => (Sisi::Kepada(jabatan), Kelompok::Selesai),
        View::KeluarSelesai => (Sisi::Dari(jabatan), Kelompok::Selesai),
        View::Konsep => (Sisi::Dari(jabatan), Kelompok::Konsep),
    };
    let after = ctx.query("setelah").and_then(read);
    let mut rows = store::list(tx, sisi, kelompok, after.as_ref(), SIZE + 1)?;
    let more = rows.len() > SIZE;
    rows.truncate(SIZE);
    let next = rows.last().filter(|_| more).map(|last| format!("{}&setelah={}_{}", address(view), last.urutan, last.id));
    let back = after.is_some().then(|| address(view));
    let table = draw(ctx, tx, &rows, matches!(sisi, Sisi::Dari(_)))?;
    Ok(table.pager(back, next).empty(nothing(view)))
}

/// Orders as a list; each row leads to where it is worked on.
fn draw(ctx: &Ctx, tx: &mut Tx<'_>, rows: &[Baris], given: bool) -> Result<Table, Problem> {
    let today = ctx.today();
    let calendar = calendar::of(tx, today)?;
    let own = ctx.scope()?.opd_set.clone();
    let mut others: HashMap<Id, String> = HashMap::new();
    for row in rows.iter().filter(|row| !own.contains(&row.opd)) {
        if let Entry::Vacant(place) = others.entry(row.opd) {
            place.insert(short_name(tx, row.opd)?);
        }
    }
    let line = |row: &Baris| {
        let opd = others.get(&row.opd).map(|opd| format!(" {opd}")).unwrap_or_default();
        let hal = match (row.hal.as_str(), row.pokok) {
            ("", Jenis::Surat) => "Surat tanpa hal",
            ("", Jenis::Naskah) => "Naskah tanpa hal",
            (hal, _) => hal,
        };
        let late = row.status.presses() && row.batas.is_some_and(|batas| batas < today);
        let batas = match row.batas {
            None => Cell::empty(),
            Some(batas) if row.status.presses() => {
                html! { (tanggal_pendek(batas)) br; span.redup { (due_words(batas, today, &calendar)) } }.into()
            }
            Some(batas) => tanggal_pendek(batas).into(),
        };
        Row::new(vec![
            hal.into(),
            Cell::new(html! { (status_badge(row.status)) @if late { " " (badge(Tone::Bad, "Terlambat")) } }),
            batas,
            if given { row.kepada_jabatan.as_str().into() } else { row.dari_jabatan.as_str().into() },
            html! { (row.asal) br; span.redup { (row.nomor) (opd) } }.into(),
            if row.peran == Peran::PenanggungJawab { "Penanggung jawab".into() } else { "Pendukung".into() },
        ])
        .href(format!("{PAGE}/{}", row.id))
        .unread(row.status == crate::disposisi::Status::Dikirim && !given)
    };
    Ok(Table::new("Disposisi")
        .column(Column::text("Hal"))
        .column(Column::text("Keadaan").corner())
        .column(Column::date("Batas waktu"))
        .column(Column::text(if given { "Kepada" } else { "Dari" }))
        .column(Column::text("Surat atau naskah").wide_only())
        .column(Column::text("Peran").wide_only())
        .rows(rows.iter().map(line)))
}

/// What lies on a leader's desk, for the aide: letters that wait for an order, and orders from above. Nothing Sangat rahasia, and
/// of Rahasia only when the aide was named for it.
fn desk_of(ctx: &Ctx, tx: &mut Tx<'_>, aide: &sekretaris::Sekretaris) -> Result<praja_web::Markup, Problem> {
    let name = jabatan::label(tx, aide.pimpinan, ctx.today())?;
    let shown = |sifat: Sifat| aide.may_see(sifat);
    let waiting: Vec<_> = letters::list_on_desk(tx, aide.pimpinan, 100)?.into_iter().filter(|row| shown(row.sifat)).collect();
    let rows: Vec<_> = store::list(tx, Sisi::Kepada(aide.pimpinan), Kelompok::Terbuka, None, 100)?
        .into_iter()
        .filter(|row| shown(row.sifat))
        .collect();
    let empty = EmptyState::new(
        Icon::Good,
        "Tidak ada surat yang menunggu arahan",
        "Surat yang diarahkan kepada pimpinan tampil di sini.",
    );
    let letters = Table::new("Surat yang menunggu arahan")
        .column(Column::text("Hal"))
        .column(Column::text("Agenda"))
        .column(Column::text("Pengirim"))
        .column(Column::date("Batas waktu").corner())
        .rows(waiting.iter().map(|row| {
            Row::new(vec![
                if row.hal.is_empty() { "Surat tanpa hal".into() } else { row.hal.as_str().into() },
                nomor_agenda(row.agenda, row.tahun).into(),
                row.asal.as_str().into(),
                tanggal_pendek(ctx.instance().zona.date(row.tenggat)).into(),
            ])
            .href(format!("{LIST}/{}", row.id))
        }))
        .empty(empty);
    let orders = draw(ctx, tx, &rows, false)?;
    Ok(section(&format!("Meja {name}"), html! { (letters) @if !rows.is_empty() { h3 { "Disposisi kepada pimpinan" } (orders) } }))
}

fn read(text: &str) -> Option<After> {
    let (urutan, id) = text.split_once('_')?;
    let plain = urutan.len() <= 10 && urutan.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    plain.then_some(())?;
    Some(After { urutan: urutan.to_owned(), id: id.parse().ok()? })
}

fn nothing(view: View) -> EmptyState {
    let (title, text) = match view {
        View::Masuk => {
            ("Tidak ada disposisi yang menunggu Anda", "Arahan atas surat tampil di sini begitu pimpinan mengirimnya.")
        }
        View::Keluar => {
            ("Tidak ada disposisi Anda yang terbuka", "Disposisi yang Anda kirim tampil di sini sampai laporannya Anda setujui.")
        }
        View::Konsep => {
            ("Tidak ada yang menunggu pembenaran", "Disposisi yang dicatat sekretaris atas arahan Anda tampil di sini.")
        }
        View::Pimpinan | View::MasukSelesai | View::KeluarSelesai => {
            ("Belum ada disposisi yang selesai", "Disposisi yang sudah selesai tersimpan di sini.")
        }
    };
    EmptyState::new(Icon::Forward, title, text)
}

/// Tile: how many orders wait for whoever asks, and how many of them are late.
pub(crate) fn tile(ctx: &Ctx, tx: &mut Tx<'_>) -> praja_store::Result<TileValue> {
    let Some(acting) = ctx.scope().ok().and_then(|scope| scope.acting.as_ref()) else {
        return Ok(TileValue { value: "0".into(), note: "mengikuti jabatan".into(), href: PAGE.into() });
    };
    let open = store::count(tx, Sisi::Kepada(acting.jabatan), Kelompok::Terbuka, None, CAP)?;
    let late = store::count(tx, Sisi::Kepada(acting.jabatan), Kelompok::Terbuka, Some(ctx.today()), CAP)?;
    let value = if open >= 100 { "99+".to_owned() } else { open.to_string() };
    let note = if late == 0 { "semua dalam batas waktu".to_owned() } else { format!("{late} lewat batas waktu") };
    Ok(TileValue { value, note, href: PAGE.into() })
}
