//! The screens of orders: the own list, one recipient's part with its acts, the form that gives one, the printed sheet.

pub(crate) mod act;
pub(crate) mod chain;
pub(crate) mod confirm;
pub(crate) mod give;
pub(crate) mod jawaban;
pub(crate) mod list;
pub(crate) mod report;
pub(crate) mod sheet;
pub(crate) mod show;

use praja_kernel::{Date, WorkingCalendar, relatif, sisa_waktu};
use praja_web::{Markup, PageHeader, Tone, badge, html};

use super::{
    Peran, Status,
    pokok::{Jenis, Pokok},
    write::PAGE,
};

/// The header of a page below what an order is given on.
pub(crate) fn below(pokok: &Pokok, title: &str) -> PageHeader {
    let (list, href) = pokok.daftar();
    PageHeader::new(title).purpose(pokok.kalimat()).crumb(list, href).crumb(pokok.sebutan(), pokok.tautan())
}

/// What leads back to it.
pub(crate) fn back_to(pokok: &Pokok) -> &'static str {
    if pokok.jenis() == Jenis::Surat { "Kembali ke surat" } else { "Kembali ke naskah" }
}

/// A state as colour, word and icon.
pub(crate) fn status_badge(status: Status) -> Markup {
    let tone = match status {
        Status::Konsep | Status::Dikirim | Status::Dikembalikan => Tone::Warn,
        Status::Dibaca | Status::Diterima | Status::Diproses | Status::Dilaporkan => Tone::Info,
        Status::Disetujui | Status::Selesai => Tone::Good,
        Status::Ditolak => Tone::Bad,
        Status::Ditarik => Tone::Neutral,
    };
    badge(tone, status.label())
}

/// How a due date stands: "3 hari kerja lagi", "terlambat 2 hari kerja".
pub(crate) fn due_words(batas: Date, today: Date, calendar: &WorkingCalendar) -> String {
    match calendar.working_days_between(today, batas) {
        Ok(working) => sisa_waktu(batas, today, working),
        Err(_) => relatif(batas, today),
    }
}

/// Who answers for it carries a mark; who helps does not need one.
pub(crate) fn peran_badge(peran: Peran) -> Markup {
    html! { @if peran == Peran::PenanggungJawab { (badge(Tone::Info, peran.label())) } @else { span.redup { (peran.label()) } } }
}
