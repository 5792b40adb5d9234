use praja_desk::{attachments, timeline};
use praja_kernel::tanggal_pendek;
use praja_module::{Ctx, Outcome};
use praja_store::Tx;
use praja_web::{
    Act, Address, Cell, Column, EmptyState, Facts, Icon, Markup, Notice, Row, Table, Tone, act_bar, badge, detail,
    export::{Col, Format, Sheet, respond},
    frame, html, next_step, section,
};

use super::{address, choose_address, facts, load, paper, step, under};
use crate::{
    arsip::pages::{LIST as FILES, me},
    susut::{Baris, Bidang, Jenis, Keputusan, Langkah, MOST, Status, Surat, Susut, asks, store, write},
};

/// GET /eoffice/arsip/penyusutan/{id}
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let susut = load(ctx, tx)?;
    let lines = store::baris(tx, susut.id, 0, MOST)?;
    let papers = store::langkah(tx, susut.id)?;
    let scans = attachments::of(tx, &write::objek(susut.id))?;
    let history = timeline::of(ctx, tx, &write::objek(susut.id))?;
    let header = under(&format!("{} nomor {}", susut.jenis.label(), susut.nomor)).purpose(purpose(susut.jenis));
    let body = html! {
        (facts(&susut))
        (section("Berkas dalam daftar ini", table(ctx, &susut, &lines)))
        @for (langkah, surat) in &papers { (section(said(susut.jenis, *langkah), about(susut.jenis, *langkah, surat))) }
        @if !scans.is_empty() { (section("Pindaian", attachments::table(ctx, &scans))) }
        (section("Riwayat", history))
    };
    Ok(frame::respond(ctx, &header, html! { (state(&susut, &lines)) (detail(body, act_bar(&acts(ctx, &susut)))) }))
}

const fn purpose(jenis: Jenis) -> &'static str {
    match jenis {
        Jenis::Pindah => "Arsip yang masa aktifnya berakhir pindah dari unit pengolah ke unit kearsipan.",
        Jenis::Musnah => "Arsip yang masa simpannya berakhir dinilai, disetujui, ditetapkan, lalu dimusnahkan.",
        Jenis::Serah => "Arsip bernilai guna sejarah diserahkan kepada lembaga kearsipan daerah.",
    }
}

/// What a paper is called once it is there.
const fn said(jenis: Jenis, langkah: Langkah) -> &'static str {
    match (jenis, langkah) {
        (_, Langkah::Nilai) => "Pertimbangan panitia penilai",
        (_, Langkah::Setujui) => "Persetujuan",
        (_, Langkah::Tetapkan) => "Penetapan",
        (Jenis::Pindah, Langkah::BeritaAcara) => "Berita acara pemindahan",
        (Jenis::Musnah, Langkah::BeritaAcara) => "Berita acara pemusnahan",
        (Jenis::Serah, Langkah::BeritaAcara) => "Berita acara penyerahan",
        (_, Langkah::Batalkan) => "Pembatalan",
    }
}

fn about(jenis: Jenis, langkah: Langkah, surat: &Surat) -> Facts {
    asks(jenis, langkah).iter().fold(Facts::new(), |facts, (bidang, label, _)| match bidang {
        Bidang::Nomor => facts.add(*label, &surat.nomor),
        Bidang::Tanggal => facts.add(*label, tanggal_pendek(surat.tanggal)),
        Bidang::Pejabat => facts.add(*label, &surat.pejabat),
        Bidang::Pihak => facts.add(*label, &surat.pihak),
        Bidang::Saksi(_) => facts.add(*label, html! { ol { @for one in &surat.saksi { li { (one) } } } }),
        Bidang::Cara => facts.add(*label, &surat.cara),
        Bidang::Tempat => facts.add(*label, &surat.tempat),
        Bidang::Catatan => facts.add(*label, &surat.catatan),
    })
}

/// Where it stands, in one sentence.
fn state(susut: &Susut, lines: &[Baris]) -> Markup {
    let going = lines.iter().filter(|line| line.keputusan == Some(Keputusan::Musnah));
    let waits = going.clone().filter(|line| line.terhapus_pada.is_none()).count();
    match (susut.status, susut.jenis) {
        (Status::Disusun, Jenis::Musnah) => next_step(
            Tone::Info,
            "Cetak daftar ini untuk panitia penilai, catat keputusan atas tiap berkas, lalu catat penilaiannya.",
        ),
        (Status::Disusun, Jenis::Serah) => {
            next_step(Tone::Info, "Kirim daftar ini kepada lembaga kearsipan daerah, lalu catat persetujuannya.")
        }
        (Status::Disusun, Jenis::Pindah) => {
            next_step(Tone::Info, "Pindahkan berkasnya ke unit kearsipan, lalu catat berita acaranya.")
        }
        (Status::Dinilai, _) => next_step(
            Tone::Warn,
            format!(
                "Minta persetujuan {} atas daftar ini, lalu catat suratnya.",
                susut.persetujuan.map_or("pejabat yang berwenang", crate::arsip::Persetujuan::label)
            ),
        ),
        (Status::Disetujui, Jenis::Musnah) => {
            next_step(Tone::Warn, "Tetapkan pemusnahan dengan keputusan, lalu catat keputusannya.")
        }
        (Status::Disetujui, _) => next_step(Tone::Warn, "Serahkan berkasnya, lalu catat berita acaranya."),
        (Status::Ditetapkan, _) => next_step(
            Tone::Bad,
            "Musnahkan berkas kertasnya di hadapan saksi, tandatangani berita acaranya, lalu catat di sini. Sesudah itu isi elektroniknya dihapus.",
        ),
        (Status::Selesai, Jenis::Musnah) if waits > 0 => html! {
            (Notice::new(Tone::Info, "Isi berkas sedang dihapus")
                .text(format!("{} dari {} berkas sudah terhapus. Muat ulang halaman ini sebentar lagi.", going.count() - waits, susut.jumlah)))
        },
        (Status::Selesai, Jenis::Musnah) => html! {
            (Notice::new(Tone::Neutral, "Isi berkas sudah dihapus; catatan dan sidiknya tetap ada")
                .text("Cadangan yang dibuat sebelum pemusnahan masih memuatnya sampai cadangan itu sendiri dihapus menurut masa simpannya."))
        },
        (Status::Selesai, Jenis::Pindah) => next_step(Tone::Good, "Berkas dalam daftar ini sudah menjadi arsip inaktif."),
        (Status::Selesai, Jenis::Serah) => next_step(Tone::Good, "Berkas dalam daftar ini sudah diserahkan."),
        (Status::Batal, _) => next_step(Tone::Neutral, "Daftar ini dibatalkan; berkasnya kembali seperti semula."),
    }
}

fn acts(ctx: &Ctx, susut: &Susut) -> Vec<Act> {
    let own = address(susut);
    let mut acts = Vec::new();
    if let Some(next) = susut.next().filter(|_| susut.jumlah > 0) {
        let act = Act::link(next.label(), step::action(susut, next)).main();
        let icon = if next == Langkah::BeritaAcara { Icon::Stamp } else { Icon::Good };
        acts.push(if step::destroys(susut, next) { act.icon(icon).danger() } else { act.icon(icon) });
    }
    if susut.is_open() {
        acts.push(Act::link("Tambah berkas", format!("{}?daftar={}", choose_address(susut.jenis), susut.id)).icon(Icon::Add));
    }
    if paper::offered(ctx) && susut.jumlah > 0 && susut.status != Status::Batal {
        acts.push(Act::link("Unduh berita acara", format!("{own}/pdf")).icon(Icon::Download));
    }
    if !matches!(susut.status, Status::Selesai | Status::Batal) {
        acts.push(Act::link(Langkah::Batalkan.label(), step::action(susut, Langkah::Batalkan)).icon(Icon::Close));
    }
    acts
}

fn decided(susut: &Susut, line: &Baris) -> Markup {
    match (susut.jenis, line.decided()) {
        (Jenis::Musnah, None) => badge(Tone::Warn, "Belum diputuskan"),
        (Jenis::Musnah, Some(Keputusan::Musnah)) if susut.is_open() => badge(Tone::Neutral, "Diusulkan musnah"),
        (Jenis::Musnah, Some(Keputusan::Musnah)) => badge(Tone::Bad, "Dimusnahkan"),
        (Jenis::Musnah, Some(keputusan)) => badge(Tone::Info, keputusan.label()),
        (Jenis::Pindah | Jenis::Serah, _) => badge(Tone::Neutral, line.berkas.tahap.label()),
    }
}

fn table(ctx: &Ctx, susut: &Susut, lines: &[Baris]) -> Table {
    let mut table = Table::new("Berkas dalam daftar ini")
        .column(Column::text("Berkas"))
        .column(Column::text("Kode"))
        .column(Column::number("Isi"))
        .column(Column::text("Nasib akhir").wide_only())
        .column(Column::text("Keputusan").corner());
    if !lines.is_empty() {
        table = table.downloads(&Address::here(ctx).top().at(format!("{}/unduh", address(susut))));
    }
    let word = if susut.jenis == Jenis::Musnah { "Putuskan" } else { "Keluarkan dari daftar" };
    table
        .rows(lines.iter().map(|line| {
            let href = format!("{FILES}/{}", line.berkas.id);
            let act = format!("{}/berkas/{}", address(susut), line.berkas.id);
            Row::new(vec![
                html! {
                    (line.urut) ". " a href=(href) { (line.berkas.nama) }
                    @if let Some(alasan) = &line.alasan { br; span.redup { (alasan) } }
                    @if susut.is_open() { br; a.redup href=(act) { (word) span.senyap { " " (line.berkas.nama) } } }
                }
                .into(),
                line.berkas.kode.clone().into(),
                line.berkas.jumlah.to_string().into(),
                line.berkas.masa.nasib_teks.clone().into(),
                Cell::new(decided(susut, line)),
            ])
        }))
        .empty(EmptyState::new(Icon::Folder, "Daftar ini kosong", "Tambahkan berkas, atau batalkan daftar ini."))
}

/// GET /eoffice/arsip/penyusutan/{id}/unduh: the list of files that belongs to the berita acara.
pub(crate) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (acting, susut) = (me(ctx)?, load(ctx, tx)?);
    let mut sheet = Sheet::new(format!("Daftar {}", susut.jenis.label().to_lowercase()))
        .about("Unit pengolah", &acting.opd_nama)
        .about("Nomor daftar", susut.nomor.to_string())
        .about("Status", susut.status.label())
        .column(Col::int("Nomor"))
        .column(Col::int("Nomor berkas"))
        .column(Col::text("Kode klasifikasi"))
        .column(Col::text("Nama berkas"))
        .column(Col::date("Kurun awal"))
        .column(Col::date("Kurun akhir"))
        .column(Col::int("Isi"))
        .column(Col::text("Nasib akhir"))
        .column(Col::text("Tempat"))
        .column(Col::text("Keputusan"))
        .column(Col::text("Alasan"))
        .column(Col::moment("Isi dihapus"));
    let zona = ctx.instance().zona;
    for line in store::baris(tx, susut.id, 0, MOST)? {
        let keputusan = if susut.jenis == Jenis::Musnah { line.decided().map(|one| one.label().to_owned()) } else { None };
        sheet.push(vec![
            line.urut.into(),
            line.berkas.nomor.into(),
            (&line.berkas.kode).into(),
            (&line.berkas.nama).into(),
            Some(line.berkas.dibuka).into(),
            line.berkas.ditutup.into(),
            line.berkas.jumlah.into(),
            (&line.berkas.masa.nasib_teks).into(),
            line.berkas.lokasi.clone().into(),
            keputusan.into(),
            line.alasan.clone().into(),
            line.terhapus_pada.map_or(praja_web::export::Cell::Empty, |at| praja_web::export::Cell::moment(zona, at)),
        ]);
    }
    respond(ctx, sheet, Format::asked(ctx), &format!("daftar-{}-{}", susut.jenis.as_str(), susut.nomor))
}
