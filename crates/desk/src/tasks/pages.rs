//! The inbox.

use praja_kernel::{Date, WorkingCalendar, tanggal_pendek};
use praja_module::{Ctx, Outcome};
use praja_store::Tx;
use praja_web::{Cell, Column, EmptyState, Icon, PageHeader, Row, Table, Tone, badge, frame};

use super::{Task, View, due_state, list};
use crate::{
    calendar,
    words::{encode, first_upper},
};

/// Rows of one page.
const PAGE: usize = 50;

/// GET /kotak-masuk?lihat=terbuka|terlambat|selesai&setelah=…
pub(crate) fn inbox(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let view = ctx.query("lihat").and_then(|word| View::parse(word).ok()).unwrap_or(View::Terbuka);
    let after = ctx.query("setelah").and_then(|text| text.parse().ok());
    let page = list(tx, ctx.scope()?, view, ctx.today(), after.as_ref(), PAGE)?;
    let calendar = calendar::of(tx, ctx.today())?;
    let mut content = table(ctx, "Tugas", &page.tasks, view, &calendar, false)
        .pager(
            after.map(|_| address(view)),
            page.next.map(|next| format!("{}&setelah={}", address(view), encode(&next.to_string()))),
        )
        .empty(empty(view));
    for one in View::ALL {
        content = content.chip(one.label(), address(*one), *one == view);
    }
    if let (View::Terbuka, Some(count)) = (view, ctx.waiting.map(|waiting| waiting.tugas)) {
        content = content.count(format!("{count} tugas terbuka"));
    }
    let header = PageHeader::new("Kotak masuk")
        .purpose("Semua yang menunggu Anda, dari semua layanan, yang paling mendesak lebih dahulu.");
    Ok(frame::respond(ctx, &header, content))
}

/// Tasks as a list; each row leads to where it is done. A brief list leaves out who gave the task and when.
pub(crate) fn table(ctx: &Ctx, caption: &str, tasks: &[Task], view: View, calendar: &WorkingCalendar, brief: bool) -> Table {
    let zona = ctx.instance().zona;
    let rows = tasks.iter().map(|task| {
        let (since, state) = match task.selesai_pada.filter(|_| view == View::Selesai) {
            Some(at) => (at, badge(Tone::Good, "Selesai").into()),
            None => (task.dibuat, state(task, ctx.today(), calendar)),
        };
        let mut cells = vec![
            task.judul.as_str().into(),
            task.jatuh_tempo.map_or_else(Cell::empty, |due| Cell::new(tanggal_pendek(due))),
            state,
            task.untuk_label().into(),
        ];
        if !brief {
            cells.push(task.oleh.as_str().into());
            cells.push(Cell::date(tanggal_pendek(zona.date(since)), frame::time(zona, since).0));
        }
        Row::new(cells).href(&task.tautan)
    });
    let table = Table::new(caption)
        .column(Column::text("Tugas"))
        .column(Column::date("Jatuh tempo"))
        .column(Column::text("Keadaan").corner())
        .column(Column::text("Untuk"))
        .rows(rows);
    if brief {
        return table;
    }
    let moment = if view == View::Selesai { "Selesai" } else { "Sejak" };
    table.column(Column::text("Dari").wide_only()).column(Column::date(moment).wide_only())
}

fn state(task: &Task, today: Date, calendar: &WorkingCalendar) -> Cell {
    due_state(task, today, calendar).map_or_else(Cell::empty, |(tone, words)| badge(tone, &first_upper(&words)).into())
}

fn address(view: View) -> String {
    format!("/kotak-masuk?lihat={}", view.as_str())
}

fn empty(view: View) -> EmptyState {
    match view {
        View::Terbuka => EmptyState::new(
            Icon::Good,
            "Tidak ada yang menunggu Anda",
            "Tugas baru tampil di sini begitu seseorang mengirim surat atau permintaan kepada Anda.",
        ),
        View::Terlambat => {
            EmptyState::new(Icon::Good, "Tidak ada yang terlambat", "Semua tugas Anda masih dalam batas waktunya.")
        }
        View::Selesai => {
            EmptyState::new(Icon::Inbox, "Belum ada tugas yang selesai", "Tugas yang sudah Anda kerjakan tersimpan di sini.")
        }
    }
}
