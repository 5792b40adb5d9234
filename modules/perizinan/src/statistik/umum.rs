//! The page for everybody, and what is taken along from it. It reads a few kept rows; nothing is counted while it is drawn.

use praja_desk::visitors;
use praja_kernel::{Date, tanggal_panjang};
use praja_module::{Ctx, Outcome, Problem, api};
use praja_store::Tx;
use praja_web::{
    Address, Cell, Column, EmptyState, Field, Form, Icon, Markup, PageHeader, Row, Stat, Table,
    charts::{self, Point},
    export::{self, Col, Format, Sheet},
    frame, html, section, stats,
};
use serde_json::{Value, json};

use super::{
    PAGE,
    angka::{KELAS, kelas, kelas_label},
    hitung::{Angka, KINI},
    periode::Periode,
    tampil::{HEADS, Layanan, Nilai, Pilihan, asked, share},
    ukuran,
};
use crate::{alur::Meja, layanan::HOME, permohonan::AlasanLompat};

fn header() -> PageHeader {
    PageHeader::new("Statistik pelayanan perizinan")
        .purpose("Berapa yang masuk, terbit, dan ditolak, berapa lama, dan apakah tepat waktu.")
        .crumb("Perizinan", HOME)
}

fn nothing(ctx: &Ctx) -> Outcome {
    let empty =
        EmptyState::new(Icon::Chart, "Belum ada angka", "Angka dihitung setiap malam. Halaman ini terisi sesudah malam pertama.");
    Ok(frame::respond(ctx, &header(), empty))
}

/// GET /perizinan/statistik?masa=2026-11&layanan=SKP
pub(super) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    if let Some(stopped) = visitors::stop(ctx) {
        return Ok(stopped);
    }
    let Some(choice) = asked(ctx, tx)? else { return nothing(ctx) };
    let key = choice.periode.to_string();
    let whose = choice.layanan.as_ref().map_or("Semua layanan", |one| one.nama.as_str());
    let content = html! {
        (form(&choice, ctx.today()))
        p role="status" { strong { (whose) ", " (choice.periode.label().to_lowercase()) ". " } "Angka per tanggal " (tanggal_panjang(choice.day(ctx))) "." }
        (stats(&tiles(&choice, &key)))
        (section("Angka setiap layanan", list(ctx, &choice)))
        (section("Lama pelayanan", html! {
            (spread(&choice, &key))
        }))
        (section(&format!("Bulan demi bulan tahun {}", choice.periode.tahun()), months(&choice)))
        (section("Alasan penolakan", reasons("Alasan", ukuran::refusals().collect(), &choice, &key, "Tidak ada yang ditolak pada masa ini.")))
        (section("Didahulukan dari urutan", html! {
            p { "Permohonan dikerjakan menurut urutan masuknya. Yang didahulukan harus mempunyai salah satu alasan ini." }
            (reasons("Alasan", AlasanLompat::ALL.iter().map(|one| (ukuran::lompat(*one), one.label())).collect(), &choice, &key, "Tidak ada yang didahulukan pada masa ini."))
        }))
        (section("Menunggu sekarang", queue(&choice)))
        (section("Cara membaca", notes()))
        (section("Data terbuka", open_data(&choice)))
    };
    Ok(frame::respond(ctx, &header(), content))
}

/// The periods one may choose: every year with figures, its quarters and its months up to today.
fn periods(tahun: &[i16], today: Date) -> Vec<(String, String)> {
    let begun = |one: &Periode| one.days().is_some_and(|(first, _)| first <= today);
    tahun.iter().flat_map(|year| Periode::of_year(*year)).filter(begun).map(|one| (one.to_string(), one.label())).collect()
}

fn form(choice: &Pilihan, today: Date) -> Form {
    let mut services = vec![(String::new(), "Semua layanan".to_owned())];
    services.extend(choice.semua.iter().map(|one| (one.kode.clone(), one.nama.clone())));
    let chosen = choice.layanan.as_ref().map_or("", |one| one.kode.as_str());
    Form::get(PAGE)
        .field(Field::select("masa", "Masa", &periods(&choice.tahun, today)).value(choice.periode.to_string()))
        .field(Field::select("layanan", "Layanan", &services).value(chosen))
        .submit("Tampilkan angka")
}

fn tiles(choice: &Pilihan, key: &str) -> Vec<Stat> {
    let isi = choice.chosen();
    let count = |name: &str| isi.count(key, name);
    let tile =
        |label: &str, value: Nilai, note: String| Stat { label: label.into(), value: value.text(), note, ..Stat::default() };
    let days = |name: &str| Nilai::from(isi.days(key, name));
    vec![
        tile("Masuk", count(ukuran::MASUK).into(), format!("{} melalui kuasa", Nilai::from(count(ukuran::KUASA)).text())),
        tile("Terbit", count(ukuran::TERBIT).into(), format!("{} ditolak", Nilai::from(count(ukuran::TOLAK)).text())),
        tile("Median hari kerja", days(ukuran::MEDIAN), "separuh selesai paling lama selama ini".into()),
        tile("Sembilan dari sepuluh", days(ukuran::P90), "hari kerja paling lama".into()),
        tile("Tepat waktu", share(count(ukuran::TEPAT), count(ukuran::DIUKUR)), "dari yang diputus".into()),
        tile("Pernah dikembalikan", share(count(ukuran::PERNAH), count(ukuran::PUTUS)), "dari yang diputus".into()),
    ]
}

fn line(first: Cell, figures: &[Nilai]) -> Row {
    let mut cells = vec![first];
    cells.extend(figures.iter().map(Nilai::cell));
    Row::new(cells)
}

fn columns(table: Table, first: &str) -> Table {
    HEADS.iter().fold(table.column(Column::text(first)), |table, head| table.column(Column::number(*head)))
}

fn list(ctx: &Ctx, choice: &Pilihan) -> Table {
    let here = Address::here(ctx);
    let name = |one: Option<&Layanan>| one.map_or("Semua layanan", |one| one.nama.as_str()).to_owned();
    let rows = choice.rows().into_iter().map(|(layanan, figures)| {
        let row = line(Cell::new(name(layanan)), &figures);
        match layanan {
            Some(one) if choice.layanan.is_none() => row.href(here.clone().set("layanan", &one.kode).href()),
            _ => row,
        }
    });
    columns(Table::new(format!("Angka setiap layanan, {}", choice.periode.label().to_lowercase())), "Layanan")
        .rows(rows)
        .downloads(&here.at(format!("{PAGE}/unduh")))
}

fn months(choice: &Pilihan) -> Table {
    columns(Table::new("Bulan demi bulan"), "Bulan")
        .rows(choice.months().into_iter().map(|(bulan, figures)| line(Cell::new(bulan.label()), &figures)))
        .empty(EmptyState::new(Icon::Chart, "Belum ada angka", "Tidak ada permohonan pada tahun ini."))
}

/// How the days are spread, with the class of the median named.
fn spread(choice: &Pilihan, key: &str) -> Markup {
    let isi = choice.chosen();
    let median = isi.days(key, ukuran::MEDIAN).and_then(Angka::value);
    let points: Vec<Point> = (0..=KELAS.len())
        .map(|at| {
            let count = isi.count(key, &ukuran::hari(at));
            let label = if median.map(kelas) == Some(at) { format!("{} (median)", kelas_label(at)) } else { kelas_label(at) };
            Point::new(label, count.value().unwrap_or(0), Nilai::from(count).text())
        })
        .collect();
    html! {
        p { "Hari kerja dari berkas lengkap sampai diputus. Lama sebuah permohonan dapat dibandingkan dengan median ini." }
        @if isi.count(key, ukuran::DIUKUR) == Angka::Ada(0) { p { "Belum ada yang diputus pada masa ini." } }
        @else { (charts::bars("Sebaran hari kerja", "Lama", "Permohonan", &points)) }
    }
}

/// Reasons with how often, the most frequent first; nothing that did not happen.
fn reasons(head: &str, all: Vec<(String, &'static str)>, choice: &Pilihan, key: &str, none: &str) -> Markup {
    let isi = choice.chosen();
    let mut found: Vec<(&str, Angka)> =
        all.iter().map(|(name, label)| (*label, isi.count(key, name))).filter(|(_, count)| *count != Angka::Ada(0)).collect();
    found.sort_by_key(|(label, count)| (std::cmp::Reverse(count.value()), *label));
    html! {
        @if found.is_empty() { p { (none) } } @else {
            (Table::new(head).column(Column::text(head)).column(Column::number("Jumlah"))
                .rows(found.into_iter().map(|(label, count)| line(Cell::new(label), &[count.into()]))))
        }
    }
}

fn queue(choice: &Pilihan) -> Markup {
    let isi = choice.waiting(choice.layanan.as_ref().map(|one| one.id));
    let all = isi.count(KINI, ukuran::ANTRE);
    let desks =
        Meja::ALL.iter().map(|meja| (*meja, isi.count(KINI, &ukuran::antre(*meja)))).filter(|(_, count)| *count != Angka::Ada(0));
    html! {
        p { (Nilai::from(all).text()) " permohonan belum selesai." }
        @if all != Angka::Ada(0) {
            (Table::new("Menunggu menurut meja").column(Column::text("Meja")).column(Column::number("Permohonan"))
                .rows(desks.map(|(meja, count)| line(Cell::new(meja.label()), &[count.into()]))))
        }
    }
}

fn notes() -> Markup {
    html! {
        ul.berbutir {
            li { "Tanda * berarti angkanya menyangkut kurang dari tiga orang, atau dapat dipakai menghitung angka seperti itu. Angka itu tidak ditampilkan dan tidak ada dalam berkas unduhan." }
            li { "Masuk dihitung pada bulan diajukan; terbit, ditolak, dan lamanya pada bulan diputus." }
            li { "Median dan sembilan dari sepuluh ialah hari kerja satu permohonan yang sungguh ada (peringkat terdekat), bukan rata-rata." }
            li { "Tepat waktu berarti hari kerja yang terpakai tidak melebihi janji layanan. Hari ketika berkas ada pada pemohon tidak dihitung; hari ketika berkas ada pada OPD teknis dihitung." }
        }
    }
}

fn open_data(choice: &Pilihan) -> Markup {
    let year = choice.periode.tahun();
    html! {
        ul.berbutir {
            li { a href={ (PAGE) "/data?tahun=" (year) } { "Semua angka tahun " (year) " (JSON)" } }
            li { a href={ (PAGE) "/laporan?tahun=" (year) } { "Laporan tahun " (year) " (PDF)" } }
            li { a href=(crate::izin::umum::PAGE) { "Daftar izin yang terbit" } }
            li { a href="/kepuasan/hasil" { "Hasil survei kepuasan masyarakat" } }
            li { a href="/pengaduan" { "Ada yang tidak sesuai? Sampaikan pengaduan" } }
        }
    }
}

/// GET …/unduh: the list of the page.
pub(super) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    if let Some(stopped) = visitors::stop(ctx) {
        return Ok(stopped);
    }
    let choice = asked(ctx, tx)?.ok_or(Problem::NotFound)?;
    let sheet = Sheet::new("Statistik pelayanan perizinan")
        .column(Col::text("Layanan"))
        .about("Masa", choice.periode.label())
        .about("Angka per tanggal", tanggal_panjang(choice.day(ctx)))
        .about("Tanda *", "Kurang dari tiga orang, atau dapat dipakai menghitung angka seperti itu");
    let mut sheet = HEADS
        .iter()
        .fold(sheet, |sheet, head| sheet.column(if *head == "Tepat waktu" { Col::text(*head) } else { Col::int(*head) }));
    for (layanan, figures) in choice.rows() {
        let mut row: Vec<export::Cell> = vec![layanan.map_or("Semua layanan", |one| one.nama.as_str()).into()];
        row.extend(figures.map(Nilai::file));
        sheet.push(row);
    }
    export::respond(ctx, sheet, Format::asked(ctx), &format!("statistik-perizinan-{}", choice.periode))
}

/// GET …/data?tahun=2026: every figure of a year, for other programs.
pub(super) fn data(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    if let Some(stopped) = visitors::stop(ctx) {
        return Ok(stopped);
    }
    let (year, isi, semua) = year(ctx, tx)?;
    let kini = super::store::umum(tx, KINI)?;
    let all: Vec<Value> = isi
        .iter()
        .filter_map(|one| {
            let layanan = semua.iter().find(|known| Some(known.id) == one.jenis);
            let (kode, nama) = match (layanan, one.jenis) {
                (Some(layanan), _) => (Some(layanan.kode.as_str()), layanan.nama.as_str()),
                (None, None) => (None, "Semua layanan"),
                (None, Some(_)) => return None,
            };
            let now = kini.iter().find(|now| now.jenis == one.jenis).and_then(|now| now.isi.0.get(KINI));
            Some(json!({ "kode": kode, "layanan": nama, "angka": one.isi, "menunggu": now }))
        })
        .collect();
    let at = isi.first().map(|one| frame::time(ctx.instance().zona, one.pada).1);
    let told = json!({
        "judul": "Statistik pelayanan perizinan",
        "pemerintah_daerah": ctx.instance().wilayah.nama,
        "latihan": ctx.instance().jenis == praja_module::Jenis::Contoh,
        "tahun": year,
        "dihitung": at,
        "keterangan": "Angka tanpa nilai (null) menyangkut kurang dari tiga orang atau dapat dipakai menghitungnya; yang tidak disebut ialah nol. Hari ialah hari kerja.",
        "data": all,
    });
    Ok(api::json(200, &told))
}

/// The year of this address with its figures and every service.
pub(super) fn year(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<(i16, Vec<super::store::Baca>, Vec<Layanan>), Problem> {
    let known = super::store::years(tx)?;
    let year = match ctx.query("tahun") {
        Some(text) => text.parse::<i16>().ok().filter(|year| known.contains(year)),
        None => known.first().copied(),
    };
    let year = year.ok_or(Problem::NotFound)?;
    let isi = super::store::umum(tx, &Periode::Tahun(year).to_string())?;
    let semua = crate::jenis::store::all(tx)?
        .into_iter()
        .map(|one| Layanan { id: one.versi.jenis, kode: one.versi.kode, nama: one.versi.nama })
        .collect();
    Ok((year, isi, semua))
}
