//! The page of patterns (`/gaya`): every component with sample data, for whoever designs, builds or translates a screen.

mod samples;

use maud::{Markup, html};

use crate::{
    Act, Cell, Column, EmptyState, Entry, Facts, Icon, Notice, PageHeader, Row, Shell, SortState, Stat, Station, Table, Tone,
    act_bar, badge, badge_with, charts, confirm, decision, detail,
    export::Sheet,
    icon, next_step, page,
    picker::Choice,
    progress, qr, section,
    shell::{Jabatan, Link, NavItem, UserBadge},
    stations, stats, tabs, timeline, tree,
};

/// Address of the sample lookup; whoever serves the page answers it with [`choices`].
pub const LOOKUP: &str = "/gaya/pilih";

/// Address of the sample decision, which opens as a dialog; answered with [`decision_page`].
pub const SAMPLE_DECISION: &str = "/gaya/keputusan";

/// A page with a decision, as a dialog shows it over another page.
pub fn decision_page(shell: &Shell) -> String {
    let header = PageHeader::new("Kembalikan surat").crumb("Pola tampilan", "/gaya");
    let consequences = ["Surat kembali ke tata usaha.", "Pengirim belum mendapat pemberitahuan."];
    page(
        shell,
        &header,
        decision(Tone::Warn, "Yang akan terjadi", &consequences, &samples::application(), &samples::return_letter()),
    )
}

/// Address of the sample download; answered with [`samples_sheet`].
pub const SAMPLE_DOWNLOAD: &str = "/gaya/unduh";

/// A sheet with every kind of column.
pub fn samples_sheet() -> Sheet {
    samples::sheet()
}

/// What the sample picker finds for some words.
pub fn choices(words: &str) -> Vec<Choice> {
    let sought = praja_kernel::fold(words);
    let posts = samples::POSTS.iter().enumerate().map(|(at, (label, note))| Choice::new(at, *label).note(*note));
    posts.filter(|post| praja_kernel::fold(&post.label).contains(&sought)).collect()
}

/// The whole page inside the given shell.
pub fn page_of_patterns(shell: &Shell) -> String {
    let header = PageHeader::new("Pola tampilan")
        .purpose("Semua komponen layar Praja dengan data contoh, untuk perancang dan pembuat modul.")
        .crumb("Bantuan", "/bantuan")
        .action(Link::new("Daftarkan surat masuk", "#borang").icon(Icon::Add));
    // Marked, so that the sample of a refused form does not take the focus.
    page(shell, &header, html! { div.isi data-pola { (content()) } })
}

/// A shell with sample data: a training regency with all kinds of modules and a reader with two posts.
pub fn sample_shell() -> Shell {
    let item = |label: &str, icon, active| NavItem { label: label.into(), href: "#".into(), icon, active, group: None };
    let post = |value: &str, label: &str, active| Jabatan { value: value.into(), label: label.into(), active };
    Shell {
        contoh: true,
        inbox: 7,
        csrf: "contoh".into(),
        nav: vec![
            item("Beranda", Icon::Home, false),
            item("Kotak masuk", Icon::Inbox, false),
            item("Naskah dinas", Icon::Mail, true),
            item("Kinerja (SAKIP)", Icon::Target, false),
            item("Perencanaan", Icon::Plan, false),
            item("Perizinan dan nonperizinan", Icon::Stamp, false),
            item("Hibah dan bantuan sosial", Icon::Grant, false),
            item("Pengaturan", Icon::Settings, false),
        ],
        user: Some(UserBadge {
            nama: "Maria Goreti Tefa".into(),
            jabatan: Some("Plt. Kepala Dinas Kesehatan".into()),
            pilihan: vec![post("1", "Sekretaris Dinas Kesehatan", false), post("2", "Plt. Kepala Dinas Kesehatan", true)],
        }),
        flash: Some(
            Notice::new(Tone::Good, "Surat masuk terdaftar dengan nomor agenda 128.").link(Link::new("Buka surat itu", "#")),
        ),
        ..Shell::new("Kabupaten Tirta Contoh")
    }
}

/// Every component, each in its own section.
pub fn content() -> Markup {
    html! {
        (section("Langkah berikut dan tahap", html! {
            (next_step(Tone::Warn, "Menunggu disposisi Kepala Dinas Kesehatan sejak 20 Nov 2026, paling lambat 24 Nov 2026."))
            (stations(&samples::stages(), 2))
        }))
        (section("Bagan pohon", tree("OPD contoh", &samples::offices())))
        (section("Angka", stats(&samples::numbers())))
        (section("Tab", tabs("Bagian surat", &[
            (Link::new("Ringkasan", "#").icon(Icon::Document), true, None),
            (Link::new("Lampiran", "#").icon(Icon::Attachment), false, Some(3)),
            (Link::new("Riwayat", "#").icon(Icon::History), false, Some(12)),
        ])))
        (section("Daftar", samples::list().pager(Some("#".into()), Some("#".into()))))
        (section("Daftar dengan satu baris", samples::list_of_one()))
        (section("Daftar kosong", Table::new("Surat keluar").chip("Draf saya", "#", true).count("0 surat").empty(
            EmptyState::new(Icon::Send, "Belum ada surat keluar", "Surat yang Anda konsep akan tampil di sini sampai dikirim.")
                .action(Link::new("Buat konsep surat", "#").icon(Icon::Add)),
        )))
        (section("Rincian", detail(
            html! { (samples::facts()) (section("Riwayat", timeline(&samples::history()))) },
            html! {
                (act_bar(&[
                    Act::link("Kirim disposisi", "#").icon(Icon::Forward).main(),
                    Act::link("Unduh PDF", "#").icon(Icon::Download),
                    Act::post("Tandai sudah dibaca", "#", "contoh", "0198").value("versi", "3").icon(Icon::MailOpen),
                    Act::link("Kembalikan surat", SAMPLE_DECISION).icon(Icon::Left).danger().dialog(),
                ]))
                (progress("Kelengkapan berkas", 3, 8, "3 dari 8 berkas"))
            },
        )))
        (section("Lencana", html! { p.aksi {
            (badge(Tone::Good, "Terbit")) (badge(Tone::Warn, "Mendekati batas")) (badge(Tone::Bad, "Ditolak"))
            (badge(Tone::Info, "Diverifikasi")) (badge(Tone::Neutral, "Draf")) (badge_with(Tone::Bad, Icon::Lock, "Rahasia"))
        } }))
        (section("Pesan", html! {
            (Notice::new(Tone::Good, "Perubahan tersimpan.").text("Kepala bidang mendapat pemberitahuan."))
            (Notice::new(Tone::Good, "Tugas ditandai selesai.").undo(Act::post("Buka lagi tugas", "#", "contoh", "0198").icon(Icon::History)))
            (Notice::new(Tone::Info, "Kalender kerja 2027 masih sementara.").text("Nomor keputusan bersama belum diisi."))
            (Notice::new(Tone::Warn, "Tiga surat mendekati batas waktu.").link(Link::new("Lihat tiga surat itu", "#")))
            (Notice::new(Tone::Bad, "Cadangan data tadi malam gagal.").text("Periksa ruang penyimpanan, lalu jalankan cadangan."))
        }))
        section.bagian #borang { h2 { "Borang" } (samples::form()) }
        (section("Borang bertahap yang menyimpan isian", samples::long_form()))
        (section("Borang yang ditolak", samples::refused_form()))
        (section("Keputusan", decision(Tone::Warn, "Yang akan terjadi", &[
            "Permohonan berstatus Ditolak dan tidak dapat dilanjutkan.",
            "Pemohon menerima pemberitahuan beserta alasan Anda.",
        ], &samples::application(), &samples::reject())))
        (section("Konfirmasi", confirm(Tone::Info, &["Surat diarsipkan dan keluar dari kotak masuk."], &Facts::new().add("Surat", "005/128/DINKES/2026"), &samples::archive())))
        (section("Grafik", html! {
            (charts::bars("Surat masuk per OPD, November 2026", "OPD", "Surat", &samples::per_office()))
            (charts::lines("Surat masuk dan selesai per triwulan, 2026", "Triwulan", &["I", "II", "III", "IV"].map(str::to_owned), &[
                charts::Series::new("Masuk", vec![1007, 1145, 1339, 850]), charts::Series::new("Selesai", vec![980, 1102, 1290, 612]),
            ]))
            (charts::line("Surat masuk per bulan, 2026", "Bulan", "Surat", &samples::per_month()))
        }))
        (section("Kode QR", html! { (qr_sample()) }))
        (section("Ikon", html! { ul.aksi { @for one in Icon::ALL { li title={ (format!("{one:?}")) } { (icon(*one)) span.senyap { (format!("{one:?}")) } } } } }))
    }
}

fn qr_sample() -> Markup {
    qr::svg("https://tirtacontoh.go.id/v/4Q7K-2M9P", "Kode QR ke halaman pemeriksaan keaslian").unwrap_or_default()
}

/// Kept here so that the sample list shows every kind of column.
fn columns(table: Table) -> Table {
    table
        .column(Column::text("Nomor agenda").sort("#", SortState::None))
        .column(Column::text("Perihal"))
        .column(Column::text("Pengirim").key("pengirim"))
        .column(Column::date("Diterima").sort("#", SortState::Down))
        .column(Column::number("Lampiran").wide_only().key("lampiran"))
        .column(Column::text("Status").corner())
}

fn row(number: &str, subject: &str, sender: &str, day: &str, attached: Cell, state: Markup) -> Row {
    Row::new(vec![
        number.into(),
        subject.into(),
        sender.into(),
        Cell::date(day, format!("{day} 10.32 WITA")),
        attached,
        state.into(),
    ])
    .href("#")
    .pick(number, format!("surat agenda {number}"))
}

fn event(who: &str, what: &str, when: &str, machine: &str, tone: Tone) -> Entry {
    Entry { who: who.into(), what: what.into(), when: when.into(), machine: machine.into(), reason: None, tone }
}

fn stage(name: &str, note: &str) -> Station {
    Station::new(name, note)
}

fn number(label: &str, value: &str, note: &str, tone: Tone) -> Stat {
    Stat { label: label.into(), value: value.into(), note: note.into(), tone, href: Some("#".into()) }
}

#[cfg(test)]
mod tests;
